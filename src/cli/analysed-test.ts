// One test, from one file or several joined: read, analysed, told as text and as a document, drawn, and written. It speaks to nobody, so a
// thread can do it as well as the command itself.

import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { FitLive } from '../analysis/index.ts';
import { type LabTest, labTestFindings } from '../design/index.ts';
import { INSTRUMENT_FILE_SIZE_MAX, type InstrumentFile, readInstrumentFile, stitchFiles } from '../readers/index.ts';
import { formatIssue, InputError } from '../units/index.ts';
import type { AnalyseWish } from './analyse-options.ts';
import { systemReason } from './output-files.ts';
import { UNPACKERS } from './unpackers.ts';

/** A file and the name that what is written from it begins with. */
export interface TestFile {
  readonly path: string;
  readonly stem: string;
}

/** A test that was read, with all that was found, under the path of its file or of all that were joined. */
export interface AnalysedTest extends LabTest {
  readonly stem: string;
}

/** A file that could not be read. */
export interface UnreadFile {
  readonly path: string;
  readonly why: string;
  /** True where no reader finds a measurement in it, so that it may be no file of an instrument, or one beside a measurement. */
  readonly isUnknown: boolean;
}

/** What the reader says of bytes that nobody knows, and of what programs write beside their measurements. */
const UNKNOWN_CONTENT = 'no table and no known format';
const BESIDE_A_MEASUREMENT = 'a file with a measurement';

async function readFile(path: string, wish: AnalyseWish): Promise<InstrumentFile | UnreadFile> {
  const unread = (why: string, isUnknown = false): UnreadFile => ({ path, why, isUnknown });
  let bytes: Uint8Array;
  try {
    const { size } = statSync(path);
    if (size > INSTRUMENT_FILE_SIZE_MAX)
      return unread(`${path}: got ${size} bytes, want at most ${INSTRUMENT_FILE_SIZE_MAX}`);
    bytes = readFileSync(path);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return unread(`${path}: ${missing ? 'no such file' : systemReason(error)}`);
  }
  try {
    return await readInstrumentFile(bytes, { name: basename(path), overrides: wish.overrides, unpack: UNPACKERS });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const isUnknown = error.issues.some(
      ({ found, wanted }) => found === UNKNOWN_CONTENT || wanted === BESIDE_A_MEASUREMENT,
    );
    return unread(error.issues.map(formatIssue).join('\n'), isUnknown);
  }
}

const isUnread = (file: InstrumentFile | UnreadFile): file is UnreadFile => 'why' in file;

/** Reads the files and analyses what they hold: each for itself, or joined where that was asked for. */
export async function analyseFiles(
  files: readonly TestFile[],
  wish: AnalyseWish,
  live: FitLive = {},
): Promise<{ readonly tests: readonly AnalysedTest[]; readonly unread: readonly UnreadFile[] }> {
  const unread: UnreadFile[] = [];
  const read: (TestFile & { readonly file: InstrumentFile })[] = [];
  for (const one of files) {
    const file = await readFile(one.path, wish);
    if (isUnread(file)) unread.push(file);
    else read.push({ ...one, file });
  }
  const joined =
    wish.join === null
      ? read.map(({ path, stem, file }) => ({ paths: [path], stem, file, decisions: [] }))
      : stitchFiles(
          read.map(({ file }) => file),
          { together: wish.join },
        ).map(({ parts, file, decisions }) => ({
          paths: parts.map(({ index }) => read[index]!.path),
          stem: read[parts[0]!.index]!.stem,
          file,
          decisions,
        }));
  return { tests: joined.map((test) => ({ ...test, ...labTestFindings(test.file, wish, live) })), unread };
}

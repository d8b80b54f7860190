// One test, from one file or several joined: read, analysed, told as text and as a document, drawn, and written. It speaks to nobody, so a
// thread can do it as well as the command itself.

import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import {
  analyseCycling,
  type CircuitFit,
  type CyclingFindings,
  findShorts,
  fitCircuit,
  type KramersKronigTest,
  kramersKronig,
  type ShortFindings,
  type SpectrumFeatures,
  spectrumFeatures,
} from '../analysis/index.ts';
import { INSTRUMENT_FILE_SIZE_MAX, type InstrumentFile, readInstrumentFile, stitchFiles } from '../readers/index.ts';
import type { CyclingRecord } from '../records/index.ts';
import { formatIssue, InputError } from '../units/index.ts';
import type { AnalyseWish } from './analyse-options.ts';
import { systemReason } from './output-files.ts';
import { UNPACKERS } from './unpackers.ts';

/** A file and the name that what is written from it begins with. */
export interface TestFile {
  readonly path: string;
  readonly stem: string;
}

/** One spectrum of a test. */
export interface SpectrumReport {
  readonly features: SpectrumFeatures | null;
  readonly kramersKronig: KramersKronigTest | null;
  readonly fit: CircuitFit | null;
  /** Why there is no test or no fit. */
  readonly reasons: readonly string[];
}

/** A test that was read, with all that was found. */
export interface AnalysedTest {
  /** Path of the file, or the paths of all that were joined. */
  readonly paths: readonly string[];
  readonly stem: string;
  readonly file: InstrumentFile;
  /** How files were joined; empty for a single one. */
  readonly decisions: readonly { readonly where: string; readonly message: string }[];
  /** For each record of the file; null where there is nothing to analyse, with the reason. */
  readonly cycling: readonly (CyclingFindings | null)[];
  readonly cyclingWhy: string | null;
  readonly shorts: ShortFindings | null;
  readonly spectra: readonly SpectrumReport[];
}

/** A file that could not be read. */
export interface UnreadFile {
  readonly path: string;
  readonly why: string;
  /** True where no reader knows its content, so that it may be no file of an instrument at all. */
  readonly isUnknown: boolean;
}

/** What the reader says of bytes that nobody knows. */
const UNKNOWN_CONTENT = 'no table and no known format';

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
    const isUnknown = error.issues.some(({ found }) => found === UNKNOWN_CONTENT);
    return unread(error.issues.map(formatIssue).join('\n'), isUnknown);
  }
}

const isUnread = (file: InstrumentFile | UnreadFile): file is UnreadFile => 'why' in file;

/** Reads the files and analyses what they hold: each for itself, or joined where that was asked for. */
export async function analyseFiles(
  files: readonly TestFile[],
  wish: AnalyseWish,
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
  return { tests: joined.map((test) => ({ ...test, ...findingsOf(test.file, wish) })), unread };
}

/** True where every row has a current: without one there is no charge to tell. */
const hasCurrent = ({ current_A }: CyclingRecord): boolean => current_A.every((value) => !Number.isNaN(value));

function findingsOf(
  file: InstrumentFile,
  wish: AnalyseWish,
): Pick<AnalysedTest, 'cycling' | 'cyclingWhy' | 'shorts' | 'spectra'> {
  const { cell, electrolyte, gainMismatch, overrides } = wish;
  const spectra = file.spectra.map((spectrum) => reportOf(spectrum, wish.circuit));
  const known = file.records.filter(hasCurrent);
  const shorts =
    cell === null || (known.length === 0 && file.spectra.length === 0)
      ? null
      : findShorts(known[0] ?? null, file.spectra, { cell, electrolyte });
  const onsets = (shorts?.events ?? []).flatMap(({ kind, onset, healed }) =>
    onset.time_s === null ? [] : [{ kind, time_s: onset.time_s, reversible: healed !== null }],
  );
  const cycling = file.records.map((record): CyclingFindings | null => {
    if (cell === null || !hasCurrent(record)) return null;
    return analyseCycling(record, {
      cell,
      gainMismatch,
      area_m2: overrides.area_m2 ?? null,
      shorts: record === known[0] ? onsets : null,
      seriesResistance_ohm: spectra[0]?.features?.ohmic_ohm ?? null,
    });
  });
  return { cycling, cyclingWhy: whyNoCycling(file, known.length, wish), shorts, spectra };
}

function whyNoCycling({ records }: InstrumentFile, known: number, { cell }: AnalyseWish): string | null {
  if (records.length === 0) return 'the file has no record of cycling';
  if (known === 0) return 'the record has no current';
  return cell === null ? 'the kind of cell was not given (--cell)' : null;
}

function reportOf(spectrum: InstrumentFile['spectra'][number], circuit: string | null): SpectrumReport {
  const reasons: string[] = [];
  /** A spectrum of too few points, or a circuit of too many parameters, is told and stops nothing. */
  const attempted = <Result>(what: string, run: () => Result): Result | null => {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      reasons.push(`${what}: ${error.issues.map(formatIssue).join('; ')}`);
      return null;
    }
  };
  return {
    features: spectrumFeatures(spectrum),
    kramersKronig: attempted('no test of Kramers and Kronig', () => kramersKronig(spectrum)),
    fit: circuit === null ? null : attempted('no fit', () => fitCircuit(circuit, spectrum)),
    reasons,
  };
}

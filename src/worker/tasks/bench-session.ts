// Lab files that the worker holds, so that they come once: a question names them and says how they are to be read. A worker that is new, or
// took the place of a lost one, holds none and says so; the page then sends them again.

import { type AnalysedCellKind, parseCircuit } from '../../analysis/index.ts';
import { type LabTest, type LabTestWish, labTestFindings } from '../../design/index.ts';
import {
  type InstrumentFile,
  type ReaderOverrides,
  readColumnMeaning,
  readInstrumentFile,
  stitchFiles,
  type TextEncodingName,
} from '../../readers/index.ts';
import { InputError, type Issue, tryParseQuantity } from '../../units/index.ts';

/** How one file is read; an empty text leaves the choice to the reader. */
export interface BenchFile {
  /** Of the content: the same name may stand for another file later. */
  readonly id: string;
  readonly name: string;
  readonly sign: '' | '+' | '-';
  readonly encoding: '' | TextEncodingName;
  readonly delimiter: '' | 'tab' | 'semicolon' | 'comma' | 'bar' | 'blank';
  readonly decimal: '' | 'point' | 'comma';
  /** By heading, such as `current_mA`. */
  readonly columns: Readonly<Record<string, string>>;
}

/** What only a person knows of the cell, as typed; empty where it is not said. */
export interface BenchAbout {
  readonly cell: AnalysedCellKind | null;
  readonly electrolyte: 'liquid' | 'solid' | null;
  readonly area: string;
  /** Percent, such as `0.05`. */
  readonly instrumentError: string;
  readonly circuit: string;
}

export interface BenchQuestion {
  readonly files: readonly BenchFile[];
  readonly about: BenchAbout;
  /** Each file a test of its own, joined where instrument and name agree, or all one test. */
  readonly join: 'each' | 'told' | 'all';
}

/** The worker does not have these files. */
export interface NotHeld {
  readonly kind: 'not held';
  readonly ids: readonly string[];
}

const DELIMITERS = { tab: '\t', semicolon: ';', comma: ',', bar: '|', blank: ' ' } as const;
const DECIMALS = { point: '.', comma: ',' } as const;

interface HeldFile {
  readonly blob: Blob;
  /** What the last reading was asked with. */
  key: string;
  read: Promise<InstrumentFile> | null;
}

const held = new Map<string, HeldFile>();
/** The tests last asked for: the next question is mostly about the same. */
let joinedKey = '';
let joined: Promise<readonly Omit<LabTest, 'lab' | 'spectra' | 'reasons'>[]> | null = null;
let testsKey = '';
let tests: Promise<readonly LabTest[]> | null = null;

export function benchHold({ id, blob }: { readonly id: string; readonly blob: Blob }): null {
  held.set(id, { blob, key: '', read: null });
  joinedKey = '';
  testsKey = '';
  return null;
}

/** Forgets all but these. */
export function benchKeep({ ids }: { readonly ids: readonly string[] }): null {
  for (const id of held.keys()) if (!ids.includes(id)) held.delete(id);
  return null;
}

export function missing(files: readonly BenchFile[]): NotHeld | null {
  const ids = files.map(({ id }) => id).filter((id) => !held.has(id));
  return ids.length === 0 ? null : { kind: 'not held', ids };
}

/** SI; null where none was typed. */
function areaOf(area: string, issues: Issue[]): number | null {
  if (area.trim() === '') return null;
  const read = tryParseQuantity(area, 'area', 'area');
  if (!read.ok) issues.push(read.issue);
  else if (read.value_SI > 0) return read.value_SI;
  else issues.push({ where: 'area', found: `"${area}"`, wanted: 'an area above 0' });
  return null;
}

function overridesOf(file: BenchFile, area: string): ReaderOverrides {
  const issues: Issue[] = [];
  const area_m2 = areaOf(area, issues);
  const columns: Record<string, { readonly to: string; readonly factor?: number; readonly offset?: number }> = {};
  for (const [heading, meaning] of Object.entries(file.columns)) {
    const read = readColumnMeaning(meaning, `column ${heading}`);
    if ('to' in read) columns[heading] = read;
    else issues.push(read);
  }
  if (issues.length > 0) throw new InputError(issues);
  return {
    ...(area_m2 === null ? {} : { area_m2 }),
    ...(file.sign === '' ? {} : { sign: file.sign === '+' ? 1 : -1 }),
    ...(file.encoding === '' ? {} : { encoding: file.encoding }),
    ...(file.delimiter === '' ? {} : { delimiter: DELIMITERS[file.delimiter] }),
    ...(file.decimal === '' ? {} : { decimal: DECIMALS[file.decimal] }),
    ...(Object.keys(columns).length === 0 ? {} : { columns }),
  };
}

/** The file as it is to be read now; read anew only where that changed. Rejects with InputError for one that cannot be read. */
export async function fileRead(file: BenchFile, area: string): Promise<InstrumentFile> {
  const one = held.get(file.id)!;
  const overrides = overridesOf(file, area);
  const key = JSON.stringify(overrides);
  if (one.read === null || one.key !== key) {
    one.key = key;
    one.read = one.blob
      .arrayBuffer()
      .catch(() => {
        const wanted = 'the file as it was when it was opened';
        throw new InputError([
          { where: file.name, found: 'no bytes', wanted, hint: 'it was moved or changed: open it again' },
        ]);
      })
      .then((bytes) => readInstrumentFile(new Uint8Array(bytes), { name: file.name, overrides }));
    // Whoever asks is told; nobody asking is no fault.
    one.read.catch(() => undefined);
  }
  return one.read;
}

/** What was typed about the cell, checked. Throws InputError with everything that is wrong. */
export function wishOf({ cell, electrolyte, area, instrumentError, circuit }: BenchAbout): LabTestWish {
  const issues: Issue[] = [];
  const area_m2 = areaOf(area, issues);
  const percent = Number(instrumentError.replace('%', '').replace(',', '.').trim() || 'NaN');
  if (instrumentError.trim() !== '' && !(percent >= 0 && percent <= 50)) {
    issues.push({
      where: 'error of the instrument',
      found: `"${instrumentError}"`,
      wanted: 'percent between 0 and 50',
    });
  }
  if (circuit.trim() !== '') {
    try {
      parseCircuit(circuit);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      issues.push(...error.issues);
    }
  }
  if (issues.length > 0) throw new InputError(issues);
  return {
    cell,
    electrolyte,
    gainMismatch: instrumentError.trim() === '' ? null : percent / 100,
    circuit: circuit.trim() === '' ? null : circuit.trim(),
    overrides: area_m2 === null ? {} : { area_m2 },
  };
}

/** The tests that the files make, each with its findings. Files that cannot be read are left out: they say so themselves. */
export function testsOf(question: BenchQuestion): Promise<readonly LabTest[]> {
  const key = JSON.stringify(question);
  if (tests !== null && key === testsKey) return tests;
  const wish = wishOf(question.about);
  testsKey = key;
  tests = joinedFiles(question).then((all) => all.map((one) => ({ ...one, ...labTestFindings(one.file, wish) })));
  tests.catch(() => {
    testsKey = '';
  });
  return tests;
}

function joinedFiles({
  files,
  about,
  join,
}: BenchQuestion): Promise<readonly Omit<LabTest, 'lab' | 'spectra' | 'reasons'>[]> {
  const key = JSON.stringify([files, about.area, join]);
  if (joined !== null && key === joinedKey) return joined;
  joinedKey = key;
  joined = readAll(files, about.area).then((read) =>
    join === 'each'
      ? read.map(({ name, file }) => ({ paths: [name], file, decisions: [] }))
      : stitchFiles(
          read.map(({ file }) => file),
          { together: join === 'all' ? 'all' : 'as told' },
        ).map(({ parts, file, decisions }) => ({
          paths: parts.map(({ index }) => read[index]!.name),
          file,
          decisions,
        })),
  );
  joined.catch(() => {
    joinedKey = '';
  });
  return joined;
}

async function readAll(
  files: readonly BenchFile[],
  area: string,
): Promise<readonly { readonly name: string; readonly file: InstrumentFile }[]> {
  const read: { name: string; file: InstrumentFile }[] = [];
  for (const file of files) {
    try {
      read.push({ name: file.name, file: await fileRead(file, area) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return read;
}

// Hostile bytes: mutated files of every format that is read, generated and, where they are at hand, real ones, and bytes at random. Each gives
// a result or an InputError, within bounds on its time and on the memory of the process.
//
// LIMETAL_HOSTILE sets how many inputs each reader gets (`npm run test:hostile` gives 100,000), LIMETAL_SEED which.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { arbinFile } from '../src/readers/access-fixture.test-tool.ts';
import { FURTHER_CYCLING_TEXTS } from '../src/readers/cycler-fixtures.test-tool.ts';
import { BINARIES, CYCLING_TEXTS, IMPEDANCE_TEXTS, POINTS } from '../src/readers/fixtures.test-tool.ts';
import {
  ARCHIVES,
  LONG_ROWS,
  NDC_VERSIONS,
  NEWARE_SHEETS,
  ndaxParts,
  xlsxParts,
  zip,
} from '../src/readers/fixtures-archives.test-tool.ts';
import { type Draw, mutate, pick, random } from '../src/readers/fuzz.test-tool.ts';
import { readInstrumentFile } from '../src/readers/index.ts';
import { SPECTRUM_FORMATS } from '../src/readers/spectrum-fixtures.test-tool.ts';
import { type CyclingRecord, recordToParquet } from '../src/records/index.ts';
import { InputError } from '../src/units/index.ts';

const INPUTS = Number(process.env.LIMETAL_HOSTILE ?? 300);
const SEED = Number(process.env.LIMETAL_SEED ?? 20_261_121);
const FOLDER = process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files';
const THERE = existsSync(`${FOLDER}/README.md`);
if (!THERE) console.warn(`skipped: no real instrument files in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);

/** Inputs are small, so one that takes longer than this has hung. */
const INPUT_MS_MAX = 2000;
/** Growth of the resident memory while one reader is fed. */
const MEMORY_MB_MAX = 512;
const MEMORY_EVERY = 16;
const WARM_INPUTS = 100;
/** One input in so many is made from a real file. */
const REAL_EVERY = 8;
/** Of a real file, so much from its beginning. */
const REAL_SIZE_MAX = 32 * 1024;

type Parts = Readonly<Record<string, Uint8Array | string>>;

interface Reader {
  readonly name: string;
  readonly sources: readonly Uint8Array[];
  /** Archives whose parts are mutated, so that more than the sum of a part is reached. */
  readonly archives?: readonly Parts[];
  /** Names of real files. */
  readonly real?: RegExp;
}

const named = (
  pattern: RegExp,
  fixtures: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Uint8Array[] => fixtures.filter(({ name }) => pattern.test(name)).map(({ bytes }) => bytes);
const SPECTRA = SPECTRUM_FORMATS.map(({ name, write }) => ({ name, bytes: write(POINTS) }));
const ALL_TEXTS = [...CYCLING_TEXTS, ...IMPEDANCE_TEXTS, ...FURTHER_CYCLING_TEXTS, ...SPECTRA];
const OWN_READERS = /EC-Lab|BT-Lab|Gamry|Ivium|PalmSens|\.dfr|\.ism|on levels/;

async function parquet(): Promise<Uint8Array> {
  const column = (of: (row: number) => number): Float64Array => Float64Array.from({ length: 60 }, (_, row) => of(row));
  const record: CyclingRecord = {
    time_s: column((row) => row),
    current_A: column(() => 1e-3),
    voltage_V: column((row) => 0.01 * row),
    temperature_K: column(() => 298.15),
    cycle: new Int32Array(60).fill(1),
    step: new Int32Array(60).fill(1),
    extra: {},
    area_m2: null,
    provenance: { kind: 'measured', origin: 'hostile', program: 'test', notes: [] },
  };
  return new Uint8Array(await recordToParquet(record));
}

const READERS: readonly Reader[] = [
  { name: 'EC-Lab binary', sources: named(/mpr/, [...BINARIES, ...SPECTRA]), real: /\.mpr$/ },
  {
    name: 'EC-Lab and BT-Lab text',
    sources: named(/EC-Lab text|EC-Lab .mpt|BT-Lab/, ALL_TEXTS),
    real: /\.mpt$|LPSCl.*txt$/,
  },
  { name: 'Gamry .DTA', sources: named(/Gamry/, ALL_TEXTS), real: /\.dta$/i },
  { name: 'Ivium .idf', sources: named(/Ivium/, ALL_TEXTS), real: /\.idf$/ },
  { name: 'PalmSens .pssession', sources: named(/PalmSens/, ALL_TEXTS), real: /\.pssession$/ },
  { name: 'Eco Chemie .dfr', sources: named(/dfr/, ALL_TEXTS), real: /\.dfr$/ },
  { name: 'Zahner .ism', sources: named(/ism$/, SPECTRA) },
  { name: 'tables on levels', sources: named(/on levels/, ALL_TEXTS) },
  {
    name: 'all other text',
    sources: ALL_TEXTS.filter(({ name }) => !OWN_READERS.test(name)).map(({ bytes }) => bytes),
    real: /\.(csv|txt|052|z|par|P00|i2b)$/,
  },
  { name: 'Neware .nda', sources: [...named(/^nda/, BINARIES), ...named(/^nda /, ARCHIVES)], real: /\.nda$/ },
  {
    name: 'Neware .ndax',
    sources: named(/ndax/, ARCHIVES),
    archives: NDC_VERSIONS.map((version) => ndaxParts(version, LONG_ROWS, ({ index }) => index % 3 === 1, true)),
    real: /\.ndax$/,
  },
  { name: 'Excel workbook', sources: named(/xlsx/, ARCHIVES), archives: [xlsxParts(NEWARE_SHEETS)], real: /\.xlsx$/ },
  { name: 'Arbin .res', sources: [arbinFile()] },
  { name: 'Parquet', sources: [await parquet()] },
  { name: 'bytes at random', sources: [] },
];

function realFiles(pattern: RegExp | undefined): readonly Uint8Array[] {
  if (!THERE || pattern === undefined) return [];
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => pattern.test(path))
    .map((path) => new Uint8Array(readFileSync(`${FOLDER}/${path}`)).slice(0, REAL_SIZE_MAX));
}

const encoder = new TextEncoder();

/** An archive of which one part is mutated. */
function mutatedArchive(parts: Parts, draw: Draw): Uint8Array {
  const names = Object.keys(parts);
  const chosen = names[pick(draw, names.length)]!;
  const bytes = Object.values(parts).map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const changed = mutate(bytes[names.indexOf(chosen)]!, draw, bytes[pick(draw, bytes.length)]!);
  return zip({ ...parts, [chosen]: changed }, 0);
}

function nextInput({ sources, archives }: Reader, real: readonly Uint8Array[], k: number, draw: Draw): Uint8Array {
  if (sources.length === 0) {
    // Random bytes reach no further than the first of them lets them, so most begin like a file.
    const start = MAGIC[pick(draw, MAGIC.length)]!;
    const bytes = Uint8Array.from({ length: start.length + pick(draw, 600) }, () => pick(draw, 256));
    bytes.set(Uint8Array.from(start, (letter) => letter.charCodeAt(0)));
    return bytes;
  }
  if (real.length > 0 && k % REAL_EVERY === 0)
    return mutate(real[pick(draw, real.length)]!, draw, sources[pick(draw, sources.length)]!);
  if (archives !== undefined && k % 2 === 0) return mutatedArchive(archives[pick(draw, archives.length)]!, draw);
  return mutate(sources[pick(draw, sources.length)]!, draw, sources[pick(draw, sources.length)]!);
}

const MAGIC = [
  '',
  '',
  'BIO-LOGIC MODULAR FILE\u001a',
  'EC-Lab ASCII FILE\nNb header lines : 3\n',
  'EXPLAIN\nTAG\tEISPOT\nCURVE\tTABLE\t3\n',
  'Method=Impedance\nprimary_data\n3\n',
  '{"Type":"PalmSens',
  'NEWARE',
  'PK\u0003\u0004',
  'PAR1',
  '\u0000\u0001\u0000\u0000Standard Jet DB\u0000',
  'a,b,c\n1,2,3\n',
  '\u00ff\u00fea\u0000,\u0000b\u0000\n\u0000',
];

async function takesLong(bytes: Uint8Array): Promise<boolean> {
  const from = performance.now();
  await readInstrumentFile(bytes).catch(() => null);
  return performance.now() - from > INPUT_MS_MAX;
}

describe(`${INPUTS} hostile inputs for each reader`, () => {
  test.each(READERS)('$name', { timeout: 1000 * (120 + INPUTS / 20) }, async (reader) => {
    const draw = random(SEED);
    const real = realFiles(reader.real);
    let results = 0;
    let longest_ms = 0;
    let before_MB = Number.NaN;
    let grown_MB = 0;
    const start = performance.now();
    for (let k = 0; k < INPUTS; k++) {
      const bytes = nextInput(reader, real, k, draw);
      const from = performance.now();
      try {
        const read = await readInstrumentFile(bytes, { name: 'hostile' });
        results++;
        for (const { time_s, current_A, voltage_V, cycle, step, extra } of read.records) {
          const columns = [current_A, voltage_V, cycle, step, ...Object.values(extra)];
          if (!columns.every(({ length }) => length === time_s.length)) throw new Error('columns differ in length');
        }
      } catch (error) {
        if (!(error instanceof InputError)) throw new Error(`input ${k} (seed ${SEED})`, { cause: error });
      }
      const passed_ms = performance.now() - from;
      longest_ms = Math.max(longest_ms, passed_ms);
      // A machine with other work may stop anything for a second, but not the same thing three times.
      if (passed_ms > INPUT_MS_MAX && (await takesLong(bytes)) && (await takesLong(bytes)))
        throw new Error(`input ${k} (seed ${SEED}) took ${passed_ms} ms`);
      // Asking costs as much as a small file does; what one input takes is still there a few inputs later.
      if (k % MEMORY_EVERY !== 0) continue;
      const resident_MB = process.memoryUsage.rss() / 2 ** 20;
      // What is compiled and cached in the first inputs is not theirs.
      if (k < WARM_INPUTS) before_MB = resident_MB;
      grown_MB = Math.max(grown_MB, resident_MB - before_MB);
      if (grown_MB > MEMORY_MB_MAX) throw new Error(`input ${k} (seed ${SEED}): memory grew by ${grown_MB} MB`);
    }
    const mean_ms = (performance.now() - start) / INPUTS;
    const line = `| ${reader.name} | ${INPUTS} | ${((100 * results) / INPUTS).toFixed(0)} % | ${mean_ms.toFixed(2)} | ${longest_ms.toFixed(0)} | ${grown_MB.toFixed(0)} |`;
    if (INPUTS >= 10_000) console.info(line);
    // A fuzzer whose every input is refused at the door tests the door alone.
    if (reader.sources.length > 0) expect(results).toBeGreaterThan(0.01 * INPUTS);
  });
});

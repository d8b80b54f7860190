// Whatever the bytes of an archive, or of a table or settings within one, a reader gives a result or an InputError, soon and within bounded
// memory. LIMETAL_FUZZ sets how many inputs each kind gets.

import { existsSync, readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import {
  ARBIN_SHEETS,
  bts90File,
  earlyNdaFile,
  LONG_ROWS,
  NDC_VERSIONS,
  NEWARE_SHEETS,
  ndaxParts,
  xlsxParts,
  zip,
} from './fixtures-archives.test-tool.ts';
import { mutate, random } from './fuzz.test-tool.ts';
import { readInstrumentFile } from './index.ts';

declare const process: {
  readonly env: Readonly<Record<string, string | undefined>>;
  resourceUsage(): { readonly maxRSS: number };
};
declare const console: { warn(text: string): void };
const INPUTS = Number(process.env.LIMETAL_FUZZ ?? 1000);
const FOLDER = process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files';
const THERE = existsSync(`${FOLDER}/README.md`);
if (!THERE) console.warn(`skipped: no real instrument files in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);

const SEED = 20261121;
/** One input, and what all of them may cost. */
const INPUT_MS_MAX = 5000;
const MEMORY_BYTES_MAX = 2 ** 30;

/** Reads each input; returns how many gave a result. */
async function readAll(inputs: number, next: (k: number, draw: () => number) => Uint8Array): Promise<number> {
  const draw = random(SEED);
  let results = 0;
  for (let k = 0; k < inputs; k++) {
    const bytes = next(k, draw);
    const start = performance.now();
    try {
      const read = await readInstrumentFile(bytes, { name: 'fuzz' });
      results++;
      for (const { time_s, current_A, voltage_V, cycle, extra } of read.records) {
        if (![current_A, voltage_V, cycle, ...Object.values(extra)].every(({ length }) => length === time_s.length))
          throw new Error('columns differ in length');
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw new Error(`input ${k} (seed ${SEED})`, { cause: error });
    }
    if (performance.now() - start > INPUT_MS_MAX) throw new Error(`input ${k} (seed ${SEED}) took too long`);
  }
  // The peak of the whole process, in kilobytes.
  expect(process.resourceUsage().maxRSS * 1024).toBeLessThan(MEMORY_BYTES_MAX);
  return results;
}

type Parts = Readonly<Record<string, Uint8Array>>;
const encoder = new TextEncoder();
const asBytes = (parts: Readonly<Record<string, Uint8Array | string>>): Parts =>
  Object.fromEntries(
    Object.entries(parts).map(([name, content]) => [
      name,
      typeof content === 'string' ? encoder.encode(content) : content,
    ]),
  );

const NDAX: readonly Parts[] = NDC_VERSIONS.map((version) =>
  asBytes(ndaxParts(version, LONG_ROWS, ({ index }) => index % 3 === 1, true)),
);
const XLSX: readonly Parts[] = [
  asBytes(xlsxParts(NEWARE_SHEETS)),
  asBytes(xlsxParts(NEWARE_SHEETS, { isInline: true })),
  asBytes(xlsxParts(ARBIN_SHEETS)),
];
const NDA: readonly Uint8Array[] = [earlyNdaFile(8), earlyNdaFile(22), bts90File(true), bts90File(false)];

const REAL = (
  THERE
    ? [
        'neware/46_1_5_60_ZZZZZZZZTEST_20250924092922.ndax',
        'neware/TESTCELL0001-Test_Data_Collection_Ndc17.ndax',
        'neware/123456789012_Unit27_Example_Data_File.ndax',
        'neware/interp-test.ndax',
        'neware/empty.ndax',
        'eis/one-spectrum-many-formats/data.xlsx',
      ]
    : []
).map((path) => unzipSync(new Uint8Array(readFileSync(`${FOLDER}/${path}`))));

/** The archive with one or two of its files changed; its directory and checksums are right again. */
function within(sources: readonly Parts[], k: number, draw: () => number): Uint8Array {
  const parts = { ...sources[k % sources.length]! };
  const names = Object.keys(parts);
  const changes = 1 + Math.floor(draw() * 2);
  for (let change = 0; change < changes; change++) {
    const name = names[Math.floor(draw() * names.length)]!;
    if (draw() < 0.05) delete parts[name];
    else parts[name] = mutate(parts[name] ?? new Uint8Array(0), draw);
  }
  return zip(parts, 0);
}

const timeout = 1000 * (60 + INPUTS / 10);

describe(`${INPUTS} hostile inputs of each kind give a result or an InputError`, () => {
  test('tables and settings within .ndax', { timeout }, async () => {
    expect(await readAll(INPUTS, (k, draw) => within(NDAX, k, draw))).toBeGreaterThan(0.5 * INPUTS);
  });

  test('sheets and settings within .xlsx', { timeout }, async () => {
    expect(await readAll(INPUTS, (k, draw) => within(XLSX, k, draw))).toBeGreaterThan(0.2 * INPUTS);
  });

  test('early .nda and that of BTS 9.0', { timeout }, async () => {
    expect(await readAll(INPUTS, (k, draw) => mutate(NDA[k % NDA.length]!, draw))).toBeGreaterThan(0.5 * INPUTS);
  });

  test('archives themselves', { timeout }, async () => {
    const whole = [...NDAX.slice(5, 7), ...XLSX].map((parts) => zip(parts));
    const stored = [...NDAX.slice(5, 7), XLSX[0]!].map((parts) => zip(parts, 0));
    const sources = [...whole, ...stored, zip({ 'a.nda': earlyNdaFile(8) })];
    // Nearly every change breaks a checksum; those that do not, in names and dates, are read.
    expect(await readAll(INPUTS, (k, draw) => mutate(sources[k % sources.length]!, draw))).toBeGreaterThan(0);
  });

  test('random bytes behind the signatures', { timeout }, async () => {
    await readAll(INPUTS, (k, draw) => {
      const bytes = Uint8Array.from({ length: Math.floor(draw() * 3000) }, () => Math.floor(draw() * 256));
      const heads = [
        [0x50, 0x4b, 3, 4],
        [0x50, 0x4b, 5, 6],
        [...encoder.encode('NEWARE20200101'), [8, 22, 29, 130][k & 3]!],
      ];
      bytes.set(heads[k % 3]!.slice(0, bytes.length));
      return bytes;
    });
  });

  test.skipIf(REAL.length === 0)('real archives, changed within', { timeout }, async () => {
    expect(await readAll(INPUTS, (k, draw) => within(REAL, k, draw))).toBeGreaterThan(0.2 * INPUTS);
  });
});

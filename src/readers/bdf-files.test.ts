// Battery Data Format as it is found: files of this program, and files with the faults that published ones carry.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CyclingRecord, recordFromBdf, recordToBdf, spectrumToCsv, validateBdf } from '../records/index.ts';
import { type InstrumentFile, readInstrumentFile } from './index.ts';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
declare const console: { warn(text: string): void };
const FOLDER = `${process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files'}/bdf`;
const THERE = existsSync(FOLDER);
if (!THERE) console.warn(`skipped: no real BDF files in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);

const read = (text: string): Promise<InstrumentFile> => readInstrumentFile(new TextEncoder().encode(text));
const said = ({ remarks }: InstrumentFile): string =>
  remarks.map(({ where, message }) => `${where}: ${message}`).join('\n');
const table = (head: string, rows: readonly (readonly number[])[]): string =>
  `${head}\n${rows.map((row) => row.join(',')).join('\n')}\n`;
const REQUIRED = 'test_time_second,voltage_volt,current_ampere';
/** Plated and stripped three times. */
const rows = Array.from({ length: 60 }, (_, k) => [10 * k, 0.1 + 0.001 * k, (k % 20 < 10 ? -1 : 1) * 1e-3]);

describe('records', () => {
  test('what is written reads back with the reader of any file', async () => {
    const record: CyclingRecord = {
      time_s: Float64Array.from({ length: 60 }, (_, k) => 10 * k),
      current_A: Float64Array.from(rows, (row) => row[2]!),
      voltage_V: Float64Array.from(rows, (row) => row[1]!),
      temperature_K: new Float64Array(60).fill(298.15),
      cycle: Int32Array.from({ length: 60 }, (_, k) => 1 + Math.floor(k / 20)),
      step: Int32Array.from({ length: 60 }, (_, k) => 1 + (Math.floor(k / 10) % 2)),
      extra: { charging_capacity_C: Float64Array.from({ length: 60 }, (_, k) => 3.6 * k) },
      area_m2: null,
      provenance: { kind: 'measured', origin: 'x', program: 'y', notes: [] },
    };
    const text = recordToBdf(record);
    expect(validateBdf(text).filter(({ level }) => level === 'error')).toEqual([]);
    const file = await read(text);
    expect([file.format.startsWith('BDF csv'), file.remarks]).toEqual([true, []]);
    const found = file.records[0]!;
    for (const name of ['time_s', 'current_A', 'voltage_V', 'cycle'] as const)
      expect([...found[name]]).toEqual([...record[name]]);
    expect(found.temperature_K[0]).toBeCloseTo(298.15, 10);
    expect(found.extra.charging_capacity_C![59]).toBeCloseTo(3.6 * 59, 9);
  });

  test('a cycle count of 2 pi in every row is kept aside, and cycles are counted', async () => {
    const text = table(
      `${REQUIRED},cycle_count`,
      rows.map((row) => [...row, 6.283185]),
    );
    const file = await read(text);
    const { cycle, extra } = file.records[0]!;
    expect([cycle[0], cycle[59]]).toEqual([1, 3]);
    expect(extra.cycle_vendor![0]).toBe(6.283185);
    expect(said(file)).toContain('the cycle numbers of the file do not count');
    expect(validateBdf(text).map(({ where }) => where)).toContain('Cycle Count / 1');
  });

  test('a time that steps back 19 times costs the rows that fall, each told with its line', async () => {
    const text = table(
      REQUIRED,
      rows.map(([time, ...rest], k) => [k % 3 === 2 && k < 57 ? time! - 15 : time!, ...rest]),
    );
    const file = await read(text);
    expect(file.records[0]!.time_s).toHaveLength(60 - 19);
    const { time_s } = file.records[0]!;
    expect(time_s.every((time, k) => k === 0 || time >= time_s[k - 1]!)).toBe(true);
    expect(said(file)).toContain('line 4: time falls from 10 s to 5 s; row left out');
    expect(said(file)).toContain('9 more rows in which time falls');
    expect(validateBdf(text).some(({ found }) => found.includes('19 falls'))).toBe(true);
  });

  test('a time that runs on for seventeen years is doubted, with the row where it jumps', async () => {
    const file = await read(
      table(
        REQUIRED,
        rows.map(([time, ...rest], k) => [k > 30 ? time! + 5.3e8 : time!, ...rest]),
      ),
    );
    expect(file.records[0]!.time_s).toHaveLength(60);
    expect(said(file)).toContain('line 33: the test time spans 16.8 years and jumps by 530000010 s here');
  });

  test('a required column that is missing is asked for, not guessed', async () => {
    const file = await read(
      table(
        'Test Time / s,Voltage / V',
        rows.map(([time, voltage]) => [time!, voltage!]),
      ),
    );
    expect(file.needs.map(({ what }) => what)).toContain('current');
  });
});

test('a spectrum as BDF reads back with time, voltage and current', async () => {
  const spectrum = {
    frequency_Hz: Float64Array.from({ length: 12 }, (_, k) => 10 ** (5 - k / 2)),
    real_ohm: Float64Array.from({ length: 12 }, (_, k) => 10 + k),
    imaginary_ohm: Float64Array.from({ length: 12 }, (_, k) => -1 - k),
    time_s: Float64Array.from({ length: 12 }, (_, k) => 900 + k),
    voltage_V: new Float64Array(12).fill(0.02),
    current_A: new Float64Array(12),
    area_m2: null,
    temperature_K: null,
    provenance: { kind: 'measured', origin: 'x', program: 'y', notes: [] },
    remarks: [],
  } as const;
  const file = await read(spectrumToCsv(spectrum, 'bdf'));
  expect([file.kind, file.spectra.length]).toEqual(['impedance', 1]);
  for (const name of ['frequency_Hz', 'real_ohm', 'imaginary_ohm', 'time_s', 'voltage_V', 'current_A'] as const)
    expect([...file.spectra[0]![name]]).toEqual([...spectrum[name]]);
});

describe.skipIf(!THERE)('real files', () => {
  test('the graphite coin cell: the strict reader and the reader of any file agree', async () => {
    const text = readFileSync(`${FOLDER}/SINTEF__LiGrR2032__2024-04-30__25degC__Landt.bdf.csv`, 'utf8');
    const strict = recordFromBdf(text);
    const file = await read(text);
    const record = file.records[0]!;
    expect([file.rows, strict.time_s.length]).toEqual([25162, 25162]);
    for (const name of ['time_s', 'voltage_V', 'current_A', 'step'] as const)
      expect(record[name]).toEqual(strict[name]);
    // No cycle column: one is counted from the current.
    expect(record.cycle.at(-1)).toBeGreaterThanOrEqual(1);
    expect(validateBdf(text).filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('sample.bdf.csv has three rows', async () => {
    const file = await read(readFileSync(`${FOLDER}/sample.bdf.csv`, 'utf8'));
    expect([...file.records[0]!.time_s]).toEqual([0, 1, 2]);
  });
});

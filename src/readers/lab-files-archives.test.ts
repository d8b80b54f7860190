// Real Neware files and workbooks, which are not part of this repository: their figures are known, and the vendor's own exports of several of
// them lie beside. Without the folder the tests are skipped, and say so.

import { existsSync, readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import type { CyclingRecord } from '../records/index.ts';
import { type InstrumentFile, readInstrumentFile } from './index.ts';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
declare const console: { warn(text: string): void };
const FOLDER = process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files';
const THERE = existsSync(`${FOLDER}/README.md`);
if (!THERE) console.warn(`skipped: no real instrument files in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);

const bytesOf = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(`${FOLDER}/${path}`));
const read = (path: string): Promise<InstrumentFile> => readInstrumentFile(bytesOf(path), { name: path });

const close = (found: number | undefined, wanted: number, relative = 2e-6): void => {
  expect(found).toBeDefined();
  expect(Math.abs(found! - wanted), `${found} for ${wanted}`).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(wanted), 1e-6),
  );
};

/** Charging and discharging capacity of each step, mAh: the last value of the step, since each step counts anew. */
function stepCharges(
  record: CyclingRecord,
): { readonly step: number; readonly charge: number; readonly discharge: number }[] {
  const { step_count, charging_capacity_C, discharging_capacity_C } = record.extra;
  const found: { step: number; charge: number; discharge: number }[] = [];
  for (let row = 0; row < record.time_s.length; row++) {
    if (step_count![row] === step_count![row + 1]) continue;
    const [charge, discharge] = [charging_capacity_C![row]! / 3.6, discharging_capacity_C![row]! / 3.6];
    found.push({ step: step_count![row]!, charge, discharge });
  }
  return found;
}

/** Charges of cycles that begin where a charge follows a discharge, mAh. */
function cycleCharges(record: CyclingRecord): [charge: number, discharge: number][] {
  const cycles: [number, number][] = [[0, 0]];
  let discharged = false;
  for (const { charge, discharge } of stepCharges(record)) {
    if (charge > 0 && discharged) {
      cycles.push([0, 0]);
      discharged = false;
    }
    discharged ||= discharge > 0;
    const last = cycles.at(-1)!;
    last[0] += charge;
    last[1] += discharge;
  }
  return cycles;
}

describe.skipIf(!THERE)('Neware .ndax', () => {
  test('version 14, a full cell that begins with a discharge', async () => {
    const file = await read('neware/nw4-120-6-1-36.ndax');
    const [record] = file.records;
    expect([file.rows, new Set(record!.extra.step_count).size, new Set(record!.cycle).size]).toEqual([7257, 15, 5]);
    expect([Math.min(...record!.voltage_V), Math.max(...record!.voltage_V)].map((v) => v.toFixed(4))).toEqual([
      '2.7498',
      '4.2006',
    ]);
    expect(Math.max(...record!.current_A)).toBeCloseTo(0.0225, 5);
    expect(Math.min(...record!.current_A)).toBeCloseTo(-0.0225, 5);
    const wanted = [
      [4.68271, 38.30239],
      [37.7534, 37.99207],
      [37.85666, 37.93353],
      [37.915, 37.96222],
      [37.98612, 38.02425],
    ];
    const found = cycleCharges(record!);
    expect(found).toHaveLength(5);
    for (const [k, pair] of wanted.entries()) for (const side of [0, 1]) close(found[k]![side], pair[side]!, 1e-5);
    expect(file.remarks.map(({ message }) => message).join()).toContain('5800 of 7257 rows stand between the anchors');
    expect(record!.extra.is_interpolated!.reduce((sum, value) => sum + value, 0)).toBe(5800);
  });

  test('version 16, with a voltage and a temperature beside the cell', async () => {
    const file = await read('neware/46_1_5_60_ZZZZZZZZTEST_20250924092922.ndax');
    const [record] = file.records;
    expect(file.rows).toBe(84);
    const [[charge, discharge]] = cycleCharges(record!) as [[number, number]];
    close(charge, 16.68153, 1e-5);
    close(discharge, 16.6408, 1e-5);
    // What the vendor's program rounds to whole mAs.
    expect([Math.round(charge * 3600), Math.round(discharge * 3600)]).toEqual([60054, 59907]);
    expect(record!.extra.auxiliary_voltage_1_V).toBeDefined();
    close(record!.temperature_K[0]! - 273.15, 23.6, 1e-6);
  });

  test('version 17, short', async () => {
    const file = await read('neware/TESTCELL0001-Test_Data_Collection_Ndc17.ndax');
    const [record] = file.records;
    const [[charge, discharge]] = cycleCharges(record!) as [[number, number]];
    expect(file.rows).toBe(80);
    close(charge, 4.16654, 1e-5);
    close(discharge, 4.16653, 1e-5);
    close(record!.time_s.at(-1), 75);
  });

  test('version 17, 8 cycles', async () => {
    const file = await read('neware/TESTCELL0001-B2-2025-M50T_NewareNDA_Investigation.ndax');
    const [record] = file.records;
    expect([file.rows, new Set(record!.extra.step_count).size]).toEqual([77745, 32]);
    const wanted = [
      [4760.662, 4717.545],
      [4722.766, 4720.467],
      [4724.952, 4722.805],
      [4726.563, 4721.869],
      [4725.231, 4723.799],
      [4726.939, 4722.43],
      [4724.846, 4719.031],
    ];
    const found = cycleCharges(record!);
    expect(found).toHaveLength(8);
    for (const [k, pair] of wanted.entries()) for (const side of [0, 1]) close(found[k + 1]![side], pair[side]!, 1e-6);
  });

  test('version 14, a rest with two thermometers', async () => {
    const file = await read('neware/123456789012_Unit27_Example_Data_File.ndax');
    const [record] = file.records;
    expect(file.rows).toBe(301);
    expect([Math.min(...record!.voltage_V), Math.max(...record!.voltage_V)].map((v) => v.toFixed(4))).toEqual([
      '2.9827',
      '2.9831',
    ]);
    expect(Number.isFinite(record!.temperature_K[0])).toBe(true);
    expect(Number.isFinite(record!.extra.auxiliary_temperature_2_K![0])).toBe(true);
    expect(file.metadata.find(({ name }) => name === 'Barcode')?.text).toBe('123456789012');
  });

  test('version 5, every row whole', async () => {
    const file = await read('neware/navani-test.ndax');
    const [record] = file.records;
    expect(file.rows).toBe(1464);
    expect([Math.min(...record!.voltage_V), Math.max(...record!.voltage_V)]).toEqual([1.4995, 4.3998]);
    close(Math.max(...record!.current_A), 1.2e-4, 1e-3);
    const [[charge, discharge]] = cycleCharges(record!) as [[number, number]];
    close(charge, 0.59304, 1e-5);
    close(discharge, 0.62545, 1e-5);
    expect(record!.extra.is_interpolated).toBeUndefined();
  });

  test('interpolated rows stand at the times of the vendor', async () => {
    const file = await read('neware/interp-test.ndax');
    const table = await read('neware/interp-test.csv');
    const [record] = file.records;
    expect(file.rows).toBe(333);
    expect(record!.time_s).toHaveLength(333);
    for (const [row, time_s] of table.records[0]!.time_s.entries()) close(record!.time_s[row], time_s, 1e-9);
    close(record!.time_s.at(-1), 1800);
    for (const voltage_V of record!.voltage_V) expect(voltage_V).toBeCloseTo(0.0002, 4);
  });

  test('empty.ndax opens and says so', async () => {
    const file = await read('neware/empty.ndax');
    expect([file.rows, file.kind, file.records.length]).toEqual([0, 'empty', 0]);
    expect(file.remarks.map(({ message }) => message)).toEqual(['the file holds no rows']);
    expect(file.metadata.find(({ name }) => name === 'Start time')?.text).toBe('2025-04-25 16:21:28');
    expect(file.metadata.find(({ name }) => name === 'Active mass')).toMatchObject({
      text: '4 mg',
      caution: expect.stringContaining('not used'),
    });
  });
});

describe.skipIf(!THERE)('Neware .nda', () => {
  test('version 8, zipped', async () => {
    const file = await read('neware/nda_v8.nda.zip');
    const [record] = file.records;
    expect([file.rows, file.format]).toEqual([21, 'Neware .nda, version 8']);
    expect([Math.min(...record!.voltage_V), Math.max(...record!.voltage_V)]).toEqual([1.7469, 2.1217]);
    close(Math.min(...record!.current_A), -2.297e-3, 1e-9);
    close(record!.extra.discharging_capacity_C!.at(-1), 1.1095, 5e-5);
    expect(file.metadata.find(({ name }) => name === 'Start time')?.text).toBe('2015.09.16 12:08:41');
  });

  test('metadata of versions 29 and 130', async () => {
    const text = async (path: string, wanted: string): Promise<string | undefined> =>
      (await read(path)).metadata.find(({ name }) => name === wanted)?.text;
    expect(await text('neware/new_nda_file.nda', 'Start time')).toBe('2020-03-25 11:16:21');
    expect(await text('neware/new_nda_file.nda', 'Creator')).toBe('Frederik Huld');
    expect(await text('neware/TestFile.nda', 'Remarks')).toBe('cell16');
    expect(await text('neware/TestFile.nda', 'Server')).toBe('9.1.5.7.20240403.R5');
    const masses = (await read('neware/new_nda_file.nda')).metadata.filter(({ name }) => name === 'Active mass');
    expect(masses[0]?.caution).toContain('not used');
  });
});

/** Files beside their export by the vendor's program, and the column that holds its first temperature. */
const EXPORTS = [
  ['46_1_5_60_ZZZZZZZZTEST_20250924092922.ndax', '46_1_5_60_bts16'],
  ['TESTCELL0001-Test_Data_Collection_Ndc17.ndax', 'TESTCELL0001-Test_Data_Collection_Ndc17'],
  ['123456789012_Unit27_Example_Data_File.ndax', 'Unit27_Example_Data_File'],
  ['TestFile.nda', 'TestFile'],
  ['new_nda_file.nda', 'new_nda_file'],
  ['nda_v8.nda.zip', 'nda_v8'],
] as const;

describe.skipIf(!THERE)("row by row against the vendor's own export", () => {
  test.each(EXPORTS)('%s', async (path, exported) => {
    const [record] = (await read(`neware/${path}`)).records;
    const buffer = bytesOf(`neware/vendor-export/${exported}.parquet`).buffer;
    const rows = await parquetReadObjects({
      file: { byteLength: buffer.byteLength, slice: (from, to) => buffer.slice(from, to) },
      compressors: { BROTLI: (packed) => new Uint8Array(brotliDecompressSync(packed)) },
    });
    expect(record!.time_s).toHaveLength(rows.length);
    const { extra } = record!;
    const digits = { charge_C: 0, current_A: 0, voltage_V: 0, time_s: 0, temperature_K: 0 };
    let capacity_C = 0;
    for (const [k, row] of rows.entries()) {
      const far = (key: keyof typeof digits, found: number, wanted: number): void => {
        digits[key] = Math.max(digits[key], Math.abs(found - wanted));
      };
      far('voltage_V', record!.voltage_V[k]!, row['Voltage(mV)'] / 1e3);
      far('current_A', record!.current_A[k]!, row['Current(uA)'] / 1e6);
      far('time_s', record!.time_s[k]!, row['Total Time']);
      far('time_s', extra.step_time_s![k]!, row.Time);
      const charge_C = extra.charging_capacity_C![k]! + extra.discharging_capacity_C![k]!;
      capacity_C = Math.max(capacity_C, charge_C);
      far('charge_C', charge_C, Math.abs(row['Capacity(mAs)']) / 1e3);
      const temperature = row.T1 ?? row['T1(℃)'] ?? row['T1(?)'];
      if (temperature !== undefined) far('temperature_K', record!.temperature_K[k]! - 273.15, temperature);
      expect([extra.step_count![k], record!.step[k]]).toEqual([row['Step Count'], row['Step Index']]);
    }
    // Half of the last digit that the export shows, and what a float32 of the file cannot hold.
    expect(digits.voltage_V).toBeLessThan(5.1e-5);
    expect(digits.current_A).toBeLessThan(5.1e-7);
    expect(digits.time_s).toBeLessThan(1e-6);
    expect(digits.temperature_K).toBeLessThan(0.0501);
    // Between the anchors the vendor's program rounds in its own way.
    expect(digits.charge_C).toBeLessThan(extra.is_interpolated === undefined ? 3e-4 : 5.1e-4 + 2e-5 * capacity_C);
  });
});

describe.skipIf(!THERE)('Excel workbooks', () => {
  test('Arbin: the sheet of the channel, with its cycles found from the sign of the current', async () => {
    const file = await read('arbin/bs542_004_gr_li_50ua_50mv_1v_191020_Channel_11.xlsx');
    const [record] = file.records;
    expect([file.rows, file.records.length, file.format]).toEqual([
      4526,
      1,
      'Excel workbook (.xlsx), sheet Channel_11_1: Arbin csv',
    ]);
    close(Math.min(...record!.voltage_V), 0.049994, 1e-5);
    close(Math.max(...record!.voltage_V), 2.640909, 1e-6);
    expect(Math.min(...record!.current_A) * 1e6).toBeCloseTo(-50.03, 2);
    expect(Math.max(...record!.current_A) * 1e6).toBeCloseTo(52.6, 1);
    close(record!.extra.charging_capacity_C!.at(-1)! / 3600, 0.005703, 1e-4);
    close(record!.extra.discharging_capacity_C!.at(-1)! / 3600, 0.011055, 1e-4);
    expect(new Set(record!.extra.cycle_vendor)).toEqual(new Set([1]));
    expect(record!.cycle.at(-1)).toBe(2);
    expect(file.metadata.find(({ name }) => name === 'Start DateTime')?.text).toBe('2020-10-19 11:33:31.000');
    // The clock beside the rows comes from the style of its cells.
    expect(record!.extra.unix_time_s![0]).toBeCloseTo(Date.UTC(2020, 9, 19, 11, 31, 46, 582) / 1e3, 2);
  });

  test('four sheets with one spectrum under different headings', async () => {
    const file = await read('eis/one-spectrum-many-formats/data.xlsx');
    expect([file.kind, file.spectra.length]).toEqual(['impedance', 4]);
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    for (const { frequency_Hz, real_ohm, imaginary_ohm } of file.spectra) {
      expect([frequency_Hz.length, frequency_Hz[0], frequency_Hz[28]]).toEqual([29, 10000, 1]);
      close(sum(real_ohm), 10451.939386, 1e-9);
      close(sum(imaginary_ohm), -2518.8601, 1e-9);
    }
  });
});

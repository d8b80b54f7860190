import { Buffer } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import MDBReader from 'mdb-reader';
import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { openAccessDatabase, readAccessTable } from './access-database.ts';
import { ARBIN_ROWS, accessFile, arbinFile } from './access-fixture.test-tool.ts';
import { type InstrumentFile, readInstrumentFile } from './index.ts';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
declare const console: { warn(text: string): void };
const FOLDER = process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files';
const THERE = existsSync(`${FOLDER}/README.md`);
if (!THERE) console.warn(`skipped: no real .res files in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);
const INPUTS = Number(process.env.LIMETAL_FUZZ ?? 2000);

const said = ({ remarks }: InstrumentFile): string =>
  remarks.map(({ where, message }) => `${where} ${message}`).join('\n');

/** Every cell of every table, held against a reader that others wrote. */
function compare(bytes: Uint8Array): number {
  const database = openAccessDatabase(bytes, 'file');
  const other = new MDBReader(Buffer.from(bytes));
  let cells = 0;
  for (const name of other.getTableNames()) {
    const rows = other.getTable(name).getData();
    const table = readAccessTable(database, name)!;
    expect(table.rows).toBe(rows.length);
    expect(table.faults).toEqual([]);
    for (const { name: column, type } of other.getTable(name).getColumns()) {
      if (type === 'memo') continue;
      rows.forEach((row, k) => {
        const wanted = row[column];
        const found = table.numbers.get(column)?.[k] ?? table.texts.get(column)![k];
        if (wanted === null) expect(found === '' || Number.isNaN(found)).toBe(true);
        else if (!Object.is(found, typeof wanted === 'boolean' ? Number(wanted) : wanted))
          throw new Error(`${name}.${column}, row ${k}: ${found} for ${wanted}`);
        cells++;
      });
    }
  }
  return cells;
}

describe('tables of an Access database are those that another reader finds', () => {
  test.each([
    ['a map in a row', {}],
    ['a map on a page of its own', { map: 'by pages' as const }],
    ['pages that are encoded', { pageKey: [1, 2, 3, 4] }],
  ])('%s', (_, options) => {
    expect(compare(arbinFile(options))).toBeGreaterThan(4000);
  });

  test.skipIf(!THERE).each([
    ['20160805_test001_45_cc_01.res', 184_000],
    ['arbin_example.res', 38_000],
  ])('%s', (name, cells) => {
    expect(compare(new Uint8Array(readFileSync(`${FOLDER}/arbin/${name}`)))).toBeGreaterThan(cells);
  });

  test('the bytes handed in stay as they are, also those of a buffer of Node', () => {
    const bytes = arbinFile({ pageKey: [9, 8, 7, 6] });
    const handed = Buffer.from(bytes);
    openAccessDatabase(handed, 'file');
    expect(new Uint8Array(handed)).toEqual(bytes);
  });
});

describe('Arbin .res', () => {
  test('rows in the order of their data points, in SI', async () => {
    const file = await readInstrumentFile(arbinFile());
    expect([file.kind, file.format, file.rows, file.remarks]).toEqual(['cycling', 'Arbin result file (.res)', 240, []]);
    const record = file.records[0]!;
    expect([...record.time_s]).toEqual(ARBIN_ROWS.map((row) => row.Test_Time));
    expect([...record.cycle]).toEqual(ARBIN_ROWS.map((row) => row.Cycle_Index));
    expect([...record.step]).toEqual(ARBIN_ROWS.map((row) => row.Step_Index));
    for (const [k, row] of ARBIN_ROWS.entries()) {
      expect(record.current_A[k]).toBeCloseTo(row.Current, 9);
      expect(record.voltage_V[k]).toBe(row.Voltage);
      expect(record.extra.charging_capacity_C![k]).toBeCloseTo(3600 * row.Charge_Capacity, 12);
      expect(record.extra.discharging_capacity_C![k]).toBeCloseTo(3600 * row.Discharge_Capacity, 12);
      expect(record.extra.charging_energy_J![k]).toBeCloseTo(3600 * row.Charge_Energy, 12);
    }
    expect(record.extra['dV/dt']![7]).toBeNaN();
    expect(record.area_m2).toBeNull();
  });

  test('start, names, and a mass that is not believed', async () => {
    const { start_unix_s, metadata } = await readInstrumentFile(arbinFile());
    expect(start_unix_s).toBe(Date.UTC(2023, 0, 1, 12) / 1e3);
    const entry = (name: string) => metadata.find((one) => one.name === name);
    expect(entry('Test_Name')).toMatchObject({ text: 'Cu|Li Ω 1', where: 'Global_Table, row 1' });
    expect(entry('Version')?.text).toBe('Results File 5.26');
    expect(entry('MASS')).toMatchObject({ text: '0.0125 g', caution: expect.stringContaining('not used') });
  });

  test('auxiliary channels stand at the data points at which they measured', async () => {
    const { records, columns } = await readInstrumentFile(arbinFile());
    const { temperature_K, extra } = records[0]!;
    expect([...temperature_K.slice(0, 4)]).toEqual([298.15, Number.NaN, 298.15, Number.NaN]);
    expect([...extra.auxiliary_voltage_1_V!.slice(0, 3)]).toEqual([0.125, Number.NaN, 0.125]);
    expect(columns.find(({ to }) => to === 'temperature_K')?.heading).toBe('auxiliary temperature 1, case (C)');
  });

  test('several tests of one file are several records', async () => {
    const file = await readInstrumentFile(arbinFile({ tests: 3 }));
    expect([file.rows, file.records.length]).toEqual([720, 3]);
    for (const record of file.records) expect(record.time_s).toHaveLength(240);
    expect(said(file)).toContain('3 tests');
    expect(file.metadata.filter(({ name }) => name === 'Test_Name').map(({ text }) => text)).toEqual([
      'Cu|Li Ω 1',
      'Cu|Li Ω 2',
      'Cu|Li Ω 3',
    ]);
  });

  test('a file that was cut keeps the rows of the pages that are left, and says so', async () => {
    const whole = arbinFile();
    const channel = Array.from({ length: whole.length / 4096 }, (_, page) => page).filter(
      (page) => whole[4096 * page] === 1 && whole[4096 * page + 4]! > 2,
    );
    for (const page of channel.slice(1, 3)) whole[4096 * page] = 0;
    const file = await readInstrumentFile(whole);
    expect(file.rows).toBeGreaterThan(50);
    expect(file.rows).toBeLessThan(240);
    expect(said(file)).toMatch(/Channel_Normal_Table \d+ pages of the table are missing or damaged/);
  });

  test('without its map a table is found by the pages that name it', async () => {
    const bytes = arbinFile();
    for (let page = 3; page < bytes.length / 4096; page++) {
      // The pages that hold maps have no owner.
      const view = new DataView(bytes.buffer, 4096 * page, 4096);
      if (view.getUint8(0) === 1 && view.getUint32(4, true) === 0) view.setUint8(view.getUint16(14, true), 9);
    }
    // The list of tables lost its map too.
    const file = await readInstrumentFile(bytes);
    expect(file.rows).toBe(240);
    expect(said(file)).toContain('the map of its pages is damaged');
  });

  test.each([
    [
      'another database',
      accessFile([{ name: 'Addresses', columns: { Id: 'long' }, rows: [{ Id: 1 }] }]),
      'the tables Addresses',
    ],
    ['no list of tables', arbinFile().slice(0, 8192), 'without a list of tables'],
    ['Access 97', arbinFile().map((byte, k) => (k === 0x14 ? 0 : byte)), 'Access 97'],
    ['the first bytes alone', arbinFile().slice(0, 30), 'the first bytes of an Access database'],
  ])('%s is refused by name', async (_, bytes, message) => {
    await expect(readInstrumentFile(bytes)).rejects.toThrow(InputError);
    await expect(readInstrumentFile(bytes)).rejects.toThrow(message);
  });
});

describe.skipIf(!THERE)('real Arbin files', () => {
  /** Largest capacities within each cycle, mAh. */
  function capacities({ records }: InstrumentFile): Map<number, readonly [charged: number, discharged: number]> {
    const { cycle, extra } = records[0]!;
    const found = new Map<number, [number, number]>();
    for (const [row, number] of cycle.entries()) {
      const pair = found.get(number) ?? [0, 0];
      pair[0] = Math.max(pair[0], extra.charging_capacity_C![row]! / 3.6);
      pair[1] = Math.max(pair[1], extra.discharging_capacity_C![row]! / 3.6);
      found.set(number, pair);
    }
    return found;
  }
  const read = (name: string): Promise<InstrumentFile> =>
    readInstrumentFile(new Uint8Array(readFileSync(`${FOLDER}/arbin/${name}`)), { name });

  test('Si-C|Li: 10261 rows, 18 cycles, 103 steps, CE of cycle 1 92.61079 % as charge over discharge', async () => {
    const file = await read('20160805_test001_45_cc_01.res');
    const record = file.records[0]!;
    expect([file.rows, record.time_s.length, new Set(record.cycle).size]).toEqual([10261, 10261, 18]);
    let steps = 1;
    for (let row = 1; row < 10261; row++)
      if (record.step[row] !== record.step[row - 1] || record.cycle[row] !== record.cycle[row - 1]) steps++;
    expect(steps).toBe(103);
    expect(record.time_s.at(-1)).toBeCloseTo(859077.24, 2);
    const cycles = capacities(file);
    for (const [number, charged, discharged] of [
      [1, 1.625406, 1.755094],
      [2, 1.699564, 1.567475],
      [17, 1.525362, 1.464808],
      [18, 0, 0.239313],
    ] as const) {
      expect(Math.abs(cycles.get(number)![0] - charged)).toBeLessThan(1e-5 * charged + 1e-9);
      expect(Math.abs(cycles.get(number)![1] - discharged)).toBeLessThan(1e-5 * discharged);
    }
    const [charged, discharged] = cycles.get(1)!;
    expect((100 * charged) / discharged).toBeCloseTo(92.61079, 5);
    const [second_C, second_D] = cycles.get(2)!;
    expect((100 * second_C) / second_D).toBeCloseTo(108.427, 3);
    expect(file.start_unix_s).toBeCloseTo(Date.UTC(2016, 7, 5, 16, 16, 23) / 1e3, 0);
    expect(file.metadata.find(({ name }) => name === 'MASS')?.caution).toContain('not used');
  });

  test('arbin_example.res: four cycles, and a fifth that is empty', async () => {
    const file = await read('arbin_example.res');
    expect(file.rows).toBe(2150);
    const cycles = capacities(file);
    for (const [number, charged, discharged, ratio] of [
      [1, 0.483515, 0.475156, 98.2712],
      [2, 0.476751, 0.474353, 99.4972],
      [3, 0.476185, 0.474002, 99.5416],
      [4, 0.476028, 0.473704, 99.5118],
    ] as const) {
      const [found_C, found_D] = cycles.get(number)!;
      expect(Math.abs(found_C - charged)).toBeLessThan(1e-5 * charged);
      expect(Math.abs(found_D - discharged)).toBeLessThan(1e-5 * discharged);
      expect((100 * found_D) / found_C).toBeCloseTo(ratio, 3);
    }
    expect(cycles.get(5)).toEqual([0, 0]);
    expect(file.start_unix_s).toBeCloseTo(45131.784722222 * 86400 - 25569 * 86400, 2);
  });
});

describe('whatever the bytes', () => {
  test(`${INPUTS} mutated databases give a result or an InputError`, {
    timeout: 1000 * (60 + INPUTS / 10),
  }, async () => {
    const sources = [arbinFile(), arbinFile({ map: 'by pages' })];
    let state = 20260101;
    const pick = (n: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 4294967296) * n);
    };
    let results = 0;
    for (let k = 0; k < INPUTS; k++) {
      let bytes = Uint8Array.from(sources[k % 2]!);
      for (let edit = 0; edit <= pick(8); edit++) {
        // Half of the edits meet the heads of pages, where all that steers the reading stands.
        const at = pick(2) === 0 ? 4096 * pick(bytes.length / 4096) + pick(200) : pick(bytes.length);
        const size = 1 + pick(4);
        for (let j = at; j < Math.min(bytes.length, at + size); j++) bytes[j] = [pick(256), 0, 0xff, 0x7f][pick(4)]!;
        if (pick(40) === 0) bytes = bytes.slice(0, pick(bytes.length));
      }
      if (bytes.length > 30) bytes.set([0, 1, 0, 0, 83, 116, 97, 110, 100, 97, 114, 100]);
      try {
        const file = await readInstrumentFile(bytes);
        results++;
        expect(file.rows).toBeLessThan(bytes.length);
      } catch (error) {
        if (!(error instanceof InputError)) throw new Error(`input ${k}`, { cause: error });
      }
    }
    expect(results).toBeGreaterThan(0.3 * INPUTS);
  });
});

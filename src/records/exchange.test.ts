// Every exchange format on the same arbitrary records: what goes out comes back, bit for bit where the format can carry it.

import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { recordFromBdf, recordToBdf, validateBdf } from './bdf.ts';
import { recordFromCsv, recordToCsv, recordToCsvChunks } from './csv.ts';
import type { CyclingRecord } from './cycling-record.ts';
import { recordFromJson, recordToJson } from './json.ts';
import { PARQUET_METADATA_KEY, recordToParquet } from './parquet.ts';

const anyDouble = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0, 0, 5e-324, Number.MAX_VALUE, 0.1 + 0.2));
const finiteDouble = fc.double({ noNaN: true, noDefaultInfinity: true });

/** Awkward but legal names of extra columns. */
const extraName = fc
  .oneof(
    fc.constantFrom('counter_lithium_thickness_m', 'with, comma_m', 'with "quotes"_m', 'line\nbreak_V', '__proto__'),
    fc.string({ minLength: 1, maxLength: 12 }),
  )
  .map((name) => name.trim())
  .filter(
    (name) => name !== '' && !['time_s', 'current_A', 'voltage_V', 'temperature_K', 'cycle', 'step'].includes(name),
  );

interface Shape {
  /** Only finite values in the fixed columns, as BDF wants them. */
  readonly finite?: boolean;
  readonly extras?: boolean;
}

function arbitraryRecord({ finite = false, extras = true }: Shape = {}): fc.Arbitrary<CyclingRecord> {
  const value = finite ? finiteDouble : anyDouble;
  const row = fc.record({
    time: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    current: value,
    voltage: value,
    temperature: value,
    newStep: fc.integer({ min: 0, max: 3 }),
    extra: fc.tuple(anyDouble, anyDouble),
  });
  return fc
    .record({
      rows: fc.array(row, { maxLength: 30 }),
      names: extras ? fc.uniqueArray(extraName, { maxLength: 2 }) : fc.constant<string[]>([]),
      area_m2: fc.oneof(fc.constant(null), fc.double({ min: 1e-6, max: 1, noNaN: true })),
      origin: fc.string(),
    })
    .map(({ rows, names, area_m2, origin }) => {
      const time_s = Float64Array.from(rows, ({ time }) => time).sort();
      const cycle = new Int32Array(rows.length);
      const step = new Int32Array(rows.length);
      rows.forEach(({ newStep }, k) => {
        // 0 and 1 stay in the step, 2 starts the next step, 3 the next cycle: steps count from 1 in each cycle.
        cycle[k] = k === 0 ? 1 : cycle[k - 1]! + (newStep === 3 ? 1 : 0);
        step[k] = k === 0 || newStep === 3 ? 1 : step[k - 1]! + (newStep === 2 ? 1 : 0);
      });
      return {
        time_s,
        current_A: Float64Array.from(rows, ({ current }) => current),
        voltage_V: Float64Array.from(rows, ({ voltage }) => voltage),
        temperature_K: Float64Array.from(rows, ({ temperature }) => temperature),
        cycle,
        step,
        extra: Object.fromEntries(names.map((name, k) => [name, Float64Array.from(rows, ({ extra }) => extra[k]!)])),
        area_m2,
        provenance: { kind: 'simulated', origin, program: 'limetal 0.0.0', notes: ['one', 'two, "2"'] },
      };
    });
}

/** The bytes of a column, so that -0 and 0 differ and NaN is equal to NaN. */
function bits(values: Float64Array | Int32Array): readonly number[] {
  const canonical =
    values instanceof Float64Array ? values.map((value) => (Number.isNaN(value) ? Number.NaN : value)) : values;
  return [...new Uint8Array(canonical.buffer, canonical.byteOffset, canonical.byteLength)];
}

/** Every column equal bit for bit, the same extras in any order. */
function expectSameTable(found: CyclingRecord, wanted: CyclingRecord): void {
  for (const name of ['time_s', 'current_A', 'voltage_V', 'temperature_K', 'cycle', 'step'] as const) {
    expect({ name, bits: bits(found[name]) }).toEqual({ name, bits: bits(wanted[name]) });
  }
  expect(Object.keys(found.extra).sort()).toEqual(Object.keys(wanted.extra).sort());
  for (const [name, values] of Object.entries(wanted.extra)) {
    const own = Object.getOwnPropertyDescriptor(found.extra, name)?.value;
    expect({ name, bits: bits(own) }).toEqual({ name, bits: bits(values) });
  }
}

/** Li|Cu: two rows a step, plate and strip, two cycles, at 25 °C. */
const PLATE_STRIP: CyclingRecord = {
  time_s: Float64Array.of(0, 3600, 3600, 7100, 7100, 10700, 10700, 14250),
  current_A: Float64Array.of(-1e-3, -1e-3, 1e-3, 1e-3, -1e-3, -1e-3, 1e-3, 1e-3),
  voltage_V: Float64Array.of(-0.05, -0.03, 0.03, 1, -0.04, -0.03, 0.03, 1),
  temperature_K: new Float64Array(8).fill(298.15),
  cycle: Int32Array.of(1, 1, 1, 1, 2, 2, 2, 2),
  step: Int32Array.of(1, 1, 2, 2, 1, 1, 2, 2),
  extra: { working_lithium_thickness_m: Float64Array.of(0, 4.85e-6, 4.85e-6, 0, 0, 4.85e-6, 4.85e-6, 0) },
  area_m2: 1e-4,
  provenance: { kind: 'simulated', origin: 'li-cu', program: 'limetal 0.1.0', notes: [] },
};

function issuesOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.issues.map(({ where, found }) => `${where}: ${found}`);
    throw error;
  }
  return [];
}

describe('CSV', () => {
  test('property: a record reads back bit for bit, whatever its doubles and column names', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const { area_m2, provenance } = record;
        const found = recordFromCsv(recordToCsv(record), { area_m2, provenance });
        expectSameTable(found, record);
        expect(found.area_m2).toBe(area_m2);
        expect(found.provenance).toEqual(provenance);
      }),
    );
  });

  test('one line of names, one line a row, CRLF, no comments', () => {
    const lines = recordToCsv(PLATE_STRIP).split('\r\n');
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe('time_s,current_A,voltage_V,temperature_K,cycle,step,working_lithium_thickness_m');
    expect(lines[2]).toBe('3600,-0.001,-0.03,298.15,1,1,0.00000485');
    expect(lines[9]).toBe('');
  });

  test('the pieces of a long record join to the whole', () => {
    const rows = 10_000;
    const long: CyclingRecord = {
      ...PLATE_STRIP,
      time_s: Float64Array.from({ length: rows }, (_, k) => k / 3),
      current_A: new Float64Array(rows),
      voltage_V: Float64Array.from({ length: rows }, (_, k) => Math.sin(k)),
      temperature_K: new Float64Array(rows),
      cycle: new Int32Array(rows).fill(1),
      step: new Int32Array(rows).fill(1),
      extra: {},
    };
    const pieces = [...recordToCsvChunks(long)];
    expect(pieces.length).toBeGreaterThan(2);
    expectSameTable(recordFromCsv(pieces.join('')), long);
  });

  test('three columns suffice, in any order, with LF, blank lines, quotes and a byte order mark', () => {
    const record = recordFromCsv('\uFEFF"voltage_V",time_s, current_A\n0.5,0,1e-3\n\n"0.25",1.5,nan\n');
    expect([...record.time_s]).toEqual([0, 1.5]);
    expect([...record.voltage_V]).toEqual([0.5, 0.25]);
    expect([...record.current_A]).toEqual([1e-3, Number.NaN]);
    expect([...record.temperature_K]).toEqual([Number.NaN, Number.NaN]);
    expect([[...record.cycle], [...record.step]]).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(record.area_m2).toBeNull();
  });

  test('all faults of a table at once, with their lines', () => {
    expect(issuesOf(() => recordFromCsv('time_s,voltage_V,voltage_V\n0,1,2\n1,two,0x10\n2,3\n'))).toEqual([
      "line 1: column 'voltage_V' more than once",
      "line 3, voltage_V: 'two'",
      "line 3, voltage_V: '0x10'",
      'line 4: 2 fields',
    ]);
    expect(issuesOf(() => recordFromCsv('time_s,Current_a,cycle\n1,0,1.5\n0,0,2\n'))).toEqual([
      'CSV: current_A: no such column',
      'CSV: voltage_V: no such column',
      'CSV: cycle, row 1: 1.5',
      'CSV: time_s, row 2: 0',
    ]);
    expect(issuesOf(() => recordFromCsv(''))).toEqual(['CSV: no header line']);
  });

  test('the list of faults is bounded', () => {
    const issues = issuesOf(() => recordFromCsv(`time_s,current_A,voltage_V\n${'x,0,0\n'.repeat(1000)}`));
    expect(issues).toHaveLength(51);
    expect(issues.at(-1)).toBe('CSV: 950 more faults like these');
  });

  test('property: any text gives a record or an InputError', () => {
    const pieces = fc.array(
      fc.constantFrom('time_s', 'current_A', 'voltage_V', ',', '"', '\n', '\r', '1', '-', 'e', ' '),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((list) => list.join('')),
        ),
        (text) => {
          issuesOf(() => recordFromCsv(text));
          issuesOf(() => recordFromBdf(text));
          validateBdf(text);
        },
      ),
    );
  });
});

describe('JSON', () => {
  test('property: a record reads back whole and bit for bit', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const found = recordFromJson(recordToJson(record));
        expectSameTable(found, record);
        expect(found.area_m2).toBe(record.area_m2);
        expect(found.provenance).toEqual(record.provenance);
      }),
    );
  });

  test('is plain JSON: NaN is null, the infinities are words', () => {
    const record = {
      ...PLATE_STRIP,
      voltage_V: Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, -0, 0, 0, 0, 0, 0),
    };
    const document = JSON.parse(recordToJson(record));
    expect(document.limetal_record).toBe(1);
    expect(document.rows).toBe(8);
    expect(document.voltage_V.slice(0, 3)).toEqual([null, 'Infinity', -0]);
    expect(document.extra.working_lithium_thickness_m[1]).toBe(4.85e-6);
  });

  test('all faults of a document at once', () => {
    const document = JSON.parse(recordToJson(PLATE_STRIP));
    const broken = {
      ...document,
      voltage_V: [0, 'x'],
      extra: 3,
      area_m2: '1',
      provenance: { kind: 'dreamt', notes: [1] },
    };
    expect(issuesOf(() => recordFromJson(JSON.stringify(broken)))).toEqual([
      'voltage_V[1]: "x"',
      'extra: 3',
      'area_m2: "1"',
      'provenance.kind: "dreamt"',
      'provenance.origin: nothing',
      'provenance.program: nothing',
      'provenance.notes: [1]',
    ]);
    expect(issuesOf(() => recordFromJson(JSON.stringify({ ...document, limetal_record: 2 })))).toEqual([
      'limetal_record: 2',
    ]);
    expect(issuesOf(() => recordFromJson(JSON.stringify({ ...document, current_A: [0] })))).toEqual([
      'current_A: 1 values',
    ]);
    expect(issuesOf(() => recordFromJson('{'))).toHaveLength(1);
    expect(issuesOf(() => recordFromJson('[]'))).toEqual(['record: []']);
  });
});

describe('Parquet', () => {
  async function readBack(file: ArrayBuffer): Promise<CyclingRecord> {
    const rows = await parquetReadObjects({ file });
    const metadata = parquetMetadata(file);
    const names = metadata.schema.slice(1).map(({ name }) => name);
    const about = JSON.parse(metadata.key_value_metadata!.find(({ key }) => key === PARQUET_METADATA_KEY)!.value!);
    const column = (name: string) =>
      Float64Array.from(rows, (row) => Object.getOwnPropertyDescriptor(row, name)?.value);
    return {
      time_s: column('time_s'),
      current_A: column('current_A'),
      voltage_V: column('voltage_V'),
      temperature_K: column('temperature_K'),
      cycle: Int32Array.from(column('cycle')),
      step: Int32Array.from(column('step')),
      extra: Object.fromEntries(names.slice(6).map((name) => [name, column(name)])),
      area_m2: about.area_m2,
      provenance: about.provenance,
    };
  }

  test('property: another reader gets the record back bit for bit, with area and provenance', async () => {
    // The reader puts rows into plain objects, where a column named __proto__ is lost.
    const records = arbitraryRecord().filter((record) => !Object.hasOwn(record.extra, '__proto__'));
    await fc.assert(
      fc.asyncProperty(records, async (record) => {
        const found = await readBack(await recordToParquet(record));
        expectSameTable(found, record);
        expect(found.area_m2).toBe(record.area_m2);
        expect(found.provenance).toEqual(record.provenance);
      }),
      { numRuns: 50 },
    );
  });

  test('a long record crosses row groups', async () => {
    const rows = 3000;
    const numbers = (factor: number) => Float64Array.from({ length: rows }, (_, k) => k * factor);
    const long: CyclingRecord = {
      ...PLATE_STRIP,
      time_s: numbers(1 / 3),
      current_A: numbers(-1e-7),
      voltage_V: numbers(Math.PI),
      temperature_K: numbers(1),
      cycle: Int32Array.from(numbers(0.01)),
      step: Int32Array.from(numbers(0.1)),
      extra: {},
    };
    expectSameTable(await readBack(await recordToParquet(long)), long);
  });
});

describe('BDF', () => {
  test('property: time, voltage, current, cycle and step read back bit for bit, temperature to rounding', () => {
    fc.assert(
      fc.property(arbitraryRecord({ finite: true, extras: false }), (record) => {
        const text = recordToBdf(record);
        expect(validateBdf(text).filter(({ level }) => level === 'error')).toEqual([]);
        const found = recordFromBdf(text);
        expectSameTable({ ...found, temperature_K: record.temperature_K }, record);
        found.temperature_K.forEach((value, row) => {
          const wanted = record.temperature_K[row]!;
          expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-13 + 1e-15 * Math.abs(wanted));
        });
      }),
    );
  });

  test('labels, units and sign of the standard', () => {
    const lines = recordToBdf(PLATE_STRIP).split('\n');
    expect(lines[0]).toBe(
      'Test Time / s,Voltage / V,Current / A,Cycle Count / 1,Step Count / 1,Ambient Temperature / degC,Step ID',
    );
    expect(lines[2]).toBe('3600,-0.03,-0.001,1,1,25,1');
    expect(lines[7]).toBe('10700,0.03,0.001,2,4,25,2');
    expect(validateBdf(recordToBdf(PLATE_STRIP))).toEqual([]);
  });

  test('a cell that warms up has a surface temperature, and one with a chamber probe has both', () => {
    const warming = { ...PLATE_STRIP, temperature_K: Float64Array.from(PLATE_STRIP.time_s, (_, k) => 298.15 + k) };
    expect(recordToBdf(warming)).toMatch(/Step ID,Surface Temperature T1 \/ degC\n/);
    const ambient_temperature_K = new Float64Array(8).fill(303.15);
    const both = { ...PLATE_STRIP, extra: { ambient_temperature_K, power_W: new Float64Array(8).fill(2) } };
    const text = recordToBdf(both);
    expect(text.split('\n')[1]).toBe('0,-0.05,-0.001,1,1,30,1,2,25');
    const found = recordFromBdf(text);
    expect([found.temperature_K[0], found.extra.ambient_temperature_K![0], found.extra.power_W![0]]).toEqual([
      298.15, 303.15, 2,
    ]);
  });

  test('machine-readable names; capacities in coulomb; unknown columns named in the notes', () => {
    const record = recordFromBdf(
      'test_time_second,voltage_volt,current_ampere,charging_capacity_ah,colour\n0,1,0.5,0,red\n3600,1.1,0.5,0.5,blue\n',
    );
    expect([...record.extra.charging_capacity_C!]).toEqual([0, 1800]);
    expect(Object.keys(record.extra)).toEqual(['charging_capacity_C']);
    expect(record.provenance.notes).toEqual(["column 'colour' is no BDF term and was left out"]);
    expect([...record.step]).toEqual([1, 1]);
  });

  test('without a step identifier the running step count is counted anew in each cycle', () => {
    const rows = ['0,1,1,7,4', '1,1,1,7,4', '2,1,1,7,5', '3,1,1,8,6', '4,1,1,8,7'];
    const record = recordFromBdf(
      `Test Time / s,Voltage / V,Current / A,Cycle Count / 1,Step Count / 1\n${rows.join('\n')}`,
    );
    expect([...record.cycle]).toEqual([7, 7, 7, 8, 8]);
    expect([...record.step]).toEqual([1, 1, 2, 1, 2]);
  });

  const header = 'Test Time / s,Voltage / V,Current / A';
  test.each([
    [
      'missing column',
      'Time / s,Voltage / V,Current / A\n0,1,1',
      ["error header: no column 'Test Time / s'", "warning header: column 'Time / s'"],
    ],
    ['doubled column', `${header},voltage_volt\n0,1,1,1`, ["error line 1: 'Voltage / V' more than once"]],
    ['no number', `${header}\n0,a,1`, ["error line 2, Voltage / V: 'a'"]],
    ['empty required value', `${header}\n0,,1`, ["error line 2, Voltage / V: ''"]],
    ['infinite required value', `${header}\n0,inf,1`, ["error line 2, Voltage / V: 'inf'"]],
    ['ragged row', `${header}\n0,1`, ['error line 2: 2 fields', 'warning table: no rows']],
    ['no rows', header, ['warning table: no rows']],
    [
      'time falls',
      `${header}\n0,1,1\n1,1,1\n0.5,1,1\n2,1,1`,
      ['warning Test Time / s, row 3: 1 falls, the largest 0.5 s'],
    ],
    ['time falls within a tenth of its median rise', `${header}\n0,1,1\n1,1,1\n0.95,1,1\n2,1,1`, []],
    [
      'cycle of two pi',
      `${header},Cycle Count / 1\n0,1,1,6.283185\n1,1,1,6.283185`,
      ['warning Cycle Count / 1: 6.283185'],
    ],
    [
      'negative and falling cycle',
      `${header},Cycle Count / 1\n0,1,1,1\n1,1,1,-1`,
      ['warning Cycle Count / 1: 1 negative values', 'warning Cycle Count / 1: 1 falls'],
    ],
    ['step count starts anew', `${header},Step Count / 1\n0,1,1,2\n1,1,1,1`, ['warning Step Count / 1: 1 falls']],
    [
      'program step as record index',
      `${header},Step Index / 1\n0,1,1,1\n1,1,1,3`,
      ['warning step_index: no count of rows within the step'],
    ],
    ['record index', `${header},Step Record Index / 1\n0,1,1,1\n1,1,1,2\n1,1,1,1`, []],
    [
      'capacity falls',
      `${header},Charging Capacity / Ah\n0,1,1,1\n1,1,1,0.5`,
      ['warning charging_capacity_ah: 1 falls'],
    ],
    [
      'net is not the difference',
      `${header},Charging Capacity / Ah,Discharging Capacity / Ah,Net Capacity / Ah\n0,1,1,1,0.25,0.75\n1,1,1,1,0.5,0.6`,
      ['warning net_capacity_ah: 1 rows that differ'],
    ],
  ])('validation: %s', (_name, text, wanted) => {
    expect(validateBdf(text).map(({ level, where, found }) => `${level} ${where}: ${found}`)).toEqual(wanted);
  });
});

const shared = process.env.LIMETAL_SHARED ?? new URL('../../../shared', import.meta.url).pathname;
const labFiles = `${shared}/lab-files/bdf`;

describe.skipIf(!existsSync(labFiles))(`BDF files of laboratories (skipped where ${labFiles} is absent)`, () => {
  test('three rows with preferred labels', () => {
    const text = readFileSync(`${labFiles}/sample.bdf.csv`, 'utf8');
    expect(validateBdf(text)).toEqual([]);
    expect([...recordFromBdf(text).voltage_V]).toEqual([3.7, 3.6, 3.5]);
  });

  test('graphite coin cell, Landt, machine-readable names', () => {
    const text = readFileSync(`${labFiles}/SINTEF__LiGrR2032__2024-04-30__25degC__Landt.bdf.csv`, 'utf8');
    const record = recordFromBdf(text);
    const rows = record.time_s.length;
    expect(rows).toBe(25_162);
    expect([record.time_s[0], record.time_s[rows - 1]]).toEqual([0.02, 262_657.764]);
    expect([Math.min(...record.voltage_V), Math.max(...record.voltage_V)]).toEqual([0.01, 2.9215]);
    expect([Math.min(...record.current_A), Math.max(...record.current_A)]).toEqual([-0.0002, 0.0002]);
    expect([Math.min(...record.step), Math.max(...record.step)]).toEqual([1, 3]);
    expect(Math.max(...record.extra.discharging_capacity_C!) / 3600).toBeCloseTo(0.0063, 12);
    expect(validateBdf(text).filter(({ level }) => level === 'error')).toEqual([]);
  });
});

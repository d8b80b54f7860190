import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { type CyclingRecord, recordToParquet } from '../records/index.ts';
import { InputError } from '../units/index.ts';
import { type InstrumentFile, readInstrumentFile } from './index.ts';
import { readParquetTable } from './parquet-table.ts';
import { unpackSnappy } from './snappy.ts';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
declare const console: { warn(text: string): void };
const FOLDER = `${process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files'}/neware/vendor-export`;
const THERE = existsSync(FOLDER);
if (!THERE) console.warn(`skipped: no real Parquet files in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);
const INPUTS = Number(process.env.LIMETAL_FUZZ ?? 2000);

const ROWS = 300;
const column = (of: (row: number) => number): Float64Array => Float64Array.from({ length: ROWS }, (_, row) => of(row));
const record: CyclingRecord = {
  time_s: column((row) => row / 3),
  current_A: column((row) => (row < 150 ? -1e-3 : 1e-3)),
  voltage_V: column((row) => 0.1 * Math.sin(row)),
  temperature_K: column((row) => (row === 5 ? Number.NaN : 298.15)),
  cycle: Int32Array.from({ length: ROWS }, (_, row) => 1 + Math.floor(row / 100)),
  step: Int32Array.from({ length: ROWS }, (_, row) => 1 + (Math.floor(row / 50) % 2)),
  extra: { charging_capacity_C: column((row) => 0.01 * row), odd: column((row) => -row) },
  area_m2: 1.27e-4,
  provenance: { kind: 'measured', origin: 'cell-07', program: 'limetal', notes: ['a note'] },
};

/** A table with words, moments, nulls and whole numbers. */
function tableBytes(codec: 'SNAPPY' | 'UNCOMPRESSED' | 'GZIP'): Uint8Array {
  const list = <T>(of: (row: number) => T): T[] => Array.from({ length: ROWS }, (_, row) => of(row));
  return new Uint8Array(
    parquetWriteBuffer({
      codec,
      compressors: { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)) },
      rowGroupSize: 128,
      columnData: [
        { name: 'Test Time / s', data: list((row) => row / 7), type: 'DOUBLE' },
        { name: 'Voltage / V', data: list((row) => (row % 9 === 0 ? null : row / 64)), type: 'FLOAT', nullable: true },
        { name: 'Current / A', data: list(() => 0.5), type: 'DOUBLE' },
        { name: 'Cycle Count / 1', data: list((row) => Math.floor(row / 60) + 1), type: 'INT32' },
        { name: 'state', data: list((row) => ['CC_Chg', 'Rest', 'Ω'][row % 3]!), type: 'STRING' },
        { name: 'flag', data: list((row) => row % 5 === 0), type: 'BOOLEAN' },
        { name: 'big', data: list((row) => BigInt(row) * 10_000_000_000n), type: 'INT64' },
        { name: 'Date', data: list((row) => new Date(1.7e12 + 1000 * row)), type: 'TIMESTAMP' },
      ],
    } as Parameters<typeof parquetWriteBuffer>[0]),
  );
}

const said = ({ remarks }: InstrumentFile): string => remarks.map(({ message }) => message).join('\n');

describe('tables', () => {
  test.each(['SNAPPY', 'UNCOMPRESSED', 'GZIP'] as const)(
    'packed by %s: every cell is that which another reader finds',
    async (codec) => {
      const bytes = tableBytes(codec);
      const rows = await parquetReadObjects({
        file: bytes.buffer as ArrayBuffer,
        compressors: { GZIP: (packed) => new Uint8Array(gunzipSync(packed)) },
      });
      const table = readParquetTable(bytes);
      expect([table.rows, table.faults, table.columns.length]).toEqual([ROWS, [], 8]);
      for (const { name, values, words, isClock } of table.columns) {
        rows.forEach((row, k) => {
          const wanted: unknown = row[name];
          const found = words === undefined ? values[k] : words[values[k]!];
          if (wanted === null || wanted === undefined) expect(found).toBeNaN();
          else if (wanted instanceof Date) expect([isClock, found]).toEqual([true, wanted.getTime() / 1e3]);
          else expect(found).toBe(typeof wanted === 'bigint' || typeof wanted === 'boolean' ? Number(wanted) : wanted);
        });
      }
    },
  );

  test('a table in the words of BDF is a record, and its clock gives the start', async () => {
    const file = await readInstrumentFile(tableBytes('SNAPPY'));
    expect([file.kind, file.format, file.rows]).toEqual(['cycling', 'Parquet (BDF)', ROWS]);
    expect(file.records[0]!.time_s).toHaveLength(ROWS - Math.ceil(ROWS / 9));
    expect(file.needs.map(({ what }) => what)).not.toContain('sign');
    expect(file.columns.find(({ heading }) => heading === 'state')?.words).toEqual(['CC_Chg', 'Rest', 'Ω']);
    expect(file.start_unix_s).toBeCloseTo(1.7e9, 3);
    expect(said(file)).toContain('time, voltage or current is missing');
  });
});

test('a record of this program comes back as it was, but for its area', async () => {
  const file = await readInstrumentFile(new Uint8Array(await recordToParquet(record)));
  expect([file.format, file.remarks]).toEqual(['limetal record (Parquet)', []]);
  const found = file.records[0]!;
  for (const name of ['time_s', 'current_A', 'voltage_V', 'temperature_K', 'cycle', 'step'] as const)
    expect(found[name]).toEqual(record[name]);
  expect(found.extra.charging_capacity_C).toEqual(record.extra.charging_capacity_C);
  expect(found.extra.odd).toEqual(record.extra.odd);
  expect(found.area_m2).toBeNull();
  expect(file.metadata.find(({ name }) => name === 'Area')).toMatchObject({
    text: '1.27 cm2',
    caution: expect.any(String),
  });
  expect(file.needs.map(({ what }) => what)).not.toContain('sign');
});

describe('what is not read is said', () => {
  test.each([
    ['cut in half', (bytes: Uint8Array) => bytes.slice(0, bytes.length >> 1), 'ends too early'],
    ['its mark alone', (bytes: Uint8Array) => bytes.slice(0, 6), 'ends too early'],
  ])('%s', async (_, change, message) => {
    const bytes = change(tableBytes('SNAPPY'));
    await expect(readInstrumentFile(bytes)).rejects.toThrow(InputError);
    await expect(readInstrumentFile(bytes)).rejects.toThrow(message);
  });

  test('more rows than bytes can stand for', () => {
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'a', data: [1, 2, 3], type: 'DOUBLE' }] }));
    // The count of rows stands in the footer as three, twice: of the file, and of its only group.
    const large = grown(bytes);
    expect(() => readParquetTable(large)).toThrow(/announces \d+ rows/);
  });
});

/** The same file with a footer in which the group has 2^33 rows: its varint of 3 rows (06) becomes a longer one. */
function grown(bytes: Uint8Array): Uint8Array {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 8, true);
  const start = bytes.length - 8 - length;
  const footer = [...bytes.slice(start, bytes.length - 8)];
  const long = [0x80, 0x80, 0x80, 0x80, 0x40];
  // Of all places with 06, one is the rows of the group: the first that makes the reader refuse the file.
  for (let at = footer.length - 1; at >= 0; at--) {
    if (footer[at] !== 6) continue;
    const changed = [...footer.slice(0, at), ...long, ...footer.slice(at + 1)];
    const size = new Uint8Array(new Uint32Array([changed.length]).buffer);
    const whole = Uint8Array.from([...bytes.slice(0, start), ...changed, ...size, ...bytes.slice(-4)]);
    try {
      readParquetTable(whole);
    } catch (error) {
      if (/announces/.test((error as Error).message)) return whole;
    }
  }
  throw new Error('no count of rows found');
}

describe('Snappy', () => {
  test.each([
    ['bytes as they are', [3, 8, 1, 2, 3], 3, [1, 2, 3]],
    ['a copy that repeats itself', [9, 0, 7, 17, 1], 9, Array(9).fill(7)],
    ['a run of one byte', [6, 0, 7, 5, 1], 6, [7, 7, 7, 7, 7, 7]],
    ['a copy from before the beginning', [5, 0, 7, 1, 2], 5, null],
    ['a size that is not the one announced', [3, 8, 1, 2, 3], 4, null],
    ['more than announced', [2, 8, 1, 2, 3], 2, null],
    ['nothing', [], 0, null],
  ] as const)('%s', (_, packed, size, wanted) => {
    const found = unpackSnappy(Uint8Array.from(packed), size);
    expect(found === null ? null : [...found]).toEqual(wanted);
  });
});

describe.skipIf(!THERE)('exports of a cycler kept as Parquet', () => {
  const unpack = {
    BROTLI: (packed: Uint8Array, size: number) =>
      new Uint8Array(brotliDecompressSync(packed, { maxOutputLength: size })),
  };

  test.each(THERE ? readdirSync(FOLDER) : [])('%s: every cell', async (name) => {
    const bytes = new Uint8Array(readFileSync(`${FOLDER}/${name}`));
    const table = readParquetTable(bytes, unpack);
    const rows = await parquetReadObjects({
      file: bytes.slice().buffer,
      compressors: { BROTLI: (packed) => new Uint8Array(brotliDecompressSync(packed)) },
    });
    expect([table.rows, table.faults]).toEqual([rows.length, []]);
    for (const { name: heading, values, words } of table.columns) {
      rows.forEach((row, k) => {
        const wanted: unknown = row[heading];
        const found = words === undefined ? values[k] : words[values[k]!];
        if (wanted === null || wanted === undefined) expect(found).toBeNaN();
        else expect(found).toBe(wanted instanceof Date ? wanted.getTime() / 1e3 : wanted);
      });
    }
    const file = await readInstrumentFile(bytes, { name, unpack });
    expect([file.kind, file.rows]).toEqual(['cycling', rows.length]);
  });

  test('without Brotli the packing is named', async () => {
    const bytes = new Uint8Array(readFileSync(`${FOLDER}/TestFile.parquet`));
    await expect(readInstrumentFile(bytes)).rejects.toThrow('packed by BROTLI');
  });
});

describe('whatever the bytes', () => {
  test(`${INPUTS} mutated files give a result or an InputError`, { timeout: 1000 * (60 + INPUTS / 10) }, async () => {
    const sources = [tableBytes('SNAPPY'), tableBytes('UNCOMPRESSED'), tableBytes('GZIP')];
    let state = 20260102;
    const pick = (n: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 4294967296) * n);
    };
    let results = 0;
    for (let k = 0; k < INPUTS; k++) {
      const bytes = Uint8Array.from(sources[k % 3]!);
      for (let edit = 0; edit <= pick(4); edit++) {
        // Half of the edits meet the footer, where all that steers the reading stands.
        const at = pick(2) === 0 ? bytes.length - 12 - pick(900) : 4 + pick(bytes.length - 4);
        bytes[at] = [pick(256), 0, 0xff, 0x7f][pick(4)]!;
      }
      try {
        const file = await readInstrumentFile(bytes);
        results++;
        expect(file.rows).toBeLessThanOrEqual(2e8);
      } catch (error) {
        if (!(error instanceof InputError)) throw new Error(`input ${k}`, { cause: error });
      }
    }
    expect(results).toBeGreaterThan(0.3 * INPUTS);
  });
});

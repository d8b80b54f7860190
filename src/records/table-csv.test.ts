import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import type { ImpedanceSpectrum } from './impedance-spectrum.ts';
import { spectrumToParquet, type TableColumn, tableToParquet } from './parquet.ts';
import { tableFromCsv, tableToCsv } from './table-csv.ts';

/** A column that is what its fields say: numbers with gaps, or texts of which one is no number. */
const numbers = fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), {
  minLength: 3,
  maxLength: 3,
});
const texts = fc.array(fc.string(), { minLength: 2, maxLength: 2 }).map((some) => ['a "word", or two', ...some]);

describe('a table as CSV', () => {
  test('reads back bit for bit, numbers as numbers and texts as texts', () => {
    const table = fc.tuple(
      numbers.filter((data) => data.some((value) => value !== null)),
      texts,
    );
    fc.assert(
      fc.property(table, ([values, words]) => {
        const columns: TableColumn[] = [
          { name: 'Voltage, measured / V', data: values },
          { name: 'Remark', data: words },
        ];
        const again = tableFromCsv(tableToCsv(columns));
        expect(again.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
        again[0]!.data.forEach((value, row) => {
          expect(Object.is(value, values[row])).toBe(true);
        });
        expect(again[1]!.data).toEqual(words);
      }),
    );
  });

  test('ends shorter columns in empty fields, and takes what is no number for a text', () => {
    const columns = [
      { name: 'a', data: [1, null, 3] },
      { name: 'b', data: ['x'] },
    ];
    expect(tableToCsv(columns)).toBe('a,b\r\n1,x\r\n,\r\n3,\r\n');
    expect(tableFromCsv('a,b\n1,2\n,0x10\n').map(({ data }) => data)).toEqual([
      [1, null],
      ['2', '0x10'],
    ]);
    expect(tableFromCsv('')).toEqual([]);
  });
});

describe('as Parquet', () => {
  test('a table has nulls where nothing is known', async () => {
    const file = await tableToParquet(tableFromCsv('n,t\n1.5,x\n,\n'), 'limetal');
    expect(await parquetReadObjects({ file })).toEqual([
      { n: 1.5, t: 'x' },
      { n: null, t: '' },
    ]);
  });

  test('columns of unequal length stand beside each other', async () => {
    const columns = [
      { name: 'x', data: [1, 2] },
      { name: 'y', data: [3] },
      { name: 't', data: ['a'] },
    ];
    expect(await parquetReadObjects({ file: await tableToParquet(columns, 'limetal') })).toEqual([
      { x: 1, y: 3, t: 'a' },
      { x: 2, y: null, t: '' },
    ]);
  });

  test('a spectrum has the columns of its CSV', async () => {
    const spectrum: ImpedanceSpectrum = {
      frequency_Hz: Float64Array.of(1e5, 10),
      real_ohm: Float64Array.of(2.5, 80),
      imaginary_ohm: Float64Array.of(-0.5, -20.25),
      area_m2: null,
      temperature_K: null,
      provenance: { kind: 'measured', origin: 'x', program: 'limetal', notes: [] },
      remarks: [],
    };
    const rows = await parquetReadObjects({ file: await spectrumToParquet(spectrum) });
    expect(rows).toEqual([
      { frequency_Hz: 1e5, real_ohm: 2.5, imaginary_ohm: -0.5 },
      { frequency_Hz: 10, real_ohm: 80, imaginary_ohm: -20.25 },
    ]);
  });
});

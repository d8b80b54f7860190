import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import {
  type ImpedanceSpectrum,
  spectrumFromColumns,
  spectrumFromCsv,
  spectrumFromJson,
  spectrumToCsv,
  spectrumToJson,
} from './impedance-spectrum.ts';

const about = {
  area_m2: 1.27e-4,
  temperature_K: 298.15,
  provenance: { kind: 'measured', origin: 'cell-07', program: 'test', notes: ['after 3 h at rest'] },
} as const;
const spectrum: ImpedanceSpectrum = spectrumFromColumns(
  [1e5, 1 / 3, 0.01],
  [Math.PI, 101.1, 1e-17],
  [-1e-9, -7 / 3, -0],
  about,
  [{ row: 1, message: 'overload' }],
);

function issuesOf(run: () => unknown): readonly { readonly where: string }[] {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.issues;
    throw error;
  }
  return [];
}

describe('an impedance spectrum', () => {
  test.each(['limetal', 'bdf'] as const)('reads back from CSV with headings of %s bit for bit', (headings) => {
    const { remarks, ...rest } = spectrum;
    expect(spectrumFromCsv(spectrumToCsv(spectrum, headings), about)).toEqual({ ...rest, remarks: [] });
  });

  test('reads back from JSON with area, temperature, provenance and remarks', () => {
    const plain = { ...spectrum, imaginary_ohm: Float64Array.of(-1e-9, -7 / 3, 0) };
    expect(spectrumFromJson(spectrumToJson(plain))).toEqual(plain);
  });

  test('columns stand in any order among others', () => {
    const read = spectrumFromCsv('x,Imaginary_Impedance_Ohm,frequency_Hz,real_ohm\n1,-2,3,4\n');
    expect([read.frequency_Hz[0], read.real_ohm[0], read.imaginary_ohm[0]]).toEqual([3, 4, -2]);
    expect(read.area_m2).toBe(null);
  });

  test('rows of direct current and without a number are left out and named', () => {
    const read = spectrumFromCsv('frequency_Hz,real_ohm,imaginary_ohm\n0,1,2\n10,5,-1\n1,nan,3\n');
    expect(Array.from(read.frequency_Hz)).toEqual([10]);
    expect(read.remarks.map(({ message }) => message)).toEqual([
      'row 1 of the table has a frequency of 0 Hz and was left out',
      'row 3 of the table has no finite impedance and was left out',
    ]);
  });

  test('every fault of a table and of a document is listed', () => {
    expect(issuesOf(() => spectrumFromCsv('frequency_Hz,real\nx,1\n1\n')).map(({ where }) => where)).toEqual([
      'CSV: real_ohm',
      'CSV: imaginary_ohm',
      'line 2, frequency_Hz',
      'line 3',
    ]);
    const bad = JSON.stringify({ limetal_spectrum: 1, frequency_Hz: 'f', real_ohm: ['1'], area_m2: '1' });
    expect(issuesOf(() => spectrumFromJson(bad)).map(({ where }) => where)).toEqual([
      'frequency_Hz',
      'real_ohm',
      'imaginary_ohm',
      'area_m2',
      'provenance',
      'remarks',
    ]);
    expect(issuesOf(() => spectrumFromJson('{')).map(({ where }) => where)).toEqual(['spectrum']);
    expect(issuesOf(() => spectrumFromJson('[]')).map(({ where }) => where)).toEqual(['limetal_spectrum']);
    expect(issuesOf(() => spectrumFromColumns([1], [1, 2], [1], about)).map(({ where }) => where)).toEqual([
      'real_ohm',
    ]);
  });
});

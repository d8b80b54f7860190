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

  describe('measured with time, voltage and current', () => {
    const measured: ImpedanceSpectrum = {
      ...spectrum,
      imaginary_ohm: Float64Array.of(-1e-9, -7 / 3, 0),
      remarks: [],
      time_s: Float64Array.of(900.1, 901, 1 / 3),
      voltage_V: Float64Array.of(0.1, Number.NaN, 0.3),
      current_A: Float64Array.of(0, 0, 1e-6),
    };

    test('BDF has its three required columns, and they read back', () => {
      const text = spectrumToCsv(measured, 'bdf');
      expect(text.split('\r\n')[0]).toBe(
        'Test Time / s,Voltage / V,Current / A,Frequency / Hz,Real Impedance / ohm,Imaginary Impedance / ohm',
      );
      expect(text.split('\r\n')[2]).toMatch(/^901,,0,/);
      expect(spectrumFromCsv(text, about)).toEqual(measured);
      expect(spectrumFromCsv(spectrumToCsv(measured), about)).toEqual(measured);
      expect(spectrumFromJson(spectrumToJson(measured))).toEqual(measured);
    });

    test('a column of which nothing is known is not written', () => {
      const text = spectrumToCsv({ ...measured, current_A: new Float64Array(3).fill(Number.NaN) }, 'bdf');
      expect(text).toMatch(/^Test Time \/ s,Voltage \/ V,Frequency/);
      expect(spectrumFromCsv(text, about).current_A).toBeUndefined();
    });

    test('points that are left out take what was measured beside them along', () => {
      const read = spectrumFromCsv('frequency_Hz,real_ohm,imaginary_ohm,time_s\n0,1,2,5\n10,5,-1,6\n');
      expect(Array.from(read.time_s!)).toEqual([6]);
      const uneven = () => spectrumFromColumns([1, 2], [1, 2], [1, 2], about, [], { time_s: [1] });
      expect(issuesOf(uneven).map(({ where }) => where)).toEqual(['time_s']);
    });
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

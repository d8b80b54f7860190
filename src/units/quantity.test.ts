import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIssue, InputError } from './input-error.ts';
import {
  type Dimension,
  describeDimension,
  dimensions,
  formatQuantity,
  parseAnyQuantity,
  parseQuantity,
  tryParseQuantity,
  unitsOf,
} from './quantity.ts';

/** Text, dimension, exact SI value. Pure powers of ten must come out as the very number, so no tolerance. */
const READ: readonly (readonly [string, Dimension, number])[] = [
  ['20 µm', 'length', 2e-5],
  ['20 μm', 'length', 2e-5],
  ['20um', 'length', 2e-5],
  ['20 microns', 'length', 2e-5],
  ['20 micrometres', 'length', 2e-5],
  ['5 Å', 'length', 5e-10],
  ['5 \u212b', 'length', 5e-10],
  ['3 nm', 'length', 3e-9],
  ['1 mA/cm2', 'current density', 10],
  ['1 mA cm-2', 'current density', 10],
  ['1 mA cm⁻²', 'current density', 10],
  ['1 mA·cm^-2', 'current density', 10],
  ['1 mA/cm²', 'current density', 10],
  ['1 mA per cm2', 'current density', 10],
  ['1mA*cm**-2', 'current density', 10],
  ['0.1 A/dm^2', 'current density', 10],
  ['0,5 mA/cm2', 'current density', 5],
  ['1 mAh/cm2', 'areal charge', 36000],
  ['1 mA h cm-2', 'areal charge', 36000],
  ['1 mA·h/cm²', 'areal charge', 36000],
  ['36 kC/m2', 'areal charge', 36000],
  ['4 A.h', 'charge', 14400],
  ['3 uAh', 'charge', 0.0108],
  ['25 C', 'charge', 25],
  ['1 Ω cm2', 'areal resistance', 1e-4],
  ['1 \u2126 cm2', 'areal resistance', 1e-4],
  ['1 ohm cm2', 'areal resistance', 1e-4],
  ['1 Ohm*cm^2', 'areal resistance', 1e-4],
  ['1 Ω·cm²', 'areal resistance', 1e-4],
  ['8 mS/cm', 'conductivity', 0.8],
  ['8 S m-1', 'conductivity', 8],
  ['1.5×10^-3 S/cm', 'conductivity', 0.15],
  ['1.5x10-3 S/cm', 'conductivity', 0.15],
  ['1.5·10⁻³ S cm⁻¹', 'conductivity', 0.15],
  ['10⁻³ S/cm', 'conductivity', 0.1],
  ['1e−3 S/cm', 'conductivity', 0.1],
  ['25 °C', 'temperature', 298.15],
  ['25 ºC', 'temperature', 298.15],
  ['25 ℃', 'temperature', 298.15],
  ['25 oC', 'temperature', 298.15],
  ['25 deg C', 'temperature', 298.15],
  ['25 C', 'temperature', 298.15],
  ['25.1 °C', 'temperature', 298.25],
  ['−20 °C', 'temperature', 253.15],
  ['77 °F', 'temperature', 298.15],
  ['298.15 K', 'temperature', 298.15],
  ['5 °C', 'temperature difference', 5],
  ['C/3', 'rate', 1 / 3],
  ['c/20', 'rate', 1 / 20],
  ['0.5C', 'rate', 0.5],
  ['1 C', 'rate', 1],
  ['2C/3', 'rate', 2 / 3],
  ['0.5 h-1', 'rate', 0.5],
  ['1/h', 'rate', 1],
  ['3 g/Ah', 'mass per charge', 3e-3 / 3600],
  ['2 mL/Ah', 'volume per charge', 2e-6 / 3600],
  ['2 µL/mAh', 'volume per charge', 2e-6 / 3600],
  ['40 µL', 'volume', 4e-8],
  ['40 uL', 'volume', 4e-8],
  ['1 M', 'concentration', 1000],
  ['1 mol/L', 'concentration', 1000],
  ['1 mol dm-3', 'concentration', 1000],
  ['50 mM', 'concentration', 50],
  ['1 m', 'molality', 1],
  ['1 m', 'length', 1],
  ['1 mol/kg', 'molality', 1],
  ['2 wt%', 'fraction', 0.02],
  ['2 wt. %', 'fraction', 0.02],
  ['2 % wt', 'fraction', 0.02],
  ['2 vol.%', 'fraction', 0.02],
  ['2 mol%', 'fraction', 0.02],
  ['39 %', 'fraction', 0.39],
  ['0.39', 'fraction', 0.39],
  ['200 mAh/g', 'specific capacity', 720000],
  ['10 W/(m2 K)', 'heat transfer coefficient', 10],
  ['10 W m-2 K-1', 'heat transfer coefficient', 10],
  ['10 W/m2/K', 'heat transfer coefficient', 10],
  ['10 W/m2 K', 'heat transfer coefficient', 10],
  ['1e-10 m/s^0.5', 'rate constant sqrt time', 1e-10],
  ['1e-10 m s^(-1/2)', 'rate constant sqrt time', 1e-10],
  ['1e-10 m s⁻½', 'rate constant sqrt time', 1e-10],
  ['0.5 J/m2', 'surface energy', 0.5],
  ['441 mN/m', 'surface energy', 0.441],
  ['30 kJ/mol', 'molar energy', 30000],
  ['0.1 V vs. Li/Li+', 'voltage', 0.1],
  ['2 Hours', 'time', 7200],
  ['45 min', 'time', 2700],
  ['1 GPa', 'pressure', 1e9],
  ['1e5Pa', 'pressure', 1e5],
  ['2 1/nm', 'inverse length', 2e9],
];

test.each(READ)('%s as %s', (text, dimension, value_SI) => {
  expect(parseQuantity(text, dimension)).toBe(value_SI);
});

test('an energy per particle and a molar energy differ by the Avogadro constant', () => {
  expect(parseQuantity('1 eV', 'molar energy')).toBeCloseTo(96485.33212, 4);
  expect(parseQuantity('96.48533212 kJ/mol', 'energy per particle') / 1.602176634e-19).toBeCloseTo(1, 9);
});

test('a plain number is SI', () => {
  expect(parseQuantity(0.001, 'length')).toBe(0.001);
  expect(parseQuantity(298.15, 'temperature')).toBe(298.15);
});

/** What is refused, and the line a person sees. */
const REFUSED: readonly (readonly [unknown, Dimension, string])[] = [
  ['20 mV', 'length', 'x: got "20 mV" (a voltage), want a length such as "20 µm"'],
  [
    '20 mA/cm',
    'current density',
    'x: got "20 mA/cm", want a current density such as "1 mA/cm2" (did you mean "20 mA/cm2"?)',
  ],
  [
    '1 mah/cm2',
    'areal charge',
    'x: got "1 mah/cm2", want an areal charge such as "1 mAh/cm2" (did you mean "1 mAh/cm2"?)',
  ],
  [
    '1 MA/cm2',
    'current density',
    'x: got "1 MA/cm2", want a current density such as "1 mA/cm2" (did you mean "1 mA/cm2"?)',
  ],
  [
    '3 mAh',
    'areal charge',
    'x: got "3 mAh" (a charge), want an areal charge such as "1 mAh/cm2" (did you mean "3 mAh/cm2"?)',
  ],
  [
    '2 mAh/cm2',
    'current density',
    'x: got "2 mAh/cm2" (an areal charge), want a current density such as "1 mA/cm2" (did you mean "2 mA/cm2"?)',
  ],
  ['5 Kohm', 'resistance', 'x: got "5 Kohm", want a resistance such as "4 Ω" (did you mean "5 kΩ"?)'],
  ['10 mpa', 'pressure', 'x: got "10 mpa", want a pressure such as "350 kPa" (did you mean "10 MPa"?)'],
  ['20', 'length', 'x: got "20", want a length such as "20 µm" (a unit is missing; did you mean "20 µm"?)'],
  ['µm', 'length', 'x: got "µm", want a length such as "20 µm" (a number is missing)'],
  ['39', 'fraction', 'x: got "39", want a fraction between 0 and 1 such as 0.39 or "39 %" (did you mean 0.39?)'],
  [39, 'fraction', 'x: got 39, want a fraction between 0 and 1 such as 0.39 or "39 %" (did you mean 0.39?)'],
  [
    '1,000 mA',
    'current',
    'x: got "1,000 mA", want a current such as "2 mA" (1,000 has two meanings; write 1000 or 1.000)',
  ],
  [
    '1 000 mA',
    'current',
    'x: got "1 000 mA", want a current such as "2 mA" (write the number without spaces or separators)',
  ],
  ['20±1 µm', 'length', 'x: got "20±1 µm", want a length such as "20 µm" (give the value without its uncertainty)'],
  ['20–30 µm', 'length', 'x: got "20–30 µm", want a length such as "20 µm" (give one number, not a range)'],
  ['-300 °C', 'temperature', 'x: got "-300 °C", want a temperature such as "25 °C" (at or below absolute zero)'],
  [
    -5,
    'temperature',
    'x: got -5, want a temperature such as "25 °C" (a plain number is in kelvin and must be above 0)',
  ],
  ['NaN', 'length', 'x: got "NaN", want a length such as "20 µm" (give a finite number)'],
  ['1e999 m', 'length', 'x: got "1e999 m", want a length such as "20 µm" (give a finite number)'],
  ['1e-999 m', 'length', 'x: got "1e-999 m", want a length such as "20 µm" (too small to be told from zero)'],
  ['C/0', 'rate', 'x: got "C/0", want a C-rate such as "C/3" (give a finite number)'],
  [Number.POSITIVE_INFINITY, 'length', 'x: got Infinity, want a length such as "20 µm" (give a finite number)'],
  [null, 'length', 'x: got null, want a length such as "20 µm"'],
  [['1 m'], 'length', 'x: got a list, want a length such as "20 µm"'],
];

test.each(REFUSED)('%s is no %s', (text, dimension, line) => {
  const result = tryParseQuantity(text, dimension, 'x');
  expect(result.ok ? result.value_SI : formatIssue(result.issue)).toBe(line);
});

test('a text longer than the limit is refused unread', () => {
  const result = tryParseQuantity(`1 ${'m'.repeat(1e6)}`, 'length');
  expect(result.ok ? '' : result.issue.hint).toBe('longer than 200 characters');
});

const PRINTED: readonly (readonly [number, string, string])[] = [
  [2e-5, 'um', '20 µm'],
  [298.15, '°C', '25 °C'],
  [36000, 'mAh/cm^2', '1 mAh/cm2'],
  [2e-3, 'ohm*cm2', '20 Ω cm2'],
  [0.8, 'mS/cm', '8 mS/cm'],
  [10, 'W/(m2 K)', '10 W/(m2 K)'],
  [1 / 3, 'C-rate', 'C/3'],
  [-0.05, 'C-rate', '-C/20'],
  [0.3, 'C-rate', '0.3C'],
  [2, 'C-rate', '2C'],
  [0.39, '%', '39 %'],
  [1.5e-12, 'm', '1.5e-12 m'],
  [0, 'mA', '0 mA'],
];

test.each(PRINTED)('%d in %s is %s', (value_SI, unit, text) => {
  expect(formatQuantity(value_SI, unit)).toBe(text);
});

test('significant digits are rounded, not cut', () => {
  expect(formatQuantity(12345.678, 'mA/cm2', 3)).toBe('1230 mA/cm2');
  expect(formatQuantity(1.9996e-5, 'µm', 3)).toBe('20 µm');
  expect(formatQuantity(298.1512, '°C', 4)).toBe('25 °C');
});

test('an unknown unit is an InputError', () => {
  expect(() => formatQuantity(1, 'furlong')).toThrow(InputError);
  expect(() => formatQuantity(1, 'mA', undefined, 'length')).toThrow('want a unit of a length');
});

const everyUnit = dimensions.flatMap((dimension) => unitsOf(dimension).map((unit) => [dimension, unit] as const));

describe('every usual unit of every dimension', () => {
  const numbers = fc.double({ min: 1e-9, max: 1e9, noNaN: true });

  test.each(everyUnit)('%s in "%s" prints and reads back', (dimension, unit) => {
    fc.assert(
      fc.property(numbers, fc.boolean(), (size, negative) => {
        const value_SI = dimension === 'fraction' ? size / 1e9 : negative && dimension !== 'temperature' ? -size : size;
        const again = parseQuantity(formatQuantity(value_SI, unit, undefined, dimension), dimension);
        // A few units in the last place, one rounding in each direction; a temperature is kept to 14 digits.
        const tolerance = unit.startsWith('°')
          ? Math.max(Math.abs(value_SI), 500) * 1e-13
          : Math.abs(value_SI) * 2 ** -51;
        expect(Math.abs(again - value_SI)).toBeLessThanOrEqual(tolerance);
        // What has been read once prints to a text that gives the very same value.
        expect(parseQuantity(formatQuantity(again, unit, undefined, dimension), dimension)).toBe(again);
      }),
      { numRuns: 40 },
    );
  });

  test.each(everyUnit)('%s: a number that a person types in "%s" is printed as typed', (dimension, unit) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99999 }), fc.integer({ min: 0, max: 4 }), (digits, decimals) => {
        const scale = dimension === 'fraction' ? (unit === 'ppm' ? 6 : 5) : decimals;
        const number = unit === 'C-rate' ? `${digits}` : `${digits / 10 ** scale}`;
        const text = unit === 'C-rate' ? `${number}C` : unit === '' ? number : `${number} ${unit}`;
        const printed = formatQuantity(parseQuantity(text, dimension), unit, undefined, dimension);
        const plain = unit === 'C-rate' ? text : `${Number(printed.split(' ')[0])}${unit === '' ? '' : ` ${unit}`}`;
        expect(unit === 'C-rate' ? printed : plain).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  test('every example reads in its own dimension, and no phrase is left without an article', () => {
    for (const dimension of dimensions) {
      const refused = tryParseQuantity(null, dimension);
      const example = refused.ok ? '' : /"(.*)"/u.exec(refused.issue.wanted)![1]!;
      expect(tryParseQuantity(example, dimension).ok, `${dimension}: ${example}`).toBe(true);
      expect(describeDimension(dimension)).toMatch(/^an? /u);
    }
  });
});

test('"25 C" has its four readings', () => {
  const { unit, readings } = parseAnyQuantity('25 C');
  expect(unit).toBe('C');
  expect(Object.fromEntries(readings.map(({ dimension, value_SI }) => [dimension, value_SI]))).toEqual({
    charge: 25,
    temperature: 298.15,
    'temperature difference': 25,
    rate: 25,
  });
});

test('no text, however odd, gives anything but a finite value or an issue', () => {
  const pieces = fc.constantFrom(
    '1',
    '0.5',
    ',',
    '.',
    'e',
    '-3',
    '−',
    ' ',
    'mA',
    'µ',
    'cm',
    '²',
    '⁻',
    '/',
    '(',
    ')',
    '·',
    '^',
    'C',
    '°',
    '%',
    'per',
    '±',
    '×10',
    'Ω',
    'h',
  );
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
  );
  fc.assert(
    fc.property(odd, fc.constantFrom(...dimensions), (text, dimension) => {
      const result = tryParseQuantity(text, dimension);
      if (result.ok) expect(Number.isFinite(result.value_SI)).toBe(true);
      else expect(result.issue.wanted).not.toBe('');
      try {
        parseAnyQuantity(text);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 3000 },
  );
});

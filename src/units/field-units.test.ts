import { expect, test } from 'vitest';
import { fieldText } from './field-units.ts';

test.each([
  [[2e-5], 'm', '20 µm'],
  [[1e-8, 6e-8], 'm', '10 to 60 nm'],
  [[10], 'A/m2', '1 mA/cm2'],
  [[298.15], 'K', '25 °C'],
  [[1.7e11], 'Pa', '170 GPa'],
  [[2e-6], 'S/m', '2e-6 S/m'],
  [[0.5], '1', '0.5'],
  [[1.5e-11], 'm/s^0.5', '1.5e-11 m/s^0.5'],
  [[0], 'm', '0 µm'],
])('%o %s is %s', (values, unit, text) => {
  expect(fieldText(values, unit)).toBe(text);
});

test('the unit may follow another value, as that of a range follows the value in it', () => {
  expect(fieldText([5e-7, 5e-6], 'm', { size_SI: 2e-6 })).toBe('0.5 to 5 µm');
});

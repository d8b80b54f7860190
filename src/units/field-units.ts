// SI values in the units in which the field reads them: µm for a thickness, nm for a thin one, mS/cm, kJ/mol.

import { formatQuantity } from './quantity.ts';

/** The unit for an SI value of some size; a unit that is not listed is shown as it is. */
const FIELD_UNITS: Readonly<Record<string, (size_SI: number) => string>> = {
  m: (size) => (size > 0 && size < 1e-6 ? 'nm' : 'µm'),
  m2: () => 'cm2',
  m3: () => 'µL',
  'A/m2': () => 'mA/cm2',
  'mol/m3': () => 'M',
  'J/mol': () => 'kJ/mol',
  K: () => '°C',
  'ohm m2': () => 'Ω cm2',
  'Ω m2': () => 'Ω cm2',
  C: () => 'mAh',
  'S/m': (size) => (size >= 1e-3 && size < 10 ? 'mS/cm' : 'S/m'),
  Pa: (size) => (size >= 1e8 ? 'GPa' : 'kPa'),
};

/** A plain decimal, or a power of ten outside 1e-3 … 1e5. */
function plain(value: number, digits: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e5) return value.toExponential(digits - 1).replace(/\.?0*e\+?/, 'e');
  return String(Number(value.toPrecision(digits)));
}

/**
 * Values with the unit once at the end, such as `10 to 60 nm`. `unit` is the SI unit of the values, '1' or empty for pure numbers;
 * `size_SI` (the first value where not given) decides which of the field's units. `digits` are significant ones.
 */
export function fieldText(
  values_SI: readonly number[],
  unit: string,
  { size_SI = Math.abs(values_SI[0] ?? 0), digits = 4 }: { readonly size_SI?: number; readonly digits?: number } = {},
): string {
  const inField = FIELD_UNITS[unit]?.(size_SI);
  if (inField === undefined) {
    const numbers = values_SI.map((value) => plain(value, digits)).join(' to ');
    return `${numbers}${unit === '1' || unit === '' ? '' : ` ${unit}`}`;
  }
  const texts = values_SI.map((value) => formatQuantity(value, inField, digits));
  return texts.map((text, k) => (k < texts.length - 1 ? text.replace(/ .*$/, '') : text)).join(' to ');
}

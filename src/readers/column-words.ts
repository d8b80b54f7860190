// The meaning of a column in words that a person types, such as `current_mA`: a quantity and the unit that the numbers are in.

import { type Dimension, type Issue, nearestHint, tryParseQuantity } from '../units/index.ts';
import type { ReaderOverrides } from './contract.ts';

type ColumnOverride = NonNullable<ReaderOverrides['columns']>[string];

/** What a column becomes, and what is measured in it; a count has no dimension. */
const MEANINGS: Readonly<Record<string, { readonly to: string; readonly kind: Dimension | null; readonly sign?: -1 }>> =
  {
    time: { to: 'time_s', kind: 'time' },
    voltage: { to: 'voltage_V', kind: 'voltage' },
    current: { to: 'current_A', kind: 'current' },
    temperature: { to: 'temperature_K', kind: 'temperature' },
    capacity: { to: 'capacity_C', kind: 'charge' },
    frequency: { to: 'frequency_Hz', kind: 'frequency' },
    real: { to: 'real_ohm', kind: 'resistance' },
    imaginary: { to: 'imaginary_ohm', kind: 'resistance' },
    minus_imaginary: { to: 'imaginary_ohm', kind: 'resistance', sign: -1 },
    cycle: { to: 'cycle', kind: null },
    step: { to: 'step', kind: null },
  };

export const COLUMN_QUANTITIES: readonly string[] = Object.keys(MEANINGS);

/** Reads `current_mA` or `cycle` as what `ReaderOverrides` takes for a column; an issue at `where` for what is no such meaning. */
export function readColumnMeaning(text: string, where: string): ColumnOverride | Issue {
  const meaning = text.trim();
  const fault = (hint?: string): Issue => ({
    where,
    found: `"${text}"`,
    wanted: `QUANTITY_UNIT, such as current_mA; quantities: ${COLUMN_QUANTITIES.join(', ')}`,
    ...(hint === undefined ? {} : { hint }),
  });
  const name = COLUMN_QUANTITIES.filter((one) => meaning === one || meaning.startsWith(`${one}_`)).sort(
    (a, b) => b.length - a.length,
  )[0];
  if (name === undefined) return fault(nearestHint(meaning.split('_')[0]!, COLUMN_QUANTITIES));
  const { to, kind, sign = 1 } = MEANINGS[name]!;
  const unit = meaning.slice(name.length + 1);
  if (kind === null) return unit === '' ? { to } : fault('a count has no unit');
  if (unit === '') return fault(`say the unit, such as ${name}_${to.split('_')[1]}`);
  const word = unit
    .replace(/ohm$/i, 'Ω')
    .replace(/^u(?=[AVΩs])/, 'µ')
    .replace(/^C$/, kind === 'temperature' ? '°C' : 'C');
  // What one of the unit is in SI, and what none is: a temperature in °C does not begin at zero.
  const one = tryParseQuantity(`1 ${word}`, kind, where);
  const none = tryParseQuantity(`0 ${word}`, kind, where);
  if (!one.ok) return { ...one.issue, found: `"${text}"` };
  const offset = none.ok ? none.value_SI : 0;
  const factor = sign * (one.value_SI - offset);
  return { to, ...(factor === 1 ? {} : { factor }), ...(offset === 0 ? {} : { offset }) };
}

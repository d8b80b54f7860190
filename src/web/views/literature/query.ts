// What the filters ask, in the terms of the library, and the same as a shell command.

import type { LiteratureQuery } from '../../../literature/index.ts';
import { type Dimension, formatIssue, tryParseQuantity } from '../../../units/index.ts';
import type { LiteratureSlice } from './state.ts';

export type LimitName = 'efficiencyFrom' | 'efficiencyTo' | 'currentFrom' | 'currentTo' | 'capacityFrom' | 'capacityTo';

export interface Asking {
  readonly query: LiteratureQuery;
  /** Sentences about limits that cannot be read and are not applied. */
  readonly faults: Readonly<Partial<Record<LimitName, string>>>;
}

interface Limit {
  readonly name: LimitName;
  readonly key: keyof LiteratureQuery;
  readonly label: string;
  readonly dimension: Dimension;
  /** Unit of a bare number. */
  readonly unit: string;
  readonly option: string;
}

const LIMITS: readonly Limit[] = (
  [
    ['efficiency', 'coulombic_efficiency', 'Coulombic efficiency', 'ratio', '%', 'ce'],
    ['current', 'currentDensity_A_per_m2', 'Current density', 'current density', 'mA/cm2', 'current'],
    ['capacity', 'arealCapacity_C_per_m2', 'Areal capacity', 'areal charge', 'mAh/cm2', 'capacity'],
  ] as const
).flatMap(([name, key, label, dimension, unit, option]) => [
  { name: `${name}From`, key: `${key}_min`, label, dimension, unit, option: `--min-${option}` } as const,
  { name: `${name}To`, key: `${key}_max`, label, dimension, unit, option: `--max-${option}` } as const,
]);

const BARE = /^\s*\d+([.,]\d+)?(e[+-]?\d+)?\s*$/i;

/** A limit in SI; a bare number is in the unit of the tables, percent for an efficiency. */
function limitOf({ dimension, unit, label }: Limit, text: string): number | { readonly fault: string } {
  const full = BARE.test(text) ? `${text.trim().replace(',', '.')} ${unit}` : text;
  const reading = tryParseQuantity(full, dimension, label);
  if (!reading.ok) return { fault: formatIssue(reading.issue) };
  if (dimension === 'ratio' && !(reading.value_SI > 0.01 && reading.value_SI <= 1.1)) {
    const percent = 100 * reading.value_SI;
    const hint = percent > 0 && percent <= 1 ? ` (did you mean ${Number((100 * percent).toPrecision(6))}?)` : '';
    return { fault: `${label}: got ${text}, want an efficiency in percent, such as 98.5${hint}` };
  }
  return reading.value_SI;
}

export function askedOf(slice: LiteratureSlice): Asking {
  const faults: Partial<Record<LimitName, string>> = {};
  const limits: Partial<Record<keyof LiteratureQuery, number>> = {};
  for (const limit of LIMITS) {
    const text = slice[limit.name];
    if (text.trim() === '') continue;
    const value = limitOf(limit, text);
    if (typeof value === 'number') limits[limit.key] = value;
    else faults[limit.name] = value.fault;
  }
  const words = {
    ...(slice.table === '' ? {} : { table: slice.table }),
    ...(slice.group === '' ? {} : { group: slice.group }),
    ...(slice.electrolyte === '' ? {} : { electrolyte: slice.electrolyte }),
    ...(slice.words.trim() === '' ? {} : { text: slice.words.trim() }),
  };
  return { query: { ...words, ...limits } as LiteratureQuery, faults };
}

const quoted = (text: string): string => (/^[\w.+/-]+$/.test(text) ? text : `"${text.replace(/["$`\\]/g, '\\$&')}"`);

/** The shell command that lists the same rows. */
export function commandOf(slice: LiteratureSlice): string {
  const { faults } = askedOf(slice);
  const given = (option: string, text: string): readonly string[] =>
    text.trim() === '' ? [] : [`${option} ${quoted(text.trim())}`];
  return [
    'limetal literature',
    ...slice.own.map(({ name }) => `--add ${quoted(name)}`),
    ...given('--table', slice.table),
    ...given('--group', slice.group),
    ...given('--electrolyte', slice.electrolyte),
    ...given('--text', slice.words),
    ...LIMITS.flatMap(({ name, option }) => (faults[name] === undefined ? given(option, slice[name]) : [])),
    ...(slice.sort === 'printed' ? [] : [`--sort ${slice.sort}`]),
    ...(slice.isDescending ? ['--descending'] : []),
  ].join(' ');
}

/** The shell command that computes the systems of a table, or of the rows that are shown. */
export function reproduceCommandOf(ids: readonly string[], total: number, samples: number): string {
  const which = ids.length === total ? '' : ` --system ${ids.join(',')}`;
  return `limetal reproduce${which}${samples === 200 ? '' : ` --samples ${samples}`}`;
}

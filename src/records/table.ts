// The table behind every exchange format: named columns of doubles, how numbers are written so that they read back bit
// for bit, and how a record is put together from columns that somebody else wrote.

import { InputError, type Issue } from '../units/index.ts';
import type { CyclingRecord, Provenance } from './cycling-record.ts';

/** What a table of numbers cannot say about itself. */
export interface RecordAbout {
  /** Geometric electrode area; null where unknown. */
  readonly area_m2: number | null;
  readonly provenance: Provenance;
}

/** Faults of single values listed one by one; further ones are counted. */
const VALUE_ISSUES_MAX = 50;

/** Columns in the order in which every table form has them; extras follow. */
export const FIXED_COLUMNS = ['time_s', 'current_A', 'voltage_V', 'temperature_K', 'cycle', 'step'] as const;
const REQUIRED_COLUMNS = ['time_s', 'current_A', 'voltage_V'] as const;

/** Shortest decimal that reads back as the same double. Keeps the sign of zero; `NaN`, `Infinity` and `-Infinity` in words. */
export function formatDouble(value: number): string {
  return value === 0 && Object.is(value, -0) ? '-0' : String(value);
}

/** Names and columns of a record, fixed columns first. Integers stay integer arrays. */
export function recordColumns(record: CyclingRecord): (readonly [name: string, values: Float64Array | Int32Array])[] {
  const fixed = FIXED_COLUMNS.map((name) => [name, record[name]] as const);
  return [...fixed, ...Object.entries(record.extra)];
}

/** A list of value faults that cannot grow without bound; `finish` gives the issues, with the rest as one more. */
export function createIssueList(place: string) {
  const issues: Issue[] = [];
  let left = 0;
  return {
    add(issue: Issue): void {
      if (issues.length < VALUE_ISSUES_MAX) issues.push(issue);
      else left++;
    },
    finish(): readonly Issue[] {
      if (left === 0) return issues;
      return [...issues, { where: place, found: `${left} more faults like these`, wanted: 'none' }];
    },
  };
}

/**
 * A record from columns of equal or unequal length. `time_s`, `current_A` and `voltage_V` must be there. Without
 * `temperature_K` it is NaN throughout, without `cycle` or `step` they are 1 throughout. All other columns are extras.
 * Throws InputError with every fault.
 */
export function recordFromColumns(
  columns: ReadonlyMap<string, Float64Array>,
  { area_m2, provenance }: RecordAbout,
  place: string,
): CyclingRecord {
  const faults = createIssueList(place);
  const at = (name: string) => (place === '' ? name : `${place}: ${name}`);
  for (const name of REQUIRED_COLUMNS) {
    if (!columns.has(name)) {
      const near = [...columns.keys()].find((other) => other.toLowerCase() === name.toLowerCase());
      faults.add({
        where: at(name),
        found: 'no such column',
        wanted: `columns ${REQUIRED_COLUMNS.join(', ')}`,
        ...(near === undefined ? {} : { hint: `is '${near}' meant?` }),
      });
    }
  }
  const rows = columns.get('time_s')?.length ?? 0;
  for (const [name, values] of columns) {
    if (columns.has('time_s') && values.length !== rows) {
      faults.add({ where: at(name), found: `${values.length} values`, wanted: `${rows}, as in time_s` });
    }
  }
  const integers = (name: 'cycle' | 'step'): Int32Array => {
    const values = columns.get(name);
    if (values === undefined) return new Int32Array(rows).fill(1);
    values.forEach((value, row) => {
      if (!Number.isInteger(value) || Math.abs(value) > 0x7fffffff) {
        faults.add({ where: at(`${name}, row ${row + 1}`), found: formatDouble(value), wanted: 'a whole number' });
      }
    });
    return Int32Array.from(values);
  };
  const cycle = integers('cycle');
  const step = integers('step');
  const time_s = columns.get('time_s') ?? new Float64Array(0);
  for (let row = 1; row < time_s.length; row++) {
    if (!(time_s[row]! >= time_s[row - 1]!)) {
      faults.add({
        where: at(`time_s, row ${row + 1}`),
        found: formatDouble(time_s[row]!),
        wanted: `at least ${formatDouble(time_s[row - 1]!)}, the time of the row before`,
      });
    }
  }
  const issues = faults.finish();
  if (issues.length > 0) throw new InputError(issues);
  const fixed: readonly string[] = FIXED_COLUMNS;
  return {
    time_s,
    current_A: columns.get('current_A')!,
    voltage_V: columns.get('voltage_V')!,
    temperature_K: columns.get('temperature_K') ?? new Float64Array(rows).fill(Number.NaN),
    cycle,
    step,
    extra: Object.fromEntries([...columns].filter(([name]) => !fixed.includes(name))),
    area_m2,
    provenance,
  };
}

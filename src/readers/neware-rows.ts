// What Neware's files have in common: the kinds of steps, what an integer of a measuring range counts, and the running times that are made
// of the times within steps.

import type { RawColumn } from './assemble.ts';
import type { RemarkList } from './contract.ts';

/** Kinds of steps by their number. */
export const NEWARE_STEP_TYPES: readonly string[] = ((): readonly string[] => {
  const known: Readonly<Record<number, string>> = {
    1: 'constant-current charge',
    2: 'constant-current discharge',
    3: 'constant-voltage charge',
    4: 'rest',
    5: 'cycle',
    7: 'constant-current constant-voltage charge',
    8: 'constant-power discharge',
    9: 'constant-power charge',
    10: 'constant-resistance discharge',
    13: 'pause',
    16: 'pulse',
    17: 'simulation',
    19: 'constant-voltage discharge',
    20: 'constant-current constant-voltage discharge',
    21: 'control',
    22: 'open circuit',
    26: 'constant-power constant-voltage discharge',
    27: 'constant-power constant-voltage charge',
  };
  return Array.from({ length: 256 }, (_, type) => known[type] ?? `type ${type}`);
})();

/** 1 for a kind of step that charges, −1 for one that discharges, 0 for any other. */
export function newareStepSign(type: number): -1 | 0 | 1 {
  if ([1, 3, 7, 9, 27].includes(type)) return 1;
  return [2, 8, 10, 19, 20, 26].includes(type) ? -1 : 0;
}

/** What one unit of an integer current counts in a measuring range, mA; undefined where the range is not known. */
export function newareRangeFactor_mA(range: number): number | undefined {
  if (range === -100_000_000) return 10;
  const size = Math.abs(range);
  if (size === 0) return 1e-1;
  if (size >= 1_000_000) return undefined;
  const digit = size < 10 ? 1e-4 : size < 100 ? 1e-3 : size < 1000 ? 1e-2 : 1e-1;
  return range > 0 ? digit : digit / 10;
}

/** Columns in SI that some version fills; capacities and energies count within a step. */
export const NEWARE_COLUMNS = [
  'index',
  'time_s',
  'step_time_s',
  'unix_time_s',
  'current_A',
  'voltage_V',
  'cycle',
  'step',
  'step_count',
  'step_type',
  'charging_capacity_C',
  'discharging_capacity_C',
  'charging_energy_J',
  'discharging_energy_J',
] as const;
export type NewareColumn = (typeof NEWARE_COLUMNS)[number];
export type NewareColumns = Record<NewareColumn, Float64Array<ArrayBufferLike>>;

export function newareColumns(rows_max: number): NewareColumns {
  return Object.fromEntries(
    NEWARE_COLUMNS.map((name) => [name, new Float64Array(rows_max).fill(Number.NaN)]),
  ) as NewareColumns;
}

/** A quantity measured beside the cell: values by the index of a row. */
export interface NewareAuxiliary {
  readonly heading: string;
  readonly to: string;
  readonly index: Float64Array;
  readonly values: Float64Array;
}

/**
 * The first `rows` rows as columns: in the order of their index, each once, with steps counted through, the time of the test where the file has
 * only that within steps, and auxiliary values beside them. `step_count` may hold whatever changes where the same step begins again.
 */
export function newareTable(
  given: NewareColumns,
  rows: number,
  auxiliaries: readonly NewareAuxiliary[],
  remarks: RemarkList,
): { readonly columns: readonly RawColumn[]; readonly rows: number } {
  const ordered = inOrder(given, rows, remarks);
  const columns = ordered.columns;
  columns.step_count = countChanges(ordered.rows, columns.step, columns.step_count);
  if (columns.time_s.every(Number.isNaN)) columns.time_s = testTime(columns.step_time_s, columns.step_count);
  else if (columns.step_time_s.every(Number.isNaN)) columns.step_time_s = stepTime(columns.time_s, columns.step_count);
  const raw = NEWARE_COLUMNS.flatMap((name): RawColumn[] => {
    const values = columns[name];
    if (name === 'index' || values.every(Number.isNaN)) return [];
    return [{ heading: name, values, to: name, ...(name === 'step_type' ? { words: NEWARE_STEP_TYPES } : {}) }];
  });
  const names = new Set(raw.map(({ heading }) => heading));
  for (const { heading, to, index, values } of auxiliaries) {
    const name = names.has(to) ? heading : to;
    if (names.has(name)) continue;
    names.add(name);
    raw.push({ heading, values: valuesByIndex(columns.index, index, values), to: name });
  }
  return { columns: raw, rows: ordered.rows };
}

function inOrder(
  given: NewareColumns,
  rows: number,
  remarks: RemarkList,
): { readonly columns: NewareColumns; readonly rows: number } {
  const index = given.index;
  let rises = true;
  for (let row = 1; row < rows; row++) if (!(index[row]! > index[row - 1]!)) rises = false;
  if (rises) {
    const columns = Object.fromEntries(NEWARE_COLUMNS.map((name) => [name, given[name].subarray(0, rows)]));
    return { columns: columns as NewareColumns, rows };
  }
  const order = Array.from({ length: rows }, (_, row) => row)
    .sort((a, b) => index[a]! - index[b]! || a - b)
    .filter((row, k, all) => k === 0 || index[row] !== index[all[k - 1]!]);
  remarks.add(
    '',
    `the rows stand out of order or twice; ${order.length} of ${rows} were kept, in the order of their index`,
  );
  const columns = Object.fromEntries(
    NEWARE_COLUMNS.map((name) => [name, Float64Array.from(order, (row) => given[name][row]!)]),
  );
  return { columns: columns as NewareColumns, rows: order.length };
}

/** Times within steps, one step after the other, s. */
function testTime(stepTime_s: Float64Array, stepCount: Float64Array): Float64Array {
  const time_s = new Float64Array(stepTime_s.length);
  let finished_s = 0;
  for (let row = 0; row < time_s.length; row++) {
    if (row > 0 && stepCount[row] !== stepCount[row - 1] && Number.isFinite(stepTime_s[row - 1]!))
      finished_s += stepTime_s[row - 1]!;
    time_s[row] = finished_s + stepTime_s[row]!;
  }
  return time_s;
}

/** Times since the last row of the step before, s. */
function stepTime(time_s: Float64Array, stepCount: Float64Array): Float64Array {
  let before_s = 0;
  return time_s.map((value, row) => {
    if (row > 0 && stepCount[row] !== stepCount[row - 1]) before_s = time_s[row - 1]!;
    return value - before_s;
  });
}

/** Counts from 1 the changes of any of the columns; a missing number is like another. */
export function countChanges(rows: number, ...columns: readonly Float64Array[]): Float64Array {
  const count = new Float64Array(rows);
  let changes = 1;
  for (let row = 0; row < rows; row++) {
    if (row > 0 && columns.some((values) => !Object.is(values[row], values[row - 1]))) changes++;
    count[row] = changes;
  }
  return count;
}

function valuesByIndex(wanted: Float64Array, index: Float64Array, values: Float64Array): Float64Array {
  const found = new Float64Array(wanted.length).fill(Number.NaN);
  // Nearly always both count through from 1.
  if (wanted.every((value, row) => index[row] === value)) {
    found.set(values.subarray(0, wanted.length));
    return found;
  }
  const places = new Map<number, number>();
  for (let k = index.length - 1; k >= 0; k--) places.set(index[k]!, k);
  for (let row = 0; row < wanted.length; row++) {
    const place = places.get(wanted[row]!);
    if (place !== undefined) found[row] = values[place]!;
  }
  return found;
}

/** Why a stored mass is not believed. */
export function newareMassCaution(mass_mg: number): string {
  return mass_mg === 1
    ? "1 mg is what Neware's program writes where nobody typed in a mass; it is not used"
    : 'a mass typed in by somebody; it is not used';
}

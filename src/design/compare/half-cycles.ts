// A record cut where its current turns: what two records of one test have in common whatever their cycle numbers, their rows and
// their rests. Within a half-cycle charge is the common axis, because it is what a cycler counts and a simulation keeps.

import { type AnalysedCellKind, chargeBefore, continues } from '../../analysis/index.ts';
import type { CyclingRecord } from '../../records/index.ts';

/** A current below this share of the largest one is that of a rest: the offset of a cycler, the tail of a hold. */
export const REST_SHARE = 1e-3;

/** Rows of one direction of the current, rests inside left out. */
export interface HalfCycle {
  /** 1 oxidises the working electrode (strips, charges), −1 reduces it (plates, discharges). */
  readonly direction: 1 | -1;
  /** Rows of the record with current, in order. */
  readonly rows: Int32Array;
  /** Charge since the half-cycle began, magnitude, at each of those rows; never falls. */
  readonly charge_C: Float64Array;
  /** All of it. */
  readonly passed_C: number;
}

/** −1, 0 or 1 for each row; all 0 where no current is known. */
export function directions({ current_A }: Pick<CyclingRecord, 'current_A'>): Int8Array {
  let largest_A = 0;
  for (const value of current_A) {
    const size = Math.abs(value);
    if (size > largest_A) largest_A = size;
  }
  const least_A = REST_SHARE * largest_A;
  return Int8Array.from(current_A, (value) => (Math.abs(value) > least_A ? Math.sign(value) : 0));
}

/** An interval before a new step that is so many times the usual one, and longer than this: something else was measured, or nothing. */
const GAP_FACTOR = 20;
const GAP_s = 60;

/**
 * For each row whether nothing is known of the time before it. Within a step rows may be far apart, because instruments write only
 * what changes; where a step begins they write at once.
 */
export function gapsBefore(record: CyclingRecord, direction: Int8Array = directions(record)): Uint8Array {
  const { time_s } = record;
  const gaps = new Uint8Array(time_s.length);
  const intervals: number[] = [];
  for (let row = 1; row < time_s.length; row++) {
    const width_s = time_s[row]! - time_s[row - 1]!;
    if (width_s > 0) intervals.push(width_s);
  }
  const usual_s = Float64Array.from(intervals).sort()[intervals.length >> 1] ?? 0;
  const gap_s = Math.max(GAP_s, GAP_FACTOR * usual_s);
  for (let row = 1; row < time_s.length; row++) {
    const goesOn = continues(record, row) && direction[row] === direction[row - 1];
    if (!goesOn && time_s[row]! - time_s[row - 1]! > gap_s) gaps[row] = 1;
  }
  return gaps;
}

/** The half-cycles of a record in order. A rest between two currents of one direction does not end one. */
export function halfCycles(record: CyclingRecord): readonly HalfCycle[] {
  const direction = directions(record);
  const gaps = gapsBefore(record, direction);
  const halves: HalfCycle[] = [];
  let rows: number[] = [];
  let charges: number[] = [];
  let sign = 0;
  let passed_C = 0;
  const close = (): void => {
    if (passed_C > 0) {
      halves.push({
        direction: sign as 1 | -1,
        rows: Int32Array.from(rows),
        charge_C: Float64Array.from(charges),
        passed_C,
      });
    }
    rows = [];
    charges = [];
    passed_C = 0;
  };
  for (let row = 0; row < direction.length; row++) {
    const here = direction[row]!;
    if (here === 0) continue;
    if (here !== sign) close();
    sign = here;
    if (gaps[row] === 0) passed_C += Math.max(0, here * chargeBefore(record, row));
    rows.push(row);
    charges.push(passed_C);
  }
  close();
  return halves;
}

/**
 * Place of `charge_C` among the rows of a half-cycle: linear between rows, the first row before them and the last row after
 * them, so that a half-cycle that ended early stays at the voltage at which it ended.
 */
export function voltageAtCharge(record: CyclingRecord, { rows, charge_C }: HalfCycle, charge: number): number {
  const last = rows.length - 1;
  if (charge <= charge_C[0]!) return record.voltage_V[rows[0]!]!;
  if (charge >= charge_C[last]!) return record.voltage_V[rows[last]!]!;
  const after = upperPlace(charge_C, charge);
  return between(charge_C, after, charge, record.voltage_V[rows[after - 1]!]!, record.voltage_V[rows[after]!]!);
}

/** Two times are one within this share of themselves. */
const SAME_TIME = 1e-9;

/**
 * Voltage at a time: linear between rows, the ends beyond the record. Where the current switches two rows stand at one time; the one
 * whose current is nearer to `current` counts.
 */
export function voltageAtTime({ time_s, current_A, voltage_V }: CyclingRecord, at_s: number, current: number): number {
  const last = time_s.length - 1;
  const after = upperPlace(time_s, at_s);
  let best = -1;
  const isHere = (row: number): boolean => Math.abs(time_s[row]! - at_s) <= SAME_TIME * Math.abs(at_s);
  const consider = (row: number): void => {
    if (best < 0 || Math.abs(current_A[row]! - current) < Math.abs(current_A[best]! - current)) best = row;
  };
  for (let row = after; row >= 0 && (row === after || isHere(row)); row--) if (isHere(row)) consider(row);
  for (let row = after + 1; row <= last && isHere(row); row++) consider(row);
  if (best >= 0) return voltage_V[best]!;
  if (at_s <= time_s[0]!) return voltage_V[0]!;
  if (at_s >= time_s[last]!) return voltage_V[last]!;
  return between(time_s, after, at_s, voltage_V[after - 1]!, voltage_V[after]!);
}

const between = (axis: Float64Array, after: number, at: number, from: number, to: number): number => {
  const width = axis[after]! - axis[after - 1]!;
  return width > 0 ? from + ((at - axis[after - 1]!) / width) * (to - from) : to;
};

/** The first place whose value is above `value`, in a list that never falls. */
function upperPlace(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A half-cycle and the one after it that runs the other way. */
export interface PairedCycle {
  /** From 1, in order of time. */
  readonly cycle: number;
  /** Places among the half-cycles; null where the half is missing. */
  readonly first: number | null;
  readonly second: number | null;
  /** See `pairCycles`; null where undefined or where a half is missing. */
  readonly coulombic_efficiency: number | null;
  /** Mean voltage over charge of the oxidising half less that of the reducing one, V; null without both. */
  readonly hysteresis_V: number | null;
}

/**
 * Which direction a cycle begins with: copper is plated before it is stripped, a cathode charged before it is discharged, and between two
 * foils the test says which.
 */
export function firstDirection(kind: AnalysedCellKind, first: number): 1 | -1 {
  if (kind === 'Li|Li') return first > 0 ? 1 : -1;
  return kind === 'Li|Cu' ? -1 : 1;
}

/**
 * Half-cycles two by two. The efficiency is what the second half gives back of the first: stripped over plated in Li|Cu,
 * discharged over the charge before it beside a cathode, undefined in Li|Li. A record that begins with the other half has
 * that one alone in its first cycle.
 */
export function pairCycles(
  record: CyclingRecord,
  halves: readonly HalfCycle[],
  kind: AnalysedCellKind,
): readonly PairedCycle[] {
  const begins = firstDirection(kind, halves[0]?.direction ?? -1);
  const pairs: PairedCycle[] = [];
  for (let at = 0; at < halves.length; at++) {
    const isFirst = halves[at]!.direction === begins;
    const first = isFirst ? at : null;
    const second = isFirst ? (at + 1 < halves.length ? at + 1 : null) : at;
    if (isFirst && second !== null) at++;
    const [a, b] = [first === null ? null : halves[first]!, second === null ? null : halves[second]!];
    const ratio = a === null || b === null || kind === 'Li|Li' ? null : b.passed_C / a.passed_C;
    pairs.push({
      cycle: pairs.length + 1,
      first,
      second,
      coulombic_efficiency: ratio,
      hysteresis_V: a === null || b === null ? null : begins * (meanVoltage(record, a) - meanVoltage(record, b)),
    });
  }
  return pairs;
}

/** Mean over charge, V. */
export function meanVoltage({ voltage_V }: CyclingRecord, { rows, charge_C }: HalfCycle): number {
  let sum = 0;
  let width = 0;
  for (let k = 1; k < rows.length; k++) {
    const passed = charge_C[k]! - charge_C[k - 1]!;
    sum += passed * 0.5 * (voltage_V[rows[k]!]! + voltage_V[rows[k - 1]!]!);
    width += passed;
  }
  return width > 0 ? sum / width : voltage_V[rows[0]!]!;
}

// A record cut into half-cycles: stretches of one direction of the current. Cyclers number steps and cycles each in their own way, but
// where the current turns is in the data.

import type { CyclingRecord } from '../../records/index.ts';
import { continues } from '../charge.ts';
import type { AnalysedCellKind } from '../efficiency.ts';
import { halfCycleVoltage, type VoltageInterval } from '../voltage.ts';
import type { HalfCycleAction, HalfCycleFindings } from './contract.ts';
import { jumpsOf, weightedMedianOf } from './summary-statistics.ts';

/** Rows [start, end), first and last of them with current. */
interface Stretch {
  start: number;
  end: number;
  sign: 1 | -1;
  charge_C: number;
}

/** A stretch with less than this share of the largest charge is the noise or the settling of an instrument. */
const CHARGE_SHARE_MIN = 1e-5;
/** A current is constant where this share of the time lies within this fraction of its median. */
const CONSTANT_SHARE = 0.9;
const CONSTANT_WITHIN = 0.05;
/** Rows for which a level of the current holds at the least, and a pause that is a rest. */
const LEVEL_ROWS_MIN = 2;
const REST_s_MIN = 1;

export interface HalfCycleOptions {
  readonly cell: AnalysedCellKind;
  readonly restShare: number;
  readonly area_m2: number | null;
}

/** Half-cycles in order. A change of the cycle's number ends one too. Shapes and nucleation are not looked at here. */
export function halfCyclesOf(
  record: CyclingRecord,
  charge_C: Float64Array,
  { cell, restShare, area_m2 }: HalfCycleOptions,
): readonly HalfCycleFindings[] {
  const sign = directions(record.current_A, restShare);
  const out: HalfCycleFindings[] = [];
  let before_s = record.time_s[0] ?? 0;
  for (const stretch of joined(stretches(record, charge_C, sign, cell === 'Li|Li'), record)) {
    const half = describe(record, charge_C, sign, stretch, cell, area_m2);
    if (half === null) continue;
    out.push({ ...half, index: out.length, rest_before_s: Math.max(0, half.start_s - before_s) });
    before_s = half.end_s;
  }
  return out;
}

/** −1, 0 or 1 for each row: which way the current flows there. */
export function directions(current_A: Float64Array, restShare: number): Int8Array {
  let largest = 0;
  for (const value of current_A) if (Math.abs(value) > largest) largest = Math.abs(value);
  const floor = restShare * largest;
  return Int8Array.from(current_A, (value) => (Math.abs(value) > floor ? Math.sign(value) : 0));
}

/** With `levels` a rest or another current ends a stretch too: a staircase may go one way only. */
function stretches(record: CyclingRecord, charge_C: Float64Array, sign: Int8Array, levels: boolean): Stretch[] {
  const { time_s, current_A, cycle } = record;
  const out: Stretch[] = [];
  let open: Stretch | null = null;
  for (let row = 0; row < sign.length; row++) {
    const own = sign[row]!;
    if (own === 0) continue;
    const last = open === null ? -1 : open.end - 1;
    const goes = open !== null && own === open.sign && cycle[row] === cycle[last];
    const rested = last !== row - 1 && time_s[row]! - time_s[last]! > REST_s_MIN;
    if (open === null || !goes || (levels && (rested || levelChanges(current_A, open, row)))) {
      open = { start: row, end: row + 1, sign: own > 0 ? 1 : -1, charge_C: 0 };
      out.push(open);
    }
    open.end = row + 1;
    if (charge_C[row]! * own > 0) open.charge_C += Math.abs(charge_C[row]!);
  }
  return out;
}

/** Whether the current goes over to another level at this row: one that held before it, and another that holds from it on. */
function levelChanges(current_A: Float64Array, { start }: Stretch, row: number): boolean {
  if (row - start < LEVEL_ROWS_MIN || row + LEVEL_ROWS_MIN > current_A.length) return false;
  const near = (a: number, b: number): boolean =>
    Math.abs(current_A[a]! - current_A[b]!) <= CONSTANT_WITHIN * Math.abs(current_A[b]!);
  if (near(row, row - 1)) return false;
  for (let k = 1; k < LEVEL_ROWS_MIN; k++) if (!near(row + k, row) || !near(row - 1 - k, row - 1)) return false;
  return true;
}

/** Without the stretches that are noise; what they parted belongs together. */
function joined(all: readonly Stretch[], { cycle }: CyclingRecord): Stretch[] {
  const largest_C = all.reduce((most, { charge_C }) => Math.max(most, charge_C), 0);
  const out: Stretch[] = [];
  let dropped = false;
  for (const stretch of all) {
    if (stretch.charge_C <= CHARGE_SHARE_MIN * largest_C) {
      dropped = true;
      continue;
    }
    const last = out.at(-1);
    if (dropped && last !== undefined && last.sign === stretch.sign && cycle[last.start] === cycle[stretch.start]) {
      last.end = stretch.end;
      last.charge_C += stretch.charge_C;
    } else out.push(stretch);
    dropped = false;
  }
  return out;
}

function describe(
  record: CyclingRecord,
  charges_C: Float64Array,
  signs: Int8Array,
  { start, end, sign, charge_C }: Stretch,
  cell: AnalysedCellKind,
  area_m2: number | null,
): Omit<HalfCycleFindings, 'index' | 'rest_before_s'> | null {
  const { time_s, voltage_V, current_A } = record;
  const intervals: VoltageInterval[] = [];
  const currents: number[] = [];
  const durations: number[] = [];
  for (let row = Math.max(start, 1); row < end; row++) {
    const duration_s = time_s[row]! - time_s[row - 1]!;
    const passed_C = charges_C[row]! * sign;
    if (signs[row] !== sign || !(passed_C > 0) || !(duration_s > 0)) continue;
    const joins = continues(record, row) && signs[row - 1] === sign;
    intervals.push({
      duration_s,
      charge_C: passed_C,
      from_V: joins ? voltage_V[row - 1]! : voltage_V[row]!,
      to_V: voltage_V[row]!,
    });
    currents.push(Math.abs(current_A[row]!));
    durations.push(duration_s);
  }
  const voltage = halfCycleVoltage(intervals);
  if (voltage === null) return null;
  const current = weightedMedianOf(currents, durations);
  const near_s = durations.reduce(
    (sum, duration_s, k) => sum + (Math.abs(currents[k]! - current) <= CONSTANT_WITHIN * current ? duration_s : 0),
    0,
  );
  return {
    cycle: record.cycle[start]!,
    cycle_vendor: vendorCycle(record, start),
    action: actionOf(cell, sign),
    sign,
    start,
    end,
    // The interval before the first row is its own where charge passed in it.
    start_s: time_s[start > 0 && charges_C[start]! * sign > 0 ? start - 1 : start]!,
    end_s: time_s[end - 1]!,
    charge_C,
    duration_s: voltage.duration_s,
    current_A: current,
    constantCurrent: near_s >= CONSTANT_SHARE * voltage.duration_s,
    j_A_per_m2: area_m2 === null ? null : current / area_m2,
    end_V: voltage_V[end - 1]!,
    voltage,
    noise_V: jumpsOf(intervals.map(({ to_V }) => to_V)),
    nucleation: null,
    arcing: null,
  };
}

function actionOf(cell: AnalysedCellKind, sign: 1 | -1): HalfCycleAction {
  if (cell === 'Li|cathode' || cell === 'Cu|cathode') return sign > 0 ? 'charge' : 'discharge';
  return sign > 0 ? 'strip' : 'plate';
}

/** Number that the instrument gave a row; null where it gave none. */
function vendorCycle(record: CyclingRecord, row: number): number | null {
  const vendor = record.extra.cycle_vendor?.[row];
  return vendor === undefined || Number.isNaN(vendor) ? null : vendor;
}

// Charge between rows, signed as the current: from the counters of the instrument where the record has them and they agree with the
// current, since a counter sees what passes between rows; else from current and time.

import type { CyclingRecord } from '../../records/index.ts';
import { chargeBefore, continues } from '../charge.ts';
import { directions } from './half-cycles.ts';
import { medianOf } from './summary-statistics.ts';

export interface RowCharges {
  /** Charge since the row before, signed; 0 in the first row. */
  readonly charge_C: Float64Array;
  readonly source: 'counters of the instrument' | 'current over time';
  /** |counted − integrated| over integrated, of all charge in both directions; null where there is no counter. */
  readonly differ: number | null;
  /** What the counters count in, where they stand still in most rows with current; null where they do not, or were left aside. */
  readonly step_C: number | null;
  /** Pauses of the record before which the current was not seen: nothing is counted for them. */
  readonly pauses: number;
  /** Median time between rows. */
  readonly sampling_s: number;
}

/** Between two steps a time without rows of so many usual intervals, and so long, is a pause and not the start of the later step. */
const PAUSE_TIMES = 50;
const PAUSE_s_MIN = 600;

/** Counters that differ more than this from the current over time are something else than charge, or in another unit. */
export const COUNTERS_DIFFER_MAX = 0.25;

/** The smallest rise of counters that stand still in more than half of the rows with current. */
function stepOf(counted: Float64Array, integrated: Float64Array): number | null {
  let [still, rows, least_C] = [0, 0, Number.POSITIVE_INFINITY];
  for (const [row, charge_C] of integrated.entries()) {
    if (charge_C === 0) continue;
    rows++;
    const rise_C = Math.abs(counted[row]!);
    if (rise_C === 0) still++;
    else if (rise_C < least_C) least_C = rise_C;
  }
  return 2 * still > rows && Number.isFinite(least_C) ? least_C : null;
}

/** What a counter rose since the row before. It restarts from 0 in every step, cycle or never: a fall is a restart. */
function rise(counter: Float64Array, row: number): number {
  const change = counter[row]! - counter[row - 1]!;
  return change >= 0 ? change : Math.max(0, counter[row]!);
}

/** Null where there are no counters. They say how much; the current says which of their directions is ours. */
function countedCharges(record: CyclingRecord, integrated: Float64Array): Float64Array | null {
  const { charging_capacity_C: charging, discharging_capacity_C: discharging, net_charge_C: net } = record.extra;
  const rows = record.time_s.length;
  const counted = new Float64Array(rows);
  if (charging !== undefined && discharging !== undefined) {
    if (!charging.every(Number.isFinite) || !discharging.every(Number.isFinite)) return null;
    let agreement = 0;
    for (let row = 1; row < rows; row++) {
      counted[row] = rise(charging, row) - rise(discharging, row);
      agreement += Math.sign(counted[row]!) * integrated[row]!;
    }
    // Whether the file's "charging" oxidises the working electrode is a matter of how it was wired.
    if (agreement < 0) for (let row = 1; row < rows; row++) counted[row] = -counted[row]!;
    return counted;
  }
  if (net === undefined || !net.every(Number.isFinite)) return null;
  let agreement = 0;
  for (let row = 1; row < rows; row++) {
    counted[row] = net[row]! - net[row - 1]!;
    agreement += Math.sign(counted[row]!) * integrated[row]!;
  }
  if (agreement < 0) for (let row = 1; row < rows; row++) counted[row] = -counted[row]!;
  return counted;
}

/** Median of the times between rows, those that coincide left out; 0 where there are none. */
function usualInterval_s(time_s: Float64Array): number {
  const gaps_s = new Float64Array(time_s.length);
  let count = 0;
  for (let row = 1; row < time_s.length; row++) {
    const gap_s = time_s[row]! - time_s[row - 1]!;
    if (gap_s > 0) gaps_s[count++] = gap_s;
  }
  return count === 0 ? 0 : medianOf(gaps_s.subarray(0, count));
}

/** Charges between the rows of a record whose current is known. */
export function rowCharges(
  record: CyclingRecord,
  { chargeFrom, restShare }: { readonly chargeFrom: 'counters' | 'current'; readonly restShare: number },
): RowCharges {
  const { time_s, current_A } = record;
  const rows = time_s.length;
  const sampling_s = usualInterval_s(time_s);
  const pause_s = Math.max(PAUSE_s_MIN, PAUSE_TIMES * sampling_s);
  const integrated = new Float64Array(rows);
  // Where steps have no numbers a rest and a current are two steps all the same, with a switch between them.
  const sign = record.step.every((step) => step === record.step[0]) ? directions(current_A, restShare) : null;
  let [all_C, pauses] = [0, 0];
  for (let row = 1; row < rows; row++) {
    if (time_s[row]! - time_s[row - 1]! > pause_s && !continues(record, row)) {
      pauses++;
      continue;
    }
    const switches = sign !== null && (sign[row] === 0) !== (sign[row - 1] === 0);
    integrated[row] = switches ? current_A[row]! * (time_s[row]! - time_s[row - 1]!) : chargeBefore(record, row);
    all_C += Math.abs(integrated[row]!);
  }
  const byCurrent = { charge_C: integrated, source: 'current over time', step_C: null, pauses, sampling_s } as const;
  const counted = countedCharges(record, integrated);
  if (counted === null || all_C === 0) return { ...byCurrent, differ: null };
  const counted_C = counted.reduce((sum, charge) => sum + Math.abs(charge), 0);
  const differ = Math.abs(counted_C - all_C) / all_C;
  if (chargeFrom === 'current' || !(differ <= COUNTERS_DIFFER_MAX)) return { ...byCurrent, differ };
  const step_C = stepOf(counted, integrated);
  return { charge_C: counted, source: 'counters of the instrument', differ, step_C, pauses, sampling_s };
}

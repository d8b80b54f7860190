// Charge between rows, signed as the current: from the counters of the instrument where the record has them and they agree with the
// current, since a counter sees what passes between rows; else from current and time.

import type { CyclingRecord } from '../../records/index.ts';
import { chargeBefore } from '../charge.ts';

export interface RowCharges {
  /** Charge since the row before, signed; 0 in the first row. */
  readonly charge_C: Float64Array;
  readonly source: 'counters of the instrument' | 'current over time';
  /** |counted − integrated| over integrated, of all charge in both directions; null where there is no counter. */
  readonly differ: number | null;
}

/** Counters that differ more than this from the current over time are something else than charge, or in another unit. */
const DIFFER_MAX = 0.05;

/** What a counter rose since the row before. It restarts from 0 in every step, cycle or never: a fall is a restart. */
function rise(counter: Float64Array, row: number): number {
  const change = counter[row]! - counter[row - 1]!;
  return change >= 0 ? change : Math.max(0, counter[row]!);
}

/** Signed by the current of the row, or of the row before where it is zero there: a counter says how much, the current which way. */
function countedCharges(record: CyclingRecord): Float64Array | null {
  const { charging_capacity_C: charging, discharging_capacity_C: discharging, net_charge_C: net } = record.extra;
  const rows = record.time_s.length;
  const counted = new Float64Array(rows);
  if (charging !== undefined && discharging !== undefined) {
    if (!charging.every(Number.isFinite) || !discharging.every(Number.isFinite)) return null;
    let agreement = 0;
    for (let row = 1; row < rows; row++) {
      counted[row] = rise(charging, row) - rise(discharging, row);
      agreement += Math.sign(counted[row]!) * chargeBefore(record, row);
    }
    // Whether the file's "charging" oxidises the working electrode is a matter of how it was wired.
    if (agreement < 0) for (let row = 1; row < rows; row++) counted[row] = -counted[row]!;
    return counted;
  }
  if (net === undefined || !net.every(Number.isFinite)) return null;
  let agreement = 0;
  for (let row = 1; row < rows; row++) {
    counted[row] = net[row]! - net[row - 1]!;
    agreement += Math.sign(counted[row]!) * chargeBefore(record, row);
  }
  if (agreement < 0) for (let row = 1; row < rows; row++) counted[row] = -counted[row]!;
  return counted;
}

/** Charges between the rows of a record whose current is known. */
export function rowCharges(record: CyclingRecord, from: 'counters' | 'current'): RowCharges {
  const rows = record.time_s.length;
  const integrated = new Float64Array(rows);
  let all_C = 0;
  for (let row = 1; row < rows; row++) {
    integrated[row] = chargeBefore(record, row);
    all_C += Math.abs(integrated[row]!);
  }
  const counted = countedCharges(record);
  if (counted === null || all_C === 0) return { charge_C: integrated, source: 'current over time', differ: null };
  const counted_C = counted.reduce((sum, charge) => sum + Math.abs(charge), 0);
  const differ = Math.abs(counted_C - all_C) / all_C;
  if (from === 'current' || !(differ <= DIFFER_MAX)) {
    return { charge_C: integrated, source: 'current over time', differ };
  }
  return { charge_C: counted, source: 'counters of the instrument', differ };
}

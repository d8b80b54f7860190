// Voltages of a cycle in the words of the field: means over plating and stripping, their distance, the plateau.

import type { CyclingRecord } from '../records/index.ts';
import { chargeBefore, continues } from './charge.ts';

/** Share of the charge of a half-cycle over which its plateau is taken. */
export const PLATEAU_WINDOW: readonly [number, number] = [0.5, 0.9];

/** Voltages of one direction of the current in one cycle, V. */
export interface HalfCycleVoltage {
  /** Mean over time, current flowing. */
  readonly mean_V: number;
  /** Mean over time while 50 to 90 % of the half-cycle's charge has passed (`PLATEAU_WINDOW`). */
  readonly plateau_V: number;
  /** Where half the charge has passed. */
  readonly mid_capacity_V: number;
  readonly charge_C: number;
  readonly duration_s: number;
}

export interface CycleVoltage {
  readonly cycle: number;
  /** Current negative: plating on a metal working electrode, discharge of a cathode. Null where no such current flowed. */
  readonly plating: HalfCycleVoltage | null;
  /** Current positive: stripping, or charge. */
  readonly stripping: HalfCycleVoltage | null;
  /** Mean over stripping minus mean over plating, by time, V; half of it is the polarisation of a Li|Li cell. */
  readonly hysteresis_V: number | null;
  /** The same from the mid-capacity voltages, V. */
  readonly mid_capacity_hysteresis_V: number | null;
}

/** An interval of one direction of the current; its charge is a magnitude, its voltage linear. */
export interface VoltageInterval {
  readonly duration_s: number;
  readonly charge_C: number;
  readonly from_V: number;
  readonly to_V: number;
}

/** Time mean of a voltage that is linear in each interval, between two shares of the charge. */
function meanBetween(intervals: readonly VoltageInterval[], from_C: number, to_C: number): number {
  let sum_Vs = 0;
  let sum_s = 0;
  let before_C = 0;
  for (const { duration_s, charge_C, from_V, to_V } of intervals) {
    // Within an interval charge is taken as even in time, so a share of its charge is the same share of its time.
    const a = Math.min(1, Math.max(0, (from_C - before_C) / charge_C));
    const b = Math.min(1, Math.max(0, (to_C - before_C) / charge_C));
    sum_s += (b - a) * duration_s;
    sum_Vs += (b - a) * duration_s * (from_V + 0.5 * (a + b) * (to_V - from_V));
    before_C += charge_C;
  }
  return sum_Vs / sum_s;
}

function voltageAt(intervals: readonly VoltageInterval[], charge_C: number): number {
  let before_C = 0;
  for (const interval of intervals) {
    if (before_C + interval.charge_C >= charge_C) {
      return interval.from_V + ((charge_C - before_C) / interval.charge_C) * (interval.to_V - interval.from_V);
    }
    before_C += interval.charge_C;
  }
  return intervals.at(-1)!.to_V;
}

/** Voltages of a half-cycle from its intervals in order; null where no charge passed. */
export function halfCycleVoltage(intervals: readonly VoltageInterval[]): HalfCycleVoltage | null {
  const charge_C = intervals.reduce((sum, interval) => sum + interval.charge_C, 0);
  if (!(charge_C > 0)) return null;
  return {
    mean_V: meanBetween(intervals, 0, charge_C),
    plateau_V: meanBetween(intervals, PLATEAU_WINDOW[0] * charge_C, PLATEAU_WINDOW[1] * charge_C),
    mid_capacity_V: voltageAt(intervals, 0.5 * charge_C),
    charge_C,
    duration_s: intervals.reduce((sum, { duration_s }) => sum + duration_s, 0),
  };
}

/** Voltages of every cycle in the record. Rests count for nothing; all rows with current count, the first after a switch too. */
export function voltageStatistics(record: CyclingRecord): readonly CycleVoltage[] {
  const { time_s, voltage_V, cycle } = record;
  const byCycle = new Map<number, { plating: VoltageInterval[]; stripping: VoltageInterval[] }>();
  for (let row = 0; row < time_s.length; row++) {
    const halves = byCycle.get(cycle[row]!) ?? { plating: [], stripping: [] };
    byCycle.set(cycle[row]!, halves);
    const charge_C = chargeBefore(record, row);
    if (charge_C === 0) continue;
    const interval: VoltageInterval = {
      duration_s: time_s[row]! - time_s[row - 1]!,
      charge_C: Math.abs(charge_C),
      from_V: continues(record, row) ? voltage_V[row - 1]! : voltage_V[row]!,
      to_V: voltage_V[row]!,
    };
    (charge_C < 0 ? halves.plating : halves.stripping).push(interval);
  }
  return [...byCycle].map(([number, halves]): CycleVoltage => {
    const plating = halfCycleVoltage(halves.plating);
    const stripping = halfCycleVoltage(halves.stripping);
    const both = plating !== null && stripping !== null;
    return {
      cycle: number,
      plating,
      stripping,
      hysteresis_V: both ? stripping.mean_V - plating.mean_V : null,
      mid_capacity_hysteresis_V: both ? stripping.mid_capacity_V - plating.mid_capacity_V : null,
    };
  });
}

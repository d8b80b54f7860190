// Charge from current and time, and nothing assumed beyond it: exact where the current is constant or linear between rows.

import { type CyclingRecord, type StepRange, stepRanges } from '../records/index.ts';

/** One pass through one step with the charge it passed. */
export interface StepCharge extends StepRange {
  /** Charge with I > 0 and with I < 0, both as magnitudes, C. */
  readonly positive_C: number;
  readonly negative_C: number;
  /** Time over which the charge was counted, from the row before the step where there is one, s. */
  readonly duration_s: number;
}

/** What an integral over a record needs of it. */
export type ChargeRecord = Pick<CyclingRecord, 'time_s' | 'current_A' | 'cycle' | 'step'>;

/**
 * True where row `row` carries on from the row before it, so that values between the two may be joined by a line. False
 * where a step begins, and where the current turns its sign inside a step: a cycler without step numbers switches there.
 */
export function continues({ current_A, cycle, step }: ChargeRecord, row: number): boolean {
  const before = row - 1;
  return (
    row > 0 && cycle[row] === cycle[before] && step[row] === step[before] && !(current_A[row]! * current_A[before]! < 0)
  );
}

/**
 * Charge between row `row`−1 and row `row`, C, signed: trapezoid within a step. Across a switch the interval belongs to
 * the later row, whose current holds from the switch on; where the step starts with a row of its own, as in computed
 * records, that interval is empty.
 */
export function chargeBefore(record: ChargeRecord, row: number): number {
  if (row === 0) return 0;
  const { time_s, current_A } = record;
  const duration_s = time_s[row]! - time_s[row - 1]!;
  const current = continues(record, row) ? 0.5 * (current_A[row - 1]! + current_A[row]!) : current_A[row]!;
  return current * duration_s;
}

/** Charge of every step, in order. */
export function stepCharges(record: ChargeRecord): readonly StepCharge[] {
  return stepRanges(record).map((range) => {
    let positive_C = 0;
    let negative_C = 0;
    for (let row = range.start; row < range.end; row++) {
      const charge_C = chargeBefore(record, row);
      if (charge_C > 0) positive_C += charge_C;
      else negative_C -= charge_C;
    }
    const duration_s = record.time_s[range.end - 1]! - record.time_s[Math.max(range.start - 1, 0)]!;
    return { ...range, positive_C, negative_C, duration_s };
  });
}

// Which direction of the current a file counts as positive, by its own counters: the one of discharge grows while the cell is discharged.
// Some programs write a discharging current as positive, and say so nowhere else.

/** Charges that agree must be this many times those that do not: a row between two steps belongs to either. */
const AGREEMENT = 20;
/** Intervals between rows in which a counter moved, at the least. */
const INTERVALS_MIN = 3;

/** Whether the counters of charge bear out the sign of the current; null where there are none, or they do not tell. */
export function signByCounters(
  current: Float64Array,
  charging: Float64Array | undefined,
  discharging: Float64Array | undefined,
): 'agrees' | 'contradicts' | null {
  let agreed = 0;
  let contradicted = 0;
  let intervals = 0;
  for (const [counter, direction] of [
    [charging, 1],
    [discharging, -1],
  ] as const) {
    if (counter === undefined) continue;
    for (let row = 1; row < current.length; row++) {
      const flow = Math.sign(current[row]!);
      const passed = counter[row]! - counter[row - 1]!;
      // A row after a change of direction holds what passed before it, too; a fall of the counter is a restart.
      if (flow === 0 || flow !== Math.sign(current[row - 1]!) || !(passed > 0)) continue;
      intervals++;
      if (flow === direction) agreed += passed;
      else contradicted += passed;
    }
  }
  if (intervals < INTERVALS_MIN) return null;
  if (contradicted > AGREEMENT * agreed) return 'contradicts';
  return agreed > AGREEMENT * contradicted ? 'agrees' : null;
}

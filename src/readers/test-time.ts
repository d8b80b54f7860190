// The time of a test where a file does not count it through: a clock in days, a time that starts anew with every step.

/** Days from 30 December 1899, as spreadsheets count them, to the first of January 1970. */
const UNIX_FROM_SHEET_DAYS = 25569;
const DAY_S = 86400;
/** Days of spreadsheets between 1954 and 2119; no number of seconds since 1970 of an instrument is as small. */
const SHEET_DAYS = [20_000, 80_000] as const;
/** Above this a number of seconds would be in the year 5138, so it counts milliseconds. */
const UNIX_S_MAX = 1e11;

/** What a clock that is written as a number counts, as factor and offset to seconds since 1970. */
export function numericClock(values: Float64Array): { readonly factor: number; readonly offset: number } {
  const first = values.find(Number.isFinite) ?? 0;
  if (first > SHEET_DAYS[0] && first < SHEET_DAYS[1]) return { factor: DAY_S, offset: -UNIX_FROM_SHEET_DAYS * DAY_S };
  return { factor: first > UNIX_S_MAX ? 1e-3 : 1, offset: 0 };
}

/** A clock that runs ahead of the times of steps by more than this tells of a pause. Most clocks give whole seconds. */
const PAUSE_S = 2;

export interface RunningTime {
  readonly time_s: Float64Array;
  /** How often the time of the file started anew. */
  readonly restarts: number;
  /** Pauses between steps that only the clock knows of. */
  readonly pauses: number;
}

/** The time since the first row, from one that starts anew with every step; a clock beside it adds the pauses between steps. */
export function runningTime(stepTime_s: Float64Array, clock_s: Float64Array | undefined): RunningTime {
  const time_s = new Float64Array(stepTime_s.length);
  const first_s = clock_s?.find(Number.isFinite);
  let offset_s = 0;
  let last = Number.NaN;
  let restarts = 0;
  let pauses = 0;
  for (let row = 0; row < stepTime_s.length; row++) {
    const inStep_s = stepTime_s[row]!;
    if (inStep_s < last) {
      offset_s += last;
      restarts++;
      const byClock_s = (clock_s?.[row] ?? Number.NaN) - (first_s ?? Number.NaN) - inStep_s;
      if (byClock_s - offset_s > PAUSE_S) {
        offset_s = byClock_s;
        pauses++;
      }
    }
    time_s[row] = offset_s + inStep_s;
    if (Number.isFinite(inStep_s)) last = inStep_s;
  }
  return { time_s, restarts, pauses };
}

/** Share of rows that a time which falls must cost before it is taken for one that starts anew. */
const LOST_SHARE = 0.2;
/** A time that starts anew does so near zero, as a share of what it had reached. */
const ANEW_SHARE = 0.2;

/** Whether a time starts anew again and again: left as it is, it would cost a fifth of the rows. */
export function startsAnew(time_s: Float64Array): boolean {
  let largest = Number.NEGATIVE_INFINITY;
  let lost = 0;
  let known = 0;
  let last = Number.NaN;
  for (const value of time_s) {
    if (!Number.isFinite(value)) continue;
    known++;
    if (value < last && !(Math.abs(value) <= ANEW_SHARE * Math.abs(last))) return false;
    if (value < largest) lost++;
    else largest = value;
    last = value;
  }
  return known > 0 && lost > LOST_SHARE * known;
}

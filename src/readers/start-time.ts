// When a test began, as its file says it: what files that belong together are joined by. Instruments write the time of day of the place
// where they stand and no zone, so two starts may be compared only where the clock was the same.

import type { FileMetadata } from './contract.ts';
import { clockOf } from './number-field.ts';

/** Names under which instruments write the moment at which their test time is zero, in order of trust. */
const START_NAMES: readonly RegExp[] = [
  /^acquisition started on$/i,
  /^(?:start_datetime|start time|start of test|started|test start(?:ed)?|date of test)$/i,
];
const DATE_NAMES = /^(?:date(?: \(date\))?|date ?acquired)$/i;
const TIME_NAMES = /^(?:time(?: \(time\))?|time ?acquired)$/i;
/** Months with the day behind them, as `July 19, 2018`. */
const WRITTEN_OUT = /^(?:[a-z]+day,?\s+)?([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})$/i;
const SLASHED = /^(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}\b/;

/** 1980 to 2100, s: anything else is a clock that was never set. */
const CLOCKS_s = [315_532_800, 4_102_444_800] as const;
const plausible = (value: number | undefined): value is number =>
  value !== undefined && value > CLOCKS_s[0] && value < CLOCKS_s[1];

/** A date alone is no start: the test began some time that day. */
const HAS_TIME = /\d:\d/;

/** Seconds since 1970 of a written moment, or null where it is none or may as well be another day. */
function momentOf(text: string, monthFirst: boolean): number | null {
  const plain = text.replace(/\s*\(.*\)$/, '').trim();
  const slashed = SLASHED.exec(plain);
  const [first, second] = [Number(slashed?.[1] ?? 0), Number(slashed?.[2] ?? 0)];
  // 4/5/2023 is the fourth of May in one half of the world and the fifth of April in the other.
  if (slashed !== null && !monthFirst && first <= 12 && second <= 12 && first !== second) return null;
  const value = clockOf(plain, { dayFirst: first > 12 });
  return plausible(value) ? value : null;
}

/** The start that the head of a file gives, s since 1970 with the local clock taken for UTC; null where none can be read without doubt. */
function startFromMetadata(metadata: readonly FileMetadata[]): number | null {
  for (const name of START_NAMES) {
    for (const entry of metadata) {
      if (!name.test(entry.name) || !HAS_TIME.test(entry.text)) continue;
      // EC-Lab writes the month first wherever it runs.
      const moment = momentOf(entry.text, /^acquisition/i.test(entry.name));
      if (moment !== null) return moment;
    }
  }
  const date = metadata.find((entry) => DATE_NAMES.test(entry.name))?.text.trim();
  const time = metadata.find((entry) => TIME_NAMES.test(entry.name))?.text.trim();
  if (date === undefined || time === undefined) return null;
  const written = WRITTEN_OUT.exec(date);
  return momentOf(`${written === null ? date : `${written[2]}-${written[1]}-${written[3]}`} ${time}`, false);
}

const HOUR_s = 3600;
/** A start in the head and the clock of the rows agree to within this much and whole hours, s. */
const AGREE_s = 300;
/** Zones lie within so many hours of UTC. */
const ZONE_h_max = 14;

/**
 * What the instrument's clock showed when the test time was zero. The clock beside the rows is nearer to it than the start in the head, which
 * may be that of the programme, but some instruments write that clock in UTC and the head in local time: then the hours between them are
 * added. Null where neither is there.
 */
export function startOf(
  metadata: readonly FileMetadata[],
  time_s: Float64Array | undefined,
  unix_time_s: Float64Array | undefined,
): number | null {
  const told = startFromMetadata(metadata);
  const clock = startFromClock(time_s, unix_time_s);
  if (told === null || clock === null) return clock ?? told;
  const hours = Math.round((told - clock) / HOUR_s);
  const isZone = Math.abs(hours) <= ZONE_h_max && Math.abs(told - clock - hours * HOUR_s) <= AGREE_s;
  return isZone ? clock + hours * HOUR_s : clock;
}

/** The start by the clock that stands beside the test time of each row: what the first row with both says. */
function startFromClock(time_s: Float64Array | undefined, unix_time_s: Float64Array | undefined): number | null {
  if (time_s === undefined || unix_time_s === undefined) return null;
  const row = time_s.findIndex((value, k) => Number.isFinite(value) && plausible(unix_time_s[k]));
  return row < 0 ? null : unix_time_s[row]! - time_s[row]!;
}

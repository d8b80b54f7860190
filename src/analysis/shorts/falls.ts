// A lasting fall of a positive quantity below what its own past foretells: of an arc's width from spectrum to spectrum, of a
// plateau's voltage from half-cycle to half-cycle. Medians carry the level, so one odd reading moves nothing; what falls along a
// trend is told apart from what breaks with it; and a fall counts as over only when several readings in a row are back.

import { quantileSorted } from '../../numerics/index.ts';

export interface FallCriterion {
  /** A reading falls when it is below (1 − this) of the trailing median. */
  readonly fall: number;
  /** Readings of the past that make the median, at most. */
  readonly window?: number;
  /** Readings of the past without which nothing is judged. */
  readonly history_min?: number;
  /** Standard deviations of the past's own scatter that a fall must exceed. */
  readonly deviations_min?: number;
  /** Standard error of each reading, where it is known: a fall must exceed as many of them. */
  readonly errors?: ArrayLike<number>;
}

export interface Fall {
  /** Reading it began at, from 0. */
  readonly index: number;
  /** Median of the past before it, for the conditions of this reading. */
  readonly before: number;
  readonly after: number;
  /** 1 − after/before. */
  readonly share: number;
  /** Distance from what the past foretells, in its standard deviations over the logarithm. */
  readonly deviations: number;
  /** Whether it breaks with the trend of the past. A fall that the trend foretells may be no more than a healthy decline. */
  readonly abrupt: boolean;
  /** Whether later readings bear it out: a single low reading does not last. Null at the very end, where there are none. */
  readonly lasting: boolean | null;
  /** Last reading that judged it, and the first of those that were back; null where it lasts to the end. */
  readonly healedAt: number | null;
}

/** Defaults of `FallCriterion`. */
export const FALL_WINDOW = 8;
export const FALL_HISTORY_MIN = 3;
export const FALL_DEVIATIONS_MIN = 4;
/** Scatter over the logarithm below which the past is not believed to be known: few readings may agree by chance. */
const SCATTER_MIN = 0.03;
/** Standard deviations per median absolute deviation of a normal distribution. */
export const DEVIATION_PER_MAD = 1.4826;
/** Readings after the first over which a fall must last, and how many of them may be higher nevertheless. */
const LASTING_READINGS = 4;
const LASTING_HIGHER_MAX = 1;
/** Of a fall twice as far beyond the scatter as asked for, one more. */
const CLEAR = 2;
/** Of the fall that is asked for: what keeps a later reading low, and what is left of it where a reading is back. */
const LOW_SHARE = 0.8;
const BACK_SHARE = 0.5;
/** Readings in a row that end a fall, and as many where there are no more. */
const HEALED_READINGS = 3;
const HEALED_READINGS_AT_END = 2;
/** Readings at or below 0 count as this share of the past. */
const SHARE_MIN = 1e-3;

/** Median of any number of values; NaN for none. */
export const median = (values: readonly number[]): number =>
  quantileSorted(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/**
 * Falls in order of time. `values` are positive readings (NaN: not read). `atConditionsOf(k)` says by what a reading j of the past is
 * to be multiplied to be compared with reading k, from readings before k alone; 1 unless told.
 */
export function findFalls(
  values: ArrayLike<number>,
  {
    fall,
    window = FALL_WINDOW,
    history_min = FALL_HISTORY_MIN,
    deviations_min = FALL_DEVIATIONS_MIN,
    errors,
  }: FallCriterion,
  atConditionsOf: (k: number, past: readonly number[]) => (j: number) => number = () => () => 1,
): readonly Fall[] {
  const falls: Fall[] = [];
  const n = values.length;
  const back = 1 - BACK_SHARE * fall;
  const low = 1 - LOW_SHARE * fall;
  let past: number[] = [];
  for (let k = 0; k < n; k++) {
    const value = values[k]!;
    if (Number.isNaN(value)) continue;
    const foretold = past.length >= history_min ? foretell(values, past, k, atConditionsOf(k, past)) : null;
    if (foretold === null || !(value < (1 - fall) * foretold.level)) {
      if (value > 0) past = [...past, k].slice(-window);
      continue;
    }
    const after = Math.max(value, SHARE_MIN * foretold.level);
    const deviations = Math.log(foretold.level / after) / foretold.scatter;
    const error = errors?.[k] ?? 0;
    if (deviations < deviations_min || foretold.level - value < deviations_min * error) {
      past = [...past, k].slice(-window);
      continue;
    }
    const before = past;
    const levelAt = (j: number): number => levelOf(values, before, atConditionsOf(j, before));
    const isBack = (j: number): boolean => values[j]! >= back * levelAt(j);
    const later = Array.from({ length: n - k - 1 }, (_, i) => k + 1 + i).filter((j) => !Number.isNaN(values[j]!));
    const soon = later.slice(0, LASTING_READINGS);
    const higherSoon = soon.filter((j) => values[j]! >= low * levelAt(j)).length;
    const healed = later.findIndex((_, i) => {
      const run = later.slice(i, i + HEALED_READINGS);
      return run.length >= HEALED_READINGS_AT_END && run.every(isBack);
    });
    const higherMax = LASTING_HIGHER_MAX + (deviations >= CLEAR * deviations_min ? 1 : 0);
    falls.push({
      index: k,
      before: foretold.level,
      after: value,
      share: 1 - value / foretold.level,
      deviations,
      abrupt:
        value < (1 - fall) * foretold.trend && Math.log(foretold.trend / after) >= deviations_min * foretold.scatter,
      lasting: soon.length === 0 ? null : higherSoon <= Math.min(higherMax, soon.length - 1),
      healedAt: healed < 0 ? null : later[healed]!,
    });
    if (healed < 0) break;
    k = later[healed]! - 1;
    past = past.slice(-history_min);
  }
  return falls;
}

interface Foretold {
  /** Trailing median at the conditions of the reading. */
  readonly level: number;
  /** Where the trend of the past leads, never above the level. */
  readonly trend: number;
  /** Of the logarithms about the trend. */
  readonly scatter: number;
}

/** Median of the past at the conditions that `factor` brings it to. */
const levelOf = (values: ArrayLike<number>, past: readonly number[], factor: (j: number) => number): number =>
  Math.exp(median(past.map((j) => Math.log(values[j]! * factor(j)))));

/** Median and the line of Theil and Sen through the logarithms of the past. */
function foretell(
  values: ArrayLike<number>,
  past: readonly number[],
  k: number,
  factor: (j: number) => number,
): Foretold {
  const logs = past.map((j) => Math.log(values[j]! * factor(j)));
  const slopes: number[] = [];
  for (let a = 0; a < past.length; a++) {
    for (let b = 0; b < a; b++) slopes.push((logs[a]! - logs[b]!) / (past[a]! - past[b]!));
  }
  const slope = median(slopes);
  const intercept = median(logs.map((log, a) => log - slope * past[a]!));
  const residuals = logs.map((log, a) => Math.abs(log - intercept - slope * past[a]!));
  const level = levelOf(values, past, factor);
  return {
    level,
    trend: Math.min(level, Math.exp(intercept + slope * k)),
    scatter: Math.max(SCATTER_MIN, DEVIATION_PER_MAD * median(residuals)),
  };
}

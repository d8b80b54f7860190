// Statistics of short, correlated, sometimes faulty series: medians, robust slopes, and the error of a mean whose values follow one another.

/** Median. NaN for no values. */
export function medianOf(values: ArrayLike<number>): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  return 0.5 * (sorted[(n - 1) >> 1]! + sorted[n >> 1]!);
}

/** Halvings that leave no double between two others. */
const HALVINGS_MAX = 80;

/** The least value at which half of the weight lies at or below it. NaN for no values. */
export function weightedMedianOf(values: readonly number[], weights: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let half = 0;
  for (const [k, value] of values.entries()) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    half += 0.5 * weights[k]!;
  }
  // Halving is linear in the number of values, where sorting them by index is not. `high` always has half of the weight at or below it.
  for (let halving = 0; halving < HALVINGS_MAX && low < high; halving++) {
    const middle = low + 0.5 * (high - low);
    let below = 0;
    let [under, over] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let k = 0; k < values.length; k++) {
      const value = values[k]!;
      if (value <= middle) {
        below += weights[k]!;
        if (value > under) under = value;
      } else if (value < over) over = value;
    }
    if (below >= half) high = under;
    else low = over;
  }
  return high;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (n − 1); null below 2 values. */
export function deviationOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** Second differences of independent values have √6 times their deviation, and their median is 1/1.4826 of it. */
const DEVIATION_PER_JUMP = 1.4826 / Math.sqrt(6);

/**
 * Noise of a smooth series, one standard deviation: from the median of |second differences|, which a slope does not enter and a few jumps
 * do not move. Null below 5 values.
 */
export function jumpsOf(values: readonly number[]): number | null {
  if (values.length < 5) return null;
  const second: number[] = [];
  for (let k = 1; k < values.length - 1; k++) second.push(Math.abs(values[k - 1]! - 2 * values[k]! + values[k + 1]!));
  return DEVIATION_PER_JUMP * medianOf(second);
}

/** Correlation of each value with the next, about the common mean; null below 5 values or where nothing varies. */
export function lagCorrelation(values: readonly number[]): number | null {
  if (values.length < 5) return null;
  const mean = meanOf(values);
  let [own, lagged] = [0, 0];
  values.forEach((value, k) => {
    own += (value - mean) ** 2;
    if (k > 0) lagged += (value - mean) * (values[k - 1]! - mean);
  });
  return own > 0 ? lagged / own : null;
}

export interface RobustSlope {
  readonly slope: number;
  /** Null below 4 points. */
  readonly error: number | null;
}

/** 97.5 % of a normal distribution lie below it. */
const NORMAL = 1.959964;
/** Points beyond this are thinned evenly: all pairs of slopes are looked at. */
const POINTS_MAX = 1000;

/**
 * Median of the slopes between all pairs of points (Theil 1950; Sen 1968, 10.1080/01621459.1968.10480934): up to 29 % of the points may be
 * anything. Its error is that of Sen's interval at 95 %, over 2 · 1.96. `x` must rise. Null below 2 points.
 */
export function robustSlope(x: readonly number[], y: readonly number[]): RobustSlope | null {
  const stride = Math.max(1, Math.ceil(x.length / POINTS_MAX));
  const at = x.flatMap((_, k) => (k % stride === 0 ? [k] : []));
  const n = at.length;
  if (n < 2) return null;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let count = 0;
  for (let a = 1; a < n; a++) {
    for (let b = 0; b < a; b++) {
      const run = x[at[a]!]! - x[at[b]!]!;
      if (run > 0) slopes[count++] = (y[at[a]!]! - y[at[b]!]!) / run;
    }
  }
  const sorted = slopes.subarray(0, count).sort();
  if (count === 0) return null;
  const slope = 0.5 * (sorted[(count - 1) >> 1]! + sorted[count >> 1]!);
  if (n < 4) return { slope, error: null };
  const half = 0.5 * NORMAL * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const low = sorted[Math.max(0, Math.floor(count / 2 - half))]!;
  const high = sorted[Math.min(count - 1, Math.ceil(count / 2 + half))]!;
  return { slope, error: (high - low) / (2 * NORMAL) };
}

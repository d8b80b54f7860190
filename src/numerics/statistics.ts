// Order statistics: quantiles and rank correlation.

/**
 * The p-quantile of values sorted upwards, linear between the points ((k + ½)/n, x_k) and constant beyond them (Hazen; type 5
 * of Hyndman and Fan 1996, 10.1080/00031305.1996.10473566). It is the one that suits a stratified sample, whose k-th value
 * stands for the shares from k/n to (k + 1)/n. NaN for no values.
 */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const place = Math.min(n - 1, Math.max(0, p * n - 0.5));
  const below = Math.floor(place);
  const low = sorted[below]!;
  const share = place - below;
  return share === 0 ? low : low + share * (sorted[below + 1]! - low);
}

/** Ranks from 1; equal values share the mean of their ranks. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, k) => k).sort((a, b) => values[a]! - values[b]!);
  const out = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let k = start; k < end; k++) out[order[k]!] = (start + 1 + end) / 2;
    start = end;
  }
  return out;
}

/** Pearson's correlation of two lists of equal length, −1 to 1; NaN where one of them does not vary. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  let [meanX, meanY] = [0, 0];
  for (let k = 0; k < n; k++) {
    meanX += x[k]! / n;
    meanY += y[k]! / n;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    const dx = x[k]! - meanX;
    const dy = y[k]! - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy))) : Number.NaN;
}

/** Spearman's rank correlation: how well y follows x up or down, whatever the curve. NaN where one does not vary. */
export const rankCorrelation = (x: ArrayLike<number>, y: ArrayLike<number>): number => correlation(ranks(x), ranks(y));

// Fewer points, the same picture: of every slice of the x axis the first, the lowest, the highest and the last point stay.

import { isDrawable } from './axis.ts';

/** Points of a curve, x not decreasing. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * At most `points_max` of the points of a curve, spikes kept. A slice has no more than four points; curves that are short
 * enough come back whole. Rows whose x or y cannot be drawn are left out.
 */
export function decimate(x: ArrayLike<number>, y: ArrayLike<number>, points_max: number): Curve {
  const rows: number[] = [];
  for (let row = 0; row < x.length; row++) if (isDrawable(x[row]!) && isDrawable(y[row]!)) rows.push(row);
  const kept = rows.length <= points_max ? rows : keepExtremes(rows, x, y, Math.floor(points_max / 4));
  return { x: Float64Array.from(kept, (row) => x[row]!), y: Float64Array.from(kept, (row) => y[row]!) };
}

function keepExtremes(rows: readonly number[], x: ArrayLike<number>, y: ArrayLike<number>, slices: number): number[] {
  const start = x[rows[0]!]!;
  const width = (x[rows.at(-1)!]! - start) / slices;
  const kept: number[] = [];
  let at = 0;
  for (let slice = 1; slice <= slices && at < rows.length; slice++) {
    // The last slice takes what is left, whatever rounding did to its upper edge.
    const edge = slice === slices ? Number.POSITIVE_INFINITY : start + slice * width;
    const first = at;
    let low = at;
    let high = at;
    while (at < rows.length && x[rows[at]!]! < edge) {
      if (y[rows[at]!]! < y[rows[low]!]!) low = at;
      if (y[rows[at]!]! > y[rows[high]!]!) high = at;
      at++;
    }
    if (at === first) continue;
    const chosen = new Set([first, Math.min(low, high), Math.max(low, high), at - 1]);
    for (const index of chosen) kept.push(rows[index]!);
  }
  return kept;
}

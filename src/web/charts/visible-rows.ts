// Which rows of a long curve are drawn: those in view, and of them one span from lowest to highest for each pixel column. A million
// points cost as much as the screen is wide.

/** Whether no value is less than the one before; a gap (NaN) breaks no order. */
export function isAscending(x: Float64Array): boolean {
  for (let row = 1; row < x.length; row++) if (x[row]! < x[row - 1]!) return false;
  return true;
}

/** First row whose x is at least `value`, in ascending x. */
export function rowAtLeast(x: Float64Array, value: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Rows to draw of an ascending curve between `from` and `to`, one row beyond on either side included: all where there are few,
 * else the first, lowest, highest and last of each of `columns` slices, in order. A gap stays a gap.
 */
export function visibleRows(x: Float64Array, y: Float64Array, from: number, to: number, columns: number): Int32Array {
  const start = Math.max(0, rowAtLeast(x, from) - 1);
  const end = Math.min(x.length, rowAtLeast(x, to) + 2);
  const count = end - start;
  if (count <= 4 * columns) return Int32Array.from({ length: count }, (_, k) => start + k);
  const rows = new Int32Array(5 * columns);
  let kept = 0;
  for (let column = 0; column < columns; column++) {
    const first = start + Math.floor((column * count) / columns);
    const last = start + Math.floor(((column + 1) * count) / columns) - 1;
    let low = first;
    let high = first;
    let gap = -1;
    for (let row = first; row <= last; row++) {
      const value = y[row]!;
      if (Number.isNaN(value)) gap = row;
      else {
        if (!(value >= y[low]!)) low = row;
        if (!(value <= y[high]!)) high = row;
      }
    }
    let before = -1;
    for (const row of [first, Math.min(low, high), Math.max(low, high), gap, last].sort((a, b) => a - b)) {
      if (row > before) rows[kept++] = row;
      before = Math.max(before, row);
    }
  }
  return rows.subarray(0, kept);
}

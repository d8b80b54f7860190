// The derivative of a function by differences of high order: what tests hold hand-written derivatives against.

/**
 * f′(x) from six points at spacing h: error of order h⁶·f⁽⁷⁾ plus rounding of about 1e-16·|f|/h. Choose h near 1e-2 to 1e-3 of
 * the scale over which f changes.
 */
export function differenceOf(f: (x: number) => number, x: number, h: number): number {
  const pair = (k: number) => f(x + k * h) - f(x - k * h);
  return (45 * pair(1) - 9 * pair(2) + pair(3)) / (60 * h);
}

/** |exact − difference| relative to the larger of both and of `scale`, the size below which a derivative counts as 0. */
export function derivativeGap(exact: number, difference: number, scale = 0): number {
  const size = Math.max(Math.abs(exact), Math.abs(difference), scale);
  return size === 0 ? 0 : Math.abs(exact - difference) / size;
}

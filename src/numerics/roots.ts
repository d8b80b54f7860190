// Roots of one function of one variable, bracketed, so that the answer never leaves the interval.

const ITERATIONS_MAX = 200;

/**
 * A root of f in [a, b], where f(a) and f(b) differ in sign, to `tolerance` in x: secant steps kept inside the bracket
 * with Illinois weights, a bisection whenever they shrink it too slowly. Returns the end of the last bracket whose value
 * has the sign of f(b): the first point known to lie beyond the crossing.
 */
export function bracketedRoot(
  f: (x: number) => number,
  a: number,
  fa: number,
  b: number,
  fb: number,
  tolerance: number,
): number {
  let [left, fLeft, right, fRight] = [a, fa, b, fb];
  let previousWidth = Math.abs(b - a);
  for (let i = 0; i < ITERATIONS_MAX && Math.abs(right - left) > tolerance; i++) {
    const middle = left + (right - left) / 2;
    let x = right - (fRight * (right - left)) / (fRight - fLeft);
    if (i % 3 === 2 && Math.abs(right - left) > 0.5 * previousWidth) x = middle;
    if (i % 3 === 2) previousWidth = Math.abs(right - left);
    // A secant that lands on an end would not shrink the bracket from the other side.
    const guard = Math.min(0.5 * tolerance, 0.25 * Math.abs(right - left));
    const [low, high] = left < right ? [left, right] : [right, left];
    if (!(x > low + guard)) x = low + guard;
    if (!(x < high - guard)) x = high - guard;
    if (x === left || x === right || Number.isNaN(x)) x = middle;
    if (x === left || x === right) break;
    const fx = f(x);
    if (fx === 0) return x;
    if (fx > 0 === fRight > 0) {
      right = x;
      fRight = fx;
      fLeft *= 0.5;
    } else {
      left = x;
      fLeft = fx;
      fRight *= 0.5;
    }
  }
  return right;
}

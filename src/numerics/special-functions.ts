// The error function and its complement to a few units in the last place.
//
// Two Chebyshev expansions carry everything: erf(x)/x in x² on [−1, 1], and the scaled complement (1 + 2x)·exp(x²)·erfc(x)
// in t = (x − 3)/(x + 3) on [0, ∞), which is smooth from 1 to 2/√π. The coefficients were computed here from 60-digit
// values at Chebyshev points; both expansions are cut where the next term is below 1e-18.

import { exp } from './elementary.ts';

const erfOverX = new Float64Array([
  0.9754769393826541, -0.14226120510371365, 0.010035582187599796, -0.0005768764699767485, 2.741993125219606e-5,
  -1.1043175507344507e-6, 3.8488755420345036e-8, -1.1808582533875466e-9, 3.2334215826050907e-11, -7.991015947004549e-13,
  1.7990725113961456e-14, -3.718635487818693e-16, 7.103599003714253e-18,
]);

const scaledComplement = new Float64Array([
  1.17756257419656, 0.005353904539615676, -0.09377550342284209, 0.05436652555744322, -0.018976596707845208,
  0.004453426061462712, -0.0006335531710553147, 1.7661719523171593e-5, 1.2841532864056671e-5, -2.0072285659059913e-6,
  -1.807522790414837e-7, 7.549828343825093e-8, 1.885668523838603e-9, -2.699519049798364e-9, -1.460079119939105e-11,
  1.0361607445969489e-10, 1.475715976623473e-12, -4.277340064396911e-12, -2.07922492859799e-13, 1.8134502003176963e-13,
  1.9734255745347387e-14, -7.287943737592673e-15, -1.5169878690228116e-15, 2.3514112258781403e-16,
  1.0006111691821667e-16, -2.0572528169538546e-18, -5.608608218863183e-18,
]);

/** Clenshaw's sum of c_k·T_k(t). */
function chebyshev(c: Float64Array, t: number): number {
  let b1 = 0;
  let b2 = 0;
  for (let k = c.length - 1; k > 0; k--) {
    const b0 = 2 * t * b1 - b2 + c[k]!;
    b2 = b1;
    b1 = b0;
  }
  return t * b1 - b2 + c[0]!;
}

/** exp(−x²), with x² formed in two parts: its rounding alone would cost x²·1e-16, 7e-14 at x = 26. */
function gaussian(x: number): number {
  const high = Math.fround(x);
  return exp(-high * high) * exp(-(x - high) * (x + high));
}

/** exp(x²)·erfc(x) for x ≥ 0; does not underflow where erfc does. */
function erfcxPositive(x: number): number {
  return chebyshev(scaledComplement, (x - 3) / (x + 3)) / (1 + 2 * x);
}

/** Error function, 2/√π·∫₀ˣ exp(−t²) dt. NaN gives NaN. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 1) return x * chebyshev(erfOverX, 2 * x * x - 1);
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (1 - gaussian(size) * erfcxPositive(size));
}

/** Complementary error function 1 − erf(x), accurate relative to itself down to its underflow near x = 26.5. */
export function erfc(x: number): number {
  if (x < 0.5) return 1 - erf(x);
  if (x > 27.5) return 0;
  return gaussian(x) * erfcxPositive(x);
}

/** Scaled complement exp(x²)·erfc(x); overflows to Infinity below x = −26.7. */
export function erfcx(x: number): number {
  if (x >= 0) return x === Number.POSITIVE_INFINITY ? 0 : erfcxPositive(x);
  return (2 - erfc(-x)) / gaussian(-x);
}

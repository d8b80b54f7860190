// Student's distribution: its two-sided tail and its quantiles for any positive number of degrees of freedom, whole or not.

import { exp, log, log1p, power, square } from './elementary.ts';
import { bracketedRoot } from './roots.ts';
import { erfc } from './special-functions.ts';

/** From here on Fisher's expansion about the normal distribution is exact to rounding. */
const FREEDOM_LARGE = 1e4;
const TERMS_MAX = 2000;
const TINY = 1e-300;

/**
 * Probability that |t| exceeds the given size, for `freedom` > 0 degrees of freedom: the incomplete beta function I_x(ν/2, ½) at
 * x = ν/(ν + t²). NaN where `freedom` is not positive.
 */
export function studentTail(size: number, freedom: number): number {
  if (!(freedom > 0)) return Number.NaN;
  const square = size * size;
  if (square === Number.POSITIVE_INFINITY) return 0;
  const half = freedom / 2;
  const [x, rest] = [freedom / (freedom + square), square / (freedom + square)];
  // x^(ν/2)·(1 − x)^½ / B(ν/2, ½), of which both sides of the fraction need a share.
  const front = (exp(-half * log1p(square / freedom)) * Math.sqrt(rest) * gammaRatio(half)) / Math.sqrt(Math.PI);
  return x < (half + 1) / (half + 2.5)
    ? (front * betaFraction(half, 0.5, x)) / half
    : 1 - 2 * front * betaFraction(0.5, half, rest);
}

/**
 * The value that Student's t stays below with probability `p`, from ½ to 1: ± studentQuantile(0.975, ν) holds 95 %. NaN where `freedom`
 * is not positive.
 */
export function studentQuantile(p: number, freedom: number): number {
  if (!(freedom > 0) || !(p >= 0.5 && p <= 1)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  const tail = 2 * (1 - p);
  if (freedom > FREEDOM_LARGE)
    return besideNormal(
      quantile((t) => erfc(t / Math.SQRT2), tail),
      freedom,
    );
  return quantile((t) => studentTail(t, freedom), tail);
}

/** Where a tail that falls from 1 to 0 passes `wanted`; sought over its logarithm, along which it is nearly straight far out. */
function quantile(tailOf: (t: number) => number, wanted: number): number {
  const gap = (logarithm: number): number => log(tailOf(exp(logarithm)) / wanted);
  let [low, high] = [-1, 1];
  while (gap(low) < 0) low *= 2;
  while (gap(high) > 0) high *= 2;
  return exp(bracketedRoot(gap, low, gap(low), high, gap(high), 1e-15));
}

/** Fisher's expansion in 1/ν (Abramowitz and Stegun 26.7.5). */
function besideNormal(z: number, freedom: number): number {
  const [z3, z5] = [power(z, 3), power(z, 5)];
  return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * square(freedom));
}

/** Γ(x + ½)/Γ(x): its expansion in 1/x, reached by the recurrence. */
function gammaRatio(x: number): number {
  let [at, factor] = [x, 1];
  for (; at < 64; at++) factor *= at / (at + 0.5);
  const u = 1 / (8 * at);
  const series = 1 - u + u * u * (0.5 + u * (2.5 - u * (2.625 + u * (49.875 - u * 54.3125))));
  return Math.sqrt(at) * series * factor;
}

/** The continued fraction of I_x(a, b)·a·B(a, b)/(x^a·(1 − x)^b), by Lentz's method; converges for x below (a + 1)/(a + b + 2). */
function betaFraction(a: number, b: number, x: number): number {
  const kept = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let [c, d] = [1, 1 / kept(1 - ((a + b) * x) / (a + 1))];
  let fraction = d;
  for (let m = 1; m < TERMS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let step = 1;
    for (const term of [even, odd]) {
      d = 1 / kept(1 + term * d);
      c = kept(1 + term / c);
      step = c * d;
      fraction *= step;
    }
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return fraction;
}

// Complex numbers as plain values, for laws in the frequency domain, which are evaluated a few hundred times and not in a loop
// that must be fast.

import { atan2, cos, hypot, power, sin } from './elementary.ts';

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const ZERO: Complex = { re: 0, im: 0 };

export const complex = (re: number, im = 0): Complex => ({ re, im });

export const sum = (...terms: readonly Complex[]): Complex => {
  let [re, im] = [0, 0];
  for (const term of terms) {
    re += term.re;
    im += term.im;
  }
  return { re, im };
};

export const difference = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });

export const scaled = (factor: number, a: Complex): Complex => ({ re: factor * a.re, im: factor * a.im });

export const product = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});

/** a/b. Divided through by the larger part of b (Smith 1962, 10.1145/368637.368661), so that squares do not overflow. */
export function quotient(a: Complex, b: Complex): Complex {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const ratio = b.im / b.re;
    const below = b.re + b.im * ratio;
    return { re: (a.re + a.im * ratio) / below, im: (a.im - a.re * ratio) / below };
  }
  const ratio = b.re / b.im;
  const below = b.re * ratio + b.im;
  return { re: (a.re * ratio + a.im) / below, im: (a.im * ratio - a.re) / below };
}

export const reciprocal = (a: Complex): Complex => quotient({ re: 1, im: 0 }, a);

/** The root with a positive real part; on the negative axis the one with a positive imaginary part. */
export function squareRoot({ re, im }: Complex): Complex {
  if (re === 0 && im === 0) return ZERO;
  const size = hypot(re, im);
  const larger = Math.sqrt((size + Math.abs(re)) / 2);
  const smaller = Math.abs(im) / (2 * larger);
  const sign = im < 0 ? -1 : 1;
  return re >= 0 ? { re: larger, im: sign * smaller } : { re: smaller, im: sign * larger };
}

/** a^p of the principal branch. */
export function complexPower({ re, im }: Complex, p: number): Complex {
  const size = power(hypot(re, im), p);
  const angle = p * atan2(im, re);
  return { re: size * cos(angle), im: size * sin(angle) };
}

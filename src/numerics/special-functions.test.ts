import { describe, expect, test } from 'vitest';
import { erf, erfc, erfcx } from './special-functions.ts';

// 25-digit evaluation (mpmath 1.3.0), rounded to 18 digits.
const values: readonly (readonly [number, number, number])[] = [
  [1e-10, 1.12837916709551262e-10, 0.999999999887162083],
  [0.1, 0.112462916018284898, 0.887537083981715102],
  [0.5, 0.520499877813046538, 0.479500122186953462],
  [0.9, 0.79690821242283214, 0.20309178757716786],
  [1, 0.842700792949714869, 0.157299207050285131],
  [1.5, 0.966105146475310727, 0.0338948535246892729],
  [2, 0.995322265018952734, 0.00467773498104726584],
  [3, 0.999977909503001415, 0.0000220904969985854414],
  [5, 0.99999999999846254, 1.53745979442803485e-12],
  [8, 1, 1.12242971729829271e-29],
  [12, 1, 1.35626116920590421e-64],
  [20, 1, 5.39586561160790093e-176],
  [26, 1, 5.66319240885614285e-296],
  [-0.3, -0.328626759459127416, 1.32862675945912742],
  [-1, -0.842700792949714869, 1.84270079294971487],
  [-2.5, -0.999593047982555041, 1.99959304798255504],
];

describe('error function', () => {
  test.each(values)('erf and erfc at %f agree with 25-digit values to 1e-15', (x, erfValue, erfcValue) => {
    expect(Math.abs(erf(x) / erfValue - 1)).toBeLessThan(1e-15);
    expect(Math.abs(erfc(x) / erfcValue - 1)).toBeLessThan(1e-15);
  });

  test('erfcx keeps its digits where erfc has underflowed', () => {
    // Asymptotic series 1/(x√π)·(1 − 1/(2x²) + 3/(4x⁴) − …) is exact to rounding at x = 1e4.
    const x = 1e4;
    expect(erfcx(x) * x * Math.sqrt(Math.PI)).toBeCloseTo(1 - 1 / (2 * x * x), 14);
    expect(erfcx(-1)).toBeCloseTo(Math.E * 1.84270079294971487, 13);
    expect(erfcx(Number.POSITIVE_INFINITY)).toBe(0);
  });

  test('both branches of erf and of erfc meet at their seams', () => {
    for (const seam of [0.5, 1, 6]) {
      const below = seam * (1 - 1e-14);
      const above = seam * (1 + 1e-14);
      expect(Math.abs(erf(above) - erf(below))).toBeLessThan(1e-12);
      expect(Math.abs(erfc(above) / erfc(below) - 1)).toBeLessThan(1e-10);
    }
  });

  test('limits and odd input', () => {
    expect(erf(0)).toBe(0);
    expect(erfc(0)).toBe(1);
    expect(erfc(40)).toBe(0);
    expect(erfc(-40)).toBe(2);
    expect(erf(Number.NaN)).toBeNaN();
    expect(erfc(Number.NaN)).toBeNaN();
  });
});

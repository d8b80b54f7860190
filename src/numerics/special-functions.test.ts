import { describe, expect, test } from 'vitest';
import { erf, erfc, erfcx } from './special-functions.ts';

// 25-digit evaluation (mpmath 1.3.0), rounded to 18 digits.
const values: readonly (readonly [number, number, number])[] = [
  [1e-10, 1.1283791670955126e-10, 0.999999999887162],
  [0.1, 0.1124629160182849, 0.887537083981715],
  [0.5, 0.5204998778130465, 0.4795001221869535],
  [0.9, 0.7969082124228322, 0.20309178757716786],
  [1, 0.8427007929497149, 0.15729920705028513],
  [1.5, 0.9661051464753108, 0.033894853524689274],
  [2, 0.9953222650189527, 0.004677734981047266],
  [3, 0.9999779095030014, 2.209049699858544e-5],
  [5, 0.9999999999984626, 1.537459794428035e-12],
  [8, 1, 1.1224297172982926e-29],
  [12, 1, 1.3562611692059042e-64],
  [20, 1, 5.395865611607901e-176],
  [26, 1, 5.663192408856143e-296],
  [-0.3, -0.3286267594591274, 1.3286267594591274],
  [-1, -0.8427007929497149, 1.8427007929497148],
  [-2.5, -0.999593047982555, 1.999593047982555],
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
    expect(erfcx(-1)).toBeCloseTo(Math.E * 1.8427007929497148, 13);
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

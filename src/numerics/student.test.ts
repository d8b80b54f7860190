import { describe, expect, test } from 'vitest';
import { studentQuantile, studentTail } from './student.ts';

// 30-digit evaluation (mpmath 1.3.0).
const QUANTILES: readonly (readonly [p: number, freedom: number, t: number])[] = [
  [0.975, 0.5, 164.55767348048823],
  [0.975, 1, 12.706204736174692],
  [0.975, 1.5, 6.016663104427928],
  [0.975, 2, 4.302652729749462],
  [0.975, 2.5, 3.5746548420036817],
  [0.975, 3, 3.182446305283708],
  [0.975, 4, 2.7764451051977934],
  [0.975, 7.3, 2.345066736547703],
  [0.975, 10, 2.2281388519862744],
  [0.975, 30, 2.0422724563012378],
  [0.975, 108, 1.9821734833077267],
  [0.975, 1000, 1.962339080826408],
  [0.975, 9999, 1.9602012636213573],
  [0.975, 20_000, 1.9600826051581348],
  [0.975, 1e6, 1.9599663568141068],
  [0.995, 5, 4.032142983555227],
  [0.75, 12, 0.6954828655117926],
  [0.6, 3, 0.27667066233268983],
  [0.9999, 6, 8.024792773116534],
];

describe("Student's distribution", () => {
  test.each(QUANTILES)('quantile %f at %f degrees of freedom', (p, freedom, t) => {
    expect(Math.abs(studentQuantile(p, freedom) / t - 1)).toBeLessThan(1e-12);
    expect(Math.abs(studentTail(t, freedom) / (2 * (1 - p)) - 1)).toBeLessThan(1e-10);
  });

  test('closed forms: an arctangent for one degree of freedom, a root for two', () => {
    for (const t of [1e-6, 0.03, 0.9, 1, 1.1, 40, 1e7]) {
      expect(Math.abs(studentTail(t, 1) / ((2 * Math.atan(1 / t)) / Math.PI) - 1)).toBeLessThan(1e-13);
      const root = Math.sqrt(2 + t * t);
      expect(Math.abs(studentTail(t, 2) / (2 / (root * (root + t))) - 1)).toBeLessThan(1e-13);
    }
  });

  test('ends, and what has no quantile', () => {
    expect(studentTail(0, 3)).toBe(1);
    expect(studentTail(Number.POSITIVE_INFINITY, 3)).toBe(0);
    expect([studentQuantile(0.5, 3), studentQuantile(1, 3)]).toEqual([0, Number.POSITIVE_INFINITY]);
    expect([studentQuantile(0.975, 0), studentQuantile(0.3, 3), studentTail(1, -1)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});

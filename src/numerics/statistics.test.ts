import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correlation, quantileSorted, rankCorrelation, ranks } from './statistics.ts';

describe('quantiles', () => {
  test('are Hazen’s', () => {
    const values = [1, 2, 4, 8, 16];
    expect(quantileSorted(values, 0.1)).toBe(1);
    expect(quantileSorted(values, 0.5)).toBe(4);
    expect(quantileSorted(values, 0.6)).toBe(6);
    expect(quantileSorted(values, 0.9)).toBe(16);
    expect(quantileSorted(values, 1)).toBe(16);
    expect(quantileSorted([3], 0.1)).toBe(3);
    expect(quantileSorted([], 0.5)).toBeNaN();
  });

  test('lie within the values, rise with p, and change places under reflection', () => {
    const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(numbers, share, share, (values, p, q) => {
        const sorted = [...values].sort((a, b) => a - b);
        const [low, high] = [Math.min(p, q), Math.max(p, q)].map((one) => quantileSorted(sorted, one));
        expect(low).toBeGreaterThanOrEqual(sorted[0]!);
        expect(high).toBeLessThanOrEqual(sorted.at(-1)!);
        expect(high! - low!).toBeGreaterThanOrEqual(-1e-9);
        const mirrored = sorted.map((x) => -x).reverse();
        expect(-quantileSorted(mirrored, 1 - p)).toBeCloseTo(quantileSorted(sorted, p), 3);
      }),
    );
  });
});

describe('rank correlation', () => {
  test('ranks share their mean where values are equal', () => {
    expect(Array.from(ranks([30, 10, 20, 10]))).toEqual([4, 1.5, 3, 1.5]);
  });

  test('is 1 for any rising curve, −1 for any falling one, and undefined for a constant', () => {
    const x = [0.1, 3, 0.5, 2, 9];
    expect(rankCorrelation(x, x.map(Math.exp))).toBe(1);
    expect(
      rankCorrelation(
        x,
        x.map((value) => 1 / value),
      ),
    ).toBe(-1);
    expect(
      rankCorrelation(
        x,
        x.map(() => 4),
      ),
    ).toBeNaN();
  });

  test('of five pairs is 1 − 6·Σd²/(n³ − n)', () => {
    // Ranks 1 2 3 4 5 against 2 1 4 3 5: Σd² = 4.
    expect(rankCorrelation([1, 2, 3, 4, 5], [20, 10, 40, 30, 50])).toBeCloseTo(1 - (6 * 4) / 120, 14);
  });

  test('Pearson’s is that of a straight line with a known remainder', () => {
    // y = x + e, e orthogonal to x and of equal variance: r = 1/√2.
    expect(correlation([1, 1, -1, -1], [2, 0, 0, -2])).toBeCloseTo(Math.SQRT1_2, 14);
  });
});

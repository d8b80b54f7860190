import { describe, expect, test } from 'vitest';
import { linearLeastSquaresInPlace } from './linear-least-squares.ts';

describe('linear least squares', () => {
  test('a line through four points, by hand', () => {
    // y = 0.9 + 1.4x through (0, 1), (1, 2), (2, 4), (3, 5): slope 1.4, intercept 0.9.
    const A = Float64Array.of(1, 1, 1, 1, 0, 1, 2, 3);
    const x = linearLeastSquaresInPlace(A, Float64Array.of(1, 2, 4, 5), 4, 2);
    expect(x[0]).toBeCloseTo(0.9, 14);
    expect(x[1]).toBeCloseTo(1.4, 14);
  });

  test('an ill-conditioned polynomial keeps its digits, where normal equations would have lost them all', () => {
    const [m, n] = [30, 10];
    const A = new Float64Array(m * n);
    const b = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      for (let k = 0; k < n; k++) A[k * m + i] = (1 + i / m) ** k;
      for (let k = 0; k < n; k++) b[i]! += (k + 1) * A[k * m + i]!;
    }
    const x = linearLeastSquaresInPlace(A, b, m, n);
    for (let k = 0; k < n; k++) expect(Math.abs(x[k]! - (k + 1))).toBeLessThan(1e-3);
  });

  test('a column of zeros gets 0', () => {
    const x = linearLeastSquaresInPlace(Float64Array.of(1, 2, 0, 0), Float64Array.of(3, 6), 2, 2);
    expect(Array.from(x)).toEqual([expect.closeTo(3, 14), 0]);
  });
});

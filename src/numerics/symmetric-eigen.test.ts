import { describe, expect, test } from 'vitest';
import { randomStream } from './sampling.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

describe('eigenvalues of a symmetric matrix', () => {
  test('two by two, by hand', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(values[0]).toBeCloseTo(1, 14);
    expect(values[1]).toBeCloseTo(3, 14);
    expect(vectors[0]! + vectors[1]!).toBeCloseTo(0, 14);
  });

  test('A·v = λ·v with unit vectors, upwards, and the trace is kept', () => {
    const n = 9;
    const random = randomStream(3);
    const A = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let k = 0; k <= i; k++) A[i * n + k] = A[k * n + i] = random() - 0.5;
    const { values, vectors } = symmetricEigen(A, n);
    for (let e = 0; e < n; e++) {
      const v = vectors.subarray(e * n, (e + 1) * n);
      expect(Math.hypot(...v)).toBeCloseTo(1, 13);
      for (let i = 0; i < n; i++) {
        let Av = 0;
        for (let k = 0; k < n; k++) Av += A[i * n + k]! * v[k]!;
        expect(Av).toBeCloseTo(values[e]! * v[i]!, 13);
      }
      if (e > 0) expect(values[e]).toBeGreaterThanOrEqual(values[e - 1]!);
    }
  });

  test('a zero beside a one is a zero to the last digits', () => {
    const { values } = symmetricEigen(Float64Array.of(1, 1, 0, 1, 1, 0, 0, 0, 1e-9), 3);
    expect(Math.abs(values[0]!)).toBeLessThan(1e-15);
    expect(values[1]).toBeCloseTo(1e-9, 18);
  });
});

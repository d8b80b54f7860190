import { describe, expect, test } from 'vitest';
import { nonnegativeQuadratic } from './nonnegative-least-squares.ts';
import { randomStream } from './sampling.ts';

describe('non-negative quadratic programming', () => {
  test('where the free least is non-negative it is the answer', () => {
    const { x, positive, converged } = nonnegativeQuadratic(Float64Array.of(4, 1, 1, 3), Float64Array.of(1, 2));
    expect(converged).toBe(true);
    expect(x[0]).toBeCloseTo(1 / 11, 14);
    expect(x[1]).toBeCloseTo(7 / 11, 14);
    expect(positive).toEqual([true, true]);
  });

  test('two variables, by hand: the free least (1, −1) becomes (0.5, 0)', () => {
    const { x } = nonnegativeQuadratic(Float64Array.of(2, 1, 1, 2), Float64Array.of(1, -1));
    expect(x[0]).toBeCloseTo(0.5, 14);
    expect(x[1]).toBe(0);
  });

  test('random problems end where no variable can better itself, from any start', () => {
    const random = randomStream(7);
    for (let round = 0; round < 40; round++) {
      const n = 12;
      const J = Float64Array.from({ length: 15 * n }, () => random() - 0.3);
      const A = new Float64Array(n * n);
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < n; k++)
          for (let row = 0; row < 15; row++) A[i * n + k]! += J[row * n + i]! * J[row * n + k]!;
      }
      for (let i = 0; i < n; i++) A[i * n + i]! += 1e-6;
      const b = Float64Array.from({ length: n }, () => random() - 0.5);
      const start = Array.from({ length: n }, () => random() > 0.5);
      const { x, converged } = nonnegativeQuadratic(A, b, start);
      expect(converged).toBe(true);
      for (let i = 0; i < n; i++) {
        let gradient = -b[i]!;
        for (let k = 0; k < n; k++) gradient += A[i * n + k]! * x[k]!;
        expect(x[i]).toBeGreaterThanOrEqual(0);
        if (x[i]! > 0) expect(Math.abs(gradient)).toBeLessThan(1e-8);
        else expect(gradient).toBeGreaterThan(-1e-8);
      }
    }
  });

  test('columns that are nearly alike, where blocks go round in circles, still end at the least', () => {
    // Relaxations a tenth of a decade apart seen through noise: neighbours differ by less than the noise does.
    const random = randomStream(3);
    const [n, rows] = [80, 162];
    const J = Float64Array.from({ length: rows * n }, (_, at) => {
      const [row, k] = [Math.floor(at / n), at % n];
      const wt = 10 ** ((row % 81) / 10 - k / 10);
      return row < 81 ? 1 / (1 + wt * wt) : wt / (1 + wt * wt);
    });
    const data = Float64Array.from(
      { length: rows },
      (_, row) => J[row * n + 30]! + J[row * n + 50]! + 0.2 * (random() - 0.5),
    );
    const A = new Float64Array(n * n);
    const b = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let row = 0; row < rows; row++) b[i]! += J[row * n + i]! * data[row]!;
      for (let k = 0; k < n; k++)
        for (let row = 0; row < rows; row++) A[i * n + k]! += J[row * n + i]! * J[row * n + k]!;
      A[i * n + i]! += 1e-9;
    }
    for (const start of [false, true]) {
      const { x, converged } = nonnegativeQuadratic(A, b, Array(n).fill(start));
      expect(converged).toBe(true);
      for (let i = 0; i < n; i++) {
        let gradient = -b[i]!;
        for (let k = 0; k < n; k++) gradient += A[i * n + k]! * x[k]!;
        expect(x[i]).toBeGreaterThanOrEqual(0);
        if (x[i]! > 0) expect(Math.abs(gradient)).toBeLessThan(1e-6);
        else expect(gradient).toBeGreaterThan(-1e-6);
      }
    }
  });
});

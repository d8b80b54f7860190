import { describe, expect, test } from 'vitest';
import { leastSquares, ridgeRegression } from './least-squares.ts';

describe('least squares', () => {
  test('a decay is found again from far off, with the covariance of theory', () => {
    const t = Array.from({ length: 40 }, (_, k) => k / 10);
    const sd = 0.01;
    const truth = [3, 0.7];
    const fit = leastSquares(
      {
        residuals: t.length,
        parameters: 2,
        evaluateInto: ([a, k], r, J) => {
          for (const [i, time] of t.entries()) {
            const decay = Math.exp(-k! * time);
            r[i] = (a! * decay - truth[0]! * Math.exp(-truth[1]! * time)) / sd;
            J[2 * i] = decay / sd;
            J[2 * i + 1] = (-a! * time * decay) / sd;
          }
        },
      },
      [0.3, 4],
    );
    expect(fit.converged).toBe(true);
    expect(fit.parameters[0]).toBeCloseTo(3, 9);
    expect(fit.parameters[1]).toBeCloseTo(0.7, 9);
    // (JᵀJ)⁻¹ of two parameters by hand.
    const [aa, ak, kk] = t.reduce(
      ([x, y, z], time) => {
        const decay = Math.exp(-0.7 * time);
        return [x! + decay ** 2, y! - 3 * time * decay ** 2, z! + (3 * time * decay) ** 2];
      },
      [0, 0, 0],
    );
    const determinant = aa! * kk! - ak! ** 2;
    expect(fit.covariance[0]! / ((kk! * sd ** 2) / determinant)).toBeCloseTo(1, 6);
    expect(fit.covariance[1]! / ((-ak! * sd ** 2) / determinant)).toBeCloseTo(1, 6);
  });

  test('a step into a valley that bends (Rosenbrock) is found', () => {
    const fit = leastSquares(
      {
        residuals: 2,
        parameters: 2,
        evaluateInto: ([x, y], r, J) => {
          r[0] = 10 * (y! - x! * x!);
          r[1] = 1 - x!;
          J.set([-20 * x!, 10, -1, 0]);
        },
      },
      [-1.2, 1],
    );
    expect(fit.parameters[0]).toBeCloseTo(1, 6);
    expect(fit.parameters[1]).toBeCloseTo(1, 6);
  });

  test('a parameter that no residual feels has no covariance, and the others are found', () => {
    const fit = leastSquares(
      {
        residuals: 1,
        parameters: 2,
        evaluateInto: ([x], r, J) => {
          r[0] = x! - 2;
          J.set([1, 0]);
        },
      },
      [0, 5],
    );
    expect(fit.parameters[0]).toBeCloseTo(2, 6);
    expect(fit.parameters[1]).toBe(5);
    expect(fit.covariance.every(Number.isNaN)).toBe(true);
  });
});

describe('ridge regression', () => {
  const X = [
    [1, 0, 5],
    [2, 1, 5],
    [3, 0, 5],
    [4, 1, 5],
  ];
  const y = [1, 4, 3, 6];

  test('a vanishing penalty gives the plane through the points, a large one their mean', () => {
    const loose = ridgeRegression(X, y, 1e-9);
    for (const [i, x] of X.entries()) expect(loose(x)).toBeCloseTo(y[i]!, 6);
    expect(ridgeRegression(X, y, 1e9)([9, 9, 5])).toBeCloseTo(3.5, 6);
  });

  test('the penalty counts in standard deviations: units of a column do not matter', () => {
    const inMillimetres = X.map(([a, b, c]) => [a! * 1000, b!, c!]);
    expect(ridgeRegression(inMillimetres, y, 2)([2500, 1, 5])).toBeCloseTo(ridgeRegression(X, y, 2)([2.5, 1, 5]), 12);
  });

  test('no penalty is refused', () => {
    expect(() => ridgeRegression(X, y, 0)).toThrow('want a positive number');
  });
});

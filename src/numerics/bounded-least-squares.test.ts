import { describe, expect, test } from 'vitest';
import { boundedLeastSquares } from './bounded-least-squares.ts';

/** Rosenbrock's valley: r = (10(y − x²), 1 − x). */
const valley = {
  residuals: 2,
  evaluateInto: (p: Float64Array, r: Float64Array, J: Float64Array | null) => {
    r[0] = 10 * (p[1]! - p[0]! ** 2);
    r[1] = 1 - p[0]!;
    J?.set([-20 * p[0]!, -1, 10, 0]);
  },
};
const open = { lower: [-9, -9], upper: [9, 9] };

describe('bounded least squares', () => {
  test('a valley that bends is followed to its end', () => {
    const fit = boundedLeastSquares({ ...valley, ...open }, [-1.2, 1]);
    expect(fit.converged).toBe(true);
    expect(fit.parameters[0]).toBeCloseTo(1, 10);
    expect(fit.parameters[1]).toBeCloseTo(1, 10);
    expect(fit.atBound).toEqual([false, false]);
    expect({ iterations: fit.iterations, evaluations: fit.evaluations }).toMatchInlineSnapshot(`
      {
        "evaluations": 48,
        "iterations": 18,
      }
    `);
  });

  test('a bound in the way is where the least stands, and a start outside is moved inside', () => {
    // On x ≤ 0.5 the least of the valley is (0.5, 0.25), cost 0.25.
    const fit = boundedLeastSquares({ ...valley, lower: [-9, -9], upper: [0.5, 9] }, [3, 3]);
    expect(fit.parameters[0]).toBe(0.5);
    expect(fit.parameters[1]).toBeCloseTo(0.25, 10);
    expect(fit.cost).toBeCloseTo(0.25, 12);
    expect(fit.atBound).toEqual([true, false]);
  });

  test('a parameter that starts on a bound leaves it where the gradient leads away', () => {
    const fit = boundedLeastSquares({ ...valley, lower: [-1.2, -9], upper: [9, 9] }, [-1.2, 1]);
    expect(fit.parameters[0]).toBeCloseTo(1, 10);
  });

  test('a parameter that no residual feels stays, and the others are found', () => {
    const fit = boundedLeastSquares(
      {
        residuals: 2,
        lower: [-9, -9],
        upper: [9, 9],
        evaluateInto: ([x], r, J) => {
          r[0] = x! - 2;
          r[1] = 2 * (x! - 2);
          J?.set([1, 2, 0, 0]);
        },
      },
      [0, 7],
    );
    expect(Array.from(fit.parameters)).toEqual([expect.closeTo(2, 12), 7]);
    expect(fit.normal[3]).toBe(0);
  });

  test('the allowed steps are a limit, and what is best so far is kept', () => {
    const fit = boundedLeastSquares({ ...valley, ...open }, [-1.2, 1], { iterations_max: 3 });
    expect(fit.converged).toBe(false);
    expect(fit.iterations).toBe(3);
    expect(fit.cost).toBeLessThan(24.2);
  });

  test('no step is longer than allowed', () => {
    const seen: number[] = [];
    boundedLeastSquares(
      {
        residuals: 1,
        lower: [-100],
        upper: [100],
        evaluateInto: ([x], r, J) => {
          seen.push(x!);
          r[0] = x! - 50;
          J?.set([1]);
        },
      },
      [0],
      { step_max: 5 },
    );
    const longest = Math.max(...seen.slice(1).map((x, k) => Math.abs(x - seen[k]!)));
    expect(longest).toBeCloseTo(5, 12);
    expect(seen.at(-1)).toBeCloseTo(50, 9);
  });
});

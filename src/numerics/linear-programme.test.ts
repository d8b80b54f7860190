import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minimiseLinear } from './linear-programme.ts';

describe('linear programmes', () => {
  test('a small one with a known answer', () => {
    // Most of 3x + 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: x = 2, y = 6.
    const outcome = minimiseLinear({
      amounts: [4, 12, 18],
      columns: [
        [1, 0, 3],
        [0, 2, 2],
      ],
      costs: [-3, -5],
    });
    expect(outcome.kind).toBe('optimum');
    if (outcome.kind !== 'optimum') return;
    expect([...outcome.x]).toEqual([2, 6]);
    expect([...outcome.start]).toEqual([2, 0, 0]);
    expect(outcome.cost).toBe(-36);
    expect(outcome.pivots).toBe(3);
  });

  test('costs of the start count, so that a dear start is left', () => {
    const outcome = minimiseLinear({ amounts: [6], columns: [[2], [3]], costs: [5, 7], startCosts: [4] });
    expect(outcome).toMatchObject({ kind: 'optimum', cost: 14 });
  });

  test('one that falls without end says along what', () => {
    expect(minimiseLinear({ amounts: [1], columns: [[1], [-1]], costs: [1, -1] })).toEqual({
      kind: 'unbounded',
      column: 1,
    });
  });

  test('the example on which the simplex method runs in circles without a rule against it', () => {
    // Beale 1955: degenerate; the optimum is −1/20.
    const outcome = minimiseLinear({
      amounts: [0, 0, 1],
      columns: [
        [1 / 4, 1 / 2, 0],
        [-60, -90, 0],
        [-1 / 25, -1 / 50, 1],
        [9, 3, 0],
      ],
      costs: [-3 / 4, 150, -1 / 50, 6],
    });
    expect(outcome.kind === 'optimum' && outcome.cost).toBeCloseTo(-1 / 20, 12);
  });

  test('amounts below zero are a fault of the caller', () => {
    expect(() => minimiseLinear({ amounts: [-1], columns: [], costs: [] })).toThrow('assert');
  });

  test('no other corner is cheaper, and the rows hold', () => {
    const whole = fc.integer({ min: 0, max: 5 });
    const problem = fc.tuple(
      fc.tuple(whole, whole),
      fc.array(fc.tuple(whole, whole, fc.integer({ min: -9, max: 9 })), { minLength: 1, maxLength: 6 }),
    );
    fc.assert(
      fc.property(problem, ([amounts, rows]) => {
        const columns = rows.filter(([a, b]) => a + b > 0);
        const outcome = minimiseLinear({
          amounts,
          columns: columns.map(([a, b]) => [a, b]),
          costs: columns.map(([, , cost]) => cost),
        });
        if (outcome.kind !== 'optimum') throw new Error('columns that all use something up cannot be unbounded');
        const all = [[1, 0, 0], [0, 1, 0], ...columns] as const;
        const values = [...outcome.start, ...outcome.x];
        for (const i of [0, 1] as const) {
          expect(all.reduce((sum, column, k) => sum + column[i] * values[k]!, 0)).toBeCloseTo(amounts[i], 9);
        }
        // Every corner has at most two columns in use.
        for (const [a1, a2, costA] of all) {
          for (const [b1, b2, costB] of all) {
            const determinant = a1 * b2 - a2 * b1;
            if (determinant === 0) continue;
            const a = (amounts[0] * b2 - amounts[1] * b1) / determinant;
            const b = (a1 * amounts[1] - a2 * amounts[0]) / determinant;
            if (a >= 0 && b >= 0) expect(a * costA + b * costB).toBeGreaterThanOrEqual(outcome.cost - 1e-9);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

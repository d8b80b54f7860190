import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BranchedChain, type BranchedChainShape } from './branched-chain.ts';

/** The same system written out as a dense matrix from its definition, for comparison. */
function dense(m: BranchedChain): number[][] {
  const { scalars, pairs, branch, border, sharedBranch } = m.shape;
  const rows = Array.from({ length: m.size }, () => new Array<number>(m.size).fill(0));
  const node = (k: number): number => scalars + 2 * k;
  const addG = (row: number, k: number, factor: number): void => {
    const last = m.branchStart + (k + 1) * branch - 1;
    rows[row]![node(k)]! += factor * m.gU[k]!;
    rows[row]![node(k) + 1]! += factor * m.gV[k]!;
    rows[row]![last]! += factor * m.gS[k]! * 1.5;
    rows[row]![last - 1]! -= factor * m.gS[k]! * 0.5;
  };
  for (let k = 0; k < scalars; k++) {
    if (k > 0) rows[k]![k - 1] = m.scalarLower[k]!;
    rows[k]![k] = m.scalarDiagonal[k]!;
    if (k < scalars - 1 || pairs > 0) rows[k]![k + 1] = m.scalarUpper[k]!;
  }
  for (let k = 0; k < pairs; k++) {
    for (const r of [0, 1]) {
      const row = rows[node(k) + r]!;
      for (const c of [0, 1]) {
        row[node(k) + c]! += m.pairDiagonal[4 * k + 2 * r + c]!;
        if (k > 0) row[node(k) - 2 + c]! += m.pairLower[4 * k + 2 * r + c]!;
        if (k < pairs - 1) row[node(k) + 2 + c]! += m.pairUpper[4 * k + 2 * r + c]!;
      }
      if (k === 0 && scalars > 0) row[scalars - 1]! += m.pairLower[2 * r]!;
    }
    addG(node(k) + 1, k, m.pull[k]!);
    const o = sharedBranch ? 0 : k * branch;
    for (let i = 0; i < branch; i++) {
      const at = m.branchStart + k * branch + i;
      if (i > 0) rows[at]![at - 1]! += m.branchLower[o + i]!;
      rows[at]![at]! += m.branchDiagonal[o + i]!;
      if (i < branch - 1) rows[at]![at + 1]! += m.branchUpper[o + i]!;
    }
    addG(m.branchStart + (k + 1) * branch - 1, k, m.push);
  }
  for (let j = 0; j < border; j++) {
    for (let i = 0; i < m.borderStart; i++) rows[i]![m.borderStart + j]! += m.columns[j]![i]!;
    const row = rows[m.borderStart + j]!;
    m.rows[j]!.forEach((value, i) => {
      row[i]! += value;
    });
    for (let i = 0; i < border; i++) row[m.borderStart + i]! += m.corner[j * border + i]!;
  }
  return rows;
}

function fill(m: BranchedChain, next: () => number): void {
  const set = (array: Float64Array, centre: number): void => {
    for (let i = 0; i < array.length; i++) array[i] = centre + next();
  };
  for (const array of [m.scalarLower, m.scalarUpper, m.pairLower, m.pairUpper, m.branchLower, m.branchUpper])
    set(array, 0);
  for (const array of [m.gS, m.gU, m.gV, m.pull, ...m.columns, ...m.rows]) set(array, 0);
  set(m.scalarDiagonal, 4);
  set(m.branchDiagonal, 4);
  set(m.corner, 0);
  for (let i = 0; i < m.shape.border; i++) m.corner[i * m.shape.border + i]! += 5;
  set(m.pairDiagonal, 0);
  for (let k = 0; k < m.shape.pairs; k++) {
    m.pairDiagonal[4 * k]! += 5;
    m.pairDiagonal[4 * k + 3]! -= 6;
  }
  m.push = 0.5 * next();
}

const shapes = fc.record({
  scalars: fc.integer({ min: 1, max: 7 }),
  pairs: fc.integer({ min: 0, max: 6 }),
  branch: fc.integer({ min: 2, max: 6 }),
  border: fc.integer({ min: 0, max: 5 }),
  sharedBranch: fc.boolean(),
});

describe('a chain with branches and a border', () => {
  test('solves what its dense form multiplies', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 2 ** 30 }), (shape: BranchedChainShape, seed) => {
        let state = seed;
        const next = (): number => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return state / 2 ** 31 - 1;
        };
        const m = new BranchedChain(shape);
        fill(m, next);
        if (!m.factorise()) return;
        const x = Float64Array.from({ length: m.size }, next);
        const b = Float64Array.from(dense(m), (row) => row.reduce((sum, value, i) => sum + value * x[i]!, 0));
        m.solveInPlace(b);
        const scale = Math.max(1, ...b.map(Math.abs));
        for (let i = 0; i < m.size; i++) expect(Math.abs(b[i]! - x[i]!) / scale).toBeLessThan(1e-8);
      }),
      { numRuns: 300 },
    );
  });

  test('a singular matrix is reported, not divided by', () => {
    const m = new BranchedChain({ scalars: 3, pairs: 2, branch: 3, border: 1, sharedBranch: true });
    expect(m.factorise()).toBe(false);
  });
});

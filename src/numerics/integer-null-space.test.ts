import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integerNullSpace } from './integer-null-space.ts';

const big = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map(BigInt));

describe('the null space of whole numbers', () => {
  test('the coefficients of a reaction: KMnO4 + HCl → KCl + MnCl2 + H2O + Cl2', () => {
    const rows = big([
      [1, 0, -1, 0, 0, 0],
      [1, 0, 0, -1, 0, 0],
      [4, 0, 0, 0, -1, 0],
      [0, 1, 0, 0, -2, 0],
      [0, 1, -1, -2, 0, -2],
    ]);
    expect(integerNullSpace(rows, 6)).toEqual([[2n, 16n, 2n, 2n, 8n, 5n]]);
  });

  test('as many vectors as there are free columns; none for full rank', () => {
    expect(integerNullSpace(big([[1, 1, 1]]), 3)).toHaveLength(2);
    const identity = [
      [1, 0],
      [0, 1],
    ];
    expect(integerNullSpace(big(identity), 2)).toEqual([]);
    expect(integerNullSpace([], 1)).toEqual([[1n]]);
  });

  test('every vector is mapped to zero, exactly, and dimensions add up', () => {
    const matrix = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 7 })).chain(([height, width]) =>
      fc.array(fc.array(fc.integer({ min: -40, max: 40 }), { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    );
    fc.assert(
      fc.property(matrix, (numbers) => {
        const rows = big(numbers);
        const width = rows[0]!.length;
        const basis = integerNullSpace(rows, width);
        expect(basis.length).toBeGreaterThanOrEqual(width - rows.length);
        for (const vector of basis) {
          expect(vector.some((value) => value !== 0n)).toBe(true);
          for (const row of rows) {
            expect(row.reduce((sum, entry, j) => sum + entry * vector[j]!, 0n)).toBe(0n);
          }
        }
      }),
    );
  });
});

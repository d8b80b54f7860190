import { describe, expect, test } from 'vitest';
import { isAscending, rowAtLeast, visibleRows } from './visible-rows.ts';

const line = (count: number, value: (row: number) => number) => ({
  x: Float64Array.from({ length: count }, (_, row) => row),
  y: Float64Array.from({ length: count }, (_, row) => value(row)),
});

describe('rows in view', () => {
  test('a short curve is drawn whole, with a row beyond either edge', () => {
    const { x, y } = line(100, (row) => row);
    expect([...visibleRows(x, y, 10, 20, 50)]).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
  });

  test('of a long one every spike stays, and no more rows than five a column', () => {
    const { x, y } = line(1_000_000, (row) => (row === 654_321 ? 9 : Math.sin(row)));
    const rows = visibleRows(x, y, 0, 1e6, 800);
    expect(rows.length).toBeLessThanOrEqual(4000);
    expect(rows).toContain(654_321);
    expect([...rows].every((row, k) => k === 0 || row > rows[k - 1]!)).toBe(true);
  });

  test('a gap stays a gap', () => {
    const { x, y } = line(10_000, (row) => (row === 5000 ? Number.NaN : 1));
    expect([...visibleRows(x, y, 0, 1e4, 10)].some((row) => Number.isNaN(y[row]!))).toBe(true);
  });

  test('order and search', () => {
    expect(isAscending(Float64Array.of(1, 1, 2))).toBe(true);
    expect(isAscending(Float64Array.of(1, 3, 2))).toBe(false);
    expect([0, 1, 1.5, 9].map((value) => rowAtLeast(Float64Array.of(1, 1, 2, 4), value))).toEqual([0, 0, 2, 4]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CyclingRecord, Provenance } from './cycling-record.ts';
import { createRecordBuilder } from './record-builder.ts';

const provenance: Provenance = { kind: 'simulated', origin: 'test', program: 'test', notes: [] };
const finishAs = { area_m2: 1e-4, provenance };

/** Steps of the lengths given, two steps a cycle; every value of a row says which row it was. */
function fill(stepLengths: readonly number[], rows_max: number) {
  const builder = createRecordBuilder(['mark_V', 'mark_m'], rows_max);
  const extra = new Float64Array(2);
  let row = 0;
  let rowsSeen_max = 0;
  stepLengths.forEach((rows, index) => {
    for (let k = 0; k < rows; k++) {
      extra[0] = 10 * row;
      extra[1] = -row;
      builder.push(row, row + 0.25, row + 0.5, row + 0.75, 1 + Math.floor(index / 2), 1 + (index % 2), extra);
      rowsSeen_max = Math.max(rowsSeen_max, builder.length);
      row++;
    }
  });
  return { builder, rowsSeen_max };
}

/** The row numbers that are left, after checking that no column has slipped against another. */
function rowsLeft(record: CyclingRecord): number[] {
  const rows = [...record.time_s];
  rows.forEach((row, i) => {
    expect(record.current_A[i]).toBe(row + 0.25);
    expect(record.voltage_V[i]).toBe(row + 0.5);
    expect(record.temperature_K[i]).toBe(row + 0.75);
    expect(record.extra.mark_V![i]).toBe(10 * row);
    expect(record.extra.mark_m![i]).toBe(-row);
  });
  return rows;
}

function firstAndLastRows(stepLengths: readonly number[]): number[] {
  const rows: number[] = [];
  let start = 0;
  for (const length of stepLengths) {
    if (length > 0) rows.push(start, start + length - 1);
    start += length;
  }
  return rows;
}

describe('record builder', () => {
  test('keeps every row below its limit, across several doublings', () => {
    const { builder } = fill([700, 800], 10_000);
    expect(builder.length).toBe(1500);
    const record = builder.finish(finishAs);
    expect(rowsLeft(record)).toEqual(Array.from({ length: 1500 }, (_, row) => row));
    expect(record.cycle[1499]).toBe(1);
    expect([record.step[699], record.step[700]]).toEqual([1, 2]);
    expect(record.area_m2).toBe(1e-4);
  });

  test('thin keeps first, last and every second row of each step', () => {
    const { builder } = fill([5, 4, 1, 2], 100);
    builder.thin();
    expect(rowsLeft(builder.finish(finishAs))).toEqual([0, 2, 4, 5, 7, 8, 9, 10, 11]);
  });

  test('a finished record does not change when the builder goes on', () => {
    const { builder } = fill([5], 100);
    const record = builder.finish(finishAs);
    builder.thin();
    builder.push(5, 0, 0, 0, 1, 1, [0, 0]);
    expect(rowsLeft(record)).toEqual([0, 1, 2, 3, 4]);
  });

  test('at its limit the oldest cycles are thinned and the newest is left whole', () => {
    const stepLengths = Array.from({ length: 24 }, () => 100);
    const { builder, rowsSeen_max } = fill(stepLengths, 2000);
    expect(rowsSeen_max).toBeLessThanOrEqual(2000);
    const record = builder.finish(finishAs);
    rowsLeft(record);
    const rowsOf = (cycle: number) => record.cycle.filter((c) => c === cycle).length;
    const counts = Array.from({ length: 12 }, (_, k) => rowsOf(k + 1));
    expect(counts[11]).toBe(200);
    expect(counts[0]).toBeLessThan(110);
    for (let k = 1; k < counts.length; k++) expect(counts[k]!).toBeGreaterThanOrEqual(counts[k - 1]!);
  });

  test('one endless step stays within the limit', () => {
    const { builder, rowsSeen_max } = fill([50_000], 1000);
    expect(rowsSeen_max).toBeLessThanOrEqual(1000);
    const rows = rowsLeft(builder.finish(finishAs));
    expect([rows[0], rows.at(-1)]).toEqual([0, 49_999]);
  });

  test('property: whatever the steps and the limit, first and last rows stay, order holds, memory is bounded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 300 }),
        (stepLengths, rows_max) => {
          const { builder, rowsSeen_max } = fill(stepLengths, rows_max);
          const rows = rowsLeft(builder.finish(finishAs));
          const left = new Set(rows);
          for (const row of firstAndLastRows(stepLengths)) expect(left.has(row)).toBe(true);
          for (let i = 1; i < rows.length; i++) expect(rows[i]!).toBeGreaterThan(rows[i - 1]!);
          expect(rowsSeen_max).toBeLessThanOrEqual(Math.max(rows_max, 8 * stepLengths.length + 8));
        },
      ),
    );
  });

  test('a limit below one row is a bug of the caller', () => {
    expect(() => createRecordBuilder([], 0)).toThrow(RangeError);
  });
});

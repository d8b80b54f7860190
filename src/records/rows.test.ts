import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import type { CyclingRecord } from './cycling-record.ts';
import { concatenateRecords, recordRows, sliceRecord, stepRanges } from './rows.ts';

function record(rows: readonly (readonly [time_s: number, cycle: number, step: number])[], extra = {}): CyclingRecord {
  return {
    time_s: Float64Array.from(rows, ([time]) => time),
    current_A: Float64Array.from(rows, (_, k) => k),
    voltage_V: Float64Array.from(rows, (_, k) => -k),
    temperature_K: Float64Array.from(rows, () => 300),
    cycle: Int32Array.from(rows, ([, cycle]) => cycle),
    step: Int32Array.from(rows, ([, , step]) => step),
    extra,
    area_m2: 1e-4,
    provenance: { kind: 'simulated', origin: 'cell', program: 'test', notes: ['note'] },
  };
}

const twoCycles = record(
  [
    [0, 1, 1],
    [1, 1, 1],
    [1, 1, 2],
    [3, 2, 1],
    [4, 2, 1],
  ],
  { length_m: Float64Array.of(1, 2, 3, 4, 5) },
);

describe('parts of records', () => {
  test('steps are runs of equal cycle and step', () => {
    expect(stepRanges(twoCycles)).toEqual([
      { cycle: 1, step: 1, start: 0, end: 2 },
      { cycle: 1, step: 2, start: 2, end: 3 },
      { cycle: 2, step: 1, start: 3, end: 5 },
    ]);
    expect(stepRanges(record([]))).toEqual([]);
  });

  test('a slice is a copy of its rows with the same area and provenance', () => {
    const part = sliceRecord(twoCycles, 2, 4);
    expect([...part.time_s]).toEqual([1, 3]);
    expect([...part.cycle]).toEqual([1, 2]);
    expect([...part.extra.length_m!]).toEqual([3, 4]);
    expect(part.provenance).toEqual(twoCycles.provenance);
    part.time_s[0] = 99;
    expect(twoCycles.time_s[2]).toBe(1);
    expect([...sliceRecord(twoCycles, -1).time_s]).toEqual([4]);
  });

  test('slices joined without a shift are the whole', () => {
    const joined = concatenateRecords([sliceRecord(twoCycles, 0, 2), sliceRecord(twoCycles, 2)], { shift: false });
    expect(joined).toEqual(twoCycles);
  });

  test('with a shift the second part goes on in time and cycles; a missing extra is NaN', () => {
    const joined = concatenateRecords([
      twoCycles,
      record([
        [10, 5, 1],
        [12, 6, 1],
      ]),
    ]);
    expect([...joined.time_s]).toEqual([0, 1, 1, 3, 4, 4, 6]);
    expect([...joined.cycle]).toEqual([1, 1, 1, 2, 2, 3, 4]);
    expect([...joined.extra.length_m!]).toEqual([1, 2, 3, 4, 5, Number.NaN, Number.NaN]);
    expect(joined.provenance.notes).toEqual(['note']);
  });

  test('all faults of a join at once', () => {
    const earlier = { ...twoCycles, area_m2: 2e-4 };
    expect(() => concatenateRecords([twoCycles, earlier], { shift: false })).toThrow(InputError);
    expect(() => concatenateRecords([twoCycles, earlier], { shift: false })).toThrow(
      'records[1].area_m2: got 0.0002, want 0.0001, as in the first\n' +
        'records[1].time_s: got 0 s, want from 4 s on\n' +
        'records[1].cycle: got 1, want from 2 on',
    );
    expect(() => concatenateRecords([])).toThrow(InputError);
  });

  test('rows by name', () => {
    expect([...recordRows(twoCycles)][3]).toEqual({
      time_s: 3,
      current_A: 3,
      voltage_V: -3,
      temperature_K: 300,
      cycle: 2,
      step: 1,
      length_m: 4,
    });
  });
});

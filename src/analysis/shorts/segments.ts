// A record cut into stretches of one steady current and of rest: the units in which a short shows.

import type { CyclingRecord } from '../../records/index.ts';
import { median } from './falls.ts';

/** Rows [start, end) at one steady current, or at rest. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly start_s: number;
  readonly end_s: number;
  /** 0 at rest; +1 oxidises the working electrode. */
  readonly sign: -1 | 0 | 1;
  /** Median magnitude. */
  readonly current_A: number;
  readonly cycle: number;
}

/** Currents below this share of the largest are rest. */
const REST_SHARE = 1e-3;
/** A current that leaves its stretch's first value by more than this share begins another. */
const STEADY_SHARE = 0.05;

/** Stretches in order. A record without a known current has none. */
export function steadySegments(record: CyclingRecord): readonly Segment[] {
  const { time_s, current_A, cycle } = record;
  const rows = time_s.length;
  let largest = 0;
  for (let row = 0; row < rows; row++) largest = Math.max(largest, Math.abs(current_A[row]!) || 0);
  if (!(largest > 0)) return [];
  const signOf = (row: number): -1 | 0 | 1 => {
    const value = current_A[row]!;
    if (!(Math.abs(value) > REST_SHARE * largest)) return 0;
    return value > 0 ? 1 : -1;
  };
  const segments: Segment[] = [];
  let start = 0;
  for (let row = 1; row <= rows; row++) {
    const isSame =
      row < rows &&
      signOf(row) === signOf(start) &&
      (signOf(row) === 0 || Math.abs(current_A[row]! / current_A[start]! - 1) <= STEADY_SHARE);
    if (isSame) continue;
    const sign = signOf(start);
    const middle = Math.abs(current_A[start + Math.floor((row - start) / 2)]!);
    segments.push({
      start,
      end: row,
      start_s: time_s[start]!,
      end_s: time_s[row - 1]!,
      sign,
      current_A: sign === 0 ? 0 : middle,
      cycle: cycle[start]!,
    });
    start = row;
  }
  return segments;
}

/** Rows of a segment from one share of its time to another, both counted in. */
export function rowsBetween(
  { time_s }: Pick<CyclingRecord, 'time_s'>,
  { start, end, start_s, end_s }: Segment,
  from: number,
  to: number,
): readonly [start: number, end: number] {
  const low = start_s + from * (end_s - start_s);
  const high = start_s + to * (end_s - start_s);
  let first = start;
  while (first < end - 1 && time_s[first]! < low) first++;
  let last = end;
  while (last > first + 1 && time_s[last - 1]! > high) last--;
  return [first, last];
}

/** Median |E| over rows. */
export const medianVoltage_V = ({ voltage_V }: Pick<CyclingRecord, 'voltage_V'>, start: number, end: number): number =>
  median(Array.from(voltage_V.subarray(start, end), Math.abs));

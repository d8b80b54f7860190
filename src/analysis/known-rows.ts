// Rows of a record that can be analysed: instruments leave cells empty, and an analysis of charge or voltage must step over them.

import type { CyclingRecord } from '../records/index.ts';

/** A current that flows in no more than this share of the rows, and never in so many one after the other, is the noise of an instrument at rest. */
const NOISE_SHARE_MAX = 0.2;
const NOISE_RUN_MAX = 2;
const NOISE_ROWS_MIN = 10;

/** The remark of a record whose current is noise. */
export const NOISE_WORDS =
  'the current is zero but for single rows: that is the noise of an instrument at rest, and no charge is counted';

/** Whether a record at rest shows a current in single rows alone. */
export function currentIsNoise(current_A: Float64Array): boolean {
  let [rows, run, longest] = [0, 0, 0];
  for (const value of current_A) {
    run = value === 0 || Number.isNaN(value) ? 0 : run + 1;
    if (run > 0) rows++;
    if (run > longest) longest = run;
  }
  return (
    rows > 0 &&
    current_A.length >= NOISE_ROWS_MIN &&
    rows <= NOISE_SHARE_MAX * current_A.length &&
    longest <= NOISE_RUN_MAX
  );
}

/** The rows with a time, a current and a voltage, at rest where the current is noise; the record itself where nothing changes. */
export function knownRows(all: CyclingRecord): CyclingRecord {
  const record = currentIsNoise(all.current_A) ? { ...all, current_A: new Float64Array(all.current_A.length) } : all;
  const { time_s, current_A, voltage_V } = record;
  const isKnown = (row: number): boolean =>
    Number.isFinite(time_s[row]!) && Number.isFinite(current_A[row]!) && Number.isFinite(voltage_V[row]!);
  const kept: number[] = [];
  let rows = 0;
  while (rows < time_s.length && isKnown(rows)) rows++;
  if (rows === time_s.length) return record;
  for (let row = 0; row < time_s.length; row++) if (isKnown(row)) kept.push(row);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(kept, (row) => values[row]!);
  return {
    ...record,
    time_s: pick(time_s),
    current_A: pick(current_A),
    voltage_V: pick(voltage_V),
    temperature_K: pick(record.temperature_K),
    cycle: Int32Array.from(kept, (row) => record.cycle[row]!),
    step: Int32Array.from(kept, (row) => record.step[row]!),
    extra: Object.fromEntries(Object.entries(record.extra).map(([name, values]) => [name, pick(values)])),
  };
}

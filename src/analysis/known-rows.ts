// Rows of a record that can be analysed: instruments leave cells empty, and an analysis of charge or voltage must step over them.

import type { CyclingRecord } from '../records/index.ts';

/** The rows with a time, a current and a voltage; the record itself where all have them. */
export function knownRows(record: CyclingRecord): CyclingRecord {
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

// Parts of records and records of parts: slices, joins, steps, rows.

import { InputError, type Issue } from '../units/index.ts';
import type { CyclingRecord } from './cycling-record.ts';

/** Rows [start, end) of one pass through one step. */
export interface StepRange {
  readonly cycle: number;
  readonly step: number;
  readonly start: number;
  readonly end: number;
}

/** The steps of a record in order: runs of rows with the same cycle and step number. */
export function stepRanges({ cycle, step }: Pick<CyclingRecord, 'cycle' | 'step'>): readonly StepRange[] {
  const ranges: StepRange[] = [];
  let start = 0;
  for (let row = 1; row <= cycle.length; row++) {
    if (row < cycle.length && cycle[row] === cycle[start] && step[row] === step[start]) continue;
    ranges.push({ cycle: cycle[start]!, step: step[start]!, start, end: row });
    start = row;
  }
  return ranges;
}

/** Rows [start, end) as a record of its own; negative numbers count from the end, as in `Array.slice`. */
export function sliceRecord(record: CyclingRecord, start: number, end?: number): CyclingRecord {
  return {
    ...record,
    time_s: record.time_s.slice(start, end),
    current_A: record.current_A.slice(start, end),
    voltage_V: record.voltage_V.slice(start, end),
    temperature_K: record.temperature_K.slice(start, end),
    cycle: record.cycle.slice(start, end),
    step: record.step.slice(start, end),
    extra: Object.fromEntries(Object.entries(record.extra).map(([name, values]) => [name, values.slice(start, end)])),
  };
}

/**
 * Parts of one test, joined in the order given. With `shift` (the default) each later part is moved so that its time
 * starts where the part before ended and its cycles go on counting; without it times and cycles stay as they are and
 * must not run backwards. An extra that a part lacks is NaN there. Throws InputError when there is no part, when areas
 * differ, or when time or cycles run backwards.
 */
export function concatenateRecords(
  parts: readonly CyclingRecord[],
  { shift = true }: { readonly shift?: boolean } = {},
): CyclingRecord {
  const first = parts[0];
  if (first === undefined) throw new InputError([{ where: 'records', found: 'none', wanted: 'at least one record' }]);
  const rows = parts.reduce((sum, part) => sum + part.time_s.length, 0);
  const extraNames = [...new Set(parts.flatMap((part) => Object.keys(part.extra)))];
  const joined = {
    time_s: new Float64Array(rows),
    current_A: new Float64Array(rows),
    voltage_V: new Float64Array(rows),
    temperature_K: new Float64Array(rows),
    cycle: new Int32Array(rows),
    step: new Int32Array(rows),
  };
  const extra = Object.fromEntries(extraNames.map((name) => [name, new Float64Array(rows).fill(Number.NaN)]));
  const issues: Issue[] = [];
  let at = 0;
  parts.forEach((part, index) => {
    const where = `records[${index}]`;
    if (part.area_m2 !== first.area_m2) {
      issues.push({
        where: `${where}.area_m2`,
        found: String(part.area_m2),
        wanted: `${first.area_m2}, as in the first`,
      });
    }
    if (part.time_s.length === 0) return;
    const moves = shift && at > 0;
    const time_s_shift = moves ? joined.time_s[at - 1]! - part.time_s[0]! : 0;
    const cycleShift = moves ? joined.cycle[at - 1]! + 1 - part.cycle[0]! : 0;
    for (let row = 0; row < part.time_s.length; row++) {
      joined.time_s[at + row] = part.time_s[row]! + time_s_shift;
      joined.cycle[at + row] = part.cycle[row]! + cycleShift;
    }
    joined.current_A.set(part.current_A, at);
    joined.voltage_V.set(part.voltage_V, at);
    joined.temperature_K.set(part.temperature_K, at);
    joined.step.set(part.step, at);
    for (const [name, values] of Object.entries(part.extra)) extra[name]!.set(values, at);
    if (at > 0) {
      const [before_s, after_s] = [joined.time_s[at - 1]!, joined.time_s[at]!];
      if (after_s < before_s)
        issues.push({ where: `${where}.time_s`, found: `${after_s} s`, wanted: `from ${before_s} s on` });
      const [before, after] = [joined.cycle[at - 1]!, joined.cycle[at]!];
      if (after < before) issues.push({ where: `${where}.cycle`, found: `${after}`, wanted: `from ${before} on` });
    }
    at += part.time_s.length;
  });
  if (issues.length > 0) throw new InputError(issues);
  const origins = [...new Set(parts.map((part) => part.provenance.origin))];
  return {
    ...joined,
    extra,
    area_m2: first.area_m2,
    provenance: {
      ...first.provenance,
      origin: origins.join(' + '),
      notes: [...new Set(parts.flatMap((part) => part.provenance.notes))],
    },
  };
}

/** One row, by column name; extras stand beside the fixed columns. */
export type RecordRow = Readonly<Record<string, number>> & {
  readonly time_s: number;
  readonly current_A: number;
  readonly voltage_V: number;
  readonly temperature_K: number;
  readonly cycle: number;
  readonly step: number;
};

/** The rows one after the other, each a new object: for tables and tests, not for arithmetic. */
export function* recordRows(record: CyclingRecord): Generator<RecordRow, void, void> {
  const extras = Object.entries(record.extra);
  for (let row = 0; row < record.time_s.length; row++) {
    yield {
      ...Object.fromEntries(extras.map(([name, values]) => [name, values[row]!])),
      time_s: record.time_s[row]!,
      current_A: record.current_A[row]!,
      voltage_V: record.voltage_V[row]!,
      temperature_K: record.temperature_K[row]!,
      cycle: record.cycle[row]!,
      step: record.step[row]!,
    };
  }
}

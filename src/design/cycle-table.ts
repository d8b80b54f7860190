// The cycles of a run as a table: a line each, a column for each thing that is told of a cycle.

import { tableToParquet } from '../records/index.ts';
import type { CycleSummary } from '../simulation/index.ts';

/** Units in which a cycle summary tells nested values; the ones without are plain numbers. */
const NESTED_UNIT = /_(?:mAh_per_cm2|mA_per_cm2|ohm_cm2|um|nm|mV)$/;

type Value = string | number | null;

/** One column for each thing a cycle summary tells: nested causes and sides become `losses_<cause>_mAh_per_cm2`. */
function flatCycle(cycle: CycleSummary): Record<string, Value> {
  const flat: Record<string, Value> = {};
  const put = (entries: object): void => {
    for (const [key, value] of Object.entries(entries) as [string, unknown][]) {
      if (key === 'ageing' || key === 'solid') put(value ?? {});
      else if (typeof value !== 'object' || value === null) flat[key] = value as Value;
      else {
        const unit = NESTED_UNIT.exec(key)?.[0] ?? '';
        const stem = key.slice(0, key.length - unit.length);
        for (const [part, number] of Object.entries(value)) flat[`${stem}_${part}${unit}`] = number as number | null;
      }
    }
  };
  put(cycle);
  return flat;
}

interface CycleColumn {
  readonly name: string;
  /** Undefined where a cycle tells nothing of it. */
  readonly values: readonly (Value | undefined)[];
}

/** Every column that some cycle has, in the order in which the cycles tell them. */
function cycleColumns(cycles: readonly CycleSummary[]): readonly CycleColumn[] {
  const rows = cycles.map(flatCycle);
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return [...names].map((name) => ({ name, values: rows.map((row) => row[name]) }));
}

const isUndefined = (value: Value | undefined): boolean => value === null || value === undefined || Number.isNaN(value);

/** The cycles as CSV, one line each; an undefined number is an empty field. Every number reads back bit for bit. */
export function* cyclesToCsv(cycles: readonly CycleSummary[]): Generator<string, void, void> {
  const columns = cycleColumns(cycles);
  yield `${columns.map(({ name }) => name).join(',')}\n`;
  for (let row = 0; row < cycles.length; row++) {
    const fields = columns.map(({ values }) => (isUndefined(values[row]) ? '' : String(values[row])));
    yield `${fields.join(',')}\n`;
  }
}

/** The same table as a Parquet file; an undefined number is null. */
export function cyclesToParquet(cycles: readonly CycleSummary[]): Promise<ArrayBuffer> {
  const columns = cycleColumns(cycles).map(({ name, values }) => {
    const data = values.some((value) => typeof value === 'string')
      ? values.map((value) => (isUndefined(value) ? '' : String(value)))
      : values.map((value) => (isUndefined(value) ? null : (value as number)));
    return { name, data };
  });
  return tableToParquet(columns, 'limetal');
}

// A record as comma-separated text: one header line of names with units, one line per row, SI, full precision.

import { InputError } from '../units/index.ts';
import type { CyclingRecord } from './cycling-record.ts';
import {
  type ColumnBuffer,
  createColumnBuffer,
  parseDouble,
  quoteField,
  scanDelimited,
  widthIssue,
} from './delimited.ts';
import { createIssueList, formatDouble, type RecordAbout, recordColumns, recordFromColumns } from './table.ts';

/** Rows per chunk: some hundred kilobytes of text. */
const ROWS_PER_CHUNK = 4096;
const LINE_END = '\r\n';

/**
 * The record as CSV in pieces, for files too long to stand in memory as one string. Columns `time_s, current_A,
 * voltage_V, temperature_K, cycle, step` and the extras; RFC 4180 with CRLF. Every double reads back bit for bit. Area and
 * provenance have no place in a table: keep them beside it, or use JSON or Parquet.
 */
export function* recordToCsvChunks(record: CyclingRecord): Generator<string, void, void> {
  const columns = recordColumns(record);
  yield columns.map(([name]) => quoteField(name)).join(',') + LINE_END;
  const rows = record.time_s.length;
  for (let start = 0; start < rows; start += ROWS_PER_CHUNK) {
    const end = Math.min(start + ROWS_PER_CHUNK, rows);
    let chunk = '';
    for (let row = start; row < end; row++) {
      for (let k = 0; k < columns.length; k++) {
        if (k > 0) chunk += ',';
        chunk += formatDouble(columns[k]![1][row]!);
      }
      chunk += LINE_END;
    }
    yield chunk;
  }
}

/** The record as one CSV string; see `recordToCsvChunks`. */
export function recordToCsv(record: CyclingRecord): string {
  return [...recordToCsvChunks(record)].join('');
}

const UNKNOWN: RecordAbout = {
  area_m2: null,
  provenance: { kind: 'measured', origin: 'CSV text', program: 'unknown', notes: [] },
};

/**
 * Reads what `recordToCsv` writes, or any table with at least `time_s`, `current_A` and `voltage_V`, in any order.
 * `about` says what the table cannot; without it the area is unknown and the origin is 'CSV text'. Throws InputError
 * that lists every missing column and every value that is no number, by line.
 */
export function recordFromCsv(text: string, about: RecordAbout = UNKNOWN): CyclingRecord {
  let header: readonly string[] | null = null;
  const buffers: ColumnBuffer[] = [];
  const faults = createIssueList('CSV');
  scanDelimited(text, (fields, line) => {
    if (header === null) {
      header = fields.map((name) => name.trim());
      for (const name of header) {
        buffers.push(createColumnBuffer());
        if (name === '') faults.add({ where: `line ${line}`, found: 'a column without a name', wanted: 'a name' });
      }
      for (const name of new Set(header.filter((name, k) => name !== '' && header!.indexOf(name) !== k))) {
        faults.add({ where: `line ${line}`, found: `column '${name}' more than once`, wanted: 'each column once' });
      }
      return;
    }
    if (fields.length !== header.length) {
      faults.add(widthIssue(line, fields.length, header.length));
      return;
    }
    for (let k = 0; k < fields.length; k++) {
      const value = parseDouble(fields[k]!);
      if (value === undefined) {
        faults.add({ where: `line ${line}, ${header[k]}`, found: `'${fields[k]}'`, wanted: 'a number' });
      }
      buffers[k]!.push(value ?? Number.NaN);
    }
  });
  if (header === null) faults.add({ where: 'CSV', found: 'no header line', wanted: 'a line of column names' });
  const issues = faults.finish();
  if (issues.length > 0) throw new InputError(issues);
  const names: readonly string[] = header ?? [];
  return recordFromColumns(new Map(names.map((name, k) => [name, buffers[k]!.finish()])), about, 'CSV');
}

// A record as one JSON document: nothing lost, doubles bit for bit, readable by anything that reads JSON.

import { InputError, type Issue } from '../units/index.ts';
import type { CyclingRecord, Provenance } from './cycling-record.ts';
import { createIssueList, FIXED_COLUMNS, formatDouble, recordFromColumns } from './table.ts';

/** Raised when a reader of the old form could misread the new one. */
export const RECORD_JSON_VERSION = 1;

/** JSON has no word for NaN and the infinities: NaN is null, the infinities are strings. */
function jsonNumber(value: number): string {
  if (Number.isFinite(value)) return formatDouble(value);
  return Number.isNaN(value) ? 'null' : `"${value}"`;
}

function jsonColumn(values: Float64Array | Int32Array): string {
  return `[${Array.from(values, jsonNumber).join(',')}]`;
}

/**
 * The record as JSON: `limetal_record` (the version), `area_m2`, `provenance`, `rows`, the fixed columns as equal-length
 * arrays and the further columns under `extra`. NaN is null, infinities are the strings "Infinity" and "-Infinity".
 */
export function recordToJson(record: CyclingRecord): string {
  const extra = Object.entries(record.extra).map(([name, values]) => `${JSON.stringify(name)}:${jsonColumn(values)}`);
  const members = [
    `"limetal_record":${RECORD_JSON_VERSION}`,
    `"area_m2":${record.area_m2 === null ? 'null' : jsonNumber(record.area_m2)}`,
    `"provenance":${JSON.stringify(record.provenance)}`,
    `"rows":${record.time_s.length}`,
    ...FIXED_COLUMNS.map((name) => `${JSON.stringify(name)}:${jsonColumn(record[name])}`),
    `"extra":{${extra.join(',')}}`,
  ];
  return `{${members.join(',')}}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function provenanceFrom(value: unknown, fault: (issue: Issue) => void): Provenance {
  const nothing: Provenance = { kind: 'measured', origin: '', program: '', notes: [] };
  if (!isObject(value)) {
    fault({ where: 'provenance', found: show(value), wanted: 'an object with kind, origin, program, notes' });
    return nothing;
  }
  const { kind, origin, program, notes } = value;
  if (kind !== 'simulated' && kind !== 'measured') {
    fault({ where: 'provenance.kind', found: show(kind), wanted: "'simulated' or 'measured'" });
  }
  if (typeof origin !== 'string') fault({ where: 'provenance.origin', found: show(origin), wanted: 'text' });
  if (typeof program !== 'string') fault({ where: 'provenance.program', found: show(program), wanted: 'text' });
  if (!Array.isArray(notes) || notes.some((note) => typeof note !== 'string')) {
    fault({ where: 'provenance.notes', found: show(notes), wanted: 'a list of texts' });
  }
  return { ...nothing, ...value };
}

/** Reads what `recordToJson` writes. Throws InputError that lists every fault. */
export function recordFromJson(text: string): CyclingRecord {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError([{ where: 'record', found: `no JSON (${message})`, wanted: 'a JSON document' }]);
  }
  if (!isObject(document)) {
    throw new InputError([{ where: 'record', found: show(document), wanted: 'an object with limetal_record' }]);
  }
  if (document.limetal_record !== RECORD_JSON_VERSION) {
    const found = show(document.limetal_record);
    throw new InputError([{ where: 'limetal_record', found, wanted: `version ${RECORD_JSON_VERSION}` }]);
  }
  const faults = createIssueList('record');
  const numberFrom = (value: unknown): number | undefined => {
    if (value === null) return Number.NaN;
    if (value === 'Infinity') return Number.POSITIVE_INFINITY;
    if (value === '-Infinity') return Number.NEGATIVE_INFINITY;
    return typeof value === 'number' ? value : undefined;
  };
  const columns = new Map<string, Float64Array>();
  const addColumn = (name: string, where: string, values: unknown): void => {
    if (!Array.isArray(values)) {
      faults.add({ where, found: show(values), wanted: 'a list of numbers' });
      return;
    }
    const column = new Float64Array(values.length);
    values.forEach((value, row) => {
      const number = numberFrom(value);
      if (number === undefined)
        faults.add({ where: `${where}[${row}]`, found: show(value), wanted: 'a number or null' });
      column[row] = number ?? Number.NaN;
    });
    columns.set(name, column);
  };
  for (const name of FIXED_COLUMNS) addColumn(name, name, document[name]);
  if (isObject(document.extra)) {
    for (const [name, values] of Object.entries(document.extra)) addColumn(name, `extra.${name}`, values);
  } else {
    faults.add({ where: 'extra', found: show(document.extra), wanted: 'an object of columns' });
  }
  const { area_m2 } = document;
  if (area_m2 !== null && typeof area_m2 !== 'number') {
    faults.add({ where: 'area_m2', found: show(area_m2), wanted: 'a number in m2, or null' });
  }
  const provenance = provenanceFrom(document.provenance, faults.add);
  const issues = faults.finish();
  if (issues.length > 0) throw new InputError(issues);
  return recordFromColumns(columns, { area_m2: typeof area_m2 === 'number' ? area_m2 : null, provenance }, '');
}

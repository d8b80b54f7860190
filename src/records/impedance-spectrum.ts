// One impedance spectrum, computed or measured: frequency and complex impedance in columns, and its exchange as CSV and JSON.
// The headings of the Battery Data Format are read and can be written.

import { InputError } from '../units/index.ts';
import type { Provenance } from './cycling-record.ts';
import {
  type ColumnBuffer,
  createColumnBuffer,
  parseDouble,
  quoteField,
  scanDelimited,
  widthIssue,
} from './delimited.ts';
import { createIssueList, formatDouble } from './table.ts';

/** Something to know about a spectrum, or about one of its points. */
export interface SpectrumRemark {
  /** Index of the point from 0; null where the whole spectrum is meant. */
  readonly row: number | null;
  readonly message: string;
}

/** Points in the order of measurement. The imaginary part has its sign: a capacitor's is negative. */
export interface ImpedanceSpectrum {
  readonly frequency_Hz: Float64Array;
  readonly real_ohm: Float64Array;
  readonly imaginary_ohm: Float64Array;
  /** Time of each point from the start of the test, and the mean voltage and current during it; NaN where a point has none. */
  readonly time_s?: ArrayLike<number>;
  readonly voltage_V?: ArrayLike<number>;
  readonly current_A?: ArrayLike<number>;
  /** Geometric area of one electrode; null where unknown. */
  readonly area_m2: number | null;
  /** Temperature of the cell; null where unknown. */
  readonly temperature_K: number | null;
  readonly provenance: Provenance;
  readonly remarks: readonly SpectrumRemark[];
}

/** What a table of frequencies and impedances cannot say about itself. */
export interface SpectrumAbout {
  readonly area_m2: number | null;
  readonly temperature_K: number | null;
  readonly provenance: Provenance;
}

/** Own names, and the labels and names of BDF 1.3 for the same columns. */
const COLUMNS = [
  { name: 'frequency_Hz', label: 'Frequency / Hz', bdf: 'frequency_hertz' },
  { name: 'real_ohm', label: 'Real Impedance / ohm', bdf: 'real_impedance_ohm' },
  { name: 'imaginary_ohm', label: 'Imaginary Impedance / ohm', bdf: 'imaginary_impedance_ohm' },
] as const;

/** What BDF wants of every table and an instrument may have measured at each point. */
const BESIDE = [
  { name: 'time_s', label: 'Test Time / s', bdf: 'test_time_second' },
  { name: 'voltage_V', label: 'Voltage / V', bdf: 'voltage_volt' },
  { name: 'current_A', label: 'Current / A', bdf: 'current_ampere' },
] as const;

type BesideName = (typeof BESIDE)[number]['name'];
type ColumnName = (typeof COLUMNS)[number]['name'] | BesideName;

/** Raised when a reader of the old form could misread the new one. */
export const SPECTRUM_JSON_VERSION = 1;

const UNKNOWN: SpectrumAbout = {
  area_m2: null,
  temperature_K: null,
  provenance: { kind: 'measured', origin: 'CSV text', program: 'unknown', notes: [] },
};

/**
 * A spectrum from three columns, and what was measured beside them. A point whose frequency is not positive, or that holds no finite number, is left out and
 * remarked on, as the rows at 0 Hz are with which some instruments write down the direct current. Throws InputError where
 * the columns differ in length.
 */
export function spectrumFromColumns(
  frequency_Hz: ArrayLike<number>,
  real_ohm: ArrayLike<number>,
  imaginary_ohm: ArrayLike<number>,
  about: SpectrumAbout,
  remarks: readonly SpectrumRemark[] = [],
  beside: Readonly<Partial<Record<BesideName, ArrayLike<number>>>> = {},
): ImpedanceSpectrum {
  const rows = frequency_Hz.length;
  const uneven = Object.entries({ real_ohm, imaginary_ohm, ...beside }).filter(([, values]) => values.length !== rows);
  if (uneven.length > 0) {
    const wanted = `${rows}, as in frequency_Hz`;
    throw new InputError(uneven.map(([where, values]) => ({ where, found: `${values.length} values`, wanted })));
  }
  const kept: number[] = [];
  const left: SpectrumRemark[] = [];
  for (let row = 0; row < rows; row++) {
    const f = frequency_Hz[row]!;
    const isPoint = f > 0 && f < Number.POSITIVE_INFINITY;
    if (isPoint && Number.isFinite(real_ohm[row]) && Number.isFinite(imaginary_ohm[row])) kept.push(row);
    else {
      const why = isPoint ? 'no finite impedance' : `a frequency of ${f} Hz`;
      left.push({ row: null, message: `row ${row + 1} of the table has ${why} and was left out` });
    }
  }
  return {
    frequency_Hz: Float64Array.from(kept, (row) => frequency_Hz[row]!),
    real_ohm: Float64Array.from(kept, (row) => real_ohm[row]!),
    imaginary_ohm: Float64Array.from(kept, (row) => imaginary_ohm[row]!),
    ...Object.fromEntries(
      BESIDE.flatMap(({ name }) => {
        const values = beside[name];
        return values === undefined ? [] : [[name, Float64Array.from(kept, (row) => values[row]!)]];
      }),
    ),
    area_m2: about.area_m2,
    temperature_K: about.temperature_K,
    provenance: about.provenance,
    remarks: [...remarks, ...left],
  };
}

/** The columns a spectrum has: what was measured beside the impedance first, where any of it is a number. */
function columnsOf(
  spectrum: ImpedanceSpectrum,
): readonly { name: ColumnName; label: string; values: ArrayLike<number> }[] {
  return [...BESIDE, ...COLUMNS].flatMap(({ name, label }) => {
    const values = spectrum[name];
    return values === undefined || (values.length > 0 && Array.from(values).every(Number.isNaN))
      ? []
      : [{ name, label, values }];
  });
}

/**
 * The points as CSV, RFC 4180 with CRLF; every double reads back bit for bit. `headings` 'bdf' writes the labels of BDF. Time, voltage and
 * current of the points are written where they are known: a table without them is no complete BDF, which requires all three.
 */
export function spectrumToCsv(spectrum: ImpedanceSpectrum, headings: 'limetal' | 'bdf' = 'limetal'): string {
  const columns = columnsOf(spectrum);
  const head = columns.map(({ name, label }) => quoteField(headings === 'bdf' ? label : name)).join(',');
  const field = (value: number): string => (Number.isNaN(value) ? '' : formatDouble(value));
  const rows = Array.from(spectrum.frequency_Hz, (_, row) =>
    columns.map(({ values }) => field(values[row]!)).join(','),
  );
  return [head, ...rows, ''].join('\r\n');
}

/**
 * Reads what `spectrumToCsv` writes, in either kind of headings, and any table that has its columns among others.
 * Throws InputError that lists every missing column and every value that is no number.
 */
export function spectrumFromCsv(text: string, about: SpectrumAbout = UNKNOWN): ImpedanceSpectrum {
  let header: readonly string[] | null = null;
  const buffers = new Map<ColumnName, { readonly field: number; readonly values: ColumnBuffer }>();
  const faults = createIssueList('CSV');
  scanDelimited(text, (fields, line) => {
    if (header === null) {
      header = fields.map((field) => field.trim().toLowerCase());
      for (const { name, label, bdf } of [...COLUMNS, ...BESIDE]) {
        const known = [name, label, bdf].map((heading) => heading.toLowerCase());
        const field = header.findIndex((found) => known.includes(found));
        if (field >= 0) buffers.set(name, { field, values: createColumnBuffer() });
        else if (!BESIDE.some((column) => column.name === name))
          faults.add({ where: `CSV: ${name}`, found: 'no such column', wanted: `'${name}' or '${label}'` });
      }
      return;
    }
    if (fields.length !== header.length) {
      faults.add(widthIssue(line, fields.length, header.length));
      return;
    }
    for (const [name, { field, values }] of buffers) {
      const value = parseDouble(fields[field]!);
      if (value === undefined)
        faults.add({ where: `line ${line}, ${name}`, found: `'${fields[field]}'`, wanted: 'a number' });
      values.push(value ?? Number.NaN);
    }
  });
  if (header === null) faults.add({ where: 'CSV', found: 'no header line', wanted: 'a line of column names' });
  const issues = faults.finish();
  if (issues.length > 0) throw new InputError(issues);
  const [frequency, real, imaginary] = COLUMNS.map(({ name }) => buffers.get(name)!.values.finish());
  return spectrumFromColumns(frequency!, real!, imaginary!, about, [], besideFrom(buffers));
}

function besideFrom(
  buffers: ReadonlyMap<ColumnName, { readonly values: ColumnBuffer }>,
): Partial<Record<BesideName, Float64Array>> {
  return Object.fromEntries(
    BESIDE.flatMap(({ name }) => {
      const buffer = buffers.get(name);
      return buffer === undefined ? [] : [[name, buffer.values.finish()]];
    }),
  );
}

/** The spectrum as JSON with `limetal_spectrum` (the version); nothing is lost. */
export function spectrumToJson(spectrum: ImpedanceSpectrum): string {
  // JSON has no word for a value that was not measured but null.
  const columns = Object.fromEntries(
    columnsOf(spectrum).map(({ name, values }) => [
      name,
      Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
    ]),
  );
  const measured = Object.fromEntries(BESIDE.map(({ name }) => [name, undefined]));
  return JSON.stringify({ limetal_spectrum: SPECTRUM_JSON_VERSION, ...spectrum, ...measured, ...columns });
}

/** Reads what `spectrumToJson` writes. Throws InputError that lists every fault. */
export function spectrumFromJson(text: string): ImpedanceSpectrum {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError([{ where: 'spectrum', found: `no JSON (${message})`, wanted: 'a JSON document' }]);
  }
  const fields: Readonly<Record<string, unknown>> = isObject(document) ? document : {};
  if (fields.limetal_spectrum !== SPECTRUM_JSON_VERSION) {
    const found = JSON.stringify(fields.limetal_spectrum) ?? 'nothing';
    throw new InputError([{ where: 'limetal_spectrum', found, wanted: `version ${SPECTRUM_JSON_VERSION}` }]);
  }
  const faults = createIssueList('spectrum');
  const columns = COLUMNS.map(({ name }) => {
    const values = fields[name];
    if (isList(values) && values.every((value) => typeof value === 'number')) return values;
    faults.add({ where: name, found: Array.isArray(values) ? 'a list of other things' : 'no list', wanted: 'numbers' });
    return [];
  });
  const beside: Partial<Record<BesideName, readonly number[]>> = {};
  for (const { name } of BESIDE) {
    const values = fields[name];
    if (values === undefined) continue;
    if (isList(values) && values.every((value) => value === null || typeof value === 'number'))
      beside[name] = values.map((value) => (value === null ? Number.NaN : (value as number)));
    else faults.add({ where: name, found: 'something else', wanted: 'numbers, and null where there is none' });
  }
  const numberOrNull = (where: 'area_m2' | 'temperature_K'): number | null => {
    const value = fields[where] ?? null;
    if (value === null || typeof value === 'number') return value;
    faults.add({ where, found: JSON.stringify(value), wanted: 'a number or null' });
    return null;
  };
  const about = {
    area_m2: numberOrNull('area_m2'),
    temperature_K: numberOrNull('temperature_K'),
    provenance: isProvenance(fields.provenance) ? fields.provenance : UNKNOWN.provenance,
  };
  if (!isProvenance(fields.provenance)) {
    const found = JSON.stringify(fields.provenance) ?? 'nothing';
    faults.add({ where: 'provenance', found, wanted: 'an object with kind, origin, program, notes' });
  }
  const { remarks } = fields;
  const known = isList(remarks) && remarks.every(isRemark) ? remarks : null;
  if (known === null) faults.add({ where: 'remarks', found: 'something else', wanted: 'a list of row and message' });
  const issues = faults.finish();
  if (issues.length > 0) throw new InputError(issues);
  return spectrumFromColumns(columns[0]!, columns[1]!, columns[2]!, about, known ?? [], beside);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function isProvenance(value: unknown): value is Provenance {
  if (!isObject(value)) return false;
  const { kind, origin, program, notes } = value;
  const isKind = kind === 'simulated' || kind === 'measured';
  const isNotes = Array.isArray(notes) && notes.every((note) => typeof note === 'string');
  return isKind && isNotes && typeof origin === 'string' && typeof program === 'string';
}

function isRemark(value: unknown): value is SpectrumRemark {
  if (!isObject(value)) return false;
  return (value.row === null || typeof value.row === 'number') && typeof value.message === 'string';
}

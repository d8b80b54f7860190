// Files of potentiostats that are not one plain table: Gamry .DTA, Ivium .idf, Eco Chemie .dfr and PalmSens .pssession.

import { InputError } from '../units/index.ts';
import { assemble, type RawColumn } from './assemble.ts';
import { createRemarks, type FileMetadata, type InstrumentFile, REMARKS_MAX, type ReaderOptions } from './contract.ts';
import { cautionOf, rawColumn } from './delimited.ts';
import type { TextBytes } from './text-bytes.ts';
import { findLayout, headLines, splitLine, type TextLine } from './text-layout.ts';
import { readRows } from './text-rows.ts';

function start({ bytes, text }: TextBytes, size: number): string {
  return text(0, Math.min(bytes.length, size));
}

function refuse(options: ReaderOptions, found: string, wanted: string): InputError {
  return new InputError([{ where: options.name ?? 'file', found, wanted }]);
}

export const isGamry = (source: TextBytes): boolean => /^\s*EXPLAIN\s*[\r\n]+TAG\t/.test(start(source, 200));

/** Gamry: blocks `NAME<tab>TABLE`, each with a line of headings and one of units. The impedance block wins, then the first curve. */
export function readGamry(source: TextBytes, options: ReaderOptions): InstrumentFile {
  const lines = headLines(source);
  const remarks = createRemarks();
  const blocks = lines.flatMap(({ text }, line) => {
    const name = /^(\w*CURVE\w*)\tTABLE/.exec(text)?.[1];
    return name === undefined ? [] : [{ name, line }];
  });
  const block =
    blocks.find(({ name }) => name === 'ZCURVE') ?? blocks.find(({ name }) => name !== 'OCVCURVE') ?? blocks[0];
  if (block === undefined) throw refuse(options, 'a Gamry file without a curve', 'a block such as ZCURVE TABLE');
  const others = blocks.filter((other) => other !== block).map(({ name }) => name);
  if (others.length > 0) remarks.add('', `only the block ${block.name} was read, not ${others.join(', ')}`);
  const headings = splitLine(lines[block.line + 1]?.text ?? '', '\t');
  const units = splitLine(lines[block.line + 2]?.text ?? '', '\t');
  const next = blocks.find(({ line }) => line > block.line);
  const end = next === undefined ? source.bytes.length : lines[next.line]!.from;
  const part: TextBytes = { ...source, bytes: source.bytes.subarray(0, end) };
  const below = findLayout(lines.slice(block.line + 3, next?.line), { delimiter: '\t', ...options.overrides });
  const named = headings.map((heading, c) =>
    (units[c] ?? '') === '' || heading === '' ? heading : `${heading} (${units[c]})`,
  );
  const rows =
    below === null
      ? null
      : readRows(
          part,
          { ...below, headerLine: block.line + 1, headings: named, dataLine: block.line + 3 + below.dataLine },
          lines,
          remarks,
        );
  return assemble(
    {
      format: `Gamry .DTA, ${/^TAG\t(\S+)/m.exec(start(source, 400))?.[1] ?? 'technique not said'}`,
      columns: (rows?.columns ?? [])
        .filter(({ heading }) => !/^column 1$/.test(heading))
        .map((column) => rawColumn(column)),
      rows: rows?.rows ?? 0,
      place: (row) => `line ${rows!.lines[row]}`,
      metadata: gamryMetadata(lines, block.line),
    },
    remarks,
    options,
  );
}

/** Lines `NAME<tab>TYPE<tab>value<tab>description`. */
function gamryMetadata(lines: readonly TextLine[], until: number): FileMetadata[] {
  return lines.slice(0, Math.min(until, REMARKS_MAX)).flatMap(({ text }, k) => {
    const [name, , value, description] = text.split('\t');
    if (name === undefined || name === '' || value === undefined || value === '') return [];
    const label =
      description === undefined || /^[TF]$/.test(description)
        ? name
        : `${name} (${description.replace('&', '').trim()})`;
    return [{ name: label, text: value, where: `line ${k + 1}`, ...cautionOf(label, value) }];
  });
}

const IVIUM_MARK = 'primary_data';

export const isIvium = (source: TextBytes): boolean => {
  const head = start(source, 1 << 16);
  return head.includes(IVIUM_MARK) && /^Method=/m.test(head.replace(/\r/g, '\n'));
};

/** Ivium: after `primary_data` the number of columns, the number of rows, then the rows: Z', Z'', frequency. */
export function readIvium(source: TextBytes, options: ReaderOptions): InstrumentFile {
  const text = source.text(0, source.bytes.length);
  const method = /^Method=([^\r\n]*)/m.exec(text)?.[1]?.trim() ?? 'not said';
  if (!/impedance/i.test(method)) {
    throw refuse(
      options,
      `an Ivium file of method ${method}`,
      'Impedance; other methods of Ivium are not read yet, export them as text',
    );
  }
  const remarks = createRemarks();
  const lines = text.split(/\r\n|\r|\n/);
  const real: number[] = [];
  const imaginary: number[] = [];
  const frequency: number[] = [];
  const rowLines: number[] = [];
  for (let k = 0; k < lines.length; k++) {
    if (lines[k]!.trim() !== IVIUM_MARK) continue;
    const columns = Number(lines[k + 1]);
    const rows = Number(lines[k + 2]);
    if (columns !== 3 || !(rows >= 0)) {
      remarks.add(`line ${k + 2}`, `a block of ${lines[k + 1]?.trim()} columns where impedance has 3; left out`);
      continue;
    }
    const end = Math.min(lines.length, k + 3 + rows);
    for (k += 3; k < end; k++) {
      const [re, im, f] = lines[k]!.trim().split(/\s+/, 3).map(Number);
      if (![re, im, f].every(Number.isFinite)) {
        remarks.add(`line ${k + 1}`, 'not three numbers; row left out');
        continue;
      }
      real.push(re!);
      imaginary.push(im!);
      frequency.push(f!);
      rowLines.push(k + 1);
    }
    k--;
  }
  const metadata: FileMetadata[] = [];
  for (let k = 0; k < lines.length && metadata.length < REMARKS_MAX; k++) {
    const match = /^(Title|starttime|Method|Technique|serialnumber|software|Amplitude|Estart)=(.+)$/.exec(
      lines[k]!.trim(),
    );
    if (match !== null) metadata.push({ name: match[1]!, text: match[2]!.slice(0, 200), where: `line ${k + 1}` });
  }
  return assemble(
    {
      format: 'Ivium .idf, Impedance',
      columns: [
        { heading: "Z'", values: Float64Array.from(real), to: 'real_ohm' },
        { heading: "Z''", values: Float64Array.from(imaginary), to: 'imaginary_ohm' },
        { heading: 'frequency', values: Float64Array.from(frequency), to: 'frequency_Hz' },
      ],
      rows: real.length,
      place: (row) => `line ${rowLines[row]}`,
      metadata,
    },
    remarks,
    options,
  );
}

export const isEcoChemieFra = (source: TextBytes): boolean =>
  /^VERSION\d+(?:\.\d+)?\s*[\r\n]+\s*\d+\s*[\r\n]/.test(start(source, 100));

/** Values of one point in a .dfr file, one a line: frequency, Z', −Z'', and six that are not of the impedance. */
const FRA_VALUES = 9;

export function readEcoChemieFra(source: TextBytes, options: ReaderOptions): InstrumentFile {
  const remarks = createRemarks();
  const lines = source.text(0, source.bytes.length).split(/\r\n|\r|\n/);
  const said = Number(lines[1]);
  const body = lines.slice(3);
  const rows = Math.min(said, Math.floor(body.length / FRA_VALUES));
  if (rows < said) remarks.add('line 2', `${said} points are announced and ${rows} are there`);
  const pick = (place: number, factor: number): Float64Array =>
    Float64Array.from(
      { length: rows },
      (_, k) => factor * Number((body[FRA_VALUES * k + place] ?? '').trim().replace(',', '.')),
    );
  return assemble(
    {
      format: 'Eco Chemie FRA (.dfr)',
      columns: [
        { heading: 'f', values: pick(0, 1), to: 'frequency_Hz' },
        { heading: "Z'", values: pick(1, 1), to: 'real_ohm' },
        { heading: "-Z''", values: pick(2, -1), to: 'imaginary_ohm' },
      ],
      rows,
      place: (row) => `line ${4 + FRA_VALUES * row}`,
      metadata: [],
    },
    remarks,
    options,
  );
}

export const isPalmSens = (source: TextBytes): boolean => /^\s*\{\s*"Type"\s*:\s*"PalmSens/i.test(start(source, 200));

interface PalmSensValue {
  readonly Description?: unknown;
  readonly DataValues?: unknown;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Arrays of a PalmSens data set by their description, and what they become; −Z'' is stored under "ZIm". */
const PALMSENS: Readonly<Record<string, { readonly to: string; readonly factor: number }>> = {
  Frequency: { to: 'frequency_Hz', factor: 1 },
  ZRe: { to: 'real_ohm', factor: 1 },
  ZIm: { to: 'imaginary_ohm', factor: -1 },
  time: { to: 'time_s', factor: 1 },
  potential: { to: 'voltage_V', factor: 1 },
  Idc: { to: 'current_A', factor: 1e-6 },
};

export function readPalmSens(source: TextBytes, options: ReaderOptions): InstrumentFile {
  const remarks = createRemarks();
  let session: unknown;
  try {
    const text = source.text(0, source.bytes.length);
    session = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  } catch (error) {
    throw refuse(
      options,
      `a PalmSens session that is no JSON (${error instanceof Error ? error.message.slice(0, 80) : 'unreadable'})`,
      'a whole .pssession file',
    );
  }
  const measurements = isObject(session) ? listOf(session.Measurements).filter(isObject) : [];
  const metadata: FileMetadata[] = [];
  const gathered = new Map<string, number[]>();
  let rows = 0;
  let others = 0;
  for (const [k, measurement] of measurements.entries()) {
    const where = `Measurements[${k}]`;
    for (const name of ['Title', 'DeviceSerial', 'DeviceFW'] as const) {
      const value = measurement[name];
      if (metadata.length < REMARKS_MAX && (typeof value === 'string' || typeof value === 'number') && value !== '')
        metadata.push({ name, text: String(value).slice(0, 200), where: `${where}.${name}` });
    }
    const spectra = listOf(measurement.EISDataList).filter(isObject);
    if (spectra.length === 0) others++;
    for (const spectrum of spectra) {
      const values = isObject(spectrum.DataSet)
        ? (listOf(spectrum.DataSet.Values).filter(isObject) as PalmSensValue[])
        : [];
      const found = new Map(values.map(({ Description, DataValues }) => [String(Description), listOf(DataValues)]));
      const count = found.get('Frequency')?.length ?? 0;
      for (const name of Object.keys(PALMSENS)) {
        const column = gathered.get(name) ?? [];
        gathered.set(name, column);
        const points = found.get(name) ?? [];
        for (let p = 0; p < count; p++) {
          const point = points[p];
          column.push(isObject(point) && typeof point.V === 'number' ? point.V : Number.NaN);
        }
      }
      rows += count;
    }
  }
  if (others > 0)
    remarks.add('', `${others} measurements without impedance were left out: only impedance is read from sessions yet`);
  const columns = [...gathered].map(
    ([heading, values]): RawColumn => ({ heading, values: Float64Array.from(values), ...PALMSENS[heading]! }),
  );
  return assemble(
    { format: 'PalmSens session (.pssession)', columns, rows, place: (row) => `point ${row + 1}`, metadata },
    remarks,
    options,
  );
}

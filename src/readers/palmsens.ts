// PalmSens .pssession: JSON in UTF-16, in which each measurement has a data set of arrays, for impedance one for each sweep. Arrays say
// their quantity and unit; older programs write all keys in small letters.

import { InputError } from '../units/index.ts';
import type { RawColumn } from './assemble.ts';
import { createRemarks, type FileMetadata, type InstrumentFile, REMARKS_MAX, type ReaderOptions } from './contract.ts';
import { assembleSeveral, type Part } from './several.ts';
import type { TextBytes } from './text-bytes.ts';

export const isPalmSens = ({ bytes, text }: TextBytes): boolean =>
  /^\s*\{\s*"Type"\s*:\s*"PalmSens/i.test(text(0, Math.min(bytes.length, 200)));

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value of a key however it is capitalised. */
function at(object: unknown, key: string): unknown {
  if (!isObject(object)) return undefined;
  if (Object.hasOwn(object, key)) return object[key];
  const small = key.toLowerCase();
  return Object.hasOwn(object, small) ? object[small] : undefined;
}

const PREFIXES: Readonly<Record<string, number>> = {
  pico: 1e-12,
  nano: 1e-9,
  micro: 1e-6,
  milli: 1e-3,
  kilo: 1e3,
  mega: 1e6,
};

/** What a unit such as `PalmSens.Units.MicroAmpere` counts in. */
function factorOf(unit: string): number {
  const prefix = /\b(pico|nano|micro|milli|kilo|mega)\w/i.exec(unit.split('.').at(-1) ?? '')?.[1];
  return prefix === undefined ? 1 : PREFIXES[prefix.toLowerCase()]!;
}

interface Quantity {
  readonly to: string;
  readonly factor: number;
}

/** Arrays by their description; −Z″ is stored under ZIm. */
const BY_DESCRIPTION: Readonly<Record<string, Quantity>> = {
  frequency: { to: 'frequency_Hz', factor: 1 },
  zre: { to: 'real_ohm', factor: 1 },
  zim: { to: 'imaginary_ohm', factor: -1 },
  time: { to: 'time_s', factor: 1 },
  potential: { to: 'voltage_V', factor: 1 },
  idc: { to: 'current_A', factor: 1 },
  current: { to: 'current_A', factor: 1 },
  charge: { to: 'charge_C', factor: 1 },
};
/** Where a description is a name of a scan or channel, the kind of the array tells. */
const BY_TYPE: readonly (readonly [RegExp, Quantity])[] = [
  [/DataArrayTime$/i, BY_DESCRIPTION.time!],
  [/DataArrayPotentials?$/i, BY_DESCRIPTION.potential!],
  [/DataArrayCurrents?$/i, BY_DESCRIPTION.current!],
  [/DataArrayCharges?$/i, BY_DESCRIPTION.charge!],
];

interface ReadArray extends Quantity {
  readonly heading: string;
  readonly values: Float64Array;
}

function readArray(array: unknown): ReadArray | null {
  const description = String(at(array, 'Description') ?? '').slice(0, 80);
  const type = String(at(array, 'Type') ?? '').slice(0, 200);
  const known = Object.hasOwn(BY_DESCRIPTION, description.toLowerCase())
    ? BY_DESCRIPTION[description.toLowerCase()]
    : BY_TYPE.find(([pattern]) => pattern.test(type))?.[1];
  if (known === undefined) return null;
  const points = listOf(at(array, 'DataValues'));
  const values = new Float64Array(points.length).fill(Number.NaN);
  for (const [k, point] of points.entries()) {
    const value = at(point, 'V');
    if (typeof value === 'number') values[k] = value;
  }
  const unit = String(at(at(array, 'Unit'), 'Type') ?? '').slice(0, 200);
  return { heading: description || type, to: known.to, factor: known.factor * factorOf(unit), values };
}

const IMPEDANCE = ['frequency_Hz', 'real_ohm', 'imaginary_ohm'];

/** The arrays of a data set that belong to its one spectrum; null where it holds none or several. */
function oneSpectrum(arrays: readonly ReadArray[]): readonly ReadArray[] | null {
  const found = IMPEDANCE.map((to) => arrays.filter((array) => array.to === to));
  if (found.some((list) => list.length !== 1)) return null;
  const points = found[0]![0]!.values.length;
  const belong = arrays.filter(({ values }) => values.length === points);
  return points > 0 && IMPEDANCE.every((to) => belong.some((array) => array.to === to)) ? belong : null;
}

function holdsSame(measured: readonly ReadArray[], drawn: readonly ReadArray[]): boolean {
  const valuesOf = (arrays: readonly ReadArray[], to: string) => arrays.find((array) => array.to === to)?.values;
  return IMPEDANCE.every((to) => {
    const [own, other] = [valuesOf(measured, to), valuesOf(drawn, to)];
    return own?.length === other?.length && own?.every((value, k) => Object.is(value, other![k]));
  });
}

/** Arrays of one quantity that follow each other in a data set are the curves of scans; each curve takes one array of each. */
function curvesOf(arrays: readonly ReadArray[]): readonly (readonly ReadArray[])[] {
  const byQuantity = new Map<string, ReadArray[]>();
  for (const array of arrays) byQuantity.set(array.to, [...(byQuantity.get(array.to) ?? []), array]);
  const count = Math.max(0, ...[...byQuantity.values()].map((list) => list.length));
  // One array of time for all scans, or one for each.
  return Array.from({ length: count }, (_, k) =>
    [...byQuantity.values()].flatMap((list) => list[k] ?? (list.length === 1 ? list[0] : undefined) ?? []),
  );
}

/** Curves one after the other, by quantity; a curve without one of them has NaN there. */
function tableOf(
  curves: readonly (readonly ReadArray[])[],
  number: boolean,
): { readonly columns: RawColumn[]; readonly rows: number } {
  const lengths = curves.map((curve) => Math.max(0, ...curve.map(({ values }) => values.length)));
  const rows = lengths.reduce((sum, length) => sum + length, 0);
  const columns = new Map<
    string,
    { readonly heading: string; readonly factor: number; readonly values: Float64Array }
  >();
  const places = new Float64Array(rows);
  let from = 0;
  for (const [k, curve] of curves.entries()) {
    for (const { to, heading, factor, values } of curve) {
      const column = columns.get(to) ?? { heading, factor, values: new Float64Array(rows).fill(Number.NaN) };
      columns.set(to, column);
      for (let row = 0; row < values.length; row++) column.values[from + row] = (values[row]! * factor) / column.factor;
    }
    places.fill(k + 1, from, from + lengths[k]!);
    from += lengths[k]!;
  }
  const raw = [...columns].map(([to, { heading, factor, values }]): RawColumn => ({ heading, to, factor, values }));
  if (number) raw.push({ heading: 'number of the curve', to: 'step', values: places });
  return { columns: raw, rows };
}

const MEASUREMENTS_MAX = 10_000;

export function readPalmSens(source: TextBytes, options: ReaderOptions): InstrumentFile {
  const remarks = createRemarks();
  let session: unknown;
  try {
    const text = source.text(0, source.bytes.length);
    session = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  } catch (error) {
    throw new InputError([
      {
        where: options.name ?? 'file',
        found: `a PalmSens session that is no JSON (${error instanceof Error ? error.message.slice(0, 80) : 'unreadable'})`,
        wanted: 'a whole .pssession file',
      },
    ]);
  }
  const measurements = listOf(at(session, 'Measurements')).filter(isObject).slice(0, MEASUREMENTS_MAX);
  const metadata: FileMetadata[] = [];
  const spectra: (readonly ReadArray[])[] = [];
  const parts: Part[] = [];
  const format = 'PalmSens session (.pssession)';
  const arraysOf = (dataSet: unknown): readonly ReadArray[] =>
    listOf(at(dataSet, 'Values')).flatMap((array) => readArray(array) ?? []);
  for (const [k, measurement] of measurements.entries()) {
    const where = `Measurements[${k}]`;
    const title = String(at(measurement, 'Title') ?? '').slice(0, 80);
    for (const name of ['Title', 'DeviceSerial', 'DeviceFW'] as const) {
      const value = at(measurement, name);
      if (metadata.length < REMARKS_MAX && (typeof value === 'string' || typeof value === 'number') && value !== '')
        metadata.push({ name, text: String(value).slice(0, 200), where: `${where}.${name}` });
    }
    const sweeps = listOf(at(measurement, 'EISDataList')).filter(isObject);
    const arrays = arraysOf(at(measurement, 'DataSet'));
    if (sweeps.length > 0) {
      const drawn = sweeps.map((sweep) => arraysOf(at(sweep, 'DataSet')));
      const measured = sweeps.length === 1 ? oneSpectrum(arrays) : null;
      if (measured !== null && !holdsSame(measured, drawn[0]!)) {
        remarks.add(where, 'the data set and the sweep that is drawn differ; the data set is read');
      }
      spectra.push(...(measured === null ? drawn : [measured]));
      continue;
    }
    const own = curvesOf(arrays);
    const drawn = listOf(at(measurement, 'Curves')).map((curve) =>
      [at(curve, 'XAxisDataArray'), at(curve, 'YAxisDataArray')].flatMap((array) => readArray(array) ?? []),
    );
    // The data set has all that was measured, a curve only what was drawn.
    const table = tableOf(own.length > 0 ? own : drawn, (own.length > 0 ? own : drawn).length > 1);
    if (table.rows === 0) {
      remarks.add(where, `${title || 'a measurement'} holds no data`);
      continue;
    }
    parts.push({
      name: title === '' ? where : `${where} ${title}`,
      table: {
        ...table,
        format,
        place: (row) => `point ${row + 1}`,
        metadata: [],
        signWhy: 'PalmSens counts an oxidising current as positive',
        isRest: /open circuit/i.test(title),
      },
    });
  }
  if (spectra.length > 0) {
    parts.unshift({
      name: 'impedance',
      table: { ...tableOf(spectra, false), format, place: (row) => `point ${row + 1}`, metadata: [] },
    });
  }
  return assembleSeveral(parts, format, metadata, remarks, options);
}

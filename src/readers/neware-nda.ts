// Neware .nda, versions 29 and 130: fixed records one after the other, each opened by the byte 0x55.
//
// Layout as found in files and described by the reader NewareNDA (facts only).

import { InputError } from '../units/index.ts';
import { assemble, type RawColumn } from './assemble.ts';
import { createRemarks, type InstrumentFile, type ReaderOptions, type RemarkList } from './contract.ts';
import { startsWith } from './starts-with.ts';

const VERSION_AT = 14;
const RECORD_MARK = 0x55;

export function isNewareNda(bytes: Uint8Array): boolean {
  return startsWith(bytes, 'NEWARE');
}

interface NdaRows {
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly rows: number;
}

/** Columns in SI that all versions fill; capacities count within a step. */
const COLUMNS = [
  'time_s',
  'step_time_s',
  'unix_time_s',
  'current_A',
  'voltage_V',
  'cycle',
  'step',
  'status',
  'charging_capacity_C',
  'discharging_capacity_C',
  'charging_energy_J',
  'discharging_energy_J',
  'temperature_K',
] as const;
type ColumnName = (typeof COLUMNS)[number];

function emptyColumns(rows_max: number): Record<ColumnName, Float64Array> {
  return Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(rows_max).fill(Number.NaN)])) as Record<
    ColumnName,
    Float64Array
  >;
}

/** What one unit of an integer current, in mA, counts in each measuring range of version 29. */
function rangeFactor(range: number): number | undefined {
  if (range === 0) return 0;
  if (range > 0) {
    if (range <= 5) return 1e-4;
    if (range <= 50) return 1e-3;
    if (range <= 500) return 1e-2;
    return range <= 200_000 ? 1e-1 : undefined;
  }
  const size = -range;
  if (size === 100_000_000) return 10;
  if (size <= 5) return 1e-5;
  if (size <= 50) return 1e-4;
  if (size <= 500) return 1e-3;
  return size <= 200_000 ? 1e-2 : undefined;
}

const RECORD_29 = 86;

function readVersion29(bytes: Uint8Array, view: DataView, remarks: RemarkList): NdaRows {
  const isRecord = (at: number): boolean =>
    at + RECORD_29 <= bytes.length &&
    bytes[at] === RECORD_MARK &&
    bytes[at + 1] === 0 &&
    view.getUint32(at + 82, true) === 0;
  // The first record that has a status and another record behind it, or stands at the end.
  let at = 0;
  while (at + RECORD_29 <= bytes.length) {
    const next = at + RECORD_29;
    if (
      isRecord(at) &&
      bytes[at + 12] !== 0 &&
      (next + RECORD_29 > bytes.length || isRecord(next) || bytes[next] !== 0)
    )
      break;
    at++;
  }
  const rows_max = Math.max(0, Math.floor((bytes.length - at) / RECORD_29));
  const columns = emptyColumns(rows_max);
  const ranges = new Set<number>();
  let rows = 0;
  let finished_s = 0;
  let stepTime_s = 0;
  let step = -1;
  for (; at + RECORD_29 <= bytes.length; at += RECORD_29) {
    if (!isRecord(at) || view.getUint32(at + 2, true) === 0 || bytes[at + 12] === 0) continue;
    const range = view.getInt32(at + 78, true);
    const factor = rangeFactor(range);
    if (factor === undefined) ranges.add(range);
    const mA = factor ?? Number.NaN;
    const stepHere = view.getUint16(at + 10, true);
    if (stepHere !== step) {
      finished_s += stepTime_s;
      step = stepHere;
    }
    stepTime_s = Number(view.getBigUint64(at + 14, true)) / 1e3;
    columns.time_s[rows] = finished_s + stepTime_s;
    columns.step_time_s[rows] = stepTime_s;
    columns.step[rows] = step;
    columns.cycle[rows] = view.getUint32(at + 6, true) + 1;
    columns.status[rows] = bytes[at + 12]!;
    columns.voltage_V[rows] = view.getInt32(at + 22, true) / 1e4;
    columns.current_A[rows] = (view.getInt32(at + 26, true) * mA) / 1e3;
    const sums = [
      'charging_capacity_C',
      'discharging_capacity_C',
      'charging_energy_J',
      'discharging_energy_J',
    ] as const;
    for (const [k, name] of sums.entries())
      columns[name][rows] = (Number(view.getBigInt64(at + 38 + 8 * k, true)) * mA) / 1e3;
    const [year, month] = [view.getUint16(at + 70, true), bytes[at + 72]!];
    if (year > 1990 && year < 2200 && month >= 1 && month <= 12) {
      columns.unix_time_s[rows] =
        Date.UTC(year, month - 1, bytes[at + 73]!, bytes[at + 74]!, bytes[at + 75]!, bytes[at + 76]!) / 1e3;
    }
    rows++;
  }
  if (ranges.size > 0)
    remarks.add('', `measuring ranges ${[...ranges].slice(0, 5).join(', ')} are not known; their currents are missing`);
  return { columns, rows };
}

const START_130 = 1024;
/** Records without and with a temperature. */
const RECORDS_130 = [52, 56] as const;

function readVersion130(bytes: Uint8Array, view: DataView, options: ReaderOptions): NdaRows {
  if (bytes.length <= START_130) return { columns: emptyColumns(0), rows: 0 };
  // The length of a record is the distance to the next one, which has the same four bytes behind its step and status.
  const size = RECORDS_130.find(
    (length) =>
      START_130 + length + 8 > bytes.length ||
      (bytes[START_130 + length] === RECORD_MARK &&
        view.getUint32(START_130 + length + 4, true) === view.getUint32(START_130 + 4, true)),
  );
  if (bytes[START_130] !== RECORD_MARK || size === undefined) {
    throw new InputError([
      {
        where: options.name ?? 'file',
        found: 'a Neware .nda of version 130 as BTS 9.0 writes it',
        wanted: 'the form of BTS 9.1',
        hint: 'that of BTS 9.0 is not read yet; export it as text',
      },
    ]);
  }
  const columns = emptyColumns(Math.floor((bytes.length - START_130) / size));
  let rows = 0;
  for (let at = START_130; at + size <= bytes.length; at += size) {
    // After the last row come its settings, in another form.
    if (bytes[at] !== RECORD_MARK || bytes[at + 1] !== bytes[START_130 + 1]) continue;
    const seconds = (whole: number): number => view.getUint32(whole, true) + view.getUint32(whole + 4, true) / 1e9;
    columns.time_s[rows] = seconds(at + 12);
    columns.unix_time_s[rows] = seconds(at + 44);
    columns.step[rows] = bytes[at + 2]!;
    columns.status[rows] = bytes[at + 3]!;
    columns.current_A[rows] = view.getFloat32(at + 20, true) / 1e3;
    columns.voltage_V[rows] = view.getFloat32(at + 24, true);
    const capacity_C = view.getFloat32(at + 28, true) / 1e3;
    const energy_J = view.getFloat32(at + 32, true) / 1e3;
    columns.charging_capacity_C[rows] = Math.max(0, capacity_C);
    columns.discharging_capacity_C[rows] = Math.max(0, -capacity_C);
    columns.charging_energy_J[rows] = Math.max(0, energy_J);
    columns.discharging_energy_J[rows] = Math.max(0, -energy_J);
    if (size === 56) columns.temperature_K[rows] = view.getFloat32(at + 52, true) + 273.15;
    rows++;
  }
  return { columns, rows };
}

/** Reads an .nda file of version 29 or 130. Throws InputError that names any other version. */
export function readNewareNda(bytes: Uint8Array, options: ReaderOptions): InstrumentFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[VERSION_AT];
  if (version !== 29 && version !== 130) {
    throw new InputError([
      {
        where: options.name ?? 'file',
        found: `a Neware .nda of version ${version ?? 'unknown'}`,
        wanted: 'version 29 or 130',
        hint: 'this version is not read yet; export it as text',
      },
    ]);
  }
  const remarks = createRemarks();
  const { columns, rows } = version === 29 ? readVersion29(bytes, view, remarks) : readVersion130(bytes, view, options);
  const raw = Object.entries(columns).flatMap(([name, all]): RawColumn[] => {
    const values = all.slice(0, rows);
    return values.every(Number.isNaN) ? [] : [{ heading: name, values, to: name }];
  });
  return assemble(
    {
      format: `Neware .nda, version ${version}`,
      columns: raw,
      rows,
      place: (row) => `row ${row + 1}`,
      metadata: [],
      signWhy: 'Neware counts a charging current as positive',
    },
    remarks,
    options,
  );
}

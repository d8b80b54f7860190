// Neware .nda: fixed records one after the other, behind a head that says where they begin.
//
// Layouts as found in files and described by the readers NewareNDA and fastnda (facts only). Versions below 100 are of BTS 8 and older, with
// integers in units of the measuring range; version 130 is of BTS 9, with floats.

import { InputError } from '../units/index.ts';
import { assemble } from './assemble.ts';
import {
  createRemarks,
  type FileMetadata,
  type InstrumentFile,
  type ReaderOptions,
  type RemarkList,
} from './contract.ts';
import { fixedText } from './fixed-text.ts';
import {
  type NewareAuxiliary,
  type NewareColumns,
  newareColumns,
  newareMassCaution,
  newareRangeFactor_mA,
  newareStepSign,
  newareTable,
} from './neware-rows.ts';
import { startsWith } from './starts-with.ts';

const VERSION_AT = 14;
/** First bytes of a record of the cell, and of one of another channel. */
const DATA_MARK = 0x55;
const AUXILIARY_MARK = 0x65;

export function isNewareNda(bytes: Uint8Array): boolean {
  return startsWith(bytes, 'NEWARE');
}

interface NdaRows {
  readonly columns: NewareColumns;
  readonly rows: number;
  readonly auxiliaries: readonly NewareAuxiliary[];
}

/** Where the numbers of a record stand in the versions of integers. */
interface IntegerLayout {
  readonly versions: readonly number[];
  /** Versions of which real files were read, here or by those who described them; the others are described alike. */
  readonly tried: readonly number[];
  readonly size: number;
  /** Marks of a record of the cell. */
  readonly marks: readonly number[];
  readonly index: number;
  readonly cycle: number;
  /** Added to the cycle for it to count from 1. */
  readonly cycleOffset: (version: number) => number;
  readonly step: number;
  readonly stepIsWide: boolean;
  readonly type: number;
  /** A counter that moves where the same step begins again. */
  readonly jump: number | null;
  readonly time: number;
  readonly timeIsMilliseconds: boolean;
  readonly voltage: number;
  readonly current: number;
  /** Charging and discharging capacity and energy, or one of each signed by the kind of step. */
  readonly sums: readonly number[];
  readonly clock: number;
  readonly clockIsCalendar: boolean;
  readonly range: number | null;
}

const EARLY: Omit<IntegerLayout, 'versions' | 'tried' | 'clockIsCalendar'> = {
  size: 86,
  marks: [DATA_MARK],
  index: 2,
  cycle: 6,
  cycleOffset: () => 1,
  step: 10,
  stepIsWide: true,
  type: 12,
  jump: 13,
  time: 14,
  timeIsMilliseconds: true,
  voltage: 22,
  current: 26,
  sums: [38, 46, 54, 62],
  clock: 70,
  range: 78,
};

const INTEGER_LAYOUTS: readonly IntegerLayout[] = [
  {
    versions: [5, 6, 7, 8],
    tried: [8],
    size: 59,
    marks: [0, DATA_MARK],
    index: 1,
    cycle: 5,
    cycleOffset: (version) => (version % 2 === 1 ? 1 : 0),
    step: 9,
    stepIsWide: false,
    type: 10,
    jump: null,
    time: 11,
    timeIsMilliseconds: false,
    voltage: 15,
    current: 19,
    sums: [31, 39],
    clock: 47,
    clockIsCalendar: false,
    range: null,
  },
  { ...EARLY, versions: [14, 16, 17, 20, 22, 23, 24], tried: [22], clockIsCalendar: false },
  { ...EARLY, versions: [26, 28, 29], tried: [26, 29], clockIsCalendar: true },
];

const BTS9_VERSION = 130;
const KNOWN_VERSIONS = [...INTEGER_LAYOUTS.flatMap(({ versions }) => versions), BTS9_VERSION];

/** Where the records begin and end: what the head says, or else the first record with index 1. */
function dataSpan(bytes: Uint8Array, view: DataView, layout: IntegerLayout): readonly [from: number, to: number] {
  const from = bytes.length >= 72 ? view.getUint32(64, true) : 0;
  const size = bytes.length >= 72 ? view.getUint32(68, true) : 0;
  const isRecord = (at: number): boolean =>
    at > VERSION_AT &&
    at + layout.size <= bytes.length &&
    [...layout.marks, 0xaa, 0xff, AUXILIARY_MARK].includes(bytes[at]!) &&
    view.getUint32(at + layout.index, true) <= 1;
  if (isRecord(from)) return [from, size === 0 ? bytes.length : Math.min(bytes.length, from + size)];
  for (let at = VERSION_AT + 1; at + 2 * layout.size <= bytes.length; at++) {
    if (bytes[at] !== DATA_MARK || view.getUint32(at + layout.index, true) !== 1) continue;
    const next = at + layout.size;
    if (bytes[at + layout.type] !== 0 && (layout.marks.includes(bytes[next]!) || bytes[next] === AUXILIARY_MARK))
      return [at, bytes.length];
  }
  return [bytes.length, bytes.length];
}

function readIntegers(
  bytes: Uint8Array,
  view: DataView,
  layout: IntegerLayout,
  version: number,
  remarks: RemarkList,
): NdaRows {
  const [from, to] = dataSpan(bytes, view, layout);
  const rows_max = Math.max(0, Math.floor((to - from) / layout.size));
  const columns = newareColumns(rows_max);
  const other = {
    channel: [] as number[],
    index: [] as number[],
    voltage_V: [] as number[],
    temperature_K: [] as number[],
  };
  const device = view.byteLength >= 20 ? view.getUint32(16, true) : 0;
  const deviceRange = device > 0 && device + 30 <= bytes.length ? view.getInt32(device + 26, true) : 0;
  const unknown = new Set<number>();
  let rows = 0;
  for (let at = from; at + layout.size <= to; at += layout.size) {
    const index = view.getUint32(at + layout.index, true);
    if (bytes[at] === AUXILIARY_MARK && layout.range !== null && index !== 0) {
      other.channel.push(bytes[at + 1]!);
      other.index.push(index);
      other.voltage_V.push(view.getInt32(at + 22, true) / 1e4);
      other.temperature_K.push(view.getInt16(at + 34, true) / 10 + 273.15);
    }
    const type = bytes[at + layout.type]!;
    if (!layout.marks.includes(bytes[at]!) || index === 0 || type === 0) continue;
    const own = layout.range === null ? 0 : view.getInt32(at + layout.range, true);
    const range = own === 0 ? deviceRange : own;
    const mA = newareRangeFactor_mA(range);
    if (mA === undefined) unknown.add(range);
    const unit_A = (mA ?? Number.NaN) / 1e3;
    columns.index[rows] = index;
    columns.step[rows] = layout.stepIsWide ? view.getUint16(at + layout.step, true) : bytes[at + layout.step]!;
    columns.step_count[rows] = layout.jump === null ? 0 : bytes[at + layout.jump]!;
    columns.step_type[rows] = type;
    columns.cycle[rows] = view.getUint32(at + layout.cycle, true) + layout.cycleOffset(version);
    columns.step_time_s[rows] = layout.timeIsMilliseconds
      ? Number(view.getBigUint64(at + layout.time, true)) / 1e3
      : view.getUint32(at + layout.time, true);
    columns.voltage_V[rows] = view.getInt32(at + layout.voltage, true) / 1e4;
    const current = view.getInt32(at + layout.current, true);
    columns.current_A[rows] = current * unit_A;
    const sums = layout.sums.map((place) => Number(view.getBigInt64(at + place, true)) * unit_A);
    if (sums.length === 4) setSums(columns, rows, sums);
    else {
      const sign = newareStepSign(type) || Math.sign(current);
      const [capacity_C, energy_J] = [Math.abs(sums[0]!), Math.abs(sums[1]!)];
      setSums(columns, rows, sign < 0 ? [0, capacity_C, 0, energy_J] : [capacity_C, 0, energy_J, 0]);
    }
    columns.unix_time_s[rows] = layout.clockIsCalendar
      ? calendarTime(view, at + layout.clock)
      : Number(view.getBigUint64(at + layout.clock, true)) || Number.NaN;
    rows++;
  }
  if (unknown.size > 0)
    remarks.add(
      '',
      `measuring ranges ${[...unknown].slice(0, 5).join(', ')} are not known; their currents are missing`,
    );
  return { columns, rows, auxiliaries: auxiliariesOf(other) };
}

function setSums(columns: NewareColumns, row: number, sums: readonly number[]): void {
  columns.charging_capacity_C[row] = sums[0]!;
  columns.discharging_capacity_C[row] = sums[1]!;
  columns.charging_energy_J[row] = sums[2]!;
  columns.discharging_energy_J[row] = sums[3]!;
}

/** Seconds since 1970 of year, month, day, hour, minute and second in seven bytes; NaN for a clock that was never set. */
export function calendarTime(view: DataView, at: number): number {
  const [year, month] = [view.getUint16(at, true), view.getUint8(at + 2)];
  if (year <= 1990 || year >= 2200 || month < 1 || month > 12) return Number.NaN;
  const [day, hour, minute, second] = [3, 4, 5, 6].map((k) => view.getUint8(at + k));
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1e3;
}

/** Channels measured beside the cell, each a voltage and a temperature; those that are zero throughout are not connected. */
function auxiliariesOf(other: {
  readonly channel: readonly number[];
  readonly index: readonly number[];
  readonly voltage_V: readonly number[];
  readonly temperature_K: readonly number[];
}): NewareAuxiliary[] {
  const channels = [...new Set(other.channel)].sort((a, b) => a - b);
  return channels.flatMap((channel, order): NewareAuxiliary[] => {
    const rows = other.channel.flatMap((value, k) => (value === channel ? [k] : []));
    const index = Float64Array.from(rows, (k) => other.index[k]!);
    const voltage = Float64Array.from(rows, (k) => other.voltage_V[k]!);
    const temperature = Float64Array.from(rows, (k) => other.temperature_K[k]!);
    return [
      ...(voltage.some((value) => value !== 0)
        ? [{ heading: `auxiliary ${channel} voltage`, to: `auxiliary_voltage_${channel}_V`, index, values: voltage }]
        : []),
      ...(temperature.some((value) => value !== 273.15)
        ? [
            {
              heading: `auxiliary ${channel} temperature`,
              to: order === 0 ? 'temperature_K' : `auxiliary_temperature_${channel}_K`,
              index,
              values: temperature,
            },
          ]
        : []),
    ];
  });
}

const START_BTS9 = 1024;
/** Size of a record of BTS 9.1: up to the clock, then a temperature, then what is not known. */
const SIZE_91_MIN = 52;
const SIZE_91_MAX = 256;
const SIZE_90 = 88;

function readBts91(bytes: Uint8Array, view: DataView): NdaRows {
  // The length of a record is the distance to the next one, which has the same four bytes behind its step and its kind.
  let size = SIZE_91_MIN;
  const isNext = (at: number): boolean =>
    at + 8 > bytes.length ||
    (bytes[at] === DATA_MARK && view.getUint32(at + 4, true) === view.getUint32(START_BTS9 + 4, true));
  while (size <= SIZE_91_MAX && !isNext(START_BTS9 + size)) size += 4;
  if (size > SIZE_91_MAX) size = SIZE_91_MIN;
  const columns = newareColumns(Math.max(0, Math.floor((bytes.length - START_BTS9) / size)));
  const temperature_K = columns.index.slice();
  let rows = 0;
  for (let at = START_BTS9; at + size <= bytes.length; at += size) {
    // After the last row come its settings, in another form.
    if (bytes[at] !== DATA_MARK || bytes[at + 1] !== bytes[START_BTS9 + 1]) continue;
    const seconds = (whole: number): number => view.getUint32(whole, true) + view.getUint32(whole + 4, true) / 1e9;
    columns.step[rows] = bytes[at + 2]!;
    columns.step_type[rows] = bytes[at + 3]!;
    columns.index[rows] = view.getUint32(at + 8, true);
    columns.time_s[rows] = seconds(at + 12);
    columns.current_A[rows] = view.getFloat32(at + 20, true) / 1e3;
    columns.voltage_V[rows] = view.getFloat32(at + 24, true);
    const capacity_C = view.getFloat32(at + 28, true) / 1e3;
    const energy_J = view.getFloat32(at + 32, true) / 1e3;
    setSums(
      columns,
      rows,
      [capacity_C, -capacity_C, energy_J, -energy_J].map((sum) => Math.max(0, sum)),
    );
    columns.cycle[rows] = view.getUint32(at + 36, true) + 1;
    columns.unix_time_s[rows] = seconds(at + 44);
    if (size >= 56) temperature_K[rows] = view.getFloat32(at + 52, true) + 273.15;
    rows++;
  }
  const index = columns.index.slice(0, rows);
  const hasTemperature = temperature_K.some((value) => !Number.isNaN(value));
  return {
    columns,
    rows,
    auxiliaries: hasTemperature
      ? [{ heading: 'temperature', to: 'temperature_K', index, values: temperature_K.slice(0, rows) }]
      : [],
  };
}

function readBts90(bytes: Uint8Array, view: DataView): NdaRows {
  const columns = newareColumns(Math.max(0, Math.floor((bytes.length - START_BTS9) / SIZE_90)));
  const channel = view.getUint32(START_BTS9, true);
  const signed = new Float64Array(columns.index.length);
  const signedEnergy = new Float64Array(columns.index.length);
  let rows = 0;
  for (let at = START_BTS9; at + SIZE_90 <= bytes.length; at += SIZE_90) {
    if (view.getUint32(at, true) !== channel || bytes[at + 4] !== DATA_MARK) continue;
    columns.step[rows] = bytes[at + 9]!;
    columns.step_type[rows] = bytes[at + 10]!;
    columns.index[rows] = view.getUint32(at + 16, true);
    columns.step_time_s[rows] = Number(view.getBigUint64(at + 28, true)) / 1e6;
    columns.voltage_V[rows] = view.getFloat32(at + 36, true);
    columns.current_A[rows] = view.getFloat32(at + 40, true) / 1e3;
    columns.charging_capacity_C[rows] = view.getFloat32(at + 52, true) / 1e3;
    columns.charging_energy_J[rows] = view.getFloat32(at + 56, true) / 1e3;
    signed[rows] = view.getFloat32(at + 60, true) / 1e3;
    signedEnergy[rows] = view.getFloat32(at + 64, true) / 1e3;
    columns.unix_time_s[rows] = Number(view.getBigUint64(at + 68, true)) / 1e6 || Number.NaN;
    rows++;
  }
  // Some of these files count a charge in a field of its own, others write both directions, signed, into the second one.
  const isSplit = columns.charging_capacity_C.subarray(0, rows).some((value) => value !== 0);
  const hasSign = signed.subarray(0, rows).some((value) => value < 0);
  for (let row = 0; row < rows; row++) {
    const [capacity_C, energy_J] = [signed[row]!, signedEnergy[row]!];
    if (isSplit) {
      columns.discharging_capacity_C[row] = Math.abs(capacity_C);
      columns.discharging_energy_J[row] = Math.abs(energy_J);
      continue;
    }
    const sign = hasSign ? Math.sign(capacity_C) : newareStepSign(columns.step_type[row]!);
    const sums = [Math.abs(capacity_C), Math.abs(energy_J)] as const;
    setSums(columns, row, sign < 0 ? [0, sums[0], 0, sums[1]] : [sums[0], 0, sums[1], 0]);
  }
  return { columns, rows, auxiliaries: [] };
}

function readBts9(bytes: Uint8Array, view: DataView): NdaRows {
  if (bytes.length < START_BTS9 + SIZE_91_MIN) return { columns: newareColumns(0), rows: 0, auxiliaries: [] };
  return bytes[START_BTS9] === DATA_MARK ? readBts91(bytes, view) : readBts90(bytes, view);
}

/** Size of the record of test information, and where its fields stand, by the first version that has them. */
const TEST_INFORMATION = [
  { since: 29, size: 503, at: [37, 77, 137, 227], sizes: [20, 60, 90, 100] },
  { since: 17, size: 383, at: [37, 77, 137, 227], sizes: [20, 60, 90, 100] },
  { since: 16, size: 343, at: [37, 77, 137, 227], sizes: [20, 60, 90, 100] },
  { since: 11, size: 327, at: [37, 77, 137, 227], sizes: [20, 60, 90, 100] },
  { since: 0, size: 211, at: [36, 76, 91, 111], sizes: [20, 15, 20, 100] },
] as const;
const INFORMATION_NAMES = ['Start time', 'Creator', 'Serial number', 'Remarks'] as const;

/** 2000 to 2100, in microseconds since 1970. */
const CLOCK_US_MIN = 946_684_800e6;
const CLOCK_US_MAX = 4_102_444_800e6;

function metadataOf(bytes: Uint8Array, view: DataView, version: number): FileMetadata[] {
  const found: FileMetadata[] = [];
  const add = (name: string, text: string, at: number, caution?: string): void => {
    if (text !== '') found.push({ name, text, where: `byte ${at}`, ...(caution === undefined ? {} : { caution }) });
  };
  const text = (at: number, size: number): string => fixedText(bytes, at, size, 'gbk');
  add('Written on', /^\d{8}$/.test(text(6, 8)) ? text(6, 8) : '', 6);
  for (const mark of ['BTSServer', 'BTS_XWJ', 'BTS Client']) {
    for (let at = 0; at < Math.min(bytes.length - mark.length, 65536); at++) {
      if (bytes[at] !== 66 || !startsWith(bytes, mark, at)) continue;
      add(mark === 'BTS Client' ? 'Client' : 'Server', text(at, 50), at);
      break;
    }
  }
  const massAt = version >= 129 ? 330 : version >= 9 ? 152 : 144;
  if (massAt + 4 <= bytes.length && view.getUint32(massAt, true) !== 0) {
    const mass_mg = view.getUint32(massAt, true) / 1e3;
    add('Active mass', `${mass_mg} mg`, massAt, newareMassCaution(mass_mg));
  }
  if (version < 129) {
    const { size, at, sizes } = TEST_INFORMATION.find(({ since }) => version >= since)!;
    const [from, length] = bytes.length >= 32 ? [view.getUint32(24, true), view.getUint32(28, true)] : [0, 0];
    const last = from + (Math.floor(length / size) - 1) * size;
    if (from > 0 && last >= from && last + size <= bytes.length)
      for (const [k, name] of INFORMATION_NAMES.entries()) add(name, text(last + at[k]!, sizes[k]!), last + at[k]!);
    return found;
  }
  const release = /\d+(?:\.[\dA-Za-z]+){4,}/.exec(
    fixedText(
      bytes.subarray(0, 2048).map((byte) => byte || 32),
      0,
      2048,
      'windows-1252',
    ),
  );
  add('Server', release?.[0] ?? '', release?.index ?? 0);
  const [from, length] =
    bytes.length >= 50 ? [Number(view.getBigUint64(34, true)), Number(view.getBigUint64(42, true))] : [0, 0];
  if (!(from > 0 && length >= 64 && length < 65536 && from + length <= bytes.length)) return found;
  if (view.getUint16(from, true) >= 8 && length > 328) {
    add('Creator', text(from + 8, 32), from + 8);
    add('Serial number', text(from + 40, 32), from + 40);
    add('Step file', text(from + 168, 64), from + 168);
    add('Remarks', text(from + 264, 64), from + 264);
  }
  // The start and the end of the test are the only two clocks side by side.
  for (let at = from; at + 16 <= from + length; at++) {
    const [start, stop] = [Number(view.getBigUint64(at, true)), Number(view.getBigUint64(at + 8, true))];
    if (!(start > CLOCK_US_MIN && stop >= start && stop < CLOCK_US_MAX && stop - start < 1.6e14)) continue;
    const written = (clock: number): string => new Date(clock / 1e3).toISOString().replace('T', ' ').replace('Z', '');
    add('Start time', written(start), at);
    add('End time', written(stop), at + 8);
    break;
  }
  return found;
}

/** Reads an .nda file of the versions listed above. Throws InputError that names any other version. */
export function readNewareNda(bytes: Uint8Array, options: ReaderOptions): InstrumentFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[VERSION_AT];
  if (version === undefined || !KNOWN_VERSIONS.includes(version)) {
    throw new InputError([
      {
        where: options.name ?? 'file',
        found: `a Neware .nda of version ${version ?? 'unknown'}`,
        wanted: `version ${KNOWN_VERSIONS.join(', ')}`,
        hint: 'this version is not read; export it as text',
      },
    ]);
  }
  const remarks = createRemarks();
  const layout = INTEGER_LAYOUTS.find(({ versions }) => versions.includes(version));
  if (layout !== undefined && !layout.tried.includes(version))
    remarks.add(
      '',
      `read like version ${layout.tried[0]}, as version ${version} is described; nobody is known to have tried that on a file of it`,
    );
  const { columns, rows, auxiliaries } =
    layout === undefined ? readBts9(bytes, view) : readIntegers(bytes, view, layout, version, remarks);
  const table = newareTable(columns, rows, auxiliaries, remarks);
  return assemble(
    {
      format: `Neware .nda, version ${version}`,
      columns: table.columns,
      rows: table.rows,
      place: (row) => `row ${row + 1}`,
      metadata: metadataOf(bytes, view, version),
      signWhy: 'Neware counts a charging current as positive',
    },
    remarks,
    options,
  );
}

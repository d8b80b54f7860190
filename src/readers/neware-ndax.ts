// Neware .ndax: an archive of tables (.ndc) and settings (XML).
//
// An .ndc is a run of pages: 4096 bytes (512 in version 2), the first a head, each with the bits of the rows that count and then the rows.
// Versions 2 and 5 hold whole rows. From version 8 on data.ndc holds nothing but voltage and current of every row; time, charge and energy
// stand in data_runInfo.ndc for some rows, the anchors, with the interval at which the rows behind an anchor were taken, and data_step.ndc
// says for each step its cycle and kind. What the vendor's program shows between the anchors it computes, and so does this reader, which
// says so. Layouts as found in files and described by the readers NewareNDA and fastnda (facts only).

import { InputError } from '../units/index.ts';
import { assemble } from './assemble.ts';
import {
  createRemarks,
  type FileMetadata,
  type InstrumentFile,
  type ReaderOptions,
  type RemarkList,
} from './contract.ts';
import { calendarTime } from './neware-nda.ts';
import {
  countChanges,
  type NewareAuxiliary,
  type NewareColumns,
  newareColumns,
  newareMassCaution,
  newareRangeFactor_mA,
  newareTable,
} from './neware-rows.ts';
import { xmlElements } from './xml.ts';
import type { ZipArchive, ZipEntry } from './zip.ts';

const DATA_FILE = 1;
const AUXILIARY_FILE = 5;
const STEP_FILE = 7;
const ANCHOR_FILE = 18;

/** How a version with anchors writes its numbers. */
interface AnchoredVersion {
  /** 0.1 mV, mA, mAs and mWs; otherwise V, A, Ah and Wh. */
  readonly isFine: boolean;
  readonly stepSize: number;
  readonly anchorSize: number;
  /** Place of the interval in an anchor; clock, step, index and milliseconds follow. */
  readonly intervalAt: number;
  readonly hasMilliseconds: boolean;
  /** Whether real files of it were read, here or by those who described it. */
  readonly tried: boolean;
}

const fine = { isFine: true, stepSize: 37, intervalAt: 29, hasMilliseconds: true, tried: false } as const;
const ANCHORED_VERSIONS: Readonly<Record<number, AnchoredVersion>> = {
  8: { ...fine, isFine: false, anchorSize: 42, intervalAt: 26, hasMilliseconds: false },
  9: { ...fine, anchorSize: 45, hasMilliseconds: false },
  11: { ...fine, anchorSize: 47, tried: true },
  12: { ...fine, isFine: false, anchorSize: 47 },
  13: { ...fine, anchorSize: 55 },
  14: { ...fine, isFine: false, anchorSize: 55, tried: true },
  16: { ...fine, stepSize: 100, anchorSize: 100, tried: true },
  17: { ...fine, isFine: false, stepSize: 100, anchorSize: 100, tried: true },
};
const WHOLE_VERSIONS = [2, 5];
const KNOWN_VERSIONS = [...WHOLE_VERSIONS, ...Object.keys(ANCHORED_VERSIONS).map(Number)].sort((a, b) => a - b);

const PAGE_SIZE = 4096;
const PAGE_START = 132;
const BITS_AT = 4;

/** Calls for each row that counts, with its byte and its place among all rows, from 1. */
function forEachRow(bytes: Uint8Array, size: number, row: (at: number, index: number) => void): void {
  const perPage = Math.floor((PAGE_SIZE - PAGE_START - 1) / size);
  for (let page = 1; (page + 1) * PAGE_SIZE <= bytes.length; page++) {
    const start = page * PAGE_SIZE;
    for (let k = 0; k < perPage; k++) {
      if (((bytes[start + BITS_AT + (k >> 3)]! >> (k & 7)) & 1) === 0) continue;
      row(start + PAGE_START + k * size, (page - 1) * perPage + k + 1);
    }
  }
}

/** Rows with a mark and an index of their own, as versions 2 and 5 have them. `mark` is 0x55 for the cell. */
function forEachMarkedRow(
  bytes: Uint8Array,
  version: number,
  marks: readonly number[],
  row: (at: number, index: number, mark: number) => void,
): void {
  const view = viewOf(bytes);
  const isOld = version === 2;
  const [page, start, size, indexAt] = isOld ? [512, 5, 94, 8] : [PAGE_SIZE, PAGE_START, 87, 1];
  const perPage = Math.floor((page - start - 1) / size);
  for (let from = page; from + page <= bytes.length; from += page) {
    for (let k = 0; k < perPage; k++) {
      const at = from + start + k * size;
      const index = view.getUint32(at + indexAt, true);
      if (marks.includes(bytes[at]!) && index !== 0) row(at + indexAt, index, bytes[at]!);
    }
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const versionOf = (bytes: Uint8Array, kind: number): number | null =>
  bytes.length >= 3 && bytes[0] === kind ? bytes[2]! : null;

/**
 * Rows that are read of one table: a row of eight bytes becomes a hundred in memory, so their number is bounded by the size of the archive and
 * not only by what it inflates to.
 */
const ROWS_MAX = 2e7;
const ROWS_SPARED = 1e6;
const ROWS_PER_BYTE_MAX = 4;

interface NdcRows {
  readonly columns: NewareColumns;
  readonly rows: number;
  /** 1 for a row between the anchors; null where every row is whole. */
  readonly isInterpolated: Float64Array | null;
}

function readWholeRows(bytes: Uint8Array, version: number, remarks: RemarkList): NdcRows {
  const view = viewOf(bytes);
  const columns = newareColumns(Math.ceil(bytes.length / 87));
  const unknown = new Set<number>();
  let rows = 0;
  forEachMarkedRow(bytes, version, [0x55], (at, index) => {
    const range = view.getInt32(at + 74, true);
    const mA = newareRangeFactor_mA(range);
    if (mA === undefined) unknown.add(range);
    const unit_A = (mA ?? Number.NaN) / 1e3;
    columns.index[rows] = index;
    columns.cycle[rows] = view.getUint32(at + 4, true) + 1;
    columns.step[rows] = bytes[at + 8]!;
    columns.step_type[rows] = bytes[at + 9]!;
    columns.step_time_s[rows] = Number(view.getBigUint64(at + 15, true)) / 1e3;
    columns.voltage_V[rows] = view.getInt32(at + 23, true) / 1e4;
    columns.current_A[rows] = view.getInt32(at + 27, true) * unit_A;
    columns.charging_capacity_C[rows] = Number(view.getBigInt64(at + 35, true)) * unit_A;
    columns.discharging_capacity_C[rows] = Number(view.getBigInt64(at + 43, true)) * unit_A;
    columns.charging_energy_J[rows] = Number(view.getBigInt64(at + 51, true)) * unit_A;
    columns.discharging_energy_J[rows] = Number(view.getBigInt64(at + 59, true)) * unit_A;
    columns.unix_time_s[rows] = calendarTime(view, at + 67);
    rows++;
  });
  if (unknown.size > 0)
    remarks.add(
      '',
      `measuring ranges ${[...unknown].slice(0, 5).join(', ')} are not known; their currents are missing`,
    );
  return { columns, rows, isInterpolated: null };
}

/** What data_runInfo.ndc says of one row. */
interface Anchor {
  readonly index: number;
  readonly stepTime_s: number;
  readonly interval_s: number;
  readonly unixTime_s: number;
  readonly step: number;
  /** Charging and discharging capacity, C, and energy, J. */
  readonly sums: readonly [number, number, number, number];
}

function readAnchors(bytes: Uint8Array, version: AnchoredVersion): Anchor[] {
  const view = viewOf(bytes);
  // Coulombs and joules in mAs and mWs, or in Ah and Wh.
  const unit = version.isFine ? 1e-3 : 3600;
  const found: Anchor[] = [];
  forEachRow(bytes, version.anchorSize, (at) => {
    const index = view.getUint32(at + version.intervalAt + 12, true);
    if (index === 0) return;
    const milliseconds = version.hasMilliseconds ? view.getUint16(at + version.intervalAt + 16, true) : 0;
    const sum = (k: number): number => Math.abs(view.getFloat32(at + 5 + 4 * k, true)) * unit;
    found.push({
      index,
      stepTime_s: view.getUint32(at, true) / 1e3,
      interval_s: view.getInt32(at + version.intervalAt, true) / 1e3,
      unixTime_s: view.getUint32(at + version.intervalAt + 4, true) + milliseconds / 1e3,
      step: view.getUint32(at + version.intervalAt + 8, true),
      sums: [sum(0), sum(1), sum(2), sum(3)],
    });
  });
  // The first of several anchors of one row is the row itself.
  const ordered = found
    .map((anchor, k) => ({ anchor, k }))
    .sort((a, b) => a.anchor.index - b.anchor.index || a.k - b.k);
  return ordered.flatMap(({ anchor }, k) => (k > 0 && ordered[k - 1]!.anchor.index === anchor.index ? [] : [anchor]));
}

interface Step {
  readonly cycle: number;
  readonly step: number;
  readonly type: number;
}

function readSteps(bytes: Uint8Array, version: AnchoredVersion): Step[] {
  const view = viewOf(bytes);
  const found: Step[] = [];
  forEachRow(bytes, version.stepSize, (at) => {
    found.push({ cycle: view.getUint32(at, true) + 1, step: view.getUint32(at + 4, true), type: bytes[at + 24]! });
  });
  return found;
}

function readAnchoredRows(
  bytes: Uint8Array,
  anchors: readonly Anchor[],
  steps: readonly Step[],
  version: AnchoredVersion,
  rows_max: number,
  remarks: RemarkList,
): NdcRows {
  const view = viewOf(bytes);
  let count = 0;
  forEachRow(bytes, 8, () => {
    count++;
  });
  if (count > rows_max)
    remarks.add('data.ndc', `of ${count} rows in so small an archive the first ${rows_max} are read`);
  const columns = newareColumns(Math.min(count, rows_max));
  let rows = 0;
  forEachRow(bytes, 8, (at, index) => {
    if (rows >= rows_max) return;
    columns.index[rows] = index;
    columns.voltage_V[rows] = view.getFloat32(at, true) * (version.isFine ? 1e-4 : 1);
    columns.current_A[rows] = view.getFloat32(at + 4, true) * (version.isFine ? 1e-3 : 1);
    rows++;
  });
  const isInterpolated = new Float64Array(rows);
  // Steps by their order: their numbers may go on from an earlier part of the test.
  const stepNumbers = Float64Array.from(anchors, ({ step }) => step);
  const stepOrder = countChanges(anchors.length, stepNumbers);
  let finished_s = 0;
  let stepEnd_s = 0;
  let row = 0;
  while (row < rows && anchors.length > 0 && columns.index[row]! < anchors[0]!.index) row++;
  for (const [k, anchor] of anchors.entries()) {
    const next = anchors[k + 1];
    const first = row;
    while (row < rows && (next === undefined || columns.index[row]! < next.index)) row++;
    const step = steps[stepOrder[k]! - 1];
    if (k > 0 && stepOrder[k] !== stepOrder[k - 1]) {
      finished_s += stepEnd_s;
      stepEnd_s = 0;
    }
    for (let j = first; j < row; j++) {
      columns.step_count[j] = stepOrder[k]!;
      columns.step[j] = step?.step ?? stepOrder[k]!;
      columns.step_type[j] = step?.type ?? Number.NaN;
      columns.cycle[j] = step?.cycle ?? Number.NaN;
    }
    const follower = next !== undefined && next.step === anchor.step ? next : undefined;
    fillBehind(columns, isInterpolated, { first, last: row, anchor, next: follower });
    // The rows of a step may end before it does.
    stepEnd_s = Math.max(stepEnd_s, anchor.stepTime_s, row > first ? columns.step_time_s[row - 1]! : 0);
    for (let j = first; j < row; j++) columns.time_s[j] = finished_s + columns.step_time_s[j]!;
  }
  return { columns, rows, isInterpolated };
}

const SUMS = ['charging_capacity_C', 'discharging_capacity_C', 'charging_energy_J', 'discharging_energy_J'] as const;

/**
 * Rows `first` to `last` − 1, of which the first is the anchor's own where its index is the anchor's. The others come one interval after the
 * other; where that would run past the next anchor of the step, they are spread evenly up to it. Charge and energy grow with current and
 * power, and meet the next anchor.
 */
function fillBehind(
  columns: NewareColumns,
  isInterpolated: Float64Array,
  {
    first,
    last,
    anchor,
    next,
  }: { readonly first: number; readonly last: number; readonly anchor: Anchor; readonly next: Anchor | undefined },
): void {
  if (first >= last) return;
  const own = columns.index[first] === anchor.index ? first : first - 1;
  const between = last - 1 - own;
  let interval_s = anchor.interval_s;
  if (next !== undefined) {
    const room_s = next.stepTime_s - anchor.stepTime_s;
    if (!(interval_s > 0) || between * interval_s > room_s + 1e-9) interval_s = Math.max(0, room_s) / (between + 1);
  } else interval_s = Math.max(0, interval_s);
  const grown = [0, 0, 0, 0];
  const grow = (row: number, duration_s: number): void => {
    const current_A = columns.current_A[row]!;
    const side = current_A < 0 ? 1 : 0;
    const charge_C = Math.abs(current_A) * duration_s;
    grown[side] = grown[side]! + charge_C;
    grown[side + 2] = grown[side + 2]! + charge_C * columns.voltage_V[row]!;
  };
  for (let row = first; row < last; row++) {
    const passed_s = (row - own) * interval_s;
    if (row > own) {
      isInterpolated[row] = 1;
      grow(row, interval_s);
    }
    columns.step_time_s[row] = anchor.stepTime_s + passed_s;
    columns.unix_time_s[row] = anchor.unixTime_s + passed_s;
    for (const [k, name] of SUMS.entries()) columns[name][row] = anchor.sums[k]! + grown[k]!;
  }
  if (next === undefined || between === 0) return;
  // What is left up to the next anchor is shared out in proportion; it came with a current that no row shows where none grew.
  grow(last - 1, next.stepTime_s - anchor.stepTime_s - between * interval_s);
  for (const [k, name] of SUMS.entries()) {
    const wanted = next.sums[k]! - anchor.sums[k]!;
    for (let row = Math.max(first, own + 1); row < last; row++) {
      const share = grown[k]! > 0 ? (columns[name][row]! - anchor.sums[k]!) / grown[k]! : (row - own) / (between + 1);
      columns[name][row] = anchor.sums[k]! + wanted * share;
    }
  }
}

/** Kinds of auxiliary channels by their number in TestInfo.xml. */
const TEMPERATURE_CHANNEL = 103;
const SET_TEMPERATURE_CHANNEL = 335;
const HUMIDITY_CHANNEL = 345;

interface Channel {
  readonly id: string;
  readonly type: number;
}

interface AuxiliaryColumns {
  readonly index: number[];
  readonly voltage_V: number[];
  readonly temperature_K: number[];
  readonly set_K: number[];
  /** A quantity that only TestInfo.xml names. */
  readonly plain: number[];
}

function readAuxiliary(bytes: Uint8Array, version: number): AuxiliaryColumns {
  const found: AuxiliaryColumns = { index: [], voltage_V: [], temperature_K: [], set_K: [], plain: [] };
  const view = viewOf(bytes);
  if (WHOLE_VERSIONS.includes(version)) {
    forEachMarkedRow(bytes, version, [0x65, 0x74], (at, index, mark) => {
      found.index.push(index);
      found.voltage_V.push(view.getInt32(at + 23, true) / 1e4);
      found.temperature_K.push(view.getInt16(at + 33, true) / 10 + 273.15);
      found.set_K.push(mark === 0x74 ? view.getInt16(at + 35, true) / 10 + 273.15 : 273.15);
    });
    return found;
  }
  if (ANCHORED_VERSIONS[version]?.isFine !== true) {
    forEachRow(bytes, 4, (at, index) => {
      found.index.push(index);
      found.plain.push(view.getFloat32(at, true));
    });
    return found;
  }
  const mark = bytes[PAGE_SIZE + PAGE_START];
  if (mark === 0x65) {
    forEachRow(bytes, 7, (at, index) => {
      found.index.push(index);
      found.voltage_V.push(view.getFloat32(at + 1, true) / 1e4);
      found.temperature_K.push(view.getInt16(at + 5, true) / 10 + 273.15);
    });
  } else if (mark === 0x74) {
    forEachRow(bytes, 88, (at) => {
      found.index.push(view.getUint32(at + 1, true));
      found.temperature_K.push(view.getInt16(at + 35, true) / 10 + 273.15);
    });
  }
  return found;
}

/** Columns of one channel; a quantity that is zero throughout has no sensor. The first temperature of all is that of the cell. */
function auxiliaryColumns(found: AuxiliaryColumns, channel: Channel, isFirst: () => boolean): NewareAuxiliary[] {
  const index = Float64Array.from(found.index);
  const column = (what: string, to: string, values: readonly number[]): NewareAuxiliary => ({
    heading: `auxiliary ${channel.id} ${what}`,
    to,
    index,
    values: Float64Array.from(values),
  });
  const temperature = (values: readonly number[]): NewareAuxiliary =>
    column('temperature', isFirst() ? 'temperature_K' : `auxiliary_temperature_${channel.id}_K`, values);
  const celsius = found.plain.map((value) => value + 273.15);
  const plain = (): NewareAuxiliary => {
    if (channel.type === TEMPERATURE_CHANNEL) return temperature(celsius);
    if (channel.type === SET_TEMPERATURE_CHANNEL)
      return column('set temperature', `set_temperature_${channel.id}_K`, celsius);
    if (channel.type === HUMIDITY_CHANNEL) return column('humidity', `humidity_${channel.id}_percent`, found.plain);
    return column(`of kind ${channel.type}`, `auxiliary_${channel.id}`, found.plain);
  };
  return [
    ...(found.voltage_V.some((value) => value !== 0)
      ? [column('voltage', `auxiliary_voltage_${channel.id}_V`, found.voltage_V)]
      : []),
    ...(found.temperature_K.some((value) => value !== 273.15) ? [temperature(found.temperature_K)] : []),
    ...(found.set_K.some((value) => value !== 273.15)
      ? [column('set temperature', `set_temperature_${channel.id}_K`, found.set_K)]
      : []),
    ...(found.plain.length > 0 ? [plain()] : []),
  ];
}

/** Settings that say something of the cell or the test; of the rest there is no end. */
const SETTINGS: readonly (readonly [file: string, element: string, attribute: string, name: string])[] = [
  ['testinfo.xml', 'TestInfo', 'StartTime', 'Start time'],
  ['testinfo.xml', 'TestInfo', 'EndTime', 'End time'],
  ['testinfo.xml', 'TestInfo', 'Barcode', 'Barcode'],
  ['testinfo.xml', 'TestInfo', 'Remark', 'Remarks'],
  ['testinfo.xml', 'TestInfo', 'StepName', 'Step file'],
  ['testinfo.xml', 'TestInfo', 'SN', 'Serial number'],
  ['testinfo.xml', 'TestInfo', 'DevID', 'Device'],
  ['testinfo.xml', 'TestInfo', 'UnitID', 'Unit'],
  ['testinfo.xml', 'TestInfo', 'ChlID', 'Channel'],
  ['testinfo.xml', 'TestInfo', 'TestID', 'Test'],
  ['testinfo.xml', 'TestInfo', 'CurrRange', 'Current range, mA'],
  ['testinfo.xml', 'TestInfo', 'VoltRange', 'Voltage range, V'],
  ['versioninfo.xml', 'ZwjVersion', 'SvrVer', 'Server'],
  ['versioninfo.xml', 'ZwjVersion', 'CurrClientVer', 'Client'],
  ['versioninfo.xml', 'ZwjVersion', 'ZwjVersion', 'Control unit'],
  ['versioninfo.xml', 'ZwjVersion', 'MainXwjVer', 'Tester'],
  ['step.xml', 'Creator', 'Value', 'Creator'],
  ['step.xml', 'PN', 'Value', 'Part number'],
  ['step.xml', 'Remark', 'Value', 'Step remarks'],
];
const SETTINGS_SIZE_MAX = 2 ** 24;
const AUXILIARY_FILES_MAX = 200;

const baseName = (entry: ZipEntry): string => entry.name.slice(entry.name.lastIndexOf('/') + 1).toLowerCase();

export function isNewareNdax({ entries }: ZipArchive): boolean {
  return entries.some((entry) => baseName(entry) === 'data.ndc');
}

/** Reads an .ndax archive. Throws InputError where data.ndc cannot be read; what is wrong with the rest is a remark. */
export function readNewareNdax(archive: ZipArchive, options: ReaderOptions): InstrumentFile {
  const where = options.name ?? 'file';
  const remarks = createRemarks();
  const files = new Map<string, ZipEntry>();
  for (const entry of archive.entries) if (!files.has(baseName(entry))) files.set(baseName(entry), entry);
  const dataEntry = files.get('data.ndc')!;
  const data = archive.read(dataEntry);
  const version = versionOf(data, DATA_FILE);
  if (version === null || !KNOWN_VERSIONS.includes(version)) {
    throw new InputError([
      {
        where: `${where}, data.ndc`,
        found: version === null ? 'no table of data' : `a table of version ${version}`,
        wanted: `version ${KNOWN_VERSIONS.join(', ')}`,
        hint: 'export the test as text',
      },
    ]);
  }
  /** What a further file holds; null, and told, where it cannot be had. */
  const optional = <T>(name: string, read: (bytes: Uint8Array) => T): T | null => {
    const entry = files.get(name);
    if (entry === undefined) return null;
    try {
      return read(archive.read(entry));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      remarks.add(name, error.message);
      return null;
    }
  };
  const kindOf = (bytes: Uint8Array, kind: number): Uint8Array => {
    if (versionOf(bytes, kind) === version) return bytes;
    throw new InputError([
      { where, found: `a table of kind ${bytes[0]}, version ${bytes[2]}`, wanted: `kind ${kind}, version ${version}` },
    ]);
  };

  const anchored = ANCHORED_VERSIONS[version];
  let read: NdcRows;
  if (anchored === undefined) read = readWholeRows(data, version, remarks);
  else {
    if (!anchored.tried)
      remarks.add('', `read as version ${version} is described; nobody is known to have tried that on a file of it`);
    const anchors = optional('data_runinfo.ndc', (bytes) => readAnchors(kindOf(bytes, ANCHOR_FILE), anchored)) ?? [];
    const steps = optional('data_step.ndc', (bytes) => readSteps(kindOf(bytes, STEP_FILE), anchored)) ?? [];
    const rows_max = Math.min(ROWS_MAX, ROWS_SPARED + ROWS_PER_BYTE_MAX * dataEntry.packed_bytes);
    read = readAnchoredRows(data, anchors, steps, anchored, rows_max, remarks);
    if (read.rows > 0 && anchors.length === 0)
      remarks.add('data_runInfo.ndc', 'without its anchors the rows have a voltage and a current, and no time');
    if (anchors.length > 0 && steps.length === 0)
      remarks.add('data_step.ndc', 'without it the kinds of the steps and their cycles are not known');
  }

  const settings = new Map<string, ReturnType<typeof xmlElements>>();
  for (const name of ['testinfo.xml', 'versioninfo.xml', 'step.xml']) {
    const elements = optional(name, (bytes) => {
      if (bytes.length > SETTINGS_SIZE_MAX)
        throw new InputError([{ where, found: `${bytes.length} bytes`, wanted: `at most ${SETTINGS_SIZE_MAX}` }]);
      return xmlElements(bytes, name);
    });
    settings.set(name, elements ?? []);
  }
  const auxiliaries = readAuxiliaries([...files], settings.get('testinfo.xml')!, optional, kindOf, remarks);
  const { isInterpolated, rows } = read;
  const between = isInterpolated?.reduce((sum, value) => sum + value, 0) ?? 0;
  if (isInterpolated !== null && between > 0) {
    remarks.add(
      '',
      `${between} of ${rows} rows stand between the anchors of data_runInfo.ndc: their voltage and current were measured, their time, ` +
        'charge and energy are interpolated (is_interpolated is 1)',
    );
    auxiliaries.push({
      heading: 'is_interpolated',
      to: 'is_interpolated',
      index: read.columns.index.slice(0, rows),
      values: isInterpolated,
    });
  }
  const table = newareTable(read.columns, rows, auxiliaries, remarks);
  return assemble(
    {
      format: `Neware .ndax, version ${version}`,
      columns: table.columns,
      rows: table.rows,
      place: (row) => `row ${row + 1}`,
      metadata: settingsMetadata(settings),
      signWhy: 'Neware counts a charging current as positive',
    },
    remarks,
    options,
  );
}

function readAuxiliaries(
  files: readonly (readonly [name: string, entry: ZipEntry])[],
  testInfo: ReturnType<typeof xmlElements>,
  optional: <T>(name: string, read: (bytes: Uint8Array) => T) => T | null,
  kindOf: (bytes: Uint8Array, kind: number) => Uint8Array,
  remarks: RemarkList,
): NewareAuxiliary[] {
  const numbered = files.flatMap(([name]) => {
    const match = /^data(?:_aux)?_(\d+)(?:_(\d+)_(\d+))?\.ndc$/.exec(name);
    return match === null ? [] : [{ name, numbers: match.slice(1).map((text) => Number(text ?? 0)) }];
  });
  numbered.sort((a, b) => a.numbers.reduce((order, number, k) => order || number - b.numbers[k]!, 0));
  if (numbered.length > AUXILIARY_FILES_MAX)
    remarks.add('', `of ${numbered.length} auxiliary channels the first ${AUXILIARY_FILES_MAX} are read`);
  const said = testInfo.filter(({ name, parent }) => parent === 'TestInfo' && /^Aux\d+$/i.test(name));
  let hasTemperature = false;
  const isFirst = (): boolean => {
    const first = !hasTemperature;
    hasTemperature = true;
    return first;
  };
  return numbered.slice(0, AUXILIARY_FILES_MAX).flatMap(({ name, numbers }, k) => {
    // A file carries the number of its channel in the tester; where TestInfo.xml does not know it, the order decides.
    const own =
      said.find(({ attributes }) => name.startsWith('data_aux') && Number(attributes.RealChlID) === numbers[0]) ??
      (said.length === numbered.length ? said[k] : undefined);
    const channel = { id: own?.attributes.AuxID ?? `${k + 1}`, type: Number(own?.attributes.ChlType ?? Number.NaN) };
    if (!/^\d{1,6}$/.test(channel.id)) channel.id = `${k + 1}`;
    const found = optional(name, (bytes) => readAuxiliary(kindOf(bytes, AUXILIARY_FILE), bytes[2]!));
    return found === null ? [] : auxiliaryColumns(found, channel, isFirst);
  });
}

function settingsMetadata(settings: ReadonlyMap<string, ReturnType<typeof xmlElements>>): FileMetadata[] {
  const found: FileMetadata[] = [];
  for (const [file, element, attribute, name] of SETTINGS) {
    const text =
      settings
        .get(file)
        ?.find((one) => one.name === element)
        ?.attributes[attribute]?.trim() ?? '';
    if (text !== '') found.push({ name, text: text.slice(0, 400), where: file });
  }
  // Stored in micrograms.
  const mass_mg = Number(settings.get('step.xml')?.find(({ name }) => name === 'SCQ')?.attributes.Value ?? 0) / 1e3;
  if (mass_mg > 0)
    found.push({ name: 'Active mass', text: `${mass_mg} mg`, where: 'step.xml', caution: newareMassCaution(mass_mg) });
  return found;
}

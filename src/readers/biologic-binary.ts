// BioLogic .mpr, the binary file of EC-Lab: modules one after the other, of which the data module says how long its records are. That length
// is what a reader can stand on: an unknown column costs itself only.
//
// Layout as found in files and described by the readers galvani and yadg (facts only).

import { InputError } from '../units/index.ts';
import { assemble, type RawColumn } from './assemble.ts';
import {
  createRemarks,
  type FileMetadata,
  type InstrumentFile,
  type ReaderOptions,
  type RemarkList,
} from './contract.ts';
import { cautionOf } from './delimited.ts';
import { startsWith } from './starts-with.ts';

const MAGIC = 'BIO-LOGIC MODULAR FILE';
const FIRST_MODULE = 52;
const MODULES_MAX = 64;

export function isBiologicBinary(bytes: Uint8Array): boolean {
  return startsWith(bytes, MAGIC);
}

type FieldType = 'f4' | 'f8' | 'u2' | 'u4' | 'u1';
const WIDTH: Readonly<Record<FieldType, number>> = { f4: 4, f8: 8, u2: 2, u4: 4, u1: 1 };

interface FieldKind {
  readonly heading: string;
  readonly type: FieldType;
}

/** Fields that share one byte, by the bits they take of it. */
const FLAGS: Readonly<Record<number, readonly [heading: string, mask: number]>> = {
  1: ['mode', 0x03],
  2: ['ox/red', 0x04],
  3: ['error', 0x08],
  21: ['control changes', 0x10],
  31: ['Ns changes', 0x20],
  65: ['counter inc.', 0x80],
};

const F4: Readonly<Record<number, string>> = {
  5: 'control/V/mA',
  6: 'Ewe/V',
  8: 'I/mA',
  9: 'Ece/V',
  16: 'Analog IN 1/V',
  17: 'Analog IN 2/V',
  19: 'control/V',
  20: 'control/mA',
  32: 'freq/Hz',
  33: '|Ewe|/V',
  34: '|I|/A',
  35: 'Phase(Z)/deg',
  36: '|Z|/Ohm',
  37: 'Re(Z)/Ohm',
  38: '-Im(Z)/Ohm',
  69: 'R/Ohm',
  70: 'P/W',
  75: 'Analog OUT/V',
  76: '<I>/mA',
  77: '<Ewe>/V',
  78: 'Cs-2/µF-2',
  96: '|Ece|/V',
  98: 'Phase(Zce)/deg',
  99: '|Zce|/Ohm',
  100: 'Re(Zce)/Ohm',
  101: '-Im(Zce)/Ohm',
  135: '<E1>/V',
  136: '<E2>/V',
  163: '|Estack|/V',
  166: 'Phase(Zstack)/deg',
  167: '|Zstack|/Ohm',
  168: 'Rcmp/Ohm',
  169: 'Cs/µF',
  172: 'Cp/µF',
  173: 'Cp-2/µF-2',
  174: '<Ewe>/V',
  175: '|Zwe-ce|/Ohm',
  176: 'Re(Zwe-ce)/Ohm',
  177: '-Im(Zwe-ce)/Ohm',
  178: '(Q-Qo)/C',
  179: 'dQ/C',
  185: '<Ece>/V',
  206: 'Temperature/°C',
  215: '<Ece>/V',
  217: 'THD Ewe/%',
  218: 'THD I/%',
  219: 'THD Ece/%',
  220: 'NSD Ewe/%',
  221: 'NSD I/%',
  222: 'NSD Ece/%',
  223: 'NSR Ewe/%',
  224: 'NSR I/%',
  225: 'NSR Ece/%',
  230: '|Ewe h2|/V',
  231: '|Ewe h3|/V',
  232: '|Ewe h4|/V',
  233: '|Ewe h5|/V',
  234: '|Ewe h6|/V',
  235: '|Ewe h7|/V',
  236: '|I h2|/A',
  237: '|I h3|/A',
  238: '|I h4|/A',
  239: '|I h5|/A',
  240: '|I h6|/A',
  241: '|I h7|/A',
  242: '|Ece h2|/V',
  243: '|Ece h3|/V',
  244: '|Ece h4|/V',
  245: '|Ece h5|/V',
  246: '|Ece h6|/V',
  247: '|Ece h7|/V',
  248: 'Rac/Ohm',
  249: 'Rdc/Ohm',
  430: 'Phase(Zwe-ce)/deg',
  431: '|Zwe-ce|/Ohm',
  432: 'Re(Zwe-ce)/Ohm',
  433: '-Im(Zwe-ce)/Ohm',
  441: '<Ece>/V',
  471: '<Ece>/V',
};
const F8: Readonly<Record<number, string>> = {
  4: 'time/s',
  7: 'dq/mA.h',
  11: '<I>/mA',
  13: '(Q-Qo)/mA.h',
  23: 'dQ/mA.h',
  24: 'cycle number',
  74: '|Energy|/W.h',
  110: 'Energy ce/W.h',
  112: 'Energy we/W.h',
  115: 'Energy ce charge/W.h',
  116: 'Energy ce discharge/W.h',
  123: 'Energy charge/W.h',
  124: 'Energy discharge/W.h',
  125: 'Capacitance charge/µF',
  126: 'Capacitance discharge/µF',
  182: 'step time/s',
  211: 'Q charge/discharge/mA.h',
  498: 'Q discharge/mA.h',
  499: 'Q charge/mA.h',
  500: 'step time/s',
};
const U2: Readonly<Record<number, string>> = { 39: 'I Range', 131: 'Ns' };
const U4: Readonly<Record<number, string>> = { 212: 'half cycle', 213: 'z cycle' };

function knownField(id: number): FieldKind | null {
  for (const [names, type] of [
    [F4, 'f4'],
    [F8, 'f8'],
    [U2, 'u2'],
    [U4, 'u4'],
  ] as const) {
    const heading = names[id];
    if (heading !== undefined) return { heading, type };
  }
  // Above 255 most ids repeat those below.
  return id > 255 ? knownField(id - 256) : null;
}

const TECHNIQUES: Readonly<Record<number, string>> = {
  4: 'GCPL',
  6: 'CV',
  11: 'OCV',
  22: 'MP',
  24: 'CA',
  25: 'CP',
  28: 'WAIT',
  29: 'PEIS',
  30: 'GEIS',
  48: 'CV',
  50: 'ZIR',
  51: 'CVA',
  108: 'LSV',
  117: 'constant voltage',
  118: 'constant current',
  119: 'GCPL',
  127: 'Modulo Bat',
  136: 'BCD',
};
const REST_TECHNIQUES = [0x0b, 0x1c];

interface Module {
  readonly name: string;
  readonly version: number;
  readonly wideHeader: boolean;
  /** First byte of the body, and its length as far as the file goes. */
  readonly from: number;
  readonly length: number;
}

function latin(bytes: Uint8Array, from: number, length: number): string {
  let text = '';
  for (let k = from; k < Math.min(from + length, bytes.length); k++) {
    if (bytes[k] === 0) break;
    text += String.fromCharCode(bytes[k]!);
  }
  return text.trim();
}

function modulesOf(bytes: Uint8Array, view: DataView, remarks: RemarkList): Module[] {
  const modules: Module[] = [];
  let at = FIRST_MODULE;
  while (at + 57 <= bytes.length && modules.length < MODULES_MAX) {
    if (!startsWith(bytes, 'MODULE', at)) {
      remarks.add(`byte ${at}`, 'no module begins where one should; the rest of the file was left out');
      break;
    }
    const head = at + 6;
    const wideHeader = head + 59 <= bytes.length && view.getUint32(head + 35, true) === 0xffffffff;
    const length = view.getUint32(head + (wideHeader ? 39 : 35), true);
    const version = view.getUint32(head + (wideHeader ? 47 : 39), true);
    const from = head + (wideHeader ? 59 : 51);
    const name = latin(bytes, head, 10);
    const within = Math.max(0, Math.min(length, bytes.length - from));
    if (within < length)
      remarks.add(`module ${name}`, `the file ends ${length - within} bytes early; what is there was read`);
    modules.push({ name, version, wideHeader, from, length: within });
    at = from + length;
  }
  return modules;
}

/** Where the rows of a data module may begin, after its version. */
const ROW_STARTS = [405, 406, 1007, 1006] as const;

interface DataLayout {
  readonly rows: number;
  readonly ids: readonly number[];
  readonly start: number;
  readonly recordSize: number;
}

function dataLayout(view: DataView, module: Module, remarks: RemarkList): DataLayout | null {
  const { from, length, wideHeader, version } = module;
  if (length < 5) return null;
  const rowsSaid = view.getUint32(from, true);
  const count = view.getUint8(from + 4);
  if (5 + 2 * count > length) return null;
  const ids = Array.from({ length: count }, (_, k) => view.getUint16(from + 5 + 2 * k, !wideHeader));
  if (rowsSaid === 0 || count === 0) return { rows: 0, ids, start: 0, recordSize: 0 };
  const first = wideHeader ? 1007 : version === 3 ? 406 : 405;
  const widths = layOut(ids, null).size;
  const fits = (start: number): boolean => length > start && (length - start) % rowsSaid === 0;
  const start =
    [first, ...ROW_STARTS].find((candidate) => fits(candidate) && (length - candidate) / rowsSaid === widths) ??
    [first, ...ROW_STARTS].find(fits) ??
    first;
  if (length <= start) return null;
  if (fits(start)) return { rows: rowsSaid, ids, start, recordSize: (length - start) / rowsSaid };
  const rows = Math.min(rowsSaid, Math.floor((length - start) / widths));
  remarks.add(
    'module VMP data',
    `${rowsSaid} rows are announced and do not fill the module evenly; ${rows} were read by the widths of their columns`,
  );
  return { rows, ids, start, recordSize: widths };
}

interface PlacedField {
  readonly heading: string;
  readonly offset: number;
  readonly type: FieldType;
  readonly mask?: number;
  readonly unknown?: true;
}

/** An unknown id may also be one more bit of the byte of flags, which takes no room of its own. */
type UnknownType = FieldType | 'shared';
const UNKNOWN_TYPES: readonly UnknownType[] = ['f4', 'f8', 'u2', 'u1', 'shared'];
const UNKNOWN_SOLVED_MAX = 4;

/** Places of the fields of a record; `types` are those of unknown ids, in order, float32 without them. */
function layOut(
  ids: readonly number[],
  types: readonly UnknownType[] | null,
): { readonly fields: PlacedField[]; readonly size: number } {
  const fields: PlacedField[] = [];
  const seen = new Map<string, number>();
  let offset = 0;
  let flagByte = -1;
  let unknown = 0;
  for (const id of ids) {
    const flag = FLAGS[id];
    if (flag !== undefined) {
      if (flagByte < 0) flagByte = offset++;
      fields.push({ heading: flag[0], offset: flagByte, type: 'u1', mask: flag[1] });
      continue;
    }
    const known =
      id === 174 && (ids.includes(6) || ids.includes(77))
        ? { heading: 'Phase(Zwe-ce)/deg', type: 'f4' as const }
        : knownField(id);
    const type = known?.type ?? types?.[unknown++] ?? 'f4';
    const name = known?.heading ?? `column ${id}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const heading = times === 1 ? name : `${name} (${times})`;
    if (type === 'shared') {
      if (flagByte < 0) flagByte = offset++;
      fields.push({ heading, offset: flagByte, type: 'u1', unknown: true });
      continue;
    }
    fields.push({
      heading,
      offset,
      type,
      ...(known === null ? { unknown: true } : {}),
    });
    offset += WIDTH[type];
  }
  return { fields, size: offset };
}

/** The fields of a record of this size: widths of unknown columns are chosen so that they add up. */
function fieldsOf({ ids, recordSize }: DataLayout, remarks: RemarkList): readonly PlacedField[] {
  const plain = layOut(ids, null);
  if (plain.size === recordSize) return plain.fields;
  const unknown = plain.fields.filter((field) => field.unknown).length;
  if (unknown > 0 && unknown <= UNKNOWN_SOLVED_MAX) {
    for (let choice = 0; choice < UNKNOWN_TYPES.length ** unknown; choice++) {
      const types = Array.from(
        { length: unknown },
        (_, k) => UNKNOWN_TYPES[Math.floor(choice / UNKNOWN_TYPES.length ** k) % UNKNOWN_TYPES.length]!,
      );
      const solved = layOut(ids, types);
      if (solved.size === recordSize) {
        remarks.add(
          'module VMP data',
          `widths of ${unknown} unknown columns were found from the length of a record, ${recordSize} bytes`,
        );
        return solved.fields;
      }
    }
  }
  const firstUnknown = plain.fields.findIndex((field) => field.unknown);
  const sure = (firstUnknown < 0 ? plain.fields : plain.fields.slice(0, firstUnknown)).filter(
    ({ offset, type }) => offset + WIDTH[type] <= recordSize,
  );
  remarks.add(
    'module VMP data',
    `columns need ${plain.size} bytes a record and it has ${recordSize}; the first ${sure.length} of ${plain.fields.length} were read`,
  );
  return sure;
}

/** Values of all columns together that are read; a million rows of 30 columns are a seventh of it. */
const CELLS_MAX = 2e8;

/** Rows taken at a time, so that the records of all columns stay in the processor's cache. */
const BLOCK_ROWS = 1024;

/** Values of the fields of all rows, a column each. */
function readFields(
  view: DataView,
  start: number,
  stride: number,
  rows: number,
  fields: readonly PlacedField[],
): readonly Float64Array[] {
  const columns = fields.map(() => new Float64Array(rows));
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const to = Math.min(rows, from + BLOCK_ROWS);
    for (let k = 0; k < fields.length; k++)
      readFieldInto(view, start + from * stride, stride, fields[k]!, from, to, columns[k]!);
  }
  return columns;
}

/** The values of one field in rows `from` to `to`; the record of the first begins at `at`. */
function readFieldInto(
  view: DataView,
  at: number,
  stride: number,
  { offset, type, mask }: PlacedField,
  from: number,
  to: number,
  out: Float64Array,
): void {
  let place = at + offset;
  switch (type) {
    case 'f4':
      for (let row = from; row < to; row++, place += stride) out[row] = view.getFloat32(place, true);
      break;
    case 'f8':
      for (let row = from; row < to; row++, place += stride) out[row] = view.getFloat64(place, true);
      break;
    case 'u2':
      for (let row = from; row < to; row++, place += stride) out[row] = view.getUint16(place, true);
      break;
    case 'u4':
      for (let row = from; row < to; row++, place += stride) out[row] = view.getUint32(place, true);
      break;
    case 'u1': {
      const bits = mask ?? 0xff;
      const shift = bits & -bits;
      // A flag is rarely set: what stays zero is never written, and so costs no memory.
      for (let row = from; row < to; row++, place += stride) {
        const value = view.getUint8(place) & bits;
        if (value !== 0) out[row] = value / shift;
      }
      break;
    }
  }
}

/** Reads an .mpr file. Throws InputError where no data module can be found. */
export function readBiologicBinary(bytes: Uint8Array, options: ReaderOptions): InstrumentFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const remarks = createRemarks();
  const modules = modulesOf(bytes, view, remarks);
  const named = (name: string): Module | undefined => modules.find((module) => module.name.startsWith(name));
  const set = named('VMP Set');
  const technique = set !== undefined && set.length > 0 ? view.getUint8(set.from) : -1;
  const title =
    TECHNIQUES[technique] ?? (technique < 0 ? 'technique unknown' : `technique 0x${technique.toString(16)}`);
  const metadata = settings(bytes, view, set, named('VMP LOG'));
  const loop = named('VMP loop');
  if (loop !== undefined && loop.length >= 4) {
    const loops = Math.min(view.getUint32(loop.from, true), Math.floor(loop.length / 4) - 1, 1000);
    const ends = Array.from({ length: Math.max(0, loops) }, (_, k) => view.getUint32(loop.from + 4 + 4 * k, true));
    metadata.push({ name: 'Loops begin at rows', text: ends.join(', '), where: 'module VMP loop' });
  }
  const data = named('VMP data');
  const layout = data === undefined ? null : dataLayout(view, data, remarks);
  if (data === undefined || layout === null) {
    const found = modules.map(({ name }) => name).join(', ') || 'no module';
    throw new InputError([
      {
        where: options.name ?? 'file',
        found: `an EC-Lab file with ${found}`,
        wanted: 'a module VMP data with columns',
      },
    ]);
  }
  const fields = layout.rows === 0 ? [] : fieldsOf(layout, remarks);
  const rows = Math.min(layout.rows, Math.floor(CELLS_MAX / Math.max(1, fields.length)));
  if (rows < layout.rows) remarks.add('module VMP data', `only the first ${rows} of ${layout.rows} rows were read`);
  const values = readFields(view, data.from + layout.start, layout.recordSize, rows, fields);
  const columns = fields.map(({ heading }, k): RawColumn => ({ heading, values: values[k]! }));
  tellVoltage(columns, remarks);
  return assemble(
    {
      format: `EC-Lab binary (.mpr), ${title}`,
      columns: withCurrent(columns, remarks),
      rows,
      place: (row) => `row ${row + 1}`,
      metadata,
      signWhy: ECLAB_SIGN,
      isRest: REST_TECHNIQUES.includes(technique),
    },
    remarks,
    options,
  );
}

export const ECLAB_SIGN = 'EC-Lab counts an oxidising current as positive';

/** Says which of its voltages is taken of a cell whose counter electrode was measured too. */
export function tellVoltage(columns: readonly RawColumn[], remarks: RemarkList): void {
  const has = (name: RegExp): boolean => columns.some(({ heading }) => name.test(heading));
  if (has(/^<?Ewe>?\/V$/) && has(/^time\/s$/) && !has(/^freq\/Hz$/) && has(/^<?(?:Ewe-)?Ece>?\/V$/))
    remarks.add(
      '',
      'Ece stands beside Ewe: the voltage is Ewe, of the working electrode against its reference, and not Ewe-Ece, between the electrodes',
    );
}

/** Galvanostatic files often store no current: it is the set one where the current is controlled, else charge over time. */
export function withCurrent(columns: readonly RawColumn[], remarks: RemarkList): readonly RawColumn[] {
  const values = (heading: string): Float64Array | undefined =>
    columns.find((column) => column.heading === heading)?.values;
  if (['I/mA', '<I>/mA'].some((heading) => values(heading) !== undefined)) return columns;
  const time = values('time/s');
  const charge = values('dq/mA.h') ?? values('dQ/mA.h');
  const control = values('control/mA') ?? values('control/V/mA');
  const mode = values('mode');
  if (time === undefined) return columns;
  if (charge === undefined) {
    if (mode === undefined || mode.length === 0 || mode.some((value) => value !== 3)) return columns;
    remarks.add('', 'the file stores no current; every row is marked as rest');
    return [
      ...columns,
      { heading: 'current at rest', values: new Float64Array(time.length), to: 'current_A', factor: 1 },
    ];
  }
  const current_A = new Float64Array(time.length);
  for (let row = 0; row < time.length; row++) {
    const passed_s = row === 0 ? 0 : time[row]! - time[row - 1]!;
    if (mode?.[row] === 1 && control !== undefined) current_A[row] = control[row]! / 1e3;
    else if (passed_s > 0) current_A[row] = (3.6 * charge[row]!) / passed_s;
  }
  remarks.add(
    '',
    'the file stores no current: it is the set one where the current is controlled, and charge over time elsewhere',
  );
  return [...columns, { heading: 'current from charge and control', values: current_A, to: 'current_A', factor: 1 }];
}

/** Days from 30 December 1899, as spreadsheets count them, to seconds since 1970. */
const UNIX_FROM_OLE_DAYS = 25569;

function settings(bytes: Uint8Array, view: DataView, set: Module | undefined, log: Module | undefined): FileMetadata[] {
  const found: FileMetadata[] = [];
  const put = (name: string, text: string, where: string): void => {
    if (text !== '') found.push({ name, text, where, ...cautionOf(name, text) });
  };
  const number = (name: string, offset: number, unit: string): void => {
    if (set === undefined || offset + 4 > set.length) return;
    const value = view.getFloat32(set.from + offset, true);
    if (Number.isFinite(value))
      put(name, `${Number(value.toPrecision(7))} ${unit}`.trim(), `byte 0x${offset.toString(16)} of the settings`);
  };
  const words = (name: string, offset: number): void => {
    if (set === undefined || offset >= set.length) return;
    const length = Math.min(bytes[set.from + offset]!, set.length - offset - 1);
    put(name, latin(bytes, set.from + offset + 1, length), `byte 0x${offset.toString(16)} of the settings`);
  };
  words('Comments', 0x07);
  number('Mass of active material', 0x107, 'mg');
  words('Electrode material', 0x11e);
  words('Electrolyte', 0x1c0);
  number('Electrode surface area', 0x211, 'cm2 (if the settings were left in cm2)');
  words('Reference electrode', 0x215);
  number('Characteristic mass', 0x24c, 'mg');
  number('Battery capacity', 0x25c, '');
  if (log !== undefined && log.length >= 593) {
    const days = view.getFloat64(log.from + 585, true);
    if (days > 20000 && days < 80000) {
      const start = new Date(Math.round((days - UNIX_FROM_OLE_DAYS) * 86400e3))
        .toISOString()
        .replace('T', ' ')
        .replace('Z', '');
      put('Acquisition started on', `${start} (local time, zone unknown)`, 'byte 585 of the log');
    }
  }
  return found;
}

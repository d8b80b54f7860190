// The flat columns of a Parquet file from its bytes: numbers, times and words. Parquet lets a few bytes stand for any number of values, so what a
// file may become is measured against its size before memory is taken, and no count in it is believed further than that.
//
// Format: github.com/apache/parquet-format (README, Encodings, parquet.thrift).

import { gunzipSync } from 'fflate';
import { unpackSnappy } from './snappy.ts';

/** Unpacks one page to exactly `size` bytes, or throws. */
export type Unpack = (packed: Uint8Array, size: number) => Uint8Array;

export interface ParquetColumn {
  readonly name: string;
  readonly values: Float64Array;
  /** Values are seconds since 1970. */
  readonly isClock: boolean;
  /** Where the column holds words, the values are places in this list. */
  readonly words?: readonly string[];
}

export interface ParquetTable {
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
  readonly createdBy: string;
  readonly metadata: ReadonlyMap<string, string>;
  /** What could not be read, in sentences. */
  readonly faults: readonly string[];
}

/** Why a file is no Parquet that can be read. */
export class ParquetFault extends Error {}

const COLUMNS_MAX = 2000;
const WORDS_MAX = 10_000;
/** Values that a file may become: so many, and more by its size. */
const VALUES_SPARE = 2e7;
const VALUES_PER_BYTE = 64;
const VALUES_MAX = 2e8;
/** Bytes that all pages together may unpack to, in sizes of the file, and some more. */
const UNPACKED_PER_BYTE = 256;
const UNPACKED_SPARE = 2 ** 24;
const PAGE_SIZE_MAX = 2 ** 28;

// Thrift's compact protocol, as far as Parquet uses it.

type Thrift = number | boolean | Uint8Array | readonly Thrift[] | ThriftStruct;
type ThriftStruct = ReadonlyMap<number, Thrift>;

const THRIFT_DEPTH_MAX = 16;

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
}

function byteOf(cursor: Cursor): number {
  if (cursor.at >= cursor.end) throw new ParquetFault('its description ends too early');
  return cursor.bytes[cursor.at++]!;
}

function varint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 64; shift += 7) {
    const byte = byteOf(cursor);
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw new ParquetFault('its description holds a number without end');
}

/** Exact up to 2^53, which no count or offset of a readable file reaches. */
const zigzag = (cursor: Cursor): number => {
  const value = varint(cursor);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
};

function thriftValue(cursor: Cursor, type: number, depth: number): Thrift {
  if (type === 1 || type === 2) return type === 1;
  if (type === 3) return (byteOf(cursor) << 24) >> 24;
  if (type >= 4 && type <= 6) return zigzag(cursor);
  if (type === 7) {
    cursor.at += 8;
    return Number.NaN;
  }
  if (type === 8) {
    const length = varint(cursor);
    if (cursor.at + length > cursor.end) throw new ParquetFault('its description ends too early');
    cursor.at += length;
    return cursor.bytes.subarray(cursor.at - length, cursor.at);
  }
  if (type === 9 || type === 10) {
    const head = byteOf(cursor);
    const length = head >> 4 === 15 ? varint(cursor) : head >> 4;
    if (length > cursor.end - cursor.at) throw new ParquetFault('its description ends too early');
    const kind = head & 15;
    return Array.from({ length }, () =>
      kind === 1 || kind === 2 ? byteOf(cursor) === 1 : thriftValue(cursor, kind, depth + 1),
    );
  }
  if (type === 12) return thriftStruct(cursor, depth + 1);
  throw new ParquetFault('its description holds an unknown type');
}

function thriftStruct(cursor: Cursor, depth = 0): ThriftStruct {
  if (depth > THRIFT_DEPTH_MAX) throw new ParquetFault('its description is nested too deeply');
  const fields = new Map<number, Thrift>();
  let field = 0;
  for (;;) {
    const head = byteOf(cursor);
    if (head === 0) return fields;
    field = head >> 4 === 0 ? zigzag(cursor) : field + (head >> 4);
    fields.set(field, thriftValue(cursor, head & 15, depth));
  }
}

const numberOf = (struct: ThriftStruct | null, field: number): number => {
  const value = struct?.get(field);
  return typeof value === 'number' ? value : Number.NaN;
};
const structOf = (struct: ThriftStruct | null, field: number): ThriftStruct | null => {
  const value = struct?.get(field);
  return value instanceof Map ? (value as ThriftStruct) : null;
};
const structsOf = (struct: ThriftStruct, field: number): readonly ThriftStruct[] => {
  const value = struct.get(field);
  return Array.isArray(value) ? value.filter((one): one is ThriftStruct => one instanceof Map) : [];
};

/** UTF-8, without what this language's decoder of the platform would need. */
function utf8(bytes: Uint8Array): string {
  let text = '';
  for (let k = 0; k < bytes.length; ) {
    const first = bytes[k++]!;
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = more === 0 ? first : first & (0x3f >> more);
    for (let n = 0; n < more; n++) code = code * 64 + ((bytes[k++] ?? 0) & 0x3f);
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}
const textOf = (struct: ThriftStruct, field: number): string => {
  const value = struct.get(field);
  return value instanceof Uint8Array ? utf8(value) : '';
};

const BOOLEAN = 0;
const INT32 = 1;
const INT64 = 2;
const FLOAT = 4;
const DOUBLE = 5;
const BYTE_ARRAY = 6;
const WIDTHS: Readonly<Record<number, number>> = { [INT32]: 4, [INT64]: 8, [FLOAT]: 4, [DOUBLE]: 8 };

const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'] as const;
export type ParquetCodec = (typeof CODECS)[number];

interface Leaf {
  readonly name: string;
  readonly type: number;
  readonly isOptional: boolean;
  readonly isUnsigned: boolean;
  /** For a moment in time: a value times the first, over the second, is in seconds since 1970. */
  readonly clock: readonly [times: number, over: number] | null;
  /** Why the column is not read. */
  readonly refused: string | null;
}

/** Leaves of the schema in its order; those that are not plain columns of the table keep their place and are refused. */
function leavesOf(schema: readonly ThriftStruct[]): Leaf[] {
  const leaves: Leaf[] = [];
  /** How many children are still to come at each level above. */
  const open: number[] = [numberOf(schema[0] ?? null, 5)];
  for (const element of schema.slice(1)) {
    while (open.length > 0 && !(open.at(-1)! > 0)) open.pop();
    if (open.length === 0) break;
    open[open.length - 1]!--;
    const children = numberOf(element, 5);
    if (children > 0) {
      open.push(children);
      continue;
    }
    const type = numberOf(element, 1);
    const converted = numberOf(element, 6);
    const logical = structOf(element, 10);
    const unit = structOf(structOf(logical, 8), 2);
    const perSecond = unit?.has(1)
      ? 1e3
      : unit?.has(2)
        ? 1e6
        : unit?.has(3)
          ? 1e9
          : converted === 9
            ? 1e3
            : converted === 10
              ? 1e6
              : null;
    const isDate = converted === 6 || logical?.has(6) === true;
    const isWords =
      type === BYTE_ARRAY &&
      (converted === 0 || converted === 4 || logical?.has(1) === true || logical?.has(4) === true);
    const isDecimal = converted === 5 || logical?.has(5) === true;
    leaves.push({
      name: textOf(element, 4),
      type,
      isOptional: numberOf(element, 3) === 1,
      isUnsigned: converted === 13 || converted === 14,
      clock: perSecond !== null ? [1, perSecond] : isDate ? [86400, 1] : null,
      refused:
        open.length > 1 || numberOf(element, 3) === 2
          ? 'it is nested'
          : isDecimal || !(type in WIDTHS || type === BOOLEAN || isWords)
            ? 'it holds no numbers and no words'
            : null,
    });
  }
  return leaves;
}

/**
 * Reads all flat columns.
 *
 * @param unpackers Codecs beyond Snappy and gzip that the caller can unpack.
 * @throws ParquetFault where the file as a whole cannot be read; what is wrong with one column is in `faults`.
 */
export function readParquetTable(
  bytes: Uint8Array,
  unpackers: Readonly<Partial<Record<ParquetCodec, Unpack>>> = {},
): ParquetTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const footer = bytes.length < 12 ? Number.NaN : view.getUint32(bytes.length - 8, true);
  const isWhole = bytes.length >= 12 && utf8(bytes.subarray(bytes.length - 4)) === 'PAR1';
  if (!isWhole || footer > bytes.length - 12)
    throw new ParquetFault('it ends too early: what it holds is written at its end');
  const about = thriftStruct({ bytes, at: bytes.length - 8 - footer, end: bytes.length - 8 });
  const leaves = leavesOf(structsOf(about, 2));
  const groups = structsOf(about, 4);
  const rows = groups.reduce((sum, group) => sum + Math.max(0, numberOf(group, 3) || 0), 0);
  const columns = Math.min(leaves.length, COLUMNS_MAX);
  const values_max = Math.min(VALUES_MAX, VALUES_SPARE + VALUES_PER_BYTE * bytes.length);
  if (rows * columns > values_max)
    throw new ParquetFault(
      `it announces ${rows} rows of ${columns} columns, more than its ${bytes.length} bytes may become`,
    );
  const faults: string[] = [];
  if (leaves.length > COLUMNS_MAX)
    faults.push(`${leaves.length - COLUMNS_MAX} columns beyond ${COLUMNS_MAX} were left out`);
  const budget = { bytes: UNPACKED_SPARE + UNPACKED_PER_BYTE * bytes.length };
  const found: ParquetColumn[] = [];
  for (const [place, leaf] of leaves.slice(0, COLUMNS_MAX).entries()) {
    if (leaf.refused !== null) {
      faults.push(`column '${leaf.name}' was left out: ${leaf.refused}`);
      continue;
    }
    const column: OpenColumn = { leaf, values: new Float64Array(rows).fill(Number.NaN), words: new Map() };
    let start = 0;
    try {
      for (const group of groups) {
        const count = Math.max(0, numberOf(group, 3) || 0);
        const chunk = structOf(structsOf(group, 1)[place] ?? null, 3);
        if (chunk === null) throw new ParquetFault('a part of it is not described');
        readChunk(bytes, chunk, column, start, count, { unpackers, budget });
        start += count;
      }
    } catch (error) {
      if (!(error instanceof ParquetFault)) throw error;
      faults.push(`column '${leaf.name}' was left out: ${error.message}`);
      continue;
    }
    found.push({
      name: leaf.name,
      values: column.values,
      isClock: leaf.clock !== null,
      ...(leaf.type === BYTE_ARRAY ? { words: [...column.words.keys()] } : {}),
    });
  }
  const metadata = new Map(structsOf(about, 5).map((entry) => [textOf(entry, 1), textOf(entry, 2)]));
  return { rows, columns: found, createdBy: textOf(about, 6), metadata, faults };
}

interface OpenColumn {
  readonly leaf: Leaf;
  readonly values: Float64Array;
  /** Place of each word in the list of words. */
  readonly words: Map<string, number>;
}

interface Unpacking {
  readonly unpackers: Readonly<Partial<Record<ParquetCodec, Unpack>>>;
  readonly budget: { bytes: number };
}

const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const DATA_PAGE_2 = 3;
const PLAIN = 0;
const PLAIN_DICTIONARY = 2;
const RLE = 3;
const RLE_DICTIONARY = 8;
const BYTE_STREAM_SPLIT = 9;

/** The pages of one column in one group of rows, into rows `start` to `start + count`. */
function readChunk(
  bytes: Uint8Array,
  chunk: ThriftStruct,
  column: OpenColumn,
  start: number,
  count: number,
  unpacking: Unpacking,
): void {
  const codec = CODECS[numberOf(chunk, 4)];
  if (codec === undefined) throw new ParquetFault('its packing is unknown');
  const first = Math.min(numberOf(chunk, 9), numberOf(chunk, 11) > 0 ? numberOf(chunk, 11) : Number.POSITIVE_INFINITY);
  if (!(first >= 0 && first < bytes.length)) throw new ParquetFault('it lies outside the file');
  const cursor: Cursor = { bytes, at: first, end: Math.min(bytes.length, first + (numberOf(chunk, 7) || 0)) };
  let dictionary: Float64Array | null = null;
  for (let row = start; row < start + count; ) {
    const header = thriftStruct(cursor);
    const [type, size, packed] = [numberOf(header, 1), numberOf(header, 2), numberOf(header, 3)];
    if (!(packed >= 0 && cursor.at + packed <= cursor.end && size >= 0 && size <= PAGE_SIZE_MAX))
      throw new ParquetFault('a page lies outside the column');
    const page = bytes.subarray(cursor.at, cursor.at + packed);
    cursor.at += packed;
    if (type === DICTIONARY_PAGE) {
      const values = unpackPage(page, size, codec, unpacking);
      const entries = numberOf(structOf(header, 7), 1);
      // Each entry takes at least one bit.
      if (!(entries >= 0 && entries <= 8 * values.length)) throw new ParquetFault('its dictionary ends too early');
      dictionary = plainValues(values, entries, column);
    } else if (type === DATA_PAGE || type === DATA_PAGE_2) {
      const about = structOf(header, type === DATA_PAGE ? 5 : 8);
      const number = numberOf(about, 1);
      if (!(number >= 0 && number <= start + count - row))
        throw new ParquetFault('a page holds more rows than its group');
      if (number === 0 && packed === 0) throw new ParquetFault('it has fewer rows than the file says');
      readPage({ page, size, codec, unpacking }, type, about!, { dictionary, number, row, column });
      row += number;
    }
  }
}

function unpackPage(page: Uint8Array, size: number, codec: ParquetCodec, { unpackers, budget }: Unpacking): Uint8Array {
  if (codec === 'UNCOMPRESSED') return page;
  budget.bytes -= size;
  if (budget.bytes < 0) throw new ParquetFault('the file unpacks to far more than its size');
  if (size === 0) return new Uint8Array(0);
  const own: Unpack | undefined =
    codec === 'SNAPPY'
      ? (packed, length) => unpackSnappy(packed, length) ?? new Uint8Array(0)
      : codec === 'GZIP'
        ? (packed, length) => gunzipSync(packed, { out: new Uint8Array(length) })
        : unpackers[codec];
  if (own === undefined) throw new ParquetFault(`it is packed by ${codec}, which is not unpacked here`);
  let values: Uint8Array;
  try {
    values = own(page, size);
  } catch {
    throw new ParquetFault(`a page packed by ${codec} is damaged`);
  }
  if (values.length !== size) throw new ParquetFault(`a page packed by ${codec} is damaged`);
  return values;
}

function readPage(
  packed: {
    readonly page: Uint8Array;
    readonly size: number;
    readonly codec: ParquetCodec;
    readonly unpacking: Unpacking;
  },
  type: number,
  about: ThriftStruct,
  to: {
    readonly dictionary: Float64Array | null;
    readonly number: number;
    readonly row: number;
    readonly column: OpenColumn;
  },
): void {
  const { dictionary, number, row, column } = to;
  const { codec, unpacking } = packed;
  let values: Uint8Array;
  let levels: Uint8Array | null = null;
  if (type === DATA_PAGE_2) {
    const [nulls, repeats] = [numberOf(about, 5) || 0, numberOf(about, 6) || 0];
    const head = nulls + repeats;
    if (!(nulls >= 0 && repeats >= 0 && head <= packed.page.length && head <= packed.size))
      throw new ParquetFault('a page is damaged');
    levels = packed.page.subarray(repeats, head);
    const isPacked = about.get(7) !== false;
    values = unpackPage(packed.page.subarray(head), packed.size - head, isPacked ? codec : 'UNCOMPRESSED', unpacking);
  } else {
    values = unpackPage(packed.page, packed.size, codec, unpacking);
    if (column.leaf.isOptional) {
      const length =
        values.length < 4 ? Number.NaN : new DataView(values.buffer, values.byteOffset, 4).getUint32(0, true);
      if (!(4 + length <= values.length)) throw new ParquetFault('a page is damaged');
      levels = values.subarray(4, 4 + length);
      values = values.subarray(4 + length);
    }
  }
  const isThere = column.leaf.isOptional && levels !== null ? runs(levels, 1, number) : null;
  const filled = isThere === null ? number : isThere.reduce((sum, level) => sum + level, 0);
  const encoding = numberOf(about, type === DATA_PAGE ? 2 : 4);
  const decoded = decode(values, encoding, filled, column, dictionary);
  const out = column.values;
  if (isThere === null) out.set(decoded, row);
  else for (let k = 0, next = 0; k < number; k++) if (isThere[k] === 1) out[row + k] = decoded[next++]!;
}

function decode(
  values: Uint8Array,
  encoding: number,
  count: number,
  column: OpenColumn,
  dictionary: Float64Array | null,
): Float64Array {
  if (encoding === PLAIN) return plainValues(values, count, column);
  if (encoding === PLAIN_DICTIONARY || encoding === RLE_DICTIONARY) {
    if (dictionary === null) throw new ParquetFault('its dictionary is missing');
    if (count === 0) return new Float64Array(0);
    const width = values[0] ?? 33;
    if (width > 32) throw new ParquetFault('a page is damaged');
    return Float64Array.from(runs(values.subarray(1), width, count), (place) => {
      if (place >= dictionary.length) throw new ParquetFault('it names a value that its dictionary has not');
      return dictionary[place]!;
    });
  }
  if (encoding === RLE && column.leaf.type === BOOLEAN) return Float64Array.from(runs(values.subarray(4), 1, count));
  const width = WIDTHS[column.leaf.type];
  if (encoding === BYTE_STREAM_SPLIT && width !== undefined) {
    if (values.length < width * count) throw new ParquetFault('a page ends too early');
    const joined = new Uint8Array(width * count);
    for (let k = 0; k < count; k++) for (let b = 0; b < width; b++) joined[k * width + b] = values[b * count + k]!;
    return plainValues(joined, count, column);
  }
  throw new ParquetFault(`its encoding (number ${encoding}) is not read`);
}

/** Values one after the other, in SI where they are moments. */
function plainValues(bytes: Uint8Array, count: number, { leaf, words }: OpenColumn): Float64Array {
  const { type, isUnsigned, clock } = leaf;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const needed = type === BOOLEAN ? (count + 7) >> 3 : (WIDTHS[type] ?? 4) * count;
  if (bytes.length < needed) throw new ParquetFault('a page ends too early');
  const out = new Float64Array(count);
  if (type === BYTE_ARRAY) {
    for (let k = 0, at = 0; k < count; k++) {
      const length = at + 4 > bytes.length ? Number.NaN : view.getUint32(at, true);
      if (!(at + 4 + length <= bytes.length)) throw new ParquetFault('a page ends too early');
      const word = utf8(bytes.subarray(at + 4, at + 4 + Math.min(length, 200)));
      at += 4 + length;
      let place = words.get(word);
      if (place === undefined) {
        place = words.size;
        if (place >= WORDS_MAX) throw new ParquetFault(`it holds more than ${WORDS_MAX} different words`);
        words.set(word, place);
      }
      out[k] = place;
    }
    return out;
  }
  for (let k = 0; k < count; k++) {
    if (type === DOUBLE) out[k] = view.getFloat64(8 * k, true);
    else if (type === FLOAT) out[k] = view.getFloat32(4 * k, true);
    else if (type === INT32) out[k] = isUnsigned ? view.getUint32(4 * k, true) : view.getInt32(4 * k, true);
    else if (type === INT64)
      out[k] = Number(isUnsigned ? view.getBigUint64(8 * k, true) : view.getBigInt64(8 * k, true));
    else out[k] = (bytes[k >> 3]! >> (k & 7)) & 1;
  }
  if (clock !== null) for (let k = 0; k < count; k++) out[k] = (out[k]! * clock[0]) / clock[1];
  return out;
}

/** Parquet's mixture of runs and packed bits: `count` whole numbers of `width` bits. */
function runs(bytes: Uint8Array, width: number, count: number): Uint32Array {
  const out = new Uint32Array(count);
  if (width === 0) return out;
  const cursor: Cursor = { bytes, at: 0, end: bytes.length };
  const size = (width + 7) >> 3;
  for (let done = 0; done < count; ) {
    const head = varint(cursor);
    if (head % 2 === 0) {
      const length = Math.min(head / 2, count - done);
      let value = 0;
      for (let b = 0; b < size; b++) value += byteOf(cursor) * 2 ** (8 * b);
      out.fill(value, done, done + length);
      done += length;
      if (length === 0 && cursor.at >= cursor.end) throw new ParquetFault('a page ends too early');
      continue;
    }
    const groups = (head - 1) / 2;
    const from = cursor.at;
    const length = Math.min(8 * groups, count - done);
    // The last group may be cut where no value of it is needed.
    if (from + Math.ceil((length * width) / 8) > bytes.length) throw new ParquetFault('a page ends too early');
    for (let k = 0; k < length; k++) out[done + k] = bitsAt(bytes, from, k * width, width);
    cursor.at = Math.min(bytes.length, from + groups * width);
    done += length;
  }
  return out;
}

function bitsAt(bytes: Uint8Array, from: number, bit: number, width: number): number {
  let value = 0;
  for (let got = 0; got < width; ) {
    const place = bit + got;
    const taken = Math.min(8 - (place & 7), width - got);
    const part = (bytes[from + (place >> 3)]! >> (place & 7)) & ((1 << taken) - 1);
    value += part * 2 ** got;
    got += taken;
  }
  return value;
}

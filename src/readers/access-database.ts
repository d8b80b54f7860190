// Tables of an Access database (Jet 4, and the later formats that keep its pages) from its bytes, as far as instruments fill them: numbers,
// times and short texts. A table is a chain of definition pages, a map of the pages that hold its rows, and rows that grow from the end of
// each page. Nothing in the file is believed further than its bytes reach: every page is read at most once and every loop ends with the file.
//
// Layout: the description of the mdbtools project (HACKING.md), checked on files of instruments.

import { InputError } from '../units/index.ts';
import { startsWith } from './starts-with.ts';

const PAGE_SIZE = 4096;
const VERSION_AT = 0x14;
const JET_4 = 1;
const LATEST_VERSION = 6;

const DATA_PAGE = 1;
const DEFINITION_PAGE = 2;
const MAP_PAGE = 5;

/** Definition of the table that lists all tables. */
const CATALOGUE_PAGE = 2;
const TABLE_OBJECT = 1;
const TABLES_MAX = 1000;
const DEFINITION_PAGES_MAX = 64;
const COLUMNS_MAX = 255;
/** Values and characters that one table may become, over one for each byte of the file: honest columns share no bytes of a row. */
const VALUES_SPARE = 1e6;

type ReadNumber = (view: DataView, at: number) => number;

/** Types of column that become numbers, with their width in bytes. A boolean is its bit in the mask of nulls. */
const NUMBERS: Readonly<Record<number, { readonly size: number; readonly read: ReadNumber }>> = {
  1: { size: 0, read: () => 1 },
  2: { size: 1, read: (view, at) => view.getUint8(at) },
  3: { size: 2, read: (view, at) => view.getInt16(at, true) },
  4: { size: 4, read: (view, at) => view.getInt32(at, true) },
  5: { size: 8, read: (view, at) => Number(view.getBigInt64(at, true)) / 1e4 },
  6: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  7: { size: 8, read: (view, at) => view.getFloat64(at, true) },
  8: { size: 8, read: (view, at) => view.getFloat64(at, true) },
  19: { size: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
};
const BOOLEAN = 1;
const TEXT = 10;

interface AccessColumn {
  readonly name: string;
  readonly type: number;
  /** Place among the bits that tell which values of a row are null. */
  readonly index: number;
  /** Byte within a row, for columns of fixed width; place among the row's texts for the others. */
  readonly place: number;
  readonly isFixed: boolean;
}

export interface AccessDatabase {
  readonly view: DataView;
  readonly pages: number;
  /** Names of all tables, with the page that defines each. */
  readonly tables: ReadonlyMap<string, number>;
}

export interface AccessTable {
  readonly rows: number;
  /** Numeric columns in the order of the table; NaN where a value is null. */
  readonly numbers: ReadonlyMap<string, Float64Array>;
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** What was wrong, in sentences; the rest of the table was read all the same. */
  readonly faults: readonly string[];
}

export function isAccessDatabase(bytes: Uint8Array): boolean {
  return startsWith(bytes, '\u0000\u0001\u0000\u0000Standard');
}

/** RC4, which hides the head of every such file under a fixed key and all pages of an encoded one under their own. Works in place. */
function rc4Into(key: Uint8Array, bytes: Uint8Array): void {
  const state = Uint8Array.from({ length: 256 }, (_, k) => k);
  const swap = (a: number, b: number): void => {
    const held = state[a]!;
    state[a] = state[b]!;
    state[b] = held;
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 255;
    swap(i, j);
  }
  for (let k = 0, i = 0, j = 0; k < bytes.length; k++) {
    i = (i + 1) & 255;
    j = (j + state[i]!) & 255;
    swap(i, j);
    bytes[k]! ^= state[(state[i]! + state[j]!) & 255]!;
  }
}

const HEAD_KEY = Uint8Array.of(0xc7, 0xda, 0x39, 0x6b);
const HEAD_AT = 0x18;
const HEAD_LENGTH = 128;
const PAGE_KEY_AT = 0x3e;

/** The bytes with every page decoded; those handed in where the file is not encoded, as nearly all are. */
function decoded(bytes: Uint8Array): Uint8Array {
  // Node's buffers give a view where arrays give a copy, so `slice` would write into the caller's bytes.
  const head = Uint8Array.from(bytes.subarray(HEAD_AT, HEAD_AT + HEAD_LENGTH));
  rc4Into(HEAD_KEY, head);
  const key = head.slice(PAGE_KEY_AT - HEAD_AT, PAGE_KEY_AT - HEAD_AT + 4);
  if (key.every((byte) => byte === 0)) return bytes;
  const plain = Uint8Array.from(bytes);
  for (let page = 1; (page + 1) * PAGE_SIZE <= plain.length; page++) {
    const pageKey = key.map((byte, k) => byte ^ ((page >>> (8 * k)) & 255));
    rc4Into(pageKey, plain.subarray(page * PAGE_SIZE, (page + 1) * PAGE_SIZE));
  }
  return plain;
}

/**
 * The tables of a database.
 *
 * @throws InputError where the bytes are no database of Access 2000 or later, or its list of tables cannot be read.
 */
export function openAccessDatabase(bytes: Uint8Array, where: string): AccessDatabase {
  if (bytes.length < PAGE_SIZE) {
    throw new InputError([
      { where, found: 'the first bytes of an Access database (Arbin .res)', wanted: 'a whole file' },
    ]);
  }
  const version = bytes[VERSION_AT]!;
  if (version < JET_4 || version > LATEST_VERSION) {
    const found = version === 0 ? 'an Access 97 database' : `an Access database of version ${version}`;
    throw new InputError([{ where, found, wanted: 'one of Access 2000 or later', hint: 'convert it in Access' }]);
  }
  const plain = decoded(bytes);
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  // A file that was cut keeps its whole pages.
  const pages = Math.floor(plain.length / PAGE_SIZE);
  const tables = new Map<string, number>();
  const catalogue = readTable({ view, pages, tables }, CATALOGUE_PAGE, ['Id', 'Name', 'Type']);
  const [ids, types, names] = [
    catalogue?.numbers.get('Id'),
    catalogue?.numbers.get('Type'),
    catalogue?.texts.get('Name'),
  ];
  if (ids === undefined || types === undefined || names === undefined) {
    throw new InputError([{ where, found: 'an Access database without a list of tables', wanted: 'a whole file' }]);
  }
  for (const [row, name] of names.entries()) {
    if ((types[row]! & 0x7f) === TABLE_OBJECT && !tables.has(name) && tables.size < TABLES_MAX)
      tables.set(name, ids[row]! & 0xffffff);
  }
  return { view, pages, tables };
}

/** Rows of a table, with the columns that are named, or all of them; null where there is no such table or it cannot be read. */
export function readAccessTable(
  database: AccessDatabase,
  name: string,
  columns?: readonly string[],
): AccessTable | null {
  const page = database.tables.get(name);
  return page === undefined ? null : readTable(database, page, columns);
}

function readTable(database: AccessDatabase, page: number, wanted?: readonly string[]): AccessTable | null {
  const definition = definitionOf(database, page);
  if (definition === null) return null;
  const faults: string[] = [];
  const columns = definition.columns.filter(({ name }) => wanted === undefined || wanted.includes(name));
  const owned = pagesOf(database, page, definition.mapPointer, faults);
  let rows = 0;
  for (const owner of owned) rows += rowsOf(database, owner, () => {});
  const values_max = database.view.byteLength + VALUES_SPARE;
  const rows_max = Math.floor(values_max / Math.max(1, columns.length));
  let characters = 0;
  if (rows > rows_max) {
    faults.push(`the table announces ${rows} rows; the first ${rows_max} were read`);
    rows = rows_max;
  }
  const numbers = new Map<string, Float64Array>();
  const texts = new Map<string, string[]>();
  const readers: ((start: number, end: number, row: number) => void)[] = [];
  for (const column of columns) {
    const number = NUMBERS[column.type];
    if (number !== undefined && (column.isFixed || column.type === BOOLEAN)) {
      const values = new Float64Array(rows).fill(Number.NaN);
      numbers.set(column.name, values);
      readers.push((start, end, row) => {
        values[row] = numberAt(database.view, column, number, start, end);
      });
    } else if (column.type === TEXT) {
      const values: string[] = new Array(rows).fill('');
      texts.set(column.name, values);
      readers.push((start, end, row) => {
        if (characters > values_max) return;
        values[row] = textAt(database.view, column, start, end);
        characters += values[row]!.length;
      });
    }
  }
  let row = 0;
  for (const owner of owned) {
    rowsOf(database, owner, (start, end) => {
      if (row >= rows) return;
      for (const read of readers) read(start, end, row);
      row++;
    });
  }
  return { rows, numbers, texts, faults };
}

interface TableDefinition {
  readonly columns: readonly AccessColumn[];
  /** Page and row of the map of pages that the table owns. */
  readonly mapPointer: number;
}

const ROW_MAP_AT = 55;
const COLUMN_COUNT_AT = 45;
const INDEX_COUNT_AT = 51;
const AFTER_HEAD = 63;
const INDEX_SIZE = 12;
const COLUMN_SIZE = 25;
/** Later pages of a definition repeat this much of a head. */
const CONTINUED_AT = 8;

function definitionOf({ view, pages }: AccessDatabase, first: number): TableDefinition | null {
  const parts: number[] = [];
  for (let page = first; page > 0 && parts.length < DEFINITION_PAGES_MAX; ) {
    if (page >= pages || view.getUint8(page * PAGE_SIZE) !== DEFINITION_PAGE || parts.includes(page)) break;
    parts.push(page);
    page = view.getUint32(page * PAGE_SIZE + 4, true);
  }
  if (parts.length === 0) return null;
  const bytes = new Uint8Array(PAGE_SIZE + (parts.length - 1) * (PAGE_SIZE - CONTINUED_AT));
  parts.forEach((page, k) => {
    const skipped = k === 0 ? 0 : CONTINUED_AT;
    const from = view.byteOffset + page * PAGE_SIZE + skipped;
    const to = k === 0 ? 0 : PAGE_SIZE + (k - 1) * (PAGE_SIZE - CONTINUED_AT);
    bytes.set(new Uint8Array(view.buffer, from, PAGE_SIZE - skipped), to);
  });
  const definition = new DataView(bytes.buffer);
  const columns: AccessColumn[] = [];
  const count = Math.min(COLUMNS_MAX, definition.getUint16(COLUMN_COUNT_AT, true));
  const firstColumn = AFTER_HEAD + INDEX_SIZE * definition.getUint32(INDEX_COUNT_AT, true);
  let nameAt = firstColumn + count * COLUMN_SIZE;
  for (let k = 0; k < count; k++) {
    if (nameAt + 2 > bytes.length) break;
    const length = definition.getUint16(nameAt, true);
    if (nameAt + 2 + length > bytes.length) break;
    const at = firstColumn + k * COLUMN_SIZE;
    const isFixed = (definition.getUint8(at + 15) & 1) !== 0;
    columns.push({
      name: textOf(definition, nameAt + 2, length),
      type: definition.getUint8(at),
      index: definition.getUint16(at + 5, true),
      place: definition.getUint16(at + (isFixed ? 21 : 7), true),
      isFixed,
    });
    nameAt += 2 + length;
  }
  // Rows are written in the order of the columns' numbers, and so they are shown.
  columns.sort((a, b) => a.index - b.index);
  return { columns, mapPointer: definition.getUint32(ROW_MAP_AT, true) };
}

/** Pages that hold rows of a table: by its map, or by the owner that each page names where the map is broken. */
function pagesOf(database: AccessDatabase, table: number, mapPointer: number, faults: string[]): readonly number[] {
  const { view, pages } = database;
  const isOwned = (page: number): boolean =>
    page > 0 &&
    page < pages &&
    view.getUint8(page * PAGE_SIZE) === DATA_PAGE &&
    view.getUint32(page * PAGE_SIZE + 4, true) === table;
  const map = mappedPages(database, mapPointer);
  if (map !== null) {
    const owned = map.pages.filter(isOwned);
    const lost = map.pages.length - owned.length + map.beyond;
    if (lost > 0) faults.push(`${lost} pages of the table are missing or damaged`);
    return owned;
  }
  faults.push('the map of its pages is damaged; pages that name the table as their owner were read');
  return Array.from({ length: pages }, (_, page) => page).filter(isOwned);
}

/** Pages that a map names, and how many of them the file is too short for; null where the map cannot be read. */
function mappedPages(
  database: AccessDatabase,
  pointer: number,
): { readonly pages: readonly number[]; readonly beyond: number } | null {
  const { view, pages } = database;
  const map = rowAt(database, pointer >>> 8, pointer & 0xff);
  if (map === null || map.end - map.start < 5) return null;
  const found: number[] = [];
  let beyond = 0;
  const collect = (from: number, to: number, first: number): void => {
    for (let at = from; at < to; at++) {
      const bits = view.getUint8(at);
      for (let bit = 0; bits >> bit > 0; bit++) {
        if (((bits >> bit) & 1) === 0) continue;
        const page = first + 8 * (at - from) + bit;
        if (page < pages) found.push(page);
        else beyond++;
      }
    }
  };
  const kind = view.getUint8(map.start);
  if (kind === 0) {
    collect(map.start + 5, map.end, view.getUint32(map.start + 1, true));
    return { pages: found, beyond };
  }
  if (kind !== 1) return null;
  const seen = new Set<number>();
  for (let at = map.start + 1, k = 0; at + 4 <= map.end; at += 4, k++) {
    const page = view.getUint32(at, true);
    if (page === 0) continue;
    if (page >= pages || seen.has(page) || view.getUint8(page * PAGE_SIZE) !== MAP_PAGE) return null;
    seen.add(page);
    collect(page * PAGE_SIZE + 4, (page + 1) * PAGE_SIZE, k * (PAGE_SIZE - 4) * 8);
  }
  return { pages: found, beyond };
}

const ROW_COUNT_AT = 12;
const FIRST_ROW_AT = 14;
const PLACE_MASK = 0x1fff;
/** The row lives on another page, where it is met by itself, or was deleted. */
const ELSEWHERE = 0x4000;

/** Bytes `start` to `end` of one row of a page. */
function rowAt(
  { view, pages }: AccessDatabase,
  page: number,
  row: number,
): { readonly start: number; readonly end: number } | null {
  if (page <= 0 || page >= pages || view.getUint8(page * PAGE_SIZE) !== DATA_PAGE) return null;
  const from = page * PAGE_SIZE;
  if (row >= view.getUint16(from + ROW_COUNT_AT, true) || FIRST_ROW_AT + 2 * row + 2 > PAGE_SIZE) return null;
  const start = view.getUint16(from + FIRST_ROW_AT + 2 * row, true) & PLACE_MASK;
  const end = row === 0 ? PAGE_SIZE : view.getUint16(from + FIRST_ROW_AT + 2 * (row - 1), true) & PLACE_MASK;
  return start < end && end <= PAGE_SIZE ? { start: from + start, end: from + end } : null;
}

/** Visits the rows of a page and counts them. Rows stand one above the other, so no byte is read twice. */
function rowsOf({ view }: AccessDatabase, page: number, visit: (start: number, end: number) => void): number {
  const from = page * PAGE_SIZE;
  const announced = view.getUint16(from + ROW_COUNT_AT, true);
  const count = Math.min(announced, (PAGE_SIZE - FIRST_ROW_AT) >> 1);
  let visited = 0;
  let end = PAGE_SIZE;
  for (let row = 0; row < count; row++) {
    const place = view.getUint16(from + FIRST_ROW_AT + 2 * row, true);
    const start = place & PLACE_MASK;
    if (start > end || start < FIRST_ROW_AT + 2 * count) break;
    if (!(place & ELSEWHERE) && end - start > 4) {
      visit(from + start, from + end);
      visited++;
    }
    end = start;
  }
  return visited;
}

/** Whether a value is there: a bit at the end of the row, for each column that the row knew when it was written. */
function isThere(view: DataView, index: number, start: number, end: number): boolean {
  const count = view.getUint16(start, true);
  const mask = end - ((count + 7) >> 3);
  return index < count && mask > start && ((view.getUint8(mask + (index >> 3)) >> (index & 7)) & 1) === 1;
}

function numberAt(
  view: DataView,
  { index, place, type }: AccessColumn,
  { size, read }: (typeof NUMBERS)[number],
  start: number,
  end: number,
): number {
  const there = isThere(view, index, start, end);
  if (type === BOOLEAN) return there ? 1 : 0;
  const at = start + 2 + place;
  return there && at + size <= end ? read(view, at) : Number.NaN;
}

/** Texts lie between the numbers and a list of their ends, which is written backwards before the mask of nulls. */
function textAt(view: DataView, { index, place, isFixed }: AccessColumn, start: number, end: number): string {
  if (isFixed || !isThere(view, index, start, end)) return '';
  const mask = end - ((view.getUint16(start, true) + 7) >> 3);
  const count = mask - 2;
  const entry = count - 2 - 2 * place;
  if (count < start || place >= view.getUint16(count, true) || entry - 2 < start) return '';
  const from = start + view.getUint16(entry, true);
  const to = start + view.getUint16(entry - 2, true);
  return from < to && to <= end ? textOf(view, from, to - from) : '';
}

/** UTF-16, or after the mark FF FE one byte a character until a zero byte turns to two, and back. */
function textOf(view: DataView, at: number, length: number): string {
  let text = '';
  const marked = length >= 2 && view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xfe;
  let narrow = marked;
  for (let k = marked ? 2 : 0; k < length; ) {
    if (marked && view.getUint8(at + k) === 0) {
      narrow = !narrow;
      k++;
    } else if (narrow) text += String.fromCharCode(view.getUint8(at + k++));
    else if (k + 2 <= length) {
      text += String.fromCharCode(view.getUint16(at + k, true));
      k += 2;
    } else break;
  }
  return text;
}

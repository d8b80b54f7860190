// Excel workbooks (.xlsx), their values only: what stands in the cells, no formulas, styles or links. Each sheet becomes the lines of a
// delimited text, row by row, so that everything known of headings, units, times and dialects serves workbooks too. Sheets that hold a
// table of a measurement become records and spectra; what stands in the others is told as metadata.

import { InputError } from '../units/index.ts';
import type { FileMetadata, InstrumentFile, ReaderNeed, ReaderOptions, ReaderRemark } from './contract.ts';
import { REMARKS_MAX } from './contract.ts';
import { readDelimited, textLayout } from './delimited.ts';
import type { TextBytes } from './text-bytes.ts';
import { textBytes } from './text-bytes.ts';
import { COLUMNS_MAX } from './text-layout.ts';
import { xmlCursor, xmlElements, xmlSource } from './xml.ts';
import type { ZipArchive } from './zip.ts';

/** Sheets of one workbook that are looked at. */
export const SHEETS_MAX = 100;
/** Rows of a sheet, as in Excel. */
const ROWS_MAX = 1_048_576;
/** Characters of a cell's text that are kept: a heading or a state, not a letter. */
const CELL_LENGTH_MAX = 200;
const SHARED_STRINGS_MAX = 1_000_000;
/** Lines may be longer than the XML they come from, where a cell repeats a shared string or stands far to the right, but not much. */
const GROWTH_MAX = 2;
const GROWTH_SPARES_BYTES = 2 ** 20;
/** All lines of a workbook. */
const LINES_SIZE_MAX = 2 ** 29;

const COMMA = 44;
const NEWLINE = 10;
/** Sheets with one row for each cycle, which looks like a measurement too. */
const SUMMARY_SHEET = /^(?:statistic|cycle|summary)/i;
const WORKBOOK = 'xl/workbook.xml';

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
const encoder = new TextEncoder();

export function isXlsx({ entries }: ZipArchive): boolean {
  return entries.some(({ name }) => name === WORKBOOK);
}

/** How a number is shown: plain, a moment (days since 1900), or a duration (days). */
type NumberKind = 'number' | 'clock' | 'duration';

interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly path: string }[];
  readonly strings: readonly string[];
  /** By the style of a cell. */
  readonly kinds: readonly NumberKind[];
  /** Day from which dates count, in seconds since 1970. */
  readonly dayZero_s: number;
}

const SECONDS_PER_DAY = 86400;
/** 30 December 1899, so that the day 29 February 1900, which Excel counts and never was, is stepped over; and 1 January 1904. */
const DAY_ZERO_1900_S = -25569 * SECONDS_PER_DAY;
const DAY_ZERO_1904_S = -24107 * SECONDS_PER_DAY;

function readWorkbook(archive: ZipArchive, where: string): Workbook {
  const part = (path: string): Uint8Array | null => {
    const entry = archive.entries.find(({ name }) => name.toLowerCase() === path.toLowerCase());
    return entry === undefined ? null : archive.read(entry);
  };
  const elements = (path: string) => {
    const bytes = part(path);
    return bytes === null ? [] : xmlElements(bytes, `${where}, ${path}`);
  };
  const workbook = elements(WORKBOOK);
  const links = new Map(
    elements('xl/_rels/workbook.xml.rels').map(({ attributes }) => [attributes.Id ?? '', attributes.Target ?? '']),
  );
  const isOutside = (target: string): boolean => target.includes('..') || target.includes(':');
  const sheets = workbook
    .filter(({ name, parent }) => name === 'sheet' && parent === 'sheets')
    .slice(0, SHEETS_MAX)
    .flatMap(({ attributes }) => {
      const target = links.get(attributes.id ?? '') ?? '';
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      const known = target !== '' && !isOutside(target);
      return known ? [{ name: (attributes.name ?? path).slice(0, 60), path }] : [];
    });
  const since1904 = workbook.find(({ name }) => name === 'workbookPr')?.attributes.date1904;
  const strings = part('xl/sharedStrings.xml');
  return {
    sheets,
    strings: strings === null ? [] : sharedStrings(strings, `${where}, shared strings`),
    kinds: numberKinds(elements('xl/styles.xml')),
    dayZero_s: since1904 === '1' || since1904 === 'true' ? DAY_ZERO_1904_S : DAY_ZERO_1900_S,
  };
}

function sharedStrings(bytes: Uint8Array, where: string): string[] {
  const cursor = xmlCursor(xmlSource(bytes), where);
  const strings: string[] = [];
  let text = '';
  let isText = false;
  let isPhonetic = false;
  for (let part = cursor.next(); part !== 'end' && strings.length < SHARED_STRINGS_MAX; part = cursor.next()) {
    if (part === 'text') {
      if (isText && !isPhonetic && text.length < CELL_LENGTH_MAX) text += cursor.text(CELL_LENGTH_MAX);
      continue;
    }
    const opens = part === 'open' && !cursor.isEmpty;
    if (cursor.nameIs('t')) isText = opens;
    else if (cursor.nameIs('rPh')) isPhonetic = opens;
    else if (cursor.nameIs('si')) {
      if (!opens) strings.push(text.slice(0, CELL_LENGTH_MAX));
      text = '';
    }
  }
  return strings;
}

/** Formats of Excel's own that show a moment, and those that show a duration. */
const CLOCK_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
const DURATION_FORMATS = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47]);

function numberKinds(styles: ReturnType<typeof xmlElements>): NumberKind[] {
  const written = new Map(
    styles
      .filter(({ name }) => name === 'numFmt')
      .map(({ attributes }) => [Number(attributes.numFmtId), kindOfFormat(attributes.formatCode ?? '')]),
  );
  return styles
    .filter(({ name, parent }) => name === 'xf' && parent === 'cellXfs')
    .map(({ attributes }) => {
      const id = Number(attributes.numFmtId ?? 0);
      const own = written.get(id);
      if (own !== undefined) return own;
      return CLOCK_FORMATS.has(id) ? 'clock' : DURATION_FORMATS.has(id) ? 'duration' : 'number';
    });
}

function kindOfFormat(code: string): NumberKind {
  // Quoted words, escaped letters, colours and places are no part of the date.
  const plain = code
    .replace(/"[^"]*"|\\.|_./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]!
    .replace(/general|e[+-]/gi, '');
  if (/[yd]/i.test(plain)) return 'clock';
  if (/[hs]/i.test(plain)) return 'duration';
  return /m{2,}/i.test(plain) ? 'clock' : 'number';
}

/** Digits of seconds, milliseconds where there are any. */
const padded = (seconds: number): string => {
  const text = (Math.round(seconds * 1000) / 1000).toFixed(3);
  return (seconds < 9.9995 ? `0${text}` : text).replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros));
};

/** A number of days as the text of a moment or a duration. */
function writtenTime(days: number, kind: NumberKind, dayZero_s: number): string {
  if (kind === 'clock') {
    const moment_ms = Math.round((dayZero_s + days * SECONDS_PER_DAY) * 1000);
    if (!(Math.abs(moment_ms) < 8.64e15)) return '';
    return new Date(moment_ms).toISOString().replace('T', ' ').replace('Z', '');
  }
  const total_s = Math.round(days * SECONDS_PER_DAY * 1000) / 1000;
  if (!(Math.abs(total_s) < 1e12)) return '';
  const size_s = Math.abs(total_s);
  const [hours, minutes] = [Math.floor(size_s / 3600), Math.floor((size_s % 3600) / 60)];
  return `${total_s < 0 ? '-' : ''}${hours}:${String(minutes).padStart(2, '0')}:${padded(size_s % 60)}`;
}

/** Bytes that grow as lines are written. */
interface Lines {
  push(byte: number): void;
  copy(bytes: Uint8Array, from: number, to: number): void;
  readonly size: number;
  finish(): Uint8Array;
}

function createLines(size_max: number, tooLarge: () => never): Lines {
  let buffer = new Uint8Array(2 ** 16);
  let size = 0;
  const room = (more: number): void => {
    if (size + more > size_max) tooLarge();
    if (size + more <= buffer.length) return;
    const longer = new Uint8Array(Math.min(size_max, Math.max(2 * buffer.length, size + more)));
    longer.set(buffer.subarray(0, size));
    buffer = longer;
  };
  return {
    get size() {
      return size;
    },
    push(byte) {
      room(1);
      buffer[size++] = byte;
    },
    copy(bytes, from, to) {
      room(to - from);
      for (let k = from; k < to; k++) buffer[size++] = bytes[k]!;
    },
    finish: () => buffer.subarray(0, size),
  };
}

/** Column from 0 of a reference such as `AB12`; −1 where there is none. */
function columnOf(bytes: Uint8Array, from: number, to: number): number {
  let column = 0;
  let k = from;
  for (; k < to && k < from + 4; k++) {
    const letter = (bytes[k]! | 32) - 96;
    if (letter < 1 || letter > 26) break;
    column = 26 * column + letter;
  }
  return k === from ? -1 : column - 1;
}

function wholeNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let k = from; k < to && k < from + 10; k++) {
    const digit = bytes[k]! - 48;
    if (digit < 0 || digit > 9) return -1;
    value = 10 * value + digit;
  }
  return from === to ? -1 : value;
}

interface SheetText {
  /** Comma-separated lines, of which the number is that of the row. */
  readonly source: TextBytes;
  readonly remarks: readonly string[];
}

/** The cells of a sheet as text of at most `room` bytes; `where` names it in errors. */
function sheetText(bytes: Uint8Array, workbook: Workbook, room: number, where: string): SheetText {
  const source = xmlSource(bytes);
  const cursor = xmlCursor(source, where);
  const xml = source.bytes;
  const size_max = Math.min(room, GROWTH_SPARES_BYTES + GROWTH_MAX * xml.length);
  const lines = createLines(size_max, () => {
    throw new InputError([{ where, found: `more than ${size_max} bytes of cells`, wanted: 'a sheet like a table' }]);
  });
  const strings = new Map<number, Uint8Array>();
  let row = 0;
  let column = -1;
  /** Commas written in the row, and the last column with a value. */
  let commas = 0;
  let filled = -1;
  let type: 's' | 'n' | 'b' | 'e' | 'text' = 'n';
  let style = 0;
  let inside: 'value' | 'text' | null = null;
  let cellText = '';
  let wide = 0;
  let disordered = 0;

  /** Ends lines until the present row is open. */
  const openRow = (wanted: number): void => {
    for (; row < wanted; row++) if (row > 0) lines.push(NEWLINE);
    column = -1;
    commas = 0;
    filled = -1;
  };
  const openCell = (): boolean => {
    if (column >= COLUMNS_MAX) {
      wide++;
      return false;
    }
    if (column <= filled) {
      disordered++;
      return false;
    }
    filled = column;
    for (; commas < column; commas++) lines.push(COMMA);
    return true;
  };
  const quoted = (text: string): Uint8Array => {
    const plain = text.replace(/[\r\n\t]+/g, ' ').replaceAll('"', "'");
    return encoder.encode(/[,;]/.test(plain) ? `"${plain}"` : plain);
  };
  const put = (value: Uint8Array): void => lines.copy(value, 0, value.length);

  for (let part = cursor.next(); part !== 'end'; part = cursor.next()) {
    if (part === 'text') {
      if (inside === 'text' && cellText.length < CELL_LENGTH_MAX) cellText += cursor.text(CELL_LENGTH_MAX);
      if (inside !== 'value') continue;
      const range = cursor.plainText();
      if (type === 'text' || range === null) cellText += cursor.text(CELL_LENGTH_MAX);
      else if (openCell()) {
        const [from, to] = range;
        const kind = workbook.kinds[style] ?? 'number';
        if (type === 's') {
          const place = wholeNumber(xml, from, to);
          let text = strings.get(place);
          if (text === undefined) {
            text = quoted(workbook.strings[place] ?? '');
            strings.set(place, text);
          }
          put(text);
        } else if (type === 'n' && kind !== 'number') {
          put(encoder.encode(writtenTime(Number(source.text(from, to)), kind, workbook.dayZero_s)));
        } else if (type === 'n' || type === 'b') lines.copy(xml, from, Math.min(to, from + 40));
      }
      continue;
    }
    const opens = part === 'open' && !cursor.isEmpty;
    if (cursor.nameIs('c')) {
      if (part === 'open') {
        const reference = cursor.attributeBytes('r');
        const said = reference === null ? -1 : columnOf(xml, reference[0], reference[1]);
        column = said < 0 ? column + 1 : said;
        const given = cursor.attribute('t') ?? 'n';
        type = given === 's' || given === 'b' || given === 'e' || given === 'n' ? given : 'text';
        const shown = cursor.attributeBytes('s');
        style = shown === null ? 0 : wholeNumber(xml, shown[0], shown[1]);
      } else if (cellText !== '') {
        // A moment as text, 2024-05-01T10:00:00.
        const isMoment = /^\d{4}-\d\d-\d\dT[\d:.]+Z?$/.test(cellText);
        if (openCell()) {
          put(quoted((isMoment ? cellText.replace('T', ' ').replace('Z', '') : cellText).slice(0, CELL_LENGTH_MAX)));
        }
      }
      cellText = '';
      inside = null;
    } else if (cursor.nameIs('v')) inside = opens ? 'value' : null;
    else if (cursor.nameIs('t')) inside = opens ? 'text' : null;
    else if (cursor.nameIs('row') && part === 'open') {
      const said = cursor.attributeBytes('r');
      const number = said === null ? row + 1 : wholeNumber(xml, said[0], said[1]);
      if (number > ROWS_MAX || number <= row)
        throw new InputError([
          { where, found: `row ${number} behind row ${row}`, wanted: `rows in order, at most ${ROWS_MAX}` },
        ]);
      openRow(number);
    } else if (cursor.nameIs('sheetData') && part === 'close') break;
  }
  if (lines.size > 0) lines.push(NEWLINE);
  return {
    source: textBytes(lines.finish(), 'utf-8'),
    remarks: [
      ...(wide > 0 ? [`${wide} cells right of column ${COLUMNS_MAX} were left out`] : []),
      ...(disordered > 0 ? [`${disordered} cells out of order were left out`] : []),
    ],
  };
}

/** A part of a text that came from one sheet. */
interface Segment {
  readonly sheet: string;
  /** First line of the text, and the row of the sheet that it is, both from 1. */
  readonly line: number;
  readonly row: number;
}

interface Table {
  readonly sheets: readonly string[];
  readonly source: TextBytes;
  readonly segments: readonly Segment[];
  readonly remarks: readonly ReaderRemark[];
}

const countLines = (bytes: Uint8Array, to: number): number => {
  let count = 0;
  for (let k = bytes.indexOf(NEWLINE); k >= 0 && k < to; k = bytes.indexOf(NEWLINE, k + 1)) count++;
  return count;
};

/** Sheets whose names differ in their last number, with the same headings, are one table: cyclers begin a new sheet when one is full. */
function joinSheets(sheets: readonly (SheetText & { readonly name: string })[], options: ReaderOptions): Table[] {
  interface Group {
    readonly stem: string;
    readonly headings: string;
    readonly parts: Uint8Array[];
    readonly segments: Segment[];
    readonly remarks: ReaderRemark[];
    lines: number;
  }
  const groups: Group[] = [];
  for (const { name, source, remarks } of sheets) {
    const { layout } = textLayout(source, options);
    const stem = name.replace(/\d+$/, '');
    const headings = layout?.headings.join('\n') ?? '';
    const before = groups.at(-1);
    const goesOn =
      before !== undefined && stem !== name && headings !== '' && before.stem === stem && before.headings === headings;
    const group = goesOn ? before : { stem, headings, parts: [], segments: [], remarks: [], lines: 0 };
    if (!goesOn) groups.push(group);
    const from = goesOn ? layout!.dataFrom : 0;
    const part = source.bytes.subarray(from);
    group.segments.push({ sheet: name, line: group.lines + 1, row: countLines(source.bytes, from) + 1 });
    group.lines += countLines(part, part.length);
    group.parts.push(part);
    group.remarks.push(...remarks.map((message) => ({ where: `sheet ${name}`, message })));
  }
  return groups.map(({ parts, segments, remarks }) => ({
    sheets: segments.map(({ sheet }) => sheet),
    source: textBytes(joined(parts), 'utf-8'),
    segments,
    remarks,
  }));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Pairs of a name and what stands beside it or below it, from a sheet without a measurement. */
function sheetMetadata({ sheets, source }: Table): FileMetadata[] {
  const lines = source.text(0, Math.min(source.bytes.length, 50_000)).split('\n', 100);
  const cells = lines.map((line) =>
    [...line.matchAll(/"([^"]*)"(?:,|$)|([^,]*)(?:,|$)/g)].map((match) => (match[1] ?? match[2] ?? '').trim()),
  );
  const isName = (text: string | undefined): text is string =>
    text !== undefined && /^[^\d\s][^=]{1,60}$/.test(text) && !/^\d/.test(text);
  const found: FileMetadata[] = [];
  for (const [row, names] of cells.entries()) {
    const filled = names.filter((text) => text !== '');
    const below = cells[row + 1] ?? [];
    const isHeader = filled.length >= 3 && filled.every(isName) && below.some((text) => text !== '');
    for (const [column, name] of names.entries()) {
      if (!isName(name) || found.length >= REMARKS_MAX) continue;
      const text = isHeader ? below[column] : names[column + 1];
      if (text === undefined || text === '' || (!isHeader && filled.length !== 2)) continue;
      found.push({
        name: name.replace(/:$/, ''),
        text: text.slice(0, 400),
        where: `sheet ${sheets[0]}, row ${row + (isHeader ? 2 : 1)}`,
      });
    }
    if (isHeader) cells[row + 1] = [];
  }
  return found;
}

/** Reads a workbook. Throws InputError where it is damaged or none of its sheets holds a table. */
export function readXlsx(archive: ZipArchive, options: ReaderOptions): InstrumentFile {
  const where = options.name ?? 'file';
  const workbook = readWorkbook(archive, where);
  const remarks: ReaderRemark[] = [];
  let room = LINES_SIZE_MAX;
  const texts = workbook.sheets.flatMap(({ name, path }) => {
    const entry = archive.entries.find((one) => one.name.toLowerCase() === path.toLowerCase());
    if (entry === undefined) {
      remarks.push({ where: `sheet ${name}`, message: 'its cells are not in the workbook' });
      return [];
    }
    try {
      const text = sheetText(archive.read(entry), workbook, room, `${where}, sheet ${name}`);
      room -= text.source.bytes.length;
      return [{ name, ...text }];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      remarks.push({ where: `sheet ${name}`, message: error.message });
      return [];
    }
  });
  const all: { readonly table: Table; readonly file: InstrumentFile }[] = [];
  const metadata: FileMetadata[] = [];
  const wanted = options.overrides?.columns ?? {};
  const known = new Set<string>();
  const tables = joinSheets(texts, options);
  for (const table of tables) {
    const headings = textLayout(table.source, options).layout?.headings ?? [];
    // An override speaks of the sheets that have its heading.
    const columns = Object.fromEntries(Object.entries(wanted).filter(([heading]) => headings.includes(heading)));
    for (const heading of Object.keys(columns)) known.add(heading);
    const file = readDelimited(table.source, {
      ...options,
      overrides: { ...options.overrides, delimiter: ',', decimal: '.', columns },
    });
    if (file !== null && file.records.length + file.spectra.length > 0) all.push({ table, file });
    else metadata.push(...sheetMetadata(table));
  }
  const missing = Object.keys(wanted).filter((heading) => !known.has(heading));
  if (missing.length > 0) {
    throw new InputError(
      missing.map((heading) => ({ where: 'overrides.columns', found: `'${heading}'`, wanted: 'a heading of a sheet' })),
    );
  }
  const plain = all.filter(({ table }) => !SUMMARY_SHEET.test(table.sheets[0]!));
  const read = plain.length > 0 ? plain : all;
  for (const { table } of all) {
    if (read.some((one) => one.table === table)) continue;
    remarks.push({ where: `sheet ${table.sheets[0]}`, message: 'sums of what other sheets hold in full; left out' });
  }
  if (read.length === 0) {
    const names = workbook.sheets.map(({ name }) => name).join(', ');
    const faults = remarks.map((remark) => ({
      where: remark.where,
      found: remark.message,
      wanted: 'a sheet of cells',
    }));
    const issue = {
      where,
      found: `a workbook without a table of a measurement (${names === '' ? 'no sheets' : names.slice(0, 200)})`,
      wanted: 'time, voltage and current, or frequency and impedance',
      hint: 'say which column is which',
    };
    throw new InputError([issue, ...faults]);
  }
  return combine(read, metadata, remarks, options);
}

function combine(
  read: readonly { readonly table: Table; readonly file: InstrumentFile }[],
  metadata: readonly FileMetadata[],
  remarks: readonly ReaderRemark[],
  options: ReaderOptions,
): InstrumentFile {
  const several = read.length > 1;
  const parts = read.map(({ table, file }) => {
    const name = table.sheets.join(', ');
    const dialect = file.format.replace(/ ?\([^()]*\)$/, '');
    const format = `Excel workbook (.xlsx), sheet ${name}${dialect === 'delimited text' ? '' : `: ${dialect}`}`;
    const provenance = {
      kind: 'measured',
      origin: options.name ?? 'bytes without a name',
      program: format,
      notes: [],
    } as const;
    const place = (text: string): string => rowPlace(text, table.segments);
    return {
      ...file,
      format,
      records: file.records.map((record) => ({ ...record, provenance })),
      spectra: file.spectra.map((spectrum) => ({ ...spectrum, provenance })),
      columns: file.columns.map((column) => (several ? { ...column, heading: `${name}: ${column.heading}` } : column)),
      metadata: file.metadata.map((entry) => ({ ...entry, where: place(entry.where) })),
      remarks: [
        ...table.remarks,
        ...file.remarks.map((remark) => ({
          ...remark,
          where: place(remark.where || (several ? `sheet ${name}` : '')),
        })),
      ],
    };
  });
  const needs = new Map<string, ReaderNeed>(parts.flatMap((part) => part.needs).map((need) => [need.what, need]));
  const hasRecords = parts.some(({ records }) => records.length > 0);
  const hasSpectra = parts.some(({ spectra }) => spectra.length > 0);
  return {
    ...parts[0]!,
    kind: hasRecords ? (hasSpectra ? 'both' : 'cycling') : 'impedance',
    format: several ? `Excel workbook (.xlsx), ${parts.length} sheets` : parts[0]!.format,
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    records: parts.flatMap(({ records }) => records),
    spectra: parts.flatMap(({ spectra }) => spectra),
    columns: parts.flatMap(({ columns }) => columns),
    metadata: [...metadata, ...parts.flatMap((part) => part.metadata)],
    remarks: [...remarks, ...parts.flatMap((part) => part.remarks)],
    needs: [...needs.values()],
  };
}

/** `line 12` as the row of the sheet it came from. */
function rowPlace(where: string, segments: readonly Segment[]): string {
  const line = Number(/^line (\d+)$/.exec(where)?.[1] ?? Number.NaN);
  const segment = segments.filter((one) => one.line <= line).at(-1);
  return segment === undefined ? where : `sheet ${segment.sheet}, row ${line - segment.line + segment.row}`;
}

// The rows of a text table, byte by byte: numbers go straight into columns of doubles, and no string is made of them.

import type { RemarkList } from './contract.ts';
import { clockOf, dayComesFirst, durationOf, type FieldNumber, numberField } from './number-field.ts';
import type { TextBytes } from './text-bytes.ts';
import { splitLine, type TextLayout, type TextLine } from './text-layout.ts';

export type FieldKind = 'number' | 'duration' | 'clock' | 'words';

export interface TextColumn {
  readonly heading: string;
  readonly kind: FieldKind;
  /** Numbers; seconds of a duration; seconds since 1970 of a clock time; index into `words` of a word. */
  readonly values: Float64Array;
  readonly words: readonly string[];
}

export interface TextRows {
  readonly columns: readonly TextColumn[];
  readonly rows: number;
  /** Line of each row, from 1. */
  readonly lines: Int32Array;
}

/** Different words that one column may hold; a column with more holds notes, not states. */
const WORDS_MAX = 500;
const SAMPLE_ROWS = 60;
/** Characters of a field by which its kind is told; the longest dates have half of them. */
const SAMPLE_FIELD_LENGTH_MAX = 64;
/** Values stored for each byte of the file: short rows of a wide table would else cost more memory than the file. */
const CELLS_PER_BYTE_MAX = 1;

const NUMBER_LIKE =
  /^[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+|[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*[.,]\d*|[1-9]\d{0,2}(?:['\u2019\u00a0\u202f]\d{3})+(?:[.,]\d*)?)(?:[eE][-+]?\d+)?$/;
const EMPTY = /^(?:|-+|n\/?a|nan|null|none)$/i;

function kindOf(fields: readonly string[]): FieldKind {
  const filled = fields.filter((field) => !EMPTY.test(field));
  if (filled.length === 0) return 'number';
  const share = (test: (field: string) => boolean): number => filled.filter(test).length / filled.length;
  if (share((field) => NUMBER_LIKE.test(field)) >= 0.5) return 'number';
  if (share((field) => durationOf(field) !== undefined) >= 0.5) return 'duration';
  if (
    share(
      (field) => clockOf(field, { dayFirst: true }) !== undefined || clockOf(field, { dayFirst: false }) !== undefined,
    ) >= 0.5
  )
    return 'clock';
  return 'words';
}

export function readRows(
  source: TextBytes,
  layout: TextLayout,
  lines: readonly TextLine[],
  remarks: RemarkList,
  /** Lines of the file above the first of `lines`. */
  lineOffset = 0,
): TextRows {
  const { bytes } = source;
  const sample = lines
    .slice(layout.dataLine, layout.dataLine + SAMPLE_ROWS)
    .filter(({ text }) => text.trim() !== '')
    .map(({ text }) => splitLine(text, layout.delimiter).map((field) => field.slice(0, SAMPLE_FIELD_LENGTH_MAX)));
  const widest = sample.reduce(
    (most, fields) => Math.max(most, fields.at(-1) === '' ? fields.length - 1 : fields.length),
    0,
  );
  const width = Math.max(
    layout.headings.length - (layout.headings.at(-1) === '' ? 1 : 0),
    layout.headings.length > 0 ? 0 : widest,
    1,
  );
  const names = headingNames(layout.headings, width);
  const samples = names.map((_, c) => sample.map((fields) => fields[c] ?? ''));
  const kinds = samples.map(kindOf);
  const last = kinds.includes('clock') ? lastLines(source) : [];
  const lastFields = last.map((text) => splitLine(text, layout.delimiter));
  const dayFirst = kinds.map(
    (kind, c) => kind === 'clock' && dayComesFirst([...samples[c]!, ...lastFields.map((fields) => fields[c] ?? '')]),
  );

  const decimal = layout.decimal.charCodeAt(0);
  const blanks = layout.delimiter === ' ';
  const delimiter = layout.delimiter.charCodeAt(0);
  const end = bytes.length;
  const sampleSize = Math.max(
    1,
    (lines[Math.min(layout.dataLine + SAMPLE_ROWS, lines.length - 1)]!.from - layout.dataFrom) / SAMPLE_ROWS,
  );
  const cellsMax = 1000 * width + CELLS_PER_BYTE_MAX * end;
  let capacity = Math.max(
    16,
    Math.min(Math.ceil((1.1 * (end - layout.dataFrom)) / sampleSize), Math.ceil(cellsMax / width), 1 << 22),
  );
  let values = names.map(() => new Float64Array(capacity));
  let rowLines = new Int32Array(capacity);
  const dictionaries = names.map(() => ({ words: [] as string[], index: new Map<string, number>(), full: false }));
  // Words repeat from row to row: the bytes of the one before are compared before a string is made.
  const lastFrom = new Int32Array(width).fill(-1);
  const lastTo = new Int32Array(width);
  const lastValue = new Float64Array(width);
  // Of times and dates, the value without its seconds.
  const minute = new Float64Array(width).fill(Number.NaN);

  const numeric = kinds.map((kind) => kind === 'number');
  const state: FieldNumber = { ok: true };
  // Column, first and last byte of each field of a row that is no number where one belongs.
  const faultsFrom: number[] = [];
  let rows = 0;
  let line = lineOffset + layout.dataLine + 1;
  let outside = 0;
  let firstOutside = 0;
  let wide = 0;
  let firstWide = 0;
  let at = layout.dataFrom;

  const wordsValue = (column: number, from: number, to: number): number => {
    const previous = lastFrom[column]!;
    if (previous >= 0 && to - from === lastTo[column]! - previous) {
      let k = 0;
      while (k < to - from && bytes[from + k] === bytes[previous + k]) k++;
      if (k === to - from) return lastValue[column]!;
    }
    if (kinds[column] !== 'words' && previous >= 0) {
      const value = sameMinute(bytes, from, to, previous, lastTo[column]!, minute[column]!);
      if (value !== undefined) return value;
    }
    const text = source
      .text(from, Math.min(to, from + 200))
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim();
    let value = Number.NaN;
    if (kinds[column] === 'duration') value = durationOf(text) ?? Number.NaN;
    else if (kinds[column] === 'clock') value = clockOf(text, { dayFirst: dayFirst[column]! }) ?? Number.NaN;
    else if (text !== '') {
      const dictionary = dictionaries[column]!;
      const known = dictionary.index.get(text);
      if (known !== undefined) value = known;
      else if (dictionary.words.length < WORDS_MAX) {
        value = dictionary.words.length;
        dictionary.index.set(text, value);
        dictionary.words.push(text);
      }
    }
    if (kinds[column] !== 'words' && Number.isNaN(value) && !EMPTY.test(text)) {
      remarks.add(
        `line ${line}`,
        `no ${kinds[column] === 'clock' ? 'date' : 'time'} in ${names[column]}: '${text.slice(0, 40)}'`,
      );
    }
    if (kinds[column] !== 'words') {
      minute[column] = minuteOf(text, value);
    }
    lastFrom[column] = from;
    lastTo[column] = to;
    lastValue[column] = value;
    return value;
  };

  while (at < end) {
    if (rows === capacity) {
      if (rows * width >= cellsMax) {
        remarks.add(`line ${line}`, 'the rows are much shorter than the header, so the reading stopped here');
        break;
      }
      capacity = 2 * capacity;
      values = values.map((column) => {
        const longer = new Float64Array(capacity);
        longer.set(column);
        return longer;
      });
      const longer = new Int32Array(capacity);
      longer.set(rowLines);
      rowLines = longer;
    }
    let column = 0;
    let numbers = 0;
    let more = true;
    let filledBeyond = false;
    faultsFrom.length = 0;
    if (blanks) while (at < end && (bytes[at] === 32 || bytes[at] === 9)) at++;
    while (more) {
      const from = at;
      let first = from;
      while (first < end && bytes[first] === 32) first++;
      if (bytes[first] === 34) {
        at = first + 1;
        while (at < end && bytes[at] !== 34 && bytes[at] !== 10 && bytes[at] !== 13) at++;
      }
      while (at < end) {
        const byte = bytes[at]!;
        if (byte === 10 || byte === 13 || (blanks ? byte === 32 || byte === 9 : byte === delimiter)) break;
        at++;
      }
      const to = at;
      if (blanks) while (at < end && (bytes[at] === 32 || bytes[at] === 9)) at++;
      const code = at < end ? bytes[at]! : 10;
      more = blanks ? code !== 10 && code !== 13 : code === delimiter && at < end;
      if (more && !blanks) at++;
      if (column < width) {
        let value: number;
        if (numeric[column]) {
          state.ok = true;
          value = numberField(bytes, from, to, decimal, state);
          if (!state.ok) faultsFrom.push(column, from, to);
        } else value = wordsValue(column, from, to);
        if (!Number.isNaN(value) && kinds[column] !== 'words') numbers++;
        values[column]![rows] = value;
      } else if (to > first) filledBeyond = true;
      column++;
    }
    if (at < end) at += bytes[at] === 13 && bytes[at + 1] === 10 ? 2 : 1;
    if (column >= 2 && numbers >= 1 && faultsFrom.length <= 3 * numbers) {
      for (let k = Math.min(column, width); k < width; k++) values[k]![rows] = Number.NaN;
      for (let k = 0; k < faultsFrom.length; k += 3) {
        const found = source.text(faultsFrom[k + 1]!, Math.min(faultsFrom[k + 2]!, faultsFrom[k + 1]! + 40)).trim();
        remarks.add(`line ${line}`, `not a number in ${names[faultsFrom[k]!]}: '${found}'`);
      }
      if (filledBeyond && wide++ === 0) firstWide = line;
      rowLines[rows++] = line;
    } else if (column > 1 || numbers > 0 || faultsFrom.length > 0) {
      if (outside++ === 0) firstOutside = line;
    }
    line++;
  }
  if (outside > 0)
    remarks.add(
      `line ${firstOutside}`,
      `no row of the table: left out${outside > 1 ? `, and ${outside - 1} lines like it` : ''}`,
    );
  if (wide > 0 && wide === rows)
    remarks.add(
      `line ${firstWide}`,
      'every row has more fields than there are headings: a heading is missing, and those behind it stand over the wrong columns',
    );
  else if (wide > 0)
    remarks.add(
      `line ${firstWide}`,
      `more fields than headings${wide > 1 ? `, as in ${wide - 1} more rows` : ''}; they were left out`,
    );
  return {
    rows,
    lines: rowLines.subarray(0, rows),
    columns: names.map((heading, c) => ({
      heading,
      kind: kinds[c]!,
      values: values[c]!.subarray(0, rows),
      words: dictionaries[c]!.words,
    })),
  };
}

/** Bytes at the end of a text that are looked at: a test of weeks ends on a day that tells days from months, where it may not begin on one. */
const TAIL_SIZE = 1 << 14;

/** Lines at the end of a text, without the first of them, which may be cut. */
function lastLines({ bytes, text }: TextBytes): readonly string[] {
  return text(Math.max(0, bytes.length - TAIL_SIZE), bytes.length)
    .split(/[\r\n]+/)
    .slice(1);
}

/** One name for each column: an empty heading is numbered, a repeated one as well. */
function headingNames(headings: readonly string[], width: number): string[] {
  const seen = new Map<string, number>();
  return Array.from({ length: width }, (_, c) => {
    const name = headings[c]?.trim() || `column ${c + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** The value of a time or date without its seconds; NaN where something follows them, such as PM. */
function minuteOf(text: string, value: number): number {
  const seconds = /:\d\d?:(\d\d(?:\.\d+)?)$/.exec(text)?.[1];
  return seconds === undefined || text.startsWith('-') ? Number.NaN : value - Number(seconds);
}

/**
 * The value of a time or date that differs from the one of the row before in its seconds only, as nearly every one does; undefined where
 * more differs.
 */
function sameMinute(
  bytes: Uint8Array,
  from: number,
  to: number,
  previous: number,
  previousTo: number,
  minute: number,
): number | undefined {
  if (Number.isNaN(minute)) return undefined;
  let end = to;
  while (end > from && bytes[end - 1]! <= 32) end--;
  let colon = end - 1;
  while (colon > from && bytes[colon] !== 58) colon--;
  const length = colon + 1 - from;
  if (length < 4 || previous + length >= previousTo || bytes[previous + length - 1] !== 58) return undefined;
  for (let k = 0; k < length; k++) if (bytes[from + k] !== bytes[previous + k]) return undefined;
  // Two digits of seconds, then nothing or a point and digits.
  const tens = bytes[colon + 1]! - 48;
  const ones = bytes[colon + 2]! - 48;
  if (end < colon + 3 || tens < 0 || tens > 9 || ones < 0 || ones > 9) return undefined;
  let digits = 10 * tens + ones;
  let scale = 1;
  if (end > colon + 3) {
    if (bytes[colon + 3] !== 46 || end > colon + 13) return undefined;
    for (let k = colon + 4; k < end; k++) {
      const digit = bytes[k]! - 48;
      if (digit < 0 || digit > 9) return undefined;
      digits = 10 * digits + digit;
      scale *= 10;
    }
  }
  // A minute ends with a colon before the seconds; "12:34" alone has none to tell apart.
  let colons = 0;
  for (let k = from; k <= colon; k++) if (bytes[k] === 58) colons++;
  return colons >= 2 ? minute + digits / scale : undefined;
}

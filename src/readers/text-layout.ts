// Where the table of a text begins, and how it is written: delimiter, decimal mark, header line. Found by trying every pair of the two
// on the first lines and taking the one that reads the most numbers.

import { isUnitField, meaningOf } from './column-meaning.ts';
import type { ReaderOverrides } from './contract.ts';
import type { TextBytes } from './text-bytes.ts';

export type Delimiter = '\t' | ';' | ',' | '|' | ' ';

export interface TextLine {
  readonly text: string;
  /** Byte at which the line begins. */
  readonly from: number;
}

export interface TextLayout {
  readonly delimiter: Delimiter;
  readonly decimal: '.' | ',';
  /** Line of the headings, from 0; null without any. */
  readonly headerLine: number | null;
  readonly headings: readonly string[];
  /** First line of numbers, from 0, and its byte. */
  readonly dataLine: number;
  readonly dataFrom: number;
}

/** Lines and characters looked at for the table; a header of a real file is below a tenth of it. */
const HEAD_LINES_MAX = 3000;
const HEAD_SIZE_MAX = 1 << 19;
const LINE_LENGTH_MAX = 1 << 16;
/** Lines that are tried with every delimiter once a table has begun. */
const SCORED_LINES_MAX = 200;
export const COLUMNS_MAX = 2000;

/** The first lines of a text, with their places. */
export function headLines({ bytes, text }: TextBytes): readonly TextLine[] {
  const lines: TextLine[] = [];
  const end = Math.min(bytes.length, HEAD_SIZE_MAX);
  let at = 0;
  while (at < end && lines.length < HEAD_LINES_MAX) {
    let next = at;
    while (next < end && bytes[next] !== 10 && bytes[next] !== 13) next++;
    lines.push({ text: text(at, Math.min(next, at + LINE_LENGTH_MAX)), from: at });
    at = bytes[next] === 13 && bytes[next + 1] === 10 ? next + 2 : next + 1;
  }
  return lines;
}

export function splitLine(line: string, delimiter: Delimiter): string[] {
  if (delimiter === ' ') return line.trim().split(/\s+/, COLUMNS_MAX);
  if (!line.includes('"')) return line.split(delimiter, COLUMNS_MAX).map((field) => field.trim());
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length && fields.length < COLUMNS_MAX) {
    while (line[at] === ' ') at++;
    let end = at;
    if (line[at] === '"') {
      const closing = line.indexOf('"', at + 1);
      if (closing > 0) end = closing;
    }
    end = line.indexOf(delimiter, end);
    if (end < 0) end = line.length;
    fields.push(
      line
        .slice(at, end)
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    );
    at = end + 1;
  }
  return fields;
}

/** No number is written with more characters. */
const NUMBER_LENGTH_MAX = 64;
const NUMBER = {
  '.': /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/,
  ',': /^[-+]?(?:\d+(?:,\d*)?|,\d+)(?:[eE][-+]?\d+)?$/,
};
/**
 * Thousands apart by the other mark. Both marks must stand in it: 1,234 alone may as well be a number below two. An apostrophe and a blank that
 * breaks no line part thousands only.
 */
const GROUPED = {
  '.': /^[-+]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:['\u2019\u00a0\u202f]\d{3})+(?:\.\d*)?)$/,
  ',': /^[-+]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:['\u2019\u00a0\u202f]\d{3})+(?:,\d*)?)$/,
};
const isNumber = (field: string, decimal: '.' | ','): boolean =>
  field.length <= NUMBER_LENGTH_MAX && (NUMBER[decimal].test(field) || GROUPED[decimal].test(field));

/** Two numbers with a blank between them: the blank is the delimiter, and this one is not. Corrtest's mark of a cycle is no number. */
const NUMBERS_APART = /^[-+]?[\d.,]+(?:[eE][-+]?\d+)?[ \t]+[-+]?[\d.,]+(?:[eE][-+]?\d+)?(?!\s+CYCLE$)(?:\s|$)/;

interface Run {
  readonly score: number;
  readonly start: number;
  readonly width: number;
}

function bestRun(lines: readonly TextLine[], from: number, delimiter: Delimiter, decimal: '.' | ','): Run {
  let best: Run = { score: 0, start: -1, width: 0 };
  let start = -1;
  let width = 0;
  let score = 0;
  let counted = 0;
  const finish = () => {
    if (score > best.score) best = { score, start, width };
    start = -1;
    score = 0;
    counted = 0;
  };
  for (let k = from; k < lines.length; k++) {
    const { text } = lines[k]!;
    if (text.trim() === '') continue;
    const fields = splitLine(text, delimiter);
    // A delimiter at the end of the line opens no further column.
    if (fields.length > 1 && fields.at(-1) === '') fields.pop();
    const numbers = fields.filter((field) => isNumber(field, decimal)).length;
    const isRow =
      fields.length >= 2 &&
      numbers >= 2 &&
      numbers >= 0.15 * fields.length &&
      !fields.some((field) => NUMBERS_APART.test(field));
    if (!isRow || (start >= 0 && Math.abs(fields.length - width) > Math.max(1, 0.5 * width))) {
      finish();
      if (!isRow) continue;
    }
    if (start < 0) {
      start = k;
      width = fields.length;
    }
    width = Math.max(width, fields.length);
    score += numbers;
    if (++counted >= SCORED_LINES_MAX) break;
  }
  finish();
  return best;
}

const DELIMITERS: readonly Delimiter[] = ['\t', ';', ',', '|', ' '];

/** The layout of the table in these lines from line `from` on, or null where there is none. */
export function findLayout(
  lines: readonly TextLine[],
  { delimiter: wantedDelimiter, decimal: wantedDecimal }: ReaderOverrides,
  from = 0,
): TextLayout | null {
  let best: { readonly run: Run; readonly delimiter: Delimiter; readonly decimal: '.' | ',' } | null = null;
  for (const delimiter of DELIMITERS) {
    if (wantedDelimiter !== undefined && delimiter !== wantedDelimiter) continue;
    for (const decimal of ['.', ','] as const) {
      if ((wantedDecimal !== undefined && decimal !== wantedDecimal) || (decimal as string) === delimiter) continue;
      const run = bestRun(lines, from, delimiter, decimal);
      // Blanks also stand inside words and dates, so they must read clearly more to win.
      const score = delimiter === ' ' ? 0.6 * run.score : run.score;
      const bestScore = best === null ? 0 : best.delimiter === ' ' ? 0.6 * best.run.score : best.run.score;
      if (score > bestScore) best = { run, delimiter, decimal };
    }
  }
  if (best === null) return null;
  const { run, delimiter, decimal } = best;
  const header = findHeader(lines, run, delimiter, decimal);
  return { delimiter, decimal, ...header, dataLine: run.start, dataFrom: lines[run.start]!.from };
}

/** Lines above the first row in which the headings are looked for. */
const HEADER_REACH = 5;

function findHeader(
  lines: readonly TextLine[],
  { start, width }: Run,
  delimiter: Delimiter,
  decimal: '.' | ',',
): { readonly headerLine: number | null; readonly headings: readonly string[] } {
  let units: readonly string[] | null = null;
  let unitLine = 0;
  let unknown: { readonly headerLine: number; readonly headings: readonly string[] } | null = null;
  for (let k = start - 1; k >= Math.max(0, start - HEADER_REACH); k--) {
    const text = lines[k]!.text.replace(/^[~#%]|^Definition=/, '');
    if (text.trim() === '' || /^\s*End Comments\s*$/i.test(text) || isNumber(text.trim(), decimal)) continue;
    const fields = headingFields(text, delimiter, width);
    if (fields === null) break;
    const words = fields.filter((field) => field !== '');
    if (isFiller(words)) continue;
    if (units === null && isUnitLine(words)) {
      units = fields;
      unitLine = k;
      continue;
    }
    if (words.filter((field) => isNumber(field, decimal)).length > 0.5 * words.length) break;
    const joined = fields.map((field, c) => {
      const unit = units?.[c] ?? '';
      return unit === '' ? field : `${field} (${unit.replace(/^[[(]|[\])]$/g, '')})`;
    });
    // PSTrace gives units alone; what stands above them names no column.
    if (units !== null && joined.every((heading) => meaningOf(heading) === null)) break;
    // RelaxIS writes what is true of the spectrum between headings and rows.
    const known = joined.filter((heading) => meaningOf(heading) !== null).length;
    if (known >= (unknown === null ? 1 : 3)) return { headerLine: k, headings: joined };
    unknown ??= { headerLine: k, headings: joined };
  }
  if (unknown === null && units !== null) return { headerLine: unitLine, headings: units.map(asBareUnit) };
  return unknown ?? { headerLine: null, headings: [] };
}

/** A unit where a name belongs stands in brackets, so that it is never taken for a name such as `A`. */
const asBareUnit = (unit: string): string => (unit === '' ? '' : `[${unit.replace(/^[[(]|[\])]$/g, '')}]`);

/** A line of units has little else; counts stand in brackets as units do, such as `[Cnt]`. */
function isUnitLine(words: readonly string[]): boolean {
  const units = words.filter(isUnitField).length;
  return units > 0 && (units === words.length || words.every((word) => isUnitField(word) || /^\[[^\]]*\]$/.test(word)));
}

/** A line of one word again and again, as Digatron writes between headings and rows, names nothing. */
function isFiller(words: readonly string[]): boolean {
  return words.length > 3 && words.every((word) => word === words[0]);
}

/** The fields of a header line; its delimiter may differ from that of the rows. */
function headingFields(text: string, delimiter: Delimiter, width: number): string[] | null {
  const fits = (fields: readonly string[], exact: boolean): boolean => {
    const count = fields.length - (fields.at(-1) === '' ? 1 : 0);
    return exact ? count === width : count >= Math.max(2, 0.7 * width) && count >= width - Math.max(3, 0.3 * width);
  };
  const plain = splitLine(text, delimiter);
  // Headings may stand two tabs apart where the rows below have one.
  const filled = plain.filter((field) => field !== '');
  if (plain.length > width && filled.length === width) return filled;
  if (fits(plain, delimiter === ' ')) return plain;
  const bare = text.replace(/^\s*"(.*)"\s*$/, '$1').trim();
  for (const separator of ['\t', /\s{2,}/, ';', ',', /\s+/] as const) {
    const fields = bare.split(separator).map((field) => field.trim());
    if (fits(fields, true)) return fields;
  }
  // A header whose units stand apart by one blank: "Freq (Hz)  Z'(a)".
  const known = plain.filter((field) => meaningOf(field) !== null).length;
  return known >= 3 ? plain : null;
}

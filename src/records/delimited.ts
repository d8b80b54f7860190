// Comma-separated text by RFC 4180: a writer that quotes only what must be quoted, and a scanner that hands over one row
// at a time, so that a long file never stands in memory twice.

import type { Issue } from '../units/index.ts';

const QUOTE = 34;
const COMMA = 44;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/** A field as it stands in a file: quoted when it holds a quote, a comma, a line break or outer blanks. */
export function quoteField(field: string): string {
  return /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/**
 * Calls `onRow` with the fields of every row and the line on which it starts, from 1. Lines end with CRLF, LF or CR; a
 * byte order mark is skipped, and so are empty lines. Never throws: an unclosed quote runs to the end of the text.
 */
export function scanDelimited(text: string, onRow: (fields: readonly string[], line: number) => void): void {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const fields: string[] = [];
    const startLine = line;
    let rowEnded = false;
    while (!rowEnded) {
      let field: string;
      if (text.charCodeAt(at) === QUOTE) {
        let closing = at + 1;
        while (closing < text.length) {
          const code = text.charCodeAt(closing);
          if (code === QUOTE && text.charCodeAt(closing + 1) !== QUOTE) break;
          if (code === LINE_FEED) line++;
          closing += code === QUOTE ? 2 : 1;
        }
        field = text.slice(at + 1, closing).replaceAll('""', '"');
        at = closing + 1;
        const afterQuote = at;
        at = endOfField(text, at);
        field += text.slice(afterQuote, at);
      } else {
        const start = at;
        at = endOfField(text, at);
        field = text.slice(start, at);
      }
      fields.push(field);
      const code = text.charCodeAt(at);
      at++;
      if (code !== COMMA) {
        rowEnded = true;
        line++;
        if (code === CARRIAGE_RETURN && text.charCodeAt(at) === LINE_FEED) at++;
      }
    }
    if (fields.length > 1 || fields[0] !== '') onRow(fields, startLine);
  }
}

function endOfField(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === LINE_FEED || code === CARRIAGE_RETURN) break;
    at++;
  }
  return at;
}

/**
 * The number a field holds, or undefined when it holds none. An empty field and `nan` are NaN; `inf` and `infinity` with
 * or without a sign are infinite. Hexadecimal and other prefixed numbers are not numbers here.
 */
export function parseDouble(field: string): number | undefined {
  const value = Number(field);
  if (!Number.isNaN(value)) {
    const trimmed = field.trim();
    if (trimmed === '') return Number.NaN;
    return /^0[xob]/i.test(trimmed) ? undefined : value;
  }
  const word = field.trim().toLowerCase();
  if (word === 'nan') return Number.NaN;
  if (/^\+?inf(inity)?$/.test(word)) return Number.POSITIVE_INFINITY;
  if (/^-inf(inity)?$/.test(word)) return Number.NEGATIVE_INFINITY;
  return undefined;
}

/** A growing column of doubles. */
/** The fault of a row that is wider or narrower than its header. */
export function widthIssue(line: number, fields: number, columns: number): Issue {
  return { where: `line ${line}`, found: `${fields} fields`, wanted: `${columns}, as in the header` };
}

export interface ColumnBuffer {
  push(value: number): void;
  finish(): Float64Array;
}

/** Doubles its array as it fills, so that a column of unknown length costs no boxed numbers. */
export function createColumnBuffer(): ColumnBuffer {
  let values = new Float64Array(1024);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const wider = new Float64Array(2 * length);
        wider.set(values);
        values = wider;
      }
      values[length++] = value;
    },
    finish: () => values.slice(0, length),
  };
}

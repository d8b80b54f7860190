// JSON from a person's hand: when it does not parse, say where, show the text, and name the likely slip. JSON.parse
// gives the value; the scanner here only looks for the fault, and for a key written twice, which JSON.parse lets pass.

import { InputError, type Issue } from './input-error.ts';

interface Fault {
  readonly position: number;
  readonly wanted: string;
  readonly hint?: string;
  /** The text in fault where it is not the token at `position`. */
  readonly found?: string;
}

/** What may be wanted at a place where a word without quotes is a likely slip. */
const VALUE = 'a value';
const KEY = 'a key in double quotes';

/** Deepest nesting accepted; a cell file needs less than ten. */
const DEPTH_MAX = 200;

/** The first place where `text` is not JSON, or null; `duplicates` collects keys given twice in one object. */
function findFault(text: string, duplicates: Fault[]): Fault | null {
  let at = 0;

  const skipSpace = (): void => {
    while (at < text.length && ' \t\n\r'.includes(text[at]!)) at++;
  };
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    return found === null ? null : found[0];
  };

  const string = (): Fault | null => {
    const start = at;
    at++;
    for (; at < text.length; at++) {
      const letter = text[at]!;
      if (letter === '"') {
        at++;
        return null;
      }
      if (letter === '\\') {
        const escaped = match(/\\(["\\/bfnrt]|u[0-9a-fA-F]{4})/y);
        if (escaped === null) {
          return { position: at, wanted: 'an escape that JSON knows', hint: 'write a backslash as \\\\' };
        }
        at += escaped.length - 1;
      } else if (letter < ' ') {
        const hint = letter === '\n' ? 'a " is missing at the end of the text' : 'write \\t for a tab';
        return { position: start, wanted: 'a text that ends on its line', hint };
      }
    }
    return { position: start, wanted: 'a closing " for this text' };
  };

  const unexpected = (wanted: string): Fault => {
    const position = at;
    if (at >= text.length) return { position, wanted, hint: 'the text ends too early' };
    const letter = text[at]!;
    if (letter === "'") return { position, wanted, hint: 'JSON texts stand in double quotes' };
    if (match(/\/\/|\/\*|#/y) !== null) return { position, wanted, hint: 'JSON has no comments' };
    if (match(/(NaN|[+-]?Infinity|undefined|None)\b/y) !== null)
      return { position, wanted, hint: 'did you mean null?' };
    if (match(/(True|False)\b/y) !== null) return { position, wanted, hint: 'true and false are written small' };
    if (wanted === VALUE && match(/[+-]?\d*[.,]?\d+/y) !== null)
      return { position, wanted, hint: 'numbers are written like 0.5, -2 or 1e-3' };
    if (letter === ',') return { position, wanted, hint: 'one comma too many?' };
    const word = match(/[\p{L}_][\p{L}\p{N}_.-]*/uy);
    if (word !== null && (wanted === VALUE || wanted === KEY))
      return { position, wanted, hint: `did you mean "${word}" in double quotes?` };
    return { position, wanted };
  };

  /** What follows a value that ends at `end` without a comma between them: `1.27 cm2` without quotes, or the next key. */
  const withoutComma = (fault: Fault, end: number): Fault => {
    const number = /[-\d.eE]+$/.exec(text.slice(Math.max(0, end - 40), end))?.[0];
    const unit = match(/[\p{L}%°µΩ][^,\n"}\]]*/uy);
    if (number !== undefined && unit !== null)
      return { ...fault, hint: `did you mean "${number} ${unit.trim()}" in double quotes?` };
    return text[at] === '"' ? { ...fault, hint: 'a comma is missing before it' } : fault;
  };

  const members = (close: '}' | ']', depth: number): Fault | null => {
    const keys = new Set<string>();
    at++;
    skipSpace();
    if (text[at] === close) {
      at++;
      return null;
    }
    while (at < text.length) {
      if (close === '}') {
        if (text[at] !== '"') return unexpected(KEY);
        const start = at;
        const fault = string();
        if (fault !== null) return fault;
        const key = JSON.parse(text.slice(start, at)) as string;
        if (keys.has(key)) {
          duplicates.push({ position: start, found: `a second "${key}"`, wanted: 'each key once in an object' });
        }
        keys.add(key);
        skipSpace();
        if (text[at] !== ':') {
          const fault = unexpected(`a : after the key ${JSON.stringify(key)}`);
          return fault.hint === undefined ? { ...fault, hint: 'is a quote or a colon missing?' } : fault;
        }
        at++;
      }
      const fault = value(depth);
      if (fault !== null) return fault;
      const end = at;
      skipSpace();
      if (text[at] === close) {
        at++;
        return null;
      }
      if (text[at] !== ',') return withoutComma(unexpected(`a comma or ${close}`), end);
      const comma = at;
      at++;
      skipSpace();
      if (text[at] === close) {
        return { position: comma, wanted: `${close} without a comma before it`, hint: 'take the last comma out' };
      }
    }
    return unexpected(close);
  };

  const value = (depth: number): Fault | null => {
    skipSpace();
    if (depth > DEPTH_MAX) return { position: at, wanted: `at most ${DEPTH_MAX} levels of nesting` };
    const letter = text[at];
    if (letter === '{') return members('}', depth + 1);
    if (letter === '[') return members(']', depth + 1);
    if (letter === '"') return string();
    const scalar = match(/(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null)(?![\w.+])/y);
    if (scalar === null) return unexpected(VALUE);
    at += scalar.length;
    return null;
  };

  const fault = value(0);
  if (fault !== null) return fault;
  skipSpace();
  return at < text.length ? unexpected('the end of the text') : null;
}

function issueAt(text: string, origin: string, fault: Fault): Issue {
  const before = text.slice(0, fault.position);
  const line = before.split('\n').length;
  const column = Array.from(before.slice(before.lastIndexOf('\n') + 1)).length + 1;
  const token = /^([\p{L}\p{N}_.+-]+|.)/su.exec(text.slice(fault.position, fault.position + 60))?.[0] ?? '';
  const shown =
    token === '' ? 'the end of the text' : token === '\n' ? 'a line end' : excerpt(text, fault.position, token);
  return {
    where: `${origin}:${line}:${column}`,
    found: fault.found ?? shown,
    wanted: fault.wanted,
    ...(fault.hint === undefined ? {} : { hint: fault.hint }),
  };
}

/** The token, with the rest of its line (cut short) when the token alone is a single sign and says little. */
function excerpt(text: string, position: number, token: string): string {
  if (token.length > 1) return token.length > 40 ? `${token.slice(0, 40)}…` : token;
  const rest = Array.from(text.slice(position).split('\n')[0]!.trimEnd());
  return rest.length > 30 ? `${rest.slice(0, 30).join('')}…` : rest.join('');
}

/**
 * The value of a JSON text. `origin` (a file name) opens the place of every fault, `cell.json:12:5`.
 * Throws InputError where the text is not JSON or gives a key twice.
 */
export function parseJsonText(text: string, origin: string): unknown {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const duplicates: Fault[] = [];
  const fault = findFault(source, duplicates);
  const faults = fault === null ? duplicates : [...duplicates, fault];
  if (faults.length > 0) throw new InputError(faults.map((each) => issueAt(source, origin, each)));
  return JSON.parse(source);
}

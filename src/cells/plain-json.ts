// What comes through the door may be anything: a file's JSON, a form's object, rubbish. It is copied once into plain data of
// bounded size, so that everything behind can read it without care.

import { InputError, type Issue } from '../units/index.ts';

/** Deepest nesting, most values, longest text of an input file. */
export const INPUT_DEPTH_MAX = 40;
export const INPUT_VALUES_MAX = 200_000;
export const INPUT_TEXT_LENGTH_MAX = 20_000;

export type PlainJson = null | boolean | number | string | readonly PlainJson[] | PlainObject;
export interface PlainObject {
  readonly [key: string]: PlainJson;
}

/** Keys that reach behind an object in JavaScript; no file needs them. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A copy of `input` as plain JSON data: objects without prototype tricks, no accessors, no cycles. Throws InputError where it
 * is not JSON, or deeper, larger or longer than a file of this kind can be.
 */
export function plainJson(input: unknown, where: string): PlainJson {
  const issues: Issue[] = [];
  let values = 0;
  const copy = (value: unknown, path: string, depth: number): PlainJson => {
    if (++values === INPUT_VALUES_MAX + 1) {
      issues.push({ where: path, found: `more than ${INPUT_VALUES_MAX} values`, wanted: 'a file of reasonable size' });
    }
    if (values > INPUT_VALUES_MAX) return null;
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      if (Number.isFinite(value)) return value;
      issues.push({ where: path, found: String(value), wanted: 'a finite number' });
      return null;
    }
    if (typeof value === 'string') {
      if (value.length <= INPUT_TEXT_LENGTH_MAX) return value;
      issues.push({ where: path, found: `${value.length} characters`, wanted: `at most ${INPUT_TEXT_LENGTH_MAX}` });
      return '';
    }
    if (typeof value !== 'object') {
      issues.push({ where: path, found: value === undefined ? 'nothing' : `a ${typeof value}`, wanted: 'JSON data' });
      return null;
    }
    if (depth >= INPUT_DEPTH_MAX) {
      issues.push({
        where: path,
        found: `nesting deeper than ${INPUT_DEPTH_MAX}`,
        wanted: 'a file of reasonable depth',
      });
      return null;
    }
    if (Array.isArray(value)) return Array.from(value, (item, k) => copy(item, `${path}[${k}]`, depth + 1));
    const entries: [string, PlainJson][] = [];
    for (const key of Object.keys(value)) {
      const inner = joinPath(path, key);
      const item = (value as Record<string, unknown>)[key];
      // A key whose value is undefined is a key that is not there, as in JSON.stringify.
      if (item === undefined) continue;
      if (FORBIDDEN_KEYS.has(key)) issues.push({ where: inner, found: `the key ${key}`, wanted: 'another name' });
      else entries.push([key, copy(item, inner, depth + 1)]);
    }
    return Object.fromEntries(entries);
  };
  let plain: PlainJson;
  try {
    plain = copy(input, where, 0);
  } catch (error) {
    // An accessor or a proxy of the caller's that throws.
    const found = `an object that cannot be read (${error instanceof Error ? printable(error.message) : 'it throws'})`;
    throw new InputError([{ where, found, wanted: 'JSON data' }]);
  }
  if (issues.length > 0) throw new InputError(issues);
  return plain;
}

/** "counter" + "thickness" is "counter.thickness"; keys that are no plain words are quoted. */
export function joinPath(path: string, key: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key)) return `${path}[${printable(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** A value as an error message shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return printable(value);
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

const PRINTED_LENGTH_MAX = 60;

/** Text in quotes on one line, cut to a readable length. */
function printable(text: string): string {
  return JSON.stringify(text.length > PRINTED_LENGTH_MAX ? `${text.slice(0, PRINTED_LENGTH_MAX)}…` : text);
}

// The cell that a page means: a built-in cell or a whole file, changes of what a file gives (the short form, where a name stands for
// everything that belongs to it), and other values for what was supplied.

import { builtInFile, type Cell, parseCell } from '../../cells/index.ts';
import { type UncertainValue, uncertainValues } from '../../design/index.ts';
import { InputError, type Issue, parseAnyQuantity, parseJsonText } from '../../units/index.ts';

export interface CellInput {
  /** Id of a built-in cell; not looked at where `file` is given. */
  readonly base: string;
  /** A cell file as text. */
  readonly file: string | null;
  /** By the path in the file, such as `counter.thickness`; an empty text takes the key away, `{…}` and `[…]` are JSON. */
  readonly edits: Readonly<Record<string, string>>;
  /** By the name of an uncertain value, such as `interphase[0].thickness`; moves every place that shares it. */
  readonly values: Readonly<Record<string, string>>;
}

const FILE_LENGTH_MAX = 2_000_000;

type Json = { [key: string]: unknown };

/** The file that is meant, with its edits; what was supplied is not in it. Throws InputError for a text that is no JSON object. */
export function fileOf({ base, file, edits }: CellInput): Json {
  const content = (file === null ? builtInFile(base) : parsedFile(file)) as Json;
  for (const [path, text] of Object.entries(edits))
    setAt(
      content,
      path.split(/\.|\[|\]\.?/).filter((part) => part !== ''),
      text,
    );
  return content;
}

function parsedFile(text: string): unknown {
  const wanted = 'a cell file: JSON with "limetal": 1';
  if (text.length > FILE_LENGTH_MAX) {
    throw new InputError([{ where: 'cell file', found: `${text.length} characters`, wanted }]);
  }
  const content = parseJsonText(text, 'cell file');
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new InputError([{ where: 'cell file', found: 'no object', wanted }]);
  }
  return content;
}

/** A name in the way becomes the object that it stands for, so that `working.coating.thickness` can be said of `"coating": "LiF"`. */
function setAt(target: Json, path: readonly string[], text: string): void {
  const [key, ...rest] = path;
  if (key === undefined || key === '__proto__' || key === 'constructor' || key === 'prototype') return;
  if (rest.length > 0) {
    const inside = target[key];
    if (typeof inside === 'string') target[key] = { material: inside };
    else if (typeof inside !== 'object' || inside === null) target[key] = /^\d+$/.test(rest[0]!) ? [] : {};
    setAt(target[key] as Json, rest, text);
    return;
  }
  if (text === '') delete target[key];
  else target[key] = contentOf(text);
}

function contentOf(text: string): unknown {
  if (text === 'null') return null;
  // A plain number stands for one without a dimension; with its unit it stays text.
  if (/^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text.trim())) return Number(text);
  if (!/^[[{]/.test(text.trim())) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

export interface ReadCell {
  readonly cell: Cell;
  readonly file: Readonly<Record<string, unknown>>;
  /** What the cell leaves uncertain, and the value of each now, in SI. */
  readonly varied: readonly UncertainValue[];
  readonly values: readonly number[];
}

/** The cell and what is uncertain of it. Throws InputError with every fault of the file and of the values. */
export function readCell(input: CellInput): ReadCell {
  const file = fileOf(input);
  const cell = parseCell(file);
  const { varied, cellWith } = uncertainValues(cell);
  const values = varied.map(({ value }) => value);
  const issues: Issue[] = [];
  for (const [parameter, text] of Object.entries(input.values)) {
    const k = varied.findIndex((one) => one.parameter === parameter);
    // A value that went with something that is no longer in the cell waits for it.
    if (k < 0) continue;
    const read = readAs(text, varied[k]!.unit, parameter);
    if (typeof read === 'number') values[k] = read;
    else issues.push(read);
  }
  if (issues.length > 0) throw new InputError(issues);
  const isMoved = varied.some(({ value }, k) => value !== values[k]);
  return { cell: isMoved ? cellWith(values) : cell, file, varied, values };
}

/** The cell alone; what is uncertain is looked for only where a value was moved. */
export function cellOf(input: CellInput): Cell {
  return Object.keys(input.values).length === 0 ? parseCell(fileOf(input)) : readCell(input).cell;
}

/** A text as a number in an SI unit: by the unit's own dimension, or plain where it has none. */
function readAs(text: string, unit: string, where: string): number | Issue {
  const plain = Number(text.trim());
  if (text.trim() !== '' && Number.isFinite(plain)) return plain;
  try {
    const dimensionsOfUnit = parseAnyQuantity(`1 ${unit}`, where).readings;
    const { readings } = parseAnyQuantity(text, where);
    for (const { dimension, value_SI } of readings) {
      const one = dimensionsOfUnit.find((reading) => reading.dimension === dimension);
      if (one !== undefined) return value_SI / one.value_SI;
    }
  } catch (error) {
    if (error instanceof InputError) return error.issues[0]!;
    throw error;
  }
  return { where, found: `"${text}"`, wanted: `a number${unit === '1' ? '' : ` and a unit such as ${unit}`}` };
}

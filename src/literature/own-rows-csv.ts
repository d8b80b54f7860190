// Rows of a researcher's own as a table of a spreadsheet: one number a line, under the headings of the table that limetal itself
// exports, and lines of one id are one row. The table is brought into the form of the JSON file and checked as that.

import { InputError, type Issue, nearestHint, parseJsonText } from '../units/index.ts';
import { OWN_ROWS_MAX, type OwnLiterature, readOwnRows } from './own-rows.ts';

/** Where a column goes: a key of the row, of its electrolyte or source, of the number, or of the number's conditions. */
type Place = 'row' | 'electrolyte' | 'source' | 'quantity' | 'conditions';

interface Column {
  readonly place: Place;
  readonly key: string;
  readonly isNumber?: true;
}

const numbers = (names: readonly string[]): Readonly<Record<string, Column>> =>
  Object.fromEntries(names.map((key) => [`condition_${key}`, { place: 'conditions', key, isNumber: true }]));

const COLUMNS: Readonly<Record<string, Column>> = {
  id: { place: 'row', key: 'id' },
  group: { place: 'row', key: 'group' },
  method: { place: 'row', key: 'method' },
  electrolyte: { place: 'electrolyte', key: 'text' },
  electrolyte_class: { place: 'electrolyte', key: 'class' },
  doi: { place: 'source', key: 'doi' },
  citation: { place: 'source', key: 'citation' },
  source_locator: { place: 'source', key: 'locator' },
  how: { place: 'source', key: 'how' },
  curator: { place: 'source', key: 'curator' },
  date: { place: 'source', key: 'date' },
  quantity: { place: 'quantity', key: 'kind' },
  printed: { place: 'quantity', key: 'printed' },
  value: { place: 'quantity', key: 'value', isNumber: true },
  value_max: { place: 'quantity', key: 'value_max', isNumber: true },
  unit: { place: 'quantity', key: 'unit' },
  unit_corrected: { place: 'quantity', key: 'unitCorrected' },
  bound: { place: 'quantity', key: 'bound' },
  censored: { place: 'quantity', key: 'censored' },
  means: { place: 'quantity', key: 'means' },
  efficiency_kind: { place: 'quantity', key: 'efficiencyKind' },
  ...numbers([
    'currentDensity_mA_per_cm2',
    'arealCapacity_mAh_per_cm2',
    'cRate',
    'cycles',
    'time_h',
    'rest_h',
    'temperature_degC',
  ]),
  condition_cell: { place: 'conditions', key: 'cell' },
  condition_electrolyte: { place: 'conditions', key: 'electrolyte' },
};

const REQUIRED = [
  'id',
  'group',
  'method',
  'source_locator',
  'how',
  'curator',
  'date',
  'quantity',
  'printed',
  'value',
  'unit',
] as const;

interface Line {
  /** In the file, from 1. */
  readonly number: number;
  readonly fields: readonly string[];
}

/** RFC 4180 with `,` or, where the first line has no comma but one, with `;`. Empty lines are passed over. */
function linesOf(text: string): Line[] {
  const source = text.replace(/^\uFEFF/, '');
  const head = source.slice(0, source.search(/[\r\n]|$/));
  const separator = head.includes(',') || !head.includes(';') ? ',' : ';';
  const lines: Line[] = [];
  let fields: string[] = [];
  let field = '';
  let isQuoted = false;
  let number = 1;
  let started = 1;
  const end = (): void => {
    fields.push(field);
    if (fields.some((one) => one.trim() !== '')) lines.push({ number: started, fields });
    fields = [];
    field = '';
  };
  for (let at = 0; at < source.length; at++) {
    const letter = source[at]!;
    if (letter === '\n') number++;
    if (isQuoted) {
      if (letter !== '"') field += letter;
      else if (source[at + 1] === '"') {
        field += '"';
        at++;
      } else isQuoted = false;
    } else if (letter === '"' && field.trim() === '') {
      field = '';
      isQuoted = true;
    } else if (letter === separator) {
      fields.push(field);
      field = '';
    } else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && source[at + 1] === '\n') continue;
      end();
      started = letter === '\n' ? number : number + 1;
    } else field += letter;
  }
  end();
  return lines;
}

type Json = Record<string, unknown>;

interface Draft {
  readonly row: Json;
  readonly electrolyte: Json;
  readonly source: Json;
  readonly quantities: Json[];
  /** Of each quantity. */
  readonly lines: number[];
}

function readValue({ isNumber }: Column, text: string): unknown {
  if (isNumber !== true) return text;
  const number = Number(text.replace('−', '-'));
  // A text stays one: the check of the file then says that a number is wanted, and what stands there.
  return Number.isFinite(number) ? number : text;
}

/** The rows of such a table. `where` names the file. Throws InputError with all faults, each with its line. */
export function readOwnCsv(text: string, where: string): OwnLiterature {
  const [head, ...lines] = linesOf(text);
  if (head === undefined || lines.length === 0) {
    const wanted = 'a line of headings, and a line for each number';
    throw new InputError([{ where, found: head === undefined ? 'an empty file' : 'headings alone', wanted }]);
  }
  if (lines.length > OWN_ROWS_MAX) {
    throw new InputError([{ where, found: `${lines.length} lines`, wanted: `at most ${OWN_ROWS_MAX} lines` }]);
  }
  const headings = head.fields.map((heading) => heading.trim());
  const issues: Issue[] = [];
  for (const heading of headings) {
    if (heading === '' || Object.hasOwn(COLUMNS, heading)) continue;
    const hint = nearestHint(heading, Object.keys(COLUMNS)) ?? `the columns are ${Object.keys(COLUMNS).join(', ')}`;
    issues.push({ where: `${where}:${head.number}`, found: `the column "${heading}"`, wanted: 'a known column', hint });
  }
  for (const name of REQUIRED) {
    if (!headings.includes(name)) {
      issues.push({ where: `${where}:${head.number}`, found: `no column "${name}"`, wanted: 'this column' });
    }
  }
  if (issues.length > 0) throw new InputError(issues);

  const drafts = new Map<string, Draft>();
  for (const { number, fields } of lines) {
    const at = `${where}:${number}`;
    if (fields.length > headings.length) {
      const found = `${fields.length} fields`;
      issues.push({
        where: at,
        found,
        wanted: `${headings.length}, as many as headings`,
        hint: 'quote texts with commas',
      });
      continue;
    }
    const cells = headings.flatMap((heading, k) => {
      const content = fields[k]?.trim() ?? '';
      return heading === '' || content === '' ? [] : [[heading, content] as const];
    });
    const id = cells.find(([heading]) => heading === 'id')?.[1] ?? '';
    const draft = drafts.get(id) ?? { row: {}, electrolyte: {}, source: {}, quantities: [], lines: [] };
    drafts.set(id, draft);
    const quantity: Json = {};
    const conditions: Json = {};
    for (const [heading, content] of cells) {
      const column = COLUMNS[heading]!;
      const target = { ...draft, quantity, conditions }[column.place];
      const known = target[column.key];
      const value = readValue(column, content);
      if (known !== undefined && known !== value) {
        issues.push({
          where: at,
          found: `${heading} "${content}"`,
          wanted: `"${known}", as before in the row "${id}"`,
        });
      } else target[column.key] = value;
    }
    draft.quantities.push(Object.keys(conditions).length === 0 ? quantity : { ...quantity, conditions });
    draft.lines.push(number);
  }
  const all = [...drafts.values()];
  const rows = all.map(({ row, electrolyte, source, quantities }) => ({
    ...row,
    ...(Object.keys(electrolyte).length === 0 ? {} : { electrolyte }),
    source: { doi: null, ...source },
    quantities,
  }));
  try {
    const { curator, date } = all[0]!.source;
    const own = readOwnRows({ limetalLiterature: 1, curator, date, rows }, where);
    if (issues.length > 0) throw new InputError(issues);
    return own;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const later = error.issues.filter((issue) => !issues.includes(issue));
    throw new InputError([...issues, ...later.map((issue) => ({ ...issue, where: inLines(issue.where, where, all) }))]);
  }
}

/** `own.csv: rows[1].quantities[0].value` as `own.csv:5: value`. */
function inLines(at: string, where: string, drafts: readonly Draft[]): string {
  const found = /rows\[(\d+)\](?:\.quantities\[(\d+)\])?\.?(.*)$/.exec(at);
  const line = found === null ? undefined : drafts[Number(found[1])]?.lines[Number(found[2] ?? 0)];
  return line === undefined ? at : `${where}:${line}${found![3] === '' ? '' : `: ${found![3]}`}`;
}

/** A file of rows, whatever it holds: a table where its name ends in .csv, else JSON. Throws InputError with all faults. */
export function readOwnFile(text: string, name: string): OwnLiterature {
  if (/\.csv$/i.test(name)) return readOwnCsv(text, name);
  return readOwnRows(parseJsonText(text, name), name);
}

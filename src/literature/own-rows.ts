// Rows that a researcher adds to those of the reviews. The file is checked whole, by its schema and by what a schema cannot say: that
// a number stands in the words it is said to be printed in, that its unit measures what its kind says, that ids are free. Every
// fault is told at once.

import type * as z from 'zod';
import { describeDimension, InputError, type Issue, nearestHint, tryParseQuantity } from '../units/index.ts';
import type { Paper } from './claim.ts';
import { DIMENSION_OF_KIND } from './in-si.ts';
import { literatureRows, papers } from './literature.ts';
import {
  type Bound,
  type Entry,
  FAMILY_OF_GROUP,
  type LiteratureRow,
  type Meaning,
  type Quantity,
  type QuantityKind,
} from './row.ts';
import { literatureFileSchemas, ownFileSchema, ownRowSchema } from './schemas.ts';

type OwnRow = z.infer<typeof ownRowSchema>;
type OwnQuantity = OwnRow['quantities'][number];

export interface OwnLiterature {
  readonly rows: readonly LiteratureRow[];
  /** The sources with a DOI that the program does not know already. */
  readonly papers: readonly Paper[];
}

/** Most rows of one file. */
export const OWN_ROWS_MAX = 20_000;

/** What a number of a kind means unless the file says otherwise. */
const MEANING_OF_KIND: Partial<Record<QuantityKind, Meaning>> = {
  'coulombic-efficiency': 'lithium-efficiency',
  'current-density': 'cycling-condition',
  'areal-capacity': 'cycling-condition',
  'c-rate': 'cycling-condition',
  composition: 'cycling-condition',
  'cycle-count': 'test-length',
  duration: 'test-length',
  'interfacial-resistance': 'resistance-before-cycling',
  polarisation: 'polarisation-during-cycling',
  'capacity-retention': 'capacity-retention',
};

/**
 * The rows of a file, in the form of the built-in ones (`table` is `own`) and with the works they come from. `where` names the
 * file in every fault. Throws InputError with all faults of all rows.
 */
export function readOwnRows(input: unknown, where: string): OwnLiterature {
  const issues: Issue[] = [];
  const list = rawRows(input);
  if (list !== null && list.length > OWN_ROWS_MAX) {
    throw new InputError([{ where, found: `${list.length} rows`, wanted: `at most ${OWN_ROWS_MAX} rows in a file` }]);
  }
  const whole = ownFileSchema.safeParse(input);
  if (!whole.success) issues.push(...whole.error.issues.flatMap((issue) => issuesOf(issue, input, where)));
  const taken = new Map<string, string>(literatureRows().map(({ id }) => [id, 'of the built-in tables']));
  const parsed: OwnRow[] = [];
  for (const [k, raw] of (list ?? []).entries()) {
    // What the schema says of a row stands in the issues of the whole already; a sound row is checked further even so.
    const row = ownRowSchema.safeParse(raw);
    if (!row.success) continue;
    issues.push(...faultsOfRow(row.data, `${where}: rows[${k}]`, taken));
    taken.set(row.data.id, `at rows[${k}]`);
    parsed.push(row.data);
  }
  if (issues.length > 0 || !whole.success) throw new InputError(issues);
  const { curator, date } = whole.data;
  const added = ownPapers(parsed);
  const known = [...papers(), ...added];
  return { rows: parsed.map((row) => toRow(row, { curator, date }, known)), papers: added };
}

/** The JSON Schema (draft 2020-12) of such a file. */
export function ownRowsJsonSchema(): object {
  return literatureFileSchemas()['own-rows']!;
}

function rawRows(input: unknown): readonly unknown[] | null {
  if (typeof input !== 'object' || input === null || !('rows' in input)) return null;
  return Array.isArray(input.rows) ? input.rows : null;
}

function faultsOfRow(row: OwnRow, where: string, taken: ReadonlyMap<string, string>): readonly Issue[] {
  const issues: Issue[] = [];
  const owner = taken.get(row.id);
  if (owner !== undefined) {
    issues.push({
      where: `${where}.id`,
      found: JSON.stringify(row.id),
      wanted: 'an id of its own',
      hint: `there is such a row ${owner}`,
    });
  }
  if (row.source.doi === null && row.source.citation === undefined) {
    issues.push({
      where: `${where}.source`,
      found: 'neither a DOI nor a citation',
      wanted: 'one of them',
      hint: 'give "citation" for a work without a DOI',
    });
  }
  for (const [k, quantity] of row.quantities.entries()) {
    issues.push(...faultsOfQuantity(quantity, row.source.how, `${where}.quantities[${k}]`));
  }
  return issues;
}

function faultsOfQuantity(quantity: OwnQuantity, how: OwnRow['source']['how'], where: string): readonly Issue[] {
  const { kind, printed, value, value_max, unit, unitCorrected, bound, means, efficiencyKind } = quantity;
  const issues: Issue[] = [];
  const isPrinted = how === 'reported-text' || how === 'reported-table';
  const inWords = numbersIn(printed);
  for (const [name, number] of [['value', value] as const, ['value_max', value_max] as const]) {
    if (number === undefined || !isPrinted || inWords.includes(number)) continue;
    const hint = inWords.length === 1 ? `did you mean ${inWords[0]}?` : undefined;
    issues.push({
      where: `${where}.${name}`,
      found: String(number),
      wanted: `a number that stands in ${JSON.stringify(printed)}`,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const trouble = unitFault(kind, value, unitCorrected ?? unit);
  if (trouble !== null)
    issues.push({ ...trouble, where: `${where}.${unitCorrected === undefined ? 'unit' : 'unitCorrected'}` });
  if ((bound === 'range') !== (value_max !== undefined)) {
    issues.push(
      value_max === undefined
        ? { where, found: 'a range without value_max', wanted: 'value_max, the upper end of the range' }
        : {
            where: `${where}.bound`,
            found: JSON.stringify(bound ?? 'exact'),
            wanted: '"range", because value_max is given',
          },
    );
  }
  if (value_max !== undefined && value_max <= value) {
    issues.push({ where: `${where}.value_max`, found: String(value_max), wanted: `more than value, ${value}` });
  }
  const wantsMeaning = means === undefined && MEANING_OF_KIND[kind] === undefined;
  if (wantsMeaning) {
    issues.push({
      where: `${where}.means`,
      found: 'nothing',
      wanted: 'what the number is said of',
      hint: 'material-property for most materials',
    });
  }
  if (efficiencyKind !== undefined && kind !== 'coulombic-efficiency') {
    issues.push({ where: `${where}.efficiencyKind`, found: efficiencyKind, wanted: `nothing for ${kind}` });
  }
  return issues;
}

/** Numbers as people print them: "− 3.04", "1,000", "98.5%". */
function numbersIn(printed: string): readonly number[] {
  const found = [...printed.matchAll(/([−–-]\s?)?(\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?)/gi)];
  return found.flatMap(([, sign, digits]) => {
    const number = Number(digits!.replaceAll(',', ''));
    // "1-10" is a range, and "-3" a negative number: the words do not always tell which, so both are taken.
    return sign === undefined ? [number] : [number, -number];
  });
}

function unitFault(kind: QuantityKind, value: number, unit: string): Omit<Issue, 'where'> | null {
  const dimension = DIMENSION_OF_KIND[kind];
  // A resistance of a cell whose area nobody gave is printed in Ω, and cannot be converted.
  if (dimension === null || (kind === 'interfacial-resistance' && /^[kmM]?(Ω|ohm)$/i.test(unit))) return null;
  const reading = tryParseQuantity(`${value} ${unit}`, dimension);
  if (reading.ok) return null;
  const { wanted, hint } = reading.issue;
  return {
    found: JSON.stringify(unit),
    wanted: `the unit of ${describeDimension(dimension)}, as in ${wanted.replace(/^.*such as /, '')}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** The id under which a work with a DOI is kept when no list knows it. */
const idOfDoi = (doi: string): string => `doi-${doi.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

const sameDoi = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

function ownPapers(rows: readonly OwnRow[]): readonly Paper[] {
  const added = new Map<string, Paper>();
  for (const { source } of rows) {
    const { doi, citation = null } = source;
    if (doi === null || papers().some((paper) => sameDoi(paper.doi, doi))) continue;
    const id = idOfDoi(doi);
    if (!added.has(id)) {
      added.set(id, { id, authors: null, title: citation, journal: null, year: null, doi, doiTag: 'user', cited: [] });
    }
  }
  return [...added.values()];
}

function toRow(
  row: OwnRow,
  file: { readonly curator: string; readonly date: string },
  known: readonly Paper[],
): LiteratureRow {
  const { source } = row;
  const paper = source.doi === null ? null : (known.find((one) => sameDoi(one.doi, source.doi!))?.id ?? null);
  return {
    id: row.id,
    table: 'own',
    group: row.group,
    family: FAMILY_OF_GROUP[row.group],
    groupPrinted: row.group,
    method: row.method,
    subject: null,
    reference: { table: null, text: null, printed: source.citation ?? source.doi ?? '', paper },
    electrolyte:
      row.electrolyte === null || row.electrolyte === undefined
        ? null
        : {
            printed: row.electrolyte.text,
            normalised: row.electrolyte.text,
            class: row.electrolyte.class,
            where: source.locator,
          },
    entries: row.quantities.map(toEntry),
    corrections: [],
    remarks: row.remarks ?? [],
    provenance: {
      paper,
      locator: source.locator,
      how: source.how,
      curator: source.curator ?? file.curator,
      date: source.date ?? file.date,
    },
  };
}

function toEntry(own: OwnQuantity): Entry {
  const { bound, means, censored, unitCorrected, ...rest } = own;
  const meaning = (means ?? MEANING_OF_KIND[own.kind])!;
  const isTest = meaning === 'test-length';
  const quantity: Quantity = {
    ...(withoutUndefined(rest) as Omit<Quantity, 'bound' | 'means'>),
    ...(unitCorrected === undefined ? {} : { unitCorrected }),
    bound: (bound ?? 'exact') satisfies Bound,
    means: meaning,
    ...(censored === undefined && !isTest ? {} : { censored: 'lower-bound' as const }),
  };
  return { column: own.kind, printed: own.printed, quantities: [quantity] };
}

const withoutUndefined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));

/** A fault that zod found, as this program tells faults. The schema's own messages say what is wanted. */
function issuesOf(issue: z.core.$ZodIssue, input: unknown, file: string): readonly Issue[] {
  const path = issue.path.reduce<string>(
    (soFar, key) =>
      typeof key === 'number' ? `${soFar}[${key}]` : soFar === '' ? String(key) : `${soFar}.${String(key)}`,
    '',
  );
  const where = path === '' ? file : `${file}: ${path}`;
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], input);
  const found = shown(value);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        where: `${where}${path === '' ? ': ' : '.'}${key}`,
        found: 'an unknown key',
        wanted: 'a key of this format',
        hint: nearestHint(key, keysOf(ownRowsJsonSchema())) ?? 'limetal literature --schema prints the format',
      }));
    case 'invalid_value': {
      const known = issue.values.map(String);
      const hint = typeof value === 'string' ? nearestHint(value, known) : undefined;
      return [{ where, found, wanted: known.join(' or '), ...(hint === undefined ? {} : { hint }) }];
    }
    case 'invalid_type':
      return [{ where, found, wanted: /^Invalid input/.test(issue.message) ? article(issue.expected) : issue.message }];
    default:
      return [{ where, found, wanted: issue.message }];
  }
}

/** Every key that a schema names, at whatever depth. */
function keysOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, inner]) => [
    ...(key === 'properties' ? Object.keys(inner as object) : []),
    ...keysOf(inner),
  ]);
}

const article = (expected: string): string =>
  ({ object: 'an object in braces', array: 'a list in brackets', string: 'a text', number: 'a number' })[expected] ??
  expected;

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
}

// `limetal literature`: what two reviews report of lithium anodes, as printed, and what a researcher adds to it.

import {
  bibliography,
  type Claim,
  claims,
  claimsOn,
  claimsToCsv,
  ELECTROLYTE_WORDS,
  findClaims,
  findRows,
  GROUP_WORDS,
  type Library,
  type LiteratureQuery,
  type LiteratureRow,
  libraryWith,
  literatureTables,
  type OwnLiterature,
  ownRowsJsonSchema,
  type Paper,
  QUANTITY_WORDS,
  readOwnCsv,
  readOwnRows,
  readWord,
  rowsToTidyCsv,
  rowsToWideCsv,
  SORT_KEYS,
  sortRows,
} from '../literature/index.ts';
import { InputError, type Issue, nearestHint, parseJsonText, tryParseQuantity } from '../units/index.ts';
import { jsonParts } from './json-document.ts';
import { claimDetails, claimTable, rowDetails, rowTable } from './literature-text.ts';
import { readTextFile } from './source-text.ts';
import { EXIT, type ExitCode, outParts, type Terminal } from './terminal.ts';

export interface LiteratureOptions {
  readonly table?: string;
  readonly group?: string;
  readonly electrolyte?: string;
  readonly text?: string;
  readonly ref?: string;
  readonly quantity?: string;
  readonly minCe?: string;
  readonly maxCe?: string;
  readonly minCurrent?: string;
  readonly maxCurrent?: string;
  readonly minCapacity?: string;
  readonly maxCapacity?: string;
  readonly sort?: string;
  readonly descending?: boolean;
  readonly claims?: boolean;
  readonly add?: readonly string[];
  readonly format?: string;
  readonly json?: boolean;
  readonly schema?: boolean;
}

const FORMATS = ['table', 'csv', 'wide-csv', 'json', 'bibtex'] as const;
type Format = (typeof FORMATS)[number];

export function literature(ids: readonly string[], options: LiteratureOptions, terminal: Terminal): ExitCode {
  if (options.schema === true) {
    outParts(terminal, jsonParts(ownRowsJsonSchema() as Readonly<Record<string, unknown>>));
    return EXIT.done;
  }
  const issues: Issue[] = [];
  const library = readLibrary(options.add ?? [], issues);
  const { query, sort } = readQuery(options, issues);
  const format = options.json === true ? 'json' : choose('--format', options.format ?? 'table', FORMATS, issues);
  const byId = ids.flatMap((id) => recordById(id, library, issues));
  if (issues.length > 0) throw new InputError(issues);

  const found = select(byId, ids.length > 0, options.claims === true, library, query);
  if (found.rows !== null && found.claims !== null && (format === 'csv' || format === 'wide-csv')) {
    throw new InputError([
      {
        where: '--format',
        found: `${format} of rows and claims together`,
        wanted: 'rows or claims',
        hint: 'ask twice',
      },
    ]);
  }
  const rows = found.rows === null ? null : sortRows(found.rows, sort, options.descending ?? false);
  show({ ...found, rows }, library, format, ids.length > 0, terminal);
  return EXIT.done;
}

/** What is to be shown; null for what was not asked for. */
interface Found {
  readonly rows: readonly LiteratureRow[] | null;
  readonly claims: readonly Claim[] | null;
}

/** Of the records named, or of all rows, or with `wantsClaims` of all claims or those on the rows named. */
function select(
  named: readonly (LiteratureRow | Claim)[],
  isNamed: boolean,
  wantsClaims: boolean,
  library: Library,
  query: LiteratureQuery,
): Found {
  const rowsOf = (rows: readonly LiteratureRow[]) => findRows(rows, query);
  const claimsOf = (list: readonly Claim[]) => findClaims(list, library.rows, query);
  if (!isNamed)
    return wantsClaims ? { rows: null, claims: claimsOf(claims()) } : { rows: rowsOf(library.rows), claims: null };
  const rows = named.filter(isRow);
  const ownClaims = named.filter((record): record is Claim => !isRow(record));
  if (wantsClaims) return { rows: null, claims: claimsOf([...ownClaims, ...rows.flatMap(({ id }) => claimsOn(id))]) };
  return {
    rows: rows.length === 0 ? null : rowsOf(rows),
    claims: ownClaims.length === 0 ? null : claimsOf(ownClaims),
  };
}

const isRow = (record: LiteratureRow | Claim): record is LiteratureRow => 'entries' in record;

/** The built-in rows and those of the files, whose ids must not meet either. */
function readLibrary(files: readonly string[], issues: Issue[]): Library {
  const read = files.flatMap((name) => {
    const own = readFileOfRows(name, issues);
    return own === null ? [] : [{ name, own }];
  });
  const { issues: clashes, ...library } = libraryWith(read);
  issues.push(...clashes);
  return library;
}

function readFileOfRows(file: string, issues: Issue[]): OwnLiterature | null {
  try {
    const text = readTextFile(file, 'a file of rows');
    return /\.csv$/i.test(file) ? readOwnCsv(text, file) : readOwnRows(parseJsonText(text, file), file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    issues.push(...error.issues);
    return null;
  }
}

/** `word` as one of `known`; the first of them, and an issue, where it is none. */
function choose<const Word extends string>(where: string, word: string, known: readonly Word[], issues: Issue[]): Word {
  const read = readWord(where, word, known, `one of ${known.join(', ')}`);
  if (typeof read === 'string') return read;
  issues.push(read);
  return known[0]!;
}

function readQuery(
  options: LiteratureOptions,
  issues: Issue[],
): { query: LiteratureQuery; sort: (typeof SORT_KEYS)[number] } {
  const tables = [...literatureTables().map(({ id }) => id), 'own'];
  const word = <const Word extends string>(where: string, text: string | undefined, known: readonly Word[]) =>
    text === undefined ? undefined : choose(where, text, known, issues);
  const amount = (
    where: string,
    text: string | undefined,
    dimension: 'current density' | 'areal charge',
    unit: string,
  ) => {
    if (text === undefined) return undefined;
    // A bare number is in the unit of the tables.
    const isBare = /^\s*\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(text);
    const result = tryParseQuantity(isBare ? `${text} ${unit}` : text, dimension, where);
    if (result.ok) return result.value_SI;
    issues.push(result.issue);
    return undefined;
  };
  const current = (where: string, text: string | undefined) => amount(where, text, 'current density', 'mA/cm2');
  const capacity = (where: string, text: string | undefined) => amount(where, text, 'areal charge', 'mAh/cm2');
  const given = {
    table: word('--table', options.table, tables),
    group: word('--group', options.group, GROUP_WORDS),
    electrolyte: word('--electrolyte', options.electrolyte, ELECTROLYTE_WORDS),
    text: options.text,
    reference: readReference(options.ref, issues),
    quantity: word('--quantity', options.quantity, QUANTITY_WORDS),
    coulombic_efficiency_min: readEfficiency('--min-ce', options.minCe, issues),
    coulombic_efficiency_max: readEfficiency('--max-ce', options.maxCe, issues),
    currentDensity_A_per_m2_min: current('--min-current', options.minCurrent),
    currentDensity_A_per_m2_max: current('--max-current', options.maxCurrent),
    arealCapacity_C_per_m2_min: capacity('--min-capacity', options.minCapacity),
    arealCapacity_C_per_m2_max: capacity('--max-capacity', options.maxCapacity),
  };
  const query = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { query, sort: word('--sort', options.sort, SORT_KEYS) ?? 'printed' };
}

function readReference(text: string | undefined, issues: Issue[]): number | undefined {
  if (text === undefined) return undefined;
  const digits = /^\s*\[?(\d{1,4})\]?\s*$/.exec(text)?.[1];
  if (digits !== undefined) return Number(digits);
  issues.push({ where: '--ref', found: JSON.stringify(text), wanted: 'the number of a cited work, such as 36' });
  return undefined;
}

/** Percent as a fraction. */
function readEfficiency(where: string, text: string | undefined, issues: Issue[]): number | undefined {
  if (text === undefined) return undefined;
  const percent = Number(text.replace(/\s*%\s*$/, ''));
  if (text.trim() !== '' && percent > 1 && percent <= 110) return percent / 100;
  const hint = percent > 0 && percent <= 1 ? `did you mean ${Math.round(percent * 1e6) / 1e4}?` : undefined;
  issues.push({
    where,
    found: JSON.stringify(text),
    wanted: 'an efficiency in percent, such as 98.5',
    ...(hint === undefined ? {} : { hint }),
  });
  return undefined;
}

function recordById(word: string, library: Library, issues: Issue[]): readonly (LiteratureRow | Claim)[] {
  const id = word.trim().toLowerCase();
  const all = [...library.rows, ...claims()];
  const found = all.find((record) => record.id === id);
  if (found !== undefined) return [found];
  const hint =
    nearestHint(
      id,
      all.map((record) => record.id),
    ) ?? 'limetal literature lists all rows';
  issues.push({ where: '', found: JSON.stringify(word), wanted: 'the id of a row or a claim', hint });
  return [];
}

function show(found: Found, library: Library, format: Format, inDetail: boolean, terminal: Terminal): void {
  const { rows, claims: list } = found;
  if (format === 'bibtex') {
    showBibliography([...(rows ?? []), ...(list ?? [])], library, terminal);
  } else if (format === 'json') {
    const known = papersOf(rows ?? [], list ?? [], library);
    const shownRows = rows === null ? {} : { rows };
    outParts(terminal, jsonParts({ ...shownRows, ...(list === null ? {} : { claims: list }), papers: known }));
  } else if (format === 'table') {
    terminal.out(inDetail ? detailsText(rows ?? [], list ?? [], library, terminal) : listText(rows, list, terminal));
  } else if (list !== null) {
    terminal.out(claimsToCsv(list, library.papers));
  } else if (format === 'csv') {
    terminal.out(rowsToTidyCsv(rows ?? [], library.papers));
  } else {
    terminal.out(rowsToWideCsv(rows ?? [], library.papers, literatureTables()));
  }
}

function detailsText(
  rows: readonly LiteratureRow[],
  list: readonly Claim[],
  { papers: known }: Library,
  { columns }: Terminal,
): string {
  const all = [
    ...rows.map((row) => rowDetails(row, known, columns)),
    ...list.map((claim) => claimDetails(claim, known, columns)),
  ];
  return all.length === 0 ? 'Nothing answers this.\n' : all.join('\n');
}

function listText(rows: readonly LiteratureRow[] | null, list: readonly Claim[] | null, { columns }: Terminal): string {
  if (list !== null) {
    return list.length === 0
      ? 'No claim answers this.\n'
      : `${claimTable(list, columns)}\n\n${count(list.length, 'claim')}; \`limetal literature ${list[0]!.id}\` tells all of one.\n`;
  }
  if (rows === null || rows.length === 0) return 'No row answers this.\n';
  return `${rowTable(rows)}\n\n${count(rows.length, 'row')}; \`limetal literature ${rows[0]!.id}\` tells all of one, as printed.\n`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const papersOf = (rows: readonly LiteratureRow[], list: readonly Claim[], library: Library): readonly Paper[] =>
  library.papers.filter(
    ({ id }) =>
      rows.some((row) => row.reference.paper === id || row.provenance.paper === id) ||
      list.some((claim) => claim.paper === id),
  );

function showBibliography(records: readonly (LiteratureRow | Claim)[], library: Library, terminal: Terminal): void {
  const { text, withDoi, withoutDoi } = bibliography(records, library.papers);
  terminal.out(text);
  terminal.err(
    `Of ${count(records.length, 'record')} ${withDoi} have a DOI of their own; for ${withoutDoi} only the source that reports them is cited.\n`,
  );
}

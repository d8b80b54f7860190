// Rows and claims as other programs take them: one number a line, one row a line, and the works behind them as BibTeX.

import type { Claim, Paper } from './claim.ts';
import type { Conditions, Correction, Entry, LiteratureRow, LiteratureTable, Quantity } from './row.ts';

type Cell = string | number | null | undefined;

/** RFC 4180: a field with a comma, a quote or a line end stands in quotes, which are doubled inside. */
function field(cell: Cell): string {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csv = (header: readonly string[], lines: readonly (readonly Cell[])[]): string =>
  [header, ...lines].map((line) => `${line.map(field).join(',')}\n`).join('');

const CONDITIONS = [
  'currentDensity_mA_per_cm2',
  'arealCapacity_mAh_per_cm2',
  'cRate',
  'cycles',
  'time_h',
  'rest_h',
  'temperature_degC',
  'cell',
  'electrolyte',
] as const satisfies readonly (keyof Conditions)[];

const QUANTITY_COLUMNS = [
  'quantity',
  'printed',
  'value',
  'value_max',
  'unit',
  'unit_corrected',
  'bound',
  'censored',
  'means',
  'efficiency_kind',
  ...CONDITIONS.map((condition) => `condition_${condition}`),
];

function quantityCells(quantity: Quantity | null): readonly Cell[] {
  if (quantity === null) return ['', '', '', '', '', '', 'not-given', '', '', '', ...CONDITIONS.map(() => '')];
  const { kind, printed, value, value_max, unit, unitCorrected, bound, censored, means, efficiencyKind } = quantity;
  const conditions = CONDITIONS.map((condition) => quantity.conditions?.[condition]);
  return [kind, printed, value, value_max, unit, unitCorrected, bound, censored, means, efficiencyKind, ...conditions];
}

const correctionText = (corrections: readonly Correction[]): string =>
  corrections
    .map(({ field: of, printed, corrected, reason }) => `${of}: "${printed}" should be "${corrected}". ${reason}`)
    .join(' ');

const paperOf = (papers: readonly Paper[], id: string | null): Paper | undefined =>
  papers.find((paper) => paper.id === id);

function rowCells(row: LiteratureRow, papers: readonly Paper[]): readonly Cell[] {
  const { id, table, groupPrinted, group, method, subject, reference, electrolyte, provenance } = row;
  return [
    id,
    table,
    groupPrinted,
    group,
    method,
    subject,
    electrolyte?.printed,
    electrolyte?.normalised,
    electrolyte?.class,
    reference.table,
    reference.text,
    paperOf(papers, reference.paper)?.doi,
    paperOf(papers, provenance.paper)?.doi,
    provenance.locator,
  ];
}

const ROW_COLUMNS = [
  'id',
  'table',
  'group_printed',
  'group',
  'method',
  'subject',
  'electrolyte_printed',
  'electrolyte',
  'electrolyte_class',
  'reference_table',
  'reference_text',
  'doi',
  'source_doi',
  'source_locator',
];

/** One number a line. A cell of the table in which nothing is given has a line with the bound `not-given`. */
export function rowsToTidyCsv(rows: readonly LiteratureRow[], papers: readonly Paper[]): string {
  const header = [...ROW_COLUMNS, 'column', 'cell_printed', ...QUANTITY_COLUMNS, 'corrections', 'note'];
  const entryLines = (row: LiteratureRow, { column, printed, quantities, corrections = [], note }: Entry) =>
    (quantities.length === 0 ? [null] : quantities).map((quantity) => [
      ...rowCells(row, papers),
      column,
      printed,
      ...quantityCells(quantity),
      correctionText(corrections),
      note,
    ]);
  return csv(
    header,
    rows.flatMap((row) => row.entries.flatMap((entry) => entryLines(row, entry))),
  );
}

/** One row a line, the cells as printed; a column for each key that occurs, in the tables' order. */
export function rowsToWideCsv(
  rows: readonly LiteratureRow[],
  papers: readonly Paper[],
  tables: readonly LiteratureTable[],
): string {
  const keys = new Set([
    ...tables.flatMap(({ columns }) => columns.map(({ key }) => key)),
    ...rows.flatMap(({ entries }) => entries.map(({ column }) => column)),
  ]);
  const used = [...keys].filter((key) => rows.some(({ entries }) => entries.some(({ column }) => column === key)));
  const printedIn = ({ entries }: LiteratureRow, key: string): string =>
    entries.flatMap(({ column, printed }) => (column === key ? [printed] : [])).join('; ');
  return csv(
    [...ROW_COLUMNS, ...used, 'corrections', 'remarks'],
    rows.map((row) => [
      ...rowCells(row, papers),
      ...used.map((key) => printedIn(row, key)),
      correctionText([...row.corrections, ...row.entries.flatMap(({ corrections = [] }) => corrections)]),
      row.remarks.join(' '),
    ]),
  );
}

/** One number a line; a claim in words only has one line with the bound `not-given`. */
export function claimsToCsv(claims: readonly Claim[], papers: readonly Paper[]): string {
  const header = [
    'id',
    'source_doi',
    'section',
    'reference_text',
    'subject',
    'group',
    'claim_printed',
    ...QUANTITY_COLUMNS,
    'rows',
    'contradicts',
    'corrections',
    'remarks',
  ];
  const lines = claims.flatMap((claim) =>
    (claim.quantities.length === 0 ? [null] : claim.quantities).map((quantity) => [
      claim.id,
      paperOf(papers, claim.paper)?.doi,
      claim.section,
      claim.reference,
      claim.subject,
      claim.group,
      claim.printed,
      ...quantityCells(quantity),
      claim.rows.join(' '),
      claim.contradicts.map(({ row, why }) => `${row}: ${why}`).join(' '),
      correctionText(claim.corrections),
      claim.remarks.join(' '),
    ]),
  );
  return csv(header, lines);
}

export interface Bibliography {
  readonly text: string;
  /** Rows or claims whose own work has a DOI here, and those of which only the review is known. */
  readonly withDoi: number;
  readonly withoutDoi: number;
}

/** TeX reads these as commands; the rest of Unicode stays. */
const tex = (text: string): string =>
  text.replace(/[\\{}$&#%_^~]/g, (letter) => (letter === '\\' ? '' : `\\${letter}`));

/** The entry of one work, by its id in `papers()`. */
export function paperToBibtex({ id, authors, title, journal, year, doi, doiTag }: Paper): string {
  const note = doiTag === 'memory' ? 'DOI not checked against the publisher' : null;
  const named = authors?.replace(/;\s*/g, ' and ').replace(/ et al\.$/, ' and others');
  const fields: readonly (readonly [string, string | number | null | undefined])[] = [
    ['author', named],
    ['title', title === null ? null : `{${tex(title)}}`],
    ['journal', journal === null ? null : tex(journal)],
    ['year', year],
    ['doi', doi],
    ['note', note],
  ];
  const given = fields.filter(([, value]) => value !== null && value !== undefined);
  return `@article{${id},\n${given.map(([key, value]) => `  ${key} = {${value}},\n`).join('')}}\n`;
}

/** BibTeX of the works behind rows or claims that have a DOI, the reviews that report them included. */
export function bibliography(records: readonly (LiteratureRow | Claim)[], papers: readonly Paper[]): Bibliography {
  const own = records.map((record) => paperOf(papers, ownPaper(record, papers)));
  const sources = records.map((record) =>
    paperOf(papers, 'entries' in record ? record.provenance.paper : record.paper),
  );
  const cited = papers.filter((paper) => paper.doi !== null && (own.includes(paper) || sources.includes(paper)));
  const withDoi = own.filter((paper) => paper !== undefined && paper.doi !== null).length;
  return { text: cited.map(paperToBibtex).join('\n'), withDoi, withoutDoi: records.length - withDoi };
}

function ownPaper(record: LiteratureRow | Claim, papers: readonly Paper[]): string | null {
  if ('entries' in record) return record.reference.paper;
  const { paper: review, reference } = record;
  return papers.find(({ cited }) => cited.some((one) => one.review === review && one.number === reference))?.id ?? null;
}

// Rows of the literature for the page: the library with what a reader adds, searches with their plot, and files. All of it is what
// `limetal literature` shows, by the same functions.

import { type FigureOfPoints, type ReportedPoint, reportedFigure } from '../../figures/index.ts';
import {
  bibliography,
  type Claim,
  claims,
  ELECTROLYTE_WORDS,
  FAMILIES,
  findRows,
  GROUP_WORDS,
  type Library,
  type LiteratureQuery,
  type LiteratureRow,
  type LiteratureTable,
  libraryWith,
  literatureTables,
  MEANINGS,
  type OwnLiterature,
  type Paper,
  type Quantity,
  readOwnFile,
  rowsToTidyCsv,
  rowsToWideCsv,
  type SortKey,
  sortRows,
} from '../../literature/index.ts';
import { InputError, type Issue } from '../../units/index.ts';

/** A file of rows as it was opened. */
export interface OwnFile {
  readonly name: string;
  readonly text: string;
}

export interface LibraryAnswer {
  readonly rows: readonly LiteratureRow[];
  readonly papers: readonly Paper[];
  readonly tables: readonly LiteratureTable[];
  readonly claims: readonly Claim[];
  readonly meanings: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  readonly families: readonly string[];
  readonly electrolytes: readonly string[];
  /** Every fault of the files; the rows of a faulty file are left out. */
  readonly issues: readonly Issue[];
}

const readings = new Map<string, OwnLiterature>();
/** Files whose reading is kept; a page rarely has more. */
const READINGS_MAX = 20;

function readOwn({ name, text }: OwnFile): OwnLiterature {
  const key = `${name}\n${text}`;
  const known = readings.get(key);
  if (known !== undefined) return known;
  const own = readOwnFile(text, name);
  if (readings.size >= READINGS_MAX) readings.clear();
  readings.set(key, own);
  return own;
}

function libraryOf(files: readonly OwnFile[]): Library & { readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const sound = files.flatMap((file) => {
    try {
      return [{ name: file.name, own: readOwn(file) }];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      issues.push(...error.issues);
      return [];
    }
  });
  const library = libraryWith(sound);
  return { ...library, issues: [...issues, ...library.issues] };
}

/** Everything there is. Never throws for a file that a reader adds: its faults are told beside the rest. */
export function literatureLibrary({ own }: { readonly own: readonly OwnFile[] }): LibraryAnswer {
  return {
    ...libraryOf(own),
    tables: literatureTables(),
    claims: claims(),
    meanings: MEANINGS,
    groups: GROUP_WORDS,
    families: FAMILIES,
    electrolytes: ELECTROLYTE_WORDS,
  };
}

export interface LiteratureSearch {
  readonly own: readonly OwnFile[];
  readonly query: LiteratureQuery;
  readonly sort: SortKey;
  readonly isDescending: boolean;
}

const foundRows = (rows: readonly LiteratureRow[], { query, sort, isDescending }: LiteratureSearch) =>
  sortRows(findRows(rows, query), sort, isDescending);

export type PlotAgainst = 'current' | 'capacity' | 'cycles';
export type ColourBy = 'strategy' | 'electrolyte';

export interface LiteraturePlotInput extends LiteratureSearch {
  readonly against: PlotAgainst;
  readonly scale: 'percent' | 'lce';
  readonly colour: ColourBy;
}

/** What stands behind one mark. */
export interface Mark {
  readonly id: string;
  /** Authors, reference and conditions as printed. */
  readonly text: string;
}

export interface FoundAnswer {
  /** Ids in the order asked for. */
  readonly ids: readonly string[];
  readonly figure: FigureOfPoints['figure'];
  /** By series, then row. */
  readonly marks: readonly (readonly Mark[])[];
  /** Efficiencies of lithium among the rows found that the plot cannot place, because the condition is not printed. */
  readonly notPlaced: number;
  /** Efficiencies among them that are not of lithium. */
  readonly notOfLithium: number;
}

const AGAINST = {
  current: { name: 'Current density / mA cm⁻²', key: 'currentDensity_mA_per_cm2' },
  capacity: { name: 'Areal capacity / mAh cm⁻²', key: 'arealCapacity_mAh_per_cm2' },
  cycles: { name: 'Cycles of the test', key: 'cycles' },
} as const;

const ELECTROLYTE_CATEGORIES = {
  carbonate: 'carbonate',
  'carbonate-additive': 'carbonate with additive',
  ether: 'ether',
  'ether-nitrate': 'ether with nitrate',
  concentrated: 'concentrated',
  localised: 'localised',
  'ionic-liquid': 'ionic liquid',
} as const;
const OTHER_ELECTROLYTE = 'other or not printed';

/** All that a colour may stand for. */
export const categoriesOf = (colour: ColourBy): readonly string[] =>
  colour === 'strategy' ? FAMILIES : [...Object.values(ELECTROLYTE_CATEGORIES), OTHER_ELECTROLYTE];

export function categoryOf(row: LiteratureRow, colour: ColourBy): string {
  if (colour === 'strategy') return row.family;
  const known: Readonly<Record<string, string>> = ELECTROLYTE_CATEGORIES;
  return known[row.electrolyte?.class ?? ''] ?? OTHER_ELECTROLYTE;
}

/** The rows that answer the query, and their efficiencies over one condition. */
export function literatureFind(input: LiteraturePlotInput): FoundAnswer {
  const { own, against, scale, colour } = input;
  const { rows, papers } = libraryOf(own);
  const found = foundRows(rows, input);
  const efficiencies = found.flatMap((row) =>
    row.entries.flatMap(({ quantities }) =>
      quantities.filter(({ kind }) => kind === 'coulombic-efficiency').map((quantity) => ({ row, quantity })),
    ),
  );
  const ofLithium = efficiencies.filter(({ quantity }) => quantity.means === 'lithium-efficiency');
  const { name, key } = AGAINST[against];
  const placed = ofLithium.flatMap(({ row, quantity }) => {
    const x = quantity.conditions?.[key];
    if (x === undefined || x <= 0) return [];
    const point: ReportedPoint = {
      category: categoryOf(row, colour),
      x,
      efficiency_percent: quantity.value,
      isExact: quantity.bound === 'exact',
      isOwn: row.table === 'own',
    };
    return [{ point, mark: { id: row.id, text: markText(row, quantity, papers) } }];
  });
  const { figure, points } = reportedFigure(
    placed.map(({ point }) => point),
    { xName: name, scale, categories: categoriesOf(colour) },
  );
  return {
    ids: found.map(({ id }) => id),
    figure,
    marks: points.map((own) => own.map((k) => placed[k]!.mark)),
    notPlaced: ofLithium.length - placed.length,
    notOfLithium: efficiencies.length - ofLithium.length,
  };
}

/** Who, where, what, and under which conditions it is printed. */
function markText(row: LiteratureRow, quantity: Quantity, papers: readonly Paper[]): string {
  const { currentDensity_mA_per_cm2: j, arealCapacity_mAh_per_cm2: q, cycles } = quantity.conditions ?? {};
  const { printed, unit } = quantity;
  // Where the column's heading has the unit, it does not stand in the cell.
  const words = printed.includes(unit) ? `“${printed}”` : `“${printed}” ${unit}`;
  const conditions = [
    ...(j === undefined ? [] : [`${j} mA cm⁻²`]),
    ...(q === undefined ? [] : [`${q} mAh cm⁻²`]),
    ...(cycles === undefined ? [] : [`${cycles} cycles`]),
  ];
  return [
    `${row.id}, ${citationOf(row, papers)}`,
    row.method ?? row.subject ?? row.groupPrinted,
    `${words}${conditions.length === 0 || /\(|at /.test(printed) ? '' : ` at ${conditions.join(', ')}`}`,
    row.electrolyte?.printed ?? 'electrolyte not printed',
  ].join(' · ');
}

function citationOf({ reference, table }: LiteratureRow, papers: readonly Paper[]): string {
  const paper = papers.find(({ id }) => id === reference.paper);
  if (paper === undefined) return table === 'own' ? reference.printed : `reference ${reference.printed}`;
  const where = [paper.journal, paper.year].filter((part) => part !== null).join(' ');
  const named = [paper.authors ?? paper.title ?? paper.doi, where].filter(Boolean).join(', ');
  return table === 'own' ? named : `${named} ${reference.printed}`;
}

export type LiteratureFormat = 'csv' | 'wide-csv' | 'json' | 'bibtex';

export interface LiteratureExportInput extends LiteratureSearch {
  readonly format: LiteratureFormat;
}

/** The rows found as a file, byte for byte that of `limetal literature --format …` but for the layout of JSON. */
export function literatureExport(input: LiteratureExportInput): { readonly text: string; readonly note: string } {
  const { rows, papers } = libraryOf(input.own);
  const found = foundRows(rows, input);
  switch (input.format) {
    case 'csv':
      return { text: rowsToTidyCsv(found, papers), note: '' };
    case 'wide-csv':
      return { text: rowsToWideCsv(found, papers, literatureTables()), note: '' };
    case 'json': {
      const known = papers.filter(({ id }) =>
        found.some((row) => row.reference.paper === id || row.provenance.paper === id),
      );
      return { text: `${JSON.stringify({ rows: found, papers: known }, null, 2)}\n`, note: '' };
    }
    case 'bibtex': {
      const { text, withDoi, withoutDoi } = bibliography(found, papers);
      return {
        text,
        note: `Of ${found.length} rows ${withDoi} have a DOI of their own; for ${withoutDoi} only the source that reports them is cited.`,
      };
    }
  }
}

// One line for each test, so that a folder can be taken in at a glance: on the screen as a table, beside the data as a file.

import type { CyclingFindings, ShortFindings } from '../analysis/index.ts';
import { labTestSentences } from '../design/index.ts';
import { ohm_cm2_from_ohm_m2 } from '../units/index.ts';
import type { AnalyseWish } from './analyse-options.ts';
import type { AnalysedTest } from './analysed-test.ts';
import { MISSING, percentColumn, significant } from './numbers.ts';
import { table } from './text-table.ts';

/** A test in one line; null where there is no such number. */
export interface TestRow {
  readonly path: string;
  readonly format: string;
  readonly rows: number;
  readonly spectra: number;
  readonly cell: string | null;
  readonly cycles: number | null;
  /** Fraction, and what it is a mean of. */
  readonly coulombic_efficiency: number | null;
  readonly efficiency_of: string | null;
  readonly overpotential_mV: number | null;
  /** Of the first spectrum that has one, and what of it. */
  readonly resistance_ohm: number | null;
  readonly resistance_ohm_cm2: number | null;
  readonly resistance_of: string | null;
  readonly short: string | null;
  readonly short_s: number | null;
  readonly verdict: string;
}

/** A life that has not ended is no verdict, where there is another. */
const isOpenLife = (sentence: string): boolean => /^Life: more than/.test(sentence);

/** Mean of the reservoir tests, all stripped over all plated. */
const reservoirMean = (tests: CyclingFindings['reservoirs']): readonly [mean: number, of: string] => [
  tests.reduce((sum, { adams }) => sum + adams, 0) / tests.length,
  tests.length === 1 ? 'reservoir test' : `mean of ${tests.length} reservoir tests`,
];

export function rowOf(test: AnalysedTest, wish: AnalyseWish): TestRow {
  const { file, lab, spectra, paths } = test;
  const cycling = lab?.cycling ?? null;
  const shorts = lab?.shorts ?? null;
  const efficiency =
    cycling === null
      ? null
      : cycling.reservoirs.length > 0
        ? reservoirMean(cycling.reservoirs)
        : cycling.longRun !== null
          ? ([cycling.longRun.coulombic_efficiency, `cycles ${cycling.longRun.from} to ${cycling.longRun.to}`] as const)
          : cycling.cumulative !== null
            ? ([cycling.cumulative.coulombic_efficiency, 'all charge'] as const)
            : null;
  const { area_m2 } = wish.overrides;
  const read = spectra?.spectra ?? [];
  const whole = read.find((one) => one.interface !== null)?.interface ?? null;
  const fitted = whole ?? read.find(({ closedArcs }) => closedArcs !== null)?.closedArcs ?? null;
  const width_ohm = read.find(({ features }) => features !== null)?.features?.arcWidth_ohm ?? null;
  const event = shorts?.hard ?? shorts?.soft ?? null;
  const sentences = labTestSentences(test);
  return {
    path: paths.length === 1 ? paths[0]! : `${paths[0]!} and ${paths.length - 1} more`,
    format: file.format,
    rows: file.rows,
    spectra: file.spectra.length,
    cell: wish.cell,
    cycles: cycling?.cycles.length ?? null,
    coulombic_efficiency: efficiency?.[0] ?? null,
    efficiency_of: efficiency?.[1] ?? null,
    // Between electrodes of another kind it would be the voltage of the cell.
    overpotential_mV: cycling?.polarisation == null || lab?.doubt != null ? null : 1e3 * cycling.polarisation.last_V,
    resistance_ohm: fitted?.total_ohm ?? width_ohm,
    resistance_ohm_cm2:
      fitted?.areaSpecificResistance_ohm_m2 != null
        ? ohm_cm2_from_ohm_m2(fitted.areaSpecificResistance_ohm_m2)
        : width_ohm === null || area_m2 === undefined
          ? null
          : ohm_cm2_from_ohm_m2(width_ohm * area_m2),
    resistance_of:
      fitted !== null
        ? `${whole === null ? 'arcs that the data determine' : 'interfaces'}, by fit${fitted.areaSpecificResistance_ohm_m2 !== null && wish.cell === 'Li|Li' ? '; Ω cm² of one electrode' : ''}`
        : width_ohm !== null
          ? 'width of the arcs, whole cell'
          : null,
    short: shorts === null ? null : shortWord(shorts),
    short_s: event?.onset.time_s ?? null,
    verdict:
      sentences.find((sentence) => !isOpenLife(sentence)) ??
      sentences[0] ??
      (wish.cell === null ? 'kind of cell not given (--cell)' : 'nothing to judge'),
  };
}

/** Null where nothing could be judged. */
function shortWord({ hard, soft, suspicion, evidence }: ShortFindings): string | null {
  const event = hard ?? soft;
  if (event !== null) return event.kind;
  if (suspicion !== null) return 'suspected';
  return evidence.every(({ state }) => state === 'not applicable') ? null : 'none';
}

/** Longest name of a file and of a format in the table. */
const NAME_MAX = 34;
const FORMAT_MAX = 26;
const VERDICT_MAX = 70;

const shortened = (text: string, most: number): string =>
  Array.from(text).length <= most
    ? text
    : `${Array.from(text)
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;

/** The end of a path tells more than its start. */
const endOf = (text: string, most: number): string =>
  Array.from(text).length <= most
    ? text
    : `…${Array.from(text)
        .slice(1 - most)
        .join('')}`;

/** A line that stands in the table for a file that could not be read. */
export interface UnreadRow {
  readonly path: string;
  readonly verdict: string;
}

/** The table of all, with a column only where a test has something to put there. */
export function summaryTable(
  rows: readonly (TestRow | UnreadRow)[],
  names: readonly string[],
  wish: AnalyseWish,
): string {
  const read = rows.map((row) => ('format' in row ? row : null));
  const columns: { readonly head: string; readonly align: 'l' | 'r'; readonly cells: readonly string[] }[] = [];
  const add = (head: string, align: 'l' | 'r', pick: (row: TestRow) => string): void => {
    const cells = read.map((row) => (row === null ? MISSING : pick(row)));
    if (cells.some((cell) => cell !== MISSING)) columns.push({ head, align, cells });
  };
  columns.push({ head: 'file', align: 'l', cells: names.map((name) => endOf(name, NAME_MAX)) });
  add('format', 'l', ({ format }) => shortened(format, FORMAT_MAX));
  add('rows', 'r', (row) => String(row.rows));
  add('spectra', 'r', (row) => (row.spectra === 0 ? MISSING : String(row.spectra)));
  add('cell', 'l', ({ cell }) => cell ?? MISSING);
  add('cycles', 'r', ({ cycles }) => (cycles === null ? MISSING : String(cycles)));
  const percents = percentColumn(read.map((row) => row?.coulombic_efficiency ?? null));
  if (percents.some((text) => text !== MISSING)) columns.push({ head: 'CE %', align: 'r', cells: percents });
  add('polaris. mV', 'r', (row) => significant(row.overpotential_mV));
  const areal = wish.overrides.area_m2 !== undefined;
  add(areal ? 'R Ω cm²' : 'R Ω', 'r', (row) => {
    const text = significant(areal ? row.resistance_ohm_cm2 : row.resistance_ohm);
    // What no fit has found to be of interfaces is the width of the arcs.
    return text === MISSING || row.resistance_of?.startsWith('interfaces') ? text : `~${text}`;
  });
  add('short', 'l', ({ short, short_s }) =>
    short === null ? MISSING : short_s === null ? short : `${short}, ${(short_s / 3600).toFixed(1)} h`,
  );
  columns.push({ head: 'verdict', align: 'l', cells: rows.map(({ verdict }) => shortened(verdict, VERDICT_MAX)) });
  const lines = [columns.map(({ head }) => head), ...rows.map((_, k) => columns.map(({ cells }) => cells[k]!))];
  return table(lines, columns.map(({ align }) => align).join(''));
}

const CSV_COLUMNS = [
  'path',
  'format',
  'rows',
  'spectra',
  'cell',
  'cycles',
  'coulombic_efficiency',
  'efficiency_of',
  'overpotential_mV',
  'resistance_ohm',
  'resistance_ohm_cm2',
  'resistance_of',
  'short',
  'short_s',
  'verdict',
] as const satisfies readonly (keyof TestRow)[];

/** The same as CSV, an empty field where there is nothing. */
export function summaryCsv(rows: readonly (TestRow | UnreadRow)[]): string {
  const field = (value: unknown): string => {
    if (value === null || value === undefined) return '';
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) =>
    CSV_COLUMNS.map((name) =>
      field('format' in row ? row[name] : name === 'path' || name === 'verdict' ? row[name] : null),
    ).join(','),
  );
  return `${[CSV_COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

// `limetal analyse --compare`: the cell of a file beside the cell on the bench, and values of the former fitted to the latter. What is asked is
// checked once, before any file is read; the work is plain calls that a thread can do.

import { join } from 'node:path';
import { type Cell, formatCellFile } from '../cells/index.ts';
import {
  type CellFit,
  COMPARED_MODELS,
  COMPARED_PROTOCOLS,
  type ComparedRun,
  type ComparedTest,
  type CompareWish,
  comparedCsv,
  FIT_RUNS_DEFAULT,
  fitParameters,
  KINDS_OF_DATA,
  type RecordComparison,
  type SpectrumComparison,
} from '../design/index.ts';
import { cm2_from_m2, InputError, type Issue, nearestHint } from '../units/index.ts';
import { readAnalyseOptions } from './analyse-options.ts';
import { loadCell } from './load-cell.ts';
import { column, MISSING, percentColumn, significant } from './numbers.ts';
import type { OutputFile } from './output-files.ts';
import type { Terminal } from './terminal.ts';
import { labelled, table } from './text-table.ts';

/** The options as they are typed. */
export interface CompareOptions {
  /** A cell file or a built-in id. */
  readonly compare: string;
  /** The kind of the measured cell, which that of the file must be. */
  readonly cell?: string;
  /** Names, each alone or several with commas between; `name=low..high` has bounds, in the unit of the report. */
  readonly fit?: readonly string[];
  /** What the fit looks at: voltage, efficiency, spectra; all that there is when left out. */
  readonly fitTo?: string;
  /** record, own or replay. */
  readonly compareProtocol?: string;
  readonly model?: string;
  readonly profile?: boolean;
  readonly runs?: number;
}

const COLUMNS = 100;
const CYCLES_SHOWN_MAX = 20;

/** Reads the cell and the names. Throws one InputError with all that is wrong with them. */
export async function readCompareOptions(options: CompareOptions, terminal: Terminal): Promise<CompareWish> {
  const issues: Issue[] = [];
  const chosen = <Word extends string>(
    where: string,
    text: string | undefined,
    words: readonly Word[],
  ): Word | null => {
    if (text === undefined) return null;
    const word = words.find((one) => one === text.trim().toLowerCase());
    if (word !== undefined) return word;
    const hint = nearestHint(text, words);
    issues.push({ where, found: `"${text}"`, wanted: words.join(', '), ...(hint === undefined ? {} : { hint }) });
    return null;
  };
  const protocol = chosen('--compare-protocol', options.compareProtocol, COMPARED_PROTOCOLS);
  const model = chosen('--model', options.model, COMPARED_MODELS) ?? 'fast';
  const fitTo = options.fitTo?.split(',').flatMap((word) => chosen('--fit-to', word, KINDS_OF_DATA) ?? []) ?? null;
  const runs_max = options.runs ?? FIT_RUNS_DEFAULT;
  if (!Number.isInteger(runs_max) || runs_max < 1) {
    issues.push({ where: '--runs', found: String(runs_max), wanted: 'a whole number from 1' });
  }
  const names: string[] = [];
  const bounds: Record<string, readonly [number, number]> = {};
  for (const word of (options.fit ?? []).flatMap((text) => text.split(',')).map((text) => text.trim())) {
    const cut = word.indexOf('=');
    const name = cut < 0 ? word : word.slice(0, cut).trim();
    if (name === '') continue;
    names.push(name);
    if (cut < 0) continue;
    const [low, high, ...more] = word
      .slice(cut + 1)
      .split('..')
      .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (more.length === 0 && low !== undefined && high !== undefined && low < high) bounds[name] = [low, high];
    else issues.push({ where: `--fit ${name}`, found: `"${word.slice(cut + 1)}"`, wanted: 'bounds such as 0..0.01' });
  }
  if (options.fit !== undefined && names.length === 0) {
    issues.push({ where: '--fit', found: 'no names', wanted: 'names of values, such as exchangeCurrent,areaRatio' });
  }
  let cell: Cell | null = null;
  try {
    cell = (await loadCell(options.compare, terminal)).cell;
    const measured = options.cell === undefined ? null : kindNamed(options.cell);
    if (measured !== null && measured !== cell.kind) {
      const found = `${options.compare}, which is ${cell.kind}`;
      issues.push({ where: '--compare', found, wanted: `a cell of the kind that --cell names, ${measured}` });
    }
    if (names.length > 0) fitParameters(cell, names, bounds);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    issues.push(...error.issues.map((issue) => ({ ...issue, where: issue.where.replace(/^fit\b/, '--fit') })));
  }
  if (cell === null || issues.length > 0) throw new InputError(issues);
  return {
    cell,
    origin: options.compare,
    names,
    bounds,
    fitTo,
    protocol,
    model,
    profile: options.profile === true,
    runs_max,
  };
}

/** null for a word that is no kind of cell, which is told where that option is read. */
function kindNamed(cell: string): Cell['kind'] | null {
  try {
    return readAnalyseOptions({ cell }).cell;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

const mV = (voltage_V: number | null): string => (voltage_V === null ? '-' : `${significant(1e3 * voltage_V)} mV`);

/** The comparison as a person reads it. */
export function comparisonText({ wish, cell, before, after, fit, remarks, faults }: ComparedTest): string {
  const label = (name: string, text: string): string => labelled(name, text, COLUMNS);
  const area = significant(cm2_from_m2(cell.area_m2), 4);
  const lines = [label('Beside', `${cell.name} (${wish.origin}), ${area} cm², ${wish.model} model`)];
  const tell = (name: string, { records, spectra }: ComparedRun): void => {
    if (records !== null && records.rms_V !== null) {
      lines.push(
        label(
          name,
          `simulated less measured voltage: rms ${mV(records.rms_V)}, mean ${mV(records.bias_V)}, largest ${mV(records.largest_V)}, over ${records.points} points at equal ${records.align}`,
        ),
      );
    }
    if (records !== null && records.rmsEfficiency !== null) {
      lines.push(label('', `efficiency of a cycle: rms ${significant(100 * records.rmsEfficiency)} %`));
    }
    if (spectra.length > 0) lines.push(label('', spectraWords(spectra)));
  };
  tell(fit === null ? 'Difference' : 'Before fit', before);
  if (after !== null) tell('After fit', after);
  const last = after ?? before;
  if (last.records !== null) {
    lines.push(
      ...last.records.notCompared.map(({ what, why }, k) => label(k === 0 ? 'Not compared' : '', `${what}: ${why}`)),
    );
    if (last.records.cycles.length > 0) lines.push('', cycleTable(last.records));
  }
  if (fit !== null) lines.push('', fitText(fit));
  lines.push(...remarks.map((text, k) => label(k === 0 ? 'Note' : '', text)));
  lines.push(...faults.map((text, k) => label(k === 0 ? 'Not done' : '', text)));
  return `${lines.join('\n')}\n`;
}

function spectraWords(spectra: readonly SpectrumComparison[]): string {
  const ends = (pick: (one: SpectrumComparison) => number, digits: number): string => {
    const values = spectra.map(pick);
    const [low, high] = [significant(Math.min(...values), digits), significant(Math.max(...values), digits)];
    return low === high ? low : `${low} to ${high}`;
  };
  const what = spectra.length === 1 ? 'spectrum' : `${spectra.length} spectra`;
  const measured = ends((one) => one.measuredLow_ohm, 4);
  const computed = ends((one) => one.simulatedLow_ohm, 4);
  return `${what}: rms ${ends((one) => 100 * one.rmsRelative, 3)} % of |Z|; Z' at the lowest frequency ${measured} Ω measured, ${computed} Ω computed`;
}

function cycleTable({ cycles, cell }: RecordComparison): string {
  const shown = cycles.slice(0, CYCLES_SHOWN_MAX);
  const hasEfficiency = cell !== 'Li|Li';
  const hysteresis = (pick: (one: (typeof shown)[number]) => number | null): string[] =>
    column(shown.map((one) => (pick(one) === null ? null : 1e3 * pick(one)!)));
  const columns = [
    ['cycle', ...shown.map(({ cycle }) => String(cycle))],
    ...(hasEfficiency
      ? [
          ['CE % measured', ...percentColumn(shown.map((one) => one.measuredEfficiency))],
          ['computed', ...percentColumn(shown.map((one) => one.simulatedEfficiency))],
        ]
      : []),
    ['hysteresis mV measured', ...hysteresis((one) => one.measuredHysteresis_V)],
    ['computed', ...hysteresis((one) => one.simulatedHysteresis_V)],
  ];
  const rows = columns[0]!.map((_, row) => columns.map((each) => each[row]!));
  const more = cycles.length - shown.length;
  return `${table(rows, 'r'.repeat(columns.length))}${more > 0 ? `\n${more} more cycles (--json has all)` : ''}`;
}

function fitText({ parameters, noise, directions, runs, ended, remarks }: CellFit): string {
  const interval = (ends: readonly [number | null, number | null] | null): string =>
    ends === null
      ? '-'
      : `${ends[0] === null ? 'open' : significant(ends[0])} to ${ends[1] === null ? 'open' : significant(ends[1])}`;
  const hasProfile = parameters.some(({ profile95 }) => profile95 !== null);
  const rows = parameters.map(({ name, unit, before, value, standardError, interval95, profile95, state }) => [
    name,
    unit === '1' ? '' : unit,
    significant(before),
    state === 'not determined' ? '?' : significant(value, 4),
    state === 'not determined' ? MISSING : significant(standardError),
    interval(interval95),
    ...(hasProfile ? [interval(profile95)] : []),
    state,
  ]);
  const head = [
    'value',
    'unit',
    'before',
    'fitted',
    'error',
    '95 % interval',
    ...(hasProfile ? ['by profile'] : []),
    '',
  ];
  const data = noise
    .map(({ kind, sigma, from, points, rmsBefore, rmsAfter }) => {
      const [factor, unit] = kind === 'voltage' ? [1e3, 'mV'] : [100, kind === 'spectra' ? '% of |Z|' : '%'];
      const size = (value: number): string => `${significant(factor * value)} ${unit}`;
      return `${kind}, ${points} numbers with noise ${size(sigma)} (${from}): rms ${size(rmsBefore)} before, ${size(rmsAfter)} after`;
    })
    .join('; ');
  return [
    table([head, ...rows], `llrrrl${hasProfile ? 'l' : ''}l`),
    labelled('Fit', `${ended} after ${runs} runs; ${data}`, COLUMNS),
    ...directions.map(({ words }, k) => labelled(k === 0 ? 'Known' : '', words, COLUMNS)),
    ...remarks.map((text, k) => labelled(k === 0 ? 'Remarks' : '', text, COLUMNS)),
  ].join('\n');
}

/** The files of `--out`: what was simulated beside what was measured, and the cell with its fitted values. */
export function comparisonFiles({ after, before, fit }: ComparedTest, out: string, stem: string): OutputFile[] {
  const files: OutputFile[] = [];
  const { records } = after ?? before;
  if (records !== null) files.push({ path: join(out, `${stem}.compared.csv`), content: comparedCsv(records) });
  if (fit !== null) files.push({ path: join(out, `${stem}.fitted.cell.json`), content: [formatCellFile(fit.cell)] });
  return files;
}

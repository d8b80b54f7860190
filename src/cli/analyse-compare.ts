// `limetal analyse --compare`: the cell of a file beside the cell on the bench, and values of the former fitted to the latter. What is asked is
// checked once, before any file is read; the work is plain calls that a thread can do.

import { join } from 'node:path';
import { type Cell, formatCellFile, type Protocol } from '../cells/index.ts';
import {
  type CellFit,
  cellOfArea,
  comparedProtocol,
  compareRecords,
  compareSpectra,
  FIT_RUNS_DEFAULT,
  fitCell,
  fitParameters,
  type RecordComparison,
  type SpectrumComparison,
  type SpectrumInTest,
  stateAtPlace,
  withOpenLimits,
} from '../design/index.ts';
import type { Figure } from '../figures/index.ts';
import type { InstrumentFile, MeasuredSpectrum } from '../readers/index.ts';
import type { CyclingRecord } from '../records/index.ts';
import { cellImpedance, type SimulationResult, simulate } from '../simulation/index.ts';
import { cm2_from_m2, formatIssue, InputError, type Issue, mAh_from_C, nearestHint } from '../units/index.ts';
import { readAnalyseOptions } from './analyse-options.ts';
import { loadCell } from './load-cell.ts';
import { column, percentColumn, significant } from './numbers.ts';
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

const KINDS_OF_DATA = ['voltage', 'efficiency', 'spectra'] as const;
type KindOfData = (typeof KINDS_OF_DATA)[number];
const PROTOCOLS = ['record', 'own', 'replay'] as const;
const MODELS = ['fast', 'full'] as const;

/** Checked, and plain data: a thread can be handed it. */
export interface CompareWish {
  readonly cell: Cell;
  readonly origin: string;
  readonly names: readonly string[];
  readonly bounds: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** null: whatever there is. */
  readonly fitTo: readonly KindOfData[] | null;
  readonly protocol: (typeof PROTOCOLS)[number] | null;
  readonly model: (typeof MODELS)[number];
  readonly profile: boolean;
  readonly runs_max: number;
}

/** Spectra of a test that a fit looks at; of more, evenly spaced ones. */
const SPECTRA_MAX = 6;
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
  const protocol = chosen('--compare-protocol', options.compareProtocol, PROTOCOLS);
  const model = chosen('--model', options.model, MODELS) ?? 'fast';
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

/** A test beside its simulation. */
export interface ComparedTest {
  readonly wish: CompareWish;
  /** The cell that was simulated: that of the file, on the area of the measured one where it is known. */
  readonly cell: Cell;
  readonly protocol: Protocol | null;
  /** null for a test without a record of known current. */
  readonly measured: CyclingRecord | null;
  readonly before: ComparedRun;
  readonly fit: CellFit | null;
  /** With the fitted values. */
  readonly after: ComparedRun | null;
  readonly remarks: readonly string[];
  /** Why there is no fit, although one was asked for. */
  readonly faults: readonly string[];
}

export interface ComparedRun {
  readonly result: SimulationResult | null;
  readonly records: RecordComparison | null;
  readonly spectra: readonly SpectrumComparison[];
}

/** Long work is stopped through `stop`; a fit then gives its best so far. */
export interface CompareLive {
  readonly stop?: { readonly aborted: boolean };
  onProgress?(fraction: number): void;
}

/**
 * Simulates what was done to the measured cell, lays both beside each other, and fits. `area_m2` is that of the measured cell, null where
 * nobody said it. Never throws for what a file holds; a comparison that cannot be made is told in `faults`.
 */
export function compareTest(
  file: InstrumentFile,
  wish: CompareWish,
  area_m2: number | null,
  live: CompareLive = {},
): ComparedTest {
  const cell = area_m2 === null ? wish.cell : cellOfArea(wish.cell, area_m2);
  const remarks: string[] = [];
  const faults: string[] = [];
  if (area_m2 === null) {
    remarks.push(
      `The area of the measured cell is not given: that of the cell file, ${significant(cm2_from_m2(cell.area_m2), 4)} cm², is taken.`,
    );
  }
  const hasCurrent = ({ current_A, time_s }: CyclingRecord): boolean =>
    time_s.length >= 2 && current_A.some((value) => value !== 0) && current_A.every((value) => !Number.isNaN(value));
  const measured = file.records.find(hasCurrent) ?? null;
  if (file.records.length > 1 && measured !== null) {
    remarks.push(`Of ${file.records.length} records the first with a current is compared.`);
  }
  if (measured === null)
    remarks.push('There is no record with a known current: voltages and efficiencies are not compared.');
  const attempt = <T>(make: () => T): T | null => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const text of error.issues.map(formatIssue)) if (!faults.includes(text)) faults.push(text);
      return null;
    }
  };
  const plan = measured === null ? null : attempt(() => comparedProtocol(cell, measured, wish.protocol ?? undefined));
  remarks.push(...(plan?.remarks ?? []));
  const spectra = chosenSpectra(file.spectra, measured, remarks);
  const open = measured === null ? cell : withOpenLimits(cell, measured);
  const compared = (one: Cell, impedance: Parameters<typeof cellImpedance>[2] = {}): ComparedRun => {
    const align = wish.protocol === 'replay' ? 'time' : 'charge';
    const how = { model: wish.model, ...(live.stop === undefined ? {} : { stop: live.stop }) };
    const result =
      measured === null || plan === null
        ? null
        : attempt(() =>
            simulate(one, plan.protocol, { ...how, ...(plan.cycles === null ? {} : { cycles: plan.cycles }) }),
          );
    const records =
      result === null || measured === null
        ? null
        : attempt(() => compareRecords(measured, result.record, { cell: cell.kind, align }));
    const beside = spectra.flatMap(({ spectrum, place }): SpectrumComparison[] => {
      const state = attempt(() => stateAtPlace(one, plan?.protocol ?? { items: [] }, place, { model: 'fast' }));
      const { frequency_Hz, temperature_K } = spectrum;
      const at = temperature_K === null ? {} : { temperature_K };
      const computed =
        state === null ? null : attempt(() => cellImpedance(one, state, { ...impedance, ...at, frequency_Hz }));
      return computed === null ? [] : [compareSpectra(spectrum, computed.spectrum)];
    });
    return { result, records, spectra: beside };
  };
  const before = compared(open);
  const stopped = before.result?.stop;
  if (stopped !== undefined && stopped.kind !== 'completed') remarks.push(`The simulation: ${stopped.message}`);
  let fit: CellFit | null = null;
  let after: ComparedRun | null = null;
  if (wish.names.length > 0) {
    fit = attempt(() => fitTest(cell, wish, measured, spectra, live));
    if (fit !== null)
      after = compared(measured === null ? fit.cell : withOpenLimits(fit.cell, measured), { values: fit.impedance });
  }
  return { wish, cell, protocol: plan?.protocol ?? null, measured, before, fit, after, remarks, faults };
}

/** Spectra that are compared, each with its moment; the cell as built where there is no record to place them in. */
function chosenSpectra(
  spectra: readonly MeasuredSpectrum[],
  measured: CyclingRecord | null,
  remarks: string[],
): SpectrumInTest[] {
  const known = spectra.filter(({ frequency_Hz }) => frequency_Hz.length > 1);
  if (known.length === 0) return [];
  if (measured === null) {
    if (known.length > 1) {
      remarks.push(
        `Of ${known.length} spectra the first is compared, with the cell as built: no record says what came between them.`,
      );
    }
    return [{ spectrum: known[0]!, place: { kind: 'start' } }];
  }
  const count = Math.min(known.length, SPECTRA_MAX);
  if (known.length > count)
    remarks.push(`Of ${known.length} spectra ${count} are compared, from the first to the last.`);
  const start_s = measured.time_s[0]!;
  return Array.from({ length: count }, (_, k) => {
    const spectrum = known[count === 1 ? 0 : Math.round((k * (known.length - 1)) / (count - 1))]!;
    const time_s = spectrum.time_s[0]! - start_s;
    return { spectrum, place: time_s > 0 ? { kind: 'time', time_s } : { kind: 'start' } };
  });
}

function fitTest(
  cell: Cell,
  wish: CompareWish,
  record: CyclingRecord | null,
  spectra: readonly SpectrumInTest[],
  live: CompareLive,
): CellFit {
  const wanted = (kind: KindOfData): boolean => wish.fitTo?.includes(kind) ?? true;
  const hasEfficiency = cell.kind !== 'Li|Li' && wish.protocol !== 'replay';
  const use = (['voltage', 'efficiency'] as const).filter((kind) =>
    kind === 'efficiency' ? wanted(kind) && (hasEfficiency || wish.fitTo !== null) : wanted(kind),
  );
  const given = record !== null && use.length > 0;
  return fitCell(
    cell,
    wish.names,
    {
      ...(given || spectra.length > 0 ? (record === null ? {} : { record, use }) : {}),
      ...(wanted('spectra') ? { spectra } : {}),
    },
    {
      bounds: wish.bounds,
      model: wish.model,
      profile: wish.profile,
      runs_max: wish.runs_max,
      ...(wish.protocol === null ? {} : { protocol: wish.protocol }),
      ...(live.stop === undefined ? {} : { stop: live.stop }),
      ...(live.onProgress === undefined ? {} : { onProgress: (fraction) => live.onProgress!(fraction) }),
    },
  );
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
    significant(value, 4),
    significant(standardError),
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

/** The comparison as a document. */
export function comparisonDocument({
  wish,
  cell,
  protocol,
  before,
  after,
  fit,
  remarks,
  faults,
}: ComparedTest): Record<string, unknown> {
  return {
    cell: { id: cell.id, name: cell.name, origin: wish.origin, kind: cell.kind, area_cm2: cm2_from_m2(cell.area_m2) },
    model: wish.model,
    protocol,
    simulated: runDocument(before),
    fit: fit === null ? null : fitDocument(fit),
    fitted: after === null ? null : runDocument(after),
    remarks,
    faults,
  };
}

function runDocument({ result, records, spectra }: ComparedRun): Record<string, unknown> {
  return {
    stop: result?.stop ?? null,
    voltage:
      records === null
        ? null
        : {
            align: records.align,
            rms_mV: thousandfold(records.rms_V),
            mean_mV: thousandfold(records.bias_V),
            largest_mV: thousandfold(records.largest_V),
            points: records.points,
          },
    rms_coulombic_efficiency: records?.rmsEfficiency ?? null,
    half_cycles:
      records?.halfCycles.map((half) => ({
        half_cycle: half.halfCycle,
        direction: half.direction,
        rms_mV: 1e3 * half.rms_V,
        mean_mV: 1e3 * half.bias_V,
        measured_mAh: mAh_from_C(half.measuredCharge_C),
        simulated_mAh: mAh_from_C(half.simulatedCharge_C),
        measured_V: half.measuredMean_V,
        simulated_V: half.simulatedMean_V,
        charge_C: half.charge_C,
        residual_V: half.residual_V,
      })) ?? null,
    cycles:
      records?.cycles.map((one) => ({
        cycle: one.cycle,
        measured_coulombic_efficiency: one.measuredEfficiency,
        simulated_coulombic_efficiency: one.simulatedEfficiency,
        difference_coulombic_efficiency: one.efficiencyDifference,
        measured_hysteresis_mV: thousandfold(one.measuredHysteresis_V),
        simulated_hysteresis_mV: thousandfold(one.simulatedHysteresis_V),
      })) ?? null,
    spectra: spectra.map(({ simulated, rms_ohm, rmsRelative, measuredLow_ohm, simulatedLow_ohm, ...rest }) => ({
      rms_ohm,
      rms_share: rmsRelative,
      measured_high_ohm: rest.measuredHigh_ohm,
      simulated_high_ohm: rest.simulatedHigh_ohm,
      measured_low_ohm: measuredLow_ohm,
      simulated_low_ohm: simulatedLow_ohm,
      frequency_Hz: simulated.frequency_Hz,
      real_ohm: simulated.real_ohm,
      imaginary_ohm: simulated.imaginary_ohm,
    })),
    not_compared: records?.notCompared ?? [],
  };
}

const thousandfold = (value: number | null): number | null => (value === null ? null : 1e3 * value);

function fitDocument(fit: CellFit): Record<string, unknown> {
  const { parameters, correlation, directions, noise } = fit;
  const n = parameters.length;
  return {
    ended: fit.ended,
    runs: fit.runs,
    chi_squared: fit.chiSquared,
    reduced_chi_squared: fit.reducedChiSquared,
    degrees_of_freedom: fit.degreesOfFreedom,
    parameters: parameters.map((one) => ({
      name: one.name,
      paths: one.paths,
      unit: one.unit,
      before: one.before,
      value: one.value,
      standard_error: one.standardError,
      interval95: one.interval95,
      profile95: one.profile95,
      bounds: one.bounds,
      bounds_from: one.boundsFrom,
      scale: one.scale,
      state: one.state,
      why: one.why,
    })),
    correlation: {
      names: correlation.names,
      rows: correlation.names.map((_, row) => correlation.values.slice(row * n, (row + 1) * n)),
    },
    known: directions.map(({ state, shares, standardDeviation, words }) => ({
      state,
      standard_deviation: standardDeviation,
      shares: Object.fromEntries(shares.map(({ name, share }) => [name, share])),
      words,
    })),
    noise: noise.map((one) => ({
      kind: one.kind,
      sigma: one.sigma,
      from: one.from,
      points: one.points,
      effective_points: one.effectivePoints,
      rms_before: one.rmsBefore,
      rms_after: one.rmsAfter,
    })),
    remarks: fit.remarks,
  };
}

/** The files of `--out`: what was simulated beside what was measured, and the cell with its fitted values. */
export function comparisonFiles({ after, before, fit }: ComparedTest, out: string, stem: string): OutputFile[] {
  const files: OutputFile[] = [];
  const { records } = after ?? before;
  if (records !== null) files.push({ path: join(out, `${stem}.compared.csv`), content: comparedCsv(records) });
  if (fit !== null) files.push({ path: join(out, `${stem}.fitted.cell.json`), content: [formatCellFile(fit.cell)] });
  return files;
}

function* comparedCsv({ halfCycles }: RecordComparison): Generator<string, void, void> {
  yield 'half_cycle,direction,time_s,charge_C,measured_V,simulated_V,residual_V\n';
  for (const half of halfCycles) {
    for (let k = 0; k < half.charge_C.length; k++) {
      const numbers = [half.time_s, half.charge_C, half.measured_V, half.simulated_V, half.residual_V];
      yield `${[half.halfCycle, half.direction, ...numbers.map((values) => values[k]!)].join(',')}\n`;
    }
  }
}

/** A figure and the word that its file is named with. */
export interface ComparedFigure {
  readonly name: string;
  readonly figure: Figure;
}

/** Voltages up to this are drawn in mV. */
const MILLIVOLTS_TO_V = 0.1;

/** Measured and simulated over each other: voltages against time, efficiencies against cycles, spectra. */
export async function comparisonFigures(
  { before, after, cell, fit, measured }: ComparedTest,
  title: string,
): Promise<ComparedFigure[]> {
  const { impedanceFigure, overlayFigure } = await import('../figures/index.ts');
  const { records, result, spectra } = after ?? before;
  const heading = `${title} beside ${cell.name}${fit === null ? '' : ', fitted'}`;
  const figures: ComparedFigure[] = [];
  if (records !== null && result !== null && measured !== null && records.halfCycles.length > 0) {
    const [time_s, measured_V, simulated_V, residual_V] = (
      ['time_s', 'measured_V', 'simulated_V', 'residual_V'] as const
    ).map((name) => Float64Array.from(records.halfCycles.flatMap((half) => [...half[name], Number.NaN]))) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    // The gap between half-cycles needs a place on the axis.
    const isSmall = measured_V.every((value) => !(Math.abs(value) > MILLIVOLTS_TO_V));
    const shown = (values: Float64Array): Float64Array => (isSmall ? values.map((value) => 1000 * value) : values);
    const hours = time_s.map((value, k) => (Number.isNaN(value) ? time_s[k - 1]! : value) / 3600);
    figures.push({
      name: 'compared',
      figure: overlayFigure(heading, {
        xName: 'Time / h',
        yName: isSmall ? 'Cell voltage / mV' : 'Cell voltage / V',
        measured: { x: hours, y: shown(measured_V) },
        computed: { x: hours, y: shown(simulated_V) },
        residual: { x: hours, y: residual_V.map((value) => -value) },
        residualName: 'Measured less computed / mV',
        residualFactor: 1000,
        measuredAs: 'line',
      }),
    });
  }
  const cycles = records?.cycles.filter(({ efficiencyDifference }) => efficiencyDifference !== null) ?? [];
  if (cycles.length > 1) {
    const x = Float64Array.from(cycles, ({ cycle }) => cycle);
    figures.push({
      name: 'compared-efficiency',
      figure: overlayFigure(heading, {
        xName: 'Cycle',
        yName: 'Coulombic efficiency / %',
        measured: { x, y: Float64Array.from(cycles, ({ measuredEfficiency }) => 100 * measuredEfficiency!) },
        computed: { x, y: Float64Array.from(cycles, ({ simulatedEfficiency }) => 100 * simulatedEfficiency!) },
        residual: null,
        residualName: 'Measured less computed / %',
        residualFactor: 1,
        measuredAs: 'points',
      }),
    });
  }
  const [first] = spectra;
  if (first !== undefined) {
    figures.push({
      name: 'compared-spectrum',
      figure: impedanceFigure(heading, [
        { name: 'measured', spectrum: first.measured, drawnAs: 'points' },
        { name: 'computed', spectrum: first.simulated, drawnAs: 'line' },
      ]),
    });
  }
  return figures;
}

// Parameters of a cell found from what was measured on one: the simulated test is repeated with other values until voltage, efficiencies
// and spectra lie as close to the measured ones as their noise lets them. Then it is said how well each value is known, which are not
// known at all, and which only together.

import type { Assumption, Cell, Protocol } from '../../cells/index.ts';
import {
  atShare,
  boundedLeastSquares,
  exp,
  latinHypercube,
  log,
  randomStream,
  square,
  studentQuantile,
} from '../../numerics/index.ts';
import type { CyclingRecord } from '../../records/index.ts';
import {
  type CellState,
  type ImpedanceValues,
  type RunPlace,
  runTo,
  type SimulateOptions,
  simulate,
} from '../../simulation/index.ts';
import { InputError, type Issue } from '../../units/index.ts';
import { type Bounds, type FitParameter, type FitParameters, fitParameters } from './fit-parameters.ts';
import { halfCycles, pairCycles } from './half-cycles.ts';
import {
  errorsOfFit,
  type FitDirection,
  type FitErrors,
  isTooWide,
  measureOf,
  PART_OF_DIRECTION,
  valueAt,
} from './identifiability.ts';
import {
  efficiencyObservation,
  type Observation,
  type ObservationKind,
  type ObservedRun,
  type SpectrumInTest,
  spectraObservation,
  voltageObservation,
} from './observations.ts';
import { protocolOfRecord, replayOfRecord } from './protocol-of-record.ts';

/** Runs of a fit at most, when the caller does not say. */
export const FIT_RUNS_DEFAULT = 600;
/** Points of the voltage that a fit looks at, over the whole record. */
export const FIT_POINTS_DEFAULT = 600;

/** What was measured. Give any of them. */
export interface FitData {
  readonly record?: CyclingRecord;
  /** What of the record counts; the voltage alone when left out. */
  readonly use?: readonly ('voltage' | 'efficiency')[];
  readonly spectra?: readonly SpectrumInTest[];
}

export interface FitCellOptions {
  /**
   * What is done to the simulated cell: the steps read back from the record (`record`, the default where there is one), the
   * cell's own protocol (`own`), the measured current (`replay`), or a protocol.
   */
  readonly protocol?: 'record' | 'own' | 'replay' | Protocol;
  /** As for `compareRecords`; by time when the measured current is replayed. */
  readonly align?: 'charge' | 'time';
  readonly model?: 'fast' | 'full';
  /** Noise of one voltage, one efficiency, and one part of an impedance over |Z|; estimated from the residuals where left out. */
  readonly sigma_V?: number;
  readonly sigmaEfficiency?: number;
  readonly sigmaSpectra?: number;
  /** Lowest and highest value by name, instead of the range of the material. */
  readonly bounds?: Readonly<Record<string, Bounds>>;
  /** Values to begin with by name, such as those of a fit that was stopped. */
  readonly start?: Readonly<Record<string, number>>;
  /** Other cells tried first, spread over all ranges; 8 for each parameter by default, 0 for none. */
  readonly scan?: number;
  /** Also follow each parameter through its range with the others fitted anew, for intervals that need not be symmetric. */
  readonly profile?: boolean;
  /** Runs of the cell at most, 600 by default; profiles may take as many again. */
  readonly runs_max?: number;
  readonly points?: number;
  readonly stop?: { readonly aborted: boolean };
  /** Share of the budget used, runs done, and the root mean square of the weighted residuals of the best so far. */
  onProgress?(fraction: number, runs: number, misfit: number): void;
}

export interface FittedCellParameter {
  readonly name: string;
  readonly paths: readonly string[];
  readonly unit: string;
  readonly value: number;
  /** What the cell had. */
  readonly before: number;
  readonly bounds: Bounds;
  readonly boundsFrom: FitParameter['bounds'];
  readonly scale: 'linear' | 'logarithmic';
  /** Of the linearised problem; null on a bound and where no finite one exists. */
  readonly standardError: number | null;
  /** 95 %, by Student's distribution, symmetric over the logarithm where the scale is logarithmic. */
  readonly interval95: Bounds | null;
  /** 95 % by the profile of the likelihood; an end is null where the range ends first. Null where not asked for. */
  readonly profile95: readonly [low: number | null, high: number | null] | null;
  readonly state: 'determined' | 'not determined' | 'at bound';
  /** A sentence where the state is not `determined`. */
  readonly why: string | null;
}

/** Noise that one kind of data was judged by. */
export interface FitNoise {
  readonly kind: ObservationKind;
  /** V for voltage, a fraction for efficiency, a share of |Z| for spectra. */
  readonly sigma: number;
  /** `assumed`: too few numbers to estimate it from. */
  readonly from: 'given' | 'estimated' | 'assumed';
  readonly points: number;
  /** So many independent numbers the points are worth, given how their residuals follow each other. */
  readonly effectivePoints: number;
  /** Root mean square of the residuals before and after the fit, in the unit of sigma. */
  readonly rmsBefore: number;
  readonly rmsAfter: number;
}

export interface CellFit {
  readonly parameters: readonly FittedCellParameter[];
  readonly correlation: { readonly names: readonly string[]; readonly values: Float64Array };
  /** From the best known combination to the least. */
  readonly directions: readonly FitDirection[];
  readonly noise: readonly FitNoise[];
  /** Σ of squared residuals over their noise, and that over how many more points there are than parameters. */
  readonly chiSquared: number;
  readonly reducedChiSquared: number;
  /** By which intervals are made: of the points that the data are worth. */
  readonly degreesOfFreedom: number;
  /** What was fitted of that which only spectra ask for, and no cell file holds. */
  readonly impedance: Partial<ImpedanceValues>;
  /** The cell with the fitted values; its assumptions say where they come from. */
  readonly cell: Cell;
  readonly protocol: Protocol;
  readonly model: 'fast' | 'full';
  readonly runs: number;
  readonly ended: 'converged' | 'not converged' | 'budget' | 'stopped';
  readonly remarks: readonly string[];
}

/** Steps of the differences, on the measure of `identifiability.ts`; the full model repeats itself only to its tolerance. */
const DIFFERENCE: Readonly<Record<'fast' | 'full', number>> = { fast: 0.005, full: 0.03 };
const TOLERANCE_FULL = 1e-5;
/** Longest step: a factor of five, or a third of a range. */
const STEP_MAX = log(5);
const ITERATIONS_MAX = 100;
const GAIN_MIN = 1e-5;
const SCAN_EACH = 8;
const SEED = 1;
/** Noise that is taken before the residuals are known, and where there are too few of them. */
const SIGMA_ASSUMED: Readonly<Record<ObservationKind, number>> = { voltage: 0.003, efficiency: 0.003, spectra: 0.03 };
/** No instrument and no estimate is better. */
const SIGMA_MIN: Readonly<Record<ObservationKind, number>> = { voltage: 2e-6, efficiency: 2e-5, spectra: 2e-4 };
const POINTS_TO_ESTIMATE = 5;
/** Rounds in which noise and parameters are found in turn, and the change of noise at which they agree. */
const ROUNDS_MAX = 4;
const SAME_NOISE = 0.05;
const CORRELATION_HIGH = 0.98;
/** Neighbours that agree more closely than this say no more about how few they are. */
const CORRELATION_MAX = 0.99;
const REDUCED_HIGH = 2;
const PROFILE_STEPS = 6;
/** Half an interval of more, four decades, is no interval. */
const HALF_MAX = log(1e4);
/** A gradient at a bound beyond so many of its standard deviations presses against it. */
const PRESSED_DEVIATIONS = 3;
/** A profile looks no further than so many standard errors. */
const PROFILE_REACH = 4;

interface Problem {
  readonly parameters: readonly FitParameter[];
  readonly cellWith: FitParameters['cellWith'];
  readonly impedanceWith: FitParameters['impedanceWith'];
  readonly observations: readonly Observation[];
  readonly offsets: readonly number[];
  readonly size: number;
  readonly protocol: Protocol;
  /** Cycles of a protocol that was not read from the record; null for as many as it has. */
  readonly cycles: number | null;
  readonly model: 'fast' | 'full';
  readonly wantsRecord: boolean;
}

/**
 * Fits the named values of the cell to the data.
 *
 * Least squares between bounds (the ranges of the materials unless given), positive values over their logarithms, with derivatives by
 * central differences of whole runs. Noise that is not given is estimated from the residuals, for each kind of data by itself;
 * voltages whose residuals follow each other count for less. A fit that ran out of its budget or was stopped gives the best so far.
 *
 * @throws InputError for unknown names, impossible bounds, data that hold nothing to fit to, and what `simulate` throws.
 */
export function fitCell(cell: Cell, names: readonly string[], data: FitData, options: FitCellOptions = {}): CellFit {
  const { problem, remarks } = problemOf(cell, names, data, options);
  const bench = createBench(problem, options);
  const { parameters, observations } = problem;
  const n = parameters.length;
  const startPoint = Float64Array.from(parameters, (one) =>
    measureOf(one, Math.min(one.high, Math.max(one.low, options.start?.[one.name] ?? one.value))),
  );
  const sigmas = observations.map(({ kind }) => givenSigma(kind, options) ?? SIGMA_ASSUMED[kind]);
  const own = bench.predict(Float64Array.from(parameters, (one) => measureOf(one, one.value))) ?? null;
  const from = scanned(problem, bench, startPoint, sigmas, options);
  if (bench.predict(from) === null && bench.ended() === null) {
    throw new InputError([
      {
        where: 'fit',
        found: 'a run that failed at the values to begin with',
        wanted: 'a cell that can follow the protocol',
      },
    ]);
  }

  if (bench.predict(from) === null) return notBegun(cell, problem, bench, startPoint);
  let fit = descend(problem, bench, from, sigmas);
  let inflation = observations.map(() => 1);
  for (let round = 1; round <= ROUNDS_MAX; round++) {
    const estimated = estimateNoise(problem, bench.predict(fit.point)!, sigmas, options);
    const { changed } = estimated;
    inflation = estimated.inflation;
    // A single kind has one scale, which moves no minimum.
    if (!changed || observations.length === 1 || bench.ended() !== null) break;
    const again = descend(problem, bench, fit.point, sigmas);
    fit = { ...again, jacobian: again.jacobian ?? fit.jacobian };
  }
  const predicted = bench.predict(fit.point)!;
  const derivatives = bench.derivatives(fit.point, fit.jacobian);
  // Errors are those of so many numbers as the points are worth.
  const effective = observations.map(({ measured }, k) => Math.max(1, measured.length / inflation[k]!));
  const judged = sigmas.map((sigma, k) => sigma * Math.sqrt(inflation[k]!));
  const weights = weightsOf(problem, judged);
  const jacobian = scaledColumns(derivatives.columns, weights, n);
  const noise = scaledColumns(derivatives.noise, weights, n);
  const total = effective.reduce((sum, points) => sum + points, 0);
  // Correlated numbers are few, but more than none: what they leave open the noise already says.
  const degreesOfFreedom = problem.size > n ? Math.max(1, Math.round(total) - n) : 0;
  const pressed = pressedOnBounds(problem, predicted, derivatives, sigmas, fit.atBound, degreesOfFreedom);
  const errors = derivatives.known
    ? errorsOfFit(parameters, jacobian, noise, problem.size, pressed, degreesOfFreedom)
    : null;
  const chiSquared = costOf(problem, predicted, sigmas);
  const t = studentQuantile(0.975, Math.max(1, degreesOfFreedom));
  const ended = bench.ended() ?? (fit.converged ? 'converged' : 'not converged');
  const profiles =
    options.profile === true && errors !== null && ended !== 'stopped'
      ? profilesOf(problem, bench, fit.point, judged, errors, t, options)
      : null;
  const fitted = parameters.map((_, k) =>
    describe(parameters, k, fit.point, errors, pressed[k]!, t, profiles?.[k] ?? null, degreesOfFreedom),
  );
  const noises = observations.map((observation, k): FitNoise => {
    const start = problem.offsets[k]!;
    return {
      kind: observation.kind,
      sigma: sigmas[k]!,
      from: sigmaSource(observation, options, n),
      points: observation.measured.length,
      effectivePoints: effective[k]!,
      rmsBefore: own === null ? Number.NaN : rmsOf(observation, own, start),
      rmsAfter: rmsOf(observation, predicted, start),
    };
  });
  const reduced = problem.size > n ? chiSquared / (problem.size - n) : Number.NaN;
  return {
    parameters: fitted,
    correlation: {
      names: parameters.map(({ name }) => name),
      values: errors?.correlation ?? new Float64Array(n * n).fill(Number.NaN),
    },
    directions: errors?.directions ?? [],
    noise: noises,
    chiSquared,
    reducedChiSquared: reduced,
    degreesOfFreedom,
    impedance: problem.impedanceWith(parameters.map((one, k) => valueAt(one, fit.point[k]!))),
    cell: fittedCell(cell, problem, fit.point, fitted, data),
    protocol: problem.protocol,
    model: problem.model,
    runs: bench.runs(),
    ended,
    remarks: [...remarks, ...remarksOn(ended, fitted, errors, noises, reduced, bench.failed())],
  };
}

/**
 * The state of a cell at a moment of a test; null where it ended before by what is no end of the test. Where the simulated test is over
 * before the moment, because its steps took less time, its end is the moment.
 */
export function stateAtPlace(
  cell: Cell,
  protocol: Protocol,
  place: RunPlace,
  how: Pick<SimulateOptions, 'model' | 'stop' | 'relativeTolerance'> = {},
): CellState | null {
  if (place.kind !== 'time' || place.time_s <= 0) {
    const { state, endedBefore } = runTo(cell, protocol, place.kind === 'time' ? { kind: 'start' } : place, how);
    return endedBefore === null ? state : null;
  }
  const until: Protocol = { ...protocol, stop: [...(protocol.stop ?? []), { kind: 'time', time_s: place.time_s }] };
  const { state, stop } = simulate(cell, until, { model: 'fast', ...how, detail: 'ends', meansIn: [] });
  return stop.kind === 'completed' || stop.kind === 'protocol-stop' ? state : null;
}

/** The same cell on another area: what is spread over it keeps its amount per area. */
export function cellOfArea(cell: Cell, area_m2: number): Cell {
  const share = area_m2 / cell.area_m2;
  return {
    ...cell,
    area_m2,
    electrolyteVolume_m3: cell.electrolyteVolume_m3 * share,
    nominalCapacity_C: cell.nominalCapacity_C === null ? null : cell.nominalCapacity_C * share,
    assumptions: cell.assumptions
      .filter(({ path }) => path !== 'area')
      .map((one) => (one.path === 'amount' || one.path === 'nominalCapacity' ? scaledAssumption(one, share) : one)),
  };
}

const scaledAssumption = (one: Assumption, share: number): Assumption => ({
  ...one,
  value: one.value * share,
  ...(one.range === undefined ? {} : { range: [one.range[0] * share, one.range[1] * share] as const }),
});

/** The cell that is simulated may go further than the measured one did: its limits are opened, not to end a run before the data. */
export function withOpenLimits(cell: Cell, { voltage_V }: Pick<CyclingRecord, 'voltage_V'>): Cell {
  let [low_V, high_V] = [cell.voltage_V_min, cell.voltage_V_max];
  for (const value of voltage_V) {
    if (value - 1 < low_V) low_V = value - 1;
    if (value + 1 > high_V) high_V = value + 1;
  }
  return { ...cell, voltage_V_min: low_V, voltage_V_max: high_V };
}

/**
 * The protocol that a comparison simulates, see `FitCellOptions.protocol`, and for so many cycles: the cell's own goes on for as
 * long as the measured test, if one is there.
 *
 * @throws InputError where there is none.
 */
export function comparedProtocol(
  cell: Cell,
  record: CyclingRecord | undefined,
  wanted: FitCellOptions['protocol'],
): { readonly protocol: Protocol; readonly cycles: number | null; readonly remarks: readonly string[] } {
  if (typeof wanted === 'object') return { protocol: wanted, cycles: null, remarks: [] };
  const choice = wanted ?? (record === undefined ? 'own' : 'record');
  if (choice === 'own') {
    const measured = record === undefined ? 0 : pairCycles(record, halfCycles(record), cell.kind).length;
    if (cell.protocol !== null)
      return { protocol: cell.protocol, cycles: measured === 0 ? null : measured, remarks: [] };
    throw new InputError([
      { where: 'protocol', found: 'a cell without one', wanted: 'a protocol, or a measured record' },
    ]);
  }
  if (record === undefined) {
    throw new InputError([{ where: 'protocol', found: `"${choice}" without a record`, wanted: 'a measured record' }]);
  }
  if (choice === 'replay') return { protocol: replayOfRecord(record), cycles: null, remarks: [] };
  return { ...protocolOfRecord(record, { cell: cell.kind }), cycles: null };
}

function problemOf(
  cell: Cell,
  names: readonly string[],
  data: FitData,
  options: FitCellOptions,
): { readonly problem: Problem; readonly remarks: readonly string[] } {
  const issues: Issue[] = [];
  const gather = <T>(make: () => T): T | null => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      issues.push(...error.issues);
      return null;
    }
  };
  const { record, spectra = [], use = ['voltage'] } = data;
  for (const [where, value] of Object.entries({
    sigma_V: options.sigma_V,
    sigmaEfficiency: options.sigmaEfficiency,
    sigmaSpectra: options.sigmaSpectra,
  })) {
    if (value !== undefined && !(value > 0)) issues.push({ where, found: String(value), wanted: 'a number above 0' });
  }
  const runs_max = options.runs_max ?? FIT_RUNS_DEFAULT;
  if (!Number.isInteger(runs_max) || runs_max < 1) {
    issues.push({ where: 'runs_max', found: String(runs_max), wanted: 'a whole number from 1' });
  }
  if (record === undefined && spectra.length === 0) {
    issues.push({ where: 'data', found: 'neither a record nor spectra', wanted: 'something measured' });
  }
  const open = record === undefined ? cell : withOpenLimits(cell, record);
  const found = gather(() => fitParameters(open, names, options.bounds));
  for (const name of Object.keys(options.start ?? {})) {
    if (found === null || found.parameters.some((one) => one.name === name)) continue;
    issues.push({ where: `start.${name}`, found: 'a value that is not fitted', wanted: 'one of the fitted names' });
  }
  const isRun = record !== undefined || spectra.some(({ place }) => place.kind !== 'start');
  const plan = isRun ? gather(() => comparedProtocol(cell, record, options.protocol)) : null;
  const align = options.align ?? (options.protocol === 'replay' ? 'time' : 'charge');
  const observations: Observation[] = [];
  const remarks: string[] = [...(plan?.remarks ?? [])];
  if (record !== undefined && use.includes('voltage')) {
    observations.push(voltageObservation(record, align, options.points ?? FIT_POINTS_DEFAULT));
  }
  if (record !== undefined && use.includes('efficiency')) {
    const one = efficiencyObservation(record, cell.kind);
    if (one.measured.length > 0) observations.push(one);
    else {
      const why = cell.kind === 'Li|Li' ? 'Li|Li, which has no efficiency' : 'no cycle with both halves';
      issues.push({ where: 'use', found: `"efficiency" of a record with ${why}`, wanted: 'data that have it' });
    }
    if (options.protocol === 'replay') {
      issues.push({
        where: 'protocol',
        found: '"replay" with efficiencies',
        wanted:
          '"record" or a protocol whose steps end at a voltage: replayed charges are the measured ones whatever the cell',
      });
    }
  }
  if (spectra.length > 0) observations.push(spectraObservation(spectra));
  const offsets: number[] = [];
  let size = 0;
  for (const { measured } of observations) {
    offsets.push(size);
    size += measured.length;
  }
  if (issues.length === 0 && size < names.length) {
    issues.push({ where: 'data', found: `${size} numbers`, wanted: `at least ${names.length}, as many as parameters` });
  }
  if (issues.length > 0 || found === null) throw new InputError(issues);
  return {
    problem: {
      ...found,
      observations,
      offsets,
      size,
      protocol: plan?.protocol ?? { items: [] },
      cycles: plan?.cycles ?? null,
      model: options.model ?? 'fast',
      wantsRecord: observations.some(({ kind }) => kind !== 'spectra'),
    },
    remarks,
  };
}

const givenSigma = (kind: ObservationKind, options: FitCellOptions): number | undefined =>
  ({ voltage: options.sigma_V, efficiency: options.sigmaEfficiency, spectra: options.sigmaSpectra })[kind];

interface Derivatives {
  readonly columns: Float64Array;
  readonly noise: Float64Array;
  /** False where the fit ended before any were finished. */
  readonly known: boolean;
}

/** Runs cells and remembers what came of them, counts them, and refuses beyond the budget. */
interface Bench {
  /** All observations of the cell at this point, in the order of the problem; null where a run failed or none is allowed. */
  readonly predict: (point: Float64Array) => Float64Array | null;
  /** ∂prediction/∂measure, column by column, and how far it differs from one over twice the step. */
  readonly derivatives: (point: Float64Array, known: Float64Array | null) => Derivatives;
  readonly columnsInto: (point: Float64Array, step: number, out: Float64Array) => boolean;
  readonly runs: () => number;
  readonly failed: () => number;
  readonly allow: (more: number) => void;
  readonly ended: () => 'budget' | 'stopped' | null;
}

/** So many predictions are kept: all of an ordinary fit, so that no point is run twice and the best is there when it is stopped. */
const REMEMBERED = 2000;

function createBench(problem: Problem, options: FitCellOptions): Bench {
  const { parameters, cellWith, observations, offsets, size, protocol, model } = problem;
  let budget = options.runs_max ?? FIT_RUNS_DEFAULT;
  let runs = 0;
  let failed = 0;
  let ended: 'budget' | 'stopped' | null = null;
  let least = Number.POSITIVE_INFINITY;
  const remembered = new Map<string, Float64Array | null>();

  const run = (point: Float64Array): Float64Array | null => {
    const at = parameters.map((one, k) => valueAt(one, point[k]!));
    const cell = cellWith(at);
    const how = {
      model,
      ...(model === 'full' ? { relativeTolerance: TOLERANCE_FULL } : {}),
      ...(options.stop === undefined ? {} : { stop: options.stop }),
    };
    const length = problem.cycles === null ? {} : { cycles: problem.cycles };
    const whole = problem.wantsRecord ? simulate(cell, protocol, { ...how, ...length }) : null;
    if (whole !== null && (whole.stop.kind === 'failed' || whole.stop.kind === 'aborted')) return null;
    const states = new Map<string, CellState | null>();
    const stateAt = (place: RunPlace): CellState | null => {
      const key = JSON.stringify(place);
      if (!states.has(key)) {
        states.set(key, stateAtPlace(cell, protocol, place, how));
      }
      return states.get(key)!;
    };
    const observed: ObservedRun = {
      cell,
      record: whole?.record ?? null,
      impedance: problem.impedanceWith(at),
      stateAt,
    };
    const values = new Float64Array(size);
    for (const [k, observation] of observations.entries()) {
      observation.predictInto(observed, values.subarray(offsets[k]!, offsets[k]! + observation.measured.length));
    }
    return values.every(Number.isFinite) ? values : null;
  };

  const predict = (point: Float64Array): Float64Array | null => {
    const key = point.join(' ');
    const known = remembered.get(key);
    if (known !== undefined) return known;
    if (options.stop?.aborted === true) ended = 'stopped';
    else if (ended === null && runs >= budget) ended = 'budget';
    if (ended !== null) return null;
    runs++;
    const values = run(point);
    // A run that was broken off says nothing about its point.
    if (values === null && options.stop?.aborted === true) {
      ended = 'stopped';
      return null;
    }
    if (values === null) failed++;
    if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value!);
    remembered.set(key, values);
    if (values !== null) {
      const sigmas = observations.map(({ kind }) => givenSigma(kind, options) ?? SIGMA_ASSUMED[kind]);
      least = Math.min(least, Math.sqrt(costOf(problem, values, sigmas) / size));
    }
    options.onProgress?.(Math.min(1, runs / budget), runs, least);
    return values;
  };

  /** False where the derivatives could not be finished; what is missing is zero. */
  const columnsInto = (point: Float64Array, step: number, out: Float64Array): boolean => {
    out.fill(0);
    const here = predict(point);
    for (const [k, one] of parameters.entries()) {
      const most = measureOf(one, one.high);
      const ends = [Math.max(0, point[k]! - step), Math.min(most, point[k]! + step)].map((place) => {
        const moved = point.slice();
        moved[k] = place;
        return { place, values: place === point[k] ? here : predict(moved) };
      });
      if (ended !== null) return false;
      // A run that failed on one side leaves the other.
      const usable = [...ends, { place: point[k]!, values: here }].filter(({ values }) => values !== null);
      const [a, b] = [usable[0]!, usable.find(({ place }) => place !== usable[0]!.place)];
      if (b === undefined) continue;
      const width = b.place - a.place;
      for (let row = 0; row < size; row++) out[k * size + row] = (b.values![row]! - a.values![row]!) / width;
    }
    return true;
  };

  return {
    predict,
    columnsInto,
    derivatives: (point, known) => {
      // Past the budget the errors are still worth their few runs; after a stop they are not.
      if (ended === 'budget') {
        ended = null;
        budget = runs + 4 * parameters.length + 1;
        const result = both(point, known);
        ended = 'budget';
        return result;
      }
      return both(point, known);
    },
    runs: () => runs,
    failed: () => failed,
    allow: (more) => {
      budget += more;
      if (ended === 'budget') ended = null;
    },
    ended: () => ended,
  };

  function both(point: Float64Array, known: Float64Array | null): Derivatives {
    const columns = new Float64Array(size * parameters.length);
    const wide = new Float64Array(size * parameters.length);
    const noise = new Float64Array(size * parameters.length);
    if (!columnsInto(point, DIFFERENCE[model], columns)) {
      if (known !== null) columns.set(known);
      return { columns, noise, known: known !== null };
    }
    if (columnsInto(point, 2 * DIFFERENCE[model], wide)) {
      for (let k = 0; k < noise.length; k++) noise[k] = wide[k]! - columns[k]!;
    }
    return { columns, noise, known: true };
  }
}

/** One over the noise of every number. */
function weightsOf({ observations, size, offsets }: Problem, sigmas: readonly number[]): Float64Array {
  const weights = new Float64Array(size);
  for (const [k, { unit }] of observations.entries()) {
    for (let i = 0; i < unit.length; i++) weights[offsets[k]! + i] = 1 / (sigmas[k]! * unit[i]!);
  }
  return weights;
}

function costOf(problem: Problem, predicted: Float64Array, sigmas: readonly number[]): number {
  let sum = 0;
  for (const [k, { measured, unit }] of problem.observations.entries()) {
    for (let i = 0; i < measured.length; i++) {
      sum += square((predicted[problem.offsets[k]! + i]! - measured[i]!) / (sigmas[k]! * unit[i]!));
    }
  }
  return sum;
}

function rmsOf({ measured, unit }: Observation, predicted: Float64Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < measured.length; i++) sum += square((predicted[start + i]! - measured[i]!) / unit[i]!);
  return Math.sqrt(sum / measured.length);
}

function scaledColumns(columns: Float64Array, weights: Float64Array, n: number): Float64Array {
  const scaled = new Float64Array(columns.length);
  for (let k = 0; k < n; k++) {
    for (let row = 0; row < weights.length; row++) {
      scaled[k * weights.length + row] = columns[k * weights.length + row]! * weights[row]!;
    }
  }
  return scaled;
}

/** The best of the start and of cells spread over all ranges: a valley far away is found by looking there. */
function scanned(
  problem: Problem,
  bench: Bench,
  start: Float64Array,
  sigmas: readonly number[],
  { scan, runs_max = FIT_RUNS_DEFAULT, start: given }: FitCellOptions,
): Float64Array {
  const { parameters } = problem;
  // Who says where to begin has looked around.
  const count = Math.min(scan ?? (given === undefined ? SCAN_EACH * parameters.length : 0), Math.floor(runs_max / 4));
  const costAt = (point: Float64Array): number => {
    const predicted = bench.predict(point);
    return predicted === null ? Number.POSITIVE_INFINITY : costOf(problem, predicted, sigmas);
  };
  let best = start;
  let least = costAt(start);
  for (const shares of count === 0 ? [] : latinHypercube(count, parameters.length, randomStream(SEED))) {
    const point = Float64Array.from(parameters, (one, k) =>
      measureOf(one, atShare(shares[k]!, one.low, one.high, one.scale)),
    );
    const cost = costAt(point);
    if (cost < least) [best, least] = [point, cost];
  }
  return best;
}

interface Descent {
  readonly point: Float64Array;
  readonly cost: number;
  /** Derivatives of the predictions where they were last finished; null where never. */
  readonly jacobian: Float64Array | null;
  readonly atBound: readonly boolean[];
  readonly converged: boolean;
}

/** Least squares from a point, with one parameter held where asked. */
function descend(
  problem: Problem,
  bench: Bench,
  from: Float64Array,
  sigmas: readonly number[],
  held: number | null = null,
): Descent {
  const { parameters, observations, offsets, size, model } = problem;
  const n = parameters.length;
  const weights = weightsOf(problem, sigmas);
  const columns = new Float64Array(size * n);
  let finished: Float64Array | null = null;
  const evaluateInto = (point: Float64Array, r: Float64Array, jacobian: Float64Array | null): void => {
    const predicted = bench.predict(point);
    if (predicted === null) {
      // No number is no minimum: such a trial is refused.
      r.fill(Number.NaN);
      jacobian?.fill(0);
      return;
    }
    for (const [k, { measured }] of observations.entries()) {
      for (let i = 0; i < measured.length; i++) {
        const row = offsets[k]! + i;
        r[row] = (predicted[row]! - measured[i]!) * weights[row]!;
      }
    }
    if (jacobian === null) return;
    // Broken off, there is no direction left to go, and the descent ends here.
    if (!bench.columnsInto(point, DIFFERENCE[model], columns)) {
      jacobian.fill(0);
      return;
    }
    finished = columns.slice();
    jacobian.set(scaledColumns(columns, weights, n));
  };
  const edge = (k: number, end: number): number => (k === held ? from[k]! : end);
  const fit = boundedLeastSquares(
    {
      residuals: size,
      lower: parameters.map((_, k) => edge(k, 0)),
      upper: parameters.map((one, k) => edge(k, measureOf(one, one.high))),
      evaluateInto,
    },
    from,
    { iterations_max: ITERATIONS_MAX, step_max: STEP_MAX, gain_min: GAIN_MIN },
  );
  return {
    point: fit.parameters,
    cost: fit.cost,
    jacobian: finished,
    atBound: fit.atBound,
    converged: fit.converged && bench.ended() === null,
  };
}

/** A fit that was stopped before its first run was done: the values that it would have begun with. */
function notBegun(cell: Cell, problem: Problem, bench: Bench, point: Float64Array): CellFit {
  const { parameters } = problem;
  const n = parameters.length;
  const fitted = parameters.map((_, k) => describe(parameters, k, point, null, false, 0, null, 0));
  const ended = bench.ended() ?? 'not converged';
  return {
    parameters: fitted,
    correlation: { names: parameters.map(({ name }) => name), values: new Float64Array(n * n).fill(Number.NaN) },
    directions: [],
    noise: [],
    chiSquared: Number.NaN,
    reducedChiSquared: Number.NaN,
    degreesOfFreedom: 0,
    impedance: problem.impedanceWith(parameters.map(({ value }) => value)),
    cell,
    protocol: problem.protocol,
    model: problem.model,
    runs: bench.runs(),
    ended,
    remarks: ['The fit ended before its first run was done: the values are those of the cell.'],
  };
}

/**
 * Which parameters on a bound the data hold there: those for which leaving it would lower the misfit by more than chance, a gradient
 * beyond three of its standard deviations. The others rest there as they would anywhere. Residuals that follow a curve are no excuse
 * here: the bound may be what makes them.
 */
function pressedOnBounds(
  problem: Problem,
  predicted: Float64Array,
  { columns, noise }: Derivatives,
  sigmas: readonly number[],
  atBound: readonly boolean[],
  degreesOfFreedom: number,
): boolean[] {
  const { observations, offsets, size, parameters } = problem;
  const n = parameters.length;
  const none = new Array<boolean>(n).fill(false);
  if (!atBound.includes(true)) return none;
  const weights = weightsOf(problem, sigmas);
  const jacobian = scaledColumns(columns, weights, n);
  const { error } = errorsOfFit(parameters, jacobian, scaledColumns(noise, weights, n), size, none, degreesOfFreedom);
  return parameters.map((_, k) => {
    if (!atBound[k] || !Number.isFinite(error[k]!)) return false;
    let gradient = 0;
    for (const [o, { measured }] of observations.entries()) {
      for (let i = 0; i < measured.length; i++) {
        const row = offsets[o]! + i;
        gradient += jacobian[k * size + row]! * (predicted[row]! - measured[i]!) * weights[row]!;
      }
    }
    return Math.abs(gradient) * error[k]! > PRESSED_DEVIATIONS;
  });
}

function sigmaSource({ kind, measured }: Observation, options: FitCellOptions, n: number): FitNoise['from'] {
  if (givenSigma(kind, options) !== undefined) return 'given';
  return measured.length >= POINTS_TO_ESTIMATE + n ? 'estimated' : 'assumed';
}

/**
 * Takes the noise of each kind from its residuals, in place. Residuals that follow each other are fewer than they look: with a
 * correlation ρ between neighbours, n of them are worth n(1−ρ)/(1+ρ). `inflation` is n over that.
 */
function estimateNoise(
  { observations, offsets, parameters, size }: Problem,
  predicted: Float64Array,
  sigmas: number[],
  options: FitCellOptions,
): { readonly changed: boolean; readonly inflation: number[] } {
  let changed = false;
  const inflation = observations.map((observation, k) => {
    const { kind, measured, unit, breaks } = observation;
    const points = measured.length;
    if (sigmaSource(observation, options, parameters.length) !== 'estimated') return 1;
    const residual = Float64Array.from(measured, (value, i) => (predicted[offsets[k]! + i]! - value) / unit[i]!);
    const isBreak = new Set(breaks);
    let squares = 0;
    let products = 0;
    let pairs = 0;
    for (let i = 0; i < points; i++) {
      squares += square(residual[i]!);
      if (i === 0 || isBreak.has(i)) continue;
      products += residual[i]! * residual[i - 1]!;
      pairs++;
    }
    const degrees = Math.max(1, points * (1 - parameters.length / size));
    const sigma = Math.max(SIGMA_MIN[kind], Math.sqrt(squares / degrees));
    if (Math.abs(log(sigma / sigmas[k]!)) > SAME_NOISE) changed = true;
    sigmas[k] = sigma;
    const rho = squares > 0 && pairs > 0 ? products / pairs / (squares / points) : 0;
    // Chance alone makes a little correlation.
    const isReal = rho > 2 / Math.sqrt(points);
    return isReal ? (1 + Math.min(rho, CORRELATION_MAX)) / (1 - Math.min(rho, CORRELATION_MAX)) : 1;
  });
  return { changed, inflation };
}

function describe(
  parameters: readonly FitParameter[],
  k: number,
  point: Float64Array,
  errors: FitErrors | null,
  atBound: boolean,
  t: number,
  profile95: FittedCellParameter['profile95'],
  degreesOfFreedom: number,
): FittedCellParameter {
  const parameter = parameters[k]!;
  const { name, paths, unit, low, high, scale } = parameter;
  const value = valueAt(parameter, point[k]!);
  const shared = {
    name,
    paths,
    unit,
    value,
    before: parameter.value,
    bounds: [low, high] as const,
    boundsFrom: parameter.bounds,
    scale,
    profile95,
  };
  const none = { standardError: null, interval95: null };
  if (errors === null) {
    const why = `${name} has no error: the fit ended before one was known.`;
    return { ...shared, ...none, state: 'not determined', why };
  }
  if (atBound) {
    const end = point[k]! <= 0 ? 'lower' : 'upper';
    const bound = end === 'lower' ? low : high;
    const from = parameter.bounds === 'range of the material' ? ' of the range of the material' : '';
    const why = `${name} rests on its ${end} bound${from}, ${inUnit(Number(bound.toPrecision(4)), unit)}: the data press against it.`;
    return { ...shared, ...none, state: 'at bound', why };
  }
  if (degreesOfFreedom === 0) {
    const why = `${name} has no error: there are no more data than parameters.`;
    return { ...shared, ...none, state: 'not determined', why };
  }
  if (errors.unfelt[k]!) {
    const why = `${name} is not determined by this data: no residual follows it.`;
    return { ...shared, ...none, state: 'not determined', why };
  }
  const others = errors.openWith[k]!.map((i) => parameters[i]!.name);
  if (others.length > 0) {
    const why = `${name} is not determined by this data: only a combination with ${others.join(', ')} is.`;
    return { ...shared, ...none, state: 'not determined', why };
  }
  const half = t * errors.error[k]!;
  if (half > HALF_MAX) {
    const partner = partnerOf(parameters, k, errors, t);
    const rest = partner === null ? '' : `; only a combination with ${partner} is`;
    const why = `${name} is not determined by this data: its 95 % interval is wider than any range${rest}.`;
    return { ...shared, ...none, state: 'not determined', why };
  }
  // Beyond its bounds nothing was looked for.
  const interval95 = [
    Math.max(low, valueAt(parameter, point[k]! - half)),
    Math.min(high, valueAt(parameter, point[k]! + half)),
  ] as const;
  const standardError = scale === 'logarithmic' ? value * errors.error[k]! : valueAt(parameter, errors.error[k]!) - low;
  const isWide = isTooWide(half, parameter);
  const width =
    scale === 'logarithmic'
      ? `a factor of ${exp(2 * half).toPrecision(2)}`
      : inUnit(Number((interval95[1] - interval95[0]).toPrecision(2)), unit);
  const partner = isWide ? partnerOf(parameters, k, errors, t) : null;
  const why = isWide
    ? `${name} is not determined by this data: its 95 % interval spans ${width}${partner === null ? '' : `; only a combination with ${partner} is`}.`
    : null;
  return { ...shared, standardError, interval95, state: isWide ? 'not determined' : 'determined', why };
}

const inUnit = (value: number, unit: string): string => (unit === '1' ? String(value) : `${value} ${unit}`);

/** The parameter that this one is most easily taken for. */
function partnerOf(
  parameters: readonly FitParameter[],
  k: number,
  { correlation, error }: FitErrors,
  t: number,
): string | null {
  let best = -1;
  let most = CORRELATION_HIGH;
  for (let i = 0; i < parameters.length; i++) {
    const size = Math.abs(correlation[k * parameters.length + i]!);
    // What is known by itself leaves nothing to be combined.
    const isLoose = isTooWide(t * error[i]!, parameters[i]!);
    if (i !== k && isLoose && size > most) [best, most] = [i, size];
  }
  return best < 0 ? null : parameters[best]!.name;
}

/** For each parameter where Σ has risen by t² on either side, the others fitted anew at each step. */
function profilesOf(
  problem: Problem,
  bench: Bench,
  point: Float64Array,
  sigmas: readonly number[],
  errors: FitErrors,
  t: number,
  options: FitCellOptions,
): (FittedCellParameter['profile95'] | null)[] {
  bench.allow(options.runs_max ?? FIT_RUNS_DEFAULT);
  const least = costOf(problem, bench.predict(point)!, sigmas);
  const { parameters } = problem;
  return parameters.map((parameter, k) => {
    if (errors.unfelt[k]!) return [null, null];
    const most = measureOf(parameter, parameter.high);
    const error = errors.error[k]!;
    const reach = Number.isFinite(error) ? Math.min(PROFILE_REACH * t * error, most) : most;
    const ends = ([-1, 1] as const).map((side): number | null => {
      let from = point;
      // Root of the rise: nearly a straight line in the distance, so that few steps find the end.
      const beyond = (distance: number): number => {
        const held = from.slice();
        held[k] = point[k]! + side * distance;
        const { cost, point: found } = descend(problem, bench, held, sigmas, k);
        if (Number.isFinite(cost)) from = found;
        return Math.sqrt(Math.max(0, cost - least)) - t;
      };
      const room = side < 0 ? point[k]! : most - point[k]!;
      const furthest = Math.min(room, reach);
      if (!(furthest > 0)) return null;
      const near = Math.min(furthest, Number.isFinite(error) && error > 0 ? t * error : furthest);
      let [a, fa] = [0, -t];
      let [b, fb] = [near, beyond(near)];
      if (fb < 0 && near < furthest) {
        [a, fa] = [b, fb];
        [b, fb] = [furthest, beyond(furthest)];
      }
      for (let step = 0; step < PROFILE_STEPS && fb >= 0 && Math.abs(b - a) > 0.02 * b; step++) {
        const middle = Math.min(b - 0.1 * (b - a), Math.max(a + 0.1 * (b - a), a + ((b - a) * -fa) / (fb - fa)));
        const value = beyond(middle);
        if (bench.ended() !== null) return null;
        if (value >= 0) [b, fb] = [middle, value];
        else [a, fa] = [middle, value];
      }
      if (!(fb >= 0) || bench.ended() !== null) return null;
      return valueAt(parameter, point[k]! + side * (a + ((b - a) * -fa) / (fb - fa)));
    });
    return [ends[0]!, ends[1]!] as const;
  });
}

/** The cell with the found values. What moved is no assumption of the program any more, but a result with its interval. */
function fittedCell(
  cell: Cell,
  { parameters, cellWith }: Problem,
  point: Float64Array,
  fitted: readonly FittedCellParameter[],
  { record, spectra }: FitData,
): Cell {
  const moved = cellWith(parameters.map((one, k) => valueAt(one, point[k]!)));
  const origin = record?.provenance.origin ?? spectra?.[0]?.spectrum.provenance.origin ?? 'data';
  const assumptions = cell.assumptions.map((assumption) => {
    const k = parameters.findIndex(({ paths }) => paths.includes(assumption.path));
    if (k < 0) return assumption;
    const one = fitted[k]!;
    const isFollower = assumption.path.endsWith('alphaCathodic') && one.paths.length > 1;
    const value = isFollower ? 1 - one.value : one.value;
    const { range: _range, ...rest } = assumption;
    const interval = one.interval95 ?? one.bounds;
    const range = isFollower ? ([1 - interval[1], 1 - interval[0]] as const) : interval;
    const source = `${one.state === 'determined' ? 'fitted' : 'left by a fit that does not determine it'} to ${origin}`;
    return { ...rest, value, tag: 'fitted' as const, source, range };
  });
  return { ...moved, voltage_V_min: cell.voltage_V_min, voltage_V_max: cell.voltage_V_max, assumptions };
}

function remarksOn(
  ended: CellFit['ended'],
  fitted: readonly FittedCellParameter[],
  errors: FitErrors | null,
  noises: readonly FitNoise[],
  reduced: number,
  failed: number,
): string[] {
  const remarks: string[] = [];
  if (ended === 'budget')
    remarks.push(
      'The budget of runs was used up before the fit converged: its values are the best so far, from which a fit of the fitted cell goes on.',
    );
  if (ended === 'stopped')
    remarks.push(
      'The fit was stopped: its values are the best so far, its errors those of an earlier point, if any. A fit of the fitted cell goes on from there.',
    );
  if (ended === 'not converged') remarks.push('The fit did not converge: its values are the best so far.');
  remarks.push(...fitted.flatMap(({ why }) => (why === null ? [] : [why])));
  for (const { state, shares, words } of errors?.directions ?? []) {
    const named = shares.filter(({ share }) => Math.abs(share) > PART_OF_DIRECTION);
    if (state === 'open' && named.length > 1) remarks.push(words);
  }
  const n = fitted.length;
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) {
      const value = errors?.correlation[a * n + b] ?? Number.NaN;
      const isBoth = fitted[a]!.state === 'determined' && fitted[b]!.state === 'determined';
      if (isBoth && Math.abs(value) > CORRELATION_HIGH) {
        remarks.push(
          `${fitted[b]!.name} and ${fitted[a]!.name} can hardly be told apart: their correlation is ${value.toFixed(3)}.`,
        );
      }
    }
  }
  for (const { kind, from, points, effectivePoints } of noises) {
    if (from === 'assumed')
      remarks.push(`The noise of the ${kind} is assumed: ${points} numbers are too few to estimate it from.`);
    if (effectivePoints < 0.5 * points) {
      remarks.push(
        `The residuals of the ${kind} follow a curve, which is not noise but what the model leaves out: ${points} points count as ${Math.max(1, Math.round(effectivePoints))}, and errors are those of that.`,
      );
    }
  }
  if (noises.every(({ from }) => from === 'given') && reduced > REDUCED_HIGH) {
    remarks.push(
      `The residuals are ${Math.sqrt(reduced).toPrecision(2)} times the given noise: the model does not describe the data to it, and the errors are too small by as much.`,
    );
  }
  if (failed > 0) remarks.push(`${failed} runs failed and were passed over.`);
  return remarks;
}

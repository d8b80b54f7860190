// All spectra of a test fitted at once: each follows its own data, and its parameters may leave a straight line along the test (over the
// logarithm) only as far as the data ask for it. How stiff that chain is, is not chosen by hand: generalised cross-validation chooses it, which asks how well the
// points of a spectrum are foretold by all others.

import type { ImpedanceSpectrum } from '../../../records/index.ts';
import { InputError } from '../../../units/index.ts';
import { alignArcs } from '../arcs.ts';
import { type Circuit, parseCircuit } from '../circuit.ts';
import { fitSeries } from '../fit.ts';
import {
  type CircuitFit,
  checkedScales,
  circuitFitOf,
  type FitCircuitOptions,
  type FitLive,
  problemOf,
  STEP_MAX,
  sigmaOf,
} from '../fit-problem.ts';
import { type ChainEquations, type EliminatedSlope, inverseOf, solveChain } from './smooth-chain.ts';

export interface SeriesFitOptions extends FitCircuitOptions {
  /** Time of each spectrum; evenly spaced unless told. */
  readonly time_s?: ArrayLike<number>;
  /** Spectra, from 0, before which the chain is cut, as where a short began. */
  readonly breaks?: readonly number[];
  /** Fits one by one where they are known already, one for each spectrum; they are made unless told. */
  readonly separate?: readonly CircuitFit[];
  /** Ends the search for the stiffness early, with the best so far. */
  readonly live?: FitLive;
  /** Stiffness of the chain; null or left out: the one that generalised cross-validation prefers. */
  readonly smoothness?: number | null;
}

export interface SeriesFit {
  readonly circuit: string;
  /** One for each spectrum. Errors are those of the chain: they hold if parameters wander as the chain allows. */
  readonly fits: readonly CircuitFit[];
  /**
   * λ of χ² + λ·s²·Σ (Δu − d·Δt)²/Δt: u are logarithms of amounts and exponents in tenths, Δt is in units of the median spacing, s² the
   * variance of a weighted residual, and d a slope of each stretch between breaks, fitted as well where it has four spectra or more. 1/√λ
   * is about what u may leave its line by from one spectrum to the next.
   */
  readonly smoothness: number;
  readonly criterion: 'generalised cross-validation' | 'given';
  /** Every stiffness tried, with n·χ²/(n − p)² over n data and p effective parameters. */
  readonly scores: readonly {
    readonly smoothness: number;
    readonly score: number;
    readonly effectiveParameters: number;
  }[];
  readonly effectiveParameters: number;
  readonly chiSquared: number;
  readonly converged: boolean;
  readonly remarks: readonly string[];
}

/** Stiffest first: there all spectra are nearly one, and each softer chain starts from the one before. */
const SMOOTHNESS: readonly number[] = [1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1, 0.1];
/** Between the best and its neighbours. */
const REFINED = Math.sqrt(10);
/** Minima after those of the stiffnesses: two refined, one from separate fits, the last one. */
const MINIMA_AFTER = 4;
/** Spectra of a stretch without which it has no slope of its own. */
const SLOPE_SPECTRA_MIN = 4;
/** What counts as one unit of change of an exponent. */
const EXPONENT_UNIT = 0.1;
/** While the stiffness is looked for, and where it is known. */
const BRIEF = { iterations_max: 25, gain_min: 1e-4 };
const THOROUGH = { iterations_max: 200, gain_min: 1e-6 };
const DAMPING_START = 1e-3;
const DAMPING_MAX = 1e9;
/** Variance below which residuals are rounding. */
const VARIANCE_MIN = 1e-24;

/**
 * Fits the circuit to all spectra together. Throws InputError for what `fitCircuit` refuses, for times that do not increase, and for
 * fewer than two spectra.
 */
export function fitSeriesTogether(
  circuit: Circuit | string,
  spectra: readonly ImpedanceSpectrum[],
  options: SeriesFitOptions = {},
): SeriesFit {
  const wanted = typeof circuit === 'string' ? parseCircuit(circuit) : circuit;
  requireSeries(spectra, options);
  const chain = chainOf(wanted, spectra, options);
  const stiffnesses = options.smoothness == null ? SMOOTHNESS : [options.smoothness];
  const { stop, onProgress } = options.live ?? {};
  let done = 0;
  /** One more minimum on the way, told and stoppable between its steps. */
  const minimum = (...[smoothness, from, effort]: [number, Float64Array, typeof BRIEF]): Trial => {
    const trial = minimise(chain, smoothness, from, effort, stop);
    onProgress?.(++done / (stiffnesses.length + MINIMA_AFTER));
    return trial;
  };
  let u = chain.start;
  const tried: Trial[] = [];
  for (const smoothness of stiffnesses) {
    // The first is made whatever happens: there must be an answer.
    if (stop?.aborted === true && tried.length > 0) break;
    const trial = minimum(smoothness, u, BRIEF);
    u = trial.u;
    tried.push(trial);
  }
  if (options.smoothness == null && stop?.aborted !== true) {
    const at = tried.reduce((best, trial, k) => (trial.score < tried[best]!.score ? k : best), 0);
    for (const factor of [REFINED, 1 / REFINED]) {
      const from = tried[at]!;
      tried.push(minimum(from.smoothness * factor, from.u, BRIEF));
    }
  }
  const best = tried.reduce((a, b) => (b.score < a.score ? b : a));
  if (stop?.aborted === true) return seriesFitOf(wanted, chain, { ...best, converged: false }, tried, options);
  // Independent fits may have found a better place than the way down from one common spectrum.
  const other = minimum(best.smoothness, chain.separate, BRIEF);
  const chosen = minimum(best.smoothness, (other.cost < best.cost ? other : best).u, THOROUGH);
  return seriesFitOf(wanted, chain, chosen, tried, options);
}

function requireSeries(
  spectra: readonly ImpedanceSpectrum[],
  { time_s, smoothness, separate }: SeriesFitOptions,
): void {
  const issues = [];
  if (separate !== undefined && separate.length !== spectra.length)
    issues.push({ where: 'separate', found: `${separate.length} fits`, wanted: `${spectra.length}, one for each` });
  if (spectra.length < 2) issues.push({ where: 'spectra', found: `${spectra.length}`, wanted: 'two or more' });
  if (time_s !== undefined) {
    const times = Array.from(time_s);
    const falls = times.findIndex((time, k) => k > 0 && !(time > times[k - 1]!));
    if (times.length !== spectra.length) {
      issues.push({ where: 'time_s', found: `${times.length} times`, wanted: `${spectra.length}, one for each` });
    } else if (falls > 0) {
      issues.push({ where: `time_s[${falls}]`, found: `${times[falls]}`, wanted: `more than ${times[falls - 1]}` });
    }
  }
  if (smoothness != null && !(smoothness >= 0 && Number.isFinite(smoothness))) {
    issues.push({ where: 'smoothness', found: `${smoothness}`, wanted: 'a number from 0 on, or null' });
  }
  if (issues.length > 0) throw new InputError(issues);
}

type Problem = ReturnType<typeof problemOf>;

interface Chain {
  readonly spectra: readonly ImpedanceSpectrum[];
  readonly problems: readonly Problem[];
  readonly scales: ReturnType<typeof checkedScales>;
  readonly free: readonly number[];
  /** Coordinates: the same for all spectra, and those of separate fits with their arcs aligned. */
  readonly start: Float64Array;
  readonly separate: Float64Array;
  /** Δt from each spectrum to the next in units of the median one; infinite where the chain is cut. */
  readonly gaps: Float64Array;
  /** First and last spectrum of each stretch that has a slope. */
  readonly stretches: readonly (readonly [first: number, last: number])[];
  /** 1/unit² of each coordinate. */
  readonly stiffness: Float64Array;
  /** Typical variance of a weighted residual of separate fits. */
  readonly variance: number;
  readonly data: number;
}

function chainOf(circuit: Circuit, spectra: readonly ImpedanceSpectrum[], options: SeriesFitOptions): Chain {
  const { fixed = {}, bounds = {}, weighting = 'modulus', sigma_ohm } = options;
  const scales = checkedScales(circuit, options);
  const free = circuit.parameters.flatMap(({ name }, i) => (name in fixed ? [] : [i]));
  const problems = spectra.map((spectrum) =>
    problemOf(circuit, spectrum, sigmaOf(spectrum, weighting, sigma_ohm), scales, free, fixed),
  );
  const fits = options.separate ?? fitSeries(circuit, spectra, options);
  const isPinned = (name: string): boolean => name in fixed || name in bounds;
  const coordinate = (place: number, value: number): number =>
    problems[0]!.coordinate(place, value) / (scales[place]!.logarithmic ? 1 : EXPONENT_UNIT);
  const distance = (place: number, value: number, reference: number): number =>
    (coordinate(place, value) - coordinate(place, reference)) ** 2;
  let reference: Float64Array | null = null;
  const separate = new Float64Array(spectra.length * free.length);
  for (const [s, fit] of fits.entries()) {
    const values = Float64Array.from(fit.parameters, ({ value }) => value);
    const aligned: Float64Array =
      reference === null ? values : alignArcs(circuit, values, reference, distance, isPinned);
    reference = aligned;
    for (const [k, place] of free.entries()) {
      separate[s * free.length + k] = problems[s]!.coordinate(place, aligned[place]!);
    }
  }
  const middle = free.map((_, k) => middleOf(fits.map((_, s) => separate[s * free.length + k]!)));
  const gaps = gapsOf(spectra.length, options);
  return {
    spectra,
    problems,
    scales,
    free,
    start: Float64Array.from(separate, (_, at) => middle[at % free.length]!),
    separate,
    gaps,
    stretches: stretchesOf(gaps),
    stiffness: Float64Array.from(free, (place) => (scales[place]!.logarithmic ? 1 : EXPONENT_UNIT ** -2)),
    variance: Math.max(VARIANCE_MIN, middleOf(fits.map(({ reducedChiSquared }) => reducedChiSquared))),
    data: problems.reduce((sum, { problem }) => sum + problem.residuals, 0),
  };
}

function middleOf(values: readonly number[]): number {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.floor((sorted.length - 1) / 2)]!;
}

function gapsOf(spectra: number, { time_s, breaks = [] }: SeriesFitOptions): Float64Array {
  const spacing = Array.from({ length: spectra - 1 }, (_, s) =>
    time_s === undefined ? 1 : time_s[s + 1]! - time_s[s]!,
  );
  const usual = middleOf(spacing);
  return Float64Array.from(spacing, (gap, s) => (breaks.includes(s + 1) ? Number.POSITIVE_INFINITY : gap / usual));
}

function stretchesOf(gaps: Float64Array): readonly (readonly [number, number])[] {
  const stretches: [number, number][] = [];
  let first = 0;
  for (let s = 0; s <= gaps.length; s++) {
    if (s < gaps.length && Number.isFinite(gaps[s]!)) continue;
    if (s - first + 1 >= SLOPE_SPECTRA_MIN) stretches.push([first, s]);
    first = s + 1;
  }
  return stretches;
}

interface Trial {
  readonly smoothness: number;
  readonly u: Float64Array;
  /** With the penalty. */
  readonly cost: number;
  readonly chiSquared: number;
  readonly score: number;
  readonly effectiveParameters: number;
  /** Of each spectrum. */
  readonly parametersOf: readonly number[];
  readonly chiSquaredOf: readonly number[];
  readonly covariance: readonly Float64Array[];
  readonly atBound: readonly (readonly boolean[])[];
  readonly converged: boolean;
}

interface Evaluation {
  readonly cost: number;
  readonly chiSquaredOf: readonly number[];
  /** JᵀJ and Jᵀr of each spectrum's data. */
  readonly normal: readonly Float64Array[];
  readonly gradient: Float64Array;
}

/** Levenberg and Marquardt over the whole chain. */
function minimise(
  chain: Chain,
  smoothness: number,
  from: Float64Array,
  { iterations_max, gain_min }: typeof BRIEF,
  stop: FitLive['stop'],
): Trial {
  const { problems, free } = chain;
  const n = free.length;
  const penalty = penaltyOf(chain, smoothness);
  let u = Float64Array.from(from);
  let now = evaluate(chain, penalty, u);
  let damping = DAMPING_START;
  let converged = false;
  for (let iteration = 0; iteration < iterations_max && !converged && stop?.aborted !== true; iteration++) {
    const pressed = pressedOf(chain, u, now.gradient);
    let next: { readonly u: Float64Array; readonly evaluation: Evaluation } | null = null;
    while (next === null && damping <= DAMPING_MAX) {
      const right = now.gradient.map((value, at) => (pressed[at] ? 0 : -value));
      const solved = solveChain(equationsOf(now.normal, penalty, n, damping, pressed), right, false);
      if (solved !== null) {
        const longest = solved.x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const share = Math.min(1, STEP_MAX / longest);
        const trial = u.map((value, at) => {
          const { lower, upper } = problems[Math.floor(at / n)]!.problem;
          return Math.min(upper[at % n]!, Math.max(lower[at % n]!, value + share * solved.x[at]!));
        });
        const evaluation = evaluate(chain, penalty, trial);
        if (evaluation.cost <= now.cost) next = { u: trial, evaluation };
      }
      damping = next === null ? damping * 10 : Math.max(1e-12, damping / 10);
    }
    if (next === null) {
      // No step leads down any further: the minimum, as far as rounding lets it be told.
      converged = true;
      break;
    }
    converged = now.cost - next.evaluation.cost <= gain_min * now.cost;
    u = Float64Array.from(next.u);
    now = next.evaluation;
  }
  return trialOf(chain, smoothness, penalty, u, now, converged);
}

interface Penalty {
  /** Weight of the change from each spectrum to the next, for each coordinate; 0 where the chain is cut. */
  readonly coupling: readonly Float64Array[];
  readonly slopes: readonly EliminatedSlope[];
}

function penaltyOf({ gaps, stretches, stiffness, variance }: Chain, smoothness: number): Penalty {
  const weight = stiffness.map((value) => smoothness * variance * value);
  return {
    coupling: Array.from(gaps, (gap) => weight.map((value) => value / gap)),
    slopes:
      smoothness > 0
        ? stretches.map(([first, last]) => ({
            first,
            last,
            span: gaps.subarray(first, last).reduce((sum, gap) => sum + gap, 0),
            weight,
          }))
        : [],
  };
}

function evaluate({ problems, free, gaps }: Chain, { coupling, slopes }: Penalty, u: Float64Array): Evaluation {
  const n = free.length;
  const gradient = new Float64Array(u.length);
  const normal: Float64Array[] = [];
  const chiSquaredOf: number[] = [];
  let cost = 0;
  for (const [s, { problem }] of problems.entries()) {
    const m = problem.residuals;
    const r = new Float64Array(m);
    const jacobian = new Float64Array(m * n);
    problem.evaluateInto(u.subarray(s * n, (s + 1) * n), r, jacobian);
    const block = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k <= i; k++) {
        let sum = 0;
        for (let row = 0; row < m; row++) sum += jacobian[i * m + row]! * jacobian[k * m + row]!;
        block[i * n + k] = sum;
        block[k * n + i] = sum;
      }
      for (let row = 0; row < m; row++) gradient[s * n + i]! += jacobian[i * m + row]! * r[row]!;
    }
    const chiSquared = r.reduce((sum, value) => sum + value * value, 0);
    normal.push(block);
    chiSquaredOf.push(chiSquared);
    cost += chiSquared;
  }
  for (const [s, weights] of coupling.entries()) {
    if (!Number.isFinite(gaps[s]!)) continue;
    const stretch = slopes.find(({ first, last }) => s >= first && s < last);
    for (let i = 0; i < n; i++) {
      // The slope that costs least goes from the first spectrum of the stretch to its last.
      const slope = stretch === undefined ? 0 : (u[stretch.last * n + i]! - u[stretch.first * n + i]!) / stretch.span;
      const change = u[(s + 1) * n + i]! - u[s * n + i]! - slope * gaps[s]!;
      cost += weights[i]! * change * change;
      gradient[(s + 1) * n + i]! += weights[i]! * change;
      gradient[s * n + i]! -= weights[i]! * change;
    }
  }
  return { cost, chiSquaredOf, normal, gradient };
}

/** Coordinates on a bound that the gradient presses there. */
function pressedOf({ problems, free }: Chain, u: Float64Array, gradient: Float64Array): readonly boolean[] {
  const n = free.length;
  return Array.from(u, (value, at) => {
    const { lower, upper } = problems[Math.floor(at / n)]!.problem;
    return (value <= lower[at % n]! && gradient[at]! >= 0) || (value >= upper[at % n]! && gradient[at]! <= 0);
  });
}

/** Data, links to both sides and damping on the diagonal; a pressed coordinate is held. */
function equationsOf(
  normal: readonly Float64Array[],
  { coupling, slopes }: Penalty,
  n: number,
  damping: number,
  pressed: readonly boolean[],
): ChainEquations {
  const diagonal = normal.map((data, s) => {
    const block = data.slice();
    let trace = 0;
    for (let i = 0; i < n; i++) trace += data[i * n + i]!;
    for (let i = 0; i < n; i++) {
      block[i * n + i]! += (coupling[s]?.[i] ?? 0) + (s > 0 ? coupling[s - 1]![i]! : 0);
      block[i * n + i]! += damping * Math.max(block[i * n + i]!, 1e-12 * trace);
    }
    for (let i = 0; i < n; i++) {
      if (!pressed[s * n + i]) continue;
      for (let k = 0; k < n; k++) {
        block[i * n + k] = 0;
        block[k * n + i] = 0;
      }
      block[i * n + i] = 1;
    }
    return block;
  });
  const free = coupling.map((weights, s) =>
    weights.map((value, i) => (pressed[s * n + i] || pressed[(s + 1) * n + i] ? 0 : value)),
  );
  return { n, diagonal, coupling: free, slopes, held: pressed };
}

function trialOf(
  chain: Chain,
  smoothness: number,
  penalty: Penalty,
  u: Float64Array,
  { cost, chiSquaredOf, normal, gradient }: Evaluation,
  converged: boolean,
): Trial {
  const n = chain.free.length;
  const pressed = pressedOf(chain, u, gradient);
  // A trace of damping keeps a direction that neither data nor links feel from having no inverse.
  const solved = solveChain(equationsOf(normal, penalty, n, 1e-12, pressed), new Float64Array(u.length), true);
  const covariance = solved?.inverse ?? normal.map(() => new Float64Array(n * n).fill(Number.NaN));
  const parametersOf = covariance.map((block, s) => {
    let trace = 0;
    for (let i = 0; i < n; i++) {
      if (pressed[s * n + i]) continue;
      for (let k = 0; k < n; k++) if (!pressed[s * n + k]) trace += block[i * n + k]! * normal[s]![k * n + i]!;
    }
    return trace;
  });
  const effectiveParameters = parametersOf.reduce((sum, value) => sum + value, 0);
  const chiSquared = chiSquaredOf.reduce((sum, value) => sum + value, 0);
  const left = chain.data - effectiveParameters;
  return {
    smoothness,
    u,
    cost,
    chiSquared,
    score: left > 0 ? (chain.data * chiSquared) / (left * left) : Number.POSITIVE_INFINITY,
    effectiveParameters,
    parametersOf,
    chiSquaredOf,
    covariance,
    atBound: normal.map((_, s) => chain.free.map((_, k) => pressed[s * n + k]!)),
    converged,
  };
}

function seriesFitOf(
  circuit: Circuit,
  chain: Chain,
  trial: Trial,
  tried: readonly Trial[],
  options: SeriesFitOptions,
): SeriesFit {
  const { spectra, problems, scales, free } = chain;
  const n = free.length;
  const left = chain.data - trial.effectiveParameters;
  const weighting = options.weighting ?? 'modulus';
  const variance = weighting === 'sigma' ? 1 : left > 0 ? trial.chiSquared / left : Number.NaN;
  const fits = spectra.map((spectrum, s) => {
    const values = new Float64Array(circuit.parameters.length);
    problems[s]!.valuesInto(trial.u.subarray(s * n, (s + 1) * n), values);
    const normal = inverseOf(trial.covariance[s]!, n) ?? new Float64Array(n * n);
    return circuitFitOf({
      circuit,
      spectrum,
      weighting,
      scales,
      free,
      values,
      normal,
      atBound: trial.atBound[s]!,
      chiSquared: trial.chiSquaredOf[s]!,
      degreesOfFreedom: problems[s]!.problem.residuals - trial.parametersOf[s]!,
      variance,
      converged: trial.converged,
      starts: 1,
    });
  });
  const remarks: string[] = [];
  if (!trial.converged) remarks.push('The joint fit did not converge: its values are the best so far.');
  const isEdge =
    options.smoothness == null && (trial.smoothness >= SMOOTHNESS[0]! || trial.smoothness <= SMOOTHNESS.at(-1)!);
  if (isEdge) {
    remarks.push(
      trial.smoothness >= SMOOTHNESS[0]!
        ? 'Cross-validation prefers the stiffest chain: within their noise the spectra do not change.'
        : 'Cross-validation prefers the softest chain: the spectra differ too much to support one another.',
    );
  }
  return {
    circuit: circuit.text,
    fits,
    smoothness: trial.smoothness,
    criterion: options.smoothness == null ? 'generalised cross-validation' : 'given',
    scores: tried
      .map(({ smoothness, score, effectiveParameters }) => ({ smoothness, score, effectiveParameters }))
      .sort((a, b) => a.smoothness - b.smoothness),
    effectiveParameters: trial.effectiveParameters,
    chiSquared: trial.chiSquared,
    converged: trial.converged,
    remarks,
  };
}

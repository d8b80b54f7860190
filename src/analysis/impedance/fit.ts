// A circuit fitted to a spectrum: complex nonlinear least squares over logarithms of what must be positive, from automatic starts or
// the caller's, with errors, correlations, and a plain word on every parameter that the data do not determine.

import { boundedLeastSquares, randomStream } from '../../numerics/index.ts';
import type { ImpedanceSpectrum } from '../../records/index.ts';
import { orderArcs } from './arcs.ts';
import { type Circuit, parseCircuit } from './circuit.ts';
import { featuresOf, firstGuess } from './first-guess.ts';
import {
  type CircuitFit,
  checkedScales,
  circuitFitOf,
  type FitCircuitOptions,
  type FitLive,
  problemOf,
  STEP_MAX,
  sigmaOf,
} from './fit-problem.ts';
import { requirePoints } from './points.ts';

const RANDOM_STARTS = 16;
const SEED = 1;
/** Iterations of a start before the best one is followed to its end. */
const ITERATIONS_OF_A_START = 40;
const GAIN_OF_A_START = 1e-5;
/** Costs closer than this count as equal when arcs are put in order. */
const SAME_COST = 1.0001;

/**
 * Fits `circuit` to the spectrum. Throws InputError that lists every unknown name, every value out of its bounds and what else does not
 * fit together. A fit that does not converge is returned with `converged` false.
 */
export function fitCircuit(
  circuit: Circuit | string,
  spectrum: ImpedanceSpectrum,
  options: FitCircuitOptions = {},
): CircuitFit {
  const wanted = typeof circuit === 'string' ? parseCircuit(circuit) : circuit;
  const { fixed = {}, start = {}, weighting = 'modulus' } = options;
  const scales = checkedScales(wanted, options);
  const names = wanted.parameters.map(({ name }) => name);
  const free = names.flatMap((name, i) => (name in fixed ? [] : [i]));
  requirePoints(spectrum, Math.max(2, Math.ceil((free.length + 1) / 2)));
  const sigma = sigmaOf(spectrum, weighting, options.sigma_ohm);
  const { problem, valuesInto, coordinate } = problemOf(wanted, spectrum, sigma, scales, free, fixed);

  const starts = startsFor(wanted, spectrum, options).map((values) =>
    free.map((i) => coordinate(i, start[names[i]!] ?? values[i]!)),
  );
  const brief = { iterations_max: ITERATIONS_OF_A_START, gain_min: GAIN_OF_A_START, step_max: STEP_MAX };
  const tried =
    starts.length === 1
      ? [boundedLeastSquares(problem, starts[0]!, { step_max: STEP_MAX })]
      : starts.map((from) => boundedLeastSquares(problem, from, brief));
  let fit = tried.reduce((best, one) => (one.cost < best.cost ? one : best));
  if (starts.length > 1) fit = boundedLeastSquares(problem, fit.parameters, { step_max: STEP_MAX });

  const values = new Float64Array(names.length);
  valuesInto(fit.parameters, values);
  const pinned = (name: string): boolean => name in fixed || name in (options.bounds ?? {});
  const ordered = orderArcs(wanted, values, spectrum, pinned);
  if (ordered) {
    const again = boundedLeastSquares(
      problem,
      Float64Array.from(free, (i) => coordinate(i, ordered[i]!)),
      { step_max: STEP_MAX },
    );
    if (again.cost <= SAME_COST * fit.cost + Number.MIN_VALUE) fit = again;
    valuesInto(fit.parameters, values);
  }

  const degreesOfFreedom = 2 * spectrum.frequency_Hz.length - free.length;
  return circuitFitOf({
    circuit: wanted,
    spectrum,
    weighting,
    scales,
    free,
    values,
    ...fit,
    chiSquared: fit.cost,
    degreesOfFreedom,
    variance: weighting === 'sigma' ? 1 : degreesOfFreedom > 0 ? fit.cost / degreesOfFreedom : Number.NaN,
    starts: starts.length,
  });
}

/**
 * Spectra of one test fitted one after the other: each starts from the one before and, where that leaves a fit twice as bad as its
 * neighbour's, from its own guess as well. Arcs keep their order from spectrum to spectrum. One that is stopped ends with the spectra that
 * are done.
 */
export function fitSeries(
  circuit: Circuit | string,
  spectra: readonly ImpedanceSpectrum[],
  options: FitCircuitOptions = {},
  { stop, onProgress }: FitLive = {},
): readonly CircuitFit[] {
  const wanted = typeof circuit === 'string' ? parseCircuit(circuit) : circuit;
  const fits: CircuitFit[] = [];
  for (const spectrum of spectra) {
    if (stop?.aborted === true) break;
    onProgress?.(fits.length / spectra.length);
    const before = fits.at(-1);
    if (before === undefined) {
      fits.push(fitCircuit(wanted, spectrum, options));
      continue;
    }
    const start = Object.fromEntries(before.parameters.map(({ name, value }) => [name, value]));
    const followed = fitCircuit(wanted, spectrum, { ...options, start });
    const isWorse = !followed.converged || followed.reducedChiSquared > 2 * before.reducedChiSquared;
    const fresh = isWorse ? fitCircuit(wanted, spectrum, options) : followed;
    fits.push(fresh.chiSquared < followed.chiSquared ? fresh : followed);
  }
  return fits;
}

/** One start where the caller gave all values, else the guess and random ones. */
function startsFor(circuit: Circuit, spectrum: ImpedanceSpectrum, options: FitCircuitOptions): readonly Float64Array[] {
  const { start = {}, fixed = {}, randomStarts = RANDOM_STARTS, seed = SEED } = options;
  const given = { ...start, ...fixed };
  if (circuit.parameters.every(({ name }) => name in given)) {
    return [Float64Array.from(circuit.parameters, ({ name }) => given[name]!)];
  }
  requirePoints(spectrum, 5);
  const features = featuresOf(spectrum);
  const random = randomStream(seed);
  const thrown = Array.from({ length: randomStarts }, () => firstGuess(circuit, features, random));
  return [firstGuess(circuit, features, null), ...thrown];
}

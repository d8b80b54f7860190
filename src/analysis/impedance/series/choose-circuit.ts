// How many arcs a series of spectra shows: the circuits of one, two and three arcs are fitted to all of them, and where the spectra end in a
// rising tail, arcs before a constant phase that stays open as well. Of those whose arcs the data determine, the one that loses least
// information about the data is taken, by Akaike's criterion with its correction for few data.

import type { ImpedanceSpectrum } from '../../../records/index.ts';
import { parseCircuit } from '../circuit.ts';
import { fitSeries } from '../fit.ts';
import type { CircuitFit, FitCircuitOptions, FitLive } from '../fit-problem.ts';
import { endsInTail } from '../points.ts';

export interface CircuitCandidate {
  readonly circuit: string;
  /** Σ over the spectra of n·ln(χ²/n) + 2K + 2K(K + 1)/(n − K − 1), n data and K parameters with the variance; infinite where n is too small. */
  readonly score: number;
  /** Score less that of the best. */
  readonly difference: number;
  /** Median of the root mean square of |Z − fit|/|Z|. */
  readonly rmsRelative: number;
  /** Share of the spectra in which the resistances of all its arcs are determined by the data, and its open end is steep enough to be a tail. */
  readonly determined: number;
}

export interface CircuitChoice {
  readonly circuit: string;
  readonly criterion: 'least AICc among circuits whose arcs are determined' | 'given';
  /** Best score first; empty where the circuit was given. The one chosen may not be the first: see `determined`. */
  readonly candidates: readonly CircuitCandidate[];
  /** Spectra that were asked. */
  readonly spectra: number;
}

const ARCS_MAX = 3;
/** Spectra of a long series that choose, spread evenly. */
const ASKED_MAX = 40;
/** Share of the spectra that must determine the arcs of a circuit, where there is such a circuit. A resistance that two arcs share is nobody's. */
const DETERMINED_MIN = 0.5;
/** Relative residuals below this are rounding, and tell no circuit from another. */
const RESIDUAL_MIN = 1e-5;

/** A circuit whose arcs are determined is no answer where it misses the data by so many times what another does, and by more than noise. */
const MISS_TIMES = 3;
const MISS_MIN = 0.02;
/** A constant phase below this is no tail: diffusion has 0.5, and what is flatter takes its share of every arc as a resistance would. */
const TAIL_EXPONENT_MIN = 0.4;

const arcsText = (arcs: number): string => Array.from({ length: arcs }, (_, k) => `-p(R${k + 1},CPE${k + 1})`).join('');

/**
 * Fewest arcs first, with an inductance where most spectra begin with one. One list of circuits that end on the real axis, and another, of
 * circuits with an open end, where most spectra end in a tail.
 */
export function candidateCircuits(spectra: readonly ImpedanceSpectrum[]): readonly (readonly string[])[] {
  const inductive = spectra.filter(({ frequency_Hz, imaginary_ohm }) => {
    const top = frequency_Hz.reduce((best, f, k) => (f > frequency_Hz[best]! ? k : best), 0);
    return imaginary_ohm[top]! > 0;
  }).length;
  const head = inductive > spectra.length / 2 ? 'L0-R0' : 'R0';
  const closed = Array.from({ length: ARCS_MAX }, (_, k) => head + arcsText(k + 1));
  if (spectra.filter(endsInTail).length <= spectra.length / 2) return [closed];
  return [closed, Array.from({ length: ARCS_MAX + 1 }, (_, k) => `${head}${arcsText(k)}-CPE${k + 1}`)];
}

/** Akaike's criterion of one fit, over real and imaginary parts. */
export function correctedAkaike({ chiSquared, parameters, real_ohm }: CircuitFit): number {
  const n = 2 * real_ohm.length;
  const K = parameters.filter(({ state }) => state !== 'fixed').length + 1;
  if (n - K - 1 <= 0) return Number.POSITIVE_INFINITY;
  return n * Math.log(Math.max(chiSquared / n, RESIDUAL_MIN ** 2)) + 2 * K + (2 * K * (K + 1)) / (n - K - 1);
}

/**
 * The circuit for a series; null where no candidate has data enough. Spectra that `requirePoints` refuses must not be among them. One that is
 * stopped chooses among the candidates that are done.
 */
export function chooseCircuit(
  spectra: readonly ImpedanceSpectrum[],
  options: FitCircuitOptions = {},
  { stop, onProgress }: FitLive = {},
): CircuitChoice | null {
  const step = Math.max(1, spectra.length / ASKED_MAX);
  const asked = Array.from({ length: Math.min(spectra.length, ASKED_MAX) }, (_, k) => spectra[Math.floor(k * step)]!);
  const points = Math.min(...asked.map(({ frequency_Hz }) => frequency_Hz.length));
  const scored: Omit<CircuitCandidate, 'difference'>[] = [];
  const families = candidateCircuits(asked);
  let tried = 0;
  for (const circuits of families) {
    let before = Number.POSITIVE_INFINITY;
    for (const circuit of circuits) {
      const K = parseCircuit(circuit).parameters.length + 1;
      if (2 * points - K - 1 <= 0) break;
      const fits = fitSeries(circuit, asked, options, stop === undefined ? {} : { stop });
      if (fits.length < asked.length) break;
      onProgress?.(++tried / families.flat().length);
      const sorted = fits.map(({ rmsRelative }) => rmsRelative).sort((a, b) => a - b);
      const score = fits.reduce((sum, fit) => sum + correctedAkaike(fit), 0);
      scored.push({
        circuit,
        score,
        rmsRelative: sorted[Math.floor(sorted.length / 2)]!,
        determined: fits.filter(arcsDetermined).length / fits.length,
      });
      // An arc that gains nothing will not gain by a further one.
      if (score > before) break;
      before = score;
    }
  }
  if (scored.length === 0) return null;
  scored.sort((a, b) => a.score - b.score);
  const enough = Math.max(MISS_MIN, MISS_TIMES * scored[0]!.rmsRelative);
  const chosen =
    scored.find(({ determined, rmsRelative }) => determined >= DETERMINED_MIN && rmsRelative <= enough) ?? scored[0]!;
  const candidates = scored.map((one) => ({ ...one, difference: one.score - scored[0]!.score }));
  const criterion = 'least AICc among circuits whose arcs are determined';
  return { circuit: chosen.circuit, criterion, candidates, spectra: asked.length };
}

const arcsDetermined = ({ circuit, parameters }: CircuitFit): boolean => {
  const end = `${/-(CPE\d+)$/.exec(circuit)?.[1]}_1`;
  return parameters.every(({ name, state, value }) =>
    name === end ? value >= TAIL_EXPONENT_MIN : !/^R[1-9]/.test(name) || state === 'determined',
  );
};

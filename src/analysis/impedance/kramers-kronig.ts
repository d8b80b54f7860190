// Is a spectrum that of one linear, causal, unchanging cell? Linear Kramers-Kronig test: relaxations at fixed time constants can follow
// any such spectrum and no other. The number of them is Schönleber's (2014, 10.1016/j.electacta.2014.01.034).

import { linearLeastSquaresInPlace } from '../../numerics/index.ts';
import type { ImpedanceSpectrum } from '../../records/index.ts';
import { endsInTail, requirePoints } from './points.ts';

export interface KramersKronigOptions {
  /** Elements are added until μ falls to this; 0.85 unless told. */
  readonly mu_min?: number;
  /** Which part is fitted; 'complex' unless told. With 'real' the imaginary part is a prediction. */
  readonly fit?: 'complex' | 'real';
  /** A capacitor in series, for a spectrum that ends in a blocking tail; false unless told. */
  readonly seriesCapacitance?: boolean;
  /** 50 unless told, and never more than the numbers fitted can hold. */
  readonly elements_max?: number;
}

/** Relaxations fitted to a spectrum. */
export interface KramersKronigFit {
  /** M, the number of relaxations. */
  readonly elements: number;
  /** μ = 1 − Σ|R_k < 0|/Σ|R_k ≥ 0|: near 1 too few elements, near 0 too many. */
  readonly mu: number;
  readonly timeConstant_s: Float64Array;
  readonly resistance_ohm: Float64Array;
  /** (data − fit)/|Z|. */
  readonly residualReal: Float64Array;
  readonly residualImaginary: Float64Array;
  /** Largest of either part, as a share of |Z|. */
  readonly largestResidual: number;
}

export interface KramersKronigTest extends KramersKronigFit {
  /** 'noisy': residuals beyond what is doubted that scatter as noise does, which speaks neither for the cell nor against it. */
  readonly verdict: 'consistent' | 'doubtful' | 'noisy' | 'inconsistent';
  /** The fit the verdict rests on: that of μ, or one of more elements where that of μ is too coarse to judge by. */
  readonly judged: KramersKronigFit;
  /** A sentence with the numbers. */
  readonly message: string;
}

const MU_MIN = 0.85;
const ELEMENTS_MAX = 50;
/** Largest residuals of a good spectrum and of one to be looked at. */
export const KRAMERS_KRONIG_CONSISTENT = 0.01;
export const KRAMERS_KRONIG_DOUBTFUL = 0.03;
/** Beyond the fit of μ the number of elements grows by this share at a time. */
const FURTHER_SHARE = 0.2;
/** Neighbouring residuals correlated above this follow a curve; below, they scatter. */
const SYSTEMATIC = 0.5;
/** Noise has no residual so many times its root mean square among a few hundred. */
const OUTLIER = 4.5;

/**
 * M, μ, residuals and a verdict. μ alone may stop at a handful of elements with residuals of a fifth; such a fit judges nothing, so
 * elements are then added further, and the verdict rests on the smallest residual found. Throws InputError for fewer than five points.
 */
export function kramersKronig(spectrum: ImpedanceSpectrum, options: KramersKronigOptions = {}): KramersKronigTest {
  requirePoints(spectrum, 5);
  const { mu_min = MU_MIN, fit = 'complex', seriesCapacitance = false } = options;
  const points = spectrum.frequency_Hz.length;
  // Both parts are numbers to fit. What μ does not ask for adds no more elements than there are points, or noise would be followed too.
  const held = fit === 'complex' ? 2 * points - 4 : points - 2;
  const elements_max = Math.min(options.elements_max ?? ELEMENTS_MAX, held);
  const model = prepare(spectrum, fit, seriesCapacitance);
  let byMu = fitElements(model, 1);
  while (byMu.mu > mu_min && byMu.elements < elements_max) byMu = fitElements(model, byMu.elements + 1);

  const further_max = Math.min(elements_max, points - 2);
  let judged = byMu;
  for (let elements = byMu.elements; elements < further_max && judged.largestResidual > KRAMERS_KRONIG_CONSISTENT; ) {
    elements = Math.min(further_max, elements + Math.ceil(FURTHER_SHARE * elements));
    const trial = fitElements(model, elements);
    if (trial.largestResidual < judged.largestResidual) judged = trial;
  }
  return { ...byMu, ...verdictOn(byMu, judged) };
}

/**
 * The test with a capacitor in series where the spectrum ends in a rising tail and without one does not pass: a tail asks for relaxations
 * slower than any measured, which a capacitor stands for.
 */
export function kramersKronigOfTail(spectrum: ImpedanceSpectrum): KramersKronigTest {
  const plain = kramersKronig(spectrum);
  if (plain.verdict === 'consistent' || !endsInTail(spectrum)) return plain;
  const tailed = kramersKronig(spectrum, { seriesCapacitance: true });
  if (!(tailed.judged.largestResidual < plain.judged.largestResidual)) return plain;
  return { ...tailed, message: `${tailed.message} A capacitor in series stands for the tail.` };
}

interface Model {
  readonly omega: Float64Array;
  readonly size: Float64Array;
  readonly spectrum: ImpedanceSpectrum;
  readonly fit: 'complex' | 'real';
  readonly seriesCapacitance: boolean;
  readonly matrix: Float64Array;
  readonly right: Float64Array;
}

function prepare(spectrum: ImpedanceSpectrum, fit: 'complex' | 'real', seriesCapacitance: boolean): Model {
  const { frequency_Hz, real_ohm, imaginary_ohm } = spectrum;
  const n = frequency_Hz.length;
  return {
    omega: frequency_Hz.map((f) => 2 * Math.PI * f),
    size: real_ohm.map((re, k) => Math.hypot(re, imaginary_ohm[k]!)),
    spectrum,
    fit,
    seriesCapacitance,
    matrix: new Float64Array(2 * n * 2 * n),
    right: new Float64Array(2 * n),
  };
}

/** τ_k evenly over the logarithm from 1/ω_max to 1/ω_min; one alone stands at 1/ω_min. */
function timeConstants(omega: Float64Array, elements: number): Float64Array {
  const shortest = 1 / Math.max(...omega);
  const longest = 1 / Math.min(...omega);
  if (elements === 1) return Float64Array.of(longest);
  return Float64Array.from({ length: elements }, (_, k) => shortest * (longest / shortest) ** (k / (elements - 1)));
}

function fitElements(model: Model, elements: number): KramersKronigFit {
  const { omega, size, spectrum, fit, seriesCapacitance, matrix, right } = model;
  const { real_ohm, imaginary_ohm } = spectrum;
  const n = omega.length;
  const timeConstant_s = timeConstants(omega, elements);
  const isComplex = fit === 'complex';
  const rows = isComplex ? 2 * n : n;
  const columns = 1 + elements + (isComplex ? 1 + (seriesCapacitance ? 1 : 0) : 0);
  for (let i = 0; i < n; i++) {
    const weight = 1 / size[i]!;
    right[i] = real_ohm[i]! * weight;
    matrix[i] = weight;
    if (isComplex) {
      right[n + i] = imaginary_ohm[i]! * weight;
      matrix[n + i] = 0;
    }
    for (let k = 0; k < elements; k++) {
      const x = omega[i]! * timeConstant_s[k]!;
      const share = weight / (1 + x * x);
      matrix[(k + 1) * rows + i] = share;
      if (isComplex) matrix[(k + 1) * rows + n + i] = -share * x;
    }
    if (isComplex) {
      matrix[(elements + 1) * rows + i] = 0;
      matrix[(elements + 1) * rows + n + i] = omega[i]! * weight;
      if (seriesCapacitance) {
        matrix[(elements + 2) * rows + i] = 0;
        matrix[(elements + 2) * rows + n + i] = -weight / omega[i]!;
      }
    }
  }
  const x = linearLeastSquaresInPlace(matrix, right, rows, columns);
  const resistance_ohm = x.slice(1, elements + 1);
  const residualReal = new Float64Array(n);
  const residualImaginary = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let re = real_ohm[i]! - x[0]!;
    let im = imaginary_ohm[i]!;
    for (let k = 0; k < elements; k++) {
      const wt = omega[i]! * timeConstant_s[k]!;
      const share = resistance_ohm[k]! / (1 + wt * wt);
      re -= share;
      im += share * wt;
    }
    residualReal[i] = re / size[i]!;
    residualImaginary[i] = im / size[i]!;
  }
  const [inductance, elastance] = isComplex
    ? [x[elements + 1]!, seriesCapacitance ? x[elements + 2]! : 0]
    : reactances(model, residualImaginary);
  let largestResidual = 0;
  for (let i = 0; i < n; i++) {
    residualImaginary[i]! -= (omega[i]! * inductance - elastance / omega[i]!) / size[i]!;
    largestResidual = Math.max(largestResidual, Math.abs(residualReal[i]!), Math.abs(residualImaginary[i]!));
  }
  let [negative, positive] = [0, 0];
  for (const R of resistance_ohm) {
    if (R < 0) negative -= R;
    else positive += R;
  }
  const mu = 1 - negative / positive;
  return { elements, mu, timeConstant_s, resistance_ohm, residualReal, residualImaginary, largestResidual };
}

/** L and 1/C of what a fit of the real part leaves of the imaginary part. */
function reactances({ omega, size, seriesCapacitance }: Model, residual: Float64Array): [L: number, elastance: number] {
  const n = omega.length;
  const columns = seriesCapacitance ? 2 : 1;
  const A = new Float64Array(n * columns);
  for (let i = 0; i < n; i++) {
    A[i] = omega[i]! / size[i]!;
    if (seriesCapacitance) A[n + i] = -1 / (omega[i]! * size[i]!);
  }
  const [L, elastance] = linearLeastSquaresInPlace(A, residual.slice(), n, columns);
  return [L!, elastance ?? 0];
}

function verdictOn(
  byMu: KramersKronigFit,
  judged: KramersKronigFit,
): Pick<KramersKronigTest, 'verdict' | 'judged' | 'message'> {
  const { largestResidual } = judged;
  const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
  const found = `M = ${byMu.elements}, μ = ${byMu.mu.toFixed(3)}, residuals up to ${percent(byMu.largestResidual)} of |Z|`;
  const further =
    judged === byMu
      ? ''
      : `; up to ${percent(largestResidual)} with ${judged.elements} elements, by which it is judged`;
  if (largestResidual <= KRAMERS_KRONIG_CONSISTENT) {
    return { verdict: 'consistent', judged, message: `Consistent with Kramers and Kronig: ${found}${further}.` };
  }
  const isCurve = Math.max(neighbours(judged.residualReal), neighbours(judged.residualImaginary)) > SYSTEMATIC;
  const rms = Math.sqrt(
    [...judged.residualReal, ...judged.residualImaginary].reduce((sum, value) => sum + value ** 2, 0) /
      (2 * judged.residualReal.length),
  );
  const isNoise = !isCurve && largestResidual < OUTLIER * rms;
  const why = isCurve
    ? 'The residuals follow a curve: the cell changed during the measurement, did not answer linearly, or ends in a blocking tail.'
    : isNoise
      ? 'The residuals scatter: noise, which hides whether the cell changed.'
      : 'The residuals scatter: single bad points.';
  const verdict = largestResidual <= KRAMERS_KRONIG_DOUBTFUL ? 'doubtful' : isNoise ? 'noisy' : 'inconsistent';
  const head =
    verdict === 'doubtful'
      ? 'Doubtful'
      : verdict === 'noisy'
        ? 'Too noisy to judge by Kramers and Kronig'
        : 'Not consistent with Kramers and Kronig';
  return { verdict, judged, message: `${head}: ${found}${further}. ${why}` };
}

/** Correlation of neighbours, 0 for scatter. */
function neighbours(values: Float64Array): number {
  let [product, square] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    square += values[k]! ** 2;
    if (k > 0) product += values[k]! * values[k - 1]!;
  }
  return square > 0 ? product / square : 0;
}

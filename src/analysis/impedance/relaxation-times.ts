// Distribution of relaxation times: Z = R∞ + jωL (+ 1/(jωC)) + ∫ γ(ln τ)/(1 + jωτ) d ln τ with γ ≥ 0, γ a broken line over ln τ. Its
// curvature is held down by Tikhonov's method, as much as generalised cross-validation asks for: the data decide, not the eye.

import { choleskyInPlace, choleskySolveInPlace, nonnegativeQuadratic } from '../../numerics/index.ts';
import type { ImpedanceSpectrum } from '../../records/index.ts';
import { requirePoints } from './points.ts';

export interface RelaxationTimesOptions {
  /** Weight of ∫(γ″)² d ln τ in units of the largest |Z|²; without it cross-validation chooses. */
  readonly regularisation?: number;
  /** Nodes per decade of τ, 10 unless told. */
  readonly nodesPerDecade?: number;
  /** Adds a capacitor in series, for a spectrum that ends in a blocking tail. */
  readonly seriesCapacitance?: boolean;
  readonly inductance?: boolean;
}

export interface RelaxationPeak {
  readonly timeConstant_s: number;
  /** Area under the peak, from valley to valley. */
  readonly resistance_ohm: number;
  /** τ/R. */
  readonly capacitance_F: number;
  /** False where τ lies beyond the frequencies measured: its resistance is an extrapolation. */
  readonly insideWindow: boolean;
}

export interface RelaxationTimes {
  readonly timeConstant_s: Float64Array;
  /** γ, ohm per unit of ln τ. */
  readonly gamma_ohm: Float64Array;
  readonly seriesResistance_ohm: number;
  readonly inductance_H: number;
  /** Infinite where no series capacitor was asked for or needed. */
  readonly seriesCapacitance_F: number;
  readonly regularisation: number;
  readonly chosenBy: 'generalised cross-validation' | 'the caller';
  /** Trace of the matrix that turns data into fit, over the nodes above 0. */
  readonly effectiveParameters: number;
  /** (data − fit)/|Z|. */
  readonly residualReal: Float64Array;
  readonly residualImaginary: Float64Array;
  /** By time constant, shortest first. */
  readonly peaks: readonly RelaxationPeak[];
  readonly remarks: readonly string[];
}

const NODES_PER_DECADE = 10;
/** The grid goes this many decades beyond the frequencies measured, where γ ends at 0. */
const DECADES_BEYOND = 1;
const NODES_MAX = 400;
const REGULARISATIONS = Array.from({ length: 19 }, (_, k) => 10 ** (-10 + 0.5 * k));
/** A peak counts from this share of the whole polarisation on. */
const PEAK_SHARE_MIN = 0.01;
/** Makes the matrix positive definite where data say nothing, as a share of its diagonal. */
const RIDGE = 1e-13;
/** A spectrum whose −Im still rises at its lowest frequency, above this share of the largest |Z|, has a tail. */
const TAIL_SHARE = 0.2;

/** Nodes and weights of Gauss and Legendre with four points on 0…1. */
const GAUSS = [
  [0.06943184420297371, 0.17392742256872692],
  [0.33000947820757187, 0.32607257743127305],
  [0.66999052179242813, 0.32607257743127305],
  [0.9305681557970263, 0.17392742256872692],
] as const;

/**
 * ∫ hat(u)/(1 + j·e^(v+u)) du over −h…h, hat the tent of height 1: what a node of γ contributes at v = ln(ωτ). Writes [Re, Im].
 */
export function tentKernelInto(v: number, h: number, out: Float64Array): void {
  out[0] = 0;
  out[1] = 0;
  for (const [x, weight] of GAUSS) {
    for (const side of [-1, 1]) {
      const wt = Math.exp(v + side * x * h);
      const share = (h * weight * (1 - x)) / (1 + wt * wt);
      out[0]! += share;
      out[1]! -= share * wt;
    }
  }
}

/** γ of a depressed arc R/(1 + (jωτ0)^α) at τ, ohm (Cole and Cole 1941, 10.1063/1.1750906). */
export function zarcDistribution_ohm(R: number, tau0: number, alpha: number, tau: number): number {
  const angle = (1 - alpha) * Math.PI;
  return (R / (2 * Math.PI)) * (Math.sin(angle) / (Math.cosh(alpha * Math.log(tau / tau0)) - Math.cos(angle)));
}

interface Regression {
  readonly rows: number;
  readonly columns: number;
  readonly nodes: number;
  readonly h: number;
  readonly timeConstant_s: Float64Array;
  /** Column by column, each row divided by |Z|. */
  readonly matrix: Float64Array;
  readonly data: Float64Array;
  /** Matrix times its transpose, and times the data. */
  readonly normal: Float64Array;
  readonly right: Float64Array;
  readonly penalty: Float64Array;
}

/** Throws InputError for fewer than five points. */
export function relaxationTimes(spectrum: ImpedanceSpectrum, options: RelaxationTimesOptions = {}): RelaxationTimes {
  requirePoints(spectrum, 5);
  const regression = prepare(spectrum, options);
  const chosen =
    options.regularisation === undefined
      ? byCrossValidation(regression)
      : solve(regression, options.regularisation, undefined);
  const { x } = chosen;
  const { nodes, rows, timeConstant_s, h } = regression;
  const residual = residualOf(regression, x);
  const gamma_ohm = x.slice(0, nodes);
  const elastance = options.seriesCapacitance ? x[regression.columns - 1]! : 0;
  const peaks = peaksOf(gamma_ohm, timeConstant_s, h, spectrum);
  return {
    timeConstant_s,
    gamma_ohm,
    seriesResistance_ohm: x[nodes]!,
    inductance_H: options.inductance === false ? 0 : x[nodes + 1]!,
    seriesCapacitance_F: 1 / elastance,
    regularisation: chosen.regularisation,
    chosenBy: options.regularisation === undefined ? 'generalised cross-validation' : 'the caller',
    effectiveParameters: effectiveParameters(regression, chosen.positive, chosen.regularisation),
    residualReal: residual.slice(0, rows / 2),
    residualImaginary: residual.slice(rows / 2),
    peaks,
    remarks: remarksOn(spectrum, peaks, options),
  };
}

function prepare(
  { frequency_Hz, real_ohm, imaginary_ohm }: ImpedanceSpectrum,
  options: RelaxationTimesOptions,
): Regression {
  const n = frequency_Hz.length;
  const logOmega = frequency_Hz.map((f) => Math.log(2 * Math.PI * f));
  const beyond = DECADES_BEYOND * Math.LN10;
  const low = -Math.max(...logOmega) - beyond;
  const high = -Math.min(...logOmega) + beyond;
  const perDecade = options.nodesPerDecade ?? NODES_PER_DECADE;
  const nodes = Math.min(NODES_MAX, Math.max(8, Math.ceil(((high - low) / Math.LN10) * perDecade) + 1));
  const h = (high - low) / (nodes - 1);
  const timeConstant_s = Float64Array.from({ length: nodes }, (_, k) => Math.exp(low + k * h));
  const withInductance = options.inductance !== false;
  const columns = nodes + 1 + (withInductance ? 1 : 0) + (options.seriesCapacitance ? 1 : 0);
  const rows = 2 * n;
  const matrix = new Float64Array(rows * columns);
  const data = new Float64Array(rows);
  const kernel = new Float64Array(2);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const size = Math.hypot(real_ohm[i]!, imaginary_ohm[i]!);
    largest = Math.max(largest, size);
    data[i] = real_ohm[i]! / size;
    data[n + i] = imaginary_ohm[i]! / size;
    for (let k = 0; k < nodes; k++) {
      tentKernelInto(logOmega[i]! + low + k * h, h, kernel);
      matrix[k * rows + i] = kernel[0]! / size;
      matrix[k * rows + n + i] = kernel[1]! / size;
    }
    matrix[nodes * rows + i] = 1 / size;
    const omega = Math.exp(logOmega[i]!);
    if (withInductance) matrix[(nodes + 1) * rows + n + i] = omega / size;
    if (options.seriesCapacitance) matrix[(columns - 1) * rows + n + i] = -1 / (omega * size);
  }
  const normal = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  for (let a = 0; a < columns; a++) {
    for (let i = 0; i < rows; i++) right[a]! += matrix[a * rows + i]! * data[i]!;
    for (let c = 0; c <= a; c++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += matrix[a * rows + i]! * matrix[c * rows + i]!;
      normal[a * columns + c] = sum;
      normal[c * columns + a] = sum;
    }
  }
  return {
    rows,
    columns,
    nodes,
    h,
    timeConstant_s,
    matrix,
    data,
    normal,
    right,
    penalty: penaltyOf(nodes, columns, h, largest),
  };
}

/** ∫(γ″)² d ln τ/|Z|max² by second differences, γ being 0 beyond the grid. */
function penaltyOf(nodes: number, columns: number, h: number, largest: number): Float64Array {
  const penalty = new Float64Array(columns * columns);
  const scale = 1 / (h ** 3 * largest ** 2);
  for (let k = -1; k <= nodes; k++) {
    for (const [a, wa] of [
      [k - 1, 1],
      [k, -2],
      [k + 1, 1],
    ] as const) {
      for (const [c, wc] of [
        [k - 1, 1],
        [k, -2],
        [k + 1, 1],
      ] as const) {
        if (a >= 0 && c >= 0 && a < nodes && c < nodes) penalty[a * columns + c]! += wa * wc * scale;
      }
    }
  }
  return penalty;
}

interface Solution {
  readonly x: Float64Array;
  readonly positive: readonly boolean[];
  readonly regularisation: number;
}

function regularised({ normal, penalty, columns }: Regression, regularisation: number): Float64Array {
  const A = normal.map((value, k) => value + regularisation * penalty[k]!);
  for (let k = 0; k < columns; k++) A[k * columns + k]! *= 1 + RIDGE;
  return A;
}

function solve(regression: Regression, regularisation: number, start: readonly boolean[] | undefined): Solution {
  const { x, positive } = nonnegativeQuadratic(regularised(regression, regularisation), regression.right, start);
  return { x, positive, regularisation };
}

/** From the smoothest down: least m·Σr²/(m − t)², t the effective number of parameters (Golub, Heath and Wahba 1979). */
function byCrossValidation(regression: Regression): Solution {
  const m = regression.rows;
  let best: Solution | null = null;
  let least = Number.POSITIVE_INFINITY;
  let start: readonly boolean[] | undefined;
  for (const regularisation of [...REGULARISATIONS].reverse()) {
    const trial = solve(regression, regularisation, start);
    start = trial.positive;
    const t = effectiveParameters(regression, trial.positive, regularisation);
    const score = (m * residualOf(regression, trial.x).reduce((sum, r) => sum + r * r, 0)) / (m - t) ** 2;
    if (score < least) [best, least] = [trial, score];
  }
  return best!;
}

function residualOf({ matrix, data, rows, columns }: Regression, x: Float64Array): Float64Array {
  const r = data.slice();
  for (let k = 0; k < columns; k++) {
    if (x[k] !== 0) for (let i = 0; i < rows; i++) r[i]! -= matrix[k * rows + i]! * x[k]!;
  }
  return r;
}

/** tr[(N + λP)⁻¹·N] among the variables above 0. */
function effectiveParameters(regression: Regression, positive: readonly boolean[], regularisation: number): number {
  const { columns, normal } = regression;
  const inside = positive.flatMap((is, k) => (is ? [k] : []));
  const size = inside.length;
  const full = regularised(regression, regularisation);
  const A = Float64Array.from({ length: size * size }, (_, k) => {
    return full[inside[Math.floor(k / size)]! * columns + inside[k % size]!]!;
  });
  if (!choleskyInPlace(A, size)) return size;
  const column = new Float64Array(size);
  let trace = 0;
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < size; i++) column[i] = normal[inside[i]! * columns + inside[k]!]!;
    choleskySolveInPlace(A, size, column);
    trace += column[k]!;
  }
  return trace;
}

function peaksOf(
  gamma: Float64Array,
  tau: Float64Array,
  h: number,
  { frequency_Hz }: ImpedanceSpectrum,
): RelaxationPeak[] {
  const whole = h * gamma.reduce((sum, value) => sum + value, 0);
  const shortest = 1 / (2 * Math.PI * Math.max(...frequency_Hz));
  const longest = 1 / (2 * Math.PI * Math.min(...frequency_Hz));
  const last = gamma.length - 1;
  const peaks: RelaxationPeak[] = [];
  for (let from = 0; from < last; ) {
    let top = from;
    while (top < last && gamma[top + 1]! >= gamma[top]!) top++;
    let to = top;
    while (to < last && gamma[to + 1]! <= gamma[to]!) to++;
    let area = 0;
    for (let k = from; k <= to; k++)
      area += h * gamma[k]! * ((k === from && from > 0) || (k === to && to < last) ? 0.5 : 1);
    if (area > PEAK_SHARE_MIN * whole) {
      const [left, middle, right] = [gamma[top - 1] ?? 0, gamma[top]!, gamma[top + 1] ?? 0];
      const bend = left - 2 * middle + right;
      const timeConstant_s = tau[top]! * Math.exp(bend < 0 ? (h * (left - right)) / (2 * bend) : 0);
      const insideWindow = timeConstant_s >= shortest && timeConstant_s <= longest;
      peaks.push({ timeConstant_s, resistance_ohm: area, capacitance_F: timeConstant_s / area, insideWindow });
    }
    from = Math.max(to, from + 1);
  }
  return peaks;
}

function remarksOn(
  { frequency_Hz, real_ohm, imaginary_ohm }: ImpedanceSpectrum,
  peaks: readonly RelaxationPeak[],
  { seriesCapacitance }: RelaxationTimesOptions,
): string[] {
  const remarks: string[] = [];
  const order = Array.from(frequency_Hz.keys()).sort((a, b) => frequency_Hz[a]! - frequency_Hz[b]!);
  const [lowest, next] = [order[0]!, order[1]!];
  const largest = Math.max(...real_ohm.map((re, k) => Math.hypot(re, imaginary_ohm[k]!)));
  const rises = -imaginary_ohm[lowest]! > -imaginary_ohm[next]! && -imaginary_ohm[lowest]! > TAIL_SHARE * largest;
  if (rises && !seriesCapacitance) {
    remarks.push(
      'The spectrum ends in a tail: the slowest peaks stand for diffusion or blocking, not for a process of their own. Measure lower, or take a series capacitance.',
    );
  }
  const beyond = peaks.filter(({ insideWindow }) => !insideWindow).length;
  if (beyond > 0) {
    const peaksLie = beyond === 1 ? '1 peak lies' : `${beyond} peaks lie`;
    remarks.push(`${peaksLie} beyond the frequencies measured: time constant and resistance are extrapolated.`);
  }
  return remarks;
}

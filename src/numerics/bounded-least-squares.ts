// Least squares between bounds: Levenberg and Marquardt's steps among the parameters that are free to move. A parameter rests on its
// bound for as long as the gradient presses it there. Nothing is allocated between the first evaluation and the last.

import { choleskyInPlace, choleskySolveInPlace } from './least-squares.ts';

export interface BoundedLeastSquaresProblem {
  readonly residuals: number;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  /** Writes r(p) and, where `jacobian` is given, ∂r/∂p_i to its i-th run of `residuals` numbers (column by column). */
  readonly evaluateInto: (p: Float64Array, r: Float64Array, jacobian: Float64Array | null) => void;
}

export interface BoundedLeastSquaresOptions {
  readonly iterations_max?: number;
  /** Largest change of one parameter in one step. */
  readonly step_max?: number;
  /** A step that lowers Σr² by less than this share of it is the last. */
  readonly gain_min?: number;
}

export interface BoundedLeastSquaresFit {
  readonly parameters: Float64Array;
  /** Σ r². */
  readonly cost: number;
  /** JᵀJ at the minimum, row by row. */
  readonly normal: Float64Array;
  /** Which parameters rest on a bound. */
  readonly atBound: readonly boolean[];
  readonly iterations: number;
  readonly evaluations: number;
  readonly converged: boolean;
}

const ITERATIONS_MAX = 200;
const GAIN_MIN = 1e-12;
const DAMPING_START = 1e-3;
const DAMPING_MIN = 1e-12;
const DAMPING_MAX = 1e12;
/** Smallest diagonal that damping acts on, as a share of the largest. */
const DIAGONAL_MIN = 1e-12;
/** Cost below which residuals are rounding, as a share of the cost at the start. */
const COST_MIN = 1e-28;

/** Least Σ r(p)² with lower ≤ p ≤ upper, from `start`, which is moved between the bounds. */
export function boundedLeastSquares(
  { residuals: m, lower, upper, evaluateInto }: BoundedLeastSquaresProblem,
  start: ArrayLike<number>,
  {
    iterations_max = ITERATIONS_MAX,
    step_max = Number.POSITIVE_INFINITY,
    gain_min = GAIN_MIN,
  }: BoundedLeastSquaresOptions = {},
): BoundedLeastSquaresFit {
  const n = start.length;
  const within = (value: number, i: number): number => Math.min(upper[i]!, Math.max(lower[i]!, value));
  let p = Float64Array.from(start, within);
  let trial = new Float64Array(n);
  const r = new Float64Array(m);
  const trialR = new Float64Array(m);
  const jacobian = new Float64Array(m * n);
  const normal = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  const damped = new Float64Array(n * n);
  const step = new Float64Array(n);
  const free = new Int32Array(n);
  evaluateInto(p, r, jacobian);
  let evaluations = 1;
  let cost = sumOfSquares(r);
  const costAtStart = cost;
  normalInto(jacobian, r, m, n, normal, gradient);
  let damping = DAMPING_START;
  let iterations = 0;
  let converged = !(cost > 0);
  while (!converged && iterations < iterations_max) {
    iterations++;
    let freeCount = 0;
    for (let i = 0; i < n; i++) {
      const pressed = (p[i]! <= lower[i]! && gradient[i]! >= 0) || (p[i]! >= upper[i]! && gradient[i]! <= 0);
      if (!pressed) free[freeCount++] = i;
    }
    let gain = -1;
    while (gain < 0 && freeCount > 0 && damping <= DAMPING_MAX) {
      if (dampedStepInto(normal, gradient, n, free, freeCount, damping, damped, step)) {
        let longest = 0;
        for (let a = 0; a < freeCount; a++) longest = Math.max(longest, Math.abs(step[a]!));
        const scale = longest > step_max ? step_max / longest : 1;
        trial.set(p);
        for (let a = 0; a < freeCount; a++) trial[free[a]!] = within(p[free[a]!]! - scale * step[a]!, free[a]!);
        evaluateInto(trial, trialR, null);
        evaluations++;
        gain = cost - sumOfSquares(trialR);
      }
      if (gain >= 0) damping = Math.max(DAMPING_MIN, damping / 5);
      else {
        gain = -1;
        damping *= 5;
      }
    }
    converged = gain < gain_min * cost;
    if (gain >= 0) {
      [p, trial] = [trial, p];
      evaluateInto(p, r, jacobian);
      evaluations++;
      cost = sumOfSquares(r);
      normalInto(jacobian, r, m, n, normal, gradient);
      converged ||= cost <= COST_MIN * costAtStart;
    }
    damping = Math.min(damping, DAMPING_MAX);
  }
  const atBound = Array.from(p, (value, i) => value <= lower[i]! || value >= upper[i]!);
  return { parameters: p, cost, normal, atBound, iterations, evaluations, converged };
}

/** Σ v²; infinite where a value is no number, so that such a trial is never taken. */
function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sum;
}

/** N = JᵀJ, g = Jᵀr, J column by column. */
function normalInto(J: Float64Array, r: Float64Array, m: number, n: number, N: Float64Array, g: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let row = 0; row < m; row++) sum += J[i * m + row]! * r[row]!;
    g[i] = sum;
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let row = 0; row < m; row++) product += J[i * m + row]! * J[j * m + row]!;
      N[i * n + j] = product;
      N[j * n + i] = product;
    }
  }
}

/** (N + λ·diag N)⁻¹·g among the free parameters; false where the matrix is not positive. */
function dampedStepInto(
  N: Float64Array,
  g: Float64Array,
  n: number,
  free: Int32Array,
  freeCount: number,
  lambda: number,
  A: Float64Array,
  step: Float64Array,
): boolean {
  let largest = 0;
  for (let a = 0; a < freeCount; a++) largest = Math.max(largest, N[free[a]! * n + free[a]!]!);
  for (let a = 0; a < freeCount; a++) {
    for (let b = 0; b < freeCount; b++) A[a * freeCount + b] = N[free[a]! * n + free[b]!]!;
    A[a * freeCount + a]! += lambda * Math.max(N[free[a]! * n + free[a]!]!, DIAGONAL_MIN * largest);
    step[a] = g[free[a]!]!;
  }
  if (!choleskyInPlace(A, freeCount)) return false;
  choleskySolveInPlace(A, freeCount, step);
  return true;
}

// Nonlinear least squares with what is known of the parameters beforehand: Levenberg and Marquardt's steps on residuals that are
// already divided by their standard deviations, so that the inverse of the normal matrix is the covariance.

import { square } from './elementary.ts';

export interface LeastSquaresProblem {
  readonly residuals: number;
  readonly parameters: number;
  /** Writes the residuals r(p), each in units of its standard deviation, and ∂r/∂p row by row. */
  readonly evaluateInto: (p: Float64Array, r: Float64Array, jacobian: Float64Array) => void;
}

export interface LeastSquaresFit {
  readonly parameters: Float64Array;
  /** (JᵀJ)⁻¹ at the minimum, row by row. */
  readonly covariance: Float64Array;
  /** Σ r². */
  readonly cost: number;
  readonly iterations: number;
  /** False where the last of the allowed steps still gained. */
  readonly converged: boolean;
}

const ITERATIONS_MAX = 100;
const DAMPING_START = 1e-3;
const DAMPING_MIN = 1e-9;
const DAMPING_MAX = 1e9;
/** Smallest diagonal that damping acts on, as a share of the trace. */
const DIAGONAL_MIN = 1e-9;
/** A step that lowers 1 + cost by less than this share of it is the last. */
const GAIN_MIN = 1e-12;

/** Least Σ r(p)², from `start`. */
export function leastSquares(problem: LeastSquaresProblem, start: ArrayLike<number>): LeastSquaresFit {
  const { residuals: m, parameters: n, evaluateInto } = problem;
  let p: Float64Array = Float64Array.from(start);
  let r = new Float64Array(m);
  let jacobian = new Float64Array(m * n);
  evaluateInto(p, r, jacobian);
  let cost = sumOfSquares(r);
  let trialR = new Float64Array(m);
  let trialJacobian = new Float64Array(m * n);
  const normal = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  let damping = DAMPING_START;
  let converged = false;
  let iterations = 0;
  while (!converged && iterations < ITERATIONS_MAX) {
    iterations++;
    normalEquationsInto(jacobian, r, m, n, normal, gradient);
    let gain = -1;
    while (gain < 0 && damping <= DAMPING_MAX) {
      const trial = dampedStep(normal, gradient, n, damping, p);
      if (trial) {
        evaluateInto(trial, trialR, trialJacobian);
        gain = cost - sumOfSquares(trialR);
      }
      if (trial && gain >= 0) {
        p = trial;
        [r, trialR] = [trialR, r];
        [jacobian, trialJacobian] = [trialJacobian, jacobian];
        cost -= gain;
        damping = Math.max(DAMPING_MIN, damping / 5);
      } else {
        gain = -1;
        damping *= 5;
      }
    }
    converged = gain < GAIN_MIN * (1 + cost);
    if (damping > DAMPING_MAX) damping = DAMPING_MAX;
  }
  normalEquationsInto(jacobian, r, m, n, normal, gradient);
  return { parameters: p, covariance: inverseOfPositive(normal, n), cost, iterations, converged };
}

const sumOfSquares = (values: Float64Array): number => values.reduce((total, value) => total + value * value, 0);

/** N = JᵀJ, g = Jᵀr. */
function normalEquationsInto(J: Float64Array, r: Float64Array, m: number, n: number, N: Float64Array, g: Float64Array) {
  N.fill(0);
  g.fill(0);
  for (let row = 0; row < m; row++) {
    const at = row * n;
    for (let i = 0; i < n; i++) {
      const a = J[at + i]!;
      if (a === 0) continue;
      g[i]! += a * r[row]!;
      for (let j = 0; j <= i; j++) N[i * n + j]! += a * J[at + j]!;
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) N[j * n + i] = N[i * n + j]!;
}

/** p − (N + λ·diag N)⁻¹·g, or null where the matrix is not positive. */
function dampedStep(N: Float64Array, g: Float64Array, n: number, lambda: number, p: Float64Array): Float64Array | null {
  const A = N.slice();
  let trace = 0;
  for (let i = 0; i < n; i++) trace += N[i * n + i]!;
  // The floor keeps a parameter that no residual feels where it is, and lets the others move.
  for (let i = 0; i < n; i++) A[i * n + i]! += lambda * Math.max(N[i * n + i]!, DIAGONAL_MIN * trace);
  if (!choleskyInPlace(A, n)) return null;
  const step = choleskySolve(A, n, g);
  return p.map((value, i) => value - step[i]!);
}

/** Overwrites the lower triangle of a symmetric matrix, row by row, with L of A = L·Lᵀ; false where A is not positive. */
export function choleskyInPlace(A: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= A[i * n + k]! * A[j * n + k]!;
      if (i !== j) A[i * n + j] = sum / A[j * n + j]!;
      else if (sum > 0) A[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** x of L·Lᵀ·x = b, L as `choleskyInPlace` leaves it. */
export function choleskySolve(L: Float64Array, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  choleskySolveInPlace(L, n, x);
  return x;
}

/** As `choleskySolve`, over the first n numbers of b. */
export function choleskySolveInPlace(L: Float64Array, n: number, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= L[i * n + k]! * x[k]!;
    x[i]! /= L[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= L[k * n + i]! * x[k]!;
    x[i]! /= L[i * n + i]!;
  }
}

/** The inverse; filled with NaN where the matrix is not positive, as when the data leave a parameter free. */
function inverseOfPositive(A: Float64Array, n: number): Float64Array {
  const L = A.slice();
  const out = new Float64Array(n * n);
  if (!choleskyInPlace(L, n)) return out.fill(Number.NaN);
  const unit = new Float64Array(n);
  for (let column = 0; column < n; column++) {
    unit.fill(0);
    unit[column] = 1;
    out.set(choleskySolve(L, n, unit), column * n);
  }
  return out;
}

/**
 * Weights b of Σ (y − ȳ − Z·b)² + λ·|b|² → least, Z the columns of X with mean 0 and standard deviation 1; as the function that
 * predicts from a row of X. A column that does not vary counts nothing.
 */
export function ridgeRegression(
  X: readonly (readonly number[])[],
  y: ArrayLike<number>,
  lambda: number,
): (x: readonly number[]) => number {
  const m = X.length;
  const n = X[0]?.length ?? 0;
  const mean = new Float64Array(n);
  const scale = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (const x of X) mean[j]! += x[j]! / m;
    for (const x of X) scale[j]! += square(x[j]! - mean[j]!) / m;
    scale[j] = Math.sqrt(scale[j]!);
  }
  const standard = (x: readonly number[], j: number): number => (scale[j]! > 0 ? (x[j]! - mean[j]!) / scale[j]! : 0);
  let level = 0;
  for (let i = 0; i < m; i++) level += y[i]! / m;
  const A = new Float64Array(n * n);
  const b = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const z = standard(X[i]!, j);
      b[j]! += z * (y[i]! - level);
      for (let k = 0; k <= j; k++) A[j * n + k]! += z * standard(X[i]!, k);
    }
  }
  for (let j = 0; j < n; j++) A[j * n + j]! += lambda;
  if (!(lambda > 0) || !choleskyInPlace(A, n)) throw new RangeError(`ridge ${lambda}: want a positive number`);
  const weights = choleskySolve(A, n, b);
  return (x) => weights.reduce((total, weight, j) => total + weight * standard(x, j), level);
}

// Non-negative quadratic programming: least ½xᵀAx − bᵀx with x ≥ 0 and A positive definite, which is non-negative least squares with
// A = JᵀJ (+ regularisation). Whole blocks of variables change sides at once (Portugal, Júdice and Vicente 1994,
// 10.1090/S0025-5718-1994-1250776-4), one by one where blocks go round in circles.

import { choleskyInPlace, choleskySolveInPlace } from './least-squares.ts';

export interface NonnegativeSolution {
  readonly x: Float64Array;
  /** Which variables are above 0 (the passive set). */
  readonly positive: readonly boolean[];
  readonly exchanges: number;
  /** False where the bound on exchanges was met; x is then non-negative but not the least. */
  readonly converged: boolean;
}

const BLOCK_TRIES = 3;
/** Exchanges per variable before giving up. */
const EXCHANGES_PER_VARIABLE = 5;
/** A gradient or value less than this share of the largest is taken for zero. */
const ZERO = 1e-12;

/** `A` row by row, n×n; `start` says which variables are expected above 0. */
export function nonnegativeQuadratic(
  A: Float64Array,
  b: Float64Array,
  start: readonly boolean[] = Array.from(b, () => false),
): NonnegativeSolution {
  const n = b.length;
  const positive = [...start];
  const x = new Float64Array(n);
  const gradient = new Float64Array(n);
  const block = new Float64Array(n * n);
  const part = new Float64Array(n);
  const exchanges_max = EXCHANGES_PER_VARIABLE * n + 10;
  let fewest = n + 1;
  let tries = BLOCK_TRIES;
  for (let exchanges = 0; exchanges <= exchanges_max; exchanges++) {
    solveAmong(A, b, positive, n, block, part, x);
    const largest = gradientInto(A, b, x, n, gradient);
    const wrong: number[] = [];
    for (let i = 0; i < n; i++) {
      if (positive[i] ? x[i]! < 0 : gradient[i]! < -ZERO * largest) wrong.push(i);
    }
    if (wrong.length === 0) return { x, positive, exchanges, converged: true };
    if (wrong.length < fewest) {
      fewest = wrong.length;
      tries = BLOCK_TRIES;
    } else tries--;
    // One at a time, always the last, cannot go round in circles.
    for (const i of tries >= 0 ? wrong : [wrong.at(-1)!]) positive[i] = !positive[i];
  }
  for (let i = 0; i < n; i++) x[i] = Math.max(0, x[i]!);
  return { x, positive, exchanges: exchanges_max, converged: false };
}

function solveAmong(
  A: Float64Array,
  b: Float64Array,
  positive: readonly boolean[],
  n: number,
  block: Float64Array,
  part: Float64Array,
  x: Float64Array,
): void {
  const inside: number[] = [];
  for (let i = 0; i < n; i++) if (positive[i]) inside.push(i);
  const size = inside.length;
  for (let a = 0; a < size; a++) {
    for (let c = 0; c <= a; c++) block[a * size + c] = A[inside[a]! * n + inside[c]!]!;
    part[a] = b[inside[a]!]!;
  }
  if (!choleskyInPlace(block, size)) throw new RangeError('nonnegativeQuadratic: want a positive definite matrix');
  choleskySolveInPlace(block, size, part);
  x.fill(0);
  for (let a = 0; a < size; a++) x[inside[a]!] = part[a]!;
}

/** A·x − b; gives the largest |b|. */
function gradientInto(A: Float64Array, b: Float64Array, x: Float64Array, n: number, out: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let sum = -b[i]!;
    for (let k = 0; k < n; k++) sum += A[i * n + k]! * x[k]!;
    out[i] = sum;
    largest = Math.max(largest, Math.abs(b[i]!));
  }
  return largest;
}

// Non-negative quadratic programming: least ½xᵀAx − bᵀx with x ≥ 0 and A positive definite, which is non-negative least squares with
// A = JᵀJ (+ regularisation). Whole blocks of variables change sides at once (Portugal, Júdice and Vicente 1994,
// 10.1090/S0025-5718-1994-1250776-4); where blocks go round in circles, one enters at a time and the value falls with each (Lawson and
// Hanson 1974, 10.1137/1.9781611971217).

import { choleskyInPlace, choleskySolveInPlace } from './least-squares.ts';

export interface NonnegativeSolution {
  readonly x: Float64Array;
  /** Which variables are above 0 (the passive set). */
  readonly positive: readonly boolean[];
  readonly exchanges: number;
  /** False where the bound on steps was met; x is then non-negative but not the least. */
  readonly converged: boolean;
}

const BLOCK_TRIES = 3;
/** Exchanges of whole blocks before one at a time. */
const BLOCK_EXCHANGES_MAX = 40;
/** Steps per variable before giving up. */
const STEPS_PER_VARIABLE = 10;
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
  let fewest = n + 1;
  let tries = BLOCK_TRIES;
  let exchanges = 0;
  for (; exchanges <= BLOCK_EXCHANGES_MAX && tries >= 0; exchanges++) {
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
    for (const i of wrong) positive[i] = !positive[i];
  }
  return oneByOne(A, b, n, exchanges);
}

/** From x = 0: the variable with the steepest gain enters, and x goes towards the least among those inside, no further than the first 0. */
function oneByOne(A: Float64Array, b: Float64Array, n: number, before: number): NonnegativeSolution {
  const positive = Array.from(b, () => false);
  const x = new Float64Array(n);
  const trial = new Float64Array(n);
  const gradient = new Float64Array(n);
  const block = new Float64Array(n * n);
  const part = new Float64Array(n);
  // Of what rounding alone lets in, which would leave at once.
  let refused: number[] = [];
  let steps = 0;
  for (; steps < STEPS_PER_VARIABLE * n + 10; steps++) {
    const largest = gradientInto(A, b, x, n, gradient);
    let entering = -1;
    for (let i = 0; i < n; i++) {
      if (positive[i] || refused.includes(i) || !(gradient[i]! < -ZERO * largest)) continue;
      if (entering < 0 || gradient[i]! < gradient[entering]!) entering = i;
    }
    if (entering < 0) return { x, positive, exchanges: before + steps, converged: true };
    positive[entering] = true;
    solveAmong(A, b, positive, n, block, part, trial);
    if (trial[entering]! <= 0) {
      positive[entering] = false;
      refused.push(entering);
      continue;
    }
    refused = [];
    for (;;) {
      let share = 1;
      let first = -1;
      for (let i = 0; i < n; i++) {
        if (!positive[i] || trial[i]! > 0) continue;
        const until = x[i]! / (x[i]! - trial[i]!);
        if (first < 0 || until < share) [share, first] = [until, i];
      }
      for (let i = 0; i < n; i++) x[i]! += share * (trial[i]! - x[i]!);
      if (first < 0) break;
      for (let i = 0; i < n; i++) {
        if (!positive[i] || (i !== first && x[i]! > 0)) continue;
        positive[i] = false;
        x[i] = 0;
      }
      solveAmong(A, b, positive, n, block, part, trial);
    }
  }
  return { x, positive, exchanges: before + steps, converged: false };
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

// Normal equations of a chain that follows straight lines: blocks along the diagonal, one for each spectrum, couplings between neighbours
// that are diagonal themselves, and the slopes of the lines, which have been eliminated. Solved, and inverted on the diagonal, in one pass
// each way, so a series costs as many blocks as it has spectra.

import { choleskyInPlace, choleskySolve } from '../../../numerics/index.ts';

/** A stretch of the chain whose parameters wander about a line: the slope was eliminated from the equations. */
export interface EliminatedSlope {
  /** First and last block. */
  readonly first: number;
  readonly last: number;
  /** Length of the stretch in units of the spacing. */
  readonly span: number;
  /** Coupling of a link of unit length, for each coordinate. */
  readonly weight: Float64Array;
}

export interface ChainEquations {
  /** Coordinates of a block. */
  readonly n: number;
  /** Blocks on the diagonal, n by n. */
  readonly diagonal: readonly Float64Array[];
  /** Diagonal of −A between blocks s and s + 1. */
  readonly coupling: readonly Float64Array[];
  readonly slopes: readonly EliminatedSlope[];
  /** Coordinates that are held. */
  readonly held: readonly boolean[];
}

export interface ChainSolution {
  /** x of A·x = b, block after block. */
  readonly x: Float64Array;
  /** Diagonal blocks of A⁻¹, row by row; empty where not asked for. */
  readonly inverse: readonly Float64Array[];
}

/** Solves (A − Σ a·aᵀ/(w·T))·x = b, a the two ends of a stretch with a slope. Null where the matrix is not positive. */
export function solveChain(
  equations: ChainEquations,
  right: Float64Array,
  wantsInverse: boolean,
): ChainSolution | null {
  const { n, slopes, held } = equations;
  const reduced = eliminate(equations);
  if (reduced === null) return null;
  const x = substitute(equations, reduced, right);
  const inverse = wantsInverse ? inverseBlocks(equations, reduced) : [];
  if (slopes.length === 0) return { x, inverse };
  // Stretches do not touch one another, so one right-hand side serves all of them.
  const columns = Array.from({ length: n }, (_, k) => {
    const a = new Float64Array(x.length);
    for (const { first, last, weight } of slopes) {
      if (!held[first * n + k]) a[first * n + k] = weight[k]!;
      if (!held[last * n + k]) a[last * n + k] = -weight[k]!;
    }
    return substitute(equations, reduced, a);
  });
  for (const { first, last, span, weight } of slopes) {
    const along = (vector: Float64Array, k: number): number =>
      weight[k]! *
      ((held[first * n + k] ? 0 : vector[first * n + k]!) - (held[last * n + k] ? 0 : vector[last * n + k]!));
    const small = new Float64Array(n * n);
    for (let k = 0; k < n; k++) {
      for (let l = 0; l < n; l++) small[k * n + l] = (k === l ? weight[k]! * span : 0) - along(columns[l]!, k);
    }
    const solved = inverseOf(small, n);
    if (solved === null) return null;
    const z = times(
      solved,
      Float64Array.from({ length: n }, (_, k) => along(x, k)),
      n,
    );
    for (let s = first; s <= last; s++) {
      for (let i = 0; i < n; i++) {
        for (let l = 0; l < n; l++) x[s * n + i]! += columns[l]![s * n + i]! * z[l]!;
      }
      if (wantsInverse) addSlopes(inverse[s]!, columns, solved, s, n);
    }
  }
  return { x, inverse };
}

/** G + X·M·Xᵀ, X the columns at one block. */
function addSlopes(
  block: Float64Array,
  columns: readonly Float64Array[],
  solved: Float64Array,
  s: number,
  n: number,
): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let l = 0; l < n; l++) {
        for (let m = 0; m < n; m++) {
          block[i * n + k]! += columns[l]![s * n + i]! * solved[l * n + m]! * columns[m]![s * n + k]!;
        }
      }
    }
  }
}

/** Inverses of the blocks that are left when those before have been eliminated. */
function eliminate({ n, diagonal, coupling }: ChainEquations): readonly Float64Array[] | null {
  const reduced: Float64Array[] = [];
  for (const [s, original] of diagonal.entries()) {
    const block = original.slice();
    if (s > 0) {
      const c = coupling[s - 1]!;
      const before = reduced[s - 1]!;
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < n; k++) block[i * n + k]! -= c[i]! * before[i * n + k]! * c[k]!;
      }
    }
    const inverse = inverseOf(block, n);
    if (inverse === null) return null;
    reduced.push(inverse);
  }
  return reduced;
}

function substitute(
  { n, coupling }: ChainEquations,
  reduced: readonly Float64Array[],
  right: Float64Array,
): Float64Array {
  const b = right.slice();
  const blocks = reduced.length;
  for (let s = 1; s < blocks; s++) {
    const carried = times(reduced[s - 1]!, b.subarray((s - 1) * n, s * n), n);
    for (let i = 0; i < n; i++) b[s * n + i]! += coupling[s - 1]![i]! * carried[i]!;
  }
  const x = new Float64Array(right.length);
  for (let s = blocks - 1; s >= 0; s--) {
    if (s < blocks - 1) {
      for (let i = 0; i < n; i++) b[s * n + i]! += coupling[s]![i]! * x[(s + 1) * n + i]!;
    }
    x.set(times(reduced[s]!, b.subarray(s * n, (s + 1) * n), n), s * n);
  }
  return x;
}

function inverseBlocks({ n, coupling }: ChainEquations, reduced: readonly Float64Array[]): readonly Float64Array[] {
  const inverse: Float64Array[] = reduced.map((block) => block.slice());
  for (let s = reduced.length - 2; s >= 0; s--)
    inverse[s] = inverseBlock(reduced[s]!, coupling[s]!, inverse[s + 1]!, n);
  return inverse;
}

/** M + M·C·G·C·M. */
function inverseBlock(m: Float64Array, c: Float64Array, g: Float64Array, n: number): Float64Array {
  const mc = m.map((value, at) => value * c[at % n]!);
  const out = m.slice();
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      let sum = 0;
      for (let l = 0; l < n; l++) sum += mc[i * n + l]! * g[l * n + k]!;
      product[i * n + k] = sum;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let l = 0; l < n; l++) out[i * n + k]! += product[i * n + l]! * mc[k * n + l]!;
    }
  }
  return out;
}

function times(m: Float64Array, x: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) out[i]! += m[i * n + k]! * x[k]!;
  }
  return out;
}

/** Of a symmetric matrix; null where it is not positive. */
export function inverseOf(block: Float64Array, n: number): Float64Array | null {
  const factor = block.slice();
  if (!choleskyInPlace(factor, n)) return null;
  const out = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    unit.fill(0);
    unit[i] = 1;
    out.set(choleskySolve(factor, n, unit), i * n);
  }
  return out;
}

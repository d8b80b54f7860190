// Normal equations of a chain: blocks along the diagonal, one for each spectrum, and between neighbours a coupling that is diagonal itself.
// Solved and inverted on the diagonal in one pass each way, so a series costs as many blocks as it has spectra.

import { choleskyInPlace, choleskySolve } from '../../../numerics/index.ts';

export interface ChainSolution {
  /** x of A·x = b, block after block. */
  readonly x: Float64Array;
  /** Diagonal blocks of A⁻¹, row by row. */
  readonly inverse: readonly Float64Array[];
}

/**
 * `diagonal` are the blocks of A, n by n; `coupling[s]` is the diagonal of −A between blocks s and s + 1. Null where A is not positive.
 * The inverse is left out where it is not asked for.
 */
export function solveChain(
  diagonal: readonly Float64Array[],
  coupling: readonly Float64Array[],
  right: Float64Array,
  n: number,
  wantsInverse: boolean,
): ChainSolution | null {
  const blocks = diagonal.length;
  const reduced: Float64Array[] = [];
  const rights: Float64Array[] = [];
  for (let s = 0; s < blocks; s++) {
    const block = diagonal[s]!.slice();
    const b = right.slice(s * n, (s + 1) * n);
    if (s > 0) {
      const c = coupling[s - 1]!;
      const before = reduced[s - 1]!;
      const carried = times(before, rights[s - 1]!, n);
      for (let i = 0; i < n; i++) {
        b[i]! += c[i]! * carried[i]!;
        for (let k = 0; k < n; k++) block[i * n + k]! -= c[i]! * before[i * n + k]! * c[k]!;
      }
    }
    const inverse = inverseOf(block, n);
    if (inverse === null) return null;
    reduced.push(inverse);
    rights.push(b);
  }
  const x = new Float64Array(blocks * n);
  const inverse: Float64Array[] = new Array(wantsInverse ? blocks : 0);
  for (let s = blocks - 1; s >= 0; s--) {
    const b = rights[s]!;
    const m = reduced[s]!;
    if (s < blocks - 1) {
      const c = coupling[s]!;
      for (let i = 0; i < n; i++) b[i]! += c[i]! * x[(s + 1) * n + i]!;
    }
    x.set(times(m, b, n), s * n);
    if (wantsInverse) inverse[s] = s === blocks - 1 ? m : inverseBlock(m, coupling[s]!, inverse[s + 1]!, n);
  }
  return { x, inverse };
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

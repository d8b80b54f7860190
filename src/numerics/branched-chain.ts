// The linear system of a porous electrode behind a separator, solved by its structure.
//
// Unknowns form a chain: first `scalars` nodes with one unknown each, then `pairs` nodes with two (u, v). From each pair
// node hangs a branch of `branch` unknowns that are coupled tridiagonally among themselves; branch and node touch only
// through one scalar current g, linear in u, v and in a weighted sum s of the last two unknowns of the branch. A border of a
// few further unknowns may couple to everything.
//
//   scalar node    l·x₋ + d·x + r·x₊                                          = b
//   pair node      L·(u,v)₋ + D·(u,v) + R·(u,v)₊ + (0, pull·g)                = b
//   branch         T·p + (0,…,0, push·g)                                      = b,   g = gS·s + gU·u + gV·v
//   border         C·(chain) + Σ cS·s + E·z                                   = b,   and B·z added to all rows above
//
// Branches are eliminated first (each a tridiagonal sweep and a rank-one correction), then the chain by block elimination
// with the 2×2 blocks written out, then the border by its Schur complement. Work per solve grows linearly with the size.
// No pivoting beyond the blocks: the matrices here are M-matrix-like in each diagonal block for the small steps of a stiff
// integration; a pivot that is zero or not finite is reported as singular.

/** Weights of the last two unknowns of a branch in s: linear extrapolation by half a cell from a uniform grid. */
const LAST_WEIGHT = 1.5;
const BEFORE_LAST_WEIGHT = -0.5;

export interface BranchedChainShape {
  readonly scalars: number;
  readonly pairs: number;
  /** Unknowns per branch, at least 2 when there are pairs. */
  readonly branch: number;
  readonly border: number;
  /** All branches have the same tridiagonal matrix, held once. */
  readonly sharedBranch: boolean;
}

/** Unknowns in the order scalars, pairs (u, v interleaved), branches one after the other, border. */
export class BranchedChain {
  readonly shape: BranchedChainShape;
  readonly size: number;
  /** First index of the branches and of the border in a vector of unknowns. */
  readonly branchStart: number;
  readonly borderStart: number;

  // Entries, to be written before `factorise`.
  readonly scalarLower: Float64Array;
  readonly scalarDiagonal: Float64Array;
  /** The last one couples to u of the first pair. */
  readonly scalarUpper: Float64Array;
  /** 2×2 row-major per pair; of the first pair's only the first column counts (its neighbour is a scalar). */
  readonly pairLower: Float64Array;
  readonly pairDiagonal: Float64Array;
  readonly pairUpper: Float64Array;
  readonly branchLower: Float64Array;
  readonly branchDiagonal: Float64Array;
  readonly branchUpper: Float64Array;
  readonly gS: Float64Array;
  readonly gU: Float64Array;
  readonly gV: Float64Array;
  /** Effect of g on the second row of its pair, and on the last row of its branch. */
  readonly pull: Float64Array;
  push = 0;
  /** Border columns over all rows but the border's own. */
  readonly columns: readonly Float64Array[];
  /** Border rows over the chain (scalars and pairs). */
  readonly rows: readonly Float64Array[];
  /** border × border, row-major. */
  readonly corner: Float64Array;

  private readonly scalarFactor: Float64Array;
  private readonly scalarInverse: Float64Array;
  private readonly pairFactor: Float64Array;
  private readonly pairInverse: Float64Array;
  private readonly branchFactor: Float64Array;
  private readonly branchInverse: Float64Array;
  private readonly response: Float64Array;
  private readonly picked: Float64Array;
  private readonly solved: readonly Float64Array[];
  private readonly columnFilled: Uint8Array;
  private readonly rowFilled: Uint8Array;
  private readonly schur: Float64Array;
  private readonly schurPivot: Int32Array;
  private readonly borderValue: Float64Array;

  constructor(shape: BranchedChainShape) {
    const { scalars, pairs, branch, border, sharedBranch } = shape;
    this.shape = shape;
    const chain = scalars + 2 * pairs;
    this.branchStart = chain;
    this.borderStart = chain + pairs * branch;
    this.size = this.borderStart + border;
    const branchEntries = pairs === 0 ? 0 : sharedBranch ? branch : pairs * branch;
    this.scalarLower = new Float64Array(scalars);
    this.scalarDiagonal = new Float64Array(scalars);
    this.scalarUpper = new Float64Array(scalars);
    this.pairLower = new Float64Array(4 * pairs);
    this.pairDiagonal = new Float64Array(4 * pairs);
    this.pairUpper = new Float64Array(4 * pairs);
    this.branchLower = new Float64Array(branchEntries);
    this.branchDiagonal = new Float64Array(branchEntries);
    this.branchUpper = new Float64Array(branchEntries);
    this.gS = new Float64Array(pairs);
    this.gU = new Float64Array(pairs);
    this.gV = new Float64Array(pairs);
    this.pull = new Float64Array(pairs);
    this.columns = Array.from({ length: border }, () => new Float64Array(this.borderStart));
    this.rows = Array.from({ length: border }, () => new Float64Array(chain));
    this.corner = new Float64Array(border * border);
    this.scalarFactor = new Float64Array(scalars);
    this.scalarInverse = new Float64Array(scalars);
    this.pairFactor = new Float64Array(4 * pairs);
    this.pairInverse = new Float64Array(4 * pairs);
    this.branchFactor = new Float64Array(branchEntries);
    this.branchInverse = new Float64Array(branchEntries);
    this.response = new Float64Array(pairs);
    this.picked = new Float64Array(pairs);
    this.solved = Array.from({ length: border }, () => new Float64Array(this.borderStart));
    this.columnFilled = new Uint8Array(border);
    this.rowFilled = new Uint8Array(border);
    this.schur = new Float64Array(border * border);
    this.schurPivot = new Int32Array(border);
    this.borderValue = new Float64Array(border);
  }

  /** False when a pivot is zero or not finite; the factors are then not to be used. */
  factorise(): boolean {
    return this.factoriseBranches() && this.factoriseChain() && this.factoriseBorder();
  }

  private factoriseBranches(): boolean {
    const { pairs, branch, sharedBranch } = this.shape;
    const { branchLower, branchDiagonal, branchUpper, branchFactor, branchInverse } = this;
    const matrices = pairs === 0 ? 0 : sharedBranch ? 1 : pairs;
    for (let k = 0; k < matrices; k++) {
      const first = k * branch;
      let inverse = 1 / branchDiagonal[first]!;
      branchInverse[first] = inverse;
      for (let i = first + 1; i < first + branch; i++) {
        const factor = branchLower[i]! * inverse;
        branchFactor[i] = factor;
        inverse = 1 / (branchDiagonal[i]! - factor * branchUpper[i - 1]!);
        branchInverse[i] = inverse;
      }
      if (!Number.isFinite(inverse)) return false;
    }
    for (let k = 0; k < pairs; k++) {
      const last = (sharedBranch ? 0 : k * branch) + branch - 1;
      const unit = this.push * branchInverse[last]!;
      const before = -branchUpper[last - 1]! * unit * branchInverse[last - 1]!;
      this.response[k] = 1 / (1 + this.gS[k]! * (LAST_WEIGHT * unit + BEFORE_LAST_WEIGHT * before));
    }
    return true;
  }

  private factoriseChain(): boolean {
    const { scalars, pairs } = this.shape;
    const { scalarLower, scalarDiagonal, scalarUpper, scalarFactor, scalarInverse } = this;
    let inverse = 0;
    for (let k = 0; k < scalars; k++) {
      const factor = k === 0 ? 0 : scalarLower[k]! * inverse;
      scalarFactor[k] = factor;
      inverse = 1 / (scalarDiagonal[k]! - (k === 0 ? 0 : factor * scalarUpper[k - 1]!));
      scalarInverse[k] = inverse;
    }
    if (scalars > 0 && !Number.isFinite(inverse)) return false;
    if (pairs === 0) return true;
    const { pairLower, pairDiagonal, pairUpper, pairFactor, pairInverse, gU, gV, pull, response } = this;
    let determinant = 1;
    for (let k = 0; k < pairs; k++) {
      const o = 4 * k;
      const coupling = pull[k]! * response[k]!;
      let d00 = pairDiagonal[o]!;
      let d01 = pairDiagonal[o + 1]!;
      let d10 = pairDiagonal[o + 2]! + coupling * gU[k]!;
      let d11 = pairDiagonal[o + 3]! + coupling * gV[k]!;
      if (k === 0) {
        const f0 = pairLower[0]! * inverse;
        const f1 = pairLower[2]! * inverse;
        pairFactor[0] = f0;
        pairFactor[2] = f1;
        const r = scalars > 0 ? scalarUpper[scalars - 1]! : 0;
        d00 -= f0 * r;
        d10 -= f1 * r;
      } else {
        const p = o - 4;
        const i00 = pairInverse[p]!;
        const i01 = pairInverse[p + 1]!;
        const i10 = pairInverse[p + 2]!;
        const i11 = pairInverse[p + 3]!;
        const l00 = pairLower[o]!;
        const l01 = pairLower[o + 1]!;
        const l10 = pairLower[o + 2]!;
        const l11 = pairLower[o + 3]!;
        const f00 = l00 * i00 + l01 * i10;
        const f01 = l00 * i01 + l01 * i11;
        const f10 = l10 * i00 + l11 * i10;
        const f11 = l10 * i01 + l11 * i11;
        pairFactor[o] = f00;
        pairFactor[o + 1] = f01;
        pairFactor[o + 2] = f10;
        pairFactor[o + 3] = f11;
        const r00 = pairUpper[p]!;
        const r01 = pairUpper[p + 1]!;
        const r10 = pairUpper[p + 2]!;
        const r11 = pairUpper[p + 3]!;
        d00 -= f00 * r00 + f01 * r10;
        d01 -= f00 * r01 + f01 * r11;
        d10 -= f10 * r00 + f11 * r10;
        d11 -= f10 * r01 + f11 * r11;
      }
      determinant = 1 / (d00 * d11 - d01 * d10);
      pairInverse[o] = d11 * determinant;
      pairInverse[o + 1] = -d01 * determinant;
      pairInverse[o + 2] = -d10 * determinant;
      pairInverse[o + 3] = d00 * determinant;
    }
    return Number.isFinite(determinant) && Number.isFinite(pairInverse[4 * pairs - 1]!);
  }

  private factoriseBorder(): boolean {
    const { border } = this.shape;
    const { schur, schurPivot, corner, solved, columns, rows, columnFilled, rowFilled } = this;
    if (border === 0) return true;
    // A quadrature, say, appears in no other row, and a given current depends on nothing: empty columns and rows cost nothing.
    for (let j = 0; j < border; j++) {
      rowFilled[j] = holdsAny(rows[j]!);
      columnFilled[j] = holdsAny(columns[j]!);
    }
    for (let j = 0; j < border; j++) {
      for (let i = 0; i < border; i++) schur[i * border + j] = corner[i * border + j]!;
      if (columnFilled[j] === 0) continue;
      const z = solved[j]!;
      z.set(columns[j]!);
      this.solveWithoutBorder(z);
      for (let i = 0; i < border; i++) schur[i * border + j]! -= this.rowTimes(i, z);
    }
    for (let k = 0; k < border; k++) {
      let best = k;
      for (let i = k + 1; i < border; i++) {
        if (Math.abs(schur[i * border + k]!) > Math.abs(schur[best * border + k]!)) best = i;
      }
      schurPivot[k] = best;
      if (best !== k) {
        for (let j = 0; j < border; j++) {
          const swap = schur[k * border + j]!;
          schur[k * border + j] = schur[best * border + j]!;
          schur[best * border + j] = swap;
        }
      }
      const pivot = schur[k * border + k]!;
      if (pivot === 0 || !Number.isFinite(pivot)) return false;
      for (let i = k + 1; i < border; i++) {
        const factor = schur[i * border + k]! / pivot;
        schur[i * border + k] = factor;
        for (let j = k + 1; j < border; j++) schur[i * border + j]! -= factor * schur[k * border + j]!;
      }
    }
    return true;
  }

  /** Border row i times a vector over the chain. */
  private rowTimes(i: number, x: Float64Array): number {
    if (this.rowFilled[i] === 0) return 0;
    const row = this.rows[i]!;
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += row[k]! * x[k]!;
    return sum;
  }

  /** Overwrite b with the solution. */
  solveInPlace(b: Float64Array): void {
    this.solveWithoutBorder(b);
    const { border } = this.shape;
    if (border === 0) return;
    const { borderValue, borderStart, schur, schurPivot, solved, columnFilled } = this;
    for (let i = 0; i < border; i++) borderValue[i] = b[borderStart + i]! - this.rowTimes(i, b);
    for (let k = 0; k < border; k++) {
      const p = schurPivot[k]!;
      if (p !== k) {
        const swap = borderValue[k]!;
        borderValue[k] = borderValue[p]!;
        borderValue[p] = swap;
      }
    }
    for (let i = 1; i < border; i++) {
      for (let j = 0; j < i; j++) borderValue[i]! -= schur[i * border + j]! * borderValue[j]!;
    }
    for (let i = border - 1; i >= 0; i--) {
      for (let j = i + 1; j < border; j++) borderValue[i]! -= schur[i * border + j]! * borderValue[j]!;
      borderValue[i]! /= schur[i * border + i]!;
    }
    for (let j = 0; j < border; j++) {
      const value = borderValue[j]!;
      b[borderStart + j] = value;
      if (value === 0 || columnFilled[j] === 0) continue;
      const z = solved[j]!;
      for (let k = 0; k < borderStart; k++) b[k]! -= value * z[k]!;
    }
  }

  /** Chain and branches alone; entries of b beyond them are left as they are. */
  private solveWithoutBorder(b: Float64Array): void {
    const { scalars, pairs, branch, sharedBranch } = this.shape;
    const { branchFactor, branchInverse, branchUpper, picked, branchStart } = this;
    const { scalarFactor, scalarInverse, scalarUpper, pairFactor, pairInverse, pairUpper } = this;
    const { gS, gU, gV, pull, response, push } = this;
    if (sharedBranch) this.sweepForwards(b);
    else {
      for (let k = 0; k < pairs; k++) {
        const o = k * branch;
        const first = branchStart + o;
        let value = b[first]!;
        for (let i = 1; i < branch; i++) {
          value = b[first + i]! - branchFactor[o + i]! * value;
          b[first + i] = value;
        }
      }
    }
    for (let k = 0; k < pairs; k++) {
      const end = (sharedBranch ? 0 : k * branch) + branch - 1;
      const at = branchStart + (k + 1) * branch - 1;
      const last = b[at]! * branchInverse[end]!;
      const before = (b[at - 1]! - branchUpper[end - 1]! * last) * branchInverse[end - 1]!;
      picked[k] = gS[k]! * (LAST_WEIGHT * last + BEFORE_LAST_WEIGHT * before) * response[k]!;
    }
    // Chain, forwards.
    for (let k = 1; k < scalars; k++) b[k]! -= scalarFactor[k]! * b[k - 1]!;
    for (let k = 0; k < pairs; k++) {
      const o = 4 * k;
      const at = scalars + 2 * k;
      let u = b[at]!;
      let v = b[at + 1]! - pull[k]! * picked[k]!;
      if (k === 0) {
        const before = scalars > 0 ? b[scalars - 1]! : 0;
        u -= pairFactor[0]! * before;
        v -= pairFactor[2]! * before;
      } else {
        const u0 = b[at - 2]!;
        const v0 = b[at - 1]!;
        u -= pairFactor[o]! * u0 + pairFactor[o + 1]! * v0;
        v -= pairFactor[o + 2]! * u0 + pairFactor[o + 3]! * v0;
      }
      b[at] = u;
      b[at + 1] = v;
    }
    // Chain, backwards.
    let uNext = 0;
    let vNext = 0;
    for (let k = pairs - 1; k >= 0; k--) {
      const o = 4 * k;
      const at = scalars + 2 * k;
      let u = b[at]!;
      let v = b[at + 1]!;
      if (k < pairs - 1) {
        u -= pairUpper[o]! * uNext + pairUpper[o + 1]! * vNext;
        v -= pairUpper[o + 2]! * uNext + pairUpper[o + 3]! * vNext;
      }
      uNext = pairInverse[o]! * u + pairInverse[o + 1]! * v;
      vNext = pairInverse[o + 2]! * u + pairInverse[o + 3]! * v;
      b[at] = uNext;
      b[at + 1] = vNext;
    }
    for (let k = scalars - 1; k >= 0; k--) {
      uNext = (b[k]! - scalarUpper[k]! * uNext) * scalarInverse[k]!;
      b[k] = uNext;
    }
    // Branches, backwards, now that their currents are known.
    for (let k = 0; k < pairs; k++) {
      const at = scalars + 2 * k;
      const g = picked[k]! + (gU[k]! * b[at]! + gV[k]! * b[at + 1]!) * response[k]!;
      const end = (sharedBranch ? 0 : k * branch) + branch - 1;
      const last = branchStart + (k + 1) * branch - 1;
      b[last] = (b[last]! - push * g) * branchInverse[end]!;
    }
    if (sharedBranch) this.sweepBackwards(b);
    else {
      for (let k = 0; k < pairs; k++) {
        const o = k * branch;
        const first = branchStart + o;
        let value = b[first + branch - 1]!;
        for (let i = branch - 2; i >= 0; i--) {
          value = (b[first + i]! - branchUpper[o + i]! * value) * branchInverse[o + i]!;
          b[first + i] = value;
        }
      }
    }
  }

  // One matrix for all branches: four are swept at a time, which shares its entries and keeps one recurrence from waiting for
  // its own last result.

  private sweepForwards(b: Float64Array): void {
    const { pairs, branch } = this.shape;
    const { branchFactor, branchStart } = this;
    let k = 0;
    for (; k + 3 < pairs; k += 4) {
      const f0 = branchStart + k * branch;
      const f1 = f0 + branch;
      const f2 = f1 + branch;
      const f3 = f2 + branch;
      let v0 = b[f0]!;
      let v1 = b[f1]!;
      let v2 = b[f2]!;
      let v3 = b[f3]!;
      for (let i = 1; i < branch; i++) {
        const factor = branchFactor[i]!;
        v0 = b[f0 + i]! - factor * v0;
        v1 = b[f1 + i]! - factor * v1;
        v2 = b[f2 + i]! - factor * v2;
        v3 = b[f3 + i]! - factor * v3;
        b[f0 + i] = v0;
        b[f1 + i] = v1;
        b[f2 + i] = v2;
        b[f3 + i] = v3;
      }
    }
    for (; k < pairs; k++) {
      const first = branchStart + k * branch;
      let value = b[first]!;
      for (let i = 1; i < branch; i++) {
        value = b[first + i]! - branchFactor[i]! * value;
        b[first + i] = value;
      }
    }
  }

  private sweepBackwards(b: Float64Array): void {
    const { pairs, branch } = this.shape;
    const { branchUpper, branchInverse, branchStart } = this;
    let k = 0;
    for (; k + 3 < pairs; k += 4) {
      const f0 = branchStart + k * branch;
      const f1 = f0 + branch;
      const f2 = f1 + branch;
      const f3 = f2 + branch;
      let v0 = b[f0 + branch - 1]!;
      let v1 = b[f1 + branch - 1]!;
      let v2 = b[f2 + branch - 1]!;
      let v3 = b[f3 + branch - 1]!;
      for (let i = branch - 2; i >= 0; i--) {
        const upper = branchUpper[i]!;
        const inverse = branchInverse[i]!;
        v0 = (b[f0 + i]! - upper * v0) * inverse;
        v1 = (b[f1 + i]! - upper * v1) * inverse;
        v2 = (b[f2 + i]! - upper * v2) * inverse;
        v3 = (b[f3 + i]! - upper * v3) * inverse;
        b[f0 + i] = v0;
        b[f1 + i] = v1;
        b[f2 + i] = v2;
        b[f3 + i] = v3;
      }
    }
    for (; k < pairs; k++) {
      const first = branchStart + k * branch;
      let value = b[first + branch - 1]!;
      for (let i = branch - 2; i >= 0; i--) {
        value = (b[first + i]! - branchUpper[i]! * value) * branchInverse[i]!;
        b[first + i] = value;
      }
    }
  }
}

function holdsAny(values: Float64Array): number {
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) return 1;
  return 0;
}

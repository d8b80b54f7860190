// Eigenvalues of a small symmetric matrix by Jacobi's rotations, accurate also for the small ones.

import { hypot } from './elementary.ts';

const SWEEPS_MAX = 50;

export interface SymmetricEigen {
  /** Upwards. */
  readonly values: Float64Array;
  /** The k-th run of n numbers is the unit vector of the k-th value. */
  readonly vectors: Float64Array;
}

/** `A` row by row, n×n, symmetric; it is left as it is. */
export function symmetricEigen(A: Float64Array, n: number): SymmetricEigen {
  const a = A.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep++) {
    let largest = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = a[p * n + q]!;
        const size = Math.sqrt(Math.abs(a[p * n + p]! * a[q * n + q]!));
        largest = Math.max(largest, Math.abs(off) / (size || 1));
        if (off !== 0) rotate(a, v, n, p, q);
      }
    }
    if (largest < 1e-16) break;
  }
  const order = Array.from({ length: n }, (_, k) => k).sort((i, k) => a[i * n + i]! - a[k * n + k]!);
  const vectors = new Float64Array(n * n);
  for (const [k, i] of order.entries()) vectors.set(v.subarray(i * n, (i + 1) * n), k * n);
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors };
}

/** The rotation that makes a_pq zero. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * a[p * n + q]!);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + hypot(theta, 1));
  const c = 1 / hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [kp, kq] = [a[k * n + p]!, a[k * n + q]!];
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const [pk, qk] = [a[p * n + k]!, a[q * n + k]!];
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const [vp, vq] = [v[p * n + k]!, v[q * n + k]!];
    v[p * n + k] = c * vp - s * vq;
    v[q * n + k] = s * vp + c * vq;
  }
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}

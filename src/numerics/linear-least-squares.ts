// Linear least squares by Householder's reflections, which keep the digits that normal equations square away.

/** A diagonal below this share of the largest means a column that is a sum of others. */
const RANK_MIN = 1e-14;

/**
 * x of least |A·x − b|². `A` column by column, m×n with m ≥ n; `A` and `b` are overwritten, b with the residual in turned axes. A column that
 * is a sum of those before it gets 0.
 */
export function linearLeastSquaresInPlace(A: Float64Array, b: Float64Array, m: number, n: number): Float64Array {
  const diagonal = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const own = k * m;
    let square = 0;
    for (let i = k; i < m; i++) square += A[own + i]! * A[own + i]!;
    const alpha = A[own + k]! > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    diagonal[k] = alpha;
    if (alpha === 0) continue;
    A[own + k]! -= alpha;
    // vᵀv/2 = α² − α·a_kk.
    const half = -alpha * A[own + k]!;
    for (let j = k + 1; j < n; j++) {
      const other = j * m;
      let dot = 0;
      for (let i = k; i < m; i++) dot += A[own + i]! * A[other + i]!;
      dot /= half;
      for (let i = k; i < m; i++) A[other + i]! -= dot * A[own + i]!;
    }
    let dot = 0;
    for (let i = k; i < m; i++) dot += A[own + i]! * b[i]!;
    dot /= half;
    for (let i = k; i < m; i++) b[i]! -= dot * A[own + i]!;
  }
  let largest = 0;
  for (let k = 0; k < n; k++) largest = Math.max(largest, Math.abs(diagonal[k]!));
  const x = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) {
    if (Math.abs(diagonal[k]!) <= RANK_MIN * largest) continue;
    let sum = b[k]!;
    for (let j = k + 1; j < n; j++) sum -= A[j * m + k]! * x[j]!;
    x[k] = sum / diagonal[k]!;
  }
  return x;
}

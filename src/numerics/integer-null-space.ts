// What a matrix of whole numbers maps to zero, in whole numbers: Gaussian elimination without fractions and without rounding.

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** Divide by what all entries share, so that numbers stay small. */
function reduce(row: bigint[]): void {
  const shared = row.reduce((a, b) => gcd(a, b), 0n);
  if (shared > 1n) for (let j = 0; j < row.length; j++) row[j]! /= shared;
}

/** A basis of the null space of `matrix` (rows of equal length), each vector in smallest whole numbers. */
export function integerNullSpace(
  matrix: readonly (readonly bigint[])[],
  width: number,
): readonly (readonly bigint[])[] {
  const rows = matrix.map((row) => [...row]);
  const pivotColumns: number[] = [];
  let rank = 0;
  for (let column = 0; column < width && rank < rows.length; column++) {
    const at = rows.findIndex((row, i) => i >= rank && row[column] !== 0n);
    if (at < 0) continue;
    [rows[rank], rows[at]] = [rows[at]!, rows[rank]!];
    const chosen = rows[rank]!;
    reduce(chosen);
    for (const row of rows) {
      const factor = row[column]!;
      if (row === chosen || factor === 0n) continue;
      for (let j = 0; j < width; j++) row[j] = row[j]! * chosen[column]! - chosen[j]! * factor;
      // A row was multiplied by the pivot, so the pivot's sign comes along; the null space does not mind.
      reduce(row);
    }
    pivotColumns.push(column);
    rank += 1;
  }
  const free = Array.from({ length: width }, (_, j) => j).filter((j) => !pivotColumns.includes(j));
  return free.map((column) => {
    const pivots = pivotColumns.map((pivotColumn, i) => rows[i]![pivotColumn]!);
    const common = pivots.reduce((a, b) => (a * (b < 0n ? -b : b)) / gcd(a, b), 1n);
    const vector = Array.from({ length: width }, () => 0n);
    vector[column] = common;
    pivotColumns.forEach((pivotColumn, i) => {
      vector[pivotColumn] = (-rows[i]![column]! * common) / pivots[i]!;
    });
    reduce(vector);
    return vector;
  });
}

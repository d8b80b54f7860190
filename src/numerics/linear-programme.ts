// Linear programmes that come with a feasible start: minimise c·x with A·x = b and x ≥ 0, where the first columns of A are those
// of the identity. The simplex method on a dense tableau; the rule of Bland (the first column that gains, the first row that
// binds) cannot run in circles, so an optimum is always reached. For some tens of rows and hundreds of columns.

export interface LinearProgramme {
  /** b ≥ 0, one for each row; also the value of the first columns at the start. */
  readonly amounts: readonly number[];
  /** Columns of A after the identity, each with as many entries as there are rows. */
  readonly columns: readonly (readonly number[])[];
  /** Costs of the columns after the identity; the identity costs `startCosts` or nothing. */
  readonly costs: readonly number[];
  readonly startCosts?: readonly number[];
}

export interface LinearOptimum {
  /** Values of the columns of the identity. */
  readonly start: Float64Array;
  /** Values of the other columns. */
  readonly x: Float64Array;
  readonly cost: number;
  readonly pivots: number;
}

export type LinearOutcome =
  | ({ readonly kind: 'optimum' } & LinearOptimum)
  /** The cost falls without end along column `column`. */
  | { readonly kind: 'unbounded'; readonly column: number };

const PIVOTS_MAX = 100_000;
/** Gains and entries below this share of the largest are rounding. */
const TINY = 1e-11;

export function minimiseLinear({ amounts, columns, costs, startCosts }: LinearProgramme): LinearOutcome {
  const rows = amounts.length;
  const width = rows + columns.length;
  if (amounts.some((amount) => !(amount >= 0))) throw new Error('assert: a linear programme starts from amounts ≥ 0');
  const tableau = amounts.map((amount, i) => {
    const row = new Float64Array(width + 1);
    row[i] = 1;
    for (let j = 0; j < columns.length; j++) row[rows + j] = columns[j]![i]!;
    row[width] = amount;
    return row;
  });
  // The last row holds what each column would cost beyond the present basis.
  const reduced = new Float64Array(width + 1);
  for (let j = 0; j < columns.length; j++) reduced[rows + j] = costs[j]!;
  for (let i = 0; i < rows; i++) {
    const cost = startCosts?.[i] ?? 0;
    reduced[i]! += cost;
    for (let j = 0; j <= width; j++) reduced[j]! -= cost * tableau[i]![j]!;
  }
  const basis = amounts.map((_amount, i) => i);
  const scale = Math.max(1e-300, ...costs.map(Math.abs), ...(startCosts ?? []).map(Math.abs));

  let pivots = 0;
  for (; pivots < PIVOTS_MAX; pivots++) {
    let entering = -1;
    for (let j = 0; j < width && entering < 0; j++) if (reduced[j]! < -TINY * scale) entering = j;
    if (entering < 0) break;
    let leaving = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < rows; i++) {
      const entry = tableau[i]![entering]!;
      if (entry <= TINY) continue;
      const ratio = tableau[i]![width]! / entry;
      if (ratio < least || (ratio === least && basis[i]! < basis[leaving]!)) {
        least = ratio;
        leaving = i;
      }
    }
    if (leaving < 0) return { kind: 'unbounded', column: entering - rows };
    pivot(tableau, reduced, leaving, entering);
    basis[leaving] = entering;
  }
  if (pivots === PIVOTS_MAX) throw new Error('assert: the simplex method ran past its bound');

  const start = new Float64Array(rows);
  const x = new Float64Array(columns.length);
  for (let i = 0; i < rows; i++) {
    const j = basis[i]!;
    const value = Math.max(0, tableau[i]![width]!);
    if (j < rows) start[j] = value;
    else x[j - rows] = value;
  }
  return { kind: 'optimum', start, x, cost: -reduced[width]!, pivots };
}

function pivot(tableau: readonly Float64Array[], reduced: Float64Array, row: number, column: number): void {
  const chosen = tableau[row]!;
  const divisor = chosen[column]!;
  for (let j = 0; j < chosen.length; j++) chosen[j]! /= divisor;
  chosen[column] = 1;
  for (const other of [...tableau, reduced]) {
    const factor = other[column]!;
    if (other === chosen || factor === 0) continue;
    for (let j = 0; j < other.length; j++) other[j]! -= factor * chosen[j]!;
    other[column] = 0;
  }
}

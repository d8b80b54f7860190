// Whether a reaction keeps its elements, what is missing if not, and the coefficients that would balance it if only one set can.

import type { ElementCounts } from '../materials/index.ts';
import { integerNullSpace, power } from '../numerics/index.ts';

/** Coefficients may be rounded to six digits, as those of thirds are when they are printed. */
const BALANCE_TOLERANCE = 1e-5;
/** Decimals of a formula that count: Fe0.947O has three. */
const FORMULA_DECIMALS = 6;

export interface Imbalance {
  readonly element: string;
  readonly left: number;
  readonly right: number;
}

interface Counted {
  readonly elements: ElementCounts;
  readonly coefficient: number;
}

function totals(terms: readonly Counted[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { elements, coefficient } of terms) {
    for (const [element, count] of Object.entries(elements)) {
      sums.set(element, (sums.get(element) ?? 0) + coefficient * count);
    }
  }
  return sums;
}

/** Elements that one side has more of than the other; empty for a balanced reaction. */
export function imbalances(left: readonly Counted[], right: readonly Counted[]): readonly Imbalance[] {
  const [onLeft, onRight] = [totals(left), totals(right)];
  const found: Imbalance[] = [];
  for (const element of new Set([...onLeft.keys(), ...onRight.keys()])) {
    const [l, r] = [onLeft.get(element) ?? 0, onRight.get(element) ?? 0];
    if (Math.abs(l - r) > BALANCE_TOLERANCE * Math.max(l, r)) found.push({ element, left: l, right: r });
  }
  return found;
}

/**
 * Smallest whole coefficients, left then right, that balance the substances; undefined where none or more than one set does, or
 * where a substance would have to change sides.
 */
export function balance(
  left: readonly ElementCounts[],
  right: readonly ElementCounts[],
): readonly number[] | undefined {
  const all = [...left, ...right];
  const elements = [...new Set(all.flatMap((counts) => Object.keys(counts)))];
  const scale = power(10, FORMULA_DECIMALS);
  const matrix = elements.map((element) =>
    all.map((counts, k) => BigInt(Math.round((counts[element] ?? 0) * scale)) * (k < left.length ? 1n : -1n)),
  );
  const [only, ...others] = integerNullSpace(matrix, all.length);
  if (only === undefined || others.length > 0) return undefined;
  const sign = only[0]! < 0n ? -1n : 1n;
  const coefficients = only.map((value) => Number(value * sign));
  return coefficients.every((value) => value > 0 && Number.isSafeInteger(value)) ? coefficients : undefined;
}

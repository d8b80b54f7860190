// Functions of one variable with exact slopes, evaluated for many points at once: open-circuit potentials, entropic
// coefficients and diffusivities against stoichiometry, conductivities against concentration.

import { compileExpression, type Expression, parseExpression } from '../../numerics/index.ts';
import { InputError } from '../../units/index.ts';
import { namedScalarFunction } from './open-circuit.ts';

export interface ScalarFunction {
  readonly name: string;
  /** For k < n, y[k] = f(x[k]) and dydx[k] = f′(x[k]). Allocates nothing. */
  evaluateInto(n: number, x: Float64Array, y: Float64Array, dydx: Float64Array): void;
}

/** A function as plain data: a number, a built-in name, a formula in x, or a table. */
export type ScalarFunctionChoice =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'formula'; readonly formula: string }
  | { readonly kind: 'table'; readonly x: readonly number[]; readonly y: readonly number[] };

/** The function that the data describe. @throws InputError for an unknown name, a formula that does not parse or an unusable table. */
export function scalarFunction(choice: ScalarFunctionChoice): ScalarFunction {
  switch (choice.kind) {
    case 'constant':
      return constantScalar(choice.value);
    case 'named': {
      const named = namedScalarFunction(choice.name);
      if (named === undefined) {
        throw new InputError([{ where: '', found: `the function "${choice.name}"`, wanted: 'a built-in function' }]);
      }
      return named;
    }
    case 'formula': {
      const parsed = parseExpression(choice.formula);
      if (!parsed.ok) {
        const where = `formula, character ${parsed.position + 1}`;
        throw new InputError([{ where, found: choice.formula, wanted: 'a formula in x', hint: parsed.message }]);
      }
      return formulaScalar(parsed.expression, choice.formula);
    }
    case 'table':
      return tableScalar(choice.x, choice.y);
  }
}

export function constantScalar(value: number): ScalarFunction {
  return {
    name: String(value),
    evaluateInto(n, _x, y, dydx) {
      for (let k = 0; k < n; k++) {
        y[k] = value;
        dydx[k] = 0;
      }
    },
  };
}

/** A parsed formula in x; its derivative is exact. Outside its domain (log of a negative number) it gives NaN. */
export function formulaScalar(expression: Expression, name = 'formula'): ScalarFunction {
  return { name, evaluateInto: compileExpression(expression) };
}

/**
 * Linear interpolation through (x, y), as BPX defines its tables; beyond either end the last segment goes on. A measured
 * table is passed through exactly and never overshot; its slope jumps at the points.
 *
 * @throws InputError unless both lists have the same length, at least two finite points, and x strictly increasing.
 */
export function tableScalar(x: readonly number[], y: readonly number[], name = 'table'): ScalarFunction {
  const fault = tableFault(x, y);
  if (fault !== null) throw new InputError([fault]);
  const xs = Float64Array.from(x);
  const ys = Float64Array.from(y);
  const last = xs.length - 2;
  return {
    name,
    evaluateInto(n, at, out, dydx) {
      let segment = 0;
      for (let k = 0; k < n; k++) {
        const v = at[k]!;
        // Neighbouring nodes mostly share a segment; else bisect.
        if (!(v >= xs[segment]! && v <= xs[segment + 1]!)) segment = segmentOf(xs, v, last);
        const slope = (ys[segment + 1]! - ys[segment]!) / (xs[segment + 1]! - xs[segment]!);
        out[k] = ys[segment]! + slope * (v - xs[segment]!);
        dydx[k] = slope;
      }
    },
  };
}

/** The segment of `v`: the first for anything below, the last for anything above (and for NaN). */
function segmentOf(xs: Float64Array, v: number, last: number): number {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (v <= xs[middle + 1]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

function tableFault(x: readonly number[], y: readonly number[]) {
  const where = 'table';
  if (x.length !== y.length) {
    return { where, found: `${x.length} values of x and ${y.length} of y`, wanted: 'as many of one as of the other' };
  }
  if (x.length < 2) return { where, found: `${x.length} points`, wanted: 'at least 2 points' };
  const bad = x.findIndex((v, k) => !(Number.isFinite(v) && Number.isFinite(y[k]!)));
  if (bad >= 0) return { where, found: `(${x[bad]}, ${y[bad]}) at point ${bad + 1}`, wanted: 'finite numbers' };
  const fall = x.findIndex((v, k) => k > 0 && v <= x[k - 1]!);
  if (fall > 0) return { where, found: `x = ${x[fall]} after ${x[fall - 1]}`, wanted: 'x strictly increasing' };
  return null;
}

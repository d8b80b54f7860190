// Open-circuit potentials of insertion cathodes against lithium, as functions of the stoichiometry x (1 = full of lithium),
// at 298.15 K, with their exact slopes. The coefficients are those of the papers named.

import { exp, log1p, tanh } from '../../numerics/index.ts';
import type { ScalarFunction } from './scalar-function.ts';

interface OpenCircuit extends ScalarFunction {
  readonly source: string;
}

/** LiFePO4: U = 3.4077 − 0.020269·x + 0.5·e^{−150x} − 0.9·e^{−30(1−x)}, V. */
const lfp: OpenCircuit = {
  name: 'lfp-afshar2017',
  source: 'Afshar et al. 2017, arXiv:1709.03970',
  evaluateInto(n, x, y, dydx) {
    for (let k = 0; k < n; k++) {
      const v = x[k]!;
      const rise = 0.5 * exp(-150 * v);
      const fall = 0.9 * exp(-30 * (1 - v));
      y[k] = 3.4077 - 0.020269 * v + rise - fall;
      dydx[k] = -0.020269 - 150 * rise - 30 * fall;
    }
  },
};

/**
 * LiNi0.5Mn0.3Co0.2O2: a quintic minus 0.5623e-4·e^{109.451x − 100.006}, V. The half-cell set Xu2019 carries it under its own
 * name, but the coefficients are those of Mohtat et al. 2020.
 */
const nmc532: OpenCircuit = {
  name: 'nmc532-mohtat2020',
  source: 'Mohtat et al. 2020, 10.1149/1945-7111/aba5d1',
  evaluateInto(n, x, y, dydx) {
    for (let k = 0; k < n; k++) {
      const v = x[k]!;
      const fall = 0.5623e-4 * exp(109.451 * v - 100.006);
      y[k] = 4.3452 + v * (-1.6518 + v * (1.6225 + v * (-2.0843 + v * (3.5146 - 2.2166 * v)))) - fall;
      dydx[k] = -1.6518 + v * (3.245 + v * (-6.2529 + v * (14.0584 - 11.083 * v))) - 109.451 * fall;
    }
  },
};

/** LiNi0.8Mn0.1Co0.1O2 of the LG M50: a line and three steps in tanh, V. */
const nmc811: OpenCircuit = {
  name: 'nmc811-chen2020',
  source: 'Chen et al. 2020, 10.1149/1945-7111/ab9050',
  evaluateInto(n, x, y, dydx) {
    for (let k = 0; k < n; k++) {
      const v = x[k]!;
      const a = tanh(18.5138 * (v - 0.5542));
      const b = tanh(15.789 * (v - 0.3117));
      const c = tanh(15.9308 * (v - 0.312));
      y[k] = 4.4875 - 0.809 * v - 0.0428 * a - 17.7326 * b + 17.5842 * c;
      dydx[k] =
        -0.809 - 0.0428 * 18.5138 * (1 - a * a) - 17.7326 * 15.789 * (1 - b * b) + 17.5842 * 15.9308 * (1 - c * c);
    }
  },
};

/** LiCoO2: steps in tanh of the stretched stoichiometry s = 1.062·x, V. */
const lco: OpenCircuit = {
  name: 'lco-marquis2019',
  source: 'Marquis et al. 2019, 10.1149/2.0341915jes, after Dualfoil (1998)',
  evaluateInto(n, x, y, dydx) {
    for (let k = 0; k < n; k++) {
      const s = 1.062 * x[k]!;
      const a = tanh(30.834 - 54.4806 * s);
      const b = tanh(52.294 - 50.294 * s);
      const c = tanh(11.0923 - 19.8543 * s);
      const d = tanh(1.4684 - 5.4888 * s);
      const e = tanh((0.56478 - s) / 0.1316);
      const f = tanh((s - 0.525) / 0.006);
      y[k] = 2.16216 + 0.07645 * a + 2.1581 * b - 0.14169 * c + 0.2051 * d + 0.2531 * e - 0.02167 * f;
      dydx[k] =
        1.062 *
        (-0.07645 * 54.4806 * (1 - a * a) -
          2.1581 * 50.294 * (1 - b * b) +
          0.14169 * 19.8543 * (1 - c * c) -
          0.2051 * 5.4888 * (1 - d * d) -
          (0.2531 / 0.1316) * (1 - e * e) -
          (0.02167 / 0.006) * (1 - f * f));
    }
  },
};

/** All built-in open-circuit potentials with their sources. */
export const openCircuitPotentials: readonly OpenCircuit[] = [lfp, nmc532, nmc811, lco];

/** The built-in function of this name; undefined when there is none. */
export function namedScalarFunction(name: string): ScalarFunction | undefined {
  return openCircuitPotentials.find((fn) => fn.name === name);
}

/** Stoichiometries are read at no less than this, and at no more than 1 minus this. */
const STOICHIOMETRY_MARGIN = 1e-10;

/** PyBaMM's guard: A·ln(1 + e^{−B(x − C)}) − A·ln(1 + e^{−B(1 − x − C)}), which lifts U near x = 0 and drops it near x = 1. */
const GUARD_V = 205.0568621937484;
const GUARD_STEEPNESS = 6910.192179565431;
const GUARD_OFFSET = -7.7e-4;

/**
 * What U falls by above x = 1, and rises by below x = 0, V per square of the distance: a node that is full takes no more at
 * any voltage of a cell, since 3 V are spent 0.006 beyond.
 */
const WALL_V = 1e5;

/**
 * An open-circuit potential that may be asked anything: outside [1e-10, 1 − 1e-10] the function keeps its value at the margin,
 * and a wall U ∓ 1e5 V·(distance from 0 or 1)² stands outside [0, 1]. With `guardTerms` the guard of the reference half-cell is added; it reads x as given, so its slope drives an
 * iterate beyond the margin back. Between x = 0.01 and 0.99 the guard is below 1e-20 V.
 */
export function guardedOpenCircuit(
  fn: ScalarFunction,
  options: { readonly guardTerms?: boolean } = {},
): ScalarFunction {
  const guardTerms = options.guardTerms ?? false;
  let held = new Float64Array(64);
  return {
    name: fn.name,
    evaluateInto(n, x, y, dydx) {
      if (held.length < n) held = new Float64Array(2 * n);
      for (let k = 0; k < n; k++) held[k] = Math.min(Math.max(x[k]!, STOICHIOMETRY_MARGIN), 1 - STOICHIOMETRY_MARGIN);
      fn.evaluateInto(n, held, y, dydx);
      for (let k = 0; k < n; k++) {
        const v = x[k]!;
        if (held[k] !== v) {
          const beyond = v > 1 ? v - 1 : Math.min(v, 0);
          y[k]! -= guardTerms ? 0 : WALL_V * beyond * Math.abs(beyond);
          dydx[k] = guardTerms ? 0 : -2 * WALL_V * Math.abs(beyond);
        }
        if (guardTerms && !(v > 0.01 && v < 0.99)) {
          const empty = -GUARD_STEEPNESS * (v - GUARD_OFFSET);
          const full = -GUARD_STEEPNESS * (1 - v - GUARD_OFFSET);
          y[k] = y[k]! + GUARD_V * (softplus(empty) - softplus(full));
          dydx[k] = dydx[k]! - GUARD_V * GUARD_STEEPNESS * (logistic(empty) + logistic(full));
        }
      }
    },
  };
}

/** ln(1 + e^z) without overflow. */
function softplus(z: number): number {
  return z > 0 ? z + log1p(exp(-z)) : log1p(exp(z));
}

/** 1/(1 + e^−z), the slope of softplus. */
function logistic(z: number): number {
  return 1 / (1 + exp(-z));
}

// What the parts of a cell answer to a small alternating current, from the same quantities as their laws in time: spec §5, E11. All
// per area, Ω m² and F/m²; ω in rad/s. At ω → 0 each becomes the slope of its law for direct current.

import {
  type Complex,
  complex,
  complexPower,
  product,
  quotient,
  reciprocal,
  scaled,
  sum,
} from '../../numerics/index.ts';
import { tanhOverRootInto } from './hyperbolic.ts';

/** 2018 CODATA. */
export const VACUUM_PERMITTIVITY_F_per_m = 8.8541878128e-12;

/** C = ε0·ε_r/L, F/m² of real area: a film between two conductors. */
export function layerCapacitance_F_per_m2(thickness_m: number, permittivity: number): number {
  return (VACUUM_PERMITTIVITY_F_per_m * permittivity) / thickness_m;
}

/** Z = R/(1 + (jωRC)^a): an arc, a semicircle for a = 1, which is highest at ω = 1/(RC).   R Ω m²   C F/m²   a 1 */
export function arcImpedance(R: number, C: number, omega: number, exponent: number): Complex {
  const x = omega * R * C;
  const u = exponent === 1 ? complex(0, x) : complexPower(complex(0, x), exponent);
  return quotient(complex(R), complex(1 + u.re, u.im));
}

/** Z ∥ C: what also charges a capacity on its way.   Z Ω m²   C F/m² */
export function besideCapacitance(Z: Complex, C: number, omega: number): Complex {
  return quotient(Z, sum(complex(1), product(Z, complex(0, omega * C))));
}

/** Z = 1/(jωC). */
export function capacitorImpedance(C: number, omega: number): Complex {
  return complex(0, -1 / (omega * C));
}

const scratch = new Float64Array(4);

/** tanh√(jωτ)/√(jωτ): diffusion through a length to a fixed end, τ = L²/D, over what it is when steady. 1 at ω = 0. */
export function lengthDiffusion(omega: number, tau: number): Complex {
  tanhOverRootInto(0, omega * tau, scratch);
  return complex(scratch[0]!, scratch[1]!);
}

/** ωτ at which −Im of `lengthDiffusion` is largest. */
export const LENGTH_DIFFUSION_PEAK = 2.5407;

/** Below this |s| 1 − tanh√s/√s is summed as a series, since it would lose digits. */
const SERIES_BELOW = 0.01;
/** (1 − tanh√s/√s)/s = Σ c_k·s^k (Bernoulli numbers). */
const SHORTFALL = [1 / 3, -2 / 15, 17 / 315, -62 / 2835, 1382 / 155925];

/**
 * tanh√s/(√s − tanh√s), s = jωR²/D: the concentration at the surface of a sphere by the flux out of it, over R/D, with the sign
 * turned. It is 3/s + 1/5 at ω → 0: the sphere empties as a whole, and its surface runs ahead by a fifth.
 * Source: Jacobsen & West 1995, 10.1016/0013-4686(94)E0192-3.
 */
export function sphereDiffusion(omega: number, tau: number): Complex {
  const s = omega * tau;
  tanhOverRootInto(0, s, scratch);
  const f = complex(scratch[0]!, scratch[1]!);
  let shortfall = complex(1 - f.re, -f.im);
  if (s < SERIES_BELOW) {
    let series = complex(0);
    for (let k = SHORTFALL.length - 1; k >= 0; k--)
      series = sum(product(series, complex(0, s)), complex(SHORTFALL[k]!));
    shortfall = product(series, complex(0, s));
  }
  return quotient(f, shortfall);
}

/**
 * A pore of ionic resistance r with walls of admittance y in all (both of the whole pore), and Z_e at its end:
 *
 *   Z = (Z_e + r·t)/(1 + Z_e·y·t),   t = tanh√(r·y)/√(r·y)
 *
 * With walls that only take up charge, y = jωC, it is r + Z_e at ω → 0; with a blocked end, Z_e → ∞, it is
 * √(r/y)·coth√(r·y) of spec §5 (de Levie).   r Ω m²   y S/m²   Z_e Ω m²
 */
export function terminatedPore(r: number, y: Complex, end: Complex): Complex {
  const s = scaled(r, y);
  tanhOverRootInto(s.re, s.im, scratch);
  const t = complex(scratch[0]!, scratch[1]!);
  return quotient(sum(end, scaled(r, t)), sum(complex(1), product(end, product(y, t))));
}

/** Admittances side by side, shares of an area: 1/Z = Σ a_k/Z_k. A share of 0 counts nothing. */
export function besideEachOther(shares: readonly (readonly [share: number, Z: Complex])[]): Complex {
  return reciprocal(sum(...shares.filter(([share]) => share > 0).map(([share, Z]) => scaled(share, reciprocal(Z)))));
}

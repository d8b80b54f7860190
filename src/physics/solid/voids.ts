// Contact lost while lithium is stripped: lithium leaves faster than diffusion and creep bring it back, and voids open (spec §4.3).
//
//   i current density of stripping, A/m²     i_rep what diffusion and creep can replace, A/m²     Q_v charge in the layer that voids
//   open in, C/m²      P stack pressure, Pa      T K      θ_c contact, a share

import { exp, log, power } from '../../numerics/index.ts';
import { R, ROOM_TEMPERATURE_K } from '../../units/index.ts';

/** Exponent of lithium's own creep, LePage 2019, 10.1149/2.0221902jes. */
export const BULK_CREEP_EXPONENT = 6.6;

/** n of i ∝ P^n through two critical stripping currents. Kasemchainan's 0.2 mA/cm² at 3 MPa and 1.0 at 7 MPa give 1.9, not 6.6. */
export function creepExponentOf(i1: number, P1: number, i2: number, P2: number): number {
  return log(i2 / i1) / log(P2 / P1);
}

/** ε̇ = A·σ^n·e^(−Q/RT), 1/s: power-law creep of lithium, σ in Pa. */
export function creepRate_per_s(A: number, sigma: number, n: number, Q: number, T: number): number {
  return A * power(sigma, n) * exp(-Q / (R * T));
}

/** What diffusion of vacancies and creep bring back to the interface. */
export interface Replenishment {
  /** By diffusion alone, without pressure, at 298.15 K. */
  readonly diffusion_A_per_m2: number;
  /** By creep, at the reference pressure and 298.15 K. */
  readonly creep_A_per_m2: number;
  readonly referencePressure_Pa: number;
  /** Of the interface, not of the bulk. */
  readonly exponent: number;
  readonly activationEnergy_J_per_mol: number;
}

/** i_rep = i_D + i_cr·(P/P0)^n, both times e^(−Q/R·(1/T − 1/298.15)), A/m²: the largest current that opens no voids. */
export function replenishment_A_per_m2(supply: Replenishment, P: number, T: number): number {
  const warmer = exp((supply.activationEnergy_J_per_mol / R) * (1 / ROOM_TEMPERATURE_K - 1 / T));
  const creep = supply.creep_A_per_m2 * power(P / supply.referencePressure_Pa, supply.exponent);
  return (supply.diffusion_A_per_m2 + creep) * warmer;
}

/** dθ_c/dt, 1/s: −θ_c·(i − i_rep)/Q_v while more is taken than comes back, (1 − θ_c)·(i_rep − i)/Q_v while less; i < 0 plates. */
export function contactChange_per_s(contact: number, i: number, i_rep: number, Q_v: number): number {
  const excess = (i - i_rep) / Q_v;
  return excess > 0 ? -contact * excess : -(1 - contact) * excess;
}

/** Contact after a time at a constant current, the exact solution of `contactChange_per_s`. */
export function contactAfter(contact: number, i: number, i_rep: number, Q_v: number, t: number): number {
  const excess = ((i - i_rep) * t) / Q_v;
  return excess > 0 ? contact * exp(-excess) : 1 - (1 - contact) * exp(excess);
}

// Wetting of lithium, and of the separator on it, by an electrolyte. It has nothing to do with molten lithium: the tension of the
// liquid is a twentieth, lithium's surface is a film of salts that any of these liquids spread on, and the time that it takes is
// that of the pores of the separator.

import { cos, square } from '../../numerics/index.ts';
import type { ElectrolyteAngle_rad } from './quantities.ts';

/** S = γ_S − γ_SL − γ, J/m²: from 0 upwards the liquid spreads. γ_S and γ_SL of the film on lithium, γ of the liquid. Cooper and Nuttall 1915. */
export function spreadingCoefficient_J_per_m2(gamma_S: number, gamma_SL: number, gamma: number): number {
  return gamma_S - gamma_SL - gamma;
}

/** S of a liquid that comes to rest at an angle: γ·(cos θ − 1), J/m²; 0 for one that spreads. */
export function spreadingOfAngle_J_per_m2(gamma: number, theta: ElectrolyteAngle_rad): number {
  return gamma * (cos(theta) - 1);
}

export interface SeparatorWetting {
  readonly surfaceTension_N_per_m: number;
  readonly viscosity_Pa_s: number;
  /** On the walls of the separator's pores. */
  readonly cosine: number;
  readonly poreRadius_m: number;
  /** Length of the path through the pores over the straight one, from 1. */
  readonly tortuosity: number;
  /** Straight, from where the liquid comes to where it must go. */
  readonly distance_m: number;
}

/** t = 2η·(τ·L)²/(γ·r·cos θ), s; infinite where the walls are not wetted. Washburn 1921, 10.1103/PhysRev.17.273. */
export function separatorWettingTime_s(wetting: SeparatorWetting): number {
  const { surfaceTension_N_per_m, viscosity_Pa_s, cosine, poreRadius_m, tortuosity, distance_m } = wetting;
  if (cosine <= 0) return Number.POSITIVE_INFINITY;
  return (2 * viscosity_Pa_s * square(tortuosity * distance_m)) / (surfaceTension_N_per_m * poreRadius_m * cosine);
}

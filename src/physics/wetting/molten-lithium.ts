// Molten lithium from its melting point to 600 °C: what wetting and infusion need of it. T in K everywhere.

import { exp, log, power } from '../../numerics/index.ts';

/** Melting point at normal pressure, K (nasa/cea thermo.inp: 453.69). */
export const LITHIUM_MELTING_POINT_K = 453.69;
/** Up to here the laws of this file are used, K (600 °C). */
export const MOLTEN_LITHIUM_K_max = 873.15;

/** γ = 0.441 − 1.5e-4·(T − 453.7), N/m: the slope of sessile-drop measurements. */
export function surfaceTensionMeasured_N_per_m(T: number): number {
  return 0.441 - 1.5e-4 * (T - 453.7);
}

/** γ = [0.16·(3550 − T) − 95]·1e-3, N/m: Davison 1968, NASA TN D-4650. A tenth lower than the other one at the melting point. */
export function surfaceTensionDavison_N_per_m(T: number): number {
  return (0.16 * (3550 - T) - 95) * 1e-3;
}

/** Between the two laws: Davison's at the share 0, the measured slope's at 1, N/m. Their disagreement is how well γ is known. */
export function surfaceTension_N_per_m(T: number, share: number): number {
  const low = surfaceTensionDavison_N_per_m(T);
  return low + share * (surfaceTensionMeasured_N_per_m(T) - low);
}

/** ln η = −4.16435 − 0.63740·ln T + 292.1/T, η in Pa s: Davison 1968, NASA TN D-4650. 0.60 mPa s at the melting point. */
export function moltenLithiumViscosity_Pa_s(T: number): number {
  return exp(-4.16435 - 0.6374 * log(T) + 292.1 / T);
}

/** ρ = 278.5 − 0.04657·T + 274.6·(1 − T/3500)^0.467, kg/m³: Davison 1968, NASA TN D-4650. 515 kg/m³ at the melting point. */
export function moltenLithiumDensity_kg_per_m3(T: number): number {
  return 278.5 - 0.04657 * T + 274.6 * power(1 - T / 3500, 0.467);
}

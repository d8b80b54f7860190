// Ohmic resistance of the interphase on lithium, per real area (spec §1.4, E4).

import { arrhenius, arrheniusSlope_per_K } from '../thermal/arrhenius.ts';

/** One layer as its resistance needs it; conductivity at 298.15 K. */
export interface ResistiveLayer {
  readonly thickness_m: number;
  readonly conductivity_S_per_m: number;
  readonly activationEnergy_J_per_mol: number;
}

/** R = L/σ, σ = σ298·exp[(Ea/R)(1/298.15 − 1/T)].
 *
 *   out[0] = R Ω m²,  out[1] = ∂R/∂L Ω m,  out[2] = ∂R/∂T Ω m²/K;   L m   σ298 S/m   Ea J/mol   T K */
export function layerResistanceInto(L_m: number, sigma298: number, Ea: number, T_K: number, out: Float64Array): void {
  const warmth = arrhenius(Ea, T_K);
  const resistivity = 1 / (sigma298 * warmth);
  out[0] = L_m * resistivity;
  out[1] = resistivity;
  out[2] = (-out[0]! * arrheniusSlope_per_K(Ea, T_K)) / warmth;
}

/** Layers on top of one another: Σ L_k/σ_k(T), Ω m2 of real area. */
export function seriesResistance_ohm_m2(layers: readonly ResistiveLayer[], T_K: number): number {
  return layers.reduce(
    (sum, layer) =>
      sum + layer.thickness_m / (layer.conductivity_S_per_m * arrhenius(layer.activationEnergy_J_per_mol, T_K)),
    0,
  );
}

/** A component of a mosaic, by its fraction of the volume. */
export interface MosaicGrain {
  readonly volumeFraction: number;
  readonly conductivity_S_per_m: number;
  readonly activationEnergy_J_per_mol: number;
}

/**
 * Grains side by side through the whole layer: σ = Σ v_i·σ_i(T), S/m. The upper bound; the series sum is the lower. The
 * fractions add to 1; pass a grain-boundary phase as a grain.
 */
export function mosaicConductivity_S_per_m(grains: readonly MosaicGrain[], T_K: number): number {
  return grains.reduce(
    (sum, grain) =>
      sum + grain.volumeFraction * grain.conductivity_S_per_m * arrhenius(grain.activationEnergy_J_per_mol, T_K),
    0,
  );
}

// Areal resistance of the interface between lithium and a solid electrolyte, part by part (spec §4.1, E8).
//
//   ASR = (1/θ)·(R_ct + Σ L_f/σ_f) + π·a/(4·σ·θ)·(1 − √θ)^1.5 + Σ L_i/σ_i
//
//   θ contact, share of the area on which lithium touches, above 0 to 1      R_ct charge transfer, Ω m²
//   L_f, σ_f films between metal and electrolyte where they touch, m, S/m    a radius of a contact spot, m
//   σ conductivity of the electrolyte, S/m                                   L_i, σ_i layers that cover everything, m, S/m
//
// Films and charge transfer count where there is contact only; the current then has to spread from the spots through the
// electrolyte (Holm 1967, 10.1007/978-3-662-06688-1: 1/(4σa) a spot, θ/(πa²) spots per area; the last factor is that of spots
// that share the area); an interlayer carries the current over the whole area.

import { power } from '../../numerics/index.ts';
import { ROOM_TEMPERATURE_K } from '../../units/index.ts';
import { arrhenius } from '../thermal/arrhenius.ts';

/** A layer of the interface, its conductivity at the temperature of the interface. */
export interface SolidLayer {
  readonly thickness_m: number;
  readonly conductivity_S_per_m: number;
}

export interface SolidInterface {
  readonly contact: number;
  readonly spotRadius_m: number;
  readonly chargeTransfer_ohm_m2: number;
  readonly films: readonly SolidLayer[];
  readonly interlayers: readonly SolidLayer[];
  /** Of the electrolyte, in which the current spreads from the spots. */
  readonly conductivity_S_per_m: number;
}

/** Each part as it stands in the sum, Ω m². */
export interface InterfacialResistance {
  readonly chargeTransfer_ohm_m2: number;
  readonly films_ohm_m2: number;
  readonly constriction_ohm_m2: number;
  readonly interlayers_ohm_m2: number;
  readonly total_ohm_m2: number;
}

/**
 * R_ct = RT/(F·j0), j0 by Arrhenius: what stands at 298.15 K as `atRoom`, Ω m², falls by warmth and rises with T itself.
 * Ea of j0, J/mol; T K.
 */
export function chargeTransferResistance_ohm_m2(atRoom: number, Ea: number, T: number): number {
  return (atRoom * T) / ROOM_TEMPERATURE_K / arrhenius(Ea, T);
}

/** Σ L/σ, Ω m². */
export function layersResistance_ohm_m2(layers: readonly SolidLayer[]): number {
  return layers.reduce((sum, { thickness_m, conductivity_S_per_m }) => sum + thickness_m / conductivity_S_per_m, 0);
}

/** π·a/(4·σ·θ)·(1 − √θ)^1.5, Ω m²: nothing with full contact. */
export function constrictionResistance_ohm_m2(contact: number, spotRadius_m: number, sigma: number): number {
  return ((Math.PI * spotRadius_m) / (4 * sigma * contact)) * power(1 - Math.sqrt(contact), 1.5);
}

/** E8, part by part. */
export function interfacialResistance(at: SolidInterface): InterfacialResistance {
  const chargeTransfer_ohm_m2 = at.chargeTransfer_ohm_m2 / at.contact;
  const films_ohm_m2 = layersResistance_ohm_m2(at.films) / at.contact;
  const constriction_ohm_m2 = constrictionResistance_ohm_m2(at.contact, at.spotRadius_m, at.conductivity_S_per_m);
  const interlayers_ohm_m2 = layersResistance_ohm_m2(at.interlayers);
  return {
    chargeTransfer_ohm_m2,
    films_ohm_m2,
    constriction_ohm_m2,
    interlayers_ohm_m2,
    total_ohm_m2: chargeTransfer_ohm_m2 + films_ohm_m2 + constriction_ohm_m2 + interlayers_ohm_m2,
  };
}

/** Capacitance of the interface, F/m²: only what touches takes part, C = θ·C_full. It tells voids from films, which resistance does not. */
export function interfacialCapacitance_F_per_m2(contact: number, full_F_per_m2: number): number {
  return contact * full_F_per_m2;
}

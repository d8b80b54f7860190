// What the electrolyte gives to the interphase, and what happens when it has little left. Amounts are per geometric area.

import { power } from '../../numerics/index.ts';
import { F } from '../../units/index.ts';

/** n = Q/(F·n_e), mol/m2: molecules reduced by a charge (C/m2) when each takes n_e electrons. Spec §1.12. */
export function moleculesReduced_mol_per_m2(charge_C_per_m2: number, electrons: number): number {
  return charge_C_per_m2 / (F * electrons);
}

/** Volume of electrolyte left, m3 per m2, never below 0: V0 − V_m·n. Spec §1.12. */
export function electrolyteLeft_m(
  start_m: number,
  consumed_mol_per_m2: number,
  molarVolume_m3_per_mol: number,
): number {
  return Math.max(0, start_m - consumed_mol_per_m2 * molarVolume_m3_per_mol);
}

/** θ = min(1, V/V_pores): share of the electrode that electrolyte reaches; both volumes in the same unit. Spec §1.12. */
export function wettedFraction(volume: number, poreVolume: number): number {
  return Math.min(1, volume / poreVolume);
}

/** θ²: what is left of the conductivity, and of the salt's diffusivity, of a separator of which a share θ is wetted. Spec §1.12. */
export function wettedTransportFactor(wetted: number): number {
  return wetted * wetted;
}

/** Share of its starting concentration above which an additive does all that it does. */
export const ADDITIVE_FULL_SHARE = 0.1;

/** Weight of an additive in what is made: min(1, c/(0.1·c_start)); 0 where there was none. */
export function additiveWeight(concentration_mol_per_m3: number, start_mol_per_m3: number): number {
  if (!(start_mol_per_m3 > 0)) return 0;
  return Math.min(1, Math.max(0, concentration_mol_per_m3) / (ADDITIVE_FULL_SHARE * start_mol_per_m3));
}

/** A property between its values without and with an additive, along equal ratios: without^(1−w)·with^w. Both above 0. */
export function blended(without: number, withAdditive: number, weight: number): number {
  return without * power(withAdditive / without, weight);
}

/** Where `spendAdditiveInto` writes. */
export const ADDITIVE_OUTPUTS = 4;

/**
 * An additive takes its share of an interphase charge, at most as much as there is. As much dissolves of what lies undissolved
 * as is used, so that a saturated solution stays so until nothing is left to dissolve.
 *
 *   out[0] = dissolved after, mol/m2    out[1] = undissolved after, mol/m2
 *   out[2] = used, mol/m2               out[3] = charge it took, C/m2; the rest is for the solvent
 *
 * dissolved + undissolved + used is unchanged. Spec §1.12, §1.14. `charge` C/m2, at least 0.
 */
export function spendAdditiveInto(
  dissolved_mol_per_m2: number,
  undissolved_mol_per_m2: number,
  charge_C_per_m2: number,
  share: number,
  electrons: number,
  out: Float64Array,
): void {
  const present = dissolved_mol_per_m2 + undissolved_mol_per_m2;
  const used = Math.min(moleculesReduced_mol_per_m2(share * charge_C_per_m2, electrons), present);
  const replaced = Math.min(used, undissolved_mol_per_m2);
  out[0] = used === present ? 0 : Math.max(0, dissolved_mol_per_m2 - (used - replaced));
  out[1] = undissolved_mol_per_m2 - replaced;
  out[2] = used;
  out[3] = used * electrons * F;
}

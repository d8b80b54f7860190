// The exchange current of lithium metal as a function of salt concentration and temperature.

import { exp, power } from '../../numerics/index.ts';
import { arrhenius, arrheniusSlope_per_K } from '../thermal/arrhenius.ts';

/** What the exchange current depends on; the shape of a cell's kinetics. */
export interface ExchangeCurrent {
  /** At the reference concentration and 298.15 K, per real area. */
  readonly exchangeCurrent_A_per_m2: number;
  readonly referenceConcentration_mol_per_m3: number;
  readonly concentrationExponent: number;
  readonly activationEnergy_J_per_mol: number;
}

/**
 * Concentration below which c^γ is continued by an exponential of the same value and slope: c^γ has no finite slope at 0,
 * and an iterate may pass below it. A cell stops for lack of salt long before.
 */
export const EXCHANGE_CURRENT_CONCENTRATION_mol_per_m3_FLOOR = 1;

/** The continuation is held constant once c/floor − 1 falls to this, so that j0 stays positive. */
const CONTINUATION_MIN = -20;

/** j0 = j0_ref·(c/c_ref)^γ·exp[−(Ea/R)(1/T − 1/298.15)].
 *
 *   out[0] = j0 A/m²,  out[1] = ∂j0/∂c A m/mol,  out[2] = ∂j0/∂T A/(m² K);   c mol/m³   T K        (spec §1.2) */
export function exchangeCurrentInto(kinetics: ExchangeCurrent, c: number, T_K: number, out: Float64Array): void {
  const gamma = kinetics.concentrationExponent;
  const c_ref = kinetics.referenceConcentration_mol_per_m3;
  const Ea = kinetics.activationEnergy_J_per_mol;
  const floor = EXCHANGE_CURRENT_CONCENTRATION_mol_per_m3_FLOOR;
  const warmth = arrhenius(Ea, T_K);
  const reference = kinetics.exchangeCurrent_A_per_m2 * warmth;
  if (c >= floor) {
    const j0 = reference * power(c / c_ref, gamma);
    out[0] = j0;
    out[1] = (gamma * j0) / c;
  } else {
    const depth = Math.max(c / floor - 1, CONTINUATION_MIN);
    const j0 = reference * power(floor / c_ref, gamma) * exp(gamma * depth);
    out[0] = j0;
    out[1] = depth > CONTINUATION_MIN ? (gamma * j0) / floor : 0;
  }
  out[2] = (out[0]! / warmth) * arrheniusSlope_per_K(Ea, T_K);
}

/** The exchange current alone, A/m2; see `exchangeCurrentInto`. */
export function exchangeCurrent(kinetics: ExchangeCurrent, c: number, T_K: number): number {
  const out = new Float64Array(3);
  exchangeCurrentInto(kinetics, c, T_K, out);
  return out[0]!;
}

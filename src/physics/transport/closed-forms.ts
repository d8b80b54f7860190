// Closed forms of transport through a separator between two lithium electrodes, with constant properties (spec E3). The
// fast model uses them, and the full model is tested against them.

import { log, power } from '../../numerics/index.ts';
import { F, R } from '../../units/index.ts';

/** Electrolyte in a separator: bulk properties, and the geometry that slows them. */
export interface SeparatorTransport {
  readonly thickness_m: number;
  readonly porosity: number;
  /** Effective property = bulk·porosity^bruggeman. */
  readonly bruggeman: number;
  readonly concentration_mol_per_m3: number;
  readonly diffusivity_m2_per_s: number;
  readonly transferenceNumber: number;
}

/** D_eff = D·ε^b, and likewise for κ. */
export function effectiveFraction(porosity: number, bruggeman: number): number {
  return power(porosity, bruggeman);
}

/** i_lim = 2F·D_eff·c0/((1 − t+)·L), A/m2: the steady current at which the salt at the cathode is used up. */
export function limitingCurrent_A_per_m2(s: SeparatorTransport): number {
  const D_eff = s.diffusivity_m2_per_s * effectiveFraction(s.porosity, s.bruggeman);
  return (2 * F * D_eff * s.concentration_mol_per_m3) / ((1 - s.transferenceNumber) * s.thickness_m);
}

/**
 * τ = π·ε·D_eff·F²·c0²/(4·i²·(1 − t+)²), s: time to depletion at constant current in a stagnant layer that is thick against
 * √(D_eff·τ/ε). In a thin separator below the limiting current the salt never runs out, whatever this says.
 */
export function sandTime_s(s: SeparatorTransport, j_A_per_m2: number): number {
  const D_eff = s.diffusivity_m2_per_s * effectiveFraction(s.porosity, s.bruggeman);
  const charge = F * s.concentration_mol_per_m3;
  const flux = j_A_per_m2 * (1 - s.transferenceNumber);
  return (Math.PI * s.porosity * D_eff * charge * charge) / (4 * flux * flux);
}

/** Δc = i·L·(1 − t+)/(F·D_eff), mol/m3: anode side minus cathode side at steady state. */
export function concentrationDifference_mol_per_m3(s: SeparatorTransport, j_A_per_m2: number): number {
  const D_eff = s.diffusivity_m2_per_s * effectiveFraction(s.porosity, s.bruggeman);
  return (j_A_per_m2 * s.thickness_m * (1 - s.transferenceNumber)) / (F * D_eff);
}

/** L/κ_eff, Ω m2. */
export function separatorResistance_ohm_m2(
  { thickness_m, porosity, bruggeman }: Pick<SeparatorTransport, 'thickness_m' | 'porosity' | 'bruggeman'>,
  conductivity_S_per_m: number,
): number {
  return thickness_m / (conductivity_S_per_m * effectiveFraction(porosity, bruggeman));
}

/** U = (2RT/F)·(1 − t+)·TDF·ln(c_anode/c_cathode), V; against the current when the anode side is the richer. */
export function concentrationOverpotential_V(
  cAnode_mol_per_m3: number,
  cCathode_mol_per_m3: number,
  T_K: number,
  transferenceNumber: number,
  thermodynamicFactor: number,
): number {
  return (
    ((2 * R * T_K) / F) * (1 - transferenceNumber) * thermodynamicFactor * log(cAnode_mol_per_m3 / cCathode_mol_per_m3)
  );
}

// A scaffold in which lithium is plated: how much of its depth takes part, how much it holds, and what it shuts in.

import { tanh } from '../../numerics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol, R } from '../../units/index.ts';

/** What decides how deep a current reaches into a scaffold that conducts electrons. */
export interface HostConduction {
  readonly thickness_m: number;
  /** Surface per volume, a_v. */
  readonly specificArea_per_m: number;
  readonly exchangeCurrent_A_per_m2: number;
  /** Of the electrolyte in its pores. */
  readonly conductivity_S_per_m: number;
}

/** Φ = L·√(a_v·j0·F/(RT·κ)): depth over the depth that linear kinetics reaches; spec §1.9. */
export function hostThieleModulus(host: HostConduction, T_K: number): number {
  const conductance = (host.specificArea_per_m * host.exchangeCurrent_A_per_m2 * F) / (R * T_K);
  return host.thickness_m * Math.sqrt(conductance / host.conductivity_S_per_m);
}

/** Below this modulus the first terms of the series are exact to a rounding. */
const SERIES_MODULUS_MAX = 1e-4;

/** tanh(Φ)/Φ: share of the scaffold's surface that takes part; 1 for a thin one, 1/Φ for a deep one. Spec §1.9. */
export function hostUtilisation(thieleModulus: number): number {
  if (Math.abs(thieleModulus) < SERIES_MODULUS_MAX) return 1 - (thieleModulus * thieleModulus) / 3;
  return tanh(thieleModulus) / thieleModulus;
}

/** j = i/(a·u·θ), A/m2: current per surface that takes part, from that per geometric area; a the area ratio (1 on foil), u
 * the utilisation, θ the share wetted. */
export function localCurrent_A_per_m2(
  j_A_per_m2: number,
  areaRatio: number,
  utilisation: number,
  wettedFraction: number,
): number {
  return j_A_per_m2 / (areaRatio * utilisation * wettedFraction);
}

/** Lithium that fills all pores, φ·L/V_Li, mol/m2. */
export function hostAmount_mol_per_m2(porosity: number, thickness_m: number): number {
  return (porosity * thickness_m) / LITHIUM_MOLAR_VOLUME_m3_per_mol;
}

/** The same as charge, Q_max = F·φ·L/V_Li, C/m2. Spec §1.9. */
export function hostCapacity_C_per_m2(porosity: number, thickness_m: number): number {
  return F * hostAmount_mol_per_m2(porosity, thickness_m);
}

/** Surface over geometric area of a mat of fibres of diameter d, 4(1 − φ)·L/d. Spec §1.9. */
export function fibreAreaRatio(porosity: number, thickness_m: number, fibreDiameter_m: number): number {
  return (4 * (1 - porosity) * thickness_m) / fibreDiameter_m;
}

/** Lithium that lies on top because the scaffold is full, mol/m2; it behaves as on foil. */
export function amountOnTop_mol_per_m2(lithium_mol_per_m2: number, capacity_mol_per_m2: number): number {
  return Math.max(0, lithium_mol_per_m2 - capacity_mol_per_m2);
}

/** Share of what a half-cycle plates, from `before` to `after`, that lies on top; 0 if nothing is plated. */
export function shareOnTop(before_mol_per_m2: number, after_mol_per_m2: number, capacity_mol_per_m2: number): number {
  const plated = after_mol_per_m2 - before_mol_per_m2;
  if (!(plated > 0)) return 0;
  const before = amountOnTop_mol_per_m2(before_mol_per_m2, capacity_mol_per_m2);
  return (amountOnTop_mol_per_m2(after_mol_per_m2, capacity_mol_per_m2) - before) / plated;
}

/** Share of the inner surface that the electrolyte reaches, 1 − f_enc·s, s the share of closed shells that still hold. */
export function reachedShare(encapsulatedFraction: number, shellsIntact: number): number {
  return 1 - encapsulatedFraction * shellsIntact;
}

/** Shells that still hold after one more cycle, s·(1 − p). */
export function shellsAfterCycle(shellsIntact: number, failurePerCycle: number): number {
  return shellsIntact * (1 - failurePerCycle);
}

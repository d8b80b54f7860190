// The enthalpy of alloying of two metals by the cellular model of atoms (Miedema): each atom keeps its cell, and where unlike
// cells touch, a difference of electronegativity pulls and a difference of electron density pushes.
//
//   ΔH∞(A in B) = V_A^⅔ · 2/(n_A^−⅓ + n_B^−⅓) · P·[−Δφ² + (Q/P)·(Δn^⅓)² − R*]      kJ/mol with V in cm³/mol, φ in V, n in d.u.
//
// P = 14.2 between transition metals, 10.7 between others, 12.35 across, Q/P = 9.4, and R* = 0.73·R_A·R_B across, for liquids
// (de Boer and others, Cohesion in Metals, 1988). It is right in sign for most pairs and within some 10 kJ/mol; it is an estimate
// and never stands where there is a measurement.

import { cbrt, exp, power, square } from '../../numerics/index.ts';
import { R } from '../../units/index.ts';

export interface MetalParameters {
  readonly transition: boolean;
  readonly molarVolume_m3_per_mol: number;
  readonly electronsAtBoundary: number;
  readonly electronegativity_V: number;
  readonly volumeChange: number;
  readonly hybridisation: number;
  readonly transformation_J_per_mol: number;
  readonly meltingTemperature_K: number;
}

const Q_PER_P = 9.4;
const LIQUID_HYBRIDISATION = 0.73;
/** Entropy of melting of a metal: 9.6 J/(mol K), Richards' rule. */
const ENTROPY_OF_MELTING_J_per_mol_K = 9.6;
/** Share of a cell's face that meets unlike cells in an ordered compound against a random alloy: 1 + 8·(c_A c_B)². */
const ORDER = 8;

/** What unlike cells in contact cost, J for each mole and cm² of molar cell area; negative where they attract. */
function contact(a: MetalParameters, b: MetalParameters): number {
  const P = a.transition && b.transition ? 14.2 : a.transition || b.transition ? 12.35 : 10.7;
  const dPhi = a.electronegativity_V - b.electronegativity_V;
  const [na, nb] = [cbrt(a.electronsAtBoundary), cbrt(b.electronsAtBoundary)];
  const across = a.transition !== b.transition ? LIQUID_HYBRIDISATION * a.hybridisation * b.hybridisation : 0;
  return (2e3 * P * (-dPhi * dPhi + Q_PER_P * square(na - nb) - across)) / (1 / na + 1 / nb);
}

const cellArea = ({ molarVolume_m3_per_mol }: MetalParameters): number => power(molarVolume_m3_per_mol * 1e6, 2 / 3);

/** Enthalpy of a mole of A in much liquid B, both liquid before, J/mol. */
export function dissolutionEnthalpy(a: MetalParameters, b: MetalParameters): number {
  const swelling = 1 + a.volumeChange * (a.electronegativity_V - b.electronegativity_V);
  return cellArea(a) * swelling * contact(a, b);
}

/**
 * Enthalpy of formation of an alloy with the share x of A, J per mole of atoms; `ordered` for a compound, otherwise a random
 * liquid. Both metals in their metallic state before.
 */
export function alloyEnthalpy(a: MetalParameters, b: MetalParameters, x: number, ordered: boolean): number {
  const [areaA, areaB] = [cellArea(a), cellArea(b)];
  const shareA = (x * areaA) / (x * areaA + (1 - x) * areaB);
  const shareB = 1 - shareA;
  const met = shareB * (ordered ? 1 + ORDER * square(shareA * shareB) : 1);
  return x * areaA * met * contact(a, b);
}

/**
 * Share of atoms of a metal that liquid lithium (or any liquid B) holds beside the pure solid at T (K), in the limit of dilution:
 * ln x = −[ΔS_m·(T_m − T) + ΔH∞]/RT. At most 1; the melting term is left out above the metal's melting temperature. `offset` is
 * added to ΔH∞, to see what an error of it does.
 */
export function solubility(metal: MetalParameters, liquid: MetalParameters, T: number, offset_J_per_mol = 0): number {
  const melting = ENTROPY_OF_MELTING_J_per_mol_K * Math.max(0, metal.meltingTemperature_K - T);
  const enthalpy = dissolutionEnthalpy(metal, liquid) + metal.transformation_J_per_mol + offset_J_per_mol;
  return Math.min(1, exp(-(melting + enthalpy) / (R * T)));
}

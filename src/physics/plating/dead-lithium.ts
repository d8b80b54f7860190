// Lithium that stripping leaves behind: how much of a deposit, and the porous layer that it becomes.

import { power } from '../../numerics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../../units/index.ts';

/** Sharpness of the bend of `deadFraction` towards 1: below 0.2 it is straight within 4 parts in 1e4. */
const BEND = 4;

/**
 * Share of the lithium plated in a half-cycle that loses contact when it is stripped: x = (4ξ/d)·χ, bent over smoothly so
 * that it stays below 1, x/(1 + x⁴)^¼. ξ is the thickness left standing on features of size d, both m; χ the product of
 * `strippingCurrentFactor` and `pressureFactor`. Source: spec §1.8; Li0 dominates in Fang 2019, 10.1038/s41586-019-1481-z.
 */
export function deadFraction(skin_m: number, size_m: number, chi: number): number {
  const x = ((4 * skin_m) / size_m) * chi;
  // Divided through by x where x is large, so that no power overflows.
  return x <= 1 ? x / power(1 + power(x, BEND), 1 / BEND) : 1 / power(1 + power(x, -BEND), 1 / BEND);
}

/** (1 + j/j_x)^−p, j the size of the stripping current density: isolation is rarer at higher current. Spec §1.8; Werres
 * 2023, 10.1021/acsnano.3c00329. */
export function strippingCurrentFactor(j_A_per_m2: number, reference_A_per_m2: number, exponent: number): number {
  return power(1 + Math.abs(j_A_per_m2) / reference_A_per_m2, -exponent);
}

/** (P/P_reference)^−q: pressure keeps lithium in contact. Both pressures in Pa and above 0. Spec §1.8. */
export function pressureFactor(pressure_Pa: number, reference_Pa: number, exponent: number): number {
  return power(pressure_Pa / reference_Pa, -exponent);
}

/**
 * Growth of the layer of dead lithium and old interphase, m: (V_Li·n + v)/(1 − ε), n the lithium that died, v the volume of
 * interphase shells left in it per area (m3/m2), ε the porosity of the layer. Source: spec E7; Chen 2017, 10.1039/C7TA00371D.
 */
export function deadLayerGrowth_m(dead_mol_per_m2: number, shells_m: number, porosity: number): number {
  return (dead_mol_per_m2 * LITHIUM_MOLAR_VOLUME_m3_per_mol + shells_m) / (1 - porosity);
}

/** The layer as ions see it. */
export interface DeadLayer {
  readonly thickness_m: number;
  readonly porosity: number;
  readonly bruggeman: number;
}

/** R_dl = L/(κ·ε^b), Ω m2 of geometric area; κ the conductivity of the free electrolyte, S/m. Spec E7. */
export function deadLayerResistance_ohm_m2(layer: DeadLayer, conductivity_S_per_m: number): number {
  return layer.thickness_m / (conductivity_S_per_m * power(layer.porosity, layer.bruggeman));
}

/**
 * Difference of salt concentration across the layer once it is steady, (1 − t₊)·i·L/(F·D·ε^b), mol/m3, with the sign of i
 * (A/m2). D in m2/s of the free electrolyte. It is this drop that bends the voltage of a worn cell upwards within each half-cycle. Source:
 * spec §1.11; Chen 2017, 10.1039/C7TA00371D.
 */
export function deadLayerConcentrationDrop_mol_per_m3(
  layer: DeadLayer,
  j_A_per_m2: number,
  transference: number,
  diffusivity_m2_per_s: number,
): number {
  const effective = diffusivity_m2_per_s * power(layer.porosity, layer.bruggeman);
  return ((1 - transference) * j_A_per_m2 * layer.thickness_m) / (F * effective);
}

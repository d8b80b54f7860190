// Metallic lithium on an electrode: its thickness from its amount, and its activity when hardly any is left.

import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol, R, ROOM_TEMPERATURE_K } from '../../units/index.ts';

/** Thickness of dense lithium, m, from its amount per area: 4.850 µm per mAh/cm2. */
export function lithiumThickness_m(amount_mol_per_m2: number): number {
  return amount_mol_per_m2 * LITHIUM_MOLAR_VOLUME_m3_per_mol;
}

/** Amount per area, mol/m2, of a dense layer. */
export function lithiumAmount_mol_per_m2(thickness_m: number): number {
  return thickness_m / LITHIUM_MOLAR_VOLUME_m3_per_mol;
}

/**
 * Equivalent thickness at which the activity of lithium on a substrate is one half: the last nanometre is islands and
 * underpotential layers, not metal. A prior (0.3 to 10 nm).
 */
export const COVERAGE_THICKNESS_m = 1e-9;

/**
 * Rest potential given to a substrate without lithium, V against Li/Li+ at 298.15 K. Lithium does not define the potential
 * of bare copper; traces of oxide and the electrolyte do, at 2 to 3 V. This keeps it finite and near what is measured.
 */
export const BARE_SUBSTRATE_POTENTIAL_V = 2;

/** h_floor, chosen so that (RT/F)·ln(1/a) at h = 0 and 298.15 K is the rest potential of the bare substrate; 1.6e-43 m. */
const FLOOR_THICKNESS_m =
  COVERAGE_THICKNESS_m / Math.expm1((BARE_SUBSTRATE_POTENTIAL_V * F) / (R * ROOM_TEMPERATURE_K));

/** Activity of lithium of equivalent thickness h on a substrate: a = (h + h_floor)/(h + h_floor + h_c), h_c = 1 nm.
 *
 *   out[0] = a,  out[1] = da/dh 1/m;   h m. Below h = 0, where an iterate may stand, a keeps its value at 0 with slope 0. */
export function lithiumActivityInto(h_m: number, out: Float64Array): void {
  const covered = Math.max(h_m, 0) + FLOOR_THICKNESS_m;
  const whole = covered + COVERAGE_THICKNESS_m;
  out[0] = covered / whole;
  out[1] = h_m < 0 ? 0 : COVERAGE_THICKNESS_m / (whole * whole);
}

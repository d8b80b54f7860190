// Lithium as a layer: thickness and charge, and the activity of the last of it on a foreign substrate.

import { exp } from '../../numerics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol, R, ROOM_TEMPERATURE_K } from '../../units/index.ts';

/** h = n·V_Li, m per mol/m2. */
export function lithiumThickness_m(amount_mol_per_m2: number): number {
  return amount_mol_per_m2 * LITHIUM_MOLAR_VOLUME_m3_per_mol;
}

/** n = h/V_Li. */
export function lithiumAmount_mol_per_m2(thickness_m: number): number {
  return thickness_m / LITHIUM_MOLAR_VOLUME_m3_per_mol;
}

/**
 * Mean thickness at which half of a collector is covered: below it lithium stands in islands. A prior (0.3 to 10 nm); it moves
 * the voltage only in the last nanometre of a stripping.
 */
export const COVERAGE_THICKNESS_m = 1e-9;

/**
 * Potential against lithium that bare copper takes up, V. It is set by the electrolyte and by oxides and not by lithium, and
 * lies between 1.5 and 3 V in practice; here it only bounds the activity away from 0.
 */
export const BARE_SUBSTRATE_POTENTIAL_V = 2;

const FLOOR_m = COVERAGE_THICKNESS_m * exp((-F * BARE_SUBSTRATE_POTENTIAL_V) / (R * ROOM_TEMPERATURE_K));

/** Activity of lithium of mean thickness h on a collector, a = (h + h_floor)/(h + h_floor + h_c); 1 on thick lithium.
 *
 *   out[0] = a,  out[1] = da/dh 1/m;   h m, held at 0 and above   (a Nernst potential −(RT/F)·ln a goes with it) */
export function lithiumActivityInto(h: number, out: Float64Array): void {
  const present = Math.max(h, 0) + FLOOR_m;
  const total = present + COVERAGE_THICKNESS_m;
  out[0] = present / total;
  out[1] = h > 0 ? COVERAGE_THICKNESS_m / (total * total) : 0;
}

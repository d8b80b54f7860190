// Lithium alloys by coulometric titration: the Gibbs energy of an alloy is the charge that entered times the potential at which
// it did.
//
//   M + y·Li → Li_yM      ΔG = −F·∫₀^y E dy'
//
// Potentials are against lithium metal at the same temperature. Between two plateaus one phase takes up lithium while the potential
// falls from the one to the other; tables of plateaus do not say how. The potential of the plateau that follows is the least that
// it can have there, since a potential never rises with the lithium content.

import { F } from '../../units/index.ts';

/** Plateau of the potential (V) while `from` to `to` lithium atoms enter for each atom of the metal. */
export interface Plateau {
  readonly from: number;
  readonly to: number;
  readonly potential_V: number;
}

/** Potential against lithium that goes with a Gibbs energy of −n·F·E, V. */
export const potentialOf = (gibbs_J_per_mol: number, electrons: number): number => -gibbs_J_per_mol / (electrons * F);

/** Gibbs energy of Li_yM from lithium and M, J per mole of M, over the plateaus that lie below y. */
export function titrationGibbs(plateaus: readonly Plateau[], y: number): number {
  let volts = 0;
  for (const { from, to, potential_V } of plateaus) volts += potential_V * Math.max(0, Math.min(y, to) - from);
  return -F * volts;
}

/** Plateaus without gaps: each reaches back to the end of the one before it (the first to pure metal), so that their sum is the
 * least energy that alloying can release. Given in the order in which lithium enters. */
export function withoutGaps(plateaus: readonly Plateau[]): readonly Plateau[] {
  return plateaus.map((plateau, k) => ({ ...plateau, from: plateaus[k - 1]?.to ?? 0 }));
}

/** E = E0 + slope·T, the potential of a plateau that is known over a range of temperature, V. */
export const plateauPotential = (
  { potential_V_at_0K, slope_V_per_K }: { readonly potential_V_at_0K: number; readonly slope_V_per_K: number },
  T: number,
): number => potential_V_at_0K + slope_V_per_K * T;

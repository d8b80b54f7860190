// What a reader of a result must know besides its numbers: what the model leaves out, and where it is asked too much.

import { type Cell, cellWarnings, type Protocol } from '../cells/index.ts';
import { power } from '../numerics/index.ts';
import { arrhenius } from '../physics/index.ts';
import type { CellParameters } from './compile.ts';
import type { Stop } from './contract.ts';

const LIMIT_REMARK = 'The run ended on a safety limit of the cell, not on a step of the protocol.';

/** From here on a reaction that is even through the cathode, as the fast model takes it, is no approximation any more, V. */
const CATHOLYTE_LOSS_V_MAX = 0.1;

/** i·L/(3κ) of the pores of a cathode at C/10, an even reaction taken, V; 0 without a cathode. */
function catholyteLossAtTenthC_V({ working, electrolyte, nominalCapacity_C, area_m2, temperature_K }: Cell): number {
  const { conductivity_S_per_m, conductivityActivationEnergy_J_per_mol } = electrolyte;
  if (working.kind !== 'cathode' || nominalCapacity_C === null || typeof conductivity_S_per_m !== 'number') return 0;
  const current_A_per_m2 = nominalCapacity_C / area_m2 / 36_000;
  const warmth = arrhenius(conductivityActivationEnergy_J_per_mol ?? 0, temperature_K);
  const effective_S_per_m = conductivity_S_per_m * warmth * power(working.porosity, working.bruggemanElectrolyte);
  return (current_A_per_m2 * working.thickness_m) / (3 * effective_S_per_m);
}

/** Remarks on a run of a protocol on a cell, each a sentence or two. */
export function remarksOn(cell: Cell, protocol: Protocol, stop: Stop): readonly string[] {
  const remarks = [...cellWarnings({ ...cell, protocol })];
  if (cell.solid) {
    remarks.push(
      'On the solid electrolyte lithium is lost to the growth of the interphase only, and lies flat: short circuits, fracture and what ' +
        'grows inside the electrolyte are not computed.',
    );
    if (cell.working.kind === 'cathode') {
      remarks.push(
        'A catholyte that conducts as the solid electrolyte does is assumed to fill the pores of the cathode, without a resistance of its own at the face: a composite without one would hardly work.',
      );
    }
    const loss_V = catholyteLossAtTenthC_V(cell);
    if (loss_V > CATHOLYTE_LOSS_V_MAX) {
      remarks.push(
        `An even reaction would lose ${Number(loss_V.toPrecision(2))} V in the pores of this cathode at C/10, so poorly does ${cell.electrolyte.name} conduct: it keeps to the face of the electrolyte instead, which the full model follows and the fast one does not. A thinner cathode would work.`,
      );
    }
    if (stop.kind === 'voltage-limit') remarks.push(LIMIT_REMARK);
    return remarks;
  }
  remarks.push(
    cell.ageing === null
      ? 'This cell does not age: losses count the growth of the interphase only, and a real Coulombic efficiency is lower.'
      : 'Short circuits, soft or hard, and the growth of dendrites through the separator are not computed: a cell that would ' +
          'short runs on here. Gas, ageing of the cathode, and what crosses over from one electrode to the other are left out.',
  );
  if (stop.kind === 'voltage-limit') remarks.push(LIMIT_REMARK);
  return remarks;
}

/** Sources of the laws and values in use: those of the cell file, then those of the laws. */
export function sourcesOf({ cell, transport, counterLaw, workingLaw }: CellParameters): readonly string[] {
  const sources = new Set(cell.sources);
  sources.add(`transport of ${transport.name}: ${transport.source}`);
  sources.add(`kinetics (${counterLaw.name}): ${counterLaw.source}`);
  if (workingLaw !== null) sources.add(`kinetics (${workingLaw.name}): ${workingLaw.source}`);
  for (const assumption of cell.assumptions)
    sources.add(`${assumption.path}: ${assumption.source} [${assumption.tag}]`);
  return [...sources];
}

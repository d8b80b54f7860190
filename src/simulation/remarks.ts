// What a reader of a result must know besides its numbers: what the model leaves out, and where it is asked too much.

import { type Cell, cellWarnings, type Protocol } from '../cells/index.ts';
import type { CellParameters } from './compile.ts';
import type { Stop } from './contract.ts';

const LIMIT_REMARK = 'The run ended on a safety limit of the cell, not on a step of the protocol.';

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

// What a reader of a result must know besides its numbers: what the model leaves out, and where it is asked too much.

import { type Cell, cellWarnings, type Protocol } from '../cells/index.ts';
import type { CellParameters } from './compile.ts';
import type { Stop } from './contract.ts';

/** Remarks on a run of a protocol on a cell, each a sentence or two. */
export function remarksOn(cell: Cell, protocol: Protocol, stop: Stop): readonly string[] {
  const remarks = [...cellWarnings({ ...cell, protocol })];
  remarks.push(
    cell.ageing === null
      ? 'This cell does not age: losses count the growth of the interphase only, and a real Coulombic efficiency is lower.'
      : 'Short circuits, soft or hard, and the growth of dendrites through the separator are not computed: a cell that would ' +
          'short runs on here. Gas, ageing of the cathode, and what crosses over from one electrode to the other are left out.',
  );
  if (stop.kind === 'voltage-limit')
    remarks.push('The run ended on a safety limit of the cell, not on a step of the protocol.');
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

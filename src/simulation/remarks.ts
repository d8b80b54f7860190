// What a reader of a result must know besides its numbers: what the model leaves out, and where it is asked too much.

import { celsius_from_kelvin } from '../units/index.ts';
import type { CellParameters } from './compile.ts';
import type { Stop } from './contract.ts';

/** Remarks on a run, each a sentence or two. */
export function remarksOn({ cell, transport }: CellParameters, stop: Stop): readonly string[] {
  const remarks: string[] = [];
  const { validity } = transport;
  const { concentration_mol_per_m3: c } = cell.electrolyte;
  if (c < validity.concentration_mol_per_m3_min || c > validity.concentration_mol_per_m3_max) {
    remarks.push(
      `The electrolyte's ${c} mol/m3 lies outside the range of its property functions ` +
        `(${validity.concentration_mol_per_m3_min} to ${validity.concentration_mol_per_m3_max} mol/m3).`,
    );
  }
  if (cell.temperature_K < validity.temperature_K_min || cell.temperature_K > validity.temperature_K_max) {
    remarks.push(
      `${celsius_from_kelvin(cell.temperature_K).toFixed(1)} °C lies outside the range of the electrolyte's property functions ` +
        `(${celsius_from_kelvin(validity.temperature_K_min).toFixed(0)} to ${celsius_from_kelvin(validity.temperature_K_max).toFixed(0)} °C).`,
    );
  }
  remarks.push(
    'Losses count the growth of the interphase only. Dead lithium, new interphase on freshly made or cracked surface and ' +
      'galvanic corrosion are not computed in this version: a real Coulombic efficiency is lower.',
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

// The tables of the design desk as columns to be saved, with every digit.

import type { TableColumn } from '../../../records/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { columnsOf } from '../../charts/table-columns.ts';

type Answer = TaskOutput<'designEnergy'>;
type Bands = TaskOutput<'designEnergyBands'>;
type Choices = TaskOutput<'designChoices'>;
type Audit = TaskOutput<'designAudit'>['audit'];

export const materialsTable = ({ components }: Answer['energy']): readonly TableColumn[] =>
  columnsOf(components, {
    Component: ({ name }) => name,
    'Mass / g': ({ mass_kg }) => 1e3 * mass_kg,
    'Share of mass': ({ massShare }) => massShare,
    'Layer / µm': ({ layer_m }) => (layer_m === null ? null : 1e6 * layer_m),
    'Share of volume': ({ volumeShare }) => volumeShare,
  });

export const momentsTable = ({ volumes }: Answer['energy']): readonly TableColumn[] =>
  columnsOf(volumes, {
    Moment: ({ moment }) => moment,
    'Thickness / mm': ({ thickness_m }) => 1e3 * thickness_m,
    'Volume / mL': ({ volume_m3 }) => 1e6 * volume_m3,
    'Energy per volume / Wh/L': ({ energyDensity_J_per_m3 }) => energyDensity_J_per_m3 / 3.6e6,
  });

/** Every input that has a range, also those that the figure leaves out. `factor` takes the output from SI to its unit. */
export function tornadoTable(
  { tornado, about, energy }: Answer,
  bands: Bands | null,
  { outputs }: Choices,
  factor: number,
): readonly TableColumn[] {
  const { label, unit } = outputs[about];
  const name = `${label} / ${unit}`;
  return columnsOf(tornado, {
    Input: (bar) => bar.label,
    'Input low, SI': ({ range_SI }) => range_SI[0],
    'Input high, SI': ({ range_SI }) => range_SI[1],
    Kind: ({ tag }) => tag,
    [`${name}, input low`]: ({ atLow }) => factor * atLow,
    [`${name}, as typed`]: () => factor * energy[about],
    [`${name}, input high`]: ({ atHigh }) => factor * atHigh,
    'Rank correlation': ({ key }) => bands?.rankCorrelations.find((one) => one.key === key)?.value ?? null,
  });
}

export const reservoirTable = (designs: TaskOutput<'designReservoir'>['designs']): readonly TableColumn[] =>
  columnsOf(designs, {
    'Reservoir / mAh/cm2': ({ reservoir_C_per_m2 }) => reservoir_C_per_m2 / 36000,
    'Short cycles': ({ shortCycles }) => shortCycles,
    'Standard error of one cell / %': ({ error, isEnough }) => (isEnough ? 100 * error : null),
  });

export const coinCellTable = (cells: TaskOutput<'designLife'>['coinCells']): readonly TableColumn[] =>
  columnsOf(cells, {
    Cell: ({ name }) => name,
    'Capacity / mAh/cm2': ({ capacity_C_per_m2 }) => capacity_C_per_m2 / 36000,
    'Lithium / µm': ({ lithium_m }) => 1e6 * lithium_m,
    'N/P': ({ nToP }) => nToP,
    'E/C / g/Ah': ({ electrolyte_kg_per_C }) => 3.6e6 * electrolyte_kg_per_C,
    Cycles: ({ cycles }) => cycles,
    'Test was stopped': ({ wasStopped }) => (wasStopped ? 'yes' : 'no'),
    'CE implied by lithium / %': ({ implied }) => (implied.efficiency === null ? null : 100 * implied.efficiency),
    'What it implies': ({ implied }) => implied.kind,
    'First gone at 80 %': ({ atEighty }) => atEighty.first,
    'Cycles at 80 %': ({ atEighty }) => atEighty.cycles,
  });

export const lightsTable = ({ lights }: Audit): readonly TableColumn[] =>
  columnsOf(lights, {
    Condition: ({ label }) => label,
    Claim: ({ text }) => text,
    Is: ({ level }) => level,
    Practical: ({ target }) => target,
    'Usual in papers': ({ habit }) => habit,
    Source: ({ source }) => source,
  });

/** Facts that the paper states, and those that it does not. */
export const factsTable = ({ stated, missing }: Audit): readonly TableColumn[] =>
  columnsOf(
    [
      ...stated.map(({ label }) => ({ label, is: 'stated' })),
      ...missing.map(({ label }) => ({ label, is: 'missing' })),
    ],
    { Fact: ({ label }) => label, Is: ({ is }) => is },
  );

// `limetal design energy`: energy per mass and volume of a pouch cell from its bill of materials, with bands, and the input for a target.

import {
  type CellEnergy,
  ENERGY_CASES,
  ENERGY_INPUTS,
  ENERGY_OUTPUT_KEYS,
  ENERGY_OUTPUTS,
  ENERGY_START,
  type EnergyAnswer,
  type EnergyBands,
  energyAnswer,
  energyBands,
  energyCaseOf,
  energyInputOf,
  rimShare,
  type Sought,
  seekInput,
  type Target,
} from '../design/index.ts';
import { formatQuantity, InputError, type Issue, nearestHint, tryParseQuantity } from '../units/index.ts';
import { prepareFigures, writeFigures } from './figure-file.ts';
import { jsonParts } from './json-document.ts';
import { significant } from './numbers.ts';
import { outParts, type Terminal } from './terminal.ts';
import { labelled, table, wrap } from './text-table.ts';
import { typedInputs } from './typed-inputs.ts';

export interface EnergyOptions {
  readonly case?: string;
  readonly set?: readonly string[];
  readonly seek?: string;
  readonly target?: string;
  readonly samples?: number;
  readonly seed?: number;
  readonly cases?: boolean;
  readonly inputs?: boolean;
  readonly svg?: string;
  readonly json?: boolean;
}

const COLUMNS = 96;
const BARS_SHOWN = 8;

const Wh_per_kg = (energy_J_per_kg: number): number => energy_J_per_kg / 3600;
const Wh_per_L = (energy_J_per_m3: number): number => energy_J_per_m3 / 3.6e6;

/** Throws InputError. */
export async function designEnergy(
  file: string | undefined,
  options: EnergyOptions,
  terminal: Terminal,
  version: string,
): Promise<void> {
  if (options.cases === true) return terminal.out(caseList());
  if (options.inputs === true) return terminal.out(inputList());
  const issues: Issue[] = [];
  const start = options.case === undefined ? undefined : energyCaseOf(options.case);
  if (options.case !== undefined && start === undefined) {
    const ids = ENERGY_CASES.map(({ id }) => id);
    const hint = nearestHint(options.case, ids) ?? '`limetal design energy --cases` lists them';
    issues.push({ where: '--case', found: options.case, wanted: 'a cell to begin with', hint });
  }
  prepareFigures(options.svg);
  const target = readTarget(options, issues);
  const typed = await typedInputs({ file, set: options.set }, 'a file of inputs', terminal);
  let answer: EnergyAnswer | null = null;
  let bands: EnergyBands | null = null;
  try {
    answer = energyAnswer({ ...start?.text, ...typed }, target?.output);
    bands = energyBands(answer.cell, {
      about: target?.output ?? 'specificEnergy_J_per_kg',
      ...(options.samples === undefined ? {} : { samples: options.samples }),
      ...(options.seed === undefined ? {} : { seed: options.seed }),
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    issues.push(...error.issues);
  }
  if (issues.length > 0 || answer === null || bands === null) throw new InputError(issues);
  const sought = target === null ? null : seekInput(answer.cell.inputs, energyInputOf(options.seek!)!.key, target);
  if (options.svg !== undefined) {
    const { energyTornadoFigure, materialsFigure } = await import('../figures/index.ts');
    const about = target?.output ?? 'specificEnergy_J_per_kg';
    const tornado = energyTornadoFigure(answer, answer.energy[about], ENERGY_OUTPUTS[about]);
    await writeFigures(options.svg, [materialsFigure(answer.energy), tornado], version);
  }
  if (options.json === true) outParts(terminal, jsonParts(documentOf(answer, bands, sought)));
  else terminal.out(textOf(answer, bands, sought, target));
}

/** The target's unit says which number is aimed at. */
function readTarget({ seek, target }: EnergyOptions, issues: Issue[]): Target | null {
  if (seek === undefined && target === undefined) return null;
  if (seek === undefined || target === undefined) {
    const where = seek === undefined ? '--seek' : '--target';
    issues.push({ where, found: 'nothing', wanted: 'both --seek, an input, and --target, what it shall reach' });
    return null;
  }
  if (energyInputOf(seek) === undefined) {
    const names = ENERGY_INPUTS.map(({ name }) => name);
    const hint = nearestHint(seek, names) ?? '`limetal design energy --inputs` lists them';
    issues.push({ where: '--seek', found: seek, wanted: 'the name of an input', hint });
  }
  for (const output of ENERGY_OUTPUT_KEYS) {
    const read = tryParseQuantity(target, ENERGY_OUTPUTS[output].dimension, '--target');
    if (read.ok && read.value_SI > 0) return { output, value: read.value_SI };
  }
  issues.push({
    where: '--target',
    found: `"${target}"`,
    wanted: 'an energy per mass or volume, an energy, a capacity, a mass or a thickness above 0, such as "400 Wh/kg"',
  });
  return null;
}

function caseList(): string {
  const rows = ENERGY_CASES.map(({ id, title, source }) => [id, title, source.split(';')[0]!]);
  return `${table([['id', 'cell', 'source'], ...rows], 'lll')}\n`;
}

function inputList(): string {
  const rows = ENERGY_INPUTS.map(({ name, label, group }) => [name, ENERGY_START[name] ?? '', `${group}: ${label}`]);
  const choices = [
    ['negative', 'lithium', 'lithium, anode-free, or host'],
    ['cathodeLithium', 'in the cathode', 'in the cathode, or in the foil'],
    ['volumeAt', 'as built', 'as built, charged, or end of life'],
    ['rate', '', 'stated beside the result, such as C/3'],
    ['temperature', '', 'stated beside the result'],
    ['pressure', '', 'stated beside the result'],
  ];
  return `${table([['name', 'usual', 'what'], ...rows, ...choices], 'lll')}\n`;
}

const bandText = ([low, high]: readonly [number, number], shown: (value: number) => number): string =>
  `${significant(shown(low), 4)} to ${significant(shown(high), 4)}`;

function textOf(
  { energy, tornado, facts, remarks }: EnergyAnswer,
  bands: EnergyBands,
  sought: Sought | null,
  target: Target | null,
): string {
  const { outputs } = bands;
  const about = target?.output ?? 'specificEnergy_J_per_kg';
  const per = (value: number): string =>
    formatQuantity(value, ENERGY_OUTPUTS[about].unit, 4, ENERGY_OUTPUTS[about].dimension);
  const lines = [
    `${significant(Wh_per_kg(energy.specificEnergy_J_per_kg), 5)} Wh/kg (${bandText(outputs.specificEnergy_J_per_kg.band80, Wh_per_kg)})`,
    `${significant(Wh_per_L(energy.energyDensity_J_per_m3), 5)} Wh/L (${bandText(outputs.energyDensity_J_per_m3.band80, Wh_per_L)})`,
    '',
    labelled(
      'Energy',
      `${significant(energy.energy_J / 3600, 5)} Wh of ${significant(energy.capacity_C / 3600, 5)} Ah at ${significant(energy.voltage_V, 4)} V`,
      COLUMNS,
    ),
    labelled(
      'Balance',
      `N/P ${significant(energy.nToP, 4)}, E/C ${significant(energy.electrolyte_kg_per_C * 3.6e6, 4)} g/Ah`,
      COLUMNS,
    ),
    labelled(
      'Volume',
      energy.volumes
        .map(
          ({ moment, thickness_m, energyDensity_J_per_m3 }) =>
            `${moment} ${significant(1e3 * thickness_m, 4)} mm and ${significant(Wh_per_L(energyDensity_J_per_m3), 4)} Wh/L`,
        )
        .join('; '),
      COLUMNS,
    ),
    '',
    materialsTable(energy),
    '',
    ...facts.map(({ name, text }) => labelled(name, text ?? 'not stated', COLUMNS, 24)),
    '',
    `What moves ${ENERGY_OUTPUTS[about].label.toLowerCase()} most, low and high in its range:`,
    table(
      tornado
        .slice(0, BARS_SHOWN)
        .map(({ name, range_SI, unit, tag, atLow, atHigh }) => [
          name,
          range_SI.map((end) => formatQuantity(end, unit, 3, energyInputOf(name)!.dimension).trim()).join(' to '),
          tag,
          `${per(atLow)} to ${per(atHigh)}`,
        ]),
      'lllr',
    ),
    ...(sought === null ? [] : ['', soughtText(sought, target!)]),
    '',
    ...remarks.map((remark) => wrap(remark, COLUMNS, '')),
    wrap(
      `Bands: the middle 80 % of ${bands.samples} draws over the ranges of the inputs, assumed where none was typed ("20 ± 1 µm").`,
      COLUMNS,
      '',
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function materialsTable(energy: CellEnergy): string {
  const rows = energy.components
    .filter(({ mass_kg, stack_m }) => mass_kg > 0 || stack_m > 0)
    .map(({ name, mass_kg, massShare, layer_m, volumeShare }) => [
      name,
      significant(1e3 * mass_kg, 4),
      significant(100 * massShare, 3),
      layer_m === null ? '' : significant(1e6 * layer_m, 4),
      significant(100 * volumeShare, 3),
    ]);
  const rim = significant(100 * rimShare(energy), 3);
  const total = ['whole cell', significant(1e3 * energy.mass_kg, 5), '100', '', '100'];
  return table(
    [['', 'g', '% mass', 'layer µm', '% volume'], ...rows, ['rim and tabs', '', '', '', rim], total],
    'lrrrr',
  );
}

function soughtText(sought: Sought, { output, value }: Target): string {
  const { unit, dimension } = ENERGY_OUTPUTS[output];
  const wanted = formatQuantity(value, unit, 4, dimension);
  const input = ENERGY_INPUTS.find(({ key }) => key === sought.key)!;
  const amount = formatQuantity(sought.value_SI, input.unit, 4, input.dimension).trim();
  const reached = formatQuantity(sought.reached, unit, 4, dimension);
  if (sought.kind === 'impossible')
    return wrap(`${wanted} is not reached: ${sought.why} The nearest is ${reached} at ${amount}.`, COLUMNS, '');
  const others = sought.others_SI.map((one) => formatQuantity(one, input.unit, 4, input.dimension).trim());
  const also = others.length === 0 ? '' : `; also at ${others.join(', ')}`;
  return wrap(`${wanted} takes ${input.label.toLowerCase()} of ${amount}${also} (${reached} there).`, COLUMNS, '');
}

function documentOf(
  { cell, energy, tornado, facts, remarks }: EnergyAnswer,
  { outputs, samples, seed, rankCorrelations }: EnergyBands,
  sought: Sought | null,
) {
  const correlations = new Map(rankCorrelations.map(({ key, value }) => [key, value]));
  return {
    specific_energy_Wh_per_kg: Wh_per_kg(energy.specificEnergy_J_per_kg),
    specific_energy_band80_Wh_per_kg: outputs.specificEnergy_J_per_kg.band80.map(Wh_per_kg),
    energy_density_Wh_per_L: Wh_per_L(energy.energyDensity_J_per_m3),
    energy_density_band80_Wh_per_L: outputs.energyDensity_J_per_m3.band80.map(Wh_per_L),
    energy_Wh: energy.energy_J / 3600,
    capacity_Ah: energy.capacity_C / 3600,
    voltage_V: energy.voltage_V,
    mass_g: 1e3 * energy.mass_kg,
    volume_mL: 1e6 * energy.volume_m3,
    thickness_mm: 1e3 * energy.thickness_m,
    volume_at: cell.inputs.volumeAt,
    volumes: energy.volumes.map(({ moment, thickness_m, volume_m3, energyDensity_J_per_m3 }) => ({
      moment,
      thickness_mm: 1e3 * thickness_m,
      volume_mL: 1e6 * volume_m3,
      energy_density_Wh_per_L: Wh_per_L(energyDensity_J_per_m3),
    })),
    swelling: energy.swelling,
    n_to_p: energy.nToP,
    e_to_c_g_per_Ah: energy.electrolyte_kg_per_C * 3.6e6,
    components: energy.components.map(({ name, mass_kg, massShare, layer_m, volumeShare }) => ({
      name,
      mass_g: 1e3 * mass_kg,
      mass_share: massShare,
      layer_um: layer_m === null ? null : 1e6 * layer_m,
      volume_share: volumeShare,
    })),
    facts: facts.map(({ name, text }) => ({ name, text })),
    tornado: tornado.map(({ key, name, range_SI, tag, atLow, atHigh }) => ({
      name,
      low_SI: range_SI[0],
      high_SI: range_SI[1],
      tag,
      at_low_SI: atLow,
      at_high_SI: atHigh,
      rank_correlation: correlations.get(key) ?? null,
    })),
    samples,
    seed,
    sought: sought === null ? null : { ...sought },
    remarks,
  };
}

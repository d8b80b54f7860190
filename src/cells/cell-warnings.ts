// What is allowed but unwise: the cell can be computed, and its result should be read with these sentences beside it.

import { CATHODES, findElectrolyte, TRANSPORT_LAWS } from '../materials/index.ts';
import { formatQuantity } from '../units/index.ts';
import type { Cell } from './cell.ts';
import type { ProtocolItem, Step } from './protocol.ts';

/** Temperatures between which the Arrhenius terms of the material data hold (spec of the data, 263 to 333 K). */
const TEMPERATURE_K_MIN = 263;
const TEMPERATURE_K_MAX = 333;
/** An oxidation limit is known to about this. */
const OXIDATION_MARGIN_V = 0.05;
/** One layer that resists more than this (10 kΩ cm2) takes volts at any usual current. */
const LAYER_RESISTANCE_OHM_M2_MAX = 1;

/** Remarks on a cell, one sentence each; empty for a cell within what its data cover. */
export function cellWarnings(cell: Cell): readonly string[] {
  return [...oxidation(cell), ...validity(cell), ...blockingLayers(cell)];
}

function oxidation(cell: Cell): readonly string[] {
  const { working, electrolyte } = cell;
  if (working.kind !== 'cathode') return [];
  const limit = findElectrolyte(electrolyte.name)?.material.oxidationLimit.value;
  if (limit === undefined) return [];
  const known = CATHODES.find(({ id }) => id === working.material);
  const asked = cell.protocol ? highestVoltage(cell.protocol.items) : null;
  const highest = Math.min(asked ?? known?.voltageLimits.high.value ?? cell.voltage_V_max, cell.voltage_V_max);
  if (highest <= limit + OXIDATION_MARGIN_V) return [];
  return [
    `${electrolyte.name} oxidises from about ${limit} V, and this cell is charged to ${highest} V: the oxidation is not simulated, a real cell would lose charge and fade.`,
  ];
}

function highestVoltage(items: readonly ProtocolItem[]): number | null {
  const voltages = items.flatMap((item) =>
    item.kind === 'step' ? voltagesOf(item) : [highestVoltage(item.items) ?? Number.NaN],
  );
  const finite = voltages.filter(Number.isFinite);
  return finite.length === 0 ? null : Math.max(...finite);
}

function voltagesOf({ drive, until }: Step): readonly number[] {
  const ends = until.flatMap((end) => (end.kind === 'voltage' ? [end.voltage_V] : []));
  if (drive.kind === 'voltage') return [...ends, drive.voltage_V];
  return drive.kind === 'profile' && drive.of === 'voltage' ? [...ends, ...drive.value_SI] : ends;
}

function validity({ electrolyte, temperature_K }: Cell): readonly string[] {
  const warnings: string[] = [];
  const celsius = formatQuantity(temperature_K, '°C', 4);
  const law = TRANSPORT_LAWS.find((one) => one.law === electrolyte.law);
  if (law) {
    const [coldest, hottest] = law.temperatureRange_K;
    const [least, most] = law.concentrationRange_mol_per_m3;
    const c = electrolyte.concentration_mol_per_m3;
    if (c < least || c > most) {
      warnings.push(
        `The salt concentration ${c / 1000} M lies outside ${least / 1000} to ${most / 1000} M, where ${law.source} holds.`,
      );
    }
    if (temperature_K < coldest || temperature_K > hottest) {
      warnings.push(`${celsius} lies outside ${coldest} to ${hottest} K, where ${law.source} holds.`);
      return warnings;
    }
  }
  if (temperature_K < TEMPERATURE_K_MIN || temperature_K > TEMPERATURE_K_MAX) {
    warnings.push(
      `${celsius} lies outside ${TEMPERATURE_K_MIN} to ${TEMPERATURE_K_MAX} K, where the activation energies of the material data hold.`,
    );
  }
  return warnings;
}

function blockingLayers({ counter, working }: Cell): readonly string[] {
  const sides = working.kind === 'cathode' ? [counter] : [counter, working];
  const layers = sides.flatMap(({ interphase }) => interphase);
  const blocking = layers.filter(
    ({ thickness_m, conductivity_S_per_m }) => thickness_m / conductivity_S_per_m > LAYER_RESISTANCE_OHM_M2_MAX,
  );
  return [...new Set(blocking.map(({ name }) => name))].map((name) => {
    const { thickness_m, conductivity_S_per_m } = blocking.find((layer) => layer.name === name)!;
    const resistance = formatQuantity(thickness_m / conductivity_S_per_m, 'kΩ cm2', 3);
    return `The layer ${name} alone resists ${resistance} and nearly blocks the current; a real film conducts through its pinholes and grain boundaries, which its conductivity would have to include.`;
  });
}

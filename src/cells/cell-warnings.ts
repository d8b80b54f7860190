// What is allowed but unwise: the cell can be computed, and its result should be read with these sentences beside it.

import { CATHODES, findElectrolyte, TRANSPORT_LAWS } from '../materials/index.ts';
import { areal_charge_C_per_m2_from_thickness, formatQuantity } from '../units/index.ts';
import type { CoatingLayer } from './ageing.ts';
import type { Cell, InterphaseLayer } from './cell.ts';
import { alikeIn, compositionOf, platingWarnings, STANDS_FOR_IT } from './electrolyte-composition.ts';
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
  // What a solid is called is no composition; its interphase is what it is.
  if (cell.solid) return validity(cell);
  return [
    ...oxidation(cell),
    ...validity(cell),
    ...meaningOfName(cell),
    ...strangers(cell),
    ...blockingLayers(cell),
    ...overfullHosts(cell),
  ];
}

/** The electrolyte itself or, where no data of it exist, the one most like it. */
function knownElectrolyte(name: string) {
  const match = findElectrolyte(name);
  if (match) return match.material;
  const read = compositionOf(name);
  return read === null ? undefined : alikeIn(read);
}

/** What was guessed in reading the electrolyte's name. */
function meaningOfName({ electrolyte }: Cell): readonly string[] {
  const read = compositionOf(electrolyte.name);
  if (read === null || read.reasons.length === 0) return [];
  return [`The electrolyte is read as ${read.canonical}: ${read.reasons.join('; ')}.`];
}

/** Values of another electrolyte, and a composition that the law of plating has not seen. */
function strangers({ electrolyte, ageing, assumptions }: Cell): readonly string[] {
  const standIn = assumptions
    .find(({ source }) => source.includes(STANDS_FOR_IT))
    ?.source.split('; ')
    .find((part) => part.includes(STANDS_FOR_IT));
  const warnings = standIn === undefined ? [] : [`Transport, kinetics or film are of another electrolyte: ${standIn}.`];
  const read = compositionOf(electrolyte.name);
  return ageing === null || read === null ? warnings : [...warnings, ...platingWarnings(read)];
}

/** More lithium in a host than it holds lies on top of it, as on foil. */
function overfullHosts({ ageing, area_m2, protocol, counter, working, nominalCapacity_C }: Cell): readonly string[] {
  if (ageing === null || protocol === null) return [];
  const most = mostPlated_C_per_m2(protocol.items, area_m2, nominalCapacity_C);
  const sides = [
    { electrode: counter, host: ageing.counter.host, plated: most.counter },
    ...(working.kind === 'cathode'
      ? []
      : [{ electrode: working, host: ageing.working?.host ?? null, plated: most.working }]),
  ];
  return sides.flatMap(({ electrode, host, plated }) => {
    if (host === null) return [];
    const holds = areal_charge_C_per_m2_from_thickness(host.porosity * host.thickness_m);
    // What one half-cycle brings beside what was there; a margin for the rounding of thicknesses.
    const brought = areal_charge_C_per_m2_from_thickness(electrode.lithiumThickness_m) + plated;
    if (brought <= holds * (1 + 1e-9)) return [];
    const [most, room] = [brought, holds].map((charge) => formatQuantity(charge, 'mAh/cm2', 3, 'areal charge'));
    return [`The host ${host.name} holds ${room} and gets up to ${most}: the rest is plated on top of it, as on foil.`];
  });
}

/** Largest charge that one step plates on each side, as far as the steps tell it. */
function mostPlated_C_per_m2(
  items: readonly ProtocolItem[],
  area_m2: number,
  nominalCapacity_C: number | null,
): { readonly counter: number; readonly working: number } {
  let [counter, working] = [0, 0];
  for (const item of items) {
    if (item.kind !== 'step') {
      const inner = mostPlated_C_per_m2(item.items, area_m2, nominalCapacity_C);
      [counter, working] = [Math.max(counter, inner.counter), Math.max(working, inner.working)];
      continue;
    }
    const j = arealCurrent_A_per_m2(item, area_m2, nominalCapacity_C);
    const plated = j === 0 ? 0 : chargeOf_C_per_m2(item, Math.abs(j), area_m2, nominalCapacity_C);
    if (j > 0) counter = Math.max(counter, plated);
    else working = Math.max(working, plated);
  }
  return { counter, working };
}

function arealCurrent_A_per_m2({ drive }: Step, area_m2: number, nominalCapacity_C: number | null): number {
  switch (drive.kind) {
    case 'current':
      return drive.current_A / area_m2;
    case 'current-density':
      return drive.j_A_per_m2;
    case 'c-rate':
      return (drive.rate_per_h * (nominalCapacity_C ?? 0)) / 3600 / area_m2;
    default:
      return 0;
  }
}

/** Steps that end on a voltage pass at most the nominal capacity, as far as can be told beforehand. */
function chargeOf_C_per_m2(
  { duration_s, until }: Step,
  j_A_per_m2: number,
  area_m2: number,
  nominalCapacity_C: number | null,
): number {
  const ends = until.flatMap((end) =>
    end.kind === 'areal-charge' ? [end.charge_C_per_m2] : end.kind === 'charge' ? [end.charge_C / area_m2] : [],
  );
  if (duration_s !== undefined) ends.push(j_A_per_m2 * duration_s);
  if (ends.length > 0) return Math.min(...ends);
  return nominalCapacity_C === null ? 0 : nominalCapacity_C / area_m2;
}

function oxidation(cell: Cell): readonly string[] {
  const { working, electrolyte } = cell;
  if (working.kind !== 'cathode') return [];
  const limit = knownElectrolyte(electrolyte.name)?.oxidationLimit.value;
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

function blockingLayers({ counter, working, ageing }: Cell): readonly string[] {
  const sides = working.kind === 'cathode' ? [counter] : [counter, working];
  const films: (InterphaseLayer | CoatingLayer)[] = sides.flatMap(({ interphase }) => interphase);
  const coatings = [ageing?.counter.coating, ageing?.working?.coating].flatMap((coating) => (coating ? [coating] : []));
  const blocking = films.filter(isBlocking);
  const warnings = [...new Set(blocking.map(({ name }) => name))].map((name) => {
    const resistance = resistanceText(blocking.find((layer) => layer.name === name)!);
    return `The layer ${name} alone resists ${resistance} and nearly blocks the current; a real film conducts through its pinholes and grain boundaries, which its conductivity would have to include.`;
  });
  for (const { layers, pinholeFraction } of coatings) {
    const layer = layers.find(isBlocking);
    if (!layer) continue;
    const way =
      pinholeFraction > 0 ? `its pinholes, ${pinholeFraction} of the surface, carry it` : 'it has no pinholes';
    const told = `The coating ${layer.name} resists ${resistanceText(layer)} and nearly blocks the current: ${way}.`;
    if (!warnings.includes(told)) warnings.push(told);
  }
  return warnings;
}

const isBlocking = ({ thickness_m, conductivity_S_per_m }: InterphaseLayer | CoatingLayer): boolean =>
  thickness_m / conductivity_S_per_m > LAYER_RESISTANCE_OHM_M2_MAX;

function resistanceText({ thickness_m, conductivity_S_per_m }: InterphaseLayer | CoatingLayer): string {
  return formatQuantity(thickness_m / conductivity_S_per_m, 'kΩ cm2', 3);
}

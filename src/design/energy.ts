// Energy per mass and per volume of a pouch cell of lithium metal, with everything that is in it. Per double-sided layer and electrode area
// A = w·h, N cathodes and N + 1 negative electrodes:
//
//   Q = 2·N·A·q·f      E = Q·(V₊ − V₋)      q the areal capacity, f what the first cycle leaves of it
//   T = N·(2·cathode + Al + 2·negative + Cu + 2·separator) + (2·negative + Cu) + 2·pouch
//   V = (w + c)·(h + c + tab)·T             c the rim of the pouch, tab the length of the tabs outside
//
// After the open calculation of mjlacey/cellmodels (notebook 2), whose six cases are in `energy-cases.ts`. Ours besides: a layer on the
// lithium, pores of lithium at the end of life, volume at three moments, and what is in the cell but in no layer.

import {
  type EnergyInputs,
  foilCharge_C_per_m2,
  LITHIUM_SPECIFIC_CAPACITY_C_per_kg,
  lithiumThickness_m,
  type VolumeMoment,
} from './energy-inputs.ts';

export const COMPONENTS = [
  'cathode',
  'positive foil',
  'lithium',
  'host',
  'interlayer',
  'negative foil',
  'separator',
  'electrolyte',
  'pouch',
  'tabs',
  'other',
] as const;
export type ComponentName = (typeof COMPONENTS)[number];

/** One entry of the bill of materials. */
export interface Component {
  readonly name: ComponentName;
  readonly mass_kg: number;
  readonly massShare: number;
  /** Of a single layer, on one face; null for what is no layer. */
  readonly layer_m: number | null;
  /** In the stack, all layers together, at the moment that the volume is taken; 0 for what lies in pores. */
  readonly stack_m: number;
  /** Share of the volume of the whole cell: its layers times the electrode's area, pouch and rim for themselves. */
  readonly volumeShare: number;
}

export interface VolumeAt {
  readonly moment: VolumeMoment;
  /** Thickness of the whole cell. */
  readonly thickness_m: number;
  readonly volume_m3: number;
  readonly energyDensity_J_per_m3: number;
}

export interface CellEnergy {
  readonly capacity_C: number;
  readonly voltage_V: number;
  readonly energy_J: number;
  readonly mass_kg: number;
  readonly specificEnergy_J_per_kg: number;
  /** At the moment that was asked for. */
  readonly thickness_m: number;
  readonly volume_m3: number;
  readonly energyDensity_J_per_m3: number;
  /** At all three. */
  readonly volumes: readonly VolumeAt[];
  /** Largest and smallest first-to-last thickness over each other, less 1: how much the cell swells from the bench to its end. */
  readonly swelling: number;
  readonly components: readonly Component[];
  /** Lithium on the negative side when built, over the cathode's capacity. For a host its capacity over the cathode's. */
  readonly nToP: number;
  /** Liquid over capacity that is delivered. */
  readonly electrolyte_kg_per_C: number;
  readonly electrolyteVolume_m3: number;
}

/** Areal capacity that the cell delivers in its first full discharge, before losses of the first cycle. */
function arealCapacity_C_per_m2(inputs: EnergyInputs): number {
  const { negative, cathodeLithium, cathodeCapacity_C_per_m2: cathode, hostCapacity_C_per_m2: host } = inputs;
  if (negative === 'host') return Math.min(cathode, host);
  // Lithium that the cathode brought is back in it; one that takes lithium from the foil gets no more than there is.
  return cathodeLithium === 'in the foil' ? Math.min(cathode, foilCharge_C_per_m2(inputs)) : cathode;
}

/** Lithium on each face at a moment, thickness; nothing for a host. */
function lithiumAt_m(inputs: EnergyInputs, moment: VolumeMoment): number {
  const { negative, cathodeLithium, lithiumDensity_kg_per_m3, cathodeCapacity_C_per_m2, depositPorosity } = inputs;
  if (negative === 'host') return 0;
  const built_m = negative === 'lithium' ? inputs.lithium_m : 0;
  if (moment === 'as built') return built_m;
  const plated_m =
    cathodeLithium === 'in the cathode' ? lithiumThickness_m(cathodeCapacity_C_per_m2, lithiumDensity_kg_per_m3) : 0;
  const dense_m = built_m + plated_m;
  // At the end all of it has been plated anew, with pores.
  return moment === 'charged' ? dense_m : dense_m / (1 - depositPorosity);
}

/** Thickness of a coating that holds an areal capacity. */
const coating_m = (charge_C_per_m2: number, mass_C_per_kg: number, share: number, density_kg_per_m3: number): number =>
  charge_C_per_m2 / (mass_C_per_kg * share * density_kg_per_m3);

export function cellEnergy(inputs: EnergyInputs): CellEnergy {
  const { layers: N, electrodeWidth_m: w, electrodeHeight_m: h, clearance_m: c, tabLength_m: tab, negative } = inputs;
  const area_m2 = w * h;
  const useShare = inputs.firstCycleShare * (inputs.highestCharge - inputs.lowestCharge);
  const capacity_C = 2 * N * area_m2 * arealCapacity_C_per_m2(inputs) * useShare;
  const voltage_V = inputs.cathodePotential_V - (negative === 'host' ? inputs.hostPotential_V : 0);
  const energy_J = capacity_C * voltage_V;

  const cathode_m = coating_m(
    inputs.cathodeCapacity_C_per_m2,
    inputs.cathodeSpecificCapacity_C_per_kg,
    inputs.cathodeActiveShare,
    inputs.cathodeCoatingDensity_kg_per_m3,
  );
  const host_m =
    negative !== 'host'
      ? 0
      : coating_m(
          inputs.hostCapacity_C_per_m2,
          inputs.hostSpecificCapacity_C_per_kg,
          inputs.hostActiveShare,
          inputs.hostCoatingDensity_kg_per_m3,
        );
  const foilLithium_m = lithiumAt_m(inputs, 'as built');
  const fullCapacity_C = capacity_C / (inputs.highestCharge - inputs.lowestCharge);
  const electrolyte_kg = inputs.electrolyte_kg_per_C * fullCapacity_C;

  const masses: Readonly<Record<ComponentName, number>> = {
    cathode: 2 * N * area_m2 * cathode_m * inputs.cathodeCoatingDensity_kg_per_m3,
    'positive foil': N * area_m2 * inputs.positiveFoil_m * inputs.positiveFoilDensity_kg_per_m3,
    // Lithium that the cathode brings is weighed there.
    lithium: 2 * (N + 1) * area_m2 * foilLithium_m * inputs.lithiumDensity_kg_per_m3,
    host: 2 * (N + 1) * area_m2 * host_m * inputs.hostCoatingDensity_kg_per_m3,
    interlayer: 2 * (N + 1) * area_m2 * inputs.interlayer_m * inputs.interlayerDensity_kg_per_m3,
    'negative foil': (N + 1) * area_m2 * inputs.negativeFoil_m * inputs.negativeFoilDensity_kg_per_m3,
    separator: 2 * N * area_m2 * inputs.separator_m * inputs.separatorDensity_kg_per_m3,
    electrolyte: electrolyte_kg,
    pouch: 2 * inputs.pouch_m * inputs.pouchDensity_kg_per_m3 * (w + c) * (h + c),
    tabs:
      (tab + c) *
      inputs.tabWidth_m *
      inputs.tab_m *
      (inputs.positiveTabDensity_kg_per_m3 + inputs.negativeTabDensity_kg_per_m3),
    other: inputs.otherMass_kg,
  };
  let mass_kg = 0;
  for (const name of COMPONENTS) mass_kg += masses[name];

  const base_m2 = (w + c) * (h + c + tab);
  const layersAt = (moment: VolumeMoment): Readonly<Record<ComponentName, number>> => ({
    cathode: 2 * N * cathode_m,
    'positive foil': N * inputs.positiveFoil_m,
    lithium: 2 * (N + 1) * lithiumAt_m(inputs, moment),
    host: 2 * (N + 1) * host_m,
    interlayer: 2 * (N + 1) * inputs.interlayer_m,
    'negative foil': (N + 1) * inputs.negativeFoil_m,
    separator: 2 * N * inputs.separator_m,
    // It lies in the pores of the others.
    electrolyte: 0,
    pouch: 2 * inputs.pouch_m,
    tabs: 0,
    other: 0,
  });
  const volumeAt = (moment: VolumeMoment): VolumeAt => {
    const layers = layersAt(moment);
    let thickness_m = 0;
    for (const name of COMPONENTS) thickness_m += layers[name];
    const volume_m3 = base_m2 * thickness_m + inputs.otherVolume_m3;
    return { moment, thickness_m, volume_m3, energyDensity_J_per_m3: energy_J / volume_m3 };
  };
  const volumes = [volumeAt('as built'), volumeAt('charged'), volumeAt('end of life')];
  const shown = volumes.find(({ moment }) => moment === inputs.volumeAt)!;
  const stack = layersAt(inputs.volumeAt);
  const layerOf: Readonly<Partial<Record<ComponentName, number>>> = {
    cathode: cathode_m,
    'positive foil': inputs.positiveFoil_m,
    lithium: lithiumAt_m(inputs, inputs.volumeAt),
    host: host_m,
    interlayer: inputs.interlayer_m,
    'negative foil': inputs.negativeFoil_m,
    separator: inputs.separator_m,
    pouch: inputs.pouch_m,
  };
  const components = COMPONENTS.map(
    (name): Component => ({
      name,
      mass_kg: masses[name],
      massShare: masses[name] / mass_kg,
      layer_m: layerOf[name] ?? null,
      stack_m: stack[name],
      volumeShare:
        (name === 'pouch' ? base_m2 * stack.pouch : name === 'other' ? inputs.otherVolume_m3 : area_m2 * stack[name]) /
        shown.volume_m3,
    }),
  );
  const cathodeCharge = inputs.cathodeCapacity_C_per_m2;
  const negativeCharge =
    negative === 'host'
      ? inputs.hostCapacity_C_per_m2
      : foilLithium_m * inputs.lithiumDensity_kg_per_m3 * LITHIUM_SPECIFIC_CAPACITY_C_per_kg;
  return {
    capacity_C,
    voltage_V,
    energy_J,
    mass_kg,
    specificEnergy_J_per_kg: energy_J / mass_kg,
    thickness_m: shown.thickness_m,
    volume_m3: shown.volume_m3,
    energyDensity_J_per_m3: shown.energyDensity_J_per_m3,
    volumes,
    swelling: volumes[2]!.thickness_m / volumes[0]!.thickness_m - 1,
    components,
    nToP: negativeCharge / cathodeCharge,
    electrolyte_kg_per_C: inputs.electrolyte_kg_per_C,
    electrolyteVolume_m3: electrolyte_kg / inputs.electrolyteDensity_kg_per_m3,
  };
}

/** Share of the volume that no layer takes: the rim around the electrodes and the tabs' end. */
export function rimShare({ components }: CellEnergy): number {
  let taken = 0;
  for (const { volumeShare } of components) taken += volumeShare;
  return 1 - taken;
}

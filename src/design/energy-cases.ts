// Cells to begin with: the six of an open calculation that can be checked digit by digit (mjlacey/cellmodels, notebook 2), and two
// that stand for published pouch cells, for plausibility.

import type { EnergyText } from './energy-inputs.ts';

export interface EnergyCase {
  readonly id: string;
  readonly title: string;
  /** What differs from `ENERGY_START`. */
  readonly text: EnergyText;
  readonly source: string;
}

const SOURCE = 'mjlacey/cellmodels, notebook 2';
/** Every solid-state case has the same small amount of catholyte. */
const CATHOLYTE = '0.561 mL/Ah';

export const ENERGY_CASES: readonly EnergyCase[] = [
  {
    id: 'graphite',
    title: 'Graphite at N/P 1.1, NMC811, for comparison',
    text: { negative: 'host' },
    source: SOURCE,
  },
  { id: 'lithium-50', title: '50 µm lithium, NMC811, liquid', text: {}, source: SOURCE },
  {
    id: 'lithium-50-lfp',
    title: '50 µm lithium, LFP, liquid',
    text: {
      cathodeSpecificCapacity: '165 mAh/g',
      cathodePotential: '3.375 V',
      cathodeCoatingDensity: '2.52 g/cm3',
    },
    source: SOURCE,
  },
  {
    id: 'lithium-50-llzo',
    title: '50 µm lithium, 20 µm LLZO, NMC811',
    text: { separator: '20 µm', separatorDensity: '5.1 g/cm3', electrolyte: CATHOLYTE },
    source: SOURCE,
  },
  {
    id: 'anode-free-llzo',
    title: 'Anode-free, 20 µm LLZO, NMC811',
    text: {
      negative: 'anode-free',
      volumeAt: 'charged',
      separator: '20 µm',
      separatorDensity: '5.1 g/cm3',
      electrolyte: CATHOLYTE,
    },
    source: SOURCE,
  },
  {
    id: 'anode-free-sulfide',
    title: 'Anode-free, 20 µm sulfide, NMC811',
    text: {
      negative: 'anode-free',
      volumeAt: 'charged',
      separator: '20 µm',
      separatorDensity: '2.0 g/cm3',
      electrolyte: CATHOLYTE,
      electrolyteDensity: '2.0 g/cm3',
    },
    source: SOURCE,
  },
  {
    id: 'pouch-300',
    title: '1 Ah pouch after Chen 2019: 50 µm lithium, NMC622, 3 g/Ah (plausibility only)',
    text: {
      cathodeCapacity: '3.5 mAh/cm2',
      cathodeSpecificCapacity: '180 mAh/g',
      cathodeActiveShare: '0.96',
      cathodeCoatingDensity: '3.0 g/cm3',
      cathodePotential: '3.85 V',
      lithium: '50 µm',
      electrolyte: '3 g/Ah',
      layers: '6',
      electrodeHeight: '6.4 cm',
      electrodeWidth: '3.9 cm',
      clearance: '0.5 cm',
      tabWidth: '0.5 cm',
      tab: '0.1 mm',
      otherMass: '0.2 g',
      firstCycleShare: '1',
    },
    source: 'Chen 2019, 10.1016/j.joule.2019.02.004; foils and pouch assumed, and not all masses are published',
  },
  {
    id: 'pouch-350',
    title: 'Pouch after Niu 2021: 20 µm lithium, NMC622, 2.4 g/Ah (plausibility only)',
    text: {
      cathodeCapacity: '4.1 mAh/cm2',
      cathodeSpecificCapacity: '185 mAh/g',
      cathodeActiveShare: '0.96',
      cathodeCoatingDensity: '3.1 g/cm3',
      cathodePotential: '3.85 V',
      lithium: '20 µm',
      electrolyte: '2.4 g/Ah',
      layers: '7',
      electrodeHeight: '7 cm',
      electrodeWidth: '5 cm',
      clearance: '0.5 cm',
      tabWidth: '0.5 cm',
      tab: '0.1 mm',
      otherMass: '0.2 g',
      firstCycleShare: '1',
    },
    source: 'Niu 2021, 10.1038/s41560-021-00852-3; foils and pouch assumed, and not all masses are published',
  },
];

export const energyCaseOf = (id: string): EnergyCase | undefined => ENERGY_CASES.find((one) => one.id === id);

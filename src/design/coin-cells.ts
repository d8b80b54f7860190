// Seven coin cells of one laboratory that part what lithium and what electrolyte end: six of them are explained by lithium at one efficiency
// each, the lean one is not. Against them the question of what dies first is held.

import { power } from '../numerics/index.ts';
import { requiredEfficiency } from '../physics/index.ts';
import { type FirstGone, lifetime, type Supplies } from './lifetime.ts';

/** Li|NMC622, 80 % retention. */
export interface CoinCell {
  readonly name: string;
  readonly capacity_C_per_m2: number;
  readonly lithium_m: number;
  /** Foil over cathode, as printed. */
  readonly nToP: number;
  readonly electrolyte_kg_per_C: number;
  readonly j_A_per_m2: number;
  readonly cycles: number;
  /** The test was ended before the cell did. */
  readonly wasStopped: boolean;
}

/** Where the seven stand. */
export const COIN_CELLS_SOURCE =
  'Chen et al. 2019, Joule 3, 1094 (10.1016/j.joule.2019.02.004), as tabulated in donghee1025/Battery-Park';

const cell = (
  name: string,
  mAh_per_cm2: number,
  um: number,
  nToP: number,
  g_per_Ah: number,
  mA_per_cm2: number,
  cycles: number,
  wasStopped = false,
): CoinCell => ({
  name,
  capacity_C_per_m2: mAh_per_cm2 * 36000,
  lithium_m: um * 1e-6,
  nToP,
  electrolyte_kg_per_C: (g_per_Ah * 1e-3) / 3600,
  j_A_per_m2: 10 * mA_per_cm2,
  cycles,
  wasStopped,
});

export const COIN_CELLS: readonly CoinCell[] = [
  cell('thin cathode, thick lithium, flooded', 0.45, 250, 111, 210, 0.9, 300, true),
  cell('thin lithium, gentle, flooded', 2.5, 50, 4, 35, 0.5, 73),
  cell('thick cathode, thick lithium, flooded', 3.8, 250, 13, 25, 0.76, 62),
  cell('thin lithium, flooded', 1.4, 50, 7.1, 60, 0.28, 37),
  cell('thick cathode, thin lithium, flooded', 3.7, 50, 2.7, 25, 0.74, 15),
  cell('thick lithium, lean', 3.8, 250, 13, 3, 0.76, 12),
  cell('thin lithium, lean', 3.5, 50, 2.9, 3, 0.7, 12),
];

/** Below this efficiency a test proves nothing: any cell with so much lithium would have lasted. */
const PROVING_EFFICIENCY_MIN = 0.7;

/** What a test of so many cycles says about its lithium. */
export type ImpliedEfficiency =
  | { readonly kind: 'implied'; readonly efficiency: number }
  /** Lithium alone lasts that long with next to nothing given back. */
  | { readonly kind: 'proves nothing'; readonly efficiency: number }
  /** Lithium would have lasted longer even with nothing given back: something else ended the cell. */
  | { readonly kind: 'not lithium'; readonly efficiency: null };

/**
 * The efficiency that lithium would have had to have, had it ended the test. `wasStopped`: the cell had not ended, so that the
 * efficiency is a lower limit.
 */
export function impliedEfficiency(
  excess: number,
  cycles: number,
  retention: number,
  wasStopped = false,
): ImpliedEfficiency {
  const efficiency = requiredEfficiency(excess, cycles, retention);
  if (efficiency === null)
    return wasStopped ? { kind: 'proves nothing', efficiency: 0 } : { kind: 'not lithium', efficiency: null };
  return { kind: efficiency < PROVING_EFFICIENCY_MIN ? 'proves nothing' : 'implied', efficiency };
}

/** One end of a cell by its two supplies over the amount of electrolyte, for a figure. */
export interface FirstGonePoint {
  readonly electrolyte_kg_per_C: number;
  readonly lithiumCycles: number | null;
  readonly electrolyteCycles: number | null;
  readonly cycles: number;
  readonly first: FirstGone;
}

/** Lives with the supplies given and other amounts of electrolyte, from a fifth of `from` upwards by equal ratios. */
export function lifeOverElectrolyte(
  supplies: Supplies,
  efficiency: number,
  retention: number,
  range_kg_per_C: readonly [number, number],
  points = 61,
): FirstGonePoint[] {
  const { electrolyte } = supplies;
  if (electrolyte === null) return [];
  const [low, high] = range_kg_per_C;
  return Array.from({ length: points }, (_, k) => {
    const electrolyte_kg_per_C = low * power(high / low, k / (points - 1));
    const { lithiumCycles, electrolyteCycles, cycles, first } = lifetime(
      { ...supplies, electrolyte: { ...electrolyte, electrolyte_kg_per_C } },
      efficiency,
      retention,
    );
    return { electrolyte_kg_per_C, lithiumCycles, electrolyteCycles, cycles, first };
  });
}

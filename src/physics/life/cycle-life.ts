// How long lithium and electrolyte last at a constant Coulombic efficiency of lithium, and the efficiency that a life asks
// for. Spec §1.12 and §1.13. Cycles are real numbers: cycle 44.5 lies between the 44th, which is kept, and the 45th.

import { bracketedRoot, exp, expm1, log, log1p, power } from '../../numerics/index.ts';
import { F } from '../../units/index.ts';

/**
 * Cycles until capacity has fallen to the share R: n = x/(1 − CE) + ln R/ln CE. For the first x/(1 − CE) the excess x (lithium
 * beyond what the cathode takes, over the cathode's capacity) pays and capacity holds; then it falls by CE in each
 * cycle. 0 < CE ≤ 1, 0 < R ≤ 1; infinite at CE = 1.
 */
export function lithiumLimitedCycles(excess: number, efficiency: number, retention: number): number {
  if (efficiency >= 1) return Number.POSITIVE_INFINITY;
  return excess / (1 - efficiency) + (retention === 1 ? 0 : log(retention) / log(efficiency));
}

/** CE = R^(1/n) where no lithium is in excess. */
export function anodeFreeEfficiency(cycles: number, retention: number): number {
  return power(retention, 1 / cycles);
}

/** Tolerance on the logarithm of the loss: a part in 1e13 of 1 − CE. */
const TOLERANCE = 1e-13;
/** Losses between which one is looked for, as logarithms; the first is beyond any test, the second is a CE of 1e-12. */
const LOG_LOSS_MIN = log(1e-15);
const LOG_LOSS_MAX = log(1 - 1e-12);

/**
 * CE at which lithium lasts for n cycles to the share R: the inverse of `lithiumLimitedCycles`. Null where even a cell that gets
 * nothing back lasts longer (n ≤ x): such a test proves nothing, or something else than lithium ended it. `cycles` > 0.
 */
export function requiredEfficiency(excess: number, cycles: number, retention: number): number | null {
  if (excess === 0) return retention === 1 ? 1 : anodeFreeEfficiency(cycles, retention);
  const beyond = (logLoss: number): number => {
    const loss = exp(logLoss);
    const fading = retention === 1 ? 0 : log(retention) / log1p(-loss);
    return log((excess / loss + fading) / cycles);
  };
  const longest = beyond(LOG_LOSS_MIN);
  const shortest = beyond(LOG_LOSS_MAX);
  if (longest <= 0) return 1;
  if (shortest >= 0) return null;
  return -expm1(bracketedRoot(beyond, LOG_LOSS_MAX, shortest, LOG_LOSS_MIN, longest, TOLERANCE));
}

/** Excess of lithium over the cathode's capacity that lasts n cycles to the share R; never below 0. */
export function requiredExcess(efficiency: number, cycles: number, retention: number): number {
  const fading = retention === 1 || efficiency >= 1 ? 0 : log(retention) / log(efficiency);
  return Math.max(0, (1 - efficiency) * (cycles - fading));
}

/** Share of capacity left after n cycles: 1 while the excess lasts, CE^(n − x/(1 − CE)) afterwards. */
export function retentionAfter(excess: number, efficiency: number, cycles: number): number {
  if (efficiency >= 1) return 1;
  return power(efficiency, Math.max(0, cycles - excess / (1 - efficiency)));
}

/** What decides how long the electrolyte lasts. */
export interface ElectrolyteSupply {
  /** Mass of electrolyte per capacity of the cathode: 1 g/Ah = 1e-3/3600 kg/C. */
  readonly electrolyte_kg_per_C: number;
  /** Share of it that may be spent before the cell runs dry. */
  readonly usableFraction: number;
  /** Share of the lithium lost that goes into interphase; the rest is dead metal and costs no electrolyte. */
  readonly interphaseShare: number;
  /** Electrons that one molecule takes, and its mass. */
  readonly electrons: number;
  readonly molarMass_kg_per_mol: number;
}

/** Electrolyte spent by a cycle of relative loss 1 − CE, kg per C of capacity: y·(1 − CE)·M/(F·n_e). Spec §1.12. */
export function electrolyteSpent_kg_per_C(supply: ElectrolyteSupply, efficiency: number): number {
  return (supply.interphaseShare * (1 - efficiency) * supply.molarMass_kg_per_mol) / (F * supply.electrons);
}

/** Cycles at full capacity until the usable electrolyte is spent; infinite at CE = 1. */
export function electrolyteLimitedCycles(supply: ElectrolyteSupply, efficiency: number): number {
  const spent = electrolyteSpent_kg_per_C(supply, efficiency);
  return spent > 0 ? (supply.usableFraction * supply.electrolyte_kg_per_C) / spent : Number.POSITIVE_INFINITY;
}

/** CE at which the electrolyte lasts n cycles; 0 where it does whatever the CE. */
export function electrolyteRequiredEfficiency(supply: ElectrolyteSupply, cycles: number): number {
  return Math.max(0, 1 - electrolyteLimitedCycles(supply, 0) / cycles);
}

/** Electrolyte per capacity that lasts n cycles, kg/C. */
export function requiredElectrolyte_kg_per_C(supply: ElectrolyteSupply, efficiency: number, cycles: number): number {
  return (cycles * electrolyteSpent_kg_per_C(supply, efficiency)) / supply.usableFraction;
}

/** Loss per hour, CIE/h = (1 − CE)/t: cycles of different length laid side by side; t in hours of a whole cycle. */
export function inefficiency_per_h(efficiency: number, cycle_h: number): number {
  return (1 - efficiency) / cycle_h;
}

/** A reservoir test after Aurbach: `total` plated at first, `cycles` of `cycled`, then all stripped; any one unit of charge. */
export interface ReservoirTest {
  readonly cycles: number;
  readonly cycled: number;
  readonly total: number;
}

/** CE = (n·Q_c + Q_s)/(n·Q_c + Q_T). Aurbach 1989; Adams 2018, 10.1002/aenm.201702097. */
export function reservoirEfficiency({ cycles, cycled, total }: ReservoirTest, stripped: number): number {
  return (cycles * cycled + stripped) / (cycles * cycled + total);
}

/** Standard error of that CE from the one of Q_s: σ/(n·Q_c + Q_T). */
export function reservoirEfficiencyError({ cycles, cycled, total }: ReservoirTest, strippedError: number): number {
  return strippedError / (cycles * cycled + total);
}

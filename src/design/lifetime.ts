// Which resource ends a cell first, its lithium or its electrolyte, in closed form: for a quick answer at the bench, and as the
// question to which a whole simulation gives the longer one. Constant efficiency, full capacity until the end.

import {
  type ElectrolyteSupply,
  electrolyteLimitedCycles,
  electrolyteRequiredEfficiency,
  lithiumLimitedCycles,
  requiredEfficiency,
  requiredElectrolyte_kg_per_C,
  requiredExcess,
} from '../physics/index.ts';

/** What a cell begins with. A resource that is null is not looked at. */
export interface Supplies {
  /** Lithium in excess over the cathode's capacity. */
  readonly excess: number | null;
  readonly electrolyte: ElectrolyteSupply | null;
}

/**
 * What an amount of electrolyte is taken to be spent on where nothing is said: one electron a molecule of 100 g/mol, a third of the loss
 * interphase and the rest dead metal. With it seven published coin cells live as long as they did, within a tenth.
 */
export const USUAL_SPENDING = {
  electrons: 1,
  molarMass_kg_per_mol: 0.1,
  interphaseShare: 1 / 3,
  usableFraction: 1,
} as const satisfies Omit<ElectrolyteSupply, 'electrolyte_kg_per_C'>;

/** What ends first; `both` where the two lie too close together to be told apart. */
export type FirstGone = 'lithium' | 'electrolyte' | 'both' | 'neither';

/**
 * Two lives within this ratio are not told apart: the electrons that a molecule takes and the share of the loss that goes into
 * interphase are not known better.
 */
const TOGETHER_RATIO_MAX = 1.3;

export interface Lifetime {
  /** Cycles until lithium, or electrolyte, has run out; null where not looked at, infinite where nothing is lost. */
  readonly lithiumCycles: number | null;
  readonly electrolyteCycles: number | null;
  /** The smaller of them. */
  readonly cycles: number;
  readonly first: FirstGone;
}

/** How long the supplies last at a Coulombic efficiency of lithium, to the share `retention` of capacity. */
export function lifetime(supplies: Supplies, efficiency: number, retention: number): Lifetime {
  const lithiumCycles = supplies.excess === null ? null : lithiumLimitedCycles(supplies.excess, efficiency, retention);
  const electrolyteCycles =
    supplies.electrolyte === null ? null : electrolyteLimitedCycles(supplies.electrolyte, efficiency);
  const lithium = lithiumCycles ?? Number.POSITIVE_INFINITY;
  const electrolyte = electrolyteCycles ?? Number.POSITIVE_INFINITY;
  return {
    lithiumCycles,
    electrolyteCycles,
    cycles: Math.min(lithium, electrolyte),
    first: firstGone(lithium, electrolyte),
  };
}

function firstGone(lithium: number, electrolyte: number): FirstGone {
  const shorter = Math.min(lithium, electrolyte);
  if (!Number.isFinite(shorter)) return 'neither';
  if (Math.max(lithium, electrolyte) <= TOGETHER_RATIO_MAX * shorter) return 'both';
  return lithium < electrolyte ? 'lithium' : 'electrolyte';
}

/** The efficiency that a life asks for: 0 where a supply lasts whatever it is, null where the supply is not looked at. */
export interface LifeEfficiency {
  readonly byLithium: number | null;
  readonly byElectrolyte: number | null;
  /** The larger of them, which decides. */
  readonly efficiency: number;
}

/** The efficiency at which supplies last `cycles` cycles. */
export function efficiencyForLifetime(supplies: Supplies, cycles: number, retention: number): LifeEfficiency {
  const { excess, electrolyte } = supplies;
  const byLithium = excess === null ? null : (requiredEfficiency(excess, cycles, retention) ?? 0);
  const byElectrolyte = electrolyte === null ? null : electrolyteRequiredEfficiency(electrolyte, cycles);
  return { byLithium, byElectrolyte, efficiency: Math.max(byLithium ?? 0, byElectrolyte ?? 0) };
}

/** Supplies that a life at an efficiency asks for. */
export interface SuppliesForLifetime {
  readonly excess: number;
  readonly electrolyte_kg_per_C: number;
}

/** Lithium and electrolyte that last `cycles` cycles; of `electrolyte` everything but its amount counts. */
export function suppliesForLifetime(
  electrolyte: ElectrolyteSupply,
  efficiency: number,
  cycles: number,
  retention: number,
): SuppliesForLifetime {
  return {
    excess: requiredExcess(efficiency, cycles, retention),
    electrolyte_kg_per_C: requiredElectrolyte_kg_per_C(electrolyte, efficiency, cycles),
  };
}

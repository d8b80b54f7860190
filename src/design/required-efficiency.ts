// Which Coulombic efficiency of lithium a wanted life asks for, before anything is simulated. The closed form counts lithium
// only; `lifetime.ts` adds the electrolyte.

import { requiredEfficiency } from '../physics/index.ts';

/**
 * What N of N/P counts. Papers mostly count the foil alone beside a cathode that holds lithium itself (`foil`); then all of N
 * is in excess. Where N counts all lithium, or where the cathode comes without any (sulfur, FePO4), the cathode's
 * share of it is not (`all`).
 */
export type CountedLithium = 'foil' | 'all';

/** Lithium that a cell may lose before capacity falls, over the cathode's capacity. Negative where N counts all and is too little. */
export function excessLithium(nToP: number, counts: CountedLithium): number {
  return counts === 'foil' ? nToP : nToP - 1;
}

/** The inverse of `excessLithium`. */
export function nToPFromExcess(excess: number, counts: CountedLithium): number {
  return counts === 'foil' ? excess : excess + 1;
}

/** One answer; `efficiency` is null where lithium lasts that long whatever the efficiency. */
export interface EfficiencyForLife {
  readonly excess: number;
  readonly cycles: number;
  readonly retention: number;
  readonly efficiency: number | null;
}

/** Excesses and lives of the usual table. */
export const USUAL_EXCESSES: readonly number[] = [0, 0.5, 1, 2, 5];
export const USUAL_LIVES: readonly number[] = [100, 200, 300, 500, 1000];
/** Share of capacity at which a cell counts as worn out. */
export const USUAL_RETENTION = 0.8;

/** The efficiency for every excess and every life, excess by excess. */
export function efficienciesForLife(
  excesses: readonly number[] = USUAL_EXCESSES,
  lives: readonly number[] = USUAL_LIVES,
  retention = USUAL_RETENTION,
): EfficiencyForLife[] {
  return excesses.flatMap((excess) =>
    lives.map((cycles) => ({ excess, cycles, retention, efficiency: requiredEfficiency(excess, cycles, retention) })),
  );
}

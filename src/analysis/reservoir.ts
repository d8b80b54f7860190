// Mean Coulombic efficiency from a lithium reservoir on copper: plate Q_T, cycle n times Q_C, strip what is left, Q_S.
// Aurbach, Gofer, Langzam 1989 (10.1149/1.2096425) and Adams 2018 (10.1002/aenm.201702097).

import type { CyclingRecord } from '../records/index.ts';
import { stepCharges } from './charge.ts';

/** Measured charges of a reservoir test, magnitudes, all in one unit. */
export interface ReservoirCharges {
  /** Q_T, the reservoir plated first. */
  readonly reservoir_C: number;
  /** Sums over the n short cycles of what was plated and stripped. */
  readonly cycled_plated_C: number;
  readonly cycled_stripped_C: number;
  /** Q_S, stripped at the end. */
  readonly final_stripped_C: number;
  /** n. */
  readonly shortCycles: number;
}

export interface ReservoirEfficiency extends ReservoirCharges {
  /** (n·Q_C + Q_S)/(n·Q_C + Q_T): all that was stripped over all that was plated (Adams 2018). */
  readonly adams: number;
  /** 1 − (Q_T − Q_S)/(n·Q_C): the loss shared among the short cycles alone (the loss-based reading of Aurbach 1989). */
  readonly lossBased: number;
}

/** Both published means from measured charges. */
export function reservoirEfficiency(charges: ReservoirCharges): ReservoirEfficiency {
  const { reservoir_C, cycled_plated_C, cycled_stripped_C, final_stripped_C } = charges;
  const plated_C = reservoir_C + cycled_plated_C;
  const stripped_C = cycled_stripped_C + final_stripped_C;
  return {
    ...charges,
    adams: stripped_C / plated_C,
    lossBased: 1 - (plated_C - stripped_C) / cycled_plated_C,
  };
}

/** Fewest equal short cycles that make a reservoir test. */
const SHORT_CYCLES_MIN = 5;
/** Short half-cycles are equal within this fraction. */
const EQUAL_WITHIN = 0.05;
/** A short half-cycle passes at most this fraction of the reservoir. */
const SHORT_OF_RESERVOIR_MAX = 0.6;

/**
 * Finds a reservoir test in the record of a Li|Cu cell: one long plating, at least five equal short pairs (strip first or
 * plate first), one strip. Rests are passed over. What comes before, such as a conditioning cycle, is left out. Null when
 * the record holds no such test.
 */
export function findReservoirTest(record: CyclingRecord): ReservoirEfficiency | null {
  const halves = stepCharges(record)
    .map(({ positive_C, negative_C }) => positive_C - negative_C)
    .filter((charge_C) => charge_C !== 0);
  for (let first = 0; first < halves.length; first++) {
    const reservoir_C = -halves[first]!;
    const short_C = Math.abs(halves[first + 1] ?? 0);
    if (reservoir_C <= 0 || short_C === 0 || short_C > SHORT_OF_RESERVOIR_MAX * reservoir_C) continue;
    let plated_C = 0;
    let stripped_C = 0;
    let at = first + 1;
    while (at < halves.length) {
      const charge_C = halves[at]!;
      const alternates = at === first + 1 || Math.sign(charge_C) !== Math.sign(halves[at - 1]!);
      if (!alternates || Math.abs(Math.abs(charge_C) - short_C) > EQUAL_WITHIN * short_C) break;
      if (charge_C > 0) stripped_C += charge_C;
      else plated_C -= charge_C;
      at++;
    }
    const count = at - first - 1;
    const final_stripped_C = halves[at] ?? 0;
    if (count % 2 !== 0 || count / 2 < SHORT_CYCLES_MIN || final_stripped_C <= 0) continue;
    return reservoirEfficiency({
      reservoir_C,
      cycled_plated_C: plated_C,
      cycled_stripped_C: stripped_C,
      final_stripped_C,
      shortCycles: count / 2,
    });
  }
  return null;
}

// Coulombic efficiency of every cycle. In Li|Cu the cycler's "discharge" plates, so its charge/discharge is what counts
// there, while a cell with a cathode is judged by discharge/charge: the result names which one it used.

import type { CyclingRecord } from '../records/index.ts';
import { stepCharges } from './charge.ts';

/** Kinds of cell, named counter|working. */
export type AnalysedCellKind = 'Li|Li' | 'Li|Cu' | 'Li|cathode' | 'Cu|cathode';

/** Which ratio is the efficiency. */
export type EfficiencyConvention =
  /** Li|Cu: lithium stripped from the working electrode over lithium plated on it in the same cycle. */
  | 'stripped/plated'
  /** With a cathode: a full-cell efficiency, not lithium's. */
  | 'discharged/charged'
  /** Li|Li: both sides hold lithium, so equal charges say nothing about losses. */
  | 'undefined';

export interface CycleEfficiency {
  readonly cycle: number;
  readonly start_s: number;
  readonly end_s: number;
  /** Charge with oxidising (positive) and with reducing (negative) current at the working electrode, magnitudes, C. */
  readonly charged_C: number;
  readonly discharged_C: number;
  /** Lithium plated on and stripped from a working electrode of lithium or copper, C; null where it is a cathode. */
  readonly plated_C: number | null;
  readonly stripped_C: number | null;
  /** Fraction; above 1 it is reported as it is. Null where undefined, or where one of the two halves has not begun. */
  readonly coulombic_efficiency: number | null;
}

export interface CycleEfficiencies {
  readonly convention: EfficiencyConvention;
  readonly cycles: readonly CycleEfficiency[];
  /** Cycles whose efficiency exceeds 1: lithium left from before was recovered, a short circuit, or a charge error. */
  readonly aboveOne: readonly number[];
}

export function efficiencyConvention(cellKind: AnalysedCellKind): EfficiencyConvention {
  switch (cellKind) {
    case 'Li|Cu':
      return 'stripped/plated';
    case 'Li|cathode':
    case 'Cu|cathode':
      return 'discharged/charged';
    case 'Li|Li':
      return 'undefined';
  }
}

/** Rounding of two charges may put their ratio this far above 1 without meaning. */
const ROUNDING = 1e-9;

/**
 * Charges and efficiency of every cycle number in the record, in order of appearance. Sign: current positive oxidises
 * the working electrode, negative plates on it. Definition of the Li|Cu efficiency: Xiao 2020, 10.1038/s41560-020-0648-z.
 */
export function cycleEfficiencies(record: CyclingRecord, cellKind: AnalysedCellKind): CycleEfficiencies {
  const convention = efficiencyConvention(cellKind);
  const workingIsMetal = cellKind === 'Li|Cu' || cellKind === 'Li|Li';
  const byCycle = new Map<number, { start_s: number; end_s: number; charged_C: number; discharged_C: number }>();
  for (const { cycle, start, end, positive_C, negative_C } of stepCharges(record)) {
    const sum = byCycle.get(cycle) ?? { start_s: record.time_s[start]!, end_s: 0, charged_C: 0, discharged_C: 0 };
    sum.end_s = record.time_s[end - 1]!;
    sum.charged_C += positive_C;
    sum.discharged_C += negative_C;
    byCycle.set(cycle, sum);
  }
  const cycles = [...byCycle].map(([cycle, sum]): CycleEfficiency => {
    const { charged_C, discharged_C } = sum;
    const bothHalves = charged_C > 0 && discharged_C > 0;
    let efficiency: number | null = null;
    if (bothHalves && convention === 'stripped/plated') efficiency = charged_C / discharged_C;
    if (bothHalves && convention === 'discharged/charged') efficiency = discharged_C / charged_C;
    return {
      cycle,
      ...sum,
      plated_C: workingIsMetal ? discharged_C : null,
      stripped_C: workingIsMetal ? charged_C : null,
      coulombic_efficiency: efficiency,
    };
  });
  const aboveOne = cycles.filter(({ coulombic_efficiency: ce }) => ce !== null && ce > 1 + ROUNDING);
  return { convention, cycles, aboveOne: aboveOne.map(({ cycle }) => cycle) };
}

/** Mean efficiency over cycles `from` to `to` (both counted in), with how many went into it; null without any. */
export function meanEfficiency(
  cycles: readonly Pick<CycleEfficiency, 'cycle' | 'coulombic_efficiency'>[],
  { from = 1, to = Number.POSITIVE_INFINITY }: { readonly from?: number; readonly to?: number } = {},
): { readonly coulombic_efficiency: number; readonly cycles: number } | null {
  const values = cycles
    .filter(({ cycle }) => cycle >= from && cycle <= to)
    .flatMap(({ coulombic_efficiency }) => (coulombic_efficiency === null ? [] : [coulombic_efficiency]));
  if (values.length === 0) return null;
  return { coulombic_efficiency: values.reduce((sum, value) => sum + value, 0) / values.length, cycles: values.length };
}

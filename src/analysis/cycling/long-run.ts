// Efficiency over many cycles, and what may be claimed of it. Two errors are kept apart: the scatter of the cycles, which their number
// reduces, and the error of gain of the instrument, which nothing reduces.

import { studentQuantile } from '../../numerics/index.ts';
import type { CumulativeEfficiency, CycleFindings, LongRunEfficiency } from './contract.ts';
import { isWhole } from './cycles.ts';
import { deviationOf, lagCorrelation, meanOf } from './summary-statistics.ts';

/** Without a figure for the instrument nothing above this is claimed: 0.1 % is what good cyclers keep to. */
export const CLAIMABLE_MAX = 0.999;

/** Mean over the cycles that count; null without any. */
export function longRunEfficiency(
  cycles: readonly CycleFindings[],
  gainMismatch: number | null,
): LongRunEfficiency | null {
  const counted = cycles.filter((cycle) => cycle.counted);
  if (counted.length === 0) return null;
  const values = counted.map(({ coulombic_efficiency }) => coulombic_efficiency!);
  const n = values.length;
  const mean = meanOf(values);
  const standardDeviation = deviationOf(values);
  const autocorrelation = lagCorrelation(values);
  const correlated = Math.min(0.99, Math.max(0, autocorrelation ?? 0));
  const independentCycles = Math.max(1, (n * (1 - correlated)) / (1 + correlated));
  const standardError = standardDeviation === null ? null : standardDeviation / Math.sqrt(independentCycles);
  const half =
    standardError === null || n < 3 ? null : studentQuantile(0.975, Math.max(1, independentCycles - 1)) * standardError;
  const systematic = gainMismatch === null ? null : gainMismatch * mean;
  const limit = gainMismatch === null ? CLAIMABLE_MAX : 1 - gainMismatch;
  const claimable = Math.min(mean, limit);
  const outside = cycles.filter((cycle) => cycle.coulombic_efficiency !== null && !cycle.counted);
  return {
    coulombic_efficiency: mean,
    geometricMean: Math.exp(meanOf(values.map(Math.log))),
    from: counted[0]!.cycle,
    to: counted.at(-1)!.cycle,
    cycles: n,
    formationExcluded: outside.filter(({ flags }) => flags.includes('formation')).length,
    otherExcluded: outside.filter(({ flags }) => !flags.includes('formation')).length,
    standardDeviation,
    autocorrelation,
    independentCycles,
    standardError,
    interval: half === null ? null : [mean - half, mean + half],
    systematic,
    lossResolved: mean <= limit,
    claimable,
    aboveOne: counted.filter(({ flags }) => flags.includes('above-one')).length,
  };
}

/** All that came back over all that was put in, from the first cycle with both; null without one. */
export function cumulativeEfficiency(
  cycles: readonly CycleFindings[],
  loading: 1 | -1,
  gainMismatch: number | null,
): CumulativeEfficiency | null {
  const both = cycles.filter(
    ({ charged_C, discharged_C, flags }) => charged_C > 0 && discharged_C > 0 && isWhole(flags),
  );
  if (both.length === 0) return null;
  const sum = (of: (cycle: CycleFindings) => number): number => both.reduce((total, cycle) => total + of(cycle), 0);
  const charged_C = sum((cycle) => cycle.charged_C);
  const discharged_C = sum((cycle) => cycle.discharged_C);
  const [in_C, out_C] = loading > 0 ? [charged_C, discharged_C] : [discharged_C, charged_C];
  const efficiency = out_C / in_C;
  return {
    coulombic_efficiency: efficiency,
    in_C,
    out_C,
    from: both[0]!.cycle,
    to: both.at(-1)!.cycle,
    systematic: gainMismatch === null ? null : gainMismatch * efficiency,
  };
}

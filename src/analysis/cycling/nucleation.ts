// The dip with which lithium nucleates on copper: the voltage falls below zero, passes a tip, and rises to the plateau on which lithium grows.

import type { CyclingRecord } from '../../records/index.ts';
import type { HalfCycleFindings, Nucleation } from './contract.ts';
import { jumpsOf, medianOf } from './summary-statistics.ts';

/** A rise after the tip counts from here, or from three times the noise. */
const RISE_V_MIN = 2e-3;
const NOISE_TIMES = 3;
/** A row for each percent of the charge is asked for until the tip has passed. */
const SHARE_PER_ROW_MAX = 0.01;
/** The tip is looked for in the first half: later minima are something else than nucleation. */
const TIP_SHARE_MAX = 0.5;

/**
 * The dip of one plating; `seriesResistance_ohm` null where not known. The tip is the lowest voltage after the first row below 0 V
 * that is followed by a rise of at least the criterion before the voltage falls lower still.
 */
export function nucleationOf(
  { time_s, voltage_V, current_A }: CyclingRecord,
  charge_C: Float64Array,
  half: HalfCycleFindings,
  seriesResistance_ohm: number | null,
): Nucleation {
  const rows: number[] = [];
  for (let row = half.start; row < half.end; row++) if (current_A[row]! < 0) rows.push(row);
  const crossing = rows.findIndex((row) => voltage_V[row]! < 0);
  if (crossing < 0) return { kind: 'unresolved', why: 'the voltage never fell below 0 V against lithium' };
  let passed_C = 0;
  const share = rows.map((row) => {
    passed_C += Math.max(0, -charge_C[row]!);
    return passed_C / half.charge_C;
  });
  const measured_V = rows.map((row) => voltage_V[row]!);
  // Of the second half alone: at the tip the voltage itself bends.
  const noise_V = jumpsOf(measured_V.filter((_, k) => share[k]! > TIP_SHARE_MAX)) ?? 0;
  const criterion_V = Math.max(RISE_V_MIN, NOISE_TIMES * noise_V);
  // The range of noise over many rows exceeds three times its size, so where noise matters medians of neighbours are judged.
  const judged_V = NOISE_TIMES * noise_V > RISE_V_MIN ? runningMedian(measured_V) : measured_V;
  const tip = tipAfter(crossing, judged_V, share, criterion_V);
  const until = tip === null ? TIP_SHARE_MAX : share[tip]!;
  const gap = largestGap(share, crossing, until);
  if (tip === null) {
    return gap > SHARE_PER_ROW_MAX
      ? {
          kind: 'unresolved',
          why: `up to ${percent(gap)} of the charge lies between two rows; a dip needs a row for each 1 %`,
        }
      : { kind: 'none', criterion_V, noise_V };
  }
  const tip_V = judged_V[tip]!;
  const plateau_V = Math.abs(half.voltage.plateau_V);
  return {
    kind: 'dip',
    tip_V,
    time_s: time_s[rows[tip]!]!,
    chargeShare: share[tip]!,
    eta_n_V: Math.abs(tip_V),
    mu_n_V: Math.abs(tip_V) - plateau_V,
    plateau_V,
    criterion_V,
    noise_V,
    ohmic_V: seriesResistance_ohm === null ? null : half.current_A * seriesResistance_ohm,
    resolved: gap <= SHARE_PER_ROW_MAX,
  };
}

const percent = (share: number): string => `${(100 * share).toPrecision(2)} %`;

/** Medians over about 3 % of the rows, 3 to 11 of them. */
function runningMedian(values: readonly number[]): readonly number[] {
  const half = Math.min(5, Math.max(1, Math.round(0.015 * values.length)));
  return values.map((_, k) => medianOf(values.slice(Math.max(0, k - half), k + half + 1)));
}

/** Place of the first minimum from which the voltage rises by the criterion; null where it never does. */
function tipAfter(
  from: number,
  voltage_V: readonly number[],
  share: readonly number[],
  criterion_V: number,
): number | null {
  let lowest = from;
  for (let k = from + 1; k < share.length; k++) {
    if (voltage_V[k]! < voltage_V[lowest]!) {
      lowest = k;
      if (share[lowest]! > TIP_SHARE_MAX) return null;
    } else if (voltage_V[k]! - voltage_V[lowest]! >= criterion_V) return lowest;
  }
  return null;
}

/** Largest share of the charge between two rows, from the crossing until a share has passed, one row beyond counted in. */
function largestGap(share: readonly number[], crossing: number, until: number): number {
  let gap = share[crossing]! - (share[crossing - 1] ?? 0);
  for (let k = crossing + 1; k < share.length && share[k - 1]! <= until; k++) {
    gap = Math.max(gap, share[k]! - share[k - 1]!);
  }
  return gap;
}

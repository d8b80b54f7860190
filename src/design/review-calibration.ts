// Table A1 of the first review and the composition law: how the current acts (the exponent m of the deposit's size), and what an
// interphase or a host makes of an electrolyte. Like the classes of the electrolyte, what was put there has an interphase of its own:
// it makes a share of the surface, the electrolyte the rest. So a poor electrolyte gains much and a good one little. Efficiencies
// are those of E6 in closed form; the cells of `reproduce` are simulated instead, and take from here only m.

import { type LiteratureRow, quantitiesOf } from '../literature/index.ts';
import {
  type Composition,
  makerShares,
  platingValues,
  REFERENCE_CURRENT_A_PER_M2,
  REFERENCE_GALVANIC_CHARGE_C_PER_M2,
  referenceCrackedFraction,
} from '../materials/index.ts';
import { leastSquares, power } from '../numerics/index.ts';
import { assembledEfficiency } from '../physics/index.ts';
import { type CalibrationRow, calibrationRow, ROW_SD } from './calibration.ts';
import { electrolyteGroupOf } from './comparison.ts';
import { type EfficiencyRow, efficiencyOfLce, lceOf } from './scores.ts';

/** A row of table A1 as the closed form takes it. */
export interface ReviewRow {
  readonly row: CalibrationRow;
  readonly reference: string;
  readonly electrolyteGroup: string;
  readonly strategyGroup: string;
  readonly current_A_per_m2: number;
  readonly capacity_C_per_m2: number;
  readonly interphase: boolean;
  readonly host: boolean;
}

/** Rows with an efficiency and an electrolyte; `read` gives the composition of a name. Where no current or capacity is printed: 1. */
export function reviewRows(rows: readonly LiteratureRow[], read: (name: string) => Composition): ReviewRow[] {
  return rows.flatMap((row) => {
    const [efficiency] = quantitiesOf(row, 'coulombic-efficiency');
    const electrolyteGroup = electrolyteGroupOf(row);
    if (!efficiency || row.electrolyte === null || electrolyteGroup === null) return [];
    const current_mA_per_cm2 = quantitiesOf(row, 'current-density')[0]?.value ?? 1;
    const capacity_mAh_per_cm2 = quantitiesOf(row, 'areal-capacity')[0]?.value ?? 1;
    return {
      row: calibrationRow(row.id, read(row.electrolyte.normalised), efficiency.value),
      reference: row.reference.printed,
      electrolyteGroup,
      strategyGroup: row.group,
      current_A_per_m2: current_mA_per_cm2 * 10,
      capacity_C_per_m2: capacity_mAh_per_cm2 * 3.6e4,
      interphase: row.group.includes('interphase'),
      host: row.group.includes('host'),
    };
  });
}

/** Constants of the table, and what is known of them beforehand. */
export const REVIEW_PRIORS = [
  { id: 'm of d ∝ j^−m', prior: 0.5, priorSd: 0.3 },
  { id: '−log10(1 − CE) of a surface that is all interphase or host by design', prior: 1.8, priorSd: 0.3 },
  { id: 'share of the surface that a designed interphase makes', prior: 0.5, priorSd: 0.2 },
  { id: 'share of the surface that a host makes', prior: 0.5, priorSd: 0.2 },
] as const;

/** m, efficiency by design, share of an interphase, share of a host. */
export type ReviewConstants = readonly [m: number, efficiency: number, interphase: number, host: number];

export interface ReviewFit {
  readonly parameters: ReviewConstants;
  readonly sd: ReviewConstants;
}

/** The same without any strategy. */
export const withoutStrategies = ([m, efficiency]: ReviewConstants): ReviewConstants => [m, efficiency, 0, 0];

/**
 * CE of a row: the efficiency of its electrolyte mixed with that of what was designed, turned into q, d and ξ, taken to the row's
 * current and capacity by d ∝ j^−m and E6.
 */
export function reviewEfficiency(
  { row, current_A_per_m2, capacity_C_per_m2, interphase, host }: ReviewRow,
  logEfficiency: number,
  law: ArrayLike<number>,
  [m, byDesign, interphaseShare, hostShare]: ReviewConstants,
): number {
  const bare = (interphase ? 1 - interphaseShare : 1) * (host ? 1 - hostShare : 1);
  const mixed = bare * logEfficiency + (1 - bare) * byDesign;
  const { q, d, xi } = platingValues(mixed, makerShares(row.descriptors, law));
  return assembledEfficiency({
    capacity_C_per_m2,
    interphaseCharge_C_per_m2: q,
    depositSize_m: d * power(REFERENCE_CURRENT_A_PER_M2 / current_A_per_m2, m),
    unstrippableSkin_m: xi,
    deadFactor: 1,
    reusedShellFraction: 0,
    crackedFraction: referenceCrackedFraction(d),
    areaRatio: 1,
    calendarCharge_C_per_m2: 0,
    galvanicCharge_C_per_m2: REFERENCE_GALVANIC_CHARGE_C_PER_M2,
  });
}

const STEP = 1e-4;

/** Constants as the fit may move them: m from 0, shares from 0 to 1. */
function bounded(p: ArrayLike<number>): ReviewConstants {
  const share = (value: number): number => Math.min(1, Math.max(0, value));
  return [Math.max(0, p[0]!), p[1]!, share(p[2]!), share(p[3]!)];
}

/** The constants from rows; `logEfficiencies` are those of their electrolytes alone at the reference conditions. */
export function fitReview(
  rows: readonly ReviewRow[],
  logEfficiencies: ArrayLike<number>,
  law: ArrayLike<number>,
): ReviewFit {
  const n = REVIEW_PRIORS.length;
  const residual = (i: number, p: Float64Array): number => {
    const computed = reviewEfficiency(rows[i]!, logEfficiencies[i]!, law, bounded(p));
    return (lceOf(computed) - rows[i]!.row.logEfficiency) / ROW_SD;
  };
  const fit = leastSquares(
    {
      residuals: rows.length + n,
      parameters: n,
      evaluateInto: (p, r, J) => {
        J.fill(0);
        const moved = Float64Array.from(p);
        for (let i = 0; i < rows.length; i++) {
          r[i] = residual(i, p);
          for (let k = 0; k < n; k++) {
            moved[k] = p[k]! + STEP;
            J[i * n + k] = (residual(i, moved) - r[i]!) / STEP;
            moved[k] = p[k]!;
          }
        }
        for (const [k, { prior, priorSd }] of REVIEW_PRIORS.entries()) {
          r[rows.length + k] = (p[k]! - prior) / priorSd;
          J[(rows.length + k) * n + k] = 1 / priorSd;
        }
      },
    },
    REVIEW_PRIORS.map(({ prior }) => prior),
  );
  const sd = (k: number): number => Math.sqrt(fit.covariance[k * n + k]!);
  return { parameters: bounded(fit.parameters), sd: [sd(0), sd(1), sd(2), sd(3)] };
}

/** Rows as the scores take them, each foretold by constants that its reference had no part in. */
export function leaveReferencesOut(
  rows: readonly ReviewRow[],
  logEfficiencies: ArrayLike<number>,
  law: ArrayLike<number>,
  { strategies }: { readonly strategies: boolean },
): EfficiencyRow[] {
  return rows.map((row, i) => {
    const others = rows.flatMap((other, k) => (other.reference === row.reference ? [] : [k]));
    const { parameters } = fitReview(
      others.map((k) => rows[k]!),
      others.map((k) => logEfficiencies[k]!),
      law,
    );
    const used = strategies ? parameters : withoutStrategies(parameters);
    return reviewComparison(row, reviewEfficiency(row, logEfficiencies[i]!, law, used));
  });
}

/** A row beside an efficiency computed for it. */
export function reviewComparison(
  { row, reference, electrolyteGroup, strategyGroup }: ReviewRow,
  computed: number,
): EfficiencyRow {
  return {
    id: row.id,
    reference,
    electrolyteGroup,
    strategyGroup,
    reported: efficiencyOfLce(row.logEfficiency),
    computed,
    band: null,
  };
}

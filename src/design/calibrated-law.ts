// The stored constants of the composition law, made again from the open tables alone.

import type { PlatingLaw } from '../materials/index.ts';
import { logEfficiencyOf } from '../materials/index.ts';
import { square } from '../numerics/index.ts';
import {
  type CalibrationRow,
  fitPlatingLaw,
  heldBack,
  LAW_PREDICTOR,
  type LawFit,
  lawConstants,
  leaveGroupsOut,
} from './calibration.ts';
import { fitReview, type ReviewRow } from './review-calibration.ts';

/** Digits of the stored constants: far finer than what the data tell, coarse enough for another machine to find the same. */
const DIGITS = 4;

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/**
 * Constants fitted to `rows`; the scatter that stays when whole groups of compositions are held back; m from the review's rows
 * by the law of the others.
 */
export function calibratedLaw(rows: readonly CalibrationRow[], review: readonly ReviewRow[]): PlatingLaw {
  const fit = fitPlatingLaw(rows);
  const n = fit.parameters.length;
  const m = fitReview(review, reviewLogEfficiencies(review, fit), fit.parameters);
  return {
    constants: lawConstants(fit).map((constant) => ({
      ...constant,
      value: rounded(constant.value),
      sd: rounded(constant.sd),
    })),
    covariance: Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => rounded(fit.covariance[i * n + j]!)),
    ),
    scatter: rounded(heldBackScatter(rows)),
    meanLogEfficiency: rounded(rows.reduce((total, { logEfficiency }) => total + logEfficiency, 0) / rows.length),
    depositSizeExponent: { value: rounded(m.parameters[0]), sd: rounded(m.sd[0]) },
    source: `fitted to ${rows.length} published efficiencies (10.1073/pnas.2214357120), the exponent of the current to ${review.length} rows of the first review's Table 1`,
  };
}

/** −log10(1 − CE) of the electrolytes of the review by a fit, at the reference conditions and without any strategy. */
export const reviewLogEfficiencies = (review: readonly ReviewRow[], { parameters }: LawFit): Float64Array =>
  Float64Array.from(review, ({ row }) => logEfficiencyOf(row.descriptors, parameters));

/** Standard deviation of what was published about what is foretold without the row's group, less the law's own doubt. */
function heldBackScatter(rows: readonly CalibrationRow[]): number {
  const { value, sd } = heldBack(rows, leaveGroupsOut(rows), LAW_PREDICTOR);
  let variance = 0;
  for (const [i, { logEfficiency }] of rows.entries()) {
    variance += (square(value[i]! - logEfficiency) - square(sd[i]!)) / rows.length;
  }
  return Math.sqrt(Math.max(0, variance));
}

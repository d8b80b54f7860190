// Fitting the composition law to published efficiencies, and asking how well it would have foretold rows that it had not seen,
// beside rivals that know no physics. Everything is a function of the rows alone, so that one command gives the same numbers.

import {
  atomsOf,
  type Composition,
  electrolyteClass,
  LAW_PRIORS,
  type LawConstant,
  logEfficiencyOf,
  type PlatingDescriptors,
  platingDescriptors,
} from '../materials/index.ts';
import { leastSquares, log10, power, rankCorrelation, ridgeRegression, square } from '../numerics/index.ts';

/** A published efficiency with what the law and its rivals need to know of the electrolyte. */
export interface CalibrationRow {
  readonly id: string;
  readonly electrolyte: string;
  /** Same salts and same solvents, whatever the amounts: rows of one group are never on both sides of a test. */
  readonly group: string;
  readonly family: string;
  readonly descriptors: PlatingDescriptors;
  /** The 13 elemental descriptors of the regression to beat. */
  readonly elements: readonly number[];
  /** −log10(1 − CE). */
  readonly logEfficiency: number;
}

/** Standard deviation of a published value about the law, for the fit: laboratories differ by 0.18, and the law is not perfect. */
export const ROW_SD = 0.25;

export const logEfficiencyFromPercent = (percent: number): number => -log10(1 - percent / 100);

/** A row from a published value and the composition that its electrolyte's name means. */
export function calibrationRow(id: string, composition: Composition, percent: number): CalibrationRow {
  return {
    id,
    electrolyte: composition.text,
    group: compositionGroup(composition),
    family: electrolyteClass(composition),
    descriptors: platingDescriptors(composition),
    elements: elementalDescriptors(composition),
    logEfficiency: logEfficiencyFromPercent(percent),
  };
}

/** Salts and solvents; additives other than salts do not make a group of their own. */
function compositionGroup({ components }: Composition): string {
  const names = components
    .filter(({ chemical, role }) => role !== 'additive' || chemical.kind === 'salt')
    .map(({ chemical }) => chemical.id);
  return [...new Set(names)].sort().join(' ');
}

/**
 * Shares of atoms, s of solvents and diluents, a of salts: F, O, C; sF, sO, sC; aF, aO, aC; F/C, O/C, F/O, inorganic/organic
 * (all but C, H, O over these), as Kim et al. (10.1073/pnas.2214357120) count them.
 */
export function elementalDescriptors({ components }: Composition): readonly number[] {
  const solvent: Record<string, number> = {};
  const salt: Record<string, number> = {};
  let total = 0;
  for (const { chemical, moleFraction } of components) {
    const into = chemical.kind === 'salt' ? salt : solvent;
    for (const [element, count] of Object.entries(atomsOf(chemical.formula))) {
      into[element] = (into[element] ?? 0) + moleFraction * count;
      total += moleFraction * count;
    }
  }
  const share = (element: string): [number, number, number] => {
    const [s, a] = [(solvent[element] ?? 0) / total, (salt[element] ?? 0) / total];
    return [s + a, s, a];
  };
  const [F, sF, aF] = share('F');
  const [O, sO, aO] = share('O');
  const [C, sC, aC] = share('C');
  const organic = C + O + share('H')[0];
  const over = (a: number, b: number): number => a / Math.max(b, 1e-6);
  return [F, O, C, sF, sO, sC, aF, aO, aC, over(F, C), over(O, C), over(F, O), over(1 - organic, organic)];
}

export interface LawFit {
  readonly parameters: Float64Array;
  /** Row by row. */
  readonly covariance: Float64Array;
}

/**
 * The law's constants from rows and priors: least Σ ((y − f)/`ROW_SD`)² + Σ ((p − p0)/σ0)². `weights` counts each row so often;
 * 1 by default.
 */
export function fitPlatingLaw(rows: readonly CalibrationRow[], weights?: ArrayLike<number>): LawFit {
  const n = LAW_PRIORS.length;
  const gradient = new Float64Array(n);
  const fit = leastSquares(
    {
      residuals: rows.length + n,
      parameters: n,
      evaluateInto: (p, r, J) => {
        J.fill(0);
        for (const [i, { descriptors, logEfficiency }] of rows.entries()) {
          const perSd = Math.sqrt(weights?.[i] ?? 1) / ROW_SD;
          r[i] = (logEfficiencyOf(descriptors, p, gradient) - logEfficiency) * perSd;
          for (let k = 0; k < n; k++) J[i * n + k] = gradient[k]! * perSd;
        }
        for (const [k, { prior, priorSd }] of LAW_PRIORS.entries()) {
          r[rows.length + k] = (p[k]! - prior) / priorSd;
          J[(rows.length + k) * n + k] = 1 / priorSd;
        }
      },
    },
    LAW_PRIORS.map(({ prior }) => prior),
  );
  return { parameters: fit.parameters, covariance: fit.covariance };
}

/** Constants with what was known of them before and after. */
export function lawConstants({ parameters, covariance }: LawFit): readonly LawConstant[] {
  const n = parameters.length;
  return LAW_PRIORS.map((known, k) => ({
    ...known,
    value: parameters[k]!,
    sd: Math.sqrt(covariance[k * n + k]!),
  }));
}

/** Standard deviation of the law at a row that follows from the covariance of its constants. */
export function lawDoubt({ parameters, covariance }: LawFit, descriptors: PlatingDescriptors): number {
  const n = parameters.length;
  const gradient = new Float64Array(n);
  logEfficiencyOf(descriptors, parameters, gradient);
  let total = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) total += gradient[i]! * covariance[i * n + j]! * gradient[j]!;
  }
  return Math.sqrt(Math.max(0, total));
}

/** What a rival or the law makes of rows it has seen: a function that foretells others, with a standard deviation where it has one. */
export interface Predictor {
  readonly name: string;
  readonly train: (rows: readonly CalibrationRow[]) => (row: CalibrationRow) => { value: number; sd?: number };
}

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;

export const LAW_PREDICTOR: Predictor = {
  name: 'composition law',
  train: (rows) => {
    const fit = fitPlatingLaw(rows);
    return ({ descriptors }) => ({
      value: logEfficiencyOf(descriptors, fit.parameters),
      sd: lawDoubt(fit, descriptors),
    });
  },
};

const RIDGE_PENALTIES: readonly number[] = [1, 3, 10, 30, 100];
const INNER_FOLDS = 8;

/** The penalty that foretells best among groups of the rows themselves. */
function ridgePredictor(name: string, features: (row: CalibrationRow) => readonly number[]): Predictor {
  const train = (rows: readonly CalibrationRow[], penalty: number) =>
    ridgeRegression(
      rows.map(features),
      rows.map(({ logEfficiency }) => logEfficiency),
      penalty,
    );
  return {
    name,
    train: (rows) => {
      const folds = groupedFolds(rows, INNER_FOLDS);
      let [best, least] = [RIDGE_PENALTIES[0]!, Number.POSITIVE_INFINITY];
      for (const penalty of RIDGE_PENALTIES) {
        let squares = 0;
        for (const held of folds) {
          const predict = train(
            rows.filter((_, i) => !held.has(i)),
            penalty,
          );
          for (const i of held) squares += square(predict(features(rows[i]!)) - rows[i]!.logEfficiency);
        }
        if (squares < least) [best, least] = [penalty, squares];
      }
      const predict = train(rows, best);
      return (row) => ({ value: predict(features(row)) });
    },
  };
}

const NEIGHBOURS = 3;

export const RIVALS: readonly Predictor[] = [
  {
    name: 'mean of all',
    train: (rows) => {
      const value = mean(rows.map(({ logEfficiency }) => logEfficiency));
      return () => ({ value });
    },
  },
  {
    name: 'composition frozen to its class (mean of the family)',
    train: (rows) => {
      const all = mean(rows.map(({ logEfficiency }) => logEfficiency));
      return ({ family }) => {
        const alike = rows.filter((row) => row.family === family).map(({ logEfficiency }) => logEfficiency);
        return { value: alike.length > 0 ? mean(alike) : all };
      };
    },
  },
  ridgePredictor('ridge on the oxygen of solvents alone', ({ elements }) => [elements[4]!]),
  {
    name: '3 nearest in elemental composition',
    train: (rows) => {
      const width = rows[0]!.elements.length;
      const scale = Array.from({ length: width }, (_, j) => {
        const values = rows.map(({ elements }) => elements[j]!);
        const level = mean(values);
        return Math.sqrt(mean(values.map((value) => square(value - level)))) || 1;
      });
      return ({ elements }) => {
        const byDistance = rows
          .map((row) => ({
            logEfficiency: row.logEfficiency,
            distance: row.elements.reduce((total, value, j) => total + square((value - elements[j]!) / scale[j]!), 0),
          }))
          .sort((a, b) => a.distance - b.distance);
        return { value: mean(byDistance.slice(0, NEIGHBOURS).map(({ logEfficiency }) => logEfficiency)) };
      };
    },
  },
  ridgePredictor('ridge on 13 elemental descriptors', ({ elements }) => elements),
];

/** Groups dealt out to folds in turn, the largest first: indices of the rows that each fold holds back. */
export function groupedFolds(rows: readonly CalibrationRow[], folds: number): readonly ReadonlySet<number>[] {
  const groups = new Map<string, number[]>();
  for (const [i, { group }] of rows.entries()) groups.set(group, [...(groups.get(group) ?? []), i]);
  const dealt = Array.from({ length: Math.min(folds, groups.size) }, () => new Set<number>());
  const bySize = [...groups.entries()].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  for (const [k, [, members]] of bySize.entries()) for (const i of members) dealt[k % dealt.length]!.add(i);
  return dealt;
}

/** Every group held back once; `groupedFolds` with a fold for each. */
export const leaveGroupsOut = (rows: readonly CalibrationRow[]): readonly ReadonlySet<number>[] =>
  groupedFolds(rows, rows.length);

/** Every row held back once. */
export const leaveRowsOut = (rows: readonly CalibrationRow[]): readonly ReadonlySet<number>[] =>
  rows.map((_, i) => new Set([i]));

export interface HeldBack {
  readonly value: Float64Array;
  /** NaN where the predictor gives none. */
  readonly sd: Float64Array;
}

/** What a predictor says of each row when it has not seen the rows held back with it. */
export function heldBack(
  rows: readonly CalibrationRow[],
  folds: readonly ReadonlySet<number>[],
  { train }: Predictor,
): HeldBack {
  const value = new Float64Array(rows.length).fill(Number.NaN);
  const sd = new Float64Array(rows.length).fill(Number.NaN);
  for (const held of folds) {
    const predict = train(rows.filter((_, i) => !held.has(i)));
    for (const i of held) {
      const made = predict(rows[i]!);
      value[i] = made.value;
      sd[i] = made.sd ?? Number.NaN;
    }
  }
  return { value, sd };
}

export interface Agreement {
  /** Root mean square of the error in −log10(1 − CE). */
  readonly rmse: number;
  readonly rankCorrelation: number;
  /** Mean absolute error of CE, percentage points. */
  readonly meanAbsolute_pp: number;
}

/** How far predictions are from what was published. */
export function agreement(predicted: ArrayLike<number>, published: ArrayLike<number>): Agreement {
  let [squares, absolute] = [0, 0];
  for (let i = 0; i < published.length; i++) {
    squares += square(predicted[i]! - published[i]!);
    absolute += Math.abs(power(10, -predicted[i]!) - power(10, -published[i]!)) * 100;
  }
  return {
    rmse: Math.sqrt(squares / published.length),
    rankCorrelation: rankCorrelation(predicted, published),
    meanAbsolute_pp: absolute / published.length,
  };
}

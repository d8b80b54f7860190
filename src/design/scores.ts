// How good computed values are, beside what little knowledge would have given for the same rows.
//
// Efficiencies are compared by LCE = −log10(1 − CE): 96 → 98 % and 99 → 99.5 % halve the loss alike. Resistances and
// polarisations are compared by their logarithms. Intervals come from drawing whole references with replacement, because the
// rows of one paper are not independent.

import { bootstrapInterval, log10, power, randomStream, rankCorrelation, square } from '../numerics/index.ts';

/** One reported efficiency beside what was computed for it. */
export interface EfficiencyRow {
  readonly id: string;
  /** Rows of one reference are drawn together. */
  readonly reference: string;
  readonly electrolyteGroup: string;
  readonly strategyGroup: string;
  /** As a fraction. */
  readonly reported: number;
  readonly computed: number;
  /** 10 % and 90 % quantiles; null where nothing was varied. */
  readonly band: readonly [number, number] | null;
}

/** A positive quantity compared by its logarithm: a resistance or a voltage. */
export interface MagnitudeRow {
  readonly id: string;
  readonly reference: string;
  readonly reported: number;
  readonly computed: number;
  readonly band: readonly [number, number] | null;
}

/** A score with the interval in which it lies for 95 % of the bootstrap draws. */
export interface Score {
  readonly value: number;
  readonly interval95: readonly [number, number] | null;
}

export interface EfficiencyScores {
  /** Root mean square error of LCE. */
  readonly rmse_lce: Score;
  /** Mean absolute error, percentage points of CE. */
  readonly mae_percentage_points: Score;
  /** Spearman's ρ of computed with reported; null where it has no meaning (the leave-one-out mean, −1 by construction). */
  readonly spearman: Score | null;
}

/** What a row is foretold by the other rows alone. */
export const BASELINES = ['mean', 'electrolyte_group', 'strategy_group'] as const;
export type BaselineName = (typeof BASELINES)[number];

export interface MagnitudeScores {
  readonly rows: number;
  /** Root mean square of log10(computed/reported). */
  readonly rmse_log10: Score | null;
  /** Share of rows within a factor of two. */
  readonly within_factor_2: number | null;
  /** Share of bands that hold the reported value. */
  readonly coverage: number | null;
  /** The same error for the geometric mean of the other rows. */
  readonly baseline_rmse_log10: number | null;
}

/** Two values that a computation sets in the right order, or not. */
export interface SignedPair {
  readonly first: string;
  readonly second: string;
  readonly same_sign: boolean;
}

/** Two systems that differ in one thing, and which of them is better. */
export interface Contrast extends SignedPair {
  /** What the two share and what they do not. */
  readonly differ: 'electrolyte' | 'strategy' | 'protocol';
  /** Second less first, percentage points of CE. */
  readonly reported_percentage_points: number;
  readonly computed_percentage_points: number;
}

export interface SignScores {
  readonly pairs: number;
  readonly correct: number;
  readonly accuracy: Score | null;
}

/** An efficiency nearer to 1 than this counts as this near: LCE 5, beyond what any cycler resolves. */
const LOSS_MIN = 1e-5;
const DRAWS = 2000;
const SHARE = 0.95;

/** −log10(1 − CE) of an efficiency as a fraction; a cell that loses more than it was given has a negative one. */
export const lceOf = (efficiency: number): number => -log10(Math.max(1 - efficiency, LOSS_MIN));
/** The efficiency of an LCE. */
export const efficiencyOfLce = (lce: number): number => 1 - power(10, -lce);

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const rootMeanSquare = (errors: readonly number[]): number => Math.sqrt(mean(errors.map((error) => square(error))));

/** Rows of one reference together, in the order in which they first come. */
function byReference<Row extends { readonly reference: string }>(rows: readonly Row[]): Row[][] {
  const clusters = new Map<string, Row[]>();
  for (const row of rows) {
    const cluster = clusters.get(row.reference);
    if (cluster === undefined) clusters.set(row.reference, [row]);
    else cluster.push(row);
  }
  return [...clusters.values()];
}

function scoreOf<Row extends { readonly reference: string }>(
  rows: readonly Row[],
  statistic: (rows: readonly Row[]) => number,
  seed: number,
): Score {
  const options = { draws: DRAWS, share: SHARE, random: randomStream(seed) };
  return { value: statistic(rows), interval95: bootstrapInterval(byReference(rows), statistic, options) };
}

type Compared = Pick<EfficiencyRow, 'reference' | 'reported' | 'computed'>;

const rmseLce = (rows: readonly Compared[]): number =>
  rootMeanSquare(rows.map(({ reported, computed }) => lceOf(computed) - lceOf(reported)));
const maePoints = (rows: readonly Compared[]): number =>
  100 * mean(rows.map(({ reported, computed }) => Math.abs(computed - reported)));
const rho = (rows: readonly Compared[]): number =>
  rankCorrelation(
    rows.map(({ computed }) => computed),
    rows.map(({ reported }) => reported),
  );

/** Scores of computed efficiencies; null without rows. The same seed draws the same intervals. */
export function efficiencyScores(rows: readonly Compared[], seed = 1): EfficiencyScores | null {
  if (rows.length === 0) return null;
  const spearman = scoreOf(rows, rho, seed);
  return {
    rmse_lce: scoreOf(rows, rmseLce, seed),
    mae_percentage_points: scoreOf(rows, maePoints, seed),
    spearman: Number.isFinite(spearman.value) ? spearman : null,
  };
}

const GROUP_OF: Readonly<Record<BaselineName, (row: EfficiencyRow) => string>> = {
  mean: () => '',
  electrolyte_group: ({ electrolyteGroup }) => electrolyteGroup,
  strategy_group: ({ strategyGroup }) => strategyGroup,
};

/**
 * The rows with, as computed value, the mean LCE of the other rows of their group; of all other rows where a group has no other.
 */
export function baselineRows(rows: readonly EfficiencyRow[], name: BaselineName): EfficiencyRow[] {
  const groupOf = GROUP_OF[name];
  return rows.map((row) => {
    const others = rows.filter((other) => other !== row);
    const alike = others.filter((other) => groupOf(other) === groupOf(row));
    const basis = alike.length > 0 ? alike : others;
    return { ...row, computed: efficiencyOfLce(mean(basis.map(({ reported }) => lceOf(reported)))), band: null };
  });
}

/** Scores of a baseline; null with fewer than two rows. */
export function baselineScores(rows: readonly EfficiencyRow[], name: BaselineName, seed = 1): EfficiencyScores | null {
  if (rows.length < 2) return null;
  const scores = efficiencyScores(baselineRows(rows, name), seed)!;
  return name === 'mean' ? { ...scores, spearman: null } : scores;
}

/**
 * How much smaller the error of the computed values is than that of a baseline for the same rows: RMSE in LCE of the baseline
 * less that of the computation. An interval that holds 0 shows no difference. null with fewer than two rows.
 */
export function gainOver(rows: readonly EfficiencyRow[], name: BaselineName, seed = 1): Score | null {
  if (rows.length < 2) return null;
  const foretold = baselineRows(rows, name);
  const paired = rows.map((row, k) => ({ reference: row.reference, row, base: foretold[k]! }));
  return scoreOf(
    paired,
    (drawn) => rmseLce(drawn.map(({ base }) => base)) - rmseLce(drawn.map(({ row }) => row)),
    seed,
  );
}

/** Share of bands that hold the reported value; null where no row has one. */
export function coverageOf(
  rows: readonly { readonly reported: number; readonly band: readonly [number, number] | null }[],
): number | null {
  const held = rows.flatMap(({ reported, band }) =>
    band === null ? [] : [band[0] <= reported && reported <= band[1] ? 1 : 0],
  );
  return held.length === 0 ? null : mean(held);
}

type MagnitudePair = Pick<MagnitudeRow, 'reference' | 'reported' | 'computed'>;

const rmseLog = (rows: readonly MagnitudePair[]): number =>
  rootMeanSquare(rows.map(({ reported, computed }) => log10(computed / reported)));

/** Scores of computed resistances or polarisations; every value positive. */
export function magnitudeScores(rows: readonly MagnitudeRow[], seed = 1): MagnitudeScores {
  const factors = rows.map(({ reported, computed }) => Math.abs(log10(computed / reported)));
  const foretold = rows.map(
    (row): MagnitudePair => ({
      ...row,
      computed: power(10, mean(rows.filter((other) => other !== row).map(({ reported }) => log10(reported)))),
    }),
  );
  return {
    rows: rows.length,
    rmse_log10: rows.length === 0 ? null : scoreOf(rows, rmseLog, seed),
    within_factor_2: rows.length === 0 ? null : mean(factors.map((factor) => (factor <= log10(2) ? 1 : 0))),
    coverage: coverageOf(rows),
    baseline_rmse_log10: rows.length < 2 ? null : rmseLog(foretold),
  };
}

/** What makes two rows comparable: everything but one of the three is alike. */
export interface ContrastRow extends EfficiencyRow {
  /** Canonical name of the electrolyte. */
  readonly electrolyte: string;
  /** Current, capacity. */
  readonly protocol: string;
}

/**
 * All pairs in which one thing differs: two electrolytes in one reference's cell, or two strategies in one electrolyte at one
 * current and capacity, or one strategy group and electrolyte under two protocols. Pairs that were reported equal are no
 * contrast.
 */
export function pairedContrasts(rows: readonly ContrastRow[]): Contrast[] {
  const contrasts: Contrast[] = [];
  for (const [k, first] of rows.entries()) {
    for (const second of rows.slice(k + 1)) {
      const differ = differenceOf(first, second);
      const reported = 100 * (second.reported - first.reported);
      if (differ === null || reported === 0) continue;
      const computed = 100 * (second.computed - first.computed);
      contrasts.push({
        first: first.id,
        second: second.id,
        differ,
        reported_percentage_points: reported,
        computed_percentage_points: computed,
        same_sign: Math.sign(reported) === Math.sign(computed),
      });
    }
  }
  return contrasts;
}

function differenceOf(first: ContrastRow, second: ContrastRow): Contrast['differ'] | null {
  const isSameElectrolyte = first.electrolyte === second.electrolyte;
  const isSameProtocol = first.protocol === second.protocol;
  if (first.reference === second.reference) return isSameElectrolyte ? null : 'electrolyte';
  if (!isSameElectrolyte) return null;
  if (isSameProtocol) return 'strategy';
  return first.strategyGroup === second.strategyGroup ? 'protocol' : null;
}

/** Share of pairs whose sign is right, with an interval over the pairs; null without pairs. */
export function signScores(contrasts: readonly SignedPair[], seed = 1): SignScores {
  const correct = contrasts.filter(({ same_sign }) => same_sign).length;
  const hits = contrasts.map(({ first, second, same_sign }) => ({
    reference: `${first} ${second}`,
    hit: same_sign ? 1 : 0,
  }));
  const accuracy = hits.length === 0 ? null : scoreOf(hits, (drawn) => mean(drawn.map(({ hit }) => hit)), seed);
  return { pairs: contrasts.length, correct, accuracy };
}

// The scores as columns to be saved, with every digit.

import type { TableColumn } from '../../../records/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { columnsOf } from '../../charts/table-columns.ts';

type Scores = TaskOutput<'reproduceResults'>['scores'];
type Model = NonNullable<Scores['coulombic_efficiency']['model']>;
type Magnitudes = Omit<Scores['polarisation'], 'not_computed'>;

export const efficiencyScoresTable = (
  lines: readonly (readonly [name: string, scores: Model | null])[],
): readonly TableColumn[] =>
  columnsOf(
    lines.flatMap(([name, scores]) => (scores === null ? [] : [{ name, ...scores }])),
    Object.fromEntries([
      ['Foretold by', ({ name }: Model & { readonly name: string }) => name],
      ...(
        [
          ['RMSE of -log10(1 - CE)', 'rmse_lce'],
          ['Mean error / percentage points', 'mae_percentage_points'],
          ['Spearman rho', 'spearman'],
        ] as const
      ).flatMap(([name, key]) => [
        [name, (one: Model) => one[key]?.value ?? null],
        [`${name}, low 95 %`, (one: Model) => one[key]?.interval95?.[0] ?? null],
        [`${name}, high 95 %`, (one: Model) => one[key]?.interval95?.[1] ?? null],
      ]),
    ]),
  );

export const magnitudeScoresTable = (
  lines: readonly (readonly [name: string, scores: Magnitudes])[],
): readonly TableColumn[] =>
  columnsOf(lines, {
    Quantity: ([name]) => name,
    Values: ([, { rows }]) => rows,
    'RMSE of log10': ([, { rmse_log10 }]) => rmse_log10?.value ?? null,
    'RMSE of log10, low 95 %': ([, { rmse_log10 }]) => rmse_log10?.interval95?.[0] ?? null,
    'RMSE of log10, high 95 %': ([, { rmse_log10 }]) => rmse_log10?.interval95?.[1] ?? null,
    'RMSE of log10, geometric mean of the others': ([, { baseline_rmse_log10 }]) => baseline_rmse_log10 ?? null,
    'Share within a factor of 2': ([, { within_factor_2 }]) => within_factor_2,
    'Share of bands that hold it': ([, { coverage }]) => coverage,
  });

export const contrastsTable = (contrasts: Scores['coulombic_efficiency']['contrasts']): readonly TableColumn[] =>
  columnsOf(contrasts, {
    First: ({ first }) => first,
    Second: ({ second }) => second,
    'Differ in': ({ differ }) => differ,
    'Reported / percentage points': ({ reported_percentage_points }) => reported_percentage_points,
    'Computed / percentage points': ({ computed_percentage_points }) => computed_percentage_points,
    'Same sign': ({ same_sign }) => (same_sign ? 'yes' : 'no'),
  });

// How much a statistic of few rows may be trusted: the statistic again for rows drawn with replacement (Efron 1979,
// 10.1214/aos/1176344552). Rows that are not independent are drawn together, as one cluster.

import type { RandomStream } from './sampling.ts';
import { quantileSorted } from './statistics.ts';

export interface BootstrapOptions {
  /** Draws, 1 or more. */
  readonly draws: number;
  /** Share of the draws that the interval holds, 0 to 1. */
  readonly share: number;
  readonly random: RandomStream;
}

/**
 * Percentile interval of a statistic over clusters of rows drawn with replacement. Draws for which the statistic is undefined
 * (NaN) are left out; null where more than half are.
 */
export function bootstrapInterval<Row>(
  clusters: readonly (readonly Row[])[],
  statistic: (rows: readonly Row[]) => number,
  { draws, share, random }: BootstrapOptions,
): [number, number] | null {
  if (clusters.length === 0) return null;
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const rows = Array.from(clusters, () => clusters[Math.floor(random() * clusters.length)]!).flat();
    const value = statistic(rows);
    if (Number.isFinite(value)) values.push(value);
  }
  if (values.length <= draws / 2) return null;
  const sorted = Float64Array.from(values).sort();
  return [quantileSorted(sorted, (1 - share) / 2), quantileSorted(sorted, (1 + share) / 2)];
}

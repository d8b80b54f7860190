// A number from the values themselves, and the band in which the middle 80 % of its draws lie.

import type { Property } from '../materials/index.ts';
import { power, quantileSorted } from '../numerics/index.ts';

export interface Banded {
  readonly value: number;
  /** 10 % and 90 % quantiles of the draws. */
  readonly band80: readonly [number, number];
}

/** The band of draws, of which some may be infinite. */
export function bandedOf(value: number, draws: readonly number[]): Banded {
  const sorted = Float64Array.from(draws).sort();
  const at = (p: number): number => {
    const quantile = quantileSorted(sorted, p);
    // Between a finite and an infinite draw, and between two infinite ones.
    return Number.isNaN(quantile) ? Number.POSITIVE_INFINITY : quantile;
  };
  return { value, band80: [at(0.1), at(0.9)] };
}

/**
 * A property drawn at a share from 0 to 1: its value at 0.5, the ends of its range at 0 and 1, between them straight or by equal
 * ratios. Without a range it is always its value.
 */
export function drawnValue(
  { value, range }: Pick<Property, 'value' | 'range'>,
  share: number,
  scale: 'linear' | 'logarithmic' = 'linear',
): number {
  if (range === undefined || share === 0.5) return value;
  const end = share < 0.5 ? range[0] : range[1];
  const way = Math.abs(share - 0.5) * 2;
  return scale === 'linear' ? value + way * (end - value) : value * power(end / value, way);
}

import { describe, expect, test } from 'vitest';
import { bootstrapInterval } from './bootstrap.ts';
import { randomStream } from './sampling.ts';

const mean = (rows: readonly number[]): number => rows.reduce((sum, one) => sum + one, 0) / rows.length;
const options = (seed = 1) => ({ draws: 4000, share: 0.8, random: randomStream(seed) });

describe('the interval of a mean', () => {
  // Of n draws from a sample of variance s², the mean has the standard deviation s/√n, and 80 % of a normal lie within 1.2816 of it.
  const rows = Array.from({ length: 100 }, (_, k) => k);
  const half = (1.2816 * Math.sqrt((100 ** 2 - 1) / 12)) / Math.sqrt(100);

  test('of independent rows is that of the normal law', () => {
    const [low, high] = bootstrapInterval(
      rows.map((row) => [row]),
      mean,
      options(),
    )!;
    expect(low).toBeCloseTo(49.5 - half, 0);
    expect(high).toBeCloseTo(49.5 + half, 0);
    expect(high - low).toBeGreaterThan(1.9 * half);
    expect(high - low).toBeLessThan(2.1 * half);
  });

  test('of rows that come in fours is twice as wide', () => {
    const clusters = Array.from({ length: 25 }, (_, k) => [0, 1, 2, 3].map(() => 4 * k));
    const [low, high] = bootstrapInterval(clusters, mean, options())!;
    expect((high - low) / (2 * half)).toBeGreaterThan(1.85);
    expect((high - low) / (2 * half)).toBeLessThan(2.15);
  });
});

test('the same seed gives the same interval, another seed another', () => {
  const clusters = [1, 2, 4, 8, 16].map((row) => [row]);
  expect(bootstrapInterval(clusters, mean, options(3))).toEqual(bootstrapInterval(clusters, mean, options(3)));
  expect(bootstrapInterval(clusters, mean, options(4))).not.toEqual(bootstrapInterval(clusters, mean, options(3)));
});

test('nothing to draw from, and a statistic that is mostly undefined, have no interval', () => {
  expect(bootstrapInterval([], mean, options())).toBeNull();
  const rarely = (rows: readonly number[]): number => (rows.every((row) => row === 1) ? 1 : Number.NaN);
  expect(bootstrapInterval([[1], [2], [3]], rarely, options())).toBeNull();
});

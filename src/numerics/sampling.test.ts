import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atShare, latinHypercube, randomStream, xoshiro128 } from './sampling.ts';
import { correlation, quantileSorted } from './statistics.ts';

const take = (stream: () => number, count: number): number[] => Array.from({ length: count }, () => stream());

describe('random numbers', () => {
  test('xoshiro128** from the state 1, 2, 3, 4 as its authors’ code gives it', () => {
    expect(take(xoshiro128([1, 2, 3, 4]), 10)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  test('a seed gives the same numbers for ever', () => {
    expect(take(randomStream(1), 3)).toMatchInlineSnapshot(`
      [
        0.5686059948349658,
        0.8893939367683266,
        0.4705824180198359,
      ]
    `);
    expect(take(randomStream(7), 50)).toEqual(take(randomStream(7), 50));
  });

  test('seeds that are neighbours, or share a half, give streams that have nothing in common', () => {
    const seeds = [0, 1, 2, 3, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1];
    const all = seeds.flatMap((seed) => take(randomStream(seed), 200));
    expect(new Set(all).size).toBe(all.length);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('%s is no seed', (seed) => {
    expect(() => randomStream(seed)).toThrow(RangeError);
  });

  test('uniform: 20 equal bins within chance, and no memory from one number to the next', () => {
    const count = 40_000;
    const numbers = take(randomStream(11), count);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const chiSquared = (values: readonly number[], bins: number): number => {
      const counts = new Float64Array(bins);
      for (const value of values) counts[Math.floor(value * bins)]!++;
      const expected = values.length / bins;
      return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    };
    // 0.001 to 0.999 quantiles of chi-squared with 19 degrees of freedom.
    expect(chiSquared(numbers, 20)).toBeGreaterThan(5.4);
    expect(chiSquared(numbers, 20)).toBeLessThan(43.8);
    const mean = numbers.reduce((sum, x) => sum + x, 0) / count;
    const lag = numbers.slice(1).reduce((sum, x, k) => sum + (x - mean) * (numbers[k]! - mean), 0) / count;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(lag * 12)).toBeLessThan(4 / Math.sqrt(count));
  });
});

describe('a Latin hypercube', () => {
  test('has one point in every stratum of every coordinate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 12 }),
        fc.nat(),
        (n, dimensions, seed) => {
          const points = latinHypercube(n, dimensions, randomStream(seed));
          expect(points).toHaveLength(n);
          for (let k = 0; k < dimensions; k++) {
            const strata = points.map((point) => Math.floor(point[k]! * n)).sort((a, b) => a - b);
            expect(strata).toEqual(Array.from({ length: n }, (_, i) => i));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is a matter of the seed alone', () => {
    const make = (seed: number): number[][] =>
      latinHypercube(16, 3, randomStream(seed)).map((point) => Array.from(point));
    expect(make(5)).toEqual(make(5));
    expect(make(5)).not.toEqual(make(6));
  });

  test.each([
    ['as drawn', 5, 3, 5],
    ['made uncorrelated', 40, 2, 4],
  ])('%s, pairs the strata of two coordinates evenly', (_name, n, dimensions, bins) => {
    const runs = 5000;
    const counts = new Float64Array(bins * bins);
    const random = randomStream(3);
    for (let run = 0; run < runs; run++) {
      for (const [x, y] of latinHypercube(n, dimensions, random)) {
        counts[Math.floor(x! * bins) * bins + Math.floor(y! * bins)]!++;
      }
    }
    const expected = (runs * n) / bins ** 2;
    // Binomial at most; strata that exclude each other narrow it.
    for (const count of counts) expect(Math.abs(count - expected)).toBeLessThan(4.5 * Math.sqrt(expected));
  });

  test('keeps its coordinates uncorrelated where there are points enough, which chance alone would not', () => {
    const worst = (n: number, dimensions: number, seed: number): number => {
      const points = latinHypercube(n, dimensions, randomStream(seed));
      const columns = Array.from({ length: dimensions }, (_, k) => points.map((point) => point[k]!));
      return Math.max(...columns.flatMap((x, k) => columns.slice(0, k).map((y) => Math.abs(correlation(x, y)))));
    };
    for (const seed of [1, 2, 3, 4, 5]) {
      expect(worst(64, 18, seed)).toBeLessThan(0.05);
      expect(worst(64, 33, seed)).toBeGreaterThan(0.2);
    }
  });

  test('places its points evenly inside their strata', () => {
    const random = randomStream(9);
    const insides = Array.from({ length: 400 }, () => latinHypercube(10, 1, random).map(([x]) => (x! * 10) % 1)).flat();
    insides.sort((a, b) => a - b);
    // Kolmogorov-Smirnov at 0.001.
    const distance = Math.max(...insides.map((x, k) => Math.abs(x - (k + 0.5) / insides.length)));
    expect(distance).toBeLessThan(1.95 / Math.sqrt(insides.length));
  });

  test('a mean over it beats one over independent points by far where the effects add up', () => {
    const f = (point: ArrayLike<number>): number => point[0]! ** 2 + Math.exp(point[1]!) - point[2]!;
    const exact = 1 / 3 + (Math.E - 1) - 1 / 2;
    const random = randomStream(21);
    const squares = (draw: () => ArrayLike<number>[]): number => {
      let sum = 0;
      for (let run = 0; run < 200; run++) {
        const points = draw();
        sum += (points.reduce((total, point) => total + f(point), 0) / points.length - exact) ** 2;
      }
      return sum / 200;
    };
    const stratified = squares(() => latinHypercube(32, 3, random));
    const independent = squares(() => Array.from({ length: 32 }, () => [random(), random(), random()]));
    expect(stratified).toBeLessThan(independent / 100);
  });
});

describe('a share of a range', () => {
  test('linear and logarithmic have their ends and their middles', () => {
    for (const scale of ['linear', 'logarithmic'] as const) {
      expect(atShare(0, 5e-7, 5e-5, scale)).toBe(5e-7);
      expect(atShare(1, 5e-7, 5e-5, scale)).toBe(5e-5);
    }
    expect(atShare(0.5, -1, 3, 'linear')).toBe(1);
    expect(atShare(0.5, 5e-7, 5e-5, 'logarithmic')).toBeCloseTo(5e-6, 18);
  });

  test('never leaves its range', () => {
    const range = fc.tuple(
      fc.double({ min: 1e-12, max: 1, noNaN: true }),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), range, (p, [low, high]) => {
        for (const scale of ['linear', 'logarithmic'] as const) {
          const value = atShare(p, low, high, scale);
          expect(value >= low && value <= high).toBe(true);
        }
      }),
    );
  });

  test('quantiles of a stratified sample are those of the range, to a stratum', () => {
    const points = latinHypercube(64, 1, randomStream(2)).map(([p]) => atShare(p!, 1, 1000, 'logarithmic'));
    points.sort((a, b) => a - b);
    for (const p of [0.1, 0.5, 0.9]) {
      expect(Math.abs(Math.log10(quantileSorted(points, p)) / 3 - p)).toBeLessThan(1 / 64);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviationOf, jumpsOf, lagCorrelation, medianOf, robustSlope, weightedMedianOf } from './summary-statistics.ts';

describe('medians', () => {
  test('plain, and where half of the weight lies on either side', () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
    expect(weightedMedianOf([1, 2, 100], [1, 5, 1])).toBe(2);
    expect(weightedMedianOf([1, 2, 100], [1, 1, 5])).toBe(100);
    expect([medianOf([]), weightedMedianOf([], [])]).toEqual([Number.NaN, Number.NaN]);
  });

  test('property: with equal weights, the lower of the middle values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), { minLength: 1 }),
        (values) => {
          const sorted = Float64Array.from(values).sort();
          const equal = weightedMedianOf(values, Array(values.length).fill(1));
          expect(equal === sorted[(values.length - 1) >> 1]!).toBe(true);
        },
      ),
    );
  });
});

describe('noise', () => {
  test('that of a normal noise on a slope; a few jumps do not move it', () => {
    let seed = 99;
    const uniform = (): number => {
      seed = (1664525 * seed + 1013904223) % 2 ** 32;
      return (seed + 0.5) / 2 ** 32;
    };
    const values = Array.from({ length: 2000 }, (_, k) => {
      const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
      return 0.01 * k + 0.2 * normal + (k % 100 === 0 ? 50 : 0);
    });
    expect(jumpsOf(values)! / 0.2).toBeGreaterThan(0.93);
    expect(jumpsOf(values)! / 0.2).toBeLessThan(1.12);
    expect(jumpsOf([1, 2, 3, 4])).toBeNull();
    expect(jumpsOf([1, 2, 3, 4, 5])).toBe(0);
  });
});

describe('scatter', () => {
  test('deviation and correlation of neighbours', () => {
    expect(deviationOf([1, 2, 3, 4])).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(deviationOf([1])).toBeNull();
    expect(lagCorrelation([1, 2, 3, 4])).toBeNull();
    expect(lagCorrelation([1, 1, 1, 1, 1])).toBeNull();
    expect(lagCorrelation([1, -1, 1, -1, 1, -1])).toBeCloseTo(-5 / 6, 12);
  });
});

describe('robust slope', () => {
  test('exact on a line, with or without a quarter of it spoilt', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (slope, start) => {
          const x = Array.from({ length: 16 }, (_, k) => k + 1);
          const y = x.map((value) => start + slope * value);
          expect(robustSlope(x, y)!.slope).toBeCloseTo(slope, 9);
          const spoilt = y.map((value, k) => (k % 8 === 3 ? value + 1e6 : value));
          expect(robustSlope(x, spoilt)!.slope).toBeCloseTo(slope, 9);
        },
      ),
    );
  });

  test('its error is that of the noise: 95 of 100 lines within 1.96 of it', () => {
    // A generator of its own, so that the noise is the same in every run.
    let seed = 12345;
    const uniform = (): number => {
      seed = (1664525 * seed + 1013904223) % 2 ** 32;
      return (seed + 0.5) / 2 ** 32;
    };
    const x = Array.from({ length: 30 }, (_, k) => k);
    let within = 0;
    for (let line = 0; line < 300; line++) {
      const y = x.map((value) => 0.3 * value + Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
      const { slope, error } = robustSlope(x, y)!;
      if (Math.abs(slope - 0.3) <= 1.96 * error!) within++;
    }
    expect(within / 300).toBeGreaterThan(0.92);
    expect(within / 300).toBeLessThan(0.985);
  });

  test('no slope of one point, no error of three; equal places say nothing', () => {
    expect(robustSlope([1], [1])).toBeNull();
    expect(robustSlope([1, 1], [1, 2])).toBeNull();
    expect(robustSlope([1, 2, 3], [1, 2, 3])).toEqual({ slope: 1, error: null });
  });

  test('thousands of points are thinned, and the line is the same', () => {
    const x = Array.from({ length: 7000 }, (_, k) => k);
    expect(
      robustSlope(
        x,
        x.map((value) => 2 * value),
      )!.slope,
    ).toBe(2);
  });
});

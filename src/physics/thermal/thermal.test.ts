import { describe, expect, test } from 'vitest';
import { R } from '../../units/index.ts';
import { derivativeGap, differenceOf } from '../derivative.test-tool.ts';
import { arrhenius, arrheniusInto, arrheniusSlope_per_K } from './arrhenius.ts';

describe('Arrhenius factor', () => {
  const out = new Float64Array(2);

  test('is 1 at 298.15 K and doubles over 10 K near 53 kJ/mol', () => {
    expect(arrhenius(53_000, 298.15)).toBe(1);
    expect(arrhenius(53_000, 308.15)).toBeCloseTo(2, 1);
    expect(Math.log(arrhenius(40_000, 330)) / (1 / 298.15 - 1 / 330)).toBeCloseTo(40_000 / R, 6);
  });

  test.each([
    [-20_000, 310],
    [0, 280],
    [62_000, 253],
    [90_000, 340],
  ])('slope is exact at Ea = %i, T = %f', (Ea, T_K) => {
    arrheniusInto(Ea, T_K, out);
    expect(out[0]).toBe(arrhenius(Ea, T_K));
    expect(out[1]).toBe(arrheniusSlope_per_K(Ea, T_K));
    expect(
      derivativeGap(
        out[1]!,
        differenceOf((v) => arrhenius(Ea, v), T_K, 0.5),
      ),
    ).toBeLessThan(1e-9);
  });

  test('is held, with slope 0, where it would overflow', () => {
    arrheniusInto(1e7, 200, out);
    expect([out[0]! > 0, out[1]]).toEqual([true, 0]);
    arrheniusInto(-1e7, 200, out);
    expect([Number.isFinite(out[0]!), out[1]]).toEqual([true, 0]);
    expect(arrheniusSlope_per_K(1e7, 200)).toBe(0);
  });
});

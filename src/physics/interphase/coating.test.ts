import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { F } from '../../units/index.ts';
import { derivativeGap, differenceOf } from '../derivative.test-tool.ts';
import {
  coatedResistanceInto,
  coatingLifetime_s,
  consumedThickness_m,
  filmLimitingCurrent_A_per_m2,
  grainBoundaryConductivity_S_per_m,
  grainBoundaryShare,
  swollenGrowth_m_per_sqrt_s,
  swollenModulus_Pa,
} from './coating.ts';
import { layerResistanceInto } from './resistance.ts';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const out = new Float64Array(4);
const resistance = (f: number, native: number, coating: number): number => {
  coatedResistanceInto(f, native, coating, out);
  return out[0]!;
};

describe('covered and open surface side by side', () => {
  test('uncovered it is the native film, covered the two in series, between them a parallel circuit', () => {
    expect(resistance(0, 0.01, 5)).toBe(0.01);
    expect(resistance(1, 0.01, 5)).toBeCloseTo(5.01, 14);
    expect(resistance(0.98, 0.01, 5)).toBeCloseTo(1 / (0.98 / 5.01 + 0.02 / 0.01), 14);
    // 2 % of pinholes in an insulating film carry everything.
    expect(resistance(0.98, 0.01, 1e9)).toBeCloseTo(0.5, 8);
  });

  test('without a native film pinholes short the coating', () => {
    expect(resistance(0.98, 0, 5)).toBe(0);
    expect(resistance(1, 0, 5)).toBe(5);
    expect(resistance(0.5, 0, 0)).toBe(0);
  });

  test('the slopes are the derivatives', () => {
    fc.assert(
      fc.property(positive(0.05, 0.95), positive(1e-3, 1), positive(1e-3, 1), (f, native, coating) => {
        coatedResistanceInto(f, native, coating, out);
        const [, byShare, byNative, byCoating] = [...out];
        const atShare = differenceOf((x) => resistance(x, native, coating), f, 1e-3);
        const atNative = differenceOf((x) => resistance(f, x, coating), native, 1e-2 * native);
        const atCoating = differenceOf((x) => resistance(f, native, x), coating, 1e-2 * coating);
        expect(derivativeGap(byShare!, atShare, native)).toBeLessThan(1e-6);
        expect(derivativeGap(byNative!, atNative)).toBeLessThan(1e-6);
        expect(derivativeGap(byCoating!, atCoating, 1e-3)).toBeLessThan(1e-6);
      }),
    );
  });

  test('the temperature acts through both films', () => {
    const layer = new Float64Array(3);
    const filmsAt = (T: number) => {
      layerResistanceInto(2e-8, 1e-6, 61e3, T, layer);
      const native = [...layer];
      layerResistanceInto(1e-7, 1e-5, 40e3, T, layer);
      return { native, coating: [...layer] };
    };
    const total = (T: number) => {
      const { native, coating } = filmsAt(T);
      return resistance(0.9, native[0]!, coating[0]!);
    };
    const { native, coating } = filmsAt(310);
    coatedResistanceInto(0.9, native[0]!, coating[0]!, out);
    const slope = out[2]! * native[2]! + out[3]! * coating[2]!;
    expect(derivativeGap(slope, differenceOf(total, 310, 0.5))).toBeLessThan(1e-8);
  });

  test('more cover, more native film or more coating never conducts better', () => {
    fc.assert(
      fc.property(positive(0, 0.99), positive(1e-4, 1), positive(0, 10), (f, native, coating) => {
        const now = resistance(f, native, coating) * (1 - 1e-14);
        expect(resistance(f + 0.01, native, coating)).toBeGreaterThanOrEqual(now);
        expect(resistance(f, native * 1.1, coating)).toBeGreaterThan(now);
        expect(resistance(f, native, coating * 1.1)).toBeGreaterThanOrEqual(now);
      }),
    );
  });
});

describe('limits of films', () => {
  test('salt is gone on one side when diffusion carries all that migration does not', () => {
    const limit = filmLimitingCurrent_A_per_m2(1e-12, 500, 0.5, 1e-7);
    // The gradient is at most 2c/L, and D·2c/L carries (1 − t)·i/F.
    expect((1e-12 * 2 * 500) / 1e-7).toBeCloseTo((0.5 * limit) / F, 12);
    expect(filmLimitingCurrent_A_per_m2(1e-12, 500, 1, 1e-7)).toBe(Number.POSITIVE_INFINITY);
  });

  test('boundaries: two sets of them in thin walls, all of it in grains as small as their boundaries', () => {
    expect(grainBoundaryShare(1e-9, 1e-6)).toBeCloseTo(2e-3, 5);
    expect(grainBoundaryShare(0, 1e-6)).toBe(0);
    expect(grainBoundaryShare(1e-9, 1e-9)).toBe(1);
    expect(grainBoundaryShare(2e-9, 1e-9)).toBe(1);
    expect(grainBoundaryConductivity_S_per_m(1e-9, 1e-6, 0.02)).toBeCloseTo(0.98e-9 + 2e-8, 20);
  });

  test('a film swollen to twice its thickness is half as stiff and passes twice the solvent', () => {
    expect(swollenModulus_Pa(4e9, 2)).toBe(2e9);
    expect(swollenGrowth_m_per_sqrt_s(3e-11, 2) ** 2 / 3e-11 ** 2).toBeCloseTo(2, 12);
    expect(swollenGrowth_m_per_sqrt_s(3e-11, 1)).toBe(3e-11);
  });
});

describe('a coating that lithium consumes', () => {
  test('obeys L² = L0² − k²t, whatever the steps, until it is gone', () => {
    fc.assert(
      fc.property(positive(1e-9, 2e-8), positive(1e-12, 1e-10), positive(0.01, 0.49), (start, k, share) => {
        const lifetime = coatingLifetime_s(start, k);
        const half = consumedThickness_m(consumedThickness_m(start, k, share * lifetime), k, share * lifetime);
        expect(half / consumedThickness_m(start, k, 2 * share * lifetime)).toBeCloseTo(1, 10);
        expect(half / start).toBeCloseTo(Math.sqrt(1 - 2 * share), 10);
        expect(consumedThickness_m(start, k, lifetime * (1 + 1e-12))).toBe(0);
      }),
    );
  });

  test('stays where nothing consumes it', () => {
    expect(consumedThickness_m(1e-8, 0, 1e12)).toBe(1e-8);
    expect(coatingLifetime_s(1e-8, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(consumedThickness_m(0, 1e-11, 1)).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { F } from '../../units/index.ts';
import {
  ADDITIVE_OUTPUTS,
  additiveWeight,
  blended,
  electrolyteLeft_m,
  moleculesReduced_mol_per_m2,
  spendAdditiveInto,
  wettedFraction,
  wettedTransportFactor,
} from './inventory.ts';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('solvent', () => {
  test('3 g/Ah (2.4 mL/Ah) of a solvent of 8.7e-5 m3/mol, a third of 1 % lost to interphase: a quarter gone in 55 cycles', () => {
    // Per Ah of capacity; volume in m3 stands for m3 per m2.
    const perCycle = moleculesReduced_mol_per_m2((0.01 / 3) * 3600, 1);
    expect(2.4e-6 - electrolyteLeft_m(2.4e-6, perCycle, 8.7e-5)).toBeCloseTo(0.0108e-6, 9);
    expect((0.25 * 2.4e-6) / (perCycle * 8.7e-5)).toBeCloseTo(55, 0);
  });

  test('is never less than none', () => {
    expect(electrolyteLeft_m(1e-5, 1, 8.7e-5)).toBe(0);
  });

  test('wets all while pores are full, then its share; conductivity falls with its square', () => {
    expect(wettedFraction(3e-5, 1e-5)).toBe(1);
    expect(wettedFraction(0.5e-5, 1e-5)).toBe(0.5);
    expect(wettedFraction(0, 1e-5)).toBe(0);
    expect(wettedTransportFactor(0.5)).toBe(0.25);
    expect(wettedTransportFactor(1)).toBe(1);
  });
});

describe('additives', () => {
  test('do all they do down to a tenth of their start, and then fade', () => {
    expect(additiveWeight(200, 200)).toBe(1);
    expect(additiveWeight(20, 200)).toBe(1);
    expect(additiveWeight(10, 200)).toBeCloseTo(0.5, 14);
    expect(additiveWeight(0, 200)).toBe(0);
    expect(additiveWeight(-1e-20, 200)).toBe(0);
    expect(additiveWeight(0, 0)).toBe(0);
  });

  test('blend between the values with and without them along equal ratios', () => {
    expect(blended(1.5e-6, 8e-6, 0)).toBe(1.5e-6);
    expect(blended(1.5e-6, 8e-6, 1)).toBeCloseTo(8e-6, 18);
    expect(blended(2, 8, 0.5)).toBeCloseTo(4, 14);
    expect(blended(3, 3, 0.37)).toBe(3);
    fc.assert(
      fc.property(positive(1e-9, 1e-5), positive(1e-9, 1e-5), positive(0, 1), (a, b, w) => {
        const value = blended(a, b, w);
        expect(value).toBeGreaterThanOrEqual(Math.min(a, b) * (1 - 1e-14));
        expect(value).toBeLessThanOrEqual(Math.max(a, b) * (1 + 1e-14));
      }),
    );
  });

  const out = new Float64Array(ADDITIVE_OUTPUTS);

  test('nitrate takes 8 electrons for its share of the charge', () => {
    spendAdditiveInto(1, 0, 1000, 0.5, 8, out);
    expect(out[2]).toBeCloseTo(500 / (8 * F), 18);
    expect(out[0]).toBe(1 - out[2]!);
    expect(out[3]).toBeCloseTo(500, 10);
  });

  test('a saturated solution stays so while salt lies in it, and ends at exactly nothing', () => {
    let [dissolved, undissolved] = [1, 3];
    let used = 0;
    let dissolvedBefore = dissolved;
    for (let cycle = 0; cycle < 1000; cycle++) {
      spendAdditiveInto(dissolved, undissolved, 2 * F, 0.01, 1, out);
      if (undissolved > out[2]!) expect(out[0]).toBe(1);
      [dissolved, undissolved] = [out[0]!, out[1]!];
      expect(dissolved).toBeLessThanOrEqual(dissolvedBefore);
      dissolvedBefore = dissolved;
      used += out[2]!;
    }
    expect(dissolved).toBe(0);
    expect(undissolved).toBe(0);
    expect(used).toBeCloseTo(4, 12);
    spendAdditiveInto(0, 0, 1000, 0.5, 8, out);
    expect(out[3]).toBe(0);
  });

  test('balances, takes at most its share, and never goes below none', () => {
    fc.assert(
      fc.property(
        positive(0, 1),
        positive(0, 10),
        positive(0, 1e6),
        positive(0, 1),
        fc.constantFrom(1, 2, 4, 8),
        (dissolved, undissolved, charge, share, electrons) => {
          spendAdditiveInto(dissolved, undissolved, charge, share, electrons, out);
          const [left, lying, used, taken] = out as unknown as [number, number, number, number];
          expect(Math.abs(left + lying + used - dissolved - undissolved)).toBeLessThan(1e-14);
          expect(Math.min(left, lying, used)).toBeGreaterThanOrEqual(0);
          expect(taken).toBeLessThanOrEqual(share * charge * (1 + 1e-14) + 1e-300);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../../units/index.ts';
import {
  assembledEfficiency,
  type CycleTerms,
  cycleLoss,
  cycleLossInto,
  emptyCycleLoss,
  thickDepositLoss,
} from './assembled-loss.ts';

const ONE_mAh_PER_cm2 = 3.6e4;
const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const terms = (q: number, d_um: number, xi_nm: number, more: Partial<CycleTerms> = {}): CycleTerms => ({
  capacity_C_per_m2: ONE_mAh_PER_cm2,
  interphaseCharge_C_per_m2: q,
  depositSize_m: d_um * 1e-6,
  unstrippableSkin_m: xi_nm * 1e-9,
  deadFactor: 1,
  reusedShellFraction: 0,
  crackedFraction: 0,
  areaRatio: 1,
  calendarCharge_C_per_m2: 0,
  galvanicCharge_C_per_m2: 0,
  ...more,
});

describe('one cycle of 1 mAh/cm2, the worked values of E6', () => {
  test.each([
    ['carbonate', 50, 1.5, 30, 1.9, 8.0, 90.1],
    ['carbonate with FEC', 80, 5, 15, 1.1, 1.2, 97.7],
    ['ether with nitrate', 60, 8, 15, 0.6, 0.75, 98.7],
    ['ether', 60, 3, 45, 1.2, 6.0, 92.8],
    ['concentrated', 70, 10, 7, 0.57, 0.28, 99.15],
    ['localised concentrated', 60, 10, 5, 0.49, 0.2, 99.3],
  ])('%s', (_name, q, d_um, xi_nm, interphase, dead, efficiency) => {
    const loss = cycleLoss(terms(q, d_um, xi_nm));
    const percent = (charge: number) => (100 * charge) / ONE_mAh_PER_cm2;
    expect(Math.abs(percent(loss.face_C_per_m2 + loss.features_C_per_m2) - interphase)).toBeLessThan(0.1);
    expect(Math.abs(percent(loss.dead_C_per_m2) - dead)).toBeLessThan(0.01);
    expect(Math.abs(100 * assembledEfficiency(terms(q, d_um, xi_nm)) - efficiency)).toBeLessThan(0.1);
  });

  test('Li0 outweighs Li+ in poor electrolytes and not in the best', () => {
    const ratio = (q: number, d_um: number, xi_nm: number) => {
      const loss = cycleLoss(terms(q, d_um, xi_nm));
      return loss.dead_C_per_m2 / (loss.total_C_per_m2 - loss.dead_C_per_m2);
    };
    expect(ratio(50, 1.5, 30)).toBeGreaterThan(4);
    expect(ratio(60, 10, 5)).toBeLessThan(0.5);
  });
});

describe('limits', () => {
  test('for Q → ∞ the relative loss is (4/d)(q·V/F + ξ), whatever Q', () => {
    const thick = terms(60, 10, 5, { capacity_C_per_m2: 1e4 * ONE_mAh_PER_cm2 });
    const limit = (4 / 1e-5) * ((60 * LITHIUM_MOLAR_VOLUME_m3_per_mol) / F + 5e-9);
    expect(thickDepositLoss(thick)).toBeCloseTo(limit, 15);
    expect((1 - assembledEfficiency(thick)) / limit).toBeCloseTo(1, 4);
  });

  test('a small deposit pays q for its face: the extra is q/Q', () => {
    const at = (capacity_C_per_m2: number) => 1 - assembledEfficiency(terms(60, 10, 5, { capacity_C_per_m2 }));
    const extra = at(0.2 * ONE_mAh_PER_cm2) - thickDepositLoss(terms(60, 10, 5));
    expect(extra / (60 / (0.2 * ONE_mAh_PER_cm2))).toBeCloseTo(1, 3);
  });

  test('nothing plated costs nothing but time', () => {
    const loss = cycleLoss(terms(60, 10, 5, { capacity_C_per_m2: 0, calendarCharge_C_per_m2: 3 }));
    expect(loss.total_C_per_m2).toBe(3);
  });

  test('a cycle that costs more than it plates has no efficiency left', () => {
    expect(assembledEfficiency(terms(60, 10, 5, { galvanicCharge_C_per_m2: 2 * ONE_mAh_PER_cm2 }))).toBe(0);
  });
});

describe('any cell', () => {
  const anyTerms = fc.record({
    capacity_C_per_m2: positive(100, 4e5),
    interphaseCharge_C_per_m2: positive(10, 300),
    depositSize_m: positive(1e-6, 3e-5),
    unstrippableSkin_m: positive(1e-9, 1e-7),
    deadFactor: positive(0.3, 2),
    reusedShellFraction: positive(0, 0.5),
    crackedFraction: positive(0, 0.2),
    areaRatio: positive(1, 10),
    calendarCharge_C_per_m2: positive(0, 100),
    galvanicCharge_C_per_m2: positive(0, 100),
  });

  test('the parts are the whole, and none is negative', () => {
    const out = emptyCycleLoss();
    fc.assert(
      fc.property(anyTerms, (cell) => {
        cycleLossInto(cell, out);
        const { total_C_per_m2, ...parts } = out;
        const sum = Object.values(parts).reduce((a, b) => a + b, 0);
        expect(sum / total_C_per_m2).toBeCloseTo(1, 13);
        expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('capacity up, efficiency up; every cause up, efficiency down', () => {
    const worse = [
      'interphaseCharge_C_per_m2',
      'unstrippableSkin_m',
      'deadFactor',
      'crackedFraction',
      'areaRatio',
      'calendarCharge_C_per_m2',
      'galvanicCharge_C_per_m2',
    ] as const;
    fc.assert(
      fc.property(anyTerms, positive(1.05, 4), (cell, more) => {
        const now = assembledEfficiency(cell);
        expect(
          assembledEfficiency({ ...cell, capacity_C_per_m2: cell.capacity_C_per_m2 * more }),
        ).toBeGreaterThanOrEqual(now);
        expect(assembledEfficiency({ ...cell, depositSize_m: cell.depositSize_m * more })).toBeGreaterThanOrEqual(now);
        for (const key of worse) {
          expect(assembledEfficiency({ ...cell, [key]: cell[key] * more }), key).toBeLessThanOrEqual(now);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../derivative.test-tool.ts';
import { galvanicCharge_C_per_m2, galvanicCurrent_A_per_m2, passivationAfterRenewal_s } from './galvanic.ts';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const TAU_s = 3600;
const charge = (from: number, to: number) => galvanicCharge_C_per_m2(20, 0.02, TAU_s, from, to);

describe('galvanic corrosion', () => {
  test('one day on 20 times the area of bare copper: 2·A·j·τ·(√(1 + t/τ) − 1)', () => {
    expect(charge(0, 86400)).toBeCloseTo(2 * 20 * 0.02 * TAU_s * (5 - 1), 9);
  });

  test('the charge is the integral of the current', () => {
    fc.assert(
      fc.property(positive(10, 1e6), (time) => {
        const current = galvanicCurrent_A_per_m2(20, 0.02, TAU_s, time);
        expect(differenceOf((t) => charge(0, t), time, time / 50) / current).toBeCloseTo(1, 7);
      }),
    );
    expect(galvanicCurrent_A_per_m2(20, 0.02, TAU_s, 0)).toBe(0.4);
  });

  test('adds up over any steps; a second after a year keeps its digits', () => {
    fc.assert(
      fc.property(positive(0, 1e6), positive(0, 1e6), positive(0, 1e6), (a, b, c) => {
        const [from, middle, to] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        const whole = charge(from, to);
        expect(Math.abs(charge(from, middle) + charge(middle, to) - whole)).toBeLessThanOrEqual(1e-12 * whole);
      }),
    );
    const year = 365 * 86400;
    expect(charge(year, year + 1) / galvanicCurrent_A_per_m2(20, 0.02, TAU_s, year + 0.5)).toBeCloseTo(1, 12);
  });

  test('nothing passes in no time', () => {
    expect(charge(100, 100)).toBe(0);
    expect(charge(100, 50)).toBe(0);
  });

  test('longer rest costs more, renewed passivation as well', () => {
    fc.assert(
      fc.property(positive(0, 1e6), positive(1, 1e6), positive(0.01, 0.2), (passivation, rest, renewed) => {
        const cost = charge(passivation, passivation + rest);
        expect(charge(passivation, passivation + 2 * rest)).toBeGreaterThan(cost);
        const younger = passivationAfterRenewal_s(passivation, renewed);
        expect(charge(younger, younger + rest)).toBeGreaterThanOrEqual(cost * (1 - 1e-14));
      }),
    );
    expect(passivationAfterRenewal_s(5000, 0)).toBe(5000);
    expect(passivationAfterRenewal_s(5000, 1)).toBe(0);
  });
});

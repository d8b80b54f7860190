import { describe, expect, test } from 'vitest';
import { F, R } from '../../units/index.ts';
import {
  BARE_SUBSTRATE_POTENTIAL_V,
  COVERAGE_THICKNESS_m,
  lithiumActivityInto,
  lithiumAmount_mol_per_m2,
  lithiumThickness_m,
} from './lithium.ts';

const C_PER_M2_PER_MAH_PER_CM2 = 3.6e4;

describe('lithium on an electrode', () => {
  test('1 mAh/cm2 is 4.850 µm and 3 mAh/cm2 is 14.55 µm', () => {
    expect(lithiumThickness_m(C_PER_M2_PER_MAH_PER_CM2 / F) * 1e6).toBeCloseTo(4.85, 3);
    expect(lithiumThickness_m((3 * C_PER_M2_PER_MAH_PER_CM2) / F) * 1e6).toBeCloseTo(14.55, 2);
  });

  test('amount and thickness are inverse', () => {
    expect(lithiumAmount_mol_per_m2(lithiumThickness_m(0.37))).toBeCloseTo(0.37, 14);
  });

  const out = new Float64Array(2);

  test('thick lithium has activity 1, and one nanometre one half', () => {
    lithiumActivityInto(1e-3, out);
    expect(out[0]).toBeCloseTo(1, 5);
    lithiumActivityInto(COVERAGE_THICKNESS_m, out);
    expect(out[0]).toBeCloseTo(0.5, 12);
  });

  test('a bare substrate rests at 2 V', () => {
    lithiumActivityInto(0, out);
    expect(-((R * 298.15) / F) * Math.log(out[0]!)).toBeCloseTo(BARE_SUBSTRATE_POTENTIAL_V, 10);
    // Its slope there, 1e9 per metre on an activity of 1e-34, would stall any solver: it is 0 from h = 0 down.
    for (const h of [0, -1e-9]) {
      lithiumActivityInto(h, out);
      expect(out[0]).toBeGreaterThan(0);
      expect(out[1]).toBe(0);
    }
  });

  test.each([1e-12, 3e-10, 1e-9, 1e-6])('the slope at h = %f m is the derivative', (h) => {
    lithiumActivityInto(h, out);
    const slope = out[1]!;
    // a(h + d) is within 1e-12 of its Taylor sum when d is far below the 1 nm scale.
    const d = 1e-13;
    const at = (x: number) => {
      lithiumActivityInto(x, out);
      return out[0]!;
    };
    const difference = (at(h + d) - at(h - d)) / (2 * d);
    expect(Math.abs(difference / slope - 1)).toBeLessThan(h === 1e-6 ? 0.01 : 1e-5);
  });
});

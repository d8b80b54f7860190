import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { F, R } from '../../units/index.ts';
import {
  amountOnTop_mol_per_m2,
  fibreAreaRatio,
  hostAmount_mol_per_m2,
  hostCapacity_C_per_m2,
  hostThieleModulus,
  hostUtilisation,
  localCurrent_A_per_m2,
  reachedShare,
  shareOnTop,
  shellsAfterCycle,
} from './host.ts';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const HOST = { thickness_m: 1e-4, specificArea_per_m: 1e6, exchangeCurrent_A_per_m2: 100, conductivity_S_per_m: 0.5 };

describe('how deep a current reaches', () => {
  test('the modulus is the depth over √(RT·κ/(F·a·j0))', () => {
    const reach = Math.sqrt((R * 298.15 * 0.5) / (F * 1e6 * 100));
    expect(hostThieleModulus(HOST, 298.15)).toBeCloseTo(1e-4 / reach, 12);
    expect(hostThieleModulus({ ...HOST, thickness_m: 2e-4 }, 298.15)).toBeCloseTo(2e-4 / reach, 12);
  });

  test('a thin scaffold takes part as a whole, a deep one to 1/Φ, and the series meets the formula', () => {
    expect(hostUtilisation(0)).toBe(1);
    expect(hostUtilisation(50)).toBeCloseTo(1 / 50, 14);
    expect(hostUtilisation(1)).toBeCloseTo(Math.tanh(1), 14);
    expect(Math.abs(hostUtilisation(0.99999e-4) - hostUtilisation(1.00001e-4))).toBeLessThan(2e-13);
  });

  test('it solves φ″ = Φ²·φ: the reaction summed over the depth', () => {
    // φ(x) = cosh(Φx)/cosh(Φ) with the separator at x = 1; its mean is the utilisation.
    for (const phi of [0.3, 2, 8]) {
      const points = 20000;
      let mean = 0;
      for (let k = 0; k < points; k++) mean += Math.cosh((phi * (k + 0.5)) / points) / Math.cosh(phi) / points;
      expect(hostUtilisation(phi)).toBeCloseTo(mean, 8);
    }
  });

  test('deeper, faster or worse conducting scaffolds are used less', () => {
    fc.assert(
      fc.property(positive(1e-6, 1e-3), positive(1, 1e3), positive(0.01, 2), (thickness, exchange, conductivity) => {
        const host = {
          ...HOST,
          thickness_m: thickness,
          exchangeCurrent_A_per_m2: exchange,
          conductivity_S_per_m: conductivity,
        };
        const used = hostUtilisation(hostThieleModulus(host, 298.15));
        expect(hostUtilisation(hostThieleModulus({ ...host, thickness_m: 2 * thickness }, 298.15))).toBeLessThan(used);
        expect(
          hostUtilisation(hostThieleModulus({ ...host, exchangeCurrent_A_per_m2: 2 * exchange }, 298.15)),
        ).toBeLessThan(used);
        expect(
          hostUtilisation(hostThieleModulus({ ...host, conductivity_S_per_m: 2 * conductivity }, 298.15)),
        ).toBeGreaterThan(used);
      }),
    );
  });

  test('the local current is the geometric one on foil that is wetted', () => {
    expect(localCurrent_A_per_m2(10, 1, 1, 1)).toBe(10);
    expect(localCurrent_A_per_m2(10, 50, 0.2, 0.5)).toBeCloseTo(2, 14);
  });
});

describe('how much it holds', () => {
  test('100 µm of nine tenths pores hold 18.6 mAh/cm2, 90 µm of lithium', () => {
    expect(hostCapacity_C_per_m2(0.9, 1e-4) / 36000).toBeCloseTo(90 / 4.85, 2);
    expect(hostAmount_mol_per_m2(0.9, 1e-4) * F).toBeCloseTo(hostCapacity_C_per_m2(0.9, 1e-4), 6);
  });

  test('fibres of 10 µm, a tenth of 100 µm: four times the area', () => {
    expect(fibreAreaRatio(0.9, 1e-4, 1e-5)).toBeCloseTo(4, 12);
    // One fibre of length l and diameter d in a volume A·L: πdl over A, πd²l/4 over AL.
    const [d, l, A, L] = [2e-6, 1, 1e-4, 5e-5];
    const porosity = 1 - (Math.PI * d * d * l) / (4 * A * L);
    expect(fibreAreaRatio(porosity, L, d)).toBeCloseTo((Math.PI * d * l) / A, 10);
  });

  test('what does not fit lies on top', () => {
    expect(amountOnTop_mol_per_m2(3, 5)).toBe(0);
    expect(amountOnTop_mol_per_m2(7, 5)).toBe(2);
    expect(shareOnTop(0, 4, 5)).toBe(0);
    expect(shareOnTop(6, 7, 5)).toBe(1);
    expect(shareOnTop(4, 8, 5)).toBe(0.75);
    expect(shareOnTop(8, 4, 5)).toBe(0);
    expect(shareOnTop(5, 5, 5)).toBe(0);
  });
});

describe('closed shells', () => {
  test('shut lithium in until they fail', () => {
    expect(reachedShare(0, 1)).toBe(1);
    expect(reachedShare(0.9, 1)).toBeCloseTo(0.1, 14);
    let shells = 1;
    for (let cycle = 0; cycle < 1000; cycle++) shells = shellsAfterCycle(shells, 1e-3);
    expect(shells).toBeCloseTo(0.999 ** 1000, 12);
    expect(reachedShare(0.9, 0)).toBe(1);
  });
});

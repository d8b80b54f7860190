import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../../units/index.ts';
import {
  deadFraction,
  deadLayerConcentrationDrop_mol_per_m3,
  deadLayerGrowth_m,
  deadLayerResistance_ohm_m2,
  pressureFactor,
  strippingCurrentFactor,
} from './dead-lithium.ts';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('dead lithium', () => {
  // ξ nm, d µm and the share of spec 1.10, %.
  test.each([
    [30, 1.5, 8],
    [15, 5, 1.2],
    [15, 8, 0.75],
    [45, 3, 6],
    [7, 10, 0.28],
    [5, 10, 0.2],
  ])('%f nm on %f µm leaves %f %%', (skin_nm, size_um, percent) => {
    expect(Math.abs(100 * deadFraction(skin_nm * 1e-9, size_um * 1e-6, 1) - percent)).toBeLessThan(1e-3);
  });

  test('is never all of it, also where the skin is thicker than the feature', () => {
    expect(deadFraction(1e-6, 4e-6, 1)).toBeCloseTo(2 ** -0.25, 12);
    expect(deadFraction(1e-3, 1e-9, 1)).toBeLessThanOrEqual(1);
    expect(deadFraction(0, 1e-6, 1)).toBe(0);
  });

  test('grows with ξ and χ, falls with d, and lies below 4ξχ/d', () => {
    fc.assert(
      fc.property(
        positive(1e-9, 1e-7),
        positive(1e-6, 3e-5),
        positive(0.2, 5),
        positive(1.01, 10),
        (xi, d, chi, more) => {
          const share = deadFraction(xi, d, chi);
          expect(share).toBeLessThanOrEqual(((4 * xi) / d) * chi);
          expect(share).toBeLessThan(1);
          expect(deadFraction(xi * more, d, chi)).toBeGreaterThan(share);
          expect(deadFraction(xi, d, chi * more)).toBeGreaterThan(share);
          expect(deadFraction(xi, d * more, chi)).toBeLessThan(share);
        },
      ),
    );
  });

  test('faster stripping and more pressure leave less behind; exponents of 0 switch both off', () => {
    expect(strippingCurrentFactor(30, 10, 0.5)).toBeCloseTo(0.5, 14);
    expect(strippingCurrentFactor(-30, 10, 0.5)).toBe(strippingCurrentFactor(30, 10, 0.5));
    expect(strippingCurrentFactor(0, 10, 0.3)).toBe(1);
    expect(strippingCurrentFactor(1e3, 10, 0)).toBe(1);
    expect(pressureFactor(3.2e6, 1e5, 0.2)).toBeCloseTo(0.5, 14);
    expect(pressureFactor(1e5, 1e5, 0.2)).toBe(1);
    expect(pressureFactor(1e6, 1e5, 0)).toBe(1);
  });
});

describe('the layer of dead lithium', () => {
  const layer = { thickness_m: 1e-5, porosity: 0.6, bruggeman: 2.5 };

  test('its solid is exactly what died and what covered it', () => {
    fc.assert(
      fc.property(positive(0, 10), positive(0, 1e-5), positive(0, 0.9), (dead, shells, porosity) => {
        const solid = deadLayerGrowth_m(dead, shells, porosity) * (1 - porosity);
        expect(solid).toBeCloseTo(dead * LITHIUM_MOLAR_VOLUME_m3_per_mol + shells, 15);
      }),
    );
    // 1 mAh/cm2 of dead lithium at 60 % porosity: 4.85/0.4 µm.
    expect(deadLayerGrowth_m(36000 / F, 0, 0.6) * 1e6).toBeCloseTo(12.126, 3);
  });

  test('with pores alone it is a slab of electrolyte', () => {
    const open = { ...layer, porosity: 1 };
    expect(deadLayerResistance_ohm_m2(open, 0.8)).toBeCloseTo(1e-5 / 0.8, 18);
    // Fick: D·Δc/L carries (1 − t)·i/F.
    const drop = deadLayerConcentrationDrop_mol_per_m3(open, 10, 0.3, 3e-10);
    expect((3e-10 * drop) / 1e-5).toBeCloseTo((0.7 * 10) / F, 15);
  });

  test('its resistance and its drop carry the same tortuosity, and the drop the sign of the current', () => {
    const factor = 0.6 ** -2.5;
    expect(
      deadLayerResistance_ohm_m2(layer, 0.8) / deadLayerResistance_ohm_m2({ ...layer, porosity: 1 }, 0.8),
    ).toBeCloseTo(factor, 12);
    const drop = deadLayerConcentrationDrop_mol_per_m3(layer, 10, 0.3, 3e-10);
    expect(drop / deadLayerConcentrationDrop_mol_per_m3({ ...layer, porosity: 1 }, 10, 0.3, 3e-10)).toBeCloseTo(
      factor,
      12,
    );
    expect(deadLayerConcentrationDrop_mol_per_m3(layer, -10, 0.3, 3e-10)).toBe(-drop);
    expect(deadLayerConcentrationDrop_mol_per_m3(layer, 10, 1, 3e-10)).toBe(0);
  });
});

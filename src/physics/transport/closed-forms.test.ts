import { describe, expect, test } from 'vitest';
import { F } from '../../units/index.ts';
import {
  concentrationDifference_mol_per_m3,
  concentrationOverpotential_V,
  limitingCurrent_A_per_m2,
  type SeparatorTransport,
  sandTime_s,
  separatorResistance_ohm_m2,
} from './closed-forms.ts';
import { landesfeind2019 } from './landesfeind2019.ts';

const separator: SeparatorTransport = {
  thickness_m: 25e-6,
  porosity: 0.4,
  bruggeman: 1.5,
  concentration_mol_per_m3: 1000,
  diffusivity_m2_per_s: 2.2e-10,
  transferenceNumber: 0.26,
};

describe('limiting current', () => {
  test('1 M LiPF6, D/(1 − t+) = 2.97e-10 m2/s, 25 µm, ε 0.4, b 1.5: 58 mA/cm2', () => {
    expect(limitingCurrent_A_per_m2(separator) / 10).toBeCloseTo(58, 0);
  });

  test('with the EC:EMC properties at 1 M, D 2.89e-10 and t+ 0.221, it is 72 mA/cm2', () => {
    const out = [0, 1, 2, 3].map(() => new Float64Array(1));
    landesfeind2019('ec-emc').valuesInto(1, Float64Array.of(1000), 298.15, out[0]!, out[1]!, out[2]!, out[3]!);
    const ecEmc = { ...separator, diffusivity_m2_per_s: out[1]![0]!, transferenceNumber: out[2]![0]! };
    expect(limitingCurrent_A_per_m2(ecEmc) / 10).toBeCloseTo(72.5, 1);
  });

  test('at the limiting current the profile falls from 2·c0 to 0', () => {
    const j = limitingCurrent_A_per_m2(separator);
    expect(concentrationDifference_mol_per_m3(separator, j)).toBeCloseTo(2000, 8);
  });
});

describe("Sand's time", () => {
  test('is when a thick layer runs out, solved as a diffusion problem, within 1 %', () => {
    const j = 300;
    const sand = sandTime_s(separator, j);
    const D = separator.diffusivity_m2_per_s * 0.4 ** 1.5;
    // ε·∂c/∂t = D_eff·∂²c/∂x², flux (1 − t+)·j/F out of the first cell; the layer is ten diffusion lengths thick.
    const cells = 1000;
    const dx = (10 * Math.sqrt((D * sand) / 0.4)) / cells;
    const dt = (0.4 * 0.4 * dx * dx) / D;
    const flux = ((1 - separator.transferenceNumber) * j) / F;
    let c = new Float64Array(cells).fill(1000);
    let next = new Float64Array(cells);
    let t = 0;
    // The concentration at the wall, half a cell and its curvature away from the first centre.
    const wall = () => c[0]! - (flux / D) * (dx / 2) + (dx / 8) * ((c[1]! - c[0]!) / dx - flux / D);
    for (let step = 0; wall() > 0 && step < 100_000; step++) {
      for (let k = 0; k < cells; k++) {
        const left = k === 0 ? flux : (D * (c[k]! - c[k - 1]!)) / dx;
        const right = k === cells - 1 ? 0 : (D * (c[k + 1]! - c[k]!)) / dx;
        next[k] = c[k]! + (dt / (0.4 * dx)) * (right - left);
      }
      [c, next] = [next, c];
      t += dt;
    }
    expect(Math.abs(t / sand - 1)).toBeLessThan(0.01);
  });

  test('falls as the square of the current', () => {
    expect(sandTime_s(separator, 100) / sandTime_s(separator, 200)).toBeCloseTo(4, 12);
  });
});

describe('separator', () => {
  test('resists by L/(κ·ε^b)', () => {
    expect(separatorResistance_ohm_m2(separator, 0.9) * 1e4).toBeCloseTo(25e-6 / (0.9 * 0.4 ** 1.5) / 1e-4, 10);
  });

  test('the concentration overpotential is (2RT/F)(1 − t+)·TDF·ln(ratio), and odd', () => {
    const U = concentrationOverpotential_V(1100, 900, 298.15, 0.221, 2.18);
    expect(U * 1e3).toBeCloseTo(2 * 25.6926 * 0.779 * 2.18 * Math.log(11 / 9), 3);
    expect(concentrationOverpotential_V(900, 1100, 298.15, 0.221, 2.18)).toBeCloseTo(-U, 15);
    expect(concentrationOverpotential_V(1000, 1000, 298.15, 0.2, 2)).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import { type Complex, complex, difference, product, quotient, scaled, squareRoot, sum } from '../../numerics/index.ts';
import { F, R } from '../../units/index.ts';
import {
  arcImpedance,
  besideCapacitance,
  besideEachOther,
  LENGTH_DIFFUSION_PEAK,
  layerCapacitance_F_per_m2,
  lengthDiffusion,
  sphereDiffusion,
  terminatedPore,
} from './cell-laws.ts';
import { angularFrequencies, IMPEDANCE_ELEMENTS } from './elements.ts';
import { type PorousElectrode, porousElectrodeImpedance } from './porous-electrode.ts';

const gap = (a: Complex, b: Complex): number => Math.hypot(a.re - b.re, a.im - b.im) / Math.hypot(b.re, b.im);
const exp = (z: Complex): Complex => scaled(Math.exp(z.re), complex(Math.cos(z.im), Math.sin(z.im)));
const cosh = (z: Complex): Complex => scaled(0.5, sum(exp(z), exp(scaled(-1, z))));
const sinh = (z: Complex): Complex => scaled(0.5, difference(exp(z), exp(scaled(-1, z))));
const tanh = (z: Complex): Complex => quotient(sinh(z), cosh(z));

describe('parts of a cell', () => {
  test('20 nm of permittivity 10 are 4.4e-3 F/m2 (spec §5)', () => {
    expect(layerCapacitance_F_per_m2(20e-9, 10)).toBeCloseTo(4.427e-3, 6);
  });

  test('an arc is its resistor at first and its capacitor at last, and highest at 1/(RC)', () => {
    const [resistance, capacitance] = [3, 0.2];
    expect(gap(arcImpedance(resistance, capacitance, 1e-9, 1), complex(3))).toBeLessThan(1e-8);
    const top = arcImpedance(resistance, capacitance, 1 / 0.6, 1);
    expect(gap(top, complex(1.5, -1.5))).toBeLessThan(1e-15);
    expect(gap(arcImpedance(resistance, capacitance, 40, 1), besideCapacitance(complex(3), 0.2, 40))).toBeLessThan(
      1e-15,
    );
    // A depressed arc of exponent a is lower by tan(πa/4).
    const low = arcImpedance(resistance, capacitance, 1 / 0.6, 0.8);
    expect(-low.im).toBeCloseTo(1.5 * Math.tan((Math.PI * 0.8) / 4), 12);
  });

  test('diffusion through a length peaks where it says', () => {
    const height = (x: number): number => -lengthDiffusion(x, 1).im;
    expect(height(LENGTH_DIFFUSION_PEAK)).toBeGreaterThan(height(LENGTH_DIFFUSION_PEAK * 1.001));
    expect(height(LENGTH_DIFFUSION_PEAK)).toBeGreaterThan(height(LENGTH_DIFFUSION_PEAK * 0.999));
  });

  test.each([1e-6, 0.0099, 0.0101, 1, 300, 1e6])('a sphere at s = %fj is tanh√s/(√s − tanh√s)', (x) => {
    const got = sphereDiffusion(x, 1);
    if (x < 0.001) {
      // 3/s + 1/5: beyond the digits of the closed form.
      expect(got.re).toBeCloseTo(0.2, 9);
      expect(got.im * x).toBeCloseTo(-3, 9);
      return;
    }
    const root = squareRoot(complex(0, x));
    const t = x > 1e4 ? complex(1) : tanh(root);
    expect(gap(got, quotient(t, difference(root, t)))).toBeLessThan(1e-11);
  });

  test('a pore with a blocked end is the de Levie line of the circuits, with an open one it is both in series for direct current', () => {
    const [Rion, Q] = [4, 0.3];
    const line = IMPEDANCE_ELEMENTS.find(({ symbol }) => symbol === 'TLMQ')!;
    for (const f of [1e-3, 0.1, 3, 1e4]) {
      const z = new Float64Array(2);
      line.law(Float64Array.of(Rion, Q, 1), 0, angularFrequencies([f]), z, null);
      const y = complex(0, 2 * Math.PI * f * Q);
      expect(gap(terminatedPore(Rion, y, complex(1e18)), complex(z[0]!, z[1]!))).toBeLessThan(1e-12);
    }
    expect(gap(terminatedPore(Rion, complex(0, 1e-12), complex(7)), complex(11))).toBeLessThan(1e-11);
    // Where its walls take all of the current, its far end counts no more.
    const y = complex(0, 1e4);
    expect(gap(terminatedPore(Rion, y, complex(7)), terminatedPore(Rion, y, complex(1)))).toBeLessThan(1e-12);
  });

  test('shares of an area conduct side by side; none of it counts nothing', () => {
    expect(
      gap(
        besideEachOther([
          [0.25, complex(2)],
          [0.75, complex(6)],
        ]),
        complex(4),
      ),
    ).toBeLessThan(1e-15);
    expect(
      gap(
        besideEachOther([
          [1, complex(2)],
          [0, complex(0)],
        ]),
        complex(2),
      ),
    ).toBeLessThan(1e-15);
  });
});

describe('a porous electrode', () => {
  const T = 298.15;
  const c0 = 1000;
  const tPlus = 0.3;
  const layer = (thickness_m: number, porosity: number, factor: number) => ({
    thickness_m,
    porosity,
    conductivity_S_per_m: factor,
    diffusivity_m2_per_s: 3e-10 * factor,
  });
  const of: PorousElectrode = {
    separator: layer(25e-6, 0.4, 0.1),
    electrode: layer(80e-6, 0.33, 0.07),
    solidConductivity_S_per_m: 0.5,
    specificArea_per_m: 4e5,
    transferenceNumber: tPlus,
    junction_V_m3_per_mol: (2 * (1 - tPlus) * 2.2 * R * T) / F / c0,
  };
  const still: PorousElectrode = { ...of, transferenceNumber: 1, junction_V_m3_per_mol: 0 };
  const surface = (omega: number): Complex => besideCapacitance(complex(5e-3, -0.02 / omega), 0.2, omega);
  const { separator, electrode, solidConductivity_S_per_m: sigma } = of;
  const L2 = electrode.thickness_m;
  const kappa = electrode.conductivity_S_per_m;
  const across = separator.thickness_m / separator.conductivity_S_per_m;

  test.each([1e-4, 0.01, 1, 300, 1e5])('without gradients of salt is the line with two rails at ω = %f', (omega) => {
    // Z = L/(κ+σ)·[1 + (2 + (σ/κ + κ/σ)·cosh ν)/(ν·sinh ν)], ν² = L²·a·(1/σ + 1/κ)/Z_surface (Newman & Balsara, ch. 22).
    const nu = squareRoot(quotient(complex(L2 * L2 * of.specificArea_per_m * (1 / sigma + 1 / kappa)), surface(omega)));
    const ratio = sigma / kappa + kappa / sigma;
    const bracket = sum(complex(1), quotient(sum(complex(2), scaled(ratio, cosh(nu))), product(nu, sinh(nu))));
    const expected = sum(complex(across), scaled(L2 / (kappa + sigma), bracket));
    expect(gap(porousElectrodeImpedance(still, surface(omega), omega), expected)).toBeLessThan(1e-12);
  });

  test('at the lowest frequencies the reaction is even, and resistances are a third of the phases and the gradients of salt', () => {
    const omega = 1e-5;
    const { re } = porousElectrodeImpedance(of, surface(omega), omega);
    const perGradient = (of.junction_V_m3_per_mol * (1 - tPlus)) / F;
    const salt =
      perGradient *
      (separator.thickness_m / separator.diffusivity_m2_per_s + L2 / (3 * electrode.diffusivity_m2_per_s));
    const ohmic = across + L2 / (3 * kappa) + L2 / (3 * sigma);
    const reaction = surface(omega).re / (of.specificArea_per_m * L2);
    expect(re / (ohmic + reaction + salt)).toBeCloseTo(1, 6);
  });

  test('at the highest the current takes both phases at once', () => {
    const { re, im } = porousElectrodeImpedance(of, surface(1e10), 1e10);
    expect(re / (across + L2 / (kappa + sigma))).toBeCloseTo(1, 3);
    expect(Math.abs(im) / re).toBeLessThan(1e-3);
  });

  test('salt that does not move leaves the line with two rails', () => {
    for (const omega of [0.01, 10, 1e4]) {
      const slow = { ...of, transferenceNumber: 1, junction_V_m3_per_mol: 1e-5 };
      expect(
        gap(
          porousElectrodeImpedance(slow, surface(omega), omega),
          porousElectrodeImpedance(still, surface(omega), omega),
        ),
      ).toBeLessThan(1e-12);
    }
  });
});

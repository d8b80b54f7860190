import { describe, expect, test } from 'vitest';
import { F } from '../../units/index.ts';
import { derivativeGap, differenceOf } from '../derivative.test-tool.ts';
import { alloyEnthalpy, dissolutionEnthalpy, type MetalParameters, solubility } from './cellular-model.ts';
import { molarState, type PolynomialInterval, polynomialState, stablePhase, temperatureRanges } from './nasa9.ts';
import { plateauPotential, potentialOf, titrationGibbs, withoutGaps } from './titration.ts';

const R = 8.31451;
/** Corundum from 500 to 1200 K and 200 to 500 K, Gurvich 1996, with all coefficients in use in the second. */
const CORUNDUM: PolynomialInterval = {
  temperature_K: [200, 500],
  coefficients: [
    -5.39154997e6, 1.036676983e5, -817.322915, 3.38825872, -7.51240036e-3, 8.65924882e-6, -4.06608567e-9, -666013.465,
    4235.50223,
  ],
};

describe('a polynomial with nine coefficients', () => {
  test('an ideal monatomic gas: Cp = 5R/2, H = Cp·(T − T°), S by the logarithm', () => {
    const gas = { temperature_K: [200, 6000], coefficients: [0, 0, 2.5, 0, 0, 0, 0, -745.375, 4] } as const;
    const { heatCapacity_J_per_mol_K, enthalpy_J_per_mol, entropy_J_per_mol_K } = polynomialState(gas, 1000);
    expect(heatCapacity_J_per_mol_K).toBeCloseTo(2.5 * R, 10);
    expect(enthalpy_J_per_mol).toBeCloseTo(2.5 * R * (1000 - 298.15), 8);
    expect(entropy_J_per_mol_K).toBeCloseTo(R * (2.5 * Math.log(1000) + 4), 10);
  });

  test.each([210, 298.15, 400, 490])('H, S and G belong together at %f K', (T) => {
    const at = (t: number) => polynomialState(CORUNDUM, t);
    const { heatCapacity_J_per_mol_K: cp, enthalpy_J_per_mol: h, entropy_J_per_mol_K: s, gibbs_J_per_mol: g } = at(T);
    const slope = (of: (t: number) => number) => differenceOf(of, T, 0.5);
    expect(
      derivativeGap(
        cp,
        slope((t) => at(t).enthalpy_J_per_mol),
      ),
    ).toBeLessThan(1e-8);
    expect(
      derivativeGap(
        cp / T,
        slope((t) => at(t).entropy_J_per_mol_K),
      ),
    ).toBeLessThan(1e-8);
    expect(
      derivativeGap(
        -s,
        slope((t) => at(t).gibbs_J_per_mol),
      ),
    ).toBeLessThan(1e-7);
    // Gibbs and Helmholtz: d(G/T)/d(1/T) = H.
    const overT = differenceOf((x) => at(1 / x).gibbs_J_per_mol * x, 1 / T, 2e-6);
    expect(derivativeGap(h, overT)).toBeLessThan(1e-7);
    expect(g).toBeCloseTo(h - T * s, 6);
  });

  test('has the printed enthalpy of formation at 298.15 K', () => {
    expect(polynomialState(CORUNDUM, 298.15).enthalpy_J_per_mol).toBeCloseTo(-1675700, -1);
  });

  test('holds in its range, ends included, and nowhere else', () => {
    expect(molarState([CORUNDUM], 200)).toBeDefined();
    expect(molarState([CORUNDUM], 500)).toBeDefined();
    expect(molarState([CORUNDUM], 500.001)).toBeUndefined();
    expect(() => polynomialState(CORUNDUM, 199)).toThrow('assert');
  });

  test('the phase of lower Gibbs energy is the stable one, and changes where they cross', () => {
    const phase = (h: number, s: number) => ({
      intervals: [{ temperature_K: [200, 1000] as const, coefficients: [0, 0, 0, 0, 0, 0, 0, h / R, s / R] }],
    });
    const [solid, melt] = [phase(0, 10), phase(5000, 20)];
    expect(stablePhase([solid, melt], 499)?.phase).toBe(solid);
    expect(stablePhase([solid, melt], 501)?.phase).toBe(melt);
    expect(stablePhase([solid, melt], 1001)).toBeUndefined();
  });

  test('ranges are joined where they touch and told apart where they do not', () => {
    const reaching = (...temperature_K: [number, number]) => ({ intervals: [{ temperature_K, coefficients: [] }] });
    expect(temperatureRanges([reaching(500, 800), reaching(200, 500), reaching(900, 1000)])).toEqual([
      [200, 800],
      [900, 1000],
    ]);
  });
});

describe('alloys by titration', () => {
  const SILICON = [
    { from: 0, to: 2, potential_V: 0.332 },
    { from: 2, to: 2.67, potential_V: 0.283 },
    { from: 2.67, to: 3.25, potential_V: 0.156 },
    { from: 3.25, to: 4.4, potential_V: 0.047 },
  ];

  test('the energy is the area under the plateaus', () => {
    expect(titrationGibbs(SILICON, 4.4) / 1000).toBeCloseTo(-96.3, 1);
    expect(titrationGibbs(SILICON, 1)).toBeCloseTo(-F * 0.332, 6);
    expect(titrationGibbs(SILICON, 0)).toBe(-0);
    // Beyond the last plateau nothing more is released.
    expect(titrationGibbs(SILICON, 9)).toBe(titrationGibbs(SILICON, 4.4));
  });

  test('its slope in the lithium content is the potential', () => {
    for (const [y, potential_V] of [
      [1, 0.332],
      [2.3, 0.283],
      [4, 0.047],
    ] as const) {
      const slope = differenceOf((x) => titrationGibbs(SILICON, x), y, 0.01);
      expect(potentialOf(slope, 1)).toBeCloseTo(potential_V, 9);
    }
  });

  test('a gap counts with the potential of the plateau behind it, the least it can have', () => {
    const indium = [
      { from: 0.22, to: 0.86, potential_V: 0.495 },
      { from: 1.74, to: 1.92, potential_V: 0.145 },
    ];
    const closed = withoutGaps(indium);
    expect(closed.map(({ from }) => from)).toEqual([0, 0.86]);
    expect(titrationGibbs(closed, 1.92)).toBeCloseTo(-F * (0.86 * 0.495 + 1.06 * 0.145), 6);
    expect(titrationGibbs(closed, 1.92)).toBeLessThan(titrationGibbs(indium, 1.92));
  });

  test('lithium-aluminium: 0.385 V at 300 K, −37.1 kJ/mol', () => {
    const line = { potential_V_at_0K: 0.451, slope_V_per_K: -2.2e-4 };
    expect(plateauPotential(line, 300)).toBeCloseTo(0.385, 9);
    expect((-F * plateauPotential(line, 300)) / 1000).toBeCloseTo(-37.15, 2);
    expect((-F * plateauPotential(line, 500)) / 1000).toBeCloseTo(-32.9, 1);
  });
});

describe('the cellular model of alloys', () => {
  const metal = (
    molarVolume_cm3: number,
    electronsAtBoundary: number,
    electronegativity_V: number,
    given: Partial<MetalParameters> = {},
  ): MetalParameters => ({
    transition: false,
    molarVolume_m3_per_mol: molarVolume_cm3 * 1e-6,
    electronsAtBoundary,
    electronegativity_V,
    volumeChange: 0,
    hybridisation: 0,
    transformation_J_per_mol: 0,
    meltingTemperature_K: 500,
    ...given,
  });
  const LI = metal(13, 0.94, 2.85, { volumeChange: 0.14 });

  // Equal shares, kJ/mol, as the calculator of Zhang and others prints them.
  test.each([
    ['Fe', metal(7.09, 5.55, 4.93, { transition: true, hybridisation: 1 }), 26],
    ['Ti', metal(10.58, 3.51, 3.8, { transition: true, hybridisation: 1 }), 34],
    ['Al', metal(10, 2.7, 4.2, { hybridisation: 1.9 }), -4],
    ['Sn', metal(16.3, 1.9, 4.15, { hybridisation: 2.1 }), -18],
    ['Au', metal(10.2, 3.87, 5.15, { transition: true, hybridisation: 0.3 }), -37],
    ['Mg', metal(14, 1.6, 3.45, { hybridisation: 0.4 }), 0],
  ])('lithium with %s', (_name, other, expected) => {
    expect(Math.abs(alloyEnthalpy(other, LI, 0.5, false) / 1000 - expected)).toBeLessThan(1.5);
  });

  test('is symmetric, vanishes for like metals and for no alloy, and an ordered compound goes further', () => {
    const tin = metal(16.3, 1.9, 4.15);
    expect(alloyEnthalpy(LI, tin, 0.3, false)).toBeCloseTo(alloyEnthalpy(tin, LI, 0.7, false), 6);
    expect(alloyEnthalpy(LI, LI, 0.5, true)).toBeCloseTo(0, 12);
    expect(alloyEnthalpy(tin, LI, 0, true)).toBeCloseTo(0, 12);
    expect(alloyEnthalpy(tin, LI, 0.5, true)).toBeLessThan(alloyEnthalpy(tin, LI, 0.5, false));
  });

  test('in dilution it gives the enthalpy of dissolution', () => {
    const iron = metal(7.09, 5.55, 4.93, { transition: true });
    const x = 1e-6;
    expect(alloyEnthalpy(iron, LI, x, false) / x / dissolutionEnthalpy(iron, LI)).toBeCloseTo(1, 4);
  });

  test('solubility: all of a liquid that mixes without heat, ideal for a solid that does, less where heat is taken', () => {
    expect(solubility(LI, LI, 600)).toBe(1);
    const like = { ...LI, meltingTemperature_K: 1000 };
    expect(Math.log(solubility(like, LI, 500))).toBeCloseTo((-9.6 * 500) / (8.314462618 * 500), 9);
    expect(solubility(like, LI, 500, 10_000)).toBeLessThan(solubility(like, LI, 500));
    expect(solubility(like, LI, 600)).toBeGreaterThan(solubility(like, LI, 500));
  });
});

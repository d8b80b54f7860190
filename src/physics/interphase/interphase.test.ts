import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { F, R } from '../../units/index.ts';
import { derivativeGap, differenceOf } from '../derivative.test-tool.ts';
import { arrhenius } from '../thermal/arrhenius.ts';
import {
  closedFormThickness_m,
  GROWTH_OUTPUTS,
  GROWTH_SOURCES,
  GROWTH_THICKNESS_m_FLOOR,
  type GrowthArguments,
  type GrowthLawChoice,
  growthInto,
} from './growth.ts';
import { layerResistanceInto, mosaicConductivity_S_per_m, seriesResistance_ohm_m2 } from './resistance.ts';

// Lithium in PyBaMM's interphase of the set Xu2019: z = 2 per V̄ = 9.585e-5 m3/mol.
const PYBAMM_LITHIUM = 2 / 9.585e-5;

/** Every kind has a law here, or this does not compile; numbers of Xu2019 where it has them. */
const laws: { readonly [K in GrowthLawChoice['kind']]: Extract<GrowthLawChoice, { kind: K }> } = {
  none: { kind: 'none' },
  'reaction-limited': {
    kind: 'reaction-limited',
    rate_m_per_s: 1.5e-7 / (F * PYBAMM_LITHIUM),
    alpha: 0.5,
    potential_V: 0.4,
  },
  // k² = 2·V̄·D·c/z.
  'transport-limited': { kind: 'transport-limited', k_m_per_sqrt_s: Math.sqrt((2 * 2.5e-22 * 2636) / PYBAMM_LITHIUM) },
  tunnelling: { kind: 'tunnelling', rate_m_per_s: 1e-12, decay_per_m: 3e9 },
  unified: {
    kind: 'unified',
    exchangeCurrent_A_per_m2: 1e-4,
    alpha: 0.22,
    diffusivity_m2_per_s: 5e-19,
    concentration_mol_per_m3: 20,
    tunnellingThickness_m: 2.05e-9,
  },
  'electron-migration': { kind: 'electron-migration', conductivity_S_per_m: 8.95e-14, potential_V: 0.4 },
  'interstitial-diffusion': {
    kind: 'interstitial-diffusion',
    diffusivity_m2_per_s: 1e-20,
    concentration_mol_per_m3: 15,
  },
  'solvent-reaction-diffusion': {
    kind: 'solvent-reaction-diffusion',
    rate_m_per_s: 1e-12,
    alpha: 0.5,
    potential_V: 0.4,
    diffusivity_m2_per_s: 2e-18,
    concentration_mol_per_m3: 4541,
  },
};
const kinds = Object.values(laws);

const base: GrowthArguments = {
  L_m: 6e-9,
  deltaPhi_V: 0.021,
  j_A_per_m2: 15,
  sigma_S_per_m: 5e-6,
  lithiumConcentration_mol_per_m3: PYBAMM_LITHIUM,
  arrhenius: 1.3,
  T_K: 298.15,
};

function growth(law: GrowthLawChoice, change: Partial<GrowthArguments> = {}): Float64Array {
  const out = new Float64Array(GROWTH_OUTPUTS);
  growthInto(law, { ...base, ...change }, out);
  return out;
}

/** Thickness after t seconds by the classical Runge–Kutta method. */
function grown(law: GrowthLawChoice, L0: number, t: number, change: (L: number) => Partial<GrowthArguments>): number {
  const steps = 2000;
  const h = t / steps;
  const rate = (L: number) => growth(law, { ...change(L), L_m: L })[0]!;
  let L = L0;
  for (let k = 0; k < steps; k++) {
    const k1 = rate(L);
    const k2 = rate(L + 0.5 * h * k1);
    const k3 = rate(L + 0.5 * h * k2);
    const k4 = rate(L + h * k3);
    L += (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return L;
}

describe.each(kinds.map((law) => [law.kind, law] as const))('%s', (kind, law) => {
  test('names its source', () => {
    expect(GROWTH_SOURCES[kind].length).toBeGreaterThan(10);
  });

  const fields = ['L_m', 'deltaPhi_V', 'j_A_per_m2', 'T_K', 'sigma_S_per_m'] as const;
  const states: readonly Partial<GrowthArguments>[] = [
    {},
    { deltaPhi_V: -0.15, j_A_per_m2: -20 },
    { L_m: 40e-9, deltaPhi_V: 0.05, j_A_per_m2: 5 },
    { L_m: 0.7e-9, deltaPhi_V: 0.3, T_K: 320 },
    { L_m: 80e-9, j_A_per_m2: -10, sigma_S_per_m: 2e-7, deltaPhi_V: -0.3 },
    { j_A_per_m2: 0, deltaPhi_V: 0 },
  ];

  test.each(states)('has exact derivatives at %j', (state) => {
    const at = { ...base, ...state };
    const out = growth(law, state);
    const slopes = [out[1]!, out[2]!, out[3]!, out[4]!, (-at.j_A_per_m2 / at.sigma_S_per_m) * out[3]!];
    fields.forEach((field, k) => {
      const scale = {
        L_m: 3e-4 * at.L_m,
        deltaPhi_V: 1e-3,
        j_A_per_m2: 5e-3,
        T_K: 0.5,
        sigma_S_per_m: 3e-4 * at.sigma_S_per_m,
      };
      const h = scale[field];
      const difference = differenceOf((v) => growth(law, { ...state, [field]: v })[0]!, at[field], h);
      // Below rounding of the rate over the step a slope counts as 0.
      expect(derivativeGap(slopes[k]!, difference, (1e-6 * out[0]!) / h)).toBeLessThan(1e-6);
    });
  });

  test('is proportional to its Arrhenius factor', () => {
    expect(derivativeGap(growth(law, { arrhenius: 2.6 })[0]!, 2 * growth(law)[0]!)).toBeLessThan(1e-14);
  });

  test('never shrinks and never gives NaN, whatever an iterate holds', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e-8, max: 1e-5, noNaN: true }),
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.double({ min: 200, max: 450, noNaN: true }),
        (L_m, deltaPhi_V, j_A_per_m2, T_K) => {
          const out = growth(law, { L_m, deltaPhi_V, j_A_per_m2, T_K });
          expect(out[0]).toBeGreaterThanOrEqual(0);
          expect([...out].every(Number.isFinite)).toBe(true);
        },
      ),
      { seed: 3, numRuns: 500 },
    );
  });
});

describe('closed forms', () => {
  const day = 86_400;
  const rest = { arrhenius: 1.3, deltaPhi_V: 0.1, T_K: 298.15 };
  const still = { arrhenius: 1.3, deltaPhi_V: 0.1, j_A_per_m2: 0 };

  test.each(['reaction-limited', 'transport-limited', 'tunnelling'] as const)(
    '%s is the integral of its rate',
    (kind) => {
      const closed = closedFormThickness_m(laws[kind], 1e-9, day, rest)!;
      expect(closed).toBeGreaterThan(1.1e-9);
      expect(
        derivativeGap(
          grown(laws[kind], 1e-9, day, () => still),
          closed,
        ),
      ).toBeLessThan(1e-9);
    },
  );

  test('transport-limited growth from nothing passes the floor', () => {
    const law = laws['transport-limited'];
    const k2 = law.k_m_per_sqrt_s ** 2;
    const reached = (2 * GROWTH_THICKNESS_m_FLOOR ** 2) / k2;
    expect(closedFormThickness_m(law, 0, reached)).toBeCloseTo(GROWTH_THICKNESS_m_FLOOR, 20);
    expect(closedFormThickness_m(law, 0, 0.5 * reached)).toBeCloseTo(0.5 * GROWTH_THICKNESS_m_FLOOR, 20);
    expect(closedFormThickness_m(law, 0, 1e6)! / Math.sqrt(k2 * 1e6)).toBeCloseTo(1, 3);
  });

  test('without conditions the factor is 1 and the reaction stands at its own potential', () => {
    const law = laws['reaction-limited'];
    expect(closedFormThickness_m(law, 1e-9, 100)).toBe(1e-9 + 100 * law.rate_m_per_s);
  });

  test('k = 3.8e-11 m/√s thickens 15 nm by 3.7 nm in a day', () => {
    const law = { kind: 'transport-limited', k_m_per_sqrt_s: 3.8e-11 } as const;
    expect((closedFormThickness_m(law, 15e-9, day)! - 15e-9) * 1e9).toBeCloseTo(3.7, 1);
  });

  test('the other laws have none', () => {
    expect(closedFormThickness_m(laws.unified, 1e-9, 1)).toBeNull();
  });
});

describe('growth laws', () => {
  // PyBaMM's replayed half-cell at 1C for an hour from 5 nm (engines.md §2.6): current 15.584 A/m2, film 2e5 Ω m, kinetic
  // overpotential 5.6 mV at the end and 5.65 mV at the start.
  const onLithium = (L: number) => ({
    arrhenius: 1,
    j_A_per_m2: 15.584,
    deltaPhi_V: 0.0056 + 15.584 * 2e5 * L,
    sigma_S_per_m: 5e-6,
  });
  test.each([
    ['reaction-limited', 5.57796, 1e-3],
    ['transport-limited', 5.02269, 1e-5],
    ['electron-migration', 5.01211, 1e-5],
    ['interstitial-diffusion', 5.00227, 1e-5],
    ['solvent-reaction-diffusion', 55.365, 0.05],
  ] as const)('%s reaches %f nm in the reference half-cell', (kind, nm, within_nm) => {
    expect(Math.abs(grown(laws[kind], 5e-9, 3600, onLithium) * 1e9 - nm)).toBeLessThan(within_nm);
  });

  test('plating hastens and stripping slows the laws with a potential, and enough stripping stops the unified one', () => {
    for (const kind of ['reaction-limited', 'unified', 'electron-migration', 'interstitial-diffusion'] as const) {
      expect(growth(laws[kind], { deltaPhi_V: -0.05 })[0]).toBeGreaterThan(
        growth(laws[kind], { deltaPhi_V: 0.05 })[0]!,
      );
    }
    const rates = [-50, 0, 20, 1e5].map((j_A_per_m2) => growth(laws.unified, { L_m: 20e-9, j_A_per_m2 })[0]!);
    expect(rates[0]).toBeGreaterThan(rates[1]!);
    expect(rates[1]).toBeGreaterThan(rates[2]!);
    expect(rates[3]).toBe(0);
  });

  test('the unified law is reaction-limited on a thin and diffusion-limited on a thick layer', () => {
    const law = laws.unified;
    const f = F / (R * 298.15);
    const still = { j_A_per_m2: 0, arrhenius: 1, deltaPhi_V: 0.02 };
    const reaction = (law.exchangeCurrent_A_per_m2 / (F * PYBAMM_LITHIUM)) * Math.exp(-law.alpha * f * 0.02);
    expect(derivativeGap(growth(law, { ...still, L_m: 1e-9 })[0]!, reaction)).toBeLessThan(1e-13);
    const L_a = 1e-2;
    const diffusion =
      ((law.diffusivity_m2_per_s * law.concentration_mol_per_m3) / (L_a * PYBAMM_LITHIUM)) * Math.exp(-f * 0.02);
    expect(derivativeGap(growth(law, { ...still, L_m: L_a })[0]!, diffusion)).toBeLessThan(1e-4);
  });

  test('no law needs electrons above its potential', () => {
    expect([...growth(laws['electron-migration'], { deltaPhi_V: 0.5 })]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('resistance of layers', () => {
  const out = new Float64Array(3);

  test('20 nm at 1e-6 S/m is 200 Ω cm2', () => {
    layerResistanceInto(20e-9, 1e-6, 60_000, 298.15, out);
    expect(out[0]! * 1e4).toBeCloseTo(200, 10);
  });

  test('has exact slopes', () => {
    const R_at = (L: number, T_K: number) => {
      layerResistanceInto(L, 3e-6, 61_000, T_K, out);
      return out[0]!;
    };
    layerResistanceInto(15e-9, 3e-6, 61_000, 280, out);
    const [byL, byT] = [out[1]!, out[2]!];
    expect(
      derivativeGap(
        byL,
        differenceOf((v) => R_at(v, 280), 15e-9, 1e-9),
      ),
    ).toBeLessThan(1e-9);
    expect(
      derivativeGap(
        byT,
        differenceOf((v) => R_at(15e-9, v), 280, 0.5),
      ),
    ).toBeLessThan(1e-9);
  });

  const lif = { conductivity_S_per_m: 1e-9, activationEnergy_J_per_mol: 60_000 };
  const organic = { conductivity_S_per_m: 1e-6, activationEnergy_J_per_mol: 50_000 };

  test('layers in series add; a mosaic conducts by its best part and bounds the series from above', () => {
    const T_K = 310;
    const series = seriesResistance_ohm_m2(
      [
        { ...lif, thickness_m: 5e-9 },
        { ...organic, thickness_m: 15e-9 },
      ],
      T_K,
    );
    const byHand = 5e-9 / (1e-9 * arrhenius(60_000, T_K)) + 15e-9 / (1e-6 * arrhenius(50_000, T_K));
    expect(derivativeGap(series, byHand)).toBeLessThan(1e-14);
    const mosaic = mosaicConductivity_S_per_m(
      [
        { ...lif, volumeFraction: 0.25 },
        { ...organic, volumeFraction: 0.75 },
      ],
      T_K,
    );
    expect(20e-9 / mosaic).toBeLessThan(series);
    expect(mosaicConductivity_S_per_m([{ ...lif, volumeFraction: 1 }], 298.15)).toBe(1e-9);
    expect(seriesResistance_ohm_m2([], T_K)).toBe(0);
  });
});

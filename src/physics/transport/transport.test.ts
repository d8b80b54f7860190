import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivativeGap, differenceOf } from '../derivative.test-tool.ts';
import { constantScalar, scalarFunction } from '../insertion/scalar-function.ts';
import { type TransportChoice, type TransportLawName, transportLaw } from './select.ts';
import {
  CONDUCTIVITY_S_per_m_FLOOR,
  functionsLaw,
  makeTransportDerivatives,
  type TransportLaw,
  withReplacements,
} from './transport-law.ts';

/** Every name has a law here, or this does not compile. */
const choices: Readonly<Record<TransportLawName, TransportChoice>> = {
  'landesfeind2019-ec-emc': { law: 'landesfeind2019-ec-emc' },
  'landesfeind2019-ec-dmc': { law: 'landesfeind2019-ec-dmc' },
  'ec-dec-lundgren': { law: 'ec-dec-lundgren' },
  nyman2008: { law: 'nyman2008' },
  valoen2005: { law: 'valoen2005' },
  capiglia1999: { law: 'capiglia1999' },
  constant: {
    law: 'constant',
    conductivity_S_per_m: 1.097,
    diffusivity_m2_per_s: 4e-10,
    transferenceNumber: 0.35,
    thermodynamicFactor: 1.4,
    conductivityActivationEnergy_J_per_mol: 12_000,
    diffusivityActivationEnergy_J_per_mol: 14_000,
  },
  functions: {
    law: 'functions',
    conductivityLaw: { kind: 'formula', formula: '1.1*(x/1000)*exp(0.5-0.5*(x/1000)**2)' },
    diffusivityLaw: { kind: 'formula', formula: '3e-10*exp(-0.4*x/1000)' },
    transferenceNumber: 0.3,
    conductivityActivationEnergy_J_per_mol: 15_000,
    diffusivityActivationEnergy_J_per_mol: 20_000,
  },
};
const laws = Object.entries(choices).map(([name, choice]) => [name, transportLaw(choice)] as const);

const PROPERTIES = ['kappa', 'D', 'tPlus', 'tdf'] as const;

/** κ S/m, D m2/s, t+ and TDF at one c (mol/m3) and T (K). */
function at(law: TransportLaw, c: number, T_K: number): readonly [number, number, number, number] {
  const out = PROPERTIES.map(() => new Float64Array(1));
  law.valuesInto(1, Float64Array.of(c), T_K, out[0]!, out[1]!, out[2]!, out[3]!);
  return [out[0]![0]!, out[1]![0]!, out[2]![0]!, out[3]![0]!];
}

describe('values at 298.15 K', () => {
  // κ mS/cm, D 1e-10 m2/s, t+, TDF, each with the digits in which the source or the specification states it.
  test.each([
    [
      'landesfeind2019-ec-emc',
      1000,
      [
        [9.13, 2],
        [2.89, 2],
        [0.221, 3],
        [2.18, 2],
      ],
    ],
    [
      'landesfeind2019-ec-emc',
      2000,
      [
        [5.94, 2],
        [1.55, 2],
        [0.106, 3],
        [3.85, 2],
      ],
    ],
    [
      'landesfeind2019-ec-dmc',
      1000,
      [
        [11.82, 2],
        [2.9, 2],
        [0.325, 3],
        [2.2, 2],
      ],
    ],
    [
      'ec-dec-lundgren',
      1000,
      [
        [7.88, 0],
        [2.5, 2],
        [0.25, 2],
        [2, 2],
      ],
    ],
    [
      'nyman2008',
      1000,
      [
        [9.487, 3],
        [1.7694, 4],
        [0.2594, 4],
        [1, 2],
      ],
    ],
    [
      'valoen2005',
      1000,
      [
        [11.9, 0],
        [3.22, 2],
        [0.38, 2],
        [2.166, 3],
      ],
    ],
    [
      'capiglia1999',
      1000,
      [
        [11.046, 3],
        [2.788, 3],
        [0.4, 2],
        [1, 2],
      ],
    ],
    [
      'constant',
      1000,
      [
        [10.97, 2],
        [4, 2],
        [0.35, 2],
        [1.4, 2],
      ],
    ],
  ] as const)('%s at %i mol/m3', (name, c, expected) => {
    const [kappa, D, tPlus, tdf] = at(transportLaw(choices[name]), c, 298.15);
    const computed = [10 * kappa, 1e10 * D, tPlus, tdf];
    expected.forEach(([value, digits], k) => {
      expect(computed[k]!).toBeCloseTo(value, digits);
    });
  });

  test('the EC:DEC fit meets its 15 points within 4.2 %', () => {
    // T K, c mol/m3, κ S/m: Lundgren 2015 through CALiSol-23 (10.1038/s41597-024-03575-8).
    const points = [
      [283.15, 502.3, 0.50952],
      [298.15, 502.3, 0.68095],
      [313.15, 500.0, 0.87382],
      [283.15, 800.9, 0.5581],
      [298.15, 800.9, 0.78429],
      [313.15, 800.9, 1.03191],
      [283.15, 1000.0, 0.54525],
      [298.15, 1000.0, 0.78811],
      [313.15, 1000.0, 1.0643],
      [283.15, 1201.4, 0.49191],
      [298.15, 1201.4, 0.74905],
      [313.15, 1201.4, 1.02048],
      [283.15, 1500.0, 0.37858],
      [298.15, 1500.0, 0.64049],
      [313.15, 1502.3, 0.90952],
    ] as const;
    const law = transportLaw(choices['ec-dec-lundgren']);
    const errors = points.map(([T_K, c, kappa]) => Math.abs(at(law, c, T_K)[0] / kappa - 1));
    expect(Math.max(...errors)).toBeLessThan(0.0425);
    expect(Math.max(...errors)).toBeGreaterThan(0.04);
  });

  test('the EC:DMC conductivity meets measured points of its own paper', () => {
    const points = [
      [263.15, 1003, 0.4962],
      [293.15, 504, 0.9436],
      [293.15, 2006, 0.6441],
      [323.15, 1008, 1.736],
      [303.15, 3001, 0.4935],
    ] as const;
    const law = transportLaw(choices['landesfeind2019-ec-dmc']);
    for (const [T_K, c, kappa] of points) expect(Math.abs(at(law, c, T_K)[0] / kappa - 1)).toBeLessThan(0.06);
  });
});

describe.each(laws)('%s', (_name, law) => {
  test('names its source and its range', () => {
    expect(law.source.length).toBeGreaterThan(8);
    const { concentration_mol_per_m3_min, concentration_mol_per_m3_max, temperature_K_min, temperature_K_max } =
      law.validity;
    expect(concentration_mol_per_m3_min).toBeLessThan(concentration_mol_per_m3_max);
    expect(temperature_K_min).toBeLessThan(temperature_K_max);
  });

  test('has the exact slopes of what it gives, in its range and beyond', () => {
    const n = 1;
    const d = makeTransportDerivatives(n);
    const slopes = [
      [d.kappa_c, d.kappa_T],
      [d.D_c, d.D_T],
      [d.tPlus_c, d.tPlus_T],
      [d.tdf_c, d.tdf_T],
    ] as const;
    // None of these sits where a law starts to hold a value.
    for (const c of [-500, 3, 47, 320, 1000, 1777, 2600, 4200, 8500]) {
      for (const T_K of [255, 268.15, 298.15, 318.15, 340]) {
        law.derivativesInto(n, Float64Array.of(c), T_K, d);
        const values = at(law, c, T_K);
        slopes.forEach(([byC, byT], k) => {
          const h = Math.max(Math.abs(c), 1) * 2e-3;
          const differenceC = differenceOf((v) => at(law, v, T_K)[k]!, c, h);
          const differenceT = differenceOf((v) => at(law, c, v)[k]!, T_K, 0.3);
          const size = Math.abs(values[k]!);
          expect(derivativeGap(byC[0]!, differenceC, (1e-4 * size) / Math.max(Math.abs(c), 1))).toBeLessThan(1e-7);
          expect(derivativeGap(byT[0]!, differenceT, 1e-6 * size)).toBeLessThan(1e-7);
        });
      }
    }
  });

  test('is finite, and κ and D are positive, for any c and T that an iterate may hold', () => {
    const d = makeTransportDerivatives(1);
    fc.assert(
      fc.property(
        fc.double({ min: -1e3, max: 1e4, noNaN: true }),
        fc.double({ min: 150, max: 500, noNaN: true }),
        (c, T_K) => {
          const [kappa, D, tPlus, tdf] = at(law, c, T_K);
          law.derivativesInto(1, Float64Array.of(c), T_K, d);
          expect(kappa).toBeGreaterThan(0);
          expect(D).toBeGreaterThan(0);
          for (const v of [kappa, D, tPlus, tdf, ...Object.values(d).map((a) => a[0]!)])
            expect(Number.isFinite(v)).toBe(true);
        },
      ),
      { seed: 2, numRuns: 400 },
    );
  });

  test('gives node by node what it gives alone', () => {
    const c = Float64Array.from({ length: 70 }, (_, k) => 40 * k + 5);
    const out = PROPERTIES.map(() => new Float64Array(70));
    law.valuesInto(70, c, 300, out[0]!, out[1]!, out[2]!, out[3]!);
    for (const k of [0, 33, 69]) {
      expect(out.map((values) => values[k])).toEqual([...at(law, c[k]!, 300)]);
    }
  });
});

describe('what a law holds', () => {
  test('Landesfeind is held above 3 M; below 0.1 M only the conductivity goes on falling', () => {
    const law = transportLaw(choices['landesfeind2019-ec-emc']);
    expect(at(law, 9000, 298.15)).toEqual(at(law, 3000, 298.15));
    const [kappa, D, tPlus, tdf] = at(law, 20, 298.15);
    const [kappaEdge, ...edge] = at(law, 100, 298.15);
    expect([D, tPlus, tdf]).toEqual(edge);
    expect(kappa).toBeLessThan(0.35 * kappaEdge);
    expect(at(law, 1000, 400)).toEqual(at(law, 1000, 323.15));
  });

  test('κ and D of the unheld laws rest below 10 mol/m3, as in the reference half-cell', () => {
    for (const name of ['valoen2005', 'nyman2008'] as const) {
      const law = transportLaw(choices[name]);
      expect(at(law, -50, 298.15).slice(0, 2)).toEqual(at(law, 10, 298.15).slice(0, 2));
      expect(at(law, 11, 298.15)[0]).toBeGreaterThan(at(law, 10, 298.15)[0]);
    }
  });

  test('a formula that fails or goes negative gives the floor, not NaN', () => {
    const law = functionsLaw({
      conductivity: scalarFunction({ kind: 'formula', formula: 'log(1500-x)' }),
      diffusivity: constantScalar(1e-10),
      transferenceNumber: 0.3,
      thermodynamicFactor: 1,
    });
    expect(at(law, 1499.5, 298.15)[0]).toBe(CONDUCTIVITY_S_per_m_FLOOR);
    expect(at(law, 2000, 298.15)[0]).toBe(CONDUCTIVITY_S_per_m_FLOOR);
    expect(at(law, 500, 298.15)[0]).toBeCloseTo(Math.log(1000), 12);
  });
});

describe('replacements', () => {
  const valoen = transportLaw(choices.valoen2005);

  test('a law without replacements is itself', () => {
    expect(withReplacements(valoen, {})).toBe(valoen);
  });

  test('Xu2019 is Valøen and Reimers with t+ 0.38 and thermodynamic factor 1', () => {
    const xu = withReplacements(valoen, { transferenceNumber: 0.38, thermodynamicFactor: 1 });
    const [kappa, D] = at(valoen, 1200, 298.15);
    expect(at(xu, 1200, 298.15)).toEqual([kappa, D, 0.38, 1]);
    const d = makeTransportDerivatives(1);
    d.tdf_c.fill(7);
    xu.derivativesInto(1, Float64Array.of(1200), 298.15, d);
    expect([d.tdf_c[0], d.tdf_T[0], d.tPlus_c[0]]).toEqual([0, 0, 0]);
  });

  test('a number for the conductivity brings its own Arrhenius energy', () => {
    const law = withReplacements(valoen, { conductivity_S_per_m: 0.5, conductivityActivationEnergy_J_per_mol: 20_000 });
    expect(at(law, 700, 298.15)[0]).toBeCloseTo(0.5, 14);
    expect(at(law, 700, 318.15)[0] / 0.5).toBeCloseTo(Math.exp((20_000 / 8.314462618) * (1 / 298.15 - 1 / 318.15)), 12);
  });

  test('a choice that lacks what its law needs is a mistake of the program', () => {
    expect(() => transportLaw({ law: 'constant', conductivity_S_per_m: 1 })).toThrow(/needs diffusivity_m2_per_s/);
    expect(() => transportLaw({ law: 'functions', transferenceNumber: 0.3 })).toThrow(/needs conductivityLaw/);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { F, R } from '../../units/index.ts';
import { derivativeGap, differenceOf } from '../derivative.test-tool.ts';
import { butlerVolmer, butlerVolmerLaw } from './butler-volmer.ts';
import { type ExchangeCurrent, exchangeCurrent, exchangeCurrentInto } from './exchange-current.ts';
import { marcusHushChidseyLaw } from './marcus-hush-chidsey.ts';
import { type MetalLaw, type MetalLawChoice, metalLaw, thermalVoltage_V } from './metal-law.ts';

const T = 298.15;
const out = new Float64Array(3);

function current(law: MetalLaw, u: number, T_K = T): readonly [number, number, number] {
  law.currentInto(u, T_K, out);
  return [out[0]!, out[1]!, out[2]!];
}
function overpotential(law: MetalLaw, y: number, T_K = T): readonly [number, number, number] {
  law.overpotentialInto(y, T_K, out);
  return [out[0]!, out[1]!, out[2]!];
}

const choices: readonly MetalLawChoice[] = [
  { kind: 'butler-volmer', alphaAnodic: 0.5, alphaCathodic: 0.5 },
  { kind: 'butler-volmer', alphaAnodic: 0.3, alphaCathodic: 0.7 },
  { kind: 'butler-volmer', alphaAnodic: 0.9, alphaCathodic: 0.1 },
  { kind: 'butler-volmer', alphaAnodic: 0.4, alphaCathodic: 0.4 },
  { kind: 'marcus-hush-chidsey', reorganisationEnergy_eV: 0.3 },
  { kind: 'marcus-hush-chidsey', reorganisationEnergy_eV: 0.05 },
  { kind: 'marcus-hush-chidsey', reorganisationEnergy_eV: 1.2 },
];
const laws = choices.map(metalLaw);

describe.each(laws.map((law) => [law.name, law] as const))('%s', (_name, law) => {
  test('names its source', () => {
    expect(law.source.length).toBeGreaterThan(10);
  });

  test('carries no current at equilibrium, and needs no overpotential for none', () => {
    expect(Math.abs(current(law, 0)[0])).toBe(0);
    expect(Math.abs(overpotential(law, 0)[0])).toBe(0);
  });

  test('obeys Ohm at small overpotential, the slope the same from both sides', () => {
    const slope = current(law, 0)[1];
    for (const u of [1e-6, -1e-6, 1e-9]) expect(derivativeGap(current(law, u)[0] / u, slope)).toBeLessThan(1e-5);
    expect(derivativeGap(overpotential(law, 1e-9)[0] / 1e-9, 1 / slope)).toBeLessThan(1e-6);
  });

  test.each([-30, -7, -1, -0.01, 0, 0.01, 1, 5, 20])('has the exact slopes of its current at u = %f', (u) => {
    const [y, y_u, y_T] = current(law, u);
    expect(
      derivativeGap(
        y_u,
        differenceOf((v) => current(law, v)[0], u, 5e-3),
        1e-4 * Math.abs(y),
      ),
    ).toBeLessThan(1e-9);
    // The last argument: below this size, rounding of y is all that a difference sees.
    expect(
      derivativeGap(
        y_T,
        differenceOf((v) => current(law, u, v)[0], T, 1),
        1e-3 * Math.abs(y),
      ),
    ).toBeLessThan(1e-9);
  });

  test.each([-3, -0.2, 1e-3, 0.5, 3])('has the exact slopes of its overpotential at y = %f', (y) => {
    const [u, u_y, u_T] = overpotential(law, y);
    expect(
      derivativeGap(
        u_y,
        differenceOf((v) => overpotential(law, v)[0], y, 1e-3 * Math.max(1e-2, Math.abs(y))),
      ),
    ).toBeLessThan(1e-8);
    expect(
      derivativeGap(
        u_T,
        differenceOf((v) => overpotential(law, y, v)[0], T, 1),
        1e-3 * Math.abs(u),
      ),
    ).toBeLessThan(1e-9);
  });

  test('current and overpotential are inverse, at any temperature', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.double({ min: 250, max: 400, noNaN: true }),
        (u, T_K) => {
          const [y, y_u] = current(law, u, T_K);
          const [back, u_y] = overpotential(law, y, T_K);
          // A relative rounding of y in its last place moves u by y·(du/dy)·1e-16.
          expect(Math.abs(back - u)).toBeLessThanOrEqual(8e-16 * (Math.abs(u) + Math.abs(y) / y_u) + 1e-300);
          expect(derivativeGap(y_u * u_y, 1)).toBeLessThan(1e-12);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe.each(laws.map((law) => [law.name, law] as const))('the last lithium on a collector under %s', (_name, law) => {
  const wide = new Float64Array(4);
  function atActivity(y: number, activity: number, T_K = T): readonly [number, number, number, number] {
    law.overpotentialAtActivityInto(y, activity, T_K, wide);
    return [wide[0]!, wide[1]!, wide[2]!, wide[3]!];
  }

  test('at activity 1 is thick lithium', () => {
    for (const y of [-1.5, -1e-3, 1e-6, 0.4, 1.2]) {
      expect(derivativeGap(atActivity(y, 1)[0], overpotential(law, y)[0])).toBeLessThan(1e-13);
    }
  });

  test('without current takes up the Nernst potential, down to bare metal', () => {
    for (const activity of [0.5, 1e-3, 1e-20, 1e-34]) {
      expect(derivativeGap(atActivity(0, activity)[0], -Math.log(activity))).toBeLessThan(1e-13);
      expect(atActivity(0, activity)[3]).toBeCloseTo(-1, 12);
    }
  });

  test('plates on a bare collector at the overpotential that thick lithium would need, or less', () => {
    for (const y of [-0.1, -1, -1.5]) {
      const e = atActivity(y, 1e-34)[0];
      expect(e).toBeGreaterThan(overpotential(law, y)[0]);
      expect(e).toBeLessThan(60);
    }
  });

  test.each([
    [-1.2, 1e-3],
    [-0.02, 1e-3],
    [1e-4, 0.01],
    [0.3, 0.9],
    [-0.5, 1e-30],
  ])('has exact slopes at y = %f, a = %f', (y, activity) => {
    const [e, e_y, e_T, e_ln] = atActivity(y, activity);
    const step = 1e-3 * Math.abs(y);
    expect(
      derivativeGap(
        e_y,
        differenceOf((v) => atActivity(v, activity)[0], y, step),
      ),
    ).toBeLessThan(1e-8);
    expect(
      derivativeGap(
        e_T,
        differenceOf((v) => atActivity(y, activity, v)[0], T, 1),
        1e-3 * Math.abs(e),
      ),
    ).toBeLessThan(1e-8);
    const logarithm = differenceOf((v) => atActivity(y, Math.exp(v))[0], Math.log(activity), 1e-3);
    expect(derivativeGap(e_ln, logarithm, 1e-2)).toBeLessThan(1e-8);
  });
});

test('Marcus–Hush–Chidsey strips the last lithium no faster than its limiting current times what is left', () => {
  const law = marcusHushChidseyLaw(0.3);
  const wide = new Float64Array(4);
  const limit = current(law, 1000)[0];
  law.overpotentialAtActivityInto(0.5 * limit * 0.01, 0.01, T, wide);
  expect(wide[0]).toBeLessThan(60);
  law.overpotentialAtActivityInto(1.01 * limit * 0.01, 0.01, T, wide);
  expect(wide[0]).toBe(Number.POSITIVE_INFINITY);
});

describe('Butler–Volmer', () => {
  test.each([
    [0.5, 0.5],
    [0.3, 0.7],
    [0.65, 0.35],
  ])('has Tafel slopes 2.303RT/αF at αa = %f, αc = %f', (alphaA, alphaC) => {
    for (const T_K of [263.15, 298.15, 333.15]) {
      const decade = (eta: number) => {
        const log = (e: number) => Math.log10(Math.abs(butlerVolmer(e, T_K, { j0: 100, alphaA, alphaC })));
        return 0.01 / (log(eta + 0.005) - log(eta - 0.005));
      };
      expect(derivativeGap(decade(0.8), (Math.LN10 * R * T_K) / (alphaA * F))).toBeLessThan(1e-8);
      expect(derivativeGap(decade(-0.8), (-Math.LN10 * R * T_K) / (alphaC * F))).toBeLessThan(1e-8);
    }
  });

  test('the plain form is j0 times the scaled one', () => {
    const parameters = { j0: 70.6, alphaA: 0.3, alphaC: 0.7 };
    const eta = 0.043;
    const [y] = current(butlerVolmerLaw(0.3, 0.7), eta / thermalVoltage_V(T));
    expect(butlerVolmer(eta, T, parameters)).toBeCloseTo(70.6 * y, 10);
  });

  test.each([
    [0.5, 0.5],
    [0.3, 0.7],
    [0.05, 0.95],
    [0.9, 0.1],
    [1, 1],
  ])('inverts any current at αa = %f, αc = %f without overflow', (alphaA, alphaC) => {
    const law = butlerVolmerLaw(alphaA, alphaC);
    for (let exponent = -300; exponent <= 15; exponent += 1) {
      for (const sign of [-1, 1]) {
        const y = sign * 10 ** exponent;
        const [u, u_y] = overpotential(law, y);
        // The rounding of u in its last place alone moves y by (dy/du)·u·1e-16.
        const back = Math.expm1(alphaA * u) - Math.expm1(-alphaC * u);
        expect(Math.abs(back / y - 1)).toBeLessThan(4e-16 * (4 + Math.abs(u / (y * u_y))));
        expect(u_y).toBeGreaterThan(0);
      }
    }
  });

  test('an asymmetric law next to the symmetric one agrees with its closed form', () => {
    const near = butlerVolmerLaw(0.5, 0.5 * (1 + 1e-13));
    const exact = butlerVolmerLaw(0.5, 0.5);
    for (const y of [-1e6, -2, 1e-8, 0.3, 40]) {
      expect(derivativeGap(overpotential(near, y)[0], overpotential(exact, y)[0])).toBeLessThan(1e-12);
    }
  });

  test('refuses coefficients that are not positive', () => {
    expect(() => butlerVolmerLaw(0, 1)).toThrow(RangeError);
    expect(() => butlerVolmerLaw(0.5, Number.NaN)).toThrow(RangeError);
  });
});

/**
 * The Marcus–Hush–Chidsey rate as it is defined: the Marcus Gaussian over the electrons of the metal,
 * I(x0) = ∫ exp(−(x − x0)²/4Λ)/(1 + e^x) dx, and by detailed balance y = I(Λ − u)·(1 − e^−u)/I(Λ). Simpson's rule.
 */
function marcusIntegral(lambda_eV: number, u: number): number {
  const Lambda = (lambda_eV * F) / (R * T);
  const rate = (x0: number) => {
    const half = 14 * Math.sqrt(2 * Lambda) + 2;
    const panels = 4000;
    const h = (2 * half) / panels;
    let sum = 0;
    for (let k = 0; k <= panels; k++) {
      const x = x0 - half + k * h;
      const weight = k === 0 || k === panels ? 1 : k % 2 === 1 ? 4 : 2;
      sum += (weight * Math.exp(-((x - x0) ** 2) / (4 * Lambda))) / (1 + Math.exp(x));
    }
    return (sum * h) / 3;
  };
  return (rate(Lambda - u) * -Math.expm1(-u)) / rate(Lambda);
}

describe('Marcus–Hush–Chidsey', () => {
  const law = marcusHushChidseyLaw(0.3);

  test.each([
    [50, 0.95, 0.94, 0.9488913772013454],
    [100, 0.79, 0.79, 0.7852198505211082],
    [200, 0.39, 0.38, 0.38991390747951704],
    [300, 0.13, 0.12, 0.12634896359321493],
  ])('at %i mV and λ = 0.3 eV passes %f of Butler–Volmer (%f by the integral)', (eta_mV, ratio, exact, reference) => {
    const u = eta_mV / 1000 / thermalVoltage_V(T);
    const symmetric = 2 * Math.sinh(0.5 * u);
    const computed = current(law, u)[0] / symmetric;
    expect(computed).toBeCloseTo(ratio, 2);
    // The closed form in 25 digits (mpmath 1.3.0).
    expect(derivativeGap(computed, reference)).toBeLessThan(1e-14);
    expect(marcusIntegral(0.3, u) / symmetric).toBeCloseTo(exact, 2);
  });

  test.each([
    [0.2, 0.12],
    [0.3, 0.04],
    [0.5, 0.12],
    [1, 0.3],
  ])('at λ = %f eV stays within a share of %f of the integral', (lambda_eV, share) => {
    const closed = marcusHushChidseyLaw(lambda_eV);
    const gaps: number[] = [];
    for (let u = 0.5; u < 70; u += 0.5) gaps.push(Math.abs(current(closed, u)[0] / marcusIntegral(lambda_eV, u) - 1));
    expect(Math.max(...gaps)).toBeLessThan(share);
    expect(Math.max(...gaps)).toBeGreaterThan(0.8 * share);
  });

  test('its slope at equilibrium is that of the exchange current', () => {
    expect(current(law, 0)[1]).toBeCloseTo(1, 14);
  });

  test('saturates; beyond the limiting current no overpotential is finite', () => {
    const limit = current(law, 1000)[0];
    expect(current(law, 2000)[0]).toBe(limit);
    expect(overpotential(law, 0.999 * limit)[0]).toBeLessThan(60);
    for (const y of [limit * (1 + 1e-12), 1e15, Number.POSITIVE_INFINITY]) {
      expect(overpotential(law, y)).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0]);
      expect(overpotential(law, -y)[0]).toBe(Number.NEGATIVE_INFINITY);
    }
    expect(overpotential(law, Number.NaN)[0]).toBeNaN();
  });

  test('refuses an energy that is not one', () => {
    for (const lambda of [0, -0.3, 300, Number.NaN]) expect(() => marcusHushChidseyLaw(lambda)).toThrow(RangeError);
  });
});

describe('exchange current', () => {
  const kinetics: ExchangeCurrent = {
    // The half-cell set Xu2019: F·3.5e-8·c_Li^0.7·c_e^0.3 with c_Li = 1/V_Li.
    exchangeCurrent_A_per_m2: F * 3.5e-8 * (1 / 1.3e-5) ** 0.7 * 1000 ** 0.3,
    referenceConcentration_mol_per_m3: 1000,
    concentrationExponent: 0.3,
    activationEnergy_J_per_mol: 45_000,
  };

  test('is 70.6 A/m2 for Xu2019 at 1 M', () => {
    expect(exchangeCurrent(kinetics, 1000, T)).toBeCloseTo(70.6, 1);
  });

  test('grows as the power of c and by Arrhenius in T', () => {
    const base = exchangeCurrent(kinetics, 1000, T);
    expect(exchangeCurrent(kinetics, 2000, T) / base).toBeCloseTo(2 ** 0.3, 12);
    expect(exchangeCurrent(kinetics, 1000, 308.15) / base).toBeCloseTo(
      Math.exp((45_000 / R) * (1 / 298.15 - 1 / 308.15)),
      12,
    );
  });

  test.each([-15, -3, 0.2, 40, 1000, 3000])('has exact slopes at c = %f mol/m3', (c) => {
    exchangeCurrentInto(kinetics, c, 290, out);
    const [j0, j0_c, j0_T] = [out[0]!, out[1]!, out[2]!];
    const h = c > 1 ? 1e-3 * c : 1e-3;
    expect(
      derivativeGap(
        j0_c,
        differenceOf((v) => exchangeCurrent(kinetics, v, 290), c, h),
      ),
    ).toBeLessThan(1e-8);
    expect(
      derivativeGap(
        j0_T,
        differenceOf((v) => exchangeCurrent(kinetics, c, v), 290, 0.5),
      ),
    ).toBeLessThan(1e-9);
    expect(j0).toBeGreaterThan(0);
  });

  test('stays positive and smooth where there is no salt', () => {
    for (const c of [-1e6, -20, 0]) expect(exchangeCurrent(kinetics, c, T)).toBeGreaterThan(0);
    const below = new Float64Array(3);
    const above = new Float64Array(3);
    exchangeCurrentInto(kinetics, 1 - 1e-12, T, below);
    exchangeCurrentInto(kinetics, 1 + 1e-12, T, above);
    for (const k of [0, 1, 2]) expect(derivativeGap(below[k]!, above[k]!)).toBeLessThan(1e-10);
  });
});

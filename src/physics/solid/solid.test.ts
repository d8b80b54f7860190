import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../derivative.test-tool.ts';
import type { MoltenLithiumAngle_rad } from '../wetting/quantities.ts';
import { CONTACT_MIN, contactOfAngle, contactUnderPressure, pocketPressure_Pa } from './contact.ts';
import {
  criticalCurrent_A_per_m2,
  criticalOverpotential_V,
  empiricalCriticalCurrent_A_per_m2,
  fitCriticalCurrent,
  flawPressure_Pa,
  passesMonroeNewman,
  platingPressure_Pa,
} from './critical-current.ts';
import {
  constrictionResistance_ohm_m2,
  interfacialCapacitance_F_per_m2,
  interfacialResistance,
  type SolidInterface,
} from './interfacial-resistance.ts';
import {
  ambipolarConductivity_S_per_m,
  exponentialConductivity,
  growthConstant_m2_per_s,
  interfaceType,
  interphaseCharge_C_per_m2,
  interphaseProfile,
  interphaseResistance_ohm_m2,
  interphaseThickness_m,
} from './interphase-growth.ts';
import {
  BULK_CREEP_EXPONENT,
  contactAfter,
  contactChange_per_s,
  creepExponentOf,
  creepRate_per_s,
  replenishment_A_per_m2,
} from './voids.ts';

const degrees = (angle: number): MoltenLithiumAngle_rad => ((angle * Math.PI) / 180) as MoltenLithiumAngle_rad;
const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const DAY_s = 86400;

describe('interfacial resistance, E8', () => {
  const plain: SolidInterface = {
    contact: 1,
    spotRadius_m: 1e-5,
    chargeTransfer_ohm_m2: 2e-4,
    films: [],
    interlayers: [],
    conductivity_S_per_m: 0.05,
  };

  test('spots of 10 µm on a tenth of the area: 16 Ω cm², of 50 µm on a hundredth: 785, before the factor of shared area', () => {
    const unshared = (contact: number, radius_m: number): number =>
      (constrictionResistance_ohm_m2(contact, radius_m, 0.05) / (1 - Math.sqrt(contact)) ** 1.5) * 1e4;
    expect(unshared(0.1, 1e-5)).toBeCloseTo(15.7, 1);
    expect(unshared(0.01, 5e-5)).toBeCloseTo(785, 0);
  });

  test('full contact leaves charge transfer, films and interlayers, and no constriction', () => {
    const film = { thickness_m: 1e-7, conductivity_S_per_m: 1e-6 };
    const gel = { thickness_m: 2e-5, conductivity_S_per_m: 0.05 };
    const parts = interfacialResistance({ ...plain, films: [film], interlayers: [gel] });
    expect(parts).toMatchObject({ chargeTransfer_ohm_m2: 2e-4, constriction_ohm_m2: 0 });
    // 100 nm of carbonate at 1e-6 S/m: 1000 Ω cm² by itself.
    expect(parts.films_ohm_m2).toBeCloseTo(0.1, 12);
    expect(parts.interlayers_ohm_m2).toBeCloseTo(4e-4, 12);
  });

  test('the parts add up; contact lowers all but the interlayers; θ → 1 is the limit of every θ below', () => {
    fc.assert(
      fc.property(positive(0.01, 0.99), positive(1e-7, 1e-4), (contact, spotRadius_m) => {
        const layered = { ...plain, films: [{ thickness_m: 1e-8, conductivity_S_per_m: 1e-5 }], spotRadius_m };
        const at = interfacialResistance({ ...layered, contact });
        const better = interfacialResistance({ ...layered, contact: contact + 0.01 });
        const sum = at.chargeTransfer_ohm_m2 + at.films_ohm_m2 + at.constriction_ohm_m2 + at.interlayers_ohm_m2;
        expect(at.total_ohm_m2).toBeCloseTo(sum, 14);
        expect(better.total_ohm_m2).toBeLessThan(at.total_ohm_m2);
      }),
    );
    const near = interfacialResistance({ ...plain, contact: 1 - 1e-9 }).total_ohm_m2;
    expect(near).toBeCloseTo(interfacialResistance(plain).total_ohm_m2, 9);
  });

  test('voids and a film of carbonate give one resistance and different capacitances', () => {
    const film = interfacialResistance({ ...plain, films: [{ thickness_m: 1e-7, conductivity_S_per_m: 1e-6 }] });
    const voids = interfacialResistance({ ...plain, contact: 0.0098, spotRadius_m: 5.88e-5 });
    expect(voids.total_ohm_m2 / film.total_ohm_m2).toBeCloseTo(1, 1);
    expect(interfacialCapacitance_F_per_m2(0.0098, 0.2) / interfacialCapacitance_F_per_m2(1, 0.2)).toBeLessThan(0.01);
  });
});

describe('contact', () => {
  test('half at θ50, nearly whole when wetted, the floor when repelled', () => {
    const at = (angle: number): number => contactOfAngle(degrees(angle), Math.PI / 2, degrees(12));
    expect(at(90)).toBeCloseTo(0.5, 12);
    expect(at(0)).toBeGreaterThan(0.999);
    expect(at(146)).toBe(CONTACT_MIN);
    expect(at(95)).toBeCloseTo(1 / (1 + Math.exp(5 / 12)), 12);
  });

  test('resistance falls with the root of the pressure until contact is full', () => {
    expect(contactUnderPressure(0.1, 4e6, 1e6)).toBeCloseTo(0.2, 12);
    expect(contactUnderPressure(0.1, 1e9, 1e6)).toBe(1);
    expect(contactUnderPressure(0.3, 1e6, 1e6)).toBeCloseTo(0.3, 12);
  });

  test('pockets of a micrometre need 0.66 MPa at 146°, none where lithium wets', () => {
    expect(pocketPressure_Pa(0.4, degrees(146), 1e-6)).toBeCloseTo(0.663e6, -3);
    expect(pocketPressure_Pa(0.4, degrees(60), 1e-6)).toBe(0);
  });
});

describe('growth of the interphase, E9', () => {
  test('55 nm in a day and about 1 µm in a year for 1e-10 S/m and 1.7 V', () => {
    const K = growthConstant_m2_per_s(1e-5, 1e-10, 1.7);
    expect(interphaseThickness_m(0, K, DAY_s) * 1e9).toBeCloseTo(55.2, 1);
    expect(interphaseThickness_m(0, K, 365 * DAY_s) * 1e6).toBeCloseTo(1.054, 2);
  });

  test('σ_e → 0 stops the growth, σ_e → ∞ leaves it to the ions, E ≤ 0 has none', () => {
    expect(ambipolarConductivity_S_per_m(1e-6, 0)).toBe(0);
    expect(ambipolarConductivity_S_per_m(1e-6, 1e6) / 1e-6).toBeCloseTo(1, 9);
    expect(growthConstant_m2_per_s(1e-5, 1e-10, -0.1)).toBe(0);
    expect(interphaseThickness_m(5e-9, 0, 1e9)).toBe(5e-9);
  });

  test('the layer takes the lithium that the flux through it brings: dw/dt = K/w, and R grows with √t', () => {
    fc.assert(
      fc.property(positive(1e-12, 1e-8), positive(0.1, 3), positive(1e3, 1e7), (sigma, E, t) => {
        const K = growthConstant_m2_per_s(1e-5, sigma, E);
        const w = interphaseThickness_m(0, K, t);
        // Flux of lithium by Ohm's law, σ·E/w, is the current that the charge in the layer grows with.
        const current = differenceOf(
          (time) => interphaseCharge_C_per_m2(interphaseThickness_m(0, K, time), 1e-5),
          t,
          t * 1e-3,
        );
        expect(current / ((sigma * E) / w)).toBeCloseTo(1, 4);
        expect(interphaseResistance_ohm_m2(interphaseThickness_m(0, K, 4 * t), 1e-6)).toBeCloseTo((2 * w) / 1e-6, 12);
      }),
    );
  });

  test('types: garnet I, a film without electrons II, a mixed conductor III', () => {
    expect(interfaceType(0.05, 1e-4, 1e-4)).toBe('I');
    expect(interfaceType(1.71, 1e-6, 1e-10)).toBe('II');
    expect(interfaceType(2.7, 1e-5, 1e-4)).toBe('III');
  });
});

describe('profile across the interphase', () => {
  const E = 1.7;

  /** Exact for σ_e = σ_e0·e^(−g·m): x/w = ln[(1 + ρ)/(1 + ρ·e^(−g·m))]/ln[(1 + ρ)/(1 + ρ·e^(−g))], ρ = σ_e0/σ_i. */
  const exactPosition = (m: number, rho: number, g: number): number =>
    Math.log((1 + rho) / (1 + rho * Math.exp(-g * m))) / Math.log((1 + rho) / (1 + rho * Math.exp(-g)));
  /** φ/E = [ln(e^(g·m) + ρ) − ln(1 + ρ)]/g. */
  const exactElectrons = (m: number, rho: number, g: number): number =>
    (E * (Math.log(Math.exp(g * m) + rho) - Math.log(1 + rho))) / g;

  test('second order against the exact profile, in place and in potential', () => {
    const [rho, g] = [3, 4];
    const errorAt = (cells: number): [number, number] => {
      const { depthShare, electrons_V } = interphaseProfile(E, 1e-6, exponentialConductivity(rho * 1e-6, g), cells);
      const half = cells / 2;
      return [
        Math.abs(depthShare[half]! - exactPosition(0.5, rho, g)),
        Math.abs(electrons_V[cells]! - exactElectrons(1, rho, g)),
      ];
    };
    const errors = [16, 32, 64, 128].map(errorAt);
    for (let k = 1; k < errors.length; k++) {
      for (const which of [0, 1] as const) {
        const order = Math.log2(errors[k - 1]![which] / errors[k]![which]);
        expect(order).toBeGreaterThan(1.9);
        expect(order).toBeLessThan(2.1);
      }
    }
  });

  test('the flux of lithium is the same in every cell', () => {
    const [sigma_i, sigma_e] = [1e-6, exponentialConductivity(5e-7, -3)];
    const { depthShare, lithium_V, meanAmbipolar_S_per_m } = interphaseProfile(E, sigma_i, sigma_e, 50);
    for (let k = 1; k <= 50; k++) {
      const ambipolar = [(k - 1) / 50, k / 50].map((m) => ambipolarConductivity_S_per_m(sigma_i, sigma_e(m)));
      const slope = (lithium_V[k]! - lithium_V[k - 1]!) / (depthShare[k]! - depthShare[k - 1]!);
      const flux = ((ambipolar[0]! + ambipolar[1]!) / 2) * slope;
      expect(flux / (meanAmbipolar_S_per_m * E)).toBeCloseTo(1, 9);
    }
  });

  test('type II: electrons bear the whole drop; type III: none of it; a constant conductivity gives a straight line', () => {
    const at = (sigma_e: number) => interphaseProfile(E, 1e-6, () => sigma_e, 20);
    expect(at(1e-14).electrons_V[20]).toBeCloseTo(E, 6);
    expect(at(1e4).electrons_V[20]).toBeCloseTo(0, 6);
    expect(at(1e-9).lithium_V[10]).toBeCloseTo(E / 2, 12);
    expect(at(1e-9).depthShare[10]).toBeCloseTo(0.5, 12);
    expect(at(1e-6).electrons_V[20]).toBeCloseTo(E / 2, 12);
    expect(at(1e-9).meanAmbipolar_S_per_m).toBeCloseTo(ambipolarConductivity_S_per_m(1e-6, 1e-9), 20);
  });

  test('no electrons at all: nothing flows, and the whole drop lies at the metal', () => {
    const { depthShare, electrons_V, meanAmbipolar_S_per_m } = interphaseProfile(E, 1e-6, () => 0, 10);
    expect(meanAmbipolar_S_per_m).toBe(0);
    expect(Array.from(depthShare.subarray(0, 10))).toEqual(new Array(10).fill(0));
    expect([depthShare[10], electrons_V[10]]).toEqual([1, expect.closeTo(E, 12)]);
  });

  test('electrons that follow the lithium drop the potential at the electrolyte, those that shun it at the metal', () => {
    const middle = (g: number): number => {
      const { depthShare, lithium_V } = interphaseProfile(E, 1, exponentialConductivity(1e-9, g), 400);
      return lithium_V[depthShare.findIndex((x) => x >= 0.5)]!;
    };
    expect(middle(20)).toBeLessThan(0.1 * E);
    expect(middle(-20)).toBeGreaterThan(0.9 * E);
  });
});

describe('voids', () => {
  const supply = {
    diffusion_A_per_m2: 0,
    creep_A_per_m2: 2,
    referencePressure_Pa: 3e6,
    exponent: creepExponentOf(2, 3e6, 10, 7e6),
    activationEnergy_J_per_mol: 37e3,
  };

  test('0.2 mA/cm² at 3 MPa and 1.0 at 7 MPa make an exponent of 1.9, and are given back', () => {
    expect(supply.exponent).toBeCloseTo(1.9, 2);
    expect(replenishment_A_per_m2(supply, 3e6, 298.15)).toBeCloseTo(2, 12);
    expect(replenishment_A_per_m2(supply, 7e6, 298.15)).toBeCloseTo(10, 9);
    expect(replenishment_A_per_m2(supply, 3e6, 333)).toBeGreaterThan(2);
    expect(replenishment_A_per_m2({ ...supply, diffusion_A_per_m2: 1 }, 0, 298.15)).toBe(1);
  });

  test('creep of the bulk doubles its stress to 97 times the rate', () => {
    const rate = (sigma: number): number => creepRate_per_s(1e-40, sigma, BULK_CREEP_EXPONENT, 37e3, 298.15);
    expect(rate(2e6) / rate(1e6)).toBeCloseTo(2 ** 6.6, 9);
  });

  test('contact falls only while more is stripped than comes back, heals otherwise, and stays a share', () => {
    fc.assert(
      fc.property(positive(0.01, 1), positive(-20, 20), positive(0, 5), positive(1, 1e5), (contact, i, i_rep, t) => {
        const after = contactAfter(contact, i, i_rep, 36000, t);
        expect(after >= 0 && after <= 1).toBe(true);
        if (i > i_rep) expect(after).toBeLessThanOrEqual(contact);
        else expect(after).toBeGreaterThanOrEqual(contact - 1e-15);
      }),
    );
    expect(contactAfter(0.8, 2, 2, 36000, 1e6)).toBeCloseTo(0.8, 12);
  });

  test('the contact after a time solves its own rate', () => {
    for (const i of [-10, 1, 10]) {
      const slope = differenceOf((t) => contactAfter(0.7, i, 2, 36000, t), 1000, 1);
      expect(slope / contactChange_per_s(contactAfter(0.7, i, 2, 36000, 1000), i, 2, 36000)).toBeCloseTo(1, 6);
    }
  });
});

describe('critical current, E10', () => {
  test('7.42 MPa for each mV; a flaw of 5 µm at 1 MPa m^½ opens at 225 MPa, 30 mV', () => {
    expect(platingPressure_Pa(1e-3) / 1e6).toBeCloseTo(7.42, 2);
    expect(flawPressure_Pa(1e6, 5e-6) / 1e6).toBeCloseTo(225, 0);
    expect(criticalOverpotential_V(1e6, 5e-6) * 1e3).toBeCloseTo(30.4, 1);
    expect(platingPressure_Pa(criticalOverpotential_V(1e6, 5e-6))).toBeCloseTo(flawPressure_Pa(1e6, 5e-6), 3);
  });

  test('3 mA/cm² at 10 Ω cm², 0.3 at 100; twice the toughness carries twice, four times the flaw half', () => {
    expect(criticalCurrent_A_per_m2(1e6, 5e-6, 1e-3) / 10).toBeCloseTo(3.04, 2);
    expect(criticalCurrent_A_per_m2(1e6, 5e-6, 1e-2) / 10).toBeCloseTo(0.304, 3);
    const one = criticalCurrent_A_per_m2(1e6, 5e-6, 1e-3);
    expect(criticalCurrent_A_per_m2(2e6, 5e-6, 1e-3) / one).toBeCloseTo(2, 12);
    expect(criticalCurrent_A_per_m2(1e6, 2e-5, 1e-3) / one).toBeCloseTo(0.5, 12);
  });

  test('the empirical law is found again from its own points', () => {
    const law = { logAtZero: Math.log(2.8), fall_per_ohm_m2: 25 };
    const pairs = [1e-4, 1e-3, 1e-2, 1e-1].map((resistance_ohm_m2) => ({
      resistance_ohm_m2,
      critical_A_per_m2: empiricalCriticalCurrent_A_per_m2(law, resistance_ohm_m2),
    }));
    const fitted = fitCriticalCurrent(pairs);
    expect(fitted.logAtZero).toBeCloseTo(law.logAtZero, 12);
    expect(fitted.fall_per_ohm_m2).toBeCloseTo(25, 9);
    expect(empiricalCriticalCurrent_A_per_m2(law, 0)).toBeCloseTo(2.8, 12);
  });

  test('garnet passes Monroe and Newman, a polymer does not; the criterion says no more', () => {
    expect(passesMonroeNewman(59e9)).toBe(true);
    expect(passesMonroeNewman(6.8e9)).toBe(true);
    expect(passesMonroeNewman(1e6)).toBe(false);
  });
});

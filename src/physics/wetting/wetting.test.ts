import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { differenceOf } from '../derivative.test-tool.ts';
import {
  angleOfAdhesion,
  apparentAngle,
  cassieBaxterAngle,
  crossoverCosine,
  filmAngle,
  mixedAngle,
  wenzelAngle,
  workOfAdhesion_J_per_m2,
  youngCosine,
} from './contact-angle.ts';
import { separatorWettingTime_s, spreadingCoefficient_J_per_m2, spreadingOfAngle_J_per_m2 } from './electrolyte.ts';
import {
  type CapillaryFlow,
  entryPressure_Pa,
  filledFraction,
  infusedCapacity,
  infusionDepth_m,
  infusionTime_s,
  jurinHeight_m,
  poreWallRatio,
} from './infusion.ts';
import {
  LITHIUM_MELTING_POINT_K,
  MOLTEN_LITHIUM_K_max,
  moltenLithiumDensity_kg_per_m3,
  moltenLithiumViscosity_Pa_s,
  surfaceTension_N_per_m,
  surfaceTensionDavison_N_per_m,
  surfaceTensionMeasured_N_per_m,
} from './molten-lithium.ts';
import type { ElectrolyteAngle_rad, MoltenLithiumAngle_rad } from './quantities.ts';
import {
  inductionTime_s,
  isReactionPossible,
  reactionEnergy_J_per_m2,
  reactionRate_per_s,
  reactiveAngle,
  reactiveCosine,
  timeToRightAngle_s,
} from './reactive.ts';

const degrees = (angle: number): MoltenLithiumAngle_rad => ((angle * Math.PI) / 180) as MoltenLithiumAngle_rad;
const inDegrees = (angle_rad: number): number => (angle_rad * 180) / Math.PI;
const angles = fc.double({ min: 0, max: 180, noNaN: true }).map(degrees);
const roughnesses = fc.double({ min: 1, max: 20, noNaN: true });
const shares = fc.double({ min: 0.01, max: 1, noNaN: true });

describe('angles', () => {
  test('Young-Dupré: 142° at 0.45 J/m² is 0.095 J/m², 61° is 0.67 J/m², and back', () => {
    expect(workOfAdhesion_J_per_m2(0.45, degrees(142))).toBeCloseTo(0.095, 3);
    expect(workOfAdhesion_J_per_m2(0.45, degrees(61))).toBeCloseTo(0.668, 3);
    expect(inDegrees(angleOfAdhesion(0.45, 0.1))).toBeCloseTo(141, 0);
    expect(inDegrees(angleOfAdhesion(0.45, 0.67))).toBeCloseTo(60.7, 1);
    expect(angleOfAdhesion(0.45, 0.91)).toBe(0);
    expect(angleOfAdhesion(0.45, 0)).toBe(Math.PI);
  });

  test('Young: balance of tensions, held where there is none', () => {
    expect(youngCosine(0.5, 0.3, 0.4)).toBeCloseTo(0.5, 12);
    expect(youngCosine(2, 0.3, 0.4)).toBe(1);
    expect(youngCosine(0.1, 2, 0.4)).toBe(-1);
  });

  test('adhesion is the difference of the tensions that Young balances', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 0.5, noNaN: true }), angles, (gamma, theta) => {
        expect(workOfAdhesion_J_per_m2(gamma, angleOfAdhesion(gamma, gamma * (1 + Math.cos(theta))))).toBeCloseTo(
          gamma * (1 + Math.cos(theta)),
          12,
        );
      }),
    );
  });

  test('no texture, r = 1 and f = 1, leaves every angle as it is', () => {
    fc.assert(
      fc.property(angles, (theta) => {
        for (const same of [wenzelAngle(theta, 1), cassieBaxterAngle(theta, 1), filmAngle(theta, 1)]) {
          expect(same).toBeCloseTo(theta, 6);
        }
        expect(apparentAngle(theta, 1, 1)).toEqual({ regime: 'fills', angle_rad: wenzelAngle(theta, 1) });
        expect(apparentAngle(theta, 1, 0.3).angle_rad).toBeCloseTo(theta, 6);
      }),
    );
  });

  test('θ → 0 spreads and θ → 180° is a ball on every texture; 90° never moves when the texture is filled', () => {
    fc.assert(
      fc.property(roughnesses, shares, (r, f) => {
        expect(apparentAngle(degrees(0), r, f).angle_rad).toBeCloseTo(0, 6);
        expect(apparentAngle(degrees(180), r, f).angle_rad).toBeCloseTo(Math.PI, 6);
        expect(inDegrees(wenzelAngle(degrees(90), r))).toBeCloseTo(90, 9);
      }),
    );
  });

  test('texture makes what wets wet more, and what does not wet less; the angle has no jumps', () => {
    fc.assert(
      fc.property(angles, roughnesses, shares, (theta, r, f) => {
        const { angle_rad } = apparentAngle(theta, r, f);
        if (theta < Math.PI / 2) expect(angle_rad).toBeLessThanOrEqual(theta + 1e-9);
        else expect(angle_rad).toBeGreaterThanOrEqual(theta - 1e-9);
        const beside = apparentAngle((theta + 1e-9) as MoltenLithiumAngle_rad, r, f).angle_rad;
        // Near 0 and 180° the arc cosine is steep.
        expect(Math.abs(Math.cos(beside) - Math.cos(angle_rad))).toBeLessThan(1e-7);
      }),
    );
  });

  test('the crossover is where the two laws give one angle: r 2.1, f 0.3 at cos θ = −0.389', () => {
    const cosine = crossoverCosine(2.1, 0.3);
    expect(cosine).toBeCloseTo(-0.7 / 1.8, 12);
    const theta = Math.acos(cosine) as MoltenLithiumAngle_rad;
    expect(wenzelAngle(theta, 2.1)).toBeCloseTo(cassieBaxterAngle(theta, 0.3), 12);
    expect(apparentAngle(degrees(120), 2.1, 0.3).regime).toBe('rests on the tops');
    expect(apparentAngle(degrees(110), 2.1, 0.3).regime).toBe('fills');
    expect(apparentAngle(degrees(30), 2.1, 0.3).regime).toBe('creeps in');
    expect(crossoverCosine(1, 1)).toBe(-1);
    expect(crossoverCosine(1, 0.2)).toBe(-1);
  });

  test('patches: half 0° and half 180° is 90°; one kind alone is itself', () => {
    expect(
      inDegrees(
        mixedAngle([
          { share: 0.5, angle_rad: degrees(0) },
          { share: 0.5, angle_rad: degrees(180) },
        ]),
      ),
    ).toBeCloseTo(90, 9);
    expect(inDegrees(mixedAngle([{ share: 1, angle_rad: degrees(73) }]))).toBeCloseTo(73, 9);
  });

  test('an angle keeps its liquid through every law, and another liquid is refused by the compiler', () => {
    const onLithium = 0.4 as ElectrolyteAngle_rad;
    expectTypeOf(wenzelAngle(onLithium, 2)).toEqualTypeOf<ElectrolyteAngle_rad>();
    expectTypeOf(apparentAngle(degrees(30), 2, 0.3).angle_rad).toEqualTypeOf<MoltenLithiumAngle_rad>();
    // @ts-expect-error an electrolyte's angle where molten lithium's is asked for
    expect(Number.isFinite(entryPressure_Pa(0.4, onLithium, 1e-6))).toBe(true);
    // @ts-expect-error a plain number has not said which liquid it is of
    expect(Number.isFinite(workOfAdhesion_J_per_m2(0.4, 1))).toBe(true);
  });
});

describe('molten lithium', () => {
  test('surface tension: 0.441 and 0.400 N/m at the melting point, 0.423 and 0.381 at 573 K', () => {
    expect(surfaceTensionMeasured_N_per_m(453.7)).toBeCloseTo(0.441, 9);
    expect(surfaceTensionDavison_N_per_m(453.7)).toBeCloseTo(0.4004, 4);
    expect(surfaceTensionMeasured_N_per_m(573)).toBeCloseTo(0.4231, 4);
    expect(surfaceTensionDavison_N_per_m(573)).toBeCloseTo(0.3813, 4);
    expect(surfaceTension_N_per_m(500, 0)).toBe(surfaceTensionDavison_N_per_m(500));
    expect(surfaceTension_N_per_m(500, 1)).toBeCloseTo(surfaceTensionMeasured_N_per_m(500), 15);
  });

  test('viscosity 0.60 mPa s and density 515 kg/m³ at the melting point, 0.45 mPa s at 573 K', () => {
    expect(moltenLithiumViscosity_Pa_s(LITHIUM_MELTING_POINT_K) * 1e3).toBeCloseTo(0.6, 2);
    expect(moltenLithiumViscosity_Pa_s(573) * 1e3).toBeCloseTo(0.45, 2);
    expect(moltenLithiumDensity_kg_per_m3(LITHIUM_MELTING_POINT_K)).toBeCloseTo(515, 0);
  });

  test('all three fall with temperature over the whole range, and the two tensions stay a tenth apart', () => {
    for (let T = LITHIUM_MELTING_POINT_K; T < MOLTEN_LITHIUM_K_max; T += 20) {
      for (const law of [
        surfaceTensionMeasured_N_per_m,
        surfaceTensionDavison_N_per_m,
        moltenLithiumViscosity_Pa_s,
        moltenLithiumDensity_kg_per_m3,
      ]) {
        expect(differenceOf(law, T, 1)).toBeLessThan(0);
      }
      const ratio = surfaceTensionMeasured_N_per_m(T) / surfaceTensionDavison_N_per_m(T);
      expect(ratio).toBeGreaterThan(1.09);
      expect(ratio).toBeLessThan(1.14);
    }
  });
});

describe('reactive wetting', () => {
  test('a nanometre of ZnO sets 16 J/m² free, far beyond what spreading needs', () => {
    const free = reactionEnergy_J_per_m2(-238e3, 1e-9, 1.45e-5);
    expect(free).toBeCloseTo(-16.4, 1);
    expect(reactiveCosine(-0.7, 0, free, 0.42)).toBe(1);
    expect(reactiveCosine(-0.7, 0.1, 0, 0.42)).toBeCloseTo(-0.7 - 0.1 / 0.42, 12);
  });

  test('the gate opens below zero only', () => {
    expect([-1, 0, 143e3].map(isReactionPossible)).toEqual([true, false, false]);
  });

  test('the angle starts at the solid and ends at the product, and passes 90° when it is said to', () => {
    const [theta0, product] = [degrees(135), degrees(30)];
    const k = reactionRate_per_s(1e6, 8e4, 523);
    expect(reactiveAngle(theta0, product, k, 0)).toBeCloseTo(theta0, 12);
    expect(reactiveAngle(theta0, product, k, 1e9)).toBeCloseTo(product, 12);
    expect(inDegrees(reactiveAngle(theta0, product, k, timeToRightAngle_s(theta0, product, k)))).toBeCloseTo(90, 9);
    expect(timeToRightAngle_s(degrees(80), product, k)).toBe(0);
    expect(timeToRightAngle_s(theta0, degrees(90), k)).toBe(Number.POSITIVE_INFINITY);
    expect(reactiveAngle(theta0, product, 0, 1e6)).toBe(theta0);
  });

  test('heat speeds the reaction up and shortens the induction by the same factor for the same barrier', () => {
    const faster = reactionRate_per_s(1, 8e4, 573) / reactionRate_per_s(1, 8e4, 523);
    expect(faster).toBeGreaterThan(1);
    expect(inductionTime_s(1e-7, 8e4, 523) / inductionTime_s(1e-7, 8e4, 573)).toBeCloseTo(faster, 9);
  });
});

describe('infusion', () => {
  const flow: CapillaryFlow = {
    surfaceTension_N_per_m: 0.4,
    viscosity_Pa_s: 5e-4,
    poreRadius_m: 1e-6,
    angle_rad: degrees(30),
    induction_s: 0,
  };

  test('a centimetre into micrometre pores takes a third of a second', () => {
    expect(infusionTime_s(flow, 0.01)).toBeCloseTo(0.29, 2);
  });

  test('depth and time are inverse, the depth grows with the root of time, and nothing enters before the induction ends', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 0.1, noNaN: true }),
        fc.double({ min: 0, max: 600, noNaN: true }),
        (L, t_i) => {
          const late = { ...flow, induction_s: t_i };
          expect(infusionDepth_m(late, infusionTime_s(late, L)) / L).toBeCloseTo(1, 4);
          expect(infusionDepth_m(late, t_i)).toBe(0);
        },
      ),
    );
    expect(infusionDepth_m(flow, 4) / infusionDepth_m(flow, 1)).toBeCloseTo(2, 12);
    expect(filledFraction(flow, 1e-4, 1)).toBe(1);
    expect(filledFraction(flow, infusionDepth_m(flow, 1) * 2, 1)).toBeCloseTo(0.5, 12);
  });

  test('the speed of the front is that of Poiseuille flow under the capillary pressure', () => {
    const depth = infusionDepth_m(flow, 1e-3);
    const speed = differenceOf((t) => infusionDepth_m(flow, t), 1e-3, 1e-5);
    const pressure = -entryPressure_Pa(0.4, degrees(30), 1e-6);
    expect(speed / ((1e-6 ** 2 / 8) * (pressure / (5e-4 * depth)))).toBeCloseTo(1, 6);
  });

  test('what does not wet stays out and must be pressed in: 0.6 MPa at 140° in micrometre pores', () => {
    const out = { ...flow, angle_rad: degrees(140) };
    expect(infusionTime_s(out, 1e-4)).toBe(Number.POSITIVE_INFINITY);
    expect(infusionDepth_m(out, 1e6)).toBe(0);
    expect(entryPressure_Pa(0.4, degrees(140), 1e-6)).toBeCloseTo(0.613e6, -3);
    expect(entryPressure_Pa(0.4, degrees(90), 1e-6)).toBeCloseTo(0, 6);
  });

  test('gravity stops the rise after 140 m, so it bounds no host', () => {
    expect(jurinHeight_m(0.4, degrees(30), 505, 1e-6)).toBeCloseTo(139.9, 1);
  });

  const host = {
    thickness_m: 1e-4,
    porosity: 0.9,
    skeletonDensity_kg_per_m3: 2000,
    filled: 1,
    lithiumDensity_kg_per_m3: 534,
    boundLithium_kg_per_m2: 0,
  };

  test('a full host of 100 µm with 90 % pores: 18.6 mAh/cm², 2719 mAh/g', () => {
    const { capacity_C_per_m2, specificCapacity_C_per_kg } = infusedCapacity(host);
    expect(capacity_C_per_m2 / 36000).toBeCloseTo(18.56, 2);
    // 0.04806 kg/m² of lithium beside 0.02 kg/m² of carbon.
    expect(specificCapacity_C_per_kg / 3600).toBeCloseTo((3861.9 * 0.04806) / 0.06806, 0);
  });

  test('a host without mass has the capacity of lithium, an empty one none, and what a coating binds is lost', () => {
    expect(infusedCapacity({ ...host, porosity: 1 }).specificCapacity_C_per_kg / 3600).toBeCloseTo(3861.9, 1);
    expect(infusedCapacity({ ...host, filled: 0 }).capacity_C_per_m2).toBe(0);
    const { lithium_kg_per_m2 } = infusedCapacity(host);
    const bound = infusedCapacity({ ...host, boundLithium_kg_per_m2: 0.01 });
    expect(bound.lithium_kg_per_m2).toBeCloseTo(lithium_kg_per_m2 - 0.01, 12);
    expect(infusedCapacity({ ...host, boundLithium_kg_per_m2: 1 }).capacity_C_per_m2).toBe(0);
  });

  test('walls of pores of 5 µm diameter through 100 µm have 72 times the area of the host', () => {
    expect(poreWallRatio(0.9, 1e-4, 2.5e-6)).toBeCloseTo(72, 9);
  });
});

describe('electrolyte on lithium', () => {
  test('spreads where the film on lithium gains more than the liquid costs', () => {
    expect(spreadingCoefficient_J_per_m2(0.1, 0.02, 0.035)).toBeCloseTo(0.045, 12);
    expect(spreadingOfAngle_J_per_m2(0.03, 0 as ElectrolyteAngle_rad)).toBe(0);
    const theta = ((27 * Math.PI) / 180) as ElectrolyteAngle_rad;
    // Young: γ_S − γ_SL = γ·cos θ, so S = γ·cos θ − γ.
    expect(spreadingOfAngle_J_per_m2(0.027, theta)).toBeCloseTo(
      spreadingCoefficient_J_per_m2(0.1 + 0.027 * Math.cos(theta), 0.1, 0.027),
      12,
    );
  });

  test('a centimetre along the pores of a separator takes minutes, four times as long for twice the way', () => {
    const wetting = {
      surfaceTension_N_per_m: 0.03,
      viscosity_Pa_s: 3.5e-3,
      cosine: 0.6,
      poreRadius_m: 2e-8,
      tortuosity: 1.6,
      distance_m: 0.01,
    };
    const time = separatorWettingTime_s(wetting);
    expect(time / 60).toBeCloseTo(82.96, 1);
    expect(separatorWettingTime_s({ ...wetting, distance_m: 0.02 }) / time).toBeCloseTo(4, 9);
    expect(separatorWettingTime_s({ ...wetting, cosine: 0 })).toBe(Number.POSITIVE_INFINITY);
  });
});

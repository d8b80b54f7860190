import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../../units/index.ts';
import {
  type BrittleFilm,
  bucklingPressure_Pa,
  bumpAmplitude_m,
  crackedFraction,
  criticalThickness_m,
  extrusionTime_s,
  filmCrackedFraction,
  growsWhisker,
  healingTime_s,
  intactAfter,
  shellStress_Pa,
  sineArcStrain,
  stackCrackedFraction,
  stackUnrepairedFraction,
  surfaceStrain,
  thicknessGate,
} from './fracture.ts';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const LITHIUM_FLUORIDE: BrittleFilm = {
  thickness_m: 5e-8,
  youngsModulus_Pa: 65e9,
  fractureStrain: 0.003,
  fractureToughness_Pa_sqrt_m: 0.3e6,
  weibullModulus: 5,
  unrepairedFraction: 1,
};
const POLYMER: BrittleFilm = {
  thickness_m: 3e-6,
  youngsModulus_Pa: 0.1e9,
  fractureStrain: 1.5,
  fractureToughness_Pa_sqrt_m: 1e6,
  weibullModulus: 2,
  unrepairedFraction: 0.3,
};

describe('strain of a film on a surface that becomes wavy', () => {
  test('3 mAh/cm2 on foil, a tenth of it uneven over 10 µm: 0.21; in a host a fifth of the height, 0.0084', () => {
    expect(surfaceStrain(bumpAmplitude_m(0.1, 1, 14.55e-6), 1e-5)).toBeCloseTo(0.209, 3);
    expect(surfaceStrain(bumpAmplitude_m(0.1, 0.2, 14.55e-6), 1e-5)).toBeCloseTo(0.00836, 5);
  });

  test('the length of the arc is that of many short chords', () => {
    for (const slope of [0.1, 1, 3, 20]) {
      const pieces = 4000;
      let length = 0;
      for (let k = 0; k < pieces; k++) {
        length += Math.sqrt(1 + (slope * Math.cos((2 * Math.PI * (k + 0.5)) / pieces)) ** 2) / pieces;
      }
      expect(sineArcStrain(slope) / (length - 1)).toBeCloseTo(1, 9);
    }
    // Gentle slopes: s²/4; steep ones: up and down four times per wave, 2s/π.
    expect(sineArcStrain(1e-3) / 0.25e-6).toBeCloseTo(1, 5);
    expect(sineArcStrain(1e6) / (2e6 / Math.PI)).toBeCloseTo(1, 5);
  });

  test('is exact beyond 0.6, and continuous where the formulas meet', () => {
    const atSmallSlope = (strain: number) => Math.sqrt(strain) / Math.PI;
    expect(surfaceStrain(atSmallSlope(0.7), 1)).toBe(sineArcStrain(2 * Math.PI * atSmallSlope(0.7)));
    for (const meeting of [0.3, 0.6]) {
      const below = surfaceStrain(atSmallSlope(meeting * (1 - 1e-9)), 1);
      const above = surfaceStrain(atSmallSlope(meeting * (1 + 1e-9)), 1);
      expect(Math.abs(above - below)).toBeLessThan(1e-8);
    }
  });

  test('grows with amplitude, falls with wavelength, and is 0 for a surface that stays flat', () => {
    expect(surfaceStrain(0, 1e-5)).toBe(0);
    fc.assert(
      fc.property(positive(1e-8, 1e-4), positive(1e-6, 1e-4), positive(1.001, 5), (amplitude, wavelength, more) => {
        const strain = surfaceStrain(amplitude, wavelength);
        expect(surfaceStrain(amplitude * more, wavelength)).toBeGreaterThan(strain);
        expect(surfaceStrain(amplitude, wavelength * more)).toBeLessThan(strain);
      }),
    );
  });
});

describe('cracking', () => {
  test('63 % at the fracture strain, none without strain, all far beyond', () => {
    expect(crackedFraction(0.003, 0.003, 5)).toBeCloseTo(1 - Math.exp(-1), 14);
    expect(crackedFraction(0, 0.003, 5)).toBe(0);
    expect(crackedFraction(-1, 0.003, 5)).toBe(0);
    expect(crackedFraction(1, 0.003, 5)).toBe(1);
    // A small share keeps its digits: (ε/ε_f)^m itself.
    expect(crackedFraction(3e-6, 0.003, 5) / 1e-15).toBeCloseTo(1, 12);
  });

  test('the critical thickness holds just the energy of a crack: Z·σ²·L/E = K²/E', () => {
    const thickness = criticalThickness_m(0.3e6, 65e9, 0.0084);
    const stress = 65e9 * 0.0084;
    expect((2 * stress * stress * thickness) / 65e9).toBeCloseTo(0.3e6 ** 2 / 65e9, 12);
    expect(thickness * 1e9).toBeCloseTo(150.9, 1);
    expect(criticalThickness_m(0.3e6, 65e9, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  test('the gate: closed for thin films and without strain, half open at L_c, open for thick ones', () => {
    expect(thicknessGate(1e-7, 1e-7)).toBe(0.5);
    expect(thicknessGate(2e-7, 1e-7)).toBeCloseTo(16 / 17, 14);
    expect(thicknessGate(0, 1e-7)).toBe(0);
    expect(thicknessGate(1e-7, Number.POSITIVE_INFINITY)).toBe(0);
    expect(thicknessGate(1e-7, 0)).toBe(1);
  });

  test('thicker coatings crack more, and so does more strain', () => {
    fc.assert(
      fc.property(positive(1e-9, 1e-6), positive(1e-4, 0.5), positive(1.01, 10), (thickness, strain, more) => {
        const film = { ...LITHIUM_FLUORIDE, thickness_m: thickness };
        const cracked = filmCrackedFraction(film, strain);
        expect(filmCrackedFraction({ ...film, thickness_m: thickness * more }, strain)).toBeGreaterThanOrEqual(cracked);
        expect(filmCrackedFraction(film, strain * more)).toBeGreaterThanOrEqual(cracked);
        expect(cracked).toBeGreaterThanOrEqual(0);
        expect(cracked).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a stack cracks through only where each film has, and heals where one does', () => {
    const strain = 0.21;
    const [brittle, tough] = [LITHIUM_FLUORIDE, POLYMER].map((film) => filmCrackedFraction(film, strain));
    expect(brittle).toBeGreaterThan(0.9);
    expect(tough).toBeLessThan(1e-4);
    expect(stackCrackedFraction([LITHIUM_FLUORIDE, POLYMER], strain)).toBe(brittle! * tough!);
    expect(stackCrackedFraction([LITHIUM_FLUORIDE], strain)).toBe(brittle);
    expect(stackCrackedFraction([], strain)).toBe(0);
    expect(stackUnrepairedFraction([LITHIUM_FLUORIDE, POLYMER])).toBe(0.3);
    expect(stackUnrepairedFraction([])).toBe(0);
  });

  test('a coating that does not heal wears to nothing, one that does stays', () => {
    let intact = 0.98;
    for (let cycle = 0; cycle < 100; cycle++) intact = intactAfter(intact, 1, 0.1);
    expect(intact).toBeCloseTo(0.98 * 0.9 ** 100, 14);
    expect(intactAfter(0.98, 0, 1)).toBe(0.98);
    expect(intactAfter(0.98, 1, 1)).toBe(0);
  });
});

describe('shells and whiskers', () => {
  test('20 nm of carbon at 200 GPa around 250 nm: an atmosphere strains it to MPa, and it would buckle near 1.6 GPa', () => {
    expect(shellStress_Pa(101325, 250e-9, 20e-9) / 1e6).toBeCloseTo(0.633, 3);
    expect(bucklingPressure_Pa(200e9, 20e-9, 250e-9, 0.3) / 1e9).toBeCloseTo(1.55, 2);
    // Four times stiffer for twice the wall.
    expect(bucklingPressure_Pa(200e9, 40e-9, 250e-9, 0.3)).toBe(4 * bucklingPressure_Pa(200e9, 20e-9, 250e-9, 0.3));
  });

  test('healing and extrusion invert their own laws', () => {
    const k = 3e-11;
    expect(k * Math.sqrt(healingTime_s(1.5e-8, k))).toBeCloseTo(1.5e-8, 20);
    const time = extrusionTime_s(1e-7, 10);
    expect((10 * time * LITHIUM_MOLAR_VOLUME_m3_per_mol) / F).toBeCloseTo(1e-7, 18);
    expect(extrusionTime_s(1e-7, -10)).toBe(time);
  });

  test('a film that heals slowly lets whiskers through, one that heals at once does not', () => {
    const extrusion = extrusionTime_s(1e-7, 10);
    expect(growsWhisker(healingTime_s(1.5e-8, 3e-11), extrusion)).toBe(true);
    expect(growsWhisker(healingTime_s(1.5e-8, 1e-8), extrusion)).toBe(false);
  });
});

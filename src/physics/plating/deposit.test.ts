import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COVER_THICKNESS_m,
  contactAngleFactor,
  coveredShare,
  criticalNucleusRadius_m,
  type DepositConditions,
  depositAreaRatio,
  depositSize_m,
  freshAreaRatio,
  NUCLEATION_OVERPOTENTIAL_V_FLOOR,
  nucleationBarrier_J,
  nucleationSizeFactor,
  nucleusSpacing_m,
  smoothedSize_m,
  smoothingLength_m,
  surfaceDiffusivity_m2_per_s,
} from './deposit.ts';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const CARBONATE: DepositConditions = {
  reference_m: 1.5e-6,
  referenceCurrent_A_per_m2: 10,
  exponent: 1.2,
  localCurrent_A_per_m2: 10,
  exchangeWarmth: 1,
  min_m: 1e-8,
  max_m: 3e-5,
};

describe('size of a deposit', () => {
  test('is the reference at the reference current, and follows the power law beside it', () => {
    expect(depositSize_m(CARBONATE)).toBe(1.5e-6);
    const ten = depositSize_m({ ...CARBONATE, localCurrent_A_per_m2: 100 });
    expect(ten / 1.5e-6).toBeCloseTo(10 ** -1.2, 12);
    expect(depositSize_m({ ...CARBONATE, exchangeWarmth: 3 }) / 1.5e-6).toBeCloseTo(3 ** 1.2, 12);
    expect(depositSize_m({ ...CARBONATE, localCurrent_A_per_m2: -100 })).toBe(ten);
  });

  test('stays between its bounds, also without current', () => {
    expect(depositSize_m({ ...CARBONATE, localCurrent_A_per_m2: 0 })).toBe(3e-5);
    expect(depositSize_m({ ...CARBONATE, localCurrent_A_per_m2: 1e12 })).toBe(1e-8);
  });

  test('never grows with current, never falls with temperature', () => {
    fc.assert(
      fc.property(positive(1e-3, 1e4), positive(1, 10), positive(0.1, 10), positive(0.3, 1.5), (j, more, warmth, m) => {
        const at = { ...CARBONATE, exponent: m, localCurrent_A_per_m2: j, exchangeWarmth: warmth };
        const size = depositSize_m(at);
        expect(depositSize_m({ ...at, localCurrent_A_per_m2: j * more })).toBeLessThanOrEqual(size);
        expect(depositSize_m({ ...at, exchangeWarmth: warmth * more })).toBeGreaterThanOrEqual(size);
      }),
    );
  });
});

describe('nucleation', () => {
  test('2.7 nm at 0.5 J/m2 and 50 mV', () => {
    expect(criticalNucleusRadius_m(0.5, 0.05) * 1e9).toBeCloseTo(2.695, 3);
    expect(criticalNucleusRadius_m(0.5, -0.05)).toBe(criticalNucleusRadius_m(0.5, 0.05));
  });

  test('the barrier of a sphere is a third of its surface energy at the critical radius', () => {
    fc.assert(
      fc.property(positive(0.01, 2), positive(1e-3, 0.5), (energy, overpotential) => {
        const radius = criticalNucleusRadius_m(energy, overpotential);
        const surface = (4 * Math.PI * radius * radius * energy) / 3;
        expect(nucleationBarrier_J(energy, overpotential, Math.PI) / surface).toBeCloseTo(1, 12);
      }),
    );
  });

  test('contact angle: nothing to climb when wetted, half at 90°, all at 180°, more at every angle between', () => {
    expect(contactAngleFactor(0)).toBe(0);
    expect(contactAngleFactor(Math.PI / 2)).toBeCloseTo(0.5, 14);
    expect(contactAngleFactor(Math.PI)).toBe(1);
    fc.assert(
      fc.property(positive(0, Math.PI - 0.01), (angle) => {
        expect(contactAngleFactor(angle + 0.01)).toBeGreaterThan(contactAngleFactor(angle));
      }),
    );
  });

  test('gold instead of copper: 40 mV over the floor of 5 mV to the power m_n; copper itself changes nothing', () => {
    expect(nucleationSizeFactor(0, 0.04, 0.3)).toBeCloseTo(8 ** 0.3, 12);
    expect(nucleationSizeFactor(0.04, 0.04, 0.3)).toBe(1);
    expect(nucleationSizeFactor(0, 0, 0.3)).toBe(1);
    expect(nucleationSizeFactor(NUCLEATION_OVERPOTENTIAL_V_FLOOR / 2, 0.04, 0.3)).toBe(
      nucleationSizeFactor(0, 0.04, 0.3),
    );
    expect(nucleationSizeFactor(0.012, 0.04, 0)).toBe(1);
  });

  test('1e12 nuclei per m2 stand 1 µm apart', () => {
    expect(nucleusSpacing_m(1e12)).toBe(1e-6);
    expect(nucleusSpacing_m(1e10)).toBe(1e-5);
  });
});

describe('diffusion on the surface', () => {
  const eV = 96485.33212;

  test('is Arrhenius and without barrier a²ν', () => {
    expect(surfaceDiffusivity_m2_per_s(0, 300)).toBeCloseTo(3.04e-10 ** 2 * 1e13, 20);
    const ratio = surfaceDiffusivity_m2_per_s(0.14 * eV, 330) / surfaceDiffusivity_m2_per_s(0.14 * eV, 300);
    expect(Math.log(ratio)).toBeCloseTo(((0.14 * eV) / 8.314462618) * (1 / 300 - 1 / 330), 10);
  });

  test('reaches half as far at four times the current, and smooths what is small', () => {
    const length = smoothingLength_m(0.23 * eV, 10, 298.15);
    expect(smoothingLength_m(0.23 * eV, 40, 298.15) / length).toBeCloseTo(0.5, 12);
    expect(smoothedSize_m(3e-6, 4e-6, 1)).toBeCloseTo(5e-6, 18);
    expect(smoothedSize_m(3e-6, 4e-6, 0)).toBe(3e-6);
  });
});

describe('fresh area', () => {
  test('4.85 µm of 1.5 µm columns: one face and 12.93 faces of sides', () => {
    expect(coveredShare(4.85e-6)).toBeCloseTo(1, 12);
    expect(depositAreaRatio(4.85e-6, 1.5e-6)).toBeCloseTo(12.933, 3);
    expect(freshAreaRatio(4.85e-6, 1.5e-6)).toBeCloseTo(13.933, 3);
  });

  test('a deposit that hardly covers costs in proportion', () => {
    expect(coveredShare(0)).toBe(0);
    expect(coveredShare(-1e-9)).toBe(0);
    expect(depositAreaRatio(-1e-9, 1e-6)).toBe(0);
    expect((coveredShare(1e-12) / 1e-12) * COVER_THICKNESS_m).toBeCloseTo(1, 4);
  });

  test('grows with thickness and with fineness; per charge the face costs less the more is plated', () => {
    fc.assert(
      fc.property(positive(1e-9, 1e-4), positive(1.01, 100), positive(1e-7, 3e-5), (h, more, d) => {
        expect(freshAreaRatio(h * more, d)).toBeGreaterThan(freshAreaRatio(h, d));
        expect(freshAreaRatio(h, d / more)).toBeGreaterThan(freshAreaRatio(h, d));
        expect(coveredShare(h * more) / (h * more)).toBeLessThan(coveredShare(h) / h);
      }),
    );
  });
});

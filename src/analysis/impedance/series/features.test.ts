import { describe, expect, test } from 'vitest';
import { frequencies_Hz, spectrumOf } from '../spectrum.test-tool.ts';
import { commonFrequencies_Hz, spectrumFeatures } from './features.ts';

const RC = 'R0-p(R1,C1)';

describe('features of a spectrum', () => {
  test('a semicircle: R_s, width, apex and its frequency', () => {
    const found = spectrumFeatures(spectrumOf(RC, [20, 100, 1e-5], frequencies_Hz(1e6, 0.1, 71)))!;
    expect(found.ohmicReading).toBe('extrapolated');
    expect(found.ohmic_ohm).toBeCloseTo(20, 2);
    expect(found.arcWidth_ohm).toBeCloseTo(100, 1);
    expect(found.apex_ohm).toBeCloseTo(50, 1);
    expect(found.apex_Hz / (1 / (2 * Math.PI * 100 * 1e-5))).toBeCloseTo(1, 2);
    expect(found.apexAtEdge).toBe(false);
  });

  test('inductive at its start: R_s is the crossing of the axis', () => {
    const found = spectrumFeatures(spectrumOf('L0-R0-p(R1,C1)', [1e-6, 20, 100, 1e-5], frequencies_Hz(1e6, 0.1, 141)))!;
    expect(found.ohmicReading).toBe('crossing');
    expect(found.ohmic_ohm).toBeGreaterThan(20);
    expect(found.ohmic_ohm).toBeLessThan(20.5);
  });

  test('a depressed arc whose start is cut off is extrapolated along its circle', () => {
    const arc = spectrumOf('R0-p(R1,CPE1)', [20, 100, 2e-5, 0.8], frequencies_Hz(3e3, 0.1, 46));
    const found = spectrumFeatures(arc)!;
    expect(found.highFrequency_ohm).toBeGreaterThan(24);
    expect(found).toMatchObject({ ohmicReading: 'extrapolated' });
    expect(found.ohmic_ohm).toBeCloseTo(20, 0);
  });

  test('with the summit beyond the highest frequency nothing is extrapolated', () => {
    const found = spectrumFeatures(spectrumOf(RC, [20, 100, 1e-5], frequencies_Hz(50, 0.1, 20)))!;
    expect(found).toMatchObject({ ohmicReading: 'highest frequency', apexAtEdge: true });
    expect(found.ohmic_ohm).toBe(found.highFrequency_ohm);
  });

  test('the order of the points does not matter, and a window compares like with like', () => {
    const down = spectrumOf(RC, [20, 100, 1e-5], frequencies_Hz(1e5, 1, 51));
    const up = spectrumOf(RC, [20, 100, 1e-5], [...frequencies_Hz(1e5, 1, 51)].reverse());
    expect(spectrumFeatures(up)).toEqual(spectrumFeatures(down));
    const wide = spectrumOf(RC, [20, 100, 1e-5], frequencies_Hz(1e6, 0.1, 71));
    const window = commonFrequencies_Hz([down, wide])!;
    expect(window[0]).toBeCloseTo(1, 6);
    expect(window[1]).toBeCloseTo(1e5, 0);
    expect(spectrumFeatures(wide, window)!.arcWidth_ohm).toBeCloseTo(spectrumFeatures(down, window)!.arcWidth_ohm, 6);
    expect(commonFrequencies_Hz([spectrumOf(RC, [1, 1, 1], [10, 5]), spectrumOf(RC, [1, 1, 1], [2, 1])])).toBeNull();
    expect(spectrumFeatures(spectrumOf(RC, [1, 1, 1], [10]))).toBeNull();
  });
});

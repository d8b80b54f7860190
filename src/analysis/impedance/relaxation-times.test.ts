import { describe, expect, test } from 'vitest';
import { relaxationTimes, tentKernelInto, zarcDistribution_ohm } from './relaxation-times.ts';
import { frequencies_Hz, spectrumOf } from './spectrum.test-tool.ts';

describe('distribution of relaxation times', () => {
  test('the broken line gives the impedance of a depressed arc with an error of second order', () => {
    const [R, tau0, alpha, omega] = [10, 0.02, 0.8, 37];
    const errorAt = (nodesPerUnit: number): number => {
      const h = 1 / nodesPerUnit;
      const kernel = new Float64Array(2);
      let [re, im] = [0, 0];
      for (let k = Math.round(-45 / h); k <= Math.round(45 / h); k++) {
        const tau = tau0 * Math.exp((k + 0.37) * h);
        tentKernelInto(Math.log(omega * tau), h, kernel);
        const gamma = zarcDistribution_ohm(R, tau0, alpha, tau);
        re += gamma * kernel[0]!;
        im += gamma * kernel[1]!;
      }
      const { real_ohm, imaginary_ohm } = spectrumOf('Zarc1', [R, tau0, alpha], [omega / (2 * Math.PI), 1]);
      return Math.hypot(re - real_ohm[0]!, im - imaginary_ohm[0]!);
    };
    const errors = [4, 8, 16, 32].map(errorAt);
    for (let k = 1; k < errors.length; k++) expect(Math.log2(errors[k - 1]! / errors[k]!)).toBeCloseTo(2, 1);
  });

  test('the distribution of a depressed arc is found, and better with less noise', () => {
    const [R0, R, tau0, alpha] = [2, 10, 1e-3, 0.75];
    const errorAt = (noise: number): number => {
      const spectrum = spectrumOf('R0-Zarc1', [R0, R, tau0, alpha], frequencies_Hz(1e6, 1e-2, 81), { noise });
      const { timeConstant_s, gamma_ohm } = relaxationTimes(spectrum);
      const peak = zarcDistribution_ohm(R, tau0, alpha, tau0);
      const gaps = Array.from(timeConstant_s, (tau, k) => {
        // Away from the ends of the grid, where γ is held at 0.
        const inside = tau > 1e-6 && tau < 1;
        return inside ? ((gamma_ohm[k]! - zarcDistribution_ohm(R, tau0, alpha, tau)) / peak) ** 2 : 0;
      });
      return Math.sqrt(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length);
    };
    const [coarse, middle, fine] = [1e-2, 1e-3, 1e-4].map(errorAt);
    expect(coarse).toBeLessThan(0.1);
    expect(middle).toBeLessThan(0.6 * coarse!);
    expect(fine).toBeLessThan(0.6 * middle!);
    expect(fine).toBeLessThan(0.01);
  });

  test('two relaxations: areas within 10 %, time constants, the ohmic and the inductive part', () => {
    const spectrum = spectrumOf(
      'L0-R0-p(R1,C1)-p(R2,C2)',
      [2e-7, 140, 230, 1e-6, 576, 1e-4],
      frequencies_Hz(1e5, 1e-2, 71),
      { noise: 1e-3 },
    );
    const found = relaxationTimes(spectrum);
    expect(found.peaks).toHaveLength(2);
    const [fast, slow] = found.peaks;
    expect(fast!.resistance_ohm / 230).toBeCloseTo(1, 1);
    expect(slow!.resistance_ohm / 576).toBeCloseTo(1, 1);
    expect(Math.log10(fast!.timeConstant_s / 2.3e-4)).toBeCloseTo(0, 1);
    expect(Math.log10(slow!.timeConstant_s / 5.76e-2)).toBeCloseTo(0, 1);
    expect(found.seriesResistance_ohm / 140).toBeCloseTo(1, 1);
    expect(found.chosenBy).toBe('generalised cross-validation');
    expect(Math.max(...found.residualReal.map(Math.abs))).toBeLessThan(6e-3);
    expect(found.remarks).toEqual([]);
  });

  test('a blocking tail is remarked on, and goes into a series capacitance where that is asked for', () => {
    const spectrum = spectrumOf('R0-p(R1,C1)-C2', [5, 20, 1e-4, 0.05], frequencies_Hz(1e5, 1e-2, 61), { noise: 1e-4 });
    expect(relaxationTimes(spectrum).remarks[0]).toContain('tail');
    const found = relaxationTimes(spectrum, { seriesCapacitance: true });
    expect(found.seriesCapacitance_F).toBeCloseTo(0.05, 3);
    expect(found.peaks[0]!.resistance_ohm).toBeCloseTo(20, 0);
  });

  test('more regularisation is smoother, and the choice of the caller is kept', () => {
    const spectrum = spectrumOf('R0-p(R1,C1)', [1, 10, 1e-3], frequencies_Hz(1e5, 0.1, 41), { noise: 1e-3 });
    const [rough, smooth] = [1e-7, 1e-1].map((regularisation) => relaxationTimes(spectrum, { regularisation }));
    expect(Math.max(...smooth!.gamma_ohm)).toBeLessThan(0.7 * Math.max(...rough!.gamma_ohm));
    expect(smooth!.effectiveParameters).toBeLessThan(rough!.effectiveParameters);
    expect([smooth!.regularisation, smooth!.chosenBy]).toEqual([0.1, 'the caller']);
  });

  test('a spectrum of four points is refused', () => {
    expect(() => relaxationTimes(spectrumOf('R0', [1], [1, 2, 3, 4]))).toThrow('got 4 points, want at least 5');
  });
});

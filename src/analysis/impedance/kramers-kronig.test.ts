import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { spectrumFromColumns } from '../../records/index.ts';
import { parseCircuit } from './circuit.ts';
import { circuitImpedance } from './evaluate.ts';
import { kramersKronig, kramersKronigOfTail } from './kramers-kronig.ts';
import { frequencies_Hz, spectrumOf } from './spectrum.test-tool.ts';

const about = {
  area_m2: null,
  temperature_K: null,
  provenance: { kind: 'measured', origin: 'test', program: 'test', notes: [] },
} as const;
const frequencies = frequencies_Hz(1e5, 1e-2, 57);
const circuit = 'L0-R0-p(R1,CPE1)-p(R2,C2)';
const truth = [1e-7, 10, 60, 1e-4, 0.8, 40, 2e-2];

describe('linear Kramers-Kronig test', () => {
  test('a spectrum of a circuit is consistent, with noise of 0.2 % too', () => {
    const exact = kramersKronig(spectrumOf(circuit, truth, frequencies));
    expect(exact.verdict).toBe('consistent');
    const noisy = kramersKronig(spectrumOf(circuit, truth, frequencies, { noise: 2e-3 }));
    expect(noisy.verdict).toBe('consistent');
    expect(noisy.judged.largestResidual).toBeGreaterThan(1e-3);
    expect(noisy.message).toMatch(/^Consistent with Kramers and Kronig: M = \d+, μ = [\d.]+/);
  });

  test('a cell whose resistance grows by half while it is measured is found out', () => {
    const [re, im] = [new Float64Array(57), new Float64Array(57)];
    // Time goes with the period of the points, so the slow ones see the change.
    const time = frequencies.map((_, k) => frequencies.slice(0, k).reduce((sum, f) => sum + 1 / f, 0));
    for (const [k, f] of frequencies.entries()) {
      const grown = [...truth];
      grown[5] = truth[5]! * (1 + (0.5 * time[k]!) / time.at(-1)!);
      grown[2] = truth[2]! * (1 + (0.5 * time[k]!) / time.at(-1)!);
      const z = circuitImpedance(parseCircuit(circuit), grown, [f]);
      re[k] = z.real_ohm[0]!;
      im[k] = z.imaginary_ohm[0]!;
    }
    const drifting = kramersKronig(spectrumFromColumns(frequencies, re, im, about));
    expect(drifting.verdict).not.toBe('consistent');
    expect(drifting.judged.largestResidual).toBeGreaterThan(0.01);
  });

  test('noise of 5 % is told from a curve', () => {
    const noisy = kramersKronig(spectrumOf(circuit, truth, frequencies, { noise: 0.05 }));
    expect(noisy.verdict).toBe('noisy');
    expect(noisy.message).toMatch(/^Too noisy to judge .*: M = .*The residuals scatter: noise/);
  });

  test('a single bad point is seen where it stands', () => {
    const good = spectrumOf(circuit, truth, frequencies);
    const real_ohm = good.real_ohm.slice();
    real_ohm[20]! *= 1.1;
    const { verdict, judged, message } = kramersKronig({ ...good, real_ohm });
    expect(verdict).toBe('inconsistent');
    expect(message).toContain('single bad points');
    const shares = judged.residualReal.map(Math.abs);
    expect(shares.indexOf(Math.max(...shares))).toBe(20);
  });

  test('a blocking tail needs the capacitor in series', () => {
    const spectrum = spectrumOf('R0-p(R1,C1)-C2', [5, 20, 1e-4, 0.05], frequencies);
    const without = kramersKronig(spectrum);
    const withCapacitor = kramersKronig(spectrum, { seriesCapacitance: true });
    expect(withCapacitor.verdict).toBe('consistent');
    expect(withCapacitor.elements).toBeLessThan(without.judged.elements);
    expect(withCapacitor.judged.largestResidual).toBeLessThan(without.judged.largestResidual);
  });

  test('the capacitor is taken where a tail asks for it, and nowhere else', () => {
    // A constant phase that blocks, two decades below the elements' reach.
    const tail = spectrumOf('R0-p(R1,CPE1)-CPE2', [171, 1300, 2.6e-9, 0.79, 1.8e-7, 0.9], frequencies_Hz(7e6, 0.1, 79));
    expect(kramersKronig(tail).verdict).not.toBe('consistent');
    const found = kramersKronigOfTail(tail);
    expect(found.verdict).toBe('consistent');
    expect(found.message).toContain('A capacitor in series stands for the tail.');
    const closed = spectrumOf(circuit, truth, frequencies, { noise: 0.05 });
    expect(kramersKronigOfTail(closed).message).toBe(kramersKronig(closed).message);
  });

  test('four points are refused', () => {
    expect(() => kramersKronig(spectrumOf('R0', [1], [1, 2, 3, 4]))).toThrow('got 4 points, want at least 5');
  });
});

const shared = process.env.LIMETAL_SHARED ?? new URL('../../../../shared', import.meta.url).pathname;
const folder = `${shared}/lab-files/eis/impedance-py`;

describe.skipIf(!existsSync(folder))(`results of impedance.py (skipped where ${folder} is absent)`, () => {
  test('Circuit3_EIS_1.z, real part, c = 0.69: M = 10, μ = 0.6843821117885378, as it and the authors of the test have', () => {
    const lines = readFileSync(`${folder}/Circuit3_EIS_1.z`, 'utf8').split(/\r?\n/);
    const from = lines.findIndex((line) => line.startsWith('End Comments')) + 1;
    const rows = lines
      .slice(from)
      .filter((line) => line.trim() !== '')
      .map((line) =>
        line
          .trim()
          .split(/[\s,]+/)
          .map(Number),
      );
    const kept = rows.filter((row) => row.length > 5);
    const column = (k: number) => kept.map((row) => row[k]!);
    const found = kramersKronig(spectrumFromColumns(column(0), column(4), column(5), about), {
      mu_min: 0.69,
      fit: 'real',
    });
    expect(kept).toHaveLength(53);
    expect(found.elements).toBe(10);
    expect(found.mu).toBeCloseTo(0.6843821117885378, 8);
  });

  test('exampleData below 1 kHz, complex with capacitor, c = 0.5: M = 26, μ = 0.306, residuals 0.30 % and 0.36 %', () => {
    const text = readFileSync(`${folder}/exampleData.csv`, 'utf8').trim();
    const rows = text
      .split(/\r?\n/)
      .map((line) => line.split(',').map(Number))
      .filter(([f, , im]) => f! < 1000 && im! <= 0);
    const column = (k: number) => rows.map((row) => row[k]!);
    const spectrum = spectrumFromColumns(column(0), column(1), column(2), about);
    const found = kramersKronig(spectrum, { mu_min: 0.5, seriesCapacitance: true });
    expect([rows.length, found.elements]).toEqual([55, 26]);
    expect(found.mu).toBeCloseTo(0.306, 2);
    expect(Math.max(...found.residualReal.map(Math.abs))).toBeCloseTo(0.003, 3);
    expect(Math.max(...found.residualImaginary.map(Math.abs))).toBeCloseTo(0.0036, 3);
    expect(found.verdict).toBe('consistent');
  });
});

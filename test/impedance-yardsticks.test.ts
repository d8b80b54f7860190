// What other programs say of impedance: values of elements that impedance.py asserts, and its results, and those of others, on real files
// of instruments. These are not part of this repository; without the folder their tests are skipped, and say so.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type CircuitFit,
  circuitImpedance,
  fitCircuit,
  type KramersKronigOptions,
  kramersKronig,
  parseCircuit,
  relaxationTimes,
} from '../src/analysis/index.ts';
import { readInstrumentFile } from '../src/readers/index.ts';
import type { ImpedanceSpectrum } from '../src/records/index.ts';

const FOLDER = process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files';
const THERE = existsSync(`${FOLDER}/README.md`);
if (!THERE) console.warn(`skipped: no real instrument files in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);

async function spectrumOf(path: string, index = 0): Promise<ImpedanceSpectrum> {
  const bytes = new Uint8Array(readFileSync(`${FOLDER}/${path}`));
  return (await readInstrumentFile(bytes, { name: path })).spectra[index]!;
}

const parametersOf = (fit: CircuitFit): number[] => fit.parameters.map(({ value }) => value);
const largest = (values: Float64Array): number => Math.max(...values.map(Math.abs));

// With the parameters 0.1, 0.2, 0.3 and 0.4 in the order of the element.
describe('elements as impedance.py asserts them', () => {
  test.each([
    ['R1', 1, [0.1, 0]],
    ['C1', 0.001, [0, -1591.5494]],
    ['L1', 1, [0, 0.2 * Math.PI]],
    ['W1', 0.001, [1.26156626, -1.26156626]],
    ['Wo1', 0.001, [0.0333333, -79.5774743]],
    ['Ws1', 1, [0.0832752, -0.0333838]],
    ['CPE1', 0.001, [26.2162368, -8.5181717]],
    ['G1', 1, [0.0710776, -0.0342747]],
    ['Gs1', 1, [0.1391819, -0.1624847]],
    ['TLMQ1', 1, [2.6000937, -1.3078995]],
    ['K1', 1, [0.0387727, -0.0487232]],
    ['Zarc1', 1, [0.0481888, -0.011989]],
    ['T1', 1, [0.0156037, -0.1140622]],
    ['La1', 1, [0.8666471, 0.2815907]],
  ] as const)('%s at %f Hz', (text, frequency_Hz, [re, im]) => {
    const circuit = parseCircuit(text);
    const values = circuit.parameters.map((_, k) => (k + 1) / 10);
    const { real_ohm, imaginary_ohm } = circuitImpedance(circuit, values, [frequency_Hz]);
    // As many digits as are given.
    const tolerance = 6e-8 * Math.max(1, Math.hypot(re, im));
    expect(Math.abs(real_ohm[0]! - re)).toBeLessThan(tolerance);
    expect(Math.abs(imaginary_ohm[0]! - im)).toBeLessThan(tolerance);
  });
});

test('parallels within parallels are what their sums of admittances say', () => {
  const [w, j] = [2 * Math.PI * 3, 1];
  const { real_ohm, imaginary_ohm } = circuitImpedance(
    parseCircuit('p(R1-p(R2-p(R3,C3),C2),C1,R4)'),
    [2, 3, 5, 0.01, 0.02, 0.003, 40],
    [3],
  );
  const inverse = ([a, b]: readonly [number, number]) => [a / (a * a + b * b), -b / (a * a + b * b)] as const;
  const plus = (y: readonly [number, number], re: number, im: number) => [y[0] + re, y[1] + im * j] as const;
  const inner = inverse(plus([1 / 5, 0], 0, w * 0.01));
  const middle = inverse(plus(inverse(plus(inner, 3, 0)), 0, w * 0.02));
  const outer = inverse(plus(inverse(plus(middle, 2, 0)), 1 / 40, w * 0.003));
  expect(real_ohm[0]).toBeCloseTo(outer[0], 12);
  expect(imaginary_ohm[0]).toBeCloseTo(outer[1], 12);
});

const EXACT = 'R0-p(R1,C1)-p(R2,CPE2)';
const EXACT_VALUES = [100, 200, 8e-7, 500, 4e-4, 0.5];

describe.skipIf(!THERE)('one exact spectrum in many formats', () => {
  const folder = 'eis/one-spectrum-many-formats';
  // A millionth, but where the file has no more than six digits (.idf) or five (.P00).
  test.each([
    ['data-comma.csv', 1e-6],
    ['data-semicolon.csv', 1e-6],
    ['data-space.csv', 1e-6],
    ['data-tab.csv', 1e-6],
    ['data-comma-decimal-separator.csv', 1e-6],
    ['data-header-variant-1.csv', 1e-6],
    ['data-header-variant-2.csv', 1e-6],
    ['data-header-variant-3.csv', 1e-6],
    ['data.dfr', 1e-6],
    ['data.dta', 1e-6],
    ['data.i2b', 1e-6],
    ['data.pssession', 1e-6],
    ['data.xlsx', 1e-6],
    ['data.idf', 2e-6],
    ['data.mpt', 1e-6],
    ['data.z', 1e-6],
    ['data.P00', 3e-4],
  ] as const)('%s to %f', async (name, tolerance) => {
    const fit = fitCircuit(EXACT, await spectrumOf(`${folder}/${name}`));
    for (const [k, value] of parametersOf(fit).entries()) {
      expect(Math.abs(value / EXACT_VALUES[k]! - 1), fit.parameters[k]!.name).toBeLessThan(tolerance);
    }
    expect(fit.arcs[0]!.timeConstant_s).toBeCloseTo(1.6e-4, 6);
  });

  test('its fastest relaxation: 160 µs, and an area between the 200 ohm of the arc and what other methods find', async () => {
    const { peaks } = relaxationTimes(await spectrumOf(`${folder}/data-comma.csv`));
    const main = peaks.reduce((most, peak) => (peak.resistance_ohm > most.resistance_ohm ? peak : most));
    expect(main.timeConstant_s / 1.6e-4).toBeCloseTo(1, 2);
    expect(main.resistance_ohm).toBeGreaterThan(200);
    expect(main.resistance_ohm).toBeLessThan(237);
  });
});

describe('relaxation times of R{140}(R{230}C{1e-6})(R{576}C{1e-4})', () => {
  test.each([
    [-2, 5, 71],
    [0, 5, 51],
    [0, 4, 29],
  ] as const)('from 1e%i to 1e%i Hz in %i points: areas within 10 %%', (low, high, points) => {
    const frequency_Hz = Float64Array.from(
      { length: points },
      (_, k) => 10 ** (high - ((high - low) * k) / (points - 1)),
    );
    const z = circuitImpedance(parseCircuit('R0-p(R1,C1)-p(R2,C2)'), [140, 230, 1e-6, 576, 1e-4], frequency_Hz);
    const provenance = { kind: 'simulated', origin: 'circuit', program: 'test', notes: [] } as const;
    const { peaks } = relaxationTimes({
      ...z,
      frequency_Hz,
      area_m2: null,
      temperature_K: null,
      provenance,
      remarks: [],
    });
    expect(peaks).toHaveLength(2);
    expect(Math.abs(peaks[0]!.resistance_ohm / 230 - 1)).toBeLessThan(0.1);
    expect(Math.abs(peaks[1]!.resistance_ohm / 576 - 1)).toBeLessThan(0.1);
  });
});

describe.skipIf(!THERE)('depressed arcs with noise', () => {
  test.each([
    ['1ZARC', 'R0-Zarc1', [10.02, 50.08, 0.0991, 0.803]],
    ['2ZARC1', 'R0-Zarc1-Zarc2', [10.15, 49.4, 9.94e-5, 0.812, 20.44, 0.0963, 0.787]],
    ['2ZARC3', 'R0-Zarc1-Zarc2', [9.837, 50.17, 1e-4, 0.798, 49.87, 0.0991, 0.803]],
    ['2ZARC5', 'R0-Zarc1-Zarc2', [10.18, 49.63, 9.88e-5, 0.802, 200.4, 0.0999, 0.798]],
  ] as const)('%s: fit, and peaks of its relaxation times', async (name, circuit, wanted) => {
    const spectrum = await spectrumOf(`eis/drt-synthetic/${name}.csv`);
    const values = parametersOf(fitCircuit(circuit, spectrum));
    for (const [k, value] of values.entries()) expect(Math.abs(value / wanted[k]! - 1)).toBeLessThan(2e-3);
    const { peaks } = relaxationTimes(spectrum);
    for (let k = 1; k < wanted.length; k += 3) {
      const [area, tau] = [wanted[k]!, wanted[k + 1]!];
      const near = peaks.filter(({ timeConstant_s }) => Math.abs(Math.log10(timeConstant_s / tau)) < 0.1);
      expect(near).toHaveLength(1);
      // The flanks of a depressed arc reach so far that noise parts them from the peak.
      expect(near[0]!.resistance_ohm / area).toBeGreaterThan(0.85);
      expect(near[0]!.resistance_ohm / area).toBeLessThan(1.05);
    }
  });

  test('less regularisation never fits worse', async () => {
    const spectrum = await spectrumOf('eis/drt-synthetic/2ZARC3.csv');
    let before = Number.POSITIVE_INFINITY;
    for (let power = -1; power >= -10; power--) {
      const { residualReal, residualImaginary } = relaxationTimes(spectrum, { regularisation: 10 ** power });
      const squares = [...residualReal, ...residualImaginary].reduce((sum, r) => sum + r * r, 0);
      // Rounding counts where the weight all but vanishes.
      expect(squares).toBeLessThan(1.001 * before);
      before = squares;
    }
  });
});

describe.skipIf(!THERE)('linear Kramers-Kronig test as impedance.py runs it', () => {
  const tegdme = 'biologic/li-li-tegdme/jr862_11_08_23_insitu-impedance-LiLi_1MLiTFSI_TEGDME-1mA-prerun_C05.mpr';
  const cap: KramersKronigOptions = { seriesCapacitance: true };
  // Largest residual of either part in per cent of |Z|.
  test.each([
    ['eis/impedance-py/Circuit1_EIS_1.z', {}, 4, 0.674, 24, 26],
    ['eis/impedance-py/Circuit3_EIS_1.z', {}, 5, 0.738, 28, 29],
    ['biologic/eclab-pairs/mb.mpr', {}, 18, 0.797, 1.8, 5.1],
    ['biologic/PEIS_LPSCl_IonBlocking_-25C.mpr', cap, 24, 0.849, 0.64, 1.24],
    [tegdme, {}, 18, 0.724, 0.37, 0.5],
  ] as const)('%s', async (path, options, elements, mu, real, imaginary) => {
    const found = kramersKronig(await spectrumOf(path), options);
    expect(found.elements).toBe(elements);
    expect(found.mu).toBeCloseTo(mu, 3);
    expect(Math.abs((100 * largest(found.residualReal)) / real - 1)).toBeLessThan(0.03);
    expect(Math.abs((100 * largest(found.residualImaginary)) / imaginary - 1)).toBeLessThan(0.03);
    expect(found.message).toContain(`M = ${elements}, μ = ${mu}`);
  });
});

test.skipIf(!THERE)('a pellet between blocking electrodes at −25 °C: 1500 ± 8 ohm', async () => {
  const fit = fitCircuit('p(R1,CPE1)-CPE2', await spectrumOf('biologic/PEIS_LPSCl_IonBlocking_-25C.mpr'));
  const [R1] = fit.parameters;
  expect(Math.abs(R1!.value - 1500)).toBeLessThan(8);
  expect(R1!.standardError).toBeCloseTo(8, 0);
});

test.skipIf(!THERE)('what impedance.py finds with its arcs swapped stands in the order of time constants', async () => {
  const spectrum = await spectrumOf('eis/impedance-py/exampleData.csv');
  const keep = Array.from(spectrum.imaginary_ohm.keys()).filter((k) => spectrum.imaginary_ohm[k]! <= 0);
  const kept = (column: Float64Array): Float64Array => Float64Array.from(keep, (k) => column[k]!);
  const below: ImpedanceSpectrum = {
    area_m2: null,
    temperature_K: null,
    provenance: spectrum.provenance,
    frequency_Hz: kept(spectrum.frequency_Hz),
    real_ohm: kept(spectrum.real_ohm),
    imaginary_ohm: kept(spectrum.imaginary_ohm),
    remarks: [],
  };
  expect(keep).toHaveLength(57);
  // The minimum of its global search, from which another branch of the diffusion is let go.
  const names = ['R0', 'R1', 'C1', 'R2', 'C2'];
  const start = { R0: 0.0165, R1: 0.00915, C1: 2.78, R2: 0.00534, C2: 0.22 };
  const swapped = fitCircuit('R0-p(R1,C1)-p(R2,C2)', below, { weighting: 'unit', start });
  const automatic = fitCircuit('R0-p(R1,C1)-p(R2,C2)', below, { weighting: 'unit' });
  for (const fit of [swapped, automatic]) {
    expect(fit.parameters.map(({ name }) => name)).toEqual(names);
    expect(fit.arcs.map(({ part }) => part)).toEqual(['p(R1,C1)', 'p(R2,C2)']);
    expect(fit.arcs[0]!.timeConstant_s).toBeLessThan(fit.arcs[1]!.timeConstant_s);
  }
  for (const [k, value] of parametersOf(swapped).entries()) {
    expect(value / parametersOf(automatic)[k]!).toBeCloseTo(1, 4);
  }
});

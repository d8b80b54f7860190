// Cells for tests of shorts: series of spectra whose arcs do what they are told, and Li|Li records with peaked half-cycles, rests, noise
// and shorts at known times. All is seeded.

import { randomStream } from '../../numerics/index.ts';
import type { CyclingRecord } from '../../records/index.ts';
import { frequencies_Hz, spectrumOf } from '../impedance/spectrum.test-tool.ts';
import type { SeriesSpectrum } from './contract.ts';

export function normalStream(seed: number): () => number {
  const random = randomStream(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const FREQUENCIES_HZ = frequencies_Hz(1e4, 0.1, 26);
export const SPECTRUM_SPACING_S = 3600;

/** Two arcs that share what `arcs_ohm` gives for each spectrum, one spectrum an hour. */
export function seriesOf(
  arcs_ohm: readonly number[],
  {
    ohmic_ohm = () => 20,
    noise = 0.002,
    seed = 1,
    rest_V = null,
  }: {
    readonly ohmic_ohm?: (k: number) => number;
    readonly noise?: number;
    readonly seed?: number;
    readonly rest_V?: ((k: number) => number) | null;
  } = {},
): readonly SeriesSpectrum[] {
  return arcs_ohm.map((arc_ohm, k) => {
    const parameters = [ohmic_ohm(k), 0.7 * arc_ohm, 1e-5, 0.85, 0.3 * arc_ohm, 2e-3, 0.8];
    const spectrum = spectrumOf('R0-p(R1,CPE1)-p(R2,CPE2)', parameters, FREQUENCIES_HZ, {
      noise,
      seed: 1000 * seed + k,
    });
    const time_s = Float64Array.from(FREQUENCIES_HZ, (_, i) => k * SPECTRUM_SPACING_S + i);
    if (rest_V === null) return { ...spectrum, time_s };
    return { ...spectrum, time_s, voltage_V: time_s.map(() => rest_V(k)) };
  });
}

export interface CellPlan {
  /** Magnitude of the current of each half-cycle; directions alternate, the first plates. */
  readonly currents_A: readonly number[];
  readonly halfCycle_s?: number;
  /** Rest after each half-cycle, 0 for none. */
  readonly rest_s?: number;
  readonly row_s?: number;
  /** |E| at a current, before shape and noise. */
  readonly voltage_V?: (current_A: number, halfCycle: number) => number;
  /** Height of the peaks at both ends of a half-cycle over its middle. */
  readonly peak?: number;
  /** What the voltage at rest relaxes to, at once. */
  readonly rest_V?: number;
  readonly noise_V?: number;
  readonly seed?: number;
  /** Factor on |E| at a time; 1 where healthy. */
  readonly short?: (time_s: number) => number;
}

/** A Li|Li record. Every half-cycle starts with a row of its own. */
export function recordOfCell({
  currents_A,
  halfCycle_s = 3600,
  rest_s = 300,
  row_s = 30,
  voltage_V = (current_A) => 100 * current_A,
  peak = 0.6,
  rest_V = 0,
  noise_V = 2e-4,
  seed = 1,
  short = () => 1,
}: CellPlan): CyclingRecord {
  const normal = normalStream(seed);
  const rows: { time: number; current: number; voltage: number; cycle: number; step: number }[] = [];
  let start = 0;
  for (const [h, magnitude] of currents_A.entries()) {
    const sign = h % 2 === 0 ? -1 : 1;
    const cycle = Math.floor(h / 2) + 1;
    const level = voltage_V(magnitude, h);
    for (let t = 0; t <= halfCycle_s + 1e-9; t += row_s) {
      const share = t / halfCycle_s;
      const shape = 1 + peak * (Math.exp(-share / 0.08) + 0.7 * Math.exp(-(1 - share) / 0.1));
      const value = level * shape * short(start + t) + noise_V * normal();
      rows.push({ time: start + t, current: sign * magnitude, voltage: sign * value, cycle, step: 1 + (h % 2) * 2 });
    }
    start += halfCycle_s;
    for (let t = row_s; t <= rest_s + 1e-9; t += row_s) {
      const value = rest_V * short(start + t) + noise_V * normal();
      rows.push({ time: start + t, current: 0, voltage: sign * value, cycle, step: 2 + (h % 2) * 2 });
    }
    start += rest_s;
  }
  return {
    time_s: Float64Array.from(rows, ({ time }) => time),
    current_A: Float64Array.from(rows, ({ current }) => current),
    voltage_V: Float64Array.from(rows, ({ voltage }) => voltage),
    temperature_K: new Float64Array(rows.length).fill(298.15),
    cycle: Int32Array.from(rows, ({ cycle }) => cycle),
    step: Int32Array.from(rows, ({ step }) => step),
    extra: {},
    area_m2: 1e-4,
    provenance: { kind: 'simulated', origin: 'test', program: 'test', notes: [] },
  };
}

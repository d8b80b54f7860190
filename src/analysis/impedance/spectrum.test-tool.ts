// Spectra for tests: of a circuit, exact or with noise that is seeded.

import { randomStream } from '../../numerics/index.ts';
import { type ImpedanceSpectrum, spectrumFromColumns } from '../../records/index.ts';
import { parseCircuit } from './circuit.ts';
import { circuitImpedance } from './evaluate.ts';

/** From high to low, evenly over the logarithm. */
export const frequencies_Hz = (high: number, low: number, points: number): number[] =>
  Array.from({ length: points }, (_, k) => high * (low / high) ** (k / (points - 1)));

/** Noise is a share of |Z| on each part. */
export function spectrumOf(
  circuit: string,
  parameters: readonly number[],
  frequencies: readonly number[],
  { noise = 0, seed = 1 }: { readonly noise?: number; readonly seed?: number } = {},
): ImpedanceSpectrum {
  const { real_ohm, imaginary_ohm } = circuitImpedance(parseCircuit(circuit), parameters, frequencies);
  const random = randomStream(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const size = real_ohm.map((re, k) => Math.hypot(re, imaginary_ohm[k]!));
  return spectrumFromColumns(
    frequencies,
    real_ohm.map((re, k) => re + noise * size[k]! * normal()),
    imaginary_ohm.map((im, k) => im + noise * size[k]! * normal()),
    {
      area_m2: null,
      temperature_K: null,
      provenance: { kind: 'simulated', origin: circuit, program: 'test', notes: [] },
    },
  );
}

// Cells and records that tests of comparisons share: two foils whose films and charge transfer can be told apart, and noise.

import { builtInCell, builtInFile, type Cell, type MetalElectrode, parseCell } from '../../cells/index.ts';
import { randomStream } from '../../numerics/index.ts';
import type { CyclingRecord, ImpedanceSpectrum } from '../../records/index.ts';

export const EXCHANGE_A_per_m2 = 5;
export const FILM_S_per_m = 1e-6;

/** Li|Li that does not age: a film of constant thickness and a slow charge transfer, which a rate test and a spectrum can separate. */
export function stillCell(): Cell {
  const file = builtInFile('li-li-carbonate') as { readonly counter: object; readonly working: object };
  const kinetics = { exchangeCurrent: '0.5 mA/cm2' };
  const cell = parseCell({
    ...file,
    ageing: 'none',
    counter: { ...file.counter, kinetics },
    working: { ...file.working, kinetics },
  });
  const still = <Side extends MetalElectrode>(side: Side): Side => ({
    ...side,
    interphase: side.interphase.map((layer) => ({ ...layer, growth: { kind: 'none' } })),
  });
  return { ...cell, counter: still(cell.counter), working: still(cell.working as MetalElectrode) };
}

export const ageingCopperCell = (): Cell => builtInCell('li-cu-ether-nitrate');

/** Steps at three rates, so that Tafel's law shows beside Ohm's. */
export const RATE_TEST = [0.1, 0.5, 2].flatMap((rate) => [
  `Plate at ${rate} mA/cm2 for 0.2 mAh/cm2`,
  `Strip at ${rate} mA/cm2 for 0.2 mAh/cm2`,
]);

/** Normal deviates by Box and Muller. */
export function normalStream(seed: number): () => number {
  const random = randomStream(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export const withVoltageNoise = (record: CyclingRecord, sigma_V: number, normal: () => number): CyclingRecord => ({
  ...record,
  voltage_V: record.voltage_V.map((value) => value + sigma_V * normal()),
});

/** Noise of each part in proportion to |Z|. */
export function withSpectrumNoise(spectrum: ImpedanceSpectrum, share: number, normal: () => number): ImpedanceSpectrum {
  const size = spectrum.real_ohm.map((real, k) => Math.hypot(real, spectrum.imaginary_ohm[k]!));
  const noisy = (values: Float64Array): Float64Array => values.map((value, k) => value + share * size[k]! * normal());
  return { ...spectrum, real_ohm: noisy(spectrum.real_ohm), imaginary_ohm: noisy(spectrum.imaginary_ohm) };
}

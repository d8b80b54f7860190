// A lab file that nobody measured, for a bench without data: copper against lithium, run by our own models, with the noise of an instrument
// and spectra in between, written as a table of text in the way that potentiostats export theirs.

import { builtInCell, parseProtocol } from '../../cells/index.ts';
import { randomStream } from '../../numerics/index.ts';
import { cellImpedance, logarithmicFrequencies, runTo, simulate } from '../../simulation/index.ts';
import { cm2_from_m2, mA_from_A } from '../../units/index.ts';

const CELL = 'li-cu-ether-nitrate';
const CYCLES = 24;
/** Cycles in which a spectrum is taken, of the plated lithium after its rest: bare copper would block. */
const SPECTRA_IN: readonly number[] = [1, 6, 12, 18, 24];
const RESTED = 2;
const PERIOD_s = 30;
/** Noise of a voltage, of a current over its range of 1 mA, and of either part of an impedance over |Z|. */
const NOISE_V = 2e-4;
const NOISE_A = 2e-7;
const NOISE_Z = 0.003;
const SEED = 20;

export const EXAMPLE_NAME = 'generated example.txt';

export interface BenchExample {
  readonly name: string;
  readonly text: string;
  /** What the person at the bench would know. */
  readonly cell: 'Li|Cu';
  readonly area: string;
}

/** The same file whenever it is asked for. */
export function benchExample(_: Readonly<Record<string, never>>): BenchExample {
  const cell = builtInCell(CELL);
  const steps = parseProtocol(
    [`(Plate at 0.5 mA/cm2 for 1 mAh/cm2; Rest for 5 min; Strip at 0.5 mA/cm2 until 1 V; Rest for 5 min) * ${CYCLES}`],
    'protocol',
    cell,
  );
  const protocol = { ...steps, period_s: PERIOD_s };
  const { record } = simulate(cell, protocol, { model: 'fast' });
  const uniform = randomStream(SEED);
  // Box and Muller's way from even to normal draws.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const lines = ['time/s\tEwe/V\tI/mA\tcycle number\tfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm'];
  const write = (values: readonly number[]): void =>
    void lines.push(values.map((value) => Number(value.toPrecision(8))).join('\t'));
  // Taking a spectrum takes time, by which everything after it is later.
  let later_s = 0;
  const sweep = (cycle: number, time_s: number, voltage_V: number): void => {
    const { state } = runTo(cell, protocol, { kind: 'cycle', cycle, step: RESTED });
    const { spectrum } = cellImpedance(cell, state, { frequency_Hz: logarithmicFrequencies(0.05, 1e5, 7).reverse() });
    spectrum.frequency_Hz.forEach((frequency_Hz, k) => {
      const size = Math.hypot(spectrum.real_ohm[k]!, spectrum.imaginary_ohm[k]!);
      const real = spectrum.real_ohm[k]! + NOISE_Z * size * normal();
      const imaginary = spectrum.imaginary_ohm[k]! + NOISE_Z * size * normal();
      later_s += 2 + 3 / frequency_Hz;
      const row = [time_s + later_s, voltage_V, 0, cycle, frequency_Hz, real, -imaginary];
      write(row);
    });
  };
  record.time_s.forEach((time_s, row) => {
    const cycle = record.cycle[row]!;
    const isAfterRest = row > 0 && record.step[row - 1] === RESTED && record.step[row] !== RESTED;
    if (isAfterRest && SPECTRA_IN.includes(cycle)) {
      sweep(cycle, record.time_s[row - 1]!, record.voltage_V[row - 1]!);
      later_s += 1;
      // The instrument is at rest until the current comes on; else the first row of stripping would count for the sweep too.
      write([record.time_s[row - 1]! + later_s, record.voltage_V[row - 1]!, 0, cycle, 0, 0, 0]);
    }
    const voltage_V = record.voltage_V[row]! + NOISE_V * normal();
    const current_A = record.current_A[row]!;
    // At rest an instrument stores no current at all.
    const measured_A = current_A === 0 ? 0 : current_A + NOISE_A * normal();
    const values = [time_s + later_s, voltage_V, mA_from_A(measured_A), cycle, 0, 0, 0];
    write(values);
  });
  return {
    name: EXAMPLE_NAME,
    text: `${lines.join('\n')}\n`,
    cell: 'Li|Cu',
    area: `${Number(cm2_from_m2(cell.area_m2).toPrecision(4))} cm2`,
  };
}

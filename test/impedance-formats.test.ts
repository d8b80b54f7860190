// The exact spectrum of a known circuit, written in every format of impedance, read back and fitted: the parameters return to what the
// digits of the format allow.

import { describe, expect, test } from 'vitest';
import { circuitImpedance, fitCircuit, parseCircuit } from '../src/analysis/index.ts';
import { readInstrumentFile } from '../src/readers/index.ts';
import { SPECTRUM_FORMATS, type SpectrumPoint } from '../src/readers/spectrum-fixtures.test-tool.ts';

const CIRCUIT = 'R0-p(R1,C1)-p(R2,CPE2)';
const TRUTH = [100, 200, 8e-7, 500, 4e-4, 0.5];
/** Ten points a decade, as instruments measure. */
const FREQUENCIES_Hz = Array.from({ length: 41 }, (_, k) => 10 ** (4 - k / 10));
const impedance = circuitImpedance(parseCircuit(CIRCUIT), TRUTH, FREQUENCIES_Hz);
const points = FREQUENCIES_Hz.map(
  (frequency_Hz, k): SpectrumPoint => ({
    frequency_Hz,
    real_ohm: impedance.real_ohm[k]!,
    imaginary_ohm: impedance.imaginary_ohm[k]!,
  }),
);

describe(`${CIRCUIT} comes back`, () => {
  test.each(SPECTRUM_FORMATS)('from $name, of $digits digits', async ({ write, format, digits }) => {
    const read = await readInstrumentFile(write(points));
    expect(read.format).toMatch(format);
    expect(read.spectra).toHaveLength(1);
    expect(read.spectra[0]!.frequency_Hz).toHaveLength(FREQUENCIES_Hz.length);
    const fit = fitCircuit(CIRCUIT, read.spectra[0]!);
    // Fewer digits than seven do not hold the spectrum to a millionth.
    const tolerance = digits >= 7 ? 1e-6 : 10 ** (1 - digits);
    for (const [k, { name, value }] of fit.parameters.entries()) {
      const error = Math.abs(value / TRUTH[k]! - 1);
      expect(error, `${name}: ${value} for ${TRUTH[k]}`).toBeLessThanOrEqual(tolerance);
    }
  });
});

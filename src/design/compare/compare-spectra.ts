// A measured spectrum beside that which the laws of a cell give at the same frequencies.

import { square } from '../../numerics/index.ts';
import type { ImpedanceSpectrum } from '../../records/index.ts';
import { InputError } from '../../units/index.ts';

export interface SpectrumComparison {
  readonly measured: ImpedanceSpectrum;
  readonly simulated: ImpedanceSpectrum;
  /** Root mean square of |Z simulated − Z measured|, and of that over |Z measured|. */
  readonly rms_ohm: number;
  readonly rmsRelative: number;
  /** Real part at the highest and at the lowest measured frequency. */
  readonly measuredHigh_ohm: number;
  readonly simulatedHigh_ohm: number;
  readonly measuredLow_ohm: number;
  readonly simulatedLow_ohm: number;
}

/** Compares point by point. @throws InputError where the two have other frequencies, or none. */
export function compareSpectra(measured: ImpedanceSpectrum, simulated: ImpedanceSpectrum): SpectrumComparison {
  const points = measured.frequency_Hz.length;
  const isSame = simulated.frequency_Hz.every((value, k) => value === measured.frequency_Hz[k]);
  if (points === 0 || simulated.frequency_Hz.length !== points || !isSame) {
    const found = points === 0 ? 'no points' : 'other frequencies than those measured';
    throw new InputError([
      { where: 'simulated.frequency_Hz', found, wanted: 'the measured frequencies in their order' },
    ]);
  }
  let squares = 0;
  let shares = 0;
  let [highest, lowest] = [0, 0];
  for (let k = 0; k < points; k++) {
    const [re, im] = [measured.real_ohm[k]!, measured.imaginary_ohm[k]!];
    const distance = square(simulated.real_ohm[k]! - re) + square(simulated.imaginary_ohm[k]! - im);
    squares += distance;
    shares += distance / (re * re + im * im);
    if (measured.frequency_Hz[k]! > measured.frequency_Hz[highest]!) highest = k;
    if (measured.frequency_Hz[k]! < measured.frequency_Hz[lowest]!) lowest = k;
  }
  return {
    measured,
    simulated,
    rms_ohm: Math.sqrt(squares / points),
    rmsRelative: Math.sqrt(shares / points),
    measuredHigh_ohm: measured.real_ohm[highest]!,
    simulatedHigh_ohm: simulated.real_ohm[highest]!,
    measuredLow_ohm: measured.real_ohm[lowest]!,
    simulatedLow_ohm: simulated.real_ohm[lowest]!,
  };
}

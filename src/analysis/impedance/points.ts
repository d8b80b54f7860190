// What every analysis of a spectrum asks of it first.

import type { ImpedanceSpectrum } from '../../records/index.ts';
import { InputError } from '../../units/index.ts';

/** Throws InputError where a spectrum has too few points, or points without a size to weigh them by. */
export function requirePoints({ frequency_Hz, real_ohm, imaginary_ohm }: ImpedanceSpectrum, points_min: number): void {
  const issues = [];
  const points = frequency_Hz.length;
  if (points < points_min) {
    issues.push({ where: 'spectrum', found: `${points} points`, wanted: `at least ${points_min}` });
  }
  for (let k = 0; k < points; k++) {
    const size = Math.hypot(real_ohm[k]!, imaginary_ohm[k]!);
    if (!(size > 0) || !(frequency_Hz[k]! > 0)) {
      const found = `${real_ohm[k]} ${imaginary_ohm[k]}j ohm at ${frequency_Hz[k]} Hz`;
      issues.push({ where: `spectrum, point ${k + 1}`, found, wanted: 'an impedance at a positive frequency' });
    }
  }
  if (issues.length > 0) throw new InputError(issues);
}

/** Whether a spectrum ends in a rising tail: −Im is largest at the lowest frequency. */
export function endsInTail({ frequency_Hz, imaginary_ohm }: ImpedanceSpectrum): boolean {
  const lowest = frequency_Hz.reduce((best, f, k) => (f < frequency_Hz[best]! ? k : best), 0);
  return imaginary_ohm[lowest]! < 0 && imaginary_ohm.every((value) => value >= imaginary_ohm[lowest]!);
}

// The Arrhenius factor relative to room temperature, shared by every thermally activated property.

import { exp } from '../../numerics/index.ts';
import { R, ROOM_TEMPERATURE_K } from '../../units/index.ts';

/** The exponent is held here on either side, so that no iterate of the temperature overflows; e^200 is beyond any physics. */
export const ARRHENIUS_LARGEST_EXPONENT = 200;

/** exp[(Ea/R)(1/298.15 − 1/T)]: 1 at 298.15 K, growing with T.
 *
 *   out[0] = factor,  out[1] = d factor/dT 1/K;   Ea J/mol   T K, positive */
export function arrheniusInto(Ea: number, T_K: number, out: Float64Array): void {
  const exponent = (Ea / R) * (1 / ROOM_TEMPERATURE_K - 1 / T_K);
  if (Math.abs(exponent) > ARRHENIUS_LARGEST_EXPONENT) {
    out[0] = exp(Math.sign(exponent) * ARRHENIUS_LARGEST_EXPONENT);
    out[1] = 0;
    return;
  }
  out[0] = exp(exponent);
  out[1] = (out[0]! * Ea) / (R * T_K * T_K);
}

/** The factor alone; see `arrheniusInto`. */
export function arrhenius(Ea: number, T_K: number): number {
  const exponent = (Ea / R) * (1 / ROOM_TEMPERATURE_K - 1 / T_K);
  return exp(Math.max(-ARRHENIUS_LARGEST_EXPONENT, Math.min(ARRHENIUS_LARGEST_EXPONENT, exponent)));
}

/** d(arrhenius)/dT, 1/K. */
export function arrheniusSlope_per_K(Ea: number, T_K: number): number {
  const exponent = (Ea / R) * (1 / ROOM_TEMPERATURE_K - 1 / T_K);
  return Math.abs(exponent) > ARRHENIUS_LARGEST_EXPONENT ? 0 : (exp(exponent) * Ea) / (R * T_K * T_K);
}

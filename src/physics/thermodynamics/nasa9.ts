// Heat capacity, enthalpy, entropy and Gibbs energy of a pure phase from the polynomials with nine coefficients.
//
//   Cp/R = a1/T² + a2/T + a3 + a4·T + a5·T² + a6·T³ + a7·T⁴
//   H/RT = −a1/T² + a2·ln(T)/T + a3 + a4·T/2 + a5·T²/3 + a6·T³/4 + a7·T⁴/5 + b1/T
//   S/R  = −a1/(2T²) − a2/T + a3·ln(T) + a4·T + a5·T²/2 + a6·T³/3 + a7·T⁴/4 + b2
//
// McBride, Zehe, Gordon, NASA/TP-2002-211556. H holds the enthalpy of formation at 298.15 K; a polynomial holds in its own range
// of temperature and nowhere else.

import { log } from '../../numerics/index.ts';

/** Coefficients a1 … a7, b1, b2, and the range in which they hold, K. */
export interface PolynomialInterval {
  readonly temperature_K: readonly [number, number];
  readonly coefficients: readonly number[];
}

export interface MolarState {
  readonly heatCapacity_J_per_mol_K: number;
  readonly enthalpy_J_per_mol: number;
  readonly entropy_J_per_mol_K: number;
  /** H − T·S. */
  readonly gibbs_J_per_mol: number;
}

/** Gas constant of the published polynomials, J/(mol K) (CODATA 1986). */
const R = 8.31451;

/** The molar state at T (K) by one polynomial, whose range must hold T. */
export function polynomialState(
  { temperature_K: [low, high], coefficients }: PolynomialInterval,
  T: number,
): MolarState {
  if (!(T >= low && T <= high)) throw new Error(`assert: ${T} K lies outside a polynomial of ${low} to ${high} K`);
  const [a1, a2, a3, a4, a5, a6, a7, b1, b2] = coefficients as unknown as readonly [
    ...[number, number, number, number, number, number, number, number, number],
  ];
  const T2 = T * T;
  const T3 = T2 * T;
  const T4 = T3 * T;
  const lnT = log(T);
  const cp = a1 / T2 + a2 / T + a3 + a4 * T + a5 * T2 + a6 * T3 + a7 * T4;
  const h = -a1 / T2 + (a2 * lnT) / T + a3 + (a4 * T) / 2 + (a5 * T2) / 3 + (a6 * T3) / 4 + (a7 * T4) / 5 + b1 / T;
  const s = -a1 / (2 * T2) - a2 / T + a3 * lnT + a4 * T + (a5 * T2) / 2 + (a6 * T3) / 3 + (a7 * T4) / 4 + b2;
  return {
    heatCapacity_J_per_mol_K: R * cp,
    enthalpy_J_per_mol: R * T * h,
    entropy_J_per_mol_K: R * s,
    gibbs_J_per_mol: R * T * (h - s),
  };
}

/** The molar state at T (K); undefined where no polynomial holds. Where two meet, the lower one is taken. */
export function molarState(intervals: readonly PolynomialInterval[], T: number): MolarState | undefined {
  const interval = intervals.find(({ temperature_K: [low, high] }) => T >= low && T <= high);
  return interval === undefined ? undefined : polynomialState(interval, T);
}

/** Of several phases, the one with the lowest Gibbs energy at T (K) and 1 bar, with its state; undefined if none reaches to T. */
export function stablePhase<Phase extends { readonly intervals: readonly PolynomialInterval[] }>(
  phases: readonly Phase[],
  T: number,
): { readonly phase: Phase; readonly state: MolarState } | undefined {
  let best: { phase: Phase; state: MolarState } | undefined;
  for (const phase of phases) {
    const state = molarState(phase.intervals, T);
    if (state !== undefined && (best === undefined || state.gibbs_J_per_mol < best.state.gibbs_J_per_mol)) {
      best = { phase, state };
    }
  }
  return best;
}

/** The ranges of temperature that the phases reach together, K, from the lowest; more than one where there are gaps. */
export function temperatureRanges(
  phases: readonly { readonly intervals: readonly PolynomialInterval[] }[],
): readonly (readonly [number, number])[] {
  const sorted = phases
    .flatMap(({ intervals }) => intervals.map(({ temperature_K: [low, high] }): [number, number] => [low, high]))
    .sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [low, high] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1]) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

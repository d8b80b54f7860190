// The current at which lithium breaks through a solid electrolyte when it is plated, seen in several ways that do not agree: that is
// how well it is known, a factor of three (spec §4.4).

import { exp, log, square } from '../../numerics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../../units/index.ts';

/** Δp = F·η/V_Li, Pa: with which an overpotential drives lithium into a closed flaw. 7.42 MPa for each mV. */
export function platingPressure_Pa(eta: number): number {
  return (F * eta) / LITHIUM_MOLAR_VOLUME_m3_per_mol;
}

/** Δp = K_IC/(1.12·√(π·c)), Pa: that opens a surface flaw of depth c, m, in a solid of toughness K_IC, Pa m^½. Griffith, Irwin. */
export function flawPressure_Pa(toughness: number, flaw: number): number {
  return toughness / (1.12 * Math.sqrt(Math.PI * flaw));
}

/** Overpotential at which both are equal, V. */
export function criticalOverpotential_V(toughness: number, flaw: number): number {
  return (flawPressure_Pa(toughness, flaw) * LITHIUM_MOLAR_VOLUME_m3_per_mol) / F;
}

/** i = η_c/R, A/m², R the areal resistance of the interface where it is least, Ω m² (E10). */
export function criticalCurrent_A_per_m2(toughness: number, flaw: number, resistance: number): number {
  return criticalOverpotential_V(toughness, flaw) / resistance;
}

/** ln i = a − b·ASR: single crystals of garnet, 10.1039/C9TA14177D. b in 1/(Ω m²). */
export interface EmpiricalCriticalCurrent {
  /** a: ln of the current in A/m² at no resistance. */
  readonly logAtZero: number;
  readonly fall_per_ohm_m2: number;
}

/** i of the empirical law at a resistance in Ω m², A/m². */
export function empiricalCriticalCurrent_A_per_m2(law: EmpiricalCriticalCurrent, resistance: number): number {
  return exp(law.logAtZero - law.fall_per_ohm_m2 * resistance);
}

/** Least squares of ln i against ASR over measured pairs; needs two different resistances. */
export function fitCriticalCurrent(
  pairs: readonly { readonly resistance_ohm_m2: number; readonly critical_A_per_m2: number }[],
): EmpiricalCriticalCurrent {
  const n = pairs.length;
  const meanR = pairs.reduce((sum, { resistance_ohm_m2 }) => sum + resistance_ohm_m2, 0) / n;
  const meanLog = pairs.reduce((sum, { critical_A_per_m2 }) => sum + log(critical_A_per_m2), 0) / n;
  let [product, spread] = [0, 0];
  for (const { resistance_ohm_m2, critical_A_per_m2 } of pairs) {
    product += (resistance_ohm_m2 - meanR) * (log(critical_A_per_m2) - meanLog);
    spread += square(resistance_ohm_m2 - meanR);
  }
  const slope = product / spread;
  return { logAtZero: meanLog - slope * meanR, fall_per_ohm_m2: -slope };
}

/** Shear modulus of lithium, Pa. Monroe and Newman 2005, 10.1149/1.1850854. */
export const LITHIUM_SHEAR_MODULUS_Pa = 3.4e9;
/** Shear modulus of a separator over that of lithium from which a small bump of the surface dies away. */
export const MONROE_NEWMAN_RATIO = 2;

/** Whether a separator is stiff enough to flatten small bumps. Necessary, not sufficient: garnet passes with ease and is pierced. */
export function passesMonroeNewman(shearModulus_Pa: number): boolean {
  return shearModulus_Pa >= MONROE_NEWMAN_RATIO * LITHIUM_SHEAR_MODULUS_Pa;
}

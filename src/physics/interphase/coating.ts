// What a film lets through that covers only part of the surface: resistance of open and covered parts side by side, limits of
// films that also carry anions, grain boundaries, swelling, and a coating that lithium consumes.

import { square } from '../../numerics/index.ts';
import { F } from '../../units/index.ts';

/** Covered and open surface side by side, 1/R = f/(R_n + R_c) + (1 − f)/R_n, per real area.
 *
 *   out[0] = R Ω m²,  out[1] = ∂R/∂f Ω m²,  out[2] = ∂R/∂R_n 1,  out[3] = ∂R/∂R_c 1
 *   f share covered   R_n native film   R_c coating, Ω m²
 *
 * The temperature acts through R_n and R_c: ∂R/∂T = out[2]·∂R_n/∂T + out[3]·∂R_c/∂T. Spec §1.4 (mosaic). */
export function coatedResistanceInto(f: number, R_n: number, R_c: number, out: Float64Array): void {
  const whole = R_n + (1 - f) * R_c;
  if (whole === 0) {
    // No native film, and either no pinhole left or no coating: what is left is the coating.
    out[0] = R_c;
    out[1] = 0;
    out[2] = 1;
    out[3] = f;
    return;
  }
  const open = R_n / whole;
  out[0] = R_n + f * R_c * open;
  out[1] = (R_c * open * (R_n + R_c)) / whole;
  out[2] = 1 + (f * (1 - f) * R_c * R_c) / (whole * whole);
  out[3] = f * open * open;
}

/**
 * Current density at which a film that also carries anions is emptied of salt on one side, 2F·D·c/((1 − t)·L), A/m2; infinite
 * for t = 1. D m2/s and c mol/m3 of the salt in the film, t its transference number, L m. Spec §1.4.
 */
export function filmLimitingCurrent_A_per_m2(
  diffusivity_m2_per_s: number,
  concentration_mol_per_m3: number,
  transference: number,
  thickness_m: number,
): number {
  return (2 * F * diffusivity_m2_per_s * concentration_mol_per_m3) / ((1 - transference) * thickness_m);
}

/** Share of a section across the film that grain boundaries of width δ between grains of size g take up, both m. */
export function grainBoundaryShare(width_m: number, grainSize_m: number): number {
  const inside = Math.max(0, 1 - width_m / grainSize_m);
  return 1 - inside * inside;
}

/**
 * σ = (1 − φ)·σ_grain + φ·σ_boundary, S/m: brick-shaped grains with boundaries that run through the film beside them. In LiF the
 * boundaries carry most of the current. Spec §1.4, term σ_gb·φ_gb.
 */
export function grainBoundaryConductivity_S_per_m(
  grain_S_per_m: number,
  boundary_S_per_m: number,
  boundaryShare: number,
): number {
  return (1 - boundaryShare) * grain_S_per_m + boundaryShare * boundary_S_per_m;
}

/** A film that swells by s = L_wet/L_dry in the electrolyte is softer by it, Pa. Spec §1.4; Zhang 2022, 10.1126/science.abi8703. */
export function swollenModulus_Pa(dry_Pa: number, swelling: number): number {
  return dry_Pa / swelling;
}

/** It lets s times as much solvent through: the constant of L² = k²t grows with √s, m/s^½. Spec §1.4. */
export function swollenGrowth_m_per_sqrt_s(dry_m_per_sqrt_s: number, swelling: number): number {
  return dry_m_per_sqrt_s * Math.sqrt(swelling);
}

/** What is left, m, of a coating that lithium has consumed for a time t: L² = L0² − k²t, 0 from L0²/k² on; k in m/s^½. Al2O3
 * becomes Li2O and Al, 6 Li each. Spec §2. */
export function consumedThickness_m(start_m: number, consumption_m_per_sqrt_s: number, time_s: number): number {
  const square = start_m * start_m - consumption_m_per_sqrt_s * consumption_m_per_sqrt_s * Math.max(time_s, 0);
  return square > 0 ? Math.sqrt(square) : 0;
}

/** t = L0²/k², s: when such a coating is gone; infinite for k = 0. */
export function coatingLifetime_s(start_m: number, consumption_m_per_sqrt_s: number): number {
  return square(start_m / consumption_m_per_sqrt_s);
}

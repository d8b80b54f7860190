// Wetting that a reaction brings about. Whether the reaction can run is decided by its Gibbs energy; that it can does not mean that
// the liquid wets, as the product may not be wetted either, or may close the surface. So the energy is a gate: behind it the angle
// is that of the product, and it comes there at the reaction's own pace.

import { exp, log } from '../../numerics/index.ts';
import { R } from '../../units/index.ts';
import type { MoltenLithiumAngle_rad } from './quantities.ts';

/**
 * Energy that a film of the solid sets free when it reacts away, per area, J/m²: Δg = Δ_rG·δ/V_m, with Δ_rG in J per mole of the
 * solid, δ the film's thickness in m and V_m the solid's molar volume in m³/mol. One nanometre of ZnO gives −16 J/m², forty times
 * the surface tension of lithium.
 */
export function reactionEnergy_J_per_m2(drG: number, delta: number, V_m: number): number {
  return (drG * delta) / V_m;
}

/**
 * cos θ = cos θ0 − (Δσ + Δg)/γ, held at ±1: the smallest angle that a reaction could bring if all its energy did work at the edge
 * of the drop; Δσ is what the exchange of interfaces costs, J/m². Laurent 1988; Eustathopoulos 1998, 10.1016/S1359-6454(97)00388-5.
 */
export function reactiveCosine(cosine0: number, deltaSigma: number, deltaG: number, gamma: number): number {
  return Math.max(-1, Math.min(1, cosine0 - (deltaSigma + deltaG) / gamma));
}

/** A reaction can run only where it sets energy free. Necessary, not sufficient. */
export const isReactionPossible = (drG_J_per_mol: number): boolean => drG_J_per_mol < 0;

/** k = k_w·e^(−E_w/RT), 1/s: how fast the surface turns into product. */
export function reactionRate_per_s(k_w: number, E_w: number, T: number): number {
  return k_w * exp(-E_w / (R * T));
}

/** θ(t) = θ_p + (θ0 − θ_p)·e^(−k·t): from the angle on the solid to that on its product. */
export function reactiveAngle(
  theta0: MoltenLithiumAngle_rad,
  thetaProduct: MoltenLithiumAngle_rad,
  k: number,
  t: number,
): MoltenLithiumAngle_rad {
  return (thetaProduct + (theta0 - thetaProduct) * exp(-k * t)) as MoltenLithiumAngle_rad;
}

/** Time until θ(t) falls to 90°, from where capillaries draw the liquid in, s; 0 where θ0 is below it, infinite where θ_p is not. */
export function timeToRightAngle_s(
  theta0: MoltenLithiumAngle_rad,
  thetaProduct: MoltenLithiumAngle_rad,
  k: number,
): number {
  const right = Math.PI / 2;
  if (theta0 <= right) return 0;
  return thetaProduct >= right ? Number.POSITIVE_INFINITY : log((theta0 - thetaProduct) / (right - thetaProduct)) / k;
}

/** t_i = t0·e^(E/RT), s: until the skin of oxide on the melt and on the solid gives way. */
export function inductionTime_s(t0: number, E: number, T: number): number {
  return t0 * exp(E / (R * T));
}

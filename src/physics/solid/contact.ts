// How much of a solid electrolyte lithium touches: from how it wets, and from how hard it is pressed (spec §4.1).

import { cos, exp } from '../../numerics/index.ts';
import type { MoltenLithiumAngle_rad } from '../wetting/quantities.ts';

/** Below this share no interface stays, whatever the angle. */
export const CONTACT_MIN = 0.01;

/**
 * θ_c = 1/(1 + e^((θ − θ50)/s)), at least 0.01: share of the area that lithium touches once it has been molten on it and frozen.
 * θ contact angle of molten lithium, rad; θ50 that of half contact, s the width, rad. A prior, not a measurement: θ50 90°, s 12°.
 */
export function contactOfAngle(theta: MoltenLithiumAngle_rad, theta50_rad: number, width_rad: number): number {
  return Math.max(CONTACT_MIN, 1 / (1 + exp((theta - theta50_rad) / width_rad)));
}

/**
 * θ_c·√(P/P0), at most 1: contact under a stack pressure other than the one at which it is θ_c. Resistance of lithium on Li6PS5Cl
 * falls with P^−½ and with the inverse of the area of contact (arXiv:2501.00600), so the area grows with P^½.
 */
export function contactUnderPressure(contact: number, P: number, P0: number): number {
  return Math.min(1, contact * Math.sqrt(P / P0));
}

/** Contact from which on pressure has nothing to close. */
const CLOSED_CONTACT = 0.95;
/** Contact below this is no contact: a stack that is hardly pressed. */
const CONTACT_OF_LOOSE_STACK = 1e-3;

/** Contact of an electrolyte that does not yield, in a stack under P: as `contactUnderPressure`, but what is closed stays closed. */
export function contactInStack(contact: number, P: number, P0: number): number {
  return contact >= CLOSED_CONTACT ? contact : Math.max(CONTACT_OF_LOOSE_STACK, contactUnderPressure(contact, P, P0));
}

/** Pressure that fills a pocket of a radius against the angle, Pa: −2γ·cos θ/r, nothing where lithium wets. */
export function pocketPressure_Pa(gamma: number, theta: MoltenLithiumAngle_rad, r: number): number {
  return Math.max(0, (-2 * gamma * cos(theta)) / r);
}

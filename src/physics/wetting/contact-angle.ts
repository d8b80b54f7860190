// Where a drop of liquid comes to rest on a solid: on a smooth one (Young), on a rough one that it fills (Wenzel), on the tops of
// one that it does not fill (Cassie-Baxter), and on patches of two solids. The laws are those of any liquid; the type of the
// angle says which liquid it is, and they hand it on.
//
//   θ contact angle on the smooth solid, θ* the apparent one on the textured solid, both rad
//   γ surface tension of the liquid, N/m = J/m²     W work of adhesion, J/m²
//   r real over projected area, from 1              f share of the projected area that is solid at the tops, above 0 to 1

import { acos, cos } from '../../numerics/index.ts';
import type { ContactAngle_rad } from './quantities.ts';

const held = (cosine: number): number => Math.max(-1, Math.min(1, cosine));

/** cos θ = (γ_S − γ_SL)/γ; held at ±1, where the liquid spreads or lies as a ball. Young 1805, 10.1098/rstl.1805.0005. */
export function youngCosine(gamma_S: number, gamma_SL: number, gamma: number): number {
  return held((gamma_S - gamma_SL) / gamma);
}

/** W = γ(1 + cos θ), J/m²: 0 for a ball, 2γ for a liquid that spreads. Dupré 1869. */
export function workOfAdhesion_J_per_m2(gamma: number, theta: ContactAngle_rad): number {
  return gamma * (1 + cos(theta));
}

/** θ of W = γ(1 + cos θ), rad; 0 where W exceeds the cohesion 2γ, π where it is none. Inverse of `workOfAdhesion_J_per_m2`. */
export function angleOfAdhesion<A extends ContactAngle_rad>(gamma: number, W: number): A {
  return acos(held(W / gamma - 1)) as A;
}

/** cos θ* = r·cos θ: the liquid fills the texture, which helps what wets and harms what does not. Wenzel 1936, 10.1021/ie50320a024. */
export function wenzelAngle<A extends ContactAngle_rad>(theta: A, r: number): A {
  return acos(held(r * cos(theta))) as A;
}

/** cos θ* = f·(1 + cos θ) − 1: the liquid rests on the tops over trapped gas. Cassie and Baxter 1944, 10.1039/tf9444000546. */
export function cassieBaxterAngle<A extends ContactAngle_rad>(theta: A, f: number): A {
  return acos(held(f * (1 + cos(theta)) - 1)) as A;
}

/** cos θ* = 1 − f·(1 − cos θ): the liquid has crept into the texture ahead of itself. Bico 2002, 10.1016/S0927-7757(02)00061-4. */
export function filmAngle<A extends ContactAngle_rad>(theta: A, f: number): A {
  return acos(held(1 - f * (1 - cos(theta)))) as A;
}

/** One kind of patch: its share of the area and the angle on it. */
export interface Patch<A extends ContactAngle_rad> {
  readonly share: number;
  readonly angle_rad: A;
}

/** cos θ* = Σ f_i·cos θ_i for patches that are small beside the drop; the shares add up to 1. Cassie 1948, 10.1039/df9480300011. */
export function mixedAngle<A extends ContactAngle_rad>(patches: readonly Patch<A>[]): A {
  return acos(held(patches.reduce((sum, { share, angle_rad }) => sum + share * cos(angle_rad), 0))) as A;
}

/**
 * cos θ_c = −(1 − f)/(r − f): beyond θ_c the drop that rests on the tops has the lower energy. With θ_c below a right angle turned
 * about it, cos θ = +(1 − f)/(r − f), the liquid creeps into the texture by itself. −1, and so never, for r = 1; also where
 * r = f = 1, as there is no texture. Quéré 2008, 10.1146/annurev.matsci.38.060407.132434.
 */
export function crossoverCosine(r: number, f: number): number {
  return r === f ? -1 : -(1 - f) / (r - f);
}

/** What the liquid does on a texture. */
export type TextureRegime = 'creeps in' | 'fills' | 'rests on the tops';

export interface ApparentAngle<A extends ContactAngle_rad> {
  readonly regime: TextureRegime;
  readonly angle_rad: A;
}

/** The apparent angle in the state of least energy. The three laws meet at the crossovers, so the angle never jumps. */
export function apparentAngle<A extends ContactAngle_rad>(theta: A, r: number, f: number): ApparentAngle<A> {
  const crossover = crossoverCosine(r, f);
  const cosine = cos(theta);
  if (crossover > -1 && cosine <= crossover && cosine < 0) {
    return { regime: 'rests on the tops', angle_rad: cassieBaxterAngle(theta, f) };
  }
  if (crossover > -1 && cosine >= -crossover && cosine > 0) {
    return { regime: 'creeps in', angle_rad: filmAngle(theta, f) };
  }
  return { regime: 'fills', angle_rad: wenzelAngle(theta, r) };
}

// The interphase that grows where a solid electrolyte is reduced by lithium (spec §4.2, E9). Lithium passes it as ions one way and
// electrons the same way; whichever moves less sets the pace. What an interface of type II does to stop it is to let no electrons
// through.
//
//   w thickness, m    σ_i, σ_e conductivity for ions and electrons, S/m    E reduction potential of the electrolyte, V against Li/Li⁺
//   V_ip/ν volume of interphase made by one mole of lithium, m³/mol        x from the lithium (0) to the electrolyte (w)
//   m share of the potential of lithium that is lost on the way: 0 at the metal, 1 at the electrolyte

import { exp } from '../../numerics/index.ts';
import { F } from '../../units/index.ts';

/** σ_amb = σ_i·σ_e/(σ_i + σ_e), S/m: of lithium as ions and electrons together. 0 where either is. Wagner 1933, 10.1515/zpch-1933-2105. */
export function ambipolarConductivity_S_per_m(sigma_i: number, sigma_e: number): number {
  return sigma_i === 0 || sigma_e === 0 ? 0 : 1 / (1 / sigma_i + 1 / sigma_e);
}

/** K = (V_ip/ν)·σ_amb·E/F, m²/s. Nothing for an electrolyte that lithium does not reduce. */
export function growthConstant_m2_per_s(volumePerLithium: number, sigma_amb: number, E: number): number {
  return (volumePerLithium * sigma_amb * Math.max(0, E)) / F;
}

/** w = √(w0² + 2K·t), m: parabolic, as the way grows with the layer. */
export function interphaseThickness_m(w0: number, K: number, t: number): number {
  return Math.sqrt(w0 * w0 + 2 * K * t);
}

/** R = w/σ_i, Ω m²: what ions meet on the way; grows with √t. */
export function interphaseResistance_ohm_m2(w: number, sigma_i: number): number {
  return w / sigma_i;
}

/** Charge of the lithium that a layer has taken, C/m². */
export function interphaseCharge_C_per_m2(w: number, volumePerLithium: number): number {
  return (w / volumePerLithium) * F;
}

/**
 * I: lithium does not reduce it. II: an interphase that lets ions through and few electrons, so that it slows itself down. III: a
 * mixed conductor that grows on. Wenzel 2015, 10.1016/j.ssi.2015.06.001.
 */
export type InterfaceType = 'I' | 'II' | 'III';

/** Electrolytes reduced below this potential are counted as stable, V: LLZO with 0.05 V makes no film that is seen. */
export const STABLE_BELOW_V = 0.05;
/** From this ratio of electronic to ionic conductivity on the layer is a mixed conductor. */
export const MIXED_FROM_RATIO = 0.1;

export function interfaceType(E: number, sigma_i: number, sigma_e: number): InterfaceType {
  if (E <= STABLE_BELOW_V) return 'I';
  return sigma_e / sigma_i < MIXED_FROM_RATIO ? 'II' : 'III';
}

export interface InterphaseProfile {
  /** x/w of each node, from the lithium. */
  readonly depthShare: Float64Array;
  /** Potential against lithium that lithium in the layer has there, V: 0 at the metal, E at the electrolyte. */
  readonly lithium_V: Float64Array;
  /** The part of it that electrons bear: all for type II, none for a metal-like layer; ions bear the rest. */
  readonly electrons_V: Float64Array;
  /** Mean of σ_amb over the potential, S/m: what E9 grows with. */
  readonly meanAmbipolar_S_per_m: number;
}

/**
 * The steady profile for an electronic conductivity that hangs on the potential of lithium. The flux is the same everywhere, so
 * dx ∝ σ_amb(m)·dm; electrons bear dφ = E·σ_i/(σ_i + σ_e)·dm. Trapezoids over `cells` equal steps of m: second order.
 */
export function interphaseProfile(
  E: number,
  sigma_i: number,
  sigma_e: (m: number) => number,
  cells: number,
): InterphaseProfile {
  const depthShare = new Float64Array(cells + 1);
  const lithium_V = new Float64Array(cells + 1);
  const electrons_V = new Float64Array(cells + 1);
  const step = 1 / cells;
  const ionShare = (m: number): number => sigma_i / (sigma_i + sigma_e(m));
  const ambipolar = (m: number): number => ambipolarConductivity_S_per_m(sigma_i, sigma_e(m));
  for (let k = 1; k <= cells; k++) {
    const [from, to] = [(k - 1) * step, k * step];
    depthShare[k] = depthShare[k - 1]! + (step * (ambipolar(from) + ambipolar(to))) / 2;
    lithium_V[k] = E * to;
    electrons_V[k] = electrons_V[k - 1]! + (E * step * (ionShare(from) + ionShare(to))) / 2;
  }
  const whole = depthShare[cells]!;
  // Without electrons nothing flows and no place inside is special: the drop then lies at the metal.
  for (let k = 1; k <= cells; k++) depthShare[k] = whole > 0 ? depthShare[k]! / whole : k === cells ? 1 : 0;
  return { depthShare, lithium_V, electrons_V, meanAmbipolar_S_per_m: whole };
}

/** σ_e0·e^(−g·m): electrons that follow the lithium in the layer; g > 0 where the side of the metal conducts better. */
export const exponentialConductivity = (sigma_e0: number, g: number) => (m: number) => sigma_e0 * exp(-g * m);

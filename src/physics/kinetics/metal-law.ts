// What a law of charge transfer at lithium metal is: a relation between the scaled overpotential u = Fη/RT and the scaled
// current y = j/j0 per real area, both ways, with exact derivatives. The anodic direction (stripping) is positive.
//
// Working in u and y keeps j0 and its dependence on concentration out of the law, and the law out of the exchange current.

import { F, R } from '../../units/index.ts';
import { butlerVolmerLaw } from './butler-volmer.ts';
import { marcusHushChidseyLaw } from './marcus-hush-chidsey.ts';

/** Charge transfer at a metal, scaled so that y ≈ u at small u for a symmetric law. Allocates nothing after construction. */
export interface MetalLaw {
  readonly name: string;
  /** DOI or textbook source of the law. */
  readonly source: string;
  /** out[0] = y = j/j0, out[1] = dy/du, out[2] = ∂y/∂T at fixed u (1/K); u = Fη/RT, T in K. */
  currentInto(u: number, T_K: number, out: Float64Array): void;
  /**
   * out[0] = u, out[1] = du/dy, out[2] = ∂u/∂T at fixed y (1/K). Where the law has a limiting current and |y| reaches it,
   * no overpotential carries y: out[0] = ±Infinity, out[1] = Infinity, out[2] = 0. A caller tests `Number.isFinite(out[0])`.
   */
  overpotentialInto(y: number, T_K: number, out: Float64Array): void;
  /**
   * The same where the lithium has activity a ≤ 1, as the last of it on a collector: only what strips feels it, so
   * y = a·y_ox − y_red. out[0] = e = F·Δφ/RT against thick lithium, −ln a at y = 0; out[1] = ∂e/∂y, out[2] = ∂e/∂T,
   * out[3] = ∂e/∂ln a. Where no potential carries y, out[0] is ±Infinity.
   */
  overpotentialAtActivityInto(y: number, activity: number, T_K: number, out: Float64Array): void;
}

/** The choice of a law as plain data. */
export type MetalLawChoice =
  | { readonly kind: 'butler-volmer'; readonly alphaAnodic: number; readonly alphaCathodic: number }
  | { readonly kind: 'marcus-hush-chidsey'; readonly reorganisationEnergy_eV: number };

/** The law that a cell names. */
export function metalLaw(choice: MetalLawChoice): MetalLaw {
  switch (choice.kind) {
    case 'butler-volmer':
      return butlerVolmerLaw(choice.alphaAnodic, choice.alphaCathodic);
    case 'marcus-hush-chidsey':
      return marcusHushChidseyLaw(choice.reorganisationEnergy_eV);
  }
}

/** Thermal voltage RT/F, V: 25.69 mV at 298.15 K. */
export function thermalVoltage_V(T_K: number): number {
  return (R * T_K) / F;
}

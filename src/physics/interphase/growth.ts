// Growth of one interphase layer on lithium (spec §1.5). Every law is one function of thickness, potential, current and
// temperature with exact derivatives. Where a law gives a current of reduction j_sei, the layer grows at
//
//   dL/dt = j_sei/(F·c_Li)      one electron for each lithium bound, c_Li the lithium in a unit volume of the layer.
//
// Potential: Δφ = φ of the metal − φ of the electrolyte just outside the layer. The two laws with a reaction at the foot of
// the layer see Δφ − jL/σ, the drop that the cell's own current makes across the layer taken off.

import { exp, log1p } from '../../numerics/index.ts';
import { F, R } from '../../units/index.ts';

/** The choice of a growth law as plain data; see each law's function for its equation. */
export type GrowthLawChoice =
  | { readonly kind: 'none' }
  | ReactionLimited
  | TransportLimited
  | Tunnelling
  | Unified
  | ElectronMigration
  | InterstitialDiffusion
  | SolventReactionDiffusion;

export interface ReactionLimited {
  readonly kind: 'reaction-limited';
  readonly rate_m_per_s: number;
  readonly alpha: number;
  readonly potential_V: number;
}
export interface TransportLimited {
  readonly kind: 'transport-limited';
  readonly k_m_per_sqrt_s: number;
}
export interface Tunnelling {
  readonly kind: 'tunnelling';
  readonly rate_m_per_s: number;
  readonly decay_per_m: number;
}
export interface Unified {
  readonly kind: 'unified';
  readonly exchangeCurrent_A_per_m2: number;
  readonly alpha: number;
  readonly diffusivity_m2_per_s: number;
  readonly concentration_mol_per_m3: number;
  readonly tunnellingThickness_m: number;
}
export interface ElectronMigration {
  readonly kind: 'electron-migration';
  readonly conductivity_S_per_m: number;
  readonly potential_V: number;
}
export interface InterstitialDiffusion {
  readonly kind: 'interstitial-diffusion';
  readonly diffusivity_m2_per_s: number;
  readonly concentration_mol_per_m3: number;
}
export interface SolventReactionDiffusion {
  readonly kind: 'solvent-reaction-diffusion';
  readonly rate_m_per_s: number;
  readonly alpha: number;
  readonly potential_V: number;
  readonly diffusivity_m2_per_s: number;
  readonly concentration_mol_per_m3: number;
}

/** Where a layer stands. Made once and overwritten by the caller. */
export interface GrowthArguments {
  L_m: number;
  /** Metal minus electrolyte just outside the layer. */
  deltaPhi_V: number;
  /** Current of the cell through the layer per real area; positive strips. */
  j_A_per_m2: number;
  /** Ionic conductivity of the layer at T. */
  sigma_S_per_m: number;
  /** Lithium bound in the layer. */
  lithiumConcentration_mol_per_m3: number;
  /** Arrhenius factor of the growth; multiplies the rate. */
  arrhenius: number;
  T_K: number;
}

/** Where each law comes from. */
export const GROWTH_SOURCES: Readonly<Record<GrowthLawChoice['kind'], string>> = {
  none: 'a thickness that stays',
  'reaction-limited': 'spec §1.5 (a); as in PyBaMM sei_growth "reaction limited"',
  'transport-limited': 'spec §1.5 (b), L² = L0² + k²t',
  tunnelling: 'spec §1.5 (c); Tang et al. 2012, as in PyBaMM "tunnelling limited"',
  unified: 'von Kolzenberg et al. 2020, 10.1002/cssc.202000867',
  'electron-migration': 'PyBaMM sei_growth "electron-migration limited"',
  'interstitial-diffusion': 'PyBaMM sei_growth "interstitial-diffusion limited"',
  'solvent-reaction-diffusion': 'Yang et al. 2017, 10.1016/j.jpowsour.2017.05.110; PyBaMM "ec reaction limited"',
};

/** How many numbers `growthInto` writes. */
export const GROWTH_OUTPUTS = 5;

/**
 * Thickness at which a 1/L law stops rising as L → 0: about one molecular layer, below which there is no film to cross.
 */
export const GROWTH_THICKNESS_m_FLOOR = 1e-10;

/** Exponents are held to this size, so that no iterate of the potential overflows; the slope is then 0. */
const EXPONENT_MAX = 300;

/**
 * Growth of the layer: out[0] = dL/dt m/s, never negative; out[1] = ∂/∂L 1/s; out[2] = ∂/∂Δφ m/(s V); out[3] = ∂/∂j
 * m3/C; out[4] = ∂/∂T m/(s K) at fixed σ and Arrhenius factor. Two more follow from these: the rate is proportional to the
 * Arrhenius factor, and j and σ enter as j/σ alone, so ∂/∂σ = −(j/σ)·∂/∂j. A kink (a law that switches off) takes the slope
 * of the side that is off.
 */
export function growthInto(law: GrowthLawChoice, at: Readonly<GrowthArguments>, out: Float64Array): void {
  out.fill(0);
  switch (law.kind) {
    case 'none':
      return;
    case 'reaction-limited':
      reactionLimited(law, at, out);
      return;
    case 'transport-limited':
      transportLimited(law, at, out);
      return;
    case 'tunnelling':
      tunnelling(law, at, out);
      return;
    case 'unified':
      unified(law, at, out);
      return;
    case 'electron-migration':
      electronMigration(law, at, out);
      return;
    case 'interstitial-diffusion':
      interstitialDiffusion(law, at, out);
      return;
    case 'solvent-reaction-diffusion':
      solventReactionDiffusion(law, at, out);
      return;
  }
}

/** (a) dL/dt = k·exp[−αF(Δφ − U − jL/σ)/RT]; k at Δφ = U, m/s. */
function reactionLimited(law: ReactionLimited, at: Readonly<GrowthArguments>, out: Float64Array): void {
  const { L_m: L, j_A_per_m2: j, sigma_S_per_m: sigma, T_K: T } = at;
  const a = (-law.alpha * F) / (R * T);
  const eta = at.deltaPhi_V - law.potential_V - (j * L) / sigma;
  const exponent = a * eta;
  const held = heldExponent(exponent);
  const rate = at.arrhenius * law.rate_m_per_s * exp(held);
  out[0] = rate;
  if (held !== exponent) return;
  out[1] = (-rate * a * j) / sigma;
  out[2] = rate * a;
  out[3] = (-rate * a * L) / sigma;
  out[4] = (-rate * exponent) / T;
}

/** (b) dL/dt = k²/(2L), so L² = L0² + k²t; k in m/√s. */
function transportLimited(law: TransportLimited, at: Readonly<GrowthArguments>, out: Float64Array): void {
  const L = Math.max(at.L_m, GROWTH_THICKNESS_m_FLOOR);
  const rate = (at.arrhenius * law.k_m_per_sqrt_s * law.k_m_per_sqrt_s) / (2 * L);
  out[0] = rate;
  out[1] = at.L_m > GROWTH_THICKNESS_m_FLOOR ? -rate / L : 0;
}

/** (c) dL/dt = k·exp(−βL): electrons that tunnel. */
function tunnelling(law: Tunnelling, at: Readonly<GrowthArguments>, out: Float64Array): void {
  const exponent = -law.decay_per_m * at.L_m;
  const held = heldExponent(exponent);
  out[0] = at.arrhenius * law.rate_m_per_s * exp(held);
  out[1] = held === exponent ? -law.decay_per_m * out[0]! : 0;
}

/**
 * (d) Reaction, diffusion and migration in one (von Kolzenberg 2020, 10.1002/cssc.202000867), e = FΔφ/RT:
 *
 *   j_sei = j0·e^{−αe}·(1 − m)/(1 − m + L_a/L_diff),  L_a = max(0, L − L_tun),
 *   L_diff = (DcF/j0)·e^{−(1−α)e},  m = L_a·F·j/(2RTσ)
 *
 * m is the layer against its migration length 2RTσ/(F|j|) with the sign of the current: plating (m < 0) accelerates,
 * stripping slows, and from m = 1 on nothing grows.
 */
function unified(law: Unified, at: Readonly<GrowthArguments>, out: Float64Array): void {
  const { j_A_per_m2: j, sigma_S_per_m: sigma, T_K: T } = at;
  const f = F / (R * T);
  const thick = at.L_m > law.tunnellingThickness_m;
  const L_a = thick ? at.L_m - law.tunnellingThickness_m : 0;
  const m = (0.5 * f * L_a * j) / sigma;
  if (m >= 1) return;
  const e = f * at.deltaPhi_V;
  const reaction = -law.alpha * e;
  const diffusion = (1 - law.alpha) * e;
  const reactionHeld = heldExponent(reaction);
  const diffusionHeld = heldExponent(diffusion);
  const reaction_e = reactionHeld === reaction ? -law.alpha : 0;
  const diffusion_e = diffusionHeld === diffusion ? 1 - law.alpha : 0;
  const prefactor =
    (at.arrhenius * law.exchangeCurrent_A_per_m2 * exp(reactionHeld)) / (F * at.lithiumConcentration_mol_per_m3);
  // q = L_a/L_diff, and the share of the reaction current that passes the layer.
  const q_L =
    (law.exchangeCurrent_A_per_m2 * exp(diffusionHeld)) / (law.diffusivity_m2_per_s * law.concentration_mol_per_m3 * F);
  const q = L_a * q_L;
  const passed = 1 - m;
  const share = passed / (passed + q);
  // Written through share so that a q beyond the range of doubles gives 0 and not Infinity/Infinity.
  const rate = prefactor * share;
  const share_m = passed > 0 ? (-share * (1 - share)) / passed : 0;
  const share_lnq = -share * (1 - share);
  const rate_e = rate * reaction_e + prefactor * share_lnq * diffusion_e;
  const m_over_L = (0.5 * f * j) / sigma;
  out[0] = rate;
  out[1] = thick ? prefactor * (share_m * m_over_L - (share * share * q_L) / passed) : 0;
  out[2] = rate_e * f;
  out[3] = prefactor * share_m * ((0.5 * f * L_a) / sigma);
  out[4] = (-rate_e * e - prefactor * share_m * m) / T;
}

/** Electrons that migrate under the potential: j_sei = κ(U − Δφ)/L while Δφ < U. */
function electronMigration(law: ElectronMigration, at: Readonly<GrowthArguments>, out: Float64Array): void {
  const drive = law.potential_V - at.deltaPhi_V;
  if (!(drive > 0)) return;
  const L = Math.max(at.L_m, GROWTH_THICKNESS_m_FLOOR);
  const slope = (at.arrhenius * law.conductivity_S_per_m) / (L * F * at.lithiumConcentration_mol_per_m3);
  out[0] = slope * drive;
  out[1] = at.L_m > GROWTH_THICKNESS_m_FLOOR ? -out[0]! / L : 0;
  out[2] = -slope;
}

/** Neutral lithium that diffuses through the layer: j_sei = (D·c·F/L)·exp(−FΔφ/RT). */
function interstitialDiffusion(law: InterstitialDiffusion, at: Readonly<GrowthArguments>, out: Float64Array): void {
  const L = Math.max(at.L_m, GROWTH_THICKNESS_m_FLOOR);
  const a = -F / (R * at.T_K);
  const exponent = a * at.deltaPhi_V;
  const held = heldExponent(exponent);
  const rate =
    (at.arrhenius * law.diffusivity_m2_per_s * law.concentration_mol_per_m3 * exp(held)) /
    (L * at.lithiumConcentration_mol_per_m3);
  out[0] = rate;
  out[1] = at.L_m > GROWTH_THICKNESS_m_FLOOR ? -rate / L : 0;
  if (held !== exponent) return;
  out[2] = rate * a;
  out[4] = (-rate * exponent) / at.T_K;
}

/**
 * Solvent that diffuses through the layer and reacts at its foot (Yang 2017, 10.1016/j.jpowsour.2017.05.110):
 * j_sei = F·c·k/(1 + kL/D), k = k0·exp[−αF(Δφ − U − jL/σ)/RT].
 */
function solventReactionDiffusion(
  law: SolventReactionDiffusion,
  at: Readonly<GrowthArguments>,
  out: Float64Array,
): void {
  const { L_m: L, j_A_per_m2: j, sigma_S_per_m: sigma, T_K: T } = at;
  const a = (-law.alpha * F) / (R * T);
  const exponent = a * (at.deltaPhi_V - law.potential_V - (j * L) / sigma);
  const held = heldExponent(exponent);
  // h = k/(1 + kL/D) as 1/(1/k + L/D): resistances of reaction and layer in series.
  const reaction = exp(-held) / law.rate_m_per_s;
  const h = 1 / (reaction + Math.max(L, 0) / law.diffusivity_m2_per_s);
  const scale = (at.arrhenius * law.concentration_mol_per_m3) / at.lithiumConcentration_mol_per_m3;
  const rate = scale * h;
  const rate_exponent = held === exponent ? rate * h * reaction : 0;
  out[0] = rate;
  out[1] = (-rate_exponent * a * j) / sigma - (L > 0 ? (rate * h) / law.diffusivity_m2_per_s : 0);
  out[2] = rate_exponent * a;
  out[3] = (-rate_exponent * a * L) / sigma;
  out[4] = (-rate_exponent * exponent) / T;
}

function heldExponent(exponent: number): number {
  return Math.min(Math.max(exponent, -EXPONENT_MAX), EXPONENT_MAX);
}

/** What holds still while a layer grows in closed form. */
export interface SteadyConditions {
  /** Arrhenius factor of the growth. */
  readonly arrhenius: number;
  readonly deltaPhi_V: number;
  readonly T_K: number;
}

/**
 * Thickness after t seconds from L0 metres at rest (j = 0): linear (a), L² = L0² + k²t (b), L0 + ln(1 + βkt·e^{−βL0})/β (c).
 * Without conditions the factor is 1 and (a) stands at Δφ = U. Null for the laws that have no closed form.
 */
export function closedFormThickness_m(
  law: GrowthLawChoice,
  L0: number,
  t: number,
  steady?: SteadyConditions,
): number | null {
  const warmth = steady?.arrhenius ?? 1;
  switch (law.kind) {
    case 'none':
      return L0;
    case 'reaction-limited': {
      const exponent =
        steady === undefined ? 0 : (-law.alpha * F * (steady.deltaPhi_V - law.potential_V)) / (R * steady.T_K);
      return L0 + warmth * law.rate_m_per_s * exp(heldExponent(exponent)) * t;
    }
    case 'transport-limited': {
      const k2 = warmth * law.k_m_per_sqrt_s * law.k_m_per_sqrt_s;
      // Below the floor thickness the rate is constant.
      const steep = GROWTH_THICKNESS_m_FLOOR - L0;
      if (steep <= 0) return Math.sqrt(L0 * L0 + k2 * t);
      const reached = (2 * GROWTH_THICKNESS_m_FLOOR * steep) / k2;
      if (t <= reached) return L0 + (k2 * t) / (2 * GROWTH_THICKNESS_m_FLOOR);
      return Math.sqrt(GROWTH_THICKNESS_m_FLOOR * GROWTH_THICKNESS_m_FLOOR + k2 * (t - reached));
    }
    case 'tunnelling': {
      const beta = law.decay_per_m;
      return L0 + log1p(beta * warmth * law.rate_m_per_s * t * exp(heldExponent(-beta * L0))) / beta;
    }
    default:
      return null;
  }
}

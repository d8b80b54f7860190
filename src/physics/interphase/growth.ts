// Growth of one interphase layer, with exact derivatives: the laws (a) to (d) of spec §1.5 and three of PyBaMM's, for
// comparison. Rates are of thickness; where a law speaks of a current j (per real area, negative), dL/dt = −j/(F·c_Li).
//
// Δφ is the potential of the metal less that of the electrolyte just outside the interphase. Plating makes it negative and
// hastens every law that depends on it.

import { F, R } from '../../units/index.ts';

export type GrowthLawChoice =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'reaction-limited';
      readonly rate_m_per_s: number;
      readonly alpha: number;
      readonly potential_V: number;
    }
  | { readonly kind: 'transport-limited'; readonly k_m_per_sqrt_s: number }
  | { readonly kind: 'tunnelling'; readonly rate_m_per_s: number; readonly decay_per_m: number }
  | {
      readonly kind: 'unified';
      readonly exchangeCurrent_A_per_m2: number;
      readonly alpha: number;
      readonly diffusivity_m2_per_s: number;
      readonly concentration_mol_per_m3: number;
      readonly tunnellingThickness_m: number;
    }
  | { readonly kind: 'electron-migration'; readonly conductivity_S_per_m: number; readonly potential_V: number }
  | {
      readonly kind: 'interstitial-diffusion';
      readonly diffusivity_m2_per_s: number;
      readonly concentration_mol_per_m3: number;
    }
  | {
      readonly kind: 'solvent-reaction-diffusion';
      readonly rate_m_per_s: number;
      readonly alpha: number;
      readonly potential_V: number;
      readonly diffusivity_m2_per_s: number;
      readonly concentration_mol_per_m3: number;
    };

export interface GrowthArguments {
  L_m: number;
  deltaPhi_V: number;
  /** Current per real area, positive strips. */
  j_A_per_m2: number;
  /** Ionic conductivity of the layer. */
  sigma_S_per_m: number;
  lithiumConcentration_mol_per_m3: number;
  /** Factor on the rate from its activation energy; 1 at 298.15 K. */
  arrhenius: number;
  T_K: number;
}

/** Laws in 1/L are evaluated at no less than this, a molecule's size: no film grows infinitely fast. */
export const GROWTH_THICKNESS_m_FLOOR = 1e-10;

/** No exponent beyond this: an iterate of Δφ must not overflow a rate. */
const EXPONENT_MAX = 200;

const clipped = (exponent: number): number => Math.max(-EXPONENT_MAX, Math.min(EXPONENT_MAX, exponent));

/** Sources of the laws by kind. */
export const GROWTH_SOURCES: Readonly<Record<GrowthLawChoice['kind'], string>> = {
  none: 'a thickness that stays',
  'reaction-limited': 'spec §1.5 (a); PyBaMM sei_growth "reaction limited"',
  'transport-limited': 'spec §1.5 (b), L² = L0² + k²t',
  tunnelling: 'spec §1.5 (c); Tang 2012',
  unified: 'von Kolzenberg et al. 2020, 10.1002/cssc.202000867',
  'electron-migration': 'PyBaMM sei_growth "electron-migration limited"',
  'interstitial-diffusion': 'PyBaMM sei_growth "interstitial-diffusion limited"',
  'solvent-reaction-diffusion': 'Yang et al. 2017, 10.1016/j.jpowsour.2017.05.110; PyBaMM "ec reaction limited"',
};

/** Rate of growth and its derivatives.
 *
 *   out[0] = dL/dt m/s (never negative),  out[1] = ∂/∂L,  out[2] = ∂/∂Δφ,  out[3] = ∂/∂j,  out[4] = ∂/∂T at fixed factor */
export function growthInto(law: GrowthLawChoice, a: GrowthArguments, out: Float64Array): void {
  out.fill(0);
  const L = Math.max(a.L_m, GROWTH_THICKNESS_m_FLOOR);
  const thick = a.L_m > GROWTH_THICKNESS_m_FLOOR ? 1 : 0;
  const f = F / (R * a.T_K);
  const perCharge = 1 / (F * a.lithiumConcentration_mol_per_m3);
  switch (law.kind) {
    case 'none':
      return;
    case 'reaction-limited': {
      // dL/dt = k·exp(−αf(Δφ − U − jL/σ))
      const drop = a.deltaPhi_V - law.potential_V - (a.j_A_per_m2 * L) / a.sigma_S_per_m;
      const rate = law.rate_m_per_s * a.arrhenius * Math.exp(clipped(-law.alpha * f * drop));
      out[0] = rate;
      out[1] = (thick * rate * law.alpha * f * a.j_A_per_m2) / a.sigma_S_per_m;
      out[2] = -rate * law.alpha * f;
      out[3] = (rate * law.alpha * f * L) / a.sigma_S_per_m;
      out[4] = (rate * law.alpha * f * drop) / a.T_K;
      return;
    }
    case 'transport-limited': {
      const rate = (law.k_m_per_sqrt_s * law.k_m_per_sqrt_s * a.arrhenius) / (2 * L);
      out[0] = rate;
      out[1] = (-thick * rate) / L;
      return;
    }
    case 'tunnelling': {
      const rate = law.rate_m_per_s * a.arrhenius * Math.exp(clipped(-law.decay_per_m * L));
      out[0] = rate;
      out[1] = -thick * rate * law.decay_per_m;
      return;
    }
    case 'unified':
      unifiedInto(law, a, L, thick, f, perCharge, out);
      return;
    case 'electron-migration': {
      const drop = law.potential_V - a.deltaPhi_V;
      if (drop <= 0) return;
      const slope = (law.conductivity_S_per_m * a.arrhenius * perCharge) / L;
      out[0] = slope * drop;
      out[1] = (-thick * slope * drop) / L;
      out[2] = -slope;
      return;
    }
    case 'interstitial-diffusion': {
      const scale = (law.diffusivity_m2_per_s * law.concentration_mol_per_m3 * F * a.arrhenius * perCharge) / L;
      const rate = scale * Math.exp(clipped(-f * a.deltaPhi_V));
      out[0] = rate;
      out[1] = (-thick * rate) / L;
      out[2] = -rate * f;
      out[4] = (rate * f * a.deltaPhi_V) / a.T_K;
      return;
    }
    case 'solvent-reaction-diffusion': {
      // j = −F·c·k/(1 + kL/D),  k = k0·exp(−αf(Δφ − U − jL/σ))
      const drop = a.deltaPhi_V - law.potential_V - (a.j_A_per_m2 * L) / a.sigma_S_per_m;
      const k = law.rate_m_per_s * a.arrhenius * Math.exp(clipped(-law.alpha * f * drop));
      const D = law.diffusivity_m2_per_s * a.arrhenius;
      const share = 1 / (1 + (k * L) / D);
      const scale = F * law.concentration_mol_per_m3 * perCharge;
      const rate = scale * k * share;
      // Through k the rate changes by share², and directly by L.
      const byK = scale * share * share;
      const kByDrop = -law.alpha * f * k;
      out[0] = rate;
      out[1] = thick * ((byK * kByDrop * -a.j_A_per_m2) / a.sigma_S_per_m - (rate * share * k) / D);
      out[2] = byK * kByDrop;
      out[3] = (byK * kByDrop * -L) / a.sigma_S_per_m;
      out[4] = (byK * -kByDrop * drop) / a.T_K;
    }
  }
}

/** Current scale below which migration plays no part; keeps L_mig finite at rest, A/m2. */
const MIGRATION_A_per_m2_MIN = 1e-30;

/**
 * j = −j0·e^{−αη̃}·(1 − s·L_a/L_mig)/(1 − s·L_a/L_mig + L_a/L_diff), L_a = max(L − L_tun, 0), L_diff = (D·c·F/j0)·e^{−(1−α)η̃},
 * L_mig = 2RTσ/(F|j_int|), s the sign of the intercalation current: plating (j < 0) hastens, stripping slows and may stop it.
 */
function unifiedInto(
  law: Extract<GrowthLawChoice, { kind: 'unified' }>,
  a: GrowthArguments,
  L: number,
  thick: number,
  f: number,
  perCharge: number,
  out: Float64Array,
): void {
  const eta = f * a.deltaPhi_V;
  const apparent = Math.max(L - law.tunnellingThickness_m, 0);
  const active = L > law.tunnellingThickness_m ? thick : 0;
  const j0 = law.exchangeCurrent_A_per_m2 * a.arrhenius;
  const j = Math.abs(a.j_A_per_m2) < MIGRATION_A_per_m2_MIN ? 0 : a.j_A_per_m2;
  const perMigration = (f * j) / (2 * a.sigma_S_per_m);
  const numerator = 1 - apparent * perMigration;
  // Stripping hard enough would turn the sign: the law says growth stops there.
  if (numerator <= 0) return;
  const diffusion = (law.diffusivity_m2_per_s * law.concentration_mol_per_m3 * F * a.arrhenius) / j0;
  const perDiffusion = Math.exp(clipped((1 - law.alpha) * eta)) / diffusion;
  const denominator = numerator + apparent * perDiffusion;
  const reaction = j0 * perCharge * Math.exp(clipped(-law.alpha * eta));
  const rate = (reaction * numerator) / denominator;
  // With q = numerator/denominator: ∂q/∂numerator = apparent·perDiffusion/denominator², ∂q/∂(apparent·perDiffusion) = −numerator/denominator².
  const square = 1 / (denominator * denominator);
  const byNumerator = reaction * apparent * perDiffusion * square;
  const byDiffusion = -reaction * numerator * square;
  const byEta = -law.alpha * rate + byDiffusion * apparent * (1 - law.alpha) * perDiffusion;
  out[0] = rate;
  out[1] = active * (byNumerator * -perMigration + byDiffusion * perDiffusion);
  out[2] = byEta * f;
  out[3] = (byNumerator * -apparent * f) / (2 * a.sigma_S_per_m);
  out[4] = -(byEta * eta + byNumerator * -apparent * perMigration) / a.T_K;
}

/**
 * Thickness after a time at rest, where a law has a closed form at constant conditions: (b) L² = L0² + k²t,
 * (c) L = L0 + β⁻¹·ln(1 + βk·t·e^{−βL0}), and (a) at Δφ = U, L = L0 + k·t. Null for the other laws.
 */
export function closedFormThickness_m(law: GrowthLawChoice, L0_m: number, time_s: number): number | null {
  switch (law.kind) {
    case 'none':
      return L0_m;
    case 'reaction-limited':
      return L0_m + law.rate_m_per_s * time_s;
    case 'transport-limited':
      return Math.sqrt(L0_m * L0_m + law.k_m_per_sqrt_s * law.k_m_per_sqrt_s * time_s);
    case 'tunnelling': {
      const beta = law.decay_per_m;
      return L0_m + Math.log1p(beta * law.rate_m_per_s * time_s * Math.exp(-beta * L0_m)) / beta;
    }
    default:
      return null;
  }
}

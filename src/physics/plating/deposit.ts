// The shape in which lithium plates: how large its features are, what nucleates them, and how much fresh surface they make.

import { cos, exp, expm1, power } from '../../numerics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol, R } from '../../units/index.ts';

/** What sets the size of the features of a deposit. */
export interface DepositConditions {
  /** Size at the reference current, at 298.15 K, m. */
  readonly reference_m: number;
  readonly referenceCurrent_A_per_m2: number;
  /** m of d ∝ (j0/j)^m, 0.5 to 1.5. */
  readonly exponent: number;
  /** Current density on the surface that plates; its sign does not matter. */
  readonly localCurrent_A_per_m2: number;
  /** j0(T)/j0(298.15 K): faster kinetics at one current means less overpotential, and larger features. */
  readonly exchangeWarmth: number;
  /** Bounds: below the first, features are nuclei; the second is the pore of a host, or a thick film. */
  readonly min_m: number;
  readonly max_m: number;
}

/** d = d_ref·[(j_ref/j)·j0(T)/j0(298 K)]^m, held between its bounds, m. In linear kinetics this is d ∝ η^−m.
 *
 * Source: spec §1.9; number of nuclei ∝ η³ in Pei 2017, 10.1021/acs.nanolett.6b04755. */
export function depositSize_m(conditions: DepositConditions): number {
  const { reference_m, referenceCurrent_A_per_m2, exponent, localCurrent_A_per_m2, exchangeWarmth } = conditions;
  const relative = (referenceCurrent_A_per_m2 / Math.abs(localCurrent_A_per_m2)) * exchangeWarmth;
  const size = reference_m * power(relative, exponent);
  return Math.min(Math.max(size, conditions.min_m), conditions.max_m);
}

/** Below this a substrate's overpotential of nucleation no longer coarsens the deposit: kinetics on lithium takes over. */
export const NUCLEATION_OVERPOTENTIAL_V_FLOOR = 5e-3;

/**
 * Factor on the size of a deposit that began on a bare substrate: (η_reference/η_substrate)^m_n, both in V and not below
 * 5 mV. Larger than 1 on a substrate that lithium wets more readily than the reference. Source: spec §1.9, nuclei ∝ 1/η;
 * overpotentials of nucleation in Yan 2016, 10.1038/nenergy.2016.10.
 */
export function nucleationSizeFactor(
  substrateOverpotential_V: number,
  referenceOverpotential_V: number,
  memoryExponent: number,
): number {
  const substrate = Math.max(substrateOverpotential_V, NUCLEATION_OVERPOTENTIAL_V_FLOOR);
  const reference = Math.max(referenceOverpotential_V, NUCLEATION_OVERPOTENTIAL_V_FLOOR);
  return power(reference / substrate, memoryExponent);
}

/** r* = 2γV_Li/(F|η|), m: γ in J/m2 of nucleus against electrolyte, η in V. 2.7 nm at 0.5 J/m2 and 50 mV (spec §1.9). */
export function criticalNucleusRadius_m(surfaceEnergy_J_per_m2: number, overpotential_V: number): number {
  return (2 * surfaceEnergy_J_per_m2 * LITHIUM_MOLAR_VOLUME_m3_per_mol) / (F * Math.abs(overpotential_V));
}

/**
 * f(θ) = (2 + cos θ)(1 − cos θ)²/4: share of a sphere's barrier that a cap of contact angle θ has to climb; θ in rad. 0 on a
 * substrate that lithium wets, ½ at a right angle, 1 on one that it does not touch. Classical nucleation; spec §1.9.
 */
export function contactAngleFactor(angle_rad: number): number {
  const cosine = cos(angle_rad);
  return ((2 + cosine) * (1 - cosine) * (1 - cosine)) / 4;
}

/** W = 16πγ³V_Li²/(3F²η²)·f(θ), J for one nucleus; γ J/m2, η V, θ rad. Spec §1.9. */
export function nucleationBarrier_J(
  surfaceEnergy_J_per_m2: number,
  overpotential_V: number,
  contactAngle_rad: number,
): number {
  const driving_J_per_m3 = (F * overpotential_V) / LITHIUM_MOLAR_VOLUME_m3_per_mol;
  const sphere = (16 * Math.PI * power(surfaceEnergy_J_per_m2, 3)) / (3 * driving_J_per_m3 * driving_J_per_m3);
  return sphere * contactAngleFactor(contactAngle_rad);
}

/** Spacing of nuclei that have grown together, N^−½, m: 1 µm at 1e12 per m2. */
export function nucleusSpacing_m(nuclei_per_m2: number): number {
  return 1 / Math.sqrt(nuclei_per_m2);
}

/** Distance between places of a lithium adatom, m (lattice constant 3.51 Å of bcc lithium, nearest neighbours 3.04 Å). */
const HOP_m = 3.04e-10;
/** Frequency with which an adatom tries to hop, 1/s; the usual value of lattice vibrations. */
const ATTEMPTS_per_s = 1e13;

/** D_s = a²·ν·exp(−E_s/RT), m2/s; E_s J/mol. Spec §1.9; barriers in Jäckle and Groß 2014, 10.1063/1.4901055. */
export function surfaceDiffusivity_m2_per_s(barrier_J_per_mol: number, T_K: number): number {
  return HOP_m * HOP_m * ATTEMPTS_per_s * exp(-barrier_J_per_mol / (R * T_K));
}

/**
 * ℓ_s = √(D_s·τ), m: how far an adatom travels on the surface before the next layer of atoms buries it, τ = F·a/(V_Li·|j|).
 * Barriers are of crystals in vacuum and say little of a film in electrolyte: a descriptor, of low weight. Spec §1.9.
 */
export function smoothingLength_m(barrier_J_per_mol: number, j_A_per_m2: number, T_K: number): number {
  const layerCharge_C_per_m2 = (F * HOP_m) / LITHIUM_MOLAR_VOLUME_m3_per_mol;
  return Math.sqrt((surfaceDiffusivity_m2_per_s(barrier_J_per_mol, T_K) * layerCharge_C_per_m2) / Math.abs(j_A_per_m2));
}

/** √(d² + w·ℓ²), m: a deposit of size d that diffusion over ℓ has smoothed with weight w. Spec §1.9. */
export function smoothedSize_m(size_m: number, smoothing_m: number, weight: number): number {
  return Math.sqrt(size_m * size_m + weight * smoothing_m * smoothing_m);
}

/** Lithium thinner than this does not yet cover all of the surface it is plated on, m. */
export const COVER_THICKNESS_m = 1e-7;

/**
 * 1 − exp(−h/h_cover): share of the electrode's face that a deposit of mean thickness h has covered with fresh lithium. Paid
 * once per half-cycle; over several steps of one half-cycle take differences of it. With `depositAreaRatio`, the fresh area
 * of E6, spec §1.10.
 */
export function coveredShare(thickness_m: number): number {
  return -expm1(-Math.max(thickness_m, 0) / COVER_THICKNESS_m);
}

/** 4h/d: sides of columns of diameter d that grow to height h, over the face they stand on; adds up over steps. Spec §1.10. */
export function depositAreaRatio(thickness_m: number, size_m: number): number {
  return (4 * Math.max(thickness_m, 0)) / size_m;
}

/** Fresh over geometric area of a deposit plated at once: (1 − exp(−h/h_cover)) + 4h/d. */
export function freshAreaRatio(thickness_m: number, size_m: number): number {
  return coveredShare(thickness_m) + depositAreaRatio(thickness_m, size_m);
}

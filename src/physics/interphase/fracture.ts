// Films that crack because lithium does not move evenly beneath them. Lifting a film everywhere alike strains nothing; a
// surface that becomes wavy stretches it.

import { completeEllipticE, expm1, power, square } from '../../numerics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../../units/index.ts';

/** A = ζ·δ·h, m: amplitude of the waviness when a thickness h of lithium comes or goes, ζ its unevenness, δ the share of
 * the change of thickness that the face sees (1 for foil, less for a host). Spec §1.6. */
export function bumpAmplitude_m(unevenness: number, heightFluctuation: number, thickness_m: number): number {
  return unevenness * heightFluctuation * thickness_m;
}

/** Strain up to which the small-slope formula is taken, and from which the exact length of the arc. */
const SMALL_SLOPE_STRAIN = 0.3;
const EXACT_ARC_STRAIN = 0.6;

/**
 * Mean stretch of a flat film over A·sin(2πx/λ), A and λ in m: (πA/λ)² for small slopes, and from 0.6 of that on the exact
 * length of the arc less 1; between 0.3 and 0.6 the one passes smoothly into the other. Grows with A throughout. Spec §1.6.
 */
export function surfaceStrain(amplitude_m: number, wavelength_m: number): number {
  const slope = (Math.PI * amplitude_m) / wavelength_m;
  const smallSlope = slope * slope;
  if (smallSlope <= SMALL_SLOPE_STRAIN) return smallSlope;
  const exact = sineArcStrain(2 * Math.abs(slope));
  if (smallSlope >= EXACT_ARC_STRAIN) return exact;
  const x = (smallSlope - SMALL_SLOPE_STRAIN) / (EXACT_ARC_STRAIN - SMALL_SLOPE_STRAIN);
  return smallSlope + x * x * (3 - 2 * x) * (exact - smallSlope);
}

/** Length of a sine of steepest slope s over its base, less 1: (2/π)·√(1 + s²)·E(s²/(1 + s²)) − 1. */
export function sineArcStrain(steepestSlope: number): number {
  const square = steepestSlope * steepestSlope;
  return (2 / Math.PI) * Math.sqrt(1 + square) * completeEllipticE(square / (1 + square)) - 1;
}

/** 1 − exp[−(ε/ε_f)^m]: share of a film that has cracked at strain ε (Weibull); 63 % at ε_f. Spec §1.6. */
export function crackedFraction(strain: number, fractureStrain: number, weibullModulus: number): number {
  return -expm1(-power(Math.max(strain, 0) / fractureStrain, weibullModulus));
}

/** Geometry of a crack through a film on a substrate, Z of Γ = Zσ²L/E. Beuth 1992; Hutchinson and Suo 1992. */
const CRACK_GEOMETRY = 2;

/**
 * L_c = ΓE/(Zσ²) = K²/(Z·E²·ε²), m: a film thinner than this holds too little energy to crack, however brittle. K_IC in
 * Pa·m^½, E in Pa, stress σ = E·ε. Infinite without strain. Spec §1.6, Z ≈ 2.
 */
export function criticalThickness_m(toughness_Pa_sqrt_m: number, youngsModulus_Pa: number, strain: number): number {
  const stress_Pa = youngsModulus_Pa * strain;
  return (toughness_Pa_sqrt_m * toughness_Pa_sqrt_m) / (CRACK_GEOMETRY * stress_Pa * stress_Pa);
}

/** Sharpness of the gate at the critical thickness: 6 % at half of it, ½ at it, 94 % at twice. A prior: flaws differ. */
const GATE_EXPONENT = 4;

/** Share of a film of thickness L that is thick enough to crack, a smooth step from 0 to 1 at L_c; both m. */
export function thicknessGate(thickness_m: number, criticalThickness_m: number): number {
  if (thickness_m <= 0) return 0;
  return 1 / (1 + power(criticalThickness_m / thickness_m, GATE_EXPONENT));
}

/** What cracking asks of a film. */
export interface BrittleFilm {
  readonly thickness_m: number;
  readonly youngsModulus_Pa: number;
  readonly fractureStrain: number;
  readonly fractureToughness_Pa_sqrt_m: number;
  readonly weibullModulus: number;
  /** Share of what cracks that never covers again. */
  readonly unrepairedFraction: number;
}

/** Share of one film cracked at a strain: Weibull, behind the gate of thickness. */
export function filmCrackedFraction(film: BrittleFilm, strain: number): number {
  const critical_m = criticalThickness_m(film.fractureToughness_Pa_sqrt_m, film.youngsModulus_Pa, strain);
  return (
    crackedFraction(strain, film.fractureStrain, film.weibullModulus) * thicknessGate(film.thickness_m, critical_m)
  );
}

/** Share of a stack of films cracked through: where every one of them has. 0 for no film. Spec §2, bilayers. */
export function stackCrackedFraction(films: readonly BrittleFilm[], strain: number): number {
  let share = films.length === 0 ? 0 : 1;
  for (const film of films) share *= filmCrackedFraction(film, strain);
  return share;
}

/** Share of what has cracked through a stack that stays open: where none of its films heals. 0 for no film. */
export function stackUnrepairedFraction(films: readonly BrittleFilm[]): number {
  let share = films.length === 0 ? 0 : 1;
  for (const film of films) share *= film.unrepairedFraction;
  return share;
}

/** f·(1 − p·f_cr): share of the surface that a coating still covers after a half-cycle. Spec §1.6. */
export function intactAfter(intact: number, unrepairedFraction: number, cracked: number): number {
  return intact * (1 - unrepairedFraction * cracked);
}

/** Membrane stress in a closed shell over a difference of pressure, Δp·r/(2t), Pa; lengths in m. Spec §1.6. */
export function shellStress_Pa(pressure_Pa: number, radius_m: number, wall_m: number): number {
  return (pressure_Pa * radius_m) / (2 * wall_m);
}

/** Outer pressure at which a perfect sphere buckles, 2E(t/r)²/√(3(1 − ν²)), Pa; 1.6 GPa for 20 nm of carbon (200 GPa) around
 * 250 nm. Real shells fail at a fifth of it or less. Zoelly 1915; spec §1.6. */
export function bucklingPressure_Pa(
  youngsModulus_Pa: number,
  wall_m: number,
  radius_m: number,
  poissonRatio: number,
): number {
  const slenderness = wall_m / radius_m;
  return (2 * youngsModulus_Pa * slenderness * slenderness) / Math.sqrt(3 * (1 - poissonRatio * poissonRatio));
}

/** Time in which a crack closes by growth of new interphase to thickness L, L² = k²t, s; k in m/s^½. */
export function healingTime_s(thickness_m: number, growth_m_per_sqrt_s: number): number {
  return square(thickness_m / growth_m_per_sqrt_s);
}

/** Time in which a local current density plates a given length of lithium through a crack, s. */
export function extrusionTime_s(length_m: number, j_A_per_m2: number): number {
  return (length_m * F) / (Math.abs(j_A_per_m2) * LITHIUM_MOLAR_VOLUME_m3_per_mol);
}

/** A whisker leaves a crack that heals more slowly than lithium comes through it. Spec §1.6; arXiv:2503.21481. */
export function growsWhisker(healing_s: number, extrusion_s: number): boolean {
  return healing_s > extrusion_s;
}

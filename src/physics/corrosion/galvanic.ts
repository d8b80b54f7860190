// Lithium that dissolves because it touches a bare metal on which the electrolyte is reduced.

/**
 * Charge that passes per geometric area between two times since the metal was bare, C/m2: the integral of
 * i = A·j·(1 + t/τ)^−½. A the bare over the geometric area, j in A/m2 at t = 0, τ the time of passivation. Nothing for
 * t2 ≤ t1. Source: spec §1.7; Lin 2019, 10.1038/s41557-018-0203-8; Kolesnikov 2020, 10.1002/aenm.202000017.
 */
export function galvanicCharge_C_per_m2(
  areaRatio: number,
  currentDensity_A_per_m2: number,
  decayTime_s: number,
  from_s: number,
  to_s: number,
): number {
  const elapsed_s = to_s - from_s;
  if (!(elapsed_s > 0)) return 0;
  // The difference of two roots written as a quotient: it keeps its digits for a short time after a long one.
  const roots = Math.sqrt(1 + from_s / decayTime_s) + Math.sqrt(1 + to_s / decayTime_s);
  return (2 * areaRatio * currentDensity_A_per_m2 * elapsed_s) / roots;
}

/** Current density of it per geometric area at time t, A/m2. */
export function galvanicCurrent_A_per_m2(
  areaRatio: number,
  currentDensity_A_per_m2: number,
  decayTime_s: number,
  time_s: number,
): number {
  return (areaRatio * currentDensity_A_per_m2) / Math.sqrt(1 + time_s / decayTime_s);
}

/** Time that still counts for the passivation after a cycle has renewed a share of it, s: 0 after all of it. Spec §1.7. */
export function passivationAfterRenewal_s(passivation_s: number, renewedShare: number): number {
  return passivation_s * (1 - renewedShare);
}

// Butler–Volmer kinetics at lithium metal, for any pair of transfer coefficients.

import { asinh, cosh, exp, expm1, log, log1p, power, sinh } from '../../numerics/index.ts';
import { F, R } from '../../units/index.ts';
import type { MetalLaw } from './metal-law.ts';

export interface ButlerVolmer {
  /** Exchange current density per real area, A/m2. */
  readonly j0: number;
  readonly alphaA: number;
  readonly alphaC: number;
}

/** Butler–Volmer at lithium metal; positive strips, negative plates.
 *
 *   j = j0·[exp(αa·F·η/RT) − exp(−αc·F·η/RT)]        j, j0 A/m²   η V   T K   α 1
 *
 * The two exponentials are taken as expm1, so that j keeps its digits near η = 0. */
export function butlerVolmer(eta_V: number, T_K: number, { j0, alphaA, alphaC }: ButlerVolmer): number {
  const f = F / (R * T_K);
  return j0 * (expm1(alphaA * f * eta_V) - expm1(-alphaC * f * eta_V));
}

const source = 'Newman & Balsara, Electrochemical Systems, 4th ed. (2021), ch. 8';

/** Newton steps that the inverse may take; ten are enough anywhere, bisection would need about 60. */
const ITERATIONS_MAX = 80;

/**
 * y = exp(αa·u) − exp(−αc·u). The coefficients lie in (0, 2) and need not add to 1. Equal ones are inverted in closed form,
 * u = asinh(y/2)/α; others by Newton's method inside a bracket. The current overflows to ±Infinity beyond |α·u| = 709.
 */
export function butlerVolmerLaw(alphaAnodic: number, alphaCathodic: number): MetalLaw {
  if (!(alphaAnodic > 0 && alphaCathodic > 0)) {
    throw new RangeError(`Transfer coefficients must be positive, got ${alphaAnodic} and ${alphaCathodic}.`);
  }
  return alphaAnodic === alphaCathodic ? symmetricLaw(alphaAnodic) : asymmetricLaw(alphaAnodic, alphaCathodic);
}

function symmetricLaw(alpha: number): MetalLaw {
  const law = {
    name: `Butler–Volmer, α = ${alpha}`,
    source,
    currentInto(u: number, _T: number, out: Float64Array): void {
      out[0] = 2 * sinh(alpha * u);
      out[1] = 2 * alpha * cosh(alpha * u);
      out[2] = 0;
    },
    overpotentialInto(y: number, _T: number, out: Float64Array): void {
      out[0] = asinh(0.5 * y) / alpha;
      out[1] = 1 / (alpha * Math.sqrt(y * y + 4));
      out[2] = 0;
    },
  };
  return { ...law, overpotentialAtActivityInto: atActivity(law, alpha) };
}

function asymmetricLaw(alphaAnodic: number, alphaCathodic: number): MetalLaw {
  const law = {
    name: `Butler–Volmer, αa = ${alphaAnodic}, αc = ${alphaCathodic}`,
    source,
    currentInto(u: number, _T: number, out: Float64Array): void {
      const forward = alphaAnodic * u;
      const backward = -alphaCathodic * u;
      out[0] = expm1(forward) - expm1(backward);
      out[1] = alphaAnodic * exp(forward) + alphaCathodic * exp(backward);
      out[2] = 0;
    },
    overpotentialInto(y: number, _T: number, out: Float64Array): void {
      // The cathodic branch is the anodic one with the coefficients exchanged.
      const u = y >= 0 ? invert(y, alphaAnodic, alphaCathodic) : -invert(-y, alphaCathodic, alphaAnodic);
      out[0] = u;
      out[1] = 1 / (alphaAnodic * exp(alphaAnodic * u) + alphaCathodic * exp(-alphaCathodic * u));
      out[2] = 0;
    },
  };
  return { ...law, overpotentialAtActivityInto: atActivity(law, alphaCathodic) };
}

/**
 * With a^αc taken out, a·e^{αa·e} − e^{−αc·e} is a^αc·(e^{αa·u} − e^{−αc·u}) at u = e + ln a, where αa + αc = 1: the law
 * itself at a smaller exchange current.
 */
function atActivity(
  law: Pick<MetalLaw, 'overpotentialInto'>,
  alphaCathodic: number,
): MetalLaw['overpotentialAtActivityInto'] {
  return (y, activity, T, out) => {
    const perFactor = power(activity, -alphaCathodic);
    law.overpotentialInto(y * perFactor, T, out);
    const slope = out[1]! * perFactor;
    out[0]! -= log(activity);
    out[1] = slope;
    out[3] = -1 - alphaCathodic * slope * y;
  };
}

/**
 * The u ≥ 0 with exp(a·u) − exp(−b·u) = y ≥ 0. Since y ≤ exp(a·u) ≤ y + 1, the root lies in [ln(y)/a, ln(1 + y)/a], a
 * bracket that is already tight at large y; a Newton step that leaves the bracket is replaced by its middle.
 */
function invert(y: number, a: number, b: number): number {
  if (y === 0) return 0;
  if (!(y < Number.POSITIVE_INFINITY)) return y;
  let high = log1p(y) / a;
  let low = Math.max(0, log(y) / a);
  // Whichever is smaller of the large-signal bound and Ohm's law is the better start.
  let u = Math.max(low, Math.min(high, y / (a + b)));
  for (let iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
    const excess = expm1(a * u) - expm1(-b * u) - y;
    if (excess > 0) high = u;
    else low = u;
    const next = u - excess / (a * exp(a * u) + b * exp(-b * u));
    const change = Math.abs(next - u);
    if (change <= 2e-16 * Math.abs(next)) return next;
    u = next > low && next < high ? next : 0.5 * (low + high);
    if (high - low <= 2e-16 * high) return u;
  }
  return u;
}

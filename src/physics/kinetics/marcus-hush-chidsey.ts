// Marcus–Hush–Chidsey kinetics at a metal, in the closed form of Zeng and Bazant, normalised so that j0 is the exchange
// current that a small signal measures. Without that factor "j0" would be too large: 0.144 of it acts at λ = 0.3 eV.

import { asinh, erfc, exp, log, power, tanh } from '../../numerics/index.ts';
import { F, R } from '../../units/index.ts';
import type { MetalLaw } from './metal-law.ts';

const ITERATIONS_MAX = 200;
const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/**
 * y = g(u)/g′(0), g = √(πΛ)·tanh(u/2)·erfc[(Λ − √(a + u²))/(2√Λ)], Λ = Fλ/RT, a = 1 + √Λ, which leaves
 *
 *   y = 2·tanh(u/2)·erfc(z(u))/erfc(z(0)),   z(u) = (Λ − √(a + u²))/(2√Λ)
 *
 * The rate saturates: |y| < y_lim = 4/erfc(z(0)). Against the integral over the electrons of the metal the closed form is
 * within 4 % at λ = 0.3 eV, 12 % at 0.2 and 0.5 eV, and 30 % at 1 eV, once both have the slope 1 at u = 0. Source: Zeng, Smith, Bai, Bazant 2014, 10.1016/j.jelechem.2014.09.038; spec E2.
 *
 * @param reorganisationEnergy_eV λ > 0; 0.2 to 0.5 eV for lithium (10.1021/acsenergylett.0c00031).
 */
export function marcusHushChidseyLaw(reorganisationEnergy_eV: number): MetalLaw {
  const lambda_eV = reorganisationEnergy_eV;
  if (!(lambda_eV > 0 && lambda_eV < 10)) {
    throw new RangeError(`The reorganisation energy must lie between 0 and 10 eV, got ${lambda_eV}.`);
  }

  /** The law at u against thick lithium where the lithium has activity a: tanh(u/2) becomes a·s(u) − s(−u), s(u) = 1/(1 + e^−u). */
  function rateInto(u: number, a_Li: number, T: number, out: Float64Array): void {
    const Lambda = (F * lambda_eV) / (R * T);
    const root = Math.sqrt(Lambda);
    const a = 1 + root;
    const s = Math.sqrt(a + u * u);
    const s0 = Math.sqrt(a);
    const z = (Lambda - s) / (2 * root);
    const z0 = (Lambda - s0) / (2 * root);
    const tail = erfc(z);
    const tail0 = erfc(z0);
    const forward = logistic(u);
    const backward = logistic(-u);
    const net = a_Li === 1 ? tanh(0.5 * u) : a_Li * forward - backward;
    const slope = -TWO_OVER_SQRT_PI * exp(-z * z); // d erfc/dz
    const slope0 = -TWO_OVER_SQRT_PI * exp(-z0 * z0);
    const y = (2 * net * tail) / tail0;
    out[0] = y;
    out[1] = (2 * (a_Li + 1) * forward * backward * tail + 2 * net * slope * (-u / (2 * root * s))) / tail0;
    // ∂z/∂Λ at fixed u: z = √Λ/2 − s/(2√Λ), and a holds √Λ.
    const z_Lambda = 0.25 / root - 0.125 / (Lambda * s) + (0.25 * s) / (Lambda * root);
    const z0_Lambda = 0.25 / root - 0.125 / (Lambda * s0) + (0.25 * s0) / (Lambda * root);
    const y_Lambda = (2 * net * slope * z_Lambda - y * slope0 * z0_Lambda) / tail0;
    out[2] = (-y_Lambda * Lambda) / T;
    out[3] = (2 * a_Li * forward * tail) / tail0; // ∂y/∂ln a
  }

  const rate = new Float64Array(4);

  return {
    name: `Marcus–Hush–Chidsey, λ = ${lambda_eV} eV`,
    source: '10.1016/j.jelechem.2014.09.038',
    currentInto(u, T, out) {
      rateInto(u, 1, T, rate);
      out[0] = rate[0]!;
      out[1] = rate[1]!;
      out[2] = rate[2]!;
    },
    overpotentialInto(y, T, out) {
      const size = Math.abs(y);
      const Lambda = (F * lambda_eV) / (R * T);
      const root = Math.sqrt(Lambda);
      const limit = 4 / erfc((Lambda - Math.sqrt(1 + root)) / (2 * root));
      if (!(size < limit)) {
        const unreachable = Number.isNaN(size);
        out[0] = unreachable ? Number.NaN : Math.sign(y) * Number.POSITIVE_INFINITY;
        out[1] = unreachable ? Number.NaN : Number.POSITIVE_INFINITY;
        out[2] = unreachable ? Number.NaN : 0;
        return;
      }
      // Beyond `high` both factors equal their limits in double precision.
      let low = 0;
      let high = Math.max(40, Lambda + 13 * root);
      // The law lies on or below Butler–Volmer, so its overpotential is the larger; at small y both are equal.
      let u = Math.min(2 * asinh(0.5 * size), 0.5 * high);
      for (let iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
        rateInto(u, 1, T, rate);
        const excess = rate[0]! - size;
        if (excess > 0) high = u;
        else low = u;
        const next = u - excess / rate[1]!;
        if (Math.abs(next - u) <= 2e-16 * Math.abs(u)) break;
        u = next > low && next < high ? next : 0.5 * (low + high);
        if (high - low <= 2e-16 * high) break;
      }
      rateInto(u, 1, T, rate);
      const y_u = rate[1]!;
      const y_T = rate[2]!;
      out[0] = y < 0 ? -u : u;
      out[1] = 1 / y_u;
      out[2] = ((y < 0 ? 1 : -1) * y_T) / y_u;
    },
    overpotentialAtActivityInto(y, activity, T, out) {
      const Lambda = (F * lambda_eV) / (R * T);
      const root = Math.sqrt(Lambda);
      const limit = 4 / erfc((Lambda - Math.sqrt(1 + root)) / (2 * root));
      if (!(y > -limit && y < activity * limit)) {
        out[0] = Number.isNaN(y) ? Number.NaN : Math.sign(y) * Number.POSITIVE_INFINITY;
        out[1] = Number.POSITIVE_INFINITY;
        out[2] = 0;
        out[3] = 0;
        return;
      }
      const rest = -log(activity);
      const reach = Math.max(40, Lambda + 13 * root);
      let low = -reach;
      let high = rest + reach;
      if (y > 0) low = rest;
      else high = rest;
      // Far from rest one direction alone carries the current, and its Butler–Volmer form is a start near enough.
      let e = y > 0 ? rest + 2 * asinh(0.5 * y * power(activity, -0.5)) : Math.min(rest, -2 * log(-y));
      e = Math.min(Math.max(e, low), high);
      for (let iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
        rateInto(e, activity, T, rate);
        const excess = rate[0]! - y;
        if (excess > 0) high = e;
        else low = e;
        const next = e - excess / rate[1]!;
        if (Math.abs(next - e) <= 4e-16 * Math.max(1, Math.abs(e))) break;
        e = next > low && next < high ? next : 0.5 * (low + high);
        if (high - low <= 4e-16 * Math.max(1, Math.abs(e))) break;
      }
      rateInto(e, activity, T, rate);
      out[0] = e;
      out[1] = 1 / rate[1]!;
      out[2] = -rate[2]! / rate[1]!;
      out[3] = -rate[3]! / rate[1]!;
    },
  };
}

/** 1/(1 + e^−x) without overflow. */
function logistic(x: number): number {
  const small = exp(-Math.abs(x));
  return (x >= 0 ? 1 : small) / (1 + small);
}

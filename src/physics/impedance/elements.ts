// The elements of equivalent circuits as laws: impedance at a list of angular frequencies, and its exact derivatives by the
// parameters. Names, parameters and their order are those of impedance.py 1.7 (models/circuits/elements.py), so that circuits
// written for it mean the same here; TLM is ours.
//
// Every law fills blocks of length 2n: the n real parts, then the n imaginary parts.

import { atan, cos, exp, log, power, sin } from '../../numerics/index.ts';
import { cothOverRootInto, cschOverRootInto, tanhOverRootInto } from './hyperbolic.ts';

/** Angular frequencies with what the laws ask of them again and again. */
export interface AngularFrequencies {
  /** ω, rad/s. */
  readonly omega: Float64Array;
  /** ln ω. */
  readonly logOmega: Float64Array;
}

/** ω = 2πf with its logarithm. Frequencies in Hz, positive. */
export function angularFrequencies(frequency_Hz: ArrayLike<number>): AngularFrequencies {
  const omega = Float64Array.from(frequency_Hz, (f) => 2 * Math.PI * f);
  return { omega, logOmega: omega.map(log) };
}

/** What a parameter may be: a positive amount, or an exponent between 0 and 1. */
export type ElementParameterKind = 'positive' | 'exponent';

export interface ElementParameter {
  /** The paper's symbol. */
  readonly symbol: string;
  /** Unit as text, '' for a pure number. */
  readonly unit: string;
  readonly kind: ElementParameterKind;
}

/**
 * Writes Z to `z` and, where `dz` is given, ∂Z/∂p_i to the i-th block of 2n of `dz`. `at` is the place of the element's first
 * parameter in `p`, and of its first block in `dz`. Ohm; derivatives ohm per unit of the parameter.
 */
export type ElementLaw = (
  p: Float64Array,
  at: number,
  frequencies: AngularFrequencies,
  z: Float64Array,
  dz: Float64Array | null,
) => void;

export interface ImpedanceElement {
  readonly symbol: string;
  readonly name: string;
  readonly parameters: readonly ElementParameter[];
  readonly law: ElementLaw;
}

const HALF_PI = Math.PI / 2;

const positive = (symbol: string, unit: string): ElementParameter => ({ symbol, unit, kind: 'positive' });
const exponent = (symbol: string): ElementParameter => ({ symbol, unit: '', kind: 'exponent' });

/** Resistor.  Z = R.   R Ω */
const resistor: ElementLaw = (p, at, { omega }, z, dz) => {
  const n = omega.length;
  z.fill(p[at]!, 0, n).fill(0, n, 2 * n);
  if (dz) dz.fill(1, 2 * n * at, 2 * n * at + n).fill(0, 2 * n * at + n, 2 * n * (at + 1));
};

/** Capacitor.  Z = 1/(jωC).   C F */
const capacitor: ElementLaw = (p, at, { omega }, z, dz) => {
  const n = omega.length;
  const C = p[at]!;
  for (let k = 0; k < n; k++) {
    const im = -1 / (omega[k]! * C);
    z[k] = 0;
    z[n + k] = im;
    if (dz) set(dz, 2 * n * at, n, k, 0, -im / C);
  }
};

/** Inductor.  Z = jωL.   L H */
const inductor: ElementLaw = (p, at, { omega }, z, dz) => {
  const n = omega.length;
  for (let k = 0; k < n; k++) {
    z[k] = 0;
    z[n + k] = omega[k]! * p[at]!;
    if (dz) set(dz, 2 * n * at, n, k, 0, omega[k]!);
  }
};

/** Semi-infinite Warburg.  Z = A·(1 − j)/√ω.   A Ω/√s */
const warburg: ElementLaw = (p, at, { omega }, z, dz) => {
  const n = omega.length;
  for (let k = 0; k < n; k++) {
    const root = 1 / Math.sqrt(omega[k]!);
    z[k] = p[at]! * root;
    z[n + k] = -p[at]! * root;
    if (dz) set(dz, 2 * n * at, n, k, root, -root);
  }
};

/** Constant phase element.  Z = 1/(Q·(jω)^α).   Q s^α/Ω   α 1 */
const constantPhase: ElementLaw = (p, at, { omega, logOmega }, z, dz) => {
  const n = omega.length;
  const Q = p[at]!;
  const alpha = p[at + 1]!;
  const cosine = cos(alpha * HALF_PI);
  const sine = sin(alpha * HALF_PI);
  for (let k = 0; k < n; k++) {
    const size = exp(-alpha * logOmega[k]!) / Q;
    const re = size * cosine;
    const im = -size * sine;
    z[k] = re;
    z[n + k] = im;
    if (dz) {
      set(dz, 2 * n * at, n, k, -re / Q, -im / Q);
      // ∂Z/∂α = −Z·ln(jω), ln(jω) = ln ω + jπ/2.
      const ln = logOmega[k]!;
      set(dz, 2 * n * (at + 1), n, k, -(re * ln - im * HALF_PI), -(re * HALF_PI + im * ln));
    }
  }
};

/** Modified inductance.  Z = (L·jω)^α, as impedance.py computes it; its documentation has L·(jω)^α.   L H (α = 1)   α 1 */
const modifiedInductance: ElementLaw = (p, at, { omega, logOmega }, z, dz) => {
  const n = omega.length;
  const L = p[at]!;
  const alpha = p[at + 1]!;
  const lnL = log(L);
  const cosine = cos(alpha * HALF_PI);
  const sine = sin(alpha * HALF_PI);
  for (let k = 0; k < n; k++) {
    const ln = logOmega[k]! + lnL;
    const size = exp(alpha * ln);
    const re = size * cosine;
    const im = size * sine;
    z[k] = re;
    z[n + k] = im;
    if (dz) {
      set(dz, 2 * n * at, n, k, (alpha * re) / L, (alpha * im) / L);
      set(dz, 2 * n * (at + 1), n, k, re * ln - im * HALF_PI, re * HALF_PI + im * ln);
    }
  }
};

/** One relaxation.  Z = R/(1 + jωτ).   R Ω   τ s */
const relaxation: ElementLaw = (p, at, { omega }, z, dz) => {
  const n = omega.length;
  const R = p[at]!;
  const tau = p[at + 1]!;
  for (let k = 0; k < n; k++) {
    const x = omega[k]! * tau;
    const re = 1 / (1 + x * x);
    const im = -x * re;
    z[k] = R * re;
    z[n + k] = R * im;
    if (dz) {
      set(dz, 2 * n * at, n, k, re, im);
      // ∂Z/∂τ = −R·jω/(1 + jωτ)².
      const w = R * omega[k]!;
      set(dz, 2 * n * (at + 1), n, k, w * 2 * re * im, -w * (re * re - im * im));
    }
  }
};

/** Depressed arc (Cole and Cole).  Z = R/(1 + (jωτ)^γ).   R Ω   τ s   γ 1 */
const zarc: ElementLaw = (p, at, { omega, logOmega }, z, dz) => {
  const n = omega.length;
  const R = p[at]!;
  const tau = p[at + 1]!;
  const gamma = p[at + 2]!;
  const lnTau = log(tau);
  const cosine = cos(gamma * HALF_PI);
  const sine = sin(gamma * HALF_PI);
  for (let k = 0; k < n; k++) {
    const ln = logOmega[k]! + lnTau;
    const size = exp(gamma * ln);
    const uRe = size * cosine;
    const uIm = size * sine;
    const square = (1 + uRe) * (1 + uRe) + uIm * uIm;
    const re = (1 + uRe) / square;
    const im = -uIm / square;
    z[k] = R * re;
    z[n + k] = R * im;
    if (dz) {
      set(dz, 2 * n * at, n, k, re, im);
      // ∂Z/∂u = −R/(1 + u)²; ∂u/∂τ = γu/τ, ∂u/∂γ = u·ln(jωτ).
      const dRe = -R * (re * re - im * im);
      const dIm = -R * 2 * re * im;
      const vRe = dRe * uRe - dIm * uIm;
      const vIm = dRe * uIm + dIm * uRe;
      set(dz, 2 * n * (at + 1), n, k, (vRe * gamma) / tau, (vIm * gamma) / tau);
      set(dz, 2 * n * (at + 2), n, k, vRe * ln - vIm * HALF_PI, vRe * HALF_PI + vIm * ln);
    }
  }
};

/** Gerischer.  Z = R/√(1 + jωt).   R Ω   t s */
const gerischer: ElementLaw = (p, at, { omega }, z, dz) => {
  const n = omega.length;
  const R = p[at]!;
  for (let k = 0; k < n; k++) {
    const x = omega[k]! * p[at + 1]!;
    const size = power(1 + x * x, -0.25);
    const angle = -0.5 * atan(x);
    const re = size * cos(angle);
    const im = size * sin(angle);
    z[k] = R * re;
    z[n + k] = R * im;
    if (dz) {
      set(dz, 2 * n * at, n, k, re, im);
      // ∂Z/∂t = −Z·jω/(2(1 + jωt)).
      const s = (R * omega[k]!) / (2 * (1 + x * x));
      set(dz, 2 * n * (at + 1), n, k, s * (im - x * re), -s * (re + x * im));
    }
  }
};

const scratch = new Float64Array(4);

/** Finite space, blocked at its end.  Z = Z0·coth√(jωτ)/√(jωτ), τ = L²/D.   Z0 Ω   τ s */
const openWarburg: ElementLaw = (p, at, { omega }, z, dz) => {
  finiteWarburg(p, at, omega, z, dz, cothOverRootInto);
};

/** Finite length, reservoir at its end.  Z = Z0·tanh√(jωτ)/√(jωτ), τ = L²/D.   Z0 Ω   τ s */
const shortWarburg: ElementLaw = (p, at, { omega }, z, dz) => {
  finiteWarburg(p, at, omega, z, dz, tanhOverRootInto);
};

function finiteWarburg(
  p: Float64Array,
  at: number,
  omega: Float64Array,
  z: Float64Array,
  dz: Float64Array | null,
  functionInto: (sRe: number, sIm: number, out: Float64Array) => void,
) {
  const n = omega.length;
  const Z0 = p[at]!;
  for (let k = 0; k < n; k++) {
    const w = omega[k]!;
    functionInto(0, w * p[at + 1]!, scratch);
    z[k] = Z0 * scratch[0]!;
    z[n + k] = Z0 * scratch[1]!;
    if (dz) {
      set(dz, 2 * n * at, n, k, scratch[0]!, scratch[1]!);
      // ∂s/∂τ = jω.
      set(dz, 2 * n * (at + 1), n, k, -Z0 * w * scratch[3]!, Z0 * w * scratch[2]!);
    }
  }
}

/** Gerischer of finite length.  Z = R/(√u·tanh(φ√u)), u = 1 + jωt.   R Ω   t s   φ 1
 *
 *   With s = φ²u and h(s) = coth√s/√s:  Z = R·φ·h(s). */
const finiteGerischer: ElementLaw = (p, at, { omega }, z, dz) => {
  const n = omega.length;
  const R = p[at]!;
  const t = p[at + 1]!;
  const phi = p[at + 2]!;
  for (let k = 0; k < n; k++) {
    const w = omega[k]!;
    cothOverRootInto(phi * phi, phi * phi * w * t, scratch);
    const re = phi * scratch[0]!;
    const im = phi * scratch[1]!;
    const slopeRe = scratch[2]!;
    const slopeIm = scratch[3]!;
    z[k] = R * re;
    z[n + k] = R * im;
    if (dz) {
      set(dz, 2 * n * at, n, k, re, im);
      // ∂s/∂t = φ²·jω; ∂s/∂φ = 2φu.
      const c = R * phi * phi * phi * w;
      set(dz, 2 * n * (at + 1), n, k, -c * slopeIm, c * slopeRe);
      const x = w * t;
      const d = 2 * phi * phi;
      const phiRe = scratch[0]! + d * (slopeRe - x * slopeIm);
      const phiIm = scratch[1]! + d * (slopeIm + x * slopeRe);
      set(dz, 2 * n * (at + 2), n, k, R * phiRe, R * phiIm);
    }
  }
};

/** Pore with blocking walls (de Levie; Landesfeind 2016, 10.1149/2.1141607jes, eq. 11).   Rion Ω   Qs s^γ/Ω   γ 1
 *
 *   Z = √(Rion·Zs)·coth√(Rion/Zs), Zs = 1/(Qs·(jω)^γ): nothing reacts at the walls of `pore`. */
const blockingPore: ElementLaw = (p, at, frequencies, z, dz) => {
  pore(p, at, Number.POSITIVE_INFINITY, at + 1, frequencies, z, dz);
};

/** Pore with a reaction at its walls (Landesfeind 2016, eq. 10).   Rion Ω   Rct Ω   Q s^γ/Ω   γ 1
 *
 *   As `pore`. */
const reactivePore: ElementLaw = (p, at, frequencies, z, dz) => {
  pore(p, at, p[at + 1]!, at + 2, frequencies, z, dz);
};

/** Z = Rion·h(s), s = Rion·(1/Rct + Q·(jω)^γ), h(s) = coth√s/√s. Rion stands at `at`, a finite Rct after it, Q and γ at `wall`. */
function pore(
  p: Float64Array,
  at: number,
  Rct: number,
  wall: number,
  { omega, logOmega }: AngularFrequencies,
  z: Float64Array,
  dz: Float64Array | null,
) {
  const n = omega.length;
  const Rion = p[at]!;
  const Q = p[wall]!;
  const gamma = p[wall + 1]!;
  const cosine = cos(gamma * HALF_PI);
  const sine = sin(gamma * HALF_PI);
  for (let k = 0; k < n; k++) {
    const size = Rion * Q * exp(gamma * logOmega[k]!);
    const qRe = size * cosine;
    const qIm = size * sine;
    const sRe = Rion / Rct + qRe;
    cothOverRootInto(sRe, qIm, scratch);
    const hRe = scratch[0]!;
    const hIm = scratch[1]!;
    const slopeRe = scratch[2]!;
    const slopeIm = scratch[3]!;
    z[k] = Rion * hRe;
    z[n + k] = Rion * hIm;
    if (dz) {
      set(dz, 2 * n * at, n, k, hRe + slopeRe * sRe - slopeIm * qIm, hIm + slopeRe * qIm + slopeIm * sRe);
      if (Rct < Number.POSITIVE_INFINITY) {
        const c = -(Rion * Rion) / (Rct * Rct);
        set(dz, 2 * n * (at + 1), n, k, c * slopeRe, c * slopeIm);
      }
      const vRe = Rion * (slopeRe * qRe - slopeIm * qIm);
      const vIm = Rion * (slopeRe * qIm + slopeIm * qRe);
      set(dz, 2 * n * wall, n, k, vRe / Q, vIm / Q);
      const ln = logOmega[k]!;
      set(dz, 2 * n * (wall + 1), n, k, vRe * ln - vIm * HALF_PI, vRe * HALF_PI + vIm * ln);
    }
  }
}

/** Porous electrode (Paasch, Micka, Gersdorf 1993, 10.1016/0013-4686(93)85083-B).   A Ω   B Ω   a 1   b s
 *
 *   Z = A·coth β/β + B/(β·sinh β), β² = a + jωb. */
const porousElectrode: ElementLaw = (p, at, { omega }, z, dz) => {
  const n = omega.length;
  const A = p[at]!;
  const B = p[at + 1]!;
  for (let k = 0; k < n; k++) {
    const w = omega[k]!;
    const sIm = w * p[at + 3]!;
    cothOverRootInto(p[at + 2]!, sIm, scratch);
    const hRe = scratch[0]!;
    const hIm = scratch[1]!;
    const hSlopeRe = scratch[2]!;
    const hSlopeIm = scratch[3]!;
    cschOverRootInto(p[at + 2]!, sIm, scratch);
    z[k] = A * hRe + B * scratch[0]!;
    z[n + k] = A * hIm + B * scratch[1]!;
    if (dz) {
      set(dz, 2 * n * at, n, k, hRe, hIm);
      set(dz, 2 * n * (at + 1), n, k, scratch[0]!, scratch[1]!);
      const sRe = A * hSlopeRe + B * scratch[2]!;
      const im = A * hSlopeIm + B * scratch[3]!;
      set(dz, 2 * n * (at + 2), n, k, sRe, im);
      set(dz, 2 * n * (at + 3), n, k, -w * im, w * sRe);
    }
  }
};

function set(dz: Float64Array, block: number, n: number, k: number, re: number, im: number): void {
  dz[block + k] = re;
  dz[block + n + k] = im;
}

/** All elements; a circuit names them by `symbol`. */
export const IMPEDANCE_ELEMENTS: readonly ImpedanceElement[] = [
  { symbol: 'R', name: 'resistor', parameters: [positive('R', 'ohm')], law: resistor },
  { symbol: 'C', name: 'capacitor', parameters: [positive('C', 'F')], law: capacitor },
  { symbol: 'L', name: 'inductor', parameters: [positive('L', 'H')], law: inductor },
  { symbol: 'W', name: 'semi-infinite Warburg', parameters: [positive('A_W', 'ohm s^-1/2')], law: warburg },
  {
    symbol: 'Wo',
    name: 'finite-space Warburg, blocked end',
    parameters: [positive('Z_0', 'ohm'), positive('tau', 's')],
    law: openWarburg,
  },
  {
    symbol: 'Ws',
    name: 'finite-length Warburg, open end',
    parameters: [positive('Z_0', 'ohm'), positive('tau', 's')],
    law: shortWarburg,
  },
  {
    symbol: 'CPE',
    name: 'constant phase element',
    parameters: [positive('Q', 'ohm^-1 s^alpha'), exponent('alpha')],
    law: constantPhase,
  },
  {
    symbol: 'La',
    name: 'modified inductance',
    parameters: [positive('L', 'ohm^(1/alpha) s'), exponent('alpha')],
    law: modifiedInductance,
  },
  { symbol: 'G', name: 'Gerischer', parameters: [positive('R_G', 'ohm'), positive('t_G', 's')], law: gerischer },
  {
    symbol: 'Gs',
    name: 'Gerischer of finite length',
    parameters: [positive('R_G', 'ohm'), positive('t_G', 's'), positive('phi', '')],
    law: finiteGerischer,
  },
  { symbol: 'K', name: 'relaxation', parameters: [positive('R', 'ohm'), positive('tau', 's')], law: relaxation },
  {
    symbol: 'Zarc',
    name: 'depressed arc',
    parameters: [positive('R', 'ohm'), positive('tau', 's'), exponent('gamma')],
    law: zarc,
  },
  {
    symbol: 'TLMQ',
    name: 'pore with blocking walls',
    parameters: [positive('R_ion', 'ohm'), positive('Q_s', 'ohm^-1 s^gamma'), exponent('gamma')],
    law: blockingPore,
  },
  {
    symbol: 'TLM',
    name: 'pore with a reaction at its walls',
    parameters: [positive('R_ion', 'ohm'), positive('R_ct', 'ohm'), positive('Q', 'ohm^-1 s^gamma'), exponent('gamma')],
    law: reactivePore,
  },
  {
    symbol: 'T',
    name: 'porous electrode of Paasch',
    parameters: [positive('A', 'ohm'), positive('B', 'ohm'), positive('a', ''), positive('b', 's')],
    law: porousElectrode,
  },
];

// A porous insertion electrode behind a separator, as a small alternating current sees it at rest: salt and charge in the
// electrolyte, charge in the solid, a reaction and a double layer at the particles. These are the equations of the one-dimensional
// model in time, linearised where nothing flows, so that all properties are the same everywhere and the solution is closed.
//
//   separator, 0 … L1     jωε₁·c = D₁·c″
//   electrode, 0 … L2     jωε₂·c = D₂·c″ + (1−t⁺)/F · a·y·ψ
//                         (1/σ + 1/κ₂)·a·y·ψ = ψ″ + χ·c″            χ = 2(1−t⁺)·TDF·(RT/F)/c₀
//
//   c salt, ψ = φ_solid − φ_electrolyte, both per unit of current; y admittance of the particles' surface, S/m² of it; a that surface
//   per volume, 1/m; κ, D effective. The salt at the metal (x = 0) is fed by the current; none passes the collector.
//
// c and ψ are sums of two modes, eigenvectors of the pair of equations. Each mode is known from its slopes at both ends.

import {
  type Complex,
  complex,
  difference,
  product,
  quotient,
  reciprocal,
  scaled,
  squareRoot,
  sum,
} from '../../numerics/index.ts';
import { F } from '../../units/index.ts';
import { cothOverRootInto, cschOverRootInto } from './hyperbolic.ts';

/** A layer of electrolyte; effective properties. */
export interface PorousLayer {
  readonly thickness_m: number;
  readonly porosity: number;
  readonly conductivity_S_per_m: number;
  readonly diffusivity_m2_per_s: number;
}

export interface PorousElectrode {
  readonly separator: PorousLayer;
  readonly electrode: PorousLayer;
  /** Effective conductivity of the solid. */
  readonly solidConductivity_S_per_m: number;
  /** Surface of the particles per volume, a. */
  readonly specificArea_per_m: number;
  /** Of the salt. */
  readonly transferenceNumber: number;
  /** χ, V m³/mol: potential of a difference of salt. 0 leaves salt out. */
  readonly junction_V_m3_per_mol: number;
}

const scratch = new Float64Array(4);

/** coth(λL)/λ and 1/(λ·sinh λL) from λ²: how far a mode follows its slope at the near and at the far end. */
function endsOf(square: Complex, L: number): { readonly near: Complex; readonly far: Complex } {
  const s = scaled(L * L, square);
  cothOverRootInto(s.re, s.im, scratch);
  const near = complex(L * scratch[0]!, L * scratch[1]!);
  cschOverRootInto(s.re, s.im, scratch);
  return { near, far: complex(L * scratch[0]!, L * scratch[1]!) };
}

/**
 * Impedance from the metal's side of the separator to the collector of the electrode, Ω m² of cell. `surface` is that of the particles,
 * Ω m² of their own: reaction, double layer, and diffusion within. ω rad/s, above 0.
 *
 * At ω → ∞ the current takes both phases at once, L1/κ₁ + L2/(κ₂ + σ). At ω → 0 particles that only store bear even shares, and the real part
 * is L1/κ₁ + L2/(3κ₂) + L2/(3σ), the surface's over a·L2, and the gradients of salt at that even reaction.
 */
export function porousElectrodeImpedance(of: PorousElectrode, surface: Complex, omega: number): Complex {
  const { separator, electrode, solidConductivity_S_per_m: sigma } = of;
  const { thickness_m: L1, conductivity_S_per_m: kappa1, diffusivity_m2_per_s: D1 } = separator;
  const { thickness_m: L2, conductivity_S_per_m: kappa, diffusivity_m2_per_s: D2 } = electrode;
  const chi = of.junction_V_m3_per_mol;
  const anion = (1 - of.transferenceNumber) / F;
  const both = 1 / sigma + 1 / kappa;
  const volumetric = scaled(of.specificArea_per_m, reciprocal(surface));
  const w = complex(0, (omega * electrode.porosity) / D2);
  const b = scaled(anion / D2, volumetric);
  const p = sum(scaled(both, volumetric), scaled(chi, b));

  // λ² are the roots of z² − (p + w)·z + w·(p − χb); q is chosen so that one lies near p and the other near w.
  const gap = difference(p, w);
  let root = squareRoot(sum(product(gap, gap), scaled(4 * chi, product(w, b))));
  if (root.re * gap.re + root.im * gap.im < 0) root = scaled(-1, root);
  const q = scaled(0.5, sum(gap, root));
  const reactionSquare = sum(w, q);
  const saltSquare = quotient(product(w, scaled(both, volumetric)), reactionSquare);
  // Modes: (c, ψ) = f·(1, χw/q) + h·(−b/q, 1).
  const psiOfSalt = scaled(chi, quotient(w, q));
  const saltOfPsi = scaled(-1, quotient(b, q));
  const mixing = difference(complex(1), product(psiOfSalt, saltOfPsi));
  const modesOf = (c: Complex, psi: Complex): readonly [f: Complex, h: Complex] => [
    quotient(difference(c, product(saltOfPsi, psi)), mixing),
    quotient(difference(psi, product(psiOfSalt, c)), mixing),
  ];
  const fEnds = endsOf(saltSquare, L2);
  const hEnds = endsOf(reactionSquare, L2);
  const separatorEnds = endsOf(complex(0, (omega * separator.porosity) / D1), L1);

  // Slopes at the ends for a current of −1 along x, which oxidises the electrode; m is the gradient of salt at the interface times D.
  const [fFar, hFar] = modesOf(complex(0), complex(1 / sigma));
  const slopesNear = (m: Complex): readonly [f: Complex, h: Complex] =>
    modesOf(scaled(1 / D2, m), complex(-1 / kappa - (chi / D2) * m.re, -(chi / D2) * m.im));
  const near = (ends: typeof fEnds, atNear: Complex, atFar: Complex): Complex =>
    difference(product(atFar, ends.far), product(atNear, ends.near));
  const far = (ends: typeof fEnds, atNear: Complex, atFar: Complex): Complex =>
    difference(product(atFar, ends.near), product(atNear, ends.far));
  const feed = complex(anion / D1);
  const saltStep = (m: Complex): Complex => {
    const [fNear, hNear] = slopesNear(m);
    const inElectrode = sum(near(fEnds, fNear, fFar), product(saltOfPsi, near(hEnds, hNear, hFar)));
    return difference(far(separatorEnds, feed, scaled(1 / D1, m)), inElectrode);
  };
  // The step of c across the interface is linear in m, and must be none.
  const without = saltStep(complex(0));
  const perFlux = difference(saltStep(complex(1)), without);
  const m = scaled(-1, quotient(without, perFlux));

  const [fNear, hNear] = slopesNear(m);
  const at = (end: typeof near) => {
    const f = end(fEnds, fNear, fFar);
    const h = end(hEnds, hNear, hFar);
    return { c: sum(f, product(saltOfPsi, h)), psi: sum(product(psiOfSalt, f), h) };
  };
  const front = at(near);
  const back = at(far);
  const acrossSeparator = difference(
    far(separatorEnds, feed, scaled(1 / D1, m)),
    near(separatorEnds, feed, scaled(1 / D1, m)),
  );
  // ∫i_e dx through the electrode, from i_e·(1/σ + 1/κ) = ψ′ − 1/σ + χ·c′.
  const carried = scaled(
    1 / both,
    sum(difference(back.psi, front.psi), complex(-L2 / sigma), scaled(chi, difference(back.c, front.c))),
  );
  return sum(complex(L1 / kappa1 + L2 / sigma), scaled(chi, acrossSeparator), front.psi, scaled(1 / sigma, carried));
}

// The two loops in which a full solve spends its time, as plain functions over arrays: an engine optimises them once for all
// cells, which it does not do for functions made anew with each cell.

import { F } from '../units/index.ts';

/** What the edges between nodes need of the mesh; edge e lies between nodes e and e + 1. */
export interface EdgeGeometry {
  readonly nodes: number;
  /** First node of the cathode; edges before it carry the whole current in the electrolyte. */
  readonly firstCathodeNode: number;
  readonly perDistance: Float64Array;
  /** Share of the left half-width in the distance, for harmonic means. */
  readonly weightLeft: Float64Array;
  /** Effective conductivity of the solid, S/m. */
  readonly sigma: number;
}

/** Effective properties at the nodes. */
export interface NodeProperties {
  readonly kappa: Float64Array;
  readonly diffusivity: Float64Array;
  readonly tPlus: Float64Array;
  /** 2(1−t⁺)·TDF·(RT/F)/c, V m3/mol. */
  readonly chi: Float64Array;
}

/** Bulk properties as a transport law gives them made effective in place, and χ; `thermalVoltage` is RT/F. */
export function effectivePropertiesInto(
  tortuosity: Float64Array,
  c: Float64Array,
  tdf: Float64Array,
  thermalVoltage: number,
  concentrationFloor: number,
  p: NodeProperties,
): void {
  const { kappa, diffusivity, tPlus, chi } = p;
  const twice = 2 * thermalVoltage;
  for (let k = 0; k < c.length; k++) {
    const factor = tortuosity[k]!;
    const held = c[k]!;
    kappa[k]! *= factor;
    diffusivity[k]! *= factor;
    chi[k] = (twice * (1 - tPlus[k]!) * tdf[k]!) / Math.max(held, concentrationFloor);
  }
}

/** Means over the edges, and what flows through them. */
export interface EdgeValues {
  readonly kappa: Float64Array;
  readonly diffusivity: Float64Array;
  readonly chi: Float64Array;
  /** 1 − t⁺. */
  readonly anion: Float64Array;
  /** χ·∂c/∂x, V/m. */
  readonly X: Float64Array;
  /** Electrolyte current, A/m2. */
  readonly current: Float64Array;
  /** Flux of the anion, mol/(m2 s). */
  readonly anionFlux: Float64Array;
}

/** Fluxes through all edges at salt concentrations c and current density i along +x; ψ stands in y behind each cathode c. */
export function edgeValuesInto(
  g: EdgeGeometry,
  c: Float64Array,
  y: Float64Array,
  i: number,
  p: NodeProperties,
  out: EdgeValues,
): void {
  const { nodes, firstCathodeNode: ns, perDistance, weightLeft } = g;
  const { kappa, diffusivity, tPlus, chi } = p;
  const outKappa = out.kappa;
  const outDiffusivity = out.diffusivity;
  const outChi = out.chi;
  const { anion, X, current, anionFlux } = out;
  const perSigma = 1 / g.sigma;
  const perFaraday = 1 / F;
  let d0 = diffusivity[0]!;
  let x0 = chi[0]!;
  let k0 = kappa[0]!;
  let t0 = tPlus[0]!;
  let c0 = c[0]!;
  for (let e = 0; e + 1 < nodes; e++) {
    const d1 = diffusivity[e + 1]!;
    const x1 = chi[e + 1]!;
    const k1 = kappa[e + 1]!;
    const t1 = tPlus[e + 1]!;
    const c1 = c[e + 1]!;
    const w = weightLeft[e]!;
    const per = perDistance[e]!;
    const D = (d0 * d1) / (w * d1 + (1 - w) * d0);
    // A single-ion conductor has χ = 0 everywhere.
    const across = w * x1 + (1 - w) * x0;
    const meanChi = across === 0 ? 0 : (x0 * x1) / across;
    const k = 0.5 * (k0 + k1);
    const gradient = (c1 - c0) * per;
    const x = meanChi * gradient;
    let flow = i;
    if (e >= ns) {
      const psi = 2 * e - ns + 1;
      flow = (((y[psi + 2]! - y[psi]!) * per + i * perSigma + x) * k) / (1 + k * perSigma);
    }
    const share = 1 - 0.5 * (t0 + t1);
    outDiffusivity[e] = D;
    outChi[e] = meanChi;
    outKappa[e] = k;
    X[e] = x;
    current[e] = flow;
    anion[e] = share;
    anionFlux[e] = -D * gradient - share * flow * perFaraday;
    d0 = d1;
    x0 = x1;
    k0 = k1;
    t0 = t1;
    c0 = c1;
  }
}

/** Particles of one constant diffusivity. */
export interface ParticleMesh {
  readonly particles: number;
  readonly shells: number;
  /** Index of the first shell of the first particle among the unknowns. */
  readonly start: number;
  /** Flux of a unit difference of c at unit D into and out of each shell, by the shell's volume, 1/m2. */
  readonly inRate: Float64Array;
  readonly outRate: Float64Array;
}

/** Residual dc/dt − y′ of the shells; `pushed` is the change of the outermost shell by a unit of reaction current. */
export function particleResidualInto(
  mesh: ParticleMesh,
  y: Float64Array,
  yPrime: Float64Array,
  D: number,
  pushed: number,
  reaction: Float64Array,
  out: Float64Array,
): void {
  const { particles, shells, start, inRate, outRate } = mesh;
  const last = shells - 1;
  for (let k = 0; k < particles; k++) {
    const first = start + k * shells;
    let step = 0;
    let here = y[first]!;
    for (let m = 0; m < last; m++) {
      const at = first + m;
      const next = y[at + 1]!;
      const stepNext = D * (next - here);
      out[at] = outRate[m]! * stepNext - inRate[m]! * step - yPrime[at]!;
      step = stepNext;
      here = next;
    }
    const end = first + last;
    out[end] = -inRate[last]! * step - pushed * reaction[k]! - yPrime[end]!;
  }
}

// Landesfeind and Gasteiger 2019 (10.1149/2.0571912jes): LiPF6 in two carbonate mixtures, all four properties measured
// between 0.1 and 3 M and −10 and 50 °C. c in mol/L and T in K inside the formulas.
//
// Outside its range a fit in powers of c and T means nothing, so T is held to 263.15-323.15 K and c to 0.1-3 M, with one
// exception: below 0.1 M the conductivity follows its formula down to the common floor, because the form was built to go
// to the molar conductivity at infinite dilution, and a depleted electrode must feel its electrolyte lose conductivity.

import { exp } from '../../numerics/index.ts';
import {
  CONDUCTIVITY_S_per_m_FLOOR,
  TRANSPORT_CONCENTRATION_mol_per_m3_FLOOR,
  type TransportLaw,
  type TransportProperty,
  transportLawOf,
} from './transport-law.ts';

/** κ: p1…p6, D: p1…p4, t+ and TDF: p1…p9, numbered as in the paper. */
interface Coefficients {
  readonly kappa: readonly [number, number, number, number, number, number];
  readonly D: readonly [number, number, number, number];
  readonly tPlus: Polynomial;
  readonly tdf: Polynomial;
}
type Polynomial = readonly [number, number, number, number, number, number, number, number, number];

const mixtures = {
  /** LiPF6 in EC:EMC 3:7 by weight. */
  'ec-emc': {
    kappa: [0.521, 228, -1.06, 0.353, -0.00359, 0.00148],
    D: [1010, 1.01, -1560, -487],
    tPlus: [-12.8, -6.12, 0.0821, 0.904, 0.0318, -1.27e-4, 0.0175, -0.00312, -3.96e-5],
    tdf: [25.7, -45.1, -0.177, 1.94, 0.295, 3.08e-4, 0.259, -0.00946, -4.54e-4],
  },
  /** LiPF6 in EC:DMC 1:1 by weight. */
  'ec-dmc': {
    kappa: [0.798, 228, -1.22, 0.509, -0.004, 0.00379],
    D: [1470, 1.33, -1690, -563],
    tPlus: [-7.91, 0.245, 0.0528, 0.698, -0.0108, -8.21e-5, 7.43e-4, -0.00222, 3.07e-5],
    tdf: [-5.58, 7.17, 0.038, 1.91, -0.0665, -5.08e-5, 0.11, -0.0061, 1.51e-4],
  },
} as const satisfies Record<string, Coefficients>;

export type LandesfeindMixture = keyof typeof mixtures;

const C_MIN = 0.1;
const C_MAX = 3;
const T_MIN = 263.15;
const T_MAX = 323.15;

function heldTemperature(T: number): number {
  return Math.min(Math.max(T, T_MIN), T_MAX);
}

/** κ = 0.1·p1·(1 + (T − p2))·c·[1 + p3·√c + p4·(1 + p5·e^{1000/T})·c]/(1 + c⁴·p6·e^{1000/T}), S/m. */
function conductivity([p1, p2, p3, p4, p5, p6]: Coefficients['kappa']): TransportProperty {
  const c_min = TRANSPORT_CONCENTRATION_mol_per_m3_FLOOR / 1000;
  return {
    valuesInto(n, c, T_K, out) {
      const T = heldTemperature(T_K);
      const E = exp(1000 / T);
      const prefactor = 0.1 * p1 * (1 + (T - p2));
      const linear = p4 * (1 + p5 * E);
      const quartic = p6 * E;
      for (let k = 0; k < n; k++) {
        const x = Math.min(Math.max(0.001 * c[k]!, c_min), C_MAX);
        const x2 = x * x;
        out[k] = Math.max(
          (prefactor * x * (1 + p3 * Math.sqrt(x) + linear * x)) / (1 + quartic * x2 * x2),
          CONDUCTIVITY_S_per_m_FLOOR,
        );
      }
    },
    derivativesInto(n, c, T_K, out_c, out_T) {
      const T = heldTemperature(T_K);
      const E = exp(1000 / T);
      const E_T = T === T_K ? (-1000 * E) / (T * T) : 0;
      const prefactor = 0.1 * p1 * (1 + (T - p2));
      const prefactor_T = T === T_K ? 0.1 * p1 : 0;
      const linear = p4 * (1 + p5 * E);
      const quartic = p6 * E;
      for (let k = 0; k < n; k++) {
        const m = 0.001 * c[k]!;
        const x = Math.min(Math.max(m, c_min), C_MAX);
        const x2 = x * x;
        const root = Math.sqrt(x);
        const N = x * (1 + p3 * root + linear * x);
        const M = 1 / (1 + quartic * x2 * x2);
        const kappa = prefactor * N * M;
        const free = kappa > CONDUCTIVITY_S_per_m_FLOOR;
        const N_x = 1 + 1.5 * p3 * root + 2 * linear * x;
        out_c[k] = free && m === x ? 0.001 * (prefactor * N_x * M - kappa * M * 4 * quartic * x2 * x) : 0;
        out_T[k] = free ? prefactor_T * N * M + prefactor * M * p4 * p5 * E_T * x2 - kappa * M * p6 * E_T * x2 * x2 : 0;
      }
    },
  };
}

/** D = p1·e^{p2·c}·e^{p3/T}·e^{p4·c/T}·1e-10, m2/s. */
function diffusivity([p1, p2, p3, p4]: Coefficients['D']): TransportProperty {
  return {
    valuesInto(n, c, T_K, out) {
      const T = heldTemperature(T_K);
      const dilute = 1e-10 * p1 * exp(p3 / T);
      const decay = p2 + p4 / T;
      for (let k = 0; k < n; k++) out[k] = dilute * exp(decay * Math.min(Math.max(0.001 * c[k]!, C_MIN), C_MAX));
    },
    derivativesInto(n, c, T_K, out_c, out_T) {
      const T = heldTemperature(T_K);
      const dilute = 1e-10 * p1 * exp(p3 / T);
      const decay = p2 + p4 / T;
      const inside = T === T_K;
      for (let k = 0; k < n; k++) {
        const m = 0.001 * c[k]!;
        const x = Math.min(Math.max(m, C_MIN), C_MAX);
        const D = dilute * exp(decay * x);
        out_c[k] = m === x ? 0.001 * decay * D : 0;
        out_T[k] = inside ? (-D * (p3 + p4 * x)) / (T * T) : 0;
      }
    },
  };
}

/** p1 + p2·c + p3·T + p4·c² + p5·c·T + p6·T² + p7·c³ + p8·c²·T + p9·c·T². */
function polynomial([p1, p2, p3, p4, p5, p6, p7, p8, p9]: Polynomial): TransportProperty {
  return {
    valuesInto(n, c, T_K, out) {
      const T = heldTemperature(T_K);
      const a0 = p1 + T * (p3 + T * p6);
      const a1 = p2 + T * (p5 + T * p9);
      const a2 = p4 + T * p8;
      for (let k = 0; k < n; k++) {
        const x = Math.min(Math.max(0.001 * c[k]!, C_MIN), C_MAX);
        out[k] = a0 + x * (a1 + x * (a2 + x * p7));
      }
    },
    derivativesInto(n, c, T_K, out_c, out_T) {
      const T = heldTemperature(T_K);
      const inside = T === T_K ? 1 : 0;
      const a1 = p2 + T * (p5 + T * p9);
      const a2 = p4 + T * p8;
      const b0 = inside * (p3 + 2 * T * p6);
      const b1 = inside * (p5 + 2 * T * p9);
      const b2 = inside * p8;
      for (let k = 0; k < n; k++) {
        const m = 0.001 * c[k]!;
        const x = Math.min(Math.max(m, C_MIN), C_MAX);
        out_c[k] = m === x ? 0.001 * (a1 + x * (2 * a2 + x * 3 * p7)) : 0;
        out_T[k] = b0 + x * (b1 + x * b2);
      }
    },
  };
}

/** LiPF6 in EC:EMC 3:7 or EC:DMC 1:1 by weight. */
export function landesfeind2019(mixture: LandesfeindMixture): TransportLaw {
  const p = mixtures[mixture];
  return transportLawOf({
    name: `landesfeind2019-${mixture}`,
    source: '10.1149/2.0571912jes',
    validity: {
      concentration_mol_per_m3_min: 1000 * C_MIN,
      concentration_mol_per_m3_max: 1000 * C_MAX,
      temperature_K_min: T_MIN,
      temperature_K_max: T_MAX,
    },
    conductivity: conductivity(p.kappa),
    diffusivity: diffusivity(p.D),
    transferenceNumber: polynomial(p.tPlus),
    thermodynamicFactor: polynomial(p.tdf),
  });
}

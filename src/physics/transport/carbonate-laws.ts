// Published property functions of LiPF6 in carbonate mixtures. c in mol/L and T in K inside the formulas. κ and D are read
// at no less than 0.01 M; unless a law says so, nothing holds c from above.

import { exp } from '../../numerics/index.ts';
import { ROOM_TEMPERATURE_K } from '../../units/index.ts';
import { arrhenius, arrheniusSlope_per_K } from '../thermal/arrhenius.ts';
import {
  ACTIVITY_CONCENTRATION_mol_per_m3_FLOOR,
  CONDUCTIVITY_S_per_m_FLOOR,
  constantProperty,
  DIFFUSIVITY_m2_per_s_FLOOR,
  TRANSPORT_CONCENTRATION_mol_per_m3_FLOOR,
  type TransportLaw,
  type TransportProperty,
  transportLawOf,
} from './transport-law.ts';

const C_FLOOR = TRANSPORT_CONCENTRATION_mol_per_m3_FLOOR / 1000;
const LN_10 = Math.LN10;

/** κ = 0.1·c·(P0 + P1·c + P2·c²)², with P0, P1 quadratic and P2 linear in T; S/m. */
const valoenConductivity: TransportProperty = {
  valuesInto(n, c, T, out) {
    const p0 = -10.5 + T * (0.074 - 6.96e-5 * T);
    const p1 = 0.668 + T * (-0.0178 + 2.8e-5 * T);
    const p2 = 0.494 - 8.86e-4 * T;
    for (let k = 0; k < n; k++) {
      const x = Math.max(0.001 * c[k]!, C_FLOOR);
      const P = p0 + x * (p1 + x * p2);
      out[k] = Math.max(0.1 * x * P * P, CONDUCTIVITY_S_per_m_FLOOR);
    }
  },
  derivativesInto(n, c, T, out_c, out_T) {
    const p0 = -10.5 + T * (0.074 - 6.96e-5 * T);
    const p1 = 0.668 + T * (-0.0178 + 2.8e-5 * T);
    const p2 = 0.494 - 8.86e-4 * T;
    const q0 = 0.074 - 2 * 6.96e-5 * T;
    const q1 = -0.0178 + 2 * 2.8e-5 * T;
    for (let k = 0; k < n; k++) {
      const m = 0.001 * c[k]!;
      const x = Math.max(m, C_FLOOR);
      const P = p0 + x * (p1 + x * p2);
      // Below freezing the fitted P passes zero near 3.5 M; there κ rests on its floor.
      const free = 0.1 * x * P * P > CONDUCTIVITY_S_per_m_FLOOR;
      out_c[k] = free && m === x ? 1e-4 * P * (P + 2 * x * (p1 + 2 * x * p2)) : 0;
      out_T[k] = free ? 0.2 * x * P * (q0 + x * (q1 - x * 8.86e-4)) : 0;
    }
  },
};

/**
 * T − 229 − 5c is held to at least this, K: the Vogel-type form is singular where it vanishes (13.8 M at 298 K), and means
 * nothing beyond.
 */
const VOGEL_DISTANCE_K_MIN = 10;

/** D = 1e-4·10^(−4.43 − 54/(T − 229 − 5c) − 0.22·c), m2/s. */
const valoenDiffusivity: TransportProperty = {
  valuesInto(n, c, T, out) {
    for (let k = 0; k < n; k++) {
      const x = Math.max(0.001 * c[k]!, C_FLOOR);
      const distance = Math.max(T - 229 - 5 * x, VOGEL_DISTANCE_K_MIN);
      out[k] = Math.max(1e-4 * exp(LN_10 * (-4.43 - 54 / distance - 0.22 * x)), DIFFUSIVITY_m2_per_s_FLOOR);
    }
  },
  derivativesInto(n, c, T, out_c, out_T) {
    for (let k = 0; k < n; k++) {
      const m = 0.001 * c[k]!;
      const x = Math.max(m, C_FLOOR);
      const distance = Math.max(T - 229 - 5 * x, VOGEL_DISTANCE_K_MIN);
      const D = 1e-4 * exp(LN_10 * (-4.43 - 54 / distance - 0.22 * x));
      const free = D > DIFFUSIVITY_m2_per_s_FLOOR;
      const vogel = distance > VOGEL_DISTANCE_K_MIN ? 54 / (distance * distance) : 0;
      out_c[k] = free && m === x ? 0.001 * LN_10 * D * (-5 * vogel - 0.22) : 0;
      out_T[k] = free ? LN_10 * D * vogel : 0;
    }
  },
};

const VALOEN_T_PLUS = 0.38;

/** TDF = [0.601 − 0.24·√c + 0.982·(1 − 0.0052·(T − 298.15))·c^1.5]/(1 − t+); the paper gives the product with 1 − t+. */
const valoenThermodynamicFactor: TransportProperty = {
  valuesInto(n, c, T, out) {
    const floor = ACTIVITY_CONCENTRATION_mol_per_m3_FLOOR / 1000;
    // Held where the last term would change its sign, at 490 K.
    const warmth = 0.982 * Math.max(1 - 0.0052 * (T - ROOM_TEMPERATURE_K), 0);
    for (let k = 0; k < n; k++) {
      const x = Math.max(0.001 * c[k]!, floor);
      out[k] = (0.601 + Math.sqrt(x) * (warmth * x - 0.24)) / (1 - VALOEN_T_PLUS);
    }
  },
  derivativesInto(n, c, T, out_c, out_T) {
    const floor = ACTIVITY_CONCENTRATION_mol_per_m3_FLOOR / 1000;
    const warmth = 0.982 * Math.max(1 - 0.0052 * (T - ROOM_TEMPERATURE_K), 0);
    const warmth_T = warmth > 0 ? -0.982 * 0.0052 : 0;
    for (let k = 0; k < n; k++) {
      const m = 0.001 * c[k]!;
      const x = Math.max(m, floor);
      const root = Math.sqrt(x);
      out_c[k] = m === x ? (0.001 * (1.5 * warmth * root - 0.12 / root)) / (1 - VALOEN_T_PLUS) : 0;
      out_T[k] = (warmth_T * x * root) / (1 - VALOEN_T_PLUS);
    }
  },
};

/** LiPF6 in PC/EC/DMC, 10:27:63 by volume, Valøen and Reimers 2005; κ and D also serve the half-cell set Xu2019. */
export function valoen2005(): TransportLaw {
  return transportLawOf({
    name: 'valoen2005',
    source: '10.1149/1.1872737',
    validity: {
      concentration_mol_per_m3_min: 7.7e-3,
      concentration_mol_per_m3_max: 3910,
      temperature_K_min: 263,
      temperature_K_max: 333,
    },
    conductivity: valoenConductivity,
    diffusivity: valoenDiffusivity,
    transferenceNumber: constantProperty(VALOEN_T_PLUS),
    thermodynamicFactor: valoenThermodynamicFactor,
  });
}

const NYMAN_ENERGY = 17_000;

/** κ = 0.1297·c³ − 2.51·c^1.5 + 3.329·c at 298.15 K, S/m. */
const nymanConductivity: TransportProperty = {
  valuesInto(n, c, T, out) {
    const warmth = arrhenius(NYMAN_ENERGY, T);
    for (let k = 0; k < n; k++) {
      const x = Math.max(0.001 * c[k]!, C_FLOOR);
      out[k] = warmth * x * (3.329 + 0.1297 * x * x - 2.51 * Math.sqrt(x));
    }
  },
  derivativesInto(n, c, T, out_c, out_T) {
    const warmth = arrhenius(NYMAN_ENERGY, T);
    const warmth_T = arrheniusSlope_per_K(NYMAN_ENERGY, T);
    for (let k = 0; k < n; k++) {
      const m = 0.001 * c[k]!;
      const x = Math.max(m, C_FLOOR);
      const root = Math.sqrt(x);
      out_c[k] = m === x ? 0.001 * warmth * (3.329 + 0.3891 * x * x - 3.765 * root) : 0;
      out_T[k] = warmth_T * x * (3.329 + 0.1297 * x * x - 2.51 * root);
    }
  },
};

/** D = 8.794e-11·c² − 3.972e-10·c + 4.862e-10 at 298.15 K, m2/s; smallest, 3.8e-11, at 2.26 M. */
const nymanDiffusivity: TransportProperty = {
  valuesInto(n, c, T, out) {
    const warmth = arrhenius(NYMAN_ENERGY, T);
    for (let k = 0; k < n; k++) {
      const x = Math.max(0.001 * c[k]!, C_FLOOR);
      out[k] = warmth * (4.862e-10 + x * (8.794e-11 * x - 3.972e-10));
    }
  },
  derivativesInto(n, c, T, out_c, out_T) {
    const warmth = arrhenius(NYMAN_ENERGY, T);
    const warmth_T = arrheniusSlope_per_K(NYMAN_ENERGY, T);
    for (let k = 0; k < n; k++) {
      const m = 0.001 * c[k]!;
      const x = Math.max(m, C_FLOOR);
      out_c[k] = m === x ? 0.001 * warmth * (2 * 8.794e-11 * x - 3.972e-10) : 0;
      out_T[k] = warmth_T * (4.862e-10 + x * (8.794e-11 * x - 3.972e-10));
    }
  },
};

/**
 * LiPF6 in EC:EMC 3:7, Nyman et al. 2008; the Arrhenius energy, 17 kJ/mol, was added by Ecker 2015 (10.1149/2.0551509jes).
 * The thermodynamic factor is 1, as in the cell sets that use these functions.
 */
export function nyman2008(): TransportLaw {
  return transportLawOf({
    name: 'nyman2008',
    source: '10.1016/j.electacta.2008.04.023',
    validity: {
      concentration_mol_per_m3_min: 200,
      concentration_mol_per_m3_max: 2000,
      temperature_K_min: 263,
      temperature_K_max: 323,
    },
    conductivity: nymanConductivity,
    diffusivity: nymanDiffusivity,
    transferenceNumber: constantProperty(0.2594),
    thermodynamicFactor: constantProperty(1),
  });
}

const CAPIGLIA_KAPPA_ENERGY = 34_700;
const CAPIGLIA_D_ENERGY = 37_040;

/** κ = 0.0911 + 1.9101·c − 1.052·c² + 0.1554·c³ at 298.15 K, S/m. */
const capigliaConductivity: TransportProperty = {
  valuesInto(n, c, T, out) {
    const warmth = arrhenius(CAPIGLIA_KAPPA_ENERGY, T);
    for (let k = 0; k < n; k++) {
      const x = Math.max(0.001 * c[k]!, C_FLOOR);
      out[k] = warmth * (0.0911 + x * (1.9101 + x * (-1.052 + x * 0.1554)));
    }
  },
  derivativesInto(n, c, T, out_c, out_T) {
    const warmth = arrhenius(CAPIGLIA_KAPPA_ENERGY, T);
    const warmth_T = arrheniusSlope_per_K(CAPIGLIA_KAPPA_ENERGY, T);
    for (let k = 0; k < n; k++) {
      const m = 0.001 * c[k]!;
      const x = Math.max(m, C_FLOOR);
      out_c[k] = m === x ? 0.001 * warmth * (1.9101 + x * (-2.104 + x * 0.4662)) : 0;
      out_T[k] = warmth_T * (0.0911 + x * (1.9101 + x * (-1.052 + x * 0.1554)));
    }
  },
};

/** D = 5.34e-10·exp(−0.65·c) at 298.15 K, m2/s. */
const capigliaDiffusivity: TransportProperty = {
  valuesInto(n, c, T, out) {
    const dilute = 5.34e-10 * arrhenius(CAPIGLIA_D_ENERGY, T);
    for (let k = 0; k < n; k++) {
      const x = Math.max(0.001 * c[k]!, C_FLOOR);
      out[k] = Math.max(dilute * exp(-0.65 * x), DIFFUSIVITY_m2_per_s_FLOOR);
    }
  },
  derivativesInto(n, c, T, out_c, out_T) {
    const dilute = 5.34e-10 * arrhenius(CAPIGLIA_D_ENERGY, T);
    const dilute_T = 5.34e-10 * arrheniusSlope_per_K(CAPIGLIA_D_ENERGY, T);
    for (let k = 0; k < n; k++) {
      const m = 0.001 * c[k]!;
      const x = Math.max(m, C_FLOOR);
      const decay = exp(-0.65 * x);
      const free = dilute * decay > DIFFUSIVITY_m2_per_s_FLOOR;
      out_c[k] = free && m === x ? -0.65e-3 * dilute * decay : 0;
      out_T[k] = free ? dilute_T * decay : 0;
    }
  },
};

/** LiPF6 in EC:DMC, Capiglia et al. 1999, in the form of the cell set Marquis2019; thermodynamic factor 1 as there. */
export function capiglia1999(): TransportLaw {
  return transportLawOf({
    name: 'capiglia1999',
    source: '10.1016/S0378-7753(98)00237-7',
    validity: {
      concentration_mol_per_m3_min: 0,
      concentration_mol_per_m3_max: 2000,
      temperature_K_min: 273,
      temperature_K_max: 333,
    },
    conductivity: capigliaConductivity,
    diffusivity: capigliaDiffusivity,
    transferenceNumber: constantProperty(0.4),
    thermodynamicFactor: constantProperty(1),
  });
}

/** Highest concentration at which the EC:DEC fit is read, M; beyond it the exponential of a square would run to nothing. */
const EC_DEC_C_MAX = 3;

/** κ = 0.1·c·exp[3.0700 − 0.8495·c − 0.1721·c² − (1047.3 + 984.1·c)·(1/T − 1/298.15)], S/m. */
const ecDecConductivity: TransportProperty = {
  valuesInto(n, c, T, out) {
    const cold = 1 / Math.max(T, 200) - 1 / ROOM_TEMPERATURE_K;
    const constant = 3.07 - 1047.3 * cold;
    const linear = -0.8495 - 984.1 * cold;
    for (let k = 0; k < n; k++) {
      const x = Math.min(Math.max(0.001 * c[k]!, C_FLOOR), EC_DEC_C_MAX);
      out[k] = Math.max(0.1 * x * exp(constant + x * (linear - 0.1721 * x)), CONDUCTIVITY_S_per_m_FLOOR);
    }
  },
  derivativesInto(n, c, T_K, out_c, out_T) {
    const T = Math.max(T_K, 200);
    const cold = 1 / T - 1 / ROOM_TEMPERATURE_K;
    const cold_T = T === T_K ? -1 / (T * T) : 0;
    const constant = 3.07 - 1047.3 * cold;
    const linear = -0.8495 - 984.1 * cold;
    for (let k = 0; k < n; k++) {
      const m = 0.001 * c[k]!;
      const x = Math.min(Math.max(m, C_FLOOR), EC_DEC_C_MAX);
      const molar = 0.1 * exp(constant + x * (linear - 0.1721 * x));
      const free = x * molar > CONDUCTIVITY_S_per_m_FLOOR;
      out_c[k] = free && m === x ? 0.001 * molar * (1 + x * (linear - 0.3442 * x)) : 0;
      out_T[k] = free ? -x * molar * (1047.3 + 984.1 * x) * cold_T : 0;
    }
  },
};

/**
 * LiPF6 in EC:DEC 1:1 by weight. κ is a fit made for this project to the 15 points of Lundgren 2015 in CALiSol-23
 * (10.1038/s41597-024-03575-8), largest error 4.2 % between 0.5 and 1.5 M and 283 and 313 K. D 2.5e-10 m2/s (1.5-3.5e-10), t+ 0.25
 * (0.2-0.4) and TDF 2 (1.3-3) are orders of magnitude from memory of that paper, to be checked against it.
 */
export function ecDecLundgren(): TransportLaw {
  return transportLawOf({
    name: 'ec-dec-lundgren',
    source: '10.1149/2.0641503jes',
    validity: {
      concentration_mol_per_m3_min: 500,
      concentration_mol_per_m3_max: 1500,
      temperature_K_min: 283,
      temperature_K_max: 313,
    },
    conductivity: ecDecConductivity,
    diffusivity: constantProperty(2.5e-10),
    transferenceNumber: constantProperty(0.25),
    thermodynamicFactor: constantProperty(2),
  });
}

// What a transport law is: conductivity, salt diffusivity, transference number and thermodynamic factor of a binary
// electrolyte against concentration and temperature, evaluated for all nodes of a mesh at once.
//
// A law is made of four property kernels. Replacing one property replaces one kernel, so a law with replacements costs no
// more than a law without, and a property that is a number costs a fill.

import type { ScalarFunction } from '../insertion/scalar-function.ts';
import { arrhenius, arrheniusSlope_per_K } from '../thermal/arrhenius.ts';

/** One property over n nodes: c in mol/m3, T in K; values and slopes in SI. Kernels allocate nothing. */
export interface TransportProperty {
  valuesInto(n: number, c: Float64Array, T_K: number, out: Float64Array): void;
  /** ∂/∂c per mol/m3 and ∂/∂T per K. */
  derivativesInto(n: number, c: Float64Array, T_K: number, out_c: Float64Array, out_T: Float64Array): void;
}

/** Concentrations and temperatures between which the law was fitted. Outside, values are finite but not known to be right. */
export interface TransportValidity {
  readonly concentration_mol_per_m3_min: number;
  readonly concentration_mol_per_m3_max: number;
  readonly temperature_K_min: number;
  readonly temperature_K_max: number;
}

/** Slopes of the four properties at n nodes: `_c` per mol/m3, `_T` per K. */
export interface TransportDerivatives {
  readonly kappa_c: Float64Array;
  readonly kappa_T: Float64Array;
  readonly D_c: Float64Array;
  readonly D_T: Float64Array;
  readonly tPlus_c: Float64Array;
  readonly tPlus_T: Float64Array;
  readonly tdf_c: Float64Array;
  readonly tdf_T: Float64Array;
}

export interface TransportLaw {
  readonly name: string;
  readonly source: string;
  readonly validity: TransportValidity;
  readonly conductivity: TransportProperty;
  readonly diffusivity: TransportProperty;
  readonly transferenceNumber: TransportProperty;
  readonly thermodynamicFactor: TransportProperty;
  /**
   * For k < n, reads c[k] (mol/m3) and writes κ (S/m), D (m2/s), t+ (1) and 1 + ∂ln f±/∂ln c (1). Finite, and κ and D
   * positive, for every finite c, also a negative one that a Newton iterate may hold.
   */
  valuesInto(
    n: number,
    c: Float64Array,
    T_K: number,
    kappa: Float64Array,
    D: Float64Array,
    tPlus: Float64Array,
    tdf: Float64Array,
  ): void;
  /** The exact derivatives of what `valuesInto` writes; where a value is held at a bound, its derivative is 0. */
  derivativesInto(n: number, c: Float64Array, T_K: number, derivatives: TransportDerivatives): void;
}

/** κ and D are evaluated at no less than this concentration (as PyBaMM does), mol/m3: they must not vanish. */
export const TRANSPORT_CONCENTRATION_mol_per_m3_FLOOR = 10;
/** The thermodynamic factor is evaluated at no less than this, mol/m3. */
export const ACTIVITY_CONCENTRATION_mol_per_m3_FLOOR = 0.01;
/** No law gives less than this, whatever the polynomial says outside its range. */
export const CONDUCTIVITY_S_per_m_FLOOR = 1e-4;
export const DIFFUSIVITY_m2_per_s_FLOOR = 1e-14;

export function makeTransportDerivatives(n: number): TransportDerivatives {
  return {
    kappa_c: new Float64Array(n),
    kappa_T: new Float64Array(n),
    D_c: new Float64Array(n),
    D_T: new Float64Array(n),
    tPlus_c: new Float64Array(n),
    tPlus_T: new Float64Array(n),
    tdf_c: new Float64Array(n),
    tdf_T: new Float64Array(n),
  };
}

type Parts = Omit<TransportLaw, 'valuesInto' | 'derivativesInto'>;

/** A law from its four properties. */
export function transportLawOf(parts: Parts): TransportLaw {
  const { conductivity, diffusivity, transferenceNumber, thermodynamicFactor } = parts;
  return {
    ...parts,
    valuesInto(n, c, T_K, kappa, D, tPlus, tdf) {
      conductivity.valuesInto(n, c, T_K, kappa);
      diffusivity.valuesInto(n, c, T_K, D);
      transferenceNumber.valuesInto(n, c, T_K, tPlus);
      thermodynamicFactor.valuesInto(n, c, T_K, tdf);
    },
    derivativesInto(n, c, T_K, d) {
      conductivity.derivativesInto(n, c, T_K, d.kappa_c, d.kappa_T);
      diffusivity.derivativesInto(n, c, T_K, d.D_c, d.D_T);
      transferenceNumber.derivativesInto(n, c, T_K, d.tPlus_c, d.tPlus_T);
      thermodynamicFactor.derivativesInto(n, c, T_K, d.tdf_c, d.tdf_T);
    },
  };
}

/** A property that is one number at 298.15 K, the same at every concentration, with an Arrhenius energy (J/mol, 0: none). */
export function constantProperty(value: number, Ea = 0): TransportProperty {
  return {
    valuesInto(n, _c, T_K, out) {
      const v = Ea === 0 ? value : value * arrhenius(Ea, T_K);
      for (let k = 0; k < n; k++) out[k] = v;
    },
    derivativesInto(n, _c, T_K, out_c, out_T) {
      const slope = Ea === 0 ? 0 : value * arrheniusSlope_per_K(Ea, T_K);
      for (let k = 0; k < n; k++) {
        out_c[k] = 0;
        out_T[k] = slope;
      }
    },
  };
}

/**
 * A property that is a function of c (mol/m3) times an Arrhenius factor. The function is read at no less than 10 mol/m3;
 * a value below `floor`, or one that is not a number (a formula outside its domain), is taken as `floor` with slope 0.
 */
export function functionProperty(fn: ScalarFunction, Ea: number, floor: number): TransportProperty {
  let held = new Float64Array(64);
  let value = new Float64Array(64);
  let slope = new Float64Array(64);

  function evaluate(n: number, c: Float64Array): void {
    if (held.length < n) {
      held = new Float64Array(2 * n);
      value = new Float64Array(2 * n);
      slope = new Float64Array(2 * n);
    }
    for (let k = 0; k < n; k++) held[k] = Math.max(c[k]!, TRANSPORT_CONCENTRATION_mol_per_m3_FLOOR);
    fn.evaluateInto(n, held, value, slope);
  }

  return {
    valuesInto(n, c, T_K, out) {
      evaluate(n, c);
      const warmth = arrhenius(Ea, T_K);
      for (let k = 0; k < n; k++) {
        const v = value[k]! * warmth;
        out[k] = v > floor && v < Number.POSITIVE_INFINITY ? v : floor;
      }
    },
    derivativesInto(n, c, T_K, out_c, out_T) {
      evaluate(n, c);
      const warmth = arrhenius(Ea, T_K);
      const warmth_T = arrheniusSlope_per_K(Ea, T_K);
      for (let k = 0; k < n; k++) {
        const v = value[k]! * warmth;
        const free = v > floor && v < Number.POSITIVE_INFINITY;
        out_c[k] = free && c[k]! > TRANSPORT_CONCENTRATION_mol_per_m3_FLOOR ? slope[k]! * warmth : 0;
        out_T[k] = free ? value[k]! * warmth_T : 0;
      }
    },
  };
}

const ANYWHERE: TransportValidity = {
  concentration_mol_per_m3_min: 0,
  concentration_mol_per_m3_max: Number.POSITIVE_INFINITY,
  temperature_K_min: 0,
  temperature_K_max: Number.POSITIVE_INFINITY,
};

/** Four numbers at 298.15 K with optional Arrhenius energies for the first two. */
export interface ConstantTransport {
  readonly conductivity_S_per_m: number;
  readonly diffusivity_m2_per_s: number;
  readonly transferenceNumber: number;
  readonly thermodynamicFactor: number;
  readonly conductivityActivationEnergy_J_per_mol?: number | undefined;
  readonly diffusivityActivationEnergy_J_per_mol?: number | undefined;
}

export function constantLaw(values: ConstantTransport): TransportLaw {
  return transportLawOf({
    name: 'constant',
    source: "the cell file's author",
    validity: ANYWHERE,
    conductivity: constantProperty(values.conductivity_S_per_m, values.conductivityActivationEnergy_J_per_mol),
    diffusivity: constantProperty(values.diffusivity_m2_per_s, values.diffusivityActivationEnergy_J_per_mol),
    transferenceNumber: constantProperty(values.transferenceNumber),
    thermodynamicFactor: constantProperty(values.thermodynamicFactor),
  });
}

/** κ(c) and D(c) as functions of c in mol/m3, at 298.15 K, as BPX has them. */
export interface FunctionTransport {
  readonly conductivity: ScalarFunction;
  readonly diffusivity: ScalarFunction;
  readonly transferenceNumber: number;
  readonly thermodynamicFactor: number;
  readonly conductivityActivationEnergy_J_per_mol?: number | undefined;
  readonly diffusivityActivationEnergy_J_per_mol?: number | undefined;
}

export function functionsLaw(of: FunctionTransport): TransportLaw {
  return transportLawOf({
    name: 'functions',
    source: "the cell file's author",
    validity: ANYWHERE,
    conductivity: functionProperty(
      of.conductivity,
      of.conductivityActivationEnergy_J_per_mol ?? 0,
      CONDUCTIVITY_S_per_m_FLOOR,
    ),
    diffusivity: functionProperty(
      of.diffusivity,
      of.diffusivityActivationEnergy_J_per_mol ?? 0,
      DIFFUSIVITY_m2_per_s_FLOOR,
    ),
    transferenceNumber: constantProperty(of.transferenceNumber),
    thermodynamicFactor: constantProperty(of.thermodynamicFactor),
  });
}

/** Numbers that stand in for single properties of a law, at every concentration. */
export type TransportReplacements = { readonly [K in keyof ConstantTransport]?: ConstantTransport[K] | undefined };

/** The law with the properties that are given replaced by numbers; the law itself when none is given. */
export function withReplacements(law: TransportLaw, by: TransportReplacements): TransportLaw {
  const kappa = by.conductivity_S_per_m;
  const D = by.diffusivity_m2_per_s;
  const tPlus = by.transferenceNumber;
  const tdf = by.thermodynamicFactor;
  if (kappa === undefined && D === undefined && tPlus === undefined && tdf === undefined) return law;
  return transportLawOf({
    name: law.name,
    source: law.source,
    validity: law.validity,
    conductivity:
      kappa === undefined ? law.conductivity : constantProperty(kappa, by.conductivityActivationEnergy_J_per_mol),
    diffusivity: D === undefined ? law.diffusivity : constantProperty(D, by.diffusivityActivationEnergy_J_per_mol),
    transferenceNumber: tPlus === undefined ? law.transferenceNumber : constantProperty(tPlus),
    thermodynamicFactor: tdf === undefined ? law.thermodynamicFactor : constantProperty(tdf),
  });
}

// How lithium plates from an electrolyte, told by what is in it: the charge of fresh interphase q, the size of the deposit d and
// the skin ξ that stripping leaves.
//
// Interphase is made of what stands at the surface and is reduced there first. Each class of solvent and anion has a readiness
// to do so for each mole, and the interphase made of it alone an efficiency; the electrolyte's interphase is their mixture. In a
// dilute solution there are ten solvent molecules for each anion; in a concentrated one hardly any is free, and the anion
// prevails. Inert diluent leaves that shell as it is and adds a little, oxygen of the solvents takes away.
//
// One efficiency says one thing about three numbers. What is fitted is the efficiency; how it is shared among q, d and ξ is a
// prior (`MAKER_PRIORS`), and every value carries its range.

import { exp, hypot, log, power, square, tanh } from '../numerics/index.ts';
import { thickness_m_from_areal_charge } from '../units/index.ts';
import type { Component, Composition } from './composition.ts';
import { type ElectrolyteClass, electrolyteClass } from './composition-descriptors.ts';
import { atomsOf, type InterphaseMaker, interphaseMakerOf, MAKER_PRIORS } from './interphase-makers.ts';
import constantsFile from './plating-law.json' with { type: 'json' };
import type { Property } from './property.ts';

/** Something about the electrolyte that raises or lowers its efficiency. */
export interface PlatingReason {
  /** The descriptor, as a heading: 'Binding solvent per salt'. */
  readonly descriptor: string;
  /** A sentence for a reader, with the descriptor's value. */
  readonly text: string;
  /** What it adds to −log10(1 − CE) at the reference conditions, against the mean electrolyte of the calibration. */
  readonly efficiencyGain: number;
}

/** What the law says of one electrolyte, at 10 A/m2 and 298.15 K on copper. */
export interface PlatingEstimate {
  readonly family: ElectrolyteClass;
  /** q, C/m2 of real area. */
  readonly interphaseCharge: Property;
  /** d at 10 A/m2, m. */
  readonly depositSize: Property;
  /** m of d ∝ (j0/j)^m. */
  readonly depositSizeExponent: Property;
  /** ξ, m. */
  readonly unstrippableSkin: Property;
  /** −log10(1 − CE) at 10 A/m2 and 1 mAh/cm2. */
  readonly logEfficiency: number;
  /** Molecules of solvent that bind lithium, for each formula unit of salt; 4 or 5 of DME or EC fill the shell of an ion. */
  readonly bindingSolventPerSalt: number;
  /** Largest effect first; they add up to `logEfficiency` less the mean of the calibration. */
  readonly reasons: readonly PlatingReason[];
  /** Standard deviation of `logEfficiency` as laboratories would find it: their own scatter and the law's doubt together. */
  readonly logLossSd: number;
  /** The law's doubt alone, from the covariance of its constants. */
  readonly lawSd: number;
  /** Sentences on what the law has not seen; empty within the calibration. */
  readonly warnings: readonly string[];
}

/** What the law takes of a composition. Plain numbers, so that a table of them can be fitted. */
export interface PlatingDescriptors {
  /** Moles of each class of `MAKER_PRIORS` for each mole of salt, in that order. */
  readonly amounts: readonly number[];
  /** Moles of inert diluent for each mole of salt. */
  readonly inertDiluent: number;
  /** Moles of solvent that binds lithium for each mole of salt. */
  readonly bindingSolvent: number;
  /** Of all atoms: oxygen in solvents and diluents. */
  readonly solventOxygen: number;
  /** Of all atoms: fluorine in solvents and diluents. */
  readonly solventFluorine: number;
}

/** A constant of the law, what is known of it before the fit, and what the fit makes of it. */
export interface LawConstant {
  readonly id: string;
  readonly prior: number;
  readonly priorSd: number;
  readonly value: number;
  readonly sd: number;
}

export interface PlatingLaw {
  readonly constants: readonly LawConstant[];
  /** Of the constants, row by row. */
  readonly covariance: readonly (readonly number[])[];
  /** Standard deviation of −log10(1 − CE) that the law does not explain: laboratories, protocols and what it leaves out. */
  readonly scatter: number;
  /** Mean of the calibration; reasons count from here. */
  readonly meanLogEfficiency: number;
  /** m of d ∝ j^−m, and its standard deviation. */
  readonly depositSizeExponent: { readonly value: number; readonly sd: number };
  /** To what it was fitted. */
  readonly source: string;
}

/** Conditions for which the law gives the efficiency: most of the calibration's cells ran at about 1 mA/cm2, 1 mAh/cm2. */
export const REFERENCE_CURRENT_A_PER_M2 = 10;
export const REFERENCE_CAPACITY_C_PER_M2 = 36_000;

/**
 * Fewer binding molecules than this for each salt do not keep it liquid: a text that says so counts per litre of solvent what it
 * calls molar.
 */
const BINDING_RATIO_MIN = 0.9;
/** The gain of diluent is half there at about this many moles for each mole of salt. */
const DILUENT_RATIO_SCALE = 2;
/** Contents count as ln(content + this). */
const CONTENT_FLOOR = 0.01;
/** Typical contents of the calibration, and how far they vary: contents are counted from there in these units. */
const OXYGEN_CENTRE = -1.97;
const OXYGEN_SCALE = 0.57;
const FLUORINE_CENTRE = 0.055;
const FLUORINE_SCALE = 0.09;

const sum = (components: readonly Component[], of: (component: Component) => number): number =>
  components.reduce((total, component) => total + of(component), 0);

/** Small additions of what would spoil a solution as its diluent make films instead. */
function makerOf({ chemical, role }: Component): InterphaseMaker | null {
  const maker = interphaseMakerOf(chemical);
  return maker === 'reducible-diluent' && role === 'additive' ? 'film-former' : maker;
}

const MAKER_INDEX: ReadonlyMap<InterphaseMaker, number> = new Map(MAKER_PRIORS.map(({ maker }, k) => [maker, k]));

/** What the law needs to know of a composition. */
export function platingDescriptors({ components }: Composition): PlatingDescriptors {
  const amounts = MAKER_PRIORS.map(() => 0);
  let [salt, inertDiluent, bindingSolvent, atoms, oxygen, fluorine] = [0, 0, 0, 0, 0, 0];
  for (const component of components) {
    const { chemical, moleFraction } = component;
    const maker = makerOf(component);
    if (chemical.kind === 'salt') salt += moleFraction;
    else if (maker === null) inertDiluent += chemical.family === 'ionic-liquid' ? 0 : moleFraction;
    else if (maker !== 'reducible-diluent' && chemical.family !== 'ionic-liquid') bindingSolvent += moleFraction;
    if (maker !== null) amounts[MAKER_INDEX.get(maker)!]! += moleFraction;
    const elements = atomsOf(chemical.formula);
    for (const count of Object.values(elements)) atoms += moleFraction * count;
    if (chemical.kind === 'solvent') {
      const { O = 0, F = 0 } = elements;
      oxygen += moleFraction * O;
      fluorine += moleFraction * F;
    }
  }
  const perSalt = 1 / Math.max(salt, Number.EPSILON);
  const raised =
    bindingSolvent > 0 && bindingSolvent < BINDING_RATIO_MIN * salt ? (BINDING_RATIO_MIN * salt) / bindingSolvent : 1;
  return {
    amounts: amounts.map((amount, k) => {
      const { anion, maker } = MAKER_PRIORS[k]!;
      return amount * perSalt * (anion || maker === 'reducible-diluent' ? 1 : raised);
    }),
    inertDiluent: inertDiluent * perSalt,
    bindingSolvent: bindingSolvent * raised * perSalt,
    solventOxygen: oxygen / Math.max(atoms, Number.EPSILON),
    solventFluorine: fluorine / Math.max(atoms, Number.EPSILON),
  };
}

const MAKERS = MAKER_PRIORS.length;

/** Names and priors of all constants, in the order of the law's parameters: efficiencies, readinesses, terms. */
export const LAW_PRIORS: readonly Pick<LawConstant, 'id' | 'prior' | 'priorSd'>[] = [
  ...MAKER_PRIORS.map(({ maker, efficiency }) => ({ id: `efficiency of ${maker}`, prior: efficiency, priorSd: 0.2 })),
  ...MAKER_PRIORS.map(({ maker, readiness }) => ({ id: `readiness of ${maker}`, prior: readiness, priorSd: 0.4 })),
  { id: 'inert diluent', prior: 0.2, priorSd: 0.2 },
  { id: 'oxygen of solvents', prior: 0, priorSd: 0.1 },
  { id: 'fluorine of solvents', prior: 0, priorSd: 0.05 },
];

/** What the terms beside the mixture multiply. */
function terms({
  inertDiluent,
  solventOxygen,
  solventFluorine,
}: PlatingDescriptors): readonly [number, number, number] {
  return [
    tanh(inertDiluent / DILUENT_RATIO_SCALE),
    (log(solventOxygen + CONTENT_FLOOR) - OXYGEN_CENTRE) / OXYGEN_SCALE,
    (solventFluorine - FLUORINE_CENTRE) / FLUORINE_SCALE,
  ];
}

/** Share of the interphase that each class makes; they add up to 1 where anything is reduced at all. */
export function makerShares(descriptors: PlatingDescriptors, parameters: ArrayLike<number>): Float64Array {
  const shares = new Float64Array(MAKERS);
  let total = 0;
  for (let k = 0; k < MAKERS; k++) {
    shares[k] = descriptors.amounts[k]! * exp(parameters[MAKERS + k]!);
    total += shares[k]!;
  }
  return total > 0 ? shares.map((share) => share / total) : shares.fill(1 / MAKERS);
}

/**
 * −log10(1 − CE) = Σ s_k·E_k + Σ b_t·x_t, s_k = n_k·e^{r_k}/Σ n·e^r: E_k the efficiency and r_k the readiness of a class, n_k its
 * moles for each mole of salt. Writes the derivatives by all parameters into `gradient`, if given.
 */
export function logEfficiencyOf(
  descriptors: PlatingDescriptors,
  parameters: ArrayLike<number>,
  gradient?: Float64Array,
): number {
  const shares = makerShares(descriptors, parameters);
  let mixture = 0;
  for (let k = 0; k < MAKERS; k++) mixture += shares[k]! * parameters[k]!;
  const values = terms(descriptors);
  if (gradient) {
    for (let k = 0; k < MAKERS; k++) {
      gradient[k] = shares[k]!;
      gradient[MAKERS + k] = shares[k]! * (parameters[k]! - mixture);
    }
    for (const [t, value] of values.entries()) gradient[2 * MAKERS + t] = value;
  }
  return values.reduce((total, value, t) => total + value * parameters[2 * MAKERS + t]!, mixture);
}

/** The composition without what is spent in making interphase; amounts of the others keep their proportions. */
export function withoutAdditives(composition: Composition): Composition {
  const kept = composition.components.filter(({ role }) => role !== 'additive');
  const moles = sum(kept, ({ moleFraction }) => moleFraction);
  const mass = sum(kept, ({ massFraction }) => massFraction);
  if (kept.length === 0 || !(moles > 0) || !(mass > 0)) return composition;
  return {
    ...composition,
    components: kept.map((component) => ({
      ...component,
      moleFraction: component.moleFraction / moles,
      massFraction: component.massFraction / mass,
    })),
  };
}

/** The constants as fitted; `plating-law.json` is written by the calibration. */
export const PLATING_LAW: PlatingLaw = constantsFile;

const LAW_PARAMETERS = Float64Array.from(PLATING_LAW.constants, ({ value }) => value);

/** Limits within which an efficiency of the law is used: CE 60 % to 99.68 %. */
const LOG_EFFICIENCY_MIN = 0.4;
const LOG_EFFICIENCY_MAX = 2.5;
const DEPOSIT_SIZE_MIN_m = 2e-7;
const DEPOSIT_SIZE_MAX_m = 3e-5;
const SKIN_MIN_m = 1e-9;
const SKIN_MAX_m = 2e-7;
const CRACK_ROUNDS = 25;
/** Interphase, cracks and corrosion are at most this share of the loss at the reference conditions. */
const CHARGE_SHARE_MAX = 0.75;
/**
 * What a cycle of a bare Li|Cu cell at the reference conditions loses beyond fresh interphase and dead lithium: copper corrodes what
 * lies on it, as the simulation of such a cell computes it, …
 */
export const REFERENCE_GALVANIC_CHARGE_C_PER_M2 = 33;
/** … and the native film cracks: unevenness ζ of the lifting, least wavelength, strain and modulus of its fracture (spec 1.6). */
const UNEVENNESS = 0.1;
const WAVELENGTH_MIN_m = 5e-6;
const FILM_FRACTURE_STRAIN = 0.03;
const FILM_WEIBULL_MODULUS = 2;

/**
 * Share of the native film that cracks in a cycle at the reference conditions on a deposit of size d: 1 − exp[−(ε/ε_f)^m],
 * ε = (π·ζ·h/λ)², λ = max(d, 5 µm).
 */
export function referenceCrackedFraction(d_m: number): number {
  const h_m = thickness_m_from_areal_charge(REFERENCE_CAPACITY_C_PER_M2);
  const strain = square((Math.PI * UNEVENNESS * h_m) / Math.max(d_m, WAVELENGTH_MIN_m));
  return 1 - exp(-power(strain / FILM_FRACTURE_STRAIN, FILM_WEIBULL_MODULUS));
}

/** q C/m2, d m at `REFERENCE_CURRENT_A_PER_M2`, ξ m. */
export interface PlatingValues {
  readonly q: number;
  readonly d: number;
  readonly xi: number;
}

/**
 * q, d and ξ that E6 turns into this efficiency at the reference conditions: q as the mixture of the classes has it; d and ξ
 * from there, one up and the other down by the same factor.
 *
 *   1 − CE = [q·(1 + f + 4h/d) + g + 4ξ/d·Q]/Q,  f cracked share, g galvanic charge,  d = d0/z, ξ = ξ0·z
 *   ⇒  (4ξ0/d0)·z² + (4hq/(Q·d0))·z + [q·(1 + f) + g]/Q − (1 − CE) = 0
 *
 * f itself hangs on d; it is found by going back and forth.
 */
export function platingValues(logEfficiency: number, shares: Float64Array): PlatingValues {
  const Q = REFERENCE_CAPACITY_C_PER_M2;
  const h = thickness_m_from_areal_charge(Q);
  const loss = power(10, -Math.min(LOG_EFFICIENCY_MAX, Math.max(LOG_EFFICIENCY_MIN, logEfficiency)));
  const mean = (value: (plating: readonly [number, number, number]) => number): number =>
    exp(MAKER_PRIORS.reduce((total, { plating }, k) => total + shares[k]! * log(value(plating)), 0));
  const d0 = mean(([, d_um]) => d_um) * 1e-6;
  const xi0 = mean(([, , xi_nm]) => xi_nm) * 1e-9;
  const g = REFERENCE_GALVANIC_CHARGE_C_PER_M2;
  const charge = mean(([interphaseCharge]) => interphaseCharge);
  let [faces, q, d] = [2, charge, d0];
  for (let round = 0; round < CRACK_ROUNDS; round++) {
    q = Math.min(charge, (CHARGE_SHARE_MAX * loss * Q - g) / faces);
    const a = (4 * xi0) / d0;
    const b = (4 * h * q) / (Q * d0);
    const z = (-b + Math.sqrt(b * b - 4 * a * ((q * faces + g) / Q - loss))) / (2 * a);
    d = Math.min(DEPOSIT_SIZE_MAX_m, Math.max(DEPOSIT_SIZE_MIN_m, d0 / z));
    // Half-way to the new value: the full step can swing to and fro.
    if (round < CRACK_ROUNDS - 1) faces = (faces + 1 + referenceCrackedFraction(d)) / 2;
  }
  const left = loss - g / Q;
  let xi = ((left - (q / Q) * (faces + (4 * h) / d)) * d) / 4;
  if (xi < SKIN_MIN_m || xi > SKIN_MAX_m) {
    // The deposit is at a limit of its size: what is left over goes into the charge.
    xi = Math.min(SKIN_MAX_m, Math.max(SKIN_MIN_m, xi));
    q = ((left - (4 * xi) / d) * Q) / (faces + (4 * h) / d);
  }
  return { q, d, xi };
}

/** Factor to both sides that the prior range of q spans. */
const CHARGE_RANGE_FACTOR = 1.5;
/** Largest factor of a range of d or ξ. */
const RANGE_FACTOR_MAX = 4;

/**
 * Factor f such that q, d and ξ drawn from [v/f, v·f] independently, with equal chance for equal ratios, scatter the efficiency by
 * `sd`. An even spread of ln v over ± ln f has the standard deviation ln f/√3.
 */
function rangeFactor({ q, d, xi }: PlatingValues, sd: number): number {
  const Q = REFERENCE_CAPACITY_C_PER_M2;
  const h = thickness_m_from_areal_charge(Q);
  const charge = (q / Q) * (1 + referenceCrackedFraction(d) + (4 * h) / d);
  const sides = ((q / Q) * (4 * h)) / d;
  const dead = (4 * xi) / d;
  const byCharge = charge / ((charge + dead) * Math.LN10);
  const bySize = (sides + dead) / ((charge + dead) * Math.LN10);
  const bySkin = dead / ((charge + dead) * Math.LN10);
  const left = square(sd) - square(byCharge * log(CHARGE_RANGE_FACTOR)) / 3;
  return Math.min(RANGE_FACTOR_MAX, exp(Math.sqrt((3 * Math.max(0, left)) / (square(bySize) + square(bySkin)))));
}

/** Moles of inert diluent beyond which, and constants of a class whose doubt beyond which, the calibration has not been. */
const DILUENT_RATIO_SEEN = 8;
const UNSEEN_SD_SHARE = 0.95;
/** A class that makes less than this of the interphase is not worth a word. */
const SHARE_WORDS_MIN = 0.03;

const percent = (share: number): string => (share < 0.1 ? (share * 100).toFixed(1) : (share * 100).toFixed(0));

function platingReasons(descriptors: PlatingDescriptors, shares: Float64Array, law: PlatingLaw): PlatingReason[] {
  const values = law.constants.map(({ value }) => value);
  const reasons: PlatingReason[] = MAKER_PRIORS.map(({ words, anion }, k) => ({
    descriptor: anion ? 'Interphase from anions' : 'Interphase from solvent',
    text: `${words} make ${percent(shares[k]!)} % of the interphase`,
    efficiencyGain: shares[k]! * (values[k]! - law.meanLogEfficiency),
  })).filter((_, k) => shares[k]! >= SHARE_WORDS_MIN);
  const [diluent, oxygen, fluorine] = terms(descriptors).map((value, t) => value * values[2 * MAKERS + t]!);
  if (descriptors.inertDiluent > 0) {
    reasons.push({
      descriptor: 'Inert diluent',
      text: `${descriptors.inertDiluent.toFixed(1)} molecules of inert diluent for each salt leave the shell of lithium as it is`,
      efficiencyGain: diluent!,
    });
  }
  reasons.push({
    descriptor: 'Oxygen of the solvents',
    text: `oxygen of solvents is ${percent(descriptors.solventOxygen)} % of all atoms`,
    efficiencyGain: oxygen!,
  });
  reasons.push({
    descriptor: 'Fluorine of the solvents',
    text: `fluorine of solvents is ${percent(descriptors.solventFluorine)} % of all atoms`,
    efficiencyGain: fluorine!,
  });
  return reasons.sort((a, b) => Math.abs(b.efficiencyGain) - Math.abs(a.efficiencyGain));
}

function platingWarnings(
  { amounts, inertDiluent, bindingSolvent }: PlatingDescriptors,
  shares: Float64Array,
  law: PlatingLaw,
  composition: Composition,
): string[] {
  const warnings: string[] = [];
  for (const [k, { words }] of MAKER_PRIORS.entries()) {
    const { sd, priorSd } = law.constants[k]!;
    if (shares[k]! > SHARE_WORDS_MIN && sd > UNSEEN_SD_SHARE * priorSd) {
      warnings.push(`The calibration says next to nothing of ${words}; their part is a prior.`);
    }
  }
  if (inertDiluent > DILUENT_RATIO_SEEN) {
    warnings.push(
      `No electrolyte of the calibration has ${inertDiluent.toFixed(1)} molecules of diluent for each salt.`,
    );
  }
  if (amounts.every((amount, k) => amount === 0 || !MAKER_PRIORS[k]!.anion)) {
    warnings.push('No lithium salt is in this electrolyte; without one lithium cannot be plated.');
  }
  const { components } = composition;
  if (components.some(({ chemical }) => chemical.family === 'ionic-liquid')) {
    warnings.push('Ionic liquids are not in the calibration: only the anion counts here.');
  } else if (bindingSolvent === 0) {
    warnings.push('Nothing here binds lithium: the salt does not dissolve.');
  }
  if (components.some(({ chemical }) => chemical.id === 'water')) {
    warnings.push('Lithium reacts with water; no cell of the calibration holds any.');
  }
  return warnings;
}

/** Values of an electrolyte's plating, with the reasons for them; by other constants than the stored ones, if given. */
export function platingOf(composition: Composition, law: PlatingLaw = PLATING_LAW): PlatingEstimate {
  const descriptors = platingDescriptors(composition);
  const parameters = law === PLATING_LAW ? LAW_PARAMETERS : Float64Array.from(law.constants, ({ value }) => value);
  const gradient = new Float64Array(parameters.length);
  const logEfficiency = logEfficiencyOf(descriptors, parameters, gradient);
  const shares = makerShares(descriptors, parameters);
  const lawSd = Math.sqrt(quadraticForm(law.covariance, gradient));
  const logLossSd = hypot(lawSd, law.scatter);
  const values = platingValues(logEfficiency, shares);
  const factor = rangeFactor(values, logLossSd);
  const property = (value: number, unit: string, f: number): Property => ({
    value,
    unit,
    tag: 'fitted',
    source: `composition law; ${law.source}`,
    range: [value / f, value * f],
  });
  const { value: m, sd: mSd } = law.depositSizeExponent;
  return {
    family: electrolyteClass(composition),
    interphaseCharge: property(values.q, 'C/m2', CHARGE_RANGE_FACTOR),
    depositSize: property(values.d, 'm', factor),
    depositSizeExponent: {
      value: m,
      unit: '1',
      tag: 'fitted',
      source: law.source,
      range: [Math.max(0, m - 2 * mSd), m + 2 * mSd],
    },
    unstrippableSkin: property(values.xi, 'm', factor),
    logEfficiency: Math.min(LOG_EFFICIENCY_MAX, Math.max(LOG_EFFICIENCY_MIN, logEfficiency)),
    bindingSolventPerSalt: descriptors.bindingSolvent,
    reasons: platingReasons(descriptors, shares, law),
    logLossSd,
    lawSd,
    warnings: platingWarnings(descriptors, shares, law, composition),
  };
}

/** gᵀ·C·g. */
function quadraticForm(C: readonly (readonly number[])[], g: Float64Array): number {
  let total = 0;
  for (const [i, row] of C.entries()) {
    for (const [j, value] of row.entries()) total += g[i]! * value * g[j]!;
  }
  return Math.max(0, total);
}

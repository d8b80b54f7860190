// The properties of electrolytes, cathodes, interphase layers, surfaces that lithium nucleates on and separators, each number
// with its tag, source and range. The data stand in JSON files beside this one; the tests hold them to `schemas.ts`.

import cathodeFile from './cathodes.json' with { type: 'json' };
import electrolyteFile from './electrolytes.json' with { type: 'json' };
import layerFile from './layers.json' with { type: 'json' };
import type { Property } from './property.ts';
import separatorFile from './separators.json' with { type: 'json' };
import substrateFile from './substrates.json' with { type: 'json' };

/** Electrolytes that behave alike on lithium. */
export type ElectrolyteFamily =
  | 'carbonate'
  | 'carbonate-additive'
  | 'ether'
  | 'ether-nitrate'
  | 'concentrated'
  | 'localised'
  | 'ionic-liquid';

export interface ElectrolyteMaterial {
  readonly id: string;
  readonly name: string;
  /** Other ways to write the name. */
  readonly aliases: readonly string[];
  readonly family: ElectrolyteFamily;
  readonly salts: readonly string[];
  readonly solvents: readonly string[];
  readonly additives: readonly string[];
  /** Salt, mol/m3. */
  readonly concentration: Property;
  /** `law` names the property functions of `physics`; a number beside it stands for what the law does not give. */
  readonly transport: {
    readonly law: string;
    readonly conductivity?: Property;
    readonly diffusivity?: Property;
    readonly transferenceNumber?: Property;
    readonly thermodynamicFactor?: Property;
    readonly conductivityActivationEnergy?: Property;
    readonly diffusivityActivationEnergy?: Property;
    readonly viscosity?: Property;
  };
  /** Li ⇌ Li⁺ + e⁻ on bare lithium, per real area. */
  readonly kinetics: {
    /** A/m2 at `concentration` and 298.15 K. */
    readonly exchangeCurrent: Property;
    readonly concentrationExponent: Property;
    readonly activationEnergy: Property;
    readonly alphaAnodic: Property;
    readonly alphaCathodic: Property;
    /** Marcus-Hush-Chidsey, eV. */
    readonly reorganisationEnergy: Property;
  };
  /** The film that the electrolyte itself makes on lithium. */
  readonly interphase: {
    readonly thickness: Property;
    readonly conductivity: Property;
    readonly activationEnergy: Property;
    /** k of L² = L0² + k²t, m/s^0.5. */
    readonly growthRate: Property;
    readonly growthActivationEnergy: Property;
    readonly lithiumConcentration: Property;
    readonly saltFraction: Property;
    /** Charge to cover fresh lithium, C/m2 of real area. */
    readonly charge: Property;
    /** Feature size of plated lithium at 10 A/m2, m. */
    readonly depositSize: Property;
    /** Thickness of lithium left behind on each feature, m. */
    readonly unstrippableSkin: Property;
    readonly youngsModulus: Property;
    readonly fractureStrain: Property;
    /** Share of 1 mAh/cm2 of plated lithium lost in 24 h at rest. */
    readonly calendarLoss24h: Property;
  };
  /** Potential of the working electrode above which the liquid oxidises, V against Li/Li⁺. */
  readonly oxidationLimit: Property;
  readonly conductivityPoints?: {
    readonly columns: readonly string[];
    readonly tag: 'measured';
    readonly source: string;
    /** Rows of temperature (K), concentration (mol/m3), conductivity (S/m). */
    readonly points: readonly (readonly [number, number, number])[];
  };
}

/** What a transport law describes, gives, and where it holds. */
export interface TransportLawMaterial {
  readonly law: string;
  readonly of: string;
  readonly gives: readonly string[];
  readonly source: string;
  readonly concentrationRange_mol_per_m3: readonly [number, number];
  readonly temperatureRange_K: readonly [number, number];
}

/** A function of the stoichiometry x as a formula. Open-circuit potentials are known to `physics` by the name of the law. */
export interface LawMaterial {
  readonly law: string;
  readonly formula: string;
  readonly source: string;
}

export interface CathodeMaterial {
  readonly id: string;
  readonly aliases: readonly string[];
  /** PyBaMM parameter set that the numbers were read from. */
  readonly set: string;
  readonly references: readonly string[];
  readonly thickness: Property;
  readonly porosity: Property;
  readonly activeFraction: Property;
  readonly bruggemanElectrolyte: Property;
  readonly bruggemanSolid: Property;
  readonly conductivity: Property;
  readonly particleRadius: Property;
  readonly maximumConcentration: Property;
  /** Charged (low) to discharged (high); the theoretical capacity counts between them, and a new electrode stands at `high`. */
  readonly stoichiometryWindow: { readonly low: Property; readonly high: Property };
  readonly diffusivity: Property;
  readonly diffusivityActivationEnergy: Property;
  /** k of j0 = k·√(c_e·c_s·(c_max−c_s)), A m^-2 (m3/mol)^1.5. */
  readonly rate: Property;
  readonly rateActivationEnergy: Property;
  readonly openCircuitPotential: LawMaterial;
  /** dU/dT, V/K. */
  readonly entropicCoefficient: LawMaterial | Property;
  readonly voltageLimits: { readonly low: Property; readonly high: Property };
  readonly notes: readonly string[];
}

/** A material of which an interphase layer can be made. */
export interface LayerMaterial {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly thickness: Property;
  /** Ionic, at 298.15 K. */
  readonly conductivity: Property;
  readonly activationEnergy: Property;
  readonly lithiumConcentration: Property;
  readonly notes: readonly string[];
}

/** What lithium nucleates on when none is left: a collector, or the surface of a host. */
export interface SubstrateMaterial {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** It is made as foil that can carry a cell. */
  readonly collector: boolean;
  /** At 10 µA/cm2. */
  readonly nucleationOverpotential: Property;
  /** Charge of its first film, C/m2 of real area. */
  readonly film: Property;
  /** An oxide or a coating that takes up lithium once; null for none. */
  readonly uptake: {
    readonly of: string;
    readonly thickness: Property;
    readonly lithiumPerFormula: Property;
    readonly molarVolume: Property;
  } | null;
  /** First film and uptake together. */
  readonly firstCharge: Property;
  /** Electrolyte reduced on it while lithium lies elsewhere on it; null where none is known. */
  readonly galvanic: {
    readonly currentDensity: Property;
    readonly decayTime: Property;
    readonly renewedPerCycle: Property;
  } | null;
  readonly notes: readonly string[];
}

export type CollectorMaterial = SubstrateMaterial;

export interface SeparatorMaterial {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly thickness: Property;
  readonly porosity: Property;
  readonly bruggeman: Property;
  readonly notes: readonly string[];
}

// The compiler sees a JSON array as an array of widened literals; the tests show that the files have these types.
export const ELECTROLYTES = electrolyteFile.electrolytes as unknown as readonly ElectrolyteMaterial[];
export const TRANSPORT_LAWS = electrolyteFile.transportLaws as unknown as readonly TransportLawMaterial[];
export const CATHODES = cathodeFile.cathodes as unknown as readonly CathodeMaterial[];
export const LAYERS = layerFile.layers as unknown as readonly LayerMaterial[];
export const SUBSTRATES = substrateFile.substrates as unknown as readonly SubstrateMaterial[];
export const COLLECTORS: readonly CollectorMaterial[] = SUBSTRATES.filter(({ collector }) => collector);
export const SEPARATORS = separatorFile.separators as unknown as readonly SeparatorMaterial[];

/** Letters and digits only, in small letters: what is left of a name when spelling habits are gone. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.%+]/gu, '');
}

/** The entry of that id, name or alias, however it is spelt; undefined if there is none. */
export function findByName<
  T extends { readonly id: string; readonly name?: string; readonly aliases: readonly string[] },
>(entries: readonly T[], name: string): T | undefined {
  const key = nameKey(name);
  return entries.find((entry) => namesOf(entry).some((known) => nameKey(known) === key));
}

/** All that an entry is called: id, name, aliases. */
export function namesOf({
  id,
  name,
  aliases,
}: {
  readonly id: string;
  readonly name?: string;
  readonly aliases: readonly string[];
}): readonly string[] {
  return [id, ...(name === undefined ? [] : [name]), ...aliases];
}

export function cathodeMaterial(name: string): CathodeMaterial | undefined {
  return findByName(CATHODES, name);
}

export function layerMaterial(name: string): LayerMaterial | undefined {
  return findByName(LAYERS, name);
}

export function substrateMaterial(name: string): SubstrateMaterial | undefined {
  return findByName(SUBSTRATES, name);
}

export function collectorMaterial(name: string): CollectorMaterial | undefined {
  return findByName(COLLECTORS, name);
}

export function separatorMaterial(name: string): SeparatorMaterial | undefined {
  return findByName(SEPARATORS, name);
}

// What a strategy of the literature is made of: films put on lithium, scaffolds, surfaces that lithium nucleates on, additives.
// Each says only what it touches physically, as numbers with tag, source and range; none says anything of an efficiency. Where
// a number follows from others here, both stand in the file and a test computes it again.

import additiveFile from './additives.json' with { type: 'json' };
import coatingFile from './coatings.json' with { type: 'json' };
import hostFile from './hosts.json' with { type: 'json' };
import { findByName } from './materials.ts';
import type { Property } from './property.ts';

export interface CoatingLayerMaterial {
  readonly name: string;
  readonly thickness: Property;
  /** Ionic, at 298.15 K. */
  readonly conductivity: Property;
  readonly activationEnergy: Property;
  readonly youngsModulus: Property;
  /** Strain at which 63 % of the layer has cracked. */
  readonly fractureStrain: Property;
  /** K_IC. */
  readonly fractureToughness: Property;
  readonly weibullModulus: Property;
  /** Share of what cracks that never covers again. */
  readonly unrepairedFraction: Property;
}

export interface CoatingMaterial {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly standsFor: string;
  /** Rows of the reviews' tables in which it occurs: 'a1-19'. */
  readonly rows: readonly string[];
  /** From the metal outwards. */
  readonly layers: readonly CoatingLayerMaterial[];
  readonly pinholeFraction: Property;
  /** Share of the reaction of electrolyte with the lithium beneath that an intact coating prevents. */
  readonly barrier: Property;
  /** Factors on d and ξ of the lithium beneath it. */
  readonly depositSizeFactor: Property;
  readonly unstrippableSkinFactor: Property;
  /** k of L² = L0² − k²t where lithium consumes it, else 0. */
  readonly consumption: Property;
  readonly notes: readonly string[];
}

/** What an area ratio is computed from. */
export type HostGeometry =
  | { readonly kind: 'fibres'; readonly fibreDiameter: Property }
  | { readonly kind: 'channels'; readonly channelDiameter: Property }
  | { readonly kind: 'particles'; readonly particleDiameter: Property }
  | {
      readonly kind: 'spheres';
      readonly sphereDiameter: Property;
      readonly wallThickness: Property;
      readonly packing: Property;
    }
  | { readonly kind: 'area-per-mass'; readonly specificArea: Property; readonly mass: Property };

export interface HostMaterial {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly standsFor: string;
  readonly rows: readonly string[];
  /** null where the area ratio is stated itself. */
  readonly geometry: HostGeometry | null;
  readonly thickness: Property;
  /** Share of its volume that lithium can fill. */
  readonly porosity: Property;
  /** Surface on which lithium plates over the geometric area. */
  readonly areaRatio: Property;
  /** Share of the change of thickness of foil that its outer face still sees. */
  readonly heightFluctuation: Property;
  /** Share of the lithium in it that the electrolyte does not reach. */
  readonly encapsulatedFraction: Property;
  readonly shellFailurePerCycle: Property;
  /** Its surface is bare metal on which the electrolyte is reduced. */
  readonly galvanic: boolean;
  readonly conductsElectrons: boolean;
  /** Spacing that bounds the size of what is plated in it. */
  readonly poreSize: Property;
  /** Id of the substrate that its surface is. */
  readonly substrate: string;
  readonly notes: readonly string[];
}

export interface AdditiveMaterial {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly standsFor: string;
  readonly rows: readonly string[];
  /** False where it acts without becoming part of the film. */
  readonly consumed: boolean;
  /** Electrons that one molecule takes. */
  readonly electrons: Property;
  /** Share of the interphase charge that it takes while it lasts. */
  readonly interphaseShare: Property;
  /** Against Li/Li⁺; null where it is not reduced. */
  readonly reductionPotential: Property | null;
  /** Largest concentration by kind of solvent; a kind that is missing is not known. */
  readonly solubility: Readonly<Partial<Record<'carbonate' | 'ether', Property>>>;
  /** What it makes of the electrolyte without it: factors. */
  readonly effects: {
    readonly interphaseCharge: Property;
    readonly depositSize: Property;
    readonly unstrippableSkin: Property;
    readonly filmConductivity: Property;
    readonly filmFractureStrain: Property;
    readonly growthRate: Property;
  };
  readonly notes: readonly string[];
}

/** How a solvent is reduced on lithium. */
export interface SolventReduction {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  /** n_e: electrons that one molecule takes. */
  readonly electrons: Property;
  readonly reductionPotential: Property;
}

// The compiler sees a JSON array as an array of widened literals; the tests show that the files have these types.
export const COATINGS = coatingFile.coatings as unknown as readonly CoatingMaterial[];
export const HOSTS = hostFile.hosts as unknown as readonly HostMaterial[];
export const ADDITIVES = additiveFile.additives as unknown as readonly AdditiveMaterial[];
export const SOLVENT_REDUCTIONS = additiveFile.solvents as unknown as readonly SolventReduction[];

export function coatingMaterial(name: string): CoatingMaterial | undefined {
  return findByName(COATINGS, name);
}

export function hostMaterial(name: string): HostMaterial | undefined {
  return findByName(HOSTS, name);
}

export function additiveMaterial(name: string): AdditiveMaterial | undefined {
  return findByName(ADDITIVES, name);
}

/** By the id that `chemicals.json` uses: EC, DME. */
export function solventReduction(id: string): SolventReduction | undefined {
  return SOLVENT_REDUCTIONS.find((solvent) => solvent.id === id);
}

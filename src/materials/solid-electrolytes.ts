// Solid electrolytes, and what is put between them and lithium, each number with tag, source and range. None of them is fitted to
// a resistance of the reviews' tables: what comes out is compared with those.

import interlayerFile from './interlayers.json' with { type: 'json' };
import { findByName } from './materials.ts';
import type { Property } from './property.ts';
import solidFile from './solid-electrolytes.json' with { type: 'json' };

export type SolidFamily = 'garnet' | 'sulfide' | 'argyrodite' | 'phosphate' | 'polymer' | 'gel' | 'thin film';

/** What lithium touches of a surface: the angle of the melt that was frozen on it, or the share of the area where no melt was used. */
export interface ContactMaterial {
  /** Contact angle of molten lithium, rad. */
  readonly angle: Property | null;
  readonly fraction: Property | null;
}

export interface SolidElectrolyteMaterial {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly family: SolidFamily;
  /** Ionic, at 298.15 K. */
  readonly conductivity: Property;
  readonly conductivityActivationEnergy: Property;
  /** Resistance of the grain boundaries over that of the grains, in series with it. */
  readonly grainBoundary: Property;
  readonly concentration: Property;
  readonly transferenceNumber: Property;
  readonly diffusivity: Property;
  readonly diffusivityActivationEnergy: Property;
  readonly thickness: Property;
  readonly electronicConductivity: Property;
  /** Against Li/Li+; below it lithium reduces the electrolyte. */
  readonly reductionPotential: Property;
  readonly youngsModulus: Property;
  /** K_IC; null for what yields rather than cracks. */
  readonly fractureToughness: Property | null;
  readonly flawSize: Property | null;
  /** RT/F over the resistance of charge transfer where lithium touches. */
  readonly exchangeCurrent: Property;
  readonly exchangeCurrentActivationEnergy: Property;
  /** What forms against lithium; null where nothing is seen. */
  readonly interphase: {
    readonly thickness: Property;
    /** Ionic and electronic, at 298.15 K. */
    readonly conductivity: Property;
    readonly activationEnergy: Property;
    readonly electronicConductivity: Property;
    /** Volume of interphase made by one mole of lithium. */
    readonly volumePerLithium: Property;
    readonly growthActivationEnergy: Property;
  } | null;
  readonly contact: ContactMaterial;
  readonly spotRadius: Property;
  readonly notes: readonly string[];
}

export interface InterlayerMaterial {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly standsFor: string;
  /** Rows of the reviews' tables in which it occurs. */
  readonly rows: readonly string[];
  readonly kind: 'liquid' | 'gel' | 'polymer' | 'alloy' | 'mixed conductor' | 'insulator';
  readonly thickness: Property;
  /** For lithium across it, at 298.15 K: as ions, or as atoms that diffuse in an alloy. */
  readonly conductivity: Property;
  readonly activationEnergy: Property;
  /** Contact that it makes; that of the electrolyte where both are null. */
  readonly contact: ContactMaterial;
  /** What lithium meets in it instead of the electrolyte; null where it meets the electrolyte's own kinetics. */
  readonly lithium: {
    readonly exchangeCurrent: Property;
    readonly filmThickness: Property;
    readonly filmConductivity: Property;
  } | null;
  /** No electrons reach the electrolyte through it, so that this is not reduced. */
  readonly blocksElectrons: boolean;
  readonly notes: readonly string[];
}

/** Constants of every interface between lithium and a solid. */
export type SolidInterfaceConstants = Readonly<
  Record<
    | 'halfContactAngle'
    | 'contactWidth'
    | 'contactFloor'
    | 'contactPressure'
    | 'voidCharge'
    | 'diffusionCurrent'
    | 'creepCurrent'
    | 'creepPressure'
    | 'creepExponent'
    | 'creepActivationEnergy'
    | 'criticalCurrentScatter',
    Property
  >
>;

// The compiler sees a JSON array as an array of widened literals; the tests show that the files have these types.
export const SOLID_ELECTROLYTES = solidFile.materials as unknown as readonly SolidElectrolyteMaterial[];
export const SOLID_INTERFACE = solidFile.interface as unknown as SolidInterfaceConstants;
export const INTERLAYERS = interlayerFile.interlayers as unknown as readonly InterlayerMaterial[];

export function solidElectrolyteMaterial(name: string): SolidElectrolyteMaterial | undefined {
  return findByName(SOLID_ELECTROLYTES, name);
}

export function interlayerMaterial(name: string): InterlayerMaterial | undefined {
  return findByName(INTERLAYERS, name);
}

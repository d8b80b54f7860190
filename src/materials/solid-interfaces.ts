// Solid electrolytes and interlayers as their interface with lithium needs them: what the library tells of a bulk, and beside it
// contact, interphase, flaws and supply of lithium, most of which nobody has measured apart and which are priors with wide ranges.

import { findByName, namesOf } from './materials.ts';
import type { Property } from './property.ts';
import solidInterfaceFile from './solid-interfaces.json' with { type: 'json' };

export interface SolidElectrolyteMaterial {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Contact with lithium: by the angle at which it was molten on it, or as it was pressed on at the reference pressure. */
  readonly contactBy: 'angle' | { readonly contact: Property };
  /** Id among the wetted surfaces, for contact by angle. */
  readonly surface: string | null;
  /** Ionic, at 298.15 K. */
  readonly conductivity: Property;
  /** Of conduction and of charge transfer. */
  readonly activationEnergy: Property;
  /** Against Li/Li⁺, below which lithium reduces it. */
  readonly reductionPotential: Property;
  readonly interphase: {
    /** Made at once where lithium touches it. */
    readonly firstThickness: Property;
    readonly ionicConductivity: Property;
    readonly electronicConductivity: Property;
    /** Volume of interphase that one mole of lithium makes. */
    readonly volumePerLithium: Property;
    readonly activationEnergy: Property;
  };
  readonly chargeTransfer: Property;
  /** Null for soft electrolytes, which do not crack. */
  readonly mechanics: { readonly toughness: Property; readonly flaw: Property; readonly shearModulus: Property } | null;
  /** Null for single-ion conductors. */
  readonly saltTransport: {
    readonly concentration: Property;
    readonly transference: Property;
    readonly diffusivity: Property;
    readonly thickness: Property;
  } | null;
  /** What brings lithium back to the interface while it is stripped; null for soft electrolytes, which follow it. */
  readonly supply: {
    readonly diffusion: Property;
    readonly creep: Property;
    readonly referencePressure: Property;
    readonly exponent: Property;
    readonly activationEnergy: Property;
  } | null;
  readonly reportedCriticalCurrent: Property;
  readonly notes: readonly string[];
}

/** What an interlayer is towards electrons decides the type of the interface that it makes. */
export type InterlayerKind = 'liquid' | 'soft' | 'insulating' | 'mixed' | 'alloy';

export interface InterlayerMaterial {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: InterlayerKind;
  readonly thickness: Property;
  readonly conductivity: Property;
  readonly electronicConductivity: Property;
  /** Of lithium with it, whatever the pressure. */
  readonly contact: Property;
  readonly remainingResistance: Property | null;
  /** Rows of the review's table B3 in which it occurs. */
  readonly rows: readonly string[];
  readonly notes: readonly string[];
}

interface SolidInterfaceData {
  readonly contactLaw: { readonly halfAngle: Property; readonly width: Property; readonly referencePressure: Property };
  readonly spotRadius: Property;
  readonly carbonate: {
    readonly thickness: Property;
    readonly conductivity: Property;
    readonly activationEnergy: Property;
    readonly permittivity: Property;
  };
  readonly doubleLayer: Property;
  /** Charge of the layer of lithium in which voids open. */
  readonly voidCharge: Property;
  /** Factor by which critical currents of two laboratories differ. */
  readonly scatter: Property;
  readonly empirical: { readonly largest: Property; readonly fall: Property };
  readonly electrolytes: readonly SolidElectrolyteMaterial[];
  readonly interlayers: readonly InterlayerMaterial[];
}

// The compiler sees a JSON array as an array of widened literals; the tests show that the file has these types.
export const SOLID_INTERFACES = solidInterfaceFile as unknown as SolidInterfaceData;

export function solidElectrolyteMaterial(name: string): SolidElectrolyteMaterial | undefined {
  return findByName(SOLID_INTERFACES.electrolytes, name);
}

/** Whether an interlayer lets no electrons through, so that the growth of what lies behind it is slowed. */
export function blocksElectrons({ kind }: InterlayerMaterial): boolean {
  return kind === 'liquid' || kind === 'soft' || kind === 'insulating';
}

export function interlayerMaterial(name: string): InterlayerMaterial | undefined {
  return findByName(SOLID_INTERFACES.interlayers, name);
}

export const solidElectrolyteNames = (): readonly string[] => SOLID_INTERFACES.electrolytes.flatMap(namesOf);
export const interlayerNames = (): readonly string[] => SOLID_INTERFACES.interlayers.flatMap(namesOf);

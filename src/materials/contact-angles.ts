// Contact angles of molten lithium on the surfaces that it is poured on, each with the state of the surface, atmosphere, temperature,
// tag and source; and, as other things altogether, angles and tensions of electrolytes. Where a surface has several states the first
// is the one that a bottle or a roll brings.

import contactAngleFile from './contact-angles.json' with { type: 'json' };
import type { LibraryQuantity } from './library-quantities.ts';
import type { ElectrolyteFamily } from './materials.ts';
import type { Property } from './property.ts';

/** An angle of molten lithium, rad. */
export interface MoltenLithiumAngleFact extends Property {
  readonly quantity: 'contact angle of molten lithium';
  readonly printed: string;
  readonly range: readonly [number, number];
  /** Where it was measured, or is believed; beyond, it is carried on. */
  readonly temperatureRange_K: readonly [number, number];
  readonly atmosphere: string;
  readonly pretreatment: string;
  /** Of the surface on which it was measured. */
  readonly roughness: string;
}

/** What the surface does with molten lithium. */
export interface SurfaceReaction {
  readonly equation: string;
  /** Lithium taken up by one formula unit of the surface. */
  readonly lithiumPerFormula: number;
  /** Mean potential against Li/Li⁺ while it takes it up, V; null where energies of formation tell the reaction's. */
  readonly plateau: Property | null;
  /** What stays behind as a solid; null where lithium takes everything up. */
  readonly leavesSolid: string | null;
  /** What stays behind is known to keep lithium from wetting. */
  readonly closesSurface: boolean;
}

export interface SurfaceState {
  readonly state: string;
  /** Words of a name that mean this state. */
  readonly words: readonly string[];
  readonly angle: MoltenLithiumAngleFact;
  readonly reaction: SurfaceReaction | null;
  /** dθ/dT, rad/K; null: that of the file. */
  readonly temperatureSlope: Property | null;
}

export interface WettedSurface {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly formula: string;
  readonly density: Property;
  readonly molarMass: Property;
  /** From the usual one on. */
  readonly states: readonly SurfaceState[];
  readonly notes: readonly string[];
}

/** The liquid, by family: not of lithium. */
export interface ElectrolyteLiquid {
  readonly family: ElectrolyteFamily;
  readonly surfaceTension: Property;
  readonly viscosity: Property;
}

/** An angle of another liquid than lithium, on treated lithium. */
export interface OtherAngleFact extends Property {
  readonly quantity: Extract<LibraryQuantity, 'contact angle of an electrolyte' | 'contact angle of water'>;
  /** Id in the library. */
  readonly on: string;
  readonly printed: string;
  readonly conditions: string;
}

interface ContactAngles {
  readonly temperatureSlope: Property;
  readonly coatingThickness: Property;
  readonly kinetics: {
    readonly referenceTemperature: Property;
    readonly inductionTime: Property;
    readonly inductionActivationEnergy: Property;
    readonly reactionRate: Property;
    readonly reactionActivationEnergy: Property;
  };
  readonly surfaces: readonly WettedSurface[];
  readonly electrolytes: readonly ElectrolyteLiquid[];
  readonly electrolyteAngles: readonly OtherAngleFact[];
  readonly lithiumFilm: { readonly surfaceEnergy: Property; readonly interfaceEnergy: Property };
  readonly separatorWall: { readonly cosine: Property; readonly poreRadius: Property; readonly tortuosity: Property };
}

// The compiler sees a JSON array as an array of widened literals; the tests show that the file has these types.
export const CONTACT_ANGLES = contactAngleFile as unknown as ContactAngles;
export const WETTED_SURFACES = CONTACT_ANGLES.surfaces;

// The library of materials: what is known of each substance and structure that the reviews name, number by number, with how far
// each can be trusted. Strategies and electrolytes take their values from elsewhere in this room; this is what they are judged
// by, and what a reader looks up.

import libraryFile from './library.json' with { type: 'json' };
import type { LibraryQuantity } from './library-quantities.ts';
import { findByName } from './materials.ts';
import type { Property, PropertyTag } from './property.ts';

export const LIBRARY_CLASSES = [
  'metal',
  'substrate',
  'interphase component',
  'inorganic coating',
  'organic coating',
  'composite coating',
  'additive',
  'host',
  'host with interphase',
  'wetting or seeding layer',
  'dopant',
  'alloy',
  'interlayer',
  'solid electrolyte',
] as const;

export type LibraryClass = (typeof LIBRARY_CLASSES)[number];

interface LibraryFact {
  readonly quantity: LibraryQuantity;
  readonly tag: PropertyTag;
  readonly source: string;
}

export interface LibraryNumber extends LibraryFact {
  /** null where the source gives a range only. */
  readonly value: number | null;
  /** SI, by the quantity. */
  readonly unit: string;
  /** As it was given, in a unit of its own. */
  readonly printed?: string;
  readonly range?: readonly [number, number];
  readonly conditions?: string;
  /** 'Al2O3 + 6 Li -> 3 Li2O + 2 Al'; the value is per mole of it as written. */
  readonly reaction?: string;
  /** Of an energy of formation. */
  readonly formula?: string;
  readonly temperature_K?: number;
}

export interface LibraryStatement extends LibraryFact {
  readonly statement: string;
}

export type LibraryProperty = LibraryNumber | LibraryStatement;

export interface LibraryMaterial {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly formula: string;
  readonly class: LibraryClass;
  readonly standsFor: string;
  /** Rows of the reviews' tables in which it occurs: 'a1-19'. */
  readonly rows: readonly string[];
  readonly properties: readonly LibraryProperty[];
}

/** Gibbs energy of formation of a phase from the elements, J/mol. */
export interface FormationEnergy {
  readonly formula: string;
  readonly at300K: Property;
  readonly at500K: Property;
}

/** Gibbs energy of a reaction with lithium as written, J/mol. */
export interface LithiumReaction {
  readonly reaction: string;
  readonly at300K: Property;
  readonly at500K: Property;
}

// The compiler sees a JSON array as an array of widened literals; the tests show that the file has these types.
export const LIBRARY = libraryFile.materials as unknown as readonly LibraryMaterial[];
export const FORMATION_ENERGIES = libraryFile.formation as unknown as readonly FormationEnergy[];
export const LITHIUM_REACTIONS = libraryFile.reactions as unknown as readonly LithiumReaction[];

export function libraryMaterial(name: string): LibraryMaterial | undefined {
  return findByName(LIBRARY, name);
}

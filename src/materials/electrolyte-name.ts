// An electrolyte is named by what is in it, and everybody writes that differently: "1 M LiPF6 in EC/DEC (1:1 w/w)",
// "1M LiPF6 EC-DEC", "LiPF6 1.0 mol/L EC:DEC". A name is looked up as it stands first, then by its composition.

import { InputError } from '../units/index.ts';
import type { Composition } from './composition.ts';
import { type ElectrolyteReading, readElectrolyte } from './electrolyte-text.ts';
import { ELECTROLYTES, type ElectrolyteMaterial, nameKey, TRANSPORT_LAWS } from './materials.ts';

export interface ElectrolyteMatch {
  readonly material: ElectrolyteMaterial;
  /** False where the same substances are there in other proportions. */
  readonly exact: boolean;
  /** Salt concentration as the text states it, mol/m3; null where it states none. */
  readonly concentration_mol_per_m3: number | null;
}

/** Longest name that is looked at. */
const NAME_LENGTH_MAX = 400;
const CONCENTRATION_TOLERANCE = 0.02;
/** Mole fractions that differ by less, relative and absolute, are the same composition. */
const FRACTION_TOLERANCE = 0.02;
const FRACTION_FLOOR = 1e-4;

/** Mole fractions by the id of the chemical. */
type Fractions = ReadonlyMap<string, number>;

/** The spellings of one electrolyte, made comparable. */
interface KnownSpellings {
  readonly material: ElectrolyteMaterial;
  readonly keys: ReadonlySet<string>;
}

/** What the spellings of one electrolyte mean. */
interface KnownCompositions {
  readonly material: ElectrolyteMaterial;
  readonly fractions: readonly Fractions[];
}

let spellings: readonly KnownSpellings[] | null = null;
let compositions: readonly KnownCompositions[] | null = null;

/** Made at the first look-up and kept: every run of a cell looks its electrolyte up. */
function knownSpellings(): readonly KnownSpellings[] {
  spellings ??= ELECTROLYTES.map((material) => ({
    material,
    keys: new Set([material.id, material.name, ...material.aliases].map(electrolyteKey)),
  }));
  return spellings;
}

/** Made when a name is first not known as it stands; names of whole families of electrolytes have no one composition. */
function knownCompositions(): readonly KnownCompositions[] {
  compositions ??= ELECTROLYTES.map((material) => ({
    material,
    fractions: [material.name, ...material.aliases].flatMap((name) => {
      const reading = readingOf(name);
      return reading === null ? [] : [fractionsOf(reading.composition)];
    }),
  }));
  return compositions;
}

/** Finds an electrolyte by id, name, alias or composition. Undefined if its substances are those of no known electrolyte. */
export function findElectrolyte(text: string): ElectrolyteMatch | undefined {
  if (text.length > NAME_LENGTH_MAX) return undefined;
  const reading = readingOf(text);
  const concentration_mol_per_m3 = reading?.stated_mol_per_m3 ?? null;
  const key = electrolyteKey(text);
  const named = knownSpellings().find(({ keys }) => keys.has(key));
  if (named) return { material: named.material, exact: true, concentration_mol_per_m3 };
  if (reading === null) return undefined;
  const wanted = fractionsOf(reading.composition);
  let best: { material: ElectrolyteMaterial; exact: boolean; distance: number } | undefined;
  for (const { material, fractions } of knownCompositions()) {
    for (const known of fractions) {
      if (!sameSubstances(known, wanted)) continue;
      const exact = sameProportions(known, wanted);
      const distance = distanceBetween(known, wanted);
      if (!exact && !concentrationFits(material, concentration_mol_per_m3)) continue;
      if (best === undefined || distance < best.distance) best = { material, exact, distance };
    }
  }
  return best && { material: best.material, exact: best.exact, concentration_mol_per_m3 };
}

/** Names to offer for a name that is not known. */
export function electrolyteNames(): readonly string[] {
  return ELECTROLYTES.flatMap(({ id, name, aliases }) => [name, ...aliases, id]);
}

function readingOf(text: string): ElectrolyteReading | null {
  try {
    return readElectrolyte(text, false);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

const electrolyteKey = (text: string): string =>
  nameKey(text.replace(/\bin\b/giu, ' ').replace(/(\d)\.0(?=\s*M)/gu, '$1'));

const fractionsOf = ({ components }: Composition): Fractions =>
  new Map(components.map(({ chemical, moleFraction }) => [chemical.id, moleFraction]));

const sameSubstances = (a: Fractions, b: Fractions): boolean =>
  a.size === b.size && [...a.keys()].every((id) => b.has(id));

const sameProportions = (a: Fractions, b: Fractions): boolean =>
  [...a].every(([id, fraction]) => {
    const other = b.get(id) ?? 0;
    return Math.abs(fraction - other) <= FRACTION_TOLERANCE * Math.max(fraction, other) + FRACTION_FLOOR;
  });

/** Half the sum of the differences of the mole fractions. */
function distanceBetween(a: Fractions, b: Fractions): number {
  let sum = 0;
  for (const id of new Set([...a.keys(), ...b.keys()])) sum += Math.abs((a.get(id) ?? 0) - (b.get(id) ?? 0));
  return sum / 2;
}

/** A law of the concentration serves within its range; measured constants only at their own concentration. */
function concentrationFits({ concentration, transport }: ElectrolyteMaterial, stated: number | null): boolean {
  if (stated === null) return true;
  const law = TRANSPORT_LAWS.find((known) => known.law === transport.law);
  const [low, high] = law?.concentrationRange_mol_per_m3 ??
    concentration.range ?? [
      concentration.value * (1 - CONCENTRATION_TOLERANCE),
      concentration.value * (1 + CONCENTRATION_TOLERANCE),
    ];
  return stated >= low && stated <= high;
}

// An electrolyte is named by what is in it, and everybody writes that differently: "1 M LiPF6 in EC/DEC (1:1 w/w)",
// "1M LiPF6 EC-DEC", "LiPF6 1.0 mol/L EC:DEC". A name is looked up as it stands first, then by its components.

import { ELECTROLYTES, type ElectrolyteMaterial, nameKey, TRANSPORT_LAWS } from './materials.ts';

export interface ElectrolyteMatch {
  readonly material: ElectrolyteMaterial;
  /** False where the components agree but the proportions or the salt concentration were not compared or differ. */
  readonly exact: boolean;
  /** Salt concentration as the text states it, mol/m3; null where it states none. */
  readonly concentration_mol_per_m3: number | null;
}

/** Longest name that is looked at. */
const NAME_LENGTH_MAX = 200;
const CONCENTRATION_TOLERANCE = 0.02;
/** Words of a name that are no components. */
const FILLER = new Set(
  'in and with of v vol volume w wt weight m mol molar molal mole by ratio sat saturated l + additive diluent or to'.split(
    ' ',
  ),
);

/** The spellings of one electrolyte, made comparable. */
interface KnownSpellings {
  readonly material: ElectrolyteMaterial;
  readonly keys: ReadonlySet<string>;
  readonly components: ReadonlySet<string>;
}

let spellings: readonly KnownSpellings[] | null = null;

/** Made at the first look-up and kept: every run of a cell looks its electrolyte up. */
function knownSpellings(): readonly KnownSpellings[] {
  spellings ??= ELECTROLYTES.map((material) => {
    const names = [material.name, ...material.aliases];
    return {
      material,
      keys: new Set([material.id, ...names].map(electrolyteKey)),
      components: new Set(names.map(components)),
    };
  });
  return spellings;
}

/** Finds an electrolyte by id, name, alias or components. Undefined if its components are none of the known electrolytes. */
export function findElectrolyte(text: string): ElectrolyteMatch | undefined {
  if (text.length > NAME_LENGTH_MAX) return undefined;
  const concentration_mol_per_m3 = statedConcentration(text);
  const key = electrolyteKey(text);
  const named = knownSpellings().find(({ keys }) => keys.has(key));
  if (named) return { material: named.material, exact: true, concentration_mol_per_m3 };
  const wanted = components(text);
  if (wanted === '') return undefined;
  const alike = knownSpellings().find(
    (known) => known.components.has(wanted) && concentrationFits(known.material, concentration_mol_per_m3),
  );
  return alike && { material: alike.material, exact: false, concentration_mol_per_m3 };
}

/** Names to offer for a name that is not known. */
export function electrolyteNames(): readonly string[] {
  return ELECTROLYTES.flatMap(({ id, name, aliases }) => [name, ...aliases, id]);
}

function electrolyteKey(text: string): string {
  return nameKey(text.replace(/\bin\b/giu, ' ').replace(/(\d)\.0(?=\s*M)/gu, '$1'));
}

/** "1 M", "1.2M", "0.5 mol/L": the first of them, which by habit is the main salt's. */
function statedConcentration(text: string): number | null {
  const found = /(\d+(?:\.\d+)?)\s*(?:M\b|M(?=Li)|mol\s*\/?\s*L)/u.exec(text);
  return found ? Number(found[1]) * 1000 : null;
}

/** The chemical names in a text, sorted; equal for two texts that name the same substances. */
function components(text: string): string {
  const words = text.match(/[A-Za-z][A-Za-z0-9]*/gu) ?? [];
  const names = words.map((word) => word.replace(/^M(?=Li)/u, '').toLowerCase()).filter((word) => !FILLER.has(word));
  return [...new Set(names)].sort().join(' ');
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

// The salts, solvents, diluents and additives that names of electrolytes are made of, and how their names are found in a text.

import chemicalFile from './chemicals.json' with { type: 'json' };
import type { Chemical } from './composition.ts';

// The compiler sees a JSON array as an array of widened literals; the tests show that the file has this type.
export const CHEMICALS = chemicalFile.chemicals as unknown as readonly Chemical[];

/** Standard atomic weights, g/mol. */
export const ATOMIC_MASSES: Readonly<Record<string, number>> = chemicalFile.atomicMasses.values;

/** A name as found in a text. */
export interface FoundChemical {
  readonly chemical: Chemical;
  /** Where the name ends in the text. */
  readonly end: number;
  /** How surely the spelling means this chemical, and why not fully. */
  readonly confidence: number;
  readonly doubt: string | null;
}

interface Spelling {
  readonly chemical: Chemical;
  /** In small letters; of a long name the letters and digits only. */
  readonly key: string;
  readonly isLong: boolean;
  readonly confidence: number;
  readonly doubt: string | null;
}

/** Names from this length on may be written with other separators: "12 crown 4", "1,2 dimethoxy-ethane". */
const LONG_NAME = 8;
const SEPARATORS = " -,()[]'’";

let spellingsByInitial: ReadonlyMap<string, readonly Spelling[]> | null = null;

/** Made at the first look-up and kept. */
function spellings(): ReadonlyMap<string, readonly Spelling[]> {
  if (spellingsByInitial !== null) return spellingsByInitial;
  const byInitial = new Map<string, Spelling[]>();
  const add = (chemical: Chemical, text: string, confidence: number, doubt: string | null) => {
    const small = text.normalize('NFKC').toLowerCase();
    const isLong = small.length >= LONG_NAME;
    const key = isLong ? lettersAndDigits(small) : small;
    const group = byInitial.get(key[0]!) ?? [];
    group.push({ chemical, key, isLong, confidence, doubt });
    byInitial.set(key[0]!, group);
  };
  for (const chemical of CHEMICALS) {
    const doubts = chemical.doubts ?? [];
    const unsure = new Set(doubts.map(({ spelling }) => spelling));
    for (const { spelling, confidence, reason, beside } of doubts) {
      if (beside === undefined) add(chemical, spelling, confidence, reason);
    }
    for (const name of [chemical.id, chemical.name, ...chemical.aliases]) {
      if (!unsure.has(name)) add(chemical, name, 1, null);
    }
  }
  spellingsByInitial = byInitial;
  return byInitial;
}

const lettersAndDigits = (text: string): string =>
  [...text].filter((character) => !SEPARATORS.includes(character)).join('');

const LETTER = /\p{L}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * The longest name of a chemical that begins at `start`; undefined if none does. A name does not begin inside a word, unless
 * `isGlued` says that the letter before it belongs to a unit.
 */
export function chemicalAt(text: string, start: number, isGlued = false): FoundChemical | undefined {
  const initial = text[start]?.toLowerCase() ?? '';
  // A long name may open with a bracket, as [Pyr13][TFSI] does; its key does not.
  const opensAt = initial === '[' ? start + 1 : start;
  const group = spellings().get(text[opensAt]?.toLowerCase() ?? '');
  if (group === undefined || (!isGlued && start > 0 && LETTER.test(text[start - 1]!))) return undefined;
  let best: FoundChemical | undefined;
  for (const { chemical, key, isLong, confidence, doubt } of group) {
    const end = isLong ? endOfLongName(text, opensAt, key) : endOfShortName(text, start, key);
    if (end < 0 || LETTER_OR_DIGIT.test(text[end] ?? '')) continue;
    if (opensAt > start && !text.slice(start, end).includes(']')) continue;
    if (best === undefined || end > best.end) best = { chemical, end, confidence, doubt };
  }
  return best;
}

function endOfShortName(text: string, start: number, key: string): number {
  const end = start + key.length;
  const written = text.slice(start, end);
  // "an" is a word more often than acetonitrile.
  return written.toLowerCase() === key && written !== 'an' ? end : -1;
}

function endOfLongName(text: string, start: number, key: string): number {
  let at = start;
  for (let matched = 0; matched < key.length; at++) {
    const character = text[at];
    if (character === undefined) return -1;
    if (character.toLowerCase() === key[matched]) matched++;
    else if (!SEPARATORS.includes(character)) return -1;
  }
  // A bracket that the name itself opened.
  const written = text.slice(text[start - 1] === '[' ? start - 1 : start, at);
  const isOpen = (open: string, close: string): boolean =>
    text[at] === close && written.split(open).length > written.split(close).length;
  return isOpen('[', ']') || isOpen('(', ')') ? at + 1 : at;
}

/** What a doubtful spelling means in the company of others, given by their ids; undefined if they say nothing of it. */
export function meaningBeside(
  spelling: string,
  others: ReadonlySet<string>,
): Pick<FoundChemical, 'chemical' | 'confidence' | 'doubt'> | undefined {
  const key = spelling.toLowerCase();
  for (const chemical of CHEMICALS) {
    const doubt = chemical.doubts?.find(
      ({ spelling: own, beside }) => own.toLowerCase() === key && beside?.some((id) => others.has(id)),
    );
    if (doubt) return { chemical, confidence: doubt.confidence, doubt: doubt.reason };
  }
  return undefined;
}

/** The chemical of that id, name or alias. */
export function chemicalNamed(name: string): Chemical | undefined {
  const trimmed = name.normalize('NFKC').trim();
  const found = chemicalAt(trimmed, 0);
  return found?.end === trimmed.length ? found.chemical : undefined;
}

let everyName: readonly string[] | null = null;

/** Every spelling, for "did you mean". */
export function chemicalNames(): readonly string[] {
  everyName ??= CHEMICALS.flatMap(({ id, name, aliases }) => [id, name, ...aliases]);
  return everyName;
}

// What a person means by "ZnO on carbon", "oxidised copper" or "LLZO with Li2CO3": the surface that the liquid meets, the state that it
// is in, and what lies under it.

import { InputError, type Issue, nearestHint } from '../units/index.ts';
import { type SurfaceState, WETTED_SURFACES, type WettedSurface } from './contact-angles.ts';
import { parseElectrolyte } from './electrolyte-text.ts';
import { LIBRARY } from './library.ts';
import { findByName, nameKey, namesOf, SUBSTRATES } from './materials.ts';

export interface NamedSurface {
  readonly surface: WettedSurface;
  readonly state: SurfaceState;
}

export interface SurfaceName extends NamedSurface {
  /** As it is called here: 'zinc oxide on carbon, bare'. */
  readonly canonical: string;
  /** Under a coating or film; null for a bare surface. */
  readonly carrier: NamedSurface | null;
  /** What was guessed of the surface, and of the carrier. */
  readonly remarks: readonly string[];
  readonly carrierRemarks: readonly string[];
}

export type SurfaceReading = { readonly name: SurfaceName } | { readonly issues: readonly Issue[] };

const TEXT_LENGTH_MAX = 200;
/** Words for a shape, which say nothing of the surface. */
const SHAPES =
  /\b(?:foils?|foams?|mesh|meshes|films?|layers?|coatings?|coats?|fib(?:re|er)s?|cloth|paper|pellets?|discs?|hosts?|matrix|surfaces?|skeleton|scaffold|frameworks?|nanowires?|nanoparticles?|particles?|collectors?|substrates?|electrolyte|pure|an?|the)\b/giu;
/** Words between a state and its noun. */
const LINKS = /\b(?:in|by|and|with|natively)\b/giu;
/** States in which a surface exists as something put on another one. */
const FILM_STATES = ['coating', 'film'];

/** Reads the name of a surface. Every part that is not known is one issue, with what may be meant. */
export function readSurfaceName(text: string, where = 'substrate'): SurfaceReading {
  const tidy = text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  if (tidy === '' || tidy.length > TEXT_LENGTH_MAX) {
    const found = tidy === '' ? 'nothing' : `${tidy.length} characters`;
    return { issues: [{ where, found, wanted: 'a surface such as "ZnO on carbon" or "oxidised copper"' }] };
  }
  const parts = partsOf(tidy);
  const issues: Issue[] = [];
  const read = (part: string): GuessedSurface | null => {
    const named = surfaceOf(part);
    if (named === null) issues.push(unknownIssue(part, where));
    return named;
  };
  const top = read(parts.top);
  const carrier = parts.carrier === null ? null : read(parts.carrier);
  if (issues.length > 0 && isElectrolyte(tidy)) return { issues: [electrolyteIssue(tidy, where)] };
  if (top === null || issues.length > 0) return { issues };
  const canonical = [top, carrier].flatMap((one) => (one === null ? [] : [describe(one)])).join(' on ');
  const { surface, state, remarks } = top;
  return { name: { surface, state, canonical, carrier, remarks, carrierRemarks: carrier?.remarks ?? [] } };
}

/** Every name that a surface is found by. */
export const surfaceNames = (): readonly string[] => WETTED_SURFACES.flatMap(namesOf);

const surfaceIds = (): string => WETTED_SURFACES.map(({ id }) => id).join(', ');

const describe = ({ surface, state }: NamedSurface): string =>
  FILM_STATES.includes(state.state) ? surface.name : `${surface.name}, ${state.state}`;

/** The two sides of "A on B", "B with A", "A-coated B" or "A/B". */
function partsOf(text: string): { readonly top: string; readonly carrier: string | null } {
  if (findByName(WETTED_SURFACES, text) !== undefined) return { top: text, carrier: null };
  const [, coat, coated] = /^(.+?)[\s-]+coated\s+(?!with\b)(.+)$/iu.exec(text) ?? [];
  if (coat !== undefined) return { top: coat, carrier: coated! };
  const [, under, over] = /^(.+?)\s+(?:coated with|covered (?:with|by)|with|under|\+)\s+(.+)$/iu.exec(text) ?? [];
  if (under !== undefined) return { top: over!, carrier: under };
  const [, above, below] = /^(.+?)\s+(?:on|over|atop)\s+(.+)$/iu.exec(text) ?? [];
  if (above !== undefined) return { top: above, carrier: below! };
  const [, left, right] = /^([^/]+)\/([^/]+)$/u.exec(text) ?? [];
  if (left === undefined) return { top: text, carrier: null };
  // Both orders are written, ZnO/PI and CF/Ag: what exists as a film lies on top.
  const isFilm = (part: string): boolean => FILM_STATES.includes(surfaceOf(part)?.state.state ?? '');
  return isFilm(right!) && !isFilm(left) ? { top: right!, carrier: left } : { top: left, carrier: right! };
}

interface GuessedSurface extends NamedSurface {
  readonly remarks: readonly string[];
}

/** A surface and its state, by its name with or without words for state and shape. */
function surfaceOf(part: string): GuessedSurface | null {
  const found = namedWith(part);
  if (found === null) return null;
  const { surface, words } = found;
  const state = surface.states.find((one) => words.some((word) => one.words.includes(word)));
  const usual = surface.states[0]!;
  if (state !== undefined) return { surface, state, remarks: [] };
  const remarks: string[] = [];
  const others = surface.states.slice(1).map((one) => `${one.angle.printed} ${one.state}`);
  if (words.length > 0) {
    remarks.push(
      `no angle is known for ${surface.name} that is ${words.join(' and ')}: that of ${usual.state} is taken`,
    );
  } else if (others.length > 0) {
    remarks.push(
      `the state of ${surface.name} is not said and decides the angle: ${usual.angle.printed} ${usual.state} is taken; ${others.join(', ')}`,
    );
  }
  return { surface, state: usual, remarks };
}

/** The longest first, so that 'native oxide' is found before 'oxide'. */
const STATE_PATTERNS = [...new Set(WETTED_SURFACES.flatMap(({ states }) => states.flatMap(({ words }) => words)))]
  .sort((a, b) => b.length - a.length)
  .map((word) => ({
    word,
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])${word.split(/[\s-]/u).join('[\\s-]')}(?![\\p{L}\\p{N}])`, 'u'),
  }));

/** A surface by its name with as few words for its state left out as will do: those of "copper oxide" belong to the name. */
function namedWith(part: string): { readonly surface: WettedSurface; readonly words: readonly string[] } | null {
  const text = part.toLowerCase();
  const present = STATE_PATTERNS.filter(({ pattern }) => pattern.test(text));
  for (const left of [[], ...present.map((one) => [one]), present]) {
    const rest = left.reduce((shorter, { pattern }) => shorter.replace(pattern, ' '), text);
    for (const name of [rest, rest.replace(LINKS, ' '), rest.replace(LINKS, ' ').replace(SHAPES, ' ')]) {
      const surface = findByName(WETTED_SURFACES, name);
      if (surface !== undefined) return { surface, words: left.map(({ word }) => word) };
    }
  }
  return null;
}

/** Whether all of a text reads as an electrolyte. */
function isElectrolyte(text: string): boolean {
  try {
    parseElectrolyte(text);
    return true;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return false;
  }
}

const WANTED = 'a surface whose contact angle with molten lithium is known';

const electrolyteIssue = (text: string, where: string): Issue => ({
  where,
  found: `"${text}"`,
  wanted: WANTED,
  hint: 'an electrolyte is a liquid, and how it wets lithium another quantity: ask with --electrolyte',
});

/** What is asked for is an angle of molten lithium; a name known for something else says what for. */
function unknownIssue(part: string, where: string): Issue {
  const wanted = WANTED;
  const found = `"${part}"`;
  if (['li', 'lithium', 'limetal', 'lithiummetal', 'lithiumfoil'].includes(nameKey(part))) {
    const hint = 'lithium is the liquid here; for an electrolyte on lithium use --electrolyte';
    return { where, found, wanted, hint };
  }
  const other = otherQuantity(part);
  const hint = other ?? nearestHint(part, surfaceNames()) ?? `known are ${surfaceIds()}`;
  return { where, found, wanted, hint };
}

/** What else is known of it that is called lithiophilicity as well. */
function otherQuantity(part: string): string | undefined {
  const material = findByName(LIBRARY, part);
  for (const fact of material?.properties ?? []) {
    if (fact.quantity !== 'contact angle of an electrolyte' || !('printed' in fact)) continue;
    return `known is the contact angle of an electrolyte on it, ${fact.printed}, which is another quantity: it says nothing of molten lithium`;
  }
  const substrate = findByName(SUBSTRATES, part);
  if (substrate === undefined) return undefined;
  const affinity_mV = Number((substrate.nucleationOverpotential.value * 1e3).toPrecision(3));
  return `known is its affinity for plated lithium, a nucleation overpotential of ${affinity_mV} mV, which is another quantity: it is no angle`;
}

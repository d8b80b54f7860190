// The words of an electrolyte name: names of chemicals, amounts with their unit, bases of a ratio, and what joins them.
// One pass from left to right; a name of a chemical wins over all else, so that "1,4-dioxane" and "12-crown-4" keep their digits.

import type { Issue } from '../units/index.ts';
import { nearestHint } from '../units/index.ts';
import { chemicalAt, chemicalNames, type FoundChemical, meaningBeside } from './chemicals.ts';

/** What a ratio or a share counts. */
export type Basis = 'mole' | 'volume' | 'mass';

/** mol/L of solution, of all solvents, or of the solvents that bind; mol/kg of solvents. */
export type ConcentrationUnit = 'solution' | 'solvent' | 'undiluted' | 'molal';

/** A number with its unit. */
export type AmountToken =
  | { readonly kind: 'amount'; readonly value: number; readonly unit: ConcentrationUnit; readonly at: number }
  | {
      readonly kind: 'amount';
      readonly value: number;
      readonly unit: 'percent';
      /** Null where it is not said. */
      readonly basis: Basis | null;
      readonly at: number;
    };

export type Token =
  | { readonly kind: 'chemical'; readonly found: FoundChemical; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | AmountToken
  | { readonly kind: 'basis'; readonly basis: Basis; readonly word: string; readonly at: number }
  | { readonly kind: 'saturated'; readonly at: number }
  | { readonly kind: 'join'; readonly word: Join; readonly at: number }
  | { readonly kind: 'open' | 'close'; readonly bracket: 'round' | 'square'; readonly at: number };

export type Join = 'in' | 'with' | 'and' | '+' | '-' | '/' | ':' | ',' | '=';

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly issues: readonly Issue[];
  /** Readings that are not sure. */
  readonly remarks: readonly string[];
}

/** Longest text that is read. */
export const TEXT_LENGTH_MAX = 400;
/** One code point may stand for several letters when it is made plain. */
const PLAIN_LENGTH_MAX = 2 * TEXT_LENGTH_MAX;
/** So many unknown words get "did you mean"; more would only cost time. */
const HINTS_MAX = 12;

const JOINS: Readonly<Record<string, Join>> = {
  in: 'in',
  with: 'with',
  and: 'and',
  plus: 'with',
  containing: 'with',
  '+': '+',
  '&': 'and',
  '-': '-',
  '/': '/',
  '|': '/',
  ':': ':',
  ',': ',',
  ';': ',',
  '.': ',',
  '=': '=',
};
const PUNCTUATION = '+&-/|:,;.=';
/** Words that say nothing about what is in it. */
const FILLER = new Set(
  (
    'a an the of by as at to into for is was are each pure dry anhydrous salt salts solvent solvents solution electrolyte electrolytes mixture mixed mix blend ' +
    'additive additives additional added dissolved diluted diluent concentration ratio ratios total using binary ternary composed hybrid based'
  ).split(' '),
);
const SATURATED = new Set(['saturated', 'sat', 'satd']);

/** Electrolytes that are sold under a name of their own. */
const SOLD_AS: Readonly<Record<string, string>> = {
  lp30: '1 M LiPF6 in EC/DMC (1:1 w/w)',
  lp40: '1 M LiPF6 in EC/DEC (1:1 w/w)',
  lp47: '1 M LiPF6 in EC/DEC (3:7 w/w)',
  lp50: '1 M LiPF6 in EC/EMC (1:1 w/w)',
  lp57: '1 M LiPF6 in EC/EMC (3:7 w/w)',
};

const UNITS: readonly (readonly [RegExp, ConcentrationUnit | 'percent', number])[] = [
  [/mM(?![a-z])/y, 'solution', 1e-3],
  [/M ?\( ?solvents? ?\)/y, 'solvent', 1],
  [/M ?\( ?undiluted ?\)/y, 'undiluted', 1],
  [/mmol ?(?:\/ ?(?:L|l|dm\^?3)|·? ?(?:L|l) ?\^?-1|·? ?dm ?\^?-3)(?![A-Za-z])/y, 'solution', 1e-3],
  [/mol ?(?:\/ ?(?:L|l|dm\^?3)|·? ?(?:L|l) ?\^?-1|·? ?dm ?\^?-3)(?![A-Za-z])/y, 'solution', 1],
  [/mol ?(?:\/ ?kg|·? ?kg ?\^?-1)(?![A-Za-z])/y, 'molal', 1],
  [/molal(?![A-Za-z])/iy, 'molal', 1],
  [/mol\.? ?(?:-)?%/iy, 'percent', 1],
  [/(?:wt|w|weight|mass)\.? ?(?:-)?%/iy, 'percent', 1],
  [/(?:vol|v|volume)\.? ?(?:-)?%/iy, 'percent', 1],
  [/%/y, 'percent', 1],
  [/ppm(?![a-z])/y, 'percent', 1e-4],
  [/percent(?![a-z])/iy, 'percent', 1],
  [/M/y, 'solution', 1],
  [/m/y, 'molal', 1],
];

const BASES: readonly (readonly [RegExp, Basis])[] = [
  [/v ?[/:] ?v|vol\.? ?[/:] ?vol\.?|volumes?|volumetric|vol\.?|v/iy, 'volume'],
  [/w ?[/:] ?w|wt\.? ?[/:] ?wt\.?|m ?[/:] ?m|weight|mass|wt\.?|w/iy, 'mass'],
  [/mol\.? ?[/:] ?mol\.?|n ?[/:] ?n|molar|moles?|mol\.?|MR/iy, 'mole'],
];

/** One letter for one: subscripts, dashes, full-width signs and odd spaces made plain, with the place of each in the text. */
function plain(text: string): { readonly text: string; readonly places: readonly number[] } {
  let out = '';
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    let simple = character.normalize('NFKC');
    if (/^[‐-―−﹣－]$/u.test(simple)) simple = '-';
    else if (/^[∶：]$/u.test(simple)) simple = ':';
    else if (/^[·•∙×]$/u.test(simple)) simple = '·';
    else if (/^\s$/u.test(simple) || simple === '\u200b') simple = ' ';
    else if (/^[{［]$/u.test(simple)) simple = '(';
    else if (/^[}］]$/u.test(simple)) simple = ')';
    else if (simple === '≈' || simple === '~') simple = ' ';
    for (let i = 0; i < simple.length; i++) places.push(place);
    out += simple;
    place += character.length;
    if (out.length > PLAIN_LENGTH_MAX) break;
  }
  return { text: out, places };
}

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9';
const isLetter = (character: string | undefined): boolean => character !== undefined && /\p{L}/u.test(character);

/** `where` for an issue at the place of a token, counted from 1. */
export const whereAt = (place: number): string => `electrolyte, character ${place + 1}`;

/** Splits a name into its words. All unknown words are found, each with the nearest known ones unless `hints` is false. */
export function tokenize(original: string, hints = true): Tokens {
  const { text, places } = plain(original);
  const tokens: Token[] = [];
  const issues: Issue[] = [];
  const remarks = new Set<string>();
  let unknown: { text: string; at: number; end: number } | null = null;
  const settleUnknown = () => {
    if (unknown === null) return;
    const hint = hints && issues.length < HINTS_MAX ? nearestHint(unknown.text, chemicalNames()) : undefined;
    issues.push({
      where: whereAt(unknown.at),
      found: JSON.stringify(unknown.text),
      wanted: 'the name of a salt, a solvent or an additive',
      ...(hint === undefined ? {} : { hint }),
    });
    unknown = null;
  };

  const spelt = new Map<Token, string>();
  let unitEnd = -1;
  for (let i = 0; i < text.length; ) {
    const character = text[i]!;
    const at = places[i]!;
    if (character === ' ') {
      i++;
      continue;
    }
    const found = chemicalAt(text, i, i === unitEnd);
    if (found) {
      settleUnknown();
      const token: Token = { kind: 'chemical', found, at };
      tokens.push(token);
      if (found.doubt !== null) spelt.set(token, text.slice(i, found.end));
      i = found.end;
      continue;
    }
    if (isDigit(character) || (character === '.' && isDigit(text[i + 1]))) {
      settleUnknown();
      const end = numberEnd(text, i);
      let value = Number(text.slice(i, end));
      let next = end;
      const comma = decimalComma(text, end);
      if (comma !== null) {
        value = Number(`${text.slice(i, end)}.${text.slice(end + 1, comma)}`);
        next = comma;
        remarks.add('a comma between digits is read as a decimal point');
      }
      const unit = unitAt(text, next);
      if (unit === null) {
        tokens.push({ kind: 'number', value, at });
        i = next;
      } else {
        tokens.push(amountToken(value * unit.factor, unit, at));
        if (unit.isBareM) remarks.add('"m" after a number is read as mol per kg of solvent');
        i = unit.end;
        unitEnd = i;
      }
      continue;
    }
    if (character === '(' || character === ')' || character === '[' || character === ']') {
      settleUnknown();
      const isOpen = character === '(' || character === '[';
      const bracket = character === '(' || character === ')' ? 'round' : 'square';
      tokens.push({ kind: isOpen ? 'open' : 'close', bracket, at });
      i++;
      continue;
    }
    if (/^w\/ /iu.test(text.slice(i, i + 3)) && !isLetter(text[i - 1])) {
      settleUnknown();
      tokens.push({ kind: 'join', word: 'with', at });
      i += 2;
      continue;
    }
    const basis = isLetter(text[i - 1]) ? null : basisAt(text, i);
    if (basis !== null) {
      settleUnknown();
      tokens.push({ kind: 'basis', basis: basis.basis, word: text.slice(i, basis.end).toLowerCase(), at });
      i = basis.end;
      continue;
    }
    if (PUNCTUATION.includes(character)) {
      if (character !== '-' && character !== '.') settleUnknown();
      // A full stop ends an abbreviation or the text.
      if (character !== '.') tokens.push({ kind: 'join', word: JOINS[character]!, at });
      i++;
      continue;
    }
    // "(1:1 in vol.%)": the sign after a basis adds nothing.
    if (character === '·' || (character === '%' && tokens.at(-1)?.kind === 'basis')) {
      i++;
      continue;
    }
    const end = wordEnd(text, i);
    const word = text.slice(i, end);
    const small = word.toLowerCase();
    const sold = Object.hasOwn(SOLD_AS, small) ? SOLD_AS[small] : undefined;
    if (sold !== undefined) {
      settleUnknown();
      tokens.push(...tokenize(sold).tokens.map((token) => ({ ...token, at })));
      i = end;
      continue;
    }
    const join = Object.hasOwn(JOINS, small) ? JOINS[small] : undefined;
    if (join !== undefined || SATURATED.has(small) || FILLER.has(small)) {
      settleUnknown();
      if (join !== undefined) tokens.push({ kind: 'join', word: join, at });
      else if (SATURATED.has(small)) tokens.push({ kind: 'saturated', at });
      i = end;
      continue;
    }
    // Unknown words beside each other are one unknown name.
    if (unknown !== null && i - unknown.end <= 1 && /^[ -]?$/u.test(text.slice(unknown.end, i)))
      unknown = { text: unknown.text + text.slice(unknown.end, end), at: unknown.at, end };
    else {
      settleUnknown();
      unknown = { text: word, at, end };
    }
    i = end;
  }
  settleUnknown();
  return { tokens: inContext(tokens, spelt), issues, remarks: [...remarks] };
}

/** Doubtful spellings read by the company that they are in. */
function inContext(tokens: readonly Token[], spelt: ReadonlyMap<Token, string>): readonly Token[] {
  if (spelt.size === 0) return tokens;
  const ids = new Set(tokens.flatMap((token) => (token.kind === 'chemical' ? [token.found.chemical.id] : [])));
  return tokens.map((token) => {
    const spelling = spelt.get(token);
    if (token.kind !== 'chemical' || spelling === undefined) return token;
    const meaning = meaningBeside(spelling, ids);
    return meaning === undefined ? token : { ...token, found: { ...token.found, ...meaning } };
  });
}

function numberEnd(text: string, start: number): number {
  let i = start;
  while (isDigit(text[i])) i++;
  if (text[i] === '.' && isDigit(text[i + 1])) {
    i++;
    while (isDigit(text[i])) i++;
  }
  const exponent = /e[+-]?\d{1,3}(?![\p{L}\d])/uy;
  exponent.lastIndex = i;
  return exponent.test(text) ? exponent.lastIndex : i;
}

/** End of the digits behind a decimal comma: "0,5 M", never "1,2" without a unit. */
function decimalComma(text: string, end: number): number | null {
  if (text[end] !== ',' || !isDigit(text[end + 1]) || chemicalAt(text, end + 1)) return null;
  let i = end + 1;
  while (isDigit(text[i])) i++;
  return unitAt(text, i) === null ? null : i;
}

interface FoundUnit {
  readonly unit: ConcentrationUnit | 'percent';
  readonly basis: Basis | null;
  readonly factor: number;
  readonly end: number;
  readonly isBareM: boolean;
}

function unitAt(text: string, start: number): FoundUnit | null {
  const at = text[start] === ' ' ? start + 1 : start;
  // "1 MA" is methyl acetate and "3 M3F" an ester: a name that fits is no unit.
  if (at > start && chemicalAt(text, at)) return null;
  for (const [pattern, unit, factor] of UNITS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) continue;
    const end = at + found[0].length;
    const isLetterUnit = found[0] === 'M' || found[0] === 'm';
    // "1MLiPF6" is one molar; "1 Methyl" is not.
    if (isLetterUnit && /[\p{L}\p{N}]/u.test(text[end] ?? '') && !chemicalAt(text, end, true)) continue;
    if (isLetterUnit && /^ ?[/:] ?m/u.test(text.slice(end, end + 3))) continue;
    const word = found[0].toLowerCase();
    return { unit, basis: unit === 'percent' ? shareBasis(word) : null, factor, end, isBareM: found[0] === 'm' };
  }
  return null;
}

const amountToken = (value: number, { unit, basis }: FoundUnit, at: number): AmountToken =>
  unit === 'percent' ? { kind: 'amount', value, unit, basis, at } : { kind: 'amount', value, unit, at };

function shareBasis(word: string): Basis | null {
  if (word.startsWith('mol')) return 'mole';
  if (/^(?:[wm]|ppm)/u.test(word)) return 'mass';
  return word.startsWith('v') ? 'volume' : null;
}

function basisAt(text: string, start: number): { readonly basis: Basis; readonly end: number } | null {
  for (const [pattern, basis] of BASES) {
    pattern.lastIndex = start;
    const found = pattern.exec(text);
    if (found === null) continue;
    const end = start + found[0].length;
    if (!/[\p{L}\p{N}]/u.test(text[end] ?? '')) return { basis, end };
  }
  return null;
}

function wordEnd(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && /[\p{L}\p{N}'*_"<>?!@#$^\\]/u.test(text[i]!)) i++;
  return i;
}

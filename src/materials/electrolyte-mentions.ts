// From the words of an electrolyte name to the chemicals in it, each with the amount, the count or the number of a ratio that
// stands by it. Nothing is guessed here; what does not belong together is a fault.

import type { Issue } from '../units/index.ts';
import type { Chemical } from './composition.ts';
import { type AmountToken, type Basis, type Join, type Token, whereAt } from './electrolyte-tokens.ts';

const VALUE_MAX = 1e6;
/** Confidence that is left where the proportions are stated a second time. */
const RESTATED_COST = 0.8;

export interface Mention {
  readonly chemical: Chemical;
  readonly at: number;
  /** What joins it to the name before; `run` is no more than a separator. */
  readonly join: 'run' | 'in' | 'with' | '+' | 'and';
  amount: AmountToken | null;
  basis: Basis | null;
  count: number | null;
  isSaturated: boolean;
  /** The ratio that counts this name, and its number in it. */
  ratio: Ratio | null;
  parts: number;
}

export interface Ratio {
  readonly numbers: readonly number[];
  readonly at: number;
  /** Number of names before it. */
  readonly position: number;
  basis: Basis | null;
}

export interface Reading {
  readonly mentions: Mention[];
  readonly ratios: Ratio[];
  /** A percentage at the end that belongs to no name. */
  trailing: AmountToken | null;
}

export interface Guesses {
  readonly reasons: Map<string, number>;
  readonly issues: Issue[];
}

export function fault(guesses: Guesses, at: number, found: string, wanted: string): void {
  guesses.issues.push({ where: whereAt(at), found, wanted });
}

export function guess(guesses: Guesses, reason: string, cost: number): void {
  guesses.reasons.set(reason, Math.min(cost, guesses.reasons.get(reason) ?? 1));
}

/** Every name with the amount, the count or the ratio that stands by it. */
export function readMentions(tokens: readonly Token[], guesses: Guesses): Reading {
  const reading: Reading = { mentions: [], ratios: [], trailing: null };
  const { mentions, ratios } = reading;
  let amount: AmountToken | null = null;
  let amountBasis: Basis | null = null;
  let count: number | null = null;
  let isSaturated = false;
  let join: Mention['join'] = 'run';
  let basisBefore: Basis | null = null;
  /** The last thing that a basis could belong to. */
  let open: Ratio | Mention | null = null;
  const after = (index: number): Token | undefined => tokens[index];

  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    switch (token.kind) {
      case 'chemical': {
        const { chemical, confidence, doubt } = token.found;
        if (doubt !== null) guess(guesses, doubt, confidence);
        const mention: Mention = {
          chemical,
          at: token.at,
          join: mentions.length === 0 ? 'run' : join,
          amount,
          basis: amountBasis,
          count,
          isSaturated,
          ratio: null,
          parts: 0,
        };
        if (!isRepeat(mention, mentions)) mentions.push(mention);
        if (amount?.unit === 'percent' && mention.basis === null) open = mention;
        amount = null;
        amountBasis = null;
        count = null;
        isSaturated = false;
        join = 'run';
        break;
      }
      case 'number': {
        const ratio = ratioAt(tokens, i);
        if (ratio !== null) {
          const found: Ratio = {
            numbers: ratio.numbers,
            at: token.at,
            position: mentions.length,
            basis: ratio.basis ?? basisBefore,
          };
          basisBefore = null;
          ratios.push(found);
          open = found;
          i = ratio.last;
          break;
        }
        // "(1.2)DME", "1.2 mol DME", "1.2DME": the count of what follows.
        const isBracketed = tokens[i - 1]?.kind === 'open' && after(i + 1)?.kind === 'close';
        const next = after(isBracketed ? i + 2 : i + 1);
        const isMolar = next?.kind === 'basis' && next.word === 'molar';
        const named = next?.kind === 'basis' && next.basis === 'mole' ? after(i + 2) : next;
        if (named?.kind !== 'chemical') {
          fault(
            guesses,
            token.at,
            String(token.value),
            'a unit beside it (M, mol/kg, wt%, vol%) or a ratio such as 1:1',
          );
          break;
        }
        if (named !== next) i++;
        if (isMolar && named.found.chemical.kind === 'salt')
          amount = { kind: 'amount', value: token.value, unit: 'solution', at: token.at };
        else count = token.value;
        break;
      }
      case 'amount': {
        // "2% wt VC", "10% (w/w) FEC": the basis follows its sign.
        const own = token.unit === 'percent' ? token.basis : null;
        const said = token.unit === 'percent' && own === null ? basisAfter(tokens, i) : null;
        const basis = said?.basis ?? own;
        const before = tokens[i - 1];
        i = said?.last ?? i;
        const previous = mentions.at(-1);
        const following = after(i + 1);
        if (previous !== undefined && belongsBefore(token, previous, before, following)) {
          previous.amount = token;
          previous.basis = basis;
          if (token.unit === 'percent' && basis === null) open = previous;
        } else if (amount !== null) {
          fault(guesses, token.at, 'two amounts in a row', 'a name beside each amount');
        } else {
          amount = token;
          amountBasis = basis;
        }
        break;
      }
      case 'basis':
        if (open !== null && open.basis === null) open.basis = token.basis;
        else basisBefore = token.basis;
        break;
      case 'saturated':
        // "LiNO3 saturated" as well as "saturated LiNO3" and "saturated with LiNO3".
        if (saltFollows(tokens, i) || mentions.length === 0) isSaturated = true;
        else mentions.at(-1)!.isSaturated = true;
        break;
      case 'join':
        join = strongest(join, token.word);
        break;
      case 'open':
      case 'close':
        break;
    }
  }
  if (amount !== null) {
    // "LiClO4/PC 1M": the one salt that has no amount.
    const salts = mentions.filter((mention) => !isSolvent(mention) && isBare(mention) && mention.count === null);
    if (amount.unit === 'percent') reading.trailing = amount;
    else if (salts.length === 1) salts[0]!.amount = amount;
    else fault(guesses, amount.at, 'an amount at the end', 'a name beside it');
  }
  for (const { at, chemical, amount: stated, count: parts, isSaturated: isReserve } of mentions) {
    if (isReserve && chemical.kind !== 'salt')
      fault(guesses, at, `saturated ${chemical.id}`, 'a salt that is saturated');
    const value = stated?.value ?? parts ?? 1;
    if (!(value > 0)) fault(guesses, at, `an amount of ${value}`, 'an amount above zero');
    else if (value > VALUE_MAX) fault(guesses, at, `an amount of ${value}`, `an amount up to ${VALUE_MAX}`);
    if (stated?.unit === 'percent' && stated.value >= 100)
      fault(guesses, stated.at, `${stated.value} %`, 'a share below 100 %');
  }
  for (const { at, numbers } of ratios) {
    if (!numbers.every((number) => number > 0 && number <= VALUE_MAX))
      fault(guesses, at, numbers.join(':'), `a ratio of numbers above 0 and up to ${VALUE_MAX}`);
  }
  return reading;
}

/** A name given twice, "dimethoxyethane (DME)", counts once, with the amount that stands by either. */
function isRepeat(mention: Mention, mentions: readonly Mention[]): boolean {
  const first = mentions.find(({ chemical }) => chemical === mention.chemical);
  if (first === undefined || mention.count !== null || mention.isSaturated) return false;
  if (mention.amount === null) return true;
  if (first.amount !== null || first.isSaturated || first.count !== null) return false;
  first.amount = mention.amount;
  first.basis = mention.basis;
  return true;
}

function strongest(before: Mention['join'], word: Join): Mention['join'] {
  if (word === 'in' || before === 'in') return 'in';
  if (word === 'with' || before === 'with') return 'with';
  if (word === '+' || before === '+') return '+';
  if (word === 'and' || before === 'and') return 'and';
  return before;
}

/** Whether a salt comes next, with "with" between or without. */
function saltFollows(tokens: readonly Token[], index: number): boolean {
  const [next, second] = tokens.slice(index + 1, index + 3);
  const named = next?.kind === 'join' && next.word === 'with' ? second : next;
  return named?.kind === 'chemical' && named.found.chemical.kind === 'salt';
}

/** A basis right behind `index`, with or without brackets. */
function basisAfter(tokens: readonly Token[], index: number): { readonly basis: Basis; readonly last: number } | null {
  const [first, second, third] = tokens.slice(index + 1, index + 4);
  if (first?.kind === 'basis') return { basis: first.basis, last: index + 1 };
  if (first?.kind === 'open' && second?.kind === 'basis' && third?.kind === 'close')
    return { basis: second.basis, last: index + 3 };
  return null;
}

/** "1:1.2:3", "30/70 vol%", "1-4": numbers with separators between them, the last not the count of a name. */
function ratioAt(
  tokens: readonly Token[],
  start: number,
): { readonly numbers: readonly number[]; readonly last: number; readonly basis: Basis | null } | null {
  const numbers: number[] = [];
  let separator: Join | null = null;
  let last = start;
  let basis: Basis | null = null;
  for (let i = start; i < tokens.length; i += 2) {
    const token = tokens[i]!;
    const isShare = token.kind === 'amount' && token.unit === 'percent' && token.basis !== null && numbers.length > 0;
    if (token.kind !== 'number' && !isShare) break;
    numbers.push(token.value);
    last = i;
    if (token.kind === 'amount' && token.unit === 'percent') basis = token.basis;
    const next = tokens[i + 1];
    if (isShare || next?.kind !== 'join' || !(next.word === ':' || next.word === '/' || next.word === '-')) break;
    if (separator !== null && next.word !== separator) break;
    separator = next.word;
  }
  if (numbers.length < 2) return null;
  // "LiFSI-1.2DME-3TTE" counts its names; with a colon it is a ratio wherever it stands.
  if (separator !== ':' && basis === null && tokens[last + 1]?.kind === 'chemical') return null;
  return { numbers, last, basis };
}

/** "LiPF6 1.0 mol/L EC:DEC", "FEC (10 wt%)": an amount behind its name. */
function belongsBefore(
  amount: AmountToken,
  previous: Mention,
  before: Token | undefined,
  following: Token | undefined,
): boolean {
  if (previous.amount !== null || previous.isSaturated) return false;
  const isBeside =
    before?.kind === 'chemical' || before?.kind === 'open' || (before?.kind === 'join' && '=,:'.includes(before.word));
  if (amount.unit !== 'percent')
    return (
      isBeside &&
      previous.chemical.kind === 'salt' &&
      previous.count === null &&
      !(before?.kind === 'join' && before.word === ',' && following?.kind === 'chemical')
    );
  return following?.kind !== 'chemical' && (isBeside || following === undefined) && before?.kind !== 'join';
}

export const isBare = ({ amount, isSaturated, ratio }: Mention): boolean =>
  amount === null && !isSaturated && ratio === null;
export const isSolvent = ({ chemical }: Mention): boolean => chemical.kind === 'solvent';

/** Each ratio takes the run of names that it counts: the solvents before it, with the salts before these where it counts them. */
export function placeRatios({ mentions, ratios }: Reading, guesses: Guesses): void {
  for (const ratio of ratios) {
    const { numbers, position } = ratio;
    let from = position;
    while (
      from > 0 &&
      isSolvent(mentions[from - 1]!) &&
      isBare(mentions[from - 1]!) &&
      mentions[from - 1]!.count === null
    )
      from--;
    let covered = mentions.slice(from, position);
    let salts = from;
    while (salts > 0 && !isSolvent(mentions[salts - 1]!) && mentions[salts - 1]!.ratio === null) salts--;
    if (covered.length === 0 && mentions.slice(salts, position).length !== numbers.length) {
      let to = position;
      while (
        to < mentions.length &&
        isSolvent(mentions[to]!) &&
        isBare(mentions[to]!) &&
        to - position < numbers.length
      )
        to++;
      covered = mentions.slice(position, to);
    } else if (covered.length < numbers.length && position - salts >= numbers.length)
      covered = mentions.slice(position - numbers.length, position);
    // "DME/LiFSI (1.2:1)": the salt may stand behind.
    const last = mentions.slice(Math.max(0, position - numbers.length), position);
    if (covered.length === 0 && last.every((mention) => isBare(mention) && mention.count === null)) covered = last;
    // A name that "with" or "+" sets apart behind the ratio's run is an additive of its own.
    if (
      covered.length > numbers.length &&
      covered.slice(numbers.length).every(({ join }) => join === 'with' || join === '+')
    )
      covered = covered.slice(0, numbers.length);
    if (covered.length !== numbers.length) {
      const repeats = mentions.some((mention) => mention.ratio?.numbers.length === numbers.length);
      if (covered.length === 0 && repeats) {
        guess(guesses, `${numbers.join(':')} states the proportions again and is left out`, RESTATED_COST);
        continue;
      }
      const names = covered.map(({ chemical }) => chemical.id).join('/');
      fault(
        guesses,
        ratio.at,
        `a ratio of ${numbers.length} numbers (${numbers.join(':')}) for ${covered.length === 0 ? 'no solvents' : names}`,
        'one number for each solvent, or for the salt and each solvent',
      );
      continue;
    }
    covered.forEach((mention, index) => {
      mention.ratio = ratio;
      mention.parts = numbers[index]!;
    });
  }
}

/** A second run of solvents behind a salt of its own is a second solution. */
export function splitSolutions({ mentions }: Reading): readonly Mention[][] {
  const plainSolvent = (mention: Mention): boolean =>
    isSolvent(mention) && mention.amount === null && !mention.isSaturated;
  const firstRun = mentions.findIndex(plainSolvent);
  for (let i = firstRun + 1; firstRun >= 0 && i < mentions.length; i++) {
    const before = mentions[i - 1]!;
    const isOwnSalt = !isSolvent(before) && before.amount !== null && before.amount.unit !== 'percent';
    if (!plainSolvent(mentions[i]!) || !isOwnSalt) continue;
    let from = i;
    while (from > firstRun + 1 && !isSolvent(mentions[from - 1]!)) from--;
    if (mentions.slice(firstRun, from).some(plainSolvent)) return [mentions.slice(0, from), mentions.slice(from)];
  }
  return [mentions];
}

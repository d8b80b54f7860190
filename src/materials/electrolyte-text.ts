// What people write for an electrolyte, read as amounts. The words come first (`electrolyte-tokens.ts`), then each name of a
// chemical takes the amount beside it and each ratio the run of names that it counts; what is left unsaid is guessed, said in
// a sentence, and paid for in confidence. docs/electrolyte-names.md gives the grammar.

import { InputError, type Issue } from '../units/index.ts';
import type { Chemical, Composition } from './composition.ts';
import {
  canonicalText,
  componentsOf,
  donorSitesPerLithium,
  type Ingredient,
  type Recipe,
  recipeMoles,
  type Solution,
  type StatedAmount,
  solutionMoles,
} from './composition-amounts.ts';
import { type Basis, type Join, TEXT_LENGTH_MAX, type Token, tokenize, whereAt } from './electrolyte-tokens.ts';

/** What a guess costs: the confidence is the product over all guesses. */
const COST = {
  basis: 0.8,
  equalParts: 0.7,
  percentBasis: 0.85,
  amount: 0.5,
  saltAmount: 0.5,
  saturated: 0.8,
  perSolvent: 0.7,
  mixture: 0.6,
  disagreement: 0.8,
  reading: 0.9,
} as const;

/** Above this concentration of all salts together a flask is no longer filled up to a mark: mol/L. */
const FLASK_mol_per_L_MAX = 3.5;
/** Places for each lithium ion below which a concentrated solution is read as made by the litre of solvent. */
const SITES_COMFORTABLE = 2.5;
/** Below this the salt cannot be dissolved by what is there. */
const SITES_POSSIBLE = 0.9;
/** Fewest places of any reading that is accepted. */
const SITES_MIN = 0.4;
/** Stated twice, amounts may differ by this much before it is said. */
const DISAGREEMENT = 0.1;
/** Additives without an amount: percent by mass. */
const ADDITIVE_GUESS_wt_percent = 2;
const FILM_FORMER_GUESS_wt_percent = 5;
const SALT_GUESS_mol_per_L = 1;
const LARGE_PERCENT = 20;
const VALUE_MAX = 1e6;

interface Mention {
  readonly chemical: Chemical;
  readonly at: number;
  /** What joins it to the name before; `run` is no more than a separator. */
  readonly join: 'run' | 'in' | 'with' | '+' | 'and';
  amount: Extract<Token, { kind: 'amount' }> | null;
  basis: Basis | null;
  count: number | null;
  isSaturated: boolean;
  /** The ratio that counts this name, and its number in it. */
  ratio: Ratio | null;
  parts: number;
}

interface Ratio {
  readonly numbers: readonly number[];
  readonly at: number;
  /** Number of names before it. */
  readonly position: number;
  basis: Basis | null;
}

interface Reading {
  readonly mentions: Mention[];
  readonly ratios: Ratio[];
  /** A percentage at the end that belongs to no name. */
  trailing: Extract<Token, { kind: 'amount' }> | null;
}

interface Guesses {
  readonly reasons: Map<string, number>;
  readonly issues: Issue[];
}

/**
 * Reads the name of an electrolyte.
 * @throws InputError listing every unknown name with the nearest known ones, and everything that cannot be meant.
 */
export function parseElectrolyte(text: string): Composition {
  if (typeof text !== 'string' || text.trim() === '')
    fail('nothing', 'the name of an electrolyte, such as "1 M LiPF6 in EC/DEC (1:1 v/v)"');
  if (text.length > TEXT_LENGTH_MAX) fail(`${text.length} characters`, `at most ${TEXT_LENGTH_MAX}`);
  const { tokens, issues, remarks } = tokenize(text);
  if (issues.length > 0) throw new InputError(issues);
  const guesses: Guesses = { reasons: new Map(), issues: [] };
  for (const remark of remarks) guesses.reasons.set(remark, COST.reading);
  const recipe = readRecipe(tokens, guesses);
  if (guesses.issues.length > 0 || recipe === null) throw new InputError(guesses.issues);
  const amounts = recipeMoles(recipe);
  if (amounts === null) fail(JSON.stringify(text), 'shares and salts that leave room for a solvent');
  const components = componentsOf(recipe, amounts);
  let confidence = 1;
  for (const cost of guesses.reasons.values()) confidence *= cost;
  return {
    text,
    canonical: canonicalText(recipe, components.components),
    ...components,
    confidence,
    reasons: [...guesses.reasons.keys()],
  };
}

/** As `parseElectrolyte`, with the faults as a value. */
export function tryElectrolyte(text: string): Composition | InputError {
  try {
    return parseElectrolyte(text);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function fail(found: string, wanted: string): never {
  throw new InputError([{ where: 'electrolyte', found, wanted }]);
}

function fault(guesses: Guesses, at: number, found: string, wanted: string): void {
  guesses.issues.push({ where: whereAt(at), found, wanted });
}

function guess(guesses: Guesses, reason: string, cost: number): void {
  guesses.reasons.set(reason, Math.min(cost, guesses.reasons.get(reason) ?? 1));
}

/** `[A] + 50 vol% [B]`, or one solution, or two that the text itself sets beside each other. */
function readRecipe(tokens: readonly Token[], guesses: Guesses): Recipe | null {
  const brackets = tokens.filter((token) =>
    token.kind !== 'open' && token.kind !== 'close' ? false : token.bracket === 'square',
  );
  if (brackets.length > 0) return readBracketed(tokens, guesses);
  const reading = readMentions(tokens, guesses);
  if (guesses.issues.length > 0) return null;
  if (reading.mentions.length === 0) {
    fault(guesses, 0, 'no name of a chemical', 'a salt and its solvents, such as "1 M LiPF6 in EC/DEC (1:1 v/v)"');
    return null;
  }
  placeRatios(reading, guesses);
  if (guesses.issues.length > 0) return null;
  const [first = [], second] = splitSolutions(reading);
  if (second === undefined) {
    const { trailing } = reading;
    if (trailing !== null) fault(guesses, trailing.at, `${trailing.value} % of nothing`, 'a percentage beside a name');
    const solution = settle(first, guesses);
    return solution && { solutions: [{ volumePercent: 100, solution }] };
  }
  return mixed(settle(first, guesses), settle(second, guesses), reading.trailing, guesses);
}

/** Two solutions set beside each other; a percentage at the end is the share of the second. */
function mixed(
  first: Solution | null,
  second: Solution | null,
  trailing: Reading['trailing'],
  guesses: Guesses,
): Recipe | null {
  if (first === null || second === null) return null;
  const percent = trailing?.value ?? 50;
  if (!(percent > 0 && percent < 100)) {
    fault(guesses, trailing?.at ?? 0, `${percent} %`, 'a share between 0 and 100 %');
    return null;
  }
  guess(
    guesses,
    trailing === null
      ? 'two solutions without their proportions are read as equal volumes'
      : `${percent} % is read as the share of the second solution by volume`,
    COST.mixture,
  );
  return {
    solutions: [
      { volumePercent: 100 - percent, solution: first },
      { volumePercent: percent, solution: second },
    ],
  };
}

/** The canonical form of a mixture: `[A] + 50 vol% [B]`. */
function readBracketed(tokens: readonly Token[], guesses: Guesses): Recipe | null {
  const inner: Token[][] = [];
  const outer: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    const isSquare = (token.kind === 'open' || token.kind === 'close') && token.bracket === 'square';
    if (isSquare && token.kind === 'open') {
      depth++;
      inner.push([]);
    } else if (isSquare) depth--;
    else if (depth === 1) inner.at(-1)!.push(token);
    else outer.push(token);
    if (depth < 0 || depth > 1) break;
  }
  const percents = outer.filter(
    (token) => token.kind === 'amount' && token.unit === 'percent' && token.basis === 'volume',
  );
  const [share] = percents;
  const hasOthers = outer.some((token) => token.kind !== 'join' && token !== share);
  if (
    depth !== 0 ||
    inner.length !== 2 ||
    share?.kind !== 'amount' ||
    hasOthers ||
    !(share.value > 0 && share.value < 100)
  ) {
    fault(guesses, tokens[0]!.at, 'square brackets', 'a mixture written as [one electrolyte] + 50 vol% [another]');
    return null;
  }
  const solutions = inner.map((part) => {
    const recipe = readRecipe(part, guesses);
    return recipe?.solutions.length === 1 ? recipe.solutions[0]!.solution : null;
  });
  const [first, second] = solutions;
  if (!first || !second) {
    if (guesses.issues.length === 0) fault(guesses, tokens[0]!.at, 'a mixture of mixtures', 'two plain electrolytes');
    return null;
  }
  return {
    solutions: [
      { volumePercent: 100 - share.value, solution: first },
      { volumePercent: share.value, solution: second },
    ],
  };
}

/** Every name with the amount, the count or the ratio that stands by it. */
function readMentions(tokens: readonly Token[], guesses: Guesses): Reading {
  const reading: Reading = { mentions: [], ratios: [], trailing: null };
  const { mentions, ratios } = reading;
  let amount: Extract<Token, { kind: 'amount' }> | null = null;
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
        mentions.push(mention);
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
        const next = after(i + 1);
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
          amount = { kind: 'amount', value: token.value, unit: 'solution', basis: null, at: token.at };
        else count = token.value;
        break;
      }
      case 'amount': {
        const next = after(i + 1);
        // "2% wt VC": the basis follows its sign.
        const basis = token.basis ?? (token.unit === 'percent' && next?.kind === 'basis' ? next.basis : null);
        if (basis !== token.basis) i++;
        const previous = mentions.at(-1);
        const following = after(i + 1);
        if (
          previous !== undefined &&
          belongsBefore(token, previous, tokens[i - (basis === token.basis ? 1 : 2)], following)
        ) {
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
        // "LiNO3 saturated" as well as "saturated LiNO3".
        if (after(i + 1)?.kind === 'chemical' || mentions.length === 0) isSaturated = true;
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
    if (amount.unit === 'percent') reading.trailing = amount;
    else fault(guesses, amount.at, 'an amount at the end', 'a name beside it');
  }
  for (const { at, amount: stated, count: parts } of mentions) {
    const value = stated?.value ?? parts ?? 1;
    if (!(value > 0 && value <= VALUE_MAX)) fault(guesses, at, `an amount of ${value}`, 'an amount above zero');
    if (stated?.unit === 'percent' && stated.value >= 100)
      fault(guesses, stated.at, `${stated.value} %`, 'a share below 100 %');
  }
  for (const { at, numbers } of ratios) {
    if (!numbers.every((number) => number > 0 && number <= VALUE_MAX))
      fault(guesses, at, numbers.join(':'), 'a ratio of numbers above zero');
  }
  return reading;
}

function strongest(before: Mention['join'], word: Join): Mention['join'] {
  if (word === 'in' || before === 'in') return 'in';
  if (word === 'with' || before === 'with') return 'with';
  if (word === '+' || before === '+') return '+';
  if (word === 'and' || before === 'and') return 'and';
  return before;
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
    if (token.kind === 'amount') basis = token.basis;
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
  amount: Extract<Token, { kind: 'amount' }>,
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

const isBare = ({ amount, isSaturated, ratio }: Mention): boolean => amount === null && !isSaturated && ratio === null;
const isSolvent = ({ chemical }: Mention): boolean => chemical.kind === 'solvent';

/** Each ratio takes the run of names that it counts: the solvents before it, with the salts before these where it counts them. */
function placeRatios({ mentions, ratios }: Reading, guesses: Guesses): void {
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
    // A name that "with" or "+" sets apart behind the ratio's run is an additive of its own.
    if (
      covered.length > numbers.length &&
      covered.slice(numbers.length).every(({ join }) => join === 'with' || join === '+')
    )
      covered = covered.slice(0, numbers.length);
    if (covered.length !== numbers.length) {
      const repeats = mentions.some((mention) => mention.ratio?.numbers.length === numbers.length);
      if (covered.length === 0 && repeats) {
        guess(guesses, `${numbers.join(':')} states the proportions again and is left out`, COST.disagreement);
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
function splitSolutions({ mentions }: Reading): readonly Mention[][] {
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

/** From names with what stands by them to a solution; what is not said is guessed here. */
function settle(mentions: readonly Mention[], guesses: Guesses): Solution | null {
  for (const { chemical } of mentions) {
    const own = chemical.doubts?.find(({ spelling }) => spelling === chemical.id);
    if (own !== undefined) guess(guesses, own.reason, own.confidence);
  }
  const extras = findExtras(mentions);
  const ratioed = mentions.filter(({ ratio }) => ratio !== null);
  const saltRatio = ratioed.find((mention) => !isSolvent(mention))?.ratio ?? null;
  const solventsInRatio = ratioed.some(isSolvent);
  const counted = mentions.some(({ count }) => count !== null);
  const bareSolvents = mentions.filter((mention) => isSolvent(mention) && isBare(mention) && !extras.has(mention));
  const at = mentions[0]!.at;
  if (!mentions.some((mention) => !isSolvent(mention))) {
    fault(guesses, at, 'no salt', 'a salt, such as 1 M LiPF6');
    return null;
  }
  if (bareSolvents.length === 0 && !solventsInRatio) {
    fault(guesses, at, 'no solvent', 'a solvent, such as in EC/DEC (1:1 v/v)');
    return null;
  }
  if (solventsInRatio && bareSolvents.length > 0 && !counted) {
    const left = bareSolvents[0]!;
    fault(
      guesses,
      left.at,
      `${left.chemical.id} outside the ratio`,
      'one number for each solvent, or a percentage beside it',
    );
    return null;
  }
  const partNames = mentions.filter((mention) => isSolvent(mention) && isPart(mention, extras));
  const isSaltSplit = saltRatio !== null && !solventsInRatio;
  const basis = settleBasis(mentions, partNames, saltRatio !== null && !isSaltSplit, counted, guesses);
  const main = largestSalt(mentions, extras);
  const ingredients = mentions.map((mention): Ingredient => {
    const { chemical } = mention;
    return { chemical, amount: amountOf(mention) };
  });

  function amountOf(mention: Mention): StatedAmount {
    const { chemical, amount, parts, count, ratio } = mention;
    if (mention.isSaturated) {
      guess(guesses, `the amount of ${chemical.id} that dissolves is an estimate`, COST.saturated);
      return { kind: 'saturated' };
    }
    if (isSaltSplit && ratio === saltRatio) return splitAmount(mention, ratioed);
    if (ratio !== null) return { kind: 'part', parts };
    if (amount?.unit === 'percent') return { kind: 'percent', value: amount.value, basis: settleShare(mention) };
    if (amount !== null)
      return { kind: 'concentration', value: amount.value, per: amount.unit as Exclude<typeof amount.unit, 'percent'> };
    if (extras.has(mention)) return extraAmount(mention);
    if (counted && (count !== null || main === mention || isSolvent(mention)))
      return { kind: 'part', parts: count ?? 1 };
    if (isSolvent(mention)) return { kind: 'part', parts: 1 };
    guess(guesses, `${chemical.id} without an amount is read as ${SALT_GUESS_mol_per_L} M`, COST.saltAmount);
    return { kind: 'concentration', value: SALT_GUESS_mol_per_L, per: 'solution' };
  }

  function settleShare({ chemical, amount, basis: stated }: Mention): Basis {
    if (stated !== null) return stated;
    const guessed = percentBasis(chemical, amount?.value ?? 0);
    guess(
      guesses,
      `${amount?.value} % ${chemical.id} without a basis is read as percent by ${guessed}`,
      COST.percentBasis,
    );
    return guessed;
  }

  function extraAmount({ chemical }: Mention): StatedAmount {
    const isCarbonate = partNames.every((other) => other.chemical.family.endsWith('carbonate'));
    if (chemical.ions?.anion === 'NO3' && isCarbonate) {
      guess(guesses, `${chemical.id} without an amount in carbonates is read as saturated`, COST.amount);
      return { kind: 'saturated' };
    }
    const value = chemical.id === 'FEC' ? FILM_FORMER_GUESS_wt_percent : ADDITIVE_GUESS_wt_percent;
    guess(guesses, `${chemical.id} without an amount is read as ${value} wt%`, COST.amount);
    return { kind: 'percent', value, basis: 'mass' };
  }

  function splitAmount(mention: Mention, group: readonly Mention[]): StatedAmount {
    const own = group.filter(({ ratio }) => ratio === mention.ratio);
    const whole = own.find(({ amount }) => amount !== null && amount.unit !== 'percent')?.amount ?? null;
    const parts = own.reduce((sum, other) => sum + other.parts, 0);
    const others = own.filter(({ amount }) => amount !== null).length;
    if (others > 1)
      return { kind: 'concentration', value: mention.amount?.value ?? SALT_GUESS_mol_per_L, per: 'solution' };
    if (whole === null)
      guess(guesses, `salts without an amount are read as ${SALT_GUESS_mol_per_L} M together`, COST.saltAmount);
    const per = whole === null || whole.unit === 'percent' ? 'solution' : whole.unit;
    return { kind: 'concentration', value: ((whole?.value ?? SALT_GUESS_mol_per_L) * mention.parts) / parts, per };
  }

  const stated = mentions.find(({ amount, ratio }) => ratio !== null && ratio === saltRatio && amount !== null);
  const solution = chooseReading({ ingredients, basis }, guesses, at);
  if (solution !== null && stated !== undefined && !isSaltSplit) compareStated(solution, stated, guesses);
  return solution;
}

const isPart = (mention: Mention, extras: ReadonlySet<Mention>): boolean =>
  mention.amount === null && !mention.isSaturated && !extras.has(mention);

/** Percent without a basis: of a liquid that is a good part of the whole by volume, else by mass. */
const percentBasis = (chemical: Chemical, percent: number): Basis =>
  chemical.kind === 'solvent' && percent >= LARGE_PERCENT ? 'volume' : 'mass';

/** The first salt without an amount is what a count-only name counts as one. */
function largestSalt(mentions: readonly Mention[], extras: ReadonlySet<Mention>): Mention | undefined {
  return mentions.find((mention) => !isSolvent(mention) && isBare(mention) && !extras.has(mention));
}

/** Names that something sets apart without an amount: "DOL/DME + LiNO3", "EC/DEC with FEC". */
function findExtras(mentions: readonly Mention[]): ReadonlySet<Mention> {
  const extras = new Set<Mention>();
  const firstSolvent = mentions.findIndex(isSolvent);
  const isApart = (join: Mention['join']): boolean => join === 'with' || join === '+' || join === 'and';
  const runJoins = mentions
    .slice(firstSolvent + 1)
    .filter((mention) => isSolvent(mention) && isBare(mention) && mention.join === 'run');
  let isBehind = false;
  for (let i = firstSolvent + 1; firstSolvent >= 0 && i < mentions.length; i++) {
    const mention = mentions[i]!;
    if (mention.amount !== null || mention.isSaturated) isBehind = true;
    if (!isBare(mention) || mention.count !== null) continue;
    const hasRatioBefore = mentions.slice(firstSolvent, i).some(({ ratio }) => ratio !== null);
    if (!isSolvent(mention)) {
      if (mentions.slice(0, firstSolvent).some((other) => !isSolvent(other))) extras.add(mention);
    } else if (
      isApart(mention.join) &&
      (mention.join === 'with' || hasRatioBefore || isBehind || (mention.join === '+' && runJoins.length > 0))
    )
      extras.add(mention);
  }
  return extras;
}

/** The basis of the ratio: said, or guessed; a ratio that counts the salt is by mole unless another fits the stated amount. */
function settleBasis(
  mentions: readonly Mention[],
  solvents: readonly Mention[],
  countsSalt: boolean,
  counted: boolean,
  guesses: Guesses,
): Basis {
  if (counted) return 'mole';
  const ratio = solvents.find((mention) => mention.ratio !== null)?.ratio ?? null;
  if (ratio === null) {
    if (solvents.length > 1)
      guess(
        guesses,
        `${solvents.map(({ chemical }) => chemical.id).join('/')} without a ratio is read as equal volumes`,
        COST.equalParts,
      );
    return 'volume';
  }
  const written = ratio.numbers.join(':');
  if (!countsSalt) {
    if (ratio.basis === null) guess(guesses, `${written} without a basis is read as volumes`, COST.basis);
    return ratio.basis ?? 'volume';
  }
  if (ratio.basis === 'mole' || ratio.basis === 'mass') return ratio.basis;
  const stated = mentions.find(({ ratio: own, amount }) => own === ratio && amount?.unit === 'solution')?.amount?.value;
  const ingredients = mentions.flatMap(({ chemical, amount, basis: share, parts, ratio: own }): Ingredient[] => {
    if (own === ratio) return [{ chemical, amount: { kind: 'part', parts } }];
    if (amount?.unit !== 'percent') return [];
    return [
      {
        chemical,
        amount: { kind: 'percent', value: amount.value, basis: share ?? percentBasis(chemical, amount.value) },
      },
    ];
  });
  const byFit = (['mole', 'mass'] as const).map((basis) => ({
    basis,
    misfit: stated === undefined ? 0 : Math.abs(Math.log(bestConcentration({ ingredients, basis }, stated) / stated)),
  }));
  const best = byFit[1]!.misfit < byFit[0]!.misfit ? byFit[1]! : byFit[0]!;
  const reason = stated === undefined ? '' : `, which fits ${stated} M best`;
  guess(guesses, `${written} counts the salt and is read by ${best.basis}${reason}`, COST.basis);
  return best.basis;
}

/** Concentration of the salts by either habit, mol/L, that comes nearest to the stated one. */
function bestConcentration(solution: Solution, stated: number): number {
  const amounts = solutionMoles(solution);
  if (amounts === null) return stated;
  const { moles, volume_m3 } = amounts;
  let salt = 0;
  let liquid_m3 = 0;
  for (const [chemical, amount] of moles) {
    if (chemical.kind === 'salt') salt += amount;
    else liquid_m3 += (amount * chemical.molarMass_kg_per_mol) / chemical.density_kg_per_m3;
  }
  const habits = [salt / volume_m3 / 1000, salt / liquid_m3 / 1000];
  return habits.sort((a, b) => Math.abs(Math.log(a / stated)) - Math.abs(Math.log(b / stated)))[0]!;
}

/**
 * Molarity is per volume of solution, as long as that leaves solvent to dissolve the salt. Concentrated electrolytes are made
 * by the litre of solvent by many, and diluted ones carry the molarity of their undiluted half in a few names.
 */
function chooseReading(solution: Solution, guesses: Guesses, at: number): Solution | null {
  const isMolar = ({ amount }: Ingredient): boolean => amount.kind === 'concentration' && amount.per === 'solution';
  const molar = solution.ingredients.filter((one) => isMolar(one) && one.chemical.kind === 'salt');
  const bindingParts = solution.ingredients.filter(
    ({ chemical, amount }) => amount.kind === 'part' && chemical.kind === 'solvent' && chemical.donorSites > 0,
  );
  const whole_mol_per_L = molar.reduce(
    (sum, { amount }) => sum + (amount.kind === 'concentration' ? amount.value : 0),
    0,
  );
  const sitesOf = (reading: Solution): number => {
    const amounts = solutionMoles(reading);
    return amounts === null ? 0 : donorSitesPerLithium(amounts.moles);
  };
  const sites = sitesOf(solution);
  const isDoubtful = whole_mol_per_L > FLASK_mol_per_L_MAX ? sites < SITES_COMFORTABLE : sites < SITES_POSSIBLE;
  const hasIonicLiquid = solution.ingredients.some(({ chemical }) => chemical.family === 'ionic-liquid');
  if (molar.length === 0 || !isDoubtful || bindingParts.length === 0 || hasIonicLiquid) {
    if (molar.length > 0 && solutionMoles(solution) === null) {
      fault(guesses, at, `${whole_mol_per_L} M`, 'a concentration that leaves room for the solvent');
      return null;
    }
    return solution;
  }
  for (const per of ['solvent', 'undiluted'] as const) {
    const reading: Solution = {
      ...solution,
      ingredients: solution.ingredients.map((one) =>
        isMolar(one) && one.amount.kind === 'concentration' ? { ...one, amount: { ...one.amount, per } } : one,
      ),
    };
    const limit =
      per === 'solvent' &&
      bindingParts.length < solution.ingredients.filter(({ amount }) => amount.kind === 'part').length
        ? SITES_POSSIBLE
        : SITES_MIN;
    if (sitesOf(reading) < limit) continue;
    const litre = per === 'solvent' ? 'litre of solvent' : 'litre of the solvents that bind, before dilution';
    guess(
      guesses,
      `${Number(whole_mol_per_L.toPrecision(6))} M is more salt than a litre of solution takes: read per ${litre}`,
      COST.perSolvent,
    );
    return reading;
  }
  fault(guesses, at, `${whole_mol_per_L} M`, 'a concentration that leaves solvent to dissolve the salt');
  return null;
}

/** A molarity stated beside a ratio that already fixes it. */
function compareStated(solution: Solution, { amount }: Mention, guesses: Guesses): void {
  if (amount?.unit !== 'solution') return;
  const nearest = bestConcentration(solution, amount.value);
  if (Math.abs(Math.log(nearest / amount.value)) <= DISAGREEMENT) return;
  guess(
    guesses,
    `the ratio gives ${nearest.toPrecision(3)} M where ${amount.value} M is stated; the ratio is taken`,
    COST.disagreement,
  );
}

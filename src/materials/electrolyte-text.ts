// What people write for an electrolyte, read as amounts. The words come first (`electrolyte-tokens.ts`), then each name of a
// chemical takes the amount beside it and each ratio the run of names that it counts; what is left unsaid is guessed, said in
// a sentence, and paid for in confidence. docs/electrolyte-names.md gives the grammar.

import { log } from '../numerics/index.ts';
import { InputError } from '../units/index.ts';
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
import {
  fault,
  type Guesses,
  guess,
  isBare,
  isSolvent,
  type Mention,
  placeRatios,
  type Ratio,
  type Reading,
  readMentions,
  splitSolutions,
} from './electrolyte-mentions.ts';
import { type Basis, TEXT_LENGTH_MAX, type Token, tokenize } from './electrolyte-tokens.ts';

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
/** A ratio that seems to count the salt must give the stated concentration within this factor, as a logarithm. */
const MISFIT_MAX = 0.5;
/** Additives without an amount: percent by mass. */
const ADDITIVE_GUESS_wt_percent = 2;
const FILM_FORMER_GUESS_wt_percent = 5;
const SALT_GUESS_mol_per_L = 1;
const LARGE_PERCENT = 20;

/** A composition, and what its text says beside it. */
export interface ElectrolyteReading {
  readonly composition: Composition;
  /** Molarity of the main salts together as the text states it, whatever it is per; null where it states none. */
  readonly stated_mol_per_m3: number | null;
}

/**
 * Reads the name of an electrolyte.
 * @throws InputError listing every unknown name with the nearest known ones, and everything that cannot be meant.
 */
export function parseElectrolyte(text: string): Composition {
  return readElectrolyte(text).composition;
}

/** As `parseElectrolyte`, with the concentration that the text states; without `hints` unknown names are only named. */
export function readElectrolyte(text: string, hints = true): ElectrolyteReading {
  if (typeof text !== 'string' || text.trim() === '')
    fail('nothing', 'the name of an electrolyte, such as "1 M LiPF6 in EC/DEC (1:1 v/v)"');
  if (text.length > TEXT_LENGTH_MAX) fail(`${text.length} characters`, `at most ${TEXT_LENGTH_MAX}`);
  const { tokens, issues, remarks } = tokenize(text, hints);
  if (issues.length > 0) throw new InputError(issues);
  const guesses: Guesses = { reasons: new Map(), issues: [] };
  for (const remark of remarks) guesses.reasons.set(remark, COST.reading);
  const recipe = readRecipe(tokens, guesses);
  if (guesses.issues.length > 0 || recipe === null) throw new InputError(guesses.issues);
  const amounts = recipeMoles(recipe);
  if (amounts === null) fail(JSON.stringify(text), 'shares and salts that leave room for a solvent');
  const whole = componentsOf(recipe, amounts);
  let confidence = 1;
  for (const cost of guesses.reasons.values()) confidence *= cost;
  const composition: Composition = {
    text,
    canonical: canonicalText(recipe, whole.components),
    ...whole,
    confidence,
    reasons: [...guesses.reasons.keys()],
  };
  return { composition, stated_mol_per_m3: statedConcentration(recipe, composition) };
}

function statedConcentration(recipe: Recipe, { components }: Composition): number | null {
  const main = new Set(components.filter(({ role }) => role === 'salt').map(({ chemical }) => chemical));
  const stated = recipe.solutions[0]!.solution.ingredients.flatMap(({ chemical, amount }) =>
    main.has(chemical) && amount.kind === 'concentration' && amount.per !== 'molal' ? [amount.value * 1000] : [],
  );
  return stated.length === 0 ? null : stated.reduce((sum, value) => sum + value, 0);
}

/** As `parseElectrolyte`, with the faults as a value; without `hints` unknown names are only named. */
export function tryElectrolyte(text: string, hints = true): Composition | InputError {
  try {
    return readElectrolyte(text, hints).composition;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function fail(found: string, wanted: string): never {
  throw new InputError([{ where: 'electrolyte', found, wanted }]);
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

/** From names with what stands by them to a solution; what is not said is guessed here. */
function settle(mentions: readonly Mention[], guesses: Guesses): Solution | null {
  for (const { chemical } of mentions) {
    const own = chemical.doubts?.find(({ spelling }) => spelling === chemical.id);
    if (own !== undefined) guess(guesses, own.reason, own.confidence);
  }
  percentagesAsRatio(mentions);
  const roles = rolesIn(mentions);
  if (!checkRoles(mentions, roles, guesses)) return null;
  const basis = settleBasis(mentions, roles, guesses);
  const ingredients = mentions.map((mention): Ingredient => {
    return { chemical: mention.chemical, amount: settleAmount(mention, mentions, roles, guesses) };
  });
  const solution = chooseReading({ ingredients, basis }, guesses, mentions[0]!.at);
  const stated = mentions.find(({ amount, ratio }) => ratio !== null && ratio === roles.saltRatio && amount !== null);
  if (solution !== null && stated !== undefined) compareStated(solution, stated, guesses);
  return solution;
}

/** What the names of one solution are to each other. */
interface Roles {
  /** Names that something sets apart without an amount: "DOL/DME + LiNO3". */
  readonly extras: ReadonlySet<Mention>;
  /** Solvents that make up the solution, in a ratio or bare. */
  readonly solvents: readonly Mention[];
  /** The ratio that counts salts and solvents together. */
  readonly saltRatio: Ratio | null;
  /** Names carry counts: "LiFSI-1.2DME-3TTE". */
  readonly isCounted: boolean;
}

function rolesIn(mentions: readonly Mention[]): Roles {
  const extras = findExtras(mentions);
  const solvents = mentions.filter(
    (mention) => isSolvent(mention) && mention.amount === null && !mention.isSaturated && !extras.has(mention),
  );
  const saltRatio =
    mentions.find((mention) => !isSolvent(mention) && mention.ratio !== null && sharesWithSolvent(mention, mentions))
      ?.ratio ?? null;
  return { extras, solvents, saltRatio, isCounted: mentions.some(({ count }) => count !== null) };
}

const sharesWithSolvent = ({ ratio }: Mention, mentions: readonly Mention[]): boolean =>
  mentions.some((other) => isSolvent(other) && other.ratio === ratio);

/** "EC (30 wt%)/EMC (70 wt%)": percentages that make up the whole are its ratio. */
function percentagesAsRatio(mentions: readonly Mention[]): void {
  const solvents = mentions.filter(isSolvent);
  const shares = solvents.filter(({ amount }) => amount?.unit === 'percent');
  const whole = shares.reduce((sum, { amount }) => sum + amount!.value, 0);
  // One word may serve all: "30% EC 70% EMC by volume".
  const bases = new Set(shares.flatMap((share) => (share.basis === null ? [] : [share.basis])));
  if (shares.length < solvents.length || Math.abs(whole - 100) > 1 || bases.size > 1) return;
  const [basis = null] = bases;
  const ratio: Ratio = { numbers: shares.map(({ amount }) => amount!.value), at: shares[0]!.at, position: 0, basis };
  for (const share of shares) {
    share.ratio = ratio;
    share.parts = share.amount!.value;
    share.amount = null;
  }
}

function checkRoles(mentions: readonly Mention[], { extras, solvents, isCounted }: Roles, guesses: Guesses): boolean {
  const at = mentions[0]!.at;
  if (mentions.every(isSolvent)) {
    fault(guesses, at, 'no salt', 'a salt, such as 1 M LiPF6');
    return false;
  }
  if (solvents.length === 0) {
    fault(guesses, at, 'no solvent', 'a solvent, such as in EC/DEC (1:1 v/v)');
    return false;
  }
  const twice = mentions.find((mention, i) => mentions.findIndex(({ chemical }) => chemical === mention.chemical) < i);
  if (twice !== undefined) {
    fault(guesses, twice.at, `${twice.chemical.id} twice`, 'one amount for each component');
    return false;
  }
  const shares = mentions.reduce((sum, { amount }) => sum + (amount?.unit === 'percent' ? amount.value : 0), 0);
  if (shares >= 100) {
    fault(guesses, at, `shares of ${Number(shares.toPrecision(6))} % in all`, 'shares that leave room for a solvent');
    return false;
  }
  const outside = solvents.find((mention) => mention.ratio === null && !extras.has(mention));
  if (outside !== undefined && !isCounted && solvents.some(({ ratio }) => ratio !== null)) {
    const wanted = 'one number for each solvent, or a percentage beside it';
    fault(guesses, outside.at, `${outside.chemical.id} outside the ratio`, wanted);
    return false;
  }
  return true;
}

function settleAmount(mention: Mention, mentions: readonly Mention[], roles: Roles, guesses: Guesses): StatedAmount {
  const { chemical, amount, basis, parts, count, ratio } = mention;
  if (mention.isSaturated) {
    guess(guesses, `the amount of ${chemical.id} that dissolves is an estimate`, COST.saturated);
    return { kind: 'saturated' };
  }
  if (ratio !== null && !sharesWithSolvent(mention, mentions)) return splitAmount(mention, mentions, guesses);
  if (ratio !== null) return { kind: 'part', parts };
  if (amount?.unit === 'percent') {
    if (basis !== null) return { kind: 'percent', value: amount.value, basis };
    const guessed = percentBasis(chemical, amount.value);
    const reason = `${amount.value} % ${chemical.id} without a basis is read as percent by ${guessed}`;
    guess(guesses, reason, COST.percentBasis);
    return { kind: 'percent', value: amount.value, basis: guessed };
  }
  if (amount !== null) return { kind: 'concentration', value: amount.value, per: amount.unit };
  if (roles.extras.has(mention)) return extraAmount(chemical, roles, guesses);
  if (isSolvent(mention) || count !== null) return { kind: 'part', parts: count ?? 1 };
  // In a name with counts the first salt without one counts as one.
  const isFirst = mentions.find((other) => !isSolvent(other) && isBare(other)) === mention;
  if (roles.isCounted && isFirst) return { kind: 'part', parts: 1 };
  guess(guesses, `${chemical.id} without an amount is read as ${SALT_GUESS_mol_per_L} M`, COST.saltAmount);
  return { kind: 'concentration', value: SALT_GUESS_mol_per_L, per: 'solution' };
}

/** An additive without an amount. */
function extraAmount(chemical: Chemical, { solvents }: Roles, guesses: Guesses): StatedAmount {
  const isCarbonate = solvents.every((other) => other.chemical.family.endsWith('carbonate'));
  if (chemical.ions?.anion === 'NO3' && isCarbonate) {
    guess(guesses, `${chemical.id} without an amount in carbonates is read as saturated`, COST.amount);
    return { kind: 'saturated' };
  }
  const value = chemical.id === 'FEC' ? FILM_FORMER_GUESS_wt_percent : ADDITIVE_GUESS_wt_percent;
  guess(guesses, `${chemical.id} without an amount is read as ${value} wt%`, COST.amount);
  return { kind: 'percent', value, basis: 'mass' };
}

/** "1 M LiTFSI/LiFSI (1:1)": the ratio of the salts divides the one amount that is stated. */
function splitAmount(mention: Mention, mentions: readonly Mention[], guesses: Guesses): StatedAmount {
  const group = mentions.filter(({ ratio }) => ratio === mention.ratio);
  const stated = group.flatMap(({ amount }) => (amount === null || amount.unit === 'percent' ? [] : [amount]));
  if (stated.length === group.length)
    return { kind: 'concentration', value: mention.amount!.value, per: stated[group.indexOf(mention)]!.unit };
  const parts = group.reduce((sum, other) => sum + other.parts, 0);
  const whole = stated[0]?.value ?? SALT_GUESS_mol_per_L;
  const names = group.map(({ chemical }) => chemical.id).join(' and ');
  guess(guesses, `${names} are read as ${whole} M together`, stated.length === 0 ? COST.saltAmount : COST.reading);
  return { kind: 'concentration', value: (whole * mention.parts) / parts, per: stated[0]?.unit ?? 'solution' };
}

/** Percent without a basis: of a liquid that is a good part of the whole by volume, else by mass. */
const percentBasis = (chemical: Chemical, percent: number): Basis =>
  chemical.kind === 'solvent' && percent >= LARGE_PERCENT ? 'volume' : 'mass';

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
function settleBasis(mentions: readonly Mention[], { solvents, saltRatio, isCounted }: Roles, guesses: Guesses): Basis {
  if (isCounted) return 'mole';
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
  if (ratio !== saltRatio) {
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
    misfit: stated === undefined ? 0 : Math.abs(log(bestConcentration({ ingredients, basis }, stated) / stated)),
  }));
  const best = byFit[1]!.misfit < byFit[0]!.misfit ? byFit[1]! : byFit[0]!;
  if (best.misfit > MISFIT_MAX) {
    const found = `a ratio of ${ratio.numbers.length} numbers (${written}) for ${solvents.map(({ chemical }) => chemical.id).join('/')}`;
    fault(guesses, ratio.at, found, `one number for each solvent; with the salt counted it is far from ${stated} M`);
  }
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
  return habits.sort((a, b) => Math.abs(log(a / stated)) - Math.abs(log(b / stated)))[0]!;
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
  // Beside a ratio that counts the main salt a molarity is that of a small addition; in ionic liquids anions bind.
  const isSettled = solution.ingredients.some(
    ({ chemical, amount }) =>
      chemical.family === 'ionic-liquid' || (chemical.kind === 'salt' && amount.kind === 'part'),
  );
  if (molar.length === 0 || !isDoubtful || bindingParts.length === 0 || isSettled) {
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
  if (Math.abs(log(nearest / amount.value)) <= DISAGREEMENT) return;
  guess(
    guesses,
    `the ratio gives ${nearest.toPrecision(3)} M where ${amount.value} M is stated; the ratio is taken`,
    COST.disagreement,
  );
}

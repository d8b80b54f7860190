// The energy of a reaction at a temperature: read, balanced or completed, then summed over its substances.
//
//   ΔrX = Σ ν·X     X = H, S, G, Cp     E = −ΔrG/(n·F)     n: lithium metal used up, negative if given off
//
// A reaction that is all written must be balanced, and is refused with what is missing if it is not; one without any coefficient
// is given its coefficients where only one set balances it; one without a right side is given the products of lowest energy.
// ΔrG < 0 says that a reaction may go, never that it does.

import { F, InputError, type Issue } from '../units/index.ts';
import { balance, imbalances } from './reaction-balance.ts';
import { parseReaction, type ReactionTerm } from './reaction-equation.ts';
import { favouredProducts, type ProductAmount } from './reaction-products.ts';
import { formationGibbs, type Substance, substanceAt } from './substance.ts';

export const DEFAULT_REACTION_TEMPERATURE_K = 298.15;

export interface ReactionSubstance extends Substance {
  /** Negative for what is used up. */
  readonly coefficient: number;
  /** From the elements; null where one of them has no data at this temperature. */
  readonly formation_J_per_mol: number | null;
}

export interface Reaction {
  /** As it was asked for. */
  readonly text: string;
  /** 'Al2O3 + 6 Li → 3 Li2O + 2 Al'. */
  readonly equation: string;
  readonly how: 'as written' | 'balanced here' | 'completed here';
  readonly temperature_K: number;
  readonly substances: readonly ReactionSubstance[];
  readonly gibbs_J_per_mol: number;
  /** null where the energy of an alloy is known at one temperature only. */
  readonly enthalpy_J_per_mol: number | null;
  readonly entropy_J_per_mol_K: number | null;
  readonly heatCapacity_J_per_mol_K: number | null;
  /** Lithium metal used up, mol; negative where it is given off, 0 where none takes part. */
  readonly lithium: number;
  /** For each lithium atom used up or given off. */
  readonly perLithium_J_per_mol: number | null;
  /** Against Li/Li⁺, the same for a reaction and its reverse; null without lithium metal. */
  readonly potential_V: number | null;
  /** Of a reaction that was completed: the same reactants to binary compounds of lithium and elements only. */
  readonly conversion: { readonly equation: string; readonly gibbs_J_per_mol: number } | null;
  readonly remarks: readonly string[];
}

export const NECESSARY_NOT_SUFFICIENT =
  'ΔrG < 0 is necessary, not sufficient, for wetting: Li2CO3 reacts with lithium by far downhill and keeps molten lithium off.';

/** Amounts below this, in moles, are rounding. */
const TRACE = 1e-9;

interface Counted {
  readonly substance: Substance;
  readonly amount: number;
}

/** The energy of `text` at T (K). Throws `InputError` with every fault in it. */
export function reactionAt(text: string, temperature_K: number = DEFAULT_REACTION_TEMPERATURE_K): Reaction {
  if (!(temperature_K > 0 && Number.isFinite(temperature_K))) {
    throw new InputError([{ where: 'temperature', found: `${temperature_K} K`, wanted: 'a temperature above 0 K' }]);
  }
  const { left, right, text: plain } = parseReaction(text);
  const T = temperature_K;
  const issues: Issue[] = [];
  const resolve = (term: ReactionTerm): Substance | undefined => {
    const reading = substanceAt(term.formula, term.elements, term.state, T);
    if (reading.ok) return reading.substance;
    issues.push(reading.issue);
    return undefined;
  };
  const reactants = left.map(resolve);
  const products = right?.map(resolve);
  if (right !== null && issues.length === 0) {
    const coefficients = coefficientsOf(left, right);
    if ('issue' in coefficients) throw new InputError([coefficients.issue, ...coefficients.more]);
    const { values, how } = coefficients;
    const used = reactants.map((substance, k) => ({ substance: substance!, amount: values[k]! }));
    const made = products!.map((substance, k) => ({ substance: substance!, amount: values[left.length + k]! }));
    return assemble(plain, how, T, used, made, null, []);
  }
  if (issues.length > 0) {
    const seen = new Set<string>();
    throw new InputError(issues.filter(({ where }) => !seen.has(where) && seen.add(where)));
  }
  return complete(plain, left, reactants as readonly Substance[], T);
}

type Coefficients =
  | { readonly values: readonly number[]; readonly how: 'as written' | 'balanced here' }
  | { readonly issue: Issue; readonly more: readonly Issue[] };

function coefficientsOf(left: readonly ReactionTerm[], right: readonly ReactionTerm[]): Coefficients {
  const counted = (term: ReactionTerm) => ({ elements: term.elements, coefficient: term.coefficient ?? 1 });
  const faults = imbalances(left.map(counted), right.map(counted));
  if (faults.length === 0)
    return { values: [...left, ...right].map(({ coefficient }) => coefficient ?? 1), how: 'as written' };
  const elements = (terms: readonly ReactionTerm[]) => terms.map((term) => term.elements);
  const found = balance(elements(left), elements(right));
  const isBare = [...left, ...right].every(({ coefficient }) => coefficient === null);
  if (isBare && found !== undefined) return { values: found, how: 'balanced here' };
  const hint =
    found === undefined
      ? isBare
        ? 'no single set of coefficients balances these substances'
        : undefined
      : `balanced it is ${equationOf(
          left.map(({ formula }, k) => ({ formula, amount: found[k]! })),
          right.map(({ formula }, k) => ({ formula, amount: found[left.length + k]! })),
        )}`;
  const [first, ...more] = faults.map(
    ({ element, left: l, right: r }): Issue => ({
      where: `balance of ${element}`,
      found: `${plainNumber(l)} on the left and ${plainNumber(r)} on the right`,
      wanted: 'the same on both sides',
    }),
  );
  return { issue: hint === undefined ? first! : { ...first!, hint }, more };
}

/** The left side alone: what it becomes. */
function complete(text: string, left: readonly ReactionTerm[], reactants: readonly Substance[], T: number): Reaction {
  const used = reactants.map((substance, k): Counted => ({ substance, amount: left[k]!.coefficient ?? 1 }));
  // Lithium without a number is as much as it takes.
  const excess = used.filter((_one, k) => isLithium(reactants[k]!) && left[k]!.coefficient === null);
  const inExcess = excess.length > 0 && used.length > excess.length;
  const fixed = inExcess ? used.filter((one) => !isLithium(one.substance)) : used;
  const amounts = elementAmounts(fixed);
  if (inExcess && !amounts.has('Li')) amounts.set('Li', 0);
  const search = (admits: (substance: Substance) => boolean): readonly [readonly Counted[], readonly Counted[]] => {
    const outcome = favouredProducts(amounts, T, inExcess, admits);
    if ('where' in outcome) throw new InputError([outcome]);
    const lithium = used.find(({ substance }) => isLithium(substance))?.substance;
    if (!inExcess || lithium === undefined) return cancel(fixed, outcome.products);
    const taken = { substance: lithium, amount: Math.abs(outcome.lithiumTaken) };
    return outcome.lithiumTaken >= 0
      ? cancel([...fixed, taken], outcome.products)
      : cancel(fixed, [...outcome.products, taken]);
  };
  const given = new Set(fixed.map(({ substance }) => substance.formula));
  const binary = ({ elements, state, formula }: Substance): boolean =>
    state !== 'alloy' && !given.has(formula) && Object.keys(elements).length === 2 && elements.Li !== undefined;
  const remarks: string[] = [];
  let [before, after] = search(() => true);
  if (before.length === 0) {
    remarks.push(
      'Nothing known is more stable than these reactants: the reaction shown is the least unfavourable one.',
    );
    [before, after] = search(({ formula }) => !given.has(formula));
  }
  if (before.length === 0) {
    const wanted = 'reactants that can become another known substance, or the right side as well';
    throw new InputError([{ where: 'reaction', found: `"${text}", of which nothing else is known to form`, wanted }]);
  }
  const full = assemble(text, 'completed here', T, before, after, null, remarks);
  if (!used.some(({ substance }) => isLithium(substance))) return full;
  const [plainBefore, plainAfter] = search(binary);
  const conversion = assemble(text, 'completed here', T, plainBefore, plainAfter, null, []);
  const differs = conversion.equation !== full.equation && plainBefore.length > 0;
  return differs
    ? { ...full, conversion: { equation: conversion.equation, gibbs_J_per_mol: conversion.gibbs_J_per_mol } }
    : full;
}

const isLithium = ({ elements }: Substance): boolean => elements.Li !== undefined && Object.keys(elements).length === 1;

/** Moles of atoms of each element. */
function elementAmounts(terms: readonly Counted[]): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const { substance, amount } of terms) {
    for (const [element, count] of Object.entries(substance.elements)) {
      amounts.set(element, (amounts.get(element) ?? 0) + amount * count);
    }
  }
  return amounts;
}

/** What stands on both sides is taken off both. */
function cancel(
  before: readonly Counted[],
  after: readonly ProductAmount[],
): readonly [readonly Counted[], readonly Counted[]] {
  const net = new Map<string, { substance: Substance; amount: number }>();
  const add = ({ substance, amount }: Counted, sign: number): void => {
    const key = `${substance.formula} ${substance.phase}`;
    const entry = net.get(key) ?? { substance, amount: 0 };
    entry.amount += sign * amount;
    net.set(key, entry);
  };
  for (const one of before) add(one, -1);
  for (const one of after) add(one, 1);
  const all = [...net.values()].filter(({ amount }) => Math.abs(amount) > TRACE);
  return [
    all.filter(({ amount }) => amount < 0).map(({ substance, amount }) => ({ substance, amount: -amount })),
    all.filter(({ amount }) => amount > 0),
  ];
}

function assemble(
  text: string,
  how: Reaction['how'],
  T: number,
  used: readonly Counted[],
  made: readonly Counted[],
  conversion: Reaction['conversion'],
  remarks: readonly string[],
): Reaction {
  const substances = [
    ...used.map(({ substance, amount }) => ({ ...substance, coefficient: -amount })),
    ...made.map(({ substance, amount }) => ({ ...substance, coefficient: amount })),
  ].map((substance): ReactionSubstance => {
    const formation = formationGibbs(substance, T);
    return { ...substance, formation_J_per_mol: typeof formation === 'number' ? formation : null };
  });
  const sum = (of: (substance: Substance) => number | null): number | null => {
    let total = 0;
    for (const substance of substances) {
      const value = of(substance);
      if (value === null) return null;
      total += substance.coefficient * value;
    }
    return total;
  };
  const gibbs_J_per_mol = sum((substance) => substance.gibbs_J_per_mol)!;
  const lithium = -substances
    .filter(isLithium)
    .reduce((total, { coefficient, elements }) => total + coefficient * elements.Li!, 0);
  const takesLithium = Math.abs(lithium) > TRACE;
  const named = (terms: readonly Counted[]) =>
    terms.map(({ substance, amount }) => ({ formula: formulaAt(substance, T), amount }));
  return {
    text,
    equation: equationOf(named(used), named(made)),
    how,
    temperature_K: T,
    substances,
    gibbs_J_per_mol,
    enthalpy_J_per_mol: sum((substance) => substance.enthalpy_J_per_mol),
    entropy_J_per_mol_K: sum((substance) => substance.entropy_J_per_mol_K),
    heatCapacity_J_per_mol_K: sum((substance) => substance.heatCapacity_J_per_mol_K),
    lithium: takesLithium ? lithium : 0,
    perLithium_J_per_mol: takesLithium ? gibbs_J_per_mol / Math.abs(lithium) : null,
    potential_V: takesLithium ? -gibbs_J_per_mol / (lithium * F) : null,
    conversion,
    remarks: [...remarks, ...new Set(substances.flatMap((substance) => substance.remarks))],
  };
}

/** With its phase where that is not the stable one, so that an equation can be read again. */
function formulaAt({ formula, elements, phase, state }: Substance, T: number): string {
  if (state === 'alloy') return formula;
  const stable = substanceAt(formula, elements, null, T);
  return stable.ok && stable.substance.phase === phase ? formula : `${formula}(${phase})`;
}

const plainNumber = (value: number): string => String(Number(value.toPrecision(6)));

function equationOf(
  left: readonly { readonly formula: string; readonly amount: number }[],
  right: readonly { readonly formula: string; readonly amount: number }[],
): string {
  const write = (terms: typeof left): string =>
    terms
      .map(({ formula, amount }) => (Math.abs(amount - 1) < 1e-9 ? formula : `${plainNumber(amount)} ${formula}`))
      .join(' + ');
  return `${write(left)} → ${write(right)}`;
}

// What a set of reactants becomes if nothing but energy decides: of all sets of known substances that keep the elements, the one
// with the lowest Gibbs energy, each substance pure and gases at 1 bar. That is a linear programme: the energy is linear in the
// amounts, the elements are its constraints, and the elements themselves are where it starts.
//
// With lithium in excess the lithium row falls away: lithium costs nothing, and what is used of it follows from the products.

import { minimiseLinear } from '../numerics/index.ts';
import type { Issue } from '../units/index.ts';
import { elementAt, type Substance, substancesOf } from './substance.ts';

export interface ProductAmount {
  readonly substance: Substance;
  readonly amount: number;
}

export interface FavouredProducts {
  readonly products: readonly ProductAmount[];
  /** Lithium metal that the products take beyond what was given, mol; 0 unless lithium is in excess. */
  readonly lithiumTaken: number;
}

/** Amounts below this share of the elements are rounding. */
const TRACE = 1e-9;

/**
 * Products of lowest energy. `amounts` are moles of each element that are given; lithium beyond that is free if
 * `lithiumInExcess`. `admits` chooses among the known substances. An issue where an element has no data at T (K).
 */
export function favouredProducts(
  amounts: ReadonlyMap<string, number>,
  T: number,
  lithiumInExcess: boolean,
  admits: (substance: Substance) => boolean,
): FavouredProducts | Issue {
  const elements = [...amounts.keys()];
  const references: Substance[] = [];
  for (const element of elements) {
    const reading = elementAt(element, T);
    if (!reading.ok) return reading.issue;
    references.push(reading.substance);
  }
  const bound = elements.map((_element, k) => k).filter((k) => !(lithiumInExcess && elements[k] === 'Li'));
  const perAtom = new Map(elements.map((element, k) => [element, references[k]!.gibbs_J_per_mol]));
  const candidates = substancesOf(elements, T)
    .filter((substance) => Object.keys(substance.elements).length > 1 && admits(substance))
    .map((substance) => {
      let cost = substance.gibbs_J_per_mol;
      for (const [element, count] of Object.entries(substance.elements)) cost -= count * perAtom.get(element)!;
      return { substance, cost };
    });
  const outcome = minimiseLinear({
    amounts: bound.map((k) => amounts.get(elements[k]!)!),
    columns: candidates.map(({ substance }) => bound.map((k) => substance.elements[elements[k]!] ?? 0)),
    costs: candidates.map(({ cost }) => cost),
  });
  // Every substance holds a bound element, or it would be lithium alone: its amount has an end.
  if (outcome.kind !== 'optimum') throw new Error('assert: the energy of products falls without end');
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  const products: ProductAmount[] = [];
  candidates.forEach(({ substance }, j) => {
    if (outcome.x[j]! > TRACE * total) products.push({ substance, amount: outcome.x[j]! });
  });
  bound.forEach((k, i) => {
    const amount = outcome.start[i]!;
    if (amount <= TRACE * total) return;
    // An element that is a molecule is written as one.
    const perFormula = MOLECULES.has(elements[k]!) ? 2 : 1;
    products.push({
      substance: perFormula === 1 ? references[k]! : molecule(references[k]!),
      amount: amount / perFormula,
    });
  });
  const held = products.reduce((sum, { substance, amount }) => sum + amount * (substance.elements.Li ?? 0), 0);
  return { products, lithiumTaken: lithiumInExcess ? held - (amounts.get('Li') ?? 0) : 0 };
}

const MOLECULES: ReadonlySet<string> = new Set(['H', 'N', 'O', 'F', 'Cl', 'Br', 'I']);

function molecule(atom: Substance): Substance {
  const twice = (value: number | null): number | null => (value === null ? null : 2 * value);
  const [element] = Object.keys(atom.elements);
  return {
    ...atom,
    elements: { [element!]: 2 },
    gibbs_J_per_mol: 2 * atom.gibbs_J_per_mol,
    enthalpy_J_per_mol: twice(atom.enthalpy_J_per_mol),
    entropy_J_per_mol_K: twice(atom.entropy_J_per_mol_K),
    heatCapacity_J_per_mol_K: twice(atom.heatCapacity_J_per_mol_K),
  };
}

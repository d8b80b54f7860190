// From what a name says to amounts. Volumes are added without change, a salt by its apparent volume in solution.

import type { Chemical, Component, ComponentRole } from './composition.ts';
import type { Basis, ConcentrationUnit } from './electrolyte-tokens.ts';

/** How much of one chemical a name states. */
export type StatedAmount =
  /** A part of the solution's one ratio. */
  | { readonly kind: 'part'; readonly parts: number }
  /** mol/L of the solution, of all its solvents or of those that bind; or mol/kg of its solvents. */
  | { readonly kind: 'concentration'; readonly value: number; readonly per: ConcentrationUnit }
  /** A share of the finished electrolyte. */
  | { readonly kind: 'percent'; readonly value: number; readonly basis: Basis }
  /** As much as dissolves. */
  | { readonly kind: 'saturated' };

export interface Ingredient {
  readonly chemical: Chemical;
  readonly amount: StatedAmount;
}

/** Ingredients in the order of the text; `basis` is that of the ratio. */
export interface Solution {
  readonly ingredients: readonly Ingredient[];
  readonly basis: Basis;
}

/** One solution, or two mixed by volume. */
export interface Recipe {
  readonly solutions: readonly { readonly volumePercent: number; readonly solution: Solution }[];
}

/** Moles of each chemical, for one m3 of the ratio's own arbitrary scale. */
export type Moles = ReadonlyMap<Chemical, number>;

/** Families whose salts dissolve badly in them: nitrates in carbonates. */
const CARBONATES = new Set<Chemical['family']>(['carbonate', 'fluorinated-carbonate']);
/** LiNO3 in carbonates stays below 0.01 mol/L; 0.008 stands for it. */
const NITRATE_IN_CARBONATE_mol_per_L = 0.008;
/** In ethers and strong donors a nitrate dissolves to about 1 mol/L, another salt to several; 1 stands for both. */
const OTHERWISE_mol_per_L = 1;
/** A binding solvent given as a smaller share than this is an additive. */
const ADDITIVE_PERCENT_MAX = 20;
/** A salt with no more than this share of the largest salt's amount is an additive. */
const ADDITIVE_SALT_RATIO = 0.3;
/** Relative; amounts that differ by less were meant to be equal. */
const ROUNDING = 1e-9;

export const molarVolume_m3_per_mol = (chemical: Chemical): number =>
  chemical.molarMass_kg_per_mol / chemical.density_kg_per_m3;

const isNitrate = (chemical: Chemical): boolean => chemical.ions?.anion === 'NO3';

/** Moles of the ratio's parts, on a scale of their own. */
function partsOf(solution: Solution): Map<Chemical, number> {
  const moles = new Map<Chemical, number>();
  for (const { chemical, amount } of solution.ingredients) {
    if (amount.kind !== 'part') continue;
    const perPart = { mole: 1, mass: 1 / chemical.molarMass_kg_per_mol, volume: 1 / molarVolume_m3_per_mol(chemical) };
    add(moles, chemical, amount.parts * perPart[solution.basis]);
  }
  return moles;
}

const add = (moles: Map<Chemical, number>, chemical: Chemical, amount: number): void => {
  moles.set(chemical, (moles.get(chemical) ?? 0) + amount);
};

/** Sum of `each` over the chemicals that `counts`. */
function total(
  moles: Moles,
  each: (chemical: Chemical) => number,
  counts: (chemical: Chemical) => boolean = () => true,
): number {
  let sum = 0;
  for (const [chemical, amount] of moles) if (counts(chemical)) sum += amount * each(chemical);
  return sum;
}

const mass = (chemical: Chemical): number => chemical.molarMass_kg_per_mol;
const isLiquid = (chemical: Chemical): boolean => chemical.kind === 'solvent';
const binds = (chemical: Chemical): boolean => chemical.donorSites > 0 || chemical.family === 'ionic-liquid';

/** What a saturated salt leaves in solution, mol/L, from the solvents by moles. */
export function solubility_mol_per_L(chemical: Chemical, solvents: Moles): number {
  const carbonate = total(
    solvents,
    () => 1,
    ({ family }) => CARBONATES.has(family),
  );
  const all = total(solvents, () => 1, isLiquid);
  return isNitrate(chemical) && carbonate > all / 2 ? NITRATE_IN_CARBONATE_mol_per_L : OTHERWISE_mol_per_L;
}

/** Moles in a solution, and how many m3 it fills; null where the salts leave no room for a solvent. */
export function solutionMoles(solution: Solution): { readonly moles: Moles; readonly volume_m3: number } | null {
  const moles = partsOf(solution);
  const parts: Moles = new Map(moles);
  const solventVolume_m3 = total(parts, molarVolume_m3_per_mol, isLiquid);
  const perUnit = {
    solvent: 1000 * solventVolume_m3,
    undiluted: 1000 * total(parts, molarVolume_m3_per_mol, (chemical) => isLiquid(chemical) && binds(chemical)),
    molal: total(parts, mass, isLiquid),
  };
  // Amounts per volume of the solution itself take part in that volume: V = V0 + V Σ c·v.
  const perSolution: { chemical: Chemical; c_mol_per_m3: number }[] = [];
  for (const { chemical, amount } of solution.ingredients) {
    if (amount.kind === 'saturated')
      perSolution.push({ chemical, c_mol_per_m3: 1000 * solubility_mol_per_L(chemical, parts) });
    if (amount.kind !== 'concentration') continue;
    if (amount.per === 'solution') perSolution.push({ chemical, c_mol_per_m3: 1000 * amount.value });
    else add(moles, chemical, amount.value * perUnit[amount.per]);
  }
  const room =
    1 - perSolution.reduce((sum, part) => sum + part.c_mol_per_m3 * molarVolume_m3_per_mol(part.chemical), 0);
  if (!(room > 0)) return null;
  const volume_m3 = total(moles, molarVolume_m3_per_mol) / room;
  for (const { chemical, c_mol_per_m3 } of perSolution) add(moles, chemical, c_mol_per_m3 * volume_m3);
  return withShares(moles, solution);
}

/** Adds what is given as a share of the finished electrolyte: three linear equations for its moles, mass and volume. */
function withShares(
  base: Map<Chemical, number>,
  solution: Solution,
): { readonly moles: Moles; readonly volume_m3: number } | null {
  const per = { mole: () => 1, mass, volume: molarVolume_m3_per_mol };
  const bases = ['mole', 'mass', 'volume'] as const;
  const shares = solution.ingredients.flatMap(({ chemical, amount }) =>
    amount.kind === 'percent' ? [{ chemical, basis: amount.basis, fraction: amount.value / 100 }] : [],
  );
  const matrix = bases.map((row) =>
    bases.map((column) => {
      const added = shares
        .filter(({ basis }) => basis === column)
        .reduce((sum, { chemical, fraction }) => sum + (fraction * per[row](chemical)) / per[column](chemical), 0);
      return (row === column ? 1 : 0) - added;
    }),
  );
  const totals = solveThree(
    matrix,
    bases.map((row) => total(base, per[row])),
  );
  if (totals === null || totals.some((value) => !(value > 0))) return null;
  const moles = new Map(base);
  for (const { chemical, basis, fraction } of shares)
    add(moles, chemical, (fraction * totals[bases.indexOf(basis)]!) / per[basis](chemical));
  return { moles, volume_m3: total(moles, molarVolume_m3_per_mol) };
}

/** Cramer's rule; null where the equations say nothing. */
function solveThree(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] | null {
  const [a, b, c] = matrix as readonly [readonly number[], readonly number[], readonly number[]];
  const determinant = (p: readonly number[], q: readonly number[], r: readonly number[]): number =>
    p[0]! * (q[1]! * r[2]! - q[2]! * r[1]!) -
    p[1]! * (q[0]! * r[2]! - q[2]! * r[0]!) +
    p[2]! * (q[0]! * r[1]! - q[1]! * r[0]!);
  const whole = determinant(a, b, c);
  if (!(Math.abs(whole) > 1e-12)) return null;
  return [0, 1, 2].map((column) => {
    const replaced = matrix.map((row, i) => row.map((value, j) => (j === column ? right[i]! : value)));
    return determinant(replaced[0]!, replaced[1]!, replaced[2]!) / whole;
  });
}

/** Moles of the whole recipe; null where a solution has no room or shares that leave nothing. */
export function recipeMoles(recipe: Recipe): { readonly moles: Moles; readonly volume_m3: number } | null {
  if (recipe.solutions.length === 1) return solutionMoles(recipe.solutions[0]!.solution);
  const moles = new Map<Chemical, number>();
  for (const { volumePercent, solution } of recipe.solutions) {
    const alone = solutionMoles(solution);
    if (alone === null) return null;
    for (const [chemical, amount] of alone.moles)
      add(moles, chemical, (amount * volumePercent) / 100 / alone.volume_m3);
  }
  return { moles, volume_m3: total(moles, molarVolume_m3_per_mol) };
}

/** Places that the solvents offer for each lithium ion of the salts; infinite without lithium. */
export function donorSitesPerLithium(moles: Moles, counts: (chemical: Chemical) => boolean = () => true): number {
  const sites = total(moles, ({ donorSites }) => donorSites, counts);
  const lithium = total(moles, ({ ions }) => (ions?.cation === 'Li' ? ions.cationCount : 0));
  return lithium > 0 ? sites / lithium : Number.POSITIVE_INFINITY;
}

const ROLES: readonly ComponentRole[] = ['salt', 'solvent', 'diluent', 'additive'];

const isPart = ({ amount }: Ingredient): boolean => amount.kind === 'part';

/** The components in the order salts, solvents, diluents, additives, and the density of the whole. */
export function componentsOf(
  recipe: Recipe,
  { moles, volume_m3 }: { readonly moles: Moles; readonly volume_m3: number },
): { readonly components: readonly Component[]; readonly density_kg_per_m3: number } {
  const allMoles = total(moles, () => 1);
  const allMass = total(moles, mass);
  const liquidMass = total(moles, mass, isLiquid);
  const roles = rolesOf(recipe, moles);
  // As the canonical form has it: the ratio, the main salts by molarity, and all else as written.
  const rank = ({ chemical, amount }: Ingredient): number => {
    if (amount.kind === 'part') return 0;
    return amount.kind === 'concentration' && roles.get(chemical) === 'salt' ? 1 : 2;
  };
  const order = recipe.solutions.flatMap(({ solution: { ingredients } }) =>
    [...ingredients].sort((a, b) => rank(a) - rank(b)).map(({ chemical }) => chemical),
  );
  const parts: Moles = new Map(recipe.solutions.flatMap(({ solution }) => [...partsOf(solution)]));
  const components = [...new Set(order)].map((chemical): Component => {
    const amount = moles.get(chemical)!;
    const isReserve = recipe.solutions.some(({ solution }) =>
      solution.ingredients.some((one) => one.chemical === chemical && one.amount.kind === 'saturated'),
    );
    const dissolves_mol_per_m3 = isNitrate(chemical)
      ? 1000 * solubility_mol_per_L(chemical, parts)
      : Number.POSITIVE_INFINITY;
    const onlyCarbonates = [...moles.keys()].every(({ kind, family }) => kind === 'salt' || CARBONATES.has(family));
    return {
      chemical,
      role: roles.get(chemical)!,
      moleFraction: amount / allMoles,
      massFraction: (amount * chemical.molarMass_kg_per_mol) / allMass,
      concentration_mol_per_m3: amount / volume_m3,
      molality_mol_per_kg: amount / liquidMass,
      saturated: isReserve || (onlyCarbonates && amount / volume_m3 > dissolves_mol_per_m3),
    };
  });
  return {
    components: ROLES.flatMap((role) => components.filter((component) => component.role === role)),
    density_kg_per_m3: allMass / volume_m3,
  };
}

function rolesOf(recipe: Recipe, moles: Moles): ReadonlyMap<Chemical, ComponentRole> {
  const ingredients = recipe.solutions.flatMap(({ solution }) => solution.ingredients);
  const amountsOf = (chemical: Chemical): readonly StatedAmount[] =>
    ingredients.filter((one) => one.chemical === chemical).map(({ amount }) => amount);
  const salts = [...moles.keys()].filter(({ kind }) => kind === 'salt');
  const largest = Math.max(0, ...salts.map((salt) => moles.get(salt)!));
  const isMinor = (salt: Chemical): boolean =>
    amountsOf(salt).every(({ kind }) => kind === 'percent' || kind === 'saturated') ||
    salt.family === 'other-salt' ||
    salt.ions?.cationCount === 2 ||
    moles.get(salt)! <= ADDITIVE_SALT_RATIO * largest * (1 + ROUNDING);
  // Where every salt is one that elsewhere is an additive, there is none to add it to.
  const main = salts.some((salt) => !isMinor(salt)) ? salts.filter((salt) => !isMinor(salt)) : salts;
  const hasBinding = [...moles.keys()].some((chemical) => chemical.kind === 'solvent' && binds(chemical));
  const roleOf = (chemical: Chemical): ComponentRole => {
    if (chemical.kind === 'salt') return main.includes(chemical) ? 'salt' : 'additive';
    const isAdded = amountsOf(chemical).every(
      (amount) => (amount.kind === 'percent' && amount.value < ADDITIVE_PERCENT_MAX) || amount.kind === 'concentration',
    );
    if (isAdded) return 'additive';
    return binds(chemical) || !hasBinding ? 'solvent' : 'diluent';
  };
  return new Map([...moles.keys()].map((chemical) => [chemical, roleOf(chemical)]));
}

const BASIS_WORDS = { mole: 'mol', volume: 'v/v', mass: 'w/w' } as const;
const SHARE_WORDS = { mole: 'mol%', volume: 'vol%', mass: 'wt%' } as const;
const UNIT_WORDS = { solution: 'M', solvent: 'M(solvent)', undiluted: 'M(undiluted)', molal: 'mol/kg' } as const;

/** The one way to write a recipe: `1 M LiPF6 in EC/DEC (1:1 v/v) + 5 vol% FEC`. */
export function canonicalText(recipe: Recipe, components: readonly Component[]): string {
  const salts = new Set(components.filter(({ role }) => role === 'salt').map(({ chemical }) => chemical));
  if (recipe.solutions.length === 1) return solutionText(recipe.solutions[0]!.solution, salts);
  const [first, second] = recipe.solutions as readonly [Recipe['solutions'][number], Recipe['solutions'][number]];
  return `[${solutionText(first.solution, salts)}] + ${second.volumePercent} vol% [${solutionText(second.solution, salts)}]`;
}

function solutionText({ ingredients, basis }: Solution, mainSalts: ReadonlySet<Chemical>): string {
  const inRatio = ingredients.filter(isPart);
  const isSalt = ({ chemical }: Ingredient): boolean => chemical.kind === 'salt';
  const parts = [...inRatio.filter(isSalt), ...inRatio.filter((one) => !isSalt(one))];
  const ratio = parts.map(({ amount }) => (amount.kind === 'part' ? amount.parts : 0)).join(':');
  const names = parts.map(({ chemical }) => chemical.id).join('/');
  const mixture = parts.length === 1 ? names : `${names} (${ratio} ${BASIS_WORDS[basis]})`;
  const written = ({ chemical, amount }: Ingredient): string => {
    switch (amount.kind) {
      case 'part':
        return '';
      case 'concentration':
        return `${amount.value} ${UNIT_WORDS[amount.per]} ${chemical.id}`;
      case 'percent':
        return `${amount.value} ${SHARE_WORDS[amount.basis]} ${chemical.id}`;
      case 'saturated':
        return `saturated ${chemical.id}`;
    }
  };
  const hasSaltPart = parts.some(isSalt);
  const before = hasSaltPart
    ? []
    : ingredients.filter(({ chemical, amount }) => mainSalts.has(chemical) && amount.kind === 'concentration');
  const after = ingredients.filter((one) => !isPart(one) && !before.includes(one));
  const salts = before.map(written).join(' + ');
  return [salts === '' ? mixture : `${salts} in ${mixture}`, ...after.map(written)].join(' + ');
}

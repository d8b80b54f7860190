// Pure functions of a composition: the few numbers by which laws tell electrolytes apart, and the class that they put it in.
//
// Lithium in solution holds about four donor atoms. Where the solvents offer many more than that, most of them are free and
// meet the metal; where they offer fewer, anions take their places in the shell and it is they that the metal reduces.

import type { Chemical, Component, Composition } from './composition.ts';
import { atomsOf } from './interphase-makers.ts';
import type { ElectrolyteFamily } from './materials.ts';

/** Donor atoms around one lithium ion. */
export const COORDINATION_NUMBER = 4;

/** Atoms by element, mol for each mol of lithium. */
export type AtomsPerLithium = Readonly<Record<string, number>>;

export interface CompositionDescriptors {
  /** Lithium of all salts, mol per kg of all that is not salt. */
  readonly lithium_mol_per_kg: number;
  /** Lithium of all salts per volume of the whole. */
  readonly lithium_mol_per_m3: number;
  /** Molecules that bind lithium, for each lithium. */
  readonly solventPerLithium: number;
  /** Molecules that do not bind, for each lithium. */
  readonly diluentPerLithium: number;
  /** Donor sites of all solvents and additives, for each lithium. */
  readonly donorSitesPerLithium: number;
  /** Places that lithium wants, as a share of those on offer: above 1 anions must help. */
  readonly coordinationDemand: number;
  /** Share of donor sites that no lithium needs: 1 − demand, at least 0. */
  readonly freeSolventFraction: number;
  /** Share of lithium's places that anions must take: 1 − 1/demand, at least 0. */
  readonly anionShellFraction: number;
  /** Volume fraction of molecules that do not bind in all that is not salt. */
  readonly diluentVolumeFraction: number;
  /** Mass fraction of ionic liquids in all that is not salt. */
  readonly ionicLiquidMassFraction: number;
  /** Atoms of everything that is not salt, and of the anions of all salts. */
  readonly solventAtoms: AtomsPerLithium;
  readonly anionAtoms: AtomsPerLithium;
  /** F/(F+H) of all that is not salt: 0 without fluorine, 1 with nothing else. */
  readonly solventFluorination: number;
  /** O/C of all that is not salt. */
  readonly solventOxygenPerCarbon: number;
  /** Fluorine of the anions, mol for each mol of lithium. */
  readonly anionFluorinePerLithium: number;
  /** Share of the donor sites by family of solvent. */
  readonly donorShares: Readonly<Partial<Record<Chemical['family'], number>>>;
  /** Mole fraction of FEC, DFEC, TFPC and VC in all that is not salt. */
  readonly filmFormerFraction: number;
  readonly nitrate_mol_per_m3: number;
  /** Sulfur chains, not atoms. */
  readonly polysulfide_mol_per_m3: number;
}

const FILM_FORMERS = new Set(['FEC', 'DFEC', 'TFPC', 'VC', 'VEC']);

const isSalt = ({ chemical }: Component): boolean => chemical.kind === 'salt';

function sum(components: readonly Component[], each: (component: Component) => number): number {
  return components.reduce((total, component) => total + each(component), 0);
}

/** Adds the atoms of `formula`, `moles` times, to `into`. */
function addAtoms(into: Record<string, number>, formula: string, moles: number): void {
  for (const [element, count] of Object.entries(atomsOf(formula))) into[element] = (into[element] ?? 0) + count * moles;
}

/** Moles of lithium for one mole of all components. */
const lithiumOf = ({ chemical, moleFraction }: Component): number =>
  chemical.ions?.cation === 'Li' ? chemical.ions.cationCount * moleFraction : 0;

/** The descriptors of a composition that holds a lithium salt; without one, those for each lithium are infinite. */
export function compositionDescriptors({ components }: Composition): CompositionDescriptors {
  const salts = components.filter(isSalt);
  const liquids = components.filter((component) => !isSalt(component));
  const lithium = sum(salts, lithiumOf);
  const perLithium = (amount: number): number => amount / lithium;
  const sites = ({ chemical, moleFraction }: Component): number => chemical.donorSites * moleFraction;
  const allSites = sum(liquids, sites);
  const moles = ({ moleFraction }: Component): number => moleFraction;
  const mass = ({ massFraction }: Component): number => massFraction;
  const volume = ({ chemical, massFraction }: Component): number => massFraction / chemical.density_kg_per_m3;
  const inert = liquids.filter(({ chemical }) => chemical.donorSites === 0 && chemical.family !== 'ionic-liquid');
  const ionicLiquids = liquids.filter(({ chemical }) => chemical.family === 'ionic-liquid');
  const solventAtoms: Record<string, number> = {};
  const anionAtoms: Record<string, number> = {};
  for (const { chemical, moleFraction } of liquids) addAtoms(solventAtoms, chemical.formula, perLithium(moleFraction));
  for (const { chemical, moleFraction } of salts) {
    if (chemical.ions) addAtoms(anionAtoms, chemical.ions.anion, perLithium(chemical.ions.anionCount * moleFraction));
  }
  const donorShares: Partial<Record<Chemical['family'], number>> = {};
  for (const one of liquids) {
    const { family, donorSites } = one.chemical;
    if (donorSites > 0) donorShares[family] = (donorShares[family] ?? 0) + sites(one) / allSites;
  }
  const { F = 0, H = 0, O = 0, C = 0 } = solventAtoms;
  const demand = (COORDINATION_NUMBER * lithium) / allSites;
  return {
    lithium_mol_per_kg: sum(salts, ({ chemical, molality_mol_per_kg }) =>
      chemical.ions?.cation === 'Li' ? chemical.ions.cationCount * molality_mol_per_kg : 0,
    ),
    lithium_mol_per_m3: sum(salts, ({ chemical, concentration_mol_per_m3 }) =>
      chemical.ions?.cation === 'Li' ? chemical.ions.cationCount * concentration_mol_per_m3 : 0,
    ),
    solventPerLithium: perLithium(sum(liquids, (one) => (one.chemical.donorSites > 0 ? one.moleFraction : 0))),
    diluentPerLithium: perLithium(sum(inert, moles)),
    donorSitesPerLithium: perLithium(allSites),
    coordinationDemand: demand,
    freeSolventFraction: Math.max(0, 1 - demand),
    anionShellFraction: Math.max(0, 1 - 1 / demand),
    diluentVolumeFraction: sum(inert, volume) / sum(liquids, volume),
    ionicLiquidMassFraction: sum(ionicLiquids, mass) / sum(liquids, mass),
    solventAtoms,
    anionAtoms,
    solventFluorination: F + H > 0 ? F / (F + H) : 0,
    solventOxygenPerCarbon: C > 0 ? O / C : 0,
    anionFluorinePerLithium: anionAtoms.F ?? 0,
    donorShares,
    filmFormerFraction:
      sum(liquids, ({ chemical, moleFraction }) => (FILM_FORMERS.has(chemical.id) ? moleFraction : 0)) /
      sum(liquids, moles),
    nitrate_mol_per_m3: sum(salts, ({ chemical, concentration_mol_per_m3 }) =>
      chemical.ions?.anion === 'NO3' ? concentration_mol_per_m3 : 0,
    ),
    polysulfide_mol_per_m3: sum(salts, ({ chemical, concentration_mol_per_m3 }) =>
      /^S\d$/u.test(chemical.ions?.anion ?? '') ? concentration_mol_per_m3 : 0,
    ),
  };
}

/** Sites for each lithium up to which few solvent molecules are free: a shell of four and a little more. */
const CONCENTRATED_SITES_MAX = 4.5;
/** A binding core may hold a little more than its own shell when a diluent takes up the rest of the volume. */
const LOCALISED_SITES_MAX = 5.5;
const DILUENT_VOLUME_MIN = 0.2;
const IONIC_LIQUID_MASS_MIN = 0.25;
/** Below this a nitrate no longer shows: mol/m3. */
const NITRATE_MIN_mol_per_m3 = 20;

/** Electrolytes that behave alike on lithium, by amounts; `other` where the donors are neither ethers nor carbonates. */
export type ElectrolyteClass = ElectrolyteFamily | 'other';

export function electrolyteClass(composition: Composition): ElectrolyteClass {
  const found = compositionDescriptors(composition);
  if (found.ionicLiquidMassFraction >= IONIC_LIQUID_MASS_MIN) return 'ionic-liquid';
  if (found.diluentVolumeFraction >= DILUENT_VOLUME_MIN && found.donorSitesPerLithium <= LOCALISED_SITES_MAX)
    return 'localised';
  if (found.donorSitesPerLithium <= CONCENTRATED_SITES_MAX) return 'concentrated';
  if (donorShare(found, 'ether', 'partly-fluorinated-ether') >= 0.5) return etherClass(found);
  if (donorShare(found, 'carbonate', 'fluorinated-carbonate') >= 0.5) return carbonateClass(found, composition);
  return 'other';
}

/** The class whose data stand for an electrolyte: its own, or, for what is neither ether nor carbonate, the nearer of them. */
export function electrolyteFamily(composition: Composition): ElectrolyteFamily {
  const own = electrolyteClass(composition);
  if (own !== 'other') return own;
  const found = compositionDescriptors(composition);
  const carbonyl = donorShare(found, 'carbonate', 'fluorinated-carbonate', 'ester');
  return carbonyl >= 0.5 ? carbonateClass(found, composition) : etherClass(found);
}

function donorShare({ donorShares }: CompositionDescriptors, ...families: readonly Chemical['family'][]): number {
  return families.reduce((total, family) => total + (donorShares[family] ?? 0), 0);
}

function etherClass({ nitrate_mol_per_m3 }: CompositionDescriptors): ElectrolyteFamily {
  return nitrate_mol_per_m3 >= NITRATE_MIN_mol_per_m3 ? 'ether-nitrate' : 'ether';
}

function carbonateClass(found: CompositionDescriptors, { components }: Composition): ElectrolyteFamily {
  const hasAdditive = components.some(({ role }) => role === 'additive');
  return hasAdditive || found.filmFormerFraction > 0 || donorShare(found, 'fluorinated-carbonate') > 0
    ? 'carbonate-additive'
    : 'carbonate';
}

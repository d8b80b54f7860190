// What each element does beside lithium at one temperature: it makes a compound with it, it alloys with it, or neither. Computed,
// in this order of trust: the energy of compounds with lithium, coulometric titration of alloys, and where no measurement is at
// hand an estimate of the enthalpy of alloying and of the solubility in molten lithium. The verdicts are then laid beside what a
// review says of the same elements.

import {
  ALLOY_PARAMETERS_SOURCE,
  type AlloyParameters,
  alloyParameters,
  ELEMENTS,
  type PropertyTag,
} from '../materials/index.ts';
import { alloyEnthalpy, solubility } from '../physics/index.ts';
import { F, InputError } from '../units/index.ts';
import { favouredProducts } from './reaction-products.ts';
import { elementAt } from './substance.ts';

export type LithiumVerdict = 'reacts' | 'alloys' | 'neither' | 'unknown';

export interface ElementOnLithium {
  readonly element: string;
  readonly verdict: LithiumVerdict;
  readonly evidence: 'formation energy' | 'titration' | 'estimate' | 'none';
  /** An estimate whose verdict its own error could turn round. */
  readonly isClose: boolean;
  /** What forms with lithium in excess: 'Li3N', 'Li22Sn5'; null where nothing does or nothing is known to. */
  readonly product: string | null;
  /** Gibbs energy for each lithium atom taken up; null for estimates. */
  readonly perLithium_J_per_mol: number | null;
  /** Against Li/Li⁺. */
  readonly potential_V: number | null;
  /** Of estimates: the least enthalpy of an ordered alloy, J per mole of atoms. */
  readonly alloyEnthalpy_J_per_mol: number | null;
  /** Of estimates: the share of atoms that molten lithium dissolves. */
  readonly solubility: number | null;
  readonly tag: PropertyTag | null;
  readonly source: string;
  readonly reviewed: ReviewedElement | null;
  /** null where the review or the computation says nothing. */
  readonly agrees: boolean | null;
}

export interface ReviewedElement {
  /** The review says that it reacts with molten lithium and so is wetted, or that it does not react. */
  readonly reacts: boolean;
  readonly named: string;
}

export interface LithiumMap {
  readonly temperature_K: number;
  readonly elements: readonly ElementOnLithium[];
  readonly agreement: {
    readonly compared: number;
    readonly agreeing: number;
    readonly disagreements: readonly string[];
    /** Of the agreeing ones, those that an estimate decides within its own error. */
    readonly close: readonly string[];
  };
  readonly reviewSource: string;
  readonly remarks: readonly string[];
}

/** 10.20517/energymater.2021.21 and its reference [47]. The figure's colours are known here only as far as the text names them. */
export const MAP_REVIEW_SOURCE =
  'Energy Materials 2021, 10.20517/energymater.2021.21, Figure 3A as far as its text names elements';

const named = (symbols: string, reacts: boolean, as: string): (readonly [string, ReviewedElement])[] =>
  symbols.split(' ').map((symbol) => [symbol, { reacts, named: as }]);

const REVIEWED: ReadonlyMap<string, ReviewedElement> = new Map([
  ...named('Al Si Sn Zn Ag', true, 'alloying coating or additive in the text and Table 3'),
  ...named('O Cl I', true, 'functional group (-COOH, -OH, -Cl, -I)'),
  ...named('Ca Sr Ba Sc Y Rh Ir Pd Pt Au Cd Hg Ga Tl Ge Pb As Sb Bi S Se Te', true, 'elemental additive'),
  ...named('Mg In', true, 'green: elemental additive'),
  ...named('N F P Br', true, 'blue: functional group'),
  ...named('Ti Fe', false, 'red: no reaction at 180-300 °C'),
]);

/** Elements up to bismuth; those without a stable isotope have no data. */
const LAST_ELEMENT = 'Bi';
/** Share of atoms from which molten lithium is said to dissolve an element. */
const SOLUBILITY_MIN = 0.01;
/** By how much the estimated enthalpies are off, J per mole of atoms: some 8 kJ/mol against measured ones. */
const ESTIMATE_ERROR_J_per_mol = 8000;
const SHARES = Array.from({ length: 39 }, (_, k) => (k + 1) / 40);

export const LITHIUM_MELTING_K = 453.69;

const NOTHING = {
  isClose: false,
  product: null,
  perLithium_J_per_mol: null,
  potential_V: null,
  alloyEnthalpy_J_per_mol: null,
  solubility: null,
} as const;

type Computed = Omit<ElementOnLithium, 'element' | 'reviewed' | 'agrees'>;

/** Every element up to bismuth beside lithium at T (K). Throws `InputError` where lithium itself has no data. */
export function lithiumMap(temperature_K: number): LithiumMap {
  const lithium = elementAt('Li', temperature_K);
  if (!lithium.ok) throw new InputError([lithium.issue]);
  const last = ELEMENTS.indexOf(LAST_ELEMENT);
  const elements = ELEMENTS.slice(0, last + 1)
    .filter((element) => element !== 'Li')
    .map((element): ElementOnLithium => {
      const computed =
        fromEnergies(element, temperature_K, lithium.substance.gibbs_J_per_mol) ?? fromEstimate(element, temperature_K);
      const reviewed = REVIEWED.get(element) ?? null;
      const says = computed.verdict === 'unknown' ? null : computed.verdict !== 'neither';
      return {
        element,
        ...computed,
        reviewed,
        agrees: reviewed === null || says === null ? null : reviewed.reacts === says,
      };
    });
  const compared = elements.filter(({ agrees }) => agrees !== null);
  return {
    temperature_K,
    elements,
    agreement: {
      compared: compared.length,
      agreeing: compared.filter(({ agrees }) => agrees).length,
      disagreements: compared.filter(({ agrees }) => agrees === false).map(({ element }) => element),
      close: compared.filter(({ agrees, isClose }) => agrees && isClose).map(({ element }) => element),
    },
    reviewSource: MAP_REVIEW_SOURCE,
    remarks:
      temperature_K < LITHIUM_MELTING_K
        ? [`Lithium is solid at this temperature; it melts at ${LITHIUM_MELTING_K} K.`]
        : [],
  };
}

/** The compound or alloy that one mole of atoms of the element makes with lithium in excess, if its data reach to T (K). */
function fromEnergies(element: string, T: number, lithium_J_per_mol: number): Computed | undefined {
  const start = elementAt(element, T);
  if (!start.ok) return undefined;
  const outcome = favouredProducts(
    new Map([
      ['Li', 0],
      [element, 1],
    ]),
    T,
    true,
    () => true,
  );
  if ('where' in outcome) return undefined;
  const made = outcome.products.find(({ substance }) => substance.elements.Li !== undefined);
  if (made === undefined) return undefined;
  const { substance, amount } = made;
  const taken = outcome.lithiumTaken;
  const gibbs = amount * substance.gibbs_J_per_mol - taken * lithium_J_per_mol - start.substance.gibbs_J_per_mol;
  const isAlloy = substance.state === 'alloy';
  return {
    ...NOTHING,
    verdict: isAlloy ? 'alloys' : 'reacts',
    evidence: isAlloy ? 'titration' : 'formation energy',
    product: substance.formula,
    perLithium_J_per_mol: gibbs / taken,
    potential_V: -gibbs / taken / F,
    tag: substance.tag,
    source: substance.source,
  };
}

function fromEstimate(element: string, T: number): Computed {
  const metal = alloyParameters(element);
  const lithium = alloyParameters('Li')!;
  if (metal === undefined) {
    return { ...NOTHING, verdict: 'unknown', evidence: 'none', tag: null, source: 'no data' };
  }
  // What an alloy of equal shares is off by, one of the shares x is off by 4·x·(1 − x) of, and each metal in dilution by four times.
  const judge = (off_J_per_mol: number) => {
    const enthalpy = Math.min(
      ...SHARES.map((x) => orderedEnthalpy(metal, lithium, x) + 4 * x * (1 - x) * off_J_per_mol),
    );
    const dissolved = solubility(metal, lithium, T, 4 * off_J_per_mol);
    return { enthalpy, dissolved, alloys: enthalpy < 0 || dissolved >= SOLUBILITY_MIN };
  };
  const { enthalpy, dissolved, alloys } = judge(0);
  const isClose = [-ESTIMATE_ERROR_J_per_mol, ESTIMATE_ERROR_J_per_mol].some((off) => judge(off).alloys !== alloys);
  return {
    ...NOTHING,
    verdict: alloys ? 'alloys' : 'neither',
    evidence: 'estimate',
    isClose,
    alloyEnthalpy_J_per_mol: enthalpy,
    solubility: dissolved,
    tag: 'computed',
    source: ALLOY_PARAMETERS_SOURCE,
  };
}

const orderedEnthalpy = (metal: AlloyParameters, lithium: AlloyParameters, x: number): number =>
  alloyEnthalpy(metal, lithium, x, true) + x * metal.transformation_J_per_mol;

// What an electrolyte's composition says where no data of the electrolyte itself exist: which known electrolyte is most like it,
// how much salt and additive are in a volume, and what solvent the interphase spends.

import {
  additiveMaterial,
  type Component,
  type Composition,
  chemicalNamed,
  ELECTROLYTES,
  type ElectrolyteMaterial,
  electrolyteFamily,
  type Property,
  platingOf,
  solventReduction,
  tryElectrolyte,
} from '../materials/index.ts';
import { InputError } from '../units/index.ts';
import { AGEING } from './ageing-defaults.ts';
import type { AdditiveFile } from './cell-file.ts';

/** What an electrolyte says of plating from it. */
export interface PlatingProperties {
  readonly interphaseCharge: Property;
  readonly depositSize: Property;
  readonly depositSizeExponent: Property;
  readonly unstrippableSkin: Property;
}

/** An additive as the electrolyte's name or its list gives it, with the values known of it. */
export interface ResolvedAdditive {
  readonly said: AdditiveFile;
  readonly concentration?: Property;
  readonly reserve?: Property;
  readonly electrons?: Property;
  readonly interphaseShare?: Property;
}

/** Words of a source that tell of a value taken from another electrolyte. */
export const STANDS_FOR_IT = 'stands for it';

/** A property with the reason why it is another electrolyte's. */
export function standing(property: Property, standIn: string | null): Property {
  return standIn === null ? property : { ...property, source: `${property.source}; ${standIn}` };
}

/** Names read last, kept because one cell reads its own several times. */
const READ_MAX = 64;
const read = new Map<string, Composition | null>();

/** What the name says; null where it cannot be read. */
export function compositionOf(name: string): Composition | null {
  const known = read.get(name);
  if (known !== undefined) return known;
  const found = tryElectrolyte(name, false);
  const composition = found instanceof InputError ? null : found;
  if (read.size >= READ_MAX) read.clear();
  read.set(name, composition);
  return composition;
}

/** What the law of plating has not seen of a composition. Kept, because every run of a cell tells it. */
export function platingWarnings(composition: Composition): readonly string[] {
  const known = warnings.get(composition) ?? platingOf(composition).warnings;
  warnings.set(composition, known);
  return known;
}

const warnings = new WeakMap<Composition, readonly string[]>();

/** Lithium salts per volume of solution, without those that serve as additives. */
export function saltConcentration_mol_per_m3({ components }: Composition): number {
  return components
    .filter(({ chemical, role }) => role === 'salt' && chemical.family === 'lithium-salt')
    .reduce((total, component) => total + component.concentration_mol_per_m3, 0);
}

/** The known electrolyte whose data may stand for this one: of its family first, then with the most components in common. */
export function alikeIn(composition: Composition): ElectrolyteMaterial {
  const family = electrolyteFamily(composition);
  const own = new Set(
    composition.components.filter(({ role }) => role !== 'additive').map(({ chemical }) => chemical.id),
  );
  const likeness = (material: ElectrolyteMaterial): number => {
    const others = new Set([...material.salts, ...material.solvents].map((name) => chemicalNamed(name)?.id ?? name));
    const shared = [...own].filter((id) => others.has(id)).length;
    return (material.family === family ? 1 : 0) + shared / (own.size + others.size - shared);
  };
  return ELECTROLYTES.reduce((best, one) => (likeness(one) > likeness(best) ? one : best));
}

/** What is spent in making interphase, as far as the name tells it. */
export function additivesOf({ components }: Composition): readonly ResolvedAdditive[] {
  return components.flatMap((component) => {
    const { chemical, role, saturated, concentration_mol_per_m3 } = component;
    const known = additiveMaterial(chemical.id);
    if ((role !== 'additive' && !saturated) || known?.consumed === false) return [];
    const dissolved: Property = {
      value: Number(concentration_mol_per_m3.toPrecision(6)),
      unit: 'mol/m3',
      tag: 'computed',
      source: saturated ? 'what dissolves, by estimate' : 'from the amounts in the name; volumes are added',
      ...(saturated ? { range: [concentration_mol_per_m3 / 4, concentration_mol_per_m3 * 2] as const } : {}),
    };
    return [
      {
        ...namedAdditive({ name: chemical.id }),
        concentration: dissolved,
        ...(saturated ? { reserve: AGEING.saturatedReserve } : {}),
      },
    ];
  });
}

/** An additive with what is known of it beside its amount. */
export function namedAdditive(said: AdditiveFile): ResolvedAdditive {
  const known = additiveMaterial(said.name);
  if (known === undefined || !known.consumed) return { said };
  return { said, electrons: known.electrons, interphaseShare: known.interphaseShare };
}

/** Solvent that the interphase spends, without diluent: the mean of its molecules. */
export function spentSolvent(composition: Composition | null): {
  readonly electrons: Property;
  readonly molarVolume: Property;
} {
  const solvents = composition?.components.filter(({ role }) => role === 'solvent') ?? [];
  const moles = solvents.reduce((total, { moleFraction }) => total + moleFraction, 0);
  if (!(moles > 0)) return { electrons: AGEING.solventElectrons, molarVolume: AGEING.solventMolarVolume };
  const mean = (of: (component: Component) => number): number =>
    solvents.reduce((total, component) => total + component.moleFraction * of(component), 0) / moles;
  const names = solvents.map(({ chemical }) => chemical.id).join(', ');
  return {
    electrons: {
      ...AGEING.solventElectrons,
      value: mean(({ chemical }) => (solventReduction(chemical.id)?.electrons ?? AGEING.solventElectrons).value),
      source: `mean of the molecules of ${names}; ${AGEING.solventElectrons.source}`,
    },
    molarVolume: {
      value: mean(({ chemical }) => chemical.molarMass_kg_per_mol / chemical.density_kg_per_m3),
      unit: 'm3/mol',
      tag: 'computed',
      source: `mean of the molecules of ${names}, from their densities`,
    },
  };
}

/** Density of the solution for amounts in grams; null where nothing is known of it. */
export function densityOf(composition: Composition | null): Property | null {
  if (composition === null) return null;
  const { density_kg_per_m3 } = composition;
  return {
    value: Number(density_kg_per_m3.toPrecision(6)),
    unit: 'kg/m3',
    tag: 'computed',
    source: 'from the densities of its components; volumes are added',
    range: [0.95 * density_kg_per_m3, 1.05 * density_kg_per_m3],
  };
}

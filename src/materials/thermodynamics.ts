// The thermodynamic data of pure substances: polynomials where a table of polynomials has them, and standard values with a
// constant heat capacity where only those are known. Both come out as phases with polynomials, each with tag and source.
//
// Enthalpies count from the elements in their reference states at 298.15 K, so that a balanced reaction needs no energies of
// formation; what is a formation is a reaction from the elements.

import { log } from '../numerics/index.ts';
import { ROOM_TEMPERATURE_K } from '../units/index.ts';
import alloyParameterFile from './alloy-parameters.json' with { type: 'json' };
import { compositionKey, type ElementCounts } from './chemical-formula.ts';
import lithiumAlloyFile from './lithium-alloys.json' with { type: 'json' };
import type { PropertyTag } from './property.ts';
import polynomialFile from './thermodynamics.json' with { type: 'json' };
import tabulatedFile from './thermodynamics-tabulated.json' with { type: 'json' };

/** Gas constant with which the polynomials were made, J/(mol K); with another one their enthalpies would not be those printed. */
export const POLYNOMIAL_GAS_CONSTANT_J_per_mol_K = 8.31451;

export interface ThermodynamicInterval {
  readonly temperature_K: readonly [number, number];
  /** a1 … a7, b1, b2 of Cp/R = a1/T² + a2/T + a3 + a4·T + a5·T² + a6·T³ + a7·T⁴. */
  readonly coefficients: readonly number[];
}

export type PhysicalState = 'solid' | 'liquid' | 'gas';

export interface ThermodynamicPhase {
  /** As the table names it: 'cr', 'a', 'II', 'liquid', 'gas'. */
  readonly label: string;
  readonly state: PhysicalState;
  readonly tag: PropertyTag;
  readonly source: string;
  readonly intervals: readonly ThermodynamicInterval[];
}

export interface ThermodynamicSpecies {
  readonly formula: string;
  readonly elements: ElementCounts;
  readonly phases: readonly ThermodynamicPhase[];
}

/** Plateau of the potential against lithium while `from` to `to` lithium atoms enter for each atom of the metal. */
export interface AlloyPlateau {
  readonly from: number;
  readonly to: number;
  readonly potential_V: number;
}

export interface LithiumAlloySystem {
  readonly element: string;
  readonly name: string;
  readonly tables: readonly {
    readonly temperature_K: number;
    readonly tag: PropertyTag;
    readonly source: string;
    readonly plateaus: readonly AlloyPlateau[];
  }[];
  /** A plateau whose potential is known as a line in T; `temperature_K` is the range in which it was measured. */
  readonly line?: {
    readonly from: number;
    readonly to: number;
    readonly potential_V_at_0K: number;
    readonly slope_V_per_K: number;
    readonly temperature_K: readonly [number, number];
    readonly tag: PropertyTag;
    readonly source: string;
  };
}

/** What the cellular model of alloys knows an element by. */
export interface AlloyParameters {
  readonly element: string;
  readonly transition: boolean;
  readonly molarVolume_m3_per_mol: number;
  /** At the boundary of the atomic cell, in the model's own unit. */
  readonly electronsAtBoundary: number;
  /** Of the model, V. */
  readonly electronegativity_V: number;
  /** How the volume answers to the transfer of charge, 1/V. */
  readonly volumeChange: number;
  readonly hybridisation: number;
  /** From the stable state of a non-metal to a metallic one, J/mol. */
  readonly transformation_J_per_mol: number;
  readonly meltingTemperature_K: number;
}

// The compiler sees a JSON array as an array of widened literals; the tests show that the files have these types.
const polynomial = polynomialFile.species as unknown as readonly ThermodynamicSpecies[];

interface TabulatedSpecies {
  readonly formula: string;
  readonly elements: ElementCounts;
  readonly phases: readonly (Omit<ThermodynamicPhase, 'intervals'> & {
    readonly temperature_K: readonly [number, number];
    readonly enthalpy_J_per_mol: number;
    readonly entropy_J_per_mol_K: number;
    readonly heatCapacity_J_per_mol_K: number;
  })[];
}

/** H = H° + Cp·(T − T°) and S = S° + Cp·ln(T/T°) as a polynomial with the one coefficient a3. */
function asPolynomials({ formula, elements, phases }: TabulatedSpecies): ThermodynamicSpecies {
  const R = POLYNOMIAL_GAS_CONSTANT_J_per_mol_K;
  return {
    formula,
    elements,
    phases: phases.map(({ label, state, tag, source, temperature_K, ...point }) => {
      const a3 = point.heatCapacity_J_per_mol_K / R;
      const b1 = point.enthalpy_J_per_mol / R - a3 * ROOM_TEMPERATURE_K;
      const b2 = point.entropy_J_per_mol_K / R - a3 * log(ROOM_TEMPERATURE_K);
      return {
        label,
        state,
        tag,
        source,
        intervals: [{ temperature_K, coefficients: [0, 0, a3, 0, 0, 0, 0, b1, b2] }],
      };
    }),
  };
}

/** All substances, each composition once. */
export const THERMODYNAMIC_SPECIES: readonly ThermodynamicSpecies[] = [
  ...polynomial,
  ...(tabulatedFile.species as unknown as readonly TabulatedSpecies[]).map(asPolynomials),
];
export const LITHIUM_ALLOYS = lithiumAlloyFile.systems as unknown as readonly LithiumAlloySystem[];
export const ALLOY_PARAMETERS: readonly AlloyParameters[] = alloyParameterFile.elements;
export const ALLOY_PARAMETERS_SOURCE: string = alloyParameterFile.source;

const byComposition = new Map(THERMODYNAMIC_SPECIES.map((species) => [compositionKey(species.elements), species]));
const alloyByElement = new Map(LITHIUM_ALLOYS.map((system) => [system.element, system]));
const parametersByElement = new Map(ALLOY_PARAMETERS.map((parameters) => [parameters.element, parameters]));

export const thermodynamicSpecies = (elements: ElementCounts): ThermodynamicSpecies | undefined =>
  byComposition.get(compositionKey(elements));
export const lithiumAlloy = (element: string): LithiumAlloySystem | undefined => alloyByElement.get(element);
export const alloyParameters = (element: string): AlloyParameters | undefined => parametersByElement.get(element);

const DIATOMIC: ReadonlySet<string> = new Set(['H', 'N', 'O', 'F', 'Cl', 'Br', 'I']);

/** The substance that an element is counted from, and how many of its atoms one formula has; undefined if its data are missing. */
export function referenceSpecies(
  element: string,
): { readonly species: ThermodynamicSpecies; readonly atoms: number } | undefined {
  const atoms = DIATOMIC.has(element) ? 2 : 1;
  const species = thermodynamicSpecies({ [element]: atoms });
  return species === undefined ? undefined : { species, atoms };
}

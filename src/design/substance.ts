// What is known of one substance at one temperature: the phase that is stable there, its molar state, and where the numbers come
// from. Alloys of lithium have theirs from coulometric titration.

import {
  type ElementCounts,
  type LithiumAlloySystem,
  lithiumAlloy,
  type PropertyTag,
  referenceSpecies,
  THERMODYNAMIC_SPECIES,
  type ThermodynamicPhase,
  thermodynamicSpecies,
} from '../materials/index.ts';
import { plateauPotential, stablePhase, temperatureRanges, titrationGibbs, withoutGaps } from '../physics/index.ts';
import { F, type Issue, nearestNames } from '../units/index.ts';

export interface Substance {
  readonly formula: string;
  readonly elements: ElementCounts;
  /** 'cr', 'a', 'liquid', 'gas', 'alloy' … as the source names the phase. */
  readonly phase: string;
  readonly state: 'solid' | 'liquid' | 'gas' | 'alloy';
  readonly tag: PropertyTag;
  readonly source: string;
  /** H − T·S, from the elements in their reference states at 298.15 K. */
  readonly gibbs_J_per_mol: number;
  /** null for an alloy whose potential is known at one temperature only. */
  readonly enthalpy_J_per_mol: number | null;
  readonly entropy_J_per_mol_K: number | null;
  readonly heatCapacity_J_per_mol_K: number | null;
  /** What a reader must know of the numbers; empty for most. */
  readonly remarks: readonly string[];
}

export type SubstanceReading =
  | { readonly ok: true; readonly substance: Substance }
  | { readonly ok: false; readonly issue: Issue };

/** Temperatures at which the plateaus of an alloy are used, K; beyond them nothing about them is known. */
export const ALLOY_RANGE_K = [250, 923.15] as const;

const kelvin = (T: number): string => `${Number(T.toFixed(2))} K`;

/** The substance with these elements at T (K); `state` picks a phase, null the stable one. Never throws. */
export function substanceAt(
  formula: string,
  elements: ElementCounts,
  state: string | null,
  T: number,
): SubstanceReading {
  const species = thermodynamicSpecies(elements);
  if (species === undefined) {
    const alloy = alloyAt(formula, elements, T);
    if (alloy !== undefined) return alloy;
    return { ok: false, issue: unknownIssue(formula, elements) };
  }
  const phases = species.phases.filter((phase) => state === null || phase.state === state || phase.label === state);
  if (phases.length === 0) {
    const known = [...new Set(species.phases.map((phase) => phase.label))].join(', ');
    return {
      ok: false,
      issue: { where: `${formula} (${state})`, found: 'a phase without data', wanted: `one of: ${known}` },
    };
  }
  const stable = stablePhase(phases, T);
  if (stable === undefined) {
    const ranges = temperatureRanges(phases).map(([low, high]) => `${kelvin(low)} to ${kelvin(high)}`);
    const where = `temperature of ${formula}${state === null ? '' : ` (${state})`}`;
    return { ok: false, issue: { where, found: kelvin(T), wanted: `${ranges.join(' or ')}, where its data hold` } };
  }
  const { phase } = stable;
  return {
    ok: true,
    substance: {
      formula: species.formula,
      elements: species.elements,
      phase: phase.label,
      state: phase.state,
      tag: phase.tag,
      source: phase.source,
      ...stable.state,
      remarks: boilingRemarks(formula, state, elements, stable, phases, T),
    },
  };
}

/** Where a liquid or solid has data above its boiling at 1 bar, by how much less stable it is. */
function boilingRemarks(
  formula: string,
  asked: string | null,
  elements: ElementCounts,
  stable: { readonly phase: ThermodynamicPhase; readonly state: { readonly gibbs_J_per_mol: number } },
  phases: readonly ThermodynamicPhase[],
  T: number,
): readonly string[] {
  if (asked !== null || stable.phase.state !== 'gas' || Object.keys(elements).length === 1) return [];
  const condensed = stablePhase(
    phases.filter(({ state }) => state !== 'gas'),
    T,
  );
  if (condensed === undefined) return [];
  const above_kJ = (condensed.state.gibbs_J_per_mol - stable.state.gibbs_J_per_mol) / 1000;
  return [
    `${formula} is a gas at 1 bar here; ${formula}(${condensed.phase.label}) lies ${above_kJ.toFixed(1)} kJ/mol higher`,
  ];
}

/** The element as it is counted from at T (K), per atom. */
export function elementAt(element: string, T: number): SubstanceReading {
  const reference = referenceSpecies(element);
  if (reference === undefined) {
    return {
      ok: false,
      issue: { where: element, found: 'an element without data', wanted: 'an element with a reference state' },
    };
  }
  const { species, atoms } = reference;
  const reading = substanceAt(species.formula, species.elements, null, T);
  if (!reading.ok) return reading;
  const { substance } = reading;
  const each = (value: number | null): number | null => (value === null ? null : value / atoms);
  return {
    ok: true,
    substance: {
      ...substance,
      elements: { [element]: 1 },
      gibbs_J_per_mol: substance.gibbs_J_per_mol / atoms,
      enthalpy_J_per_mol: each(substance.enthalpy_J_per_mol),
      entropy_J_per_mol_K: each(substance.entropy_J_per_mol_K),
      heatCapacity_J_per_mol_K: each(substance.heatCapacity_J_per_mol_K),
    },
  };
}

/** Gibbs energy of the substance from its elements, J/mol; an issue where an element has no data at T (K). */
export function formationGibbs(substance: Substance, T: number): number | Issue {
  let gibbs = substance.gibbs_J_per_mol;
  for (const [element, count] of Object.entries(substance.elements)) {
    const reference = elementAt(element, T);
    if (!reference.ok) return reference.issue;
    gibbs -= count * reference.substance.gibbs_J_per_mol;
  }
  return gibbs;
}

const NEAREST_MAX = 3;

function unknownIssue(formula: string, elements: ElementCounts): Issue {
  const near = nearestSubstances(formula, elements);
  return {
    where: formula,
    found: 'a substance without thermodynamic data',
    wanted: `one of the ${ALL_FORMULAS.length} known ones, or an alloy of lithium with a titration`,
    ...(near.length === 0 ? {} : { hint: `near are ${near.join(', ')}` }),
  };
}

/** Compounds that share most of the elements first, and among those the ones that are spelled alike. */
function nearestSubstances(formula: string, elements: ElementCounts): readonly string[] {
  const wanted = Object.keys(elements);
  const alike = nearestNames(formula, ALL_FORMULAS);
  const rank = (name: string): number => (alike.includes(name) ? alike.indexOf(name) : alike.length);
  return THERMODYNAMIC_SPECIES.map((species) => {
    const own = Object.keys(species.elements);
    const shared = own.filter((element) => wanted.includes(element)).length;
    const share = own.length > 1 || wanted.length === 1 ? shared / (own.length + wanted.length - shared) : 0;
    return { name: species.formula, share };
  })
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || rank(a.name) - rank(b.name) || a.name.length - b.name.length)
    .slice(0, NEAREST_MAX)
    .map(({ name }) => name);
}

const ALL_FORMULAS: readonly string[] = THERMODYNAMIC_SPECIES.map(({ formula }) => formula);

/** Energy of y·Li + M → Li_yM at T (K), and how it depends on T if that is known. */
interface Alloying {
  readonly gibbs_J_per_mol: number;
  readonly entropy_J_per_mol_K: number | null;
  readonly tag: PropertyTag;
  readonly source: string;
  readonly remarks: readonly string[];
}

/** Phases are named in small whole numbers, tables give their limits in decimals: Li14Bi5 is Li2.82Bi. */
const LITHIUM_COUNT_SLACK = 0.021;

/** Most lithium that any plateau of the system gives one atom of the metal. */
export const alloyLimit = ({ tables, line }: LithiumAlloySystem): number =>
  Math.max(line?.to ?? 0, ...tables.flatMap(({ plateaus }) => plateaus.map(({ to }) => to)));

/** Li_yM per mole of M; y within the plateaus. */
export function alloying(system: LithiumAlloySystem, y: number, T: number): Alloying {
  const { line, tables } = system;
  if (line !== undefined && y <= line.to + LITHIUM_COUNT_SLACK) {
    const [low, high] = line.temperature_K;
    const measured = T >= low && T <= high;
    return {
      gibbs_J_per_mol: -F * y * plateauPotential(line, T),
      entropy_J_per_mol_K: F * y * line.slope_V_per_K,
      tag: measured ? line.tag : 'computed',
      source: line.source,
      remarks: measured
        ? []
        : [`${system.name}: measured from ${kelvin(low)} to ${kelvin(high)}, carried on to ${kelvin(T)}`],
    };
  }
  const reaching = tables.filter(
    ({ plateaus }) => Math.max(...plateaus.map(({ to }) => to)) >= y - LITHIUM_COUNT_SLACK,
  );
  const [low, high] = [reaching[0]!, reaching.at(-1)!];
  if (low === high) {
    const same = Math.abs(T - low.temperature_K) < 1;
    return {
      gibbs_J_per_mol: titrationGibbs(withoutGaps(low.plateaus), y),
      entropy_J_per_mol_K: null,
      tag: same ? low.tag : 'assumed',
      source: low.source,
      remarks: same
        ? []
        : [
            `${system.name}: plateaus of ${kelvin(low.temperature_K)} taken unchanged; those that are known move by some 0.2 mV/K`,
          ],
    };
  }
  const [gLow, gHigh] = [low, high].map(({ plateaus }) => titrationGibbs(withoutGaps(plateaus), y)) as [number, number];
  const slope = (gHigh - gLow) / (high.temperature_K - low.temperature_K);
  return {
    gibbs_J_per_mol: gLow + slope * (T - low.temperature_K),
    entropy_J_per_mol_K: -slope,
    tag: 'computed',
    source: `${low.source}; ${high.source}`,
    remarks: [
      `${system.name}: a line between plateaus at ${kelvin(low.temperature_K)} and ${kelvin(high.temperature_K)}`,
    ],
  };
}

function alloyAt(formula: string, elements: ElementCounts, T: number): SubstanceReading | undefined {
  const { Li: lithium, ...others } = elements;
  const [metal] = Object.keys(others);
  if (lithium === undefined || metal === undefined || Object.keys(others).length !== 1) return undefined;
  const system = lithiumAlloy(metal);
  if (system === undefined) return undefined;
  const atoms = others[metal]!;
  const y = lithium / atoms;
  if (y > alloyLimit(system) + LITHIUM_COUNT_SLACK) {
    const wanted = `at most ${alloyLimit(system)} Li for each ${metal}, where its plateaus end`;
    return { ok: false, issue: { where: formula, found: `${Number(y.toPrecision(3))} Li for each ${metal}`, wanted } };
  }
  const [low, high] = ALLOY_RANGE_K;
  if (!(T >= low && T <= high)) {
    const wanted = `${kelvin(low)} to ${kelvin(high)}, where its plateaus are used`;
    return { ok: false, issue: { where: `temperature of ${formula}`, found: kelvin(T), wanted } };
  }
  const [li, m] = [elementAt('Li', T), elementAt(metal, T)];
  if (!li.ok) return li;
  if (!m.ok) return m;
  const { gibbs_J_per_mol, entropy_J_per_mol_K, tag, source, remarks } = alloying(system, y, T);
  const gibbs = lithium * li.substance.gibbs_J_per_mol + atoms * (m.substance.gibbs_J_per_mol + gibbs_J_per_mol);
  const entropy =
    entropy_J_per_mol_K === null
      ? null
      : lithium * li.substance.entropy_J_per_mol_K! + atoms * (m.substance.entropy_J_per_mol_K! + entropy_J_per_mol_K);
  return {
    ok: true,
    substance: {
      formula,
      elements,
      phase: 'alloy',
      state: 'alloy',
      tag,
      source,
      gibbs_J_per_mol: gibbs,
      entropy_J_per_mol_K: entropy,
      enthalpy_J_per_mol: entropy === null ? null : gibbs + T * entropy,
      // The rule of Kopp, so that the energies agree with each other at the next temperature.
      heatCapacity_J_per_mol_K:
        entropy === null
          ? null
          : lithium * li.substance.heatCapacity_J_per_mol_K! + atoms * m.substance.heatCapacity_J_per_mol_K!,
      remarks,
    },
  };
}

const METAL_ATOMS_MAX = 5;

/** Li_yM in small whole numbers: Li22Sn5 for y = 4.4; undefined where none are near. */
function alloyFormula(
  metal: string,
  y: number,
): { readonly formula: string; readonly elements: ElementCounts } | undefined {
  const count = (n: number): string => (n === 1 ? '' : String(n));
  for (let atoms = 1; atoms <= METAL_ATOMS_MAX; atoms++) {
    const lithium = Math.round(y * atoms);
    if (lithium === 0 || Math.abs(lithium / atoms - y) > LITHIUM_COUNT_SLACK) continue;
    return { formula: `Li${count(lithium)}${metal}${count(atoms)}`, elements: { Li: lithium, [metal]: atoms } };
  }
  return undefined;
}

/** All substances that are made of some of these elements and have data at T (K), alloys of lithium among them. */
export function substancesOf(elements: readonly string[], T: number): readonly Substance[] {
  const within = new Set(elements);
  const found: Substance[] = [];
  for (const species of THERMODYNAMIC_SPECIES) {
    if (!Object.keys(species.elements).every((element) => within.has(element))) continue;
    const stable = stablePhase(species.phases, T);
    if (stable === undefined) continue;
    const { label: phase, state, tag, source } = stable.phase;
    const { formula, elements: counts } = species;
    found.push({ formula, elements: counts, phase, state, tag, source, ...stable.state, remarks: [] });
  }
  if (within.has('Li')) {
    for (const metal of elements) {
      const system = lithiumAlloy(metal);
      if (system === undefined) continue;
      const ends =
        system.line === undefined
          ? system.tables.flatMap(({ plateaus }) => plateaus.map(({ to }) => to))
          : [system.line.to];
      const seen = new Set<string>();
      for (const y of ends) {
        const named = alloyFormula(metal, y);
        if (named === undefined || seen.has(named.formula)) continue;
        seen.add(named.formula);
        const reading = alloyAt(named.formula, named.elements, T);
        if (reading?.ok === true) found.push(reading.substance);
      }
    }
  }
  return found;
}

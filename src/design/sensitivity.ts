// What a computed value hangs on: one uncertain value after another is put low and high in its range, everything else as it
// is, and what moves the result most is named. Beside bands, which move everything at once, this says why.

import type { Cell, Protocol } from '../cells/index.ts';
import { atShare, log } from '../numerics/index.ts';
import { type SimulationResult, simulate } from '../simulation/index.ts';
import { type UncertainValue, uncertainValues } from './uncertain-values.ts';

/** Cycles of a run, when the caller does not say. */
export const SENSITIVITY_CYCLES_DEFAULT = 6;
/** Values named for each outcome. */
export const SENSITIVITY_NAMED = 3;

/** Low and high in a range, as the ends of a band are. */
const SHARES = [0.1, 0.9] as const;
/** What changes an outcome by less than this share of itself changes nothing. */
const ROUNDING_RELATIVE = 1e-6;

/** What is asked: efficiency, a fraction; resistance of both interfaces; cycles until lithium, solvent or salt is gone. */
export const OUTCOMES = ['coulombic_efficiency', 'interfacial_resistance_ohm_cm2', 'life_cycles'] as const;
export type OutcomeName = (typeof OUTCOMES)[number];
/** null where the run has none. */
export type Outcomes = Readonly<Record<OutcomeName, number | null>>;

/** An uncertain value, and the outcomes with it low and high. */
export interface SensitiveValue extends UncertainValue {
  readonly low: number;
  readonly high: number;
  readonly atLow: Outcomes;
  readonly atHigh: Outcomes;
}

export interface OneAtATime {
  readonly cycles: number;
  /** With the cell's own values. */
  readonly nominal: Outcomes;
  /** The run with the cell's own values. */
  readonly result: SimulationResult;
  /** In the order of the cell's assumptions. */
  readonly values: readonly SensitiveValue[];
  /** For each outcome the values that move it most, the strongest first; at most three, none that does not move it. */
  readonly strongest: Readonly<Record<OutcomeName, readonly SensitiveValue[]>>;
}

/**
 * Runs the cell once as it is and twice for each uncertain value, by the fast model.
 *
 * @throws InputError for impossible ranges, and what `simulate` throws.
 */
export function oneAtATime(
  cell: Cell,
  protocol: Protocol,
  { cycles = SENSITIVITY_CYCLES_DEFAULT }: { readonly cycles?: number } = {},
): OneAtATime {
  const { varied, cellWith } = uncertainValues(cell);
  const run = (one: Cell): SimulationResult =>
    simulate(one, protocol, { model: 'fast', detail: 'ends', cycles, rows_max: 1000 });
  const own = varied.map(({ value }) => value);
  const result = run(cell);
  const values = varied.map((one, k): SensitiveValue => {
    const [low, high] = SHARES.map((share) => atShare(share, one.range[0], one.range[1], one.scale)) as [
      number,
      number,
    ];
    const [atLow, atHigh] = [low, high].map((value) =>
      outcomesOf(run(cellWith(own.map((before, index) => (index === k ? value : before))))),
    ) as [Outcomes, Outcomes];
    return { ...one, low, high, atLow, atHigh };
  });
  const strongest = (name: OutcomeName): SensitiveValue[] =>
    values
      .map((value) => ({ value, effect: effectOf(value, name) }))
      .filter(({ effect }) => effect > ROUNDING_RELATIVE)
      .sort((a, b) => b.effect - a.effect)
      .slice(0, SENSITIVITY_NAMED)
      .map(({ value }) => value);
  return {
    cycles,
    nominal: outcomesOf(result),
    result,
    values,
    strongest: {
      coulombic_efficiency: strongest('coulombic_efficiency'),
      interfacial_resistance_ohm_cm2: strongest('interfacial_resistance_ohm_cm2'),
      life_cycles: strongest('life_cycles'),
    },
  };
}

/** How far apart the outcomes are: losses, resistances and lives by their ratio. 0 where one of them is missing. */
function effectOf({ atLow, atHigh }: SensitiveValue, name: OutcomeName): number {
  const [a, b] = [atLow[name], atHigh[name]];
  if (a === null || b === null) return 0;
  const [low, high] = name === 'coulombic_efficiency' ? [1 - a, 1 - b] : [a, b];
  return low > 0 && high > 0 ? Math.abs(log(high / low)) : Math.abs(high - low);
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

function outcomesOf(result: SimulationResult): Outcomes {
  const { cycles, stop } = result;
  const isWhole = stop.kind === 'completed' || stop.kind === 'protocol-stop';
  const finished = isWhole ? cycles : cycles.slice(0, -1);
  const efficiencies = finished.flatMap(({ coulombic_efficiency: one }) => (one === null ? [] : [one]));
  return {
    coulombic_efficiency: efficiencies.length === 0 ? null : mean(efficiencies),
    interfacial_resistance_ohm_cm2: finished.at(-1)?.interfacial_resistance_ohm_cm2 ?? null,
    life_cycles: isWhole ? projectedLife(result) : finished.length,
  };
}

/**
 * Cycles until the lithium of the counter electrode, the liquid or the salt would be gone, lithium and liquid at the pace of the
 * second half of the run, salt at that of the whole; null where none is used up, and in a run too short to have a pace.
 */
export function projectedLife({
  cell,
  cycles,
  state,
}: Pick<SimulationResult, 'cell' | 'cycles' | 'state'>): number | null {
  const [from, to] = [cycles[Math.floor(cycles.length / 2) - 1], cycles.at(-1)];
  if (from === undefined || to === undefined || from === to) return null;
  const salt_mol_per_m2 = state.poreSalt_mol_per_m2 + state.reserveSalt_mol_per_m2;
  const saltAtStart_mol_per_m2 = (cell.electrolyte.concentration_mol_per_m3 * cell.electrolyteVolume_m3) / cell.area_m2;
  const stocks = [
    [from.cycle, from.counter_lithium_um, to.counter_lithium_um],
    [from.cycle, from.ageing?.electrolyte_left ?? 1, to.ageing?.electrolyte_left ?? 1],
    [0, saltAtStart_mol_per_m2, salt_mol_per_m2],
  ] as const;
  const lives = stocks.flatMap(([since, before, after]) => {
    const used = (before - after) / (to.cycle - since);
    return used > ROUNDING_RELATIVE * before ? [to.cycle + after / used] : [];
  });
  return lives.length === 0 ? null : Math.min(...lives);
}

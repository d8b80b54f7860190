// When a cell has come to its end, and which resource brought it there: read from the summaries of its cycles alone.
//
// A cell ends by what can be seen at its terminals (capacity, efficiency, polarisation). Its cause lies in what ran out before: a
// resource explains the end if it was gone by then and the cell grew worse for it. A dry cell loses surface and conduction at
// once; an additive or a coating that is gone shows in lithium lost faster, or in resistance; lithium that is gone shows in
// capacity itself.

import type { Cell } from '../cells/index.ts';
import {
  areal_charge_C_per_m2_from_thickness,
  cm2_from_m2,
  mAh_per_cm2_from_C_per_m2,
  uL_from_m3,
} from '../units/index.ts';
import type { CycleAgeing, CycleSummary, EndOfLife, LifeEvent, Stop } from './contract.ts';

/** What counts as the end, and as gone. */
export interface EndOfLifeOptions {
  /** Cells with a cathode: share of the first capacity. */
  readonly retention: number;
  /** Li|Cu: Coulombic efficiency below this share of its plateau. */
  readonly efficiencyShare: number;
  /** Li|Li: polarisation over its lowest so far. */
  readonly polarisationRatio: number;
}

export const END_OF_LIFE_DEFAULTS: EndOfLifeOptions = { retention: 0.8, efficiencyShare: 0.9, polarisationRatio: 3 };

const ADDITIVE_GONE = 0.01;
const COATING_WORN = 0.5;
const WETTED_DRY = 0.9;
/** Lithium left at its lowest in a cycle, as a share of the charge of a half-cycle, at which the reserve is gone. */
const LITHIUM_GONE = 0.01;
/** The first capacity is the largest of so many cycles: the first may be a formation. */
const FORMATION_CYCLES = 5;
/** The plateau of the efficiency is its median over these cycles. */
const PLATEAU: readonly [number, number] = [3, 20];
/** Lithium lost per cycle, or polarisation, over what it was, from which a cell counts as worse. */
const WORSE_RATIO = 1.5;

/** Stops that are an end in the cell and not of the protocol. */
const ENDS: Readonly<Partial<Record<Stop['kind'], string>>> = {
  'voltage-limit': 'a limit of its voltage',
  'lithium-exhausted': 'the end of its lithium',
  'salt-depleted': 'its limiting current',
  'demand-unmet': 'a demand that it could not meet',
};

const CAUSES: Readonly<Record<EndOfLife['cause'], string>> = {
  'lithium-exhausted': 'the reserve of lithium was gone',
  'electrolyte-dry': 'the electrolyte no longer filled the pores',
  'additive-gone': 'an additive was used up, and the cell lost lithium faster from then on',
  resistance: 'its resistance had grown',
  'coating-worn': 'the coating was worn, and the cell was the worse for it',
  cathode: 'the cathode gave less at the same lithium and polarisation',
  none: 'nothing that is followed here had run out by then',
};

/** The end of life of a cell whose cycles are these; never throws. */
export function endOfLife(
  cell: Cell,
  cycles: readonly CycleSummary[],
  stop: Stop,
  options: Partial<EndOfLifeOptions> = {},
): EndOfLife {
  const criteria = { ...END_OF_LIFE_DEFAULTS, ...options };
  const events = eventsOf(cell, cycles);
  const first = firstCapacity(cycles);
  const supplies = suppliesOf(cell, first);
  const met = criterionMet(cell, cycles, criteria) ?? stopped(cycles, stop);
  if (met === null) {
    const message = `No end of life within ${cycles.length} cycle${cycles.length === 1 ? '' : 's'}.`;
    return { cycle: null, criterion: null, cause: 'none', message, events, ...supplies };
  }
  const cause = causeOf(cycles, met, events, stop);
  const message = `The cell ended in cycle ${met.cycle} by ${met.words}: ${CAUSES[cause]}.`;
  return { cycle: met.cycle, criterion: met.criterion, cause, message, events, ...supplies };
}

interface Met {
  readonly cycle: number;
  readonly criterion: NonNullable<EndOfLife['criterion']>;
  readonly words: string;
}

function firstCapacity(cycles: readonly CycleSummary[]): number {
  return cycles.slice(0, FORMATION_CYCLES).reduce((most, cycle) => Math.max(most, cycle.discharged_mAh_per_cm2), 0);
}

/** What can be seen at the terminals; null while nothing is. */
function criterionMet(cell: Cell, cycles: readonly CycleSummary[], criteria: EndOfLifeOptions): Met | null {
  switch (cell.kind) {
    case 'Li|cathode':
    case 'Cu|cathode': {
      const least = criteria.retention * firstCapacity(cycles);
      const words = `a capacity below ${100 * criteria.retention} % of the first`;
      return lasting(cycles, (cycle) => cycle.discharged_mAh_per_cm2 < least, 'capacity', words);
    }
    case 'Li|Cu': {
      const least = criteria.efficiencyShare * plateau(cycles);
      const words = `a Coulombic efficiency below ${100 * criteria.efficiencyShare} % of its plateau`;
      return lasting(cycles, (cycle) => (cycle.coulombic_efficiency ?? 1) < least, 'efficiency', words);
    }
    case 'Li|Li': {
      let lowest = Number.POSITIVE_INFINITY;
      const words = `a polarisation above ${criteria.polarisationRatio} times its lowest`;
      return lasting(
        cycles,
        (cycle) => {
          const now = cycle.polarisation_mV ?? Number.NaN;
          lowest = Math.min(lowest, Number.isNaN(now) ? lowest : now);
          return now > criteria.polarisationRatio * lowest;
        },
        'polarisation',
        words,
      );
    }
  }
}

/** The first cycle from which two in a row, or the last, are `beyond`: one slow or fast cycle between others is none. */
function lasting(
  cycles: readonly CycleSummary[],
  beyond: (cycle: CycleSummary) => boolean,
  criterion: Met['criterion'],
  words: string,
): Met | null {
  const is = cycles.map(beyond);
  for (let k = 0; k < is.length; k++) {
    if (is[k] && (is[k + 1] ?? true)) return { cycle: cycles[k]!.cycle, criterion, words };
  }
  return null;
}

function plateau(cycles: readonly CycleSummary[]): number {
  const [from, to] = PLATEAU;
  const known = cycles
    .slice(cycles.length > from ? from - 1 : 0, to)
    .map((cycle) => cycle.coulombic_efficiency)
    .filter((value): value is number => value !== null)
    .sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? 0;
}

/** A run that ended in the cell before any criterion was met. */
function stopped(cycles: readonly CycleSummary[], stop: Stop): Met | null {
  const words = ENDS[stop.kind];
  const last = cycles.at(-1);
  if (words === undefined || last === undefined) return null;
  return { cycle: last.cycle, criterion: 'stopped', words };
}

/** The first cycle at which each resource had run out, in order of time. */
function eventsOf(cell: Cell, cycles: readonly CycleSummary[]): readonly LifeEvent[] {
  const events: LifeEvent[] = [];
  const firstCycle = (gone: (ageing: CycleAgeing, cycle: CycleSummary) => boolean): number | null =>
    cycles.find((cycle) => cycle.ageing !== null && gone(cycle.ageing, cycle))?.cycle ?? null;
  const note = (kind: LifeEvent['kind'], cycle: number | null, message: string): void => {
    if (cycle !== null) events.push({ kind, cycle, message });
  };
  for (const { name } of cell.ageing?.additives ?? []) {
    note(
      'additive-gone',
      firstCycle(({ additive_left }) => (additive_left[name] ?? 1) < ADDITIVE_GONE),
      `less than ${100 * ADDITIVE_GONE} % of the ${name} is left`,
    );
  }
  for (const which of ['working', 'counter'] as const) {
    const coating = cell.ageing?.[which]?.coating ?? null;
    if (coating === null) continue;
    const least = COATING_WORN * (1 - coating.pinholeFraction);
    note(
      'coating-worn',
      firstCycle(({ coating_intact }) => (coating_intact[which] ?? 1) < least),
      `the coating on the ${which} electrode covers less than ${100 * COATING_WORN} % of what it did`,
    );
  }
  note(
    'electrolyte-dry',
    firstCycle(({ wetted_fraction }) => wetted_fraction < WETTED_DRY),
    `the electrolyte fills less than ${100 * WETTED_DRY} % of the pores`,
  );
  note(
    'lithium-exhausted',
    firstCycle((ageing, cycle) => lithiumGone(cell, ageing, cycle)),
    'no reserve of lithium is left',
  );
  return events.sort((a, b) => a.cycle - b.cycle);
}

/** Whether an electrode that should hold lithium had none at some moment of the cycle. Copper that is stripped bare should not. */
function lithiumGone(cell: Cell, { lowest_lithium_mAh_per_cm2: lowest }: CycleAgeing, cycle: CycleSummary): boolean {
  const passed = Math.max(cycle.charged_mAh_per_cm2, cycle.discharged_mAh_per_cm2);
  const least = LITHIUM_GONE * passed;
  if (lowest.counter <= least) return true;
  return cell.kind === 'Li|Li' && (lowest.working ?? Number.POSITIVE_INFINITY) <= least;
}

function causeOf(
  cycles: readonly CycleSummary[],
  met: Met,
  events: readonly LifeEvent[],
  stop: Stop,
): EndOfLife['cause'] {
  const end = met.cycle;
  const before = events.filter(({ cycle }) => cycle <= end);
  const at = (kind: LifeEvent['kind']): number =>
    before.find((event) => event.kind === kind)?.cycle ?? Number.POSITIVE_INFINITY;
  const lithium = at('lithium-exhausted');
  const dry = at('electrolyte-dry');
  // What happens in one cycle cannot be told apart: then a dry cell has lost its lithium because it was dry.
  if (dry <= lithium && dry < Number.POSITIVE_INFINITY) return 'electrolyte-dry';
  for (const { kind, cycle } of before) {
    if (kind !== 'additive-gone' && kind !== 'coating-worn') continue;
    if (cycle < Math.min(lithium, end) && worseAfter(cycles, cycle, Math.min(lithium, end))) return kind;
  }
  if (lithium < Number.POSITIVE_INFINITY || stop.kind === 'lithium-exhausted') return 'lithium-exhausted';
  if (grown(cycles, end)) return 'resistance';
  return met.criterion === 'capacity' ? 'cathode' : 'none';
}

/** Whether lithium was lost faster, or the polarisation was higher, in the cycles from `cycle` to `end` than before them. */
function worseAfter(cycles: readonly CycleSummary[], cycle: number, end: number): boolean {
  const earlier = cycles.filter((one) => one.cycle < cycle && (one.cycle > 1 || cycle <= 2));
  const later = cycles.filter((one) => one.cycle >= cycle && one.cycle <= end);
  const worse = (value: (one: CycleSummary) => number): boolean =>
    mean(later.map(value)) > WORSE_RATIO * mean(earlier.map(value));
  return worse(lithiumLost) || worse((one) => one.polarisation_mV ?? Number.NaN);
}

function grown(cycles: readonly CycleSummary[], end: number): boolean {
  const known = cycles.filter(({ cycle, polarisation_mV }) => cycle <= end && polarisation_mV !== null);
  const last = known.at(-1)?.polarisation_mV ?? Number.NaN;
  return last > WORSE_RATIO * Math.min(...known.map(({ polarisation_mV }) => polarisation_mV!));
}

/** By both electrodes in one cycle, mAh/cm2. */
function lithiumLost({ ageing }: CycleSummary): number {
  if (ageing === null) return Number.NaN;
  const both = ({ counter, working }: CycleAgeing['dead_lithium_mAh_per_cm2']): number => counter + (working ?? 0);
  return both(ageing.lithium_ions_lost_mAh_per_cm2) + both(ageing.dead_lithium_mAh_per_cm2);
}

function mean(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : Number.NaN;
}

/** N/P and electrolyte per capacity, against the first capacity of the run; null where it had none or they mean nothing. */
function suppliesOf(cell: Cell, first_mAh_per_cm2: number): Pick<EndOfLife, 'n_to_p' | 'electrolyte_mL_per_Ah'> {
  if (!(first_mAh_per_cm2 > 0)) return { n_to_p: null, electrolyte_mL_per_Ah: null };
  const foil_mAh_per_cm2 = mAh_per_cm2_from_C_per_m2(
    areal_charge_C_per_m2_from_thickness(cell.counter.lithiumThickness_m),
  );
  const uL_per_cm2 = uL_from_m3(cell.electrolyteVolume_m3) / cm2_from_m2(cell.area_m2);
  return {
    n_to_p: cell.kind === 'Li|cathode' || cell.kind === 'Cu|cathode' ? foil_mAh_per_cm2 / first_mAh_per_cm2 : null,
    // µL/mAh is mL/Ah.
    electrolyte_mL_per_Ah: uL_per_cm2 / first_mAh_per_cm2,
  };
}

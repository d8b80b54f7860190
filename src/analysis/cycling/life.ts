// How long a cell lasted by a stated criterion. A test that ended before its cell says "more than" and nothing else.

import { requiredEfficiency } from '../../physics/index.ts';
import type { AnalysedCellKind } from '../efficiency.ts';
import type {
  CycleFindings,
  CycleLife,
  HalfCycleFindings,
  ImpliedEfficiency,
  RetentionFindings,
  ShortOnset,
} from './contract.ts';
import { isWhole } from './cycles.ts';
import { sameCurrent } from './polarisation.ts';
import { percentWords } from './words.ts';

export interface LifeCriteria {
  readonly cell: AnalysedCellKind;
  readonly efficiencyThreshold: number;
  readonly consecutiveCycles: number;
  readonly polarisationRatio: number;
  readonly retention: number;
  readonly referenceCycle: number | null;
  readonly shorts: readonly ShortOnset[] | null;
}

/** The life, or the reason why none can be told. */
export function cycleLife(
  cycles: readonly CycleFindings[],
  halves: readonly HalfCycleFindings[],
  criteria: LifeCriteria,
): CycleLife | string {
  const { cell, shorts } = criteria;
  const orShort = shorts === null ? 'or a short (not looked for)' : 'or a short';
  switch (cell) {
    case 'Li|Cu': {
      const threshold = percent(criteria.efficiencyThreshold);
      const criterion = `the first of ${criteria.consecutiveCycles} cycles in a row below a Coulombic efficiency of ${threshold}, ${orShort}`;
      const usable = cycles.filter(
        ({ coulombic_efficiency: ce, flags }) =>
          ce !== null && !flags.some((flag) => ['lithium-left', 'reservoir-test', 'incomplete'].includes(flag)),
      );
      if (usable.length === 0) return 'no cycle has an efficiency of its own';
      const below = ({ coulombic_efficiency: ce }: CycleFindings): boolean => ce! < criteria.efficiencyThreshold;
      const end = firstOfRun(usable, below, criteria.consecutiveCycles);
      return earliest(usable, criterion, end, shortCycle(usable, shorts));
    }
    case 'Li|Li': {
      const criterion = `a polarisation above ${criteria.polarisationRatio} times its lowest so far, ${orShort}`;
      const known = cycles.filter(({ polarisation_V }) => polarisation_V !== null && polarisation_V > 0);
      const usable = sameCurrent(known, halves);
      if (usable.length === 0) return 'no cycle has a polarisation';
      if (usable.length < 0.5 * known.length) return 'the current changes along the test: a polarisation tells no life';
      let lowest_V = Number.POSITIVE_INFINITY;
      const end = usable.find(({ polarisation_V }) => {
        lowest_V = Math.min(lowest_V, polarisation_V!);
        return polarisation_V! > criteria.polarisationRatio * lowest_V;
      });
      return earliest(usable, criterion, end?.cycle ?? null, shortCycle(usable, shorts));
    }
    case 'Li|cathode':
    case 'Cu|cathode': {
      const criterion = `a capacity below ${percent(criteria.retention)} of the reference cycle`;
      const usable = cycles.filter(({ retention, flags }) => retention !== null && isWhole(flags));
      const reference = referenceAmong(usable, criteria.referenceCycle);
      if (reference === undefined) return 'no complete cycle to hold capacities against';
      const end = usable.find(({ cycle, retention }) => cycle > reference.cycle && retention! < criteria.retention);
      return earliest(usable, criterion, end?.cycle ?? null, null);
    }
  }
}

/** The cycle whose capacity is 1: the one named, or the first after formation, whose cycles may happen to give the same. */
function referenceAmong(usable: readonly CycleFindings[], named: number | null): CycleFindings | undefined {
  const full = usable.filter(({ retention }) => retention === 1);
  const isMeant = ({ cycle, flags }: CycleFindings): boolean =>
    named === null ? !flags.includes('formation') : cycle === named;
  return full.find(isMeant) ?? full[0];
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(4))} %`;

/** Number of the first of so many cycles in a row; null where there is no such run. */
function firstOfRun(
  cycles: readonly CycleFindings[],
  met: (cycle: CycleFindings) => boolean,
  length: number,
): number | null {
  let run = 0;
  for (const [k, cycle] of cycles.entries()) {
    run = met(cycle) ? run + 1 : 0;
    if (run === length) return cycles[k - length + 1]!.cycle;
  }
  return null;
}

interface ShortCycle {
  readonly cycle: number;
  /** The short came after the last cycle, which is then `cycle`. */
  readonly isAfter: boolean;
}

/** Cycle of the first short. */
function shortCycle(cycles: readonly CycleFindings[], shorts: readonly ShortOnset[] | null): ShortCycle | null {
  if (shorts === null || shorts.length === 0) return null;
  const onset_s = Math.min(...shorts.map(({ time_s }) => time_s));
  const found = cycles.find(({ end_s }) => end_s >= onset_s);
  return { cycle: (found ?? cycles.at(-1)!).cycle, isAfter: found === undefined };
}

function earliest(
  cycles: readonly CycleFindings[],
  criterion: string,
  worn: number | null,
  short: ShortCycle | null,
): CycleLife {
  const seen = cycles.at(-1)!.cycle - cycles[0]!.cycle + 1;
  const ends = [worn, short?.cycle ?? null].filter((cycle) => cycle !== null);
  if (ends.length === 0) {
    return { criterion, cycle: null, seen, censored: true, words: `> ${seen} cycles (${criterion} was not met)` };
  }
  const cycle = Math.min(...ends);
  const how =
    cycle === worn
      ? `in cycle ${cycle}`
      : short?.isAfter === true
        ? `after cycle ${cycle}, the last of the record, by a short`
        : `in cycle ${cycle}, by a short`;
  return { criterion, cycle, seen, censored: false, words: `ended ${how} (criterion: ${criterion})` };
}

/** Capacity of the last complete cycle over the reference; null without both. */
export function retentionFindings(
  cycles: readonly CycleFindings[],
  referenceCycle: number | null,
): RetentionFindings | null {
  const usable = cycles.filter(({ retention, flags }) => retention !== null && isWhole(flags));
  const reference = referenceAmong(usable, referenceCycle);
  const last = usable.at(-1);
  if (reference === undefined || last === undefined || last.cycle <= reference.cycle) return null;
  return {
    referenceCycle: reference.cycle,
    reference_C: reference.discharged_C,
    lastCycle: last.cycle,
    last: last.retention!,
    perCycle: last.retention! ** (1 / (last.cycle - reference.cycle)),
  };
}

/**
 * Efficiency of lithium that fits the life of a full cell: CE = r^(1/N) without excess lithium, else the solution of
 * N = x/(1 − CE) + ln r/ln CE (Albertus 2018, 10.1038/s41560-017-0047-2). Takes lithium as what ended the cell. Where the end was not
 * met, the last capacity and cycle give a lower bound. A reason instead of an answer where it cannot be told.
 */
export function impliedEfficiency(
  cell: AnalysedCellKind,
  life: CycleLife | null,
  retention: RetentionFindings | null,
  cycles: readonly CycleFindings[],
  { excess, threshold }: { readonly excess: number | null; readonly threshold: number },
): ImpliedEfficiency | string {
  if (cell !== 'Cu|cathode' && cell !== 'Li|cathode')
    return 'only the life of a cell with a cathode implies an efficiency of lithium';
  const x = excess ?? (cell === 'Cu|cathode' ? 0 : null);
  if (x === null) return 'needs the lithium beyond what the cathode takes, over the capacity of the cathode';
  if (retention === null || life === null) return 'needs the capacities of two complete cycles';
  const ended = life.cycle !== null;
  const at = ended ? cycles.find(({ cycle }) => cycle === life.cycle)! : null;
  const share = at === null ? retention.last : at.retention!;
  const count = (at?.cycle ?? retention.lastCycle) - retention.referenceCycle;
  const formula = x === 0 ? 'CE = r^(1/N)' : 'N = x/(1 − CE) + ln r/ln CE';
  const inputs = `r = ${percent(share)} after N = ${count} cycles from cycle ${retention.referenceCycle}, x = ${x}`;
  if (share >= 1) return `capacity has not fallen yet (${inputs}), so any efficiency above the excess would do`;
  const efficiency = requiredEfficiency(x, count, share);
  const bound = !ended;
  const meaning = ended
    ? `if lithium alone ended the cell at ${percent(threshold)}`
    : 'at least, as far as the test went: what faded may have been something else';
  const next = requiredEfficiency(x, count + 1, share);
  return {
    coulombic_efficiency: efficiency,
    resolution: efficiency === null || next === null ? null : next - efficiency,
    retention: share,
    cycles: count,
    excess: x,
    formula,
    bound,
    words:
      efficiency === null
        ? `the excess of lithium alone outlasts ${count} cycles, whatever the efficiency (${formula}; ${inputs})`
        : `${percentWords(efficiency, 1e-4)}, ${meaning} (${formula}; ${inputs})`,
  };
}

// Critical current density from a staircase of currents: the current at which a short is first seen, and the one from which the cell does
// not come back (Sharafi 2016, 10.1016/j.jpowsour.2015.10.053; the second as proposed by Menkin 2024, 10.1039/D3FD00101F).

import type {
  CriticalCurrent,
  CriticalCurrentFindings,
  CurrentStep,
  HalfCycleFindings,
  ShortOnset,
} from './contract.ts';
import { medianOf } from './summary-statistics.ts';

/** Currents within this fraction are one level. */
const LEVEL_WITHIN = 0.02;
/** Fewest rising levels that make a staircase, and how far its last is above its first. */
const LEVELS_MIN = 3;
const RANGE_MIN = 1.5;
/** Times or charges of half-cycles within this fraction are fixed by the protocol. */
const FIXED_WITHIN = 0.05;

/** A staircase with what shorts say of it, or the reason why there is none. `shorts` null: nobody looked. */
export function criticalCurrentFindings(
  halves: readonly HalfCycleFindings[],
  area_m2: number | null,
  shorts: readonly ShortOnset[] | null,
): CriticalCurrentFindings | string {
  const run = staircaseOf(halves);
  if (run === null) return `no staircase: ${LEVELS_MIN} or more rising currents one after the other were not found`;
  if (shorts === null) return 'a staircase of currents, but nobody has looked for shorts in it yet';
  const areal = (current_A: number): number | null => (area_m2 === null ? null : current_A / area_m2);
  const staircase = run.map((level) => stepOf(level, areal));
  const top = staircase.at(-1)!;
  const onset = ({ time_s }: ShortOnset): CriticalCurrent => {
    // A short that shows at rest was made by the current before it.
    const place = Math.max(0, staircase.filter(({ start_s }) => start_s <= time_s).length - 1);
    const below = place > 0 ? staircase[place - 1]! : null;
    const { current_A } = staircase[place]!;
    return {
      current_A,
      j_A_per_m2: areal(current_A),
      below_A: below?.current_A ?? null,
      below_A_per_m2: below === null ? null : areal(below.current_A),
      onset_s: time_s,
    };
  };
  const inside = [...shorts]
    .filter(({ time_s }) => time_s >= staircase[0]!.start_s)
    .sort((a, b) => a.time_s - b.time_s);
  const first = inside[0];
  // Not known to heal counts only where the short is hard.
  const lasting = inside.find(
    ({ kind, reversible }) => reversible === false || (kind === 'hard' && reversible === null),
  );
  const members = run.flat();
  const fixed = fixedOf(members);
  const unidirectional = members.every(({ sign }) => sign === members[0]!.sign);
  return {
    staircase,
    fixed,
    unidirectional,
    words: wordsOf(staircase, members, fixed, unidirectional),
    firstShort: first === undefined ? null : onset(first),
    firstIrreversible: lasting === undefined ? null : onset(lasting),
    highest_A: top.current_A,
    highest_A_per_m2: areal(top.current_A),
    censored: first === undefined,
  };
}

/** The longest run of levels that rise, each with its half-cycles; null below `LEVELS_MIN`. */
function staircaseOf(halves: readonly HalfCycleFindings[]): HalfCycleFindings[][] | null {
  const levels: HalfCycleFindings[][] = [];
  for (const half of halves) {
    if (!half.constantCurrent) continue;
    const level = levels.at(-1);
    const near =
      level !== undefined && Math.abs(half.current_A - level[0]!.current_A) <= LEVEL_WITHIN * level[0]!.current_A;
    if (near) level.push(half);
    else levels.push([half]);
  }
  let best: HalfCycleFindings[][] = [];
  let run: HalfCycleFindings[][] = [];
  for (const level of levels) {
    if (run.length > 0 && level[0]!.current_A <= run.at(-1)![0]!.current_A) run = [];
    run = [...run, level];
    if (run.length > best.length) best = run;
  }
  const rises = best.length >= LEVELS_MIN && best.at(-1)![0]!.current_A >= RANGE_MIN * best[0]![0]!.current_A;
  return rises ? best : null;
}

function stepOf(level: readonly HalfCycleFindings[], areal: (current_A: number) => number | null): CurrentStep {
  const current_A = medianOf(level.map((half) => half.current_A));
  const voltage_V = medianOf(level.map(({ voltage }) => Math.abs(voltage.mid_capacity_V)));
  return {
    current_A,
    j_A_per_m2: areal(current_A),
    halfCycles: level.length,
    start_s: level[0]!.start_s,
    end_s: level.at(-1)!.end_s,
    halfCycle_s: medianOf(level.map(({ duration_s }) => duration_s)),
    halfCycle_C: medianOf(level.map(({ charge_C }) => charge_C)),
    voltage_V,
    resistance_ohm: voltage_V / current_A,
  };
}

function fixedOf(members: readonly HalfCycleFindings[]): CriticalCurrentFindings['fixed'] {
  const steady = (of: (half: HalfCycleFindings) => number): boolean => {
    const values = members.map(of);
    const median = medianOf(values);
    const near = values.filter((value) => Math.abs(value - median) <= FIXED_WITHIN * median);
    return near.length >= 0.8 * values.length;
  };
  if (steady(({ duration_s }) => duration_s)) return 'time';
  return steady(({ charge_C }) => charge_C) ? 'charge' : 'neither';
}

const milli = (value: number): string => `${Number((1e3 * value).toPrecision(3))}`;

function wordsOf(
  staircase: readonly CurrentStep[],
  members: readonly HalfCycleFindings[],
  fixed: CriticalCurrentFindings['fixed'],
  unidirectional: boolean,
): string {
  const [first, last] = [staircase[0]!, staircase.at(-1)!];
  const level = ({ current_A, j_A_per_m2 }: CurrentStep): string =>
    j_A_per_m2 === null ? `${milli(current_A)} mA` : `${Number((0.1 * j_A_per_m2).toPrecision(3))} mA/cm²`;
  const hours = Number((medianOf(members.map(({ duration_s }) => duration_s)) / 3600).toPrecision(3));
  const charge = Number((medianOf(members.map(({ charge_C }) => charge_C)) / 3.6).toPrecision(3));
  const each =
    fixed === 'time'
      ? `${hours} h for each half-cycle`
      : fixed === 'charge'
        ? `${charge} mAh for each half-cycle`
        : 'neither time nor charge of the half-cycles fixed';
  const way = unidirectional ? 'one direction only' : 'both directions';
  return `${staircase.length} currents from ${level(first)} to ${level(last)}, ${each}, ${way}`;
}

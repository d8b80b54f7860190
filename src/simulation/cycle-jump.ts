// Hundreds of cycles that hardly differ need not all be computed: what one cycle changes in the state, the next ones change too.
// A jump adds that change several times over. All balances are sums over the state, so a jump keeps them as a cycle does. How
// far it goes is set by whatever would change most: near the end of a resource, cycles are computed one by one again.

import type { CellState, CycleSummary } from './contract.ts';

/** Longest jump, cycles. */
const JUMP_MAX = 100;
/** A jump may be so many times as long as the one before. */
const JUMP_GROWTH = 4;
/** Over a jump the lithium lost in a cycle may change by this share of itself. */
const DRIFT_MAX = 0.2;
/** A number that must not change may change by this share of its start. */
const NOISE_RELATIVE = 1e-9;

/** How far a jump may move a number: a share of itself, and of its start or (in its own unit) of 1. */
interface Reach {
  readonly ofItself: number;
  readonly ofStart?: number;
  readonly absolute?: number;
}

const REACH: Readonly<Record<string, Reach>> = {
  lithium_mol_per_m2: { ofItself: 0.2, absolute: 1e-3 },
  layerThickness_m: { ofItself: 0.15 },
  deadLayer_m: { ofItself: 0.3, absolute: 5e-6 },
  areaRatio: { ofItself: 0.15 },
  baseAreaRatio: { ofItself: 0.15 },
  depositSize_m: { ofItself: 0.15 },
  coatingIntact: { ofItself: 0.1, absolute: 0.01 },
  coatingLeft: { ofItself: 0.1, absolute: 0.01 },
  shellsIntact: { ofItself: 0.1, absolute: 0.01 },
  wettedFraction: { ofItself: 0.03 },
  poreSalt_mol_per_m2: { ofItself: 0.15 },
  reserveSalt_mol_per_m2: { ofItself: 0.2, ofStart: 0.02 },
  electrolyte_m: { ofItself: 0.15 },
  additive_mol_per_m2: { ofItself: 0.15, ofStart: 0.03 },
  additiveReserve_mol_per_m2: { ofItself: 0.5, ofStart: 0.02 },
  passivation_s: { ofItself: 1, absolute: 3600 },
  // Without it what a cycle leaves in the cathode would go missing.
  cathodeStoichiometry: { ofItself: 0, absolute: 0.01 },
};
/** Numbers that a cycle ends with as it began, or that are no amounts. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['temperature_K', 'direction']);
/** Shares that are part of no balance: a jump stops them at nothing instead of ending before it. */
const SHARES: ReadonlySet<string> = new Set(['coatingIntact', 'coatingLeft', 'shellsIntact']);
/** What must be over before anything repeats. */
const MUST_REST: ReadonlySet<string> = new Set(['firstFilm_C_per_m2']);
/** Lithium that is lost: whether cycles have settled. */
const TELLING: ReadonlySet<string> = new Set(['interphaseLithiumFromMetal_mol_per_m2', 'deadLithium_mol_per_m2']);

/** One number of the state. */
interface Slot {
  readonly holder: Record<string | number, unknown>;
  readonly key: string | number;
  readonly name: string;
  readonly start: number;
}

/** Every number of the state that a cycle may change, with its name. Profiles and lags are transients, and stay. */
function slotsOf(state: CellState): Slot[] {
  const slots: Slot[] = [];
  const walk = (holder: object): void => {
    for (const [key, value] of Object.entries(holder)) {
      if (LEFT_ALONE.has(key) || key === 'profiles' || key === 'lags') continue;
      // A cell without a cathode has no stoichiometry of one.
      if (Number.isNaN(value)) continue;
      if (typeof value === 'number') slots.push({ holder: holder as Slot['holder'], key, name: key, start: value });
      else if (value instanceof Float64Array) {
        const array = value as unknown as Slot['holder'];
        for (const [index, start] of value.entries()) slots.push({ holder: array, key: index, name: key, start });
      } else if (typeof value === 'object' && value !== null) walk(value);
    }
  };
  walk(state);
  return slots;
}

export interface CycleJumper {
  /** A cycle has been computed to its end. Moves the state on by as many cycles as may be jumped, at most `cycles_max`. */
  after(cycles_max: number): number;
}

/** Watches a state, which is changed in place, from its start. */
export function createCycleJumper(state: CellState): CycleJumper {
  const slots = slotsOf(state);
  const before = Float64Array.from(slots, ({ start }) => start);
  const change = new Float64Array(slots.length);
  const previous = new Float64Array(slots.length).fill(Number.NaN);
  let longest = 1;
  /** Cycles from the one that `previous` tells of to the present one. */
  let apart = 1;

  /** Cycles that the pace of losing lithium lets jump; 0 while it has not settled. */
  const settledFor = (): number => {
    let lost = 0;
    let drift = 0;
    for (const [k, { name, start }] of slots.entries()) {
      if (MUST_REST.has(name) && Math.abs(change[k]!) > NOISE_RELATIVE * Math.abs(start)) return 0;
      if (!TELLING.has(name)) continue;
      lost += Math.abs(change[k]!);
      drift += Math.abs(change[k]! - previous[k]!);
    }
    // NaN before a second cycle.
    if (!(drift <= DRIFT_MAX * lost)) return 0;
    return drift === 0 ? Number.POSITIVE_INFINITY : Math.floor((DRIFT_MAX * lost * apart) / drift);
  };

  const furthest = (): number => {
    let jump = Number.POSITIVE_INFINITY;
    for (const [k, { name, start }] of slots.entries()) {
      const reach = REACH[name];
      const moved = Math.abs(change[k]!);
      if (reach === undefined || moved === 0) continue;
      const { ofItself, ofStart = 0, absolute = 0 } = reach;
      const room = Math.max(ofItself * Math.abs(before[k]!), ofStart * Math.abs(start), absolute);
      // A stock is never jumped below nothing.
      const isBounded = change[k]! < 0 && start >= 0 && !SHARES.has(name);
      const left = isBounded ? before[k]! / moved : Number.POSITIVE_INFINITY;
      jump = Math.min(jump, room / moved, left);
    }
    return Math.floor(jump);
  };

  return {
    after(cycles_max) {
      for (const [k, { holder, key }] of slots.entries()) {
        const now = holder[key] as number;
        change[k] = now - before[k]!;
        before[k] = now;
      }
      const jump = Math.max(0, Math.min(settledFor(), furthest(), JUMP_GROWTH * longest, JUMP_MAX, cycles_max));
      for (const [k, { holder, key, name }] of slots.entries()) {
        if (jump > 0) {
          const moved = before[k]! + jump * change[k]!;
          before[k] = SHARES.has(name) ? Math.max(0, moved) : moved;
          holder[key] = before[k]!;
        }
        previous[k] = change[k]!;
      }
      longest = Math.max(1, jump);
      apart = jump + 1;
      return jump;
    },
  };
}

/** What the cycles between two computed ones read, each number on the straight line between theirs. */
export function cyclesBetween(first: CycleSummary, last: CycleSummary): CycleSummary[] {
  const count = last.cycle - first.cycle;
  return Array.from({ length: count - 1 }, (_, k) => ({
    ...between(first, last, (k + 1) / count),
    cycle: first.cycle + k + 1,
  }));
}

function between<Summary extends object>(first: Summary, last: Summary, share: number): Summary {
  const made = { ...first } as Record<string, unknown>;
  const end = last as Record<string, unknown>;
  for (const key in made) {
    const value = made[key];
    const other = end[key];
    // Where only one of the two has a value, the cycles between have none.
    if (other === null) made[key] = null;
    else if (typeof value === 'number') made[key] = typeof other === 'number' ? value + share * (other - value) : value;
    else if (typeof value === 'object' && value !== null && typeof other === 'object' && other !== null) {
      made[key] = between(value, other, share);
    }
  }
  return made as Summary;
}

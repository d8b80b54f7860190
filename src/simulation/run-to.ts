// The state of a cell at a place of its run: where a spectrum is taken.

import type { Cell, Protocol } from '../cells/index.ts';
import { InputError, LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../units/index.ts';
import type { CellState, SimulateOptions, Stop } from './contract.ts';
import { initialState } from './inventory.ts';
import { protocolUntil } from './protocol-cycles.ts';
import { simulate } from './simulate.ts';

/** A moment of a run. */
export type RunPlace =
  /** Before anything was done. */
  | { readonly kind: 'start' }
  /** At the end of a cycle, or of one of its steps; both count from 1. */
  | { readonly kind: 'cycle'; readonly cycle: number; readonly step?: number }
  | { readonly kind: 'time'; readonly time_s: number };

export interface PlaceReached {
  readonly state: CellState;
  /** The run ended before the place; null where it got there. The state is then that of its end. */
  readonly endedBefore: Stop | null;
}

/** As `simulate` takes them; the fast model unless told. */
export type RunToOptions = Pick<SimulateOptions, 'model' | 'stop' | 'onProgress' | 'relativeTolerance'>;

/**
 * Takes a fresh cell through its protocol to `place`. A protocol that is too short for a cycle is prolonged as by `simulate`.
 *
 * @throws InputError where the protocol has no such step, or is over before the time.
 */
export function runTo(
  cell: Cell,
  protocol: Protocol | null,
  place: RunPlace,
  options: RunToOptions = {},
): PlaceReached {
  if (place.kind === 'start') {
    return { state: initialState(cell, LITHIUM_MOLAR_VOLUME_m3_per_mol), endedBefore: null };
  }
  const refuse = (found: string, wanted: string): never => {
    throw new InputError([{ where: 'place', found, wanted }]);
  };
  const own = protocol ?? refuse('a cell without a protocol', 'a protocol that leads to the place');
  const run = (asked: Protocol) => simulate(cell, asked, { model: 'fast', ...options, detail: 'ends', meansIn: [] });
  if (place.kind === 'time') {
    if (!(place.time_s >= 0)) refuse(`${place.time_s} s`, 'a time from the start of the run');
    if (place.time_s === 0) return runTo(cell, protocol, { kind: 'start' });
    const { state, stop } = run({ ...own, stop: [...(own.stop ?? []), { kind: 'time', time_s: place.time_s }] });
    const arrived = state.time_s >= place.time_s * (1 - TIME_ROUNDING);
    if (!arrived && stop.kind === 'completed')
      refuse(`${place.time_s} s`, `a time before the protocol is over, ${state.time_s} s`);
    return { state, endedBefore: arrived ? null : stop };
  }
  const { cycle, step } = place;
  if (!Number.isSafeInteger(cycle) || cycle < 1) refuse(`cycle ${cycle}`, 'a whole number of cycles, 1 or more');
  if (step !== undefined && (!Number.isSafeInteger(step) || step < 1)) refuse(`step ${step}`, 'a step from 1');
  const until =
    protocolUntil(own, cycle, step ?? null) ?? refuse(`step ${step} of cycle ${cycle}`, 'a step that the cycle has');
  const { state, stop } = run(until);
  return { state, endedBefore: stop.kind === 'completed' ? null : stop };
}

/** A time is met within this share of it. */
const TIME_ROUNDING = 1e-9;

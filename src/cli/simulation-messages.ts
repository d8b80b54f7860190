// What the shell and its simulation thread say to each other: plain data only.

import type { Cell, Protocol } from '../cells/index.ts';
import type { BandsOptions, BandsResult } from '../design/index.ts';
import type { SimulateOptions, SimulationResult } from '../simulation/index.ts';
import type { Issue } from '../units/index.ts';

/** The options of `simulate` that are data; stopping and progress travel as messages. */
export type PlainOptions = Omit<SimulateOptions, 'stop' | 'onProgress'>;

/** What is asked of the bands; the cycles are those of the run. */
export type PlainBandsOptions = Pick<BandsOptions, 'samples' | 'seed'>;

/** A run, with its bands where they were asked for. */
export interface Simulated {
  readonly result: SimulationResult;
  readonly bands: BandsResult | null;
}

export interface ToWorker {
  readonly cell: Cell;
  readonly protocol: Protocol;
  readonly options: PlainOptions;
  readonly bands: PlainBandsOptions | null;
  /** Four bytes; the work stops at its next step once they are not zero. */
  readonly stopFlag: SharedArrayBuffer;
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly fraction: number; readonly cycle: number }
  | ({ readonly kind: 'result' } & Simulated)
  | { readonly kind: 'bad-input'; readonly issues: readonly Issue[] };

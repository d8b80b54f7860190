// What the shell and its simulation thread say to each other: plain data only.

import type { Cell, Protocol } from '../cells/index.ts';
import type { SimulateOptions, SimulationResult } from '../simulation/index.ts';
import type { Issue } from '../units/index.ts';

/** The options of `simulate` that are data; stopping and progress travel as messages. */
export type PlainOptions = Omit<SimulateOptions, 'stop' | 'onProgress'>;

export interface ToWorker {
  readonly cell: Cell;
  readonly protocol: Protocol;
  readonly options: PlainOptions;
  /** Four bytes; the run stops at its next step once they are not zero. */
  readonly stopFlag: SharedArrayBuffer;
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly fraction: number; readonly cycle: number }
  | { readonly kind: 'result'; readonly result: SimulationResult }
  | { readonly kind: 'bad-input'; readonly issues: readonly Issue[] };

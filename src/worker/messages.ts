// What a page and its engine say to each other: plain data only, so that the same request serves a worker, a server and a
// call in the same thread.

import type { BandsOptions, BandsResult } from '../design/index.ts';
import type { SimulateOptions, SimulationResult } from '../simulation/index.ts';
import type { Issue } from '../units/index.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';

/** The options of `simulate` that are data; stopping and progress are the caller's `Live`. */
export type RunOptions = Omit<SimulateOptions, 'stop' | 'onProgress'>;

export interface RunRequest {
  /** The id of a built-in cell, or a cell file as parsed from JSON. */
  readonly cell: string | object;
  /** Instead of the cell's own protocol: text, a list of steps, or data, as a cell file writes it. */
  readonly protocol?: string | object;
  readonly options?: RunOptions;
  /** Asks for bands over the ranges of uncertain values, computed after the run; their cycles are those of the run. */
  readonly bands?: Pick<BandsOptions, 'samples' | 'seed'>;
}

/** The result of a run, with bands where the request asks for them. */
export type RunResult = SimulationResult & { readonly bands?: BandsResult };

/** The caller's side of a running request. */
export interface Live {
  /** Read about every 20 ms; an AbortSignal fits. */
  readonly stop?: { readonly aborted: boolean };
  /** Fraction of the work done, 0 to 1, and the cycle being run, from 1; 0 while bands are computed. */
  onProgress?(fraction: number, cycle: number): void;
}

/** One contract wherever the engine runs. */
export interface Engine {
  /**
   * Simulates. Rejects with InputError for a cell or protocol that is none. Mathematics that fails and a run that was
   * stopped are results, with the record so far; see `createEngine` for the one case in which a stopped run has none.
   */
  run(request: RunRequest, live?: Live): Promise<RunResult>;
  /** Any other question of the table in `tasks.ts`, by its name; rejects with InputError for an input that does not fit it. */
  ask<N extends TaskName>(name: N, input: TaskInput<N>, live?: Live): Promise<TaskOutput<N>>;
}

export interface ToEngine {
  readonly task: TaskName;
  /** What the task takes; it is plain data, checked by the task itself. */
  readonly input: unknown;
  /** Four bytes that stop the work once they are not zero; null where memory cannot be shared. */
  readonly stopFlag: SharedArrayBuffer | null;
}

export type FromEngine =
  /** Said once, when the worker has begun: it holds this lock as long as it lives. */
  | { readonly kind: 'alive'; readonly lock: string }
  /** The question was received; a worker that is lost never says so. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'progress'; readonly fraction: number; readonly cycle: number }
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'bad-input'; readonly issues: readonly Issue[] }
  | { readonly kind: 'failed'; readonly message: string };

// Several threads that work through one list of tasks. Which thread does which task, and in what order they end, is left to
// chance; an answer belongs to its task alone, so that the results are the same for any number of threads.

import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Issue } from '../units/index.ts';

/** What the shell tells a thread when it starts: four bytes that are not zero once the work shall stop. */
export interface ThreadData {
  readonly stopFlag: SharedArrayBuffer;
}

export interface ToThread<Task> {
  readonly index: number;
  readonly task: Task;
}

export type FromThread<Answer> =
  | { readonly kind: 'progress'; readonly index: number; readonly fraction: number; readonly runs: number }
  | { readonly kind: 'answer'; readonly index: number; readonly answer: Answer }
  | { readonly kind: 'bad-input'; readonly index: number; readonly issues: readonly Issue[] }
  | { readonly kind: 'fault'; readonly index: number; readonly message: string };

/** What became of one task. `not-begun`: the work was stopped before its turn. */
export type Outcome<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'bad-input'; readonly issues: readonly Issue[] }
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'not-begun' };

export interface Pool<Task, Answer> {
  /**
   * Hands the tasks out in their order and gives an outcome for each, in the same order. A task that fails, or whose thread
   * dies, is a `fault` of its own; the others go on. Never rejects. Once per pool. `onProgress` hears of tasks under way, where they tell.
   */
  readonly run: (
    tasks: readonly Task[],
    onOutcome: (index: number, outcome: Outcome<Answer>) => void,
    onProgress?: (index: number, fraction: number, runs: number) => void,
  ) => Promise<readonly Outcome<Answer>[]>;
  /** Begin no further task, and ask those under way to end early. */
  readonly stop: () => void;
  /** Free the threads, whatever they do. */
  readonly close: () => void;
}

/** Start `threads` threads of the module at `url`, which calls `serveTasks`. They load while the caller makes its tasks. */
export function openPool<Task, Answer>(url: URL, threads: number): Pool<Task, Answer> {
  const stopFlag = new SharedArrayBuffer(4);
  const workerData: ThreadData = { stopFlag };
  const workers = Array.from({ length: threads }, () => new Worker(url, { workerData }));
  // A thread can end before `run` listens to it; why is kept for then.
  const endings = new Map<Worker, string>();
  let onEnd: ((worker: Worker) => void) | null = null;
  for (const worker of workers) {
    const ended = (reason: string): void => {
      if (!endings.has(worker)) endings.set(worker, reason);
      onEnd?.(worker);
    };
    worker.on('error', (error: unknown) => ended(endingOf(error)));
    worker.on('messageerror', (error: unknown) => ended(endingOf(error)));
    worker.on('exit', (code) => ended(`its thread ended with code ${code}`));
  }
  let stopped = false;

  return {
    run: (tasks, onOutcome, onProgress) =>
      new Promise((resolve) => {
        const outcomes: Outcome<Answer>[] = tasks.map(() => ({ kind: 'not-begun' }));
        const busy = new Map<Worker, number>();
        let next = 0;
        const settle = (index: number, outcome: Outcome<Answer>): void => {
          outcomes[index] = outcome;
          onOutcome(index, outcome);
        };
        const advance = (worker: Worker): void => {
          if (!stopped && next < tasks.length && !endings.has(worker)) {
            const index = next++;
            busy.set(worker, index);
            const message: ToThread<Task> = { index, task: tasks[index]! };
            worker.postMessage(message);
          }
          if (busy.size > 0) return;
          // Nobody is left to do what is left.
          if (!stopped && workers.every((one) => endings.has(one))) {
            const message = endings.get(worker)!;
            while (next < tasks.length) settle(next++, { kind: 'fault', message });
          }
          if (stopped || next >= tasks.length) resolve(outcomes);
        };
        onEnd = (worker) => {
          const index = busy.get(worker);
          if (index !== undefined) {
            busy.delete(worker);
            settle(index, { kind: 'fault', message: endings.get(worker)! });
          }
          advance(worker);
        };
        for (const worker of workers) {
          worker.on('message', ({ index, ...outcome }: FromThread<Answer>) => {
            if (outcome.kind === 'progress') {
              onProgress?.(index, outcome.fraction, outcome.runs);
              return;
            }
            busy.delete(worker);
            settle(index, outcome as Outcome<Answer>);
            advance(worker);
          });
        }
        for (const worker of workers) advance(worker);
      }),
    stop: () => {
      stopped = true;
      Atomics.store(new Int32Array(stopFlag), 0, 1);
    },
    close: () => {
      for (const worker of workers) void worker.terminate();
    },
  };
}

function endingOf(error: unknown): string {
  if ((error as NodeJS.ErrnoException)?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return 'its thread needs more memory than it may have';
  }
  return `its thread failed: ${error instanceof Error ? error.message : inspect(error)}`;
}

// The other end of a pool: a thread that answers one task after another.

import { inspect } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from '../units/index.ts';
import type { FromThread, ThreadData, ToThread } from './worker-pool.ts';

/** What a task under way hears and may say. */
export interface TaskLive {
  /** `aborted` turns true when the task shall end early. */
  readonly stop: { readonly aborted: boolean };
  /** How far the task is, from 0 to 1, and how many runs it has made. */
  readonly report: (fraction: number, runs: number) => void;
}

/** At most one message on progress in this time. */
const REPORT_EVERY_ms = 100;

/** Answers tasks until the pool is closed. */
export function serveTasks<Task, Answer>(answer: (task: Task, live: TaskLive) => Answer | Promise<Answer>): void {
  const port = parentPort!;
  const flag = new Int32Array((workerData as ThreadData).stopFlag);
  const stop = {
    get aborted() {
      return Atomics.load(flag, 0) !== 0;
    },
  };
  const reporter = (index: number): TaskLive['report'] => {
    let last_ms = Number.NEGATIVE_INFINITY;
    return (fraction, runs) => {
      if (performance.now() - last_ms < REPORT_EVERY_ms) return;
      last_ms = performance.now();
      const message: FromThread<Answer> = { kind: 'progress', index, fraction, runs };
      port.postMessage(message);
    };
  };
  const outcomeOf = async ({ index, task }: ToThread<Task>): Promise<FromThread<Answer>> => {
    try {
      return { kind: 'answer', index, answer: await answer(task, { stop, report: reporter(index) }) };
    } catch (error) {
      if (error instanceof InputError) return { kind: 'bad-input', index, issues: error.issues };
      return {
        kind: 'fault',
        index,
        message: error instanceof Error ? (error.stack ?? error.message) : inspect(error),
      };
    }
  };
  port.on('message', async (message: ToThread<Task>) => port.postMessage(await outcomeOf(message)));
}

// The other end of a pool: a thread that answers one task after another.

import { inspect } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from '../units/index.ts';
import type { FromThread, ThreadData, ToThread } from './worker-pool.ts';

/** Answers tasks until the pool is closed. `stop.aborted` turns true when a task under way shall end early. */
export function serveTasks<Task, Answer>(
  answer: (task: Task, stop: { readonly aborted: boolean }) => Answer | Promise<Answer>,
): void {
  const port = parentPort!;
  const flag = new Int32Array((workerData as ThreadData).stopFlag);
  const stop = {
    get aborted() {
      return Atomics.load(flag, 0) !== 0;
    },
  };
  const outcomeOf = async ({ index, task }: ToThread<Task>): Promise<FromThread<Answer>> => {
    try {
      return { kind: 'answer', index, answer: await answer(task, stop) };
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

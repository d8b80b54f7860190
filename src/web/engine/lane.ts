// A lane is one worker on which the newest question of a name wins: what a slider asked a moment ago is not computed to the end
// when the slider has moved on. Lanes run beside each other, so bands and files never hold up the curve under the hand.

import {
  createEngine,
  type EngineWorker,
  type Live,
  RunCancelled,
  type TaskInput,
  type TaskName,
  type TaskOutput,
} from '../../worker/index.ts';

/** Asked and then asked anew before its turn came or its work was done. */
export class Superseded extends Error {
  constructor() {
    super('a newer question took its place');
    this.name = 'Superseded';
  }
}

/** Whether an error says that the worker went away under a question. */
export const isLost = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith("the engine's worker ended");

/** A stale question that is nearly done is let finish; ending a worker costs more than this. */
const GRACE_ms = 150;

interface Question {
  readonly start: () => Promise<unknown>;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

export interface Lane {
  /**
   * Asks, in place of every earlier question of this name that is not yet answered; those reject with `Superseded`. Questions of other
   * names are answered in their turn.
   */
  ask<N extends TaskName>(name: N, input: TaskInput<N>, onProgress?: Live['onProgress']): Promise<TaskOutput<N>>;
  /** Asks after all others, none of which is given up: for what must not be lost, such as a file. */
  queue<N extends TaskName>(name: N, input: TaskInput<N>, live?: Live): Promise<TaskOutput<N>>;
  /** Gives up what was asked by this name: nobody waits for it any more. */
  drop(name: TaskName): void;
}

interface Running {
  readonly name: TaskName;
  readonly abort: AbortController;
  readonly reject: (error: unknown) => void;
}

export function createLane(startWorker: () => EngineWorker): Lane {
  const engine = createEngine(startWorker);
  let running: Running | null = null;
  /** In the order in which they were asked. */
  const waiting = new Map<TaskName, Question>();
  /** A lost worker is replaced and asked once more: its questions are as good as before, unless they are what it was lost by. */
  const twice = async <N extends TaskName>(name: N, input: TaskInput<N>, live?: Live): Promise<TaskOutput<N>> => {
    try {
      return await engine.ask(name, input, live);
    } catch (error) {
      if (!isLost(error) || live?.stop?.aborted === true) throw error;
      return await engine.ask(name, input, live);
    }
  };
  const next = (): void => {
    running = null;
    const [first] = waiting;
    if (first === undefined) return;
    waiting.delete(first[0]);
    run(first[1]);
  };
  const run = ({ start, resolve, reject }: Question): void => {
    start().then(
      (answer) => {
        resolve(answer as never);
        next();
      },
      (error: unknown) => {
        reject(error);
        next();
      },
    );
  };
  /** What waits or runs by a name, no longer wanted. */
  const giveUp = (name: TaskName, why: Error): void => {
    waiting.get(name)?.reject(why);
    waiting.delete(name);
    const stale = running;
    if (stale === null || stale.name !== name) return;
    // Done within its grace it is still the newest answer that there is; a hand that moves on without rest would see none otherwise.
    setTimeout(() => {
      stale.abort.abort();
      stale.reject(why);
    }, GRACE_ms);
  };
  return {
    ask: (name, input, onProgress) =>
      new Promise((resolve, reject) => {
        const abort = new AbortController();
        const question: Question = {
          start: () => {
            running = { name, abort, reject };
            return twice(name, input, { stop: abort.signal, ...(onProgress === undefined ? {} : { onProgress }) });
          },
          resolve: resolve as (answer: never) => void,
          reject,
        };
        giveUp(name, new Superseded());
        if (running === null) run(question);
        else waiting.set(name, question);
      }),
    queue: (name, input, live) => twice(name, input, live),
    drop: (name) => giveUp(name, new RunCancelled(0, 0)),
  };
}

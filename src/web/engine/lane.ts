// A lane is one worker on which the newest question of a kind wins: what a slider asked a moment ago is not computed to the end
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

/** A stale question that is nearly done is let finish; ending a worker costs more than this. */
const GRACE_ms = 150;

interface Question {
  readonly start: () => Promise<unknown>;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

export interface Lane {
  /** Asks, in place of every earlier question of this lane that is not yet answered; those reject with `Superseded`. */
  ask<N extends TaskName>(name: N, input: TaskInput<N>, onProgress?: Live['onProgress']): Promise<TaskOutput<N>>;
  /** Asks after all others, none of which is given up: for what must not be lost, such as a file. */
  queue<N extends TaskName>(name: N, input: TaskInput<N>, live?: Live): Promise<TaskOutput<N>>;
  /** Gives up what is being computed. */
  cancel(): void;
}

export function createLane(startWorker: () => EngineWorker): Lane {
  const engine = createEngine(startWorker);
  let running: { readonly abort: AbortController; readonly reject: (error: unknown) => void } | null = null;
  let waiting: Question | null = null;
  const next = (): void => {
    running = null;
    const question = waiting;
    waiting = null;
    if (question !== null) run(question);
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
  const giveUp = (): void => {
    const stale = running;
    if (stale === null) return;
    setTimeout(() => stale.abort.abort(), GRACE_ms);
    stale.reject(new Superseded());
  };
  return {
    ask: (name, input, onProgress) =>
      new Promise((resolve, reject) => {
        const abort = new AbortController();
        const question: Question = {
          start: () => {
            running = { abort, reject };
            return engine.ask(name, input, { stop: abort.signal, ...(onProgress === undefined ? {} : { onProgress }) });
          },
          resolve: resolve as (answer: never) => void,
          reject,
        };
        waiting?.reject(new Superseded());
        waiting = null;
        if (running === null) {
          run(question);
          return;
        }
        waiting = question;
        giveUp();
      }),
    queue: (name, input, live) => engine.ask(name, input, live),
    cancel() {
      waiting?.reject(new RunCancelled(0, 0));
      waiting = null;
      running?.abort.abort();
    },
  };
}

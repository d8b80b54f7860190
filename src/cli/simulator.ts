// A simulation in its own thread, as the commands see it: a promise, a progress callback, and a way to stop.

import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Cell, Protocol } from '../cells/index.ts';
import { InputError } from '../units/index.ts';
import type { FromWorker, PlainBandsOptions, PlainOptions, Simulated, ToWorker } from './simulation-messages.ts';
import { ShellFailure } from './terminal.ts';

export interface Simulator {
  /**
   * Once per simulator; `bands` null computes none. Rejects with InputError for a protocol that the cell cannot follow, and for
   * impossible bands before anything runs. Progress of the bands has cycle 0.
   */
  readonly run: (
    cell: Cell,
    protocol: Protocol,
    options: PlainOptions,
    bands: PlainBandsOptions | null,
    onProgress: (fraction: number, cycle: number) => void,
  ) => Promise<Simulated>;
  /** Ask the work to end after its present step; its promise then gives the result so far. */
  readonly stop: () => void;
  /** Free the thread, whatever it does. */
  readonly close: () => void;
}

/** Start the thread at `workerUrl`; it loads the engine while the caller reads its input. */
export function openSimulator(workerUrl: URL): Simulator {
  const worker = new Worker(workerUrl);
  // A thread that ends before `run` is called has nobody to tell yet; `run` asks for it.
  let fail: ((error: unknown) => void) | null = null;
  let fault: { readonly error: unknown } | null = null;
  const died = (error: unknown): void => {
    fault ??= { error };
    fail?.(fault.error);
  };
  worker.on('error', (error: unknown) => {
    const outOfMemory = (error as NodeJS.ErrnoException)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
    if (outOfMemory) died(new ShellFailure('the simulation needs more memory than it may have'));
    // What is no Error may have lost all it could tell on its way between the threads.
    else died(error instanceof Error ? error : new Error(`the simulation thread threw ${inspect(error)}`));
  });
  worker.on('messageerror', died);
  worker.on('exit', (code) => died(new ShellFailure(`the simulation thread ended with code ${code}`)));
  const stopFlag = new SharedArrayBuffer(4);
  return {
    run: (cell, protocol, options, bands, onProgress) =>
      new Promise((resolve, reject) => {
        fail = reject;
        if (fault !== null) {
          reject(fault.error);
          return;
        }
        worker.on('message', (message: FromWorker) => {
          switch (message.kind) {
            case 'progress':
              onProgress(message.fraction, message.cycle);
              return;
            case 'result':
              resolve({ result: message.result, bands: message.bands });
              return;
            case 'bad-input':
              reject(new InputError(message.issues));
              return;
          }
        });
        const request: ToWorker = { cell, protocol, options, bands, stopFlag };
        worker.postMessage(request);
      }),
    stop: () => {
      Atomics.store(new Int32Array(stopFlag), 0, 1);
    },
    close: () => void worker.terminate(),
  };
}

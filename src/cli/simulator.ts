// A simulation in its own thread, as the commands see it: a promise, a progress callback, and a way to stop.

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
  // A worker that fails before `run` reports when `run` is called, through the listeners set there.
  let early: unknown;
  worker.once('error', (error) => {
    early = error;
  });
  const stopFlag = new SharedArrayBuffer(4);
  return {
    run: (cell, protocol, options, bands, onProgress) =>
      new Promise((resolve, reject) => {
        const died = (error: unknown): void => {
          const outOfMemory = (error as NodeJS.ErrnoException)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
          reject(outOfMemory ? new ShellFailure('the simulation needs more memory than it may have') : error);
        };
        if (early !== undefined) {
          died(early);
          return;
        }
        worker.once('error', died);
        worker.once('exit', (code) => reject(new ShellFailure(`the simulation thread ended with code ${code}`)));
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

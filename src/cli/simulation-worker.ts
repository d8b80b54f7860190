// The thread in which the shell runs a simulation. The engine is synchronous; here it may block while the main thread
// still hears Ctrl-C, draws progress, and says "stop" through one shared integer.

import { parentPort } from 'node:worker_threads';
import { simulate } from '../simulation/index.ts';
import { InputError } from '../units/index.ts';
import type { FromWorker, ToWorker } from './simulation-messages.ts';

/** Messages about progress are at least this far apart; a short run sends none. */
const PROGRESS_ms = 100;

const port = parentPort!;

port.once('message', ({ cell, protocol, options, stopFlag }: ToWorker) => {
  const flag = new Int32Array(stopFlag);
  let sent_ms = performance.now();
  const post = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  try {
    const result = simulate(cell, protocol, {
      ...options,
      stop: {
        get aborted() {
          return Atomics.load(flag, 0) !== 0;
        },
      },
      onProgress: (fraction, cycle) => {
        const now_ms = performance.now();
        if (now_ms - sent_ms < PROGRESS_ms) return;
        sent_ms = now_ms;
        post({ kind: 'progress', fraction, cycle });
      },
    });
    const { extra, ...columns } = result.record;
    const buffers = [...Object.values(columns), ...Object.values(extra)]
      .filter((value) => ArrayBuffer.isView(value))
      .map((view) => view.buffer as ArrayBuffer);
    post({ kind: 'result', result }, [...new Set(buffers)]);
  } catch (error) {
    if (error instanceof InputError) post({ kind: 'bad-input', issues: error.issues });
    else throw error;
  }
});

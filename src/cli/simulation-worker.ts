// The thread in which the shell runs a simulation. The engine is synchronous; here it may block while the main thread
// still hears Ctrl-C, draws progress, and says "stop" through one shared integer.

import { parentPort } from 'node:worker_threads';
import { simulate } from '../simulation/index.ts';
import { InputError } from '../units/index.ts';
import type { FromWorker, Simulated, ToWorker } from './simulation-messages.ts';

/** Messages about progress are at least this far apart; a short run sends none. */
const PROGRESS_ms = 100;

const port = parentPort!;
const post = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

port.once('message', async (request: ToWorker) => {
  try {
    const { result, bands } = await answer(request);
    const { extra, ...columns } = result.record;
    const buffers = [...Object.values(columns), ...Object.values(extra)]
      .filter((value) => ArrayBuffer.isView(value))
      .map((view) => view.buffer as ArrayBuffer);
    post({ kind: 'result', result, bands }, [...new Set(buffers)]);
  } catch (error) {
    if (error instanceof InputError) post({ kind: 'bad-input', issues: error.issues });
    else throw error;
  }
});

async function answer({ cell, protocol, options, bands: asked, stopFlag }: ToWorker): Promise<Simulated> {
  const flag = new Int32Array(stopFlag);
  const stop = {
    get aborted() {
      return Atomics.load(flag, 0) !== 0;
    },
  };
  let sent_ms = performance.now();
  const onProgress = (fraction: number, cycle: number): void => {
    const now_ms = performance.now();
    if (now_ms - sent_ms < PROGRESS_ms) return;
    sent_ms = now_ms;
    post({ kind: 'progress', fraction, cycle });
  };
  if (asked === null) return { result: simulate(cell, protocol, { ...options, stop, onProgress }), bands: null };

  const { checkBands, runBands, shareOfRun } = await import('../design/index.ts');
  // Impossible bands are told before anything runs.
  checkBands(cell, asked);
  const share = shareOfRun(options.model ?? 'full', asked);
  const result = simulate(cell, protocol, {
    ...options,
    stop,
    onProgress: (fraction, cycle) => onProgress(share * fraction, cycle),
  });
  const bands = runBands(cell, protocol, {
    ...asked,
    ...(options.cycles === undefined ? {} : { cycles: options.cycles }),
    stop,
    onProgress: (fraction) => onProgress(share + (1 - share) * fraction, 0),
  });
  return { result, bands };
}

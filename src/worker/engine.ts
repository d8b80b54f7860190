// The script of the worker, built as one file with everything inside. A page serves the package's dist/worker/engine.js and
// starts it with `new Worker(url, { type: 'module' })`.

import type { FromEngine, ToEngine } from './messages.ts';
import { serve } from './serve.ts';

/** Whoever is given this lock knows that the worker is gone, however it went. Browsers have locks on safe pages only. */
const lock = `limetal engine ${Math.random()} ${performance.timeOrigin} ${performance.now()}`;
/** No question is begun before the lock is held: from then on none can be lost without a word. */
const held = new Promise<void>((resolve) => {
  if (navigator.locks === undefined) {
    resolve();
    return;
  }
  const keep = (): Promise<never> => {
    self.postMessage({ kind: 'alive', lock } satisfies FromEngine);
    resolve();
    return new Promise(() => undefined);
  };
  navigator.locks.request(lock, keep).catch(() => resolve());
});

self.addEventListener('message', ({ data }: MessageEvent<ToEngine>) => {
  void held.then(() => serve(data, (message, transfer) => self.postMessage(message, { transfer })));
});

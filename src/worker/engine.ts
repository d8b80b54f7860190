// The script of the worker, built as one file with everything inside. A page serves the package's dist/worker/engine.js and
// starts it with `new Worker(url, { type: 'module' })`.

import type { ToEngine } from './messages.ts';
import { serve } from './serve.ts';

self.addEventListener('message', ({ data }: MessageEvent<ToEngine>) => {
  void serve(data, (message, transfer) => self.postMessage(message, { transfer }));
});

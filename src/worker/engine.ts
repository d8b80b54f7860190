// The script of the worker: `new Worker(new URL('limetal/worker/engine', import.meta.url), { type: 'module' })`. It is built
// as one file with everything inside.

import type { ToEngine } from './messages.ts';
import { serve } from './serve.ts';

self.addEventListener('message', ({ data }: MessageEvent<ToEngine>) => {
  serve(data, (message, transfer) => self.postMessage(message, { transfer }));
});

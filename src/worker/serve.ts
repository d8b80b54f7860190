// The engine's side of the conversation: one request in, progress and one answer out.

import { InputError } from '../units/index.ts';
import type { FromEngine, ToEngine } from './messages.ts';
import { runRequest } from './run-request.ts';

/** Messages about progress are at least this far apart. */
const PROGRESS_INTERVAL_ms = 50;

/** Answers one request through `post`, which takes a message and the buffers that go with it instead of being copied. */
export function serve(
  { request, stopFlag }: ToEngine,
  post: (message: FromEngine, transfer: ArrayBuffer[]) => void,
): void {
  const flag = stopFlag === null ? null : new Int32Array(stopFlag);
  let posted_ms = 0;
  try {
    const result = runRequest(request, {
      stop: {
        get aborted() {
          return flag !== null && Atomics.load(flag, 0) !== 0;
        },
      },
      onProgress: (fraction, cycle) => {
        const now_ms = performance.now();
        if (now_ms - posted_ms < PROGRESS_INTERVAL_ms) return;
        posted_ms = now_ms;
        post({ kind: 'progress', fraction, cycle }, []);
      },
    });
    const { extra, ...columns } = result.record;
    const values: readonly unknown[] = [...Object.values(columns), ...Object.values(extra)];
    const buffers = values.filter((value) => ArrayBuffer.isView(value)).map(({ buffer }) => buffer as ArrayBuffer);
    post({ kind: 'result', result }, [...new Set(buffers)]);
  } catch (error) {
    if (error instanceof InputError) post({ kind: 'bad-input', issues: error.issues }, []);
    else post({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }, []);
  }
}

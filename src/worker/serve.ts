// The engine's side of the conversation: one question in, progress and one answer out.

import type { CyclingRecord } from '../records/index.ts';
import { InputError } from '../units/index.ts';
import type { FromEngine, Live, RunResult, ToEngine } from './messages.ts';
import { TASKS } from './tasks.ts';

/** Messages about progress are at least this far apart. */
const PROGRESS_INTERVAL_ms = 50;

/** Answers one question through `post`, which takes a message and the buffers that go with it instead of being copied. */
export async function serve(
  { task, input, stopFlag }: ToEngine,
  post: (message: FromEngine, transfer: ArrayBuffer[]) => void,
): Promise<void> {
  const flag = stopFlag === null ? null : new Int32Array(stopFlag);
  let posted_ms = 0;
  const live: Live = {
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
  };
  post({ kind: 'begun' }, []);
  try {
    const handler = (await TASKS[task]()) as (input: unknown, live: Live) => unknown;
    const result = await handler(input, live);
    // Only the record of a run is known to be nobody else's; what other tasks answer with is copied.
    post({ kind: 'result', result }, task === 'run' ? buffersOf((result as RunResult).record) : []);
  } catch (error) {
    if (error instanceof InputError) post({ kind: 'bad-input', issues: error.issues }, []);
    else post({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }, []);
  }
}

function buffersOf({ extra, ...columns }: CyclingRecord): ArrayBuffer[] {
  const values: readonly unknown[] = [...Object.values(columns), ...Object.values(extra)];
  return [...new Set(values.filter((value) => ArrayBuffer.isView(value)).map(({ buffer }) => buffer as ArrayBuffer))];
}

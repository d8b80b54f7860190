// The page's side: an `Engine` whose work is done by a worker, so that the page stays alive while a cell runs.
//
// The engine computes without a pause, so a worker that runs does not read its messages. Stopping it therefore needs shared
// memory, which a browser gives only to a page served with `Cross-Origin-Opener-Policy: same-origin` and
// `Cross-Origin-Embedder-Policy: require-corp`. There a stopped run resolves with its record so far. On other pages the
// worker is ended and the run rejects with `RunCancelled`; the next run starts a new worker.

import { InputError } from '../units/index.ts';
import type { Engine, FromEngine, Live, ToEngine } from './messages.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';

/** What is asked of a worker; a browser's `Worker` has it. */
export type EngineWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener' | 'removeEventListener'>;

export interface WorkerEngine extends Engine {
  /** Ends the worker; a run under way rejects with `RunCancelled`. */
  close(): void;
}

/** A run ended from outside with nothing kept but how far it had come. */
export class RunCancelled extends Error {
  /** 0 to 1. */
  readonly fraction: number;
  /** The cycle last heard of; 0 before the first. */
  readonly cycle: number;
  constructor(fraction: number, cycle: number) {
    super(`the run was cancelled at ${(100 * fraction).toFixed(0)} %`);
    this.name = 'RunCancelled';
    this.fraction = fraction;
    this.cycle = cycle;
  }
}

/** How often `Live.stop` is read. */
const STOP_INTERVAL_ms = 20;

/** A worker that is there receives a question at once; one that is new may have to fetch its script over a slow line first. */
const RECEIPT_ms_max = { known: 5000, fresh: 60_000 } as const;

/**
 * An engine on the worker that `start` makes, `() => new Worker(url, { type: 'module' })`. The worker is started with the
 * first run and again after one that had to be ended. Runs wait for each other; for several at once make several engines.
 */
export function createEngine(start: () => EngineWorker): WorkerEngine {
  let worker: EngineWorker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();
  const canShareMemory = typeof SharedArrayBuffer !== 'undefined';
  let isFresh = true;
  /** Told when the worker is gone. */
  const deaths = new EventTarget();
  const started = (): EngineWorker => {
    const made = start();
    const gone = (): void => {
      if (worker !== made) return;
      end();
      deaths.dispatchEvent(new Event('death'));
    };
    made.addEventListener('error', () => {
      // Whoever waits for an answer hears the error itself.
      if (worker === made && !isAsked) end();
    });
    made.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => {
      if (data.kind === 'alive') void navigator.locks?.request(data.lock, gone).catch(() => undefined);
    });
    return made;
  };
  let isAsked = false;
  const end = (): void => {
    worker?.terminate();
    worker = null;
    isFresh = true;
  };
  const ask = <N extends TaskName>(task: N, input: TaskInput<N>, live: Live = {}): Promise<TaskOutput<N>> => {
    const answer = last.then(() => {
      if (closing.signal.aborted || (live.stop?.aborted && !canShareMemory)) throw new RunCancelled(0, 0);
      const patience_ms = worker === null || isFresh ? RECEIPT_ms_max.fresh : RECEIPT_ms_max.known;
      worker ??= started();
      isAsked = true;
      const stopFlag = canShareMemory ? new SharedArrayBuffer(4) : null;
      const onBegun = (): void => {
        isFresh = false;
      };
      return converse(worker, { task, input, stopFlag }, live, closing.signal, end, {
        patience_ms,
        onBegun,
        deaths,
      }).finally(() => {
        isAsked = false;
      });
    });
    last = answer.catch(() => undefined);
    return answer as Promise<TaskOutput<N>>;
  };
  return {
    ask,
    run: (request, live) => ask('run', request, live),
    close: () => {
      closing.abort();
      end();
    },
  };
}

/** One question and its answer. `end` ends the worker where it is lost or must be stopped. */
function converse(
  worker: EngineWorker,
  message: ToEngine,
  live: Live,
  closing: AbortSignal,
  end: () => void,
  { patience_ms, onBegun, deaths }: { readonly patience_ms: number; onBegun(): void; readonly deaths: EventTarget },
): Promise<unknown> {
  let fraction = 0;
  let cycle = 0;
  return new Promise<unknown>((resolve, reject) => {
    const cancel = (): void => {
      settle();
      end();
      reject(new RunCancelled(fraction, cycle));
    };
    const onMessage = ({ data }: MessageEvent<FromEngine>): void => {
      if (data.kind === 'alive') return;
      clearTimeout(receipt);
      onBegun();
      if (data.kind === 'begun') return;
      if (data.kind === 'progress') {
        ({ fraction, cycle } = data);
        live.onProgress?.(fraction, cycle);
        return;
      }
      settle();
      if (data.kind === 'result') resolve(data.result);
      else reject(data.kind === 'bad-input' ? new InputError(data.issues) : new Error(data.message));
    };
    const onError = (event: Event): void => {
      settle();
      end();
      reject(new Error(`the engine's worker ended: ${(event as ErrorEvent).message ?? 'its script did not load'}`));
    };
    const onLost = (): void => {
      settle();
      end();
      reject(new Error("the engine's worker ended: it does not answer"));
    };
    const onDeath = (): void => {
      settle();
      reject(new Error("the engine's worker ended: it is gone"));
    };
    const watch = (): void => {
      if (live.stop?.aborted !== true) return;
      if (message.stopFlag === null) cancel();
      else Atomics.store(new Int32Array(message.stopFlag), 0, 1);
    };
    const timer = setInterval(watch, STOP_INTERVAL_ms);
    const receipt = setTimeout(onLost, patience_ms);
    const settle = (): void => {
      clearInterval(timer);
      clearTimeout(receipt);
      closing.removeEventListener('abort', cancel);
      worker.removeEventListener('message', onMessage);
      worker.removeEventListener('error', onError);
      deaths.removeEventListener('death', onDeath);
    };
    closing.addEventListener('abort', cancel);
    worker.addEventListener('message', onMessage);
    worker.addEventListener('error', onError);
    deaths.addEventListener('death', onDeath);
    // A run that is stopped already is still begun, and gives its first row.
    watch();
    worker.postMessage(message);
  });
}

import { afterEach, describe, expect, test, vi } from 'vitest';
import { InputError } from '../units/index.ts';
import { createEngine, type EngineWorker, type FromEngine, RunCancelled, type ToEngine } from './index.ts';
import { runRequest } from './run-request.ts';
import { serve } from './serve.ts';

/** A worker in this thread. `script` gets each message as a real worker would, cloned, and posts clones back. */
class WorkerDouble extends EventTarget implements EngineWorker {
  terminated = false;
  readonly script: (message: ToEngine, post: (answer: FromEngine) => void) => void;
  constructor(script: WorkerDouble['script']) {
    super();
    this.script = script;
  }
  postMessage(message: ToEngine): void {
    const copy = structuredClone(message);
    setImmediate(() => this.script(copy, (answer) => this.post(answer)));
  }
  post(answer: FromEngine): void {
    if (!this.terminated) this.dispatchEvent(new MessageEvent('message', { data: structuredClone(answer) }));
  }
  terminate(): void {
    this.terminated = true;
  }
}

const halfDone: FromEngine = { kind: 'progress', fraction: 0.5, cycle: 7 };
const request = { cell: 'li-cu-ether-nitrate', options: { cycles: 2, model: 'fast' } } as const;

/** An engine whose first worker says it is half done and then no more; `workers` lists all that were started. */
function stuckEngine(): { engine: ReturnType<typeof createEngine>; workers: WorkerDouble[] } {
  const workers: WorkerDouble[] = [];
  const engine = createEngine(() => {
    const first = workers.length === 0;
    const worker = new WorkerDouble((message, post) => (first ? post(halfDone) : void serve(message, post)));
    workers.push(worker);
    return worker;
  });
  return { engine, workers };
}

afterEach(() => vi.unstubAllGlobals());

describe('the engine behind a worker', () => {
  const engine = createEngine(() => new WorkerDouble(serve));

  test('gives the bits that the engine gives in this thread', async () => {
    const { record, cycles, stop, work } = await engine.run(request);
    const here = runRequest(request);
    expect(record).toEqual(here.record);
    expect({ cycles, stop, work }).toEqual({ cycles: here.cycles, stop: here.stop, work: here.work });
  });

  test('takes a protocol instead of the cell’s own', async () => {
    const { protocol } = await engine.run({ cell: request.cell, protocol: ['Rest for 1 h'] });
    expect(protocol.items).toHaveLength(1);
    expect(protocol.items[0]).toMatchObject({ kind: 'step', drive: { kind: 'rest' }, duration_s: 3600 });
  });

  test('gives the bands that are asked for, and tells impossible ones before it runs', async () => {
    const bands = { samples: 10, seed: 4 };
    const heard: number[] = [];
    const here = runRequest({ ...request, bands }, { onProgress: (fraction) => void heard.push(fraction) });
    expect(here.bands).toMatchObject({ ...bands, runs: 10, aborted: false });
    expect(here.bands!.cycles.map(({ cycle }) => cycle)).toEqual([1, 2]);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(heard.at(-1)).toBe(1);
    expect((await engine.run({ ...request, bands })).bands).toEqual(here.bands);
    expect(runRequest(request)).not.toHaveProperty('bands');
    await expect(engine.run({ ...request, bands: { samples: 2 } })).rejects.toThrow(InputError);
  });

  test('tells every fault of a cell file as InputError', async () => {
    const error = await engine
      .run({ cell: { limetal: 1, area: '-1 cm2', temperature: '25 mA' } })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).issues.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['area', 'temperature']),
    );
  });

  test('answers runs in the order in which they were asked', async () => {
    const done: number[] = [];
    const runs = [1, 2, 3].map((cycles) =>
      engine.run({ ...request, options: { model: 'fast', cycles } }).then((result) => done.push(result.cycles.length)),
    );
    await Promise.all(runs);
    expect(done).toEqual([1, 2, 3]);
  });

  test('a fault of the program rejects with where it lies', async () => {
    const broken = createEngine(
      () =>
        new WorkerDouble((_message, post) =>
          post({ kind: 'failed', message: 'TypeError: x is not a function\n  at a.ts:3' }),
        ),
    );
    await expect(broken.run(request)).rejects.toThrow('x is not a function');
  });
});

describe('stopping', () => {
  test('with shared memory the flag is raised and the engine answers with what it has', async () => {
    const abort = new AbortController();
    const patient = createEngine(
      () =>
        new WorkerDouble((message, post) => {
          post(halfDone);
          const flag = new Int32Array(message.stopFlag!);
          const timer = setInterval(() => {
            if (Atomics.load(flag, 0) === 0) return;
            clearInterval(timer);
            serve(message, post);
          }, 1);
        }),
    );
    const { stop } = await patient.run(request, { stop: abort.signal, onProgress: () => abort.abort() });
    expect(stop.kind).toBe('aborted');
  });

  test('without it the worker is ended, the run tells how far it came, and the next run has a new worker', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    const abort = new AbortController();
    const { engine, workers } = stuckEngine();
    const run = engine.run(request, { stop: abort.signal, onProgress: () => abort.abort() });
    const error = await run.catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RunCancelled);
    expect(error).toMatchObject({ fraction: 0.5, cycle: 7 });
    expect(workers[0]!.terminated).toBe(true);
    expect((await engine.run(request)).cycles).toHaveLength(2);
    expect(workers).toHaveLength(2);
  });

  test('a run that is stopped before its turn starts no worker', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    const { engine, workers } = stuckEngine();
    await expect(engine.run(request, { stop: { aborted: true } })).rejects.toBeInstanceOf(RunCancelled);
    expect(workers).toHaveLength(0);
  });

  test('closing ends the run under way and every later one', async () => {
    const { engine, workers } = stuckEngine();
    const run = engine.run(request, { onProgress: () => engine.close() });
    await expect(run).rejects.toBeInstanceOf(RunCancelled);
    expect(workers[0]!.terminated).toBe(true);
    await expect(engine.run(request)).rejects.toBeInstanceOf(RunCancelled);
    expect(workers).toHaveLength(1);
  });

  test('a worker whose script does not load rejects the run and is replaced', async () => {
    const { engine, workers } = stuckEngine();
    const run = engine.run(request, { onProgress: () => workers[0]!.dispatchEvent(new Event('error')) });
    await expect(run).rejects.toThrow('its script did not load');
    expect((await engine.run(request)).cycles).toHaveLength(2);
  });

  test('a worker that is lost without a word is replaced when it does not answer', async () => {
    vi.useFakeTimers();
    const workers: WorkerDouble[] = [];
    const engine = createEngine(() => {
      const isFirst = workers.length === 0;
      const worker = new WorkerDouble((message, post) => {
        if (!isFirst) void serve(message, (answer) => post(answer));
      });
      workers.push(worker);
      return worker;
    });
    const lost = expect(engine.run(request)).rejects.toThrow('does not answer');
    await vi.advanceTimersByTimeAsync(60_000);
    await lost;
    expect(workers[0]!.terminated).toBe(true);
    vi.useRealTimers();
    expect((await engine.run(request)).cycles).toHaveLength(2);
    expect(workers).toHaveLength(2);
  });
});

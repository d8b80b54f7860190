import { describe, expect, test, vi } from 'vitest';
import type { EngineWorker, FromEngine, ToEngine } from '../../worker/index.ts';
import { createLane, Superseded } from './lane.ts';

/** A worker that answers each question with its input after `delay_ms`. */
class Echo extends EventTarget implements EngineWorker {
  static started = 0;
  readonly seen: unknown[] = [];
  readonly delay_ms: number;
  constructor(delay_ms: number) {
    super();
    this.delay_ms = delay_ms;
    Echo.started++;
  }
  postMessage({ input }: ToEngine): void {
    this.seen.push(input);
    const answer: FromEngine = { kind: 'result', result: input };
    setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data: answer })), this.delay_ms);
  }
  terminate(): void {}
}

const asked = (cell: string) => ({ cell });

describe('a lane', () => {
  test('answers the first and the newest question, and none between', async () => {
    const worker = new Echo(20);
    const lane = createLane(() => worker);
    const answers = await Promise.allSettled(['a', 'b', 'c', 'd'].map((cell) => lane.ask('run', asked(cell))));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    for (const answer of answers.slice(1, 3)) {
      expect((answer as PromiseRejectedResult).reason).toBeInstanceOf(Superseded);
    }
    expect(worker.seen).toEqual([asked('a'), asked('d')]);
  });

  test('answers everything that is asked in turn', async () => {
    const lane = createLane(() => new Echo(1));
    for (const cell of ['a', 'b']) expect(await lane.ask('run', asked(cell))).toEqual(asked(cell));
  });

  test('gives up a stale question that takes long, and starts a new worker where memory is not shared', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    Echo.started = 0;
    let first = true;
    const lane = createLane(() => {
      const worker = new Echo(first ? 100_000 : 1);
      first = false;
      return worker;
    });
    const stale = lane.ask('run', asked('long')).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await lane.ask('run', asked('short'))).toEqual(asked('short'));
    expect(await stale).toBeInstanceOf(Superseded);
    expect(Echo.started).toBe(2);
    vi.unstubAllGlobals();
  });

  test('questions of other names keep their turn, and what is dropped is not computed', async () => {
    const worker = new Echo(10);
    const lane = createLane(() => worker);
    const answers = Promise.allSettled([
      lane.ask('run', asked('a')),
      lane.ask('cellList', {}),
      lane.ask('reaction', { text: 'a', temperature: '' }),
      lane.ask('reaction', { text: 'b', temperature: '' }),
      lane.ask('elementMap', { temperature: '' }),
    ]);
    lane.drop('elementMap');
    expect((await answers).map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected'],
    ]);
    expect(worker.seen).toEqual([asked('a'), {}, { text: 'b', temperature: '' }]);
  });

  test('what is queued is all answered', async () => {
    const lane = createLane(() => new Echo(1));
    const answers = await Promise.all(['a', 'b', 'c'].map((cell) => lane.queue('run', asked(cell))));
    expect(answers).toEqual(['a', 'b', 'c'].map(asked));
  });
});

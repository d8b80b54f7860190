import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, openPool, type Pool } from '../src/cli/worker-pool.ts';

/** A thread that squares numbers, and does what else it is told. */
const THREAD = `
import { serveTasks } from ${JSON.stringify(new URL('../src/cli/serve-tasks.ts', import.meta.url).pathname)};
import { InputError } from ${JSON.stringify(new URL('../src/units/index.ts', import.meta.url).pathname)};
serveTasks((task, { stop, report }) => {
  if (task === 'throw') throw new Error('made up');
  if (task === 'exit') process.exit(7);
  if (task === 'bad') throw new InputError([{ where: 'task', found: 'bad', wanted: 'a number' }]);
  if (task === 'wait') { while (!stop.aborted); return 'stopped'; }
  if (task === 'report') { report(0.25, 3); report(0.5, 6); return 'reported'; }
  return task * task;
});`;

let folder = '';
let url: URL;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-pool-'));
  const outfile = join(folder, 'thread.mjs');
  const stdin = { contents: THREAD, resolveDir: folder, loader: 'ts' } as const;
  await build({ stdin, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
  url = pathToFileURL(outfile);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Work = number | string;
async function outcomes(
  threads: number,
  tasks: readonly Work[],
  during: (pool: Pool<Work, Work>, index: number) => void = () => {},
): Promise<readonly Outcome<Work>[]> {
  const pool = openPool<Work, Work>(url, threads);
  try {
    return await pool.run(tasks, (index) => during(pool, index));
  } finally {
    pool.close();
  }
}

const numbers = Array.from({ length: 40 }, (_, k) => k);

test.each([1, 2, 5])('%i threads answer every task once, in its place', async (threads) => {
  const heard: number[] = [];
  const all = await outcomes(threads, numbers, (_, index) => heard.push(index));
  expect(all).toEqual(numbers.map((n) => ({ kind: 'answer', answer: n * n })));
  expect(heard.sort((a, b) => a - b)).toEqual(numbers);
});

test('no tasks are no work', async () => {
  expect(await outcomes(2, [])).toEqual([]);
});

test('a task tells how far it is, no more often than a person can read', async () => {
  const pool = openPool<Work, Work>(url, 1);
  const heard: (readonly number[])[] = [];
  try {
    const all = await pool.run(
      [4, 'report'],
      () => {},
      (...told) => heard.push(told),
    );
    expect(all).toEqual([
      { kind: 'answer', answer: 16 },
      { kind: 'answer', answer: 'reported' },
    ]);
  } finally {
    pool.close();
  }
  expect(heard).toEqual([[1, 0.25, 3]]);
});

describe('faults', () => {
  test('a task that throws is told with its place; the others are done', async () => {
    const all = await outcomes(2, [2, 'throw', 3, 'bad', 4]);
    expect(all.map(({ kind }) => kind)).toEqual(['answer', 'fault', 'answer', 'bad-input', 'answer']);
    expect(all[1]).toEqual({ kind: 'fault', message: expect.stringMatching(/^Error: made up\n\s+at /) });
    expect(all[3]).toEqual({ kind: 'bad-input', issues: [{ where: 'task', found: 'bad', wanted: 'a number' }] });
  });

  test('a thread that dies costs its task and no other', async () => {
    const all = await outcomes(2, ['exit', ...numbers]);
    expect(all[0]).toEqual({ kind: 'fault', message: 'its thread ended with code 7' });
    expect(all.slice(1)).toEqual(numbers.map((n) => ({ kind: 'answer', answer: n * n })));
  });

  test('when the last thread dies, what is left says why it was not done', async () => {
    const all = await outcomes(1, [5, 'exit', 6, 7]);
    const fault = { kind: 'fault', message: 'its thread ended with code 7' };
    expect(all).toEqual([{ kind: 'answer', answer: 25 }, fault, fault, fault]);
  });

  test('a module that is not there', async () => {
    const pool = openPool<Work, Work>(pathToFileURL(join(folder, 'nowhere.mjs')), 1);
    const [only] = await pool.run([1], () => {});
    pool.close();
    expect(only).toEqual({ kind: 'fault', message: expect.stringContaining('nowhere.mjs') });
  });
});

test('stopped, tasks under way end early and no other begins', async () => {
  const all = await outcomes(1, [3, 'wait', 4], (pool, index) => {
    if (index === 0) setTimeout(pool.stop, 50);
  });
  expect(all).toEqual([{ kind: 'answer', answer: 9 }, { kind: 'answer', answer: 'stopped' }, { kind: 'not-begun' }]);
});

test('stopped before it runs, nothing begins', async () => {
  const pool = openPool<Work, Work>(url, 2);
  pool.stop();
  expect(await pool.run([1, 2], () => {})).toEqual([{ kind: 'not-begun' }, { kind: 'not-begun' }]);
  pool.close();
});

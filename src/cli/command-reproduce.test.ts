import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReproducer, type ReproduceAnswer, type ReproduceTask, tabulatedSystem } from '../design/index.ts';
import { runCommandLine } from './command-line.ts';
import { type TestTerminal, testTerminal } from './terminal.test-tool.ts';
import { width } from './text-table.ts';
import type { Outcome, Pool } from './worker-pool.ts';

interface Asked {
  readonly threads: number[];
  closed: number;
}

/** A pool in this thread; `instead` may give another outcome for a task. */
function pool(
  asked: Asked,
  instead: (task: ReproduceTask, pool: Pool<ReproduceTask, ReproduceAnswer>) => Outcome<ReproduceAnswer> | null,
): Pool<ReproduceTask, ReproduceAnswer> {
  const stop = { aborted: false };
  const answer = createReproducer(tabulatedSystem);
  const self: Pool<ReproduceTask, ReproduceAnswer> = {
    run: async (tasks, onOutcome) =>
      tasks.map((task, index) => {
        const outcome: Outcome<ReproduceAnswer> =
          instead(task, self) ??
          (stop.aborted ? { kind: 'not-begun' } : { kind: 'answer', answer: answer(task, stop) });
        onOutcome(index, outcome);
        return outcome;
      }),
    stop: () => {
      stop.aborted = true;
    },
    close: () => {
      asked.closed++;
    },
  };
  return self;
}

interface Ran extends Asked {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function limetal(
  argv: readonly string[],
  instead: Parameters<typeof pool>[1] = () => null,
  terminal: TestTerminal = testTerminal(),
): Promise<Ran> {
  const asked: Asked = { threads: [], closed: 0 };
  const code = await runCommandLine(['reproduce', ...argv], {
    terminal,
    version: '0.0.0',
    showStacks: false,
    openSimulator: async () => {
      throw new Error('reproduce has threads of its own');
    },
    openReproducers: async (threads) => {
      asked.threads.push(threads);
      return pool(asked, instead);
    },
    openAnalysers: async () => {
      throw new Error('reproduce reads no lab files');
    },
    servePlaces: { folder: new URL('file:///nowhere/'), worker: new URL('file:///nowhere/serve-worker.js') },
  });
  return { code, out: terminal.output(), err: terminal.errors(), ...asked };
}

const FEW = ['--samples', '10'];
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-reproduce-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the JSON document', () => {
  test('has every system asked for, with the members that are promised', async () => {
    const { code, out, err, closed } = await limetal(['--system', 'a1-47,b3-77', '--json', ...FEW]);
    expect([code, err, closed]).toEqual([0, '', 1]);
    const { systems, scores, samples, seed, complete } = JSON.parse(out);
    expect([samples, seed, complete]).toEqual([10, 1, true]);
    expect(systems.map(({ id }: { id: string }) => id)).toEqual(['a1-47', 'b3-77']);
    expect(systems[0]).toMatchObject({ table: 'A1', reference: '[47]', group: 'novel electrolyte' });
    const [efficiency] = systems[0].quantities;
    expect(efficiency).toMatchObject({ quantity: 'coulombic_efficiency', reported: 99.2, unit: '%' });
    expect(efficiency.computed).toBeGreaterThan(90);
    expect(efficiency.band[0]).toBeLessThan(efficiency.band[1]);
    expect(typeof efficiency.inside).toBe('boolean');
    expect(efficiency.note).toContain('mean of 100 cycles');
    const [without, treated] = systems[1].quantities;
    expect(without.note).toContain('Capacitance tells them apart');
    expect(without.computed).toBeGreaterThan(treated.computed);
    expect(systems[1].interlayer).toMatchObject({ with_ohm_cm2: treated.computed, without_ohm_cm2: without.computed });
    expect(systems[1].interlayer.reported_ratio).toBeCloseTo(381 / 11, 9);
    expect(systems[0].interlayer).toBeNull();
    expect(scores).toHaveProperty('coulombic_efficiency.model.rmse_lce.value');
  });

  test('is the same for the same seed, and another for another', async () => {
    const bandOf = async (seed: string): Promise<unknown> => {
      const { out } = await limetal(['--system', 'b1-33', '--json', '--seed', seed, ...FEW]);
      return JSON.parse(out).systems[0].quantities[0].band;
    };
    expect(await bandOf('3')).toEqual(await bandOf('3'));
    expect(await bandOf('4')).not.toEqual(await bandOf('3'));
  });
});

test('the text has a table for each table, fits 100 columns, and says where the notes are', async () => {
  const { out, code } = await limetal(['--table', 'b3,a1', '--system', 'a1-47,a1-16,b3-77', ...FEW]);
  expect(code).toBe(0);
  expect(out).toMatch(/^Table A1: /);
  expect(out).toContain('Table B3: ');
  expect(out).toMatch(/a1-47 +\[47\].*CE +% +99\.2 +\d/);
  expect(out).toMatch(/b3-77 +Li-C anode +\d+ .* 35$/m);
  expect(out).toContain('Lithium on Cu, mean of 100 cycles');
  expect(Math.max(...out.split('\n').map(width))).toBeLessThanOrEqual(100);
  const { out: whole } = await limetal(['--table', 'B3', ...FEW]);
  expect(whole).toContain('shown with --system, --json and --out');
  expect(Math.max(...whole.split('\n').map(width))).toBeLessThanOrEqual(100);
});

test('--out writes a line for each reported number, and what --json prints', async () => {
  const target = join(folder, 'results');
  const { code, err, out } = await limetal(['--system', 'a1-47,b3-77', '--json', '--out', target, ...FEW]);
  expect(code).toBe(0);
  expect(err).toBe(`wrote ${join(target, 'reproduce.csv')}\nwrote ${join(target, 'reproduce.json')}\n`);
  expect(readFileSync(join(target, 'reproduce.json'), 'utf8')).toBe(out);
  const lines = readFileSync(join(target, 'reproduce.csv'), 'utf8').trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^id,table,reference,group,.*,reported,unit,computed,band_low,band_high,inside,/);
  expect(lines).toHaveLength(1 + 3);
  expect(lines[1]).toMatch(/^a1-47,A1,\[47\],novel electrolyte,/);
  // A note with a comma is quoted.
  expect(lines[1]).toMatch(/,"Lithium on Cu, mean of 100 cycles/);
});

test('--svg draws the efficiencies', async () => {
  const path = join(folder, 'parity.svg');
  const { code, err } = await limetal(['--system', 'a1-47,a1-16', '--svg', path, ...FEW]);
  expect([code, err]).toEqual([0, `wrote ${path}\n`]);
  expect(readFileSync(path, 'utf8')).toMatch(/^<svg.*Computed efficiency/s);
});

describe('what goes wrong', () => {
  test.each([
    [['--system', 'a1-47,a1-99'], /^system: got a1-99, want the id of a tabulated system/],
    [['--table', 'A2'], /^--table: got A2, want one of A1, B1, B2, B3/],
    [['--table', 'A1', '--system', 'b1-33'], /^--system: got b1-33, want a system of table A1/],
    [['--samples', '9'], /samples: got 9, want a whole number from 10/],
    [['--threads', '1000'], /--threads: got 1000, want at most 256/],
    [['--seed', '-1'], /Want a whole number from 0/],
    [['--system', 'a1-99', '--samples', '9', '--threads', '1000'], /a1-99.*\n.*samples: got 9.*\n--threads: got 1000/],
  ])('%j is bad input, and starts no thread', async (argv, message) => {
    const { code, out, err, threads } = await limetal(argv);
    expect([code, out, threads]).toEqual([2, '', []]);
    expect(err).toMatch(message);
  });

  test('a task that fails is told, costs its system a value, and gives exit code 1', async () => {
    const { code, out, err } = await limetal(['--system', 'a1-16,a1-47', '--json', ...FEW], (task) =>
      task.kind === 'nominal' && task.system === 'a1-16' ? { kind: 'fault', message: 'Error: made up\n  at x' } : null,
    );
    expect(code).toBe(1);
    expect(err).toBe('limetal: a fault of the program, not of your input: a1-16: Error: made up\n');
    const { systems, complete } = JSON.parse(out);
    expect(complete).toBe(false);
    expect(systems[0].quantities[0].computed).toBeNull();
    expect(systems[0].remarks).toContain('A run failed by a fault of the program: Error: made up');
    expect(systems[1].quantities[0].computed).not.toBeNull();
  });

  test('a cell of the program that is at fault is a fault of the program', async () => {
    const issues = [{ where: 'working', found: 'x', wanted: 'y' }];
    const { code, err } = await limetal(['--system', 'a1-47', '--json', ...FEW], (task) =>
      task.kind === 'samples' ? { kind: 'bad-input', issues } : null,
    );
    expect(code).toBe(1);
    expect(err).toContain('not of your input: a1-47: working: got x, want y');
  });

  test('Ctrl-C keeps what is done, says so, and gives exit code 1', async () => {
    const terminal = testTerminal();
    const { code, out, err, closed } = await limetal(
      ['--system', 'a1-16,a1-47', '--json', ...FEW],
      (task) => {
        if (task.kind === 'samples') terminal.interrupt();
        return null;
      },
      terminal,
    );
    expect([code, closed]).toEqual([1, 1]);
    expect(err).toContain('Stopping; what is done is kept.');
    expect(err).toContain('limetal: stopped on request');
    const { systems, complete } = JSON.parse(out);
    expect(complete).toBe(false);
    for (const { quantities, remarks } of systems) {
      expect(quantities[0].computed).not.toBeNull();
      expect(quantities[0].band).toBeNull();
      expect(remarks).toContain('Stopped on request before all runs of this system were done.');
    }
  });
});

test('as many threads as asked for, and no more than tasks', async () => {
  expect((await limetal(['--system', 'a1-47', '--threads', '7', '-q', ...FEW])).threads).toEqual([3]);
  expect((await limetal(['--system', 'a1-47,a1-16', '--threads', '3', '-q', ...FEW])).threads).toEqual([3]);
});

// The built command as a user's shell sees it. Needs `npm run build` before; without dist/ the tests are skipped.

import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtInFile } from '../cells/index.ts';

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const isBuilt = existsSync(COMMAND);
const ID = 'li-cu-carbonate';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-end-to-end-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function limetal(argv: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [COMMAND, ...argv], { cwd: folder, encoding: 'utf8', input, maxBuffer: 1 << 28 });
}

describe.skipIf(!isBuilt)(`the built command${isBuilt ? '' : ' (skipped: dist/ is not built)'}`, () => {
  test('a built-in cell runs, and its JSON is one document that keeps the books', () => {
    const { status, stdout, stderr } = limetal(['run', ID, '--json', '--series', '--model', 'fast', '--cycles', '3']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { cycles, series, conservation, stop } = JSON.parse(stdout);
    expect(stop.kind).toBe('completed');
    expect(cycles).toHaveLength(3);
    for (const drift of Object.values(conservation)) expect(drift).toBeLessThan(1e-9);
    const lengths = new Set(Object.values(series as Record<string, unknown[]>).map((values) => values.length));
    expect(lengths.size).toBe(1);
  });

  test('bands come from the same thread; impossible ones are told before anything runs', () => {
    const argv = ['run', ID, '--model', 'fast', '--cycles', '2', '--bands', '--samples', '12'];
    // Quiet, for a machine so slow that progress is shown.
    const { status, stdout, stderr } = limetal([...argv, '--json', '--quiet']);
    expect([status, stderr]).toEqual([0, '']);
    const { cycles, bands } = JSON.parse(stdout);
    expect(bands).toMatchObject({ samples: 12, runs: 12, failed: 0 });
    expect(bands.cycles).toHaveLength(cycles.length);
    for (const { interfacial_resistance_ohm_cm2: band } of bands.cycles) expect(band.low).toBeLessThan(band.high);
    expect(limetal([...argv.slice(0, -1), '3'])).toEqual(
      expect.objectContaining({
        status: 2,
        stdout: '',
        stderr: expect.stringContaining('samples: got 3, want a whole'),
      }),
    );
  });

  test('a cell file on the standard input', () => {
    const file = JSON.stringify({ ...builtInFile(ID), id: 'piped' });
    const { status, stdout } = limetal(['run', '-', '--model', 'fast', '--cycles', '1'], file);
    expect(status).toBe(0);
    expect(stdout).toContain('piped');
  });

  test('bad input: exit code 2, one line, nothing on the output', () => {
    const { status, stdout, stderr } = limetal(['run', 'no-such-file.cell.json']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'no-such-file.cell.json: got no such file, want a cell file, or the id of a built-in cell',
    ]);
  });

  test('a reader that leaves early is no fault', () => {
    const argv = `"${process.execPath}" "${COMMAND}" run ${ID} --model fast --cycles 50 --json --series --quiet`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${argv} | head -c 1`], {
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([0, '{', '']);
  });

  test.skipIf(!existsSync('/dev/full'))('an output that takes nothing: one line, exit code 1', () => {
    const argv = `"${process.execPath}" "${COMMAND}" run ${ID} --model fast --cycles 2 --json > /dev/full`;
    const { status, stderr } = spawnSync('bash', ['-c', argv], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, 'limetal: the disk that takes the output is full\n']);
  });

  test('Ctrl-C ends a long run at once, with its record on the disk and on the output', async () => {
    const out = join(folder, 'stopped');
    // Ten million cycles of rest: nothing in the cell ever ends them.
    const endless = ['-p', 'Rest for 1 h', '--cycles', '10000000', '--model', 'full'];
    const argv = [COMMAND, 'run', ID, ...endless, '--json', '--out', out, '--format', 'csv,json'];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part) => {
      stdout += part;
    });
    const done = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stderr.on('data', (part) => {
      stderr += part;
    });
    // The folder is made when the input is found good; a second later the run is under way.
    const sleep = (time_ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time_ms));
    while (!existsSync(out) && child.exitCode === null) await sleep(20);
    await sleep(1000);
    const sent_ms = performance.now();
    child.kill('SIGINT');
    expect(await done).toBe(1);
    expect(performance.now() - sent_ms).toBeLessThan(20_000);
    expect(stderr).toContain('Stopping; what is done is kept.');
    const document = JSON.parse(stdout);
    expect(document.stop.kind).toBe('aborted');
    expect(document.cycles.length).toBeGreaterThan(1);
    expect(readdirSync(out).sort()).toEqual([`${ID}.csv`, `${ID}.cycles.csv`, `${ID}.record.json`, `${ID}.run.json`]);
    expect(readFileSync(join(out, `${ID}.run.json`), 'utf8')).toBe(stdout);
  });
});

/** A copy of the built command with one of its files replaced, to see how the rest of it takes a fault there. */
function withFault(name: RegExp, text: string): string {
  const root = mkdtempSync(join(folder, 'copy-'));
  const cli = join(root, 'dist', 'cli');
  cpSync(dirname(COMMAND), cli, { recursive: true });
  cpSync(fileURLToPath(new URL('../../package.json', import.meta.url)), join(root, 'package.json'));
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(root, 'node_modules'));
  const files = readdirSync(cli, { recursive: true, encoding: 'utf8' }).filter((file) => name.test(file));
  expect(files).toHaveLength(1);
  writeFileSync(join(cli, files[0]!), text);
  return join(cli, 'limetal.js');
}

/** A shell line; `limetal` in it is the command at `file`. `status` null: it did not end in time. */
function shellLine(line: string, file = COMMAND, timeout_ms = 20_000) {
  const script = `set -o pipefail; limetal() { "${process.execPath}" "${file}" "$@"; }; ${line}`;
  const start_ms = performance.now();
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    timeout: timeout_ms,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr, took_ms: performance.now() - start_ms };
}

const SHORT = `run ${ID} --model fast --cycles 2`;

describe.skipIf(!isBuilt || process.platform === 'win32')('the command always ends', () => {
  test('a figure that fails, and a timer that it leaves behind: the data stay, exit code 1', () => {
    const file = withFault(
      /^chunks\/echarts-/,
      'setInterval(() => {}, 1000); export function drawSvg() { throw new Error(""); }',
    );
    const { status, stdout, stderr } = shellLine(`limetal ${SHORT} --out kept --format csv,svg`, file);
    expect(status).toBe(1);
    expect(stdout).toContain('Conservation');
    expect(stderr).toMatch(/limetal: .*\.svg was not written, by a fault of the program: Error without a message, at /);
    expect(readdirSync(join(folder, 'kept')).sort()).toEqual([`${ID}.csv`, `${ID}.cycles.csv`]);
  });

  test.each([
    ['throws as it loads', 'throw new Error("no engine");', /fault of the program, .*: no engine\n/],
    ['ends as it loads', 'process.exit(3);', /the simulation thread ended with code 3\n/],
    [
      'throws in the run',
      'import { parentPort } from "node:worker_threads"; parentPort.once("message", () => { throw new TypeError(""); });',
      /fault of the program, .*: TypeError without a message, at /,
    ],
    [
      'rejects in the run',
      'import { parentPort } from "node:worker_threads"; parentPort.once("message", async () => { throw new Error("late"); });',
      /fault of the program, .*: late\n/,
    ],
    [
      'sends what cannot be sent',
      'import { parentPort } from "node:worker_threads"; parentPort.once("message", () => parentPort.postMessage(() => {}));',
      /fault of the program, .*: the simulation thread threw /,
    ],
  ])('a simulation thread that %s: exit code 1 and the reason', (_how, text, said) => {
    const { status, stdout, stderr, took_ms } = shellLine(
      `limetal ${SHORT}`,
      withFault(/^simulation-worker\.js$/, text),
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(said);
    expect(took_ms).toBeLessThan(5000);
  });

  test('a rejection that nobody awaits is reported like any fault', () => {
    const file = withFault(
      /^chunks\/echarts-/,
      'export function drawSvg() { Promise.reject(new Error("stray")); return "<svg >"; }',
    );
    const { status, stderr } = shellLine(`limetal ${SHORT} --svg a.svg`, file);
    expect(status).toBe(1);
    expect(stderr).toContain('fault of the program, not of your input: stray');
  });

  test.each([
    ['a reader that leaves after a line', `limetal ${SHORT} | head -1`, 0],
    [
      'a reader that leaves within a long document',
      `limetal run ${ID} --model fast --cycles 400 --json --series --quiet | head -c 10`,
      0,
    ],
    ['a reader that never reads', `limetal ${SHORT} --json --series | true`, 0],
    ['no standard input', `limetal ${SHORT} <&-`, 0],
    ['an input that nobody reads', `limetal ${SHORT} < <(exec sleep 60 >&- 2>&-)`, 0],
    ['a cell on an input that is closed', 'limetal run - <&-', 2],
    ['no standard output', `limetal ${SHORT} >&-`, 0],
    ['no error output', `limetal ${SHORT} 2>&-`, 0],
    ['nothing at all', `limetal ${SHORT} <&- >&- 2>&-`, 0],
    ['a full error output', `limetal ${SHORT} --out full --format csv 2> /dev/full`, 0],
  ])('%s', (_what, line, code) => {
    const { status, stderr, took_ms } = shellLine(line);
    expect(status).toBe(code);
    expect(took_ms).toBeLessThan(10_000);
    if (code === 0) expect(stderr).toBe('');
  });

  test('one press of Ctrl-C that arrives twice stops once, and keeps what is done', async () => {
    const out = join(folder, 'twice');
    const argv = [COMMAND, 'run', ID, '-p', 'Rest for 1 h', '--cycles', '10000000', '--out', out, '--format', 'csv'];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
    const done = new Promise<number | null>((resolve) => child.on('close', resolve));
    const answered = new Promise<void>((resolve) => child.stderr.on('data', () => resolve()));
    const sleep = (time_ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time_ms));
    while (!existsSync(out) && child.exitCode === null) await sleep(20);
    await sleep(1000);
    child.kill('SIGINT');
    // Sent at once, two signals could be delivered as one.
    await answered;
    child.kill('SIGINT');
    expect(await done).toBe(1);
    expect(readdirSync(out).sort()).toEqual([`${ID}.csv`, `${ID}.cycles.csv`]);
  });
});

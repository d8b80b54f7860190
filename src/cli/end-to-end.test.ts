// The built command as a user's shell sees it. Needs `npm run build` before; without dist/ the tests are skipped.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    const { status, stdout, stderr } = limetal([...argv, '--json']);
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
    const argv = `"${process.execPath}" "${COMMAND}" run ${ID} --model fast --cycles 50 --json --series`;
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

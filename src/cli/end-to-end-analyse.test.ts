// Lab files through the threads of the built command. Needs `npm run build` before; without dist/ the tests are skipped.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const isBuilt =
  existsSync(COMMAND) && existsSync(fileURLToPath(new URL('../../dist/cli/analyse-worker.js', import.meta.url)));

const FILES = 200;
let folder = '';

/** Two arcs with noise that is the same each time, so that an automatic fit has something to do. */
function spectrum(seed: number): string {
  const lines = Array.from({ length: 41 }, (_, k) => {
    const f = 10 ** (5 - k / 8);
    const omega = 2 * Math.PI * f;
    const arc = (R: number, tau: number): readonly [number, number] => {
      const share = 1 / (1 + (omega * tau) ** 2);
      return [R * share, -R * omega * tau * share];
    };
    const [a, b] = [arc(30 + seed / 10, 1e-4), arc(60, 1e-2)];
    const noise = 1 + 1e-3 * Math.sin(12.9898 * (k + 1) * (seed + 1));
    return `${f},${(5 + a[0] + b[0]) * noise},${(a[1] + b[1]) * noise}`;
  });
  return `freq/Hz,Z',Z''\n${lines.join('\n')}\n`;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-analyse-end-'));
  mkdirSync(join(folder, 'data'));
  for (let k = 0; k < FILES; k++) writeFileSync(join(folder, 'data', `s${1000 + k}.csv`), spectrum(k));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!isBuilt)(`lab files in threads${isBuilt ? '' : ' (skipped: dist/ is not built)'}`, () => {
  test('any number of threads gives the same document and the same files', () => {
    const run = (threads: string): string => {
      const argv = [
        'analyse',
        'data/s1000.csv',
        'data/s1001.csv',
        'data/s1002.csv',
        '--cell',
        'Li',
        '--json',
        '--quiet',
      ];
      const out = ['--out', `out${threads}`, '--svg', `out${threads}`];
      const { stdout, stderr, status } = spawnSync(process.execPath, [COMMAND, ...argv, ...out, '--threads', threads], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      expect([status, stderr]).toEqual([0, '']);
      return stdout.replaceAll(`out${threads}`, 'out');
    };
    expect(run('3')).toBe(run('1'));
    expect(readdirSync(join(folder, 'out3'))).toEqual(readdirSync(join(folder, 'out1')));
  }, 120_000);

  test('Ctrl-C ends early, keeps what is done and says what is not', async () => {
    const argv = [COMMAND, 'analyse', 'data', '--cell', 'Li', '--circuit', 'R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)'];
    const child = spawn(process.execPath, [...argv, '--threads', '1', '--json'], { cwd: folder });
    let [stdout, stderr] = ['', ''];
    let isPressed = false;
    child.stdout.on('data', (part) => {
      stdout += String(part);
    });
    const status = await new Promise((resolve) => {
      child.stderr.on('data', (part) => {
        stderr += String(part);
        // The first word of progress: some files are done, most are not.
        if (!isPressed && / %,/.test(stderr)) child.kill('SIGINT');
        isPressed ||= / %,/.test(stderr);
      });
      child.on('close', resolve);
    });
    expect(stderr).toMatch(/Stopping; what is done is kept/);
    expect(stderr).toMatch(new RegExp(`stopped on request: \\d+ of ${FILES} files were not begun`));
    const { files, complete } = JSON.parse(stdout);
    expect([status, complete]).toEqual([1, false]);
    expect(files.length).toBeGreaterThan(0);
    expect(files.length).toBeLessThan(FILES);
    expect(files[0].spectra[0].fit.parameters.length).toBeGreaterThan(0);
  }, 60_000);
});

// `limetal reproduce` with real threads. Needs `npm run build` before; without dist/ the tests are skipped.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const isBuilt =
  existsSync(COMMAND) && existsSync(fileURLToPath(new URL('../../dist/cli/reproduce-worker.js', import.meta.url)));
const FEW = ['reproduce', '--system', 'a1-16,a1-47,b1-42,b3-77', '--samples', '10', '--json'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-reproduce-built-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!isBuilt)(`reproduce, built${isBuilt ? '' : ' (skipped: dist/ is not built)'}`, () => {
  test('gives the same document on one thread and on three', () => {
    const [one, three] = ['1', '3'].map((threads) =>
      spawnSync(process.execPath, [COMMAND, ...FEW, '--threads', threads], { encoding: 'utf8', maxBuffer: 1 << 28 }),
    );
    expect([one!.status, three!.status]).toEqual([0, 0]);
    expect(three!.stdout).toBe(one!.stdout);
    const { systems } = JSON.parse(one!.stdout);
    expect(systems.map(({ id }: { id: string }) => id)).toEqual(['a1-16', 'a1-47', 'b1-42', 'b3-77']);
    for (const { computed, band } of systems[1].quantities) {
      expect(computed).toBeGreaterThan(90);
      expect(band[0]).toBeLessThan(band[1]);
    }
  });

  test('stopped by Ctrl-C, prints what is done and says so', async () => {
    const out = join(folder, 'stopped');
    const argv = [COMMAND, 'reproduce', '--samples', '1000', '--json', '--out', out];
    const child = spawn(process.execPath, argv, { stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part: Buffer) => {
      stdout += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => {
      stderr += part.toString();
    });
    const done = new Promise<number | null>((resolve) => child.on('exit', resolve));
    const sleep = (time_ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time_ms));
    // The folder is made when the input has been read.
    while (!existsSync(out) && child.exitCode === null) await sleep(20);
    await sleep(2000);
    child.kill('SIGINT');
    expect(await done).toBe(1);
    expect(stderr).toContain('Stopping; what is done is kept.');
    expect(stderr).toContain('limetal: stopped on request');
    const { systems, complete } = JSON.parse(stdout);
    expect(complete).toBe(false);
    expect(systems).toHaveLength(67);
    expect(readdirSync(out).sort()).toEqual(['reproduce.csv', 'reproduce.json']);
  });
});

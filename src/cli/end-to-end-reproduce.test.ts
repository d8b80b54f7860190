// `limetal reproduce` with real threads. Needs `npm run build` before; without dist/ the tests are skipped.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const isBuilt =
  existsSync(COMMAND) && existsSync(fileURLToPath(new URL('../../dist/cli/reproduce-worker.js', import.meta.url)));
const FEW = ['reproduce', '--system', 'a1-16,a1-47,b1-42,b3-77', '--samples', '10', '--json'];

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
    const child = spawn(process.execPath, [COMMAND, 'reproduce', '--samples', '1000', '--json'], { stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part: Buffer) => {
      stdout += part.toString();
    });
    const heard = new Promise<void>((resolve) => {
      child.stderr.on('data', (part: Buffer) => {
        stderr += part.toString();
        resolve();
      });
    });
    const done = new Promise<number | null>((resolve) => child.on('exit', resolve));
    // The first line of progress.
    await Promise.race([heard, done]);
    child.kill('SIGINT');
    expect(await done).toBe(1);
    expect(stderr).toContain('Stopping; what is done is kept.');
    expect(stderr).toContain('limetal: stopped on request');
    const { systems, complete } = JSON.parse(stdout);
    expect(complete).toBe(false);
    expect(systems).toHaveLength(67);
  });
});

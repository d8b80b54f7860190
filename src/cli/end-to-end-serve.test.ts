// The built command serves the built page, and ends when it is told to.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));

describe('limetal serve', () => {
  test('says where the page is, serves it, and ends at an interrupt with code 0', async () => {
    const child = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(line.toString()) as { url: string };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await (await fetch(url)).text();
    const script = /<script type="module" src="([^"]+)"/.exec(page)![1]!;
    expect((await fetch(new URL(script, url))).headers.get('content-type')).toContain('text/javascript');
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });

  test.each([
    ['elephant', /--port: got "elephant"/],
    ['70000', /--port: got "70000"/],
  ])('port %s is no port', async (port, why) => {
    const { code, err } = await ended(['serve', '--port', port]);
    expect(code).toBe(2);
    expect(err).toMatch(why);
  });

  test('a port that was asked for and is taken is said', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const { code, err } = await ended(['serve', '--port', String(port)]);
    holder.close();
    expect(code).toBe(1);
    expect(err).toContain(`port ${port} is taken`);
  });
});

async function ended(argv: readonly string[]): Promise<{ code: number; err: string }> {
  const child = spawn(process.execPath, [COMMAND, ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (part: Buffer) => {
    err += part.toString();
  });
  const [code] = (await once(child, 'exit')) as [number];
  return { code, err };
}

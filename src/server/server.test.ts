import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from './start.ts';

const POLICY = "default-src 'none'; script-src 'self'";
const root = mkdtempSync(join(tmpdir(), 'limetal-server-'));
const folder = join(root, 'web');
let server: RunningServer;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
  writeFileSync(join(folder, 'assets/app-1.js'), `// ${'x'.repeat(5000)}`);
  writeFileSync(join(root, 'secret.txt'), 'secret');
  server = await startServer(folder, 0);
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** The path goes out as it is given, which `fetch` would tidy. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: server.port, path, headers, method }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    request.on('error', reject);
    request.end();
  });
}

describe('the server of the page', () => {
  test('serves the page with its policy, and isolated', async () => {
    const { status, headers, body } = await ask('/');
    expect(status).toBe(200);
    expect(body.toString()).toContain('<meta');
    expect(headers['content-security-policy']).toBe(`${POLICY}; frame-ancestors 'none'`);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
  });

  test('files named by their content are kept, packed, and asked for no second time', async () => {
    const { headers, body } = await ask('/assets/app-1.js?v=1', { 'accept-encoding': 'gzip, br' });
    expect(headers['cache-control']).toContain('immutable');
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(body).toString()).toContain('xxx');
    expect((await ask('/assets/app-1.js', { 'if-none-match': String(headers.etag) })).status).toBe(304);
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//etc/passwd',
    '/assets',
    '/assets/',
    '/index.html/',
    '/constructor',
    '/%00',
  ])('%s is no file', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('secret');
  });

  test('a page elsewhere that was led here by a name of its own is refused', async () => {
    expect((await ask('/', { host: 'evil.example' })).status).toBe(421);
    expect((await ask('/', { host: `evil.example:${server.port}` })).status).toBe(421);
    expect((await ask('/', { host: `localhost:${server.port}` })).status).toBe(200);
  });

  test('only reads', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await ask('/', {}, method)).status).toBe(405);
    const { status, body, headers } = await ask('/', {}, 'HEAD');
    expect([status, body.length]).toEqual([200, 0]);
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  });

  test('a taken port and a folder that is no page are said', async () => {
    await expect(startServer(folder, server.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(() => startServer(root, 0)).toThrow('no index.html');
  });
});

// What a browser fetches before the first running cell stands there, as `limetal serve` and any other host sends it.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const BUDGET_kB = 350;

interface Output {
  readonly entryPoint?: string;
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}

/** The script of the build has no types of its own. */
interface Build {
  readonly FIRST: readonly string[];
  buildWeb(
    options: object,
    folder: string,
  ): Promise<{ readonly metafile: { readonly outputs: Readonly<Record<string, Output>> } }>;
  neededBy(files: readonly string[], outputs: Readonly<Record<string, Output>>): readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), 'limetal-page-'));
let outputs: Readonly<Record<string, Output>>;
let first: readonly string[];

beforeAll(async () => {
  const { FIRST, buildWeb, neededBy } = (await import(
    new URL('../scripts/build-web.mjs', import.meta.url).href
  )) as Build;
  const options = { bundle: true, format: 'esm', target: 'es2022', charset: 'utf8', metafile: true };
  ({ outputs } = (await buildWeb({ ...options, legalComments: 'inline', logLevel: 'error' }, folder)).metafile);
  const keyOf = (entry: string): string => Object.keys(outputs).find((key) => outputs[key]!.entryPoint === entry)!;
  first = neededBy([...FIRST, 'src/web/style.css'].map(keyOf), outputs);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the page', () => {
  test(`sends at most ${BUDGET_kB} kB before its first running cell`, () => {
    const files = [
      ...first,
      join(folder, 'index.html'),
      join(folder, 'icon.svg'),
      join(folder, 'manifest.webmanifest'),
    ];
    const sizes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length);
    const sum_kB = sizes.reduce((sum, size) => sum + size, 0) / 1000;
    expect(sum_kB).toBeLessThan(BUDGET_kB);
    // A budget that is far away notices nothing.
    expect(sum_kB).toBeGreaterThan(0.75 * BUDGET_kB);
  });

  test.each([
    'src/literature/claims.json',
    'src/figures/render.ts',
    'src/analysis/',
    'src/readers/',
    'src/design/lab-test',
    'src/design/energy',
    'hyparquet',
  ])('fetches %s only when it is asked for', (part) => {
    const inputs = first.flatMap((file) => Object.entries(outputs[file]!.inputs));
    expect(inputs.filter(([path, { bytesInOutput }]) => path.includes(part) && bytesInOutput > 0)).toEqual([]);
  });

  test('preloads all of it, so that nothing is fetched one after another', () => {
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    const scripts = first.filter((file) => file.endsWith('.js')).map((file) => file.split('/').pop()!);
    expect(scripts.filter((name) => !html.includes(`<link rel="modulepreload" href="assets/${name}">`))).toEqual([]);
  });
});

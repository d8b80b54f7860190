// The readers bundled for a page and run where there is the language and the coders of text that every page has, and nothing of Node: no
// Buffer, no process, no require.

import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { arbinFile } from '../src/readers/access-fixture.test-tool.ts';
import { BINARIES, CYCLING_TEXTS, IMPEDANCE_TEXTS } from '../src/readers/fixtures.test-tool.ts';
import { type InstrumentFile, readInstrumentFile } from '../src/readers/index.ts';
import { recordToParquet } from '../src/records/index.ts';

interface Page {
  readonly read: (bytes: Uint8Array) => Promise<InstrumentFile>;
  readonly globals: () => readonly string[];
}

let page: Page;
let size = 0;

beforeAll(async () => {
  const bundle = await build({
    entryPoints: ['src/readers/index.ts'],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'readers',
    // This platform has no Node builtins, so an import of one stops the build here.
    platform: 'browser',
    target: 'es2022',
  });
  const { text } = bundle.outputFiles[0]!;
  size = text.length;
  const context = createContext({ TextEncoder, TextDecoder });
  runInContext('globalThis.before = Object.getOwnPropertyNames(globalThis)', context);
  runInContext(text, context);
  page = {
    read: runInContext('(bytes) => readers.readInstrumentFile(bytes)', context),
    globals: runInContext(
      '() => Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name))',
      context,
    ),
  };
});

const plain = (values: ArrayLike<number>): number[] => Array.from(values);

/** Arrays of the page are other classes than those here, so values are compared. */
async function same(bytes: Uint8Array): Promise<void> {
  const here = await readInstrumentFile(bytes);
  const there = await page.read(bytes);
  expect([there.format, there.rows, there.kind, there.start_unix_s]).toEqual([
    here.format,
    here.rows,
    here.kind,
    here.start_unix_s,
  ]);
  expect(there.remarks.map(({ message }) => message)).toEqual(here.remarks.map(({ message }) => message));
  expect(there.records.length).toBe(here.records.length);
  here.records.forEach((record, k) => {
    const other = there.records[k]!;
    for (const name of ['time_s', 'current_A', 'voltage_V', 'temperature_K', 'cycle', 'step'] as const)
      expect(plain(other[name])).toEqual(plain(record[name]));
    expect(Object.keys(other.extra)).toEqual(Object.keys(record.extra));
  });
  here.spectra.forEach((spectrum, k) => {
    expect(plain(there.spectra[k]!.real_ohm)).toEqual(plain(spectrum.real_ohm));
  });
}

describe('the readers in a page', () => {
  test.each([...CYCLING_TEXTS, ...IMPEDANCE_TEXTS, ...BINARIES].map(({ name, bytes }) => [name, bytes] as const))(
    '%s',
    async (_, bytes) => {
      await same(bytes);
    },
  );

  test('Arbin .res, also one whose pages are encoded', async () => {
    await same(arbinFile());
    await same(arbinFile({ pageKey: [1, 2, 3, 4] }));
  });

  test('Parquet', async () => {
    const record = (await readInstrumentFile(arbinFile())).records[0]!;
    await same(new Uint8Array(await recordToParquet(record)));
  });

  test('an error of the page says what it says here', async () => {
    await expect(page.read(new Uint8Array(0))).rejects.toMatchObject({ name: 'InputError' });
  });

  test('nothing is left among the globals but the bundle', () => {
    expect([...page.globals()].filter((name) => name !== 'before')).toEqual(['readers']);
  });

  test('no package of Node is in the bundle, and it is small', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(Object.keys(dependencies)).not.toContain('mdb-reader');
    expect(size).toBeLessThan(250_000);
  });
});

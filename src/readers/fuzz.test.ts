// Whatever the bytes, a reader gives a result or an InputError, soon and within bounded memory. LIMETAL_FUZZ sets how many inputs each
// format gets.

import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { BINARIES, CYCLING_TEXTS, IMPEDANCE_TEXTS, impedanceColumns, mprFile } from './fixtures.test-tool.ts';
import { mutate, random } from './fuzz.test-tool.ts';
import { readInstrumentFile } from './index.ts';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
const INPUTS = Number(process.env.LIMETAL_FUZZ ?? 2000);

const FIXTURES = [
  ...CYCLING_TEXTS,
  ...IMPEDANCE_TEXTS,
  ...BINARIES,
  { name: 'mpr of impedance', bytes: mprFile({ rows: 9, columns: impedanceColumns, technique: 0x1d }) },
];

describe(`${INPUTS} mutated files of each kind of reader give a result or an InputError`, () => {
  const groups = new Map<string, Uint8Array[]>();
  for (const { name, bytes } of FIXTURES) {
    const group = /^nda/.test(name)
      ? 'Neware .nda'
      : /^mpr/.test(name)
        ? 'EC-Lab binary'
        : /EC-Lab|BT-Lab/.test(name)
          ? 'EC-Lab text'
          : /Gamry|Ivium|dfr|PalmSens/.test(name)
            ? name
            : 'delimited text';
    groups.set(group, [...(groups.get(group) ?? []), bytes]);
  }
  test.each([...groups])('%s', { timeout: 1000 * (60 + INPUTS / 10) }, async (name, sources) => {
    const draw = random(20260101);
    let results = 0;
    for (let k = 0; k < INPUTS; k++) {
      const bytes = mutate(sources[k % sources.length]!, draw);
      try {
        const read = await readInstrumentFile(bytes, { name: 'fuzz' });
        results++;
        expect(read.records.length + read.spectra.length).toBeGreaterThanOrEqual(0);
        for (const { time_s, current_A, voltage_V, cycle } of read.records) {
          if (![current_A, voltage_V, cycle].every(({ length }) => length === time_s.length))
            throw new Error('columns differ in length');
        }
      } catch (error) {
        if (!(error instanceof InputError)) throw new Error(`input ${k} (seed 20260101)`, { cause: error });
      }
    }
    // Most mutations break JSON, and few of them a table.
    expect(results).toBeGreaterThan((name.startsWith('PalmSens') ? 0.005 : 0.2) * INPUTS);
  });

  test('random bytes', { timeout: 1000 * (60 + INPUTS / 10) }, async () => {
    const draw = random(7);
    for (let k = 0; k < INPUTS; k++) {
      const bytes = Uint8Array.from({ length: Math.floor(draw() * 400) }, () => Math.floor(draw() * 256));
      try {
        await readInstrumentFile(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
  });
});

describe('files made to exhaust a reader', () => {
  test('a wide header over short rows stops instead of filling the memory', async () => {
    const header = Array.from({ length: 1900 }, (_, k) => `c${k}`).join(',');
    const bytes = new TextEncoder().encode(`${header}\n${Array(1900).fill(1).join(',')}\n${'1,2\n'.repeat(200_000)}`);
    const read = await readInstrumentFile(bytes);
    expect(read.rows).toBeLessThan(20_000);
    expect(read.remarks.map(({ message }) => message).join()).toContain('much shorter than the header');
  });

  test('long lines that open with a quote, and headings of EC-Lab again and again', async () => {
    const started = Date.now();
    for (const line of [`"${'1,'.repeat(30_000)}`, `"${'1,'.repeat(30_000)}"`, ';time/s;Ewe/V;x'.repeat(4_000)]) {
      await readInstrumentFile(new TextEncoder().encode(`${line}\n`.repeat(4))).catch((error) => {
        expect(error).toBeInstanceOf(InputError);
      });
    }
    expect(Date.now() - started).toBeLessThan(4000);
  });

  test('a binary file that announces four billion rows', async () => {
    const bytes = mprFile({ rows: 9, columns: impedanceColumns, technique: 0x1d });
    const at = bytes.findIndex((_, k) => String.fromCharCode(...bytes.slice(k, k + 14)) === 'MODULEVMP data') + 57;
    new DataView(bytes.buffer).setUint32(at, 0xffffffff, true);
    expect((await readInstrumentFile(bytes)).rows).toBeLessThanOrEqual(9);
  });

  test.each([
    ['one line of numbers', '1 '.repeat(500_000)],
    ['a number without end', `a,b\n${`1,2\n1,${'9'.repeat(60_000)}x\n`.repeat(4)}`],
    ['a heading of blanks', `a,${' '.repeat(60_000)}v\n1,2\n3,4\n`],
    ['quotes and blanks', `${'"   " '.repeat(10_000)}\n${'1 '.repeat(20_000)}\n${'1 '.repeat(20_000)}\n`],
    ['programs that are timed again and again', `${'Prog Time, time s, WE(1. '.repeat(2000)}\n1,2\n1,2\n`],
    ['headings of EC-Lab that never end', `${'\ttime/s\t<'.repeat(5000)}\n1\t2\n1\t2\n`],
    ['headings that begin like those of a dialect', `${'Total Time Current('.repeat(50_000)}\n1,2\n1,2\n`],
    ['times that never end', `a,b,c\n1,2,${'1:'.repeat(100)}\n`.repeat(3000)],
    ['points that are announced and missing', 'VERSION8.0\n 4000000000\n 1\n1\n'],
    ['rows that are announced and missing', 'Method=Impedance\nprimary_data\n3\n4000000000\n1 2 3\n'],
    ['brackets without end', `{"Type":"PalmSens", "a": ${'['.repeat(500_000)}}`],
  ])('%s', async (_, text) => {
    const start = performance.now();
    try {
      expect((await readInstrumentFile(new TextEncoder().encode(text))).rows).toBeLessThan(10_000);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
    }
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

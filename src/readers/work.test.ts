// How much a reader allocates, counted and not timed: what makes large files quick, and keeps their memory bounded.

import { afterEach, describe, expect, test } from 'vitest';
import { readDelimited } from './delimited.ts';
import { mprFile } from './fixtures.test-tool.ts';
import { readInstrumentFile } from './index.ts';
import { textBytes } from './text-bytes.ts';

const Plain = globalThis.Float64Array;

afterEach(() => {
  globalThis.Float64Array = Plain;
});

/** Doubles that are allocated while `run` works, views of them not counted. */
async function doublesAllocated(run: () => Promise<unknown>): Promise<number> {
  let doubles = 0;
  globalThis.Float64Array = new Proxy(Plain, {
    construct(target, given, self) {
      if (!(given[0] instanceof ArrayBuffer)) doubles += typeof given[0] === 'number' ? given[0] : given[0].length;
      return Reflect.construct(target, given, self === globalThis.Float64Array ? Plain : self);
    },
  });
  await run();
  globalThis.Float64Array = Plain;
  return doubles;
}

const COLUMNS = [
  { id: 4, type: 'f8' as const, value: (row: number) => row },
  { id: 6, type: 'f4' as const, value: () => 0.5 },
  { id: 8, type: 'f4' as const, value: () => 1 },
  { id: 24, type: 'f8' as const, value: () => 1 },
];
const text = (rows: number): Uint8Array =>
  new TextEncoder().encode(
    `Time (s),U (V),I (A),Cycle,state,at\n${Array.from({ length: rows }, (_, k) => `${k},0.1234567,1e-3,1,rest,2024-01-01 10:${10 + (Math.floor(k / 60) % 50)}:${10 + (k % 50)}\n`).join('')}`,
  );

describe('the allocations of a large file', () => {
  test('an .mpr takes one column for each of its own, temperature, and the two counts of cycles', async () => {
    const rows = 20_000;
    const bytes = mprFile({ rows, columns: COLUMNS, flags: () => 1 });
    const doubles = await doublesAllocated(() => readInstrumentFile(bytes));
    // Time, voltage, current, cycle, three flags; temperature; cycles counted by us.
    expect(doubles / rows).toBe(9);
  });

  test('a text takes its columns with a tenth to spare, whatever its length', async () => {
    for (const rows of [20_000, 80_000]) {
      const bytes = text(rows);
      const doubles = await doublesAllocated(() => readInstrumentFile(bytes));
      expect(doubles / rows).toBeLessThan(1.25 * 6 + 2);
      expect(doubles / rows).toBeGreaterThan(6);
    }
  });

  test('strings are made of the head, of new words and of new minutes, not of rows', () => {
    const stringsOf = (rows: number): number => {
      const source = textBytes(text(rows));
      let strings = 0;
      const counted = {
        ...source,
        text: (from: number, to: number) => {
          strings++;
          return source.text(from, to);
        },
      };
      readDelimited(counted, {});
      return strings;
    };
    const [some, more] = [stringsOf(20_000), stringsOf(80_000)];
    // 60 000 rows more are 1000 minutes more; their seconds run on within them.
    expect((more! - some!) / 1000).toBeGreaterThan(0.9);
    expect((more! - some!) / 1000).toBeLessThan(2.1);
  });
});

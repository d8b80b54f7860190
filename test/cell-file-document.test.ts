// What the documents show of cell files is read as one, and the keys they name are keys of the format.

import { describe, expect, test } from 'vitest';
import { cellJsonSchema, parseCell } from '../src/cells/index.ts';
import { filesIn, filesUnder } from './source-files.ts';

const documents = [...filesIn('.', '.md'), ...filesUnder('docs', '.md')];
const blocks = documents.flatMap(({ path, text }) =>
  [...text.matchAll(/^```json\n(\{\n {2}"limetal": 1,.*?)^```$/gmsu)].map(([, json]) => ({ path, json: json! })),
);

/** All property names of a schema, wherever they stand. */
function keysOf(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, inner]) => [
    ...(key === 'properties' ? Object.keys(inner as object) : []),
    ...keysOf(inner),
  ]);
}

describe('cell files in documents', () => {
  test('there are some', () => {
    expect(blocks.map(({ path }) => path)).toEqual(expect.arrayContaining(['README.md', 'docs/cell-file.md']));
  });

  test.each(blocks)('$path: reads as a cell', ({ json }) => {
    const { ageing, solid } = parseCell(JSON.parse(json));
    expect(ageing ?? solid).toBeTruthy();
  });

  test('every key in the table of ageing is a key of the format', () => {
    const { text } = documents.find(({ path }) => path === 'docs/cell-file.md')!;
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    const known = new Set([...keysOf(cellJsonSchema()), 'null']);
    const named = rows.flatMap((row) => [...row.matchAll(/`(\w+)`/gu)].map(([, key]) => key!));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });
});

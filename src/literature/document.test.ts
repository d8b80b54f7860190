import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { claims, findRows, literatureRows, readOwnRows } from './index.ts';

const DOCUMENT = readFileSync(new URL('../../docs/literature.md', import.meta.url), 'utf8');

test('the file of own rows in docs/literature.md is read and found', () => {
  const [, block] = /^```json\n([\s\S]*?)^```$/m.exec(DOCUMENT)!;
  const { rows } = readOwnRows(JSON.parse(block!), 'docs/literature.md');
  expect(findRows(rows, { group: 'host', coulombic_efficiency_min: 0.987 }).map(({ id }) => id)).toEqual([
    'silver-foam',
  ]);
});

test('docs/literature.md counts right', () => {
  expect(DOCUMENT).toContain(
    `the ${literatureRows().length} rows of their four tables, and the ${claims().length} statements`,
  );
});

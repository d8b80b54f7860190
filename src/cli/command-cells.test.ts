import { expect, test } from 'vitest';
import { builtInCells } from '../cells/index.ts';
import { listCells } from './command-cells.ts';
import type { Terminal } from './terminal.ts';

test('cells stand under the heading of their group, each once', () => {
  const told: string[] = [];
  listCells({}, { out: (text: string) => void told.push(text) } as unknown as Terminal);
  const sections = told.join('').split('\n\n');
  for (const { group, id, title } of builtInCells()) {
    const section = sections.find((one) => one.startsWith(group));
    expect(section, group).toMatch(new RegExp(`^${id} +${title.replace(/[|.*+?^${}()[\]\\]/gu, '\\$&')}$`, 'mu'));
  }
  const groups = new Set(builtInCells().map(({ group }) => group));
  expect(sections.filter((one) => [...groups].some((group) => one.startsWith(group)))).toHaveLength(groups.size);
});

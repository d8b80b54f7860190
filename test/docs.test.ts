import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brokenLinks } from './doc-links.ts';
import { ROOM_RULES, SHELLS } from './room-rules.ts';
import { filesIn, filesUnder, ROOT } from './source-files.ts';

const documents = [...filesIn('.', '.md'), ...filesUnder('docs', '.md'), ...filesUnder('examples', '.md')];

describe('documents', () => {
  test.each(documents)('links of $path lead somewhere', (document) => {
    const exists = (path: string): boolean => existsSync(join(ROOT, path));
    expect(brokenLinks(document, documents, exists)).toEqual([]);
  });

  test('decisions are numbered without a gap', () => {
    const numbers = documents.flatMap(({ path }) => /^docs\/decisions\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1] ?? []);
    expect(numbers.map(Number)).toEqual(numbers.map((_, i) => i + 1));
    expect(documents.filter(({ path }) => dirname(path) === 'docs/decisions')).toHaveLength(numbers.length);
  });

  test('the table of rooms in ARCHITECTURE.md is that of the checker', () => {
    const { text } = documents.find(({ path }) => path === 'ARCHITECTURE.md')!;
    const written = [...text.matchAll(/^\| `(\w+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].map(
      ([, room, rooms, packages]) => [room, wordsOf(rooms!), wordsOf(packages!)],
    );
    const engine = Object.entries(ROOM_RULES).filter(([room]) => !SHELLS.includes(room));
    // `design` may import all rooms written above it.
    const above = (room: string): string => (room === 'design' ? 'all above' : ROOM_RULES[room]!.rooms.join(', '));
    expect(written).toEqual(engine.map(([room, { packages }]) => [room, wordsOf(above(room)), [...packages]]));
  });
});

describe('the link checker', () => {
  const exists = (path: string): boolean => ['docs/a.md', 'src/x.ts'].includes(path);
  const other = { path: 'docs/a.md', text: '# Two areas\n\n## j0: the factor\n' };

  test.each([
    ['[x](a.md)', []],
    ['[x](../src/x.ts)', []],
    ['[x](a.md#two-areas), [y](a.md#j0-the-factor)', []],
    ['[x](https://example.org/nowhere)', []],
    ['[x](b.md)', ['docs/here.md:1: b.md does not exist']],
    ['text\n[x](src/x.ts)', ['docs/here.md:2: src/x.ts does not exist']],
    ['[x](a.md#three-areas)', ['docs/here.md:1: a.md has no heading #three-areas']],
  ])('%s', (text, broken) => {
    expect(brokenLinks({ path: 'docs/here.md', text }, [other], exists)).toEqual(broken);
  });
});

function wordsOf(cell: string): string[] {
  return cell
    .split(', ')
    .map((word) => word.trim())
    .filter((word) => word !== '–' && word !== '');
}

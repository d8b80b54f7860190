import { describe, expect, test } from 'vitest';
import { forbiddenImports, formatViolation, importsOf, ROOM_RULES, SHELLS } from './room-rules.ts';
import { filesUnder } from './source-files.ts';

describe('the rooms import only what the table allows', () => {
  const files = [...filesUnder('src', '.ts'), ...filesUnder('src', '.tsx')];

  test('src is read at all', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(({ text }) => importsOf(text)).length).toBeGreaterThan(files.length);
  });

  test('no forbidden import', () => {
    expect(forbiddenImports(files).map(formatViolation)).toEqual([]);
  });

  test('the front door opens every engine room that has a door', () => {
    const rooms = files.flatMap(({ path }) => /^src\/(\w+)\/index\.ts$/.exec(path)?.[1] ?? []);
    const opened = importsOf(files.find(({ path }) => path === 'src/index.ts')!.text).map((one) => one.specifier);
    expect(opened).toEqual(rooms.filter((room) => !SHELLS.includes(room)).map((room) => `./${room}/index.ts`));
  });

  test('the table has no circle', () => {
    const visit = (room: string, above: readonly string[]): void => {
      expect(above, `${[...above, room].join(' → ')}`).not.toContain(room);
      for (const below of ROOM_RULES[room]!.rooms) visit(below, [...above, room]);
    };
    for (const room of Object.keys(ROOM_RULES)) visit(room, []);
  });
});

describe('the checker', () => {
  const verdict = (path: string, text: string): string[] => forbiddenImports([{ path, text }]).map(formatViolation);

  test.each([
    ['src/physics/a.ts', "import { x } from '../cells/index.ts';", /physics must not import cells/],
    ['src/physics/laws/a.ts', "import type { Cell } from '../../cells/index.ts';", /physics must not import cells/],
    ['src/physics/a.ts', "export * from '../simulation/index.ts';", /physics must not import simulation/],
    ['src/physics/a.ts', "type T = import('../records/index.ts').CyclingRecord;", /physics must not import records/],
    ['src/numerics/a.ts', "import '../units/index.ts';", /numerics must not import units \(it may import no room\)/],
    ['src/simulation/a.ts', "import { x } from '../cells/cell.ts';", /goes past the door of cells/],
    ['src/cells/a.ts', "import { readFileSync } from 'node:fs';", /must not import node:fs/],
    ['src/cells/a.ts', "const { join } = await import('path');", /must not import path/],
    ['src/worker/a.ts', "import 'node:os';", /must not import node:os/],
    ['src/physics/a.ts', "import { z } from 'zod';", /physics may import no package, not zod/],
    ['src/numerics/a.ts', "import math from 'mathjs/number';", /numerics may import no package/],
    ['src/cells/a.ts', "import * as echarts from 'echarts/core';", /cells may import only zod/],
    ['src/cli/a.ts', "import { createEngine } from '../worker/index.ts';", /shells never import each other/],
    ['src/server/a.ts', "import { x } from '../cli/index.ts';", /shells never import each other/],
    ['src/web/a.tsx', "import { serve } from '../worker/serve.ts';", /goes past the door of worker/],
    ['src/units/a.ts', "import pkg from '../../package.json';", /leads out of src/],
    ['src/units/a.ts', 'const later = import(name);', /may import no package, not \(name/],
    ['src/units/a.ts', "const fs = require('fs');", /must not import fs/],
    ['src/cells/a.ts', "import { any } from './any.test-tool.ts';", /is for tests only/],
    ['src/attic/a.ts', "import { x } from '../units/index.ts';", /attic is not in the table/],
    ['src/index.ts', "export { x } from './cells/cell.ts';", /the front door/],
    ['src/physics/a.test.ts', "import { x } from '../cells/index.ts';", /physics must not import cells/],
  ])('%s: %s is forbidden', (path, text, why) => {
    const found = verdict(path, text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(why);
  });

  test.each([
    ['src/physics/a.ts', "import { F } from '../units/index.ts';"],
    ['src/physics/laws/a.ts', "import { b } from './b.ts';\nimport { c } from '../c.ts';"],
    ['src/cells/a.ts', "import { parse } from '../numerics/index.ts';\nimport { z } from 'zod';"],
    ['src/cells/a.ts', "import table from './table.json';"],
    ['src/records/a.ts', "const { parquetWriteBuffer } = await import('hyparquet-writer');"],
    ['src/cli/a.ts', "import { readFileSync } from 'node:fs';\nimport { Command } from 'commander';"],
    ['src/web/a.ts', "import type { RunRequest } from '../worker/index.ts';"],
    ['src/physics/a.test.ts', "import { test } from 'vitest';\nimport { readFileSync } from 'node:fs';"],
    ['src/cells/any.test-tool.ts', "import fc from 'fast-check';"],
    ['src/units/a.ts', "const names = Array.from('import');\nexport const text = 'from here';"],
    ['src/index.ts', "export * as cells from './cells/index.ts';"],
  ])('%s: %s is allowed', (path, text) => {
    expect(verdict(path, text)).toEqual([]);
  });

  test('names the file and the line of an import that runs over several lines', () => {
    const text =
      "// idea\n\nimport { F } from '../units/index.ts';\nimport {\n  a,\n  b,\n} from '../cells/index.ts';\n";
    expect(verdict('src/physics/a.ts', text)[0]).toMatch(/^src\/physics\/a\.ts:4: /);
  });
});

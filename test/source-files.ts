// The files of the repository, for the tests that read them.

import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './room-rules.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Files under `folder` whose name ends in `ending`, paths from the repository's root with `/`, sorted. */
export function filesUnder(folder: string, ending: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name).split(sep).join('/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

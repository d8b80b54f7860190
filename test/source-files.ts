// The files of the repository, for the tests that read them.

import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './room-rules.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Files in `folder` itself whose name ends in `ending`, sorted. */
export function filesIn(folder: string, ending: string): SourceFile[] {
  return read(folder, readdirSync(join(ROOT, folder)), ending);
}

/** Files under `folder` whose name ends in `ending`, paths from the repository's root with `/`, sorted. */
export function filesUnder(folder: string, ending: string): SourceFile[] {
  return read(folder, readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }), ending);
}

function read(folder: string, names: readonly string[], ending: string): SourceFile[] {
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name).split(sep).join('/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

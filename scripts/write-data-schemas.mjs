// Writes the JSON Schemas of the data files in src/materials and src/literature from their zod schemas:
// node scripts/write-data-schemas.mjs
// The tests of those rooms fail when a schema file is behind.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Rooms with data files, and the function that gives their schemas by file name. */
const ROOMS = { materials: 'dataFileSchemas', literature: 'literatureFileSchemas' };

const folder = mkdtempSync(join(tmpdir(), 'limetal-schemas-'));
const paths = [];
for (const [room, schemasOf] of Object.entries(ROOMS)) {
  const bundle = join(folder, `${room}.mjs`);
  await build({
    entryPoints: [`src/${room}/schemas.ts`],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: bundle,
  });
  const schemas = (await import(pathToFileURL(bundle).href))[schemasOf]();
  for (const [name, schema] of Object.entries(schemas)) {
    const path = `src/${room}/${name}.schema.json`;
    writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
    paths.push(path);
  }
}
rmSync(folder, { recursive: true });
execFileSync('npx', ['biome', 'format', '--write', ...paths], { stdio: 'ignore' });

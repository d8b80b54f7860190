// Writes the JSON Schemas of the data files in src/materials from their zod schemas: node scripts/write-data-schemas.mjs
// The test of that room fails when a schema file is behind.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'limetal-schemas-'));
const bundle = join(folder, 'schemas.mjs');
await build({
  entryPoints: ['src/materials/schemas.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  outfile: bundle,
});
const { dataFileSchemas } = await import(pathToFileURL(bundle).href);
rmSync(folder, { recursive: true });
const paths = [];
for (const [name, schema] of Object.entries(dataFileSchemas())) {
  const path = `src/materials/${name}.schema.json`;
  writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
  paths.push(path);
}
execFileSync('npx', ['biome', 'format', '--write', ...paths], { stdio: 'ignore' });

// Builds dist/ from src/:
//   dist/<room>/           the library, a file for each module, dependencies left outside
//   dist/worker/engine.js  the engine for a browser's module worker, one file with everything inside
//   dist/cli/limetal.js    the command, everything inside, heavy parts in chunks loaded when asked for
//   dist/web/              the page, for `limetal serve` or any static host
//   dist/types/            declarations of the library
//   dist/schema/           the JSON Schema of the cell file

import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildWeb } from './build-web.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const common = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'warning',
  legalComments: 'inline',
  metafile: true,
};
const TEST_FILE = /\.test(-tool)?\.ts$/;
/** What runs only inside a bundle. */
const BUNDLED = [
  'src/cli/',
  'src/server/',
  'src/web/',
  'src/worker/engine.ts',
  'src/worker/serve.ts',
  'src/worker/run-request.ts',
  'src/worker/tasks',
];
const licencesOf = new Map();

rmSync('dist', { recursive: true, force: true });
const declarations = emitDeclarations();
const bundles = await Promise.all([buildLibrary(), buildWorkerEngine(), buildCommand(), buildWeb(common)]);
for (const bundle of bundles) if (bundle !== null) collectLicences(bundle.metafile);
writeLicences();
await writeCellSchema();
await declarations;
if (existsSync(manifest.bin.limetal)) linkCommand();

/**
 * Module by module, so that a bundler drops every file that is not used; package.json says that none has side effects. Data
 * files are taken into the module that imports them, packages stay outside.
 */
function buildLibrary() {
  const inLibrary = (path) =>
    path.endsWith('.ts') && !TEST_FILE.test(path) && !BUNDLED.some((part) => path.startsWith(part));
  return build({
    ...common,
    entryPoints: filesUnder('src').filter(inLibrary),
    outbase: 'src',
    outdir: 'dist',
    packages: 'external',
    platform: 'neutral',
    plugins: [
      {
        name: 'one file for each module',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^\..*\.ts$/ }, ({ path, kind }) =>
            kind === 'entry-point' ? null : { path: path.replace(/\.ts$/, '.js'), external: true },
          ),
      },
    ],
  });
}

function buildWorkerEngine() {
  if (!existsSync('src/worker/engine.ts')) return null;
  // Platform `browser` has no Node builtins, so an import of one stops the build here.
  return build({
    ...common,
    entryPoints: ['src/worker/engine.ts'],
    outfile: 'dist/worker/engine.js',
    platform: 'browser',
    minify: true,
  });
}

async function buildCommand() {
  if (!existsSync('src/cli/main.ts')) return null;
  const bundle = await build({
    ...common,
    // The command finds its threads beside itself.
    entryPoints: {
      limetal: 'src/cli/main.ts',
      'simulation-worker': 'src/cli/simulation-worker.ts',
      'reproduce-worker': 'src/cli/reproduce-worker.ts',
      'analyse-worker': 'src/cli/analyse-worker.ts',
      'serve-worker': 'src/server/serve-worker.ts',
    },
    outdir: 'dist/cli',
    splitting: true,
    platform: 'node',
    target: 'node20.19',
    chunkNames: 'chunks/[name]-[hash]',
    // Commander is CommonJS and asks for Node's builtins by `require`, which an ES module does not have by itself.
    banner: {
      js: "import { createRequire as requireAt } from 'node:module'; const require = requireAt(import.meta.url);",
    },
  });
  const file = 'dist/cli/limetal.js';
  const text = readFileSync(file, 'utf8');
  if (!text.startsWith('#!')) writeFileSync(file, `#!/usr/bin/env node\n${text}`);
  chmodSync(file, 0o755);
  return bundle;
}

/** TypeScript keeps `./x.ts` in declarations; a consumer has `./x.d.ts`, which only the specifier `./x.js` names everywhere. */
async function emitDeclarations() {
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json']);
  for (const file of filesUnder('dist/types')) {
    const text = readFileSync(file, 'utf8');
    const rewritten = text.replace(/(from |import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2');
    if (rewritten !== text) writeFileSync(file, rewritten);
  }
}

/** The cells room describes its own file; the schema is published as it says it. */
async function writeCellSchema() {
  if (!existsSync('dist/cells/index.js')) return;
  const cells = await import(pathToFileURL(join(root, 'dist/cells/index.js')).href);
  if (cells.cellJsonSchema === undefined) return;
  mkdirSync('dist/schema', { recursive: true });
  writeFileSync('dist/schema/cell.schema.json', JSON.stringify(cells.cellJsonSchema(), null, 2) + '\n');
}

/** Bundled packages ask that their licence travels with them. */
function collectLicences(metafile) {
  for (const input of Object.keys(metafile.inputs)) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (folder === undefined || licencesOf.has(folder)) continue;
    const texts = readdirSync(folder).filter(
      (name) => /^(licen[cs]e|notice)/i.test(name) && statSync(join(folder, name)).isFile(),
    );
    licencesOf.set(folder, texts.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n'));
  }
}

function writeLicences() {
  const parts = [...licencesOf]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, text]) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return `${name} ${version} (${license})\n\n${text}\n`;
    });
  if (parts.length > 0) writeFileSync('dist/third-party-licences.txt', parts.join(`\n${'-'.repeat(80)}\n\n`));
}

/** npm links a package's bin where it is installed, not in its own clone; without this link `npx limetal` would build again. */
function linkCommand() {
  const link = 'node_modules/.bin/limetal';
  if (process.platform === 'win32' || !existsSync(dirname(link))) return;
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), manifest.bin.limetal), link);
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    spawn(command, args, { stdio: 'inherit' })
      .on('error', reject)
      .on('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`${args.join(' ')} ended with code ${code}`));
      });
  });
}

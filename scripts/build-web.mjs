// Builds the page (dist/web): a folder that any static host can serve, and that works again without a connection once it was opened.
//   assets/        scripts and styles, named by their content, so that a browser may keep them for ever
//   index.html     the page, with the policy that lets it load nothing from elsewhere
//   sw.js          keeps the files for the next time; a new build takes the place of the old one as a whole

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/**
 * What the page may do: load from its own place, and nothing else. A worker's script counts as a script; `blob:` images are figures on
 * their way to a PNG.
 */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What the page needs to show its first running cell; all else is fetched when it is asked for. */
export const FIRST = [
  'src/web/main.tsx',
  'src/worker/engine.ts',
  'src/web/views/cell/view.tsx',
  'src/worker/tasks/cell-run.ts',
  'src/worker/tasks/cell-sheet.ts',
];

/** Builds the page into `folder` with the options that all bundles share; gives esbuild's result, for the licences of what is in it. */
export async function buildWeb(common, folder = 'dist/web') {
  const bundle = await build({
    ...common,
    entryPoints: { app: 'src/web/main.tsx', engine: 'src/worker/engine.ts', style: 'src/web/style.css' },
    outdir: join(folder, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    splitting: true,
    platform: 'browser',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'file' },
  });
  const { outputs } = bundle.metafile;
  const keyOf = (entry) => Object.keys(outputs).find((key) => outputs[key].entryPoint === entry);
  const outputOf = (entry) => `assets/${basename(keyOf(entry))}`;
  const engine = outputOf('src/worker/engine.ts');
  const preloaded = neededBy(FIRST.map(keyOf), outputs);
  const replacements = {
    '%ENGINE%': engine,
    '%APP%': outputOf('src/web/main.tsx'),
    '%STYLE%': outputOf('src/web/style.css'),
    '%POLICY%': POLICY,
    '%VERSION%': JSON.parse(readFileSync('package.json', 'utf8')).version,
    '%PRELOADS%': preloaded.map((file) => `<link rel="modulepreload" href="assets/${basename(file)}">`).join('\n'),
  };
  let html = readFileSync('src/web/index.html', 'utf8');
  for (const [mark, text] of Object.entries(replacements)) html = html.replaceAll(mark, text);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), html);
  copyFileSync('src/web/icon.svg', join(folder, 'icon.svg'));
  writeFileSync(join(folder, 'manifest.webmanifest'), `${JSON.stringify(manifest(), null, 2)}\n`);
  writeServiceWorker(folder);
  return bundle;
}

/** These files and all that they import at once, so that a browser asks for them together and not one after another. */
export function neededBy(files, outputs) {
  const needed = new Set(files);
  for (const file of needed) {
    for (const { path, kind } of outputs[file].imports) if (kind === 'import-statement') needed.add(path);
  }
  return [...needed];
}

function manifest() {
  return {
    name: 'limetal',
    short_name: 'limetal',
    description: 'The open workbench for lithium-metal anodes',
    start_url: './',
    display: 'standalone',
    background_color: '#f4f4f1',
    theme_color: '#1f2a30',
    icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
}

/** The list of files is known only now; the script around it is src/web/service-worker.js. */
function writeServiceWorker(folder) {
  const files = [
    './',
    'icon.svg',
    'manifest.webmanifest',
    ...readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`),
  ];
  const hash = createHash('sha256')
    .update(files.join())
    .update(readFileSync(join(folder, 'index.html')))
    .digest('hex');
  const script = readFileSync('src/web/service-worker.js', 'utf8');
  const head = `const VERSION = ${JSON.stringify(hash.slice(0, 16))};\nconst FILES = ${JSON.stringify(files)};\n`;
  writeFileSync(join(folder, 'sw.js'), head + script);
}

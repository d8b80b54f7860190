import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from './source-files.ts';

/** An install asks the registry; a slow line is not a fault. */
const INSTALL_TIMEOUT_ms = 240_000;

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  bin: { limetal: string };
  exports: Record<string, string | { types: string; default: string }>;
};
const folder = mkdtempSync(join(tmpdir(), 'limetal-package-'));
let tarball = '';
let packed: readonly string[] = [];

/** Runs in the empty folder with the user's environment, not that of the npm script which may run this test. */
function run(command: string, args: readonly string[], cwd = folder): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  // A command that does not end must not keep all tests.
  const limits = { timeout: INSTALL_TIMEOUT_ms, killSignal: 'SIGKILL' as const };
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...limits });
}

/** Checks types as a consumer would; what the compiler says is in the error. */
function compile(files: readonly string[], module: string, moduleResolution: string): void {
  const resolution = ['--module', module, '--moduleResolution', moduleResolution];
  const flags = ['--ignoreConfig', '--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--types', ''];
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  try {
    run(process.execPath, [compiler, ...flags, ...resolution, ...files]);
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout);
  }
}

/** Fenced blocks of README.md in one language. */
function codeBlocks(language: string): string[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]!);
}

beforeAll(() => {
  if (!existsSync(join(ROOT, manifest.bin.limetal))) throw new Error('dist/ is not built: npm run build');
  const [pack] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], ROOT)) as [
    { filename: string; files: { path: string }[] },
  ];
  tarball = join(folder, pack.filename);
  packed = pack.files.map(({ path }) => path);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the tarball', () => {
  test('carries the product and nothing of its making', () => {
    const top = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    expect(packed.filter((path) => !path.startsWith('dist/')).sort()).toEqual(top);
    expect(packed.filter((path) => /\.test\.|\.map$|(?<!\.d)\.ts$|node_modules|tsconfig|biome/.test(path))).toEqual([]);
  });

  test('holds every file that package.json promises', () => {
    const promised = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    const paths = [...promised, manifest.bin.limetal].map((path) => path.replace(/^\.\//, ''));
    expect(paths.filter((path) => !packed.includes(path))).toEqual([]);
  });

  test('exports every room that has a door', () => {
    const built = packed.flatMap((path) => /^dist\/(\w+)\/index\.js$/.exec(path)?.[1] ?? []);
    expect(built.filter((room) => manifest.exports[`./${room}`] === undefined)).toEqual([]);
  });

  test('names no source file in its declarations', () => {
    const declarations = packed.filter((path) => path.endsWith('.d.ts'));
    expect(declarations.length).toBeGreaterThan(20);
    const wrong = declarations.filter((path) =>
      /(from |import\()['"][^'"]*\.ts['"]/.test(readFileSync(join(ROOT, path), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  test('gives the browser an engine with nothing to load and nothing of Node', () => {
    const text = readFileSync(join(ROOT, 'dist/worker/engine.js'), 'utf8');
    expect(text).not.toMatch(/^import\b|\brequire\(|['"]node:/m);
  });
});

describe('installed into an empty folder', () => {
  beforeAll(() => {
    writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
    run('npm', ['install', '--no-audit', '--no-fund', tarball]);
  }, INSTALL_TIMEOUT_ms);

  test('the command runs', () => {
    expect(run('npx', ['--no-install', 'limetal', '--version']).trim()).toBe(manifest.version);
    const { cycles } = JSON.parse(
      run('npx', ['--no-install', 'limetal', 'run', 'li-cu-ether-nitrate', '--cycles', '2', '--json']),
    ) as {
      cycles: unknown[];
    };
    expect(cycles).toHaveLength(2);
  });

  test('the library runs, by room and through the front door', () => {
    const script = `
      import { builtInCell } from 'limetal/cells';
      import { simulation } from 'limetal';
      const cell = builtInCell('li-cu-ether-nitrate');
      const { cycles, stop } = simulation.simulate(cell, cell.protocol, { cycles: 2 });
      console.log(JSON.stringify({ cycles: cycles.length, stop: stop.kind }));`;
    const { cycles } = JSON.parse(run(process.execPath, ['--input-type=module', '-e', script])) as { cycles: number };
    expect(cycles).toBe(2);
  });

  test.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])('its types resolve with moduleResolution %s', (moduleResolution, module) => {
    const rooms = Object.entries(manifest.exports).filter(([, entry]) => typeof entry !== 'string');
    const lines = rooms.map(([name], i) => `import * as room${i} from '${name.replace('.', 'limetal')}';`);
    const uses = [
      `export const all: object[] = [${rooms.map((_, i) => `room${i}`).join(', ')}];`,
      "import { type Cell, builtInCell } from 'limetal/cells';",
      "import { simulate } from 'limetal/simulation';",
      "const cell: Cell = builtInCell('li-cu-ether-nitrate');",
      'export const efficiency: number | null = simulate(cell, cell.protocol!).cycles[0]!.coulombic_efficiency;',
      '// @ts-expect-error a cell is not any text',
      "simulate('cell', cell.protocol!);",
    ];
    writeFileSync(join(folder, 'consumer.ts'), [...lines, ...uses].join('\n'));
    expect(() => compile(['consumer.ts'], module, moduleResolution)).not.toThrow();
  });

  const SERVE = 'npx limetal serve';
  const commands = codeBlocks('sh').flatMap((block) =>
    block.split('\n').filter((line) => line.startsWith('npx limetal')),
  );

  test.each(commands.filter((line) => line !== SERVE))('README: %s', (line) => {
    const [, ...args] = line.split(/ (?=(?:[^"]*"[^"]*")*[^"]*$)/).map((word) => word.replaceAll('"', ''));
    expect(run('npx', ['--no-install', ...args])).not.toBe('');
  });

  test(`README: ${SERVE}, which serves the page until it is told to end`, async () => {
    expect(commands).toContain(SERVE);
    const command = join(folder, 'node_modules/limetal', manifest.bin.limetal);
    const child = spawn(process.execPath, [command, 'serve', '--port', '0', '--json'], { cwd: folder });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const page = await fetch((JSON.parse(line.toString()) as { url: string }).url);
    expect(await page.text()).toContain('<title>limetal</title>');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('README: the cell file runs', () => {
    const [cellFile] = codeBlocks('json');
    writeFileSync(join(folder, 'my.cell.json'), cellFile!);
    const { cycles, stop } = JSON.parse(run('npx', ['--no-install', 'limetal', 'run', 'my.cell.json', '--json'])) as {
      cycles: unknown[];
      stop: { kind: string };
    };
    expect(cycles).toHaveLength(5);
    expect(stop.kind).toBe('completed');
  });

  test('README: the protocol is read', () => {
    const [protocol] = codeBlocks('text');
    writeFileSync(join(folder, 'protocol.txt'), protocol!);
    const script = `
      import { parseProtocol } from 'limetal/cells';
      import { readFileSync } from 'node:fs';
      const { items } = parseProtocol(readFileSync('protocol.txt', 'utf8').trim().split('\\n'));
      console.log(JSON.stringify(items[0].items.length));`;
    expect(run(process.execPath, ['--input-type=module', '-e', script]).trim()).toBe('5');
  });

  test('README: the code compiles, and the part that needs no browser runs', () => {
    const blocks = codeBlocks('ts');
    expect(blocks).toHaveLength(2);
    for (const [i, block] of blocks.entries()) writeFileSync(join(folder, `readme-${i}.ts`), block);
    compile(['readme-0.ts', 'readme-1.ts'], 'esnext', 'bundler');
    writeFileSync(join(folder, 'readme.mjs'), transformSync(blocks[0]!, { loader: 'ts' }).code);
    expect(run(process.execPath, ['readme.mjs']).split('\n')).toHaveLength(7);
  });

  test('a bundler keeps only what is used', async () => {
    const bundle = (contents: string): Promise<string> =>
      build({
        stdin: { contents, resolveDir: folder },
        bundle: true,
        minify: true,
        format: 'esm',
        platform: 'browser',
        write: false,
        logLevel: 'silent',
      }).then(({ outputFiles }) => outputFiles[0]!.text);
    const size = async (code: string): Promise<number> => (await bundle(code)).length;
    expect(await size("import 'limetal';")).toBeLessThan(10);
    const everything = await size("import * as all from 'limetal'; console.log(all);");
    // Some bundlers keep a whole room that comes by its name, none keeps the others.
    expect(await size("import { units } from 'limetal'; console.log(units.F);")).toBeLessThan(0.05 * everything);
    expect(await size("import { F } from 'limetal/units'; console.log(F);")).toBeLessThan(100);
    // Who simulates draws nothing and validates no file.
    expect(await size("import { simulate } from 'limetal/simulation'; console.log(simulate);")).toBeLessThan(
      0.3 * everything,
    );
  });
});

// Which room may import what, and a reader of imports that holds every file of src/ to it. The table is that of
// ARCHITECTURE.md; a change here is a change of the design and has a decision record.

import { builtinModules } from 'node:module';
import { posix } from 'node:path';

interface RoomRule {
  /** Other rooms, through their index.ts. */
  readonly rooms: readonly string[];
  /** npm packages. */
  readonly packages: readonly string[];
  /** Whether Node's own modules may be used. */
  readonly node: boolean;
}

const engine = (rooms: readonly string[], packages: readonly string[] = []): RoomRule => ({
  rooms,
  packages,
  node: false,
});

const SIMULATION_ROOMS = ['units', 'numerics', 'records', 'materials', 'cells', 'physics'];
const BELOW_DESIGN = [...SIMULATION_ROOMS, 'literature', 'simulation', 'readers', 'analysis'];
const ENGINE_ROOMS = [...BELOW_DESIGN, 'design', 'figures'];
export const SHELLS: readonly string[] = ['cli', 'server', 'worker', 'web'];

export const ROOM_RULES: Readonly<Record<string, RoomRule>> = {
  units: engine([]),
  numerics: engine([]),
  records: engine(['units'], ['hyparquet-writer']),
  literature: engine(['units'], ['zod']),
  materials: engine(['units', 'numerics', 'literature'], ['zod']),
  cells: engine(['units', 'numerics', 'literature', 'materials', 'physics'], ['zod']),
  physics: engine(['units', 'numerics']),
  simulation: engine(SIMULATION_ROOMS),
  readers: engine(['units', 'records'], ['fflate']),
  analysis: engine(['units', 'numerics', 'records', 'physics']),
  design: engine(BELOW_DESIGN),
  figures: engine(['units', 'records', 'analysis', 'design'], ['echarts']),
  cli: { rooms: ENGINE_ROOMS, packages: ['commander'], node: true },
  server: { rooms: ENGINE_ROOMS, packages: [], node: true },
  worker: { rooms: ENGINE_ROOMS, packages: [], node: false },
  web: { rooms: [...ENGINE_ROOMS, 'worker'], packages: ['fflate', 'preact', 'uplot', 'zod'], node: false },
};

/** What tests may use beside what their room may. */
const TEST_PACKAGES = ['vitest', 'fast-check', 'hyparquet', 'hyparquet-writer', 'mdb-reader'];

/** Tests, and what only tests use. */
const TEST_FILE = /\.test(-tool)?\.tsx?$/;

export interface Import {
  readonly specifier: string;
  /** From 1. */
  readonly line: number;
}

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

const STATIC = /^[ \t]*(import|export)\b([^'"`;]*?\bfrom\s*|\s*)(['"])([^'"\n]+)\3/gm;
const CALLED = /\b(import|require)\s*\(\s*(?:\/\*.*?\*\/\s*)?(['"`]?)([^'"`\n)]*)/g;

/**
 * Every import and re-export of a file, also those in a type (`import('x').T`) and at run time. A statement written in a
 * comment at the start of a line is taken for real: a false alarm is seen at once, a missed import never.
 */
export function importsOf(text: string): Import[] {
  const found: Import[] = [];
  const lineAt = (index: number): number => text.slice(0, index).split('\n').length;
  for (const match of text.matchAll(STATIC)) {
    const [, , , , specifier] = match;
    found.push({ specifier: specifier!, line: lineAt(match.index) });
  }
  for (const match of text.matchAll(CALLED)) {
    const [, , quote, specifier] = match;
    // A computed specifier cannot be checked, so it is reported as one that no rule allows.
    found.push({ specifier: quote === '' ? `(${specifier})` : specifier!, line: lineAt(match.index) });
  }
  return found.sort((a, b) => a.line - b.line);
}

/** Every import of these files that the table forbids. */
export function forbiddenImports(files: readonly SourceFile[]): Violation[] {
  return files.flatMap(({ path, text }) =>
    importsOf(text).flatMap((one) => {
      const message = whyForbidden(path, one);
      return message === null ? [] : [{ file: path, line: one.line, message }];
    }),
  );
}

/** `src/physics/a.ts:3: physics must not import cells (…)`, as an editor opens it. */
export function formatViolation({ file, line, message }: Violation): string {
  return `${file}:${line}: ${message}`;
}

function whyForbidden(path: string, { specifier }: Import): string | null {
  const isTest = TEST_FILE.test(path);
  const room = path.split('/')[1]!;
  // src/index.ts is the library's front door: it opens the rooms, and holds nothing itself.
  if (path === 'src/index.ts')
    return /^\.\/[a-z]+\/index\.ts$/.test(specifier) ? null : `the front door re-exports rooms, not ${specifier}`;
  const rule = ROOM_RULES[room];
  if (rule === undefined) return `the room ${room} is not in the table of rooms`;
  if (specifier.startsWith('.')) return whyForbiddenPath(path, room, rule, specifier, isTest);
  if (isBuiltin(specifier)) {
    return rule.node || isTest ? null : `${room} runs in Node and browser alike and must not import ${specifier}`;
  }
  const name = packageOf(specifier);
  if (rule.packages.includes(name) || (isTest && TEST_PACKAGES.includes(name))) return null;
  const allowed = rule.packages.length === 0 ? 'no package' : `only ${rule.packages.join(', ')}`;
  return `${room} may import ${allowed}, not ${specifier}`;
}

function whyForbiddenPath(
  path: string,
  room: string,
  rule: RoomRule,
  specifier: string,
  isTest: boolean,
): string | null {
  const target = posix.join(posix.dirname(path), specifier);
  const [top, other] = target.split('/');
  if (top !== 'src') return isTest ? null : `${specifier} leads out of src`;
  if (TEST_FILE.test(target) && !isTest) return `${specifier} is for tests only`;
  if (other === room) return null;
  if (!rule.rooms.includes(other!)) {
    return SHELLS.includes(room) && SHELLS.includes(other!)
      ? `${room} must not import ${other}: shells never import each other`
      : `${room} must not import ${other} (it may import ${rule.rooms.join(', ') || 'no room'})`;
  }
  if (target !== `src/${other}/index.ts`) return `${specifier} goes past the door of ${other}; import its index.ts`;
  return null;
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
}

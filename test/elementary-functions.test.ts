// A run is the same to the last bit in every engine of JavaScript, and so may use only functions that are: see
// docs/decisions/0011-own-elementary-functions.md.

import { describe, expect, test } from 'vitest';
import { filesUnder } from './source-files.ts';

const ROOMS = ['numerics', 'physics', 'simulation', 'materials', 'cells', 'design'];
/** Exact in every engine, or without a rounding. */
const ALLOWED = [
  'PI',
  'E',
  'LN2',
  'LN10',
  'LOG10E',
  'LOG2E',
  'SQRT2',
  'SQRT1_2',
  'abs',
  'ceil',
  'floor',
  'fround',
  'imul',
  'clz32',
  'max',
  'min',
  'round',
  'sign',
  'sqrt',
  'trunc',
];

/** Lines with a function or a power that the language leaves to the engine. A power of two numbers in digits is a constant. */
function leftToTheEngine(path: string, text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|`(?:\\.|[^`$])*`|'(?:\\.|[^'\n])*'|\/\/[^\n]*/g, (skipped) =>
    skipped.replace(/[^\n]/g, ' '),
  );
  return code.split('\n').flatMap((line, k) => {
    const functions = [...line.matchAll(/\bMath\s*(?:\.\s*(\w+)|\[)/g)].filter(
      ([, name]) => name === undefined || !ALLOWED.includes(name),
    );
    const powers = [...line.matchAll(/(\S+)\s*\*\*=?\s*(-?\S+)/g)].filter(
      ([, base, exponent]) => !/^\(*[\d.]+$/.test(base!) || !/^-?\d+\D*$/.test(exponent!),
    );
    return [...functions, ...powers].map(([what]) => `${path}:${k + 1}: ${what}`);
  });
}

describe('no room of the engine leaves a bit to the engine of JavaScript', () => {
  const files = ROOMS.flatMap((room) => filesUnder(`src/${room}`, '.ts')).filter(
    ({ path }) => !/\.test(-tool)?\.ts$/.test(path),
  );

  test('files are found', () => expect(files.length).toBeGreaterThan(100));

  test('only exact functions of Math, and no power', () => {
    expect(files.flatMap(({ path, text }) => leftToTheEngine(path, text))).toEqual([]);
  });

  test.each([
    'Math.exp(x)',
    'omega.map(Math.log)',
    'Math[name](x)',
    'x ** 2',
    'x **= 2',
    '10 ** n',
    'f(x) ** -1.5',
    'const a = { b: Math.sin(x) };',
  ])('%s is seen', (line) => expect(leftToTheEngine('a.ts', line)).toHaveLength(1));

  test.each(['Math.sqrt(x)', '2 ** -53', '// x ** 2', '/** Math.exp */', "accept('**')", 'Math.PI'])(
    '%s is let pass',
    (line) => expect(leftToTheEngine('a.ts', line)).toEqual([]),
  );
});

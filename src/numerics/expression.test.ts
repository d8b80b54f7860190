import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compileExpression,
  type Expression,
  evaluateExpression,
  FORMULA_DEPTH_MAX,
  FORMULA_LENGTH_MAX,
  parseExpression,
} from './expression.ts';

function parsed(text: string): Expression {
  const result = parseExpression(text);
  if (!result.ok) throw new Error(`${text}: ${result.message} at ${result.position}`);
  return result.expression;
}

/** Value and slope at one point by the compiled form. */
function at(text: string, x: number): readonly [number, number] {
  const y = new Float64Array(1);
  const slope = new Float64Array(1);
  compileExpression(parsed(text))(1, Float64Array.of(x), y, slope);
  return [y[0]!, slope[0]!];
}

describe('grammar', () => {
  test.each([
    ['1', 0, 1],
    ['.5 + 1.e-1', 0, 0.6],
    ['1 - 2 - 3', 0, -4],
    ['2 - 3 * 4 / 6', 0, 0],
    ['-x**2', 3, -9],
    ['(-x)^2', 3, 9],
    ['2**3**2', 0, 512],
    ['2**-1', 0, 0.5],
    ['--x', 3, 3],
    ['+x - +2', 3, 1],
    ['8/4/2', 0, 1],
    ['1e3*x', 2, 2000],
    ['2E+1', 0, 20],
    ['exp(0) + log(1) + ln(1) + sqrt(4) + abs(-1) + cosh(0)', 0, 5],
    ['tanh(0) + sinh(0) + sin(0) + asin(0) + arctan(0) + asinh(0)', 0, 0],
    ['log10(1000) + cos(0) + tan(0) + acos(1)', 0, 4],
    ['pow(x, 3) + min(x, 1) + max(x, 1)', 2, 11],
    ['pi', 0, Math.PI],
    [' \t( x\n) ', 7, 7],
  ])('%s at x = %f is %f', (text, x, value) => {
    expect(at(text, x)[0]).toBeCloseTo(value, 13);
    expect(evaluateExpression(parsed(text), x)).toBeCloseTo(value, 13);
  });

  test.each([
    ['', /found the end, want a number/, 0],
    ['1 +', /found the end/, 3],
    ['1 2', /found "2", want an operator/, 2],
    ['2x', /found "x", want an operator/, 1],
    ['(x', /found the end, want "\)"/, 2],
    ['x)', /found "\)", want an operator/, 1],
    ['1 + *x', /found "\*"/, 4],
    ['foo(x)', /"foo" is not known; the variable is x/, 0],
    ['y + 1', /"y" is not known/, 0],
    ['exp x', /want "\(" after exp/, 4],
    ['exp(x, 1)', /want "\)"/, 5],
    ['pow(x)', /pow takes two arguments/, 5],
    ['1e999', /too large/, 0],
    ['x.constructor', /found "."/, 1],
    ['constructor', /"constructor" is not known/, 0],
    ['x**', /found the end/, 3],
    ['x = 2', /found "="/, 2],
    ['1 − x', /found "−"/, 2],
    ['𝑥', /found "𝑥"/, 0],
  ])('%j is refused with the place of the fault', (text, message, position) => {
    const result = parseExpression(text);
    expect(result).toMatchObject({ ok: false, position });
    expect(!result.ok && result.message).toMatch(message);
  });

  test('a number of any length is read whole', () => {
    const long = `0.${'0'.repeat(600)}1`;
    expect(at(`x + ${long}`, 1)[0]).toBe(1);
  });

  test('length and depth are bounded', () => {
    expect(parseExpression('x+'.repeat(FORMULA_LENGTH_MAX)).ok).toBe(false);
    for (const [open, close] of [
      ['(', ')'],
      ['-', ''],
      ['exp(', ')'],
      ['2**', ''],
    ] as const) {
      const nested = (depth: number) => open.repeat(depth) + 'x' + close.repeat(depth);
      expect(parseExpression(nested(FORMULA_DEPTH_MAX)).ok).toBe(true);
      expect(parseExpression(nested(FORMULA_DEPTH_MAX + 1))).toMatchObject({ ok: false, message: /nested more than/ });
    }
  });

  test('a sum of the greatest length compiles and evaluates without exhausting the stack', () => {
    const terms = FORMULA_LENGTH_MAX / 2 - 1;
    expect(at(`x${'+x'.repeat(terms)}`, 1)).toEqual([terms + 1, terms + 1]);
    expect(evaluateExpression(parsed(`x${'+x'.repeat(terms)}`), 2)).toBe(2 * (terms + 1));
  });

  test('never throws, whatever the text', () => {
    const pieces = fc.constantFrom(
      ...[
        'x',
        '1',
        '2.5e3',
        '+',
        '-',
        '*',
        '**',
        '/',
        '^',
        '(',
        ')',
        ',',
        'exp',
        'pow',
        'log(',
        ' ',
        '.',
        'e',
        '\0',
        'é',
      ],
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 40 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const result = parseExpression(text);
        if (result.ok) {
          const y = new Float64Array(1);
          compileExpression(result.expression)(1, Float64Array.of(0.4), y, new Float64Array(1));
        } else {
          expect(result.position).toBeGreaterThanOrEqual(0);
          expect(result.position).toBeLessThanOrEqual(text.length);
          expect(result.message.length).toBeGreaterThan(5);
        }
      }),
      { seed: 4, numRuns: 3000 },
    );
  });
});

/** Sixth-order difference quotient. */
function difference(f: (x: number) => number, x: number, h: number): number {
  const pair = (k: number) => f(x + k * h) - f(x - k * h);
  return (45 * pair(1) - 9 * pair(2) + pair(3)) / (60 * h);
}

describe('slopes', () => {
  test.each([
    'x',
    '7',
    'x**2',
    'x**3',
    'x**0',
    'x**5 - 2*x**-1',
    'x**0.5 + sqrt(x) + x**2.5',
    '2**x + x**x',
    'pow(1 + x, sin(x))',
    'exp(-3*x)*tanh(5*(x-0.4))',
    'log(x) + log10(x) + ln(2*x)',
    'sinh(x)/cosh(x) - cosh(x)',
    'sin(x) + cos(2*x) + tan(x/2)',
    'asin(x/2) + acos(x/3) + atan(4*x) + asinh(x)',
    'abs(x - 2) + min(x, 0.9) + max(x**2, 0.1)',
    '1/(1 + exp(-20*(x - 0.5)))',
    '-x*(-x + 1)',
  ])('%s', (text) => {
    const expression = parsed(text);
    for (const x of [0.37, 0.62]) {
      const [value, slope] = at(text, x);
      const expected = difference((v) => evaluateExpression(expression, v), x, 1e-3);
      expect(Math.abs(value - evaluateExpression(expression, x))).toBeLessThan(1e-15 * (1 + Math.abs(value)));
      expect(Math.abs(slope - expected)).toBeLessThan(1e-9 * (1 + Math.abs(expected)));
    }
  });

  test('of any formula agree with differences', () => {
    const leaf: fc.Arbitrary<string> = fc.oneof(fc.constant('x'), fc.integer({ min: 1, max: 9 }).map(String));
    const { formula } = fc.letrec<{ formula: string }>((tie) => ({
      formula: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.tuple(tie('formula'), fc.constantFrom('+', '-', '*'), tie('formula')).map(([a, o, b]) => `(${a}${o}${b})`),
        // Denominators and arguments are kept where the functions are smooth.
        fc.tuple(tie('formula'), tie('formula')).map(([a, b]) => `(${a})/(1.5+(${b})**2)`),
        fc.tuple(fc.constantFrom('tanh', 'sin', 'atan', 'asinh'), tie('formula')).map(([f, a]) => `${f}(${a})`),
        tie('formula').map((a) => `exp(-((${a})/5)**2)`),
        tie('formula').map((a) => `sqrt(2+sin(${a}))`),
        tie('formula').map((a) => `(2+cos(${a}))**(0.3*x)`),
      ),
    }));
    fc.assert(
      fc.property(formula, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (text, x) => {
        const expression = parsed(text);
        const f = (v: number) => evaluateExpression(expression, v);
        const [value, slope] = at(text, x);
        expect(value).toBeCloseTo(f(x), 9);
        // Two spacings that disagree mean a function too wild for differences to judge.
        const coarse = difference(f, x, 2e-4);
        const fine = difference(f, x, 1e-4);
        fc.pre(Math.abs(coarse - fine) <= 1e-6 * (1 + Math.abs(fine)));
        expect(Math.abs(slope - fine)).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(fine) + Math.abs(value)));
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  test('where a term stands still its infinite neighbour is not met', () => {
    expect(at('x**0', 0)).toEqual([1, 0]);
    expect(at('x**2', 0)).toEqual([0, 0]);
    expect(at('2**x', 0)[1]).toBeCloseTo(Math.LN2, 14);
    expect(at('abs(x)', 0)).toEqual([0, 0]);
    expect(at('0**(2+x*0)', 0.5)[0]).toBe(0);
  });

  test('outside a domain the result is not a number or infinite, never a throw', () => {
    expect(at('log(x)', -1)[0]).toBeNaN();
    expect(at('sqrt(x)', 0)[1]).toBe(Number.POSITIVE_INFINITY);
    expect(at('1/x', 0)[0]).toBe(Number.POSITIVE_INFINITY);
    expect(at('min(x, log(-1))', 1)[0]).toBeNaN();
  });
});

test('vectors of any length are evaluated point by point, and nothing beyond n is written', () => {
  const f = compileExpression(parsed('exp(-x)*x**2'));
  const n = 201;
  const x = Float64Array.from({ length: n + 2 }, (_, k) => 0.01 * k);
  const y = new Float64Array(n + 2).fill(-7);
  const slope = new Float64Array(n + 2).fill(-7);
  f(n, x, y, slope);
  for (const k of [0, 63, 64, 127, 128, 200]) {
    expect([y[k], slope[k]]).toEqual([...at('exp(-x)*x**2', x[k]!)]);
  }
  expect([y[n], slope[n]]).toEqual([-7, -7]);
});

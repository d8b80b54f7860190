// Formulas in one variable x, read from text and evaluated with their exact derivative. There is no access to anything
// but numbers: the text is parsed by the grammar below, never handed to the language's own evaluator.
//
//   sum      = product (('+' | '-') product)*
//   product  = signed (('*' | '/') signed)*
//   signed   = ('+' | '-') signed | power
//   power    = atom (('**' | '^') signed)?          right-associative; −x**2 is −(x**2), as in mathematics and Python
//   atom     = number | 'x' | 'pi' | name '(' sum (',' sum)* ')' | '(' sum ')'
//
// A parsed formula is compiled to a flat list of instructions over blocks of points, each carrying value and slope.

import {
  acos,
  asin,
  asinh,
  atan,
  cos,
  cosh,
  exp,
  hypot,
  log,
  log10,
  power,
  sin,
  sinh,
  tan,
  tanh,
} from './elementary.ts';

/** A parsed formula. Plain data, safe to send to a worker. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'variable' }
  | { readonly kind: 'unary'; readonly operation: UnaryOperation; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operation: BinaryOperation;
      readonly left: Expression;
      readonly right: Expression;
    };

export type UnaryOperation = 'negate' | UnaryFunction;
export type BinaryOperation = 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'min' | 'max';

type UnaryFunction = (typeof UNARY_FUNCTIONS)[number];

const UNARY_FUNCTIONS = [
  'exp',
  'log',
  'log10',
  'sqrt',
  'abs',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
] as const;

/** Names in a formula to operations; `log` is the natural logarithm, as in Python. */
const UNARY_NAMES: ReadonlyMap<string, UnaryFunction> = new Map([
  ...UNARY_FUNCTIONS.map((name) => [name, name] as const),
  ['ln', 'log'],
  ['arcsin', 'asin'],
  ['arccos', 'acos'],
  ['arctan', 'atan'],
  ['arcsinh', 'asinh'],
] as const);

const BINARY_NAMES: ReadonlyMap<string, BinaryOperation> = new Map([
  ['pow', 'power'],
  ['min', 'min'],
  ['max', 'max'],
] as const);

/** Longest formula accepted, characters. The longest published open-circuit potential has some 800. */
export const FORMULA_LENGTH_MAX = 10_000;
/** Deepest nesting of parentheses, signs, calls and powers. */
export const FORMULA_DEPTH_MAX = 100;

export type ParsedExpression =
  | { readonly ok: true; readonly expression: Expression }
  /** `position` counts characters from 0. */
  | { readonly ok: false; readonly message: string; readonly position: number };

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

/** A fault met while reading; turned into a value before it leaves this file. */
class FormulaFault extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** Parse a formula in x. Never throws, whatever the text. */
export function parseExpression(text: string): ParsedExpression {
  if (text.length > FORMULA_LENGTH_MAX) {
    return {
      ok: false,
      message: `a formula has at most ${FORMULA_LENGTH_MAX} characters`,
      position: FORMULA_LENGTH_MAX,
    };
  }
  const reader: Reader = { text, at: 0, depth: 0 };
  try {
    const expression = readSum(reader);
    skipSpace(reader);
    if (reader.at < text.length) throw unexpected(reader, 'an operator or the end');
    return { ok: true, expression };
  } catch (fault) {
    if (fault instanceof FormulaFault) return { ok: false, message: fault.message, position: fault.position };
    throw fault;
  }
}

function unexpected(reader: Reader, wanted: string): FormulaFault {
  const found =
    reader.at < reader.text.length ? `"${String.fromCodePoint(reader.text.codePointAt(reader.at)!)}"` : 'the end';
  return new FormulaFault(`found ${found}, want ${wanted}`, reader.at);
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text.charAt(reader.at))) reader.at++;
}

/** Whether `symbol` comes next; it is consumed if so. */
function accept(reader: Reader, symbol: string): boolean {
  skipSpace(reader);
  if (!reader.text.startsWith(symbol, reader.at)) return false;
  reader.at += symbol.length;
  return true;
}

function deeper<T>(reader: Reader, read: (reader: Reader) => T): T {
  if (reader.depth >= FORMULA_DEPTH_MAX) {
    throw new FormulaFault(`nested more than ${FORMULA_DEPTH_MAX} deep`, reader.at);
  }
  reader.depth++;
  const result = read(reader);
  reader.depth--;
  return result;
}

function readSum(reader: Reader): Expression {
  let left = readProduct(reader);
  for (;;) {
    if (accept(reader, '+')) left = { kind: 'binary', operation: 'add', left, right: readProduct(reader) };
    else if (accept(reader, '-')) left = { kind: 'binary', operation: 'subtract', left, right: readProduct(reader) };
    else return left;
  }
}

function readProduct(reader: Reader): Expression {
  let left = readSigned(reader);
  for (;;) {
    // A `**` cannot stand here: readSigned has taken every power that is complete.
    if (accept(reader, '*')) left = { kind: 'binary', operation: 'multiply', left, right: readSigned(reader) };
    else if (accept(reader, '/')) left = { kind: 'binary', operation: 'divide', left, right: readSigned(reader) };
    else return left;
  }
}

function readSigned(reader: Reader): Expression {
  if (accept(reader, '-')) return { kind: 'unary', operation: 'negate', of: deeper(reader, readSigned) };
  if (accept(reader, '+')) return deeper(reader, readSigned);
  const base = readAtom(reader);
  if (accept(reader, '**') || accept(reader, '^')) {
    return { kind: 'binary', operation: 'power', left: base, right: deeper(reader, readSigned) };
  }
  return base;
}

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_]\w*/y;

/** What a sticky pattern matches here; it is not consumed. */
function next(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  return pattern.exec(reader.text)?.[0];
}

function readAtom(reader: Reader): Expression {
  skipSpace(reader);
  if (accept(reader, '(')) {
    const inner = deeper(reader, readSum);
    if (!accept(reader, ')')) throw unexpected(reader, '")"');
    return inner;
  }
  const digits = next(reader, NUMBER);
  if (digits !== undefined) {
    const value = Number(digits);
    if (!Number.isFinite(value)) throw new FormulaFault(`the number ${digits} is too large`, reader.at);
    reader.at += digits.length;
    return { kind: 'number', value };
  }
  const name = next(reader, NAME);
  if (name === undefined) throw unexpected(reader, 'a number, x, a function or "("');
  const start = reader.at;
  reader.at += name.length;
  if (name === 'x') return { kind: 'variable' };
  if (name === 'pi') return { kind: 'number', value: Math.PI };
  return readCall(reader, name, start);
}

function readCall(reader: Reader, name: string, start: number): Expression {
  const unary = UNARY_NAMES.get(name);
  const binary = BINARY_NAMES.get(name);
  if (unary === undefined && binary === undefined) {
    const known = [...UNARY_NAMES.keys(), ...BINARY_NAMES.keys()].join(', ');
    throw new FormulaFault(`"${name}" is not known; the variable is x, the functions are ${known}`, start);
  }
  if (!accept(reader, '(')) throw unexpected(reader, `"(" after ${name}`);
  const first = deeper(reader, readSum);
  if (unary !== undefined) {
    if (!accept(reader, ')')) throw unexpected(reader, '")"');
    return { kind: 'unary', operation: unary, of: first };
  }
  if (!accept(reader, ',')) throw unexpected(reader, `","; ${name} takes two arguments`);
  const second = deeper(reader, readSum);
  if (!accept(reader, ')')) throw unexpected(reader, '")"');
  return { kind: 'binary', operation: binary!, left: first, right: second };
}

// Compiled form ---------------------------------------------------------------------------------------------------------

/** Evaluates y[k] = f(x[k]) and dydx[k] = f′(x[k]) for k < n; allocates nothing. */
export type CompiledExpression = (n: number, x: Float64Array, y: Float64Array, dydx: Float64Array) => void;

/** Points worked on together: long enough to spread the cost of an instruction, short enough to stay in the first cache. */
const BLOCK = 64;

/** One instruction on registers of BLOCK values (v) and slopes (d); m points are in use. */
type Instruction = (m: number) => void;

interface Register {
  readonly v: Float64Array;
  readonly d: Float64Array;
}

/**
 * A formula as a function of vectors. Constant parts are folded; the derivative is propagated forward with each operation.
 * Outside a function's domain value and slope are NaN or infinite as the mathematics has it; nothing is thrown.
 */
export function compileExpression(expression: Expression): CompiledExpression {
  const program: Instruction[] = [];
  const input = makeRegister();
  const result = emit(fold(expression), input, program);
  return (n, x, y, dydx) => {
    for (let start = 0; start < n; start += BLOCK) {
      const m = Math.min(BLOCK, n - start);
      for (let k = 0; k < m; k++) input.v[k] = x[start + k]!;
      for (let i = 0; i < program.length; i++) program[i]!(m);
      for (let k = 0; k < m; k++) {
        y[start + k] = result.v[k]!;
        dydx[start + k] = result.d[k]!;
      }
    }
  };
}

/** Value of a formula at one point, without its derivative. */
export function evaluateExpression(expression: Expression, x: number): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'variable':
      return x;
    case 'unary':
      return unaryValue(expression.operation, evaluateExpression(expression.of, x));
    case 'binary':
      return binaryValue(
        expression.operation,
        evaluateExpression(expression.left, x),
        evaluateExpression(expression.right, x),
      );
  }
}

const FUNCTIONS: Readonly<Record<UnaryFunction, (a: number) => number>> = {
  exp,
  log,
  log10,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  asinh,
};

function unaryValue(operation: UnaryOperation, a: number): number {
  return operation === 'negate' ? -a : FUNCTIONS[operation](a);
}

function binaryValue(operation: BinaryOperation, a: number, b: number): number {
  switch (operation) {
    case 'add':
      return a + b;
    case 'subtract':
      return a - b;
    case 'multiply':
      return a * b;
    case 'divide':
      return a / b;
    case 'power':
      return power(a, b);
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
  }
}

/** Replace every part without x by its number. */
function fold(e: Expression): Expression {
  if (e.kind === 'unary') {
    const of = fold(e.of);
    return of.kind === 'number' ? { kind: 'number', value: unaryValue(e.operation, of.value) } : { ...e, of };
  }
  if (e.kind === 'binary') {
    const left = fold(e.left);
    const right = fold(e.right);
    return left.kind === 'number' && right.kind === 'number'
      ? { kind: 'number', value: binaryValue(e.operation, left.value, right.value) }
      : { ...e, left, right };
  }
  return e;
}

function makeRegister(value = Number.NaN, slope = 1): Register {
  return { v: new Float64Array(BLOCK).fill(value), d: new Float64Array(BLOCK).fill(slope) };
}

/** Append the instructions of `e` and return the register that will hold it. */
function emit(e: Expression, input: Register, program: Instruction[]): Register {
  switch (e.kind) {
    case 'number':
      return makeRegister(e.value, 0);
    case 'variable':
      return input;
    case 'unary': {
      const a = emit(e.of, input, program);
      const out = makeRegister();
      program.push(unaryInstruction(e.operation, a, out));
      return out;
    }
    case 'binary': {
      const out = makeRegister();
      if (e.operation === 'power' && e.right.kind === 'number') {
        const a = emit(e.left, input, program);
        program.push(constantPower(a, e.right.value, out));
        return out;
      }
      const a = emit(e.left, input, program);
      const b = emit(e.right, input, program);
      program.push(binaryInstruction(e.operation, a, b, out));
      return out;
    }
  }
}

function unaryInstruction(operation: UnaryOperation, a: Register, out: Register): Instruction {
  const { v: av, d: ad } = a;
  const { v, d } = out;
  switch (operation) {
    case 'negate':
      return (m) => {
        for (let k = 0; k < m; k++) {
          v[k] = -av[k]!;
          d[k] = -ad[k]!;
        }
      };
    case 'exp':
      return (m) => {
        for (let k = 0; k < m; k++) {
          const value = exp(av[k]!);
          v[k] = value;
          d[k] = value * ad[k]!;
        }
      };
    case 'tanh':
      return (m) => {
        for (let k = 0; k < m; k++) {
          const value = tanh(av[k]!);
          v[k] = value;
          d[k] = (1 - value * value) * ad[k]!;
        }
      };
    default: {
      const f = FUNCTIONS[operation];
      const slope = slopes[operation];
      return (m) => {
        for (let k = 0; k < m; k++) {
          const value = f(av[k]!);
          v[k] = value;
          d[k] = slope(av[k]!, value) * ad[k]!;
        }
      };
    }
  }
}

/** Slope of each function from its argument a and value v. */
const slopes: Readonly<Record<Exclude<UnaryFunction, 'exp' | 'tanh'>, (a: number, v: number) => number>> = {
  log: (a) => 1 / a,
  log10: (a) => 1 / (a * Math.LN10),
  sqrt: (_a, v) => 0.5 / v,
  abs: (a) => Math.sign(a),
  sin: (a) => cos(a),
  cos: (a) => -sin(a),
  tan: (_a, v) => 1 + v * v,
  asin: (a) => 1 / Math.sqrt((1 - a) * (1 + a)),
  acos: (a) => -1 / Math.sqrt((1 - a) * (1 + a)),
  atan: (a) => 1 / (1 + a * a),
  sinh: (a) => cosh(a),
  cosh: (a) => sinh(a),
  asinh: (a) => 1 / hypot(1, a),
};

function binaryInstruction(operation: BinaryOperation, a: Register, b: Register, out: Register): Instruction {
  const { v: av, d: ad } = a;
  const { v: bv, d: bd } = b;
  const { v, d } = out;
  switch (operation) {
    case 'add':
      return (m) => {
        for (let k = 0; k < m; k++) {
          v[k] = av[k]! + bv[k]!;
          d[k] = ad[k]! + bd[k]!;
        }
      };
    case 'subtract':
      return (m) => {
        for (let k = 0; k < m; k++) {
          v[k] = av[k]! - bv[k]!;
          d[k] = ad[k]! - bd[k]!;
        }
      };
    case 'multiply':
      return (m) => {
        for (let k = 0; k < m; k++) {
          v[k] = av[k]! * bv[k]!;
          d[k] = ad[k]! * bv[k]! + av[k]! * bd[k]!;
        }
      };
    case 'divide':
      return (m) => {
        for (let k = 0; k < m; k++) {
          const quotient = av[k]! / bv[k]!;
          v[k] = quotient;
          d[k] = (ad[k]! - quotient * bd[k]!) / bv[k]!;
        }
      };
    case 'power':
      return (m) => {
        for (let k = 0; k < m; k++) {
          const base = av[k]!;
          const exponent = bv[k]!;
          const value = power(base, exponent);
          v[k] = value;
          // A term whose own slope is 0 is left out: its other factor may be infinite or undefined.
          const fromBase = ad[k] === 0 ? 0 : exponent * power(base, exponent - 1) * ad[k]!;
          const fromExponent = bd[k] === 0 ? 0 : value * log(base) * bd[k]!;
          d[k] = fromBase + fromExponent;
        }
      };
    case 'min':
    case 'max': {
      const sign = operation === 'min' ? 1 : -1;
      return (m) => {
        for (let k = 0; k < m; k++) {
          const difference = sign * (av[k]! - bv[k]!);
          // NaN in either argument is passed on.
          v[k] = difference <= 0 ? av[k]! : difference > 0 ? bv[k]! : Number.NaN;
          d[k] = difference <= 0 ? ad[k]! : difference > 0 ? bd[k]! : Number.NaN;
        }
      };
    }
  }
}

/** Whole powers up to this are products: a product costs a thirtieth of a call of the general power. */
const PRODUCT_POWER_MAX = 16;

/** a**p for a constant p. */
function constantPower(a: Register, p: number, out: Register): Instruction {
  const { v: av, d: ad } = a;
  const { v, d } = out;
  if (p === 0) {
    return (m) => {
      v.fill(1, 0, m);
      d.fill(0, 0, m);
    };
  }
  if (Number.isInteger(p) && p > 0 && p <= PRODUCT_POWER_MAX) {
    return (m) => {
      for (let k = 0; k < m; k++) {
        const value = av[k]!;
        let lower = 1;
        for (let factor = 1; factor < p; factor++) lower *= value;
        v[k] = lower * value;
        d[k] = p * lower * ad[k]!;
      }
    };
  }
  return (m) => {
    for (let k = 0; k < m; k++) {
      const value = av[k]!;
      v[k] = power(value, p);
      d[k] = ad[k] === 0 ? 0 : p * power(value, p - 1) * ad[k]!;
    }
  };
}

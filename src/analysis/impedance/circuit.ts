// Equivalent circuits as text: elements in series joined by `-`, branches in parallel as p(a,b,…), nested as deep as is sensible.
// The grammar, the names and the order of parameters are those of impedance.py, so its strings are read as they stand.

import { IMPEDANCE_ELEMENTS, type ImpedanceElement } from '../../physics/index.ts';
import { InputError, type Issue, nearestHint } from '../../units/index.ts';

export type CircuitNode =
  | {
      readonly kind: 'element';
      /** Symbol and id as written: CPE1, Wo_2. */
      readonly name: string;
      readonly element: ImpedanceElement;
      /** Place of its first parameter among those of the circuit. */
      readonly first: number;
    }
  | { readonly kind: 'series'; readonly parts: readonly CircuitNode[] }
  | { readonly kind: 'parallel'; readonly parts: readonly CircuitNode[] };

export interface CircuitParameter {
  /** `R1` where the element has one parameter, else `CPE1_0`, `CPE1_1`. */
  readonly name: string;
  readonly symbol: string;
  readonly unit: string;
  readonly kind: 'positive' | 'exponent';
}

export interface Circuit {
  /** Canonical text, which reads back as the same circuit. */
  readonly text: string;
  readonly root: CircuitNode;
  /** Left to right. */
  readonly parameters: readonly CircuitParameter[];
}

const CIRCUIT_LENGTH_MAX = 1000;
const CIRCUIT_DEPTH_MAX = 20;
const CIRCUIT_ELEMENTS_MAX = 60;

const bySymbol = new Map(IMPEDANCE_ELEMENTS.map((element) => [element.symbol, element]));
const symbols = [...bySymbol.keys()];

/** Thrown inside the parser where reading on makes no sense; never leaves it. */
const SYNTAX = Symbol('syntax');

/**
 * Reads `R0-p(R1,C1)-p(R2-Wo1,CPE2)`; blanks do not count. Throws InputError with the character, counted from 1, of every unknown or
 * repeated element, and of the first fault of the grammar.
 */
export function parseCircuit(text: string): Circuit {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  const parameters: CircuitParameter[] = [];
  let at = 0;

  const report = (position: number, found: string, wanted: string, hint?: string): void => {
    const where = `circuit, character ${position + 1}`;
    issues.push(hint === undefined ? { where, found, wanted } : { where, found, wanted, hint });
  };
  const fail = (found: string, wanted: string, hint?: string): never => {
    report(at, found, wanted, hint);
    throw SYNTAX;
  };
  const peek = (): string => {
    while (/\s/.test(text[at] ?? '')) at++;
    return text[at] ?? '';
  };
  const shown = (): string => (peek() === '' ? 'the end of the text' : `'${peek()}'`);

  function series(depth: number): CircuitNode {
    const parts = [item(depth)];
    while (peek() === '-') {
      at++;
      parts.push(item(depth));
    }
    return parts.length === 1 ? parts[0]! : { kind: 'series', parts: parts.flatMap(partsInSeries) };
  }

  function item(depth: number): CircuitNode {
    if (peek() === '(') fail("'('", 'an element or p(', 'write a parallel group as p(…); a series needs no brackets');
    const word = /^[A-Za-z]+/.exec(text.slice(at, at + CIRCUIT_LENGTH_MAX))?.[0];
    if (word === undefined) return fail(shown(), 'an element such as R1, or p(');
    const start = at;
    at += word.length;
    if (peek() === '(') {
      if (word !== 'p') {
        at = start;
        fail(
          `'${word}('`,
          'an element or p(',
          word === 's' ? 'join a series with -' : 'write a parallel group as p(…)',
        );
      }
      at++;
      return parallel(depth + 1, start);
    }
    const id = /^[0-9_]*/.exec(text.slice(at, at + CIRCUIT_LENGTH_MAX))![0];
    at += id.length;
    return named(word, id, start);
  }

  function parallel(depth: number, start: number): CircuitNode {
    if (depth > CIRCUIT_DEPTH_MAX) fail(`brackets ${depth} deep`, `at most ${CIRCUIT_DEPTH_MAX}`);
    const branches = [series(depth)];
    while (peek() === ',') {
      at++;
      branches.push(series(depth));
    }
    if (peek() !== ')') fail(shown(), "',' or ')'", `the p( of character ${start + 1} is still open`);
    at++;
    if (branches.length < 2) report(start, 'p( ) with one branch', 'two branches or more', 'part them with a comma');
    return { kind: 'parallel', parts: branches };
  }

  function named(symbol: string, id: string, start: number): CircuitNode {
    const name = symbol + id;
    const element = bySymbol.get(symbol);
    if (element === undefined) {
      report(start, `'${name}'`, `an element of ${symbols.join(', ')}`, nearestHint(symbol, symbols));
      return { kind: 'element', name, element: IMPEDANCE_ELEMENTS[0]!, first: 0 };
    }
    if (seen.has(name)) {
      let next = 1;
      while (seen.has(`${symbol}${next}`)) next++;
      report(start, `'${name}' a second time`, 'each name once', `did you mean ${symbol}${next}?`);
    }
    seen.add(name);
    if (seen.size > CIRCUIT_ELEMENTS_MAX) fail('one more element', `at most ${CIRCUIT_ELEMENTS_MAX}`);
    const first = parameters.length;
    const single = element.parameters.length === 1;
    for (const [k, parameter] of element.parameters.entries()) {
      parameters.push({ ...parameter, name: single ? name : `${name}_${k}` });
    }
    return { kind: 'element', name, element, first };
  }

  try {
    if (text.length > CIRCUIT_LENGTH_MAX) fail(`${text.length} characters`, `at most ${CIRCUIT_LENGTH_MAX}`);
    const root = series(0);
    if (peek() !== '') fail(shown(), "'-' or the end", peek() === ')' ? 'no p( is open here' : undefined);
    if (issues.length === 0) return { text: formatCircuit(root), root, parameters };
  } catch (error) {
    if (error !== SYNTAX) throw error;
  }
  throw new InputError(issues);
}

const partsInSeries = (node: CircuitNode): readonly CircuitNode[] => (node.kind === 'series' ? node.parts : [node]);

/** The text of a circuit without blanks; `parseCircuit` reads it back. */
export function formatCircuit(node: CircuitNode): string {
  switch (node.kind) {
    case 'element':
      return node.name;
    case 'series':
      return node.parts.map(formatCircuit).join('-');
    case 'parallel':
      return `p(${node.parts.map(formatCircuit).join(',')})`;
  }
}

// Chemical equations as people type them: "Al2O3 + 6 Li = 3 Li2O + 2 Al", "ZnO+2Li→Li₂O+Zn", "1/2 O2(g) + 2 Li -> Li2O".
//
//   equation    = side (arrow side?)?          arrow: =  ->  →  ⇌  <=>  and their like
//   side        = term ('+' term)*
//   term        = coefficient? formula state?
//   coefficient = 3 | 0.5 | 1/2 | 1½ | ½
//   state       = (s) (cr) (l) (g) or the name of a phase
//
// Charges are refused: a reaction with lithium metal has its potential from its Gibbs energy.

import { type ElementCounts, readFormula, thermodynamicSpecies } from '../materials/index.ts';
import { InputError, type Issue } from '../units/index.ts';

export interface ReactionTerm {
  /** As written, without coefficient and state. */
  readonly formula: string;
  readonly elements: ElementCounts;
  /** null where none was written. */
  readonly coefficient: number | null;
  /** 'solid', 'liquid', 'gas', or the name of a phase; null where none was written. */
  readonly state: string | null;
}

export interface ReactionEquation {
  readonly text: string;
  readonly left: readonly ReactionTerm[];
  /** null where only the left side was given. */
  readonly right: readonly ReactionTerm[] | null;
}

const TEXT_LENGTH_MAX = 1000;
const TERMS_MAX = 30;
const COEFFICIENT_MAX = 1e6;

const ARROW = /<?[-=]+>|={1,3}|⇌|⇄|→|⟶|↔|⇒|<=+>/gu;
const VULGAR: Readonly<Record<string, number>> = {
  '½': 1 / 2,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '¼': 1 / 4,
  '¾': 3 / 4,
  '⅕': 1 / 5,
  '⅙': 1 / 6,
  '⅛': 1 / 8,
};
const COEFFICIENT = /^(\d+(?:\.\d+)?|\.\d+)?\s*(?:\/\s*(\d+)|([½⅓⅔¼¾⅕⅙⅛]))?\s*(?:[×·*]\s*)?(?=[^\d\s])/u;

const STATES: Readonly<Record<string, string>> = {
  s: 'solid',
  cr: 'solid',
  c: 'solid',
  solid: 'solid',
  l: 'liquid',
  liq: 'liquid',
  melt: 'liquid',
  liquid: 'liquid',
  g: 'gas',
  gas: 'gas',
};

/** Reads one equation. Throws `InputError` with every fault in it. */
export function parseReaction(text: string): ReactionEquation {
  const issues: Issue[] = [];
  const equation = tryParse(text, issues);
  if (issues.length > 0 || equation === undefined) throw new InputError(issues);
  return equation;
}

function tryParse(text: string, issues: Issue[]): ReactionEquation | undefined {
  const wanted = 'a reaction such as "Al2O3 + 6 Li = 3 Li2O + 2 Al", or its left side alone';
  if (text.length > TEXT_LENGTH_MAX) {
    issues.push({ where: 'reaction', found: `${text.length} characters`, wanted: `at most ${TEXT_LENGTH_MAX}` });
    return undefined;
  }
  const plain = text.replace(/[−–—]/gu, '-').replace(/\s+/gu, ' ').trim();
  const arrows = plain.match(ARROW) ?? [];
  if (plain === '' || arrows.length > 1) {
    issues.push({
      where: 'reaction',
      found: plain === '' ? 'nothing' : `${arrows.length} arrows in "${plain}"`,
      wanted,
    });
    return undefined;
  }
  const [leftText, rightText] = plain.split(ARROW);
  const left = side(leftText!, 'left', issues);
  // An arrow with nothing behind it asks for the products, as does no arrow.
  const asks = rightText === undefined || rightText.trim() === '';
  return { text: plain, left, right: asks ? null : side(rightText, 'right', issues) };
}

function side(text: string, name: 'left' | 'right', issues: Issue[]): readonly ReactionTerm[] {
  const parts = terms(text);
  if (parts.length > TERMS_MAX) {
    issues.push({ where: `reaction, ${name}`, found: `${parts.length} terms`, wanted: `at most ${TERMS_MAX}` });
    return [];
  }
  return parts.flatMap((part) => {
    const term = readTerm(part.trim(), name, issues);
    return term === undefined ? [] : [term];
  });
}

/** Cut at each + that begins a new term; one with nothing behind it is a charge and stays with its formula. */
function terms(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '+' || !/^\+\s*[\dA-Za-z(.[½⅓⅔¼¾⅕⅙⅛]/u.test(text.slice(at, at + 4))) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts;
}

function readTerm(text: string, name: string, issues: Issue[]): ReactionTerm | undefined {
  const where = `reaction, ${name}`;
  const fault = (found: string, wanted: string, hint?: string): undefined => {
    issues.push({ where, found, wanted, ...(hint === undefined ? {} : { hint }) });
  };
  if (text === '') return fault('nothing between two +', 'a term such as 3 Li2O');
  if (/^\d+,\d/u.test(text)) return fault(`"${text}"`, 'a coefficient with a decimal point', 'write 0.5 for 0,5');
  const [written, whole, divisor, vulgar] = COEFFICIENT.exec(text) ?? ['', undefined, undefined, undefined];
  let rest = text.slice(written.length).trim();
  if (/^e-?$/u.test(rest) || /(?:[-+]|\^\d*[-+])$/u.test(rest) || rest.includes('^')) {
    return fault(
      `"${rest}", which is charged`,
      'neutral substances',
      'the potential against Li/Li⁺ is computed from the reaction with Li',
    );
  }
  let coefficient: number | null = null;
  if (whole !== undefined || vulgar !== undefined) {
    coefficient = Number(whole ?? (vulgar === undefined ? '1' : '0'));
    if (divisor !== undefined) coefficient /= Number(divisor);
    if (vulgar !== undefined) coefficient += VULGAR[vulgar]!;
    if (!(coefficient > 0 && coefficient <= COEFFICIENT_MAX)) {
      return fault(`"${written.trim()}"`, `a coefficient above 0 and at most ${COEFFICIENT_MAX}`);
    }
  }
  let state: string | null = null;
  const [, before, inside] = /^(.+?)\s*\(([^()]*)\)$/u.exec(rest) ?? [];
  if (before !== undefined && inside !== undefined) {
    if (inside === 'aq') return fault(`"${rest}"`, 'a pure substance', 'nothing dissolved in water has data here');
    state = STATES[inside] ?? (isPhaseOf(before, inside) ? inside : null);
    if (state !== null) rest = before;
  }
  const reading = readFormula(rest, where);
  if (!reading.ok) {
    issues.push(reading.issue);
    return undefined;
  }
  return { formula: rest, elements: reading.elements, coefficient, state };
}

function isPhaseOf(formula: string, label: string): boolean {
  const reading = readFormula(formula, '');
  return reading.ok && thermodynamicSpecies(reading.elements)?.phases.some((phase) => phase.label === label) === true;
}

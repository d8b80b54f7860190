// A property that may depend on one variable x: a number, a quantity as text, a formula in x, a table, or a law by its name.

import * as z from 'zod';
import { CATHODES } from '../materials/index.ts';
import { evaluateExpression, parseExpression } from '../numerics/index.ts';
import { type Dimension, describeDimension, nearestHint, tryParseQuantity } from '../units/index.ts';
import type { ScalarLaw } from './cell.ts';
import type { FaultFacts } from './fields.ts';
import { shown } from './plain-json.ts';

const TABLE_ROWS_MAX = 5000;
const FORMULA_LENGTH_MAX = 2000;

/** Values that a law may take (SI), and the x between which it must take them; without `domain` it is checked elsewhere. */
export interface LawSpec {
  readonly dimension: Dimension;
  readonly min: number;
  readonly max: number;
  readonly domain?: readonly [number, number];
}

/**
 * Stoichiometries between which a law of a cathode must have a sane value. Fits of potentials run away near 0 and 1, where
 * voltage limits keep a cell from going; where the cell starts is checked by itself.
 */
const STOICHIOMETRY: readonly [number, number] = [0.3, 0.8];
const SAMPLES = 99;

export const LAW_SPECS = {
  particleDiffusivity: { dimension: 'diffusivity', min: 1e-24, max: 1e-8, domain: STOICHIOMETRY },
  openCircuitPotential: { dimension: 'voltage', min: -2, max: 10, domain: STOICHIOMETRY },
  entropicCoefficient: { dimension: 'entropy coefficient', min: -0.1, max: 0.1, domain: STOICHIOMETRY },
  conductivity: { dimension: 'conductivity', min: 1e-6, max: 1e3 },
  saltDiffusivity: { dimension: 'diffusivity', min: 1e-16, max: 1e-7 },
} as const satisfies Record<string, LawSpec>;

/** Names of the laws that `physics` has functions for: the open-circuit potentials of the cathode materials. */
export function scalarLawNames(): readonly string[] {
  return CATHODES.map(({ openCircuitPotential }) => openCircuitPotential.law);
}

/** A field that holds a scalar law; gives the `ScalarLaw` of the cell. */
export function scalarLaw(spec: LawSpec, description: string) {
  return z
    .union([
      z.number(),
      z.string().min(1).max(FORMULA_LENGTH_MAX),
      z.strictObject({ law: z.string().min(1).max(80) }),
      z.strictObject({
        x: z.array(z.number()).min(2).max(TABLE_ROWS_MAX),
        y: z.array(z.number()).min(2).max(TABLE_ROWS_MAX),
      }),
    ])
    .describe(
      `${description}: ${describeDimension(spec.dimension)} (text, or a number in SI), a formula in x, a table {x, y}, or {law}`,
    )
    .transform((value, context) => {
      const read = readScalarLaw(value, spec);
      if (read.ok) return read.law;
      context.issues.push({ code: 'custom', input: value, message: read.wanted, params: { ...read } });
      return z.NEVER;
    });
}

export type ScalarLawInput =
  | number
  | string
  | { readonly law: string }
  | { readonly x: readonly number[]; readonly y: readonly number[] };
export type ScalarLawResult = { readonly ok: true; readonly law: ScalarLaw } | ({ readonly ok: false } & FaultFacts);

/** Reads a scalar law of any of its forms and holds its values to the bounds of `spec`. */
export function readScalarLaw(value: ScalarLawInput, spec: LawSpec): ScalarLawResult {
  const read = readForm(value, spec.dimension);
  if (!read.ok) return read;
  const trouble = spec.domain ? lawOutside(read.law, spec, ...spec.domain) : lawOutside(read.law, spec, null, null);
  return trouble ? { ok: false, ...trouble } : read;
}

function readForm(value: ScalarLawInput, dimension: Dimension): ScalarLawResult {
  if (typeof value === 'number') return { ok: true, law: { kind: 'constant', value } };
  if (typeof value === 'string') return readText(value, dimension);
  if ('law' in value) {
    const names = scalarLawNames();
    if (names.includes(value.law)) return { ok: true, law: { kind: 'named', name: value.law } };
    const hint = nearestHint(value.law, names);
    return {
      ok: false,
      found: shown(value.law),
      wanted: `one of ${names.join(', ')}`,
      ...(hint === undefined ? {} : { hint }),
    };
  }
  const { x, y } = value;
  if (x.length !== y.length) {
    return {
      ok: false,
      found: `${x.length} values of x and ${y.length} of y`,
      wanted: 'as many of one as of the other',
    };
  }
  const turn = x.findIndex((at, k) => k > 0 && at <= x[k - 1]!);
  if (turn >= 0)
    return { ok: false, found: `x[${turn}] = ${x[turn]} after ${x[turn - 1]}`, wanted: 'x that increases' };
  return { ok: true, law: { kind: 'table', x, y } };
}

function readText(value: string, dimension: Dimension): ScalarLawResult {
  const quantity = tryParseQuantity(value, dimension);
  if (quantity.ok) return { ok: true, law: { kind: 'constant', value: quantity.value_SI } };
  const parsed = parseExpression(value);
  const varies = /\bx\b/u.test(value);
  if (parsed.ok && varies) return { ok: true, law: { kind: 'formula', formula: value } };
  if (parsed.ok) return { ok: true, law: { kind: 'constant', value: evaluateExpression(parsed.expression, 0) } };
  // Text without an x was meant as a quantity, so its fault is told as a quantity's.
  if (!varies) {
    const { found, wanted, hint } = quantity.issue;
    return { ok: false, found, wanted: `${wanted} or a formula in x`, ...(hint === undefined ? {} : { hint }) };
  }
  const hint = `${parsed.message} at character ${parsed.position + 1}`;
  return { ok: false, found: shown(value), wanted: 'a formula in x', hint };
}

/**
 * What is wrong with the values of a law between two x, or null. `from` null looks at constants and table values only.
 */
export function lawOutside(
  law: ScalarLaw,
  { min, max, dimension }: LawSpec,
  from: number | null,
  to: number | null,
): FaultFacts | null {
  const fault = (value: number, at: number | null): FaultFacts | null =>
    value >= min && value <= max
      ? null
      : {
          found: at === null ? String(value) : `${value} at x = ${at}`,
          wanted: `${describeDimension(dimension)} from ${min} to ${max} in SI`,
        };
  switch (law.kind) {
    case 'named':
      return null;
    case 'constant':
      return fault(law.value, null);
    case 'table': {
      const wrong = law.y.findIndex((value) => fault(value, null) !== null);
      return wrong < 0 ? null : fault(law.y[wrong]!, law.x[wrong]!);
    }
    case 'formula': {
      const parsed = parseExpression(law.formula);
      if (!parsed.ok || from === null || to === null) return null;
      for (let k = 0; k < SAMPLES; k++) {
        const x = from + ((to - from) * k) / (SAMPLES - 1);
        const facts = fault(evaluateExpression(parsed.expression, x), Number(x.toPrecision(6)));
        if (facts) return facts;
      }
      return null;
    }
  }
}

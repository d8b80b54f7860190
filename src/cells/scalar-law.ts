// A property that may depend on one variable x: a number, a quantity as text, a formula in x, a table, or a law by its name.

import * as z from 'zod';
import { CATHODES } from '../materials/index.ts';
import { type Dimension, describeDimension, nearestHint, tryParseQuantity } from '../units/index.ts';
import type { ScalarLaw } from './cell.ts';
import type { FaultFacts } from './fields.ts';
import { shown } from './plain-json.ts';

const TABLE_ROWS_MAX = 5000;
const FORMULA_LENGTH_MAX = 2000;

/** Names of the laws that `physics` has functions for. */
export function scalarLawNames(): readonly string[] {
  return CATHODES.flatMap(({ openCircuitPotential, entropicCoefficient }) => [
    openCircuitPotential.law,
    ...('law' in entropicCoefficient ? [entropicCoefficient.law] : []),
  ]);
}

/** A field that holds a scalar law; gives the `ScalarLaw` of the cell. */
export function scalarLaw(dimension: Dimension, description: string) {
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
      `${description}: ${describeDimension(dimension)} (text, or a number in SI), a formula in x, a table {x, y}, or {law}`,
    )
    .transform((value, context) => {
      const read = readScalarLaw(value, dimension);
      if (read.ok) return read.law;
      context.issues.push({ code: 'custom', input: value, message: read.wanted, params: { ...read } });
      return z.NEVER;
    });
}

type ScalarLawInput =
  | number
  | string
  | { readonly law: string }
  | { readonly x: readonly number[]; readonly y: readonly number[] };
type ScalarLawResult = { readonly ok: true; readonly law: ScalarLaw } | ({ readonly ok: false } & FaultFacts);

/** Reads a scalar law of any of its forms. */
export function readScalarLaw(value: ScalarLawInput, dimension: Dimension): ScalarLawResult {
  if (typeof value === 'number') return { ok: true, law: { kind: 'constant', value } };
  if (typeof value === 'string') {
    const constant = tryParseQuantity(value, dimension);
    if (constant.ok) return { ok: true, law: { kind: 'constant', value: constant.value_SI } };
    const bare = /^[-+\d.eE\s]+$/u.test(value) ? Number(value) : Number.NaN;
    if (Number.isFinite(bare) && value.trim() !== '') return { ok: true, law: { kind: 'constant', value: bare } };
    if (/\bx\b/u.test(value)) return { ok: true, law: { kind: 'formula', formula: value } };
    const { found, wanted, hint } = constant.issue;
    return { ok: false, found, wanted: `${wanted} or a formula in x`, ...(hint === undefined ? {} : { hint }) };
  }
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

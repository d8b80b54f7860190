// The kinds of value that stand in a cell file. A dimensioned field takes text ("20 µm") or a plain number in SI; either way
// it leaves here as an SI number within the bounds that a cell on a bench can have, or as a fault with its likely fix.

import * as z from 'zod';
import { type Dimension, describeDimension, tryParseQuantity, unitsOf } from '../units/index.ts';
import { shown } from './plain-json.ts';

/** What a fault carries besides zod's own words; `faults.ts` turns it into an Issue. */
export interface FaultFacts {
  readonly found: string;
  readonly wanted: string;
  readonly hint?: string;
}

export interface QuantitySpec {
  readonly dimension: Dimension;
  readonly min: number;
  readonly max: number;
  /** Unit in which the bounds are told and a file is written. */
  readonly unit: string;
  readonly description: string;
}

interface QuantityDefaults {
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** Bounds (SI) that every field of a kind has unless it says otherwise: what exists on a bench, with a generous margin. */
const BOUNDS: Partial<Record<Dimension, QuantityDefaults>> = {
  length: { min: 1e-10, max: 0.01, unit: 'µm' },
  area: { min: 1e-8, max: 100, unit: 'cm2' },
  volume: { min: 1e-14, max: 1, unit: 'µL' },
  temperature: { min: 233.15, max: 373.15, unit: '°C' },
  'current density': { min: 1e-6, max: 1e6, unit: 'A/m2' },
  conductivity: { min: 1e-14, max: 1e8, unit: 'S/m' },
  resistivity: { min: 1e-8, max: 1e14, unit: 'Ω m' },
  'areal resistance': { min: 0, max: 100, unit: 'Ω cm2' },
  concentration: { min: 1, max: 20_000, unit: 'mol/m3' },
  diffusivity: { min: 1e-24, max: 1e-6, unit: 'm2/s' },
  'molar energy': { min: 0, max: 300_000, unit: 'J/mol' },
  'energy per particle': { min: 8e-21, max: 5e-19, unit: 'eV' },
  voltage: { min: -10, max: 10, unit: 'V' },
  charge: { min: 1e-9, max: 1e9, unit: 'mAh' },
  'areal charge': { min: 0.1, max: 1e7, unit: 'mAh/cm2' },
  fraction: { min: 0, max: 1, unit: '' },
  ratio: { min: 0, max: 1e6, unit: '' },
  velocity: { min: 0, max: 1e-3, unit: 'm/s' },
  'rate constant sqrt time': { min: 0, max: 1e-6, unit: 'm/s^0.5' },
  'inverse length': { min: 0, max: 1e12, unit: '1/m' },
  'areal heat capacity': { min: 1, max: 1e7, unit: 'J/(m2 K)' },
  'heat transfer coefficient': { min: 0, max: 1e5, unit: 'W/(m2 K)' },
  pressure: { min: 1, max: 1e13, unit: 'MPa' },
  'molar volume': { min: 1e-6, max: 1e-2, unit: 'cm3/mol' },
  time: { min: 0, max: 1e9, unit: 'h' },
  'mass per charge': { min: 1e-9, max: 1, unit: 'g/Ah' },
  'volume per charge': { min: 1e-13, max: 1e-3, unit: 'mL/Ah' },
};

/** A quantity with the bounds of its kind, where the field has none of its own. */
export function quantitySpec(
  dimension: Dimension,
  description: string,
  bounds: Partial<QuantityDefaults> = {},
): QuantitySpec {
  return { ...BOUNDS[dimension]!, ...bounds, dimension, description };
}

/** A dimensioned field. Accepts text with a unit or a number in SI, gives the number in SI. */
export function quantity(dimension: Dimension, description: string, bounds: Partial<QuantityDefaults> = {}) {
  const spec = quantitySpec(dimension, description, bounds);
  return z
    .union([z.number(), z.string()])
    .describe(quantityDescription(spec))
    .transform((value, context) => {
      const result = readQuantity(value, spec);
      if (result.ok) return result.value_SI;
      context.issues.push({ code: 'custom', input: value, message: result.wanted, params: { ...result } });
      return z.NEVER;
    });
}

function quantityDescription({ dimension, description, min, max, unit }: QuantitySpec): string {
  const kind =
    dimension === 'fraction' || dimension === 'ratio'
      ? 'a number'
      : `${describeDimension(dimension)} as text with its unit, or a number in SI`;
  return `${description}: ${kind}, ${inUnit(min, unit)} to ${inUnit(max, unit)}`;
}

export type QuantityResult = { readonly ok: true; readonly value_SI: number } | ({ readonly ok: false } & FaultFacts);

/** Reads and bounds one quantity. The hint of a fault is the likeliest meaning that would have been accepted. */
export function readQuantity(value: unknown, spec: QuantitySpec): QuantityResult {
  const { dimension, min, max, unit } = spec;
  const read = tryParseQuantity(value, dimension);
  if (!read.ok) {
    const { found, wanted, hint } = read.issue;
    // A plain number at or below absolute zero, or 25, was meant in °C.
    const better = typeof value === 'number' && dimension === 'temperature' ? plainNumberHint(value, spec) : hint;
    return { ok: false, found, wanted, ...(better === undefined ? {} : { hint: better }) };
  }
  if (read.value_SI >= min && read.value_SI <= max) return read;
  const hint = outsideHint(value, read.value_SI, spec);
  const wanted = `${describeDimension(dimension)} from ${inUnit(min, unit)} to ${inUnit(max, unit)}`;
  return { ok: false, found: shown(value), wanted, ...(hint === undefined ? {} : { hint }) };
}

function outsideHint(value: unknown, value_SI: number, spec: QuantitySpec): string | undefined {
  const { min, max } = spec;
  const fits = (candidate: number) => candidate >= min && candidate <= max;
  if (value_SI < 0 && min >= 0 && fits(-value_SI)) {
    return typeof value === 'string'
      ? `did you mean ${shown(value.replace(/[-−–]/u, '').trim())}?`
      : `did you mean ${-value_SI}?`;
  }
  if (typeof value === 'number') return plainNumberHint(value, spec);
  // "20 mm" for "20 µm", "1 M" for "1 mM": a prefix slipped by three.
  for (const slip of [1e-3, 1e-6, 1e3, 1e6]) {
    if (spec.dimension === 'length' && fits(value_SI * slip))
      return `did you mean ${inUnit(value_SI * slip, spec.unit)}?`;
  }
  return undefined;
}

/** A plain number outside the bounds was nearly always meant in the field's usual unit. */
function plainNumberHint(value: number, spec: QuantitySpec): string | undefined {
  const { dimension, min, max } = spec;
  if (dimension === 'ratio' || dimension === 'fraction') {
    return value > 1 && value <= 100 && value / 100 >= min && value / 100 <= max
      ? `did you mean ${value / 100}?`
      : undefined;
  }
  for (const usual of new Set([spec.unit, ...unitsOf(dimension)])) {
    const meant = tryParseQuantity(`${value} ${usual}`, dimension);
    if (meant.ok && meant.value_SI >= min && meant.value_SI <= max)
      return `a plain number is in SI; did you mean "${value} ${usual}"?`;
  }
  return 'a plain number is in SI';
}

/** An SI value in a unit, rounded for reading: bounds and hints, not data. */
function inUnit(value_SI: number, unit: string): string {
  const one = unit === '' ? 1 : perSI(unit);
  const number = unit === '°C' ? value_SI - 273.15 : value_SI / one;
  const text = `${Number(number.toPrecision(4))}`;
  return unit === '' ? text : `${text} ${unit}`;
}

/** SI value of one of a unit. */
function perSI(unit: string): number {
  for (const [dimension, bounds] of Object.entries(BOUNDS)) {
    if (bounds.unit !== unit) continue;
    const read = tryParseQuantity(`1 ${unit}`, dimension as Dimension);
    if (read.ok) return read.value_SI;
  }
  return 1;
}

/** Text of one line, for names. */
export function text(description: string, length_max = 200) {
  return z.string().min(1).max(length_max).describe(description);
}

// Reads the names of exported fields and constants and asks of each that has a dimension that it ends in its unit
// (docs/conventions.md). The unit words are one closed list: a new unit is written here first.

import type { SourceFile, Violation } from './room-rules.ts';

/** Words of a unit; a power is part of its word. */
const UNIT_WORDS = wordSet(
  's ms h d sqrt Hz', // time; `min` is minimum, never minute
  'm mm um nm angstrom m2 cm2 m3 cm3 L mL uL', // length, area, volume
  'A mA uA C mAh Ah V mV ohm mohm S mS F uF H', // electricity
  'J kJ eV W mW Wh K K2 degC', // energy, power, temperature
  'mol M kg g mg Pa kPa MPa GPa N', // amount, mass, pressure, force
  'percent rad deg ppm bytes px', // pure numbers that need saying
  'SI', // the unit stands in the field beside it
);

/** A name whose noun is one of these measures something and needs a unit. */
const DIMENSIONED = wordSet(
  'thickness width height radius diameter distance spacing position area volume',
  'voltage potential overpotential current charge capacity resistance impedance conductivity conductance resistivity',
  'permittivity capacitance time duration period frequency velocity flux power energy enthalpy entropy temperature ambient',
  'concentration molarity diffusivity viscosity density mass weight pressure stress force modulus',
);

const NUMERIC = /\bnumber\b|Float64Array|Float32Array/;

/** The unit in a name: the longest run of unit words, with `per` between; half powers (m2_5) are read as m. Null: none. */
export function unitOf(name: string): string | null {
  const words = name.replace(/_(m|s|A|mol)\d_5(?=_|$)/g, '_$1').split('_');
  let best: string[] = [];
  for (let start = 1; start < words.length; start++) {
    let end = start;
    while (UNIT_WORDS.has(words[end] ?? '') || (words[end] === 'per' && UNIT_WORDS.has(words[end + 1] ?? ''))) end++;
    if (end - start > best.length) best = words.slice(start, end);
  }
  return best.length === 0 ? null : best.join('_');
}

/** Why a numeric field of this name breaks the rule; null when it keeps it. */
export function nameFault(name: string): string | null {
  if (unitOf(name) !== null) return null;
  const words = name.split('_');
  // A law's derivative carries the paper's symbol as an index: kappa_T.
  const isUnit = (word: string): boolean => word === 'per' || (word !== word.toLowerCase() && word.length <= 3);
  const unknown = words.slice(1).find((word) => word !== 'T' && isUnit(word));
  if (unknown !== undefined && name !== name.toUpperCase())
    return `${name}: ${unknown} is not in the list of unit words`;
  const noun = words.map(lastWord).find((last) => DIMENSIONED.has(last));
  return noun === undefined ? null : `${name}: a ${noun} has a dimension, so the name ends in its unit`;
}

/** Numeric fields of every exported interface and type, and every exported numeric constant. */
export function exportedNames({ text }: SourceFile): { readonly name: string; readonly line: number }[] {
  const found: { name: string; line: number }[] = [];
  let depth = 0;
  let end: RegExp | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    if (/^\s*(\*|\/\*|\/\/)/.test(raw)) continue;
    const code = raw.replace(/\s\/\/.*$/, '').replace(/\/\*.*?\*\//g, '');
    const opening: RegExpExecArray | null = end === null ? /^export (interface|type)\b/.exec(code) : null;
    if (opening !== null) {
      end = opening[1] === 'interface' ? /\}\s*$/ : /;\s*$/;
      depth = 0;
    }
    if (end !== null) {
      for (const [, name, type] of code.matchAll(/(?:^|[{;,(|]|\breadonly)\s*([A-Za-z_]\w*)\??:\s*([^;{}]*)/g)) {
        if (NUMERIC.test(type!) && !type!.includes('=>')) found.push({ name: name!, line });
      }
      depth += count(code, /[{(]/g) - count(code, /[})]/g);
      if (depth <= 0 && end.test(code)) end = null;
      continue;
    }
    const constant = /^export const (\w+)(?:: number)? = -?[\d.]/.exec(code);
    if (constant !== null) found.push({ name: constant[1]!, line });
  }
  return found;
}

/** Every exported name that hides its unit, but those in `exceptions`, `path: name` with the reason. */
export function unitlessNames(
  files: readonly SourceFile[],
  exceptions: ReadonlyMap<string, string> = new Map(),
): Violation[] {
  return files.flatMap((file) =>
    exportedNames(file).flatMap(({ name, line }) => {
      if (exceptions.has(`${file.path}: ${name}`)) return [];
      const message = nameFault(name);
      return message === null ? [] : [{ file: file.path, line, message }];
    }),
  );
}

/** Of `exchangeCurrent` and `CURRENT` alike, the noun that names the thing measured; a derivative `byCurrent` names none. */
function lastWord(word: string): string {
  if (/(^b|B)y[A-Z][a-z]*$/.test(word)) return '';
  return (word === word.toUpperCase() ? word : word.split(/(?=[A-Z])/).at(-1)!).toLowerCase();
}

function wordSet(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

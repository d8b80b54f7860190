// The numbers that a sentence says, with their units, and which known number each of them is.

import type { Sourced } from './source-card.tsx';

/** A piece of a text: words, or a number with its unit as it is printed. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | {
      readonly kind: 'number';
      readonly text: string;
      /** With its unit left away, as printed. */
      readonly digits: string;
      readonly unit: string;
    };

/** Units as sentences print them, longer ones first. */
const UNITS = [
  ...['Ω cm²', 'mΩ cm²', 'mAh/cm²', 'mAh/cm2', 'µAh/cm²', 'mA/cm²', 'mA/cm2', 'J/(mol K)', 'kJ/mol', 'J/m²', 'N/m'],
  ...['mAh/g', 'Wh/kg', 'Wh/L', 'g/Ah', 'µL/mAh', 'mV/dec', 'µV/h', 'mV', 'µV', 'mAh', 'mA', 'µA', 'mΩ', 'kΩ', 'MPa'],
  ...['kPa', 'GPa', 'µm', 'nm', 'mm', 'cm²', 'cm', 'mL', 'µL', 'min', 'ms', 'µs', 'days', 'cycles', 'kHz', 'Hz', 'mHz'],
  ...['°C', '°', '%', 'V', 'A', 'Ω', 'h', 's', 'K', 'g', 'L', 'Ah', 'Wh'],
].sort((a, b) => b.length - a.length);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const DIGITS = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`;
const POWER = String.raw`(?:e[+−-]?\d+|·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?`;
/** No part of a word, a name, a ratio, a DOI or a date: what stands before and after is looked at. */
const NUMBER = new RegExp(
  String.raw`(?<![\p{L}\d_.,/\[⁻-]|\d:|\p{L}[−-]|\d[−-])([−-]?(?:${DIGITS})${POWER})(?:[\s\u00a0]?(${UNITS.map(escaped).join('|')})(?![\p{L}\d/·⁻]))?(?![\p{L}\d_/\]]|:\d|[.,]\d|[−-][\p{L}\d])`,
  'gu',
);

/** Numbers without a unit that are years are words. */
const isYear = (digits: string, unit: string): boolean => unit === '' && /^(19|20)\d\d$/.test(digits);

export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(NUMBER)) {
    const [whole, digits = '', unit = ''] = match;
    if (isYear(digits, unit)) continue;
    if (match.index > from) pieces.push({ kind: 'words', text: text.slice(from, match.index) });
    from = match.index + whole.length;
    pieces.push({ kind: 'number', text: text.slice(match.index, from), digits, unit });
  }
  if (from < text.length) pieces.push({ kind: 'words', text: text.slice(from) });
  return pieces;
}

/** What printed digits are worth. */
export function worthOf(digits: string): number {
  const SUPER = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const plain = digits
    .replaceAll(',', '')
    .replaceAll('−', '-')
    .replace(
      /·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/u,
      (_, power: string) => `e${[...power].map((one) => (one === '⁻' ? '-' : SUPER.indexOf(one))).join('')}`,
    );
  return Number(plain);
}

/** The number of the list of which these digits are the rounding; signs are said in words as often as not. */
export function sameNumber(digits: string, unit: string, numbers: readonly Sourced[]): Sourced | null {
  const printed = Math.abs(worthOf(digits));
  const decimals = /\.(\d+)/.exec(digits)?.[1]?.length ?? 0;
  const half = 0.5000001 * 10 ** -decimals * (/[e·]/.test(digits) ? printed : 1);
  return (
    numbers.find(
      (one) =>
        typeof one.value === 'number' &&
        plainUnit(one.unit) === plainUnit(unit) &&
        Math.abs(Math.abs(one.value) - printed) <= half,
    ) ?? null
  );
}

const plainUnit = (unit: string): string => unit.replace('cm2', 'cm²').replace(/\s/g, ' ');

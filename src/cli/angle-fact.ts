// Angles as people read them: a number with its source, in degrees.

import type { Property } from '../materials/index.ts';
import { type Fact, sourcedFact } from './facts.ts';
import { significant } from './numbers.ts';

const DEGREES: Readonly<Record<string, string>> = { rad: '°', 'rad/K': '°/K' };

/** The row of a number that knows its source; degrees where its unit is rad. */
export function angleFact(name: string, number: Property): Fact {
  const unit = DEGREES[number.unit];
  if (unit === undefined) return sourcedFact(name, number);
  const show = (x: number): string => significant((x * 180) / Math.PI);
  const range = number.range === undefined ? '' : `${show(number.range[0])} to ${show(number.range[1])} ${unit}`;
  return { path: name, value: `${show(number.value)} ${unit}`, range, tag: number.tag, source: number.source };
}

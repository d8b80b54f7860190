// Options that are numbers with units.

import { type Dimension, type Issue, tryParseQuantity } from '../units/index.ts';

/** Reads an option's text in SI; undefined where there is none, or where it cannot be read, which joins `issues`. */
export function typedQuantity(
  where: string,
  text: string | undefined,
  dimension: Dimension,
  issues: Issue[],
): number | undefined {
  if (text === undefined) return undefined;
  const found = tryParseQuantity(text, dimension, where);
  if (found.ok) return found.value_SI;
  issues.push(found.issue);
  return undefined;
}

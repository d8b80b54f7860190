// A cell drawn many times over, each time with other values for all that it is unsure of: a Latin hypercube over the ranges of
// its assumptions, uniform in a value or, over more than a decade, in its logarithm.

import type { Cell } from '../cells/index.ts';
import { atShare, latinHypercube, randomStream } from '../numerics/index.ts';
import { InputError, type Issue } from '../units/index.ts';
import { type UncertainValues, uncertainValues } from './uncertain-values.ts';

/** With fewer, the 10 % and 90 % quantiles would be the extremes. */
export const SAMPLES_MIN = 10;
export const SAMPLES_MAX = 100_000;

export interface DrawOptions {
  /** From 10 to 100 000. */
  readonly samples: number;
  /** A whole number from 0; the same seed draws the same cells. */
  readonly seed: number;
}

export interface Draws extends UncertainValues {
  readonly samples: number;
  readonly seed: number;
  /** Where each sample stands in the ranges, shares from 0 to 1 in the order of `varied`; empty where nothing varies. */
  readonly points: () => readonly Float64Array[];
  readonly cellAt: (point: Float64Array) => Cell;
}

/** What is impossible about a number of samples and a seed. */
export function drawIssues({ samples, seed }: DrawOptions): Issue[] {
  const issues: Issue[] = [];
  if (!Number.isInteger(samples) || samples < SAMPLES_MIN || samples > SAMPLES_MAX) {
    const wanted = `a whole number from ${SAMPLES_MIN} to ${SAMPLES_MAX}`;
    issues.push({ where: 'samples', found: String(samples), wanted });
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    issues.push({ where: 'seed', found: String(seed), wanted: 'a whole number from 0' });
  }
  return issues;
}

/**
 * Finds what a cell is unsure of, and checks it; nothing is drawn before `points` is called.
 *
 * @throws InputError for impossible options or ranges, all of them together.
 */
export function drawsOf(cell: Cell, { samples, seed }: DrawOptions): Draws {
  const issues = drawIssues({ samples, seed });
  let values: UncertainValues | null = null;
  try {
    values = uncertainValues(cell);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    issues.push(...error.issues);
  }
  if (issues.length > 0 || values === null) throw new InputError(issues);
  const { varied, cellWith } = values;
  return {
    ...values,
    samples,
    seed,
    points: () => (varied.length === 0 ? [] : latinHypercube(samples, varied.length, randomStream(seed))),
    cellAt: (point) => cellWith(varied.map(({ range, scale }, k) => atShare(point[k]!, range[0], range[1], scale))),
  };
}

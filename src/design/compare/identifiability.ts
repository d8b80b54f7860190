// What data say about parameters together: errors and correlations from the curvature at the best fit, and the directions in which
// parameters can change without the data noticing, told in words. Two resistances in series are the plain case: their sum is known.
//
// Parameters are compared on one measure: the logarithm of a positive one, and for others a share of their range counted so
// that half the range is as much as a decade.

import { exp, log, studentQuantile, symmetricEigen } from '../../numerics/index.ts';
import type { FitParameter } from './fit-parameters.ts';

/** Half the range of a parameter on a linear scale counts as a decade. */
export const LINEAR_MEASURE = 2 * Math.LN10;
/** A 95 % interval of more than a decade, or more than half of a range, determines nothing. */
const WIDTH_MAX = Math.LN10;
/** A direction that changes the residuals by less than this share of what its parameters do one by one is open. */
const OPEN_DIRECTION = 1e-11;
/** Parameters with a smaller share in a direction are not named with it. */
export const PART_OF_DIRECTION = 0.15;
const PART_OF_OPEN_DIRECTION = 0.1;
/** What the residuals change by over the whole range that is no change at all. */
const UNFELT = 1e-6;

/** The place of a value on the measure, from its lower bound. */
export function measureOf({ low, high, scale }: FitParameter, value: number): number {
  if (scale === 'logarithmic') return log(value / low);
  return (LINEAR_MEASURE * (value - low)) / (high - low);
}

export function valueAt({ low, high, scale }: FitParameter, measure: number): number {
  return scale === 'logarithmic' ? low * exp(measure) : low + (measure / LINEAR_MEASURE) * (high - low);
}

/** A direction in the space of the fitted parameters. */
export interface FitDirection {
  /** `open`: the data do not feel a move along it of a decade, or half a range. */
  readonly state: 'determined' | 'open';
  /** Share of each parameter; squares sum to 1. Positive shares rise together, over logarithms for positive values. */
  readonly shares: readonly { readonly name: string; readonly share: number }[];
  /** On the measure: 0.01 is a per cent for values on a logarithmic scale. Infinite where nothing is felt. */
  readonly standardDeviation: number;
  /** What it means. */
  readonly words: string;
}

export interface FitErrors {
  /** Standard error of each parameter on the measure; infinite in an open direction, NaN on a bound. */
  readonly error: Float64Array;
  readonly correlation: Float64Array;
  /** For each parameter the others of its open direction. */
  readonly openWith: readonly (readonly number[])[];
  /** No residual follows this parameter. */
  readonly unfelt: readonly boolean[];
  readonly directions: readonly FitDirection[];
}

/**
 * Errors from the Jacobian of residuals that were divided by their noise, column by column on the measure. `noise` holds, in the same
 * form, how far two ways of taking each derivative differ: a direction that is felt no more than that is open.
 */
export function errorsOfFit(
  parameters: readonly FitParameter[],
  jacobian: Float64Array,
  noise: Float64Array,
  residuals: number,
  atBound: readonly boolean[],
  degreesOfFreedom: number,
): FitErrors {
  const n = parameters.length;
  const t = studentQuantile(0.975, Math.max(1, degreesOfFreedom));
  const inside = atBound.flatMap((is, i) => (is ? [] : [i]));
  const size = inside.length;
  const normal = productsOf(jacobian, residuals, inside);
  const noiseNormal = productsOf(noise, residuals, inside);
  const widths = inside.map((i) => measureOf(parameters[i]!, parameters[i]!.high));
  // Also what noise alone would show is no effect.
  const isUnfelt = (a: number): boolean => {
    const felt = normal[a * size + a]!;
    return Math.sqrt(felt) * widths[a]! < UNFELT || felt <= noiseNormal[a * size + a]!;
  };
  const unfelt = new Array<boolean>(n).fill(false);
  for (const [a, i] of inside.entries()) unfelt[i] = isUnfelt(a);

  const covariance = new Float64Array(size * size);
  const openWith: number[][] = Array.from({ length: n }, () => []);
  const isOpen = new Array<boolean>(n).fill(false);
  const directions: FitDirection[] = [];
  const felt = Array.from({ length: size }, (_, a) => a).filter((a) => !unfelt[inside[a]!]);
  for (const i of inside) {
    if (!unfelt[i]) continue;
    isOpen[i] = true;
    const { name } = parameters[i]!;
    const words = `${name} can be anything in its range: nothing in the data follows it.`;
    directions.push({
      state: 'open',
      shares: [{ name, share: 1 }],
      standardDeviation: Number.POSITIVE_INFINITY,
      words,
    });
  }
  const m = felt.length;
  const sub = Float64Array.from(
    { length: m * m },
    (_, at) => normal[felt[Math.floor(at / m)]! * size + felt[at % m]!]!,
  );
  // On a unit diagonal rounding is seen for what it is.
  const scale = felt.map((a) => 1 / Math.sqrt(normal[a * size + a]!));
  const scaled = sub.map((value, at) => value * scale[Math.floor(at / m)]! * scale[at % m]!);
  const unit = symmetricEigen(scaled, m);
  for (let e = 0; e < m; e++) {
    const vector = unit.vectors.subarray(e * m, (e + 1) * m);
    let noiseHere = 0;
    for (let a = 0; a < m; a++) {
      for (let b = 0; b < m; b++) {
        noiseHere += vector[a]! * vector[b]! * scale[a]! * scale[b]! * noiseNormal[felt[a]! * size + felt[b]!]!;
      }
    }
    if (unit.values[e]! < OPEN_DIRECTION || unit.values[e]! <= noiseHere) {
      const members = felt.flatMap((a, k) => (Math.abs(vector[k]!) > PART_OF_OPEN_DIRECTION ? [inside[a]!] : []));
      for (const i of members) {
        isOpen[i] = true;
        openWith[i] = [...new Set([...openWith[i]!, ...members.filter((other) => other !== i)])];
      }
      continue;
    }
    for (let a = 0; a < m; a++) {
      for (let b = 0; b < m; b++) {
        covariance[felt[a]! * size + felt[b]!]! += (vector[a]! * vector[b]! * scale[a]! * scale[b]!) / unit.values[e]!;
      }
    }
  }

  const spreadOf = (a: number): number => Math.sqrt(covariance[a * size + a]!);
  // Directions on the common measure, from the best known to the least.
  const own = symmetricEigen(sub, m);
  for (let e = m - 1; e >= 0; e--) {
    const vector = own.vectors.subarray(e * m, (e + 1) * m);
    const felt2 = Math.max(own.values[e]!, 0);
    const sd = 1 / Math.sqrt(felt2);
    const members = felt.map((a, k) => ({ i: inside[a]!, weight: vector[k]! }));
    const alone = (i: number): number => (isOpen[i] ? Number.POSITIVE_INFINITY : spreadOf(inside.indexOf(i)));
    directions.push(directionOf(parameters, members, sd, t, alone));
  }

  const error = new Float64Array(n).fill(Number.NaN);
  const correlation = new Float64Array(n * n).fill(Number.NaN);
  for (const [a, i] of inside.entries()) {
    error[i] = isOpen[i] ? Number.POSITIVE_INFINITY : spreadOf(a);
    for (const [b, k] of inside.entries()) {
      if (unfelt[i] || unfelt[k]) continue;
      correlation[i * n + k] =
        covariance[a * size + b]! / Math.sqrt(covariance[a * size + a]! * covariance[b * size + b]!);
    }
  }
  directions.sort((a, b) => a.standardDeviation - b.standardDeviation);
  return { error, correlation, openWith, unfelt, directions };
}

/** JᵀJ among these columns. */
function productsOf(columns: Float64Array, rows: number, inside: readonly number[]): Float64Array {
  const size = inside.length;
  const products = new Float64Array(size * size);
  for (const [a, i] of inside.entries()) {
    for (const [b, k] of inside.entries()) {
      if (b > a) continue;
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += columns[i * rows + row]! * columns[k * rows + row]!;
      products[a * size + b] = sum;
      products[b * size + a] = sum;
    }
  }
  return products;
}

interface Member {
  readonly i: number;
  readonly weight: number;
}

function directionOf(
  parameters: readonly FitParameter[],
  members: readonly Member[],
  sd: number,
  t: number,
  alone: (i: number) => number,
): FitDirection {
  const largest = members.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0);
  const sign = members.find(({ weight }) => Math.abs(weight) === largest)!.weight < 0 ? -1 : 1;
  const turned = members.map(({ i, weight }) => ({ i, weight: sign * weight }));
  const named = turned.filter(({ weight }) => Math.abs(weight) > PART_OF_DIRECTION);
  const isOpen = !(2 * t * sd <= WIDTH_MAX);
  return {
    state: isOpen ? 'open' : 'determined',
    shares: turned.map(({ i, weight }) => ({ name: parameters[i]!.name, share: weight })),
    standardDeviation: sd,
    words: isOpen ? openWords(parameters, named) : determinedWords(parameters, named, sd, alone),
  };
}

const isLog = (parameters: readonly FitParameter[], { i }: Member): boolean => parameters[i]!.scale === 'logarithmic';

/** The combination as a product of powers where all are positive, as a sum of shares elsewhere. */
function combination(parameters: readonly FitParameter[], named: readonly Member[]): string {
  const largest = Math.max(...named.map(({ weight }) => Math.abs(weight)));
  const powers = named.map((one) => ({ ...one, power: one.weight / largest }));
  if (!named.every((one) => isLog(parameters, one))) {
    return powers
      .map(
        ({ i, power }, k) =>
          `${power < 0 ? '− ' : k === 0 ? '' : '+ '}${plain(Math.abs(power))} of ${parameters[i]!.name}`,
      )
      .join(' ');
  }
  const factor = ({ i, power }: { readonly i: number; readonly power: number }): string => {
    const size = Math.abs(power);
    return Math.abs(size - 1) < 0.05 ? parameters[i]!.name : `${parameters[i]!.name}^${plain(size)}`;
  };
  const above = powers.filter(({ power }) => power > 0).map(factor);
  const below = powers.filter(({ power }) => power < 0).map(factor);
  const bottom = below.length > 1 ? `(${below.join(' · ')})` : below.join('');
  return below.length === 0 ? above.join(' · ') : `${above.length === 0 ? '1' : above.join(' · ')} / ${bottom}`;
}

const plain = (value: number): string => String(Number(value.toPrecision(2)));

/** A parameter that is known this much worse than its direction is not what the direction says. */
const ALONE_WORSE = 1.5;

function determinedWords(
  parameters: readonly FitParameter[],
  named: readonly Member[],
  sd: number,
  alone: (i: number) => number,
): string {
  const isProduct = named.every((one) => isLog(parameters, one));
  const largest = Math.max(...named.map(({ weight }) => Math.abs(weight)));
  const size = (spread: number): string =>
    isProduct ? `${plain(100 * spread)} %` : `${plain((100 * spread) / LINEAR_MEASURE)} % of its range`;
  // The direction has unit length; its combination has the power 1 for the strongest.
  const spread = sd / largest;
  const what = combination(parameters, named);
  const [only] = named;
  if (named.length === 1 && alone(only!.i) > ALONE_WORSE * spread) {
    return `A combination that is mostly ${parameters[only!.i]!.name} is known to ${size(spread)}; by itself that is known less well.`;
  }
  return `${what} is known to ${size(spread)} (one standard deviation).`;
}

function openWords(parameters: readonly FitParameter[], named: readonly Member[]): string {
  const [first, second] = named;
  if (named.length === 1) return `${parameters[first!.i]!.name} is not determined by this data.`;
  if (named.length === 2 && named.every((one) => isLog(parameters, one))) {
    // What is known of two is the combination across the open direction.
    const across = [
      { i: first!.i, weight: -second!.weight },
      { i: second!.i, weight: first!.weight },
    ];
    const turned = across[0]!.weight < 0 ? across.map(({ i, weight }) => ({ i, weight: -weight })) : across;
    const [a, b] = [parameters[first!.i]!.name, parameters[second!.i]!.name];
    return `${a} and ${b} are known only as a combination: ${combination(parameters, turned)}. They can ${sameSign(named) ? 'rise together' : 'be exchanged for each other'} without the data noticing.`;
  }
  const risers = named.filter(({ weight }) => weight > 0).map(({ i }) => parameters[i]!.name);
  const fallers = named.filter(({ weight }) => weight < 0).map(({ i }) => parameters[i]!.name);
  const words = [
    risers.length > 0 ? `${listed(risers)} can rise` : '',
    fallers.length > 0 ? `${listed(fallers)} can fall` : '',
  ].filter((part) => part !== '');
  return `${words.join(' while ')} without the data noticing: only their combination is known.`;
}

const sameSign = (named: readonly Member[]): boolean =>
  named.every(({ weight }) => weight > 0 === named[0]!.weight > 0);

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** Whether an interval of this half width on the measure says nothing about the parameter. */
export const isTooWide = (half: number, parameter: FitParameter): boolean =>
  2 * half > Math.min(WIDTH_MAX, measureOf(parameter, parameter.high));

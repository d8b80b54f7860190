// Mean Coulombic efficiency from a lithium reservoir on copper: plate Q_T, cycle n times Q_C, strip what is left, Q_S.
// Aurbach, Gofer, Langzam 1989 (10.1149/1.2096425) and Adams 2018 (10.1002/aenm.201702097).

import type { CyclingRecord } from '../records/index.ts';
import { stepCharges } from './charge.ts';

/** Measured charges of a reservoir test, magnitudes, all in one unit. */
export interface ReservoirCharges {
  /** Q_T, the reservoir plated first. */
  readonly reservoir_C: number;
  /** Sums over the n short cycles of what was plated and stripped. */
  readonly cycled_plated_C: number;
  readonly cycled_stripped_C: number;
  /** Q_S, stripped at the end. */
  readonly final_stripped_C: number;
  /** n. */
  readonly shortCycles: number;
}

export interface ReservoirEfficiency extends ReservoirCharges {
  /** (n·Q_C + Q_S)/(n·Q_C + Q_T): all that was stripped over all that was plated (Adams 2018). */
  readonly adams: number;
  /** 1 − (Q_T − Q_S)/(n·Q_C): the loss shared among the short cycles alone (the loss-based reading of Aurbach 1989). */
  readonly lossBased: number;
}

/** Both published means from measured charges. */
export function reservoirEfficiency(charges: ReservoirCharges): ReservoirEfficiency {
  const { reservoir_C, cycled_plated_C, cycled_stripped_C, final_stripped_C } = charges;
  const plated_C = reservoir_C + cycled_plated_C;
  const stripped_C = cycled_stripped_C + final_stripped_C;
  return {
    ...charges,
    adams: stripped_C / plated_C,
    lossBased: 1 - (plated_C - stripped_C) / cycled_plated_C,
  };
}

/** Fewest equal short cycles that make a reservoir test. */
export const SHORT_CYCLES_MIN = 5;
/** Short half-cycles are equal within this fraction. */
const EQUAL_WITHIN = 0.05;
/** A short half-cycle passes at most this fraction of the reservoir. */
const SHORT_OF_RESERVOIR_MAX = 0.6;

/** Where a reservoir test lies in a list of signed charges, both ends counted in. */
export interface ReservoirPlace {
  /** First and last part of the reservoir's plating. */
  readonly reservoir: readonly [number, number];
  readonly shorts: readonly [number, number];
  /** Parts of the last stripping; null where the list ends, or something else comes, before it. */
  readonly final: readonly [number, number] | null;
  readonly order: 'strip first' | 'plate first';
  /** The last stripping gave less than a short one: the reservoir was used up by the short cycles. */
  readonly exhausted: boolean;
}

/**
 * Finds a reservoir test in charges one after the other, positive stripped, none of them 0: one long plating, at least five equal
 * short pairs (strip first or plate first), one strip. The first plating and the last strip may be in several parts. What comes
 * before, such as a conditioning cycle, is left out. A test that has its last strip goes before one without.
 */
export function findReservoir(charges_C: readonly number[]): ReservoirPlace | null {
  let unfinished: ReservoirPlace | null = null;
  for (let last = 0; last < charges_C.length; last++) {
    const place = reservoirEndingAt(charges_C, last);
    if (place?.final) return place;
    unfinished ??= place;
  }
  return unfinished;
}

/** The test whose reservoir ends with the part `last`; null where none does. */
function reservoirEndingAt(charges_C: readonly number[], last: number): ReservoirPlace | null {
  let first = last;
  while (first > 0 && charges_C[first - 1]! < 0) first--;
  const reservoir_C = -sumOf(charges_C, first, last);
  const short_C = Math.abs(charges_C[last + 1] ?? 0);
  if (!(charges_C[last]! < 0) || short_C === 0 || short_C > SHORT_OF_RESERVOIR_MAX * reservoir_C) return null;
  const start = last + 1;
  let at = start;
  while (at < charges_C.length) {
    const charge_C = charges_C[at]!;
    const alternates = at === start || Math.sign(charge_C) !== Math.sign(charges_C[at - 1]!);
    if (!alternates || Math.abs(Math.abs(charge_C) - short_C) > EQUAL_WITHIN * short_C) break;
    at++;
  }
  const stripFirst = charges_C[start]! > 0;
  const exhausts = at < charges_C.length && charges_C[at]! > 0 && charges_C[at]! < (1 - EQUAL_WITHIN) * short_C;
  // Plate first and used up: the plating before the strip that fell short is of a pair that was not completed.
  const count = at - start;
  const pairs = Math.floor(count / 2);
  if (pairs < SHORT_CYCLES_MIN) return null;
  const order = stripFirst ? 'strip first' : 'plate first';
  if (count % 2 !== 0 && !(exhausts && !stripFirst)) {
    // An odd short strip at the very end is a test that broke off.
    if (at < charges_C.length) return null;
    return { reservoir: [first, last], shorts: [start, start + 2 * pairs - 1], final: null, order, exhausted: false };
  }
  const shorts: readonly [number, number] = [start, at - 1];
  let end = at;
  while (end < charges_C.length && charges_C[end]! > 0) end++;
  const final: readonly [number, number] | null = end > at ? [at, end - 1] : null;
  return { reservoir: [first, last], shorts, final, order, exhausted: exhausts && end === at + 1 };
}

function sumOf(charges_C: readonly number[], first: number, last: number): number {
  let sum = 0;
  for (let k = first; k <= last; k++) sum += charges_C[k]!;
  return sum;
}

/** The charges of a test at its place; a test without its last strip has none. */
export function reservoirCharges(charges_C: readonly number[], place: ReservoirPlace): ReservoirCharges | null {
  if (place.final === null) return null;
  let [plated_C, stripped_C] = [0, 0];
  let platings = 0;
  for (let k = place.shorts[0]; k <= place.shorts[1]; k++) {
    if (charges_C[k]! > 0) stripped_C += charges_C[k]!;
    else {
      plated_C -= charges_C[k]!;
      platings++;
    }
  }
  return {
    reservoir_C: -sumOf(charges_C, ...place.reservoir),
    cycled_plated_C: plated_C,
    cycled_stripped_C: stripped_C,
    final_stripped_C: sumOf(charges_C, ...place.final),
    shortCycles: platings,
  };
}

/**
 * The reservoir test in the record of a Li|Cu cell, found in its steps or, where those part a half-cycle, in the directions of its
 * current. Rests are passed over. Null when the record holds no such test, or one that broke off before its last strip.
 */
export function findReservoirTest(record: CyclingRecord): ReservoirEfficiency | null {
  const parts = stepCharges(record).map(({ positive_C, negative_C, start, end }) => ({
    charge_C: positive_C - negative_C,
    start,
    end,
  }));
  const found = findReservoirInParts(parts);
  return found?.charges == null ? null : reservoirEfficiency(found.charges);
}

/** Rows [start, end) with their charge, signed. */
export interface ChargePart {
  readonly charge_C: number;
  readonly start: number;
  readonly end: number;
}

/** A test among the parts that it is told in; `charges` null where it broke off. */
export interface ReservoirInParts {
  readonly parts: readonly ChargePart[];
  readonly place: ReservoirPlace;
  readonly charges: ReservoirCharges | null;
}

/** A part with less than this share of the largest charge is a rest with the noise of an instrument. */
const PART_SHARE_MIN = 1e-4;

/** Looks among the parts as they are, then with neighbours of one sign as one; a test with its last strip goes first. */
export function findReservoirInParts(all: readonly ChargePart[]): ReservoirInParts | null {
  const largest_C = all.reduce((most, { charge_C }) => Math.max(most, Math.abs(charge_C)), 0);
  const parts = all.filter(({ charge_C }) => Math.abs(charge_C) > PART_SHARE_MIN * largest_C);
  const found = [parts, joinedBySign(parts)].flatMap((some): ReservoirInParts[] => {
    const charges_C = some.map(({ charge_C }) => charge_C);
    const place = findReservoir(charges_C);
    return place === null ? [] : [{ parts: some, place, charges: reservoirCharges(charges_C, place) }];
  });
  return found.find(({ charges }) => charges !== null) ?? found[0] ?? null;
}

/** All tests one after the other: the next is looked for behind the one before. */
export function findReservoirsInParts(all: readonly ChargePart[]): readonly ReservoirInParts[] {
  const tests: ReservoirInParts[] = [];
  let rest = all;
  while (rest.length > 0) {
    const found = findReservoirInParts(rest);
    if (found === null) break;
    tests.push(found);
    const { final, shorts } = found.place;
    const end = found.parts[(final ?? shorts)[1]]!.end;
    rest = rest.filter(({ start }) => start >= end);
  }
  return tests;
}

function joinedBySign(parts: readonly ChargePart[]): ChargePart[] {
  const out: ChargePart[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last !== undefined && Math.sign(last.charge_C) === Math.sign(part.charge_C)) {
      out[out.length - 1] = { charge_C: last.charge_C + part.charge_C, start: last.start, end: part.end };
    } else out.push(part);
  }
  return out;
}

// The reservoir tests of a record with what stands around it: cutoff, conditioning cycle, order, and the reading by exhaustion.

import { type CyclingRecord, stepRanges } from '../../records/index.ts';
import { type ChargePart, findReservoirsInParts, type ReservoirInParts, reservoirEfficiency } from '../reservoir.ts';
import type { ExhaustionEfficiency, ReservoirFinding } from './contract.ts';
import { directions } from './half-cycles.ts';

export interface ReservoirFindings {
  /** All that have their last stripping, in order. */
  readonly reservoirs: readonly ReservoirFinding[];
  /** Where tests were begun, finished or not. */
  readonly spans: readonly { readonly start_s: number; readonly end_s: number }[];
  /** What of them is missing: that there is none, or that one broke off. */
  readonly reason: string | null;
}

const NONE: ReservoirFindings = {
  reservoirs: [],
  spans: [],
  reason: 'no reservoir test: one long plating, five or more equal short pairs and a last stripping were not found',
};

export function reservoirFindings(
  record: CyclingRecord,
  charge_C: Float64Array,
  { restShare, gainMismatch }: { readonly restShare: number; readonly gainMismatch: number | null },
): ReservoirFindings {
  const sign = directions(record.current_A, restShare);
  const steps = stepRanges(record).flatMap(({ start, end }) => directionsOf(charge_C, sign, start, end));
  const tests = findReservoirsInParts(steps).map((found) => testOf(record, found, gainMismatch));
  if (tests.length === 0) return NONE;
  return {
    reservoirs: tests.flatMap(({ reservoir }) => (reservoir === null ? [] : [reservoir])),
    spans: tests.map(({ span }) => span),
    reason: tests.find(({ reason }) => reason !== null)?.reason ?? null,
  };
}

function testOf(
  record: CyclingRecord,
  { parts, place, charges }: ReservoirInParts,
  gainMismatch: number | null,
): {
  readonly reservoir: ReservoirFinding | null;
  readonly span: ReservoirFindings['spans'][number];
  readonly reason: string | null;
} {
  const start_s = timeBefore(record, parts[place.reservoir[0]]!.start);
  const lastPart = parts[(place.final ?? place.shorts)[1]]!;
  const end_s = record.time_s[lastPart.end - 1]!;
  const span = { start_s, end_s };
  if (charges === null) {
    const pairs = (place.shorts[1] - place.shorts[0] + 1) / 2;
    const reason = `a reservoir test broke off: after ${Math.floor(pairs)} short cycles the last stripping is missing`;
    return { reservoir: null, span, reason };
  }
  const efficiency = reservoirEfficiency(charges);
  const cycled_C = charges.cycled_plated_C / charges.shortCycles;
  const lost = charges.reservoir_C / (charges.shortCycles * cycled_C);
  const exhaustion: ExhaustionEfficiency | null = place.exhausted
    ? {
        coulombic_efficiency: 1 - lost,
        reservoir_C: charges.reservoir_C,
        cycles: charges.shortCycles,
        cycled_C,
        resolution: lost / charges.shortCycles,
        ...span,
      }
    : null;
  const reservoir: ReservoirFinding = {
    ...efficiency,
    order: place.order,
    ...span,
    cutoff_V: record.voltage_V[lastPart.end - 1]!,
    conditioning: conditioningOf(parts, place.reservoir[0]),
    systematic: gainMismatch === null ? null : gainMismatch * efficiency.adams,
    exhaustion,
  };
  return { reservoir, span, reason: null };
}

/**
 * A step as the parts of each direction of its charge, parted by rests too: a cycler without step numbers has all in one. What a counter
 * adds in the first row of a rest belongs to the part before it.
 */
function directionsOf(charge_C: Float64Array, sign: Int8Array, start: number, end: number): ChargePart[] {
  const parts: { charge_C: number; start: number; end: number }[] = [];
  let rested = true;
  for (let row = start; row < end; row++) {
    const own = charge_C[row]!;
    const last = parts.at(-1);
    const goesOn = last !== undefined && Math.sign(last.charge_C) === Math.sign(own);
    if (own !== 0 && goesOn && (!rested || sign[row] === 0)) {
      last.charge_C += own;
      if (sign[row] !== 0) last.end = row + 1;
    } else if (own !== 0 && sign[row] !== 0) parts.push({ charge_C: own, start: row, end: row + 1 });
    rested = sign[row] === 0;
  }
  return parts;
}

/** Stripped over plated just before the reservoir; null where nothing was. */
function conditioningOf(parts: readonly ChargePart[], reservoirStart: number): number | null {
  let at = reservoirStart - 1;
  let [stripped_C, plated_C] = [0, 0];
  for (; at >= 0 && parts[at]!.charge_C > 0; at--) stripped_C += parts[at]!.charge_C;
  for (; at >= 0 && parts[at]!.charge_C < 0; at--) plated_C -= parts[at]!.charge_C;
  return stripped_C > 0 && plated_C > 0 ? stripped_C / plated_C : null;
}

const timeBefore = ({ time_s }: CyclingRecord, row: number): number => time_s[Math.max(0, row - 1)]!;

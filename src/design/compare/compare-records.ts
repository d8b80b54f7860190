// Two records of one test laid over each other, measured and simulated, row by row of a common grid: voltages where both have passed the
// same charge (or at the same time), charges of half-cycles, efficiencies, hysteresis, and what could not be compared.

import type { AnalysedCellKind } from '../../analysis/index.ts';
import { square } from '../../numerics/index.ts';
import type { CyclingRecord } from '../../records/index.ts';
import { InputError, type Issue } from '../../units/index.ts';
import {
  directions,
  type HalfCycle,
  halfCycles,
  meanVoltage,
  type PairedCycle,
  pairCycles,
  voltageAtCharge,
  voltageAtTime,
} from './half-cycles.ts';

/** Points of the common grid in a half-cycle, when the caller does not say. */
export const COMPARED_POINTS_DEFAULT = 200;

/** Where the voltage moves by more than this within `STEEP_CHARGE` of a half-cycle, a difference of voltages tells of charge. */
const STEEP_V = 0.02;
const STEEP_CHARGE = 0.005;

export interface CompareRecordsOptions {
  readonly cell: AnalysedCellKind;
  /**
   * `charge` (the default): the n-th half-cycle beside the n-th, at equal charge since it began; rests have none. `time`: at equal
   * time since the records began, rests included; right where the simulation followed the measured current.
   */
  readonly align?: 'charge' | 'time';
  /** Points of the grid in a half-cycle at most, from 2; 200 by default. They are rows of the measured record. */
  readonly points?: number;
}

/** One half-cycle of both records on the measured rows. */
export interface HalfCycleComparison {
  /** From 1, in order. */
  readonly halfCycle: number;
  readonly direction: 1 | -1;
  /** Charge since the half-cycle began, C, magnitude. */
  readonly charge_C: Float64Array;
  /** Of the measured record, since it began, s. */
  readonly time_s: Float64Array;
  readonly measured_V: Float64Array;
  readonly simulated_V: Float64Array;
  /** Simulated less measured. */
  readonly residual_V: Float64Array;
  /** Over the points where the measured voltage does not run away; NaN without any. */
  readonly rms_V: number;
  /** Mean of the same. */
  readonly bias_V: number;
  readonly measuredCharge_C: number;
  readonly simulatedCharge_C: number;
  readonly measuredMean_V: number;
  readonly simulatedMean_V: number;
}

export interface CycleComparison {
  readonly cycle: number;
  readonly measuredEfficiency: number | null;
  readonly simulatedEfficiency: number | null;
  /** Simulated less measured; null where one of them has none. */
  readonly efficiencyDifference: number | null;
  readonly measuredHysteresis_V: number | null;
  readonly simulatedHysteresis_V: number | null;
}

export interface NotCompared {
  readonly what: string;
  readonly why: string;
}

export interface RecordComparison {
  readonly align: 'charge' | 'time';
  readonly cell: AnalysedCellKind;
  readonly halfCycles: readonly HalfCycleComparison[];
  readonly cycles: readonly CycleComparison[];
  /** Over all half-cycles, and rests where aligned by time, without points where the voltage runs away; null without any. */
  readonly rms_V: number | null;
  readonly bias_V: number | null;
  readonly largest_V: number | null;
  readonly points: number;
  /** Root mean square of the differences of efficiency; null without any. */
  readonly rmsEfficiency: number | null;
  readonly notCompared: readonly NotCompared[];
}

/**
 * Lays a simulated record beside a measured one. Voltages of the simulated record are interpolated at rows of the measured one, which
 * are thinned to `points` in each half-cycle, evenly over its charge.
 *
 * @throws InputError for records without rows, and for fewer than 2 points.
 */
export function compareRecords(
  measured: CyclingRecord,
  simulated: CyclingRecord,
  { cell, align = 'charge', points = COMPARED_POINTS_DEFAULT }: CompareRecordsOptions,
): RecordComparison {
  const issues: Issue[] = [];
  for (const [where, record] of Object.entries({ measured, simulated })) {
    if (record.time_s.length === 0) issues.push({ where, found: 'no rows', wanted: 'a record with rows' });
  }
  if (!Number.isInteger(points) || points < 2) {
    issues.push({ where: 'points', found: String(points), wanted: 'a whole number from 2' });
  }
  if (issues.length > 0) throw new InputError(issues);

  const [ours, theirs] = [halfCycles(measured), halfCycles(simulated)];
  const pairs = pairedHalves(ours, theirs);
  const shift_s = simulated.time_s[0]! - measured.time_s[0]!;
  const end_s = simulated.time_s.at(-1)!;
  const notCompared: NotCompared[] = [];
  const counted: number[] = [];
  let beyond = 0;
  let steep = 0;
  const compared = pairs.map(([one, other, number]): HalfCycleComparison => {
    const within = (k: number): boolean =>
      align === 'charge'
        ? one.charge_C[k]! <= other.passed_C * (1 + 1e-9)
        : measured.time_s[one.rows[k]!]! + shift_s <= end_s;
    const all = thinnedRows(one, points);
    const places = all.filter(within);
    beyond += all.length - places.length;
    const at = (k: number): number =>
      align === 'charge'
        ? voltageAtCharge(simulated, other, one.charge_C[k]!)
        : voltageAtTime(simulated, measured.time_s[one.rows[k]!]! + shift_s, measured.current_A[one.rows[k]!]!);
    const measured_V = Float64Array.from(places, (k) => measured.voltage_V[one.rows[k]!]!);
    const simulated_V = Float64Array.from(places, at);
    const residual_V = simulated_V.map((value, k) => value - measured_V[k]!);
    const slopes = slopesAt(one, measured, all).filter((_, k) => within(all[k]!));
    const isFlat = (_: number, k: number): boolean => slopes[k]! * STEEP_CHARGE * one.passed_C <= STEEP_V;
    const flat_V = residual_V.filter(isFlat);
    steep += residual_V.length - flat_V.length;
    counted.push(...flat_V);
    return {
      halfCycle: number,
      direction: one.direction,
      charge_C: Float64Array.from(places, (k) => one.charge_C[k]!),
      time_s: Float64Array.from(places, (k) => measured.time_s[one.rows[k]!]! - measured.time_s[0]!),
      measured_V,
      simulated_V,
      residual_V,
      rms_V: rootMeanSquare(flat_V),
      bias_V: meanOf(flat_V),
      measuredCharge_C: one.passed_C,
      simulatedCharge_C: other.passed_C,
      measuredMean_V: meanVoltage(measured, one),
      simulatedMean_V: meanVoltage(simulated, other),
    };
  });

  const missing = ours.length - pairs.length;
  if (ours.length === 0)
    notCompared.push({ what: 'voltages under current', why: 'the measured record has no current' });
  else if (missing > 0) {
    const why =
      pairs.length === theirs.length
        ? 'the simulation ended before them'
        : `half-cycle ${pairs.length + 1} of the simulation runs the other way`;
    notCompared.push({ what: `${missing} of ${ours.length} measured half-cycles`, why });
  }
  const excess = theirs.length - pairs.length;
  if (excess > 0) notCompared.push({ what: `${excess} simulated half-cycles`, why: 'the measured record has no such' });
  if (beyond > 0) {
    const why = align === 'charge' ? 'the simulated half-cycle passed less charge' : 'the simulation ended before';
    notCompared.push({ what: `${beyond} measured points`, why });
  }
  if (steep > 0) {
    const why =
      'the voltage runs away there, and its difference would tell of the charge; they are drawn, and count in no mean';
    notCompared.push({ what: `${steep} points`, why });
  }
  const rests = align === 'time' ? restResiduals(measured, simulated, shift_s, end_s, points) : [];
  if (align === 'charge' && directions(measured).includes(0)) {
    notCompared.push({ what: 'rests', why: 'no charge passes in them; aligned by time they are compared' });
  }
  const cycles = cyclesOf(pairCycles(measured, ours, cell), pairCycles(simulated, theirs, cell));
  if (cell === 'Li|Li') {
    notCompared.push({ what: 'efficiency', why: 'Li|Li has none: both electrodes hold lithium' });
  }
  const residuals = [...counted, ...rests];
  const differences = cycles.flatMap(({ efficiencyDifference: one }) => (one === null ? [] : [one]));
  const isNone = residuals.length === 0;
  return {
    align,
    cell,
    halfCycles: compared,
    cycles,
    rms_V: isNone ? null : rootMeanSquare(residuals),
    bias_V: isNone ? null : meanOf(residuals),
    largest_V: isNone ? null : residuals.reduce((most, one) => Math.max(most, Math.abs(one)), 0),
    points: residuals.length,
    rmsEfficiency: differences.length === 0 ? null : rootMeanSquare(differences),
    notCompared,
  };
}

/** The n-th beside the n-th for as long as both run the same way. */
function pairedHalves(
  ours: readonly HalfCycle[],
  theirs: readonly HalfCycle[],
): (readonly [HalfCycle, HalfCycle, number])[] {
  const pairs: (readonly [HalfCycle, HalfCycle, number])[] = [];
  for (let k = 0; k < Math.min(ours.length, theirs.length); k++) {
    if (ours[k]!.direction !== theirs[k]!.direction) break;
    pairs.push([ours[k]!, theirs[k]!, k + 1]);
  }
  return pairs;
}

/** Places in a half-cycle whose charges are nearest to an even grid of so many points; each once. */
export function thinnedRows({ charge_C, passed_C }: HalfCycle, points: number): number[] {
  const rows = charge_C.length;
  if (rows <= points) return Array.from({ length: rows }, (_, k) => k);
  const places = new Set<number>();
  let k = 0;
  for (let point = 0; point < points; point++) {
    const wanted_C = ((point + 0.5) / points) * passed_C;
    while (k < rows - 1 && Math.abs(charge_C[k + 1]! - wanted_C) <= Math.abs(charge_C[k]! - wanted_C)) k++;
    places.add(k);
  }
  return [...places];
}

/** |dV/dq| at these places of a half-cycle, V/C, the steeper of both sides. */
export function slopesAt(
  { rows, charge_C }: HalfCycle,
  { voltage_V }: CyclingRecord,
  places: readonly number[],
): number[] {
  const between = places.slice(1).map((place, k) => {
    const before = places[k]!;
    const passed_C = charge_C[place]! - charge_C[before]!;
    return passed_C > 0 ? Math.abs(voltage_V[rows[place]!]! - voltage_V[rows[before]!]!) / passed_C : 0;
  });
  return places.map((_, k) => Math.max(between[k - 1] ?? 0, between[k] ?? 0));
}

/** Residuals of the rows without current, at most `points` of each rest. */
function restResiduals(
  measured: CyclingRecord,
  simulated: CyclingRecord,
  shift_s: number,
  end_s: number,
  points: number,
): number[] {
  const direction = directions(measured);
  const residuals: number[] = [];
  for (let start = 0; start < direction.length; ) {
    let end = start + 1;
    while (end < direction.length && direction[end] === direction[start]) end++;
    const stride = Math.max(1, Math.ceil((end - start) / points));
    for (let row = start; direction[start] === 0 && row < end; row += stride) {
      const at_s = measured.time_s[row]! + shift_s;
      if (at_s <= end_s) residuals.push(voltageAtTime(simulated, at_s, 0) - measured.voltage_V[row]!);
    }
    start = end;
  }
  return residuals;
}

function cyclesOf(ours: readonly PairedCycle[], theirs: readonly PairedCycle[]): CycleComparison[] {
  return ours.map((one, k): CycleComparison => {
    const other = theirs[k];
    const [a, b] = [one.coulombic_efficiency, other?.coulombic_efficiency ?? null];
    return {
      cycle: one.cycle,
      measuredEfficiency: a,
      simulatedEfficiency: b,
      efficiencyDifference: a === null || b === null ? null : b - a,
      measuredHysteresis_V: one.hysteresis_V,
      simulatedHysteresis_V: other?.hysteresis_V ?? null,
    };
  });
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]!;
  return values.length === 0 ? Number.NaN : sum / values.length;
}

function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += square(values[k]!);
  return values.length === 0 ? Number.NaN : Math.sqrt(sum / values.length);
}

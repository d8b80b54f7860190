// How the voltage that drives the current changed along a test.

import type { AnalysedCellKind } from '../efficiency.ts';
import type { CycleFindings, Drift, HalfCycleFindings, PolarisationFindings } from './contract.ts';
import { isWhole } from './cycles.ts';
import { medianOf, robustSlope } from './summary-statistics.ts';

interface Point {
  readonly number: number;
  readonly time_s: number;
  readonly voltage_V: number;
}

/** Polarisation along the test: of cycles with both directions, or of half-cycles where the current went one way only. */
export function polarisationFindings(
  cell: AnalysedCellKind,
  cycles: readonly CycleFindings[],
  halves: readonly HalfCycleFindings[],
): PolarisationFindings | string {
  const whole = sameCurrent(
    cycles.filter(({ hysteresis_V, flags }) => hysteresis_V !== null && isWhole(flags)),
    halves,
  );
  let points: readonly Point[];
  let words: string;
  let of: PolarisationFindings['of'] = 'cycle';
  if (whole.length > 0) {
    points = whole.map((cycle) => ({
      number: cycle.cycle,
      time_s: 0.5 * (cycle.start_s + cycle.end_s),
      voltage_V: cycle.polarisation_V!,
    }));
    words =
      cell === 'Li|Li'
        ? 'half of what lies between the means over time of both directions, for each cycle at the usual current'
        : 'half of what lies between both directions at mid-capacity, for each cycle at the usual current';
  } else if (cell === 'Li|Li' && halves.length > 0) {
    of = 'half-cycle';
    points = halves.map((half) => ({
      number: half.index + 1,
      time_s: 0.5 * (half.start_s + half.end_s),
      voltage_V: half.voltage.mean_V * half.sign,
    }));
    words = 'mean over time of E along the current, for each half-cycle: the current went one way only';
  } else return 'no cycle has both directions of the current';
  const lowest = points.reduce((least, point) => (point.voltage_V < least.voltage_V ? point : least));
  const last_V = points.at(-1)!.voltage_V;
  return {
    words,
    of,
    points: points.length,
    first_V: points[0]!.voltage_V,
    last_V,
    lowest_V: lowest.voltage_V,
    lowestCycle: lowest.number,
    highest_V: points.reduce((most, { voltage_V }) => Math.max(most, voltage_V), Number.NEGATIVE_INFINITY),
    lastOverLowest: lowest.voltage_V > 0 ? last_V / lowest.voltage_V : null,
    drift: driftOf(points),
  };
}

/** Currents within this fraction are compared with each other. */
const CURRENT_WITHIN = 0.1;

/** The cycles at the usual current, the median: a voltage says nothing of ageing where the current is another. */
export function sameCurrent(
  cycles: readonly CycleFindings[],
  halves: readonly HalfCycleFindings[],
): readonly CycleFindings[] {
  const currents = cycles.map(({ halfCycles }) => medianOf(halfCycles.map((index) => halves[index]!.current_A)));
  const usual = medianOf(currents);
  return cycles.filter((_, k) => Math.abs(currents[k]! - usual) <= CURRENT_WITHIN * usual);
}

function driftOf(points: readonly Point[]): Drift | null {
  const values = points.map(({ voltage_V }) => voltage_V);
  const perCycle = robustSlope(
    points.map(({ number }) => number),
    values,
  );
  const perHour = robustSlope(
    points.map(({ time_s }) => time_s / 3600),
    values,
  );
  if (perCycle === null || perHour === null) return null;
  return {
    perCycle_V: perCycle.slope,
    perCycle_V_error: perCycle.error,
    perHour_V: perHour.slope,
    perHour_V_error: perHour.error,
    cycles: points.length,
  };
}

// One run of one cell, what is read from it, and the same for the cell drawn many times over.

import type { Cell, Protocol } from '../cells/index.ts';
import { quantileSorted } from '../numerics/index.ts';
import { type CycleSummary, type SimulationResult, type Stop, simulate } from '../simulation/index.ts';
import { cm2_from_m2 } from '../units/index.ts';
import type { Draws } from './draws.ts';

/** What is read from a run. `cycle` counts from 1; a run that ended before it gives nothing, except a life. */
export type Reading =
  /** Charge stripped over charge plated in all cycles up to this one, or in this one alone; a fraction. */
  | { readonly kind: 'efficiency'; readonly of: 'mean' | 'cycle'; readonly cycle: number }
  /** Both interfaces at the end of that cycle: Ω cm2, or Ω of the whole cell. */
  | { readonly kind: 'resistance'; readonly of: 'area' | 'cell'; readonly cycle: number }
  /** One face of a solid electrolyte with lithium, the mean of both where there are two, Ω cm2. */
  | { readonly kind: 'face-resistance'; readonly cycle: number }
  /** Current that would drive lithium into a flaw of the electrolyte at that resistance (E10), mA/cm2. */
  | { readonly kind: 'critical-current'; readonly cycle: number }
  /** Mean of |V| in that cycle, mV; of other cells than Li|Li half the distance between both directions. */
  | { readonly kind: 'polarisation'; readonly cycle: number }
  /** Time until the test ended or the cell did, h. */
  | { readonly kind: 'life' }
  /** Cycles finished until then. */
  | { readonly kind: 'cycle-life' }
  /** Discharged in that cycle over discharged in the first; a fraction. */
  | { readonly kind: 'retention'; readonly cycle: number };

export interface PlannedRun {
  readonly cell: Cell;
  readonly protocol: Protocol;
  /** The run is ended after so many cycles, whatever it was worth by then. */
  readonly cycles: number;
  readonly readings: readonly Reading[];
  /** No band is wanted: what is read is whether a cell reaches the end of a long test. */
  readonly nominalOnly?: boolean;
}

/** The run with the cell's own values. */
export interface NominalRun {
  /** One for each reading; NaN where the run has none. */
  readonly values: readonly number[];
  readonly stop: Stop;
  readonly cycles: number;
  /** Lithium lost by cause, mean of the cycles, mAh/cm2. */
  readonly losses_mAh_per_cm2: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

/** Some samples of a run. */
export interface SampledRun {
  /** Number of the first sample. */
  readonly from: number;
  /** One list for each reading, one value for each sample that was run; NaN where the run has none. */
  readonly values: readonly Float64Array[];
  /** Runs in which the mathematics failed; their values are NaN. */
  readonly failed: number;
  /** Stopped before its last sample. */
  readonly aborted: boolean;
}

type StopSignal = { readonly aborted: boolean };

/** Rows of the record kept: only summaries of cycles are read. */
const ROWS_MAX = 1000;

function runOf(
  cell: Cell,
  { protocol, cycles, readings }: PlannedRun,
  stop: StopSignal,
  jump: boolean,
): SimulationResult {
  const meansIn = readings.flatMap((reading) => (reading.kind === 'polarisation' ? [reading.cycle] : []));
  return simulate(cell, protocol, { model: 'fast', detail: 'ends', meansIn, jump, rows_max: ROWS_MAX, cycles, stop });
}

/** Every cycle is computed. */
export function nominalRun(run: PlannedRun, stop: StopSignal): NominalRun {
  const result = runOf(run.cell, run, stop, false);
  const { cycles } = result;
  const losses: Record<string, number> = {};
  for (const { losses_mAh_per_cm2 } of cycles) {
    for (const [cause, lost] of Object.entries(losses_mAh_per_cm2)) {
      losses[cause] = (losses[cause] ?? 0) + lost / cycles.length;
    }
  }
  return {
    values: run.readings.map((reading) => readingValue(reading, result)),
    stop: result.stop,
    cycles: cycles.length,
    losses_mAh_per_cm2: losses,
    warnings: result.warnings,
  };
}

/**
 * The samples [from, to) of `draws`, which are those of the run's cell. Cycles that hardly differ are jumped over: hundreds of
 * tests of thousands of cycles would take minutes, and a band is no sharper than its ranges.
 */
export function sampledRun(
  run: PlannedRun,
  draws: Draws,
  points: readonly Float64Array[],
  [from, to]: readonly [number, number],
  stop: StopSignal,
): SampledRun {
  const values = run.readings.map(() => new Float64Array(to - from).fill(Number.NaN));
  let failed = 0;
  for (let sample = from; sample < to; sample++) {
    const result = stop.aborted ? null : runOf(draws.cellAt(points[sample]!), run, stop, true);
    if (result === null || result.stop.kind === 'aborted') {
      return { from, values: values.map((all) => all.slice(0, sample - from)), failed, aborted: true };
    }
    if (result.stop.kind === 'failed') failed++;
    else for (const [k, reading] of run.readings.entries()) values[k]![sample - from] = readingValue(reading, result);
  }
  return { from, values, failed, aborted: false };
}

const isWhole = ({ kind }: Stop): boolean => kind === 'completed' || kind === 'protocol-stop';

/** The value of a reading; NaN where the run has none. */
export function readingValue(reading: Reading, { cell, cycles, stop }: SimulationResult): number {
  // What ended inside a cycle cut it short: its charges are no efficiency and no capacity.
  const finished = isWhole(stop) ? cycles : cycles.slice(0, -1);
  switch (reading.kind) {
    case 'life':
      return stop.time_s / 3600;
    case 'cycle-life':
      return finished.length;
    case 'efficiency': {
      const { cycle } = reading;
      if (reading.of === 'cycle') return finished[cycle - 1]?.coulombic_efficiency ?? Number.NaN;
      // Of sums: a cycle may give back what an earlier one left behind.
      const all = finished.slice(0, cycle);
      const [plated, stripped] = [sum(all, 'plated_mAh_per_cm2'), sum(all, 'stripped_mAh_per_cm2')];
      return plated > 0 ? stripped / plated : Number.NaN;
    }
    case 'resistance': {
      const perArea = finished[reading.cycle - 1]?.interfacial_resistance_ohm_cm2 ?? Number.NaN;
      return reading.of === 'area' ? perArea : perArea / cm2_from_m2(cell.area_m2);
    }
    case 'face-resistance': {
      const faces = finished[reading.cycle - 1]?.solid?.resistance_ohm_cm2;
      return faces === undefined ? Number.NaN : (faces.counter + (faces.working ?? faces.counter)) / 2;
    }
    case 'critical-current': {
      const faces = finished[reading.cycle - 1]?.solid?.critical_current_mA_per_cm2;
      return faces ? Math.min(faces.counter, faces.working ?? faces.counter) : Number.NaN;
    }
    case 'polarisation':
      return finished[reading.cycle - 1]?.polarisation_mV ?? Number.NaN;
    case 'retention':
      return (
        (finished[reading.cycle - 1]?.discharged_mAh_per_cm2 ?? Number.NaN) / (finished[0]?.discharged_mAh_per_cm2 ?? 0)
      );
  }
}

const sum = (cycles: readonly CycleSummary[], of: 'plated_mAh_per_cm2' | 'stripped_mAh_per_cm2'): number =>
  cycles.reduce((total, cycle) => total + cycle[of], 0);

/** 10 % and 90 % quantiles of the values that exist; null where there are fewer than two. */
export function bandOf(values: ArrayLike<number>): [number, number] | null {
  const sorted = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
  if (sorted.length < 2) return null;
  return [quantileSorted(sorted, 0.1), quantileSorted(sorted, 0.9)];
}

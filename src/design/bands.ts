// How sure a result is of itself: the run repeated with every uncertain value drawn from its range, and for each cycle the
// band in which most of these runs lie. Beside it, which of the values the result follows.

import type { Cell, Protocol } from '../cells/index.ts';
import { quantileSorted, rankCorrelation } from '../numerics/index.ts';
import { type CycleSummary, type Stop, simulate } from '../simulation/index.ts';
import { type Draws, drawsOf } from './draws.ts';
import type { FixedValue, UncertainValue } from './uncertain-values.ts';

/** Runs that a band is made of, when the caller does not say. */
export const BAND_SAMPLES_DEFAULT = 64;
/** Cycles in a result at most; of a longer test the first, the last and evenly spaced ones between them are kept. */
export const BAND_CYCLES_MAX = 200;

/** What a band encloses: from the first to the last of these quantiles, the median between them. */
const LOW = 0.1;
const HIGH = 0.9;
/** Rows that a run keeps: a band reads only summaries of cycles. */
const ROWS_MAX = 1000;
/** Outcomes that differ by no more than this share of themselves are the same. */
const ROUNDING_RELATIVE = 1e-9;
/** A cycle that fewer than this share of the runs reached is no basis for comparing them. */
const COMPARED_SHARE_MIN = 0.9;

export interface BandsOptions {
  /** Runs, from 10 to 100 000; 64 by default. */
  readonly samples?: number;
  /** A whole number from 0; 1 by default. The same seed gives the same band. */
  readonly seed?: number;
  /** As for `simulate`: ends after this many cycles, repeating a shorter protocol. */
  readonly cycles?: number;
  readonly stop?: { readonly aborted: boolean };
  /** Share of the runs done, 0 to 1, and their number. */
  onProgress?(fraction: number, runs: number): void;
}

/** 10 %, 50 % and 90 % quantiles of the runs. */
export interface Band {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** One cycle over the runs that finished it; null where no run defines the quantity. */
export interface CycleBand {
  readonly cycle: number;
  /** Runs that finished this cycle. */
  readonly runs: number;
  readonly coulombic_efficiency: Band | null;
  /** Mean over plating (or negative current) of all causes together. */
  readonly overpotential_mV: Band | null;
  readonly interfacial_resistance_ohm_cm2: Band | null;
}

/** Spearman's rank correlation of one uncertain value with what it leads to; null where one of the two does not vary. */
export interface Sensitivity {
  readonly parameter: string;
  readonly rank_correlation: {
    readonly coulombic_efficiency: number | null;
    readonly overpotential_mV: number | null;
    readonly interfacial_resistance_ohm_cm2: number | null;
  };
}

export interface BandsResult {
  readonly model: 'fast';
  readonly seed: number;
  /** Runs asked for. */
  readonly samples: number;
  /** Runs that the bands are made of. */
  readonly runs: number;
  /** Runs in which the mathematics failed; they are left out. */
  readonly failed: number;
  /** Runs that ended before their protocol did, by the kind of their end; their last cycle, cut short, is left out. */
  readonly ended_early: Readonly<Partial<Record<Stop['kind'], number>>>;
  readonly aborted: boolean;
  readonly cycles: readonly CycleBand[];
  /** The cycle that the sensitivities are about: the last that nearly all runs finished; null without runs. */
  readonly sensitivity_cycle: number | null;
  /** Largest rank correlation first, whichever of the three it is with. */
  readonly sensitivities: readonly Sensitivity[];
  /** Rank correlations smaller than this arise by chance in one of twenty cases. */
  readonly chance_correlation: number;
  readonly varied: readonly UncertainValue[];
  readonly fixed: readonly FixedValue[];
  /** What the bands say and what they do not, for people. */
  readonly remarks: readonly string[];
}

const QUANTITIES = ['coulombic_efficiency', 'overpotential_mV', 'interfacial_resistance_ohm_cm2'] as const;
type QuantityName = (typeof QUANTITIES)[number];

const READ: Readonly<Record<QuantityName, (cycle: CycleSummary) => number>> = {
  coulombic_efficiency: (cycle) => cycle.coulombic_efficiency ?? Number.NaN,
  // A cycle that passes no charge has no overpotential, and says 0.
  overpotential_mV: ({ overpotential_mV, charged_mAh_per_cm2, discharged_mAh_per_cm2 }) =>
    charged_mAh_per_cm2 === 0 && discharged_mAh_per_cm2 === 0
      ? Number.NaN
      : Object.values(overpotential_mV).reduce((sum, value) => sum + value, 0),
  interfacial_resistance_ohm_cm2: (cycle) => cycle.interfacial_resistance_ohm_cm2,
};

/** One run: where it stood in the ranges, and three numbers for each cycle that it finished, the first at 0. */
interface Run {
  readonly point: Float64Array;
  readonly cycles: number;
  readonly values: Readonly<Record<QuantityName, Float64Array>>;
}

/**
 * Repeats the run of a protocol with the uncertain values of the cell drawn anew each time, by the fast model.
 *
 * @throws InputError for impossible options or ranges, and what `simulate` throws.
 */
export function runBands(cell: Cell, protocol: Protocol, options: BandsOptions = {}): BandsResult {
  return runPlan(planBands(cell, options), protocol, options);
}

/** Checks everything that can be checked before a run. Throws as `runBands`. */
export function checkBands(cell: Cell, options: BandsOptions = {}): void {
  planBands(cell, options);
}

/**
 * Share of the whole work that is the run itself, where bands follow it, for a bar that shows both: a run of the fast model is
 * one of many, and one of the full model takes about as long as they do.
 */
export function shareOfRun(model: 'fast' | 'full', { samples = BAND_SAMPLES_DEFAULT }: BandsOptions): number {
  return model === 'fast' ? 1 / (samples + 1) : 0.5;
}

const planBands = (cell: Cell, { samples = BAND_SAMPLES_DEFAULT, seed = 1 }: BandsOptions): Draws =>
  drawsOf(cell, { samples, seed });

function runPlan(plan: Draws, protocol: Protocol, options: BandsOptions): BandsResult {
  const { varied, fixed, samples, seed } = plan;
  const points = plan.points();
  const isAborted = (): boolean => options.stop?.aborted === true;
  const runs: Run[] = [];
  let failed = 0;
  const earlyEnds = new Map<Stop['kind'], number>();
  let aborted = false;
  for (const [index, point] of points.entries()) {
    options.onProgress?.(index / points.length, index);
    aborted = isAborted();
    if (aborted) break;
    const cell = plan.cellAt(point);
    const { stop, cycles } = simulate(cell, protocol, {
      model: 'fast',
      rows_max: ROWS_MAX,
      ...(options.cycles === undefined ? {} : { cycles: options.cycles }),
      ...(options.stop === undefined ? {} : { stop: options.stop }),
    });
    aborted = stop.kind === 'aborted';
    if (aborted) break;
    if (stop.kind === 'failed') {
      failed++;
      continue;
    }
    const isWhole = stop.kind === 'completed' || stop.kind === 'protocol-stop';
    if (!isWhole) earlyEnds.set(stop.kind, (earlyEnds.get(stop.kind) ?? 0) + 1);
    runs.push(readRun(point, isWhole ? cycles : cycles.slice(0, -1)));
  }
  options.onProgress?.(1, runs.length + failed);

  const cycles = thinned(Math.max(0, ...runs.map((run) => run.cycles))).map((cycle) => bandsOf(runs, cycle));
  const compared = cycles.filter((band) => band.runs >= COMPARED_SHARE_MIN * cycles[0]!.runs).at(-1) ?? null;
  const result: Omit<BandsResult, 'remarks'> = {
    model: 'fast',
    seed,
    samples,
    runs: runs.length,
    failed,
    ended_early: Object.fromEntries(earlyEnds),
    aborted,
    cycles,
    sensitivity_cycle: compared?.cycle ?? null,
    sensitivities: compared === null ? [] : sensitivitiesOf(varied, runs, compared.cycle),
    chance_correlation: compared === null ? 1 : Math.min(1, 1.96 / Math.sqrt(Math.max(1, compared.runs - 1))),
    varied,
    fixed,
  };
  return { ...result, remarks: remarksOn(result) };
}

function readRun(point: Float64Array, cycles: readonly CycleSummary[]): Run {
  const read = (name: QuantityName): Float64Array => Float64Array.from(cycles, READ[name]);
  return {
    point,
    cycles: cycles.length,
    values: {
      coulombic_efficiency: read('coulombic_efficiency'),
      overpotential_mV: read('overpotential_mV'),
      interfacial_resistance_ohm_cm2: read('interfacial_resistance_ohm_cm2'),
    },
  };
}

/** Numbers of the cycles that a result keeps, of so many. */
function thinned(cycles: number): number[] {
  const kept = Math.min(cycles, BAND_CYCLES_MAX);
  return Array.from({ length: kept }, (_, k) => 1 + Math.round((k * (cycles - 1)) / Math.max(1, kept - 1)));
}

/** Values of one quantity in one cycle, NaN where a run did not finish it or has none. */
const valuesIn = (runs: readonly Run[], cycle: number, name: QuantityName): number[] =>
  runs.map(({ values }) => values[name][cycle - 1] ?? Number.NaN);

function bandsOf(runs: readonly Run[], cycle: number): CycleBand {
  const band = (name: QuantityName): Band | null => {
    const sorted = Float64Array.from(valuesIn(runs, cycle, name).filter(Number.isFinite)).sort();
    if (sorted.length === 0) return null;
    const [low, median, high] = [LOW, 0.5, HIGH].map((p) => quantileSorted(sorted, p));
    return { low: low!, median: median!, high: high! };
  };
  return {
    cycle,
    runs: runs.filter(({ cycles }) => cycles >= cycle).length,
    coulombic_efficiency: band('coulombic_efficiency'),
    overpotential_mV: band('overpotential_mV'),
    interfacial_resistance_ohm_cm2: band('interfacial_resistance_ohm_cm2'),
  };
}

function sensitivitiesOf(varied: readonly UncertainValue[], runs: readonly Run[], cycle: number): Sensitivity[] {
  const outcomes = QUANTITIES.map((name) => valuesIn(runs, cycle, name));
  const sensitivities = varied.map(({ parameter }, k): Sensitivity => {
    const [efficiency, overpotential, resistance] = outcomes.map((outcome) => {
      const defined = runs.flatMap(({ point }, run) =>
        Number.isFinite(outcome[run]!) ? [[point[k]!, outcome[run]!] as const] : [],
      );
      return correlationOf(
        defined.map(([place]) => place),
        defined.map(([, value]) => value),
      );
    });
    return {
      parameter,
      rank_correlation: {
        coulombic_efficiency: efficiency!,
        overpotential_mV: overpotential!,
        interfacial_resistance_ohm_cm2: resistance!,
      },
    };
  });
  const strength = ({ rank_correlation }: Sensitivity): number =>
    Math.max(...Object.values(rank_correlation).map((rho) => Math.abs(rho ?? 0)));
  return sensitivities.sort((a, b) => strength(b) - strength(a));
}

/** null where the outcomes differ by rounding alone. */
function correlationOf(places: readonly number[], outcomes: readonly number[]): number | null {
  const extremes = [Math.min(...outcomes), Math.max(...outcomes)] as const;
  const size = Math.max(Math.abs(extremes[0]), Math.abs(extremes[1]));
  if (outcomes.length < 2 || extremes[1] - extremes[0] <= ROUNDING_RELATIVE * size) return null;
  return rankCorrelation(places, outcomes);
}

function remarksOn(result: Omit<BandsResult, 'remarks'>): string[] {
  const { samples, runs, failed, ended_early, aborted, varied, fixed } = result;
  const reasons = [...new Set(fixed.map(({ reason }) => reason))].map((reason) => {
    const count = fixed.filter((one) => one.reason === reason).length;
    return `${count} assumed value${count === 1 ? ' is' : 's are'} not varied: ${reason}.`;
  });
  if (varied.length === 0) {
    return [
      'There is no band: no value of this cell has a range to draw from. That makes the result no more certain; nobody has stated how uncertain the values are.',
      ...reasons,
    ];
  }
  const remarks = [
    `The bands hold the middle 80 % of runs of the fast model with ${varied.length} uncertain value${varied.length === 1 ? '' : 's'} drawn from the stated ranges, independently of each other. They cover these ranges only: not what the model leaves out, and not the values that the cell itself states.`,
    ...reasons,
  ];
  if (failed > 0) remarks.push(`${failed} of ${samples} runs failed and are left out.`);
  const ends = Object.entries(ended_early);
  if (ends.length > 0) {
    const count = ends.reduce((sum, [, number]) => sum + number, 0);
    const kinds = ends.map(([kind, number]) => `${kind} ${number}`).join(', ');
    remarks.push(
      `${count} of ${samples} runs ended before their protocol (${kinds}). The cycles that they did not finish are missing from the bands, which are too favourable by that.`,
    );
  }
  if (aborted) remarks.push(`Stopped after ${runs + failed} of ${samples} runs; the bands are those of the runs done.`);
  return remarks;
}

// All tabulated systems: what was reported beside what is computed, each with the band in which most of the runs lie that draw
// the uncertain values anew. The work is cut into tasks that know nothing of each other, for one thread or for many.

import type { Cell } from '../cells/index.ts';
import { InputError } from '../units/index.ts';
import type { PlannedQuantity, QuantityName, ScoredAs, SystemInterlayer, SystemPlan } from './comparison.ts';
import { type Draws, drawIssues, drawsOf } from './draws.ts';
import { bandOf, type NominalRun, nominalRun, type PlannedRun, type SampledRun, sampledRun } from './planned-run.ts';

/** Runs that a band is made of, when the caller does not say. */
export const REPRODUCE_SAMPLES_DEFAULT = 200;
/** A band of fewer runs than this, because the work was stopped, is none. */
const BAND_RUNS_MIN = 10;
/** Cycles that the samples of one task run together, about half a second of work. */
const TASK_CYCLES = 20_000;

/** One piece of the work. */
export type ReproduceTask =
  /** Every run of a system with the cell's own values. */
  | { readonly kind: 'nominal'; readonly system: string }
  /** Its efficiency without what makes it special. */
  | { readonly kind: 'plain'; readonly system: string }
  /** Some samples of one run of a system. */
  | {
      readonly kind: 'samples';
      readonly system: string;
      readonly run: number;
      readonly from: number;
      readonly to: number;
      readonly samples: number;
      readonly seed: number;
    };

export type ReproduceAnswer =
  | { readonly kind: 'nominal'; readonly runs: readonly NominalRun[] }
  /** A fraction; null where the cell has no efficiency to give. */
  | { readonly kind: 'plain'; readonly efficiency: number | null }
  | { readonly kind: 'samples'; readonly sampled: SampledRun };

/** What became of a task: its answer, or why there is none. */
export type TaskOutcome =
  | { readonly kind: 'answer'; readonly answer: ReproduceAnswer }
  | { readonly kind: 'missing'; readonly reason: string };

export interface ReproduceOptions {
  /** From 10; 200 by default. */
  readonly samples: number;
  /** A whole number from 0. */
  readonly seed: number;
}

/**
 * The tasks, those with the cells' own values first: whoever stops the work early has every computed value, and fewer bands.
 *
 * @throws InputError for an impossible number of samples or seed.
 */
export function reproduceTasks(plans: readonly SystemPlan[], { samples, seed }: ReproduceOptions): ReproduceTask[] {
  const issues = drawIssues({ samples, seed });
  if (issues.length > 0) throw new InputError(issues);
  const computed = plans.filter(({ runs }) => runs.length > 0);
  const nominal = computed.map(({ id }): ReproduceTask => ({ kind: 'nominal', system: id }));
  const plain = computed.flatMap(({ id, runs }): ReproduceTask[] =>
    efficiencyRun(runs) === null ? [] : [{ kind: 'plain', system: id }],
  );
  const sampled = computed.flatMap(({ id, runs }) =>
    runs.flatMap(({ cycles, nominalOnly }, run) => {
      if (nominalOnly === true) return [];
      const size = Math.max(1, Math.min(samples, Math.round(TASK_CYCLES / cycles)));
      return Array.from({ length: Math.ceil(samples / size) }, (_, k): ReproduceTask => {
        const from = k * size;
        return { kind: 'samples', system: id, run, from, to: Math.min(samples, from + size), samples, seed };
      });
    }),
  );
  return [...nominal, ...plain, ...sampled];
}

/** Roughly the cycles that a task runs, for a bar that shows how much is done. */
export function taskCost(task: ReproduceTask, plan: SystemPlan): number {
  if (task.kind === 'samples') return plan.runs[task.run]!.cycles * (task.to - task.from);
  if (task.kind === 'plain') return efficiencyRun(plan.runs)!.cycles;
  return plan.runs.reduce((sum, { cycles }) => sum + cycles, 0);
}

/** Answers tasks one after another; what one run's samples share is made once. `planOf` gives the plan of a system. */
export function createReproducer(
  planOf: (system: string) => SystemPlan,
): (task: ReproduceTask, stop: { readonly aborted: boolean }) => ReproduceAnswer {
  let drawn: { readonly run: PlannedRun; readonly draws: Draws; readonly points: readonly Float64Array[] } | null =
    null;
  return (task, stop) => {
    const { runs } = planOf(task.system);
    if (task.kind === 'nominal') return { kind: 'nominal', runs: runs.map((run) => nominalRun(run, stop)) };
    if (task.kind === 'plain') return { kind: 'plain', efficiency: plainEfficiency(runs, stop) };
    const run = runs[task.run]!;
    if (drawn?.run !== run) {
      const draws = drawsOf(run.cell, { samples: task.samples, seed: task.seed });
      drawn = { run, draws, points: draws.points() };
    }
    const { draws, points } = drawn;
    const range = points.length === 0 ? ([0, 0] as const) : ([task.from, task.to] as const);
    return { kind: 'samples', sampled: sampledRun(run, draws, points, range, stop) };
  };
}

/** The run that an efficiency is read from, with that reading alone; null without one. */
function efficiencyRun(runs: readonly PlannedRun[]): PlannedRun | null {
  for (const run of runs) {
    const reading = run.readings.find(({ kind }) => kind === 'efficiency');
    if (reading !== undefined) return { ...run, readings: [reading] };
  }
  return null;
}

function plainEfficiency(runs: readonly PlannedRun[], stop: { readonly aborted: boolean }): number | null {
  const run = efficiencyRun(runs);
  const cell = run === null ? null : plainCell(run.cell);
  if (run === null || cell === null) return null;
  const value = nominalRun({ ...run, cell }, stop).values[0]!;
  return Number.isFinite(value) ? value : null;
}

/** The cell without coating, without host, and with copper for what lithium nucleates on; null for one that does not age. */
export function plainCell(cell: Cell): Cell | null {
  if (cell.ageing === null) return null;
  const { working, counter } = cell.ageing;
  const plain = <Side extends NonNullable<typeof working>>(side: Side): Side => ({
    ...side,
    coating: null,
    host: null,
    substrate: { ...side.substrate, nucleationOverpotential_V: side.substrate.referenceOverpotential_V },
  });
  return { ...cell, ageing: { ...cell.ageing, working: working && plain(working), counter: plain(counter) } };
}

export interface ReproducedQuantity {
  readonly quantity: QuantityName;
  /** As printed. */
  readonly reported: number;
  readonly unit: string;
  /** With the cell's own values, in `unit`; null where nothing is computed or the cell did not live as long. */
  readonly computed: number | null;
  /** 10 % and 90 % quantiles of the samples, in `unit`. */
  readonly band: readonly [number, number] | null;
  /** The reported value lies in the band; null without one. */
  readonly inside: boolean | null;
  readonly note: string;
  readonly printed: string;
  /** What the printed number bounds: `at-least` for a stopped test. */
  readonly bound: PlannedQuantity['bound'];
  readonly scored_as: ScoredAs;
  /** Samples that gave a value, of those that ran. */
  readonly samples: number;
}

export interface ReproducedInterlayer {
  readonly without_ohm_cm2: number | null;
  readonly without_band: readonly [number, number] | null;
  readonly with_ohm_cm2: number | null;
  readonly with_band: readonly [number, number] | null;
  /** Without over with. */
  readonly ratio: number | null;
  /** The same of what was reported; null where one of the two is not printed. */
  readonly reported_ratio: number | null;
  /** What else explains the resistance without it, and which experiment tells; null where nothing does. */
  readonly note: string | null;
}

export interface ReproducedSystem {
  readonly id: string;
  readonly table: string;
  readonly reference: string;
  readonly group: string;
  readonly method: string | null;
  readonly electrolyte: string | null;
  readonly electrolyte_group: string | null;
  readonly cycling: string | null;
  readonly quantities: readonly ReproducedQuantity[];
  /** What its interlayer does to one face of the solid electrolyte; null in a liquid. */
  readonly interlayer: ReproducedInterlayer | null;
  /** Lithium lost in a cycle by cause, of the run of the efficiency or, without one, of the longest; null where nothing ran. */
  readonly losses_mAh_per_cm2: Readonly<Record<string, number>> | null;
  /** Coulombic efficiency without coating, host and seeding substrate, a fraction. */
  readonly plain_coulombic_efficiency: number | null;
  /** What went wrong with its runs, and what the model itself remarked. */
  readonly remarks: readonly string[];
}

/** Puts the outcomes of the tasks of one system together. */
export function reproducedSystem(
  plan: SystemPlan,
  tasks: readonly ReproduceTask[],
  outcomes: readonly TaskOutcome[],
): ReproducedSystem {
  const remarks = new Set<string>();
  if (plan.electrolyte === null && plan.computedIn !== null) {
    remarks.add(`The electrolyte is not printed with it; computed in ${plan.computedIn}, which is assumed.`);
  }
  let nominal: Extract<ReproduceAnswer, { kind: 'nominal' }> | null = null;
  let plain: number | null = null;
  const sampled: SampledRun[][] = plan.runs.map(() => []);
  for (const [k, outcome] of outcomes.entries()) {
    const task = tasks[k]!;
    if (outcome.kind === 'missing') remarks.add(outcome.reason);
    else if (outcome.answer.kind === 'nominal') nominal = outcome.answer;
    else if (outcome.answer.kind === 'plain') plain = outcome.answer.efficiency;
    else if (task.kind === 'samples') sampled[task.run]!.push(outcome.answer.sampled);
  }
  for (const parts of sampled) parts.sort((a, b) => a.from - b.from);
  for (const run of nominal?.runs ?? []) {
    if (run.stop.kind !== 'completed') remarks.add(run.stop.message);
  }
  const failed = sampled.flat().reduce((sum, part) => sum + part.failed, 0);
  if (failed > 0) remarks.add(`${failed} samples failed and are left out of the bands.`);
  return {
    id: plan.id,
    table: plan.table,
    reference: plan.reference,
    group: plan.group,
    method: plan.method,
    electrolyte: plan.electrolyte,
    electrolyte_group: plan.electrolyteGroup,
    cycling: plan.cycling,
    quantities: plan.quantities.map((quantity) => reproducedQuantity(quantity, nominal?.runs ?? null, sampled)),
    interlayer: interlayerOf(plan, nominal?.runs ?? null, sampled),
    losses_mAh_per_cm2: nominal === null ? null : lossesOf(plan, nominal.runs),
    plain_coulombic_efficiency: plain,
    remarks: [...remarks],
  };
}

function interlayerOf(
  { interlayer }: SystemPlan,
  nominal: readonly NominalRun[] | null,
  sampled: readonly (readonly SampledRun[])[],
): ReproducedInterlayer | null {
  if (interlayer === null) return null;
  const at = ({ run, reading }: SystemInterlayer['with']) => {
    const own = nominal?.[run]?.values[reading] ?? Number.NaN;
    const drawn = sampled[run]!.flatMap(({ values }) => Array.from(values[reading]!)).filter(Number.isFinite);
    return { value: Number.isFinite(own) ? own : null, band: drawn.length >= BAND_RUNS_MIN ? bandOf(drawn) : null };
  };
  const [bare, treated] = [at(interlayer.without), at(interlayer.with)];
  return {
    without_ohm_cm2: bare.value,
    without_band: bare.band,
    with_ohm_cm2: treated.value,
    with_band: treated.band,
    ratio: bare.value !== null && treated.value !== null && treated.value > 0 ? bare.value / treated.value : null,
    reported_ratio: interlayer.reportedRatio,
    note: interlayer.note,
  };
}

/** Losses are asked where an efficiency is read; else in the longest run. */
function lossesOf({ runs }: SystemPlan, results: readonly NominalRun[]): Readonly<Record<string, number>> | null {
  const withEfficiency = runs.findIndex(({ readings }) => readings.some(({ kind }) => kind === 'efficiency'));
  const longest = runs.reduce((best, { cycles }, k) => (cycles > (runs[best]?.cycles ?? 0) ? k : best), 0);
  return results[withEfficiency >= 0 ? withEfficiency : longest]?.losses_mAh_per_cm2 ?? null;
}

function reproducedQuantity(
  { from, note, scoredAs: scored_as, ...rest }: PlannedQuantity,
  nominal: readonly NominalRun[] | null,
  sampled: readonly (readonly SampledRun[])[],
): ReproducedQuantity {
  const planned = { ...rest, scored_as };
  if (from === null) return { ...planned, computed: null, band: null, inside: null, note, samples: 0 };
  const { run, reading, factor } = from;
  const own = (nominal?.[run]?.values[reading] ?? Number.NaN) * factor;
  const computed = Number.isFinite(own) ? own : null;
  const drawn = sampled[run]!.flatMap(({ values }) => Array.from(values[reading]!));
  const values = drawn.filter(Number.isFinite).map((value) => value * factor);
  const band = values.length >= BAND_RUNS_MIN ? bandOf(values) : null;
  const inside = insideOf(planned, computed, band);
  const short = drawn.length - values.length;
  const lost = short === 0 ? '' : ` ${short} of ${drawn.length} samples did not come so far and are not in the band.`;
  const ended = computed === null && nominal !== null ? ' The computed cell did not come so far.' : '';
  return { ...planned, computed, band, inside, note: `${note}${ended}${lost}`, samples: values.length };
}

/** A bound is met where the band reaches beyond it; a life, where the computed cell itself lived as long. */
function insideOf(
  { reported, bound, scored_as }: Pick<ReproducedQuantity, 'reported' | 'bound' | 'scored_as'>,
  computed: number | null,
  band: readonly [number, number] | null,
): boolean | null {
  if (scored_as === 'life') return computed === null ? null : computed >= reported * (1 - LIFE_ROUNDING);
  if (band === null) return null;
  const [low, high] = band;
  if (bound === 'at-least') return high >= reported;
  if (bound === 'at-most') return low <= reported;
  return low <= reported && reported <= high;
}

/** A life is followed in whole cycles, and steps of a cell that polarises end a little early. */
const LIFE_ROUNDING = 0.02;

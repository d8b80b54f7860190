// `limetal reproduce` for the page. The page hands out the same tasks that the shell gives to its threads, keeps every answer, and asks
// for what they come to: so the work can be stopped and gone on with, on any number of workers, with the same numbers.

import {
  createReproducer,
  type ReproduceAnswer,
  type ReproducedSystem,
  type ReproduceScores,
  type ReproduceTask,
  reproduceCsv,
  reproducedSystem,
  reproduceScores,
  reproduceTasks,
  type SystemPlan,
  type TaskOutcome,
  tabulatedSystem,
  taskCost,
} from '../../design/index.ts';
import { type ComparedPoint, comparedFigure, type Figure, type ParityOf } from '../../figures/index.ts';
import { rowById } from '../../literature/index.ts';
import type { Live } from '../messages.ts';
import { type ColourBy, categoriesOf, categoryOf, type Mark } from './literature.ts';

export interface ReproduceInput {
  /** Ids of tabulated systems. */
  readonly ids: readonly string[];
  readonly samples: number;
  readonly seed: number;
}

export interface PlannedTask {
  readonly task: ReproduceTask;
  /** Under this name its answer is kept: equal tasks have equal answers. */
  readonly key: string;
  /** Roughly the cycles that it runs. */
  readonly cost: number;
}

const keyOf = (task: ReproduceTask): string => JSON.stringify(task);

/** The pieces of the work, those with the cells' own values first. Throws InputError for an unknown id or number of samples. */
export function reproducePlan({ ids, samples, seed }: ReproduceInput): readonly PlannedTask[] {
  const plans = ids.map(tabulatedSystem);
  const planOf = new Map(plans.map((plan) => [plan.id, plan]));
  return reproduceTasks(plans, { samples, seed }).map((task) => ({
    task,
    key: keyOf(task),
    cost: taskCost(task, planOf.get(task.system)!),
  }));
}

const reproducer = createReproducer(tabulatedSystem);

/** One piece of it. What a stopped one answers is not whole. */
export function reproduceTask({ task }: { readonly task: ReproduceTask }, live: Live): ReproduceAnswer {
  return reproducer(task, live.stop ?? { aborted: false });
}

/** What became of a task; a task without one has not been done. */
export interface KeptOutcome {
  readonly key: string;
  readonly outcome: TaskOutcome;
}

export interface ResultsInput extends ReproduceInput {
  readonly kept: readonly KeptOutcome[];
  readonly colour: ColourBy;
}

export interface ParityAnswer {
  readonly figure: Figure;
  /** By series, then row. */
  readonly marks: readonly (readonly Mark[])[];
}

export interface ResultsAnswer {
  /** In the order asked for; those of which nothing is computed yet have no computed values. */
  readonly systems: readonly ReproducedSystem[];
  readonly scores: ReproduceScores;
  readonly isComplete: boolean;
  readonly parity: Readonly<Record<ParityOf, ParityAnswer>>;
}

const NOT_DONE: TaskOutcome = { kind: 'missing', reason: 'Not all runs of this system are done.' };

/** What the answers so far come to: every system, the scores of those that have values, and computed against reported. */
export function reproduceResults({ ids, samples, seed, kept, colour }: ResultsInput): ResultsAnswer {
  const plans = ids.map(tabulatedSystem);
  const tasks = reproduceTasks(plans, { samples, seed });
  const outcomes = new Map(kept.map(({ key, outcome }) => [key, outcome]));
  const systems = plans.map((plan) => systemOf(plan, tasks, outcomes));
  return {
    systems,
    scores: reproduceScores(systems, seed),
    isComplete: tasks.every((task) => outcomes.get(keyOf(task))?.kind === 'answer'),
    parity: {
      efficiency: parityOf(systems, 'efficiency', colour),
      resistance: parityOf(systems, 'resistance', colour),
      polarisation: parityOf(systems, 'polarisation', colour),
    },
  };
}

function systemOf(
  plan: SystemPlan,
  tasks: readonly ReproduceTask[],
  outcomes: ReadonlyMap<string, TaskOutcome>,
): ReproducedSystem {
  const own = tasks.filter(({ system }) => system === plan.id);
  return reproducedSystem(
    plan,
    own,
    own.map((task) => outcomes.get(keyOf(task)) ?? NOT_DONE),
  );
}

const SCORED: Readonly<Record<ParityOf, readonly string[]>> = {
  efficiency: ['efficiency'],
  resistance: ['resistance', 'solid-resistance'],
  polarisation: ['polarisation'],
};

function parityOf(systems: readonly ReproducedSystem[], of: ParityOf, colour: ColourBy): ParityAnswer {
  const placed = systems.flatMap((system) =>
    system.quantities.flatMap((quantity) => {
      const { scored_as, computed, reported, band, bound, printed, unit } = quantity;
      if (scored_as === null || !SCORED[of].includes(scored_as) || computed === null) return [];
      const point: ComparedPoint = {
        category: categoryOf(rowById(system.id)!, colour),
        reported,
        computed,
        band,
        isExact: bound === 'value',
      };
      const range = band === null ? '' : ` (${digits(band[0])} to ${digits(band[1])})`;
      const text = [
        `${system.id} ${system.reference}`,
        system.method ?? system.electrolyte ?? system.group,
        quantity.quantity.replaceAll('_', ' '),
        `reported “${printed}”, computed ${digits(computed)}${range} ${unit}`,
      ].join(' · ');
      return [{ point, mark: { id: system.id, text } }];
    }),
  );
  const { figure, points } = comparedFigure(
    placed.map(({ point }) => point),
    of,
    categoriesOf(colour),
  );
  return { figure, marks: points.map((own) => own.map((k) => placed[k]!.mark)) };
}

const digits = (value: number): string => String(Number(value.toPrecision(4)));

/** The results as files, those of `limetal reproduce --out`. */
export function reproduceExport(input: ResultsInput & { readonly format: 'csv' | 'json' }): string {
  const { systems, scores, isComplete } = reproduceResults(input);
  if (input.format === 'csv') return [...reproduceCsv(systems)].join('');
  const { samples, seed } = input;
  const basis = { samples, seed, complete: isComplete, band: '10 and 90 % quantiles' };
  return `${JSON.stringify({ model: 'fast', ...basis, systems, scores }, null, 2)}\n`;
}

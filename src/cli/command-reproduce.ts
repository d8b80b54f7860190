// `limetal reproduce`: every tabulated system, reported beside computed.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  REPRODUCE_SAMPLES_DEFAULT,
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
  tabulatedSystemIds,
  taskCost,
} from '../design/index.ts';
import { literatureTables } from '../literature/index.ts';
import { formatIssue, InputError, type Issue } from '../units/index.ts';
import type { Shell } from './command-line.ts';
import { listenForInterrupt } from './interrupt.ts';
import { jsonParts } from './json-document.ts';
import { type OutputFile, prepareFile, prepareFolder, writeFiles } from './output-files.ts';
import { startProgress } from './progress.ts';
import { reproduceText } from './reproduce-text.ts';
import { EXIT, type ExitCode, outParts } from './terminal.ts';
import type { Outcome, Pool } from './worker-pool.ts';

export type ReproducePool = Pool<ReproduceTask, ReproduceAnswer>;

/** The options as commander gives them. */
export interface ReproduceCommandOptions {
  readonly table?: string;
  readonly system?: string;
  readonly samples?: number;
  readonly seed?: number;
  readonly threads?: number;
  readonly out?: string;
  readonly svg?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const TABLES = literatureTables().map(({ id }) => id);
const THREADS_MAX = 256;

const words = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Plans of what is asked for. Throws one InputError with all that is wrong. */
function selectPlans({ table, system }: ReproduceCommandOptions): SystemPlan[] {
  const issues: Issue[] = [];
  const tables = table === undefined ? TABLES : words(table).map((name) => name.toUpperCase());
  for (const name of tables) {
    if (!TABLES.includes(name)) issues.push({ where: '--table', found: name, wanted: `one of ${TABLES.join(', ')}` });
  }
  const ids = system === undefined ? tables.flatMap((name) => tabulatedSystemIds(name)) : words(system);
  const plans = ids.flatMap((id): SystemPlan[] => {
    try {
      return [tabulatedSystem(id)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      issues.push(...error.issues);
      return [];
    }
  });
  const chosen = plans.filter((plan) => tables.includes(plan.table));
  if (issues.length === 0 && chosen.length === 0) {
    issues.push({ where: '--system', found: system ?? '', wanted: `a system of table ${tables.join(', ')}` });
  }
  if (issues.length > 0) throw new InputError(issues);
  return chosen;
}

/** What became of a task, as the reproduction keeps it. */
function outcomeOf(outcome: Outcome<ReproduceAnswer>): TaskOutcome {
  switch (outcome.kind) {
    case 'answer':
      return { kind: 'answer', answer: outcome.answer };
    case 'bad-input':
      return { kind: 'missing', reason: outcome.issues.map(formatIssue).join('; ') };
    case 'fault':
      return { kind: 'missing', reason: `A run failed by a fault of the program: ${outcome.message.split('\n')[0]!}` };
    case 'not-begun':
      return { kind: 'missing', reason: 'Stopped on request before all runs of this system were done.' };
  }
}

interface Done {
  readonly systems: readonly ReproducedSystem[];
  readonly aborted: boolean;
  /** Of faults of the program, with their places. */
  readonly faults: readonly string[];
}

async function computeWatched(
  plans: readonly SystemPlan[],
  tasks: readonly ReproduceTask[],
  pool: ReproducePool,
  quiet: boolean,
  shell: Shell,
): Promise<Done> {
  const { terminal } = shell;
  const progress = quiet ? null : startProgress(terminal);
  const interrupt = listenForInterrupt(terminal, () => {
    progress?.end();
    if (!quiet) terminal.err('Stopping; what is done is kept. Ctrl-C again ends at once.\n');
    pool.stop();
  });
  const planOf = new Map(plans.map((plan) => [plan.id, plan]));
  const costs = tasks.map((task) => taskCost(task, planOf.get(task.system)!));
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  let done = 0;
  try {
    const outcomes = await pool.run(tasks, (index) => {
      done += costs[index]!;
      if (!interrupt.pressed()) progress?.update(done / total, 0);
    });
    const systems = plans.map((plan) => {
      const own = tasks.flatMap((task, k) => (task.system === plan.id ? [k] : []));
      return reproducedSystem(
        plan,
        own.map((k) => tasks[k]!),
        own.map((k) => outcomeOf(outcomes[k]!)),
      );
    });
    // A cell that comes with the program and does not parse is a fault of the program too.
    const faults = outcomes.flatMap((outcome, k) => {
      const { system } = tasks[k]!;
      if (outcome.kind === 'fault') return [`${system}: ${outcome.message}`];
      return outcome.kind === 'bad-input' ? [`${system}: ${outcome.issues.map(formatIssue).join('; ')}`] : [];
    });
    return { systems, aborted: interrupt.pressed(), faults };
  } finally {
    progress?.end();
    interrupt.end();
  }
}

/** What stands at the head of the JSON document and the foot of the text. */
interface Basis {
  readonly samples: number;
  readonly seed: number;
  readonly complete: boolean;
}

function documentOf(systems: readonly ReproducedSystem[], scores: ReproduceScores, basis: Basis) {
  return { model: 'fast', ...basis, band: '10 and 90 % quantiles', systems, scores };
}

/** The command. Throws InputError and ShellFailure. */
export async function reproduce(options: ReproduceCommandOptions, shell: Shell): Promise<ExitCode> {
  const { terminal } = shell;
  const { samples = REPRODUCE_SAMPLES_DEFAULT, seed = 1, threads = availableParallelism(), quiet = false } = options;
  const issues: Issue[] = [];
  const tried = <Value>(make: () => readonly Value[]): readonly Value[] => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      issues.push(...error.issues);
      return [];
    }
  };
  const plans = tried(() => selectPlans(options));
  const tasks = tried(() => reproduceTasks(plans, { samples, seed }));
  if (threads > THREADS_MAX) {
    issues.push({ where: '--threads', found: String(threads), wanted: `at most ${THREADS_MAX}` });
  }
  if (issues.length > 0) throw new InputError(issues);
  const out = options.out;
  if (out !== undefined) prepareFolder(out, '--out');
  const files = out === undefined ? null : { csv: join(out, 'reproduce.csv'), json: join(out, 'reproduce.json') };
  for (const path of Object.values(files ?? {})) prepareFile(path, '--out');
  if (options.svg !== undefined) prepareFile(options.svg, '--svg');

  const start_ms = terminal.now_ms();
  const pool = await shell.openReproducers(Math.min(threads, Math.max(1, tasks.length)));
  let done: Done;
  try {
    done = await computeWatched(plans, tasks, pool, quiet, shell);
  } finally {
    pool.close();
  }
  const { systems, aborted, faults } = done;
  const scores = reproduceScores(systems, seed);
  const basis: Basis = { samples, seed, complete: !aborted && faults.length === 0 };
  const written: OutputFile[] = [];
  if (files !== null) {
    written.push({ path: files.csv, content: reproduceCsv(systems) });
    written.push({ path: files.json, content: jsonParts(documentOf(systems, scores, basis)) });
  }
  if (options.svg !== undefined) {
    const { parityFigure, renderSvg } = await import('../figures/index.ts');
    written.push({ path: options.svg, content: [await renderSvg(parityFigure(systems))] });
  }
  writeFiles(written);
  if (!quiet) for (const { path } of written) terminal.err(`wrote ${path}\n`);
  if (options.json === true) outParts(terminal, jsonParts(documentOf(systems, scores, basis)));
  else {
    const wall_s = (terminal.now_ms() - start_ms) / 1000;
    const runs = tasks.reduce((sum, task) => sum + (task.kind === 'samples' ? task.to - task.from : 0), 0);
    terminal.out(
      reproduceText(systems, scores, {
        notes: options.system !== undefined,
        titles: Object.fromEntries(literatureTables().map(({ id, title }) => [id, title])),
        basis: basisText(basis, runs, wall_s, options.system !== undefined),
      }),
    );
  }
  if (aborted) terminal.err('limetal: stopped on request: runs are missing, and bands are of the runs done\n');
  for (const fault of faults) {
    terminal.err(
      `limetal: a fault of the program, not of your input: ${shell.showStacks ? fault : fault.split('\n')[0]!}\n`,
    );
  }
  return basis.complete ? EXIT.done : EXIT.failed;
}

function basisText({ samples, seed }: Basis, runs: number, wall_s: number, withNotes: boolean): string {
  const notes = withNotes
    ? ''
    : ' What every number means and what is assumed is shown with --system, --json and --out.';
  return (
    `Bands: ${samples} samples of the values that have a range, seed ${seed}; ${runs} runs of the fast model in ${wall_s.toFixed(1)} s. ` +
    `They hold the middle 80 %, and cover these ranges only.${notes}`
  );
}

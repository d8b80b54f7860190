// `limetal analyse`: files and folders of lab files, what was recognised in each, and what the cell did. Many files go through threads; one at
// fault never stops the others, and Ctrl-C keeps what is done.

import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import type { CompareWish } from '../design/index.ts';
import { formatIssue, InputError, type Issue } from '../units/index.ts';
import { type AnalyseOptions, type AnalyseWish, readAnalyseOptions } from './analyse-options.ts';
import { type InputPath, type InputPaths, inputPaths, tellingNames } from './analyse-paths.ts';
import { summaryCsv, summaryTable, type TestRow, type UnreadRow } from './analyse-table.ts';
import { type AnalyseAnswer, type AnalyseTask, runAnalyseTask } from './analyse-task.ts';
import type { Shell } from './command-line.ts';
import { listenForInterrupt } from './interrupt.ts';
import { jsonParts } from './json-document.ts';
import { fileNameOf, prepareFile, prepareFolder, writeFiles } from './output-files.ts';
import { type Progress, startProgress } from './progress.ts';
import { EXIT, type ExitCode, outParts, ShellFailure } from './terminal.ts';
import type { Outcome, Pool } from './worker-pool.ts';

export type { AnalyseOptions } from './analyse-options.ts';

export type AnalysePool = Pool<AnalyseTask, AnalyseAnswer>;

/** Up to so many tests are told in full; of more the table alone, which is what a person with a folder wants. */
const TOLD_MAX = 6;
/** Bytes from which a thread is worth its start: reading below takes less than starting. */
const THREAD_FROM_bytes = 8e6;
/** A file from which a series of spectra may take seconds to fit: Ctrl-C must be heard meanwhile. */
const SERIES_FROM_bytes = 1e6;
/** What drawing the figures of a test costs, in bytes that are read in the same time. */
const FIGURES_AS_bytes = 2e6;
const THREADS_MAX = 16;

/** Characters of a file's name that are kept of either end; the end of a long one tells it from its neighbours. */
const STEM_END_LENGTH = 28;

function stemOf(path: string): string {
  const letters = Array.from(basename(path));
  if (letters.length <= 2 * STEM_END_LENGTH) return fileNameOf(basename(path));
  return fileNameOf(`${letters.slice(0, STEM_END_LENGTH).join('')}--${letters.slice(-STEM_END_LENGTH).join('')}`);
}

/** A name for the files of each input; a second input of the same name gets a number. */
function stems(files: readonly InputPath[]): string[] {
  // The table of all has this name.
  const used = new Set(['summary']);
  return files.map(({ path }) => {
    const stem = stemOf(path);
    let name = stem;
    for (let k = 2; used.has(name.toLowerCase()); k++) name = `${stem}-${k}`;
    used.add(name.toLowerCase());
    return name;
  });
}

/** Throws InputError where folders and files for results cannot be what the options say. */
function prepareOutputs({ out, svg, join: joined }: AnalyseWish, files: number): void {
  if (svg?.kind === 'file' && files > 1 && joined === null) {
    const hint = 'name a folder, or join files of one test with --join';
    throw new InputError([{ where: '--svg', found: `one file for ${files}`, wanted: 'a folder', hint }]);
  }
  if (out !== null) prepareFolder(out, '--out');
  if (svg?.kind === 'folder') prepareFolder(svg.path, '--svg');
  if (svg?.kind === 'file') prepareFile(svg.path, '--svg');
}

interface Work {
  readonly tasks: readonly AnalyseTask[];
  /** Share of the whole work, by bytes. */
  readonly shares: readonly number[];
  readonly bytes: number;
}

function workOf(files: readonly InputPath[], same: Omit<AnalyseTask, 'files'>): Work {
  const { wish, compare } = same;
  const names = stems(files);
  const inputs = files.map(({ path }, k) => ({ path, stem: names[k]! }));
  const isLongRun = compare !== null && (compare.names.length > 0 || compare.model === 'full');
  const cost = ({ size }: InputPath): number =>
    size + 1e4 + (wish.svg === null ? 0 : FIGURES_AS_bytes) + (isLongRun ? THREAD_FROM_bytes : 0);
  const all = files.reduce((sum, file) => sum + cost(file), 0);
  const bytes = files.some(({ size }) => size >= SERIES_FROM_bytes) ? Math.max(all, THREAD_FROM_bytes) : all;
  if (wish.join !== null) return { tasks: [{ ...same, files: inputs }], shares: [1], bytes };
  return {
    tasks: inputs.map((file) => ({ ...same, files: [file] })),
    shares: files.map((file) => cost(file) / all),
    bytes,
  };
}

type TaskOutcome = Outcome<AnalyseAnswer>;

/** Works through the tasks in this thread, or in several where it pays. Tasks that were not begun after Ctrl-C say so. */
async function runWatched(
  { tasks, shares, bytes }: Work,
  options: AnalyseOptions,
  shell: Shell,
): Promise<{ readonly outcomes: readonly TaskOutcome[]; readonly stopped: boolean }> {
  const { terminal } = shell;
  const wanted = Math.min(options.threads ?? availableParallelism(), tasks.length, THREADS_MAX);
  const pool =
    options.threads !== undefined || bytes >= THREAD_FROM_bytes ? await shell.openAnalysers(Math.max(1, wanted)) : null;
  let progress: Progress | null =
    options.quiet === true ? null : startProgress(terminal, { place: 'run', isBound: tasks[0]?.compare != null });
  let done = 0;
  const interrupt = listenForInterrupt(terminal, () => {
    progress?.end();
    progress = null;
    if (options.quiet !== true) terminal.err('Stopping; what is done is kept. Ctrl-C again ends at once.\n');
    pool?.stop();
  });
  const underWay = new Map<number, number>();
  const show = (runs: number): void => {
    progress?.update(
      [...underWay.values()].reduce((sum, share) => sum + share, done),
      runs,
    );
  };
  const onOutcome = (index: number): void => {
    done += shares[index]!;
    underWay.delete(index);
    show(0);
  };
  const onProgress = (index: number, fraction: number, runs: number): void => {
    underWay.set(index, shares[index]! * fraction);
    show(tasks.length === 1 ? runs : 0);
  };
  try {
    const outcomes =
      pool === null ? await runHere(tasks, onOutcome, interrupt.pressed) : await pool.run(tasks, onOutcome, onProgress);
    return { outcomes, stopped: interrupt.pressed() };
  } finally {
    progress?.end();
    interrupt.end();
    pool?.close();
  }
}

async function runHere(
  tasks: readonly AnalyseTask[],
  onOutcome: (index: number) => void,
  isStopped: () => boolean,
): Promise<readonly TaskOutcome[]> {
  const outcomes: TaskOutcome[] = [];
  for (const [index, task] of tasks.entries()) {
    // Between two files a press of Ctrl-C is heard.
    await new Promise((resolve) => setImmediate(resolve));
    if (isStopped()) outcomes.push({ kind: 'not-begun' });
    else outcomes.push({ kind: 'answer', answer: await runAnalyseTask(task) });
    onOutcome(index);
  }
  return outcomes;
}

/** Everything that comes of the tasks, in the order of the files. */
interface Results {
  readonly rows: (TestRow | UnreadRow)[];
  readonly documents: Readonly<Record<string, unknown>>[];
  readonly texts: string[];
  /** Sentences on files that could not be read, on what could not be written, and on faults of the program. */
  readonly faults: string[];
  readonly failures: string[];
  /** Files of folders that no reader knows. */
  readonly passedOver: string[];
}

function gather(
  outcomes: readonly TaskOutcome[],
  { tasks }: Work,
  files: readonly InputPath[],
  missing: InputPaths['missing'],
): Results {
  const results: Results = { rows: [], documents: [], texts: [], faults: [], failures: [], passedOver: [] };
  const fromFolder = new Set(files.filter(({ isFromFolder }) => isFromFolder).map(({ path }) => path));
  const fault = (path: string, why: string): void => {
    results.rows.push({ path, verdict: `not read: ${why.replace(`${path}: `, '').split('\n')[0]}` });
  };
  for (const { path, why } of missing) {
    results.faults.push(`${path}: ${why}`);
    results.documents.push({ path, read: false, fault: `${path}: ${why}` });
    fault(path, why);
  }
  outcomes.forEach((outcome, k) => {
    const [first] = tasks[k]!.files;
    if (outcome.kind === 'not-begun') return;
    if (outcome.kind !== 'answer') {
      const why = outcome.kind === 'fault' ? outcome.message : outcome.issues.map(formatIssue).join('; ');
      const sentence = `${first!.path}: a fault of the program, not of your input: ${why}`;
      results.failures.push(sentence);
      results.documents.push({ path: first!.path, read: false, fault: sentence });
      fault(first!.path, 'a fault of the program');
      return;
    }
    const { tests, unread } = outcome.answer;
    for (const { row, text, document, failures } of tests) {
      results.rows.push(row);
      if (text !== null) results.texts.push(text);
      if (document !== null) results.documents.push(document);
      results.failures.push(...failures);
    }
    for (const { path, why, isUnknown, document } of unread) {
      if (isUnknown && fromFolder.has(path)) {
        results.passedOver.push(path);
        continue;
      }
      results.faults.push(why);
      results.documents.push(document);
      fault(path, why.replace(`${basename(path)}: `, ''));
    }
  });
  return results;
}

/** All options, read and checked. Throws one InputError with the issues of all of them. */
async function readRequest(
  options: AnalyseOptions,
  { terminal }: Shell,
): Promise<{ readonly wish: AnalyseWish; readonly compare: CompareWish | null }> {
  const issues: Issue[] = [];
  const attempt = async <Value>(read: () => Value | Promise<Value>): Promise<Value | null> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      issues.push(...error.issues);
      return null;
    }
  };
  const { compare: named } = options;
  const wish = await attempt(() => readAnalyseOptions(options));
  const compare =
    named === undefined
      ? null
      : await attempt(async () =>
          (await import('./analyse-compare.ts')).readCompareOptions({ ...options, compare: named }, terminal),
        );
  if (wish === null || issues.length > 0) throw new InputError(issues);
  return { wish, compare };
}

/**
 * Reads and reports files and folders. Exit code 0 when all were read, 2 when some were not; those that were are reported all the same. 1 where
 * results could not be written, or Ctrl-C came first.
 */
export async function analyse(named: readonly string[], options: AnalyseOptions, shell: Shell): Promise<ExitCode> {
  const { terminal } = shell;
  const { wish, compare } = await readRequest(options, shell);
  const remark = (text: string): void => {
    if (options.quiet !== true) terminal.err(`${text}\n`);
  };
  const { files, missing, remarks } = inputPaths(named);
  prepareOutputs(wish, files.length);
  for (const text of remarks) remark(text);
  const isLong = files.length > TOLD_MAX && options.details !== true && wish.join === null;
  const work = workOf(files, { wish, compare, wants: options.json === true ? 'document' : isLong ? 'row' : 'text' });
  const { outcomes, stopped } = await runWatched(work, options, shell);
  const { rows, documents, texts, faults, failures, passedOver } = gather(outcomes, work, files, missing);

  if (wish.out !== null && rows.length > 1) {
    try {
      writeFiles([{ path: join(wish.out, 'summary.csv'), content: [summaryCsv(rows)] }]);
      remark(`wrote ${join(wish.out, 'summary.csv')}`);
    } catch (error) {
      if (!(error instanceof ShellFailure)) throw error;
      failures.push(error.message);
    }
  }
  for (const text of faults) terminal.err(`${text}\n`);
  if (passedOver.length > 0) {
    const names = passedOver.slice(0, 5).map((path) => basename(path));
    const more = passedOver.length > names.length ? ` and ${passedOver.length - names.length} more` : '';
    remark(`passed over, no table and no format that is known, or without a measurement: ${names.join(', ')}${more}`);
  }
  if (options.json === true) {
    const complete = !stopped && failures.length === 0;
    outParts(terminal, jsonParts({ files: documents, summary: rows, passed_over: passedOver, complete }));
  } else {
    for (const text of texts) terminal.out(text);
    if (rows.length > 1) {
      const names = tellingNames(rows.map(({ path }) => path));
      terminal.out(`${summaryTable(rows, names, wish)}\n`);
      if (isLong) terminal.out('\nEach in full: --details, --json, or one file at a time.\n');
    }
  }
  const undone = outcomes.filter(({ kind }) => kind === 'not-begun').length;
  if (stopped && undone > 0) failures.unshift(`stopped on request: ${undone} of ${files.length} files were not begun`);
  else if (stopped) failures.unshift('stopped on request: what was under way ended early');
  for (const text of failures) terminal.err(`limetal: ${text}\n`);
  if (failures.length > 0) return EXIT.failed;
  return faults.length > 0 ? EXIT.badInput : EXIT.done;
}

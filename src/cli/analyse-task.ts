// The work on one file, or on several that are joined, from reading to writing. It is handed over and answered in plain data.

import { basename } from 'node:path';
import { type CompareLive, type CompareWish, labTestDocument } from '../design/index.ts';
import { unreadDocument } from './analyse-document.ts';
import { dataFiles, figureFiles } from './analyse-files.ts';
import type { AnalyseWish } from './analyse-options.ts';
import { rowOf, type TestRow } from './analyse-table.ts';
import { testText } from './analyse-text.ts';
import { type AnalysedTest, analyseFiles, type TestFile, type UnreadFile } from './analysed-test.ts';
import { type OutputFile, writeFiles } from './output-files.ts';
import { faultText } from './report-error.ts';
import { ShellFailure } from './terminal.ts';

export interface AnalyseTask {
  readonly files: readonly TestFile[];
  readonly wish: AnalyseWish;
  /** A cell that is simulated beside the test; null for none. */
  readonly compare: CompareWish | null;
  /** What the command prints: the other is not made. */
  readonly wants: 'text' | 'document' | 'row';
}

export interface AnsweredTest {
  readonly row: TestRow;
  readonly text: string | null;
  readonly document: Readonly<Record<string, unknown>> | null;
  /** Sentences on what could not be made or written. */
  readonly failures: readonly string[];
}

export interface AnalyseAnswer {
  readonly tests: readonly AnsweredTest[];
  readonly unread: readonly (UnreadFile & { readonly document: Readonly<Record<string, unknown>> })[];
}

/** Reads, analyses, writes and tells. Never rejects for what a file holds or a disk refuses. */
export async function runAnalyseTask(
  { files, wish, compare, wants }: AnalyseTask,
  live: CompareLive = {},
): Promise<AnalyseAnswer> {
  const { stop, onProgress } = live;
  const { tests, unread } = await analyseFiles(files, wish, {
    ...(stop === undefined ? {} : { stop }),
    // The bar of a comparison is that of its own runs.
    ...(onProgress === undefined || compare !== null ? {} : { onProgress: (fraction) => onProgress(fraction, 0) }),
  });
  const answered: AnsweredTest[] = [];
  for (const test of tests) {
    const failures: string[] = [];
    const written: string[] = [];
    const attempt = async (make: () => Promise<OutputFile[]>): Promise<void> => {
      try {
        const made = await make();
        writeFiles(made);
        written.push(...made.map(({ path }) => path));
      } catch (error) {
        if (error instanceof ShellFailure) failures.push(error.message);
        else
          failures.push(`${test.paths[0]}: not all files were written, by a fault of the program: ${faultText(error)}`);
      }
    };
    const compared =
      compare === null || test.file.kind === 'empty' ? null : await comparisonOf(test, wish, compare, live);
    await attempt(() => dataFiles(test, wish));
    if (compared !== null && wish.out !== null) await attempt(async () => compared.files(wish.out!));
    if (wish.svg?.kind === 'file' && tests.length > 1) {
      if (answered.length === 0)
        failures.push(`--svg ${wish.svg.path}: ${tests.length} tests do not go into one file; name a folder`);
    } else await attempt(async () => figureFiles(test, wish, (await compared?.figures()) ?? []));
    answered.push({
      row: rowOf(test, wish),
      text: wants === 'text' ? testText(test, wish, written, compared?.text() ?? null) : null,
      document:
        wants === 'document'
          ? { ...labTestDocument(test, wish, written), comparison: compared?.document() ?? null }
          : null,
      failures,
    });
  }
  return { tests: answered, unread: unread.map((one) => ({ ...one, document: unreadDocument(one) })) };
}

/** A comparison and all the ways to show it; the module with the simulation in it is loaded only here. */
async function comparisonOf(
  { file, stem, paths }: AnalysedTest,
  { overrides }: AnalyseWish,
  compare: CompareWish,
  live: CompareLive,
) {
  const { comparisonFiles, comparisonText } = await import('./analyse-compare.ts');
  const { compareTest, comparisonDocument } = await import('../design/index.ts');
  const compared = compareTest(file, compare, overrides.area_m2 ?? null, live);
  return {
    text: () => comparisonText(compared),
    document: () => comparisonDocument(compared),
    files: (out: string) => comparisonFiles(compared, out, stem),
    figures: async () => (await import('../figures/index.ts')).comparisonFigures(compared, basename(paths[0]!)),
  };
}

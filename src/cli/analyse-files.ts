// What a test leaves on the disk: its records and spectra in the formats asked for, and its figures.

import { join } from 'node:path';
import { labTestFiles } from '../design/index.ts';
import type { NamedFigure } from '../figures/index.ts';
import type { AnalyseWish } from './analyse-options.ts';
import type { AnalysedTest } from './analysed-test.ts';
import type { OutputFile } from './output-files.ts';

/** Records and spectra of a test; several are numbered from 1. */
export async function dataFiles({ file, stem }: AnalysedTest, { out, formats }: AnalyseWish): Promise<OutputFile[]> {
  if (out === null) return [];
  const files = await labTestFiles(file, stem, formats);
  return files.map(({ name, content }) => ({ path: join(out, name), content }));
}

/** The figures of a test, and `more` after them: each in a file of its own in a folder, or all of them in the one file that was named. */
export async function figureFiles(
  test: AnalysedTest,
  wish: AnalyseWish,
  more: readonly NamedFigure[],
): Promise<OutputFile[]> {
  const { svg } = wish;
  if (svg === null) return [];
  const { labTestFigures, renderSvg, stackSvg } = await import('../figures/index.ts');
  const drawn: { readonly name: string; readonly title: string; readonly svg: string }[] = [];
  for (const { name, figure } of [...labTestFigures(test, { area_m2: wish.overrides.area_m2 ?? null }), ...more])
    drawn.push({ name, title: figure.title, svg: await renderSvg(figure) });
  if (drawn.length === 0) return [];
  if (svg.kind === 'file') {
    const all = drawn.map((one) => one.svg);
    return [{ path: svg.path, content: [all.length === 1 ? all[0]! : stackSvg(all, drawn[0]!.title)] }];
  }
  return drawn.map((one) => ({ path: join(svg.path, `${test.stem}.${one.name}.svg`), content: [one.svg] }));
}

// What a test leaves on the disk: its records and spectra in the formats asked for, and its figures.

import { join } from 'node:path';
import type { NamedFigure } from '../figures/index.ts';
import {
  recordToBdf,
  recordToCsvChunks,
  recordToJson,
  recordToParquet,
  spectrumToCsv,
  spectrumToJson,
} from '../records/index.ts';
import type { AnalyseWish } from './analyse-options.ts';
import type { AnalysedTest } from './analysed-test.ts';
import type { OutputFile } from './output-files.ts';

/** Records and spectra of a test; several are numbered from 1. */
export async function dataFiles({ file, stem }: AnalysedTest, { out, formats }: AnalyseWish): Promise<OutputFile[]> {
  if (out === null) return [];
  const files: OutputFile[] = [];
  const { records, spectra } = file;
  const numbered = (k: number, of: number): string => String(k + 1).padStart(String(of).length, '0');
  const at = (ending: string): string => join(out, `${stem}.${ending}`);
  for (const [k, record] of records.entries()) {
    const mark = records.length === 1 ? '' : `record-${numbered(k, records.length)}.`;
    for (const format of formats) {
      if (format === 'csv') files.push({ path: at(`${mark}csv`), content: recordToCsvChunks(record) });
      else if (format === 'json') files.push({ path: at(`${mark}record.json`), content: [recordToJson(record)] });
      else if (format === 'parquet')
        files.push({ path: at(`${mark}parquet`), content: new Uint8Array(await recordToParquet(record)) });
      else files.push({ path: at(`${mark}bdf.csv`), content: [recordToBdf(record)] });
    }
  }
  for (const [k, spectrum] of spectra.entries()) {
    const mark = `spectrum-${numbered(k, spectra.length)}`;
    if (formats.includes('csv')) files.push({ path: at(`${mark}.csv`), content: [spectrumToCsv(spectrum)] });
    if (formats.includes('bdf')) files.push({ path: at(`${mark}.bdf.csv`), content: [spectrumToCsv(spectrum, 'bdf')] });
    if (formats.includes('json')) files.push({ path: at(`${mark}.json`), content: [spectrumToJson(spectrum)] });
  }
  return files;
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

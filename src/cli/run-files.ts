// The files of a run: which formats there are, how they are named, and what goes into each.

import { join } from 'node:path';
import type { BandsResult } from '../design/index.ts';
import { recordToBdf, recordToCsvChunks, recordToJson, recordToParquet } from '../records/index.ts';
import type { CycleSummary, SimulationResult } from '../simulation/index.ts';
import { InputError, nearestHint } from '../units/index.ts';
import { jsonParts } from './json-document.ts';
import type { LoadedCell } from './load-cell.ts';
import { fileNameOf, type OutputFile } from './output-files.ts';
import { runDocument } from './run-document.ts';

export const FORMATS = ['csv', 'json', 'parquet', 'bdf', 'svg'] as const;
export type Format = (typeof FORMATS)[number];

/** Formats from a list such as `csv,bdf`. Throws InputError that names every unknown one. */
export function parseFormats(text: string): Format[] {
  const words = text
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
  const unknown = words.filter((word) => !(FORMATS as readonly string[]).includes(word));
  if (unknown.length > 0 || words.length === 0) {
    throw new InputError(
      (unknown.length === 0 ? [text] : unknown).map((word) => {
        const hint = nearestHint(word, FORMATS);
        return {
          where: '--format',
          found: `"${word}"`,
          wanted: `a list of ${FORMATS.join(', ')}`,
          ...(hint === undefined ? {} : { hint }),
        };
      }),
    );
  }
  return [...new Set(words as Format[])];
}

/** One value or one column for each thing a cycle summary tells: nested causes become `losses_<cause>_mAh_per_cm2`. */
function flatCycle(cycle: CycleSummary): Record<string, string | number | null> {
  const flat: Record<string, string | number | null> = {};
  for (const [key, value] of Object.entries(cycle) as [string, unknown][]) {
    if (typeof value === 'object' && value !== null) {
      const [, stem, unit] = /^([a-z]+(?:_thickness)?)_(.+)$/.exec(key)!;
      for (const [cause, part] of Object.entries(value)) flat[`${stem}_${cause}_${unit}`] = part as number | null;
    } else {
      flat[key] = value as string | number | null;
    }
  }
  return flat;
}

/** The cycles as CSV, one line each; an undefined number is an empty field. */
export function* cyclesToCsv(cycles: readonly CycleSummary[]): Generator<string, void, void> {
  const names = new Set<string>();
  for (const cycle of cycles) for (const name of Object.keys(flatCycle(cycle))) names.add(name);
  const columns = [...names];
  yield `${columns.join(',')}\n`;
  const field = (value: string | number | null | undefined): string =>
    value === null || value === undefined || Number.isNaN(value) ? '' : String(value);
  for (const cycle of cycles) {
    const flat = flatCycle(cycle);
    yield `${columns.map((name) => field(flat[name])).join(',')}\n`;
  }
}

/** The figure of a result as SVG text; the drawing library is loaded only here. */
export async function figureSvg(result: SimulationResult): Promise<string> {
  const { renderSvg, runFigure } = await import('../figures/index.ts');
  return renderSvg(runFigure({ title: result.cell.name, record: result.record, cycles: result.cycles }));
}

/** The files of `--out`, named after the cell. */
export async function runFiles(
  result: SimulationResult,
  folder: string,
  formats: readonly Format[],
  bpx: LoadedCell['bpx'],
  bands: BandsResult | null,
): Promise<OutputFile[]> {
  const { record, cycles, cell } = result;
  const path = (ending: string): string => join(folder, `${fileNameOf(cell.id)}.${ending}`);
  const files: OutputFile[] = [];
  for (const format of formats) {
    switch (format) {
      case 'csv':
        files.push({ path: path('csv'), content: recordToCsvChunks(record) });
        files.push({ path: path('cycles.csv'), content: cyclesToCsv(cycles) });
        break;
      case 'json':
        files.push({ path: path('run.json'), content: jsonParts(runDocument(result, false, bpx, bands)) });
        files.push({ path: path('record.json'), content: [recordToJson(record)] });
        break;
      case 'parquet':
        files.push({ path: path('parquet'), content: new Uint8Array(await recordToParquet(record)) });
        break;
      case 'bdf':
        files.push({ path: path('bdf.csv'), content: [recordToBdf(record)] });
        break;
      case 'svg':
        files.push({ path: path('svg'), content: [await figureSvg(result)] });
        break;
    }
  }
  return files;
}

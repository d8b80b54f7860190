// The files of a run: which formats there are, how they are named, and what goes into each.

import { join, resolve } from 'node:path';
import { bibliographyOf, cyclesToCsv, cyclesToParquet, methodsParagraph } from '../design/index.ts';
import { recordToBdf, recordToCsvChunks, recordToJson, recordToParquet } from '../records/index.ts';
import type { SimulationResult } from '../simulation/index.ts';
import { InputError, nearestHint } from '../units/index.ts';
import { jsonParts } from './json-document.ts';
import type { LoadedCell } from './load-cell.ts';
import { fileNameOf, type OutputFile } from './output-files.ts';
import { runDocument } from './run-document.ts';
import type { Simulated } from './simulation-messages.ts';

export const FORMATS = ['csv', 'json', 'parquet', 'bdf', 'svg', 'methods'] as const;
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

/** The figure of a result as SVG text; the drawing library is loaded only here. */
async function figureSvg(result: SimulationResult): Promise<string> {
  const { renderSvg, runFigure } = await import('../figures/index.ts');
  return renderSvg(runFigure({ title: result.cell.name, record: result.record, cycles: result.cycles }));
}

/** A file whose content is made when its turn comes. */
export interface PlannedFile {
  readonly path: string;
  readonly make: () => Promise<OutputFile['content']>;
}

/** What a run writes: its data, and figures of them, which can be drawn again from the data. */
export interface RunFiles {
  readonly data: readonly PlannedFile[];
  readonly figures: readonly PlannedFile[];
}

/** The files of `--out`, named after the cell, and that of `--svg`. No path occurs twice. */
export function runFiles(
  { result, bands }: Simulated,
  { out, svg }: { readonly out?: string; readonly svg?: string },
  formats: readonly Format[],
  bpx: LoadedCell['bpx'],
): RunFiles {
  const { record, cycles, cell } = result;
  const data: PlannedFile[] = [];
  const figurePaths: string[] = [];
  for (const format of formats) {
    const plan = (ending: string, make: () => OutputFile['content'] | Promise<OutputFile['content']>): void => {
      data.push({ path: pathOf(ending), make: async () => make() });
    };
    const pathOf = (ending: string): string => join(out!, `${fileNameOf(cell.id)}.${ending}`);
    switch (format) {
      case 'csv':
        plan('csv', () => recordToCsvChunks(record));
        plan('cycles.csv', () => cyclesToCsv(cycles));
        break;
      case 'json':
        plan('run.json', () => jsonParts(runDocument(result, false, bpx, bands)));
        plan('record.json', () => [recordToJson(record)]);
        break;
      case 'parquet':
        plan('parquet', async () => new Uint8Array(await recordToParquet(record)));
        plan('cycles.parquet', async () => new Uint8Array(await cyclesToParquet(cycles)));
        break;
      case 'bdf':
        plan('bdf.csv', () => [recordToBdf(record)]);
        break;
      case 'methods':
        plan('methods.txt', () => [methodsParagraph(result)]);
        plan('bib', () => [bibliographyOf(result).text]);
        break;
      case 'svg':
        figurePaths.push(pathOf('svg'));
        break;
    }
  }
  if (svg !== undefined && !figurePaths.some((path) => resolve(path) === resolve(svg))) figurePaths.push(svg);
  let drawn: Promise<string> | null = null;
  const make = async (): Promise<string[]> => {
    drawn ??= figureSvg(result);
    return [await drawn];
  };
  return { data, figures: figurePaths.map((path) => ({ path, make })) };
}

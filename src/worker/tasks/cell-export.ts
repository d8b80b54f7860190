// What leaves the page of a computed cell: the exact run is made once more where it stands, and written by the functions that the shell
// writes its files with.

import { bibliographyOf, cyclesToCsv, cyclesToParquet, methodsParagraph } from '../../design/index.ts';
import { recordToBdf, recordToCsv, recordToJson, recordToParquet } from '../../records/index.ts';
import { type SimulationResult, simulate } from '../../simulation/index.ts';
import type { Live } from '../messages.ts';
import { cellCommand, cellFileStem } from './cell-command.ts';
import { cellOf } from './cell-input.ts';
import { type CellRunInput, protocolOf } from './cell-run.ts';

interface Format {
  readonly type: string;
  readonly make: (result: SimulationResult, input: CellRunInput, version: string) => Content | Promise<Content>;
}

type Content = string | ArrayBuffer;

const PARQUET = 'application/vnd.apache.parquet';

/** By the ending of the file, which are those of `limetal run --out`. */
export const CELL_EXPORTS = {
  csv: { type: 'text/csv', make: ({ record }) => recordToCsv(record) },
  'cycles.csv': { type: 'text/csv', make: ({ cycles }) => [...cyclesToCsv(cycles)].join('') },
  parquet: { type: PARQUET, make: ({ record }) => recordToParquet(record) },
  'cycles.parquet': { type: PARQUET, make: ({ cycles }) => cyclesToParquet(cycles) },
  'bdf.csv': { type: 'text/csv', make: ({ record }) => recordToBdf(record) },
  'record.json': { type: 'application/json', make: ({ record }) => recordToJson(record) },
  'methods.txt': {
    type: 'text/plain',
    make: (result, input, version) =>
      methodsParagraph(result, { command: cellCommand(input, result.cell.id), version }),
  },
  bib: { type: 'application/x-bibtex', make: (result) => bibliographyOf(result).text },
} as const satisfies Readonly<Record<string, Format>>;

export type CellExportFormat = keyof typeof CELL_EXPORTS;

export interface CellExportInput {
  readonly run: CellRunInput;
  readonly as: CellExportFormat;
  /** Of the program, for the paragraph of methods. */
  readonly version: string;
}

export interface CellExport {
  readonly name: string;
  readonly type: string;
  readonly content: Content;
}

/** Throws InputError for a cell or protocol that is none. */
export async function cellExport({ run, as, version }: CellExportInput, live: Live): Promise<CellExport> {
  const cell = cellOf(run.cell);
  const result = simulate(cell, protocolOf(cell, run.protocol), {
    model: run.model,
    ...(run.cycles === null ? {} : { cycles: run.cycles }),
    ...live,
  });
  const { type, make }: Format = CELL_EXPORTS[as];
  return { name: `${cellFileStem(cell.id)}.${as}`, type, content: await make(result, run, version) };
}

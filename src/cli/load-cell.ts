// A cell from what stands on the command line: a built-in id, a file, or the standard input.

import { existsSync } from 'node:fs';
import {
  type BpxReading,
  builtInCells,
  builtInFile,
  type Cell,
  cellToFile,
  isBpx,
  parseCell,
  readCellOrBpx,
} from '../cells/index.ts';
import { InputError, type Issue, nearestHint, parseJsonText } from '../units/index.ts';
import { readStandardText, readTextFile } from './source-text.ts';
import type { Terminal } from './terminal.ts';

const WANTED = 'a cell file, or the id of a built-in cell';

export interface LoadedCell {
  readonly cell: Cell;
  /** What became of a BPX file; null for a cell that needed no translation. */
  readonly bpx: Pick<BpxReading, 'version' | 'mapped' | 'notMapped'> | null;
  readonly warnings: readonly string[];
}

/** Fields of the cell file that the command line replaces, as they would stand in it. */
export interface CellOverrides {
  readonly temperature?: string;
}

/** Whether the word is meant as a path: it has a folder in it, or an ending. */
const looksLikePath = (word: string): boolean => /[/\\]/.test(word) || /\.[a-z]{2,7}$/i.test(word);

export const isBuiltIn = (word: string): boolean => builtInCells().some(({ id }) => id === word.trim().toLowerCase());

/** The same fault, its place opening with the file that it is in. */
const within = (origin: string, issue: Issue): Issue => ({
  ...issue,
  where: issue.where === '' ? origin : `${origin}: ${issue.where}`,
});

/** The data with the replaced fields in them. BPX has other names, so there the cell that it became is written and read anew. */
function readCell(json: unknown, { temperature }: CellOverrides): LoadedCell {
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  const given = temperature === undefined ? {} : { temperature };
  const reading = readCellOrBpx(isObject && !isBpx(json) ? { ...json, ...given } : json);
  if (reading.kind === 'cell') return { cell: reading.cell, bpx: null, warnings: [] };
  const { cell, version, mapped, notMapped, warnings } = reading;
  return {
    cell: temperature === undefined ? cell : parseCell({ ...cellToFile(cell), ...given }),
    bpx: { version, mapped, notMapped },
    warnings,
  };
}

function cellFromJson(json: unknown, origin: string, overrides: CellOverrides): LoadedCell {
  try {
    return readCell(json, overrides);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const isOverride = ({ where }: Issue): boolean => where === 'temperature' && overrides.temperature !== undefined;
    throw new InputError(
      error.issues.map((issue) => (isOverride(issue) ? { ...issue, where: '--temperature' } : within(origin, issue))),
    );
  }
}

/** What a BPX file said that the cell does not hold, a line each. */
export function bpxRemarks({ bpx }: LoadedCell, origin: string): string[] {
  if (bpx === null) return [];
  const head = `${origin}: BPX ${bpx.version}, its positive electrode against lithium`;
  if (bpx.notMapped.length === 0) return [`${head}; every value has found its place`];
  return [`${head}; not taken over:`, ...bpx.notMapped.map(({ path, reason }) => `  ${path}: ${reason}`)];
}

function unknownCell(word: string): Issue {
  const ids = builtInCells().map(({ id }) => id);
  const hint = nearestHint(word, ids) ?? '`limetal cells` lists them';
  return { where: word, found: 'neither a file nor a built-in id', wanted: WANTED, hint };
}

/** The cell that `word` means. A built-in id comes before a file of the same name. Throws InputError. */
export async function loadCell(word: string, terminal: Terminal, overrides: CellOverrides = {}): Promise<LoadedCell> {
  if (word === '-') {
    const text = await readStandardText(terminal, WANTED);
    return cellFromJson(parseJsonText(text, 'standard input'), 'standard input', overrides);
  }
  if (isBuiltIn(word)) return cellFromJson(builtInFile(word), word, overrides);
  if (!looksLikePath(word) && !existsSync(word)) throw new InputError([unknownCell(word)]);
  return cellFromJson(parseJsonText(readTextFile(word, WANTED), word), word, overrides);
}

// A cell from what stands on the command line: a built-in id, a file, or the standard input.

import { existsSync } from 'node:fs';
import { builtInCell, builtInCells, builtInFile, type Cell, parseCell } from '../cells/index.ts';
import { InputError, type Issue, nearestHint } from '../units/index.ts';
import { parseJsonText } from './json-text.ts';
import { readStandardText, readTextFile } from './source-text.ts';
import type { Terminal } from './terminal.ts';

const WANTED = 'a cell file, or the id of a built-in cell';

export interface LoadedCell {
  readonly cell: Cell;
  /** What of a foreign file could not be taken over. */
  readonly remarks: readonly string[];
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

function cellFromJson(json: unknown, origin: string, overrides: CellOverrides): LoadedCell {
  const { temperature } = overrides;
  const isFile = typeof json === 'object' && json !== null && !Array.isArray(json);
  try {
    return { cell: parseCell(isFile && temperature !== undefined ? { ...json, temperature } : json), remarks: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const isOverride = ({ where }: Issue): boolean => where === 'temperature' && temperature !== undefined;
    throw new InputError(
      error.issues.map((issue) => (isOverride(issue) ? { ...issue, where: '--temperature' } : within(origin, issue))),
    );
  }
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
  if (isBuiltIn(word)) {
    if (overrides.temperature === undefined) return { cell: builtInCell(word), remarks: [] };
    return cellFromJson(builtInFile(word), word, overrides);
  }
  if (!looksLikePath(word) && !existsSync(word)) throw new InputError([unknownCell(word)]);
  return cellFromJson(parseJsonText(readTextFile(word, WANTED), word), word, overrides);
}

// The command that computes in a shell what the page shows, number for number.

import type { CellRunInput } from './cell-run.ts';
import { shellWord } from './typed.ts';

/** Name of a cell's files, without ending. */
export function cellFileStem(id: string): string {
  const name = id.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/gu, '');
  return name === '' ? 'cell' : name;
}

/** `limetal run` with all that was chosen; a cell that was changed or opened is its file, as the page saves it. */
export function cellCommand({ cell, protocol, model, cycles }: CellRunInput, id: string): string {
  const isAsItIs = cell.file === null && Object.keys(cell.edits).length === 0 && Object.keys(cell.values).length === 0;
  const steps = protocol === null ? [] : protocol.split('\n').filter((line) => line.trim() !== '');
  return [
    'limetal run',
    shellWord(isAsItIs ? cell.base : `${cellFileStem(id)}.cell.json`),
    `--model ${model}`,
    ...(cycles === null ? [] : [`--cycles ${cycles}`]),
    ...steps.map((step) => `--protocol ${shellWord(step)}`),
    '--out results',
  ].join(' ');
}

// The names of electrolytes that a command line gives: as arguments, in a file, or on the standard input.

import { tryElectrolyte } from '../materials/index.ts';
import { InputError } from '../units/index.ts';
import { readStandardText, readTextFile } from './source-text.ts';
import type { Terminal } from './terminal.ts';

/** Most names of one list. */
const NAMES_MAX = 10_000;
const WANTED = 'names of electrolytes, one a line';

/** Each argument is a name; words of one name without quotation marks are put together again. */
export function namesFromWords(words: readonly string[]): readonly string[] {
  const whole = words.join(' ');
  const isOne = words.length > 1 && words.every((word) => !/\s/.test(word)) && words.some((word) => !isRead(word));
  return isOne && isRead(whole) ? [whole] : words.filter((word) => word.trim() !== '');
}

const isRead = (text: string): boolean => !(tryElectrolyte(text) instanceof InputError);

/** Lines of a file, or of the standard input for `-`, that hold something; what follows # is left out. Throws InputError. */
export async function namesFromFile(file: string, terminal: Terminal): Promise<readonly string[]> {
  const text = file === '-' ? await readStandardText(terminal, WANTED) : readTextFile(file, WANTED);
  const names = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/#.*$/u, '').trim())
    .filter((line) => line !== '');
  if (names.length === 0 || names.length > NAMES_MAX) {
    throw new InputError([
      { where: file, found: `${names.length} names`, wanted: `1 to ${NAMES_MAX} electrolytes, one on each line` },
    ]);
  }
  return names;
}

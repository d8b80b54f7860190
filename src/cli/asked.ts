// A question whose options were typed: the faults of the text and those of the answer told at once, in the words of the command.

import { InputError, type Issue } from '../units/index.ts';

export interface Typed {
  /** Options by name, as they were typed. */
  readonly options: object;
  /** Names of those that are a number with its unit: told as typed, not as it stands in SI. */
  readonly numbers: readonly string[];
  /** Of a name, the place in the command. */
  placeOf(name: string): string;
}

/** Asks even where something is wrong already. Throws InputError with `issues` and those of the question. */
export function asked<T>(issues: readonly Issue[], { options, numbers, placeOf }: Typed, question: () => T): T {
  const faults = [...issues];
  let answer: T | null = null;
  try {
    answer = question();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const { where, found, ...rest } of error.issues) {
      const typed = numbers.includes(where) ? Object.entries(options).find(([name]) => name === where) : undefined;
      faults.push({ where: placeOf(where), found: typed === undefined ? found : `"${typed[1]}"`, ...rest });
    }
  }
  if (answer === null || faults.length > 0) throw new InputError(faults);
  return answer;
}

// What went wrong, in words for the one who typed the command.

import { inspect } from 'node:util';
import { formatIssue, InputError } from '../units/index.ts';
import { EXIT, type ExitCode, ShellFailure, type Terminal } from './terminal.ts';

/** What an error says of itself; where it says nothing, its kind and the place in the program that raised it. */
export function faultText(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : inspect(error);
  if (error.message.trim() !== '') return error.message.trim();
  const place = /^\s*at (.+)$/m.exec(error.stack ?? '')?.[1];
  return `${error.name} without a message${place === undefined ? '' : `, at ${place}`}`;
}

/** Say on `err` what happened and give the exit code: 2 for bad input (a line for each issue), 1 for the rest. */
export function reportError(
  error: unknown,
  shell: { readonly terminal: Terminal; readonly showStacks: boolean },
): ExitCode {
  const { terminal, showStacks } = shell;
  if (error instanceof InputError) {
    for (const issue of error.issues) terminal.err(`${formatIssue(issue)}\n`);
    return EXIT.badInput;
  }
  if (error instanceof ShellFailure) {
    terminal.err(`limetal: ${error.message}\n`);
    return EXIT.failed;
  }
  const stack = error instanceof Error ? error.stack : undefined;
  terminal.err(`limetal: this is a fault of the program, not of your input: ${faultText(error)}\n`);
  terminal.err(
    showStacks && stack !== undefined
      ? `${stack}\n`
      : 'LIMETAL_TRACE=1 shows where; please report it with the cell file.\n',
  );
  return EXIT.failed;
}

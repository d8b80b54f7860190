// What went wrong, in words for the one who typed the command.

import { formatIssue, InputError } from '../units/index.ts';
import { EXIT, type ExitCode, ShellFailure, type Terminal } from './terminal.ts';

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
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  terminal.err(`limetal: this is a fault of the program, not of your input: ${message}\n`);
  terminal.err(
    showStacks && stack !== undefined
      ? `${stack}\n`
      : 'LIMETAL_TRACE=1 shows where; please report it with the cell file.\n',
  );
  return EXIT.failed;
}

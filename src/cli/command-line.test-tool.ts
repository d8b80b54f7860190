// A command line as a person types it, in one process and without threads: for commands that simulate nothing.

import { runCommandLine } from './command-line.ts';
import { testTerminal } from './terminal.test-tool.ts';

export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the words after the program's name. A command that opens a thread fails the test. */
export async function typed(argv: readonly string[], input = ''): Promise<Typed> {
  const terminal = testTerminal({ input });
  const never = async (): Promise<never> => {
    throw new Error('this command opens no thread');
  };
  const nowhere = new URL('file:///nowhere/');
  const shell = {
    terminal,
    version: '0.0.0',
    showStacks: false,
    openSimulator: never,
    openReproducers: never,
    openAnalysers: never,
    servePlaces: { folder: nowhere, worker: nowhere },
  };
  const code = await runCommandLine(argv, shell);
  return { code, out: terminal.output(), err: terminal.errors() };
}

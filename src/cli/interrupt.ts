// Ctrl-C in a long command: the first press asks the work to end and keeps what is done, the second ends the program.

import type { Terminal } from './terminal.ts';

/** Exit code after a second Ctrl-C, as a shell reports a program that the signal ended. */
const KILLED = 130;

/**
 * One press of Ctrl-C can come twice: to the whole group of processes, and once more from a program that started this one and
 * passes signals on, as npx and timeout do. What comes within this time of the first is the same press.
 */
const ECHO_ms = 500;

export interface Interrupt {
  /** The first press has come. */
  readonly pressed: () => boolean;
  /** Stop listening. */
  readonly end: () => void;
}

/** Calls `onFirst` at the first press; a later one ends the program at once. */
export function listenForInterrupt(terminal: Terminal, onFirst: () => void): Interrupt {
  let first_ms: number | null = null;
  const end = terminal.onInterrupt(() => {
    if (first_ms !== null) {
      if (terminal.now_ms() - first_ms >= ECHO_ms) terminal.exitNow(KILLED);
      return;
    }
    first_ms = terminal.now_ms();
    onFirst();
  });
  return { pressed: () => first_ms !== null, end };
}

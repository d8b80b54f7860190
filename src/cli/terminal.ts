// What a command may touch of the outside world. Commands get it as a value, so tests give them strings and listen.

/** The exit codes of every command: `failed` is an honest failure with its reason printed, `badInput` a request to correct. */
export const EXIT = { done: 0, failed: 1, badInput: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Terminal {
  /** Results, and nothing else. */
  readonly out: (text: string) => void;
  /** Progress, remarks and faults. */
  readonly err: (text: string) => void;
  /** A person watches `err`: lines may be rewritten in place. */
  readonly errIsScreen: boolean;
  /** Width of the screen in characters. */
  readonly columns: number;
  readonly now_ms: () => number;
  /** Calls `handler` again and again while the program waits; returns the function that stops it. */
  readonly every: (interval_ms: number, handler: () => void) => () => void;
  /** The whole standard input, at most `bytes_max` bytes and one more. */
  readonly readInput: (bytes_max: number) => Promise<Uint8Array>;
  /** Calls `handler` at Ctrl-C or a polite kill; returns the function that stops listening. */
  readonly onInterrupt: (handler: () => void) => () => void;
  /** Ends the process at once. */
  readonly exitNow: (code: number) => void;
}

/** Print a text that comes in parts. */
export function outParts(terminal: Terminal, parts: Iterable<string>): void {
  for (const part of parts) terminal.out(part);
}

/** An honest failure of the shell itself (a full disk, a worker that died): one sentence, exit code 1. */
export class ShellFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ShellFailure';
  }
}

// A terminal that remembers: what tests give to commands in the place of a process.

import type { Terminal } from './terminal.ts';

export interface TestTerminal extends Terminal {
  readonly output: () => string;
  readonly errors: () => string;
  readonly exits: number[];
  /** As if Ctrl-C were pressed. */
  readonly interrupt: () => void;
  advance_ms(time_ms: number): void;
}

export function testTerminal(
  given: { readonly screen?: boolean; readonly columns?: number; readonly input?: string } = {},
): TestTerminal {
  let output = '';
  let errors = '';
  let clock_ms = 0;
  const handlers = new Set<() => void>();
  const exits: number[] = [];
  return {
    out: (text) => {
      output += text;
    },
    err: (text) => {
      errors += text;
    },
    errIsScreen: given.screen ?? false,
    columns: given.columns ?? 100,
    now_ms: () => clock_ms,
    readInput: async () => new TextEncoder().encode(given.input ?? ''),
    onInterrupt: (handler) => {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    exitNow: (code) => void exits.push(code),
    output: () => output,
    errors: () => errors,
    exits,
    interrupt: () => {
      for (const handler of handlers) handler();
    },
    advance_ms: (time_ms) => {
      clock_ms += time_ms;
    },
  };
}

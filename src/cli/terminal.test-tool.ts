// A terminal that remembers: what tests give to commands in the place of a process.

import type { Terminal } from './terminal.ts';

export interface TestTerminal extends Terminal {
  readonly output: () => string;
  readonly errors: () => string;
  readonly exits: number[];
  /** As if Ctrl-C were pressed. */
  readonly interrupt: () => void;
  /** Let time pass, with every timer that falls due in it. */
  readonly advance_ms: (time_ms: number) => void;
  /** Timers that still run. */
  readonly timers: () => number;
}

export function testTerminal(
  given: { readonly screen?: boolean; readonly columns?: number; readonly input?: string } = {},
): TestTerminal {
  let output = '';
  let errors = '';
  let clock_ms = 0;
  const handlers = new Set<() => void>();
  const exits: number[] = [];
  const timers = new Set<{ due_ms: number; readonly interval_ms: number; readonly handler: () => void }>();
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
    every: (interval_ms, handler) => {
      const timer = { due_ms: clock_ms + interval_ms, interval_ms, handler };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    readInput: async () => new TextEncoder().encode(given.input ?? ''),
    onInterrupt: (handler) => {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    exitNow: (code) => void exits.push(code),
    output: () => output,
    errors: () => errors,
    exits,
    timers: () => timers.size,
    interrupt: () => {
      for (const handler of handlers) handler();
    },
    advance_ms: (time_ms) => {
      const end_ms = clock_ms + time_ms;
      for (;;) {
        const [next] = [...timers].sort((a, b) => a.due_ms - b.due_ms);
        if (next === undefined || next.due_ms > end_ms) break;
        clock_ms = next.due_ms;
        next.due_ms += next.interval_ms;
        next.handler();
      }
      clock_ms = end_ms;
    },
  };
}

// The terminal of a real process.

import { readSync } from 'node:fs';
import type { Terminal } from './terminal.ts';

/** Read a descriptor to its end, or until more than `bytes_max` bytes have come. */
export function readDescriptor(descriptor: number, bytes_max: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  while (total <= bytes_max) {
    const part = new Uint8Array(65536);
    const count = readSync(descriptor, part, 0, part.length, null);
    if (count === 0) break;
    parts.push(part.subarray(0, count));
    total += count;
  }
  return new Uint8Array(Buffer.concat(parts, total));
}

async function readStandardInput(bytes_max: number): Promise<Uint8Array> {
  // The stream and not the descriptor: a pipe that is not ready yet would make a synchronous read fail with EAGAIN.
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of process.stdin as AsyncIterable<Uint8Array>) {
    parts.push(part);
    total += part.length;
    if (total > bytes_max) break;
  }
  return new Uint8Array(Buffer.concat(parts, total));
}

/** A terminal, and the end of the process that it belongs to. */
export interface ProcessTerminal extends Terminal {
  /**
   * Ends the process as soon as all that was said has left it: whatever else still waits somewhere (a timer, a thread), a
   * command that is done is done. The code is 1 where the output could not be written.
   */
  readonly finish: (code: number) => Promise<never>;
}

/** The terminal of this process. A reader that leaves early (`limetal … | head`) is no failure and hears no complaint. */
export function processTerminal(): ProcessTerminal {
  let outputIsLost = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || outputIsLost) return;
    outputIsLost = true;
    if (error.code === 'ENOSPC') process.stderr.write('limetal: the disk that takes the output is full\n');
    else process.stderr.write(`limetal: the output could not be written (${error.code ?? error.message})\n`);
  });
  // Nobody is left to hear a complaint about the channel for complaints.
  process.stderr.on('error', () => {});
  const emptied = (stream: NodeJS.WriteStream): Promise<void> =>
    new Promise((resolve) => stream.write('', () => resolve()));
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    errIsScreen: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    columns: process.stderr.columns ?? 100,
    now_ms: () => performance.now(),
    every: (interval_ms, handler) => {
      const timer = setInterval(handler, interval_ms);
      return () => clearInterval(timer);
    },
    readInput: readStandardInput,
    onInterrupt: (handler) => {
      process.on('SIGINT', handler);
      process.on('SIGTERM', handler);
      return () => {
        process.off('SIGINT', handler);
        process.off('SIGTERM', handler);
      };
    },
    exitNow: (code) => process.exit(code),
    finish: async (code) => {
      await Promise.all([emptied(process.stdout), emptied(process.stderr)]);
      // The failure of a write is told after the write has been answered.
      await new Promise((resolve) => setImmediate(resolve));
      process.exit(outputIsLost && code === 0 ? 1 : code);
    },
  };
}

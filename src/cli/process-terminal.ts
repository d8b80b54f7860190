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

/** The terminal of this process. A reader that leaves early (`limetal … | head`) ends the process without complaint. */
export function processTerminal(): Terminal {
  const brokenPipe = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') process.exit();
    process.exitCode = 1;
    if (error.code === 'ENOSPC') process.stderr.write('limetal: the disk that takes the output is full\n');
    else process.stderr.write(`limetal: the output could not be written (${error.code ?? error.message})\n`);
  };
  process.stdout.on('error', brokenPipe);
  // Nobody is left to hear a complaint about the channel for complaints.
  process.stderr.on('error', () => {});
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
  };
}

// Text that the user points at: a file, the standard input, or a pipe. Every way it can fail is one clear issue.

import { closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { InputError, type Issue, nearestHint } from '../units/index.ts';
import { systemReason } from './output-files.ts';
import { readDescriptor } from './process-terminal.ts';
import type { Terminal } from './terminal.ts';

/** No cell or protocol of a person is larger; what is larger is the wrong file. */
export const SOURCE_BYTES_MAX = 64 * 1024 * 1024;

/** Files of the same folder with a name close to the one that is not there. */
function siblings(path: string): string | undefined {
  try {
    return nearestHint(basename(path), readdirSync(dirname(path)));
  } catch {
    return `there is no folder ${dirname(path)}`;
  }
}

function unreadable(path: string, wanted: string, error: unknown): Issue {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const hint = siblings(path);
    return { where: path, found: 'no such file', wanted, ...(hint === undefined ? {} : { hint }) };
  }
  return { where: path, found: `a file that cannot be read (${systemReason(error)})`, wanted };
}

function decode(bytes: Uint8Array, origin: string, wanted: string): string {
  if (bytes.length > SOURCE_BYTES_MAX) {
    throw new InputError([{ where: origin, found: `more than ${SOURCE_BYTES_MAX / 1024 / 1024} MiB`, wanted }]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError([
      { where: origin, found: 'bytes that are not UTF-8 text', wanted, hint: 'save the file as UTF-8' },
    ]);
  }
}

/** The text of a file; `wanted` says in an error what should have been there. Throws InputError. */
export function readTextFile(path: string, wanted: string): string {
  let bytes: Uint8Array;
  try {
    if (statSync(path).isDirectory()) {
      throw new InputError([{ where: path, found: 'a folder', wanted }]);
    }
    const descriptor = openSync(path, 'r');
    try {
      bytes = readDescriptor(descriptor, SOURCE_BYTES_MAX);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError([unreadable(path, wanted, error)]);
  }
  return decode(bytes, path, wanted);
}

/** The text of the standard input. Throws InputError. */
export async function readStandardText(terminal: Terminal, wanted: string): Promise<string> {
  return decode(await terminal.readInput(SOURCE_BYTES_MAX), 'standard input', wanted);
}

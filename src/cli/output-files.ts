// Files that are either there whole or not at all: everything is written beside its target under another name, and only
// when all of it stands on the disk do the names change. A full disk leaves what was there before.

import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../units/index.ts';
import { ShellFailure } from './terminal.ts';

/** One file to write: whole bytes, or text in parts so that a long record is never one string. */
export interface OutputFile {
  readonly path: string;
  readonly content: Uint8Array | Iterable<string>;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than the system allows',
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EROFS: 'the disk can only be read',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'the system makes no files there',
  EIO: 'the disk reports an error',
  EMFILE: 'too many files are open',
};

/** The system's reason in words. */
export function systemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : REASONS[code]) ?? message ?? String(error);
}

/** Texts are gathered to about this many characters before they go to the disk. */
const WRITE_LENGTH = 1 << 16;

function writeBytes(descriptor: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) at += writeSync(descriptor, bytes, at);
}

function write(descriptor: number, content: OutputFile['content']): void {
  if (content instanceof Uint8Array) {
    writeBytes(descriptor, content);
    return;
  }
  let gathered = '';
  for (const part of content) {
    gathered += part;
    if (gathered.length < WRITE_LENGTH) continue;
    writeBytes(descriptor, Buffer.from(gathered, 'utf8'));
    gathered = '';
  }
  writeBytes(descriptor, Buffer.from(gathered, 'utf8'));
}

/** Something that is not a file of its own, such as a pipe or /dev/stdout: it cannot be replaced, only written to. */
function isChannel(path: string): boolean {
  try {
    const stat = statSync(path);
    return !stat.isFile() && !stat.isDirectory();
  } catch {
    return false;
  }
}

/** Where the bytes go in the end: a link is followed, so that it stays a link. */
function targetOf(path: string): string {
  try {
    return lstatSync(path).isSymbolicLink() ? realpathSync(path) : path;
  } catch {
    return path;
  }
}

/**
 * Write all files, replacing those of the same names. Throws ShellFailure with one sentence where that fails; then none of
 * the regular files has changed and no unfinished file is left.
 */
export function writeFiles(files: readonly OutputFile[]): void {
  const staged: { readonly from: string; readonly to: string }[] = [];
  let current = '';
  let descriptor = -1;
  try {
    for (const { path: given, content } of files) {
      // As before the run: `new/../x` is x, whether or not `new` is there.
      const path = resolve(given);
      current = given;
      const channel = isChannel(path);
      const to = channel ? path : targetOf(path);
      const from = channel ? path : join(dirname(to), `.${basename(to).slice(0, 200)}.${process.pid}.part`);
      if (!channel) staged.push({ from, to });
      descriptor = openSync(from, 'w');
      write(descriptor, content);
      if (!channel) fsyncSync(descriptor);
      closeSync(descriptor);
      descriptor = -1;
    }
    for (const { from, to } of staged) {
      current = to;
      renameSync(from, to);
    }
  } catch (error) {
    if (descriptor >= 0) closeSync(descriptor);
    for (const { from } of staged) rmSync(from, { force: true });
    throw new ShellFailure(`${current} was not written: ${systemReason(error)}`);
  }
}

/** A folder and those above it. Node's own recursive form never returns where a file system makes no folders, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(`${folder} is a file`), { code: 'ENOTDIR' });
    return;
  }
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  mkdirSync(folder);
}

/**
 * Make the folder if it is not there, and try whether a file can be written in it, so that a long run does not end without
 * a place for its results. Throws InputError where the path cannot be a folder, ShellFailure where the system refuses.
 */
export function prepareFolder(folder: string, option: string): void {
  if (folder === '') throw new InputError([{ where: option, found: 'an empty name', wanted: 'a folder' }]);
  try {
    makeFolder(resolve(folder));
    const probe = join(folder, `.limetal.${process.pid}.part`);
    closeSync(openSync(probe, 'w'));
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR') {
      throw new InputError([{ where: option, found: folder, wanted: 'a folder', hint: 'a file stands at this path' }]);
    }
    throw new ShellFailure(`${folder} cannot take results: ${systemReason(error)}`);
  }
}

/** The same for one file: its folder can take it, and the path itself is no folder. */
export function prepareFile(path: string, option: string): void {
  const isFolder = ((): boolean => {
    try {
      return statSync(path).isDirectory();
    } catch {
      return false;
    }
  })();
  if (isFolder || path === '' || /[/\\]$/.test(path)) {
    throw new InputError([
      {
        where: option,
        found: path === '' ? 'an empty name' : path,
        wanted: 'a file name',
        hint: 'a folder stands at this path',
      },
    ]);
  }
  if (!isChannel(path)) prepareFolder(dirname(resolve(path)), option);
}

/** A name that every file system takes: letters, digits, dot, dash and underscore of any script. */
export function fileNameOf(text: string): string {
  const name = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  // 60 characters of any script stay below the 255 bytes of common file systems, with room for endings.
  return Array.from(name).slice(0, 60).join('') || 'cell';
}

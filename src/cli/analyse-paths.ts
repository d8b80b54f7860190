// Files and folders of a command line as a list of files: folders are walked in the order of names, within bounds, and never out of
// themselves through a link.

import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { systemReason } from './output-files.ts';

/** Bounds of a walk: a data folder has thousands of files, a file system has millions. */
const FILES_MAX = 10_000;
const DEPTH_MAX = 12;

/** Endings that no instrument writes data under: pictures, programs, documents, and what we write ourselves. */
const NOT_DATA =
  /\.(svg|png|jpe?g|gif|bmp|tiff?|pdf|docx?|pptx?|md|html?|css|js|ts|mjs|py|ipynb|m|exe|dll|so|gitignore|zip\.part|part|log|ini|lnk|url|ds_store|mps|mpl|sta|cyc)$/i;

/** A file to read. */
export interface InputPath {
  readonly path: string;
  readonly size: number;
  /** True where a folder was named and not the file: one that nobody named and no reader knows is passed over without a fault. */
  readonly isFromFolder: boolean;
}

export interface InputPaths {
  readonly files: readonly InputPath[];
  /** What was named and is not there, or holds nothing, and why. */
  readonly missing: readonly { readonly path: string; readonly why: string }[];
  /** What was passed over in folders, in sentences. */
  readonly remarks: readonly string[];
}

/** Every file named, and those of every folder named, each once. */
export function inputPaths(named: readonly string[]): InputPaths {
  const files: InputPath[] = [];
  const missing: { readonly path: string; readonly why: string }[] = [];
  const remarks: string[] = [];
  const seen = new Set<string>();
  const add = (path: string, size: number, isFromFolder: boolean): void => {
    const real = realpathSync(path);
    if (seen.has(real)) return;
    seen.add(real);
    files.push({ path, size, isFromFolder });
  };
  let isFull = false;
  const walk = (folder: string, root: string, depth: number): void => {
    if (depth > DEPTH_MAX) {
      remarks.push(`${folder}: more than ${DEPTH_MAX} folders deep, not looked into`);
      return;
    }
    let names: string[];
    try {
      names = readdirSync(folder).sort();
    } catch (error) {
      remarks.push(`${folder}: ${systemReason(error)}, not looked into`);
      return;
    }
    for (const name of names) {
      if (files.length >= FILES_MAX) {
        if (!isFull) remarks.push(`more than ${FILES_MAX} files; those from ${join(folder, name)} on are left out`);
        isFull = true;
        return;
      }
      if (name.startsWith('.')) continue;
      const path = join(folder, name);
      try {
        const isLink = lstatSync(path).isSymbolicLink();
        if (isLink && !isInside(realpathSync(path), root)) {
          remarks.push(`${path}: a link out of the folder, not followed`);
          continue;
        }
        const stat = statSync(path);
        // A link to a folder inside may lead round in a circle; what it leads to is walked anyhow.
        if (stat.isDirectory()) {
          if (!isLink) walk(path, root, depth + 1);
        } else if (stat.isFile() && !NOT_DATA.test(name)) add(path, stat.size, true);
      } catch (error) {
        remarks.push(`${path}: ${systemReason(error)}, passed over`);
      }
    }
  };
  for (const path of named) {
    try {
      const stat = statSync(path);
      if (stat.isDirectory()) {
        const before = files.length;
        walk(path, realpathSync(path), 0);
        if (files.length === before) missing.push({ path, why: "no file in it that could be an instrument's" });
      } else if (stat.isFile()) add(path, stat.size, false);
      else missing.push({ path, why: 'neither a file nor a folder' });
    } catch (error) {
      const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
      missing.push({ path, why: isAbsent ? 'no such file or folder' : systemReason(error) });
    }
  }
  return { files, missing, remarks };
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

/** Short names that tell the files of a list apart: the base name, or as much of the path as it takes. */
export function tellingNames(paths: readonly string[]): string[] {
  const count = new Map<string, number>();
  for (const path of paths) count.set(basename(path), (count.get(basename(path)) ?? 0) + 1);
  return paths.map((path) => (count.get(basename(path))! > 1 ? path : basename(path)));
}

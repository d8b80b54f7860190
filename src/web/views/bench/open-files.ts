// The files that were opened, as long as the tab lives: other parts of the page may be looked at meanwhile. A link has their names alone.

import { useEffect, useReducer } from 'preact/hooks';
import type { BenchSettings } from './state.ts';

interface OpenFile {
  readonly file: File;
  /** The worker knows the file by this: another one may come under the same name. */
  readonly id: string;
}

const files = new Map<string, OpenFile>();
const listeners = new Set<() => void>();
let opened = 0;

export const idOf = (name: string): string | null => files.get(name)?.id ?? null;

export function fileOfId(id: string): File | null {
  for (const one of files.values()) if (one.id === id) return one.file;
  return null;
}

function keep(name: string, file: File): void {
  opened += 1;
  files.set(name, { file, id: `${opened} ${name}` });
}

export const asFound = (name: string): BenchSettings => ({
  name,
  sign: '',
  encoding: '',
  delimiter: '',
  decimal: '',
  columns: {},
});

/** Files that one drop may bring. */
const FILES_MAX = 300;

export interface Taken {
  /** All files of the bench, those that are new with nothing said about them. */
  readonly files: readonly BenchSettings[];
  /** What was not done as one might think. */
  readonly remarks: readonly string[];
}

/** Takes files in. One that a link asks for by its name is that one; another of a name that is there gets a number. */
export function takeFiles(given: readonly File[], listed: readonly BenchSettings[]): Taken {
  const next = [...listed];
  const remarks: string[] = [];
  for (const file of given) {
    const known = files.get(file.name)?.file;
    const isListed = next.some(({ name }) => name === file.name);
    if (isListed && known?.size === file.size && known.lastModified === file.lastModified) {
      remarks.push(`${file.name} is open already.`);
      continue;
    }
    const isAsked = isListed && known === undefined;
    const name = isAsked || !isListed ? file.name : numbered(file.name, next);
    if (!isAsked && next.length >= FILES_MAX) {
      remarks.push(`${file.name} and what follows was left out: the bench holds ${FILES_MAX} files.`);
      break;
    }
    keep(name, file);
    if (!isAsked) next.push(asFound(name));
  }
  for (const listener of listeners) listener();
  return { files: next, remarks };
}

function numbered(name: string, taken: readonly BenchSettings[]): string {
  const cut = name.lastIndexOf('.');
  const [stem, ending] = cut < 1 ? [name, ''] : [name.slice(0, cut), name.slice(cut)];
  for (let number = 2; ; number++) {
    const next = `${stem} (${number})${ending}`;
    if (!taken.some((one) => one.name === next)) return next;
  }
}

/** Draws anew when files come in. */
export function useOpenFiles(): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const listener = (): void => redraw(undefined);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
}

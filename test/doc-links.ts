// Finds links of a document that lead nowhere, as GitHub resolves them.

import { posix } from 'node:path';
import { formatViolation, type SourceFile } from './room-rules.ts';

/** Relative links to files or headings that do not exist. Links to the web are not followed. */
export function brokenLinks(
  { path, text }: SourceFile,
  documents: readonly SourceFile[],
  exists: (path: string) => boolean,
): string[] {
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)].flatMap(({ 1: link, index }) => {
    if (/^[a-z]+:/.test(link!)) return [];
    const [file, heading] = link!.split('#') as [string, string?];
    const target = file === '' ? path : posix.join(posix.dirname(path), file);
    const line = text.slice(0, index).split('\n').length;
    if (!exists(target) && target !== path)
      return [formatViolation({ file: path, line, message: `${file} does not exist` })];
    const document = documents.find((one) => one.path === target);
    if (heading === undefined || document === undefined || anchorsOf(document.text).includes(heading)) return [];
    return [formatViolation({ file: path, line, message: `${file} has no heading #${heading}` })];
  });
}

function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

// The files of the page, all read when the server starts. What is not in the map does not exist, so no path can lead out of the folder.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface SiteFile {
  readonly type: string;
  readonly content: Buffer;
  /** Null where it would not be smaller. */
  readonly gzipped: Buffer | null;
  readonly etag: string;
  /** Named by its content, so a browser may keep it for ever. */
  readonly isFixed: boolean;
}

export interface Site {
  /** By the path of the request, which begins with `/`. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** The page's own policy, which the answers carry too. */
  readonly policy: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** Reads the folder that the build has made. Throws where it is not there or is no page. */
export function readSite(folder: string): Site {
  const files = new Map<string, SiteFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const content = readFileSync(file);
    const gzipped = gzipSync(content, { level: 9 });
    files.set(`/${relative(folder, file).split(sep).join('/')}`, {
      type: TYPES[extname(file)] ?? 'application/octet-stream',
      content,
      gzipped: gzipped.length < content.length ? gzipped : null,
      etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
      isFixed: relative(folder, file).startsWith(`assets${sep}`),
    });
  }
  const page = files.get('/index.html');
  if (page === undefined) throw new Error(`${folder} holds no index.html`);
  files.set('/', page);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page.content.toString('utf8'))?.[1];
  if (policy === undefined) throw new Error(`${folder}/index.html has no policy`);
  return { files, policy };
}

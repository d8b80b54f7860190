// One request, one answer: files of the page and nothing else, under a policy that lets the page load nothing from elsewhere.

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Site } from './site.ts';

/** Names by which a browser on this machine reaches the server. Another name is a page elsewhere that was led here. */
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

const YEAR_s = 31_536_000;

export function answer(site: Site, request: IncomingMessage, response: ServerResponse): void {
  const send = (status: number, headers: OutgoingHttpHeaders, body: Buffer | string = ''): void => {
    response.writeHead(status, { ...securityHeaders(site), ...headers, 'Content-Length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const plain = { 'Content-Type': 'text/plain; charset=utf-8' };
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (!LOOPBACK_NAMES.includes(host)) {
    send(421, plain, 'This server answers only to its own machine.\n');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    send(405, { ...plain, Allow: 'GET, HEAD' }, 'Only GET and HEAD are answered.\n');
    return;
  }
  const path = (request.url ?? '/').split('?')[0]!;
  const file = site.files.get(path);
  if (file === undefined) {
    send(404, plain, 'There is no such file.\n');
    return;
  }
  const headers = {
    'Content-Type': file.type,
    ETag: file.etag,
    Vary: 'Accept-Encoding',
    'Cache-Control': file.isFixed ? `public, max-age=${YEAR_s}, immutable` : 'no-cache',
  };
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304, { ...securityHeaders(site), ...headers });
    response.end();
    return;
  }
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (takesGzip && file.gzipped !== null) send(200, { ...headers, 'Content-Encoding': 'gzip' }, file.gzipped);
  else send(200, headers, file.content);
}

/** Isolation lets the page share memory with its workers, by which a run is stopped at once. */
function securityHeaders({ policy }: Site): OutgoingHttpHeaders {
  return {
    'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  };
}

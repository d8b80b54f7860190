// `limetal serve`: the page in a browser, from this machine and for this machine only.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { InputError } from '../units/index.ts';
import { EXIT, type ExitCode, ShellFailure, type Terminal } from './terminal.ts';

export interface ServeOptions {
  readonly port?: string;
  readonly json?: boolean;
}

/** Where the built page and the thread of its server lie. */
export interface ServePlaces {
  readonly folder: URL;
  readonly worker: URL;
}

/** Kept the same from day to day, so that a saved link finds the page again. */
const PORT = 4817;

type FromServer =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

function portOf(text: string | undefined): number {
  if (text === undefined) return PORT;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text.trim()) && port <= 65_535) return port;
  throw new InputError([
    { where: '--port', found: `"${text}"`, wanted: 'a whole number from 0 to 65535; 0 takes any that is free' },
  ]);
}

/** Serves until it is interrupted. The usual port, when taken, is replaced by a free one; a port that was asked for is not. */
export async function serve(options: ServeOptions, places: ServePlaces, terminal: Terminal): Promise<ExitCode> {
  const port = portOf(options.port);
  const folder = fileURLToPath(places.folder);
  if (!existsSync(folder)) throw new ShellFailure(`the page is not built: ${folder} is missing; run npm run build`);
  let started = await start(folder, places.worker, port);
  if (started.answer.kind === 'failed' && started.answer.code === 'EADDRINUSE' && options.port === undefined) {
    started = await start(folder, places.worker, 0);
  }
  const { answer, worker } = started;
  if (answer.kind === 'failed') {
    const taken = answer.code === 'EADDRINUSE';
    throw new ShellFailure(
      taken ? `port ${port} is taken; give another by --port` : `the server did not start: ${answer.message}`,
    );
  }
  const url = `http://127.0.0.1:${answer.port}/`;
  if (options.json === true) terminal.out(`${JSON.stringify({ url, port: answer.port })}\n`);
  else terminal.out(`limetal is open at ${url}\n`);
  terminal.err('It is reached from this machine only, and nothing leaves your browser. Ctrl-C ends it.\n');
  await new Promise<void>((resolve, reject) => {
    const stopListening = terminal.onInterrupt(() => worker.postMessage('close'));
    worker.once('exit', () => {
      stopListening();
      resolve();
    });
    worker.once('error', reject);
  });
  return EXIT.done;
}

function start(
  folder: string,
  script: URL,
  port: number,
): Promise<{ readonly answer: FromServer; readonly worker: Worker }> {
  const worker = new Worker(script, { workerData: { folder, port } });
  return new Promise((resolve, reject) => {
    worker.once('message', (answer: FromServer) => resolve({ answer, worker }));
    worker.once('error', reject);
  });
}

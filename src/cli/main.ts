// The entry of the command. It knows where its threads lie, because bundling keeps this file and those side
// by side and everything else moves into shared chunks.

import { readFileSync } from 'node:fs';
import { runCommandLine, type Shell } from './command-line.ts';
import { processTerminal } from './process-terminal.ts';
import { reportError } from './report-error.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const terminal = processTerminal();
const shell: Shell = {
  terminal,
  version,
  showStacks: process.env.LIMETAL_TRACE === '1',
  openSimulator: async () =>
    (await import('./simulator.ts')).openSimulator(new URL('./simulation-worker.js', import.meta.url)),
  openReproducers: async (threads) =>
    (await import('./worker-pool.ts')).openPool(new URL('./reproduce-worker.js', import.meta.url), threads),
  openAnalysers: async (threads) =>
    (await import('./worker-pool.ts')).openPool(new URL('./analyse-worker.js', import.meta.url), threads),
  servePlaces: {
    folder: new URL('../web/', import.meta.url),
    worker: new URL('./serve-worker.js', import.meta.url),
  },
};

// What no command has caught, a rejected promise that nobody awaits among it, ends the process like any other fault.
process.once('uncaughtException', (error) => process.exit(reportError(error, shell)));

await terminal.finish(await runCommandLine(process.argv.slice(2), shell));

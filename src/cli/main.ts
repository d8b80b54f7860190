// The entry of the command. It knows where its simulation thread lies, because bundling keeps this file and that one side
// by side and everything else moves into shared chunks.

import { readFileSync } from 'node:fs';
import { runCommandLine } from './command-line.ts';
import { processTerminal } from './process-terminal.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
process.exitCode = await runCommandLine(process.argv.slice(2), {
  terminal: processTerminal(),
  version,
  showStacks: process.env.LIMETAL_TRACE === '1',
  openSimulator: async () =>
    (await import('./simulator.ts')).openSimulator(new URL('./simulation-worker.js', import.meta.url)),
});

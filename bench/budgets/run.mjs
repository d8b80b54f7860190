// The budgets that have no peer: long ageing with the fast model, its memory, the command's start, and what a fast-model and a
// full-model half-cycle cost. Whole processes are timed from outside, medians of several runs.
//
//   npm run build && node bench/budgets/run.mjs [--rounds 7]

import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { builtInCell } from '../../dist/cells/index.js';
import { simulate } from '../../dist/simulation/index.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);
const command = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

function inside(work, warm) {
  for (let k = 0; k < warm; k++) work();
  const times = [];
  for (let k = 0; k < rounds; k++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return { median_ms: median(times), least_ms: Math.min(...times) };
}

/** A whole process; peak memory as the kernel counts it, where GNU time is installed. */
function outside(args) {
  const once = (program, before) => {
    const ended = spawnSync(program, [...before, command, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (ended.error === undefined && ended.status !== 0) throw new Error(ended.stderr);
    return ended;
  };
  const timed = once('/usr/bin/time', ['-f', '%M', process.execPath]);
  const memory_MB = timed.error === undefined ? Number(timed.stderr.trim().split('\n').at(-1)) / 1024 : Number.NaN;
  return { ...inside(() => once(process.execPath, []), 0), memory_MB };
}

const copper = builtInCell('li-cu-ether-nitrate');
const half = builtInCell('xu2019-half-cell');
const rows = [
  [
    '1000 Li|Cu cycles, fast, warm',
    inside(() => simulate(copper, copper.protocol, { model: 'fast', cycles: 1000 }), 2),
    '300 ms',
  ],
  [
    '1000 Li|Cu cycles, fast, from the shell',
    outside(['run', 'li-cu-ether-nitrate', '--model', 'fast', '--cycles', '1000', '--json']),
    '150 MB',
  ],
  ['100 Li|Cu cycles, full, warm', inside(() => simulate(copper, copper.protocol, { cycles: 100 }), 2), ''],
  ['1C discharge of the reference half-cell, full, warm', inside(() => simulate(half, half.protocol), 100), '2 ms'],
  ['the same from the shell, --json', outside(['run', 'xu2019-half-cell', '--json']), '350 ms'],
  ['limetal --help', outside(['--help']), '150 ms'],
];

console.log(
  `${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}, load ${loadavg()
    .map((x) => x.toFixed(1))
    .join(' ')}`,
);
console.log('| work | median | least | peak memory | budget |');
console.log('| --- | --- | --- | --- | --- |');
for (const [name, result, budget] of rows) {
  const memory =
    result.memory_MB === undefined || Number.isNaN(result.memory_MB) ? '' : `${result.memory_MB.toFixed(0)} MB`;
  console.log(
    `| ${name} | ${result.median_ms.toFixed(1)} ms | ${result.least_ms.toFixed(1)} ms | ${memory} | ${budget} |`,
  );
}

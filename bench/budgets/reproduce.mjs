// `limetal reproduce`: all tabulated systems with 200 samples each, within 60 s on two cores. Once, from the shell.
//
//   npm run build && node bench/budgets/reproduce.mjs [--samples 200] [--threads 2]

import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { samples: { type: 'string', default: '200' }, threads: { type: 'string', default: '2' } },
});
const command = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const args = [command, 'reproduce', '--json', '--quiet', '--samples', values.samples, '--threads', values.threads];
const load = loadavg()[0].toFixed(1);
const start = performance.now();
const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
if (status !== 0) throw new Error(stderr);
const wall_s = (performance.now() - start) / 1000;
const { systems, scores } = JSON.parse(stdout);
const numbers = systems.flatMap(({ quantities }) => quantities);
console.log(`${cpus()[0].model}, Node ${process.version}, load ${load} before`);
console.log(`${systems.length} systems, ${numbers.length} numbers, ${numbers.filter(({ band }) => band).length} bands`);
console.log(
  `${wall_s.toFixed(1)} s for ${values.samples} samples on ${values.threads} threads (budget: 60 s for 200 on 2)`,
);
console.log(`RMSE ${scores.coulombic_efficiency.model.rmse_lce.value.toFixed(3)} LCE`);

// impedance.py and limetal on one noisy spectrum, side by side: answers and times of a local fit and of the Kramers-Kronig test.
//
//   npm run build && node bench/impedance/run.mjs [--rounds 3] [--out result.json]
//
// impedance.py goes into a throw-away environment, or into the one that LIMETAL_IMPEDANCE_VENV names. Times are taken in rounds, both in
// turn, so that a busy machine hurts both; the median of the rounds' medians counts.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { circuitImpedance, fitCircuit, kramersKronig, parseCircuit } from '../../dist/analysis/index.js';
import { randomStream } from '../../dist/numerics/index.js';
import { spectrumFromColumns } from '../../dist/records/index.js';

const PACKAGES = ['impedance==1.7.1', 'numpy<2', 'pandas<3'];
const SCRIPT = fileURLToPath(new URL('impedance_reference.py', import.meta.url));
const CIRCUIT = 'R0-p(R1,C1)-p(R2-Wo1,C2)';
/** Near what impedance.py's own example fits to. */
const TRUTH = [0.0165, 0.00539, 0.22, 0.00868, 0.0631, 233, 3.32];
const START = [0.01, 0.01, 1, 0.01, 0.05, 100, 10];
const POINTS = 57;
const NOISE = 2e-3;
const MU_MIN = 0.5;
const REPEATS = 15;

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, out: { type: 'string' } },
});
const say = (text) => process.stdout.write(`${text}\n`);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function environment() {
  const named = process.env.LIMETAL_IMPEDANCE_VENV;
  const folder = named ?? mkdtempSync(join(tmpdir(), 'limetal-impedance-'));
  const python = join(folder, 'bin', 'python');
  if (!existsSync(python)) {
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', ...PACKAGES], { stdio: 'inherit' });
  }
  return { python, remove: () => named ?? rmSync(folder, { recursive: true }) };
}

function noisySpectrum() {
  const random = randomStream(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const frequencies = Array.from({ length: POINTS }, (_, k) => 1e3 * (3.16e-3 / 1e3) ** (k / (POINTS - 1)));
  const { real_ohm, imaginary_ohm } = circuitImpedance(parseCircuit(CIRCUIT), TRUTH, frequencies);
  const size = real_ohm.map((re, k) => Math.hypot(re, imaginary_ohm[k]));
  const provenance = { kind: 'simulated', origin: CIRCUIT, program: 'bench', notes: [] };
  return spectrumFromColumns(
    frequencies,
    real_ohm.map((re, k) => re + NOISE * size[k] * normal()),
    imaginary_ohm.map((im, k) => im + NOISE * size[k] * normal()),
    { area_m2: null, temperature_K: null, provenance },
  );
}

function timed(run) {
  const times = [];
  let answer;
  for (let k = 0; k < REPEATS; k++) {
    const start = performance.now();
    answer = run();
    times.push(performance.now() - start);
  }
  return { median_ms: median(times), answer };
}

const spectrum = noisySpectrum();
const names = parseCircuit(CIRCUIT).parameters.map(({ name }) => name);
const start = Object.fromEntries(names.map((name, k) => [name, START[k]]));
const valuesOf = (fit) => fit.parameters.map(({ value }) => value);
const task = JSON.stringify({
  frequency_Hz: [...spectrum.frequency_Hz],
  real_ohm: [...spectrum.real_ohm],
  imaginary_ohm: [...spectrum.imaginary_ohm],
  circuit: CIRCUIT,
  start: START,
  mu_min: MU_MIN,
  repeats: REPEATS,
});

const { python, remove } = environment();
const rounds = [];
try {
  for (let round = 0; round < Number(options.rounds); round++) {
    const peer = JSON.parse(execFileSync(python, [SCRIPT], { input: task, encoding: 'utf8' }));
    const own = {
      fit: timed(() => valuesOf(fitCircuit(CIRCUIT, spectrum, { weighting: 'unit', start }))),
      automatic: timed(() => valuesOf(fitCircuit(CIRCUIT, spectrum, { weighting: 'unit' }))),
      kk: timed(() => {
        const { elements, mu } = kramersKronig(spectrum, { mu_min: MU_MIN, seriesCapacitance: true });
        return [elements, mu];
      }),
    };
    rounds.push({ peer, own });
  }
} finally {
  remove();
}

const time = (who, what) => median(rounds.map((round) => round[who][what].median_ms));
say(`${cpus()[0].model}, ${rounds.length} rounds of ${REPEATS}; median, ms`);
for (const what of ['fit', 'kk']) {
  const ratio = time('peer', what) / time('own', what);
  say(
    `${what.padEnd(10)} impedance.py ${time('peer', what).toFixed(2)}  limetal ${time('own', what).toFixed(2)}  ratio ${ratio.toFixed(1)}`,
  );
  say(`  impedance.py ${JSON.stringify(rounds[0].peer[what].answer)}`);
  say(`  limetal      ${JSON.stringify(rounds[0].own[what].answer)}`);
}
say(`automatic  limetal ${time('own', 'automatic').toFixed(2)}, without a first guess`);
if (options.out) writeFileSync(options.out, `${JSON.stringify(rounds, null, 2)}\n`);

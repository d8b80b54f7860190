// impedance.py and limetal on one noisy spectrum, side by side: answers and times of a local fit, of the Kramers-Kronig test, and of a fit
// without a first guess beside impedance.py's global search.
//
//   npm run build && node bench/impedance/run.mjs [--rounds 3] [--global 2] [--out result.json]
//
// impedance.py goes into a throw-away environment, or into the one that LIMETAL_IMPEDANCE_VENV names. Times are taken in rounds, both in
// turn, so that a busy machine hurts both; the median of the rounds' medians counts.
// The global search takes half a minute, so it runs in `--global` of the rounds, once in each.

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
  options: {
    rounds: { type: 'string', default: '3' },
    global: { type: 'string', default: '2' },
    out: { type: 'string' },
  },
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
const task = {
  frequency_Hz: [...spectrum.frequency_Hz],
  real_ohm: [...spectrum.real_ohm],
  imaginary_ohm: [...spectrum.imaginary_ohm],
  circuit: CIRCUIT,
  start: START,
  mu_min: MU_MIN,
  repeats: REPEATS,
};
const chiSquared = (values) => {
  const { real_ohm, imaginary_ohm } = circuitImpedance(parseCircuit(CIRCUIT), values, spectrum.frequency_Hz);
  const square = (re, k) => (re - spectrum.real_ohm[k]) ** 2 + (imaginary_ohm[k] - spectrum.imaginary_ohm[k]) ** 2;
  return real_ohm.reduce((sum, re, k) => sum + square(re, k), 0);
};

const { python, remove } = environment();
const rounds = [];
try {
  for (let round = 0; round < Number(options.rounds); round++) {
    const ask = (what) =>
      JSON.parse(
        execFileSync(python, ['-W', 'ignore', SCRIPT], {
          input: JSON.stringify({ ...task, what }),
          encoding: 'utf8',
          env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
        }),
      );
    const test = (options) => () => {
      const { elements, mu } = kramersKronig(spectrum, options);
      return [elements, mu];
    };
    const peer = { ...ask('local'), ...(round < Number(options.global) ? ask('global') : {}) };
    const fit = timed(() => valuesOf(fitCircuit(CIRCUIT, spectrum, { weighting: 'unit', start })));
    const own = {
      fit,
      unbounded: fit,
      global: timed(() => valuesOf(fitCircuit(CIRCUIT, spectrum, { weighting: 'unit' }))),
      kk: timed(test({ mu_min: MU_MIN, seriesCapacitance: true })),
      kkDefault: timed(test({})),
    };
    rounds.push({ peer, own });
  }
} finally {
  remove();
}

const WHAT = {
  fit: 'local fit, 7 parameters, between bounds',
  unbounded: 'the same fit without bounds in impedance.py (LM)',
  kk: `Kramers-Kronig, c = ${MU_MIN}, with capacitor`,
  kkDefault: 'Kramers-Kronig, c = 0.85',
  global: "fit without a first guess, beside impedance.py's global search from a guess",
};
const times = (who, what) => rounds.flatMap((round) => round[who][what]?.median_ms ?? []);
const digits = (value) => value.toPrecision(3);
say(`${cpus()[0].model}, ${rounds.length} rounds of ${REPEATS}; median, ms`);
for (const [what, words] of Object.entries(WHAT)) {
  if (times('peer', what).length === 0) continue;
  const [theirs, ours] = [median(times('peer', what)), median(times('own', what))];
  say(`${words}\n  impedance.py ${digits(theirs)}  limetal ${digits(ours)}  ratio ${digits(theirs / ours)}`);
  const round = rounds.find(({ peer }) => peer[what] !== undefined);
  for (const who of ['peer', 'own']) {
    const { answer } = round[who][what];
    const sum = answer.length > 2 ? `, sum of squares ${chiSquared(answer).toExponential(4)}` : '';
    say(`  ${who === 'peer' ? 'impedance.py' : 'limetal     '} ${JSON.stringify(answer)}${sum}`);
  }
}
if (options.out) writeFileSync(options.out, `${JSON.stringify(rounds, null, 2)}\n`);

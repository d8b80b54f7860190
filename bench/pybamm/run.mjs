// PyBaMM and limetal on one half-cell, side by side: voltages, SEI variants, salt balance, times.
//
//   npm run build && node bench/pybamm/run.mjs [--rounds 3] [--cycles 100] [--skip-times] [--out result.json]
//
// PyBaMM goes into a throw-away environment, or into the one that LIMETAL_PYBAMM_VENV names. Times are taken in rounds,
// PyBaMM and limetal in turn, so that a busy machine hurts both.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { builtInCell, parseProtocol } from '../../dist/cells/index.js';
import { prepareCell, simulate } from '../../dist/simulation/index.js';

const PYBAMM = 'pybamm==26.8.0.0';
const SCRIPT = fileURLToPath(new URL('pybamm_reference.py', import.meta.url));
const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const CELL = 'xu2019-half-cell';
const TIGHT = { relativeTolerance: 1e-8, absoluteTolerance: 1e-10 };
/** Single discharges timed in one round, after as many to warm up. */
const DISCHARGES_PER_ROUND = 50;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    cycles: { type: 'string', default: '100' },
    'skip-times': { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

/** The golden table that came before PyBaMM could be run here: a replay of its equations, printed to a microvolt. */
const GOLDEN_V = [
  4.179135, 4.17638, 4.165327, 4.142313, 4.084695, 4.029686, 3.935585, 3.859101, 3.800534, 3.758587, 3.728467, 3.699998,
  3.655605, 3.559569,
];

/** PyBaMM's growth laws, Xu2019 numbers, in limetal's terms. 2 lithium per SEI of 9.585e-5 m3/mol; 5 nm; 2e5 Ohm m. */
const SEI = { molarVolume_m3: 9.585e-5, lithiumPerMole: 2, resistivity_ohm_m: 2e5, thickness_m: 5e-9 };
const FARADAY = 96485.33212331001;
const metresPerCoulomb = SEI.molarVolume_m3 / (SEI.lithiumPerMole * FARADAY);
const GROWTH = {
  constant: { kind: 'none' },
  'reaction limited': {
    kind: 'reaction-limited',
    rate_m_per_s: 1.5e-7 * metresPerCoulomb,
    alpha: 0.5,
    potential_V: 0.4,
  },
  'solvent-diffusion limited': {
    kind: 'transport-limited',
    k_m_per_sqrt_s: Math.sqrt(2 * 2.5e-22 * 2636 * FARADAY * metresPerCoulomb),
  },
  'electron-migration limited': { kind: 'electron-migration', conductivity_S_per_m: 8.95e-14, potential_V: 0.4 },
  'interstitial-diffusion limited': {
    kind: 'interstitial-diffusion',
    diffusivity_m2_per_s: 1e-20,
    concentration_mol_per_m3: 15,
  },
  'ec reaction limited': {
    kind: 'solvent-reaction-diffusion',
    rate_m_per_s: 1e-12,
    alpha: 0.5,
    potential_V: 0.4,
    diffusivity_m2_per_s: 2e-18,
    concentration_mol_per_m3: 4541,
  },
};

function environment() {
  const named = process.env.LIMETAL_PYBAMM_VENV;
  const folder = named ?? mkdtempSync(join(tmpdir(), 'limetal-pybamm-'));
  const python = join(folder, 'bin', 'python');
  if (!existsSync(python)) {
    say(`installing ${PYBAMM} into ${folder}`);
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', PYBAMM], { stdio: 'inherit' });
  }
  return { folder, python, remove: named === undefined };
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs parts of the Python script; its own messages (IDA refusing a tolerance) are dropped unless it fails. */
function pybamm({ python, folder }, parts, more = []) {
  const out = join(folder, 'limetal-answers.json');
  const run = spawnSync(python, [SCRIPT, '--parts', parts, '--out', out, ...more], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`PyBaMM failed on ${parts}:\n${run.stderr}`);
  return JSON.parse(readFileSync(out, 'utf8'));
}

const discharge = (period_s) =>
  parseProtocol([`Discharge at 1C until 3.5 V${period_s === undefined ? '' : ` (${period_s} second period)`}`]);

/** `points` cells per region, and a film on lithium that grows by `growth`. */
function halfCell({ points = 20, growth } = {}) {
  const cell = builtInCell(CELL);
  const mesh = { separatorNodes: points, cathodeNodes: points, particleNodes: points };
  if (growth === undefined) return { ...cell, mesh };
  const layer = {
    name: 'SEI',
    thickness_m: SEI.thickness_m,
    conductivity_S_per_m: 1 / SEI.resistivity_ohm_m,
    activationEnergy_J_per_mol: 0,
    growth,
    growthActivationEnergy_J_per_mol: 0,
    lithiumConcentration_mol_per_m3: SEI.lithiumPerMole / SEI.molarVolume_m3,
    saltFraction: 0,
  };
  return { ...cell, mesh, counter: { ...cell.counter, interphase: [layer] } };
}

function run(cell, protocol, tolerances = {}) {
  const result = simulate(cell, protocol, { model: 'full', ...tolerances });
  if (result.stop.kind === 'failed') throw new Error(`limetal failed: ${result.stop.message}`);
  return result;
}

/** The voltage stored at each time; a time without a row is a mistake of this script. */
function voltagesAt({ time_s, voltage_V }, wanted_s) {
  return wanted_s.map((t) => {
    const row = time_s.findIndex((at) => Math.abs(at - t) < 1e-6);
    if (row < 0) throw new Error(`no row at ${t} s`);
    return voltage_V[row];
  });
}

/** All wanted times but 1 s are multiples of 10 s; the period of 1 s stores them all. */
const EVERY_SECOND = 1;

function compareVoltages(reference) {
  return reference.map((theirs) => {
    const record = (tolerances) => run(halfCell({ points: theirs.points }), discharge(EVERY_SECOND), tolerances).record;
    const tight = record(TIGHT);
    const usual = record();
    const ours_V = voltagesAt(tight, theirs.time_s);
    const usual_V = voltagesAt(usual, theirs.time_s);
    return {
      points: theirs.points,
      time_s: theirs.time_s,
      theirs_V: theirs.voltage_V,
      ours_V,
      usual_V,
      difference_V_max: largest(ours_V, theirs.voltage_V),
      usual_difference_V_max: largest(usual_V, theirs.voltage_V),
      theirs_end_s: theirs.end_s,
      ours_end_s: tight.time_s.at(-1),
      usual_end_s: usual.time_s.at(-1),
    };
  });
}

function largest(a, b) {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}

function compareSei(reference) {
  return reference.map((theirs) => {
    const last_s = theirs.time_s.at(-1);
    const protocol = parseProtocol([`Discharge at 1C for ${last_s} s (${EVERY_SECOND} second period)`]);
    const { record, state } = run(halfCell({ growth: GROWTH[theirs.variant] }), protocol, TIGHT);
    const ours_V = voltagesAt(record, theirs.time_s);
    return {
      variant: theirs.variant,
      time_s: theirs.time_s,
      theirs_V: theirs.voltage_V,
      ours_V,
      difference_V_max: largest(ours_V, theirs.voltage_V),
      theirs_nm: theirs.thickness_m.at(-1) * 1e9,
      ours_nm: state.counter.layerThickness_m[0] * 1e9,
    };
  });
}

/** PyBaMM's tolerance for many cycles; the tighter one would take minutes. */
const CYCLING = { relativeTolerance: 1e-6, absoluteTolerance: 1e-8 };

function cycled(cycles, tolerances) {
  const cell = halfCell({ growth: GROWTH['solvent-diffusion limited'] });
  const protocol = parseProtocol([['Discharge at 1C until 3.5 V', 'Charge at 1C until 4.2 V'], `repeat ${cycles}`]);
  return run(cell, protocol, tolerances);
}

function compareCycling({ cycles, cycle_end_s, thickness_m }) {
  const { record, state } = cycled(cycles, CYCLING);
  return {
    cycles,
    end_s: [cycle_end_s.at(-1), record.time_s.at(-1)],
    thickness_nm: [thickness_m.at(-1) * 1e9, state.counter.layerThickness_m[0] * 1e9],
  };
}

function seconds(work) {
  const begin = performance.now();
  work();
  return (performance.now() - begin) / 1e3;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function timeDischarges(cell) {
  const prepared = prepareCell(cell);
  const protocol = discharge();
  const once = () => prepared.run(protocol).record.voltage_V;
  for (let i = 0; i < DISCHARGES_PER_ROUND; i++) once();
  return Array.from({ length: DISCHARGES_PER_ROUND }, () => seconds(once));
}

function ageing(cycles) {
  let result;
  const taken_s = seconds(() => {
    result = cycled(cycles);
  });
  return { taken_s, cycles: result.cycles.length, thickness_m: result.state.counter.layerThickness_m[0], result };
}

function times(place, rounds, cycles) {
  const theirs = {
    warm_s: [],
    min_s: [],
    cold_s: [],
    filmWarm_s: [],
    process_s: [],
    ageingCold_s: [],
    ageingWarm_s: [],
  };
  const ours = { warm_s: [], filmWarm_s: [], process_s: [], ageing_s: [] };
  const film = halfCell({ growth: GROWTH['solvent-diffusion limited'] });
  const load = [];
  let aged;
  let pybammAged;
  for (let round = 1; round <= rounds; round++) {
    say(`times: round ${round} of ${rounds}`);
    load.push(loadavg()[0]);
    const { timing } = pybamm(place, 'timing', ['--repeats', String(DISCHARGES_PER_ROUND)]);
    theirs.warm_s.push(timing.default.warm_s_p50);
    theirs.min_s.push(timing.default.warm_s_min);
    theirs.cold_s.push(timing.default.cold_s);
    theirs.filmWarm_s.push(timing['solvent-diffusion SEI'].warm_s_p50);
    ours.warm_s.push(...timeDischarges(halfCell()));
    ours.filmWarm_s.push(...timeDischarges(film));
    theirs.process_s.push(seconds(() => pybamm(place, 'once')));
    ours.process_s.push(
      seconds(() =>
        execFileSync(process.execPath, [COMMAND, 'run', CELL, '--model', 'full', '--json'], { stdio: 'pipe' }),
      ),
    );
    // Legacy mode is the faster of the two on this case.
    const agedByPybamm = pybamm(place, 'ageing', ['--cycles', String(cycles), '--modes', 'legacy']).ageing[0];
    theirs.ageingCold_s.push(agedByPybamm.cold_s);
    theirs.ageingWarm_s.push(agedByPybamm.warm_s);
    pybammAged = agedByPybamm;
    aged = ageing(cycles);
    ours.ageing_s.push(aged.taken_s);
  }
  const row = (work, their, our) => ({
    work,
    theirs_s: median(their),
    ours_s: median(our),
    ratio: median(their) / median(our),
  });
  return {
    rows: [
      row('1C discharge, warm', theirs.warm_s, ours.warm_s),
      {
        work: '1C discharge, warm, fastest seen',
        theirs_s: Math.min(...theirs.min_s),
        ours_s: Math.min(...ours.warm_s),
        ratio: Math.min(...theirs.min_s) / Math.min(...ours.warm_s),
      },
      row('1C discharge with film, warm', theirs.filmWarm_s, ours.filmWarm_s),
      row('1C discharge from the shell', theirs.process_s, ours.process_s),
      row(`${cycles} CC cycles with film, warm`, theirs.ageingWarm_s, ours.ageing_s),
      row(`${cycles} CC cycles with film, PyBaMM's first solve`, theirs.ageingCold_s, ours.ageing_s),
    ],
    load_average: load,
    ageing: {
      cycles: [pybammAged.cycles, aged.cycles],
      thickness_nm: [pybammAged.thickness_m_end * 1e9, aged.thickness_m * 1e9],
      end_s: [pybammAged.end_s, aged.result.record.time_s.at(-1)],
      work: aged.result.work,
      conservation: aged.result.conservation,
    },
  };
}

const microvolts = (value) => `${value >= 0 ? '+' : ''}${(value * 1e6).toFixed(2)}`;

function table(head, rows) {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function report({ voltages, sei, cycling, times: timed, defaultTolerance, salt, conservation }) {
  const mesh = voltages.find((one) => one.points === 20);
  const parts = [
    '## Voltages, 20/20/20, V; differences in µV\n',
    table(
      ['t, s', 'PyBaMM tight', 'limetal tight', 'difference', 'limetal default', 'golden − PyBaMM'],
      mesh.time_s.map((t, i) => [
        t,
        mesh.theirs_V[i].toFixed(7),
        mesh.ours_V[i].toFixed(7),
        microvolts(mesh.ours_V[i] - mesh.theirs_V[i]),
        microvolts(mesh.usual_V[i] - mesh.theirs_V[i]),
        microvolts(GOLDEN_V[i] - mesh.theirs_V[i]),
      ]),
    ),
    '\n## Meshes\n',
    table(
      [
        'cells per region',
        'largest difference, µV',
        'at default tolerance, µV',
        'PyBaMM end, s',
        'limetal end, s',
        'default end, s',
      ],
      voltages.map((one) => [
        one.points,
        microvolts(one.difference_V_max),
        microvolts(one.usual_difference_V_max),
        one.theirs_end_s.toFixed(4),
        one.ours_end_s.toFixed(4),
        one.usual_end_s.toFixed(4),
      ]),
    ),
    `\nPyBaMM at its default tolerance: ${microvolts(defaultTolerance.voltage_error_V_max)} µV at most, end ${defaultTolerance.end_s.toFixed(3)} s.`,
    `Salt, relative drift: PyBaMM ${salt.relative_drift_5000_s.toExponential(2)} in 5000 s, limetal ${conservation.salt.toExponential(2)} in the discharge.`,
    '\n## SEI on lithium alone, one hour at 1C\n',
    table(
      ['growth', 'PyBaMM V(3600)', 'limetal', 'largest difference, µV', 'PyBaMM L, nm', 'limetal L, nm'],
      sei.map((one) => [
        one.variant,
        one.theirs_V.at(-1).toFixed(7),
        one.ours_V.at(-1).toFixed(7),
        microvolts(one.difference_V_max),
        one.theirs_nm.toFixed(5),
        one.ours_nm.toFixed(5),
      ]),
    ),
  ];
  const [theirsEnd_s, oursEnd_s] = cycling.end_s;
  const [theirs_nm, ours_nm] = cycling.thickness_nm;
  parts.push(
    `\n${cycling.cycles} CC cycles with solvent-diffusion film, both at 1e-6/1e-8: PyBaMM ends at ${theirsEnd_s.toFixed(2)} s with ${theirs_nm.toFixed(6)} nm, limetal at ${oursEnd_s.toFixed(2)} s with ${ours_nm.toFixed(6)} nm.`,
  );
  if (timed) {
    const { ageing: aged } = timed;
    parts.push(
      `\n## Times (load ${timed.load_average.map((value) => value.toFixed(1)).join(', ')})\n`,
      table(
        ['work', 'PyBaMM, ms', 'limetal, ms', 'ratio'],
        timed.rows.map((row) => [
          row.work,
          (row.theirs_s * 1e3).toFixed(2),
          (row.ours_s * 1e3).toFixed(2),
          row.ratio.toFixed(1),
        ]),
      ),
      `\nAfter the cycles, PyBaMM and limetal: ${aged.cycles.join(' and ')} cycles, film ${aged.thickness_nm.map((value) => value.toFixed(5)).join(' and ')} nm, ${aged.end_s.map((value) => value.toFixed(1)).join(' and ')} s.`,
    );
  }
  return `${parts.join('\n')}\n`;
}

const place = environment();
try {
  say('PyBaMM: voltages, SEI, salt, cycles');
  const answers = pybamm(place, 'voltages,default_tolerance,sei,salt,cycling', ['--cycles', options.cycles]);
  say('limetal: the same');
  const result = {
    versions: { ...answers.versions, node: process.versions.node },
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() },
    date: new Date().toISOString().slice(0, 10),
    voltages: compareVoltages(answers.voltages),
    sei: compareSei(answers.sei),
    cycling: compareCycling(answers.cycling),
    defaultTolerance: answers.default_tolerance,
    salt: answers.salt,
    conservation: run(halfCell(), discharge()).conservation,
    times: options['skip-times'] ? null : times(place, Number(options.rounds), Number(options.cycles)),
  };
  process.stdout.write(report(result));
  if (options.out) writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  if (place.remove) rmSync(place.folder, { recursive: true, force: true });
}

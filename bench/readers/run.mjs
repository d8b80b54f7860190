// Large files read by limetal and, beside it in the same run, by galvani (.mpr) and pandas (text): speed and peak of memory.
//
//   npm run build && node bench/readers/run.mjs [--size 100e6] [--rows 1e6] [--rounds 3] [--out result.json]
//
// The peers go into a throw-away environment, or into the one that LIMETAL_READERS_VENV names. Each reading runs in a process of its own,
// which reads the file twice: the first time counts for a person with one file, the second for a folder of them. Readers take turns, so
// that a busy machine hurts all; the median of the rounds counts.

import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { arbinText, maccorText, mprFile } from './files.mjs';

const PACKAGES = ['galvani==0.5.0', 'pandas==3.1.1', 'numpy==2.4.6'];
const OWN = fileURLToPath(new URL('own.mjs', import.meta.url));
const PEER = fileURLToPath(new URL('peer.py', import.meta.url));
const REPEATS = 2;

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '100e6' },
    rows: { type: 'string', default: '1e6' },
    rounds: { type: 'string', default: '3' },
    out: { type: 'string' },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const folder = mkdtempSync(join(tmpdir(), 'limetal-readers-'));

function python() {
  const venv = process.env.LIMETAL_READERS_VENV ?? join(folder, 'venv');
  const program = join(venv, 'bin', 'python');
  if (!existsSync(program)) {
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' });
    execFileSync(join(venv, 'bin', 'pip'), ['install', '--quiet', ...PACKAGES], { stdio: 'inherit' });
  }
  return program;
}

function writePieces(path, pieces) {
  const file = openSync(path, 'w');
  for (const piece of pieces) writeSync(file, piece);
  closeSync(file);
}

const results = {};
try {
  const program = python();
  const paths = { maccor: join(folder, 'maccor.txt'), arbin: join(folder, 'arbin.csv'), mpr: join(folder, 'gcpl.mpr') };
  writePieces(paths.maccor, maccorText(Number(options.size)));
  writePieces(paths.arbin, arbinText(Number(options.size)));
  writeFileSync(paths.mpr, mprFile(Number(options.rows)));
  say(`${cpus()[0].model}, Node ${process.versions.node}, ${options.rounds} rounds; medians`);
  for (const [kind, path] of Object.entries(paths)) {
    const runs = { limetal: [], [kind === 'mpr' ? 'galvani' : 'pandas']: [] };
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const [who, list] of Object.entries(runs)) {
        const command =
          who === 'limetal'
            ? [process.execPath, [OWN, path, String(REPEATS)]]
            : [program, [PEER, path, kind, String(REPEATS)]];
        list.push(JSON.parse(execFileSync(...command, { encoding: 'utf8' })));
      }
    }
    const size_MB = statSync(path).size / 1e6;
    say(`${kind}, ${size_MB.toFixed(0)} MB`);
    results[kind] = {};
    for (const [who, list] of Object.entries(runs)) {
      const { rows, last_V } = list[0];
      const [first_s, later_s] = [0, 1].map((k) => median(list.map(({ times_s }) => times_s[k])));
      const peak_MB = median(list.map((run) => run.peak_MB));
      const speed = (time_s) => `${(size_MB / time_s).toFixed(0)} MB/s, ${(rows / 1e6 / time_s).toFixed(2)} Mrows/s`;
      say(
        `  ${who.padEnd(8)} first ${speed(first_s)}; again ${speed(later_s)}; peak ${peak_MB.toFixed(0)} MB; ${rows} rows, last ${last_V} V`,
      );
      results[kind][who] = { size_MB, rows, last_V, first_s, later_s, peak_MB };
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (options.out) writeFileSync(options.out, `${JSON.stringify(results, null, 2)}\n`);

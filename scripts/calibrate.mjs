// Fits the composition law again from the open tables alone, and says how well it foretells what it has not seen:
//   src/materials/plating-law.json            constants, covariance, scatter
//   validation/calibration/rows.csv           the rows used, with what the law makes of each when its group is held back
//   docs/validation.md                        scores beside those of rivals
//
//   node scripts/calibrate.mjs            everything
//   node scripts/calibrate.mjs --check    compare the constants with the stored file, write nothing; exit 1 where they differ

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const unknown = process.argv.slice(2).filter((word) => word !== '--check');
if (unknown.length > 0) {
  console.error(
    `scripts/calibrate.mjs: got ${unknown.join(' ')}, want nothing, or --check to compare and write nothing`,
  );
  process.exit(2);
}

const LAW = 'src/materials/plating-law.json';
const CALIBRATION = 'validation/calibration/kim2023.json';
const folder = mkdtempSync(join(tmpdir(), 'limetal-calibrate-'));

try {
  const engine = await bundled('first');
  const { law, report } = engine.calibrate(JSON.parse(readFileSync(CALIBRATION, 'utf8')));
  // On one line: the formatter then breaks it where lines are full.
  const text = `${JSON.stringify(law)}\n`;
  if (process.argv.includes('--check')) {
    const stored = JSON.parse(readFileSync(LAW, 'utf8'));
    const same = JSON.stringify(stored) === JSON.stringify(law);
    console.log(
      same ? `${LAW} is what the tables give.` : `${LAW} is not what the tables give: run scripts/calibrate.mjs`,
    );
    process.exitCode = same ? 0 : 1;
  } else {
    writeFileSync(LAW, text);
    writeFileSync('validation/calibration/rows.csv', report.rows);
    spawnSync('npx', ['biome', 'format', '--write', LAW], { stdio: ['ignore', 'ignore', 'inherit'] });
    // The simulated cells take the new constants only when they are bundled anew.
    const { validationDocument } = await bundled('second');
    writeFileSync('docs/validation.md', validationDocument(JSON.parse(readFileSync(CALIBRATION, 'utf8'))));
    console.log(`wrote ${LAW}, validation/calibration/rows.csv and docs/validation.md`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function bundled(name) {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: ['scripts/calibrate-report.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

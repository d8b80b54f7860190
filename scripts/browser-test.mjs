// Tests in a real browser, Chromium: the engine against Node, and the page as a person uses it. Each file test/browser/*.browser.mjs exports
// `tests`, an object of functions by what they show; it may export `prepare`, which makes what they get, and `isAlone` where it measures
// what a busy machine would spoil. Words as arguments choose files by name; `--report file` writes the counts as JSON. Two files run
// at a time, each in a process of its own.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { openPages } from '../test/browser/pages.mjs';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** A test that does not end must not keep the whole run. */
const TEST_TIMEOUT_ms = 120_000;
const FILES_AT_ONCE = 2;

const folder = new URL('../test/browser/', import.meta.url);
const { values: options, positionals: words } = parseArgs({
  options: { report: { type: 'string' }, file: { type: 'string' } },
  allowPositionals: true,
});
if (options.file === undefined) await runAll();
else await runFile(options.file);

/** Runs every file that the words choose, sums what they say, and ends the process. */
async function runAll() {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.browser.mjs'))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .sort();
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
  const left = files.filter((_, k) => modules[k].isAlone !== true);
  const total = { passed: 0, failed: 0 };
  const work = async () => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) await countOf(file, total);
  };
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, work));
  for (const [k, file] of files.entries()) if (modules[k].isAlone === true) await countOf(file, total);
  const { passed, failed } = total;
  console.log(`\nbrowser: ${passed} passed, ${failed} failed`);
  if (options.report !== undefined) {
    const report = { numPassedTests: passed, numFailedTests: failed, success: failed === 0 && passed > 0 };
    await writeFile(options.report, JSON.stringify(report));
  }
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

/** Runs one file in a process of its own, prints what it wrote once it has ended, and adds its counts. */
async function countOf(file, total) {
  const child = fork(fileURLToPath(import.meta.url), ['--file', file], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const written = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => written.push(bytes));
  let counts = null;
  child.on('message', (message) => {
    counts = message;
  });
  const [code] = await once(child, 'close');
  process.stdout.write(Buffer.concat(written));
  if (counts === null) console.log(`FAILED  ${file} ended with code ${code} before its tests did`);
  total.passed += counts?.passed ?? 0;
  total.failed += counts?.failed ?? 1;
}

/** Runs the tests of one file, one after another, and tells the parent how many passed and failed. */
async function runFile(file) {
  const { tests, prepare = openPages } = await import(new URL(file, folder).href);
  const left = new Set(Object.keys(tests));
  let [passed, failed] = [0, 0];
  console.log(`\n${file}`);
  try {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    const given = await prepare({ browser });
    for (const [name, test] of Object.entries(tests)) {
      const start_ms = performance.now();
      const passedTime = () => `(${(performance.now() - start_ms).toFixed(0)} ms)`;
      try {
        await Promise.race([test(given), late()]);
        passed += 1;
        console.log(`ok      ${name} ${passedTime()}`);
      } catch (error) {
        failed += 1;
        console.log(`FAILED  ${name} ${passedTime()}: ${error.stack ?? error.message}`);
      }
      left.delete(name);
    }
    await given.close();
    await browser.close();
  } catch (error) {
    failed += left.size;
    console.error(`${file}: the browser did not run: ${error.stack ?? error.message}`);
  }
  process.send({ passed, failed }, () => process.exit());
}

async function late() {
  await setTimeout(TEST_TIMEOUT_ms, undefined, { ref: false });
  throw new Error(`no answer within ${TEST_TIMEOUT_ms} ms`);
}

// Tests in a real browser, Chromium: the engine against Node, and the page as a person uses it. Each file test/browser/*.browser.mjs exports
// `tests`, an object of functions by what they show, and may export `prepare`, which makes what they get. Words as arguments choose
// files by name; `--report file` writes the counts as JSON.

import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
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

const { values: options, positionals: words } = parseArgs({
  options: { report: { type: 'string' } },
  allowPositionals: true,
});
const folder = new URL('../test/browser/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.browser.mjs'))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();

let passed = 0;
let failed = 0;
for (const file of files) {
  const { tests, prepare = openPages } = await import(new URL(file, folder).href);
  const left = new Set(Object.keys(tests));
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
}
console.log(`\nbrowser: ${passed} passed, ${failed} failed`);
if (options.report !== undefined) {
  const report = { numPassedTests: passed, numFailedTests: failed, success: failed === 0 && passed > 0 };
  await writeFile(options.report, JSON.stringify(report));
}
process.exit(failed > 0 || passed === 0 ? 1 : 0);

async function late() {
  await setTimeout(TEST_TIMEOUT_ms, undefined, { ref: false });
  throw new Error(`no answer within ${TEST_TIMEOUT_ms} ms`);
}

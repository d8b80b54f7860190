import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from './source-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'limetal-ci-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Last line and exit code of the summary of these reports; null stands for one that was never written. */
function summary(...reports: readonly (object | null)[]): [string, number | null] {
  const files = reports.map((report, i) => {
    const file = join(folder, `${report === null ? 'missing' : 'report'}-${i}.json`);
    if (report !== null) writeFileSync(file, JSON.stringify(report));
    return file;
  });
  const { stdout, status } = spawnSync(process.execPath, [join(ROOT, 'scripts/ci-summary.mjs'), ...files], {
    encoding: 'utf8',
  });
  return [stdout.trimEnd(), status];
}

const good = { numPassedTests: 7, numFailedTests: 0, success: true };
const bad = { numPassedTests: 7, numFailedTests: 2, success: false };
const unloaded = {
  ...good,
  success: false,
  testResults: [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ],
};

describe('the last line of a CI run', () => {
  test.each([
    ['all is well', [good, { ...good, numPassedTests: 5 }], '12 passed, 0 failed', 0],
    ['tests fail', [bad, good], '14 passed, 2 failed', 1],
    ['a stage wrote no report', [null, good], '7 passed, 1 failed', 1],
    ['nothing was installed', [null, null], '0 passed, 2 failed', 1],
    ['a test file did not load', [unloaded, good], '14 passed, 1 failed', 1],
    ['an error outside every test', [{ ...good, success: false }, good], '14 passed, 1 failed', 1],
    ['no test ran', [{ numPassedTests: 0, numFailedTests: 0, success: true }], '0 passed, 0 failed', 1],
  ] as const)('%s', (_case, reports, line, code) => {
    expect(summary(...reports)).toEqual([line, code]);
  });
});

// What a screen reader, a keyboard and tired eyes need, on every part of the page in both colours, by axe-core.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check, openPages, sound } from './pages.mjs';

export const prepare = openPages;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = ['cell', 'literature', 'lithiophilicity', 'interface', 'bench', 'design'];
/** Findings of less weight are advice. */
const WEIGHTS = ['serious', 'critical'];

export async function findings(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => WEIGHTS.includes(impact))
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.slice(0, 4).map(({ target, failureSummary }) => `${target} (${failureSummary})`)}`,
    );
}

/** Waits until nothing is being computed or fetched. */
const settled = (page) =>
  page.waitForFunction(
    () => document.querySelector('main h1') !== null && document.querySelector('main progress') === null,
  );

export const tests = Object.fromEntries(
  VIEWS.flatMap((view) =>
    ['light', 'dark'].map((colours) => [
      `${view}, ${colours}: no serious finding`,
      async ({ open }) => {
        const page = await open(view, { colours });
        await settled(page);
        const found = await findings(page);
        check(found.length === 0, found.join('\n'));
        sound(page);
        await page.context().close();
      },
    ]),
  ),
);

// The literature on the page, as a person goes through it: looking, filtering, reading sources, adding rows, computing, opening a cell. The
// numbers on the screen are held against the library's own in Node.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createReproducer, reproducedSystem, reproduceTasks, tabulatedSystem } from '../../dist/design/index.js';
import { findRows, literatureRows, papers, rowsToTidyCsv } from '../../dist/literature/index.js';
import { check, fits, openPages, sound } from './pages.mjs';

export const prepare = openPages;

const OWN = {
  limetalLiterature: 1,
  curator: 'A. Researcher',
  date: '2026-11-21',
  rows: [
    {
      id: 'silver-foam',
      group: 'host',
      method: 'copper foam with silver seeds',
      electrolyte: { text: '1 M LiTFSI in DOL/DME (1:1) with 2 wt % LiNO3', class: 'ether-nitrate' },
      source: { doi: '10.1000/example', locator: 'Table 2', how: 'reported-table' },
      quantities: [
        {
          kind: 'coulombic-efficiency',
          printed: '98.7 % over 250 cycles',
          value: 98.7,
          unit: '%',
          conditions: { currentDensity_mA_per_cm2: 1, arealCapacity_mAh_per_cm2: 2, cycles: 250 },
        },
      ],
    },
  ],
};

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function accessible(page, where) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const found = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  check(found.length === 0, `${where}: ${found.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target)}`)}`);
}

const file = (name, content) => ({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
const rowIds = (page) =>
  page.locator('.literature-rows tbody tr[id]').evaluateAll((rows) => rows.map(({ id }) => id.replace('row-', '')));
const count = (page, text) => page.getByRole('status').filter({ hasText: text }).waitFor();

async function opened(open, options) {
  const page = await open('literature', options);
  await page.locator('.literature-rows tbody tr').first().waitFor();
  return page;
}

/** Saves what a click gives and reads it. */
async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFile(await download.path(), 'utf8');
}

export const tests = {
  'all 67 rows stand there as printed, with a plot, on every screen and in both colours': async ({ open }) => {
    for (const [screen, colours] of [
      ['desk', 'light'],
      ['laptop', 'dark'],
      ['phone', 'light'],
    ]) {
      const page = await opened(open, { screen, colours });
      await page.locator('.chart canvas').waitFor();
      const ids = await rowIds(page);
      check(
        ids.join() ===
          literatureRows()
            .map(({ id }) => id)
            .join(),
        `rows: ${ids.length}`,
      );
      for (const row of literatureRows()) {
        const printed = await page.locator(`#row-${row.id} [data-value]`).allInnerTexts();
        const expected = row.entries.map((entry) => entry.printed).filter((text) => !/^\s*[-–]?\s*$/.test(text));
        check(printed.length === expected.length, `${row.id}: ${printed.length} values, printed ${expected.length}`);
        for (const text of expected) {
          const isThere = printed.some((one) => one.replace(/\s+/g, ' ') === text.replace(/\s+/g, ' ').trim());
          check(isThere, `${row.id}: “${text}” is not among ${printed.join(' | ')}`);
        }
      }
      await fits(page);
      sound(page);
      await page.context().close();
    }
  },
  'filters find what the library finds, say what is wrong, and come back with undo and link': async ({ open }) => {
    const page = await opened(open);
    await page.getByLabel('Strategy', { exact: true }).selectOption('host');
    await page.getByLabel('Coulombic efficiency / %, from').fill('98.5');
    const query = { group: 'host', coulombic_efficiency_min: 0.985 };
    const expected = findRows(literatureRows(), query).map(({ id }) => id);
    await count(page, `${expected.length} of 67 rows`);
    check((await rowIds(page)).join() === expected.join(), `found ${await rowIds(page)}, in Node ${expected}`);

    await page.getByLabel('Current density / mA cm⁻², to').fill('5 mV');
    await page.getByText(/Current density: got "5 mV"/).waitFor();
    check((await rowIds(page)).length === expected.length, 'a limit that cannot be read was applied');
    await page.getByLabel('Current density / mA cm⁻², to').fill('');

    await page.waitForFunction(() => location.hash.length > 30);
    const again = await open((await page.evaluate(() => location.hash)).slice(1));
    await count(again, `${expected.length} of 67 rows`);
    await again.locator('.literature-rows tbody tr').first().waitFor();
    check((await rowIds(again)).join() === expected.join(), 'the link shows other rows');

    await page.getByRole('button', { name: 'Show all rows' }).click();
    await count(page, '67 of 67 rows');
    await page.getByRole('button', { name: 'Undo' }).click();
    await count(page, `${expected.length} of 67 rows`);
    sound(page);
  },
  'a heading sorts, and sorts the other way': async ({ open }) => {
    const page = await opened(open);
    await page.getByLabel('Table', { exact: true }).selectOption('A1');
    await count(page, '27 of 67 rows');
    await page.getByRole('button', { name: /^CE/ }).click();
    await page.locator('th[aria-sort="ascending"]', { hasText: 'CE' }).waitFor();
    await page.waitForFunction(() => document.querySelector('.literature-rows tbody tr')?.id === 'row-a1-11');
    await page.getByRole('button', { name: /^CE/ }).click();
    await page.waitForFunction(() => document.querySelector('.literature-rows tbody tr')?.id === 'row-a1-49');
    sound(page);
  },
  'a value tells its source under the pointer and under the focus, and Escape closes it': async ({ open }) => {
    const page = await opened(open);
    const card = page.getByRole('dialog', { name: /^Source of/ });
    await page.locator('[data-value="a1-36 0"]').hover();
    await card.getByText('10.1021/acs.nanolett.8b04906').waitFor();
    await page.mouse.move(4, 4);
    await card.waitFor({ state: 'hidden' });

    await page.locator('#row-a1-06 .row-id').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await card.getByText('10.1073/pnas.1803634115').waitFor();
    await page.keyboard.press('ArrowDown');
    await card.getByText('The synergetic effect').waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });

    const corrected = page.locator('#row-b1-35 .correction', { hasText: '“Ω cm-2” → “Ω cm2”' });
    check((await corrected.count()) > 0, 'the correction of a unit does not stand beside it');
    sound(page);
  },
  'points of the plot are reached by keys and say who, what and under which conditions': async ({ open }) => {
    const page = await opened(open);
    const plot = page.locator('.chart .plot').first();
    await plot.focus();
    await page.keyboard.press('ArrowRight');
    const text = await page.locator('.point-text').first().textContent();
    check(/mA cm⁻²/.test(text) && /“[\d.]+/.test(text), `the point says: ${text}`);
    const id = text.split(',')[0];
    await page.keyboard.press('Enter');
    await page.locator(`#row-${id}.is-open`).waitFor();
    await page.getByText('in %').click();
    await page.getByText('cycles', { exact: true }).click();
    await page.getByText(/length of a test, not a life/).waitFor();
    sound(page);
  },
  'a row opens as a cell with one click': async ({ open }) => {
    const page = await opened(open);
    await page.getByRole('button', { name: 'Open a1-36b as a cell' }).click();
    await page.getByRole('heading', { level: 1, name: 'Cell' }).waitFor();
    await page.waitForFunction(() => document.querySelector('select')?.value === 'a1-36b');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { level: 1, name: 'Literature' }).waitFor();
    sound(page);
  },
  'own rows are taken, searched, kept in the link and saved; faults are told at once': async ({ open }) => {
    const page = await opened(open);
    const input = page.locator('.own-rows input[type="file"]');
    const bad = { ...OWN, rows: [{ ...OWN.rows[0], id: 'Not an id', group: 'hosts' }] };
    await input.setInputFiles(file('bad.json', JSON.stringify(bad)));
    const told = page.getByRole('alert');
    await told.getByText(/2 things are wrong/).waitFor();
    await told.getByText(/bad\.json: rows\[0\]\.group.*did you mean "?host/).waitFor();
    await input.setInputFiles(file('torn.json', '{"limetalLiterature": 1,'));
    await told.getByText(/torn\.json/).waitFor();
    check((await rowIds(page)).length === 67, 'rows were lost with a bad file');

    await input.setInputFiles(file('own.json', JSON.stringify(OWN)));
    await count(page, '1 of 68 rows');
    check((await rowIds(page)).join() === 'silver-foam', `shows ${await rowIds(page)}`);
    check((await told.count()) === 0, 'the old faults are still there');
    await page.waitForFunction(() => location.hash.length > 200);
    const again = await open((await page.evaluate(() => location.hash)).slice(1));
    await count(again, '1 of 68 rows');
    const text = await saved(again, () => again.getByRole('button', { name: 'Save own.json' }).click());
    check(text === JSON.stringify(OWN), 'the file that is saved is another');
    await page.getByRole('button', { name: 'Take own.json out' }).click();
    await count(page, '67 of 67 rows');
    sound(page);
    sound(again);
  },
  'a dropped table of own rows is taken too': async ({ open }) => {
    const page = await opened(open);
    const table =
      'id,group,method,source_locator,how,curator,date,quantity,printed,value,unit\n' +
      'mine,alloy,Li-Mg foil,Fig. 2,digitised,A. R.,2026-11-21,coulombic-efficiency,plateau,97.2,%\n';
    const given = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'mine.csv', { type: 'text/csv' }));
      return transfer;
    }, table);
    await page.dispatchEvent('.own-rows', 'drop', { dataTransfer: given });
    await page.getByText(/mine\.csv: got neither a DOI|mine\.csv:2: source: got neither a DOI/).waitFor();
    const better = await page.evaluateHandle(
      (text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], 'mine.csv', { type: 'text/csv' }));
        return transfer;
      },
      table.replace('source_locator', 'citation,source_locator').replace('foil,', 'foil,own work,'),
    );
    await page.dispatchEvent('.own-rows', 'drop', { dataTransfer: better });
    await count(page, '1 of 68 rows');
    sound(page);
  },
  'rows are saved as the shell writes them': async ({ open }) => {
    const page = await opened(open);
    await page.getByLabel('Table', { exact: true }).selectOption('B2');
    await count(page, '11 of 67 rows');
    await page.getByRole('button', { name: 'Export rows' }).click();
    const text = await saved(page, () => page.getByRole('menuitem', { name: 'One number a line, CSV' }).click());
    const expected = rowsToTidyCsv(findRows(literatureRows(), { table: 'B2' }), papers());
    check(text === expected, 'the CSV is another than the library’s');
    await page.getByRole('button', { name: 'Export rows' }).click();
    const works = await saved(page, () => page.getByRole('menuitem', { name: /BibTeX/ }).click());
    check(works.includes('@article{review-b,'), `BibTeX: ${works.slice(0, 80)}`);
    await page.getByText(/Of 11 rows/).waitFor();
    await page.getByRole('button', { name: 'Export rows' }).click();
    await page.getByRole('menuitem', { name: 'Copy the shell command' }).click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    check(command === 'limetal literature --table B2', `the command is ${command}`);
    sound(page);
  },
  'computing gives the shell’s numbers, can be stopped and gone on with, and opens a cell': async ({ open }) => {
    const page = await opened(open);
    await page.getByLabel('Words anywhere in a row').fill('10 M LiFSI');
    const ids = findRows(literatureRows(), { text: '10 M LiFSI' }).map(({ id }) => id);
    await count(page, `${ids.length} of 67 rows`);
    await page.getByText('computed beside reported').click();
    await page.getByLabel('Runs behind each band').selectOption('20');
    const table = page.locator('.side-by-side');
    await table.waitFor();
    await page.getByRole('button', { name: /^Compute these/ }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: /^(Compute|Go on with) these/ }).click();
    await page.getByRole('button', { name: `All ${ids.length} systems are computed` }).waitFor({ timeout: 100_000 });

    const run = createReproducer(tabulatedSystem);
    const [id] = ids;
    const tasks = reproduceTasks([tabulatedSystem(id)], { samples: 20, seed: 1 });
    const outcomes = tasks.map((task) => ({ kind: 'answer', answer: run(task, { aborted: false }) }));
    const [quantity] = reproducedSystem(tabulatedSystem(id), tasks, outcomes).quantities;
    const expected = [quantity.computed.toFixed(2), quantity.band.map((end) => end.toFixed(2)).join(' to ')];
    const line = table.locator('tbody tr').first();
    await line.locator('td.range', { hasText: expected[1] }).waitFor();
    const cells = await line.locator('td').allInnerTexts();
    check(
      cells.some((cell) => cell.startsWith(expected[0])),
      `${id}: ${cells.join(' | ')}, in Node ${expected}`,
    );

    await page
      .getByText(/does not beat|beats the mean/)
      .first()
      .waitFor();
    await page.getByText(/not all 67/).waitFor();
    await page.getByRole('button', { name: 'Export what is computed' }).click();
    const csv = await saved(page, () => page.getByRole('menuitem', { name: /as CSV/ }).click());
    check(csv.includes(String(quantity.computed)), 'the CSV lacks the computed value');
    await fits(page);
    await page.getByRole('button', { name: `Open ${id} as a cell` }).click();
    await page.getByRole('heading', { level: 1, name: 'Cell' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: `All ${ids.length} systems are computed` }).waitFor();
    sound(page);
  },
  'a row that is open and computed values are as plain to a screen reader, in both colours': async ({ open }) => {
    for (const colours of ['light', 'dark']) {
      const page = await opened(open, { colours });
      await page.getByLabel('Words anywhere in a row').fill('b1-35');
      await page.locator('#row-b1-35 .row-id').click();
      await page.locator('.row-details').waitFor();
      await page.locator('#row-b1-35 [data-value]').first().focus();
      await page.getByRole('dialog', { name: /^Source of/ }).waitFor();
      await accessible(page, `${colours}, a row open`);
      await page.keyboard.press('Escape');
      await page.getByText('computed beside reported').click();
      await page.getByLabel('Runs behind each band').selectOption('20');
      await page.getByRole('button', { name: /^Compute/ }).click();
      await page.getByRole('button', { name: /systems? (is|are) computed/ }).waitFor({ timeout: 60_000 });
      await page.locator('.side-by-side .verdict-good, .side-by-side .verdict-bad').first().waitFor();
      await accessible(page, `${colours}, computed`);
      sound(page);
      await page.context().close();
    }
  },
  'work that is stopped keeps what is done, also while one looks elsewhere': async ({ open }) => {
    const page = await opened(open);
    await page.getByLabel('Table', { exact: true }).selectOption('A1');
    await page.getByText('computed beside reported').click();
    await page.getByLabel('Runs behind each band').selectOption('20');
    await page.getByRole('button', { name: /^Compute these 27/ }).click();
    await page.locator('.side-by-side td[data-label="computed"] .sourced').first().waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: /^Go on with these 27/ }).waitFor();
    await page.getByText('Not everything is computed; what is done is kept').waitFor();
    const before = await page.locator('.side-by-side td[data-label="computed"] .sourced').count();
    await page.getByRole('link', { name: 'Design desk' }).click();
    await page.getByRole('link', { name: 'Literature' }).click();
    await page.locator('.side-by-side td[data-label="computed"] .sourced').first().waitFor();
    const after = await page.locator('.side-by-side td[data-label="computed"] .sourced').count();
    check(after >= before && before > 0, `${before} values before, ${after} after looking elsewhere`);
    sound(page);
  },
};

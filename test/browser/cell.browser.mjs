// A cell on the page as a person works with it, held against the library in Node.

import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { builtInCell, parseCell } from '../../dist/cells/index.js';
import { simulate } from '../../dist/simulation/index.js';
import { check, fits, openPages, sound } from './pages.mjs';

export const prepare = openPages;

const CELL = 'li-cu-ether-nitrate';
/** What a link holds of the cell page. */
const START_SLICE = {
  base: CELL,
  file: null,
  edits: {},
  values: {},
  protocol: null,
  model: 'fast',
  cycles: null,
  beside: null,
  hasBands: false,
  hasMeasured: false,
  layer: null,
  cycle: null,
};

/** Waits until the run that shell and library make too is shown. */
const exact = (page) => page.getByText('every cycle computed').waitFor();

const shownEfficiency = async (page) =>
  Number.parseFloat(await page.locator('dt:text-is("Coulombic efficiency") + dd button').textContent());

function expectedEfficiency(cell, options = {}) {
  const { cycles } = simulate(cell, cell.protocol, { model: 'fast', ...options });
  return 100 * cycles.at(-1).coulombic_efficiency;
}

function checkShown(shown, expected, what) {
  check(Math.abs(shown - expected) < 0.006, `${what}: the page shows ${shown}, Node computes ${expected}`);
}

/** Writes into a field as a person does: all of it replaced, then Enter. */
async function type(page, label, text) {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(text);
  await field.press('Enter');
}

export const tests = {
  'the page shows what the library computes, on every screen': async ({ open }) => {
    for (const screen of ['desk', 'laptop', 'phone']) {
      const page = await open('cell', { screen });
      await exact(page);
      checkShown(await shownEfficiency(page), expectedEfficiency(builtInCell(CELL)), CELL);
      await fits(page);
      sound(page);
      await page.context().close();
    }
  },
  'a system of the literature opens from the list and gives the same as Node': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    await page.getByLabel('Cell', { exact: true }).selectOption('a1-45');
    await page.locator('.layer.coating').waitFor();
    await page.waitForTimeout(500);
    await exact(page);
    checkShown(await shownEfficiency(page), expectedEfficiency(builtInCell('a1-45')), 'a1-45');
    await page.getByRole('heading', { name: 'As reported' }).waitFor();
    sound(page);
  },
  'a typed amount changes the run, is undone, done again, and travels in the link': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    const before = await shownEfficiency(page);
    await type(page, 'Temperature', '45 °C');
    await page.waitForTimeout(600);
    await exact(page);
    const after = await shownEfficiency(page);
    check(after !== before, `still ${after} % at 45 °C`);
    await page.keyboard.press('Tab');
    await page.locator('h1').click();
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(600);
    await exact(page);
    check((await shownEfficiency(page)) === before, 'undo did not bring back the number');
    await page.keyboard.press('Control+Shift+z');
    await page.waitForTimeout(900);
    const again = await open((await page.evaluate(() => location.hash)).slice(1));
    await exact(again);
    check((await shownEfficiency(again)) === after, 'the link gives another number');
    check((await again.getByLabel('Temperature', { exact: true }).inputValue()) === '45 °C', 'the link lost the text');
    sound(page);
    sound(again);
  },
  'another electrolyte is read as it is written': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    await type(page, 'Electrolyte', '1 M LiFSI in DME');
    await page.waitForTimeout(600);
    await exact(page);
    const file = JSON.parse(JSON.stringify((await import('../../dist/cells/index.js')).builtInFile(CELL)));
    const cell = parseCell({ ...file, electrolyte: '1 M LiFSI in DME' });
    checkShown(await shownEfficiency(page), expectedEfficiency(cell), '1 M LiFSI in DME');
    sound(page);
  },
  'a layer is picked, and its edge is dragged and moved by keys': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    const edge = page.getByRole('slider', { name: 'Thickness of native' }).first();
    const before = await edge.getAttribute('aria-valuetext');
    const box = await edge.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2, { steps: 8 });
    await page.mouse.up();
    await page.waitForFunction(
      (text) => document.querySelector('[aria-label="Thickness of native"]')?.getAttribute('aria-valuetext') !== text,
      before,
    );
    await exact(page);
    const dragged = await edge.getAttribute('aria-valuetext');
    await edge.focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(
      (text) => document.querySelector('[aria-label="Thickness of native"]')?.getAttribute('aria-valuetext') !== text,
      dragged,
    );
    await page.locator('.layer.separator .face').click();
    await page.getByRole('group', { name: /LiTFSI/ }).waitFor();
    sound(page);
  },
  'a protocol is completed with Tab, and a faulty one is told without losing the cell': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    const field = page.getByRole('textbox', { name: 'Protocol', exact: true });
    await field.fill('Plate at 1 mA/cm2 for 1 mAh/cm2\nStrip at 1 mA/cm2 u');
    await page.getByRole('button', { name: 'Strip at 1 mA/cm2 until 1 V' }).waitFor();
    await page.keyboard.press('Tab');
    check((await field.inputValue()).endsWith('until 1 V'), await field.inputValue());
    await field.fill('Plate at one milliampere');
    await page.getByRole('alert').filter({ hasText: 'protocol' }).waitFor();
    await page.locator('.stack').waitFor();
    await page.getByRole('button', { name: /own/ }).click();
    await exact(page);
    sound(page);
  },
  'an impossible cell says all that is wrong at once, and keeps what was there': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    const before = await shownEfficiency(page);
    const cell = { limetal: 1, name: 'bad', area: '-1 cm2', temperature: '25 mA' };
    await page.getByLabel('Open a cell file').setInputFiles({
      name: 'bad.cell.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(cell)),
    });
    const alert = page.getByRole('alert').filter({ hasText: 'area' });
    await alert.waitFor();
    check(/temperature/.test(await alert.textContent()), await alert.textContent());
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(600);
    await exact(page);
    check((await shownEfficiency(page)) === before, 'undo did not bring the cell back');
    sound(page);
  },
  'a link to a cell that there is not says so, and another can be chosen': async ({ open }) => {
    const slices = { cell: { ...START_SLICE, base: 'b3-2' } };
    const text = deflateRawSync(Buffer.from(JSON.stringify(slices))).toString('base64url');
    const page = await open(`cell/1.${text}`);
    await page.getByRole('alert').filter({ hasText: '"b3-2"' }).waitFor();
    await page.getByLabel('Cell', { exact: true }).selectOption(CELL);
    await exact(page);
    checkShown(await shownEfficiency(page), expectedEfficiency(builtInCell(CELL)), CELL);
    sound(page);
  },
  'every number tells where it comes from': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    await page.locator('dt:text-is("Interfacial resistance") + dd button').click();
    const card = page.getByRole('dialog', { name: /Interfacial resistance/ });
    await card.waitFor();
    const text = await card.textContent();
    for (const word of ['Value', 'Kind', 'computed', 'Source', 'Equation'])
      check(text.includes(word), `no ${word} in: ${text}`);
    await page.keyboard.press('Escape');
    sound(page);
  },
  'the file that is saved is the cell that is shown': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    await type(page, 'Lithium, counter', '20 µm');
    await page.waitForTimeout(600);
    await exact(page);
    const shown = await shownEfficiency(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save file' }).click(),
    ]);
    const cell = parseCell(JSON.parse(await readFile(await download.path(), 'utf8')));
    checkShown(shown, expectedEfficiency(cell), 'the saved file');
    sound(page);
  },
  'a second cell is laid over, and bands are computed beside': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    await page.getByLabel('Second cell beside it').selectOption('li-cu-carbonate');
    await page
      .locator('.chart .legend')
      .first()
      .getByText(/EC|carbonate/i)
      .first()
      .waitFor();
    await page.getByLabel('Bands over what is uncertain').check();
    await page.getByText(/Bands are 80 % of/).waitFor();
    sound(page);
  },
  'a figure leaves as SVG, PNG and CSV': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    for (const [item, ending, start] of [
      ['Figure as SVG', 'svg', '<svg'],
      ['Figure as PNG', 'png', '\u0089PNG'],
      ['Data as CSV', 'csv', 'Cycle,'],
    ]) {
      await page.getByRole('button', { name: 'Export Coulombic efficiency' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: item }).click(),
      ]);
      check(download.suggestedFilename().endsWith(ending), download.suggestedFilename());
      const content = await readFile(await download.path(), 'latin1');
      check(content.startsWith(start), `${item} begins with ${content.slice(0, 20)}`);
    }
    sound(page);
  },
  'a lost worker is replaced, in every lane, and nothing is lost': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    await type(page, 'Lithium, counter', '44 µm');
    await page.waitForTimeout(700);
    await exact(page);
    const before = await shownEfficiency(page);
    for (const worker of page.workers()) await worker.evaluate(() => self.close()).catch(() => undefined);
    await type(page, 'Temperature', '45 °C');
    await page.waitForFunction((text) => !document.body.textContent.includes(text), `${before} %`, { timeout: 30_000 });
    await page.waitForTimeout(700);
    await exact(page);
    check(
      (await page.getByLabel('Lithium, counter', { exact: true }).inputValue()) === '44 µm',
      'a typed amount is lost',
    );
    const file = (await import('../../dist/cells/index.js')).builtInFile(CELL);
    const cell = parseCell({ ...file, temperature: '45 °C', counter: { ...file.counter, thickness: '44 µm' } });
    checkShown(await shownEfficiency(page), expectedEfficiency(cell), 'after a lost worker');
    sound(page);
  },
};

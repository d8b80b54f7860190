// The solid interface as a person uses it: choose, type, drag, read where numbers come from, and open it as a cell.

import { solidInterface } from '../../dist/design/index.js';
import { check, fits, openPages, sound } from './pages.mjs';

export const prepare = openPages;

const total = (page) => page.locator('.waterfall .whole td:not(.range) .sourced');
/** A number as the page prints it, as a number. */
const numberIn = (text) => Number(text.replace('−', '-').replace(/[^\d.e-]/g, ''));
const settled = (page) =>
  page.waitForFunction(() => document.querySelector('.waterfall .whole .range')?.textContent !== '');

export const tests = {
  'the numbers on the page are those of the library, by part': async ({ open }) => {
    const page = await open('interface');
    await page.getByLabel('or typed').fill('heat-treated LLZTO');
    await page.getByLabel('or typed').press('Enter');
    await page.getByLabel('Interlayer', { exact: true }).selectOption('ZnO');
    await page.getByRole('heading', { name: /zinc oxide \| tantalum garnet LLZTO/ }).waitFor();
    const answer = solidInterface({ electrolyte: 'heat-treated LLZTO', interlayer: 'ZnO', pressure_Pa: 1e6 });
    const wanted = answer.resistance_ohm_m2.total.value * 1e4;
    await page.waitForFunction(
      (value) =>
        Math.abs(Number(document.querySelector('.waterfall .whole td:not(.range) .sourced')?.textContent) / value - 1) <
        0.01,
      wanted,
    );
    const rows = await page.locator('.waterfall tbody tr').count();
    check(rows === 5, `${rows} rows in the waterfall`);
    sound(page);
  },
  'dragging the pressure lowers the resistance at once, and undo takes the whole drag back': async ({ open }) => {
    const page = await open('interface');
    await settled(page);
    const before = numberIn(await total(page).textContent());
    const slider = page.getByLabel('Stack pressure, slider');
    const box = await slider.boundingBox();
    await page.mouse.move(box.x + box.width * 0.34, box.y + box.height / 2);
    await page.mouse.down();
    for (let k = 0; k <= 10; k++) await page.mouse.move(box.x + box.width * (0.34 + 0.04 * k), box.y + box.height / 2);
    await page.mouse.up();
    await page.waitForFunction(
      (value) => Number(document.querySelector('.waterfall .whole td:not(.range) .sourced')?.textContent) < value / 2,
      before,
    );
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.waitForFunction(
      (value) => Number(document.querySelector('.waterfall .whole td:not(.range) .sourced')?.textContent) === value,
      before,
    );
    check(
      (await page.getByLabel('Stack pressure', { exact: true }).inputValue()) === '1 MPa',
      'not undone as one step',
    );
    sound(page);
  },
  'every number tells where it comes from when it is clicked': async ({ open }) => {
    const page = await open('interface');
    await total(page).click();
    const card = page.getByRole('dialog', { name: /Where total comes from/ });
    await card.waitFor();
    const text = await card.textContent();
    check(/E8/.test(text) && /computed/.test(text) && /limetal interface LLZO/.test(text), text);
    await page.keyboard.press('Escape');
    await page.getByText(/numbers that this comes from/).click();
    await page
      .getByRole('row', { name: /^charge transfer .* memory$/ })
      .getByRole('button')
      .first()
      .click();
    await page.getByRole('link', { name: '10.1021/acsami.9b02537' }).waitFor();
    sound(page);
  },
  'the map of currents shows reports with their source, against pressure and against resistance': async ({ open }) => {
    const page = await open('interface');
    const plot = page.getByRole('group', { name: /Safe current against stack pressure/ });
    await plot.focus();
    // From series to series downwards, until a report is told.
    let told = '';
    for (let k = 0; k < 8 && !/s41563/.test(told); k++) {
      await page.keyboard.press(k === 0 ? 'ArrowRight' : 'ArrowDown');
      told = (await page.locator('.point-text').first().textContent()) ?? '';
    }
    check(/stripping .*0\.2 mA\/cm² at 3 MPa.*10\.1038\/s41563-019-0438-9/.test(told), `told is "${told}"`);
    await page.getByText('resistance', { exact: true }).click();
    await page.getByRole('group', { name: /Safe current against resistance/ }).waitFor();
    await page.getByText('single crystals of garnet').first().waitFor();
    await page.waitForFunction(() => location.hash.startsWith('#interface/'));
    sound(page);
  },
  'a fault is told as it was typed, and the last answer stays': async ({ open }) => {
    const page = await open('interface');
    await settled(page);
    const before = await total(page).textContent();
    await page.getByLabel('Temperature', { exact: true }).fill('900 °C');
    await page.getByRole('alert').filter({ hasText: '"900 °C"' }).waitFor();
    check((await total(page).textContent()) === before, 'the answer did not stay');
    await page.getByLabel('Temperature', { exact: true }).fill('900');
    await page.getByLabel('Temperature', { exact: true }).fill('60 °C');
    await page.getByRole('heading', { name: /at 60 °C/ }).waitFor();
    await page.getByLabel('or typed').fill('LLZZO');
    await page.getByLabel('or typed').press('Enter');
    await page
      .getByRole('alert')
      .filter({ hasText: /did you mean|LLZO/ })
      .waitFor();
    sound(page);
  },
  'it opens as a cell that holds it, and undo brings the interface back': async ({ open }) => {
    const page = await open('interface');
    await settled(page);
    await page.getByRole('button', { name: 'Open as a cell' }).click();
    await page.getByRole('heading', { level: 1, name: 'Cell' }).waitFor();
    await page.locator('.chart canvas').first().waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('heading', { level: 1, name: 'Solid interface' }).waitFor();
    sound(page);
  },
  'a link opens the same interface': async ({ open }) => {
    const page = await open('interface');
    await page.getByLabel('Interlayer', { exact: true }).selectOption('Li-Sn');
    await page.getByRole('heading', { name: /lithium-tin/ }).waitFor();
    await page.waitForFunction(() => location.hash.startsWith('#interface/'));
    const again = await open(new URL(page.url()).hash);
    await again.getByRole('heading', { name: /lithium-tin/ }).waitFor();
    sound(page);
    sound(again);
  },
  'it fits every screen, light and dark': async ({ open }) => {
    for (const screen of ['desk', 'laptop', 'phone']) {
      for (const colours of ['light', 'dark']) {
        const page = await open('interface', { screen, colours });
        await page.locator('.chart canvas').first().waitFor();
        await settled(page);
        await fits(page);
        sound(page);
        await page.context().close();
      }
    }
  },
};

// Lithiophilicity as a person uses it: a surface and its drop, a host, a reaction, the periodic table.

import { readFile } from 'node:fs/promises';
import { lithiumMap, reactionAt, wetting } from '../../dist/design/index.js';
import { elementMapSvg } from '../../dist/figures/index.js';
import { check, fits, openPages, sound } from './pages.mjs';

export const prepare = openPages;

const part = (page, name) => page.getByRole('region', { name });
const drop = (page) => page.getByRole('img', { name: /A drop of molten lithium/ });

export const tests = {
  'a drop is drawn at the angle of the library, and the verdict with it': async ({ open }) => {
    const page = await open('lithiophilicity');
    await drop(page).waitFor();
    const answer = wetting({ substrate: 'ZnO on carbon', temperature_K: 523.15, pore_m: 5e-6, depth_m: 1e-4 });
    const degrees = Math.round((answer.angle_rad.value * 180) / Math.PI);
    const name = await drop(page).getAttribute('aria-label');
    check(name.includes(`angle of ${degrees}°`) && name.endsWith(`: ${answer.verdict}`), name);
    await page.getByLabel('Coating on it').selectOption('');
    await page.getByLabel('or typed').fill('oxidised copper');
    await page.getByLabel('or typed').press('Enter');
    await page.getByRole('img', { name: /does not wet/ }).waitFor();
    await page.getByText('Pressure that it takes').waitFor();
    sound(page);
  },
  'roughness turns the drop, and a host fills by the library': async ({ open }) => {
    const page = await open('lithiophilicity');
    await page.getByLabel('Roughness, real over projected area', { exact: true }).fill('2.1');
    await page.getByText('Apparent angle on the rough one').waitFor();
    await page.getByLabel('Thickness of the host', { exact: true }).fill('200 µm');
    const answer = wetting({
      substrate: 'ZnO on carbon',
      temperature_K: 523.15,
      roughness: 2.1,
      pore_m: 5e-6,
      depth_m: 2e-4,
    });
    const capacity = (answer.composite.capacity_C_per_m2.value / 36_000).toPrecision(3);
    await page
      .getByRole('button', {
        name: `Areal capacity of the composite: ${Number(capacity)} mAh/cm². Where it comes from`,
      })
      .waitFor();
    sound(page);
  },
  'a melt that is not molten says so, and the last drop stays': async ({ open }) => {
    const page = await open('lithiophilicity');
    await drop(page).waitFor();
    await page.getByLabel('Temperature of the melt', { exact: true }).fill('100 °C');
    await page.getByRole('alert').filter({ hasText: 'lithium is solid' }).waitFor();
    await drop(page).waitFor();
    await page.getByLabel('Temperature of the melt', { exact: true }).fill('300 °C');
    await page.getByRole('heading', { name: /at 300 °C/ }).waitFor();
    sound(page);
  },
  'a reaction is balanced, completed, and told by phase with its sources': async ({ open }) => {
    const page = await open('lithiophilicity');
    const reactions = part(page, 'Reactions with lithium');
    await reactions.getByLabel('Reaction, or its left side').fill('SnO2 + Li');
    await reactions.getByLabel('Reaction, or its left side').press('Enter');
    const { equation, potential_V, substances } = reactionAt('SnO2 + Li', 473.15);
    await reactions.getByText(equation, { exact: true }).waitFor();
    await reactions
      .getByRole('button', {
        name: `Potential against Li/Li⁺: ${Number(potential_V.toPrecision(4))} V. Where it comes from`,
      })
      .waitFor();
    check((await reactions.locator('tbody tr').count()) === substances.length, 'substances are missing');
    await reactions.getByRole('button', { name: /formation of SnO2/ }).click();
    await page
      .getByRole('dialog', { name: /formation of SnO2/ })
      .getByText('Source')
      .waitFor();
    await page.keyboard.press('Escape');
    await reactions.getByLabel('Reaction, or its left side').fill('Al2O3 + 5 Li = 3 Li2O + 2 Al');
    await reactions.getByLabel('Reaction, or its left side').press('Enter');
    await reactions.getByRole('alert').filter({ hasText: 'balance of Li' }).waitFor();
    sound(page);
  },
  'keys walk through the elements, and a chosen one goes into the reaction': async ({ open }) => {
    const page = await open('lithiophilicity');
    const elements = part(page, 'Elements beside lithium');
    await elements.locator('[data-element]').first().waitFor();
    const tiles = await elements.locator('[data-element]').count();
    check(tiles === 118, `${tiles} elements`);
    const map = lithiumMap(523.15);
    for (const { element, verdict } of map.elements) {
      const look = await elements.locator(`[data-element="${element}"]`).getAttribute('class');
      check(look.split(' ').includes(`is-${verdict}`), `${element}: ${look}, want ${verdict}`);
    }
    await elements.locator('[data-element="Zn"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    check((await page.evaluate(() => document.activeElement.dataset.element)) === 'Sn', 'the keys went elsewhere');
    await page.keyboard.press('Enter');
    await elements.getByRole('heading', { name: 'Tin (Sn)' }).waitFor();
    const field = page.getByLabel('Reaction, or its left side');
    check((await field.inputValue()) === 'Sn + Li', await field.inputValue());
    await part(page, 'Reactions with lithium')
      .getByText(/^[\d.]* ?Sn \+ [\d.]+ Li →|^[\d.]+ Li \+ [\d.]* ?Sn →/)
      .waitFor();
    await page.keyboard.press('Control+z');
    await elements.getByRole('heading', { name: 'Zinc (Zn)' }).waitFor();
    sound(page);
  },
  'the temperature of the map is dragged, and says where lithium is solid': async ({ open }) => {
    const page = await open('lithiophilicity');
    await page.locator('[data-element]').first().waitFor();
    await page.getByLabel('Temperature of the map', { exact: true }).fill('100 °C');
    await page.getByText('Lithium is solid at this temperature').waitFor();
    await page.getByLabel('Temperature of the map, slider').press('End');
    await page.getByText('Lithium is solid at this temperature').waitFor({ state: 'detached' });
    sound(page);
  },
  'the map leaves as the figure of the shell, and the answer as JSON': async ({ open }) => {
    const page = await open('lithiophilicity');
    const saved = async (menu, item) => {
      await page.getByRole('button', { name: menu }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: item }).click(),
      ]);
      return (await readFile(await download.path())).toString();
    };
    const svg = await saved('Export the map of elements', 'Figure as SVG');
    const own = elementMapSvg(lithiumMap(523.15));
    // The page's has a line more, of what made it.
    const tiles = (text) =>
      text
        .match(/<rect [^>]*rx="4"[^>]*>|<text [^>]*>[^<]*<\/text>/g)
        .slice(0, 200)
        .join('');
    check(tiles(svg) === tiles(own), 'another map than that of the shell');
    const answer = JSON.parse(await saved(/Export Contact angle/, 'The whole answer as JSON'));
    check(answer.verdict === 'wets' && answer.conditions.samples === 512, JSON.stringify(answer.conditions));
    sound(page);
  },
  'an electrolyte is asked as the other quantity that it is': async ({ open }) => {
    const page = await open('lithiophilicity');
    await page.getByLabel('Coating on it').selectOption('');
    await page.getByLabel('or typed').fill('1 M LiPF6 in EC/DEC');
    await page.getByLabel('or typed').press('Enter');
    await page.getByRole('alert').filter({ hasText: 'electrolyte is a liquid' }).waitFor();
    const other = part(page, 'Another quantity: an electrolyte on lithium');
    await other.getByLabel('Electrolyte', { exact: true }).fill('1 M LiTFSI in DOL/DME (1:1 v/v)');
    await other.getByLabel('Electrolyte', { exact: true }).press('Enter');
    await other.getByText('(ether', { exact: false }).first().waitFor();
    sound(page);
  },
  'it fits every screen, light and dark': async ({ open }) => {
    for (const screen of ['desk', 'laptop', 'phone']) {
      for (const colours of ['light', 'dark']) {
        const page = await open('lithiophilicity', { screen, colours });
        await drop(page).waitFor();
        await page.locator('[data-element]').first().waitFor();
        await fits(page);
        sound(page);
        await page.context().close();
      }
    }
  },
};

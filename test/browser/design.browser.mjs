// The design desk as a person uses it: a dot in the hand, a test read off, a cell weighed, a claim audited.

import { readFile } from 'node:fs/promises';
import { auditClaim, energyAnswer, energyCaseOf, reservoirAnswer, seekInput } from '../../dist/design/index.js';
import { requiredEfficiency } from '../../dist/physics/index.js';
import { findings } from './accessibility.browser.mjs';
import { check, fits, openPages, sound } from './pages.mjs';

export const prepare = openPages;

const TOOLS = ['Required efficiency', 'Reservoir test', 'Wh/kg and Wh/L', 'What dies first', 'Audit a claim'];
const take = (page, tool) => page.getByText(tool, { exact: true }).first().click();
const field = (page, label) => page.getByRole('textbox', { name: label, exact: true });
const number = (page, label) => page.getByRole('button', { name: new RegExp(`^${label}: `) });

/** Percent as the page writes an efficiency. */
const percent = (efficiency) => {
  const loss = 1 - efficiency;
  return (100 * efficiency).toFixed(Math.min(5, Math.max(1, 2 - Math.floor(Math.log10(100 * loss)))));
};

export const tests = {
  'the efficiency for 300 cycles at N/P 2 is there without a click, and follows what is typed': async ({ open }) => {
    const page = await open('design');
    await page.getByText(`${percent(requiredEfficiency(2, 300, 0.8))} % keeps 80 % of capacity`).waitFor();
    await field(page, 'Cycles wanted').fill('500');
    await page.getByText(`${percent(requiredEfficiency(2, 500, 0.8))} % keeps`).waitFor();
    await field(page, 'N/P').fill('a lot');
    await page.getByRole('alert').waitFor();
    await page.getByText('keeps 80 % of capacity').waitFor();
    await field(page, 'N/P').fill('0');
    await page.getByText(`${percent(0.8 ** (1 / 500))} % keeps`).waitFor();
    sound(page);
  },
  'the dot is dragged over the chart, moved by keys, and one undo brings it back': async ({ open }) => {
    const page = await open('design');
    const dot = page.getByRole('slider', { name: /^Your cell/ });
    await dot.waitFor();
    const box = await dot.boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 100, y - 60, { steps: 8 });
    await page.mouse.up();
    const after = await field(page, 'N/P').inputValue();
    check(Number(after) > 2.2, `N/P is ${after} after a drag to the right`);
    const efficiency = parseFloat(await field(page, 'Coulombic efficiency').inputValue());
    check(efficiency > 99.5, `the efficiency is ${efficiency} % after a drag upwards`);
    await page.waitForFunction(
      ([wanted]) => {
        const handle = document.querySelector('.dot-handle').getBoundingClientRect();
        return Math.abs(handle.x + handle.width / 2 - wanted) < 8;
      },
      [x + 100],
    );
    await dot.focus();
    await page.keyboard.press('ArrowLeft');
    check(Number(await field(page, 'N/P').inputValue()) < Number(after), 'the arrow key did not move the dot');
    await page.locator('main h1').click();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.waitForFunction(() => document.querySelector('.design-inputs input[type=text]').value === '2');
    sound(page);
  },
  'a reservoir test has its error, and another cut-off is compared': async ({ open }) => {
    const page = await open('design');
    await take(page, 'Reservoir test');
    await page.getByText('99.00 ± 0.13 %').waitFor();
    await field(page, 'Qs at another cut-off').fill('4.95 mAh/cm2');
    await page.getByText('state the cut-off with the number').waitFor();
    const mAh = 36000;
    const { efficiency } = reservoirAnswer({
      shortCycles: 10,
      cycled_C_per_m2: mAh,
      reservoir_C_per_m2: 5 * mAh,
      stripped_C_per_m2: 4.4 * mAh,
      strippedError_C_per_m2: 0.02 * mAh,
      mismatch: 0,
      cells: 1,
      strippedElsewhere_C_per_m2: null,
    });
    await field(page, 'Stripped at the end, Qs').fill('4.4 mAh/cm2');
    await page.getByText(`${(100 * efficiency).toFixed(2)} ± 0.13 %`).waitFor();
    sound(page);
  },
  'six cells that can be checked digit by digit stand as printed': async ({ open }) => {
    const page = await open('design');
    await take(page, 'Wh/kg and Wh/L');
    const expected = {
      graphite: '257.17',
      'lithium-50': '333.36',
      'lithium-50-lfp': '267.12',
      'lithium-50-llzo': '296.07',
    };
    for (const [id, printed] of Object.entries(expected)) {
      await page.getByLabel('Begin with').selectOption(id);
      await page.getByRole('button', { name: `Energy per mass: ${printed} Wh/kg. Where it comes from` }).waitFor();
    }
    sound(page);
  },
  'a cell is changed by hand and slider, its numbers tell their source, and its bill of materials is saved': async ({
    open,
  }) => {
    const page = await open('design');
    await take(page, 'Wh/kg and Wh/L');
    const lithium = field(page, 'Lithium on each face');
    await lithium.fill('20 ± 2 µm');
    const { energy } = energyAnswer({ ...energyCaseOf('lithium-50').text, lithium: '20 ± 2 µm' });
    const text = String(Number((energy.specificEnergy_J_per_kg / 3600).toPrecision(5)));
    await page.getByRole('button', { name: `Energy per mass: ${text} Wh/kg. Where it comes from` }).click();
    await page.getByRole('dialog', { name: 'Where Energy per mass comes from' }).getByText('E/m').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('18 to 22 µm, typed').waitFor();
    await page.getByRole('slider', { name: 'Areal capacity of the cathode, slider' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(
      (before) => !document.querySelector('.figures .sourced').textContent.includes(before),
      text,
    );
    await page.getByText('Rate', { exact: true }).waitFor();
    await page.getByText('Use', { exact: true }).click();
    await field(page, 'Rate, stated').fill('C/5');
    await page.getByText('C/5, as stated').waitFor();
    await page.getByRole('button', { name: 'Export the bill of materials' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('[role=menu]:popover-open').getByText('Data as CSV').click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    check(csv.startsWith('Component,Mass / g,Share of mass,Layer / µm,Share of volume\r\ncathode,'), csv.slice(0, 80));
    sound(page);
  },
  'a target is sought: found and taken, or not reached and why': async ({ open }) => {
    const page = await open('design');
    await take(page, 'Wh/kg and Wh/L');
    const { cell } = energyAnswer({});
    const { value_SI } = seekInput(cell.inputs, 'lithium_m', { output: 'specificEnergy_J_per_kg', value: 350 * 3600 });
    const um = Number((1e6 * value_SI).toPrecision(4));
    await page.getByText(`Lithium on each face: ${um} µm gives 350 Wh/kg.`).waitFor();
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByRole('button', { name: /^Energy per mass: 350 Wh\/kg/ }).waitFor();
    check((await field(page, 'Lithium on each face').inputValue()) === `${um} µm`, 'the field did not take it');
    await field(page, 'to reach').fill('450 Wh/kg');
    await page.getByText('450 Wh/kg is not reached.').waitFor();
    await page.getByText('What else helps').waitFor();
    await field(page, 'to reach').fill('5 apples');
    await page.locator('.fault').filter({ hasText: 'want an energy per mass' }).waitFor();
    sound(page);
  },
  'an impossible cell says every fault where it is, and the last answer stays': async ({ open }) => {
    const page = await open('design');
    await take(page, 'Wh/kg and Wh/L');
    await number(page, 'Energy per mass').waitFor();
    await field(page, 'Lithium on each face').fill('20');
    await field(page, 'Mean potential of the cathode on discharge').fill('-1 V');
    await page.waitForFunction(() => document.querySelectorAll('.fault').length === 2);
    await number(page, 'Energy per mass').waitFor();
    sound(page);
  },
  'electrolyte or lithium: a lean cell dries, and the seven coin cells stand beside it': async ({ open }) => {
    const page = await open('design');
    await take(page, 'What dies first');
    await page.getByText('Both go at about the same time').waitFor();
    await field(page, 'N/P').fill('13');
    await field(page, 'Coulombic efficiency').fill('80 %');
    await page.getByText('Electrolyte goes first, after 12 cycles.').waitFor();
    await page
      .getByRole('row', { name: /^thick lithium, lean/ })
      .getByText('not lithium')
      .waitFor();
    await field(page, 'Electrolyte, E/C').fill('25 g/Ah');
    await page.getByText('Lithium goes first, after 66 cycles.').waitFor();
    sound(page);
  },
  'a claim is audited: implied efficiency and energy, a contradiction, what is missing': async ({ open }) => {
    const page = await open('design');
    await take(page, 'Audit a claim');
    const claim = {
      cycles: '600',
      retention: '76 %',
      nToP: '1',
      lithium: '20 µm',
      cathodeCapacity: '4.1 mAh/cm2',
      eToC: '2.4 g/Ah',
    };
    const { implied, energy, missing } = auditClaim({
      ...claim,
      stated: 'format, composition, temperature',
      specificEnergy: '350 Wh/kg',
    });
    await page.getByText(`its efficiency was ${Number((100 * implied[0].implied.efficiency).toFixed(2))} %`).waitFor();
    const wh = Number((energy.specificEnergy_J_per_kg.value / 3600).toPrecision(4));
    await page.getByRole('button', { name: `Energy per mass implied: ${wh} Wh/kg. Where it comes from` }).waitFor();
    await page.getByRole('heading', { name: `Missing: ${missing.length} of 28 facts` }).waitFor();
    await page.getByText('What else the paper states').click();
    await page.getByLabel('rests', { exact: true }).check();
    await page.getByRole('heading', { name: `Missing: ${missing.length - 1} of 28 facts` }).waitFor();
    await field(page, 'N/P as printed').fill('3');
    await page.getByText('N/P and the thickness of lithium:').waitFor();
    await field(page, 'Coulombic efficiency claimed, mean').fill('98 %');
    await page.getByText('Efficiency and cycles:').waitFor();
    await page.getByRole('button', { name: 'Empty the form' }).click();
    await page.getByText('Nothing can be said of the life').waitFor();
    await page.keyboard.press('Control+z');
    sound(page);
  },
  'the tool and what was typed are in the link, and undo goes back over them': async ({ open }) => {
    const page = await open('design');
    await take(page, 'Wh/kg and Wh/L');
    await field(page, 'Lithium on each face').fill('35 µm');
    await page.waitForFunction(() => location.hash.length > 30);
    await page.waitForTimeout(500);
    const hash = await page.evaluate(() => location.hash);
    const again = await open(hash);
    check((await field(again, 'Lithium on each face').inputValue()) === '35 µm', 'the link lost what was typed');
    sound(again);
    sound(page);
  },
  'every tool fits a desk, a laptop and a phone, in light and dark': async ({ open }) => {
    for (const [screen, colours] of [
      ['desk', 'dark'],
      ['laptop', 'light'],
      ['phone', 'dark'],
    ]) {
      const page = await open('design', { screen, colours });
      for (const tool of TOOLS) {
        await take(page, tool);
        await page.locator('.figures').first().waitFor();
        await fits(page);
      }
      sound(page);
      await page.context().close();
    }
  },
  'every tool has no serious finding of axe, in light and dark': async ({ open }) => {
    for (const colours of ['light', 'dark']) {
      const page = await open('design', { colours });
      for (const tool of TOOLS) {
        await take(page, tool);
        await page.locator('.figures').first().waitFor();
        await page.waitForFunction(() => document.querySelector('main progress') === null);
        const found = await findings(page);
        check(found.length === 0, `${tool}: ${found.join('; ')}`);
      }
      sound(page);
      await page.context().close();
    }
  },
};

// Nothing on the page lies on anything else, is cut, or sticks out: every part and inner tool, at three widths and in both colours.

import { drawn, fits, legible, openPages, SCREENS, sound } from './pages.mjs';

export const prepare = openPages;

const tool = (name) => async (page) => await page.getByText(name, { exact: true }).first().click();

/** What is done to a page before it is looked at, and the part in which it is done. */
const STATES = {
  cell: ['cell', async (page) => await page.getByText('every cycle computed').waitFor()],
  'cell beside another, with bands and a layer picked': [
    'cell',
    async (page) => {
      await page.getByText('every cycle computed').waitFor();
      await page.getByLabel('Second cell beside it').selectOption('li-cu-carbonate');
      await page.getByLabel('Bands over what is uncertain').check();
      await page.locator('.layer.separator .face').click();
      await page.getByText(/Bands are/).waitFor();
    },
  ],
  'a coated host in the cell': [
    'cell',
    async (page) => {
      await page.getByLabel('Cell', { exact: true }).selectOption('a1-45');
      await page.locator('.layer.coating').waitFor();
      await page.getByText('every cycle computed').waitFor();
    },
  ],
  'an impossible cell': [
    'cell',
    async (page) => {
      await page.getByText('every cycle computed').waitFor();
      await page.getByLabel('Open a cell file').setInputFiles({
        name: 'bad.cell.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{ "limetal": 1, "name": "bad", "area": "-1 cm2", "temperature": "25 mA" }'),
      });
      await page.getByRole('alert').filter({ hasText: 'area' }).waitFor();
    },
  ],
  literature: ['literature', async (page) => await page.locator('.literature-rows tbody tr').first().waitFor()],
  'a row of the literature': [
    'literature',
    async (page) => {
      await page.getByLabel('Words anywhere in a row').fill('b1-35');
      await page.locator('#row-b1-35 .row-id').click();
      await page.locator('.row-details').waitFor();
    },
  ],
  lithiophilicity: ['lithiophilicity', async (page) => await page.locator('[data-element]').first().waitFor()],
  'solid interface': [
    'interface',
    async (page) => {
      await page.getByText('resistance', { exact: true }).click();
      await page.getByRole('group', { name: /Safe current against resistance/ }).waitFor();
    },
  ],
  'lab bench, empty': ['bench', async () => undefined],
  'lab bench, with the generated example compared': [
    'bench',
    async (page) => {
      await page.getByRole('button', { name: 'Generated example' }).click();
      await page.locator('.verdict').filter({ hasText: 'Coulombic efficiency' }).waitFor();
      await page.getByText('Recognised in detail').click();
      await page.getByLabel('Cell beside the test').selectOption('li-cu-ether-nitrate');
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await page.getByText('Simulated less measured').waitFor();
    },
  ],
  'required efficiency': ['design', tool('Required efficiency')],
  'reservoir test': ['design', tool('Reservoir test')],
  'energy of a cell': ['design', tool('Wh/kg and Wh/L')],
  'what dies first': ['design', tool('What dies first')],
  'audit of a claim': ['design', tool('Audit a claim')],
};

export const tests = {
  ...Object.fromEntries(
    Object.entries(STATES).map(([name, [view, prepareState]]) => [
      `${name}: nothing is cut or covered at any width`,
      async ({ open }) => {
        const page = await open(view, { isWritingWatched: true });
        await page.locator('h1').waitFor();
        await prepareState(page);
        for (const [screen, [width, height]] of Object.entries(SCREENS)) {
          await page.setViewportSize({ width, height });
          await page.waitForTimeout(300);
          await drawn(page);
          await fits(page);
          await legible(page).catch((error) => {
            throw new Error(`${screen}: ${error.message}`);
          });
        }
        sound(page);
        await page.context().close();
      },
    ]),
  ),
  'a menu and a card of sources lie within the window of a phone': async ({ open }) => {
    const page = await open('cell', { screen: 'phone' });
    await page.getByText('every cycle computed').waitFor();
    const isInside = async (locator) => {
      await locator.waitFor();
      const box = await locator.boundingBox();
      const [width, height] = SCREENS.phone;
      if (box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height)
        throw new Error(`it lies at ${JSON.stringify(box)}`);
    };
    await page.getByRole('button', { name: 'Save run' }).click();
    await isInside(page.locator('.menu:popover-open'));
    await page.keyboard.press('Escape');
    await page.locator('dt:text-is("Interfacial resistance") + dd button').click();
    await isInside(page.locator('.source-card:popover-open'));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await isInside(page.locator('dialog[open]'));
    sound(page);
  },
  'the dot of a cell stays on its point when colours and width change': async ({ open }) => {
    const page = await open('design', { isWritingWatched: true });
    await page.getByRole('slider', { name: /^Your cell/ }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(300);
    const middle = () =>
      page.evaluate(() => {
        const dot = document.querySelector('.dot-handle').getBoundingClientRect();
        const plot = document.querySelector('.dot-chart .u-over').getBoundingClientRect();
        return (dot.x + dot.width / 2 - plot.x) / plot.width;
      });
    const before = await middle();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForTimeout(1500);
    const after = await middle();
    if (Math.abs(after - before) > 0.02 || Math.abs(after - 0.4) > 0.03)
      throw new Error(`at ${before} of the axis in light, at ${after} in dark, want 0.4 for N/P 2 of 5`);
    sound(page);
  },
};

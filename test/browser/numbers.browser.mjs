// Every number that somebody might doubt can be pressed, and says what it is, in which unit, how it is known, from where and by which
// equation; with the mouse and with the keyboard.

import { check, openPages, sound } from './pages.mjs';

export const prepare = openPages;

const quiet = async (page) => {
  await page.waitForTimeout(600);
  await page.waitForFunction(() => document.querySelector('main progress') === null, null, { timeout: 90_000 });
  await page.waitForTimeout(200);
};

const tool = (name) => async (page) => {
  await page.locator('main fieldset.buttons label', { hasText: name }).first().click();
  await quiet(page);
};

/** Where the page shows numbers: a part, and what a person does there to see them. */
const PLACES = [
  [
    'cell',
    async (page) => {
      await page.getByText('every cycle computed').waitFor();
      await page.getByLabel('Cell', { exact: true }).selectOption('a1-45');
      await page.waitForTimeout(600);
      await page.getByText('every cycle computed').waitFor();
      await page.getByLabel('Bands over what is uncertain').check();
    },
  ],
  ['literature', async () => undefined],
  [
    'literature',
    async (page) => {
      await page.getByText('67 of 67 rows').waitFor();
      await page.getByLabel('Words anywhere in a row').fill('Cu3N');
      await page.getByText('computed beside reported').click();
      await page.getByRole('button', { name: /^Compute/ }).click();
      await page.locator('.side-by-side td[data-label="computed"] .sourced').first().waitFor({ timeout: 60_000 });
    },
  ],
  ['lithiophilicity', async () => undefined],
  ['interface', async () => undefined],
  [
    'bench',
    async (page) => {
      await page.getByRole('button', { name: 'Generated example' }).click();
      await page.getByRole('heading', { name: 'Cycles' }).waitFor({ timeout: 60_000 });
      await quiet(page);
      await page.getByLabel('Cell beside the test').selectOption({ index: 2 });
      await page.getByRole('button', { name: /^Compare/ }).click();
      await page.getByRole('heading', { level: 3, name: /cm²/ }).waitFor({ timeout: 60_000 });
    },
  ],
  ['design', async () => undefined],
  ...['Reservoir test', 'Wh/kg and Wh/L', 'What dies first', 'Audit a claim'].map((name) => ['design', tool(name)]),
];

/** Numbers on the page that nobody can press: all in cells and descriptions, and those with a unit in verdicts, headings and lists. */
const silentNumbers = (page) =>
  page.evaluate(() => {
    const UNIT =
      /(?<![\p{L}\d_.,/[⁻-]|\d:)[−-]?\d[\d.,]*\s?(%|mV|µV|V|mAh|µAh|mA|Ω|µm|nm|mm|h|Wh|kJ|kPa|MPa|GPa|g\/Ah)(?![\p{L}\d])/u;
    const ANY = /(?<![\p{L}\d_.,/:[⁻(-])[−-]?\d[\d.,]*(?![\p{L}\d_/:\]-])/u;
    // What was typed, named or counted, remarks in prose, and drawings, whose points have keys and a table of their own.
    const PLAIN =
      'button, input, textarea, select, label, legend, summary, th, code, svg, canvas, figcaption, .legend, .hint, .colour-key, .stack, .plain, .unseen, .equation, .correction, td.text, .entries, dt, .said, .problem';
    const silent = [];
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent.trim();
      if (element.closest(PLAIN) !== null || !element.checkVisibility()) continue;
      const inCell = element.closest('td, dd') !== null;
      const inSentence = element.closest('.verdict, p, h2, h3, li, caption') !== null;
      if ((inCell && ANY.test(text)) || (inSentence && UNIT.test(text)))
        silent.push(`<${element.tagName.toLowerCase()}> ${text.slice(0, 80)}`);
    }
    return silent;
  });

/** Presses every number and reads its card: what each lacks. */
const poorCards = (page) =>
  page.evaluate(async () => {
    const COMPUTED = /computed|fitted|from this file/;
    const poor = [];
    const buttons = [...document.querySelectorAll('main button.sourced')].filter((one) => one.checkVisibility());
    const isOwn = (one) => one.closest('.literature-rows') === null && one.closest('.chart-table') === null;
    const frame = () => new Promise((resolve) => setTimeout(resolve, 4));
    const card = document.querySelector('#source-card');
    for (const button of buttons.filter(isOwn)) {
      button.click();
      for (let wait = 0; wait < 50 && !card.matches(':popover-open'); wait++) await frame();
      await frame();
      const rows = Object.fromEntries(
        [...card.querySelectorAll('dl > div')].map((row) => [row.children[0].textContent, row.children[1].textContent]),
      );
      const name = `${card.querySelector('strong')?.textContent} (${button.textContent})`;
      const lacks = ['Value', 'Kind', 'Source'].filter((row) => (rows[row] ?? '').trim() === '');
      if (COMPUTED.test(rows.Kind) && (rows.Equation ?? '').trim() === '') lacks.push('Equation');
      if (/NaN|undefined|–$/.test(rows.Value ?? '')) lacks.push(`a value: ${rows.Value}`);
      if (lacks.length > 0) poor.push(`${name} lacks ${lacks.join(', ')}`);
      button.click();
      for (let wait = 0; wait < 50 && card.matches(':popover-open'); wait++) await frame();
    }
    return { count: buttons.length, poor };
  });

export const tests = {
  ...Object.fromEntries(
    PLACES.map(([view, go], k) => [
      `every number of ${view} (${k + 1}) can be pressed, and its card says value, unit, kind, source and equation`,
      async ({ open }) => {
        const page = await open(view);
        await page.locator('main h1').waitFor();
        await go(page);
        await quiet(page);
        const silent = await silentNumbers(page);
        check(silent.length === 0, `${silent.length} numbers are mute: ${silent.slice(0, 12).join(' | ')}`);
        const { count, poor } = await poorCards(page);
        check(count > 5, `only ${count} numbers`);
        check(poor.length === 0, `${poor.length} cards of ${count}: ${poor.slice(0, 8).join(' | ')}`);
        sound(page);
        await page.context().close();
      },
    ]),
  ),
  'a card opens and closes by keys, arrow keys go through a table, and Tab goes into the card': async ({ open }) => {
    const page = await open('design');
    await tool('What dies first')(page);
    const cells = page.locator('table button[data-value]');
    await cells.first().waitFor();
    const stops = await page.locator('table button[data-value][tabindex="0"]').count();
    check(stops === 1, `${stops} stops of the Tab key in one table`);
    await cells.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const place = await page.evaluate(() => document.activeElement.dataset.value);
    check(place === '1 1', `the keys went to ${place}`);
    await page.keyboard.press('Enter');
    const card = page.getByRole('dialog', { name: /Thickness of lithium/ });
    await card.waitFor();
    check((await card.textContent()).includes('10.1016/j.joule.2019.02.004'), 'no DOI');
    await page.keyboard.press('Tab');
    check(
      await page.evaluate(() => document.activeElement.closest('#source-card') !== null),
      'Tab does not go into the card',
    );
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    check((await page.evaluate(() => document.activeElement.dataset.value)) === '1 1', 'the focus is lost');
    sound(page);
  },
  'an open card follows its number, and closes with it': async ({ open }) => {
    const page = await open('design');
    await tool('Wh/kg and Wh/L')(page);
    await page
      .getByRole('button', { name: /^Energy per mass: / })
      .first()
      .click();
    const card = page.locator('#source-card');
    const before = await card.locator('dd').first().textContent();
    await page.locator('.design-inputs input[type=range]:visible').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((text) => document.querySelector('#source-card dd')?.textContent !== text, before);
    await page.keyboard.press('Alt+1');
    await card.waitFor({ state: 'hidden' });
    sound(page);
  },
};

// What is typed stays: while answers come, when a link is opened, when the part of the page is left.

import { check, openPages, sound } from './pages.mjs';

export const isAlone = true;

export const prepare = openPages;

const exact = (page) => page.getByText('every cycle computed').waitFor();

/** Types as a quick hand does, while drafts of what was typed before come back. */
async function typeQuickly(page, field, text, delay_ms) {
  await field.click();
  await field.press('Control+a');
  for (const key of text) {
    await page.keyboard.type(key);
    await page.waitForTimeout(delay_ms);
  }
}

export const tests = {
  'answers that arrive while one types take no letter away, whatever the field and the pace': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    for (const delay_ms of [0, 15, 60, 170]) {
      for (const [label, text] of [
        ['Temperature', `${31 + (delay_ms % 7)}.25 °C`],
        ['Electrolyte', `1.${delay_ms} M LiFSI in DME`],
        // What is typed means something else before its last letter.
        ['Lithium, counter', '0.12 mm'],
      ]) {
        const field = page.getByLabel(label, { exact: true });
        await typeQuickly(page, field, text, delay_ms);
        check((await field.inputValue()) === text, `${label}: typed ${text}, there is ${await field.inputValue()}`);
        await field.press('Enter');
        await page.waitForTimeout(700);
        check((await field.inputValue()) === text, `${label}: ${text} became ${await field.inputValue()}`);
      }
    }
    await exact(page);
    const link = await page.evaluate(() => location.hash);
    const again = await open(link.slice(1));
    await exact(again);
    check(
      (await again.getByLabel('Electrolyte', { exact: true }).inputValue()) === '1.170 M LiFSI in DME',
      'lost in the link',
    );
    sound(page);
    sound(again);
  },
  'a protocol is typed while drafts of it come back': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    const field = page.getByRole('textbox', { name: 'Protocol', exact: true });
    const text = 'Plate at 1 mA/cm2 for 1 h\nStrip at 1 mA/cm2 until 1 V\nrepeat 7';
    await field.fill('');
    await field.pressSequentially(text, { delay: 35 });
    check((await field.inputValue()) === text, await field.inputValue());
    await page.waitForTimeout(900);
    check((await field.inputValue()) === text, await field.inputValue());
    await exact(page);
    sound(page);
  },
  'a link that is opened while one types is shown whole, and what was half typed is not written into it': async ({
    open,
  }) => {
    const page = await open('cell');
    await exact(page);
    const protocol = page.getByRole('textbox', { name: 'Protocol', exact: true });
    await protocol.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nRest for');
    const temperature = page.getByLabel('Temperature', { exact: true });
    await page.evaluate(() => {
      location.hash = '#cell';
    });
    await page.waitForTimeout(100);
    const other = await open('cell');
    await exact(other);
    await other.getByLabel('Temperature', { exact: true }).fill('51 °C');
    await other.getByLabel('Temperature', { exact: true }).press('Enter');
    await other.waitForFunction(() => location.hash.length > 8);
    const link = await other.evaluate(() => location.hash);
    await protocol.focus();
    await page.keyboard.type('\nRest for 3');
    await page.evaluate((hash) => {
      location.hash = hash;
    }, link);
    await page.waitForTimeout(1500);
    check(!(await protocol.inputValue()).includes('Rest for'), 'the half protocol stayed on the page');
    check(
      (await temperature.inputValue()) === '51 °C',
      `the link asks for 51 °C, there is ${await temperature.inputValue()}`,
    );
    check((await page.evaluate(() => location.hash)) === link, 'what was half typed was written into the link');
    await page.locator('h1').click();
    await page.keyboard.press('Control+z');
    await page.waitForFunction((hash) => location.hash !== hash, link);
    sound(page);
    sound(other);
  },
  'what was typed into a name counts also when one leaves by a key': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    const field = page.getByLabel('Electrolyte', { exact: true });
    await field.fill('1 M LiFSI in DME');
    await page.keyboard.press('Alt+6');
    await page.getByRole('heading', { level: 1, name: /Design/ }).waitFor();
    await page.keyboard.press('Alt+1');
    await exact(page);
    check((await field.inputValue()) === '1 M LiFSI in DME', `there is ${await field.inputValue()}`);
    await page.getByLabel('Cell', { exact: true }).focus();
    await page.keyboard.press('Alt+5');
    const error = page.getByLabel('Error of the instrument between its directions');
    await error.fill('0.03');
    await page.keyboard.press('Alt+6');
    await page.getByRole('heading', { level: 1, name: /Design/ }).waitFor();
    await page.keyboard.press('Alt+5');
    await error.waitFor();
    check((await error.inputValue()) === '0.03', `there is ${await error.inputValue()}`);
    sound(page);
  },
  'Escape brings back what is in force, and a faulty text stays with its fault': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    const field = page.getByLabel('Temperature', { exact: true });
    const before = await field.inputValue();
    await field.fill('45 mA');
    await page
      .getByText(/want.*temperature|temperature.*want/i)
      .first()
      .waitFor();
    await page.getByLabel('Area', { exact: true }).focus();
    check((await field.inputValue()) === '45 mA', 'the faulty text went away');
    await field.focus();
    await field.press('Escape');
    check((await field.inputValue()) === before, `Escape left ${await field.inputValue()}`);
    sound(page);
  },
};

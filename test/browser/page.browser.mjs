// The frame of the page: what is the same whichever part is open.

import { check, fits, openPages, sound } from './pages.mjs';

export const prepare = openPages;

const VIEWS = ['cell', 'literature', 'lithiophilicity', 'interface', 'bench', 'design'];
const heading = (page, name) => page.getByRole('heading', { level: 1, name });

export const tests = {
  'a running example is there without a click, and nothing is asked of anywhere else': async ({ open }) => {
    const page = await open();
    await page.locator('.chart canvas').first().waitFor();
    sound(page);
  },
  'every part opens by its name, its link and its keys, and fits every screen': async ({ open }) => {
    for (const screen of ['desk', 'laptop', 'phone']) {
      const page = await open('', { screen });
      for (const [k, name] of VIEWS.entries()) {
        await page.keyboard.press(`Alt+${k + 1}`);
        await page.waitForFunction((view) => location.hash.startsWith(`#${view}`), name);
        await page.locator('main h1').waitFor();
        await fits(page);
      }
      sound(page);
      await page.context().close();
    }
  },
  'undo and redo go back and forth, also over the part that is open': async ({ open }) => {
    const page = await open('design');
    await page.getByRole('link', { name: 'Literature' }).click();
    await heading(page, 'Literature').waitFor();
    await page.keyboard.press('Control+z');
    await heading(page, /Design/).waitFor();
    await page.keyboard.press('Control+Shift+z');
    await heading(page, 'Literature').waitFor();
    sound(page);
  },
  'a link that is damaged says so and loses nothing': async ({ open }) => {
    const page = await open('cell/1.AAAA');
    await page.getByRole('status').filter({ hasText: 'cannot be opened' }).waitFor();
    await page.locator('.chart canvas').first().waitFor();
    sound(page);
  },
  'colours follow the button and stay': async ({ open }) => {
    const page = await open();
    await page.getByRole('button', { name: 'Dark colours' }).click();
    check((await page.locator('html').getAttribute('data-theme')) === 'dark', 'not dark');
    await page.reload();
    check((await page.locator('html').getAttribute('data-theme')) === 'dark', 'not dark after a reload');
    sound(page);
  },
  'commands are found by typing': async ({ open }) => {
    const page = await open();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('solid');
    await page.keyboard.press('Enter');
    await heading(page, /Solid interface/).waitFor();
    sound(page);
  },
  'the page opens again without a connection': async ({ open, url }) => {
    const page = await open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await caches.keys()).length > 0);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const context = page.context();
    await context.setOffline(true);
    const again = await context.newPage();
    await again.goto(url);
    await again.locator('.chart canvas').first().waitFor();
    await context.close();
  },
};

// Workers that go away, idle or at work, without a word: they are replaced, what was asked is asked again, and nothing is lost. Only where
// that fails too is it told, with a button that tries again.

import { check, openPages, sound } from './pages.mjs';

export const isAlone = true;

export const prepare = openPages;

/** Opens a page whose workers can be taken away: `kill(name)` ends those of a lane, `killAsked(name, times)` the next ones when asked. */
async function openFragile(open, browserPage) {
  const page = await open('', {});
  await page.addInitScript(() => {
    const Real = window.Worker;
    window.started = [];
    window.doomed = {};
    window.Worker = class extends Real {
      constructor(url, options) {
        super(url, options);
        this.lane = options.name.replace('limetal ', '');
        // A worker that never ran would be one whose script was not found, which the browser tells.
        this.spoke = new Promise((resolve) => this.addEventListener('message', () => resolve(), { once: true }));
        window.started.push(this);
      }
      postMessage(...message) {
        super.postMessage(...message);
        if ((window.doomed[this.lane] ?? 0) > 0) {
          window.doomed[this.lane] -= 1;
          this.spoke.then(() => this.terminate());
        }
      }
    };
  });
  await page.goto(browserPage);
  await page.reload();
  return page;
}

const kill = (page, lane) =>
  page.evaluate(async (name) => {
    const own = window.started.filter((worker) => worker.lane === name);
    for (const worker of own) {
      await worker.spoke;
      worker.terminate();
    }
    return own.length;
  }, lane);

const exact = (page) => page.getByText('every cycle computed').waitFor({ timeout: 60_000 });

const setTemperature = async (page, text) => {
  const field = page.getByLabel('Temperature', { exact: true });
  await field.fill(text);
  await field.press('Enter');
};

export const tests = {
  'an idle worker that is lost is replaced at the next question, without a pause': async ({ open, url }) => {
    const page = await openFragile(open, `${url}#cell`);
    await exact(page);
    check((await kill(page, 'live')) > 0, 'no worker was there');
    const start_ms = performance.now();
    await setTemperature(page, '41 °C');
    await page.waitForFunction(() => document.querySelector('main')?.textContent.includes('Draft while you move'));
    await exact(page);
    check(performance.now() - start_ms < 8000, `it took ${Math.round(performance.now() - start_ms)} ms`);
    check((await page.locator('.problem').count()) === 0, 'a problem was told of');
    sound(page);
  },
  'a run whose worker is lost on the way is made anew': async ({ open, url }) => {
    const page = await openFragile(open, `${url}#cell`);
    await exact(page);
    await page.locator('fieldset.buttons label', { hasText: 'full' }).click();
    const cycles = page.getByLabel('Cycles (0 for those of the protocol)', { exact: true });
    // Long enough to be met on the way, whatever the machine's speed.
    await cycles.fill('400');
    await page.waitForFunction(() => document.querySelector('main progress') !== null);
    await page.waitForTimeout(900);
    check((await kill(page, 'beside')) > 0, 'no worker was there');
    await page.getByText('full model, every cycle computed').waitFor({ timeout: 90_000 });
    check((await page.locator('.problem').count()) === 0, 'a problem was told of');
    sound(page);
  },
  'bands whose worker is lost are drawn anew': async ({ open, url }) => {
    const page = await openFragile(open, `${url}#cell`);
    await exact(page);
    await page.getByLabel('Bands over what is uncertain').check();
    await page.waitForFunction(() => window.started.some(({ lane }) => lane === 'bands'));
    await kill(page, 'bands');
    await page.getByText(/Bands are/).waitFor({ timeout: 60_000 });
    sound(page);
  },
  'lab files are sent again to the worker that takes the place of a lost one': async ({ open, url }) => {
    const page = await openFragile(open, `${url}#bench`);
    await page.getByRole('button', { name: 'Generated example' }).click();
    await page.getByRole('heading', { name: 'Cycles' }).waitFor({ timeout: 60_000 });
    check((await kill(page, 'files')) > 0, 'no worker was there');
    const area = page.getByLabel('Area of one electrode');
    await area.fill('2.54 cm2');
    await page
      .getByRole('button', { name: /mA\/cm²|mAh\/cm²|Ω cm²/ })
      .first()
      .waitFor({ timeout: 60_000 })
      .catch(() => undefined);
    await page.waitForFunction(() => document.querySelector('main progress') === null, null, { timeout: 60_000 });
    check((await page.locator('.problem').count()) === 0, await page.locator('.problem').allTextContents());
    check((await page.locator('.lab-file').count()) === 1, 'the file is gone');
    check((await area.inputValue()) === '2.54 cm2', 'what was typed is gone');
    sound(page);
  },
  'a worker that is lost again and again is told of, and what was typed stays': async ({ open, url }) => {
    const page = await openFragile(open, `${url}#cell`);
    await exact(page);
    await page.evaluate(() => {
      window.doomed.live = 2;
    });
    await setTemperature(page, '43 °C');
    const alert = page.getByRole('alert').filter({ hasText: 'could not be computed' });
    await alert.waitFor({ timeout: 60_000 });
    check((await alert.textContent()).includes('Nothing you entered is lost'), await alert.textContent());
    check((await page.getByLabel('Temperature', { exact: true }).inputValue()) === '43 °C', 'what was typed is lost');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.waitFor({ state: 'hidden', timeout: 60_000 });
    await exact(page);
    sound(page);
  },
};

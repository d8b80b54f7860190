// A new version on the host while a page of the old one is open: the open page goes on with its own files, the next one is wholly new.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { buildWeb } from '../../scripts/build-web.mjs';
import { check } from './pages.mjs';

export const isAlone = true;

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const OPTIONS = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'inline',
  logLevel: 'error',
};

/** Two builds that differ in every script, and a host that has one of them. */
export async function prepare({ browser }) {
  const folders = [];
  for (const mark of ['/* one */', '/* two */']) {
    const folder = await mkdtemp(join(tmpdir(), 'limetal-update-'));
    await buildWeb({ ...OPTIONS, metafile: true, banner: { js: mark } }, folder);
    folders.push({ folder, scripts: new Set(await readdir(join(folder, 'assets'))) });
  }
  const state = { at: 0, isGone: false };
  const server = createServer(async ({ url }, response) => {
    const path = new URL(url, 'http://host').pathname;
    try {
      if (state.isGone) throw new Error('gone');
      const file = join(folders[state.at].folder, normalize(path === '/' ? 'index.html' : path));
      const content = await readFile(file);
      response
        .writeHead(200, {
          'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
          'Cache-Control': 'no-cache',
        })
        .end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    browser,
    state,
    folders,
    url: `http://127.0.0.1:${server.address().port}/`,
    async close() {
      server.close();
      for (const { folder } of folders) await rm(folder, { recursive: true });
    },
  };
}

const scriptsOf = (page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name.split('/assets/')[1])
      .filter((name) => name?.endsWith('.js')),
  );

const exact = (page) => page.getByText('every cycle computed').waitFor();

/** The page keeps its files, and they are all there. */
async function kept(page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

const within = (scripts, { scripts: known }, whose) => {
  const strangers = scripts.filter((name) => !known.has(name));
  check(scripts.length > 3 && strangers.length === 0, `${whose} loaded ${strangers.join(', ')}`);
};

export const tests = {
  'an open page goes on with its own version, the next one is wholly new, and both open without a host': async ({
    browser,
    state,
    folders,
    url,
  }) => {
    const context = await browser.newContext();
    const old = await context.newPage();
    const faults = [];
    old.on('pageerror', (error) => faults.push(error.message));
    await old.goto(url);
    await exact(old);
    await kept(old);
    state.at = 1;
    const next = await context.newPage();
    next.on('pageerror', (error) => faults.push(error.message));
    await next.goto(url);
    await exact(next);
    await next.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration()).update();
    });
    await next.waitForFunction(async () => (await caches.keys()).length === 2);
    await next.waitForTimeout(1000);
    // Parts that it had not opened, and a worker that it had not started: its host has none of these files any more.
    for (const view of ['literature', 'lithiophilicity', 'interface', 'design', 'bench']) {
      await old
        .getByRole('navigation')
        .getByRole('link')
        .nth(['cell', 'literature', 'lithiophilicity', 'interface', 'bench', 'design'].indexOf(view))
        .click();
      await old.locator('main h1').waitFor();
      check((await old.locator('main .problem').count()) === 0, `${view}: ${await old.locator('main').textContent()}`);
    }
    await old.getByRole('button', { name: 'Generated example' }).click();
    await old.getByRole('heading', { name: 'Cycles' }).waitFor({ timeout: 60_000 });
    within(await scriptsOf(old), folders[0], 'the old page');
    within(await scriptsOf(next), folders[1], 'the new page');
    await old.close();
    await next.close();
    // With no page open the new version takes over; what it kept is complete.
    const third = await context.newPage();
    await third.goto(url);
    await exact(third);
    await third.waitForFunction(async () => (await caches.keys()).length === 1, null, { timeout: 20_000 });
    state.isGone = true;
    await context.setOffline(true);
    const offline = await context.newPage();
    await offline.goto(`${url}#design`);
    await offline.locator('main h1').waitFor();
    within(await scriptsOf(offline), folders[1], 'the page without a host');
    await context.setOffline(false);
    state.isGone = false;
    check(faults.length === 0, faults.join('; '));
    await context.close();
  },
  'a page whose host has another version and that could keep nothing says so, and loads again': async ({
    browser,
    state,
    url,
  }) => {
    state.at = 0;
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(url);
    await exact(page);
    await page.getByLabel('Temperature', { exact: true }).fill('44 °C');
    await page.getByLabel('Temperature', { exact: true }).press('Enter');
    state.at = 1;
    await page.getByRole('link', { name: 'Literature' }).click();
    await page.getByRole('alert').filter({ hasText: 'newer version' }).waitFor();
    await page.getByRole('button', { name: 'Load the page again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Literature' }).waitFor();
    await page.keyboard.press('Alt+1');
    await page.waitForFunction(() => document.querySelector('main input') !== null);
    check((await page.getByLabel('Temperature', { exact: true }).inputValue()) === '44 °C', 'what was typed is lost');
    await context.close();
  },
};

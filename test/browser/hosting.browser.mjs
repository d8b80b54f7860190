// The page as any host serves it: a folder below others, without the headers of `limetal serve`; what it asks of the network, and what
// it takes of memory.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, openPages, sound } from './pages.mjs';

const WEB = fileURLToPath(new URL('../../dist/web', import.meta.url));
const FOLDER = '/some/where/';
const VIEWS = ['cell', 'literature', 'lithiophilicity', 'interface', 'bench', 'design'];
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const MOVES = 200;
/** What two hundred moves may leave behind, with everything that undo keeps. */
const GROWTH_MB_max = 30;

/** A host that knows nothing of the page. */
async function plainHost() {
  const server = createServer(async ({ url }, response) => {
    const path = new URL(url, 'http://host').pathname;
    const file = path === FOLDER ? 'index.html' : normalize(path.slice(FOLDER.length));
    try {
      if (!path.startsWith(FOLDER) || file.startsWith('..')) throw new Error('outside');
      const content = await readFile(join(WEB, file));
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}${FOLDER}`, close: () => server.close() };
}

export async function prepare({ browser }) {
  const pages = await openPages({ browser });
  const host = await plainHost();
  return {
    ...pages,
    host: host.url,
    browser,
    async close() {
      host.close();
      await pages.close();
    },
  };
}

const exact = (page) => page.getByText('every cycle computed').waitFor();

export const tests = {
  'a plain host in a folder serves the whole page, its links, and the page again without a connection': async ({
    browser,
    host,
  }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(host);
    await exact(page);
    check(!(await page.evaluate(() => crossOriginIsolated)), 'isolated without the headers');
    await page.getByLabel('Temperature', { exact: true }).fill('45 °C');
    await page.getByLabel('Temperature', { exact: true }).press('Enter');
    await page.waitForTimeout(1200);
    await exact(page);
    const link = await page.evaluate(() => location.href);
    check(link.startsWith(`${host}#cell/`), link);
    const again = await context.newPage();
    await again.goto(link);
    await exact(again);
    check((await again.getByLabel('Temperature', { exact: true }).inputValue()) === '45 °C', 'the link lost the text');
    for (const view of VIEWS) {
      await again.goto(`${host}#${view}`);
      await again.locator('main h1').waitFor();
    }
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    const offline = await context.newPage();
    await offline.goto(host);
    await exact(offline);
    check(faults.length === 0, faults.join('; '));
    await context.close();
  },
  'a walk through all parts asks nothing of anywhere else, and breaks no policy': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    for (const [k, view] of VIEWS.entries()) {
      await page.keyboard.press(`Alt+${k + 1}`);
      await page.waitForFunction((name) => location.hash.startsWith(`#${name}`), view);
      await page.locator('main h1').waitFor();
      await page.waitForFunction(() => document.querySelector('main progress') === null);
      for (const button of await page
        .locator('main button.sourced:visible')
        .all()
        .then((all) => all.slice(0, 2))) {
        await button.click();
        await page.keyboard.press('Escape');
      }
      await page.mouse.wheel(0, 4000);
      await page.waitForTimeout(300);
    }
    sound(page);
  },
  'two tabs keep their own states': async ({ open }) => {
    const first = await open('cell');
    await exact(first);
    const second = await open('design', { context: first.context() });
    await second.locator('main h1').waitFor();
    await first.getByLabel('Temperature', { exact: true }).fill('50 °C');
    await first.getByLabel('Temperature', { exact: true }).press('Enter');
    await first.waitForTimeout(800);
    check((await second.evaluate(() => location.hash)) === '#design', 'the other tab was changed');
    sound(first);
    sound(second);
  },
  'memory does not grow with the moves of a slider': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    const session = await page.context().newCDPSession(page);
    const used_MB = async () => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
    };
    const slide = (moves) =>
      page.evaluate(async (count) => {
        const slider = document.querySelector('[aria-label="Lithium, counter, slider"]');
        for (let move = 0; move < count; move++) {
          slider.value = String(40 + ((move * 37) % 340));
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise((resolve) => setTimeout(resolve, 40));
        }
      }, moves);
    await slide(20);
    await page.waitForTimeout(800);
    const before = await used_MB();
    await slide(MOVES);
    await page.waitForTimeout(800);
    await exact(page);
    const grown = (await used_MB()) - before;
    check(grown < GROWTH_MB_max, `${grown.toFixed(1)} MB more after ${MOVES} moves`);
    sound(page);
  },
};

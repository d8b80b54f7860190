// Pages of the served workbench for the browser tests. Every page is watched: an error of a script, a breach of the policy, or a request
// to anywhere but the server fails the test that uses it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
/** A desk, a small laptop, a phone. */
export const SCREENS = { desk: [1440, 900], laptop: [1024, 768], phone: [390, 844] };

/** Starts `limetal serve` and gives `open(hash, options)`, `url` and `close`. */
export async function openPages({ browser }) {
  const child = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const { url } = JSON.parse(line.toString());
  return {
    url,
    /**
     * A fresh page at `#hash`, on a `screen` and in `colours`; give `context` to share what an earlier page has kept.
     * `page.faults` lists what went wrong so far; `sound(page)` fails with it.
     */
    async open(hash = '', { screen = 'desk', colours = 'light', context: given } = {}) {
      const [width, height] = SCREENS[screen];
      const context =
        given ??
        (await browser.newContext({
          viewport: { width, height },
          colorScheme: colours,
          acceptDownloads: true,
          permissions: ['clipboard-read', 'clipboard-write'],
        }));
      const page = await context.newPage();
      page.faults = [];
      page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') page.faults.push(`console: ${message.text()}`);
      });
      page.on('request', (request) => {
        const where = request.url();
        if (!where.startsWith(url) && !/^(blob|data):/.test(where)) page.faults.push(`asked for ${where}`);
      });
      await page.goto(`${url}${hash === '' ? '' : `#${hash.replace(/^#/, '')}`}`);
      return page;
    },
    async close() {
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
}

export function check(condition, message) {
  if (!condition) throw new Error(message);
}

/** Nothing went wrong on the page: no error, no breach of its policy, no request to elsewhere. */
export function sound(page) {
  check(page.faults.length === 0, page.faults.join('; '));
}

/** Nothing sticks out at the sides, at any width. */
export async function fits(page) {
  const { scroll, client } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  }));
  check(scroll <= client + 1, `the page is ${scroll} px wide in a window of ${client} px`);
}

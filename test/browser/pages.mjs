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
     * `page.faults` lists what went wrong so far; `sound(page)` fails with it. With `isWritingWatched` the page keeps what is written on
     * its canvases, which `legible(page)` looks through too.
     */
    async open(hash = '', { screen = 'desk', colours = 'light', context: given, isWritingWatched = false } = {}) {
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
      if (isWritingWatched) await page.addInitScript(watchWriting);
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

/** Runs in the page: keeps each text of a canvas with its box, until the canvas is cleared. */
function watchWriting() {
  const { prototype } = CanvasRenderingContext2D;
  const { fillText, clearRect } = prototype;
  const width = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, 'width');
  Object.defineProperty(HTMLCanvasElement.prototype, 'width', {
    ...width,
    set(value) {
      this.written = [];
      width.set.call(this, value);
    },
  });
  prototype.clearRect = function (...box) {
    this.canvas.written = [];
    clearRect.apply(this, box);
  };
  prototype.fillText = function (text, x, y, ...rest) {
    fillText.call(this, text, x, y, ...rest);
    const { actualBoundingBoxLeft, actualBoundingBoxRight, actualBoundingBoxAscent, actualBoundingBoxDescent } =
      this.measureText(text);
    const matrix = this.getTransform();
    const corners = [
      [x - actualBoundingBoxLeft, y - actualBoundingBoxAscent],
      [x + actualBoundingBoxRight, y + actualBoundingBoxDescent],
    ].map(([px, py]) => matrix.transformPoint(new DOMPoint(px, py)));
    const [across, down] = ['x', 'y'].map((axis) => corners.map((corner) => corner[axis]).sort((a, b) => a - b));
    if (text.trim() === '') return;
    this.canvas.written ??= [];
    this.canvas.written.push({ text, across, down });
  };
}

/**
 * Every text can be read: none lies on another, none is cut or sticks out of the window, on the page and on its canvases. A part that
 * scrolls may hold more than it shows; a text that says by dots that there is more (`exempt`) is passed over.
 */
export async function legible(page, { exempt = '.lab-tests-verdict' } = {}) {
  const found = await page.evaluate((passedOver) => {
    const faults = new Set();
    const short = (text) => `“${text.trim().replace(/\s+/g, ' ').slice(0, 60)}”`;
    const boxes = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() === '' || element.closest(`.unseen, .skip, option, script, style, ${passedOver}`)) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
      const seen = { left: -1e9, right: 1e9, top: -1e9, bottom: 1e9 };
      let isScrolled = false;
      for (let around = element; around !== null && around !== document.body; around = around.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(around);
        const { left, right, top, bottom } = around.getBoundingClientRect();
        for (const line of lines) {
          if (/hidden|clip/.test(overflowX) && (line.left < left - 2 || line.right > right + 2))
            faults.add(`${short(node.data)} is cut at the side`);
          if (/hidden|clip/.test(overflowY) && (line.top < top - 3 || line.bottom > bottom + 3))
            faults.add(`${short(node.data)} is cut above or below`);
        }
        if (overflowX !== 'visible' || overflowY !== 'visible') {
          isScrolled ||= /auto|scroll/.test(overflowX);
          seen.left = Math.max(seen.left, left);
          seen.right = Math.min(seen.right, right);
          seen.top = Math.max(seen.top, top);
          seen.bottom = Math.min(seen.bottom, bottom);
        }
        if (position === 'fixed') break;
      }
      for (const line of lines) {
        if (!isScrolled && (line.left < -1 || line.right > innerWidth + 1))
          faults.add(`${short(node.data)} sticks out of the window`);
        const left = Math.max(line.left, seen.left);
        const right = Math.min(line.right, seen.right);
        const top = Math.max(line.top, seen.top);
        const bottom = Math.min(line.bottom, seen.bottom);
        const layer = element.closest('[popover], dialog');
        if (right - left > 1 && bottom - top > 1)
          boxes.push({ node, text: node.data, layer, left, right, top, bottom });
      }
    }
    boxes.sort((a, b) => a.top - b.top);
    for (const [k, a] of boxes.entries()) {
      for (let j = k + 1; j < boxes.length && boxes[j].top < a.bottom; j++) {
        const b = boxes[j];
        if (a.node === b.node || a.layer !== b.layer) continue;
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (width > 2 && height > 4) faults.add(`${short(a.text)} and ${short(b.text)} lie on each other`);
      }
    }
    for (const canvas of document.querySelectorAll('canvas')) {
      const ratio = canvas.width / canvas.clientWidth;
      const written = canvas.written ?? [];
      for (const [k, { text, across, down }] of written.entries()) {
        if (
          across[0] < -ratio ||
          across[1] > canvas.width + ratio ||
          down[0] < -ratio ||
          down[1] > canvas.height + ratio
        )
          faults.add(`${short(text)} is cut by its plot`);
        for (const other of written.slice(k + 1)) {
          const width = Math.min(across[1], other.across[1]) - Math.max(across[0], other.across[0]);
          const height = Math.min(down[1], other.down[1]) - Math.max(down[0], other.down[0]);
          if (width > ratio && height > ratio)
            faults.add(`${short(text)} and ${short(other.text)} lie on each other in a plot`);
        }
      }
    }
    return [...faults];
  }, exempt);
  check(found.length === 0, found.slice(0, 8).join('; '));
}

/** Waits until nothing is being computed and every plot is drawn. */
export const drawn = (page) =>
  page.waitForFunction(
    () =>
      document.querySelector('main h1') !== null &&
      document.querySelector('main progress') === null &&
      [...document.querySelectorAll('.plot')].every((plot) => plot.querySelector('canvas') !== null),
  );

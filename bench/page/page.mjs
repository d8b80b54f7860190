// The page's budgets in Chromium: bytes before anything lazy, first useful paint from `limetal serve`, slider to new curve, tasks that hold
// up the page's own thread. Run after a build: `node bench/page/page.mjs`. Prints one JSON document.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const ROUNDS = 5;
const MOVES = 60;
/** A hand moves a slider about this often. */
const MOVE_INTERVAL_ms = 60;

const child = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', '--json'], {
  stdio: ['ignore', 'pipe', 'ignore'],
});
const [line] = await once(child.stdout, 'data');
const { url } = JSON.parse(line.toString());
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ],
});

const paints = [];
let transfer = null;
for (let round = 0; round < ROUNDS; round++) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  // By the size that the server says, whoever asks: the page, a preload, or a worker.
  const sizes = new Map();
  context.on('response', (response) => sizes.set(response.url(), Number(response.headers()['content-length'] ?? 0)));
  const start_ms = performance.now();
  await page.goto(url);
  await page.locator('.chart canvas').first().waitFor();
  paints.push(performance.now() - start_ms);
  await page.getByText('every cycle computed').waitFor();
  transfer = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  await context.close();
}

const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(url);
await page.getByText('every cycle computed').waitFor();
const slid = await page.evaluate(
  async ([moves, interval_ms]) => {
    const long = [];
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
      buffered: false,
    });
    const slider = document.querySelector('[aria-label="Lithium, counter, slider"]');
    const shown = () =>
      document.querySelector('dt + dd button')?.textContent + document.querySelector('.verdict')?.textContent;
    const stale = () => document.querySelector('.chart.is-stale') !== null;
    const delays = [];
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    for (let move = 0; move < moves; move++) {
      const asked_ms = performance.now();
      slider.value = String(40 + ((move * 37) % 340));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await pause(0);
      // A curve is new when the plot is no longer marked as that of the question before.
      while (performance.now() - asked_ms < 2000) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (!stale()) break;
      }
      delays.push(performance.now() - asked_ms);
      await pause(interval_ms);
    }
    return { delays, long, shown: shown() };
  },
  [MOVES, MOVE_INTERVAL_ms],
);

const sorted = (values) => [...values].sort((a, b) => a - b);
const at = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(share * values.length))];
const round = (value) => Math.round(value * 10) / 10;
console.log(
  JSON.stringify(
    {
      date: new Date().toISOString(),
      machine: cpus()[0].model,
      initial_transfer_kB: { packed: round(transfer / 1000), budget: 350 },
      first_useful_paint_ms: { median: round(at(paints, 0.5)), max: round(Math.max(...paints)), budget: 1500 },
      slider_to_curve_ms: { median: round(at(slid.delays, 0.5)), p95: round(at(slid.delays, 0.95)), budget: 100 },
      main_thread_tasks_over_50_ms: {
        count: slid.long.length,
        longest: round(Math.max(0, ...slid.long)),
        moves: MOVES,
      },
    },
    null,
    2,
  ),
);
await browser.close();
child.kill('SIGINT');

// The page's budgets in Chromium: bytes before anything lazy, first useful paint from `limetal serve`, slider to new curve, tasks that hold
// up the page's own thread. Run after a build: `node bench/page/page.mjs`. Prints one JSON document.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const ROUNDS = 5;
const MOVES = 200;
/** A browser tells of a hand that moves once a frame; a slider of 300 steps changes about this often. */
const MOVE_INTERVAL_ms = 30;
/** Until the charts out of sight are drawn and the files for the next time are kept. */
const QUIET_ms = 3000;

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
// Every question and answer is noted where it passes, and every time the first chart is wiped to be drawn anew.
await page.addInitScript(() => {
  window.asked = [];
  window.drawn = [];
  const ask = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message.task === 'cellDraft') {
      const question = { asked_ms: performance.now(), answered_ms: null };
      window.asked.push(question);
      const listen = ({ data }) => {
        if (data.kind === 'progress') return;
        question.answered_ms = performance.now();
        this.removeEventListener('message', listen);
      };
      this.addEventListener('message', listen);
    }
    return ask.call(this, message, ...rest);
  };
  const wipe = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    if (this.canvas === document.querySelector('.chart canvas')) window.drawn.push(performance.now());
    return wipe.apply(this, box);
  };
});
await page.goto(url);
await page.getByText('every cycle computed').waitFor();
await page.waitForTimeout(QUIET_ms);
const slid = await page.evaluate(
  async ([moves, interval_ms]) => {
    const long = [];
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
      buffered: false,
    });
    // Of what every chart depends on: one that stays as it was is not drawn anew.
    const slider = document.querySelector('[aria-label="Temperature, slider"]');
    const [low, high] = [Number(slider.min), Number(slider.max)];
    window.asked = [];
    window.drawn = [];
    const moved = [];
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    // The hand does not wait for the curve.
    for (let move = 0; move < moves; move++) {
      moved.push(performance.now());
      slider.value = String(low + (0.3 + (0.4 * ((move * 37) % 100)) / 100) * (high - low));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await pause(interval_ms);
    }
    await pause(500);
    // The curve of a move is that of the first question asked at or after it that was answered, once a canvas was drawn with it.
    const answered = window.asked.filter((one) => one.answered_ms !== null);
    const delays = moved.map((moved_ms) => {
      const one = answered.find((question) => question.asked_ms >= moved_ms);
      const drawn_ms = one === undefined ? undefined : window.drawn.find((at) => at >= one.answered_ms);
      return drawn_ms === undefined ? Number.POSITIVE_INFINITY : drawn_ms - moved_ms;
    });
    return { delays, long, questions: window.asked.length, answers: answered.length };
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
      machine: `${cpus().length} × ${cpus()[0].model}`,
      load: round(loadavg()[0]),
      initial_transfer_kB: { packed: round(transfer / 1000), budget: 350 },
      first_useful_paint_ms: { median: round(at(paints, 0.5)), max: round(Math.max(...paints)), budget: 1500 },
      slider_to_curve_ms: {
        median: round(at(slid.delays, 0.5)),
        p95: round(at(slid.delays, 0.95)),
        budget: 100,
        answers: slid.answers,
      },
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

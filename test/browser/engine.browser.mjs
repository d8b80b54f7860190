// The engine in a real browser: Chromium loads dist/ from loopback, starts the worker's bundle, and its results are
// those of Node to the last bit.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInCell } from '../../dist/cells/index.js';
import { simulate } from '../../dist/simulation/index.js';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const CELL = 'li-cu-ether-nitrate';
const ENDLESS = {
  cell: CELL,
  protocol: ['Plate at 1 mA/cm2 for 6 min', 'Strip at 1 mA/cm2 until 1 V', 'repeat 1000000'],
};
const CONTENT_TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json' };
const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** In the page `simulateHere` runs a request and, asked to, stops it once cycle `stopAt` is reached. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>limetal</title><script type="module">
import { createEngine } from '/worker/index.js';
const engine = createEngine(() => new Worker('/worker/engine.js', { type: 'module' }));
window.simulateHere = async (request, stopAt = Infinity) => {
  const abort = new AbortController();
  const fractions = [];
  const onProgress = (fraction, cycle) => {
    fractions.push(fraction);
    if (cycle >= stopAt) abort.abort();
  };
  try {
    const { record, ...rest } = await engine.run(request, { stop: abort.signal, onProgress });
    const columns = ['time_s', 'current_A', 'voltage_V', 'temperature_K', 'cycle'].map((name) => [name, Array.from(record[name])]);
    return { kind: 'result', columns: Object.fromEntries(columns), cycles: rest.cycles, stop: rest.stop, fractions };
  } catch (error) {
    return { kind: 'error', name: error.name, message: error.message, issues: error.issues, fraction: error.fraction, fractions };
  }
};
</script>`;

export const tests = {
  'a run in the worker gives what Node gives': async ({ plain }) => {
    const cell = builtInCell(CELL);
    for (const model of ['fast', 'full']) {
      const expected = simulate(cell, cell.protocol, { model, cycles: 3 });
      const got = await simulateIn(plain, { cell: CELL, options: { model, cycles: 3 } });
      check(got.kind === 'result', `${model}: ${got.message}`);
      check(
        got.stop.kind === expected.stop.kind,
        `${model}: stopped by ${got.stop.kind}, in Node by ${expected.stop.kind}`,
      );
      for (const name of Object.keys(got.columns)) {
        checkSame(got.columns[name], Array.from(expected.record[name]), `${model} ${name}`);
      }
      const efficiencies = (cycles) => cycles.map((one) => one.coulombic_efficiency);
      checkSame(efficiencies(got.cycles), efficiencies(expected.cycles), `${model} coulombic_efficiency`);
    }
  },
  'progress rises from 0 to 1': async ({ plain }) => {
    const { fractions } = await simulateIn(plain, { cell: CELL, options: { cycles: 2000, model: 'fast' } });
    check(fractions.length > 0, 'no progress was heard of');
    const rising = fractions.every((value, i) => value >= 0 && value <= 1 && value >= (fractions[i - 1] ?? 0));
    check(rising, `not rising: ${fractions.join(' ')}`);
  },
  'a cell file with faults comes back as InputError with every fault': async ({ plain }) => {
    const got = await simulateIn(plain, { cell: { limetal: 1, temperature: '25 mA', area: '-1 cm2' } });
    check(got.kind === 'error' && got.name === 'InputError', `got ${got.kind} ${got.name}: ${got.message}`);
    check(got.issues.length >= 2, `only ${got.issues.length} issues: ${got.message}`);
  },
  'an isolated page stops a run and keeps its record': async ({ isolated }) => {
    const got = await simulateIn(isolated, ENDLESS, 3);
    check(got.kind === 'result', `got ${got.name}: ${got.message}`);
    check(got.stop.kind === 'aborted', `stopped by ${got.stop.kind}`);
    check(got.cycles.length >= 2 && got.columns.time_s.length > 8, `only ${got.cycles.length} cycles were kept`);
  },
  'any page stops a run, and its engine runs again': async ({ plain }) => {
    const got = await simulateIn(plain, ENDLESS, 3);
    check(got.kind === 'error' && got.name === 'RunCancelled', `got ${got.kind} ${got.name}`);
    check(got.fraction === got.fractions.at(-1), `says ${got.fraction}, had heard of ${got.fractions.at(-1)}`);
    const again = await simulateIn(plain, { cell: CELL, options: { cycles: 1 } });
    check(again.kind === 'result', `${again.name}: ${again.message}`);
  },
};

/** What the tests get: two pages, one of them isolated. */
export async function prepare({ browser }) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    plain: await open(browser, `${origin}/plain.html`),
    isolated: await open(browser, `${origin}/isolated.html`),
    close: () => server.close(),
  };
}

async function answer(request, response) {
  const path = new URL(request.url, 'http://localhost').pathname;
  const headers = { 'Content-Type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' };
  // A worker's script carries the same policy as its page; on a page without one it does no harm.
  if (path !== '/plain.html') Object.assign(headers, ISOLATION);
  try {
    const body = path.endsWith('.html') ? PAGE : await readFile(join(DIST, normalize(path)));
    response.writeHead(200, headers).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

async function open(browser, url) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`${url}: ${error.message}`));
  await page.goto(url);
  await page.waitForFunction('window.simulateHere !== undefined');
  return page;
}

function simulateIn(page, request, stopAt) {
  return page.evaluate(([what, cycle]) => window.simulateHere(what, cycle), [request, stopAt]);
}

function check(condition, message) {
  if (!condition) throw new Error(message);
}

function checkSame(got, expected, what) {
  check(got.length === expected.length && got.length > 0, `${what}: ${got.length} values, in Node ${expected.length}`);
  for (const [i, value] of expected.entries()) {
    check(Object.is(got[i], value), `${what}[${i}]: ${got[i]}, in Node ${value}`);
  }
}

// The lab bench as a person works at it: files dropped, corrected, judged, compared, saved. Numbers are held against the library in Node and
// against the shell. Files are written here; real ones are used where they lie beside the repository.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { builtInCell, parseCell, parseProtocol } from '../../dist/cells/index.js';
import { labTestFindings } from '../../dist/design/index.js';
import { readInstrumentFile } from '../../dist/readers/index.js';
import { recordFromCsv, recordToBdf, sliceRecord } from '../../dist/records/index.js';
import { cellImpedance, logarithmicFrequencies, runTo, simulate } from '../../dist/simulation/index.js';
import { findings } from './accessibility.browser.mjs';
import { check, fits, openPages, sound } from './pages.mjs';

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const LAB_FILES = process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files';
const AREA = '1.27 cm2';
const CELL = 'li-cu-ether-nitrate';

let made;
/** A record of a cell whose films conduct half as well as those of the built-in one. */
function record() {
  if (made !== undefined) return made;
  const cell = builtInCell(CELL);
  const worse = (layers) => layers.map((layer) => ({ ...layer, conductivity_S_per_m: 2.5e-6 }));
  const other = {
    ...cell,
    counter: { ...cell.counter, interphase: worse(cell.counter.interphase) },
    working: { ...cell.working, interphase: worse(cell.working.interphase) },
  };
  const protocol = parseProtocol(['(Plate at 0.5 mA/cm2 for 0.5 mAh/cm2; Strip at 0.5 mA/cm2 until 1 V) * 4']);
  made = simulate(other, { ...protocol, period_s: 30 }, { model: 'fast' }).record;
  return made;
}

/** The record as a potentiostat writes it, with spectra of two times in between. */
function withSpectra() {
  const cell = builtInCell(CELL);
  const { time_s, voltage_V, current_A, cycle } = record();
  const lines = ['time/s\tEwe/V\tI/mA\tcycle number\tfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm'];
  let later_s = 0;
  for (let row = 0; row < time_s.length; row++) {
    if (row === 0 || (cycle[row] === 3 && cycle[row - 1] === 2)) {
      const place = { kind: 'cycle', cycle: cycle[row], step: 1 };
      const { state } = runTo(cell, cell.protocol, place);
      const { spectrum } = cellImpedance(cell, state, { frequency_Hz: logarithmicFrequencies(0.1, 1e5, 6).reverse() });
      for (let k = 0; k < spectrum.frequency_Hz.length; k++) {
        const wiggle = 1 + 0.002 * Math.sin(37 * k);
        later_s += 5;
        const z = [spectrum.real_ohm[k] * wiggle, -spectrum.imaginary_ohm[k] * wiggle];
        lines.push([time_s[row] + later_s, voltage_V[row], 0, cycle[row], spectrum.frequency_Hz[k], ...z].join('\t'));
      }
      later_s += 5;
    }
    lines.push([time_s[row] + later_s, voltage_V[row], 1e3 * current_A[row], cycle[row], 0, 0, 0].join('\t'));
  }
  return lines.join('\n');
}

const file = (name, content) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

/** Opens the bench with files on it, and says what cell they are of. */
async function benchWith(open, files, { cell = 'Li|Cu', area = AREA, ...options } = {}) {
  const page = await open('bench', options);
  await page.locator('h1').waitFor();
  await page.getByLabel('Open files').setInputFiles(files);
  if (cell !== '') await page.getByLabel('Cell', { exact: true }).selectOption(cell);
  if (area !== '') await page.getByLabel('Area of one electrode').fill(area);
  return page;
}

const number = async (page, label) =>
  Number.parseFloat((await page.locator(`dt:text-is("${label}") + dd button`).textContent()).replace('−', '-'));

/** Waits for the number: a verdict before the last change is greyed. */
async function settledNumber(page, label) {
  await page.locator(`section[aria-label="Verdict"]:not(.is-stale) dt:text-is("${label}")`).waitFor();
  return await number(page, label);
}

async function download(page, action) {
  const [given] = await Promise.all([page.waitForEvent('download'), action()]);
  return { name: given.suggestedFilename(), content: await readFile(await given.path()) };
}

async function save(page, item) {
  await page.getByRole('button', { name: 'Save this test' }).click();
  return await download(page, () => page.getByRole('menuitem', { name: item }).click());
}

/** Where two documents first differ, in words; null where they are the same. */
function firstDifference(shell, page, path) {
  if (typeof shell === 'number' && typeof page === 'number') {
    // A search ends where its steps no longer matter, and what an engine's `exp` rounds shifts that end.
    const tolerance = path.startsWith('.spectra') ? 1e-5 : 1e-10;
    const isSame = Math.abs(shell - page) <= tolerance * Math.max(Math.abs(shell), Math.abs(page));
    return isSame ? null : `${path}: the shell says ${shell}, the page ${page}`;
  }
  if (typeof shell !== 'object' || shell === null || typeof page !== 'object' || page === null) {
    return shell === page ? null : `${path}: the shell says ${shell}, the page ${page}`;
  }
  for (const key of new Set([...Object.keys(shell), ...Object.keys(page)])) {
    const difference = firstDifference(shell[key], page[key], `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

export const prepare = openPages;

export const tests = {
  'the generated example shows a verdict and every kind of figure after one click, on every screen': async ({
    open,
  }) => {
    for (const [screen, colours] of [
      ['desk', 'light'],
      ['laptop', 'dark'],
      ['phone', 'light'],
    ]) {
      const page = await open('bench', { screen, colours });
      await page.getByRole('button', { name: 'Generated example' }).click();
      await page.locator('.verdict').filter({ hasText: 'Coulombic efficiency of lithium: 97.7' }).waitFor();
      for (const title of ['Coulombic efficiency', 'Voltage over time', 'Nyquist', 'Bode', 'Relaxation', 'Residuals']) {
        await page.locator('figcaption').filter({ hasText: title }).first().waitFor();
      }
      await fits(page);
      sound(page);
      await page.context().close();
    }
  },
  'the page, the shell and the library say the same of one file': async ({ open }) => {
    const text = withSpectra();
    const page = await benchWith(open, [file('cell-07.csv', text)]);
    const shown = await settledNumber(page, 'CE, mean of cycles');
    const read = await readInstrumentFile(Buffer.from(text), {
      name: 'cell-07.csv',
      overrides: { area_m2: 1.27e-4 },
    });
    const about = { electrolyte: null, gainMismatch: null, circuit: null, overrides: { area_m2: 1.27e-4 } };
    const { lab } = labTestFindings(read, { cell: 'Li|Cu', ...about });
    const expected = 100 * lab.cycling.longRun.coulombic_efficiency;
    check(Math.abs(shown - expected) < 0.0006, `the page shows ${shown} %, the library ${expected} %`);
    // The page prints signs where the engine writes words.
    const plain = (words) => words.replaceAll('Ω', 'ohm').replaceAll('cm²', 'cm2').replaceAll('−', '-');
    const verdict = plain(await page.locator('.verdict').textContent());
    check(verdict === plain(lab.verdict), `another verdict: ${verdict}`);
    const { content } = await save(page, 'All findings as JSON');
    const folder = await mkdtemp(join(tmpdir(), 'limetal-bench-'));
    await writeFile(join(folder, 'cell-07.csv'), text);
    const words = ['analyse', 'cell-07.csv', '--cell', 'Cu', '--area', AREA, '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, ...words], {
      cwd: folder,
      maxBuffer: 1e8,
    });
    const { written: _, comparison: __, ...fromShell } = JSON.parse(stdout).files[0];
    const { written: ___, ...fromPage } = JSON.parse(content.toString());
    const difference = firstDifference(fromShell, fromPage, '');
    check(difference === null, difference);
    check(
      (await page.locator('.lab-command').first().textContent()).includes(`--cell Cu --area '${AREA}'`),
      'no command',
    );
    await rm(folder, { recursive: true });
    sound(page);
  },
  'a broken file says what is wrong with it, and the others go on': async ({ open }) => {
    const broken = {
      name: 'broken.mpr',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from([1, 2, 3, 0, 255, 7]),
    };
    const page = await benchWith(open, [broken, file('good.csv', recordToBdf(record())), file('empty.txt', '')]);
    const card = (name) => page.locator('.lab-file').filter({ hasText: name });
    await card('broken.mpr').getByRole('alert').waitFor();
    check(
      /no table and no known format/.test(await card('broken.mpr').textContent()),
      'no sentence for the broken file',
    );
    await card('empty.txt').getByRole('alert').waitFor();
    await settledNumber(page, 'CE, mean of cycles');
    await page.getByRole('button', { name: 'Remove broken.mpr' }).click();
    await card('broken.mpr').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await card('broken.mpr').getByRole('alert').waitFor();
    sound(page);
  },
  'what a table means can be said, and its sign turned, and it is read anew at once': async ({ open }) => {
    const { time_s, voltage_V, current_A } = record();
    const comma = (value) => String(value).replace('.', ',');
    const rows = Array.from(time_s, (t, k) => [t / 60, voltage_V[k], 1e6 * current_A[k]].map(comma).join(';'));
    const page = await benchWith(open, [file('tabelle.csv', ['alpha;beta;gamma', ...rows].join('\n'))]);
    const card = page.locator('.lab-file');
    await card.getByText('Recognised in detail').click();
    for (const [heading, meaning] of [
      ['alpha', 'time_min'],
      ['beta', 'voltage_V'],
      ['gamma', 'current_uA'],
    ]) {
      const field = card.getByLabel(`Meaning of column ${heading}`);
      await field.fill(meaning);
      await field.press('Tab');
    }
    await card.getByLabel('Sign').selectOption('+');
    const shown = await settledNumber(page, 'CE, mean of cycles');
    const { lab } = labTestFindings(
      await readInstrumentFile(Buffer.from(recordToBdf(record())), { name: 'x.csv', overrides: { area_m2: 1.27e-4 } }),
      { cell: 'Li|Cu', electrolyte: null, gainMismatch: null, circuit: null, overrides: { area_m2: 1.27e-4 } },
    );
    const expected = 100 * lab.cycling.longRun.coulombic_efficiency;
    check(Math.abs(shown - expected) < 0.01, `the page shows ${shown} %, the same data in BDF give ${expected} %`);
    const command = await page.locator('.lab-command').first().textContent();
    check(command.includes('alpha=time_min') && command.includes('--sign'), command);
    await card.getByLabel('Meaning of column gamma').fill('current_furlong');
    await card.getByLabel('Meaning of column gamma').press('Tab');
    await card.getByRole('alert').waitFor();
    await page.keyboard.press('Control+z');
    await card.getByRole('alert').waitFor({ state: 'detached' });
    sound(page);
  },
  'files that belong together are one test, unless one says otherwise': async ({ open }) => {
    const whole = record();
    const middle = whole.cycle.indexOf(3);
    const parts = [sliceRecord(whole, 0, middle), sliceRecord(whole, middle)];
    const texts = parts.map((part) => recordToBdf({ ...part, time_s: part.time_s.map((t) => t - part.time_s[0]) }));
    const page = await benchWith(open, [file('cell part 1.csv', texts[0]), file('cell part 2.csv', texts[1])]);
    await page.getByRole('heading', { name: 'cell part 1.csv and 1 more, as one test' }).waitFor();
    await page.getByText('How the files were joined').waitFor();
    await page.getByLabel('Several files').selectOption('each');
    await page.getByRole('heading', { name: '2 tests' }).waitFor();
    await page
      .getByRole('button', { name: /cell part 2.csv/ })
      .last()
      .click();
    await page.getByRole('heading', { name: 'cell part 2.csv' }).waitFor();
    await fits(page);
    sound(page);
  },
  'a link brings the settings and says which files to open': async ({ open }) => {
    const files = [file('cell-07.csv', recordToBdf(record()))];
    const page = await benchWith(open, files);
    const shown = await settledNumber(page, 'CE, mean of cycles');
    await page.waitForTimeout(500);
    const hash = await page.evaluate(() => location.hash);
    check(hash.length < 2000, `the link has ${hash.length} characters`);
    const again = await open(hash);
    await again.getByRole('button', { name: 'Open cell-07.csv' }).waitFor();
    check((await again.getByLabel('Area of one electrode').inputValue()) === AREA, 'the link lost the area');
    await again.getByLabel('Open files').setInputFiles(files);
    check((await settledNumber(again, 'CE, mean of cycles')) === shown, 'the link gives another number');
    check((await again.locator('.lab-file').count()) === 1, 'the file is there twice');
    await again.getByRole('link', { name: 'Design desk' }).click();
    await again.getByRole('heading', { level: 1, name: /Design/ }).waitFor();
    await again.getByRole('link', { name: 'Lab bench' }).click();
    check(
      (await settledNumber(again, 'CE, mean of cycles')) === shown,
      'the files were lost while another part was open',
    );
    sound(page);
    sound(again);
  },
  'a circuit is typed and its parameters come with errors; one that is none is told': async ({ open }) => {
    const page = await open('bench');
    await page.getByRole('button', { name: 'Generated example' }).click();
    await page.getByText('chosen: least AICc').waitFor();
    const field = page.getByLabel('Circuit of the spectra');
    await field.fill('R0-p(R1,CPE1)');
    await field.press('Enter');
    await page.getByText('R0-p(R1,CPE1), as typed').waitFor();
    const row = page.locator('tr').filter({ has: page.locator('th:text-is("R1")') });
    check(/determined/.test(await row.textContent()), await row.textContent());
    await field.fill('R0-p(R1,');
    await field.press('Enter');
    await page.getByRole('alert').first().waitFor();
    await page.keyboard.press('Control+z');
    // Of two resistances in series only the sum can be known.
    await field.fill('R0-R9-p(R1,CPE1)');
    await field.press('Enter');
    const parameters = page.getByRole('region', { name: 'Parameters of the circuit' });
    await parameters.getByText('not determined by this data').first().waitFor();
    await page.getByRole('button', { name: 'Show Spectrum 3' }).click();
    await page.getByRole('heading', { name: 'Spectrum 3', exact: true }).waitFor();
    sound(page);
  },
  'a cell is fitted to the test and taken to the cell page': async ({ open }) => {
    const page = await benchWith(open, [file('cell-07.csv', recordToBdf(record()))]);
    await settledNumber(page, 'CE, mean of cycles');
    await page.getByLabel('Cell beside the test').selectOption(CELL);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText(/root mean square: voltage \d/).waitFor();
    await page.getByText('Values to fit:').click();
    await page.getByLabel('Look through the values that can be fitted').fill('interphase[0].conductivity');
    await page
      .getByRole('checkbox', { name: /interphase\[0\]\.conductivity/ })
      .first()
      .check();
    await page.getByLabel('Fit looks at').selectOption('voltage');
    await page.getByRole('button', { name: 'Compare and fit 1' }).click();
    await page.getByRole('region', { name: 'Fitted values' }).waitFor();
    const cells = await page.getByRole('region', { name: 'Fitted values' }).locator('td').allTextContents();
    check(/^2\.[45]/.test(cells[1]) && cells.at(-1).startsWith('determined'), cells.join(' | '));
    await page.locator('figcaption').filter({ hasText: 'beside' }).first().waitFor();
    const { content } = await download(page, () => page.getByRole('button', { name: 'Save the fitted cell' }).click());
    const fitted = parseCell(JSON.parse(content.toString()));
    const film = fitted.counter.interphase[0].conductivity_S_per_m;
    check(Math.abs(film / 2.5e-6 - 1) < 0.05, `the fit says ${film} S/m, the film had 2.5e-6`);
    await page.getByRole('button', { name: 'Take the fitted cell to the Cell page' }).click();
    await page.getByRole('heading', { level: 1, name: 'Cell' }).waitFor();
    await page.getByText('every cycle computed').waitFor();
    sound(page);
  },
  'a fit that takes long is stopped, and the bench goes on': async ({ open }) => {
    const page = await benchWith(open, [file('cell-07.csv', recordToBdf(record()))]);
    await settledNumber(page, 'CE, mean of cycles');
    await page.getByLabel('Cell beside the test').selectOption(CELL);
    await page.getByText('Values to fit:').click();
    for (const name of ['interphase[0].conductivity', 'kinetics.exchangeCurrent']) {
      await page.getByLabel('Look through the values that can be fitted').fill(name);
      await page
        .getByRole('checkbox', { name: new RegExp(name.replace(/[[\].]/g, '.')) })
        .first()
        .check();
    }
    await page.getByText('full', { exact: true }).click();
    await page.getByRole('button', { name: 'Compare and fit 2' }).click();
    await page.waitForFunction(() => document.querySelector('progress[aria-label="comparing"]')?.value > 0);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page
      .getByText(/Stopped/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Compare and fit 2' }).waitFor();
    check((await page.getByRole('button', { name: 'Stop' }).count()) === 0, 'still running');
    sound(page);
  },
  'with everything open, a screen reader and a keyboard find their way': async ({ open }) => {
    for (const colours of ['light', 'dark']) {
      const page = await open('bench', { colours });
      await page.getByRole('button', { name: 'Generated example' }).click();
      await page.getByText('chosen: least AICc').waitFor();
      await page.getByText('Recognised in detail').click();
      await page.getByLabel('Cell beside the test').selectOption(CELL);
      await page.getByText('Values to fit:').click();
      await page.waitForFunction(() => document.querySelector('main progress') === null);
      const found = await findings(page);
      check(found.length === 0, found.join('\n'));
      sound(page);
      await page.context().close();
    }
  },
  'records leave in every format and come back the same': async ({ open }) => {
    const page = await benchWith(open, [file('cell-07.csv', recordToBdf(record()))]);
    await settledNumber(page, 'CE, mean of cycles');
    for (const [item, ending] of [
      ['Records and spectra as CSV', '.csv'],
      ['Records and spectra as BDF', '.bdf.csv'],
      ['Records and spectra as Parquet', '.parquet'],
      ['Records and spectra as JSON', '.record.json'],
    ]) {
      const { name, content } = await save(page, item);
      check(name === `cell-07${ending}`, name);
      if (ending === '.csv') {
        const back = recordFromCsv(content.toString());
        check(back.voltage_V.length === record().voltage_V.length, 'rows were lost');
        check(Math.abs(back.voltage_V.at(-1) - record().voltage_V.at(-1)) < 1e-12, 'another last voltage');
      }
      if (ending === '.parquet') check(content.subarray(0, 4).toString() === 'PAR1', 'no Parquet');
    }
    sound(page);
  },
  'a table is pasted, and a file is dropped': async ({ open }) => {
    const page = await open('bench');
    await page.locator('h1').click();
    const text = recordToBdf(record());
    await page.evaluate(async (content) => await navigator.clipboard.writeText(content), text);
    await page.keyboard.press('Control+v');
    await page.locator('.lab-file').filter({ hasText: 'pasted.txt' }).waitFor();
    const transfer = await page.evaluateHandle((content) => {
      const data = new DataTransfer();
      data.items.add(new File([content], 'dropped.csv'));
      return data;
    }, text);
    const bench = page.locator('.bench');
    await bench.dispatchEvent('dragover', { dataTransfer: transfer });
    await page.getByText('Let go to open').waitFor();
    await bench.dispatchEvent('drop', { dataTransfer: transfer });
    await page.locator('.lab-file').filter({ hasText: 'dropped.csv' }).waitFor();
    check((await page.getByText('Let go to open').count()) === 0, 'the hint stayed');
    sound(page);
  },
  'a worker that is lost is replaced, and gets the files again': async ({ open }) => {
    const page = await benchWith(open, [file('cell-07.csv', recordToBdf(record()))]);
    const shown = await settledNumber(page, 'CE, mean of cycles');
    for (const worker of page.workers()) {
      await worker.evaluate(() => {
        self.addEventListener(
          'message',
          () =>
            setTimeout(() => {
              throw new Error('lost on purpose');
            }),
          { once: true },
        );
      });
    }
    await page.getByLabel('Electrolyte').selectOption('liquid');
    await page.waitForTimeout(600);
    check((await settledNumber(page, 'CE, mean of cycles')) === shown, 'another number from the new worker');
    check((await page.locator('.problem').count()) === 0, 'the loss was not made good');
  },
  'a file of a million rows is drawn, zoomed into, and never stops the page': async ({ open }) => {
    const rows = 1_000_000;
    const lines = ['time/s\tEwe/V\tI/mA'];
    for (let k = 0; k < rows; k++) {
      const sign = Math.floor(k / 5000) % 2 === 0 ? -1 : 1;
      const spike = k === 712_345 ? 0.2 : 0;
      lines.push(`${k}\t${(sign * (0.03 + 1e-4 * Math.sin(k / 50)) + spike).toFixed(6)}\t${0.5 * sign}`);
    }
    const folder = await mkdtemp(join(tmpdir(), 'limetal-bench-'));
    const path = join(folder, 'long.txt');
    await writeFile(path, lines.join('\n'));
    const page = await open('bench');
    await page.evaluate(() => {
      window.longest_ms = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longest_ms = Math.max(window.longest_ms, duration);
      }).observe({ type: 'longtask' });
    });
    await page.getByLabel('Cell', { exact: true }).selectOption('Li|Li');
    await page.getByLabel('Open files').setInputFiles(path);
    const figure = page.locator('figure.chart').filter({ hasText: 'Voltage over time' });
    await figure.locator('canvas').first().waitFor({ timeout: 90_000 });
    await page.waitForTimeout(500);
    const box = await figure.locator('.u-over').first().boundingBox();
    const at = (share) => [box.x + share * box.width, box.y + box.height / 2];
    await page.mouse.move(...at(0.7));
    await page.mouse.down();
    await page.mouse.move(...at(0.72), { steps: 4 });
    await page.mouse.up();
    await page.getByText(/to (199|20\d)(\.\d+)? h\./).waitFor();
    await page.waitForTimeout(300);
    const longest_ms = await page.evaluate(() => window.longest_ms);
    console.log(`        longest task of the main thread with a million rows: ${longest_ms.toFixed(0)} ms`);
    // Other work of the machine counts in; the rows themselves would take seconds.
    check(longest_ms < 1000, `the page stood still for ${longest_ms} ms`);
    await page.getByRole('button', { name: 'Show the whole test' }).click();
    await rm(folder, { recursive: true });
    sound(page);
  },
  'real files: a soft short at spectrum 24 from the spectra of a Li|Li cell': async ({ open }) => {
    const folder = `${LAB_FILES}/biologic/li-li-tegdme`;
    if (!existsSync(folder)) return console.log(`        skipped: no real instrument files ${folder}`);
    const stem = `${folder}/jr862_11_08_23_insitu-impedance-LiLi_1MLiTFSI_TEGDME-1mA`;
    const page = await benchWith(open, [`${stem}_01_GCPL_C05.mpr`, `${stem}_02_GEIS_C05.mpr`], {
      cell: 'Li|Li',
      area: '0.4 cm2',
    });
    await page
      .locator('.verdict')
      .filter({ hasText: /[Ss]oft short/ })
      .waitFor();
    const row = page.locator('tr').filter({ hasText: 'soft short begins' });
    const spectrum = Number(await row.locator('td').first().textContent());
    check(Math.abs(spectrum - 24) <= 1, `the short is found at spectrum ${spectrum}`);
    await page.locator('figcaption').filter({ hasText: 'Resistance along the test' }).waitFor();
    await fits(page);
    sound(page);
  },
  'real files: the efficiency of a half-cell from an Arbin database': async ({ open }) => {
    const path = `${LAB_FILES}/arbin/20160805_test001_45_cc_01.res`;
    if (!existsSync(path)) return console.log(`        skipped: no real instrument file ${path}`);
    const page = await benchWith(open, [path], { cell: 'Li|Cu', area: '' });
    const table = page.getByRole('region', { name: 'Cycles' });
    await table.locator('tbody tr').first().waitFor();
    const cells = await table.locator('tbody tr').first().locator('td').allTextContents();
    check(
      cells.some((text) => Math.abs(Number(text) - 92.61) < 0.006),
      `cycle 1: ${cells.join(' | ')}`,
    );
    sound(page);
  },
};

// What leaves the page is what the shell makes: the copied command is run in Node, and every number is the same to its
// last digit, although Chromium's engine of JavaScript is another.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parquetReadObjects } from 'hyparquet';
import { check, openPages, sound } from './pages.mjs';

export const prepare = openPages;

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const CELL = 'li-cu-ether-nitrate';

const exact = (page) => page.getByText('every cycle computed').waitFor();

async function rested(page) {
  await page.waitForTimeout(700);
  await exact(page);
}

async function type(page, label, text) {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(text);
  await field.press('Enter');
}

async function saved(page, item, menu = 'Save run') {
  await page.getByRole('button', { name: menu, exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function copiedCommand(page) {
  await page.getByRole('button', { name: 'Save run', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Copy the shell command' }).click();
  await page.getByText('Command copied.').waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Runs the copied command as a shell would, beside the cell file that was saved, and compares the files of both. */
async function sameInShell(page) {
  const folder = mkdtempSync(join(tmpdir(), 'limetal-command-'));
  const command = await copiedCommand(page);
  if (command.includes('.cell.json')) {
    const { name, bytes } = await saved(page, 'Cell file');
    check(command.includes(name), `${command} does not name ${name}`);
    writeFileSync(join(folder, name), bytes);
  }
  const words = `'${process.execPath}' '${COMMAND}' ${command.replace(/^limetal /, '')} --quiet`;
  execFileSync('sh', ['-c', words], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  for (const item of ['Record as CSV', 'Cycles as CSV']) {
    const { name, bytes } = await saved(page, item);
    const [there, here] = [bytes.toString('utf8'), readFileSync(join(folder, 'results', name), 'utf8')].map(tableOf);
    check(there.names.join() === here.names.join(), `${name}: ${there.names}\nshell: ${here.names}`);
    check(
      there.rows.length === here.rows.length,
      `${name}: ${there.rows.length} rows, ${here.rows.length} in the shell`,
    );
    for (const [k, row] of there.rows.entries()) {
      for (const [c, column] of there.names.entries()) {
        const shell = here.rows[k][c];
        check(row[c] === shell, `${name}, row ${k + 1}, ${column}: ${row[c]}, in the shell ${shell}`);
      }
    }
  }
}

function tableOf(text) {
  const [head, ...lines] = text.trimEnd().split(/\r?\n/);
  return { names: head.split(','), rows: lines.map((line) => line.split(',')) };
}

export const tests = {
  'the copied command of a built-in cell gives every number of the page': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    await sameInShell(page);
    sound(page);
  },
  'and that of another protocol, model and number of cycles': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    await page
      .getByRole('textbox', { name: 'Protocol', exact: true })
      .fill('Plate at 2 mA/cm2 for 30 min\nRest for 5 min\nStrip at 0.5 mA/cm2 until 0.8 V');
    await page.getByLabel('Cycles (0 for those of the protocol)').first().fill('3');
    await page.getByText('full', { exact: true }).click();
    await page.waitForTimeout(800);
    await page.getByText('full model, every cycle computed').waitFor();
    await sameInShell(page);
    sound(page);
  },
  'and that of a changed cell, from its saved file': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    await type(page, 'Temperature', '40 °C');
    await type(page, 'Lithium, counter', '33 µm');
    await rested(page);
    await sameInShell(page);
    await page.locator('details.card > summary').first().click();
    const slider = page.locator('details.card input[type=range]').first();
    await slider.focus();
    for (let k = 0; k < 20; k++) await page.keyboard.press('ArrowLeft');
    await rested(page);
    await sameInShell(page);
    sound(page);
  },
  'record and cycles leave as Parquet with the numbers of the CSV, and as BDF and JSON': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    for (const of of ['Record', 'Cycles']) {
      const csv = (await saved(page, `${of} as CSV`)).bytes.toString('utf8').trimEnd().split(/\r?\n/);
      const { bytes } = await saved(page, `${of} as Parquet`);
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      const rows = await parquetReadObjects({ file });
      check(rows.length === csv.length - 1, `${rows.length} rows of Parquet, ${csv.length - 1} of CSV`);
      const names = csv[0].split(',');
      for (const [k, row] of rows.entries()) {
        const fields = csv[k + 1].split(',');
        for (const [c, name] of names.entries()) {
          const text = row[name] === null || Number.isNaN(row[name]) ? '' : String(row[name]);
          const told = fields[c] === 'NaN' ? '' : fields[c];
          check(text === told || Object.is(Number(told), row[name]), `${of} row ${k}, ${name}: ${text}, CSV ${told}`);
        }
      }
    }
    const bdf = await saved(page, 'Record as BDF');
    check(/Test Time \/ s/.test(bdf.bytes.toString('utf8')), 'no BDF heading');
    const json = JSON.parse((await saved(page, 'Record as JSON')).bytes.toString('utf8'));
    check(typeof json === 'object' && json !== null, 'no JSON');
    sound(page);
  },
  'the paragraph of methods cites works that the bibliography has': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    const words = (await saved(page, 'Methods paragraph')).bytes.toString('utf8');
    const { name, bytes } = await saved(page, 'Bibliography (BibTeX)');
    check(name === `${CELL}.bib`, name);
    const bib = bytes.toString('utf8');
    const keys = /Values are from \[([^\]]+)\]/.exec(words)[1].split('; ');
    check(keys.length > 2, words);
    for (const key of [...keys, 'limetal']) check(bib.includes(`{${key},\n`), `no entry ${key}`);
    check(words.includes(`limetal run ${CELL}`), words);
    sound(page);
  },
  'a figure leaves in the widths of journals': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    for (const [item, width] of [
      ['One column, 8.4 cm (SVG)', '8.4cm'],
      ['Two columns, 17.8 cm (SVG)', '17.8cm'],
    ]) {
      const { bytes } = await saved(page, item, 'Export Coulombic efficiency');
      check(bytes.toString('utf8').startsWith(`<svg width="${width}"`), bytes.toString('utf8').slice(0, 90));
    }
    sound(page);
  },
  'a measured file is laid over the computed cell, with bands around it': async ({ open }) => {
    const page = await open('cell');
    await exact(page);
    const { bytes } = await saved(page, 'Record as CSV');
    await page
      .getByLabel('Lay a measured file over it')
      .setInputFiles({ name: 'cell-07.csv', mimeType: 'text/csv', buffer: bytes });
    await page.locator('.chart .legend').getByText('measured: cell-07.csv').first().waitFor();
    await page.getByLabel('Bands over what is uncertain').check();
    await page.getByText(/Bands are 80 % of/).waitFor();
    const { bytes: data } = await saved(page, 'Data as CSV', 'Export Coulombic efficiency');
    check(/low/.test(data.toString('utf8').split('\n')[0]), data.toString('utf8').split('\n')[0]);
    sound(page);
  },
};

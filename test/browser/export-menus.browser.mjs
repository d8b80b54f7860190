// Every figure and every table of every part can be saved: the menus are found on the page as a person finds them, each file is taken and
// read, and the commands that are copied are run in a shell and their numbers compared.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parquetReadObjects } from 'hyparquet';
import { builtInCell, parseProtocol } from '../../dist/cells/index.js';
import { recordToBdf, tableFromCsv } from '../../dist/records/index.js';
import { cellImpedance, logarithmicFrequencies, runTo, simulate } from '../../dist/simulation/index.js';
import { check, openPages, sound } from './pages.mjs';

export const prepare = openPages;

const COMMAND = fileURLToPath(new URL('../../dist/cli/limetal.js', import.meta.url));
const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));

/** What can be pressed to save: the menus of figures and tables, and that of a run or a test. */
const MENUS = 'main button[popovertarget^="menu-"]';

async function itemsOf(page, title) {
  await page.getByRole('button', { name: title, exact: true }).click();
  const labels = await page.locator('[role=menu]:popover-open [role=menuitem]').allTextContents();
  await page.keyboard.press('Escape');
  return labels;
}

async function saved(page, title, item) {
  await page.getByRole('button', { name: title, exact: true }).click();
  const fault = page.getByText(/^That could not be saved/);
  const [download] = await Promise.all([
    Promise.race([page.waitForEvent('download'), fault.waitFor().then(async () => fault.first().textContent())]),
    page.locator('[role=menu]:popover-open').getByRole('menuitem', { name: item, exact: true }).click(),
  ]);
  check(typeof download !== 'string', `${title}, ${item}: ${download}`);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function copied(page, title) {
  await page.getByRole('button', { name: title, exact: true }).click();
  await page.locator('[role=menu]:popover-open').getByRole('menuitem', { name: 'Copy the shell command' }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Figures and tables with nothing beside them that saves them. */
const without = (page) =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll('main table, main figure.chart, main svg.drop, main .stack')];
    return shown
      .filter((one) => one.closest('.chart-table, .lab-columns, details:not([open])') === null)
      .filter((one) => {
        // The rows of the literature are saved beside them; what is computed beside them by the card that computes.
        const part = one.closest('.card');
        const around = one.matches('.side-by-side') ? document.querySelector('main') : part;
        return around.querySelector('button[popovertarget^="menu-"]') === null;
      })
      .map(
        (one) =>
          `${one.tagName} ${one.className.baseVal ?? one.className} in ${one.closest('.card')?.textContent.slice(0, 60)}`,
      );
  });

function checkSvg(name, svg) {
  const [, width, height] = /^<svg width="([\d.]+)(?:cm)?" height="([\d.]+)(?:cm)?"/.exec(svg) ?? [];
  check(Number(width) > 5 && Number(height) > 2, `${name} begins with ${svg.slice(0, 90)}`);
  check(svg.trimEnd().endsWith('</svg>') && !/NaN|undefined|Infinity|\bvar\(/.test(svg), `${name} is no sound SVG`);
  check(/<title>[^<]+<\/title>/.test(svg), `${name} has no title`);
  check(svg.includes(`>limetal ${version}`), `${name} does not name what made it`);
  check(/fill="(#ffffff|rgb\(255,255,255\))"/.test(svg), `${name} has no ground of its own`);
  check(svg.includes('Arial'), `${name} names no letters that any system has`);
}

const widthOfPng = (bytes) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(16);

async function checkParquet(name, { bytes }, csv) {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const rows = await parquetReadObjects({ file });
  const columns = tableFromCsv(csv);
  check(rows.length === (columns[0]?.data.length ?? 0), `${name}: ${rows.length} rows, CSV ${columns[0]?.data.length}`);
  for (const { name: column, data } of columns) {
    for (const [k, value] of data.entries()) {
      const found = rows[k][column];
      const isSame = found === value || ((found === null || found === '') && (value === null || value === ''));
      check(isSame || String(found) === String(value), `${name}, ${column}, row ${k}: ${found}, CSV ${value}`);
    }
  }
}

/** Opens every menu that is seen, takes the figure and the data of each, and says how many there were. */
async function everyMenu(page) {
  await settled(page);
  const titles = await page
    .locator(MENUS)
    .evaluateAll((buttons) =>
      buttons.filter((button) => button.checkVisibility()).map((button) => button.getAttribute('aria-label')),
    );
  check(new Set(titles).size === titles.length, `two menus of one name among ${titles}`);
  for (const title of titles) {
    const labels = await itemsOf(page, title);
    for (const format of [/CSV/, /Parquet/, /JSON|shell command|SVG/])
      check(
        labels.some((label) => format.test(label)),
        `${title} saves no ${format}: ${labels}`,
      );
    if (labels.includes('Figure as SVG')) {
      const svg = await saved(page, title, 'Figure as SVG');
      checkSvg(`${title}, ${svg.name}`, svg.bytes.toString('utf8'));
      const png = await saved(page, title, 'Figure as PNG');
      check(
        png.bytes.subarray(1, 4).toString() === 'PNG' && widthOfPng(png.bytes) >= 2000,
        `${title}: no PNG for print`,
      );
      const wide = await saved(page, title, 'Two columns, 17.8 cm (SVG)');
      check(wide.bytes.toString('utf8').startsWith('<svg width="17.8cm"'), `${title}: not of a journal's width`);
    }
    if (!labels.includes('Data as CSV')) continue;
    const csv = await saved(page, title, 'Data as CSV');
    const text = csv.bytes.toString('utf8');
    check(text.split('\r\n').length > 1 && !/undefined|\[object/.test(text), `${title}: ${text.slice(0, 80)}`);
    const parquet = await saved(page, title, 'Data as Parquet');
    check(parquet.name === csv.name.replace(/csv$/, 'parquet'), `${parquet.name} beside ${csv.name}`);
    await checkParquet(title, parquet, text);
  }
  const left = await without(page);
  check(left.length === 0, `nothing saves ${left.join('; ')}`);
  return titles.length;
}

/** The paragraph cites what the bibliography has, and names version and command. */
async function checkWords(page, title) {
  const words = (await saved(page, title, 'Methods paragraph')).bytes.toString('utf8');
  const works = (await saved(page, title, 'Bibliography (BibTeX)')).bytes.toString('utf8');
  const [, cited] = /are from \[([^\]]+)\]/.exec(words) ?? [];
  for (const key of ['limetal', ...(cited?.split('; ') ?? [])]) check(works.includes(`{${key},\n`), `no entry ${key}`);
  check(words.includes(`limetal ${version}`), words);
  return { words, works };
}

async function inShell(command, { folder, json = true } = {}) {
  check(command.startsWith('limetal '), command);
  const words = `'${process.execPath}' '${COMMAND}' ${command.slice('limetal '.length)}${json ? ' --json' : ''}`;
  const options = { cwd: folder ?? tmpdir(), maxBuffer: 1e8 };
  const { stdout } = await promisify(execFile)('sh', ['-c', words], options);
  return json ? JSON.parse(stdout) : stdout;
}

/** Values of a saved table by the text of its first column. */
function byName(csv) {
  const [names, ...columns] = tableFromCsv(csv.bytes.toString('utf8'));
  const value = columns.find(({ name }) => name === 'Value') ?? columns[0];
  return new Map(names.data.map((name, k) => [name, value.data[k]]));
}

/** The shell prints some answers with six digits. */
const RELATIVE = 6e-6;

function same(what, page, shell) {
  check(typeof page === 'number' && typeof shell === 'number', `${what}: ${page}, in the shell ${shell}`);
  check(Math.abs(page - shell) <= RELATIVE * Math.abs(shell) + 1e-12, `${what}: ${page}, in the shell ${shell}`);
}

const tool = (page, name) => page.getByText(name, { exact: true }).first().click();
/** Until bands and curves that come after the first answer stand there, too. */
async function settled(page) {
  let before = '';
  for (let quiet = 0; quiet < 2; ) {
    await page.waitForTimeout(700);
    const now = await page.locator('main').textContent();
    quiet = now === before ? quiet + 1 : 0;
    before = now;
  }
}

/** A short test with spectra, as a potentiostat writes it. */
function labFile() {
  const cell = builtInCell('li-cu-ether-nitrate');
  const protocol = parseProtocol(['(Plate at 0.5 mA/cm2 for 0.5 mAh/cm2; Strip at 0.5 mA/cm2 until 1 V) * 4']);
  const { record } = simulate(cell, { ...protocol, period_s: 60 }, { model: 'fast' });
  const lines = ['time/s\tEwe/V\tI/mA\tcycle number\tfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm'];
  const { state } = runTo(cell, cell.protocol, { kind: 'cycle', cycle: 1, step: 1 });
  const { spectrum } = cellImpedance(cell, state, { frequency_Hz: logarithmicFrequencies(0.1, 1e5, 6).reverse() });
  const row = (values) => lines.push(values.join('\t'));
  spectrum.frequency_Hz.forEach((frequency, k) => {
    row([5 * k, record.voltage_V[0], 0, 1, frequency, spectrum.real_ohm[k], -spectrum.imaginary_ohm[k]]);
  });
  const later_s = 5 * spectrum.frequency_Hz.length;
  record.time_s.forEach((time_s, k) => {
    row([time_s + later_s, record.voltage_V[k], 1e3 * record.current_A[k], record.cycle[k], 0, 0, 0]);
  });
  return { bdf: recordToBdf(record), text: lines.join('\n') };
}

async function benchPage(open, content, name) {
  const page = await open('bench');
  await page.locator('h1').waitFor();
  await page.getByLabel('Open files').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
  await page.getByLabel('Cell', { exact: true }).selectOption('Li|Cu');
  await page.getByLabel('Area of one electrode').fill('1.27 cm2');
  await page.getByLabel('Area of one electrode').press('Enter');
  await page.locator('section[aria-label="Verdict"]:not(.is-stale)').getByText(/CE/).first().waitFor();
  return page;
}

export const tests = {
  'cell: every figure is saved as SVG, PNG, CSV and Parquet': async ({ open }) => {
    const page = await open('cell');
    await page.getByText('every cycle computed').waitFor();
    check((await everyMenu(page)) >= 11, 'menus are missing');
    const stack = await saved(page, 'Export the drawn cell', 'Data as CSV');
    check(/Li,lithium,0\.00025/.test(stack.bytes.toString()), stack.bytes.toString());
    sound(page);
  },
  'cell: what leaves before the run is done says that it is a draft': async ({ open }) => {
    const page = await open('cell');
    await page.getByText('every cycle computed').waitFor();
    await page.getByText('full', { exact: true }).click();
    await page.getByLabel('Cycles (0 for those of the protocol)').first().fill('1000');
    await page.getByText('Draft while you move').waitFor();
    await page.getByRole('button', { name: 'Export Coulombic efficiency', exact: true }).click();
    const menu = page.locator('[role=menu]:popover-open');
    const labels = await menu.getByRole('menuitem').allTextContents();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      menu.getByRole('menuitem', { name: 'Figure as SVG', exact: true }).click(),
    ]);
    const svg = await readFile(await download.path(), 'utf8');
    check(!labels.includes('Copy the shell command'), 'a draft has a command');
    check(download.suggestedFilename().endsWith('-draft.svg') && svg.includes('a draft: fast model'), svg.slice(-300));
    sound(page);
  },
  'solid interface: every figure and table is saved': async ({ open }) => {
    const page = await open('interface');
    await page.getByText('What to improve first').waitFor();
    // On garnet nothing grows, so there would be no figure of growth.
    await page.getByLabel('or typed').fill('LAGP');
    await page.getByLabel('or typed').press('Enter');
    await page.getByRole('button', { name: /^Export Growth of the interphase/ }).waitFor();
    await settled(page);
    await page.getByText(/numbers that this comes from/).click();
    check((await everyMenu(page)) >= 9, 'menus are missing');
    sound(page);
  },
  'solid interface: the copied command gives its numbers, and words for a paper are saved': async ({ open }) => {
    const page = await open('interface');
    await page.getByLabel('Stack pressure', { exact: true }).fill('4 MPa');
    await page.getByLabel('Stack pressure', { exact: true }).press('Enter');
    await settled(page);
    const numbers = byName(await saved(page, 'Export the answer', 'Data as CSV'));
    const shell = await inShell(await copied(page, 'Export the answer'));
    check(shell.conditions.pressure_MPa === 4, 'another pressure in the shell');
    same('resistance', numbers.get('Resistance, total'), shell.resistance_ohm_cm2.total.value);
    same('constriction', numbers.get('Resistance, constriction'), shell.resistance_ohm_cm2.constriction.value);
    same('safe current', numbers.get('Safe current'), shell.safe_current_mA_per_cm2.value);
    same('contact', numbers.get('Share of the area that lithium touches'), 100 * shell.contact.value);
    const improved = byName(await saved(page, 'Export the improvements', 'Data as CSV'));
    for (const { change, resistance_ohm_cm2 } of shell.improvements)
      same(change, improved.get(change), resistance_ohm_cm2);
    const { words } = await checkWords(page, 'Export the answer');
    check(words.includes('4 MPa') && words.includes('limetal interface'), words);
    await sameDrawing(page, 'Export Resistance of the interface, by part', await copied(page, 'Export the answer'));
    sound(page);
  },
  'lithiophilicity: every figure and table is saved': async ({ open }) => {
    const page = await open('lithiophilicity');
    for (const title of ['the drop', 'the map of elements', 'the reaction', 'the electrolyte'])
      await page.getByRole('button', { name: `Export ${title}`, exact: true }).waitFor();
    await page.getByText('Filling of 100 µm without pressure').first().waitFor();
    await page.getByRole('button', { name: /^Export Contact angle/ }).waitFor();
    check((await everyMenu(page)) >= 6, 'menus are missing');
    sound(page);
  },
  'lithiophilicity: the copied commands give its numbers': async ({ open }) => {
    const page = await open('lithiophilicity');
    await page.getByText('Filling of 100 µm without pressure').first().waitFor();
    await page.getByLabel('Temperature of the melt', { exact: true }).fill('300 °C');
    await page.getByLabel('Temperature of the melt', { exact: true }).press('Enter');
    await settled(page);
    const drop = byName(await saved(page, 'Export the drop', 'Data as CSV'));
    const wet = await inShell(await copied(page, 'Export the drop'));
    check(wet.conditions.temperature_C === 300, 'another temperature in the shell');
    same('angle', drop.get('Apparent contact angle'), wet.apparent_angle_deg.value);
    same('adhesion', drop.get('Work of adhesion'), wet.work_of_adhesion_J_per_m2.value);
    same('time to fill', drop.get('Time to fill'), wet.infusion.time_s.value);
    await checkWords(page, 'Export the drop');
    await sameDrawing(page, 'Export the drop', await copied(page, 'Export the drop'));
    const map = byName({ bytes: await potentials(page) });
    const elements = await inShell(await copied(page, 'Export the map of elements'));
    for (const { element, potential_V } of elements.elements)
      if (potential_V !== null) same(element, map.get(element), potential_V);
    await checkWords(page, 'Export the map of elements');
    const reaction = byName(await saved(page, 'Export the reaction', 'Data as CSV'));
    check(reaction.size > 2, 'no substances');
    const energies = await inShell(await copied(page, 'Export the reaction'));
    const own = JSON.parse((await saved(page, 'Export the reaction', 'The whole answer as JSON')).bytes.toString());
    same('ΔrG', own.gibbs_J_per_mol / 1000, energies.gibbs_kJ_per_mol);
    await checkWords(page, 'Export the reaction');
    const soaked = byName(await saved(page, 'Export the electrolyte', 'Data as CSV'));
    const electrolyte = await inShell(await copied(page, 'Export the electrolyte'));
    same('spreading', soaked.get('Spreading coefficient'), electrolyte.spreading_coefficient_mN_per_m.value);
    same('soaking', soaked.get('Time to soak the separator'), electrolyte.separator_wetting_s.value);
    await checkWords(page, 'Export the electrolyte');
    sound(page);
  },
  'design desk: every figure and table of every tool is saved': async ({ open }) => {
    const page = await open('design');
    let count = 0;
    for (const name of [
      'Required efficiency',
      'Reservoir test',
      'Wh/kg and Wh/L',
      'What dies first',
      'Audit a claim',
    ]) {
      await tool(page, name);
      await page.locator('main .card button[popovertarget^="menu-"]').first().waitFor();
      await settled(page);
      count += await everyMenu(page);
    }
    check(count >= 14, `${count} menus`);
    sound(page);
  },
  'design desk: the copied command of every tool gives its numbers': async ({ open }) => {
    const page = await open('design');
    const numbers = async (title) => byName(await saved(page, title, 'Data as CSV'));
    await settled(page);
    const needed = await numbers('Export the efficiency');
    const required = await inShell(await copied(page, 'Export the efficiency'));
    same('efficiency needed', needed.get('Efficiency needed'), 100 * required.coulombic_efficiency);
    await checkWords(page, 'Export the efficiency');

    await tool(page, 'Reservoir test');
    await page.getByText('Differences told apart').waitFor();
    const reservoir = await inShell(await copied(page, 'Export the efficiency'));
    const told = await numbers('Export the efficiency');
    same('efficiency', told.get('Efficiency'), 100 * reservoir.coulombic_efficiency);
    same('its error', told.get('Standard error, one cell'), 100 * reservoir.error);
    const { works } = await checkWords(page, 'Export the efficiency');
    check(works.includes('10.1002/aenm.201702097'), works);

    await tool(page, 'Wh/kg and Wh/L');
    await page.getByRole('button', { name: 'Export the cell' }).waitFor();
    await settled(page);
    const energy = await inShell(await copied(page, 'Export the cell'));
    const cell = await numbers('Export the cell');
    same('Wh/kg', cell.get('Energy per mass'), energy.specific_energy_Wh_per_kg);
    same('Wh/L', cell.get('Energy per volume'), energy.energy_density_Wh_per_L);
    same('mass', cell.get('Mass'), energy.mass_g);
    await sameDrawing(page, 'Export what moves it most', await copied(page, 'Export the cell'));
    const materials = await saved(page, 'Export the bill of materials', 'Data as CSV');
    check(/^Component,Mass \/ g,/.test(materials.bytes.toString()), materials.bytes.toString().slice(0, 80));
    await checkWords(page, 'Export the cell');

    await tool(page, 'What dies first');
    await page.getByRole('button', { name: 'Export the life' }).waitFor();
    await settled(page);
    const life = await inShell(await copied(page, 'Export the life'));
    const lasts = await numbers('Export the life');
    same('cycles by lithium', lasts.get('Cycles by lithium'), life.lithium_cycles);
    same('cycles by electrolyte', lasts.get('Cycles by electrolyte'), life.electrolyte_cycles);
    await checkWords(page, 'Export the life');

    await tool(page, 'Audit a claim');
    await page.getByRole('button', { name: 'Export the audit' }).waitFor();
    await settled(page);
    const audit = await inShell(await copied(page, 'Export the audit'));
    const claim = await numbers('Export the audit');
    const [first] = audit.implied;
    same('implied', claim.get('Efficiency implied, N the foil'), 100 * first.coulombic_efficiency);
    const { words } = await checkWords(page, 'Export the audit');
    check(words.includes(audit.verdict.replace(/\.$/, '')), words);
    sound(page);
  },
  'literature: rows, what is computed and its scores are saved, and the commands give the same': async ({ open }) => {
    const page = await open('literature');
    await page.getByLabel('Table', { exact: true }).selectOption('A1');
    await page.getByLabel('Words anywhere in a row').fill('Cu3N');
    await settled(page);
    await everyMenu(page);
    const rows = await saved(page, 'Export rows', 'One number a line, CSV');
    const parquet = await saved(page, 'Export rows', 'One number a line, Parquet');
    await checkParquet('rows', parquet, rows.bytes.toString('utf8'));
    const told = (await saved(page, 'Export rows', 'Methods paragraph')).bytes.toString('utf8');
    const works = (await saved(page, 'Export rows', 'Works cited, BibTeX')).bytes.toString('utf8');
    const [, cited] = /are from \[([^\]]+)\]/.exec(told) ?? [];
    for (const key of cited?.split('; ') ?? ['none']) check(works.includes(`{${key},\n`), `no entry ${key}`);
    const listed = await inShell(await copied(page, 'Export rows'));
    const ids = new Set(tableFromCsv(rows.bytes.toString('utf8'))[0].data);
    check(listed.rows.length === ids.size && listed.rows.every(({ id }) => ids.has(id)), `${[...ids]} on the page`);
    await page.getByText('computed beside reported').click();
    await page.getByLabel('Runs behind each band').selectOption('20');
    await page.getByRole('button', { name: /^Compute/ }).click();
    await page.getByRole('button', { name: /systems? (is|are) computed/ }).waitFor({ timeout: 100_000 });
    await settled(page);
    await everyMenu(page);
    const csv = (await saved(page, 'Export what is computed', 'Reported and computed as CSV')).bytes.toString('utf8');
    await checkParquet(
      'computed',
      await saved(page, 'Export what is computed', 'Reported and computed as Parquet'),
      csv,
    );
    await checkWords(page, 'Export what is computed');
    const shell = await inShell(await copied(page, 'Export what is computed'));
    const columns = Object.fromEntries(tableFromCsv(csv).map(({ name, data }) => [name, data]));
    const quantities = shell.systems.flatMap((system) => system.quantities);
    check(quantities.length === columns.computed.length, `${quantities.length} quantities in the shell`);
    for (const [k, { computed, band }] of quantities.entries()) {
      if (computed === null) continue;
      near(`${columns.id[k]} ${columns.quantity[k]}`, columns.computed[k], computed);
      near(`${columns.id[k]} band`, columns.band_low[k], band[0]);
    }
    sound(page);
  },
  'lab bench: every figure and table is saved, spectra too': async ({ open }) => {
    const page = await benchPage(open, labFile().text, 'cell-07.txt');
    await page.getByText('Nyquist').first().waitFor();
    await settled(page);
    check((await everyMenu(page)) >= 8, 'menus are missing');
    await checkWords(page, 'Save this test');
    sound(page);
  },
  'lab bench: a generated example leaves as the file that its command reads': async ({ open }) => {
    const folder = await mkdtemp(join(tmpdir(), 'limetal-example-'));
    const page = await open('bench');
    await page.getByRole('button', { name: 'Generated example' }).click();
    await page.locator('section[aria-label="Verdict"]:not(.is-stale)').getByText(/CE/).first().waitFor();
    await page.getByRole('button', { name: 'Export the cycles' }).waitFor();
    await settled(page);
    const { name, bytes } = await saved(page, 'Save this test', 'The files, as they were opened');
    await writeFile(join(folder, name), bytes);
    const command = await copied(page, 'Export the cycles');
    check(command.includes(name), `${command} does not read ${name}`);
    const csv = tableFromCsv((await saved(page, 'Export the cycles', 'Data as CSV')).bytes.toString('utf8'));
    const shell = findingsOf(await inShell(command, { folder }));
    for (const [k, value] of csv.find((one) => one.name.startsWith('coulombic_efficiency (')).data.entries())
      same(`CE of cycle ${k + 1}`, value, shell[k].coulombic_efficiency);
    await rm(folder, { recursive: true });
    sound(page);
  },
  'lab bench: the copied commands analyse, compare and fit as the page does': async ({ open }) => {
    const folder = await mkdtemp(join(tmpdir(), 'limetal-bench-'));
    const { bdf } = labFile();
    await writeFile(join(folder, 'cell-07.bdf.csv'), bdf);
    const page = await benchPage(open, bdf, 'cell-07.bdf.csv');
    await settled(page);
    const cycles = tableFromCsv((await saved(page, 'Export the cycles', 'Data as CSV')).bytes.toString('utf8'));
    const column = (name) => cycles.find((one) => one.name.startsWith(name)).data;
    const shell = await inShell(await copied(page, 'Export the cycles'), { folder });
    const there = findingsOf(shell);
    check(there.length === column('cycle').length, `${there.length} cycles in the shell`);
    for (const [k, one] of there.entries())
      same(`CE of cycle ${k + 1}`, column('coulombic_efficiency')[k], one.coulombic_efficiency);
    const numbers = await saved(page, 'Save this test', 'Numbers as CSV');
    check(/CE, mean of cycles|CE, all charge/.test(numbers.bytes.toString()), numbers.bytes.toString().slice(0, 200));

    await page.getByLabel('Cell beside the test').selectOption('li-cu-ether-nitrate');
    await page.locator('summary', { hasText: 'Values to fit' }).click();
    await page.getByLabel('Look through the values that can be fitted').fill('conductivity');
    await page.locator('.lab-names input[type=checkbox]').first().check();
    await page.getByRole('button', { name: /^Compare and fit 1/ }).click();
    await page.getByRole('button', { name: 'Export the comparison' }).waitFor({ timeout: 90_000 });
    const fitted = tableFromCsv((await saved(page, 'Export the comparison', 'Data as CSV')).bytes.toString('utf8'));
    const value = fitted.find(({ name }) => name === 'fitted').data[0];
    const compared = await inShell(await copied(page, 'Export the comparison'), { folder });
    near('fitted value', value, fitOf(compared).value);
    const { words } = await checkWords(page, 'Export the comparison');
    check(words.includes('--fit'), words);
    await rm(folder, { recursive: true });
    sound(page);
  },
};

/** What leaves the page of a command that draws is what the command draws: every word of the figure. */
async function sameDrawing(page, title, command) {
  const folder = await mkdtemp(join(tmpdir(), 'limetal-svg-'));
  await inShell(`${command} --svg figure.svg`, { folder, json: false });
  const shell = await readFile(join(folder, 'figure.svg'), 'utf8');
  const own = (await saved(page, title, 'Figure as SVG')).bytes.toString('utf8');
  // The small print says what made it, which differs.
  const words = [...own.matchAll(/<text [^>]*font-size="(?!11")[^>]*>([^<]+)</g)].map(([, text]) => text);
  check(words.length > 2, `${title}: ${words}`);
  for (const text of words) check(shell.includes(`>${text}<`), `the shell does not draw "${text}" of ${title}`);
  await rm(folder, { recursive: true });
}

/** The column of potentials, by element. */
async function potentials(page) {
  const csv = (await saved(page, 'Export the map of elements', 'Data as CSV')).bytes.toString('utf8');
  const columns = tableFromCsv(csv);
  const [elements] = columns;
  const volts = columns.find(({ name }) => name.startsWith('Potential')).data;
  return Buffer.from(
    ['Element,Value', ...elements.data.map((element, k) => `${element},${volts[k] ?? ''}`), ''].join('\n'),
  );
}

/** As runs of a simulation are the same from Chromium to Node. */
const near = (what, page, shell) =>
  check(Math.abs(page - shell) <= 1e-5 * Math.max(Math.abs(shell), 1e-9), `${what}: ${page}, in the shell ${shell}`);

const findingsOf = (document) => (document.tests ?? document.files ?? [document])[0].cycling.cycles;

const fitOf = (document) => {
  const { comparison } = (document.tests ?? document.files ?? [document])[0];
  return comparison.fit.parameters[0];
};

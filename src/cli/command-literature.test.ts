import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { literatureRows } from '../literature/index.ts';
import { typed } from './command-line.test-tool.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-literature-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const literature = (...argv: readonly string[]) => typed(['literature', ...argv]);

/** Ids that open the lines of a list. */
const idsIn = (out: string): readonly string[] =>
  [...out.matchAll(/^([abc][a-z0-9]?-\d\d[b]?|own-\w+) /gm)].map(([, id]) => id!);

const OWN = {
  limetalLiterature: 1,
  curator: 'A. Researcher',
  date: '2026-11-21',
  rows: [
    {
      id: 'own-1',
      group: 'host',
      method: 'copper foam',
      electrolyte: { text: '1 M LiTFSI in DOL/DME (1:1)', class: 'ether' },
      source: { doi: '10.1000/example', locator: 'Table 2', how: 'reported-table' },
      quantities: [{ kind: 'coulombic-efficiency', printed: '98.2 %', value: 98.2, unit: '%' }],
    },
  ],
};

function ownFile(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('limetal literature', () => {
  test('lists every row in printed order', async () => {
    const { code, out, err } = await literature();
    expect([code, err]).toEqual([0, '']);
    expect(idsIn(out)).toEqual(literatureRows().map(({ id }) => id));
    expect(out).toMatch(/67 rows/);
  });

  test('filters', async () => {
    const { out } = await literature('--group', 'host', '--electrolyte', 'ether', '--min-ce', '98');
    expect(idsIn(out)).toEqual(['a1-28', 'a1-30', 'a1-34', 'a1-37']);
    expect(out).toMatch(/^a1-30 .* 98 +0\.5 +8 +~80 cycles/m);
    expect(idsIn((await literature('--min-current', '20 A/m2', '--max-current', '2')).out)).toContain('a1-07');
    expect((await literature('--text', 'sodium')).out).toBe('No row answers this.\n');
  });

  test('sorts', async () => {
    const { out } = await literature('--group', 'novel electrolyte', '--sort', 'efficiency', '--descending');
    expect(idsIn(out)).toEqual(['a1-49', 'a1-48', 'a1-47', 'a1-46']);
  });

  test('a row in full: printed cells, corrections, remarks, and what the text says of it', async () => {
    const { out } = await literature('b3-66');
    expect(out).toContain('[66] in the table, [65] in the text');
    expect(out).toContain('Polarized potential (after cycling): 17 mV at 0.1 mA cm-2, 0.1 mA h cm-2');
    expect(out).toContain('Li-Cu efficiency: -');
    expect(out).toMatch(/cb-27.*0\.17 V/);
    for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
  });

  test('claims: all, those on a row, and one in full', async () => {
    expect(idsIn((await literature('--claims')).out)).toHaveLength(63);
    expect(idsIn((await literature('a1-31', '--claims')).out)).toEqual(['ca-11', 'ca-12', 'ca-13']);
    expect((await literature('cb-13')).out).toMatch(/contact angle 70 ° \(printed °C\)/);
  });

  test('--json and --format json are one document', async () => {
    const { out, err } = await literature('--table', 'A1', '--json');
    const document = JSON.parse(out);
    expect(err).toBe('');
    expect(document.rows).toHaveLength(27);
    expect(document.rows[0].entries[0].quantities[0]).toMatchObject({ value: 98.1, unit: '%' });
    expect(document.papers.map(({ id }: { id: string }) => id)).toContain('review-a');
    expect((await literature('--table', 'A1', '--format', 'json')).out).toBe(out);
    const both = JSON.parse((await literature('a1-31', 'cb-05', '--json')).out);
    expect([both.rows.length, both.claims.length]).toEqual([1, 1]);
  });

  test('CSV goes to the output, with a line for each number', async () => {
    const { out } = await literature('--table', 'A1', '--format', 'csv');
    expect(out.split('\n')).toHaveLength(1 + 27 * 4 + 1);
    expect((await literature('--format', 'wide-csv')).out.split('\n')).toHaveLength(1 + 67 + 1);
    expect((await literature('--claims', '--format', 'csv')).out).toMatch(/^id,source_doi,section/);
  });

  test('BibTeX goes to the output, and the count of works without a DOI to the errors', async () => {
    const { code, out, err } = await literature('--table', 'B1', '--format', 'bibtex');
    expect(code).toBe(0);
    expect(out.match(/^@article\{/gm)).toHaveLength(8);
    expect(err).toMatch(/Of 13 records 7 have a DOI of their own; for 6 only the source/);
  });

  test('added rows are searched with the others', async () => {
    const { out } = await literature(
      '--add',
      ownFile('my.json', OWN),
      '--group',
      'host',
      '--electrolyte',
      'ether-plain',
    );
    expect(idsIn(out)).toEqual(['a1-35', 'own-1']);
    expect((await literature('--add', ownFile('my.json', OWN), 'own-1')).out).toContain(
      'reported-table, A. Researcher',
    );
  });

  test('--add takes a table too, and tells its faults by line', async () => {
    const head = 'id,group,method,citation,source_locator,how,curator,date,quantity,printed,value,unit';
    const line = 'own-2,alloy,Li-Mg foil,own work,cell 7,author-raw,A. R.,2026-11-21,coulombic-efficiency,98.2,98.2,%';
    const { out } = await literature('--add', ownFile('my.csv', `${head}\n${line}\n`), '--table', 'own');
    expect(idsIn(out)).toEqual(['own-2']);
    const { code, err } = await literature('--add', ownFile('bad.csv', `${head}\n${line.replace(',%', ',mV')}\n`));
    expect(code).toBe(2);
    expect(err).toMatch(/bad\.csv:2: unit: got "mV"/);
  });

  test('--schema is the JSON Schema of such a file', async () => {
    expect(JSON.parse((await literature('--schema')).out)).toMatchObject({
      type: 'object',
      additionalProperties: false,
    });
  });
});

describe('bad input ends with 2 and names every fault with its fix', () => {
  test('all options at once', async () => {
    const { code, out, err } = await literature(
      ...['--group', 'hots', '--electrolyte', 'ethr', '--min-ce', '0.98', '--max-current', '3 V', '--ref', 'a'],
      'a1-6',
    );
    expect([code, out]).toEqual([2, '']);
    const lines = err.trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^--group: got "hots".*\(did you mean host\?\)$/);
    expect(lines[1]).toMatch(/^--electrolyte: got "ethr".*did you mean ether/);
    expect(err).toMatch(/--min-ce: got "0.98", want an efficiency in percent, such as 98.5 \(did you mean 98\?\)/);
    expect(err).toMatch(/--max-current: got "3 V" \(a voltage\)/);
    expect(err).toMatch(/got "a1-6", want the id of a row or a claim \(did you mean a1-06/);
  });

  test('every fault of an added file, and JSON that is none', async () => {
    const [row] = OWN.rows;
    const bad = ownFile('bad.json', { ...OWN, date: 'today', rows: [{ ...row, group: 'hosst', id: 'a1-06' }] });
    const { code, err } = await literature('--add', bad, '--add', ownFile('worse.json', '{ "rows": [}'));
    expect(code).toBe(2);
    expect(err).toMatch(/bad\.json: date: got "today"/);
    expect(err).toMatch(/bad\.json: rows\[0\]\.group: got "hosst".*did you mean host/);
    expect(err).toMatch(/worse\.json:1:12/);
  });

  test('the same id in two added files', async () => {
    const { code, err } = await literature('--add', ownFile('1.json', OWN), '--add', ownFile('2.json', OWN));
    expect(code).toBe(2);
    expect(err).toMatch(/2\.json: got the id own-1, want an id that no other file has/);
  });

  test('CSV of rows and claims together', async () => {
    expect((await literature('a1-31', 'cb-05', '--format', 'csv')).code).toBe(2);
  });
});

test('every example of the help runs', async () => {
  const { out } = await literature('--help');
  const examples = [...out.matchAll(/^ {2}limetal literature (.+?)(?: > \S+)?$/gm)].map(([, line]) => line!);
  expect(examples.length).toBeGreaterThan(4);
  for (const line of examples) {
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
    const { code, out } = await literature(...words);
    expect([line, code, out === '']).toEqual([line, 0, false]);
  }
});

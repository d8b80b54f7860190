import { describe, expect, test } from 'vitest';
import {
  GROUPS,
  type LiteratureRow,
  literatureRows,
  literatureTables,
  MEANINGS,
  quantitiesOf,
  rowById,
} from './index.ts';
import { hasSeedTexts, type Review, seedText, squeezed } from './seed-text.test-tool.ts';

const ROWS = literatureRows();
const inTable = (table: string): readonly LiteratureRow[] => ROWS.filter((row) => row.table === table);

describe('the four tables', () => {
  test.each([
    ['A1', 27, 4],
    ['B1', 13, 5],
    ['B2', 11, 5],
    ['B3', 16, 5],
  ])('%s has %i rows of %i columns', (id, rows, columns) => {
    expect(inTable(id)).toHaveLength(rows);
    const keys = literatureTables()
      .find((table) => table.id === id)!
      .columns.map(({ key }) => key);
    expect(keys).toHaveLength(columns);
    for (const row of inTable(id)) expect(row.entries.map(({ column }) => column)).toEqual(keys);
  });

  test('an id is the table and the printed number, once', () => {
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(67);
    for (const { id, table, reference } of ROWS) {
      const number = String(reference.table).padStart(2, '0');
      expect(id.replace(/b$/, ''), id).toBe(`${table.toLowerCase()}-${number}`);
    }
    expect(ROWS.filter(({ id }) => id.endsWith('b')).map(({ id }) => id)).toEqual(['a1-36b', 'a1-45b']);
  });

  test('rows of each group', () => {
    const counts = Object.fromEntries(GROUPS.map((group) => [group, ROWS.filter((row) => row.group === group).length]));
    expect(counts).toEqual({
      interphase: 8,
      host: 12,
      'host+interphase': 3,
      'novel electrolyte': 4,
      'in-situ SEI': 4,
      'artificial SEI': 9,
      'chemical strategy': 1,
      coating: 5,
      dopant: 2,
      alloy: 3,
      'physical contact': 8,
      'chemical interaction': 8,
    });
  });
});

describe('numbers', () => {
  const all = ROWS.flatMap((row) => row.entries.map((entry) => ({ row, entry })));

  test('nothing is read out of a dash, and something out of every other cell', () => {
    for (const { row, entry } of all) {
      const isDash = entry.printed === '-' || entry.printed === '–';
      expect(entry.quantities.length > 0, `${row.id} ${entry.column}: ${entry.printed}`).toBe(!isDash);
    }
    expect(all.filter(({ entry }) => entry.quantities.length === 0)).toHaveLength(94);
  });

  test('the words of a number stand in its cell, and the number in its words, with its unit and its sign of doubt', () => {
    for (const { row, entry } of all) {
      for (const { printed, value, value_max, unit, bound } of entry.quantities) {
        const where = `${row.id} ${entry.column}: ${printed}`;
        expect(entry.printed, where).toContain(printed);
        const numbers = [...printed.matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits));
        expect(numbers, where).toContain(value);
        if (value_max !== undefined) expect(numbers, where).toContain(value_max);
        if (row.table !== 'A1') expect(printed.replace('cycle under', 'cycles under'), where).toContain(unit);
        const opening = { '~': 'approximate', '>': 'greater-than', Ov: 'greater-than', Le: 'less-than' };
        const wanted = Object.entries(opening).find(([start]) => printed.startsWith(start))?.[1];
        if (wanted !== undefined) expect(bound, where).toBe(wanted);
        else expect(value_max === undefined ? bound : 'exact', where).toBe('exact');
        expect(bound === 'range', where).toBe(value_max !== undefined);
      }
    }
  });

  test('current density and capacity of the conditions stand in the cell', () => {
    let checked = 0;
    for (const { row, entry } of all.filter(({ row }) => row.table !== 'A1')) {
      const [, j, q] =
        /(\d+(?:\.\d+)?) mA·?\s?cm-2(?:\)|\.|,|$|\s)*(?:(\d+(?:\.\d+)?) mA h·?\s?cm-2)?/.exec(entry.printed) ?? [];
      for (const { conditions } of entry.quantities) {
        expect(conditions?.currentDensity_mA_per_cm2, row.id).toBe(j === undefined ? undefined : Number(j));
        expect(conditions?.arealCapacity_mAh_per_cm2, row.id).toBe(q === undefined ? undefined : Number(q));
        checked++;
      }
    }
    expect(checked).toBe(114);
  });

  test('every test length is a lower bound, and nothing else is', () => {
    for (const { row, entry } of all) {
      for (const { means, censored } of entry.quantities) {
        expect(censored === 'lower-bound', `${row.id} ${entry.column}`).toBe(means === 'test-length');
        expect(MEANINGS[means]).toBeDefined();
      }
    }
  });

  test.each([
    ['a1-07', 'coulombic-efficiency', [99.1]],
    ['a1-30', 'cycle-count', [80]],
    ['a1-44', 'current-density', [1.65]],
    ['a1-49', 'areal-capacity', [0.5]],
    ['b1-39', 'polarisation', [46, 30]],
    ['b1-38', 'capacity-retention', [93]],
    ['b2-57', 'interfacial-resistance', [24, 12.7]],
    ['b2-63', 'polarisation', [0.15]],
    ['b3-86', 'interfacial-resistance', [127.4, 48.4]],
    ['b3-70', 'coulombic-efficiency', [99.8]],
  ] as const)('%s: %s', (id, kind, values) => {
    expect(quantitiesOf(rowById(id)!, kind).map(({ value }) => value)).toEqual(values);
  });
});

describe('what the columns really mean', () => {
  test('no printed voltage counts as an efficiency', () => {
    const moved = ROWS.flatMap(({ id, entries }) =>
      entries.flatMap((entry) => (entry.corrections?.some(({ corrected }) => /Polarized/.test(corrected)) ? [id] : [])),
    );
    expect(moved).toEqual(['b2-51', 'b2-52', 'b2-55', 'b2-56']);
  });

  test('table B3 compares interfaces without and with the interlayer', () => {
    for (const row of inTable('B3')) {
      for (const { means } of quantitiesOf(row, 'interfacial-resistance')) {
        expect(means, row.id).toMatch(/^resistance-with(out)?-interlayer$/);
      }
    }
    expect(inTable('B3').filter((row) => quantitiesOf(row, 'interfacial-resistance').length > 0)).toHaveLength(8);
  });

  test('efficiencies of full cells are not those of lithium', () => {
    const means = ROWS.flatMap((row) => quantitiesOf(row, 'coulombic-efficiency').map((one) => [row.id, one.means]));
    expect(means.filter(([, meaning]) => meaning === 'full-cell-efficiency').map(([id]) => id)).toEqual([
      'b3-70',
      'b3-71',
    ]);
    expect(means.filter(([, meaning]) => meaning === 'efficiency-unclear').map(([id]) => id)).toEqual(['b3-69']);
    expect(means.filter(([, meaning]) => meaning === 'lithium-efficiency')).toHaveLength(27 + 4 + 3);
  });

  test('a corrected unit stands beside the printed one', () => {
    const corrected = ROWS.flatMap((row) =>
      row.entries.flatMap((entry) =>
        entry.quantities.flatMap(({ unit, unitCorrected }) => (unitCorrected ? [[row.id, unit, unitCorrected]] : [])),
      ),
    );
    expect(corrected).toEqual([
      ['a1-37', 'mA cm−2', 'mAh cm−2'],
      ['b1-35', 'Ω cm-2', 'Ω cm2'],
      ['b1-35', 'Ω cm-2', 'Ω cm2'],
      ['b3-86', 'Ω cm-2', 'Ω cm2'],
      ['b3-86', 'Ω cm-2', 'Ω cm2'],
    ]);
  });

  test('tables of the second review number most works one higher than its text', () => {
    const unshifted = ROWS.filter(({ table, reference }) => table !== 'A1' && reference.table === reference.text);
    expect(unshifted.map(({ id }) => id)).toEqual(['b1-26', 'b1-27', 'b3-20', 'b3-23', 'b3-22']);
    for (const row of ROWS) {
      const difference = row.reference.table! - row.reference.text!;
      expect([0, 1], row.id).toContain(difference);
      expect(
        row.corrections.some(({ field }) => field === 'reference'),
        row.id,
      ).toBe(difference === 1);
    }
  });
});

/** The row as its table prints it, cell after cell. */
function printedRow({ table, groupPrinted, method, reference, electrolyte, entries }: LiteratureRow): string {
  const cells = entries.map(({ printed }) => printed);
  if (table === 'A1') return [...cells, electrolyte!.printed, reference.printed].join(' ');
  expect(groupPrinted).not.toBe('');
  return [reference.printed, method, ...cells].join(' ');
}

describe.skipIf(!hasSeedTexts)('held to the text of the reviews (skipped without ../shared/seeds)', () => {
  test.each(ROWS.map((row) => [row.id, row] as const))('%s is printed so, cell after cell', (_, row) => {
    expect(squeezed(seedText(row.provenance.paper as Review)).includes(squeezed(printedRow(row)))).toBe(true);
  });

  test('titles, headings, groups and electrolytes found in the text are printed so', () => {
    for (const { id, title, heading, columns, provenance } of literatureTables()) {
      const text = squeezed(seedText(provenance.paper as Review));
      expect(text, id).toContain(squeezed(`${provenance.locator}. ${title}`).replace('1.Coul', '1Coul'));
      if (heading !== null) expect(text).toContain(squeezed(heading));
      for (const column of columns) expect(text).toContain(squeezed(column.heading));
    }
    for (const { groupPrinted, electrolyte, provenance } of ROWS) {
      const text = squeezed(seedText(provenance.paper as Review));
      expect(text).toContain(squeezed(groupPrinted));
      if (electrolyte !== null) expect(text).toContain(squeezed(electrolyte.printed));
    }
  });

  test('A1 is complete and in order: its text holds nothing but these rows', () => {
    const text = squeezed(seedText('review-a'));
    const groups = ['Interphase design', 'Host design', 'Host + interphase design', 'Novel electrolytes'];
    const body = inTable('A1').map((row, k, rows) => {
      const opens = row.groupPrinted !== rows[k - 1]?.groupPrinted;
      return squeezed(opens ? row.groupPrinted + printedRow(row) : printedRow(row));
    });
    expect(groups).toEqual([...new Set(inTable('A1').map(({ groupPrinted }) => groupPrinted))]);
    expect(text).toContain(`Electrolyte${body.join('')}5FutureOpportunities`);
  });

  test.each([
    ['B1', 'Cycle life', 'synergistic effects of DMSO'],
    ['B2', 'Cycle life', 'As discussed above'],
    ['B3', 'Cycling life', 'lithiophilicity, interfacial problems'],
  ])('%s is complete: without its rows nothing is left of it but the groups', (id, start, end) => {
    const text = squeezed(seedText('review-b'));
    const from = text.indexOf(squeezed(literatureTables().find((table) => table.id === id)!.title));
    const begin = text.indexOf(squeezed(start), from) + squeezed(start).length;
    let body = text.slice(begin, text.indexOf(squeezed(end), begin));
    for (const row of inTable(id)) body = body.replace(squeezed(printedRow(row)), '');
    expect(body).toBe(squeezed([...new Set(inTable(id).map(({ groupPrinted }) => groupPrinted))].join('')));
  });
});

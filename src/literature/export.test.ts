import { describe, expect, test } from 'vitest';
import {
  bibliography,
  claims,
  claimsToCsv,
  findRows,
  literatureRows,
  literatureTables,
  papers,
  rowById,
  rowsToTidyCsv,
  rowsToWideCsv,
} from './index.ts';

/** RFC 4180 read back, written without a look at the writer. */
function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const lines: string[][] = [[]];
  let field = '';
  let isQuoted = false;
  for (let k = 0; k < text.length; k++) {
    const letter = text[k]!;
    if (isQuoted) {
      if (letter !== '"') field += letter;
      else if (text[k + 1] === '"') field += text[++k]!;
      else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === ',' || letter === '\n') {
      lines.at(-1)!.push(field);
      field = '';
      if (letter === '\n') lines.push([]);
    } else field += letter;
  }
  expect(lines.pop()).toEqual([]);
  const [header, ...rest] = lines;
  return rest.map((cells) => {
    expect(cells).toHaveLength(header!.length);
    return Object.fromEntries(header!.map((name, k) => [name, cells[k]!]));
  });
}

describe('CSV', () => {
  test('tidy: a line for each number and each cell without one, and all of it comes back', () => {
    const lines = parseCsv(rowsToTidyCsv(literatureRows(), papers()));
    const entries = literatureRows().flatMap((row) => row.entries.map((entry) => ({ row, entry })));
    const wanted = entries.flatMap(({ row, entry }) =>
      (entry.quantities.length === 0 ? [null] : entry.quantities).map((quantity) => ({ row, entry, quantity })),
    );
    expect(lines).toHaveLength(wanted.length);
    for (const [k, { row, entry, quantity }] of wanted.entries()) {
      const line = lines[k]!;
      expect([line.id, line.column, line.cell_printed]).toEqual([row.id, entry.column, entry.printed]);
      expect(line.value).toBe(quantity === null ? '' : String(quantity.value));
      expect(line.unit).toBe(quantity?.unit ?? '');
      expect(line.bound).toBe(quantity?.bound ?? 'not-given');
      expect(line.condition_cycles).toBe(String(quantity?.conditions?.cycles ?? ''));
      expect(line.electrolyte_printed).toBe(row.electrolyte?.printed ?? '');
    }
  });

  test('wide: a line for each row, the cells as printed', () => {
    const lines = parseCsv(rowsToWideCsv(literatureRows(), papers(), literatureTables()));
    expect(lines).toHaveLength(67);
    for (const [k, { id, entries }] of literatureRows().entries()) {
      expect(lines[k]!.id).toBe(id);
      for (const { column, printed } of entries) expect(lines[k]![column]).toBe(printed);
    }
    const a1 = parseCsv(rowsToWideCsv(findRows(literatureRows(), { table: 'A1' }), papers(), literatureTables()));
    expect(a1[0]).not.toHaveProperty('cycle-life');
  });

  test('claims come back too', () => {
    const lines = parseCsv(claimsToCsv(claims(), papers()));
    const wanted = claims().flatMap(({ id, printed, quantities }) =>
      (quantities.length === 0 ? [undefined] : quantities).map((quantity) => [
        id,
        printed,
        String(quantity?.value ?? ''),
      ]),
    );
    expect(lines.map((line) => [line.id, line.claim_printed, line.value])).toEqual(wanted);
  });
});

describe('BibTeX', () => {
  test('holds every known work of the rows and the reviews once, and counts the others', () => {
    const { text, withDoi, withoutDoi } = bibliography(literatureRows(), papers());
    const keys = [...text.matchAll(/^@article\{([^,]+),$/gm)].map(([, key]) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(expect.arrayContaining(['review-a', 'review-b', 'qian-2015', 'lin-2016']));
    expect(withDoi + withoutDoi).toBe(67);
    expect(withDoi).toBe(literatureRows().filter(({ reference }) => reference.paper !== null).length);
    expect(text.match(/^ {2}doi = \{10\.\d{4,}\/\S+\},$/gm)).toHaveLength(keys.length);
  });

  test('is balanced, and leaves out what no row cites', () => {
    const { text, withDoi, withoutDoi } = bibliography([rowById('a1-46')!, rowById('a1-09')!], papers());
    expect([withDoi, withoutDoi]).toEqual([1, 1]);
    expect(text.match(/@article/g)).toHaveLength(2);
    expect(text.split('{').length).toBe(text.split('}').length);
    expect(text).toContain('author = {Qian, J. and others}');
    expect(text).toContain('note = {DOI not checked against the publisher}');
  });

  test('a claim is counted by the work that its number means', () => {
    const about = claims().filter(({ id }) => ['ca-04', 'ca-16', 'cb-43'].includes(id));
    expect(bibliography(about, papers())).toMatchObject({ withDoi: 2, withoutDoi: 1 });
  });
});

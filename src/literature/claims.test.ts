import { describe, expect, test } from 'vitest';
import claimFile from './claims.json' with { type: 'json' };
import claimJsonSchema from './claims.schema.json' with { type: 'json' };
import { claims, claimsOn, literatureRows, papers, rowById } from './index.ts';
import ownRowsJsonSchema from './own-rows.schema.json' with { type: 'json' };
import paperFile from './papers.json' with { type: 'json' };
import paperJsonSchema from './papers.schema.json' with { type: 'json' };
import { claimFileSchema, literatureFileSchemas, paperFileSchema, tableFileSchema } from './schemas.ts';
import { hasSeedTexts, type Review, seedText, squeezed } from './seed-text.test-tool.ts';
import tableJsonSchema from './table.schema.json' with { type: 'json' };
import tableA1 from './table-a1.json' with { type: 'json' };
import tableB1 from './table-b1.json' with { type: 'json' };
import tableB2 from './table-b2.json' with { type: 'json' };
import tableB3 from './table-b3.json' with { type: 'json' };

describe('the data files', () => {
  test.each([
    ['table', tableFileSchema, [tableA1, tableB1, tableB2, tableB3], tableJsonSchema],
    ['claims', claimFileSchema, [claimFile], claimJsonSchema],
    ['papers', paperFileSchema, [paperFile], paperJsonSchema],
    ['own-rows', null, [], ownRowsJsonSchema],
  ] as const)('%s hold to their schema, and the JSON Schema is up to date', (name, schema, files, jsonSchema) => {
    for (const file of files) expect(schema?.safeParse(file).error?.issues).toBeUndefined();
    expect(jsonSchema).toEqual(literatureFileSchemas()[name]);
  });
});

describe('claims of the running text', () => {
  test('ids are counted in reading order', () => {
    for (const letter of ['a', 'b']) {
      const ids = claims().flatMap(({ id }) => (id.startsWith(`c${letter}`) ? [id] : []));
      expect(ids).toEqual(ids.map((_, k) => `c${letter}-${String(k + 1).padStart(2, '0')}`));
    }
    expect(claims().filter(({ paper }) => paper === 'review-a')).toHaveLength(19);
    expect(claims().filter(({ paper }) => paper === 'review-b')).toHaveLength(44);
  });

  test('the words of a number stand in the claim, and the number in its words', () => {
    const words: Readonly<Record<string, number>> = { ten: 10 };
    for (const { id, printed, quantities, remarks } of claims()) {
      if (quantities.length === 0) expect(remarks.join(' '), id).toMatch(/in words/);
      for (const quantity of quantities) {
        expect(printed, id).toContain(quantity.printed);
        const numbers = [...quantity.printed.matchAll(/(?:[−-]\s?)?\d+(?:\.\d+)?|ten/g)].map(
          ([digits]) => words[digits] ?? Number(digits.replace(/−\s?/, '-')),
        );
        expect(numbers.map(Math.abs), `${id}: ${quantity.printed}`).toContain(Math.abs(quantity.value));
        if (quantity.value < 0) expect(quantity.printed, id).toMatch(/^[−-]/);
        if (!['cycles', 'h', '1'].includes(quantity.unit)) expect(quantity.printed, id).toContain(quantity.unit);
        expect(quantity.bound === 'range', id).toBe(quantity.value_max !== undefined);
        expect(quantity.bound === 'greater-than', id).toBe(
          /^(over|above|>|more than|larger than|at least)/i.test(quantity.printed),
        );
      }
    }
  });

  test('rows that a claim is about carry its number in the text, and exist', () => {
    for (const { id, rows, contradicts, reference, paper } of claims()) {
      for (const rowId of [...rows, ...contradicts.map(({ row }) => row)]) {
        const row = rowById(rowId);
        expect(row, `${id}: ${rowId}`).toBeDefined();
        expect(row!.provenance.paper).toBe(paper);
      }
      // By the shift of the table this row is [70] of the text, which closes the sentence with [71].
      if (id === 'cb-33') continue;
      for (const rowId of rows) expect(rowById(rowId)!.reference.text, `${id}: ${rowId}`).toBe(reference);
    }
  });

  test('every contradiction of text and table is there', () => {
    const found = claims().flatMap(({ id, contradicts }) => contradicts.map(({ row }) => `${id} ${row}`));
    expect(found).toEqual([
      'ca-16 a1-36b',
      'ca-16 a1-47',
      'ca-16 a1-48',
      'ca-16 a1-49',
      'ca-17 a1-36b',
      'ca-17 a1-48',
      'ca-17 a1-49',
      'cb-04 b1-26',
      'cb-05 b1-28',
      'cb-17 b2-52',
      'cb-27 b3-66',
    ]);
  });

  test.each([
    ['a1-31', ['ca-11', 'ca-12', 'ca-13']],
    ['a1-49', ['ca-16', 'ca-17']],
    ['b2-61', []],
  ])('claims on %s', (id, wanted) => {
    expect(claimsOn(id).map((claim) => claim.id)).toEqual(wanted);
  });

  describe.skipIf(!hasSeedTexts)('held to the text of the reviews (skipped without ../shared/seeds)', () => {
    /** Lines of the reviews end in hyphens that are no part of a word, so hyphens do not count. */
    const letters = (text: string): string => squeezed(text).replace(/[-‑]/gu, '');

    test.each(claims().map((claim) => [claim.id, claim] as const))('%s is printed so', (_, { paper, printed }) => {
      expect(letters(seedText(paper as Review)).includes(letters(printed))).toBe(true);
    });

    test('no number with a unit is left over when rows and claims are taken out of the text', () => {
      for (const review of ['review-a', 'review-b'] as const) {
        const cells = literatureRows()
          .filter(({ provenance }) => provenance.paper === review)
          .flatMap(({ table, electrolyte, entries, reference }) =>
            table === 'A1'
              ? [[...entries.map(({ printed }) => printed), electrolyte!.printed, reference.printed].join('')]
              : entries.flatMap(({ printed, quantities }) => (quantities.length === 0 ? [] : [printed])),
          );
        const taken = [...cells, ...claims().flatMap(({ paper, printed }) => (paper === review ? [printed] : []))];
        // The longest first: "20 mV" must not be cut out of "120 mV".
        const rest = taken
          .map(letters)
          .sort((a, b) => b.length - a.length)
          .reduce(
            (text, words) => text.replaceAll(words, ' '),
            letters(seedText(review)).replace(/Fig(ure)?\.?\d/g, ''),
          );
        expect(rest.match(/.{0,20}\d(?:mA|mV|Ω|nm|μ|%|cycles|°|Wh|h|MLi|V).{0,20}/gu)).toBeNull();
      }
    });

    test('in reading order', () => {
      for (const review of ['review-a', 'review-b'] as const) {
        const text = letters(seedText(review));
        const inText = claims().filter(({ paper, section }) => paper === review && !/caption/.test(section));
        const places = inText.map(({ printed }) => text.indexOf(letters(printed)));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }
    });
  });
});

describe('papers', () => {
  test('ids and DOIs are unique, and every row finds its paper by its number in the text', () => {
    const list = papers();
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    expect(new Set(list.map(({ doi }) => doi)).size).toBe(list.length);
    for (const row of literatureRows()) {
      const cited = list.find(({ cited }) =>
        cited.some(({ review, number }) => review === row.provenance.paper && number === row.reference.text),
      );
      expect(row.reference.paper, row.id).toBe(cited?.id ?? null);
      expect(list.some(({ id }) => id === row.provenance.paper)).toBe(true);
    }
  });

  test('a DOI says whether anybody looked it up', () => {
    for (const { doi, doiTag } of papers()) expect(doi === null).toBe(doiTag === null);
    expect(papers().find(({ id }) => id === 'review-b')).toMatchObject({
      doi: '10.20517/energymater.2021.21',
      doiTag: 'found',
    });
  });
});

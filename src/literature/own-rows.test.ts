import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { findRows, literatureRows, ownRowsJsonSchema, papers, quantitiesOf, readOwnRows } from './index.ts';

const GOOD = {
  limetalLiterature: 1,
  curator: 'A. Researcher',
  date: '2026-11-21',
  rows: [
    {
      id: 'my-host-1',
      group: 'host',
      method: 'copper foam with silver seeds',
      electrolyte: { text: '1 M LiTFSI in DOL/DME (1:1) with 2 wt % LiNO3', class: 'ether-nitrate' },
      source: { doi: '10.1000/example.1', locator: 'Table 2', how: 'reported-table' },
      quantities: [
        {
          kind: 'coulombic-efficiency',
          printed: '98.7 % over 250 cycles',
          value: 98.7,
          unit: '%',
          conditions: { currentDensity_mA_per_cm2: 1, arealCapacity_mAh_per_cm2: 2, cycles: 250 },
        },
        { kind: 'duration', printed: '900 h', value: 900, unit: 'h' },
        { kind: 'interfacial-resistance', printed: '~12 Ω', value: 12, unit: 'Ω', bound: 'approximate' },
        { kind: 'areal-capacity', printed: '1–4 mAh/cm2', value: 1, value_max: 4, unit: 'mAh/cm2', bound: 'range' },
      ],
    },
    {
      id: 'my-host-2',
      group: 'artificial SEI',
      method: 'digitised from a figure',
      source: { doi: '10.1038/ncomms7362', locator: 'Fig. 3b', how: 'digitised', curator: 'B. Student' },
      quantities: [{ kind: 'polarisation', printed: 'plateau of Fig. 3b', value: 31.4, unit: 'mV' }],
    },
  ],
} as const;

const changed = (change: (file: { rows: Record<string, unknown>[] } & Record<string, unknown>) => void): unknown => {
  const copy = JSON.parse(JSON.stringify(GOOD));
  change(copy);
  return copy;
};

function faults(input: unknown): readonly string[] {
  try {
    readOwnRows(input, 'my.json');
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message.split('\n');
  }
}

describe('a sound file', () => {
  const own = readOwnRows(GOOD, 'my.json');

  test('its rows are searched with the built-in ones', () => {
    const found = findRows([...literatureRows(), ...own.rows], {
      group: 'host',
      electrolyte: 'ether',
      coulombic_efficiency_min: 0.985,
    });
    expect(found.map(({ id }) => id)).toEqual(['a1-28', 'a1-34', 'my-host-1']);
    expect(findRows(own.rows, { arealCapacity_C_per_m2_min: 3.9 * 36_000 }).map(({ id }) => id)).toEqual(['my-host-1']);
  });

  test('what the file leaves out has the meaning of its kind', () => {
    const [row] = own.rows;
    expect(quantitiesOf(row!, 'coulombic-efficiency')[0]).toMatchObject({
      means: 'lithium-efficiency',
      bound: 'exact',
    });
    expect(quantitiesOf(row!, 'duration')[0]).toMatchObject({ means: 'test-length', censored: 'lower-bound' });
    expect(row).toMatchObject({ table: 'own', family: 'host', remarks: [], corrections: [] });
  });

  test('provenance is that of the row, and of the file where the row says none', () => {
    expect(own.rows.map(({ provenance }) => provenance)).toEqual([
      {
        paper: 'doi-10-1000-example-1',
        locator: 'Table 2',
        how: 'reported-table',
        curator: 'A. Researcher',
        date: '2026-11-21',
      },
      { paper: 'qian-2015', locator: 'Fig. 3b', how: 'digitised', curator: 'B. Student', date: '2026-11-21' },
    ]);
  });

  test('a DOI that is known already makes no second paper', () => {
    expect(own.papers.map(({ doi }) => doi)).toEqual(['10.1000/example.1']);
    expect(papers().some(({ doi }) => doi === '10.1038/ncomms7362')).toBe(true);
  });
});

describe('every fault is told, with its place and a likely fix', () => {
  test('all of a bad file at once', () => {
    const input = changed((file) => {
      file.curator = '';
      file.date = '21.11.2026';
      const [first, second] = file.rows as [Record<string, never>, Record<string, never>];
      Object.assign(first, { id: 'a1-06', group: 'hots', colour: 'grey' });
      Object.assign(first.source!, { doi: 'doi:10.1000/x' });
      Object.assign(first.quantities![0]!, { unit: 'percent', valeu: 3 });
      Object.assign(second, { id: 'my-host-1', method: undefined });
    });
    expect(faults(input)).toEqual([
      'my.json: curator: got "", want who put the rows into this form',
      'my.json: date: got "21.11.2026", want a date such as 2026-11-21',
      expect.stringMatching(/^my\.json: rows\[0\]\.group: got "hots", want interphase or .*did you mean host/),
      'my.json: rows[0].source.doi: got "doi:10.1000/x", want a DOI such as 10.1038/ncomms7362',
      expect.stringMatching(/^my\.json: rows\[0\]\.quantities\[0\]\.valeu: got an unknown key.*did you mean value/),
      expect.stringMatching(/^my\.json: rows\[0\]\.colour: got an unknown key/),
      'my.json: rows[1].method: got nothing, want what was done, in a few words',
    ]);
  });

  test.each<[string, Parameters<typeof changed>[0], RegExp]>([
    [
      'an id of a table',
      ({ rows }) => void Object.assign(rows[0]!, { id: 'b2-57' }),
      /rows\[0\]\.id: got "b2-57".*built-in tables/,
    ],
    ['an id twice', ({ rows }) => void Object.assign(rows[1]!, { id: 'my-host-1' }), /rows\[1\]\.id: .*at rows\[0\]/],
    [
      'a number that is not printed',
      ({ rows }) => void Object.assign((rows[0]!.quantities as object[])[1]!, { value: 990 }),
      /quantities\[1\]\.value: got 990, want a number that stands in "900 h" \(did you mean 900\?\)/,
    ],
    [
      'a unit of another dimension',
      ({ rows }) => void Object.assign((rows[0]!.quantities as object[])[1]!, { unit: 'mV' }),
      /quantities\[1\]\.unit: got "mV", want the unit of a time/,
    ],
    [
      'a range without its upper end',
      ({ rows }) => void Object.assign((rows[0]!.quantities as object[])[0]!, { bound: 'range' }),
      /quantities\[0\]: got a range without value_max/,
    ],
    [
      'an upper end without a range',
      ({ rows }) => void Object.assign((rows[0]!.quantities as object[])[3]!, { bound: 'exact' }),
      /quantities\[3\]\.bound: got "exact", want "range"/,
    ],
    [
      'a range upside down',
      ({ rows }) => void Object.assign((rows[0]!.quantities as object[])[3]!, { value: 4, value_max: 1 }),
      /value_max: got 1, want more than value, 4/,
    ],
    [
      'a kind whose meaning is open',
      ({ rows }) =>
        void Object.assign((rows[0]!.quantities as object[])[1]!, {
          kind: 'thickness',
          printed: '5 nm',
          value: 5,
          unit: 'nm',
        }),
      /means: got nothing.*material-property/,
    ],
    [
      'no source',
      ({ rows }) => void Object.assign(rows[0]!.source as object, { doi: null }),
      /source: got neither a DOI nor a citation/,
    ],
    ['no row', (file) => void Object.assign(file, { rows: [] }), /rows: got an empty list, want at least one row/],
    [
      'a negative current',
      ({ rows }) =>
        void Object.assign((rows[0]!.quantities as { conditions: object }[])[0]!.conditions, {
          currentDensity_mA_per_cm2: -1,
        }),
      /currentDensity_mA_per_cm2: got -1, want a current density in mA\/cm2/,
    ],
  ])('%s', (_, change, wanted) => {
    const found = faults(changed(change));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(wanted);
  });

  test('a negative number in print is read with its sign', () => {
    const quantity = { kind: 'potential', printed: '− 3.04 V', value: -3.04, unit: 'V', means: 'material-property' };
    expect(faults(changed(({ rows }) => void Object.assign(rows[0]!, { quantities: [quantity] })))).toEqual([]);
  });

  test('whatever stands in the file, it is rows or an InputError', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('host', '98 %', -1, null, [], {}));
    const paths = ['curator', 'date', 'rows', 'limetalLiterature'];
    fc.assert(
      fc.property(fc.constantFrom(...paths), anything, (path, value) => {
        expect(() => faults(changed((file) => void Object.assign(file, { [path]: value })))).not.toThrow();
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => faults(value)).not.toThrow();
      }),
    );
    const fields = ['id', 'group', 'method', 'electrolyte', 'source', 'quantities', 'remarks'];
    fc.assert(
      fc.property(fc.constantFrom(...fields), anything, (field, value) => {
        expect(() => faults(changed(({ rows }) => void Object.assign(rows[0]!, { [field]: value })))).not.toThrow();
      }),
    );
  });
});

test('the published schema asks for what the reader asks for', () => {
  expect(ownRowsJsonSchema()).toMatchObject({
    required: ['limetalLiterature', 'curator', 'date', 'rows'],
    additionalProperties: false,
  });
});

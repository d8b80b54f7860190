import { describe, expect, test } from 'vitest';
import {
  claims,
  findClaims,
  findRows,
  GROUP_WORDS,
  type LiteratureQuery,
  literatureRows,
  quantityInSI,
  readWord,
  rowById,
  SORT_KEYS,
  sortRows,
} from './index.ts';

const ids = (query: LiteratureQuery): readonly string[] => findRows(literatureRows(), query).map(({ id }) => id);
const claimIds = (query: LiteratureQuery): readonly string[] =>
  findClaims(claims(), literatureRows(), query).map(({ id }) => id);

describe('rows are found', () => {
  test.each<[string, LiteratureQuery, readonly string[]]>([
    [
      'hosts in ethers at 98 % and more',
      { group: 'host', electrolyte: 'ether', coulombic_efficiency_min: 0.98 },
      ['a1-28', 'a1-30', 'a1-34', 'a1-37'],
    ],
    ['by class without additives', { electrolyte: 'ether-plain' }, ['a1-11', 'a1-35']],
    ['by a group of one table', { group: 'dopant' }, ['b2-57', 'b2-58']],
    ['by text in any field, subscripts or not', { text: 'li₃n' }, ['b3-81']],
    ['by every word of the text', { text: 'carbon ZnO' }, ['b2-51']],
    ['by number in the table or in the text', { reference: 36 }, ['a1-36', 'a1-36b', 'b1-36', 'b1-37']],
    ['by what is given', { quantity: 'capacity-retention' }, ['b1-38']],
    ['a range that reaches the limit', { group: 'host', arealCapacity_C_per_m2_min: 8.5 * 36_000 }, ['a1-36']],
    [
      'a capacity printed with the unit of a current',
      { reference: 37, table: 'A1', arealCapacity_C_per_m2_max: 36_000 },
      ['a1-37'],
    ],
    ['a bound that leaves the limit open', { table: 'B1', coulombic_efficiency_min: 0.995 }, ['b1-29']],
    [
      'efficiency and current of the same number',
      { coulombic_efficiency_min: 0.985, currentDensity_A_per_m2_min: 15 },
      ['a1-07', 'b2-57'],
    ],
    ['nothing', { text: 'sodium' }, []],
  ])('%s', (_, query, wanted) => {
    expect(ids(query)).toEqual(wanted);
  });

  test('an efficiency of a full cell is not found as one of lithium', () => {
    expect(ids({ table: 'B3', coulombic_efficiency_min: 0.5 })).toEqual([]);
    expect(ids({ table: 'B3', quantity: 'coulombic-efficiency' })).toEqual(['b3-69', 'b3-70', 'b3-71']);
  });

  test('a family finds the rows of all its groups, no row twice, none lost', () => {
    const families = ['interphase', 'host', 'host+interphase', 'electrolyte', 'solid electrolyte'] as const;
    const counts = families.map((group) => ids({ group }).length);
    expect(counts).toEqual([8 + 13, 12 + 11, 3, 4, 16]);
  });

  test('a row without the number is left out by a limit on it', () => {
    expect(ids({ table: 'A1', currentDensity_A_per_m2_min: 0 })).toHaveLength(26);
    expect(ids({ table: 'A1', currentDensity_A_per_m2_min: 0 })).not.toContain('a1-41');
  });
});

describe('claims are found', () => {
  test.each<[string, LiteratureQuery, readonly string[]]>([
    ['those that speak of 27°', { text: 'contact angle' }, ['cb-13']],
    ['those on rows of a class', { electrolyte: 'concentrated' }, ['ca-16', 'ca-17']],
    ['those on rows of a table', { table: 'A1', group: 'host+interphase' }, ['ca-19']],
    ['critical current densities', { quantity: 'critical-current-density' }, ['cb-26', 'cb-38', 'cb-42', 'cb-43']],
    ['by number in the text', { reference: 65 }, ['cb-26', 'cb-27']],
  ])('%s', (_, query, wanted) => {
    expect(claimIds(query)).toEqual(wanted);
  });
});

describe('rows are sorted', () => {
  test.each(SORT_KEYS)('%s loses and doubles none', (key) => {
    for (const descending of [false, true]) {
      const sorted = sortRows(literatureRows(), key, descending).map(({ id }) => id);
      expect([...sorted].sort()).toEqual(
        literatureRows()
          .map(({ id }) => id)
          .sort(),
      );
    }
  });

  test('by efficiency, rows without one last either way', () => {
    const hosts = findRows(literatureRows(), { table: 'B2' });
    expect(
      sortRows(hosts, 'efficiency')
        .map(({ id }) => id)
        .slice(0, 3),
    ).toEqual(['b2-58', 'b2-61', 'b2-57']);
    expect(
      sortRows(hosts, 'efficiency', true)
        .map(({ id }) => id)
        .slice(0, 3),
    ).toEqual(['b2-57', 'b2-61', 'b2-58']);
  });

  test('millivolts and volts are one scale', () => {
    const sorted = sortRows(findRows(literatureRows(), { group: 'alloy' }), 'polarisation').map(({ id }) => id);
    expect(sorted).toEqual(['b2-62', 'b2-63', 'b2-61']);
  });
});

describe('numbers in SI', () => {
  test.each([
    ['a1-06', 0, { value_SI: 0.981 }],
    ['a1-36', 2, { value_SI: 36_000, value_SI_max: 360_000 }],
    ['a1-37', 2, { value_SI: 36_000 }],
    ['b1-35', 0, { value_SI: 20e-4 }],
    ['b1-36', 0, null],
    ['b1-27', 4, { value_SI: 90 * 3600 }],
    ['b2-63', 2, { value_SI: 0.15 }],
  ])('%s entry %i', (id, entry, wanted) => {
    const inSI = quantityInSI(rowById(id)!.entries[entry]!.quantities[0]!);
    if (wanted === null) return expect(inSI).toBeNull();
    for (const [key, value] of Object.entries(wanted)) expect(inSI![key as 'value_SI']).toBeCloseTo(value, 12);
  });

  test('only a resistance without area has none', () => {
    const without = literatureRows().flatMap(({ entries }) =>
      entries.flatMap(({ quantities }) =>
        quantities.filter((one) => quantityInSI(one) === null).map(({ unit }) => unit),
      ),
    );
    expect(new Set(without)).toEqual(new Set(['Ω']));
    for (const quantity of claims().flatMap(({ quantities }) => quantities)) {
      expect(quantityInSI(quantity) === null, quantity.printed).toBe(quantity.unit === 'Ω');
    }
  });
});

describe('words', () => {
  test.each([
    ['Host + Interphase', 'host+interphase'],
    ['in situ sei', 'in-situ SEI'],
    ['ARTIFICIAL_SEI', 'artificial SEI'],
  ])('%s is %s', (word, wanted) => {
    expect(readWord('--group', word, GROUP_WORDS, 'a group')).toBe(wanted);
  });

  test('a wrong word is told with the nearest', () => {
    expect(readWord('--group', 'hots', GROUP_WORDS, 'a group')).toEqual({
      where: '--group',
      found: '"hots"',
      wanted: 'a group',
      hint: 'did you mean host?',
    });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compositionKey, ELEMENTS, readFormula } from './index.ts';

const elementsOf = (text: string) => {
  const reading = readFormula(text, 'formula');
  if (!reading.ok) throw new Error(reading.issue.found);
  return reading.elements;
};

describe('chemical formulas', () => {
  test.each([
    ['Al2O3', { Al: 2, O: 3 }],
    ['Ca(OH)2', { Ca: 1, O: 2, H: 2 }],
    ['Fe4[Fe(CN)6]3', { Fe: 7, C: 18, N: 18 }],
    ['LiOH·H2O', { Li: 1, O: 2, H: 3 }],
    ['CuSO4*5H2O', { Cu: 1, S: 1, O: 9, H: 10 }],
    ['CaSO4.2H2O', { Ca: 1, S: 1, O: 6, H: 4 }],
    ['Fe0.947O', { Fe: 0.947, O: 1 }],
    ['Li₂CO₃', { Li: 2, C: 1, O: 3 }],
    ['CO', { C: 1, O: 1 }],
    ['Co', { Co: 1 }],
    [' SiO2 ', { Si: 1, O: 2 }],
  ])('%s', (text, elements) => {
    expect(elementsOf(text)).toEqual(elements);
  });

  test.each([
    ['', 'nothing'],
    ['Xy2', '"Xy2"'],
    ['Ca(OH', '"Ca(OH"'],
    ['Ca(OH]2', '"Ca(OH]2"'],
    ['Ca()2', '"Ca()2"'],
    ['Li0', '"Li0"'],
    ['li2o', '"li2o"'],
    ['2Li', '"2Li"'],
    ['Li·', '"Li·"'],
    [`${'('.repeat(9)}Li${')'.repeat(9)}`, `"${'('.repeat(9)}Li${')'.repeat(9)}"`],
    ['C'.repeat(81), '81 characters'],
  ])('refuses %j', (text, found) => {
    const reading = readFormula(text, 'here');
    expect(reading.ok).toBe(false);
    expect(!reading.ok && reading.issue).toMatchObject({ where: 'here', found });
  });

  test('one composition has one key, however it is written', () => {
    const key = (text: string) => compositionKey(elementsOf(text));
    expect(key('LiAlO2')).toBe(key('AlLiO2'));
    expect(key('Ca(OH)2')).toBe(key('CaO2H2'));
    expect(key('CO')).not.toBe(key('Co'));
  });

  test('counts come back from any formula that is written of them, and no text makes it throw', () => {
    const counts = fc
      .uniqueArray(fc.constantFrom(...ELEMENTS), { minLength: 1, maxLength: 6 })
      .chain((symbols) =>
        fc.tuple(
          fc.constant(symbols),
          fc.array(fc.integer({ min: 1, max: 99 }), { minLength: symbols.length, maxLength: symbols.length }),
        ),
      );
    fc.assert(
      fc.property(counts, ([symbols, numbers]) => {
        const text = symbols.map((symbol, k) => symbol + (numbers[k] === 1 ? '' : numbers[k])).join('');
        expect(elementsOf(text)).toEqual(Object.fromEntries(symbols.map((symbol, k) => [symbol, numbers[k]])));
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void readFormula(text, '')));
  });
});

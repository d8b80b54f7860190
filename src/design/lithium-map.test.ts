import { describe, expect, test } from 'vitest';
import { ELEMENTS } from '../materials/index.ts';
import { F, InputError } from '../units/index.ts';
import { type ElementOnLithium, lithiumMap } from './lithium-map.ts';
import { reactionAt } from './reaction.ts';

const T = 523.15;
const map = lithiumMap(T);
const of = (element: string): ElementOnLithium => map.elements.find((one) => one.element === element)!;

describe('the elements beside lithium', () => {
  test('all elements up to bismuth, each once, lithium left out', () => {
    expect(map.elements.map(({ element }) => element)).toEqual(
      ELEMENTS.slice(0, ELEMENTS.indexOf('Bi') + 1).filter((element) => element !== 'Li'),
    );
  });

  test.each([
    ['N', 'reacts', 'formation energy', 'Li3N'],
    ['F', 'reacts', 'formation energy', 'LiF'],
    ['O', 'reacts', 'formation energy', 'Li2O'],
    ['Br', 'reacts', 'formation energy', 'LiBr'],
    ['Sn', 'alloys', 'titration', 'Li22Sn5'],
    ['Al', 'alloys', 'titration', 'LiAl'],
    ['Pt', 'alloys', 'estimate', null],
    ['Ti', 'neither', 'estimate', null],
    ['Fe', 'neither', 'estimate', null],
    ['Xe', 'unknown', 'none', null],
  ] as const)('%s %s, by %s', (element, verdict, evidence, product) => {
    expect(of(element)).toMatchObject({ verdict, evidence, product });
  });

  test('energies are those of the reactions', () => {
    for (const [element, start] of [
      ['N', '1/2 N2'],
      ['Sn', 'Sn'],
      ['S', 'S'],
    ] as const) {
      const reaction = reactionAt(`${start} + Li`, T);
      expect(of(element).perLithium_J_per_mol).toBeCloseTo(reaction.perLithium_J_per_mol!, 6);
      expect(of(element).potential_V).toBeCloseTo(-of(element).perLithium_J_per_mol! / F, 12);
    }
  });

  test('the review agrees but for scandium and yttrium, and close calls are named', () => {
    const { agreement, elements } = map;
    expect(agreement).toMatchObject({ compared: 38, agreeing: 36, disagreements: ['Sc', 'Y'] });
    expect(agreement.close).toEqual(['Ca', 'Sr', 'Ba']);
    expect(elements.filter(({ reviewed }) => reviewed?.reacts === false).map(({ element }) => element)).toEqual([
      'Ti',
      'Fe',
    ]);
    for (const { verdict, reviewed, agrees } of elements) {
      if (reviewed === null || verdict === 'unknown') expect(agrees).toBeNull();
      else expect(agrees).toBe(reviewed.reacts === (verdict !== 'neither'));
    }
  });

  test('an estimate tells its numbers and is never sure of a small one', () => {
    expect(of('Ti')).toMatchObject({ isClose: false, tag: 'computed' });
    expect(of('Ti').solubility).toBeLessThan(1e-12);
    expect(of('Ti').alloyEnthalpy_J_per_mol).toBeGreaterThan(0);
    expect(of('Ca')).toMatchObject({ isClose: true });
    for (const { evidence, source, tag } of map.elements) {
      expect(source.length).toBeGreaterThan(3);
      expect(tag === null).toBe(evidence === 'none');
    }
  });

  test('warmer lithium dissolves more and alloys no less; solid lithium is told of', () => {
    const warm = lithiumMap(800);
    for (const { element, solubility } of map.elements) {
      const later = warm.elements.find((one) => one.element === element)!.solubility;
      if (solubility !== null && later !== null && solubility < 1e-3)
        expect(later, element).toBeGreaterThan(solubility);
    }
    expect(map.remarks).toEqual([]);
    expect(lithiumMap(298.15).remarks[0]).toContain('solid');
    expect(() => lithiumMap(100)).toThrow(InputError);
  });
});

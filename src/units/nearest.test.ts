import { describe, expect, test } from 'vitest';
import { nearestHint, nearestNames } from './nearest.ts';

describe('nearestNames', () => {
  const known = ['thickness', 'porosity', 'bruggeman', 'material', 'NMC532', 'NMC811', 'LFP', 'LCO'];

  test.each([
    ['thicknes', ['thickness']],
    ['Thikcness', ['thickness']],
    ['NMC823', ['NMC532', 'NMC811']],
    ['lfo', ['LFP', 'LCO']],
    ['poro', ['porosity']],
  ])('%s', (word, expected) => {
    expect(nearestNames(word, known)).toEqual(expect.arrayContaining(expected));
  });

  test('an exact name in another case comes first', () => {
    expect(nearestNames('nmc811', known)[0]).toBe('NMC811');
  });

  test('nothing near is nothing', () => {
    expect(nearestNames('zebra', known)).toEqual([]);
    expect(nearestNames('', known)).toEqual([]);
    expect(nearestHint('zebra', known)).toBeUndefined();
  });

  test('a hint is a question', () => {
    expect(nearestHint('thicknes', known)).toBe('did you mean thickness?');
  });

  test('a megabyte of text costs no more than a name', () => {
    const started = Date.now();
    nearestNames('x'.repeat(1e6), ['y'.repeat(1e6), ...known]);
    expect(Date.now() - started).toBeLessThan(100);
  });
});

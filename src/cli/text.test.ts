import { describe, expect, test } from 'vitest';
import { column, duration, percentColumn, significant } from './numbers.ts';
import { labelled, table, width, wrap } from './text-table.ts';

describe('numbers', () => {
  test.each([
    [0, '0'],
    [12.3456, '12.3'],
    [99.96, '100'],
    [0.0012345, '0.00123'],
    [0.00012345, '1.23e-4'],
    [-123456, '-1.23e5'],
    [250, '250'],
    [1000, '1000'],
    [Number.NaN, '-'],
    [null, '-'],
  ])('significant(%s) is %s', (value, text) => expect(significant(value)).toBe(text));

  test('a column has one number of decimals and no negative zero', () => {
    expect(column([1.23456, 0.5, -0.00001, null, Number.NaN])).toEqual(['1.235', '0.500', '0.000', '-', '-']);
    expect(column([250.123, 3])).toEqual(['250.1', '3.0']);
    expect(column([0, 0])).toEqual(['0', '0']);
  });

  test('an efficiency close to one does not read as one', () => {
    expect(percentColumn([0.99996, 0.9999])).toEqual(['99.9960', '99.9900']);
    expect(percentColumn([0.98, null])).toEqual(['98.00', '-']);
    expect(percentColumn([1])).toEqual(['100.00']);
  });

  test.each([
    [12.34, '12.3 s'],
    [2700, '45 min'],
    [1_443_600, '401 h'],
    [5_000_000, '57.87 d'],
  ])('duration(%s) is %s', (seconds, text) => expect(duration(seconds)).toBe(text));
});

describe('text', () => {
  test('columns line up whatever the script, without spaces at line ends', () => {
    expect(table([['name', 'µm'], ['ḗ', '1'], ['…']], 'lr')).toBe('name  µm\nḗ      1\n…');
    expect(width('e\u0301')).toBe(1);
  });

  test('wrapping keeps every word and every limit', () => {
    const words = Array.from({ length: 60 }, (_, i) => 'x'.repeat(1 + (i % 9)));
    const wrapped = wrap(words.join(' '), 40, '    ');
    expect(wrapped.split(/\s+/)).toEqual(words);
    expect(Math.max(...wrapped.split('\n').map(width))).toBeLessThanOrEqual(40);
  });

  test('a labelled paragraph hangs under its own text', () => {
    expect(labelled('End', 'one two three', 20, 6)).toBe('End   one two three');
    expect(labelled('End', 'one two three', 14, 6)).toBe('End   one two\n      three');
    expect(labelled('', 'one', 14, 6)).toBe('      one');
  });
});

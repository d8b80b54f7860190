import { describe, expect, test } from 'vitest';
import { piecesOf, sameNumber, worthOf } from './numbers-in.ts';
import type { Sourced } from './source-card.tsx';

const numbers = (text: string): string[] =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'number' ? [piece.text] : []));

const known = (value: number, unit: string): Sourced => ({ label: 'x', value, unit, tag: 'computed', source: 'y' });

describe('numbers in sentences', () => {
  test.each([
    ['Coulombic efficiency: 97.748 % (cycles 2 to 24, ± 0.044 % at 95 %).', ['97.748 %', '2', '24', '0.044 %', '95 %']],
    ['Nucleation in cycle 1: tip 60.3 mV (η_n), of which 1.28 mV are |I|·R_s.', ['1', '60.3 mV', '1.28 mV']],
    ['99.2 h, −0.0603 to 1.001 V', ['99.2 h', '−0.0603', '1.001 V']],
    ['1.2·10⁻⁵ Ω cm², 4e-15', ['1.2·10⁻⁵ Ω cm²', '4e-15']],
    ['12,194 rows', ['12,194']],
    ['it may run (−234 kJ/mol).', ['−234 kJ/mol']],
  ])('%s', (text, expected) => {
    expect(numbers(text)).toEqual(expected);
    expect(
      piecesOf(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  test.each([
    'Li2O stays behind on Al2O3',
    'EC/DEC (1:1 v/v)',
    'Chen et al. 2019 (10.1016/j.joule.2019.02.004)',
    'a1-45, E10, CPE1_1 of R0-p(R1,CPE1)',
    'cell-07.mpt',
  ])('%s has none that is a result', (text) => expect(numbers(text)).toEqual([]));

  test('digits are worth what they say', () => {
    expect(['−0.0603', '12,194', '1.2·10⁻⁵', '4e-15'].map(worthOf)).toEqual([-0.0603, 12194, 1.2e-5, 4e-15]);
  });

  test('a printed number is the known one of which it is the rounding, in the same unit', () => {
    const list = [known(97.7483912, '%'), known(60.31, 'mV')];
    expect(sameNumber('97.748', '%', list)).toBe(list[0]);
    expect(sameNumber('97.749', '%', list)).toBeNull();
    expect(sameNumber('97.748', 'mV', list)).toBeNull();
    expect(sameNumber('−60.3', 'mV', list)).toBe(list[1]);
  });
});

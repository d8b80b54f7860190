import { describe, expect, test } from 'vitest';
import { PERIODIC_ROWS } from '../../../figures/index.ts';
import { PERIODIC_TABLE } from './periodic-table.ts';

const at = (symbol: string) => PERIODIC_TABLE.find((one) => one.symbol === symbol)!;

describe('the periodic table', () => {
  test('has 118 elements, each with a name and a place of its own', () => {
    expect(PERIODIC_TABLE).toHaveLength(118);
    expect(new Set(PERIODIC_TABLE.map(({ row, column }) => `${row} ${column}`)).size).toBe(118);
    expect(new Set(PERIODIC_TABLE.map(({ name }) => name)).size).toBe(118);
    expect(PERIODIC_TABLE.every(({ column }) => column >= 1 && column <= 18)).toBe(true);
  });

  test('stands as the figure of the shell does, up to bismuth', () => {
    PERIODIC_ROWS.slice(0, 6).forEach((row, i) => {
      row.forEach((symbol, k) => {
        if (symbol === '.' || symbol === 'La') return;
        expect([symbol, at(symbol).row, at(symbol).column]).toEqual([symbol, i + 1, k + 1]);
      });
    });
  });

  test('groups are columns: copper over silver over gold, helium over radon, scandium over yttrium', () => {
    for (const group of ['Cu Ag Au Rg', 'He Ne Ar Kr Xe Rn Og', 'Sc Y', 'La Ac', 'Ti Zr Hf Rf', 'H Li Na K Rb Cs Fr']) {
      expect(new Set(group.split(' ').map((symbol) => at(symbol).column)).size, group).toBe(1);
    }
    expect([at('La').row, at('Ac').row, at('Lu').row]).toEqual([8, 9, 8]);
  });
});

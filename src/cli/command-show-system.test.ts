import { describe, expect, test } from 'vitest';
import { builtInCell } from '../cells/index.ts';
import { type Why, whyOf, whyText } from './command-show-system.ts';
import { width } from './text-table.ts';

describe('why a tabulated cell gives what it gives', () => {
  const why = whyOf(builtInCell('a1-47')) as Why;
  const text = whyText(why);

  test('its losses by cause, what it hangs on, its electrolyte, and what was reported', () => {
    expect(why.coulombic_efficiency).toBeGreaterThan(0.9);
    expect(Object.values(why.losses_mAh_per_cm2).some((lost) => lost > 0)).toBe(true);
    for (const named of Object.values(why.strongest)) expect(named.length).toBeGreaterThan(0);
    expect(why.electrolyte.length).toBeGreaterThan(0);
    expect(why.tabulated!.quantities[0]).toMatchObject({ quantity: 'coulombic_efficiency', reported: 99.2 });
    expect(text).toMatch(/Efficiency +9\d\.\d\d %/);
    expect(text).toMatch(/hangs on +\S+ = .* \((?:prior|fitted|memory|computed|measured|assumed|published)\): /);
    expect(text).toMatch(/Lost +.* \(\d+ %\)/);
    expect(text).toMatch(/Electrolyte +[+−]\d\.\d\d /);
    expect(text).toContain('Reported in table A1 [47]');
    expect(text).toContain('"99.20"; computed 99.');
  });

  test('fits the screen', () => {
    expect(Math.max(...text.split('\n').map(width))).toBeLessThanOrEqual(100);
  });

  test('shares of the loss add up', () => {
    const shares = [...text.matchAll(/\((\d+(?:\.\d+)?)\s%\)/g)].map(([, share]) => Number(share));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(97);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThan(103);
  });
});

test('a changed copy of a tabulated cell is not what was reported', () => {
  const cell = builtInCell('a1-47');
  expect((whyOf({ ...cell, temperature_K: cell.temperature_K + 10 }) as Why).tabulated).toBeNull();
});

test('a cell without a protocol has no run to tell of', () => {
  expect(whyOf({ ...builtInCell('a1-47'), protocol: null })).toBeNull();
});

test('ranges that no cell could have are told, and show goes on', () => {
  const cell = builtInCell('a1-47');
  const { porosity } = cell.separator;
  const assumption = { path: 'separator.porosity', value: porosity, unit: '1', tag: 'assumed', source: '' } as const;
  const why = whyOf({ ...cell, assumptions: [{ ...assumption, range: [0.2, 3] }] });
  expect(why).toContain('range of separator.porosity');
  expect(whyText(why!)).toContain('Why: it does not run.');
});

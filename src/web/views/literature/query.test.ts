import { describe, expect, test } from 'vitest';
import { askedOf, commandOf, reproduceCommandOf } from './query.ts';
import { START_LITERATURE } from './state.ts';

const asked = (part: Partial<typeof START_LITERATURE>) => askedOf({ ...START_LITERATURE, ...part });

describe('the filters of the literature', () => {
  test('ask nothing at the start', () => {
    expect(askedOf(START_LITERATURE)).toEqual({ query: {}, faults: {} });
    expect(commandOf(START_LITERATURE)).toBe('limetal literature');
  });

  test('take bare numbers in the units of the tables, and any other unit where it is written', () => {
    const { query } = asked({
      efficiencyFrom: '98,5',
      currentFrom: '0.5',
      currentTo: '10 A/m2',
      capacityTo: '1 mAh/cm2',
    });
    expect(query.coulombic_efficiency_min).toBeCloseTo(0.985, 12);
    expect(query.currentDensity_A_per_m2_min).toBeCloseTo(5, 12);
    expect(query.currentDensity_A_per_m2_max).toBeCloseTo(10, 12);
    expect(query.arealCapacity_C_per_m2_max).toBeCloseTo(36_000, 9);
  });

  test('say what is wrong with a limit, and leave it out of query and command', () => {
    const slice = { ...START_LITERATURE, efficiencyFrom: '0.98', currentTo: '5 mV', group: 'host' };
    const { query, faults } = askedOf(slice);
    expect(query).toEqual({ group: 'host' });
    expect(faults.efficiencyFrom).toMatch(/did you mean 98\?/);
    expect(faults.currentTo).toMatch(/Current density.*5 mV/);
    expect(commandOf(slice)).toBe('limetal literature --group host');
  });

  test('are told as a command that a shell reads as it was meant', () => {
    const slice = {
      ...START_LITERATURE,
      words: 'Li3N "$x"',
      group: 'in-situ SEI',
      efficiencyFrom: '98',
      sort: 'efficiency',
      isDescending: true,
    } as const;
    expect(commandOf(slice)).toBe(
      'limetal literature --group "in-situ SEI" --text "Li3N \\"\\$x\\"" --min-ce 98 --sort efficiency --descending',
    );
    expect(reproduceCommandOf(['a1-06'], 67, 50)).toBe('limetal reproduce --system a1-06 --samples 50');
    expect(reproduceCommandOf(['a1-06'], 1, 200)).toBe('limetal reproduce');
  });
});

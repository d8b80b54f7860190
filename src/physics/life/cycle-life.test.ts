import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anodeFreeEfficiency,
  type ElectrolyteSupply,
  electrolyteLimitedCycles,
  electrolyteRequiredEfficiency,
  inefficiency_per_h,
  lithiumLimitedCycles,
  requiredEfficiency,
  requiredElectrolyte_kg_per_C,
  requiredExcess,
  reservoirEfficiency,
  reservoirEfficiencyError,
  retentionAfter,
} from './cycle-life.ts';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const percent = (efficiency: number | null) => (100 * efficiency!).toFixed(3);

describe('lithium', () => {
  test.each([
    [0, ['99.777', '99.888', '99.926', '99.955', '99.978']],
    [0.5, ['99.278', '99.639', '99.759', '99.855', '99.928']],
    [1, ['98.778', '99.389', '99.592', '99.755', '99.878']],
    [2, ['97.779', '98.889', '99.259', '99.555', '99.778']],
    [5, ['94.783', '97.390', '98.260', '98.956', '99.478']],
  ])('efficiency that keeps 80 % for 100 to 1000 cycles at an excess of %f', (excess, expected) => {
    expect([100, 200, 300, 500, 1000].map((cycles) => percent(requiredEfficiency(excess, cycles, 0.8)))).toEqual(
      expected,
    );
  });

  test('without excess, 99.5 % keeps 80 % for 44 cycles, and 300 cycles ask for 99.93 %', () => {
    expect(Math.floor(lithiumLimitedCycles(0, 0.995, 0.8))).toBe(44);
    expect((100 * anodeFreeEfficiency(300, 0.8)).toFixed(2)).toBe('99.93');
  });

  test('99.5 % for 300 cycles loses 1.5 cathode capacities: 1.3 of excess besides the cathode, N/P 2.3 with it', () => {
    expect(300 * 0.005).toBe(1.5);
    expect(requiredExcess(0.995, 300, 0.8) + 1).toBeCloseTo(2.28, 2);
  });

  test('600 cycles to 76 % at N/P 1 imply 99.79 %; 90 cycles to 80 % without anode imply 99.75 %', () => {
    expect((100 * requiredEfficiency(1, 600, 0.76)!).toFixed(2)).toBe('99.79');
    expect((100 * requiredEfficiency(0, 90, 0.8)!).toFixed(2)).toBe('99.75');
  });

  test('a test shorter than its excess lasts without any efficiency proves nothing', () => {
    expect(requiredEfficiency(13, 12, 0.8)).toBeNull();
    expect(requiredEfficiency(111, 100, 0.8)).toBeNull();
  });

  test('life and efficiency are inverse, and so are life and excess', () => {
    fc.assert(
      fc.property(positive(0, 20), positive(0.3, 0.99999), positive(0.2, 0.99), (excess, efficiency, retention) => {
        const cycles = lithiumLimitedCycles(excess, efficiency, retention);
        expect((1 - requiredEfficiency(excess, cycles, retention)!) / (1 - efficiency)).toBeCloseTo(1, 9);
        expect(requiredExcess(efficiency, cycles, retention)).toBeCloseTo(excess, 9);
        expect(retentionAfter(excess, efficiency, cycles)).toBeCloseTo(retention, 9);
      }),
    );
  });

  test('the closed form is what cycles one by one give', () => {
    const [capacity, efficiency] = [1, 0.99];
    let excess = 2;
    let usable = capacity;
    let cycles = 0;
    while (usable >= 0.8) {
      // Each cycle loses 1 % of what it moves, first from the excess, then from what the cathode gets back.
      const lost = usable * (1 - efficiency);
      if (excess >= lost) excess -= lost;
      else {
        usable -= lost - excess;
        excess = 0;
      }
      cycles++;
    }
    expect(cycles - 1).toBe(Math.floor(lithiumLimitedCycles(2, efficiency, 0.8)));
  });

  test('at full retention only the excess counts; nothing lost lasts for ever', () => {
    expect(lithiumLimitedCycles(2, 0.99, 1)).toBeCloseTo(200, 9);
    expect(requiredEfficiency(2, 200, 1)).toBeCloseTo(0.99, 12);
    expect(requiredEfficiency(0, 200, 1)).toBe(1);
    expect(lithiumLimitedCycles(2, 1, 0.8)).toBe(Number.POSITIVE_INFINITY);
    expect(requiredExcess(1, 500, 0.8)).toBe(0);
    expect(retentionAfter(0, 1, 500)).toBe(1);
  });

  test('more excess, more efficiency and lower demands last longer', () => {
    fc.assert(
      fc.property(positive(0, 10), positive(0.5, 0.999), positive(0.3, 0.9), (excess, efficiency, retention) => {
        const cycles = lithiumLimitedCycles(excess, efficiency, retention);
        expect(lithiumLimitedCycles(excess + 0.1, efficiency, retention)).toBeGreaterThan(cycles);
        expect(lithiumLimitedCycles(excess, efficiency + 5e-4, retention)).toBeGreaterThan(cycles);
        expect(lithiumLimitedCycles(excess, efficiency, retention + 0.05)).toBeLessThan(cycles);
      }),
    );
  });
});

describe('electrolyte', () => {
  const lean: ElectrolyteSupply = {
    electrolyte_kg_per_C: 3e-3 / 3600,
    usableFraction: 1,
    interphaseShare: 1,
    electrons: 1,
    molarMass_kg_per_mol: 0.1,
  };

  test('12 cycles of 20 % at 3.8 mAh/cm2 take 34 mg/cm2 of 100 g/mol, three times what 3 g/Ah has', () => {
    const lost_mol_per_cm2 = (12 * 0.2 * 3.8 * 3.6) / 96485.33212;
    expect(lost_mol_per_cm2 * 1e3).toBeCloseTo(0.34, 2);
    expect(lost_mol_per_cm2 * 100 * 1e3).toBeCloseTo(34, 0);
    // 11.4 of 34.0 mg, so a third of the 12 cycles.
    expect(electrolyteLimitedCycles(lean, 0.8)).toBeCloseTo((12 * 11.4) / (lost_mol_per_cm2 * 1e5), 9);
    expect(electrolyteLimitedCycles({ ...lean, interphaseShare: 1 / 3 }, 0.8)).toBeCloseTo(12, 0);
  });

  test('life, efficiency and supply are inverse', () => {
    fc.assert(
      fc.property(positive(0.5, 0.9999), positive(0.05, 1), positive(0.5, 2), (efficiency, share, electrons) => {
        const supply = { ...lean, interphaseShare: share, electrons };
        const cycles = electrolyteLimitedCycles(supply, efficiency);
        expect((1 - electrolyteRequiredEfficiency(supply, cycles)) / (1 - efficiency)).toBeCloseTo(1, 9);
        expect(requiredElectrolyte_kg_per_C(supply, efficiency, cycles) / lean.electrolyte_kg_per_C).toBeCloseTo(1, 12);
      }),
    );
  });

  test('lasts for ever where nothing of it is spent, and a flood needs no efficiency', () => {
    expect(electrolyteLimitedCycles(lean, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(electrolyteLimitedCycles({ ...lean, interphaseShare: 0 }, 0.9)).toBe(Number.POSITIVE_INFINITY);
    expect(electrolyteRequiredEfficiency({ ...lean, electrolyte_kg_per_C: 1 }, 10)).toBe(0);
  });
});

describe('figures of tests', () => {
  test('reservoir test: 10 cycles of 1 and 5 plated; 0.02 mAh/cm2 in the last stripping is 0.13 %', () => {
    const usual = { cycles: 10, cycled: 1, total: 5 };
    expect(reservoirEfficiency(usual, 5)).toBe(1);
    expect(reservoirEfficiency(usual, 4.85)).toBeCloseTo(0.99, 12);
    expect((100 * reservoirEfficiencyError(usual, 0.02)).toFixed(2)).toBe('0.13');
  });

  test('the same loss in half the time is twice the loss per hour', () => {
    expect(inefficiency_per_h(0.998, 4)).toBeCloseTo(5e-4, 15);
    expect(inefficiency_per_h(0.998, 2)).toBeCloseTo(1e-3, 15);
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseElectrolyte, platingOf } from '../materials/index.ts';
import { InputError } from '../units/index.ts';
import { type PredictOptions, predict } from './predict.ts';
import { lceOf } from './scores.ts';

const NAMES = [
  '1 M LiPF6 in EC/DEC (1:1 v/v)',
  '1 M LiPF6 in EC/DMC (3:7 v/v) + 10 wt% FEC',
  '1 M LiTFSI in DOL/DME (1:1 v/v)',
  '1 M LiTFSI in DOL/DME (1:1 v/v) + 2 wt% LiNO3',
  '4 M LiFSI in DME',
  '1 M LiFSI in FDMB',
  'LiFSI-1.2DME-3TTE',
  'LiFSI/TEP (1:1.5 mol)',
] as const;

const electrolytes = fc.constantFrom(...NAMES);
/** A cell takes some hundredths of a second. */
const RUNS = { numRuns: 12, seed: 3 };
const efficiency = (text: string, options: PredictOptions = {}): number => predict(text, options).coulombic_efficiency;

test('at the reference conditions the efficiency is that of the composition law', () => {
  for (const text of NAMES) {
    expect(lceOf(efficiency(text))).toBeCloseTo(platingOf(parseElectrolyte(text)).logEfficiency, 9);
  }
});

describe('signs, over random electrolytes and conditions', () => {
  test('capacity up, efficiency up', () => {
    fc.assert(
      fc.property(
        electrolytes,
        fc.double({ min: 0.3, max: 2, noNaN: true }),
        fc.double({ min: 1.3, max: 4, noNaN: true }),
        (text, capacity_mAh_per_cm2, factor) => {
          const at = (capacity: number): number => efficiency(text, { capacity_C_per_m2: capacity * 36_000 });
          expect(at(capacity_mAh_per_cm2 * factor)).toBeGreaterThan(at(capacity_mAh_per_cm2));
        },
      ),
      RUNS,
    );
  });

  test('rest longer, efficiency down', () => {
    fc.assert(
      fc.property(electrolytes, fc.double({ min: 0, max: 24, noNaN: true }), (text, rest_h) => {
        const at = (hours: number): number => efficiency(text, { rest_s: Math.round(hours * 3600) });
        expect(at(rest_h + 24)).toBeLessThan(at(rest_h));
      }),
      RUNS,
    );
  });

  // Below some tenths of 1 mA/cm2 corrosion has time to take more than small deposits cost.
  test('current up, efficiency down', () => {
    fc.assert(
      fc.property(electrolytes, fc.double({ min: 10, max: 25, noNaN: true }), (text, current_A_per_m2) => {
        const at = (current: number): number => efficiency(text, { current_A_per_m2: current });
        expect(at(2 * current_A_per_m2)).toBeLessThan(at(current_A_per_m2));
      }),
      RUNS,
    );
  });

  test('the interval holds the value, and the losses add up to what is missing', () => {
    fc.assert(
      fc.property(
        electrolytes,
        fc.double({ min: 2, max: 30, noNaN: true }),
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        fc.double({ min: 288, max: 323, noNaN: true }),
        (text, current_A_per_m2, capacity_mAh_per_cm2, temperature_K) => {
          const { coulombic_efficiency, interval80, losses, dead_lithium, interphase_lithium } = predict(text, {
            current_A_per_m2,
            temperature_K,
            capacity_C_per_m2: capacity_mAh_per_cm2 * 36_000,
          });
          const [low, high] = interval80;
          expect(low).toBeLessThan(coulombic_efficiency);
          expect(high).toBeGreaterThan(coulombic_efficiency);
          expect(high).toBeLessThan(1);
          const lost = Object.values(losses).reduce((total, share) => total + share, 0);
          expect(lost).toBeCloseTo(1 - coulombic_efficiency, 12);
          expect(dead_lithium + interphase_lithium).toBeCloseTo(1 - coulombic_efficiency, 12);
          for (const share of Object.values(losses)) expect(share).toBeGreaterThanOrEqual(0);
        },
      ),
      RUNS,
    );
  });
});

test('the interval widens away from where the law was fitted, and for what it has hardly seen', () => {
  const width = (text: string, options: PredictOptions = {}): number => {
    const [low, high] = predict(text, options).interval80;
    return lceOf(high) - lceOf(low);
  };
  const text = '1 M LiFSI in FDMB';
  expect(width(text, { current_A_per_m2: 50 })).toBeGreaterThan(width(text));
  expect(width(text, { temperature_K: 323 })).toBeGreaterThan(width(text));
  expect(width(text, { host: 'carbon-cloth' })).toBeGreaterThan(width(text));
  expect(width('1 M LiTFSI in AN')).toBeGreaterThan(width(text));
});

test('samples make the interval by seed: the same seed the same, another another', () => {
  const of = (seed: number) => predict('4 M LiFSI in DME', { samples: 20, seed });
  expect(of(1).intervalFrom).toBe('samples');
  expect(of(1).interval80).toEqual(of(1).interval80);
  expect(of(2).interval80).not.toEqual(of(1).interval80);
  const [low, high] = of(1).interval80;
  expect(low).toBeLessThan(high);
});

test('alternatives: additives, diluent and free solvent, each with its sign', () => {
  const changes = (text: string) => predict(text).alternatives;
  const nitrate = changes('1 M LiTFSI in DOL/DME (1:1 v/v) + 2 wt% LiNO3').find(({ change }) =>
    /additives/.test(change),
  );
  expect(nitrate!.efficiencyGain).toBeLessThan(0);
  const localised = changes('LiFSI-1.2DME-3TTE');
  expect(localised.find(({ change }) => /diluent/.test(change))!.efficiencyGain).toBeLessThan(0);
  expect(localised.find(({ change }) => change.startsWith('with 9 '))!.efficiencyGain).toBeLessThan(0);
  expect(
    changes('1 M LiFSI in DME').find(({ change }) => change.startsWith('with 2 '))!.efficiencyGain,
  ).toBeGreaterThan(0);
});

test('a current that the cell does not bear has the closed form, and says so', () => {
  const { coulombic_efficiency, warnings } = predict('1 M LiPF6 in EC/DEC (1:1 v/v)', { current_A_per_m2: 500 });
  expect(warnings.join(' ')).toContain('closed form');
  expect(coulombic_efficiency).toBeLessThan(efficiency('1 M LiPF6 in EC/DEC (1:1 v/v)'));
});

test('a cycle that costs more than it plates gives nothing back, never less', () => {
  const { coulombic_efficiency, interval80, losses } = predict('1 M LiPF6 in EC/DEC (1:1 v/v)', {
    current_A_per_m2: 1000,
    capacity_C_per_m2: 360,
  });
  expect(coulombic_efficiency).toBe(0);
  expect(interval80[0]).toBe(0);
  expect(Object.values(losses).reduce((total, share) => total + share, 0)).toBeCloseTo(1, 12);
});

test('all faults of the conditions at once', () => {
  const faults = (): unknown => predict('4 M LiFSI in DME', { current_A_per_m2: -1, rest_s: 1e9, temperature_K: 500 });
  expect(faults).toThrow(InputError);
  try {
    faults();
  } catch (error) {
    expect((error as InputError).issues.map(({ where }) => where)).toEqual(['current', 'temperature', 'rest']);
  }
});

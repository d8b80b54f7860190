import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { AUDIT_TOLERANCE, auditClaim } from './audit.ts';
import { CLAIM_NUMBERS, type ClaimText, SCHEMA } from './audit-inputs.ts';
import { COIN_CELLS } from './coin-cells.ts';

/** Niu 2021 as it is told: 20 µm at N/P 1:1, 600 cycles, 76 %. */
const NIU: ClaimText = {
  cycles: '600',
  retention: '76 %',
  cathodeCapacity: '4.1 mAh/cm2',
  lithium: '20 µm',
  nToP: '1',
  counts: 'foil',
  eToC: '2.4 g/Ah',
  specificEnergy: '350 Wh/kg',
};
const percentOf = (text: ClaimText): string => (100 * auditClaim(text).implied[0]!.implied.efficiency!).toFixed(2);

describe('the efficiency that a claim implies', () => {
  test('of 600 cycles at N/P 1 to 76 % is 99.79 %, of 90 anode-free ones to 80 % 99.75 %', () => {
    expect(percentOf(NIU)).toBe('99.79');
    expect(percentOf({ cycles: '90', retention: '80 %', negative: 'anode-free' })).toBe('99.75');
  });

  test('is asked for both ways to count where N is not explained, and read from the thickness where that tells', () => {
    const open = auditClaim({ cycles: '300', retention: '80 %', nToP: '2.5' });
    expect(open.implied.map(({ counts, excess }) => [counts, excess])).toEqual([
      ['foil', 2.5],
      ['all', 1.5],
    ]);
    expect(open.remarks).toContainEqual(expect.stringMatching(/Ask the authors/));
    const told = auditClaim({
      cycles: '300',
      retention: '80 %',
      nToP: '3.6',
      cathodeCapacity: '4 mAh/cm2',
      lithium: '50 µm',
    });
    expect(told.implied.map(({ counts }) => counts)).toEqual(['all']);
    expect(told.contradictions).toEqual([]);
  });

  test.each(COIN_CELLS.map((cell, k) => [cell.name, k] as const))('of the coin cell "%s"', (_, k) => {
    const { nToP, cycles, wasStopped, electrolyte_kg_per_C } = COIN_CELLS[k]!;
    const { implied, verdict } = auditClaim({
      cycles: String(cycles),
      retention: '80 %',
      nToP: String(nToP),
      counts: 'foil',
      wasStopped: wasStopped ? 'yes' : 'no',
      eToC: `${electrolyte_kg_per_C * 3.6e6} g/Ah`,
    });
    const expected = [
      ['proves nothing', /prove nothing/],
      ['implied', /^If lithium ended the cell, its efficiency was 94/],
      ['implied', /^If lithium ended the cell, its efficiency was 78|79/],
      ['implied', /^If lithium ended the cell, its efficiency was 80/],
      ['implied', /^If lithium ended the cell, its efficiency was 80|81/],
      ['not lithium', /^Lithium did not end this cell/],
      ['implied', /both\.$|ended the cell/],
    ] as const;
    expect(implied[0]!.implied.kind).toBe(expected[k]![0]);
    expect(verdict).toMatch(expected[k]![1]);
  });
});

describe('the energy that a claim implies', () => {
  test('of the electrodes of Niu 2021 holds 350 Wh/kg within a tenth, with its assumptions', () => {
    const { energy } = auditClaim(NIU);
    expect(Math.abs(energy!.specificEnergy_J_per_kg.value / 3600 / 350 - 1)).toBeLessThan(0.1);
    expect(energy!.assumptions.length).toBeGreaterThan(2);
  });

  test('is not made up: what it needs is named', () => {
    const { energy, energyNeeds } = auditClaim({ cycles: '600', lithium: '20 µm' });
    expect(energy).toBeNull();
    expect(energyNeeds).toMatch(/areal capacity.*E\/C/);
  });

  test('a claim outside the band is remarked upon, not called impossible', () => {
    const { remarks, contradictions } = auditClaim({ ...NIU, specificEnergy: '550 Wh/kg' });
    expect(remarks).toContainEqual(
      expect.stringMatching(/above what a large pouch cell.*which components were weighed/),
    );
    expect(contradictions).toEqual([]);
  });
});

describe('numbers that contradict each other', () => {
  test.each([
    ['N/P', { nToP: '2', counts: 'foil', lithium: '20 µm', cathodeCapacity: '4 mAh/cm2' }],
    ['N/P', { nToP: '7', lithium: '20 µm', cathodeCapacity: '4 mAh/cm2' }],
    ['E/C', { eToC: '3 g/Ah', electrolyteVolume: '100 µL', electrolyteDensity: '1.2 g/cm3', capacity: '4 mAh' }],
    ['Areal capacity', { cathodeCapacity: '4 mAh/cm2', loading: '10 mg/cm2', cathodeSpecificCapacity: '200 mAh/g' }],
    ['Capacity of the cell', { capacity: '2 mAh', area: '1.27 cm2', cathodeCapacity: '4 mAh/cm2' }],
    ['Energy and capacity', { energy: '400 Wh', capacity: '100 Ah', voltage: '3.8 V' }],
    ['Energy per mass', { specificEnergy: '500 Wh/kg', energy: '400 Wh', mass: '1000 g' }],
    ['Current density', { currentDensity: '3 mA/cm2', rate: 'C/3', cathodeCapacity: '4 mAh/cm2' }],
    ['Efficiency and cycles', { efficiency: '99 %', cycles: '600', retention: '80 %', nToP: '1', counts: 'foil' }],
  ] as const)('%s', (what, text) => {
    const { contradictions } = auditClaim(text as ClaimText);
    expect(contradictions.map((one) => one.what)).toEqual([expect.stringContaining(what)]);
    expect(Math.abs(Math.log(contradictions[0]!.ratio))).toBeGreaterThan(Math.log(1 + AUDIT_TOLERANCE));
  });

  test('rounding of papers is none: 50 µm called 10 mAh/cm2, and a commercial cell', () => {
    expect(
      auditClaim({ nToP: '2.5', counts: 'foil', lithium: '50 µm', cathodeCapacity: '4 mAh/cm2' }).contradictions,
    ).toEqual([]);
    // SES Apollo: 107 Ah, 0.982 kg, 417 Wh/kg, so 3.83 V.
    const apollo = { capacity: '107 Ah', mass: '982 g', specificEnergy: '417 Wh/kg', voltage: '3.83 V' };
    expect(auditClaim(apollo).contradictions).toEqual([]);
  });

  test('an efficiency higher than its life needs is no contradiction, but something else ended the cell', () => {
    const { contradictions, remarks } = auditClaim({ ...NIU, efficiency: '99.95 %' });
    expect(contradictions).toEqual([]);
    expect(remarks).toContainEqual(expect.stringMatching(/something else ended the cell at 600/));
  });
});

describe('lights and facts', () => {
  test('a practical cell and a laboratory one', () => {
    const level = (text: ClaimText) =>
      Object.fromEntries(auditClaim(text).lights.map(({ key, level: one }) => [key, one]));
    expect(level({ ...NIU, currentDensity: '1 mA/cm2' })).toEqual({
      cycles: 'practical',
      cathodeCapacity_C_per_m2: 'practical',
      lithium_m: 'practical',
      nToP: 'practical',
      electrolyte_kg_per_C: 'practical',
      specificEnergy_J_per_kg: 'practical',
      j_A_per_m2: 'practical',
    });
    const coin = {
      cathodeCapacity: '1 mAh/cm2',
      lithium: '450 µm',
      electrolyteVolume: '100 µL',
      capacity: '1.2 mAh',
      currentDensity: '0.2 mA/cm2',
      efficiency: '98.5 %',
    };
    expect(new Set(Object.values(level(coin)))).toEqual(new Set(['laboratory']));
  });

  test('100 µL on 4 mAh are 30 g/Ah', () => {
    const { derived, remarks } = auditClaim({ electrolyteVolume: '100 µL', capacity: '4 mAh' });
    expect(derived.electrolyte_kg_per_C! * 3.6e6).toBeCloseTo(30, 9);
    expect(remarks).toContainEqual(expect.stringMatching(/1\.2 g\/cm³/));
  });

  test('what is missing and what is stated are the whole list, a number counts as stated', () => {
    const { stated, missing } = auditClaim({ ...NIU, stated: 'pressure, temperature' });
    expect(stated.length + missing.length).toBe(SCHEMA.length);
    const keys = stated.map(({ key }) => key);
    expect(keys).toEqual(
      expect.arrayContaining(['nToP', 'counts', 'eToC', 'lithiumThickness', 'pressure', 'temperature']),
    );
    expect(missing.map(({ key }) => key)).toEqual(expect.arrayContaining(['replicates', 'composition', 'rests']));
    expect(auditClaim({}).missing.length).toBe(SCHEMA.length);
  });
});

describe('what is typed', () => {
  test('all faults at once', () => {
    try {
      auditClaim({ cycle: '3', cycles: '0', retention: '180 %', lithium: '20', counts: 'both', stated: 'presure' });
      expect.unreachable();
    } catch (error) {
      expect((error as InputError).issues.map(({ where }) => where).sort()).toEqual(
        ['counts', 'cycle', 'cycles', 'lithium', 'retention', 'stated'].sort(),
      );
    }
  });

  test('whatever is typed is audited or refused with a sentence', () => {
    const amounts = fc.constantFrom(
      '1',
      '20 µm',
      '4 mAh/cm2',
      '99.9 %',
      '3 g/Ah',
      '0',
      '1e-9 g',
      '400 Wh/kg',
      'C/3',
      '',
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...CLAIM_NUMBERS.map(({ name }) => name)), amounts), (text) => {
        try {
          auditClaim(text);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { ELECTROLYTES, electrolyteNames, findElectrolyte } from './index.ts';

describe('known electrolytes', () => {
  test.each([
    ['1 M LiPF6 in EC/EMC (3:7 w/w)', 'lipf6-ecemc', true],
    ['1.0M LiPF6 EMC:EC 70:30 wt%', 'lipf6-ecemc', true],
    ['1 M LiPF6 in EC/EMC (7:3 w/w)', 'lipf6-ecemc', false],
    ['0.8 M LiPF6 in EC/EMC (3:7 w/w)', 'lipf6-ecemc', false],
    ['1 M LiFSI in dimethoxyethane', 'lifsi-dme-1m', true],
    ['1 LiFSI - 1.2 DME - 3 TTE', 'lhce-dme-tte', true],
    ['LiFSI-1.2DME-5TTE', 'lhce-dme-tte', false],
  ])('%s is %s, the same proportions: %s', (text, id, exact) => {
    expect(findElectrolyte(text)).toMatchObject({ material: { id }, exact });
  });

  test('of the electrolytes with the same substances the nearest composition is taken', () => {
    expect(findElectrolyte('0.99 M LiFSI in DME')?.material.id).toBe('lifsi-dme-1m');
    expect(findElectrolyte('3.99 M LiFSI in DME')?.material.id).toBe('lifsi-dme-4m');
  });

  test('one substance more is another electrolyte', () => {
    expect(findElectrolyte('1 M LiPF6 in EC/EMC/DEC (3:7:1 w/w)')).toBeUndefined();
    expect(findElectrolyte('1 M LiPF6 in EC/EMC (3:7 w/w) + 5 wt% VEC')).toBeUndefined();
  });

  test('the concentration is the one that the text states', () => {
    expect(findElectrolyte('1.2 M LiPF6 in EC/EMC (3:7 w/w)')?.concentration_mol_per_m3).toBe(1200);
    expect(findElectrolyte('LiFSI-1.2DME-3TTE')?.concentration_mol_per_m3).toBeNull();
    expect(findElectrolyte('lipf6-ecemc')?.concentration_mol_per_m3).toBeNull();
  });

  test('every known electrolyte can be asked for', () => {
    expect(electrolyteNames().length).toBeGreaterThan(2 * ELECTROLYTES.length);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ELECTROLYTES, parseElectrolyte } from '../materials/index.ts';
import { InputError } from '../units/index.ts';
import { cellWarnings } from './cell-warnings.ts';
import { additivesOf, alikeIn, saltConcentration_mol_per_m3, spentSolvent } from './electrolyte-composition.ts';
import { parseCell } from './parse-cell.ts';

const LI_CU = {
  limetal: 1,
  name: 'Li|Cu',
  area: '1.27 cm2',
  working: { kind: 'foil', material: 'Cu' },
  counter: { kind: 'lithium', thickness: '250 µm' },
};
const cellIn = (electrolyte: unknown) => parseCell({ ...LI_CU, electrolyte });

describe('an electrolyte of which no data exist', () => {
  test.each([
    ['1 M LiBOB in EC/EMC (1:1)', 'carbonate'],
    ['0.7 M LiBETI in DME', 'ether'],
    ['1 M LiFSI in DOL/DME (1:1) with 2 wt% LiNO3', 'ether-nitrate'],
    ['1 M LiPF6 in EC/EMC (1:1) with 5 wt% FEC', 'carbonate-additive'],
    ['5 M LiTFSI in DME', 'concentrated'],
    ['1.5 M LiFSI in DME/BTFE (1:4 mol)', 'localised'],
    ['0.5 M LiFSI in Pyr13FSI', 'ionic-liquid'],
  ])('%s runs by the data of its kind, %s, and says so', (name, family) => {
    expect(alikeIn(parseElectrolyte(name)).family).toBe(family);
    const cell = cellIn(name);
    expect(cell.electrolyte.name).toBe(name);
    expect(cell.sources.join()).toContain('stands for it');
    expect(cellWarnings(cell).some((warning) => warning.includes('stands for it'))).toBe(true);
  });

  test('of one family the one with most in common stands for it', () => {
    expect(alikeIn(parseElectrolyte('5 M LiFSI in EC/DMC')).id).toBe('lifsi-carb-hce');
    expect(alikeIn(parseElectrolyte('5 M LiFSI in DME')).id).toBe('lifsi-dme-4m');
  });

  test('a name with numbers that cannot be read tells each fault; one near a known name is answered with it', () => {
    const faults = (electrolyte: string) => {
      try {
        cellIn(electrolyte);
      } catch (error) {
        return (error as InputError).issues;
      }
      return [];
    };
    expect(faults('1 M LiPF6 in unobtainium')[0]).toMatchObject({ where: 'electrolyte' });
    expect(faults('1 M LiTFSI in DOL/DMG')[0]!.hint).toMatch(/1 M LiTFSI in DOL\/DME/u);
    expect(faults('EC/DMC (1:1)')[0]!.found).toMatch(/no salt/u);
    expect(faults('0.1 M CsPF6 in PC')[0]!.found).toMatch(/no lithium salt/u);
  });

  test('a name of words never ends in anything but a cell or faults', () => {
    const words = [
      '1 M',
      'LiPF6',
      'EC',
      '/',
      'DEC',
      '(1:1)',
      '+',
      '5 wt%',
      'FEC',
      'LiNO3',
      'saturated',
      'in',
      'TTE',
      '?',
      '-',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 9 }), (some) => {
        try {
          expect(cellIn(some.join(' ')).ageing).not.toBeNull();
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('amounts', () => {
  test('salt per litre of solvent becomes salt per volume of solution', () => {
    const composition = parseElectrolyte('10 M LiFSI in DMC');
    expect(saltConcentration_mol_per_m3(composition)).toBeLessThan(6500);
    const cell = cellIn('10 M LiFSI in DMC');
    expect(cell.electrolyte.concentration_mol_per_m3).toBeCloseTo(saltConcentration_mol_per_m3(composition), 1);
    expect(cell.assumptions.find(({ path }) => path === 'electrolyte.concentration')!.tag).toBe('computed');
  });

  test('two salts count together', () => {
    const cell = cellIn('0.6 M LiTFSI + 0.4 M LiBOB in EC/EMC (4:6 w/w)');
    expect(cell.electrolyte.concentration_mol_per_m3).toBeCloseTo(1000, 1);
  });

  test('an additive is dissolved as told; of a saturated one a reserve lies there', () => {
    const [nitrate] = additivesOf(parseElectrolyte('1 M LiTFSI in DOL/DME (1:1) + 0.2 M LiNO3'));
    expect(nitrate!.concentration!.value).toBeCloseTo(200, 6);
    expect(nitrate!.reserve).toBeUndefined();
    const { additives } = cellIn('1 M LiPF6 in EC/DEC (1:1) with saturated LiNO3').ageing!;
    expect(additives).toMatchObject([{ name: 'LiNO3', electrons: 8, reserve_mol_per_m3: 100 }]);
    expect(additives[0]!.concentration_mol_per_m3).toBeLessThan(11);
  });

  test('a solvent that is no additive is not spent as one, nor is what only shields', () => {
    expect(additivesOf(parseElectrolyte('1 M LiPF6 in FEC/DMC (1:1)'))).toEqual([]);
    expect(additivesOf(parseElectrolyte('1 M LiPF6 in PC + 0.05 M CsPF6'))).toEqual([]);
  });

  test('what is spent is the mean solvent, without diluent', () => {
    const { molarVolume } = spentSolvent(parseElectrolyte('LiFSI-1.2DME-3TTE'));
    // DME: 90.12 g/mol at 0.86 g/cm3.
    expect(molarVolume.value).toBeCloseTo(1.04e-4, 5);
    expect(spentSolvent(null).molarVolume.tag).toBe('prior');
  });

  test('every known electrolyte can be named in a cell', () => {
    for (const { id, name } of ELECTROLYTES) {
      for (const text of [id, name])
        expect(cellIn(text).ageing!.counter.plating.depositSize_m, text).toBeGreaterThan(0);
    }
  });
});

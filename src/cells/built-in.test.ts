import { describe, expect, test } from 'vitest';
import { F, InputError } from '../units/index.ts';
import { builtInCell, builtInCells, builtInFile } from './built-in.ts';
import type { PorousCathode } from './cell.ts';

describe('built-in cells', () => {
  test.each(builtInCells().map(({ id }) => id))('%s is a cell', (id) => {
    const cell = builtInCell(id);
    expect(cell.id).toBe(id);
    expect(cell.electrolyteVolume_m3).toBeGreaterThan(0);
    expect(cell.voltage_V_min).toBeLessThan(cell.voltage_V_max);
  });

  test('the list has an id, a title and a sentence for each', () => {
    const cells = builtInCells();
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
    for (const { title, summary } of cells) {
      expect(title.length).toBeGreaterThan(5);
      expect(summary).toMatch(/\.$/u);
    }
  });

  test('a mistyped id is answered with the id that is near', () => {
    expect(() => builtInCell('li-cu-ether-nitrat')).toThrow(InputError);
    expect(() => builtInCell('li-cu-ether-nitrat')).toThrow(/did you mean li-cu-ether-nitrate/u);
  });

  test('what a caller does to a file does not reach the next caller', () => {
    (builtInFile('li-lfp') as { name: string }).name = 'mine';
    expect(builtInFile('li-lfp')).toMatchObject({ name: 'Li|LFP, 50 µm lithium' });
  });
});

describe('the reference half-cell Xu2019', () => {
  const cell = builtInCell('xu2019-half-cell');
  const cathode = cell.working as PorousCathode;

  test('has the numbers of its parameter set', () => {
    expect(cell).toMatchObject({
      kind: 'Li|cathode',
      area_m2: 1.54e-4,
      temperature_K: 298.15,
      separator: { thickness_m: 2.5e-5, porosity: 0.39, bruggeman: 1.5 },
      electrolyte: {
        law: 'valoen2005',
        concentration_mol_per_m3: 1000,
        transferenceNumber: 0.38,
        thermodynamicFactor: 1,
      },
      contactResistance_ohm_m2: 0,
      thermal: null,
      voltage_V_min: 3.5,
      voltage_V_max: 4.2,
      mesh: { separatorNodes: 20, cathodeNodes: 20, particleNodes: 20 },
      counter: { kind: 'lithium', lithiumThickness_m: 7e-4, interphase: [] },
    });
    expect(cathode).toMatchObject({
      thickness_m: 4.2e-5,
      porosity: 0.331,
      activeFraction: 0.518,
      conductivity_S_per_m: 100,
      particleRadius_m: 5.3e-6,
      maximumConcentration_mol_per_m3: 48230,
      diffusivity: { kind: 'constant', value: 1e-14 },
      regularised: true,
    });
    expect(cathode.initialStoichiometry * 48230).toBeCloseTo(4631, 9);
    expect(cathode.kinetics.rate_A_m2_5_per_mol1_5).toBeCloseTo(5.76e-11 * F, 18);
    expect(cell.counter.kinetics.exchangeCurrent_A_per_m2).toBeCloseTo(70.594, 3);
  });

  test('1C is 15.584 A/m2', () => {
    expect(cell.nominalCapacity_C! / 3600 / cell.area_m2).toBeCloseTo(15.584, 3);
  });

  test('nothing in it is supplied by the program', () => {
    expect(cell.assumptions).toEqual([]);
  });

  test('its electrolyte fills the pores and no more', () => {
    expect(cell.electrolyteVolume_m3 / cell.area_m2).toBeCloseTo(25e-6 * 0.39 + 42e-6 * 0.331, 12);
  });
});

describe('the front door of the README, Li|Cu in ether with nitrate', () => {
  const cell = builtInCell('li-cu-ether-nitrate');

  test('is a coin cell with a native film that grows', () => {
    expect(cell.kind).toBe('Li|Cu');
    expect(cell.working).toMatchObject({ kind: 'collector', material: 'Cu', lithiumThickness_m: 0 });
    expect(cell.counter).toMatchObject({ kind: 'lithium', lithiumThickness_m: 250e-6 });
    expect(cell.counter.interphase).toHaveLength(1);
    expect(cell.counter.interphase[0]!.growth).toEqual({ kind: 'transport-limited', k_m_per_sqrt_s: 1.5e-11 });
    expect(cell.electrolyteVolume_m3).toBe(4e-8);
    expect(cell.nominalCapacity_C).toBeNull();
  });

  test('every supplied number names its source', () => {
    expect(cell.assumptions.length).toBeGreaterThan(10);
    for (const { path, source, unit } of cell.assumptions) {
      expect(source, path).not.toBe('');
      expect(unit, path).not.toBe('');
    }
    expect(cell.assumptions.map(({ path }) => path)).toContain('counter.kinetics.exchangeCurrent');
  });
});

describe('cells with a cathode', () => {
  test.each([
    ['li-nmc811', 3],
    ['li-nmc532', 2],
    ['li-lfp', 2],
    ['li-lco', 3],
    ['cu-nmc811', 3],
    ['cu-lfp', 2],
  ])('%s has %d mAh/cm2', (id, areal_mAh_per_cm2) => {
    const cell = builtInCell(id);
    expect(cell.nominalCapacity_C! / cell.area_m2 / 36000).toBeCloseTo(areal_mAh_per_cm2, 9);
  });

  test('an anode-free cell starts without lithium metal', () => {
    expect(builtInCell('cu-nmc811')).toMatchObject({
      kind: 'Cu|cathode',
      counter: { kind: 'collector', lithiumThickness_m: 0 },
    });
  });
});

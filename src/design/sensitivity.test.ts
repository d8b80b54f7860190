import { describe, expect, test } from 'vitest';
import { builtInCell, type Cell, parseCell } from '../cells/index.ts';
import { simulate } from '../simulation/index.ts';
import { OUTCOMES, oneAtATime, projectedLife, SENSITIVITY_NAMED } from './sensitivity.ts';

const cell = builtInCell('li-cu-ether-nitrate');
const found = oneAtATime(cell, cell.protocol!, { cycles: 4 });

test('the run with the cell’s own values is that of simulate', () => {
  const { cycles } = simulate(cell, cell.protocol!, { model: 'fast', detail: 'ends', cycles: 4 });
  expect(found.nominal.interfacial_resistance_ohm_cm2).toBe(cycles.at(-1)!.interfacial_resistance_ohm_cm2);
  const efficiencies = cycles.map(({ coulombic_efficiency }) => coulombic_efficiency!);
  expect(found.nominal.coulombic_efficiency).toBeCloseTo(efficiencies.reduce((sum, one) => sum + one, 0) / 4, 12);
});

test('every uncertain value is tried inside its range', () => {
  for (const { low, high, range } of found.values) {
    expect(low).toBeGreaterThan(range[0]);
    expect(high).toBeLessThan(range[1]);
    expect(low).toBeLessThan(high);
  }
});

test('three at most are named for an outcome, the strongest first, each of which moves it', () => {
  for (const name of OUTCOMES) {
    const named = found.strongest[name];
    expect(named.length).toBeLessThanOrEqual(SENSITIVITY_NAMED);
    for (const { atLow, atHigh } of named) expect(atLow[name]).not.toBe(atHigh[name]);
  }
  const spans = found.strongest.interfacial_resistance_ohm_cm2.map(({ atLow, atHigh }) =>
    Math.abs(Math.log(atHigh.interfacial_resistance_ohm_cm2! / atLow.interfacial_resistance_ohm_cm2!)),
  );
  expect(spans).toEqual([...spans].sort((a, b) => b - a));
});

test('a resistance that is all film hangs on the film’s conductivity and thickness, the right way round', () => {
  const { strongest } = found;
  const film = strongest.interfacial_resistance_ohm_cm2.find(({ parameter }) => /conductivity$/.test(parameter))!;
  expect(film.atHigh.interfacial_resistance_ohm_cm2!).toBeLessThan(film.atLow.interfacial_resistance_ohm_cm2!);
});

test('a cell whose every value is stated hangs on none', () => {
  const own: Cell = { ...cell, assumptions: [] };
  expect(oneAtATime(own, cell.protocol!, { cycles: 2 }).values).toEqual([]);
});

describe('projected life', () => {
  const thin = parseCell({
    limetal: 1,
    id: 'thin',
    name: 'thin',
    area: '1 cm2',
    working: { kind: 'foil', material: 'Cu' },
    counter: { kind: 'lithium', thickness: '30 µm' },
    electrolyte: '1 M LiPF6 in EC/DEC (1:1 w/w)',
    amount: '2 mL',
    protocol: ['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 until 1 V', 'repeat 500'],
  });

  test('is about the life that the cell has when it is run to its end', () => {
    const projected = projectedLife(simulate(thin, thin.protocol!, { model: 'fast', cycles: 20 }))!;
    const { cycles, stop } = simulate(thin, thin.protocol!, { model: 'fast' });
    expect(stop.kind).not.toBe('completed');
    expect(projected / cycles.length).toBeGreaterThan(0.7);
    expect(projected / cycles.length).toBeLessThan(1.5);
  });

  test('is that of the salt where it goes first', () => {
    const dry = simulate(cell, cell.protocol!, { model: 'fast', cycles: 4 });
    const start_mol_per_m2 = (cell.electrolyte.concentration_mol_per_m3 * cell.electrolyteVolume_m3) / cell.area_m2;
    // Nine tenths gone in four cycles: the rest lasts 4/9 of a cycle more.
    const state = { ...dry.state, poreSalt_mol_per_m2: 0.1 * start_mol_per_m2, reserveSalt_mol_per_m2: 0 };
    expect(projectedLife({ ...dry, state })).toBeCloseTo(4 + 4 / 9, 9);
  });

  test('needs a pace', () => {
    const result = simulate(thin, thin.protocol!, { model: 'fast', cycles: 1 });
    expect(projectedLife(result)).toBeNull();
    expect(projectedLife({ ...result, cycles: [] })).toBeNull();
  });
});

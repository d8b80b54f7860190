// How a run ends, and what it says then: the kinds of end that physics has, by both models.

import { describe, expect, test } from 'vitest';
import { builtInCell, type Cell, parseProtocol } from '../cells/index.ts';
import type { SimulationResult } from './contract.ts';
import { simulate } from './simulate.ts';

const COPPER = builtInCell('li-cu-carbonate')!;
const NMC = builtInCell('li-nmc811')!;
const ADIABATIC: Cell = {
  ...builtInCell('li-li-carbonate')!,
  thermal: { heatCapacity_J_per_m2_K: 1, heatTransfer_W_per_m2_K: 0 },
};

describe.each(['fast', 'full'] as const)('a run of the %s model', (model) => {
  const run = (cell: Cell, ...steps: string[]): SimulationResult => simulate(cell, parseProtocol(steps), { model });

  test('ends at once where there is nothing to strip', () => {
    const { stop, record } = run(COPPER, 'Strip at 1 mA/cm2 for 1 h');
    // A voltage without bounds is also a voltage beyond the cell's limit.
    expect(stop.kind).toMatch(/^(lithium-exhausted|voltage-limit)$/);
    expect(stop.time_s).toBe(0);
    expect(stop.message).toMatch(/cycle 1, step 1/);
    expect(record.time_s.length).toBeLessThanOrEqual(1);
  });

  test('goes on after a hold that has nothing left to move, and says so', () => {
    const { stop, warnings, record } = run(
      COPPER,
      'Plate at 1 mA/cm2 for 10 min',
      'Strip at 1 mA/cm2 until 1 V',
      'Hold at 1 V for 10 min',
      'Plate at 1 mA/cm2 for 10 min',
    );
    expect(stop.kind).toBe('completed');
    expect(record.step.at(-1)).toBe(4);
    expect(warnings.some((text) => /held voltage ended early .* step 3/.test(text))).toBe(
      record.time_s.at(-1)! < 2400 - 1,
    );
  });

  test.each([
    ['Discharge at 1000 W for 1 h', NMC, /can give/],
    ['Charge at 1000 W for 1 h', builtInCell('li-cu-carbonate')!, /lithium of the working electrode was gone/],
  ])('ends where no current meets the demand: %s', (step, cell, message) => {
    const wide = { ...cell, voltage_V_min: -1e9, voltage_V_max: 1e9 };
    const { stop } = run(wide, step);
    expect(['demand-unmet', 'lithium-exhausted']).toContain(stop.kind);
    expect(stop.message).toMatch(message);
  });

  test('a demand that first takes the voltage past a limit ends on the limit', () => {
    expect(run(NMC, 'Discharge at 1000 W for 1 h').stop.kind).toBe('voltage-limit');
  });

  test('ends before lithium melts', () => {
    const { stop, record } = run(ADIABATIC, 'Charge at 2 mA/cm2 for 2 h');
    expect(stop).toMatchObject({ kind: 'temperature-limit' });
    expect(stop.message).toMatch(/lithium melts/);
    expect(record.temperature_K.at(-1)).toBeGreaterThan(450);
    expect(record.temperature_K.at(-1)).toBeLessThan(456);
  });

  test('tells the warnings of its cell', () => {
    expect(run({ ...COPPER, temperature_K: 240 }, 'Rest for 1 min').warnings.join(' ')).toMatch(/lies outside/);
  });
});

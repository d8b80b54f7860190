import { describe, expect, test } from 'vitest';
import { cellEfficiencyFigure, cellVoltageFigure, resistanceFigure, type ShownCycle } from './cell-figures.ts';

const cycle = (number: number, efficiency: number): ShownCycle => ({
  cycle: number,
  plated_mAh_per_cm2: 1,
  discharged_mAh_per_cm2: 0,
  coulombic_efficiency: efficiency,
  losses_mAh_per_cm2: {},
  overpotential_mV: {},
  interfacial_resistance_ohm_cm2: 40,
  counter_lithium_um: 20,
  working_lithium_um: 0,
  ageing: null,
});
const CELL = { name: 'computed', cycles: [cycle(1, 0.9), cycle(2, 0.97)] };
const record = (end_s: number) => ({
  time_s: Float64Array.from({ length: 11 }, (_, k) => (k * end_s) / 10),
  voltage_V: Float64Array.from({ length: 11 }, (_, k) => 0.01 * k),
});
const MEASURED = {
  name: 'measured: a',
  cycles: [
    { cycle: 1, coulombic_efficiency: 0.8 },
    { cycle: 2, coulombic_efficiency: null },
    { cycle: 5, coulombic_efficiency: 0.95 },
  ],
  record: record(40_000),
};

describe('what is laid over a computed cell', () => {
  test('a band has its ends where its cycles are, in percent, and the axis holds all of it', () => {
    const [panel] = cellEfficiencyFigure([CELL], null, { band: [{ cycle: 2, low: 0.7, high: 0.99 }] }).panels;
    const [series] = panel!.series;
    expect(series!.low![0]).toBeNaN();
    expect([series!.low![1], series!.high![1]]).toEqual([70, 99]);
    expect(panel!.left.min).toBeLessThanOrEqual(70);
    const [resistance] = resistanceFigure([CELL], { band: [{ cycle: 1, low: 10, high: 90 }] }).panels;
    expect([resistance!.series[0]!.low![0], resistance!.series[0]!.high![0]]).toEqual([10, 90]);
    expect(resistance!.left.max).toBeGreaterThanOrEqual(90);
  });

  test('measured efficiencies are rings of their own, without those that are not known', () => {
    const [panel] = cellEfficiencyFigure([CELL], null, { measured: MEASURED }).panels;
    expect(panel!.series.map(({ name }) => name)).toEqual(['computed', 'measured: a']);
    expect([...panel!.series[1]!.x]).toEqual([1, 5]);
    expect([...panel!.series[1]!.y]).toEqual([80, 95]);
    expect(panel!.x.max).toBeGreaterThanOrEqual(5);
  });

  test('a measured voltage is drawn in the unit of the computed one, as far as that goes', () => {
    // Two hours are drawn in minutes or hours, eleven hours in hours.
    const computed = { name: 'computed', record: record(6000) };
    const [panel] = cellVoltageFigure([computed], MEASURED).panels;
    const [own, laid] = panel!.series;
    const perSecond = own!.x.at(-1)! / 6000;
    expect(laid!.x.at(-1)! / perSecond).toBeCloseTo(4000, 6);
    expect(
      cellVoltageFigure([computed, { name: 'b', record: record(40_000) }]).panels[0]!.series[1]!.x.at(-1),
    ).toBeCloseTo(40_000 * perSecond, 6);
  });
});

// Runs of which only the cycles count: what they cost, and that they say the same.

import { describe, expect, test } from 'vitest';
import { builtInCell, parseProtocol } from '../cells/index.ts';
import { prepareCell } from './simulate.ts';

const CASES: readonly [string, readonly string[]][] = [
  ['li-cu-carbonate', ['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 until 1 V']],
  ['li-cu-ether-nitrate', ['Plate at 0.5 mA/cm2 for 1 mAh/cm2', 'Rest for 1 h', 'Strip at 1 mA/cm2 until 1 V']],
  ['li-li-carbonate', ['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 for 1 mAh/cm2']],
  ['li-nmc811', ['Charge at 0.5C until 4.2 V', 'Discharge at 0.5C until 3.0 V']],
  ['cu-lfp', ['Charge at 0.5C until 3.8 V', 'Discharge at 0.5C until 2.8 V']],
];

describe.each(CASES)('%s', (id, steps) => {
  const cell = prepareCell(builtInCell(id));
  const run = (times: number, detail: 'rows' | 'ends', meansIn?: readonly number[]) =>
    cell.run(parseProtocol([...steps, `repeat ${times}`]), {
      model: 'fast',
      detail,
      ...(meansIn === undefined ? {} : { meansIn }),
    });

  test('efficiency to 1e-6, losses to a thousandth, means to 1 %', () => {
    // Rows so close that joining them by lines costs nothing.
    const protocol = parseProtocol([...steps, 'repeat 3']);
    const close = JSON.parse(JSON.stringify(protocol), (_key, value) =>
      typeof value === 'object' && value !== null && 'drive' in value ? { ...value, period_s: 0.5 } : value,
    );
    const fine = cell.run(close, { model: 'fast' }).cycles;
    run(3, 'ends').cycles.forEach((cycle, k) => {
      const exact = fine[k]!;
      if (exact.coulombic_efficiency !== null) {
        expect(Math.abs(cycle.coulombic_efficiency! - exact.coulombic_efficiency)).toBeLessThan(1e-6);
      }
      for (const [cause, value] of Object.entries(exact.losses_mAh_per_cm2)) {
        expect(Math.abs(cycle.losses_mAh_per_cm2[cause]! - value), cause).toBeLessThan(1e-3 * Math.abs(value) + 1e-6);
      }
      const sum = (parts: Readonly<Record<string, number>>): number => Object.values(parts).reduce((a, b) => a + b, 0);
      expect(Math.abs(sum(cycle.overpotential_mV) / sum(exact.overpotential_mV) - 1)).toBeLessThan(0.01);
      expect(Math.abs(cycle.polarisation_mV! / exact.polarisation_mV! - 1)).toBeLessThan(0.01);
      expect(cycle.interfacial_resistance_ohm_cm2 / exact.interfacial_resistance_ohm_cm2).toBeCloseTo(1, 3);
      if (exact.nucleation_overpotential_mV !== null) {
        expect(Math.abs(cycle.nucleation_overpotential_mV! - exact.nucleation_overpotential_mV)).toBeLessThan(1);
      }
    });
  });

  test('keeps the first and the last row of each step', () => {
    const { record, cycles } = run(5, 'ends');
    expect(record.time_s.length).toBe(2 * steps.length * cycles.length);
    const rows = run(5, 'rows').record;
    const lastOf = (from: typeof record): number => from.voltage_V.at(-1)!;
    expect(lastOf(record)).toBeCloseTo(lastOf(rows), 3);
  });

  test('with less work', () => {
    const perCycle = (detail: 'rows' | 'ends', meansIn?: readonly number[]) => {
      const { work, cycles } = run(40, detail, meansIn);
      return { substeps: work.steps / cycles.length, voltages: Math.round(work.residuals / cycles.length) };
    };
    const [rows, ends, few] = [perCycle('rows'), perCycle('ends'), perCycle('ends', [40])];
    expect(ends.substeps).toBeLessThan(rows.substeps / 3);
    expect(ends.voltages).toBeLessThan(rows.voltages);
    // The stops of a cathode's steps are voltages, and must be found.
    expect(few.voltages).toBeLessThan(rows.voltages / (id.endsWith('lfp') ? 2 : 3));
    expect({ rows, ends, few }).toMatchSnapshot();
  });

  test('means are found where they are asked for, and nothing else changes', () => {
    const all = run(6, 'ends').cycles;
    const some = run(6, 'ends', [2, 5]).cycles;
    all.forEach((cycle, k) => {
      const asked = k === 1 || k === 4;
      const { mean_voltage_plating_V, mean_voltage_stripping_V, polarisation_mV, nucleation_overpotential_mV } = cycle;
      const means = { mean_voltage_plating_V, mean_voltage_stripping_V, polarisation_mV, nucleation_overpotential_mV };
      const none = Object.fromEntries(Object.keys(means).map((name) => [name, null]));
      expect(some[k]).toEqual(asked ? cycle : { ...cycle, ...none, overpotential_mV: {} });
    });
  });
});

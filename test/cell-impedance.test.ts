// Spectra that the simulation computes meet the analysis of spectra: what is consistent in itself passes the test by Kramers and Kronig,
// and a circuit fitted to it finds the parts from which it was made.

import { describe, expect, test } from 'vitest';
import { fitCircuit, interfaceResistance, kramersKronig } from '../src/analysis/index.ts';
import { builtInCell, builtInCells, type Cell } from '../src/cells/index.ts';
import { cellImpedance, logarithmicFrequencies, type RunPlace, runTo } from '../src/simulation/index.ts';

function impedanceOf(id: string, place: RunPlace, low_Hz = 1e-3, high_Hz = 1e6, pointsPerDecade = 10) {
  const cell: Cell = builtInCell(id);
  const { state } = runTo(cell, cell.protocol, place);
  return {
    cell,
    ...cellImpedance(cell, state, { frequency_Hz: logarithmicFrequencies(low_Hz, high_Hz, pointsPerDecade) }),
  };
}

const fresh: RunPlace = { kind: 'start' };

describe('spectra of cells', () => {
  test.each([
    ['li-li-carbonate', fresh, false, 1e-4],
    ['li-li-carbonate', { kind: 'cycle', cycle: 50 }, false, 1e-4],
    ['li-li-ether-nitrate', { kind: 'time', time_s: 9000 }, false, 1e-4],
    ['li-cu-ether-nitrate', { kind: 'cycle', cycle: 5, step: 1 }, false, 1e-4],
    ['li-cu-carbonate', fresh, true, 1e-2],
    ['a1-19', { kind: 'cycle', cycle: 1, step: 1 }, false, 1e-4],
    ['li-li-llzto', fresh, false, 1e-4],
    ['li-li-argyrodite', fresh, false, 1e-4],
    ['li-lfp', fresh, true, 1e-4],
    ['li-nmc811', { kind: 'cycle', cycle: 2 }, true, 1e-4],
    ['li-lfp-peo', fresh, true, 1e-4],
    ['li-nmc811-garnet', fresh, true, 1e-3],
  ] as const)('%s, %j: real and imaginary part belong together', (id, place, seriesCapacitance, within) => {
    const { spectrum } = impedanceOf(id, place);
    expect(kramersKronig(spectrum, { seriesCapacitance }).verdict).toBe('consistent');
    // With as many relaxations as it takes nothing is left over.
    const { judged } = kramersKronig(spectrum, { seriesCapacitance, mu_min: 0 });
    expect(judged.largestResidual).toBeLessThan(within);
  });

  test.each(builtInCells().map(({ id }) => id))('%s has one, fresh and after its first step', (id) => {
    for (const place of [fresh, { kind: 'cycle', cycle: 1, step: 1 }] as const) {
      const { spectrum, parts, highFrequency_ohm, lowFrequency_ohm } = impedanceOf(id, place, 1e-3, 1e6, 2);
      for (const values of [spectrum.real_ohm, spectrum.imaginary_ohm])
        expect(values.every(Number.isFinite)).toBe(true);
      // What is passive gives no power.
      expect(spectrum.real_ohm.every((re) => re > 0)).toBe(true);
      expect(spectrum.imaginary_ohm.every((im) => im <= 0)).toBe(true);
      expect(highFrequency_ohm).toBeGreaterThan(0);
      expect(lowFrequency_ohm).toBeGreaterThan(highFrequency_ohm);
      for (const { resistance_ohm, name } of parts) expect(resistance_ohm, name).toBeGreaterThanOrEqual(0);
    }
  });

  test('a fit to a fresh Li|Li finds the interface that it was made of', () => {
    const { cell, spectrum, parts } = impedanceOf('li-li-carbonate', fresh, 10, 1e6);
    const fit = fitCircuit('R0-p(R1,C1)-p(R2,C2)', spectrum);
    const sum = (kinds: readonly string[]) =>
      parts.reduce((total, part) => (kinds.includes(part.kind) ? total + part.resistance_ohm : total), 0);
    const interfaces = fit.parameters.filter(({ name }) => name === 'R1' || name === 'R2');
    const found = interfaces.reduce((total, { value }) => total + value, 0);
    expect(found / sum(['interphase', 'charge-transfer'])).toBeCloseTo(1, 2);
    expect(fit.parameters[0]!.value / sum(['electrolyte'])).toBeCloseTo(1, 1);
    // Ohm of the cell, both electrodes: 200 Ohm cm2 of film and 2.6 of charge transfer on each.
    const { areaSpecificResistance_ohm_m2 } = interfaceResistance(found, cell.area_m2);
    expect(1e4 * areaSpecificResistance_ohm_m2).toBeCloseTo(202.6, 0);
  });
});

import { expect, test } from 'vitest';
import { builtInCell } from '../../../cells/index.ts';
import { simulate } from '../../../simulation/index.ts';
import { equationOfCause } from './causes.ts';

test('every part of a loss and of an overpotential has its law', () => {
  const cell = builtInCell('li-cu-ether-nitrate');
  const [cycle] = simulate(cell, cell.protocol!, { cycles: 1, model: 'fast' }).cycles;
  const causes = [...Object.keys(cycle!.losses_mAh_per_cm2), ...Object.keys(cycle!.overpotential_mV)];
  expect(causes.length).toBeGreaterThan(12);
  for (const cause of causes) {
    expect(equationOfCause(cause.replaceAll('_', ' ')), cause).not.toContain('books under this name');
  }
});

import { expect, test } from 'vitest';
import { builtInCell } from '../../../cells/index.ts';
import { overpotentialWords, sidedLossWords } from '../../../figures/index.ts';
import { simulate } from '../../../simulation/index.ts';
import { equationOfCause } from './causes.ts';

test('every part of a loss and of an overpotential has its law', () => {
  const cell = builtInCell('li-cu-ether-nitrate');
  const [cycle] = simulate(cell, cell.protocol!, { cycles: 1, model: 'fast' }).cycles;
  const labels = [
    ...Object.keys(cycle!.losses_mAh_per_cm2).map(sidedLossWords),
    ...Object.keys(cycle!.overpotential_mV).map(overpotentialWords),
  ];
  expect(labels.length).toBeGreaterThan(12);
  for (const label of labels) {
    expect(label).not.toContain('_');
    expect(equationOfCause(label), label).not.toContain('books under this name');
  }
  expect(equationOfCause('interphase on fresh lithium, working')).not.toBe(equationOfCause('interphase'));
});

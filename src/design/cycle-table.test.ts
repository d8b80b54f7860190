import { expect, test } from 'vitest';
import { builtInCell, builtInFile, parseCell } from '../cells/index.ts';
import { simulate } from '../simulation/index.ts';
import { cyclesToCsv } from './cycle-table.ts';

function tableOf(cell: ReturnType<typeof builtInCell>): readonly Readonly<Record<string, string>>[] {
  const { cycles } = simulate(cell, cell.protocol!, { model: 'fast', cycles: 2 });
  const [head, ...lines] = [...cyclesToCsv(cycles)].join('').trimEnd().split('\n');
  const names = head!.split(',');
  expect(new Set(names).size).toBe(names.length);
  return lines.map((line) => Object.fromEntries(names.map((name, k) => [name, line.split(',')[k]!])));
}

test('cycles of a cell that ages have a column for each loss and each side of its state', () => {
  const cell = builtInCell('li-cu-ether-nitrate');
  const { cycles } = simulate(cell, cell.protocol!, { model: 'fast', cycles: 2 });
  const [first] = tableOf(cell);
  const { ageing, losses_mAh_per_cm2 } = cycles[0]!;
  expect(Number(first!.losses_dead_working_mAh_per_cm2)).toBe(losses_mAh_per_cm2.dead_working);
  expect(Number(first!.deposit_size_working_um)).toBe(ageing!.deposit_size_um.working);
  expect(Number(first!.additive_left_LiNO3)).toBe(ageing!.additive_left.LiNO3);
  expect(Number(first!.wetted_fraction)).toBe(ageing!.wetted_fraction);
});

test('of a side that is no lithium metal the fields are empty', () => {
  const [first] = tableOf(builtInCell('li-nmc811'));
  expect(first!.deposit_size_working_um).toBe('');
  expect(Number(first!.deposit_size_counter_um)).toBeGreaterThan(0);
});

test('a cell that does not age has none of these columns', () => {
  const [first] = tableOf(parseCell({ ...builtInFile('li-cu-ether-nitrate'), ageing: 'none' }));
  expect(Object.keys(first!).filter((name) => /^ageing|deposit_size|additive/u.test(name))).toEqual([]);
});

import { expect, test } from 'vitest';
import { builtInCell } from '../cells/index.ts';
import { conditionsLine, stackLine } from './describe-cell.ts';

test('a stack tells host, native film and coating of each side, from the metal outwards', () => {
  expect(stackLine(builtInCell('a1-44'))).toMatch(
    /^Li 500 µm \+ native \S+ nm \| .*VC \| bare Cu \+ host AlF3-derived 100 µm \+ native \S+ nm \+ coating LiF particles 50 nm$/u,
  );
  expect(stackLine(builtInCell('b1-39')).match(/coating LixSiSy 500 nm \+ coating Li-Nafion 1 µm/gu)).toHaveLength(2);
});

test('a cell with a cathode tells what lithium and electrolyte it has to spare', () => {
  // 50 µm of lithium are 10.3 mAh/cm2, against 3; 40 µL for 3.81 mAh.
  expect(conditionsLine(builtInCell('li-nmc811'))).toMatch(/N\/P 3\.44, E\/C 10\.5 mL\/Ah$/u);
  expect(conditionsLine(builtInCell('cu-nmc811'))).toContain('N/P 0,');
  expect(conditionsLine(builtInCell('a1-44'))).not.toContain('N/P');
});

test('a solid electrolyte stands for the separator, with what lies before it, and its pressure for the amount', () => {
  const cell = builtInCell('li-nmc811-garnet');
  expect(stackLine(cell)).toMatch(/^Li 250 µm \+ native \S+ nm \+ interlayer Li-Sn \S+ nm \| LLZTO 300 µm \| NMC811 /u);
  expect(conditionsLine(cell)).toMatch(/40 °C, 1 MPa, .*N\/P \S+$/u);
});

import { describe, expect, test } from 'vitest';
import { cellDoubt } from './cell-doubt.ts';

const rows = (...voltage_V: number[]) => ({ voltage_V: Float64Array.from(voltage_V) });

describe('a kind of cell that the voltages contradict', () => {
  test.each([
    ['Li|Li', rows(3.4, 3.6, 3.5), /above 3\.5 V, which Li\|Li does not have/],
    ['Li|Cu', rows(2.9, 3.6, -0.1), /above 2\.9 V, which Li\|Cu/],
    ['Li|cathode', rows(0.03, -0.03, 0.02, 4.2), /below 0\.03 V, which no cathode has/],
  ] as const)('%s', (cell, record, words) => expect(cellDoubt(record, cell)).toMatch(words));

  test.each([
    ['Li|Li', rows(0.9, -0.9, 0.3)],
    // At rest before the first plating copper stands at volts.
    ['Li|Cu', rows(2.9, 2.8, -0.05, -0.05, 0.05, 0.05, 1)],
    ['Li|cathode', rows(3, 4, 3.5)],
    ['Li|cathode', rows(0.05, 0.1, 1)],
    ['Li|Li', rows()],
    ['Li|Li', rows(Number.NaN)],
  ] as const)('%s without a doubt', (cell, record) => expect(cellDoubt(record, cell)).toBeNull());
});

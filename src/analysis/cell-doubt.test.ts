import { describe, expect, test } from 'vitest';
import { cellDoubt, takesLithiumAsHost } from './cell-doubt.ts';

const rows = (...voltage_V: number[]) => ({
  voltage_V: Float64Array.from(voltage_V),
  current_A: new Float64Array(voltage_V.length),
});
/** Ten rows in each direction of the current. */
const cycled = (oxidising_V: number, reducing_V: number) => ({
  voltage_V: Float64Array.from({ length: 20 }, (_, row) => (row < 10 ? oxidising_V : reducing_V)),
  current_A: Float64Array.from({ length: 20 }, (_, row) => (row < 10 ? 1e-3 : -1e-3)),
});

describe('a kind of cell that the voltages contradict', () => {
  test.each([
    ['Li|Li', rows(3.4, 3.6, 3.5), /above 3\.5 V, which Li\|Li does not have/],
    ['Li|Cu', rows(2.9, 3.6, -0.1), /above 2\.9 V, which Li\|Cu/],
    ['Li|cathode', rows(0.03, -0.03, 0.02, 4.2), /below 0\.03 V, which no cathode has/],
    ['Li|cathode', rows(-3.4, -3.6, 0.2), /below -3\.4 V, and a cathode is positive/],
    // Graphite beside lithium, to which no voltage is too high.
    ['Li|Li', cycled(0.2, 0.1), /above 0 V in both directions .* above 0\.1 V\), which Li\|Li does not do/],
    ['Li|Cu', cycled(0.5, 0.2), /said to plate lie above 0\.2 V.*takes lithium in as a host/],
  ] as const)('%s', (cell, record, words) => expect(cellDoubt(record, cell)).toMatch(words));

  test.each([
    ['Li|Li', rows(0.9, -0.9, 0.3)],
    // At rest before the first plating copper stands at volts.
    ['Li|Cu', rows(2.9, 2.8, -0.05, -0.05, 0.05, 0.05, 1)],
    ['Li|cathode', rows(3, 4, 3.5)],
    ['Li|cathode', rows(0.05, 0.1, 1)],
    ['Li|Li', rows()],
    ['Li|Li', rows(Number.NaN)],
    ['Li|Li', cycled(0.05, -0.05)],
    // One direction only, as in a test of shorts.
    ['Li|Li', { voltage_V: new Float64Array(20).fill(0.1), current_A: new Float64Array(20).fill(-1e-3) }],
    ['Li|Cu', cycled(0.3, -0.05)],
    ['Li|cathode', cycled(0.2, 0.1)],
  ] as const)('%s without a doubt', (cell, record) => expect(cellDoubt(record, cell)).toBeNull());
});

test('a host takes lithium in above 0 V; a record signed the other way round holds none', () => {
  expect(takesLithiumAsHost(cycled(0.2, 0.1))).toBe(true);
  expect(takesLithiumAsHost(cycled(0.05, -0.05))).toBe(false);
  expect(takesLithiumAsHost(cycled(-0.05, 0.05))).toBe(false);
});

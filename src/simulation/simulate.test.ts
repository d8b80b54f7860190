import { describe, expect, test } from 'vitest';
import { builtInCell } from '../cells/index.ts';
import { prepareCell, simulate } from './simulate.ts';

describe('a prepared cell', () => {
  test.each(['li-cu-ether-nitrate', 'li-nmc532'])(
    '%s gives the same bits at every run, and those of a fresh cell',
    (id) => {
      const cell = builtInCell(id);
      const prepared = prepareCell(cell);
      for (const model of ['full', 'fast'] as const) {
        const fresh = simulate(cell, cell.protocol!, { model, cycles: 2 });
        for (let again = 0; again < 3; again++) {
          const { record, cycles, work } = prepared.run(cell.protocol!, { model, cycles: 2 });
          expect(record.voltage_V).toEqual(fresh.record.voltage_V);
          expect(record.time_s).toEqual(fresh.record.time_s);
          expect(cycles).toEqual(fresh.cycles);
          expect(work).toEqual(fresh.work);
        }
      }
    },
  );

  test('a run that was stopped leaves nothing behind for the next', () => {
    const cell = builtInCell('li-nmc532');
    const prepared = prepareCell(cell);
    const whole = prepared.run(cell.protocol!, { cycles: 1 });
    const stop = { aborted: false };
    const stopped = prepared.run(cell.protocol!, {
      cycles: 3,
      stop,
      onProgress: (fraction) => {
        stop.aborted = fraction > 0.3;
      },
    });
    expect(stopped.stop.kind).toBe('aborted');
    expect(prepared.run(cell.protocol!, { cycles: 1 }).record.voltage_V).toEqual(whole.record.voltage_V);
  });
});

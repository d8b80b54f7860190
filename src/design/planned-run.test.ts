import { describe, expect, test, vi } from 'vitest';
import { builtInCell } from '../cells/index.ts';
import * as simulation from '../simulation/index.ts';
import { drawsOf } from './draws.ts';
import { bandOf, nominalRun, type PlannedRun, type Reading, readingValue, sampledRun } from './planned-run.ts';
import { lceOf } from './scores.ts';

vi.mock('../simulation/index.ts', async (original) => {
  const real = await original<typeof simulation>();
  return { ...real, simulate: vi.fn(real.simulate) };
});
const simulate = vi.mocked(simulation.simulate);

const NEVER = { aborted: false };
const cell = builtInCell('li-cu-ether-nitrate');
const run: PlannedRun = {
  cell,
  protocol: cell.protocol!,
  cycles: 4,
  readings: [
    { kind: 'efficiency', of: 'mean', cycle: 4 },
    { kind: 'efficiency', of: 'cycle', cycle: 4 },
    { kind: 'resistance', of: 'area', cycle: 2 },
    { kind: 'resistance', of: 'cell', cycle: 2 },
    { kind: 'polarisation', cycle: 3 },
    { kind: 'life' },
    { kind: 'cycle-life' },
  ],
};

describe('readings', () => {
  const result = simulate(cell, cell.protocol!, { model: 'fast', cycles: 4 });
  const of = (reading: Reading): number => readingValue(reading, result);

  test('are what the cycles say', () => {
    const efficiencies = result.cycles.map(({ coulombic_efficiency }) => coulombic_efficiency!);
    // The cycles plate alike, so that the mean of the ratios is the ratio of the sums.
    expect(of({ kind: 'efficiency', of: 'mean', cycle: 2 })).toBeCloseTo((efficiencies[0]! + efficiencies[1]!) / 2, 12);
    expect(of({ kind: 'efficiency', of: 'cycle', cycle: 3 })).toBe(efficiencies[2]);
    expect(of({ kind: 'resistance', of: 'area', cycle: 1 })).toBe(result.cycles[0]!.interfacial_resistance_ohm_cm2);
    expect(of({ kind: 'polarisation', cycle: 2 })).toBe(result.cycles[1]!.polarisation_mV);
    expect(of({ kind: 'retention', cycle: 4 })).toBeCloseTo(
      result.cycles[3]!.discharged_mAh_per_cm2 / result.cycles[0]!.discharged_mAh_per_cm2,
      12,
    );
    expect(of({ kind: 'life' })).toBe(result.stop.time_s / 3600);
    expect(of({ kind: 'cycle-life' })).toBe(4);
  });

  test('what a cycle leaves behind and the next gives back is lost by neither', () => {
    const [first, second] = result.cycles;
    const left = { ...first!, stripped_mAh_per_cm2: 0, coulombic_efficiency: null };
    const found = { ...second!, stripped_mAh_per_cm2: first!.stripped_mAh_per_cm2 + second!.stripped_mAh_per_cm2 };
    const reading: Reading = { kind: 'efficiency', of: 'mean', cycle: 2 };
    const late = { ...result, cycles: [left, { ...found, coulombic_efficiency: 1.9 }] };
    expect(readingValue(reading, late)).toBeCloseTo(of(reading), 12);
  });

  test('a larger cell resists less, not per area', () => {
    const large = { ...result, cell: { ...cell, area_m2: 2 * cell.area_m2 } };
    for (const kind of ['area', 'cell'] as const) {
      const reading: Reading = { kind: 'resistance', of: kind, cycle: 1 };
      expect(readingValue(reading, large) / of(reading)).toBeCloseTo(kind === 'area' ? 1 : 0.5, 12);
    }
  });

  test('of cycles that the cell did not finish there are none, but its life is told', () => {
    const died = { ...result, stop: { ...result.stop, kind: 'lithium-exhausted' as const } };
    expect(readingValue({ kind: 'efficiency', of: 'cycle', cycle: 4 }, died)).toBeNaN();
    expect(readingValue({ kind: 'efficiency', of: 'cycle', cycle: 3 }, died)).toBeGreaterThan(0.5);
    expect(readingValue({ kind: 'polarisation', cycle: 4 }, died)).toBeNaN();
    expect(readingValue({ kind: 'cycle-life' }, died)).toBe(3);
    expect(readingValue({ kind: 'life' }, died)).toBeGreaterThan(0);
    const before = { ...died, cycles: died.cycles.slice(0, 1) };
    expect(readingValue({ kind: 'efficiency', of: 'mean', cycle: 4 }, before)).toBeNaN();
  });
});

test('a run with the cell’s own values gives every reading, and its losses by cause', () => {
  const { values, stop, cycles, losses_mAh_per_cm2 } = nominalRun(run, NEVER);
  expect(values.every(Number.isFinite)).toBe(true);
  expect([stop.kind, cycles]).toEqual(['completed', 4]);
  expect(Object.values(losses_mAh_per_cm2).every((lost) => lost >= 0)).toBe(true);
});

describe('samples', () => {
  const draws = drawsOf(cell, { samples: 12, seed: 5 });
  const points = draws.points();
  const all = sampledRun(run, draws, points, [0, 12], NEVER);

  test('are the same however they are cut into pieces', () => {
    const parts = [
      [0, 5],
      [5, 6],
      [6, 12],
    ].map(([from, to]) => sampledRun(run, draws, points, [from!, to!], NEVER));
    for (const k of run.readings.keys()) {
      expect(parts.flatMap(({ values }) => Array.from(values[k]!))).toEqual(Array.from(all.values[k]!));
    }
    expect(new Set(all.values[0]).size).toBe(12);
  });

  test('that were stopped keep those done', () => {
    let looked = 0;
    let looks_max = Number.POSITIVE_INFINITY;
    const stop = {
      get aborted() {
        return ++looked > looks_max;
      },
    };
    sampledRun(run, draws, points, [0, 12], stop);
    [looked, looks_max] = [0, looked / 2];
    const some = sampledRun(run, draws, points, [0, 12], stop);
    expect(some.aborted).toBe(true);
    const done = some.values[0]!.length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(12);
    expect(Array.from(some.values[0]!)).toEqual(Array.from(all.values[0]!.slice(0, done)));
  });

  test('whose mathematics fails are counted and give nothing', async () => {
    const { simulate: real } = await vi.importActual<typeof simulation>('../simulation/index.ts');
    let call = 0;
    simulate.mockImplementation((...request) => {
      const result = real(...request);
      return ++call === 2 ? { ...result, stop: { kind: 'failed', message: 'made up', time_s: 0 } } : result;
    });
    const { failed, values } = sampledRun(run, draws, points, [0, 3], NEVER);
    simulate.mockImplementation(real);
    expect(failed).toBe(1);
    expect(Array.from(values[0]!, Number.isFinite)).toEqual([true, false, true]);
  });
});

test('samples of a long test come near what computing every cycle gives', () => {
  const long: PlannedRun = {
    ...run,
    cycles: 300,
    readings: [
      { kind: 'efficiency', of: 'mean', cycle: 300 },
      { kind: 'resistance', of: 'area', cycle: 300 },
    ],
  };
  const draws = drawsOf(cell, { samples: 12, seed: 2 });
  const points = draws.points();
  const { values } = sampledRun(long, draws, points, [0, 12], NEVER);
  for (const [k, point] of points.entries()) {
    const whole = simulate(draws.cellAt(point), long.protocol, { model: 'fast', cycles: 300 });
    const [efficiency, resistance] = long.readings.map((reading) => readingValue(reading, whole));
    // A sample that dies before the end reads nothing there, either way.
    expect(Number.isNaN(values[1]![k]!)).toBe(Number.isNaN(resistance!));
    if (Number.isNaN(resistance!)) continue;
    expect(Math.abs(lceOf(values[0]![k]!) - lceOf(efficiency!))).toBeLessThan(0.05);
    expect(Math.abs(Math.log(values[1]![k]! / resistance!))).toBeLessThan(0.05);
  }
});

test('a band holds the middle 80 %, of the values that there are', () => {
  const [low, high] = bandOf([Number.NaN, ...Array.from({ length: 100 }, (_, k) => k)])!;
  expect([low, high]).toEqual([9.5, 89.5]);
  expect(bandOf([Number.NaN, 3])).toBeNull();
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CyclingRecord } from '../records/index.ts';
import { chargeBefore, stepCharges } from './charge.ts';
import { cycleEfficiencies, meanEfficiency } from './efficiency.ts';
import { findReservoirTest, reservoirEfficiency } from './reservoir.ts';
import { voltageStatistics } from './voltage.ts';

/** One step at constant current: rows at fractions of its duration, voltage linear from `from_V` to `to_V`. */
interface TestStep {
  readonly cycle: number;
  readonly current_A: number;
  readonly duration_s: number;
  readonly from_V?: number;
  readonly to_V?: number;
  readonly at?: readonly number[];
}

/** Steps of one cycle get numbers from 1; every step starts with a row of its own, as computed records do. */
function recordOf(steps: readonly TestStep[], { startRows = true } = {}): CyclingRecord {
  const rows: { time: number; current: number; voltage: number; cycle: number; step: number }[] = [];
  let start_s = 0;
  steps.forEach(({ cycle, current_A, duration_s, from_V = 0, to_V = from_V, at = [] }, index) => {
    const step = index - steps.findIndex((other) => other.cycle === cycle) + 1;
    const fractions = startRows || index === 0 ? [0, ...at, 1] : [...at, 1];
    for (const fraction of fractions) {
      rows.push({
        time: start_s + fraction * duration_s,
        current: current_A,
        voltage: from_V + fraction * (to_V - from_V),
        cycle,
        step,
      });
    }
    start_s += duration_s;
  });
  return {
    time_s: Float64Array.from(rows, ({ time }) => time),
    current_A: Float64Array.from(rows, ({ current }) => current),
    voltage_V: Float64Array.from(rows, ({ voltage }) => voltage),
    temperature_K: new Float64Array(rows.length).fill(298.15),
    cycle: Int32Array.from(rows, ({ cycle }) => cycle),
    step: Int32Array.from(rows, ({ step }) => step),
    extra: {},
    area_m2: 1e-4,
    provenance: { kind: 'simulated', origin: 'test', program: 'test', notes: [] },
  };
}

const plate = (cycle: number, charge_mAh: number): TestStep => ({
  cycle,
  current_A: -1e-3,
  duration_s: 3600 * charge_mAh,
});
const strip = (cycle: number, charge_mAh: number): TestStep => ({
  cycle,
  current_A: 1e-3,
  duration_s: 3600 * charge_mAh,
});
const rest = (cycle: number): TestStep => ({ cycle, current_A: 0, duration_s: 600 });

describe('charge', () => {
  const steps = fc.array(
    fc.record({
      cycle: fc.constant(1),
      current_A: fc.double({ min: -1, max: 1, noNaN: true }),
      duration_s: fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
      at: fc
        .array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 })
        .map((list) => [...list].sort((a, b) => a - b)),
    }),
    { minLength: 1, maxLength: 10 },
  );

  test.each([true, false])(
    'property: exact for piecewise-constant current (a row at each step start: %s)',
    (startRows) => {
      fc.assert(
        fc.property(steps, (list) => {
          const charges = stepCharges(recordOf(list, { startRows }));
          expect(charges).toHaveLength(list.length);
          const total_s = list.reduce((sum, { duration_s }) => sum + duration_s, 0);
          charges.forEach(({ positive_C, negative_C }, k) => {
            const { current_A, duration_s } = list[k]!;
            // Times are sums, so a duration is known to the rounding of the whole time; subnormal charges to their last bits.
            const tolerance = 1e-14 * Math.abs(current_A) * (total_s + duration_s) * 10 + 100 * Number.MIN_VALUE;
            expect(Math.abs(positive_C - negative_C - current_A * duration_s)).toBeLessThanOrEqual(tolerance);
            expect(Math.min(positive_C, negative_C)).toBe(0);
          });
        }),
      );
    },
  );

  test('the trapezoid is exact for a linear current and second order for a decaying one', () => {
    const hold = (rows: number, current: (t: number) => number) => {
      const time_s = Float64Array.from({ length: rows + 1 }, (_, k) => k / rows);
      const one = new Int32Array(rows + 1).fill(1);
      const record = { time_s, current_A: time_s.map(current), cycle: one, step: one };
      return time_s.reduce((sum, _, row) => sum + chargeBefore(record, row), 0);
    };
    expect(hold(7, (t) => 2 + 3 * t)).toBeCloseTo(3.5, 14);
    const exact = 1 - Math.exp(-1);
    const errors = [16, 32, 64].map((rows) => Math.abs(hold(rows, (t) => Math.exp(-t)) - exact));
    expect(Math.log2(errors[0]! / errors[1]!)).toBeCloseTo(2, 2);
    expect(Math.log2(errors[1]! / errors[2]!)).toBeCloseTo(2, 2);
  });

  test('a sign change inside a step is a switch, not a slope', () => {
    const one = new Int32Array(4).fill(1);
    const record = {
      time_s: Float64Array.of(0, 10, 20, 30),
      current_A: Float64Array.of(-1, -1, 1, 1),
      cycle: one,
      step: one,
    };
    expect(stepCharges(record)[0]).toMatchObject({ negative_C: 10, positive_C: 20 });
  });
});

describe('Coulombic efficiency', () => {
  test('Li|Cu: stripped over plated; negative current plates', () => {
    const record = recordOf([plate(1, 1), rest(1), strip(1, 0.9), plate(2, 1), strip(2, 0.985)]);
    const { convention, cycles, aboveOne } = cycleEfficiencies(record, 'Li|Cu');
    expect(convention).toBe('stripped/plated');
    expect(cycles.map(({ cycle }) => cycle)).toEqual([1, 2]);
    expect(cycles[0]!.coulombic_efficiency).toBeCloseTo(0.9, 12);
    expect(cycles[1]!.coulombic_efficiency).toBeCloseTo(0.985, 12);
    expect(cycles[0]!.plated_C).toBeCloseTo(3.6, 12);
    expect(cycles[0]!.stripped_C).toBeCloseTo(3.24, 12);
    expect([cycles[1]!.start_s, cycles[1]!.end_s]).toEqual([7440, 14586]);
    expect(aboveOne).toEqual([]);
  });

  test('the same record read as a full cell gives the inverse ratio and names it', () => {
    const record = recordOf([plate(1, 0.9), strip(1, 1)]);
    for (const kind of ['Li|cathode', 'Cu|cathode'] as const) {
      const { convention, cycles } = cycleEfficiencies(record, kind);
      expect(convention).toBe('discharged/charged');
      expect(cycles[0]!.coulombic_efficiency).toBeCloseTo(0.9, 12);
      expect(cycles[0]!.plated_C).toBeNull();
    }
  });

  test('Li|Li has charges but no efficiency', () => {
    const { convention, cycles } = cycleEfficiencies(recordOf([plate(1, 1), strip(1, 1)]), 'Li|Li');
    expect(convention).toBe('undefined');
    expect(cycles[0]!.coulombic_efficiency).toBeNull();
    expect(cycles[0]!.plated_C).toBeCloseTo(3.6, 12);
  });

  test('above one is kept and flagged; a cycle whose strip has not begun has none', () => {
    const record = recordOf([plate(1, 1), strip(1, 0.9), plate(2, 1), strip(2, 1.05), plate(3, 1)]);
    const { cycles, aboveOne } = cycleEfficiencies(record, 'Li|Cu');
    expect(cycles[1]!.coulombic_efficiency).toBeCloseTo(1.05, 12);
    expect(aboveOne).toEqual([2]);
    expect(cycles[2]!.coulombic_efficiency).toBeNull();
    expect(meanEfficiency(cycles)).toMatchObject({ cycles: 2 });
    expect(meanEfficiency(cycles)!.coulombic_efficiency).toBeCloseTo(0.975, 12);
    expect(meanEfficiency(cycles, { from: 2 })!.coulombic_efficiency).toBeCloseTo(1.05, 12);
    expect(meanEfficiency(cycles, { from: 3 })).toBeNull();
  });

  test('an empty record has no cycles', () => {
    expect(cycleEfficiencies(recordOf([]), 'Li|Cu').cycles).toEqual([]);
  });
});

describe('reservoir efficiency', () => {
  const charges = (final_stripped_C: number) => ({
    reservoir_C: 5,
    cycled_plated_C: 10,
    cycled_stripped_C: 10,
    final_stripped_C,
    shortCycles: 10,
  });

  test.each([
    [4.85, 0.99, 0.985],
    [4.95, 0.996667, 0.995],
  ])('n = 10, Q_C = 1, Q_T = 5, Q_S = %d', (final, adams, lossBased) => {
    const found = reservoirEfficiency(charges(final));
    expect(found.adams).toBeCloseTo(adams, 6);
    expect(found.lossBased).toBeCloseTo(lossBased, 12);
  });

  const pairs = (stripFirst: boolean) =>
    Array.from({ length: 10 }, (_, k) =>
      stripFirst ? [strip(k + 3, 1), plate(k + 3, 1)] : [plate(k + 3, 1), strip(k + 3, 1)],
    ).flat();

  test.each([true, false])(
    'the test is found in a record after a conditioning cycle (strip first: %s)',
    (stripFirst) => {
      const record = recordOf([
        plate(1, 5),
        rest(1),
        strip(1, 4.6),
        plate(2, 5),
        ...pairs(stripFirst),
        rest(13),
        strip(13, 4.85),
      ]);
      const found = findReservoirTest(record)!;
      expect(found.shortCycles).toBe(10);
      expect(found.reservoir_C).toBeCloseTo(18, 10);
      expect(found.adams).toBeCloseTo(0.99, 10);
      expect(found.lossBased).toBeCloseTo(0.985, 10);
    },
  );

  test('ordinary cycling is no reservoir test', () => {
    const cycling = Array.from({ length: 20 }, (_, k) => [plate(k + 1, 1), strip(k + 1, 0.99)]).flat();
    expect(findReservoirTest(recordOf(cycling))).toBeNull();
    expect(findReservoirTest(recordOf([plate(1, 5), ...pairs(true)]))).toBeNull();
    expect(findReservoirTest(recordOf([]))).toBeNull();
  });
});

describe('voltages', () => {
  test('means, mid-capacity and plateau of linear half-cycles', () => {
    const record = recordOf([
      { cycle: 1, current_A: -1e-3, duration_s: 3600, from_V: -0.1, to_V: -0.02, at: [0.3, 0.31, 0.8] },
      rest(1),
      { cycle: 1, current_A: 1e-3, duration_s: 3000, from_V: 0.02, to_V: 0.12 },
    ]);
    const [first] = voltageStatistics(record);
    expect(first!.plating!.mean_V).toBeCloseTo(-0.06, 12);
    expect(first!.plating!.mid_capacity_V).toBeCloseTo(-0.06, 12);
    expect(first!.plating!.plateau_V).toBeCloseTo(-0.044, 12);
    expect(first!.plating!.charge_C).toBeCloseTo(3.6, 12);
    expect(first!.stripping!.duration_s).toBe(3000);
    expect(first!.hysteresis_V).toBeCloseTo(0.13, 12);
    expect(first!.mid_capacity_hysteresis_V).toBeCloseTo(0.13, 12);
  });

  test('uneven rows weigh by time; a rise at the end moves the mean but not the mid-capacity value', () => {
    const record = recordOf([
      { cycle: 1, current_A: 1e-3, duration_s: 900, from_V: 0.05, at: [0.001, 0.5, 0.9] },
      { cycle: 1, current_A: 1e-3, duration_s: 100, from_V: 0.05, to_V: 1.05 },
    ]);
    const [first] = voltageStatistics(record);
    expect(first!.stripping!.mean_V).toBeCloseTo(0.1, 12);
    expect(first!.stripping!.mid_capacity_V).toBeCloseTo(0.05, 12);
    expect(first!.stripping!.plateau_V).toBeCloseTo(0.05, 12);
    expect([first!.plating, first!.hysteresis_V]).toEqual([null, null]);
  });
});

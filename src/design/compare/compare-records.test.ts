import { describe, expect, test } from 'vitest';
import { builtInCell, parseProtocol, type Step } from '../../cells/index.ts';
import type { CyclingRecord } from '../../records/index.ts';
import { cellImpedance, runTo, simulate } from '../../simulation/index.ts';
import { InputError } from '../../units/index.ts';
import { ageingCopperCell, normalStream, RATE_TEST, stillCell, withVoltageNoise } from './compare.test-tool.ts';
import { compareRecords } from './compare-records.ts';
import { compareSpectra } from './compare-spectra.ts';
import { withOpenLimits } from './fit-cell.ts';
import { halfCycles, pairCycles } from './half-cycles.ts';
import { protocolOfRecord, replayOfRecord } from './protocol-of-record.ts';

const copper = ageingCopperCell();
const cycled = simulate(copper, { ...copper.protocol!, period_s: 30 }, { model: 'fast', cycles: 3 });
const foils = stillCell();
const rates = simulate(foils, { ...parseProtocol(RATE_TEST), period_s: 10 }, { model: 'fast' }).record;

/** The first rows of a record. */
const upTo = (record: CyclingRecord, rows: number): CyclingRecord => ({
  ...record,
  time_s: record.time_s.slice(0, rows),
  current_A: record.current_A.slice(0, rows),
  voltage_V: record.voltage_V.slice(0, rows),
  temperature_K: record.temperature_K.slice(0, rows),
  cycle: record.cycle.slice(0, rows),
  step: record.step.slice(0, rows),
  extra: {},
});

describe('half-cycles', () => {
  test('have the charges and efficiencies that the engine booked', () => {
    const pairs = pairCycles(cycled.record, halfCycles(cycled.record), 'Li|Cu');
    expect(pairs.map(({ cycle }) => cycle)).toEqual([1, 2, 3]);
    for (const [k, { coulombic_efficiency }] of pairs.entries()) {
      expect(coulombic_efficiency).toBeCloseTo(cycled.cycles[k]!.coulombic_efficiency!, 7);
    }
  });

  test('beside a cathode a cycle pairs a charge with the discharge after it, also where a record begins with a discharge', () => {
    const rows = [-1, -1, 1, 1, 1, -1, -1];
    const record = {
      ...rates,
      time_s: Float64Array.from(rows, (_, k) => 100 * k),
      current_A: Float64Array.from(rows),
      voltage_V: Float64Array.from(rows, (sign) => 3.5 + 0.1 * sign),
      temperature_K: new Float64Array(rows.length).fill(298),
      cycle: Int32Array.from(rows, (_, k) => (k < 5 ? 1 : 2)),
      step: Int32Array.from([1, 1, 2, 2, 2, 1, 1]),
      extra: {},
    };
    const pairs = pairCycles(record, halfCycles(record), 'Li|cathode');
    expect(pairs.map(({ first, second, coulombic_efficiency }) => [first, second, coulombic_efficiency])).toEqual([
      [null, 0, null],
      [1, 2, 2 / 3],
    ]);
    expect(pairs[1]!.hysteresis_V).toBeCloseTo(0.2, 12);
  });
});

describe('a record beside itself', () => {
  test.each(['charge', 'time'] as const)('leaves no residual, by %s', (align) => {
    const {
      rms_V,
      rmsEfficiency,
      halfCycles: halves,
    } = compareRecords(cycled.record, cycled.record, { cell: 'Li|Cu', align });
    expect(rms_V).toBe(0);
    expect(rmsEfficiency).toBe(0);
    expect(halves.map(({ direction }) => direction)).toEqual([-1, 1, -1, 1, -1, 1]);
  });

  test('5 mV higher is told as 5 mV, and no charge differs', () => {
    const higher = { ...cycled.record, voltage_V: cycled.record.voltage_V.map((value) => value + 0.005) };
    const { rms_V, bias_V, largest_V, halfCycles: halves } = compareRecords(cycled.record, higher, { cell: 'Li|Cu' });
    for (const value of [rms_V, bias_V, largest_V]) expect(value).toBeCloseTo(0.005, 12);
    for (const { measuredCharge_C, simulatedCharge_C } of halves) expect(simulatedCharge_C).toBe(measuredCharge_C);
  });

  test('that strips 1 % less has an efficiency 1 % lower', () => {
    const less = {
      ...cycled.record,
      current_A: cycled.record.current_A.map((value) => (value > 0 ? 0.99 * value : value)),
    };
    const { cycles } = compareRecords(cycled.record, less, { cell: 'Li|Cu' });
    for (const { measuredEfficiency, efficiencyDifference } of cycles) {
      expect(efficiencyDifference).toBeCloseTo(-0.01 * measuredEfficiency!, 12);
    }
  });

  test('cut short tells what could not be compared', () => {
    const short = upTo(cycled.record, Math.floor(0.55 * cycled.record.time_s.length));
    const { notCompared, halfCycles: halves } = compareRecords(cycled.record, short, { cell: 'Li|Cu' });
    expect(halves.length).toBeLessThan(6);
    expect(notCompared.map(({ what }) => what).join('; ')).toMatch(/of 6 measured half-cycles/);
    expect(notCompared.map(({ why }) => why).join('; ')).toMatch(/simulation ended before/);
  });

  test('the other way round shares no half-cycle', () => {
    const turned = { ...cycled.record, current_A: cycled.record.current_A.map((value) => -value) };
    const { halfCycles: halves, rms_V, notCompared } = compareRecords(cycled.record, turned, { cell: 'Li|Cu' });
    expect([halves, rms_V]).toEqual([[], null]);
    expect(notCompared[0]!.why).toMatch(/runs the other way/);
  });

  test('without rows is refused, both records and the points at once', () => {
    const none = upTo(cycled.record, 0);
    expect(() => compareRecords(none, none, { cell: 'Li|Cu', points: 1 })).toThrow(InputError);
    try {
      compareRecords(none, none, { cell: 'Li|Cu', points: 1 });
    } catch (error) {
      expect((error as InputError).issues.map(({ where }) => where)).toEqual(['measured', 'simulated', 'points']);
    }
  });
});

describe('the protocol of a record', () => {
  test('plates for a time and strips to the voltage at which the record did', () => {
    const { protocol, cutoff_V_above, cutoff_V_below } = protocolOfRecord(cycled.record, { cell: 'Li|Cu' });
    expect(cutoff_V_below).toBeNull();
    expect(cutoff_V_above).toBeCloseTo(1, 6);
    expect(protocol.items).toHaveLength(1);
    const [item] = protocol.items;
    if (item?.kind !== 'repeat') throw new Error('three equal cycles are a repeat');
    expect(item.times).toBe(3);
    const again = simulate(copper, protocol, { model: 'fast' });
    for (const [k, { coulombic_efficiency }] of again.cycles.entries()) {
      expect(coulombic_efficiency).toBeCloseTo(cycled.cycles[k]!.coulombic_efficiency!, 6);
    }
  });

  test('that holds a voltage holds it, until the current at which the record did', () => {
    const cell = builtInCell('li-lfp');
    const steps = [
      '(Charge at C/5 until 3.8 V; Hold at 3.8 V until C/50; Discharge at C/5 until 2.8 V; Rest for 5 min) * 2',
    ];
    const measured = simulate(cell, { ...parseProtocol(steps), period_s: 20 }, { model: 'fast' });
    const { protocol } = protocolOfRecord(measured.record, { cell: 'Li|cathode' });
    const kinds = protocol.items.flatMap((item) => {
      const inner = item.kind === 'repeat' ? item.items[0]! : item;
      return inner.kind === 'cycle' ? inner.items : [inner as Step];
    });
    expect(new Set(kinds.map(({ drive }) => drive.kind))).toEqual(new Set(['current', 'voltage', 'rest']));
    const again = simulate(cell, protocol, { model: 'fast' });
    expect(again.stop.kind).toBe('completed');
    const { cycles, rms_V } = compareRecords(measured.record, again.record, { cell: 'Li|cathode' });
    expect(rms_V).toBeLessThan(0.002);
    for (const { efficiencyDifference } of cycles) expect(Math.abs(efficiencyDifference!)).toBeLessThan(0.002);
  });

  test.each(['li-nmc811', 'li-lco', 'cu-lfp', 'li-lfp-peo'])(
    'of %s finds the voltages between which it was cycled',
    (id) => {
      const cell = builtInCell(id);
      const measured = simulate(cell, { ...cell.protocol!, period_s: 60 }, { model: 'fast', cycles: 2 }).record;
      const normal = normalStream(3);
      const { protocol, cutoff_V_above, cutoff_V_below } = protocolOfRecord(withVoltageNoise(measured, 3e-4, normal), {
        cell: cell.kind,
      });
      const limits = [...JSON.stringify(cell.protocol).matchAll(/"voltage","voltage_V":([\d.]+)/g)].map(([, value]) =>
        Number(value),
      );
      expect(cutoff_V_above).toBeCloseTo(Math.max(...limits), 2);
      expect(cutoff_V_below).toBeCloseTo(Math.min(...limits), 2);
      const again = simulate(withOpenLimits(cell, measured), protocol, { model: 'fast' });
      expect(again.stop.kind).toBe('completed');
    },
  );

  test('of foils whose plateaus end at one voltage after other times finds none', () => {
    const steps = [
      'Plate at 0.5 mA/cm2 for 1 h',
      'Strip at 0.5 mA/cm2 for 1 h',
      'Plate at 0.5 mA/cm2 for 2 h',
      'Strip at 0.5 mA/cm2 for 2 h',
    ];
    const { record } = simulate(foils, { ...parseProtocol(steps), period_s: 30 }, { model: 'fast' });
    const found = protocolOfRecord(withVoltageNoise(record, 5e-4, normalStream(4)), { cell: 'Li|Li' });
    expect([found.cutoff_V_above, found.cutoff_V_below]).toEqual([null, null]);
  });

  test('of changing currents is the same record again, by steps and by replay', () => {
    const steps = protocolOfRecord(rates, { cell: 'Li|Li' }).protocol;
    for (const [protocol, align] of [
      [steps, 'charge'],
      [replayOfRecord(rates), 'time'],
    ] as const) {
      const again = simulate(foils, protocol, { model: 'fast' }).record;
      const { rms_V, halfCycles: halves } = compareRecords(rates, again, { cell: 'Li|Li', align });
      expect(halves).toHaveLength(6);
      expect(rms_V).toBeLessThan(1e-4);
    }
  });

  test('a sawtooth of current is replayed as it was', () => {
    const time_s = Float64Array.from({ length: 201 }, (_, k) => 10 * k);
    const current_A = time_s.map((t) => -1e-4 * (1 + 0.5 * ((t / 400) % 1)));
    const measured = { ...rates, time_s, current_A, voltage_V: time_s.map((t) => -0.01 - 1e-6 * t), extra: {} };
    const record = {
      ...measured,
      temperature_K: time_s.map(() => 298),
      cycle: new Int32Array(201).fill(1),
      step: new Int32Array(201).fill(1),
    };
    const { protocol, remarks } = protocolOfRecord(record, { cell: 'Li|Li' });
    expect(remarks.join(' ')).toMatch(/replayed as measured/);
    const passed = (one: CyclingRecord): number => halfCycles(one).reduce((sum, { passed_C }) => sum + passed_C, 0);
    const again = simulate(foils, protocol, { model: 'fast' }).record;
    expect(passed(again) / passed(record)).toBeCloseTo(1, 2);
  });

  test('time without rows between steps is a rest', () => {
    const shift_s = 5000;
    const first = halfCycles(rates)[1]!.rows[0]!;
    const gapped = { ...rates, time_s: rates.time_s.map((value, row) => (row < first ? value : value + shift_s)) };
    const { protocol } = protocolOfRecord(gapped, { cell: 'Li|Li' });
    const rests = JSON.stringify(protocol).match(/"kind":"rest"/g) ?? [];
    expect(rests).toHaveLength(1);
    const again = simulate(foils, protocol, { model: 'fast' }).record;
    expect(again.time_s.at(-1)! - rates.time_s.at(-1)!).toBeCloseTo(shift_s, 0);
  });

  test('a record without a current is refused', () => {
    const still = { ...rates, current_A: rates.current_A.map(() => 0) };
    const unknown = { ...rates, current_A: rates.current_A.map(() => Number.NaN) };
    for (const record of [still, unknown]) {
      expect(() => protocolOfRecord(record, { cell: 'Li|Li' })).toThrow(/known current/);
      expect(() => replayOfRecord(record)).toThrow(/known current/);
    }
  });
});

describe('a spectrum beside another', () => {
  const { state } = runTo(foils, null, { kind: 'start' });
  const { spectrum } = cellImpedance(foils, state, { frequency_Hz: [1e4, 100, 1] });

  test('one tenth larger is 10 % of |Z| off at every point', () => {
    const larger = {
      ...spectrum,
      real_ohm: spectrum.real_ohm.map((v) => 1.1 * v),
      imaginary_ohm: spectrum.imaginary_ohm.map((v) => 1.1 * v),
    };
    const { rmsRelative, measuredLow_ohm, simulatedLow_ohm } = compareSpectra(spectrum, larger);
    expect(rmsRelative).toBeCloseTo(0.1, 12);
    expect(simulatedLow_ohm / measuredLow_ohm).toBeCloseTo(1.1, 12);
  });

  test('at other frequencies is refused', () => {
    const other = { ...spectrum, frequency_Hz: spectrum.frequency_Hz.map((f) => 2 * f) };
    expect(() => compareSpectra(spectrum, other)).toThrow(/other frequencies/);
  });
});

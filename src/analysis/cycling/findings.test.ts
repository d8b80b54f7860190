import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CyclingRecord } from '../../records/index.ts';
import { CYCLING_DEFAULTS, type CyclingFindings } from './contract.ts';
import { analyseCycling } from './findings.ts';
import {
  plate,
  recordOfSteps,
  rest,
  strip,
  stripPart,
  type TestRecordOptions,
  type TestStep,
} from './test-record.test-tool.ts';

const copper = (steps: readonly TestStep[], options: TestRecordOptions = {}): CyclingFindings =>
  analyseCycling(recordOfSteps(steps, options), { cell: 'Li|Cu' });

/** Plain Li|Cu cycling with these efficiencies. */
const cyclesWith = (efficiencies: readonly number[]): TestStep[] =>
  efficiencies.flatMap((efficiency, k) => [plate(k + 1, 1), strip(k + 1, efficiency), rest(k + 1)]);

describe('efficiency of cycles', () => {
  test.each([
    [true, true],
    [false, true],
    [false, false],
  ])('Li|Cu: stripped over plated (row at each start: %s; steps numbered: %s)', (startRows, steps) => {
    const { cycles, pairing, conventionWords } = copper(cyclesWith([0.9, 0.985]), { startRows, steps });
    expect(cycles.map(({ cycle }) => cycle)).toEqual([1, 2]);
    expect(cycles[0]!.coulombic_efficiency).toBeCloseTo(0.9, 12);
    expect(cycles[1]!.coulombic_efficiency).toBeCloseTo(0.985, 12);
    expect(pairing.rule).toBe('within a cycle');
    expect(conventionWords).toMatch(/stripped ÷ plated.*charge ÷ discharge/);
  });

  test('the same record read as a full cell gives the inverse and says that it is not of lithium', () => {
    const record = recordOfSteps(cyclesWith([0.9, 0.985, 0.985]));
    const full = analyseCycling(record, { cell: 'Cu|cathode' });
    // Seen from a cathode the record starts with a discharge, so charge n goes with discharge n + 1.
    expect(full.pairing.rule).toBe('n with the return that follows');
    expect(full.cycles.map(({ cycle }) => cycle)).toEqual([0, 1, 2, 3]);
    expect(full.cycles.map(({ coulombic_efficiency }) => coulombic_efficiency)).toEqual([
      null,
      expect.closeTo(1 / 0.9, 12),
      expect.closeTo(1 / 0.985, 12),
      null,
    ]);
    expect(full.cycles[1]!.flags).toContain('above-one');
    expect(full.sentences.join(' ')).toContain('not of lithium');
  });

  test('a return under the next number is paired with the load before it', () => {
    const apart = [plate(1, 1), strip(2, 0.97), plate(2, 1), strip(3, 0.98), plate(3, 1)];
    const { cycles, pairing } = copper(apart);
    expect(pairing.words).toContain('the numbers of the record part plating from stripping');
    expect(cycles.map(({ cycle, coulombic_efficiency }) => [cycle, coulombic_efficiency])).toEqual([
      [1, expect.closeTo(0.97, 12)],
      [2, expect.closeTo(0.98, 12)],
      [3, null],
    ]);
    expect(cycles[2]!.flags).toEqual(['incomplete']);
  });

  test('half-cycles under numbers of their own are paired all the same', () => {
    const { cycles } = copper([plate(1, 1), strip(2, 0.97), plate(3, 1), strip(4, 0.98)]);
    expect(cycles.map(({ cycle, coulombic_efficiency }) => [cycle, coulombic_efficiency])).toEqual([
      [1, expect.closeTo(0.97, 12)],
      [3, expect.closeTo(0.98, 12)],
    ]);
  });

  test('numbers of the instrument stand beside ours', () => {
    const steps = cyclesWith([0.9, 0.95]);
    const rows = recordOfSteps(steps).time_s.length;
    const { cycles, halfCycles } = copper(steps, { extra: { cycle_vendor: new Float64Array(rows).fill(7) } });
    expect(cycles.map(({ cycle, cycle_vendor }) => [cycle, cycle_vendor])).toEqual([
      [1, 7],
      [2, 7],
    ]);
    expect(halfCycles[3]!.cycle_vendor).toBe(7);
    expect(copper(steps).cycles[0]!.cycle_vendor).toBeNull();
  });

  test('numbers that start anew, as of joined files, are counted on', () => {
    const twice = [...cyclesWith([0.9, 0.95]), ...cyclesWith([0.96, 0.97])];
    const { cycles } = copper(twice);
    expect(cycles.map(({ cycle, coulombic_efficiency }) => [cycle, coulombic_efficiency])).toEqual([
      [1, expect.closeTo(0.9, 12)],
      [2, expect.closeTo(0.95, 12)],
      [3, expect.closeTo(0.96, 12)],
      [4, expect.closeTo(0.97, 12)],
    ]);
  });

  test('several halves of one number are summed, as the protocol has them', () => {
    const { cycles } = copper([plate(1, 1), strip(1, 0.9), plate(1, 1), strip(1, 1)]);
    expect(cycles).toHaveLength(1);
    expect(cycles[0]!.coulombic_efficiency).toBeCloseTo(0.95, 12);
    expect(cycles[0]!.halfCycles).toEqual([0, 1, 2, 3]);
  });

  test('an efficiency above one is flagged and told, never clipped', () => {
    const { cycles, longRun, sentences } = copper(cyclesWith([0.9, 1.04, 0.98, 0.97]));
    expect(cycles[1]!.coulombic_efficiency).toBeCloseTo(1.04, 12);
    expect(cycles[1]!.flags).toEqual(['above-one']);
    expect(longRun!.aboveOne).toBe(1);
    expect(longRun!.coulombic_efficiency).toBeCloseTo((1.04 + 0.98 + 0.97) / 3, 12);
    expect(sentences.join()).toContain('1 of 3 cycles lie above 100 %');
  });

  test('cycles that stop at the charge plated leave lithium by design and count for nothing', () => {
    const { cycles, longRun, reasons, remarks } = copper(
      [1, 2, 3, 4].flatMap((cycle) => [plate(cycle, 1), stripPart(cycle, 1)]),
    );
    expect(cycles.map(({ flags }) => flags)).toEqual(Array(4).fill(['lithium-left']));
    expect(longRun).toBeNull();
    expect(reasons.longRun).toContain('left lithium by design');
    expect(remarks.join()).toContain("the protocol's");
  });

  test('a record that ends within a stripping does not count it', () => {
    const { cycles } = copper([...cyclesWith([0.9, 0.98, 0.98]), plate(4, 1), stripPart(4, 0.4)]);
    expect(cycles[3]!.flags).toEqual(['incomplete']);
    // 40 % of a stripping that was cut off is no efficiency.
    expect(cycles[3]!.coulombic_efficiency).toBeNull();
    expect(cycles[3]!.stripped_C! / cycles[3]!.plated_C!).toBeCloseTo(0.4, 12);
    expect(cycles[3]!.counted).toBe(false);
  });

  test.each([
    // [charged, discharged] mAh of each cycle; the first that charges is told to have come charged, or not.
    [
      'a full cell topped up before its first discharge',
      [
        [0.12, 1],
        [1, 0.99],
        [1, 0.99],
      ],
      1,
    ],
    ['one cycle alone that gave back ten times its charge', [[0.1, 1]], 1],
    [
      'a discharge, then a pair that gave back twice its charge',
      [
        [0, 0.5],
        [0.4, 0.8],
      ],
      1,
    ],
    ['a cathode that takes in a little more than it gave', [[1, 1.05]], null],
    [
      'a good cell',
      [
        [1, 0.9],
        [1, 0.99],
        [1, 0.99],
      ],
      null,
    ],
  ] as const)('%s', (_, charges, came) => {
    const steps = charges.flatMap(([charged, discharged], k) => [
      ...(charged > 0 ? [{ cycle: k + 1, current_A: 1e-3, duration_s: 3600 * charged, rows: 4 }] : []),
      { cycle: k + 1, current_A: -1e-3, duration_s: 3600 * discharged, rows: 4 },
    ]);
    const { cycles, sentences, cumulative, longRun } = analyseCycling(recordOfSteps(steps), { cell: 'Li|cathode' });
    const flagged = cycles.filter(({ flags }) => flags.includes('came-charged'));
    expect(flagged).toHaveLength(came ?? 0);
    for (const cycle of flagged) {
      expect(cycle.coulombic_efficiency).toBeNull();
      expect(cycle.counted).toBe(false);
      expect(cycle.flags).toEqual(['came-charged']);
      expect(cycle.discharged_C).toBeGreaterThan(cycle.charged_C);
    }
    expect(sentences.join(' ').includes('came charged')).toBe(came !== null);
    if (charges.length === 3) expect(cumulative!.coulombic_efficiency).toBeCloseTo(came === null ? 2.88 / 3 : 0.99, 9);
    if (came !== null && charges.length < 3) expect([cumulative, longRun]).toEqual([null, null]);
  });

  test('one direction alone says what passed, and neither a life nor a polarisation of many', () => {
    const steps = [{ cycle: 1, current_A: -1e-3, duration_s: 7200, rows: 4 }];
    const { sentences } = analyseCycling(recordOfSteps(steps, { area_m2: null }), { cell: 'Li|cathode' });
    expect(sentences).toEqual(['2 mAh discharged and nothing charged: there is no efficiency yet.']);
    const one = copper(cyclesWith([0.9])).sentences.join(' ');
    expect(one).not.toMatch(/Life|at first|of formation|All that came back/);
    expect(one).toMatch(/cycle 1 alone\).*Polarisation .*: 50 mV in cycle 1\./);
  });

  test('a current in single rows of a resting instrument is noise', () => {
    const record = recordOfSteps([{ ...rest(1, 30_000), rows: 280, voltage_V: () => 3.75 }]);
    const current_A = record.current_A.map((_, row) => (row === 0 ? -6e-6 : row === 1 || row === 9 ? -1e-6 : 0));
    const noisy = analyseCycling({ ...record, current_A }, { cell: 'Li|cathode' });
    expect(noisy.halfCycles).toEqual([]);
    expect(noisy.remarks.join()).toContain('noise of an instrument at rest');
    // Three rows in a row are a pulse.
    const pulse = record.current_A.map((_, row) => (row > 9 && row < 13 ? -1e-6 : 0));
    expect(analyseCycling({ ...record, current_A: pulse }, { cell: 'Li|cathode' }).halfCycles).toHaveLength(1);
  });

  test('noise of a resting instrument makes no half-cycles', () => {
    const record = recordOfSteps([plate(1, 1), { ...rest(1, 3600), rows: 200 }, strip(1, 0.95)], { startRows: false });
    const current_A = record.current_A.map((value, row) => (value === 0 ? 5e-8 * Math.sin(7 * row) : value));
    const { halfCycles, cycles } = analyseCycling({ ...record, current_A }, { cell: 'Li|Cu' });
    expect(halfCycles.map(({ action }) => action)).toEqual(['plate', 'strip']);
    expect(halfCycles[1]!.rest_before_s).toBeCloseTo(3600, 9);
    expect(cycles[0]!.coulombic_efficiency).toBeCloseTo(0.95, 6);
  });
});

describe('charge', () => {
  const steps = cyclesWith([0.9, 0.98]);
  const bare = recordOfSteps(steps, { startRows: false });
  /** Counters that restart in every step, and count 1 % more than the current says. */
  const counters = (gain: number): CyclingRecord['extra'] => {
    const charging_capacity_C = new Float64Array(bare.time_s.length);
    const discharging_capacity_C = new Float64Array(bare.time_s.length);
    for (let row = 1; row < bare.time_s.length; row++) {
      const starts = bare.step[row] !== bare.step[row - 1] || bare.cycle[row] !== bare.cycle[row - 1];
      const passed_C = gain * bare.current_A[row]! * (bare.time_s[row]! - bare.time_s[row - 1]!);
      charging_capacity_C[row] = (starts ? 0 : charging_capacity_C[row - 1]!) + Math.max(0, passed_C);
      discharging_capacity_C[row] = (starts ? 0 : discharging_capacity_C[row - 1]!) + Math.max(0, -passed_C);
    }
    return { charging_capacity_C, discharging_capacity_C };
  };

  test('counters of the instrument are believed where they agree with the current, and the difference is told', () => {
    const found = analyseCycling({ ...bare, extra: counters(1.01) }, { cell: 'Li|Cu' });
    expect(found.chargeSource).toBe('counters of the instrument');
    expect(found.chargeSourcesDiffer).toBeCloseTo(0.01, 9);
    expect(found.cycles[0]!.plated_C).toBeCloseTo(3.6 * 1.01, 9);
    expect(found.remarks.join()).toContain('differs by 1');
    const current = analyseCycling({ ...bare, extra: counters(1.01) }, { cell: 'Li|Cu', chargeFrom: 'current' });
    expect(current.cycles[0]!.plated_C).toBeCloseTo(3.6, 9);
  });

  test('counters that count in coarse steps are told, fine ones are not', () => {
    const steps = [plate(1, 1, { rows: 50 }), strip(1, 0.9, { rows: 50 })];
    const bare = recordOfSteps(steps);
    const counters = (step_C: number) => {
      let charge_C = 0;
      const net = bare.time_s.map((time, row) => {
        if (row > 0) charge_C += bare.current_A[row]! * (time - bare.time_s[row - 1]!);
        return Math.round(charge_C / step_C) * step_C;
      });
      return copper(steps, { extra: { net_charge_C: net } }).remarks.join();
    };
    // 0.1 mAh, half of which is 5.6 % of 0.9 mAh.
    expect(counters(0.36)).toMatch(/count in steps of 0\.1 mAh, .*: 5\.6 % of the smallest half-cycle/);
    expect(counters(1e-4)).not.toContain('count in steps');
  });

  test('counters in another unit are not believed', () => {
    const found = analyseCycling({ ...bare, extra: counters(3.6) }, { cell: 'Li|Cu' });
    expect(found.chargeSource).toBe('current over time');
    expect(found.cycles[0]!.plated_C).toBeCloseTo(3.6, 9);
  });

  test('nothing is counted for a pause between files, whose next row already carries current', () => {
    const second = cyclesWith([0.9, 0.98]).map((step) => ({ ...step, rows: 100 }));
    const record = recordOfSteps(second, { startRows: false });
    const from = record.cycle.indexOf(2);
    const paused = { ...record, time_s: record.time_s.map((time, row) => (row >= from ? time + 86400 : time)) };
    const found = analyseCycling(paused, { cell: 'Li|Cu' });
    // The first row of the second part is lost with its interval, a hundredth of the plating.
    expect(found.cycles[1]!.plated_C).toBeCloseTo(3.6 * 0.99, 9);
    expect(found.remarks.join()).toContain('1 pause between');
  });

  test('a net charge that counts the other way round is turned', () => {
    const net_charge_C = new Float64Array(bare.time_s.length);
    for (let row = 1; row < net_charge_C.length; row++)
      net_charge_C[row] = net_charge_C[row - 1]! - bare.current_A[row]! * (bare.time_s[row]! - bare.time_s[row - 1]!);
    const found = analyseCycling({ ...bare, extra: { net_charge_C } }, { cell: 'Li|Cu' });
    expect(found.chargeSource).toBe('counters of the instrument');
    expect(found.cycles.map(({ coulombic_efficiency }) => coulombic_efficiency)).toEqual([
      expect.closeTo(0.9, 9),
      expect.closeTo(0.98, 9),
    ]);
  });
});

describe('means over cycles', () => {
  test('long-run mean, scatter and range of known values', () => {
    const values = [0.8, 0.97, 0.99, 0.98, 0.98, 0.97, 0.99];
    const { cycles, longRun, cumulative } = copper(cyclesWith(values));
    const counted = values.slice(1);
    const mean = counted.reduce((sum, value) => sum + value, 0) / 6;
    expect(longRun).toMatchObject({ from: 2, to: 7, cycles: 6, formationExcluded: 1, otherExcluded: 0 });
    expect(longRun!.coulombic_efficiency).toBeCloseTo(mean, 12);
    expect(longRun!.geometricMean).toBeCloseTo(counted.reduce((product, value) => product * value, 1) ** (1 / 6), 12);
    const deviation = Math.sqrt(counted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 5);
    expect(longRun!.standardDeviation).toBeCloseTo(deviation, 12);
    // Neighbours are anti-correlated here, so all six count: Student with 5 degrees of freedom.
    expect(longRun!.independentCycles).toBe(6);
    expect(longRun!.interval![1] - mean).toBeCloseTo((2.570581835636314 * deviation) / Math.sqrt(6), 9);
    expect(cumulative!.coulombic_efficiency).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 7, 12);
    expect(cycles[1]!.cumulative_efficiency).toBeCloseTo(0.885, 12);
    expect(cycles[6]!.cumulative_efficiency).toBeCloseTo(cumulative!.coulombic_efficiency, 12);
  });

  test('a slow drift widens the interval: neighbours are not independent', () => {
    const drifting = Array.from({ length: 40 }, (_, k) => 0.95 + 0.001 * k);
    const shuffled = drifting.map((_, k) => drifting[(17 * k) % 40]!);
    const slow = copper(cyclesWith(drifting)).longRun!;
    const mixed = copper(cyclesWith(shuffled)).longRun!;
    expect(slow.autocorrelation).toBeGreaterThan(0.8);
    expect(slow.independentCycles).toBeLessThan(5);
    const width = (interval: readonly [number, number] | null): number => interval![1] - interval![0];
    expect(width(slow.interval)).toBeGreaterThan(4 * width(mixed.interval));
  });

  test('formation: the first cycle, and those at another current', () => {
    const slow = (cycle: number): TestStep[] => [
      plate(cycle, 1, { current_A: -2e-4, duration_s: 18000 }),
      strip(cycle, 0.9, { current_A: 2e-4, duration_s: 16200 }),
    ];
    const later = Array.from({ length: 8 }, (_, k) => [plate(k + 4, 1), strip(k + 4, 0.98)]).flat();
    const { cycles, longRun } = copper([...slow(1), ...slow(2), ...slow(3), ...later]);
    expect(cycles.filter(({ flags }) => flags.includes('formation')).map(({ cycle }) => cycle)).toEqual([1, 2, 3]);
    expect(longRun!.coulombic_efficiency).toBeCloseTo(0.98, 12);
    const stated = analyseCycling(recordOfSteps([...slow(1), ...slow(2), ...slow(3), ...later]), {
      cell: 'Li|Cu',
      formationCycles: 0,
      range: { from: 3, to: 4 },
    });
    expect(stated.longRun).toMatchObject({ from: 3, to: 4, cycles: 2, otherExcluded: 9 });
    expect(stated.longRun!.interval).toBeNull();
  });

  test('above 99.9 % nothing is claimed unless the instrument is known to be better', () => {
    const steps = cyclesWith([0.9, 0.9995, 0.9996, 0.9994, 0.9995]);
    const unknown = copper(steps);
    expect(unknown.longRun).toMatchObject({ lossResolved: false, claimable: 0.999, systematic: null });
    expect(unknown.sentences.join()).toContain('Above 99.90 % nothing can be claimed without the accuracy');
    const good = analyseCycling(recordOfSteps(steps), { cell: 'Li|Cu', gainMismatch: 1e-4 });
    expect(good.longRun!.lossResolved).toBe(true);
    expect(good.longRun!.systematic).toBeCloseTo(9.995e-5, 8);
    expect(good.cycles[1]!.coulombic_efficiency_error).toBeCloseTo(9.995e-5, 8);
    expect(analyseCycling(recordOfSteps(steps), { cell: 'Li|Cu', gainMismatch: 2e-3 }).longRun!.lossResolved).toBe(
      false,
    );
  });
});

describe('reservoir tests', () => {
  const stripFirst = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].flatMap((cycle) => [stripPart(cycle, 1), plate(cycle, 1)]);
  const plateFirst = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].flatMap((cycle) => [plate(cycle, 1), stripPart(cycle, 1)]);
  const conditioned = [plate(1, 5), strip(1, 4.6)];

  test.each([
    [4.85, 0.99, 0.985],
    [4.95, 0.996667, 0.995],
  ])('check vectors, both orders: n = 10, Q_C = 1, Q_T = 5, Q_S = %f', (stripped, adams, lossBased) => {
    for (const [order, short] of [
      ['strip first', stripFirst],
      ['plate first', plateFirst],
    ] as const) {
      const { reservoir } = copper([...conditioned, plate(1, 5), rest(1), ...short, rest(11), strip(12, stripped)]);
      expect(reservoir!.adams).toBeCloseTo(adams, 6);
      expect(reservoir!.lossBased).toBeCloseTo(lossBased, 6);
      expect(reservoir).toMatchObject({ order, shortCycles: 10, systematic: null });
      expect(reservoir!.conditioning).toBeCloseTo(0.92, 12);
      expect(reservoir!.cutoff_V).toBeCloseTo(1, 12);
    }
  });

  test.each([
    ['rests between all steps', (steps: TestStep[]) => steps.flatMap((step) => [step, rest(step.cycle)]), {}],
    ['no row at the start of steps', (steps: TestStep[]) => steps, { startRows: false }],
    [
      'the reservoir and the last strip in two steps',
      (steps: TestStep[]) => [
        plate(1, 2),
        { ...plate(1, 3) },
        ...steps.slice(1, -1),
        stripPart(12, 4),
        strip(12, 0.85),
      ],
      {},
    ],
    [
      'short half-cycles in two steps',
      (steps: TestStep[]) => [
        steps[0]!,
        ...steps.slice(1, -1).flatMap((step) => [
          { ...step, duration_s: 1200 },
          { ...step, duration_s: 2400 },
        ]),
        steps.at(-1)!,
      ],
      {},
    ],
  ] as const)('%s', (_, change, options) => {
    const { reservoir } = copper(change([plate(1, 5), ...stripFirst, strip(12, 4.85)]), options);
    expect(reservoir!.adams).toBeCloseTo(0.99, 9);
    expect(reservoir!.lossBased).toBeCloseTo(0.985, 9);
  });

  test('rests part the reservoir from the first short plating where steps have no numbers', () => {
    const rested = [plate(1, 5), ...plateFirst, strip(12, 4.85)].flatMap((step) => [
      { ...step, rows: 400 },
      { ...rest(step.cycle), rows: 20 },
    ]);
    const record = recordOfSteps(rested, { steps: false, startRows: false });
    const one = { ...record, cycle: new Int32Array(record.cycle.length).fill(1) };
    const { reservoir } = analyseCycling(one, { cell: 'Li|Cu' });
    expect(reservoir).toMatchObject({ order: 'plate first', shortCycles: 10 });
    expect(reservoir!.adams).toBeCloseTo(0.99, 9);
    expect(reservoir!.lossBased).toBeCloseTo(0.985, 9);
  });

  test('several tests in one record are all told, with their mean and how far they differ', () => {
    const first = [plate(1, 5), ...stripFirst, strip(12, 4.85), rest(12)];
    const later = first.map((step) => ({ ...step, cycle: step.cycle + 20 }));
    const last = [plate(41, 5), ...stripFirst.map((step) => ({ ...step, cycle: step.cycle + 40 })), strip(52, 4.95)];
    const { reservoirs, reservoir, exhaustion, sentences, cycles, reasons } = copper([...first, ...later, ...last]);
    expect(reservoirs.map(({ adams }) => adams)).toEqual(
      [0.99, 0.99, 14.95 / 15].map((value) => expect.closeTo(value, 9)),
    );
    expect(reservoirs.map(({ start_s }) => start_s)).toEqual(
      [...reservoirs.map(({ start_s }) => start_s)].sort((a, b) => a - b),
    );
    expect(reservoir).toBe(reservoirs[0]);
    expect(exhaustion).toBeNull();
    expect(reasons.exhaustion).toContain('outlasted');
    // (0.99 + 0.99 + 0.996667)/3, and 0.00385 of deviation.
    expect(sentences[0]).toMatch(/^3 reservoir tests: 99\.22 % ± 0\.38 % as all stripped.*98\.83 % ± 0\.58 %/);
    expect(sentences[3]).toMatch(/^Reservoir test 3 at \d+ h with 10 short cycles: 99\.667 %.* 99\.500 %/);
    expect(cycles.filter(({ flags }) => flags.includes('reservoir-test')).length).toBeGreaterThan(30);
    // One that broke off behind them is told as well.
    const broken = copper([...first, ...later.slice(0, -2)]);
    expect(broken.reservoirs).toHaveLength(1);
    expect(broken.remarks.join()).toContain('a reservoir test broke off');
  });

  test('measured charges count, not nominal ones', () => {
    const short = [2, 3, 4, 5, 6].flatMap((cycle) => [stripPart(cycle, 1.01), plate(cycle, 0.99)]);
    const { reservoir } = copper([plate(1, 5.02), ...short, strip(7, 4.5)]);
    expect(reservoir!.adams).toBeCloseTo((5 * 1.01 + 4.5) / (5 * 0.99 + 5.02), 12);
  });

  test('its cycles have no efficiency of their own, and ordinary cycling after it has', () => {
    const after = [13, 14, 15].flatMap((cycle) => [plate(cycle, 2), strip(cycle, 1.9)]);
    const { cycles, longRun } = copper([plate(1, 5), ...stripFirst, strip(12, 4.85), ...after]);
    expect(cycles.filter(({ flags }) => flags.includes('reservoir-test')).length).toBeGreaterThan(9);
    expect(longRun!.coulombic_efficiency).toBeCloseTo(0.95, 12);
    expect(cycles.filter(({ counted }) => counted).every(({ plated_C }) => Math.abs(plated_C! - 7.2) < 1e-9)).toBe(
      true,
    );
  });

  test('a test that broke off says how far it went', () => {
    const { reservoir, reasons, cycles } = copper([plate(1, 5), ...stripFirst]);
    expect(reservoir).toBeNull();
    expect(reasons.reservoir).toContain('broke off: after 10 short cycles');
    expect(cycles.every(({ counted }) => !counted)).toBe(true);
  });

  test.each([
    ['strip first', (k: number) => [stripPart(k + 2, 1), plate(k + 2, 1)]],
    ['plate first', (k: number) => [plate(k + 2, 1), stripPart(k + 2, 1)]],
  ] as const)('exhaustion, %s: 1 − Q_T/(N·Q_C)', (order, pair) => {
    // 2 of reservoir at 90 %: gone after 20 cycles.
    const short = Array.from({ length: 20 }, (_, k) => pair(k)).flat();
    const last = order === 'plate first' ? [plate(22, 1)] : [];
    const { exhaustion, reservoir } = copper([plate(1, 2), ...short, ...last, strip(22, 0.02)]);
    const n = order === 'plate first' ? 21 : 20;
    expect(exhaustion!.cycles).toBe(n);
    expect(exhaustion!.coulombic_efficiency).toBeCloseTo(1 - 2 / n, 9);
    expect(exhaustion!.resolution).toBeCloseTo(2 / n ** 2, 9);
    expect(reservoir!.adams).toBeCloseTo((20 + 0.02) / (n + 2), 9);
  });

  test('property: found in any order, with rests and halves in parts; both formulas are those of the charges', () => {
    const charge = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 15 }),
        charge(0.1, 2),
        charge(1.8, 8),
        charge(1.1, 1.6),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (n, short, times, stripped, plates, rests, startRows) => {
          const pair = (cycle: number): TestStep[] => {
            const own = [stripPart(cycle, short), plate(cycle, short)];
            return plates ? own.reverse() : own;
          };
          const steps = [
            plate(1, short * times),
            ...Array.from({ length: n }, (_, k) => pair(k + 2)).flat(),
            strip(n + 2, short * stripped),
          ].flatMap((step) => (rests ? [step, rest(step.cycle)] : [step]));
          const { reservoir } = copper(steps, { startRows });
          expect(reservoir!.shortCycles).toBe(n);
          expect(reservoir!.adams).toBeCloseTo((n + stripped) / (n + times), 9);
          expect(reservoir!.lossBased).toBeCloseTo(1 - (times - stripped) / n, 9);
        },
      ),
    );
  });

  test('ordinary cycling is none, and no reservoir is used up in a full test', () => {
    const { reservoir, exhaustion, reasons } = copper(cyclesWith(Array(20).fill(0.99)));
    expect([reservoir, exhaustion]).toEqual([null, null]);
    expect(reasons.reservoir).toContain('five or more equal short pairs');
    expect(copper([plate(1, 5), ...stripFirst, strip(12, 4.85)]).reasons.exhaustion).toContain('outlasted');
  });
});

describe('findings of nothing', () => {
  test.each(['Li|Li', 'Li|Cu', 'Li|cathode', 'Cu|cathode'] as const)(
    '%s: every part is null with its reason',
    (cell) => {
      const empty = recordOfSteps([]);
      const unknown = recordOfSteps([plate(1, 1)]);
      const records = [
        empty,
        recordOfSteps([rest(1)]),
        { ...unknown, current_A: unknown.current_A.map(() => Number.NaN) },
      ];
      for (const record of records) {
        const found = analyseCycling(record, { cell });
        for (const question of [
          'longRun',
          'cumulative',
          'reservoir',
          'exhaustion',
          'polarisation',
          'arcing',
          'criticalCurrent',
          'cycleLife',
          'retention',
          'impliedEfficiency',
          'restLoss',
        ] as const) {
          expect(found[question]).toBeNull();
          expect(found.reasons[question], question).toBeTruthy();
        }
        expect(found.reasons.efficiency).toBeTruthy();
        expect(found.reasons.nucleation).toBeTruthy();
        expect(found.sentences).toEqual([]);
      }
    },
  );

  test('a part is null exactly where it has a reason', () => {
    const found = copper(cyclesWith([0.9, 0.98, 0.97, 0.98]));
    for (const [question, reason] of Object.entries(found.reasons)) {
      if (question === 'efficiency' || question === 'nucleation') continue;
      expect(found[question as 'longRun'], reason).toBeNull();
    }
    expect(found.reasons.longRun).toBeUndefined();
  });

  test('defaults are those that the documents name', () => {
    expect(CYCLING_DEFAULTS).toEqual({
      restShare: 1e-4,
      chargeFrom: 'counters',
      gainMismatch: null,
      formationCycles: null,
      efficiencyThreshold: 0.8,
      consecutiveCycles: 3,
      polarisationRatio: 2,
      retention: 0.8,
      referenceCycle: null,
      shorts: null,
      seriesResistance_ohm: null,
      excessLithium: null,
    });
  });
});

describe('properties', () => {
  const efficiencies = fc.array(fc.double({ min: 0.3, max: 1.2, noNaN: true }), { minLength: 1, maxLength: 12 });
  const ratios = (found: CyclingFindings): (number | null)[] =>
    found.cycles.map(({ coulombic_efficiency }) => coulombic_efficiency);

  test('more current and a larger area change no ratio; a later start neither', () => {
    fc.assert(
      fc.property(
        efficiencies,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (values, factor, shift_s) => {
          const record = recordOfSteps(cyclesWith(values));
          const moved: CyclingRecord = {
            ...record,
            current_A: record.current_A.map((current) => current * factor),
            time_s: record.time_s.map((time) => time + shift_s),
            area_m2: 3e-4,
          };
          const [a, b] = [record, moved].map((one) => analyseCycling(one, { cell: 'Li|Cu' }));
          expect(ratios(a!).length).toBe(values.length);
          ratios(a!).forEach((ratio, k) => {
            expect(ratio).toBeCloseTo(values[k]!, 9);
            expect(ratios(b!)[k]).toBeCloseTo(values[k]!, 6);
          });
          expect(b!.halfCycles[0]!.charge_C / a!.halfCycles[0]!.charge_C / factor).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  test('a Li|Li cell with its electrodes exchanged polarises the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 0.2, noNaN: true }), { minLength: 2, maxLength: 8 }),
        (levels) => {
          const steps = levels.flatMap((level, k) => [
            plate(k + 1, 1, { voltage_V: () => -level }),
            strip(k + 1, 1, { voltage_V: () => 1.1 * level }),
          ]);
          const record = recordOfSteps(steps);
          const turned = {
            ...record,
            current_A: record.current_A.map((current) => -current),
            voltage_V: record.voltage_V.map((voltage) => -voltage),
          };
          const [a, b] = [record, turned].map((one) => analyseCycling(one, { cell: 'Li|Li' }));
          a!.cycles.forEach((cycle, k) => {
            expect(cycle.polarisation_V).toBeCloseTo(1.05 * levels[k]!, 12);
            expect(b!.cycles[k]!.polarisation_V).toBeCloseTo(cycle.polarisation_V!, 12);
            expect(b!.cycles[k]!.hysteresis_V).toBeCloseTo(cycle.hysteresis_V!, 12);
          });
        },
      ),
    );
  });

  test('never throws, whatever the rows hold', () => {
    const wild = fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, 1e300, -1e300, 5e-324));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1e4, noNaN: true }), wild, wild, fc.integer({ min: -3, max: 9 })), {
          maxLength: 60,
        }),
        fc.constantFrom('Li|Li', 'Li|Cu', 'Li|cathode', 'Cu|cathode'),
        (rows, cell) => {
          let now_s = 0;
          const record: CyclingRecord = {
            ...recordOfSteps([]),
            time_s: Float64Array.from(rows, ([step_s]) => {
              now_s += step_s;
              return now_s;
            }),
            current_A: Float64Array.from(rows, ([, current]) => current),
            voltage_V: Float64Array.from(rows, ([, , voltage]) => voltage),
            temperature_K: new Float64Array(rows.length),
            cycle: Int32Array.from(rows, ([, , , cycle]) => cycle),
            step: new Int32Array(rows.length).fill(1),
          };
          const shorts = [{ time_s: 10, kind: 'soft', reversible: null }] as const;
          const found = analyseCycling(record, { cell, shorts, excessLithium: 1, seriesResistance_ohm: 1 });
          expect(() => JSON.stringify(found)).not.toThrow();
        },
      ),
      { numRuns: 500 },
    );
  });
});

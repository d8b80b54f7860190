import { describe, expect, test } from 'vitest';
import type { ArcingShape, CyclingFindings, CyclingOptions, Nucleation, ShortOnset } from './contract.ts';
import { analyseCycling } from './findings.ts';
import { plate, recordOfSteps, rest, strip, type TestStep } from './test-record.test-tool.ts';

const lithium = (steps: readonly TestStep[], options: Partial<CyclingOptions> = {}): CyclingFindings =>
  analyseCycling(recordOfSteps(steps), { cell: 'Li|Li', ...options });

describe('nucleation', () => {
  /** Open circuit 0.5 V, falls to the tip at 5 % of the charge, then rises to the plateau. */
  const dip =
    (tip_V: number, plateau_V: number, noise_V = 0) =>
    (share: number): number => {
      const clean =
        share < 0.05
          ? 0.5 + (tip_V - 0.5) * (share / 0.05)
          : plateau_V + (tip_V - plateau_V) * Math.exp(-(share - 0.05) / 0.03);
      // Jumps from row to row like noise, and is the same in every run.
      return clean + noise_V * Math.sin(1e7 * Math.sin(1e4 * share));
    };
  const nucleation = (step: Partial<TestStep>, options: Partial<CyclingOptions> = {}): Nucleation => {
    const record = recordOfSteps([plate(1, 1, step), strip(1, 0.95)]);
    return analyseCycling(record, { cell: 'Li|Cu', ...options }).cycles[0]!.nucleation!;
  };

  test('tip and tip less plateau, with |I|·R_s beside them', () => {
    const found = nucleation({ voltage_V: dip(-0.12, -0.03), rows: 400 }, { seriesResistance_ohm: 5 });
    expect(found).toMatchObject({ kind: 'dip', resolved: true, criterion_V: 2e-3 });
    if (found.kind !== 'dip') return;
    expect(found.eta_n_V).toBeCloseTo(0.12, 12);
    expect(found.plateau_V).toBeCloseTo(0.03, 6);
    expect(found.mu_n_V).toBeCloseTo(0.09, 6);
    expect(found.chargeShare).toBeCloseTo(0.05, 12);
    expect(found.time_s).toBeCloseTo(180, 9);
    expect(found.ohmic_V).toBeCloseTo(5e-3, 12);
  });

  test('no dip is none, and not 0', () => {
    expect(nucleation({ voltage_V: (share) => -0.03 - 0.01 * share, rows: 400 })).toMatchObject({ kind: 'none' });
    // A rise below the criterion is none either.
    expect(nucleation({ voltage_V: dip(-0.0315, -0.03), rows: 400 }).kind).toBe('none');
    expect(nucleation({ voltage_V: dip(-0.0325, -0.03), rows: 400 }).kind).toBe('dip');
  });

  test('noise raises the criterion to three times its size', () => {
    const found = nucleation({ voltage_V: dip(-0.12, -0.03, 2e-3), rows: 400 });
    expect(found.kind).toBe('dip');
    if (found.kind !== 'dip') return;
    expect(found.criterion_V).toBeCloseTo(3 * found.noise_V, 12);
    expect(found.noise_V).toBeGreaterThan(1e-3);
    expect(found.noise_V).toBeLessThan(3e-3);
    expect(nucleation({ voltage_V: dip(-0.033, -0.03, 2e-3), rows: 400 }).kind).toBe('none');
  });

  test('rows too far apart: a dip seen is told as coarse, one not seen is not denied', () => {
    expect(nucleation({ voltage_V: dip(-0.12, -0.03), rows: 20 })).toMatchObject({ kind: 'dip', resolved: false });
    const unseen = nucleation({ voltage_V: dip(-0.12, -0.03), rows: 3 });
    expect(unseen).toMatchObject({ kind: 'unresolved' });
  });

  test('a host that never goes below 0 V has none, and says what it is', () => {
    const found = analyseCycling(recordOfSteps([plate(1, 1, { voltage_V: () => 0.1 }), strip(1, 0.9)]), {
      cell: 'Li|Cu',
    });
    expect(found.cycles[0]!.nucleation).toMatchObject({ kind: 'unresolved' });
    expect(found.reasons.nucleation).toContain('never fell below 0 V');
    expect(found.remarks.join()).toContain('host');
  });

  test('Li|Li and cells with a cathode have a reason instead', () => {
    expect(lithium([plate(1, 1), strip(1, 1)]).reasons.nucleation).toContain('Li|Li');
    const full = analyseCycling(recordOfSteps([strip(1, 1), plate(1, 1)]), { cell: 'Li|cathode' });
    expect(full.reasons.nucleation).toContain('cathode');
  });
});

describe('hysteresis and polarisation', () => {
  test('time mean and mid-capacity differ where the trace is not flat', () => {
    const { cycles } = lithium([
      plate(1, 1, { voltage_V: (share) => -0.05 - 0.04 * share ** 2, rows: 1000 }),
      strip(1, 1, { voltage_V: (share) => 0.05 + 0.04 * share ** 2, rows: 1000 }),
    ]);
    expect(cycles[0]!.hysteresis_V).toBeCloseTo(2 * (0.05 + 0.04 / 3), 6);
    expect(cycles[0]!.mid_capacity_hysteresis_V).toBeCloseTo(2 * (0.05 + 0.04 / 4), 6);
    expect(cycles[0]!.polarisation_V).toBeCloseTo(0.05 + 0.04 / 3, 6);
    // 50 to 90 % of the charge: mean of s² is (0.9³ − 0.5³)/(3·0.4).
    expect(cycles[0]!.plating_plateau_V).toBeCloseTo(0.05 + (0.04 * (0.9 ** 3 - 0.5 ** 3)) / 1.2, 6);
  });

  test('an offset of the instrument is in neither, however long each direction took', () => {
    const { cycles } = lithium([
      plate(1, 1, { voltage_V: () => -0.1, rows: 20 }),
      strip(1, 0.25, { voltage_V: () => -0.086, rows: 20 }),
    ]);
    expect(cycles[0]!.hysteresis_V).toBeCloseTo(0.014, 12);
    expect(cycles[0]!.polarisation_V).toBeCloseTo(0.007, 12);
  });

  test('of a host at mid-capacity: its means run over other fillings in either direction', () => {
    const { cycles, polarisation } = analyseCycling(
      recordOfSteps([
        strip(1, 1, { voltage_V: (share) => 3.1 + share, rows: 100 }),
        plate(1, 1, { voltage_V: (share) => 4 - share ** 2, rows: 100 }),
      ]),
      { cell: 'Li|cathode' },
    );
    expect(cycles[0]!.mid_capacity_hysteresis_V).toBeCloseTo(3.6 - 3.75, 9);
    expect(cycles[0]!.polarisation_V).toBe(cycles[0]!.mid_capacity_hysteresis_V! / 2);
    expect(polarisation!.first_V).toBe(cycles[0]!.polarisation_V);
  });

  test('errors of noise: of a mean over many rows, and of one place', () => {
    const noisy = (sign: number) => (share: number) => sign * 0.05 + 1e-3 * Math.sin(1e7 * Math.sin(1e4 * share));
    const { cycles, halfCycles } = lithium([
      plate(1, 1, { voltage_V: noisy(-1), rows: 400 }),
      strip(1, 1, { voltage_V: noisy(1), rows: 400 }),
    ]);
    // A sine at random phases deviates by 1/√2; the median of its second differences is not that of a normal noise.
    expect(halfCycles[0]!.noise_V! / (1e-3 / Math.SQRT2)).toBeGreaterThan(0.8);
    expect(halfCycles[0]!.noise_V! / (1e-3 / Math.SQRT2)).toBeLessThan(1.3);
    expect(cycles[0]!.hysteresis_V_error).toBeCloseTo((Math.SQRT2 * halfCycles[0]!.noise_V!) / Math.sqrt(401), 5);
    expect(cycles[0]!.mid_capacity_hysteresis_V_error).toBeGreaterThan(10 * cycles[0]!.hysteresis_V_error!);
    expect(Math.abs(cycles[0]!.hysteresis_V! - 0.1)).toBeLessThan(3 * cycles[0]!.hysteresis_V_error!);
  });

  test('a cell that would give energy in every cycle has its current turned over', () => {
    const steps = [1, 2].flatMap((cycle) => [
      plate(cycle, 1, { voltage_V: () => 0.05 }),
      strip(cycle, 1, { voltage_V: () => -0.05 }),
    ]);
    expect(lithium(steps).remarks.join()).toContain('sign of the current');
    expect(analyseCycling(recordOfSteps(steps), { cell: 'Li|Cu' }).remarks.join()).toContain('sign of the current');
    expect(lithium([strip(1, 1, { voltage_V: () => -0.05 })]).remarks.join()).toContain('sign of the current');
    expect(lithium([plate(1, 1), strip(1, 1)]).remarks.join()).not.toContain('sign of the current');
  });

  test('drift per cycle and per hour, lowest and last over lowest', () => {
    const level = (k: number): number => 0.1 - 0.005 * Math.min(k, 4) + 0.002 * Math.max(0, k - 4);
    const steps = Array.from({ length: 30 }, (_, k) => [
      plate(k + 1, 1, { voltage_V: () => -level(k) }),
      strip(k + 1, 1, { voltage_V: () => level(k) }),
    ]).flat();
    const { polarisation, sentences } = lithium(steps);
    expect(polarisation!.lowest_V).toBeCloseTo(0.08, 12);
    expect(polarisation!.lowestCycle).toBe(5);
    expect(polarisation!.lastOverLowest).toBeCloseTo(0.13 / 0.08, 12);
    expect(polarisation!.drift!.perCycle_V).toBeCloseTo(0.002, 12);
    expect(polarisation!.drift!.perHour_V).toBeCloseTo(0.001, 12);
    expect(polarisation!.drift!.perCycle_V_error).toBeLessThan(1e-3);
    expect(sentences.join()).toContain('lowest 80 mV in cycle 5');
  });

  test('one direction only: half-cycles between rests are the points', () => {
    const steps = [1, 2, 3, 4, 5].flatMap((k) => [strip(1, 1, { voltage_V: () => 0.1 + 0.01 * k }), rest(1)]);
    const { polarisation, halfCycles } = lithium(steps);
    expect(halfCycles).toHaveLength(5);
    expect(polarisation).toMatchObject({ of: 'half-cycle', lowestCycle: 1 });
    expect(polarisation!.drift!.perCycle_V).toBeCloseTo(0.01, 12);
  });
});

describe('arcing', () => {
  const shape = (voltage_V: (share: number) => number): ArcingShape | null =>
    lithium([
      strip(1, 1, { voltage_V, rows: 100 }),
      plate(1, 1, { voltage_V: (share) => -voltage_V(share), rows: 100 }),
    ]).cycles[0]!.arcing[0] ?? null;
  const peak = (share: number, at: number): number => 0.05 * Math.exp(-(((share - at) / 0.08) ** 2));

  test.each([
    ['rectangular', () => 0.05],
    ['peaked', (share: number) => 0.05 + peak(share, 0.05) + peak(share, 1)],
    ['peaked at the start', (share: number) => 0.05 + peak(share, 0.05)],
    ['rising', (share: number) => 0.05 + peak(share, 1)],
    ['falling', (share: number) => 0.1 - 0.06 * share],
  ] as const)('%s', (word, voltage_V) => {
    expect(shape(voltage_V)!.word).toBe(word);
  });

  test('rises are relative to the middle, and the first row after a switch counts for nothing', () => {
    const found = shape((share) => (share === 0 ? 5 : 0.05 + peak(share, 0.05) + 0.5 * peak(share, 1)));
    expect(found!.middle_V).toBeCloseTo(0.05, 3);
    expect(found!.startRise).toBeCloseTo(1, 1);
    expect(found!.endRise).toBeCloseTo(0.5, 1);
  });

  test('few rows and changing currents have no shape', () => {
    expect(lithium([strip(1, 1, { rows: 5 }), plate(1, 1)]).arcing).toBeNull();
  });

  test('a flat trace is told to be no proof of health', () => {
    const { arcing, sentences } = lithium([strip(1, 1, { voltage_V: () => 0.05 }), plate(1, 1, { rows: 50 })]);
    expect(arcing).toMatchObject({ first: 'rectangular', last: 'rectangular', halfCycles: 2 });
    expect(sentences.join()).toContain('no proof of health');
  });
});

describe('critical current', () => {
  const levels_A = [1e-4, 2e-4, 3e-4, 4e-4, 5e-4];
  /** An hour each way at every current, one cycle each; all start with the first direction. */
  const staircase = levels_A.flatMap((current_A, k) => [
    strip(k + 1, 1, { current_A, voltage_V: () => 100 * current_A }),
    rest(k + 1),
    plate(k + 1, 1, { current_A: -current_A, voltage_V: () => -100 * current_A }),
  ]);
  const at = (cycle: number): number => (cycle - 1) * 7800 + 5000;
  const soft = (cycle: number, reversible: boolean | null): ShortOnset => ({
    time_s: at(cycle),
    kind: 'soft',
    reversible,
  });

  test('first short, and first that stays, with the step below and the protocol in words', () => {
    const { criticalCurrent, sentences } = lithium(staircase, { shorts: [soft(4, false), soft(3, true)] });
    expect(criticalCurrent!.staircase.map((step) => step.current_A)).toEqual(
      levels_A.map((value) => expect.closeTo(value, 15)),
    );
    expect(criticalCurrent!.staircase[0]!.resistance_ohm).toBeCloseTo(100, 9);
    expect(criticalCurrent!.firstShort).toMatchObject({
      current_A: expect.closeTo(3e-4, 15),
      j_A_per_m2: expect.closeTo(3, 9),
    });
    expect(criticalCurrent!.firstShort!.below_A_per_m2).toBeCloseTo(2, 9);
    expect(criticalCurrent!.firstIrreversible!.current_A).toBeCloseTo(4e-4, 15);
    expect(criticalCurrent).toMatchObject({ fixed: 'time', unidirectional: false, censored: false });
    expect(criticalCurrent!.words).toBe(
      '5 currents from 0.1 mA/cm² to 0.5 mA/cm², 1 h for each half-cycle, both directions',
    );
    expect(sentences.join()).toContain('first short at 0.3 mA/cm², the first that stayed at 0.4 mA/cm²');
  });

  test('without a short the highest current is a lower bound', () => {
    const { criticalCurrent, sentences } = lithium(staircase, { shorts: [] });
    expect(criticalCurrent).toMatchObject({ firstShort: null, firstIrreversible: null, censored: true });
    expect(criticalCurrent!.highest_A_per_m2).toBeCloseTo(5, 9);
    expect(sentences.join()).toContain('above 0.5 mA/cm²');
  });

  test('a short that nobody saw heal stays irreversible only where it is hard; a short in the first step has none below', () => {
    expect(lithium(staircase, { shorts: [soft(2, null)] }).criticalCurrent!.firstIrreversible).toBeNull();
    const hard = lithium(staircase, { shorts: [{ time_s: 100, kind: 'hard', reversible: null }] }).criticalCurrent!;
    expect(hard.firstIrreversible).toMatchObject({ current_A: expect.closeTo(1e-4, 15), below_A: null });
  });

  test('one direction only, without rests and without step numbers', () => {
    const one = levels_A.map((current_A) => strip(1, 1, { current_A, voltage_V: () => 100 * current_A, rows: 60 }));
    const record = recordOfSteps(one, { steps: false, startRows: false });
    const { criticalCurrent } = analyseCycling(record, { cell: 'Li|Li', shorts: [] });
    expect(criticalCurrent!.staircase).toHaveLength(5);
    expect(criticalCurrent!.unidirectional).toBe(true);
  });

  test('a fixed charge for each half-cycle', () => {
    const fixed = levels_A.map((current_A, k) =>
      strip(k + 1, 1, { current_A: current_A * (k % 2 === 0 ? 1 : -1), duration_s: 0.36 / current_A }),
    );
    expect(lithium(fixed, { shorts: [] }).criticalCurrent!.fixed).toBe('charge');
  });

  test('what is none: a constant current, and a staircase in which nobody looked for shorts', () => {
    const plain = [1, 2, 3].flatMap((cycle) => [strip(cycle, 1), plate(cycle, 1)]);
    expect(lithium(plain, { shorts: [] }).reasons.criticalCurrent).toContain('no staircase');
    expect(lithium(staircase).reasons.criticalCurrent).toContain('nobody has looked for shorts');
    expect(lithium(staircase).reasons.cycleLife).toContain('the current changes');
  });
});

describe('life', () => {
  const copper = (efficiencies: readonly number[], options: Partial<CyclingOptions> = {}): CyclingFindings =>
    analyseCycling(recordOfSteps(efficiencies.flatMap((value, k) => [plate(k + 1, 1), strip(k + 1, value)])), {
      cell: 'Li|Cu',
      ...options,
    });

  test('Li|Cu: the first of three in a row below the threshold', () => {
    const values = [0.9, 0.98, 0.7, 0.7, 0.98, 0.98, 0.79, 0.78, 0.77, 0.5];
    expect(copper(values).cycleLife).toMatchObject({ cycle: 7, censored: false, seen: 10 });
    expect(copper(values, { consecutiveCycles: 2 }).cycleLife!.cycle).toBe(3);
    expect(copper(values, { efficiencyThreshold: 0.5 }).cycleLife).toMatchObject({ cycle: null, censored: true });
    expect(copper(values).sentences[0]).toContain('ended in cycle 7');
  });

  test('an unfinished test says more than', () => {
    const { cycleLife, sentences } = copper([0.9, 0.98, 0.98, 0.7, 0.7]);
    expect(cycleLife).toMatchObject({ cycle: null, seen: 5, censored: true });
    expect(cycleLife!.words).toContain('> 5 cycles');
    expect(sentences.join()).toContain('more than 5 cycles');
    expect(sentences[0]).toContain('Coulombic efficiency');
  });

  test('a short ends it where it is earlier', () => {
    const shorts: readonly ShortOnset[] = [{ time_s: 2 * 7128 + 100, kind: 'soft', reversible: null }];
    expect(copper([0.98, 0.98, 0.98, 0.7, 0.7, 0.7], { shorts }).cycleLife).toMatchObject({ cycle: 3 });
    expect(copper([0.98, 0.98, 0.98]).cycleLife!.criterion).toContain('not looked for');
    expect(copper([0.98, 0.98, 0.98], { shorts }).cycleLife!.criterion).not.toContain('not looked for');
  });

  test('Li|Li: above twice the lowest so far', () => {
    const steps = [0.1, 0.06, 0.05, 0.09, 0.11, 0.2].flatMap((level, k) => [
      plate(k + 1, 1, { voltage_V: () => -level }),
      strip(k + 1, 1, { voltage_V: () => level }),
    ]);
    expect(lithium(steps).cycleLife!.cycle).toBe(5);
    expect(lithium(steps, { polarisationRatio: 3 }).cycleLife!.cycle).toBe(6);
    expect(lithium(steps, { polarisationRatio: 5 }).cycleLife).toMatchObject({ cycle: null, censored: true });
  });

  /** A full cell whose capacity follows these shares, after one cycle of formation. */
  const full = (shares: readonly number[], options: Partial<CyclingOptions> = {}): CyclingFindings =>
    analyseCycling(recordOfSteps([1.1, ...shares].flatMap((share, k) => [strip(k + 1, share), plate(k + 1, share)])), {
      cell: 'Cu|cathode',
      ...options,
    });
  const fading = Array.from({ length: 60 }, (_, k) => 0.995 ** k);

  test('full cell: below 80 % of the reference, capacity kept, and the efficiency that its life implies', () => {
    const { cycleLife, retention, impliedEfficiency } = full(fading);
    // 0.995^45 is the first below 0.8; the reference is cycle 2.
    expect(cycleLife).toMatchObject({ cycle: 47, censored: false });
    expect(retention).toMatchObject({ referenceCycle: 2, lastCycle: 61 });
    expect(retention!.perCycle).toBeCloseTo(0.995, 9);
    expect(impliedEfficiency).toMatchObject({ formula: 'CE = r^(1/N)', excess: 0, cycles: 45, bound: false });
    expect(impliedEfficiency!.coulombic_efficiency).toBeCloseTo(0.995, 9);
    expect(impliedEfficiency!.resolution).toBeCloseTo(0.995 ** (45 / 46) - 0.995, 12);
  });

  test('with excess lithium N = x/(1 − CE) + ln r/ln CE: 50 µm over 4 mAh/cm² at 99.5 % last 544 cycles', () => {
    const held = [...Array(501).fill(1), ...Array.from({ length: 60 }, (_, k) => 0.995 ** (k + 1))];
    const { impliedEfficiency, cycleLife } = full(held, { excessLithium: 2.5 });
    expect(cycleLife!.cycle).toBe(2 + 545);
    expect(impliedEfficiency!.cycles).toBe(545);
    expect(impliedEfficiency!.coulombic_efficiency).toBeCloseTo(0.995, 9);
    expect(impliedEfficiency!.words).toContain('x = 2.5');
  });

  test('a test that ended early gives a bound; nothing faded, nothing implied', () => {
    const short = full(fading.slice(0, 20));
    expect(short.cycleLife!.censored).toBe(true);
    expect(short.impliedEfficiency!.bound).toBe(true);
    expect(short.impliedEfficiency!.coulombic_efficiency).toBeCloseTo(0.995, 9);
    expect(full(Array(10).fill(1)).reasons.impliedEfficiency).toContain('not fallen');
  });

  test('beside a lithium electrode the excess must be told; a stated reference is used', () => {
    const record = recordOfSteps([1.1, ...fading].flatMap((share, k) => [strip(k + 1, share), plate(k + 1, share)]));
    expect(analyseCycling(record, { cell: 'Li|cathode' }).reasons.impliedEfficiency).toContain(
      'needs the lithium beyond',
    );
    const stated = analyseCycling(record, { cell: 'Li|cathode', referenceCycle: 12 });
    expect(stated.retention!.referenceCycle).toBe(12);
    expect(stated.cycles[11]!.retention).toBe(1);
  });
});

describe('rest', () => {
  test('cycles that rest while plated lose more: loss per hour, drift left out', () => {
    // Efficiency drifts upwards; every third cycle rests 10 h with 0.2 % lost each hour.
    const steps = Array.from({ length: 12 }, (_, k) => {
      const rests = k % 3 === 1;
      const value = 0.95 + 0.001 * k - (rests ? 0.02 : 0);
      return [plate(k + 1, 1), rest(k + 1, rests ? 36000 : 600), strip(k + 1, value)];
    }).flat();
    const { restLoss, sentences } = analyseCycling(recordOfSteps(steps), { cell: 'Li|Cu' });
    expect(restLoss).toMatchObject({ restedCycles: 4, otherCycles: 7 });
    expect(restLoss!.rest_h).toBeCloseTo(10 - 1 / 6, 9);
    // The first rested cycle has a neighbour on one side only, so the drift of one cycle stays in it.
    expect(restLoss!.loss_per_h).toBeCloseTo((0.02 + 0.001 / 4) / (10 - 1 / 6), 9);
    expect(restLoss!.current_A).toBeCloseTo((restLoss!.loss_per_h * 3.6) / 3600, 12);
    expect(restLoss!.loss_per_h_error).toBeLessThan(1e-3);
    expect(sentences.join()).toContain('Rest costs');
  });

  test('rests alike say nothing; rests after stripping are not while loaded', () => {
    const alike = [1, 2, 3].flatMap((cycle) => [plate(cycle, 1), rest(cycle, 3600), strip(cycle, 0.98)]);
    expect(analyseCycling(recordOfSteps(alike), { cell: 'Li|Cu' }).reasons.restLoss).toContain('differ in their rest');
    const after = [1, 2, 3].flatMap((cycle) => [plate(cycle, 1), strip(cycle, 0.98), rest(cycle, 3600 * cycle)]);
    expect(analyseCycling(recordOfSteps(after), { cell: 'Li|Cu' }).restLoss).toBeNull();
  });
});

describe('protocol', () => {
  test('currents, charges, cutoff and sampling in words', () => {
    const steps = [1, 2, 3].flatMap((cycle) => [plate(cycle, 1), strip(cycle, 0.98), rest(cycle)]);
    const { protocol } = analyseCycling(recordOfSteps(steps), { cell: 'Li|Cu' });
    expect(protocol.words).toContain('1 mA/cm²; plate 1 mAh/cm², strip 0.98 mAh/cm² to 1 V (medians); 6 half-cycles');
    expect(protocol.j_A_per_m2).toEqual([expect.closeTo(10, 9)]);
    expect(protocol.positive_end_V).toBeCloseTo(1, 9);
    const bare = analyseCycling(recordOfSteps(steps, { area_m2: null }), { cell: 'Li|Cu' });
    expect(bare.protocol.words).toContain('1 mA; plate 1 mAh, strip 0.98 mAh');
    expect(bare.halfCycles[0]!.j_A_per_m2).toBeNull();
    expect(analyseCycling(recordOfSteps([rest(1)]), { cell: 'Li|Cu' }).protocol.words).toContain('no current');
  });

  test('a given area goes before that of the record', () => {
    const found = analyseCycling(recordOfSteps([plate(1, 1)]), { cell: 'Li|Cu', area_m2: 2e-4 });
    expect(found.halfCycles[0]!.j_A_per_m2).toBeCloseTo(5, 9);
  });
});

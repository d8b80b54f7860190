// The full model as a stepper: where steps end, that they go on, what rows they give, and that nothing is lost on the way.

import { describe, expect, test } from 'vitest';
import { builtInCell, type Cell, type InterphaseLayer, parseProtocol } from '../cells/index.ts';
import { LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../units/index.ts';
import { compileCell } from './compile.ts';
import type { CellState, Conservation, ResolvedStep, Row, StepEnd, StopCondition, Work } from './contract.ts';
import { createFullModel } from './full.ts';
import { createAudit, initialState } from './inventory.ts';
import { simulate } from './simulate.ts';

const CONSERVED = 1e-9;
/** What a seam between two parts of a step may cost; a fresh start takes Jacobians alone for its consistent values. */
const SEAM_STEPS = 8;
const SEAM_JACOBIANS = 4;

interface Rig {
  readonly state: CellState;
  readonly work: Work;
  /** Rows of the last step. */
  readonly rows: Row[];
  take(change: Partial<ResolvedStep>, aborted?: () => boolean): StepEnd;
  conservation(): Conservation;
}

function rig(cell: Cell, relativeTolerance = 2e-4): Rig {
  const model = createFullModel(compileCell(cell), { relativeTolerance });
  const state = initialState(cell, LITHIUM_MOLAR_VOLUME_m3_per_mol);
  const audit = createAudit(cell, state);
  const work: Work = { steps: 0, rejected: 0, residuals: 0, jacobians: 0, factorisations: 0, solves: 0 };
  const rows: Row[] = [];
  let throughput = 0;
  return {
    state,
    work,
    rows,
    conservation: () => audit.worst(),
    take(change, aborted = () => false) {
      rows.length = 0;
      const before = state.charge_C_per_m2;
      const step: ResolvedStep = {
        control: { kind: 'current', j_A_per_m2: 0 },
        duration_s: 3600,
        stops: [],
        period_s: Number.POSITIVE_INFINITY,
        ambient_K: cell.temperature_K,
        ...change,
      };
      const end = model.runStep(state, step, (row) => rows.push({ ...row }), work, aborted);
      throughput += Math.abs(state.charge_C_per_m2 - before);
      audit.check(state, throughput);
      return end;
    },
  };
}

const current = (j_A_per_m2: number): ResolvedStep['control'] => ({ kind: 'current', j_A_per_m2 });

const stopAt = (of: StopCondition['of'], value: number, side: 'above' | 'below'): StopCondition => ({
  of,
  value,
  side,
  limit: false,
});

const HALF_CELL = builtInCell('xu2019-half-cell');
const ONE_C_A_per_m2 = 0.0024 / 1.54e-4;

/** A film that grows and takes salt, on both sides and beside a reserve. */
const GROWING: InterphaseLayer = {
  name: 'film',
  thickness_m: 8e-9,
  conductivity_S_per_m: 1e-5,
  activationEnergy_J_per_mol: 40_000,
  growth: { kind: 'transport-limited', k_m_per_sqrt_s: 3e-11 },
  growthActivationEnergy_J_per_mol: 0,
  lithiumConcentration_mol_per_m3: 30_000,
  saltFraction: 0.25,
};

function withFilm(cell: Cell, film: InterphaseLayer): Cell {
  const filmed = <E extends Cell['working']>(side: E): E =>
    side.kind === 'cathode' ? side : { ...side, interphase: [film] };
  return { ...cell, counter: filmed(cell.counter), working: filmed(cell.working) };
}

function expectConserved({ lithium, charge, salt }: Conservation): void {
  expect(lithium).toBeLessThan(CONSERVED);
  expect(charge).toBeLessThan(CONSERVED);
  expect(salt).toBeLessThan(CONSERVED);
}

describe('where a step ends', () => {
  const ends: readonly (readonly [string, Cell, number, readonly Partial<ResolvedStep>[]])[] = [
    [
      'a voltage on discharge',
      HALF_CELL,
      8000,
      [{ control: current(-ONE_C_A_per_m2), duration_s: 7200, stops: [stopAt('voltage', 3.6, 'below')] }],
    ],
    [
      'a voltage on charge',
      HALF_CELL,
      8000,
      [
        { control: current(-ONE_C_A_per_m2), duration_s: 3600 },
        { control: current(ONE_C_A_per_m2), duration_s: 7200, stops: [stopAt('voltage', 4.1, 'above')] },
      ],
    ],
    [
      'a falling current at constant voltage',
      HALF_CELL,
      30000,
      [{ control: { kind: 'voltage', voltage_V: 3.8 }, duration_s: 36_000, stops: [stopAt('current', 2, 'below')] }],
    ],
    [
      'a voltage at constant power',
      HALF_CELL,
      8000,
      [{ control: { kind: 'power', power_W_per_m2: -60 }, duration_s: 7200, stops: [stopAt('voltage', 3.6, 'below')] }],
    ],
    [
      'a voltage through a resistor',
      HALF_CELL,
      15000,
      [
        {
          control: { kind: 'resistance', resistance_ohm_m2: 0.25, sign: -1 },
          duration_s: 7200,
          stops: [stopAt('voltage', 3.6, 'below')],
        },
      ],
    ],
    [
      'the knee of a stripping',
      builtInCell('li-cu-carbonate'),
      50,
      [
        { control: current(-10), duration_s: 1800 },
        { control: current(10), duration_s: 7200, stops: [stopAt('voltage', 1, 'above')] },
      ],
    ],
  ];

  test.each(ends)('%s converges to one time', (name, cell, s_per_tolerance, steps) => {
    const endOf = (tolerance: number) => {
      const { take, state, rows } = rig(cell, tolerance);
      steps.forEach((step, k) => {
        expect(take(step).kind).toBe(k + 1 < steps.length ? 'duration' : 'stop');
      });
      const { stops } = steps.at(-1)!;
      const { of, value } = stops![0]!;
      const { voltage_V, j_A_per_m2, time_s } = rows.at(-1)!;
      expect(time_s).toBe(state.time_s);
      // The knee of a stripping is so steep that a located time, 1e-9 s, is 1e-5 V wide.
      expect(Math.abs(of === 'voltage' ? voltage_V : Math.abs(j_A_per_m2))).toBeCloseTo(
        value,
        name.includes('knee') ? 4 : 9,
      );
      return time_s;
    };
    const exact_s = endOf(1e-9);
    for (const tolerance of [2e-4, 1e-5, 1e-6, 1e-7]) {
      expect(Math.abs(endOf(tolerance) - exact_s)).toBeLessThan(s_per_tolerance * tolerance);
    }
  });

  test.each([1, 7.5, 40])('a charge is exact to 1e-8 s at %d A/m2', (j) => {
    for (const cell of [builtInCell('li-li-carbonate'), builtInCell('li-cu-ether-nitrate'), HALF_CELL]) {
      for (const period_s of [Number.POSITIVE_INFINITY, 100]) {
        const { take, state, rows } = rig(cell);
        const charge = 1234.5;
        const end = take({
          control: current(-j),
          duration_s: 7200,
          stops: [stopAt('charge', charge, 'above')],
          period_s,
        });
        expect(end.kind).toBe('stop');
        expect(Math.abs(state.time_s - charge / j)).toBeLessThan(1e-8);
        expect(Math.abs(state.charge_C_per_m2 + charge)).toBeLessThan(1e-8 * j);
        expect(rows.at(-1)!.time_s).toBe(state.time_s);
      }
    }
  });

  test('a charge passed under a voltage is exact in charge', () => {
    const { take, state } = rig(builtInCell('li-li-carbonate'));
    const control = { kind: 'voltage', voltage_V: -0.05 } as const;
    expect(take({ control, duration_s: 36_000, stops: [stopAt('charge', 500, 'above')] }).kind).toBe('stop');
    expect(Math.abs(state.charge_C_per_m2 + 500)).toBeLessThan(1e-6);
  });
});

describe('a step that is given in parts', () => {
  /** The step whole, and in so many equal parts; voltage, time and work at the end. */
  function inParts(cell: Cell, step: Partial<ResolvedStep>, parts: number, relativeTolerance: number) {
    const { take, state, rows, work, conservation } = rig(cell, relativeTolerance);
    for (let part = 0; part < parts; part++) {
      expect(take({ ...step, duration_s: step.duration_s! / parts }).kind).toBe('duration');
    }
    expectConserved(conservation());
    return { voltage_V: rows.at(-1)!.voltage_V, j: rows.at(-1)!.j_A_per_m2, state, work };
  }

  test.each<[string, Cell, Partial<ResolvedStep>]>([
    ['a discharge', HALF_CELL, { control: current(-ONE_C_A_per_m2), duration_s: 3600 }],
    ['plating', builtInCell('li-cu-carbonate'), { control: current(-10), duration_s: 3600 }],
    ['a hold', HALF_CELL, { control: { kind: 'voltage', voltage_V: 3.9 }, duration_s: 3600 }],
    ['constant power', HALF_CELL, { control: { kind: 'power', power_W_per_m2: -50 }, duration_s: 3600 }],
    ['rest', builtInCell('li-li-carbonate'), { duration_s: 3600 }],
  ])('%s: the same answer, without a restart', (_name, cell, step) => {
    for (const parts of [2, 5]) {
      const tight = [1, parts].map((n) => inParts(cell, step, n, 1e-8));
      expect(Math.abs(tight[0]!.voltage_V - tight[1]!.voltage_V)).toBeLessThan(1e-7);
      expect(Math.abs(tight[0]!.j - tight[1]!.j)).toBeLessThan(1e-6);
      const [whole, split] = [1, parts].map((n) => inParts(cell, step, n, 2e-4));
      expect(Math.abs(whole!.voltage_V - split!.voltage_V)).toBeLessThan(1e-4);
      expect(split!.state.time_s).toBe(3600);
      // A little for ending exactly at the seam.
      expect(split!.work.steps).toBeLessThanOrEqual(whole!.work.steps + SEAM_STEPS * (parts - 1));
      expect(split!.work.jacobians).toBeLessThanOrEqual(whole!.work.jacobians + SEAM_JACOBIANS * (parts - 1));
    }
  });

  test('a fresh start costs more, and gives the same', () => {
    const step = { control: current(-ONE_C_A_per_m2), duration_s: 720 };
    const [onward, afresh] = [rig(HALF_CELL), rig(HALF_CELL)];
    for (let part = 0; part < 5; part++) {
      onward.take(step);
      afresh.take(step);
      // Profiles that are not the model's own are not known to be where its history ends.
      afresh.state.profiles = { ...afresh.state.profiles! };
    }
    expect(afresh.work.jacobians).toBeGreaterThan(onward.work.jacobians + 3 * SEAM_JACOBIANS);
    expect(afresh.work.residuals).toBeGreaterThan(onward.work.residuals);
    expect(Math.abs(afresh.rows.at(-1)!.voltage_V - onward.rows.at(-1)!.voltage_V)).toBeLessThan(1e-4);
  });

  test('after a stop under the same control', () => {
    const control = current(-ONE_C_A_per_m2);
    const whole = rig(HALF_CELL, 1e-8);
    whole.take({ control, duration_s: 3600 });
    const split = rig(HALF_CELL, 1e-8);
    expect(split.take({ control, duration_s: 3600, stops: [stopAt('voltage', 3.9, 'below')] }).kind).toBe('stop');
    const stopped = split.state.time_s;
    expect(split.take({ control, duration_s: 3600 - stopped }).kind).toBe('duration');
    expect(split.rows[0]!.time_s).toBe(stopped);
    expect(split.rows[0]!.voltage_V).toBeCloseTo(3.9, 9);
    expect(Math.abs(split.rows.at(-1)!.voltage_V - whole.rows.at(-1)!.voltage_V)).toBeLessThan(1e-7);
    expect(split.work.steps).toBeLessThan(whole.work.steps + 10);
  });

  test('a first part of no length does not hold up the second', () => {
    const { take, state, rows } = rig(HALF_CELL);
    expect(take({ control: current(-10), duration_s: 0 }).kind).toBe('duration');
    expect(rows).toHaveLength(1);
    expect(take({ control: current(-10), duration_s: 60 }).kind).toBe('duration');
    expect(state.time_s).toBe(60);
  });
});

describe('a step that is hard to start', () => {
  test('power into a cell without a voltage of its own finds the current that oxidises', () => {
    const { take, rows } = rig(builtInCell('li-li-carbonate'));
    const control = { kind: 'power', power_W_per_m2: 0.5 } as const;
    expect(take({ control, duration_s: 60 })).toEqual({ kind: 'duration' });
    for (const { j_A_per_m2, voltage_V } of rows) {
      expect(j_A_per_m2).toBeGreaterThan(0);
      expect(j_A_per_m2 * voltage_V).toBeCloseTo(0.5, 5);
    }
  });

  test('power out of such a cell is beyond it, and says so', () => {
    const { take, state } = rig(builtInCell('li-li-carbonate'));
    const end = take({ control: { kind: 'power', power_W_per_m2: -0.5 }, duration_s: 60 });
    expect(end).toMatchObject({ kind: 'demand-unmet', message: expect.stringMatching(/can give 0 W\/m2 at most/) });
    expect(state.time_s).toBe(0);
  });

  test.each([
    [{ kind: 'voltage', voltage_V: 4.6 }],
    [{ kind: 'voltage', voltage_V: 2.5 }],
    [{ kind: 'power', power_W_per_m2: -900 }],
    [{ kind: 'resistance', resistance_ohm_m2: 1e-3, sign: -1 }],
    [{ kind: 'resistance', resistance_ohm_m2: 1, sign: -1 }],
    [{ kind: 'current', j_A_per_m2: -400 }],
  ] as const)('%j from rest on the reference half-cell', (control) => {
    const { take, rows } = rig(HALF_CELL);
    expect(take({ control, duration_s: 0.01 })).toEqual({ kind: 'duration' });
    const { j_A_per_m2, voltage_V } = rows[0]!;
    if (control.kind === 'voltage') expect(voltage_V).toBeCloseTo(control.voltage_V, 9);
    if (control.kind === 'power') expect(j_A_per_m2 * voltage_V).toBeCloseTo(control.power_W_per_m2, 6);
    if (control.kind === 'resistance') expect(voltage_V / j_A_per_m2).toBeCloseTo(-control.resistance_ohm_m2, 9);
  });

  test('stripping bare copper ends at once: at a voltage on the way there, else for want of lithium', () => {
    const bare = rig(builtInCell('li-cu-carbonate'));
    const stop = stopAt('voltage', 3, 'above');
    expect(bare.take({ control: current(10) })).toEqual({ kind: 'lithium-exhausted', side: 'working' });
    expect(bare.take({ control: current(10), stops: [stop] }).kind).toMatch(/stop|lithium-exhausted/);
    expect(bare.state.time_s).toBe(0);
  });

  test('a step that could not start leaves nothing to go on from', () => {
    const [tried, untried] = [rig(HALF_CELL), rig(HALF_CELL)];
    for (const { take } of [tried, untried]) take({ control: current(-10), duration_s: 600 });
    expect(tried.take({ control: { kind: 'power', power_W_per_m2: -1e6 }, duration_s: 60 }).kind).toBe('demand-unmet');
    for (const { take } of [tried, untried])
      expect(take({ control: current(-10), duration_s: 600 }).kind).toBe('duration');
    expect(tried.state.time_s).toBe(1200);
    expect(Math.abs(tried.rows.at(-1)!.voltage_V - untried.rows.at(-1)!.voltage_V)).toBeLessThan(1e-4);
    expectConserved(tried.conservation());
  });
});

describe('rows', () => {
  test.each([Number.POSITIVE_INFINITY, 7])('begin and end with the step, %d s apart', (period_s) => {
    const { take, rows } = rig(HALF_CELL);
    take({ control: current(-ONE_C_A_per_m2), duration_s: 100, period_s });
    expect(rows[0]!.time_s).toBe(0);
    expect(rows.at(-1)!.time_s).toBe(100);
    rows.forEach((row, k) => {
      const { openCircuit_V, ohmic_V, interphase_V, counterKinetics_V, workingKinetics_V, concentration_V } = row;
      const sum = openCircuit_V + ohmic_V + interphase_V + counterKinetics_V + workingKinetics_V + concentration_V;
      expect(sum).toBeCloseTo(row.voltage_V, 12);
      if (k > 0) expect(row.time_s).toBeGreaterThan(rows[k - 1]!.time_s);
    });
    if (period_s === 7)
      expect(rows.map(({ time_s }) => Math.round(time_s))).toEqual([
        0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91, 98, 100,
      ]);
  });

  test('end where an interrupted step ended, and the next step goes on from there', () => {
    for (const period_s of [Number.POSITIVE_INFINITY, 1000]) {
      const { take, rows, state } = rig(HALF_CELL);
      let asked = 0;
      const end = take({ control: current(-ONE_C_A_per_m2), duration_s: 3600, period_s }, () => ++asked > 20);
      expect(end.kind).toBe('aborted');
      expect(state.time_s).toBeGreaterThan(0);
      const stopped_s = state.time_s;
      expect(rows.at(-1)!.time_s).toBe(stopped_s);
      expect(take({ control: current(-ONE_C_A_per_m2), duration_s: 3600 - stopped_s }).kind).toBe('duration');
      expect(rows[0]!.time_s).toBe(stopped_s);
      expect(state.charge_C_per_m2 / (-ONE_C_A_per_m2 * 3600)).toBeCloseTo(1, 12);
    }
  });
});

describe('nothing is lost', () => {
  test.each([0, 0.4])('when a film takes the last of a thin foil at rest (salt fraction %d)', (saltFraction) => {
    const cell = withFilm(builtInCell('li-li-carbonate'), { ...GROWING, saltFraction });
    const { take, state, conservation } = rig({ ...cell, counter: { ...cell.counter, lithiumThickness_m: 2e-9 } });
    for (let day = 0; day < 30; day++) expect(take({ duration_s: 86_400 }).kind).toBe('duration');
    expect(state.counter.lithium_mol_per_m2 * LITHIUM_MOLAR_VOLUME_m3_per_mol).toBeLessThan(1e-13);
    expect(state.counter.lithium_mol_per_m2).toBeGreaterThan(-1e-18);
    // 2 nm of lithium are enough for so much film, and no more.
    const grown_m = state.counter.layerThickness_m[0]! - GROWING.thickness_m;
    const enough_m =
      2e-9 / LITHIUM_MOLAR_VOLUME_m3_per_mol / (GROWING.lithiumConcentration_mol_per_m3 * (1 - saltFraction));
    expect(grown_m / enough_m).toBeCloseTo(1, 4);
    expectConserved(conservation());
  });

  test('when a large current strips a thin foil within milliseconds', () => {
    const cell = builtInCell('li-li-ether-nitrate');
    const { take, state, conservation } = rig({ ...cell, counter: { ...cell.counter, lithiumThickness_m: 2e-9 } });
    expect(take({ control: current(-700) })).toEqual({ kind: 'lithium-exhausted', side: 'counter' });
    expect(state.counter.lithium_mol_per_m2).toBeGreaterThan(-1e-18);
    expectConserved(conservation());
  });

  test('over 1000 fast cycles of Li|Cu', () => {
    const cell = { ...withFilm(builtInCell('li-cu-ether-nitrate'), GROWING), ageing: null };
    const protocol = parseProtocol(['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 until 1 V', 'repeat 1000']);
    const run = simulate(cell, protocol, { model: 'fast' });
    expect(run.cycles).toHaveLength(1000);
    expectConserved(run.conservation);
  });

  test.each([
    ['li-cu-ether-nitrate', ['Plate at 1 mA/cm2 for 0.5 mAh/cm2', 'Strip at 1 mA/cm2 until 1 V']],
    ['li-li-carbonate', ['Plate at 1 mA/cm2 for 0.5 mAh/cm2', 'Strip at 1 mA/cm2 for 0.5 mAh/cm2']],
    ['li-nmc811', ['Charge at 1C until 4.3 V', 'Hold at 4.3 V until C/5', 'Discharge at 1C until 3.0 V']],
    ['cu-lfp', ['Charge at 1C until 3.8 V', 'Discharge at 1C until 2.8 V']],
  ])('over 100 full cycles of %s', (id, steps) => {
    const cell = {
      ...withFilm(builtInCell(id), GROWING),
      ageing: null,
      mesh: { separatorNodes: 8, cathodeNodes: 8, particleNodes: 8 },
    };
    const run = simulate(cell, parseProtocol([...steps, 'repeat 100']));
    expect(run.cycles).toHaveLength(100);
    expectConserved(run.conservation);
    expect(run.state.counter.interphaseLithiumFromSalt_mol_per_m2).toBeGreaterThan(1e-6);
  });
});

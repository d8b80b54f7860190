// The two transport models on one state, and by how much they differ. The differences stated here are the project's answer to
// "how good is fast?"; a change that worsens one fails.

import { describe, expect, test } from 'vitest';
import { builtInCell, type Cell, parseProtocol } from '../cells/index.ts';
import { LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../units/index.ts';
import { createAgeing } from './ageing.ts';
import { compileCell } from './compile.ts';
import type { CellState, ResolvedStep, Row, StepEnd, StopCondition, TransportModel, Work } from './contract.ts';
import { createFastModel } from './fast.ts';
import { createFullModel } from './full.ts';
import { initialState } from './inventory.ts';
import { simulate } from './simulate.ts';

const work: Work = { steps: 0, rejected: 0, residuals: 0, jacobians: 0, factorisations: 0, solves: 0 };
const start = (cell: Cell): CellState => initialState(cell, LITHIUM_MOLAR_VOLUME_m3_per_mol);

function take(
  model: TransportModel,
  state: CellState,
  cell: Cell,
  j: number,
  change: Partial<ResolvedStep>,
): { end: StepEnd; rows: Row[] } {
  const rows: Row[] = [];
  const step: ResolvedStep = {
    control: { kind: 'current', j_A_per_m2: j },
    duration_s: 3600,
    stops: [],
    period_s: 60,
    ambient_K: cell.temperature_K,
    ...change,
  };
  return {
    end: model.runStep(
      state,
      step,
      (row) => rows.push({ ...row }),
      work,
      () => false,
    ),
    rows,
  };
}

function bothModels(cell: Cell): readonly [TransportModel, TransportModel] {
  const parameters = compileCell(cell);
  return [createFastModel(parameters), createFullModel(parameters, { relativeTolerance: 1e-6 })];
}

/** Largest difference of voltage at common times, mV, beginning at `from_s`. */
function apart_mV(fast: readonly Row[], full: readonly Row[], from_s: number): number {
  let worst = 0;
  for (const row of fast) {
    const twin = full.find(({ time_s }) => Math.abs(time_s - row.time_s) < 1e-6);
    if (row.time_s >= from_s && twin !== undefined)
      worst = Math.max(worst, Math.abs(row.voltage_V - twin.voltage_V) * 1e3);
  }
  return worst;
}

function half(cell: Cell, stoichiometry: number): Cell {
  const { working } = cell;
  return working.kind === 'cathode' ? { ...cell, working: { ...working, initialStoichiometry: stoichiometry } } : cell;
}

describe('fast and full differ under constant current', () => {
  // Columns: cell, A/m2, seconds, difference from the first minute on, and once diffusion is settled (mV).
  test.each([
    ['li-li-carbonate', 5, 3600, 0.001, 0.001],
    ['li-li-carbonate', 50, 3600, 0.01, 0.01],
    ['li-li-ether-nitrate', 100, 3600, 0.005, 0.005],
    ['li-cu-ether-nitrate', -10, 3600, 0.001, 0.001],
    ['li-nmc532', 10, 3600, 0.25, 0.06],
    ['li-nmc532', -10, 3600, 0.3, 0.03],
    ['li-nmc532', 40, 900, 1.2, 0.6],
    ['li-nmc532', -40, 900, 0.8, 0.6],
    ['li-nmc811', 10, 3600, 0.6, 0.13],
    ['li-lfp', 10, 3600, 0.13, 0.03],
  ] as const)('%s at %d A/m2 for %d s: %d mV, settled %d mV', (id, j, duration_s, early_mV, settled_mV) => {
    const cell = half(builtInCell(id), j < 0 ? 0.35 : 0.8);
    const [fast, full] = bothModels(cell);
    const [states, rows] = [[start(cell), start(cell)] as const, [] as Row[][]];
    for (const [k, model] of [fast, full].entries()) {
      const { end, rows: taken } = take(model, states[k]!, cell, j, { duration_s });
      expect(end).toEqual({ kind: 'duration' });
      rows.push(taken);
    }
    expect(rows[0]).toHaveLength(rows[1]!.length);
    expect(apart_mV(rows[0]!, rows[1]!, 60)).toBeLessThan(early_mV);
    expect(apart_mV(rows[0]!, rows[1]!, duration_s / 2)).toBeLessThan(settled_mV);
    const [a, b] = [states[0], states[1]];
    expect(a.charge_C_per_m2 / b.charge_C_per_m2).toBeCloseTo(1, 9);
    expect(a.counter.layerThickness_m[0]! / b.counter.layerThickness_m[0]!).toBeCloseTo(1, 4);
    expect(a.counter.lithium_mol_per_m2 / b.counter.lithium_mol_per_m2).toBeCloseTo(1, 7);
    expect(a.poreSalt_mol_per_m2 / b.poreSalt_mol_per_m2).toBeCloseTo(1, 6);
  });
});

describe('fast and full agree on a whole cycle', () => {
  const stopAt = (value: number, side: 'above' | 'below'): StopCondition => ({
    of: 'voltage',
    value,
    side,
    limit: false,
  });

  test('Li|Cu: plated 1 mAh/cm2, stripped to 1 V: the same efficiency to 2e-6', () => {
    const cell = builtInCell('li-cu-carbonate');
    const stripped = bothModels(cell).map((model) => {
      const state = start(cell);
      take(model, state, cell, -10, {});
      const plated = state.charge_C_per_m2;
      expect(take(model, state, cell, 10, { duration_s: 7200, stops: [stopAt(1, 'above')] }).end.kind).toBe('stop');
      return (state.charge_C_per_m2 - plated) / 36000;
    });
    expect(Math.abs(stripped[0]! - stripped[1]!)).toBeLessThan(2e-6);
    expect(stripped[0]!).toBeLessThan(1 - 1e-5);
  });

  test('Li|NMC532: charge, hold, rest, discharge: the same capacity to 0.1 % and the same rest to 1 mV', () => {
    const cell = half(builtInCell('li-nmc532'), 0.8);
    const results = bothModels(cell).map((model) => {
      const state = start(cell);
      take(model, state, cell, 10, { duration_s: 36000, stops: [stopAt(4.3, 'above')] });
      const hold = { kind: 'voltage', voltage_V: 4.3 } as const;
      const taper: StopCondition = { of: 'current', value: 1, side: 'below', limit: false };
      expect(take(model, state, cell, 0, { control: hold, duration_s: 36000, stops: [taper] }).end).toEqual({
        kind: 'stop',
        stop: taper,
      });
      const charged = state.charge_C_per_m2;
      const rest = take(model, state, cell, 0, { duration_s: 1800 }).rows;
      take(model, state, cell, -10, { duration_s: 36000, stops: [stopAt(3, 'below')] });
      return { charged, discharged: charged - state.charge_C_per_m2, rest };
    });
    const [fast, full] = results as [(typeof results)[0], (typeof results)[0]];
    expect(Math.abs(fast.charged / full.charged - 1)).toBeLessThan(1e-3);
    expect(Math.abs(fast.discharged / full.discharged - 1)).toBeLessThan(1e-3);
    for (const [k, row] of fast.rest.entries())
      expect(Math.abs(row.voltage_V - full.rest[k]!.voltage_V)).toBeLessThan(1e-3);
  });

  test('the fast model goes on from the full model’s profiles without a jump', () => {
    const cell = half(builtInCell('li-nmc532'), 0.8);
    const [fast, full] = bothModels(cell);
    const state = start(cell);
    take(full, state, cell, 15, { duration_s: 1200 });
    const copy = structuredClone(state);
    const onFast = take(fast, state, cell, 0, { duration_s: 600 }).rows;
    const onFull = take(full, copy, cell, 0, { duration_s: 600 }).rows;
    expect(apart_mV(onFast, onFull, 1200)).toBeLessThan(3);
    expect(apart_mV(onFast, onFull, 1250)).toBeLessThan(0.4);
    // There is something to go on from: a relaxed start would be off by this much.
    expect(onFull[0]!.voltage_V - onFull.at(-1)!.voltage_V).toBeGreaterThan(0.02);
  });
});

describe('fast and full differ as little on worn surfaces', () => {
  test.each([
    ['li-cu-carbonate', -10, 3000, 0.01],
    ['li-cu-ether-nitrate', -10, 3000, 0.01],
    ['li-li-carbonate', 10, 3000, 0.01],
    ['li-nmc532', 5, 3000, 0.4],
  ] as const)('%s after 20 cycles, at %d A/m2: %d s, %d mV', (id, j, duration_s, settled_mV) => {
    const cell = builtInCell(id);
    const steps =
      cell.working.kind === 'cathode'
        ? ['Charge at 0.5C until 4.2 V', 'Discharge at 0.5C until 3.0 V']
        : [
            'Plate at 1 mA/cm2 for 1 mAh/cm2',
            id.startsWith('li-cu') ? 'Strip at 1 mA/cm2 until 1 V' : 'Strip at 1 mA/cm2 for 1 mAh/cm2',
          ];
    const { state } = simulate(cell, parseProtocol([...steps, 'repeat 20']), { model: 'fast' });
    expect(state.counter.deadLayer_m).toBeGreaterThan(1e-7);
    const step: ResolvedStep = {
      control: { kind: 'current', j_A_per_m2: j },
      duration_s,
      stops: [],
      period_s: 60,
      ambient_K: cell.temperature_K,
    };
    const parameters = compileCell(cell);
    createAgeing(parameters)!.beforeStep(state, step, 0);
    state.lags = null;
    state.time_s = 0;
    const [fast, full] = bothModels(cell).map((model) => take(model, structuredClone(state), cell, j, step).rows);
    expect(apart_mV(fast!, full!, 120)).toBeLessThan(settled_mV);
    // It is another cell than a new one.
    const fresh = take(bothModels(cell)[0], start(cell), cell, j, step).rows;
    const gap_mV = 1e3 * Math.abs(fresh[30]!.voltage_V - fast![30]!.voltage_V);
    expect(gap_mV).toBeGreaterThan(5);
  });
});

import { describe, expect, test } from 'vitest';
import { builtInCell } from '../cells/index.ts';
import { InputError } from '../units/index.ts';
import type { PlannedQuantity, SystemPlan } from './comparison.ts';
import type { PlannedRun } from './planned-run.ts';
import {
  createReproducer,
  plainCell,
  type ReproduceAnswer,
  type ReproducedSystem,
  reproducedSystem,
  reproduceTasks,
  type TaskOutcome,
  taskCost,
} from './reproduce.ts';
import { reproduceScores } from './reproduce-scores.ts';

const NEVER = { aborted: false };
const cell = builtInCell('li-cu-ether-nitrate');

const quantityOf = (over: Partial<PlannedQuantity>): PlannedQuantity => ({
  quantity: 'coulombic_efficiency',
  reported: 98,
  printed: '98',
  unit: '%',
  bound: 'value',
  scoredAs: 'efficiency',
  from: { run: 0, reading: 0, factor: 100 },
  note: 'Made up.',
  ...over,
});

const run = (cycles: number): PlannedRun => ({
  cell,
  protocol: cell.protocol!,
  cycles,
  readings: [{ kind: 'efficiency', of: 'mean', cycle: cycles }, { kind: 'life' }],
});

const planOf = (over: Partial<SystemPlan> = {}): SystemPlan => ({
  interlayer: null,
  id: 'a1-01',
  table: 'A1',
  reference: '[1]',
  group: 'host',
  method: null,
  electrolyte: 'x',
  computedIn: 'x',
  electrolyteGroup: 'ether-nitrate',
  cycling: '1 mA/cm2, 1 mAh/cm2',
  quantities: [quantityOf({})],
  runs: [run(2)],
  ...over,
});

describe('tasks', () => {
  const plans = [
    planOf(),
    planOf({ id: 'b3-01', runs: [], quantities: [] }),
    planOf({ id: 'a1-02', runs: [run(2000)] }),
  ];
  const tasks = reproduceTasks(plans, { samples: 25, seed: 1 });

  test('the cells’ own values come first, once for each system that runs', () => {
    expect(tasks.slice(0, 4)).toEqual([
      { kind: 'nominal', system: 'a1-01' },
      { kind: 'nominal', system: 'a1-02' },
      { kind: 'plain', system: 'a1-01' },
      { kind: 'plain', system: 'a1-02' },
    ]);
    expect(tasks.slice(4).every(({ kind }) => kind === 'samples')).toBe(true);
  });

  test('every sample is in one task; long runs are cut into more', () => {
    for (const { id } of [plans[0]!, plans[2]!]) {
      const own = tasks.flatMap((task) => (task.kind === 'samples' && task.system === id ? [task] : []));
      expect(own.length).toBe(id === 'a1-01' ? 1 : 3);
      expect(own.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, k) => from + k))).toEqual(
        Array.from({ length: 25 }, (_, k) => k),
      );
      expect(own.reduce((sum, task) => sum + taskCost(task, id === 'a1-01' ? plans[0]! : plans[2]!), 0)).toBe(
        25 * (id === 'a1-01' ? 2 : 2000),
      );
    }
  });

  test('impossible numbers are told together', () => {
    expect(() => reproduceTasks(plans, { samples: 9, seed: -1 })).toThrow(InputError);
  });
});

describe('a system put together', () => {
  const plan = planOf();
  const tasks = reproduceTasks([plan], { samples: 20, seed: 3 });
  const answer = createReproducer(() => plan);
  const outcomes = tasks.map((task): TaskOutcome => ({ kind: 'answer', answer: answer(task, NEVER) }));
  const system = reproducedSystem(plan, tasks, outcomes);
  const [only] = system.quantities;

  test('computed in the unit of print, in a band, with its losses', () => {
    expect(only!.computed).toBeGreaterThan(80);
    expect(only!.computed).toBeLessThan(100);
    expect(only!.band![0]).toBeLessThan(only!.band![1]);
    expect(only!.samples).toBe(20);
    expect(only!.inside).toBe(only!.band![0] <= 98 && 98 <= only!.band![1]);
    expect(system.losses_mAh_per_cm2).not.toBeNull();
  });

  test('the order in which tasks end is nothing to it', () => {
    const order = tasks.map((_, k) => k).reverse();
    const other = reproducedSystem(
      plan,
      order.map((k) => tasks[k]!),
      order.map((k) => outcomes[k]!),
    );
    expect(other).toEqual(system);
  });

  test('what is missing is said, and a band of few runs is none', () => {
    const missing: TaskOutcome = { kind: 'missing', reason: 'Made up reason.' };
    const none = reproducedSystem(plan, tasks, [missing, missing, missing]);
    expect(none.quantities[0]).toMatchObject({ computed: null, band: null, inside: null });
    expect(none.remarks).toEqual(['Made up reason.']);
    const { sampled } = (outcomes[2] as { answer: Extract<ReproduceAnswer, { kind: 'samples' }> }).answer;
    const few = { ...sampled, values: sampled.values.map((values) => values.slice(0, 9)), aborted: true };
    const early = reproducedSystem(plan, tasks, [
      outcomes[0]!,
      outcomes[1]!,
      { kind: 'answer', answer: { kind: 'samples', sampled: few } },
    ]);
    expect(early.quantities[0]).toMatchObject({ computed: only!.computed, band: null, inside: null, samples: 9 });
  });

  test('an electrolyte that is not printed is said to be assumed', () => {
    const [remark] = reproducedSystem({ ...plan, electrolyte: null, computedIn: 'y' }, tasks, outcomes).remarks;
    expect(remark).toContain('computed in y, which is assumed');
  });

  const verdict = (over: Partial<PlannedQuantity>): boolean | null =>
    reproducedSystem(planOf({ quantities: [quantityOf(over)] }), tasks, outcomes).quantities[0]!.inside;

  test('bounds are met from their own side', () => {
    expect(verdict({ bound: 'at-least', reported: 0 })).toBe(true);
    expect(verdict({ bound: 'at-least', reported: 100 })).toBe(false);
    expect(verdict({ bound: 'at-most', reported: 100 })).toBe(true);
    expect(verdict({ bound: 'at-most', reported: 0 })).toBe(false);
    expect(verdict({ bound: 'value', reported: 0 })).toBe(false);
    expect(verdict({ from: null })).toBeNull();
  });

  test('a stopped test is met by a cell that lives as long', () => {
    const life = { scoredAs: 'life', bound: 'at-least', from: { run: 0, reading: 1, factor: 1 } } as const;
    expect(verdict({ ...life, reported: 1 })).toBe(true);
    expect(verdict({ ...life, reported: 1e6 })).toBe(false);
  });
});

test('a plain cell has neither coating nor host, and nucleates as on copper', () => {
  const plain = plainCell(cell);
  if (cell.ageing === null) expect(plain).toBeNull();
  else {
    expect(plain!.ageing!.working).toMatchObject({ coating: null, host: null });
    const { nucleationOverpotential_V, referenceOverpotential_V } = plain!.ageing!.working!.substrate;
    expect(nucleationOverpotential_V).toBe(referenceOverpotential_V);
  }
});

describe('scores of a reproduction', () => {
  const systemOf = (id: string, reported: number, computed: number | null, over: Partial<ReproducedSystem> = {}) => {
    const quantity = {
      ...quantityOf({}),
      reported,
      computed,
      band: computed === null ? null : ([computed - 1, computed + 1] as const),
      inside: null,
      scored_as: 'efficiency' as const,
      samples: 10,
    };
    return {
      id,
      table: 'A1',
      reference: id,
      group: 'host',
      method: null,
      electrolyte: 'x',
      electrolyte_group: 'ether',
      cycling: 'p',
      quantities: [quantity],
      interlayer: null,
      losses_mAh_per_cm2: null,
      plain_coulombic_efficiency: null,
      remarks: [],
      ...over,
    } satisfies ReproducedSystem;
  };
  const systems = [
    systemOf('1', 90, 90, { plain_coulombic_efficiency: 0.8 }),
    systemOf('2', 95, 95),
    systemOf('3', 99, 97),
    systemOf('4', 99.5, null),
  ];
  const scores = reproduceScores(systems);

  test('count what is not computed, and hold each band to its number', () => {
    expect(scores.coulombic_efficiency).toMatchObject({ rows: 3, not_computed: 1, coverage: 2 / 3 });
    const { rmse_lce } = scores.coulombic_efficiency.model!;
    expect(rmse_lce.value).toBeCloseTo(Math.log10(3) / Math.sqrt(3), 12);
  });

  test('the frozen cell stands in for the row’s own', () => {
    expect(scores.coulombic_efficiency.strategies_frozen!.rmse_lce.value).toBeCloseTo(
      Math.hypot(Math.log10(3), Math.log10(2)) / Math.sqrt(3),
      12,
    );
  });

  test('say whether the physics beats the electrolyte group', () => {
    const { beats_electrolyte_group, gain_over_electrolyte_group: gain } = scores.coulombic_efficiency;
    expect(beats_electrolyte_group).toBe(gain!.value > 0);
    expect(scores.statements[0]).toContain(beats_electrolyte_group ? ' beats ' : ' does not beat ');
    const worse = reproduceScores([systemOf('1', 97.9, 20), systemOf('2', 98, 99.99), systemOf('3', 98.1, 50)]);
    expect(worse.coulombic_efficiency.beats_electrolyte_group).toBe(false);
    expect(worse.statements[0]).toContain('does not beat');
  });

  test('say of resistances whether the mean of the others is the better guess', () => {
    const pair = (id: string, reported: number, computed: number): ReproducedSystem => {
      const system = systemOf(id, reported, computed);
      const [quantity] = system.quantities;
      const resistance = { ...quantity!, quantity: 'interfacial_resistance_before', scored_as: 'resistance' } as const;
      return { ...system, quantities: [{ ...resistance, band: null }] };
    };
    const near = reproduceScores([pair('1', 10, 11), pair('2', 100, 90)]);
    expect(near.statements).toEqual([expect.stringMatching(/^Computed resistances beat .* 1\.1 against 10\.0\.$/)]);
    const far = reproduceScores([pair('1', 10, 1000), pair('2', 12, 1)]);
    expect(far.statements).toEqual([expect.stringContaining('do not beat')]);
    expect(far.interfacial_resistance.within_factor_2).toBe(0);
  });

  test('without rows there are none', () => {
    const none = reproduceScores([]);
    expect(none.coulombic_efficiency.model).toBeNull();
    expect(none.statements).toEqual([]);
  });
});

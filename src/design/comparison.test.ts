import { describe, expect, test } from 'vitest';
import { builtInCell, type Cell, type CellKind, systemCell } from '../cells/index.ts';
import { type LiteratureRow, literatureRows, rowById } from '../literature/index.ts';
import { type PlannedQuantity, type SystemPlan, systemPlan } from './comparison.ts';

const STAND_INS: Readonly<Record<CellKind, string>> = {
  'Li|Cu': 'li-cu-carbonate',
  'Li|Li': 'li-li-carbonate',
  'Li|cathode': 'li-lfp',
  'Cu|cathode': 'cu-lfp',
};

/** The row's plan with cells that need nothing but the right electrodes; the kinds that were asked for beside it. */
function planned(row: LiteratureRow): SystemPlan & { readonly kinds: readonly CellKind[] } {
  const cells = new Map<CellKind, Cell>();
  const plan = systemPlan(row, (id, kind, variant) => {
    if (row.table === 'B3') return systemCell(id, kind, variant);
    const cell = cells.get(kind) ?? builtInCell(STAND_INS[kind]);
    cells.set(kind, cell);
    return cell;
  });
  return { ...plan, kinds: [...cells.keys()] };
}

const planOf = (id: string) => planned(rowById(id)!);
const quantity = ({ quantities }: SystemPlan, name: PlannedQuantity['quantity'], k = 0): PlannedQuantity =>
  quantities.filter((one) => one.quantity === name)[k]!;

/** The steps of the run that a quantity is read from, its cycles, and the reading. */
function workOf(plan: SystemPlan, { from }: PlannedQuantity) {
  const { protocol, cycles, readings, cell } = plan.runs[from!.run]!;
  const [item] = protocol.items;
  return { kind: cell.kind, cycles, first: item, reading: readings[from!.reading]! };
}

describe('every tabulated row', () => {
  const rows = literatureRows();
  test.each(rows.map((row) => [row.id, row] as const))('%s: every number has a note and a reason', (_id, row) => {
    const plan = planned(row);
    expect(plan.quantities.length).toBeGreaterThan(0);
    for (const { reported, note, from, scoredAs } of plan.quantities) {
      expect(Number.isFinite(reported)).toBe(true);
      expect(note).toMatch(/^[A-Z].*\.$/s);
      if (from === null) {
        expect(note).toMatch(/Not compared/);
        expect(scoredAs).toBeNull();
      } else {
        const run = plan.runs[from.run]!;
        const reading = run.readings[from.reading]!;
        if ('cycle' in reading) expect(reading.cycle).toBeLessThanOrEqual(run.cycles);
      }
    }
    expect(plan.runs.length).toBeGreaterThan(row.table === 'B3' ? 1 : 0);
    expect(plan.interlayer === null).toBe(row.table !== 'B3');
  });

  test('those of A1 give one efficiency each; B3 gives all its resistances, without and with', () => {
    const ofTable = (table: string) =>
      rows.filter((row) => row.table === table).flatMap((row) => planned(row).quantities);
    const a1 = ofTable('A1');
    expect(a1).toHaveLength(27);
    expect(a1.filter(({ scoredAs }) => scoredAs === 'efficiency')).toHaveLength(27);
    const b3 = ofTable('B3');
    expect(b3.length).toBeGreaterThan(30);
    const resistances = b3.filter(({ scoredAs }) => scoredAs === 'solid-resistance');
    expect(resistances).toHaveLength(14);
    expect(resistances.every(({ from }) => from !== null)).toBe(true);
    const bare = resistances.filter(({ quantity }) => quantity.endsWith('without_interlayer'));
    expect(bare).toHaveLength(6);
    expect(bare.filter(({ note }) => note.includes('Capacitance tells them apart'))).toHaveLength(4);
    expect(b3.filter(({ quantity }) => quantity === 'critical_current').map(({ reported }) => reported)).toEqual([
      0.74, 750,
    ]);
  });
});

describe('what a number means', () => {
  test('an efficiency of A1 is the mean of the printed cycles, on copper, by the cell’s own protocol', () => {
    const plan = planOf('a1-19');
    const efficiency = quantity(plan, 'coulombic_efficiency');
    expect(plan.kinds).toEqual(['Li|Cu']);
    expect(workOf(plan, efficiency).reading).toEqual({ kind: 'efficiency', of: 'mean', cycle: 100 });
    expect(plan.runs[0]!.protocol).toBe(plan.runs[0]!.cell.protocol);
    expect(efficiency).toMatchObject({ reported: 96.3, unit: '%', bound: 'value', from: { factor: 100 } });
  });

  test('one "after" so many cycles is that of the last', () => {
    const plan = planOf('b1-26');
    const efficiency = quantity(plan, 'coulombic_efficiency');
    expect(workOf(plan, efficiency).reading).toEqual({ kind: 'efficiency', of: 'cycle', cycle: 360 });
    expect(efficiency.note).toContain('1 mA/cm2, 3 mAh/cm2');
  });

  test('a resistance after standing rests so long, whatever its column says, and Ω takes an area', () => {
    const plan = planOf('b1-26');
    for (const [name, hours] of [
      ['interfacial_resistance_before', 2],
      ['interfacial_resistance_after', 48],
    ] as const) {
      const own = quantity(plan, name);
      const { first, kind, reading } = workOf(plan, own);
      expect(first).toMatchObject({ kind: 'step', drive: { kind: 'rest' }, duration_s: 3600 * hours });
      expect([kind, reading]).toEqual(['Li|Li', { kind: 'resistance', of: 'cell', cycle: 1 }]);
      expect(own.note).toContain('without an area');
    }
  });

  test('one printed per area is computed per area, and its unit is said to be a slip', () => {
    const plan = planOf('b1-35');
    const after = quantity(plan, 'interfacial_resistance_after');
    expect(workOf(plan, after).reading).toEqual({ kind: 'resistance', of: 'area', cycle: 10 });
    expect(after.unit).toBe('Ω cm-2');
    expect(after.note).toContain('can only mean Ω cm2');
  });

  test('hours of a symmetric cell are cycles of twice the capacity over the current', () => {
    const plan = planOf('b1-35');
    const life = quantity(plan, 'life');
    expect(life).toMatchObject({ reported: 400, unit: 'h', bound: 'at-least' });
    expect(workOf(plan, life).cycles).toBe(800);
    // Its polarisation is read in the same run, at its end.
    const voltage = quantity(plan, 'polarisation');
    expect(voltage.from!.run).toBe(life.from!.run);
    expect(workOf(plan, voltage).reading).toEqual({ kind: 'polarisation', cycle: 800 });
  });

  test('an initial polarisation is that of the first cycle', () => {
    const plan = planOf('b1-41');
    expect(workOf(plan, quantity(plan, 'polarisation_initial')).reading).toEqual({ kind: 'polarisation', cycle: 1 });
  });

  test('volts are printed where volts are', () => {
    const plan = planOf('b2-63');
    const voltage = quantity(plan, 'polarisation');
    expect(voltage).toMatchObject({ reported: 0.15, unit: 'V', bound: 'at-most' });
    expect(voltage.from!.factor).toBe(1e-3);
  });

  test('a capacity that is kept is the full cell’s, and its life counts cycles', () => {
    const plan = planOf('b1-38');
    expect(workOf(plan, quantity(plan, 'capacity_retention'))).toMatchObject({
      kind: 'Li|cathode',
      reading: { kind: 'retention', cycle: 500 },
    });
    expect(workOf(plan, quantity(plan, 'life')).reading).toEqual({ kind: 'cycle-life' });
  });

  test('what is not printed is assumed, and said', () => {
    // 98.3 % at 1 mA/cm2, the capacity only with the life; 700 h at 0.5 mA/cm2 without any.
    expect(quantity(planOf('b1-27'), 'coulombic_efficiency').note).toMatch(/No capacity is printed with it.*0\.5 mAh/);
    expect(quantity(planOf('b1-27'), 'coulombic_efficiency').note).toContain('No number of cycles is printed');
    expect(quantity(planOf('b1-37'), 'life').note).toContain('No capacity is printed: 1 mAh/cm2 is assumed.');
  });

  test('the source’s own slips are told beside the number', () => {
    expect(quantity(planOf('b1-26'), 'interfacial_resistance_after').note).toContain('it was not cycled');
  });
});

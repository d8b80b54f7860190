import { describe, expect, test } from 'vitest';
import { builtInCell, parseCell, parseProtocol } from '../cells/index.ts';
import type { SimulationResult } from './contract.ts';
import { createCycleJumper, cyclesBetween } from './cycle-jump.ts';
import { simulate } from './simulate.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const loss = ({ cycles }: SimulationResult): number =>
  mean(cycles.slice(0, -1).map(({ coulombic_efficiency }) => 1 - coulombic_efficiency!));

describe.each(['li-cu-carbonate', 'li-cu-ether-nitrate', 'li-cu-lhce', 'li-li-ether-nitrate', 'li-lfp', 'b1-38'])(
  '%s, 300 cycles',
  (id) => {
    const cell = builtInCell(id);
    const foil_um = cell.counter.lithiumThickness_m * 1e6;
    const run = (jump: boolean): SimulationResult =>
      simulate(cell, cell.protocol!, { model: 'fast', detail: 'ends', cycles: 300, jump });
    const [exact, jumped] = [run(false), run(true)];

    test('fewer cycles are computed, and as many are told', () => {
      expect(jumped.work.steps).toBeLessThan(exact.work.steps / 2);
      expect(jumped.stop.kind).toBe(exact.stop.kind);
      expect(Math.abs(jumped.cycles.length - exact.cycles.length)).toBeLessThanOrEqual(0.02 * exact.cycles.length);
      expect(jumped.cycles.map(({ cycle }) => cycle)).toEqual(jumped.cycles.map((_, k) => k + 1));
    });

    test('lithium, charge, salt, solvent and additives are all kept', () => {
      for (const drift of Object.values(jumped.conservation)) expect(drift).toBeLessThan(1e-9);
    });

    test('the end is near the end that every cycle computed gives', () => {
      if (cell.kind === 'Li|Cu') expect(Math.abs(Math.log10(loss(jumped) / loss(exact)))).toBeLessThan(0.02);
      const [a, b] = [exact.cycles.at(-2)!, jumped.cycles.at(-2)!];
      expect(b.interfacial_resistance_ohm_cm2 / a.interfacial_resistance_ohm_cm2).toBeCloseTo(1, 1);
      expect(Math.abs(b.counter_lithium_um - a.counter_lithium_um)).toBeLessThan(
        0.05 * (foil_um - a.counter_lithium_um) + 1,
      );
      expect(jumped.cycles.at(-1)!.end_s / exact.cycles.at(-1)!.end_s).toBeCloseTo(1, 1);
    });
  },
);

test('a cell that dies, dies in the same cycle or the next', () => {
  const cell = parseCell({
    limetal: 1,
    id: 'thin',
    name: 'thin',
    area: '1 cm2',
    working: { kind: 'foil', material: 'Cu' },
    counter: { kind: 'lithium', thickness: '60 µm' },
    electrolyte: '1 M LiPF6 in EC/DEC (1:1 w/w)',
    amount: '2 mL',
    protocol: ['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 until 1 V', 'repeat 2000'],
  });
  const [exact, jumped] = [false, true].map((jump) =>
    simulate(cell, cell.protocol!, { model: 'fast', detail: 'ends', jump }),
  );
  expect(exact!.stop.kind).toBe('lithium-exhausted');
  expect(jumped!.stop.kind).toBe('lithium-exhausted');
  expect(Math.abs(jumped!.cycles.length - exact!.cycles.length)).toBeLessThanOrEqual(2);
  // The last cycle that came to its end lies beside the cut one, which shapes none of those before it.
  const last = jumped!.cycles.at(-2)!;
  expect(last.plated_mAh_per_cm2).toBeCloseTo(1, 6);
});

test('cycles that are not all alike are computed one by one', () => {
  const cell = builtInCell('li-cu-carbonate');
  const protocol = parseProtocol([
    'Plate at 1 mA/cm2 for 1 mAh/cm2',
    'Strip at 1 mA/cm2 until 1 V',
    'repeat 30',
    'Plate at 2 mA/cm2 for 1 mAh/cm2',
    'Strip at 2 mA/cm2 until 1 V',
    'repeat 30',
  ]);
  const [plain, jumped] = [false, true].map((jump) =>
    simulate(cell, protocol, { model: 'fast', detail: 'ends', jump }),
  );
  expect(jumped!.cycles).toEqual(plain!.cycles);
});

test('a cycle whose means are wanted is computed, whatever lies around it', () => {
  const cell = builtInCell('li-li-ether-nitrate');
  const options = { model: 'fast', detail: 'ends', cycles: 120, jump: true } as const;
  const { cycles } = simulate(cell, cell.protocol!, { ...options, meansIn: [1, 57] });
  const plain = simulate(cell, cell.protocol!, { ...options, jump: false });
  expect(cycles.filter(({ polarisation_mV }) => polarisation_mV !== null).map(({ cycle }) => cycle)).toEqual([1, 57]);
  expect(cycles[56]!.polarisation_mV! / plain.cycles[56]!.polarisation_mV!).toBeCloseTo(1, 1);
});

describe('the jumper', () => {
  const { state } = simulate(builtInCell('li-cu-carbonate'), parseProtocol(['Rest for 1 h']), { model: 'fast' });

  test('waits for two cycles alike, then takes larger and larger leaps, within what is left to do', () => {
    const own = structuredClone(state);
    const jumper = createCycleJumper(own);
    const cycle = (lost: number): number => {
      own.counter.deadLithium_mol_per_m2 += lost;
      own.counter.lithium_mol_per_m2 -= lost;
      return jumper.after(1000);
    };
    expect(cycle(1e-4)).toBe(0);
    const first = cycle(1e-4);
    const second = cycle(1e-4);
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    // Everything moves by the same cycles.
    const all = 3 + first + second;
    expect(own.counter.deadLithium_mol_per_m2).toBeCloseTo(all * 1e-4, 12);
    expect(own.counter.lithium_mol_per_m2).toBeCloseTo(state.counter.lithium_mol_per_m2 - all * 1e-4, 12);
    // A cycle that loses twice as much has not settled.
    expect(cycle(2e-4)).toBe(0);
  });

  test('never takes a stock below nothing, nor over the end', () => {
    const own = structuredClone(state);
    const jumper = createCycleJumper(own);
    const use = own.counter.lithium_mol_per_m2 / 40;
    let cycles = 0;
    while (own.counter.lithium_mol_per_m2 > 1.01 * use && cycles < 100) {
      own.counter.lithium_mol_per_m2 -= use;
      own.counter.deadLithium_mol_per_m2 += use;
      cycles += 1 + jumper.after(1000);
      expect(own.counter.lithium_mol_per_m2).toBeGreaterThanOrEqual(-1e-12);
    }
    expect(cycles).toBe(39);
    expect(jumper.after(0)).toBe(0);
  });
});

test('between two cycles every number lies on a straight line, and what is none is kept', () => {
  const { cycles } = simulate(builtInCell('li-cu-carbonate'), builtInCell('li-cu-carbonate').protocol!, {
    model: 'fast',
    cycles: 2,
  });
  const [first, last] = [cycles[0]!, { ...cycles[1]!, cycle: 5 }];
  const between = cyclesBetween(first, last);
  expect(between.map(({ cycle }) => cycle)).toEqual([2, 3, 4]);
  const middle = between[1]!;
  expect(middle.end_s).toBeCloseTo((first.end_s + last.end_s) / 2, 9);
  expect(middle.overpotential_mV.ohmic).toBeCloseTo(
    (first.overpotential_mV.ohmic! + last.overpotential_mV.ohmic!) / 2,
    9,
  );
  expect(middle.model).toBe('fast');
  expect(cyclesBetween(first, { ...last, cycle: 2 })).toEqual([]);
});

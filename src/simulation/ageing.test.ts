import { describe, expect, test } from 'vitest';
import { type Ageing, type Cell, parseProtocol, type SideAgeing } from '../cells/index.ts';
import { hostAmount_mol_per_m2 } from '../physics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../units/index.ts';
import { ageingOf, ceramic, coatingOf, everything, platingOf, sideAgeing, WORKED } from './ageing.test-tool.ts';
import type { CycleSummary } from './contract.ts';
import { cathode, cellOf, copper, film, foil } from './limits.test-tool.ts';
import { simulate } from './simulate.ts';

const PLATE = 'Plate at 1 mA/cm2 for 1 mAh/cm2';
const EMPTY = 'Strip at 1 mA/cm2 until 1 V';
const BACK = 'Strip at 1 mA/cm2 for 1 mAh/cm2';

const thick = { ...foil, lithiumThickness_m: 5e-3 };

/** Li|Cu whose sides age alike, with more lithium and electrolyte than it needs. */
function onCopper(side: Partial<SideAgeing>, change: Partial<Ageing> = {}, cell: Partial<Cell> = {}): Cell {
  const both = sideAgeing(side);
  const ageing = ageingOf({ working: both, counter: both, ...change });
  return cellOf({ kind: 'Li|Cu', counter: thick, working: copper, electrolyteVolume_m3: 1e-6, ageing, ...cell });
}

function cyclesOf(cell: Cell, steps: readonly string[], times = 1): readonly CycleSummary[] {
  const run = simulate(cell, parseProtocol([...steps, `repeat ${times}`]), { model: 'fast' });
  for (const drift of Object.values(run.conservation)) expect(drift).toBeLessThan(1e-9);
  return run.cycles;
}

const lost = (cycle: CycleSummary, cause: string): number => cycle.losses_mAh_per_cm2[`${cause}_working`]!;

describe('the assembled efficiency (spec E6) comes out of the run', () => {
  test.each(Object.keys(WORKED) as (keyof typeof WORKED)[])('%s at 1 mAh/cm2', (name) => {
    for (const model of ['fast', 'full'] as const) {
      const run = simulate(onCopper({ plating: platingOf(name) }), parseProtocol([PLATE, EMPTY]), { model });
      expect(Math.abs(100 * run.cycles[0]!.coulombic_efficiency! - WORKED[name][3])).toBeLessThan(0.1);
    }
  });

  test('Li⁰ outweighs Li⁺ in a poor electrolyte and not in a good one', () => {
    const ratio = (name: keyof typeof WORKED): number => {
      const { dead_lithium_mAh_per_cm2: dead, lithium_ions_lost_mAh_per_cm2: ions } = cyclesOf(
        onCopper({ plating: platingOf(name) }),
        [PLATE, EMPTY],
      )[0]!.ageing!;
      return dead.working! / ions.working!;
    };
    expect(ratio('ether')).toBeGreaterThan(3);
    expect(ratio('LHCE')).toBeLessThan(0.6);
  });
});

describe('one half-cycle', () => {
  test('in ten steps costs what it costs in one', () => {
    const cell = onCopper({ film: { fractureStrain: 0.05, weibullModulus: 2 } });
    const whole = cyclesOf(cell, [PLATE, EMPTY])[0]!;
    const parts = cyclesOf(cell, [...Array(10).fill('Plate at 1 mA/cm2 for 0.1 mAh/cm2'), EMPTY])[0]!;
    for (const cause of ['fresh_surface', 'cracking', 'dead']) {
      expect(lost(parts, cause) / lost(whole, cause), cause).toBeCloseTo(1, 2);
    }
  });

  test('nothing plated costs nothing: the face is paid as it is covered', () => {
    const [cycle] = cyclesOf(onCopper({}), ['Plate at 1 mA/cm2 for 0.001 mAh/cm2', EMPTY]);
    // 4.85 nm cover 1 − e^{−0.0485} of the face; sides add 4h/d.
    const charge = 50 * (1 - Math.exp(-0.0485) + (4 * 4.85e-9) / 1.5e-6);
    expect(lost(cycle!, 'fresh_surface')).toBeCloseTo(charge / 36_000, 6);
  });
});

describe('copper', () => {
  const substrate = {
    nucleationOverpotential_V: 0.04,
    referenceOverpotential_V: 0.04,
    memoryExponent: 0.3,
    firstCharge_C_per_m2: 1800,
  };

  test('takes its first film once, as far as there is lithium', () => {
    const cycles = cyclesOf(onCopper({ substrate }), ['Plate at 1 mA/cm2 for 0.03 mAh/cm2', EMPTY], 4);
    const films = cycles.map((cycle) => lost(cycle, 'first_film'));
    expect(films[0]).toBeGreaterThan(0.02);
    expect(films.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0.05, 6);
    expect(films[3]).toBe(0);
  });

  test('needs an overpotential for nuclei, which a lithiophilic one does not, and shapes the deposit', () => {
    const of = (nucleationOverpotential_V: number, model: 'fast' | 'full') =>
      simulate(onCopper({ substrate: { ...substrate, nucleationOverpotential_V } }), parseProtocol([PLATE, EMPTY]), {
        model,
      }).cycles[0]!;
    for (const model of ['fast', 'full'] as const) {
      expect(of(0.04, model).nucleation_overpotential_mV!).toBeGreaterThan(30);
      expect(of(0.04, model).nucleation_overpotential_mV!).toBeLessThan(42);
      expect(of(0, model).nucleation_overpotential_mV!).toBeLessThan(8);
    }
    expect(
      of(0, 'fast').ageing!.deposit_size_um.working! / of(0.04, 'fast').ageing!.deposit_size_um.working!,
    ).toBeCloseTo(8 ** 0.3, 6);
  });

  test('seeds do not matter once lithium is never fully stripped', () => {
    const cell = (nucleationOverpotential_V: number) =>
      onCopper({ substrate: { ...substrate, nucleationOverpotential_V } });
    const partial = [PLATE, 'Strip at 1 mA/cm2 for 0.5 mAh/cm2'];
    const [a, b] = [cell(0), cell(0.04)].map((one) =>
      cyclesOf(one, partial, 2).map((cycle) => cycle.ageing!.deposit_size_um.working!),
    );
    expect(a![0]! / b![0]!).toBeGreaterThan(1.5);
    expect(a![1]! / b![1]!).toBeCloseTo(1, 12);
  });

  test('corrodes what lies on it, more slowly with time; some of that returns with each cycle', () => {
    const galvanic = { currentDensity_A_per_m2: 0.02, decayTime_s: 3600, areaRatio: 3, renewedPerCycle: 0 };
    const steps = [PLATE, 'Rest for 1 h', EMPTY];
    const booked = (renewedPerCycle: number) =>
      cyclesOf(onCopper({ galvanic: { ...galvanic, renewedPerCycle } }), steps, 3).map((cycle) =>
        lost(cycle, 'galvanic'),
      );
    const kept = booked(0);
    // Lithium lies there during plating and rest, 2 h: 2·A·j·τ·(√3 − 1).
    expect(kept[0]).toBeCloseTo((2 * 3 * 0.02 * 3600 * (Math.sqrt(3) - 1)) / 36_000, 6);
    expect(kept[2]!).toBeLessThan(kept[1]!);
    expect(kept[1]!).toBeLessThan(kept[0]!);
    expect(booked(1)[2]).toBeCloseTo(kept[0]!, 6);
  });
});

describe('a host', () => {
  const host = {
    name: 'host',
    thickness_m: 10e-6,
    porosity: 0.9,
    areaRatio: 10,
    heightFluctuation: 0.2,
    contactShare: 0,
    encapsulatedFraction: 0,
    shellFailurePerCycle: 0,
    galvanic: false,
    poreSize_m: 3e-5,
  };
  const plating = { ...platingOf('carbonate'), depositSizeExponent: 0.5 };
  const lossOf = (change: Partial<typeof host>, capacity: number): number => {
    const [cycle] = cyclesOf(onCopper({ plating, host: { ...host, ...change } }), [
      `Plate at 1 mA/cm2 for ${capacity} mAh/cm2`,
      EMPTY,
    ]);
    return (lost(cycle!, 'dead') + lost(cycle!, 'fresh_surface')) / capacity;
  };

  test('spreads the current and makes larger features, until it is full and plates on top', () => {
    const capacity = (hostAmount_mol_per_m2(0.9, 10e-6) * F) / 36_000;
    const foilLoss = (() => {
      const [cycle] = cyclesOf(onCopper({ plating }), ['Plate at 1 mA/cm2 for 1.8 mAh/cm2', EMPTY]);
      return (lost(cycle!, 'dead') + lost(cycle!, 'fresh_surface')) / 1.8;
    })();
    expect(capacity).toBeCloseTo(1.855, 2);
    expect(lossOf({}, 1.8)).toBeLessThan(0.6 * foilLoss);
    const beyond = lossOf({}, 3.6);
    expect(beyond).toBeGreaterThan(1.2 * lossOf({}, 1.8));
    expect(beyond).toBeLessThan(foilLoss);
  });

  test('films its walls once: later cycles pay for cracks, and for what they film beyond', () => {
    const cell = onCopper({ plating, host });
    const freshIn = (steps: readonly string[], cycles = 1) =>
      cyclesOf(cell, steps, cycles).map((cycle) => lost(cycle, 'fresh_surface'));
    const [first, second] = freshIn([PLATE, EMPTY], 2);
    expect(first).toBeGreaterThan(0);
    expect(second).toBeLessThan(1e-12);
    // What was filmed before does not cost again when more is plated: together as much as the larger deposit alone.
    const larger = 'Plate at 1 mA/cm2 for 1.5 mAh/cm2';
    expect(freshIn([PLATE, EMPTY, larger, EMPTY])[0]! / freshIn([larger, EMPTY])[0]!).toBeCloseTo(1, 3);
  });

  test('with small pores makes small features', () => {
    expect(lossOf({ poreSize_m: 1e-6 }, 1)).toBeGreaterThan(2 * lossOf({}, 1));
  });

  test('that shuts lithium in loses less, until its shells have failed', () => {
    const closed = { ...host, encapsulatedFraction: 0.9, shellFailurePerCycle: 0.1 };
    const cycles = cyclesOf(onCopper({ plating, host: closed }), [PLATE, EMPTY], 40);
    const [first, last] = [cycles[1]!, cycles.at(-1)!].map((cycle) => lost(cycle, 'dead'));
    expect(first).toBeLessThan(0.35 * last!);
    expect(last! / lossOf({}, 1)).toBeGreaterThan(0.5);
  });
});

describe('a coating', () => {
  const tough = { ...ceramic, conductivity_S_per_m: 1e-3, fractureStrain: 10 };

  test('keeps electrolyte from fresh lithium where it covers', () => {
    const coating = coatingOf({ layers: [tough], pinholeFraction: 0.1, barrier: 0.9 });
    const [bare, coated] = [null, coating].map((one) =>
      lost(cyclesOf(onCopper({ coating: one }), [PLATE, EMPTY])[0]!, 'fresh_surface'),
    );
    expect(coated! / bare!).toBeCloseTo(1 - 0.9 * 0.9, 6);
  });

  test('in two layers cracks only where both do', () => {
    const polymer = { ...tough, fractureStrain: 3, weibullModulus: 2 };
    const brittle = { ...ceramic, thickness_m: 1e-6, conductivity_S_per_m: 1e-2 };
    const intact = (layers: readonly (typeof ceramic)[]): number =>
      cyclesOf(onCopper({ coating: coatingOf({ layers, pinholeFraction: 0 }) }), [PLATE, EMPTY], 3).at(-1)!.ageing!
        .coating_intact.working!;
    expect(intact([brittle])).toBeLessThan(0.01);
    expect(intact([brittle, polymer])).toBeGreaterThan(0.95);
  });

  test('that lithium consumes is gone after L²/k²', () => {
    const coating = coatingOf({ layers: [tough], consumption_m_per_sqrt_s: 1e-7 / Math.sqrt(5 * 7000) });
    const cycles = cyclesOf(onCopper({ coating }), [PLATE, EMPTY], 8);
    const covered = cycles.map((cycle) => cycle.ageing!.coating_intact.working!);
    expect(covered[2]).toBeCloseTo(0.98, 6);
    expect(covered.at(-1)).toBe(0);
  });

  test('bears the current through its holes if it must: its resistance is that of both ways side by side', () => {
    const native = { ...film, thickness_m: 1e-8, conductivity_S_per_m: 1e-5 };
    const coating = coatingOf({ layers: [{ ...ceramic, conductivity_S_per_m: 1e-9 }], pinholeFraction: 0.02 });
    const side = sideAgeing({
      coating,
      plating: { ...platingOf('LHCE'), depositSize_m: 3e-5, interphaseCharge_C_per_m2: 1e-9 },
    });
    const cell = cellOf({
      counter: { ...thick, interphase: [native] },
      working: { ...thick, interphase: [native] },
      ageing: ageingOf({ counter: side, working: side }),
    });
    const [cycle] = cyclesOf(cell, ['Plate at 0.001 mA/cm2 for 0.00001 mAh/cm2']);
    // Two sides of 1 mΩ m² through 2 % of the surface, and charge transfer RT/(F·j0) each.
    const kinetic = (8.314462618 * 298.15) / (96485.33212 * 100);
    const expected = 2e4 * (1 / (0.98 / (1e-3 + 100) + 0.02 / 1e-3) + kinetic);
    expect(cycle!.interfacial_resistance_ohm_cm2 / expected).toBeCloseTo(1, 2);
  });
});

describe('the electrolyte', () => {
  const additive = {
    name: 'FEC',
    concentration_mol_per_m3: 50,
    reserve_mol_per_m3: 0,
    electrons: 2,
    interphaseShare: 0.4,
  };
  const plating = platingOf('carbonate + FEC');
  const withoutFec = { plating, platingWithoutAdditives: platingOf('carbonate') };

  test('pays for the interphase: solvent and additive by their electrons', () => {
    const run = simulate(onCopper(withoutFec, { additives: [additive] }), parseProtocol([PLATE, EMPTY, 'repeat 5']), {
      model: 'fast',
    });
    const { state, cycles } = run;
    const ions = cycles.reduce(
      (sum, { ageing }) =>
        sum + ageing!.lithium_ions_lost_mAh_per_cm2.working! + ageing!.lithium_ions_lost_mAh_per_cm2.counter,
      0,
    );
    const charge = ions * 36_000;
    expect(state.ageing!.interphaseCharge_C_per_m2 / charge).toBeCloseTo(1, 9);
    expect((state.ageing!.additiveConsumed_mol_per_m2[0]! * 2 * F) / charge).toBeCloseTo(0.4, 9);
    expect((state.ageing!.solventConsumed_mol_per_m2 * F) / charge).toBeCloseTo(0.6, 9);
    const left = 1e-6 / 1e-4 - (0.6 * charge * 8e-5) / F;
    expect(state.ageing!.electrolyte_m / left).toBeCloseTo(1, 12);
  });

  test('without its additive is what it was without it; a saturated one lasts longer', () => {
    const small = { electrolyteVolume_m3: 6e-8 };
    const worse = cyclesOf(onCopper(withoutFec, { additives: [additive] }, small), [PLATE, EMPTY], 120);
    expect(worse[2]!.coulombic_efficiency!).toBeCloseTo(0.977, 2);
    expect(worse.at(-1)!.ageing!.additive_left.FEC).toBe(0);
    expect(worse.at(-1)!.coulombic_efficiency!).toBeCloseTo(0.901, 2);
    const saturated = { ...additive, reserve_mol_per_m3: 500 };
    const better = cyclesOf(onCopper(withoutFec, { additives: [saturated] }, small), [PLATE, EMPTY], 120);
    expect(better.at(-1)!.coulombic_efficiency!).toBeCloseTo(0.977, 2);
  });

  test('that runs out leaves pores dry: the voltage rises, the deposit becomes finer, nothing goes below nothing', () => {
    const cycles = cyclesOf(onCopper({}, {}, { electrolyteVolume_m3: 2e-9, voltage_V_min: -10 }), [PLATE, EMPTY], 60);
    const first = cycles[0]!;
    const dry = cycles.find((cycle) => cycle.ageing!.wetted_fraction < 0.4)!;
    const resistance = ({ overpotential_mV }: CycleSummary): number => overpotential_mV.ohmic!;
    expect(resistance(dry)).toBeGreaterThan(4 * resistance(first));
    expect(dry.ageing!.deposit_size_um.working!).toBeLessThan(0.8 * first.ageing!.deposit_size_um.working!);
    expect(cycles.at(-1)!.ageing!.electrolyte_left).toBeGreaterThan(-1e-9);
    expect(cycles.at(-1)!.ageing!.wetted_fraction).toBeLessThan(0.3);
  });
});

describe('what dies', () => {
  test('forms a layer that ions must cross: polarisation rises with it, and not for want of area', () => {
    const side = sideAgeing();
    const cell = cellOf({
      counter: thick,
      working: thick,
      electrolyteVolume_m3: 1e-6,
      ageing: ageingOf({ counter: side, working: side }),
    });
    const cycles = cyclesOf(cell, [PLATE, BACK], 100);
    const layers = cycles.map((cycle) => cycle.ageing!.dead_layer_um.working!);
    // 8 % of 4.85 µm and the shells of 13.9 times the face, 40 % dense, in each cycle.
    const dead_m = 0.08 * 4.85e-6;
    const shells_m = (50 * (1 + (4 * 4.85e-6) / 1.5e-6)) / (F * 5e4);
    expect((layers[60]! - layers[10]!) / 50 / (1e6 * ((dead_m + shells_m) / 0.4))).toBeCloseTo(1, 2);
    const [early, late] = [cycles[10]!, cycles[99]!];
    expect(late.polarisation_mV!).toBeGreaterThan(1.5 * early.polarisation_mV!);
    const rise =
      late.overpotential_mV.ohmic! +
      late.overpotential_mV.concentration! -
      early.overpotential_mV.ohmic! -
      early.overpotential_mV.concentration!;
    expect(rise).toBeGreaterThan(0.8 * (late.polarisation_mV! - early.polarisation_mV!));
  });

  test('can be reached again', () => {
    const cell = (recoveredDeadFraction: number) => onCopper({}, { recoveredDeadFraction });
    const dead = (fraction: number): number =>
      cyclesOf(cell(fraction), [PLATE, EMPTY], 80).reduce((sum, cycle) => sum + lost(cycle, 'dead'), 0);
    // What dies in a cycle is given back at 10 % of what lies there: a stationary amount.
    expect(dead(0.1) / (0.08 * 10)).toBeCloseTo(1, 0);
    expect(dead(0)).toBeGreaterThan(6);
  });
});

test('a deposit adds area: resistance and polarisation fall from the first cycle to the next', () => {
  const side = sideAgeing();
  const interphase = [{ ...film, conductivity_S_per_m: 1e-6 }];
  const lithium = { ...thick, interphase };
  const cell = cellOf({
    counter: lithium,
    working: lithium,
    electrolyteVolume_m3: 1e-6,
    ageing: ageingOf({ counter: side, working: side }),
  });
  for (const model of ['fast', 'full'] as const) {
    const { record, cycles } = simulate(cell, parseProtocol([PLATE, BACK]), { model });
    const first = Math.abs(record.voltage_V[0]!);
    expect(cycles[0]!.polarisation_mV! / 1e3).toBeLessThan(0.6 * first);
  }
});

test('lithium on both sides pays, and what one loses the other does not', () => {
  const cell = cellOf({
    counter: thick,
    working: thick,
    electrolyteVolume_m3: 1e-6,
    ageing: ageingOf({ counter: sideAgeing({ plating: platingOf('LHCE') }), working: sideAgeing() }),
  });
  const cycles = cyclesOf(cell, [PLATE, BACK], 3);
  const { dead_lithium_mAh_per_cm2: dead, lithium_ions_lost_mAh_per_cm2: ions } = cycles[2]!.ageing!;
  expect(dead.working! + ions.working!).toBeCloseTo(0.099, 2);
  expect(dead.counter + ions.counter).toBeCloseTo(0.007, 2);
});

describe('nothing is lost', () => {
  const growing = { ...film, growth: { kind: 'transport-limited', k_m_per_sqrt_s: 3e-11 }, saltFraction: 0.2 } as const;
  const lithium = { ...foil, interphase: [growing], lithiumThickness_m: 0.2 };
  const bare = { ...copper, interphase: [growing] };
  const much = { electrolyteVolume_m3: 1e-7 };
  const all = everything();
  const little = 'Plate at 1 mA/cm2 for 0.1 mAh/cm2';
  const cells: readonly [string, Cell, readonly string[]][] = [
    [
      'Li|Cu',
      cellOf({ kind: 'Li|Cu', counter: lithium, working: bare, ageing: all, ...much }),
      [little, 'Rest for 10 min', EMPTY],
    ],
    [
      'Li|Li',
      cellOf({ counter: lithium, working: lithium, ageing: all, ...much }),
      [little, 'Rest for 10 min', 'Strip at 1 mA/cm2 for 0.1 mAh/cm2'],
    ],
    [
      'Li|cathode',
      cellOf({ kind: 'Li|cathode', counter: lithium, working: cathode, ageing: { ...all, working: null }, ...much }),
      ['Charge at 0.2 mA/cm2 until 4.05 V', 'Hold at 4.05 V for 5 min', 'Discharge at 0.2 mA/cm2 until 3.6 V'],
    ],
    [
      'Cu|cathode',
      cellOf({ kind: 'Cu|cathode', counter: bare, working: cathode, ageing: { ...all, working: null }, ...much }),
      ['Charge at 0.2 mA/cm2 until 4.05 V', 'Discharge at 0.2 mA/cm2 until 3.6 V'],
    ],
  ];
  test.each(cells)('%s over 1000 fast cycles with everything on', (_kind, cell, steps) => {
    const run = simulate(cell, parseProtocol([...steps, 'repeat 1000']), { model: 'fast' });
    expect(run.cycles).toHaveLength(1000);
    for (const drift of Object.values(run.conservation)) expect(drift).toBeLessThan(1e-9);
  });

  test.each(cells)('%s over 15 full cycles with everything on', (_kind, cell, steps) => {
    const mesh = { separatorNodes: 8, cathodeNodes: 8, particleNodes: 8 };
    const run = simulate({ ...cell, mesh }, parseProtocol([...steps, 'repeat 15']), { model: 'full' });
    expect(run.cycles).toHaveLength(15);
    for (const drift of Object.values(run.conservation)) expect(drift).toBeLessThan(1e-9);
  });

  test('when fast and full take turns', () => {
    const [, cell, steps] = cells[0]!;
    const run = simulate(cell, parseProtocol([...steps, 'repeat 6']), { model: 'fast', fullCycles: [2, 4, 5] });
    expect(run.cycles).toHaveLength(6);
    for (const drift of Object.values(run.conservation)) expect(drift).toBeLessThan(1e-9);
  });
});

test('a cell without ageing has none: no state, no losses by other names, the same voltage', () => {
  const cell = cellOf({ kind: 'Li|Cu', counter: thick, working: { ...copper, interphase: [film] } });
  const run = simulate(cell, parseProtocol([PLATE, EMPTY]), { model: 'fast' });
  expect(run.state.ageing).toBeNull();
  expect(run.cycles[0]!.ageing).toBeNull();
  expect(Object.keys(run.cycles[0]!.losses_mAh_per_cm2)).toEqual([
    'interphase_growth_working',
    'left_on_working',
    'interphase_growth_counter',
  ]);
  expect(run.state.working!.deadLithium_mol_per_m2 * LITHIUM_MOLAR_VOLUME_m3_per_mol).toBe(0);
});

test('a film whose lithium is said to come from salt alone still costs the metal an electron for each anion', () => {
  const interphase = [{ ...film, saltFraction: 1 }];
  const cell = onCopper({}, {}, { counter: { ...thick, interphase }, working: { ...copper, interphase } });
  const run = simulate(cell, parseProtocol([PLATE, EMPTY, 'repeat 3']), { model: 'fast' });
  for (const drift of Object.values(run.conservation)) expect(drift).toBeLessThan(1e-9);
  const { interphaseLithiumFromMetal_mol_per_m2: metal, interphaseLithiumFromSalt_mol_per_m2: salt } =
    run.state.working!;
  expect(salt / metal).toBeCloseTo(1, 9);
});

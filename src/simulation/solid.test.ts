import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, parseCell, parseProtocol } from '../cells/index.ts';
import { constrictionResistance_ohm_m2, replenishment_A_per_m2 } from '../physics/index.ts';
import { F, R } from '../units/index.ts';
import { compileCell } from './compile.ts';
import type { SimulateOptions, SimulationResult } from './contract.ts';
import { createMetalSide, solidFace } from './metal-side.ts';
import { simulate } from './simulate.ts';

const lithium = { kind: 'lithium', thickness: '250 µm' };
const symmetric = (side: object = {}, electrolyte: unknown = 'LLZTO', more: object = {}): Cell =>
  parseCell({
    limetal: 1,
    name: 'solid',
    area: '1 cm2',
    working: { ...lithium, ...side },
    counter: { ...lithium, ...side },
    electrolyte,
    ...more,
  });
const run = (cell: Cell, steps: readonly string[], options: SimulateOptions = {}): SimulationResult =>
  simulate(cell, parseProtocol(steps), { model: 'fast', ...options });
const CYCLE = ['Plate at 0.2 mA/cm2 for 1 h', 'Rest for 1 h', 'Strip at 0.2 mA/cm2 for 1 h', 'repeat 3'];
const ohm_cm2 = (resistance_ohm_m2: number): number => 1e4 * resistance_ohm_m2;

describe('the face of a solid electrolyte', () => {
  test('with full contact has charge transfer alone, and the voltage is that of resistances in series', () => {
    const cell = symmetric({ contact: { fraction: 1 } });
    const { cycles, record } = run(cell, ['Plate at 0.01 mA/cm2 for 10 s']);
    const transfer = (R * 298.15) / (F * cell.counter.kinetics.exchangeCurrent_A_per_m2);
    expect(cycles[0]!.solid!.resistance_ohm_cm2.working).toBeCloseTo(ohm_cm2(transfer) + filmOf(cell), 9);
    const pellet = cell.separator.thickness_m / cell.electrolyte.conductivity_S_per_m!;
    const sum = pellet + 2 * (cycles[0]!.solid!.resistance_ohm_cm2.working! / 1e4);
    expect(record.voltage_V.at(-1)! / (-0.1 * sum)).toBeCloseTo(1, 3);
  });

  /** The first interphase, Ω cm2. */
  const filmOf = ({ counter }: Cell): number =>
    counter.interphase.reduce((total, layer) => total + ohm_cm2(layer.thickness_m / layer.conductivity_S_per_m), 0);

  test('with poor contact is E8: spots carry charge transfer and film, and the current spreads from them', () => {
    const cell = symmetric({ contact: { fraction: 0.05 }, interlayer: 'gel' });
    const { counter } = run(cell, ['Rest for 1 s']).cycles[0]!.solid!.resistance_ohm_cm2;
    const [gel] = cell.solid!.counter.interlayer;
    const own = cell.solid!.counter.contact;
    const transfer = (R * 298.15) / (F * cell.counter.kinetics.exchangeCurrent_A_per_m2);
    const spread = constrictionResistance_ohm_m2(0.05, own.spotRadius_m, cell.electrolyte.conductivity_S_per_m!);
    const layers = gel!.thickness_m / gel!.conductivity_S_per_m + gel!.remainingResistance_ohm_m2;
    expect(counter).toBeCloseTo((ohm_cm2(transfer) + filmOf(cell)) / 0.05 + ohm_cm2(spread + layers), 6);
  });

  test('tells its slopes exactly, by current, temperature and thickness, while voids open and close', () => {
    const cell = symmetric({ contact: { fraction: 0.2 }, interlayer: 'polymer' }, 'Li6PS5Cl');
    const { counterLaw } = compileCell(cell);
    const side = createMetalSide(cell.counter, counterLaw, null, solidFace(cell, 'counter'));
    const films = Float64Array.from(cell.counter.interphase, ({ thickness_m }) => thickness_m);
    for (const closing of [true, false]) {
      const contact = { fraction: 0.1, most: 0.2, perThickness_per_m: 2e5, from_m: 2.5e-4, closing, sign: -1 as const };
      const state = { ...EMPTY, layerThickness_m: films, contact };
      const at = (j: number, T: number, h: number): number => {
        side.wear(state, null, 1, true);
        expect(side.evaluate(j, 1000, T, h, films, 0)).toBe(true);
        return side.deltaPhi;
      };
      const [j, T, h] = [2, 305, 2.48e-4];
      const slope = (of: (x: number) => number, x: number, d: number): number => (of(x + d) - of(x - d)) / (2 * d);
      const numeric = [
        slope((x) => at(x, T, h), j, 1e-4),
        slope((x) => at(j, x, h), T, 1e-3),
        slope((x) => at(j, T, x), h, 1e-10),
      ];
      at(j, T, h);
      const exact = [side.byCurrent, side.byTemperature, side.byThickness];
      for (const [k, value] of exact.entries()) expect(value / numeric[k]!).toBeCloseTo(1, 5);
      expect(Math.sign(side.byThickness)).toBe(closing ? 1 : -1);
    }
  });

  const EMPTY = {
    lithium_mol_per_m2: 19,
    interphaseLithiumFromMetal_mol_per_m2: 0,
    interphaseLithiumFromSalt_mol_per_m2: 0,
    deadLithium_mol_per_m2: 0,
    areaRatio: 1,
    coatingIntact: 0,
    deadLayer_m: 0,
  };
});

describe('cells with a solid electrolyte', () => {
  test.each([
    ['LLZTO', {}],
    ['heat-treated LLZO', {}],
    ['Li6PS5Cl', {}],
    ['Li3PS4', { interlayer: 'LiF' }],
    ['Li7P3S11', {}],
    ['gel', {}],
    ['LiPON', {}],
    ['PEO', {}],
    ['LATP', { interlayer: 'IL' }],
    ['LAGP', { interlayer: 'polymer' }],
  ])('%s: both models agree, and nothing is lost', (electrolyte, side) => {
    const cell = symmetric(side, electrolyte, { temperature: '60 °C' });
    const [fast, full] = (['fast', 'full'] as const).map((model) => run(cell, CYCLE, { model }));
    for (const { conservation, stop } of [fast!, full!]) {
      expect(stop.kind).toBe('completed');
      expect(Math.max(...Object.values(conservation))).toBeLessThan(1e-9);
    }
    for (const [k, { polarisation_mV, solid }] of full!.cycles.entries()) {
      const own = fast!.cycles[k]!;
      expect(own.polarisation_mV! / polarisation_mV!).toBeCloseTo(1, 1.7);
      expect(own.solid!.contact_fraction.working! / solid!.contact_fraction.working!).toBeCloseTo(1, 6);
      expect(own.solid!.resistance_ohm_cm2.counter / solid!.resistance_ohm_cm2.counter).toBeCloseTo(1, 2);
    }
  });

  test('a cathode whose catholyte hardly conducts is told of: the fast model cannot follow it', () => {
    const beside = (electrolyte: string) => {
      const cell = parseCell({
        ...{ limetal: 1, name: 'cathode', area: '1 cm2', electrolyte },
        working: { kind: 'cathode', material: 'LFP' },
        counter: { kind: 'lithium', thickness: '100 µm' },
      });
      return run(cell, ['Rest for 1 min']).warnings.join();
    };
    expect(beside('LiPON')).toMatch(/lose [\d.]+ V in the pores of this cathode at C\/10/);
    expect(beside('LLZTO')).not.toContain('in the pores of this cathode');
  });

  test('a cathode beside garnet gives its capacity in both models; a catholyte is assumed and said', () => {
    const cell = parseCell({
      limetal: 1,
      name: 'Li|LFP on garnet',
      area: '1 cm2',
      working: { kind: 'cathode', material: 'LFP', capacity: '0.5 mAh/cm2' },
      counter: { ...lithium, interlayer: 'gel' },
      electrolyte: 'LLZTO',
      temperature: '60 °C',
    });
    for (const model of ['fast', 'full'] as const) {
      const { cycles, warnings, conservation } = run(
        cell,
        ['Charge at 0.2C until 3.8 V', 'Discharge at 0.2C until 2.5 V'],
        { model },
      );
      expect(cycles[0]!.discharged_mAh_per_cm2).toBeGreaterThan(0.45);
      expect(cycles[0]!.solid!.contact_fraction.working).toBeNull();
      expect(warnings.join()).toContain('catholyte');
      expect(Math.max(...Object.values(conservation))).toBeLessThan(1e-9);
    }
  });

  test('lithium is plated on bare copper and stripped again', () => {
    const cell = symmetric({}, 'LiPON', { working: { kind: 'foil', material: 'Cu' } });
    const { cycles, stop } = run(cell, ['Plate at 0.1 mA/cm2 for 1 h', 'Strip at 0.1 mA/cm2 until 1 V']);
    expect(stop.kind).toBe('completed');
    expect(cycles[0]!.coulombic_efficiency).toBeGreaterThan(0.95);
    expect(cycles[0]!.coulombic_efficiency).toBeLessThanOrEqual(1);
  });
});

describe('voids', () => {
  const contactOf = (cell: Cell, steps: readonly string[]) => run(cell, steps).cycles.at(-1)!.solid!.contact_fraction;
  const back = (cell: Cell): number =>
    replenishment_A_per_m2(cell.solid!.voids!, cell.solid!.pressure_Pa, cell.temperature_K);

  test('open where lithium is stripped, and only there', () => {
    const cell = symmetric({ contact: { fraction: 0.5 } });
    const { counter, working } = contactOf(cell, ['Plate at 0.5 mA/cm2 for 1 h']);
    expect(working).toBeCloseTo(0.5, 12);
    const excess = ((5 - back(cell)) * 3600) / cell.solid!.voids!.charge_C_per_m2;
    expect(counter).toBeCloseTo(1e-4 + (0.5 - 1e-4) * Math.exp(-excess), 9);
  });

  test('do not open below what diffusion and creep bring back, and pressure brings more', () => {
    const slow = symmetric({ contact: { fraction: 0.5 } });
    const j = (0.99 * back(slow)) / 10;
    expect(contactOf(slow, [`Strip at ${j} mA/cm2 for 5 h`]).working).toBeCloseTo(0.5, 12);
    const pressed = symmetric({ contact: { fraction: 0.5 } }, 'LLZTO', { pressure: '20 MPa' });
    expect(contactOf(pressed, ['Strip at 1 mA/cm2 for 1 h']).working).toBeCloseTo(0.5, 12);
    expect(contactOf(slow, ['Strip at 1 mA/cm2 for 1 h']).working).toBeLessThan(0.25);
  });

  test('close at rest and never beyond the contact of the start', () => {
    const cell = symmetric({ contact: { fraction: 0.5 } });
    const after = contactOf(cell, ['Strip at 0.5 mA/cm2 for 1 h']).working!;
    const rested = contactOf(cell, ['Strip at 0.5 mA/cm2 for 1 h', 'Rest for 10 h']).working!;
    const long = contactOf(cell, ['Strip at 0.5 mA/cm2 for 1 h', 'Rest for 10000 h']).working!;
    expect(rested).toBeGreaterThan(after);
    expect(long).toBeLessThanOrEqual(0.5);
    expect(long).toBeCloseTo(0.5, 6);
  });

  test('the contact within a step ends where the books put it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.8, noNaN: true }),
        fc.double({ min: 0.02, max: 1, noNaN: true }),
        (fraction, j) => {
          const cell = symmetric({ contact: { fraction } });
          const { record, cycles } = run(cell, [
            `Strip at ${j} mA/cm2 for 30 min`,
            'Rest for 1 s',
            `Strip at ${j} mA/cm2 for 1 s`,
          ]);
          const at = (row: number): number => record.voltage_V[row]!;
          const rest = Array.from(record.current_A).indexOf(0);
          // Of the voltage before and after a moment of rest only the rest's repair is between.
          expect(at(rest - 1) / at(record.voltage_V.length - 1)).toBeCloseTo(1, 2);
          expect(cycles[0]!.solid!.contact_fraction.working).toBeLessThanOrEqual(fraction);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('the interphase on a solid electrolyte', () => {
  test('grows with the root of time at rest, and its resistance with it', () => {
    const cell = symmetric({ contact: { fraction: 1 } }, 'Li6PS5Cl');
    const [layer] = cell.counter.interphase;
    if (layer!.growth.kind !== 'transport-limited') throw new Error('no growth');
    const k = layer!.growth.k_m_per_sqrt_s;
    for (const hours of [1, 10, 100]) {
      const { interphase_thickness_nm } = run(cell, [`Rest for ${hours} h`]).cycles[0]!;
      const w = Math.sqrt(layer!.thickness_m ** 2 + k * k * 3600 * hours);
      expect(interphase_thickness_nm.counter / (1e9 * w)).toBeCloseTo(1, 4);
    }
  });

  test('does not grow where electrons do not pass, nor on what lithium does not reduce', () => {
    const growthOf = (side: object, electrolyte: unknown): number => {
      const [layer] = symmetric(side, electrolyte).counter.interphase;
      return layer?.growth.kind === 'transport-limited' ? layer.growth.k_m_per_sqrt_s : 0;
    };
    expect(growthOf({}, 'LLZTO')).toBe(0);
    expect(growthOf({ interlayer: 'LiF' }, 'LAGP')).toBeLessThan(0.01 * growthOf({}, 'LAGP'));
    // An alloy lets electrons through: what lies behind it is reduced as without it.
    expect(growthOf({ interlayer: 'Al' }, 'LAGP')).toBe(growthOf({}, 'LAGP'));
    expect(growthOf({}, { solid: 'LAGP', reductionPotential: '0 V' })).toBe(0);
  });
});

describe('the critical current', () => {
  test('is told with its band when plating goes beyond it, and the run goes on', () => {
    const cell = symmetric();
    const { warnings, stop, cycles } = run(cell, ['Plate at 0.5 mA/cm2 for 6 min', 'Strip at 0.5 mA/cm2 for 6 min']);
    expect(stop.kind).toBe('completed');
    expect(warnings.filter((text) => /above the critical current .* when is not predicted/.test(text))).toHaveLength(2);
    expect(warnings.join()).toContain('necessary and does not suffice');
    expect(cycles[0]!.solid!.critical_current_mA_per_cm2!.counter).toBeLessThan(0.5);
    const treated = run(symmetric({ interlayer: 'Li-Sn' }), ['Plate at 0.1 mA/cm2 for 6 min']).warnings.join();
    expect(treated).not.toContain('critical current');
  });

  test('is none of an electrolyte that yields', () => {
    const { cycles, warnings } = run(symmetric({}, 'gel'), ['Plate at 1 mA/cm2 for 6 min']);
    expect(cycles[0]!.solid!.critical_current_mA_per_cm2).toBeNull();
    expect(warnings.join()).not.toContain('critical current');
  });
});

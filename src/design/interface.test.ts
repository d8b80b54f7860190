import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCell, parseProtocol } from '../cells/index.ts';
import { SOLID_INTERFACES } from '../materials/index.ts';
import { simulate } from '../simulation/index.ts';
import { InputError, ohm_cm2_from_ohm_m2, parseQuantity } from '../units/index.ts';
import { INTERFACE_DEFAULTS, type InterfaceAnswer, type InterfaceOptions, solidInterface } from './interface.ts';
import { INTERFACE_DRAWN } from './interface-model.ts';

const total_ohm_cm2 = (answer: InterfaceAnswer): number => ohm_cm2_from_ohm_m2(answer.resistance_ohm_m2.total.value);
const at = (electrolyte: string, more: Omit<InterfaceOptions, 'electrolyte'> = {}) =>
  solidInterface({ electrolyte, samples: 64, ...more });

function issuesOf(options: InterfaceOptions): string[] {
  try {
    solidInterface(options);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.issues.map(({ where }) => where).sort();
  }
}

describe('lithium on a solid electrolyte', () => {
  test('garnet polished in air: hundreds of Ω cm², by contact; cleaned: some; each part of the sum is told', () => {
    const polished = at('LLZO');
    expect(total_ohm_cm2(polished)).toBeGreaterThan(200);
    expect(total_ohm_cm2(polished)).toBeLessThan(2000);
    expect(total_ohm_cm2(at('heat-treated LLZO'))).toBeLessThan(20);
    const { chargeTransfer, films, constriction, interlayers, total } = polished.resistance_ohm_m2;
    const sum = chargeTransfer.value + films.value + constriction.value + interlayers.value;
    expect(sum).toBeCloseTo(total.value, 12);
    expect(polished.type).toBe('I');
  });

  test('a face that runs in a cell has the resistance that is told of it, warm and under pressure as well', () => {
    for (const { id } of SOLID_INTERFACES.electrolytes) {
      for (const interlayer of ['none', 'IL', 'ZnO', 'LiF']) {
        for (const [celsius, MPa] of [
          [25, 1],
          [60, 7],
        ] as const) {
          const face = { kind: 'lithium', thickness: '100 µm', ...(interlayer === 'none' ? {} : { interlayer }) };
          const cell = parseCell({
            ...{ limetal: 1, name: 'twins', area: '1 cm2', working: face, counter: face, electrolyte: id },
            ...{ temperature: `${celsius} °C`, pressure: `${MPa} MPa` },
          });
          // So short that no interphase grows.
          const { cycles } = simulate(cell, parseProtocol('Plate at 0.1 µA/cm2 for 0.001 s'), { model: 'fast' });
          const told = at(id, { interlayer, temperature_K: celsius + 273.15, pressure_Pa: MPa * 1e6, samples: 10 });
          const ratio = cycles[0]!.interfacial_resistance_ohm_cm2! / 2 / total_ohm_cm2(told);
          expect(Math.abs(ratio - 1), `${id}, ${interlayer}, ${celsius} °C`).toBeLessThan(1e-3);
        }
      }
    }
  });

  test('every interlayer of the review lowers the resistance of garnet, as was reported', () => {
    const bare = total_ohm_cm2(at('LLZO'));
    for (const { id } of SOLID_INTERFACES.interlayers.filter(({ rows }) => rows.length > 0)) {
      expect(total_ohm_cm2(at('LLZO', { interlayer: id })), id).toBeLessThan(bare);
    }
  });

  test('pairs of the review lie in their bands, or within a factor of four', () => {
    // Without and with, Ω cm²: rows 20, 22, 77 and 83 of table B3.
    const PAIRS = [
      ['Mg', 1000, 70],
      ['ZnO', 2000, 20],
      ['Li-C', 381, 11],
      ['graphite', 1078, 58],
    ] as const;
    for (const [interlayer, without, withIt] of PAIRS) {
      const layered = total_ohm_cm2(at('LLZO', { interlayer }));
      expect(Math.abs(Math.log10(layered / withIt)), interlayer).toBeLessThan(Math.log10(4));
      expect(Math.abs(Math.log10(total_ohm_cm2(at('LLZO')) / without))).toBeLessThan(Math.log10(4));
    }
  });

  test('types: garnet I, thiophosphates II, phosphates with a metal that is reduced III; an interlayer decides anew', () => {
    const types = ['LLZO', 'LLZTO', 'LPS', 'Li7P3S11', 'Li6PS5Cl', 'LAGP', 'LATP', 'LiPON'].map(
      (name) => at(name).type,
    );
    expect(types).toEqual(['I', 'I', 'II', 'II', 'II', 'III', 'III', 'II']);
    expect(at('LPS', { interlayer: 'LiF' }).type).toBe('II');
    expect(at('LPS', { interlayer: 'graphite' }).type).toBe('III');
  });

  test('E9 of the example, about a micrometre in a year, and parabolic: thirty times a day is √30 as much', () => {
    const { growth, profile } = at('LPS');
    expect(growth[3]!.thickness_m.value).toBeCloseTo(1.06e-6, 7);
    const [day, month] = [growth[1]!, growth[2]!].map(({ thickness_m }) => thickness_m.value) as [number, number];
    expect((month ** 2 - 25e-18) / (day ** 2 - 25e-18)).toBeCloseTo(30, 6);
    expect(profile.lithium_V.at(-1)).toBeCloseTo(1.71, 12);
    // Few electrons: they bear the drop.
    expect(profile.electrons_V.at(-1)).toBeCloseTo(1.71, 3);
    expect(at('LLZO').growth[3]!.added_ohm_m2.value).toBe(0);
  });

  test('an insulating film stops the growth by its electrons, a conducting one does not', () => {
    const year = (interlayer?: string) =>
      at('Li7P3S11', interlayer === undefined ? {} : { interlayer }).growth[3]!.thickness_m.value;
    expect(year('LiF')).toBeLessThan(0.2 * year());
    expect(year('graphite')).toBe(year());
  });

  test('argyrodite strips 1.0 mA/cm² under 7 MPa and 0.2 under 3, as was measured', () => {
    const strip = (MPa: number): number =>
      at('Li6PS5Cl', { pressure_Pa: MPa * 1e6 }).bounds.find(({ criterion }) => criterion === 'stripping')!
        .current_A_per_m2.value;
    expect(strip(3)).toBeCloseTo(2, 9);
    expect(strip(7)).toBeCloseTo(10, 1);
  });

  test('the safe current is the least of its bounds and E10 holds: 30 mV over the resistance', () => {
    const { safe_A_per_m2, bounds, binding, resistance_ohm_m2 } = at('LLZO');
    const least = Math.min(...bounds.map(({ current_A_per_m2 }) => current_A_per_m2.value));
    expect(safe_A_per_m2.value).toBe(least);
    expect(bounds.find(({ criterion }) => criterion === binding)!.current_A_per_m2.value).toBe(least);
    const plating = bounds.find(({ criterion }) => criterion === 'plating')!.current_A_per_m2.value;
    expect(plating * resistance_ohm_m2.total.value).toBeCloseTo(0.0304, 4);
    expect(at('PEO').binding).toBe('salt');
  });

  test('what can be improved is ranked by the safe current, and each step is no worse than the interface as it is', () => {
    for (const { id } of SOLID_INTERFACES.electrolytes) {
      const { improvements } = at(id);
      expect(improvements.length, id).toBeGreaterThan(0);
      const ratios = improvements.map(({ safeRatio }) => safeRatio);
      expect([...ratios].sort((a, b) => b - a)).toEqual(ratios);
      for (const one of improvements) expect(one.resistanceRatio < 1 || one.safeRatio > 1, one.change).toBe(true);
    }
    expect(at('LLZO', { film_m: 1e-7 }).improvements[0]!.change).toContain('take the film of carbonate off');
  });

  test('voids or carbonate: the same resistance, told apart by pressure, capacitance and temperature', () => {
    const [voids, film] = at('LLZO').explanations;
    expect([voids!.kind, film!.kind]).toEqual(['voids', 'film']);
    expect(voids!.pressureRatio).toBeLessThan(0.6);
    expect(film!.pressureRatio).toBe(1);
    expect(voids!.capacitance_F_per_m2).toBeLessThan(film!.capacitance_F_per_m2 / 3);
    expect(film!.activationEnergy_J_per_mol).toBeGreaterThan(2 * voids!.activationEnergy_J_per_mol);
    // The film of the second explanation gives the resistance of the first.
    const nm = Number(/([\d.]+) nm/u.exec(film!.text)![1]);
    const same = at('LLZO', { contact: 1, film_m: nm * 1e-9 });
    expect(total_ohm_cm2(same) / total_ohm_cm2(at('LLZO'))).toBeCloseTo(1, 1);
    expect(at('LLZO', { interlayer: 'gel' }).explanations).toEqual([]);
    expect(at('PEO').explanations).toEqual([]);
  });

  test('full contact leaves no constriction; more pressure, more heat and a smaller angle lower the resistance', () => {
    expect(at('LLZO', { contact: 1 }).resistance_ohm_m2.constriction.value).toBe(0);
    const base = total_ohm_cm2(at('LAGP'));
    expect(total_ohm_cm2(at('LAGP', { pressure_Pa: 4e6 }))).toBeLessThan(base);
    expect(total_ohm_cm2(at('LAGP', { temperature_K: 333.15 }))).toBeLessThan(base);
    const angled = (angle_rad: number) => total_ohm_cm2(at('LLZO', { angle_rad }));
    expect(angled(1)).toBeLessThan(angled(1.7));
    expect(angled(0)).toBeCloseTo(total_ohm_cm2(at('LLZO', { contact: 1 })), 1);
  });

  test('a current that is asked for: safe share, contact after stripping, current where it touches', () => {
    expect(at('LLZO').asked).toBeNull();
    const low = at('LLZO', { interlayer: 'Li-Sn', current_A_per_m2: 0.1 }).asked!;
    expect(low.safeShare).toBe(1);
    expect(low.contactAfterStripping.value).toBeCloseTo(0.97, 9);
    const high = at('LLZO', { interlayer: 'Li-Sn', current_A_per_m2: 100 }).asked!;
    expect(high.safeShare).toBe(0);
    // Nearly all of 1 mAh/cm² is taken from the layer of 1 mAh/cm² in which voids open.
    expect(high.contactAfterStripping.value).toBeCloseTo(0.97 * Math.exp(-0.989), 2);
    expect(high.localCurrent_A_per_m2.value).toBeCloseTo(100 / high.contactAfterStripping.value, 6);
  });

  test('Monroe and Newman: garnet passes and is bound all the same', () => {
    const { monroeNewman, warnings } = at('LLZO');
    expect(monroeNewman!.passes).toBe(true);
    expect(warnings.join()).toContain('necessary at most');
    expect(at('PEO').monroeNewman).toBeNull();
  });

  test('every fault is told at once, with the nearest names', () => {
    const faults = {
      temperature_K: 600,
      pressure_Pa: -1,
      angle_rad: 4,
      contact: 0,
      film_m: -1,
      current_A_per_m2: 0,
      capacity_C_per_m2: 0,
      samples: 2,
    };
    expect(issuesOf({ electrolyte: 'LLZQ', interlayer: 'unobtainium', ...faults })).toEqual(
      [
        'angle',
        'capacity',
        'contact',
        'current',
        'electrolyte',
        'film',
        'interlayer',
        'pressure',
        'samples',
        'temperature',
      ].sort(),
    );
    expect(() => at('argyrodyte')).toThrow(/did you mean argyrodite/);
    expect(() => at('LLZO', { interlayer: 'grafite' })).toThrow(/did you mean graphite/);
    expect(() => at('')).toThrow(/got nothing/);
  });

  test('the same seed gives the same answer; bands hold the middle of the draws', () => {
    expect(at('LPS')).toEqual(at('LPS'));
    const { band80 } = at('LPS').resistance_ohm_m2.total;
    expect(at('LPS', { seed: 5 }).resistance_ohm_m2.total.band80).not.toEqual(band80);
    expect(band80[0]).toBeLessThan(band80[1]);
    expect(INTERFACE_DEFAULTS.pressure_Pa).toBe(parseQuantity('1 MPa', 'pressure'));
    expect(Object.keys(INTERFACE_DRAWN)).toHaveLength(25);
  });

  test('any sound combination gives finite numbers that are positive', () => {
    const names = SOLID_INTERFACES.electrolytes.map(({ id }) => id);
    const layers = [undefined, ...SOLID_INTERFACES.interlayers.map(({ id }) => id)];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom(...layers),
        fc.double({ min: 233.15, max: 443.15, noNaN: true }),
        fc.double({ min: 1e3, max: 1e9, noNaN: true }),
        (electrolyte, interlayer, temperature_K, pressure_Pa) => {
          const answer = solidInterface({
            electrolyte,
            temperature_K,
            pressure_Pa,
            samples: 10,
            ...(interlayer === undefined ? {} : { interlayer }),
          });
          const { value, band80 } = answer.resistance_ohm_m2.total;
          for (const x of [value, ...band80, answer.safe_A_per_m2.value])
            expect(x > 0 && Number.isFinite(x)).toBe(true);
          expect(answer.contact.value > 0 && answer.contact.value <= 1).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import { parseCell, parseProtocol } from '../cells/index.ts';
import { SOLID_INTERFACES } from '../materials/index.ts';
import { simulate } from '../simulation/index.ts';
import { criticalCurrentReports } from './critical-current-reports.ts';
import { type InterfaceOptions, solidInterface } from './interface.ts';
import { interfaceCellFile } from './interface-cell.ts';
import { interfaceCurves, typicalProfiles } from './interface-curves.ts';

const OPTIONS: readonly InterfaceOptions[] = [
  { electrolyte: 'LLZO', samples: 64 },
  { electrolyte: 'Li6PS5Cl', pressure_Pa: 7e6, samples: 64 },
  { electrolyte: 'LAGP', interlayer: 'LiF', temperature_K: 330, samples: 64, seed: 3 },
  { electrolyte: 'PEO', samples: 64 },
];

describe('the curves of an interface', () => {
  test.each(OPTIONS)('pass through what is told of $electrolyte, bands included', (options) => {
    const told = solidInterface(options);
    const { againstPressure, againstResistance } = interfaceCurves(options);
    const here = againstPressure.find(({ pressure_Pa }) => pressure_Pa === told.conditions.pressure_Pa)!;
    expect(here.safe_A_per_m2).toEqual(told.safe_A_per_m2);
    const own = againstResistance.find(
      ({ resistance_ohm_m2 }) => resistance_ohm_m2 === told.resistance_ohm_m2.total.value,
    )!;
    expect(own.safe_A_per_m2.value).toBeCloseTo(told.safe_A_per_m2.value, 10);
    for (const { criterion, current_A_per_m2 } of told.bounds) {
      expect(here[`${criterion}_A_per_m2`]).toBe(current_A_per_m2.value);
    }
  });

  test('growth is parabolic from its first film on, and goes on within the told times', () => {
    const options = { electrolyte: 'Li6PS5Cl', samples: 64 };
    const { growth } = interfaceCurves(options);
    const told = solidInterface(options).growth;
    const [w0, K] = [told[0]!, told[3]!];
    for (const { time_s, thickness_m } of growth) {
      const slope = (K.thickness_m.value ** 2 - w0.thickness_m.value ** 2) / (K.time_s - w0.time_s);
      const expected = Math.sqrt(w0.thickness_m.value ** 2 + slope * (time_s - w0.time_s));
      expect(thickness_m.value / expected).toBeCloseTo(1, 9);
    }
  });

  test('what is pressed harder bears more, until flaws bound it; more resistance never bears more', () => {
    const { againstPressure, againstResistance } = interfaceCurves({ electrolyte: 'Li6PS5Cl', samples: 64 });
    const safe = againstPressure.map(({ safe_A_per_m2 }) => safe_A_per_m2.value);
    expect(safe.every((value, k) => k === 0 || value >= safe[k - 1]! * (1 - 1e-12))).toBe(true);
    expect(safe.at(-1)! / safe[0]!).toBeGreaterThan(3);
    const plating = againstResistance.map(({ plating_A_per_m2 }) => plating_A_per_m2.value);
    expect(plating.every((value, k) => k === 0 || value < plating[k - 1]!)).toBe(true);
  });

  test('each type has its example, and electrons bear all of it for II and none for a metal', () => {
    const profiles = typicalProfiles();
    expect(profiles.map(({ type }) => type)).toEqual(['I', 'II', 'III']);
    const share = profiles.map(
      ({ profile, reductionPotential_V }) => profile.electrons_V.at(-1)! / reductionPotential_V,
    );
    expect(share[1]).toBeGreaterThan(0.99);
    expect(share[2]).toBeLessThan(0.05);
  });
});

describe('reports of critical currents', () => {
  test('each has a pressure or a resistance, and its source', () => {
    const reports = criticalCurrentReports();
    expect(reports.every((one) => one.pressure_Pa !== null || one.resistance_ohm_m2 !== null)).toBe(true);
    expect(reports.every(({ source }) => source.length > 10)).toBe(true);
  });

  test('creep on argyrodite at 3 and 7 MPa, rubbed garnet, graphite, and the film that bore 0.5 mA/cm²', () => {
    const points = criticalCurrentReports().map((one) => [
      one.current_A_per_m2,
      one.pressure_Pa ?? one.resistance_ohm_m2,
      one.bound,
    ]);
    expect(points).toContainEqual([2, 3e6, 'critical']);
    expect(points).toContainEqual([10, 7e6, 'critical']);
    expect(points).toContainEqual([133, expect.closeTo(6.95e-4, 9), 'critical']);
    expect(points).toContainEqual([7.5, expect.closeTo(58e-4, 9), 'critical']);
    expect(points).toContainEqual([5, expect.closeTo(48.4e-4, 9), 'at least']);
    expect(points).toHaveLength(5);
  });
});

describe('the cell of an interface', () => {
  test.each([
    ...SOLID_INTERFACES.electrolytes.map(({ id }): InterfaceOptions => ({ electrolyte: id })),
    { electrolyte: 'heat-treated LLZTO', interlayer: 'ZnO' },
    { electrolyte: 'LLZO', angle_rad: 1.2, temperature_K: 333.15 },
    { electrolyte: 'Li6PS5Cl', contact: 0.4, pressure_Pa: 7e6 },
    { electrolyte: 'LLZO with Li2CO3' },
    { electrolyte: 'LLZTO', film_m: 2e-8, current_A_per_m2: 3 },
  ])('has its resistance: %j', (options) => {
    const told = solidInterface({ ...options, samples: 10 });
    const cell = parseCell(interfaceCellFile(options));
    const { cycles } = simulate(cell, parseProtocol('Plate at 0.1 µA/cm2 for 0.001 s'), { model: 'fast' });
    const face = cycles[0]!.interfacial_resistance_ohm_cm2! / 2;
    expect(face / (1e4 * told.resistance_ohm_m2.total.value)).toBeCloseTo(1, 2);
  });

  test('runs its own protocol at the current that was asked', () => {
    const cell = parseCell(interfaceCellFile({ electrolyte: 'Li6PS5Cl', current_A_per_m2: 5 }));
    const { cycles } = simulate(cell, cell.protocol!, { model: 'fast', cycles: 2 });
    expect(cycles).toHaveLength(2);
    expect(cycles[0]!.plated_mAh_per_cm2).toBeCloseTo(1, 3);
  });
});

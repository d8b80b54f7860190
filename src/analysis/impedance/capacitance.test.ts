import { describe, expect, test } from 'vitest';
import { randomStream } from '../../numerics/index.ts';
import { R } from '../../units/index.ts';
import { activationEnergy, brugCapacitance_F, hsuMansfeldCapacitance_F, interfaceResistance } from './capacitance.ts';

describe('capacitance of a constant phase', () => {
  test('an exponent of 1 is a capacitor, whatever the resistances', () => {
    expect(hsuMansfeldCapacitance_F(3e-6, 1, 50)).toBeCloseTo(3e-6, 18);
    expect(brugCapacitance_F(3e-6, 1, 2, 50)).toBeCloseTo(3e-6, 18);
  });

  test('Hsu and Mansfeld: the arc has its top at 1/(RC)', () => {
    const [Q, alpha, resistance] = [2e-4, 0.8, 30];
    const capacitance = hsuMansfeldCapacitance_F(Q, alpha, resistance);
    // The top of p(R,CPE) stands where ω^α = 1/(RQ), and C = Q·ω_max^(α−1).
    const omega = (resistance * Q) ** (-1 / alpha);
    expect(1 / (resistance * capacitance) / omega).toBeCloseTo(1, 12);
    expect(capacitance).toBeCloseTo(Q * omega ** (alpha - 1), 15);
  });

  test('Brug: the electrolyte alone counts where the transfer is slow, and the two may differ tenfold', () => {
    const [Q, alpha] = [2e-4, 0.7];
    expect(brugCapacitance_F(Q, alpha, 5, 1e12)).toBeCloseTo(hsuMansfeldCapacitance_F(Q, alpha, 5), 15);
    expect(hsuMansfeldCapacitance_F(Q, alpha, 5000) / brugCapacitance_F(Q, alpha, 5, 5000)).toBeGreaterThan(10);
  });
});

describe('resistance of an interface', () => {
  test('Li|Li: half of resistance times area, and it says so', () => {
    const { areaSpecificResistance_ohm_m2, convention } = interfaceResistance(200, 1.27e-4);
    // 200 Ω · 1.27 cm² / 2 = 127 Ω cm².
    expect(areaSpecificResistance_ohm_m2).toBeCloseTo(127e-4, 15);
    expect(convention).toBe('R·A/2: two alike interfaces in series, each of 1.270 cm2');
    expect(interfaceResistance(200, 1.27e-4, 1).areaSpecificResistance_ohm_m2).toBeCloseTo(254e-4, 15);
  });

  test('all that is wrong is said', () => {
    expect(() => interfaceResistance(-1, 0)).toThrow(/resistance_ohm: got -1.*\n.*area_m2: got 0/);
  });
});

describe('activation energy', () => {
  const temperatures_K = [273.15, 288.15, 298.15, 313.15, 333.15];
  const energy = 60_000;
  const resistances = (factor: (temperature_K: number) => number) =>
    temperatures_K.map((temperature_K) => ({
      temperature_K,
      resistance_ohm: factor(temperature_K) * 1e-9 * Math.exp(energy / (R * temperature_K)),
    }));

  test('exact points give the energy in the form they were made in', () => {
    const plain = activationEnergy(resistances(() => 1));
    expect(plain.energy_J_per_mol).toBeCloseTo(energy, 5);
    expect(plain.standardError_J_per_mol).toBeLessThan(1e-4);
    expect(plain.remarks).toEqual([]);
    expect(
      activationEnergy(
        resistances((T) => T),
        'ln(T/R)',
      ).energy_J_per_mol,
    ).toBeCloseTo(energy, 5);
    // The two forms differ by about RT, 2.5 kJ/mol.
    const other = activationEnergy(
      resistances(() => 1),
      'ln(T/R)',
    );
    expect(other.energy_J_per_mol - energy).toBeGreaterThan(2300);
    expect(other.energy_J_per_mol - energy).toBeLessThan(2700);
  });

  test('the standard error is that of repeated sets', () => {
    const random = randomStream(5);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const sets = Array.from({ length: 2000 }, () =>
      activationEnergy(
        resistances(() => 1).map((point) => ({
          ...point,
          resistance_ohm: point.resistance_ohm * Math.exp(0.05 * normal()),
        })),
      ),
    );
    const spread = Math.sqrt(sets.reduce((sum, set) => sum + (set.energy_J_per_mol - energy) ** 2, 0) / sets.length);
    const stated = Math.sqrt(sets.reduce((sum, set) => sum + set.standardError_J_per_mol! ** 2, 0) / sets.length);
    expect(stated / spread).toBeGreaterThan(0.94);
    expect(stated / spread).toBeLessThan(1.06);
  });

  test('two temperatures give no error and a remark; one gives an InputError', () => {
    const two = activationEnergy(resistances(() => 1).slice(0, 2));
    expect(two.standardError_J_per_mol).toBe(null);
    expect(two.remarks[0]).toContain('Only 2 temperatures');
    expect(() => activationEnergy([{ temperature_K: 298, resistance_ohm: -2 }])).toThrow(
      /points\[0\]\.resistance_ohm: got -2.*\n.*got 1 temperatures/,
    );
  });
});

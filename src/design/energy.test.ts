import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { type CellEnergy, cellEnergy, rimShare } from './energy.ts';
import { ENERGY_CASES, energyCaseOf } from './energy-cases.ts';
import { ENERGY_INPUTS, type EnergyText, energyInputOf, readAmount, readEnergyCell } from './energy-inputs.ts';

const energyOf = (text: EnergyText): CellEnergy => cellEnergy(readEnergyCell(text).inputs);
const ofCase = (id: string, more: EnergyText = {}): CellEnergy => energyOf({ ...energyCaseOf(id)!.text, ...more });

const printed = ({
  capacity_C,
  energy_J,
  mass_kg,
  specificEnergy_J_per_kg,
  energyDensity_J_per_m3,
  thickness_m,
}: CellEnergy): readonly string[] => [
  (capacity_C / 3600).toFixed(3),
  (energy_J / 3600).toFixed(2),
  (1e3 * mass_kg).toFixed(2),
  (specificEnergy_J_per_kg / 3600).toFixed(2),
  (energyDensity_J_per_m3 / 3.6e6).toFixed(2),
  (100 * thickness_m).toFixed(3),
];

describe('six cells of an open calculation, to its printed digits', () => {
  // Its lithium is 10.32 mAh/cm2 at 3862 mAh/g; its anode-free cells keep the mass of what the one extra electrode would plate.
  const lithium = `${10.32e4 / 3862 / 0.534} µm`;
  const plated_g = (2 * 3.3 * 300) / 3862;
  const otherMass = `${10 + plated_g} g`;
  test.each([
    ['graphite', {}, ['64.449', '237.82', '924.75', '257.17', '634.37', '1.033']],
    ['lithium-50', { lithium }, ['64.449', '248.77', '746.27', '333.36', '760.65', '0.901']],
    ['lithium-50-lfp', { lithium }, ['64.449', '217.52', '814.29', '267.12', '530.52', '1.129']],
    ['lithium-50-llzo', { lithium }, ['64.449', '248.77', '840.25', '296.07', '716.14', '0.957']],
    ['anode-free-llzo', { otherMass }, ['64.449', '248.77', '783.04', '317.70', '962.69', '0.712']],
    ['anode-free-sulfide', { otherMass }, ['64.449', '248.77', '680.59', '365.53', '962.69', '0.712']],
  ] as const)('%s', (id, more, expected) => {
    expect(printed(ofCase(id, more))).toEqual(expected);
  });

  test('without the mass of lithium that nothing plates, the anode-free ones are lighter', () => {
    const wh_per_kg = (id: string): string => (ofCase(id).specificEnergy_J_per_kg / 3600).toFixed(1);
    expect([wh_per_kg('anode-free-llzo'), wh_per_kg('anode-free-sulfide')]).toEqual(['317.9', '365.8']);
  });

  test('the masses of the second', () => {
    const masses = Object.fromEntries(
      ofCase('lithium-50', { lithium }).components.map(({ name, mass_kg }) => [name, (1e3 * mass_kg).toFixed(1)]),
    );
    expect(masses).toEqual({
      cathode: '374.1',
      electrolyte: '135.0',
      'negative foil': '77.4',
      lithium: '57.7',
      'positive foil': '39.7',
      separator: '29.7',
      pouch: '13.9',
      tabs: '8.7',
      other: '10.0',
      host: '0.0',
      interlayer: '0.0',
    });
  });

  test.each([
    // A band of 8 % around what the papers claim: not all their masses are published.
    ['pouch-300', 300],
    ['pouch-350', 350],
  ])('%s comes within 8 % of its claim', (id, claimed) => {
    expect(Math.abs(ofCase(id).specificEnergy_J_per_kg / 3600 / claimed - 1)).toBeLessThan(0.08);
  });
});

describe('a bill of materials', () => {
  test.each(ENERGY_CASES.map(({ id }) => id))('%s adds up, in mass and in volume', (id) => {
    const energy = ofCase(id);
    const sum = (of: 'mass_kg' | 'massShare' | 'stack_m'): number =>
      energy.components.reduce((total, one) => total + one[of], 0);
    expect(sum('mass_kg')).toBeCloseTo(energy.mass_kg, 12);
    expect(sum('massShare')).toBeCloseTo(1, 12);
    expect(sum('stack_m')).toBeCloseTo(energy.thickness_m, 12);
    expect(rimShare(energy)).toBeGreaterThan(0);
    expect(rimShare(energy)).toBeLessThan(0.35);
  });

  test('doubling everything areal leaves shares alone, doubling lithium does not', () => {
    const one = energyOf({ otherMass: '0 g', tabLength: '0 cm', clearance: '0 cm', pouch: '1 nm' });
    const more = energyOf({
      otherMass: '0 g',
      tabLength: '0 cm',
      clearance: '0 cm',
      pouch: '1 nm',
      electrodeWidth: '20 cm',
    });
    expect(more.specificEnergy_J_per_kg / one.specificEnergy_J_per_kg).toBeCloseTo(1, 9);
    expect(energyOf({ lithium: '100 µm' }).specificEnergy_J_per_kg).toBeLessThan(
      0.95 * energyOf({}).specificEnergy_J_per_kg,
    );
  });
});

describe('three moments', () => {
  test('lithium is plated on charging and has pores at the end', () => {
    const [built, charged, ended] = energyOf({ depositPorosity: '0.5' }).volumes.map(
      ({ thickness_m }) => 1e6 * thickness_m,
    );
    const plated_um = 3.3e-3 / 3.8619 / 0.534 / 1e-4;
    expect(charged! - built!).toBeCloseTo(72 * plated_um, 0);
    expect(ended! - built!).toBeCloseTo(72 * (2 * (50.04 + plated_um) - 50.04), 0);
  });

  test('anode-free cells are thinnest when built', () => {
    const { volumes, swelling } = ofCase('anode-free-llzo');
    expect(volumes[0]!.thickness_m).toBeLessThan(volumes[1]!.thickness_m);
    expect(swelling).toBeGreaterThan(0.3);
  });

  test('graphite stays as it is, sulfur takes its lithium from the foil', () => {
    expect(ofCase('graphite').swelling).toBe(0);
    const sulfur = { cathodeLithium: 'in the foil', cathodeCapacity: '5 mAh/cm2', lithium: '20 µm' };
    const lithium_mAh_per_cm2 = 20e-4 * 0.534 * 3861.9;
    const full = energyOf({ ...sulfur, lithium: '50 µm' });
    expect(energyOf(sulfur).capacity_C / full.capacity_C).toBeCloseTo(lithium_mAh_per_cm2 / 5, 5);
    expect(full.volumes[1]!.thickness_m).toBe(full.volumes[0]!.thickness_m);
  });
});

describe('what is typed', () => {
  const read = (name: string, text: string) => readAmount(text, energyInputOf(name)!);

  test.each([
    ['lithium', '20 µm', 20e-6, null],
    ['lithium', '20 ± 2 µm', 20e-6, 2e-6],
    ['lithium', '20 µm ± 5 %', 20e-6, 1e-6],
    ['lithium', '20 +- 2 µm', 20e-6, 2e-6],
    ['cathodeActiveShare', '0.95 ± 0.01', 0.95, 0.01],
    ['layers', '35', 35, null],
  ])('%s: %s', (name, text, value, half) => {
    const amount = read(name, text);
    expect(amount.ok).toBe(true);
    if (!amount.ok) return;
    expect(amount.amount.value).toBeCloseTo(value, 12);
    if (half === null) expect(amount.amount.half).toBeNull();
    else expect(amount.amount.half).toBeCloseTo(half, 12);
  });

  test('lithium as an areal charge and electrolyte as a volume or a mass', () => {
    expect(1e6 * readEnergyCell({ lithium: '4.124 mAh/cm2' }).inputs.lithium_m).toBeCloseTo(20, 1);
    expect(
      readEnergyCell({ electrolyte: '2 mL/Ah', electrolyteDensity: '1.2 g/cm3' }).inputs.electrolyte_kg_per_C,
    ).toBeCloseTo(2.4e-3 / 3600, 12);
    expect(readEnergyCell({ electrolyte: '2.4 g/Ah' }).inputs.electrolyte_kg_per_C).toBeCloseTo(2.4e-3 / 3600, 12);
  });

  test('every fault at once, each with its place', () => {
    const faulty = {
      lithum: '20 µm',
      lithium: '20',
      layers: '3.5',
      cathodePotential: '-1 V',
      negative: 'silicon',
      separator: '12 ± 20 µm',
    };
    try {
      readEnergyCell(faulty);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      const { issues } = error as InputError;
      expect(issues.map(({ where }) => where).sort()).toEqual(
        ['cathodePotential', 'layers', 'lithium', 'lithum', 'negative', 'separator'].sort(),
      );
      expect(issues.find(({ where }) => where === 'lithum')!.hint).toMatch(/lithium/);
    }
  });

  test('a cell without any lithium is refused', () => {
    expect(() => readEnergyCell({ negative: 'anode-free', cathodeLithium: 'in the foil' })).toThrow(
      /there is none at all/,
    );
  });

  test('a typed range stands, an assumed one where none is typed, none for what is not used', () => {
    const { ranges } = readEnergyCell({ lithium: '20 ± 2 µm' });
    const of = (key: string) => ranges.find((range) => range.key === key);
    expect(of('lithium_m')).toMatchObject({
      tag: 'typed',
      range_SI: [expect.closeTo(18e-6, 12), expect.closeTo(22e-6, 12)],
    });
    expect(of('separator_m')).toMatchObject({ tag: 'assumed' });
    expect(of('hostPotential_V')).toBeUndefined();
    expect(of('layers')).toBeUndefined();
  });

  test('whatever is typed is read or refused with a sentence', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ENERGY_INPUTS), fc.string({ maxLength: 40 }), ({ name }, text) => {
        try {
          readEnergyCell({ [name]: text });
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});

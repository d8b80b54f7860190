import { describe, expect, test } from 'vitest';
import { type Dimension, F, parseQuantity } from '../units/index.ts';
import {
  FORMATION_ENERGIES,
  LAYERS,
  LIBRARY,
  LIBRARY_CLASSES,
  LIBRARY_QUANTITIES,
  LITHIUM_REACTIONS,
  type LibraryNumber,
  type LibraryProperty,
  layerMaterial,
  libraryMaterial,
  nameKey,
  namesOf,
} from './index.ts';
import libraryFile from './library.json' with { type: 'json' };
import libraryJsonSchema from './library.schema.json' with { type: 'json' };
import { dataFileSchemas, libraryFileSchema } from './schemas.ts';

const isNumber = (property: LibraryProperty): property is LibraryNumber => 'value' in property;
const NUMBERS = LIBRARY.flatMap(({ id, properties }) =>
  properties.filter(isNumber).map((property) => ({ at: `${id}: ${property.quantity}`, id, ...property })),
);

/** The values of one quantity of one material, as they stand. */
function values(id: string, quantity: string): number[] {
  return NUMBERS.filter((number) => number.id === id && number.quantity === quantity).map(({ value }) => value!);
}

const first = (id: string, quantity: string): number => {
  const [value] = values(id, quantity);
  expect(value, `${id} ${quantity}`).toBeDefined();
  return value!;
};

/** Sum of the formula's atoms times `of`. */
const ATOMIC_MASS: Readonly<Record<string, number>> = {
  H: 1.008,
  Li: 6.94,
  B: 10.81,
  C: 12.011,
  N: 14.007,
  O: 15.999,
  F: 18.998,
  Al: 26.982,
  Si: 28.085,
  P: 30.974,
  S: 32.06,
};

function molarMass_kg_per_mol(formula: string): number {
  let sum = 0;
  for (const [, element, count] of formula.matchAll(/([A-Z][a-z]?)([\d.]*)/gu)) {
    sum += ATOMIC_MASS[element!]! * (count === '' ? 1 : Number(count));
  }
  return sum / 1000;
}

describe('the library', () => {
  test('holds to its schema, and the JSON Schema is up to date', () => {
    expect(libraryFileSchema.safeParse(libraryFile).error?.issues).toBeUndefined();
    expect(libraryJsonSchema).toEqual(dataFileSchemas().library);
  });

  test('has all 75 materials with all that was surveyed of them, each class used, each name once', () => {
    expect(LIBRARY.length).toBe(75);
    expect(LIBRARY.reduce((count, { properties }) => count + properties.length, 0)).toBeGreaterThanOrEqual(337);
    expect(new Set(LIBRARY.map((material) => material.class))).toEqual(new Set(LIBRARY_CLASSES));
    const names = LIBRARY.flatMap((material) => [...new Set(namesOf(material).map(nameKey))]);
    expect(names.filter((name, k) => names.indexOf(name) !== k)).toEqual([]);
    expect(libraryMaterial('Lithium Nitride')?.id).toBe('Li3N');
    expect(libraryMaterial('argyrodite')?.id).toBe('Li6PS5Cl');
    expect(libraryMaterial('kryptonite')).toBeUndefined();
  });

  test('every number has the SI unit of its quantity, and what is said in words has none', () => {
    for (const { at, quantity, unit } of NUMBERS) expect(unit, at).toBe(LIBRARY_QUANTITIES[quantity]);
    for (const { properties } of LIBRARY) {
      for (const property of properties) {
        expect(LIBRARY_QUANTITIES[property.quantity] === null, property.quantity).toBe(!isNumber(property));
      }
    }
    const used = new Set(LIBRARY.flatMap(({ properties }) => properties.map(({ quantity }) => quantity)));
    expect(Object.keys(LIBRARY_QUANTITIES).filter((quantity) => !used.has(quantity as never))).toEqual([]);
  });

  test('a range holds its value, runs upwards, and stands with every prior and every missing value', () => {
    for (const { at, value, range, tag } of NUMBERS) {
      if (range)
        expect(range[0] <= (value ?? range[0]) && (value ?? range[1]) <= range[1], `${at}: ${range}`).toBe(true);
      if (range) expect(range[0], at).toBeLessThan(range[1]);
      if (tag === 'prior' || value === null) expect(range, at).toBeDefined();
    }
  });

  test('what is measured says where, what is remembered says so', () => {
    for (const { properties } of LIBRARY) {
      for (const { tag, source, quantity } of properties) {
        if (tag === 'measured') {
          expect(source, quantity).toMatch(
            /10\.\d{4,}\/|row [ab]\d-\d\d|section \d|https:|arXiv:|Handbook|J\. (?:Phys|Power)/u,
          );
        }
        if (tag === 'memory') expect(source, quantity).toContain('from memory');
        if (tag === 'prior') expect(source, quantity).toContain('prior');
      }
    }
  });

  test('shares, angles and strains lie where such things can', () => {
    for (const { at, quantity, value, range } of NUMBERS) {
      const all = [...(value === null ? [] : [value]), ...(range ?? [])];
      const within = (low: number, high: number): void => {
        for (const x of all) expect(x >= low && x <= high, `${at}: ${x}`).toBe(true);
      };
      if (quantity === 'Coulombic efficiency' || quantity === 'transference number of lithium') within(0, 1);
      if (quantity.startsWith('contact angle')) within(0, Math.PI);
      if (quantity === "Poisson's ratio") within(0, 0.5);
      if (quantity === "Young's modulus") within(1e4, 1.2e12);
      if (quantity === 'fracture strain') within(1e-3, 10);
      if (quantity === 'thickness in use' || quantity === 'wall thickness') within(1e-10, 1e-5);
      if (quantity === 'nucleation overpotential') within(0, 0.05);
    }
  });
});

describe('numbers as printed, in the unit of the source', () => {
  const CONVERT: readonly (readonly [RegExp, (number: number) => number])[] = [
    [/^([\d.]+)°$/u, (degrees) => (degrees * Math.PI) / 180],
    [/^([\d.]+) MPa m\^0\.5$/u, (x) => x * 1e6],
    [/^([\d.]+) m2\/g$/u, (x) => x * 1000],
    [/^([\d.]+) meV\/Å2$/u, (x) => (x * 1e-3 * 1.602176634e-19) / 1e-20],
    // Here per mole, not per particle.
    [/^([\d.]+) eV$/u, (x) => x * F],
  ];

  const DIMENSION: Readonly<Record<string, Dimension>> = {
    'S/m': 'conductivity',
    'Ω m2': 'areal resistance',
    'A/m2': 'current density',
    'mol/m3': 'concentration',
    'C/kg': 'specific capacity',
    K: 'temperature',
    Pa: 'pressure',
  };

  test.each(NUMBERS.filter(({ printed }) => printed !== undefined).map((number) => [number.at, number] as const))(
    '%s',
    (_at, { printed, value, unit }) => {
      const own = CONVERT.find(([pattern]) => pattern.test(printed!));
      const SI = own ? own[1](Number(own[0].exec(printed!)![1])) : parseQuantity(printed!, DIMENSION[unit]!);
      if (value === 0) expect(SI).toBe(0);
      else expect(SI / value!).toBeCloseTo(1, 2);
    },
  );
});

describe('what is computed from other numbers', () => {
  test.each(['LiF', 'Li2O', 'Li2CO3'])(
    '%s: molar volume × density is the molar mass, and gives the lithium in it',
    (id) => {
      const { formula, properties } = libraryMaterial(id)!;
      const volume = first(id, 'molar volume');
      const { conditions } = properties.find(({ quantity }) => quantity === 'molar volume') as LibraryNumber;
      const density = Number(/(\d+) kg\/m3/u.exec(conditions!)![1]);
      expect((volume * density) / molarMass_kg_per_mol(formula)).toBeCloseTo(1, 2);
      const lithium = Number(/^Li(\d?)/u.exec(formula)![1] || 1);
      expect(first(id, 'lithium concentration') / (lithium / volume)).toBeCloseTo(1, 2);
    },
  );

  test('molar masses are those of the formulas; metal: mass over volume is the density', () => {
    expect(first('FEC', 'molar mass') / molarMass_kg_per_mol('C3H3FO3')).toBeCloseTo(1, 3);
    expect(first('VC', 'molar mass') / molarMass_kg_per_mol('C3H2O3')).toBeCloseTo(1, 3);
    expect(first('lithium', 'molar mass') / first('lithium', 'molar volume')).toBeCloseTo(534, 0);
    expect(first('organic', 'lithium concentration') * first('organic', 'molar volume')).toBeCloseTo(2, 1);
    // Li3N: 1276 kg/m3, the density of the mineral data within a percent.
    expect(molarMass_kg_per_mol('Li3N') / first('Li3N', 'molar volume') / 1270).toBeCloseTo(1, 1);
  });

  test('lithium for a charge is V/F, 4.850 µm for each mAh/cm2', () => {
    const perCharge = first('lithium', 'thickness per areal charge');
    expect(perCharge / (first('lithium', 'molar volume') / F)).toBeCloseTo(1, 3);
    expect(perCharge * 36000 * 1e6).toBeCloseTo(4.85, 2);
  });

  test('elastic numbers agree: E = 2G(1 + ν), strain = strength over modulus', () => {
    const E = 2 * first('lithium', 'shear modulus') * (1 + first('lithium', "Poisson's ratio"));
    const range = NUMBERS.find(({ id, quantity }) => id === 'lithium' && quantity === "Young's modulus")!.range!;
    expect(E).toBeGreaterThan(range[0]);
    expect(E).toBeLessThan(range[1]);
    for (const id of ['LiF', 'LLZO']) {
      const nu = first(id, "Young's modulus") / (2 * first(id, 'shear modulus')) - 1;
      expect(nu, id).toBeGreaterThan(0.15);
      expect(nu, id).toBeLessThan(0.35);
    }
    const strength = NUMBERS.find(({ id, quantity }) => id === 'Li2CO3' && quantity === 'ultimate strength')!;
    const modulus = NUMBERS.find(({ id, quantity }) => id === 'Li2CO3' && quantity === "Young's modulus")!;
    const strain = NUMBERS.find(({ id, quantity }) => id === 'Li2CO3' && quantity === 'fracture strain')!;
    expect(strength.value! / modulus.value!).toBeCloseTo(strain.value!, 3);
    expect(strain.range![0]).toBeCloseTo(strength.range![0] / modulus.range![1], 5);
    // The strain of Li2O is not strength over modulus, and its conditions say why.
    expect(first('Li2O', 'ultimate strength') / first('Li2O', "Young's modulus")).toBeLessThan(0.001);
  });

  test('electrical conductivity of lithium is one over its resistivity', () => {
    expect(first('lithium', 'electronic conductivity') * first('lithium', 'electrical resistivity')).toBeCloseTo(1, 1);
    expect(1 / first('organic', 'ionic resistivity')).toBeCloseTo(5e-6, 12);
  });

  test('Young-Dupré: contact angle from work of adhesion at 0.45 J/m2', () => {
    const gamma = first('lithium', 'surface energy');
    const angle = (W: number): number => (Math.acos(W / gamma - 1) * 180) / Math.PI;
    expect(angle(first('Li2CO3', 'work of adhesion of lithium'))).toBeCloseTo(141, 0);
    expect(angle(first('LLZO', 'work of adhesion of lithium'))).toBeCloseTo(61, 0);
    expect(gamma * (1 + Math.cos(first('Li2CO3', 'contact angle of molten lithium')))).toBeCloseTo(0.095, 3);
  });

  test('alloys: the plateau of LiAl, its energy, and silicon over its plateaus', () => {
    const E = (T_K: number): number => 0.451 - 2.2e-4 * T_K;
    expect(first('LiAl', 'plateau potential')).toBeCloseTo(E(298.15), 3);
    expect(first('Al', 'Gibbs energy of reaction with lithium') / (-F * E(300))).toBeCloseTo(1, 3);
    const plateaus = [
      [0.332, 0, 2],
      [0.283, 2, 2.67],
      [0.156, 2.67, 3.25],
      [0.047, 3.25, 4.4],
    ] as const;
    const work = plateaus.reduce((sum, [potential, from, to]) => sum + potential * (to - from), 0);
    expect(first('Si', 'Gibbs energy of reaction with lithium') / (-F * work)).toBeCloseTo(1, 3);
  });

  test('sulfide: energy of formation of Li2S from enthalpy and entropies', () => {
    const dS = 60.6 - 2 * 29.12 - 32.1;
    expect(first('Li2S8', 'Gibbs energy of formation') / 1000).toBeCloseTo(-441.4 - (298.15 * dS) / 1000, 0);
  });

  test('lithium in the layers of an interphase follows from their densities', () => {
    const perFormula: Readonly<Record<string, readonly [formula: string, lithium: number]>> = {
      Li3PO4: ['Li3PO4', 3],
      LiPON: ['Li2.9PO3.3N0.46', 2.9],
      Li3PS4: ['Li3PS4', 3],
    };
    for (const [id, [formula, lithium]] of Object.entries(perFormula)) {
      const { lithiumConcentration } = layerMaterial(id)!;
      const density = Number(/at (\d+) kg\/m3/u.exec(lithiumConcentration.source)![1]);
      expect((lithium * density) / molarMass_kg_per_mol(formula) / lithiumConcentration.value, id).toBeCloseTo(1, 1);
    }
    expect(LAYERS.length).toBeGreaterThan(Object.keys(perFormula).length);
  });
});

describe('reactions with lithium', () => {
  type Temperature = 'at300K' | 'at500K';

  /** '3 Li2O' is 3 of Li2O. */
  function terms(side: string): readonly (readonly [count: number, formula: string])[] {
    return side.split(' + ').map((term) => {
      const [, count, formula] = /^(?:(\d+) )?(\S+)$/u.exec(term.trim())!;
      return [count === undefined ? 1 : Number(count), formula!];
    });
  }

  /** A metal or carbon as it stands has no energy of formation. */
  const ELEMENTS = new Set(['Li', 'Al', 'Zn', 'Sn', 'Si', 'Cu', 'Ti', 'Zr', 'Mg', 'B', 'C']);

  function reactionEnergy(reaction: string, at: Temperature): number {
    const [left, right] = reaction.split(' -> ');
    const sum = (side: string): number =>
      terms(side).reduce((total, [count, formula]) => {
        if (ELEMENTS.has(formula)) return total;
        const entry = FORMATION_ENERGIES.find((known) => known.formula === formula);
        expect(entry, formula).toBeDefined();
        return total + count * entry![at].value;
      }, 0);
    return sum(right!) - sum(left!);
  }

  function atoms(side: string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const [count, formula] of terms(side)) {
      for (const [, element, n] of formula.matchAll(/([A-Z][a-z]?)(\d*)/gu)) {
        counts.set(element!, (counts.get(element!) ?? 0) + count * (n === '' ? 1 : Number(n)));
      }
    }
    return counts;
  }

  const STATED = NUMBERS.filter(({ reaction }) => reaction !== undefined);

  test.each([...LITHIUM_REACTIONS.map(({ reaction }) => reaction), ...STATED.map(({ reaction }) => reaction!)])(
    '%s is balanced',
    (reaction) => {
      const [left, right] = reaction.split(' -> ');
      expect(atoms(right!)).toEqual(atoms(left!));
    },
  );

  test.each(LITHIUM_REACTIONS.map((entry) => [entry.reaction, entry] as const))(
    '%s follows from the energies of formation to a kilojoule',
    (reaction, entry) => {
      for (const at of ['at300K', 'at500K'] as const) {
        expect(Math.abs(reactionEnergy(reaction, at) - entry[at].value), at).toBeLessThanOrEqual(1000);
      }
    },
  );

  test('the values of the library are the same to a tenth of a kilojoule per formula', () => {
    expect(STATED.length).toBe(13);
    for (const { at, reaction, value, temperature_K } of STATED) {
      const energy = reactionEnergy(reaction!, temperature_K === 500 ? 'at500K' : 'at300K');
      expect(Math.abs(energy - value!), at).toBeLessThanOrEqual(500);
    }
    for (const { at, quantity, formula, value, temperature_K } of NUMBERS) {
      if (quantity !== 'Gibbs energy of formation') continue;
      const entry = FORMATION_ENERGIES.find((known) => known.formula === formula)!;
      const table = entry[temperature_K === 500 ? 'at500K' : 'at300K'].value;
      expect(Math.abs(table - value!), at).toBeLessThanOrEqual(60);
    }
  });

  test('nitrate is reduced at 1.849 V, and Mg3N2 does not turn into Li3N by itself', () => {
    const nitrate = reactionEnergy('LiNO3 + 8 Li -> 3 Li2O + Li3N', 'at300K');
    expect(-nitrate / (8 * F)).toBeCloseTo(1.849, 3);
    expect(first('LiNO3', 'reduction potential')).toBe(1.849);
    expect(reactionEnergy('Mg3N2 + 6 Li -> 2 Li3N + 3 Mg', 'at300K') / 1000).toBeCloseTo(143, 0);
    expect(reactionEnergy('Li2O + Mg -> MgO + 2 Li', 'at300K')).toBeLessThan(0);
  });

  test('formation grows weaker with temperature, as gases are bound', () => {
    for (const { formula, at300K, at500K } of FORMATION_ENERGIES) {
      expect(at300K.value, formula).toBeLessThan(0);
      expect(at500K.value, formula).toBeGreaterThan(at300K.value);
    }
  });
});

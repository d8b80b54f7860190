import { describe, expect, test } from 'vitest';
import {
  interlayerMaterial,
  LIBRARY,
  nameKey,
  namesOf,
  type Property,
  SOLID_INTERFACES,
  solidElectrolyteMaterial,
  WETTED_SURFACES,
} from './index.ts';
import { dataFileSchemas, solidInterfaceFileSchema } from './schemas.ts';
import solidInterfaceFile from './solid-interfaces.json' with { type: 'json' };
import solidInterfaceJsonSchema from './solid-interfaces.schema.json' with { type: 'json' };

/** Every object that looks like a property, with its path. */
function properties(value: unknown, path = ''): readonly (readonly [string, Property])[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('value' in value && 'unit' in value) return [[path, value as Property]];
  return Object.entries(value).flatMap(([key, inner]) => properties(inner, `${path}/${key}`));
}

const ALL = properties(SOLID_INTERFACES);

describe('solid electrolytes and interlayers', () => {
  test('hold to their schema, and the JSON Schema is up to date', () => {
    expect(solidInterfaceFileSchema.safeParse(solidInterfaceFile).error?.issues).toBeUndefined();
    expect(solidInterfaceJsonSchema).toEqual(dataFileSchemas()['solid-interfaces']);
  });

  test('every value lies in its range, every prior has one but references', () => {
    expect(ALL.length).toBeGreaterThan(250);
    for (const [path, { value, range, tag, source }] of ALL) {
      if (range) expect(range[0] <= value && value <= range[1] && range[0] < range[1], `${path}: ${range}`).toBe(true);
      if (tag === 'prior' && !path.endsWith('referencePressure')) expect(range, path).toBeDefined();
      if (tag === 'measured') expect(source, path).toMatch(/10\.\d{4,}\//u);
      if (tag === 'memory') expect(source, path).toMatch(/from memory|10\.\d{4,}\//u);
      if (tag === 'prior') expect(source, path).toContain('prior');
    }
  });

  test('has the ten families and every interlayer of the text, each name once', () => {
    for (const name of [
      'LLZO',
      'LLZTO',
      'LPS',
      'Li7P3S11',
      'Li6PS5Cl',
      'LAGP',
      'LATP',
      'PEO',
      'gel',
      'LiPON',
      'argyrodite',
    ]) {
      expect(solidElectrolyteMaterial(name), name).toBeDefined();
    }
    for (const name of 'ionic liquid,gel,polymer,Li-Sn,Li-C,Li-Mg,Li-Al,Li-Zn,Mg3N2,graphite,LiF,HFE'.split(',')) {
      expect(interlayerMaterial(name), name).toBeDefined();
    }
    for (const entries of [SOLID_INTERFACES.electrolytes, SOLID_INTERFACES.interlayers]) {
      const keys = entries.flatMap((entry) => [...new Set(namesOf(entry).map(nameKey))]);
      expect(keys.filter((key, k) => keys.indexOf(key) !== k)).toEqual([]);
    }
  });

  test('agrees with the library where both tell the same', () => {
    const SAME: readonly (readonly [
      string,
      string,
      string,
      (one: (typeof SOLID_INTERFACES.electrolytes)[number]) => Property | undefined,
    ])[] = [
      ['LLZO', 'LLZO', 'ionic conductivity', (one) => one.conductivity],
      ['LLZTO', 'LLZTO', 'ionic conductivity', (one) => one.conductivity],
      ['LLZTO', 'LLZTO', 'fracture toughness', (one) => one.mechanics?.toughness],
      ['Li3PS4', 'beta-Li3PS4', 'ionic conductivity', (one) => one.conductivity],
      ['Li3PS4', 'beta-Li3PS4', 'reduction potential', (one) => one.reductionPotential],
      ['Li7P3S11', 'Li7P3S11', 'reduction potential', (one) => one.reductionPotential],
      ['Li6PS5Cl', 'Li6PS5Cl', 'fracture toughness', (one) => one.mechanics?.toughness],
      ['Li6PS5Cl', 'Li6PS5Cl', 'critical stripping current density', (one) => one.supply?.creep],
      ['LAGP', 'LAGP', 'reduction potential', (one) => one.reductionPotential],
      ['LATP', 'LATP', 'reduction potential', (one) => one.reductionPotential],
      ['PEO', 'PEO-LiTFSI', 'ionic conductivity', (one) => one.conductivity],
    ];
    for (const [id, libraryId, quantity, of] of SAME) {
      const facts = LIBRARY.find((one) => one.id === libraryId)!.properties.filter(
        (fact) => fact.quantity === quantity,
      );
      const here = of(solidElectrolyteMaterial(id)!);
      expect(facts, `${id} ${quantity}`).toContainEqual(
        expect.objectContaining({ value: here!.value, unit: here!.unit }),
      );
    }
  });

  test('contact by angle names a surface whose angle is known, and soft electrolytes neither crack nor open voids', () => {
    for (const { id, contactBy, surface, mechanics, supply, saltTransport } of SOLID_INTERFACES.electrolytes) {
      expect(contactBy === 'angle', id).toBe(surface !== null);
      if (surface !== null) expect(WETTED_SURFACES.some((one) => one.id === surface)).toBe(true);
      expect(mechanics === null, id).toBe(supply === null);
      expect(mechanics === null, id).toBe(saltTransport !== null);
    }
  });
});

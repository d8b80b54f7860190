import { describe, expect, test } from 'vitest';
import { F, R } from '../units/index.ts';
import additiveFile from './additives.json' with { type: 'json' };
import additiveJsonSchema from './additives.schema.json' with { type: 'json' };
import coatingFile from './coatings.json' with { type: 'json' };
import coatingJsonSchema from './coatings.schema.json' with { type: 'json' };
import hostFile from './hosts.json' with { type: 'json' };
import hostJsonSchema from './hosts.schema.json' with { type: 'json' };
import {
  ADDITIVES,
  additiveMaterial,
  CATHODES,
  COATINGS,
  coatingMaterial,
  ELECTROLYTES,
  HOSTS,
  type HostMaterial,
  hostMaterial,
  LAYERS,
  LIBRARY,
  nameKey,
  namesOf,
  type Property,
  SEPARATORS,
  SOLVENT_REDUCTIONS,
  SUBSTRATES,
  solventReduction,
  substrateMaterial,
} from './index.ts';
import { additiveFileSchema, coatingFileSchema, dataFileSchemas, hostFileSchema } from './schemas.ts';

/** Every property in the data, with its path. */
function properties(value: unknown, path = ''): readonly (readonly [string, Property])[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('value' in value && 'unit' in value) return [[path, value as Property]];
  return Object.entries(value).flatMap(([key, inner]) => properties(inner, `${path}/${key}`));
}

const ALL = properties({ COATINGS, HOSTS, SUBSTRATES, ADDITIVES, SOLVENT_REDUCTIONS });

describe('the strategies', () => {
  test.each([
    ['coatings', coatingFileSchema, coatingFile, coatingJsonSchema],
    ['hosts', hostFileSchema, hostFile, hostJsonSchema],
    ['additives', additiveFileSchema, additiveFile, additiveJsonSchema],
  ])('%s hold to their schema, and the JSON Schema is up to date', (name, schema, file, jsonSchema) => {
    expect(schema.safeParse(file).error?.issues).toBeUndefined();
    expect(jsonSchema).toEqual(dataFileSchemas()[name]);
  });

  test('every value lies within its range, and every prior has one', () => {
    expect(ALL.length).toBeGreaterThan(700);
    for (const [path, { value, range, tag, source }] of ALL) {
      if (range) expect(range[0] <= value && value <= range[1], `${path}: ${value} in ${range}`).toBe(true);
      if (tag === 'prior') expect(range, path).toBeDefined();
      if (tag === 'measured') expect(source, path).toMatch(/10\.\d{4,}\/|row [ab]\d-\d\d/u);
    }
  });

  test('a name leads to one entry of its kind', () => {
    for (const entries of [COATINGS, HOSTS, SUBSTRATES, ADDITIVES]) {
      const names = entries.flatMap((entry) => [...new Set(namesOf(entry).map(nameKey))]);
      expect(names.filter((name, k) => names.indexOf(name) !== k)).toEqual([]);
    }
    expect(coatingMaterial('Lithium Nitride')?.id).toBe('Li3N');
    expect(hostMaterial('Li-rGO')?.id).toBe('rGO');
    expect(substrateMaterial('Cu foil')?.id).toBe('Cu');
    expect(additiveMaterial('vinylene carbonate')?.id).toBe('VC');
    expect(solventReduction('DME')?.family).toBe('ether');
    expect(hostMaterial('kryptonite')).toBeUndefined();
  });

  test('no strategy, surface or library entry has the name of an electrolyte, a cathode or a separator', () => {
    const apart = [ELECTROLYTES, CATHODES, SEPARATORS].flatMap((entries) => entries.flatMap((entry) => namesOf(entry)));
    const taken = new Set(apart.map(nameKey));
    const entries = [...LAYERS, ...COATINGS, ...HOSTS, ...SUBSTRATES, ...ADDITIVES, ...LIBRARY];
    expect(entries.flatMap((entry) => namesOf(entry)).filter((name) => taken.has(nameKey(name)))).toEqual([]);
  });

  test('values have the unit and the bounds of what they are', () => {
    const share = (property: Property, path: string): void => {
      expect(property.unit, path).toBe('1');
      for (const x of [property.value, ...(property.range ?? [])]) expect(x >= 0 && x <= 1, `${path}: ${x}`).toBe(true);
    };
    for (const {
      id,
      layers,
      pinholeFraction,
      barrier,
      depositSizeFactor,
      unstrippableSkinFactor,
      consumption,
    } of COATINGS) {
      share(pinholeFraction, id);
      share(barrier, id);
      share(unstrippableSkinFactor, id);
      expect(depositSizeFactor.value, id).toBeGreaterThanOrEqual(1);
      expect(consumption.unit, id).toBe('m/s^0.5');
      for (const layer of layers) {
        share(layer.unrepairedFraction, id);
        expect([
          layer.thickness.unit,
          layer.conductivity.unit,
          layer.activationEnergy.unit,
          layer.youngsModulus.unit,
          layer.fractureStrain.unit,
          layer.fractureToughness.unit,
          layer.weibullModulus.unit,
        ]).toEqual(['m', 'S/m', 'J/mol', 'Pa', '1', 'Pa m^0.5', '1']);
      }
    }
    for (const host of HOSTS) {
      for (const key of ['porosity', 'heightFluctuation', 'encapsulatedFraction', 'shellFailurePerCycle'] as const) {
        share(host[key], `${host.id} ${key}`);
      }
      expect(host.poreSize.value, host.id).toBeLessThanOrEqual(host.thickness.value);
      expect(substrateMaterial(host.substrate)?.id, host.id).toBe(host.substrate);
      // Only what conducts electrons and is a metal that the electrolyte attacks corrodes what lies on it.
      expect(host.galvanic, host.id).toBe(substrateMaterial(host.substrate)!.galvanic !== null);
      if (!host.conductsElectrons) expect(host.areaRatio.value, host.id).toBe(1);
      expect(host.encapsulatedFraction.value > 0, host.id).toBe(host.shellFailurePerCycle.value > 0);
    }
  });

  test('a row of the reviews has the strategies that it is made of', () => {
    const idsIn = (
      entries: readonly { readonly id: string; readonly rows: readonly string[] }[],
      row: string,
    ): string[] => entries.filter(({ rows }) => rows.includes(row)).map(({ id }) => id);
    expect(idsIn(COATINGS, 'b1-39')).toEqual(['LixSiSy-Nafion']);
    expect(idsIn(COATINGS, 'a1-45')).toEqual(['Al2O3-spheres']);
    expect(idsIn(HOSTS, 'a1-45')).toEqual(['ALD-spheres']);
    expect(idsIn(ADDITIVES, 'a1-45')).toEqual(['FEC', 'VC']);
    // Every row of the host groups has a host, but for those whose collector alone is another one or whose metal has a skin.
    const rows =
      'a1-27 a1-28 a1-29 a1-30 a1-31 a1-34 a1-35 a1-36 a1-36b a1-37 a1-41 a1-42 a1-44 a1-45 a1-45b b2-49 b2-50 b2-51 b2-52 b2-55 b2-56 b2-58 b2-61 b2-62';
    for (const row of rows.split(' ')) expect(idsIn(HOSTS, row).length, row).toBe(1);
  });
});

describe('what is computed from other values', () => {
  /** Lithium in the alloy of a layer, mol/m3, from formula mass and density. */
  const LITHIUM: Readonly<Record<string, number>> = {
    'Li-Sn alloy': (22 * 2560) / (22 * 0.006941 + 5 * 0.11871),
    LiAl: 1760 / (0.006941 + 0.026982),
    'Li-Ga-In-Sn-Zn': 5e4,
  };

  test('an alloy skin conducts as its lithium diffuses', () => {
    for (const { layers } of COATINGS) {
      for (const { name, conductivity } of layers.filter((layer) => layer.conductivity.tag === 'computed')) {
        const D = Number(/D = (\S+) m2\/s/u.exec(conductivity.source)![1]);
        const c = Number(/c = (\S+) mol\/m3/u.exec(conductivity.source)![1]);
        expect(c / LITHIUM[name]!, name).toBeCloseTo(1, 2);
        expect(conductivity.value / ((F * F * D * c) / (R * 298.15)), name).toBeCloseTo(1, 3);
      }
    }
  });

  /** a of the host by its geometry; undefined where it is stated. */
  function areaRatioOf({ geometry, porosity, thickness }: HostMaterial): number | undefined {
    const L = thickness.value;
    const phi = porosity.value;
    switch (geometry?.kind) {
      case 'fibres':
        return (4 * (1 - phi) * L) / geometry.fibreDiameter.value;
      case 'channels':
        return (4 * phi * L) / geometry.channelDiameter.value;
      case 'particles':
        return (6 * (1 - phi) * L) / geometry.particleDiameter.value;
      case 'spheres':
        return (6 * geometry.packing.value * L) / geometry.sphereDiameter.value;
      case 'area-per-mass':
        return geometry.specificArea.value * geometry.mass.value;
      default:
        return undefined;
    }
  }

  test('the area of a host follows from its geometry', () => {
    for (const host of HOSTS) {
      const expected = areaRatioOf(host);
      expect(host.areaRatio.tag === 'computed', host.id).toBe(expected !== undefined);
      if (expected !== undefined) expect(host.areaRatio.value / expected, host.id).toBeCloseTo(1, 3);
      if (host.geometry?.kind === 'spheres') {
        const d = host.geometry.sphereDiameter.value;
        const hollow = d - 2 * host.geometry.wallThickness.value;
        expect(host.poreSize.value).toBeCloseTo(hollow, 12);
        expect(host.porosity.value / (host.geometry.packing.value * (hollow / d) ** 3)).toBeCloseTo(1, 3);
      }
    }
  });

  test('the carbon in layered Li-rGO and its porosity follow from the capacity of the composite', () => {
    const { porosity, geometry, thickness } = hostMaterial('rGO')!;
    const lithium = 3390 / 3860;
    const volume = lithium / 534;
    expect(volume / (volume + (1 - lithium) / 2000)).toBeCloseTo(porosity.value, 2);
    expect(geometry!.kind === 'area-per-mass' && geometry!.mass.value).toBeCloseTo(
      (1 - porosity.value) * thickness.value * 2000,
      4,
    );
  });

  test('the first charge of a surface is its film and what its layer takes up', () => {
    for (const { id, film, uptake, firstCharge } of SUBSTRATES) {
      const taken =
        uptake === null ? 0 : (uptake.lithiumPerFormula.value * F * uptake.thickness.value) / uptake.molarVolume.value;
      expect(firstCharge.value / (film.value + taken || 1), id).toBeCloseTo(film.value + taken === 0 ? 0 : 1, 3);
      if (uptake === null) continue;
      const [, grams, density] = /([\d.]+) g\/mol at (\d+) kg\/m3/u.exec(uptake.molarVolume.source)!;
      expect(uptake.molarVolume.value / (Number(grams) / 1000 / Number(density)), id).toBeCloseTo(1, 2);
    }
  });

  test('a full reduction of a polysulfide takes the electrons that its formula says', () => {
    for (const { id, electrons } of ADDITIVES) {
      const sulfur = /^Li2S(\d)$/u.exec(id);
      if (sulfur) expect(electrons.value).toBe(2 * Number(sulfur[1]) - 2);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { F } from '../units/index.ts';
import cathodeFile from './cathodes.json' with { type: 'json' };
import cathodeJsonSchema from './cathodes.schema.json' with { type: 'json' };
import electrolyteFile from './electrolytes.json' with { type: 'json' };
import electrolyteJsonSchema from './electrolytes.schema.json' with { type: 'json' };
import {
  CATHODES,
  cathodeMaterial,
  collectorMaterial,
  ELECTROLYTES,
  electrolyteNames,
  findElectrolyte,
  LAYERS,
  layerMaterial,
  nameKey,
  namesOf,
  type Property,
  SEPARATORS,
  SUBSTRATES,
  separatorMaterial,
  TRANSPORT_LAWS,
} from './index.ts';
import layerFile from './layers.json' with { type: 'json' };
import layerJsonSchema from './layers.schema.json' with { type: 'json' };
import {
  cathodeFileSchema,
  dataFileSchemas,
  electrolyteFileSchema,
  layerFileSchema,
  separatorFileSchema,
  substrateFileSchema,
} from './schemas.ts';
import separatorFile from './separators.json' with { type: 'json' };
import separatorJsonSchema from './separators.schema.json' with { type: 'json' };
import substrateFile from './substrates.json' with { type: 'json' };
import substrateJsonSchema from './substrates.schema.json' with { type: 'json' };

/** Every object in the data that looks like a property, with its path. */
function properties(value: unknown, path = ''): readonly (readonly [string, Property])[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('value' in value && 'unit' in value) return [[path, value as Property]];
  return Object.entries(value).flatMap(([key, inner]) => properties(inner, `${path}/${key}`));
}

const ALL = properties([ELECTROLYTES, CATHODES, LAYERS, SUBSTRATES, SEPARATORS]);

describe('the data files', () => {
  test.each([
    ['electrolytes', electrolyteFileSchema, electrolyteFile, electrolyteJsonSchema],
    ['cathodes', cathodeFileSchema, cathodeFile, cathodeJsonSchema],
    ['layers', layerFileSchema, layerFile, layerJsonSchema],
    ['substrates', substrateFileSchema, substrateFile, substrateJsonSchema],
    ['separators', separatorFileSchema, separatorFile, separatorJsonSchema],
  ])('%s hold to their schema, and the JSON Schema is up to date', (name, schema, file, jsonSchema) => {
    expect(schema.safeParse(file).error?.issues).toBeUndefined();
    expect(jsonSchema).toEqual(dataFileSchemas()[name]);
  });

  test('every value lies within its range', () => {
    expect(ALL.length).toBeGreaterThan(300);
    for (const [path, { value, range }] of ALL) {
      if (range) expect(range[0] <= value && value <= range[1], `${path}: ${value} in ${range}`).toBe(true);
    }
  });

  test('no source says measured without naming where', () => {
    for (const [path, { tag, source }] of ALL) {
      if (tag === 'measured') expect(source, path).toMatch(/10\.\d{4,}\/|\d{4}, J\./u);
      if (tag === 'memory' || tag === 'prior') expect(source, path).not.toBe('');
    }
  });

  test('names lead to one entry only', () => {
    for (const entries of [CATHODES, LAYERS, SUBSTRATES, SEPARATORS]) {
      const names = entries.flatMap((entry) => [...new Set(namesOf(entry).map(nameKey))]);
      expect(new Set(names).size).toBe(names.length);
    }
    for (const { id, name, aliases } of ELECTROLYTES) {
      for (const spelling of [id, name, ...aliases]) {
        expect(findElectrolyte(spelling)?.material.id, spelling).toBe(id);
        expect(findElectrolyte(spelling)?.exact, spelling).toBe(true);
      }
    }
  });

  test('an electrolyte has transport of its own or a law that gives it', () => {
    for (const { id, transport } of ELECTROLYTES) {
      const law = TRANSPORT_LAWS.find((known) => known.law === transport.law);
      for (const quantity of ['conductivity', 'diffusivity', 'transferenceNumber', 'thermodynamicFactor'] as const) {
        expect(law?.gives.includes(quantity) || transport[quantity] !== undefined, `${id} ${quantity}`).toBe(true);
      }
    }
  });
});

describe('values against their definitions', () => {
  test('lithium per volume of a layer is lithium per molar volume', () => {
    const perMole: Readonly<Record<string, number>> = {
      Li3N: 3 / 2.73e-5,
      LiF: 1 / 9.8e-6,
      Li2O: 2 / 1.483e-5,
      Li2CO3: 2 / 3.5e-5,
    };
    for (const [id, expected] of Object.entries(perMole)) {
      expect(layerMaterial(id)!.lithiumConcentration.value / expected).toBeCloseTo(1, 1);
    }
  });

  test('the exchange current of the reference electrolyte is the Xu2019 form at 1 M', () => {
    const j0 = F * 3.5e-8 * (1 / 1.3e-5) ** 0.7 * 1000 ** 0.3;
    expect(findElectrolyte('lipf6-ecdmc')!.material.kinetics.exchangeCurrent.value).toBeCloseTo(j0, 1);
  });

  test('the ionic liquid has the exchange current F·k0·c', () => {
    expect(findElectrolyte('il-pyr14')!.material.kinetics.exchangeCurrent.value).toBeCloseTo(F * 1.2e-7 * 1000, 1);
  });

  test('growth of the native film alone explains less than a tenth of the reported calendar loss', () => {
    // A real area of five times the geometric one, one day at rest, 1 mAh/cm2 plated. The sources of the growth rates say so.
    const { thickness, growthRate, lithiumConcentration, calendarLoss24h } =
      findElectrolyte('lipf6-ecdec')!.material.interphase;
    const grown_m = Math.sqrt(thickness.value ** 2 + growthRate.value ** 2 * 86400) - thickness.value;
    const loss = (F * 5 * grown_m * lithiumConcentration.value) / 3.6e4;
    expect(loss / calendarLoss24h.value).toBeCloseTo(0.05, 2);
    expect(growthRate.source).toContain('a tenth');
  });

  test('an interphase activation energy is 0.61 to 0.66 eV', () => {
    for (const { interphase } of ELECTROLYTES) {
      const eV = interphase.activationEnergy.value / F;
      expect(eV).toBeGreaterThan(0.6);
      expect(eV).toBeLessThan(0.67);
    }
  });
});

describe('names of electrolytes', () => {
  test.each([
    ['1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3', 'litfsi-doldme-lino3', true],
    ['1M LiTFSI DME-DOL (1:1) 3% LiNO3', 'litfsi-doldme-lino3', true],
    ['1 M LiTFSI in DOL/DME (1:1 v/v) + 0.3 M LiNO3', 'litfsi-doldme-lino3', false],
    ['1.2 M LiPF6 in EC/EMC (3:7 w/w)', 'lipf6-ecemc', false],
    ['1 M LiPF6 in EC:DMC', 'lipf6-ecdmc', true],
    ['lp30', 'lipf6-ecdmc', true],
    ['4M LiFSI DME', 'lifsi-dme-4m', true],
    ['1.0 M LiFSI in DME', 'lifsi-dme-1m', true],
  ])('%s is %s', (text, id, exact) => {
    expect(findElectrolyte(text)).toMatchObject({ material: { id }, exact });
  });

  test('constants that were stated at one concentration are not used at another', () => {
    expect(findElectrolyte('2 M LiFSI in DME')).toBeUndefined();
    expect(findElectrolyte('5 M LiPF6 in EC/EMC')).toBeUndefined();
  });

  test('unknown components and absurd lengths are no match', () => {
    expect(findElectrolyte('1 M LiPF6 in water')).toBeUndefined();
    expect(findElectrolyte('')).toBeUndefined();
    expect(findElectrolyte('M'.repeat(1e6))).toBeUndefined();
    expect(electrolyteNames()).toContain('litfsi-doldme');
  });

  test('other materials are found by their aliases', () => {
    expect(cathodeMaterial('ncm 523')?.id).toBe('NMC532');
    expect(collectorMaterial('Copper foil')?.id).toBe('Cu');
    expect(separatorMaterial('celgard 2325')?.id).toBe('celgard-2325');
    expect(layerMaterial('lithium nitride')?.id).toBe('Li3N');
    expect(layerMaterial('kryptonite')).toBeUndefined();
  });
});

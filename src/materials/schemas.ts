// The shape of the data files of this room. The JSON Schemas beside them are made from here, and a test holds the files to both.

import * as z from 'zod';

const finite = z.number();

const property = z
  .strictObject({
    value: finite,
    unit: z.string().min(1),
    tag: z.enum(['measured', 'published', 'computed', 'fitted', 'memory', 'prior', 'assumed']),
    source: z.string().min(3),
    range: z.tuple([finite, finite]).optional(),
  })
  .describe('A number with its unit (SI), tag, source and plausible range');

const names = z.array(z.string().min(1));
const window = z.strictObject({ low: property, high: property });
const law = z.strictObject({ law: z.string(), formula: z.string(), source: z.string().min(3) });
const interval = z.tuple([finite, finite]);

export const electrolyteFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  transportLaws: z.array(
    z.strictObject({
      law: z.string(),
      of: z.string(),
      gives: names,
      source: z.string().min(3),
      concentrationRange_mol_per_m3: interval,
      temperatureRange_K: interval,
    }),
  ),
  electrolytes: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      aliases: names,
      family: z.enum([
        'carbonate',
        'carbonate-additive',
        'ether',
        'ether-nitrate',
        'concentrated',
        'localised',
        'ionic-liquid',
      ]),
      salts: names.min(1),
      solvents: names.min(1),
      additives: names,
      concentration: property,
      transport: z.strictObject({
        law: z.string(),
        conductivity: property.optional(),
        diffusivity: property.optional(),
        transferenceNumber: property.optional(),
        thermodynamicFactor: property.optional(),
        conductivityActivationEnergy: property.optional(),
        diffusivityActivationEnergy: property.optional(),
        viscosity: property.optional(),
      }),
      kinetics: z.strictObject({
        exchangeCurrent: property,
        concentrationExponent: property,
        activationEnergy: property,
        alphaAnodic: property,
        alphaCathodic: property,
        reorganisationEnergy: property,
      }),
      interphase: z.strictObject({
        thickness: property,
        conductivity: property,
        activationEnergy: property,
        growthRate: property,
        growthActivationEnergy: property,
        lithiumConcentration: property,
        saltFraction: property,
        charge: property,
        depositSize: property,
        unstrippableSkin: property,
        youngsModulus: property,
        fractureStrain: property,
        calendarLoss24h: property,
      }),
      oxidationLimit: property,
      conductivityPoints: z
        .strictObject({
          columns: names,
          tag: z.literal('measured'),
          source: z.string().min(3),
          points: z.array(z.tuple([finite, finite, finite])),
        })
        .optional(),
    }),
  ),
});

export const cathodeFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  cathodes: z.array(
    z.strictObject({
      id: z.string().min(1),
      aliases: names,
      set: z.string().min(1),
      references: names.min(1),
      thickness: property,
      porosity: property,
      activeFraction: property,
      bruggemanElectrolyte: property,
      bruggemanSolid: property,
      conductivity: property,
      particleRadius: property,
      maximumConcentration: property,
      stoichiometryWindow: window,
      diffusivity: property,
      diffusivityActivationEnergy: property,
      rate: property,
      rateActivationEnergy: property,
      openCircuitPotential: law,
      entropicCoefficient: z.union([law, property]),
      voltageLimits: window,
      notes: names,
    }),
  ),
});

export const layerFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  layers: z.array(
    z.strictObject({
      id: z.string().min(1),
      aliases: names,
      thickness: property,
      conductivity: property,
      activationEnergy: property,
      lithiumConcentration: property,
      notes: names,
    }),
  ),
});

export const collectorFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  collectors: z.array(
    z.strictObject({ id: z.string().min(1), aliases: names, nucleationOverpotential: property, notes: names }),
  ),
});

export const separatorFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  separators: z.array(
    z.strictObject({
      id: z.string().min(1),
      aliases: names,
      thickness: property,
      porosity: property,
      bruggeman: property,
      notes: names,
    }),
  ),
});

/** JSON Schemas (draft 2020-12) of the data files, by file name without extension. */
export function dataFileSchemas(): Readonly<Record<string, object>> {
  return {
    electrolytes: z.toJSONSchema(electrolyteFileSchema),
    cathodes: z.toJSONSchema(cathodeFileSchema),
    layers: z.toJSONSchema(layerFileSchema),
    collectors: z.toJSONSchema(collectorFileSchema),
    separators: z.toJSONSchema(separatorFileSchema),
  };
}

// The shape of the data files of this room. The JSON Schemas beside them are made from here, and a test holds the files to both.

import * as z from 'zod';
import { LIBRARY_CLASSES } from './library.ts';
import { LIBRARY_QUANTITIES, type LibraryQuantity } from './library-quantities.ts';
import { thermodynamicFileSchemas } from './thermodynamics-schemas.ts';

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

export const substrateFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  substrates: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      aliases: names,
      collector: z.boolean(),
      nucleationOverpotential: property,
      film: property,
      uptake: z
        .strictObject({
          of: z.string().min(1),
          thickness: property,
          lithiumPerFormula: property,
          molarVolume: property,
        })
        .nullable(),
      firstCharge: property,
      galvanic: z.strictObject({ currentDensity: property, decayTime: property, renewedPerCycle: property }).nullable(),
      notes: names,
    }),
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

const ionFormula = z.string().regex(/^(?:[A-Z][a-z]?\d*)+$/u);

export const chemicalFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  atomicMasses: z.strictObject({ source: z.string().min(3), values: z.record(z.string(), finite) }),
  chemicals: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      aliases: names,
      kind: z.enum(['salt', 'solvent']),
      family: z.enum([
        'carbonate',
        'fluorinated-carbonate',
        'ether',
        'partly-fluorinated-ether',
        'fluorinated-ether',
        'fluorinated-aromatic',
        'ester',
        'phosphate',
        'sulfone',
        'sulfonamide',
        'nitrile',
        'amide',
        'borate',
        'silane',
        'gas',
        'other',
        'ionic-liquid',
        'lithium-salt',
        'other-salt',
      ]),
      formula: ionFormula,
      molarMass_kg_per_mol: finite.positive(),
      density_kg_per_m3: finite.positive(),
      densitySource: z.string().min(3),
      densityTag: z.enum(['measured', 'memory', 'prior']),
      smiles: z.string().min(1),
      donorSites: z.int().nonnegative(),
      ions: z
        .strictObject({
          cation: ionFormula,
          cationCount: z.int().positive(),
          anion: ionFormula,
          anionCount: z.int().positive(),
        })
        .optional(),
      doubts: z
        .array(
          z.strictObject({
            spelling: z.string().min(1),
            confidence: finite.positive().max(1),
            reason: z.string().min(3),
            beside: names.optional(),
          }),
        )
        .optional(),
      notes: names,
    }),
  ),
});

const rows = z.array(z.string().regex(/^(?:a1|b[123])-\d{2}b?$/u));

const strategy = {
  id: z.string().min(1),
  name: z.string().min(1),
  aliases: names,
  standsFor: z.string().min(10),
  rows,
};

export const coatingFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  coatings: z.array(
    z.strictObject({
      ...strategy,
      layers: z
        .array(
          z.strictObject({
            name: z.string().min(1),
            thickness: property,
            conductivity: property,
            activationEnergy: property,
            youngsModulus: property,
            fractureStrain: property,
            fractureToughness: property,
            weibullModulus: property,
            unrepairedFraction: property,
          }),
        )
        .min(1),
      pinholeFraction: property,
      barrier: property,
      depositSizeFactor: property,
      unstrippableSkinFactor: property,
      consumption: property,
      notes: names,
    }),
  ),
});

export const hostFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  hosts: z.array(
    z.strictObject({
      ...strategy,
      geometry: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('fibres'), fibreDiameter: property }),
          z.strictObject({ kind: z.literal('channels'), channelDiameter: property }),
          z.strictObject({ kind: z.literal('particles'), particleDiameter: property }),
          z.strictObject({
            kind: z.literal('spheres'),
            sphereDiameter: property,
            wallThickness: property,
            packing: property,
          }),
          z.strictObject({ kind: z.literal('area-per-mass'), specificArea: property, mass: property }),
        ])
        .nullable(),
      thickness: property,
      porosity: property,
      areaRatio: property,
      heightFluctuation: property,
      encapsulatedFraction: property,
      shellFailurePerCycle: property,
      galvanic: z.boolean(),
      conductsElectrons: z.boolean(),
      poreSize: property,
      substrate: z.string().min(1),
      notes: names,
    }),
  ),
});

export const additiveFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  additives: z.array(
    z.strictObject({
      ...strategy,
      consumed: z.boolean(),
      electrons: property,
      interphaseShare: property,
      reductionPotential: property.nullable(),
      solubility: z.strictObject({ carbonate: property.optional(), ether: property.optional() }),
      effects: z.strictObject({
        interphaseCharge: property,
        depositSize: property,
        unstrippableSkin: property,
        filmConductivity: property,
        filmFractureStrain: property,
        growthRate: property,
      }),
      notes: names,
    }),
  ),
  solvents: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      family: z.string().min(1),
      electrons: property,
      reductionPotential: property,
    }),
  ),
});

const libraryFact = {
  quantity: z.enum(Object.keys(LIBRARY_QUANTITIES) as [LibraryQuantity, ...LibraryQuantity[]]),
  tag: property.shape.tag,
  source: z.string().min(3),
};

const energies = { at300K: property, at500K: property };

export const libraryFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  materials: z.array(
    z.strictObject({
      ...strategy,
      formula: z.string().min(1),
      class: z.enum(LIBRARY_CLASSES),
      properties: z
        .array(
          z.union([
            z.strictObject({
              ...libraryFact,
              value: finite.nullable(),
              unit: z.string().min(1),
              printed: z.string().min(1).optional(),
              range: interval.optional(),
              conditions: z.string().min(1).optional(),
              reaction: z.string().includes('->').optional(),
              formula: z.string().min(1).optional(),
              temperature_K: finite.optional(),
            }),
            z.strictObject({ ...libraryFact, statement: z.string().min(1) }),
          ]),
        )
        .min(1),
    }),
  ),
  formation: z.array(z.strictObject({ formula: z.string().min(1), ...energies })),
  reactions: z.array(z.strictObject({ reaction: z.string().includes('->'), ...energies })),
});

/** Written by scripts/calibrate.mjs. */
export const platingLawFileSchema = z.strictObject({
  constants: z.array(
    z
      .strictObject({
        id: z.string().min(1),
        prior: finite,
        priorSd: finite.positive(),
        value: finite,
        sd: finite.positive(),
      })
      .describe('What is known before the fit, and what the fit makes of it'),
  ),
  covariance: z.array(z.array(finite)).describe('Of the constants, in their order'),
  scatter: finite.positive().describe('Standard deviation of −log10(1 − CE) that the law leaves'),
  meanLogEfficiency: finite,
  depositSizeExponent: z.strictObject({ value: finite.nonnegative(), sd: finite.positive() }),
  source: z.string().min(3),
});

const surfaceReaction = z.strictObject({
  equation: z.string().includes('->'),
  lithiumPerFormula: finite.positive(),
  plateau: property.nullable(),
  leavesSolid: z.string().min(1).nullable(),
  closesSurface: z.boolean(),
});

const angle = { ...property.shape, unit: z.literal('rad'), printed: z.string().min(1) };

export const contactAngleFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  temperatureSlope: property,
  coatingThickness: property,
  kinetics: z.strictObject({
    referenceTemperature: property,
    inductionTime: property,
    inductionActivationEnergy: property,
    reactionRate: property,
    reactionActivationEnergy: property,
  }),
  surfaces: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      aliases: names,
      formula: z.string().min(1),
      density: property,
      molarMass: property,
      states: z
        .array(
          z.strictObject({
            state: z.string().min(1),
            words: names,
            angle: z.strictObject({
              quantity: z.literal('contact angle of molten lithium'),
              ...angle,
              range: interval,
              temperatureRange_K: interval,
              atmosphere: z.string().min(1),
              pretreatment: z.string().min(1),
              roughness: z.string().min(1),
            }),
            reaction: surfaceReaction.nullable(),
            temperatureSlope: property.nullable(),
          }),
        )
        .min(1),
      notes: names,
    }),
  ),
  electrolytes: z.array(
    z.strictObject({
      family: electrolyteFileSchema.shape.electrolytes.element.shape.family,
      surfaceTension: property,
      viscosity: property,
    }),
  ),
  electrolyteAngles: z.array(
    z.strictObject({
      quantity: z.enum(['contact angle of an electrolyte', 'contact angle of water']),
      on: z.string().min(1),
      ...angle,
      conditions: z.string().min(1),
    }),
  ),
  lithiumFilm: z.strictObject({ surfaceEnergy: property, interfaceEnergy: property }),
  separatorWall: z.strictObject({ cosine: property, poreRadius: property, tortuosity: property }),
});

export const solidInterfaceFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  contactLaw: z.strictObject({ halfAngle: property, width: property, referencePressure: property }),
  spotRadius: property,
  carbonate: z.strictObject({
    thickness: property,
    conductivity: property,
    activationEnergy: property,
    permittivity: property,
  }),
  doubleLayer: property,
  voidCharge: property,
  scatter: property,
  empirical: z.strictObject({ largest: property, fall: property }),
  electrolytes: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      aliases: names,
      contactBy: z.union([z.literal('angle'), z.strictObject({ contact: property })]),
      surface: z.string().min(1).nullable(),
      conductivity: property,
      activationEnergy: property,
      reductionPotential: property,
      interphase: z.strictObject({
        firstThickness: property,
        ionicConductivity: property,
        electronicConductivity: property,
        volumePerLithium: property,
        activationEnergy: property,
      }),
      chargeTransfer: property,
      mechanics: z.strictObject({ toughness: property, flaw: property, shearModulus: property }).nullable(),
      saltTransport: z
        .strictObject({
          concentration: property,
          transference: property,
          diffusivity: property,
          thickness: property,
        })
        .nullable(),
      supply: z
        .strictObject({
          diffusion: property,
          creep: property,
          referencePressure: property,
          exponent: property,
          activationEnergy: property,
        })
        .nullable(),
      reportedCriticalCurrent: property,
      notes: names,
    }),
  ),
  interlayers: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      aliases: names,
      kind: z.enum(['liquid', 'soft', 'insulating', 'mixed', 'alloy']),
      thickness: property,
      conductivity: property,
      electronicConductivity: property,
      contact: property,
      remainingResistance: property.nullable(),
      rows: z.array(z.string().regex(/^b3-\d{2}$/u)),
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
    substrates: z.toJSONSchema(substrateFileSchema),
    separators: z.toJSONSchema(separatorFileSchema),
    coatings: z.toJSONSchema(coatingFileSchema),
    hosts: z.toJSONSchema(hostFileSchema),
    additives: z.toJSONSchema(additiveFileSchema),
    library: z.toJSONSchema(libraryFileSchema),
    chemicals: z.toJSONSchema(chemicalFileSchema),
    'contact-angles': z.toJSONSchema(contactAngleFileSchema),
    'solid-interfaces': z.toJSONSchema(solidInterfaceFileSchema),
    'plating-law': z.toJSONSchema(platingLawFileSchema),
    ...thermodynamicFileSchemas(),
  };
}

// The shape of the data files of solid electrolytes and interlayers.

import * as z from 'zod';

const finite = z.number();
const property = z.strictObject({
  value: finite,
  unit: z.string().min(1),
  tag: z.enum(['measured', 'published', 'computed', 'fitted', 'memory', 'prior', 'assumed']),
  source: z.string().min(3),
  range: z.tuple([finite, finite]).optional(),
});
const names = z.array(z.string().min(1));
const contact = z.strictObject({ angle: property.nullable(), fraction: property.nullable() });

export const solidElectrolyteFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  interface: z.strictObject({
    halfContactAngle: property,
    contactWidth: property,
    contactFloor: property,
    contactPressure: property,
    voidCharge: property,
    diffusionCurrent: property,
    creepCurrent: property,
    creepPressure: property,
    creepExponent: property,
    creepActivationEnergy: property,
    criticalCurrentScatter: property,
  }),
  materials: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      aliases: names,
      family: z.enum(['garnet', 'sulfide', 'argyrodite', 'phosphate', 'polymer', 'gel', 'thin film']),
      conductivity: property,
      conductivityActivationEnergy: property,
      grainBoundary: property,
      concentration: property,
      transferenceNumber: property,
      diffusivity: property,
      diffusivityActivationEnergy: property,
      thickness: property,
      electronicConductivity: property,
      reductionPotential: property,
      youngsModulus: property,
      fractureToughness: property.nullable(),
      flawSize: property.nullable(),
      exchangeCurrent: property,
      exchangeCurrentActivationEnergy: property,
      interphase: z
        .strictObject({
          thickness: property,
          conductivity: property,
          activationEnergy: property,
          electronicConductivity: property,
          volumePerLithium: property,
          growthActivationEnergy: property,
        })
        .nullable(),
      contact,
      spotRadius: property,
      notes: names,
    }),
  ),
});

export const interlayerFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  interlayers: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      aliases: names,
      standsFor: z.string().min(3),
      rows: names,
      kind: z.enum(['liquid', 'gel', 'polymer', 'alloy', 'mixed conductor', 'insulator']),
      thickness: property,
      conductivity: property,
      activationEnergy: property,
      contact,
      lithium: z
        .strictObject({ exchangeCurrent: property, filmThickness: property, filmConductivity: property })
        .nullable(),
      blocksElectrons: z.boolean(),
      notes: names,
    }),
  ),
});

// The keys of a cell file that belong to a solid electrolyte: beside those of any electrolyte, and at the electrodes.

import * as z from 'zod';
import { quantity, text } from './fields.ts';

/** Beside `conductivity` and its activation energy. */
export const solidKeys = {
  solid: text(
    'A solid electrolyte known to the program: LLZO, LLZTO, Li3PS4, Li7P3S11, Li6PS5Cl, LAGP, LATP, PEO, gel, LiPON',
  ).optional(),
  thickness: quantity('length', 'Of a solid electrolyte, which is its own separator', {
    min: 1e-8,
    max: 0.01,
  }).optional(),
  grainBoundary: quantity('ratio', 'Resistance of grain boundaries over that of the grains, in series with it', {
    min: 0,
    max: 1000,
  }).optional(),
  reductionPotential: quantity('voltage', 'Below which lithium reduces it, against Li/Li⁺', {
    min: -1,
    max: 5,
  }).optional(),
  fracture: z
    .union([
      z.null(),
      z.strictObject({
        toughness: z.number().min(1e3).max(1e9).optional().describe('Fracture toughness K_IC, in Pa m^0.5'),
        flaw: quantity('length', 'Depth of a flaw of its surface', { min: 1e-9, max: 1e-3 }).optional(),
        shearModulus: quantity('pressure', 'Shear modulus', { min: 1e3, max: 1e12, unit: 'GPa' }).optional(),
        scatter: quantity('ratio', 'Factor by which critical currents differ, both ways', {
          min: 1,
          max: 100,
        }).optional(),
      }),
    ])
    .optional()
    .describe('What lithium must overcome to pierce it; null: it yields'),
  voids: z
    .union([
      z.null(),
      z.strictObject({
        charge: quantity('areal charge', 'Of the lithium in which voids open', { min: 10, max: 1e7 }).optional(),
        diffusion: quantity('current density', 'That diffusion of vacancies brings back', {
          min: 0,
          max: 1e5,
        }).optional(),
        creep: quantity('current density', 'That creep brings back at the reference pressure', {
          min: 0,
          max: 1e5,
        }).optional(),
        referencePressure: quantity('pressure', 'At which the creep is stated', {
          min: 1e3,
          max: 1e9,
          unit: 'MPa',
        }).optional(),
        exponent: quantity('ratio', 'n of creep ∝ P^n', { min: 0, max: 20 }).optional(),
        activationEnergy: quantity('molar energy', 'Arrhenius energy of both').optional(),
      }),
    ])
    .optional()
    .describe('Voids that open when lithium is stripped; null: none'),
};

const layer = z.union([
  text('An interlayer known to the program, such as "Li-Sn"'),
  z.strictObject({
    material: text('An interlayer known to the program').optional(),
    name: text('A name of your own').optional(),
    thickness: quantity('length', 'Thickness', { min: 1e-10, max: 1e-3 }).optional(),
    conductivity: quantity('conductivity', 'For lithium across it, at 25 °C', { min: 1e-12, max: 1e6 }).optional(),
    activationEnergy: quantity('molar energy', 'Arrhenius energy of the conductivity').optional(),
    remainingResistance: quantity('areal resistance', 'What remains at its faces').optional(),
  }),
]);

/** What a lithium-metal side may say where the electrolyte is solid. */
export const solidSide = {
  contact: z
    .strictObject({
      fraction: quantity('fraction', 'Share of the area that lithium touches', { min: 1e-4, max: 1 }).optional(),
      surface: text('The surface that lithium was molten on, such as "heat-treated LLZO"').optional(),
      spotRadius: quantity('length', 'Radius of the spots of contact', { min: 1e-9, max: 0.001 }).optional(),
    })
    .optional()
    .describe('How lithium lies on a solid electrolyte'),
  interlayer: z
    .union([z.null(), layer, z.array(layer).max(6)])
    .optional()
    .describe(
      'What lies between lithium and a solid electrolyte, by name or as layers from the metal outwards; null: nothing',
    ),
};

export type InterlayerFile = z.output<typeof layer>;

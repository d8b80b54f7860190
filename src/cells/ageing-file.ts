// The sections of a cell file that say how lithium metal ages: coatings, hosts, what lithium nucleates on, how it plates,
// corrosion of bare metal, additives. All of it is optional; what is missing comes from the materials or is a listed prior.

import * as z from 'zod';
import { quantity, text } from './fields.ts';

const share = (description: string) => quantity('fraction', description);
const exponent = (description: string, max: number) => quantity('ratio', description, { min: 0, max });

const layerValues = {
  thickness: quantity('length', 'Thickness', { min: 1e-10, max: 1e-3, unit: 'nm' }).optional(),
  conductivity: quantity('conductivity', 'Ionic conductivity at 25 °C', { min: 1e-12, max: 1e3 }).optional(),
  activationEnergy: quantity('molar energy', 'Arrhenius energy of the conductivity').optional(),
  modulus: quantity('pressure', "Young's modulus", { min: 1e4, max: 2e12, unit: 'GPa' }).optional(),
  fractureStrain: quantity('ratio', 'Strain at which 63 % of it has cracked', { min: 1e-5, max: 100 }).optional(),
  toughness: z
    .number()
    .min(1)
    .max(1e9)
    .optional()
    .describe('Fracture toughness K of a thin film, which cracks only above a thickness that K sets, in Pa m^0.5'),
  weibullModulus: quantity('ratio', 'Weibull modulus of the fracture strain', { min: 0.2, max: 50 }).optional(),
  unrepaired: share('Share of what cracks that never covers again: 1 for a film put on once').optional(),
};

const coatingLayer = z
  .union([
    text('A coating known to the program'),
    z.strictObject({
      material: text('A coating known to the program').optional(),
      name: text('A name of your own').optional(),
      ...layerValues,
    }),
  ])
  .describe('One layer of a coating; a known material gives what is missing');

const coatingLayers = z.array(coatingLayer).min(1).max(6);

const coating = z
  .union([
    z.null(),
    text('A coating known to the program, such as "Li3N"'),
    coatingLayers,
    z.strictObject({
      material: text('A coating known to the program').optional(),
      layers: coatingLayers.optional().describe('From the metal outwards; instead of the properties of a single layer'),
      ...layerValues,
      pinholes: share('Share of the surface left open from the start').optional(),
      barrier: share('Share of the reaction with the electrolyte that an intact coating prevents').optional(),
      depositSizeFactor: quantity('ratio', 'What it makes of the size of the deposit beneath it', {
        min: 0.01,
        max: 100,
      }).optional(),
      unstrippableSkinFactor: quantity('ratio', 'What it makes of the lithium that stripping leaves', {
        min: 0.001,
        max: 100,
      }).optional(),
      consumption: quantity('rate constant sqrt time', 'k of L² = L0² − k²t where lithium consumes it').optional(),
    }),
  ])
  .describe(
    'A film put on before the test, by name, as layers from the metal outwards, or by its properties; null: none',
  );

export const host = z
  .union([
    z.null(),
    text('A host known to the program, such as "rGO"'),
    z.strictObject({
      material: text('A host known to the program').optional(),
      name: text('A name of your own').optional(),
      thickness: quantity('length', 'Thickness', { min: 1e-8, max: 0.01 }).optional(),
      porosity: quantity('fraction', 'Share of its volume that lithium can fill', { min: 0.01, max: 0.999 }).optional(),
      areaRatio: quantity('ratio', 'Its surface over the geometric area', { min: 0.1, max: 1e5 }).optional(),
      heightFluctuation: share('Share of the change of thickness of foil that its outer face sees').optional(),
      encapsulated: share('Share of the lithium in it that the electrolyte does not reach').optional(),
      shellFailure: share('Share of closed shells that fail in each cycle').optional(),
      contactShare: share('Share of the lithium in it that the scaffold keeps in contact').optional(),
      galvanic: z.boolean().optional().describe('Its surface is bare metal on which the electrolyte is reduced'),
      poreSize: quantity('length', 'Spacing that bounds what is plated in it', { min: 1e-9, max: 0.005 }).optional(),
    }),
  ])
  .describe('A scaffold in which lithium is plated, by name or by its properties; null: none');

const substrate = z
  .union([
    text('What lithium nucleates on, such as "Ag"'),
    z.strictObject({
      material: text('A substrate known to the program').optional(),
      nucleationOverpotential: quantity('voltage', 'At 10 µA/cm2', { min: 0, max: 1, unit: 'mV' }).optional(),
      referenceOverpotential: quantity('voltage', 'Of copper, to which deposit sizes belong', {
        min: 0.001,
        max: 1,
        unit: 'mV',
      }).optional(),
      memoryExponent: exponent('What a thick deposit still remembers of its nuclei', 3).optional(),
      firstCharge: quantity('areal charge', 'Native oxide and first film of a bare collector', { min: 0 }).optional(),
    }),
  ])
  .describe('What lithium nucleates on when none is left; the collector unless said');

const plating = z.strictObject({
  interphaseCharge: quantity('areal charge', 'q: charge that covers fresh lithium, per real area', {
    min: 0,
    max: 1e4,
    unit: 'C/m2',
  }).optional(),
  depositSize: quantity('length', 'd: size of the features of the deposit at the reference current', {
    min: 1e-8,
    max: 1e-3,
  }).optional(),
  referenceCurrent: quantity('current density', 'At which the deposit size is stated').optional(),
  depositSizeExponent: exponent('m of d ∝ (j0/j)^m', 4).optional(),
  unstrippableSkin: quantity('length', 'ξ: thickness of lithium that stripping leaves on each feature', {
    min: 0,
    max: 1e-5,
    unit: 'nm',
  }).optional(),
});

const film = z
  .strictObject({
    fractureStrain: quantity('ratio', 'Strain at which 63 % of the film has cracked', {
      min: 1e-5,
      max: 100,
    }).optional(),
    weibullModulus: quantity('ratio', 'Weibull modulus of that strain', { min: 0.2, max: 50 }).optional(),
  })
  .describe('The native film when lithium moves beneath it');

const galvanic = z
  .union([
    z.null(),
    z.strictObject({
      currentDensity: quantity('current density', 'j of i = A·j·(1 + t/τ)^−½', { min: 0, max: 100 }).optional(),
      decayTime: quantity('time', 'τ of the passivation', { min: 1, max: 1e8 }).optional(),
      areaRatio: quantity('ratio', 'Bare metal over the geometric area', { min: 0, max: 1e5 }).optional(),
      renewed: share('Share of the passivation that is lost in each cycle').optional(),
    }),
  ])
  .describe('Electrolyte reduced on bare metal that lithium touches; null: none');

/** What a lithium-metal side may say beside its kinetics and its film. */
export const sideAgeing = {
  coating: coating.optional(),
  host: host.optional(),
  substrate: substrate.optional(),
  plating: plating.optional().describe('How lithium plates; what is missing comes from the electrolyte'),
  platingWithoutAdditives: plating.optional().describe('The same once all additives are used up'),
  film: film.optional(),
  galvanic: galvanic.optional(),
};

export const additive = z
  .strictObject({
    name: text('What it is: LiNO3, FEC, VC, or a name of your own'),
    concentration: quantity('concentration', 'Dissolved at the start', { min: 0, max: 20_000, unit: 'M' }).optional(),
    reserve: quantity('concentration', 'Undissolved, per volume of electrolyte', {
      min: 0,
      max: 20_000,
      unit: 'M',
    }).optional(),
    electrons: quantity('ratio', 'Electrons that one molecule takes', { min: 0.05, max: 100 }).optional(),
    interphaseShare: share('Share of the interphase charge that it takes while it is there').optional(),
  })
  .describe('A component that is spent in making interphase');

export const ageing = z
  .union([
    z.literal('none'),
    z.strictObject({
      solvent: z
        .strictObject({
          electrons: quantity('ratio', 'Electrons that one molecule takes', { min: 0.05, max: 100 }).optional(),
          molarVolume: quantity('molar volume', 'Volume that one mole leaves', {
            min: 1e-6,
            max: 1e-2,
            unit: 'cm3/mol',
          }).optional(),
        })
        .optional()
        .describe('What solvent the interphase spends'),
      referencePressure: quantity('pressure', 'At which the lithium left by stripping is stated').optional(),
      pressureExponent: exponent('p of f ∝ (P/P_reference)^−p for dead lithium', 2).optional(),
      strippingCurrentExponent: exponent('p of f ∝ (1 + j/j_x)^−p for dead lithium', 2).optional(),
      strippingReference: quantity('current density', 'j_x').optional(),
      reusedShells: share('Share of old shells that the next deposit fills again').optional(),
      recoveredDead: share('Share of dead lithium that the next deposit reaches again').optional(),
      unevenness: quantity('ratio', 'ζ: unevenness of the change of thickness', { min: 0, max: 2 }).optional(),
      wavelength: quantity('length', 'Wavelength of that unevenness, at least').optional(),
      deadLayer: z
        .strictObject({
          porosity: quantity('fraction', 'Its pores', { min: 0.05, max: 0.99 }).optional(),
          bruggeman: exponent('b of ε^b', 10).optional(),
        })
        .optional()
        .describe('The layer that dead lithium and old shells form'),
    }),
  ])
  .describe(
    '"none": lithium is lost to the growth of the interphase alone. Else values of ageing that belong to no side',
  );

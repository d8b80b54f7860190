// The cell file (`*.cell.json`), version 1: its zod schema, from which the types, the checks and the published JSON Schema come.
// Only `limetal`, `name`, `area`, `working`, `counter` and `electrolyte` must be given; what else is missing gets a default,
// and every default is listed in `Cell.assumptions` with its source.

import * as z from 'zod';
import { additive, ageing, host, sideAgeing } from './ageing-file.ts';
import { quantity, text } from './fields.ts';
import { LAW_SPECS, scalarLaw } from './scalar-law.ts';
import { solidKeys, solidSide } from './solid-file.ts';

/** The version of cell files that this program reads and writes. */
export const CELL_FILE_VERSION = 1;

const fraction = (description: string, min = 0.01, max = 0.99) => quantity('fraction', description, { min, max });

const kinetics = z
  .strictObject({
    law: z.enum(['butler-volmer', 'marcus-hush-chidsey']).optional().describe('Rate law; Butler-Volmer unless said'),
    exchangeCurrent: quantity(
      'current density',
      'Exchange current density per real area at the reference concentration',
      {
        min: 1e-4,
        max: 1e5,
      },
    ).optional(),
    referenceConcentration: quantity(
      'concentration',
      'Salt concentration at which the exchange current is stated',
    ).optional(),
    concentrationExponent: quantity('ratio', 'γ of j0 ∝ c^γ', { min: 0, max: 2 }).optional(),
    activationEnergy: quantity('molar energy', 'Arrhenius energy of the exchange current').optional(),
    alphaAnodic: fraction('Anodic transfer coefficient', 0.05, 0.95).optional(),
    alphaCathodic: fraction('Cathodic transfer coefficient', 0.05, 0.95).optional(),
    reorganisationEnergy: quantity(
      'energy per particle',
      'Reorganisation energy of Marcus-Hush-Chidsey kinetics',
    ).optional(),
  })
  .describe('Kinetics of Li ⇌ Li⁺ + e⁻; what is missing comes from the electrolyte');

const growth = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('reaction-limited'),
      rate: quantity('velocity', 'Growth rate at the potential U'),
      alpha: fraction('Transfer coefficient', 0, 1),
      potential: quantity('voltage', 'U, against Li/Li⁺'),
    }),
    z.strictObject({
      kind: z.literal('transport-limited'),
      k: quantity('rate constant sqrt time', 'k of L² = L0² + k²t'),
    }),
    z.strictObject({
      kind: z.literal('tunnelling'),
      rate: quantity('velocity', 'k of dL/dt = k·exp(−βL)', { max: 1e6 }),
      decay: quantity('inverse length', 'β', { min: 1e6 }),
    }),
    z.strictObject({
      kind: z.literal('unified'),
      exchangeCurrent: quantity('current density', 'j0', { min: 1e-15 }),
      alpha: fraction('Transfer coefficient', 0, 1),
      diffusivity: quantity('diffusivity', 'Of what carries the electron', { min: 1e-30 }),
      concentration: quantity('concentration', 'Of what carries the electron', { min: 1e-6 }),
      tunnellingThickness: quantity('length', 'Thickness below which nothing limits', { min: 0 }),
    }),
    z.strictObject({
      kind: z.literal('electron-migration'),
      conductivity: quantity('conductivity', 'Electronic conductivity of the film', { min: 0, max: 1 }),
      potential: quantity('voltage', 'U, against Li/Li⁺'),
    }),
    z.strictObject({
      kind: z.literal('interstitial-diffusion'),
      diffusivity: quantity('diffusivity', 'Of lithium interstitials', { min: 0 }),
      concentration: quantity('concentration', 'Of lithium interstitials at 0 V', { min: 0 }),
    }),
    z.strictObject({
      kind: z.literal('solvent-reaction-diffusion'),
      rate: quantity('velocity', 'Rate constant k0'),
      alpha: fraction('Transfer coefficient', 0, 1),
      potential: quantity('voltage', 'U, against Li/Li⁺'),
      diffusivity: quantity('diffusivity', 'Of the solvent in the film', { min: 1e-30 }),
      concentration: quantity('concentration', 'Of the solvent', { min: 0 }),
    }),
  ])
  .describe('Growth law; "none" keeps the thickness');

const layer = z
  .strictObject({
    material: text(
      'A layer material known to the program, or "native" for the film that the electrolyte makes',
    ).optional(),
    name: text('A name of your own').optional(),
    thickness: quantity('length', 'Thickness', { min: 1e-11, max: 1e-3, unit: 'nm' }).optional(),
    conductivity: quantity('conductivity', 'Ionic conductivity at 25 °C', { min: 1e-12, max: 1e3 }).optional(),
    resistivity: quantity('resistivity', 'Instead of the conductivity', { min: 1e-3, max: 1e12 }).optional(),
    activationEnergy: quantity('molar energy', 'Arrhenius energy of the conductivity').optional(),
    growth: growth.optional(),
    growthActivationEnergy: quantity('molar energy', 'Arrhenius energy of the growth').optional(),
    lithiumConcentration: quantity('concentration', 'Lithium bound per volume of layer', {
      min: 0,
      max: 3e5,
    }).optional(),
    saltFraction: quantity('fraction', 'Share of that lithium that came with a reduced salt anion').optional(),
  })
  .describe('One layer; a known material gives what is missing');

const interphase = z
  .array(layer)
  .max(8)
  .describe(
    'Layers on lithium, from the metal outwards. An empty list is bare lithium; without this key it is the native film',
  );

const areaRatio = quantity('ratio', 'Real over geometric area of the lithium surface', {
  min: 0.1,
  max: 1000,
}).optional();

const lithium = z
  .strictObject({
    kind: z.literal('lithium'),
    material: text('What carries the lithium: Cu, steel; none unless said').optional(),
    thickness: quantity('length', 'Lithium thickness; what fills 80 % of the host unless said', {
      min: 1e-8,
      max: 0.005,
    }).optional(),
    areaRatio,
    kinetics: kinetics.optional(),
    interphase: interphase.optional(),
    ...sideAgeing,
    ...solidSide,
  })
  .describe('Lithium metal of finite thickness');

const collector = z
  .strictObject({
    kind: z.enum(['foil', 'collector']),
    material: text('Cu, Ni, SS; or Li, which makes it a lithium electrode'),
    thickness: quantity('length', 'Of the foil, as a note; of the lithium where the material is Li', {
      min: 1e-8,
      max: 0.005,
    }).optional(),
    areaRatio,
    kinetics: kinetics.optional(),
    interphase: interphase.optional(),
    ...sideAgeing,
    ...solidSide,
  })
  .describe('Bare current collector, or lithium foil');

const cathode = z
  .strictObject({
    kind: z.literal('cathode'),
    material: text('LFP, NMC532, NMC811, LCO, or a name of your own with every property given'),
    thickness: quantity('length', 'Coating thickness', { min: 1e-6, max: 0.002 }).optional(),
    capacity: quantity('areal charge', 'Areal capacity; sets the thickness instead of giving it', {
      min: 100,
      max: 1e6,
    }).optional(),
    porosity: fraction('Electrolyte volume fraction').optional(),
    activeFraction: fraction('Active material volume fraction').optional(),
    bruggemanElectrolyte: quantity('ratio', 'b of ε^b for transport in the pores', { min: 0, max: 10 }).optional(),
    bruggemanSolid: quantity('ratio', 'b of ε_s^b for electrons', { min: 0, max: 10 }).optional(),
    conductivity: quantity('conductivity', 'Electronic conductivity of the solid', { min: 1e-6, max: 1e7 }).optional(),
    particleRadius: quantity('length', 'Particle radius', { min: 1e-9, max: 1e-4 }).optional(),
    maximumConcentration: quantity('concentration', 'Lithium in a full particle', { min: 100, max: 2e5 }).optional(),
    initialStoichiometry: fraction('Lithium content at the start, 1 is full', 0.0005, 0.9995).optional(),
    diffusivity: scalarLaw(LAW_SPECS.particleDiffusivity, 'Of lithium in the particle').optional(),
    diffusivityActivationEnergy: quantity('molar energy', 'Arrhenius energy of the diffusivity').optional(),
    openCircuitPotential: scalarLaw(LAW_SPECS.openCircuitPotential, 'Against Li/Li⁺').optional(),
    entropicCoefficient: scalarLaw(LAW_SPECS.entropicCoefficient, 'dU/dT').optional(),
    kinetics: z
      .strictObject({
        rate: z
          .number()
          .min(1e-14)
          .max(1)
          .optional()
          .describe('k of j0 = k·√(c_e·c_s·(c_max−c_s)), in A m^-2 (m3/mol)^1.5'),
        activationEnergy: quantity('molar energy', 'Arrhenius energy of k').optional(),
      })
      .optional(),
    regularised: z.boolean().optional().describe('Powers and potential smoothed as in PyBaMM, to compare with it'),
  })
  .describe('Porous insertion electrode; a known material gives what is missing');

const electrode = z.discriminatedUnion('kind', [lithium, collector, cathode]);

const electrolyte = z
  .union([
    text(
      'Composition, such as "1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3", or a solid electrolyte, such as "LLZTO"',
    ),
    z.strictObject({
      name: text('Composition or a name of your own').optional(),
      law: z
        .enum([
          'landesfeind2019-ec-emc',
          'landesfeind2019-ec-dmc',
          'ec-dec-lundgren',
          'nyman2008',
          'valoen2005',
          'capiglia1999',
          'constant',
          'functions',
        ])
        .optional()
        .describe('Property functions; numbers given beside it replace single properties'),
      concentration: quantity('concentration', 'Salt concentration', { min: 10, max: 15_000, unit: 'M' }).optional(),
      conductivity: scalarLaw(
        LAW_SPECS.conductivity,
        'Ionic conductivity; a formula or table is of c in mol/m3',
      ).optional(),
      diffusivity: scalarLaw(
        LAW_SPECS.saltDiffusivity,
        'Salt diffusivity; a formula or table is of c in mol/m3',
      ).optional(),
      transferenceNumber: quantity('ratio', 't+', { min: -1, max: 1 }).optional(),
      thermodynamicFactor: quantity('ratio', '1 + d ln f/d ln c', { min: 0.05, max: 50 }).optional(),
      conductivityActivationEnergy: quantity('molar energy', 'Arrhenius energy of the conductivity').optional(),
      diffusivityActivationEnergy: quantity('molar energy', 'Arrhenius energy of the diffusivity').optional(),
      additives: z
        .array(additive)
        .max(8)
        .optional()
        .describe('What is spent in making interphase; read from the name unless said'),
      ...solidKeys,
    }),
  ])
  .describe('Electrolyte, by name or by properties');

const separator = z
  .union([
    text('A separator known to the program, such as "celgard-2325"'),
    z.strictObject({
      material: text('A separator known to the program').optional(),
      thickness: quantity('length', 'Thickness', { min: 1e-6, max: 0.005 }).optional(),
      porosity: fraction('Porosity', 0.05, 0.99).optional(),
      bruggeman: quantity('ratio', 'b of ε^b', { min: 0, max: 10 }).optional(),
    }),
  ])
  .describe('Separator');

const nodes = (description: string) => z.int().min(3).max(400).optional().describe(description);

export const cellFileSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Address of this schema, for editors'),
    limetal: z.literal(CELL_FILE_VERSION).describe('Version of the file format'),
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,79}$/u)
      .optional()
      .describe('Short name of small letters, digits and hyphens; made from the name unless given'),
    name: text('What the cell is called'),
    temperature: quantity('temperature', 'Of the surroundings and of the cell at the start').optional(),
    area: quantity('area', 'Geometric electrode area'),
    working: electrode.describe('Working electrode: lithium, a bare collector or a cathode'),
    counter: electrode.describe('Counter electrode: lithium, or a bare collector in an anode-free cell'),
    electrolyte,
    amount: z
      .union([z.number(), z.string()])
      .optional()
      .describe(
        'All the electrolyte: a volume ("40 µL"), per capacity ("3 g/Ah", "2 mL/Ah"), "pores" for full pores only, or m3',
      ),
    separator: separator.optional(),
    interphase: interphase.optional(),
    contactResistance: quantity('areal resistance', 'Of contacts and collectors').optional(),
    thermal: z
      .union([
        z.null(),
        z.strictObject({
          heatCapacity: quantity('areal heat capacity', 'Of the whole stack').optional(),
          heatTransfer: quantity('heat transfer coefficient', 'To the surroundings').optional(),
        }),
      ])
      .optional()
      .describe('Lumped heat balance; null keeps the temperature'),
    voltageLimits: z
      .tuple([quantity('voltage', 'Lower limit'), quantity('voltage', 'Upper limit')])
      .optional()
      .describe('Voltages at which every step ends, lower first'),
    nominalCapacity: z
      .union([z.number(), z.string(), z.null()])
      .optional()
      .describe(
        'What 1C means: a charge ("5 mAh"), an areal charge ("4 mAh/cm2"), or coulombs; null: the cell has none',
      ),
    mesh: z
      .strictObject({
        separator: nodes('Nodes in the separator'),
        cathode: nodes('Nodes in the cathode'),
        particle: nodes('Nodes along a particle radius'),
      })
      .optional()
      .describe('Finite volumes of the full model'),
    host: host
      .optional()
      .describe('Host of the lithium-metal side that is tested, as the key `host` of that electrode'),
    pressure: quantity('pressure', 'Stack pressure', { min: 1e3, max: 1e8, unit: 'MPa' }).optional(),
    ageing: ageing.optional(),
    protocol: z.json().optional().describe('What is done to the cell: text, a list of texts, or steps as data'),
    notes: z
      .union([z.string().max(5000), z.array(z.string().max(2000)).max(50)])
      .optional()
      .describe('For people'),
    sources: z.array(z.string().min(1).max(1000)).max(200).optional().describe('Where the numbers come from'),
    assumptions: z
      .array(
        z.strictObject({
          path: z.string().max(200),
          value: z.number(),
          unit: z.string().max(60),
          tag: z.enum(['measured', 'published', 'computed', 'fitted', 'memory', 'prior', 'assumed']),
          source: z.string().max(500),
          range: z.tuple([z.number(), z.number()]).optional(),
        }),
      )
      .max(300)
      .optional()
      .describe('Numbers of this file that a program supplied, kept with it when it is written'),
  })
  .meta({ title: 'limetal cell', description: 'A lithium-metal cell: what is on the bench, and what is done to it' });

/** A cell file as parsed: every quantity a number in SI. */
export type CellFile = z.output<typeof cellFileSchema>;
export type ElectrodeFile = CellFile['working'];
export type CathodeFile = z.output<typeof cathode>;
export type MetalFile = z.output<typeof lithium> | z.output<typeof collector>;
export type LayerFile = z.output<typeof layer>;
export type GrowthFile = z.output<typeof growth>;
export type ElectrolyteFile = z.output<typeof electrolyte>;
export type KineticsFile = z.output<typeof kinetics>;
export type AgeingFile = Exclude<CellFile['ageing'], undefined | 'none'>;
export type CoatingFile = NonNullable<MetalFile['coating']>;
export type HostFile = NonNullable<MetalFile['host']>;
export type SubstrateFile = NonNullable<MetalFile['substrate']>;
export type PlatingFile = NonNullable<MetalFile['plating']>;
export type GalvanicFile = NonNullable<MetalFile['galvanic']>;
export type AdditiveFile = NonNullable<Exclude<ElectrolyteFile, string>['additives']>[number];

/** The published JSON Schema (draft 2020-12) of a cell file. */
export function cellJsonSchema(): object {
  return z.toJSONSchema(cellFileSchema, { io: 'input' });
}

// Random cell files that are valid, for property tests here and in the rooms that run cells.

import fc from 'fast-check';
import type { Protocol } from './protocol.ts';

/** A number of a decade-spanning range, evenly in its logarithm. */
function logarithmic(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min: Math.log10(min), max: Math.log10(max), noNaN: true }).map((power) => 10 ** power);
}

function between(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true });
}

const kinetics = fc.record(
  {
    exchangeCurrent: logarithmic(0.1, 1000),
    referenceConcentration: between(500, 4000),
    concentrationExponent: between(0, 1),
    activationEnergy: between(0, 65000),
    alphaAnodic: between(0.2, 0.8),
  },
  { requiredKeys: [] },
);

const marcus = fc.record({
  law: fc.constant('marcus-hush-chidsey'),
  exchangeCurrent: logarithmic(0.1, 1000),
  reorganisationEnergy: fc.constantFrom('0.2 eV', '0.3 eV', '0.45 eV'),
});

const growth = fc.oneof(
  fc.constant({ kind: 'none' }),
  fc.record({ kind: fc.constant('transport-limited'), k: logarithmic(1e-12, 1e-9) }),
  fc.record({
    kind: fc.constant('reaction-limited'),
    rate: logarithmic(1e-18, 1e-12),
    alpha: between(0.1, 0.9),
    potential: between(0, 0.8),
  }),
  fc.record({ kind: fc.constant('tunnelling'), rate: logarithmic(1e-15, 1e-9), decay: logarithmic(1e9, 8e9) }),
  fc.record({
    kind: fc.constant('unified'),
    exchangeCurrent: logarithmic(1e-9, 1e-5),
    alpha: between(0.2, 0.8),
    diffusivity: logarithmic(1e-22, 1e-18),
    concentration: logarithmic(1, 5000),
    tunnellingThickness: between(0, 3e-9),
  }),
  fc.record({
    kind: fc.constant('electron-migration'),
    conductivity: logarithmic(1e-15, 1e-12),
    potential: between(0, 0.8),
  }),
  fc.record({
    kind: fc.constant('interstitial-diffusion'),
    diffusivity: logarithmic(1e-22, 1e-18),
    concentration: logarithmic(1, 100),
  }),
  fc.record({
    kind: fc.constant('solvent-reaction-diffusion'),
    rate: logarithmic(1e-16, 1e-12),
    alpha: between(0.2, 0.8),
    potential: between(0, 0.8),
    diffusivity: logarithmic(1e-20, 1e-17),
    concentration: between(1000, 5000),
  }),
);

const layer = fc.oneof(
  fc.constantFrom({ material: 'native' }, { material: 'Li3N' }, { material: 'organic' }, { material: 'Nafion' }),
  fc.record({
    name: fc.constantFrom('inner', 'outer', 'coating'),
    thickness: logarithmic(2e-9, 2e-7),
    conductivity: logarithmic(1e-6, 1e-1),
    growth,
    lithiumConcentration: between(2e4, 1.35e5),
    saltFraction: between(0, 0.25),
  }),
);

const interphase = fc.array(layer, { maxLength: 3 });

const coatingLayer = fc.record(
  {
    name: fc.constantFrom('ceramic', 'polymer'),
    thickness: logarithmic(2e-9, 2e-6),
    conductivity: logarithmic(1e-6, 1e-1),
    modulus: logarithmic(1e7, 2e11),
    fractureStrain: logarithmic(1e-3, 5),
    toughness: logarithmic(1e5, 3e6),
    weibullModulus: between(1, 8),
    unrepaired: fc.constantFrom(0, 0.3, 1),
  },
  { requiredKeys: ['name', 'thickness', 'conductivity'] },
);

const coating = fc.oneof(
  fc.constantFrom(null, 'Li3N', [{ material: 'Nafion' }]),
  fc.record(
    {
      layers: fc.array(coatingLayer, { minLength: 1, maxLength: 2 }),
      pinholes: between(0, 0.1),
      barrier: between(0.3, 1),
      depositSizeFactor: between(0.5, 3),
      unstrippableSkinFactor: between(0.3, 1.5),
      consumption: fc.constantFrom(0, 1e-12),
    },
    { requiredKeys: ['layers'] },
  ),
);

const host = fc.oneof(
  fc.constant(null),
  fc.record(
    {
      name: fc.constantFrom('felt', 'foam'),
      thickness: between(1e-5, 3e-4),
      porosity: between(0.3, 0.95),
      areaRatio: logarithmic(1, 60),
      heightFluctuation: between(0, 1),
      encapsulated: between(0, 0.95),
      shellFailure: logarithmic(1e-4, 1e-2),
      contactShare: between(0, 1),
      galvanic: fc.boolean(),
      poreSize: logarithmic(1e-7, 1e-4),
    },
    { requiredKeys: ['thickness', 'porosity', 'areaRatio'] },
  ),
);

const plating = fc.record(
  {
    interphaseCharge: between(10, 300),
    depositSize: logarithmic(2e-7, 3e-5),
    depositSizeExponent: between(0, 1.5),
    unstrippableSkin: logarithmic(1e-9, 1e-7),
  },
  { requiredKeys: [] },
);

const metalExtras = fc.record(
  {
    areaRatio: logarithmic(1, 20),
    kinetics: fc.oneof(kinetics, marcus),
    interphase,
    coating,
    host,
    plating,
    film: fc.record({ fractureStrain: logarithmic(1e-3, 1), weibullModulus: between(1, 6) }, { requiredKeys: [] }),
    substrate: fc.oneof(
      fc.constant('Ni'),
      fc.record({ nucleationOverpotential: between(0, 0.05), firstCharge: between(0, 3600) }, { requiredKeys: [] }),
    ),
    galvanic: fc.oneof(fc.constant(null), fc.record({ currentDensity: logarithmic(1e-3, 0.05) })),
  },
  { requiredKeys: [] },
);

const lithium = fc
  .tuple(logarithmic(1e-6, 7e-4), metalExtras)
  .map(([thickness, extras]) => ({ kind: 'lithium', thickness, ...extras }));
const copper = metalExtras.map((extras) => ({ kind: 'foil', material: 'Cu', ...extras }));
const cathode = fc
  .tuple(
    fc.constantFrom('LFP', 'NMC532', 'NMC811', 'LCO'),
    fc.oneof(
      fc.record({ thickness: between(2e-5, 1.2e-4) }),
      fc.record({ capacity: fc.constantFrom('0.5 mAh/cm2', '2 mAh/cm2', '4 mAh/cm2') }),
    ),
    fc.record({ porosity: between(0.15, 0.33), conductivity: logarithmic(0.1, 100) }, { requiredKeys: [] }),
  )
  .map(([material, size, extras]) => ({ kind: 'cathode', material, ...size, ...extras }));

const additive = fc.record(
  {
    name: fc.constantFrom('LiNO3', 'FEC', 'mine'),
    concentration: logarithmic(1, 1000),
    reserve: fc.constantFrom(0, 100),
    electrons: between(1, 8),
    interphaseShare: between(0.05, 1),
  },
  { requiredKeys: ['name', 'concentration'] },
);

const electrolyte = fc.oneof(
  fc.constantFrom(
    '1 M LiPF6 in EC/DEC (1:1 w/w)',
    '1 M LiPF6 in EC/DMC',
    '1.2 M LiPF6 in EC/EMC (3:7 w/w)',
    '1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3',
    '4 M LiFSI in DME',
    'LiFSI-1.2DME-3TTE',
  ),
  fc.record({ law: fc.constantFrom('valoen2005', 'nyman2008', 'capiglia1999'), concentration: between(800, 1500) }),
  fc.record(
    {
      name: fc.constant('mine'),
      law: fc.constant('constant'),
      concentration: between(500, 4000),
      conductivity: logarithmic(0.1, 2),
      diffusivity: logarithmic(2e-11, 1e-9),
      transferenceNumber: between(0.1, 0.8),
      thermodynamicFactor: between(0.8, 5),
      additives: fc.array(additive, { maxLength: 2 }),
    },
    {
      requiredKeys: [
        'name',
        'law',
        'concentration',
        'conductivity',
        'diffusivity',
        'transferenceNumber',
        'thermodynamicFactor',
      ],
    },
  ),
);

const separator = fc.record({
  thickness: between(1e-5, 3e-5),
  porosity: between(0.3, 0.6),
  bruggeman: between(1.5, 2.5),
});

const shared = fc.record(
  {
    area: fc.oneof(fc.constantFrom('1.27 cm2', '0.5 cm2', '15.4 mm2'), logarithmic(1e-5, 1e-2)),
    electrolyte,
    amount: fc.constantFrom('pores', undefined),
    separator,
    temperature: between(273.15, 323.15),
    contactResistance: logarithmic(1e-6, 1e-3),
    interphase,
    thermal: fc.constantFrom(null, {}, { heatCapacity: '500 J/(m2 K)', heatTransfer: '20 W/(m2 K)' }),
    pressure: logarithmic(5e4, 2e6),
    ageing: fc.record(
      {
        solvent: fc.record({ electrons: between(0.5, 2) }, { requiredKeys: [] }),
        pressureExponent: between(0, 0.4),
        strippingCurrentExponent: between(0, 0.3),
        reusedShells: between(0, 0.5),
        recoveredDead: between(0, 0.1),
        unevenness: between(0.02, 0.3),
        wavelength: between(2e-6, 2e-5),
        deadLayer: fc.record({ porosity: between(0.4, 0.8) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['area', 'electrolyte'] },
);

/** Random valid files of the four kinds of cell, without protocol. */
export const arbitraryCellFile: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    fc.oneof(
      fc.record({ working: lithium, counter: lithium }),
      fc.record({ working: copper, counter: lithium }),
      fc.record({ working: cathode, counter: lithium }),
      fc.record({ working: cathode, counter: copper }),
    ),
    shared,
    fc.constantFrom('Li|Cu test', 'zelle 7', 'ΔΩ', 'a'.repeat(120)),
  )
  .map(([electrodes, rest, name]) => ({ limetal: 1, name, ...electrodes, ...rest }));

/** A protocol as data that any of the cells can be asked to do. */
export const arbitraryProtocol: fc.Arbitrary<Protocol> = fc
  .tuple(between(0.1, 30), between(60, 7200), fc.integer({ min: 1, max: 3 }))
  .map(([j, duration_s, times]) => ({
    items: [
      {
        kind: 'repeat',
        times,
        items: [
          { kind: 'step', drive: { kind: 'current-density', j_A_per_m2: -j }, duration_s, until: [] },
          { kind: 'step', drive: { kind: 'rest' }, duration_s: 600, until: [] },
          { kind: 'step', drive: { kind: 'current-density', j_A_per_m2: j }, duration_s, until: [] },
        ],
      },
    ],
  }));

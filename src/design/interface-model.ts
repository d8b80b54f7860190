// One interface of lithium with a solid electrolyte as arithmetic: what it is made of, at one draw of all that is uncertain.

import {
  blocksElectrons,
  type InterlayerMaterial,
  type Property,
  SOLID_INTERFACES,
  type SolidElectrolyteMaterial,
} from '../materials/index.ts';
import { log, power } from '../numerics/index.ts';
import {
  ambipolarConductivity_S_per_m,
  arrhenius,
  chargeTransferResistance_ohm_m2,
  contactInStack,
  contactOfAngle,
  criticalCurrent_A_per_m2,
  empiricalCriticalCurrent_A_per_m2,
  growthConstant_m2_per_s,
  type InterfacialResistance,
  interfacialResistance,
  interphaseThickness_m,
  limitingCurrent_A_per_m2,
  type MoltenLithiumAngle_rad,
  replenishment_A_per_m2,
  STABLE_BELOW_V,
} from '../physics/index.ts';
import { drawnValue } from './banded.ts';

export interface InterfaceParts {
  readonly electrolyte: SolidElectrolyteMaterial;
  readonly interlayer: InterlayerMaterial | null;
  readonly temperature_K: number;
  readonly pressure_Pa: number;
  /** Null: of the surface as its name tells, for electrolytes whose contact comes from wetting. */
  readonly angle: Pick<Property, 'value' | 'range'> | null;
  /** Given; null: computed. */
  readonly contact: number | null;
  /** A film of carbonate, m; 0 for none. */
  readonly film_m: number;
}

/** What is drawn, in words. */
export const INTERFACE_DRAWN = {
  angle: 'contact angle of molten lithium',
  halfAngle: 'angle of half contact',
  width: 'width of the law of contact',
  contact: 'contact as pressed or with the interlayer',
  spot: 'radius of contact spots',
  conductivity: 'conductivity of the electrolyte',
  activation: 'activation energy of conduction',
  transfer: 'charge transfer',
  firstFilm: 'first thickness of the interphase',
  ions: 'ionic conductivity of the interphase',
  electrons: 'electronic conductivity of the interphase',
  volume: 'volume of interphase for each lithium',
  growthActivation: 'activation energy of growth',
  reduction: 'reduction potential',
  film: 'conductivity of carbonate',
  layerThickness: 'thickness of the interlayer',
  layerConductivity: 'conductivity of the interlayer',
  remaining: 'what a reacted interlayer leaves',
  toughness: 'fracture toughness',
  flaw: 'depth of flaws',
  scatter: 'scatter between laboratories',
  diffusion: 'diffusion of vacancies',
  creep: 'creep at the interface',
  exponent: 'exponent of creep',
  salt: 'diffusivity of the salt',
} as const;

export type InterfaceDrawn = keyof typeof INTERFACE_DRAWN;
export type InterfaceDraw = (which: InterfaceDrawn) => number;

/** A change of what is made, to see what it gains. */
export interface InterfaceChange {
  readonly contact?: number;
  readonly toughnessFactor?: number;
  readonly layerThicknessFactor?: number;
  readonly film_m?: number;
}

export interface InterfaceOutcome {
  readonly contact: number;
  readonly resistance: InterfacialResistance;
  readonly growth_m2_per_s: number;
  readonly firstThickness_m: number;
  readonly interphaseConductivity_S_per_m: number;
  /** Infinite where the criterion does not hold for the electrolyte. */
  readonly plating_A_per_m2: number;
  readonly stripping_A_per_m2: number;
  readonly transport_A_per_m2: number;
  readonly empirical_A_per_m2: number;
  /** The least of plating, stripping and transport. */
  readonly safe_A_per_m2: number;
}

export function interfaceOutcome(
  parts: InterfaceParts,
  at: InterfaceDraw,
  change: InterfaceChange = {},
): InterfaceOutcome {
  const { electrolyte, interlayer, temperature_K: T } = parts;
  const { carbonate, spotRadius } = SOLID_INTERFACES;
  const activation_J_per_mol = drawnValue(electrolyte.activationEnergy, at('activation'));
  const warmth = arrhenius(activation_J_per_mol, T);
  const contact = change.contact ?? contactOf(parts, at);
  const { interphase } = electrolyte;
  const ipWarmth = arrhenius(drawnValue(interphase.activationEnergy, at('growthActivation')), T);
  const ions = drawnValue(interphase.ionicConductivity, at('ions'), 'logarithmic') * ipWarmth;
  const firstThickness_m = drawnValue(interphase.firstThickness, at('firstFilm'), 'logarithmic');
  const film_m = change.film_m ?? parts.film_m;
  const carbonate_S_per_m =
    drawnValue(carbonate.conductivity, at('film'), 'logarithmic') * arrhenius(carbonate.activationEnergy.value, T);
  const resistance = interfacialResistance({
    contact,
    spotRadius_m: drawnValue(spotRadius, at('spot'), 'logarithmic'),
    chargeTransfer_ohm_m2: chargeTransferResistance_ohm_m2(
      drawnValue(electrolyte.chargeTransfer, at('transfer'), 'logarithmic'),
      activation_J_per_mol,
      T,
    ),
    films: [
      { thickness_m: firstThickness_m, conductivity_S_per_m: ions },
      ...(film_m > 0 ? [{ thickness_m: film_m, conductivity_S_per_m: carbonate_S_per_m }] : []),
    ],
    interlayers: interlayer === null ? [] : interlayersOf(interlayer, warmth, at, change.layerThicknessFactor ?? 1),
    conductivity_S_per_m: drawnValue(electrolyte.conductivity, at('conductivity'), 'logarithmic') * warmth,
  });
  const electrons = electronsThrough(parts, at, ipWarmth);
  const E = drawnValue(electrolyte.reductionPotential, at('reduction'));
  const growth_m2_per_s = growthConstant_m2_per_s(
    drawnValue(interphase.volumePerLithium, at('volume'), 'logarithmic'),
    ambipolarConductivity_S_per_m(ions, electrons),
    // Its own value says whether it is stable: a draw does not make another material of it.
    electrolyte.reductionPotential.value <= STABLE_BELOW_V ? 0 : E,
  );
  const currents = currentsOf(parts, at, resistance.total_ohm_m2, warmth, change.toughnessFactor ?? 1);
  const { plating_A_per_m2, stripping_A_per_m2, transport_A_per_m2 } = currents;
  return {
    contact,
    resistance,
    growth_m2_per_s,
    firstThickness_m,
    interphaseConductivity_S_per_m: ions,
    ...currents,
    safe_A_per_m2: Math.min(plating_A_per_m2, stripping_A_per_m2, transport_A_per_m2),
  };
}

/** What the growth adds to the resistance after a time, Ω m². */
export function grownResistance_ohm_m2(outcome: InterfaceOutcome, t: number): number {
  const { firstThickness_m, growth_m2_per_s, interphaseConductivity_S_per_m, contact } = outcome;
  const added_m = interphaseThickness_m(firstThickness_m, growth_m2_per_s, t) - firstThickness_m;
  return added_m / interphaseConductivity_S_per_m / contact;
}

function contactOf(
  { electrolyte, interlayer, pressure_Pa, angle, contact }: InterfaceParts,
  at: InterfaceDraw,
): number {
  if (contact !== null) return contact;
  if (interlayer !== null) return drawnValue(interlayer.contact, at('contact'));
  const { halfAngle, width, referencePressure } = SOLID_INTERFACES.contactLaw;
  const { contactBy } = electrolyte;
  const reference =
    angle !== null
      ? contactOfAngle(
          drawnValue(angle, at('angle')) as MoltenLithiumAngle_rad,
          drawnValue(halfAngle, at('halfAngle')),
          drawnValue(width, at('width')),
        )
      : contactBy === 'angle'
        ? 1
        : drawnValue(contactBy.contact, at('contact'), 'logarithmic');
  // What is soft, or was deposited, touches whatever the pressure.
  return electrolyte.supply === null ? reference : contactInStack(reference, pressure_Pa, referencePressure.value);
}

function interlayersOf(interlayer: InterlayerMaterial, warmth: number, at: InterfaceDraw, thicker: number) {
  const remaining =
    interlayer.remainingResistance === null
      ? 0
      : drawnValue(interlayer.remainingResistance, at('remaining'), 'logarithmic') / warmth;
  return [
    {
      thickness_m: drawnValue(interlayer.thickness, at('layerThickness'), 'logarithmic') * thicker,
      conductivity_S_per_m: drawnValue(interlayer.conductivity, at('layerConductivity'), 'logarithmic') * warmth,
    },
    // What it leaves counts over the whole area: a layer of one metre that has just this resistance.
    ...(remaining > 0 ? [{ thickness_m: 1, conductivity_S_per_m: 1 / remaining }] : []),
  ];
}

/** Electronic conductivity that the growth sees: of the interphase, or of an interlayer that lets fewer through. */
function electronsThrough({ electrolyte, interlayer }: InterfaceParts, at: InterfaceDraw, warmth: number): number {
  const own = drawnValue(electrolyte.interphase.electronicConductivity, at('electrons'), 'logarithmic') * warmth;
  // Interlayers that let no electrons through slow the growth under them.
  if (interlayer === null || !blocksElectrons(interlayer)) return own;
  return Math.min(own, drawnValue(interlayer.electronicConductivity, at('electrons'), 'logarithmic') * warmth);
}

function currentsOf(
  parts: InterfaceParts,
  at: InterfaceDraw,
  resistance_ohm_m2: number,
  warmth: number,
  tougher: number,
) {
  const { electrolyte, pressure_Pa, temperature_K } = parts;
  const { supply, saltTransport } = electrolyte;
  const stripping_A_per_m2 =
    supply === null
      ? Number.POSITIVE_INFINITY
      : replenishment_A_per_m2(
          {
            diffusion_A_per_m2: drawnValue(supply.diffusion, at('diffusion')),
            creep_A_per_m2: drawnValue(supply.creep, at('creep')),
            referencePressure_Pa: supply.referencePressure.value,
            exponent: drawnValue(supply.exponent, at('exponent')),
            activationEnergy_J_per_mol: supply.activationEnergy.value,
          },
          pressure_Pa,
          temperature_K,
        );
  return {
    plating_A_per_m2: platingCurrent_A_per_m2(electrolyte, at, resistance_ohm_m2, tougher),
    stripping_A_per_m2,
    transport_A_per_m2:
      saltTransport === null ? Number.POSITIVE_INFINITY : saltLimit_A_per_m2(saltTransport, at, warmth),
    empirical_A_per_m2: empiricalCurrent_A_per_m2(electrolyte, resistance_ohm_m2),
  };
}

/** Current at which lithium opens a flaw behind a resistance in Ω m², A/m²; infinite for what does not crack. */
export function platingCurrent_A_per_m2(
  { mechanics }: SolidElectrolyteMaterial,
  at: InterfaceDraw,
  resistance_ohm_m2: number,
  tougher = 1,
): number {
  if (mechanics === null) return Number.POSITIVE_INFINITY;
  const laboratory = power(SOLID_INTERFACES.scatter.value, 2 * (at('scatter') - 0.5));
  const toughness = drawnValue(mechanics.toughness, at('toughness')) * tougher;
  const flaw = drawnValue(mechanics.flaw, at('flaw'), 'logarithmic');
  return laboratory * criticalCurrent_A_per_m2(toughness, flaw, resistance_ohm_m2);
}

/** Of the empirical law for single crystals of garnet at a resistance in Ω m², A/m²; NaN for other electrolytes. */
export function empiricalCurrent_A_per_m2({ surface }: SolidElectrolyteMaterial, resistance_ohm_m2: number): number {
  if (surface === null) return Number.NaN;
  const { largest, fall } = SOLID_INTERFACES.empirical;
  const law = { logAtZero: log(largest.value), fall_per_ohm_m2: fall.value };
  return empiricalCriticalCurrent_A_per_m2(law, resistance_ohm_m2);
}

/** Current at which the salt runs out at the electrode; its diffusivity grows with the warmth of conduction. */
function saltLimit_A_per_m2(
  salt: Record<'concentration' | 'transference' | 'diffusivity' | 'thickness', Property>,
  at: InterfaceDraw,
  warmth: number,
): number {
  return limitingCurrent_A_per_m2({
    thickness_m: salt.thickness.value,
    porosity: 1,
    bruggeman: 1,
    concentration_mol_per_m3: salt.concentration.value,
    diffusivity_m2_per_s: drawnValue(salt.diffusivity, at('salt'), 'logarithmic') * warmth,
    transferenceNumber: salt.transference.value,
  });
}

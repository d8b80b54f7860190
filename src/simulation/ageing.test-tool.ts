// Ageing by hand, with the defaults of spec 1.15: nothing but fresh interphase and dead lithium, unless a test asks for more.

import type { Ageing, Coating, CoatingLayer, Plating, SideAgeing, Substrate } from '../cells/index.ts';

/** The six worked electrolytes of spec 1.10: q C/m2, d m, ξ m, and the efficiency at 1 mAh/cm2, %. */
export const WORKED = {
  carbonate: [50, 1.5e-6, 30e-9, 90.1],
  'carbonate + FEC': [80, 5e-6, 15e-9, 97.7],
  'ether + LiNO3': [60, 8e-6, 15e-9, 98.7],
  ether: [60, 3e-6, 45e-9, 92.8],
  HCE: [70, 10e-6, 7e-9, 99.15],
  LHCE: [60, 10e-6, 5e-9, 99.3],
} as const;

export function platingOf(name: keyof typeof WORKED): Plating {
  const [interphaseCharge_C_per_m2, depositSize_m, unstrippableSkin_m] = WORKED[name];
  return {
    interphaseCharge_C_per_m2,
    depositSize_m,
    referenceCurrent_A_per_m2: 10,
    depositSizeExponent: 0.5,
    unstrippableSkin_m,
  };
}

/** Copper, on which nothing has to be formed first. */
const COPPER: Substrate = {
  nucleationOverpotential_V: 0.04,
  referenceOverpotential_V: 0.04,
  memoryExponent: 0.3,
  firstCharge_C_per_m2: 0,
};

/** A side on which films bear everything and nothing corrodes. */
export function sideAgeing(change: Partial<SideAgeing> = {}): SideAgeing {
  const plating = change.plating ?? platingOf('carbonate');
  return {
    plating,
    platingWithoutAdditives: plating,
    film: { fractureStrain: 1e6, weibullModulus: 2 },
    coating: null,
    host: null,
    substrate: COPPER,
    galvanic: null,
    ...change,
  };
}

/** `counter` and `working` as `sideAgeing` unless said. */
export function ageingOf(change: Partial<Ageing> = {}): Ageing {
  return {
    working: sideAgeing(),
    counter: sideAgeing(),
    solvent: { electrons: 1, molarVolume_m3_per_mol: 8e-5 },
    additives: [],
    pressure_Pa: 2e5,
    referencePressure_Pa: 2e5,
    pressureExponent: 0.2,
    strippingCurrentExponent: 0,
    strippingReference_A_per_m2: 10,
    reusedShellFraction: 0,
    recoveredDeadFraction: 0,
    unevenness: 0.1,
    wavelength_m_min: 5e-6,
    deadLayer: { porosity: 0.6, bruggeman: 2.5 },
    ...change,
  };
}

/** A brittle ceramic film, 100 nm. */
export const ceramic: CoatingLayer = {
  name: 'ceramic',
  thickness_m: 1e-7,
  conductivity_S_per_m: 1e-6,
  activationEnergy_J_per_mol: 4e4,
  youngsModulus_Pa: 5e10,
  fractureStrain: 0.01,
  fractureToughness_Pa_sqrt_m: 5e5,
  weibullModulus: 5,
  unrepairedFraction: 1,
};

export function coatingOf(change: Partial<Coating> = {}): Coating {
  return {
    layers: [ceramic],
    pinholeFraction: 0.02,
    barrier: 0.9,
    depositSizeFactor: 1,
    unstrippableSkinFactor: 1,
    consumption_m_per_sqrt_s: 0,
    ...change,
  };
}

/** Everything at once: additives, a worn coating, a host, bare copper, pressure, recovery. */
export function everything(): Ageing {
  const side = sideAgeing({
    plating: platingOf('carbonate + FEC'),
    platingWithoutAdditives: platingOf('carbonate'),
    film: { fractureStrain: 0.05, weibullModulus: 2 },
    coating: coatingOf({ depositSizeFactor: 1.2, unstrippableSkinFactor: 0.8, consumption_m_per_sqrt_s: 1e-11 }),
    galvanic: { currentDensity_A_per_m2: 0.02, decayTime_s: 3600, areaRatio: 1, renewedPerCycle: 0.1 },
  });
  return ageingOf({
    counter: side,
    working: {
      ...side,
      host: {
        name: 'host',
        thickness_m: 8e-6,
        porosity: 0.8,
        areaRatio: 5,
        heightFluctuation: 0.2,
        contactShare: 0,
        encapsulatedFraction: 0.5,
        shellFailurePerCycle: 0.01,
        galvanic: true,
        poreSize_m: 2e-6,
      },
      substrate: {
        nucleationOverpotential_V: 0.02,
        referenceOverpotential_V: 0.04,
        memoryExponent: 0.3,
        firstCharge_C_per_m2: 1800,
      },
    },
    additives: [
      { name: 'FEC', concentration_mol_per_m3: 100, reserve_mol_per_m3: 0, electrons: 2, interphaseShare: 0.4 },
      { name: 'LiNO3', concentration_mol_per_m3: 20, reserve_mol_per_m3: 200, electrons: 8, interphaseShare: 0.3 },
    ],
    pressure_Pa: 3e5,
    strippingCurrentExponent: 0.1,
    reusedShellFraction: 0.1,
    recoveredDeadFraction: 0.02,
  });
}

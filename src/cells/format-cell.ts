// A cell as a file that a person can read and change, and that reads back as the same cell. Every value is stated, so that
// nothing is supplied on the way back; what the program had supplied travels in `assumptions`.

import { type Dimension, formatQuantity, tryParseQuantity } from '../units/index.ts';
import type { Additive, Ageing, Coating, Host, Plating, SideAgeing, Substrate } from './ageing.ts';
import type {
  Cell,
  Electrolyte,
  GrowthLaw,
  InterphaseLayer,
  MetalElectrode,
  MetalKinetics,
  PorousCathode,
  ScalarLaw,
} from './cell.ts';
import { CELL_FILE_VERSION } from './cell-file.ts';
import { ELECTRONVOLT_J, eV_from_J } from './electrodes.ts';
import type { Protocol } from './protocol.ts';
import { formatProtocol, parseProtocol } from './protocol-text.ts';
import type { SolidElectrolyte, SolidSide } from './solid.ts';

/** The cell file of a cell; `parseCell(cellToFile(cell))` is the cell again. */
export function cellToFile(cell: Cell): object {
  return {
    limetal: CELL_FILE_VERSION,
    id: cell.id,
    name: cell.name,
    temperature: text(cell.temperature_K, '°C', 'temperature'),
    area: text(cell.area_m2, 'cm2', 'area'),
    working:
      cell.working.kind === 'cathode'
        ? cathodeFile(cell.working)
        : {
            ...metalFile(cell.working),
            ...sideAgeingFile(cell.ageing?.working ?? null),
            ...sideFile(cell.solid?.working),
          },
    counter: {
      ...metalFile(cell.counter),
      ...sideAgeingFile(cell.ageing?.counter ?? null),
      ...sideFile(cell.solid?.counter),
    },
    ...(cell.solid ? solidFile(cell, cell.solid) : liquidFile(cell)),
    contactResistance: text(cell.contactResistance_ohm_m2, 'Ω cm2', 'areal resistance'),
    thermal: cell.thermal && {
      heatCapacity: text(cell.thermal.heatCapacity_J_per_m2_K, 'J/(m2 K)', 'areal heat capacity'),
      heatTransfer: text(cell.thermal.heatTransfer_W_per_m2_K, 'W/(m2 K)', 'heat transfer coefficient'),
    },
    voltageLimits: [text(cell.voltage_V_min, 'V', 'voltage'), text(cell.voltage_V_max, 'V', 'voltage')],
    nominalCapacity: cell.nominalCapacity_C === null ? null : text(cell.nominalCapacity_C, 'mAh', 'charge'),
    mesh: { separator: cell.mesh.separatorNodes, cathode: cell.mesh.cathodeNodes, particle: cell.mesh.particleNodes },
    ...(cell.ageing !== null ? ageingFile(cell.ageing) : cell.solid ? {} : { ageing: 'none' }),
    ...(cell.protocol === null ? {} : { protocol: protocolFile(cell.protocol, cell) }),
    sources: cell.sources,
    assumptions: cell.assumptions,
  };
}

function liquidFile(cell: Cell): object {
  return {
    electrolyte: {
      ...electrolyteFile(cell.electrolyte),
      ...(cell.ageing === null ? {} : { additives: cell.ageing.additives.map(additiveFile) }),
    },
    amount: text(cell.electrolyteVolume_m3, 'µL', 'volume'),
    separator: {
      thickness: text(cell.separator.thickness_m, 'µm', 'length'),
      porosity: cell.separator.porosity,
      bruggeman: cell.separator.bruggeman,
    },
  };
}

/** The conductivity is that of the whole, grain boundaries included. */
function solidFile({ electrolyte, separator }: Cell, solid: SolidElectrolyte): object {
  const { fracture, voids } = solid;
  return {
    electrolyte: {
      solid: solid.material,
      ...electrolyteFile(electrolyte),
      thickness: text(separator.thickness_m, 'µm', 'length'),
      grainBoundary: 0,
      reductionPotential: text(solid.reductionPotential_V, 'V', 'voltage'),
      fracture: fracture && {
        toughness: fracture.toughness_Pa_sqrt_m,
        flaw: text(fracture.flaw_m, 'µm', 'length'),
        shearModulus: text(fracture.shearModulus_Pa, 'GPa', 'pressure'),
        scatter: fracture.scatter,
      },
      voids: voids && {
        charge: text(voids.charge_C_per_m2, 'mAh/cm2', 'areal charge'),
        diffusion: text(voids.diffusion_A_per_m2, 'mA/cm2', 'current density'),
        creep: text(voids.creep_A_per_m2, 'mA/cm2', 'current density'),
        referencePressure: text(voids.referencePressure_Pa, 'MPa', 'pressure'),
        exponent: voids.exponent,
        activationEnergy: text(voids.activationEnergy_J_per_mol, 'kJ/mol', 'molar energy'),
      },
    },
    pressure: text(solid.pressure_Pa, 'MPa', 'pressure'),
  };
}

function sideFile(side: SolidSide | null | undefined): object {
  if (!side) return {};
  return {
    contact: { fraction: side.contact.fraction, spotRadius: text(side.contact.spotRadius_m, 'µm', 'length') },
    interlayer: side.interlayer.map((layer) => ({
      name: layer.name,
      thickness: text(layer.thickness_m, 'nm', 'length'),
      conductivity: text(layer.conductivity_S_per_m, 'S/m', 'conductivity'),
      activationEnergy: text(layer.activationEnergy_J_per_mol, 'kJ/mol', 'molar energy'),
      remainingResistance: text(layer.remainingResistance_ohm_m2, 'Ω cm2', 'areal resistance'),
    })),
  };
}

/** The cell file as text, two spaces deep, with a newline at its end. */
export function formatCellFile(cell: Cell): string {
  return `${JSON.stringify(cellToFile(cell), null, 2)}\n`;
}

/** A value with its unit where that reads back exactly, else the SI number. */
function text(value_SI: number, unit: string, dimension: Dimension): string | number {
  const written = formatQuantity(value_SI, unit, undefined, dimension);
  const read = tryParseQuantity(written, dimension);
  return read.ok && Object.is(read.value_SI, value_SI) ? written : value_SI;
}

function metalFile(electrode: MetalElectrode): object {
  const { kind, lithiumThickness_m, material, areaRatio, kinetics, interphase } = electrode;
  const shared = { areaRatio, kinetics: kineticsFile(kinetics), interphase: interphase.map(layerFile) };
  if (kind === 'collector') return { kind, material, ...shared };
  return {
    kind,
    ...(material === 'none' ? {} : { material }),
    thickness: text(lithiumThickness_m, 'µm', 'length'),
    ...shared,
  };
}

function ageingFile(ageing: Ageing): object {
  return {
    pressure: text(ageing.pressure_Pa, 'MPa', 'pressure'),
    ageing: {
      solvent: {
        electrons: ageing.solvent.electrons,
        molarVolume: text(ageing.solvent.molarVolume_m3_per_mol, 'cm3/mol', 'molar volume'),
      },
      referencePressure: text(ageing.referencePressure_Pa, 'MPa', 'pressure'),
      pressureExponent: ageing.pressureExponent,
      strippingCurrentExponent: ageing.strippingCurrentExponent,
      strippingReference: text(ageing.strippingReference_A_per_m2, 'mA/cm2', 'current density'),
      reusedShells: ageing.reusedShellFraction,
      recoveredDead: ageing.recoveredDeadFraction,
      unevenness: ageing.unevenness,
      wavelength: text(ageing.wavelength_m_min, 'µm', 'length'),
      deadLayer: ageing.deadLayer,
    },
  };
}

function additiveFile(additive: Additive): object {
  return {
    name: additive.name,
    concentration: text(additive.concentration_mol_per_m3, 'M', 'concentration'),
    reserve: text(additive.reserve_mol_per_m3, 'M', 'concentration'),
    electrons: additive.electrons,
    interphaseShare: additive.interphaseShare,
  };
}

function sideAgeingFile(side: SideAgeing | null): object {
  if (side === null) return {};
  const { plating, platingWithoutAdditives, film, coating, host, substrate, galvanic } = side;
  return {
    plating: platingFile(plating),
    platingWithoutAdditives: platingFile(platingWithoutAdditives),
    film,
    coating: coating && coatingFile(coating),
    host: host && hostFile(host),
    substrate: substrateFile(substrate),
    galvanic: galvanic && {
      currentDensity: text(galvanic.currentDensity_A_per_m2, 'µA/cm2', 'current density'),
      decayTime: text(galvanic.decayTime_s, 'h', 'time'),
      areaRatio: galvanic.areaRatio,
      renewed: galvanic.renewedPerCycle,
    },
  };
}

function platingFile(plating: Plating): object {
  return {
    interphaseCharge: text(plating.interphaseCharge_C_per_m2, 'C/m2', 'areal charge'),
    depositSize: text(plating.depositSize_m, 'µm', 'length'),
    referenceCurrent: text(plating.referenceCurrent_A_per_m2, 'mA/cm2', 'current density'),
    depositSizeExponent: plating.depositSizeExponent,
    unstrippableSkin: text(plating.unstrippableSkin_m, 'nm', 'length'),
  };
}

function coatingFile(coating: Coating): object {
  return {
    layers: coating.layers.map((layer) => ({
      name: layer.name,
      thickness: text(layer.thickness_m, 'nm', 'length'),
      conductivity: text(layer.conductivity_S_per_m, 'S/m', 'conductivity'),
      activationEnergy: text(layer.activationEnergy_J_per_mol, 'kJ/mol', 'molar energy'),
      modulus: text(layer.youngsModulus_Pa, 'GPa', 'pressure'),
      fractureStrain: layer.fractureStrain,
      toughness: layer.fractureToughness_Pa_sqrt_m,
      weibullModulus: layer.weibullModulus,
      unrepaired: layer.unrepairedFraction,
    })),
    pinholes: coating.pinholeFraction,
    barrier: coating.barrier,
    depositSizeFactor: coating.depositSizeFactor,
    unstrippableSkinFactor: coating.unstrippableSkinFactor,
    consumption: text(coating.consumption_m_per_sqrt_s, 'm/s^0.5', 'rate constant sqrt time'),
  };
}

function hostFile(host: Host): object {
  return {
    name: host.name,
    thickness: text(host.thickness_m, 'µm', 'length'),
    porosity: host.porosity,
    areaRatio: host.areaRatio,
    heightFluctuation: host.heightFluctuation,
    encapsulated: host.encapsulatedFraction,
    shellFailure: host.shellFailurePerCycle,
    contactShare: host.contactShare,
    galvanic: host.galvanic,
    poreSize: text(host.poreSize_m, 'µm', 'length'),
  };
}

function substrateFile(substrate: Substrate): object {
  return {
    nucleationOverpotential: text(substrate.nucleationOverpotential_V, 'mV', 'voltage'),
    referenceOverpotential: text(substrate.referenceOverpotential_V, 'mV', 'voltage'),
    memoryExponent: substrate.memoryExponent,
    firstCharge: text(substrate.firstCharge_C_per_m2, 'mAh/cm2', 'areal charge'),
  };
}

function kineticsFile({ law, ...rest }: MetalKinetics): object {
  return {
    law: law.kind,
    exchangeCurrent: text(rest.exchangeCurrent_A_per_m2, 'A/m2', 'current density'),
    referenceConcentration: text(rest.referenceConcentration_mol_per_m3, 'mol/m3', 'concentration'),
    concentrationExponent: rest.concentrationExponent,
    activationEnergy: text(rest.activationEnergy_J_per_mol, 'kJ/mol', 'molar energy'),
    ...(law.kind === 'butler-volmer'
      ? { alphaAnodic: law.alphaAnodic, alphaCathodic: law.alphaCathodic }
      : { reorganisationEnergy: electronvolts(law.reorganisationEnergy_eV) }),
  };
}

function electronvolts(energy_eV: number): string | number {
  const written = `${energy_eV} eV`;
  const read = tryParseQuantity(written, 'energy per particle');
  return read.ok && eV_from_J(read.value_SI) === energy_eV ? written : energy_eV * ELECTRONVOLT_J;
}

function layerFile(layer: InterphaseLayer): object {
  return {
    name: layer.name,
    thickness: text(layer.thickness_m, 'nm', 'length'),
    conductivity: text(layer.conductivity_S_per_m, 'S/m', 'conductivity'),
    activationEnergy: text(layer.activationEnergy_J_per_mol, 'kJ/mol', 'molar energy'),
    growth: growthFile(layer.growth),
    growthActivationEnergy: text(layer.growthActivationEnergy_J_per_mol, 'kJ/mol', 'molar energy'),
    lithiumConcentration: text(layer.lithiumConcentration_mol_per_m3, 'mol/m3', 'concentration'),
    saltFraction: layer.saltFraction,
  };
}

function growthFile(growth: GrowthLaw): object {
  const { kind } = growth;
  switch (kind) {
    case 'none':
      return { kind };
    case 'reaction-limited':
      return {
        kind,
        rate: text(growth.rate_m_per_s, 'm/s', 'velocity'),
        alpha: growth.alpha,
        potential: text(growth.potential_V, 'V', 'voltage'),
      };
    case 'transport-limited':
      return { kind, k: text(growth.k_m_per_sqrt_s, 'm/s^0.5', 'rate constant sqrt time') };
    case 'tunnelling':
      return {
        kind,
        rate: text(growth.rate_m_per_s, 'm/s', 'velocity'),
        decay: text(growth.decay_per_m, '1/m', 'inverse length'),
      };
    case 'unified':
      return {
        kind,
        exchangeCurrent: text(growth.exchangeCurrent_A_per_m2, 'A/m2', 'current density'),
        alpha: growth.alpha,
        diffusivity: text(growth.diffusivity_m2_per_s, 'm2/s', 'diffusivity'),
        concentration: text(growth.concentration_mol_per_m3, 'mol/m3', 'concentration'),
        tunnellingThickness: text(growth.tunnellingThickness_m, 'nm', 'length'),
      };
    case 'electron-migration':
      return {
        kind,
        conductivity: text(growth.conductivity_S_per_m, 'S/m', 'conductivity'),
        potential: text(growth.potential_V, 'V', 'voltage'),
      };
    case 'interstitial-diffusion':
      return {
        kind,
        diffusivity: text(growth.diffusivity_m2_per_s, 'm2/s', 'diffusivity'),
        concentration: text(growth.concentration_mol_per_m3, 'mol/m3', 'concentration'),
      };
    case 'solvent-reaction-diffusion':
      return {
        kind,
        rate: text(growth.rate_m_per_s, 'm/s', 'velocity'),
        alpha: growth.alpha,
        potential: text(growth.potential_V, 'V', 'voltage'),
        diffusivity: text(growth.diffusivity_m2_per_s, 'm2/s', 'diffusivity'),
        concentration: text(growth.concentration_mol_per_m3, 'mol/m3', 'concentration'),
      };
  }
}

function cathodeFile(cathode: PorousCathode): object {
  return {
    kind: cathode.kind,
    material: cathode.material,
    thickness: text(cathode.thickness_m, 'µm', 'length'),
    porosity: cathode.porosity,
    activeFraction: cathode.activeFraction,
    bruggemanElectrolyte: cathode.bruggemanElectrolyte,
    bruggemanSolid: cathode.bruggemanSolid,
    conductivity: text(cathode.conductivity_S_per_m, 'S/m', 'conductivity'),
    particleRadius: text(cathode.particleRadius_m, 'µm', 'length'),
    maximumConcentration: text(cathode.maximumConcentration_mol_per_m3, 'mol/m3', 'concentration'),
    initialStoichiometry: cathode.initialStoichiometry,
    diffusivity: scalarLawFile(cathode.diffusivity, 'm2/s', 'diffusivity'),
    diffusivityActivationEnergy: text(cathode.diffusivityActivationEnergy_J_per_mol, 'kJ/mol', 'molar energy'),
    openCircuitPotential: scalarLawFile(cathode.openCircuitPotential, 'V', 'voltage'),
    entropicCoefficient: scalarLawFile(cathode.entropicCoefficient, 'mV/K', 'entropy coefficient'),
    kinetics: {
      rate: cathode.kinetics.rate_A_m2_5_per_mol1_5,
      activationEnergy: text(cathode.kinetics.activationEnergy_J_per_mol, 'kJ/mol', 'molar energy'),
    },
    regularised: cathode.regularised,
  };
}

function scalarLawFile(law: ScalarLaw, unit: string, dimension: Dimension): unknown {
  switch (law.kind) {
    case 'constant':
      return text(law.value, unit, dimension);
    case 'named':
      return { law: law.name };
    case 'formula':
      return law.formula;
    case 'table':
      return { x: law.x, y: law.y };
  }
}

function electrolyteFile(electrolyte: Electrolyte): object {
  const {
    name,
    law,
    concentration_mol_per_m3,
    conductivity_S_per_m,
    diffusivity_m2_per_s,
    conductivityLaw,
    diffusivityLaw,
    transferenceNumber,
    thermodynamicFactor,
    conductivityActivationEnergy_J_per_mol,
    diffusivityActivationEnergy_J_per_mol,
  } = electrolyte;
  const conductivity = conductivityLaw ?? constant(conductivity_S_per_m);
  const diffusivity = diffusivityLaw ?? constant(diffusivity_m2_per_s);
  const optional = {
    conductivity: conductivity && scalarLawFile(conductivity, 'mS/cm', 'conductivity'),
    diffusivity: diffusivity && scalarLawFile(diffusivity, 'm2/s', 'diffusivity'),
    transferenceNumber,
    thermodynamicFactor,
    conductivityActivationEnergy: energyText(conductivityActivationEnergy_J_per_mol),
    diffusivityActivationEnergy: energyText(diffusivityActivationEnergy_J_per_mol),
  };
  return {
    name,
    law,
    concentration: text(concentration_mol_per_m3, 'M', 'concentration'),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

function constant(value: number | undefined): ScalarLaw | undefined {
  return value === undefined ? undefined : { kind: 'constant', value };
}

function energyText(energy_J_per_mol: number | undefined): string | number | undefined {
  return energy_J_per_mol === undefined ? undefined : text(energy_J_per_mol, 'kJ/mol', 'molar energy');
}

/** As text where that reads back as the same protocol, else as data. */
function protocolFile(protocol: Protocol, { kind, nominalCapacity_C }: Cell): unknown {
  const written = formatProtocol(protocol, kind);
  try {
    const read = parseProtocol(written, '', { cellKind: kind, nominalCapacity_C });
    return JSON.stringify(read) === JSON.stringify(protocol) ? written : protocol;
  } catch {
    return protocol;
  }
}

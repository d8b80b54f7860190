// The electrodes of a cell file: lithium, bare collectors, and porous cathodes.

import {
  CATHODES,
  type CathodeMaterial,
  COLLECTORS,
  cathodeMaterial,
  collectorMaterial,
  LAYERS,
  layerMaterial,
  type Property,
} from '../materials/index.ts';
import { F, nearestHint } from '../units/index.ts';
import type { GrowthLaw, InterphaseLayer, MetalElectrode, MetalKinetics, PorousCathode, ScalarLaw } from './cell.ts';
import type { CathodeFile, GrowthFile, KineticsFile, LayerFile, MetalFile } from './cell-file.ts';
import { type Draft, GENERAL } from './draft.ts';
import type { ResolvedElectrolyte } from './electrolyte.ts';
import { shown } from './plain-json.ts';
import { readHost } from './read-ageing.ts';
import { LAW_SPECS, lawOutside } from './scalar-law.ts';

/** Lithium or a bare collector. `isLithium` is also true of a foil whose material is Li. */
export function readMetal(
  section: MetalFile,
  isLithium: boolean,
  side: 'working' | 'counter',
  hostAt: string,
  sharedLayers: readonly LayerFile[] | undefined,
  electrolyte: ResolvedElectrolyte,
  draft: Draft,
): MetalElectrode {
  const areaRatio = section.areaRatio ?? draft.assume(`${side}.areaRatio`, GENERAL.areaRatio);
  const kinetics = readKinetics(section.kinetics ?? {}, side, electrolyte, draft);
  const [layers, path] = section.interphase ? [section.interphase, `${side}.interphase`] : [sharedLayers, 'interphase'];
  const interphase = (layers ?? [{ material: 'native' }]).map((layer, k) =>
    readLayer(layer, `${path}[${k}]`, electrolyte, draft),
  );
  if (isLithium) {
    const thickness_m = section.thickness ?? lithiumInHost(section, side, hostAt, draft);
    const carrier = section.kind === 'lithium' ? (section.material ?? 'none') : 'none';
    const material = carrier === 'none' ? carrier : carrierName(carrier, side, draft);
    return { kind: 'lithium', lithiumThickness_m: thickness_m, material, areaRatio, kinetics, interphase };
  }
  const material = carrierName(section.material ?? 'Cu', side, draft);
  return { kind: 'collector', lithiumThickness_m: 0, material, areaRatio, kinetics, interphase };
}

/** Share of a host that lithium fills at the start, so that there is room for what the first plating brings. */
const HOST_FILLED = 0.8;

/** Lithium in a host whose file does not say how much, m. */
function lithiumInHost(section: MetalFile, side: 'working' | 'counter', hostAt: string, draft: Draft): number {
  const host = section.host ? readHost(section.host, `${side}.host`, hostAt, draft) : null;
  if (host === null) {
    draft.fault(`${side}.thickness`, 'nothing', 'the thickness of the lithium, such as "250 µm"');
    return 0;
  }
  return draft.assume(`${side}.thickness`, {
    value: HOST_FILLED * host.porosity * host.thickness_m,
    unit: 'm',
    tag: 'assumed',
    source: 'lithium fills 80 % of the host, which leaves room for what is plated first',
  });
}

function carrierName(name: string, side: string, draft: Draft): string {
  const known = collectorMaterial(name);
  if (!known) draft.unknownMaterial(`${side}.material`, name, [...COLLECTORS, { id: 'Li', aliases: ['lithium'] }]);
  return known?.id ?? name;
}

function readKinetics(
  said: KineticsFile,
  side: string,
  { electrolyte, material, standIn }: ResolvedElectrolyte,
  draft: Draft,
): MetalKinetics {
  const of = material.kinetics;
  const supply = (key: string, property: Property) =>
    draft.assume(
      `${side}.kinetics.${key}`,
      standIn === null ? property : { ...property, source: `${property.source}; ${standIn}` },
    );
  const alphas = (): { alphaAnodic: number; alphaCathodic: number } => {
    const { alphaAnodic, alphaCathodic } = said;
    if (alphaAnodic !== undefined) return { alphaAnodic, alphaCathodic: alphaCathodic ?? 1 - alphaAnodic };
    if (alphaCathodic !== undefined) return { alphaAnodic: 1 - alphaCathodic, alphaCathodic };
    return {
      alphaAnodic: supply('alphaAnodic', of.alphaAnodic),
      alphaCathodic: supply('alphaCathodic', of.alphaCathodic),
    };
  };
  const isMarcus =
    said.law === 'marcus-hush-chidsey' || (said.law === undefined && said.reorganisationEnergy !== undefined);
  if (!isMarcus && said.reorganisationEnergy !== undefined) {
    draft.fault(
      `${side}.kinetics.reorganisationEnergy`,
      'a reorganisation energy with Butler-Volmer',
      '"law": "marcus-hush-chidsey" beside it',
    );
  }
  const law: MetalKinetics['law'] = isMarcus
    ? {
        kind: 'marcus-hush-chidsey',
        reorganisationEnergy_eV:
          said.reorganisationEnergy === undefined
            ? supply('reorganisationEnergy', of.reorganisationEnergy)
            : eV_from_J(said.reorganisationEnergy),
      }
    : { kind: 'butler-volmer', ...alphas() };
  return {
    law,
    exchangeCurrent_A_per_m2: said.exchangeCurrent ?? supply('exchangeCurrent', of.exchangeCurrent),
    referenceConcentration_mol_per_m3:
      said.referenceConcentration ??
      (said.exchangeCurrent === undefined ? material.concentration.value : electrolyte.concentration_mol_per_m3),
    concentrationExponent: said.concentrationExponent ?? supply('concentrationExponent', of.concentrationExponent),
    activationEnergy_J_per_mol: said.activationEnergy ?? supply('activationEnergy', of.activationEnergy),
  };
}

/** The electronvolt in J (2018 CODATA, exact). */
export const ELECTRONVOLT_J = 1.602176634e-19;

/** Rounded where the division only adds noise: 0.3 eV stays 0.3. */
export function eV_from_J(energy_J: number): number {
  return Number((energy_J / ELECTRONVOLT_J).toPrecision(14));
}

/** Growth laws that give a current: the thickness follows from the lithium that the charge binds. */
const LAWS_OF_CURRENT = ['unified', 'electron-migration', 'interstitial-diffusion', 'solvent-reaction-diffusion'];

function readLayer(said: LayerFile, path: string, resolved: ResolvedElectrolyte, draft: Draft): InterphaseLayer {
  const layer = readLayerValues(said, path, resolved, draft);
  if (layer.lithiumConcentration_mol_per_m3 === 0 && LAWS_OF_CURRENT.includes(layer.growth.kind)) {
    const hint = 'the law gives a current, and the thickness follows from the lithium bound; Li2CO3 binds 57000 mol/m3';
    draft.fault(`${path}.lithiumConcentration`, '0 in a layer that grows', 'a concentration above zero', hint);
  }
  return layer;
}

function readLayerValues(said: LayerFile, path: string, resolved: ResolvedElectrolyte, draft: Draft): InterphaseLayer {
  const conductivity = statedConductivity(said, path, draft);
  if (said.material !== undefined && /^native$/iu.test(said.material))
    return nativeLayer(said, path, conductivity, resolved, draft);
  const known = said.material === undefined ? undefined : layerMaterial(said.material);
  if (said.material !== undefined && !known) {
    const native = { id: 'native', aliases: ['SEI'] };
    draft.unknownMaterial(
      `${path}.material`,
      said.material,
      [native, ...LAYERS],
      'a layer of your own has "name" instead, thickness and conductivity',
    );
  }
  const supply = (key: 'thickness' | 'conductivity' | 'activationEnergy' | 'lithiumConcentration') => {
    if (known) return draft.assume(`${path}.${key}`, known[key]);
    if (key === 'activationEnergy') return draft.assume(`${path}.${key}`, GENERAL.layerActivationEnergy);
    if (key === 'lithiumConcentration') return draft.assume(`${path}.${key}`, GENERAL.layerLithium);
    if (said.material === undefined)
      draft.fault(`${path}.${key}`, 'nothing', `a ${key}, or a known "material" that has one`);
    return 0;
  };
  const growth = said.growth ? growthLaw(said.growth) : ({ kind: 'none' } as const);
  return {
    name: said.name ?? known?.id ?? said.material ?? 'layer',
    thickness_m: said.thickness ?? supply('thickness'),
    conductivity_S_per_m: conductivity ?? supply('conductivity'),
    activationEnergy_J_per_mol: said.activationEnergy ?? supply('activationEnergy'),
    growth,
    growthActivationEnergy_J_per_mol:
      said.growthActivationEnergy ??
      (growth.kind === 'none' ? 0 : draft.assume(`${path}.growthActivationEnergy`, GENERAL.growthActivationEnergy)),
    lithiumConcentration_mol_per_m3: said.lithiumConcentration ?? supply('lithiumConcentration'),
    saltFraction:
      said.saltFraction ??
      (growth.kind === 'none' ? 0 : draft.assume(`${path}.saltFraction`, GENERAL.layerSaltFraction)),
  };
}

/** The film that the electrolyte itself makes. */
function nativeLayer(
  said: LayerFile,
  path: string,
  conductivity: number | undefined,
  { material, standIn }: ResolvedElectrolyte,
  draft: Draft,
): InterphaseLayer {
  const of = material.interphase;
  const supply = (key: string, property: Property) =>
    draft.assume(
      `${path}.${key}`,
      standIn === null ? property : { ...property, source: `${property.source}; ${standIn}` },
    );
  return {
    name: said.name ?? 'native',
    thickness_m: said.thickness ?? supply('thickness', of.thickness),
    conductivity_S_per_m: conductivity ?? supply('conductivity', of.conductivity),
    activationEnergy_J_per_mol: said.activationEnergy ?? supply('activationEnergy', of.activationEnergy),
    growth: said.growth
      ? growthLaw(said.growth)
      : { kind: 'transport-limited', k_m_per_sqrt_s: supply('growth.k', of.growthRate) },
    growthActivationEnergy_J_per_mol:
      said.growthActivationEnergy ?? supply('growthActivationEnergy', of.growthActivationEnergy),
    lithiumConcentration_mol_per_m3:
      said.lithiumConcentration ?? supply('lithiumConcentration', of.lithiumConcentration),
    saltFraction: said.saltFraction ?? supply('saltFraction', of.saltFraction),
  };
}

function statedConductivity({ conductivity, resistivity }: LayerFile, path: string, draft: Draft): number | undefined {
  if (resistivity === undefined) return conductivity;
  if (conductivity !== undefined)
    draft.fault(`${path}.resistivity`, 'both conductivity and resistivity', 'one of them');
  return 1 / resistivity;
}

/** From the file's short keys to the cell's, which name their units. */
function growthLaw(said: GrowthFile): GrowthLaw {
  switch (said.kind) {
    case 'none':
      return said;
    case 'reaction-limited':
      return { kind: said.kind, rate_m_per_s: said.rate, alpha: said.alpha, potential_V: said.potential };
    case 'transport-limited':
      return { kind: said.kind, k_m_per_sqrt_s: said.k };
    case 'tunnelling':
      return { kind: said.kind, rate_m_per_s: said.rate, decay_per_m: said.decay };
    case 'unified':
      return {
        kind: said.kind,
        exchangeCurrent_A_per_m2: said.exchangeCurrent,
        alpha: said.alpha,
        diffusivity_m2_per_s: said.diffusivity,
        concentration_mol_per_m3: said.concentration,
        tunnellingThickness_m: said.tunnellingThickness,
      };
    case 'electron-migration':
      return { kind: said.kind, conductivity_S_per_m: said.conductivity, potential_V: said.potential };
    case 'interstitial-diffusion':
      return { kind: said.kind, diffusivity_m2_per_s: said.diffusivity, concentration_mol_per_m3: said.concentration };
    case 'solvent-reaction-diffusion':
      return {
        kind: said.kind,
        rate_m_per_s: said.rate,
        alpha: said.alpha,
        potential_V: said.potential,
        diffusivity_m2_per_s: said.diffusivity,
        concentration_mol_per_m3: said.concentration,
      };
  }
}

/** Properties that a cathode of the author's own must bring. */
const CATHODE_PROPERTIES = [
  'porosity',
  'activeFraction',
  'bruggemanElectrolyte',
  'bruggemanSolid',
  'conductivity',
  'particleRadius',
  'maximumConcentration',
  'initialStoichiometry',
  'diffusivity',
  'openCircuitPotential',
] as const;

export function readCathode(said: CathodeFile, side: 'working', draft: Draft): PorousCathode | null {
  const known = cathodeMaterial(said.material);
  if (!known && said.openCircuitPotential === undefined) {
    const names = CATHODES.flatMap(({ id, aliases }) => [id, ...aliases]);
    const hint =
      nearestHint(said.material, names) ?? 'a material of your own needs openCircuitPotential and the other properties';
    draft.fault(`${side}.material`, shown(said.material), `one of ${CATHODES.map(({ id }) => id).join(', ')}`, hint);
    return null;
  }
  const cathode = known ? knownCathode(said, known, side, draft) : ownCathode(said, side, draft);
  if (cathode && cathode.porosity + cathode.activeFraction > 1 + 1e-12) {
    const both = `${cathode.porosity} and ${cathode.activeFraction}`;
    draft.fault(
      `${side}.activeFraction`,
      `porosity and active fraction ${both}`,
      'two fractions whose sum is at most 1',
    );
  }
  if (cathode) checkAtStart(cathode, side, draft);
  return cathode;
}

/** The laws must give sane values where the cell starts. */
function checkAtStart(cathode: PorousCathode, side: string, draft: Draft): void {
  const x = cathode.initialStoichiometry;
  const trouble = {
    diffusivity: lawOutside(cathode.diffusivity, LAW_SPECS.particleDiffusivity, x, x),
    openCircuitPotential: lawOutside(cathode.openCircuitPotential, LAW_SPECS.openCircuitPotential, x, x),
    entropicCoefficient: lawOutside(cathode.entropicCoefficient, LAW_SPECS.entropicCoefficient, x, x),
  };
  for (const [key, facts] of Object.entries(trouble)) {
    if (facts) draft.fault(`${side}.${key}`, facts.found, facts.wanted, 'the cell starts at this stoichiometry');
  }
}

function knownCathode(said: CathodeFile, known: CathodeMaterial, side: string, draft: Draft): PorousCathode | null {
  draft.source(`${known.id}: PyBaMM ${known.set} (${known.references.join('; ')})`);
  if (said.openCircuitPotential === undefined)
    draft.source(`${known.id} open-circuit potential: ${known.openCircuitPotential.source}`);
  const supply = (key: keyof CathodeFile & keyof CathodeMaterial, property: Property) =>
    draft.assume(`${side}.${key}`, property);
  const activeFraction = said.activeFraction ?? supply('activeFraction', known.activeFraction);
  const maximumConcentration_mol_per_m3 =
    said.maximumConcentration ?? supply('maximumConcentration', known.maximumConcentration);
  const window = known.stoichiometryWindow.high.value - known.stoichiometryWindow.low.value;
  const thickness_m =
    said.capacity === undefined
      ? (said.thickness ?? supply('thickness', known.thickness))
      : thicknessFor(
          said,
          said.capacity / (F * maximumConcentration_mol_per_m3 * activeFraction * window),
          side,
          draft,
        );
  return {
    kind: 'cathode',
    material: known.id,
    thickness_m,
    porosity: said.porosity ?? supply('porosity', known.porosity),
    activeFraction,
    bruggemanElectrolyte: said.bruggemanElectrolyte ?? supply('bruggemanElectrolyte', known.bruggemanElectrolyte),
    bruggemanSolid: said.bruggemanSolid ?? supply('bruggemanSolid', known.bruggemanSolid),
    conductivity_S_per_m: said.conductivity ?? supply('conductivity', known.conductivity),
    particleRadius_m: said.particleRadius ?? supply('particleRadius', known.particleRadius),
    maximumConcentration_mol_per_m3,
    initialStoichiometry:
      said.initialStoichiometry ?? draft.assume(`${side}.initialStoichiometry`, known.stoichiometryWindow.high),
    diffusivity: said.diffusivity ?? { kind: 'constant', value: supply('diffusivity', known.diffusivity) },
    diffusivityActivationEnergy_J_per_mol:
      said.diffusivityActivationEnergy ?? supply('diffusivityActivationEnergy', known.diffusivityActivationEnergy),
    openCircuitPotential: said.openCircuitPotential ?? { kind: 'named', name: known.openCircuitPotential.law },
    entropicCoefficient: said.entropicCoefficient ?? entropyOf(known, side, draft),
    kinetics: {
      rate_A_m2_5_per_mol1_5: said.kinetics?.rate ?? draft.assume(`${side}.kinetics.rate`, known.rate),
      activationEnergy_J_per_mol:
        said.kinetics?.activationEnergy ??
        draft.assume(`${side}.kinetics.activationEnergy`, known.rateActivationEnergy),
    },
    regularised: said.regularised ?? false,
  };
}

function entropyOf({ entropicCoefficient }: CathodeMaterial, side: string, draft: Draft): ScalarLaw {
  if ('law' in entropicCoefficient) {
    draft.source(`dU/dT: ${entropicCoefficient.source}`);
    return { kind: 'formula', formula: entropicCoefficient.formula };
  }
  return { kind: 'constant', value: draft.assume(`${side}.entropicCoefficient`, entropicCoefficient) };
}

const THICKNESS_MIN_M = 1e-6;
const THICKNESS_MAX_M = 0.002;

function thicknessFor(said: CathodeFile, thickness_m: number, side: string, draft: Draft): number {
  if (said.thickness !== undefined) draft.fault(`${side}.capacity`, 'both thickness and capacity', 'one of them');
  if (!(thickness_m >= THICKNESS_MIN_M && thickness_m <= THICKNESS_MAX_M)) {
    const found = `an areal capacity that needs ${Number((thickness_m * 1e6).toPrecision(3))} µm of coating`;
    draft.fault(`${side}.capacity`, found, 'one that 1 to 2000 µm hold');
  }
  return thickness_m;
}

function ownCathode(said: CathodeFile, side: string, draft: Draft): PorousCathode | null {
  const missing: string[] = CATHODE_PROPERTIES.filter((key) => said[key] === undefined);
  if (said.thickness === undefined) missing.unshift('thickness');
  if (said.kinetics?.rate === undefined) missing.push('kinetics.rate');
  for (const key of missing) {
    draft.fault(
      `${side}.${key}`,
      'nothing',
      `a value, for "${said.material}" is none of ${CATHODES.map(({ id }) => id).join(', ')}`,
    );
  }
  if (said.capacity !== undefined) {
    draft.fault(
      `${side}.capacity`,
      'a capacity of a material of your own',
      'a thickness',
      'the program does not know between which stoichiometries it counts',
    );
  }
  if (missing.length > 0 || said.capacity !== undefined) return null;
  return {
    kind: 'cathode',
    material: said.material,
    thickness_m: said.thickness!,
    porosity: said.porosity!,
    activeFraction: said.activeFraction!,
    bruggemanElectrolyte: said.bruggemanElectrolyte!,
    bruggemanSolid: said.bruggemanSolid!,
    conductivity_S_per_m: said.conductivity!,
    particleRadius_m: said.particleRadius!,
    maximumConcentration_mol_per_m3: said.maximumConcentration!,
    initialStoichiometry: said.initialStoichiometry!,
    diffusivity: said.diffusivity!,
    diffusivityActivationEnergy_J_per_mol:
      said.diffusivityActivationEnergy ??
      draft.assume(`${side}.diffusivityActivationEnergy`, NO_TEMPERATURE_DEPENDENCE),
    openCircuitPotential: said.openCircuitPotential!,
    entropicCoefficient: said.entropicCoefficient ?? {
      kind: 'constant',
      value: draft.assume(`${side}.entropicCoefficient`, { ...NO_TEMPERATURE_DEPENDENCE, unit: 'V/K' }),
    },
    kinetics: {
      rate_A_m2_5_per_mol1_5: said.kinetics!.rate!,
      activationEnergy_J_per_mol:
        said.kinetics?.activationEnergy ?? draft.assume(`${side}.kinetics.activationEnergy`, NO_TEMPERATURE_DEPENDENCE),
    },
    regularised: said.regularised ?? false,
  };
}

const NO_TEMPERATURE_DEPENDENCE: Property = {
  value: 0,
  unit: 'J/mol',
  tag: 'assumed',
  source: 'no temperature dependence is stated',
};

/** Theoretical areal capacity of a known cathode material, C/m2; null for a material of the author's own. */
export function cathodeCapacity_C_per_m2(cathode: PorousCathode): number | null {
  const known = cathodeMaterial(cathode.material);
  if (!known) return null;
  const { low, high } = known.stoichiometryWindow;
  const sites_mol_per_m2 = cathode.maximumConcentration_mol_per_m3 * cathode.activeFraction * cathode.thickness_m;
  return F * sites_mol_per_m2 * (high.value - low.value);
}

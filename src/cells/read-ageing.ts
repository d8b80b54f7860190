// What ages a cell, from the sections of its file: for every number the file's own value, else the material's, else a listed
// prior. The result is plain data; which law uses it is not decided here.

import {
  COLLECTORS,
  collectorMaterial,
  type ElectrolyteMaterial,
  LAYERS,
  layerMaterial,
  type Property,
} from '../materials/index.ts';
import type {
  Additive,
  Ageing,
  Coating,
  CoatingLayer,
  FilmMechanics,
  GalvanicCorrosion,
  Host,
  Plating,
  SideAgeing,
  Substrate,
} from './ageing.ts';
import { AGEING } from './ageing-defaults.ts';
import type { MetalElectrode } from './cell.ts';
import type {
  AdditiveFile,
  AgeingFile,
  CoatingFile,
  GalvanicFile,
  HostFile,
  MetalFile,
  PlatingFile,
  SubstrateFile,
} from './cell-file.ts';
import { type Draft, GENERAL } from './draft.ts';
import type { ResolvedElectrolyte } from './electrolyte.ts';

type Side = 'working' | 'counter';

/** One value: the file's, or the one that stands for it, listed under its path. */
type Supply = (said: number | undefined, path: string, property: Property) => number;

function supplying(draft: Draft): Supply {
  return (said, path, property) => said ?? draft.assume(path, property);
}

/** Keys of an electrode that a cell without ageing has no use for. */
const SIDE_KEYS = ['coating', 'host', 'substrate', 'plating', 'platingWithoutAdditives', 'film', 'galvanic'] as const;

/** A strategy in a cell that does not age would be passed over in silence. */
export function refuseWithoutAgeing(section: MetalFile, side: Side, draft: Draft): void {
  for (const key of SIDE_KEYS) {
    if (section[key] === undefined || section[key] === null) continue;
    draft.fault(`${side}.${key}`, `a ${key} in a cell with "ageing": "none"`, 'a cell that ages, or no such key');
  }
}

/** The part of ageing that belongs to no side. */
export function readCellAgeing(
  said: AgeingFile,
  pressure_Pa: number | undefined,
  resolved: ResolvedElectrolyte,
  draft: Draft,
): Omit<Ageing, 'working' | 'counter'> {
  const of = supplying(draft);
  return {
    solvent: {
      electrons: of(said.solvent?.electrons, 'ageing.solvent.electrons', AGEING.solventElectrons),
      molarVolume_m3_per_mol: of(
        said.solvent?.molarVolume,
        'ageing.solvent.molarVolume',
        resolved.solventMolarVolume ?? AGEING.solventMolarVolume,
      ),
    },
    additives: resolved.additives.map((additive, k) => readAdditive(additive, `electrolyte.additives[${k}]`, draft)),
    pressure_Pa: of(pressure_Pa, 'pressure', AGEING.pressure),
    referencePressure_Pa: of(said.referencePressure, 'ageing.referencePressure', AGEING.referencePressure),
    pressureExponent: of(said.pressureExponent, 'ageing.pressureExponent', AGEING.pressureExponent),
    strippingCurrentExponent: of(
      said.strippingCurrentExponent,
      'ageing.strippingCurrentExponent',
      AGEING.strippingCurrentExponent,
    ),
    strippingReference_A_per_m2: of(said.strippingReference, 'ageing.strippingReference', AGEING.strippingReference),
    reusedShellFraction: of(said.reusedShells, 'ageing.reusedShells', AGEING.reusedShells),
    recoveredDeadFraction: of(said.recoveredDead, 'ageing.recoveredDead', AGEING.recoveredDead),
    unevenness: of(said.unevenness, 'ageing.unevenness', AGEING.unevenness),
    wavelength_m_min: of(said.wavelength, 'ageing.wavelength', AGEING.wavelength),
    deadLayer: {
      porosity: of(said.deadLayer?.porosity, 'ageing.deadLayer.porosity', AGEING.deadLayerPorosity),
      bruggeman: of(said.deadLayer?.bruggeman, 'ageing.deadLayer.bruggeman', AGEING.deadLayerBruggeman),
    },
  };
}

/** An additive as the electrolyte's name or its list gives it, with the values known of it. */
export interface ResolvedAdditive {
  readonly said: AdditiveFile;
  readonly concentration?: Property;
  readonly reserve?: Property;
  readonly electrons?: Property;
  readonly interphaseShare?: Property;
}

function readAdditive(
  { said, concentration, reserve, electrons, interphaseShare }: ResolvedAdditive,
  path: string,
  draft: Draft,
): Additive {
  const of = supplying(draft);
  if (said.concentration === undefined && concentration === undefined) {
    draft.fault(`${path}.concentration`, 'nothing', 'how much of it is dissolved, such as "0.1 M"');
  }
  return {
    name: said.name,
    concentration_mol_per_m3:
      said.concentration ?? (concentration === undefined ? 0 : draft.assume(`${path}.concentration`, concentration)),
    reserve_mol_per_m3: said.reserve ?? (reserve === undefined ? 0 : draft.assume(`${path}.reserve`, reserve)),
    electrons: of(said.electrons, `${path}.electrons`, electrons ?? AGEING.additiveElectrons),
    interphaseShare: of(said.interphaseShare, `${path}.interphaseShare`, interphaseShare ?? AGEING.additiveShare),
  };
}

/** Everything of one side. `hostAt` is where the file tells the host: at the electrode or at its top. */
export function readSideAgeing(
  said: MetalFile,
  side: Side,
  hostAt: string,
  electrode: MetalElectrode,
  resolved: ResolvedElectrolyte,
  draft: Draft,
): SideAgeing {
  const plating = readPlating(said.plating ?? {}, `${side}.plating`, resolved.plating, draft);
  const without =
    resolved.additives.length === 0 && said.platingWithoutAdditives === undefined
      ? plating
      : readPlating(
          said.platingWithoutAdditives ?? {},
          `${side}.platingWithoutAdditives`,
          resolved.platingWithoutAdditives,
          draft,
        );
  const host = readHost(said.host ?? null, `${side}.host`, hostAt, draft);
  return {
    plating,
    platingWithoutAdditives: without,
    film: readFilm(said.film ?? {}, `${side}.film`, resolved.material, resolved.standIn, draft),
    coating: readCoating(said.coating ?? null, `${side}.coating`, draft),
    host,
    substrate: readSubstrate(said.substrate ?? {}, `${side}.substrate`, electrode, draft),
    galvanic: readGalvanic(said.galvanic, `${side}.galvanic`, electrode, host, draft),
  };
}

/** What an electrolyte says of plating from it. */
export interface PlatingProperties {
  readonly interphaseCharge: Property;
  readonly depositSize: Property;
  readonly depositSizeExponent: Property;
  readonly unstrippableSkin: Property;
}

function readPlating(said: PlatingFile, path: string, known: PlatingProperties, draft: Draft): Plating {
  const of = supplying(draft);
  return {
    interphaseCharge_C_per_m2: of(said.interphaseCharge, `${path}.interphaseCharge`, known.interphaseCharge),
    depositSize_m: of(said.depositSize, `${path}.depositSize`, known.depositSize),
    referenceCurrent_A_per_m2: of(said.referenceCurrent, `${path}.referenceCurrent`, AGEING.referenceCurrent),
    depositSizeExponent: of(said.depositSizeExponent, `${path}.depositSizeExponent`, known.depositSizeExponent),
    unstrippableSkin_m: of(said.unstrippableSkin, `${path}.unstrippableSkin`, known.unstrippableSkin),
  };
}

function readFilm(
  said: NonNullable<MetalFile['film']>,
  path: string,
  material: ElectrolyteMaterial,
  standIn: string | null,
  draft: Draft,
): FilmMechanics {
  const of = supplying(draft);
  const strain = material.interphase.fractureStrain;
  return {
    fractureStrain: of(
      said.fractureStrain,
      `${path}.fractureStrain`,
      standIn === null ? strain : { ...strain, source: `${strain.source}; ${standIn}` },
    ),
    weibullModulus: of(said.weibullModulus, `${path}.weibullModulus`, AGEING.filmWeibull),
  };
}

type LayerValues = Partial<
  Record<
    | 'thickness'
    | 'conductivity'
    | 'activationEnergy'
    | 'modulus'
    | 'fractureStrain'
    | 'toughness'
    | 'weibullModulus'
    | 'unrepaired',
    number
  >
>;

const LAYER_KEYS = [
  'thickness',
  'conductivity',
  'activationEnergy',
  'modulus',
  'fractureStrain',
  'toughness',
  'weibullModulus',
  'unrepaired',
] as const satisfies readonly (keyof LayerValues)[];

function readCoating(said: CoatingFile | null, path: string, draft: Draft): Coating | null {
  if (said === null) return null;
  const of = supplying(draft);
  const whole = typeof said === 'string' ? { material: said } : Array.isArray(said) ? { layers: said } : said;
  const layers = readCoatingLayers(whole, path, draft);
  return {
    layers,
    pinholeFraction: of(whole.pinholes, `${path}.pinholes`, AGEING.pinholes),
    barrier: of(whole.barrier, `${path}.barrier`, AGEING.barrier),
    depositSizeFactor: of(whole.depositSizeFactor, `${path}.depositSizeFactor`, AGEING.depositSizeFactor),
    unstrippableSkinFactor: of(
      whole.unstrippableSkinFactor,
      `${path}.unstrippableSkinFactor`,
      AGEING.unstrippableSkinFactor,
    ),
    consumption_m_per_sqrt_s: of(whole.consumption, `${path}.consumption`, AGEING.consumption),
  };
}

type WholeCoating = Exclude<CoatingFile, string | readonly unknown[]>;
type LayerFile = Exclude<NonNullable<WholeCoating['layers']>[number], string>;

function readCoatingLayers(whole: WholeCoating, path: string, draft: Draft): readonly CoatingLayer[] {
  if (whole.layers === undefined) return [readCoatingLayer(whole, `${path}.layers[0]`, path, draft)];
  for (const key of ['material', ...LAYER_KEYS] as const) {
    if (whole[key] !== undefined) draft.fault(`${path}.${key}`, `both layers and ${key}`, `${key} inside the layers`);
  }
  return whole.layers.map((layer, k) =>
    readCoatingLayer(
      typeof layer === 'string' ? { material: layer } : layer,
      `${path}.layers[${k}]`,
      `${path}.layers[${k}]`,
      draft,
    ),
  );
}

/** `at` leads the paths of supplied values, `faultAt` those of faults: where in the file the layer is told. */
function readCoatingLayer(said: LayerFile, at: string, faultAt: string, draft: Draft): CoatingLayer {
  const known = said.material === undefined ? undefined : layerMaterial(said.material);
  if (said.material !== undefined && !known) draft.unknownMaterial(`${faultAt}.material`, said.material, LAYERS);
  const supply = (key: (typeof LAYER_KEYS)[number], property: Property | undefined): number => {
    const value = said[key];
    if (value !== undefined) return value;
    if (property !== undefined) return draft.assume(`${at}.${key}`, property);
    if (said.material === undefined) {
      draft.fault(`${faultAt}.${key}`, 'nothing', `a ${key}, or a known "material" that has one`);
    }
    return 1;
  };
  return {
    name: said.name ?? known?.id ?? said.material ?? 'coating',
    thickness_m: supply('thickness', known?.thickness),
    conductivity_S_per_m: supply('conductivity', known?.conductivity),
    activationEnergy_J_per_mol: supply('activationEnergy', known?.activationEnergy ?? GENERAL.layerActivationEnergy),
    youngsModulus_Pa: supply('modulus', AGEING.layerModulus),
    fractureStrain: supply('fractureStrain', AGEING.layerFractureStrain),
    fractureToughness_Pa_sqrt_m: supply('toughness', AGEING.layerToughness),
    weibullModulus: supply('weibullModulus', AGEING.layerWeibull),
    unrepairedFraction: supply('unrepaired', AGEING.layerUnrepaired),
  };
}

function readHost(section: HostFile | null, path: string, faultAt: string, draft: Draft): Host | null {
  if (section === null) return null;
  const of = supplying(draft);
  const said = typeof section === 'string' ? { material: section } : section;
  if (said.material !== undefined) draft.unknownMaterial(`${faultAt}.material`, said.material, []);
  const given = (key: 'thickness' | 'porosity' | 'areaRatio'): number => {
    const value = said[key];
    if (value !== undefined) return value;
    draft.fault(`${faultAt}.${key}`, 'nothing', `a ${key}, or a known "material" that has one`);
    return 1;
  };
  const thickness_m = given('thickness');
  const porosity = given('porosity');
  const areaRatio = given('areaRatio');
  return {
    name: said.name ?? said.material ?? 'host',
    thickness_m,
    porosity,
    areaRatio,
    heightFluctuation: of(said.heightFluctuation, `${path}.heightFluctuation`, AGEING.heightFluctuation),
    encapsulatedFraction: of(said.encapsulated, `${path}.encapsulated`, AGEING.encapsulated),
    shellFailurePerCycle: of(said.shellFailure, `${path}.shellFailure`, AGEING.shellFailure),
    galvanic: said.galvanic ?? false,
    poreSize_m: of(said.poreSize, `${path}.poreSize`, hydraulicPore(thickness_m, porosity, areaRatio)),
  };
}

/** Four times the pore volume over its surface, within what a pore can be. */
function hydraulicPore(thickness_m: number, porosity: number, areaRatio: number): Property {
  return {
    value: Math.min(Math.max((4 * porosity * thickness_m) / areaRatio, 1e-9), 0.005),
    unit: 'm',
    tag: 'computed',
    source: 'four times the pore volume over the surface of the host',
  };
}

function readSubstrate(
  section: SubstrateFile | object,
  path: string,
  electrode: MetalElectrode,
  draft: Draft,
): Substrate {
  const of = supplying(draft);
  const said: Exclude<SubstrateFile, string> = typeof section === 'string' ? { material: section } : section;
  const carrier = electrode.material === 'none' ? 'SS' : electrode.material;
  const known = collectorMaterial(said.material ?? carrier);
  if (said.material !== undefined && !known) draft.unknownMaterial(`${path}.material`, said.material, COLLECTORS);
  return {
    nucleationOverpotential_V: of(
      said.nucleationOverpotential,
      `${path}.nucleationOverpotential`,
      known?.nucleationOverpotential ?? AGEING.referenceOverpotential,
    ),
    referenceOverpotential_V: of(
      said.referenceOverpotential,
      `${path}.referenceOverpotential`,
      AGEING.referenceOverpotential,
    ),
    memoryExponent: of(said.memoryExponent, `${path}.memoryExponent`, AGEING.memoryExponent),
    firstCharge_C_per_m2: of(said.firstCharge, `${path}.firstCharge`, AGEING.firstCharge),
  };
}

/** Bare collectors corrode what lies on them, and so do hosts of bare metal; foil of lithium leaves nothing bare. */
function readGalvanic(
  section: GalvanicFile | null | undefined,
  path: string,
  electrode: MetalElectrode,
  host: Host | null,
  draft: Draft,
): GalvanicCorrosion | null {
  const applies = electrode.kind === 'collector' || host?.galvanic === true;
  if (section === null || (section === undefined && !applies)) return null;
  const of = supplying(draft);
  const said = section ?? {};
  const area: Property = host?.galvanic
    ? { value: host.areaRatio, unit: '1', tag: 'computed', source: 'the surface of the host is bare metal' }
    : AGEING.galvanicArea;
  return {
    currentDensity_A_per_m2: of(said.currentDensity, `${path}.currentDensity`, AGEING.galvanicCurrent),
    decayTime_s: of(said.decayTime, `${path}.decayTime`, AGEING.galvanicDecay),
    areaRatio: of(said.areaRatio, `${path}.areaRatio`, area),
    renewedPerCycle: of(said.renewed, `${path}.renewed`, AGEING.galvanicRenewed),
  };
}

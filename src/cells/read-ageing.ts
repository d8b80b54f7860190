// What ages a cell, from the sections of its file: for every number the file's own value, else the material's, else a listed
// prior. The result is plain data; which law uses it is not decided here.

import {
  COATINGS,
  type CoatingLayerMaterial,
  type CoatingMaterial,
  coatingMaterial,
  type ElectrolyteMaterial,
  HOSTS,
  type HostMaterial,
  hostMaterial,
  type Property,
  SUBSTRATES,
  substrateMaterial,
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
import { type PlatingProperties, type ResolvedAdditive, spentSolvent, standing } from './electrolyte-composition.ts';

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
  const spent = spentSolvent(resolved.composition);
  return {
    solvent: {
      electrons: of(said.solvent?.electrons, 'ageing.solvent.electrons', spent.electrons),
      molarVolume_m3_per_mol: of(said.solvent?.molarVolume, 'ageing.solvent.molarVolume', spent.molarVolume),
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
    substrate: readSubstrate(said, `${side}.substrate`, electrode, draft),
    galvanic: readGalvanic(said, `${side}.galvanic`, electrode, host, draft),
  };
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
  const strain = standing(material.interphase.fractureStrain, standIn);
  return {
    fractureStrain: of(said.fractureStrain, `${path}.fractureStrain`, strain),
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
  const whole: WholeCoating =
    typeof said === 'string' ? { material: said } : Array.isArray(said) ? { layers: said } : (said as WholeCoating);
  const known = knownCoating(whole.material, typeof said === 'string' ? path : `${path}.material`, draft);
  return {
    layers: readCoatingLayers(whole, known, path, draft),
    pinholeFraction: of(whole.pinholes, `${path}.pinholes`, known?.pinholeFraction ?? AGEING.pinholes),
    barrier: of(whole.barrier, `${path}.barrier`, known?.barrier ?? AGEING.barrier),
    depositSizeFactor: of(
      whole.depositSizeFactor,
      `${path}.depositSizeFactor`,
      known?.depositSizeFactor ?? AGEING.depositSizeFactor,
    ),
    unstrippableSkinFactor: of(
      whole.unstrippableSkinFactor,
      `${path}.unstrippableSkinFactor`,
      known?.unstrippableSkinFactor ?? AGEING.unstrippableSkinFactor,
    ),
    consumption_m_per_sqrt_s: of(whole.consumption, `${path}.consumption`, known?.consumption ?? AGEING.consumption),
  };
}

type WholeCoating = Exclude<CoatingFile, string | readonly unknown[]>;
type LayerFile = Exclude<NonNullable<WholeCoating['layers']>[number], string>;

/** undefined without a name, and after the fault of a name that nobody knows. */
function knownCoating(name: string | undefined, at: string, draft: Draft): CoatingMaterial | undefined {
  if (name === undefined) return undefined;
  const known = coatingMaterial(name);
  if (!known) draft.unknownMaterial(at, name, COATINGS);
  return known;
}

function readCoatingLayers(
  whole: WholeCoating,
  known: CoatingMaterial | undefined,
  path: string,
  draft: Draft,
): readonly CoatingLayer[] {
  if (whole.layers === undefined) return layersOf(whole, known, `${path}.layers`, 0, path, draft);
  for (const key of ['material', ...LAYER_KEYS] as const) {
    if (whole[key] !== undefined) draft.fault(`${path}.${key}`, `both layers and ${key}`, `${key} inside the layers`);
  }
  const layers: CoatingLayer[] = [];
  for (const [k, one] of whole.layers.entries()) {
    const at = `${path}.layers[${k}]`;
    const said: LayerFile = typeof one === 'string' ? { material: one } : one;
    const material = knownCoating(said.material, typeof one === 'string' ? at : `${at}.material`, draft);
    layers.push(...layersOf(said, material, `${path}.layers`, layers.length, at, draft));
  }
  return layers;
}

/** The layers of one entry of the file, which go to the places from `first` on. `faultAt`: where the file tells them. */
function layersOf(
  said: LayerFile,
  known: CoatingMaterial | undefined,
  list: string,
  first: number,
  faultAt: string,
  draft: Draft,
): readonly CoatingLayer[] {
  const materials = known?.layers ?? [undefined];
  if (materials.length > 1) {
    for (const key of LAYER_KEYS) {
      if (said[key] === undefined) continue;
      const wanted = `"layers" that are told one by one, for ${known!.id} has ${materials.length}`;
      draft.fault(`${faultAt}.${key}`, `one ${key} for several layers`, wanted);
    }
  }
  return materials.map((material, k) => readCoatingLayer(said, material, `${list}[${first + k}]`, faultAt, draft));
}

function readCoatingLayer(
  said: LayerFile,
  known: CoatingLayerMaterial | undefined,
  at: string,
  faultAt: string,
  draft: Draft,
): CoatingLayer {
  const supply = (key: (typeof LAYER_KEYS)[number], property: Property | undefined): number => {
    const value = said[key];
    if (value !== undefined) return value;
    if (property !== undefined) return draft.assume(`${at}.${key}`, property);
    // An unknown name has been told already.
    if (said.material === undefined) {
      draft.fault(`${faultAt}.${key}`, 'nothing', `a ${key}, or a known "material" that has one`);
    }
    return 1;
  };
  return {
    name: said.name ?? known?.name ?? said.material ?? 'coating',
    thickness_m: supply('thickness', known?.thickness),
    conductivity_S_per_m: supply('conductivity', known?.conductivity),
    activationEnergy_J_per_mol: supply('activationEnergy', known?.activationEnergy ?? GENERAL.layerActivationEnergy),
    youngsModulus_Pa: supply('modulus', known?.youngsModulus ?? AGEING.layerModulus),
    fractureStrain: supply('fractureStrain', known?.fractureStrain ?? AGEING.layerFractureStrain),
    fractureToughness_Pa_sqrt_m: supply('toughness', known?.fractureToughness ?? AGEING.layerToughness),
    weibullModulus: supply('weibullModulus', known?.weibullModulus ?? AGEING.layerWeibull),
    unrepairedFraction: supply('unrepaired', known?.unrepairedFraction ?? AGEING.layerUnrepaired),
  };
}

/** `faultAt`: where the file tells the host. */
export function readHost(section: HostFile | null, path: string, faultAt: string, draft: Draft): Host | null {
  if (section === null) return null;
  const said: Exclude<HostFile, string> = typeof section === 'string' ? { material: section } : section;
  const known = said.material === undefined ? undefined : hostMaterial(said.material);
  if (said.material !== undefined && !known) {
    draft.unknownMaterial(typeof section === 'string' ? faultAt : `${faultAt}.material`, said.material, HOSTS);
  }
  const of = supplying(draft);
  const supply = (key: 'thickness' | 'porosity' | 'areaRatio'): number => {
    const value = said[key];
    if (value !== undefined) return value;
    if (known) return draft.assume(`${path}.${key}`, known[key]);
    if (said.material === undefined) {
      draft.fault(`${faultAt}.${key}`, 'nothing', `a ${key}, or a known "material" that has one`);
    }
    return 1;
  };
  const thickness_m = supply('thickness');
  const porosity = supply('porosity');
  const areaRatio = supply('areaRatio');
  return {
    name: said.name ?? known?.id ?? said.material ?? 'host',
    thickness_m,
    porosity,
    areaRatio,
    heightFluctuation: of(
      said.heightFluctuation,
      `${path}.heightFluctuation`,
      known?.heightFluctuation ?? AGEING.heightFluctuation,
    ),
    encapsulatedFraction: of(
      said.encapsulated,
      `${path}.encapsulated`,
      known?.encapsulatedFraction ?? AGEING.encapsulated,
    ),
    shellFailurePerCycle: of(
      said.shellFailure,
      `${path}.shellFailure`,
      known?.shellFailurePerCycle ?? AGEING.shellFailure,
    ),
    contactShare: of(
      said.contactShare,
      `${path}.contactShare`,
      (known?.conductsElectrons ?? true) ? AGEING.contactShare : AGEING.noContact,
    ),
    galvanic: said.galvanic ?? known?.galvanic ?? false,
    poreSize_m: of(
      said.poreSize,
      `${path}.poreSize`,
      known?.poreSize ?? hydraulicPore(thickness_m, porosity, areaRatio),
    ),
  };
}

/** The surface of a known host; undefined where the file's host is its author's own. */
function surfaceOfHost(section: HostFile | null | undefined): HostMaterial['substrate'] | undefined {
  const name = typeof section === 'string' ? section : section?.material;
  return name === undefined ? undefined : hostMaterial(name)?.substrate;
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

/** What carries foil of lithium for which nothing is said: the spacer of a coin cell. */
const SPACER = 'SS';

function readSubstrate(said: MetalFile, path: string, electrode: MetalElectrode, draft: Draft): Substrate {
  const of = supplying(draft);
  const section = said.substrate ?? {};
  const own: Exclude<SubstrateFile, string> = typeof section === 'string' ? { material: section } : section;
  const carrier = electrode.material === 'none' ? SPACER : electrode.material;
  const known = substrateMaterial(own.material ?? surfaceOfHost(said.host) ?? carrier);
  if (own.material !== undefined && !known) {
    draft.unknownMaterial(typeof section === 'string' ? path : `${path}.material`, own.material, SUBSTRATES);
  }
  return {
    nucleationOverpotential_V: of(
      own.nucleationOverpotential,
      `${path}.nucleationOverpotential`,
      known?.nucleationOverpotential ?? AGEING.referenceOverpotential,
    ),
    referenceOverpotential_V: of(
      own.referenceOverpotential,
      `${path}.referenceOverpotential`,
      AGEING.referenceOverpotential,
    ),
    memoryExponent: of(own.memoryExponent, `${path}.memoryExponent`, AGEING.memoryExponent),
    firstCharge_C_per_m2: of(own.firstCharge, `${path}.firstCharge`, known?.firstCharge ?? AGEING.firstCharge),
  };
}

/** Bare collectors corrode what lies on them, and so do hosts of bare metal; foil of lithium leaves nothing bare. */
function readGalvanic(
  said: MetalFile,
  path: string,
  electrode: MetalElectrode,
  host: Host | null,
  draft: Draft,
): GalvanicCorrosion | null {
  const applies = electrode.kind === 'collector' || host?.galvanic === true;
  if (said.galvanic === null || (said.galvanic === undefined && !applies)) return null;
  const of = supplying(draft);
  const own: GalvanicFile = said.galvanic ?? {};
  const metal = host?.galvanic === true ? (surfaceOfHost(said.host) ?? electrode.material) : electrode.material;
  const known = substrateMaterial(metal)?.galvanic;
  const area: Property = host?.galvanic
    ? { value: host.areaRatio, unit: '1', tag: 'computed', source: 'the surface of the host is bare metal' }
    : AGEING.galvanicArea;
  return {
    currentDensity_A_per_m2: of(
      own.currentDensity,
      `${path}.currentDensity`,
      known?.currentDensity ?? AGEING.galvanicCurrent,
    ),
    decayTime_s: of(own.decayTime, `${path}.decayTime`, known?.decayTime ?? AGEING.galvanicDecay),
    areaRatio: of(own.areaRatio, `${path}.areaRatio`, area),
    renewedPerCycle: of(own.renewed, `${path}.renewed`, known?.renewedPerCycle ?? AGEING.galvanicRenewed),
  };
}

// A cell file whose electrolyte is solid: its transport as that of any electrolyte, the pellet in the place of the separator, what
// lithium meets on it, and what a liquid would need and a solid has no use for.

import {
  blocksElectrons,
  ELECTROLYTES,
  type ElectrolyteMaterial,
  type InterlayerMaterial,
  interlayerMaterial,
  type Property,
  readSurfaceName,
  SOLID_INTERFACES,
  type SolidElectrolyteMaterial,
  solidElectrolyteMaterial,
} from '../materials/index.ts';
import {
  ambipolarConductivity_S_per_m,
  contactInStack,
  contactOfAngle,
  growthConstant_m2_per_s,
  type MoltenLithiumAngle_rad,
  STABLE_BELOW_V,
} from '../physics/index.ts';
import { F, R, ROOM_TEMPERATURE_K } from '../units/index.ts';
import { prior } from './ageing-defaults.ts';
import type { Electrolyte, Separator } from './cell.ts';
import type { CellFile, ElectrolyteFile, MetalFile } from './cell-file.ts';
import type { Draft } from './draft.ts';
import type { ResolvedElectrolyte } from './electrolyte.ts';
import type { Interlayer, SolidElectrolyte, SolidSide } from './solid.ts';
import type { InterlayerFile } from './solid-file.ts';

type Side = 'working' | 'counter';
type Sections = { -readonly [K in keyof CellFile]?: CellFile[K] };
type Said = Exclude<ElectrolyteFile, string>;

const assumed = (value: number, unit: string, source: string): Property => ({ value, unit, tag: 'assumed', source });

const SINGLE_ION = {
  concentration: assumed(1000, 'mol/m3', 'only lithium moves in it: the number at which rates of cathodes are stated'),
  transferenceNumber: assumed(1, '1', 'the anions are the frame of the solid'),
  diffusivity: assumed(1e-10, 'm2/s', 'where only lithium moves no gradient builds up, whatever this is'),
} as const;

const THICKNESS: Readonly<Record<string, Property>> = {
  LiPON: prior(1e-6, 'm', 'sputtered films', [3e-7, 3e-6]),
};
const PELLET = prior(1e-3, 'm', 'modelling prior: a pellet of the laboratory', [3e-4, 2e-3]);
const PRESSURE = prior(1e6, 'Pa', 'modelling prior: a cell for pellets that is screwed together', [2e5, 5e6]);
const ION_FACTOR = assumed(1, '1', 'an ideal solution');

/** The solid electrolyte that a section names; undefined for a liquid, and for a name that no solid has. */
export function solidOf(section: ElectrolyteFile | undefined): SolidElectrolyteMaterial | undefined {
  if (section === undefined) return undefined;
  if (typeof section !== 'string')
    return section.solid === undefined ? undefined : solidElectrolyteMaterial(section.solid);
  const exact = solidElectrolyteMaterial(section);
  if (exact !== undefined) return exact;
  const garnet = /^[\w\s-]*\b(LLZTO|LLZT|LLZO)\b[\w\s-]*$/iu.exec(section)?.[1];
  return garnet === undefined ? undefined : solidElectrolyteMaterial(garnet);
}

/** Whether the file means a solid, known or not. */
export function isSolidFile(section: ElectrolyteFile | undefined): boolean {
  return solidOf(section) !== undefined || (typeof section === 'object' && section.solid !== undefined);
}

/** Of an electrolyte with other faults, so that a name that no solid has is told beside them. */
export function judgeSolidName(unread: unknown, draft: Draft): void {
  if (typeof unread !== 'object' || unread === null || !('solid' in unread)) return;
  const { solid } = unread;
  if (typeof solid === 'string' && solidElectrolyteMaterial(solid) === undefined)
    draft.unknownMaterial('electrolyte.solid', solid, SOLID_INTERFACES.electrolytes);
}

const SOLID_ONLY = ['thickness', 'grainBoundary', 'reductionPotential', 'fracture', 'voids'] as const;

/** Keys of a solid in a file whose electrolyte is a liquid would be passed over in silence. */
export function refuseSolidKeys(file: Sections, draft: Draft): void {
  const { electrolyte } = file;
  if (typeof electrolyte === 'object') {
    for (const key of SOLID_ONLY) {
      if (electrolyte[key] === undefined) continue;
      draft.fault(`electrolyte.${key}`, `${key} of a liquid`, 'a solid electrolyte ("solid": "LLZO"), or no such key');
    }
  }
  for (const side of ['working', 'counter'] as const) {
    const section = file[side];
    if (section === undefined || section.kind === 'cathode') continue;
    for (const key of ['contact', 'interlayer'] as const) {
      if (section[key] === undefined || section[key] === null) continue;
      draft.fault(
        `${side}.${key}`,
        `${key} in a liquid`,
        'a solid electrolyte, or no such key',
        'a film in a liquid is a "coating"',
      );
    }
  }
}

const LIQUID_SIDE = ['coating', 'host', 'substrate', 'plating', 'platingWithoutAdditives', 'film', 'galvanic'] as const;

function refuseLiquidKeys(file: Sections, draft: Draft): void {
  const refuse = (path: string, hint: string): void =>
    draft.fault(path, `${path.split('.').at(-1)} in a cell with a solid electrolyte`, 'no such key', hint);
  if (file.separator !== undefined)
    refuse('separator', 'the electrolyte separates; its thickness is electrolyte.thickness');
  if (file.amount !== undefined && file.amount !== 'pores')
    refuse('amount', 'its amount is its thickness, electrolyte.thickness');
  if (file.ageing !== undefined && file.ageing !== 'none')
    refuse('ageing', 'what ages here is contact and interphase: electrolyte.voids, interphase');
  if (file.host) refuse('host', 'lithium lies flat on a solid electrolyte');
  const { electrolyte } = file;
  if (typeof electrolyte === 'object') {
    for (const key of ['name', 'law', 'additives'] as const) {
      if (
        key === 'additives'
          ? electrolyte.additives?.length
          : key === 'law'
            ? electrolyte.law !== undefined && electrolyte.law !== 'constant'
            : false
      )
        refuse(`electrolyte.${key}`, 'a solid has a constant conductivity and no additives');
    }
  }
  for (const side of ['working', 'counter'] as const) {
    const section = file[side];
    if (section === undefined || section.kind === 'cathode') continue;
    for (const key of LIQUID_SIDE) {
      if (section[key] !== undefined && section[key] !== null)
        refuse(`${side}.${key}`, 'between lithium and a solid lies an "interlayer"');
    }
  }
}

export interface SolidCell {
  readonly electrolyte: Electrolyte;
  readonly separator: Separator;
  readonly solid: SolidElectrolyte;
  /** What lithium meets on a side, in the shape in which electrodes are read. */
  readonly around: (side: Side) => ResolvedElectrolyte;
  /** The interphase that a side has where the file tells none. */
  readonly interphase: (side: Side) => NonNullable<MetalFile['interphase']>;
}

/** Reads everything that is not an electrode; null after the fault of a name that nobody knows. */
export function readSolidCell(file: Sections, draft: Draft): SolidCell | null {
  const section = file.electrolyte!;
  const known = solidOf(section);
  if (known === undefined) {
    draft.unknownMaterial('electrolyte.solid', (section as Said).solid!, SOLID_INTERFACES.electrolytes);
    return null;
  }
  refuseLiquidKeys(file, draft);
  const said: Said = typeof section === 'string' ? {} : section;
  const of = (value: number | undefined, key: string, property: Property): number =>
    value ?? draft.assume(key, property);
  const pressure_Pa = of(file.pressure, 'pressure', PRESSURE);
  const electrolyte = readTransport(
    typeof section === 'string' ? section : (said.name ?? known.id),
    said,
    known,
    of,
    draft,
  );
  const separator = {
    thickness_m: of(
      said.thickness,
      'electrolyte.thickness',
      known.saltTransport?.thickness ?? THICKNESS[known.id] ?? PELLET,
    ),
    porosity: 1,
    bruggeman: 1,
  };
  draft.source(`solid electrolyte ${known.name}: numbers with their sources in \`limetal show ${known.id}\``);
  const materials = {
    working: interlayersOf(file.working, draft, 'working'),
    counter: interlayersOf(file.counter, draft, 'counter'),
  };
  const sideOf = (side: Side): SolidSide => {
    const metal = file[side] as MetalFile | undefined;
    return {
      contact: readContact(metal, side, { known, section, layers: materials[side], pressure_Pa }, draft),
      interlayer: materials[side].map(({ said: one, material }, k) =>
        readLayer(one, material, `${side}.interlayer[${k}]`, known, draft),
      ),
    };
  };
  const reductionPotential_V = of(said.reductionPotential, 'electrolyte.reductionPotential', known.reductionPotential);
  const hasWorking = file.working !== undefined && file.working.kind !== 'cathode';
  return {
    electrolyte,
    separator,
    solid: {
      material: known.id,
      pressure_Pa,
      reductionPotential_V,
      fracture: readFracture(said, known, of),
      voids: readVoids(said, known, of),
      counter: sideOf('counter'),
      working: hasWorking ? sideOf('working') : null,
    },
    around: (side) => resolvedOf(electrolyte, known, materials[side], reductionPotential_V),
    interphase: (side) => {
      const k = growthRate(known, materials[side], reductionPotential_V).value;
      return [{ material: 'native', ...(k === 0 ? { growth: { kind: 'none' as const } } : {}) }];
    },
  };
}

type Of = (value: number | undefined, key: string, property: Property) => number;

function readTransport(name: string, said: Said, known: SolidElectrolyteMaterial, of: Of, draft: Draft): Electrolyte {
  const salt = known.saltTransport;
  const constant = (key: 'conductivity' | 'diffusivity', property: Property): number => {
    const law = said[key];
    if (law !== undefined && law.kind !== 'constant') {
      draft.fault(`electrolyte.${key}`, 'a formula or table of a solid', 'a number', 'its composition does not change');
      return property.value;
    }
    return of(law?.value, `electrolyte.${key}`, property);
  };
  const activation = of(
    said.conductivityActivationEnergy,
    'electrolyte.conductivityActivationEnergy',
    known.activationEnergy,
  );
  return {
    name,
    law: 'constant',
    concentration_mol_per_m3: of(
      said.concentration,
      'electrolyte.concentration',
      salt?.concentration ?? SINGLE_ION.concentration,
    ),
    // Grain boundaries lie in series with the grains; unless the file tells them apart the conductivity is that of both.
    conductivity_S_per_m: constant('conductivity', known.conductivity) / (1 + (said.grainBoundary ?? 0)),
    diffusivity_m2_per_s: constant('diffusivity', salt?.diffusivity ?? SINGLE_ION.diffusivity),
    transferenceNumber: of(
      said.transferenceNumber,
      'electrolyte.transferenceNumber',
      salt?.transference ?? SINGLE_ION.transferenceNumber,
    ),
    thermodynamicFactor: of(said.thermodynamicFactor, 'electrolyte.thermodynamicFactor', ION_FACTOR),
    conductivityActivationEnergy_J_per_mol: activation,
    diffusivityActivationEnergy_J_per_mol:
      said.diffusivityActivationEnergy ??
      (salt === null ? 0 : of(undefined, 'electrolyte.diffusivityActivationEnergy', known.activationEnergy)),
  };
}

function readFracture(said: Said, { mechanics }: SolidElectrolyteMaterial, of: Of): SolidElectrolyte['fracture'] {
  if (said.fracture === null || (said.fracture === undefined && mechanics === null)) return null;
  const own = said.fracture ?? {};
  const path = 'electrolyte.fracture';
  return {
    toughness_Pa_sqrt_m: of(own.toughness, `${path}.toughness`, mechanics?.toughness ?? STAND_IN.toughness),
    flaw_m: of(own.flaw, `${path}.flaw`, mechanics?.flaw ?? STAND_IN.flaw),
    shearModulus_Pa: of(own.shearModulus, `${path}.shearModulus`, mechanics?.shearModulus ?? STAND_IN.shearModulus),
    scatter: of(own.scatter, `${path}.scatter`, SOLID_INTERFACES.scatter),
  };
}

/** For a soft electrolyte whose file says that it cracks all the same. */
const STAND_IN = {
  toughness: prior(1e6, 'Pa m^0.5', 'modelling prior', [2e5, 2e6]),
  flaw: prior(5e-6, 'm', 'modelling prior', [1e-6, 2e-5]),
  shearModulus: prior(1e9, 'Pa', 'modelling prior', [1e8, 1e11]),
} as const;

function readVoids(said: Said, { supply }: SolidElectrolyteMaterial, of: Of): SolidElectrolyte['voids'] {
  if (said.voids === null || (said.voids === undefined && supply === null)) return null;
  const own = said.voids ?? {};
  const from = supply ?? solidElectrolyteMaterial('Li6PS5Cl')!.supply!;
  const path = 'electrolyte.voids';
  return {
    charge_C_per_m2: of(own.charge, `${path}.charge`, SOLID_INTERFACES.voidCharge),
    diffusion_A_per_m2: of(own.diffusion, `${path}.diffusion`, from.diffusion),
    creep_A_per_m2: of(own.creep, `${path}.creep`, from.creep),
    referencePressure_Pa: of(own.referencePressure, `${path}.referencePressure`, from.referencePressure),
    exponent: of(own.exponent, `${path}.exponent`, from.exponent),
    activationEnergy_J_per_mol: of(own.activationEnergy, `${path}.activationEnergy`, from.activationEnergy),
  };
}

interface NamedLayer {
  readonly said: Exclude<InterlayerFile, string>;
  readonly material: InterlayerMaterial | undefined;
}

function interlayersOf(section: CellFile['working'] | undefined, draft: Draft, side: Side): readonly NamedLayer[] {
  if (section === undefined || section.kind === 'cathode' || !section.interlayer) return [];
  const all = Array.isArray(section.interlayer) ? section.interlayer : [section.interlayer];
  return all.map((one, k) => {
    const said = typeof one === 'string' ? { material: one } : one;
    const material = said.material === undefined ? undefined : interlayerMaterial(said.material);
    if (said.material !== undefined && material === undefined) {
      const at = Array.isArray(section.interlayer) ? `${side}.interlayer[${k}]` : `${side}.interlayer`;
      draft.unknownMaterial(
        typeof one === 'string' ? at : `${at}.material`,
        said.material,
        SOLID_INTERFACES.interlayers,
      );
    }
    return { said, material };
  });
}

const NOTHING_REMAINS = assumed(0, 'ohm m2', 'nothing is known to remain at its faces');

function readLayer(
  said: NamedLayer['said'],
  material: InterlayerMaterial | undefined,
  path: string,
  electrolyte: SolidElectrolyteMaterial,
  draft: Draft,
): Interlayer {
  const supply = (key: 'thickness' | 'conductivity'): number => {
    const value = said[key];
    if (value !== undefined) return value;
    if (material !== undefined) return draft.assume(`${path}.${key}`, material[key]);
    if (said.material === undefined)
      draft.fault(`${path}.${key}`, 'nothing', `a ${key}, or a known "material" that has one`);
    return 1;
  };
  return {
    name: said.name ?? material?.id ?? said.material ?? 'interlayer',
    thickness_m: supply('thickness'),
    conductivity_S_per_m: supply('conductivity'),
    activationEnergy_J_per_mol:
      said.activationEnergy ?? draft.assume(`${path}.activationEnergy`, electrolyte.activationEnergy),
    remainingResistance_ohm_m2:
      said.remainingResistance ??
      draft.assume(`${path}.remainingResistance`, material?.remainingResistance ?? NOTHING_REMAINS),
  };
}

interface ContactContext {
  readonly known: SolidElectrolyteMaterial;
  readonly section: ElectrolyteFile;
  readonly layers: readonly NamedLayer[];
  readonly pressure_Pa: number;
}

function readContact(
  metal: MetalFile | undefined,
  side: Side,
  context: ContactContext,
  draft: Draft,
): SolidSide['contact'] {
  const said = metal?.contact ?? {};
  if (said.fraction !== undefined && said.surface !== undefined) {
    draft.fault(`${side}.contact.surface`, 'both a fraction and a surface', 'one of them');
  }
  return {
    fraction:
      said.fraction ??
      draft.assume(
        `${side}.contact.fraction`,
        contactProperty(said.surface, `${side}.contact.surface`, context, draft),
      ),
    spotRadius_m: said.spotRadius ?? draft.assume(`${side}.contact.spotRadius`, SOLID_INTERFACES.spotRadius),
  };
}

function contactProperty(surface: string | undefined, path: string, context: ContactContext, draft: Draft): Property {
  const { known, section, layers, pressure_Pa } = context;
  const layer = layers.find(({ material }) => material !== undefined)?.material;
  if (layer !== undefined && surface === undefined) return layer.contact;
  const { halfAngle, width, referencePressure } = SOLID_INTERFACES.contactLaw;
  const pressed = (contact: number): number =>
    known.supply === null ? contact : contactInStack(contact, pressure_Pa, referencePressure.value);
  if (known.contactBy !== 'angle' && surface === undefined) {
    const { contact } = known.contactBy;
    const range = contact.range ?? [contact.value, contact.value];
    return { ...contact, value: pressed(contact.value), range: [pressed(range[0]), pressed(range[1])] };
  }
  // "heat-treated LLZO" may stand as the electrolyte itself.
  const text = surface ?? (typeof section === 'string' ? section : (section.name ?? known.surface ?? known.id));
  const reading = readSurfaceName(text, path);
  if (!('name' in reading)) {
    for (const { found, wanted, hint } of reading.issues) draft.fault(path, found, wanted, hint);
    return assumed(1, '1', 'no surface');
  }
  const { name } = reading;
  if (known.surface === null || ![name.surface.id, name.carrier?.surface.id].includes(known.surface)) {
    const wanted =
      known.surface === null
        ? '"fraction": no surface of it is known'
        : `a surface of it, such as "heat-treated ${known.id}"`;
    draft.fault(path, `"${text}" on ${known.id}`, wanted, 'for a coating use "interlayer"');
  }
  const { angle } = name.state;
  const at = (theta: number, half: number, wide: number): number =>
    pressed(contactOfAngle(theta as MoltenLithiumAngle_rad, half, wide));
  const value = at(angle.value, halfAngle.value, width.value);
  const ends = [0, 1].flatMap((a) =>
    [0, 1].flatMap((h) =>
      [0, 1].map((w) => at(angle.range?.[a] ?? angle.value, halfAngle.range![h]!, width.range![w]!)),
    ),
  );
  return {
    value,
    unit: '1',
    tag: 'computed',
    source: `contact angle of molten lithium ${angle.printed} on ${reading.name.canonical} (${angle.tag}), by the law of contact, whose ranges are in the range`,
    // At the floor of the law the value is no better known than the floor.
    range: [Math.min(value / 3, ...ends), Math.max(...ends)],
  };
}

function growthRate(known: SolidElectrolyteMaterial, layers: readonly NamedLayer[], potential_V: number): Property {
  const { volumePerLithium, ionicConductivity, electronicConductivity } = known.interphase;
  const barriers = layers.flatMap(({ material }) =>
    material && blocksElectrons(material) ? [material.electronicConductivity] : [],
  );
  const least = (read: (property: Property) => number): number =>
    Math.min(...[electronicConductivity, ...barriers].map(read));
  const rate = (end: 0 | 1 | null): number => {
    if (potential_V <= STABLE_BELOW_V) return 0;
    const read = (property: Property): number =>
      end === null ? property.value : (property.range?.[end] ?? property.value);
    return Math.sqrt(
      2 *
        growthConstant_m2_per_s(
          read(volumePerLithium),
          ambipolarConductivity_S_per_m(read(ionicConductivity), least(read)),
          potential_V,
        ),
    );
  };
  return {
    value: rate(null),
    unit: 'm/s^0.5',
    tag: 'computed',
    source: `k² = 2·(V/ν)·σ_amb·E/F of ${known.name}${barriers.length === 0 ? '' : ' behind what lets few electrons through'}; its conductivities are ${electronicConductivity.tag}`,
    range: [rate(0), rate(1)],
  };
}

const NO_SALT = assumed(0, '1', 'lithium reduces the solid itself');

/** What lithium meets, as the material of an electrolyte of which only kinetics and native film are read. */
function resolvedOf(
  electrolyte: Electrolyte,
  known: SolidElectrolyteMaterial,
  layers: readonly NamedLayer[],
  potential_V: number,
): ResolvedElectrolyte {
  const like = ELECTROLYTES[0]!;
  const { interphase, chargeTransfer } = known;
  const perVolume = (V: number): number => 1 / V;
  const exchange = (resistance: number): number => Number(((R * ROOM_TEMPERATURE_K) / (F * resistance)).toPrecision(6));
  const material: ElectrolyteMaterial = {
    ...like,
    id: known.id,
    name: known.name,
    concentration: { ...SINGLE_ION.concentration, value: electrolyte.concentration_mol_per_m3 },
    kinetics: {
      exchangeCurrent: mapped(chargeTransfer, exchange, 'A/m2', 'RT/F over the resistance of charge transfer'),
      concentrationExponent:
        known.saltTransport === null ? assumed(0, '1', 'only lithium moves') : like.kinetics.concentrationExponent,
      activationEnergy: known.activationEnergy,
      alphaAnodic: like.kinetics.alphaAnodic,
      alphaCathodic: like.kinetics.alphaCathodic,
      reorganisationEnergy: like.kinetics.reorganisationEnergy,
    },
    interphase: {
      ...like.interphase,
      thickness: interphase.firstThickness,
      conductivity: interphase.ionicConductivity,
      activationEnergy: interphase.activationEnergy,
      growthRate: growthRate(known, layers, potential_V),
      growthActivationEnergy: interphase.activationEnergy,
      lithiumConcentration: mapped(
        interphase.volumePerLithium,
        perVolume,
        'mol/m3',
        'one over the volume for each lithium',
      ),
      saltFraction: NO_SALT,
    },
  };
  const nothing = { value: 0, unit: '1', tag: 'assumed', source: 'a solid' } as const;
  const plating = {
    interphaseCharge: nothing,
    depositSize: nothing,
    depositSizeExponent: nothing,
    unstrippableSkin: nothing,
  };
  return {
    electrolyte,
    material,
    standIn: null,
    composition: null,
    plating,
    platingWithoutAdditives: plating,
    additives: [],
  };
}

/** A property of which a falling function is taken. */
function mapped(
  { value, tag, source, range }: Property,
  of: (value: number) => number,
  unit: string,
  how: string,
): Property {
  return {
    value: of(value),
    unit,
    tag,
    source: `${how}; ${source}`,
    ...(range ? { range: [of(range[1]), of(range[0])] as const } : {}),
  };
}

// The electrolyte of a cell file: a name that the program knows, properties of one's own, or a name with some of them replaced.

import {
  type Composition,
  ELECTROLYTES,
  type ElectrolyteFamily,
  type ElectrolyteMaterial,
  electrolyteNames,
  findElectrolyte,
  platingOf,
  TRANSPORT_LAWS,
  tryElectrolyte,
  withoutAdditives,
} from '../materials/index.ts';
import { type InputError, nearestHint } from '../units/index.ts';
import { AGEING } from './ageing-defaults.ts';
import type { Electrolyte, ScalarLaw, TransportLawName } from './cell.ts';
import type { ElectrolyteFile } from './cell-file.ts';
import type { Draft } from './draft.ts';
import {
  additivesOf,
  alikeIn,
  compositionOf,
  namedAdditive,
  type PlatingProperties,
  type ResolvedAdditive,
  STANDS_FOR_IT,
  saltConcentration_mol_per_m3,
  standing,
} from './electrolyte-composition.ts';
import { shown } from './plain-json.ts';
import { LAW_SPECS, lawOutside } from './scalar-law.ts';

/** What transport and the lithium side are taken from. */
interface Match {
  readonly electrolyte: Electrolyte;
  /** Where kinetics and native interphase come from where the file gives none. */
  readonly material: ElectrolyteMaterial;
  /** Why that material stands for another; null where it is the electrolyte itself. */
  readonly standIn: string | null;
  /** What it is made of; null where the name does not say. */
  readonly composition: Composition | null;
}

export interface ResolvedElectrolyte extends Match {
  readonly plating: PlatingProperties;
  readonly platingWithoutAdditives: PlatingProperties;
  readonly additives: readonly ResolvedAdditive[];
}

type Properties = Exclude<ElectrolyteFile, string>;

/** Electrolyte whose lithium side stands for one of which nothing is known. */
const GENERAL_STAND_IN = 'lipf6-ecdec';
const LAW_STAND_IN: Readonly<Partial<Record<TransportLawName, string>>> = {
  'landesfeind2019-ec-emc': 'lipf6-ecemc',
  'landesfeind2019-ec-dmc': 'lipf6-ecdmc',
  'ec-dec-lundgren': 'lipf6-ecdec',
  nyman2008: 'lipf6-ecemc',
  valoen2005: 'lipf6-ecdmc',
  capiglia1999: 'lipf6-ecdmc',
};

/** Reads the section; null after a fault that leaves nothing to go on with. */
export function readElectrolyte(section: ElectrolyteFile, draft: Draft): ResolvedElectrolyte | null {
  const match = readByNameOrProperties(section, draft);
  if (!match) return null;
  checkAtConcentration(match.electrolyte, draft);
  const { composition, material, standIn } = match;
  const listed = typeof section === 'string' ? undefined : section.additives;
  const additives = listed?.map(namedAdditive) ?? (composition === null ? [] : additivesOf(composition));
  if (composition !== null) {
    const plating = platingOf(composition);
    return { ...match, plating, platingWithoutAdditives: platingOf(withoutAdditives(composition)), additives };
  }
  const plating = platingOfMaterial(material, standIn);
  const plain = ELECTROLYTES.find(({ family }) => family === WITHOUT_ADDITIVES[material.family]);
  const platingWithoutAdditives = plain
    ? platingOfMaterial(plain, `${plain.name} ${STANDS_FOR_IT} without its additives`)
    : plating;
  return { ...match, plating, platingWithoutAdditives, additives };
}

/** The family to which an electrolyte falls back when its additives are gone. */
const WITHOUT_ADDITIVES: Readonly<Partial<Record<ElectrolyteFamily, ElectrolyteFamily>>> = {
  'carbonate-additive': 'carbonate',
  'ether-nitrate': 'ether',
};

function platingOfMaterial({ interphase }: ElectrolyteMaterial, standIn: string | null): PlatingProperties {
  return {
    interphaseCharge: standing(interphase.charge, standIn),
    depositSize: standing(interphase.depositSize, standIn),
    depositSizeExponent: AGEING.depositSizeExponent,
    unstrippableSkin: standing(interphase.unstrippableSkin, standIn),
  };
}

/** A formula of the concentration must give a sane value where the cell starts. */
function checkAtConcentration(
  { concentration_mol_per_m3: c, conductivityLaw, diffusivityLaw }: Electrolyte,
  draft: Draft,
): void {
  const trouble = {
    conductivity: conductivityLaw && lawOutside(conductivityLaw, LAW_SPECS.conductivity, c, c),
    diffusivity: diffusivityLaw && lawOutside(diffusivityLaw, LAW_SPECS.saltDiffusivity, c, c),
  };
  for (const [key, facts] of Object.entries(trouble)) {
    if (facts) draft.fault(`electrolyte.${key}`, facts.found, facts.wanted, 'x is the concentration in mol/m3');
  }
}

function readByNameOrProperties(section: ElectrolyteFile, draft: Draft): Match | null {
  const said: Properties = typeof section === 'string' ? { name: section } : section;
  const path = typeof section === 'string' ? 'electrolyte' : 'electrolyte.name';
  const match = said.name === undefined ? undefined : findElectrolyte(said.name);
  const composition = said.name === undefined ? null : compositionOf(said.name);
  if (said.law !== undefined || (!match && composition === null && said.conductivity !== undefined))
    return ownElectrolyte(said, match?.material, composition, draft);
  if (said.name === undefined) {
    draft.fault(
      'electrolyte',
      'neither name nor law',
      'a "name" that the program knows, or a "law" with its properties',
    );
    return null;
  }
  if (match) {
    const standIn = match.exact
      ? null
      : `${match.material.name} ${STANDS_FOR_IT}: the same components in other proportions`;
    return knownElectrolyte(said, match.material, match.concentration_mol_per_m3, standIn, composition, draft);
  }
  if (composition === null) {
    unreadableName(said.name, path, draft);
    return null;
  }
  if (saltConcentration_mol_per_m3(composition) < CONCENTRATION_MIN_mol_per_m3) {
    draft.fault(path, `${shown(said.name)}, in which there is no lithium salt`, 'an electrolyte with a lithium salt');
    return null;
  }
  const material = alikeIn(composition);
  const standIn = `${material.name} ${STANDS_FOR_IT}: of the same kind, for want of data`;
  return knownElectrolyte(said, material, null, standIn, composition, draft);
}

/** Least salt with which a cell can be computed. */
const CONCENTRATION_MIN_mol_per_m3 = 10;

/** Tells what of a name cannot be read; where hardly anything can, a known name that is spelt alike helps more. */
function unreadableName(name: string, path: string, draft: Draft): void {
  const { issues } = tryElectrolyte(name) as InputError;
  const near = nearestHint(name, electrolyteNames());
  for (const { found, wanted, hint } of near === undefined ? issues : issues.slice(0, 1)) {
    const otherwise = near === undefined ? 'or give an object with "law": "constant" and its properties' : undefined;
    draft.fault(path, `${shown(name)}: ${found}`, wanted, near ?? hint ?? otherwise);
  }
}

function knownElectrolyte(
  said: Properties,
  material: ElectrolyteMaterial,
  stated_mol_per_m3: number | null,
  standIn: string | null,
  composition: Composition | null,
  draft: Draft,
): Match {
  const { transport } = material;
  const ofMaterial = transport.law as TransportLawName;
  const law =
    ofMaterial === 'constant' && (isFunction(said.conductivity) || isFunction(said.diffusivity))
      ? 'functions'
      : ofMaterial;
  const concentration_mol_per_m3 =
    said.concentration ?? saltOfName(stated_mol_per_m3, standIn, composition, material, draft);
  citeLaw(law, draft);
  if (standIn !== null) draft.source(`electrolyte: ${standIn}`);
  refuseFunctionsBeside(law, said, draft);
  const supply = (key: keyof ElectrolyteMaterial['transport'] & keyof Properties) => {
    const supplied = key === 'law' ? undefined : transport[key];
    return supplied && said[key] === undefined
      ? draft.assume(`electrolyte.${key}`, standing(supplied, standIn))
      : undefined;
  };
  const electrolyte = compact({
    name: said.name!,
    concentration_mol_per_m3,
    law,
    conductivity_S_per_m: supply('conductivity'),
    diffusivity_m2_per_s: supply('diffusivity'),
    transferenceNumber: said.transferenceNumber ?? supply('transferenceNumber'),
    thermodynamicFactor: said.thermodynamicFactor ?? supply('thermodynamicFactor'),
    conductivityActivationEnergy_J_per_mol: said.conductivityActivationEnergy ?? supply('conductivityActivationEnergy'),
    diffusivityActivationEnergy_J_per_mol: said.diffusivityActivationEnergy ?? supply('diffusivityActivationEnergy'),
    ...property('conductivity', said.conductivity),
    ...property('diffusivity', said.diffusivity),
  });
  return { electrolyte, material, standIn, composition };
}

/** Salt as a text states it may be per litre of solvent; per litre of solution it is what the composition says then. */
const STATED_TOLERANCE = 0.2;

function saltOfName(
  stated_mol_per_m3: number | null,
  standIn: string | null,
  composition: Composition | null,
  material: ElectrolyteMaterial,
  draft: Draft,
): number {
  const computed = composition === null ? null : saltConcentration_mol_per_m3(composition);
  const agrees = (value: number) => computed === null || Math.abs(value - computed) <= STATED_TOLERANCE * computed;
  if (stated_mol_per_m3 !== null && agrees(stated_mol_per_m3)) return stated_mol_per_m3;
  if (computed === null || (standIn === null && stated_mol_per_m3 === null)) {
    return draft.assume('electrolyte.concentration', material.concentration);
  }
  return draft.assume('electrolyte.concentration', {
    value: Number(computed.toPrecision(6)),
    unit: 'mol/m3',
    tag: 'computed',
    source: 'from the amounts in the name; volumes are added',
  });
}

/** Properties of the file's own, on a law or alone. */
function ownElectrolyte(
  said: Properties,
  known: ElectrolyteMaterial | undefined,
  composition: Composition | null,
  draft: Draft,
): Match | null {
  const law = said.law ?? (isFunction(said.conductivity) || isFunction(said.diffusivity) ? 'functions' : 'constant');
  const gives = TRANSPORT_LAWS.find((one) => one.law === law)?.gives ?? [];
  citeLaw(law, draft);
  refuseFunctionsBeside(law, said, draft);
  const transport = known?.transport;
  const from = (key: 'transferenceNumber' | 'thermodynamicFactor' | 'diffusivity' | 'conductivity') => {
    if (said[key] !== undefined || gives.includes(key)) return undefined;
    const property = transport?.[key];
    if (property) return draft.assume(`electrolyte.${key}`, property);
    if (key === 'thermodynamicFactor') {
      return draft.assume(`electrolyte.${key}`, {
        value: 1,
        unit: '1',
        tag: 'prior',
        source: 'an ideal solution',
        range: [1, 3],
      });
    }
    draft.fault(`electrolyte.${key}`, 'nothing', `a ${key} (the law "${law}" gives none)`);
    return undefined;
  };
  const conductivity = from('conductivity');
  const diffusivity = from('diffusivity');
  const transferenceNumber = said.transferenceNumber ?? from('transferenceNumber');
  const thermodynamicFactor = said.thermodynamicFactor ?? from('thermodynamicFactor');
  if (said.concentration === undefined && !known) {
    draft.fault('electrolyte.concentration', 'nothing', 'a salt concentration such as "1 M"');
    return null;
  }
  const electrolyte = compact({
    name: said.name ?? law,
    concentration_mol_per_m3: said.concentration ?? draft.assume('electrolyte.concentration', known!.concentration),
    law,
    ...property('conductivity', said.conductivity),
    ...(conductivity === undefined ? {} : { conductivity_S_per_m: conductivity }),
    ...property('diffusivity', said.diffusivity),
    ...(diffusivity === undefined ? {} : { diffusivity_m2_per_s: diffusivity }),
    transferenceNumber,
    thermodynamicFactor,
    conductivityActivationEnergy_J_per_mol: said.conductivityActivationEnergy,
    diffusivityActivationEnergy_J_per_mol: said.diffusivityActivationEnergy,
  });
  const material = known ?? ELECTROLYTES.find(({ id }) => id === (LAW_STAND_IN[law] ?? GENERAL_STAND_IN))!;
  const standIn = known ? null : `${material.name} ${STANDS_FOR_IT} on lithium`;
  return { electrolyte, material, standIn, composition };
}

function isFunction(law: ScalarLaw | undefined): boolean {
  return law !== undefined && law.kind !== 'constant';
}

/** A law of the concentration gives conductivity and diffusivity together; one of them cannot be put in its place. */
function refuseFunctionsBeside(law: TransportLawName, said: Properties, draft: Draft): void {
  if (law === 'functions') return;
  for (const key of ['conductivity', 'diffusivity'] as const) {
    if (!isFunction(said[key])) continue;
    const hint = '"law": "functions" takes formulas and tables, for conductivity and diffusivity both';
    draft.fault(`electrolyte.${key}`, `a formula or table beside the law "${law}"`, 'a number', hint);
  }
}

/** A scalar law as the electrolyte carries it: a constant in its own field, anything else as a law. */
function property(key: 'conductivity' | 'diffusivity', law: ScalarLaw | undefined): Partial<Electrolyte> {
  if (law === undefined) return {};
  if (law.kind !== 'constant') return key === 'conductivity' ? { conductivityLaw: law } : { diffusivityLaw: law };
  return key === 'conductivity' ? { conductivity_S_per_m: law.value } : { diffusivity_m2_per_s: law.value };
}

function citeLaw(law: string, draft: Draft): void {
  const facts = TRANSPORT_LAWS.find((one) => one.law === law);
  if (facts) draft.source(`electrolyte transport: ${facts.source}`);
}

/** Without the keys whose value is undefined, so that equal electrolytes are deeply equal. */
function compact(electrolyte: { readonly [K in keyof Electrolyte]: Electrolyte[K] | undefined }): Electrolyte {
  return Object.fromEntries(
    Object.entries(electrolyte).filter(([, value]) => value !== undefined),
  ) as unknown as Electrolyte;
}

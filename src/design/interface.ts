// One interface between lithium and a solid electrolyte: its resistance by part, its type and how it grows over a year, the current
// that is safe, and what to improve first. Where two explanations give the same resistance, both are told, with the experiment
// that tells them apart.

import {
  type InterlayerMaterial,
  interlayerMaterial,
  interlayerNames,
  type Property,
  readSurfaceName,
  SOLID_INTERFACES,
  type SolidElectrolyteMaterial,
  solidElectrolyteMaterial,
  solidElectrolyteNames,
} from '../materials/index.ts';
import { latinHypercube, randomStream, rankCorrelation } from '../numerics/index.ts';
import {
  arrhenius,
  constrictionResistance_ohm_m2,
  contactAfter,
  contactUnderPressure,
  exponentialConductivity,
  type InterfaceType,
  type InterphaseProfile,
  interfaceType,
  interfacialCapacitance_F_per_m2,
  interphaseProfile,
  interphaseThickness_m,
  passesMonroeNewman,
  STABLE_BELOW_V,
} from '../physics/index.ts';
import {
  celsius_from_kelvin,
  InputError,
  type Issue,
  nearestHint,
  ohm_cm2_from_ohm_m2,
  ROOM_TEMPERATURE_K,
} from '../units/index.ts';
import { type Banded, bandedOf } from './banded.ts';
import { drawIssues } from './draws.ts';
import {
  grownResistance_ohm_m2,
  INTERFACE_DRAWN,
  type InterfaceChange,
  type InterfaceDraw,
  type InterfaceDrawn,
  type InterfaceOutcome,
  type InterfaceParts,
  interfaceOutcome,
} from './interface-model.ts';

export interface InterfaceOptions {
  /** Such as 'LLZO', 'heat-treated LLZO', 'LLZTO with Li2CO3', 'argyrodite'. */
  readonly electrolyte: string;
  /** Such as 'ZnO', 'gel', 'LiF'. */
  readonly interlayer?: string;
  /** Default 298.15. */
  readonly temperature_K?: number;
  /** Of the stack; default 1e6. */
  readonly pressure_Pa?: number;
  /** Of molten lithium on the electrolyte, instead of that of its surface. */
  readonly angle_rad?: number;
  /** Instead of a computed one. */
  readonly contact?: number;
  /** Of carbonate between lithium and electrolyte; default none, or the usual one where the name says carbonate. */
  readonly film_m?: number;
  /** A current to judge. */
  readonly current_A_per_m2?: number;
  /** Stripped at that current; default 36 000. */
  readonly capacity_C_per_m2?: number;
  /** Default 512. */
  readonly samples?: number;
  readonly seed?: number;
}

export const INTERFACE_DEFAULTS = {
  temperature_K: ROOM_TEMPERATURE_K,
  pressure_Pa: 1e6,
  capacity_C_per_m2: 36000,
  samples: 512,
  seed: 1,
} as const;

/** A bound on the current, and what breaks it. */
export interface CurrentBound {
  readonly criterion: 'plating' | 'stripping' | 'salt';
  readonly text: string;
  readonly current_A_per_m2: Banded;
}

/** A change of what is made, and what it gains over the interface as it is. */
export interface Improvement {
  readonly change: string;
  readonly resistance_ohm_m2: number;
  readonly resistanceRatio: number;
  readonly safe_A_per_m2: number;
  readonly safeRatio: number;
}

/** Another way to the same resistance. */
export interface Explanation {
  readonly kind: 'voids' | 'film';
  readonly text: string;
  /** What it says of experiments: their outcome over the one as it is. */
  readonly capacitance_F_per_m2: number;
  /** Resistance under four times the pressure over that under this one. */
  readonly pressureRatio: number;
  /** From the resistance at 25 and 60 °C, J/mol. */
  readonly activationEnergy_J_per_mol: number;
}

export interface InterfaceAnswer {
  readonly electrolyte: SolidElectrolyteMaterial;
  readonly interlayer: InterlayerMaterial | null;
  readonly conditions: {
    readonly temperature_K: number;
    readonly pressure_Pa: number;
    readonly film_m: number;
    /** In words: where the contact comes from. */
    readonly contactFrom: string;
    readonly samples: number;
    readonly seed: number;
  };
  readonly contact: Banded;
  readonly resistance_ohm_m2: {
    readonly chargeTransfer: Banded;
    readonly films: Banded;
    readonly constriction: Banded;
    readonly interlayers: Banded;
    readonly total: Banded;
  };
  readonly type: InterfaceType;
  readonly typeText: string;
  readonly growth: readonly {
    readonly time_s: number;
    readonly thickness_m: Banded;
    readonly added_ohm_m2: Banded;
  }[];
  readonly profile: InterphaseProfile;
  readonly bounds: readonly CurrentBound[];
  readonly safe_A_per_m2: Banded;
  readonly binding: CurrentBound['criterion'];
  /** Of the empirical law for single crystals of garnet; null for other electrolytes. */
  readonly empirical_A_per_m2: Banded | null;
  readonly reported: Property;
  /** Null for electrolytes without a modulus here. */
  readonly monroeNewman: { readonly shearModulus_Pa: number; readonly passes: boolean } | null;
  /** Null without a current. */
  readonly asked: {
    readonly current_A_per_m2: number;
    readonly safeShare: number;
    readonly contactAfterStripping: Banded;
    readonly localCurrent_A_per_m2: Banded;
  } | null;
  readonly improvements: readonly Improvement[];
  /** What the spread of resistance and safe current hangs on, by rank correlation, the strongest first. */
  readonly drivers: readonly {
    readonly of: string;
    readonly resistanceCorrelation: number;
    readonly safeCorrelation: number;
  }[];
  /** Two ways to the same resistance; empty where there is but one. */
  readonly explanations: readonly Explanation[];
  readonly warnings: readonly string[];
  readonly numbers: readonly { readonly name: string; readonly property: Property }[];
}

const YEAR_s = 365 * 86400;
/** Growth is told after an hour, a day, a month and a year. */
const GROWTH_TIMES_s = [3600, 86400, 30 * 86400, YEAR_s];
const PROFILE_CELLS = 20;
const DRAWN = Object.keys(INTERFACE_DRAWN) as InterfaceDrawn[];
/** Contact from which on no voids are left to explain anything. */
const GOOD_CONTACT = 0.9;

/**
 * Answers for one interface.
 *
 * @throws InputError for an electrolyte or interlayer that is not known and for impossible numbers, all faults together.
 */
export function solidInterface(options: InterfaceOptions): InterfaceAnswer {
  const reading = readInterface(options);
  const { parts, remarks, angleText } = reading;
  const { electrolyte, interlayer } = parts;
  const { samples, seed } = { ...INTERFACE_DEFAULTS, ...options };
  const points = interfacePoints(samples, seed);
  const { nominal, outcomes } = drawnInterface(parts, points.map(drawOf));
  const banded = (of: (one: InterfaceOutcome) => number): Banded => bandedOf(of(nominal), outcomes.map(of));
  const bounds = boundsOf(banded);
  const type = typeOf(parts);
  return {
    electrolyte,
    interlayer,
    conditions: {
      temperature_K: parts.temperature_K,
      pressure_Pa: parts.pressure_Pa,
      film_m: parts.film_m,
      contactFrom: contactSource(parts, angleText),
      samples,
      seed,
    },
    contact: banded(({ contact }) => contact),
    resistance_ohm_m2: {
      chargeTransfer: banded(({ resistance }) => resistance.chargeTransfer_ohm_m2),
      films: banded(({ resistance }) => resistance.films_ohm_m2),
      constriction: banded(({ resistance }) => resistance.constriction_ohm_m2),
      interlayers: banded(({ resistance }) => resistance.interlayers_ohm_m2),
      total: banded(({ resistance }) => resistance.total_ohm_m2),
    },
    type,
    typeText: typeText(type, parts),
    growth: GROWTH_TIMES_s.map((time_s) => ({
      time_s,
      thickness_m: banded((one) => interphaseThickness_m(one.firstThickness_m, one.growth_m2_per_s, time_s)),
      added_ohm_m2: banded((one) => grownResistance_ohm_m2(one, time_s)),
    })),
    profile: profileOf(electrolyte),
    bounds,
    safe_A_per_m2: banded(({ safe_A_per_m2 }) => safe_A_per_m2),
    binding: bounds.reduce((least, one) => (one.current_A_per_m2.value < least.current_A_per_m2.value ? one : least))
      .criterion,
    empirical_A_per_m2: electrolyte.surface === null ? null : banded((one) => one.empirical_A_per_m2),
    reported: electrolyte.reportedCriticalCurrent,
    monroeNewman: monroeNewmanOf(electrolyte),
    asked: askedOf(options, outcomes, banded),
    improvements: improvementsOf(parts, nominal),
    drivers: driversOf(points, outcomes),
    explanations: explanationsOf(parts, nominal),
    warnings: [...remarks, ...warningsOf(parts, nominal, type)],
    numbers: numbersOf(parts),
  };
}

/** What is asked for, found by its names. */
export interface InterfaceReading {
  readonly parts: InterfaceParts;
  /** Of a surface that a name tells; empty otherwise. */
  readonly angleText: string;
  readonly remarks: readonly string[];
}

/**
 * Finds electrolyte and interlayer, and checks the numbers.
 *
 * @throws InputError with all faults together.
 */
export function readInterface(options: InterfaceOptions): InterfaceReading {
  const issues = numberIssues(options);
  const named = readElectrolyteName(options.electrolyte, issues);
  const interlayer = readInterlayer(options.interlayer, issues);
  if (named === null || issues.length > 0) throw new InputError(issues);
  const angle =
    options.angle_rad !== undefined ? { value: options.angle_rad } : interlayer === null ? named.angle : null;
  const parts: InterfaceParts = {
    electrolyte: named.electrolyte,
    interlayer,
    temperature_K: options.temperature_K ?? INTERFACE_DEFAULTS.temperature_K,
    pressure_Pa: options.pressure_Pa ?? INTERFACE_DEFAULTS.pressure_Pa,
    angle,
    contact: options.contact ?? null,
    film_m: options.film_m ?? named.film_m,
  };
  return { parts, angleText: named.angleText, remarks: named.remarks };
}

/** One interface at its own values, and at each of the draws. */
export interface DrawnInterface {
  readonly nominal: InterfaceOutcome;
  readonly outcomes: readonly InterfaceOutcome[];
}

/** Places in the ranges of all that is drawn; the same samples and seed give the same ones, whatever the interface. */
export function interfaceDraws(samples: number, seed: number): readonly InterfaceDraw[] {
  return interfacePoints(samples, seed).map(drawOf);
}

export function drawnInterface(parts: InterfaceParts, draws: readonly InterfaceDraw[]): DrawnInterface {
  return { nominal: interfaceOutcome(parts, () => 0.5), outcomes: draws.map((at) => interfaceOutcome(parts, at)) };
}

const interfacePoints = (samples: number, seed: number): readonly Float64Array[] =>
  latinHypercube(samples, DRAWN.length, randomStream(seed));

const PLACE = Object.fromEntries(DRAWN.map((which, k) => [which, k])) as Readonly<Record<InterfaceDrawn, number>>;

const drawOf =
  (point: Float64Array): InterfaceDraw =>
  (which) =>
    point[PLACE[which]]!;

interface NamedElectrolyte {
  readonly electrolyte: SolidElectrolyteMaterial;
  readonly angle: InterfaceParts['angle'];
  readonly angleText: string;
  readonly film_m: number;
  readonly remarks: readonly string[];
}

/** An electrolyte by its name, and for garnets the state of the surface that the name tells. */
function readElectrolyteName(text: string, issues: Issue[]): NamedElectrolyte | null {
  const own = solidElectrolyteMaterial(text);
  const reading = readSurfaceName(text);
  const surface = 'name' in reading ? reading.name : null;
  // "LLZO with Li2CO3" is a film on the garnet, "heat-treated LLZO" a state of it.
  const garnet = surface === null ? null : surface.surface.id === 'LLZO' ? surface : surface.carrier;
  const electrolyte = own ?? (garnet?.surface.id === 'LLZO' ? garnetOf(text) : undefined);
  if (electrolyte === undefined) {
    const hint = nearestHint(text, solidElectrolyteNames());
    const wanted = `a solid electrolyte: ${SOLID_INTERFACES.electrolytes.map(({ id }) => id).join(', ')}`;
    issues.push({
      where: 'electrolyte',
      found: text.trim() === '' ? 'nothing' : `"${text.slice(0, 80)}"`,
      wanted,
      ...(hint === undefined ? {} : { hint }),
    });
    return null;
  }
  if (electrolyte.contactBy !== 'angle' || surface === null) {
    return { electrolyte, angle: null, angleText: '', film_m: 0, remarks: [] };
  }
  const hasFilm = surface.surface.id === 'Li2CO3';
  const { state } = surface;
  return {
    electrolyte,
    angle: state.angle,
    angleText: `${state.angle.printed} of ${surface.canonical} (${state.angle.tag})`,
    film_m: hasFilm ? SOLID_INTERFACES.carbonate.thickness.value : 0,
    remarks: surface.remarks,
  };
}

/** Which garnet a name with more words than its own means. */
const garnetOf = (text: string): SolidElectrolyteMaterial =>
  solidElectrolyteMaterial(/LLZT|Ta-LLZ|Ta0\.|tantal/iu.test(text) ? 'LLZTO' : 'LLZO')!;

function readInterlayer(text: string | undefined, issues: Issue[]): InterlayerMaterial | null {
  if (text === undefined || /^(?:none|no|-)$/iu.test(text.trim())) return null;
  const found = interlayerMaterial(text);
  if (found !== undefined) return found;
  const hint = nearestHint(text, interlayerNames());
  const wanted = `an interlayer: ${SOLID_INTERFACES.interlayers.map(({ id }) => id).join(', ')}, or none`;
  issues.push({
    where: 'interlayer',
    found: `"${text.slice(0, 80)}"`,
    wanted,
    ...(hint === undefined ? {} : { hint }),
  });
  return null;
}

const TEMPERATURE_RANGE_K = [233.15, 443.15] as const;

function numberIssues(options: InterfaceOptions): Issue[] {
  const { samples, seed } = { ...INTERFACE_DEFAULTS, ...options };
  const issues: Issue[] = drawIssues({ samples, seed });
  const check = (
    where: string,
    value: number | undefined,
    ok: (x: number) => boolean,
    found: string,
    wanted: string,
  ) => {
    if (value !== undefined && !ok(value)) issues.push({ where, found, wanted });
  };
  const {
    temperature_K: T,
    pressure_Pa: P,
    angle_rad,
    contact,
    film_m,
    current_A_per_m2: i,
    capacity_C_per_m2: Q,
  } = options;
  const within = (low: number, high: number) => (x: number) => x >= low && x <= high;
  check(
    'temperature',
    T,
    within(...TEMPERATURE_RANGE_K),
    `${Number(celsius_from_kelvin(T ?? 0).toFixed(2))} °C`,
    'from −40 to 170 °C, where lithium is solid',
  );
  check('pressure', P, within(1e3, 1e9), `${P} Pa`, 'a pressure from 1 kPa to 1 GPa');
  check('angle', angle_rad, within(0, Math.PI), `${angle_rad} rad`, 'an angle from 0 to 180°');
  check('contact', contact, within(1e-4, 1), String(contact), 'a share of the area from 1e-4 to 1');
  check('film', film_m, within(0, 1e-4), `${film_m} m`, 'a thickness from 0 to 100 µm');
  check('current', i, within(1e-3, 1e5), `${i} A/m2`, 'a current density above 0, such as "0.5 mA/cm2"');
  check('capacity', Q, within(1, 1e7), `${Q} C/m2`, 'an areal charge above 0, such as "1 mAh/cm2"');
  return issues;
}

function contactSource({ interlayer, contact, angle, electrolyte }: InterfaceParts, angleText: string): string {
  if (contact !== null) return 'given';
  if (interlayer !== null) return `the interlayer of ${interlayer.name}`;
  if (angle !== null) return angleText === '' ? 'the angle given' : `the angle of molten lithium, ${angleText}`;
  return electrolyte.supply === null ? 'a soft electrolyte' : 'lithium pressed on';
}

/** An interlayer makes the interface what it is towards electrons itself. */
function typeOf({ electrolyte, interlayer }: InterfaceParts): InterfaceType {
  const { reductionPotential, interphase } = electrolyte;
  if (interlayer === null) {
    return interfaceType(
      reductionPotential.value,
      interphase.ionicConductivity.value,
      interphase.electronicConductivity.value,
    );
  }
  return interlayer.kind === 'alloy' || interlayer.kind === 'mixed' ? 'III' : 'II';
}

function typeText(type: InterfaceType, { electrolyte, interlayer }: InterfaceParts): string {
  const E = electrolyte.reductionPotential.value;
  if (interlayer !== null) {
    return type === 'III'
      ? `the interlayer conducts electrons: it spreads the current, and does not keep side reactions off`
      : 'the interlayer lets ions through and no electrons: the potential falls within it, and side reactions stop';
  }
  if (type === 'I') return `reduced below ${E} V only: no interphase to speak of`;
  return type === 'II'
    ? `reduced below ${E} V; its interphase conducts few electrons and slows its own growth`
    : `reduced below ${E} V; its interphase conducts electrons as well and grows on`;
}

function profileOf({ reductionPotential, interphase }: SolidElectrolyteMaterial): InterphaseProfile {
  const constant = exponentialConductivity(interphase.electronicConductivity.value, 0);
  return interphaseProfile(reductionPotential.value, interphase.ionicConductivity.value, constant, PROFILE_CELLS);
}

function boundsOf(banded: (of: (one: InterfaceOutcome) => number) => Banded): CurrentBound[] {
  const all: CurrentBound[] = [
    {
      criterion: 'plating',
      text: 'pressure of lithium plated into a flaw opens it (E10)',
      current_A_per_m2: banded((one) => one.plating_A_per_m2),
    },
    {
      criterion: 'stripping',
      text: 'more is stripped than diffusion and creep bring back',
      current_A_per_m2: banded((one) => one.stripping_A_per_m2),
    },
    {
      criterion: 'salt',
      text: 'the salt runs out at the electrode that is plated',
      current_A_per_m2: banded((one) => one.transport_A_per_m2),
    },
  ];
  return all.filter(({ current_A_per_m2 }) => Number.isFinite(current_A_per_m2.value));
}

function monroeNewmanOf({ mechanics }: SolidElectrolyteMaterial): InterfaceAnswer['monroeNewman'] {
  if (mechanics === null) return null;
  const shearModulus_Pa = mechanics.shearModulus.value;
  return { shearModulus_Pa, passes: passesMonroeNewman(shearModulus_Pa) };
}

function askedOf(
  { current_A_per_m2: i, capacity_C_per_m2: Q = INTERFACE_DEFAULTS.capacity_C_per_m2 }: InterfaceOptions,
  outcomes: readonly InterfaceOutcome[],
  banded: (of: (one: InterfaceOutcome) => number) => Banded,
): InterfaceAnswer['asked'] {
  if (i === undefined) return null;
  const after = ({ contact, stripping_A_per_m2 }: InterfaceOutcome): number =>
    Number.isFinite(stripping_A_per_m2)
      ? contactAfter(
          contact,
          Math.max(i, stripping_A_per_m2),
          stripping_A_per_m2,
          SOLID_INTERFACES.voidCharge.value,
          Q / i,
        )
      : contact;
  return {
    current_A_per_m2: i,
    safeShare: outcomes.filter(({ safe_A_per_m2 }) => safe_A_per_m2 >= i).length / outcomes.length,
    contactAfterStripping: banded(after),
    localCurrent_A_per_m2: banded((one) => i / after(one)),
  };
}

/** Every change that can be made, at the values themselves; what gains nothing is left out. */
function improvementsOf(parts: InterfaceParts, now: InterfaceOutcome): Improvement[] {
  const middle: InterfaceDraw = () => 0.5;
  const { electrolyte, interlayer, film_m, pressure_Pa, temperature_K } = parts;
  const changes: [string, InterfaceParts, InterfaceChange?][] = [
    ['make contact everywhere (wetting surface, interlayer, or lithium cast on)', parts, { contact: 1 }],
    [
      `press four times harder, ${Number(((4 * pressure_Pa) / 1e6).toPrecision(3))} MPa`,
      { ...parts, pressure_Pa: 4 * pressure_Pa },
    ],
  ];
  if (temperature_K < 333.15)
    changes.push(['warm it to 60 °C (the interphase grows faster too)', { ...parts, temperature_K: 333.15 }]);
  if (film_m > 0) changes.push(['take the film of carbonate off', parts, { film_m: 0 }]);
  if (interlayer !== null)
    changes.push(['halve the thickness of the interlayer', parts, { layerThicknessFactor: 0.5 }]);
  if (electrolyte.mechanics !== null) {
    changes.push(['a half tougher electrolyte (denser, finer grains)', parts, { toughnessFactor: 1.5 }]);
  }
  if (interlayer === null) {
    const best = SOLID_INTERFACES.interlayers
      .map((one) => ({ one, outcome: interfaceOutcome({ ...parts, interlayer: one, angle: null }, middle) }))
      .reduce((least, next) =>
        next.outcome.resistance.total_ohm_m2 < least.outcome.resistance.total_ohm_m2 ? next : least,
      );
    changes.push([`an interlayer such as ${best.one.name}`, { ...parts, interlayer: best.one, angle: null }]);
  }
  return changes
    .map(([change, changed, more]) => {
      const { resistance, safe_A_per_m2 } = interfaceOutcome(changed, middle, more);
      return {
        change,
        resistance_ohm_m2: resistance.total_ohm_m2,
        resistanceRatio: resistance.total_ohm_m2 / now.resistance.total_ohm_m2,
        safe_A_per_m2,
        safeRatio: safe_A_per_m2 / now.safe_A_per_m2,
      };
    })
    .filter(({ resistanceRatio, safeRatio }) => resistanceRatio < GAIN_MIN || safeRatio > 1 / GAIN_MIN)
    .sort((a, b) => b.safeRatio - a.safeRatio || a.resistanceRatio - b.resistanceRatio);
}

/** A change that leaves more than this share of the resistance gains nothing. */
const GAIN_MIN = 0.98;
const DRIVERS_MAX = 5;
/** A weaker rank correlation is chance with some hundred draws. */
const CORRELATION_MIN = 0.15;

function driversOf(points: readonly Float64Array[], outcomes: readonly InterfaceOutcome[]): InterfaceAnswer['drivers'] {
  const resistance = outcomes.map((one) => one.resistance.total_ohm_m2);
  const safe = outcomes.map((one) => one.safe_A_per_m2);
  const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0]);
  const correlation = (drawn: readonly number[], values: readonly number[]): number =>
    isConstant(values) ? 0 : rankCorrelation(drawn, values);
  const strength = (one: InterfaceAnswer['drivers'][number]): number =>
    Math.max(Math.abs(one.resistanceCorrelation), Math.abs(one.safeCorrelation));
  return DRAWN.map((which, k) => {
    const drawn = points.map((point) => point[k]!);
    return {
      of: INTERFACE_DRAWN[which],
      resistanceCorrelation: correlation(drawn, resistance),
      safeCorrelation: correlation(drawn, safe),
    };
  })
    .filter((one) => strength(one) >= CORRELATION_MIN)
    .sort((a, b) => strength(b) - strength(a))
    .slice(0, DRIVERS_MAX);
}

/** Of the experiment that tells voids from a film. */
const PRESSED_HARDER = 4;
const VACUUM_PERMITTIVITY_F_per_m = 8.8541878128e-12;

/** A thinner film is no film. */
const FILM_MIN_m = 1e-9;

/** Poor contact, or a film under full contact: each with the resistance that was computed, and with what it says of experiments. */
function explanationsOf(parts: InterfaceParts, now: InterfaceOutcome): Explanation[] {
  const { electrolyte, interlayer, film_m, temperature_K: T } = parts;
  if (electrolyte.supply === null || interlayer !== null || film_m > 0 || now.contact > GOOD_CONTACT) return [];
  const { carbonate, doubleLayer, spotRadius, contactLaw } = SOLID_INTERFACES;
  const isGarnet = electrolyte.surface !== null;
  const { conductivity, activationEnergy } = isGarnet
    ? carbonate
    : {
        conductivity: electrolyte.interphase.ionicConductivity,
        activationEnergy: electrolyte.interphase.activationEnergy,
      };
  const total = now.resistance.total_ohm_m2;
  const atFull = (now.resistance.chargeTransfer_ohm_m2 + now.resistance.films_ohm_m2) * now.contact;
  const filmConductivity = conductivity.value * arrhenius(activationEnergy.value, T);
  const thickness_m = (total - atFull) * filmConductivity;
  if (thickness_m < FILM_MIN_m) return [];
  const pressed = contactUnderPressure(now.contact, PRESSED_HARDER, 1);
  const sigma = electrolyte.conductivity.value * arrhenius(electrolyte.activationEnergy.value, T);
  const underPressure = atFull / pressed + constrictionResistance_ohm_m2(pressed, spotRadius.value, sigma);
  const filmCapacitance = (VACUUM_PERMITTIVITY_F_per_m * carbonate.permittivity.value) / thickness_m;
  const reference_MPa = contactLaw.referencePressure.value / 1e6;
  return [
    {
      kind: 'voids',
      text: `contact on ${(now.contact * 100).toPrecision(2)} % of the area and nothing between (the data are for ${reference_MPa} MPa)`,
      capacitance_F_per_m2: interfacialCapacitance_F_per_m2(now.contact, doubleLayer.value),
      pressureRatio: underPressure / total,
      activationEnergy_J_per_mol: electrolyte.activationEnergy.value,
    },
    {
      kind: 'film',
      text: `a film of ${isGarnet ? 'carbonate' : 'reaction products'}, ${Math.round(thickness_m * 1e9)} nm, and contact everywhere`,
      // Film and double layer are in series.
      capacitance_F_per_m2: 1 / (1 / filmCapacitance + 1 / doubleLayer.value),
      pressureRatio: 1,
      activationEnergy_J_per_mol: activationEnergy.value,
    },
  ];
}

function warningsOf(parts: InterfaceParts, nominal: InterfaceOutcome, type: InterfaceType): string[] {
  const { electrolyte, interlayer } = parts;
  const warnings: string[] = [];
  const year_m = interphaseThickness_m(nominal.firstThickness_m, nominal.growth_m2_per_s, YEAR_s);
  if (year_m > 1e-5)
    warnings.push('the interphase grows beyond 10 µm in a year: it cracks or uses up the electrolyte before');
  if (interlayer !== null && type === 'III' && electrolyte.reductionPotential.value > STABLE_BELOW_V) {
    warnings.push(
      'an interlayer that conducts electrons lets the electrolyte under it be reduced on; an insulating layer inside would stop it',
    );
  }
  if (electrolyte.mechanics !== null) {
    warnings.push(
      'a critical current is known to a factor of three at best: step size, capacity of a step, area and pressure move it',
    );
    warnings.push('a stiff electrolyte is not a safe one: the criterion of Monroe and Newman is necessary at most');
  }
  const R_ohm_cm2 = ohm_cm2_from_ohm_m2(nominal.resistance.total_ohm_m2);
  if (R_ohm_cm2 > 100)
    warnings.push(
      'beyond some 100 Ω cm² the current runs through few spots, and E10 for an even interface flatters it',
    );
  return [...warnings, ...electrolyte.notes, ...(interlayer?.notes ?? [])];
}

function numbersOf({ electrolyte, interlayer, angle, film_m }: InterfaceParts): InterfaceAnswer['numbers'] {
  const numbers: { name: string; property: Property }[] = [];
  const add = (name: string, property: Property | null | undefined): void => {
    if (property) numbers.push({ name, property });
  };
  if (angle !== null && 'source' in angle) add('contact angle of molten lithium', angle as Property);
  if (electrolyte.contactBy !== 'angle') add('contact as pressed', electrolyte.contactBy.contact);
  add('radius of contact spots', SOLID_INTERFACES.spotRadius);
  add('conductivity of the electrolyte', electrolyte.conductivity);
  add('activation energy of conduction', electrolyte.activationEnergy);
  add('charge transfer', electrolyte.chargeTransfer);
  add('reduction potential', electrolyte.reductionPotential);
  add('first thickness of the interphase', electrolyte.interphase.firstThickness);
  add('volume of interphase for each lithium', electrolyte.interphase.volumePerLithium);
  add('interphase, ions', electrolyte.interphase.ionicConductivity);
  add('interphase, electrons', electrolyte.interphase.electronicConductivity);
  add('fracture toughness', electrolyte.mechanics?.toughness);
  add('depth of flaws', electrolyte.mechanics?.flaw);
  add('shear modulus', electrolyte.mechanics?.shearModulus);
  if (electrolyte.mechanics !== null) add('scatter between laboratories', SOLID_INTERFACES.scatter);
  if (film_m > 0) add('conductivity of carbonate', SOLID_INTERFACES.carbonate.conductivity);
  if (electrolyte.surface !== null) {
    add('largest current of the empirical law', SOLID_INTERFACES.empirical.largest);
    add('its fall with resistance', SOLID_INTERFACES.empirical.fall);
  }
  add('creep at 3 MPa', electrolyte.supply?.creep);
  add('exponent of creep in pressure', electrolyte.supply?.exponent);
  add('diffusion of vacancies', electrolyte.supply?.diffusion);
  add('diffusivity of the salt', electrolyte.saltTransport?.diffusivity);
  add('contact with the interlayer', interlayer?.contact);
  add('thickness of the interlayer', interlayer?.thickness);
  add('conductivity of the interlayer', interlayer?.conductivity);
  add('what the interlayer leaves', interlayer?.remainingResistance);
  add('critical current as reported', electrolyte.reportedCriticalCurrent);
  return numbers;
}

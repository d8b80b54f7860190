// Does molten lithium wet it? One surface, one temperature: the angle with its band, whether lithium wets and why, how long a host
// takes to fill, what must be pressed where it does not fill by itself, and what the composite then holds.
//
// Everything that is not well known (the angle, both surface tensions, times until a skin gives way) is drawn from its range many
// times over; bands are where the middle 80 % of the draws lie. Two other quantities are called by the same word: the angle of an
// electrolyte (`electrolyteWetting`) and the affinity of a surface for plated lithium, which is told beside and takes no part.

import {
  CONTACT_ANGLES,
  LITHIUM_REACTIONS,
  type NamedSurface,
  type Property,
  type PropertyTag,
  readSurfaceName,
  type SurfaceName,
  type SurfaceReaction,
  substrateMaterial,
  type WettedSurface,
} from '../materials/index.ts';
import { exp, latinHypercube, randomStream } from '../numerics/index.ts';
import {
  apparentAngle,
  entryPressure_Pa,
  infusedCapacity,
  infusionTime_s,
  isReactionPossible,
  jurinHeight_m,
  LITHIUM_MELTING_POINT_K,
  MOLTEN_LITHIUM_K_max,
  type MoltenLithiumAngle_rad,
  mixedAngle,
  moltenLithiumDensity_kg_per_m3,
  moltenLithiumViscosity_Pa_s,
  type NucleationOverpotential_V,
  poreWallRatio,
  reactionEnergy_J_per_m2,
  surfaceTension_N_per_m,
  surfaceTensionDavison_N_per_m,
  surfaceTensionMeasured_N_per_m,
  type TextureRegime,
  timeToRightAngle_s,
  wenzelAngle,
  workOfAdhesion_J_per_m2,
} from '../physics/index.ts';
import { celsius_from_kelvin, F, InputError, type Issue, LITHIUM_MOLAR_MASS_kg_per_mol, R } from '../units/index.ts';
import { type Banded, bandedOf, drawnValue } from './banded.ts';
import { drawIssues } from './draws.ts';
import { reactionAt } from './reaction.ts';

export interface WettingOptions {
  /** Such as 'ZnO on carbon', 'oxidised copper', 'LLZO with Li2CO3'. */
  readonly substrate: string;
  /** Default 523.15. */
  readonly temperature_K?: number;
  /** Real over projected area of the surface, from 1; default 1. */
  readonly roughness?: number;
  /** Share of the projected area at the tops of the texture; without it the liquid is taken to fill the texture. */
  readonly solidFraction?: number;
  /** Diameter of the pores of the host. */
  readonly pore_m?: number;
  /** Thickness of the host, through which lithium must go. */
  readonly depth_m?: number;
  /** After which the host is taken off the melt; without it as long as it takes. */
  readonly time_s?: number;
  /** Default 0.8 where a depth is given. */
  readonly porosity?: number;
  /** Share of the carrier that the coating covers; default 1. */
  readonly coverage?: number;
  readonly coatingThickness_m?: number;
  /** In which the melt stands; default argon. */
  readonly atmosphere?: string;
  /** Default 512. */
  readonly samples?: number;
  readonly seed?: number;
}

export const WETTING_DEFAULTS = {
  temperature_K: 523.15,
  roughness: 1,
  porosity: 0.8,
  coverage: 1,
  atmosphere: 'argon',
  samples: 512,
  seed: 1,
} as const;

/** Whether a reaction of the surface with lithium can run at all. */
export interface ReactionGate {
  readonly equation: string;
  /** Per formula unit of the surface, J/mol. */
  readonly gibbsEnergy_J_per_mol: number;
  readonly possible: boolean;
  readonly leavesSolid: string | null;
  readonly closesSurface: boolean;
  /** Of all the coating, per area, negative where it is set free; null without a coating. */
  readonly energy_J_per_m2: number | null;
  readonly tag: PropertyTag;
  readonly source: string;
}

export type WettingVerdict = 'wets' | 'does not wet' | 'undecided';

export interface WettingAnswer {
  readonly surface: SurfaceName;
  readonly conditions: {
    readonly temperature_K: number;
    readonly roughness: number;
    readonly solidFraction: number | null;
    readonly pore_m: number | null;
    readonly depth_m: number | null;
    readonly time_s: number | null;
    readonly porosity: number | null;
    readonly coverage: number;
    readonly coatingThickness_m: number | null;
    readonly atmosphere: string;
    readonly samples: number;
    readonly seed: number;
  };
  readonly verdict: WettingVerdict;
  /** Share of the draws with an angle below 90°. */
  readonly wettingShare: number;
  /** On the smooth surface. */
  readonly angle_rad: Banded;
  /** On the rough one. */
  readonly apparentAngle_rad: Banded;
  readonly regime: TextureRegime;
  readonly adhesion_J_per_m2: Banded;
  readonly gate: ReactionGate | null;
  readonly melt: {
    readonly surfaceTension_N_per_m: Banded;
    readonly viscosity_Pa_s: number;
    readonly density_kg_per_m3: number;
  };
  /** Null without a pore. */
  readonly infusion: {
    /** Positive: to press lithium in; negative: the suction of the pores. */
    readonly entryPressure_Pa: Banded;
    readonly rise_m: number;
    /** Until the skin gives way and the angle falls below 90°, and what capillaries need then; infinite where it does not wet. */
    readonly waiting_s: Banded;
    readonly capillary_s: Banded;
    readonly time_s: Banded;
    /** Share of the depth that is filled after some times; empty without a depth. */
    readonly filling: readonly FilledShare[];
  } | null;
  /** Of the full host, or as far as it is filled after a time that was given; null without a depth. */
  readonly composite: {
    /** Without pressure; 1 where lithium enters by itself and no time was given, 0 where it must be pressed in. */
    readonly filled: Banded;
    readonly capacity_C_per_m2: Banded;
    readonly specificCapacity_C_per_kg: Banded;
    /** Share of the lithium drawn in that the coating binds. */
    readonly boundShare: number;
  } | null;
  /** Another quantity: the affinity of the surface for lithium that is plated on it; null where it is not known. */
  readonly affinity: {
    readonly of: string;
    readonly overpotential_V: NucleationOverpotential_V;
    readonly property: Property;
  } | null;
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  /** The numbers used, with where they come from. */
  readonly numbers: readonly { readonly name: string; readonly property: Property }[];
}

/** From this share of the draws on, and down to one less it, the answer is given without doubt. */
const CERTAIN_SHARE = 0.9;
const RIGHT_ANGLE = Math.PI / 2;
/** A known skin on the melt leaves no angle of the tables as it is. */
const REACTIVE_ATMOSPHERES = /air|oxygen|o2|nitrogen|\bn2\b|co2|humid|moist/iu;

/**
 * Answers for one surface.
 *
 * @throws InputError for a surface that is not known and for impossible numbers, all faults together.
 */
export function wetting(options: WettingOptions): WettingAnswer {
  const { name, conditions, gate, nominal, outcomes } = drawn(options);
  const banded = (of: (one: Outcome) => number): Banded => bandedOf(of(nominal), outcomes.map(of));
  const wettingShare = outcomes.filter(({ angle }) => angle < RIGHT_ANGLE).length / outcomes.length;
  const verdict: WettingVerdict =
    wettingShare >= CERTAIN_SHARE ? 'wets' : wettingShare <= 1 - CERTAIN_SHARE ? 'does not wet' : 'undecided';
  const hasPore = conditions.pore_m !== null;
  const answer: Omit<WettingAnswer, 'reasons' | 'warnings' | 'numbers'> = {
    surface: name,
    conditions,
    verdict,
    wettingShare,
    angle_rad: banded(({ angle }) => angle),
    apparentAngle_rad: banded(({ apparent }) => apparent),
    regime: nominal.regime,
    adhesion_J_per_m2: banded(({ adhesion }) => adhesion),
    gate,
    melt: {
      surfaceTension_N_per_m: banded(({ gamma }) => gamma),
      viscosity_Pa_s: moltenLithiumViscosity_Pa_s(conditions.temperature_K),
      density_kg_per_m3: moltenLithiumDensity_kg_per_m3(conditions.temperature_K),
    },
    infusion: hasPore
      ? {
          entryPressure_Pa: banded(({ pressure }) => pressure),
          rise_m: nominal.rise,
          waiting_s: banded(({ waiting }) => waiting),
          capillary_s: banded(({ capillary }) => capillary),
          time_s: banded(({ waiting, capillary }) => waiting + capillary),
          filling:
            conditions.depth_m === null
              ? []
              : FILLING_TIMES_s.map((time_s) => ({ time_s, filled: banded((one) => filledAfter(one, time_s)) })),
        }
      : null,
    composite:
      conditions.depth_m === null
        ? null
        : {
            filled: banded(({ filled }) => filled),
            capacity_C_per_m2: banded(({ capacity }) => capacity),
            specificCapacity_C_per_kg: banded(({ specific }) => specific),
            boundShare: nominal.boundShare,
          },
    affinity: affinityOf(name),
  };
  return { ...answer, reasons: reasonsOf(answer), warnings: warningsOf(answer), numbers: numbersOf(answer) };
}

/** Share of the depth of a host that is filled after a time, without pressure. */
export interface FilledShare {
  readonly time_s: number;
  readonly filled: Banded;
}

/**
 * Filling at any times, from the same draws as the answer. Without a pore or a depth there is nothing to fill.
 *
 * @throws InputError as `wetting` does.
 */
export function wettingFilling(options: WettingOptions, times_s: readonly number[]): readonly FilledShare[] {
  if (options.pore_m === undefined || options.depth_m === undefined) return [];
  const { nominal, outcomes } = drawn(options);
  return times_s.map((time_s) => {
    const of = (one: Outcome): number => filledAfter(one, time_s);
    return { time_s, filled: bandedOf(of(nominal), outcomes.map(of)) };
  });
}

/** A surface at its own values, and at each of the draws. */
interface Drawn {
  readonly name: SurfaceName;
  readonly conditions: WettingAnswer['conditions'];
  readonly gate: ReactionGate | null;
  readonly nominal: Outcome;
  readonly outcomes: readonly Outcome[];
}

function drawn(options: WettingOptions): Drawn {
  const reading = readSurfaceName(options.substrate);
  const issues: Issue[] = 'issues' in reading ? [...reading.issues] : [];
  issues.push(...numberIssues(options));
  if ('issues' in reading || issues.length > 0) throw new InputError(issues);
  const { name } = reading;
  const sampling = {
    samples: options.samples ?? WETTING_DEFAULTS.samples,
    seed: options.seed ?? WETTING_DEFAULTS.seed,
  };
  const conditions = {
    temperature_K: options.temperature_K ?? WETTING_DEFAULTS.temperature_K,
    roughness: options.roughness ?? WETTING_DEFAULTS.roughness,
    solidFraction: options.solidFraction ?? null,
    pore_m: options.pore_m ?? null,
    depth_m: options.depth_m ?? null,
    time_s: options.time_s ?? null,
    porosity: options.depth_m === undefined ? null : (options.porosity ?? WETTING_DEFAULTS.porosity),
    coverage: options.coverage ?? WETTING_DEFAULTS.coverage,
    coatingThickness_m:
      name.carrier === null ? null : (options.coatingThickness_m ?? CONTACT_ANGLES.coatingThickness.value),
    atmosphere: options.atmosphere ?? WETTING_DEFAULTS.atmosphere,
    ...sampling,
  };
  const gate = gateOf(name, conditions.temperature_K, conditions.coatingThickness_m);
  const compute = (at: Shares): Outcome =>
    outcome(name, conditions, gate, at, options.coatingThickness_m === undefined);
  const nominal = compute(() => 0.5);
  const outcomes = latinHypercube(sampling.samples, UNCERTAIN.length, randomStream(sampling.seed)).map((point) =>
    compute((which) => point[UNCERTAIN.indexOf(which)]!),
  );
  return { name, conditions, gate, nominal, outcomes };
}

/** Infusion is told from a tenth of a second to a quarter of an hour. */
const FILLING_TIMES_s = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000];

/** Share of the depth that is filled after a time: √((t − waiting)/capillary), as depth grows with the root of time. */
function filledAfter({ waiting, capillary }: Pick<Outcome, 'waiting' | 'capillary'>, time_s: number): number {
  return time_s <= waiting ? 0 : Math.min(1, Math.sqrt((time_s - waiting) / capillary));
}

/** What is drawn; each from 0 to 1, and 0.5 is the value itself. */
const UNCERTAIN = [
  'angle',
  'slope',
  'tension',
  'carrierAngle',
  'induction',
  'inductionBarrier',
  'rate',
  'rateBarrier',
  'coating',
] as const;
type Shares = (which: (typeof UNCERTAIN)[number]) => number;

interface Outcome {
  readonly angle: number;
  readonly apparent: number;
  readonly regime: TextureRegime;
  readonly adhesion: number;
  readonly gamma: number;
  readonly pressure: number;
  readonly rise: number;
  readonly waiting: number;
  readonly capillary: number;
  /** Without pressure, in the time that was given. */
  readonly filled: number;
  readonly capacity: number;
  readonly specific: number;
  readonly boundShare: number;
}

function outcome(
  name: SurfaceName,
  conditions: WettingAnswer['conditions'],
  gate: ReactionGate | null,
  at: Shares,
  drawsCoating: boolean,
): Outcome {
  const { temperature_K: T, roughness, solidFraction, pore_m, depth_m, porosity, coverage } = conditions;
  const gamma = surfaceTension_N_per_m(T, at('tension'));
  const top = angleAt(name, T, at('angle'), at('slope'));
  const under = name.carrier === null ? null : angleAt(name.carrier, T, at('carrierAngle'), at('slope'));
  const angle =
    under === null || coverage === 1
      ? top
      : mixedAngle([
          { share: coverage, angle_rad: top },
          { share: 1 - coverage, angle_rad: under },
        ]);
  const textured =
    solidFraction === null
      ? { regime: 'fills' as const, angle_rad: wenzelAngle(angle, roughness) }
      : apparentAngle(angle, roughness, solidFraction);
  const radius_m = (pore_m ?? 1) / 2;
  const waiting = waitingTime_s(T, gate, under, angle, at);
  const capillary = infusionTime_s(
    {
      surfaceTension_N_per_m: gamma,
      viscosity_Pa_s: moltenLithiumViscosity_Pa_s(T),
      poreRadius_m: radius_m,
      angle_rad: angle,
      induction_s: 0,
    },
    depth_m ?? 0,
  );
  const coating_m = drawsCoating
    ? drawnValue(CONTACT_ANGLES.coatingThickness, at('coating'), 'logarithmic')
    : conditions.coatingThickness_m!;
  const bound =
    pore_m === null || depth_m === null
      ? 0
      : boundLithium_kg_per_m2(name, gate, coating_m * coverage * poreWallRatio(porosity!, depth_m, radius_m));
  const unpressed = angle >= RIGHT_ANGLE ? 0 : 1;
  const filled = conditions.time_s === null ? unpressed : filledAfter({ waiting, capillary }, conditions.time_s);
  const host = {
    thickness_m: depth_m ?? 0,
    porosity: porosity ?? 0,
    skeletonDensity_kg_per_m3: (name.carrier ?? name).surface.density.value,
    // Told of what repels lithium is the host that was pressed full.
    filled: conditions.time_s === null ? 1 : filled,
    lithiumDensity_kg_per_m3: moltenLithiumDensity_kg_per_m3(T),
    boundLithium_kg_per_m2: conditions.time_s === null ? bound : bound * filled,
  };
  const { capacity_C_per_m2, specificCapacity_C_per_kg, lithium_kg_per_m2 } = infusedCapacity(host);
  return {
    angle,
    apparent: textured.angle_rad,
    regime: textured.regime,
    adhesion: workOfAdhesion_J_per_m2(gamma, angle),
    gamma,
    pressure: entryPressure_Pa(gamma, angle, radius_m),
    rise: jurinHeight_m(gamma, angle, host.lithiumDensity_kg_per_m3, radius_m),
    waiting,
    capillary,
    filled,
    capacity: capacity_C_per_m2,
    specific: specificCapacity_C_per_kg,
    boundShare: depth_m === null ? 0 : Math.min(1, bound / (lithium_kg_per_m2 + bound)),
  };
}

/** The angle at a temperature: as stated inside its range, beyond it falling with T; an angle of 0 stays. */
function angleAt({ state }: NamedSurface, T: number, angleShare: number, slopeShare: number): MoltenLithiumAngle_rad {
  const [low, high] = state.angle.temperatureRange_K;
  const beyond_K = T - Math.max(low, Math.min(high, T));
  const reference = drawnValue(state.angle, angleShare);
  const slope = drawnValue(state.temperatureSlope ?? CONTACT_ANGLES.temperatureSlope, slopeShare);
  const moved = reference + slope * beyond_K * Math.min(1, reference / RIGHT_ANGLE);
  return Math.max(0, Math.min(Math.PI, moved)) as MoltenLithiumAngle_rad;
}

/** Until the skin gives way, and until the reaction has brought the angle below 90°. */
function waitingTime_s(
  T: number,
  gate: ReactionGate | null,
  under: MoltenLithiumAngle_rad | null,
  angle: MoltenLithiumAngle_rad,
  at: Shares,
): number {
  if (angle >= RIGHT_ANGLE) return Number.POSITIVE_INFINITY;
  const { kinetics } = CONTACT_ANGLES;
  const colder = (1 / T - 1 / kinetics.referenceTemperature.value) / R;
  const induction_s =
    drawnValue(kinetics.inductionTime, at('induction'), 'logarithmic') *
    exp(drawnValue(kinetics.inductionActivationEnergy, at('inductionBarrier')) * colder);
  if (gate === null || !gate.possible || under === null) return induction_s;
  const rate_per_s =
    drawnValue(kinetics.reactionRate, at('rate'), 'logarithmic') *
    exp(-drawnValue(kinetics.reactionActivationEnergy, at('rateBarrier')) * colder);
  return induction_s + timeToRightAngle_s(under, angle, rate_per_s);
}

/** Lithium that a coating of so much volume per area takes up. */
function boundLithium_kg_per_m2(name: SurfaceName, gate: ReactionGate | null, volume_m3_per_m2: number): number {
  const { surface, state } = name;
  if (gate === null || !gate.possible || name.carrier === null) return 0;
  const formulas_mol_per_m2 = volume_m3_per_m2 / molarVolume_m3_per_mol(surface);
  return formulas_mol_per_m2 * state.reaction!.lithiumPerFormula * LITHIUM_MOLAR_MASS_kg_per_mol;
}

const molarVolume_m3_per_mol = ({ molarMass, density }: WettedSurface): number => molarMass.value / density.value;

/** Gibbs energy of the reaction per formula unit of the surface, and whether it can run. */
function gateOf(name: SurfaceName, T: number, coating_m: number | null): ReactionGate | null {
  const { surface, state } = name;
  const { reaction } = state;
  if (reaction === null) return null;
  const { value, tag, source } = reactionEnergy(reaction, T);
  return {
    equation: reaction.equation,
    gibbsEnergy_J_per_mol: value,
    possible: isReactionPossible(value),
    leavesSolid: reaction.leavesSolid,
    closesSurface: reaction.closesSurface,
    energy_J_per_m2:
      coating_m === null ? null : reactionEnergy_J_per_m2(value, coating_m, molarVolume_m3_per_mol(surface)),
    tag,
    source,
  };
}

/**
 * Energy for each formula unit of the surface: as `limetal reaction` computes it where it knows all substances at this temperature,
 * else from the plateau that stands with the surface, or from two temperatures of the library.
 */
function reactionEnergy(reaction: SurfaceReaction, T: number): Pick<Property, 'value' | 'tag' | 'source'> {
  const { equation, plateau, lithiumPerFormula } = reaction;
  const potential_V = computedPotential_V(equation, T);
  if (potential_V !== null) {
    const source = `energies of the substances at this temperature; limetal reaction "${equation}" tells each`;
    return { value: -lithiumPerFormula * F * potential_V, tag: 'computed', source };
  }
  if (plateau !== null) {
    return { value: -lithiumPerFormula * F * plateau.value, tag: plateau.tag, source: plateau.source };
  }
  const { at300K, at500K } = LITHIUM_REACTIONS.find((one) => one.reaction === equation)!;
  // ΔG = ΔH − TΔS with both constant between and beyond the two temperatures.
  return {
    value: at300K.value + ((at500K.value - at300K.value) * (T - 300)) / 200,
    tag: at500K.tag,
    source: `${at500K.source}; a line through 300 and 500 K, carried on`,
  };
}

/** Of a reaction at a temperature, against Li/Li⁺; null where some substance has no data there. */
function computedPotential_V(equation: string, T: number): number | null {
  try {
    return reactionAt(equation, T).potential_V;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
}

function affinityOf({ surface }: SurfaceName): WettingAnswer['affinity'] {
  const substrate = substrateMaterial(surface.id) ?? substrateMaterial(surface.name);
  if (substrate === undefined) return null;
  const property = substrate.nucleationOverpotential;
  return { of: substrate.name, overpotential_V: property.value as NucleationOverpotential_V, property };
}

const POROSITY_MIN = 0.01;

function numberIssues(options: WettingOptions): Issue[] {
  const { samples = WETTING_DEFAULTS.samples, seed = WETTING_DEFAULTS.seed } = options;
  const issues: Issue[] = drawIssues({ samples, seed });
  const check = (
    where: string,
    value: number | undefined,
    ok: (x: number) => boolean,
    wanted: string,
    hint?: string,
  ) => {
    if (value === undefined || ok(value)) return;
    issues.push({ where, found: String(value), wanted, ...(hint === undefined ? {} : { hint }) });
  };
  const {
    temperature_K: T,
    roughness: r,
    solidFraction: f,
    pore_m,
    depth_m,
    porosity,
    coverage,
    coatingThickness_m,
  } = options;
  if (T !== undefined && !(T >= LITHIUM_MELTING_POINT_K && T <= MOLTEN_LITHIUM_K_max)) {
    const below =
      T < LITHIUM_MELTING_POINT_K
        ? 'below it lithium is solid and wets nothing'
        : 'the properties of the melt are not kept beyond';
    issues.push({
      where: 'temperature',
      found: `${Number(celsius_from_kelvin(T).toFixed(2))} °C`,
      wanted: 'from the melting point of lithium, 180.54 °C, to 600 °C',
      hint: below,
    });
  }
  check('roughness', r, (x) => x >= 1 && x <= 1000, 'real over projected area, from 1', 'a smooth surface has 1');
  check('solidFraction', f, (x) => x > 0 && x <= 1, 'a share above 0, up to 1');
  const length = (x: number): boolean => x > 0 && x <= 1;
  check('pore', pore_m, length, 'a diameter above 0, such as "5 µm"');
  check('depth', depth_m, length, 'a thickness above 0, such as "100 µm"');
  check('time', options.time_s, (x) => x > 0 && x <= 1e7, 'a time above 0, such as "30 s"');
  check('porosity', porosity, (x) => x >= POROSITY_MIN && x < 1, `a share from ${POROSITY_MIN} to below 1`);
  check('coverage', coverage, (x) => x > 0 && x <= 1, 'a share above 0, up to 1');
  check('coatingThickness', coatingThickness_m, (x) => x > 0 && x <= 1e-3, 'a thickness above 0, such as "50 nm"');
  if (pore_m !== undefined && coatingThickness_m !== undefined && length(pore_m) && 2 * coatingThickness_m >= pore_m) {
    issues.push({
      where: 'coatingThickness',
      found: `${coatingThickness_m} m`,
      wanted: `below half the pore, ${pore_m / 2} m`,
      hint: 'the coating closes the pores',
    });
  }
  return issues;
}

const degrees = (angle_rad: number): string => `${Math.round((angle_rad * 180) / Math.PI)}°`;
const kilojoules = (energy_J_per_mol: number): string =>
  `${(energy_J_per_mol / 1000).toFixed(0).replace('-', '−')} kJ/mol`;

type Findings = Omit<WettingAnswer, 'reasons' | 'warnings' | 'numbers'>;

function reasonsOf(answer: Findings): string[] {
  const { surface: name, gate, angle_rad, apparentAngle_rad, regime, conditions, verdict } = answer;
  const { state, surface } = name;
  const reasons: string[] = [];
  if (gate === null) {
    reasons.push(
      `no reaction of ${surface.name} with lithium is known that would drive wetting: the angle is that of the surface itself`,
    );
  } else if (!gate.possible) {
    reasons.push(
      `${gate.equation} costs ${kilojoules(gate.gibbsEnergy_J_per_mol)} and cannot run: the angle stays that of the surface itself`,
    );
  } else if (gate.closesSurface) {
    reasons.push(
      `${gate.equation} may run (${kilojoules(gate.gibbsEnergy_J_per_mol)}), but what it leaves, ${gate.leavesSolid}, keeps lithium from wetting: a negative energy is necessary, not sufficient`,
    );
  } else {
    const left = gate.leavesSolid === null ? 'lithium takes its product up' : `it leaves ${gate.leavesSolid}`;
    reasons.push(
      `${gate.equation} may run (${kilojoules(gate.gibbsEnergy_J_per_mol)}); ${left}, and the angle is that on the product`,
    );
  }
  if (gate?.possible && gate.energy_J_per_m2 !== null) {
    const times = Number((-gate.energy_J_per_m2 / answer.melt.surfaceTension_N_per_m.value).toPrecision(2));
    reasons.push(
      `the coating could set ${Number((-gate.energy_J_per_m2).toPrecision(2))} J/m² free, ${times} times the surface tension: energy is not what limits`,
    );
  }
  const { printed, tag, atmosphere, pretreatment } = state.angle;
  reasons.push(`${printed} is stated for ${pretreatment}, in ${atmosphere} (${tag})`);
  if (conditions.roughness > 1 || conditions.solidFraction !== null) {
    const does = {
      fills: 'lithium fills the texture (Wenzel)',
      'rests on the tops': 'lithium rests on the tops over trapped gas (Cassie-Baxter)',
      'creeps in': 'lithium creeps into the texture ahead of the drop',
    }[regime];
    reasons.push(
      `${does}: ${degrees(angle_rad.value)} turns to ${degrees(apparentAngle_rad.value)}; roughness helps what wets and harms what does not`,
    );
  }
  if (verdict === 'undecided') {
    reasons.push(
      'the range of the angle lies on both sides of 90°: a measurement on this very surface decides, no computation does',
    );
  }
  return reasons;
}

function warningsOf(answer: Findings): string[] {
  const { surface: name, gate, conditions, infusion, composite } = answer;
  const { state, surface, carrier } = name;
  const T = conditions.temperature_K;
  const warnings = [...name.remarks, ...(conditions.coverage < 1 ? name.carrierRemarks : [])];
  if (gate?.possible && !gate.closesSurface && gate.leavesSolid !== null) {
    warnings.push(
      `${gate.leavesSolid} stays behind as a solid: it slows the edge of the melt and may block narrow pores; gold, silver and magnesium leave none`,
    );
  }
  if (state.angle.tag === 'prior') warnings.push('the angle is a prior with a wide range, not a measurement');
  if (state.angle.tag === 'memory') warnings.push('the angle is from memory and was not checked against its source');
  const [low, high] = state.angle.temperatureRange_K;
  if (T < low || T > high) {
    const celsius = (kelvin: number): string => celsius_from_kelvin(kelvin).toFixed(0);
    warnings.push(
      `the angle is stated from ${celsius(low)} to ${celsius(high)} °C and is carried on to ${celsius(T)} °C`,
    );
  }
  if (REACTIVE_ATMOSPHERES.test(conditions.atmosphere)) {
    warnings.push(`in ${conditions.atmosphere} a skin grows on the melt, and no angle of the tables holds`);
  }
  if (infusion !== null) {
    warnings.push(
      'how long the skin holds and how fast the surface turns are priors: of the time to fill only its order means something',
    );
    if (conditions.roughness > 1)
      warnings.push('pores fill by the angle on their smooth wall; roughness counts for the drop alone');
  }
  if (composite !== null && composite.boundShare > 0.2) {
    warnings.push(
      `the coating binds ${(composite.boundShare * 100).toFixed(0)} % of the lithium; a thinner one or wider pores bind less`,
    );
  }
  warnings.push(...surface.notes, ...(carrier?.surface.notes ?? []));
  return warnings;
}

const DAVISON = 'Davison 1968, NASA TN D-4650';

/** What is used of the melt: its surface tension by two laws whose disagreement is the range, and one law each of the others. */
function meltNumbers({ temperature_K: T, pore_m, depth_m }: Findings['conditions']): WettingAnswer['numbers'] {
  const recalled = (value: number, unit: string): Property => ({
    value: Number(value.toPrecision(4)),
    unit,
    tag: 'memory',
    source: `${DAVISON}; from memory`,
  });
  const tension: Property = {
    ...recalled(surfaceTension_N_per_m(T, 0.5), 'N/m'),
    range: [surfaceTensionDavison_N_per_m(T), surfaceTensionMeasured_N_per_m(T)],
    source: `midway between ${DAVISON} (low) and the slope of sessile drops, 0.441 − 1.5e-4 (T − 453.7) N/m (high); from memory`,
  };
  return [
    { name: 'surface tension of the melt', property: tension },
    ...(pore_m === null
      ? []
      : [{ name: 'viscosity of the melt', property: recalled(moltenLithiumViscosity_Pa_s(T), 'Pa s') }]),
    ...(depth_m === null
      ? []
      : [{ name: 'density of the melt', property: recalled(moltenLithiumDensity_kg_per_m3(T), 'kg/m3') }]),
  ];
}

function numbersOf(answer: Findings): WettingAnswer['numbers'] {
  const { surface: name, affinity, infusion, conditions } = answer;
  const { kinetics, temperatureSlope, coatingThickness } = CONTACT_ANGLES;
  const numbers: { name: string; property: Property }[] = [
    { name: `contact angle of molten lithium on ${name.surface.name}`, property: name.state.angle },
  ];
  if (name.carrier !== null) {
    numbers.push({
      name: `contact angle of molten lithium on ${name.carrier.surface.name}`,
      property: name.carrier.state.angle,
    });
  }
  numbers.push({
    name: 'fall of the angle with temperature',
    property: name.state.temperatureSlope ?? temperatureSlope,
  });
  numbers.push(...meltNumbers(conditions));
  if (infusion !== null) {
    numbers.push({ name: 'induction time at 250 °C', property: kinetics.inductionTime });
    numbers.push({ name: 'rate of the reaction at 250 °C', property: kinetics.reactionRate });
  }
  if (conditions.coatingThickness_m !== null)
    numbers.push({ name: 'thickness of coatings', property: coatingThickness });
  if (conditions.depth_m !== null) {
    numbers.push({ name: 'density of the skeleton', property: (name.carrier ?? name).surface.density });
  }
  if (affinity !== null)
    numbers.push({ name: `nucleation overpotential on ${affinity.of}`, property: affinity.property });
  return numbers;
}

// The Coulombic efficiency of an electrolyte that nobody has tabulated, with an interval and reasons.
//
// The composition law says how lithium plates from it; a Li|Cu cell with that electrolyte is simulated, with whatever coating, host,
// current, capacity, temperature and rest are asked for. The law is fitted to efficiencies at about 1 mA/cm2 and 1 mAh/cm2, so the
// same cell is run there too: what is foretold is the law's efficiency moved by as much as the simulation moves between the two.

import { type Cell, type Protocol, parseCell } from '../cells/index.ts';
import {
  type Component,
  type Composition,
  PLATING_LAW,
  type PlatingEstimate,
  platingDescriptors,
  platingOf,
  REFERENCE_CAPACITY_C_PER_M2,
  REFERENCE_CURRENT_A_PER_M2,
  REFERENCE_GALVANIC_CHARGE_C_PER_M2,
  referenceCrackedFraction,
  tryElectrolyte,
  withoutAdditives,
} from '../materials/index.ts';
import { log10, power, quantileSorted, square } from '../numerics/index.ts';
import { cycleLoss } from '../physics/index.ts';
import { simulate } from '../simulation/index.ts';
import {
  celsius_from_kelvin,
  h_from_s,
  InputError,
  type Issue,
  mA_per_cm2_from_A_per_m2,
  mAh_per_cm2_from_C_per_m2,
  ROOM_TEMPERATURE_K,
} from '../units/index.ts';
import { drawIssues, drawsOf } from './draws.ts';
import { efficiencyOfLce, lceOf } from './scores.ts';

export interface PredictConditions {
  /** Plating and stripping; default 10, 1 mA/cm2. */
  readonly current_A_per_m2: number;
  /** Plated in each cycle; default 36 000, 1 mAh/cm2. */
  readonly capacity_C_per_m2: number;
  /** Default 298.15. */
  readonly temperature_K: number;
  /** Between plating and stripping; default 0. */
  readonly rest_s: number;
  /** A coating, a host and what copper is covered with, by name; null for none. */
  readonly coating: string | null;
  readonly host: string | null;
  readonly substrate: string | null;
}

export const PREDICT_DEFAULTS: PredictConditions = {
  current_A_per_m2: REFERENCE_CURRENT_A_PER_M2,
  capacity_C_per_m2: REFERENCE_CAPACITY_C_PER_M2,
  temperature_K: ROOM_TEMPERATURE_K,
  rest_s: 0,
  coating: null,
  host: null,
  substrate: null,
};

export interface PredictOptions extends Partial<PredictConditions> {
  /** Runs over the ranges of all uncertain values of the cell, from 10; without it the interval is that of the law's own scatter. */
  readonly samples?: number;
  readonly seed?: number;
}

/** The same electrolyte with one thing changed. */
export interface Alternative {
  readonly change: string;
  /** Less the electrolyte's own, −log10(1 − CE) at the reference conditions. */
  readonly efficiencyGain: number;
  readonly coulombic_efficiency: number;
}

export interface Prediction {
  readonly composition: Composition;
  readonly plating: PlatingEstimate;
  readonly conditions: PredictConditions;
  /** A fraction, once the first film is made. */
  readonly coulombic_efficiency: number;
  readonly interval80: readonly [number, number];
  /** How the interval was made. */
  readonly intervalFrom: 'law' | 'samples';
  /** Lost in a cycle by cause, as shares of what is plated; they add up to 1 − CE. */
  readonly losses: Readonly<Record<string, number>>;
  /** Of these: metal out of contact, and lithium in interphase and corrosion products. */
  readonly dead_lithium: number;
  readonly interphase_lithium: number;
  readonly alternatives: readonly Alternative[];
  readonly warnings: readonly string[];
}

/** What no result of `predict` speaks of. */
export const NOT_PREDICTED: readonly string[] = [
  'when a dendrite shorts the cell',
  'how many cycles a coating lasts, from its modulus alone',
  'differences between laboratories: copper, pressure, excess and purity of the electrolyte; two report the same electrolyte 0.18 in −log10(1 − CE) apart',
  'CE to better than about 1 point below 98 %, or 0.3 points above 99 %',
];

/** Cycles run; the last is read, when the first film is made and copper has passivated. */
const CYCLES = 5;
/** Smaller shares of what is plated are rounding. */
const LOSS_MIN = 1e-9;
/** Rows of the record kept: only summaries of cycles are read. */
const ROWS_MAX = 100;
/** 10 % and 90 % quantiles of the normal distribution. */
const NORMAL_80 = 1.2816;
/** What a coating, a host or a seeding substrate adds to the scatter: systems of the review about what is computed for them. */
const STRATEGY_SD = 0.2;
/** What 10 K away from the calibration's temperature add to it. */
const TEMPERATURE_SD_PER_10_K = 0.05;
/** A cell's efficiency above which more digits say nothing. */
const LCE_MAX = 4;

/**
 * The efficiency of an electrolyte under some conditions.
 *
 * @throws InputError for an electrolyte, coating, host or condition that is not understood, all faults together.
 */
export function predict(electrolyte: string | Composition, options: PredictOptions = {}): Prediction {
  const conditions: PredictConditions = { ...PREDICT_DEFAULTS, ...withoutUndefined(options) };
  const issues = predictionIssues(options);
  const composition = typeof electrolyte === 'string' ? tryElectrolyte(electrolyte) : electrolyte;
  if (composition instanceof InputError) throw new InputError([...composition.issues, ...issues]);
  if (issues.length > 0) throw new InputError(issues);
  const plating = platingOf(composition);
  const warnings = [...composition.reasons, ...plating.warnings];
  const reference = cycle(composition, plating, PREDICT_DEFAULTS);
  const asked = isReference(conditions) ? reference : cycle(composition, plating, conditions);
  warnings.push(...asked.warnings);
  const shift = plating.logEfficiency - reference.lce;
  // Nothing comes back where a cycle costs more than it plates.
  const lce = Math.min(LCE_MAX, Math.max(0, asked.lce + shift));
  const coulombic_efficiency = efficiencyOfLce(lce);
  const lost = Object.values(asked.losses).reduce((total, share) => total + share, 0);
  const losses = Object.fromEntries(
    Object.entries(asked.losses).map(([cause, share]) => [cause, (share / lost) * (1 - coulombic_efficiency)]),
  );
  const { dead: dead_lithium = 0 } = losses;
  const sd = predictionSd(plating, conditions);
  const fromLaw = [Math.max(0, efficiencyOfLce(lce - NORMAL_80 * sd)), efficiencyOfLce(lce + NORMAL_80 * sd)] as const;
  const sampled = options.samples === undefined ? null : sampledInterval(asked.cell, shift, options);
  return {
    composition,
    plating,
    conditions,
    coulombic_efficiency,
    interval80: sampled ?? fromLaw,
    intervalFrom: sampled === null ? 'law' : 'samples',
    losses,
    dead_lithium,
    interphase_lithium: 1 - coulombic_efficiency - dead_lithium,
    alternatives: alternativesOf(composition, plating),
    warnings,
  };
}

function withoutUndefined(options: PredictOptions): Partial<PredictConditions> {
  const { samples: _samples, seed: _seed, ...conditions } = options;
  return Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== undefined));
}

const CURRENT_RANGE_A_PER_M2 = [0.01, 1000] as const;
const CAPACITY_RANGE_C_PER_M2 = [360, 3.6e6] as const;
const TEMPERATURE_RANGE_K = [233, 353] as const;
const REST_MAX_s = 90 * 24 * 3600;

/** Everything that is wrong with what is asked, but for the electrolyte. */
export function predictionIssues(options: PredictOptions): readonly Issue[] {
  const conditions: PredictConditions = { ...PREDICT_DEFAULTS, ...withoutUndefined(options) };
  const { samples, seed = 0 } = options;
  const drawing = samples === undefined ? [] : drawIssues({ samples, seed });
  return [...drawing, ...conditionIssues(conditions), ...strategyIssues(conditions)];
}

/** What a cell of a known electrolyte says of the coating, the host and the surface. */
function strategyIssues({ coating, host, substrate }: PredictConditions): readonly Issue[] {
  if (coating === null && host === null && substrate === null) return [];
  try {
    predictionCell('1 M LiPF6 in EC/DEC (1:1 v/v)', { ...PREDICT_DEFAULTS, coating, host, substrate });
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.issues;
    throw error;
  }
}

function conditionIssues(conditions: PredictConditions): Issue[] {
  const issues: Issue[] = [];
  const check = (where: string, value: number, [low, high]: readonly [number, number], show: (x: number) => string) => {
    if (value >= low && value <= high) return;
    issues.push({ where, found: show(value), wanted: `from ${show(low)} to ${show(high)}` });
  };
  const { current_A_per_m2, capacity_C_per_m2, temperature_K, rest_s } = conditions;
  check('current', current_A_per_m2, CURRENT_RANGE_A_PER_M2, (j) => `${mA_per_cm2_from_A_per_m2(j)} mA/cm2`);
  check('capacity', capacity_C_per_m2, CAPACITY_RANGE_C_PER_M2, (q) => `${mAh_per_cm2_from_C_per_m2(q)} mAh/cm2`);
  check('temperature', temperature_K, TEMPERATURE_RANGE_K, (T) => `${Number(celsius_from_kelvin(T).toFixed(2))} °C`);
  check('rest', rest_s, [0, REST_MAX_s], (t) => `${h_from_s(t)} h`);
  return issues;
}

const isReference = (conditions: PredictConditions): boolean =>
  Object.entries(PREDICT_DEFAULTS).every(([key, value]) => conditions[key as keyof PredictConditions] === value);

interface Cycle {
  readonly cell: Cell;
  readonly lce: number;
  /** Shares of what is plated. */
  readonly losses: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

/** A Li|Cu cell with this electrolyte, cycled as asked; what it loses in the last cycle. */
function cycle(composition: Composition, plating: PlatingEstimate, conditions: PredictConditions): Cycle {
  const cell = predictionCell(composition.text, conditions);
  const { cycles, stop } = simulate(cell, protocolOf(cell), { model: 'fast', rows_max: ROWS_MAX });
  const last = cycles.at(-1);
  if (last === undefined || last.coulombic_efficiency === null || !(last.plated_mAh_per_cm2 > 0)) {
    return closedForm(cell, plating, conditions, stop.message);
  }
  const losses: Record<string, number> = {};
  for (const [key, lost_mAh_per_cm2] of Object.entries(last.losses_mAh_per_cm2)) {
    if (!key.endsWith('_working') || !(lost_mAh_per_cm2 > LOSS_MIN * last.plated_mAh_per_cm2)) continue;
    losses[key.slice(0, -'_working'.length)] = lost_mAh_per_cm2 / last.plated_mAh_per_cm2;
  }
  return {
    cell,
    lce: lceOf(last.coulombic_efficiency),
    losses,
    warnings: stop.kind === 'completed' ? [] : [stop.message],
  };
}

/** E6 for a cell that does not finish a cycle: its composition and current still say what a deposit would cost. */
function closedForm(
  cell: Cell,
  plating: PlatingEstimate,
  { capacity_C_per_m2, current_A_per_m2 }: PredictConditions,
  why: string,
): Cycle {
  const { interphaseCharge, depositSize, depositSizeExponent, unstrippableSkin } = plating;
  const d_m = depositSize.value * power(REFERENCE_CURRENT_A_PER_M2 / current_A_per_m2, depositSizeExponent.value);
  const loss = cycleLoss({
    capacity_C_per_m2,
    interphaseCharge_C_per_m2: interphaseCharge.value,
    depositSize_m: d_m,
    unstrippableSkin_m: unstrippableSkin.value,
    deadFactor: 1,
    reusedShellFraction: 0,
    crackedFraction: referenceCrackedFraction(d_m),
    areaRatio: 1,
    calendarCharge_C_per_m2: 0,
    galvanicCharge_C_per_m2: REFERENCE_GALVANIC_CHARGE_C_PER_M2,
  });
  return {
    cell,
    lce: lceOf(1 - loss.total_C_per_m2 / capacity_C_per_m2),
    losses: {
      fresh_surface: (loss.face_C_per_m2 + loss.features_C_per_m2) / capacity_C_per_m2,
      cracking: loss.cracks_C_per_m2 / capacity_C_per_m2,
      galvanic: loss.galvanic_C_per_m2 / capacity_C_per_m2,
      dead: loss.dead_C_per_m2 / capacity_C_per_m2,
    },
    warnings: [`The simulated cell finishes no cycle, so this is the closed form of its losses. ${why}`],
  };
}

function protocolOf(cell: Cell): Protocol {
  if (cell.protocol === null) throw new Error('the cell of a prediction has a protocol');
  return cell.protocol;
}

/** 60 µL on 1.27 cm2, thick lithium against copper: nothing but the deposit decides. */
function predictionCell(electrolyte: string, conditions: PredictConditions): Cell {
  const { current_A_per_m2, capacity_C_per_m2, temperature_K, rest_s, coating, host, substrate } = conditions;
  const current = `${mA_per_cm2_from_A_per_m2(current_A_per_m2)} mA/cm2`;
  return parseCell({
    limetal: 1,
    name: 'Li|Cu of a prediction',
    temperature: `${temperature_K} K`,
    area: '1.27 cm2',
    working: {
      kind: 'foil',
      material: 'Cu',
      ...(coating === null ? {} : { coating }),
      ...(host === null ? {} : { host }),
      ...(substrate === null ? {} : { substrate }),
    },
    counter: { kind: 'lithium', thickness: '500 µm' },
    electrolyte,
    amount: '60 µL',
    separator: { thickness: '25 µm', porosity: 0.4 },
    protocol: [
      `Plate at ${current} for ${mAh_per_cm2_from_C_per_m2(capacity_C_per_m2)} mAh/cm2`,
      ...(rest_s > 0 ? [`Rest for ${rest_s} s`] : []),
      `Strip at ${current} until 1 V`,
      `repeat ${CYCLES}`,
    ],
  });
}

/** Standard deviation of −log10(1 − CE) as a laboratory would find it under these conditions. */
function predictionSd({ logLossSd }: PlatingEstimate, conditions: PredictConditions): number {
  const { current_A_per_m2, temperature_K, coating, host, substrate } = conditions;
  const decades = log10(current_A_per_m2 / REFERENCE_CURRENT_A_PER_M2);
  const strategy = coating !== null || host !== null || substrate !== null;
  return Math.sqrt(
    square(logLossSd) +
      square(PLATING_LAW.depositSizeExponent.sd * decades) +
      square(strategy ? STRATEGY_SD : 0) +
      square((TEMPERATURE_SD_PER_10_K * (temperature_K - ROOM_TEMPERATURE_K)) / 10),
  );
}

/** 10 % to 90 % of runs over the ranges of all that the cell is unsure of, moved as the prediction is. */
function sampledInterval(
  cell: Cell,
  shift: number,
  { samples = 0, seed = 0 }: PredictOptions,
): readonly [number, number] {
  const draws = drawsOf(cell, { samples, seed });
  const found = draws.points().flatMap((point) => {
    const { cycles } = simulate(draws.cellAt(point), protocolOf(cell), { model: 'fast', rows_max: ROWS_MAX });
    const efficiency = cycles.at(-1)?.coulombic_efficiency;
    return typeof efficiency === 'number' ? [lceOf(efficiency) + shift] : [];
  });
  const sorted = Float64Array.from(found).sort();
  return [
    Math.max(0, efficiencyOfLce(quantileSorted(sorted, 0.1))),
    Math.max(0, efficiencyOfLce(quantileSorted(sorted, 0.9))),
  ];
}

/** Binding molecules for each salt of a usual dilute solution, and of one in which hardly any is free. */
const DILUTE_RATIO = 9;
const CONCENTRATED_RATIO = 2;

/** What other amounts of the same substances would give. */
function alternativesOf(composition: Composition, own: PlatingEstimate): Alternative[] {
  const { bindingSolvent, inertDiluent } = platingDescriptors(composition);
  const made: [string, Composition][] = [];
  if (composition.components.some(({ role }) => role === 'additive')) {
    made.push(['without its additives', withoutAdditives(composition)]);
  }
  if (inertDiluent > 0) {
    made.push(['without its diluent', scaled(composition, ({ role }) => (role === 'diluent' ? 0 : 1))]);
  }
  if (bindingSolvent > 0) {
    const isConcentrated = bindingSolvent < (DILUTE_RATIO + CONCENTRATED_RATIO) / 2;
    const wanted = isConcentrated ? DILUTE_RATIO : CONCENTRATED_RATIO;
    const factor = wanted / bindingSolvent;
    made.push([
      `with ${wanted} binding solvent molecules for each salt instead of ${bindingSolvent.toFixed(1)}`,
      scaled(composition, ({ role, chemical }) => (role !== 'diluent' && chemical.kind === 'solvent' ? factor : 1)),
    ]);
  }
  return made.map(([change, changed]) => {
    const { logEfficiency } = platingOf(changed);
    return {
      change,
      efficiencyGain: logEfficiency - own.logEfficiency,
      coulombic_efficiency: efficiencyOfLce(logEfficiency),
    };
  });
}

/** Amounts times a factor for each component; only mole fractions are kept up. */
function scaled(composition: Composition, factorOf: (component: Component) => number): Composition {
  const kept = composition.components
    .map((component) => ({ ...component, moleFraction: component.moleFraction * factorOf(component) }))
    .filter(({ moleFraction }) => moleFraction > 0);
  const total = kept.reduce((sum, { moleFraction }) => sum + moleFraction, 0);
  return {
    ...composition,
    components: kept.map((component) => ({ ...component, moleFraction: component.moleFraction / total })),
  };
}

// Cycle by cycle: charges, efficiency, voltages, and what keeps a cycle out of a mean.

import type { AnalysedCellKind } from '../efficiency.ts';
import type { CycleFindings, CycleFlag, HalfCycleFindings } from './contract.ts';
import { type CycleGroup, loadingSign } from './pairing.ts';
import { meanOf, medianOf } from './summary-statistics.ts';

/** Rounding of two charges may put their ratio this far above 1 without meaning. */
const ROUNDING = 1e-9;
/** A stripping has reached a cutoff where its last voltage exceeds this, and so many times that of its middle. */
const CUTOFF_V_MIN = 0.2;
const CUTOFF_TIMES = 1.5;
/** A stripping that gives back what was plated to this fraction without a rise of the voltage was stopped by its charge. */
const EQUAL_WITHIN = 2e-3;
/** The ends of the last half-cycle and of those before it differ by more than this where the record broke off. */
const END_V_DIFFER = 0.05;
/** A charge below this share of the next one is a part of it. */
const PART_OF_CHARGE = 0.8;
/** A first discharge that exceeds its charge by this factor gave back what was there before the record. */
const CAME_CHARGED_RATIO = 1.5;
/** Cycles of formation have another current or charge than the later ones, by more than this fraction. */
const FORMATION_DIFFERS = 0.1;

export interface CycleOptions {
  readonly cell: AnalysedCellKind;
  readonly gainMismatch: number | null;
  readonly formationCycles: number | null;
  readonly range: { readonly from?: number; readonly to?: number };
  readonly referenceCycle: number | null;
  /** Time of the last row of the record, and whether current flowed in it. */
  readonly end_s: number;
  readonly endsUnderCurrent: boolean;
  /** Times between which reservoir tests ran. */
  readonly reservoirs: readonly { readonly start_s: number; readonly end_s: number }[];
}

/** Whether a stripping went on until the voltage rose: there was no more lithium to take. */
export function reachedCutoff(half: HalfCycleFindings): boolean {
  return half.end_V >= CUTOFF_V_MIN && half.end_V >= CUTOFF_TIMES * Math.abs(half.voltage.mid_capacity_V);
}

/** Findings of each cycle; `counted`, formation and retention need all of them and are settled at the end. */
export function cyclesOf(groups: readonly CycleGroup[], options: CycleOptions): readonly CycleFindings[] {
  const cycles = groups.map((group, k) => cycleOf(group, groups, k, options));
  const whole = cycles.filter(({ coulombic_efficiency: ce, flags }) => ce !== null && excluding(flags).length === 0);
  const currents = new Map(groups.map(({ cycle, halves }) => [cycle, medianOf(halves.map((half) => half.current_A))]));
  const currentOf = ({ cycle }: CycleFindings): number => currents.get(cycle)!;
  const formation = new Set(
    (options.formationCycles === null ? formationOf(whole, currentOf) : whole.slice(0, options.formationCycles)).map(
      ({ cycle }) => cycle,
    ),
  );
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = options.range;
  const reference = referenceOf(cycles, whole, formation, options);
  const loading = loadingSign(options.cell);
  let [in_C, out_C] = [0, 0];
  return cycles.map((cycle) => {
    if (loading !== null && isWhole(cycle.flags)) {
      in_C += loading > 0 ? cycle.charged_C : cycle.discharged_C;
      out_C += loading > 0 ? cycle.discharged_C : cycle.charged_C;
    }
    const flags: readonly CycleFlag[] = formation.has(cycle.cycle) ? [...cycle.flags, 'formation'] : cycle.flags;
    const inRange = cycle.cycle >= from && cycle.cycle <= to;
    return {
      ...cycle,
      flags,
      cumulative_efficiency: in_C > 0 ? out_C / in_C : null,
      counted: cycle.coulombic_efficiency !== null && inRange && excluding(flags).length === 0,
      retention: reference !== null && cycle.discharged_C > 0 ? cycle.discharged_C / reference.discharged_C : null,
    };
  });
}

/** The cycle against which a capacity is held: the one named, or the first complete one after formation. */
function referenceOf(
  cycles: readonly CycleFindings[],
  whole: readonly CycleFindings[],
  formation: ReadonlySet<number>,
  { cell, referenceCycle }: CycleOptions,
): CycleFindings | null {
  if (cell === 'Li|Cu' || cell === 'Li|Li') return null;
  const found =
    referenceCycle === null
      ? (whole.find(({ cycle }) => !formation.has(cycle)) ?? whole.at(-1))
      : cycles.find(({ cycle }) => cycle === referenceCycle);
  return found !== undefined && found.discharged_C > 0 ? found : null;
}

/** Whether both halves of a cycle were measured from end to end. */
export const isWhole = (flags: readonly CycleFlag[]): boolean =>
  !flags.includes('incomplete') && !flags.includes('came-charged');

/** Flags that keep a cycle out of a mean. */
export const excluding = (flags: readonly CycleFlag[]): readonly CycleFlag[] =>
  flags.filter((flag) => flag !== 'above-one');

/**
 * The first cycle, and those that lead up to the current of the later half, in Li|Cu also to its plated charge: both are the protocol's,
 * while the charge of a cell with a cathode falls by itself.
 */
function formationOf(
  whole: readonly CycleFindings[],
  currentOf: (cycle: CycleFindings) => number,
): readonly CycleFindings[] {
  if (whole.length < 2) return [];
  const later = whole.slice(Math.floor(whole.length / 2));
  const away = (of: (cycle: CycleFindings) => number | null): ((cycle: CycleFindings) => boolean) => {
    const usual = medianOf(later.map((cycle) => of(cycle) ?? 0));
    return (cycle) => Math.abs((of(cycle) ?? 0) - usual) > FORMATION_DIFFERS * usual;
  };
  const otherCurrent = away(currentOf);
  const otherCharge = away(({ plated_C }) => plated_C);
  let count = 1;
  const most = Math.floor(whole.length / 2);
  while (count < most && (otherCurrent(whole[count]!) || otherCharge(whole[count]!))) count++;
  return whole.slice(0, count);
}

function cycleOf(
  { cycle, halves }: CycleGroup,
  groups: readonly CycleGroup[],
  place: number,
  options: CycleOptions,
): CycleFindings {
  const { cell, gainMismatch } = options;
  const positive = halves.filter(({ sign }) => sign > 0);
  const negative = halves.filter(({ sign }) => sign < 0);
  const charged_C = chargeOf(positive);
  const discharged_C = chargeOf(negative);
  const metal = cell === 'Li|Cu' || cell === 'Li|Li';
  const ratio = efficiencyOf(cell, charged_C, discharged_C);
  const flags = flagsOf(halves, ratio, groups, place, options);
  // What is cut off, or was there before the record, is no efficiency of this charge.
  const efficiency = isWhole(flags) ? ratio : null;
  const hysteresis = differenceOf(positive, negative, ({ mean_V }) => mean_V);
  const midHysteresis = differenceOf(positive, negative, ({ mid_capacity_V }) => mid_capacity_V);
  const rests = restsOf(halves, loadingSign(cell));
  return {
    cycle,
    cycle_vendor: halves[0]!.cycle_vendor,
    start_s: halves[0]!.start_s,
    end_s: halves.at(-1)!.end_s,
    charged_C,
    discharged_C,
    plated_C: metal ? discharged_C : null,
    stripped_C: metal ? charged_C : null,
    coulombic_efficiency: efficiency,
    coulombic_efficiency_error: efficiency === null || gainMismatch === null ? null : efficiency * gainMismatch,
    cumulative_efficiency: null,
    flags,
    counted: false,
    halfCycles: halves.map(({ index }) => index),
    hysteresis_V: hysteresis,
    mid_capacity_hysteresis_V: midHysteresis,
    ...errorsOf(positive, negative),
    polarisation_V: polarisationOf(cell, hysteresis, isWhole(flags) ? midHysteresis : null, halves),
    plating_plateau_V: metal && negative.length > 0 ? plateauOf(negative) : null,
    stripping_plateau_V: metal && positive.length > 0 ? plateauOf(positive) : null,
    nucleation: negative.find(({ nucleation }) => nucleation !== null)?.nucleation ?? null,
    arcing: halves.flatMap(({ arcing }) => (arcing === null ? [] : [arcing])),
    retention: null,
    ...rests,
  };
}

function polarisationOf(
  cell: AnalysedCellKind,
  hysteresis: number | null,
  midHysteresis: number | null,
  halves: readonly HalfCycleFindings[],
): number | null {
  if (cell !== 'Li|Li') return midHysteresis === null ? null : midHysteresis / 2;
  // Both directions together are free of an offset of the instrument.
  return hysteresis === null ? meanByTime(halves, ({ mean_V }, sign) => mean_V * sign) : hysteresis / 2;
}

const chargeOf = (halves: readonly HalfCycleFindings[]): number =>
  halves.reduce((sum, { charge_C }) => sum + charge_C, 0);

function efficiencyOf(cell: AnalysedCellKind, charged_C: number, discharged_C: number): number | null {
  if (cell === 'Li|Li' || !(charged_C > 0 && discharged_C > 0)) return null;
  return cell === 'Li|Cu' ? charged_C / discharged_C : discharged_C / charged_C;
}

type VoltageOf = (voltage: HalfCycleFindings['voltage'], sign: 1 | -1) => number;

/** Several half-cycles of one cycle weigh by their time. */
function meanByTime(halves: readonly HalfCycleFindings[], of: VoltageOf): number {
  const time_s = halves.reduce((sum, { duration_s }) => sum + duration_s, 0);
  return halves.reduce((sum, { voltage, duration_s, sign }) => sum + of(voltage, sign) * duration_s, 0) / time_s;
}

function differenceOf(
  positive: readonly HalfCycleFindings[],
  negative: readonly HalfCycleFindings[],
  of: VoltageOf,
): number | null {
  return positive.length > 0 && negative.length > 0 ? meanByTime(positive, of) - meanByTime(negative, of) : null;
}

/** Independent noise of rows, in means over all of them and in a value at one place of each direction. */
function errorsOf(
  positive: readonly HalfCycleFindings[],
  negative: readonly HalfCycleFindings[],
): Pick<CycleFindings, 'hysteresis_V_error' | 'mid_capacity_hysteresis_V_error'> {
  const both = [positive, negative].map((halves) => ({
    noise_V: medianOf(halves.flatMap(({ noise_V }) => (noise_V === null ? [] : [noise_V]))),
    rows: halves.reduce((sum, { start, end }) => sum + end - start, 0),
  }));
  if (both.some(({ noise_V }) => Number.isNaN(noise_V)))
    return { hysteresis_V_error: null, mid_capacity_hysteresis_V_error: null };
  return {
    hysteresis_V_error: Math.hypot(...both.map(({ noise_V, rows }) => noise_V / Math.sqrt(rows))),
    mid_capacity_hysteresis_V_error: Math.hypot(...both.map(({ noise_V }) => noise_V)),
  };
}

const plateauOf = (halves: readonly HalfCycleFindings[]): number =>
  meanOf(halves.map(({ voltage }) => Math.abs(voltage.plateau_V)));

/** Rest within the cycle: in all, and where a return follows a load. */
function restsOf(
  halves: readonly HalfCycleFindings[],
  loading: 1 | -1 | null,
): Pick<CycleFindings, 'rest_s' | 'rest_loaded_s'> {
  let [rest_s, rest_loaded_s] = [0, 0];
  for (let k = 1; k < halves.length; k++) {
    const half = halves[k]!;
    rest_s += half.rest_before_s;
    if (loading !== null && half.sign !== loading && halves[k - 1]!.sign === loading)
      rest_loaded_s += half.rest_before_s;
  }
  return { rest_s, rest_loaded_s };
}

function flagsOf(
  halves: readonly HalfCycleFindings[],
  efficiency: number | null,
  groups: readonly CycleGroup[],
  place: number,
  { cell, reservoirs, end_s, endsUnderCurrent }: CycleOptions,
): readonly CycleFlag[] {
  const flags: CycleFlag[] = [];
  const cameCharged = cell !== 'Li|Cu' && efficiency !== null && startedLoaded(halves, efficiency, groups, place, cell);
  if (cameCharged) flags.push('came-charged');
  else if (efficiency !== null && efficiency > 1 + ROUNDING) flags.push('above-one');
  const first = halves[0]!;
  const last = halves.at(-1)!;
  const overlaps = reservoirs.some(({ start_s, end_s: to_s }) => last.end_s > start_s && first.start_s < to_s);
  if (overlaps) flags.push('reservoir-test');
  if (cell === 'Li|Cu' && efficiency !== null && !overlaps) {
    const strip = halves.filter(({ sign }) => sign > 0).at(-1)!;
    const equal = Math.abs(efficiency - 1) <= EQUAL_WITHIN;
    if (equal && !reachedCutoff(strip)) flags.push('lithium-left');
  }
  if (cell !== 'Li|Li' && efficiency === null) flags.push('incomplete');
  else if (endsUnderCurrent && last.end_s === end_s && brokeOff(last, groups, place)) flags.push('incomplete');
  return flags;
}

/**
 * Whether a cell with a cathode came charged: its first discharge gave back far more than its first charge, or the first charge is a part
 * of the next one and the first discharge is not.
 */
function startedLoaded(
  halves: readonly HalfCycleFindings[],
  efficiency: number,
  groups: readonly CycleGroup[],
  place: number,
  cell: AnalysedCellKind,
): boolean {
  const isFirstCharge = groups.slice(0, place).every((group) => group.halves.every(({ sign }) => sign < 0));
  if (cell === 'Li|Cu' || cell === 'Li|Li' || !isFirstCharge) return false;
  if (efficiency > CAME_CHARGED_RATIO) return true;
  const next = groups[place + 1]?.halves;
  if (next === undefined || place > 0) return false;
  const charged = (some: readonly HalfCycleFindings[]): number => chargeOf(some.filter(({ sign }) => sign > 0));
  const discharged = (some: readonly HalfCycleFindings[]): number => chargeOf(some.filter(({ sign }) => sign < 0));
  return charged(halves) < PART_OF_CHARGE * charged(next) && discharged(halves) > PART_OF_CHARGE * discharged(next);
}

/** Whether the record ends in the middle of this half-cycle: its end is neither at the voltage nor at the charge of those before it. */
function brokeOff(last: HalfCycleFindings, groups: readonly CycleGroup[], place: number): boolean {
  const before = groups
    .slice(Math.max(0, place - 5), place)
    .flatMap(({ halves }) => halves)
    .filter(({ sign }) => sign === last.sign);
  if (before.length === 0) return false;
  const end_V = medianOf(before.map((half) => half.end_V));
  const charge_C = medianOf(before.map((half) => half.charge_C));
  return Math.abs(last.end_V - end_V) > END_V_DIFFER && last.charge_C < (1 - EQUAL_WITHIN) * charge_C;
}

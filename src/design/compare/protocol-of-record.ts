// What was done to a measured cell, read back from its record, as a protocol that a simulated cell can follow: constant currents,
// rests, holds, the voltages at which steps ended, and cycles. What is none of these is replayed as it was measured.

import { type AnalysedCellKind, chargeBefore } from '../../analysis/index.ts';
import type { Protocol, ProtocolItem, Step, Until } from '../../cells/index.ts';
import type { CyclingRecord } from '../../records/index.ts';
import { InputError } from '../../units/index.ts';
import { directions, firstDirection, gapsBefore } from './half-cycles.ts';

export interface ProtocolOfRecordOptions {
  /** Decides with which half a cycle begins. */
  readonly cell: AnalysedCellKind;
  /** Voltages at which steps of either direction ended, where the person knows; found from the record when left out. */
  readonly cutoff_V_below?: number;
  readonly cutoff_V_above?: number;
}

/** A protocol with what was made of the record. */
export interface RecordProtocol {
  readonly protocol: Protocol;
  /** Voltages at which steps were seen to end; null where they ended by time or charge. */
  readonly cutoff_V_below: number | null;
  readonly cutoff_V_above: number | null;
  readonly steps: number;
  readonly remarks: readonly string[];
}

/** A current varies by less than this share of itself in a step of constant current. */
const CONSTANT_SHARE = 0.02;
/** A held voltage moves by less, V. */
const HELD_V = 0.003;
/** And by less than this share of itself, while the current falls below this share of its first value. */
const HELD_SHARE = 0.02;
const FALLEN_SHARE = 0.8;
/** Steps that end within this of one voltage may have ended at it, V. */
const CUTOFF_V = 0.006;
/** Steps of which the times differ by more than this share did not end by time. */
const OTHER_TIME_SHARE = 0.002;
/** A voltage moves that changes by more than this in the last tenth of a step, V. */
const MOVING_V = 0.005;
/** Voltages that people set, and how near an end must be to one, V. */
const ROUND_V = 0.05;
const ROUNDED_V = 0.002;
/** Of fewer rows no shape can be told. */
const ROWS_TO_JUDGE = 10;
/** A step that ends at a voltage ends steeply: its last tenth moves by so many times its four tenths before. */
const STEEP = 3;
const STEEP_V = 0.02;
/** A simulated step may take so many times the measured time to reach its voltage. */
const LONGER = 3;
/** Points of a replayed current in one step. */
const REPLAY_POINTS = 200;
/** Cycles that differ by less than this share in every current and time are repeats of one. */
const SAME_SHARE = 0.003;
/** Holds that end within this share of one current, after other times, ended at it. */
const END_CURRENT_SHARE = 0.03;
/** Rows of a simulated step at least and at most, and of a run about; between these it is as dense as the measured one. */
const ROWS_PER_STEP_MIN = 100;
const ROWS_PER_STEP_MAX = 1000;
const ROWS_PER_RUN = 20_000;

/** Rows [start, end) that make one step, and the time before the first of them that belongs to it. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly direction: -1 | 0 | 1;
  readonly duration_s: number;
  readonly charge_C: number;
}

/** Cuts the record where the direction, the step, or the level of the current changes. */
function stretchesOf(record: CyclingRecord): Stretch[] {
  const { time_s, current_A, cycle, step } = record;
  const direction = directions(record);
  const gaps = gapsBefore(record, direction);
  const rows = time_s.length;
  const stretches: Stretch[] = [];
  let start = 0;
  for (let row = 1; row <= rows; row++) {
    const goesOn =
      row < rows &&
      direction[row] === direction[row - 1] &&
      cycle[row] === cycle[row - 1] &&
      step[row] === step[row - 1] &&
      !isJump(current_A, start, row, rows) &&
      gaps[row] === 0;
    if (goesOn) continue;
    const hasGap = gaps[start] === 1;
    if (hasGap) {
      const duration_s = time_s[start]! - time_s[start - 1]!;
      stretches.push({ start, end: start, direction: 0, duration_s, charge_C: 0 });
    }
    let charge_C = 0;
    for (let k = hasGap ? start + 1 : start; k < row; k++) charge_C += chargeBefore(record, k);
    const from_s = time_s[hasGap || start === 0 ? start : start - 1]!;
    const here = direction[start] as -1 | 0 | 1;
    stretches.push({ start, end: row, direction: here, duration_s: time_s[row - 1]! - from_s, charge_C });
    start = row;
  }
  return stretches.filter(({ duration_s }) => duration_s > 0);
}

/** The current leaves a level on which it stood, for another on which it stays: a new step without a new number. */
function isJump(current_A: Float64Array, start: number, row: number, rows: number): boolean {
  const [before, here, next] = [current_A[row - 1]!, current_A[row]!, current_A[Math.min(row + 1, rows - 1)]!];
  const earlier = current_A[Math.max(start, row - 2)]!;
  const size = Math.max(Math.abs(before), Math.abs(here));
  const far = (a: number, b: number): boolean => Math.abs(a - b) > CONSTANT_SHARE * size;
  return far(before, here) && !far(here, next) && !far(before, earlier);
}

type StretchKind = 'rest' | 'current' | 'hold' | 'replay';

function kindOf(
  { current_A, voltage_V }: CyclingRecord,
  { start, end, direction, duration_s, charge_C }: Stretch,
): StretchKind {
  if (direction === 0) return 'rest';
  const mean_A = charge_C / duration_s;
  let worst = 0;
  let [low_V, high_V] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = start; row < end; row++) {
    worst = Math.max(worst, Math.abs(current_A[row]! - mean_A));
    low_V = Math.min(low_V, voltage_V[row]!);
    high_V = Math.max(high_V, voltage_V[row]!);
  }
  if (worst <= CONSTANT_SHARE * Math.abs(mean_A)) return 'current';
  const isLevel = high_V - low_V <= Math.min(HELD_V, HELD_SHARE * Math.abs(voltage_V[end - 1]!));
  const hasFallen = Math.abs(current_A[end - 1]!) < FALLEN_SHARE * Math.abs(current_A[start]!);
  return isLevel && hasFallen ? 'hold' : 'replay';
}

/** How far the voltage goes in the direction of the current in the last tenth of a stretch, and how far it moves in the four before. */
function endOf(
  { time_s, voltage_V }: CyclingRecord,
  { start, end, direction }: Stretch,
): readonly [last_V: number, before_V: number] {
  if (end - start < ROWS_TO_JUDGE) return [0, 0];
  const [from_s, to_s] = [time_s[start]!, time_s[end - 1]!];
  const at = (share: number): number => {
    let row = start;
    while (row < end - 1 && time_s[row]! < from_s + share * (to_s - from_s)) row++;
    return voltage_V[row]!;
  };
  const [half_V, late_V] = [at(0.5), at(0.9)];
  return [direction * (voltage_V[end - 1]! - late_V), Math.abs(late_V - half_V)];
}

/**
 * The voltage at which steps of one direction end: the outermost of all ends, where something says that it was meant. Either the voltage
 * runs away there, or it is held there next, or it is met again after another time, or beside a cathode it is a round number. Null
 * where nothing does: a step that ended by time ends by time again.
 */
function cutoffOf(
  record: CyclingRecord,
  stretches: readonly Stretch[],
  direction: 1 | -1,
  cell: AnalysedCellKind,
): number | null {
  const ends = stretches.flatMap((one, k) =>
    one.direction === direction && kindOf(record, one) === 'current'
      ? [{ one, next: stretches[k + 1], end_V: record.voltage_V[one.end - 1]! }]
      : [],
  );
  if (ends.length === 0) return null;
  const outermost_V = direction * Math.max(...ends.map(({ end_V }) => direction * end_V));
  const met = ends.filter(({ end_V }) => Math.abs(end_V - outermost_V) <= CUTOFF_V);
  const shapes = met.map(({ one }) => endOf(record, one));
  const most = (count: number): boolean => 2 * count >= met.length;
  const isSteep = ([last_V, before_V]: readonly [number, number]): boolean =>
    last_V > STEEP_V && last_V > STEEP * before_V;
  const isHeld = ({ next, end_V }: (typeof met)[number]): boolean =>
    next !== undefined &&
    kindOf(record, next) === 'hold' &&
    Math.abs(record.voltage_V[next.end - 1]! - end_V) <= CUTOFF_V;
  const times = met.map(({ one }) => one.duration_s);
  const differ = Math.max(...times) - Math.min(...times) > OTHER_TIME_SHARE * Math.max(...times);
  const sorted = met.map(({ end_V }) => end_V).sort((a, b) => a - b);
  const middle_V = sorted[sorted.length >> 1]!;
  // A plateau ends at one voltage whenever it ends: only one that still moves was stopped there.
  const moves = most(shapes.filter(([last_V]) => last_V > MOVING_V).length);
  const again = met.length >= 2 && differ && moves && isOutermost(record, outermost_V, direction);
  const round_V = Math.round(middle_V / ROUND_V) * ROUND_V;
  const isRounded = round_V !== 0 && Math.abs(middle_V - round_V) <= ROUNDED_V;
  const isRound = cell.endsWith('cathode') && moves && isRounded;
  const isMeant = most(shapes.filter(isSteep).length) || most(met.filter(isHeld).length) || again || isRound;
  // Nobody sets 4.2997 V.
  return isMeant ? (isRounded ? Number(round_V.toFixed(2)) : middle_V) : null;
}

/**
 * Spacing of simulated rows: that of the measured ones where it can be, so that rows fall on rows and nothing is interpolated where a
 * voltage bends.
 */
function periodOf({ time_s }: CyclingRecord, { start, end, duration_s }: Stretch, total_s: number): number {
  const count = Math.max(0, end - start - 1);
  const widths = Float64Array.from({ length: count }, (_, k) => time_s[start + k + 1]! - time_s[start + k]!);
  const usual_s = widths.sort()[count >> 1] ?? Number.POSITIVE_INFINITY;
  const least_s = Math.max(duration_s / ROWS_PER_STEP_MAX, total_s / ROWS_PER_RUN);
  return Math.max(Math.min(usual_s, duration_s / ROWS_PER_STEP_MIN), least_s);
}

/** The current at which holds end, where several do after different times; null where they end by time. */
function holdEndOf(record: CyclingRecord, stretches: readonly Stretch[]): number | null {
  const holds = stretches.filter((one) => kindOf(record, one) === 'hold');
  const ends = holds.map(({ end }) => Math.abs(record.current_A[end - 1]!)).sort((a, b) => a - b);
  const times = holds.map(({ duration_s }) => duration_s);
  if (ends.length < 2 || !(ends.at(-1)! - ends[0]! <= END_CURRENT_SHARE * ends.at(-1)!)) return null;
  const differ = Math.max(...times) - Math.min(...times) > 0.001 * Math.max(...times);
  return differ ? ends[ends.length >> 1]! : null;
}

/** No row goes beyond the voltage by more than a cycler overshoots. */
function isOutermost({ voltage_V }: CyclingRecord, limit_V: number, direction: 1 | -1): boolean {
  return voltage_V.every((value) => direction * (value - limit_V) <= 2 * CUTOFF_V);
}

/**
 * The protocol of a record. A step that ended at a voltage ends there in the simulation too, whenever that is; all others take
 * the time that they took. Total currents are kept, so the simulated cell should have the area of the measured one.
 *
 * @throws InputError for a record without rows or without a known current.
 */
export function protocolOfRecord(record: CyclingRecord, options: ProtocolOfRecordOptions): RecordProtocol {
  requireCurrent(record);
  const stretches = stretchesOf(record);
  const total_s = record.time_s.at(-1)! - record.time_s[0]!;
  const below_V = options.cutoff_V_below ?? cutoffOf(record, stretches, -1, options.cell);
  const above_V = options.cutoff_V_above ?? cutoffOf(record, stretches, 1, options.cell);
  const holdEnd_A = holdEndOf(record, stretches);
  let replayed = 0;
  const stepOf = (stretch: Stretch): Step => {
    const { start, end, direction, duration_s, charge_C } = stretch;
    const period_s = periodOf(record, stretch, total_s);
    const last_V = end > start ? record.voltage_V[end - 1]! : 0;
    switch (kindOf(record, stretch)) {
      case 'rest':
        return { kind: 'step', drive: { kind: 'rest' }, duration_s, until: [], period_s };
      case 'hold':
        if (holdEnd_A !== null) {
          const until: readonly Until[] = [{ kind: 'current', current_A: holdEnd_A, side: 'below' }];
          return {
            kind: 'step',
            drive: { kind: 'voltage', voltage_V: last_V },
            duration_s: LONGER * duration_s,
            until,
            period_s,
          };
        }
        return { kind: 'step', drive: { kind: 'voltage', voltage_V: last_V }, duration_s, until: [], period_s };
      case 'replay':
        replayed++;
        return replayStep(record, stretch, period_s);
      case 'current': {
        const cutoff_V = direction > 0 ? above_V : below_V;
        const isMet = cutoff_V !== null && direction * (last_V - cutoff_V) >= -CUTOFF_V;
        const until: readonly Until[] = isMet
          ? [{ kind: 'voltage', voltage_V: cutoff_V, side: direction > 0 ? 'above' : 'below' }]
          : [];
        const drive = { kind: 'current', current_A: charge_C / duration_s } as const;
        return { kind: 'step', drive, duration_s: isMet ? LONGER * duration_s : duration_s, until, period_s };
      }
    }
  };
  const first = stretches.find(({ direction }) => direction !== 0)?.direction ?? -1;
  const cycles = inCycles(stretches, firstDirection(options.cell, first)).map((members) => members.map(stepOf));
  const remarks: string[] = [];
  if (replayed > 0) {
    remarks.push(
      `${replayed} step${replayed === 1 ? '' : 's'} of neither constant current nor constant voltage ${replayed === 1 ? 'is' : 'are'} replayed as measured.`,
    );
  }
  for (const [cutoff_V, given, word] of [
    [below_V, options.cutoff_V_below, 'reducing'],
    [above_V, options.cutoff_V_above, 'oxidising'],
  ] as const) {
    if (cutoff_V !== null && given === undefined) {
      remarks.push(
        `Steps with ${word} current are taken to have ended at ${Number(cutoff_V.toPrecision(4))} V, as the record shows.`,
      );
    }
  }
  return {
    protocol: { items: folded(cycles) },
    cutoff_V_below: below_V,
    cutoff_V_above: above_V,
    steps: stretches.length,
    remarks,
  };
}

/**
 * The measured current as one drive, row by row: whatever was done, the simulated cell meets the same current at the same time. It
 * cannot tell an efficiency, because nothing ends at a voltage.
 *
 * @throws InputError for a record without rows or without a known current.
 */
export function replayOfRecord(record: CyclingRecord): Protocol {
  requireCurrent(record);
  const total_s = record.time_s.at(-1)! - record.time_s[0]!;
  const items = stretchesOf(record).map((stretch): Step => {
    const { duration_s, charge_C } = stretch;
    const period_s = periodOf(record, stretch, total_s);
    if (kindOf(record, stretch) === 'rest')
      return { kind: 'step', drive: { kind: 'rest' }, duration_s, until: [], period_s };
    if (kindOf(record, stretch) === 'current') {
      const drive = { kind: 'current', current_A: charge_C / duration_s } as const;
      return { kind: 'step', drive, duration_s, until: [], period_s };
    }
    return replayStep(record, stretch, period_s);
  });
  return { items };
}

function requireCurrent({ time_s, current_A }: CyclingRecord): void {
  const known = current_A.some((value) => value !== 0) && current_A.every((value) => !Number.isNaN(value));
  if (time_s.length >= 2 && known) return;
  const found = time_s.length < 2 ? `${time_s.length} rows` : 'no current, or an unknown one';
  throw new InputError([{ where: 'record', found, wanted: 'rows of a cell with a known current through it' }]);
}

/** The current of these rows over time, thinned, in the time that the stretch takes. */
function replayStep({ time_s, current_A }: CyclingRecord, { start, end, duration_s }: Stretch, period_s: number): Step {
  const until_s = time_s[end - 1]!;
  const stride = Math.max(1, Math.ceil((end - start) / REPLAY_POINTS));
  const points = new Map<number, number>([[0, current_A[start]!]]);
  for (let row = start; row < end; row++) {
    if ((row - start) % stride === 0 || row === end - 1) {
      const at_s = time_s[row]! - until_s + duration_s;
      if (at_s > 0) points.set(at_s, current_A[row]!);
    }
  }
  const drive = { kind: 'profile', of: 'current', time_s: [...points.keys()], value_SI: [...points.values()] } as const;
  return { kind: 'step', drive, duration_s, until: [], period_s };
}

/** A new cycle begins with the first half after the other; what stands before the first current belongs to the first cycle. */
function inCycles(stretches: readonly Stretch[], begins: 1 | -1): Stretch[][] {
  const cycles: Stretch[][] = [[]];
  let before: -1 | 0 | 1 = 0;
  for (const stretch of stretches) {
    if (stretch.direction === begins && before === -begins) cycles.push([]);
    if (stretch.direction !== 0) before = stretch.direction;
    cycles.at(-1)!.push(stretch);
  }
  return cycles.filter((members) => members.length > 0);
}

/** Equal cycles one after the other become one repeat, with the means of their currents and times. */
function folded(cycles: readonly (readonly Step[])[]): ProtocolItem[] {
  const items: ProtocolItem[] = [];
  for (let at = 0; at < cycles.length; ) {
    let end = at + 1;
    while (end < cycles.length && isSameCycle(cycles[at]!, cycles[end]!)) end++;
    const group = { kind: 'cycle', items: meanCycle(cycles.slice(at, end)) } as const;
    items.push(end - at === 1 ? group : { kind: 'repeat', times: end - at, items: [group] });
    at = end;
  }
  return items;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_SHARE * Math.max(Math.abs(a), Math.abs(b));

function isSameCycle(a: readonly Step[], b: readonly Step[]): boolean {
  return a.length === b.length && a.every((step, k) => isSameStep(step, b[k]!));
}

function isSameStep(a: Step, b: Step): boolean {
  const [drive, other] = [a.drive, b.drive];
  const endsAlike = a.until.length === b.until.length;
  // What ends at a voltage takes the time that it takes.
  if (!endsAlike || (a.until.length === 0 && !near(a.duration_s!, b.duration_s!))) return false;
  if (drive.kind === 'rest') return other.kind === 'rest';
  if (drive.kind === 'current') return other.kind === 'current' && near(drive.current_A, other.current_A);
  return drive.kind === 'voltage' && other.kind === 'voltage' && Math.abs(drive.voltage_V - other.voltage_V) <= HELD_V;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function meanCycle(cycles: readonly (readonly Step[])[]): readonly Step[] {
  return cycles[0]!.map((step, k): Step => {
    const same = cycles.map((cycle) => cycle[k]!);
    const isCutOff = step.until.length > 0;
    const times = same.map(({ duration_s }) => duration_s!);
    const duration_s = isCutOff ? Math.max(...times) : mean(times);
    const currents = same.flatMap(({ drive }) => (drive.kind === 'current' ? [drive.current_A] : []));
    const drive = step.drive.kind === 'current' ? { ...step.drive, current_A: mean(currents) } : step.drive;
    return { ...step, drive, duration_s, period_s: step.period_s! };
  });
}

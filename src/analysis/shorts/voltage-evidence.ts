// What the voltage of a cycled cell says about a short, from one half-cycle to the next and from one row to the next.

import type { CyclingRecord } from '../../records/index.ts';
import { F, R, ROOM_TEMPERATURE_K } from '../../units/index.ts';
import type { ShortEvidence, ShortPlace } from './contract.ts';
import { DEVIATION_PER_MAD, FALL_HISTORY_MIN, FALL_WINDOW, type Fall, findFalls, median } from './falls.ts';
import { medianVoltage_V, rowsBetween, type Segment } from './segments.ts';
import { judge, REST_VOLTAGE_MIN } from './spectra-evidence.ts';

/** Part of a half-cycle, by time, whose median voltage stands for it, and part that is judged row by row: its start relaxes anyway. */
const PLATEAU: readonly [number, number] = [0.5, 0.9];
const INNER: readonly [number, number] = [0.1, 0.95];
/** Currents that differ by less count as one. */
const SAME_CURRENT = 0.05;
/** Range of currents from which a dependence on current is learned. */
const CURRENT_RANGE_MIN = 1.5;
/** Rows on either side of a drop whose medians are compared, and the share of the drop that must fall between two rows. */
const DROP_ROWS = 5;
const DROP_AT_ONCE = 0.5;
/** Standard deviations of the noise between rows that a drop or a jump must exceed, and share of the voltage for a jump. */
const NOISE_DEVIATIONS = 8;
const JUMP_SHARE = 0.1;
/** A jump of a cell with a cathode, whose voltage says little about lithium. */
const JUMP_CATHODE_V = 5e-3;
/** Standard deviations of the steps right around a jump that it must exceed. */
const STEEP_DEVIATIONS = 3;
/** Jumps of one half-cycle that are a line of evidence. */
const JUMPS_MIN = 3;
/** Spread of |E| within a half-cycle, over its median: peaked from the first, flat below the second. */
const PEAKED = 0.15;
const FLAT = 0.03;
/** Rows of a half-cycle without which its shape is not judged. */
const SHAPE_ROWS_MIN = 10;
/** E counts as proportional to I within this share, over so many currents and such a range of them. */
const OHMIC_WITHIN = 0.05;
const OHMIC_CURRENTS_MIN = 3;
const OHMIC_RANGE_MIN = 2;
/** Below RT/F every interface is linear. */
const THERMAL_V = (R * ROOM_TEMPERATURE_K) / F;
/** A hard short holds for more rows than this. */
const HARD_ROWS_MIN = 3;
/** Without a healthy past to compare with, only a voltage below this is called a hard short. */
const HARD_WITHOUT_PAST_V = 1e-3;
/** Resistance of a hard short as a share of the healthy past's. */
const HARD_SHARE = 0.2;

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const number = (value: number): string => String(Number(value.toPrecision(3)));
const mV = (value_V: number): string => `${number(1e3 * value_V)} mV`;
const hours = (time_s: number): string => `${number(time_s / 3600)} h`;

const none = {
  counts: false,
  onset: null,
  healed: null,
  before: null,
  after: null,
  unit: null,
  deviations: null,
} as const;

interface HalfCycle extends Segment {
  /** From 0, rests not counted. */
  readonly index: number;
  readonly plateau_V: number;
}

/** Everything the lines below ask of a record. */
export interface VoltageView {
  readonly record: CyclingRecord;
  readonly segments: readonly Segment[];
  readonly halfCycles: readonly HalfCycle[];
}

export function voltageView(record: CyclingRecord, segments: readonly Segment[]): VoltageView {
  const halfCycles = segments
    .filter(({ sign }) => sign !== 0)
    .map((segment, index) => ({
      ...segment,
      index,
      plateau_V: medianVoltage_V(record, ...rowsBetween(record, segment, ...PLATEAU)),
    }));
  return { record, segments, halfCycles };
}

const placeAt = (time_s: number, halfCycle: HalfCycle | null): ShortPlace => ({
  time_s,
  spectrum: null,
  halfCycle: halfCycle?.index ?? null,
  cycle: halfCycle?.cycle ?? null,
});

const healedWords = (healed: ShortPlace | null): string =>
  healed === null ? '' : ` It was back at ${hours(healed.time_s!)}.`;

/**
 * Line a, from half-cycle to half-cycle. Plateaus of one direction are compared; one at another current is brought to this one by the
 * dependence that the past itself shows, or, where it shows none, by the least that any law allows: |E| never falls as |I| rises, and
 * falls no faster than |I|.
 */
export function plateauEvidence({ halfCycles }: VoltageView, fall: number): readonly ShortEvidence[] {
  const criterion = `plateau |E| (median over ${percent(PLATEAU[0])} to ${percent(PLATEAU[1])} of the half-cycle) over ${percent(fall)} below the median of the ${FALL_WINDOW} before in its direction, breaking with their trend, lasting`;
  const common = { line: 'a', quantity: 'plateau |E|', from: 'voltage', criterion } as const;
  const evidence = ([1, -1] as const).flatMap((sign) => {
    const mine = halfCycles.filter((half) => half.sign === sign);
    const values = mine.map(({ plateau_V }) => plateau_V);
    const currents = mine.map(({ current_A }) => current_A);
    const factors = (k: number, past: readonly number[]) => currentFactor(values, currents, k, past);
    return findFalls(values, { fall }, factors).map((one) => fallOf(one, mine));
  });
  if (evidence.length > 0) return evidence;
  const most = Math.max(0, ...[1, -1].map((sign) => halfCycles.filter((half) => half.sign === sign).length));
  if (most <= FALL_HISTORY_MIN) {
    const words = `${most} half-cycles of one direction: a fall is judged from ${FALL_HISTORY_MIN} before it on.`;
    return [{ ...common, ...none, state: 'not applicable', words }];
  }
  const words = `No plateau of ${halfCycles.length} half-cycles falls by ${percent(fall)} below those before it.`;
  return [{ ...common, ...none, state: 'absent', words }];

  function fallOf(one: Fall, mine: readonly HalfCycle[]): ShortEvidence {
    const half = mine[one.index]!;
    const { why, ...worth } = judge(one, false);
    const healed = one.healedAt === null ? null : placeAt(mine[one.healedAt]!.start_s, mine[one.healedAt]!);
    const words = `From half-cycle ${half.index} (${hours(half.start_s)}) on |E| is ${mV(one.after)} where ${mV(one.before)} was to be expected (−${percent(one.share)})${why}.${healedWords(healed)}`;
    const { before, after, deviations } = one;
    return {
      ...common,
      ...worth,
      before,
      after,
      deviations,
      unit: 'V',
      onset: placeAt(half.start_s, half),
      healed,
      words,
    };
  }
}

/** By what |E| of a past half-cycle is multiplied for the current of half-cycle k. */
function currentFactor(
  values: readonly number[],
  currents: readonly number[],
  k: number,
  past: readonly number[],
): (j: number) => number {
  const known = past.map((j) => currents[j]!);
  const range = Math.max(...known) / Math.min(...known);
  let power = 0;
  if (range >= CURRENT_RANGE_MIN) {
    const slopes = past.flatMap((a) =>
      past.flatMap((b) => {
        const apart = Math.log(currents[a]! / currents[b]!);
        return apart > SAME_CURRENT ? [Math.log(values[a]! / values[b]!) / apart] : [];
      }),
    );
    power = Math.min(1, Math.max(0, median(slopes)));
  }
  return (j) => {
    const ratio = currents[k]! / currents[j]!;
    if (Math.abs(Math.log(ratio)) <= SAME_CURRENT) return 1;
    return ratio > 1 ? ratio ** power : ratio;
  };
}

/** Line a, within a half-cycle: |E| drops between two rows and stays down. */
export function dropEvidence({ record, halfCycles }: VoltageView, fall: number): readonly ShortEvidence[] {
  const criterion = `|E| falls within a half-cycle by over ${percent(fall)} between ${DROP_ROWS} rows and the ${DROP_ROWS} after, most of it from one row to the next, and stays down to its end`;
  const common = { line: 'a', quantity: '|E| within a half-cycle', from: 'voltage', criterion } as const;
  const found: ShortEvidence[] = [];
  for (const half of halfCycles) {
    // Until what was found before is over, further drops belong to it.
    if (found.length > 0 && (found.at(-1)!.healed === null || half.start_s < found.at(-1)!.healed!.time_s!)) continue;
    const drop = dropWithin(record, half, fall);
    if (drop === null) continue;
    const back = halfCycles.find(
      (later) =>
        later.index > half.index &&
        later.sign === half.sign &&
        later.plateau_V >= (1 - fall / 2) * drop.before_V * Math.min(1, later.current_A / half.current_A),
    );
    const healed = back === undefined ? null : placeAt(back.start_s, back);
    const words = `At ${hours(drop.time_s)}, in half-cycle ${half.index}, |E| dropped from ${mV(drop.before_V)} to ${mV(drop.after_V)} between two rows and stayed there.${healedWords(healed)}`;
    found.push({
      ...common,
      counts: true,
      before: drop.before_V,
      after: drop.after_V,
      unit: 'V',
      deviations: drop.deviations,
      state: 'present',
      onset: placeAt(drop.time_s, half),
      healed,
      words,
    });
  }
  return found;
}

interface Drop {
  readonly time_s: number;
  readonly before_V: number;
  readonly after_V: number;
  /** In standard deviations of the noise; null where rows show none. */
  readonly deviations: number | null;
}

/** The first drop that lasts to the end of the half-cycle. */
function dropWithin({ time_s, voltage_V, ...record }: CyclingRecord, half: HalfCycle, fall: number): Drop | null {
  const [start, end] = rowsBetween({ time_s, ...record }, half, INNER[0], 1);
  if (end - start < 3 * DROP_ROWS) return null;
  const size = (row: number): number => Math.abs(voltage_V[row]!);
  const noise_V = noiseBetweenRows(voltage_V, start, end);
  for (let row = start + DROP_ROWS; row <= end - DROP_ROWS; row++) {
    const step = size(row - 1) - size(row);
    // Cheap tests first: most rows of a million end here.
    if (!(step > NOISE_DEVIATIONS * noise_V) || !(step > DROP_AT_ONCE * fall * size(row - 1))) continue;
    const before_V = medianVoltage_V({ voltage_V }, row - DROP_ROWS, row);
    const after_V = medianVoltage_V({ voltage_V }, row, row + DROP_ROWS);
    const depth = before_V - after_V;
    if (!(depth > fall * before_V) || !(step >= DROP_AT_ONCE * depth)) continue;
    if (medianVoltage_V({ voltage_V }, row, end) > (1 - fall / 2) * before_V) continue;
    const deviations = noise_V > 0 ? depth / noise_V : null;
    return { time_s: time_s[row]!, before_V, after_V, deviations };
  }
  return null;
}

/** Standard deviation of the change from row to row, from its median, so that jumps do not count. */
function noiseBetweenRows(voltage_V: Float64Array, start: number, end: number): number {
  const steps: number[] = [];
  for (let row = start + 1; row < end; row++)
    steps.push(Math.abs(Math.abs(voltage_V[row]!) - Math.abs(voltage_V[row - 1]!)));
  return DEVIATION_PER_MAD * median(steps);
}

/** Line c: the voltage at the end of rests after a current. */
export function restEvidence({ record, segments, halfCycles }: VoltageView, fall: number): readonly ShortEvidence[] {
  const criterion = `mean |E| over the second half of a rest after a current over ${percent(fall)} below the median of the ${FALL_WINDOW} rests before, breaking with their trend, lasting, from ${mV(REST_VOLTAGE_MIN)} or more`;
  const common = { line: 'c', quantity: 'voltage at rest', from: 'voltage', criterion } as const;
  const rests = segments.flatMap((segment, k) => {
    const polarised = k > 0 && segments[k - 1]!.sign !== 0;
    return segment.sign === 0 && polarised ? [segment] : [];
  });
  if (rests.length <= FALL_HISTORY_MIN) {
    const words = `${rests.length} rests after a current: a fall is judged from ${FALL_HISTORY_MIN} before it on.`;
    return [{ ...common, ...none, state: 'not applicable', words }];
  }
  // The end of a rest is its second half: its mean, and what the scatter of its rows leaves uncertain of that.
  const ends = rests.map((rest) => meanAndError(record.voltage_V.subarray(...rowsBetween(record, rest, 0.5, 1))));
  const values = ends.map(({ mean }) => Math.abs(mean));
  const falls = findFalls(values, { fall, errors: ends.map(({ error }) => error) }).filter(
    ({ before }) => before >= REST_VOLTAGE_MIN,
  );
  if (falls.length === 0) {
    const near = median(values) < REST_VOLTAGE_MIN;
    const words = near
      ? `The cell relaxes to near 0 (${mV(median(values))}) in its rests all along, so nothing can collapse.`
      : 'The voltage at rest does not collapse.';
    return [{ ...common, ...none, state: near ? 'not applicable' : 'absent', words }];
  }
  const halfAt = (segment: Segment): HalfCycle | null =>
    halfCycles.filter(({ end }) => end <= segment.start).at(-1) ?? null;
  return falls.map((one) => {
    const rest = rests[one.index]!;
    const { why, ...worth } = judge(one, false);
    const back = one.healedAt === null ? null : rests[one.healedAt]!;
    const healed = back === null ? null : placeAt(back.start_s, halfAt(back));
    const words = `At ${hours(rest.start_s)} the voltage at rest fell from ${mV(one.before)} to ${mV(one.after)}${why}.${healedWords(healed)}`;
    const { before, after, deviations } = one;
    return {
      ...common,
      ...worth,
      before,
      after,
      deviations,
      unit: 'V',
      onset: placeAt(rest.start_s, halfAt(rest)),
      healed,
      words,
    };
  });
}

function meanAndError(values: Float64Array): { readonly mean: number; readonly error: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  // From one row to the next, so that a drift of the rest does not count as scatter.
  let squares = 0;
  for (let k = 1; k < n; k++) squares += (values[k]! - values[k - 1]!) ** 2;
  return { mean, error: n > 1 ? Math.sqrt(squares / (2 * (n - 1)) / n) : 0 };
}

/** Line d: a trace that peaked turns rectangular, or was rectangular from the first. */
export function shapeEvidence(
  { record, halfCycles }: VoltageView,
  electrolyte: 'liquid' | 'solid' | null,
): readonly ShortEvidence[] {
  const criterion = `spread of |E| within a half-cycle (5th to 95th percentile over its median) from ${PEAKED} or more to a third of that or less`;
  const common = { line: 'd', quantity: 'spread of |E| within a half-cycle', from: 'voltage', criterion } as const;
  if (electrolyte === 'solid') {
    const words = 'In a solid electrolyte a rectangular voltage is that of a healthy cell.';
    return [{ ...common, ...none, state: 'not applicable', words }];
  }
  const shaped = halfCycles.filter(({ start, end }) => end - start >= SHAPE_ROWS_MIN);
  if (shaped.length <= FALL_HISTORY_MIN) {
    const words = `${shaped.length} half-cycles of ${SHAPE_ROWS_MIN} rows or more: too few to judge their shape.`;
    return [{ ...common, ...none, state: 'not applicable', words }];
  }
  const spread = shaped.map((half) => {
    const [start, end] = rowsBetween(record, half, 0.05, 0.95);
    const sorted = Array.from(record.voltage_V.subarray(start, end), Math.abs).sort((a, b) => a - b);
    const at = (p: number): number => sorted[Math.round(p * (sorted.length - 1))]!;
    return (at(0.95) - at(0.05)) / at(0.5);
  });
  const falls = findFalls(spread, { fall: 2 / 3 }).filter(({ before }) => before >= PEAKED);
  if (falls.length > 0) {
    return falls.map((one) => {
      const half = shaped[one.index]!;
      const { why, ...worth } = judge(one, false);
      const back = one.healedAt === null ? null : shaped[one.healedAt]!;
      const healed = back === null ? null : placeAt(back.start_s, back);
      const words = `From half-cycle ${half.index} (${hours(half.start_s)}) on the peaks are gone: the spread of |E| fell from ${percent(one.before)} to ${percent(one.after)}${why}.${healedWords(healed)}`;
      const { before, after, deviations } = one;
      return {
        ...common,
        ...worth,
        before,
        after,
        deviations,
        unit: '1',
        onset: placeAt(half.start_s, half),
        healed,
        words,
      };
    });
  }
  const middle = median(spread);
  if (middle > FLAT) {
    const words = `Half-cycles keep their shape: |E| spreads over ${percent(middle)} of its median.`;
    return [{ ...common, ...none, state: 'absent', words }];
  }
  const words = `The voltage is rectangular all along (|E| spreads over ${number(100 * middle)} %). ${electrolyte === null ? 'In a liquid electrolyte that' : 'That'} is often called the ideal rectangular voltage, but may be a soft short from the first half-cycle on (Menkin 2024, 10.1039/D3FD00101F): check by impedance.`;
  const first = shaped[0]!;
  return [
    {
      ...common,
      ...none,
      state: 'suggestive',
      counts: electrolyte === 'liquid',
      after: middle,
      unit: '1',
      onset: placeAt(first.start_s, first),
      words,
    },
  ];
}

/** Line e: from some current on |E| is proportional to |I|, where an interface would bend it. */
export function ohmicEvidence(
  { halfCycles }: VoltageView,
  electrolyte: 'liquid' | 'solid' | null,
): readonly ShortEvidence[] {
  const criterion = `|E| proportional to |I| within ${percent(OHMIC_WITHIN)} over ${OHMIC_CURRENTS_MIN} currents or more that span a factor of ${OHMIC_RANGE_MIN}, beyond RT/F = ${mV(THERMAL_V)}`;
  const common = { line: 'e', quantity: '|E|/|I| over steps of the current', from: 'voltage', criterion } as const;
  const no = (words: string): readonly ShortEvidence[] => [{ ...common, ...none, state: 'not applicable', words }];
  if (electrolyte === 'solid') return no('A healthy solid electrolyte is ohmic.');
  const levels: { readonly half: HalfCycle; readonly current_A: number; readonly values: number[] }[] = [];
  for (const half of halfCycles) {
    const level = levels.at(-1);
    if (level !== undefined && Math.abs(half.current_A / level.current_A - 1) <= SAME_CURRENT)
      level.values.push(half.plateau_V);
    else levels.push({ half, current_A: half.current_A, values: [half.plateau_V] });
  }
  if (levels.length < OHMIC_CURRENTS_MIN) return no(`${levels.length} steps of the current are too few.`);
  for (let from = 0; from <= levels.length - OHMIC_CURRENTS_MIN; from++) {
    const rest = levels.slice(from);
    const currents = rest.map(({ current_A }) => current_A);
    if (!(Math.max(...currents) / Math.min(...currents) >= OHMIC_RANGE_MIN)) break;
    const resistances = rest.map(({ current_A, values }) => median(values) / current_A);
    const level = median(resistances);
    const largest_V = Math.max(...rest.map(({ values }) => median(values)));
    if (!resistances.every((value) => Math.abs(value / level - 1) <= OHMIC_WITHIN)) continue;
    if (largest_V < THERMAL_V)
      return no(`|E| is proportional to |I|, but below RT/F every interface is linear (at most ${mV(largest_V)}).`);
    const { half } = rest[0]!;
    const state = from > 0 && electrolyte === 'liquid' ? 'present' : 'suggestive';
    const words = `From half-cycle ${half.index} (${hours(half.start_s)}) on |E| is proportional to |I| (${number(level)} ohm over ${rest.length} steps), as through a wire${electrolyte === null ? '; a healthy solid electrolyte does the same' : ''}.`;
    const before = from > 0 ? median(levels[from - 1]!.values) / levels[from - 1]!.current_A : null;
    const counts = electrolyte === 'liquid';
    return [
      {
        ...common,
        ...none,
        state,
        counts,
        before,
        after: level,
        unit: 'ohm',
        onset: placeAt(half.start_s, half),
        words,
      },
    ];
  }
  return [
    { ...common, ...none, state: 'absent', words: '|E| is not proportional to |I| over the steps of the current.' },
  ];
}

/** Line f: jumps from row to row, down and up. */
export function jumpEvidence({ record, halfCycles }: VoltageView, hasCathode: boolean): readonly ShortEvidence[] {
  const least = hasCathode ? mV(JUMP_CATHODE_V) : `${percent(JUMP_SHARE)} of |E|`;
  const criterion = `${JUMPS_MIN} jumps or more of a half-cycle, below the level before them and back, each above ${least} and ${NOISE_DEVIATIONS} standard deviations of the change from row to row`;
  const common = { line: 'f', quantity: 'jumps of E from row to row', from: 'voltage', criterion } as const;
  const { voltage_V } = record;
  const calm: number[] = [];
  const found: { half: HalfCycle; first_s: number; down: number; up: number; largest_V: number }[] = [];
  let judged = 0;
  for (const half of halfCycles) {
    const [start, end] = rowsBetween(record, half, ...INNER);
    if (end - start < SHAPE_ROWS_MIN) continue;
    judged++;
    const own_V = noiseBetweenRows(voltage_V, start, end);
    // Many jumps would pass for noise in their own half-cycle, not in those before it.
    const noise_V = calm.length === 0 ? own_V : Math.min(own_V, median(calm));
    const least_V = Math.max(
      NOISE_DEVIATIONS * noise_V,
      hasCathode ? JUMP_CATHODE_V : JUMP_SHARE * medianVoltage_V(record, start, end),
    );
    const jumps = jumpsDown(record, start, end, least_V);
    if (jumps.down + jumps.up >= JUMPS_MIN && jumps.up > 0) found.push({ half, ...jumps });
    else calm.push(own_V);
  }
  if (judged === 0) {
    return [
      { ...common, ...none, state: 'not applicable', words: `No half-cycle has ${SHAPE_ROWS_MIN} rows to judge.` },
    ];
  }
  const first = found[0];
  if (first === undefined) {
    return [{ ...common, ...none, state: 'absent', words: `No jumps in ${judged} half-cycles.` }];
  }
  const jumps = found.reduce((sum, { down, up }) => sum + down + up, 0);
  const last = found.at(-1)!.half;
  const next = halfCycles.find(({ index }) => index > last.index);
  const healed = next === undefined ? null : placeAt(next.start_s, next);
  const words = `From ${hours(first.first_s)} on the voltage jumps: ${jumps} jumps in ${found.length} half-cycles, the largest ${mV(Math.max(...found.map(({ largest_V }) => largest_V)))}.${healed === null ? '' : ` The last were in half-cycle ${last.index}.`}`;
  return [
    {
      ...common,
      ...none,
      state: 'present',
      counts: true,
      after: jumps,
      unit: '1',
      onset: placeAt(first.first_s, first.half),
      healed,
      words,
    },
  ];
}

interface Jumps {
  readonly first_s: number;
  readonly down: number;
  /** Back to the level before the jump down. */
  readonly up: number;
  readonly largest_V: number;
}

/** Jumps below the level of the rows before, and back. A spike upwards and its end are a disturbance, not a short. */
function jumpsDown({ time_s, voltage_V }: CyclingRecord, start: number, end: number, least_V: number): Jumps {
  let [down, up, largest_V, first_s] = [0, 0, 0, Number.NaN];
  let left_V = Number.POSITIVE_INFINITY;
  for (let row = start + 1; row < end; row++) {
    const value_V = Math.abs(voltage_V[row]!);
    const step_V = value_V - Math.abs(voltage_V[row - 1]!);
    if (step_V > least_V && value_V > left_V - 0.5 * least_V) {
      up++;
      left_V = Number.POSITIVE_INFINITY;
    }
    if (!(step_V < -least_V)) continue;
    const level_V = medianVoltage_V({ voltage_V }, Math.max(start, row - DROP_ROWS), row);
    if (!(level_V - value_V > least_V)) continue;
    // Where the voltage runs steeply, as at the end of a discharge, every step is long.
    const around_V = noiseBetweenRows(voltage_V, Math.max(start, row - DROP_ROWS), Math.min(end, row + DROP_ROWS));
    if (!(-step_V > STEEP_DEVIATIONS * around_V)) continue;
    down++;
    if (down === 1) first_s = time_s[row]!;
    left_V = level_V;
    largest_V = Math.max(largest_V, level_V - value_V);
  }
  return { first_s, down, up, largest_V };
}

/** Line h: no voltage at full current. */
export function hardEvidence({ record, halfCycles }: VoltageView, hardShort_V: number): readonly ShortEvidence[] {
  const criterion = `|E| below ${mV(hardShort_V)} at full current for more than ${HARD_ROWS_MIN} rows, and below ${percent(HARD_SHARE)} of what the current took before; without a past to compare with, below ${mV(HARD_WITHOUT_PAST_V)}`;
  const common = { line: 'h', quantity: '|E| at full current', from: 'voltage', criterion } as const;
  const { time_s } = record;
  const healthy: number[] = [];
  for (const half of halfCycles) {
    const past_ohm = healthy.length === 0 ? null : median(healthy.slice(-FALL_WINDOW));
    // The resistance that a half-cycle had before it broke down is a past as well.
    const own_ohm = medianVoltage_V(record, ...rowsBetween(record, half, 0.05, 0.3)) / half.current_A;
    const before_ohm = past_ohm ?? (own_ohm * half.current_A > hardShort_V ? own_ohm : null);
    const below_V =
      before_ohm === null ? HARD_WITHOUT_PAST_V : Math.min(hardShort_V, HARD_SHARE * before_ohm * half.current_A);
    const low = lastingRun(record, half, below_V);
    if (low === null) {
      if (half.plateau_V > 0) healthy.push(half.plateau_V / half.current_A);
      continue;
    }
    const back = halfCycles.find(
      (later) =>
        later.index > half.index && lastingRun(record, later, below_V) === null && later.plateau_V > hardShort_V,
    );
    const healed = back === undefined ? null : placeAt(back.start_s, back);
    const after = medianVoltage_V(record, low[0], low[1]);
    const before = before_ohm === null ? null : before_ohm * half.current_A;
    const rows = low[1] - low[0];
    const was =
      before === null
        ? 'from the first; a current too small to be felt looks the same'
        : `where ${mV(before)} was to be expected`;
    const words = `At ${hours(time_s[low[0]]!)} |E| is ${mV(after)} at ${number(half.current_A)} A over ${rows} rows, ${was}.${healedWords(healed)}`;
    const state = before === null ? 'suggestive' : 'present';
    const onset = placeAt(time_s[low[0]]!, half);
    return [{ ...common, counts: true, before, after, unit: 'V', deviations: null, state, onset, healed, words }];
  }
  const words = `|E| never stays below ${mV(hardShort_V)} at full current.`;
  return [{ ...common, ...none, state: halfCycles.length === 0 ? 'not applicable' : 'absent', words }];
}

/**
 * Rows of the first run of more than `HARD_ROWS_MIN` below a voltage. The start of a half-cycle, where the voltage passes 0 on its way, is
 * left out, but belongs to a run that goes on.
 */
function lastingRun(
  record: CyclingRecord,
  half: Segment,
  below_V: number,
): readonly [start: number, end: number] | null {
  const { voltage_V } = record;
  const [begin] = rowsBetween(record, half, INNER[0], 1);
  const isLow = (row: number): boolean => Math.abs(voltage_V[row]!) < below_V;
  let from = -1;
  for (let row = begin; row <= half.end; row++) {
    if (row < half.end && isLow(row)) {
      if (from < 0) from = row;
      continue;
    }
    if (from >= 0 && row - from > HARD_ROWS_MIN && !passesZero(voltage_V, from, row, half)) {
      while (from > half.start && isLow(from - 1)) from--;
      return [from, row];
    }
    from = -1;
  }
  return null;
}

/** Whether a run of small voltages lies between a voltage of one sign and one of the other. */
const passesZero = (voltage_V: Float64Array, from: number, to: number, { start, end }: Segment): boolean =>
  from > start && to < end && voltage_V[from - 1]! * voltage_V[to]! < 0;

// From named columns to what a reader hands back: one record of the rows that cycle, and the spectra among them.

import type { CyclingRecord, Provenance } from '../records/index.ts';
import { InputError } from '../units/index.ts';
import { meaningOf } from './column-meaning.ts';
import type {
  ColumnReading,
  FileMetadata,
  InstrumentFile,
  MeaningSource,
  MeasuredSpectrum,
  ReaderNeed,
  ReaderOptions,
  RemarkList,
} from './contract.ts';
import { signByCounters } from './sign-by-counters.ts';
import { startOf } from './start-time.ts';
import { numericClock, runningTime, startsAnew } from './test-time.ts';

/** A column before its meaning is known; `to` is set where the format fixes it. */
export interface RawColumn {
  readonly heading: string;
  readonly values: Float64Array;
  readonly to?: string;
  readonly factor?: number;
  readonly offset?: number;
  /** How `to` was found, where it is set. */
  readonly from?: MeaningSource;
  /** Values are seconds already (a duration) or seconds since 1970 (a clock time). */
  readonly kind?: 'duration' | 'clock';
  readonly words?: readonly string[];
}

export interface RawTable {
  readonly format: string;
  readonly columns: readonly RawColumn[];
  readonly rows: number;
  /** Place of a row for remarks, such as `line 12`. */
  readonly place: (row: number) => string;
  readonly metadata: readonly FileMetadata[];
  readonly needs?: readonly ReaderNeed[];
  /** Start of the test time, where the format knows it better than metadata and clock columns do; see `InstrumentFile`. */
  readonly start_unix_s?: number;
  /** Why the sign of the current is believed; without a reason it is asked for. */
  readonly signWhy?: string;
  /** The format itself turned the current over. */
  readonly signTurned?: boolean;
  /** Nothing but custom signs the current, so that counters of charge and discharge may contradict it. */
  readonly signByCounters?: true;
  /** No current flows in this technique, so a missing column of it is zero. */
  readonly isRest?: boolean;
  /** Unit of a time column without one, s. */
  readonly timeUnit_s?: number;
}

interface Assigned {
  readonly reading: ColumnReading;
  readonly values: Float64Array;
  readonly unitSaid: boolean;
}

/** Readings of the columns: an override first, then the format, then the heading. */
function assign(table: RawTable, options: ReaderOptions): Map<string, Assigned> {
  const wanted = options.overrides?.columns ?? {};
  const headings = table.columns.map(({ heading }) => heading);
  const missing = Object.keys(wanted).filter((heading) => !headings.includes(heading));
  if (missing.length > 0) {
    throw new InputError(
      missing.map((heading) => ({
        where: 'overrides.columns',
        found: `'${heading}'`,
        wanted: `a heading of the file: ${headings.slice(0, 30).join(', ')}`,
      })),
    );
  }
  // A T beside a time is no second time.
  const hasTime = headings.some((heading) => heading.trim() !== 'T' && meaningOf(heading)?.to === 'time_s');
  const candidates = table.columns.map((column) => {
    const { heading, kind } = column;
    const override = Object.hasOwn(wanted, heading) ? wanted[heading] : undefined;
    if (override !== undefined) {
      return {
        column,
        to: override.to,
        factor: override.factor ?? 1,
        offset: override.offset ?? 0,
        rank: -2,
        from: 'an override' as const,
        unitSaid: true,
      };
    }
    if (column.to !== undefined) {
      return {
        column,
        to: column.to,
        factor: column.factor ?? 1,
        offset: column.offset ?? 0,
        rank: -1,
        from: column.from ?? ('the format' as const),
        unitSaid: true,
      };
    }
    const named = hasTime && heading.trim() === 'T' ? 'Temperature' : heading;
    const meaning = column.words === undefined ? meaningOf(named) : null;
    if (meaning === null)
      return { column, to: heading, factor: 1, offset: 0, rank: 0, from: 'unknown' as const, unitSaid: true };
    // A clock under "time" is the time of day, whatever its heading says of seconds.
    if (kind === 'clock')
      return { column, ...meaning, to: 'unix_time_s', factor: 1, from: 'its heading' as const, unitSaid: true };
    // Hours and minutes without a date under such a heading are the time of day.
    if (kind === 'duration') {
      const to = meaning.to === 'unix_time_s' ? 'time_of_day_s' : meaning.to;
      return { column, ...meaning, to, factor: 1, from: 'its heading' as const, unitSaid: true };
    }
    return { column, ...meaning, from: 'its heading' as const };
  });
  const chosen = new Map<string, Assigned>();
  const ordered = candidates
    .map((candidate, index) => ({ ...candidate, index }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  for (const { column, to, factor, offset, from, unitSaid } of ordered) {
    const place = chosen.has(to) ? column.heading : to;
    if (chosen.has(place)) continue;
    const taken = place === to;
    chosen.set(place, {
      reading: {
        heading: column.heading,
        to: place,
        factor: taken ? factor : 1,
        offset: taken ? offset : 0,
        from: taken ? from : 'unknown',
        ...(column.words === undefined ? {} : { words: column.words }),
      },
      values: column.values,
      unitSaid,
    });
  }
  return chosen;
}

/** Scales in place: the columns are the reader's own. */
function scale(values: Float64Array, factor: number, offset: number): Float64Array {
  if (factor === 1 && offset === 0) return values;
  for (let k = 0; k < values.length; k++) values[k] = values[k]! * factor + offset;
  return values;
}

/** Units a bare time column may be in, s. */
const TIME_UNITS = [
  [1, 's'],
  [60, 'min'],
  [3600, 'h'],
] as const;

/** Where the time column does not say its unit, the clock beside it does. */
function timeUnitByClock(time: Float64Array, clock: Float64Array): readonly [number, string] | null {
  let last = time.length - 1;
  while (last > 0 && !(Number.isFinite(time[last]!) && Number.isFinite(clock[last]!))) last--;
  const passed = time[last]! - time[0]!;
  const elapsed_s = clock[last]! - clock[0]!;
  if (!(passed > 0 && elapsed_s > 0)) return null;
  return TIME_UNITS.find(([unit]) => Math.abs(Math.log((passed * unit) / elapsed_s)) < 0.2) ?? null;
}

const DAY_s = 86400;
/** A time that begins within this of zero is that of a test, not of a day, s. */
const TEST_BEGINS_s = 60;
const TIME_OF_DAY = /^(?:time|time of day|clock|zeit|uhrzeit|heure|时间|時刻)$/i;

/** Columns in which the date and the time of day, where they stand apart, are one clock. */
function withDateAndTime(columns: readonly RawColumn[]): readonly RawColumn[] {
  const date = columns.find(
    ({ kind, values }) => kind === 'clock' && values.every((value) => Number.isNaN(value) || value % DAY_s === 0),
  );
  const time = columns.find(
    ({ heading, kind, values }) =>
      kind === 'duration' &&
      TIME_OF_DAY.test(heading.trim()) &&
      values.every((value) => Number.isNaN(value) || (value >= 0 && value < DAY_s)),
  );
  if (date === undefined || time === undefined || !(time.values.find(Number.isFinite)! > TEST_BEGINS_s)) return columns;
  return columns.map((column): RawColumn => {
    if (column === date)
      return { ...column, values: date.values.map((value, row) => value + time.values[row]!), to: 'unix_time_s' };
    return column === time ? { ...column, to: 'time_of_day_s' } : column;
  });
}

export function assemble(given: RawTable, remarks: RemarkList, options: ReaderOptions): InstrumentFile {
  const table: RawTable = { ...given, columns: withDateAndTime(given.columns) };
  const assigned = assign(table, options);
  const { rows } = table;
  const readings = new Map<string, ColumnReading>([...assigned].map(([to, { reading }]) => [to, reading]));
  const columns = new Map<string, Float64Array>();
  // The time of the test comes first: the one within a step counts as it does.
  const timeFirst = [...assigned].sort(([a], [b]) => Number(b === 'time_s') - Number(a === 'time_s'));
  for (const [to, { reading, values, unitSaid }] of timeFirst) {
    let { factor } = reading;
    if (to === 'time_s' && !unitSaid) {
      const clock = assigned.get('unix_time_s')?.values;
      const found = rows > 1 && clock !== undefined ? timeUnitByClock(values, clock) : null;
      factor = found?.[0] ?? table.timeUnit_s ?? 1;
      if (found !== null && found[0] !== 1)
        remarks.add('', `${reading.heading} gives no unit; by the clock beside it, it counts ${found[1]}`);
      readings.set(to, { ...reading, factor, from: found === null ? 'its heading' : 'its values' });
    }
    if (to === 'step_time_s' && !unitSaid) {
      factor = readings.get('time_s')?.factor ?? factor;
      readings.set(to, { ...reading, factor });
    }
    let { offset } = reading;
    if (to === 'unix_time_s' && !unitSaid) {
      ({ factor, offset } = numericClock(values));
      readings.set(to, { ...reading, factor, offset, from: factor === 1 ? reading.from : 'its values' });
    }
    columns.set(to, scale(values, factor, offset));
  }
  countTimeThrough(columns, readings, remarks);
  countSteps(columns, readings, remarks);
  if (!columns.has('time_s') && columns.has('unix_time_s') && rows > 0) {
    const clock = columns.get('unix_time_s')!;
    columns.set(
      'time_s',
      clock.map((value) => value - clock[0]!),
    );
    remarks.add('', 'the file gives the time of day only; the test time is counted from its first row');
  }
  const needs: ReaderNeed[] = [...(table.needs ?? [])];
  currentFromDensity(columns, needs, options);
  impedanceFromAreal(columns, needs, options);
  const turned = options.overrides?.sign === -1;
  const current = columns.get('current_A');
  const counters =
    table.signByCounters === true && options.overrides?.sign === undefined && current !== undefined
      ? signByCounters(current, columns.get('charging_capacity_C'), columns.get('discharging_capacity_C'))
      : null;
  const contradicted = counters === 'contradicts';
  if ((turned || contradicted) && current !== undefined) scale(current, -1, 0);
  const signWhy = contradicted
    ? 'turned over: the counter of discharge grows with the positive currents of the file, that of charge with the negative ones'
    : (table.signWhy ??
      (counters === 'agrees'
        ? 'the counters of charge and discharge grow with the currents of their sign'
        : undefined));
  dropImpossibleTemperatures(columns, readings, remarks);

  fillImpedance(columns, readings, remarks);
  const frequency = columns.get('frequency_Hz');
  const hasSpectra = frequency !== undefined && columns.has('real_ohm') && columns.has('imaginary_ohm');
  const spectra = hasSpectra ? spectraOf(columns, remarks, { table, options }) : [];
  const record = recordOf(table, columns, hasSpectra ? frequency : undefined, remarks, options, needs);
  const hasRecord = record !== null && record.time_s.length > 0;
  if (rows === 0) remarks.add('', 'the file holds no rows');
  else if (!hasRecord && spectra.length === 0) {
    needs.push({
      what: 'columns',
      why: isSummary(columns.get('cycle'))
        ? 'the table has one row for each cycle and no voltage: it is a summary, and the file of the rows that were measured is needed'
        : 'neither time, voltage and current nor frequency and impedance were found; say which column is which',
    });
  }
  if (options.overrides?.area_m2 === undefined)
    needs.push({ what: 'area', why: 'no file is believed on the area of its electrode' });
  if (hasRecord && signWhy === undefined && options.overrides?.sign === undefined) {
    needs.push({
      what: 'sign',
      why: 'the format does not say whether a positive current oxidises the working electrode; it was taken so',
    });
  }
  if (hasRecord)
    needs.push({
      what: 'cell type',
      why: 'which charge over which is the efficiency depends on what the working electrode is',
    });
  return {
    kind: hasRecord ? (spectra.length > 0 ? 'both' : 'cycling') : spectra.length > 0 ? 'impedance' : 'empty',
    format: table.format,
    rows,
    records: hasRecord ? [record] : [],
    spectra,
    sign: {
      convention: 'positive oxidises the working electrode',
      turned: (turned || contradicted) !== (table.signTurned ?? false),
      why: turned ? 'turned over as asked' : (signWhy ?? 'assumed: nothing in the file says otherwise'),
    },
    columns: [...readings.values()],
    start_unix_s: table.start_unix_s ?? startOf(table.metadata, columns.get('time_s'), columns.get('unix_time_s')),
    metadata: table.metadata,
    remarks: remarks.finish(),
    needs,
  };
}

/** Whether every row counts one cycle further, as in the summaries that programs write beside the rows of a test. */
function isSummary(cycle: Float64Array | undefined): boolean {
  return cycle !== undefined && cycle.length > 2 && cycle.every((value, k) => k === 0 || value === cycle[k - 1]! + 1);
}

/** Steps of a file that numbers none, where the time within a step starts anew. */
function countSteps(
  columns: Map<string, Float64Array>,
  readings: ReadonlyMap<string, ColumnReading>,
  remarks: RemarkList,
): void {
  const inStep_s = columns.get('step_time_s');
  const heading = readings.get('step_time_s')?.heading;
  if (columns.has('step') || inStep_s === undefined || heading === undefined) return;
  const step = new Float64Array(inStep_s.length);
  let count = 1;
  let last = Number.NaN;
  for (let row = 0; row < step.length; row++) {
    const value = inStep_s[row]!;
    if (value < last) count++;
    if (Number.isFinite(value)) last = value;
    step[row] = count;
  }
  columns.set('step', step);
  if (count > 1)
    remarks.add('', `the file numbers no steps; ${count} were counted, one each time ${heading} starts anew`);
}

/** No cell was ever at such temperatures: a thermometer that is not connected shows them, K. */
const TEMPERATURE_K = [73, 1300] as const;

/** What a thermometer shows that is not there is no temperature of the cell. */
function dropImpossibleTemperatures(
  columns: ReadonlyMap<string, Float64Array>,
  readings: ReadonlyMap<string, ColumnReading>,
  remarks: RemarkList,
): void {
  const temperature = columns.get('temperature_K');
  if (temperature === undefined) return;
  let dropped = 0;
  for (let row = 0; row < temperature.length; row++) {
    const value = temperature[row]!;
    if (!(value < TEMPERATURE_K[0] || value > TEMPERATURE_K[1])) continue;
    temperature[row] = Number.NaN;
    dropped++;
  }
  if (dropped === 0) return;
  remarks.add(
    '',
    `${readings.get('temperature_K')!.heading} holds ${dropped} values that no cell has, as of a thermometer that is not connected; they were left out`,
  );
}

/** Test time from one that starts anew with every step, where there is no other. */
function countTimeThrough(
  columns: Map<string, Float64Array>,
  readings: ReadonlyMap<string, ColumnReading>,
  remarks: RemarkList,
): void {
  const time = columns.get('time_s');
  const from = time === undefined ? 'step_time_s' : 'time_s';
  const counted = columns.get(from);
  if (counted === undefined || (time !== undefined && !startsAnew(time))) return;
  const clock = columns.get('unix_time_s');
  // A clock finer than seconds counts a test better than the times of its steps do.
  if (time === undefined && clock?.some((value) => !Number.isInteger(value) && Number.isFinite(value))) return;
  const { time_s, restarts, pauses } = runningTime(counted, clock);
  columns.set('time_s', time_s);
  if (time !== undefined) columns.set('step_time_s', time);
  const heading = readings.get(from)?.heading ?? 'the time';
  const added = pauses > 0 ? `, with ${pauses} pauses between steps from the clock beside it` : '';
  remarks.add(
    '',
    restarts === 0
      ? `there is no test time but ${heading}, which never starts anew`
      : `${heading} starts anew ${restarts} times; the test time is counted through${added}`,
  );
}

/** A density of current is one only with an area, which no file is believed on. */
function currentFromDensity(columns: Map<string, Float64Array>, needs: ReaderNeed[], options: ReaderOptions): void {
  const density = columns.get('current_density_A_per_m2');
  const area_m2 = options.overrides?.area_m2;
  if (density === undefined || columns.has('current_A')) return;
  if (area_m2 === undefined)
    needs.push({ what: 'current', why: 'the file gives a current per area; with the area it becomes a current' });
  else
    columns.set(
      'current_A',
      density.map((value) => value * area_m2),
    );
}

/** An impedance times area is one only with an area, which no file is believed on. */
function impedanceFromAreal(columns: Map<string, Float64Array>, needs: ReaderNeed[], options: ReaderOptions): void {
  const area_m2 = options.overrides?.area_m2;
  for (const [areal, plain] of [
    ['real_ohm_m2', 'real_ohm'],
    ['imaginary_ohm_m2', 'imaginary_ohm'],
  ] as const) {
    const values = columns.get(areal);
    if (values === undefined || columns.has(plain)) continue;
    if (area_m2 !== undefined)
      columns.set(
        plain,
        values.map((value) => value / area_m2),
      );
    else if (areal === 'real_ohm_m2')
      needs.push({
        what: 'columns',
        why: 'the file gives an impedance times area; with the area it becomes an impedance',
      });
  }
}

/** Share of the points whose phase must contradict their imaginary part. */
const CONTRADICTION_SHARE = 0.9;
const CONTRADICTIONS_MIN = 5;

/** Some programs write −Z″ under Z″: the phase beside it, of a capacity and so negative, tells. A phase that is the odd one is left alone. */
function turnByPhase(columns: Map<string, Float64Array>, phase: Float64Array, remarks: RemarkList): void {
  const imaginary = columns.get('imaginary_ohm');
  if (imaginary === undefined) return;
  const told = imaginary.filter(
    (value, k) => value !== 0 && phase[k] !== 0 && Number.isFinite(value * phase[k]!),
  ).length;
  const against = imaginary.filter((value, k) => value > 0 && phase[k]! < 0).length;
  if (against < CONTRADICTIONS_MIN || against < CONTRADICTION_SHARE * told) return;
  columns.set('imaginary_ohm', scale(imaginary, -1, 0));
  remarks.add(
    '',
    'imaginary parts are positive where the phase beside them is negative: they are −Z″ and were turned over',
  );
}

/** Real and imaginary part from modulus and phase where the file has only those. */
function fillImpedance(
  columns: Map<string, Float64Array>,
  readings: Map<string, ColumnReading>,
  remarks: RemarkList,
): void {
  const modulus = columns.get('modulus_ohm');
  const phase = columns.get('phase_rad');
  if (phase === undefined) return;
  turnByPhase(columns, phase, remarks);
  if (columns.has('real_ohm') || modulus === undefined) return;
  columns.set(
    'real_ohm',
    modulus.map((value, k) => value * Math.cos(phase[k]!)),
  );
  columns.set(
    'imaginary_ohm',
    modulus.map((value, k) => value * Math.sin(phase[k]!)),
  );
  if (readings.has('modulus_ohm')) remarks.add('', 'real and imaginary part were computed from modulus and phase');
}

/** A step against the direction of the sweep by more than this factor begins another sweep. */
const SWEEP_TURN = 1.5;
const SPECTRA_MAX = 100_000;

function spectraOf(
  columns: ReadonlyMap<string, Float64Array>,
  remarks: RemarkList,
  { table, options }: { readonly table: RawTable; readonly options: ReaderOptions },
): MeasuredSpectrum[] {
  const frequency = columns.get('frequency_Hz')!;
  const real = columns.get('real_ohm')!;
  const imaginary = columns.get('imaginary_ohm')!;
  const ranges: { start: number; rows: number[] }[] = [];
  let open: { start: number; rows: number[] } | null = null;
  let direction = 0;
  let left = 0;
  for (let row = 0; row < frequency.length; row++) {
    const f = frequency[row]!;
    // A frequency of zero marks a row measured with direct current.
    if (!(f > 0)) {
      open = null;
      continue;
    }
    if (!Number.isFinite(f) || !Number.isFinite(real[row]!) || !Number.isFinite(imaginary[row]!)) {
      left++;
      continue;
    }
    if (open !== null) {
      const before = frequency[open.rows.at(-1)!]!;
      const step = Math.log(f / before);
      if (direction === 0) direction = Math.sign(step);
      else if (step * direction < -Math.log(SWEEP_TURN)) open = null;
    }
    if (open === null) {
      if (ranges.length >= SPECTRA_MAX) break;
      open = { start: row, rows: [] };
      direction = 0;
      ranges.push(open);
    }
    open.rows.push(row);
  }
  if (ranges.length > 0 && mostlyPositive(imaginary))
    remarks.add(
      '',
      'nearly all imaginary parts are positive, as in an inductor: the file may hold −Z″; override its column with the factor −1',
    );
  if (left > 0) remarks.add('', `${left} points of impedance without a number were left out`);
  const pick = (name: string, rows: readonly number[]): Float64Array => {
    const values = columns.get(name);
    return Float64Array.from(rows, (row) => values?.[row] ?? Number.NaN);
  };
  return ranges.map(({ start, rows }) => ({
    area_m2: options.overrides?.area_m2 ?? null,
    temperature_K: temperatureOf(pick('temperature_K', rows)),
    provenance: provenanceOf(table, options),
    remarks: [],
    frequency_Hz: pick('frequency_Hz', rows),
    real_ohm: pick('real_ohm', rows),
    imaginary_ohm: pick('imaginary_ohm', rows),
    time_s: pick('time_s', rows),
    voltage_V: pick('voltage_V', rows),
    current_A: pick('current_A', rows),
    row: start + 1,
  }));
}

/** Share of positive imaginary parts from which a sign is doubted. */
const POSITIVE_SHARE = 0.9;

function mostlyPositive(imaginary: Float64Array): boolean {
  const known = imaginary.filter((value) => Number.isFinite(value) && value !== 0);
  return known.length >= 10 && known.filter((value) => value > 0).length > POSITIVE_SHARE * known.length;
}

/** The mean of the temperatures of a sweep, K; null where none was measured. */
function temperatureOf(values_K: Float64Array): number | null {
  const known = values_K.filter(Number.isFinite);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function provenanceOf(table: RawTable, options: ReaderOptions): Provenance {
  return { kind: 'measured', origin: options.name ?? 'bytes without a name', program: table.format, notes: [] };
}

const FIXED = ['time_s', 'current_A', 'voltage_V', 'temperature_K', 'cycle', 'step'];
/** Columns that belong to a spectrum and say nothing in a record. */
const SPECTRAL = ['frequency_Hz', 'real_ohm', 'imaginary_ohm', 'modulus_ohm', 'phase_rad'];
/** Currents below this share of the largest are rest. */
const REST_SHARE = 1e-4;

function recordOf(
  table: RawTable,
  columns: ReadonlyMap<string, Float64Array>,
  frequency: Float64Array | undefined,
  remarks: RemarkList,
  options: ReaderOptions,
  needs: ReaderNeed[],
): CyclingRecord | null {
  const time = columns.get('time_s');
  const voltage = columns.get('voltage_V');
  if (time === undefined || voltage === undefined) return null;
  let current = columns.get('current_A');
  if (current === undefined && table.isRest === true) current = new Float64Array(table.rows);
  const currentKnown = current !== undefined;
  if (!currentKnown && frequency === undefined && !columns.has('current_density_A_per_m2')) {
    needs.push({
      what: 'current',
      why: 'the file has no column of current, so nothing that needs a charge can be told',
    });
  }
  // The places of the rows that stay are written down from the first one that does not.
  let places: Int32Array | null = null;
  let count = 0;
  let left = 0;
  let falls = 0;
  let before = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < table.rows; row++) {
    if (frequency !== undefined && frequency[row]! > 0) {
      places ??= firstPlaces(row, table.rows);
      continue;
    }
    if (
      !Number.isFinite(time[row]!) ||
      !Number.isFinite(voltage[row]!) ||
      (current !== undefined && !Number.isFinite(current[row]!))
    ) {
      places ??= firstPlaces(row, table.rows);
      if (left++ < 10) remarks.add(table.place(row), 'time, voltage or current is missing; row left out');
      continue;
    }
    // A clock set back, or files joined by hand: a later row never counts as earlier.
    if (time[row]! < before) {
      places ??= firstPlaces(row, table.rows);
      if (falls++ < 10) remarks.add(table.place(row), `time falls from ${before} s to ${time[row]} s; row left out`);
      continue;
    }
    before = time[row]!;
    if (places !== null) places[count] = row;
    count++;
  }
  if (left > 10) remarks.add('', `${left - 10} more rows without time, voltage or current were left out`);
  if (falls > 10) remarks.add('', `${falls - 10} more rows in which time falls were left out`);
  if (count === 0) return null;
  remarkJump(time, table.place, remarks);
  const kept = places?.subarray(0, count);
  const pick = (values: Float64Array): Float64Array => (kept === undefined ? values : valuesAt(values, kept));
  const current_A = current === undefined ? new Float64Array(count).fill(Number.NaN) : pick(current);
  const extra: Record<string, Float64Array> = {};
  for (const [name, values] of columns) {
    if (FIXED.includes(name) || SPECTRAL.includes(name)) continue;
    const picked = pick(values);
    if (picked.some((value) => !Number.isNaN(value))) extra[name] = picked;
  }
  const counted = countCycles(current_A);
  const vendor = columns.get('cycle');
  let cycle = counted;
  if (vendor !== undefined) {
    const picked = pick(vendor);
    extra.cycle_vendor = picked;
    extra.cycle_counted = new Float64Array(counted);
    const counts = picked.some((value) => value !== picked[0]) || counted.at(-1) === 1;
    if (counts && picked.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31))
      cycle = new Int32Array(picked);
    else
      remarks.add('', 'the cycle numbers of the file do not count; cycles were counted from the sign of the current');
  } else if (counted.at(-1)! > 1)
    remarks.add('', 'the file has no cycle numbers; cycles were counted from the sign of the current');
  const stepColumn = columns.get('step');
  const steps = stepColumn === undefined ? undefined : pick(stepColumn);
  const step = steps?.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31)
    ? new Int32Array(steps)
    : new Int32Array(count).fill(1);
  const temperature = columns.get('temperature_K');
  return {
    time_s: pick(time),
    current_A,
    voltage_V: pick(voltage),
    temperature_K: temperature === undefined ? new Float64Array(count).fill(Number.NaN) : pick(temperature),
    cycle,
    step,
    extra,
    area_m2: options.overrides?.area_m2 ?? null,
    provenance: provenanceOf(table, options),
  };
}

/** Room for the places of `rows` rows, of which all before `row` stay. */
function firstPlaces(row: number, rows: number): Int32Array {
  const places = new Int32Array(rows);
  for (let k = 0; k < row; k++) places[k] = k;
  return places;
}

function valuesAt(values: Float64Array, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) picked[k] = values[rows[k]!]!;
  return picked;
}

/** No test has run for so long, s. */
const TEST_s_max = 10 * 365.25 * 86400;

/** Says where the time jumps, when it runs on for longer than any test. */
function remarkJump(time_s: Float64Array, place: (row: number) => string, remarks: RemarkList): void {
  let last = -1;
  let jump = { row: -1, by_s: 0 };
  let span_s = 0;
  for (let row = 0; row < time_s.length; row++) {
    if (!Number.isFinite(time_s[row]!)) continue;
    const by_s = last < 0 ? 0 : time_s[row]! - time_s[last]!;
    if (by_s > jump.by_s) jump = { row, by_s };
    span_s += Math.max(0, by_s);
    last = row;
  }
  if (span_s <= TEST_s_max) return;
  const years = (span_s / (365.25 * 86400)).toFixed(1);
  remarks.add(
    place(jump.row),
    `the test time spans ${years} years and jumps by ${jump.by_s} s here: a clock that was set, or a time in another unit`,
  );
}

/** Cycles from 1: each time the current turns back to the direction in which it first flowed, another begins. */
export function countCycles(current_A: Float64Array): Int32Array {
  const cycle = new Int32Array(current_A.length);
  let largest = 0;
  for (const value of current_A) if (Math.abs(value) > largest) largest = Math.abs(value);
  const floor = REST_SHARE * largest;
  let first = 0;
  let last = 0;
  let count = 1;
  for (let row = 0; row < current_A.length; row++) {
    const direction = Math.abs(current_A[row]!) > floor ? Math.sign(current_A[row]!) : 0;
    if (direction !== 0) {
      if (first === 0) first = direction;
      else if (direction === first && last === -first) count++;
      last = direction;
    }
    cycle[row] = count;
  }
  return cycle;
}

// Files that belong together: an instrument writes one test into several files, one for each technique or each time it was started. Which of
// them are one test, and where each stands on a common axis of time, is decided here from what the files say of themselves, and every
// decision is said. What cannot be decided is not joined.

import type { CyclingRecord } from '../records/index.ts';
import { countCycles } from './assemble.ts';
import type { InstrumentFile, MeasuredSpectrum, ReaderNeed, ReaderRemark } from './contract.ts';

export interface StitchOptions {
  /**
   * 'as told' (the default) joins files whose instrument, name and channel agree. 'all' takes the person's word that they are one test and asks
   * only that no two of them ran at the same time.
   */
  readonly together?: 'as told' | 'all';
  /** A later file belongs to the same test when it began within this time of the end of the one before. 30 days by default. */
  readonly gap_s_max?: number;
}

/** Where one file stands in its group. */
export interface StitchedPart {
  /** Place of the file in the list that was handed in, from 0. */
  readonly index: number;
  readonly name: string;
  /** Added to the times of the file. */
  readonly offset_s: number;
  /** First and last time of its rows on the common axis; null where the file has no times. */
  readonly first_s: number | null;
  readonly last_s: number | null;
}

export interface StitchedGroup {
  /** Files in the order of time. A file alone is a group of one. */
  readonly parts: readonly StitchedPart[];
  /** All of them as one: a record, the spectra in order of time, and the remarks of each file under its name. */
  readonly file: InstrumentFile;
  /** What was decided, and why: order, offsets, gaps, files left out or not joined. */
  readonly decisions: readonly ReaderRemark[];
}

/** Clocks of instruments are written to the second, so starts and ends may differ by this much, s. */
const CLOCK_s = 2;
const DAY_s = 86400;
/** Two files that turn from one to the other more often than once in so many rows were measured at the same time, not in turns. */
const ROWS_PER_TURN_MIN = 2;
/** Rows and spectra at which two files are compared. */
const COMPARED_MAX = 50;

interface Described {
  readonly index: number;
  readonly file: InstrumentFile;
  readonly name: string;
  readonly family: string;
  /** The name without what tells the files of one test apart. */
  readonly stem: string;
  /** Number that the name gives the file within its test. */
  readonly number: number;
  readonly channel: string | null;
  readonly first_s: number | null;
  readonly last_s: number | null;
}

/**
 * Groups files by the test they belong to and joins each group on one axis of time, whose zero is that of its earliest file.
 *
 * Files belong together when instrument, name (but for number and technique) and channel agree and their times do not overlap. A start is the
 * local time of the instrument: a change to or from summer time between two files looks like a gap or an overlap of an hour.
 */
export function stitchFiles(files: readonly InstrumentFile[], options: StitchOptions = {}): readonly StitchedGroup[] {
  const described = files.map(describe);
  const leftOut = new Map<number, ReaderRemark[]>();
  const kept = described.filter((one) => {
    const whole = described.find((other) => other !== one && holds(other, one));
    if (whole === undefined) return true;
    const list = leftOut.get(whole.index) ?? [];
    list.push({ where: one.name, message: `left out: ${whole.name} holds the same rows` });
    leftOut.set(whole.index, list);
    return false;
  });
  const sets = new Map<string, Described[]>();
  for (const one of kept) {
    const isAll = options.together === 'all';
    const key = hasData(one.file) ? (isAll ? '' : `${one.family}|${one.stem}`) : `empty ${one.index}`;
    sets.set(key, [...(sets.get(key) ?? []), one]);
  }
  const groups = withNeighbours(
    [...sets.values()].flatMap((set) => byChannel(set, options)).flatMap((set) => chains(set, options)),
  );
  const firstIndex = (chain: Chain): number => Math.min(...chain.parts.map(({ of }) => of.index));
  groups.sort((a, b) => firstIndex(a) - firstIndex(b));
  return groups.map((chain) => {
    const left = chain.parts.flatMap(({ of }) => leftOut.get(of.index) ?? []);
    return join({ ...chain, decisions: [...chain.decisions, ...left] });
  });
}

/** Files of one name by the channel they were measured on. One that does not say its channel goes with the only channel there is. */
function byChannel(set: readonly Described[], { together }: StitchOptions): (readonly Described[])[] {
  if (together === 'all') return [set];
  const channels = [...new Set(set.map(({ channel }) => channel).filter((channel) => channel !== null))];
  if (channels.length <= 1) return [set];
  return [...channels, null]
    .map((wanted) => set.filter(({ channel }) => channel === wanted))
    .filter(({ length }) => length > 0);
}

const hasData = ({ records, spectra }: InstrumentFile): boolean => records.length + spectra.length > 0;

function describe(file: InstrumentFile, index: number): Described {
  const origin = file.records[0]?.provenance.origin ?? file.spectra[0]?.provenance.origin ?? '';
  const name = origin === '' || origin === 'bytes without a name' ? `file ${index + 1}` : origin;
  const times = [...file.records.map(({ time_s }) => time_s), ...file.spectra.map(({ time_s }) => time_s)];
  let first_s = Number.POSITIVE_INFINITY;
  let last_s = Number.NEGATIVE_INFINITY;
  for (const column of times) {
    for (const value of column) {
      if (value < first_s) first_s = value;
      if (value > last_s) last_s = value;
    }
  }
  const known = first_s <= last_s;
  const { stem, number, channel } = partsOfName(name);
  const told = file.metadata.find((entry) =>
    /^(?:channel(?:_index| number| no\.?)?|run on channel)$/i.test(entry.name),
  );
  return {
    index,
    file,
    name,
    family: /^(?:EC|BT)-Lab/.exec(file.format)?.[0] ?? file.format.split(/ \(|,/)[0]!,
    stem,
    number,
    channel: channel ?? told?.text.trim() ?? null,
    first_s: known ? first_s : null,
    last_s: known ? last_s : null,
  };
}

/**
 * `cell_02_GEIS_C05.mpr` is file 2 of `cell` on channel 5; `cell part 2.csv`, `cell (2).csv` and `cell_#2.dta` are file 2 of `cell`. A bare
 * number at the end is left alone, because cells are numbered so too.
 */
export function partsOfName(name: string): {
  readonly stem: string;
  readonly number: number;
  readonly channel: string | null;
} {
  let stem = name
    .replace(/^.*[\\/]/, '')
    .replace(/\.[a-z0-9]{1,6}$/i, '')
    .slice(0, 300)
    .toLowerCase();
  let channel: string | null = null;
  let number = Number.NaN;
  const onChannel = /^(.*)_c([a-z]?)(\d{1,3})$/.exec(stem);
  if (onChannel !== null) [stem, channel] = [onChannel[1]!, `${onChannel[2]}${Number(onChannel[3])}`];
  const technique = /^(.*)_(\d{2})_[a-z][a-z0-9 -]{1,20}$/.exec(stem);
  const part = /^(.*?)[ _.-]+(?:part|pt|segment|seg|cont(?:inued)?|restart(?:ed)?|resumed?|run)[ _.-]*(\d{0,3})$/.exec(
    stem,
  );
  const copy = /^(.*?)[ _.-]*(?:\((\d{1,3})\)|#(\d{1,3}))$/.exec(stem);
  for (const match of [technique, part, copy]) {
    if (match === null || match[1] === '') continue;
    const counted = match[2] ?? match[3] ?? '';
    // "continued" without a number is the second.
    [stem, number] = [match[1]!, counted === '' ? 2 : Number(counted)];
    break;
  }
  return { stem: stem.replace(/[ _.-]+$/, ''), number, channel };
}

const near = (a: number, b: number): boolean =>
  a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 2e-6 * Math.max(Math.abs(a), Math.abs(b), 1e-6);

/** Whether `whole` begins with all that `part` has: the same file twice, its export, or an earlier copy of a test that went on. */
function holds(whole: Described, part: Described): boolean {
  const [a, b] = [whole.file, part.file];
  if (!hasData(b) || a.spectra.length < b.spectra.length || a.records.length < b.records.length) return false;
  if (whole.channel !== null && part.channel !== null && whole.channel !== part.channel) return false;
  const starts = [a.start_unix_s, b.start_unix_s];
  if (starts[0] !== null && starts[1] !== null && Math.abs(starts[0]! - starts[1]!) > CLOCK_s) return false;
  const rows = (file: InstrumentFile): number =>
    file.records.reduce((sum, { time_s }) => sum + time_s.length, 0) +
    file.spectra.reduce((sum, { frequency_Hz }) => sum + frequency_Hz.length, 0);
  // Of two equals the one that was named first stays.
  if (rows(a) < rows(b) || (rows(a) === rows(b) && whole.index > part.index)) return false;
  const samples = (length: number): number[] => {
    const step = Math.max(1, Math.floor(length / COMPARED_MAX));
    return [...Array.from({ length: Math.ceil(length / step) }, (_, k) => k * step), length - 1].filter((k) => k >= 0);
  };
  const sameRecord = ({ time_s, voltage_V }: CyclingRecord, k: number): boolean => {
    const other = a.records[k]!;
    return (
      other.time_s.length >= time_s.length &&
      samples(time_s.length).every(
        (row) => near(other.time_s[row]!, time_s[row]!) && near(other.voltage_V[row]!, voltage_V[row]!),
      )
    );
  };
  const sameSpectrum = (k: number): boolean => {
    const [one, other] = [b.spectra[k]!, a.spectra[k]!];
    return (
      one.frequency_Hz.length === other.frequency_Hz.length &&
      samples(one.frequency_Hz.length).every(
        (row) =>
          near(one.frequency_Hz[row]!, other.frequency_Hz[row]!) &&
          near(one.real_ohm[row]!, other.real_ohm[row]!) &&
          near(one.imaginary_ohm[row]!, other.imaginary_ohm[row]!),
      )
    );
  };
  // One or two points may agree by chance, unless the starts agree too.
  return (
    b.records.every(sameRecord) &&
    samples(b.spectra.length).every(sameSpectrum) &&
    (rows(b) > 2 || !starts.includes(null))
  );
}

interface Placed {
  readonly of: Described;
  readonly offset_s: number;
}

interface Chain {
  readonly parts: readonly Placed[];
  readonly decisions: readonly ReaderRemark[];
}

const seconds = (value: number): string => `${Number(value.toFixed(3))} s`;

/** Files of one name in the order of time, cut wherever two of them cannot be one test. */
function chains(set: readonly Described[], options: StitchOptions): Chain[] {
  const gap_s_max = options.gap_s_max ?? 30 * DAY_s;
  const began = ({ file, first_s }: Described): number =>
    file.start_unix_s === null ? Number.NaN : file.start_unix_s + (first_s ?? 0);
  const byNumber = (a: Described, b: Described): number => (a.number || 0) - (b.number || 0) || a.index - b.index;
  // One file without a start makes the clock useless for the order of all.
  const isTimed = set.every((one) => Number.isFinite(began(one)));
  const ordered = [...set].sort((a, b) =>
    isTimed && Math.abs(began(a) - began(b)) > CLOCK_s ? began(a) - began(b) : byNumber(a, b),
  );
  const done: Chain[] = [];
  let parts: Placed[] = [];
  let decisions: ReaderRemark[] = [];
  const say = (where: string, message: string): void => {
    decisions.push({ where, message });
  };
  const close = (): void => {
    if (parts.length > 0) done.push({ parts, decisions });
    parts = [];
    decisions = [];
  };
  for (const next of ordered) {
    if (parts.length === 0) {
      parts.push({ of: next, offset_s: 0 });
      continue;
    }
    const before = parts.at(-1)!;
    const twin = parts.find(({ of }) => Object.is(of.number, next.number));
    if (twin !== undefined && options.together !== 'all') {
      close();
      say(
        next.name,
        `not joined to ${twin.of.name}: nothing in the names tells whether it is a later file of the same test`,
      );
      parts.push({ of: next, offset_s: 0 });
      continue;
    }
    const origin = parts[0]!.of;
    const end_s = Math.max(...parts.map(({ of, offset_s }) => (of.last_s ?? 0) + offset_s));
    const [from, to] = [origin.file.start_unix_s, next.file.start_unix_s];
    if (from === null || to === null) {
      const offset_s = end_s - (next.first_s ?? 0);
      const missing = to === null ? next.name : origin.name;
      say(
        next.name,
        `${missing} does not say when it began: taken to follow ${before.of.name} without a gap, ${seconds(offset_s)} added to its times`,
      );
      parts.push({ of: next, offset_s });
      continue;
    }
    let offset_s = Math.abs(to - from) < 1e-3 ? 0 : to - from;
    const gap_s = (next.first_s ?? 0) + offset_s - end_s;
    if (gap_s > gap_s_max) {
      const days = `${(gap_s / DAY_s).toFixed(1)} days`;
      close();
      say(next.name, `not joined to ${before.of.name}: it began ${days} after the end of that`);
      parts.push({ of: next, offset_s: 0 });
      continue;
    }
    if (gap_s < -CLOCK_s) {
      const turns = turnsBetween(parts, { of: next, offset_s });
      const sameStart = parts.some(({ of }) => Math.abs(of.file.start_unix_s! - to) <= CLOCK_s);
      if (turns !== null && sameStart) {
        say(
          next.name,
          `began with ${before.of.name} and took turns with it ${turns} times: their rows are put in the order of time`,
        );
        parts.push({ of: next, offset_s });
        continue;
      }
      // One instrument that starts its clock for each technique anew, and writes the start of the whole into every file.
      if (
        sameStart &&
        next.number > (before.of.number || 0) &&
        Math.abs((next.first_s ?? 0) - (before.of.first_s ?? 0)) <= CLOCK_s
      ) {
        offset_s = end_s - (next.first_s ?? 0);
        say(
          next.name,
          `counts from zero as ${before.of.name} does, and gives the same start: taken to follow it by its number, ${seconds(offset_s)} added to its times`,
        );
        parts.push({ of: next, offset_s });
        continue;
      }
      const hour = Math.abs(gap_s) <= 3600 + CLOCK_s ? '; a clock set back by an hour would explain it' : '';
      close();
      say(
        next.name,
        `not joined to ${before.of.name}: it began ${seconds(-gap_s)} before the end of that, and one channel measures one test at a time${hour}`,
      );
      parts.push({ of: next, offset_s: 0 });
      continue;
    }
    if (gap_s < 0) {
      offset_s -= gap_s;
      say(
        next.name,
        `began ${seconds(-gap_s)} before the end of ${before.of.name} by clocks that are no finer: ${seconds(offset_s)} added to its times, so that it follows`,
      );
    } else {
      const how = offset_s === 0 ? 'times count from the same start' : `${seconds(offset_s)} added to its times`;
      say(next.name, `begins ${seconds(gap_s)} after the end of ${before.of.name}; ${how}`);
    }
    parts.push({ of: next, offset_s });
  }
  close();
  return done;
}

/** Says of each group which other one it may belong to, where only the names speak against it. */
function withNeighbours(groups: readonly Chain[]): Chain[] {
  return groups.map((group) => {
    const { of } = group.parts[0]!;
    const near = groups.find((other) => {
      const { of: before } = other.parts.at(-1)!;
      const names = [of.stem, before.stem];
      if (other === group || of.family !== before.family || names[0] === names[1]) return false;
      if (
        (of.channel ?? before.channel) !== (before.channel ?? of.channel) ||
        !(names[0]!.startsWith(names[1]!) || names[1]!.startsWith(names[0]!))
      )
        return false;
      const ends = before.file.start_unix_s === null ? Number.NaN : before.file.start_unix_s + (before.last_s ?? 0);
      const gap_s = (of.file.start_unix_s ?? Number.NaN) + (of.first_s ?? 0) - ends;
      return gap_s >= -CLOCK_s && gap_s < DAY_s;
    });
    if (near === undefined) return group;
    const name = near.parts.at(-1)!.of.name;
    const message = `not joined to ${name}, which ended within a day before it on the same instrument: their names differ. Say that they belong together if they do`;
    return { ...group, decisions: [...group.decisions, { where: of.name, message }] };
  });
}

/** Times of all rows and of the first point of each spectrum, on the common axis, in order. */
function eventTimes({ of, offset_s }: Placed): number[] {
  const times = [
    ...of.file.records.flatMap(({ time_s }) => Array.from(time_s)),
    ...of.file.spectra.map(({ time_s }) => time_s[0] ?? Number.NaN),
  ];
  return times
    .filter(Number.isFinite)
    .map((value) => value + offset_s)
    .sort((a, b) => a - b);
}

/** How often rows turn from one file to the other when they are put in order; null where they ran at the same time. */
function turnsBetween(parts: readonly Placed[], next: Placed): number | null {
  const a = parts.flatMap(eventTimes).sort((x, y) => x - y);
  const b = eventTimes(next);
  let [i, j, turns] = [0, 0, 0];
  let last: 'a' | 'b' | null = null;
  while (i < a.length || j < b.length) {
    const from = j >= b.length || (i < a.length && a[i]! <= b[j]!) ? 'a' : 'b';
    if (from === 'a') i++;
    else j++;
    if (last !== null && from !== last) turns++;
    last = from;
  }
  // A spectrum is one event, so spectra between stretches of rows turn twice each.
  const spectraOnly = next.of.file.records.length === 0 || parts.every(({ of }) => of.file.records.length === 0);
  if (spectraOnly) return turns;
  return turns * ROWS_PER_TURN_MIN <= Math.min(a.length, b.length) ? turns : null;
}

function join({ parts, decisions }: Chain): StitchedGroup {
  const placed: readonly StitchedPart[] = parts.map(({ of: { index, name, first_s, last_s }, offset_s }) => ({
    index,
    name,
    offset_s,
    first_s: first_s === null ? null : first_s + offset_s,
    last_s: last_s === null ? null : last_s + offset_s,
  }));
  const [first] = parts;
  if (parts.length === 1) {
    const { file } = first!.of;
    return { parts: placed, decisions, file: decisions.length === 0 ? file : withRemarks(file, decisions) };
  }
  const files = parts.map(({ of }) => of.file);
  const said: ReaderRemark[] = [...decisions];
  const record = joinRecords(parts, said);
  const spectra = joinSpectra(parts);
  const signs = new Set(files.map(({ sign }) => sign.turned));
  if (signs.size > 1)
    said.push({ where: '', message: 'the sign of the current was turned over in some of the files only' });
  const under = (name: string, where: string): string => (where === '' ? name : `${name}, ${where}`);
  const named = parts.map(({ of }) => ({ name: of.name, file: of.file }));
  const needs = new Map<string, ReaderNeed>(files.flatMap((file) => file.needs).map((need) => [need.what, need]));
  const kinds = new Set(files.map(({ kind }) => kind).filter((kind) => kind !== 'empty'));
  const columns = new Map(
    files.flatMap((file) => file.columns).map((column) => [`${column.heading}|${column.to}`, column]),
  );
  const file: InstrumentFile = {
    kind: kinds.size === 1 ? [...kinds][0]! : kinds.size === 0 ? 'empty' : 'both',
    format: [...new Set(files.map(({ format }) => format))].join(' + '),
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    records: record === null ? [] : [record],
    spectra,
    sign: files[0]!.sign,
    columns: [...columns.values()],
    start_unix_s: files[0]!.start_unix_s,
    metadata: named.flatMap(({ name, file: { metadata } }) =>
      metadata.map((entry) => ({ ...entry, where: under(name, entry.where) })),
    ),
    remarks: [
      ...said,
      ...named.flatMap(({ name, file: { remarks } }) =>
        remarks.map((remark) => ({ ...remark, where: under(name, remark.where) })),
      ),
    ],
    needs: [...needs.values()],
  };
  return { parts: placed, file, decisions: said };
}

const withRemarks = (file: InstrumentFile, decisions: readonly ReaderRemark[]): InstrumentFile => ({
  ...file,
  remarks: [...decisions, ...file.remarks],
});

function joinSpectra(parts: readonly Placed[]): MeasuredSpectrum[] {
  const moved = parts.flatMap(({ of, offset_s }) =>
    offset_s === 0
      ? of.file.spectra
      : of.file.spectra.map((spectrum) => ({ ...spectrum, time_s: spectrum.time_s.map((value) => value + offset_s) })),
  );
  // Spectra without a time stay where their file stands.
  const at = moved.map(({ time_s }) => time_s.find(Number.isFinite) ?? Number.NaN);
  if (at.some(Number.isNaN)) return moved;
  return moved
    .map((spectrum, k) => ({ spectrum, at_s: at[k]!, k }))
    .sort((a, b) => a.at_s - b.at_s || a.k - b.k)
    .map(({ spectrum }) => spectrum);
}

/** Rows of all records in the order of time. The column `part` says which file a row came from, from 1. */
function joinRecords(parts: readonly Placed[], said: ReaderRemark[]): CyclingRecord | null {
  const sources = parts.flatMap(({ of, offset_s }, part) =>
    of.file.records.map((record) => ({ record, offset_s, part })),
  );
  if (sources.length === 0) return null;
  const rows = sources.reduce((sum, { record }) => sum + record.time_s.length, 0);
  const time_s = new Float64Array(rows);
  const source = new Int32Array(rows);
  const row = new Int32Array(rows);
  let at = 0;
  sources.forEach(({ record, offset_s }, k) => {
    for (let r = 0; r < record.time_s.length; r++, at++) {
      time_s[at] = record.time_s[r]! + offset_s;
      source[at] = k;
      row[at] = r;
    }
  });
  const isOrdered = time_s.every((value, k) => k === 0 || value >= time_s[k - 1]!);
  const order = Int32Array.from(time_s.keys());
  if (!isOrdered) order.sort((a, b) => time_s[a]! - time_s[b]! || a - b);
  const column = (pick: (record: CyclingRecord) => ArrayLike<number> | undefined): Float64Array =>
    Float64Array.from(order, (k) => pick(sources[source[k]!]!.record)?.[row[k]!] ?? Number.NaN);

  const current_A = column((record) => record.current_A);
  const cycles = column((record) => record.cycle);
  const names = new Set(sources.flatMap(({ record }) => Object.keys(record.extra)));
  const extra: Record<string, Float64Array> = {};
  for (const name of names) extra[name] = column((record) => record.extra[name]);
  extra.part = Float64Array.from(order, (k) => sources[source[k]!]!.part + 1);
  if (sources.length > 1 && extra.net_charge_C !== undefined)
    said.push({ where: '', message: 'net_charge_C counts from the start of each file, as each file has it' });

  // Steps are told apart by their number, so none of a later file may have that of an earlier one.
  const stepBase: number[] = [];
  let last = 0;
  sources.forEach(({ record }, k) => {
    const least = record.step.reduce((value, other) => Math.min(value, other), record.step[0] ?? 0);
    const most = record.step.reduce((value, other) => Math.max(value, other), least);
    stepBase.push(k === 0 ? 0 : last + 1 - least);
    last = most + stepBase[k]!;
  });
  const step = Int32Array.from(order, (k) => sources[source[k]!]!.record.step[row[k]!]! + stepBase[source[k]!]!);
  let cycle: Int32Array = Int32Array.from(cycles);
  if (sources.length > 1) {
    const counted = countCycles(current_A);
    extra.cycle_counted = Float64Array.from(counted);
    extra.cycle_vendor ??= cycles;
    const rises = cycles.every((value, k) => k === 0 || value >= cycles[k - 1]!) && cycles.at(-1)! > cycles[0]!;
    const startsAnew = sources.some(({ record }, k) => k > 0 && record.cycle[0]! <= sources[k - 1]!.record.cycle[0]!);
    if (!rises || startsAnew) {
      cycle = counted;
      said.push({
        where: '',
        message:
          'cycle numbers start anew in each file: cycles were counted from the sign of the current over all of them; cycle_vendor holds those of the files',
      });
    }
    said.push({ where: '', message: 'step numbers of later files continue those of earlier ones' });
  }
  const areas = new Set(sources.map(({ record }) => record.area_m2));
  if (areas.size > 1)
    said.push({ where: '', message: 'the files were given different areas, so the joined record has none' });
  const { provenance } = sources[0]!.record;
  return {
    time_s: Float64Array.from(order, (k) => time_s[k]!),
    current_A,
    voltage_V: column((record) => record.voltage_V),
    temperature_K: column((record) => record.temperature_K),
    cycle,
    step,
    extra,
    area_m2: areas.size === 1 ? sources[0]!.record.area_m2 : null,
    provenance: {
      ...provenance,
      origin: [...new Set(sources.map(({ record }) => record.provenance.origin))].join(' + '),
      notes: [
        ...provenance.notes,
        ...said.map(({ where, message }) => (where === '' ? message : `${where}: ${message}`)),
      ],
    },
  };
}

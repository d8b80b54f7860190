// One protocol step as a sentence: "Plate at 1 mA/cm2 for 1 mAh/cm2 or until -0.5 V at 45 °C (1 min period)".
//
//   verb [at value] [for duration-or-charge [or …]] [[or] until limit [or …]] [at temperature] [(… period)] [(tag "…")]
//
// Verbs: Charge and Strip oxidise the working electrode (positive), Discharge and Plate reduce it (negative), Hold keeps a
// voltage, Rest keeps the circuit open, and "Run current 0 s 1 mA, 10 s 2 mA" follows a drive cycle whose values carry their
// own signs. Case does not matter. A voltage limit may carry its side: "until below 2.5 V", "until > 4.1 V". PyBaMM's words
// are all read, and "m" is a minute as it is there.
//
// A current, power or load needs an end, "for" or "until"; a hold without either lasts DEFAULT_STEP_DURATION_s.

import {
  type Dimension,
  formatQuantity,
  type Issue,
  nearestHint,
  parseQuantity,
  tryParseQuantity,
} from '../units/index.ts';
import type { CellKind } from './cell.ts';
import { quantitySpec, readQuantity } from './fields.ts';
import { shown } from './plain-json.ts';
import type { Drive, Step, Until } from './protocol.ts';

/** What is known of the cell that a protocol is meant for; all optional. */
export interface ProtocolContext {
  /** null: the cell has none, and a C-rate is bad input. Left out: unknown, and a C-rate is taken as it stands. */
  readonly nominalCapacity_C?: number | null;
  /** With a cathode as working electrode "plate" and "strip" would have two meanings and are refused. */
  readonly cellKind?: CellKind;
}

/** Where an issue belongs, and the list it joins. */
export interface Report {
  readonly where: string;
  readonly issues: Issue[];
}

export function report({ where, issues }: Report, found: string, wanted: string, hint?: string): null {
  issues.push(hint === undefined ? { where, found, wanted } : { where, found, wanted, hint });
  return null;
}

export const VERBS = ['Plate', 'Strip', 'Charge', 'Discharge', 'Rest', 'Hold', 'Run'] as const;
export type Verb = (typeof VERBS)[number];
const SIGN: Readonly<Record<string, -1 | 1>> = { Plate: -1, Discharge: -1, Strip: 1, Charge: 1 };
const OPPOSITE: Readonly<Record<string, string>> = {
  Plate: 'Strip',
  Strip: 'Plate',
  Charge: 'Discharge',
  Discharge: 'Charge',
};
const VERBS_WANTED = `a step that begins with ${VERBS.slice(0, -1).join(', ')} or Run`;

/** Words of other programs and of the lab, and what they are called here. */
const OTHER_VERBS: Readonly<Record<string, string>> = {
  wait: 'say "Rest for …"',
  pause: 'say "Rest for …"',
  relax: 'say "Rest for …"',
  ocv: 'say "Rest for …"',
  deposit: 'say "Plate at …"',
  dissolve: 'say "Strip at …"',
  cc: 'say "Charge at …" or "Discharge at …"',
  cv: 'say "Hold at … V until …"',
  cccv: 'write two steps, "Charge at … until … V" and "Hold at … V until …"',
  cycle: 'write the steps, then "repeat N"',
  loop: 'write the steps, then "repeat N"',
  goto: 'write the steps, then "repeat N"',
};

/** A value with the word before it. The first "at" is the drive; "for" and "until" are ends. */
export interface Clause {
  readonly keyword: 'at' | 'for' | 'until';
  readonly value: string;
}

/** All that a step says, before the values are read; text and the friendly data form both give this. */
export interface StepWords {
  readonly verb: Verb;
  readonly clauses: readonly Clause[];
  readonly profile?: { readonly of: 'current' | 'power' | 'voltage'; readonly points: string };
  readonly period?: string;
  readonly temperature?: string;
  readonly tags: readonly string[];
}

/** Longest sentence of a step; a drive cycle may be longer. */
const STEP_LENGTH_MAX = 2000;

const TAG = /\(\s*tag:?\s+("(?:[^"\\]|\\.)*")\s*\)/giu;
const SUFFIX = /(^|\s)\(([^()]*)\)/gu;
const KEYWORD = /(?:^|\s|,)(at|for|until|or|and|then)(?=\s|$|\d|[<>≤≥])/giu;

/** Reads one step; null where it could not be read, the reasons then stand in `to.issues`. */
export function readStep(text: string, context: ProtocolContext, to: Report): Step | null {
  const words = readWords(text, to);
  return words && readStepWords(words, context, to);
}

function readWords(text: string, to: Report): StepWords | null {
  const tags: string[] = [];
  let period: string | undefined;
  let temperature: string | undefined;
  let unread: string | undefined;
  if (text.length > STEP_LENGTH_MAX && !/^\s*run\b/iu.test(text)) {
    return report(
      to,
      `a step of ${text.length} characters`,
      `at most ${STEP_LENGTH_MAX}`,
      'put each step on its own line',
    );
  }
  const untagged = text
    .replace(TAG, (whole, quoted: string) => {
      const tag = tryJsonText(quoted);
      if (tag === null) unread = whole;
      else tags.push(tag);
      return ' ';
    })
    .replace(/\s+/gu, ' ');
  const isRun = /^\s*run\b/iu.test(untagged);
  const bare = untagged
    .replace(SUFFIX, (whole, before: string, inside: string) => {
      const periodFound = /^(?:period:?\s+(.*)|(.*?)\s*period)$/iu.exec(inside.trim());
      if (periodFound) period = (periodFound[1] ?? periodFound[2])!.trim();
      else if (tryParseQuantity(inside, 'temperature').ok) temperature = inside;
      else if (isRun) return whole;
      else unread = inside;
      return before;
    })
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[.,]$/u, '');
  if (unread !== undefined) {
    return report(
      to,
      shown(unread),
      'in brackets a period, a temperature or a tag',
      'such as "(1 minute period)", "(45 °C)" or (tag "formation")',
    );
  }

  const pieces = splitAtKeywords(bare);
  const head = pieces.head;
  const verbText = /^[\p{L}-]*/u.exec(head)![0];
  const verb = VERBS.find((known) => known.toLowerCase() === verbText.toLowerCase());
  if (verb === undefined) {
    const near = nearestHint(verbText, VERBS);
    return report(
      to,
      shown(verbText === '' ? text : verbText),
      VERBS_WANTED,
      OTHER_VERBS[verbText.toLowerCase()] ?? near,
    );
  }
  const afterVerb = head.slice(verbText.length).trim();
  const clauses = readClauses(pieces.parts, to);
  if (clauses === null) return null;
  const words = {
    verb,
    clauses,
    tags,
    ...(period === undefined ? {} : { period }),
    ...(temperature === undefined ? {} : { temperature }),
  };
  if (verb === 'Run') {
    const profile = /^(current|power|voltage)\s+(.+)$/iu.exec(afterVerb);
    if (profile) {
      return {
        ...words,
        profile: { of: profile[1]!.toLowerCase() as 'current' | 'power' | 'voltage', points: profile[2]! },
      };
    }
    return report(
      to,
      shown(`${verbText} ${afterVerb}`),
      'a drive cycle with its values, such as "Run current 0 s 1 mA, 10 s 2 mA"',
      'drive cycles by name are not stored here; give times and values, in text or as a "profile" in data form',
    );
  }
  if (afterVerb !== '') {
    const word = verb === 'Rest' ? 'for' : 'at';
    const hint = /^[\d.]|^C\b/u.test(afterVerb)
      ? `did you mean "${verb} ${word} ${afterVerb}"?`
      : nearestHint(afterVerb, ['at', 'for', 'until']);
    return report(to, shown(afterVerb), `"${word}" after "${verb}"`, hint);
  }
  return words;
}

interface KeywordPart {
  readonly keyword: string;
  readonly value: string;
}

function splitAtKeywords(text: string): { readonly head: string; readonly parts: readonly KeywordPart[] } {
  const marks = [...text.matchAll(KEYWORD)].map((match) => ({
    keyword: match[1]!.toLowerCase(),
    from: match.index,
    to: match.index + match[0].length,
  }));
  const head = text.slice(0, marks[0]?.from ?? text.length).trim();
  const parts = marks.map(({ keyword, to }, k) => ({
    keyword,
    value: withoutCommas(text.slice(to, marks[k + 1]?.from ?? text.length).trim()),
  }));
  return { head, parts };
}

/** Without the commas at its end. */
function withoutCommas(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ',' || text[end - 1] === ' ')) end--;
  return text.slice(0, end);
}

/** Puts "or" in the place of the keyword it continues. */
function readClauses(parts: readonly KeywordPart[], to: Report): readonly Clause[] | null {
  const clauses: Clause[] = [];
  let faulty = false;
  for (const [k, { keyword, value }] of parts.entries()) {
    const next = parts[k + 1]?.keyword;
    if (keyword === 'and' || keyword === 'then') {
      const hint =
        keyword === 'and'
          ? 'the first condition met ends a step, so say "or"'
          : 'put each step on its own line, or ";" between steps';
      report(to, `"${keyword}"`, '"or" between two ends of a step', hint);
      faulty = true;
    } else if (keyword === 'or') {
      const last = clauses.at(-1)?.keyword;
      if (value === '' && (next === 'until' || next === 'for')) continue;
      if (value === '' || last === undefined || last === 'at') {
        report(to, '"or"', 'another end of the step after "or"', 'such as "for 2 hours or until 2.5 V"');
        faulty = true;
      } else clauses.push({ keyword: last, value });
    } else if (value === '') {
      report(
        to,
        `"${keyword}" with nothing after it`,
        keyword === 'at' ? 'a value after "at"' : `a condition after "${keyword}"`,
      );
      faulty = true;
    } else clauses.push({ keyword: keyword as Clause['keyword'], value });
  }
  return faulty ? null : clauses;
}

/** Reads the values of a step and checks that it means something. */
export function readStepWords(
  { verb, clauses, profile, period, temperature, tags }: StepWords,
  context: ProtocolContext,
  to: Report,
): Step | null {
  const issuesBefore = to.issues.length;
  let drive: Drive | null = verb === 'Rest' ? { kind: 'rest' } : null;
  let temperature_K = temperature === undefined ? undefined : readTemperature(temperature, to);
  let duration_s: number | undefined;
  const until: Until[] = [];
  let driveTold = false;
  if (profile) drive = readProfile(profile.of, profile.points, to);
  if (SIGN[verb] !== undefined && (verb === 'Plate' || verb === 'Strip') && isCathodeCell(context)) {
    const meant = verb === 'Plate' ? 'plates on the counter electrode' : 'strips the counter electrode';
    report(
      to,
      `"${verb}"`,
      '"Charge" or "Discharge" in a cell whose working electrode is a cathode',
      `"${verb === 'Plate' ? 'Charge' : 'Discharge'}" ${meant}`,
    );
  }
  for (const { keyword, value } of clauses) {
    if (keyword === 'at') {
      const driveWanted = verb !== 'Rest' && verb !== 'Run' && !driveTold;
      if (driveWanted && !isPlainTemperature(value)) {
        driveTold = true;
        drive = readDrive(verb, value, to);
      } else if (temperature_K !== undefined) report(to, shown(value), 'one temperature only');
      else if (verb !== 'Rest' && tryParseQuantity(value, 'rate').ok) {
        report(
          to,
          shown(value),
          `one value after "${verb} at"`,
          `for a temperature write "${value.replace(/ ?C$/iu, ' °C')}"`,
        );
      } else temperature_K = readTemperature(value, to);
      continue;
    }
    const end = readEnd(keyword, value, to);
    if (end === null) continue;
    if (end.kind !== 'duration') until.push(end);
    else if (duration_s !== undefined) report(to, shown(value), 'one duration only');
    else duration_s = end.duration_s;
  }
  if (verb !== 'Rest' && verb !== 'Run' && !driveTold) {
    report(
      to,
      `"${verb}" without a value`,
      verb === 'Hold' ? 'a voltage to hold' : `what to ${verb.toLowerCase()} at`,
      `such as "${verb} at ${verb === 'Hold' ? '4.1 V' : '1 mA/cm2'}"`,
    );
  }
  const period_s = period === undefined ? undefined : readDuration(period, to);
  if (to.issues.length > issuesBefore || drive === null) return null;
  const step: Step = {
    kind: 'step',
    drive,
    ...(duration_s === undefined ? {} : { duration_s }),
    until,
    ...(period_s === undefined || period_s === null ? {} : { period_s }),
    ...(temperature_K === undefined || temperature_K === null ? {} : { temperature_K }),
    ...(tags.length === 0 ? {} : { tags }),
  };
  checkStep(step, context, to);
  return to.issues.length > issuesBefore ? null : step;
}

const isCathodeCell = ({ cellKind }: ProtocolContext) => cellKind === 'Li|cathode' || cellKind === 'Cu|cathode';

/** "45 °C" or "300 K", but not "1 C", which is a rate where a drive is wanted. */
const isPlainTemperature = (value: string) =>
  tryParseQuantity(value, 'temperature').ok && !tryParseQuantity(value, 'rate').ok;

const STEP_TEMPERATURE = quantitySpec('temperature', 'Temperature of a step');

/** The temperature of a step, K, in the range that a cell's own may have; null where it is not one. A plain number is in K. */
export function readTemperature(value: unknown, to: Report): number | null {
  const result = readQuantity(value, STEP_TEMPERATURE);
  return result.ok ? result.value_SI : report(to, result.found, result.wanted, result.hint);
}

/** Something that must be of one dimension; null where it is not. */
function read(value: string, dimension: Dimension, to: Report): number | null {
  const result = tryParseQuantity(value, dimension, to.where);
  if (result.ok) return result.value_SI;
  to.issues.push(result.issue);
  return null;
}

const DRIVE_DIMENSIONS = ['current', 'current density', 'rate', 'power', 'resistance'] as const;
const END_DIMENSIONS = ['voltage', 'current', 'current density', 'rate', 'areal charge', 'charge'] as const;

function firstReading<D extends Dimension>(
  value: string,
  wanted: readonly D[],
): { readonly dimension: D; readonly value_SI: number } | null {
  for (const dimension of wanted) {
    const result = tryParseQuantity(value, dimension);
    if (result.ok) return { dimension, value_SI: result.value_SI };
  }
  return null;
}

/** The hint of the dimension whose unit was nearly written. */
function nearHint(value: string, wanted: readonly Dimension[]): string | undefined {
  let any: string | undefined;
  for (const dimension of wanted) {
    const result = tryParseQuantity(value, dimension);
    if (result.ok || result.issue.hint === undefined) continue;
    if (/^did you mean/u.test(result.issue.hint)) return result.issue.hint;
    any ??= result.issue.hint;
  }
  return /^[+-]?\d/u.test(value) ? any : undefined;
}

function readDrive(verb: Verb, value: string, to: Report): Drive | null {
  const asVoltage = tryParseQuantity(value, 'voltage');
  if (verb === 'Hold') {
    if (asVoltage.ok) return { kind: 'voltage', voltage_V: asVoltage.value_SI };
    const other = firstReading(value, DRIVE_DIMENSIONS);
    const hint = other ? `to keep a current say "Charge at ${value}" or "Discharge at ${value}"` : asVoltage.issue.hint;
    return report(to, asVoltage.issue.found, 'a voltage to hold such as "4.1 V"', hint);
  }
  const reading = firstReading(value, DRIVE_DIMENSIONS);
  const wanted =
    'a current, a current density, a C-rate, a power or a load such as "1 mA", "1 mA/cm2", "C/3", "5 mW" or "4 Ohm"';
  if (reading === null) {
    return report(
      to,
      shown(value),
      wanted,
      asVoltage.ok
        ? `did you mean "Hold at ${value}"?`
        : nearHint(value, ['current density', 'current', 'rate', 'power', 'resistance']),
    );
  }
  const { dimension, value_SI: size } = reading;
  if (!(size > 0)) {
    const hint =
      size === 0
        ? 'for no current say "Rest for …"'
        : `the verb gives the direction; did you mean "${OPPOSITE[verb]} at ${value.replace(/^\s*[-−–‐‑]\s*/u, '')}"?`;
    return report(to, shown(value), 'a value above zero', hint);
  }
  const sign = SIGN[verb]!;
  switch (dimension) {
    case 'current':
      return { kind: 'current', current_A: sign * size };
    case 'current density':
      return { kind: 'current-density', j_A_per_m2: sign * size };
    case 'rate':
      return { kind: 'c-rate', rate_per_h: sign * size };
    case 'power':
      return { kind: 'power', power_W: sign * size };
    case 'resistance':
      return { kind: 'resistance', resistance_ohm: size, sign };
  }
}

type End = Until | { readonly kind: 'duration'; readonly duration_s: number };

const SIDE =
  /^(?:(?:voltage|current|V|I|E)\s*(?=[<>≤≥]|below|above|under|over))?\s*(?:(below|under|<=?|≤)|(above|over|>=?|≥))?\s*/iu;

function readEnd(keyword: 'for' | 'until', value: string, to: Report): End | null {
  const sideFound = SIDE.exec(value)!;
  const side: 'below' | 'above' | undefined =
    sideFound[1] !== undefined ? 'below' : sideFound[2] !== undefined ? 'above' : undefined;
  const quantity = value.slice(sideFound[0].length);
  const duration_s = side === undefined ? durationOf(quantity) : null;
  if (duration_s !== null) {
    return duration_s > 0 ? { kind: 'duration', duration_s } : report(to, shown(value), 'a duration above zero');
  }
  const reading = firstReading(quantity, END_DIMENSIONS);
  if (reading === null) {
    const wanted =
      keyword === 'for'
        ? 'a time or a charge such as "2 h" or "1 mAh/cm2"'
        : 'a voltage, a current or a charge such as "1 V", "50 mA", "C/50" or "1 mAh/cm2"';
    const near =
      keyword === 'for' ? (['time', 'areal charge', 'charge'] as const) : ([...END_DIMENSIONS, 'time'] as const);
    return report(to, shown(value), wanted, nearHint(quantity, near));
  }
  const { dimension, value_SI: size } = reading;
  const sided = side === undefined ? {} : { side };
  if (keyword === 'for' && dimension !== 'charge' && dimension !== 'areal charge') {
    return report(to, shown(value), 'a time or a charge after "for"', `did you mean "until ${value}"?`);
  }
  if (dimension !== 'voltage' && !(size > 0)) {
    const hint =
      size < 0
        ? `limits are magnitudes; did you mean "${value.replace(/[-−–‐‑]\s*/u, '')}"?`
        : 'a current only nears zero and never gets there';
    return report(to, shown(value), 'a value above zero', hint);
  }
  if (side !== undefined && (dimension === 'charge' || dimension === 'areal charge')) {
    return report(to, shown(value), 'a charge without "above" or "below"', 'the charge passed in a step only grows');
  }
  switch (dimension) {
    case 'voltage':
      return { kind: 'voltage', voltage_V: size, ...sided };
    case 'current':
      return { kind: 'current', current_A: size, ...sided };
    case 'current density':
      return { kind: 'current-density', j_A_per_m2: size, ...sided };
    case 'rate':
      return { kind: 'c-rate', rate_per_h: size, ...sided };
    case 'charge':
      return { kind: 'charge', charge_C: size };
    case 'areal charge':
      return { kind: 'areal-charge', charge_C_per_m2: size };
  }
}

/** A time in s; also "1 h 30 min", and PyBaMM's "10 m". null where the text is none. */
export function durationOf(value: string): number | null {
  const minutes = /^([\d.]+) ?m$/u.exec(value);
  const simple = tryParseQuantity(minutes ? `${minutes[1]} min` : value, 'time');
  if (simple.ok) return simple.value_SI;
  if (!/^(?:\d+(?:\.\d+)? ?[a-z]+ ?(?:and )?){2,4}$/iu.test(value)) return null;
  let sum_s = 0;
  for (const [part] of value.matchAll(/\d+(?:\.\d+)? ?[a-z]+/giu)) {
    const time = tryParseQuantity(part, 'time');
    if (!time.ok) return null;
    sum_s += time.value_SI;
  }
  return sum_s;
}

/** A time above zero, or an issue. */
export function readDuration(value: string, to: Report): number | null {
  const duration_s = durationOf(value);
  if (duration_s === null) return read(value, 'time', to);
  return duration_s > 0 ? duration_s : report(to, shown(value), 'a time above zero such as "1 min"');
}

const PROFILE_SI = { current: 'current', power: 'power', voltage: 'voltage' } as const satisfies Record<
  string,
  Dimension
>;
const PROFILE_POINT = /^(\d[\d.]*(?:e[+-]?\d+)? ?[a-z]+)[ :]+(.+)$/iu;

function readProfile(of: 'current' | 'power' | 'voltage', points: string, to: Report): Drive | null {
  const time_s: number[] = [];
  const value_SI: number[] = [];
  for (const point of points.split(',')) {
    const found = PROFILE_POINT.exec(point.trim());
    if (!found)
      return report(
        to,
        shown(point.trim()),
        `a time and a ${of} such as "10 s 1 ${of === 'current' ? 'mA' : of === 'power' ? 'mW' : 'V'}"`,
      );
    const time = read(found[1]!, 'time', to);
    const value = read(found[2]!, PROFILE_SI[of], to);
    if (time === null || value === null) return null;
    time_s.push(time);
    value_SI.push(value);
  }
  return { kind: 'profile', of, time_s, value_SI };
}

/** Whether a step means something: it can end, and its ends can be met. Text and data both pass here. */
export function checkStep(
  { drive, duration_s, until }: Step,
  { nominalCapacity_C }: ProtocolContext,
  to: Report,
): void {
  const ends = duration_s !== undefined || until.length > 0;
  switch (drive.kind) {
    case 'rest': {
      if (!ends) report(to, 'a rest without an end', 'a duration', 'such as "Rest for 10 minutes"');
      const unmet = until.find(({ kind }) => kind !== 'voltage');
      if (unmet)
        report(
          to,
          `a rest until ${describeUntil(unmet)}`,
          'a rest that ends by time or voltage',
          'no current flows at rest; say "Rest for …"',
        );
      break;
    }
    case 'voltage': {
      const unmet = until.find(({ kind }) => kind === 'voltage');
      if (unmet)
        report(
          to,
          `a hold until ${describeUntil(unmet)}`,
          'a hold that ends by time, current or charge',
          'the voltage is held and does not move',
        );
      break;
    }
    case 'current':
    case 'current-density':
    case 'c-rate': {
      const unmet = until.find(({ kind }) => kind === 'current' || kind === 'current-density' || kind === 'c-rate');
      if (unmet)
        report(
          to,
          `a constant current until ${describeUntil(unmet)}`,
          'a current that ends by time, voltage or charge',
          'the current is held and does not move; hold a voltage to let it fall',
        );
      if (!ends)
        report(to, 'a step that names no end', '"for" or "until"', 'such as "for 1 mAh/cm2", "for 2 h" or "until 1 V"');
      break;
    }
    case 'power':
    case 'resistance':
      if (!ends) report(to, 'a step that names no end', '"for" or "until"', 'such as "for 2 h" or "until 2.5 V"');
      break;
    case 'profile':
      checkProfile(drive, to);
      break;
  }
  if (nominalCapacity_C === null && (drive.kind === 'c-rate' || until.some(({ kind }) => kind === 'c-rate'))) {
    report(
      to,
      'a C-rate',
      'a current or current density',
      'this cell has no nominal capacity that a C-rate could refer to',
    );
  }
}

function checkProfile({ time_s, value_SI }: Extract<Drive, { kind: 'profile' }>, to: Report): void {
  if (time_s.length < 2) report(to, `a drive cycle of ${time_s.length} points`, 'at least two points');
  if (time_s.length !== value_SI.length)
    report(to, `${time_s.length} times and ${value_SI.length} values`, 'as many times as values');
  if (time_s.length > 0 && time_s[0] !== 0) report(to, `a drive cycle that starts at ${time_s[0]} s`, 'a start at 0 s');
  const back = time_s.findIndex((time, k) => k > 0 && !(time > time_s[k - 1]!));
  if (back > 0) report(to, `${time_s[back]} s after ${time_s[back - 1]} s`, 'times that increase');
}

/** A step in canonical words, which read back to the same data. Areal currents are plated and stripped unless `asCharge`. */
export function formatStep(step: Step, asCharge = false): string {
  const { drive, duration_s, until, period_s, temperature_K, tags } = step;
  // A charge that stands first is said with "for", as people do: "Plate at … for 1 mAh/cm2 or until -0.5 V".
  const firstLimit = until.findIndex(({ kind }) => kind !== 'charge' && kind !== 'areal-charge');
  const charges = until.slice(0, firstLimit < 0 ? until.length : firstLimit).map(describeUntil);
  const limits = until.slice(charges.length).map(describeUntil);
  const lasting = [...(duration_s === undefined ? [] : [inUnits(duration_s, 'time', ['s', 'min', 'h'])]), ...charges];
  return [
    describeDrive(drive, asCharge),
    ...(lasting.length === 0 ? [] : [`for ${lasting.join(' or ')}`]),
    ...(limits.length === 0 ? [] : [`${lasting.length === 0 ? '' : 'or '}until ${limits.join(' or ')}`]),
    ...(temperature_K === undefined ? [] : [`at ${inUnits(temperature_K, 'temperature', ['K', '°C'])}`]),
    ...(period_s === undefined ? [] : [`(${inUnits(period_s, 'time', ['s', 'min', 'h'])} period)`]),
    ...(tags ?? []).map((tag) => `(tag ${JSON.stringify(tag)})`),
  ].join(' ');
}

function describeDrive(drive: Drive, asCharge: boolean): string {
  const verb = (value: number) => (value < 0 ? 'Discharge' : 'Charge');
  switch (drive.kind) {
    case 'rest':
      return 'Rest';
    case 'current':
      return `${verb(drive.current_A)} at ${inUnits(Math.abs(drive.current_A), 'current', ['µA', 'A', 'mA'])}`;
    case 'current-density': {
      const areal = asCharge ? verb(drive.j_A_per_m2) : drive.j_A_per_m2 < 0 ? 'Plate' : 'Strip';
      return `${areal} at ${inUnits(Math.abs(drive.j_A_per_m2), 'current density', ['µA/cm2', 'mA/cm2'])}`;
    }
    case 'c-rate':
      return `${verb(drive.rate_per_h)} at ${formatQuantity(Math.abs(drive.rate_per_h), 'C-rate')}`;
    case 'voltage':
      return `Hold at ${inUnits(drive.voltage_V, 'voltage', ['mV', 'V'])}`;
    case 'power':
      return `${verb(drive.power_W)} at ${inUnits(Math.abs(drive.power_W), 'power', ['µW', 'W', 'mW'])}`;
    case 'resistance':
      return `${verb(drive.sign)} at ${inUnits(drive.resistance_ohm, 'resistance', ['mΩ', 'kΩ', 'Ω'])}`;
    case 'profile': {
      const unit = { current: ['A', 'mA'], power: ['W', 'mW'], voltage: ['V'] }[drive.of];
      const points = drive.time_s.map(
        (time, k) => `${inUnits(time, 'time', ['s'])} ${inUnits(drive.value_SI[k]!, PROFILE_SI[drive.of], unit)}`,
      );
      return `Run ${drive.of} ${points.join(', ')}`;
    }
  }
}

function describeUntil(until: Until): string {
  const side = 'side' in until && until.side !== undefined ? `${until.side} ` : '';
  switch (until.kind) {
    case 'voltage':
      return `${side}${inUnits(until.voltage_V, 'voltage', ['mV', 'V'])}`;
    case 'current':
      return `${side}${inUnits(until.current_A, 'current', ['µA', 'A', 'mA'])}`;
    case 'current-density':
      return `${side}${inUnits(until.j_A_per_m2, 'current density', ['µA/cm2', 'mA/cm2'])}`;
    case 'c-rate':
      return `${side}${formatQuantity(until.rate_per_h, 'C-rate')}`;
    case 'charge':
      return inUnits(until.charge_C, 'charge', ['Ah', 'mAh']);
    case 'areal-charge':
      return inUnits(until.charge_C_per_m2, 'areal charge', ['mAh/cm2']);
  }
}

/** Units in which every value is printed exactly; usual units may miss the last digit. */
const EXACT_UNIT = {
  current: 'A',
  'current density': 'A/m2',
  charge: 'As',
  'areal charge': 'C/m2',
  voltage: 'V',
  power: 'W',
  resistance: 'Ω',
  time: 's',
  temperature: 'K',
  fraction: '',
} as const satisfies Partial<Record<Dimension, string>>;

/** The shortest of the printings that read back to the very same value, the later of two equally short; failing all, that in the SI unit. */
export function inUnits(value_SI: number, dimension: keyof typeof EXACT_UNIT, units: readonly string[]): string {
  let best: string | null = null;
  let bestDigits = Number.POSITIVE_INFINITY;
  for (const unit of units) {
    const text = formatQuantity(value_SI, unit, undefined, dimension);
    const digits = text.length - unit.length;
    if (digits <= bestDigits && parseQuantity(text, dimension) === value_SI) [best, bestDigits] = [text, digits];
  }
  return best ?? formatQuantity(value_SI, EXACT_UNIT[dimension], undefined, dimension);
}

function tryJsonText(quoted: string): string | null {
  try {
    const text: unknown = JSON.parse(quoted);
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

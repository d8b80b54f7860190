// Protocol items given as objects: the exact data of protocol.ts, and the friendly form {"plate": "1 mA/cm2",
// "for": "1 mAh/cm2", "until": "1 V"} whose values are the words of a step. Exact fields take SI numbers or text with a unit.

import { type Dimension, nearestHint, tryParseQuantity } from '../units/index.ts';
import { shown } from './plain-json.ts';
import type { CycleGroup, Drive, ProtocolItem, ProtocolStop, Step, Until } from './protocol.ts';
import {
  type Clause,
  checkStep,
  type ProtocolContext,
  type Report,
  readStepWords,
  readTemperature,
  report,
  VERBS,
} from './protocol-step-text.ts';
import { CYCLES_MAX } from './protocol-walk.ts';

/** Reads a list of items; nested lists and texts inside data are again what they are outside. */
export type ReadItems = (list: readonly unknown[], where: string) => readonly ProtocolItem[];

type PlainObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One item from an object; null where it could not be read, the reasons then stand in `to.issues`. */
export function readDataItem(
  data: unknown,
  context: ProtocolContext,
  to: Report,
  readItems: ReadItems,
): ProtocolItem | null {
  if (!isObject(data)) return report(to, shown(data), 'a step: text, a nested list, or an object');
  const { kind } = data;
  if (kind === 'step') return readDataStep(data, context, to);
  if (kind === 'cycle' || (kind === undefined && 'cycle' in data)) return readDataCycle(data, to, readItems);
  if (kind === 'repeat' || (kind === undefined && 'repeat' in data)) return readDataRepeat(data, to, readItems);
  if (kind !== undefined)
    return report({ ...to, where: `${to.where}.kind` }, shown(kind), '"step", "cycle" or "repeat"');
  return readFriendlyStep(data, context, to);
}

function readDataCycle(data: PlainObject, to: Report, readItems: ReadItems): CycleGroup | null {
  const key = 'cycle' in data ? 'cycle' : 'steps' in data ? 'steps' : 'items';
  knownKeys(data, ['kind', key], to);
  const list = data[key];
  if (!Array.isArray(list) || list.length === 0)
    return report({ ...to, where: `${to.where}.${key}` }, shown(list), 'a list of steps');
  const issuesBefore = to.issues.length;
  const items = readItems(list, `${to.where}.${key}`);
  if (to.issues.length > issuesBefore) return null;
  const steps = items.filter((item): item is Step => item.kind === 'step');
  if (steps.length < items.length) return report(to, 'a repeat or a cycle inside a cycle', 'steps only');
  return { kind: 'cycle', items: steps };
}

function readDataRepeat(data: PlainObject, to: Report, readItems: ReadItems): ProtocolItem | null {
  const issuesBefore = to.issues.length;
  const timesKey = 'repeat' in data ? 'repeat' : 'times';
  const listKey = 'steps' in data ? 'steps' : 'items';
  knownKeys(data, ['kind', timesKey, listKey], to);
  const times = data[timesKey];
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1 || times > CYCLES_MAX) {
    report(
      { ...to, where: `${to.where}.${timesKey}` },
      shown(times),
      `a whole number of repeats from 1 to ${CYCLES_MAX}`,
    );
  }
  const list = data[listKey];
  if (!Array.isArray(list) || list.length === 0) {
    report({ ...to, where: `${to.where}.${listKey}` }, shown(list), 'a list of steps to repeat');
    return null;
  }
  const items = readItems(list, `${to.where}.${listKey}`);
  return to.issues.length > issuesBefore ? null : { kind: 'repeat', times: times as number, items };
}

const STEP_KEYS = ['kind', 'drive', 'duration_s', 'until', 'period_s', 'temperature_K', 'tags'];

function readDataStep(data: PlainObject, context: ProtocolContext, to: Report): Step | null {
  const issuesBefore = to.issues.length;
  knownKeys(data, STEP_KEYS, to);
  const drive = readDataDrive(data.drive, { ...to, where: `${to.where}.drive` });
  const duration_s = optionalPositive(data, 'duration_s', 'time', to);
  const period_s = optionalPositive(data, 'period_s', 'time', to);
  const temperature_K =
    data.temperature_K === undefined
      ? undefined
      : readTemperature(data.temperature_K, { ...to, where: `${to.where}.temperature_K` });
  const untilData = data.until ?? [];
  const until = Array.isArray(untilData)
    ? untilData.map((one, k) => readDataUntil(one, { ...to, where: `${to.where}.until[${k}]` }))
    : [report({ ...to, where: `${to.where}.until` }, shown(untilData), 'a list of conditions')];
  const tags = readTags(data.tags, { ...to, where: `${to.where}.tags` });
  if (to.issues.length > issuesBefore || drive === null) return null;
  const step: Step = {
    kind: 'step',
    drive,
    ...(duration_s === undefined ? {} : { duration_s }),
    until: until.filter((one) => one !== null),
    ...(period_s === undefined ? {} : { period_s }),
    ...(temperature_K === undefined || temperature_K === null ? {} : { temperature_K }),
    ...(tags.length === 0 ? {} : { tags }),
  };
  checkStep(step, context, to);
  return to.issues.length > issuesBefore ? null : step;
}

/** The dimensioned field of each kind of drive; what else a kind has is read beside. */
const DRIVE_FIELDS = {
  current: ['current_A', 'current'],
  'current-density': ['j_A_per_m2', 'current density'],
  'c-rate': ['rate_per_h', 'rate'],
  voltage: ['voltage_V', 'voltage'],
  power: ['power_W', 'power'],
  resistance: ['resistance_ohm', 'resistance'],
} as const satisfies Record<string, readonly [string, Dimension]>;
const DRIVE_KINDS = ['rest', ...Object.keys(DRIVE_FIELDS), 'profile'];

function readDataDrive(data: unknown, to: Report): Drive | null {
  if (!isObject(data)) return report(to, shown(data), 'a drive such as {"kind": "current", "current_A": 0.001}');
  const kindAt = { ...to, where: `${to.where}.kind` };
  const kind = data.kind;
  if (typeof kind !== 'string' || !DRIVE_KINDS.includes(kind)) {
    return report(
      kindAt,
      shown(kind),
      `one of ${DRIVE_KINDS.join(', ')}`,
      typeof kind === 'string' ? nearestHint(kind, DRIVE_KINDS) : undefined,
    );
  }
  if (kind === 'rest') {
    knownKeys(data, ['kind'], to);
    return { kind };
  }
  if (kind === 'profile') return readDataProfile(data, to);
  const driveKind = kind as keyof typeof DRIVE_FIELDS;
  const [field, dimension] = DRIVE_FIELDS[driveKind];
  knownKeys(data, driveKind === 'resistance' ? ['kind', field, 'sign'] : ['kind', field], to);
  const value = required(data, field, dimension, to);
  if (value === null) return null;
  const at = { ...to, where: `${to.where}.${field}` };
  if (value === 0 && driveKind !== 'voltage')
    return report(at, '0', 'a value other than zero', 'for no current use {"kind": "rest"}');
  switch (driveKind) {
    case 'current':
      return { kind: driveKind, current_A: value };
    case 'current-density':
      return { kind: driveKind, j_A_per_m2: value };
    case 'c-rate':
      return { kind: driveKind, rate_per_h: value };
    case 'voltage':
      return { kind: driveKind, voltage_V: value };
    case 'power':
      return { kind: driveKind, power_W: value };
    case 'resistance': {
      const { sign } = data;
      if (value < 0)
        return report(at, shown(data[field]), 'a resistance above zero', 'the direction is given by "sign"');
      if (sign !== 1 && sign !== -1)
        return report({ ...to, where: `${to.where}.sign` }, shown(sign), '-1 to discharge, 1 to charge');
      return { kind: driveKind, resistance_ohm: value, sign };
    }
  }
}

function readDataProfile(data: PlainObject, to: Report): Drive | null {
  knownKeys(data, ['kind', 'of', 'time_s', 'value_SI'], to);
  const { of } = data;
  if (of !== 'current' && of !== 'power' && of !== 'voltage') {
    return report({ ...to, where: `${to.where}.of` }, shown(of), '"current", "power" or "voltage"');
  }
  const isNumbers = (list: unknown): list is readonly number[] =>
    Array.isArray(list) && list.every((value) => typeof value === 'number' && Number.isFinite(value));
  if (!isNumbers(data.time_s))
    return report({ ...to, where: `${to.where}.time_s` }, shown(data.time_s), 'a list of times in s');
  if (!isNumbers(data.value_SI))
    return report({ ...to, where: `${to.where}.value_SI` }, shown(data.value_SI), 'a list of values in A, W or V');
  return { kind: 'profile', of, time_s: data.time_s, value_SI: data.value_SI };
}

const UNTIL_FIELDS = {
  voltage: ['voltage_V', 'voltage'],
  current: ['current_A', 'current'],
  'current-density': ['j_A_per_m2', 'current density'],
  'c-rate': ['rate_per_h', 'rate'],
  charge: ['charge_C', 'charge'],
  'areal-charge': ['charge_C_per_m2', 'areal charge'],
} as const satisfies Record<string, readonly [string, Dimension]>;
const UNTIL_KINDS = Object.keys(UNTIL_FIELDS);

function readDataUntil(data: unknown, to: Report): Until | null {
  if (!isObject(data)) return report(to, shown(data), 'a condition such as {"kind": "voltage", "voltage_V": 1}');
  if (typeof data.kind !== 'string' || !UNTIL_KINDS.includes(data.kind)) {
    return report(
      { ...to, where: `${to.where}.kind` },
      shown(data.kind),
      `one of ${UNTIL_KINDS.join(', ')}`,
      typeof data.kind === 'string' ? nearestHint(data.kind, UNTIL_KINDS) : undefined,
    );
  }
  const kind = data.kind as keyof typeof UNTIL_FIELDS;
  const [field, dimension] = UNTIL_FIELDS[kind];
  const isCharge = kind === 'charge' || kind === 'areal-charge';
  knownKeys(data, isCharge ? ['kind', field] : ['kind', field, 'side'], to);
  const value = required(data, field, dimension, to);
  if (value === null) return null;
  if (kind !== 'voltage' && !(value > 0))
    return report({ ...to, where: `${to.where}.${field}` }, shown(data[field]), 'a magnitude above zero');
  const { side } = data;
  if (!isCharge && side !== undefined && side !== 'above' && side !== 'below') {
    return report({ ...to, where: `${to.where}.side` }, shown(side), '"above" or "below"');
  }
  const sided = side === undefined ? {} : { side: side as 'above' | 'below' };
  switch (kind) {
    case 'voltage':
      return { kind, voltage_V: value, ...sided };
    case 'current':
      return { kind, current_A: value, ...sided };
    case 'current-density':
      return { kind, j_A_per_m2: value, ...sided };
    case 'c-rate':
      return { kind, rate_per_h: value, ...sided };
    case 'charge':
      return { kind, charge_C: value };
    case 'areal-charge':
      return { kind, charge_C_per_m2: value };
  }
}

/** A condition that ends the whole run, as data. */
export function readDataStop(data: unknown, to: Report): ProtocolStop | null {
  const wanted = 'a stop such as "80% capacity" or {"kind": "voltage", "voltage_V": 2.5, "side": "below"}';
  if (!isObject(data)) return report(to, shown(data), wanted);
  switch (data.kind) {
    case 'voltage': {
      knownKeys(data, ['kind', 'voltage_V', 'side'], to);
      const voltage_V = required(data, 'voltage_V', 'voltage', to);
      if (data.side !== 'above' && data.side !== 'below')
        return report({ ...to, where: `${to.where}.side` }, shown(data.side), '"above" or "below"');
      return voltage_V === null ? null : { kind: 'voltage', voltage_V, side: data.side };
    }
    case 'capacity-fraction': {
      knownKeys(data, ['kind', 'fraction'], to);
      const fraction = required(data, 'fraction', 'fraction', to, true);
      return fraction === null ? null : { kind: 'capacity-fraction', fraction };
    }
    case 'capacity': {
      knownKeys(data, ['kind', 'capacity_C'], to);
      const capacity_C = required(data, 'capacity_C', 'charge', to, true);
      return capacity_C === null ? null : { kind: 'capacity', capacity_C };
    }
    case 'time': {
      knownKeys(data, ['kind', 'time_s'], to);
      const time_s = required(data, 'time_s', 'time', to, true);
      return time_s === null ? null : { kind: 'time', time_s };
    }
    default:
      return report(
        { ...to, where: `${to.where}.kind` },
        shown(data.kind),
        '"voltage", "capacity-fraction", "capacity" or "time"',
      );
  }
}

const FRIENDLY_KEYS = ['for', 'until', 'period', 'temperature', 'tags'];
const VERB_KEYS = VERBS.filter((verb) => verb !== 'Run').map((verb) => verb.toLowerCase());

/** {"plate": "1 mA/cm2", "for": "1 mAh/cm2", "until": ["1 V"]}: the words of a step under their keys. */
function readFriendlyStep(data: PlainObject, context: ProtocolContext, to: Report): Step | null {
  const found = Object.keys(data).filter((key) => VERB_KEYS.includes(key.toLowerCase()));
  const known = [...VERB_KEYS, ...FRIENDLY_KEYS];
  for (const key of Object.keys(data)) {
    if (known.includes(key.toLowerCase())) continue;
    const hint =
      key === 'start_time' ? 'start times are not read; put a rest before the step' : nearestHint(key, known);
    report(
      { ...to, where: `${to.where}.${key}` },
      `the key ${shown(key)}`,
      `one of ${known.join(', ')}, or "kind" and exact data`,
      hint,
    );
  }
  if (found.length !== 1) {
    if (found.length > 1) report(to, found.join(' and '), 'one step in an object');
    else if (Object.keys(data).every((key) => known.includes(key.toLowerCase())))
      report(
        to,
        `an object with ${Object.keys(data).length === 0 ? 'no keys' : `the keys ${shown(Object.keys(data).join(', '))}`}`,
        `a step such as {"plate": "1 mA/cm2", "for": "1 mAh/cm2"}`,
      );
    return null;
  }
  const issuesBefore = to.issues.length;
  const key = found[0]!;
  const verb = VERBS.find((known) => known.toLowerCase() === key.toLowerCase())!;
  const clauses: Clause[] = [];
  // {"rest": "10 min"} says how long; every other verb says at what.
  for (const value of texts(data[key], `${to.where}.${key}`, to))
    clauses.push({ keyword: verb === 'Rest' ? 'for' : 'at', value });
  for (const keyword of ['for', 'until'] as const) {
    for (const value of data[keyword] === undefined ? [] : texts(data[keyword], `${to.where}.${keyword}`, to))
      clauses.push({ keyword, value });
  }
  const [period] = data.period === undefined ? [] : texts(data.period, `${to.where}.period`, to);
  const [temperature] = data.temperature === undefined ? [] : texts(data.temperature, `${to.where}.temperature`, to);
  const tags = readTags(data.tags, { ...to, where: `${to.where}.tags` });
  if (to.issues.length > issuesBefore) return null;
  return readStepWords(
    {
      verb,
      clauses,
      tags,
      ...(period === undefined ? {} : { period }),
      ...(temperature === undefined ? {} : { temperature }),
    },
    context,
    to,
  );
}

function texts(value: unknown, where: string, to: Report): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  const faulty = list.find((one) => typeof one !== 'string');
  if (list.length > 0 && faulty === undefined && list.every((one) => typeof one === 'string')) return list;
  report(
    { ...to, where },
    shown(faulty ?? value),
    'text with a unit such as "1 mA/cm2"',
    'exact numbers belong to the form {"kind": "step", …}',
  );
  return [];
}

function readTags(value: unknown, to: Report): readonly string[] {
  if (value === undefined) return [];
  const list = Array.isArray(value) ? value : [value];
  if (list.every((tag) => typeof tag === 'string')) return list;
  report(to, shown(value), 'a list of texts');
  return [];
}

function required(data: PlainObject, field: string, dimension: Dimension, to: Report, positive = false): number | null {
  const where = `${to.where}.${field}`;
  const result = tryParseQuantity(data[field], dimension, where);
  if (!result.ok) {
    to.issues.push(result.issue);
    return null;
  }
  return positive && !(result.value_SI > 0)
    ? report({ ...to, where }, shown(data[field]), 'a value above zero')
    : result.value_SI;
}

function optionalPositive(data: PlainObject, field: string, dimension: Dimension, to: Report): number | undefined {
  return data[field] === undefined ? undefined : (required(data, field, dimension, to, true) ?? undefined);
}

function knownKeys(data: PlainObject, known: readonly string[], to: Report): void {
  for (const key of Object.keys(data)) {
    if (!known.includes(key))
      report(
        { ...to, where: `${to.where}.${key}` },
        `the key ${shown(key)}`,
        `one of ${known.join(', ')}`,
        nearestHint(key, known),
      );
  }
}

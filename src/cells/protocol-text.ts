// Protocols as people write them, read into data and printed back.
//
// A protocol is a text (one step a line, or ";" between them), a list, or data. In a text or list stand
//   a step                     "Plate at 1 mA/cm2 for 1 mAh/cm2"           (protocol-step-text.ts)
//   a tuple, which is a cycle  "(Charge at C/3 until 4.2 V; Rest for 1 h)", or a nested list
//   repeat N, or * N           repeats all that stands before it, from the start or from the previous repeat of either form
//   (…; …) * N                 repeats what is in the brackets; also "repeat N: …; …" to the end of its text or line
//   record every 1 min         spacing of stored rows where a step does not say
//   temperature 45 °C          for the steps that do not say
//   stop at 80% capacity       ends the whole run; also "stop below 2.5 V", "stop above 4.5 V", "stop after 100 h"
//   # a remark                 to the end of the line
// A Python list of PyBaMM's, quotes, commas and "* 10" included, may be pasted as it is.
//
// Cycles are counted as protocol-walk.ts says: ["Plate …", "Strip …", "repeat 200"] is 200 cycles, a formation step before a
// bracketed repeat is a cycle of its own, and a protocol without repeats and tuples is a single cycle.

import { InputError, type Issue, nearestHint, tryParseQuantity } from '../units/index.ts';
import type { CellKind } from './cell.ts';
import { plainJson, shown } from './plain-json.ts';
import type { Protocol, ProtocolItem, ProtocolStop, Step } from './protocol.ts';
import { readDataItem, readDataStop } from './protocol-data.ts';
import {
  formatStep,
  inUnits,
  type ProtocolContext,
  type Report,
  readDuration,
  readStep,
  readTemperature,
  report,
} from './protocol-step-text.ts';
import { CYCLES_MAX, countSteps } from './protocol-walk.ts';

export type { ProtocolContext } from './protocol-step-text.ts';

/** Longest protocol text and most items of a protocol; more is refused. */
export const PROTOCOL_TEXT_LENGTH_MAX = 1_000_000;
export const PROTOCOL_ITEMS_MAX = 100_000;
const DEPTH_MAX = 16;

/** What has been read so far of one level of a protocol. */
interface Draft {
  readonly items: ProtocolItem[];
  /** First item that a "repeat N" would repeat. */
  since: number;
}

/** What holds for the whole protocol, and what a reader needs at hand. */
interface Reading {
  readonly context: ProtocolContext;
  readonly issues: Issue[];
  period_s?: number;
  temperature_K?: number;
  readonly stop: ProtocolStop[];
}

/**
 * Reads a protocol from a text, a list of texts, nested lists (tuples) and objects, or data. Throws InputError with all
 * issues; `where` is the path that they begin with. All values of the result are SI, currents signed.
 */
export function parseProtocol(
  input: string | readonly unknown[] | object,
  where = 'protocol',
  context: ProtocolContext = {},
): Protocol {
  const reading: Reading = { context, issues: [], stop: [] };
  const draft: Draft = { items: [], since: 0 };
  if (typeof input === 'string') readText(input, draft, reading, where, 0);
  else if (Array.isArray(input)) readList(input, draft, reading, where);
  else readWhole(input, draft, reading, where);
  const { issues, period_s, stop } = reading;
  const items =
    reading.temperature_K === undefined
      ? draft.items
      : draft.items.map((item) => atTemperature(item, reading.temperature_K!));
  if (issues.length === 0) checkExtent(items, { where, issues });
  if (issues.length > 0) throw new InputError(issues);
  return { items, ...(period_s === undefined ? {} : { period_s }), ...(stop.length === 0 ? {} : { stop }) };
}

function checkExtent(items: readonly ProtocolItem[], to: Report): void {
  if (items.length === 0) report(to, 'no steps', 'at least one step', 'such as "Plate at 1 mA/cm2 for 1 mAh/cm2"');
  const passes = (item: ProtocolItem): number =>
    item.kind === 'repeat' ? item.times * Math.max(...item.items.map(passes)) : 1;
  const most = items.reduce((largest, item) => Math.max(largest, passes(item)), 0);
  if (most > CYCLES_MAX || countSteps({ items }) > 10 * CYCLES_MAX) {
    report(to, `${most} passes of nested repeats`, `at most ${CYCLES_MAX} passes and ${10 * CYCLES_MAX} steps`);
  }
}

function atTemperature(item: ProtocolItem, temperature_K: number): ProtocolItem {
  if (item.kind === 'step') return item.temperature_K === undefined ? inOrder({ ...item, temperature_K }) : item;
  if (item.kind === 'cycle')
    return { ...item, items: item.items.map((step) => atTemperature(step, temperature_K) as Step) };
  return { ...item, items: item.items.map((inner) => atTemperature(inner, temperature_K)) };
}

/** Keys in one order, so that equal protocols print equal JSON. */
function inOrder({ tags, ...step }: Step): Step {
  return tags === undefined ? step : { ...step, tags };
}

/** A list: each element is a text, a nested list (a cycle) or an object. */
function readList(list: readonly unknown[], draft: Draft, reading: Reading, where: string): void {
  const { issues } = reading;
  if (list.length > PROTOCOL_ITEMS_MAX) {
    report({ where, issues }, `${list.length} items`, `at most ${PROTOCOL_ITEMS_MAX}`, 'use a repeat');
    return;
  }
  for (let k = 0; k < list.length; k++) {
    const element = list[k];
    const path = `${where}[${k}]`;
    if (typeof element === 'string') readText(element, draft, reading, path, 0);
    else if (Array.isArray(element)) readTuple(element, draft, reading, path);
    else readObject(element, draft, reading, path);
  }
}

/** A nested list is one cycle, and holds steps only. */
function readTuple(list: readonly unknown[], draft: Draft, reading: Reading, where: string): void {
  const inner: Draft = { items: [], since: 0 };
  const nested = list.findIndex((element) => Array.isArray(element));
  if (nested >= 0) {
    report(
      { where: `${where}[${nested}]`, issues: reading.issues },
      'a list',
      'a step inside a cycle',
      'repeat the whole cycle instead',
    );
    return;
  }
  readList(list, inner, reading, where);
  pushCycle(inner, draft, { where, issues: reading.issues });
}

function pushCycle(inner: Draft, draft: Draft, to: Report): void {
  const steps = inner.items.filter((item): item is Step => item.kind === 'step');
  if (steps.length < inner.items.length) {
    report(to, 'a repeat or a cycle inside a cycle', 'steps only', 'repeat the whole cycle instead');
  } else if (steps.length > 0) draft.items.push({ kind: 'cycle', items: steps });
  else if (to.issues.length === 0) report(to, 'an empty cycle', 'at least one step');
}

function pushRepeat(times: number, items: readonly ProtocolItem[], draft: Draft, to: Report): void {
  if (!Number.isInteger(times) || times < 1 || times > CYCLES_MAX) {
    report(to, `repeat ${times}`, `a whole number of repeats from 1 to ${CYCLES_MAX}`);
  } else if (items.length > 0) draft.items.push({ kind: 'repeat', times, items });
  else if (to.issues.length === 0)
    report(to, `repeat ${times} of nothing`, 'steps to repeat', 'put the steps before "repeat"');
  draft.since = draft.items.length;
}

/** An element of a list that is an object: data, or {"repeat": 10, "steps": […]}, or {"plate": "1 mA/cm2", …}. */
function readObject(element: unknown, draft: Draft, reading: Reading, where: string): void {
  const { issues, context } = reading;
  const data = asPlain(element, where, issues);
  if (data === undefined) return;
  const item = readDataItem(data, context, { where, issues }, (list, path) => {
    const inner: Draft = { items: [], since: 0 };
    readList(list, inner, reading, path);
    return inner.items;
  });
  if (item === null) return;
  draft.items.push(item);
  if (item.kind === 'repeat') draft.since = draft.items.length;
}

const WHOLE_KEYS = [
  'items',
  'steps',
  'cycles',
  'period',
  'period_s',
  'temperature',
  'temperature_K',
  'stop',
  'termination',
];

/** The data form of a protocol, or a single step as an object. */
function readWhole(input: unknown, draft: Draft, reading: Reading, where: string): void {
  const { issues } = reading;
  const data = asPlain(input, where, issues);
  if (data === undefined) return;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    report({ where, issues }, shown(data), 'a protocol: text, a list of steps, or data');
    return;
  }
  const whole = data as Readonly<Record<string, unknown>>;
  const list = whole.items ?? whole.steps ?? whole.cycles;
  if (list === undefined || 'repeat' in whole || 'kind' in whole) {
    readObject(whole, draft, reading, where);
    return;
  }
  for (const key of Object.keys(whole)) {
    if (!WHOLE_KEYS.includes(key))
      report(
        { where: `${where}.${key}`, issues },
        `the key ${shown(key)}`,
        `one of ${WHOLE_KEYS.join(', ')}`,
        nearestHint(key, WHOLE_KEYS),
      );
  }
  const listKey = whole.items !== undefined ? 'items' : whole.steps !== undefined ? 'steps' : 'cycles';
  if (typeof list === 'string') readText(list, draft, reading, `${where}.${listKey}`, 0);
  else if (Array.isArray(list)) readList(list, draft, reading, `${where}.${listKey}`);
  else report({ where: `${where}.${listKey}`, issues }, shown(list), 'a list of steps');
  const period = whole.period ?? whole.period_s;
  if (period !== undefined) setPeriod(period, reading, { where: `${where}.period`, issues });
  const temperature = whole.temperature ?? whole.temperature_K;
  const temperatureKey = whole.temperature === undefined ? 'temperature_K' : 'temperature';
  if (temperature !== undefined) setTemperature(temperature, reading, { where: `${where}.${temperatureKey}`, issues });
  const stop = whole.stop ?? whole.termination;
  for (const [k, condition] of (stop === undefined ? [] : Array.isArray(stop) ? stop : [stop]).entries()) {
    const to = { where: `${where}.stop[${k}]`, issues };
    const read = typeof condition === 'string' ? readStop(condition, to) : readDataStop(condition, to);
    if (read !== null) reading.stop.push(read);
  }
}

function asPlain(input: unknown, where: string, issues: Issue[]): unknown {
  try {
    return plainJson(input, where);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    issues.push(...error.issues);
    return undefined;
  }
}

function setPeriod(value: unknown, reading: Reading, to: Report): void {
  const period_s = typeof value === 'string' ? readDuration(value, to) : positiveTime(value, to);
  if (period_s !== null) reading.period_s = period_s;
}

function positiveTime(value: unknown, to: Report): number | null {
  const time = tryParseQuantity(value, 'time', to.where);
  if (time.ok && time.value_SI > 0) return time.value_SI;
  return report(to, shown(value), 'a time above zero such as "1 min"');
}

function setTemperature(value: unknown, reading: Reading, to: Report): void {
  const temperature_K = readTemperature(value, to);
  if (temperature_K !== null) reading.temperature_K = temperature_K;
}

/** One piece of a text between separators, with the line it begins on. */
interface Piece {
  readonly text: string;
  readonly line: number;
}

/** A remark with what stands before its #, or a quoted text, which is no remark. */
const REMARK = /"(?:[^"\\\n]|\\.)*"|(^|\s)#[^\n]*/gu;
/** The end of an element of a Python list. */
const PYTHON_END = /(?:["')\]]|[)\]] *\* *\d+)\s*$/u;
const OPENING = '([';
const CLOSING = ')]';

/**
 * Splits a text at ";", line ends, and Python's "," and "+" after a quote or bracket; not inside brackets or quotes. Brackets
 * count only where an item begins: those inside a step belong to the step.
 */
function splitPieces(written: string): readonly Piece[] {
  const text = written.replace(REMARK, (whole, before: string | undefined) => before ?? whole);
  const pieces: Piece[] = [];
  let depth = 0;
  let quote = '';
  let line = 1;
  let start = 0;
  let startLine = 1;
  let lastSolid = '';
  const cut = (end: number) => {
    const piece = text.slice(start, end).trim();
    if (piece !== '') pieces.push({ text: piece, line: startLine });
    start = end + 1;
  };
  for (let k = 0; k < text.length; k++) {
    const c = text[k]!;
    if (c === '\n') line++;
    if (quote !== '') {
      if (c === '\\') k++;
      else if (c === quote) quote = '';
      lastSolid = c;
      continue;
    }
    if (c === '"' || (c === "'" && /^[([,;+\n]?$/u.test(lastSolid))) quote = c;
    else if (OPENING.includes(c)) depth++;
    else if (CLOSING.includes(c)) depth = Math.max(0, depth - 1);
    else if (
      depth === 0 &&
      (/[;\n\r]/u.test(c) || (/[,+]/u.test(c) && PYTHON_END.test(text.slice(Math.max(start, k - 30), k))))
    ) {
      cut(k);
      startLine = line;
      lastSolid = '';
      continue;
    }
    if (!/\s/u.test(c)) {
      if (lastSolid === '') startLine = line;
      lastSolid = c;
    }
  }
  cut(text.length);
  return pieces;
}

/** Reads a text of any number of items. Issues name the line where there are several, and the piece itself. */
function readText(text: string, draft: Draft, reading: Reading, where: string, depth: number, firstLine = 1): void {
  const { issues } = reading;
  if (text.length > PROTOCOL_TEXT_LENGTH_MAX) {
    report({ where, issues }, `${text.length} characters`, `at most ${PROTOCOL_TEXT_LENGTH_MAX}`);
    return;
  }
  if (depth > DEPTH_MAX) {
    report({ where, issues }, 'brackets in brackets', `at most ${DEPTH_MAX} levels`);
    return;
  }
  const pieces = splitPieces(text);
  const severalLines = depth > 0 || text.includes('\n');
  if (pieces.length === 0 && depth === 0)
    report({ where, issues }, shown(text), 'a step such as "Plate at 1 mA/cm2 for 1 mAh/cm2"');
  if (draft.items.length + pieces.length > PROTOCOL_ITEMS_MAX) {
    report({ where, issues }, `more than ${PROTOCOL_ITEMS_MAX} items`, `at most ${PROTOCOL_ITEMS_MAX}`, 'use a repeat');
    return;
  }
  for (let k = 0; k < pieces.length; k++) {
    const piece = pieces[k]!;
    const line = firstLine + piece.line - 1;
    const to = { where: severalLines ? `${where.replace(/:\d+$/u, '')}:${line}` : where, issues };
    const prefix = /^repeat\s+[x×]?\s*([\d.,+-]+)\s*(?:times|x|×)?\s*:\s*/iu.exec(
      piece.text.slice(0, REPEAT_LENGTH_MAX),
    );
    if (prefix) {
      // To the end of the line, or of the text where it is all on one.
      let end = k + 1;
      while (end < pieces.length && pieces[end]!.line === piece.line) end++;
      const body = [piece.text.slice(prefix[0].length), ...pieces.slice(k + 1, end).map((later) => later.text)].join(
        ';',
      );
      const inner: Draft = { items: [], since: 0 };
      if (body !== '') readText(body, inner, reading, to.where, depth + 1, line);
      pushRepeat(Number(prefix[1]), inner.items, draft, to);
      k = end - 1;
      continue;
    }
    readPiece(piece.text, draft, reading, to, depth, line);
  }
}

/** Longest text of "repeat N" alone. */
const REPEAT_LENGTH_MAX = 100;
const TIMES_AFTER = /^(?:\s*[*×]\s*|\s+x\s*)([+-]?[\d.]+)$/iu;

function readPiece(text: string, draft: Draft, reading: Reading, to: Report, depth: number, line: number): void {
  const repeat =
    text.length > REPEAT_LENGTH_MAX ? null : /^(?:repeat|[*×])\s*(?:[x×]\s*)?(.*?)\s*(?:times|x|×)?$/iu.exec(text);
  if (repeat) {
    const times = /^[+-]?\d+(?:\.\d+)?$/u.test(repeat[1]!) ? Number(repeat[1]) : Number.NaN;
    if (Number.isNaN(times)) report(to, shown(text), '"repeat" and a whole number such as "repeat 200"');
    else pushRepeat(times, draft.items.splice(draft.since), draft, to);
    return;
  }
  const group = readGroup(text);
  if (group) {
    readBracket(group, draft, reading, to, depth, line);
    return;
  }
  const quoted = /^(["'])((?:[^\\]|\\.)*)\1$/su.exec(text);
  if (quoted && !quoted[2]!.includes(quoted[1]!)) {
    readText(quoted[2]!, draft, reading, to.where, depth + 1, line);
    return;
  }
  if (readSetting(text, reading, to, depth)) return;
  const many = /^(.*\S)((?:\s*[*×]\s*|\s+x\s*)[+-]?[\d.]+)$/isu.exec(text);
  const step = readStep(many ? many[1]! : text, reading.context, to);
  if (step === null) return;
  if (many) pushRepeat(Number(TIMES_AFTER.exec(many[2]!)![1]), [step], draft, to);
  else draft.items.push(step);
}

interface Bracket {
  readonly opening: string;
  readonly inside: string;
  readonly after: string;
}

/** "( … ) …": what is in the bracket that an item begins with, or null. */
function readGroup(text: string): Bracket | null {
  if (!OPENING.includes(text[0]!)) return null;
  let depth = 0;
  let quote = false;
  for (let k = 0; k < text.length; k++) {
    const c = text[k]!;
    if (quote) {
      if (c === '\\') k++;
      else if (c === '"') quote = false;
    } else if (c === '"') quote = true;
    else if (OPENING.includes(c)) depth++;
    else if (CLOSING.includes(c) && --depth === 0)
      return { opening: text[0]!, inside: text.slice(1, k), after: text.slice(k + 1).trim() };
  }
  return { opening: text[0]!, inside: text.slice(1), after: 'unclosed' };
}

function readBracket(
  { opening, inside, after }: Bracket,
  draft: Draft,
  reading: Reading,
  to: Report,
  depth: number,
  line: number,
): void {
  if (after === 'unclosed') {
    report(to, shown(`${opening}${inside}`), 'a bracket that is closed');
    return;
  }
  const times = TIMES_AFTER.exec(after === '' ? '' : ` ${after}`);
  if (after !== '' && !times) {
    report(to, shown(after), 'nothing, or "* N", after the bracket');
    return;
  }
  const issuesBefore = to.issues.length;
  const inner: Draft = { items: [], since: 0 };
  readText(inside, inner, reading, to.where, depth + 1, line);
  if (to.issues.length > issuesBefore) return;
  if (times) pushRepeat(Number(times[1]), inner.items, draft, to);
  else if (opening === '(') pushCycle(inner, draft, to);
  else draft.items.push(...inner.items);
}

/** "record every …", "temperature …", "stop …". True where the text was one of them. */
function readSetting(text: string, reading: Reading, to: Report, depth: number): boolean {
  const period = /^(?:record(?: every)?|period)(?:\s*[:=]\s*|\s+)(.+)$/iu.exec(text);
  const temperature = /^temperature(?:\s*[:=]\s*|\s+)(.+)$/iu.exec(text);
  const stop = /^stop\s+(.+)$/iu.exec(text);
  if (!period && !temperature && !stop) return false;
  if (depth > 0) report(to, shown(text), 'this line outside all brackets', 'it holds for the whole protocol');
  else if (period) setPeriod(period[1], reading, to);
  else if (temperature) setTemperature(temperature[1], reading, to);
  else {
    const condition = readStop(stop![1]!, to);
    if (condition !== null) reading.stop.push(condition);
  }
  return true;
}

/** A condition that ends the whole run: PyBaMM's "80% capacity", "4 Ah capacity", "2.5 V", "10 hours", or with a side. */
function readStop(text: string, to: Report): ProtocolStop | null {
  const [, side = '', condition] = /^(?:(at|below|under|above|over|after|[<>≤≥])\s*)?(.*)$/isu.exec(text.trim())!;
  const above = /^(?:above|over|[>≥])$/iu.test(side);
  const capacity = /^(.*?)\s*capacity$/iu.exec(condition!);
  if (capacity && !above) {
    const fraction = tryParseQuantity(capacity[1]!, 'fraction');
    if (fraction.ok && fraction.value_SI > 0) return { kind: 'capacity-fraction', fraction: fraction.value_SI };
    const charge = tryParseQuantity(capacity[1]!, 'charge');
    if (charge.ok && charge.value_SI > 0) return { kind: 'capacity', capacity_C: charge.value_SI };
  } else {
    const voltage = tryParseQuantity(condition!, 'voltage');
    if (voltage.ok && !/^after$/iu.test(side))
      return { kind: 'voltage', voltage_V: voltage.value_SI, side: above ? 'above' : 'below' };
    const time = tryParseQuantity(condition!, 'time');
    if (time.ok && time.value_SI > 0 && /^(?:after|at|)$/iu.test(side)) return { kind: 'time', time_s: time.value_SI };
  }
  return report(
    to,
    shown(text),
    'a condition that ends the run such as "80% capacity", "below 2.5 V" or "after 100 h"',
  );
}

/**
 * Prints a protocol in canonical text: a list of step texts and of cycles (nested lists) that `parseProtocol` reads back to
 * the same data. With the kind of a cell whose working electrode is a cathode, areal steps are charges and discharges.
 */
export function formatProtocol({ items, period_s, stop }: Protocol, cellKind?: CellKind): (string | string[])[] {
  const asCharge = cellKind === 'Li|cathode' || cellKind === 'Cu|cathode';
  const lines: (string | string[])[] = [];
  if (period_s !== undefined) lines.push(`record every ${inUnits(period_s, 'time', ['s', 'min', 'h'])}`);
  for (const condition of stop ?? []) lines.push(`stop ${describeStop(condition)}`);
  // A trailing "repeat N" reads well, and may be used where nothing but its own items stands since the previous repeat.
  let since = 0;
  for (const [k, item] of items.entries()) {
    if (item.kind !== 'repeat') {
      lines.push(
        item.kind === 'step' ? formatStep(item, asCharge) : item.items.map((step) => formatStep(step, asCharge)),
      );
      continue;
    }
    if (since === k && item.items.every(({ kind }) => kind !== 'repeat')) {
      for (const inner of item.items) {
        if (inner.kind === 'step') lines.push(formatStep(inner, asCharge));
        else lines.push(inner.items.map((step) => formatStep(step as Step, asCharge)));
      }
      lines.push(`repeat ${item.times}`);
    } else lines.push(bracketed(item, asCharge));
    since = k + 1;
  }
  return lines;
}

function bracketed(item: ProtocolItem, asCharge: boolean): string {
  if (item.kind === 'step') return formatStep(item, asCharge);
  const inside = item.items.map((inner) => bracketed(inner, asCharge)).join('; ');
  return item.kind === 'cycle' ? `(${inside})` : `(${inside}) * ${item.times}`;
}

function describeStop(condition: ProtocolStop): string {
  switch (condition.kind) {
    case 'voltage':
      return `${condition.side} ${inUnits(condition.voltage_V, 'voltage', ['mV', 'V'])}`;
    case 'capacity-fraction':
      return `at ${inUnits(condition.fraction, 'fraction', ['', '%'])} capacity`;
    case 'capacity':
      return `at ${inUnits(condition.capacity_C, 'charge', ['Ah', 'mAh'])} capacity`;
    case 'time':
      return `after ${inUnits(condition.time_s, 'time', ['s', 'min', 'h'])}`;
  }
}

// A protocol from what stands on the command line: text, several texts, or a file of either kind.

import { type Cell, type Protocol, type ProtocolItem, parseProtocol } from '../cells/index.ts';
import { InputError, parseJsonText, tryParseQuantity } from '../units/index.ts';
import { readTextFile } from './source-text.ts';

const WANTED = 'a protocol file: JSON, or one step a line';

/** Steps of a text file: a line each, without empty lines and lines that begin with #. */
function linesOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** One `--protocol` as the cells room reads it: a text, a list of texts, or data. */
function source(argument: string): { readonly origin: string; readonly input: string | readonly unknown[] | object } {
  const named = argument.startsWith('@');
  const path = named ? argument.slice(1) : argument;
  if (!named && !/^\S.*\.(json|txt)$/i.test(argument)) return { origin: '--protocol', input: argument };
  const text = readTextFile(path, WANTED);
  const isJson = /\.json$/i.test(path) || /^\uFEFF?\s*[[{]/.test(text);
  const input = isJson ? parseJsonText(text, path) : linesOf(text);
  if (typeof input === 'string' || (typeof input === 'object' && input !== null)) return { origin: path, input };
  throw new InputError([{ where: path, found: String(input), wanted: WANTED }]);
}

/** The protocol of all `--protocol` options in their order. Throws InputError with every issue. */
export function loadProtocol(given: readonly string[], cell: Cell): Protocol {
  const sources = given.map(source);
  const context = { nominalCapacity_C: cell.nominalCapacity_C, cellKind: cell.kind };
  if (sources.length === 1) return parseProtocol(sources[0]!.input, sources[0]!.origin, context);
  // Each option stands for its steps; data that is a whole protocol cannot be one step among others.
  const whole = sources.find(({ input }) => typeof input === 'object' && !Array.isArray(input));
  if (whole !== undefined) {
    throw new InputError([
      { where: whole.origin, found: 'a whole protocol', wanted: 'steps, where --protocol is given several times' },
    ]);
  }
  return parseProtocol(
    sources.flatMap(({ input }) => input as string | unknown[]),
    '--protocol',
    context,
  );
}

type CurrentDrive =
  | { readonly kind: 'current'; readonly current_A: number }
  | { readonly kind: 'current-density'; readonly j_A_per_m2: number }
  | { readonly kind: 'c-rate'; readonly rate_per_h: number };

/** A current given as a current, per area, or as a C-rate. Throws InputError. */
function parseCurrent(text: string, where: string): CurrentDrive {
  const density = tryParseQuantity(text, 'current density', where);
  if (density.ok) return { kind: 'current-density', j_A_per_m2: density.value_SI };
  const current = tryParseQuantity(text, 'current', where);
  if (current.ok) return { kind: 'current', current_A: current.value_SI };
  const rate = tryParseQuantity(text, 'rate', where);
  if (rate.ok) return { kind: 'c-rate', rate_per_h: rate.value_SI };
  throw new InputError([{ ...density.issue, wanted: 'a current such as "0.5 mA/cm2", "1 mA" or "C/3"' }]);
}

function scaled(drive: CurrentDrive, sign: number): CurrentDrive {
  switch (drive.kind) {
    case 'current':
      return { kind: 'current', current_A: sign * drive.current_A };
    case 'current-density':
      return { kind: 'current-density', j_A_per_m2: sign * drive.j_A_per_m2 };
    case 'c-rate':
      return { kind: 'c-rate', rate_per_h: sign * drive.rate_per_h };
  }
}

/** The protocol with the size of every constant current replaced; directions, ends and all other steps stay. */
export function withCurrent(protocol: Protocol, text: string): Protocol {
  const where = '--current';
  const current = parseCurrent(text, where);
  const size =
    current.kind === 'current'
      ? current.current_A
      : current.kind === 'c-rate'
        ? current.rate_per_h
        : current.j_A_per_m2;
  if (!(size > 0))
    throw new InputError([
      { where, found: text, wanted: 'a current above 0', hint: 'each step keeps its own direction' },
    ]);
  let replaced = 0;
  const inItem = <Item extends ProtocolItem>(item: Item): Item => {
    if (item.kind !== 'step') return { ...item, items: item.items.map(inItem) };
    const { drive } = item;
    if (drive.kind !== 'current' && drive.kind !== 'current-density' && drive.kind !== 'c-rate') return item;
    replaced++;
    const old =
      drive.kind === 'current' ? drive.current_A : drive.kind === 'c-rate' ? drive.rate_per_h : drive.j_A_per_m2;
    return { ...item, drive: scaled(current, Math.sign(old)) };
  };
  const items = protocol.items.map(inItem);
  if (replaced === 0) throw new InputError([{ where, found: text, wanted: 'a protocol with a constant-current step' }]);
  return { ...protocol, items };
}

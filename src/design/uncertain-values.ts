// Which values of a cell are uncertain, and the cell with other values in their places. A cell lists what was supplied for it
// (`assumptions`) with paths of the cell file; here each path is found again in the cell, and what is one property of one
// material moves as one, wherever the cell holds it.

import { AGEING_MEMBERS, type Assumption, type Cell, cellToFile, parseCell } from '../cells/index.ts';
import { InputError, type Issue } from '../units/index.ts';

/** A value that lies somewhere in a range, and every place of the cell that goes with it. */
export interface UncertainValue {
  /** The path in the cell file, without the side where both electrodes share the property. */
  readonly parameter: string;
  readonly value: number;
  readonly unit: string;
  readonly range: readonly [number, number];
  /** Logarithmic where the range spans more than a decade. */
  readonly scale: 'linear' | 'logarithmic';
  readonly tag: Assumption['tag'];
  readonly source: string;
  /** The assumptions of the cell that this value moves. */
  readonly paths: readonly string[];
}

/** An assumption that keeps its value, and why. */
export interface FixedValue {
  readonly path: string;
  readonly value: number;
  readonly unit: string;
  readonly reason: string;
}

export interface UncertainValues {
  readonly varied: readonly UncertainValue[];
  readonly fixed: readonly FixedValue[];
  /** The cell with one value for each of `varied`, in that order; everything else, also its assumptions, stays as it is. */
  readonly cellWith: (values: ArrayLike<number>) => Cell;
}

/** Where a number stands in a cell: member names and indices from the outside inwards. */
type Place = readonly string[];

/** A move of the cell along with one uncertain value. */
type Move = (cell: Cell, value: number) => Cell;

interface Found {
  readonly assumption: Assumption & { readonly range: readonly [number, number] };
  readonly move: Move;
}

/** Ratio of the ends of a range beyond which equal ratios are equally likely. */
const LINEAR_RATIO_MAX = 10;
/** Numbers that differ by less were rounded differently on their way. */
const SAME_RELATIVE = 1e-9;

const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_RELATIVE * Math.max(Math.abs(a), Math.abs(b));

/**
 * Sorts every assumption of the cell into those that vary and those that stay. Nothing is dropped: each path is in one of the
 * two lists.
 *
 * The same property with the same value, range and source on both electrodes is one uncertain value (one electrolyte, two
 * surfaces), and the cathodic transfer coefficient is what the anodic one leaves of 1. Electrolyte that just fills the pores
 * goes on filling them.
 *
 * @throws InputError for every range whose ends the cell file would not accept.
 */
export function uncertainValues(cell: Cell): UncertainValues {
  const values = rangedValues(cell);
  refuseImpossibleRanges(values.varied, values.cellWith);
  return values;
}

/** The same without trying the ends of the ranges, for values that are checked otherwise. */
export function rangedValues(cell: Cell): UncertainValues {
  const found: Found[] = [];
  const fixed: FixedValue[] = [];
  for (const assumption of cell.assumptions) {
    const { path, value, unit, range } = assumption;
    const keep = (reason: string): void => void fixed.push({ path, value, unit, reason });
    if (range === undefined) {
      keep('no range is stated');
      continue;
    }
    if (!(range[0] < range[1])) {
      keep('its range has no width');
      continue;
    }
    const move = moveOf(cell, assumption);
    if (typeof move === 'string') keep(move);
    else found.push({ assumption: { ...assumption, range }, move });
  }
  const groups = groupsOf(found);
  const varied = groups.map(({ value }) => value);
  const cellWith = (values: ArrayLike<number>): Cell => {
    const moved = groups.reduce(
      (before, { moves }, k) => moves.reduce((one, move) => move(one, values[k]!), before),
      cell,
    );
    return withPoresFilled(moved, cell);
  };
  return { varied, fixed, cellWith };
}

/** How the cell follows the assumed value; a sentence where it does not. */
function moveOf(cell: Cell, assumption: Assumption): Move | string {
  const { path, value } = assumption;
  if (path === 'electrolyte.density') {
    // The cell keeps the volume that an amount in grams came to; it goes with one over the density.
    return (before, density) => ({ ...before, electrolyteVolume_m3: (before.electrolyteVolume_m3 * value) / density });
  }
  const places = placesOf(cell, path);
  if (places.length === 0) return 'the cell holds no such number';
  const same = places.filter((place) => isSame(numberAt(cell, place)!, value));
  if (same.length === 0) return `the cell has ${numberAt(cell, places[0]!)} there by now`;
  const both = isShared(cell, path) ? same.flatMap(alsoWithoutAdditives) : same;
  return (before, moved) => both.reduce((one, place) => withNumber(one, place, moved), before);
}

/** Without additives there is one way of plating, which the cell holds twice. */
function isShared(cell: Cell, path: string): boolean {
  return cell.ageing?.additives.length === 0 && /^(?:counter|working)\.plating\./.test(path);
}

function alsoWithoutAdditives(place: Place): readonly Place[] {
  return [place, place.map((member) => (member === 'plating' ? 'platingWithoutAdditives' : member))];
}

/** Places of a path of the cell file; a path of the interphase that both sides share has two. */
function placesOf(cell: Cell, path: string): Place[] {
  const words = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  const paths =
    words[0] === 'interphase'
      ? [
          ['counter', ...words],
          ['working', ...words],
        ]
      : [words];
  return paths
    .map((one) => placeOf(cell, one) ?? placeOf(cell, inAgeing(one)) ?? placeOf(cell, inSolid(one)))
    .filter((place) => place !== null);
}

/** A number that the cell holds at a path of the cell file. */
export interface NumberOfCell {
  readonly value: number;
  /** Name of the member that holds it, which ends in its unit. */
  readonly member: string;
}

/** What the cell holds at a path of the cell file; two numbers where both sides share it, none where it holds no such number. */
export function numbersOfCell(cell: Cell, path: string): readonly NumberOfCell[] {
  return placesOf(cell, path).map((place) => ({
    value: numberAt(cell, place)!,
    // A constant where a function could stand is named by what holds it.
    member: place.at(-1) === 'value' ? place.at(-2)! : place.at(-1)!,
  }));
}

/** Ageing stands beside the electrodes in the cell, and inside them and the electrolyte in the file. */
function inAgeing([first, ...rest]: readonly string[]): readonly string[] {
  return first === 'electrolyte' ? ['ageing', ...rest] : ['ageing', first!, ...rest];
}

/** A solid electrolyte stands beside the electrodes in the cell as ageing does. */
function inSolid([first, ...rest]: readonly string[]): readonly string[] {
  return first === 'electrolyte' ? ['solid', ...rest] : ['solid', first!, ...rest];
}

/** Members of the cell that the cell file calls otherwise. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  amount: 'electrolyteVolume_m3',
  'counter.thickness': 'counter.lithiumThickness_m',
  'electrolyte.thickness': 'separator.thickness_m',
  'voltageLimits.0': 'voltage_V_min',
  'voltageLimits.1': 'voltage_V_max',
};

function placeOf(cell: Cell, words: readonly string[]): Place | null {
  const path = words.join('.');
  const isLithium = path === 'working.thickness' && cell.working.kind !== 'cathode';
  const named = isLithium ? 'working.lithiumThickness_m' : OTHER_NAMES[path];
  const place: string[] = [];
  let holder: unknown = cell;
  const enter = (word: string): boolean => {
    const member = memberOf(holder, word);
    if (member === null) return false;
    place.push(member);
    holder = (holder as Record<string, unknown>)[member];
    return true;
  };
  for (const word of named?.split('.') ?? words) {
    // A law's constants stand beside its name in the file, and inside the law in the cell.
    if (!enter(word) && !(enter('law') && enter(word))) return null;
  }
  // A constant where a function could stand.
  if (typeof holder === 'object') enter('value');
  return typeof holder === 'number' ? place : null;
}

/** The file's key is the member's name, or its name before the unit. */
function memberOf(holder: unknown, word: string): string | null {
  if (typeof holder !== 'object' || holder === null) return null;
  if (Object.hasOwn(holder, word)) return word;
  const other = AGEING_MEMBERS[word];
  if (other !== undefined && Object.hasOwn(holder, other)) return other;
  return Object.keys(holder).find((key) => key.startsWith(`${word}_`)) ?? null;
}

function numberAt(cell: Cell, place: Place): number | undefined {
  let value: unknown = cell;
  for (const member of place) value = (value as Record<string, unknown>)[member];
  return typeof value === 'number' ? value : undefined;
}

function withNumber<Holder>(holder: Holder, [member, ...rest]: Place, value: number): Holder {
  const inner = rest.length === 0 ? value : withNumber((holder as Record<string, unknown>)[member!], rest, value);
  const copy = (Array.isArray(holder) ? [...holder] : { ...holder }) as Record<string, unknown>;
  copy[member!] = inner;
  return copy as Holder;
}

interface Group {
  readonly value: UncertainValue;
  readonly moves: readonly Move[];
}

const SIDE = /^(?:counter|working)\./;

/** What moves together, in the order of the assumptions. */
function groupsOf(found: readonly Found[]): Group[] {
  const groups = new Map<string, { readonly members: Found[]; readonly followers: Found[] }>();
  const keyOf = ({ path, value, unit, range, source }: Found['assumption']): string =>
    JSON.stringify(SIDE.test(path) ? [path.replace(SIDE, ''), value, unit, range, source] : [path]);
  const anodicOf = new Map(found.map((one) => [one.assumption.path, one]));
  for (const one of found) {
    const { path, value } = one.assumption;
    const anodic = anodicOf.get(path.replace(/alphaCathodic$/, 'alphaAnodic'));
    const follows =
      path.endsWith('alphaCathodic') && anodic !== undefined && isSame(anodic.assumption.value + value, 1);
    const key = keyOf(follows ? anodic.assumption : one.assumption);
    const group = groups.get(key) ?? { members: [], followers: [] };
    groups.set(key, group);
    (follows ? group.followers : group.members).push(one);
  }
  return [...groups.values()].map(({ members, followers }): Group => {
    const { path, value, unit, range, tag, source } = members[0]!.assumption;
    const isWide = range[0] > 0 && range[1] / range[0] > LINEAR_RATIO_MAX * (1 + SAME_RELATIVE);
    return {
      value: {
        parameter: members.length > 1 ? path.replace(SIDE, '') : path,
        value,
        unit,
        range,
        scale: isWide ? 'logarithmic' : 'linear',
        tag,
        source,
        paths: [...members, ...followers].map(({ assumption }) => assumption.path),
      },
      moves: [
        ...members.map(({ move }) => move),
        ...followers.map(
          ({ move }): Move =>
            (cell, anodic) =>
              move(cell, 1 - anodic),
        ),
      ],
    };
  });
}

/** Pores of separator and cathode, m3. */
function poreVolume_m3({ area_m2, separator, working }: Cell): number {
  const cathode = working.kind === 'cathode' ? working.thickness_m * working.porosity : 0;
  return area_m2 * (separator.thickness_m * separator.porosity + cathode);
}

/** The cell without dry pores, and without a reserve where it had none. */
function withPoresFilled(moved: Cell, before: Cell): Cell {
  const pores_m3 = poreVolume_m3(moved);
  const hadReserve = !isSame(before.electrolyteVolume_m3, poreVolume_m3(before));
  const isDry = moved.electrolyteVolume_m3 < pores_m3;
  return hadReserve && !isDry ? moved : { ...moved, electrolyteVolume_m3: pores_m3 };
}

/** The ends of all ranges go through the door that cell files go through: together, and where that fails one by one. */
function refuseImpossibleRanges(varied: readonly UncertainValue[], cellWith: UncertainValues['cellWith']): void {
  const faultOf = (values: readonly number[]): Issue | null => {
    try {
      parseCell(cellToFile({ ...cellWith(values), protocol: null, assumptions: [], sources: [] }));
      return null;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return error.issues[0]!;
    }
  };
  if (varied.length === 0) return;
  if ([0, 1].every((end) => faultOf(varied.map(({ range }) => range[end]!)) === null)) return;
  const issues = varied.flatMap(({ parameter, range }, k) =>
    range.flatMap((end): Issue[] => {
      const fault = faultOf(varied.map(({ value }, index) => (index === k ? end : value)));
      if (fault === null) return [];
      return [{ where: `assumptions, range of ${parameter}`, found: String(end), wanted: fault.wanted }];
    }),
  );
  if (issues.length > 0) throw new InputError(issues);
}

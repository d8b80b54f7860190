// Which numbers of a cell a fit may move, by the names that bands and sensitivities use. A value that the program supplied has a range
// of its own; one that the file states is moved within a factor of it, because somebody believed it.

import { type Assumption, type Cell, cellToFile, parseCell } from '../../cells/index.ts';
import { IMPEDANCE_VALUES, type ImpedanceValues } from '../../simulation/index.ts';
import { InputError, type Issue, nearestHint } from '../../units/index.ts';
import { numbersOfCell, rangedValues, type UncertainValue } from '../uncertain-values.ts';

/** A value without a stated range is looked for up to this factor above and below it. */
export const FACTOR_WITHOUT_RANGE = 30;
/** Lowest and highest value, in the unit of the parameter. */
export type Bounds = readonly [low: number, high: number];

/** A number of the cell that is to be found. */
export interface FitParameter {
  /** As asked for, in full: the path in the cell file, without the side where both electrodes share it. */
  readonly name: string;
  readonly unit: string;
  /** What the cell has. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Where the bounds come from. */
  readonly bounds: 'given' | 'range of the material' | 'a factor about the value';
  /** Positive values are looked for over their logarithm. */
  readonly scale: 'linear' | 'logarithmic';
  /** Places of the cell file that move; none for what only a spectrum asks for. */
  readonly paths: readonly string[];
  readonly tag: Assumption['tag'];
  readonly source: string;
}

export interface FitParameters {
  readonly parameters: readonly FitParameter[];
  /** The cell with these values, one for each parameter; its assumptions stay as they are. */
  readonly cellWith: (values: ArrayLike<number>) => Cell;
  /** Capacities and what else no cell file holds, by the same values. */
  readonly impedanceWith: (values: ArrayLike<number>) => Partial<ImpedanceValues>;
}

interface Resolved {
  readonly name: string;
  readonly assumptions: readonly Assumption[];
}

/** Values that only spectra ask for stand under this name: `impedance.doubleLayer`. */
const IMPEDANCE = 'impedance.';

/** Values that a file may well state itself, by their endings, so that a short name finds them too. */
const OFTEN_STATED = [
  'kinetics.exchangeCurrent',
  'areaRatio',
  'contactResistance',
  'electrolyte.conductivity',
  'electrolyte.diffusivity',
  'electrolyte.transferenceNumber',
  'separator.thickness',
  'separator.porosity',
  'separator.bruggeman',
  'counter.thickness',
  'working.thickness',
  'working.porosity',
  'working.particleRadius',
  'working.initialStoichiometry',
  'working.kinetics.rate',
  'contact.fraction',
  'pressure',
];

/** Those of the list that this cell states, and its layers, under names that are not known already. */
function statedNames(cell: Cell, known: readonly string[]): string[] {
  const layers = cell.counter.interphase.flatMap((_, k) =>
    ['thickness', 'conductivity'].map((word) => `interphase[${k}].${word}`),
  );
  const isKnown = (name: string): boolean => known.some((one) => one === name || one.endsWith(`.${name}`));
  return [...OFTEN_STATED, ...layers].filter((name) => !isKnown(name) && statedAt(cell, name) !== null);
}

const impedanceKeys = Object.keys(IMPEDANCE_VALUES) as (keyof ImpedanceValues)[];
const impedanceName = (key: string): string => `${IMPEDANCE}${key.split('_')[0]}`;

/**
 * Names that a fit of this cell knows without being told a path: its uncertain values, those without a range, and what only spectra
 * ask for.
 */
export function fitNames(cell: Cell): readonly string[] {
  const { varied, fixed } = rangedValues(cell);
  const ofCell = [...varied.map(({ parameter }) => parameter), ...fixed.map(({ path }) => path)];
  const names = [...new Set(ofCell)].filter((name) => !name.endsWith('alphaCathodic'));
  return [...names, ...statedNames(cell, names), ...impedanceKeys.map(impedanceName)];
}

/**
 * Finds the parameters by name. A name is that of an uncertain value (`kinetics.exchangeCurrent`, both sides at once), a path of
 * the cell file (`counter.kinetics.exchangeCurrent`, one side alone), or the last words of either where these say which.
 *
 * @throws InputError for every name that is unknown or says too little, for values that move twice, and impossible bounds.
 */
export function fitParameters(
  cell: Cell,
  names: readonly string[],
  bounds: Readonly<Record<string, Bounds>> = {},
): FitParameters {
  const issues: Issue[] = [];
  const { varied } = rangedValues(cell);
  const known = fitNames(cell);
  const resolved: Resolved[] = [];
  const boundsOf = new Map<string, Bounds>();
  for (const asked of names) {
    const one = resolve(cell, asked.trim(), varied, known);
    if ('wanted' in one) {
      issues.push(one);
      continue;
    }
    const twice = resolved.find((other) => sharesPath(other, one));
    if (twice !== undefined) {
      issues.push({ where: `fit: ${asked}`, found: `what ${twice.name} moves too`, wanted: 'each value once' });
      continue;
    }
    resolved.push(one);
    const given = bounds[asked] ?? bounds[one.name];
    if (given !== undefined) boundsOf.set(one.name, given);
  }
  if (names.length === 0) {
    issues.push({
      where: 'fit',
      found: 'no names',
      wanted: 'names of values of the cell',
      hint: `this cell has ${listed(known)}`,
    });
  }
  const taken = new Set([...names, ...resolved.map(({ name }) => name)]);
  for (const name of Object.keys(bounds)) {
    if (taken.has(name)) continue;
    issues.push({ where: `bounds.${name}`, found: 'a value that is not fitted', wanted: 'one of the fitted names' });
  }
  const parameters = resolved.flatMap((one): FitParameter[] => {
    const made = parameterOf(cell, one, boundsOf.get(one.name));
    if ('wanted' in made) issues.push(made);
    return 'wanted' in made ? [] : [made];
  });
  if (issues.length > 0) throw new InputError(issues);
  const impedance = parameters.flatMap(({ name }, k) => {
    const key = impedanceKeys.find((one) => impedanceName(one) === name);
    return key === undefined ? [] : [{ key, k }];
  });
  return {
    parameters,
    cellWith: moverOf(cell, resolved, parameters),
    impedanceWith: (values) => Object.fromEntries(impedance.map(({ key, k }) => [key, values[k]!])),
  };
}

const NAMES_SHOWN = 12;

const listed = (names: readonly string[]): string =>
  names.length <= NAMES_SHOWN
    ? names.join(', ')
    : `${names.slice(0, NAMES_SHOWN).join(', ')} and ${names.length - NAMES_SHOWN} more`;

const sharesPath = (a: Resolved, b: Resolved): boolean =>
  a.name === b.name || a.assumptions.some(({ path }) => b.assumptions.some((other) => other.path === path));

function resolve(
  cell: Cell,
  asked: string,
  varied: readonly UncertainValue[],
  known: readonly string[],
): Resolved | Issue {
  const ofGroup = ({ parameter, paths }: UncertainValue): Resolved => ({
    name: parameter,
    assumptions: cell.assumptions.filter(({ path }) => paths.includes(path)),
  });
  if (impedanceKeys.some((key) => impedanceName(key) === asked)) return { name: asked, assumptions: [] };
  const group = varied.find(({ parameter }) => parameter === asked);
  if (group !== undefined) return ofGroup(group);
  const own = cell.assumptions.find(({ path }) => path === asked);
  if (own !== undefined && numbersOfCell(cell, asked).length > 0) {
    const cathodic = asked.replace(/alphaAnodic$/, 'alphaCathodic');
    return { name: asked, assumptions: cell.assumptions.filter(({ path }) => path === asked || path === cathodic) };
  }
  const stated = statedAt(cell, asked);
  if (stated !== null) return stated;

  // The last words of a name, where they say which.
  const isShort = (name: string): boolean =>
    name.toLowerCase().endsWith(`.${asked.toLowerCase()}`) || name.toLowerCase() === asked.toLowerCase();
  const meant = known.filter(isShort);
  if (meant.length === 1) return resolve(cell, meant[0]!, varied, known);
  const where = `fit: ${asked}`;
  if (meant.length > 1) return { where, found: 'a name that several values share', wanted: meant.join(' or ') };
  const endings = known.flatMap((name) => [name, name.split('.').at(-1)!]);
  const hint = nearestHint(asked, endings) ?? `this cell has ${listed(known)}`;
  return {
    where,
    found: 'no such value of the cell',
    wanted: 'a value of the cell by its name in the cell file',
    hint,
  };
}

/** A number that the file states: at this path, or at it on both sides where both have the same. */
function statedAt(cell: Cell, path: string): Resolved | null {
  const paths = numbersOfCell(cell, path).length > 0 ? [path] : [`counter.${path}`, `working.${path}`];
  const found = paths.map((one) => numbersOfCell(cell, one));
  const numbers = found.flat();
  if (numbers.length === 0 || found.some((one) => one.length === 0)) return null;
  const [{ value, member }] = numbers as [(typeof numbers)[number]];
  if (numbers.some((one) => one.value !== value)) return null;
  const unit = unitOfMember(member);
  return {
    name: path,
    assumptions: paths.map((one) => ({ path: one, value, unit, tag: 'assumed', source: 'stated in the cell file' })),
  };
}

/** `exchangeCurrent_A_per_m2` is in A/m2; a name without a unit is a pure number. */
function unitOfMember(member: string): string {
  const [, ...words] = member.split('_');
  const text = words
    .join(' ')
    .replace(/sqrt s/, 's^0.5')
    .replace(/2 5\b/, '^2.5');
  return text === '' ? '1' : text.split(' per ').join('/');
}

/** Whether the cell file accepts the cell with this value in this place. */
function isAccepted(cellWith: (value: number) => Cell, value: number): boolean {
  try {
    parseCell(cellToFile({ ...cellWith(value), protocol: null, assumptions: [], sources: [] }));
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

const BISECTIONS = 24;

function parameterOf(cell: Cell, one: Resolved, given: Bounds | undefined): FitParameter | Issue {
  const key = impedanceKeys.find((each) => impedanceName(each) === one.name);
  const [first] =
    key === undefined ? (one.assumptions as [Assumption]) : [{ path: one.name, ...IMPEDANCE_VALUES[key] }];
  // Of a transfer coefficient the cathodic one follows the anodic.
  const leading = one.assumptions.find(({ path }) => !path.endsWith('alphaCathodic')) ?? first!;
  const { path, unit, tag, source, range } = leading;
  const value = numbersOfCell(cell, path)[0]?.value ?? leading.value;
  const where = `bounds.${one.name}`;
  if (given !== undefined && !(given[0] < given[1] && Number.isFinite(given[0]) && Number.isFinite(given[1]))) {
    return { where, found: `${given[0]} to ${given[1]}`, wanted: 'two finite numbers, the lower first' };
  }
  const hasRange = range !== undefined && range[0] < range[1];
  if (value === 0 && !hasRange && given === undefined) {
    return { where: `fit: ${one.name}`, found: `0 ${unit} without a range`, wanted: 'bounds to look for it between' };
  }
  const widest: Bounds = value > 0 ? [value / FACTOR_WITHOUT_RANGE, value * FACTOR_WITHOUT_RANGE] : [2 * value, 0];
  let [low, high] = given ?? (hasRange ? range : widest);
  const draft = { name: one.name, unit, value, paths: one.assumptions.map((each) => each.path), tag, source };
  const at = moverOf(cell, [one], [{ ...draft, low, high, bounds: 'given', scale: 'linear' }]);
  const cellWith = (moved: number): Cell => at([moved]);
  for (const end of ['low', 'high'] as const) {
    const wanted = end === 'low' ? low : high;
    if (isAccepted(cellWith, wanted)) continue;
    if (given !== undefined) {
      return { where, found: String(wanted), wanted: 'a value that the cell file accepts' };
    }
    // Towards what the cell has, as far as need be.
    let [bad, good] = [wanted, value];
    for (let k = 0; k < BISECTIONS; k++) {
      const middle = bad > 0 && good > 0 ? Math.sqrt(bad * good) : 0.5 * (bad + good);
      if (isAccepted(cellWith, middle)) good = middle;
      else bad = middle;
    }
    if (end === 'low') low = good;
    else high = good;
  }
  if (!(low < high)) return { where: `fit: ${one.name}`, found: `the one value ${value}`, wanted: 'room to move in' };
  return {
    ...draft,
    low,
    high,
    bounds: given !== undefined ? 'given' : hasRange ? 'range of the material' : 'a factor about the value',
    scale: low > 0 ? 'logarithmic' : 'linear',
  };
}

/** Moves the cell through the same door as bands do, so that what must move together does. */
function moverOf(
  cell: Cell,
  resolved: readonly Resolved[],
  parameters: readonly FitParameter[],
): (values: ArrayLike<number>) => Cell {
  const assumptions = resolved.flatMap(({ name, assumptions: members }) =>
    members.map((assumption): Assumption => {
      const value = numbersOfCell(cell, assumption.path)[0]?.value ?? assumption.value;
      // How wide a range is does not count here. One source keeps together what is one parameter, and apart what is two.
      const range: Bounds =
        value === 0 ? [0, 1e-12] : value > 0 ? [value, value * (1 + 1e-9)] : [value * (1 + 1e-9), value];
      return { ...assumption, value, range, source: `fit of ${name}` };
    }),
  );
  const { varied, cellWith } = rangedValues({ ...cell, assumptions });
  const order = varied.map(({ paths }) =>
    parameters.findIndex((one) => one.paths.some((path) => paths.includes(path))),
  );
  return (values) => {
    const moved = cellWith(order.map((k) => values[k]!));
    return { ...moved, assumptions: cell.assumptions };
  };
}

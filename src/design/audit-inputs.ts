// What a paper says about a cell, as an audit reads it: numbers as they are printed, and which of the field's other facts are stated. The list
// of facts is the least with which a lithium-metal cell can be built again; the battery checklists of Cell Press (10.1016/j.joule.2020.12.026)
// and of ACS Energy Letters (10.1021/acsenergylett.1c00870) are what journals ask their authors to fill in.

import { type Dimension, InputError, type Issue, nearestHint, shortened, tryParseQuantity } from '../units/index.ts';

interface NumberRow {
  readonly label: string;
  readonly dimension: Dimension;
  readonly unit: string;
  readonly group: ClaimGroup;
  /** 0 means something. */
  readonly mayBeZero?: boolean;
}

export const CLAIM_GROUPS = ['Life', 'Electrodes', 'Electrolyte', 'Cell'] as const;
export type ClaimGroup = (typeof CLAIM_GROUPS)[number];

const ROWS = {
  cycles: { label: 'Cycles reached', dimension: 'ratio', unit: '', group: 'Life' },
  retention: { label: 'Capacity retained at that cycle', dimension: 'fraction', unit: '%', group: 'Life' },
  efficiency: { label: 'Coulombic efficiency claimed, mean', dimension: 'fraction', unit: '%', group: 'Life' },
  j_A_per_m2: { label: 'Current density', dimension: 'current density', unit: 'mA/cm2', group: 'Life' },
  rate_per_h: { label: 'C-rate', dimension: 'rate', unit: 'C-rate', group: 'Life' },
  cathodeCapacity_C_per_m2: {
    label: 'Areal capacity of the cathode',
    dimension: 'areal charge',
    unit: 'mAh/cm2',
    group: 'Electrodes',
  },
  loading_kg_per_m2: {
    label: 'Loading of active material',
    dimension: 'areal mass',
    unit: 'mg/cm2',
    group: 'Electrodes',
  },
  cathodeSpecificCapacity_C_per_kg: {
    label: 'Capacity of the active material',
    dimension: 'specific capacity',
    unit: 'mAh/g',
    group: 'Electrodes',
  },
  lithium_m: {
    label: 'Thickness of lithium',
    dimension: 'length',
    unit: 'µm',
    group: 'Electrodes',
    mayBeZero: true,
  },
  nToP: { label: 'N/P as printed', dimension: 'ratio', unit: '', group: 'Electrodes', mayBeZero: true },
  electrolyte_kg_per_C: { label: 'E/C as printed', dimension: 'mass per charge', unit: 'g/Ah', group: 'Electrolyte' },
  electrolyteMass_kg: { label: 'Electrolyte, mass', dimension: 'mass', unit: 'mg', group: 'Electrolyte' },
  electrolyteVolume_m3: { label: 'Electrolyte, volume', dimension: 'volume', unit: 'µL', group: 'Electrolyte' },
  electrolyteDensity_kg_per_m3: {
    label: 'Density of the electrolyte',
    dimension: 'density',
    unit: 'g/cm3',
    group: 'Electrolyte',
  },
  area_m2: { label: 'Area of the cathode', dimension: 'area', unit: 'cm2', group: 'Cell' },
  capacity_C: { label: 'Capacity of the cell', dimension: 'charge', unit: 'mAh', group: 'Cell' },
  voltage_V: { label: 'Mean voltage of discharge', dimension: 'voltage', unit: 'V', group: 'Cell' },
  energy_J: { label: 'Energy of the cell', dimension: 'energy', unit: 'Wh', group: 'Cell' },
  mass_kg: { label: 'Mass of the cell', dimension: 'mass', unit: 'g', group: 'Cell' },
  specificEnergy_J_per_kg: {
    label: 'Energy per mass claimed',
    dimension: 'specific energy',
    unit: 'Wh/kg',
    group: 'Cell',
  },
} as const satisfies Readonly<Record<string, NumberRow>>;

export type ClaimKey = keyof typeof ROWS;

export interface ClaimNumber extends NumberRow {
  readonly key: ClaimKey;
  /** As files and commands name it. */
  readonly name: string;
}

const NAMES: Readonly<Partial<Record<ClaimKey, string>>> = {
  j_A_per_m2: 'currentDensity',
  electrolyte_kg_per_C: 'eToC',
};

export const CLAIM_NUMBERS: readonly ClaimNumber[] = (Object.keys(ROWS) as ClaimKey[]).map((key) => ({
  key,
  name: NAMES[key] ?? key.replace(/_.*$/, ''),
  ...(ROWS[key] as NumberRow),
}));

/** What N counts: the foil alone, or the foil and the lithium that the cathode brings; papers often do not say. */
export const COUNTED = ['foil', 'all', 'not said'] as const;
export type Counted = (typeof COUNTED)[number];

export const NEGATIVE_SIDES = ['lithium', 'anode-free'] as const;

/** A fact that a paper states or leaves out. */
export interface SchemaItem {
  readonly key: string;
  readonly label: string;
  readonly group: string;
  /** It is stated wherever one of these numbers is. */
  readonly from?: readonly ClaimKey[];
}

const item = (group: string, key: string, label: string, from?: readonly ClaimKey[]): SchemaItem =>
  from === undefined ? { key, label, group } : { key, label, group, from };

/** The least that must be said of a lithium-metal cell for it to be built again and compared. */
export const SCHEMA: readonly SchemaItem[] = [
  item('Cell', 'format', 'cell type and format'),
  item('Cell', 'electrodes', 'working, counter and reference electrode'),
  item('Cell', 'area', 'area of each electrode', ['area_m2']),
  item('Lithium', 'lithiumThickness', 'thickness of lithium', ['lithium_m']),
  item('Lithium', 'lithiumSource', 'supplier, substrate and surface treatment of lithium'),
  item('Cathode', 'activeShare', 'active material and its share'),
  item('Cathode', 'loading', 'loading, mg/cm²', ['loading_kg_per_m2']),
  item('Cathode', 'arealCapacity', 'areal capacity', ['cathodeCapacity_C_per_m2']),
  item('Cathode', 'cathodeDensity', 'density or porosity of the cathode'),
  item('Balance', 'nToP', 'N/P', ['nToP']),
  item('Balance', 'counts', 'whether N counts the foil alone or the lithium of the cathode too'),
  item('Electrolyte', 'composition', 'composition of the electrolyte'),
  item('Electrolyte', 'amount', 'mass or volume of electrolyte', ['electrolyteMass_kg', 'electrolyteVolume_m3']),
  item('Electrolyte', 'eToC', 'E/C', ['electrolyte_kg_per_C']),
  item('Separator', 'separator', 'separator: type, layers, thickness, porosity'),
  item('Separator', 'interphase', 'coating, interphase or host: type, thickness, mass'),
  item('Separator', 'solid', 'solid electrolyte: thickness, density, pressing (where there is one)'),
  item('Test', 'pressure', 'stack pressure at the start, constant gap or constant force'),
  item('Test', 'temperature', 'temperature'),
  item('Test', 'current', 'current density of plating and of stripping', ['j_A_per_m2', 'rate_per_h']),
  item('Test', 'limits', 'capacity or voltage at which each half-cycle ends'),
  item('Test', 'rests', 'rests'),
  item('Test', 'formation', 'formation cycles, and where the count of cycles begins'),
  item('Statistics', 'replicates', 'number of cells and their spread'),
  item('Statistics', 'accuracy', 'accuracy of the instrument'),
  item('Statistics', 'impedance', 'impedance: range, amplitude, state of charge, rest (where there is one)'),
  item('Statistics', 'failure', 'criterion of failure', ['retention']),
  item('Source', 'locator', 'DOI with figure or table, and whether the numbers were printed or digitised'),
];

/** A claim in SI; null where the paper does not say. */
export interface Claim extends Readonly<Record<ClaimKey, number | null>> {
  readonly negative: (typeof NEGATIVE_SIDES)[number];
  readonly counts: Counted;
  /** The test was ended before the cell was. */
  readonly wasStopped: boolean;
  /** Keys of `SCHEMA` that the paper states beside its numbers. */
  readonly stated: readonly string[];
}

/** What was typed: numbers as text by name, `negative`, `counts`, `wasStopped` ("yes"), `stated` (keys, comma between). */
export type ClaimText = Readonly<Record<string, string>>;

const WORDS = ['negative', 'counts', 'wasStopped', 'stated'] as const;
export const CLAIM_NAMES: readonly string[] = [...CLAIM_NUMBERS.map(({ name }) => name), ...WORDS];
const CYCLES_MAX = 1e7;

/**
 * Reads a claim, all faults at once.
 *
 * @throws InputError.
 */
export function readClaim(text: ClaimText): Claim {
  const issues: Issue[] = [];
  for (const name of Object.keys(text)) {
    if (CLAIM_NAMES.includes(name)) continue;
    const hint = nearestHint(name, CLAIM_NAMES) ?? `such as ${CLAIM_NAMES.slice(0, 3).join(', ')}`;
    issues.push({
      where: shortened(name),
      found: 'a name that means nothing here',
      wanted: 'the name of a number',
      hint,
    });
  }
  const wordOf = <T extends string>(name: string, options: readonly T[], usual: T): T => {
    const typed = (text[name] ?? '').trim();
    if (typed === '') return usual;
    const found = options.find((option) => option === typed);
    if (found === undefined) issues.push({ where: name, found: shortened(typed), wanted: options.join(', or ') });
    return found ?? usual;
  };
  const numbers = CLAIM_NUMBERS.map((row): [ClaimKey, number | null] => {
    const typed = (text[row.name] ?? '').trim();
    if (typed === '') return [row.key, null];
    const read = tryParseQuantity(typed, row.dimension, row.name);
    if (!read.ok) {
      issues.push(read.issue);
      return [row.key, null];
    }
    const value = read.value_SI;
    if (!(value > 0 || (value === 0 && row.mayBeZero === true)))
      issues.push({ where: row.name, found: shortened(typed), wanted: 'more than 0' });
    if (row.key === 'cycles' && value > CYCLES_MAX)
      issues.push({ where: row.name, found: shortened(typed), wanted: `at most ${CYCLES_MAX}` });
    return [row.key, value];
  });
  const stated = (text.stated ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  const keys = SCHEMA.map(({ key }) => key);
  for (const key of stated) {
    if (!keys.includes(key))
      issues.push({
        where: 'stated',
        found: shortened(key),
        wanted: 'the name of a fact',
        hint: nearestHint(key, keys) ?? keys.join(', '),
      });
  }
  const negative = wordOf('negative', NEGATIVE_SIDES, 'lithium');
  const counts = wordOf('counts', COUNTED, 'not said');
  const wasStopped = wordOf('wasStopped', ['no', 'yes'], 'no') === 'yes';
  const claim: Claim = {
    ...(Object.fromEntries(numbers) as Record<ClaimKey, number | null>),
    negative,
    counts,
    wasStopped,
    stated,
  };
  if (negative === 'anode-free' && (claim.lithium_m ?? 0) > 0)
    issues.push({
      where: 'lithium',
      found: shortened(text.lithium!),
      wanted: 'no lithium in an anode-free cell',
      hint: 'set negative to lithium, or leave the thickness away',
    });
  if (counts === 'all' && claim.nToP !== null && claim.nToP < 1)
    issues.push({
      where: 'nToP',
      found: shortened(text.nToP!),
      wanted: 'at least 1 where N counts all lithium',
      hint: 'set counts to foil if N is the foil',
    });
  if (issues.length > 0) throw new InputError(issues);
  return claim;
}

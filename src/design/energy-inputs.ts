// What a pouch cell is made of, as an energy per mass and volume needs it: every input by name, as a person types it ("3.3 mAh/cm2",
// "12 ± 1 µm"), in SI for what computes with it, and with the uncertainty that stands for it where none was typed.

import {
  type Dimension,
  F,
  InputError,
  type Issue,
  LITHIUM_MOLAR_MASS_kg_per_mol,
  nearestHint,
  shortened,
  tryParseQuantity,
} from '../units/index.ts';

/** Where lithium is on the negative side: a foil, what the cathode plates on bare foil, or a host such as graphite. */
export const NEGATIVES = ['lithium', 'anode-free', 'host'] as const;
export type Negative = (typeof NEGATIVES)[number];

/** Whether the cathode brings lithium (NMC, LFP) or takes it from the foil first (sulfur, FePO4). */
export const CATHODE_LITHIUM = ['in the cathode', 'in the foil'] as const;
export type CathodeLithium = (typeof CATHODE_LITHIUM)[number];

/** The moment at which volume is taken: as laid together, charged for the first time, or charged at the end of life. */
export const VOLUME_MOMENTS = ['as built', 'charged', 'end of life'] as const;
export type VolumeMoment = (typeof VOLUME_MOMENTS)[number];

interface Row {
  readonly label: string;
  readonly group: EnergyGroup;
  readonly dimension: Dimension;
  /** Unit in which it is shown. */
  readonly unit: string;
  /** Ends of a slider, and of the search for a target, SI. */
  readonly range_SI: readonly [number, number];
  readonly isLogarithmic?: boolean;
  /** Half of the range that stands for it, relative, where none is typed; 0 for what is chosen exactly. */
  readonly spread: number;
  /** Counted, and therefore a whole number. */
  readonly isWhole?: boolean;
  /** 0 is allowed. */
  readonly mayBeZero?: boolean;
  /** Also read in this dimension, and converted. */
  readonly also?: Dimension;
}

export const ENERGY_GROUPS = [
  'Cathode',
  'Lithium side',
  'Host of the lithium side',
  'Separator and electrolyte',
  'Cell',
  'Use',
] as const;
export type EnergyGroup = (typeof ENERGY_GROUPS)[number];

const um = (low: number, high: number): readonly [number, number] => [low * 1e-6, high * 1e-6];
const mAh_per_cm2 = (low: number, high: number): readonly [number, number] => [low * 36000, high * 36000];
const mAh_per_g = (low: number, high: number): readonly [number, number] => [low * 3600, high * 3600];
const g_per_cm3 = (low: number, high: number): readonly [number, number] => [low * 1e3, high * 1e3];

const foil = { dimension: 'length', unit: 'µm' } as const;
const density = { dimension: 'density', unit: 'g/cm3' } as const;
const share = { dimension: 'fraction', unit: '', range_SI: [0.5, 1] } as const;
const centimetres = { dimension: 'length', unit: 'cm' } as const;

const ROWS = {
  cathodeCapacity_C_per_m2: {
    label: 'Areal capacity of the cathode',
    group: 'Cathode',
    dimension: 'areal charge',
    unit: 'mAh/cm2',
    range_SI: mAh_per_cm2(0.5, 12),
    spread: 0.03,
  },
  cathodeSpecificCapacity_C_per_kg: {
    label: 'Capacity of the active material of the cathode',
    group: 'Cathode',
    dimension: 'specific capacity',
    unit: 'mAh/g',
    range_SI: mAh_per_g(100, 1675),
    isLogarithmic: true,
    spread: 0.02,
  },
  cathodeActiveShare: {
    label: 'Active material in the coating of the cathode',
    group: 'Cathode',
    ...share,
    spread: 0.01,
  },
  cathodeCoatingDensity_kg_per_m3: {
    label: 'Density of the coating of the cathode',
    group: 'Cathode',
    ...density,
    range_SI: g_per_cm3(0.5, 4.2),
    spread: 0.04,
  },
  cathodePotential_V: {
    label: 'Mean potential of the cathode on discharge',
    group: 'Cathode',
    dimension: 'voltage',
    unit: 'V',
    range_SI: [1.5, 5],
    spread: 0.01,
  },
  positiveFoil_m: { label: 'Positive current collector', group: 'Cathode', ...foil, range_SI: um(4, 25), spread: 0.05 },
  positiveFoilDensity_kg_per_m3: {
    label: 'Density of the positive current collector',
    group: 'Cathode',
    ...density,
    range_SI: g_per_cm3(0.5, 3),
    spread: 0,
  },
  lithium_m: {
    label: 'Lithium on each face',
    group: 'Lithium side',
    ...foil,
    range_SI: um(0, 250),
    spread: 0.05,
    mayBeZero: true,
    also: 'areal charge',
  },
  lithiumDensity_kg_per_m3: {
    label: 'Density of lithium',
    group: 'Lithium side',
    ...density,
    range_SI: g_per_cm3(0.4, 0.54),
    spread: 0,
  },
  depositPorosity: {
    label: 'Pores of cycled lithium at the end of life',
    group: 'Lithium side',
    dimension: 'fraction',
    unit: '',
    range_SI: [0, 0.9],
    spread: 0.4,
    mayBeZero: true,
  },
  interlayer_m: {
    label: 'Coating, interphase or host layer on each face',
    group: 'Lithium side',
    ...foil,
    range_SI: um(0, 100),
    spread: 0.1,
    mayBeZero: true,
  },
  interlayerDensity_kg_per_m3: {
    label: 'Density of that layer',
    group: 'Lithium side',
    ...density,
    range_SI: g_per_cm3(0.1, 9),
    spread: 0.05,
  },
  negativeFoil_m: {
    label: 'Negative current collector',
    group: 'Lithium side',
    ...foil,
    range_SI: um(0, 20),
    spread: 0.05,
    mayBeZero: true,
  },
  negativeFoilDensity_kg_per_m3: {
    label: 'Density of the negative current collector',
    group: 'Lithium side',
    ...density,
    range_SI: g_per_cm3(0.5, 9),
    spread: 0,
  },
  hostCapacity_C_per_m2: {
    label: 'Areal capacity of the host',
    group: 'Host of the lithium side',
    dimension: 'areal charge',
    unit: 'mAh/cm2',
    range_SI: mAh_per_cm2(0.5, 12),
    spread: 0.03,
  },
  hostSpecificCapacity_C_per_kg: {
    label: 'Capacity of the active material of the host',
    group: 'Host of the lithium side',
    dimension: 'specific capacity',
    unit: 'mAh/g',
    range_SI: mAh_per_g(150, 3600),
    isLogarithmic: true,
    spread: 0.02,
  },
  hostActiveShare: {
    label: 'Active material in the coating of the host',
    group: 'Host of the lithium side',
    ...share,
    spread: 0.01,
  },
  hostCoatingDensity_kg_per_m3: {
    label: 'Density of the coating of the host',
    group: 'Host of the lithium side',
    ...density,
    range_SI: g_per_cm3(0.3, 2.2),
    spread: 0.04,
  },
  hostPotential_V: {
    label: 'Mean potential of the host',
    group: 'Host of the lithium side',
    dimension: 'voltage',
    unit: 'V',
    range_SI: [0, 1.6],
    spread: 0.05,
    mayBeZero: true,
  },
  separator_m: {
    label: 'Separator or solid electrolyte',
    group: 'Separator and electrolyte',
    ...foil,
    range_SI: um(2, 200),
    isLogarithmic: true,
    spread: 0.05,
  },
  separatorDensity_kg_per_m3: {
    label: 'Density of the separator, pores empty',
    group: 'Separator and electrolyte',
    ...density,
    range_SI: g_per_cm3(0.3, 6),
    spread: 0.04,
  },
  electrolyte_kg_per_C: {
    label: 'Liquid electrolyte or catholyte, E/C',
    group: 'Separator and electrolyte',
    dimension: 'mass per charge',
    unit: 'g/Ah',
    range_SI: [0, 10e-3 / 3600],
    spread: 0.1,
    mayBeZero: true,
    also: 'volume per charge',
  },
  electrolyteDensity_kg_per_m3: {
    label: 'Density of the liquid electrolyte or catholyte',
    group: 'Separator and electrolyte',
    ...density,
    range_SI: g_per_cm3(0.8, 6),
    spread: 0,
  },
  layers: {
    label: 'Double-sided cathodes',
    group: 'Cell',
    dimension: 'ratio',
    unit: '',
    range_SI: [1, 100],
    spread: 0,
    isWhole: true,
  },
  electrodeHeight_m: { label: 'Height of an electrode', group: 'Cell', ...centimetres, range_SI: [0.01, 1], spread: 0 },
  electrodeWidth_m: { label: 'Width of an electrode', group: 'Cell', ...centimetres, range_SI: [0.01, 0.5], spread: 0 },
  pouch_m: { label: 'Pouch foil', group: 'Cell', ...foil, range_SI: um(30, 300), spread: 0.03 },
  pouchDensity_kg_per_m3: {
    label: 'Density of the pouch foil',
    group: 'Cell',
    ...density,
    range_SI: g_per_cm3(0.8, 3),
    spread: 0.03,
  },
  clearance_m: {
    label: 'Rim of the pouch around the electrodes',
    group: 'Cell',
    ...centimetres,
    range_SI: [0, 0.03],
    spread: 0.1,
    mayBeZero: true,
  },
  tabLength_m: {
    label: 'Tabs, length outside',
    group: 'Cell',
    ...centimetres,
    range_SI: [0, 0.05],
    spread: 0,
    mayBeZero: true,
  },
  tabWidth_m: { label: 'Tabs, width', group: 'Cell', ...centimetres, range_SI: [0.001, 0.2], spread: 0 },
  tab_m: {
    label: 'Tabs, thickness',
    group: 'Cell',
    dimension: 'length',
    unit: 'mm',
    range_SI: [5e-5, 2e-3],
    spread: 0,
  },
  positiveTabDensity_kg_per_m3: {
    label: 'Density of the positive tab',
    group: 'Cell',
    ...density,
    range_SI: g_per_cm3(2, 9),
    spread: 0,
  },
  negativeTabDensity_kg_per_m3: {
    label: 'Density of the negative tab',
    group: 'Cell',
    ...density,
    range_SI: g_per_cm3(2, 9),
    spread: 0,
  },
  otherMass_kg: {
    label: 'Everything else: tape, binder of the stack, fixture',
    group: 'Cell',
    dimension: 'mass',
    unit: 'g',
    range_SI: [0, 0.2],
    spread: 0.3,
    mayBeZero: true,
  },
  otherVolume_m3: {
    label: 'Volume beyond the stack: gas pocket, fixture',
    group: 'Cell',
    dimension: 'volume',
    unit: 'mL',
    range_SI: [0, 2e-4],
    spread: 0.3,
    mayBeZero: true,
  },
  firstCycleShare: {
    label: 'Capacity left after the first cycle',
    group: 'Use',
    dimension: 'fraction',
    unit: '',
    range_SI: [0.6, 1],
    spread: 0.01,
  },
  lowestCharge: {
    label: 'State of charge, lower end of use',
    group: 'Use',
    dimension: 'fraction',
    unit: '',
    range_SI: [0, 0.5],
    spread: 0,
    mayBeZero: true,
  },
  highestCharge: {
    label: 'State of charge, upper end of use',
    group: 'Use',
    dimension: 'fraction',
    unit: '',
    range_SI: [0.5, 1],
    spread: 0,
  },
} as const satisfies Readonly<Record<string, Row>>;

/** An input with a number, named with its SI unit. */
export type EnergyKey = keyof typeof ROWS;

export const ENERGY_KEYS = Object.keys(ROWS) as readonly EnergyKey[];

export interface EnergyInput extends Row {
  readonly key: EnergyKey;
  /** As files and commands name it: without the unit, which the typed amount carries. */
  readonly name: string;
}

const withoutUnit = (key: string): string => key.replace(/_.*$/, '');

/** Every input in the order in which it is asked for. */
export const ENERGY_INPUTS: readonly EnergyInput[] = ENERGY_KEYS.map((key) => ({
  key,
  name: withoutUnit(key),
  ...(ROWS[key] as Row),
}));

const BY_NAME: ReadonlyMap<string, EnergyInput> = new Map(ENERGY_INPUTS.map((input) => [input.name, input]));

/** The input of a name, such as `lithium` or `cathodeCapacity`; undefined where there is none. */
export const energyInputOf = (name: string): EnergyInput | undefined => BY_NAME.get(name);

/** What the energy is stated for; the numbers do not follow it, the mean potential must belong to it. Null where nobody said. */
export interface StatedConditions {
  /** C-rate, per hour. */
  readonly rate_per_h: number | null;
  readonly temperature_K: number | null;
  /** Stack pressure. */
  readonly pressure_Pa: number | null;
}

/** A cell in SI. Lengths are thicknesses of one layer; the negative side is coated on both faces. */
export interface EnergyInputs extends Readonly<Record<EnergyKey, number>>, StatedConditions {
  readonly negative: Negative;
  readonly cathodeLithium: CathodeLithium;
  /** When the volume is taken that Wh/L counts. */
  readonly volumeAt: VolumeMoment;
}

const CHOICES = { negative: NEGATIVES, cathodeLithium: CATHODE_LITHIUM, volumeAt: VOLUME_MOMENTS } as const;
const CONDITIONS = { rate: 'rate', temperature: 'temperature', pressure: 'pressure' } as const;

/** Names of a cell file for energy: the inputs, the choices, and the conditions that are stated. */
export const ENERGY_NAMES: readonly string[] = [
  ...ENERGY_INPUTS.map(({ name }) => name),
  ...Object.keys(CHOICES),
  ...Object.keys(CONDITIONS),
];

/** What was typed, by name; what is left out stands as in `ENERGY_START`. */
export type EnergyText = Readonly<Record<string, string>>;

/**
 * A 64 Ah pouch cell with 50 µm of lithium against NMC811: the cell of users' reference (cellmodels, notebook 2), of which the six
 * cases are in `energy-cases.ts`.
 */
export const ENERGY_START: EnergyText = {
  negative: 'lithium',
  cathodeLithium: 'in the cathode',
  volumeAt: 'as built',
  cathodeCapacity: '3.3 mAh/cm2',
  cathodeSpecificCapacity: '195 mAh/g',
  cathodeActiveShare: '0.95',
  cathodeCoatingDensity: '3.5 g/cm3',
  cathodePotential: '3.86 V',
  positiveFoil: '14 µm',
  positiveFoilDensity: '2.7 g/cm3',
  lithium: '50.04 µm',
  lithiumDensity: '0.534 g/cm3',
  depositPorosity: '0.5',
  interlayer: '0 µm',
  interlayerDensity: '2 g/cm3',
  negativeFoil: '8 µm',
  negativeFoilDensity: '8.96 g/cm3',
  hostCapacity: '3.63 mAh/cm2',
  hostSpecificCapacity: '344 mAh/g',
  hostActiveShare: '0.965',
  hostCoatingDensity: '1.6 g/cm3',
  hostPotential: '0.17 V',
  separator: '12 µm',
  separatorDensity: '1.18 g/cm3',
  electrolyte: '1.7 mL/Ah',
  electrolyteDensity: '1.23261 g/cm3',
  layers: '35',
  electrodeHeight: '30 cm',
  electrodeWidth: '10 cm',
  pouch: '113 µm',
  pouchDensity: '1.8 g/cm3',
  clearance: '1 cm',
  tabLength: '2 cm',
  tabWidth: '5 cm',
  tab: '0.5 mm',
  positiveTabDensity: '2.7 g/cm3',
  negativeTabDensity: '8.9 g/cm3',
  otherMass: '10 g',
  otherVolume: '0 mL',
  firstCycleShare: '0.93',
  lowestCharge: '0',
  highestCharge: '1',
};

/** An input's range of values, SI: typed with ± or assumed. */
export interface EnergyRange {
  readonly key: EnergyKey;
  readonly range_SI: readonly [number, number];
  readonly tag: 'typed' | 'assumed';
}

export interface EnergyCell {
  readonly inputs: EnergyInputs;
  /** Of every input that is not exact and that this cell uses. */
  readonly ranges: readonly EnergyRange[];
}

/** Inputs that a cell of this kind does not use. */
export function isUnused(key: EnergyKey, negative: Negative): boolean {
  if (key.startsWith('host')) return negative !== 'host';
  if (key === 'lithium_m') return negative !== 'lithium';
  if (key === 'depositPorosity' || key === 'lithiumDensity_kg_per_m3') return negative === 'host';
  return false;
}

/**
 * Reads a cell for energy, all faults at once.
 *
 * @throws InputError.
 */
export function readEnergyCell(text: EnergyText): EnergyCell {
  const issues: Issue[] = [];
  const all: EnergyText = { ...ENERGY_START, ...text };
  for (const name of Object.keys(text)) {
    if (ENERGY_NAMES.includes(name)) continue;
    issues.push({
      where: shortened(name),
      found: 'a name that means nothing here',
      wanted: 'the name of an input',
      hint: nearestHint(name, ENERGY_NAMES) ?? `such as ${ENERGY_NAMES.slice(0, 4).join(', ')}`,
    });
  }
  const chosen = <T extends string>(name: string, options: readonly T[]): T => {
    const found = options.find((option) => option === all[name]);
    if (found === undefined)
      issues.push({ where: name, found: shortened(all[name] ?? 'nothing'), wanted: options.join(', or ') });
    return found ?? options[0]!;
  };
  const negative = chosen('negative', NEGATIVES);
  const cathodeLithium = chosen('cathodeLithium', CATHODE_LITHIUM);
  const volumeAt = chosen('volumeAt', VOLUME_MOMENTS);
  const stated = (name: keyof typeof CONDITIONS): number | null => {
    if ((all[name] ?? '').trim() === '') return null;
    const read = tryParseQuantity(all[name]!, CONDITIONS[name], name);
    if (read.ok) return read.value_SI;
    issues.push(read.issue);
    return null;
  };
  const conditions: StatedConditions = {
    rate_per_h: stated('rate'),
    temperature_K: stated('temperature'),
    pressure_Pa: stated('pressure'),
  };

  const typed = new Map(ENERGY_INPUTS.map((input) => [input.key, readAmount(all[input.name] ?? '', input)]));
  for (const { key, name } of ENERGY_INPUTS) {
    const read = typed.get(key)!;
    // What this cell does not use may be left at anything.
    if (!read.ok && !isUnused(key, negative)) issues.push({ ...read.issue, where: name });
  }
  const typedOf = (key: EnergyKey): number => {
    const read = typed.get(key)!;
    return read.ok ? read.amount.value : 1;
  };
  const inSI = (key: EnergyKey, value: number): number => {
    const read = typed.get(key)!;
    const isAlso = read.ok && read.amount.isAlso;
    if (!isAlso) return value;
    if (key === 'electrolyte_kg_per_C') return value * typedOf('electrolyteDensity_kg_per_m3');
    return lithiumThickness_m(value, typedOf('lithiumDensity_kg_per_m3'));
  };
  const values = Object.fromEntries(ENERGY_KEYS.map((key) => [key, inSI(key, typedOf(key))])) as Record<
    EnergyKey,
    number
  >;
  if (values.lowestCharge >= values.highestCharge)
    issues.push({
      where: 'lowestCharge',
      found: String(values.lowestCharge),
      wanted: `less than highestCharge, which is ${values.highestCharge}`,
    });
  if (cathodeLithium === 'in the foil' && negative === 'anode-free')
    issues.push({
      where: 'cathodeLithium',
      found: '"in the foil" with an anode-free cell',
      wanted: '"in the cathode", or a cell with lithium: otherwise there is none at all',
    });
  if (cathodeLithium === 'in the foil' && negative === 'lithium' && values.lithium_m === 0)
    issues.push({ where: 'lithium', found: '0', wanted: 'a thickness above 0: the cathode brings no lithium' });
  if (issues.length > 0) throw new InputError(issues);

  const inputs: EnergyInputs = { ...values, ...conditions, negative, cathodeLithium, volumeAt };
  const ranges = ENERGY_INPUTS.flatMap((input): EnergyRange[] => {
    const { key, spread, dimension } = input;
    if (isUnused(key, negative)) return [];
    const read = typed.get(key)!;
    const half = read.ok ? read.amount.half : null;
    const value = values[key];
    const width = half === null ? spread * value : inSI(key, half);
    if (!(width > 0)) return [];
    const ceiling = dimension === 'fraction' ? 1 : Number.POSITIVE_INFINITY;
    return [
      {
        key,
        range_SI: [Math.max(0, value - width), Math.min(ceiling, value + width)],
        tag: half === null ? 'assumed' : 'typed',
      },
    ];
  });
  return { inputs, ranges };
}

/** Charge in a mass of lithium, C/kg: F/M, 3862 mAh/g. */
export const LITHIUM_SPECIFIC_CAPACITY_C_per_kg = F / LITHIUM_MOLAR_MASS_kg_per_mol;

/** Thickness of lithium of a density that holds an areal charge. */
export const lithiumThickness_m = (charge_C_per_m2: number, density_kg_per_m3: number): number =>
  charge_C_per_m2 / (density_kg_per_m3 * LITHIUM_SPECIFIC_CAPACITY_C_per_kg);

interface Amount {
  readonly value: number;
  /** Half of the typed range; null where none was typed. */
  readonly half: number | null;
  /** Read in the other dimension of the input. */
  readonly isAlso: boolean;
}

type ReadAmount = { readonly ok: true; readonly amount: Amount } | { readonly ok: false; readonly issue: Issue };

const PLUS_MINUS = /^(.*?[\d.])\s*(?:±|\+\/-|\+-)\s*([\d.,]+(?:e-?\d+)?)\s*(.*)$/u;

/** Reads "12 µm", "12 ± 1 µm" and "12 µm ± 5 %". */
export function readAmount(
  text: string,
  input: Pick<EnergyInput, 'dimension' | 'also' | 'isWhole' | 'mayBeZero'>,
): ReadAmount {
  // A percentage after the sign is one of the value, whatever the unit.
  const percent = /^(.*?)\s*(?:±|\+\/-|\+-)\s*([\d.,]+)\s*%\s*$/u.exec(text);
  if (percent !== null) {
    const read = inEither(percent[1]!, input);
    const relative = Number(percent[2]!.replace(',', '.')) / 100;
    if (!read.ok || !(relative >= 0 && relative < 1))
      return read.ok ? wrong(text, 'an uncertainty from 0 to 100 %') : read;
    return { ok: true, amount: { ...read.amount, half: relative * read.amount.value } };
  }
  const parts = PLUS_MINUS.exec(text);
  if (parts === null) return inEither(text, input);
  const [, number, half, unit] = parts;
  const read = inEither(`${number} ${unit}`.trim(), input);
  const width = inEither(`${half} ${unit}`.trim(), { ...input, isWhole: false, mayBeZero: true });
  if (!read.ok) return read;
  if (!width.ok) return width;
  if (!(width.amount.value < read.amount.value)) return wrong(text, 'an uncertainty smaller than the value');
  return { ok: true, amount: { ...read.amount, half: width.amount.value } };
}

const wrong = (text: string, wanted: string): ReadAmount => ({
  ok: false,
  issue: { where: '', found: shortened(text), wanted },
});

function inEither(text: string, input: Pick<EnergyInput, 'dimension' | 'also' | 'isWhole' | 'mayBeZero'>): ReadAmount {
  const first = tryParseQuantity(text, input.dimension, '');
  const second = first.ok || input.also === undefined ? null : tryParseQuantity(text, input.also, '');
  const read = second?.ok === true ? second : first;
  if (!read.ok) return { ok: false, issue: read.issue };
  const value = read.value_SI;
  if (input.isWhole === true && !Number.isInteger(value)) return wrong(text, 'a whole number');
  if (!(value > 0 || (value === 0 && input.mayBeZero === true))) return wrong(text, 'more than 0');
  return { ok: true, amount: { value, half: null, isAlso: second?.ok === true } };
}

/** Charge of the lithium that lies on each face when the cell is built. */
export const foilCharge_C_per_m2 = ({ lithium_m, lithiumDensity_kg_per_m3 }: EnergyInputs): number =>
  lithium_m * lithiumDensity_kg_per_m3 * LITHIUM_SPECIFIC_CAPACITY_C_per_kg;

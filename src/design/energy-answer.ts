// What is asked of a cell's energy: its numbers with bands, which inputs move them, the input that would reach a target, and the facts
// without which an energy per mass or volume cannot be compared.

import { atShare, bracketedRoot, latinHypercube, randomStream, rankCorrelation } from '../numerics/index.ts';
import { formatQuantity, InputError } from '../units/index.ts';
import { type Banded, bandedOf } from './banded.ts';
import { drawIssues } from './draws.ts';
import { type CellEnergy, cellEnergy } from './energy.ts';
import {
  ENERGY_INPUTS,
  type EnergyCell,
  type EnergyInput,
  type EnergyInputs,
  type EnergyKey,
  type EnergyText,
  isUnused,
  readEnergyCell,
} from './energy-inputs.ts';

/** Numbers of a cell that can be aimed at. */
export const ENERGY_OUTPUTS = {
  specificEnergy_J_per_kg: { label: 'Energy per mass', dimension: 'specific energy', unit: 'Wh/kg' },
  energyDensity_J_per_m3: { label: 'Energy per volume', dimension: 'volumetric energy', unit: 'Wh/L' },
  energy_J: { label: 'Energy', dimension: 'energy', unit: 'Wh' },
  capacity_C: { label: 'Capacity', dimension: 'charge', unit: 'Ah' },
  mass_kg: { label: 'Mass', dimension: 'mass', unit: 'g' },
  thickness_m: { label: 'Thickness', dimension: 'length', unit: 'mm' },
} as const;

export type EnergyOutput = keyof typeof ENERGY_OUTPUTS;

export const ENERGY_OUTPUT_KEYS = Object.keys(ENERGY_OUTPUTS) as readonly EnergyOutput[];

/** Draws that the bands are made of. */
const SAMPLES_DEFAULT = 4000;
const SEED = 1;

/** One input low and high in its range, everything else as it is. */
export interface TornadoBar {
  readonly key: EnergyKey;
  readonly name: string;
  readonly label: string;
  /** Shown unit of the input. */
  readonly unit: string;
  readonly range_SI: readonly [number, number];
  readonly tag: 'typed' | 'assumed';
  /** Of the output, with the input at the ends of its range. */
  readonly atLow: number;
  readonly atHigh: number;
}

/** What a cell comes to when everything uncertain in it is drawn at once. */
export interface EnergyBands {
  readonly samples: number;
  readonly seed: number;
  readonly outputs: Readonly<Record<EnergyOutput, Banded>>;
  /** Spearman's, of an input with the output that was asked about; null where one of the two does not vary. */
  readonly rankCorrelations: readonly { readonly key: EnergyKey; readonly value: number | null }[];
}

/** One of the facts that make energies comparable. */
export interface EnergyFact {
  readonly name: string;
  /** As a sentence fragment; null where nobody said. */
  readonly text: string | null;
}

export interface EnergyAnswer {
  readonly cell: EnergyCell;
  readonly energy: CellEnergy;
  /** Of the output that was asked about, the widest bar first. */
  readonly tornado: readonly TornadoBar[];
  /** Cell size, mass, rate, temperature, window, pressure, measured or projected. */
  readonly facts: readonly EnergyFact[];
  readonly remarks: readonly string[];
}

const withValue = (inputs: EnergyInputs, key: EnergyKey, value: number): EnergyInputs => ({ ...inputs, [key]: value });

/**
 * A cell's energy and what it hangs on. `about` says which output the tornado is of.
 *
 * @throws InputError with every fault of the text.
 */
export function energyAnswer(text: EnergyText, about: EnergyOutput = 'specificEnergy_J_per_kg'): EnergyAnswer {
  const cell = readEnergyCell(text);
  const { inputs, ranges } = cell;
  const energy = cellEnergy(inputs);
  const tornado = ranges
    .map(({ key, range_SI, tag }): TornadoBar => {
      const { name, label, unit } = inputOf(key);
      const [atLow, atHigh] = range_SI.map((end) => cellEnergy(withValue(inputs, key, end))[about]) as [number, number];
      return { key, name, label, unit, range_SI, tag, atLow, atHigh };
    })
    .sort((a, b) => Math.abs(b.atHigh - b.atLow) - Math.abs(a.atHigh - a.atLow));
  return { cell, energy, tornado, facts: factsOf(inputs, energy), remarks: remarksOf(inputs, energy) };
}

/**
 * Bands of a cell's numbers: a Latin hypercube over the ranges of its inputs, uniform in each.
 *
 * @throws InputError for an impossible number of samples or seed.
 */
export function energyBands(
  { inputs, ranges }: EnergyCell,
  {
    about = 'specificEnergy_J_per_kg',
    samples = SAMPLES_DEFAULT,
    seed = SEED,
  }: { readonly about?: EnergyOutput; readonly samples?: number; readonly seed?: number } = {},
): EnergyBands {
  const issues = drawIssues({ samples, seed });
  if (issues.length > 0) throw new InputError(issues);
  const points = latinHypercube(samples, ranges.length, randomStream(seed));
  const drawn = points.map((point) => {
    const values: Record<string, number> = {};
    for (const [k, { key, range_SI }] of ranges.entries())
      values[key] = atShare(point[k]!, range_SI[0], range_SI[1], 'linear');
    return cellEnergy({ ...inputs, ...values });
  });
  const now = cellEnergy(inputs);
  const outputs = Object.fromEntries(
    ENERGY_OUTPUT_KEYS.map((key) => [
      key,
      bandedOf(
        now[key],
        drawn.map((one) => one[key]),
      ),
    ]),
  ) as Record<EnergyOutput, Banded>;
  const followed = Float64Array.from(drawn, (one) => one[about]);
  const rankCorrelations = ranges.map(({ key }, k) => {
    const value = rankCorrelation(
      Float64Array.from(points, (point) => point[k]!),
      followed,
    );
    return { key, value: Number.isNaN(value) ? null : value };
  });
  return { samples, seed, outputs, rankCorrelations };
}

const inputOf = (key: EnergyKey): EnergyInput => ENERGY_INPUTS.find((input) => input.key === key)!;

function factsOf(inputs: EnergyInputs, energy: CellEnergy): EnergyFact[] {
  const percent = (value: number): string => `${Number((100 * value).toFixed(1))}`;
  const { rate_per_h, temperature_K, pressure_Pa, lowestCharge, highestCharge } = inputs;
  return [
    {
      name: 'Cell size',
      text: `${formatQuantity(energy.capacity_C, 'Ah', 4, 'charge')}, ${formatQuantity(energy.volume_m3, 'mL', 4, 'volume')} ${inputs.volumeAt}`,
    },
    { name: 'Mass', text: `${formatQuantity(energy.mass_kg, 'g', 4, 'mass')}, the whole pouch cell` },
    { name: 'Rate', text: rate_per_h === null ? null : `${rateText(rate_per_h)}, as stated` },
    {
      name: 'Temperature',
      text: temperature_K === null ? null : `${formatQuantity(temperature_K, '°C', 4, 'temperature')}, as stated`,
    },
    { name: 'Window', text: `${percent(lowestCharge)} to ${percent(highestCharge)} % state of charge` },
    {
      name: 'Pressure',
      text: pressure_Pa === null ? null : `${formatQuantity(pressure_Pa, 'kPa', 4, 'pressure')}, as stated`,
    },
    { name: 'Measured or projected', text: 'projected, from this bill of materials' },
  ];
}

const rateText = (rate_per_h: number): string =>
  rate_per_h < 1 ? `C/${Number((1 / rate_per_h).toPrecision(3))}` : `${Number(rate_per_h.toPrecision(3))}C`;

function remarksOf(inputs: EnergyInputs, energy: CellEnergy): string[] {
  const remarks: string[] = [];
  if (inputs.volumeAt === 'as built' && inputs.negative !== 'host')
    remarks.push(
      'Wh/L counts the cell as it is laid together, before lithium is plated; the other two moments stand beside it.',
    );
  if (inputs.negative === 'anode-free')
    remarks.push('Anode-free: the lithium is weighed in the cathode, and there is none to spare.');
  if (energy.nToP > 0 && energy.nToP < 1 && inputs.negative === 'host')
    remarks.push('The host takes less than the cathode gives: lithium would plate on it.');
  return remarks;
}

/** Points at which an input is looked at over its range before a root is bracketed. */
const GRID = 240;
/** Relative accuracy of a solution. */
const ACCURACY = 1e-12;

/** What was found of one input. */
export type Sought =
  | {
      readonly kind: 'found';
      readonly key: EnergyKey;
      /** The solution nearest to the present value, SI; a whole number where the input is one. */
      readonly value_SI: number;
      /** The output at it, which differs from the target only where the input must be whole. */
      readonly reached: number;
      /** Further solutions in the range. */
      readonly others_SI: readonly number[];
    }
  | {
      readonly kind: 'impossible';
      readonly key: EnergyKey;
      /** The value in the range that comes nearest, and what it reaches. */
      readonly value_SI: number;
      readonly reached: number;
      readonly why: string;
    };

export interface Target {
  readonly output: EnergyOutput;
  /** SI. */
  readonly value: number;
}

/** The value of an input at which the output is as wanted, everything else as it is; within the range of the input. */
export function seekInput(inputs: EnergyInputs, key: EnergyKey, { output, value }: Target): Sought {
  const input = inputOf(key);
  const [low, high] = searchRange(input, inputs);
  const scale = input.isLogarithmic === true && low > 0 ? 'logarithmic' : 'linear';
  const outputAt = (at: number): number => cellEnergy(withValue(inputs, key, at))[output];
  const places = Array.from({ length: GRID + 1 }, (_, k) => atShare(k / GRID, low, high, scale));
  const gaps = places.map((at) => outputAt(at) - value);
  const impossible = (why: string): Sought => {
    let best = 0;
    for (let k = 1; k <= GRID; k++) if (Math.abs(gaps[k]!) < Math.abs(gaps[best]!)) best = k;
    return { kind: 'impossible', key, value_SI: places[best]!, reached: gaps[best]! + value, why };
  };
  const name = `${input.label} (${input.name})`;
  if (isUnused(key, inputs.negative)) return impossible(`${name} is not part of a cell of this kind.`);
  const most = Math.max(...gaps);
  const least = Math.min(...gaps);
  if (most - least <= ACCURACY * value && Math.abs(most) > ACCURACY * value)
    return impossible(`${name} does not move ${ENERGY_OUTPUTS[output].label.toLowerCase()}.`);
  const solutions: number[] = [];
  for (let k = 0; k < GRID; k++) {
    if (gaps[k] === 0) solutions.push(places[k]!);
    else if (gaps[k]! > 0 !== gaps[k + 1]! > 0 && gaps[k + 1] !== 0)
      solutions.push(
        bracketedRoot(
          (at) => outputAt(at) - value,
          places[k]!,
          gaps[k]!,
          places[k + 1]!,
          gaps[k + 1]!,
          ACCURACY * high,
        ),
      );
  }
  if (gaps[GRID] === 0) solutions.push(places[GRID]!);
  if (solutions.length === 0) return impossible(whyNot(input, inputs, { output, value }, low, high, most, least));
  const nearest = [...solutions].sort((a, b) => Math.abs(a - inputs[key]) - Math.abs(b - inputs[key]));
  const [first, ...others_SI] = nearest;
  const value_SI = input.isWhole === true ? wholeNear(first!, outputAt, value) : first!;
  return { kind: 'found', key, value_SI, reached: outputAt(value_SI), others_SI };
}

/** The range of an input; a present value beyond its ends widens it. */
function searchRange({ key, range_SI }: EnergyInput, inputs: EnergyInputs): readonly [number, number] {
  return [Math.min(range_SI[0], inputs[key]), Math.max(range_SI[1], inputs[key])];
}

function wholeNear(value: number, outputAt: (at: number) => number, target: number): number {
  const [below, above] = [Math.max(1, Math.floor(value)), Math.ceil(value)];
  return Math.abs(outputAt(below) - target) <= Math.abs(outputAt(above) - target) ? below : above;
}

function whyNot(
  input: EnergyInput,
  inputs: EnergyInputs,
  { output, value }: Target,
  low: number,
  high: number,
  most: number,
  least: number,
): string {
  const { unit: outputUnit, dimension } = ENERGY_OUTPUTS[output];
  const shown = (of: number): string => formatQuantity(of, outputUnit, 4, dimension);
  const amount = (of: number): string => formatQuantity(of, input.unit, 3, input.dimension).trim();
  const reach = `from ${shown(value + least)} to ${shown(value + most)}`;
  const helpful = helpfulOthers(inputs, { output, value }, input.key);
  const besides = helpful.length === 0 ? '' : ` What else helps: ${helpful.join('; ')}.`;
  return `${input.label} from ${amount(low)} to ${amount(high)} gives ${reach}, never ${shown(value)}.${besides}`;
}

/** Inputs of which a tenth more or less brings the output nearest to its target, and by how much. */
const OTHERS_NAMED = 3;

function helpfulOthers(inputs: EnergyInputs, { output, value }: Target, but: EnergyKey): string[] {
  const { unit, dimension } = ENERGY_OUTPUTS[output];
  const now = cellEnergy(inputs)[output];
  const wanted = Math.sign(value - now);
  return ENERGY_INPUTS.filter(({ key, group }) => key !== but && group !== 'Use' && !isUnused(key, inputs.negative))
    .flatMap(({ key, label, dimension: of }) =>
      [0.9, 1.1].flatMap((factor) => {
        const at = factor * inputs[key];
        if (of === 'fraction' && at > 1) return [];
        const moved = cellEnergy(withValue(inputs, key, at))[output] - now;
        return [{ text: `a tenth ${factor > 1 ? 'more' : 'less'} of "${label.toLowerCase()}"`, moved }];
      }),
    )
    .filter(({ moved }) => moved * wanted > 0)
    .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved))
    .slice(0, OTHERS_NAMED)
    .map(
      ({ text, moved }) =>
        `${text} gives ${moved > 0 ? '+' : '−'}${formatQuantity(Math.abs(moved), unit, 2, dimension)}`,
    );
}

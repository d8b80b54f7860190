// Figures of answers that are no curves: what the resistance of an interface is made of, the drop that stands on a surface, what a cell's
// mass and volume are shared among, and what moves its energy most. Page and shell draw them from here.

import type { CellEnergy, EnergyAnswer, InterfaceAnswer, WettingAnswer } from '../design/index.ts';
import { ohm_cm2_from_ohm_m2, ZERO_CELSIUS_K } from '../units/index.ts';
import { type BarFigure, type BarPart, shareFigure, tornadoFigure, waterfallFigure } from './bar-figure.ts';
import type { DropFigure } from './drop-figure.ts';

type ResistancePart = keyof InterfaceAnswer['resistance_ohm_m2'];

/** Parts of the resistance in the order in which they are stacked; the sum follows. */
export const RESISTANCE_PARTS: readonly (readonly [part: Exclude<ResistancePart, 'total'>, label: string])[] = [
  ['chargeTransfer', 'charge transfer'],
  ['films', 'films'],
  ['constriction', 'constriction'],
  ['interlayers', 'interlayers'],
];

export function resistancePartsFigure({ resistance_ohm_m2 }: Pick<InterfaceAnswer, 'resistance_ohm_m2'>): BarFigure {
  const part = (key: ResistancePart, label: string): BarPart => {
    const { value, band80 } = resistance_ohm_m2[key];
    const ends = [ohm_cm2_from_ohm_m2(band80[0]), ohm_cm2_from_ohm_m2(band80[1])] as const;
    return { label, value: ohm_cm2_from_ohm_m2(value), band: ends };
  };
  return waterfallFigure(
    'Resistance of the interface, by part',
    'Resistance / Ω cm²',
    RESISTANCE_PARTS.map(([key, label]) => part(key, label)),
    part('total', 'total'),
  );
}

export function wettedDropFigure({
  surface,
  conditions,
  apparentAngle_rad,
  verdict,
}: Pick<WettingAnswer, 'surface' | 'conditions' | 'apparentAngle_rad' | 'verdict'>): DropFigure {
  const celsius = Number((conditions.temperature_K - ZERO_CELSIUS_K).toPrecision(4));
  return {
    kind: 'drop',
    title: `Molten lithium on ${surface.canonical} at ${celsius} °C in ${conditions.atmosphere}`,
    angle_rad: apparentAngle_rad.value,
    band_rad: apparentAngle_rad.band80,
    roughness: conditions.roughness,
    hasCoating: surface.carrier !== null,
    verdict,
  };
}

/** Colours of components on white paper. */
const COMPONENT_COLOURS: Readonly<Record<string, string>> = {
  cathode: '#3b4f6b',
  'positive foil': '#56b4e9',
  lithium: '#c4c9cd',
  host: '#4d5357',
  interlayer: '#e0a63a',
  'negative foil': '#c77b4a',
  separator: '#ece7d8',
  electrolyte: '#cfe3f2',
  pouch: '#009e73',
  tabs: '#cc79a7',
  other: '#8a8a8a',
};
const RIM = { name: 'rim and tabs', colour: '#f4f4f4' };

/** What mass and volume of a cell are shared among. */
export function materialsFigure({ components }: Pick<CellEnergy, 'components'>): BarFigure {
  const rim = 1 - components.reduce((sum, { volumeShare }) => sum + volumeShare, 0);
  const parts = components.map(({ name, massShare, volumeShare }) => ({
    name,
    colour: COMPONENT_COLOURS[name] ?? COMPONENT_COLOURS.other!,
    shares: [massShare, volumeShare],
  }));
  return shareFigure('Bill of materials', ['mass', 'volume'], [...parts, { ...RIM, shares: [0, rim] }]);
}

/** Shown over SI, by unit. */
const SHOWN_OVER_SI: Readonly<Record<string, number>> = {
  'Wh/kg': 1 / 3600,
  'Wh/L': 1 / 3.6e6,
  Wh: 1 / 3600,
  Ah: 1 / 3600,
  '': 1,
  V: 1,
  'mAh/cm2': 1 / 36000,
  'mAh/g': 1 / 3600,
  'g/cm3': 1e-3,
  µm: 1e6,
  cm: 100,
  mm: 1e3,
  'g/Ah': 3.6e6,
  g: 1e3,
  mL: 1e6,
};

/** In one of the units in which the desk shows its numbers. */
export const shownOverSI = (unit: string): number => SHOWN_OVER_SI[unit] ?? 1;

const INPUTS_DRAWN = 10;

/** Range of an input in its unit, and how it is known. */
export function tornadoRange({ range_SI, unit, tag }: EnergyAnswer['tornado'][number]): string {
  const ends = range_SI.map((end) => String(Number((end * shownOverSI(unit)).toPrecision(3)))).join(' to ');
  return `${`${ends} ${unit}`.trim()}, ${tag}`;
}

/** What moves an output most: `nominal` is its present value, SI, `label` and `unit` those in which it is shown. */
export function energyTornadoFigure(
  { tornado }: Pick<EnergyAnswer, 'tornado'>,
  nominal: number,
  { label, unit }: { readonly label: string; readonly unit: string },
): BarFigure {
  const factor = shownOverSI(unit);
  return tornadoFigure(
    `What moves the ${label[0]!.toLowerCase()}${label.slice(1)} most`,
    `${label} / ${unit}`,
    factor * nominal,
    `${Number((factor * nominal).toPrecision(4))}, as typed`,
    tornado.slice(0, INPUTS_DRAWN).map((bar) => ({
      label: bar.label,
      note: tornadoRange(bar),
      atLow: factor * bar.atLow,
      atHigh: factor * bar.atHigh,
    })),
  );
}

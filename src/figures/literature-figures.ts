// Reported numbers over what they were measured with, and computed beside reported. What is drawn comes as plain points, so that this
// room need not know where they were printed.

import { lceOf } from '../design/index.ts';
import { type Axis, axisAround, logAxisAround } from './axis.ts';
import { COLOURS, FIGURE_WIDTH_px, type Figure, type Panel, type Series } from './figure.ts';

/** One printed efficiency. */
export interface ReportedPoint {
  /** What its colour stands for: a strategy, or a class of electrolytes. */
  readonly category: string;
  /** Current density, capacity or number of cycles, as printed. */
  readonly x: number;
  /** As printed, %. */
  readonly efficiency_percent: number;
  /** Printed as that number; otherwise as about, less or more than it. */
  readonly isExact: boolean;
  /** Added by the reader. */
  readonly isOwn: boolean;
}

/** A reported number beside the computed one. */
export interface ComparedPoint {
  readonly category: string;
  readonly reported: number;
  readonly computed: number;
  /** Lower and upper end of the computed one; null without. */
  readonly band: readonly [number, number] | null;
  readonly isExact: boolean;
}

/** A figure, and which of the points given stands behind each of its marks: by panel series, then row. */
export interface FigureOfPoints {
  readonly figure: Figure;
  readonly points: readonly (readonly number[])[];
}

const PALETTE = [
  COLOURS.blue,
  COLOURS.vermilion,
  COLOURS.green,
  COLOURS.purple,
  COLOURS.orange,
  COLOURS.sky,
  COLOURS.ink,
  COLOURS.grey,
] as const;

/** Efficiencies that an axis of −log10(1 − CE) is marked at, %. */
const MARKED_percent = [0, 50, 80, 90, 95, 98, 99, 99.5, 99.8, 99.9, 99.95, 99.98, 99.99] as const;
const LCE_ROOM = 0.1;
const HEIGHT_px = 520;
const PARITY_HEIGHT_px = 700;

const lceOfPercent = (percent: number): number => lceOf(percent / 100);

/** Colours go by the order of all categories that there are, so that one keeps its own when others are filtered away. */
const colourOf = (categories: readonly string[], category: string): string =>
  PALETTE[Math.max(0, categories.indexOf(category)) % PALETTE.length]!;

/** Labels at 1, 2 and 5 times powers of ten: a decade or two have too few powers of ten to be read. */
const TICK_MULTIPLES = [1, 2, 5] as const;
const DECADES_CLOSE = 3.2;

function ratioAxis(name: string, values: ArrayLike<number>): Axis {
  const axis = logAxisAround(name, values);
  const [first, last] = [Math.log10(axis.min), Math.log10(axis.max)];
  if (last - first > DECADES_CLOSE) return axis;
  const ticks: number[] = [];
  for (let power = Math.floor(first); power <= Math.ceil(last); power++) {
    for (const multiple of TICK_MULTIPLES) {
      const tick = Number((multiple * 10 ** power).toPrecision(3));
      if (tick >= axis.min && tick <= axis.max) ticks.push(tick);
    }
  }
  return { ...axis, ticks, labels: ticks.map(String), minorTicks: [] };
}

function efficiencyAxis(name: string, min: number, max: number): Axis {
  const marked = MARKED_percent.filter((percent) => lceOfPercent(percent) >= min && lceOfPercent(percent) <= max);
  return { name, min, max, ticks: marked.map(lceOfPercent), labels: marked.map(String), isRelabelled: true };
}

/** Marks of one x that are closer than this part of all heights would cover each other. */
const HEIGHTS_APART = 40;

/** A step to the side for points that would lie on each other: 0, 1, −1, 2, −2 … */
const STEP_px = 9;
const stepOf = (count: number): number => STEP_px * (count % 2 === 1 ? (count + 1) / 2 : 0 - count / 2);

/**
 * Efficiencies against a condition, which is drawn logarithmically: conditions are chosen by ratios. `categories` lists all that
 * there may be. Points that would cover each other stand side by side. Filled: printed as that number; circles: of the tables, squares: the reader's.
 */
export function reportedFigure(
  points: readonly ReportedPoint[],
  {
    xName,
    scale,
    categories,
  }: {
    /** Quantity and unit, `Current density / mA cm⁻²`. */
    readonly xName: string;
    /** 'lce': by −log10(1 − CE), so that halving a loss is one step everywhere. */
    readonly scale: 'percent' | 'lce';
    readonly categories: readonly string[];
  },
): FigureOfPoints {
  const heightOf = ({ efficiency_percent }: ReportedPoint): number =>
    scale === 'lce' ? lceOfPercent(efficiency_percent) : efficiency_percent;
  const heights = points.map(heightOf);
  const taken = new Map<string, number>();
  const step = Math.max((Math.max(...heights) - Math.min(...heights)) / HEIGHTS_APART, 1e-9);
  const offsets_px = points.map((point, k) => {
    const key = `${point.x} ${Math.round(heights[k]! / step)}`;
    const count = taken.get(key) ?? 0;
    taken.set(key, count + 1);
    return stepOf(count);
  });
  const series: Series[] = [];
  const places: number[][] = [];
  for (const category of categories) {
    for (const isOwn of [false, true]) {
      for (const isExact of [true, false]) {
        const own = points.flatMap((point, k) =>
          point.category === category && point.isOwn === isOwn && point.isExact === isExact ? [k] : [],
        );
        if (own.length === 0) continue;
        series.push({
          name: [category, ...(isOwn ? ['own row'] : []), ...(isExact ? [] : ['bound or about'])].join(', '),
          x: Float64Array.from(own, (k) => points[k]!.x),
          y: Float64Array.from(own, (k) => heights[k]!),
          offset_px: Float64Array.from(own, (k) => offsets_px[k]!),
          mark: isOwn ? 'squares' : 'circles',
          fill: isExact ? 'filled' : 'hollow',
          joined: false,
          side: 'left',
          colour: colourOf(categories, category),
        });
        places.push(own);
      }
    }
  }
  const x = ratioAxis(
    xName,
    points.map((point) => point.x),
  );
  const panel: Panel = { x, ...efficiencyAxes(heights, scale), series, message: null };
  return {
    figure: {
      title: `Coulombic efficiency of lithium as reported, over ${xName.split(' / ')[0]!.toLowerCase()}`,
      panels: [points.length === 0 ? { ...panel, message: 'No row that is shown prints both' } : panel],
      width_px: FIGURE_WIDTH_px,
      height_px: HEIGHT_px,
    },
    points: places,
  };
}

function efficiencyAxes(heights: readonly number[], scale: 'percent' | 'lce'): Pick<Panel, 'left' | 'right'> {
  const name = 'Coulombic efficiency / %';
  if (scale === 'percent') return { left: axisAround(name, heights, { span_min: 2 }), right: null };
  const [min, max] = heights.length === 0 ? [1, 3] : [Math.min(...heights) - LCE_ROOM, Math.max(...heights) + LCE_ROOM];
  const left = axisAround('−log₁₀(1 − CE)', [min, max], { span_min: 0.5 });
  return { left, right: efficiencyAxis(name, left.min, left.max) };
}

const PARITY = {
  efficiency: { title: 'Coulombic efficiency', name: 'efficiency / %' },
  resistance: { title: 'Interfacial resistance', name: 'resistance / Ω or Ω cm²' },
  polarisation: { title: 'Polarisation', name: 'polarisation / mV' },
} as const;

export type ParityOf = keyof typeof PARITY;

/** Lines beside the diagonal of magnitudes: a factor of two either way. */
const FACTOR = 2;

/**
 * Computed against reported, bands upright. Efficiencies, in %, lie by −log10(1 − CE); the others by their logarithms, with lines
 * for a factor of two either way. Hollow marks are bounds.
 */
export function comparedFigure(
  given: readonly ComparedPoint[],
  of: ParityOf,
  categories: readonly string[],
): FigureOfPoints {
  const isEfficiency = of === 'efficiency';
  // A logarithm wants positive ends.
  const least = Math.min(...given.flatMap(({ reported, computed }) => [reported, computed]).filter((one) => one > 0));
  const at = (value: number): number => (isEfficiency ? lceOfPercent(value) : Math.max(value, least / 10));
  const points = given.flatMap((point, k) =>
    isEfficiency || (point.reported > 0 && point.computed > 0) ? [{ ...point, k }] : [],
  );
  const values = points.flatMap(({ reported, computed, band }) => [reported, computed, ...(band ?? [])].map(at));
  const { title, name } = PARITY[of];
  const axisOf = (who: string): Axis => {
    if (!isEfficiency) return ratioAxis(`${who} ${name}`, values);
    if (values.length === 0) return efficiencyAxis(`${who} ${name}`, 0, 3);
    return efficiencyAxis(`${who} ${name}`, Math.min(...values) - LCE_ROOM, Math.max(...values) + LCE_ROOM);
  };
  const x = axisOf('Reported');
  const guide = (factor: number): Series => {
    const [from, to] = [Math.max(x.min, x.min / factor), Math.min(x.max, x.max / factor)];
    return {
      name: '',
      x: Float64Array.of(from, to),
      y: Float64Array.of(from * factor, to * factor),
      mark: 'guide',
      side: 'left',
      colour: COLOURS.grey,
    };
  };
  const series: Series[] = [
    guide(1),
    ...(isEfficiency || points.length === 0 ? [] : [guide(FACTOR), guide(1 / FACTOR)]),
  ];
  const places: number[][] = series.map(() => []);
  for (const category of categories) {
    for (const isExact of [true, false]) {
      const own = points.filter((point) => point.category === category && point.isExact === isExact);
      if (own.length === 0) continue;
      series.push({
        name: isExact ? category : `${category}, bound`,
        x: Float64Array.from(own, ({ reported }) => at(reported)),
        y: Float64Array.from(own, ({ computed }) => at(computed)),
        low: Float64Array.from(own, ({ band }) => (band === null ? Number.NaN : at(band[0]))),
        high: Float64Array.from(own, ({ band }) => (band === null ? Number.NaN : at(band[1]))),
        mark: 'circles',
        fill: isExact ? 'filled' : 'hollow',
        joined: false,
        side: 'left',
        colour: colourOf(categories, category),
      });
      places.push(own.map(({ k }) => k));
    }
  }
  const message = points.length === 0 ? 'Nothing is both reported and computed yet' : null;
  return {
    figure: {
      title: `${title}: computed against reported`,
      panels: [{ x, left: axisOf('Computed'), right: null, series, message }],
      width_px: FIGURE_WIDTH_px,
      height_px: PARITY_HEIGHT_px,
    },
    points: places,
  };
}

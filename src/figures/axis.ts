// Axes with round numbers: limits that hold all the data, ticks at 1, 2 or 5 times a power of ten, or at powers of ten.

/** One axis as plain data. Ticks lie within the limits; labels belong to the ticks one to one. */
export interface Axis {
  /** Quantity and unit, `Time / h`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
  /** 'log': equal ratios are equal lengths, and both limits are positive. Linear where not given. */
  readonly scale?: 'linear' | 'log';
  /** The labels are of another quantity than the ticks, so a part that is zoomed into has no others than these. */
  readonly isRelabelled?: true;
  /** Short ticks without a label. */
  readonly minorTicks?: readonly number[];
}

/** Steps between ticks that people read without counting, as multiples of a power of ten. */
const ROUND_STEPS = [1, 2, 5, 10] as const;

/** The round step nearest above `span / count`. */
function roundStep(span: number, count: number): number {
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  return (ROUND_STEPS.find((step) => step * power >= raw * (1 - 1e-9)) ?? 10) * power;
}

/** Decimals that tell neighbouring ticks apart. */
function decimalsOf(step: number): number {
  return Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

/** A tick as printed: a true minus sign, plain digits, or powers of ten where all ticks of the axis are huge or tiny. */
function tickLabel(value: number, step: number, greatest: number): string {
  if (value === 0) return (0).toFixed(greatest < 1e-3 ? 0 : decimalsOf(step));
  const powers = step >= 1e5 || greatest < 1e-3;
  const digits = Math.floor(Math.log10(Math.abs(value)) + 1e-9) - Math.floor(Math.log10(step) + 1e-9);
  const text = powers ? value.toExponential(Math.max(0, digits)).replace('e+', 'e') : value.toFixed(decimalsOf(step));
  return text.replace('-', '−').replace('e-', 'e−');
}

/** Ticks of one axis at most, several times what any axis here asks for. */
const TICKS_MAX = 40;

/**
 * Narrowest axis in parts of its greatest value: labels of twelve digits still differ, and a step is not lost in the
 * rounding of the numbers it is added to.
 */
const RELATIVE_SPAN_MIN = 1e-8;

/** The number that a person would write for one that carries the rounding of a product: 3.4 for 3.4000000000000004. */
function settled(value: number): number {
  return Number(value.toPrecision(12));
}

/** Whether `min` and `max` are far enough apart, as numbers, to be the ends of an axis. */
export function canSpanAxis(min: number, max: number): boolean {
  return max - min >= RELATIVE_SPAN_MIN * Math.max(Math.abs(min), Math.abs(max)) && max > min;
}

/** Round ticks from `min` to `max`, which stay as they are and must span an axis. `step` at least `step_min`. */
export function axisWithin(name: string, min: number, max: number, { count = 6, step_min = 0 } = {}): Axis {
  const step = Math.max(step_min, roundStep(max - min, count));
  const slack = 1e-9 * (max - min) + 4 * Number.EPSILON * Math.max(Math.abs(min), Math.abs(max));
  const ticks: number[] = [];
  const first = Math.ceil((min - slack) / step);
  for (let k = first; k < first + TICKS_MAX && k * step <= max + slack; k++) {
    // Rounding must not put a tick at a limit beside it, where it would not be drawn.
    ticks.push(Math.min(max, Math.max(min, settled(k * step))));
  }
  const greatest = Math.max(...ticks.map(Math.abs));
  return { name, min, max, ticks, labels: ticks.map((tick) => tickLabel(tick, step, greatest)) };
}

/** A number that can stand on an axis: finite, and so far from the largest one that differences and roundings are too. */
export function isDrawable(value: number): boolean {
  return Math.abs(value) < 1e100;
}

/** Least and greatest value that can be drawn; null without any. */
export function drawableExtent(values: ArrayLike<number>): readonly [number, number] | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    if (!isDrawable(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? [min, max] : null;
}

/**
 * Limits at round numbers that hold `values` with a little room, at least `span_min` wide. Bounds, where given, are kept
 * unless the data themselves lie beyond.
 */
export function axisAround(
  name: string,
  values: ArrayLike<number>,
  { span_min, floor = Number.NEGATIVE_INFINITY, ceiling = Number.POSITIVE_INFINITY, count = 8 }: AxisRoom,
): Axis {
  const [least, greatest] = drawableExtent(values) ?? [0, span_min];
  const span = Math.max(span_min, RELATIVE_SPAN_MIN * Math.max(Math.abs(least), Math.abs(greatest)));
  const missing = Math.max(0, span - (greatest - least)) / 2;
  const room = 0.04 * (greatest - least);
  const low = least - Math.max(missing, room);
  const high = greatest + Math.max(missing, room);
  const step = roundStep(high - low, count);
  const half = step / 2;
  const roundBelow = Math.min(least, settled(Math.floor(low / half + 1e-9) * half));
  const roundAbove = Math.max(greatest, settled(Math.ceil(high / half - 1e-9) * half));
  const min = Math.max(roundBelow, Math.min(floor, least));
  const max = Math.min(roundAbove, Math.max(ceiling, greatest));
  return axisWithin(name, min, max, { count });
}

export interface AxisRoom {
  /** Least width of the axis, so that rounding noise is not blown up to fill it. */
  readonly span_min: number;
  readonly floor?: number;
  readonly ceiling?: number;
  readonly count?: number;
}

/** An axis of cycle numbers: whole ticks only, each cycle in full view. */
export function cycleAxis(cycles: ArrayLike<number>): Axis {
  const [first, last] = drawableExtent(cycles) ?? [1, 1];
  const room = last - first < 20 ? 0.5 : 0.02 * (last - first);
  const axis = axisWithin('Cycle', first - room, last + room, { count: 8, step_min: 1 });
  // No tick at cycle 0, which there is not, and none beyond the last.
  const kept = axis.ticks.map((tick) => tick >= first && tick <= last);
  return { ...axis, ticks: axis.ticks.filter((_, k) => kept[k]), labels: axis.labels.filter((_, k) => kept[k]) };
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A power of ten as printed, 10⁻³. */
export function powerOfTen(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** Labelled decades of an axis at most. */
const DECADES_LABELLED_MAX = 9;
/** Decades of a logarithmic axis at most; positive doubles span over six hundred. */
const DECADES_MAX = 220;
/** Narrowest logarithmic axis, as a ratio of its ends. */
const RATIO_MIN = 2;
/** Up to this ratio of its ends an axis has ticks at 1, 2 and 5 of each decade. */
const FEW_DECADES = 200;
/** Room at both ends of a logarithmic axis, in parts of its length. */
const LOG_ROOM = 0.05;

/** Positive numbers that can stand on a logarithmic axis. */
function positiveExtent(values: ArrayLike<number>): readonly [number, number] {
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    if (!(value > 1e-100 && isDrawable(value))) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return max > 0 ? [min, max] : [0.1, 10];
}

/** A logarithmic axis from `min` to `max`, both positive, which stay as they are. Ticks at powers of ten, or closer where they are few. */
export function logAxisWithin(name: string, min: number, max: number): Axis {
  const [from, to] = [Math.min(min, max), Math.max(min, max)];
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.min(Math.floor(Math.log10(to) + 1e-9), first + DECADES_MAX);
  const inside = (value: number): boolean => value >= from && value <= to;
  const exponents = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
  const every = Math.max(1, Math.ceil(exponents.length / DECADES_LABELLED_MAX));
  const isLabelled = (exponent: number): boolean => exponent % every === 0;
  const fractions = (multiples: readonly number[]): number[] =>
    Array.from({ length: last - first + 3 }, (_, k) => first - 1 + k)
      .flatMap((exponent) => multiples.map((multiple) => settled(multiple * 10 ** exponent)))
      .filter(inside);
  const frame = { name, min, max, scale: 'log' } as const;
  if (exponents.length < 2 || to / from <= FEW_DECADES) {
    const multiples =
      to / from < 3 ? [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9] : to / from < 6 ? [1, 2, 3, 5, 7] : [1, 2, 5];
    const ticks = fractions(multiples);
    const minorTicks = fractions([1, 2, 3, 4, 5, 6, 7, 8, 9]).filter((tick) => !ticks.includes(tick));
    return { ...frame, ticks, labels: ticks.map((tick) => String(tick)), minorTicks };
  }
  const ticks = exponents.filter(isLabelled).map((exponent) => Math.min(to, Math.max(from, 10 ** exponent)));
  const minorTicks =
    every === 1
      ? fractions([2, 3, 4, 5, 6, 7, 8, 9])
      : exponents.filter((exponent) => !isLabelled(exponent)).map((exponent) => 10 ** exponent);
  return { ...frame, ticks, labels: exponents.filter(isLabelled).map(powerOfTen), minorTicks };
}

/** A logarithmic axis with a little room around the positive ones among `values`. */
export function logAxisAround(name: string, values: ArrayLike<number>): Axis {
  const [least, greatest] = positiveExtent(values);
  const widen = Math.max(1, Math.sqrt((RATIO_MIN * least) / greatest));
  const room = (greatest / least) ** LOG_ROOM * widen;
  return logAxisWithin(name, least / room, greatest * room);
}

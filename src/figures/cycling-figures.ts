// The figures that every cycling test has: voltage against time, efficiency against cycle, and both in one.

import type { CyclingRecord } from '../records/index.ts';
import { type Axis, axisAround, axisWithin, canSpanAxis, cycleAxis, drawableExtent, isDrawable } from './axis.ts';
import { decimate } from './decimate.ts';
import { COLOURS, FIGURE_WIDTH_px, type Figure, PANEL_HEIGHT_px, type Panel, type Series } from './figure.ts';

/** Points of a voltage curve at most; more than the pixels across can show. */
const CURVE_POINTS_MAX = 4000;
/** Narrowest axes, below which differences are rounding or noise. */
const VOLTAGE_SPAN_V_MIN = 0.002;
const EFFICIENCY_SPAN_percent_MIN = 0.2;
/** A single efficiency, or several that agree to within `EFFICIENCY_EQUAL_percent`, stands in an axis this wide. */
const EFFICIENCY_SPAN_percent_OF_EQUAL = 1;
const EFFICIENCY_EQUAL_percent = 0.02;

/** Sums of charge that are equal on paper differ by this much; it makes no efficiency suspect. */
const ROUNDING = 1e-6;

/** Room behind the end of a curve and above 100 %, in parts of the axis. */
const END_ROOM = 0.01;
const ROOM_ABOVE_100 = 0.06;

/** What a figure needs to know of a cycle. */
export interface FigureCycle {
  readonly cycle: number;
  /** Fraction; null where undefined. */
  readonly coulombic_efficiency: number | null;
  readonly interfacial_resistance_ohm_cm2?: number | null;
  /** Standard error or systematic error of the efficiency, fraction. */
  readonly coulombic_efficiency_error?: number | null;
}

/** More about a figure of efficiencies. */
export interface EfficiencyFigureOptions {
  /** Upright lines at cycles, such as that of a short. */
  readonly markers?: readonly { readonly cycle: number; readonly text: string }[];
  /** Cycles that no mean counts, such as formation: shaded, with this word. */
  readonly leftOut?: { readonly from: number; readonly to: number; readonly text: string };
  /**
   * Efficiencies above 100 % as open squares of another colour with a name: they tell of lithium from before, a short or an error of
   * charge.
   */
  readonly suspectAbove100?: boolean;
  /** Where a few cycles lie far off the others, a second panel of the others alone. */
  readonly closeUp?: boolean;
}

/** A run as figures see it. */
export interface FigureRun {
  readonly title: string;
  readonly record: Pick<CyclingRecord, 'time_s' | 'voltage_V'>;
  readonly cycles: readonly FigureCycle[];
}

const TIME_UNITS = [
  { unit: 's', seconds: 1, span_s_max: 600 },
  { unit: 'min', seconds: 60, span_s_max: 7200 },
  { unit: 'h', seconds: 3600, span_s_max: Number.POSITIVE_INFINITY },
] as const;

const NOTHING: Axis = { name: '', min: 0, max: 1, ticks: [], labels: [] };

function emptyPanel(xName: string, yName: string, message: string): Panel {
  return { x: { ...NOTHING, name: xName }, left: { ...NOTHING, name: yName }, right: null, series: [], message };
}

function voltagePanel({ time_s, voltage_V }: FigureRun['record']): Panel {
  const extent = drawableExtent(time_s);
  if (extent === null || drawableExtent(voltage_V) === null)
    return emptyPanel('Time / h', 'Cell voltage / V', 'No rows to show');
  const [start_s, end_s] = extent;
  const { unit, seconds } = TIME_UNITS.find(({ span_s_max }) => end_s - start_s <= span_s_max)!;
  const { x, y } = decimate(time_s, voltage_V, CURVE_POINTS_MAX);
  const name = `Time / ${unit}`;
  const [start, end] = [start_s / seconds, end_s / seconds];
  const alone = !canSpanAxis(start, end);
  return {
    // A single instant gets room on both sides. A curve fills the width but for so much that a step at its end stands clear
    // of the frame.
    x: alone
      ? axisAround(name, [start, end], { span_min: 2 })
      : axisWithin(name, start, end + END_ROOM * (end - start), { count: 8 }),
    left: axisAround('Cell voltage / V', y, { span_min: VOLTAGE_SPAN_V_MIN }),
    right: null,
    series: [
      {
        name: 'Cell voltage',
        x: x.map((value) => value / seconds),
        y,
        mark: x.length === 1 ? 'circles' : 'line',
        side: 'left',
        colour: COLOURS.blue,
      },
    ],
    message: null,
  };
}

/**
 * Limits around the efficiencies, in percent: as close as the data allow, 100 % within view when it is near, never between
 * the data and the frame what the data exceed. Data at 100 % stand clear of the frame, which would hide them.
 */
function efficiencyAxis(percent: readonly number[]): Axis {
  const name = 'Coulombic efficiency / %';
  const [least, greatest] = drawableExtent(percent)!;
  const areEqual = greatest - least < EFFICIENCY_EQUAL_percent;
  const span_min = areEqual ? EFFICIENCY_SPAN_percent_OF_EQUAL : EFFICIENCY_SPAN_percent_MIN;
  const isNear100 = greatest <= 100 && 100 - greatest <= 2 * Math.max(greatest - least, span_min);
  const values = isNear100 ? [...percent, 100] : percent;
  const axis = axisAround(name, values, { span_min, floor: 0, ...(greatest <= 100 ? { ceiling: 100 } : {}) });
  const room = ROOM_ABOVE_100 * (axis.max - axis.min);
  return axis.max === 100 && greatest > 100 - room / 2 ? { ...axis, max: 100 + room } : axis;
}

function efficiencyPanel(cycles: readonly FigureCycle[], options: EfficiencyFigureOptions = {}): Panel {
  const known = cycles.filter(({ coulombic_efficiency: ce }) => ce !== null && isDrawable(100 * ce));
  const percent = known.map(({ coulombic_efficiency }) => 100 * coulombic_efficiency!);
  const resistive = cycles.filter(({ interfacial_resistance_ohm_cm2: r }) => typeof r === 'number' && isDrawable(r));
  if (known.length === 0 && resistive.length === 0) {
    const message =
      cycles.length === 0 ? 'No finished cycle to show' : 'No Coulombic efficiency: not defined for these cycles';
    return emptyPanel('Cycle', 'Coulombic efficiency / %', message);
  }
  const series: Series[] = [];
  const x = cycleAxis([...known, ...resistive].map(({ cycle }) => cycle));
  const left = known.length > 0 ? efficiencyAxis(percent) : null;
  if (left !== null) {
    if (left.min < 100 && left.max > 100) {
      const ends = { x: Float64Array.of(x.min, x.max), y: Float64Array.of(100, 100) };
      series.push({ name: '', ...ends, mark: 'guide', side: 'left', colour: COLOURS.grey });
    }
    const isSuspect = (one: FigureCycle): boolean =>
      options.suspectAbove100 === true && one.coulombic_efficiency! > 1 + ROUNDING;
    const points = (own: readonly FigureCycle[]) => {
      const errors = own.map(({ coulombic_efficiency_error: error }) =>
        isDrawable(error ?? 0) ? 100 * (error ?? 0) : 0,
      );
      const y = Float64Array.from(own, ({ coulombic_efficiency }) => 100 * coulombic_efficiency!);
      const bars = { low: y.map((value, k) => value - errors[k]!), high: y.map((value, k) => value + errors[k]!) };
      const hasErrors = errors.some((error) => error > 0);
      return { x: Float64Array.from(own, ({ cycle }) => cycle), y, side: 'left' as const, ...(hasErrors ? bars : {}) };
    };
    const suspect = known.filter(isSuspect);
    const sound = known.filter((one) => !isSuspect(one));
    if (sound.length > 0 || suspect.length === 0)
      series.push({ name: 'Coulombic efficiency', ...points(sound), mark: 'circles', colour: COLOURS.blue });
    if (suspect.length > 0)
      series.push({
        name: 'above 100 %: lithium from before, a short, or an error of charge',
        ...points(suspect),
        mark: 'squares',
        colour: COLOURS.vermilion,
        fill: 'hollow',
        joined: false,
      });
  }
  const { markers = [], leftOut } = options;
  const marks = {
    ...(markers.length === 0
      ? {}
      : {
          markers: markers.map(
            ({ cycle, text }) => ({ along: 'x', at: cycle, text, colour: COLOURS.vermilion }) as const,
          ),
        }),
    ...(leftOut === undefined
      ? {}
      : { shades: [{ from: leftOut.from - 0.5, to: leftOut.to + 0.5, text: leftOut.text, colour: COLOURS.grey }] }),
  };
  if (resistive.length === 0) return { x, left: left!, right: null, series, message: null, ...marks };
  const resistance = Float64Array.from(
    resistive,
    ({ interfacial_resistance_ohm_cm2 }) => interfacial_resistance_ohm_cm2!,
  );
  const [, most] = drawableExtent(resistance)!;
  const axis = axisAround('Interfacial resistance / Ω cm²', resistance, {
    span_min: 0.1 * Math.abs(most) || 1,
    floor: 0,
  });
  series.push({
    name: 'Interfacial resistance',
    x: Float64Array.from(resistive, ({ cycle }) => cycle),
    y: resistance,
    mark: 'squares',
    side: left === null ? 'left' : 'right',
    colour: COLOURS.vermilion,
  });
  return { x, left: left ?? axis, right: left === null ? null : axis, series, message: null, ...marks };
}

function stack(title: string, panels: readonly Panel[]): Figure {
  return { title, panels, width_px: FIGURE_WIDTH_px, height_px: panels.length * PANEL_HEIGHT_px + 40 };
}

/** Cell voltage against time; seconds up to ten minutes, minutes up to two hours, hours beyond. */
export function voltageFigure(title: string, record: FigureRun['record']): Figure {
  return stack(title, [voltagePanel(record)]);
}

/** Efficiencies between these shares of all are the usual ones. */
const USUAL_SHARES = [0.25, 0.75] as const;
/** A panel of its own for the usual cycles where all span this many times more than they do. */
const CLOSE_UP_FROM = 6;
const CLOSE_UP_CYCLES_MIN = 4;

/** Cycles that lie with the others; null where no close-up is called for. */
function usualCycles(cycles: readonly FigureCycle[]): readonly FigureCycle[] | null {
  const known = cycles.filter(({ coulombic_efficiency: ce }) => ce !== null && isDrawable(ce));
  if (known.length < CLOSE_UP_CYCLES_MIN) return null;
  const sorted = Float64Array.from(known, ({ coulombic_efficiency }) => coulombic_efficiency!).sort();
  const [low, high] = USUAL_SHARES.map((share) => sorted[Math.round(share * (sorted.length - 1))]!) as [number, number];
  const room = Math.max(2.5 * (high - low), 0.005);
  const usual = known.filter(({ coulombic_efficiency: ce }) => ce! >= low - room && ce! <= high + room);
  const span = (own: readonly FigureCycle[]): number => {
    const [least, most] = drawableExtent(Float64Array.from(own, ({ coulombic_efficiency }) => coulombic_efficiency!))!;
    return most - least;
  };
  return usual.length < known.length && span(known) > CLOSE_UP_FROM * Math.max(span(usual), 0.001) ? usual : null;
}

/** Coulombic efficiency against cycle, with the interfacial resistance on the right where the cycles have one. */
export function efficiencyFigure(
  title: string,
  cycles: readonly FigureCycle[],
  options: EfficiencyFigureOptions = {},
): Figure {
  const usual = options.closeUp === true ? usualCycles(cycles) : null;
  const whole = efficiencyPanel(cycles, options);
  if (usual === null) return stack(title, [whole]);
  const { markers: _, ...others } = options;
  const count = cycles.filter(({ coulombic_efficiency: ce }) => ce !== null).length - usual.length;
  const close = efficiencyPanel(usual, { ...others });
  const words = `${count} ${count === 1 ? 'cycle lies' : 'cycles lie'} outside of this panel`;
  // Both panels count the same cycles along the axis.
  const remark = { along: 'left', at: close.left.max, text: words, colour: COLOURS.grey } as const;
  return stack(title, [whole, { ...close, x: whole.x, markers: [remark] }]);
}

/** Efficiencies that an axis of nines is marked at, %. */
const NINES_percent = [0, 50, 80, 90, 95, 98, 99, 99.5, 99.8, 99.9, 99.95, 99.98, 99.99, 99.995, 99.999] as const;
const NINES_MAX = 5;

/**
 * The number of nines, LCE = −log₁₀(1 − CE), against cycle, with the efficiency itself on the right (Kim 2023). An efficiency of 100 % and
 * above has no such number: it stands at the upper edge as an open square.
 */
export function ninesFigure(title: string, cycles: readonly FigureCycle[]): Figure {
  const name = 'LCE = −log₁₀(1 − CE)';
  const known = cycles.filter(({ coulombic_efficiency: ce }) => ce !== null && isDrawable(ce));
  if (known.length === 0) return stack(title, [emptyPanel('Cycle', name, 'No Coulombic efficiency to show')]);
  const below = known.filter(({ coulombic_efficiency: ce }) => ce! < 1);
  const above = known.filter(({ coulombic_efficiency: ce }) => ce! >= 1);
  const lce = Float64Array.from(below, ({ coulombic_efficiency: ce }) => Math.min(NINES_MAX, -Math.log10(1 - ce!)));
  const left = axisAround(name, below.length === 0 ? [0, 2] : lce, { span_min: 0.5, count: 6 });
  const marked = NINES_percent.map((percent) => [percent, -Math.log10(1 - percent / 100)] as const).filter(
    ([, value]) => value >= left.min && value <= left.max,
  );
  const right: Axis = {
    name: 'Coulombic efficiency / %',
    min: left.min,
    max: left.max,
    ticks: marked.map(([, value]) => value),
    labels: marked.map(([percent]) => String(percent)),
  };
  const at = (own: readonly FigureCycle[]): Float64Array => Float64Array.from(own, ({ cycle }) => cycle);
  const edge = above.map(() => left.max - 0.02 * (left.max - left.min));
  const series: Series[] = [
    { name: 'below 100 %', x: at(below), y: lce, mark: 'circles', side: 'left', colour: COLOURS.blue },
    ...(above.length === 0
      ? []
      : [
          {
            name: '100 % and above: no number',
            x: at(above),
            y: Float64Array.from(edge),
            mark: 'squares',
            side: 'left',
            colour: COLOURS.vermilion,
            fill: 'hollow',
            joined: false,
          } as const,
        ]),
  ];
  return stack(title, [{ x: cycleAxis(at(known)), left, right, series, message: null }]);
}

/** Voltage against time above efficiency against cycle. */
export function runFigure({ title, record, cycles }: FigureRun): Figure {
  return stack(title, [voltagePanel(record), efficiencyPanel(cycles)]);
}

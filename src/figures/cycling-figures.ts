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

/** Room behind the end of a curve and above 100 %, in parts of the axis. */
const END_ROOM = 0.01;
const ROOM_ABOVE_100 = 0.06;

/** What a figure needs to know of a cycle. */
export interface FigureCycle {
  readonly cycle: number;
  /** Fraction; null where undefined. */
  readonly coulombic_efficiency: number | null;
  readonly interfacial_resistance_ohm_cm2?: number | null;
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

function efficiencyPanel(cycles: readonly FigureCycle[]): Panel {
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
    series.push({
      name: 'Coulombic efficiency',
      x: Float64Array.from(known, ({ cycle }) => cycle),
      y: Float64Array.from(percent),
      mark: 'circles',
      side: 'left',
      colour: COLOURS.blue,
    });
  }
  if (resistive.length === 0) return { x, left: left!, right: null, series, message: null };
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
  return { x, left: left ?? axis, right: left === null ? null : axis, series, message: null };
}

function stack(title: string, panels: readonly Panel[]): Figure {
  return { title, panels, width_px: FIGURE_WIDTH_px, height_px: panels.length * PANEL_HEIGHT_px + 40 };
}

/** Cell voltage against time; seconds up to ten minutes, minutes up to two hours, hours beyond. */
export function voltageFigure(title: string, record: FigureRun['record']): Figure {
  return stack(title, [voltagePanel(record)]);
}

/** Coulombic efficiency against cycle, with the interfacial resistance on the right where the cycles have one. */
export function efficiencyFigure(title: string, cycles: readonly FigureCycle[]): Figure {
  return stack(title, [efficiencyPanel(cycles)]);
}

/** Voltage against time above efficiency against cycle. */
export function runFigure({ title, record, cycles }: FigureRun): Figure {
  return stack(title, [voltagePanel(record), efficiencyPanel(cycles)]);
}

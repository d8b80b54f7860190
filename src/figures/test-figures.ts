// What a cycling test shows: voltage over capacity with the nucleation dip, voltage over time with a few cycles at its start, middle and
// end, capacity that is kept, resistance over time with a short marked, and a staircase of currents.

import type { CyclingRecord } from '../records/index.ts';
import { type Axis, axisAround, axisWithin, cycleAxis, drawableExtent, isDrawable, logAxisAround } from './axis.ts';
import { rampColour, rampColours } from './colour-ramp.ts';
import { decimate } from './decimate.ts';
import {
  COLOURS,
  FIGURE_WIDTH_px,
  type Figure,
  type Marker,
  type Note,
  PANEL_HEIGHT_px,
  type Panel,
  type Series,
} from './figure.ts';

/** Rows of a record as figures see them. */
export type FigureRecord = Pick<CyclingRecord, 'time_s' | 'voltage_V' | 'current_A'>;

/** Something that happened in a test and is marked in its figures, such as a short. */
export interface FigureEvent {
  readonly time_s: number;
  readonly text: string;
  readonly kind: 'short' | 'other';
}

/** A half-cycle as a figure sees it: rows [start, end) of the record. */
export interface FigureHalfCycle {
  readonly cycle: number;
  readonly sign: 1 | -1;
  readonly start: number;
  readonly end: number;
}

const SECONDS_PER_HOUR = 3600;
const CURVE_POINTS_MAX = 3000;
/** Cycles of a profile that are drawn one by one at most. */
const CYCLES_DRAWN_MAX = 8;
const EMPTY_AXIS: Axis = { name: '', min: 0, max: 1, ticks: [], labels: [] };

function emptyPanel(x: string, left: string, message: string): Panel {
  return { x: { ...EMPTY_AXIS, name: x }, left: { ...EMPTY_AXIS, name: left }, right: null, series: [], message };
}

function stacked(title: string, panels: readonly Panel[], height_px = PANEL_HEIGHT_px): Figure {
  return { title, panels, width_px: FIGURE_WIDTH_px, height_px: panels.length * height_px + 40 };
}

/** Up to `count` entries evenly spread, first and last among them. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, k) => items[Math.round((k * (items.length - 1)) / (count - 1))]!);
}

/** Charge passed since the first row of a half-cycle, magnitude, C: the trapezium of the current, rests and all. */
function passedCharge_C({ time_s, current_A }: FigureRecord, start: number, end: number): Float64Array {
  const passed = new Float64Array(end - start);
  for (let row = start + 1; row < end; row++) {
    const step_s = time_s[row]! - time_s[row - 1]!;
    const charge_C = step_s > 0 ? 0.5 * step_s * (current_A[row]! + current_A[row - 1]!) : 0;
    passed[row - start] = passed[row - start - 1]! + Math.abs(charge_C);
  }
  return passed;
}

/** The dip at which lithium nucleates, in the record. */
export interface FigureNucleation {
  readonly cycle: number;
  readonly time_s: number;
  readonly tip_V: number;
  /** What stands beside it. */
  readonly text: string;
}

export interface ProfileOptions {
  readonly area_m2?: number | null;
  /** Cycles to draw; a few spread over the test unless told. */
  readonly cycles?: readonly number[];
  readonly nucleation?: FigureNucleation;
  /** Adds a panel of the plateaus alone, which the end of a stripping would press flat; for a metal working electrode. */
  readonly plateaus?: boolean;
}

/** Shares of the charge of a half-cycle between which its plateau is looked for; nucleation and the end of stripping lie outside. */
const PLATEAU_SHARES = [0.02, 0.1, 0.3, 0.5, 0.7, 0.9] as const;

/** Limits around the plateaus of curves over charge, with room, the nucleation dip included. */
function plateauAxis(series: readonly Series[], dip_V: number | null): Axis {
  const values: number[] = dip_V === null ? [0] : [0, dip_V];
  for (const { x, y } of series) {
    for (const share of PLATEAU_SHARES) {
      const row = x.findIndex((charge) => charge >= share * x.at(-1)!);
      if (row >= 0) values.push(y[row]!);
    }
  }
  const [least, most] = drawableExtent(Float64Array.from(values)) ?? [-0.1, 0.1];
  const room = 0.25 * Math.max(most - least, 1e-3);
  return axisWithin('Voltage / V', least - room, most + room, { count: 6 });
}

/** Rows outside of the limits are gaps: a curve that leaves the panel is not drawn along its edge. */
function insideOnly(series: readonly Series[], { min, max }: Axis): Series[] {
  return series.map((one) => ({
    ...one,
    y: one.y.map((value) => (value >= min && value <= max ? value : Number.NaN)),
  }));
}

/**
 * Voltage over capacity, per area where it is known, from the start of each half-cycle: dark for the first cycle drawn, light for the
 * last. The dip of nucleation carries its words.
 */
export function profileFigure(
  title: string,
  record: FigureRecord,
  halfCycles: readonly FigureHalfCycle[],
  options: ProfileOptions = {},
): Figure {
  const { area_m2, nucleation } = options;
  const areal = typeof area_m2 === 'number' && area_m2 > 0;
  const unit = areal ? 'mAh/cm²' : 'mAh';
  // 3.6 C are 1 mAh, and 1e4 cm2 are 1 m2.
  const factor = 1 / 3.6 / (areal ? 1e4 * area_m2 : 1);
  const names = [`Capacity / ${unit}`, 'Voltage / V'] as const;
  const all = [...new Set(halfCycles.map(({ cycle }) => cycle))];
  const chosen = options.cycles ?? spread(all, CYCLES_DRAWN_MAX);
  const drawnCycles = all.filter((cycle) => chosen.includes(cycle));
  const place = new Map(drawnCycles.map((cycle, k) => [cycle, k]));
  const colourOf = (cycle: number): string =>
    drawnCycles.length === 1 ? COLOURS.blue : rampColour(place.get(cycle)! / (drawnCycles.length - 1));
  let tip: Note | null = null;
  const series = halfCycles
    .filter(({ cycle, start, end }) => place.has(cycle) && end - start > 1)
    .map(({ cycle, sign, start, end }): Series => {
      const charge = passedCharge_C(record, start, end).map((value) => factor * value);
      if (nucleation !== undefined && nucleation.cycle === cycle && sign < 0) {
        const at = record.time_s.subarray(start, end).findIndex((time_s) => time_s >= nucleation.time_s);
        const { tip_V, text } = nucleation;
        if (at >= 0)
          tip = { x: charge[at]!, y: tip_V, side: 'left', text, colour: COLOURS.vermilion, dot: true, must: true };
      }
      const { x, y } = decimate(charge, record.voltage_V.subarray(start, end), CURVE_POINTS_MAX);
      return { name: '', x, y, mark: 'line', side: 'left', colour: colourOf(cycle) };
    });
  if (series.length === 0) return stacked(title, [emptyPanel(names[0], names[1], 'No half-cycle to show')]);
  const voltages = Float64Array.from(series.flatMap(({ y }) => [...y]));
  const charges = Float64Array.from(series.flatMap(({ x }) => [...x]));
  const first = drawnCycles[0]!;
  const last = drawnCycles.at(-1)!;
  const [, most] = drawableExtent(charges) ?? [0, 1];
  const scale = last > first ? cycleScale(first, last) : null;
  const notes = tip === null ? [] : [tip];
  const panel: Panel = {
    x: axisAround(names[0], [0, most], { span_min: 1e-9, floor: 0 }),
    left: axisAround(names[1], voltages, { span_min: 0.002 }),
    right: null,
    series: named(series, drawnCycles),
    message: null,
    notes,
    ...(scale === null ? {} : { colourScale: scale }),
  };
  if (options.plateaus !== true) return stacked(title, [panel]);
  const left = plateauAxis(series, nucleation?.tip_V ?? null);
  const zero: Marker = { along: 'left', at: 0, text: '', colour: COLOURS.grey };
  const { notes: _, ...bare } = panel;
  return stacked(title, [bare, { ...panel, left, series: insideOnly(panel.series, left), markers: [zero] }], 320);
}

function cycleScale(first: number, last: number) {
  const axis = axisWithin('Cycle', first, last, { count: 6, step_min: 1 });
  return { axis, colours: rampColours(48) };
}

/** A single cycle is named in the title of its curve, so that a legend is not needed. */
function named(series: readonly Series[], cycles: readonly number[]): Series[] {
  return cycles.length === 1 ? series.map((one) => ({ ...one, name: `cycle ${cycles[0]}` })) : [...series];
}

const timeMarkers = (events: readonly FigureEvent[], seconds: number): Marker[] =>
  events.map(({ time_s, text, kind }) => ({
    along: 'x',
    at: time_s / seconds,
    text,
    colour: kind === 'short' ? COLOURS.vermilion : COLOURS.grey,
  }));

/** Voltage over a stretch of time, hours. */
function timePanel({ time_s, voltage_V }: FigureRecord, start: number, end: number, left: Axis | null): Panel {
  const { x, y } = decimate(time_s.subarray(start, end), voltage_V.subarray(start, end), CURVE_POINTS_MAX);
  const [name, yName] = ['Time / h', 'Voltage / V'];
  if (x.length === 0) return emptyPanel(name, yName, 'No rows to show');
  const hours = x.map((value) => value / SECONDS_PER_HOUR);
  const [from, to] = [hours[0]!, hours.at(-1)!];
  return {
    x:
      to - from > 1e-6 * Math.abs(to)
        ? axisWithin(name, from, to, { count: left === null ? 8 : 4 })
        : axisAround(name, [from], { span_min: 0.01 }),
    left: left ?? axisAround(yName, y, { span_min: 0.002, count: 6 }),
    right: null,
    series: [{ name: 'Voltage', x: hours, y, mark: 'line', side: 'left', colour: COLOURS.blue }],
    message: null,
  };
}

/** Cycles of each window. */
const WINDOW_CYCLES = 3;

/** Rows of `WINDOW_CYCLES` cycles at the start, in the middle and at the end; fewer windows where the test is short. */
function windowsOf(halfCycles: readonly FigureHalfCycle[]): { readonly start: number; readonly end: number }[] {
  const cycles = [...new Set(halfCycles.map(({ cycle }) => cycle))];
  if (cycles.length <= 2 * WINDOW_CYCLES) return [];
  const firsts = [0, Math.floor((cycles.length - WINDOW_CYCLES) / 2), cycles.length - WINDOW_CYCLES];
  return firsts.map((first) => {
    const own = new Set(cycles.slice(first, first + WINDOW_CYCLES));
    const rows = halfCycles.filter(({ cycle }) => own.has(cycle));
    return { start: rows[0]!.start, end: rows.at(-1)!.end };
  });
}

/**
 * Voltage over time: the whole test, and below it three cycles of its start, middle and end, each with its own range of voltage where
 * they differ. Events are marked in the whole.
 */
export function voltageTimeFigure(
  title: string,
  record: FigureRecord,
  halfCycles: readonly FigureHalfCycle[] = [],
  events: readonly FigureEvent[] = [],
): Figure {
  const whole: Panel = {
    ...timePanel(record, 0, record.time_s.length, null),
    markers: timeMarkers(events, SECONDS_PER_HOUR),
  };
  const windows = windowsOf(halfCycles);
  if (windows.length === 0) return stacked(title, [whole]);
  const panels = windows.map(({ start, end }) => {
    const [least, most] = drawableExtent(record.voltage_V.subarray(start, end)) ?? [0, 1];
    return timePanel(record, start, end, axisAround('Voltage / V', [least, most], { span_min: 0.002, count: 5 }));
  });
  return {
    title,
    panels: [whole, ...panels],
    width_px: FIGURE_WIDTH_px,
    height_px: PANEL_HEIGHT_px + 270 + 44,
    rows: [
      { panels: 1, height_px: PANEL_HEIGHT_px },
      { panels: panels.length, height_px: 270 },
    ],
  };
}

/** A cycle of a cell with a cathode; capacity of its discharge, C. */
export interface FigureCapacity {
  readonly cycle: number;
  readonly discharged_C: number;
  readonly coulombic_efficiency: number | null;
}

/** Discharge capacity over cycle, with the efficiency on the right. `end` marks the share of the reference at which life ends. */
export function retentionFigure(
  title: string,
  cycles: readonly FigureCapacity[],
  options: {
    readonly area_m2?: number | null;
    readonly end?: { readonly capacity_C: number; readonly text: string };
  } = {},
): Figure {
  const { area_m2, end } = options;
  const areal = typeof area_m2 === 'number' && area_m2 > 0;
  const factor = 1 / 3.6 / (areal ? 1e4 * area_m2 : 1);
  const name = `Discharge capacity / ${areal ? 'mAh/cm²' : 'mAh'}`;
  const known = cycles.filter(({ discharged_C }) => discharged_C > 0 && isDrawable(discharged_C));
  if (known.length === 0) return stacked(title, [emptyPanel('Cycle', name, 'No discharge to show')]);
  const numbers = Float64Array.from(known, ({ cycle }) => cycle);
  const capacity = Float64Array.from(known, ({ discharged_C }) => factor * discharged_C);
  const efficient = known.filter(({ coulombic_efficiency: ce }) => ce !== null && isDrawable(ce));
  const percent = Float64Array.from(efficient, ({ coulombic_efficiency }) => 100 * coulombic_efficiency!);
  const limit = end === undefined ? [] : [factor * end.capacity_C];
  const series: Series[] = [
    { name: 'Discharge capacity', x: numbers, y: capacity, mark: 'circles', side: 'left', colour: COLOURS.blue },
  ];
  if (efficient.length > 0) {
    const x = Float64Array.from(efficient, ({ cycle }) => cycle);
    series.push({
      name: 'Coulombic efficiency',
      x,
      y: percent,
      mark: 'squares',
      side: 'right',
      colour: COLOURS.vermilion,
      fill: 'hollow',
    });
  }
  return stacked(title, [
    {
      x: cycleAxis(numbers),
      left: axisAround(name, [...capacity, ...limit, 0], { span_min: 1e-9, floor: 0 }),
      right:
        efficient.length === 0
          ? null
          : axisAround('Coulombic efficiency / %', percent, { span_min: 1, floor: 0, count: 6 }),
      series,
      message: null,
      markers: end === undefined ? [] : [{ along: 'left', at: limit[0]!, text: end.text, colour: COLOURS.grey }],
    },
  ]);
}

/** A resistance that changes along a test, Ω, with its uncertainty where known. */
export interface FigureResistance {
  readonly name: string;
  readonly time_s: Float64Array;
  readonly resistance_ohm: Float64Array;
  readonly error_ohm?: Float64Array;
}

/** Ratio of the extremes above which a resistance is drawn on a logarithmic axis. */
const LOG_FROM_RATIO = 30;

/** Resistances over the time of a test, Ω cm² of the whole cell where the area is known, with its events marked. */
export function resistanceTimeFigure(
  title: string,
  resistances: readonly FigureResistance[],
  events: readonly FigureEvent[] = [],
  { area_m2 }: { readonly area_m2?: number | null } = {},
): Figure {
  const areal = typeof area_m2 === 'number' && area_m2 > 0;
  const factor = areal ? 1e4 * area_m2 : 1;
  const name = `Resistance / Ω${areal ? ' cm²' : ''}`;
  const known = resistances.filter(({ resistance_ohm }) => drawableExtent(resistance_ohm) !== null);
  if (known.length === 0) return stacked(title, [emptyPanel('Time / h', name, 'No resistance to show')]);
  const colours = [COLOURS.blue, COLOURS.green, COLOURS.purple, COLOURS.orange] as const;
  const series = known.map(({ name: own, time_s, resistance_ohm, error_ohm }, k): Series => {
    const y = resistance_ohm.map((value) => factor * value);
    const bars =
      error_ohm === undefined
        ? {}
        : {
            low: y.map((value, row) => value - factor * error_ohm[row]!),
            high: y.map((value, row) => value + factor * error_ohm[row]!),
          };
    return {
      name: own,
      x: time_s.map((value) => value / SECONDS_PER_HOUR),
      y,
      mark: 'circles',
      side: 'left',
      colour: colours[k % colours.length]!,
      fill: 'hollow',
      joined: true,
      ...bars,
    };
  });
  const values = Float64Array.from(series.flatMap(({ y }) => [...y]));
  const [least, most] = drawableExtent(values)!;
  const isWide = least > 0 && most / least > LOG_FROM_RATIO;
  const times = Float64Array.from([
    ...series.flatMap(({ x }) => [...x]),
    ...events.map(({ time_s }) => time_s / SECONDS_PER_HOUR),
  ]);
  return stacked(title, [
    {
      x: axisAround('Time / h', times, { span_min: 0.01, floor: 0 }),
      left: isWide
        ? logAxisAround(name, values)
        : axisAround(name, [...values, 0], { span_min: 1e-9, ...(least >= 0 ? { floor: 0 } : {}) }),
      right: null,
      series,
      message: null,
      markers: timeMarkers(events, SECONDS_PER_HOUR),
    },
  ]);
}

/** Current density, or current without an area, above the voltage it took: the staircase to a critical current. */
export function staircaseFigure(
  title: string,
  record: FigureRecord,
  events: readonly FigureEvent[] = [],
  { area_m2 }: { readonly area_m2?: number | null } = {},
): Figure {
  const areal = typeof area_m2 === 'number' && area_m2 > 0;
  // 1 A/m2 is 0.1 mA/cm2.
  const factor = areal ? 0.1 / area_m2 : 1e3;
  const name = areal ? 'Current density / mA/cm²' : 'Current / mA';
  const markers = timeMarkers(events, SECONDS_PER_HOUR);
  const voltage = timePanel(record, 0, record.time_s.length, null);
  const { x, y } = decimate(record.time_s, record.current_A, CURVE_POINTS_MAX);
  if (x.length === 0) return stacked(title, [voltage, emptyPanel('Time / h', name, 'No current to show')]);
  const current: Panel = {
    x: voltage.x,
    left: axisAround(
      name,
      y.map((value) => factor * value),
      { span_min: 1e-9, count: 6 },
    ),
    right: null,
    series: [
      {
        name: 'Current',
        x: x.map((value) => value / SECONDS_PER_HOUR),
        y: y.map((value) => factor * value),
        mark: 'line',
        side: 'left',
        colour: COLOURS.ink,
      },
    ],
    message: null,
    markers: markers.map((marker) => ({ ...marker, text: '' })),
  };
  return stacked(title, [{ ...voltage, markers }, current], 300);
}

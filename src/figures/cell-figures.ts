// What a computed cell did over its cycles, for the page: profiles of chosen cycles, efficiency and what it lost by cause, overpotential by
// cause, resistance, and what is left of lithium, electrolyte and additives. A second cell is laid over in another colour.

import { type Axis, axisAround, cycleAxis, drawableExtent } from './axis.ts';
import { voltageFigure } from './cycling-figures.ts';
import {
  COLOURS,
  FIGURE_WIDTH_px,
  type Figure,
  type Marker,
  PANEL_HEIGHT_px,
  type Panel,
  type Series,
} from './figure.ts';

/** A cycle as these figures see it; a computed one has all of it. */
export interface ShownCycle {
  readonly cycle: number;
  readonly plated_mAh_per_cm2: number;
  readonly discharged_mAh_per_cm2: number;
  readonly coulombic_efficiency: number | null;
  readonly losses_mAh_per_cm2: Readonly<Record<string, number>>;
  readonly overpotential_mV: Readonly<Record<string, number>>;
  readonly interfacial_resistance_ohm_cm2: number;
  readonly counter_lithium_um: number;
  readonly working_lithium_um: number | null;
  readonly ageing: {
    readonly electrolyte_left: number;
    readonly additive_left: Readonly<Record<string, number>>;
  } | null;
}

/** One cell of a comparison. */
export interface ShownCell {
  readonly name: string;
  readonly cycles: readonly ShownCycle[];
}

/** Uncertainty of one quantity in a cycle: its lower and upper end, in the units of the cycles. */
export interface ShownBand {
  readonly cycle: number;
  readonly low: number;
  readonly high: number;
}

/** A test in the laboratory, laid over what was computed. */
export interface MeasuredTest {
  readonly name: string;
  readonly cycles: readonly { readonly cycle: number; readonly coulombic_efficiency: number | null }[];
  /** From the start of the test. */
  readonly record: { readonly time_s: Float64Array; readonly voltage_V: Float64Array };
}

/** What is laid over the cycles of the first cell. */
export interface ShownOverlay {
  readonly band?: readonly ShownBand[];
  readonly measured?: MeasuredTest | null;
}

/** Words of the causes of loss, in the order in which they are stacked. */
const LOSS_WORDS: Readonly<Record<string, string>> = {
  dead: 'dead lithium',
  fresh_surface: 'interphase on fresh lithium',
  cracking: 'repair of cracks',
  first_film: 'first film',
  galvanic: 'corrosion on bare metal',
  interphase_growth: 'growth of the interphase',
  left_on: 'left on the electrode',
};
const OVERPOTENTIAL_WORDS: Readonly<Record<string, string>> = {
  ohmic: 'electrolyte',
  interphase: 'interphase',
  charge_transfer_counter: 'charge transfer, counter',
  charge_transfer_working: 'charge transfer, working',
  concentration: 'concentration',
};
const STACK_COLOURS = [
  COLOURS.vermilion,
  COLOURS.orange,
  COLOURS.purple,
  COLOURS.sky,
  COLOURS.green,
  COLOURS.blue,
  COLOURS.grey,
] as const;
const CELL_COLOURS = [COLOURS.blue, COLOURS.vermilion] as const;
const MEASURED_COLOUR = COLOURS.ink;
/** A cause below this share of the largest is drawn with the others. */
const SHARE_SHOWN = 0.005;

export const lossWords = (cause: string): string => LOSS_WORDS[cause] ?? cause.replaceAll('_', ' ');

/** Of a cause that names its electrode, such as `dead_working`. */
export function sidedLossWords(cause: string): string {
  const [, of = cause, side] = /^(.*)_(working|counter)$/.exec(cause) ?? [];
  return side === undefined ? lossWords(of) : `${lossWords(of)}, ${side}`;
}

export const overpotentialWords = (cause: string): string => OVERPOTENTIAL_WORDS[cause] ?? cause.replaceAll('_', ' ');

const numbersOf = (cycles: readonly ShownCycle[], value: (cycle: ShownCycle) => number | null): Float64Array =>
  Float64Array.from(cycles, (cycle) => value(cycle) ?? Number.NaN);

const cyclesOf = (cycles: readonly ShownCycle[]): Float64Array => Float64Array.from(cycles, ({ cycle }) => cycle);

function figure(title: string, panels: readonly Panel[]): Figure {
  return { title, panels, width_px: FIGURE_WIDTH_px, height_px: panels.length * PANEL_HEIGHT_px + 40 };
}

function panel(x: Axis, left: Axis, series: readonly Series[], message: string | null = null): Panel {
  return { x, left, right: null, series, message };
}

/** Something else that is laid over a comparison: measured values by cycle. */
interface Laid {
  readonly name: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** One quantity of each cell over its cycles. */
function comparison(
  title: string,
  name: string,
  cells: readonly ShownCell[],
  value: (cycle: ShownCycle) => number | null,
  axis: { readonly floor?: number; readonly ceiling?: number; readonly span_min: number },
  more: {
    readonly markers?: readonly Marker[];
    readonly band?: readonly ShownBand[];
    readonly laid?: Laid | null;
  } = {},
): Figure {
  const { markers = [], band = [], laid = null } = more;
  const all = cells.flatMap(({ cycles }) => cycles);
  const x = cycleAxis([...all.map(({ cycle }) => cycle), ...(laid?.x ?? [])]);
  const values = Float64Array.from([
    ...numbersOf(all, value),
    ...markers.map(({ at }) => at),
    ...band.flatMap(({ low, high }) => [low, high]),
    ...(laid?.y ?? []),
  ]);
  if (drawableExtent(values) === null) {
    return figure(title, [panel(x, axisAround(name, [0], { span_min: 1 }), [], `No ${name.split(' / ')[0]} to show`)]);
  }
  const series = cells.map(({ name: cell, cycles }, k): Series => {
    const isShort = cycles.length <= 60;
    return {
      name: cells.length > 1 || laid !== null ? cell : '',
      x: cyclesOf(cycles),
      y: numbersOf(cycles, value),
      mark: isShort ? 'circles' : 'line',
      side: 'left',
      colour: CELL_COLOURS[k % 2]!,
      ...(k === 0 && band.length > 0 ? endsOf(band, cycles) : {}),
    };
  });
  if (laid !== null) series.push({ ...laid, mark: 'circles', fill: 'hollow', side: 'left', colour: MEASURED_COLOUR });
  return figure(title, [{ ...panel(x, axisAround(name, values, axis), series), markers }]);
}

/** Lower and upper end for each cycle; a gap where a cycle has no band. */
function endsOf(band: readonly ShownBand[], cycles: readonly ShownCycle[]): Required<Pick<Series, 'low' | 'high'>> {
  const of = new Map(band.map((one) => [one.cycle, one]));
  return {
    low: Float64Array.from(cycles, ({ cycle }) => of.get(cycle)?.low ?? Number.NaN),
    high: Float64Array.from(cycles, ({ cycle }) => of.get(cycle)?.high ?? Number.NaN),
  };
}

/**
 * Coulombic efficiency of each cell, percent; `reported` is laid in as a level line, as printed. The band, in fractions, is that of the
 * first cell; what was measured stands as rings.
 */
export function cellEfficiencyFigure(
  cells: readonly ShownCell[],
  reported: number | null = null,
  { band = [], measured = null }: ShownOverlay = {},
): Figure {
  const known = (measured?.cycles ?? []).filter(({ coulombic_efficiency: ce }) => ce !== null);
  const markers: Marker[] =
    reported === null
      ? []
      : [
          {
            along: 'left',
            at: 100 * reported,
            text: `reported ${Number((100 * reported).toFixed(2))} %`,
            colour: COLOURS.green,
          },
        ];
  return comparison(
    'Coulombic efficiency',
    'Coulombic efficiency / %',
    cells,
    ({ coulombic_efficiency: ce }) => (ce === null ? null : 100 * ce),
    { span_min: 0.2, floor: 0 },
    {
      markers,
      band: band.map(({ cycle, low, high }) => ({ cycle, low: 100 * low, high: 100 * high })),
      laid:
        measured === null || known.length === 0
          ? null
          : {
              name: measured.name,
              x: Float64Array.from(known, ({ cycle }) => cycle),
              y: Float64Array.from(known, ({ coulombic_efficiency: ce }) => 100 * ce!),
            },
    },
  );
}

/** A record with the name that stands in the legend. */
export interface NamedRecord {
  readonly name: string;
  readonly record: { readonly time_s: Float64Array; readonly voltage_V: Float64Array };
}

/** Voltage of each cell against time, in the unit that suits the first; what was measured follows, as far as the first goes. */
export function cellVoltageFigure(cells: readonly NamedRecord[], measured: MeasuredTest | null = null): Figure {
  const first = voltageFigure('Voltage', cells[0]!.record);
  const ofFirst = first.panels[0]!;
  const end_s = ends(cells[0]!.record.time_s)[1] ?? 0;
  const laid = [...cells, ...(measured === null ? [] : [{ ...measured, record: until(measured.record, end_s) }])];
  const perSecond = ratioOfEnds(ofFirst.series[0]?.x, cells[0]!.record.time_s);
  const series = laid.flatMap(({ name, record }, k): readonly Series[] => {
    const { panels } = k === 0 ? first : voltageFigure('Voltage', record);
    const ratio = k === 0 ? 1 : perSecond / ratioOfEnds(panels[0]!.series[0]?.x, record.time_s);
    return panels[0]!.series.map((one) => ({
      ...one,
      x: ratio === 1 ? one.x : one.x.map((time) => time * ratio),
      name: laid.length > 1 ? name : one.name,
      colour: k < cells.length ? CELL_COLOURS[k % 2]! : MEASURED_COLOUR,
    }));
  });
  if (laid.length === 1) return { ...first, panels: [{ ...ofFirst, series }] };
  const x = axisAround(
    ofFirst.x.name,
    series.flatMap(({ x: values }) => [...ends(values)]),
    { span_min: 1, floor: 0 },
  );
  const left = axisAround(
    ofFirst.left.name,
    series.flatMap(({ y }) => [...ends(y)]),
    { span_min: 0.002 },
  );
  return { ...first, panels: [{ ...ofFirst, x, left, series }] };
}

/** Units of an axis for each second: each record is drawn in the unit that suits its length. */
function ratioOfEnds(drawn: Float64Array | undefined, time_s: Float64Array): number {
  const ratio = (ends(drawn ?? new Float64Array())[1] ?? 1) / (ends(time_s)[1] ?? 1);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : 1;
}

function until({ time_s, voltage_V }: NamedRecord['record'], end_s: number): NamedRecord['record'] {
  const beyond = time_s.findIndex((time) => time > end_s);
  const end = beyond < 0 ? time_s.length : beyond;
  return { time_s: time_s.subarray(0, end), voltage_V: voltage_V.subarray(0, end) };
}

const ends = (values: Float64Array): readonly number[] => drawableExtent(values) ?? [];

/** The band, Ω cm², is that of the first cell. */
export const resistanceFigure = (cells: readonly ShownCell[], { band = [] }: ShownOverlay = {}): Figure =>
  comparison(
    'Interfacial resistance',
    'Interfacial resistance / Ω cm²',
    cells,
    ({ interfacial_resistance_ohm_cm2 }) => interfacial_resistance_ohm_cm2,
    { span_min: 1, floor: 0 },
    { band },
  );

/** Areas that lie on one another: the top of each is the sum so far. */
function stacked(
  cycles: readonly ShownCycle[],
  partsOf: (cycle: ShownCycle) => Readonly<Record<string, number>>,
  words: (cause: string) => string,
): readonly Series[] {
  const parts = cycles.map(partsOf);
  const causes = [...new Set(parts.flatMap((one) => Object.keys(one)))];
  const greatest = (cause: string): number => Math.max(...parts.map((one) => Math.abs(one[cause] ?? 0)));
  const most = Math.max(...causes.map(greatest), 0);
  const shown = causes
    .filter((cause) => greatest(cause) > SHARE_SHOWN * most)
    .sort((a, b) => greatest(b) - greatest(a));
  const x = cyclesOf(cycles);
  let below = new Float64Array(cycles.length);
  return shown.map((cause, k) => {
    const low = below;
    const high = low.map((base, row) => base + Math.max(0, parts[row]![cause] ?? 0));
    below = high;
    return {
      name: words(cause),
      x,
      y: high,
      low,
      high,
      mark: 'line',
      side: 'left',
      colour: STACK_COLOURS[k % STACK_COLOURS.length]!,
    };
  });
}

/** Losses of one side or both by cause, as shares of what was plated (or discharged) in the cycle, percent. */
export function lossShares(cycle: ShownCycle, side: 'working' | 'counter'): Readonly<Record<string, number>> {
  const passed = cycle.plated_mAh_per_cm2 > 0 ? cycle.plated_mAh_per_cm2 : cycle.discharged_mAh_per_cm2;
  if (!(passed > 0)) return {};
  const ending = `_${side}`;
  const own = Object.entries(cycle.losses_mAh_per_cm2).filter(([cause]) => cause.endsWith(ending));
  return Object.fromEntries(own.map(([cause, lost]) => [cause.slice(0, -ending.length), (100 * lost) / passed]));
}

/** Where the lithium of each cycle went, as stacked shares of what was plated. */
export function lossFigure(cycles: readonly ShownCycle[], side: 'working' | 'counter'): Figure {
  const series = stacked(cycles, (cycle) => lossShares(cycle, side), lossWords);
  return stackFigure(`Lithium lost on the ${side} electrode, by cause`, 'Lost / % of what was plated', cycles, series);
}

/** What the overpotential of each plating was made of. */
export function overpotentialFigure(cycles: readonly ShownCycle[]): Figure {
  const known = cycles.filter(({ overpotential_mV }) => Object.keys(overpotential_mV).length > 0);
  const series = stacked(known, ({ overpotential_mV }) => overpotential_mV, overpotentialWords);
  return stackFigure('Overpotential at plating, by cause', 'Overpotential / mV', known, series);
}

function stackFigure(title: string, name: string, cycles: readonly ShownCycle[], series: readonly Series[]): Figure {
  const x = cycleAxis(cycles.length === 0 ? [1] : cycles.map(({ cycle }) => cycle));
  const top = series.at(-1)?.y ?? new Float64Array(0);
  if (drawableExtent(top) === null) {
    return figure(title, [
      panel(x, axisAround(name, [0], { span_min: 1 }), [], 'Nothing of this kind in these cycles'),
    ]);
  }
  return figure(title, [panel(x, axisAround(name, [0, ...top], { span_min: 1e-3, floor: 0 }), series)]);
}

/** What is left of the lithium of either side, of the electrolyte and of each additive. */
export function inventoryFigure(cycles: readonly ShownCycle[]): Figure {
  const x = cycleAxis(cycles.length === 0 ? [1] : cycles.map(({ cycle }) => cycle));
  const line = (name: string, colour: string, value: (cycle: ShownCycle) => number | null): Series => ({
    name,
    x: cyclesOf(cycles),
    y: numbersOf(cycles, value),
    mark: 'line',
    side: 'left',
    colour,
  });
  const lithium = [
    line('counter electrode', COLOURS.blue, ({ counter_lithium_um }) => counter_lithium_um),
    line('working electrode', COLOURS.vermilion, ({ working_lithium_um }) => working_lithium_um),
  ].filter(({ y }) => drawableExtent(y) !== null);
  const thickness = lithium.flatMap(({ y }) => [...y]);
  const additives = [...new Set(cycles.flatMap(({ ageing }) => Object.keys(ageing?.additive_left ?? {})))];
  const left = [
    line('electrolyte', COLOURS.sky, ({ ageing }) => (ageing === null ? null : 100 * ageing.electrolyte_left)),
    ...additives.map((name, k) =>
      line(name, STACK_COLOURS[(k + 1) % STACK_COLOURS.length]!, ({ ageing }) =>
        ageing === null ? null : 100 * (ageing.additive_left[name] ?? Number.NaN),
      ),
    ),
  ].filter(({ y }) => drawableExtent(y) !== null);
  const panels = [panel(x, axisAround('Lithium / µm', [0, ...thickness], { span_min: 1, floor: 0 }), lithium)];
  if (left.length > 0) {
    panels.push(panel(x, axisAround('Left / % of the start', [0, 100], { span_min: 1, floor: 0 }), left));
  }
  return figure('What is left', panels);
}

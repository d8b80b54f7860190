// Measured beside computed: rings or a line for the experiment, a line for the model, and below them what is left between the two.

import { axisAround, axisWithin, cycleAxis, drawableExtent, isDrawable } from './axis.ts';
import { decimate } from './decimate.ts';
import { COLOURS, FIGURE_WIDTH_px, type Figure, type Panel, type Series } from './figure.ts';

/** A measured curve and a computed one over the same quantity, which need not share their points. */
export interface Overlay {
  /** Quantity and unit of x and y as axes print them, `Time / h` and `Cell voltage / V`. */
  readonly xName: string;
  readonly yName: string;
  readonly measured: { readonly x: Float64Array; readonly y: Float64Array };
  readonly computed: { readonly x: Float64Array; readonly y: Float64Array };
  /** Measured less computed at points of x; null: from both curves by linear interpolation where both have a value. */
  readonly residual: { readonly x: Float64Array; readonly y: Float64Array } | null;
  /** Name and factor of the residual, `Residual / mV` with 1000. */
  readonly residualName: string;
  readonly residualFactor: number;
  /** Whether the measured points are rings of their own, such as one for each cycle, or rows of a curve. */
  readonly measuredAs: 'points' | 'line';
}

const CURVE_POINTS_MAX = 3000;

/** A curve with increasing x at a place, linear between its points; NaN outside. `from` is where the search begins. */
function interpolated(
  x: Float64Array,
  y: Float64Array,
  at: number,
  from: number,
): readonly [value: number, row: number] {
  let row = from;
  while (row + 1 < x.length && x[row + 1]! <= at) row++;
  if (row + 1 >= x.length) return [x.at(-1) === at ? y.at(-1)! : Number.NaN, row];
  if (at < x[row]!) return [Number.NaN, row];
  const share = (at - x[row]!) / (x[row + 1]! - x[row]!);
  return [y[row]! + share * (y[row + 1]! - y[row]!), row];
}

function residualOf({ measured, computed }: Overlay): { readonly x: Float64Array; readonly y: Float64Array } {
  const x: number[] = [];
  const y: number[] = [];
  let from = 0;
  for (let k = 0; k < measured.x.length; k++) {
    const [value, row] = interpolated(computed.x, computed.y, measured.x[k]!, from);
    from = row;
    if (!isDrawable(value) || !isDrawable(measured.y[k]!)) continue;
    x.push(measured.x[k]!);
    y.push(measured.y[k]! - value);
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}

/** Gaps at NaN stay in a curve that is short enough to be drawn as it is. */
function thinned(curve: Overlay['measured']): Overlay['measured'] {
  return curve.x.length <= CURVE_POINTS_MAX ? curve : decimate(curve.x, curve.y, CURVE_POINTS_MAX);
}

/** Root of the mean square, which the panel of the residuals names. */
function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** A residual larger than this many times that of `USUAL_SHARE` of the points is left out of the panel, which says so. */
const CUT_FROM = 6;
const USUAL_SHARE = 0.9;

/** Curves above, residuals below, over one x axis. */
export function overlayFigure(title: string, overlay: Overlay): Figure {
  const { xName, yName, measured, computed, residualName, residualFactor, measuredAs } = overlay;
  const empty = (name: string, message: string): Panel => {
    const nothing = { min: 0, max: 1, ticks: [], labels: [] };
    return { x: { ...nothing, name: xName }, left: { ...nothing, name }, right: null, series: [], message };
  };
  const size = { width_px: FIGURE_WIDTH_px, height_px: 44 + 360 + 230 };
  const rows = [
    { panels: 1, height_px: 360 },
    { panels: 1, height_px: 230 },
  ];
  const extent = drawableExtent(Float64Array.from([...measured.x, ...computed.x]));
  if (extent === null || drawableExtent(measured.y) === null)
    return { title, ...size, rows, panels: [empty(yName, 'Nothing measured to show'), empty(residualName, '')] };
  const x =
    xName === 'Cycle'
      ? cycleAxis([...measured.x, ...computed.x])
      : extent[1] > extent[0]
        ? axisWithin(xName, extent[0], extent[1] + 0.01 * (extent[1] - extent[0]), { count: 8 })
        : axisAround(xName, extent, { span_min: 1 });
  const shown = thinned(measured);
  const model = thinned(computed);
  // A broad pale line under a thin one: both are seen where they lie on each other.
  const looks =
    measuredAs === 'points'
      ? ({ mark: 'circles', fill: 'hollow', joined: false, colour: COLOURS.blue } as const)
      : ({ mark: 'line', width_px: 4, colour: COLOURS.sky } as const);
  const series: Series[] = [
    { name: 'measured', ...shown, side: 'left', ...looks },
    { name: 'computed', ...model, mark: 'line', side: 'left', colour: COLOURS.vermilion },
  ];
  const left = axisAround(yName, Float64Array.from([...shown.y, ...model.y]), { span_min: 1e-6 });
  const upper: Panel = { x, left, right: null, series, message: null };
  const residual = overlay.residual ?? residualOf(overlay);
  const scaled = residual.y.map((value) => residualFactor * value);
  const curve = thinned({ x: residual.x, y: scaled });
  if (drawableExtent(curve.y) === null)
    return { title, ...size, rows, panels: [upper, empty(residualName, 'Nothing to compare')] };
  const sizes = scaled.filter(isDrawable).map(Math.abs).sort();
  const largest = sizes.at(-1)!;
  const usual = sizes[Math.floor(USUAL_SHARE * (sizes.length - 1))]!;
  // Where a current turns, two voltages differ by volts for an instant; that would press everything else flat.
  const isCut = largest > CUT_FROM * usual && usual > 0;
  const limit = Math.max(isCut ? 2 * usual : largest, 1e-9);
  const inside = isCut ? curve.y.map((value) => (Math.abs(value) <= limit ? value : Number.NaN)) : curve.y;
  const rms = rootMeanSquare(scaled.filter(isDrawable));
  const [, unit = ''] = residualName.split(' / ');
  const digits = (value: number): string => `${Number(value.toPrecision(3))} ${unit}`.trimEnd();
  const words = `root mean square ${digits(rms)}${isCut ? `, largest ${digits(largest)}, beyond the panel` : ''}`;
  const lower: Panel = {
    x,
    left: axisAround(residualName, [-limit, 1.15 * limit], { span_min: 1e-9, count: 4 }),
    right: null,
    series: [
      {
        name: '',
        x: curve.x,
        y: inside,
        side: 'left',
        colour: COLOURS.ink,
        ...(measuredAs === 'points'
          ? ({ mark: 'circles', fill: 'hollow', joined: false } as const)
          : { mark: 'line' as const }),
      },
    ],
    message: null,
    markers: [{ along: 'left', at: 0, text: words, colour: COLOURS.grey }],
  };
  return { title, ...size, rows, panels: [upper, lower] };
}

// Spectra as they are read: Nyquist with equal axes and its decades of frequency labelled, modulus and phase over frequency, residuals,
// relaxation times, and many spectra of one test in order of their colours. Measured points are rings, a fit or a model is a line.

import { type CircuitFit, circuitImpedance, parseCircuit, type RelaxationTimes } from '../analysis/index.ts';
import type { ImpedanceSpectrum } from '../records/index.ts';
import { type Axis, axisAround, axisWithin, drawableExtent, logAxisAround, logAxisWithin } from './axis.ts';
import { rampColour, rampColours } from './colour-ramp.ts';
import {
  COLOURS,
  type ColourScale,
  FIGURE_WIDTH_px,
  type Figure,
  type FigureRow,
  type Note,
  PANEL_HEIGHT_px,
  type Panel,
  type Series,
} from './figure.ts';

/** What a figure needs of a spectrum: Hz and Ω. */
export type FigureSpectrum = Pick<ImpedanceSpectrum, 'frequency_Hz' | 'real_ohm' | 'imaginary_ohm'>;

/** A spectrum and how it is drawn. */
export interface ImpedanceCurve {
  readonly name: string;
  readonly spectrum: FigureSpectrum;
  /** 'points' for what was measured, 'line' for what was computed. */
  readonly drawnAs: 'points' | 'line';
  readonly colour?: string;
}

export interface ImpedanceFigureOptions {
  /** Area that resistances are multiplied by, m2; null or not given: Ω. Nothing is halved: the numbers are of the whole cell. */
  readonly area_m2?: number | null;
}

const POINT_COLOURS = [COLOURS.blue, COLOURS.green, COLOURS.purple, COLOURS.orange, COLOURS.sky] as const;
const LINE_COLOURS = [COLOURS.vermilion, COLOURS.ink, COLOURS.grey] as const;

function colourOf(curve: ImpedanceCurve, index: number): string {
  const own = curve.drawnAs === 'points' ? POINT_COLOURS : LINE_COLOURS;
  return curve.colour ?? own[index % own.length]!;
}

/** A resistance as printed: what Ω are multiplied by, and the unit. */
interface ResistanceUnit {
  readonly factor: number;
  readonly unit: string;
}

const PREFIXES = [
  { prefix: 'm', factor: 1e3, greatest_max: 0.3 },
  { prefix: '', factor: 1, greatest_max: 1e4 },
  { prefix: 'k', factor: 1e-3, greatest_max: 1e7 },
  { prefix: 'M', factor: 1e-6, greatest_max: Number.POSITIVE_INFINITY },
] as const;

function resistanceUnit(greatest_ohm: number, area_m2: number | null | undefined): ResistanceUnit {
  const areal = typeof area_m2 === 'number' && area_m2 > 0;
  const share = areal ? 1e4 * area_m2 : 1;
  const { prefix, factor } = PREFIXES.find(({ greatest_max }) => greatest_ohm * share < greatest_max) ?? PREFIXES[3];
  return { factor: factor * share, unit: `${prefix}Ω${areal ? ' cm²' : ''}` };
}

function greatestOf(spectra: readonly FigureSpectrum[]): number {
  const ends = spectra.flatMap(({ real_ohm, imaginary_ohm }) =>
    [drawableExtent(real_ohm), drawableExtent(imaginary_ohm)].flatMap((extent) => extent ?? []),
  );
  return Math.max(0, ...ends.map(Math.abs));
}

const scaled = (values: Float64Array, factor: number): Float64Array => values.map((value) => factor * value);

/** Box of a Nyquist plot at its flattest and narrowest, height over width. */
const HEIGHT_SHARE_MIN = 0.42;
const HEIGHT_SHARE_MAX = 1.15;
/** Zero is drawn in while the least Z′ is below this share of the greatest. */
const ZERO_SHARE = 0.35;
const ROOM = 0.07;

/** Axes whose spans give a box that is neither a slit nor a tower; ticks are equally far apart on both. */
function nyquistAxes(curves: readonly Series[], unit: string): { readonly x: Axis; readonly left: Axis } {
  const extent = (pick: (one: Series) => Float64Array): readonly [number, number] => {
    const ends = curves.map((one) => drawableExtent(pick(one))).filter((one) => one !== null);
    if (ends.length === 0) return [0, 1];
    return [Math.min(...ends.map(([least]) => least)), Math.max(...ends.map(([, most]) => most))];
  };
  const [least, most] = extent(({ x }) => x);
  const [lowest, highest] = extent(({ y }) => y);
  let low = least >= 0 && least < ZERO_SHARE * most ? 0 : least;
  let high = most;
  let bottom = Math.min(0, lowest);
  let top = Math.max(0, highest);
  const greatest = Math.max(Math.abs(low), Math.abs(high), Math.abs(bottom), Math.abs(top));
  const span = Math.max(high - low, top - bottom, 1e-6 * greatest) || 1;
  if (low !== 0) low -= ROOM * span;
  high += ROOM * span;
  if (bottom < 0) bottom -= 0.5 * ROOM * span;
  top += ROOM * span;
  top = Math.max(top, bottom + HEIGHT_SHARE_MIN * (high - low));
  const missing = (top - bottom) / HEIGHT_SHARE_MAX - (high - low);
  if (missing > 0) {
    if (low !== 0) low -= 0.5 * missing;
    high += low === 0 ? missing : 0.5 * missing;
  }
  const longer = Math.max(high - low, top - bottom);
  // One step for both axes: that of the longer one.
  const { ticks } = axisWithin('', 0, longer, { count: 7 });
  const step_min = ticks.length > 1 ? ticks[1]! - ticks[0]! : 0;
  return {
    x: axisWithin(`Z′ / ${unit}`, low, high, { count: 7, step_min }),
    left: axisWithin(`−Z″ / ${unit}`, bottom, top, { count: 7, step_min }),
  };
}

/** A frequency as it is spoken of: 100 kHz, 2.3 Hz, 10 mHz. */
export function frequencyText(frequency_Hz: number): string {
  const units = [
    ['MHz', 1e6],
    ['kHz', 1e3],
    ['Hz', 1],
    ['mHz', 1e-3],
  ] as const;
  const [unit, size] = units.find(([, size]) => frequency_Hz >= 0.995 * size) ?? units[3];
  return `${Number((frequency_Hz / size).toPrecision(2))} ${unit}`;
}

/** How far from a decade a point may lie, in decades, to stand for it. */
const DECADE_DISTANCE_MAX = 0.2;
/** Within this it is called by the decade itself. */
const DECADE_EQUAL = 0.025;

/** For every decade of frequency the point nearest to it. */
function decadeNotes({ frequency_Hz }: FigureSpectrum, { x, y, side, colour }: Series): Note[] {
  const extent = drawableExtent(frequency_Hz.filter((f) => f > 0));
  if (extent === null) return [];
  const first = Math.ceil(Math.log10(extent[0]) - DECADE_DISTANCE_MAX);
  const last = Math.floor(Math.log10(extent[1]) + DECADE_DISTANCE_MAX);
  const notes: Note[] = [];
  for (let exponent = first; exponent <= Math.min(last, first + 20); exponent++) {
    let nearest = 0;
    const distance = (row: number): number => Math.abs(Math.log10(frequency_Hz[row]!) - exponent);
    for (let row = 1; row < frequency_Hz.length; row++) if (distance(row) < distance(nearest)) nearest = row;
    if (!(distance(nearest) <= DECADE_DISTANCE_MAX) || !Number.isFinite(x[nearest]! + y[nearest]!)) continue;
    const text = frequencyText(distance(nearest) <= DECADE_EQUAL ? 10 ** exponent : frequency_Hz[nearest]!);
    notes.push({ x: x[nearest]!, y: y[nearest]!, side, text, colour, dot: true });
  }
  return notes;
}

const NO_AXIS: Axis = { name: '', min: 0, max: 1, ticks: [], labels: [] };

function emptyPanel(xName: string, yName: string): Panel {
  const message = 'No spectrum to show';
  return { x: { ...NO_AXIS, name: xName }, left: { ...NO_AXIS, name: yName }, right: null, series: [], message };
}

/** Marks of a curve; `values` are its y. */
function seriesOf(curve: ImpedanceCurve, index: number, x: Float64Array, y: Float64Array): Series {
  const look =
    curve.drawnAs === 'points'
      ? ({ mark: 'circles', fill: 'hollow', joined: false } as const)
      : ({ mark: 'line' } as const);
  return { name: curve.name, x, y, side: 'left', colour: colourOf(curve, index), ...look };
}

/** Lines over points: a fit is seen where it passes through its data. */
const pointsFirst = (curves: readonly ImpedanceCurve[]): ImpedanceCurve[] =>
  [...curves].sort((a, b) => Number(a.drawnAs === 'line') - Number(b.drawnAs === 'line'));

/** Places of the curves among those drawn alike, which their colours follow. */
function inOrder(curves: readonly ImpedanceCurve[]): { readonly curve: ImpedanceCurve; readonly index: number }[] {
  const count = { points: 0, line: 0 };
  return pointsFirst(curves).map((curve) => ({ curve, index: count[curve.drawnAs]++ }));
}

const unitOf = (curves: readonly ImpedanceCurve[], options: ImpedanceFigureOptions): ResistanceUnit =>
  resistanceUnit(greatestOf(curves.map(({ spectrum }) => spectrum)), options.area_m2);

function nyquistPanel(curves: readonly ImpedanceCurve[], options: ImpedanceFigureOptions): Panel {
  const { factor, unit } = unitOf(curves, options);
  if (curves.every(({ spectrum }) => spectrum.frequency_Hz.length === 0))
    return emptyPanel(`Z′ / ${unit}`, `−Z″ / ${unit}`);
  const series = inOrder(curves).map(({ curve, index }) => {
    const { real_ohm, imaginary_ohm } = curve.spectrum;
    return seriesOf(curve, index, scaled(real_ohm, factor), scaled(imaginary_ohm, -factor));
  });
  return {
    ...nyquistAxes(series, unit),
    right: null,
    series,
    message: null,
    aspect: 'equal',
    // The first of the points carries the frequencies.
    notes: decadeNotes(pointsFirst(curves)[0]!.spectrum, series[0]!),
    markers: [{ along: 'left', at: 0, text: '', colour: COLOURS.grey }],
  };
}

const frequencyAxis = (spectra: readonly FigureSpectrum[]): Axis =>
  logAxisAround('Frequency / Hz', Float64Array.from(spectra.flatMap(({ frequency_Hz }) => [...frequency_Hz])));

function bodePanels(curves: readonly ImpedanceCurve[], options: ImpedanceFigureOptions): readonly [Panel, Panel] {
  const { factor, unit } = unitOf(curves, options);
  const names = [`|Z| / ${unit}`, '−Phase / °'] as const;
  if (curves.every(({ spectrum }) => spectrum.frequency_Hz.length === 0))
    return [emptyPanel('Frequency / Hz', names[0]), emptyPanel('Frequency / Hz', names[1])];
  const x = frequencyAxis(curves.map(({ spectrum }) => spectrum));
  const curvesOf = (value: (real: number, imaginary: number) => number): Series[] =>
    inOrder(curves).map(({ curve, index }) => {
      const { frequency_Hz, real_ohm, imaginary_ohm } = curve.spectrum;
      const y = Float64Array.from(real_ohm, (real, k) => value(real, imaginary_ohm[k]!));
      return seriesOf(curve, index, frequency_Hz, y);
    });
  const moduli = curvesOf((real, imaginary) => factor * Math.hypot(real, imaginary));
  const phases = curvesOf((real, imaginary) => (-180 / Math.PI) * Math.atan2(imaginary, real));
  const all = (series: readonly Series[]): number[] => series.flatMap(({ y }) => [...y]);
  return [
    { x, left: logAxisAround(names[0], all(moduli)), right: null, series: moduli, message: null },
    {
      x,
      left: axisAround(names[1], all(phases), { span_min: 10, count: 6 }),
      right: null,
      series: phases,
      message: null,
    },
  ];
}

/** Height of a row that holds a Nyquist plot across the whole figure. */
function nyquistHeight_px({ x, left, colourScale }: Panel): number {
  const CHROME_px = 96;
  const HEIGHT_px_MAX = 520;
  const width_px = colourScale === undefined ? 625 : 560;
  return Math.round(CHROME_px + Math.min(HEIGHT_px_MAX, (width_px * (left.max - left.min)) / (x.max - x.min)));
}

function rowsOf(
  title: string,
  rows: readonly { readonly panels: readonly Panel[]; readonly height_px: number }[],
): Figure {
  return {
    title,
    panels: rows.flatMap(({ panels }) => panels),
    width_px: FIGURE_WIDTH_px,
    height_px: rows.reduce((sum, { height_px }) => sum + height_px, 44),
    rows: rows.map(({ panels, height_px }): FigureRow => ({ panels: panels.length, height_px })),
  };
}

/** −Z″ over Z′ with equal axes, the decades of frequency labelled at the first curve drawn as points. */
export function nyquistFigure(
  title: string,
  curves: readonly ImpedanceCurve[],
  options: ImpedanceFigureOptions = {},
): Figure {
  const panel = nyquistPanel(curves, options);
  return rowsOf(title, [{ panels: [panel], height_px: nyquistHeight_px(panel) }]);
}

/** |Z| and phase over frequency. */
export function bodeFigure(
  title: string,
  curves: readonly ImpedanceCurve[],
  options: ImpedanceFigureOptions = {},
): Figure {
  return rowsOf(
    title,
    bodePanels(curves, options).map((panel) => ({ panels: [panel], height_px: PANEL_HEIGHT_px })),
  );
}

/** Residuals of a fit or of a test by Kramers and Kronig, (data − fit)/|Z| as fractions, at the frequencies of a spectrum, Hz. */
export interface FigureResiduals {
  readonly frequency_Hz: Float64Array;
  readonly residualReal: Float64Array;
  readonly residualImaginary: Float64Array;
}

/** Residuals up to this are those of a good spectrum, %. */
const GOOD_percent = 1;

function residualsPanel({ frequency_Hz, residualReal, residualImaginary }: FigureResiduals, name: string): Panel {
  if (frequency_Hz.length === 0) return emptyPanel('Frequency / Hz', name);
  const parts = [
    { name: 'real', y: scaled(residualReal, 100), mark: 'circles', colour: COLOURS.blue },
    { name: 'imaginary', y: scaled(residualImaginary, 100), mark: 'squares', colour: COLOURS.vermilion },
  ] as const;
  const greatest = Math.max(GOOD_percent, ...parts.flatMap(({ y }) => [...y].map(Math.abs)));
  return {
    x: frequencyAxis([{ frequency_Hz, real_ohm: frequency_Hz, imaginary_ohm: frequency_Hz }]),
    left: axisAround(name, [-greatest, greatest], { span_min: 2 * GOOD_percent, count: 6 }),
    right: null,
    series: parts.map((part) => ({ ...part, x: frequency_Hz, side: 'left', fill: 'hollow', joined: true })),
    message: null,
    markers: [
      { along: 'left', at: GOOD_percent, text: '±1 %', colour: COLOURS.grey },
      { along: 'left', at: -GOOD_percent, text: '', colour: COLOURS.grey },
    ],
  };
}

/** Residuals over frequency, real and imaginary, in percent of |Z|. */
export function residualsFigure(title: string, residuals: FigureResiduals): Figure {
  return rowsOf(title, [{ panels: [residualsPanel(residuals, 'Residual / % of |Z|')], height_px: PANEL_HEIGHT_px }]);
}

/** Nyquist above, modulus and phase side by side below, and the residuals of the test by Kramers and Kronig where given. */
export function impedanceFigure(
  title: string,
  curves: readonly ImpedanceCurve[],
  options: ImpedanceFigureOptions & { readonly kramersKronig?: FigureResiduals } = {},
): Figure {
  const nyquist = nyquistPanel(curves, options);
  const rows = [
    { panels: [nyquist], height_px: nyquistHeight_px(nyquist) },
    { panels: bodePanels(curves, options), height_px: 300 },
  ];
  const { kramersKronig } = options;
  if (kramersKronig !== undefined)
    rows.push({ panels: [residualsPanel(kramersKronig, 'KK residual / %')], height_px: 250 });
  return rowsOf(title, rows);
}

/** Frequencies of a line per decade. */
const LINE_POINTS_PER_DECADE = 40;

/** A fitted circuit as a line over the frequencies of a spectrum, closer than they are. */
export function fittedCurve(name: string, fit: CircuitFit, { frequency_Hz }: FigureSpectrum): ImpedanceCurve {
  const circuit = parseCircuit(fit.circuit);
  const valueByName = new Map(fit.parameters.map((parameter) => [parameter.name, parameter.value]));
  const values = circuit.parameters.map((parameter) => valueByName.get(parameter.name)!);
  const [least, most] = drawableExtent(frequency_Hz.filter((f) => f > 0)) ?? [1, 1];
  const steps = Math.min(1000, Math.ceil(LINE_POINTS_PER_DECADE * Math.log10(most / least)) || 1);
  const closer = Float64Array.from({ length: steps + 1 }, (_, k) => least * (most / least) ** (k / steps));
  return {
    name,
    spectrum: { frequency_Hz: closer, ...circuitImpedance(circuit, values, closer) },
    drawnAs: 'line',
  };
}

const PEAKS_NAMED_MAX = 6;

/** γ over τ, the frequency 1/(2πτ) above; peaks carry their resistance, and what lies beyond the frequencies measured is shaded. */
export function relaxationFigure(
  title: string,
  times: RelaxationTimes,
  { frequency_Hz }: Pick<FigureSpectrum, 'frequency_Hz'>,
  { area_m2 }: ImpedanceFigureOptions = {},
): Figure {
  const { timeConstant_s, gamma_ohm, peaks } = times;
  const [, most] = drawableExtent(gamma_ohm) ?? [0, 0];
  const { factor, unit } = resistanceUnit(most, area_m2);
  const measured = drawableExtent(frequency_Hz.filter((f) => f > 0));
  const ends = drawableExtent(timeConstant_s);
  if (measured === null || ends === null)
    return rowsOf(title, [{ panels: [emptyPanel('τ / s', `γ / ${unit}`)], height_px: PANEL_HEIGHT_px }]);
  const x = logAxisWithin('τ / s', ends[0], ends[1]);
  const frequencyAt = (tau_s: number): number => 1 / (2 * Math.PI * tau_s);
  const y = scaled(gamma_ohm, factor);
  const nearest = (tau_s: number): number => {
    const distance = (k: number): number => Math.abs(Math.log(timeConstant_s[k]! / tau_s));
    return timeConstant_s.reduce((best, _, k) => (distance(k) < distance(best) ? k : best), 0);
  };
  const named = [...peaks]
    .filter(({ insideWindow }) => insideWindow)
    .sort((a, b) => b.resistance_ohm - a.resistance_ohm)
    .slice(0, PEAKS_NAMED_MAX);
  const notes = named.map(({ timeConstant_s: tau_s, resistance_ohm }): Note => {
    const text = `${Number((factor * resistance_ohm).toPrecision(3))} ${unit}`;
    return { x: tau_s, y: y[nearest(tau_s)]!, side: 'left', text, colour: COLOURS.ink, dot: false };
  });
  const shade = { text: '', colour: COLOURS.grey };
  const panel: Panel = {
    x,
    top: logAxisWithin('f = 1/(2πτ) / Hz', frequencyAt(x.min), frequencyAt(x.max)),
    left: axisAround(`γ / ${unit}`, [0, 1.12 * factor * most], { span_min: 1e-9, floor: 0 }),
    right: null,
    series: [{ name: 'γ', x: timeConstant_s, y, mark: 'line', side: 'left', colour: COLOURS.blue }],
    message: null,
    notes,
    shades: [
      { ...shade, from: x.min, to: frequencyAt(measured[1]) },
      { ...shade, from: frequencyAt(measured[0]), to: x.max },
    ],
  };
  return rowsOf(title, [{ panels: [panel], height_px: PANEL_HEIGHT_px + 50 }]);
}

/** A spectrum of a series: its place on the scale that orders them, and a word where something is to be said of it. */
export interface SpectrumOfSeries {
  readonly spectrum: FigureSpectrum;
  readonly value: number;
  readonly note?: string;
}

/** Spectra that are drawn at most; of more, as many evenly spaced ones, and all with a note. */
const SPECTRA_DRAWN_MAX = 40;

/**
 * Many spectra of one test, dark to light in the order of `scaleName` (such as 'Time / h'); those with a note are drawn over the others
 * with their words.
 */
export function spectraFigure(
  title: string,
  spectra: readonly SpectrumOfSeries[],
  scaleName: string,
  options: ImpedanceFigureOptions = {},
): Figure {
  const { factor, unit } = resistanceUnit(greatestOf(spectra.map(({ spectrum }) => spectrum)), options.area_m2);
  const known = spectra.filter(({ spectrum }) => spectrum.frequency_Hz.length > 0);
  if (known.length === 0)
    return rowsOf(title, [{ panels: [emptyPanel(`Z′ / ${unit}`, `−Z″ / ${unit}`)], height_px: PANEL_HEIGHT_px }]);
  const scale = axisAround(
    scaleName,
    known.map(({ value }) => value),
    { span_min: 1e-6, count: 6 },
  );
  const values = drawableExtent(known.map(({ value }) => value)) ?? [0, 1];
  const axis = values[1] > values[0] ? axisWithin(scaleName, values[0], values[1], { count: 6 }) : scale;
  const every = Math.ceil(known.length / SPECTRA_DRAWN_MAX);
  const shown = known.filter(({ note }, k) => note !== undefined || k % every === 0 || k === known.length - 1);
  const curve = ({ spectrum, value }: SpectrumOfSeries, colour: string): Series => ({
    name: '',
    x: scaled(spectrum.real_ohm, factor),
    y: scaled(spectrum.imaginary_ohm, -factor),
    mark: 'circles',
    side: 'left',
    colour: colour === '' ? rampColour((value - axis.min) / (axis.max - axis.min)) : colour,
  });
  const plain = shown.filter(({ note }) => note === undefined).map((one) => curve(one, ''));
  const marked = shown
    .filter(({ note }) => note !== undefined)
    .map((one) => ({ ...curve(one, COLOURS.vermilion), name: one.note!, mark: 'squares' as const }));
  const colourScale: ColourScale = { axis, colours: rampColours(48) };
  const series = [...plain, ...marked];
  const panel: Panel = {
    ...nyquistAxes(series, unit),
    right: null,
    series,
    message: null,
    aspect: 'equal',
    colourScale,
    markers: [{ along: 'left', at: 0, text: '', colour: COLOURS.grey }],
  };
  return rowsOf(title, [{ panels: [panel], height_px: nyquistHeight_px(panel) }]);
}

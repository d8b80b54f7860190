// Molten lithium on a surface as figures: its angle against temperature, and how far a host is filled after a time.

import type { Banded, FilledShare, WettingAnswer } from '../design/index.ts';
import { celsius_from_kelvin } from '../units/index.ts';
import { axisAround, axisWithin, logAxisAround } from './axis.ts';
import { COLOURS, FIGURE_WIDTH_px, type Figure, PANEL_HEIGHT_px, type Series } from './figure.ts';

const degrees = (angle_rad: number): number => (angle_rad * 180) / Math.PI;

function bandLine(
  name: string,
  colour: string,
  x: readonly number[],
  values: readonly Banded[],
  shown: (x: number) => number,
): Series {
  return {
    name,
    x: Float64Array.from(x),
    y: Float64Array.from(values, ({ value }) => shown(value)),
    low: Float64Array.from(values, ({ band80 }) => shown(band80[0])),
    high: Float64Array.from(values, ({ band80 }) => shown(band80[1])),
    mark: 'line',
    side: 'left',
    colour,
  };
}

const size = { width_px: FIGURE_WIDTH_px, height_px: PANEL_HEIGHT_px + 60 };

/** The angle of the drop against temperature; `at` is the temperature that was asked for. */
export function wettingTemperatureFigure(answers: readonly WettingAnswer[], at: WettingAnswer): Figure {
  const celsius = answers.map(({ conditions }) => celsius_from_kelvin(conditions.temperature_K));
  const own: Series = {
    name: 'asked for',
    x: Float64Array.of(celsius_from_kelvin(at.conditions.temperature_K)),
    y: Float64Array.of(degrees(at.apparentAngle_rad.value)),
    mark: 'circles',
    side: 'left',
    colour: COLOURS.ink,
  };
  const series = [
    bandLine(
      'contact angle',
      COLOURS.blue,
      celsius,
      answers.map(({ apparentAngle_rad }) => apparentAngle_rad),
      degrees,
    ),
    own,
  ];
  return {
    title: `Contact angle of molten lithium on ${at.surface.canonical}`,
    panels: [
      {
        x: axisAround('Temperature / °C', celsius, { span_min: 10 }),
        left: {
          ...axisWithin('Contact angle / °', -5, 185, { count: 6 }),
          ticks: [0, 30, 60, 90, 120, 150, 180],
          labels: ['0', '30', '60', '90', '120', '150', '180'],
        },
        right: null,
        series,
        message: null,
        markers: [{ along: 'left', at: 90, text: 'wets below, does not above', colour: COLOURS.grey }],
      },
    ],
    ...size,
  };
}

/** Share of the depth that is filled after a time, without pressure; null without a host. */
export function fillingFigure({ conditions }: WettingAnswer, filling: readonly FilledShare[]): Figure | null {
  if (filling.length === 0) return null;
  const times = filling.map(({ time_s }) => time_s);
  const series = bandLine(
    'filled',
    COLOURS.vermilion,
    times,
    filling.map(({ filled }) => filled),
    (share) => 100 * share,
  );
  const fills = series.high!.some((value) => value > 0);
  return {
    title: `Filling of ${Number((conditions.depth_m! * 1e6).toPrecision(3))} µm without pressure`,
    panels: [
      {
        x: logAxisAround('Time / s', times),
        left: axisWithin('Filled / %', 0, 100, { count: 5 }),
        right: null,
        series: fills ? [series] : [],
        message: fills ? null : 'Nothing enters by itself',
      },
    ],
    ...size,
  };
}

// A figure as plain data: panels, axes, series, and what is written or marked among them. It survives a trip to a worker, and whoever
// draws it needs no more. Every place is given in the numbers of the axes; where a label fits on paper is for the drawing to find.

import type { Axis } from './axis.ts';

/** One set of points. */
export interface Series {
  /** Shown in the legend of a panel that has several; empty for a line that only guides the eye. */
  readonly name: string;
  readonly x: Float64Array;
  /** A gap is left at NaN. */
  readonly y: Float64Array;
  readonly mark: 'line' | 'circles' | 'squares' | 'guide';
  readonly side: 'left' | 'right';
  readonly colour: string;
  /** Circles and squares: 'hollow' as rings. Without it circles are filled, and squares while there are many of them. */
  readonly fill?: 'filled' | 'hollow';
  /** Circles and squares: whether a thin line joins them. Without it up to 200 of them are joined. */
  readonly joined?: boolean;
  /** Circles and squares: how far each stands right of its place, so that equal ones are seen side by side. */
  readonly offset_px?: Float64Array;
  /** Lines: their width, where not that of a curve. */
  readonly width_px?: number;
  /** Lower and upper end of the uncertainty of y: upright bars through marks, a pale band around a line. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
}

/** A text beside a point, such as the frequency of a point of a spectrum. */
export interface Note {
  readonly x: number;
  readonly y: number;
  readonly side: 'left' | 'right';
  readonly text: string;
  readonly colour: string;
  /** A filled dot on the point itself. */
  readonly dot: boolean;
  /** The text must be there: where no place beside the point is free it stands further off, with a thin line to the point. */
  readonly must?: boolean;
}

/** A line across the whole panel with a text at its end: upright at a value of x, level at one of the left axis. */
export interface Marker {
  readonly along: 'x' | 'left';
  readonly at: number;
  readonly text: string;
  readonly colour: string;
}

/** A pale strip over the full height of the panel, `from` below `to`. */
export interface Shade {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly colour: string;
}

/** What the colours of many series mean: a scale that takes the place of a legend. */
export interface ColourScale {
  readonly axis: Axis;
  /** Evenly spaced from the axis' least value to its greatest. */
  readonly colours: readonly string[];
}

export interface Panel {
  readonly x: Axis;
  readonly left: Axis;
  readonly right: Axis | null;
  readonly series: readonly Series[];
  /** What stands in the middle of a panel that has nothing to show; null otherwise. */
  readonly message: string | null;
  /** The x axis in another quantity, from end to end of it; its `min` belongs to the left end and may be the greater one. */
  readonly top?: Axis;
  /** 'equal': one unit of x is as long on paper as one unit of the left axis. */
  readonly aspect?: 'equal';
  readonly notes?: readonly Note[];
  readonly markers?: readonly Marker[];
  readonly shades?: readonly Shade[];
  readonly colourScale?: ColourScale;
}

/** Panels that stand side by side. */
export interface FigureRow {
  readonly panels: number;
  readonly height_px: number;
}

export interface Figure {
  readonly title: string;
  /** One above the other, from the top; or as `rows` tell. */
  readonly panels: readonly Panel[];
  readonly width_px: number;
  readonly height_px: number;
  /** How many panels each row takes, from the top, where not one each of equal height. */
  readonly rows?: readonly FigureRow[];
}

/** Colours that people with any colour vision can tell apart (Okabe and Ito 2008, "Color Universal Design"). */
export const COLOURS = {
  blue: '#0072B2',
  vermilion: '#D55E00',
  green: '#009E73',
  purple: '#CC79A7',
  orange: '#E69F00',
  sky: '#56B4E9',
  grey: '#8A8A8A',
  ink: '#000000',
} as const;

export const FIGURE_WIDTH_px = 720;
export const PANEL_HEIGHT_px = 360;

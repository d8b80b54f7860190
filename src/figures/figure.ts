// A figure as plain data: panels, axes, series. It survives a trip to a worker, and whoever draws it needs no more.

import type { Axis } from './axis.ts';

/** One set of points. */
export interface Series {
  /** Shown in the legend of a panel that has several; empty for a line that only guides the eye. */
  readonly name: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mark: 'line' | 'circles' | 'squares' | 'guide';
  readonly side: 'left' | 'right';
  readonly colour: string;
}

export interface Panel {
  readonly x: Axis;
  readonly left: Axis;
  readonly right: Axis | null;
  readonly series: readonly Series[];
  /** What stands in the middle of a panel that has nothing to show; null otherwise. */
  readonly message: string | null;
}

export interface Figure {
  readonly title: string;
  /** One above the other, from the top. */
  readonly panels: readonly Panel[];
  readonly width_px: number;
  readonly height_px: number;
}

/** Colours that people with any colour vision can tell apart (Okabe and Ito 2008, "Color Universal Design"). */
export const COLOURS = { blue: '#0072B2', vermilion: '#D55E00', grey: '#8A8A8A' } as const;

export const FIGURE_WIDTH_px = 720;
export const PANEL_HEIGHT_px = 360;

// Where everything of a figure stands on paper: rectangles of panels, lines of legends, and places for labels that cover neither points
// nor each other.

import type { Axis } from './axis.ts';
import type { Figure, Panel } from './figure.ts';

export const TICK_px = 14;
export const NAME_px = 16;
export const TITLE_HEIGHT_px = 44;
const LEGEND_HEIGHT_px = 26;
/** Room under a panel for tick labels and name, and above one that has an axis there. */
const FOOT_px = 3.6 * NAME_px;
const TOP_AXIS_px = 3.2 * NAME_px;
/** Mean width of a character in parts of the font size; Arial's digits are 0.556 wide. */
const CHARACTER_WIDTH = 0.56;
/** Symbol of a legend with the gap to its text, and the gap between entries. */
const LEGEND_SYMBOL_px = 34;
export const LEGEND_GAP_px = 20;
/** A colour scale: the bar, and the gap before it. */
export const SCALE_BAR_px = 14;
export const SCALE_GAP_px = 18;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PanelPlace {
  /** Inside of the frame. */
  readonly frame: Rectangle;
  /** Names of the legend line by line, and the upper end of its first line. */
  readonly legend: readonly (readonly string[])[];
  readonly legendTop: number;
  /** Middle of the strip that the panel was given, for its legend. */
  readonly middle: number;
}

/** Room that a text takes, about. */
export function textWidth_px(text: string, size_px: number): number {
  return Array.from(text).length * size_px * CHARACTER_WIDTH;
}

/** Width of the widest tick label. */
export function labelWidth_px(axis: Axis | null): number {
  if (axis === null) return 0;
  return Math.max(TICK_px * CHARACTER_WIDTH, ...axis.labels.map((label) => textWidth_px(label, TICK_px)));
}

function scaleWidth_px({ colourScale }: Panel): number {
  if (colourScale === undefined) return 0;
  return SCALE_GAP_px + SCALE_BAR_px + labelWidth_px(colourScale.axis) + 2.2 * NAME_px;
}

/** Room left and right of the frame: labels and names of axes, and a colour scale. */
function marginsOf(panels: readonly Panel[]): { readonly left: number; readonly right: number } {
  const left = Math.max(...panels.map((panel) => labelWidth_px(panel.left)));
  const right = Math.max(
    ...panels.map((panel) => (panel.right === null ? 0 : labelWidth_px(panel.right) + 2.6 * NAME_px)),
    ...panels.map(scaleWidth_px),
  );
  return { left: Math.round(left + 2.6 * NAME_px), right: Math.round(Math.max(right, 1.6 * NAME_px)) };
}

/** Names that a legend shows: none where a single series is what the axis beside it says. */
function legendLines({ series, left, right }: Panel, width_px: number): string[][] {
  const names = [...new Set(series.map(({ name }) => name).filter((name) => name !== ''))];
  const axes = `${left.name} ${right?.name ?? ''}`.toLowerCase();
  if (names.length < 2 && names.every((name) => axes.includes(name.toLowerCase()))) return [];
  const lines: string[][] = [];
  let room = 0;
  for (const name of names) {
    const entry_px = LEGEND_SYMBOL_px + textWidth_px(name, TICK_px) + LEGEND_GAP_px;
    if (lines.length === 0 || entry_px > room) {
      lines.push([]);
      room = width_px;
    }
    lines.at(-1)!.push(name);
    room -= entry_px;
  }
  return lines;
}

/** The largest rectangle within `room` whose sides are as the spans of the axes are. */
function withEqualUnits(room: Rectangle, { x, left }: Panel): Rectangle {
  const scale = Math.min(room.width / (x.max - x.min), room.height / (left.max - left.min));
  const width = Math.round(scale * (x.max - x.min));
  const height = Math.round(scale * (left.max - left.min));
  return { x: Math.round(room.x + (room.width - width) / 2), y: room.y, width, height };
}

/** Places of all panels, in their order. Panels that have a row for themselves stand flush. */
export function placePanels({ panels, width_px, height_px, rows: given }: Figure): readonly PanelPlace[] {
  const even_px = (height_px - TITLE_HEIGHT_px) / panels.length;
  const rows = given ?? panels.map(() => ({ panels: 1, height_px: even_px }));
  const alone: Panel[] = [];
  let first = 0;
  for (const row of rows) {
    if (row.panels === 1) alone.push(panels[first]!);
    first += row.panels;
  }
  const flush = alone.length === 0 ? null : marginsOf(alone);
  const places: PanelPlace[] = [];
  let rowTop = TITLE_HEIGHT_px;
  for (const row of rows) {
    const own = panels.slice(places.length, places.length + row.panels);
    const margins = own.length === 1 ? flush! : marginsOf(own);
    const strip_px = width_px / own.length;
    // All frames of a row begin at one height.
    const legends = own.map((panel) => legendLines(panel, strip_px - NAME_px));
    const legend_px = Math.max(...legends.map((lines) => lines.length * LEGEND_HEIGHT_px)) || 6;
    const axis_px = own.some(({ top }) => top !== undefined) ? TOP_AXIS_px : 0;
    const top = Math.round(rowTop + legend_px + axis_px);
    const bottom = Math.round(rowTop + row.height_px - FOOT_px);
    own.forEach((panel, k) => {
      const x = Math.round(k * strip_px + margins.left);
      const width = Math.round((k + 1) * strip_px - margins.right) - x;
      const room = { x, y: top, width, height: bottom - top };
      places.push({
        frame: panel.aspect === 'equal' ? withEqualUnits(room, panel) : room,
        legend: legends[k]!,
        legendTop: top - axis_px - legend_px,
        middle: (k + 0.5) * strip_px,
      });
    });
    rowTop += row.height_px;
  }
  return places;
}

/** Share of an axis at which a value stands, 0 at its first end. */
export function shareOf(axis: Axis, value: number): number {
  const { min, max, scale } = axis;
  return scale === 'log' ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
}

/** Pixels of a point of a panel. */
export function pixelOf(frame: Rectangle, x: Axis, y: Axis, at: { readonly x: number; readonly y: number }): Pixel {
  return {
    x: frame.x + shareOf(x, at.x) * frame.width,
    y: frame.y + (1 - shareOf(y, at.y)) * frame.height,
  };
}

export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** A label that wants a place near `at`. */
export interface LabelWish {
  readonly at: Pixel;
  readonly text: string;
  /** Rather far from its point than not at all. */
  readonly must?: boolean;
}

/** Directions in which a label may stand off its point, best first, and how far in font sizes: beyond, it would seem to belong elsewhere. */
const DIRECTIONS: readonly (readonly [x: number, y: number])[] = [
  [0, -1],
  [1, -1],
  [-1, -1],
  [1, 0],
  [-1, 0],
  [0, 1],
  [1, 1],
  [-1, 1],
];
const DISTANCES = [0.5, 0.8, 1.2] as const;
const DISTANCES_WITH_LINE = [...DISTANCES, 2, 3, 4, 6, 8] as const;
/** Points closer than this share one label, that of the first. */
const LABELLED_APART_px = 12;

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function within(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/**
 * A rectangle for each label inside `frame` that covers no obstacle and no other label, near its point; null for one that finds none,
 * which is better left out. Obstacles are points with a radius.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  obstacles: readonly Pixel[],
  taken: readonly Rectangle[],
  frame: Rectangle,
  size_px: number,
): readonly (Rectangle | null)[] {
  const RADIUS_px = 5;
  const used: Rectangle[] = [...taken];
  const labelled: Pixel[] = [];
  return wishes.map(({ at, text, must = false }) => {
    if (!must && labelled.some((other) => Math.hypot(other.x - at.x, other.y - at.y) < LABELLED_APART_px)) return null;
    const width = textWidth_px(text, size_px) + 4;
    const height = 1.15 * size_px;
    for (const distance of must ? DISTANCES_WITH_LINE : DISTANCES) {
      for (const [dx, dy] of DIRECTIONS) {
        const off = distance * size_px;
        const middle = { x: at.x + dx * (off + width / 2), y: at.y + dy * (off + height / 2) };
        const box = { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
        if (!within(box, frame) || used.some((other) => overlap(box, other))) continue;
        const covers = (point: Pixel): boolean =>
          overlap(box, { x: point.x - RADIUS_px, y: point.y - RADIUS_px, width: 2 * RADIUS_px, height: 2 * RADIUS_px });
        if (obstacles.some(covers)) continue;
        used.push(box);
        labelled.push(at);
        return box;
      }
    }
    return null;
  });
}

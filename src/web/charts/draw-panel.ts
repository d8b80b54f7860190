// Marks of a panel on a canvas whose scales and axes somebody else has drawn: lines, rings, dots, squares, bands, bars of error,
// notes, markers and strips. Colours of a figure are meant for paper; `inkOf` turns those that would vanish on a dark page.

import type { Panel, Series } from '../../figures/index.ts';
import { isAscending, visibleRows } from './visible-rows.ts';

/** Where a value lies, in pixels of the canvas, and what is in view. */
export interface Placing {
  readonly left_px: number;
  readonly top_px: number;
  readonly width_px: number;
  readonly height_px: number;
  readonly ratio: number;
  readonly x_min: number;
  readonly x_max: number;
  xAt(value: number): number;
  yAt(value: number, side: 'left' | 'right'): number;
}

export interface Inks {
  readonly ink: string;
  readonly paper: string;
  /** What a colour of a figure becomes on this page. */
  of(colour: string): string;
}

const DOT_px = 3;
/** More marks than this are drawn small and without a line between. */
const MANY_MARKS = 200;
/** Up to so many that no line joins are drawn larger. */
const FEW_MARKS = 60;

export function drawPanel(context: CanvasRenderingContext2D, panel: Panel, placing: Placing, inks: Inks): void {
  const { left_px, top_px, width_px, height_px, ratio } = placing;
  context.save();
  context.beginPath();
  context.rect(left_px, top_px, width_px, height_px);
  context.clip();
  for (const { from, to, colour } of panel.shades ?? []) {
    context.globalAlpha = 0.12;
    context.fillStyle = inks.of(colour);
    context.fillRect(placing.xAt(from), top_px, placing.xAt(to) - placing.xAt(from), height_px);
    context.globalAlpha = 1;
  }
  for (const series of panel.series) drawSeries(context, series, placing, inks);
  for (const { along, at, colour } of panel.markers ?? []) {
    context.strokeStyle = inks.of(colour);
    context.lineWidth = ratio;
    context.setLineDash([5 * ratio, 4 * ratio]);
    context.beginPath();
    if (along === 'x') {
      context.moveTo(placing.xAt(at), top_px);
      context.lineTo(placing.xAt(at), top_px + height_px);
    } else {
      context.moveTo(left_px, placing.yAt(at, 'left'));
      context.lineTo(left_px + width_px, placing.yAt(at, 'left'));
    }
    context.stroke();
    context.setLineDash([]);
  }
  context.restore();
  drawTexts(context, panel, placing, inks);
}

function drawSeries(context: CanvasRenderingContext2D, series: Series, placing: Placing, inks: Inks): void {
  const { x, y, mark, side, offset_px } = series;
  const { ratio } = placing;
  const colour = inks.of(series.colour);
  const rows = isAscending(x)
    ? visibleRows(x, y, placing.x_min, placing.x_max, Math.max(50, Math.round(placing.width_px / ratio)))
    : Int32Array.from(x, (_, row) => row);
  if (series.low !== undefined && series.high !== undefined) {
    drawUncertainty(context, series, rows, placing, colour);
  }
  context.strokeStyle = colour;
  context.fillStyle = colour;
  const isLine = mark === 'line' || mark === 'guide';
  const isJoined = isLine || (series.joined ?? rows.length <= MANY_MARKS);
  if (isJoined) {
    context.lineWidth = (series.width_px ?? (mark === 'line' ? 1.6 : 0.9)) * ratio;
    context.setLineDash(mark === 'guide' ? [4 * ratio, 3 * ratio] : []);
    context.lineJoin = 'round';
    context.beginPath();
    let isDown = false;
    for (const row of rows) {
      const px = placing.xAt(x[row]!);
      const py = placing.yAt(y[row]!, side);
      if (!(Number.isFinite(px) && Number.isFinite(py))) isDown = false;
      else if (isDown) context.lineTo(px, py);
      else {
        context.moveTo(px, py);
        isDown = true;
      }
    }
    context.stroke();
    context.setLineDash([]);
  }
  if (isLine) return;
  const isFilled = (series.fill ?? (mark === 'circles' || rows.length > MANY_MARKS ? 'filled' : 'hollow')) === 'filled';
  const isSparse = series.joined === false && rows.length <= FEW_MARKS;
  const radius = (rows.length > MANY_MARKS ? 0.6 : isSparse ? 1.35 : 1) * DOT_px * ratio;
  context.lineWidth = 1.2 * ratio;
  for (const row of rows) {
    const px = placing.xAt(x[row]!) + (offset_px?.[row] ?? 0) * ratio;
    const py = placing.yAt(y[row]!, side);
    if (!(Number.isFinite(px) && Number.isFinite(py))) continue;
    context.beginPath();
    if (mark === 'circles') context.arc(px, py, radius, 0, 2 * Math.PI);
    else context.rect(px - radius, py - radius, 2 * radius, 2 * radius);
    if (isFilled) context.fill();
    else {
      context.fillStyle = inks.paper;
      context.fill();
      context.fillStyle = colour;
      context.stroke();
    }
  }
}

function drawUncertainty(
  context: CanvasRenderingContext2D,
  { x, low, high, mark, side }: Series,
  rows: Int32Array,
  placing: Placing,
  colour: string,
): void {
  if (mark === 'circles' || mark === 'squares') {
    context.strokeStyle = colour;
    context.lineWidth = placing.ratio;
    context.beginPath();
    for (const row of rows) {
      const px = placing.xAt(x[row]!);
      context.moveTo(px, placing.yAt(low![row]!, side));
      context.lineTo(px, placing.yAt(high![row]!, side));
    }
    context.stroke();
    return;
  }
  const known = rows.filter((row) => Number.isFinite(low![row]!) && Number.isFinite(high![row]!));
  context.globalAlpha = 0.18;
  context.fillStyle = colour;
  context.beginPath();
  for (const [k, row] of known.entries()) {
    const px = placing.xAt(x[row]!);
    if (k === 0) context.moveTo(px, placing.yAt(high![row]!, side));
    else context.lineTo(px, placing.yAt(high![row]!, side));
  }
  for (const row of [...known].reverse()) context.lineTo(placing.xAt(x[row]!), placing.yAt(low![row]!, side));
  context.closePath();
  context.fill();
  context.globalAlpha = 1;
}

const TEXT_px = 11;

interface Box {
  readonly x: number;
  /** The bottom; canvases count downwards. */
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Where a text may stand: its lower left corner. */
type Place = readonly [x: number, y: number];

function drawTexts(context: CanvasRenderingContext2D, panel: Panel, placing: Placing, inks: Inks): void {
  const { markers = [], shades = [], notes = [] } = panel;
  if (markers.length + shades.length + notes.length === 0) return;
  const { left_px, top_px, width_px, height_px, ratio } = placing;
  const right_px = left_px + width_px;
  const bottom_px = top_px + height_px;
  context.save();
  context.font = `${TEXT_px * ratio}px system-ui, sans-serif`;
  context.textBaseline = 'bottom';
  // The axes leave their own alignment behind.
  context.textAlign = 'left';
  const h = TEXT_px * 1.2 * ratio;
  const taken: Box[] = [];
  const drawn = drawnPlaces(panel, placing);
  const widthOf = (text: string): number => context.measureText(text).width;
  /** The first place that covers nothing, or the one that covers least; none where every place lies on another text. */
  const write = (
    text: string,
    places: readonly Place[],
    colour: string,
    coveredMost = Number.POSITIVE_INFINITY,
  ): void => {
    if (text === '') return;
    // A sentence that is wider than the panel takes two lines.
    const lines = widthOf(text) > width_px - 6 * ratio ? inTwo(text) : [text];
    const w = Math.max(...lines.map(widthOf));
    const high = lines.length * h;
    let best: Box | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const [x, y] of places) {
      const box: Box = {
        x: Math.max(left_px + 2, Math.min(x, right_px - w - 2 * ratio)),
        y: Math.max(top_px + high, Math.min(y, bottom_px - 2 * ratio)),
        w,
        h: high,
      };
      if (taken.some((other) => isOn(box, other))) continue;
      const covered = coveredBy(box, drawn);
      if (covered >= least) continue;
      least = covered;
      best = box;
    }
    // What a text that is left out says is also in the table behind the plot.
    if (best === null || least > coveredMost) return;
    taken.push(best);
    if (least > 0) {
      context.globalAlpha = 0.85;
      context.fillStyle = inks.paper;
      context.fillRect(best.x - ratio, best.y - best.h, best.w + 2 * ratio, best.h);
      context.globalAlpha = 1;
    }
    context.fillStyle = inks.of(colour);
    for (const [k, line] of lines.entries()) {
      context.fillText(line, best.x, best.y - (lines.length - 1 - k) * h);
    }
  };
  const rows = [14, 28, 42].map((down) => top_px + down * ratio);
  for (const { along, at, text, colour } of markers) {
    const w = widthOf(text);
    if (along === 'x') {
      if (at < placing.x_min || at > placing.x_max) continue;
      const px = placing.xAt(at);
      write(
        text,
        rows.flatMap((y): Place[] => [
          [px + 4 * ratio, y],
          [px - w - 4 * ratio, y],
        ]),
        colour,
      );
      continue;
    }
    const py = placing.yAt(at, 'left');
    const [above, below] = [py - 3 * ratio, py + h + 3 * ratio];
    const ends = [right_px, left_px + 4 * ratio, left_px + (width_px - w) / 2];
    write(
      text,
      [above, below, rows[0]!, bottom_px].flatMap((y) => ends.map((x): Place => [x, y])),
      colour,
    );
  }
  for (const { from, to, text, colour } of shades) {
    const middle = (placing.xAt(from) + placing.xAt(to)) / 2 - widthOf(text) / 2;
    write(
      text,
      [...rows, bottom_px].map((y): Place => [middle, y]),
      colour,
    );
  }
  for (const { x, y, side, text, colour, dot } of notes) {
    const px = placing.xAt(x);
    const py = placing.yAt(y, side);
    if (!(px >= left_px && px <= right_px && py >= top_px && py <= bottom_px)) continue;
    if (dot) {
      context.fillStyle = inks.of(colour);
      context.beginPath();
      context.arc(px, py, 1.2 * DOT_px * ratio, 0, 2 * Math.PI);
      context.fill();
    }
    const w = widthOf(text);
    const [before, after] = [px - w - 6 * ratio, px + 6 * ratio];
    const [above, below] = [py - 4 * ratio, py + h + 4 * ratio];
    const higher = above - 1.2 * h;
    write(
      text,
      [
        [after, above],
        [before, above],
        [after, below],
        [before, below],
        [px - w / 2, higher],
        [px - w / 2, below + 0.4 * h],
        [after, higher],
        [before, higher],
      ],
      colour,
      // A name of one point among many is left out rather than written over them.
      dot ? COVERED_MAX : Number.POSITIVE_INFINITY,
    );
  }
  context.restore();
}

/** Drawn points that the name of a point may lie on. */
const COVERED_MAX = 3;

/** Two lines, parted at the blank that is nearest to the middle. */
function inTwo(text: string): readonly string[] {
  const middle = text.length / 2;
  const blanks = [...text.matchAll(/ /g)].map(({ index }) => index);
  if (blanks.length === 0) return [text];
  const at = blanks.reduce((best, one) => (Math.abs(one - middle) < Math.abs(best - middle) ? one : best));
  return [text.slice(0, at), text.slice(at + 1)];
}

const isOn = (a: Box, b: Box): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y - a.h < b.y && b.y - b.h < a.y;

/** How much of what is drawn a text would hide. */
function coveredBy({ x, y, w, h }: Box, [across, down]: readonly [Float64Array, Float64Array]): number {
  let count = 0;
  for (let k = 0; k < across.length; k++) {
    if (across[k]! > x && across[k]! < x + w && down[k]! > y - h && down[k]! < y) count++;
  }
  return count;
}

/** Points of a series that are looked at for labels, and steps between two that a line joins. */
const PLACES_MAX = 600;
const STEP_px = 5;
const STEPS_MAX = 60;

/** Where there is ink: the points of all series, and the lines between those that are joined; upright and level markers too. */
function drawnPlaces(panel: Panel, placing: Placing): readonly [Float64Array, Float64Array] {
  const across: number[] = [];
  const down: number[] = [];
  for (const { x, y, side, mark, joined } of panel.series) {
    const every = Math.max(1, Math.ceil(x.length / PLACES_MAX));
    const isJoined = mark === 'line' || mark === 'guide' || (joined ?? x.length <= MANY_MARKS);
    let last: readonly [number, number] | null = null;
    for (let row = 0; row < x.length; row += every) {
      const px = placing.xAt(x[row]!);
      const py = placing.yAt(y[row]!, side);
      if (!(Number.isFinite(px) && Number.isFinite(py))) {
        last = null;
        continue;
      }
      across.push(px);
      down.push(py);
      if (isJoined && last !== null) {
        const length = Math.hypot(px - last[0], py - last[1]);
        const steps = Math.min(STEPS_MAX, Math.floor(length / (STEP_px * placing.ratio)));
        for (let k = 1; k < steps; k++) {
          across.push(last[0] + ((px - last[0]) * k) / steps);
          down.push(last[1] + ((py - last[1]) * k) / steps);
        }
      }
      last = [px, py];
    }
  }
  const { left_px, width_px } = placing;
  for (const { along, at } of panel.markers ?? []) {
    if (along === 'x') continue;
    for (let k = 0; k <= STEPS_MAX; k++) {
      across.push(left_px + (width_px * k) / STEPS_MAX);
      down.push(placing.yAt(at, 'left'));
    }
  }
  return [Float64Array.from(across), Float64Array.from(down)];
}

const MINOR_px = 4;

/** Short ticks inside the frame, at which no number stands. */
export function drawMinorTicks(context: CanvasRenderingContext2D, { x, left, right }: Panel, placing: Placing): void {
  const { left_px, top_px, width_px, height_px, ratio } = placing;
  const length = MINOR_px * ratio;
  context.beginPath();
  for (const tick of x.minorTicks ?? []) {
    if (tick < placing.x_min || tick > placing.x_max) continue;
    const px = placing.xAt(tick);
    context.moveTo(px, top_px + height_px);
    context.lineTo(px, top_px + height_px - length);
  }
  for (const [axis, side, from, to] of [
    [left, 'left', left_px, left_px + length],
    [right, 'right', left_px + width_px, left_px + width_px - length],
  ] as const) {
    for (const tick of axis?.minorTicks ?? []) {
      const py = placing.yAt(tick, side);
      if (py < top_px || py > top_px + height_px) continue;
      context.moveTo(from, py);
      context.lineTo(to, py);
    }
  }
  context.stroke();
}

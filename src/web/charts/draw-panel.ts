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
    context.lineWidth = (mark === 'line' ? 1.6 : 0.9) * ratio;
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

function drawTexts(context: CanvasRenderingContext2D, panel: Panel, placing: Placing, inks: Inks): void {
  const { left_px, top_px, width_px, height_px, ratio } = placing;
  const right_px = left_px + width_px;
  context.save();
  context.font = `${TEXT_px * ratio}px system-ui, sans-serif`;
  context.textBaseline = 'bottom';
  // The axes leave their own alignment behind.
  context.textAlign = 'left';
  const taken: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }[] = [];
  const write = (text: string, x: number, y: number, colour: string): void => {
    const w = context.measureText(text).width;
    const h = TEXT_px * 1.2 * ratio;
    const px = Math.max(left_px + 2, Math.min(x, right_px - w - 2 * ratio));
    const py = Math.max(top_px + h, Math.min(y, top_px + height_px - 2 * ratio));
    // A label that would lie on another is left out; what it says is also in the table behind the plot.
    if (taken.some((box) => px < box.x + box.w && box.x < px + w && py - h < box.y && box.y - box.h < py)) return;
    taken.push({ x: px, y: py, w, h });
    context.fillStyle = inks.of(colour);
    context.fillText(text, px, py);
  };
  for (const { along, at, text, colour } of panel.markers ?? []) {
    if (along === 'x') {
      if (at >= placing.x_min && at <= placing.x_max)
        write(text, placing.xAt(at) + 4 * ratio, top_px + 14 * ratio, colour);
    } else write(text, right_px, placing.yAt(at, 'left') - 3 * ratio, colour);
  }
  for (const { from, to, text, colour } of panel.shades ?? []) {
    write(
      text,
      (placing.xAt(from) + placing.xAt(to)) / 2 - context.measureText(text).width / 2,
      top_px + 14 * ratio,
      colour,
    );
  }
  for (const { x, y, side, text, colour, dot } of panel.notes ?? []) {
    const px = placing.xAt(x);
    const py = placing.yAt(y, side);
    if (!(px >= left_px && px <= right_px && py >= top_px && py <= top_px + height_px)) continue;
    if (dot) {
      context.fillStyle = inks.of(colour);
      context.beginPath();
      context.arc(px, py, 1.2 * DOT_px * ratio, 0, 2 * Math.PI);
      context.fill();
    }
    write(text, px + 6 * ratio, py - 4 * ratio, colour);
  }
  context.restore();
}

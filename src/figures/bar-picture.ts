// Bars for paper: labels left, numbers with their bands right, an axis with its name below.

import { axisWithin } from './axis.ts';
import { type BarFigure, type BarRow, bandPlace, barKey, barLimits } from './bar-figure.ts';
import { FIGURE_WIDTH_px } from './figure.ts';
import { textWidth_px } from './layout.ts';
import { linesOf, type Picture, type Shape } from './picture.ts';

const TITLE_px = 18;
const LABEL_px = 14;
const NOTE_px = 11.5;
const INK = '#000000';
const MUTED = '#555555';
const GRID = '#dddddd';
const EDGE_px = 16;
/** Room of a row, of a second line of its label, and between rows. */
const ROW_px = 26;
const LINE_px = 16;
/** Letters of a line of a label. */
const LETTERS = 30;
const BAR_px = 16;

/** A number as it is read, four digits, with a true minus sign. */
function numberWords(value: number): string {
  const size = Math.abs(value);
  const text =
    size !== 0 && (size >= 1e5 || size < 1e-3) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return text.replace('e+', 'e').replaceAll('-', '−');
}

function valueWords({ value, band }: BarRow): string {
  if (value === null) return '';
  const range = band === null || band[0] === band[1] ? '' : ` (${band.map(numberWords).join(' to ')})`;
  return `${numberWords(value)}${range}`;
}

/** Texts of a key in lines that fit between two edges. */
function keyLines(names: readonly string[], room_px: number): readonly (readonly number[])[] {
  const lines: number[][] = [];
  let left_px = 0;
  names.forEach((name, k) => {
    const own_px = 34 + textWidth_px(name, LABEL_px);
    if (lines.length === 0 || own_px > left_px) {
      lines.push([]);
      left_px = room_px;
    }
    lines.at(-1)!.push(k);
    left_px -= own_px;
  });
  return lines;
}

export function barPicture(figure: BarFigure): Picture {
  const { title, axis: name, rows, reference } = figure;
  const shapes: Shape[] = [];
  const text = (x: number, y: number, words: string, more: Partial<Extract<Shape, { kind: 'text' }>> = {}): void => {
    shapes.push({ kind: 'text', x, y, text: words, size_px: LABEL_px, colour: INK, anchor: 'start', ...more });
  };
  let y = 12 + TITLE_px;
  for (const line of linesOf(title, 66)) {
    text(FIGURE_WIDTH_px / 2, y, line, { size_px: TITLE_px, anchor: 'middle', isBold: true });
    y += 1.25 * TITLE_px;
  }
  const key = barKey(figure);
  const names = key.map(({ name: own }) => own);
  for (const line of keyLines(names, FIGURE_WIDTH_px - 2 * EDGE_px)) {
    let x = EDGE_px;
    for (const k of line) {
      shapes.push({ kind: 'rect', x, y: y - 11, width: 14, height: 12, fill: key[k]!.colour, stroke: MUTED });
      text(x + 20, y, names[k]!);
      x += 34 + textWidth_px(names[k]!, LABEL_px);
    }
    y += 20;
  }
  const labels = rows.map(({ label }) => linesOf(label, LETTERS));
  const notes = rows.map(({ note }) => (note === '' ? [] : linesOf(note, 1.2 * LETTERS)));
  const widest_px = (lines: readonly (readonly string[])[], size_px: number): number =>
    Math.max(0, ...lines.flat().map((line) => textWidth_px(line, size_px)));
  const left = EDGE_px + Math.max(widest_px(labels, LABEL_px), widest_px(notes, NOTE_px)) + 12;
  const values = rows.map(valueWords);
  const right = FIGURE_WIDTH_px - EDGE_px - widest_px([values], LABEL_px) - 12;
  const [min, max] = barLimits(figure);
  const at = (value: number): number => left + Math.min(1, Math.max(0, (value - min) / (max - min))) * (right - left);
  const axis = axisWithin(name, min, max);
  const top = y;
  const heights = rows.map((_, k) => ROW_px + LINE_px * (labels[k]!.length + notes[k]!.length - 1));
  const bottom = top + heights.reduce((sum, height) => sum + height, 0) + 6;
  for (const [k, tick] of axis.ticks.entries()) {
    shapes.push({ kind: 'line', from: [at(tick), top], to: [at(tick), bottom], stroke: GRID });
    text(at(tick), bottom + 18, axis.labels[k]!, { size_px: 13, anchor: 'middle' });
  }
  if (rows.length === 0) text((left + right) / 2, top + 18, 'Nothing', { colour: MUTED, anchor: 'middle' });
  rows.forEach((one, k) => {
    const middle = y + heights[k]! / 2;
    const lines = labels[k]!.length + notes[k]!.length;
    const first = middle - ((lines - 1) * LINE_px) / 2 + 5;
    labels[k]!.forEach((line, n) => {
      text(left - 10, first + n * LINE_px, line, { anchor: 'end', isBold: one.isWhole });
    });
    notes[k]!.forEach((line, n) => {
      text(left - 10, first + (labels[k]!.length + n) * LINE_px, line, {
        size_px: NOTE_px,
        colour: MUTED,
        anchor: 'end',
      });
    });
    for (const { from, to, colour } of one.bars) {
      const [a, b] = [at(Math.min(from, to)), at(Math.max(from, to))];
      shapes.push({
        kind: 'rect',
        x: a,
        y: middle - BAR_px / 2,
        width: Math.max(1, b - a),
        height: BAR_px,
        fill: colour,
        ...(key.length === 0 ? {} : { stroke: '#ffffff' }),
      });
    }
    const band = bandPlace(one);
    if (band !== null && band[0] !== band[1]) {
      const [a, b] = [at(band[0]), at(band[1])];
      shapes.push({ kind: 'line', from: [a, middle], to: [b, middle], stroke: INK });
      for (const [place, end] of [
        [a, band[0]],
        [b, band[1]],
      ] as const) {
        if (end >= min && end <= max)
          shapes.push({ kind: 'line', from: [place, middle - 4], to: [place, middle + 4], stroke: INK });
        else text(place, middle + 5, end > max ? '›' : '‹', { anchor: 'middle', isBold: true });
      }
    }
    text(FIGURE_WIDTH_px - EDGE_px, middle + 5, values[k]!, { anchor: 'end', isBold: one.isWhole });
    y += heights[k]!;
  });
  const origin = reference?.at ?? 0;
  if (origin >= min && origin <= max)
    shapes.push({ kind: 'line', from: [at(origin), top], to: [at(origin), bottom], stroke: INK, strokeWidth_px: 1.2 });
  shapes.push({ kind: 'line', from: [left, bottom], to: [right, bottom], stroke: INK, strokeWidth_px: 1.2 });
  const words = reference === null ? name : `${name}; upright line: ${reference.text}`;
  text((left + right) / 2, bottom + 42, words, { size_px: 15, anchor: 'middle' });
  return { title, width_px: FIGURE_WIDTH_px, height_px: bottom + 56, shapes };
}

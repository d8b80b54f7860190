// The layers of a cell for paper: one above the other, names and thicknesses beside them, so that no name is cut however thin its layer.

import { FIGURE_WIDTH_px } from './figure.ts';
import { linesOf, type Picture, type Shape } from './picture.ts';
import { type DrawnLayerKind, layerExtent, type StackFigure } from './stack-figure.ts';

const COLOURS: Readonly<Record<DrawnLayerKind, string>> = {
  collector: '#c77b4a',
  lithium: '#c4c9cd',
  host: '#4d5357',
  interphase: '#e0a63a',
  coating: '#009e73',
  interlayer: '#009e73',
  separator: '#cfe3f2',
  solid: '#d9cfe8',
  cathode: '#3b4f6b',
};

/** What a layer is, where its name alone does not say it. */
const WORDS: Readonly<Record<DrawnLayerKind, string>> = {
  collector: 'current collector',
  lithium: 'lithium',
  host: 'host',
  interphase: 'interphase',
  coating: 'coating',
  interlayer: 'interlayer',
  separator: 'separator with electrolyte',
  solid: 'solid electrolyte',
  cathode: 'cathode',
};

const TITLE_px = 18;
const TEXT_px = 14;
const SMALL_px = 12.5;
const INK = '#000000';
const MUTED = '#555555';
const UNIT_px = 24;
const LEFT_px = 24;
const STACK_px = 220;

export function thicknessWords(thickness_m: number): string {
  const [value, unit] = thickness_m < 1e-6 ? [1e9 * thickness_m, 'nm'] : [1e6 * thickness_m, 'µm'];
  return `${Number(value.toPrecision(3))} ${unit}`;
}

export function stackPicture({ title, layers }: StackFigure): Picture {
  const shapes: Shape[] = [];
  const text = (x: number, y: number, words: string, more: Partial<Extract<Shape, { kind: 'text' }>> = {}): void => {
    shapes.push({ kind: 'text', x, y, text: words, size_px: TEXT_px, colour: INK, anchor: 'start', ...more });
  };
  let y = 12 + TITLE_px;
  for (const line of linesOf(title, 66)) {
    text(FIGURE_WIDTH_px / 2, y, line, { size_px: TITLE_px, anchor: 'middle', isBold: true });
    y += 1.3 * TITLE_px;
  }
  text(LEFT_px, y, 'counter electrode', { size_px: SMALL_px, colour: MUTED });
  y += 8;
  for (const layer of layers) {
    const { kind, name, thickness_m } = layer;
    const what = name.toLowerCase() === WORDS[kind] ? '' : `: ${WORDS[kind]}`;
    const thickness = kind === 'collector' ? '' : `, ${thicknessWords(thickness_m)}`;
    const lines = linesOf(`${name}${what}${thickness}`, 54);
    const height = Math.max(20 * lines.length, UNIT_px * layerExtent(layer));
    shapes.push({ kind: 'rect', x: LEFT_px, y, width: STACK_px, height, fill: COLOURS[kind], stroke: '#6d7174' });
    lines.forEach((line, k) => {
      text(LEFT_px + STACK_px + 14, y + height / 2 + 5 + (k - (lines.length - 1) / 2) * 18, line);
    });
    y += height;
  }
  y += 18;
  text(LEFT_px, y, 'working electrode', { size_px: SMALL_px, colour: MUTED });
  y += 22;
  text(LEFT_px, y, 'Heights grow with the logarithm of the thickness; a collector has none here.', {
    size_px: SMALL_px,
    colour: MUTED,
  });
  return { title, width_px: FIGURE_WIDTH_px, height_px: y + 12, shapes };
}

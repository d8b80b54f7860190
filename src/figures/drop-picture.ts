// The drop for paper, with its angle in words below.

import { DROP_BOTTOM, DROP_SIDE, DROP_TOP, type DropFigure, dropOutlines } from './drop-figure.ts';
import { FIGURE_WIDTH_px } from './figure.ts';
import { linesOf, type Picture, type Shape } from './picture.ts';

const TITLE_px = 18;
const WORDS_px = 15;

const degreesText = (angle_rad: number): string => `${Number(((angle_rad * 180) / Math.PI).toPrecision(3))}°`;

export function dropPicture(figure: DropFigure): Picture {
  const { title, angle_rad, band_rad, hasCoating, verdict } = figure;
  const { ground, skin, lithium, ends, mark, foot } = dropOutlines(figure);
  const unit_px = FIGURE_WIDTH_px / (2 * DROP_SIDE);
  const lines = linesOf(title, 66);
  const top = 12 + 1.3 * TITLE_px * lines.length + 8;
  const at = { x: FIGURE_WIDTH_px / 2, y: top + DROP_TOP * unit_px, unit_px };
  const middle = { x: at.x, anchor: 'middle', kind: 'text' } as const;
  const shapes: Shape[] = [
    ...lines.map(
      (text, k): Shape => ({
        ...middle,
        y: 12 + TITLE_px * (1 + 1.3 * k),
        text,
        size_px: TITLE_px,
        colour: '#000000',
        isBold: true,
      }),
    ),
    { kind: 'path', d: ground, fill: '#4d5357', at },
    {
      kind: 'path',
      d: skin,
      fill: 'none',
      stroke: hasCoating ? '#e0a63a' : '#6d7174',
      strokeWidth_px: hasCoating ? 7 : 3,
      at,
    },
    { kind: 'path', d: lithium, fill: '#c4c9cd', stroke: '#000000', strokeWidth_px: 2.5, at },
    ...ends.map(
      (d): Shape => ({ kind: 'path', d, fill: 'none', stroke: '#55595c', strokeWidth_px: 1.8, dash: '0.07 0.05', at }),
    ),
    { kind: 'path', d: mark, fill: 'none', stroke: '#005a8f', strokeWidth_px: 3.5, at },
    {
      kind: 'text',
      x: at.x + Math.min(foot, DROP_SIDE - 0.5) * unit_px,
      y: at.y + (DROP_BOTTOM - 0.12) * unit_px,
      text: degreesText(angle_rad),
      size_px: 32,
      colour: '#ffffff',
      anchor: 'middle',
      isBold: true,
    },
    {
      ...middle,
      y: at.y + DROP_BOTTOM * unit_px + 24,
      text: `Contact angle ${degreesText(angle_rad)}, 80 % of the draws ${band_rad.map(degreesText).join(' to ')} (dashed): ${verdict}`,
      size_px: WORDS_px,
      colour: '#000000',
    },
  ];
  return { title, width_px: FIGURE_WIDTH_px, height_px: at.y + DROP_BOTTOM * unit_px + 40, shapes };
}

// Every kind of figure that limetal draws, and what leaves of it: one drawing as SVG, one table of its numbers.

import type { LithiumMap } from '../design/index.ts';
import type { TableColumn } from '../records/index.ts';
import { type BarFigure, barKey } from './bar-figure.ts';
import { barPicture } from './bar-picture.ts';
import type { DropFigure } from './drop-figure.ts';
import { dropPicture } from './drop-picture.ts';
import type { ElementFigure } from './element-figure.ts';
import { elementMapSvg } from './element-map.ts';
import type { Figure } from './figure.ts';
import { escapeXml, linesOf, pictureSvg } from './picture.ts';
import { renderSvg } from './render.ts';
import type { StackFigure } from './stack-figure.ts';
import { stackPicture } from './stack-picture.ts';

/** A figure without a kind has axes. */
export type AnyFigure = Figure | BarFigure | DropFigure | StackFigure | ElementFigure;

/** Any figure as one SVG document on white. The same figure gives the same bytes. */
export async function anySvg(figure: AnyFigure): Promise<string> {
  if (!('kind' in figure)) return renderSvg(figure);
  switch (figure.kind) {
    case 'bars':
      return pictureSvg(barPicture(figure));
    case 'drop':
      return pictureSvg(dropPicture(figure));
    case 'stack':
      return pictureSvg(stackPicture(figure));
    case 'elements':
      return elementMapSvg(figure.map);
  }
}

/** The numbers of a figure in columns, whose names have the units; no name occurs twice. */
export function figureTable(figure: AnyFigure): readonly TableColumn[] {
  if (!('kind' in figure)) return namedApart(curveColumns(figure));
  switch (figure.kind) {
    case 'bars':
      return barColumns(figure);
    case 'drop':
      return dropColumns(figure);
    case 'stack':
      return [
        { name: 'Layer', data: figure.layers.map(({ name }) => name) },
        { name: 'Kind', data: figure.layers.map(({ kind }) => kind) },
        { name: 'Thickness / m', data: figure.layers.map(({ thickness_m }) => thickness_m) },
      ];
    case 'elements':
      return elementColumns(figure.map);
  }
}

const numbers = (values: Float64Array): (number | null)[] =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value));

/** Each series with columns of its own, since two rarely share their x. */
function curveColumns({ panels }: Figure): readonly TableColumn[] {
  return panels.flatMap((panel) => {
    // A panel with nothing to show still has its names.
    if (panel.series.length === 0) return [panel.x, panel.left].map(({ name }) => ({ name, data: [] }));
    return panel.series.flatMap((series): TableColumn[] => {
      const axis = series.side === 'right' && panel.right !== null ? panel.right : panel.left;
      const of = series.name === '' ? '' : ` (${series.name})`;
      return [
        { name: `${panel.x.name}${of}`, data: numbers(series.x) },
        { name: `${axis.name}${of}`, data: numbers(series.y) },
        ...(series.low === undefined ? [] : [{ name: `${axis.name}, low${of}`, data: numbers(series.low) }]),
        ...(series.high === undefined ? [] : [{ name: `${axis.name}, high${of}`, data: numbers(series.high) }]),
      ];
    });
  });
}

/** Readers of tables find a column by its name. */
function namedApart(columns: readonly TableColumn[]): readonly TableColumn[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const count = (seen.get(column.name) ?? 0) + 1;
    seen.set(column.name, count);
    return count === 1 ? column : { ...column, name: `${column.name} [${count}]` };
  });
}

/** One line a row where rows have a value each; one line a bar where they have several. */
function barColumns(figure: BarFigure): readonly TableColumn[] {
  const { rows, axis, heading } = figure;
  if (barKey(figure).length === 0) {
    const hasBands = rows.some(({ band }) => band !== null);
    return [
      { name: heading, data: rows.map(({ label }) => label) },
      { name: axis, data: rows.map(({ value }) => value) },
      ...(hasBands
        ? [
            { name: `${axis}, low`, data: rows.map(({ band }) => band?.[0] ?? null) },
            { name: `${axis}, high`, data: rows.map(({ band }) => band?.[1] ?? null) },
          ]
        : []),
    ];
  }
  const bars = rows.flatMap(({ label, note, bars: own }) => own.map((bar) => ({ label, note, ...bar })));
  return [
    { name: heading, data: bars.map(({ label }) => label) },
    ...(bars.some(({ note }) => note !== '') ? [{ name: 'Range', data: bars.map(({ note }) => note) }] : []),
    { name: 'Bar', data: bars.map(({ name }) => name) },
    { name: `${axis}, from`, data: bars.map(({ from }) => from) },
    { name: `${axis}, to`, data: bars.map(({ to }) => to) },
  ];
}

const degrees = (angle_rad: number): number => (angle_rad * 180) / Math.PI;

function dropColumns({ angle_rad, band_rad, roughness, verdict }: DropFigure): readonly TableColumn[] {
  return [
    { name: 'Contact angle / °', data: [degrees(angle_rad)] },
    { name: 'Contact angle / °, low', data: [degrees(band_rad[0])] },
    { name: 'Contact angle / °, high', data: [degrees(band_rad[1])] },
    { name: 'Roughness', data: [roughness] },
    { name: 'Verdict', data: [verdict] },
  ];
}

function elementColumns({ elements }: LithiumMap): readonly TableColumn[] {
  const each = <T>(pick: (one: (typeof elements)[number]) => T): T[] => elements.map(pick);
  return [
    { name: 'Element', data: each(({ element }) => element) },
    { name: 'Beside lithium', data: each(({ verdict }) => verdict) },
    { name: 'Evidence', data: each(({ evidence }) => evidence) },
    { name: 'Within its error', data: each(({ isClose }) => (isClose ? 'yes' : 'no')) },
    { name: 'Forms', data: each(({ product }) => product ?? '') },
    { name: 'Gibbs energy per lithium / J/mol', data: each(({ perLithium_J_per_mol }) => perLithium_J_per_mol) },
    { name: 'Potential against Li/Li+ / V', data: each(({ potential_V }) => potential_V) },
    { name: 'Enthalpy of alloying / J/mol', data: each(({ alloyEnthalpy_J_per_mol }) => alloyEnthalpy_J_per_mol) },
    { name: 'Solubility in molten lithium', data: each(({ solubility }) => solubility) },
    { name: 'Review says', data: each(({ reviewed }) => reviewed?.named ?? '') },
    { name: 'Agrees', data: each(({ agrees }) => (agrees === null ? '' : agrees ? 'yes' : 'no')) },
    { name: 'Kind', data: each(({ tag }) => tag ?? '') },
    { name: 'Source', data: each(({ source }) => source) },
  ];
}

const CAPTION_px = 11;
const CAPTION_LINE_px = 15;
const CAPTION_LINES_MAX = 3;
/** Mean width of a letter in parts of its size. */
const LETTER_WIDTH = 0.53;

/**
 * A drawing of `anySvg` with small print under it that says what made it. A long text is cut; the whole of it stands in `<desc>`. The
 * width stays.
 */
export function withCaption(svg: string, caption: string): string {
  const { start, width_px, height_px } = openingOf(svg);
  const letters = Math.floor((width_px - 24) / (LETTER_WIDTH * CAPTION_px));
  const all = linesOf(caption, letters).flatMap((line) => cutIn(line, letters));
  const lines =
    all.length <= CAPTION_LINES_MAX
      ? all
      : [...all.slice(0, CAPTION_LINES_MAX - 1), `${all[CAPTION_LINES_MAX - 1]!.slice(0, letters - 1)}…`];
  const from = height_px;
  const to = from + CAPTION_LINE_px * lines.length + 8;
  const grown = start
    .replace(/ height="[\d.]+"/u, ` height="${to}"`)
    .replace(/ viewBox="[^"]*"/u, ` viewBox="0 0 ${width_px} ${to}"`);
  const words = lines.map(
    (line, k) =>
      `<text x="12" y="${from + CAPTION_LINE_px * (k + 1) - 3}" font-family="Arial, Helvetica, sans-serif" font-size="${CAPTION_px}" fill="#555555">${escapeXml(line)}</text>`,
  );
  const strip = `<rect x="0" y="${from}" width="${width_px}" height="${to - from}" fill="#ffffff"/>`;
  const body = svg.slice(start.length);
  const end = body.lastIndexOf('</svg>');
  const described = body.slice(0, end).replace('</title>', `</title>\n<desc>${escapeXml(caption)}</desc>`);
  return `${grown}${described}${strip}\n${words.join('\n')}\n</svg>\n`;
}

/** The opening tag without its bracket, and the size that it states. */
function openingOf(svg: string): { readonly start: string; readonly width_px: number; readonly height_px: number } {
  const start = /^<svg [^>]*/u.exec(svg)![0];
  const size = (name: string): number => Number(new RegExp(` ${name}="([\\d.]+)"`, 'u').exec(start)![1]);
  return { start, width_px: size('width'), height_px: size('height') };
}

/** A word that is longer than a line, in pieces. */
function cutIn(line: string, letters: number): readonly string[] {
  return Array.from({ length: Math.max(1, Math.ceil(line.length / letters)) }, (_, k) =>
    line.slice(k * letters, (k + 1) * letters),
  );
}

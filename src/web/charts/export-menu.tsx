// What leaves the page: the figure as SVG or PNG, its data as CSV, the words and sources that belong to it, and the command that makes
// the same in a shell. Everything is made in the tab and saved from there.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Figure } from '../../figures/index.ts';
import { Menu } from '../parts/menu.tsx';
import { saveBlob, saveText } from '../parts/save.ts';
import { figureCsv } from './figure-csv.ts';

export interface ExportContext {
  /** Name of the files, without ending. */
  readonly name: string;
  /** The shell command that gives the same numbers. */
  readonly command?: string;
  /** More that can be saved, such as the record as Parquet or the cell file. */
  readonly more?: readonly { readonly label: string; run(): void | Promise<void> }[];
}

/** Pixels of a PNG for each pixel of the figure. */
const PNG_SCALE = 3;

export function ExportMenu({
  figure,
  context,
}: {
  readonly figure: Figure;
  readonly context: ExportContext;
}): JSX.Element {
  const [fault, setFault] = useState('');
  const { name, command, more = [] } = context;
  const attempt = (run: () => void | Promise<void>) => async () => {
    try {
      setFault('');
      await run();
    } catch (error) {
      setFault(`That could not be saved: ${error instanceof Error ? error.message : String(error)}.`);
    }
  };
  const items = [
    { label: 'Figure as SVG', run: attempt(async () => saveText(await svgOf(figure), `${name}.svg`, 'image/svg+xml')) },
    { label: 'Figure as PNG', run: attempt(async () => saveBlob(await pngOf(figure), `${name}.png`)) },
    ...WIDTHS_cm.map(([label, width_cm]) => ({
      label,
      run: attempt(async () =>
        saveText(await svgOfWidth(figure, width_cm), `${name}-${width_cm}cm.svg`, 'image/svg+xml'),
      ),
    })),
    { label: 'Data as CSV', run: attempt(() => saveText(figureCsv(figure), `${name}.csv`, 'text/csv')) },
    ...more.map(({ label, run }) => ({ label, run: attempt(run) })),
    ...(command === undefined
      ? []
      : [{ label: 'Copy the shell command', run: attempt(() => navigator.clipboard.writeText(command)) }]),
  ];
  return (
    <>
      <Menu label="Export" title={`Export ${figure.title}`} items={items} />
      {fault === '' ? null : <span role="alert">{fault}</span>}
    </>
  );
}

/** Columns of journals. */
const WIDTHS_cm = [
  ['One column, 8.4 cm (SVG)', 8.4],
  ['Two columns, 17.8 cm (SVG)', 17.8],
] as const;
const PX_PER_cm = 96 / 2.54;
/** Height of a panel on paper over its width, for one column and for two. */
const PANEL_SHAPES = { 8.4: 0.78, 17.8: 0.45 } as const;

/** Laid out for its size on paper, so that letters stay as large as a journal asks for; its size is written in centimetres. */
async function svgOfWidth(figure: Figure, width_cm: 8.4 | 17.8): Promise<string> {
  const width_px = Math.round(width_cm * PX_PER_cm);
  const rows = figure.rows ?? figure.panels.map(() => 1);
  const height_px = Math.round(rows.length * width_px * PANEL_SHAPES[width_cm]) + 40;
  const svg = await svgOf({ ...figure, width_px, height_px });
  const height_cm = ((height_px / width_px) * width_cm).toFixed(3);
  return svg.replace(/^(<svg [^>]*?)width="[\d.]+" height="[\d.]+"/, `$1width="${width_cm}cm" height="${height_cm}cm"`);
}

async function svgOf(figure: Figure): Promise<string> {
  const { renderSvg } = await import('./render-svg.ts');
  return renderSvg(figure);
}

async function pngOf(figure: Figure): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([await svgOf(figure)], { type: 'image/svg+xml' }));
  try {
    const image = new Image(figure.width_px, figure.height_px);
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(PNG_SCALE * figure.width_px, PNG_SCALE * figure.height_px);
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}

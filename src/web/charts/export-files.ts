// The files that leave the page of a figure or a table, apart from the menu so that what draws and packs them is fetched with the first
// file that is saved.

import { type AnyFigure, anySvg, figureTable, withCaption } from '../../figures/index.ts';
import { type TableColumn, tableFromCsv, tableToCsv, tableToParquet } from '../../records/index.ts';

export type { AnyFigure, TableColumn };

/** What stands under every drawing: the program that made it, and how to make it again or why it cannot be. */
export function captionOf(made: string | undefined): string {
  const program = `limetal ${document.documentElement.dataset.version!}`;
  return made === undefined ? program : `${program} · ${made}`;
}

export async function svgOf(figure: AnyFigure, made: string | undefined): Promise<string> {
  return withCaption(await anySvg(figure), captionOf(made));
}

/** Pixels of a PNG for each pixel of the figure. */
const PNG_SCALE = 3;

export async function pngOf(figure: AnyFigure, made: string | undefined): Promise<Blob> {
  const svg = await svgOf(figure, made);
  const [width_px, height_px] = sizeOf(svg);
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width_px, height_px);
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(PNG_SCALE * width_px, PNG_SCALE * height_px);
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}

const sizeOf = (svg: string): readonly [width: number, height: number] => {
  const [, width, height] = /^<svg width="([\d.]+)" height="([\d.]+)"/u.exec(svg)!;
  return [Number(width), Number(height)];
};

const PX_PER_cm = 96 / 2.54;
/** Height of a panel on paper over its width, for one column and for two. */
const PANEL_SHAPES = { 8.4: 0.78, 17.8: 0.45 } as const;

/**
 * In the width of a journal's column. Curves are laid out for it, so that letters stay as large as a journal asks for; other drawings are
 * scaled. Its size is written in centimetres.
 */
export async function journalSvg(figure: AnyFigure, width_cm: 8.4 | 17.8, made: string | undefined): Promise<string> {
  const svg = await svgOf('kind' in figure ? figure : laidOutFor(figure, width_cm), made);
  const [width_px, height_px] = sizeOf(svg);
  const height_cm = ((height_px / width_px) * width_cm).toFixed(3);
  return svg.replace(/^(<svg )width="[\d.]+" height="[\d.]+"/u, `$1width="${width_cm}cm" height="${height_cm}cm"`);
}

function laidOutFor<F extends Exclude<AnyFigure, { readonly kind: string }>>(figure: F, width_cm: 8.4 | 17.8): F {
  const width_px = Math.round(width_cm * PX_PER_cm);
  const rows = figure.rows ?? figure.panels.map(() => 1);
  return { ...figure, width_px, height_px: Math.round(rows.length * width_px * PANEL_SHAPES[width_cm]) + 40 };
}

export function csvOf(content: AnyFigure | readonly TableColumn[]): string {
  return tableToCsv(columnsOf(content));
}

export async function parquetOf(content: AnyFigure | readonly TableColumn[]): Promise<Blob> {
  const bytes = await tableToParquet(columnsOf(content), captionOf(undefined));
  return new Blob([bytes], { type: 'application/vnd.apache.parquet' });
}

/** A table that is written as CSV elsewhere, such as in a worker. */
export const parquetOfCsv = (text: string): Promise<Blob> => parquetOf(tableFromCsv(text));

const columnsOf = (content: AnyFigure | readonly TableColumn[]): readonly TableColumn[] =>
  'title' in content ? figureTable(content) : content;

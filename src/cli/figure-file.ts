// Figures of an answer as one SVG document.

import type { AnyFigure } from '../figures/index.ts';
import { prepareFile, writeFiles } from './output-files.ts';

/** Before anything is computed: whether the file that `--svg` names can be written. Throws InputError. */
export function prepareFigures(path: string | undefined): void {
  if (path !== undefined) prepareFile(path, '--svg');
}

/** One above the other, under them the program that made them. */
export async function writeFigures(path: string, figures: readonly AnyFigure[], version: string): Promise<void> {
  const { anySvg, stackSvg, withCaption } = await import('../figures/index.ts');
  const drawn: string[] = [];
  for (const figure of figures) drawn.push(await anySvg(figure));
  const svg = drawn.length === 1 ? drawn[0]! : stackSvg(drawn, figures[0]!.title);
  writeFiles([{ path, content: [withCaption(svg, `limetal ${version}`)] }]);
}

// What a paper says of a computed cell: a paragraph of methods with its citations, and the bibliography that they point to. Sources are
// those of every value that the cell was given or supplied with; a DOI in their text makes a citation.

import { type Cell, formatProtocol, type MetalElectrode } from '../cells/index.ts';
import { rowById } from '../literature/index.ts';
import type { SimulationResult } from '../simulation/index.ts';
import { formatQuantity } from '../units/index.ts';
import { bibliographyOfSources, SOFTWARE_KEY, type SourceBibliography } from './bibliography.ts';

export type DescribedRun = Pick<
  SimulationResult,
  'cell' | 'protocol' | 'model' | 'cycles' | 'stop' | 'conservation' | 'sources'
>;

/** The works behind a run: those of its cell's row in the tables of the reviews, and every DOI that a source of it names. */
export function bibliographyOf({ cell, sources }: Pick<DescribedRun, 'cell' | 'sources'>): SourceBibliography {
  // The sources of a run are those of its cell, each with its place.
  const ofCell = [...cell.sources, ...cell.assumptions.map(({ source }) => source)];
  const row = rowById(cell.id);
  const cited = [row?.reference.paper, row?.provenance.paper].filter((id) => id != null);
  return bibliographyOfSources(sources.length > 0 ? sources : ofCell, cited);
}

const thicknessText = (thickness_m: number): string =>
  formatQuantity(thickness_m, thickness_m < 1e-6 ? 'nm' : 'µm', 3, 'length');

function metalText({ lithiumThickness_m, material }: MetalElectrode): string {
  const carrier = /^(none|li|lithium|)$/iu.test(material) ? '' : material;
  if (lithiumThickness_m === 0) return `bare ${carrier === '' ? 'collector' : carrier}`;
  return `lithium of ${thicknessText(lithiumThickness_m)}${carrier === '' ? '' : ` on ${carrier}`}`;
}

function cellText(cell: Cell): string {
  const { counter, working, electrolyte, separator, electrolyteVolume_m3, solid } = cell;
  const sides = `${metalText(counter)} against ${
    working.kind === 'cathode' ? `${working.material} of ${thicknessText(working.thickness_m)}` : metalText(working)
  }`;
  const between = solid
    ? `${electrolyte.name} of ${thicknessText(separator.thickness_m)} at ${formatQuantity(solid.pressure_Pa, 'MPa', 3)}`
    : `${formatQuantity(electrolyteVolume_m3, 'µL', 3)} of ${electrolyte.name} in a separator of ${thicknessText(separator.thickness_m)}`;
  return `${sides}, with ${between}, area ${formatQuantity(cell.area_m2, 'cm2', 4)}, ${formatQuantity(cell.temperature_K, '°C', 4, 'temperature')}`;
}

/** How values of a cell are known, in the order in which they are told. */
const TAGS = {
  measured: 'measured',
  published: 'published',
  computed: 'computed',
  fitted: 'fitted',
  memory: 'cited from memory',
  prior: 'modelling priors',
  assumed: 'assumed',
} as const;

/**
 * The run in words for a paper: cell, protocol, model, what was supplied and how it is known, conservation, and works in square
 * brackets by their keys in `bibliographyOf`. `command` reproduces it; `version` is that of the program.
 */
export function methodsParagraph(
  run: DescribedRun,
  { command, version }: { readonly command?: string; readonly version?: string } = {},
): string {
  const { cell, protocol, model, cycles, stop, conservation } = run;
  const { works } = bibliographyOf(run);
  const steps = formatProtocol(protocol, cell.kind).map((item) => (typeof item === 'string' ? item : item.join(', ')));
  const supplied = Object.entries(TAGS).flatMap(([tag, words]) => {
    const count = cell.assumptions.filter((one) => one.tag === tag).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const kept = Math.max(conservation.lithium, conservation.charge, conservation.salt);
  const sentences = [
    `The cell "${cell.name}" (${cell.kind}: ${cellText(cell)}) was computed with limetal${version === undefined ? '' : ` ${version}`} [${SOFTWARE_KEY}] by its ${model} model.`,
    `Protocol: ${steps.join('; ')}.`,
    `${cycles.length} cycle${cycles.length === 1 ? ' was' : 's were'} computed. ${stop.message.replace(/\.$/u, '')}.`,
    'Current is positive when the working electrode is oxidised; potentials are against Li/Li+.',
    ...(supplied.length === 0
      ? []
      : [
          `${cell.assumptions.length} values that were not given were supplied (${supplied.join(', ')}); the cell file states each with its source.`,
        ]),
    `Lithium, charge and salt were conserved to ${kept.toExponential(0)}.`,
    ...(works.length === 0 ? [] : [`Values are from [${works.map(({ key }) => key).join('; ')}].`]),
    ...(command === undefined ? [] : [`The command "${command}" computes it again.`]),
  ];
  return `${sentences.join(' ')}\n`;
}

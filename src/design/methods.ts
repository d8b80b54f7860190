// What a paper says of a computed cell: a paragraph of methods with its citations, and the bibliography that they point to. Sources are
// those of every value that the cell was given or supplied with; a DOI in their text makes a citation.

import { type Cell, formatProtocol, type MetalElectrode } from '../cells/index.ts';
import { type Paper, papers, paperToBibtex, rowById } from '../literature/index.ts';
import type { SimulationResult } from '../simulation/index.ts';
import { formatQuantity } from '../units/index.ts';

export type DescribedRun = Pick<
  SimulationResult,
  'cell' | 'protocol' | 'model' | 'cycles' | 'stop' | 'conservation' | 'sources'
>;

export interface CitedWork {
  /** Of its entry in the bibliography. */
  readonly key: string;
  readonly doi: string;
  readonly bibtex: string;
}

export interface CellBibliography {
  /** BibTeX. What has no DOI follows as remarks, which BibTeX passes over. */
  readonly text: string;
  readonly works: readonly CitedWork[];
  /** Sources in words alone, such as "modelling prior". */
  readonly inWords: readonly string[];
}

const DOI = /10\.\d{4,9}\/[^\s;,"]+/gu;
/** "Boyle 2020, " or "PyBaMM Chen2020 (" before a DOI. */
const AUTHOR_AND_YEAR = /(\p{Lu}[\p{L}'’-]+)(?: et al\.)? ?((?:19|20)\d{2}),? ?\(?$/u;

interface Mention {
  readonly doi: string;
  readonly author: string | null;
  readonly year: string | null;
  readonly isFromMemory: boolean;
}

/** A bracket or full stop that closes the sentence is none of the DOI's. */
function trimmedDoi(text: string): string {
  const doi = text.replace(/[.:]+$/u, '');
  const opened = doi.split('(').length;
  return doi.endsWith(')') && doi.split(')').length > opened ? trimmedDoi(doi.slice(0, -1)) : doi;
}

function mentionsIn(source: string): readonly Mention[] {
  return [...source.matchAll(DOI)].map((match) => {
    const [, author, year] = AUTHOR_AND_YEAR.exec(source.slice(0, match.index)) ?? [];
    const doi = trimmedDoi(match[0]);
    return { doi, author: author ?? null, year: year ?? null, isFromMemory: source.includes('from memory') };
  });
}

const plainKey = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .toLowerCase();

function entryOf({ doi, author, year, isFromMemory }: Mention, key: string): string {
  const fields = [
    ['author', author === null ? null : `${author} and others`],
    ['year', year],
    ['doi', doi],
    ['note', isFromMemory ? 'cited from memory; not checked against the publisher' : null],
  ].filter(([, value]) => value !== null);
  return `@misc{${key},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}\n`;
}

/** The works behind a run: those of its cell's row in the tables of the reviews, and every DOI that a source of it names. */
export function bibliographyOf({ cell, sources }: Pick<DescribedRun, 'cell' | 'sources'>): CellBibliography {
  // The sources of a run are those of its cell, each with its place.
  const ofCell = [...cell.sources, ...cell.assumptions.map(({ source }) => source)];
  const texts = [...new Set(sources.length > 0 ? sources : ofCell)];
  const byDoi = new Map<string, CitedWork>();
  const keys = new Set<string>();
  const addPaper = (paper: Paper | undefined): void => {
    if (paper === undefined || paper.doi === null || byDoi.has(paper.doi)) return;
    keys.add(paper.id);
    byDoi.set(paper.doi, { key: paper.id, doi: paper.doi, bibtex: paperToBibtex(paper) });
  };
  const row = rowById(cell.id);
  const known = papers();
  for (const id of row === undefined ? [] : [row.reference.paper, row.provenance.paper]) {
    addPaper(known.find((paper) => paper.id === id));
  }
  for (const mention of texts.flatMap(mentionsIn)) {
    if (byDoi.has(mention.doi)) continue;
    const paper = known.find(({ doi }) => doi === mention.doi);
    if (paper !== undefined) {
      addPaper(paper);
      continue;
    }
    const stem = plainKey(mention.author === null ? mention.doi : `${mention.author}-${mention.year}`);
    let key = stem;
    for (let k = 2; keys.has(key); k++) key = `${stem}-${k}`;
    keys.add(key);
    byDoi.set(mention.doi, { key, doi: mention.doi, bibtex: entryOf(mention, key) });
  }
  const works = [...byDoi.values()];
  const inWords = texts.filter((text) => mentionsIn(text).length === 0);
  const remarks = inWords.map((text) => `% ${text}\n`).join('');
  const entries = [SOFTWARE, ...works.map(({ bibtex }) => bibtex)].join('\n');
  const rest = remarks === '' ? '' : `\n% Values without a work to cite:\n${remarks}`;
  return { text: `${entries}${rest}`, works, inWords };
}

const SOFTWARE_KEY = 'limetal';
const SOFTWARE = `@software{${SOFTWARE_KEY},\n  title = {limetal, an open workbench for lithium-metal anodes},\n}\n`;

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

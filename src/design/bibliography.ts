// The works behind numbers: every DOI that a source names becomes an entry of a bibliography, in full where the reviews cite the work.

import { type Paper, papers, paperToBibtex } from '../literature/index.ts';

export interface CitedWork {
  /** Of its entry in the bibliography. */
  readonly key: string;
  readonly doi: string;
  readonly bibtex: string;
}

export interface SourceBibliography {
  /** BibTeX. What has no DOI follows as remarks, which BibTeX passes over. */
  readonly text: string;
  readonly works: readonly CitedWork[];
  /** Sources in words alone, such as "modelling prior". */
  readonly inWords: readonly string[];
}

const DOI = /10\.\d{4,9}\/[^\s;,"]+/gu;
/** "Boyle 2020", "Monroe and Newman 2005" or "PyBaMM Chen2020" before a DOI. */
const AUTHOR_AND_YEAR = /(\p{Lu}[\p{L}'’-]+)(?: and \p{Lu}[\p{L}'’-]+| et al\.)? ?((?:1[789]|20)\d{2})(?!\d)/gu;

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
  let end = 0;
  return [...source.matchAll(DOI)].map((match) => {
    // Of what stands between two DOIs the last name belongs to the second; a semicolon begins another work.
    const before = source.slice(end, match.index).split(';').at(-1)!;
    end = match.index + match[0].length;
    const [, author, year] = [...before.matchAll(AUTHOR_AND_YEAR)].at(-1) ?? [];
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

/** The works that `texts` name by their DOI, after those of the library with the ids `cited`. */
export function bibliographyOfSources(sources: readonly string[], cited: readonly string[] = []): SourceBibliography {
  const texts = [...new Set(sources)];
  const byDoi = new Map<string, CitedWork>();
  const keys = new Set<string>();
  const addPaper = (paper: Paper | undefined): void => {
    if (paper === undefined || paper.doi === null || byDoi.has(paper.doi)) return;
    keys.add(paper.id);
    byDoi.set(paper.doi, { key: paper.id, doi: paper.doi, bibtex: paperToBibtex(paper) });
  };
  const known = papers();
  for (const id of cited) addPaper(known.find((paper) => paper.id === id));
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

/** Key of limetal itself in every bibliography. */
export const SOFTWARE_KEY = 'limetal';
const SOFTWARE = `@software{${SOFTWARE_KEY},\n  title = {limetal, an open workbench for lithium-metal anodes},\n}\n`;

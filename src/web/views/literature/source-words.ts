// Where a row comes from, and what its numbers mean, in words.

import type { Conditions, LiteratureRow, Paper, Quantity } from '../../../literature/index.ts';

export const nothingGiven = (printed: string): boolean => /^\s*[-–—]?\s*$/.test(printed);

export const paperOf = (id: string | null, papers: readonly Paper[]): Paper | undefined =>
  papers.find((paper) => paper.id === id);

/** "Wang, H. et al. Wrinkled graphene cages … Nano Lett. (2019)", as far as it is known. */
export function citation({ authors, title, journal, year, doi }: Paper): string {
  const where = [journal, year === null ? null : `(${year})`].filter((part) => part !== null).join(' ');
  const parts = [authors, title, where === '' ? null : where].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? (doi ?? '') : parts.map((part) => part!.replace(/[.\s]+$/, '')).join('. ');
}

/** Whether a DOI was looked up; a sentence, or nothing where it was. */
export const doiDoubt = ({ doiTag }: Paper): string =>
  doiTag === 'memory' ? 'This DOI has not been checked against the publisher.' : '';

/** Who did the work. */
export function workWords(row: LiteratureRow, papers: readonly Paper[]): string {
  const paper = paperOf(row.reference.paper, papers);
  if (paper !== undefined) return citation(paper);
  if (row.table === 'own') return row.reference.printed;
  return `reference ${row.reference.printed} of the review; the work itself is not known surely here`;
}

const HOW: Readonly<Record<string, string>> = {
  'reported-text': 'taken from the text',
  'reported-table': 'taken from the table',
  digitised: 'digitised from a figure',
  'author-raw': 'the author’s own numbers',
  computed: 'computed',
};

/** Which table of which paper prints it, and who took it from there. */
export function printedWords({ provenance, table }: LiteratureRow, papers: readonly Paper[]): string {
  const paper = paperOf(provenance.paper, papers);
  const named = paper === undefined ? '' : `, ${paper.authors ?? paper.title ?? paper.doi ?? ''}`;
  const year = paper?.year == null ? '' : ` ${paper.year}`;
  const own = table === 'own' ? '' : ` (table ${table} here)`;
  return `${provenance.locator}${own}${named}${year}; ${HOW[provenance.how]}, ${provenance.curator}, ${provenance.date}`;
}

export function conditionWords(conditions: Conditions | undefined): string {
  if (conditions === undefined) return '';
  const { currentDensity_mA_per_cm2: j, arealCapacity_mAh_per_cm2: q, cRate, cycles, time_h, rest_h } = conditions;
  const { temperature_degC, cell, electrolyte } = conditions;
  return [
    j === undefined ? '' : `${j} mA cm⁻²`,
    q === undefined ? '' : `${q} mAh cm⁻²`,
    cRate === undefined ? '' : `${cRate} C`,
    cycles === undefined ? '' : `${cycles} cycles`,
    time_h === undefined ? '' : `${time_h} h`,
    rest_h === undefined ? '' : `after ${rest_h} h of standing`,
    temperature_degC === undefined ? '' : `${temperature_degC} °C`,
    cell ?? '',
    electrolyte ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

const BOUNDS: Readonly<Record<Quantity['bound'], string>> = {
  exact: '',
  approximate: 'about ',
  'less-than': 'less than ',
  'greater-than': 'more than ',
  range: '',
};

/** "coulombic efficiency: about 99.1 %". */
export function quantityWords({ kind, bound, value, value_max, unit, unitCorrected }: Quantity): string {
  const range = value_max === undefined ? '' : ` to ${value_max}`;
  return `${kind.replaceAll('-', ' ')}: ${BOUNDS[bound]}${value}${range} ${unitCorrected ?? unit}`;
}

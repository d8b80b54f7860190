// What the tables of the reviews report of a built-in system, fetched only where the cell is one of them.

import {
  MEANINGS,
  type Paper,
  papers,
  type Quantity,
  quantitiesOf,
  quantityInSI,
  rowById,
} from '../../literature/index.ts';

export interface ReportedOfCell {
  /** As printed, with what it is of and with the unit that a column's heading prints. */
  readonly values: readonly {
    readonly what: string;
    readonly text: string;
    readonly meaning: string;
    /** Which row of which table prints it. */
    readonly source: string;
    /** Of the work itself, where it is known surely, else of the review. */
    readonly doi: string | null;
  }[];
  /** Efficiency of lithium, a fraction; null where none is reported. */
  readonly efficiency: number | null;
}

/** Empty for a cell that is in no table. */
export function reportedOf(id: string): ReportedOfCell {
  const row = rowById(id);
  if (row === undefined) return { values: [], efficiency: null };
  const { reference, provenance } = row;
  const paper = (id: string | null): Paper | undefined => papers().find((one) => one.id === id);
  const doi = paper(reference.paper)?.doi ?? paper(provenance.paper)?.doi ?? null;
  const source = `row ${row.id}, ${provenance.locator}; reference ${reference.printed} of the review`;
  const ofLithium = quantitiesOf(row, 'coulombic-efficiency').find(({ means }) => means === 'lithium-efficiency');
  return {
    values: row.entries
      .flatMap(({ quantities }) => quantities)
      .map((quantity) => ({
        what: sentence(quantity.kind.replaceAll('-', ' ')),
        text: withUnit(quantity),
        meaning: MEANINGS[quantity.means],
        source,
        doi,
      })),
    efficiency: ofLithium === undefined ? null : fractionOf(ofLithium),
  };
}

const sentence = (words: string): string => `${words[0]!.toUpperCase()}${words.slice(1)}`;

/** What is printed without its unit gets that of its column; one that is corrected says so. */
function withUnit({ printed, unit, unitCorrected }: Quantity): string {
  if (unitCorrected !== undefined) return `${printed} (${unitCorrected} is meant)`;
  return unit === '1' || /[a-zA-Z%°Ωμ]/.test(printed) ? printed : `${printed} ${unit}`;
}

const fractionOf = (quantity: Quantity): number | null => quantityInSI(quantity)?.value_SI ?? null;

// What the tables of the reviews report of a built-in system, fetched only where the cell is one of them.

import { MEANINGS, type Quantity, quantitiesOf, quantityInSI, rowById } from '../../literature/index.ts';

export interface ReportedOfCell {
  readonly values: readonly { readonly text: string; readonly meaning: string }[];
  /** Efficiency of lithium, a fraction; null where none is reported. */
  readonly efficiency: number | null;
}

/** Empty for a cell that is in no table. */
export function reportedOf(id: string): ReportedOfCell {
  const row = rowById(id);
  if (row === undefined) return { values: [], efficiency: null };
  const ofLithium = quantitiesOf(row, 'coulombic-efficiency').find(({ means }) => means === 'lithium-efficiency');
  return {
    values: row.entries
      .flatMap(({ quantities }) => quantities)
      .map(({ printed, means }) => ({ text: printed, meaning: MEANINGS[means] })),
    efficiency: ofLithium === undefined ? null : fractionOf(ofLithium),
  };
}

const fractionOf = (quantity: Quantity): number | null => quantityInSI(quantity)?.value_SI ?? null;

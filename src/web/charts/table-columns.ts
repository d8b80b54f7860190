// The rows of a table as columns of numbers and texts, to be saved. Numbers are whole here, whatever is shown of them.

import type { TableColumn } from '../../records/index.ts';

export type TableValue = number | string | null;

/** One column for each pick, named by its key, which has the unit. A column with any text is one of texts. */
export function columnsOf<Row>(
  rows: readonly Row[],
  picks: Readonly<Record<string, (row: Row) => TableValue>>,
): readonly TableColumn[] {
  return Object.entries(picks).map(([name, pick]): TableColumn => {
    const values = rows.map(pick);
    return values.some((value) => typeof value === 'string')
      ? { name, data: values.map((value) => (value === null ? '' : String(value))) }
      : { name, data: values.map((value) => (typeof value === 'number' && !Number.isNaN(value) ? value : null)) };
  });
}

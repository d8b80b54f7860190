// Any table of numbers and texts as comma-separated text, beside the same table as Parquet.

import { quoteField } from './delimited.ts';
import type { TableColumn } from './parquet.ts';
import { formatDouble } from './table.ts';

const fieldOf = (value: number | string | null | undefined): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' ? formatDouble(value) : quoteField(value);
};

/**
 * RFC 4180 with CRLF, one header line; every double reads back bit for bit, what is not defined is an empty field, and a column that is
 * shorter than others ends in empty fields.
 */
export function tableToCsv(columns: readonly TableColumn[]): string {
  const rows = Math.max(0, ...columns.map(({ data }) => data.length));
  const lines = [columns.map(({ name }) => quoteField(name)).join(',')];
  for (let row = 0; row < rows; row++) lines.push(columns.map(({ data }) => fieldOf(data[row])).join(','));
  return [...lines, ''].join('\r\n');
}

// Any table of numbers and texts as comma-separated text, beside the same table as Parquet.

import { quoteField, scanDelimited } from './delimited.ts';
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

const isNumber = (field: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu.test(field);

/**
 * The columns of comma-separated text with one header line. A column is one of numbers where every field that is not empty is one, and some
 * field is; of texts otherwise. Fields beyond the header are dropped.
 */
export function tableFromCsv(text: string): readonly TableColumn[] {
  const rows: (readonly string[])[] = [];
  scanDelimited(text, (fields) => void rows.push(fields));
  const [header = [], ...lines] = rows;
  return header.map((name, c): TableColumn => {
    const fields = lines.map((line) => line[c] ?? '');
    const given = fields.filter((field) => field !== '');
    return given.length > 0 && given.every(isNumber)
      ? { name, data: fields.map((field) => (field === '' ? null : Number(field))) }
      : { name, data: fields };
  });
}

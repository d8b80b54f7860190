// The data of a figure as CSV: each series with its own pair of columns, since two series rarely share their x.

import type { Figure } from '../../figures/index.ts';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180 with CRLF; every double reads back bit for bit, a gap is empty. */
export function figureCsv({ panels }: Figure): string {
  const columns: { readonly heading: string; readonly values: Float64Array }[] = [];
  for (const panel of panels) {
    for (const series of panel.series) {
      const axis = series.side === 'right' && panel.right !== null ? panel.right : panel.left;
      const of = series.name === '' ? '' : ` (${series.name})`;
      columns.push(
        { heading: `${panel.x.name}${of}`, values: series.x },
        { heading: `${axis.name}${of}`, values: series.y },
      );
      if (series.low !== undefined) columns.push({ heading: `${axis.name}, low${of}`, values: series.low });
      if (series.high !== undefined) columns.push({ heading: `${axis.name}, high${of}`, values: series.high });
    }
  }
  const rows = Math.max(0, ...columns.map(({ values }) => values.length));
  const lines = [columns.map(({ heading }) => quoted(heading)).join(',')];
  for (let row = 0; row < rows; row++) {
    lines.push(
      columns
        .map(({ values }) => (row < values.length && !Number.isNaN(values[row]!) ? String(values[row]!) : ''))
        .join(','),
    );
  }
  return [...lines, ''].join('\r\n');
}

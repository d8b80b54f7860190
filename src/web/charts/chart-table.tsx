// The numbers of a figure as a table, which a screen reader reads and a person can check.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Figure } from '../../figures/index.ts';
import { numberText } from './number-text.ts';

/** Rows of one series that the table lists; exports have all. */
const ROWS_MAX = 100;

export function ChartTable({ figure }: { readonly figure: Figure }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Table</summary>
      {isOpen
        ? figure.panels.flatMap((panel, p) =>
            panel.series.map((series, s) => {
              const axis = series.side === 'right' && panel.right !== null ? panel.right : panel.left;
              const rows = Math.min(ROWS_MAX, series.x.length);
              return (
                <div class="scroll" key={`${p} ${s}`}>
                  <table>
                    <caption>
                      {series.name === '' ? figure.title : series.name}
                      {rows < series.x.length
                        ? ` (the first ${rows} of ${series.x.length} rows; an export has all)`
                        : ''}
                    </caption>
                    <thead>
                      <tr>
                        <th scope="col">{panel.x.name}</th>
                        <th scope="col">{axis.name}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {Array.from({ length: rows }, (_, row) => (
                        <tr key={row}>
                          <td>{numberText(series.x[row]!, 6)}</td>
                          <td>{numberText(series.y[row]!, 6)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              );
            }),
          )
        : null}
    </details>
  );
}

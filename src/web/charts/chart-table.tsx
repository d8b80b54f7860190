// The numbers of a figure as a table, which a screen reader reads and a person can check.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Figure } from '../../figures/index.ts';
import type { Sourced } from '../parts/source-card.tsx';
import { SourcedCell, SourcedTable } from '../parts/sourced-table.tsx';
import { numberText } from './number-text.ts';

/** "Voltage / V" as its name and its unit. */
const namedAxis = (name: string): readonly [name: string, unit: string] => {
  const cut = name.indexOf(' / ');
  return cut < 0 ? [name, ''] : [name.slice(0, cut), name.slice(cut + 3)];
};

/** Rows of one series that the table lists; exports have all. */
const ROWS_MAX = 100;

export function ChartTable({
  figure,
  source,
}: {
  readonly figure: Figure;
  /** What the figure was made of: mostly the shell command that makes it again. */
  readonly source: string;
}): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  /** Of a cell `panel series row x|y`, such as "0 1 17 y". */
  const sourcedAt = (place: string): Sourced | null => {
    const [p, s, row, which] = place.split(' ');
    const panel = figure.panels[Number(p)];
    const series = panel?.series[Number(s)];
    const [x, y] = [series?.x[Number(row)], series?.y[Number(row)]];
    if (panel === undefined || series === undefined || x === undefined || y === undefined) return null;
    const axis = series.side === 'right' && panel.right !== null ? panel.right : panel.left;
    const [name, unit] = namedAxis(which === 'x' ? panel.x.name : axis.name);
    const [across, acrossUnit] = namedAxis(panel.x.name);
    return {
      label: series.name === '' ? name : `${series.name}: ${name}`,
      value: which === 'x' ? x : y,
      unit,
      tag: /^(measured|reported)/i.test(series.name) ? series.name.split(/[\s:,]/)[0]!.toLowerCase() : 'computed',
      source,
      note: `Row ${Number(row) + 1} of “${figure.title}”${which === 'x' ? '' : `, at ${across} ${numberText(x, 6)} ${acrossUnit}`.trimEnd()}.`,
    };
  };
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
                  <SourcedTable sourcedAt={sourcedAt}>
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
                          <td>
                            <SourcedCell at={`${p} ${s} ${row} x`}>{numberText(series.x[row]!, 6)}</SourcedCell>
                          </td>
                          <td>
                            <SourcedCell at={`${p} ${s} ${row} y`}>{numberText(series.y[row]!, 6)}</SourcedCell>
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </SourcedTable>
                </div>
              );
            }),
          )
        : null}
    </details>
  );
}

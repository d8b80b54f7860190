// A sum and what it is made of, the largest part first: bars for the eye, a table for everybody.

import type { JSX } from 'preact';
import { type BarFigure, barLimits } from '../../../figures/index.ts';
import { type ExportContext, ExportMenu } from '../../charts/export-menu.tsx';
import { numberText } from '../../charts/number-text.ts';
import type { Sourced } from '../../parts/sourced.tsx';
import { SourcedCell, SourcedTable } from '../../parts/sourced-table.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { equationOfCause } from './causes.ts';

interface CauseBarsProps {
  readonly figure: BarFigure;
  readonly unit: string;
  readonly exported: ExportContext;
  /** What it was computed from. */
  readonly source: string;
}

export function CauseBars({ figure, unit, exported, source }: CauseBarsProps): JSX.Element {
  const { title, rows } = figure;
  const one = (label: string, value: number, equation: string): Sourced => ({
    label,
    value,
    unit,
    tag: 'computed',
    source,
    equation,
  });
  const sum = one(
    title,
    rows.reduce((all, { value }) => all + (value ?? 0), 0),
    'the sum of the parts below',
  );
  const sourcedAt = (place: string): Sourced | null => {
    const row = rows[Number(place)];
    return row === undefined ? null : one(row.label, row.value ?? 0, equationOfCause(row.label));
  };
  const most = Math.max(...barLimits(figure).map(Math.abs));
  return (
    <>
      <div class="heading">
        <h2>
          <SourcedText text={title} numbers={[sum]} basis={{ label: 'Cycle', tag: 'chosen', source }} />
        </h2>
        <ExportMenu title={title} figure={figure} context={exported} />
      </div>
      {rows.length === 0 ? <p class="hint">Nothing.</p> : null}
      <SourcedTable class="bars" label={title} sourcedAt={sourcedAt}>
        <tbody>
          {rows.map(({ label, value }, row) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>
                <SourcedCell at={String(row)}>
                  {numberText(value ?? 0, 3)} {unit}
                </SourcedCell>
              </td>
              <td class="bar" aria-hidden="true">
                <span style={{ width: `${(100 * Math.abs(value ?? 0)) / most}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </SourcedTable>
    </>
  );
}

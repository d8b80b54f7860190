// A sum and what it is made of, the largest part first: bars for the eye, a table for everybody.

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { type BarFigure, barLimits } from '../../../figures/index.ts';
import { type ExportContext, ExportMenu } from '../../charts/export-menu.tsx';
import { numberText } from '../../charts/number-text.ts';

interface CauseBarsProps {
  readonly figure: BarFigure;
  readonly unit: string;
  readonly exported: ExportContext;
}

export function CauseBars({ figure, unit, exported }: CauseBarsProps): JSX.Element {
  const id = useId();
  const { title, rows } = figure;
  const most = Math.max(...barLimits(figure).map(Math.abs));
  return (
    <>
      <div class="heading">
        <h2 id={id}>{title}</h2>
        <ExportMenu title={title} figure={figure} context={exported} />
      </div>
      {rows.length === 0 ? <p class="hint">Nothing.</p> : null}
      <table class="bars" aria-labelledby={id}>
        <tbody>
          {rows.map(({ label, value }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>
                {numberText(value ?? 0, 3)} {unit}
              </td>
              <td class="bar" aria-hidden="true">
                <span style={{ width: `${(100 * Math.abs(value ?? 0)) / most}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

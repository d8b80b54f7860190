// A sum and what it is made of, the largest part first: bars for the eye, a table for everybody.

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { numberText } from '../../charts/number-text.ts';

interface CauseBarsProps {
  readonly title: string;
  readonly unit: string;
  /** By cause, such as `dead_working`. */
  readonly parts: Readonly<Record<string, number>>;
}

/** Parts below this share of the sum stand together. */
const SHARE_SHOWN = 0.005;

export function CauseBars({ title, unit, parts }: CauseBarsProps): JSX.Element {
  const id = useId();
  const all = Object.entries(parts)
    .filter(([, value]) => value !== 0)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  const size = all.reduce((sum, [, value]) => sum + Math.abs(value), 0);
  const shown = all.filter(([, value]) => Math.abs(value) >= SHARE_SHOWN * size);
  const rest = all.slice(shown.length).reduce((sum, [, value]) => sum + value, 0);
  const rows = rest === 0 ? shown : [...shown, ['all others', rest] as const];
  const most = Math.max(...rows.map(([, value]) => Math.abs(value)), 1e-300);
  return (
    <>
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? <p class="hint">Nothing.</p> : null}
      <table class="bars" aria-labelledby={id}>
        <tbody>
          {rows.map(([cause, value]) => (
            <tr key={cause}>
              <th scope="row">{cause.replaceAll('_', ' ')}</th>
              <td>
                {numberText(value, 3)} {unit}
              </td>
              <td class="bar" aria-hidden="true">
                <span style={{ width: `${(100 * Math.abs(value)) / most}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

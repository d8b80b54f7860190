// What a sum is made of: a bar for each part, each from where the one before it ended, and under them the whole. It is a table, so that
// whoever cannot see the bars reads the same; a thin line through a bar is the band of that part.

import type { JSX } from 'preact';
import { type BarFigure, bandPlace, barLimits } from '../../figures/index.ts';
import { type ExportContext, ExportLine } from '../charts/export-menu.tsx';
import { numberText } from '../charts/number-text.ts';
import { type Sourced, SourcedValue } from './sourced.tsx';

export interface WaterfallProps {
  readonly figure: BarFigure;
  readonly unit: string;
  /** Where the number of each row comes from, told on a click. */
  readonly sourced: readonly Sourced[];
  readonly exported: ExportContext;
}

export function Waterfall({ figure, unit, sourced, exported }: WaterfallProps): JSX.Element {
  const { title } = figure;
  const [min, max] = barLimits(figure);
  const whole = figure.rows.at(-1)!.value ?? 0;
  const percentAt = (value: number): number => (100 * (Math.min(max, Math.max(min, value)) - min)) / (max - min);
  const span = (from: number, to: number): { readonly left: string; readonly width: string } => {
    const [low, high] = [percentAt(Math.min(from, to)), percentAt(Math.max(from, to))];
    return { left: `${low}%`, width: `${high - low}%` };
  };
  return (
    <>
      <ExportLine title={title} figure={figure} context={exported} />
      <table class="waterfall">
        <caption>
          {title} / {unit}
        </caption>
        <thead>
          <tr>
            <th scope="col" class="text">
              Part
            </th>
            <th scope="col" class="bars">
              <span class="unseen">Share of the whole</span>
            </th>
            <th scope="col">{unit}</th>
            <th scope="col">Band</th>
          </tr>
        </thead>
        <tbody>
          {figure.rows.map((row, k) => {
            const { label, bars, band, isWhole } = row;
            const value = row.value ?? 0;
            const of = sourced[k];
            const ends = bandPlace(row);
            return (
              <tr key={label} class={isWhole ? 'whole' : ''}>
                <th scope="row">{label}</th>
                <td class="bars">
                  <span class="unseen">{whole === 0 ? '' : `${numberText((100 * value) / whole, 2)} %`}</span>
                  <div class="track" aria-hidden="true">
                    {bars.map(({ from, to }) => (
                      <i key={from} class={to < from ? 'bar back' : 'bar'} style={span(from, to)} />
                    ))}
                    {ends === null ? null : <i class="band" style={span(ends[0], ends[1])} />}
                    {ends === null || ends[1] <= max ? null : <i class="beyond">›</i>}
                  </div>
                </td>
                <td>{of === undefined ? numberText(value, 3) : <Plain of={of} />}</td>
                <td class="range">{band === null || band[0] === band[1] ? null : <Band band={band} of={of} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

function Band({
  band,
  of,
}: {
  readonly band: readonly [number, number];
  readonly of: Sourced | undefined;
}): JSX.Element {
  const text = `${numberText(band[0], 2)} to ${numberText(band[1], 2)}`;
  if (of === undefined) return <>{text}</>;
  return <SourcedValue of={{ ...of, label: `${of.label}, band`, shown: `${text} ${of.unit}` }}>{text}</SourcedValue>;
}

/** The number without its unit, which the column has. */
function Plain({ of }: { readonly of: Sourced }): JSX.Element {
  return <SourcedValue of={of}>{typeof of.value === 'number' ? numberText(of.value, 3) : of.value}</SourcedValue>;
}

// What a sum is made of: a bar for each part, each from where the one before it ended, and under them the whole. It is a table, so that
// whoever cannot see the bars reads the same; a thin line through a bar is the band of that part.

import type { JSX } from 'preact';
import { numberText } from '../charts/number-text.ts';
import { type Sourced, SourcedValue } from './sourced.tsx';

export interface WaterfallPart {
  readonly label: string;
  /** In the unit of the waterfall; negative for what is gained back. */
  readonly value: number;
  readonly band?: readonly [number, number] | null;
  /** Where the number comes from, told on a click; its value and unit are printed as they stand there. */
  readonly sourced?: Sourced;
}

export interface WaterfallProps {
  readonly title: string;
  readonly unit: string;
  readonly parts: readonly WaterfallPart[];
  /** The whole; the sum of the parts where it is not given. */
  readonly total?: WaterfallPart;
}

/** A band that ends further out than this many times the bars is cut there: the bars are what is compared. */
const BAND_ROOM = 1.8;

export function Waterfall({ title, unit, parts, total }: WaterfallProps): JSX.Element {
  const ends: number[] = [];
  let sum = 0;
  for (const { value } of parts) {
    sum += value;
    ends.push(sum);
  }
  const whole: WaterfallPart = total ?? { label: 'total', value: sum };
  const rows = [
    ...parts.map((part, k) => ({ part, from: ends[k]! - part.value, isWhole: false })),
    { part: whole, from: 0, isWhole: true },
  ];
  const most = Math.max(...ends, whole.value, 0);
  const least = Math.min(...ends, whole.value, 0);
  const bandEnds = rows.flatMap(({ part, from }) => (part.band ?? []).map((end) => from + end));
  const max = Math.max(most, Math.min(Math.max(...bandEnds, most), BAND_ROOM * most)) || 1;
  const min = Math.min(least, Math.max(Math.min(...bandEnds, least), BAND_ROOM * least));
  const percentAt = (value: number): number => (100 * (Math.min(max, Math.max(min, value)) - min)) / (max - min);
  const span = (from: number, to: number): { readonly left: string; readonly width: string } => {
    const [low, high] = [percentAt(Math.min(from, to)), percentAt(Math.max(from, to))];
    return { left: `${low}%`, width: `${high - low}%` };
  };
  return (
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
        {rows.map(({ part, from, isWhole }) => (
          <tr key={part.label} class={isWhole ? 'whole' : ''}>
            <th scope="row">{part.label}</th>
            <td class="bars">
              <span class="unseen">
                {whole.value === 0 ? '' : `${numberText((100 * part.value) / whole.value, 2)} %`}
              </span>
              <div class="track" aria-hidden="true">
                <i class={part.value < 0 ? 'bar back' : 'bar'} style={span(from, from + part.value)} />
                {part.band == null ? null : <i class="band" style={span(from + part.band[0], from + part.band[1])} />}
                {part.band == null || from + part.band[1] <= max ? null : <i class="beyond">›</i>}
              </div>
            </td>
            <td>{part.sourced === undefined ? numberText(part.value, 3) : <Plain of={part.sourced} />}</td>
            <td class="range">{part.band == null || part.band[0] === part.band[1] ? null : <Band of={part} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Band({ of: { band, sourced } }: { readonly of: WaterfallPart }): JSX.Element {
  const text = `${numberText(band![0], 2)} to ${numberText(band![1], 2)}`;
  if (sourced === undefined) return <>{text}</>;
  return (
    <SourcedValue of={{ ...sourced, label: `${sourced.label}, band`, shown: `${text} ${sourced.unit}` }}>
      {text}
    </SourcedValue>
  );
}

/** The number without its unit, which the column has. */
function Plain({ of }: { readonly of: Sourced }): JSX.Element {
  return <SourcedValue of={of}>{typeof of.value === 'number' ? numberText(of.value, 3) : of.value}</SourcedValue>;
}

// A number that answers when it is clicked: value, unit, where it comes from, how far it is to be believed, and by which equation.

import type { ComponentChildren, JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { numberText } from '../charts/number-text.ts';

export interface Sourced {
  readonly label: string;
  readonly value: number | string;
  /** Printed after the value; empty for a pure number. */
  readonly unit: string;
  /** Lower and upper end where the value is uncertain. */
  readonly band?: readonly [number, number] | null;
  /** 'measured', 'fitted here', 'prior', 'computed', 'reported', 'typed'. */
  readonly tag: string;
  /** Paper, table or file; for a computed value what it was computed from. */
  readonly source: string;
  readonly doi?: string;
  /** Name or number of the equation and where it is written down. */
  readonly equation?: string;
  readonly note?: string;
}

export function SourcedValue({
  of,
  significant = 3,
  children,
}: {
  readonly of: Sourced;
  readonly significant?: number;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const id = useId().replace(/[^\w-]/g, '');
  const card = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const value = typeof of.value === 'number' ? numberText(of.value, significant) : of.value;
  const text = of.unit === '' || of.unit === '°' ? `${value}${of.unit}` : `${value} ${of.unit}`;
  const rows: readonly (readonly [string, ComponentChildren])[] = [
    ['Value', typeof of.value === 'number' ? `${numberText(of.value, 8)} ${of.unit}` : text],
    ...(of.band == null
      ? []
      : ([['Band', `${numberText(of.band[0])} to ${numberText(of.band[1])} ${of.unit}`]] as const)),
    ['Kind', of.tag],
    ['Source', of.source],
    // A link that leaves the page is followed by the reader, never by the page.
    ...(of.doi === undefined
      ? []
      : ([
          [
            'DOI',
            <a key="doi" href={`https://doi.org/${of.doi}`} rel="noreferrer" target="_blank">
              {of.doi}
            </a>,
          ],
        ] as const)),
    ...(of.equation === undefined ? [] : ([['Equation', of.equation]] as const)),
    ...(of.note === undefined ? [] : ([['Note', of.note]] as const)),
  ];
  return (
    <>
      <button
        type="button"
        class="sourced"
        ref={button}
        popovertarget={`source-${id}`}
        aria-label={`${of.label}: ${text}. Where it comes from`}
      >
        {children ?? text}
      </button>
      <div
        id={`source-${id}`}
        class="source-card"
        ref={card}
        popover="auto"
        role="dialog"
        aria-label={`Where ${of.label} comes from`}
        onToggle={(event) => {
          if ((event as unknown as ToggleEvent).newState !== 'open') return;
          const at = button.current!.getBoundingClientRect();
          const element = card.current!;
          const below = at.bottom + 6 + element.offsetHeight < innerHeight;
          element.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - 6 - element.offsetHeight)}px`;
          element.style.left = `${Math.max(8, Math.min(at.left, innerWidth - element.offsetWidth - 8))}px`;
        }}
      >
        <strong>{of.label}</strong>
        <dl>
          {rows.map(([name, content]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{content}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}

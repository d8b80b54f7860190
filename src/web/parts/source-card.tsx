// The one card of the page that says where a number comes from: value, unit, source, kind, equation. A number that is pressed hands itself
// over; the card stands beside it until it is pressed again, something else is, or Escape. So a table of thousands costs one card.

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import { numberText } from '../charts/number-text.ts';

export interface Sourced {
  readonly label: string;
  readonly value: number | string;
  /** Printed after the value; empty for a pure number. */
  readonly unit: string;
  /** What is printed instead of value and unit, such as a time in the unit that suits it; the card has the number in full. */
  readonly shown?: string;
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

interface Shown {
  readonly of: Sourced;
  readonly anchor: HTMLElement;
}

/** All digits that a double can answer for; the last one or two are rounding. */
const DIGITS_FULL = 15;

let shown: Shown | null = null;
const listeners = new Set<() => void>();

function show(next: Shown | null): void {
  shown?.anchor.setAttribute('aria-expanded', 'false');
  shown = next;
  shown?.anchor.setAttribute('aria-expanded', 'true');
  for (const listener of listeners) listener();
}

/** Opens the card beside what was pressed, or closes it where it stands there already. */
export function toggleSource(anchor: HTMLElement, of: Sourced): void {
  show(shown?.anchor === anchor ? null : { of, anchor });
}

/** What was pressed, while its card is open. */
export const sourceAnchor = (): HTMLElement | null => shown?.anchor ?? null;

/** A number was drawn anew: a card that is open beside it says what it is now; null where it is gone. */
export function refreshSource(of: Sourced | null): void {
  if (shown === null) return;
  if (of === null) show(null);
  else if (JSON.stringify(of) !== JSON.stringify(shown.of)) show({ ...shown, of });
}

/** Drawn once, by the frame of the page. */
export function SourceCard(): JSX.Element {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const listener = (): void => redraw(undefined);
    listeners.add(listener);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || shown === null) return;
      if (card.current!.contains(document.activeElement)) shown.anchor.focus();
      show(null);
    };
    const onElsewhere = ({ target }: Event): void => {
      const inside = (element: HTMLElement | null | undefined): boolean => element?.contains(target as Node) === true;
      if (shown !== null && !inside(card.current) && !inside(shown.anchor)) show(null);
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onElsewhere);
    return () => {
      listeners.delete(listener);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onElsewhere);
    };
  }, []);
  const anchor = shown?.anchor ?? null;
  useLayoutEffect(() => {
    const element = card.current!;
    if (element.matches(':popover-open')) element.hidePopover();
    if (anchor === null) return;
    // With its source named, Tab goes from the number into its card.
    element.showPopover({ source: anchor });
    const at = anchor.getBoundingClientRect();
    const isBelow = at.bottom + 6 + element.offsetHeight < innerHeight;
    element.style.top = `${isBelow ? at.bottom + 6 : Math.max(8, at.top - 6 - element.offsetHeight)}px`;
    element.style.left = `${Math.max(8, Math.min(at.left, innerWidth - element.offsetWidth - 8))}px`;
  }, [anchor]);
  return (
    <div
      id="source-card"
      class="source-card"
      ref={card}
      popover="manual"
      role="dialog"
      aria-live="polite"
      aria-label={shown === null ? 'Where a number comes from' : `Where ${shown.of.label} comes from`}
    >
      {shown === null ? null : <Content of={shown.of} />}
    </div>
  );
}

function Content({ of }: { readonly of: Sourced }): JSX.Element {
  const unit = of.unit === '' ? '' : ` ${of.unit}`;
  const full = (value: number): string => numberText(value, DIGITS_FULL);
  const rows: readonly (readonly [name: string, content: ComponentChildren])[] = [
    ['Value', `${typeof of.value === 'number' ? full(of.value) : of.value}${unit}`],
    ...(of.band == null ? [] : ([['Band', `${full(of.band[0])} to ${full(of.band[1])}${unit}`]] as const)),
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
      <strong>{of.label}</strong>
      <dl>
        {rows.map(([name, content]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

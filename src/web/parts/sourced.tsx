// A number that answers when it is pressed: value, unit, where it comes from, how far it is to be believed, and by which equation.

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { numberText } from '../charts/number-text.ts';
import { refreshSource, type Sourced, sourceAnchor, toggleSource } from './source-card.tsx';

export type { Sourced } from './source-card.tsx';

export function SourcedValue({
  of,
  significant = 3,
  bandText = '',
  children,
}: {
  readonly of: Sourced;
  readonly significant?: number;
  /** The band, in small print after the number. */
  readonly bandText?: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  const value = typeof of.value === 'number' ? numberText(of.value, significant) : of.value;
  const text = of.shown ?? (of.unit === '' || of.unit === '°' ? `${value}${of.unit}` : `${value} ${of.unit}`);
  useEffect(() => {
    if (sourceAnchor() === button.current) refreshSource(of);
  });
  useEffect(() => {
    const own = button.current;
    return () => {
      if (sourceAnchor() === own) refreshSource(null);
    };
  }, []);
  return (
    <button
      type="button"
      class="sourced"
      ref={button}
      aria-haspopup="dialog"
      aria-label={`${of.label}: ${text}. Where it comes from${bandText === '' ? '' : `; ${bandText}`}`}
      onClick={(event) => toggleSource(event.currentTarget, of)}
    >
      {children ?? text}
      {bandText === '' ? null : <span class="band-text"> {bandText}</span>}
    </button>
  );
}

// A number that answers when it is pressed: value, unit, where it comes from, how far it is to be believed, and by which equation.

import { type ComponentChildren, isValidElement, type JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { numberText } from '../charts/number-text.ts';
import { refreshSource, type Sourced, sourceAnchor, toggleSource } from './source-card.tsx';

export type { Sourced } from './source-card.tsx';

/** The text of what is drawn, as far as it is text. */
function wordsOf(drawn: ComponentChildren): string {
  if (typeof drawn === 'string' || typeof drawn === 'number') return String(drawn);
  if (Array.isArray(drawn)) return drawn.map(wordsOf).join('');
  return isValidElement(drawn) ? wordsOf((drawn.props as { readonly children?: ComponentChildren }).children) : '';
}

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
  // Who commands by voice says what is seen, so the name holds it word by word.
  const seen = `${children === undefined ? text : wordsOf(children)}${bandText === '' ? '' : ` ${bandText}`}`;
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
      aria-label={`${of.label}: ${text}. Where it comes from${seen === text ? '' : `; ${seen}`}`}
      onClick={(event) => toggleSource(event.currentTarget, of)}
    >
      {children ?? text}
      {bandText === '' ? null : <span class="band-text"> {bandText}</span>}
    </button>
  );
}

// A part that may come a moment after the others: what is long is drawn in pieces, between which the page hears keys and pointer.

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Long enough for what came before to be painted. */
const TURN_ms = 25;

export function Later({
  turn,
  children,
}: {
  /** Its place among those that come later; 0 comes as soon as the page was painted. */
  readonly turn: number;
  readonly children: ComponentChildren;
}): ComponentChildren {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), turn * TURN_ms);
    return () => clearTimeout(timer);
  }, []);
  return isDue ? children : null;
}

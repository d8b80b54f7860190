// A table whose values answer when they are pressed. The table listens for all of them: a cell is a plain button that names its place, and
// what stands there is put together when somebody asks.

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { keepPlace, moveFocus } from './rove.ts';
import { refreshSource, type Sourced, sourceAnchor, toggleSource } from './source-card.tsx';

interface SourcedTableProps {
  readonly class?: string;
  readonly label?: string;
  /** What stands at a place, as its `SourcedCell` names it; null where it is nothing that has a source. */
  sourcedAt(place: string): Sourced | null;
  readonly children: ComponentChildren;
}

export function SourcedTable({ sourcedAt, label, children, ...props }: SourcedTableProps): JSX.Element {
  const table = useRef<HTMLTableElement>(null);
  // After each drawing: one button is reached by Tab, and an open card says what now stands where it was opened.
  useLayoutEffect(() => {
    const element = table.current!;
    if (element.querySelector('[data-rove][tabindex="0"]') === null) {
      const first = element.querySelector<HTMLElement>('[data-rove]');
      if (first !== null) first.tabIndex = 0;
    }
    const anchor = sourceAnchor();
    if (anchor !== null && element.contains(anchor)) refreshSource(sourcedAt(anchor.dataset.value ?? ''));
    else if (anchor?.isConnected === false) refreshSource(null);
  });
  useEffect(() => {
    const element = table.current!;
    return () => {
      if (element.contains(sourceAnchor())) refreshSource(null);
    };
  }, []);
  return (
    <table
      {...props}
      {...(label === undefined ? {} : { 'aria-label': label })}
      ref={table}
      onKeyDown={moveFocus}
      onFocusIn={keepPlace}
      onClick={(event) => {
        const button = (event.target as HTMLElement).closest<HTMLElement>('[data-value]');
        const of = button === null ? null : sourcedAt(button.dataset.value!);
        if (button !== null && of !== null) toggleSource(button, of);
      }}
    >
      {children}
    </table>
  );
}

/** A value of a `SourcedTable`; arrow keys go from one to the next. */
export function SourcedCell({
  at,
  children,
}: {
  readonly at: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <button type="button" class="sourced" data-value={at} data-rove aria-haspopup="dialog" tabIndex={-1}>
      {children}
    </button>
  );
}

// A button that opens a short list of things to do. The list is a popover of the browser: it closes by Escape and by a click
// elsewhere, and lies above everything.

import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';

export interface MenuItem {
  readonly label: string;
  run(): void | Promise<void>;
}

export function Menu({
  label,
  title,
  items,
}: {
  readonly label: string;
  /** The button's name: begins with its label, because who commands by voice says what is seen. */
  readonly title: string;
  readonly items: readonly MenuItem[];
}): JSX.Element {
  const id = useId().replace(/[^\w-]/g, '');
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const place = (): void => {
    const at = button.current!.getBoundingClientRect();
    const element = list.current!;
    element.style.top = `${Math.min(at.bottom + 4, innerHeight - element.offsetHeight - 8)}px`;
    // In line with its button: to the right of its left edge where there is room, as on the left half of a page.
    const fits = at.left + element.offsetWidth + 8 <= innerWidth;
    element.style.left = `${fits ? at.left : Math.max(8, at.right - element.offsetWidth)}px`;
  };
  return (
    <>
      <button type="button" class="quiet" ref={button} popovertarget={`menu-${id}`} aria-label={title}>
        {label} <span aria-hidden="true">▾</span>
      </button>
      <div
        id={`menu-${id}`}
        class="menu"
        role="menu"
        tabIndex={-1}
        ref={list}
        popover="auto"
        onToggle={(event) => {
          if ((event as unknown as ToggleEvent).newState !== 'open') return;
          place();
          window.addEventListener('resize', () => list.current?.hidePopover(), { once: true });
          list.current!.querySelector('button')?.focus();
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (step === 0) return;
          event.preventDefault();
          const buttons = [...list.current!.querySelectorAll('button')];
          const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
          buttons[(at + step + buttons.length) % buttons.length]!.focus();
        }}
      >
        {items.map((item) => (
          <button
            type="button"
            role="menuitem"
            key={item.label}
            onClick={() => {
              list.current!.hidePopover();
              void item.run();
            }}
          >
            {item.label}
          </button>
        ))}
      </div>
    </>
  );
}

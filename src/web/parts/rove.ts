// Many buttons of a table as one stop of the Tab key: arrow keys go from one to the next. Those that take part are marked `data-rove`.

/** Only the button that was last used is reached by Tab. */
export function keepPlace(event: FocusEvent): void {
  const button = event.target as HTMLElement;
  if (button.dataset.rove === undefined) return;
  for (const one of (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[data-rove][tabindex="0"]')) {
    one.tabIndex = -1;
  }
  button.tabIndex = 0;
}

export function moveFocus(event: KeyboardEvent): void {
  const from = event.target as HTMLElement;
  if (from.dataset.rove === undefined || !/^(Arrow|Home|End)/.test(event.key)) return;
  event.preventDefault();
  const line = from.closest('tr')!;
  const inLine = (one: Element): HTMLElement[] => [...one.querySelectorAll<HTMLElement>('[data-rove]')];
  const buttons = inLine(line);
  const at = buttons.indexOf(from);
  if (event.key === 'ArrowLeft') buttons[Math.max(0, at - 1)]?.focus();
  else if (event.key === 'ArrowRight') buttons[Math.min(buttons.length - 1, at + 1)]?.focus();
  else {
    const lines = [...line.closest('table')!.querySelectorAll('tr')].filter((one) => inLine(one).length > 0);
    const here = lines.indexOf(line);
    const to = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: lines.length - 1 }[event.key];
    const target = lines[Math.min(lines.length - 1, Math.max(0, to ?? here))]!;
    const left = from.getBoundingClientRect().left;
    const distance = (one: HTMLElement): number => Math.abs(one.getBoundingClientRect().left - left);
    inLine(target)
      .sort((a, b) => distance(a) - distance(b))[0]
      ?.focus();
  }
}

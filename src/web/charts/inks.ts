// Colours of the page as a canvas needs them, and when they change.

import { useEffect, useState } from 'preact/hooks';
import type { Inks } from './draw-panel.ts';

export interface PageInks extends Inks {
  readonly frame: string;
  readonly grid: string;
  readonly font: string;
}

export type Theme = 'light' | 'dark';

/** Colours of figures that would be too dark on a dark page, and what stands for them there. */
const ON_DARK: Readonly<Record<string, string>> = {
  '#000000': '#f2f2ef',
  '#0072B2': '#4aa8e0',
  '#8A8A8A': '#a5a5a2',
  '#009E73': '#2cc49a',
  '#56B4E9': '#a8dcff',
  '#D55E00': '#ff6f4e',
};

export const themeNow = (): Theme =>
  (document.documentElement.dataset.theme as Theme | undefined) ??
  (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

/** Colours are read from the style sheet once for each theme: asking a browser for computed styles is slow. */
const known = new Map<Theme, PageInks>();

export function inksOf(): PageInks {
  const theme = themeNow();
  const kept = known.get(theme);
  if (kept !== undefined) return kept;
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  const inks: PageInks = {
    ink: value('--ink'),
    paper: value('--surface'),
    frame: value('--frame'),
    grid: value('--grid'),
    font: 'system-ui, sans-serif',
    of: (colour) => (theme === 'dark' ? (ON_DARK[colour] ?? colour) : colour),
  };
  known.set(theme, inks);
  return inks;
}

const listeners = new Set<() => void>();

/** Sets the theme, or with null follows the system. */
export function setTheme(theme: Theme | null): void {
  if (theme === null) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

/** The theme now; a component that uses it is drawn again when it changes. */
export function useTheme(): Theme {
  const [theme, set] = useState(themeNow);
  useEffect(() => {
    const update = (): void => set(themeNow());
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', update);
    listeners.add(update);
    return () => {
      system.removeEventListener('change', update);
      listeners.delete(update);
    };
  }, []);
  return theme;
}

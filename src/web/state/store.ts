// The one place where the page keeps what it shows, with undo, redo and the link in the address bar.

import { createContext } from 'preact';
import { useContext, useEffect, useReducer } from 'preact/hooks';
import type { AppState } from './app-state.ts';
import { changed, type History, redone, startHistory, undone } from './history.ts';
import { linkOf, readLink } from './link.ts';
import { markReplaced } from './replaced.ts';

export interface Store {
  readonly history: History<AppState>;
  /** Changes the state; changes with one tag that follow each other at once are one step of undo. */
  update(change: (state: AppState) => AppState, tag?: string): void;
  undo(): void;
  redo(): void;
  subscribe(listener: () => void): () => void;
  /** Loads the page anew, as it stands. */
  reload(): void;
}

/** The address bar follows a change after this, so that a drag does not flood the browser's history. */
const LINK_DELAY_ms = 300;

export function createStore(start: AppState, onBadLink: (why: string) => void): Store {
  let history = startHistory(start);
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    const link = linkOf(history.present);
    if (link !== location.hash) window.history.replaceState(null, '', link);
  };
  const set = (next: History<AppState>): void => {
    if (next === history) return;
    history = next;
    for (const listener of listeners) listener();
    clearTimeout(timer);
    timer = setTimeout(write, LINK_DELAY_ms);
  };
  const replace = (next: History<AppState>): void => {
    if (next !== history) markReplaced();
    set(next);
  };
  window.addEventListener('hashchange', () => {
    if (location.hash === linkOf(history.present)) return;
    const read = readLink(location.hash);
    if (read.kind === 'state') replace(changed(history, read.state, null, performance.now()));
    else onBadLink(read.why);
  });
  // A link that is copied from the bar at once must hold the last change too.
  window.addEventListener('blur', write);
  window.addEventListener('pagehide', write);
  // Before the address of a reload is read.
  window.addEventListener('beforeunload', write);
  return {
    get history() {
      return history;
    },
    update: (change, tag) => set(changed(history, change(history.present), tag ?? null, performance.now())),
    undo: () => replace(undone(history)),
    redo: () => replace(redone(history)),
    reload() {
      write();
      location.reload();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export const StoreContext = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('no store above this component');
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => store.subscribe(() => redraw(undefined)), [store]);
  return store;
}

/** One slice of the state and how to change it: `[slice, set]`, where `set(patch, tag)` merges. */
export function useSlice<N extends Exclude<keyof AppState, 'view'>>(
  name: N,
): [slice: AppState[N], patch: (part: Partial<AppState[N]>, tag?: string) => void] {
  const store = useStore();
  return [
    store.history.present[name],
    (part, tag) => store.update((state) => ({ ...state, [name]: { ...state[name], ...part } }), tag),
  ];
}

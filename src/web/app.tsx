// The frame of the page: parts, undo, link, theme, commands, and the part that is open.

import type { FunctionComponent, JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { formatIssue, InputError, parseJsonText } from '../units/index.ts';
import { setTheme, useTheme } from './charts/inks.ts';
import { type Command, CommandPalette } from './parts/command-palette.tsx';
import { saveText } from './parts/save.ts';
import { SourceCard } from './parts/source-card.tsx';
import { START, VIEW_NAMES, VIEWS, type ViewName } from './state/app-state.ts';
import { changedSlices, LINK_LENGTH_SHARED_MAX, LINK_VERSION, linkOf, readSlices } from './state/link.ts';
import { useStore } from './state/store.ts';

/** Each part is fetched when it is first opened. */
const LOADERS: Readonly<Record<ViewName, () => Promise<{ readonly View: FunctionComponent }>>> = {
  cell: () => import('./views/cell/view.tsx'),
  literature: () => import('./views/literature/view.tsx'),
  lithiophilicity: () => import('./views/lithiophilicity/view.tsx'),
  interface: () => import('./views/interface/view.tsx'),
  bench: () => import('./views/bench/view.tsx'),
  design: () => import('./views/design/view.tsx'),
};

const THEME_KEY = 'limetal theme';

export function App({ message }: { readonly message: string }): JSX.Element {
  const store = useStore();
  const theme = useTheme();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [said, say] = useState(message);
  const { view } = store.history.present;
  const canUndo = store.history.past.length > 0;
  const canRedo = store.history.future.length > 0;

  const open = (name: ViewName): void => store.update((state) => ({ ...state, view: name }));
  const copyLink = async (): Promise<void> => {
    const link = `${location.href.replace(/#.*$/, '')}${linkOf(store.history.present)}`;
    try {
      await navigator.clipboard.writeText(link);
      say(
        link.length > LINK_LENGTH_SHARED_MAX
          ? `Link copied, ${link.length} characters; some programs cut links this long, so a saved file is safer.`
          : 'Link copied. It holds all that you see, and nothing was sent anywhere.',
      );
    } catch {
      say('The browser did not let the link be copied; it stands in the address bar.');
    }
  };
  const saveState = (): void => {
    const content = { limetal_page: LINK_VERSION, view, slices: changedSlices(store.history.present) };
    saveText(`${JSON.stringify(content, null, 2)}\n`, 'limetal-page.json', 'application/json');
  };
  const openState = (): void => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json';
    input.addEventListener('change', async () => {
      const [file] = input.files ?? [];
      if (file !== undefined) say(await takeFile(file));
    });
    input.click();
  };
  const takeFile = async (file: File): Promise<string> => {
    let content: unknown;
    try {
      content = parseJsonText(await file.text(), file.name);
    } catch (error) {
      const [issue] = error instanceof InputError ? error.issues : [];
      const why = issue === undefined ? String(error) : formatIssue(issue);
      return `This is no saved page, which is JSON. ${why}`;
    }
    const { limetal_page: version, view: name, slices } = (content ?? {}) as Record<string, unknown>;
    const known = VIEW_NAMES.find((one) => one === name);
    if (typeof version !== 'number' || known === undefined) return `${file.name} is no saved page of limetal.`;
    const read = readSlices(known, version, slices);
    if (read.kind !== 'state') return `${file.name} cannot be opened: ${read.why}.`;
    store.update(() => read.state);
    return `${file.name} opened. Undo brings back what was here.`;
  };
  const switchTheme = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark';
    setTheme(next);
    localStorage.setItem(THEME_KEY, next);
  };

  const commands: readonly Command[] = [
    ...VIEW_NAMES.map((name, k) => ({ name: `Open ${VIEWS[name]}`, keys: `Alt+${k + 1}`, run: () => open(name) })),
    { name: 'Undo', keys: 'Ctrl+Z', run: () => store.undo() },
    { name: 'Redo', keys: 'Ctrl+Shift+Z', run: () => store.redo() },
    { name: 'Copy the link to this state', run: () => void copyLink() },
    { name: 'Save this page to a file', run: saveState },
    { name: 'Open a saved page', run: openState },
    { name: theme === 'dark' ? 'Light colours' : 'Dark colours', run: switchTheme },
    { name: 'Start over (can be undone)', run: () => store.update((state) => ({ ...START, view: state.view })) },
  ];

  // Before the first painting, so that no key is lost that is pressed on what can be seen.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isCommand = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      // Undo inside a text field is the field's own.
      const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text';
      const isWriting = isTyping || event.target instanceof HTMLTextAreaElement;
      if (isCommand && key === 'k') setPaletteOpen(true);
      else if (isCommand && key === 'z' && !isWriting) event.shiftKey ? store.redo() : store.undo();
      else if (isCommand && key === 'y' && !isWriting) store.redo();
      else if (event.altKey && VIEW_NAMES[Number(event.key) - 1] !== undefined)
        open(VIEW_NAMES[Number(event.key) - 1]!);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  useEffect(() => {
    document.title = `${VIEWS[view]} · limetal`;
  }, [view]);

  return (
    <>
      <button type="button" class="skip" onClick={() => document.querySelector('main')?.focus()}>
        Skip to the content
      </button>
      <header class="top">
        <span class="brand">limetal</span>
        <nav aria-label="Parts">
          {VIEW_NAMES.map((name) => (
            <a
              key={name}
              href={`#${name}`}
              aria-current={name === view ? 'page' : undefined}
              onClick={(event) => {
                event.preventDefault();
                open(name);
              }}
            >
              {VIEWS[name]}
            </a>
          ))}
        </nav>
        <div class="tools">
          <button
            type="button"
            class="quiet"
            disabled={!canUndo}
            onClick={() => store.undo()}
            aria-label="Undo"
            title="Undo (Ctrl+Z)"
          >
            ↶
          </button>
          <button
            type="button"
            class="quiet"
            disabled={!canRedo}
            onClick={() => store.redo()}
            aria-label="Redo"
            title="Redo (Ctrl+Shift+Z)"
          >
            ↷
          </button>
          <button type="button" class="quiet" onClick={() => void copyLink()}>
            Copy link
          </button>
          <button
            type="button"
            class="quiet"
            onClick={switchTheme}
            aria-label={theme === 'dark' ? 'Light colours' : 'Dark colours'}
          >
            {theme === 'dark' ? '☀' : '☾'}
          </button>
          <button type="button" class="quiet" onClick={() => setPaletteOpen(true)} title="Commands (Ctrl+K)">
            Commands
          </button>
        </div>
      </header>
      {said === '' ? null : (
        <p class="said" role="status">
          {said}{' '}
          <button type="button" class="quiet" onClick={() => say('')} aria-label="Close this message">
            ×
          </button>
        </p>
      )}
      <main id="main" tabIndex={-1}>
        <LazyView name={view} />
      </main>
      <footer>
        Everything is computed in this tab; your data never leaves it. Current is positive when the working electrode is
        oxidised: plating is negative.
      </footer>
      <SourceCard />
      <CommandPalette commands={commands} isOpen={isPaletteOpen} onClose={() => setPaletteOpen(false)} />
    </>
  );
}

function LazyView({ name }: { readonly name: ViewName }): JSX.Element {
  const store = useStore();
  const [views, setViews] = useState<Partial<Record<ViewName, FunctionComponent>>>({});
  const [fault, setFault] = useState('');
  useEffect(() => {
    setFault('');
    if (views[name] !== undefined) return;
    LOADERS[name]().then(
      ({ View }) => setViews((before) => ({ ...before, [name]: View })),
      () => setFault(`${VIEWS[name]} could not be fetched.`),
    );
  }, [name, views]);
  const View = views[name];
  if (fault !== '')
    return (
      <div class="problem" role="alert">
        <p>
          {fault} Look at the connection; or a newer version of the page was put in its place meanwhile. Nothing you
          entered is lost: it stands in the address.
        </p>
        <button type="button" onClick={() => store.reload()}>
          Load the page again
        </button>
      </div>
    );
  return View === undefined ? <p class="running">Opening {VIEWS[name]}…</p> : <View />;
}

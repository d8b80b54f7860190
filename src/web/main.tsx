// The page's first script: reads the state from the link, finds the engine, draws the frame.

import { render } from 'preact';
import { App } from './app.tsx';
import { setTheme } from './charts/inks.ts';
import { createLanes, LanesContext } from './engine/lanes.ts';
import { START } from './state/app-state.ts';
import { readLink } from './state/link.ts';
import { createStore, StoreContext } from './state/store.ts';

const saved = localStorage.getItem('limetal theme');
if (saved === 'dark' || saved === 'light') setTheme(saved);

const read = readLink(location.hash);
const badLink = (why: string): string => `This link cannot be opened: ${why}. Here is the start instead.`;
const root = document.getElementById('app')!;
root.replaceChildren();
let message = read.kind === 'state' ? '' : badLink(read.why);
const store = createStore(read.kind === 'state' ? read.state : START, (why) => {
  message = badLink(why);
  draw();
});
const lanes = createLanes(new URL(document.documentElement.dataset.engine!, document.baseURI).href);

function draw(): void {
  render(
    <StoreContext.Provider value={store}>
      <LanesContext.Provider value={lanes}>
        <App key={message} message={message} />
      </LanesContext.Provider>
    </StoreContext.Provider>,
    root,
  );
}
draw();

/** Files for the next time are kept after the first answer, which needs the processor more. */
const KEEP_FILES_AFTER_ms = 1500;
if ('serviceWorker' in navigator && isSecureContext) {
  setTimeout(() => void navigator.serviceWorker.register('sw.js').catch(() => undefined), KEEP_FILES_AFTER_ms);
}

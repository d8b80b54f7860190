// Drawing that nobody sees yet waits until the page has nothing better to do, one chart at a time, so that a page of many charts
// answers the hand as fast as a page of one.

const waiting = new Set<() => void>();
let isAsked = false;

/** A browser without idle callbacks gives a turn after this. */
const TURN_ms = 40;
/** Nothing waits longer than this for an idle moment. */
const WAIT_ms_max = 1000;

const whenIdle = (run: () => void): void => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: WAIT_ms_max });
  else setTimeout(run, TURN_ms);
};

function askForTurn(): void {
  if (isAsked || waiting.size === 0) return;
  isAsked = true;
  whenIdle(() => {
    isAsked = false;
    const [first] = waiting;
    if (first !== undefined) {
      waiting.delete(first);
      first();
    }
    askForTurn();
  });
}

/** Draws once there is time; the answer takes it back. */
export function drawInTurn(draw: () => void): () => void {
  waiting.add(draw);
  askForTurn();
  return () => void waiting.delete(draw);
}

/** Whether a part of the element, or what lies just beyond the window, is to be seen. */
export function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > -NEAR_px && top < innerHeight + NEAR_px;
}

/** Charts this near to the window are drawn at once, so that scrolling meets no empty ones. */
export const NEAR_px = 150;

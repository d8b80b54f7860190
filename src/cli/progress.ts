// A progress bar that stays out of the way: nothing for a run under a second, one line rewritten on a screen, and a line
// at every tenth where the output is a file or a log.

import { duration } from './numbers.ts';
import type { Terminal } from './terminal.ts';

/** Runs shorter than this show nothing. */
const SILENT_ms = 1000;
/** Shortest time between two drawings on a screen. */
const REDRAW_ms = 100;
const BAR_CELLS = 30;

export interface Progress {
  /** `fraction` of the run, 0 to 1, and the cycle it is in. */
  readonly update: (fraction: number, cycle: number) => void;
  /** Take the bar off the screen. */
  readonly end: () => void;
}

/** What is left by rule of three; blank before a twentieth is done, when it would only be a guess. */
function remaining(fraction: number, elapsed_ms: number): string {
  return fraction < 0.05
    ? ''
    : `, about ${duration(Math.ceil(((1 - fraction) / fraction) * (elapsed_ms / 1000)))} left`;
}

export function startProgress(terminal: Terminal): Progress {
  const start_ms = terminal.now_ms();
  let drawn_ms = Number.NEGATIVE_INFINITY;
  let onScreen = false;
  let tenths = 0;
  return {
    update: (given, cycle) => {
      const now_ms = terminal.now_ms();
      const elapsed_ms = now_ms - start_ms;
      const fraction = Math.min(1, Math.max(0, given));
      if (elapsed_ms < SILENT_ms) return;
      const percent = `${Math.floor(100 * fraction)} %`;
      const state = `cycle ${cycle}, ${duration(Math.round(elapsed_ms / 100) / 10)}${remaining(fraction, elapsed_ms)}`;
      if (!terminal.errIsScreen) {
        const tenth = Math.floor(10 * fraction);
        if (tenth <= tenths || tenth >= 10) return;
        tenths = tenth;
        terminal.err(`${percent}, ${state}\n`);
        return;
      }
      if (now_ms - drawn_ms < REDRAW_ms) return;
      drawn_ms = now_ms;
      onScreen = true;
      const full = Math.round(BAR_CELLS * fraction);
      const line = `[${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}] ${percent.padStart(5)}  ${state}`;
      // A line wider than the screen would wrap, and the next drawing would not cover it.
      terminal.err(`\r${line.slice(0, Math.max(0, terminal.columns - 1))}\u001B[K`);
    },
    end: () => {
      if (onScreen) terminal.err('\r\u001B[K');
      onScreen = false;
    },
  };
}

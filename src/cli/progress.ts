// A progress bar that stays out of the way: nothing for a run under a second, one line rewritten on a screen, and a line
// at every tenth where the output is a file or a log.

import { duration } from './numbers.ts';
import type { Terminal } from './terminal.ts';

/** Runs shorter than this show nothing. */
const SILENT_ms = 1000;
/** Time between two drawings on a screen: the clock goes on where a single cycle takes long. */
const REDRAW_ms = 200;
const BAR_CELLS = 30;

export interface Progress {
  /** `fraction` of the run, 0 to 1, and the number of what it is in; 0 for none. */
  readonly update: (fraction: number, place: number) => void;
  /** Take the bar off the screen. */
  readonly end: () => void;
}

export interface ProgressWords {
  /** What is counted; 'cycle' unless told. */
  readonly place: string;
  /** The work may end long before 1, as a fit that converges does. */
  readonly isBound: boolean;
}

const RUN: ProgressWords = { place: 'cycle', isBound: false };

/** What is left by rule of three; blank before a twentieth is done, when it would only be a guess. */
function remaining(fraction: number, elapsed_ms: number, isBound: boolean): string {
  if (fraction < 0.05) return '';
  return `, ${isBound ? 'at most' : 'about'} ${duration(Math.ceil(((1 - fraction) / fraction) * (elapsed_ms / 1000)))} left`;
}

export function startProgress(terminal: Terminal, { place, isBound }: ProgressWords = RUN): Progress {
  const start_ms = terminal.now_ms();
  let fraction = 0;
  let number = 0;
  let tenths = 0;
  let isDrawn = false;

  const elapsed_ms = (): number => terminal.now_ms() - start_ms;
  const state = (): string => {
    const seconds = Math.round(elapsed_ms() / 100) / 10;
    const where = number === 0 ? '' : `${place} ${number}, `;
    return `${where}${duration(seconds)}${remaining(fraction, elapsed_ms(), isBound)}`;
  };
  const percent = (): string => `${Math.floor(100 * fraction)} %`;

  const draw = (): void => {
    if (elapsed_ms() < SILENT_ms) return;
    const full = Math.round(BAR_CELLS * fraction);
    const line = `[${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}] ${percent().padStart(5)}  ${state()}`;
    // A line wider than the screen would wrap, and the next drawing would not cover it.
    terminal.err(`\r${line.slice(0, Math.max(0, terminal.columns - 1))}\u001B[K`);
    isDrawn = true;
  };
  const log = (): void => {
    const tenth = Math.floor(10 * fraction);
    if (elapsed_ms() < SILENT_ms || tenth <= tenths || tenth >= 10) return;
    tenths = tenth;
    terminal.err(`${percent()}, ${state()}\n`);
  };

  const stopDrawing = terminal.errIsScreen ? terminal.every(REDRAW_ms, draw) : null;
  return {
    update: (newFraction, newNumber) => {
      fraction = Math.min(1, Math.max(0, newFraction));
      number = newNumber;
      if (stopDrawing === null) log();
    },
    end: () => {
      stopDrawing?.();
      if (isDrawn) terminal.err('\r\u001B[K');
      isDrawn = false;
    },
  };
}

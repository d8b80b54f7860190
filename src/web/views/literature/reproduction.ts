// The run of all tabulated systems, cut into pieces that several workers answer. What is answered is kept while the page is open, by what
// was asked: so work that was stopped is gone on with, and asking for fewer systems or for the same again costs nothing.

import { useContext, useEffect, useReducer } from 'preact/hooks';
import { formatIssue, InputError } from '../../../units/index.ts';
import type { TaskInput, TaskOutput } from '../../../worker/index.ts';
import { RunCancelled } from '../../../worker/index.ts';
import { BAND_LANES, type Lanes, LanesContext } from '../../engine/lanes.ts';

export type ReproduceInput = TaskInput<'reproducePlan'>;
type Planned = TaskOutput<'reproducePlan'>[number];
type Outcome = TaskInput<'reproduceResults'>['kept'][number]['outcome'];

export interface Reproduction {
  readonly isRunning: boolean;
  /** Part of the work asked for last that is done, 0 to 1. */
  readonly share: number;
  /** Raised with every answer. */
  readonly version: number;
  /** Why pieces are missing; null where nothing failed. */
  readonly failure: string | null;
  /** Whatever was answered, in the order of the answers. */
  kept(): TaskInput<'reproduceResults'>['kept'];
  /** Computes what is not kept yet; what runs already goes on. */
  start(input: ReproduceInput): Promise<void>;
  /** Ends the work; what is answered stays. */
  cancel(): void;
  subscribe(listener: () => void): () => void;
}

export function createReproduction(lanes: Lanes): Reproduction {
  const outcomes = new Map<string, Outcome>();
  const listeners = new Set<() => void>();
  let state = { isRunning: false, share: 0, version: 0, failure: null as string | null };
  let abort = new AbortController();
  const set = (part: Partial<typeof state>): void => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };

  /** One piece; a worker that is lost is started again once. Null for a piece that was given up. */
  async function answer(
    name: (typeof BAND_LANES)[number],
    { task }: Planned,
    stop: AbortSignal,
  ): Promise<Outcome | null> {
    for (let attempt = 1; ; attempt++) {
      try {
        const given = await lanes(name).queue('reproduceTask', { task }, { stop });
        // Whatever comes after the stop may have been cut short by it.
        return stop.aborted ? null : { kind: 'answer', answer: given };
      } catch (error) {
        if (error instanceof RunCancelled) return null;
        if (error instanceof InputError) return { kind: 'missing', reason: error.issues.map(formatIssue).join('; ') };
        if (attempt === 2 || stop.aborted) throw error;
      }
    }
  }

  async function work(input: ReproduceInput, stop: AbortSignal): Promise<void> {
    const plan = await lanes(BAND_LANES[0]).queue('reproducePlan', input);
    const total = plan.reduce((sum, { cost }) => sum + cost, 0);
    const left = plan.filter(({ key }) => outcomes.get(key)?.kind !== 'answer');
    let done = total - left.reduce((sum, { cost }) => sum + cost, 0);
    let next = 0;
    set({ share: done / total });
    const workers = Math.min(BAND_LANES.length, Math.max(1, navigator.hardwareConcurrency), left.length);
    await Promise.all(
      BAND_LANES.slice(0, workers).map(async (name) => {
        while (!stop.aborted && next < left.length) {
          const piece = left[next++]!;
          const outcome = await answer(name, piece, stop);
          if (outcome === null) return;
          outcomes.set(piece.key, outcome);
          done += piece.cost;
          set({ share: done / total, version: state.version + 1 });
        }
      }),
    );
  }

  return {
    get isRunning() {
      return state.isRunning;
    },
    get share() {
      return state.share;
    },
    get version() {
      return state.version;
    },
    get failure() {
      return state.failure;
    },
    kept: () => [...outcomes].map(([key, outcome]) => ({ key, outcome })),
    async start(input) {
      if (state.isRunning) return;
      const own = new AbortController();
      abort = own;
      set({ isRunning: true, share: 0, failure: null });
      let failure: string | null = null;
      try {
        await work(input, own.signal);
      } catch (error) {
        failure = error instanceof Error ? error.message.split('\n')[0]! : String(error);
        own.abort();
      }
      // A run that was begun after this one was stopped is not ended by it.
      if (abort === own) set({ isRunning: false, failure });
    },
    cancel() {
      abort.abort();
      set({ isRunning: false });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const made = new WeakMap<Lanes, Reproduction>();

/** The one run of the page; a component that uses it is drawn again as it goes on. */
export function useReproduction(): Reproduction {
  const lanes = useContext(LanesContext);
  if (lanes === null) throw new Error('no lanes above this component');
  const known = made.get(lanes) ?? createReproduction(lanes);
  made.set(lanes, known);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => known.subscribe(() => redraw(undefined)), [known]);
  return known;
}

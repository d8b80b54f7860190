// Questions about opened files. The worker holds the files; where it does not, because it is new or took the place of a lost one, they are
// sent to it again, and the question is asked once more. A question is never given up halfway, since that may cost the worker and all it
// holds: while one is answered the newest one waits, and those between are forgotten.

import { useEffect, useRef, useState } from 'preact/hooks';
import { InputError } from '../../../units/index.ts';
import { type Live, RunCancelled, type TaskInput, type TaskName, type TaskOutput } from '../../../worker/index.ts';
import { isLost, type Lane } from '../../engine/lane.ts';
import { type LaneName, useLane } from '../../engine/lanes.ts';
import type { Asked } from '../../engine/use-task.ts';
import { fileOfId } from './open-files.ts';

type BenchTask = Extract<TaskName, `bench${string}`>;
export type BenchAnswer<N extends BenchTask> = Exclude<TaskOutput<N>, { kind: 'not held' }>;

/** Once to learn which files are wanted, once for a worker that was lost meanwhile, and the last. */
const ATTEMPTS_MAX = 4;

/** Asks a worker that may not have the files yet. */
export async function askBench<N extends BenchTask>(
  lane: Lane,
  task: N,
  input: TaskInput<N>,
  live?: Live,
): Promise<BenchAnswer<N>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer: unknown = await lane.queue(task, input, live);
      if (!isNotHeld(answer)) return answer as BenchAnswer<N>;
      for (const id of answer.ids) {
        const blob = fileOfId(id);
        if (blob === null) throw new Error('a file is not open any more; open it again');
        await lane.queue('benchHold', { id, blob });
      }
      if (attempt >= ATTEMPTS_MAX) throw new Error('the worker loses files as soon as it gets them');
    } catch (error) {
      if (!isLost(error) || attempt >= ATTEMPTS_MAX) throw error;
    }
  }
}

function isNotHeld(answer: unknown): answer is { readonly kind: 'not held'; readonly ids: readonly string[] } {
  return typeof answer === 'object' && answer !== null && (answer as { kind?: unknown }).kind === 'not held';
}

/** As `useTask`, for questions about files. Null asks nothing and forgets what was answered. */
export function useBench<N extends BenchTask>(
  task: N,
  input: TaskInput<N> | null,
  laneName: LaneName = 'files',
): Asked<BenchAnswer<N>> {
  const lane = useLane(laneName);
  const key = input === null ? null : JSON.stringify(input);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<Omit<Asked<BenchAnswer<N>>, 'retry'>>(NOTHING);
  const asking = useRef({ newest: '', isBusy: false });
  const pending = useRef<{ readonly input: TaskInput<N>; readonly name: string } | null>(null);
  useEffect(() => {
    const now = asking.current;
    now.newest = `${key} ${attempt}`;
    if (input === null) {
      setState(NOTHING);
      return;
    }
    setState((before) => ({ ...before, isCurrent: false, isRunning: true, progress: 0 }));
    pending.current = { input, name: now.newest };
    if (!now.isBusy) void work();
  }, [task, key, lane, attempt]);
  const work = async (): Promise<void> => {
    const now = asking.current;
    now.isBusy = true;
    while (pending.current !== null) {
      const { input: asked, name } = pending.current;
      pending.current = null;
      const tell = (part: Partial<Asked<BenchAnswer<N>>>): void => {
        if (name === now.newest) setState((before) => ({ ...before, ...part }));
      };
      try {
        const output = await askBench(lane, task, asked, { onProgress: (progress) => tell({ progress }) });
        tell({ output, isCurrent: true, isRunning: false, issues: [], failure: null });
      } catch (error) {
        if (error instanceof RunCancelled) tell({ isRunning: false });
        else if (error instanceof InputError) tell({ isRunning: false, issues: error.issues, failure: null });
        else tell({ isRunning: false, issues: [], failure: error instanceof Error ? error.message : String(error) });
      }
    }
    now.isBusy = false;
  };
  return { ...state, retry: () => setAttempt((count) => count + 1) };
}

const NOTHING = {
  output: null,
  isCurrent: false,
  isRunning: false,
  progress: 0,
  issues: [],
  failure: null,
} as const;

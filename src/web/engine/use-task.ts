// A question to the engine as a value: give the input, get the newest answer, and meanwhile the one before.

import { useEffect, useRef, useState } from 'preact/hooks';
import { InputError, type Issue } from '../../units/index.ts';
import { RunCancelled, type TaskInput, type TaskName, type TaskOutput } from '../../worker/index.ts';
import { Superseded } from './lane.ts';
import { type LaneName, useLane } from './lanes.ts';

/** Where a question stands. `output` is the newest good answer and stays while a newer one is computed or went wrong. */
export interface Asked<T> {
  readonly output: T | null;
  /** Whether `output` answers the input that was given last. */
  readonly isCurrent: boolean;
  readonly isRunning: boolean;
  /** 0 to 1 while running. */
  readonly progress: number;
  /** What is wrong with the input. */
  readonly issues: readonly Issue[];
  /** The engine failed or was lost: what to tell. */
  readonly failure: string | null;
  retry(): void;
}

/** Asks whenever the input changes (by its JSON). Null asks nothing. */
export function useTask<N extends TaskName>(
  task: N,
  input: TaskInput<N> | null,
  laneName: LaneName = 'live',
): Asked<TaskOutput<N>> {
  const lane = useLane(laneName);
  const key = input === null ? null : JSON.stringify(input);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<Omit<Asked<TaskOutput<N>>, 'retry'>>({
    output: null,
    isCurrent: false,
    isRunning: false,
    progress: 0,
    issues: [],
    failure: null,
  });
  const latest = useRef(0);
  const shown = useRef(0);
  // The key stands for the input, which is a new object with every drawing.
  useEffect(() => {
    const number = ++latest.current;
    if (input === null) return;
    setState((before) => ({ ...before, isCurrent: false, isRunning: true, progress: 0 }));
    const tell = (part: Partial<Asked<TaskOutput<N>>>): void => {
      if (number === latest.current) setState((before) => ({ ...before, ...part }));
    };
    lane
      .ask(task, input, (progress) => tell({ progress }))
      .then(
        (output) => {
          if (number < shown.current) return;
          shown.current = number;
          if (number === latest.current) tell({ output, isCurrent: true, isRunning: false, issues: [], failure: null });
          else setState((before) => ({ ...before, output }));
        },
        (error: unknown) => {
          if (error instanceof Superseded || error instanceof RunCancelled) tell({ isRunning: false });
          else if (error instanceof InputError) tell({ isRunning: false, issues: error.issues, failure: null });
          else tell({ isRunning: false, issues: [], failure: error instanceof Error ? error.message : String(error) });
        },
      );
  }, [task, key, lane, attempt]);
  // Whoever leaves waits for nothing, and holds up nobody.
  useEffect(() => () => lane.drop(task), [lane, task]);
  return { ...state, retry: () => setAttempt((count) => count + 1) };
}

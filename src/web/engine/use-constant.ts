// An answer that never changes while the page is open, such as a list of names: asked once, kept, and never given up for another question.

import { useEffect, useState } from 'preact/hooks';
import type { TaskInput, TaskName, TaskOutput } from '../../worker/index.ts';
import { useLane } from './lanes.ts';

const kept = new Map<string, Promise<unknown>>();

/** The answer, or null until it is there. A question that failed is asked again by the next component that wants it. */
export function useConstant<N extends TaskName>(task: N, input: TaskInput<N>): TaskOutput<N> | null {
  const lane = useLane('live');
  const [output, setOutput] = useState<TaskOutput<N> | null>(null);
  const key = `${task} ${JSON.stringify(input)}`;
  useEffect(() => {
    let isWanted = true;
    const asked = kept.get(key) ?? lane.queue(task, input);
    kept.set(key, asked);
    asked.then(
      (answer) => {
        if (isWanted) setOutput(() => answer as TaskOutput<N>);
      },
      () => kept.delete(key),
    );
    return () => {
      isWanted = false;
    };
  }, [key, lane]);
  return output;
}

import type { JSX } from 'preact';
import { Chart } from '../../charts/chart.tsx';
import { useTask } from '../../engine/use-task.ts';
import { TaskStatus } from '../../parts/status.tsx';
import { useSlice } from '../../state/store.ts';

export function View(): JSX.Element {
  const [cell] = useSlice('cell');
  const asked = useTask('cellRun', { cell: cell.base, options: { model: cell.model } });
  return (
    <section>
      <h1>Cell</h1>
      <TaskStatus asked={asked} what="the cell" />
      {asked.output === null ? null : (
        <Chart figure={asked.output.figure} isStale={!asked.isCurrent} exported={{ name: cell.base }} />
      )}
    </section>
  );
}

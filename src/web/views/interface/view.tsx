// Lithium on a solid electrolyte: its resistance by part, what grows between the two, the current that is safe, and what to improve first.

import type { JSX } from 'preact';
import type { TaskOutput } from '../../../worker/index.ts';
import { useConstant } from '../../engine/use-constant.ts';
import { useSettled } from '../../engine/use-settled.ts';
import { useTask } from '../../engine/use-task.ts';
import { TaskStatus } from '../../parts/status.tsx';
import { useSlice } from '../../state/store.ts';
import { InterfaceAnswers } from './answers.tsx';
import { InterfaceFields } from './fields.tsx';

/** The full number of draws is taken when nothing has changed for this long. */
const SETTLED_ms = 300;

export function View(): JSX.Element {
  const [{ against, ...interfaceNow }, patch] = useSlice('interface');
  const choices = useConstant('interfaceChoices', {});
  const settled = useSettled(interfaceNow, SETTLED_ms);
  const isSettled = JSON.stringify(settled) === JSON.stringify(interfaceNow);
  const draft = useTask('interface', { ...interfaceNow, isDraft: true }, 'live');
  const full = useTask('interface', isSettled && draft.isCurrent ? { ...settled, isDraft: false } : null, 'beside');
  const isFull = isSettled && full.isCurrent;
  const shown: TaskOutput<'interface'> | null = isFull ? full.output : (draft.output ?? full.output);
  return (
    <section class="desk interface">
      <div class="cards">
        <h1>Solid interface</h1>
        <InterfaceFields slice={{ against, ...interfaceNow }} choices={choices} patch={patch} />
      </div>
      <div class="cards">
        <TaskStatus asked={draft} what="The interface" />
        {shown === null ? null : (
          <InterfaceAnswers
            output={shown}
            isStale={!draft.isCurrent && !isFull}
            against={against}
            onAgainst={(value) => patch({ against: value })}
          />
        )}
      </div>
    </section>
  );
}

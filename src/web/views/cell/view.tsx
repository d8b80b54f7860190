// A cell on the bench: drawn, typed into, run. Drafts follow the hand; once it rests the run is made that shell and library make.

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TaskOutput } from '../../../worker/index.ts';
import { useSettled } from '../../engine/use-settled.ts';
import { type Asked, useTask } from '../../engine/use-task.ts';
import { TaskStatus } from '../../parts/status.tsx';
import { useSlice } from '../../state/store.ts';
import { CellCard, CellChoice } from './cell-card.tsx';
import { CellFigures } from './cell-figures.tsx';
import { useMeasured } from './measured.tsx';

/** The exact run begins when nothing has changed for this long. */
const SETTLED_ms = 350;
const BAND_SAMPLES = 40;

export function View(): JSX.Element {
  const [slice, patch] = useSlice('cell');
  const { base, file, edits, values, protocol, model, cycles, beside, hasBands, hasMeasured } = slice;
  const cell = useMemo(() => ({ base, file, edits, values }), [base, file, edits, values]);
  const besideCell = beside === null ? null : { base: beside, file: null, edits: {}, values: {} };
  const input = { cell, protocol, model, cycles, beside: besideCell };
  const settled = useSettled(input, SETTLED_ms);
  const isSettled = JSON.stringify(settled) === JSON.stringify(input);
  const draft = useTask('cellDraft', input, 'live');
  const canRun = isSettled && draft.isCurrent && draft.output?.run !== null;
  const exact = useTask('cellRun', canRun ? settled : null, 'beside');
  const bands = useTask(
    'cellBands',
    canRun && hasBands ? { cell, protocol, cycles, samples: BAND_SAMPLES } : null,
    'bands',
  );
  const measured = useMeasured(hasMeasured);
  const isExact = isSettled && exact.isCurrent && exact.output !== null;
  const run: TaskOutput<'cellRun'> | null = isExact ? exact.output : (draft.output?.run ?? exact.output);
  const sheet = draft.output?.sheet ?? null;
  // A protocol at fault leaves the cell in order, and is told in the same place.
  const told: Asked<unknown> = draft.issues.length > 0 ? draft : { ...draft, issues: draft.output?.issues ?? [] };
  return (
    <section class="desk">
      <div class="cards">
        <h1>Cell</h1>
        {sheet === null && draft.issues.length > 0 ? (
          <div class="card">
            <CellChoice slice={slice} patch={patch} name={file === null ? base : 'the opened file'} />
          </div>
        ) : null}
        {sheet === null ? null : <CellCard {...{ slice, patch, sheet, measured }} command={draft.output!.command} />}
      </div>
      <div class="cards">
        <TaskStatus asked={told} what="The cell" />
        <TaskStatus asked={exact} what="The run" />
        {run === null || sheet === null ? null : (
          <CellFigures
            run={run}
            sheet={sheet}
            isExact={isExact}
            isStale={!draft.isCurrent && !isExact}
            bands={hasBands ? bands : null}
            measured={hasMeasured ? measured.output : null}
            input={input}
            command={draft.output!.command}
            slice={slice}
            patch={patch}
          />
        )}
      </div>
    </section>
  );
}

// A measured test laid over the computed cell: the one that is open on the lab bench, or a file opened here, which the bench then has too.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TaskOutput } from '../../../worker/index.ts';
import type { Asked } from '../../engine/use-task.ts';
import { TaskStatus } from '../../parts/status.tsx';
import { useSlice } from '../../state/store.ts';
import { idOf, takeFiles, useOpenFiles } from '../bench/open-files.ts';
import { useBench } from '../bench/use-bench.ts';

export type Measured = Exclude<TaskOutput<'benchOverlay'>, { kind: 'not held' }>;

/** The test that the bench shows, or null where none is asked for or open. */
export function useMeasured(isOn: boolean): Asked<Measured> {
  const [bench] = useSlice('bench');
  useOpenFiles();
  const files = bench.files.flatMap((file) => {
    const id = idOf(file.name);
    return id === null ? [] : [{ ...file, id }];
  });
  const { cell, electrolyte, area, instrumentError, circuit, join, test } = bench;
  const about = { cell, electrolyte, area, instrumentError, circuit };
  return useBench('benchOverlay', isOn && files.length > 0 ? { files, about, join, test } : null);
}

export function MeasuredChoice({
  isOn,
  asked,
  onChange,
}: {
  readonly isOn: boolean;
  readonly asked: Asked<Measured>;
  onChange(isOn: boolean): void;
}): JSX.Element {
  const [bench, patchBench] = useSlice('bench');
  const [remarks, setRemarks] = useState<readonly string[]>([]);
  const open = bench.files.filter(({ name }) => idOf(name) !== null);
  const take = (given: readonly File[]): void => {
    if (given.length === 0) return;
    const { files, remarks: said } = takeFiles(given, bench.files);
    setRemarks(said);
    patchBench({ files: [...files], test: Math.max(0, files.length - 1) });
    onChange(true);
  };
  return (
    <>
      {open.length > 0 ? (
        <label class="check">
          <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
          The measured test of the lab bench over it
        </label>
      ) : (
        <>
          <label class="file-button">
            Lay a measured file over it
            <input
              type="file"
              onChange={(event) => {
                take([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = '';
              }}
            />
          </label>
          {isOn && bench.files.length > 0 ? (
            <p class="hint">Open {bench.files.map(({ name }) => name).join(', ')}: a link holds names of files only.</p>
          ) : null}
        </>
      )}
      {remarks.map((remark) => (
        <p class="hint" key={remark}>
          {remark}
        </p>
      ))}
      {isOn ? <TaskStatus asked={asked} what="The measured test" /> : null}
      {isOn && asked.output !== null && asked.output.cycles.length === 0 ? (
        <p class="hint">Its voltage is drawn. For its efficiency the lab bench wants to know which cell it is of.</p>
      ) : null}
    </>
  );
}

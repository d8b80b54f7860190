// What two reviews report of lithium anodes, as printed, with what the reader adds: drawn, listed, and computed beside it.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Chart } from '../../charts/chart.tsx';
import { useLane } from '../../engine/lanes.ts';
import { useTask } from '../../engine/use-task.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { ButtonChoice } from '../../parts/choice.tsx';
import { Menu } from '../../parts/menu.tsx';
import { saveBlob, saveText } from '../../parts/save.ts';
import { TaskStatus } from '../../parts/status.tsx';
import { useSlice, useStore } from '../../state/store.ts';
import { openedCell } from '../cell/state.ts';
import { Computed, SideBySide, useResults } from './computed.tsx';
import { Filters } from './filters.tsx';
import { OwnRows } from './own-rows.tsx';
import { askedOf, commandOf } from './query.ts';
import { useReproduction } from './reproduction.ts';
import { RowsTable } from './rows-table.tsx';

const FORMATS = {
  csv: { label: 'One number a line, CSV', ending: 'csv', type: 'text/csv' },
  'wide-csv': { label: 'One row a line, CSV', ending: 'csv', type: 'text/csv' },
  json: { label: 'Everything, JSON', ending: 'json', type: 'application/json' },
  bibtex: { label: 'Works cited, BibTeX', ending: 'bib', type: 'text/x-bibtex' },
} as const;

export function View(): JSX.Element {
  const store = useStore();
  const [slice, patch] = useSlice('literature');
  const { own, sort, isDescending, against, scale, colour } = slice;
  const lane = useLane('beside');
  const [note, setNote] = useState('');
  const words = useAnswerItems();
  const asking = askedOf(slice);
  const search = { own, query: asking.query, sort, isDescending };
  const library = useTask('literatureLibrary', { own }, 'beside');
  const found = useTask('literatureFind', { ...search, against, scale, colour }, 'live');
  const rowOf = new Map((library.output?.rows ?? []).map((row) => [row.id, row]));
  const rows = (found.output?.ids ?? []).flatMap((id) => rowOf.get(id) ?? []);
  const reproduction = useReproduction();
  const ids = rows.filter(({ table }) => table !== 'own').map(({ id }) => id);
  const isComparing = slice.show === 'computed';
  const isWanted = library.output !== null && found.output !== null && (isComparing || reproduction.version > 0);
  const { results, failure } = useResults(reproduction, ids, slice, isWanted);
  const computed = new Map(
    (reproduction.version > 0 ? (results?.systems ?? []) : [])
      .filter(({ quantities }) => quantities.some((one) => one.computed !== null))
      .map((system) => [system.id, system]),
  );
  const onOpenCell = (id: string): void =>
    store.update((state) => ({ ...state, cell: openedCell({ base: id }), view: 'cell' }));
  useEffect(() => {
    if (slice.row !== null && !isComparing)
      document.getElementById(`row-${slice.row}`)?.scrollIntoView({ block: 'nearest' });
  }, [slice.row, isComparing, found.output === null]);
  const save = async (format: keyof typeof FORMATS): Promise<void> => {
    const { ending, type } = FORMATS[format];
    const { text, note: said } = await lane.queue('literatureExport', { ...search, format });
    setNote(said);
    saveText(text, `limetal-literature.${ending}`, type);
  };
  const saveParquet = async (): Promise<void> => {
    const { text } = await lane.queue('literatureExport', { ...search, format: 'csv' });
    const { parquetOfCsv } = await import('../../charts/export-files.ts');
    saveBlob(await parquetOfCsv(text), 'limetal-literature.parquet');
  };
  const command = commandOf(slice);
  // The works have an entry of their own, which counts them.
  const methods = words(
    { of: 'literature', ids: found.output?.ids ?? [] },
    { name: 'limetal-literature', command },
  ).slice(0, 1);
  const exports = [
    ...(Object.keys(FORMATS) as (keyof typeof FORMATS)[]).map((format) => ({
      label: FORMATS[format].label,
      run: () => save(format),
    })),
    { label: 'One number a line, Parquet', run: saveParquet },
    ...methods,
  ];
  return (
    <section class="desk literature">
      <div class="cards">
        <h1>Literature</h1>
        <Filters
          {...{ slice, patch, asking }}
          library={library.output}
          found={found.output === null ? null : found.output.ids.length}
        />
        <OwnRows {...{ slice, patch }} library={library.output} />
      </div>
      <div class="cards">
        <TaskStatus
          asked={{ ...library, issues: [...library.issues, ...(library.output?.issues ?? [])] }}
          what="The literature"
        />
        <TaskStatus asked={found} what="The search" />
        <ButtonChoice
          label="Show"
          value={slice.show}
          choices={[
            { value: 'printed', label: 'as printed' },
            { value: 'computed', label: 'computed beside reported' },
          ]}
          onChange={(show) => patch({ show })}
        />
        {library.output === null || found.output === null ? null : isComparing ? (
          <Computed {...{ rows, slice, patch, results, failure }} library={library.output} />
        ) : (
          <div class="card">
            <div class="tools-row">
              <ButtonChoice
                label="Over"
                value={against}
                choices={[
                  { value: 'current', label: 'current' },
                  { value: 'capacity', label: 'capacity' },
                  { value: 'cycles', label: 'cycles' },
                ]}
                onChange={(next) => patch({ against: next })}
              />
              <ButtonChoice
                label="Efficiency"
                value={scale}
                choices={[
                  { value: 'lce', label: 'by its loss' },
                  { value: 'percent', label: 'in %' },
                ]}
                onChange={(next) => patch({ scale: next })}
              />
              <ButtonChoice
                label="Colour"
                value={colour}
                choices={[
                  { value: 'electrolyte', label: 'electrolyte' },
                  { value: 'strategy', label: 'strategy' },
                ]}
                onChange={(next) => patch({ colour: next })}
              />
            </div>
            <Chart
              figure={found.output.figure}
              height_px={400}
              isStale={!found.isCurrent}
              describe={(_, { series, row }) => found.output?.marks[series]?.[row]?.text ?? ''}
              onPick={(_, { series, row }) => {
                const mark = found.output?.marks[series]?.[row];
                if (mark !== undefined) patch({ row: mark.id });
              }}
              exported={{ name: `literature-${against}`, command, more: exports }}
            />
            <p class="hint">
              Circles are of the reviews, squares are own rows; filled is printed as that number, hollow as about, more
              or less. Points that would cover each other stand side by side.
              {found.output.notPlaced === 0
                ? ''
                : ` ${found.output.notPlaced} efficienc${found.output.notPlaced === 1 ? 'y is not drawn: what it' : 'ies are not drawn: what they'} would stand over is not printed.`}
              {found.output.notOfLithium === 0
                ? ''
                : ` ${found.output.notOfLithium} more ${found.output.notOfLithium === 1 ? 'is' : 'are'} of full cells or not said to be of lithium.`}
              {against === 'cycles' ? ' A number of cycles is the length of a test, not a life.' : ''}
            </p>
          </div>
        )}
      </div>
      {library.output === null || found.output === null ? null : (
        <div class="cards whole">
          {isComparing ? (
            results === null ? null : (
              <SideBySide {...{ rows, results, onOpenCell }} library={library.output} />
            )
          ) : (
            <div class="card rows-card">
              <div class="tools-row rows-tools">
                <h2>
                  {rows.length} row{rows.length === 1 ? '' : 's'}
                </h2>
                <Menu
                  label="Export rows"
                  title="Export rows"
                  items={[
                    ...exports,
                    { label: 'Copy the shell command', run: () => navigator.clipboard.writeText(command) },
                  ]}
                />
              </div>
              {note === '' ? null : (
                <p class="hint" role="status">
                  {note}
                </p>
              )}
              <div class="scroll-x">
                <RowsTable {...{ rows, slice, patch, computed, onOpenCell }} library={library.output} />
              </div>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

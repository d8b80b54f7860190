// The rows as they were printed, what is corrected beside it. One stop of the Tab key takes to the table; arrow keys go from value to
// value; a value tells its source under pointer and focus; the number of a row opens all of it.

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { LiteratureRow } from '../../../literature/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { keepPlace, moveFocus } from '../../parts/rove.ts';
import type { LibraryAnswer, Patch } from './filters.tsx';
import { RowDetails } from './row-details.tsx';
import { SourceCard } from './source-card.tsx';
import { nothingGiven } from './source-words.ts';
import type { LiteratureSlice } from './state.ts';

export type ReproducedSystem = TaskOutput<'reproduceResults'>['systems'][number];

interface Column {
  readonly label: string;
  readonly sort: LiteratureSlice['sort'];
  /** Keys of the tables' columns, and of own rows the kinds of their numbers. */
  readonly of: readonly string[];
}

const COLUMNS: readonly Column[] = [
  {
    label: 'CE\u00a0/\u00a0%',
    sort: 'efficiency',
    of: ['ce', 'li-cu-efficiency', 'coulombic-efficiency'],
  },
  { label: 'Current / mA\u00a0cm⁻²', sort: 'current', of: ['current-density'] },
  { label: 'Capacity / mAh\u00a0cm⁻²', sort: 'capacity', of: ['areal-capacity'] },
  { label: 'Test', sort: 'cycles', of: ['cycles', 'cycle-life', 'cycle-count', 'duration'] },
  { label: 'Resistance before or without', sort: 'resistance', of: ['interfacial-resistance-before'] },
  {
    label: 'Resistance after or with',
    sort: 'resistance',
    of: ['interfacial-resistance-after', 'interfacial-resistance'],
  },
  { label: 'Polarisation', sort: 'polarisation', of: ['polarisation'] },
];

/** Everything that no column takes. */
const OTHER_LABEL = 'Other';

/** Rows drawn at once; more are drawn when they are asked for. */
const ROWS_STEP = 150;

interface TableProps {
  readonly rows: readonly LiteratureRow[];
  readonly library: LibraryAnswer;
  readonly slice: LiteratureSlice;
  readonly patch: Patch;
  /** What is computed so far, by id. */
  readonly computed: ReadonlyMap<string, ReproducedSystem>;
  onOpenCell(id: string): void;
}

const placesOf = (row: LiteratureRow, of: readonly string[]): number[] =>
  row.entries.flatMap(({ column }, place) => (of.includes(column) ? [place] : []));

export function RowsTable({ rows, library, slice, patch, computed, onOpenCell }: TableProps): JSX.Element {
  const table = useRef<HTMLTableElement>(null);
  const [limit, setLimit] = useState(ROWS_STEP);
  const taken = new Set(COLUMNS.flatMap(({ of }) => of));
  const others = [...new Set(rows.flatMap(({ entries }) => entries.map(({ column }) => column)))].filter(
    (column) => !taken.has(column),
  );
  const columns: readonly (Omit<Column, 'sort'> & { readonly sort?: Column['sort'] })[] = [
    ...COLUMNS.filter(({ of }) => rows.some((row) => placesOf(row, of).length > 0)),
    ...(others.length === 0 ? [] : [{ label: OTHER_LABEL, of: others }]),
  ];
  const width = columns.length + 3;
  return (
    <>
      <table class="literature-rows" ref={table} onKeyDown={moveFocus} onFocusIn={keepPlace}>
        <caption>
          As printed; what is wrong in print is corrected beside it. Arrow keys go from value to value, and every value
          tells its source.
        </caption>
        <thead>
          <tr>
            <SortHead label="Row" sort="printed" {...{ slice, patch }} />
            <th scope="col" class="text">
              What
            </th>
            <th scope="col" class="text">
              Electrolyte
            </th>
            {columns.map(({ label, sort }) =>
              sort === undefined ? (
                <th scope="col" class="text" key={label}>
                  {label}
                </th>
              ) : (
                <SortHead key={label} label={label} sort={sort} {...{ slice, patch }} />
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row, k) => (
            <RowLines
              key={row.id}
              row={row}
              columns={columns}
              width={width}
              isOpen={slice.row === row.id}
              isFirst={k === 0}
              onToggle={() => patch({ row: slice.row === row.id ? null : row.id }, 'literature row')}
              {...{ library, computed, onOpenCell }}
            />
          ))}
        </tbody>
      </table>
      {rows.length > limit ? (
        <button type="button" onClick={() => setLimit(limit + 4 * ROWS_STEP)}>
          Show more of the {rows.length} rows
        </button>
      ) : null}
      {rows.length === 0 ? <p>No row answers this. Take a filter away to see more.</p> : null}
      <SourceCard table={table} rows={rows} library={library} />
    </>
  );
}

function SortHead({
  label,
  sort,
  slice,
  patch,
}: {
  readonly label: string;
  readonly sort: Column['sort'];
  readonly slice: LiteratureSlice;
  readonly patch: Patch;
}): JSX.Element {
  const isSorted = slice.sort === sort;
  return (
    <th scope="col" class="text" aria-sort={isSorted ? (slice.isDescending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        class="quiet sort"
        data-rove
        tabIndex={-1}
        onClick={() => patch({ sort, isDescending: isSorted && !slice.isDescending })}
      >
        {label} <span aria-hidden="true">{isSorted ? (slice.isDescending ? '▼' : '▲') : ''}</span>
      </button>
    </th>
  );
}

interface LinesProps {
  readonly row: LiteratureRow;
  readonly columns: readonly { readonly label: string; readonly of: readonly string[] }[];
  readonly width: number;
  readonly isOpen: boolean;
  readonly isFirst: boolean;
  readonly library: LibraryAnswer;
  readonly computed: ReadonlyMap<string, ReproducedSystem>;
  onToggle(): void;
  onOpenCell(id: string): void;
}

function RowLines(props: LinesProps): JSX.Element {
  const { row, columns, width, isOpen, isFirst, library, computed, onToggle, onOpenCell } = props;
  const what = row.method ?? row.subject;
  return (
    <>
      <tr id={`row-${row.id}`} class={isOpen ? 'is-open' : ''}>
        <th scope="row">
          <button
            type="button"
            class="quiet row-id"
            data-rove
            tabIndex={isFirst ? 0 : -1}
            aria-expanded={isOpen}
            aria-label={`${row.id}, ${isOpen ? 'close' : 'open'} all of this row`}
            onClick={onToggle}
          >
            <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {row.id}
          </button>
          {row.table === 'own' ? null : (
            <button
              type="button"
              class="quiet open-cell"
              data-rove
              tabIndex={-1}
              aria-label={`Open ${row.id} as a cell`}
              title="Open as a cell"
              onClick={() => onOpenCell(row.id)}
            >
              cell <span aria-hidden="true">→</span>
            </button>
          )}
        </th>
        <td class="text" data-label="What">
          {what === null ? null : <span class="what">{what} </span>}
          <span class="hint">
            {row.groupPrinted} {row.reference.printed}
          </span>
          <Corrected corrections={row.corrections} />
        </td>
        <td class="text" data-label="Electrolyte">
          {row.electrolyte === null ? <span class="hint">not printed</span> : row.electrolyte.printed}
        </td>
        {columns.map(({ label, of }) => (
          <td class="text" key={label} data-label={label}>
            {placesOf(row, of).map((place) => (
              <Printed key={place} row={row} place={place} label={label} />
            ))}
          </td>
        ))}
      </tr>
      {isOpen ? (
        <tr class="details">
          <td colSpan={width} class="text">
            <RowDetails row={row} library={library} computed={computed.get(row.id) ?? null} onOpenCell={onOpenCell} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Printed({
  row,
  place,
  label,
}: {
  readonly row: LiteratureRow;
  readonly place: number;
  readonly label: string;
}): JSX.Element {
  const entry = row.entries[place]!;
  const units = [
    ...new Set(
      entry.quantities.flatMap(({ unit, unitCorrected }) =>
        unitCorrected === undefined || entry.corrections?.some(({ field }) => field === 'unit')
          ? []
          : [{ printed: unit, corrected: unitCorrected }],
      ),
    ),
  ];
  return (
    <div class="printed">
      {nothingGiven(entry.printed) ? (
        <span class="hint">{entry.printed}</span>
      ) : (
        <button
          type="button"
          class="sourced"
          data-rove
          data-value={`${row.id} ${place}`}
          tabIndex={-1}
          aria-label={`${row.id}, ${label}: ${entry.printed}. Its source`}
        >
          {entry.printed}
        </button>
      )}
      <Corrected corrections={[...(entry.corrections ?? []), ...units]} />
    </div>
  );
}

function Corrected({
  corrections,
}: {
  readonly corrections: readonly { readonly printed: string; readonly corrected: string }[];
}): JSX.Element {
  return (
    <>
      {corrections.map(({ printed, corrected }) => (
        <small class="correction" key={`${printed} ${corrected}`}>
          “{printed}” → “{corrected}”
        </small>
      ))}
    </>
  );
}

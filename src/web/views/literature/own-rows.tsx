// Rows that the reader adds: files of the form that `limetal literature --add` takes, opened or dropped here, kept in the state of the page
// and saved from it again.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatIssue, type Issue } from '../../../units/index.ts';
import { useLane } from '../../engine/lanes.ts';
import { saveText } from '../../parts/save.ts';
import { isWide, type LibraryAnswer, type Patch } from './filters.tsx';
import type { LiteratureSlice } from './state.ts';

/** Characters of all own rows together: they travel in the link, which must stay one that a browser takes. */
const LENGTH_MAX = 1_000_000;

/** What a file begins with: the least that is asked for. */
const EXAMPLE = `${JSON.stringify(
  {
    limetalLiterature: 1,
    curator: 'your name',
    date: '2026-01-01',
    rows: [
      {
        id: 'my-row-1',
        group: 'host',
        method: 'what was done, in a few words',
        electrolyte: { text: '1 M LiTFSI in DOL/DME (1:1) with 1 wt % LiNO3', class: 'ether-nitrate' },
        source: { doi: null, citation: 'own measurement', locator: 'cell 7', how: 'author-raw' },
        quantities: [
          {
            kind: 'coulombic-efficiency',
            printed: '98.7 %',
            value: 98.7,
            unit: '%',
            conditions: { currentDensity_mA_per_cm2: 1, arealCapacity_mAh_per_cm2: 1, cycles: 100 },
          },
        ],
      },
    ],
  },
  null,
  2,
)}\n`;

export function OwnRows({
  slice,
  patch,
  library,
}: {
  readonly slice: LiteratureSlice;
  readonly patch: Patch;
  readonly library: LibraryAnswer | null;
}): JSX.Element {
  const lane = useLane('beside');
  const [faults, setFaults] = useState<readonly Issue[]>([]);
  const [isOver, setOver] = useState(false);
  const take = async (files: readonly File[]): Promise<void> => {
    const opened = await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
    // A file of the same name takes the place of the earlier one.
    const kept = slice.own.filter(({ name }) => !opened.some((one) => one.name === name));
    const own = [...kept, ...opened];
    const length = own.reduce((sum, { text }) => sum + text.length, 0);
    if (length > LENGTH_MAX) {
      const found = `${length} characters in all`;
      const wanted = `at most ${LENGTH_MAX}, because own rows travel with the link`;
      setFaults([{ where: 'own rows', found, wanted, hint: 'the shell takes longer files: limetal literature --add' }]);
      return;
    }
    const { issues } = await lane.queue('literatureLibrary', { own });
    setFaults(issues);
    if (issues.length === 0) patch({ own, table: 'own' });
  };
  const rowsOwn = library?.rows.filter(({ table }) => table === 'own').length ?? 0;
  return (
    <section
      class={isOver ? 'card own-rows is-over' : 'card own-rows'}
      aria-label="Own rows"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <details open={isWide() || slice.own.length > 0}>
        <summary>
          <h2>Own rows</h2>
        </summary>
        <p class="hint">
          Drop a JSON or CSV file of your rows here, or open it. They are searched, drawn and exported with the others,
          and travel in the link; nothing is sent anywhere.
        </p>
        <div class="tools-row">
          <label class="file-button">
            Open own rows
            <input
              type="file"
              accept=".json,.csv"
              multiple
              onChange={(event) => {
                const files = [...(event.currentTarget.files ?? [])];
                event.currentTarget.value = '';
                if (files.length > 0) void take(files);
              }}
            />
          </label>
          <button type="button" onClick={() => saveText(EXAMPLE, 'own-rows.json', 'application/json')}>
            Save an example
          </button>
        </div>
        {faults.length === 0 ? null : (
          <div class="problem" role="alert">
            <p>Nothing was added. {faults.length === 1 ? 'One thing is' : `${faults.length} things are`} wrong:</p>
            <ul>
              {faults.map((issue) => (
                <li key={`${issue.where} ${issue.found}`}>{formatIssue(issue)}</li>
              ))}
            </ul>
            <button type="button" class="quiet" onClick={() => setFaults([])}>
              Close
            </button>
          </div>
        )}
        {slice.own.length === 0 ? null : (
          <>
            <p class="hint">
              {rowsOwn} own row{rowsOwn === 1 ? '' : 's'} from
            </p>
            <ul class="own-files">
              {slice.own.map(({ name, text }) => (
                <li key={name}>
                  <span>{name}</span>
                  <button
                    type="button"
                    class="quiet"
                    aria-label={`Save ${name}`}
                    onClick={() => saveText(text, name, /\.csv$/i.test(name) ? 'text/csv' : 'application/json')}
                  >
                    Save
                  </button>
                  <button
                    type="button"
                    class="quiet"
                    aria-label={`Take ${name} out`}
                    onClick={() =>
                      patch({
                        own: slice.own.filter((one) => one.name !== name),
                        ...(slice.own.length === 1 && slice.table === 'own' ? { table: '' } : {}),
                      })
                    }
                  >
                    Take out
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </details>
    </section>
  );
}

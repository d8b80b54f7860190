// Reported beside computed: the run of `limetal reproduce`, its scores with what little knowledge would have given, and every number beside
// the printed one with its band.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LiteratureRow } from '../../../literature/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { Chart } from '../../charts/chart.tsx';
import { useLane } from '../../engine/lanes.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { ButtonChoice, SelectField } from '../../parts/choice.tsx';
import { Menu } from '../../parts/menu.tsx';
import { saveBlob, saveText } from '../../parts/save.ts';
import { type Sourced, SourcedValue } from '../../parts/sourced.tsx';
import {
  bandText,
  boundText,
  computedText,
  EQUATIONS,
  QUANTITY_NAMES,
  stepsBetween,
  verdictOf,
} from './computed-words.ts';
import type { LibraryAnswer, Patch } from './filters.tsx';
import { reproduceCommandOf } from './query.ts';
import { type Reproduction, useReproduction } from './reproduction.ts';
import { Scores } from './scores.tsx';
import { paperOf, printedWords, workWords } from './source-words.ts';
import type { LiteratureSlice } from './state.ts';

export type Results = TaskOutput<'reproduceResults'>;
type System = Results['systems'][number];
type Quantity = System['quantities'][number];

export const SEED = 1;
/** While work goes on, results are put together no more often than this. */
const REFRESH_ms = 1200;
const SAMPLES = [200, 50, 20] as const;

/** What the answers so far come to for these systems, put together anew as answers come in. */
export function useResults(
  reproduction: Reproduction,
  ids: readonly string[],
  { samples, colour }: Pick<LiteratureSlice, 'samples' | 'colour'>,
  isWanted: boolean,
): { readonly results: Results | null; readonly failure: string | null } {
  const lane = useLane('beside');
  const [answer, setAnswer] = useState<{ readonly results: Results | null; readonly failure: string | null }>({
    results: null,
    failure: null,
  });
  const wanted = `${samples} ${colour} ${ids.join()} ${reproduction.version}`;
  const newest = useRef(wanted);
  newest.current = isWanted ? wanted : '';
  const asked = useRef({ key: '', isBusy: false, at_ms: Number.NEGATIVE_INFINITY });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const state = asked.current;
    if (!isWanted || state.isBusy || state.key === wanted) return;
    const isSameQuestion = state.key.replace(/ \d+$/, '') === wanted.replace(/ \d+$/, '');
    const wait_ms =
      isSameQuestion && reproduction.isRunning ? Math.max(0, state.at_ms + REFRESH_ms - performance.now()) : 0;
    state.isBusy = true;
    setTimeout(async () => {
      state.key = newest.current;
      state.at_ms = performance.now();
      try {
        const known = new Set(ids);
        const kept = reproduction.kept().filter(({ key }) => known.has(JSON.parse(key).system));
        const results = await lane.queue('reproduceResults', { ids, samples, seed: SEED, kept, colour });
        setAnswer({ results, failure: null });
      } catch (error) {
        setAnswer((before) => ({ ...before, failure: error instanceof Error ? error.message : String(error) }));
      } finally {
        state.isBusy = false;
        setTurn((count) => count + 1);
      }
    }, wait_ms);
  }, [wanted, isWanted, turn, lane]);
  return answer;
}

interface ComputedProps {
  readonly rows: readonly LiteratureRow[];
  readonly library: LibraryAnswer;
  readonly slice: LiteratureSlice;
  readonly patch: Patch;
  readonly results: Results | null;
  readonly failure: string | null;
}

export function Computed({ rows, library, slice, patch, results, failure }: ComputedProps): JSX.Element {
  const reproduction = useReproduction();
  const ids = rows.filter(({ table }) => table !== 'own').map(({ id }) => id);
  const total = library.rows.filter(({ table }) => table !== 'own').length;
  const command = reproduceCommandOf(ids, total, slice.samples);
  const parity = results?.parity[slice.parity] ?? null;
  return (
    <>
      <RunCard
        {...{ ids, total, slice, patch, reproduction, results, command }}
        failure={reproduction.failure ?? failure}
      />
      {results === null ? null : (
        <>
          <Scores results={results} shown={ids.length} total={total} command={command} />
          <div class="card parity">
            <ButtonChoice
              label="Compare"
              value={slice.parity}
              choices={[
                { value: 'efficiency', label: 'efficiency' },
                { value: 'resistance', label: 'resistance' },
                { value: 'polarisation', label: 'polarisation' },
              ]}
              onChange={(chosen) => patch({ parity: chosen })}
            />
            {parity === null ? null : (
              <Chart
                figure={parity.figure}
                height_px={460}
                describe={(_, { series, row }) => parity.marks[series]?.[row]?.text ?? ''}
                onPick={(_, { series, row }) => {
                  const mark = parity.marks[series]?.[row];
                  if (mark !== undefined) patch({ row: mark.id, show: 'printed' });
                }}
                exported={{ name: `reproduce-${slice.parity}`, command: `${command} --out results` }}
              />
            )}
            <p class="hint">
              {slice.parity === 'efficiency'
                ? 'Both axes by −log₁₀(1 − CE): equal ratios of loss are equal lengths. On the dashed line computed is reported. '
                : 'On the middle dashed line computed is reported; the others are a factor of two away. '}
              Upright lines are bands, hollow marks are printed as bounds.
            </p>
          </div>
        </>
      )}
    </>
  );
}

const whichOf = (count: number, total: number): string =>
  count === total ? `all ${total} systems` : count === 1 ? 'this system' : `these ${count} systems`;

interface RunCardProps {
  readonly ids: readonly string[];
  readonly total: number;
  readonly slice: LiteratureSlice;
  readonly patch: Patch;
  readonly reproduction: Reproduction;
  readonly results: Results | null;
  readonly command: string;
  readonly failure: string | null;
}

function RunCard(props: RunCardProps): JSX.Element {
  const { ids, total, slice, patch, reproduction, results, command, failure } = props;
  const lane = useLane('beside');
  const { isRunning, share } = reproduction;
  const isComplete = results?.isComplete === true;
  const hasSome =
    results?.systems.some(({ quantities }) => quantities.some(({ computed }) => computed !== null)) === true;
  const input = { ids, samples: slice.samples, seed: SEED };
  const words = useAnswerItems();
  const text = (format: 'csv' | 'json'): Promise<string> =>
    lane.queue('reproduceExport', { ...input, kept: reproduction.kept(), colour: slice.colour, format });
  const save = async (format: 'csv' | 'json'): Promise<void> =>
    saveText(await text(format), `reproduce.${format}`, format === 'csv' ? 'text/csv' : 'application/json');
  const saveParquet = async (): Promise<void> => {
    const { parquetOfCsv } = await import('../../charts/export-files.ts');
    saveBlob(await parquetOfCsv(await text('csv')), 'reproduce.parquet');
  };
  return (
    <section class="card" aria-label="Compute">
      <div class="tools-row">
        {isRunning ? (
          <button type="button" onClick={() => reproduction.cancel()}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            disabled={ids.length === 0 || isComplete}
            onClick={() => void reproduction.start(input)}
          >
            {isComplete
              ? ids.length === 1
                ? 'The system is computed'
                : `All ${ids.length} systems are computed`
              : `${hasSome ? 'Go on with' : 'Compute'} ${whichOf(ids.length, total)}`}
          </button>
        )}
        <SelectField
          label="Runs behind each band"
          value={String(slice.samples)}
          choices={[...new Set([...SAMPLES, slice.samples])].map((count) => ({
            value: String(count),
            label: count === 200 ? '200, as the shell' : String(count),
          }))}
          onChange={(count) => patch({ samples: Number(count) })}
        />
        {hasSome ? (
          <Menu
            label="Export"
            title="Export what is computed"
            items={[
              { label: 'Reported and computed as CSV', run: () => save('csv') },
              { label: 'Reported and computed as Parquet', run: saveParquet },
              { label: 'All results with scores as JSON', run: () => save('json') },
              ...words(
                { of: 'reproduce', answer: results?.systems ?? [], samples: slice.samples, seed: SEED },
                { name: 'reproduce', command },
              ),
              { label: 'Copy the shell command', run: () => navigator.clipboard.writeText(command) },
            ]}
          />
        ) : null}
      </div>
      {isRunning ? (
        <p class="running">
          <progress max={1} value={share} aria-label="computing the systems" /> {Math.round(100 * share)} % of the work.
          The values come first, then the bands; you may look elsewhere meanwhile.
        </p>
      ) : (
        <p class="hint">
          {isComplete
            ? `The same numbers as ${command}, seed ${SEED}.`
            : hasSome
              ? 'Not everything is computed; what is done is kept while this page is open.'
              : 'Each system runs as its row was tested, by the fast model: a minute or two for all of them on two processors, seconds for a few. What is done is kept while this page is open.'}
        </p>
      )}
      {failure === null ? null : (
        <p class="problem" role="alert">
          Not everything could be computed: {failure.split('\n')[0]}. What is done is kept; compute again to go on.
        </p>
      )}
    </section>
  );
}

interface SideProps {
  readonly rows: readonly LiteratureRow[];
  readonly library: LibraryAnswer;
  readonly results: Results;
  onOpenCell(id: string): void;
}

export function SideBySide({ rows, library, results, onOpenCell }: SideProps): JSX.Element {
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return (
    <div class="card scroll-x">
      <table class="side-by-side">
        <caption>
          Reported beside computed. Bands are the middle four fifths of the runs. The strip shows computed against
          reported: right is more (of an efficiency: less loss), from edge to edge a factor of ten either way.
        </caption>
        <thead>
          <tr>
            <th scope="col" class="text">
              Row
            </th>
            <th scope="col" class="text">
              Quantity
            </th>
            <th scope="col">Reported</th>
            <th scope="col">Computed</th>
            <th scope="col">Band</th>
            <th scope="col" class="strip">
              Strip
            </th>
            <th scope="col" class="text">
              Verdict
            </th>
          </tr>
        </thead>
        <tbody>
          {results.systems.flatMap((system) => {
            const row = rowOf.get(system.id);
            if (row === undefined) return [];
            return system.quantities.map((quantity, k) => (
              <QuantityLine
                key={`${system.id} ${k}`}
                isFirst={k === 0}
                {...{ system, quantity, row, library, onOpenCell }}
              />
            ));
          })}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  readonly system: System;
  readonly quantity: Quantity;
  readonly row: LiteratureRow;
  readonly library: LibraryAnswer;
  readonly isFirst: boolean;
  onOpenCell(id: string): void;
}

function QuantityLine({ system, quantity, row, library, isFirst, onOpenCell }: LineProps): JSX.Element {
  const { computed, band, unit, printed } = quantity;
  const verdict = verdictOf(quantity);
  const name = QUANTITY_NAMES[quantity.quantity];
  const paper = paperOf(row.reference.paper, library.papers);
  const doi = paper?.doi == null ? {} : { doi: paper.doi };
  return (
    <tr class={isFirst ? 'first' : ''}>
      <th scope="row">
        {isFirst ? (
          <button
            type="button"
            class="quiet open-cell"
            title="Open as a cell"
            aria-label={`Open ${system.id} as a cell`}
            onClick={() => onOpenCell(system.id)}
          >
            {system.id} <span aria-hidden="true">→</span>
          </button>
        ) : (
          <span class="unseen">{system.id}</span>
        )}
        {isFirst ? <span class="hint block">{system.method ?? system.group}</span> : null}
      </th>
      <td class="text quantity">
        {name} / {unit}
      </td>
      <td data-label="reported">
        <SourcedValue
          of={{
            label: `${system.id}, ${name} reported`,
            value: boundText(quantity),
            unit,
            tag: 'reported',
            source: `“${printed}”, ${workWords(row, library.papers)}; ${printedWords(row, library.papers)}`,
            ...doi,
          }}
        >
          {boundText(quantity)}
        </SourcedValue>
      </td>
      <td data-label="computed">
        {computed === null ? (
          <span class="hint">–</span>
        ) : (
          <SourcedValue of={computedSourced(system.id, quantity, computed)}>
            {computedText(quantity, computed)}
          </SourcedValue>
        )}
      </td>
      <td class="range" data-label="band">
        {band === null ? null : (
          <SourcedValue of={{ ...computedSourced(system.id, quantity, computed), shown: bandText(quantity) }} />
        )}
      </td>
      <td class="strip">
        <Strip quantity={quantity} />
      </td>
      <td class={`text verdict-${verdict.kind}`}>{verdict.text}</td>
    </tr>
  );
}

/** A computed number of a system, with its band. */
export const computedSourced = (id: string, quantity: Quantity, computed: number | null): Sourced => ({
  label: `${id}, ${QUANTITY_NAMES[quantity.quantity]} computed`,
  value: computed ?? 'not yet',
  unit: quantity.unit,
  band: quantity.band,
  tag: 'computed',
  source: `the cell of ${id} run by the fast model as the row was tested; the band from ${quantity.samples} runs over the ranges of its values`,
  equation: `${EQUATIONS[quantity.quantity]}; docs/reproduce.md, "What is compared with what"`,
  note: quantity.note,
});

/** Where computed and its band lie about reported, which stands in the middle. */
function Strip({ quantity }: { readonly quantity: Quantity }): JSX.Element | null {
  const { reported, computed, band } = quantity;
  if (quantity.scored_as === 'life') return null;
  const at = (value: number): number | null => {
    const steps = stepsBetween(quantity, reported, value);
    return steps === null ? null : 50 + 50 * Math.min(1, Math.max(-1, steps));
  };
  const dot = computed === null ? null : at(computed);
  const [low, high] = band === null ? [null, null] : [at(Math.max(band[0], 1e-12)), at(band[1])];
  if (dot === null && low === null) return null;
  return (
    <div class="deviation" aria-hidden="true">
      <i class="middle" />
      {low === null || high === null ? null : <i class="band" style={{ left: `${low}%`, width: `${high - low}%` }} />}
      {dot === null ? null : <i class="dot" style={{ left: `${dot}%` }} />}
    </div>
  );
}

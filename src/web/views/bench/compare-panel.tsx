// The measured test beside a cell that is simulated, and values of that cell fitted to it.

import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { cm2_from_m2, formatIssue, InputError, type Issue } from '../../../units/index.ts';
import { RunCancelled, type TaskInput, type TaskOutput } from '../../../worker/index.ts';
import { Chart } from '../../charts/chart.tsx';
import { ExportLine } from '../../charts/export-menu.tsx';
import { numberText, printedText } from '../../charts/number-text.ts';
import { useLane } from '../../engine/lanes.ts';
import { useConstant } from '../../engine/use-constant.ts';
import { useTask } from '../../engine/use-task.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { ButtonChoice, SelectField } from '../../parts/choice.tsx';
import { saveBlob, saveText } from '../../parts/save.ts';
import type { Sourced } from '../../parts/sourced.tsx';
import { sourcedColumns } from '../../parts/sourced-columns.ts';
import { SourcedCell, SourcedTable } from '../../parts/sourced-table.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { TaskStatus } from '../../parts/status.tsx';
import { useStore } from '../../state/store.ts';
import { openedCell } from '../cell/state.ts';
import { knownText } from './spectrum-panel.tsx';
import type { BenchSlice } from './state.ts';
import { fittedTable } from './tables.ts';
import { stemOf, type Test, type TestQuestion, titled } from './test-panel.tsx';
import { askBench, type BenchAnswer } from './use-bench.ts';

type Comparison = BenchAnswer<'benchCompare'>;
type CellInput = TaskInput<'benchFitNames'>['cell'];

const OWN = 'own';

interface CompareProps {
  readonly test: Test;
  readonly question: TestQuestion;
  readonly slice: BenchSlice;
  patch(part: Partial<BenchSlice>, tag?: string): void;
}

interface Work {
  readonly output: Comparison | null;
  /** What the output answers, as JSON. */
  readonly of: string;
  readonly isRunning: boolean;
  readonly progress: number;
  readonly issues: readonly Issue[];
  readonly failure: string | null;
  readonly said: string;
}

const IDLE: Work = { output: null, of: '', isRunning: false, progress: 0, issues: [], failure: null, said: '' };

/** What each figure of a comparison shows, by its name. */
const COMPARED: Readonly<Record<string, string>> = {
  compared: 'Voltage',
  'compared-efficiency': 'Coulombic efficiency',
  'compared-spectrum': 'Spectrum',
};

export function ComparePanel({ test, question, slice, patch }: CompareProps): JSX.Element {
  const store = useStore();
  const lane = useLane('bands');
  const cells = useConstant('cellList', {}) ?? [];
  const { compare } = slice;
  const set = (part: Partial<BenchSlice['compare']>): void => patch({ compare: { ...compare, ...part } });
  const own = store.history.present.cell;
  const cell = useMemo((): CellInput | null => {
    if (compare.cell === '') return null;
    if (compare.cell !== OWN) return { base: compare.cell, file: null, edits: {}, values: {} };
    const { base, file, edits, values } = own;
    return { base, file, edits, values };
  }, [compare.cell, own]);
  const choices = useTask('benchFitNames', cell === null ? null : { cell }, 'beside');
  const [work, setWork] = useState<Work>(IDLE);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const input: TaskInput<'benchCompare'> | null =
    cell === null
      ? null
      : {
          ...question,
          cell,
          origin: compare.cell === OWN ? originOf(own) : compare.cell,
          names: compare.names,
          fitTo: compare.fitTo,
          protocol: compare.protocol,
          model: compare.model,
        };
  const key = JSON.stringify(input);
  const run = async (): Promise<void> => {
    if (input === null) return;
    const stop = new AbortController();
    abort.current?.abort();
    abort.current = stop;
    const tell = (part: Partial<Work>): void => {
      if (abort.current === stop) setWork((before) => ({ ...before, ...part }));
    };
    setWork((before) => ({ ...before, isRunning: true, progress: 0, issues: [], failure: null, said: '' }));
    try {
      const output = await askBench(lane, 'benchCompare', input, {
        stop: stop.signal,
        onProgress: (progress) => tell({ progress }),
      });
      tell({ output, of: key, isRunning: false });
    } catch (error) {
      if (error instanceof RunCancelled) tell({ isRunning: false, said: 'Stopped; nothing was kept of it.' });
      else if (error instanceof InputError) tell({ isRunning: false, issues: error.issues });
      else tell({ isRunning: false, failure: error instanceof Error ? error.message : String(error) });
    }
  };
  const take = (file: string): void =>
    store.update((state) => ({ ...state, view: 'cell', cell: openedCell({ file }) }));
  const { output } = work;
  // A figure must stay the same object while nothing changed, or its plot would begin anew.
  const figures = useMemo(
    () => (output?.figures ?? []).map(({ name, figure }) => ({ name, figure: titled(figure, COMPARED[name]) })),
    [output],
  );
  return (
    <>
      <section class="card" aria-label="Beside a cell">
        <h2>Beside a cell</h2>
        <p class="hint">
          The steps that were measured are done to the cell that you choose, and both are laid over each other. Chosen
          values of the cell can be fitted to the test, with their errors.
        </p>
        <div class="lab-corrections lab-comparison">
          <SelectField
            label="Cell beside the test"
            value={compare.cell}
            choices={[
              { value: '', label: 'none' },
              { value: OWN, label: 'the one on the Cell page' },
              ...cells.map(({ id, title, group }) => ({ value: id, label: title, group })),
            ]}
            onChange={(next) => set({ cell: next, names: [] })}
          />
          <SelectField
            label="What is done to it"
            value={compare.protocol ?? ''}
            choices={[
              { value: '', label: 'the steps of the record' },
              { value: 'own', label: 'its own protocol' },
              { value: 'replay', label: 'the measured current, second by second' },
            ]}
            onChange={(next) => set({ protocol: next === '' ? null : next })}
          />
          <SelectField
            label="Fit looks at"
            value={compare.fitTo === null ? '' : compare.fitTo.join()}
            choices={[
              { value: '', label: 'all there is' },
              { value: 'voltage', label: 'voltage' },
              { value: 'efficiency', label: 'efficiency' },
              { value: 'spectra', label: 'spectra' },
              { value: 'voltage,efficiency', label: 'voltage and efficiency' },
              { value: 'voltage,spectra', label: 'voltage and spectra' },
            ]}
            onChange={(next) =>
              set({ fitTo: next === '' ? null : (next.split(',') as NonNullable<BenchSlice['compare']['fitTo']>) })
            }
          />
          <ButtonChoice
            label="Model"
            value={compare.model}
            choices={[
              { value: 'fast', label: 'fast' },
              { value: 'full', label: 'full' },
            ]}
            onChange={(model) => set({ model })}
          />
        </div>
        <TaskStatus asked={choices} what="The cell" />
        {choices.output === null || cell === null ? null : (
          <FitNames choices={choices.output} names={compare.names} onChange={(names) => set({ names })} />
        )}
        <div class="lab-actions">
          <button type="button" class="primary" disabled={input === null || work.isRunning} onClick={() => void run()}>
            {compare.names.length === 0 ? 'Compare' : `Compare and fit ${compare.names.length}`}
          </button>
          {work.isRunning ? (
            <>
              <progress max={1} value={work.progress > 0 ? work.progress : undefined} aria-label="comparing" />
              <button type="button" onClick={() => abort.current?.abort()}>
                Stop
              </button>
            </>
          ) : null}
        </div>
        <div aria-live="polite">
          {work.said === '' ? null : <p>{work.said}</p>}
          {work.issues.length === 0 ? null : (
            <div class="problem" role="alert">
              <ul>
                {work.issues.map((issue) => (
                  <li key={`${issue.where} ${issue.found}`}>{formatIssue(issue)}</li>
                ))}
              </ul>
            </div>
          )}
          {work.failure === null ? null : (
            <p class="problem" role="alert">
              The comparison could not be made: {work.failure.split('\n')[0]}. Nothing you entered is lost.
            </p>
          )}
        </div>
        {output === null ? null : <Result output={output} isStale={work.of !== key} onTake={take} test={test} />}
      </section>
      {output === null ? null : (
        <div class="cards two">
          {figures.map(({ name, figure }) => (
            <div class="card" key={name}>
              <Chart
                figure={figure}
                isStale={work.of !== key}
                height_px={240}
                exported={{
                  name: `${stemOf(test.names)}-${name}`,
                  ...(output.command === null ? {} : { command: `${output.command} --svg figures` }),
                }}
              />
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** How a shell is told of the cell on the cell page: one that was changed must be saved there first. */
const originOf = ({ base, file, edits, values }: CellInput): string =>
  file === null && Object.keys(edits).length + Object.keys(values).length === 0 ? base : 'saved.cell.json';

function FitNames({
  choices,
  names,
  onChange,
}: {
  readonly choices: TaskOutput<'benchFitNames'>;
  readonly names: readonly string[];
  onChange(names: string[]): void;
}): JSX.Element {
  const [text, setText] = useState('');
  const words = text.toLowerCase().split(/\s+/);
  const found = choices.names.filter(
    ({ name }) => names.includes(name) || words.every((word) => name.toLowerCase().includes(word)),
  );
  return (
    <details open={names.length > 0}>
      <summary>
        Values to fit: {names.length === 0 ? `none of ${choices.names.length} chosen` : names.join(', ')}
      </summary>
      <input
        type="search"
        aria-label="Look through the values that can be fitted"
        placeholder="such as exchangeCurrent"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <fieldset class="lab-names scroll">
        <legend class="unseen">Values to fit</legend>
        {found.map(({ name, unit, value, low, high }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={names.includes(name)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...names, name] : names.filter((one) => one !== name))
              }
            />
            <span>
              {name}{' '}
              <span class="hint">
                {`${numberText(value)} ${unit === '1' ? '' : printedText(unit)}`.trimEnd()}, looked for from{' '}
                {numberText(low)} to {numberText(high)}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function distanceWords({ rms_V, bias_V, largest_V, rmsEfficiency, spectra }: Comparison['before']): string {
  const parts: string[] = [];
  if (rms_V !== null) {
    const more = [
      bias_V === null ? '' : `mean ${numberText(1e3 * bias_V, 3)} mV`,
      largest_V === null ? '' : `largest ${numberText(1e3 * largest_V, 3)} mV`,
    ].filter((text) => text !== '');
    parts.push(`voltage ${numberText(1e3 * rms_V, 3)} mV (${more.join(', ')})`);
  }
  if (rmsEfficiency !== null) parts.push(`efficiency ${numberText(100 * rmsEfficiency, 3)} %`);
  if (spectra.length > 0) {
    const ends = [Math.min(...spectra), Math.max(...spectra)].map((value) => numberText(100 * value, 3));
    parts.push(`spectra ${ends[0] === ends[1] ? ends[0] : ends.join(' to ')} % of |Z|`);
  }
  return parts.length === 0 ? 'nothing could be compared' : parts.join('; ');
}

const DISTANCE =
  'root mean square of simulated less measured where both have rows; docs/compare.md, "What is compared"';

/** The numbers of a distance in full. */
function distanceNumbers(
  { rms_V, bias_V, largest_V, rmsEfficiency, spectra }: Comparison['before'],
  source: string,
): readonly Sourced[] {
  const one = (label: string, value: number | null, unit: string, equation: string): readonly Sourced[] =>
    value === null ? [] : [{ label, value, unit, tag: 'computed', source, equation }];
  const inMillivolts = (value_V: number | null): number | null => (value_V === null ? null : 1e3 * value_V);
  const mean = 'mean of simulated less measured; docs/compare.md, "What is compared"';
  return [
    ...one('Distance of the voltages', inMillivolts(rms_V), 'mV', DISTANCE),
    ...one('Mean distance of the voltages', inMillivolts(bias_V), 'mV', mean),
    ...one(
      'Largest distance of the voltages',
      inMillivolts(largest_V),
      'mV',
      'the largest of all rows that are compared',
    ),
    ...one('Distance of the efficiencies', rmsEfficiency === null ? null : 100 * rmsEfficiency, '%', DISTANCE),
    ...spectra.flatMap((value, k) =>
      one(`Distance of spectrum ${k}`, 100 * value, '%', 'root mean square of |ΔZ|/|Z|'),
    ),
  ];
}

function Result({
  output,
  isStale,
  onTake,
  test,
}: {
  readonly output: Comparison;
  readonly isStale: boolean;
  onTake(file: string): void;
  readonly test: Test;
}): JSX.Element {
  const { name, area_m2, before, after, fit, remarks, faults, notCompared, document, table, command, cellFile } =
    output;
  const stem = stemOf(test.names);
  const source = command ?? `${stem} beside ${name}`;
  const words = useAnswerItems();
  return (
    <div class={isStale ? 'lab-result is-stale' : 'lab-result'}>
      <h3>
        {name}, {numberText(cm2_from_m2(area_m2))} cm²{isStale ? ' (before the last change)' : ''}
      </h3>
      <p>
        <SourcedText
          text={`Simulated less measured, root mean square: ${distanceWords(before)}${after === null ? '' : ` before the fit; ${distanceWords(after)} after it`}.`}
          numbers={[...distanceNumbers(before, source), ...(after === null ? [] : distanceNumbers(after, source))]}
          basis={{ label: 'Distance from the test', tag: 'computed', source, equation: DISTANCE }}
        />
      </p>
      {faults.length === 0 ? null : (
        <div class="problem" role="alert">
          <ul>
            {faults.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      <ExportLine
        title="the comparison"
        figure={null}
        table={() => (fit === null ? sourcedColumns(distanceNumbers(before, source)) : fittedTable(fit))}
        context={{
          name: `${stem}-${fit === null ? 'distances' : 'fitted'}`,
          ...(command === null ? {} : { command }),
          more: words(
            { of: 'comparison', answer: { name, area_m2, before, after, notCompared, fit }, names: test.names },
            { name: `${stem}-comparison`, command },
          ),
        }}
      />
      {fit === null ? null : <FitResult fit={fit} source={source} />}
      {[
        // A fit says its own remarks above.
        ...remarks.filter((text) => fit?.remarks.includes(text) !== true),
        ...notCompared.map(({ what, why }) => `${what}: ${why}`),
      ].map((text) => (
        <p class="hint" key={text}>
          {text}
        </p>
      ))}
      <div class="lab-actions">
        {fit === null ? null : (
          <button type="button" class="primary" onClick={() => onTake(fit.file)}>
            Take the fitted cell to the Cell page
          </button>
        )}
        {fit === null ? null : (
          <button type="button" onClick={() => saveBlob(new Blob([fit.file]), `${stem}.fitted.cell.json`)}>
            Save the fitted cell
          </button>
        )}
        <button type="button" onClick={() => saveBlob(document, `${stem}.comparison.json`)}>
          Save the comparison
        </button>
        {cellFile === null ? null : (
          <button type="button" onClick={() => saveText(cellFile.text, cellFile.name, 'application/json')}>
            Save the cell of the command
          </button>
        )}
        {table === null ? null : (
          <button type="button" onClick={() => saveBlob(table, `${stem}.compared.csv`)}>
            Save both voltages as CSV
          </button>
        )}
      </div>
      {command === null ? null : (
        <p class="hint lab-command">
          The same in a shell: <code>{command}</code>
        </p>
      )}
    </div>
  );
}

function FitResult({
  fit,
  source,
}: {
  readonly fit: NonNullable<Comparison['fit']>;
  readonly source: string;
}): JSX.Element {
  const sourcedAt = (place: string): Sourced | null => {
    const [row, what] = place.split(' ');
    const one = fit.parameters[Number(row)];
    if (one === undefined) return null;
    const unit = one.unit === '1' ? '' : one.unit;
    if (what === 'before') {
      const equation = 'what the cell had before the fit';
      return { label: `${one.name}, before`, value: one.before, unit, tag: 'of the cell', source, equation };
    }
    const isError = what === 'error';
    return {
      label: isError ? `Standard error of ${one.name}` : one.name,
      value: isError ? (one.standardError ?? Number.NaN) : one.value,
      unit,
      band: isError ? null : one.interval95,
      tag: 'fitted here',
      source,
      equation: isError
        ? 'from the curvature at the best fit, the band that of Student at 95 %; docs/compare.md, "What is known"'
        : 'least squares between bounds over whole runs; docs/compare.md, "Fit"',
      note: knownText(one.state, one.why),
    };
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keys */}
      <section class="scroll lab-fit" tabIndex={0} aria-label="Fitted values">
        <SourcedTable sourcedAt={sourcedAt}>
          <thead>
            <tr>
              <th scope="col" class="text">
                Value
              </th>
              <th scope="col">Before</th>
              <th scope="col">Fitted</th>
              <th scope="col">±</th>
              <th scope="col">95 % interval</th>
              <th scope="col" class="text">
                Unit
              </th>
              <th scope="col" class="text">
                How well known
              </th>
            </tr>
          </thead>
          <tbody>
            {fit.parameters.map(({ name, unit, before, value, standardError, interval95, state, why }, row) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  <SourcedCell at={`${row} before`}>{numberText(before)}</SourcedCell>
                </td>
                <td>
                  {state === 'not determined' ? (
                    '–'
                  ) : (
                    <SourcedCell at={`${row} value`}>{numberText(value)}</SourcedCell>
                  )}
                </td>
                <td>
                  {standardError === null || state === 'not determined' ? (
                    '–'
                  ) : (
                    <SourcedCell at={`${row} error`}>{numberText(standardError, 2)}</SourcedCell>
                  )}
                </td>
                <td>
                  {interval95 === null ? (
                    '–'
                  ) : (
                    <SourcedCell at={`${row} value`}>
                      {numberText(interval95[0])} to {numberText(interval95[1])}
                    </SourcedCell>
                  )}
                </td>
                <td class="text">{unit === '1' ? '' : printedText(unit)}</td>
                <td class="text lab-known">{knownText(state, why)}</td>
              </tr>
            ))}
          </tbody>
        </SourcedTable>
      </section>
      <p class="hint">
        {fit.ended === 'stopped' ? 'Stopped: the best so far' : fit.ended} after {fit.runs} runs.
      </p>
      {[...fit.known, ...fit.remarks].map((text) => (
        <p key={text}>
          <SourcedText
            text={text}
            basis={{ label: 'What is known', tag: 'fitted here', source, equation: 'docs/compare.md, "What is known"' }}
          />
        </p>
      ))}
    </>
  );
}

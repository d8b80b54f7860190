// What a test says: verdict, numbers, figures, cycles, spectra, and what can be saved of it.

import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Figure } from '../../../figures/index.ts';
import { cm2_from_m2, mAh_from_C, ohm_cm2_from_ohm_m2 } from '../../../units/index.ts';
import type { TaskInput, TaskOutput } from '../../../worker/index.ts';
import { Chart } from '../../charts/chart.tsx';
import { type ExportContext, ExportMenu } from '../../charts/export-menu.tsx';
import { numberText } from '../../charts/number-text.ts';
import { useLane } from '../../engine/lanes.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { Later } from '../../parts/later.tsx';
import { Menu } from '../../parts/menu.tsx';
import { saveBlob, saveText } from '../../parts/save.ts';
import { type Sourced, SourcedValue } from '../../parts/sourced.tsx';
import { sourcedColumns } from '../../parts/sourced-columns.ts';
import { SourcedCell, SourcedTable } from '../../parts/sourced-table.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { fileOfId } from './open-files.ts';
import { basisOf, CYCLING, IMPEDANCE, numbersOf, sourceOf } from './sources.ts';
import { cyclesTable, spectraTable } from './tables.ts';
import { askBench, useBench } from './use-bench.ts';

export type Test = Extract<TaskOutput<'benchTest'>, { kind: 'test' }>;
export type TestQuestion = TaskInput<'benchTest'>;

interface TestProps {
  readonly test: Test;
  readonly question: TestQuestion;
  readonly isStale: boolean;
  readonly spectrum: number;
  onSpectrum(index: number): void;
}

const FIGURES: Readonly<Record<string, string>> = {
  efficiency: 'Coulombic efficiency',
  capacity: 'Capacity kept',
  staircase: 'Staircase of currents',
  profile: 'Voltage over capacity',
  voltage: 'Voltage over time',
  spectra: 'Spectra along the test',
  resistance: 'Resistance along the test',
};

/** A figure that says what it shows, then of what. */
export const titled = (figure: Figure, what: string | undefined): Figure =>
  what === undefined ? figure : { ...figure, title: `${what}, ${figure.title}` };

/** Rows of a table that are shown before one asks for all. */
const ROWS_SHOWN = 30;

export const tableContext = (test: Test, name: string): ExportContext => ({
  name: `${stemOf(test.names)}-${name}`,
  ...(test.command === null ? {} : { command: test.command }),
});

export const stemOf = ([name = 'test']: readonly string[]): string => name.replace(/\.[a-z0-9]{1,6}$/i, '');

export function TestPanel(props: TestProps): JSX.Element {
  const { test, question, isStale } = props;
  return (
    <>
      <div class="card">
        <Verdict test={test} question={question} isStale={isStale} />
      </div>
      <Figures {...props} />
      {test.cycles.length === 0 ? null : (
        <Later turn={2}>
          <div class="card">
            <CycleTable test={test} />
          </div>
        </Later>
      )}
      {test.spectra.length === 0 ? null : (
        <Later turn={3}>
          <div class="card">
            <SpectraTable {...props} />
          </div>
        </Later>
      )}
    </>
  );
}

function Verdict({
  test,
  question,
  isStale,
}: {
  readonly test: Test;
  readonly question: TestQuestion;
  readonly isStale: boolean;
}): JSX.Element {
  const { names, verdict, sentences, reasons, remarks, decisions, evidence, command } = test;
  const numbers = numbersOf(test);
  const said = (text: string): JSX.Element => <SourcedText text={text} numbers={numbers} basis={basisOf(test, text)} />;
  const told = sentences.filter((sentence) => !verdict.includes(sentence));
  const asides = [...reasons, ...remarks];
  return (
    <section aria-label="Verdict" class={isStale ? 'is-stale' : ''}>
      <div class="lab-test-head">
        <h2>{names.length === 1 ? names[0] : `${names[0]} and ${names.length - 1} more, as one test`}</h2>
        <SaveMenu test={test} question={question} />
      </div>
      <p class="verdict">{said(verdict)}</p>
      {numbers.length === 0 ? null : (
        <dl class="figures">
          {numbers.map((one) => (
            <div key={one.label}>
              <dt>{one.label}</dt>
              <dd>
                <SourcedValue of={one} significant={one.unit === '%' ? 5 : 3} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {evidence.length === 0 ? null : (
        <>
          <h3>Evidence of a short</h3>
          <ul>
            {evidence.map(({ words, state }) => (
              <li key={words}>
                {state === 'present' ? '' : 'Only suggests a short: '}
                <SourcedText text={words} numbers={numbers} basis={basisOf(test, 'short')} />
              </li>
            ))}
          </ul>
        </>
      )}
      {told.length === 0 ? null : (
        <ul class="lab-sentences">
          {told.map((sentence) => (
            <li key={sentence}>{said(sentence)}</li>
          ))}
        </ul>
      )}
      {decisions.length === 0 ? null : (
        <details open>
          <summary>How the files were joined</summary>
          <ul>
            {decisions.map(({ where, message }, k) => (
              <li key={k}>{where === '' ? message : `${where}: ${message}`}</li>
            ))}
          </ul>
        </details>
      )}
      {asides.length === 0 ? null : (
        <details>
          <summary>To bear in mind ({asides.length})</summary>
          <ul>
            {asides.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
      {command === null ? null : (
        <p class="hint lab-command">
          The same in a shell: <code>{command}</code>
        </p>
      )}
    </section>
  );
}

/** What the words of a test are made of. */
const toldOf = ({ names, verdict, convention, interfaceWords, circuit, numbers, cycles, spectra, area_m2 }: Test) => ({
  names,
  verdict,
  convention,
  interfaceWords,
  circuit,
  numbers,
  cycles,
  spectra,
  area_m2,
});

const FORMATS = [
  ['csv', 'Records and spectra as CSV'],
  ['bdf', 'Records and spectra as BDF'],
  ['parquet', 'Records and spectra as Parquet'],
  ['json', 'Records and spectra as JSON'],
  ['findings', 'All findings as JSON'],
] as const;

function SaveMenu({ test, question }: { readonly test: Test; readonly question: TestQuestion }): JSX.Element {
  const lane = useLane('files');
  const [said, say] = useState('');
  const save = async (format: (typeof FORMATS)[number][0]): Promise<void> => {
    try {
      say('Writing…');
      const { files } = await askBench(lane, 'benchExport', { ...question, format });
      for (const { name, blob } of files) saveBlob(blob, name);
      say(files.length === 0 ? 'There is nothing to be saved in this format.' : '');
    } catch (error) {
      say(`That could not be saved: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}.`);
    }
  };
  const { command } = test;
  const words = useAnswerItems();
  const stem = `${stemOf(test.names)}-numbers`;
  const numbers = () => sourcedColumns(numbersOf(test));
  const files = () => import('../../charts/export-files.ts');
  // A generated example stands on no disk yet.
  const saveOpened = (): void => {
    for (const { id, name } of question.files) {
      const blob = test.names.includes(name) ? fileOfId(id) : null;
      if (blob !== null) saveBlob(blob, name);
    }
  };
  return (
    <div>
      <Menu
        label="Save"
        title="Save this test"
        items={[
          ...FORMATS.map(([format, label]) => ({ label, run: () => save(format) })),
          {
            label: 'Numbers as CSV',
            run: async () => saveText((await files()).csvOf(numbers()), `${stem}.csv`, 'text/csv'),
          },
          {
            label: 'Numbers as Parquet',
            run: async () => saveBlob(await (await files()).parquetOf(numbers()), `${stem}.parquet`),
          },
          { label: 'The files, as they were opened', run: saveOpened },
          ...words({ of: 'bench', answer: toldOf(test) }, { name: stemOf(test.names), command }),
          ...(command === null
            ? []
            : [{ label: 'Copy the shell command', run: () => navigator.clipboard.writeText(command) }]),
        ]}
      />
      <span role="status">{said}</span>
    </div>
  );
}

function Figures({ test, question, isStale }: TestProps): JSX.Element {
  const exported = (name: string): ExportContext => ({
    name: `${stemOf(test.names)}-${name}`,
    ...(test.command === null ? {} : { command: `${test.command} --svg figures` }),
  });
  // A figure must stay the same object while nothing changed, or its plot would begin anew.
  const figures = useMemo(
    () => test.figures.map(({ name, figure }) => ({ name, figure: titled(figure, FIGURES[name]) })),
    [test.figures],
  );
  return (
    <div class="cards two">
      {figures.map(({ name, figure }, k) => (
        <Later key={name} turn={k}>
          <div class={name === 'voltage' ? 'card lab-wide' : 'card'}>
            {name === 'voltage' ? (
              <VoltageChart
                key={test.names.join()}
                figure={figure}
                question={question}
                isStale={isStale}
                exported={exported(name)}
              />
            ) : (
              <Chart figure={figure} isStale={isStale} exported={exported(name)} height_px={240} />
            )}
          </div>
        </Later>
      ))}
    </div>
  );
}

/** The whole test is drawn thinned; of a part that is zoomed into all that the screen can show is asked for. */
function VoltageChart({
  figure,
  question,
  isStale,
  exported,
}: {
  readonly figure: Test['figures'][number]['figure'];
  readonly question: TestQuestion;
  readonly isStale: boolean;
  readonly exported: ExportContext;
}): JSX.Element {
  const [window, setWindow] = useState<readonly [number, number] | null>(null);
  const part = useBench('benchWindow', window === null ? null : { ...question, from_h: window[0], to_h: window[1] });
  const closer = part.isCurrent ? (part.output?.figure ?? null) : null;
  const shown = useMemo(
    () => (closer === null ? figure : { ...figure, panels: [closer.panels[0]!, ...figure.panels.slice(1)] }),
    [figure, closer],
  );
  return (
    <>
      <Chart
        figure={shown}
        isStale={isStale}
        exported={exported}
        height_px={240}
        onWindow={(panel, next) => {
          if (panel === 0) setWindow(next);
        }}
      />
      {window === null ? null : (
        <p class="hint">
          {numberText(window[0])} to {numberText(window[1])} h.{' '}
          <button type="button" class="quiet" onClick={() => setWindow(null)}>
            Show the whole test
          </button>
        </p>
      )}
    </>
  );
}

/** Numbers of one column, with as many decimals as its largest deserves: they are read down. */
function inColumn(values: readonly number[], significant: number): (value: number) => string {
  const largest = Math.max(0, ...values.filter(Number.isFinite).map(Math.abs));
  const decimals = largest === 0 ? 0 : Math.min(8, Math.max(0, significant - 1 - Math.floor(Math.log10(largest))));
  return (value) => (Number.isFinite(value) ? value.toFixed(decimals).replace('-', '−') : '–');
}

/** Printed where there is no number. */
const NOTHING = '–';

const percent = (value: number | null): string => (value === null ? NOTHING : (100 * value).toFixed(3));

interface Column<Row> {
  readonly head: string;
  readonly isText?: boolean;
  cell(row: Row): string;
  /** The number that the cell prints, with where it comes from; a column without is words or a count. */
  number?(row: Row): Sourced | null;
}

function NumberTable<Row>({
  name,
  caption,
  columns,
  rows,
  chosen,
  choose,
}: {
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly chosen?: number;
  choose?(row: number): void;
}): JSX.Element {
  const [hasAll, setAll] = useState(false);
  const shown = hasAll ? rows : rows.slice(0, ROWS_SHOWN);
  const sourcedAt = (place: string): Sourced | null => {
    const [row, column] = place.split(' ').map(Number);
    const line = rows[row!];
    return line === undefined ? null : (columns[column!]?.number?.(line) ?? null);
  };
  return (
    <>
      <p class="hint">{caption}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keys */}
      <section class="scroll" tabIndex={0} aria-label={name}>
        <SourcedTable sourcedAt={sourcedAt}>
          <thead>
            <tr>
              {columns.map(({ head, isText }) => (
                <th key={head} scope="col" class={isText ? 'text' : ''}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, k) => (
              <tr key={k} class={k === chosen ? 'is-chosen' : ''}>
                {columns.map(({ head, cell, number, isText }, at) => (
                  <td key={head} class={isText ? 'text' : ''}>
                    {at === 0 && choose !== undefined ? (
                      <button
                        type="button"
                        class="quiet"
                        aria-pressed={k === chosen}
                        aria-label={`Show ${head} ${cell(row)}`}
                        onClick={() => choose(k)}
                      >
                        {cell(row)}
                      </button>
                    ) : number === undefined || cell(row) === NOTHING ? (
                      cell(row)
                    ) : (
                      <SourcedCell at={`${k} ${at}`}>{cell(row)}</SourcedCell>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </SourcedTable>
      </section>
      {rows.length > shown.length ? (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          All {rows.length} rows
        </button>
      ) : null}
    </>
  );
}

function CycleTable({ test }: { readonly test: Test }): JSX.Element {
  const { cycles, area_m2, convention } = test;
  const share = area_m2 === null ? 1 : 1 / cm2_from_m2(area_m2);
  const unit = area_m2 === null ? 'mAh' : 'mAh/cm²';
  const words = convention?.word === 'discharged/charged' ? ['Discharged', 'Charged'] : ['Plated', 'Stripped'];
  const charge = inColumn(
    cycles.flatMap(({ charged_C, discharged_C }) => [charged_C, discharged_C].map((one) => mAh_from_C(one) * share)),
    5,
  );
  const overpotential = inColumn(
    cycles.flatMap(({ polarisation_V, eta_n_V }) => [1e3 * (polarisation_V ?? 0), 1e3 * (eta_n_V ?? 0)]),
    3,
  );
  const millivolts = (value_V: number | null): string => (value_V === null ? '–' : overpotential(1e3 * value_V));
  type Cycle = (typeof cycles)[number];
  const has = (pick: (one: Cycle) => number | null): boolean => cycles.some((one) => pick(one) !== null);
  /** A column of one number of each cycle, in its unit; its card says by which rule. */
  const column = (
    head: string,
    label: string,
    unitOfColumn: string,
    pick: (one: Cycle) => number | null,
    cell: (one: Cycle) => string,
    equation: string,
  ): Column<Cycle> => ({
    head,
    cell,
    number: (one) => {
      const value = pick(one);
      return value === null
        ? null
        : {
            label: `${label}, cycle ${one.cycle}`,
            value,
            unit: unitOfColumn,
            tag: 'from this file',
            source: sourceOf(test),
            equation,
          };
    },
  });
  const inPercent = (value: number | null): number | null => (value === null ? null : 100 * value);
  const inMillivolts = (value_V: number | null): number | null => (value_V === null ? null : 1e3 * value_V);
  const passed = `∫|I|dt over the half-cycle${area_m2 === null ? '' : ' over the area'}; ${CYCLING}, "Half-cycles and charges"`;
  const columns: Column<Cycle>[] = [
    column(
      'Cycle',
      'Number of the cycle',
      '',
      ({ cycle }) => cycle,
      ({ cycle }) => String(cycle),
      'counted from pairs of half-cycles',
    ),
    column(
      'File’s own',
      'Cycle as the instrument numbers it',
      '',
      ({ cycle_vendor }) => cycle_vendor,
      ({ cycle_vendor }) => (cycle_vendor === null ? NOTHING : String(cycle_vendor)),
      'as it stands in the file',
    ),
    column(
      `${words[0]} / ${unit}`,
      words[0]!,
      unit,
      ({ discharged_C }) => mAh_from_C(discharged_C) * share,
      ({ discharged_C }) => charge(mAh_from_C(discharged_C) * share),
      passed,
    ),
    column(
      `${words[1]} / ${unit}`,
      words[1]!,
      unit,
      ({ charged_C }) => mAh_from_C(charged_C) * share,
      ({ charged_C }) => charge(mAh_from_C(charged_C) * share),
      passed,
    ),
  ];
  if (has(({ coulombic_efficiency }) => coulombic_efficiency))
    columns.push(
      column(
        'CE / %',
        'Coulombic efficiency',
        '%',
        (one) => inPercent(one.coulombic_efficiency),
        (one) => percent(one.coulombic_efficiency),
        `${convention?.words ?? 'what came back over what was put in'}; ${CYCLING}, "Coulombic efficiency"`,
      ),
    );
  if (has((one) => one.coulombic_efficiency_error))
    columns.push(
      column(
        '± / %',
        'Error of the efficiency',
        '%',
        (one) => inPercent(one.coulombic_efficiency_error),
        (one) => percent(one.coulombic_efficiency_error),
        'by the accuracy of the instrument as typed and the rows of the record',
      ),
    );
  if (has(({ polarisation_V }) => polarisation_V))
    columns.push(
      column(
        'Overpotential / mV',
        'Overpotential',
        'mV',
        ({ polarisation_V }) => inMillivolts(polarisation_V),
        ({ polarisation_V }) => millivolts(polarisation_V),
        `mean |E| in Li|Li, else half the hysteresis at mid-capacity; ${CYCLING}, "Voltages"`,
      ),
    );
  if (has(({ eta_n_V }) => eta_n_V)) {
    columns.push(
      column(
        'ηₙ / mV',
        'Nucleation, tip',
        'mV',
        ({ eta_n_V }) => inMillivolts(eta_n_V),
        ({ eta_n_V }) => millivolts(eta_n_V),
        `ηₙ = |E_tip|; ${CYCLING}, "Voltages"`,
      ),
      column(
        'μₙ / mV',
        'Nucleation, above plateau',
        'mV',
        ({ mu_n_V }) => inMillivolts(mu_n_V),
        ({ mu_n_V }) => millivolts(mu_n_V),
        `μₙ = |E_tip| − |E_plateau|; ${CYCLING}, "Voltages"`,
      ),
    );
  }
  if (has(({ retention }) => retention))
    columns.push(
      column(
        'Kept / %',
        'Capacity kept',
        '%',
        ({ retention }) => inPercent(retention),
        ({ retention }) => percent(retention),
        `Q_n/Q_reference; ${CYCLING}, "Life"`,
      ),
    );
  if (cycles.some(({ flags }) => flags.length > 0))
    columns.push({ head: 'Flags', isText: true, cell: ({ flags }) => flags.join(', ').replaceAll('-', ' ') });
  return (
    <>
      <div class="heading">
        <h2>Cycles</h2>
        <ExportMenu
          title="the cycles"
          figure={null}
          table={() => cyclesTable(test)}
          context={tableContext(test, 'cycles')}
        />
      </div>
      <NumberTable
        name="Cycles"
        caption={convention === null ? 'Every cycle' : `Efficiency: ${convention.words}.`}
        columns={columns}
        rows={cycles}
      />
    </>
  );
}

function SpectraTable({ test, spectrum, onSpectrum }: TestProps): JSX.Element {
  const { spectra, shorts, interfaceWords } = test;
  type Spectrum = (typeof spectra)[number];
  const withError = (value: number | null, error: number | null): string =>
    value === null ? NOTHING : `${numberText(value, 4)}${error === null ? '' : ` ± ${numberText(error, 2)}`}`;
  const column = (
    head: string,
    label: string,
    unit: string,
    pick: (one: Spectrum) => number | null,
    cell: (one: Spectrum) => string,
    equation: string,
    error: (one: Spectrum) => number | null = () => null,
  ): Column<Spectrum> => ({
    head,
    cell,
    number: (one) => {
      const value = pick(one);
      const by = error(one);
      return value === null
        ? null
        : {
            label: `${label}, spectrum ${one.index}`,
            value,
            unit,
            band: by === null ? null : [value - by, value + by],
            tag: 'from this file',
            source: sourceOf(test),
            equation,
          };
    },
  });
  const fitted = `fit of ${test.circuit ?? 'a circuit'}; ${IMPEDANCE}, "Fit"`;
  const areal = (one: Spectrum): number | null =>
    one.areal_ohm_m2 === null ? null : ohm_cm2_from_ohm_m2(one.areal_ohm_m2);
  const columns: Column<Spectrum>[] = [
    { head: 'Spectrum', cell: ({ index }) => String(index) },
    column(
      'Time / h',
      'Time from the start',
      'h',
      ({ time_s }) => (time_s === null ? null : time_s / 3600),
      ({ time_s }) => (time_s === null ? NOTHING : numberText(time_s / 3600)),
      'as it stands in the file',
    ),
    column(
      'Points',
      'Points',
      '',
      ({ points }) => points,
      ({ points }) => String(points),
      'frequencies of the spectrum',
    ),
    column(
      'Rₛ / Ω',
      'Resistance in series',
      'Ω',
      ({ ohmic_ohm }) => ohmic_ohm,
      ({ ohmic_ohm, ohmic_ohm_error }) => withError(ohmic_ohm, ohmic_ohm_error),
      `the column beside it says by what; ${IMPEDANCE}, "Fit"`,
      ({ ohmic_ohm_error }) => ohmic_ohm_error,
    ),
    { head: 'by', isText: true, cell: ({ ohmicFrom }) => ohmicFrom ?? NOTHING },
    column(
      'Width of arcs / Ω',
      'Width of the arcs',
      'Ω',
      ({ arcWidth_ohm }) => arcWidth_ohm,
      ({ arcWidth_ohm }) => (arcWidth_ohm === null ? NOTHING : numberText(arcWidth_ohm)),
      'Re(Z) at the lowest frequency less Re(Z) at the highest',
    ),
    column(
      'Interfaces / Ω',
      'Interfaces',
      'Ω',
      ({ interface_ohm }) => interface_ohm,
      (one) => withError(one.interface_ohm, one.interface_ohm_error),
      `${interfaceWords === null ? '' : `${interfaceWords}; `}${fitted}`,
      ({ interface_ohm_error }) => interface_ohm_error,
    ),
    column(
      'Per area / Ω cm²',
      'Interface, per area',
      'Ω cm²',
      areal,
      (one) => (areal(one) === null ? NOTHING : numberText(areal(one)!)),
      `R·A/2 for two alike; ${interfaceWords === null ? '' : `${interfaceWords}; `}${fitted}`,
    ),
    { head: 'Kramers-Kronig', isText: true, cell: ({ kramersKronig }) => kramersKronig ?? '–' },
  ];
  if (shorts.some((one) => one.spectrum !== null))
    columns.push({
      head: 'Short',
      isText: true,
      cell: ({ index }) => shorts.find((one) => one.spectrum === index)?.kind.concat(' short begins') ?? '',
    });
  return (
    <>
      <div class="heading">
        <h2>Spectra</h2>
        <ExportMenu
          title="the spectra"
          figure={null}
          table={() => spectraTable(test)}
          context={tableContext(test, 'spectra')}
        />
      </div>
      <NumberTable
        name="Spectra"
        caption={`Counted from 0; choose one to see it.${interfaceWords === null ? '' : ` Interfaces: ${interfaceWords}.`}`}
        columns={columns}
        rows={spectra}
        chosen={Math.min(spectrum, spectra.length - 1)}
        choose={onSpectrum}
      />
    </>
  );
}

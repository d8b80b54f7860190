// What is answered of one interface, every number with where it comes from.

import type { JSX } from 'preact';
import type { Banded, InterfaceAnswer } from '../../../design/index.ts';
import { RESISTANCE_PARTS, resistancePartsFigure } from '../../../figures/index.ts';
import { celsius_from_kelvin, mA_per_cm2_from_A_per_m2, nm_from_m, ohm_cm2_from_ohm_m2 } from '../../../units/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { Chart } from '../../charts/chart.tsx';
import { type ExportContext, ExportLine, ExportMenu } from '../../charts/export-menu.tsx';
import type { PickedPoint } from '../../charts/nearest.ts';
import { numberText } from '../../charts/number-text.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { BandedValue, bandedSourced, NumbersTable, sourcedProperty } from '../../parts/banded-value.tsx';
import { ButtonChoice } from '../../parts/choice.tsx';
import { saveJson, saveText } from '../../parts/save.ts';
import { type Sourced, SourcedValue } from '../../parts/sourced.tsx';
import { SourcedCell, SourcedTable } from '../../parts/sourced-table.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { Waterfall } from '../../parts/waterfall.tsx';
import { useStore } from '../../state/store.ts';
import { openedCell } from '../cell/state.ts';
import type { InterfaceSlice } from './state.ts';
import { answerTable, boundsTable, explanationsTable, growthTable, improvementsTable } from './tables.ts';

type InterfaceOutput = TaskOutput<'interface'>;

const DOCUMENT = 'docs/solid-interfaces.md';
const percent = (share: number): number => 100 * share;

const BINDING = {
  plating: 'plating, which opens flaws',
  stripping: 'stripping, which opens voids',
  salt: 'the salt, which runs out',
} as const;

const BOUND_EQUATIONS = {
  plating: 'i = η_c/R, η_c where F·η/V_Li equals K_IC/(1.12·√(π·c)) (E10)',
  stripping: 'i_D + i_cr·(P/P0)^n, both by Arrhenius',
  salt: '2·F·D·c/((1 − t₊)·L)',
} as const;

interface AnswersProps {
  readonly output: InterfaceOutput;
  readonly isStale: boolean;
  readonly against: InterfaceSlice['against'];
  onAgainst(against: InterfaceSlice['against']): void;
}

export function InterfaceAnswers({ output, isStale, against, onAgainst }: AnswersProps): JSX.Element {
  const { answer, figures, command } = output;
  const words = useAnswerItems();
  const more = [
    ...words({ of: 'interface', answer }, { name: 'limetal-interface', command }),
    { label: 'The whole answer as JSON', run: () => saveJson(answer, 'limetal-interface.json') },
    {
      label: 'The interface as a cell file',
      run: () => saveText(output.cellFile, 'limetal-interface.cell.json', 'application/json'),
    },
  ];
  const exported = (name: string) => ({ name: `limetal-interface-${name}`, command, more });
  return (
    <>
      <Summary output={output} isStale={isStale} exported={exported('answer')} />
      <div class="card">
        <ResistanceParts answer={answer} command={command} exported={exported('resistance')} />
      </div>
      <div class="card">
        <ButtonChoice
          label="Against"
          value={against}
          choices={[
            { value: 'pressure', label: 'stack pressure' },
            { value: 'resistance', label: 'resistance' },
          ]}
          onChange={onAgainst}
        />
        <Chart
          figure={against === 'pressure' ? figures.againstPressure : figures.againstResistance}
          height_px={340}
          isStale={isStale}
          exported={exported(`current-against-${against}`)}
          describe={(_, point) => mapText(output, against, point)}
        />
        <ExportLine title="the bounds" figure={null} table={() => boundsTable(answer)} context={exported('bounds')} />
        <Bounds answer={answer} command={command} />
      </div>
      <Improvements answer={answer} command={command} />
      <div class="cards two">
        <div class="card">
          <Chart figure={figures.profile} height_px={230} isStale={isStale} exported={exported('profile')} />
          <p class="hint">
            Dashed: the part of it that electrons bear. Where ions bear the rest, lithium passes; where electrons pass
            as well, the layer grows on.
          </p>
        </div>
        <div class="card">
          {figures.growth.panels.some(({ message }) => message === null) ? (
            <Chart figure={figures.growth} height_px={230} isStale={isStale} exported={exported('growth')} />
          ) : (
            <>
              <h2>{figures.growth.title}</h2>
              <p>{figures.growth.panels[0]?.message}.</p>
            </>
          )}
          {answer.type === 'I' ? null : (
            <ExportLine
              title="growth in numbers"
              figure={null}
              table={() => growthTable(answer)}
              context={exported('growth-table')}
            />
          )}
          <Growth answer={answer} command={command} />
        </div>
      </div>
      <Explanations answer={answer} command={command} />
      <div class="card">
        <h2>Remarks</h2>
        <ul class="plain">
          {answer.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
        <NumbersTable numbers={answer.numbers} exported={exported('numbers')} />
        <p class="hint">
          In a shell: <code>{command}</code>
        </p>
      </div>
    </>
  );
}

/** A banded number of this answer; `command` gives it in a shell. */
const of = (
  banded: Banded,
  shown: (value: number) => number,
  label: string,
  unit: string,
  equation: string,
  command: string,
): Sourced => bandedSourced(banded, shown, { label, unit, equation: `${equation}; ${DOCUMENT}`, source: command });

interface SummaryProps {
  readonly output: InterfaceOutput;
  readonly isStale: boolean;
  readonly exported: ExportContext;
}

function Summary({ output, isStale, exported }: SummaryProps): JSX.Element {
  const store = useStore();
  const { answer, cellFile, command } = output;
  const { electrolyte, interlayer, conditions, asked } = answer;
  const stack = ['lithium', ...(interlayer === null ? [] : [interlayer.name]), electrolyte.name];
  const open = (): void => store.update((state) => ({ ...state, view: 'cell', cell: openedCell({ file: cellFile }) }));
  return (
    <div class={isStale ? 'card is-old' : 'card'}>
      <div class="heading">
        <h2>
          {stack.join(' | ')} at {numberText(celsius_from_kelvin(conditions.temperature_K), 3)} °C and{' '}
          {numberText(conditions.pressure_Pa / 1e6, 3)} MPa
        </h2>
        <ExportMenu title="the answer" figure={null} table={() => answerTable(answer)} context={exported} />
      </div>
      {asked === null ? null : <Verdict asked={asked} answer={answer} command={command} />}
      <dl class="figures">
        <div>
          <dt>Resistance of the interface</dt>
          <dd>
            <BandedValue
              of={of(
                answer.resistance_ohm_m2.total,
                ohm_cm2_from_ohm_m2,
                'Resistance of the interface',
                'Ω cm²',
                '(1/θ)(R_ct + Σ L/σ) + π·a/(4·σ·θ)·(1 − √θ)^1.5 + Σ L_i/σ_i (E8)',
                command,
              )}
            />
          </dd>
        </div>
        <div>
          <dt>Safe current, bound by {answer.binding}</dt>
          <dd>
            <BandedValue
              of={of(
                answer.safe_A_per_m2,
                mA_per_cm2_from_A_per_m2,
                'Safe current',
                'mA/cm²',
                `the least of all bounds, here that of ${BINDING[answer.binding]}: ${BOUND_EQUATIONS[answer.binding]}`,
                command,
              )}
            />
          </dd>
        </div>
        <div>
          <dt>Lithium touches</dt>
          <dd>
            <BandedValue
              of={of(
                answer.contact,
                percent,
                'Share of the area that lithium touches',
                '%',
                `θ = 1/(1 + e^((angle − 90°)/12°))·√(P/P0); here from ${conditions.contactFrom}`,
                command,
              )}
            />
          </dd>
        </div>
        <div>
          <dt>Type</dt>
          <dd>
            <SourcedValue
              of={{
                label: 'Type of the interface',
                value: answer.type,
                unit: '',
                tag: 'computed',
                source: answer.typeText,
                equation: `I: not reduced above 0.05 V; II: electrons pass less than a tenth as well as ions; III: a mixed conductor. ${DOCUMENT}`,
              }}
            />
          </dd>
        </div>
      </dl>
      <p>
        <SourcedText
          text={`Type ${answer.type}: ${answer.typeText}. Contact from ${conditions.contactFrom}.`}
          numbers={answer.numbers.map(({ name, property }) => sourcedProperty(name, property))}
          basis={{
            label: 'What the answer rests on',
            tag: 'computed',
            source: command,
            equation: `the laws of ${DOCUMENT}`,
          }}
        />
      </p>
      <button type="button" onClick={open} disabled={isStale}>
        Open as a cell
      </button>
    </div>
  );
}

function Verdict({
  asked,
  answer,
  command,
}: {
  readonly asked: NonNullable<InterfaceAnswer['asked']>;
  readonly answer: InterfaceAnswer;
  readonly command: string;
}): JSX.Element {
  const share = percent(asked.safeShare);
  const word = share >= 90 ? 'safe' : share <= 10 ? 'not safe' : 'undecided';
  return (
    <p class={`verdict is-${word === 'safe' ? 'good' : word === 'not safe' ? 'bad' : 'open'}`}>
      <strong>
        <SourcedValue
          of={{
            label: 'Current that is asked about',
            value: mA_per_cm2_from_A_per_m2(asked.current_A_per_m2),
            unit: 'mA/cm²',
            tag: 'typed',
            source: 'the field Current of this page',
          }}
          significant={4}
        />{' '}
        is {word}
      </strong>
      : it is below what is safe in{' '}
      <SourcedValue
        of={{
          label: 'Draws in which the current is safe',
          value: share,
          unit: '%',
          tag: 'computed',
          source: command,
          equation: `share of the draws over all that is uncertain in which the current lies below the least bound; ${DOCUMENT}`,
        }}
        significant={2}
      />{' '}
      of the draws. Stripping leaves contact on{' '}
      <BandedValue
        of={of(
          asked.contactAfterStripping,
          percent,
          'Contact after stripping',
          '%',
          'dθ/dt = −θ·(i − i_rep)/Q_v while more is taken than diffusion and creep bring back',
          command,
        )}
        significant={2}
      />
      {' of the area, and '}
      <BandedValue
        of={of(
          asked.localCurrent_A_per_m2,
          mA_per_cm2_from_A_per_m2,
          'Current where lithium touches',
          'mA/cm²',
          'i/θ, θ that after stripping',
          command,
        )}
        significant={2}
      />{' '}
      flow where it touches; what binds is {BINDING[answer.binding]}.
    </p>
  );
}

const PART_EQUATIONS: Readonly<Record<keyof InterfaceAnswer['resistance_ohm_m2'], string>> = {
  chargeTransfer: 'R_ct/θ, R_ct = R·T/(F·j0)',
  films: 'Σ L_f/(σ_f·θ): interphase and carbonate, where lithium touches',
  constriction: 'π·a/(4·σ·θ)·(1 − √θ)^1.5: the current spreads from spots of radius a',
  interlayers: 'Σ L_i/σ_i over the whole area',
  total: 'the sum of the parts (E8)',
};

function ResistanceParts({
  answer,
  command,
  exported,
}: {
  readonly answer: InterfaceAnswer;
  readonly command: string;
  readonly exported: ExportContext;
}): JSX.Element {
  const rows = [...RESISTANCE_PARTS, ['total', 'total'] as const];
  return (
    <Waterfall
      figure={resistancePartsFigure(answer)}
      unit="Ω cm²"
      sourced={rows.map(([key, label]) =>
        of(answer.resistance_ohm_m2[key], ohm_cm2_from_ohm_m2, label, 'Ω cm²', PART_EQUATIONS[key], command),
      )}
      exported={exported}
    />
  );
}

/** Of a point of a report its source; of the others where they stand. */
function mapText(output: InterfaceOutput, against: InterfaceSlice['against'], { series, row }: PickedPoint): string {
  const figure = against === 'pressure' ? output.figures.againstPressure : output.figures.againstResistance;
  const panel = figure.panels[0]!;
  const one = panel.series[series];
  if (one === undefined || row >= one.x.length) return '';
  const [x, y] = [one.x[row]!, one.y[row]!];
  const place = against === 'pressure' ? `${numberText(x, 3)} MPa` : `${numberText(x, 3)} Ω cm²`;
  const report = output.reports.find(
    ({ current_A_per_m2, pressure_Pa, resistance_ohm_m2 }) =>
      one.name.startsWith('reported') &&
      mA_per_cm2_from_A_per_m2(current_A_per_m2) === y &&
      x === (against === 'pressure' ? (pressure_Pa ?? 0) / 1e6 : ohm_cm2_from_ohm_m2(resistance_ohm_m2 ?? 0)),
  );
  const name = report === undefined ? one.name : `${report.name} (${one.name})`;
  const source = report === undefined ? '' : `. ${report.source}`;
  return `${name}: ${numberText(y, 3)} mA/cm² at ${place}${source}`;
}

function Bounds({ answer, command }: { readonly answer: InterfaceAnswer; readonly command: string }): JSX.Element {
  const { bounds, empirical_A_per_m2, reported, monroeNewman } = answer;
  return (
    <table>
      <caption>Bounds of the current, and what stands beside them</caption>
      <thead>
        <tr>
          <th scope="col" class="text">
            Bound
          </th>
          <th scope="col">mA/cm²</th>
        </tr>
      </thead>
      <tbody>
        {bounds.map(({ criterion, text, current_A_per_m2 }) => (
          <tr key={criterion}>
            <th scope="row">
              {criterion}: {text}
            </th>
            <td>
              <BandedValue
                of={{
                  ...of(
                    current_A_per_m2,
                    mA_per_cm2_from_A_per_m2,
                    `Bound by ${criterion}`,
                    '',
                    BOUND_EQUATIONS[criterion],
                    command,
                  ),
                  note: 'In mA/cm². The band is the middle 80 % of the draws.',
                }}
              />
            </td>
          </tr>
        ))}
        {empirical_A_per_m2 === null ? null : (
          <tr>
            <th scope="row">empirical, single crystals of garnet</th>
            <td>
              <BandedValue
                of={{
                  ...of(
                    empirical_A_per_m2,
                    mA_per_cm2_from_A_per_m2,
                    'Empirical law of garnets',
                    '',
                    'ln i = a − b·ASR',
                    command,
                  ),
                  doi: '10.1039/C9TA14177D',
                  note: 'In mA/cm². The band is the middle 80 % of the draws.',
                }}
              />
            </td>
          </tr>
        )}
        <tr>
          <th scope="row">reported for {answer.electrolyte.name}</th>
          <td>
            <SourcedValue of={sourcedProperty('Critical current as reported', reported)}>
              {numberText(mA_per_cm2_from_A_per_m2(reported.value), 3)}
            </SourcedValue>
          </td>
        </tr>
        {monroeNewman === null ? null : (
          <tr>
            <th scope="row">
              Monroe and Newman: shear modulus <ShearModulus answer={answer} />, twice that of lithium or more wanted
            </th>
            <td>{monroeNewman.passes ? 'passes; necessary at most' : 'fails'}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** That of the electrolyte, with its own source. */
function ShearModulus({ answer }: { readonly answer: InterfaceAnswer }): JSX.Element {
  const known = answer.numbers.find(({ name }) => name === 'shear modulus');
  if (known === undefined) return <>{numberText(answer.monroeNewman!.shearModulus_Pa / 1e9, 3)} GPa</>;
  return <SourcedValue of={sourcedProperty('Shear modulus of the electrolyte', known.property)} />;
}

function Improvements({
  answer,
  command,
}: {
  readonly answer: InterfaceAnswer;
  readonly command: string;
}): JSX.Element {
  const { improvements, drivers } = answer;
  const sourcedAt = (place: string): Sourced | null => {
    const [row, column] = place.split(' ').map(Number);
    const one = improvements[row!];
    if (one === undefined) return null;
    const [label, value, unit, equation] = (
      [
        ['Resistance', ohm_cm2_from_ohm_m2(one.resistance_ohm_m2), 'Ω cm²', 'the sum of the parts (E8)'],
        ['Safe current', mA_per_cm2_from_A_per_m2(one.safe_A_per_m2), 'mA/cm²', 'the least of all bounds'],
        ['Gain of safe current', one.safeRatio, 'times', 'safe current with the change over that of now'],
      ] as const
    )[column!]!;
    return {
      label: `${label}: ${one.change}`,
      value,
      unit,
      tag: 'computed',
      source: `the interface of ${command}, with this one change, all else at its middle value`,
      equation: `${equation}; ${DOCUMENT}`,
    };
  };
  return (
    <div class="card">
      <div class="heading">
        <h2>What to improve first</h2>
        <ExportMenu
          title="the improvements"
          figure={null}
          table={() => improvementsTable(answer)}
          context={{ name: 'limetal-interface-improvements', command }}
        />
      </div>
      {improvements.length === 0 ? (
        <p>No single change that limetal knows gains anything here.</p>
      ) : (
        <SourcedTable sourcedAt={sourcedAt}>
          <caption>One change at a time, by the current that is then safe</caption>
          <thead>
            <tr>
              <th scope="col" class="text">
                Change
              </th>
              <th scope="col">{'Ω\u00a0cm²'}</th>
              <th scope="col">safe mA/cm²</th>
              <th scope="col">times</th>
            </tr>
          </thead>
          <tbody>
            {improvements.map((one, row) => (
              <tr key={one.change}>
                <th scope="row">{one.change}</th>
                <td>
                  <SourcedCell at={`${row} 0`}>{numberText(ohm_cm2_from_ohm_m2(one.resistance_ohm_m2), 3)}</SourcedCell>
                </td>
                <td>
                  <SourcedCell at={`${row} 1`}>
                    {numberText(mA_per_cm2_from_A_per_m2(one.safe_A_per_m2), 3)}
                  </SourcedCell>
                </td>
                <td>
                  <SourcedCell at={`${row} 2`}>{numberText(one.safeRatio, 2)}</SourcedCell>
                </td>
              </tr>
            ))}
          </tbody>
        </SourcedTable>
      )}
      {drivers.length === 0 ? null : (
        <p class="hint">
          Most of the band comes from {drivers.map(({ of: name }) => name).join('; ')}: what to measure next.
        </p>
      )}
    </div>
  );
}

const TIMES = ['an hour', 'a day', '30 days', 'a year'];

function Growth({
  answer,
  command,
}: {
  readonly answer: InterfaceAnswer;
  readonly command: string;
}): JSX.Element | null {
  if (answer.type === 'I') return <p>Lithium does not reduce the electrolyte.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" class="text">
            After
          </th>
          <th scope="col">nm</th>
          <th scope="col">{'added Ω\u00a0cm²'}</th>
        </tr>
      </thead>
      <tbody>
        {answer.growth.map(({ time_s, thickness_m, added_ohm_m2 }, k) => (
          <tr key={time_s}>
            <th scope="row">{TIMES[k]}</th>
            <td>
              <BandedValue
                of={of(
                  thickness_m,
                  nm_from_m,
                  `Thickness after ${TIMES[k]}, nm`,
                  '',
                  'w² = w0² + 2·K·t, K = (V/ν)·σ_amb·E/F (E9)',
                  command,
                )}
              />
            </td>
            <td>
              <BandedValue
                of={of(
                  added_ohm_m2,
                  ohm_cm2_from_ohm_m2,
                  `Added after ${TIMES[k]}, Ω cm²`,
                  '',
                  '(w − w0)/(σ_i·θ)',
                  command,
                )}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What tells two explanations of one resistance apart, and by which law. */
const EXPERIMENTS = [
  {
    name: 'resistance at four times the pressure, % of now',
    label: 'Resistance at four times the pressure',
    unit: '%',
    of: ({ pressureRatio }: Explanation) => percent(pressureRatio),
    equation: 'θ grows with √P where voids hold the contact open; a film stays as it is',
  },
  {
    name: 'capacitance, µF/cm²',
    label: 'Capacitance',
    unit: 'µF/cm²',
    of: ({ capacitance_F_per_m2 }: Explanation) => 100 * capacitance_F_per_m2,
    equation: 'voids: C = θ·C_dl; a film: 1/C = L/(ε0·ε) + 1/C_dl',
  },
  {
    name: 'activation energy, kJ/mol',
    label: 'Activation energy',
    unit: 'kJ/mol',
    of: ({ activationEnergy_J_per_mol }: Explanation) => activationEnergy_J_per_mol / 1e3,
    equation: 'that of the part that makes the resistance: the electrolyte, or the film',
  },
] as const;

type Explanation = InterfaceAnswer['explanations'][number];

function Explanations({
  answer,
  command,
}: {
  readonly answer: InterfaceAnswer;
  readonly command: string;
}): JSX.Element | null {
  const { explanations } = answer;
  if (explanations.length === 0) return null;
  const sourcedAt = (place: string): Sourced | null => {
    const [row, column] = place.split(' ').map(Number);
    const [experiment, one] = [EXPERIMENTS[row!], explanations[column!]];
    if (experiment === undefined || one === undefined) return null;
    const { label, unit, of: value, equation } = experiment;
    return {
      label: `${label}: ${one.text}`,
      value: value(one),
      unit,
      tag: 'computed',
      source: `${command}, explained by this alone`,
      equation: `${equation}; ${DOCUMENT}, "Two ways to one resistance"`,
    };
  };
  return (
    <div class="card">
      <div class="heading">
        <h2>
          Two ways to{' '}
          <SourcedValue
            of={of(
              answer.resistance_ohm_m2.total,
              ohm_cm2_from_ohm_m2,
              'Resistance of the interface',
              'Ω cm²',
              'the sum of the parts (E8)',
              command,
            )}
          />
        </h2>
        <ExportMenu
          title="the explanations"
          figure={null}
          table={() => explanationsTable(answer)}
          context={{ name: 'limetal-interface-explanations', command }}
        />
      </div>
      <p>The resistance alone does not tell them apart; these experiments do.</p>
      <SourcedTable sourcedAt={sourcedAt}>
        <thead>
          <tr>
            <th scope="col" class="text">
              Experiment
            </th>
            {explanations.map(({ kind, text }) => (
              <th scope="col" key={kind}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {EXPERIMENTS.map(({ name, of: value }, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {explanations.map((one, column) => (
                <td key={one.kind}>
                  <SourcedCell at={`${row} ${column}`}>{numberText(value(one), 3)}</SourcedCell>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </SourcedTable>
    </div>
  );
}
